"""How every answer begins: what was asked of which case, and whether all of it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section
from planner.documents.drawings.timeline import shared
from planner.words import phrases

if TYPE_CHECKING:
    from planner.case.nouns import Case
    from planner.questions.asking import Result

MISSING_SHOWN = 8
MORE_TIME = "A larger --time-limit, or none, answers more."
NOT_ANSWERED = "not answered"


def answer(result: Result, asked: str, sections: tuple[Section, ...], headline: tuple[str, ...] = ()) -> Said:
    """An answer with its opening.

    Parameters
    ----------
    asked
        What was asked, as the end of the title.
    """
    places = {i: city.name for i, city in result.case.cities.items()}
    return Said(opening(result, asked), sections, headline, chinese(result.case), places)


def opening(result: Result, asked: str) -> Section:
    """The first lines of an answer."""
    scenario = "" if result.case.scenario == "base" else f", scenario {result.case.scenario}"
    title = Heading(f"{result.case.title}{scenario}: {asked}", "title")
    if result.complete:
        return title, Paragraph(f"complete, in {result.seconds:.0f} s", "Answer")
    said = f"not complete after {result.seconds:.0f} s: {len(result.missing)} not answered or not proven. {MORE_TIME}"
    missing = [Bullet(text) for text in result.missing[:MISSING_SHOWN]]
    if len(result.missing) > MISSING_SHOWN:
        missing.append(Bullet(f"and {len(result.missing) - MISSING_SHOWN} more (--json lists them)"))
    return title, Paragraph(said, "Answer"), *missing


def share(least: float, most: float, decimals: int = 1) -> str:
    """A share that is known from its least to its most, in per cent; with no most, all that is proven of it."""
    return span(100 * least, 100 * most, decimals)


def span(least: float, most: float, decimals: int) -> str:
    """A figure that is known from its least to its most; with no most, all that is proven of it."""
    low = phrases.number(least, decimals)
    if not isfinite(most):
        return f"at least {low}" if isfinite(least) and float(low.replace(",", "")) > 0 else NOT_ANSWERED
    high = phrases.number(most, decimals)
    return low if low == high else f"{low} to {high}"


def is_most(least: float, others: Sequence[float]) -> bool:
    """Whether what is proven of one is at least what any other may be at most: else nobody knows which is the largest."""
    return all(least >= most for most in others)  # not so where one is not known


def chinese(case: Case) -> dict[str, str]:
    """Names of things, measures, and measures that start together in Chinese, where the case has them."""
    things: tuple[Mapping[str, naming.Thing], ...] = (
        case.cities, case.lines, case.access, case.services, case.work, case.airsheds, case.modes,
    )  # fmt: skip
    names = [(naming.name_of(thing), thing.name_zh) for some in things for thing in some.values()]
    names += [(naming.jurisdiction(case, who), naming.jurisdiction(case, who, True)) for who in case.jurisdictions]
    halves: dict[str, list[tuple[str, str]]] = {}
    for measure in case.measures.values():
        names.append((measure.name, measure.name_zh))
        if measure.together is not None:
            halves.setdefault(measure.together, []).append(names[-1])
    names += [(shared([name for name, _ in some]), shared([other for _, other in some])) for some in halves.values()]
    return {name: other for name, other in names if other and other != name}
