"""What is built and signed: a table a kind, with when, where, what it costs and who pays; and policies by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import get_args

from planner.case import KINDS, Case, City, Level, Measure, naming
from planner.documents import vocabulary
from planner.documents.blocks import Bullet, Heading, Paragraph, Section, Sections, Table
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, Chosen, chosen_measures, columns, not_chosen, serving, spent_on
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, series

Fact = Callable[[Case, Chosen], str]


BEFORE = _("* decided before the plan; only what is left to pay is counted.")


def built(plan: Plan) -> Sections:
    """All that is chosen: a table a kind, then facilities by service."""
    before = ((Paragraph(BEFORE, look="note"),),) if any(c.before for c in chosen_measures(plan)) else ()
    return (*((Heading(title), grid) for title, grid in grids(plan)), *before)


def grids(plan: Plan) -> list[tuple[str, Table]]:
    """The tables of `built`, each with its title."""
    case = plan.case
    chosen = chosen_measures(plan)
    parts: list[tuple[str, Table]] = []
    for kind, what in KINDS.items():
        some = [c for c in chosen if c.measure.kind == kind and not c.measure.may_have("service")]
        if some:
            parts.append((_counted(what.heading, some), _single_table(case, some)))
    facilities = [c for c in chosen if c.measure.may_have("service")]
    for service in (*case.services, None):
        some = [c for c in facilities if c.measure.service == service]
        if some:
            title = KINDS[some[0].measure.kind].heading if service is None else (
                _("Facilities: {service}").format(service=naming.service(case, service))
            )  # fmt: skip
            parts.append((_counted(title, some), _facility_table(case, some, service)))
    return parts


def _counted(title: str, some: list[Chosen]) -> str:
    return _("{title} ({number})").format(title=title, number=len(some))


def _single_table(case: Case, some: list[Chosen]) -> Table:
    """Everything but facilities: where, what more there is to say of the kind, when, the cost and who pays."""
    facts = {head: [fact(case, c) for c in some] for head, fact in FACTS.items()}
    facts = {head: said for head, said in facts.items() if any(said)}
    money = _Costs(case, some)
    rows = [
        [
            _name(c),
            _where(case, c),
            *(said[n] for said in facts.values()),
            _starts(case, c),
            str(c.opens),
            *money.cells(n),
            payers(case, c),
        ]
        for n, c in enumerate(some)
    ]
    heads = ["", _("where"), *facts, _("works\nstart in"), _("open\nfrom"), *money.heads, money.payer]
    total = [_("all"), *[""] * (len(facts) + 3), *money.cells(-1), ""]
    return Table(heads, rows, "ll" + "l" * len(facts) + "lr" + money.align + "l", total if len(some) > 1 else None)


def city_table(plan: Plan, city: str) -> Table:
    """What is built in a city, what moves out of it, and what is signed there or for it by its jurisdiction."""
    case, own = plan.case, plan.case.cities[city].jurisdiction
    some = [
        chosen
        for chosen in chosen_measures(plan)
        if city in (*chosen.measure.cities, chosen.measure.from_city)
        or (not chosen.measure.cities and own in chosen.measure.jurisdictions)
    ]
    money = _Costs(case, some)
    rows = [
        [
            _marked(naming.name_of(c.measure), c.before),
            vocabulary.KINDS[c.measure.kind],
            _starts(case, c),
            str(c.opens),
            *money.cells(n),
            payers(case, c),
        ]
        for n, c in enumerate(some)
    ]
    heads = [_("measure"), _("kind"), _("works\nstart in"), _("open\nfrom"), *money.heads, money.payer]
    return Table(heads, rows, "lllr" + money.align + "l")


def _facility_table(case: Case, some: list[Chosen], service: str | None) -> Table:
    """Facilities of a service: what starts in each period, in the service's unit."""
    money = _Costs(case, some)
    places = [_where(case, c) for c in some]
    alone = len(set(places)) == len(places)
    marks = [_marked(place, c.before) if alone else _name(c) for place, c in zip(places, some, strict=True)]
    amounts = [[c.units.get(p.id, 0.0) * _size(c.measure) for p in case.periods] for c in some]
    rows = [[marks[n], *(_amount(a) for a in amounts[n]), *money.cells(n), payers(case, c)] for n, c in enumerate(some)]
    thing = vocabulary.unit(case.services[service].unit) if service is not None else _("units")
    heads = [
        _("{thing}, works\nstarting in").format(thing=thing),
        *(p.label for p in case.periods),
        *money.heads,
        money.payer,
    ]
    sums = [_amount(sum(column)) for column in zip(*amounts, strict=True)]
    total = [_("all"), *sums, *money.cells(-1), ""] if len(some) > 1 else None
    return Table(heads, rows, "l" + "r" * len(case.periods) + money.align + "l", total)


