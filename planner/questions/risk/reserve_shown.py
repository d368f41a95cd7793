"""A plan whose lines hold, in words and as JSON: how sure it is, and what it keeps free where."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.case import naming
from planner.documents.blocks import Heading, Paragraph, Said, Section, table
from planner.questions.risk.reserve import FRESH, ROUNDS, Kept, Place
from planner.words import numbers
from planner.words.said import Sentence, _, count

TOO_MANY = 0.02  # beyond the share asked for: in so many more draws a line need not hold


def text(kept: Kept, bold: bool = False) -> str:
    """It as lines for a terminal."""
    return Said((Heading(_("How sure the plan is"), "section"),), (said(kept),)).text(bold)


def said(kept: Kept) -> Section:
    """Whether it holds, what it keeps free by line and period, and what that means."""
    return (
        *(Paragraph(sentence) for sentence in headline(kept)),
        places(kept),
        *(Paragraph(sentence) for sentence in more_than_needed(kept)),
        Paragraph(READING, look="note"),
    )


READING = _(
    "Each line and period by itself; costs, delays and jobs are drawn, who pays which share, transfers and debts are the "
    "plan's, fees are as planned. Found by raising what is kept free round by round, never lowering it: a heuristic, so "
    "that a plan that closes more and holds as well may exist."
)


def headline(kept: Kept) -> tuple[Sentence, ...]:
    """Whether every line holds as it was asked, and how often all of them hold together."""
    unit = kept.plan.case.money.unit
    asked = _("{percent} % of the draws").format(percent=kept.percent)
    holds = _(
        "Every line holds in every period in at least {asked}, to a point, each by itself: {money} {unit} are kept free, "
        "after {rounds}."
    )
    fails = _(
        "No plan was found of which every line holds in every period in {asked}; this one comes closest, keeps {money} "
        "{unit} free, and is the best of {rounds} (of at most {most})."
    )
    first = (holds if kept.holds else fails).format(
        asked=asked, money=numbers.figure(kept.free), unit=unit, rounds=count(kept.rounds, "round"), most=ROUNDS
    )
    together = _("All lines hold together in {joint} of {draws} of another seed.").format(
        joint=numbers.chance(kept.joint), draws=count(FRESH, "draw")
    )
    return first, together


def places(kept: Kept) -> Any:
    """What is kept free, line by line and period by period, and in how many draws each holds."""
    case, rows, before = kept.plan.case, [], ""
    shown = numbers.money_decimals([amount for place in kept.places for amount in (place.pays, place.free)])
    for p in kept.places:
        money = [numbers.money(amount, shown) for amount in (p.pays, p.free, p.spare)]
        shares = [numbers.percent(share) if share else "" for share in (p.of_capital, p.of_running)]
        rows.append(
            [naming.line(case, p.line) if p.line != before else "", case.period(p.period).label, *money, *shares,
             numbers.chance(p.holds, 1), numbers.money(p.lacks, shown)]
        )  # fmt: skip
        before = p.line
    head = [
        _("money, {unit}").format(unit=case.money.unit), _("period"), _("pays"), _("kept\nfree"), _("to\nspare"),
        _("of\ncapital"), _("of\nrunning"), _("holds in"), _("lacks at P{percent}").format(percent=kept.percent),
    ]  # fmt: skip
    return table(head, rows, "ll" + "r" * 7, keys=2)


def more_than_needed(kept: Kept) -> tuple[Sentence, ...]:
    """Where a line that has nothing to spare holds in more draws than was asked for, and why."""
    return tuple(
        _(
            "{line}, {period}, keeps {money} {unit} more free than {percent} % of the draws need: the share is that of an "
            "earlier round, whose whole projects were others, and is not lowered."
        ).format(
            line=naming.line(kept.plan.case, p.line), period=kept.plan.case.period(p.period).label,
            money=numbers.figure(p.beyond), unit=kept.plan.case.money.unit, percent=kept.percent,
        )
        for p in kept.places
        if is_too_sure(p, kept.percent)
    )  # fmt: skip


def is_too_sure(place: Place, percent: int) -> bool:
    """Whether a line would pay more here, and keeps more free than so many draws need."""
    return place.binds and place.holds > percent / 100 + TOO_MANY


def as_json(kept: Kept) -> dict[str, Any]:
    """How sure the plan is, as plain JSON values."""
    return {
        "percent": kept.percent, "holds": kept.holds, "rounds": kept.rounds,
        "joint": None if kept.joint != kept.joint else kept.joint,
        "kept_free": None if kept.free != kept.free else kept.free,
        "places": [asdict(place) | {"binds": place.binds} for place in kept.places],
    }  # fmt: skip
