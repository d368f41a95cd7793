"""The optimum of a tiny case by trying every choice.

A case's goals are taken in order, one that takes the worst off first in a step for each city. For each step every choice
that can still keep the earlier ones is tried, cheapest relaxed bound first, until no bound is below the best value found.
What is left of a choice is a linear program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.case import AllowTransfer, Case, Goal, OpenService, RaisePrivateShare

from .alone import standing_alone
from .choices import Choice, all_choices, option, without_plan
from .columns import Remainder, Spot
from .goals import goal_sum, only, step_sums
from .hosts import within_hosts
from .linear import Affine
from .pyramid import keeps_the_pyramid
from .remainder import remainder
from .without import gaps_without_plan

EDGE = 5e-7  # half of the absolute slack that a later goal has: the solver's own tolerances stay within it
NOTHING = float("inf")


@dataclass(frozen=True)
class Step:
    """What the optimum of one goal may be.

    `value` is exact for the first goal. A later goal's optimum depends on how exactly the earlier ones are kept:
    it lies from `low` (a hair more slack) to `high` (a hair less; inf where that leaves nothing).
    """

    value: float
    low: float
    high: float
    limit: float  # what the goal may be in the later steps
    then: tuple[Step, ...] = ()  # of a goal that takes the worst off first: the means of its worst 2, 3, ... cities


@dataclass(frozen=True)
class Answer:
    """The optimum of every goal in order, and one choice that reaches the last; no steps where infeasible."""

    steps: tuple[Step, ...]
    choice: Choice | None
    rest: Remainder | None = None  # the program that the choice leaves
    kept: tuple[tuple[Affine, float], ...] = ()  # in it, every goal with what it may be

    @property
    def feasible(self) -> bool:
        """Whether any plan keeps all promises."""
        return self.choice is not None


@dataclass(frozen=True)
class _Asked:
    """A case, and what is kept to besides: gaps without the plan, and what each jurisdiction reaches alone."""

    case: Case
    losses: Mapping[Spot, float] | None
    alone: tuple[tuple[Goal, float], ...]


@dataclass
class _Candidate:
    choice: Choice
    bounds: list[float]  # what each step cannot be below
    full: Remainder | None = None
    sums: tuple[Affine, ...] = ()
    seen: dict[tuple, float] = field(default_factory=dict)

    def least(self, asked: _Asked, k: int, limits: list[float]) -> float:
        """Least value of step k with the earlier steps within their limits; inf if there is none."""
        key = (k, *limits)
        if key not in self.seen:
            self.build(asked)
            assert self.full is not None
            solution = self.full.program.minimise(self.sums[k], list(zip(self.sums, limits, strict=False)))
            self.seen[key] = NOTHING if solution is None else solution.value
        return self.seen[key]

    def build(self, asked: _Asked) -> None:
        """The whole program, once."""
        if self.full is None:
            self.full = remainder(asked.case, self.choice, asked.losses, targets=True, rules=True, money=True)
            self.sums = tuple(s for g in asked.case.goals for s in step_sums(self.full, g))
            for goal in asked.case.goals:
                if goal.at_most is not None:
                    self.full.program.within(goal_sum(self.full, goal), goal.at_most)
            for goal, value in asked.alone:
                self.full.program.within(goal_sum(self.full, goal), value + 1e-6)


def best(case: Case) -> Answer:
    """The optimum of every goal, in order, by full enumeration."""
    losses = gaps_without_plan(case) if case.no_city_loses else None
    alone = standing_alone(case, lambda c: best(c).steps[0].value) if case.nobody_worse_off else {}
    asked = _Asked(case, losses, tuple(alone.values()))
    candidates = _linked_candidates(asked) if _linked(case) else _candidates(asked)
    goal_of = _goal_of_steps(case)
    values: list[float] = []
    reach: list[tuple[float, float]] = []
    choice: Choice | None = None
    for k in range(len(goal_of)):
        limits = [_limit(case, g, value, is_over=g != goal_of[k]) for g, value in zip(goal_of, values, strict=False)]
        low = _least(asked, candidates, k, [x + EDGE for x in limits], loose=True)[0]
        value, choice = _least(asked, candidates, k, limits)
        if choice is None:
            return Answer((), None)
        high = _least(asked, candidates, k, [x - EDGE for x in limits])[0]
        values.append(value)
        reach.append((min(low, value), max(high, value)))
    final = [_limit(case, g, value, is_over=True) for g, value in zip(goal_of, values, strict=True)]
    steps = [Step(value, *ends, limit) for value, ends, limit in zip(values, reach, final, strict=True)]
    rest = next(c for c in candidates if c.choice is choice)
    kept = tuple(zip(rest.sums, final, strict=True))
    return Answer(tuple(_of_goal(steps, goal_of, g) for g in range(len(case.goals))), choice, rest.full, kept)


def is_both(case: Case, answer: Answer, other: Case, its: Answer) -> bool:
    """Whether the other case's choice, with whatever is left open of it, can be an optimum of both cases at once.

    The two ask for other goals of the same world, so what one goal comes to can be said in the other's program.
    """
    assert its.choice is not None
    losses = gaps_without_plan(case) if case.no_city_loses else None
    alone = standing_alone(case, lambda c: best(c).steps[0].value) if case.nobody_worse_off else {}
    candidate = _Candidate(its.choice, [])
    candidate.build(_Asked(case, losses, tuple(alone.values())))
    full = candidate.full
    assert full is not None
    sums = (*candidate.sums, *(s for goal in other.goals for s in step_sums(full, goal)))
    kept = [(sum_, limit + EDGE) for sum_, (_, limit) in zip(sums, (*answer.kept, *its.kept), strict=True)]
    return full.program.minimise(Affine(0.0, {}), kept) is not None


def _goal_of_steps(case: Case) -> list[int]:
    """The place of its goal, for each step."""
    r = remainder(case, without_plan(case))
    return [g for g, goal in enumerate(case.goals) for _ in step_sums(r, goal)]


def _limit(case: Case, g: int, value: float, *, is_over: bool) -> float:
    """What a step may be in the next ones: its goal's tolerance is for later goals, not for its own steps."""
    return value + (case.goals[g].tolerance * abs(value) if is_over else 0.0) + 1e-6


