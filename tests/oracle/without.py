"""The world without the plan: the decided measures alone, with all that a plan owes left out."""

from __future__ import annotations

import numpy as np

from planner.case import Case

from .books import books_balance
from .choices import without_plan
from .columns import Remainder, Spot
from .goals import OF_GAPS, only, step_sums, weights
from .linear import Affine
from .moving import size
from .prices import private_money
from .remainder import remainder


def gaps_without_plan(case: Case) -> dict[Spot, float]:
    """Every gap with the decided measures alone, as a share of what there is to meet then: the goals in order, then evenest.

    The evenest split is the least weighted sum of squared gaps, in ten pieces of slope 0.1, 0.3 .. 1.9, with the
    weights of the first goal that speaks of gaps.
    """
    r = _world(case)
    kept: list[tuple[Affine, float]] = []
    for goal in case.goals:
        for sum_ in step_sums(r, only(goal, of_gaps=True)):
            solution = r.program.minimise(sum_, kept)
            assert solution is not None
            kept.append((sum_, solution.value + 1e-9))
    speaking = next((g for g in case.goals if set(OF_GAPS).intersection(g.parts)), None)
    w = weights(case, speaking, list(r.gaps)) if speaking else {}
    spread: dict[int, float] = {}
    for spot, gap in r.gaps.items():
        pieces = {r.program.column(0.0, 0.1 if k < 9 else np.inf): (2 * k + 1) / 10 for k in range(10)}
        r.program.at_most({**gap.terms, **dict.fromkeys(pieces, -1.0)}, -gap.constant)
        for c, slope in pieces.items():
            spread[c] = w.get(spot, 0.0) * slope
    solution = r.program.minimise(Affine(0.0, spread), kept)
    assert solution is not None
    return {spot: gap.at(solution.x) / size(r, spot) for spot, gap in r.gaps.items()}


def one_split_only(case: Case) -> bool:
    """Whether without the plan every gap is as small as it can be, all at once: then no rule of splitting matters."""
    r = _world(case)
    if r.program.minimise(Affine(0.0, {})) is None or (r.paid and _spends_early(case)):
        return False
    least = {}
    for spot, gap in r.gaps.items():
        solution = r.program.minimise(gap)
        assert solution is not None
        least[spot] = solution.value
    kept = [(gap, least[spot] + 1e-8) for spot, gap in r.gaps.items()]
    return r.program.minimise(Affine(0.0, {}), kept) is not None


def _world(case: Case) -> Remainder:
    """Nothing limits what is used but the money of those who pay for it, where it has a price."""
    r = remainder(case, without_plan(case))
    if r.paid:
        private_money(r)
        books_balance(r, minima=False)
    return r


def _spends_early(case: Case) -> bool:
    """Whether any goal up to the last one about gaps would rather keep the money."""
    last = max((n for n, g in enumerate(case.goals) if set(OF_GAPS).intersection(g.parts)), default=-1)
    return any(g.parts.get("spending") for g in case.goals[: last + 1])
