"""The optimum of a tiny case by trying every choice.

A case's goals are taken in order. For each goal every choice that can still keep the earlier ones is tried, cheapest
relaxed bound first, until no bound is below the best value found. What is left of a choice is a linear program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.case.nouns import Case, Goal

from .choices import Choice, all_choices, option, without_plan
from .goals import OF_GAPS, goal_sum, only, weights
from .linear import Affine
from .remainder import Remainder, Spot, remainder

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

    @property
    def feasible(self) -> bool:
        """Whether any plan keeps all promises."""
        return self.choice is not None


@dataclass
class _Candidate:
    choice: Choice
    bounds: tuple[float, ...]  # what each goal cannot be below
    full: Remainder | None = None
    sums: tuple[Affine, ...] = ()
    seen: dict[tuple, float] = field(default_factory=dict)

    def least(self, case: Case, losses: Mapping[Spot, float] | None, k: int, limits: list[float]) -> float:
        """Least value of goal k with the earlier goals within their limits; inf if there is none."""
        key = (k, *limits)
        if key not in self.seen:
            if self.full is None:
                self.full = remainder(case, self.choice, losses, targets=True, rules=True, money=True)
                self.sums = tuple(goal_sum(self.full, g) for g in case.goals)
            solution = self.full.program.minimise(self.sums[k], list(zip(self.sums, limits, strict=False)))
            self.seen[key] = NOTHING if solution is None else solution.value
        return self.seen[key]


def best(case: Case) -> Answer:
    """The optimum of every goal, in order, by full enumeration."""
    losses = gaps_without_plan(case) if case.no_city_loses else None
    candidates = _candidates(case, losses)
    steps: list[Step] = []
    choice: Choice | None = None
    for k, goal in enumerate(case.goals):
        limits = [s.limit for s in steps]
        value, choice = _least(case, losses, candidates, k, limits)
        if choice is None:
            return Answer((), None)
        low, high = value, value
        if k:
            low = _least(case, losses, candidates, k, [x + EDGE for x in limits])[0]
            high = _least(case, losses, candidates, k, [x - EDGE for x in limits])[0]
        steps.append(Step(value, min(low, value), max(high, value), value + goal.tolerance * abs(value) + 1e-6))
    return Answer(tuple(steps), choice)


def _least(
    case: Case, losses: Mapping[Spot, float] | None, candidates: list[_Candidate], k: int, limits: list[float]
) -> tuple[float, Choice | None]:
    value, choice = NOTHING, None
    for c in sorted(candidates, key=lambda c: c.bounds[k]):
        if c.bounds[k] > value - 1e-10:
            break
        if any(b > x + 1e-9 for b, x in zip(c.bounds, limits, strict=False)):
            continue
        found = c.least(case, losses, k, limits)
        if found < value:
            value, choice = found, c.choice
    return value, choice


def _candidates(case: Case, losses: Mapping[Spot, float] | None) -> list[_Candidate]:
    """All choices that keep rules and money, with a bound for every goal.

    Choices under which the same measures serve in the same numbers share the bound on what speaks of gaps.
    """
    shared: dict[tuple, tuple[float, ...] | None] = {}
    out = []
    nothing = Affine(0.0, {})
    for choice in all_choices(case):
        if remainder(case, choice, gaps=False, rules=True, money=True).program.minimise(nothing) is None:
            continue
        key = _state(case, choice)
        if key not in shared:
            shared[key] = _gap_bounds(case, choice, losses)
        gaps = shared[key]
        if gaps is None:
            continue
        rest = Remainder(case, choice)
        out.append(_Candidate(choice, tuple(g + _rest(rest, goal) for g, goal in zip(gaps, case.goals, strict=True))))
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


def gaps_without_plan(case: Case) -> dict[Spot, float]:
    """Every gap with the decided measures alone: the goals in order, then the evenest split.

    The evenest split is the least weighted sum of squared gaps, in ten pieces of slope 0.1, 0.3 .. 1.9, with the
    weights of the first goal that speaks of gaps.
    """
    r = remainder(case, without_plan(case))
    kept: list[tuple[Affine, float]] = []
    for goal in case.goals:
        sum_ = goal_sum(r, only(goal, of_gaps=True))
        solution = r.program.minimise(sum_, kept)
        assert solution is not None
        kept.append((sum_, solution.value + 1e-9))
    speaking = next((g for g in case.goals if set(OF_GAPS).intersection(g.parts)), None)
    w = weights(case, speaking, list(r.gaps)) if speaking else {}
    spread: dict[int, float] = {}
    for spot, gap in r.gaps.items():
        pieces = {r.program.column(0.0, 0.1): (2 * k + 1) / 10 for k in range(10)}
        r.program.at_most({**gap.terms, **dict.fromkeys(pieces, -1.0)}, -gap.constant)
        for c, slope in pieces.items():
            spread[c] = w.get(spot, 0.0) * slope
    solution = r.program.minimise(Affine(0.0, spread), kept)
    assert solution is not None
    return {spot: gap.at(solution.x) for spot, gap in r.gaps.items()}


def one_split_only(case: Case) -> bool:
    """Whether without the plan every gap is as small as it can be, all at once: then no rule of splitting matters."""
    r = remainder(case, without_plan(case))
    least = {}
    for spot, gap in r.gaps.items():
        solution = r.program.minimise(gap)
        assert solution is not None
        least[spot] = solution.value
    kept = [(gap, least[spot] + 1e-8) for spot, gap in r.gaps.items()]
    return r.program.minimise(Affine(0.0, {}), kept) is not None
