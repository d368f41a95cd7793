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
    parts = _conflicts(result)
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


def _conflicts(result: Diagnosis) -> list[str]:
    table = result.tables["conflicts"]
    if table.empty:
        return [words.paragraph("No plan keeps everything that the case asks for.")]
    parts: list[str] = []
    for number, promises in table.groupby("conflict")["text"]:
        said = _heading([str(text) for text in promises], result.conflicts[int(str(number)) - 1].irreducible)
        parts.append(words.paragraph(said if not parts else f"Besides, and apart from that: {said[0].lower()}{said[1:]}"))
        parts += [words.bullet(str(text)) for text in promises[: 2 * SHOWN]]
        if len(promises) > 2 * SHOWN:
            parts.append(words.bullet(f"and {len(promises) - 2 * SHOWN} more (--json lists them)"))
    return parts


def _heading(promises: list[str], irreducible: bool) -> str:
    if not irreducible:
        return "Some of these contradict one another; stopped before it was known which:"
    if len(promises) == 1:
        return "No plan keeps this, whatever else is given up: the projects and the cities as they are rule it out:"
    return "These contradict one another, even if everything else gave way; each of them is part of it:"


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
