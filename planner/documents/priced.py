"""What people use in other jurisdictions at a price: how much, opened by what, and what it costs their jurisdiction."""

from __future__ import annotations

from planner.case import naming
from planner.documents.blocks import Paragraph, Sections, Table
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import numbers
from planner.words.said import _

IN_FORCE = _("in force")
NOTE = _(
    "Paid by the lines of the jurisdiction whose people use it, beside what it costs to run there; no line receives it. "
    "What is in force is paid without the plan, too."
)


def used(plan: Plan) -> Sections:
    """A row for each service, pair of jurisdictions and opening; nothing where nothing is used at a price."""
    case, last = plan.case, plan.case.periods[-1]
    amounts: dict[tuple[str, str, str, str, float], list[float]] = {}
    shown = ("service", "from", "to", "policy", "period", "price", "amount_without", "amount", "fee")
    for service, home, place, policy, period, price, *figures in columns(plan.tables["uses"], *shown):
        key = (service, case.cities[home].jurisdiction, case.cities[place].jurisdiction, policy, price)
        found = amounts.setdefault(key, [0.0, 0.0, 0.0])
        if period == last.id:
            found[0], found[1] = found[0] + figures[0], found[1] + figures[1]
        found[2] += figures[2]
    if not amounts:
        return ()
    decimals = numbers.money_decimals([fee for *_rest, fee in amounts.values()])
    rows = [
        [
            naming.service(case, service),
            naming.jurisdiction(case, home),
            naming.jurisdiction(case, place),
            naming.measure(case, policy) if policy else IN_FORCE,
            _price(price),
            numbers.change(without, with_plan, 0),
            numbers.money(fee, decimals),
        ]
        for (service, home, place, policy, price), (without, with_plan, fee) in amounts.items()
    ]
    unit = case.money.unit
    heads = [
        "", _("people of"), _("use it in"), _("opened by"), _("price a unit\nand year, {unit}").format(unit=unit),
        _("used in {period},\nwithout -> with").format(period=last.label),
        _("paid over the\nhorizon, {unit}").format(unit=unit),
    ]  # fmt: skip
    return ((Table(heads, rows, "llllrrr"), Paragraph(NOTE, look="note")),)


def _price(price: float) -> str:
    """The price of a unit, or of as many as make it a figure to read."""
    figure, many = numbers.price(price)
    return figure if many == 1 else _("{price} for {number}").format(price=figure, number=f"{many:,}")
