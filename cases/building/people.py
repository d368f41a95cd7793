"""Cities: who lives there, today and in each period."""

from __future__ import annotations

from .figures import BAODING, CITIES, PERIODS, XIONGAN, Row, figure, jurisdiction, short, slug

TIERS = {"core": ("Beijing", "Tianjin"), "secondary": ("Shijiazhuang", "Tangshan", "Baoding", "Handan")}
POPULATION = {"Beijing": (1.0, 1.0, 1.0), "Tianjin": (0.99, 0.98, 0.97), "Hebei": (0.985, 0.97, 0.95)}
XIONGAN_PEOPLE = (1.5e6, 2.0e6, 2.5e6)
AGED = (1.35, 1.65, 1.85)
YOUNG = (1.05, 1.12, 1.00)


def tier(city: str) -> str:
    """Core, secondary or small."""
    return next((name for name, cities in TIERS.items() if city in cities), "small")


def census(city: str) -> float:
    """Residents of 2020; Baoding without the three counties of Xiong'an."""
    return figure(city, "population_2020_excl_xiongan" if city == BAODING else "population_2020")


def rate_apart(city: str, indicator: str) -> float:
    """A rate of the census; Baoding's is freed from Xiong'an's, which its prefecture includes."""
    rate = figure(city, indicator)
    if city != BAODING:
        return rate
    whole = figure(BAODING, "population_2020")
    inside = figure(XIONGAN, "population_2020") * figure(XIONGAN, indicator)
    return (whole * rate - inside) / census(BAODING)


def growth(city: str) -> tuple[float, ...]:
    """Population of each period as a multiple of the census."""
    if city == XIONGAN:
        return tuple(people / census(city) for people in XIONGAN_PEOPLE)
    return POPULATION[jurisdiction(city)]


def aged_2020(city: str) -> float:
    """Residents aged 65 and over in 2020."""
    return census(city) * rate_apart(city, "age65_share_2020_pct") / 100


def aged(city: str) -> tuple[float, ...]:
    """People aged 65 and over by period: the national rise; in Xiong'an also its growth."""
    more = growth(city) if city == XIONGAN else (1.0, 1.0, 1.0)
    return tuple(aged_2020(city) * factor * extra for factor, extra in zip(AGED, more, strict=True))


def young_2020(city: str) -> float:
    """People aged 18 to 22 in 2020: half of those aged 15 to 24; Baoding's split by population with Xiong'an."""
    if city not in (BAODING, XIONGAN):
        return figure(city, "population_15_24_2020") / 2
    return figure(BAODING, "population_15_24_2020") / 2 * census(city) / figure(BAODING, "population_2020")


def young(city: str) -> tuple[float, ...]:
    """People aged 18 to 22 by period: birth cohorts times the growth of the population."""
    return tuple(young_2020(city) * cohort * factor for cohort, factor in zip(YOUNG, growth(city), strict=True))


def population(city: str) -> tuple[float, ...]:
    """Residents by period."""
    return tuple(census(city) * factor for factor in growth(city))


def _columns(name: str, at_census: float, by_period: tuple[float, ...]) -> Row:
    """Head counts of one group; today (2025) lies half-way between 2020 and 2030."""
    today = (at_census + by_period[0]) / 2
    columns: Row = {name: round(today)}
    return columns | {f"{name}_{p}": round(v) for p, v in zip(PERIODS, by_period, strict=True)}


def _area(city: str) -> float:
    area = figure(city, "area_km2")
    return area - figure(XIONGAN, "area_km2") if city == BAODING else area


def _note(city: str) -> str:
    if city == BAODING:
        return "without the three counties of Xiong'an; with Dingzhou"
    if city == XIONGAN:
        return "Rongcheng, Anxin and Xiong counties; coordinates and area recalled"
    return "with Xinji" if city == "Shijiazhuang" else ""


def city_rows() -> list[Row]:
    """Rows of cities.csv."""
    rows: list[Row] = []
    for city, about in CITIES.items():
        row: Row = {"id": slug(city), "name": short(city), "name_zh": about["name_zh"]}
        row |= {"jurisdiction": jurisdiction(city), "tier": tier(city)}
        row |= {"lat": figure(city, "lat"), "lon": figure(city, "lon"), "area_km2": _area(city)}
        row |= _columns("population", census(city), population(city))
        row |= _columns("people_65", aged_2020(city), aged(city))
        row |= _columns("people_18_22", young_2020(city), young(city))
        row |= {"basis": "estimated", "source": "census of 2020 and the growth rules P1-P4 of SOURCES.md"}
        rows.append(row | {"note": _note(city)})
    return rows
