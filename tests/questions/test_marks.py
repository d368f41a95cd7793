"""Marks of measures in a program; rows and columns that are added to one; searches that end when enough is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.planning.settling import Settler
from planner.questions.alternatives.marks import marked, sides
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Column, Sum
from tests.questions.folders import hand_case

MEASURES = ("big", "rival", "base", "upper", "half-a")


def test_added_columns_and_rows_stand_behind_the_old_and_change_nothing_else(tmp_path: Path) -> None:
    program = Settler.of(hand_case(tmp_path / "a")).built.search_program
    big = ("Start", ("big", "2030"))
    more = program.extended({("X", 1): Column({}, 0.0, 4.0, True)}, {("row", 1): Sum({("X", 1): 2.0, big: -3.0}, upper=1.0)})
    rows, columns = program.matrix.shape
    assert more.matrix.shape == (rows + 1, columns + 1)
    assert (more.matrix[:rows, :columns] != program.matrix).nnz == 0
    assert more.matrix[[rows]].toarray()[0][[more.columns[big], more.columns["X", 1]]] == pytest.approx([-3.0, 2.0])
    assert (more.row_lower[rows], more.row_upper[rows]) == (-np.inf, 1.0)
    assert (more.lower[columns], more.upper[columns], bool(more.integer[columns])) == (0.0, 4.0, True)
    for name, objective in program.objectives.items():
        assert list(more.objectives[name].cost) == [*objective.cost, 0.0]


def test_marks_count_measures_and_ask_for_them(tmp_path: Path) -> None:
    """Of the five at most four are affordable; with rival there is no big, so benefit 10.2 (see `hand_case`)."""
    case = hand_case(tmp_path / "a")
    settler = Settler.of(case)
    program = marked(settler.built.search_program, case, settler.built.instance, MEASURES)
    most = Solver(program.program).minimise(program.most(("in", a) for a in MEASURES), Limits(threads=1))
    assert most.value == pytest.approx(-4.0)
    asked = program.with_at_least({("asked", "rival"): ([("in", "rival")], 1.0)})
    answer = Solver(asked).minimise(asked.objectives["goal", 0], Limits(threads=1, gap=1e-9))
    assert answer.value == pytest.approx(-10.2)
    starts = {index: float(answer.values[k]) for (name, index), k in asked.columns.items() if name == "Start"}
    found = sides(case, starts, MEASURES)
    assert found == {"big": "out", "rival": "in", "base": "in", "upper": "in", "half-a": "in"}


def test_a_search_ends_with_a_solution_that_is_good_enough_or_a_bound_that_is_high_enough(tmp_path: Path) -> None:
    settler = Settler.of(hand_case(tmp_path / "a"))
    first = settler.built.search_program.objectives["goal", 0]
    good = Solver(settler.built.search_program).minimise(first, Limits(threads=1, gap=0.0, target=-10.0))
    assert good.outcome in ("decided", "optimal")
    assert -15.2 - 1e-6 <= good.value <= -10.0 + 1e-9
    beyond = Solver(settler.built.search_program).minimise(first, Limits(threads=1, gap=0.0, enough=-40.0))
    assert beyond.outcome in ("decided", "optimal")
    assert beyond.bound <= -15.2 + 1e-6
