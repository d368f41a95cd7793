"""Laws that the case jing-jin-ji keeps, and that its figures are the same whoever solves it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.case import Case, FrozenDict, Target
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from tests.cases.jing_jin_ji import GAP, case, first_goal, first_goal_of, never_worse, with_measures

pytestmark = pytest.mark.proof


def test_more_money_never_makes_the_first_goal_worse():
    richer = {name: replace(line, amount=FrozenDict({t: 1.2 * amount for t, amount in line.amount.items()}))
              for name, line in case().lines.items()}  # fmt: skip
    assert never_worse(first_goal_of(replace(case(), lines=FrozenDict(richer))), first_goal())
    assert never_worse(first_goal(), first_goal("tight-money"))


@pytest.mark.parametrize("candidate", ["hub-handan", "nurses-tianjin"])
def test_one_more_candidate_never_makes_the_first_goal_worse(candidate):
    less = with_measures(case(), **{candidate.replace("-", "_"): {"starts": (), "status": "ruled_out"}})
    assert never_worse(first_goal(), first_goal_of(less))


def test_one_more_instrument_never_makes_the_first_goal_worse():
    less = with_measures(case(), multi_site_hebei={"starts": (), "status": "ruled_out"})
    assert never_worse(first_goal(), first_goal_of(less))


def test_a_looser_target_never_makes_the_first_goal_worse():
    """Nurses in Handan by 2035: the plan's own figure is met; a little more is a tight target, a little less a loose one."""
    table = first_goal().table("indicators").set_index(["indicator", "city", "period"])
    reached = float(table.loc[("nurses", "handan", "2035"), "with_plan"])

    def asking(at_least: float) -> Case:
        where = FrozenDict({"city": ("handan",)})
        target = Target(
            id="nurses-handan",
            indicator="nurses",
            where=where,
            cities=("handan",),
            by="2035",
            periods=("2035", "2040"),
            at_least=at_least,
        )
        return replace(case(), targets=(target,))

    tight, loose = first_goal_of(asking(reached * 1.02)), first_goal_of(asking(reached * 0.98))
    assert never_worse(first_goal(), loose)
    if tight.has_decisions:
        assert never_worse(loose, tight)


def test_five_solver_seeds_give_the_same_figures_where_decisions_agree():
    """Two plans with the same decisions have the same indicators to 1e-6, and a plan's decisions evaluated as if somebody
    had made them by hand have the indicators of the plan. The first goal alone, which leaves the money open."""
    asked = replace(case(), goals=case().goals[:1])
    plans = [solve(asked, options=SolveOptions(gap=3 * GAP, seed=seed)) for seed in range(5)]
    figures = ["without_plan", "with_plan", "gap_without", "gap_with"]
    for number, one in enumerate(plans):
        decisions = {
            (a, u): units
            for a, u, units in zip(*(one.table("decisions")[c] for c in ("measure", "start_period", "units")), strict=True)
        }
        again = evaluate(asked, decisions)
        assert again.broken == ()
        difference = (again.table("indicators")[figures] - one.table("indicators")[figures]).abs().max().max()
        assert difference <= 1e-6
        for other in plans[:number]:
            key = ["measure", "start_period", "units"]
            same = one.table("decisions")[key].round(6).equals(other.table("decisions")[key].round(6))
            if same:
                difference = (one.table("indicators")[figures] - other.table("indicators")[figures]).abs().max().max()
                assert difference <= 1e-6
