"""Doubts about cities and links: people, area, seats, stocks against their standards; lengths and speeds."""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from planner.case.case import Case
from planner.case.magnitudes import plausible
from planner.case.magnitudes.outliers import Figure, Places, each_place_once, number, odd, others, outliers, outside
from planner.case.places import TODAY, City, Link
from planner.case.problems import Problem
from planner.case.values import as_number
from planner.words.said import Text, _, series

EARTH_RADIUS = 6371.0  # km
OF_PEOPLE = _(", is it in heads, not in thousands or ten-thousands?")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great circle between two seats (lat, lon)."""
    phi, psi = math.radians(one[0]), math.radians(other[0])
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def about_cities(case: Case, places: Places) -> Iterator[Problem]:
    """What is odd in cities.csv and capacity.csv."""
    yield from _nobody(case, places)
    yield from _people(case, places)
    yield from _growth(case, places)
    yield from _groups(case, places)
    yield from _per_head(case, places)
    yield from _land(case, places)
    yield from _seats(case, places)
    yield from _stocks(case, places)
    yield from _used(case, places)


def _figure(case: Case, places: Places, city: City, column: str, value: float, beside: str, other: float) -> Figure:
    return Figure(places.row("cities", city.id), column, value, value / other if other > 0 else 0.0, beside, other)


def _column_of_people(case: Case, places: Places, city: str) -> str:
    return places.column("cities", (city,), "population", f"population_{case.period_ids[0]}")


def _nobody(case: Case, places: Places) -> Iterator[Problem]:
    """Cities without people that have what only people have; a junction has nobody and none of that."""
    staffed = {city for (city, _service), given in case.capacity.items() if given.amount}
    for c in case.cities.values():
        row = places.row("cities", c.id)
        has = [column for column in ("area_km2", "gdp", "jobs") if getattr(c, column)]
        has += ["capacity.csv"] if c.id in staffed else []
        if c.population[TODAY] == 0 and has:
            message = _(
                "0: nobody lives here, so that no gap of this city counts, though it has figures in {columns}: is its "
                "population missing?"
            ).format(columns=series(map(Text, has)))
            yield Problem("cities.csv", message, row, _column_of_people(case, places, c.id), value="0")


def _people(case: Case, places: Places) -> Iterator[Problem]:
    """People, alone and on their area."""
    every = list(case.cities.values())
    today = [
        Figure(places.row("cities", c.id), _column_of_people(case, places, c.id), c.population[TODAY], c.population[TODAY])
        for c in every
    ]
    with_area = [c for c in every if c.area_km2]
    on_area = [
        _figure(case, places, c, _column_of_people(case, places, c.id), c.population[TODAY], "area_km2", c.area_km2 or 0.0)
        for c in with_area
    ]
    said = list(outside("cities", today, _("fewer people than a city has"), plausible.LEAST_PEOPLE, None, OF_PEOPLE))
    said += odd("cities", others(on_area, said), _("{per} people per km2"), plausible.LEAST_DENSITY, plausible.MOST_DENSITY,
                plausible.FACTOR, OF_PEOPLE)  # fmt: skip
    said += outliers("cities", others(today, said), _("{per} people"), plausible.FACTOR_OF_SIZES, OF_PEOPLE)
    area, people = sum(c.area_km2 or 0.0 for c in with_area), sum(c.population[TODAY] for c in with_area)
    if not said and area > 0 and 0 < people < plausible.LEAST_DENSITY_OF_ALL * area:
        column = on_area[0].column
        message = _(
            "all cities together have {people} people per km2, where at least {least_density_of_all} is "
            "plausible: check this column (heads?) and column area_km2 (km2?)"
        ).format(people=number(people / area), least_density_of_all=number(plausible.LEAST_DENSITY_OF_ALL))
        said.append(Problem("cities.csv", message, column=column))
    yield from said


def _growth(case: Case, places: Places) -> Iterator[Problem]:
    """Growth a year that no city has for long: most likely per cent, or per mille, for a share."""
    figures = [
        Figure(places.row("cities", city), "growth_per_year", growth, abs(growth))
        for city in case.cities
        if places.filled("cities", (city,), "growth_per_year")
        for growth in [as_number(places.cell("cities", (city,), "growth_per_year"))]
    ]
    hint = _(" (a share a year: 0.01 is 1 %; meant in per cent?)")
    yield from outside("cities", figures, _("{per} a year, up or down"), None, plausible.GROWTH_MOST, hint)


def _groups(case: Case, places: Places) -> Iterator[Problem]:
    """The old, the young and other groups as shares of the people."""
    for group in case.people:
        for when in (TODAY, *case.period_ids):
            column = group if when == TODAY else f"{group}_{when}"
            of = "population" if when == TODAY else f"population_{when}"
            shares = [
                _figure(case, places, c, column, c.people[group][when],
                        places.column("cities", (c.id,), of, "population"), c.population[when])
                for c in case.cities.values()
                if places.filled("cities", (c.id,), column)
            ]  # fmt: skip
            what = _("{per} of the group for each person")
            yield from odd("cities", shares, what, None, plausible.MOST_PER_HEAD, plausible.FACTOR_OF_SHARES)


def _per_head(case: Case, places: Places) -> Iterator[Problem]:
    """Output, jobs and skills for each person."""
    most: float | None
    for column, factor, most in (
        ("gdp", plausible.FACTOR, None),
        ("jobs", plausible.FACTOR, plausible.MOST_PER_HEAD),
        ("skilled", plausible.FACTOR_OF_SIZES, plausible.MOST_PER_HEAD),
    ):
        figures = [
            _figure(case, places, c, column, getattr(c, column), _column_of_people(case, places, c.id), c.population[TODAY])
            for c in case.cities.values()
            if getattr(c, column) is not None
        ]
        yield from odd("cities", figures, _("{per} for each person"), None, most, factor)
    yield from each_place_once(_targets_of_jobs(case, places))


def _targets_of_jobs(case: Case, places: Places) -> Iterator[Problem]:
    """Jobs wanted, for each person and beside the jobs that there are; the same cell may stand for several periods."""
    for period in case.period_ids:
        given = [(c, c.jobs_target[period]) for c in case.cities.values() if c.jobs_target is not None]
        columns = {c.id: places.column("cities", (c.id,), f"jobs_target_{period}", "jobs_target") for c, _target in given}
        figures = [
            _figure(case, places, c, columns[c.id], target,
                    places.column("cities", (c.id,), f"population_{period}", "population"), c.population[period])
            for c, target in given
        ]  # fmt: skip
        yield from odd("cities", figures, _("{per} for each person"), None, plausible.MOST_PER_HEAD, plausible.FACTOR)
        beside = [
            (c, target, target / c.jobs / plausible.LEAST_TARGET)
            if c.jobs
            else (c, target, target / c.population[period] / plausible.LEAST_TARGET_PER_HEAD)
            for c, target in given
            if target > 0 and c.population[period] > 0
        ]
        if beside and all(times < 1 for _c, _target, times in beside):
            first, target, _times = beside[0]
            message = _(
                "{target}: in every row next to nothing beside the jobs and the people that there are: is it in jobs, not "
                "in thousands, ten-thousands or per cent?"
            ).format(target=number(target))
            yield Problem("cities.csv", message, column=columns[first.id], value=f"{target:.10g}")


def _land(case: Case, places: Places) -> Iterator[Problem]:
    """Land for parks within the area, and areas by themselves."""
    with_quota = [c for c in case.cities.values() if c.land_quota_km2]
    shares = [
        _figure(case, places, c, "land_quota_km2", c.land_quota_km2 or 0.0, "area_km2", c.area_km2)
        for c in with_quota
        if c.area_km2
    ]
    alone = [
        Figure(places.row("cities", c.id), "land_quota_km2", c.land_quota_km2 or 0.0, c.land_quota_km2 or 0.0)
        for c in with_quota
    ]
    beyond = list(outside("cities", shares, _("{per} of the area"), None, 1.0))
    yield from beyond
    yield from outliers("cities", others(alone, beyond), _("{per} km2 for parks"), plausible.FACTOR_OF_SIZES)


def _seats(case: Case, places: Places) -> Iterator[Problem]:
    """Seats far from all others, and two in one place."""
    every = list(case.cities.values())
    first: dict[tuple[float, float], City] = {}
    for city in every:
        other = first.setdefault((city.lat, city.lon), city)
        if other is not city:
            message = _("{lat:g}, column lon: {lon:g} is the seat of {other} too: check both").format(
                lat=city.lat, lon=city.lon, other=other.id
            )
            yield Problem("cities.csv", message, places.row("cities", city.id), "lat", value=f"{city.lat:g}")
    for smaller, larger in too_near(every):
        yield _doubt_of(smaller, larger, places)
    if len(every) == 2:
        apart = kilometres((every[0].lat, every[0].lon), (every[1].lat, every[1].lon))
        astray = every if apart > plausible.FAR_OF_TWO else []
        middle, usual = (every[0].lat, every[0].lon), plausible.FAR_OF_TWO
    else:
        middle = (statistics.median(c.lat for c in every), statistics.median(c.lon for c in every))
        away = {c.id: kilometres(middle, (c.lat, c.lon)) for c in every}
        usual = max(plausible.FAR * statistics.median(away.values()), plausible.NEAR_ENOUGH)
        astray = [c for c in every if away[c.id] > usual] if len(every) >= plausible.FEWEST else []
    for city in astray:
        far = kilometres(middle, (city.lat, city.lon))
        swapped = abs(city.lon) <= 90 and kilometres(middle, (city.lon, city.lat)) <= usual
        why = _("lat and lon may be swapped") if swapped else _("check both")
        column = "lat" if abs(city.lat - middle[0]) > abs(city.lon - middle[1]) else "lon"
        message = _(
            "{city:g} puts the seat {far} km from the middle of the others (column lat: {lat:g}, column lon: "
            "{lon:g}), where up to {usual} is plausible: {why}"
        ).format(city=getattr(city, column), far=number(far), lat=middle[0], lon=middle[1], usual=number(usual), why=why)
        yield Problem("cities.csv", message, places.row("cities", city.id), column, value=f"{getattr(city, column):g}")


def too_near(cities: Sequence[City]) -> list[tuple[City, City]]:
    """Pairs of cities, the one of the smaller area first, whose seats are too near one another for that area.

    Returns
    -------
    In the order of the later city of each pair, then of the earlier one. Of equal areas the later city counts as smaller.
    """
    rank = {n: place for place, n in enumerate(sorted(range(len(cities)), key=lambda n: (cities[n].area_km2 or 0.0, -n)))}
    at: dict[tuple[float, float], list[int]] = {}
    for n, city in enumerate(cities):
        at.setdefault((city.lat, city.lon), []).append(n)
    points = {seat: _point(*seat) for seat in at}
    axis = max(range(3), key=lambda k: max(p[k] for p in points.values()) - min(p[k] for p in points.values()))
    along = sorted(points, key=lambda seat: points[seat][axis])
    values = [points[seat][axis] for seat in along]
    found: list[tuple[int, int]] = []
    for n, city in enumerate(cities):
        here, least = points[city.lat, city.lon], least_apart(city)
        reach = least * (1 + 1e-9) + 1e-9  # straight through the earth is shorter than over it
        for seat in along[bisect_left(values, here[axis] - reach) : bisect_right(values, here[axis] + reach)]:
            if math.dist(here, points[seat]) <= reach and 0 < kilometres((city.lat, city.lon), seat) < least:
                found += [(n, other) for other in at[seat] if rank[other] > rank[n] and _is_lived_in(cities[other], city)]
    found.sort(key=lambda pair: (max(pair), min(pair)))
    return [(cities[n], cities[other]) for n, other in found]


def _is_lived_in(*cities: City) -> bool:
    """Whether people live in all of some cities: a station may lie in the city that it serves."""
    return all(city.population[TODAY] > 0 for city in cities)


def _point(lat: float, lon: float) -> tuple[float, float, float]:
    """A seat in space, from the middle of the earth, in km."""
    phi, along = math.radians(lat), math.radians(lon)
    ring = EARTH_RADIUS * math.cos(phi)
    return ring * math.cos(along), ring * math.sin(along), EARTH_RADIUS * math.sin(phi)


def least_apart(city: City) -> float:
    """Kilometres that no other seat should be nearer than, of a city with no less area."""
    return max(plausible.LEAST_APART, plausible.TOO_NEAR * math.sqrt((city.area_km2 or 0.0) / math.pi))


def _doubt_of(city: City, other: City, places: Places) -> Problem:
    """That the smaller of two cities has no place for its area between their seats."""
    apart = kilometres((city.lat, city.lon), (other.lat, other.lon))
    message = (
        _(
            "{lon:g}, column lat: {lat:g} puts the seat {apart} km from that of {other} (row {row}), where for "
            "{number} km2 at least {city} is plausible: check the seats of both"
        )
        if least_apart(city) > plausible.LEAST_APART
        else _(
            "{lon:g}, column lat: {lat:g} puts the seat {apart} km from that of {other} (row {row}), where at least {city} "
            "is plausible: are they one city, or is a seat wrong?"
        )
    ).format(
        lon=city.lon,
        lat=city.lat,
        apart=number(apart),
        other=other.id,
        row=places.row("cities", other.id),
        number=number(city.area_km2 or 0.0),
        city=number(least_apart(city)),
    )
    return Problem("cities.csv", message, places.row("cities", city.id), "lon", value=f"{city.lon:g}")


def _stocks(case: Case, places: Places) -> Iterator[Problem]:
    """What there is of a service against what its standard asks for."""
    for service in case.services.values():
        for when in (TODAY, *case.period_ids):
            column = "capacity" if when == TODAY else f"capacity_{when}"
            standard = service.per_1000[case.period_ids[0] if when == TODAY else when]
            figures = []
            for city in case.cities.values():
                stock = case.capacity.get((city.id, service.id))
                need = city.heads(service.of, when) * standard / 1000.0
                if stock is None or stock.amount is None or need <= 0:
                    continue
                if places.filled("capacity", (city.id, service.id), column):
                    amount = stock.amount[when]
                    figures.append(Figure(places.row("capacity", city.id, service.id), column, amount, amount / need))
            what = _("{per} times the {standard:g} {service} per 1,000 of {of} that are asked for").format(
                per="", standard=standard, service=service.id, of=service.of
            )
            yield from odd("capacity", figures, what, plausible.STOCK_LEAST, plausible.STOCK_MOST, plausible.FACTOR)


def _used(case: Case, places: Places) -> Iterator[Problem]:
    """How much of the stock is in use, against the stock."""
    figures = [
        Figure(places.row("capacity", city, service), "used", stock.used, stock.used / stock.amount[TODAY])
        for (city, service), stock in case.capacity.items()
        if stock.used is not None and stock.amount is not None and stock.amount[TODAY] > 0
    ]
    what = _("{per} times what there is").format(per="")
    yield from outside("capacity", figures, what, plausible.USED_LEAST, plausible.USED_MOST)


def about_links(case: Case, places: Places) -> Iterator[Problem]:
    """What is odd in links.csv, and seats that most of their links speak against."""
    lengths = list(_lengths(case, places))
    yield from _ends_apart(case, places, [link for link, _ in lengths])
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
        shortest = plausible.SHORTEST_ROAD if _is_road(case, link.mode) else plausible.SHORTEST
        short = link.km < shortest * apart and link.km < apart - plausible.SHORTER_KM
        long = link.km > plausible.LONGEST * apart and link.km > apart + plausible.LONGER_KM
        if short or long:
            between = _("{from_city} and {to_city}, whose seats are {apart} km apart").format(
                from_city=link.from_city, to_city=link.to_city, apart=number(apart)
            )
            said = (
                _("too short for") if short else _("{km} times the way between").format(km=number(link.km / max(apart, 1.0)))
            )
            message = _(
                "{km}: {said} {between}: check this column (in km?), and columns lat and lon of both in cities.csv"
            ).format(km=number(link.km), said=said, between=between)
            yield link, _at(places, link, "km", message, link.km)


def _at(places: Places, link: Link, column: str, message: str, value: float) -> Problem:
    return Problem("links.csv", message, places.row("links", link.id), column, value=f"{value:.10g}")


def _ends_apart(case: Case, places: Places, misfits: list[Link]) -> Iterator[Problem]:
    """A city most of whose links have lengths that cannot be, as against few of its neighbours'."""
    every = Counter(end for link in case.links.values() if link.km is not None for end in (link.from_city, link.to_city))
    wrong = Counter(end for link in misfits for end in (link.from_city, link.to_city))
    for city, count in wrong.items():
        neighbours = {end for x in misfits if city in (x.from_city, x.to_city) for end in (x.from_city, x.to_city)} - {city}
        if count >= 2 and 2 * count > every[city] and all(wrong[n] * every[city] < count * every[n] for n in neighbours):
            seat = case.cities[city]
            message = _(
                "{lat:g}, column lon: {lon:g}: {count} of the {every} links of {city} with a length do not fit this "
                "seat: check both"
            ).format(lat=seat.lat, lon=seat.lon, count=count, every=every[city], city=city)
            yield Problem("cities.csv", message, places.row("cities", city), "lat", value=f"{seat.lat:g}")


