"""What each line's money buys: by kind of measure, of facilities by service, and use in other jurisdictions at a price."""

from __future__ import annotations

from typing import Literal

from planner.case import KINDS, Case, Kind, Measure, naming
from planner.documents.blocks import Cell, Format, Paragraph, Sections, Table
from planner.documents.money import LINES_BY_PERIOD
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, columns
from planner.words import numbers
from planner.words.said import _

Thing = tuple[Kind | Literal["use"], str]  # a kind and the service that it is for, where it is for one; or use
USE: Thing = ("use", "")


def bought(plan: Plan) -> Sections:
    """A row for each line that pays, in each period where lines are few; a column for each thing that is paid for."""
    case, by_period = plan.case, len(plan.case.lines) <= LINES_BY_PERIOD
    paid = _paid(plan, by_period)
    things = [thing for thing in _things(case) if any(row.get(thing, 0.0) > NOTHING for row in paid.values())]
    if not things:
        return ()
    rows: list[list[Cell]] = []
    before = ""
    for (line, period), row in paid.items():
        amounts = [row.get(thing, 0.0) for thing in things]
        if sum(amounts) > NOTHING:
            name = naming.line(case, line) if line != before else ""
            rows.append([name, *([case.period(period).label] if by_period else []), *amounts, sum(amounts)])
            before = line
    names = 2 if by_period else 1
    paid_for = _("paid for,\n{unit}").format(unit=case.money.unit)
    heads = [paid_for, *([_("period")] if by_period else []), *(_name(case, thing) for thing in things), _("together")]
    sums = [[float(row[n]) for row in rows] for n in range(names, len(heads))]  # type: ignore[arg-type]
    total = [_("all"), *[""] * (names - 1), *(numbers.money(sum(of), numbers.money_decimals(of)) for of in sums)]
    formats: list[Format] = ["text"] * names + ["money"] * len(sums)  # type: ignore[assignment]
    table = Table(heads, rows, "l" * names + "r" * len(sums), total, names, formats)
    opened = any(policy and fee > NOTHING for policy, fee in columns(plan.tables["uses"], "policy", "fee"))
    return ((table, Paragraph(OPENED, look="note")) if opened else (table,),)


OPENED = _("Use at a price is also that which policies open: where costs of policies are told, it is counted with them.")


def _paid(plan: Plan, by_period: bool) -> dict[tuple[str, str], dict[Thing, float]]:
    """(line, period, or nothing for all) -> thing -> what it pays for it, capital and running cost."""
    case = plan.case
    periods = case.period_ids if by_period else ("",)
    found: dict[tuple[str, str], dict[Thing, float]] = {(line, t): {} for line in case.lines for t in periods}
    paid = [
        (line, period, _thing(case.measures[measure]), capital + running)
        for measure, line, period, capital, running in columns(
            plan.tables["spending"], "measure", "line", "period", "capital", "running"
        )
    ]
    paid += [(line, period, USE, fees) for line, period, fees in columns(plan.tables["money"], "line", "period", "fees")]
    for line, period, thing, amount in paid:
        row = found[line, period if by_period else ""]
        row[thing] = row.get(thing, 0.0) + amount
    return found


def _thing(measure: Measure) -> Thing:
    return (measure.kind, measure.service or "")


def _things(case: Case) -> list[Thing]:
    """All that may be paid for, in the order of kinds and of the case's services."""
    of_kinds: list[Thing] = [(kind, service) for kind in KINDS for service in ("", *case.services)]
    return [*of_kinds, USE]


def _name(case: Case, thing: Thing) -> str:
    kind, service = thing
    if kind == "use":
        return _("use at\na price")
    return naming.service(case, service) if service else KINDS[kind].several
