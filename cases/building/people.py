"""Cities: who lives there, today and in each period."""

from __future__ import annotations

from .figures import PERIODS, Figures, Row, short, slug

AGED = (1.35, 1.65, 1.85)
SAME = (1.0, 1.0, 1.0)


def tier(f: Figures, city: str) -> str:
    """Core, secondary or small."""
    return next((name for name, cities in f.cluster.tiers.items() if city in cities), "small")


def census(f: Figures, city: str) -> float:
    """Residents of 2020."""
    return f.figure(city, "population_2020")


def growth(f: Figures, city: str) -> tuple[float, ...]:
    """Population of each period as a multiple of the census."""
    new = f.cluster.new_city
    if new is not None and city == new.city:
        return tuple(people / census(f, city) for people in new.people)
    return f.cluster.jurisdictions[f.jurisdiction(city)].people


def aged_2020(f: Figures, city: str) -> float:
    """Residents aged 65 and over in 2020."""
    return census(f, city) * f.figure(city, "age65_share_2020_pct") / 100


def aged(f: Figures, city: str) -> tuple[float, ...]:
    """People aged 65 and over by period: the national rise; in a new city also its growth."""
    new = f.cluster.new_city
    more = growth(f, city) if new is not None and city == new.city else SAME
    return tuple(aged_2020(f, city) * factor * extra for factor, extra in zip(AGED, more, strict=True))


def young_2020(f: Figures, city: str) -> float:
    """People aged 18 to 22 in 2020: half of those aged 15 to 24."""
    return f.figure(city, "population_15_24_2020") / 2


def young(f: Figures, city: str) -> tuple[float, ...]:
    """People aged 18 to 22 by period: birth cohorts times the growth of the population."""
    return tuple(
        young_2020(f, city) * cohort * factor for cohort, factor in zip(f.cluster.young, growth(f, city), strict=True)
    )


def population(f: Figures, city: str) -> tuple[float, ...]:
    """Residents by period."""
    return tuple(census(f, city) * factor for factor in growth(f, city))


def groups(f: Figures) -> list[str]:
    """Head counts that services of the case are for, beside all residents."""
    needed = {"care": "people_65", "university": "people_18_22"}
    found = {needed[service] for service in f.cluster.services if service in needed}
    return [name for name in ("people_65", "people_18_22") if name in found]


def _columns(name: str, at_census: float, by_period: tuple[float, ...]) -> Row:
    """Head counts of one group; today (2025) lies half-way between 2020 and 2030."""
    today = (at_census + by_period[0]) / 2
    columns: Row = {name: round(today)}
    return columns | {f"{name}_{p}": round(v) for p, v in zip(PERIODS, by_period, strict=True)}


def city_rows(f: Figures) -> list[Row]:
    """Rows of cities.csv."""
    rows: list[Row] = []
    for city, about in f.cities.items():
        row: Row = {"id": slug(city), "name": short(city), "name_zh": about["name_zh"]}
        row |= {"jurisdiction": f.jurisdiction(city), "tier": tier(f, city)}
        row |= {"lat": f.figure(city, "lat"), "lon": f.figure(city, "lon"), "area_km2": f.figure(city, "area_km2")}
        row |= _columns("population", census(f, city), population(f, city))
        if "people_65" in groups(f):
            row |= _columns("people_65", aged_2020(f, city), aged(f, city))
        if "people_18_22" in groups(f):
            row |= _columns("people_18_22", young_2020(f, city), young(f, city))
        row |= {"basis": "estimated", "source": "census of 2020 and the growth rules P1-P4 of SOURCES.md"}
        rows.append(row | {"note": about.get("note", "")})
    return rows
