"""Checks of the figures, before any rule: what cannot be is said with its file, row and value.

Each limit comes from a mistake that was made, or from the range of the figures of five clusters: a seat 226 km off, a
product in 10,000 yuan read as one in 100 million, residents in ten-thousands, a timetable that would need 430 km/h.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log
from statistics import median

from .figures import Figures
from .network import candidates, distance_km, existing, great_circle

SEAT_KM = 15.0  # from the gazetteer's place; the figures and GeoNames differ by 7.4 km at most
LONGEST_WAY = 2.2  # length of a link against the great circle; around an estuary 2.03
STATIONS_APART_KM = 30.0  # by which a railway may be shorter: stations lie on the near sides of their cities
SPEEDS = {  # least and largest mean speed of a link, km/h
    "road": (40.0, 120.0),
    "inter_city_rail": (60.0, 200.0),
    "high_speed_rail": (80.0, 350.0),
}
PEOPLE_A_KM2 = (5.0, 30_000.0)  # the western mountains; Macao has 21,000
LEAST_PEOPLE = 100_000.0  # of a prefecture
PER_HEAD = {  # sums of a city, which are compared per resident -> by what factor they may differ from the median
    "gdp_2023_100m_cny": 6.0,
    "fiscal_expenditure_2022_100m_cny": 6.0,
    "population_15_24_2020": 3.0,
    "population_2019_source": 2.0,
}
RATES = {  # the same of figures that are rates
    "avg_wage_2020_cny": 3.0,
    "doctors_per_1000_2019": 3.0,
    "nurses_per_1000_2019": 3.0,
    "health_beds_per_1000_2019": 3.0,
    "age65_share_2020_pct": 6.0,
    "tertiary_attainment_per_100k_2020": 6.0,
    "he_students_per_100k_province": 3.0,
}
FEWEST = 4  # cities for which a median says something


def problems(f: Figures) -> list[str]:
    """What cannot be in the figures of a cluster; none is a precondition of every rule."""
    return [f"cases/figures/{f.name}/{said}" for said in [*_seats(f), *_people(f), *_columns(f), *_links(f)]]


def _seats(f: Figures) -> Iterator[str]:
    """Seats against a gazetteer."""
    known = {row["city"]: (float(row["lat"]), float(row["lon"])) for row in f.tables["seats"]}
    for city in f.cities:
        if city not in known:
            if city not in f.cluster.seats_unchecked:
                yield f"cities.csv: {city} is not in common/seats.csv; add its place, or to seats_unchecked why not"
            continue
        off = distance_km(f.figure(city, "lat"), f.figure(city, "lon"), *known[city])
        if off > SEAT_KM:
            lat, lon = known[city]
            yield f"cities.csv: the seat of {city} is {off:.0f} km from {lat:g} N, {lon:g} E, where common/seats.csv has it"


def _people(f: Figures) -> Iterator[str]:
    """Residents, against the land they live on."""
    least, most = PEOPLE_A_KM2
    for city in f.cities:
        people, area = f.figure(city, "population_2020"), f.figure(city, "area_km2")
        if people < LEAST_PEOPLE or not least <= people / area <= most:
            yield (
                f"cities.csv: {city} has {people:,.0f} residents, {people / area:,.2f} on a km2; at least "
                f"{LEAST_PEOPLE:,.0f} and {least:g} to {most:,.0f} on a km2 are expected. Are they counted in ten-thousands?"
            )


def _columns(f: Figures) -> Iterator[str]:
    """Figures far from those of the other cities."""
    for indicator, factor in {**PER_HEAD, **RATES}.items():
        heads = {c: f.figure(c, "population_2020") if indicator in PER_HEAD else 1.0 for c in f.cities}
        found = {city: f.figure(city, indicator) / heads[city] for city in f.cities if f.has(city, indicator)}
        if any(value <= 0 for value in found.values()):
            yield f"cities.csv: {indicator} must be above zero in every city that has it"
        elif len(found) >= FEWEST:
            middle = exp(median(log(value) for value in found.values()))
            for city, value in found.items():
                times = value / middle
                if not 1 / factor <= times <= factor:
                    how = f"{times:,.3g} times the median of the cities"
                    each = " per resident" if indicator in PER_HEAD else ""
                    yield f"cities.csv: {indicator} of {city} is {f.figure(city, indicator):,g}{each and ','}{each} {how}"


def _links(f: Figures) -> Iterator[str]:
    """Lengths against the great circle, and speeds."""
    for row in [*existing(f), *candidates(f)]:
        crow, km, minutes = great_circle(f, row["from_city"], row["to_city"]), float(row["km"]), float(row["minutes"])
        shortest = crow if row["mode"] == "road" else max(0.0, crow - STATIONS_APART_KM)
        if not shortest <= km <= LONGEST_WAY * crow:
            yield (
                f"links.csv or candidate_links.csv: {row['id']} is {km:g} km long; its cities are {crow:.0f} km apart, so "
                f"{shortest:.0f} to {LONGEST_WAY * crow:.0f} km are expected"
            )
        if row["mode"] not in SPEEDS:
            yield f"links.csv or candidate_links.csv: {row['id']} is of mode {row['mode']}, of which no speeds are known"
            continue
        slowest, fastest = SPEEDS[row["mode"]]
        speed = km / minutes * 60 if minutes > 0 else float("inf")
        if not slowest <= round(speed, 1) <= fastest + 0.5:
            yield (
                f"links.csv or candidate_links.csv: {row['id']} takes {minutes:g} minutes for {km:g} km, {speed:.0f} km/h; "
                f"{slowest:g} to {fastest:g} are expected of {row['mode']}"
            )
