"""What changes for whom: the largest gains, and every city by indicator, in natural units."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from planner.case import Access, Case, Service, naming
from planner.documents import work
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import phrases
from planner.words.plurals import count

GAINS_SHOWN = 8  # cities
CHANGES_SHOWN = 3  # a city
PLACES_SHOWN = 2  # where people are served
NO_INDICATOR = "-"
HEAD = 16  # characters of a name before it breaks
SMALL = 1e-6  # a change of a gap below this is rounding


@dataclass(frozen=True)
class Change:
    """An indicator of a city in the last period, without and with the plan.

    Attributes
    ----------
    people
        Heads that the indicator is for.
    people_gaining
        People times the part of the gap that closes; negative where it widens.
    """

    city: str
    indicator: str
    people: float
    unit: str
    standard: float
    without: float
    with_plan: float
    people_gaining: float


def changes(plan: Plan) -> list[Change]:
    """Every indicator of every city in the last period."""
    table = plan.tables["indicators"]
    table = table[table["period"] == plan.case.periods[-1].id]
    gaining = table["people"] * (table["gap_without"] - table["gap_with"])
    shown = ["city", "indicator", "people", "unit", "standard", "without_plan", "with_plan", "gaining"]
    return [Change(*row) for row in columns(table.assign(gaining=gaining), *shown)]


def gains(plan: Plan) -> str:
    """The cities that gain most, each with its largest changes; empty if nobody gains."""
    return "\n".join(phrases.bullet(said) for said in largest_gains(plan))


def largest_gains(plan: Plan) -> list[str]:
    """A sentence for each of the cities that gain most."""
    elsewhere = served_elsewhere(plan)
    by_city: dict[str, list[Change]] = defaultdict(list)
    for change in changes(plan):
        if change.people_gaining > SMALL and _is_seen(plan.case, change):
            by_city[change.city].append(change)
    ordered = sorted(by_city, key=lambda city: -sum(c.people_gaining for c in by_city[city]))
    lines = []
    for city in ordered[:GAINS_SHOWN]:
        largest = sorted(by_city[city], key=lambda c: -c.people_gaining)[:CHANGES_SHOWN]
        said = "; ".join(phrase(plan.case, change) + elsewhere.get((city, change.indicator), "") for change in largest)
        lines.append(f"{plan.case.cities[city].name}: {said}")
    if len(ordered) > GAINS_SHOWN:
        more = len(ordered) - GAINS_SHOWN
        lines.append(f"{count(more, 'more city gains', 'more cities gain')}; the next table has all.")
    return lines


def served_elsewhere(plan: Plan) -> dict[tuple[str, str], str]:
    """(City, service) -> where its people are served in the last period, if that is more than half of what it gains."""
    case = plan.case
    last = case.periods[-1].id
    away: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for service, home, to, period, amount in columns(plan.tables["flows"], "service", "from", "to", "period", "amount"):
        if period == last and home != to and amount > 0:
            away[home, service][to] = away[home, service].get(to, 0.0) + amount
    said = {}
    for change in changes(plan):
        places = away.get((change.city, change.indicator), {})
        gained = (change.with_plan - change.without) * change.people / 1000
        if change.indicator in case.services and sum(places.values()) > gained / 2:
            ordered = sorted(places, key=lambda to: -places[to])
            names = phrases.join([case.cities[to].name for to in ordered], PLACES_SHOWN)
            said[change.city, change.indicator] = f", {phrases.number(sum(places.values()), 0)} of them served in {names}"
    return said


def city_table(plan: Plan) -> str:
    """Cities by indicators in the last period, with notes on what the figures are.

    One figure where nothing changes, without -> with elsewhere.
    """
    grid, notes = city_grid(plan)
    return "\n".join([grid.text(), *(phrases.paragraph(note) for note in notes)]) if grid.rows else ""


def city_grid(plan: Plan) -> tuple[phrases.Grid, list[str]]:
    """The table of `city_table` and its notes; without rows where the case has no indicators."""
    found = {(c.city, c.indicator): c for c in changes(plan)}
    case = plan.case
    indicators = [i for i in case.indicators if any(key[1] == i for key in found)]
    if not indicators:
        return phrases.Grid([""], [], "l"), []
    heads = [_head(case, _of(found.values(), i)) for i in indicators]
    rows = [[city.name, *(_cell(case, found.get((city.id, i))) for i in indicators)] for city in case.cities.values()]
    notes = _notes(case, indicators)
    notes += [work.note(case, case.work[i], _of(found.values(), i)) for i in indicators if i in case.work]
    return phrases.Grid(["", *heads], rows, "l" + "r" * len(indicators)), notes


def _of(some: Iterable[Change], indicator: str) -> list[Change]:
    return [change for change in some if change.indicator == indicator]


def _notes(case: Case, indicators: list[str]) -> list[str]:
    """What the figures of the city table are, where a heading cannot say it."""
    notes = []
    services = [case.services[i] for i in indicators if i in case.services]
    if services:
        groups = phrases.join([f"{naming.name_of(service)} per 1,000 {group(case, service)}" for service in services])
        notes.append(
            f"Services are the need met, at home or elsewhere, never more than the standard, of those it is for: {groups}."
        )
    for access in (case.access[i] for i in indicators if i in case.access):
        if access.kind == "all":
            notes.append(
                f"{naming.name_of(access)} is a mean over the ways to all others, each counted as "
                f"{_at_least(access, ' and ')}at most {access.worst_minutes:g} minutes."
            )
    return notes


def group(case: Case, service: Service) -> str:
    """Whom a service is for, as words: people, people of 65 and over."""
    return naming.people(case, service.of)


def phrase(case: Case, change: Change) -> str:
    """A change in a planner's words: to a core city 165 -> 120 minutes."""
    if change.indicator in case.work:
        return work.phrase(case.work[change.indicator], change)
    figures = phrases.change(change.without, change.with_plan, decimals(change))
    access = case.access.get(change.indicator)
    if access is None:
        service = case.services[change.indicator]
        name = naming.name_of(service)
        unit = "" if service.unit == name else f"{service.unit} "
        people = "" if service.of == "population" else f" {group(case, service)}"
        return f"{name} {figures} {unit}per 1,000{people}"
    if access.kind == "reach":
        of = "cities" if access.weight == "equally" else access.weight
        return f"reaches {figures} % of the cluster's {of} within {access.standard_minutes:g} minutes"
    if access.kind == "all":
        least = _at_least(access)
        return f"{naming.name_of(access)} {figures} minutes" + (f", each trip counted as {least}" if least else "")
    return f"{destination(case, access)} {figures} minutes"


