"""How every answer begins: what was asked of which case, and whether all of it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents import goals
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section
from planner.documents.drawings.timeline import shared
from planner.planning.variants import companions
from planner.questions.asking import doubts_for_good
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, series, told

if TYPE_CHECKING:
    from planner.case import Case
    from planner.plans.plan import Plan
    from planner.questions.asking import Result

MISSING_SHOWN = 8
MORE_TIME = _("A larger --time-limit, or none, answers more.")
NOT_STOPPED = _("It was stopped: asked again and left to end, it answers more.")
WHAT_HELPS = {"limit": MORE_TIME, "somebody": NOT_STOPPED, "nothing": None}
SMALLER_GAP = _("A smaller --gap tells apart what is too close to tell.")
NOT_ANSWERED = _("not answered")
NONE_KEEPS = _("no plan keeps all promises")


def answer(result: Result, asked: str, sections: tuple[Section, ...], headline: tuple[str, ...] = ()) -> Said:
    """An answer with its opening.

    Parameters
    ----------
    asked
        What was asked, as the end of the title.
    """
    return Said(opening(result, asked), sections, headline)


def opening(result: Result, asked: str) -> Section:
    """The first lines of an answer."""
    title = Heading(series((goals.title(result.case), asked), ": "), "title")
    about = (Paragraph(series([which(plan) for plan in result.rests_on]), _("Plan")),) if result.rests_on else ()
    if result.complete:
        return title, Paragraph(_("complete, in {seconds:.0f} s").format(seconds=result.seconds), _("Answer")), *about
    said: str
    if result.is_answered:
        state = _("not complete after {seconds:.0f} s: {number} not answered or not proven.")
        said = series((state.format(seconds=result.seconds, number=len(result.missing)), *_what_helps(result)), " ")
    elif result.impossible:
        said = _("nothing: no plan keeps all promises, and none can; `planner diagnose` says why.")
    else:
        said = series((_("nothing after {seconds:.0f} s.").format(seconds=result.seconds), *_what_helps(result)), " ")
    missing = [Bullet(text) for text in result.missing[:MISSING_SHOWN]]
    if len(result.missing) > MISSING_SHOWN:
        missing.append(Bullet(_("and {number} more").format(number=len(result.missing) - MISSING_SHOWN)))
    return title, Paragraph(said, _("Answer")), *missing, *about


def which(plan: Plan) -> Sentence:
    """Which plan an answer is about: one that was read, or one that was solved for it, and how closely."""
    if plan.read_from:
        return _("the one in {place}").format(place=Path(*Path(plan.read_from).parts[-2:]).as_posix())
    return _("solved anew for this answer; {status}").format(status=goals.status_words(plan))


def _what_helps(result: Result) -> tuple[Sentence, ...]:
    """What answers more: time, where time was what it lacked, a smaller gap, both or neither."""
    close = SMALLER_GAP if result.too_close else None
    best = result.starts_from
    for_good = {*result.for_good, *(() if best is None else doubts_for_good(best))}
    time = WHAT_HELPS[result.cut_by] if set(result.missing) - {*result.too_close, *for_good} else None
    return tuple(said for said in (time, close) if said is not None)


def share(least: float, most: float, decimals: int = 1) -> str:
    """A share that is known from its least to its most, in per cent; with no most, all that is proven of it."""
    return span(100 * least, 100 * most, decimals)


def span(least: float, most: float, decimals: int) -> str:
    """A figure that is known from its least to its most; with no most, or no least, all that is proven of it."""
    low = numbers.number(least, decimals)
    if not isfinite(most):
        known = isfinite(least) and round(least, decimals) > 0
        return _("at least {least}").format(least=low) if known else NOT_ANSWERED
    high = numbers.number(most, decimals)
    if not isfinite(least):
        return _("at most {most}").format(most=high)
    return low if low == high else _("{least} to {most}").format(least=low, most=high)


def is_most(least: float, others: Sequence[float]) -> bool:
    """Whether what is proven of one is at least what any other may be at most: else nobody knows which is the largest."""
    return all(least >= most for most in others)  # not so where one is not known


def measure(case: Case, a: str) -> str:
    """The name of a measure, with those that start together with it."""
    return series([naming.measure(case, b) for b in companions(case, a)], " + ")


def short(case: Case, a: str) -> str:
    """What the names of a measure and of those that start together with it have in common, for a drawing."""
    names = [naming.measure(case, b) for b in companions(case, a)]
    return shared([told(name) for name in names])


def measures(case: Case, ids: Sequence[str], most: int | None = None) -> str:
    """Names of measures in one line; of many the first and how many more."""
    return text_layout.join([measure(case, a) for a in ids], most)


def places(case: Case, ids: str) -> str:
    """Names of cities, from ids that semicolons part."""
    return series([naming.city(case, i) for i in ids.split(";") if i], "; ")


def scenario(case: Case, name: str) -> str:
    """The name of a scenario; the case as it stands is called base."""
    return naming.scenario(case, name)


def label(case: Case, period: str) -> str:
    """A period as people write it."""
    return next((p.label for p in case.periods if p.id == period), period)


def more(number: int) -> Sentence:
    """How many of a list are not shown here."""
    return _("and {number} more, in the full tables").format(number=number)
