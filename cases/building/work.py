"""Work: jobs, skilled people, output and land that each city has, and the jobs that it should have."""

from __future__ import annotations

from .figures import BAODING, CITIES, PERIODS, XIONGAN, Row, figure, jurisdiction, known, slug
from .people import census, population, rate_apart

LOOKING = 0.01  # of those with higher education: free for jobs in the industries of the case
LAND_SHARE, LEAST_LAND = 0.00025, 1.0  # of a city's area that new phases may take; km2
SOUTH = ("Shijiazhuang", "Xingtai", "Handan")
PLAIN = ("Beijing", "Tianjin", "Tangshan", "Langfang")
GRADUATES_A_YEAR, STAY_SHARE = 0.25, 0.04  # courses of four years; who stays and looks for such a job


def graduates(city: str) -> float:
    """Residents with higher education in 2020."""
    return census(city) * rate_apart(city, "tertiary_attainment_per_100k_2020") / 1e5


def jobs(city: str) -> float:
    """Jobs of modern industry: the country's jobs in high-tech zones for each graduate x the city's graduates."""
    return graduates(city) * known("zone_jobs_all") / known("graduates")


def jobs_target(city: str) -> list[float]:
    """The cluster's mean of jobs per resident x the city's people of each period."""
    mean = sum(jobs(other) for other in CITIES) / sum(census(other) for other in CITIES)
    return [people * mean for people in population(city)]


def gdp(city: str) -> float:
    """Gross domestic product of 2023, thousand CNY; Baoding's split by population with Xiong'an."""
    if city not in (BAODING, XIONGAN):
        return figure(city, "gdp_2023_100m_cny") * 1e5
    return figure(BAODING, "gdp_2023_100m_cny") * 1e5 * census(city) / figure(BAODING, "population_2020")


def land(city: str) -> float | None:
    """Land that new phases may take; no phase is offered in Beijing, so it needs none."""
    if jurisdiction(city) == "Beijing":
        return None
    area = figure(city, "area_km2") - (figure(XIONGAN, "area_km2") if city == BAODING else 0.0)
    return max(LEAST_LAND, round(LAND_SHARE * area, 2))


def airshed(city: str) -> str | None:
    """The plain of Beijing, Tianjin and Tangshan, or the foot of the Taihang mountains."""
    return "plain" if city in PLAIN else "taihang" if city in SOUTH else None


def city_columns(city: str) -> Row:
    """Columns of cities.csv about work."""
    row: Row = {"gdp": round(gdp(city)), "jobs": round(jobs(city))}
    row |= {f"jobs_target_{p}": round(target) for p, target in zip(PERIODS, jobs_target(city), strict=True)}
    return row | {"skilled": round(LOOKING * graduates(city)), "land_quota_km2": land(city), "airshed": airshed(city)}


def rows_with_work(rows: list[Row]) -> list[Row]:
    """Rows of cities.csv with the columns about work, whose sources are rules W1 to W5."""
    by_slug = {slug(city): city for city in CITIES}
    out: list[Row] = []
    for row in rows:
        source = f"{row['source']}; rules W1-W5"
        out.append(row | city_columns(by_slug[str(row["id"])]) | {"source": source})
    return out
