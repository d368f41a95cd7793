"""A linear program written row by row and solved by scipy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

FEASIBLE = 1e-9  # tolerance asked of the solver
Terms = Mapping[int, float]


@dataclass(frozen=True)
class Affine:
    """A constant plus a sum of coefficient x column."""

    constant: float
    terms: Terms

    def at(self, x: np.ndarray) -> float:
        """Value at a solution."""
        return self.constant + sum(c * x[k] for k, c in self.terms.items())


def add(*parts: tuple[float, Affine]) -> Affine:
    """Weighted sum of sums."""
    terms: dict[int, float] = {}
    constant = 0.0
    for w, part in parts:
        constant += w * part.constant
        for k, c in part.terms.items():
            terms[k] = terms.get(k, 0.0) + w * c
    return Affine(constant, terms)


@dataclass(frozen=True)
class Solution:
    """The least value found and where."""

    value: float
    x: np.ndarray


@dataclass
class Program:
    """Columns with bounds, rows `sum <= right` and `sum == right`."""

    bounds: list[tuple[float, float]] = field(default_factory=list)
    less: list[tuple[Terms, float]] = field(default_factory=list)
    equal: list[tuple[Terms, float]] = field(default_factory=list)
    hopeless: bool = False  # a row without columns is violated

    def column(self, low: float = 0.0, high: float = np.inf) -> int:
        """A new column; returns its number."""
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def at_most(self, terms: Terms, right: float, slack: float = 1e-7) -> None:
        """Sum <= right; without columns it is checked at once."""
        if any(terms.values()):
            self.less.append((terms, right))
        elif right < -slack:
            self.hopeless = True

    def at_least(self, terms: Terms, right: float) -> None:
        """Sum >= right."""
        self.at_most({k: -c for k, c in terms.items()}, -right)

    def within(self, sum_: Affine, limit: float) -> None:
        """A sum with a constant <= limit."""
        self.at_most(sum_.terms, limit - sum_.constant)

    def equals(self, terms: Terms, right: float) -> None:
        """Sum == right."""
        if any(terms.values()):
            self.equal.append((terms, right))
        elif abs(right) > 1e-7:
            self.hopeless = True

    def minimise(self, goal: Affine, kept: list[tuple[Affine, float]] | None = None) -> Solution | None:
        """The least value of the goal with each kept sum within its limit; None if there is none."""
        less = list(self.less)
        for sum_, limit in kept or []:
            if any(sum_.terms.values()):
                less.append((sum_.terms, limit - sum_.constant))
            elif sum_.constant > limit + 1e-12:
                return None
        if self.hopeless:
            return None
        if not self.bounds:
            return Solution(goal.constant, np.zeros(0))
        n = len(self.bounds)
        cost = np.zeros(n)
        for k, c in goal.terms.items():
            cost[k] += c
        a, b = _dense(less, n)
        e, d = _dense(self.equal, n)
        scale = max(1.0, float(np.abs(cost).max()))
        answer = linprog(
            cost / scale, A_ub=a, b_ub=b, A_eq=e, b_eq=d, bounds=self.bounds, method="highs",
            options={"primal_feasibility_tolerance": FEASIBLE, "dual_feasibility_tolerance": FEASIBLE},
        )  # fmt: skip
        if answer.status == 2:
            return None
        if answer.status != 0:
            raise RuntimeError(f"linprog: {answer.message}")
        return Solution(goal.constant + scale * float(answer.fun), np.asarray(answer.x))


def _dense(rows: list[tuple[Terms, float]], n: int) -> tuple[np.ndarray | None, np.ndarray | None]:
    if not rows:
        return None, None
    matrix = np.zeros((len(rows), n))
    right = np.zeros(len(rows))
    for r, (terms, b) in enumerate(rows):
        for k, c in terms.items():
            matrix[r, k] += c
        right[r] = b
    return matrix, right
