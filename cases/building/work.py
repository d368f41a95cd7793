"""Work: jobs, skilled people, output and land that each city has, and the jobs that it should have."""

from __future__ import annotations

from .figures import PERIODS, Figures, Row, slug
from .people import census, population
from .weighing import GDP, has_work

LOOKING = 0.01  # of those with higher education: free for jobs in the industries of the case
LAND_SHARE, LEAST_LAND = 0.00025, 1.0  # of a city's area that new phases may take; km2
GRADUATES_A_YEAR, STAY_SHARE = 0.25, 0.04  # courses of four years; who stays and looks for such a job
TERTIARY = "tertiary_attainment_per_100k_2020"


def graduates(f: Figures, city: str) -> float:
    """Residents with higher education in 2020."""
    return census(f, city) * f.figure(city, TERTIARY) / 1e5


def jobs(f: Figures, city: str) -> float:
    """Jobs of modern industry: the country's jobs in high-tech zones for each graduate x the city's graduates."""
    return graduates(f, city) * f.known("zone_jobs_all") / f.known("graduates")


def jobs_target(f: Figures, city: str) -> list[float]:
    """The cluster's mean of jobs per resident x the city's people of each period."""
    return [people * mean_jobs(f) for people in population(f, city)]


def mean_jobs(f: Figures) -> float:
    """Jobs of a resident of 2020, over the cities whose graduates are known."""
    counted = [other for other in f.cities if f.has(other, TERTIARY)]
    return sum(jobs(f, other) for other in counted) / sum(census(f, other) for other in counted)


def gdp(f: Figures, city: str) -> float:
    """Gross domestic product of 2023, thousand CNY."""
    return f.figure(city, GDP) * 1e5


def land(f: Figures, city: str) -> float | None:
    """Land that new phases may take; a city that is offered no phase needs none."""
    if city in f.cluster.no_parks_in:
        return None
    return max(LEAST_LAND, round(LAND_SHARE * f.figure(city, "area_km2"), 2))


def airshed(f: Figures, city: str) -> str | None:
    """The part of the sky that a city shares with others, if steel's emissions there are known."""
    return next((name for name, shed in f.cluster.airsheds.items() if city in shed.cities), None)


def city_columns(f: Figures, city: str) -> Row:
    """Columns of cities.csv about work; cities without figures have none."""
    row: Row = {"gdp": round(gdp(f, city)) if f.has(city, GDP) else None}
    if f.has(city, TERTIARY):
        row |= {"jobs": round(jobs(f, city))}
        row |= {f"jobs_target_{p}": round(target) for p, target in zip(PERIODS, jobs_target(f, city), strict=True)}
        row |= {"skilled": round(LOOKING * graduates(f, city))}
    return row | {"land_quota_km2": land(f, city), "airshed": airshed(f, city)}


def rows_with_work(f: Figures, rows: list[Row]) -> list[Row]:
    """Rows of cities.csv with the columns about work, whose sources are rules W1 to W5."""
    by_slug = {slug(city): city for city in f.cities}
    if not has_work(f):
        return rows
    out: list[Row] = []
    for row in rows:
        source = f"{row['source']}; rules W1-W5"
        out.append(row | city_columns(f, by_slug[str(row["id"])]) | {"source": source})
    return out
