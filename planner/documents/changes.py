"""What changes for whom: the largest gains, and every city by indicator, in natural units."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.case import Access, Case, Service, Work, naming
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Sections, Table, bullets
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import numbers, text_layout
from planner.words.said import Named, Sentence, _, count, counted, series, told_in

GAINS_SHOWN = 8  # cities
CHANGES_SHOWN = 3  # a city
PLACES_SHOWN = 2  # where people are served
CORES_SHOWN = 4
NO_INDICATOR = "-"
HEAD = 16  # characters of a name before it breaks
SMALL = 1e-6  # a change of a gap below this is rounding


@dataclass(frozen=True)
class Change:
    """An indicator of a city in the last period, without and with the plan.

    Attributes
    ----------
    people
        Heads that the indicator is for, after all who moved.
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
    gaining = table["people_with"] * (table["true_gap_without"] - table["true_gap_with"])
    shown = ["city", "indicator", "people_with", "unit", "standard", "without_plan", "with_plan", "gaining"]
    return [Change(*row) for row in columns(table.assign(gaining=gaining), *shown)]


def gains(plan: Plan) -> Sections:
    """The cities that gain most, each with its largest changes; nothing if nobody gains."""
    return (bullets(largest_gains(plan)),)


def largest_gains(plan: Plan) -> list[str]:
    """A sentence for each of the cities that gain most."""
    elsewhere = served_elsewhere(plan)
    by_city: dict[str, list[Change]] = defaultdict(list)
    for change in changes(plan):
        if change.people_gaining > SMALL and _is_seen(plan.case, change):
            by_city[change.city].append(change)
    ordered = sorted(by_city, key=lambda city: -sum(c.people_gaining for c in by_city[city]))
    lines: list[str] = []
    for city in ordered[:GAINS_SHOWN]:
        largest = sorted(by_city[city], key=lambda c: -c.people_gaining)[:CHANGES_SHOWN]
        said = [_served(phrase(plan.case, change), elsewhere.get((city, change.indicator))) for change in largest]
        lines.append(_("{city}: {changes}").format(city=naming.city(plan.case, city), changes=series(said, "; ")))
    if len(ordered) > GAINS_SHOWN:
        more = count(len(ordered) - GAINS_SHOWN, "more city gains", "more cities gain")
        lines.append(_("{more}; the next table has all.").format(more=more))
    return lines


def _served(said: str, where: str | None) -> str:
    return said if where is None else _("{change}, {served}").format(change=said, served=where)


def served_elsewhere(plan: Plan) -> dict[tuple[str, str], str]:
    """(City, service) -> where its people are served in the last period, if that is more than half of what it gains."""
    case = plan.case
    last = case.periods[-1].id
    away: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for service, home, to, period, amount in columns(plan.tables["flows"], "service", "from", "to", "period", "amount"):
        if period == last and home != to and amount > 0:
            away[home, service][to] = away[home, service].get(to, 0.0) + amount
    said: dict[tuple[str, str], str] = {}
    for change in changes(plan):
        places = away.get((change.city, change.indicator), {})
        gained = (change.with_plan - change.without) * change.people / 1000
        if change.indicator in case.services and sum(places.values()) > gained / 2:
            ordered = sorted(places, key=lambda to: -places[to])
            names = text_layout.join([naming.city(case, to) for to in ordered], PLACES_SHOWN)
            counts = case.services[change.indicator].away_counts
            words = _("{number} of them served in {cities}") if counts is None else (
                _("{number} of them served in {cities}, each counting {counts:g}")
            )  # fmt: skip
            number = numbers.number(sum(places.values()), 0)
            said[change.city, change.indicator] = words.format(number=number, cities=names, counts=counts or 0.0)
    return said


def city_table(plan: Plan) -> Sections:
    """Cities by indicators in the last period, with notes on what the figures are.

    One figure where nothing changes, without -> with elsewhere.
    """
    grid, notes = city_grid(plan)
    return ((grid, *(Paragraph(note, look="note") for note in notes)),) if grid.rows else ()


