"""Facts for the scorecard, which no plan changes: employment, networks, shares of the country, instruments, the index."""

from __future__ import annotations

from .figures import Figures, Row, plain, slug

CENSUS = "7th census, long form"
COUNTRY_KM2 = 9_600_000.0  # recalled, as everybody rounds it
ABOUT = ("cluster", "city", "employed", "professionals")  # columns of employment.csv that are no branch
DIGITS = 2


def fact_rows(f: Figures) -> list[Row]:
    """Rows of facts.csv: of each city, then of jurisdictions and of the whole cluster."""
    return [*_of_cities(f), *_of_the_cluster(f)]


def _of_cities(f: Figures) -> list[Row]:
    rows: list[Row] = []
    employment = {row["city"]: row for row in f.tables["employment"] if row["cluster"] == f.name}
    for city in f.cities:
        if (known := employment.get(city)) is not None:
            branches = {name: float(share) for name, share in known.items() if name not in ABOUT}
            shares = branches | {"other": round(100.0 - sum(branches.values()), DIGITS)}
            rows.append(_row(slug(city), "employed", known["employed"], 2020, "estimated", CENSUS))
            rows += [
                _row(slug(city), f"employed_{name}", plain(share), 2020, "computed", CENSUS)
                for name, share in shares.items()
            ]
            rows.append(_row(slug(city), "professionals", known["professionals"], 2020, "computed", CENSUS))
        if f.has(city, "tertiary_attainment_per_100k_2020"):
            degrees = f.figure(city, "tertiary_attainment_per_100k_2020")
            rows.append(_row(slug(city), "degrees", plain(degrees), 2020, "computed", "7th census"))
    return rows


def _of_the_cluster(f: Figures) -> list[Row]:
    stated = [row for row in f.tables["scorecard"] if row["cluster"] == f.name]
    rows: list[Row] = [{key: cell for key, cell in row.items() if key != "cluster"} for row in stated]
    if all(f.has(city, "area_km2") for city in f.cities):
        share = 100.0 * sum(f.figure(city, "area_km2") for city in f.cities) / COUNTRY_KM2
        note = f"area of its cities; country {COUNTRY_KM2:,.0f} km2 (recalled)"
        rows.append(_row("cluster", "share_land", f"{share:.2f}", "", "computed", "city yearbooks") | {"note": note})
    return rows


def _row(of: str, fact: str, value: str, year: object, basis: str, source: str) -> Row:
    return {"of": of, "fact": fact, "value": value, "year": year, "basis": basis, "source": source, "note": ""}
