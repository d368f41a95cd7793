"""Branches of a large program of whose integers the relaxation leaves few in parts, two relaxations at a time.

HiGHS begins its search with the same relaxation anew, then to a corner, and looks at one branch after the other. Here a
column that is in part is at most the whole number below in one branch and at least the one above in the other; what the
prices of both prove by weak duality holds of every solution, as each lies in one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, inf
from time import perf_counter

import numpy as np

from planner.solver.duality import Dual, is_impossible, of_relaxation
from planner.solver.highs import Ask, Limits
from planner.solver.linear import LinearProgram, Objective
from planner.solver.two_threads import beside

FEW = 4  # columns in parts: with more of them a search is ahead, which learns from one branch for the next
FORKS = 6  # at most: what takes more of them is left to a search, too
PART = 1e-3  # from a whole number: interior points end a little beside it


@dataclass(frozen=True, eq=False)
class Branch:
    """What is proven of the solutions within some bounds of the integer columns."""

    program: LinearProgram
    proven: Dual

    @cached_property
    def parts(self) -> list[int]:
        """Integer columns that the relaxation has in parts, the most divided first."""
        relaxed = self.proven.relaxed
        if relaxed is None:
            return []
        part = np.where(self.program.integer, np.abs(relaxed - np.round(relaxed)), 0.0)
        return [int(k) for k in np.argsort(-part, kind="stable")[: np.count_nonzero(part > PART)]]


def lowest_branch(
    program: LinearProgram,
    objective: Objective,
    root: Dual,
    is_enough: Callable[[float], bool],
    limits: Limits,
    cancelled: Ask | None = None,
) -> Branch:
    """The branch with the lowest bound, which no solution of the program can beat.

    Parameters
    ----------
    root
        What the relaxation of the whole program proves.
    is_enough
        Whether nobody asks for more than a bound.
    limits
        Of all branches together; with two threads both branches of a fork are looked at beside one another.
    """
    deadline = perf_counter() + limits.seconds
    branches = [Branch(program, root)]
    for _fork in range(FORKS):
        lowest = min(branches, key=lambda branch: branch.proven.bound)
        stopped = perf_counter() >= deadline or (cancelled is not None and cancelled())
        if is_enough(lowest.proven.bound) or not 0 < len(lowest.parts) <= FEW or stopped:
            break
        branches.remove(lowest)
        branches += _forked(lowest, objective, limits, deadline, cancelled)
    return min(branches, key=lambda branch: branch.proven.bound)


def _forked(branch: Branch, objective: Objective, limits: Limits, deadline: float, cancelled: Ask | None) -> list[Branch]:
    """The two branches of a branch: a column in part is at most the whole number below it, or at least the one above."""
    column, relaxed = branch.parts[0], branch.proven.relaxed
    assert relaxed is not None  # what has parts has them from its relaxation
    lower, upper = branch.program.lower.copy(), branch.program.upper.copy()
    upper[column], lower[column] = floor(relaxed[column]), ceil(relaxed[column])

    def look_at(program: LinearProgram, stop: Ask | None) -> Branch:
        left = max(0.0, deadline - perf_counter())  # now: with one thread the other branch has been looked at by then
        found = of_relaxation(program, objective, replace(limits, threads=1, seconds=left), stop)
        if found is None and is_impossible(program):
            return Branch(program, replace(branch.proven, bound=inf, relaxed=None))
        if found is None:  # what is proven of the whole branch is proven of its parts
            return Branch(program, replace(branch.proven, relaxed=None))
        return Branch(program, replace(found, bound=max(found.bound, branch.proven.bound)))

    above = replace(branch.program, lower=lower)
    with beside(lambda stop: look_at(above, stop), limits.threads, cancelled) as from_above:
        from_below = look_at(replace(branch.program, upper=upper), cancelled)
        return [from_below, from_above()]
