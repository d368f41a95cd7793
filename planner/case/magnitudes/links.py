"""Doubts about links: their length against the seats of their ends, their speed, and cores that hang on one of them."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator

from planner.case.magnitudes import plausible
from planner.case.magnitudes.cities import kilometres
from planner.case.magnitudes.comparing import Figure, Places, each_place_once, number, outliers
from planner.case.nouns import Case, Link
from planner.case.problems import Problem


def about_links(case: Case, places: Places) -> Iterator[Problem]:
    """What is odd in links.csv, and seats that most of their links speak against."""
    lengths = list(_lengths(case, places))
    yield from _seats(case, places, [link for link, _ in lengths])
    yield from each_place_once((*(problem for _, problem in lengths), *_speeds(case, places)))
    yield from _lonely_cores(case, places)


def _apart(case: Case, link: Link) -> float:
    one, other = case.cities[link.from_city], case.cities[link.to_city]
    return kilometres((one.lat, one.lon), (other.lat, other.lon))


def _lengths(case: Case, places: Places) -> Iterator[tuple[Link, Problem]]:
    """Links shorter than the way between their ends, or much longer."""
    for link in case.links.values():
        apart = _apart(case, link)
        if link.km is None:
            continue
        short = link.km < plausible.SHORTEST * apart and link.km < apart - plausible.SHORTER_KM
        long = link.km > plausible.LONGEST * apart and link.km > apart + plausible.LONGER_KM
        if short or long:
            between = f"{link.from_city} and {link.to_city}, whose seats are {number(apart)} km apart"
            said = "too short for" if short else f"{number(link.km / max(apart, 1.0))} times the way between"
            message = (
                f"{number(link.km)}: {said} {between}: check this column (in km?), and columns lat and lon of both in "
                "cities.csv"
            )
            yield link, _at(places, link, "km", message, link.km)


def _at(places: Places, link: Link, column: str, message: str, value: float) -> Problem:
    return Problem("links.csv", message, places.row("links", link.id), column, value=f"{value:.10g}")


def _seats(case: Case, places: Places, misfits: list[Link]) -> Iterator[Problem]:
    """A city most of whose links have lengths that cannot be, as against few of its neighbours'."""
    every = Counter(end for link in case.links.values() if link.km is not None for end in (link.from_city, link.to_city))
    wrong = Counter(end for link in misfits for end in (link.from_city, link.to_city))
    for city, count in wrong.items():
        neighbours = {end for x in misfits if city in (x.from_city, x.to_city) for end in (x.from_city, x.to_city)} - {city}
        if count >= 2 and 2 * count > every[city] and all(wrong[n] * every[city] < count * every[n] for n in neighbours):
            seat = case.cities[city]
            message = (
                f"{seat.lat:g}, column lon: {seat.lon:g}: {count} of the {every[city]} links of {city} with a length do not "
                "fit this seat: check both"
            )
            yield Problem("cities.csv", message, places.row("cities", city), "lat", value=f"{seat.lat:g}")


def _speeds(case: Case, places: Places) -> Iterator[Problem]:
    """Links that nothing runs on so fast or so slowly, by themselves and beside the others of their mode."""
    speeds: dict[str, list[tuple[Link, float]]] = defaultdict(list)
    for link in case.links.values():
        km = _apart(case, link) if link.km is None else link.km
        most = plausible.FASTEST_ROAD if _is_road(case, link.mode) else plausible.FASTEST
        if km >= 1 and 60 * km > most * link.minutes:
            yield _odd_speed(places, link, km, f"faster than {most:g} km/h on {link.mode}")
        elif km >= 1 and 60 * km < plausible.SLOWEST * link.minutes:
            yield _odd_speed(places, link, km, f"slower than {plausible.SLOWEST:g} km/h")
        speed = 60 * km / link.minutes if km >= 1 and link.minutes > 0 else 0.0
        if 0 < speed < math.inf:
            speeds[link.mode].append((link, speed))
    for mode, several in speeds.items():
        if len(several) < plausible.FEWEST_LINKS:
            continue
        middle = statistics.median(speed for _, speed in several)
        figures = [
            Figure(places.row("links", link.id), "minutes", link.minutes, speed, *_length(link)) for link, speed in several
        ]
        yield from outliers("links", figures, f"{{per}} km/h on {mode}", plausible.FACTOR_OF_SPEEDS)
        for link, speed in several:
            turned = 3600.0 / speed  # with minutes and km in each other's place
            fits = max(turned / middle, middle / turned) < plausible.SWAPPED_FIT
            if link.km is not None and fits and max(speed / middle, middle / speed) > plausible.SWAPPED_FACTOR:
                message = (
                    f"{number(link.minutes)}, column km: {number(link.km)}: {number(speed)} km/h, where {mode} has "
                    f"{number(middle)} in the middle and the two in each other's place {number(turned)}: they may be swapped"
                )
                yield _at(places, link, "minutes", message, link.minutes)


def _length(link: Link) -> tuple[str, float]:
    return ("", 1.0) if link.km is None else ("km", link.km)


def _odd_speed(places: Places, link: Link, km: float, what: str) -> Problem:
    length = f"column km: {number(km)}" if link.km is not None else f"{number(km)} km between the seats of its ends"
    message = f"{number(link.minutes)}, {length}: {what}: check minutes (running time) and length"
    return _at(places, link, "minutes", message, link.minutes)


def _is_road(case: Case, mode: str) -> bool:
    words = f"{mode} {case.modes[mode].name}".lower().replace("_", " ").replace("-", " ").split()
    return any(word in plausible.ROADS for word in (*words, case.modes[mode].name_zh))


def _lonely_cores(case: Case, places: Places) -> Iterator[Problem]:
    """Core cities with a single link: half of the network may be missing."""
    if len(case.cities) < plausible.FEWEST_LINKS:
        return
    for city in (c for c in case.cities.values() if c.tier == "core"):
        links = [x for x in case.links.values() if city.id in (x.from_city, x.to_city)]
        if len(links) == 1:
            column = "from" if links[0].from_city == city.id else "to"
            message = f"{city.id} is a core city, and this is its only link, today and to be built: are rows missing?"
            yield Problem("links.csv", message, places.row("links", links[0].id), column, value=city.id)
