"""What the members of a programme are compared by: only indicators that mean the same in all of them may be added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.case import Case, FrozenDict, Goal
from planner.case.alike import apart
from planner.case.goals import WORTH
from planner.case.problems import Problem, did_you_mean, listed
from planner.case.raw import RawCase
from planner.case.values import COMMON, EACH
from planner.planning.variants import changed
from planner.programme.keys import ProgrammeKeys
from planner.words.said import _, series


def counted(case: Case) -> tuple[str, ...]:
    """The indicators that a case's first goal counts."""
    return tuple(x for x in case.indicators if case.goals[0].weights.get(x, 0.0) > 0)


def common(cases: Mapping[str, Case]) -> tuple[str, ...]:
    """The indicators that all cases have, and count, by the same name, unit and standard; in the order of the first."""
    first = next(iter(cases.values()))
    return tuple(
        x
        for x in counted(first)
        if all(x in case.indicators and x in counted(case) and apart(first, case, x) is None for case in cases.values())
    )


def measure(case: Case) -> tuple[object, ...]:
    """All by which a first goal tells what a gap is worth: its indicators with their shares of all weight, and its keys."""
    goal = case.goals[0]
    whole = sum(goal.weights.get(x, 0.0) for x in counted(case)) or 1.0
    shares = tuple((x, round(goal.weights[x] / whole, 12)) for x in sorted(counted(case)))
    return (shares, *(str(getattr(goal, key)) for key in WORTH))


def against_comparing(keys: ProgrammeKeys, cases: Mapping[str, Case], raw: RawCase) -> Iterator[Problem]:
    """What keeps the members from being compared by the goal that is asked for."""
    if keys.goal == EACH:
        return
    first, known = next(iter(cases.items()))
    for name, case in cases.items():
        one, other = case.goals[0], known.goals[0]
        if differ := [key for key in WORTH if getattr(one, key) != getattr(other, key)]:
            said = _("its first goal says other {keys} than that of {first}; with `goal: {each}` every member has its own")
            names = series([Goal.declares()[key].name for key in differ])
            yield raw.at_key(("members", name, "case"), said.format(keys=names, first=first, each=EACH))
    if keys.goal == COMMON:
        if not common(cases):
            said = _(
                "no indicator has the same name, unit and standard in all members: leave a member out, let cases say the "
                "same, or write `goal: {each}`, by which every member is told by the first goal of its own case"
            )
            yield raw.at_key(("goal",), said.format(each=EACH))
        return
    for x in keys.goal:
        for name, case in cases.items():
            if x not in case.indicators:
                said = _("{member} has no indicator {indicator} ({indicators}).{hint}").format(
                    member=name, indicator=x, indicators=listed(case.indicators), hint=did_you_mean(x, case.indicators)
                )
                yield raw.at_key(("goal", x), said)
            elif x in known.indicators and (differ_in := apart(known, case, x)):
                said = _("means something else in {member} than in {first}: {what}")
                yield raw.at_key(("goal", x), said.format(member=name, first=first, what=differ_in))


def compared(keys: ProgrammeKeys, cases: Mapping[str, Case]) -> dict[str, Case]:
    """The members' cases whose first goals count what is asked for, by the same weights, and nothing else."""
    if keys.goal == EACH:
        return dict(cases)
    weights = dict.fromkeys(common(cases), 1.0) if keys.goal == COMMON else dict(keys.goal)  # type: ignore[arg-type]
    return {name: _with_weights(case, weights) for name, case in cases.items()}


def _with_weights(case: Case, weights: Mapping[str, float]) -> Case:
    first, *later = case.goals
    if dict(first.weights) == weights:
        return case
    return changed(case, goals=(replace(first, weights=FrozenDict(weights)), *later))
