"""Draws of every kind, from a program that is held, are those of cases built anew; and money at once is money one by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from planner.case import load_case, with_edits
from planner.planning.handmade import evaluate
from planner.planning.held import hold
from planner.plans.plan import Plan
from planner.plans.tables import AFTER
from planner.plans.totals import columns
from planner.questions.risk.drawn import Drawing, Drawn, Planned, drawn_case, lateness, options
from planner.questions.risk.draws import World, worlds
from planner.questions.risk.money import money_drawn
from tests.product.industrial import DECISIONS, write_files

DRAWS = 200
UNCERTAIN = {
    "cost": {"of": "capital_cost", "reference": "rail"},
    "wages": {"of": "running_cost", "reference": "running"},
    "jobs": {"of": "jobs", "times": {"p10": 0.5, "p50": 0.8, "p90": 1.2}},
    "late": {"of": "build_years", "add": {"p10": 0, "p50": 1, "p90": 4}},
    "heads": {"of": "people", "times": {"p10": 0.9, "p50": 1, "p90": 1.1}, "together": 0},
}


@cache
def plan() -> Plan:
    """Parks, a closure, policies, tax, debts and a transfer, whose lines hold enough; every kind of figure is uncertain."""
    with TemporaryDirectory() as folder:
        edits = [
            {"key": "uncertain", "set": UNCERTAIN},
            {"key": "nobody_worse_off", "set": False},
            {"table": "budgets", "column": "amount", "multiply": 3},
        ]
        case = with_edits(load_case(write_files(Path(folder) / "case")), "uncertain", edits)
    return evaluate(case, DECISIONS)


@cache
def drawn(number: int) -> tuple[World, Drawn]:
    return all_drawn()[number]


@cache
def all_drawn() -> list[tuple[World, Drawn]]:
    """All draws, from one held program."""
    drawing = Drawing(Planned(plan()), hold(plan().case))
    return [(world, drawing.of(n, world)) for n, world in enumerate(worlds(plan().case, DRAWS, 11, range(DRAWS)))]


@pytest.mark.proof
def test_held_draws_of_every_kind_are_those_of_cases_built_anew() -> None:
    """Gaps, goals, tax and fees to 1e-9, in 200 draws of costs, jobs, years of works and heads."""
    case, planned = plan().case, Planned(plan())
    kinds = {of for of, _ in drawn(0)[0].times}
    assert (kinds, bool(drawn(0)[0].people)) == ({"capital_cost", "running_cost", "jobs"}, True)
    late = serving = 0
    for world, found in all_drawn():
        opened = options(case, planned.starts, lateness(case, planned.starts, world))
        late += any(years > 0 for years in found.late.values())
        starts = {s: n for s, n in planned.starts.items() if opened[s].serves}
        serving += any(opened[s].serves != case.measures[s[0]].start_in(s[1]).serves for s in starts)
        anew = evaluate(drawn_case(case, world, opened), starts)
        gaps = {
            (x, i, t): gap for x, i, t, gap in columns(anew.tables["indicators"], "indicator", "city", "period", "gap_with")
        }
        assert {key: found.gaps[key] for key in gaps} == pytest.approx(gaps, abs=1e-9)
        assert found.goals[0] == pytest.approx(anew.goals[0].value, abs=1e-9)
        tax = dict.fromkeys(planned.settled, 0.0)
        for line, arrives, money in columns(anew.tables["taxes"], "line", "arrives", "amount"):
            if line and arrives != AFTER:
                tax[line, arrives] += money
        income = {place: into + tax[place] for place, (into, _out) in planned.settled.items()}
        assert found.income == pytest.approx(income, abs=1e-9)
    assert late > DRAWS / 2
    assert serving > DRAWS / 10


@pytest.mark.proof
def test_money_drawn_at_once_pays_what_draws_one_by_one_pay() -> None:
    """What lines pay agrees to 1e-9 in every draw: who pays which share, late works, costs that are drawn."""
    at_once = money_drawn(plan(), DRAWS, 11)
    for place in at_once.out:
        one_by_one = np.array([found.paid[place] for _world, found in all_drawn()])
        assert at_once.out[place] == pytest.approx(one_by_one, abs=1e-9)
