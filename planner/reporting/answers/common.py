"""How every answer begins: what was asked of which case, and whether all of it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reporting import words

if TYPE_CHECKING:
    from planner.questions.asking import Result

MISSING_SHOWN = 8


def opening(result: Result, asked: str, bold: bool) -> list[str]:
    """The first lines of an answer."""
    scenario = "" if result.case.scenario == "base" else f", scenario {result.case.scenario}"
    lines = [words.bold(f"{result.case.title}{scenario}: {asked}", bold)]
    if result.complete:
        lines.append(words.paragraph(f"complete, in {result.seconds:.0f} s", "Answer"))
    else:
        said = f"not complete after {result.seconds:.0f} s: {len(result.missing)} not answered or not proven"
        lines.append(words.paragraph(said, "Answer"))
        lines += [words.bullet(text) for text in result.missing[:MISSING_SHOWN]]
        if len(result.missing) > MISSING_SHOWN:
            lines.append(words.bullet(f"and {len(result.missing) - MISSING_SHOWN} more (--json lists them)"))
    return lines
