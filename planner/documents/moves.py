"""Who and what moves from one city to another, and what those who live in each city then lack."""

from __future__ import annotations

from planner.case import naming
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Sections, Table
from planner.plans.plan import Plan
from planner.plans.totals import columns, true_gaps
from planner.words import numbers
from planner.words.said import Sentence, _

NOTE = _(
    "Goals count gaps as shares of what is needed without any move; what each city has is told of the people who live "
    "there after all moves."
)


def moved(plan: Plan) -> Sections:
    """A row for each measure that moves anything in the last period; nothing where none does."""
    case, last = plan.case, plan.case.periods[-1].id
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    for measure, home, to, period, what, amount in columns(
        plan.tables["moves"], "measure", "from", "to", "period", "what", "amount"
    ):
        if period == last:
            found.setdefault((measure, home, to), {})[what] = amount
    if not found:
        return ()
    things = [what for what in (*vocabulary.MOVED, *case.services) if any(what in amounts for amounts in found.values())]
    rows = [
        [
            naming.name_of(case.measures[measure]),
            naming.city(case, home),
            naming.city(case, to),
            *(numbers.number(amounts[what], 0) if what in amounts else "-" for what in things),
        ]
        for (measure, home, to), amounts in found.items()
    ]
    heads = ["", _("from", "city"), _("to", "city"), *(_head(plan, what) for what in things)]
    return ((Table(heads, rows, "lll" + "r" * len(things)), Paragraph(NOTE, look="note")),)


def _head(plan: Plan, what: str) -> Sentence | str:
    """People, jobs, or a service with its unit."""
    if what in vocabulary.MOVED:
        return vocabulary.MOVED[what]
    service = plan.case.services[what]
    if service.unit == service.id:  # doctors are counted in doctors
        return naming.name_of(service)
    return vocabulary.with_unit(naming.name_of(service), vocabulary.unit(service.unit))


def true_gap(plan: Plan) -> tuple[Sentence, ...]:
    """The mean gap of those who live in each city after all moves, beside that of the goal; nothing where no people move."""
    if "people" not in set(plan.tables["moves"]["what"]):
        return ()
    without, with_plan = true_gaps(plan)
    if without is None or with_plan is None:
        return ()
    said = _("of what those who live there after all moves need, {without} without the plan, {with_plan} with it")
    return (said.format(without=numbers.percent(without, 1), with_plan=numbers.percent(with_plan, 1)),)