def _of_goal(steps: list[Step], goal_of: list[int], g: int) -> Step:
    first, *then = (step for step, of in zip(steps, goal_of, strict=True) if of == g)
    return replace(first, then=tuple(then))


def _least(
    asked: _Asked, candidates: list[_Candidate], k: int, limits: list[float], loose: bool = False
) -> tuple[float, Choice | None]:
    """Least value over all choices; what is found within loose limits bounds what there is within closer ones."""
    value, choice = NOTHING, None
    for c in sorted(candidates, key=lambda c: c.bounds[k]):
        if c.bounds[k] > value - 1e-10:
            break
        if any(b > x + 1e-9 for b, x in zip(c.bounds, limits, strict=False)):
            continue
        found = c.least(asked, k, limits)
        if loose:
            c.bounds[k] = max(c.bounds[k], found)
        if found < value:
            value, choice = found, c.choice
    return value, choice


def _linked(case: Case) -> bool:
    """Whether money, gaps and what may start hang together, so that no part of the program can be tried alone."""
    borrows = any(line.borrowing is not None for line in case.lines.values())
    attracts = any(isinstance(e, RaisePrivateShare | AllowTransfer) for e in case.effects)
    priced = any(s.price for s in case.services.values()) or any(
        isinstance(e, OpenService) and e.price for e in (*case.in_force, *case.effects)
    )
    return bool(case.parks or case.gates or case.airsheds or case.nobody_worse_off or borrows or attracts or priced)


def _linked_candidates(asked: _Asked) -> list[_Candidate]:
    """All choices under which something is possible, with the optimum of the first step for a bound."""
    out = []
    steps = len(_goal_of_steps(asked.case))
    for choice in all_choices(asked.case):
        if within_hosts(asked.case, choice) and keeps_the_pyramid(asked.case, choice):
            candidate = _Candidate(choice, [-NOTHING] * steps)
            candidate.bounds[0] = candidate.least(asked, 0, [])
            if candidate.bounds[0] < NOTHING:
                out.append(candidate)
    return out


def _candidates(asked: _Asked) -> list[_Candidate]:
    """All choices that keep rules and money, with a bound for every step.

    Choices under which the same measures serve in the same numbers share the bound on what speaks of gaps.
    """
    case = asked.case
    shared: dict[tuple, tuple[float, ...] | None] = {}
    out = []
    goal_of = _goal_of_steps(case)
    nothing = Affine(0.0, {})
    for choice in all_choices(case):
        if not keeps_the_pyramid(case, choice):
            continue
        if remainder(case, choice, gaps=False, rules=True, money=True).program.minimise(nothing) is None:
            continue
        key = _state(case, choice)
        if key not in shared:
            shared[key] = _gap_bounds(case, choice, asked.losses)
        gaps = shared[key]
        if gaps is None:
            continue
        rest = Remainder(case, choice)
        other = [_rest(rest, case.goals[g]) for g in goal_of]
        out.append(_Candidate(choice, [x + y for x, y in zip(gaps, other, strict=True)]))
    return out


def _state(case: Case, choice: Choice) -> tuple:
    """What of a choice the gaps depend on."""
    served: dict[tuple[str, str], int] = {}
    for (m, t), units in choice.starts.items():
        for p in option(case.measures[m], t).serves:
            served[m, p] = served.get((m, p), 0) + units
    return tuple(sorted(served.items())), tuple(sorted(choice.open)), tuple(sorted(choice.whole))


def _gap_bounds(case: Case, choice: Choice, losses: Mapping[Spot, float] | None) -> tuple[float, ...] | None:
    r = remainder(case, choice, losses, targets=True)
    values = []
    for goal in case.goals:
        for sum_ in step_sums(r, only(goal, of_gaps=True)):
            solution = r.program.minimise(sum_)
            if solution is None:
                return None
            values.append(solution.value)
    return tuple(values)


def _rest(r: Remainder, goal: Goal) -> float:
    """The parts of a goal that are not gaps, with what is divisible at its best."""
    value = goal_sum(r, only(goal, of_gaps=False)).constant
    for m in r.case.measures.values():
        if m.divisible and m.benefit > 0 and goal.parts.get("benefit"):
            times = 1.0 if goal.period_weights is None else max(goal.period_weights.values())
            value -= goal.parts["benefit"] * m.benefit * m.units * times
    return value