def city_grid(plan: Plan) -> tuple[Table, list[str]]:
    """The table of `city_table` and its notes; without rows where the case has no indicators."""
    found = {(c.city, c.indicator): c for c in changes(plan)}
    case = plan.case
    indicators = [i for i in case.indicators if any(key[1] == i for key in found)]
    if not indicators:
        return Table([""], [], "l"), []
    heads = [_head(case, _of(found.values(), i)) for i in indicators]
    rows = [
        [naming.name_of(city), *(_cell(case, found.get((city.id, i))) for i in indicators)] for city in case.cities.values()
    ]
    notes = _notes(case, indicators)
    notes += [_note_on_work(case, case.work[i], _of(found.values(), i)) for i in indicators if i in case.work]
    return Table(["", *heads], rows, "l" + "r" * len(indicators)), notes


def of_city(plan: Plan, city: str, period: str) -> Table:
    """A city's indicators today, without the plan and with it, in their own units, and the gaps in per cent."""
    case = plan.case
    names = ("indicator", "standard", "today", "without_plan", "with_plan", "true_gap_without", "true_gap_with")
    table = plan.tables["indicators"]
    rows = []
    for x, asked, *figures in columns(table[(table["city"] == city) & (table["period"] == period)], *names):
        levels, gaps, shown = figures[:3], figures[3:], decimals(case, x, asked)
        rows.append(
            (
                naming.indicator(case, x),
                *(_("no route") if math.isnan(level) else numbers.number(level, shown) for level in levels),
                numbers.number(asked, shown),
                numbers.change(100 * gaps[0], 100 * gaps[1], 0),
                unit_of(case, x),
            )
        )
    heads = (_("indicator"), _("today"), _("without"), _("with"), _("standard"), _("gap, %"), _("unit"))
    return Table(heads, rows, "lrrrrrl")


def _of(some: Iterable[Change], indicator: str) -> list[Change]:
    return [change for change in some if change.indicator == indicator]


def _notes(case: Case, indicators: list[str]) -> list[str]:
    """What the figures of the city table are, where a heading cannot say it."""
    notes: list[str] = []
    services = [case.services[i] for i in indicators if i in case.services]
    if services:
        groups = text_layout.join(
            [
                _("{service} per 1,000 {people}").format(service=naming.name_of(service), people=group(case, service))
                for service in services
            ]
        )
        notes.append(
            _(
                "Services are the need met, at home or elsewhere, never more than the standard, of those it is for: "
                "{groups}."
            ).format(groups=groups)
        )
    less = [service for service in services if service.away_counts is not None]
    if less:
        each = (
            _("{service} {counts:g}").format(service=naming.name_of(service), counts=service.away_counts) for service in less
        )
        notes.append(_("What is met elsewhere counts less: {services}.").format(services=text_layout.join(list(each))))
    for access in (case.access[i] for i in indicators if i in case.access):
        if access.kind == "all":
            said = _("{name} is a mean over the ways to all others, each counted as at most {most:g} minutes.")
            if access.standard_minutes > 0:
                said = _(
                    "{name} is a mean over the ways to all others, each counted as at least {least:g} and at most {most:g} "
                    "minutes."
                )
            known = {"least": access.standard_minutes} if access.standard_minutes > 0 else {}
            notes.append(said.format(name=naming.name_of(access), most=access.worst_minutes, **known))
    return notes


def group(case: Case, service: Service) -> str:
    """Whom a service is for, as words: people, people of 65 and over."""
    return naming.people(case, service.of)


def phrase(case: Case, change: Change) -> str:
    """A change in a planner's words: to a core city 165 -> 120 minutes."""
    if change.indicator in case.work:
        return _phrase_on_work(case.work[change.indicator], change)
    figures = numbers.change(change.without, change.with_plan, _decimals(case, change))
    if change.indicator in case.crowding:
        return _("{figures} % of the people it is meant for").format(figures=figures)
    access = case.access.get(change.indicator)
    if access is None:
        service = case.services[change.indicator]
        name = naming.name_of(service)
        said = {"name": name, "figures": figures}
        if service.unit != name:
            said["unit"] = vocabulary.unit(service.unit)
            if service.of == "population":
                return _("{name} {figures} {unit} per 1,000").format(**said)
            return _("{name} {figures} {unit} per 1,000 {people}").format(**said, people=group(case, service))
        if service.of == "population":
            return _("{name} {figures} per 1,000").format(**said)
        return _("{name} {figures} per 1,000 {people}").format(**said, people=group(case, service))
    if access.kind == "reach":
        return _("reaches {figures} % of the cluster's {of} within {minutes:g} minutes").format(
            figures=figures, of=vocabulary.WEIGHTS[access.weight], minutes=access.standard_minutes
        )
    if access.kind == "all":
        if access.standard_minutes > 0:
            return _("{name} {figures} minutes, each trip counted as at least {least:g}").format(
                name=naming.name_of(access), figures=figures, least=access.standard_minutes
            )
        return _("{name} {figures} minutes").format(name=naming.name_of(access), figures=figures)
    return _("{name} {figures} minutes").format(name=destination(case, access), figures=figures)


