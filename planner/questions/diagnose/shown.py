"""Why a case cannot be met, and what would make it possible, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Said, Section
from planner.questions import saying
from planner.words.said import _, capital, series

if TYPE_CHECKING:
    from planner.questions.diagnose.ask import Diagnosis
    from planner.questions.diagnose.repairs import Repair

SHOWN = 10  # changes of a repair
HELD_FIXED = _(
    "What may give way: budgets, debts of lines that borrow, targets, rules, minimums, largest shares, limits of places "
    "and policies, what measures require, what was decided, fairness. Held fixed: what measures cost and bring, how many "
    "units of them there are and when they may start, who may pay for what, borrow, keep for later or send to whom, routes, "
    "people and skills."
)


def text(result: Diagnosis, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Diagnosis) -> Said:
    """The answer: what contradicts what, then the alternatives."""
    return saying.answer(result, _("what stands against a plan"), _sections(result))


def body(result: Diagnosis, bold: bool = False) -> str:
    """The answer without its opening, as lines for a terminal."""
    return Said((), _sections(result)).text(bold)


def scenarios(result: Diagnosis, bold: bool = False) -> str:
    """All repairs as text to paste under `scenarios` in case.yaml."""
    found = [result.scenario_text(number) for number, _ in enumerate(result.repairs, start=1)]
    return "".join(found).rstrip() if found else text(result, bold)


def _sections(result: Diagnosis) -> tuple[Section, ...]:
    """What contradicts what, then the alternatives."""
    if result.possible is None:
        return ((Paragraph(_("Whether the case can be met is not known yet: more time is needed.")),),)
    if result.possible:
        return ((Paragraph(_("The case can be met as it is: `planner solve` finds its best plan.")),),)
    verified = [(n, one) for n, one in enumerate(result.repairs, start=1) if one.verified]
    enough: list[Block] = [Heading(_("Each of these is enough by itself"), "title")]
    if not verified:
        enough = [Paragraph(_("No change that is enough was found."))]
    for number, one in verified:
        enough += _repair(number, one)
    others = [(n, one) for n, one in enumerate(result.repairs, start=1) if not one.verified]
    unsure: list[Block] = [Heading(_("Found, but not known to be enough"), "title")]
    for number, one in others:
        unsure += [*_repair(number, one), Paragraph(_("   ({why})").format(why=one.problem))]
    sections = [_conflicts(result), tuple(enough)]
    if others:
        sections.append(tuple(unsure))
    if result.not_enough:
        sections.append(
            (Paragraph(_("Not enough by itself, however much: {names}.").format(names=series(result.not_enough))),)
        )
    if verified:
        sections.append((Paragraph(_reading(result)),))
    return tuple(sections)


def _conflicts(result: Diagnosis) -> Section:
    table = result.tables["conflicts"]
    if table.empty:
        return (Paragraph(_("No plan keeps everything that the case asks for.")),)
    parts: list[Block] = []
    for number, rows in table.groupby("conflict"):
        promises = rows["text"].tolist()
        said = _heading(promises, result.conflicts[int(str(number)) - 1].irreducible)
        parts.append(Paragraph(_("Besides, and apart from that: {said}").format(said=said) if parts else capital(said)))
        parts += [Bullet(text) for text in promises[: 2 * SHOWN]]
        if len(promises) > 2 * SHOWN:
            parts.append(Bullet(saying.more(len(promises) - 2 * SHOWN)))
    if all(one.irreducible for one in result.conflicts):
        parts.append(Paragraph(HELD_FIXED))
    return tuple(parts)


def _heading(promises: list[str], irreducible: bool) -> str:
    if not irreducible:
        return _("some of these contradict one another; stopped before it was known which:")
    if len(promises) == 1:
        return _("no plan keeps this, even if all else that may give way did:")
    return _("these contradict one another, even if all else that may give way did; each of them is part of it:")


def _repair(number: int, one: Repair) -> list[Block]:
    """A repair: its name, what is proven of it, and its changes."""
    said = _("no less is enough") if one.least else _("less may be enough")
    if one.least and not one.fewest and len(one.changes) > 1:
        said = _("no less is enough, but fewer changes may be")
    lines: list[Block] = [
        Paragraph(_("{number}. {name} ({proven})").format(number=number, name=capital(one.name), proven=said))
    ]
    lines += [Bullet(change.text) for change in one.changes[:SHOWN]]
    if len(one.changes) > SHOWN:
        lines.append(Bullet(saying.more(len(one.changes) - SHOWN)))
    return lines


def _reading(result: Diagnosis) -> str:
    if result.past:
        return _(
            "Every alternative above was made in the case, with the past as it was but for what the alternative says of "
            "it, and solved anew: it has a plan. Figures are rounded so that they are just enough. Make the changes of one "
            "in the case, and ask `planner replan` again; money of a period that is over counts where what was started "
            "costs more than the line had."
        )
    return _(
        "Every alternative above was made in the case, which was then solved anew: it has a plan. Figures are rounded so "
        "that they are just enough. `planner diagnose --scenarios` prints the alternatives as scenarios for case.yaml."
    )
