"""Unit costs and budget lines."""

from __future__ import annotations

from statistics import median

from .costs import costs
from .figures import PERIODS, XIONGAN, Row, cities_of, figure
from .network import BUILD_YEARS_RAIL, PUBLIC_RAIL

PUBLIC_MOTORWAY, PUBLIC_HUB, PUBLIC_UNIVERSITY, PUBLIC_CARE = 0.25, 0.7, 0.5, 0.8
LEAST_RAIL = 154.9  # million CNY a km of the cheapest 250 km/h line of Hebei
HUB_COST = {"core": 30.0, "secondary": 9.0, "small": 4.5}
BUDGET_SHARE, BUDGET_GROWTH, CENTRAL_A_PERIOD = 0.01, (1.0, 1.1, 1.2), 15.0


def norm_rows() -> list[Row]:
    """Rows of norms.csv, public part only, billion CNY: a km, a station, or 1,000 doctors, places, beds."""
    programme = costs("inter_city_rail_km")  # the programme of 2016, then that of 2015
    fast, motorway, campus = costs("high_speed_rail_km"), costs("motorway_km"), costs("university_place")
    bed = max(costs("elderly_care_bed"))
    rail, road, place, care = PUBLIC_RAIL / 1e3, PUBLIC_MOTORWAY / 1e3, PUBLIC_UNIVERSITY / 1e3, PUBLIC_CARE / 1e3
    rows = [
        (
            "high-speed-rail",
            "km, public half",
            (programme[0], min(fast), max(fast)),
            rail,
            BUILD_YEARS_RAIL,
            "computed",
        ),
        (
            "inter-city-rail",
            "km, public half",
            (programme[1], LEAST_RAIL, programme[0]),
            rail,
            BUILD_YEARS_RAIL,
            "computed",
        ),
        ("motorway", "km, public quarter", (100.0, min(motorway), max(motorway)), road, 2, "estimated"),
    ]
    for tier, cost in HUB_COST.items():
        values = (cost, 0.7 * cost, 1.3 * cost)
        rows.append((f"hub-{tier}", "station, public part", values, PUBLIC_HUB, 2, "estimated"))
    rows += [
        ("doctors", "1,000 doctors", (500.0, 350.0, 650.0), 1e-3, 5, "estimated"),
        ("nurses", "1,000 nurses", (200.0, 140.0, 260.0), 1e-3, 2, "estimated"),
        ("university-places", "1,000, public half", (median(campus), min(campus), max(campus)), place, 4, "computed"),
        ("care-beds", "1,000 beds, public part", (bed, 90.0, 1.3 * bed), care, 2, "computed"),
    ]
    table: list[Row] = []
    for name, unit, values, scale, years, basis in rows:
        row: Row = {"id": name, "unit": unit}
        row |= {key: round(v * scale, 5) for key, v in zip(("capital_cost", "low", "high"), values, strict=True)}
        rule = "rule N5" if name.startswith("hub") else "rules C1 and C2"
        table.append(row | {"build_years": years, "basis": basis, "source": f"{rule} of SOURCES.md"})
    return table


def budget_rows() -> list[Row]:
    """Rows of budgets.csv: 1 % of local budget expenditure, and a central line."""
    amounts = {"central": CENTRAL_A_PERIOD}
    for holder in ("Beijing", "Tianjin", "Hebei"):
        cities = [city for city in cities_of(holder) if city != XIONGAN]
        yearly = sum(figure(city, "fiscal_expenditure_2022_100m_cny") for city in cities) / 10
        amounts[holder.lower()] = yearly * BUDGET_SHARE * 5
    sources = {line: f"rule {'B2' if line == 'central' else 'B1'} of SOURCES.md" for line in amounts}
    table: list[Row] = []
    for line in ("beijing", "tianjin", "hebei", "central"):
        for period, factor in zip(PERIODS, BUDGET_GROWTH, strict=True):
            amount = round(amounts[line] * factor, 1)
            table.append({"line": line, "period": period, "amount": amount, "basis": "assumed", "source": sources[line]})
    return table
