"""What is built and signed: a table a kind, with when, where, what it costs and who pays."""

from __future__ import annotations

from planner.case.nouns import Case, Kind
from planner.plan import Plan
from planner.reporting import words
from planner.reporting.figures import Chosen, chosen_measures

KINDS: dict[Kind, str] = {"link": "Links", "hub": "Hubs", "policy": "Agreements"}


def built(plan: Plan) -> str:
    """All that is chosen, links, hubs and agreements first, then facilities by service."""
    case = plan.case
    chosen = chosen_measures(plan)
    parts = []
    for kind, title in KINDS.items():
        some = [c for c in chosen if c.measure.kind == kind]
        if some:
            parts.append(_titled(title, some, _single_table(case, some)))
    services = [*case.services, None]
    for service in services:
        some = [c for c in chosen if c.measure.kind == "facility" and c.measure.service == service]
        if some:
            title = "Facilities" if service is None else f"Facilities: {service}"
            parts.append(_titled(title, some, _facility_table(case, some, service)))
    if any(c.before for c in chosen):
        parts.append("* decided before the plan; only what is left to pay is counted.")
    return "\n\n".join(parts)


def _titled(title: str, some: list[Chosen], table: str) -> str:
    return f"{title} ({len(some)})\n{table}"


def _single_table(case: Case, some: list[Chosen]) -> str:
    """Links, hubs and agreements: one start each."""
    capital, running = _money_columns(some)
    rows = [
        [
            _name(c),
            _where(case, c),
            " ".join(_labels(case, c)),
            str(c.opens),
            capital[n],
            running[n],
            _payers(c),
        ]
        for n, c in enumerate(some)
    ]
    unit = case.money.unit
    heads = ["", "where", "works\nstart in", "open\nfrom", f"capital\n{unit}", f"running\n{unit}\na year", "paid by"]
    total = ["all", "", "", "", capital[-1], running[-1], ""]
    return words.table(heads, rows, "lllrrrl", total if len(some) > 1 else None)


def _facility_table(case: Case, some: list[Chosen], service: str | None) -> str:
    """Facilities of a service: what starts in each period, in the service's unit."""
    capital, running = _money_columns(some)
    places = [_where(case, c) for c in some]
    names = places if len(set(places)) == len(places) else [_name(c) for c in some]
    marks = [name + (" *" if c.before and not name.endswith("*") else "") for name, c in zip(names, some, strict=True)]
    amounts = [[c.units.get(p.id, 0.0) * _size(c) for p in case.periods] for c in some]
    rows = [[marks[n], *(_amount(a) for a in amounts[n]), capital[n], running[n], _payers(c)] for n, c in enumerate(some)]
    unit = case.money.unit
    thing = case.services[service].unit if service is not None else "units"
    heads = [
        f"{thing}, works\nstarting in",
        *(p.label for p in case.periods),
        f"capital\n{unit}",
        f"running\n{unit}\na year",
        "paid by",
    ]
    sums = [_amount(sum(column)) for column in zip(*amounts, strict=True)]
    total = ["all", *sums, capital[-1], running[-1], ""] if len(some) > 1 else None
    return words.table(heads, rows, "l" + "r" * len(case.periods) + "rrl", total)


def _money_columns(some: list[Chosen]) -> tuple[list[str], list[str]]:
    """Capital and running cost of each, and of all at the end."""
    columns = []
    for values in ([c.capital for c in some], [c.running for c in some]):
        shown = words.money_decimals(values)
        columns.append([words.money(v, shown) for v in [*values, sum(values)]])
    return columns[0], columns[1]


def _name(chosen: Chosen) -> str:
    units = sum(chosen.units.values())
    return chosen.measure.name + (f" x {units:g}" if units != 1 else "") + (" *" if chosen.before else "")


def _where(case: Case, chosen: Chosen) -> str:
    measure = chosen.measure
    if measure.kind == "policy" and measure.signed_by:
        return " + ".join(measure.signed_by)
    names = [case.cities[city].name for city in measure.cities]
    between = " - " if measure.kind == "link" else ", "
    return between.join(names) if names else words.join(measure.jurisdictions)


def _labels(case: Case, chosen: Chosen) -> list[str]:
    return [p.label for p in case.periods if p.id in chosen.units]


def _payers(chosen: Chosen) -> str:
    if not chosen.paid_by:
        return "costs nothing" if not chosen.capital and not chosen.running else ""
    if len(chosen.paid_by) == 1:
        return next(iter(chosen.paid_by))
    return ", ".join(f"{line} {words.percent(share)}" for line, share in chosen.paid_by.items())


def _size(chosen: Chosen) -> float:
    return chosen.measure.capacity if chosen.measure.service is not None else 1.0


def _amount(value: float) -> str:
    """How much starts; nothing is a dash."""
    if value == 0:
        return "-"
    return words.number(value, 0 if value >= 10 else 1)