class _Costs:
    """The columns of money of some measures; that of private money only where there is any."""

    def __init__(self, case: Case, some: list[Chosen]) -> None:
        unit = case.money.unit
        columns: dict[str, list[float]] = {_("capital,\n{unit}").format(unit=unit): [c.capital for c in some]}
        if any(c.private for c in some):
            columns[_("of it\nprivate,\n{unit}").format(unit=unit)] = [c.private for c in some]
        columns[_("running,\n{unit}\na year").format(unit=unit)] = [c.running for c in some]
        self.heads = list(columns)
        self.align = "r" * len(columns)
        self.payer = _("public part\npaid by") if len(columns) > 2 else _("paid by")
        self._columns = [_shown([*values, sum(values)]) for values in columns.values()]

    def cells(self, n: int) -> list[str]:
        """Figures of the n-th measure; the last are those of all."""
        return [column[n] for column in self._columns]


def _shown(values: list[float]) -> list[str]:
    """Money of a column, and of all at the end."""
    decimals = numbers.money_decimals(values[:-1])
    return [numbers.money(v, decimals) for v in values]


def _name(chosen: Chosen) -> str:
    return _marked(several(naming.name_of(chosen.measure), sum(chosen.units.values())), chosen.before)


def several(name: str, units: float) -> str:
    """A measure's name, with its units where they are not one: Car plant x 2."""
    return name if units == 1 else _("{name} x {units}").format(name=name, units=numbers.units(units))


def _marked(name: str, before: bool) -> str:
    return _("{name} *").format(name=name) if before else name


def _where(case: Case, chosen: Chosen) -> str:
    return _host(case, chosen.measure.id) if chosen.measure.is_park else where(case, chosen.measure)


def where(case: Case, measure: Measure) -> str:
    """Where a measure is and what it moves there from, the two cities that a link joins, or who signs."""
    if measure.from_city is not None:
        return _from(case, measure.cities[0], measure.from_city)
    if measure.is_signed and measure.signed_by:
        return series([naming.jurisdiction(case, j) for j in measure.signed_by], " + ")
    names = [naming.city(case, city) for city in measure.cities]
    between = " - " if measure.is_link else ", "
    return (
        series(names, between) if names else text_layout.join([naming.jurisdiction(case, j) for j in measure.jurisdictions])
    )


def host(case: Case, park: str) -> str:
    """Where a park is, and where it comes from: Baoding, from Beijing."""
    city, origin = case.measures[park].cities[0], case.parks[park].origin
    return naming.city(case, city) if origin is None else _from(case, city, origin)


def _from(case: Case, city: str, origin: str) -> str:
    return _("{host}, from {origin}").format(host=naming.city(case, city), origin=naming.city(case, origin))


def _host(case: Case, name: str) -> str:
    """Where a park is, where it comes from, and in which form: Baoding, from Beijing (enclave)."""
    form = case.parks[name].form
    return host(case, name) if form is None else (
        _("{host} ({form})").format(host=host(case, name), form=vocabulary.FORMS[form])
    )  # fmt: skip


def _level(case: Case, chosen: Chosen) -> str:
    return vocabulary.level(chosen.measure.level)


def _industry(case: Case, chosen: Chosen) -> str:
    park = case.parks.get(chosen.measure.id)
    return naming.industry(case, park.industry) if park is not None and park.industry is not None else ""


FACTS: dict[str, Fact] = {_("level"): _level, _("industry"): _industry}  # columns only where there are any


def _starts(case: Case, chosen: Chosen) -> str:
    """When works start; of several starts, how many units in each, of a service how much of it."""
    if chosen.measure.service is None and len(chosen.units) == 1:
        return case.period(next(iter(chosen.units))).label
    return amounts(case, chosen.measure, chosen.units)


def amounts(case: Case, measure: Measure, units: Mapping[str, float]) -> str:
    """How many units start in each period (an id), of a service how much of it: 260 doctors in 2026-2030."""
    service = measure.service
    known = {} if service is None else {"unit": vocabulary.unit(case.services[service].unit)}
    each = _size(measure)
    said = _("{units} {unit} in {period}") if known else _("{units} in {period}")
    return series(
        said.format(units=numbers.units(units[p.id] * each), period=p.label, **known) for p in case.periods if p.id in units
    )