def _speeds(case: Case, places: Places) -> Iterator[Problem]:
    """Links that nothing runs on so fast or so slowly, by themselves and beside the others of their mode."""
    speeds: dict[str, list[tuple[Link, float]]] = defaultdict(list)
    for link in case.links.values():
        km = _apart(case, link) if link.km is None else link.km
        most = plausible.FASTEST_ROAD if _is_road(case, link.mode) else plausible.FASTEST
        if km >= 1 and 60 * km > most * link.minutes:
            yield _odd_speed(places, link, km, _("faster than {most:g} km/h on {mode}").format(most=most, mode=link.mode))
        elif km >= 1 and 60 * km < plausible.SLOWEST * link.minutes:
            yield _odd_speed(places, link, km, _("slower than {slowest:g} km/h").format(slowest=plausible.SLOWEST))
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
        yield from outliers(
            "links", figures, _("{per} km/h on {mode}").format(per="", mode=mode), plausible.FACTOR_OF_SPEEDS
        )
        for link, speed in several:
            turned = 3600.0 / speed  # with minutes and km in each other's place
            fits = max(turned / middle, middle / turned) < plausible.SWAPPED_FIT
            if link.km is not None and fits and max(speed / middle, middle / speed) > plausible.SWAPPED_FACTOR:
                message = _(
                    "{minutes}, column km: {km}: {speed} km/h, where {mode} has {middle} in the middle and the two in "
                    "each other's place {turned}: they may be swapped"
                ).format(
                    minutes=number(link.minutes),
                    km=number(link.km),
                    speed=number(speed),
                    mode=mode,
                    middle=number(middle),
                    turned=number(turned),
                )
                yield _at(places, link, "minutes", message, link.minutes)


def _length(link: Link) -> tuple[str, float]:
    return ("", 1.0) if link.km is None else ("km", link.km)


def _odd_speed(places: Places, link: Link, km: float, what: str) -> Problem:
    length = (
        _("column km: {km}").format(km=number(km))
        if link.km is not None
        else _("{km} km between the seats of its ends").format(km=number(km))
    )
    message = _("{minutes}, {length}: {what}: check minutes (running time) and length").format(
        minutes=number(link.minutes), length=length, what=what
    )
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
            message = _("{city} is a core city, and this is its only link, today and to be built: are rows missing?").format(
                city=city.id
            )
            yield Problem("links.csv", message, places.row("links", links[0].id), column, value=city.id)
