"""How real a plan is: what of it is under way, published or nobody's plan; and what is in force without it."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case import BoardingMinutes, BorderMinutes, Case, Effect, OpenService, naming
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Sections, Table
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.totals import Real
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, count, series

NOTE = _(
    "What the case says of each measure: under way, published in somebody's plan, or hypothetical, which is nobody's plan. "
    "Measures decided before the plan are counted, too; money is what is paid within the horizon. What is paid for use that "
    "no measure opens has a line of its own."
)


def headline(plan: Plan) -> str:
    """How many of the measures that start, and how much money, is how real; empty where the case says it of none."""
    found = totals.by_reality(plan)
    shown = numbers.money_decimals([real.public for real in found])
    return series((_said(plan, real, shown) for real in found), "; ") if found else ""


def _said(plan: Plan, real: Real, shown: int) -> Sentence:
    if real.reality == totals.IN_FORCE:
        return _("{reality}: {money} {unit}").format(
            reality=vocabulary.REALITIES[real.reality], money=numbers.money(real.public, shown), unit=plan.case.money.unit
        )
    return _("{reality}: {measures}, {money} {unit}").format(
        reality=vocabulary.REALITIES[real.reality], measures=count(real.chosen + real.before, "measure"),
        money=numbers.money(real.public, shown), unit=plan.case.money.unit,
    )  # fmt: skip


def reality(plan: Plan) -> Sections:
    """A row for each answer of the case, with measures, public money and its share, and private money."""
    found = totals.by_reality(plan)
    if not found:
        return ()
    total = sum(real.public for real in found)
    shown = numbers.money_decimals([real.public for real in found])
    rows = [
        [
            vocabulary.REALITIES[real.reality],
            "" if real.reality == totals.IN_FORCE else str(real.chosen),
            "" if real.reality == totals.IN_FORCE else str(real.before),
            numbers.money(real.public, shown),
            numbers.percent(real.public / total) if total > 0 else "",
            numbers.money(real.private, shown),
        ]
        for real in found
    ]
    unit = plan.case.money.unit
    heads = [
        "", _("chosen by\nthe plan"), _("decided\nbefore"), _("public money,\n{unit}").format(unit=unit),
        _("share of the\npublic money"), _("private money,\n{unit}").format(unit=unit),
    ]  # fmt: skip
    return ((Table(heads, rows, "lrrrrr"), Paragraph(NOTE, look="note")),)


def in_force(case: Case) -> tuple[str, ...]:
    """What holds from the start and needs no measure, as sentences."""
    return tuple(_sentence(case, effect) for effect in case.in_force)


def _sentence(case: Case, effect: Effect) -> Sentence:
    if isinstance(effect, BorderMinutes):
        one, other = (naming.jurisdiction(case, who) for who in effect.between)
        return _("{minutes:g} minutes at the border between {one} and {other}, by {modes}.").format(
            minutes=effect.set_to, one=one, other=other, modes=_modes(case, effect.modes)
        )
    if isinstance(effect, BoardingMinutes):
        return _("Boarding in {city} takes {minutes:g} minutes less, by {modes}.").format(
            city=naming.city(case, effect.city), minutes=effect.minus, modes=_modes(case, effect.modes)
        )
    assert isinstance(effect, OpenService)  # no other effect can be in force without a measure
    services = text_layout.join([naming.service(case, s) for s in effect.services])
    people, places = (text_layout.join([naming.jurisdiction(case, j) for j in who]) for who in (effect.people_of, effect.at))
    said = _("People of {people} may use {services} in {places}.").format(people=people, services=services, places=places)
    if effect.minutes is not None:
        said = _("People of {people} may use {services} in {places}, within {minutes:g} minutes.").format(
            people=people, services=services, places=places, minutes=effect.minutes
        )
    if not effect.price:
        return said
    price, many = numbers.price(effect.price)
    if many == 1:
        return _("{said} Its price is {price} {unit} a unit and year.").format(said=said, price=price, unit=case.money.unit)
    return _("{said} Its price is {price} {unit} a year for {number} units.").format(
        said=said, price=price, unit=case.money.unit, number=f"{many:,}"
    )


def _modes(case: Case, modes: Iterable[str]) -> str:
    return text_layout.join([naming.mode(case, mode) for mode in modes])
