"""Stacked programs and criteria: by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from planner.solver.criteria import CRITERIA, Criterion, value_of
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective
from planner.solver.stacking import stacked, with_criterion

EXACT = Limits(gap=0.0, threads=1)


def program(need: float, dear: float) -> LinearProgram:
    """Order x now at 1 each; what the need lacks, y, costs more later: x + y >= need, minimise x + dear y."""
    objective = Objective(np.array([1.0, dear]), 0.5)
    return LinearProgram(
        matrix=sp.csr_array(np.array([[1.0, 1.0]])),
        row_lower=np.array([need]),
        row_upper=np.array([np.inf]),
        lower=np.zeros(2),
        upper=np.array([10.0, 10.0]),
        integer=np.array([True, False]),
        rows={("need_is_met", None): 0},
        columns={("x", None): 0, ("y", None): 1},
        objectives={("goal", 0): objective},
    )


@pytest.mark.parametrize(
    ("criterion", "ordered", "value"),
    [("expected", 2, 4.5), ("worst", 6, 6.5), ("regret", 4, 2.0), ("cvar", 2, 3.875 / 0.75)],
)
def test_a_newsvendor_orders_by_its_criterion(criterion: Criterion, ordered: float, value: float) -> None:
    """The need is 2 (three times of four; later at 4) or 6 (once; later at 2); 0.5 is paid anyway.

    From x = 2 to 6 the costs are x + 0.5 and x + 2 (6 - x) + 0.5 = 12.5 - x; below 2 the first falls by 3 a unit of x. Alone
    the best are 2.5 and 6.5. Mean: 3/4 (x + 0.5) + 1/4 (12.5 - x) = 3.5 + x / 2, least at 2: 4.5. Worst: both 6.5 at 6.
    Regret: max(x - 2, 6 - x), 2 at 4. The worst three quarters are all of the need of 6 and two thirds of the other:
    (1/4 (12.5 - x) + 1/2 (x + 0.5)) / 0.75 = (3.375 + x / 4) / 0.75, least at 2: 3.875 / 0.75.
    """
    programs = [program(2.0, 4.0), program(6.0, 2.0)]
    stack = stacked(programs, [("x", None)])
    goals = [p.objectives["goal", 0] for p in programs]
    wide, objective = with_criterion(stack, goals, [2.5, 6.5], criterion, [0.75, 0.25], [2.5, 6.5], 0.75)
    answer = Solver(wide.program).minimise(objective, EXACT)
    assert answer.values is not None
    parts = [wide.part(k, answer.values) for k in range(2)]
    assert parts[0][0] == parts[1][0] == pytest.approx(ordered)
    assert answer.value == pytest.approx(value)


def test_a_common_column_stands_once_and_keeps_the_narrowest_bounds() -> None:
    first, second = program(2.0, 4.0), replace(program(6.0, 2.0), lower=np.array([1.0, 0.0]), upper=np.array([7.0, 10.0]))
    stack = stacked([first, second], [("x", None)])
    assert list(stack.program.columns) == [("x", None), ("y", (0, None)), ("y", (1, None))]
    assert stack.program.matrix.toarray().tolist() == [[1, 1, 0], [1, 0, 1]]
    assert (stack.program.lower[0], stack.program.upper[0]) == (1, 7)
    whole = stack.whole([np.array([3.0, 4.0]), np.array([3.0, 5.0])])
    assert whole.tolist() == [3, 4, 5]
    mean = stack.mean([p.objectives["goal", 0] for p in (first, second)], [0.5, 0.5])
    assert mean.value(whole) == pytest.approx((3 + 16 + 0.5 + 3 + 10 + 0.5) / 2)


def test_the_worst_share_counts_part_of_a_future_where_it_has_to() -> None:
    """Of 4 (0.2), 3 (0.3) and 1 (0.5) the worst 40 % are all of the 4 and 0.2 of the 3: (0.8 + 0.6) / 0.4 = 3.5."""
    assert value_of("cvar", [1.0, 4.0, 3.0], [0.5, 0.2, 0.3], [], 0.4) == pytest.approx(3.5)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 1)), min_size=1, max_size=5), st.floats(0.05, 1))
def test_the_worst_share_lies_between_the_mean_and_the_worst(futures: list[tuple[float, float]], share: float) -> None:
    values, weights = [v for v, _ in futures], [w / sum(w for _, w in futures) for _, w in futures]
    of = {criterion: value_of(criterion, values, weights, values, share) for criterion in CRITERIA}
    assert of["expected"] - 1e-9 <= of["cvar"] <= of["worst"] + 1e-9
    assert of["regret"] == 0
    assert value_of("cvar", values, weights, values, 1.0) == pytest.approx(of["expected"], abs=1e-9)
