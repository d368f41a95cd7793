"""The rows of each table agree with themselves and with one another; those of parks.csv with their measures and cities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.facts import CLUSTER, FACTS
from planner.case.kinds import KINDS
from planner.case.measures import CLOSURES_HAVE, Measure, Park
from planner.case.places import TODAY, Capacity, City
from planner.case.problems import did_you_mean, listed
from planner.case.rows import TABLES, missing_columns
from planner.case.validating import Contents, Numbered
from planner.case.values import MOST_PEOPLE, UNKNOWN
from planner.words.said import _, series

SUM = 1e-6  # how far shares may be from adding to 1
JUMP = 3.0  # largest factor between two head counts of a city in a row


def check_rows(contents: Contents, found: Findings) -> None:
    """Note rows that contradict themselves or one another, and rows that are missing."""
    periods = contents.file.period_ids
    _check_tables_are_there(contents, found)
    _check_repeats(contents, found)
    for city in contents.cities:
        _check_city(city, periods, contents.file.people, found)
    for stock in contents.capacity:
        _check_stock(stock, periods, found)
    for measure in contents.measures:
        _check_measure(measure, periods, found)
    check_parks(contents, found)
    _check_links(contents, found)
    _check_realities(contents, found)
    _check_city_names(contents, found)
    _check_norms(contents, found)
    _check_capacity_complete(contents, found)
    _check_budgets_complete(contents, periods, found)
    _check_facts(contents, found)
    for trip in contents.trips:
        if trip.row.from_city == trip.row.to_city:
            message = _("'{to_city}' is also the start").format(to_city=trip.row.to_city)
            found.cell("trips", trip.number, "to", message, trip.row.to_city)


def _check_facts(contents: Contents, found: Findings) -> None:
    """A fact is of somebody who may have it, and no larger than it can be."""
    names = {
        "city": found.raw.ids("cities"),
        "jurisdiction": found.raw.ids("cities", "jurisdiction"),
        "cluster": (CLUSTER,),
    }
    for stated in contents.facts:
        kind = FACTS[stated.row.fact]
        allowed = tuple(dict.fromkeys(name for level in kind.of for name in names[level]))
        if "cities" in found.raw.tables and stated.row.of not in allowed:
            message = _("'{of}' has no {fact}: it is of {allowed}.{hint}").format(
                of=stated.row.of, fact=stated.row.fact, allowed=listed(allowed), hint=did_you_mean(stated.row.of, allowed)
            )
            found.cell("facts", stated.number, "of", message, stated.row.of, listed(allowed))
        if kind.most is not None and stated.row.value > kind.most:
            message = _("must be at most {most:g}, in {unit}").format(most=kind.most, unit=kind.unit)
            found.cell("facts", stated.number, "value", message, f"{stated.row.value:g}")


def _check_tables_are_there(contents: Contents, found: Findings) -> None:
    """A table that the case speaks of must be there: without it the case would silently be another one."""
    file, there = contents.file, found.raw.tables
    weighs_trips = any(a.weight == "trips" for a in file.access.values()) or any(g.weigh_by == "trips" for g in file.goals)
    needed = {
        "measures": _("the project list: without one there is nothing to plan"),
        "links": _("modes are defined") if file.modes else "",
        "capacity": _("services are defined") if file.services else "",
        "budgets": _("budget lines are defined") if file.lines else "",
        "trips": _("something is weighed by trips") if weighs_trips else "",
        "parks": _("measures.csv has parks or closures") if any(m.row.has_park for m in contents.measures) else "",
    }
    for table, why in needed.items():
        if why and table not in there and f"{table}.csv" not in found.raw.texts:
            found.table(table, _("is missing: {why}").format(why=why))
    if "cities" in there and not (there["cities"].rows or there["cities"].astray):
        found.table("cities", _("has no rows: a case needs at least one city"))


def _check_city_names(contents: Contents, found: Findings) -> None:
    """City names tell cities apart in every text and in the ways of routes, which put modes in brackets."""
    first: dict[str, int] = {}
    for city in contents.cities:
        name = city.row.name or city.row.id
        if name in first:
            message = _("'{name}' is the name of row {first} already: people could not tell the two cities apart").format(
                name=name, first=first[name]
            )
            found.cell("cities", city.number, "name", message, name, _("a name of its own"))
        for mode in (m for m in contents.file.modes if f" ({m})" in name):
            message = _("must not hold ' ({mode})', which would be read as a mode of a route: '{name}'").format(
                mode=mode, name=name
            )
            found.cell("cities", city.number, "name", message, name, _("a name without a mode in brackets"))
        first.setdefault(name, city.number)


def _check_repeats(contents: Contents, found: Findings) -> None:
    """No two rows with the same id, and no two links alike in everything that matters."""
    for table, kind in TABLES.items():
        first: dict[tuple[str, ...], int] = {}
        for numbered in getattr(contents, table):
            values = tuple(getattr(numbered.row, kind.by_name[column].field) for column in kind.key)
            if values in first:
                said = series((f"'{v}'" for v in values), " and ")
                message = _("{said} stands in row {first} already").format(said=said, first=first[values])
                found.cell(table, numbered.number, kind.key[-1], message, values[-1])
            first.setdefault(values, numbered.number)


def _check_links(contents: Contents, found: Findings) -> None:
    first: dict[object, int] = {}
    for link in contents.links:
        row = link.row
        if row.from_city == row.to_city:
            message = _("'{to_city}' is also the start of the link").format(to_city=row.to_city)
            found.cell("links", link.number, "to", message, row.to_city)
            continue
        ends = (row.from_city, row.to_city) if row.oneway else tuple(sorted((row.from_city, row.to_city)))
        alike = (ends, row.oneway, row.mode, row.minutes, frozenset(row.needs))
        if alike in first:
            message = _("is the same link as row {first}: ends, direction, mode, minutes and needs are all alike").format(
                first=first[alike]
            )
            found.cell("links", link.number, None, message, row.id)
        first.setdefault(alike, link.number)


def _check_realities(contents: Contents, found: Findings) -> None:
    """What exists is no plan, and a link is as real as the measures that open it."""
    measures = {m.row.id: m.row for m in contents.measures}
    for link in contents.links:
        row = link.row
        if row.reality is not None and not row.needs:
            message = _("the link exists today, so it is no plan: leave it out, or name the measures that open it in needs")
            found.cell("links", link.number, "reality", message, row.reality, "nothing")
        for name in row.needs if row.reality is not None else ():
            own = measures[name].reality if name in measures else None
            if own is not None and own != row.reality:
                message = _("is {reality}, but {measure}, which opens it, is {own}: say it once").format(
                    reality=row.reality, measure=name, own=own
                )
                found.cell("links", link.number, "reality", message, row.reality, own)


def _check_norms(contents: Contents, found: Findings) -> None:
    for norm in contents.norms:
        low, high = norm.row.low, norm.row.high
        if low is not None and high is not None and low > high:
            message = _("must be at most high ({high:g}), not {low:g}").format(high=high, low=low)
            found.cell("norms", norm.number, "low", message, low, _("at most {high:g}").format(high=high))


def _check_city(city: Numbered[City], periods: Sequence[str], people: Sequence[str], found: Findings) -> None:
    row = city.row
    if not row.population:
        found.cell(
            "cities", city.number, "population", _("must not be empty, or columns population_<period> must be filled")
        )
    _check_all_or_none(city.number, "population", row.population, periods, "cities", found)
    if TODAY not in (row.jobs_target or {}):
        _check_all_or_none(city.number, "jobs_target", row.jobs_target or {}, periods, "cities", found)
    if row.growth_per_year is not None and any(p in row.population for p in periods):
        message = _("stands beside population by period: give one of the two")
        found.cell("cities", city.number, "growth_per_year", message, row.growth_per_year)
    for group in people:
        heads: Mapping[str, float] = row.people.get(group, {})
        if not heads:
            found.cell(
                "cities", city.number, group, _("must not be empty: {group} is one of the case's people").format(group=group)
            )
        _check_all_or_none(city.number, group, heads, periods, "cities", found)


def _check_all_or_none(
    row: int, stem: str, figures: Mapping[str, object], periods: Sequence[str], table: str, found: Findings
) -> None:
    given = [p for p in periods if p in figures]
    missing = [p for p in periods if p not in figures]
    if given and missing:
        message = _("must not be empty: {stem} is given for {given}, so every period needs it").format(
            stem=stem, given=listed(given)
        )
        found.cell(table, row, f"{stem}_{missing[0]}", message)


def _check_stock(stock: Numbered[Capacity], periods: Sequence[str], found: Findings) -> None:
    amount: Mapping[str, object] = stock.row.amount or {}
    if not amount:
        message = _("must not be empty: 0 means none, {unknown} leaves the city out of the service").format(unknown=UNKNOWN)
        found.cell("capacity", stock.number, "capacity", message, allowed=_("a number or {unknown}").format(unknown=UNKNOWN))
    _check_all_or_none(stock.number, "capacity", amount, periods, "capacity", found)
    if UNKNOWN in amount.values() and any(v != UNKNOWN for v in amount.values()):
        message = _("is {unknown} in one column and known in another: a stock is known in all periods or in none").format(
            unknown=UNKNOWN
        )
        found.cell("capacity", stock.number, "capacity", message, UNKNOWN)


def _check_capacity_complete(contents: Contents, found: Findings) -> None:
    """Every city x service has a row."""
    table = found.raw.tables.get("capacity")
    if table is None or missing_columns(table):
        return
    there = {(r.cells.get("city"), r.cells.get("service")) for r in (*table.rows, *table.astray)}
    named = {city for city, _service in there}
    cities = [c.row.id for c in contents.cities]
    if named - {None, *found.raw.ids("cities")}:  # a city without any row is most likely one that is misspelt there
        cities = [c for c in cities if c in named]
    services: dict[tuple[str, ...], list[str]] = {}
    for service in contents.file.services:
        services.setdefault(tuple(c for c in cities if (c, service) not in there), []).append(service)
    for missing, lacking in services.items():
        if missing:
            message = _("has no row for {lacking} in {missing}: 0 means none, {unknown} leaves a city out").format(
                lacking=listed(lacking), missing=listed(missing), unknown=UNKNOWN
            )
            found.table("capacity", message)


def _check_budgets_complete(contents: Contents, periods: Sequence[str], found: Findings) -> None:
    """Every line x period has a row."""
    table = found.raw.tables.get("budgets")
    if table is None or missing_columns(table):
        return
    there = {(r.cells.get("line"), r.cells.get("period")) for r in (*table.rows, *table.astray)}
    for line in contents.file.lines:
        missing = [p for p in periods if (line, p) not in there]
        if missing:
            message = _("has no row for the line {line} in {missing}: 0 means no money").format(
                line=line, missing=listed(missing)
            )
            found.table("budgets", message)


def _check_measure(measure: Numbered[Measure], periods: Sequence[str], found: Findings) -> None:
    _check_kind(measure, found)
    _check_units(measure, found)
    _check_window(measure, periods, found)
    row, number = measure.row, measure.number
    if row.payers and not math.isclose(sum(row.payers.values()), 1.0, abs_tol=SUM):
        total = sum(row.payers.values())
        said = ";".join(f"{line}:{share:g}" for line, share in row.payers.items())
        message = _("the shares must add to 1, not {total:g} ({said})").format(total=total, said=said)
        found.cell("measures", number, "payers", message, said, _("adding to 1"))
    if row.id in row.requires:
        found.cell("measures", number, "requires", _("'{row}' cannot require itself").format(row=row.id), row.id)


def _check_kind(measure: Numbered[Measure], found: Findings) -> None:
    """Columns that only some kinds have: elsewhere they would silently do nothing."""
    row, number = measure.row, measure.number
    if not row.may_have("service"):
        for column, value in (("service", row.service), ("capacity", row.capacity or None)):
            if value is not None:
                message = _("only a facility has it, not {kind}").format(kind=_a(row.kind))
                found.cell("measures", number, column, message, value, "empty")
    elif row.service is not None:
        if not row.capacity:
            message = _("must not be empty: what a unit adds to {service}").format(service=row.service)
            found.cell("measures", number, "capacity", message)
        if len(row.cities) != 1:
            message = _("a facility stands in exactly one city, not {cities}").format(cities=len(row.cities))
            found.cell("measures", number, "city", message, ";".join(row.cities) or None, _("one city"))
    elif row.capacity:
        found.cell("measures", number, "service", _("must not be empty: the capacity is of which service?"))
    if row.has_park and len(row.cities) != 1:
        message = _("a {kind} is in exactly one city, not {cities}").format(kind=row.kind, cities=len(row.cities))
        found.cell("measures", number, "city", message, ";".join(row.cities) or None, _("one city"))
    if not row.may_have("from_city"):
        if row.from_city is not None:
            message = _("only a relocation has it, not {kind}").format(kind=_a(row.kind))
            found.cell("measures", number, "from_city", message, row.from_city, "empty")
    elif row.from_city is None:
        found.cell("measures", number, "from_city", _("must not be empty: a relocation is from which city?"))
    elif len(row.cities) != 1 or row.cities[0] == row.from_city:
        cities = ";".join(row.cities) or _("none")
        message = _("a relocation is in one city, another than the one that it is from ({from_city}), not {cities}").format(
            from_city=row.from_city, cities=cities
        )
        found.cell("measures", number, "city", message, ";".join(row.cities) or None, _("one other city"))
    if row.level is not None and not row.may_have("level"):
        message = _("only a policy has a level, not {kind}").format(kind=_a(row.kind))
        found.cell("measures", number, "level", message, row.level, "empty")
    if row.signed_by and not row.may_have("signed_by"):
        signed = ";".join(row.signed_by)
        message = _("only a policy, a park or a relocation is signed, not {kind}").format(kind=_a(row.kind))
        found.cell("measures", number, "signed_by", message, signed, "empty")


def _a(kind: str) -> str:
    return _("an {kind}").format(kind=kind) if kind.startswith("a") else _("a {kind}").format(kind=kind)


def _check_units(measure: Numbered[Measure], found: Findings) -> None:
    row, number = measure.row, measure.number
    if KINDS[row.kind].whole:
        if row.units != 1:
            message = _("a {kind} has 1 unit, not {units:g}").format(kind=row.kind, units=row.units)
            found.cell("measures", number, "units", message, row.units, "1")
        if row.divisible:
            found.cell("measures", number, "divisible", _("a {kind} cannot be divided").format(kind=row.kind), "yes", "no")
    elif not row.divisible:
        for column, value in (("units", row.units), ("max_starts", row.max_starts)):
            if value is not None and value != int(value):
                message = _("must be a whole number unless divisible is yes, not {value:g}").format(value=value)
                found.cell("measures", number, column, message, value, _("a whole number"))


def _check_window(measure: Numbered[Measure], periods: Sequence[str], found: Findings) -> None:
    row, number = measure.row, measure.number
    earliest = periods.index(row.earliest) if row.earliest in periods else 0
    latest = periods.index(row.latest) if row.latest in periods else len(periods) - 1
    if earliest > latest:
        message = _("'{earliest}' is after latest ('{latest}')").format(earliest=row.earliest, latest=row.latest)
        found.cell("measures", number, "earliest", message, row.earliest, _("up to {latest}").format(latest=row.latest))
        return
    if row.start_period is None:
        return
    window = periods[earliest : latest + 1]
    if row.status == "candidate":
        message = _("only a decided measure has a start period: the plan chooses when a candidate starts")
        found.cell("measures", number, "start_period", message, row.start_period, "empty")
    elif row.start_period in periods and row.start_period not in window:
        message = _("'{start_period}' is not between earliest and latest ({window})").format(
            start_period=row.start_period, window=listed(window)
        )
        found.cell("measures", number, "start_period", message, row.start_period, listed(window))


def check_parks(contents: Contents, found: Findings) -> None:
    """Note parks and closures that their measures or their cities contradict, and those without a row."""
    measures = {m.row.id: m for m in contents.measures}
    cities = {c.row.id: c for c in contents.cities}
    for park in contents.parks:
        measure = measures.get(park.row.measure)
        if measure is None:
            continue  # noted with the names, or with the measure
        if not measure.row.has_park:
            message = _("'{id}' is of kind {kind}: only parks and closures have a row here").format(
                id=measure.row.id, kind=measure.row.kind
            )
            found.cell("parks", park.number, "measure", message, measure.row.id, _("a park or a closure"))
            continue
        host = cities.get(measure.row.cities[0]) if len(measure.row.cities) == 1 else None
        if measure.row.closes_plant:
            _check_closure(park, found)
        else:
            _check_origin(park, measure.row, found)
        if park.row.emissions > 0 and host is not None and host.row.airshed is None:
            message = _("must be 0: {id} has no airshed in cities.csv, so nobody could count them").format(id=host.row.id)
            found.cell("parks", park.number, "emissions", message, f"{park.row.emissions:g}", "0")
    _check_rows_are_there(contents, found)
    _check_jobs_that_end(contents, cities, found)


def _check_closure(closure: Numbered[Park], found: Findings) -> None:
    """What a closure has not would silently do nothing."""
    for column, key in TABLES["parks"].by_name.items():
        value = getattr(closure.row, key.field)
        if column not in CLOSURES_HAVE and value != key.default:
            found.cell("parks", closure.number, column, _("only a park has it, not a closure"), value, "empty")


def _check_origin(park: Numbered[Park], measure: Measure, found: Findings) -> None:
    row, number = park.row, park.number
    if row.origin is not None:
        if row.origin in measure.cities:
            message = _("'{origin}' is the city that the park is in: leave it empty for a park of its own").format(
                origin=row.origin
            )
            found.cell("parks", number, "origin", message, row.origin, _("another city"))
        return
    for column, value in row.said_of_origin.items():
        found.cell("parks", number, column, _("needs an origin: where from?"), f"{value:g}", _("empty, or an origin"))


def _check_rows_are_there(contents: Contents, found: Findings) -> None:
    """Every park and every closure has a row; without one it would have no jobs."""
    table = found.raw.tables.get("parks")
    there = set(found.raw.ids("parks", "measure"))
    for measure in contents.measures:
        row = measure.row
        if not row.has_park or row.id in there:
            continue
        if table is not None and not missing_columns(table):
            message = _("parks.csv has no row for the {kind} '{row}'").format(kind=row.kind, row=row.id)
            found.cell("measures", measure.number, "id", message, row.id)
        else:
            found.entries.add(("measures", measure.number))  # the table is what is missing, which is noted


def _check_jobs_that_end(contents: Contents, cities: Mapping[str, Numbered[City]], found: Findings) -> None:
    """Closures end no more jobs than a city has."""
    jobs = {p.row.measure: p for p in contents.parks}
    ending: dict[str, list[Numbered[Measure]]] = {}
    for measure in contents.measures:
        row = measure.row
        if row.closes_plant and len(row.cities) == 1 and row.id in jobs and row.status != "ruled_out":
            ending.setdefault(row.cities[0], []).append(measure)
    for name, closures in ending.items():
        city = cities.get(name)
        if city is None:
            continue
        total = sum(m.row.units * jobs[m.row.id].row.jobs for m in closures)
        if city.row.jobs is None:
            message = _("must not be empty: closures end jobs there ({names})").format(
                names=series(m.row.id for m in closures)
            )
            found.cell("cities", city.number, "jobs", message)
        elif total > city.row.jobs:
            message = _("the closures in {name} end {total:g} jobs, more than the {jobs:g} of cities.csv").format(
                name=name, total=total, jobs=city.row.jobs
            )
            last = jobs[closures[-1].row.id]
            allowed = _("at most {jobs:g} in all").format(jobs=city.row.jobs)
            found.cell("parks", last.number, "jobs", message, f"{last.row.jobs:g}", allowed)


def check_populations(case: Case, contents: Contents, found: Findings) -> None:
    """Note populations that jump from one period to the next: a slip of a digit."""
    for city in contents.cities:
        counts = case.cities[city.row.id].population
        steps = [(TODAY, counts[TODAY]), *((p, counts[p]) for p in case.period_ids)]
        if max(counts.values()) > MOST_PEOPLE:
            message = _("the population grows to {people:,.0f}: at most {most:,.0f}").format(
                people=max(counts.values()), most=MOST_PEOPLE
            )
            allowed = _("at most {most_people:g}").format(most_people=MOST_PEOPLE)
            found.cell("cities", city.number, "population", message, f"{max(counts.values()):g}", allowed)
        for (before, old), (after, new) in pairwise(steps):
            if max(old, new) > JUMP * min(old, new):
                column = next(
                    (c for c in (f"population_{after}", "growth_per_year") if c in _columns_of_growth(city.row)), None
                )
                beside = "population" if before == TODAY else f"population_{before}"
                message = _(
                    "the population goes from {old:,.0f} ({before}) to {new:,.0f} ({after}): more than a factor 3"
                ).format(old=old, before=before, new=new, after=after)
                if column not in (None, beside):
                    message = _("{problem}: check column {beside} too").format(problem=message, beside=beside)
                found.cell("cities", city.number, column or "population", message, f"{new:g}", _("a factor up to 3"))
                break


def _columns_of_growth(row: City) -> set[str]:
    growth = () if row.growth_per_year is None else ("growth_per_year",)
    return {*(f"population_{when}" for when in row.population if when != TODAY), *growth}
