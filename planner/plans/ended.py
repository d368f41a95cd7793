"""Why a search ended as it did: data that a plan is stored with, and the words made of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite, nan
from typing import Any, ClassVar, Literal, Protocol

from pydantic import ConfigDict, TypeAdapter

from planner.case import naming
from planner.words.said import Sentence, _, series
from planner.work import stopping

Kind = Literal[
    "unproven",  # a step of a goal ended before it was proven as closely as was asked
    "not begun",  # the time was up before a goal
    "no better",  # a step ended without a solution better than the one there was
    "none found",  # the first step ended without any solution
    "stopped",  # before there was anything to show
    "impossible",  # nothing keeps all that has to be kept
    "alone",  # what a jurisdiction could have alone is not proven
    "rounding",  # the solver's integers, made whole, break a promise
    "bound taken back",  # the plan is better than the solver says any can be
    "not confirmed",  # by the audit
    "made by hand",  # nothing was searched
    "told",  # in words alone: what nothing but people asks for
]
By = Literal["", "limit", "share", "interrupted", "infeasible", "optimal", "decided", "failed"]
"""What ended a step: the time limit, the goal's share of it, somebody, or the solver with that outcome."""


class Proven(Protocol):
    """A goal's result, as far as it tells how closely its steps were proven."""

    @property
    def name(self) -> str: ...

    @property
    def optimality_gap(self) -> float: ...

    @property
    def cities(self) -> Sequence[ProvenCity]: ...


class ProvenCity(Protocol):
    """A step of a goal that takes the worst off first."""

    @property
    def optimality_gap(self) -> float: ...


@dataclass(frozen=True)
class Ended:
    """One reason. How far a goal was proven and what the time limit was stand elsewhere in the plan, and only there.

    Attributes
    ----------
    by
        What ended it.
    goal
        Name of the goal at hand.
    step, steps
        Which step of how many, from 1, where the goal has several; else 0.
    left
        Names of the goals that nobody looked at then.
    text
        What it is about: what was done when it stopped, or who is alone; of what is `told`, all of it.
    why
        Why what it is about is not proven, as another plan tells it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: Kind
    by: By = ""
    goal: str = ""
    step: int = 0
    steps: int = 0
    left: tuple[str, ...] = ()
    text: str = ""
    why: str = ""


def told_as(text: str) -> tuple[Ended, ...]:
    """A reason that has only words; none for an empty text."""
    return (Ended("told", text=text),) if text else ()


def reason(
    ended: Iterable[Ended],
    goals: Sequence[Proven],
    seconds: float | None,
    with_proof: bool = True,
    called: Callable[[str], str] = naming.goal_as_written,
) -> str:
    """All reasons as a text; empty if there is none.

    Parameters
    ----------
    goals
        The plan's goals: they say how far each was proven.
    seconds
        The plan's time limit.
    with_proof
        Whether that is said.
    called
        What a goal of a name is called.
    """
    said = [_in_words(one, goals, seconds, with_proof, called) for one in ended]
    return said[0] if len(said) == 1 else series(said, "; ") if said else ""


def _in_words(
    one: Ended, goals: Sequence[Proven], seconds: float | None, with_proof: bool, called: Callable[[str], str]
) -> str:
    goal = called(one.goal)
    if one.steps:
        goal = _("{goal}, {part}").format(goal=goal, part=_("city {n} of {all}").format(n=one.step, all=one.steps))
    by = _ended_by(one, _gap(one, goals), seconds)
    if one.kind == "unproven":
        return _unproven(one, goal, by, goals, with_proof, called)
    if one.kind == "none found" and one.by != "interrupted":
        within = _("no plan was found within {seconds:g} s: {why}")
        return _("no plan was found: {why}").format(why=by) if seconds is None else within.format(seconds=seconds, why=by)
    if one.kind == "stopped":
        return stopping.in_words("interrupted" if one.by == "interrupted" else "limit", seconds, one.text)
    said: Mapping[Kind, Sentence] = {
        "not begun": _("the time limit of {seconds:g} s ended before goal {goal}").format(seconds=seconds or 0, goal=goal),
        "no better": _("goal {goal} ended without a better solution: {why}").format(goal=goal, why=by),
        "none found": _("interrupted before any plan was found"),
        "impossible": _("no plan keeps all targets, rules, limits, decided measures and budget lines at once, with nobody "
                        "losing"),
        "alone": _("the stand-alone plan of {who} is not proven: {why}").format(who=one.text, why=one.why),
        "rounding": _("rounding the solver's integers breaks a promise by a little; nothing is proven"),
        "bound taken back": _("the plan is better than the solver's bound for goal {goal}; that bound is taken back").format(
            goal=goal),
        "not confirmed": _("the audit does not confirm it"),
        "made by hand": _("hand-made: decisions given, figures computed"),
    }  # fmt: skip
    return said.get(one.kind, one.text)


def _gap(one: Ended, goals: Sequence[Proven]) -> float:
    """How closely the step was proven; NaN where nothing was."""
    found = next((goal for goal in goals if goal.name == one.goal), None)
    if found is None:
        return nan
    steps = found.cities if one.steps else (found,)
    return steps[one.step - 1 if one.steps else 0].optimality_gap if one.step <= len(steps) else nan


def _ended_by(one: Ended, gap: float, seconds: float | None) -> Sentence:
    limit = _("the time limit of {seconds:g} s was hit").format(seconds=seconds or 0)
    known: Mapping[By, Sentence] = {
        "limit": limit if one.kind == "unproven" else _("the time limit was hit"),
        "share": _("its share of the time limit of {seconds:g} s was used up").format(seconds=seconds or 0),
        "interrupted": _("interrupted"),
        "infeasible": _("there is no solution"),
        "optimal": _("the solver cannot tell gaps below {gap:.1e} from none").format(gap=gap),
        "failed": _("the solver failed"),
    }
    return known.get(one.by, _("the solver ended ({outcome})").format(outcome=one.by))


def _unproven(
    one: Ended, goal: str, by: str, goals: Sequence[Proven], with_proof: bool, called: Callable[[str], str]
) -> str:
    gap = _gap(one, goals)
    within = _("proven within {gap:.2%}").format(gap=gap) if isfinite(gap) else _("nothing proven")
    said = _("{why} in goal {goal}").format(why=by, goal=goal)
    if with_proof:
        said = _("{why} in goal {goal}, {proven}").format(why=by, goal=goal, proven=within)
    if not one.left:
        return said
    left = series([called(name) for name in one.left])
    return _("{said}; not looked at: {goals}").format(said=said, goals=left)


def as_json(ended: Iterable[Ended]) -> list[dict[str, Any]]:
    """The reasons as plain JSON values, with what says something only."""
    return [{name: value for name, value in asdict(one).items() if value != getattr(Ended, name, None)} for one in ended]


def of_json(content: Any) -> tuple[Ended, ...]:
    """The reasons that plain JSON values hold.

    Raises
    ------
    ValueError
        They hold something else.
    """
    return REASONS.validate_json(json.dumps(content), strict=True)


def is_reason(found: object) -> bool:
    """Whether it is a reason, with each part of its type."""
    try:
        return isinstance(found, Ended) and of_json(as_json([found])) == (found,)
    except ValueError:
        return False


REASONS = TypeAdapter(tuple[Ended, ...])
