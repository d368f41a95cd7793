"""The least first goal of all plans that have some measures in them and others not, by trying every choice.

*In*: a unit starts (of a divisible measure 1 % of one, or all there is of it); *out*: nothing starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from planner.case import Case

from .alone import standing_alone
from .choices import Choice, all_choices
from .enumeration import NOTHING, _Asked, _Candidate, best
from .hosts import within_hosts
from .pyramid import keeps_the_pyramid
from .without import gaps_without_plan

Sides = Mapping[str, bool]  # measure -> in (True) or out


class Outcomes:
    """All choices of a case, each with the program that it leaves."""

    def __init__(self, case: Case) -> None:
        losses = gaps_without_plan(case) if case.no_city_loses else None
        alone = standing_alone(case, lambda c: best(c).steps[0].value) if case.nobody_worse_off else {}
        asked = _Asked(case, losses, tuple(alone.values()))
        self.case = case
        self._candidates: list[_Candidate] = []
        for choice in all_choices(case):
            if within_hosts(case, choice) and keeps_the_pyramid(case, choice):
                candidate = _Candidate(choice, [])
                candidate.build(asked)
                self._candidates.append(candidate)

    def least(self, sides: Sides) -> float:
        """The least first goal with some measures in and some out; inf if no plan is so."""
        return min((self._least(c, sides) for c in self._candidates), default=NOTHING)

    def least_differing(self, plans: Iterable[Sides], differ: int) -> float:
        """The least first goal of plans with at least so many measures on another side than in each of some plans."""
        found = NOTHING
        for c in self._candidates:
            for sides in self._ways(c.choice, list(plans), differ):
                found = min(found, self._least(c, sides))
        return found

    def _ways(self, choice: Choice, plans: list[Sides], differ: int) -> Iterable[Sides]:
        """Sides of the divisible measures under which a choice differs enough from all plans."""
        divisible = [a for a in (plans[0] if plans else {}) if self.case.measures[a].divisible]
        whole = {a: any(b == a for b, _ in choice.starts) for a in (plans[0] if plans else {}) if a not in divisible}
        for size in range(len(divisible) + 1):
            for inside in combinations(divisible, size):
                sides = whole | {a: a in inside for a in divisible}
                if all(sum(sides[a] != plan[a] for a in plan) >= differ for plan in plans):
                    yield sides

    def _least(self, candidate: _Candidate, sides: Sides) -> float:
        assert candidate.full is not None
        rows = []
        for a, is_in in sides.items():
            measure = self.case.measures[a]
            columns = [k for (b, _), k in candidate.full.amounts.items() if b == a]
            if not columns:
                units = sum(n for (b, _), n in candidate.choice.starts.items() if b == a)
                if is_in != (units >= min(1.0, measure.units)):
                    return NOTHING
            elif is_in:
                rows.append((dict.fromkeys(columns, -1.0), -min(0.01, measure.units)))
            else:
                rows.append((dict.fromkeys(columns, 1.0), 0.0))
        program = candidate.full.program
        before = len(program.less)
        program.less += rows
        solution = program.minimise(candidate.sums[0])
        del program.less[before:]
        return NOTHING if solution is None else solution.value


def is_clear(values: Iterable[float], limit: float) -> bool:
    """Whether none of some values is so close to a limit that tolerances decide on which side it is."""
    return all(abs(value - limit) > 2e-5 * max(1.0, abs(limit)) for value in values)
