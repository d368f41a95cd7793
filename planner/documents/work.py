"""Indicators of work in a planner's words: jobs per 1,000 people; output per head against what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.case import Case, Work, naming
from planner.words import phrases

if TYPE_CHECKING:
    from planner.documents.changes import Change


def figures(work: Work, change: Change) -> tuple[float, float]:
    """Without and with the plan: jobs per 1,000 people, or output in per cent of what is asked for.

    Output has no unit of its own that people read, and is small or large as the case writes it.
    """
    if work.of == "jobs":
        return change.without, change.with_plan
    return 100 * change.without / change.standard, 100 * change.with_plan / change.standard


def decimals(work: Work, change: Change) -> int:
    """Decimals that suit: jobs as their standard, output in whole per cent."""
    return phrases.figure_decimals(change.standard) if work.of == "jobs" else 0


def phrase(work: Work, change: Change) -> str:
    """A change in a planner's words: jobs 400 -> 439 per 1,000 people."""
    said = phrases.change(*figures(work, change), decimals(work, change))
    if work.of == "jobs":
        return f"{naming.name_of(work)} {said} per 1,000 people"
    return f"{naming.name_of(work)}: output per head {said} % of what is asked for"


def head(work: Work, some: Sequence[Change]) -> str:
    """Heading of a column of cities: unit and standard; where cities have standards of their own, from the least on."""
    if work.of == "output":
        return "output per head,\n% of the standard"
    least, most = _standards(work, some)
    standard = f">= {least}" if least == most else "each city its own"
    return f"jobs per\n1,000 people\n{standard}"


def note(case: Case, work: Work, some: Sequence[Change]) -> str:
    """What the figures are, where a heading cannot say it."""
    of = "existing jobs, those of parks that are productive, and bonus jobs, less those of plants closed"
    if work.of == "output":
        of = "existing output and that of productive jobs in parks"
    if work.kind == "target":
        least, most = _standards(work, some)
        asked = "the city's own target" + ("" if least == most else f", {least} to {most} jobs per 1,000 people")
    else:
        core = phrases.join([case.cities[i].name for i in work.core], 4)
        share = "" if work.share == 1 else f"{phrases.percent(work.share)} of "
        asked = f"{share}what {core} {'has' if len(work.core) == 1 else 'have'} per head today"
    return f"{naming.name_of(work)}: {of}; the standard is {asked}."


def _standards(work: Work, some: Sequence[Change]) -> tuple[str, str]:
    """The least and the largest standard of some cities."""
    ordered = sorted(some, key=lambda c: c.standard)
    least, most = (phrases.number(c.standard, decimals(work, c)) for c in (ordered[0], ordered[-1]))
    return least, most