def destination(case: Case, access: Access) -> str:
    """Where an access standard of the kind `nearest` leads to."""
    if access.offers is not None:
        return _("to the nearest {service}").format(service=naming.service(case, access.offers))
    tiers = access.to_where.get("tier")
    if tiers and len(access.to_where) == 1:
        return _("to a {tiers} city").format(tiers=series([vocabulary.cell(tier) for tier in tiers], " or "))
    names = [naming.city(case, city) for city in access.destinations]
    if len(names) == 1:
        return _("to {city}").format(city=names[0])
    if len(names) <= 3:
        return _("to the nearest of {cities}").format(cities=text_layout.join(names))
    return _("{name}:").format(name=naming.name_of(access))


def standard(case: Case, change: Change, some: Sequence[Change]) -> str:
    """An indicator's standard in words: at most 60 minutes; 5.9 nurses per 1,000 people."""
    x = change.indicator
    if x in case.work:
        return _in_one_line(_head_on_work(case.work[x], some))
    if x in case.crowding:
        return _("at most the people that it is meant for")
    if x in case.services:
        service = case.services[x]
        return _("{standard:g} {unit} per 1,000 {people}").format(
            standard=change.standard, unit=vocabulary.unit(service.unit), people=group(case, service)
        )
    access = case.access[x]
    minutes = access.standard_minutes
    if access.kind == "reach":
        share = _("{standard:g} % of the cluster within {minutes:g} minutes")
        return share.format(standard=change.standard, minutes=minutes)
    if access.kind == "all":
        return _("mean at most {minutes:g} minutes").format(minutes=minutes)
    tiers = access.to_where.get("tier")
    if tiers and len(access.to_where) == 1 and access.offers is None:
        said = series([vocabulary.cell(tier) for tier in tiers], " or ")
        return _("a {tiers} city at most {minutes:g} minutes").format(tiers=said, minutes=minutes)
    if access.offers is not None:
        return _("the nearest {service} at most {minutes:g} minutes").format(
            service=naming.service(case, access.offers), minutes=minutes
        )
    names = [naming.city(case, city) for city in access.destinations]
    if len(names) == 1:
        return _("{city} at most {minutes:g} minutes").format(city=names[0], minutes=minutes)
    if len(names) <= 3:
        return _("the nearest of {cities} at most {minutes:g} minutes").format(
            cities=text_layout.join(names), minutes=minutes
        )
    return _("{name}: at most {minutes:g} minutes").format(name=naming.name_of(access), minutes=minutes)


def unit_of(case: Case, indicator: str) -> str:
    """The unit of an indicator's figures, as short as it can be beside its name."""
    service, access = case.services.get(indicator), case.access.get(indicator)
    if service is not None:
        if service.unit == naming.name_of(service):
            if service.of == "population":
                return _("per 1,000")
            return _("per 1,000 {people}").format(people=group(case, service))
        unit = vocabulary.unit(service.unit)
        if service.of == "population":
            return _("{unit}/1,000").format(unit=unit)
        return _("{unit}/1,000 {people}").format(unit=unit, people=group(case, service))
    if access is not None:
        if access.kind == "reach":
            return _("% in {minutes:g} min").format(minutes=access.standard_minutes)
        return _("minutes")
    if indicator in case.crowding:
        return _("% of what it is meant for")
    return _("jobs/1,000 people") if case.work[indicator].of == "jobs" else _("output per head")


def decimals(case: Case, indicator: str, standard: float) -> int:
    """Decimals that suit an indicator: minutes, and people within so many, are whole."""
    return 0 if indicator in case.access or indicator in case.crowding else numbers.figure_decimals(standard)


def _decimals(case: Case, change: Change) -> int:
    return decimals(case, change.indicator, change.standard)


def _cell(case: Case, change: Change | None) -> str:
    if change is None:
        return NO_INDICATOR
    if change.indicator in case.work:
        of = case.work[change.indicator]
        return numbers.change(*_figures_on_work(of, change), _decimals_on_work(of, change))
    return numbers.change(change.without, change.with_plan, _decimals(case, change))