def payers(case: Case, chosen: Chosen) -> str:
    """Who pays the public part."""
    if not chosen.paid_by:
        return "" if chosen.capital or chosen.running else _("costs nothing")
    return shares(case, chosen.paid_by)


def shares(case: Case, paid_by: dict[str, float], most: int | None = None) -> str:
    """Lines with the share that each pays; one line alone without it."""
    if len(paid_by) == 1:
        return naming.line(case, next(iter(paid_by)))
    said = [
        _("{line} {share}").format(line=naming.line(case, line), share=numbers.percent(share))
        for line, share in paid_by.items()
    ]
    return text_layout.join(said, most)


def _size(measure: Measure) -> float:
    return measure.capacity if measure.service is not None else 1.0


def _amount(value: float) -> str:
    """How much starts; nothing is a dash."""
    return "-" if value == 0 else numbers.units(value)


def left_out(plan: Plan) -> str:
    """How many candidates of each kind are left out, as a sentence; empty if none is."""
    said = [
        _("{left} of {of}").format(left=left, of=KINDS[kind].counted(of))
        for kind, (left, of) in not_chosen(plan).items()
        if left
    ]
    return _("{kinds} that could have been started.").format(kinds=text_layout.join(said)) if said else ""


# --- policies by level of the pyramid


def pyramid(plan: Plan) -> Sections:
    """A row a level, from the base up, where something is chosen or may cost so much only; then subsidies by city."""
    case = plan.case
    chosen = Counter(c.measure.level for c in chosen_measures(plan) if c.measure.level is not None)
    cost: dict[str, float] = {}
    for name, money in spent_on(plan).items():  # as the limits count: with the fees of the use that a policy opens
        level = case.measures[name].level if name else None
        if level is not None:
            cost[level] = cost.get(level, 0.0) + money
    given = sum(amount for line in case.lines.values() for amount in line.amount.values())
    caps = {level: share * given for level, share in case.pyramid.at_most_share.items()}
    levels = [level for level in get_args(Level) if chosen[level] or level in caps]
    if not levels:
        return ()
    shown = numbers.money_decimals([*cost.values(), *caps.values()])
    rows = []
    for level in levels:
        cap = numbers.money(caps[level], shown) if level in caps else ""
        share = _("({share} of all money)").format(share=numbers.percent(case.pyramid.at_most_share[level])) if cap else ""
        rows.append([vocabulary.level(level), str(chosen[level]), numbers.money(cost.get(level, 0.0), shown), cap, share])
    unit = case.money.unit
    heads = ["", _("chosen"), _("public cost\n{unit}").format(unit=unit), _("at most\n{unit}").format(unit=unit), ""]
    wide = len(heads) if caps else 3
    table = Table(heads[:wide], [row[:wide] for row in rows], "lrrrl"[:wide])
    return ((table, *_subsidised(plan)),)


def _subsidised(plan: Plan) -> Section:
    """In how many periods subsidies serve each city, where the case says in how many they may, and in how many it is paid.

    A last year in the next period is paid in that one, which it does not serve.
    """
    most = plan.case.pyramid.subsidy_periods
    if most is None:
        return ()
    periods: dict[str, set[str]] = {}
    for name, period in serving(plan):
        if plan.case.measures[name].level == "subsidy":
            for city in plan.case.measures[name].cities:
                periods.setdefault(city, set()).add(period)
    paid: dict[str, set[str]] = {}
    for name, period, capital, running in columns(plan.tables["spending"], "measure", "period", "capital", "running"):
        if plan.case.measures[name].level == "subsidy" and capital + running > NOTHING:
            for city in plan.case.measures[name].cities:
                paid.setdefault(city, set()).add(period)
    said = [
        _served(city, len(periods.get(city.id, ())), len(paid.get(city.id, ())))
        for city in plan.case.cities.values()
        if city.id in periods or city.id in paid
    ]
    if not said:
        return ()
    sentence = _(
        "Subsidies serve a city in at most {most} of the periods, counting those in which they are open for half of the "
        "years or more: {cities}."
    )
    return (Bullet(sentence.format(most=most, cities=text_layout.join(said))),)


def _served(city: City, serve: int, paid: int) -> Sentence:
    """In how many periods subsidies serve a city, and in how many they are paid where that is another number."""
    if paid == serve:
        return _("{city} in {number}").format(city=naming.name_of(city), number=serve)
    return _("{city} in {number} (paid in {paid})").format(city=naming.name_of(city), number=serve, paid=paid)
