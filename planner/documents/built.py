"""What is built and signed: a table a kind, with when, where, what it costs and who pays."""

from __future__ import annotations

from collections.abc import Callable

from planner.case import Case, Kind, naming
from planner.plans.plan import Plan
from planner.plans.totals import Chosen, chosen_measures
from planner.words import phrases

KINDS: dict[Kind, str] = {
    "link": "Links",
    "hub": "Hubs",
    "policy": "Policies",
    "park": "Parks",
    "abatement": "Abatement of emissions",
    "closure": "Plants closed",
}

Fact = Callable[[Case, Chosen], str]


BEFORE = "* decided before the plan; only what is left to pay is counted."


def built(plan: Plan) -> str:
    """All that is chosen: a table a kind, then facilities by service."""
    parts = [f"{title}\n{grid.text()}" for title, grid in grids(plan)]
    if any(c.before for c in chosen_measures(plan)):
        parts.append(BEFORE)
    return "\n\n".join(parts)


def grids(plan: Plan) -> list[tuple[str, phrases.Grid]]:
    """The tables of `built`, each with its title."""
    case = plan.case
    chosen = chosen_measures(plan)
    parts = []
    for kind, title in KINDS.items():
        some = [c for c in chosen if c.measure.kind == kind]
        if some:
            parts.append((f"{title} ({len(some)})", _single_table(case, some)))
    services = [*case.services, None]
    for service in services:
        some = [c for c in chosen if c.measure.kind == "facility" and c.measure.service == service]
        if some:
            title = "Facilities" if service is None else f"Facilities: {naming.service(case, service)}"
            parts.append((f"{title} ({len(some)})", _facility_table(case, some, service)))
    return parts


def _single_table(case: Case, some: list[Chosen]) -> phrases.Grid:
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
            _payers(case, c),
        ]
        for n, c in enumerate(some)
    ]
    heads = ["", "where", *facts, "works\nstart in", "open\nfrom", *money.heads, money.payer]
    total = ["all", *[""] * (len(facts) + 3), *money.cells(-1), ""]
    return phrases.Grid(heads, rows, "ll" + "l" * len(facts) + "lr" + money.align + "l", total if len(some) > 1 else None)


def _facility_table(case: Case, some: list[Chosen], service: str | None) -> phrases.Grid:
    """Facilities of a service: what starts in each period, in the service's unit."""
    money = _Costs(case, some)
    places = [_where(case, c) for c in some]
    names = places if len(set(places)) == len(places) else [_name(c) for c in some]
    marks = [name + (" *" if c.before and not name.endswith("*") else "") for name, c in zip(names, some, strict=True)]
    amounts = [[c.units.get(p.id, 0.0) * _size(c) for p in case.periods] for c in some]
    rows = [[marks[n], *(_amount(a) for a in amounts[n]), *money.cells(n), _payers(case, c)] for n, c in enumerate(some)]
    thing = case.services[service].unit if service is not None else "units"
    heads = [f"{thing}, works\nstarting in", *(p.label for p in case.periods), *money.heads, money.payer]
    sums = [_amount(sum(column)) for column in zip(*amounts, strict=True)]
    total = ["all", *sums, *money.cells(-1), ""] if len(some) > 1 else None
    return phrases.Grid(heads, rows, "l" + "r" * len(case.periods) + money.align + "l", total)


class _Costs:
    """The columns of money of some measures; that of private money only where there is any."""

    def __init__(self, case: Case, some: list[Chosen]) -> None:
        unit = case.money.unit
        columns = {f"capital\n{unit}": [c.capital for c in some]}
        if any(c.private for c in some):
            columns[f"of it\nprivate\n{unit}"] = [c.private for c in some]
        columns[f"running\n{unit}\na year"] = [c.running for c in some]
        self.heads = list(columns)
        self.align = "r" * len(columns)
        self.payer = "public part\npaid by" if len(columns) > 2 else "paid by"
        self._columns = [_shown([*values, sum(values)]) for values in columns.values()]

    def cells(self, n: int) -> list[str]:
        """Figures of the n-th measure; the last are those of all."""
        return [column[n] for column in self._columns]


def _shown(values: list[float]) -> list[str]:
    """Money of a column, and of all at the end."""
    decimals = phrases.money_decimals(values[:-1])
    return [phrases.money(v, decimals) for v in values]


def _name(chosen: Chosen) -> str:
    units = sum(chosen.units.values())
    return chosen.measure.name + (f" x {phrases.figure(units)}" if units != 1 else "") + (" *" if chosen.before else "")


def _where(case: Case, chosen: Chosen) -> str:
    measure = chosen.measure
    if measure.kind == "policy" and measure.signed_by:
        return " + ".join(naming.jurisdiction(case, j) for j in measure.signed_by)
    if measure.kind == "park":
        return _host(case, measure.id)
    names = [case.cities[city].name for city in measure.cities]
    between = " - " if measure.kind == "link" else ", "
    return between.join(names) if names else phrases.join([naming.jurisdiction(case, j) for j in measure.jurisdictions])


def _host(case: Case, name: str) -> str:
    """Where a park is, where it comes from, and in which form: Baoding, from Beijing (enclave)."""
    park = case.parks[name]
    origin = f", from {case.cities[park.origin].name}" if park.origin is not None else ""
    return case.cities[case.measures[name].cities[0]].name + origin + (f" ({park.form})" if park.form is not None else "")


def _level(case: Case, chosen: Chosen) -> str:
    return phrases.spaced(chosen.measure.level or "")


def _industry(case: Case, chosen: Chosen) -> str:
    park = case.parks.get(chosen.measure.id)
    return naming.industry(case, park.industry) if park is not None and park.industry is not None else ""


FACTS: dict[str, Fact] = {"level": _level, "industry": _industry}  # columns only where there are any


def _starts(case: Case, chosen: Chosen) -> str:
    """When works start; of several starts, how many units in each."""
    started = [(p.label, chosen.units[p.id]) for p in case.periods if p.id in chosen.units]
    if len(started) == 1:
        return started[0][0]
    return ", ".join(f"{phrases.figure(units)} in {label}" for label, units in started)


def _payers(case: Case, chosen: Chosen) -> str:
    if not chosen.paid_by:
        if chosen.capital or chosen.running:
            return ""
        return "costs nothing"
    if len(chosen.paid_by) == 1:
        return naming.line(case, next(iter(chosen.paid_by)))
    return ", ".join(f"{naming.line(case, line)} {phrases.percent(share)}" for line, share in chosen.paid_by.items())


def _size(chosen: Chosen) -> float:
    return chosen.measure.capacity if chosen.measure.service is not None else 1.0


def _amount(value: float) -> str:
    """How much starts; nothing is a dash."""
    return "-" if value == 0 else phrases.figure(value)