def _is_seen(case: Case, change: Change) -> bool:
    """Whether a change does not round to none."""
    return "->" in _cell(case, change)


def _head(case: Case, some: list[Change]) -> str:
    """Heading of an indicator: its name, its unit, its standard."""
    change = some[0]
    name = _broken(naming.indicator(case, change.indicator))
    if change.indicator in case.work:
        return series((name, _head_on_work(case.work[change.indicator], some)), "\n")
    access = case.access.get(change.indicator)
    sign = ">="
    unit: str
    if change.indicator in case.crowding:
        sign, unit = "<=", _("% of what it\nis meant for")
    elif access is None:
        unit = _("met, per 1,000\nof {people}").format(people=group(case, case.services[change.indicator]))
    elif access.kind == "reach":
        unit = _("% in {minutes:g} min").format(minutes=access.standard_minutes)
    else:
        sign = "<="
        unit = _("minutes")
        if access.kind == "all" and access.standard_minutes > 0:
            unit = _("minutes, each\nat least {least:g}").format(least=access.standard_minutes)
    least = [] if math.isnan(change.standard) else [f"{sign} {numbers.number(change.standard, _decimals(case, change))}"]
    return series((name, unit, *least), "\n")


def _broken(name: str) -> Named:
    """A name in lines that a narrow column can head; Chinese ones are short."""
    return Named("\n".join(textwrap.wrap(name, HEAD, break_long_words=False)), {"zh": told_in("zh", name)})


def _in_one_line(text: str) -> Named:
    return Named(text.replace("\n", " "), {"zh": told_in("zh", text).replace("\n", "，")})


# --- indicators of work: jobs per 1,000 people, output per head against what is asked for


def _figures_on_work(work: Work, change: Change) -> tuple[float, float]:
    """Without and with the plan: jobs per 1,000 people, or output in per cent of what is asked for.

    Output has no unit of its own that people read, and is small or large as the case writes it.
    """
    if work.of == "jobs":
        return change.without, change.with_plan
    return 100 * change.without / change.standard, 100 * change.with_plan / change.standard


def _decimals_on_work(work: Work, change: Change) -> int:
    """Decimals that suit: jobs as their standard, output in whole per cent."""
    return numbers.figure_decimals(change.standard) if work.of == "jobs" else 0


def _phrase_on_work(work: Work, change: Change) -> Sentence:
    """A change in a planner's words: jobs 400 -> 439 per 1,000 people."""
    figures = numbers.change(*_figures_on_work(work, change), _decimals_on_work(work, change))
    said = _("{name} {figures} per 1,000 people") if work.of == "jobs" else (
        _("{name}: output per head {figures} % of what is asked for")
    )  # fmt: skip
    return said.format(name=naming.name_of(work), figures=figures)


def _head_on_work(work: Work, some: Sequence[Change]) -> str:
    """Heading of a column of cities: unit and standard; where cities have standards of their own, from the least on."""
    if work.of == "output":
        return _("output per head,\n% of the standard")
    least, most = _standards(work, some)
    return series((_("jobs per\n1,000 people"), f">= {least}" if least == most else _("each city its own")), "\n")


def _note_on_work(case: Case, work: Work, some: Sequence[Change]) -> Sentence:
    """What the figures are, where a heading cannot say it."""
    of = _("existing jobs, those of parks that are productive, and bonus jobs, less those of plants closed")
    if work.of == "output":
        of = _("existing output and that of productive jobs in parks")
    if work.kind == "target":
        least, most = _standards(work, some)
        asked = _("the city's own target") if least == most else (
            _("the city's own target, {least} to {most} jobs per 1,000 people").format(least=least, most=most)
        )  # fmt: skip
    else:
        core = text_layout.join([naming.city(case, i) for i in work.core], CORES_SHOWN)
        asked = counted(len(work.core), "what {cities} has per head today", "what {cities} have per head today").format(
            cities=core
        )
        if work.share != 1:
            asked = _("{share} of {what}").format(share=numbers.percent(work.share), what=asked)
    return _("{name}: {of}; the standard is {asked}.").format(name=naming.name_of(work), of=of, asked=asked)


def _standards(work: Work, some: Sequence[Change]) -> tuple[str, str]:
    """The least and the largest standard of some cities."""
    ordered = sorted(some, key=lambda c: c.standard)
    least, most = (numbers.number(c.standard, _decimals_on_work(work, c)) for c in (ordered[0], ordered[-1]))
    return least, most
