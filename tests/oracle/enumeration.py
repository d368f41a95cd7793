"""The optimum of a tiny case by trying every choice.

A case's goals are taken in order. For each goal every choice that can still keep the earlier ones is tried, cheapest
relaxed bound first, until no bound is below the best value found. What is left of a choice is a linear program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.case.nouns import AllowTransfer, Case, Goal, RaisePrivateShare

from .alone import standing_alone
from .choices import Choice, all_choices, option
from .columns import Remainder, Spot
from .goals import goal_sum, only
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
    bounds: list[float]  # what each goal cannot be below
    full: Remainder | None = None
    sums: tuple[Affine, ...] = ()
    seen: dict[tuple, float] = field(default_factory=dict)

    def least(self, asked: _Asked, k: int, limits: list[float]) -> float:
        """Least value of goal k with the earlier goals within their limits; inf if there is none."""
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
            self.sums = tuple(goal_sum(self.full, g) for g in asked.case.goals)
            for goal, amount in zip(asked.case.goals, self.sums, strict=True):
                if goal.at_most is not None:
                    self.full.program.within(amount, goal.at_most)
            for goal, value in asked.alone:
                self.full.program.within(goal_sum(self.full, goal), value + 1e-6)


def best(case: Case) -> Answer:
    """The optimum of every goal, in order, by full enumeration."""
    losses = gaps_without_plan(case) if case.no_city_loses else None
    alone = standing_alone(case, lambda c: best(c).steps[0].value) if case.nobody_worse_off else {}
    asked = _Asked(case, losses, tuple(alone.values()))
    candidates = _linked_candidates(asked) if _linked(case) else _candidates(asked)
    steps: list[Step] = []
    choice: Choice | None = None
    for k, goal in enumerate(case.goals):
        limits = [s.limit for s in steps]
        low = _least(asked, candidates, k, [x + EDGE for x in limits], loose=True)[0]
        value, choice = _least(asked, candidates, k, limits)
        if choice is None:
            return Answer((), None)
        high = _least(asked, candidates, k, [x - EDGE for x in limits])[0]
        steps.append(Step(value, min(low, value), max(high, value), value + goal.tolerance * abs(value) + 1e-6))
    rest = next(c for c in candidates if c.choice is choice)
    return Answer(tuple(steps), choice, rest.full, tuple((x, s.limit) for x, s in zip(rest.sums, steps, strict=True)))


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
    return bool(case.parks or case.gates or case.airsheds or case.nobody_worse_off or borrows or attracts)


def _linked_candidates(asked: _Asked) -> list[_Candidate]:
    """All choices under which something is possible, with the optimum of the first goal for a bound."""
    out = []
    for choice in all_choices(asked.case):
        if within_hosts(asked.case, choice) and keeps_the_pyramid(asked.case, choice):
            candidate = _Candidate(choice, [-NOTHING] * len(asked.case.goals))
            candidate.bounds[0] = candidate.least(asked, 0, [])
            if candidate.bounds[0] < NOTHING:
                out.append(candidate)
    return out


def _candidates(asked: _Asked) -> list[_Candidate]:
    """All choices that keep rules and money, with a bound for every goal.

    Choices under which the same measures serve in the same numbers share the bound on what speaks of gaps.
    """
    case = asked.case
    shared: dict[tuple, tuple[float, ...] | None] = {}
    out = []
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
        out.append(_Candidate(choice, [g + _rest(rest, goal) for g, goal in zip(gaps, case.goals, strict=True)]))
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
        solution = r.program.minimise(goal_sum(r, only(goal, of_gaps=True)))
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
