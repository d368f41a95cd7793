"""Doubts about measures, norms, parks and trips: costs, sizes and amounts of another magnitude."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.case.case import Case
from planner.case.magnitudes import plausible
from planner.case.magnitudes.outliers import Figure, Places, each_place_once, number, others, outliers, outside
from planner.case.measures import Measure
from planner.case.places import TODAY
from planner.case.problems import Problem, row_ranges
from planner.words.said import Text, _

COSTLY = frozenset({"link", "facility", "hub", "park", "relocation"})  # kinds that nobody has for nothing


def about_measures(case: Case, places: Places) -> Iterator[Problem]:
    """What is odd in measures.csv, norms.csv, parks.csv and trips.csv."""
    yield from each_place_once((*_beyond_all_money(case, places), *_costs(case, places), *_sizes(case, places)))
    yield from _built_at_once(case, places)
    yield from _quantities(case, places)
    yield from _norms(case, places)
    yield from each_place_once(_parks(case, places))
    trips = [Figure(places.row("trips", *pair), "trips", trips, trips) for pair, trips in case.trips.items()]
    yield from outliers("trips", trips, _("{per} trips"), plausible.FACTOR_OF_SIZES)


def _figure(places: Places, measure: Measure, column: str, value: float, beside: str = "", other: float = 1.0) -> Figure:
    per = value / other if other > 0 else 0.0
    return Figure(places.row("measures", measure.id), column, value, per, beside, other)


def _all_money(case: Case) -> float:
    given = sum(sum(line.amount.values()) for line in case.lines.values())
    loans = sum(sum(line.borrowing.limit.values()) for line in case.lines.values() if line.borrowing is not None)
    years = sum(period.years for period in case.periods)
    tax = sum(park.tax * case.measures[park.measure].units for park in case.parks.values()) * years
    return given + loans + tax


def _beyond_all_money(case: Case, places: Places) -> Iterator[Problem]:
    """Candidates of which one unit is dearer than all money of all lines in all periods."""
    money = _all_money(case)
    for measure in case.measures.values():
        public = measure.capital_cost * (1 - measure.private_share)
        if measure.status == "candidate" and public > money > 0:
            column = places.column("measures", (measure.id,), "capital_cost", "quantity", "norm")
            message = _(
                "one unit of {measure} costs {public} {unit}, more than all budgets together ({money}): check this "
                "column, and its norm if it has one"
            ).format(measure=measure.id, public=number(public), unit=case.money.unit, money=number(money))
            yield Problem("measures.csv", message, places.row("measures", measure.id), column, value=f"{public:.10g}")


def _costs(case: Case, places: Places) -> Iterator[Problem]:
    """Costs beside those of the like, per unit of capacity, and of running against building."""
    alike: dict[object, list[Figure]] = defaultdict(list)
    per_capacity: dict[str, list[Figure]] = defaultdict(list)
    running: list[Figure] = []
    for measure in case.measures.values():
        own = places.filled("measures", (measure.id,), "capital_cost")
        if own:
            alike[measure.kind, measure.service].append(_figure(places, measure, "capital_cost", measure.capital_cost))
        if own and measure.service is not None and measure.capacity > 0:
            per_capacity[measure.service].append(
                _figure(places, measure, "capital_cost", measure.capital_cost, "capacity", measure.capacity)
            )
        if measure.capital_cost > 0 and places.filled("measures", (measure.id,), "running_cost"):
            beside = places.column("measures", (measure.id,), "capital_cost", "quantity", "norm")
            running.append(_figure(places, measure, "running_cost", measure.running_cost, beside, measure.capital_cost))
    for service, figures in per_capacity.items():
        yield from outliers(
            "measures",
            figures,
            _("{per} {unit} for a unit of {service}").format(per="", unit=case.money.unit, service=service),
            plausible.FACTOR,
        )
    for figures in alike.values():
        yield from outliers(
            "measures", figures, _("{per} {unit} for one").format(per="", unit=case.money.unit), plausible.FACTOR_OF_SIZES
        )
    what = _("{per} of the capital cost each year")
    signed = {places.row("measures", m.id) for m in case.measures.values() if m.is_signed}
    beyond = [
        *outside("measures", [f for f in running if f.row in signed], what, None, plausible.RUNNING_MOST),
        *outside("measures", [f for f in running if f.row not in signed], what, None, plausible.RUNNING_MOST_BUILT),
    ]
    yield from beyond
    yield from outliers("measures", others(running, beyond), what, plausible.FACTOR_OF_SIZES)
    yield from _free(case, places)


def _free(case: Case, places: Places) -> Iterator[Problem]:
    """Candidates to be built that cost nothing; of what starts together, one may cost what all do."""
    built = [m for m in case.measures.values() if m.kind in COSTLY and m.status == "candidate" and m.together is None]
    free = [m for m in built if not (m.capital_cost > 0 or m.running_cost > 0 or m.norm is not None)]
    if len(free) >= plausible.FEWEST and len(free) > plausible.MOST_ROWS * len(built):  # a draft: said once
        rows = row_ranges(row for m in free if (row := places.row("measures", m.id)))
        message = _(
            "{number} measures cost nothing (rows {rows}): they have no capital cost, no running cost and no norm: are they "
            "missing?"
        ).format(number=len(free), rows=rows)
        yield Problem("measures.csv", message, column="capital_cost", value="0")
        return
    for measure in free:
        message = _(
            "{measure} costs nothing: it has no capital cost, no running cost and no norm: are they missing?"
        ).format(measure=measure.id)
        yield Problem("measures.csv", message, places.row("measures", measure.id), "capital_cost", value="0")


def _sizes(case: Case, places: Places) -> Iterator[Problem]:
    """Capacity and units, against the need and beside the others of the service or kind."""
    capacities: dict[str, list[Figure]] = defaultdict(list)
    units: dict[str, list[Figure]] = defaultdict(list)
    added = []
    for measure in case.measures.values():
        if not measure.may_have("service"):
            units[measure.kind].append(_figure(places, measure, "units", measure.units))
        if measure.max_starts < 1 and not measure.divisible and measure.status == "candidate":
            column = "units" if measure.units < 1 else "max_starts"
            message = _(
                "{max_starts}: less than one unit, and column divisible does not say that parts may start: {measure} "
                "can never start"
            ).format(max_starts=number(measure.max_starts), measure=measure.id)
            row = places.row("measures", measure.id)
            yield Problem("measures.csv", message, row, column, value=f"{measure.max_starts:.10g}")
        if measure.service is None or measure.capacity <= 0:
            continue
        service = case.services[measure.service]
        capacities[measure.service].append(_figure(places, measure, "capacity", measure.capacity))
        host = case.cities[measure.cities[0]]
        need = max(host.heads(service.of, when) * service.per_1000[when] / 1000 for when in case.period_ids)
        if need > 0:
            row, every = places.row("measures", measure.id), measure.units * measure.capacity
            added.append(Figure(row, "units", measure.units, every / need, "capacity", measure.capacity))
    yield from outside("measures", added, _("{per} times the need of the city in all"), None, plausible.ADDED_MOST)
    for service_id, figures in capacities.items():
        yield from outliers(
            "measures", figures, _("{per} {service} in one").format(per="", service=service_id), plausible.FACTOR
        )
    for figures in units.values():
        yield from outliers("measures", figures, _("{per} units"), plausible.FACTOR_OF_SIZES)


def _built_at_once(case: Case, places: Places) -> Iterator[Problem]:
    """Measures without years of works where the others of their kind have some: with a norm go the years that it says."""
    years: dict[str, list[int]] = defaultdict(list)
    silent: dict[str, list[Measure]] = defaultdict(list)
    for measure in case.measures.values():
        said = measure.norm is not None or places.filled("measures", (measure.id,), "build_years")
        if measure.build_years == 0 and not said:
            silent[measure.kind].append(measure)
        else:
            years[measure.kind].append(measure.build_years)
    for kind in COSTLY & years.keys():
        known, without = years[kind], silent[kind]
        if min(known) > 0 and len(known) >= plausible.FEWEST and len(without) <= plausible.MOST_ROWS * len(known):
            message = _("is empty: so it serves at once, and all others of its kind take {years} years to build")
            few, many = min(known), max(known)
            between = str(few) if few == many else _("{least} to {most}").format(least=few, most=many)
            for measure in without:
                row = places.row("measures", measure.id)
                yield Problem("measures.csv", message.format(years=between), row, "build_years", value="")


def _quantities(case: Case, places: Places) -> Iterator[Problem]:
    """Kilometres of a line against the link that it opens, and quantities beside those of the same norm."""
    lengths: dict[str, float] = {}
    for link in case.links.values():
        for needed in link.needs:
            lengths[needed] = max(lengths.get(needed, 0.0), link.km or 0.0)
    in_km, alike = [], defaultdict(list)
    for measure in case.measures.values():
        norm = case.norms.get(measure.norm or "")
        if norm is None or measure.quantity is None:
            continue
        if norm.unit.strip().lower().startswith("km") and lengths.get(measure.id, 0.0) > 0:
            row = places.row("measures", measure.id)
            in_km.append(Figure(row, "quantity", measure.quantity, measure.quantity / lengths[measure.id]))
        else:
            alike[norm.id].append(_figure(places, measure, "quantity", measure.quantity))
    what = _("{per} times column km of the link in links.csv that it opens")
    yield from outside("measures", in_km, what, plausible.LENGTH_LEAST, plausible.LENGTH_MOST)
    for norm_id, figures in alike.items():
        yield from outliers(
            "measures", figures, _("{per} units of the norm {norm}").format(per="", norm=Text(norm_id)), plausible.FACTOR
        )


def _norms(case: Case, places: Places) -> Iterator[Problem]:
    """Norms outside their own range, and ranges that are too wide to be one."""
    for norm in case.norms.values():
        low, high, row = norm.low, norm.high, places.row("norms", norm.id)
        if low is not None and high is not None and high > plausible.FACTOR_OF_NORMS * low > 0:
            message = _("{high}: out of scale with column low: {low}: check both").format(high=number(high), low=number(low))
            yield Problem("norms.csv", message, row, "high", value=f"{high:.10g}")
        elif (low is not None and norm.capital_cost < low) or (high is not None and norm.capital_cost > high):
            message = _(
                "the norm {norm} costs {capital_cost:g}, outside its own range {low} to {high} (columns low and "
                "high): check all three"
            ).format(norm=Text(norm.id), capital_cost=norm.capital_cost, low=low, high=high)
            yield Problem("norms.csv", message, row, "capital_cost", value=f"{norm.capital_cost:.10g}")


def _parks(case: Case, places: Places) -> Iterator[Problem]:
    """Jobs on the land and among the people, output of a job, tax and emissions of the output."""
    parks = [p for p in case.parks.values() if case.measures[p.measure].is_park]

    def figures(column: str, beside: str) -> Iterable[Figure]:
        for park in parks:
            value, other = getattr(park, column), getattr(park, beside)
            if value > 0 and other > 0:
                yield Figure(places.row("parks", park.measure), column, value, value / other, beside, other)

    staff = []
    for park in parks:
        host = case.measures[park.measure].cities[0]
        people = case.cities[host].population[TODAY]
        if people > 0:
            per = park.jobs * case.measures[park.measure].units / people
            staff.append(Figure(places.row("parks", park.measure), "jobs", park.jobs, per))
    yield from outside("parks", figures("jobs", "area_km2"), _("{per} jobs on a km2"), None, plausible.JOBS_PER_KM2)
    what = _("with all units {per} jobs for each person of its city")
    yield from outside("parks", staff, what, None, plausible.MOST_PER_HEAD)
    what = _("with all units {per} times what its airshed has")
    yield from outside("parks", _emitting(case, places), what, None, plausible.EMISSIONS_MOST)
    for column, beside, what, factor in (
        ("jobs", "area_km2", _("{per} jobs on a km2"), plausible.FACTOR),
        ("output", "jobs", _("output of {per} for each job"), plausible.FACTOR),
        ("tax", "output", _("tax of {per} for each unit of output"), plausible.FACTOR),
        ("emissions", "output", _("{per} emitted for each unit of output"), plausible.FACTOR_OF_SIZES),
    ):
        yield from outliers("parks", figures(column, beside), what, factor)
    jobs = [Figure(places.row("parks", p.measure), "jobs", p.jobs, p.jobs) for p in case.parks.values()]
    yield from outliers("parks", jobs, _("{per} jobs"), plausible.FACTOR_OF_SIZES)
    heads = [c.gdp / c.population[TODAY] for c in case.cities.values() if c.gdp and c.population[TODAY] > 0]
    per_job = [p.output / p.jobs for p in parks if p.output > 0]
    if per_job and heads and statistics.median(heads) > 0:
        times = statistics.median(per_job) / statistics.median(heads)
        if not 1 / plausible.OUTPUT_PER_JOB <= times <= plausible.OUTPUT_PER_JOB:
            message = _(
                "output for each job is {times} times gdp per head (cities.csv, column gdp): both must be in one "
                "unit, for a year"
            ).format(times=number(times))
            yield Problem("parks.csv", message, column="output")


def _emitting(case: Case, places: Places) -> Iterator[Figure]:
    """What parks and plants that close emit, against what there is in their airsheds."""
    for park in case.parks.values():
        measure = case.measures[park.measure]
        airshed = case.airsheds.get(case.cities[measure.cities[0]].airshed or "")
        there = 0.0 if airshed is None else max(airshed.existing.values())
        if there > 0:
            per = park.emissions * measure.units / there
            yield Figure(places.row("parks", park.measure), "emissions", park.emissions, per)
