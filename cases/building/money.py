"""Unit costs and budget lines."""

from __future__ import annotations

from statistics import median

from .figures import PERIODS, Figures, Row, plain, slug
from .network import BUILD_YEARS_RAIL, PUBLIC_RAIL, candidates
from .people import tier

PUBLIC_HUB, PUBLIC_UNIVERSITY, PUBLIC_CARE = 0.7, 0.5, 0.8
LEAST_RAIL = 154.9  # million CNY a km of the cheapest 250 km/h line of Hebei
HUB_YEARS = 2
HUB_COST = {"core": 30.0, "secondary": 9.0, "small": 4.5}
BUDGET_SHARE, BUDGET_GROWTH = 0.01, (1.0, 1.1, 1.2)
CENTRAL_A_HEAD = 136.0  # CNY a period: 15 bn for the 110 million of the first case
CENTRAL_SHARE = 0.6  # of a measure, at most
DEBT_SHARE = 0.3  # of a period's money

Values = tuple[float, float, float]


def norm_rows(f: Figures) -> list[Row]:
    """Rows of norms.csv, public part only, billion CNY: a km, a station, or 1,000 doctors, places, beds."""
    programme = f.costs("inter_city_rail_km")  # the programme of 2016, then that of 2015
    fast, campus = f.costs("high_speed_rail_km"), f.costs("university_place")
    bed = max(f.costs("elderly_care_bed"))
    up = f.cluster.cost_uplift / 1e3
    rail, place, care = PUBLIC_RAIL * up, PUBLIC_UNIVERSITY / 1e3, PUBLIC_CARE / 1e3
    half, part = "km, public half", "station, public part"
    modes = {row["mode"] for row in candidates(f)}
    tiers = {tier(f, city) for city in f.cities}
    rows: list[tuple[bool, str, str, Values, float, int, str]] = [
        ("high_speed_rail" in modes, "high-speed-rail", half, (programme[0], min(fast), max(fast)), rail, BUILD_YEARS_RAIL,
         "computed"),
        ("inter_city_rail" in modes, "inter-city-rail", half, (programme[1], LEAST_RAIL, programme[0]), rail,
         BUILD_YEARS_RAIL, "computed"),
    ]  # fmt: skip
    for name, cost in HUB_COST.items():
        years = f.cluster.hub_years.get(name, HUB_YEARS)
        values = (cost, 0.7 * cost, 1.3 * cost)
        rows.append((name in tiers, f"hub-{name}", part, values, PUBLIC_HUB, years, "estimated"))
    places, beds = (median(campus), min(campus), max(campus)), (bed, 90.0, 1.3 * bed)
    rows += [
        (f.has_service("doctors"), "doctors", "1,000 doctors", (500.0, 350.0, 650.0), 1e-3, 5, "estimated"),
        (f.has_service("nurses"), "nurses", "1,000 nurses", (200.0, 140.0, 260.0), 1e-3, 2, "estimated"),
        (f.has_service("health"), "health-workers", "1,000 health workers", (340.0, 240.0, 440.0), 1e-3, 3, "estimated"),
        (f.has_service("university"), "university-places", "1,000, public half", places, place, 4, "computed"),
        (f.has_service("care"), "care-beds", "1,000 beds, public part", beds, care, 2, "computed"),
    ]
    table: list[Row] = []
    for used, name, unit, values, scale, years, basis in rows:
        if not used:
            continue
        row: Row = {"id": name, "unit": unit}
        row |= {key: round(v * scale, 5) for key, v in zip(("capital_cost", "low", "high"), values, strict=True)}
        rule = "rule N5" if name.startswith("hub") else "rules C1 and C2"
        table.append(row | {"build_years": years, "basis": basis, "source": f"{rule} of SOURCES.md"})
    return table


def amounts(f: Figures) -> dict[str, float]:
    """Money of each line in the first period, billion CNY: 1 % of local budget expenditure, and the centre's."""
    spent, found = "fiscal_expenditure_2022_100m_cny", {}
    for holder in f.cluster.jurisdictions:
        cities = [city for city in f.cities_of(holder) if f.has(city, spent)]
        yearly = sum(f.figure(city, spent) for city in cities) / 10
        if cities:
            found[slug(holder)] = yearly * BUDGET_SHARE * 5
    people = sum(f.own[city, "population_2020"] for city in f.cities if city in _counted(f))
    return found | {"central": float(round(CENTRAL_A_HEAD * people / 1e9))}


def with_purse(f: Figures) -> list[str]:
    """Jurisdictions of whose purse something is known."""
    return [name for name in f.cluster.jurisdictions if slug(name) in amounts(f)]


def _counted(f: Figures) -> set[str]:
    """Cities whose residents no other city's figure holds already."""
    inside = {row["other"] for row in f.tables["patches"] if row["rule"] == "minus"}
    return set(f.cities) - inside


def budget_rows(f: Figures) -> list[Row]:
    """Rows of budgets.csv."""
    table: list[Row] = []
    for line, first in amounts(f).items():
        source = f"rule {'B2' if line == 'central' else 'B1'} of SOURCES.md"
        for period, factor in zip(PERIODS, BUDGET_GROWTH, strict=True):
            amount = round(first * factor, 1)
            table.append({"line": line, "period": period, "amount": amount, "basis": "assumed", "source": source})
    return table


def all_money(f: Figures) -> float:
    """Money of all lines and periods, billion CNY."""
    return round(sum(float(str(row["amount"])) for row in budget_rows(f)), 1)


def debt(f: Figures, line: str) -> str:
    """Most debt of a line at the end of each period, as case.yaml has it; 0 at the end."""
    limits = [round(DEBT_SHARE * float(str(r["amount"])), 1) for r in budget_rows(f) if r["line"] == line][:-1]
    return "{" + ", ".join(f"{p}: {plain(v)}" for p, v in zip(PERIODS, [*limits, 0], strict=True)) + "}"