def _at_least(access: Access, then: str = "") -> str:
    """The fewest minutes that a trip counts as, before what follows; empty where that is nothing to speak of."""
    return f"at least {access.standard_minutes:g}{then}" if access.standard_minutes > 0 else ""


def destination(case: Case, access: Access) -> str:
    """Where an access standard of the kind `nearest` leads to."""
    if access.offers is not None:
        return f"to the nearest {naming.service(case, access.offers)}"
    tiers = access.to_where.get("tier")
    if tiers and len(access.to_where) == 1:
        return f"to a {' or '.join(tiers)} city"
    names = [case.cities[city].name for city in access.destinations]
    if len(names) == 1:
        return f"to {names[0]}"
    return f"to the nearest of {phrases.join(names)}" if len(names) <= 3 else f"{naming.name_of(access)}:"


def decimals(change: Change) -> int:
    """Decimals that suit an indicator."""
    if "minutes" in change.unit:
        return 0
    return phrases.figure_decimals(change.standard)


def _cell(case: Case, change: Change | None) -> str:
    if change is None:
        return NO_INDICATOR
    if change.indicator in case.work:
        of = case.work[change.indicator]
        return phrases.change(*work.figures(of, change), work.decimals(of, change))
    return phrases.change(change.without, change.with_plan, decimals(change))


def _is_seen(case: Case, change: Change) -> bool:
    """Whether a change does not round to none."""
    return "->" in _cell(case, change)


def _head(case: Case, some: list[Change]) -> str:
    """Heading of an indicator: its name, its unit, its standard."""
    change = some[0]
    name = _broken(naming.indicator(case, change.indicator))
    if change.indicator in case.work:
        return f"{name}\n{work.head(case.work[change.indicator], some)}"
    access = case.access.get(change.indicator)
    sign = ">="
    if access is None:
        unit = f"met, per 1,000\nof {group(case, case.services[change.indicator])}"
    elif access.kind == "reach":
        unit = f"% in {access.standard_minutes:g} min"
    else:
        unit = "minutes" if access.kind == "nearest" or not (least := _at_least(access)) else f"minutes, each\n{least}"
        sign = "<="
    standard = "" if math.isnan(change.standard) else f"{sign} {phrases.number(change.standard, decimals(change))}"
    return "\n".join(part for part in (name, unit, standard) if part)


def _broken(name: str) -> str:
    """A name in lines that a narrow column can head."""
    return "\n".join(textwrap.wrap(name, HEAD, break_long_words=False))
