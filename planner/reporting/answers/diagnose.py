"""Why a case cannot be met, and what would make it possible, in a planner's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reporting import words
from planner.reporting.answers import common

if TYPE_CHECKING:
    from planner.questions.diagnose import Diagnosis
    from planner.questions.repairs.trying import Repair

SHOWN = 10  # changes of a repair


def text(result: Diagnosis, bold: bool = False) -> str:
    """The answer: what contradicts what, then the alternatives."""
    parts = common.opening(result, "what stands against a plan", bold)
    return "\n".join([*parts, "", *body(result, bold)])


def scenarios(result: Diagnosis, bold: bool = False) -> str:
    """All repairs as text to paste under `scenarios` in case.yaml."""
    found = [result.scenario_text(number) for number, _ in enumerate(result.repairs, start=1)]
    return "".join(found).rstrip() if found else text(result, bold)


def body(result: Diagnosis, bold: bool = False) -> list[str]:
    """The paragraphs below the opening."""
    if result.possible is None:
        return [words.paragraph("Whether the case can be met is not known yet: more time is needed.")]
    if result.possible:
        return [words.paragraph("The case can be met as it is: `planner solve` finds its best plan.")]
    parts = _conflict(result)
    verified = [(n, one) for n, one in enumerate(result.repairs, start=1) if one.verified]
    parts.append("")
    if verified:
        parts.append(words.bold("Each of these is enough by itself", bold))
    else:
        parts.append(words.paragraph("No change that is enough was found."))
    for number, one in verified:
        parts += _repair(number, one)
    others = [(n, one) for n, one in enumerate(result.repairs, start=1) if not one.verified]
    if others:
        parts += ["", words.bold("Found, but not known to be enough", bold)]
    for number, one in others:
        parts += [*_repair(number, one), words.paragraph(f"   ({one.problem})")]
    if result.not_enough:
        parts += ["", words.paragraph(f"Not enough by itself, however much: {words.join(result.not_enough)}.")]
    if verified:
        parts += ["", words.paragraph(_reading())]
    return parts


def _conflict(result: Diagnosis) -> list[str]:
    promises = [str(said) for said in result.tables["conflict"]["text"]]
    if not promises:
        return [words.paragraph("No plan keeps everything that the case asks for.")]
    if len(promises) == 1 and result.conflict.irreducible:
        said = "No plan keeps this, whatever else is given up: the projects and the cities as they are rule it out:"
    elif result.conflict.irreducible:
        said = "These contradict one another, even if everything else gave way; each of them is part of it:"
    else:
        said = "Some of these cannot be kept together; time ended before it was known which:"
    shown = [words.bullet(promise) for promise in promises[: 2 * SHOWN]]
    more = len(promises) - len(shown)
    return [words.paragraph(said), *shown, *([words.bullet(f"and {more} more (--json lists them)")] if more else [])]


def _repair(number: int, one: Repair) -> list[str]:
    """A repair: its name, what is proven of it, and its changes."""
    said = "no less is enough" if one.least else "less may be enough"
    if one.least and not one.fewest and len(one.changes) > 1:
        said += ", but fewer changes may be"
    lines = [words.paragraph(f"{number}. {one.name[:1].upper()}{one.name[1:]} ({said})")]
    lines += [words.bullet(change.text) for change in one.changes[:SHOWN]]
    if len(one.changes) > SHOWN:
        lines.append(words.bullet(f"and {len(one.changes) - SHOWN} more (--json lists them)"))
    return lines


def _reading() -> str:
    return (
        "Every alternative above was made in the case, which was then solved anew: it has a plan. Figures are rounded so "
        "that they are just enough. `planner diagnose --scenarios` prints the alternatives as scenarios for case.yaml."
    )
