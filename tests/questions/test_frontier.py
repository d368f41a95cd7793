"""Frontiers: every efficient point against brute force, even limits, the law of money, and what is not known."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from math import isnan, nan
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from planner.audit import audit
from planner.case import Case, FrozenDict
from planner.documents.drawings.rendering import svg
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import named, with_scaled_money
from planner.plans.plan import GoalResult, Plan
from planner.plans.store import read_plan, write_plan
from planner.questions.asking import AskOptions, Variant
from planner.questions.frontier.ask import Frontier, frontier, more_never_hurts
from planner.questions.frontier.goals import goal_named
from planner.questions.frontier.points import Asked, compared, missing_of, rounds, solve_first_goals_first
from planner.questions.frontier.shown import frontier as draw
from planner.questions.frontier.shown import points as drawn_points
from planner.questions.frontier.shown import text, titles
from planner.work.workers import Done
from tests.oracle.random_cases import case_of
from tests.product.conftest import PROJECT
from tests.solving.folders import case
from tests.solving.test_reserve_by_hand import roads
from tests.tiers import one_of

CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """
EXACT = AskOptions(gap=1e-9)


def knapsack(folder: Path, costs: list[int], benefits: list[int], money: float, goals: str) -> Case:
    """Measures with a cost and a benefit, one line, one period."""
    yaml = f"""\
        periods: [2026-2030]
        modes: {{road: {{boarding_minutes: 0}}}}
        lines: {{fund: {{holder: North}}}}
        goals: {goals}
        """
    rows = "\n".join(f"m{k} hub A {c} {b}" for k, (c, b) in enumerate(zip(costs, benefits, strict=True)))
    measures = f"id kind city capital_cost benefit\n{rows}"
    return case(folder, yaml, cities=CITIES, measures=measures, budgets=f"line period amount\nfund 2030 {money}")


def efficient(points: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points that no other is as good as in both and better in one; best first goal first."""
    kept = {p for p in points if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in points)}
    return sorted(kept)


def subsets(costs: list[int], benefits: list[int], money: float) -> list[tuple[int, int, int]]:
    """Cost, benefit and number of every choice that the money pays for."""
    found = []
    for chosen in product((0, 1), repeat=len(costs)):
        cost = sum(c for c, yes in zip(costs, chosen, strict=True) if yes)
        if cost <= money:
            found.append((cost, sum(b for b, yes in zip(benefits, chosen, strict=True) if yes), sum(chosen)))
    return found


def curve(answer: Frontier) -> list[tuple[float, float]]:
    table = answer.table("frontier")
    return list(zip(table["first"], table["second"], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(6, range(6)))
@pytest.mark.parametrize("pair", ["benefit,spending", "benefit,starts", "spending,benefit"])
def test_every_efficient_point_is_found_as_by_brute_force(tmp_path: Path, number: int, pair: str) -> None:
    """Seven measures with random whole costs and benefits: all 128 choices are tried."""
    draw = random.Random(number)
    costs, benefits = [draw.randint(1, 9) for _ in range(7)], [draw.randint(1, 9) for _ in range(7)]
    money = draw.randint(12, 25)
    asked = knapsack(tmp_path / "case", costs, benefits, money, "[{minimise: benefit}, {minimise: spending}]")
    value = {"benefit": lambda x: -x[1], "spending": lambda x: x[0], "starts": lambda x: x[2]}
    first, second = (value[name] for name in pair.split(","))
    expected = efficient({(first(x), second(x)) for x in subsets(costs, benefits, money)})
    answer = frontier(asked, goals=pair.split(","), every=True)
    assert (answer.complete, answer.missing, answer.more) == (True, (), False)
    assert curve(answer) == [pytest.approx(point, abs=2e-5) for point in expected]


def clinics(folder: Path) -> Case:
    """A and B need 100 posts each; A has 70 and B 40. In A 4 clinics of 10 posts for 3, in B 5 of 15 for 4."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        """
    measures = """\
        id kind city service capacity capital_cost units
        a facility A clinic 10 3 4
        b facility B clinic 15 4 5
        """
    capacity = "city service capacity\nA clinic 70\nB clinic 40"
    budgets = "line period amount\nfund 2030 40"
    return case(folder, yaml, cities=CITIES, capacity=capacity, measures=measures, budgets=budgets)


def gaps_and_worst(a: int, b: int) -> tuple[float, float]:
    short = max(0, 30 - 10 * a) / 100, max(0, 60 - 15 * b) / 100
    return sum(short) / 2, max(short)


@pytest.mark.slow
@pytest.mark.parametrize("pair", ["gaps,spending", "worst_city,spending", "gaps,starts"])
def test_gaps_against_money_in_whole_units(tmp_path: Path, pair: str) -> None:
    """All 5 x 6 numbers of clinics, within 40 of money."""
    points = set()
    for a, b in product(range(5), range(6)):
        mean, worst = gaps_and_worst(a, b)
        value = {"gaps": mean, "worst_city": worst, "spending": 3 * a + 4 * b, "starts": a + b}
        if value["spending"] <= 40:
            points.add(tuple(round(value[name], 9) for name in pair.split(",")))
    answer = frontier(clinics(tmp_path / "case"), goals=pair.split(","), every=True)
    assert answer.complete
    assert curve(answer) == [pytest.approx(point, abs=2e-5) for point in efficient(points)]  # type: ignore[arg-type]


@pytest.mark.slow
def test_even_limits_find_the_best_for_each_limit(tmp_path: Path) -> None:
    """3 and 4 clinics close both gaps for 9 + 16 = 25; nothing costs 0. So the limits are 25, 20, 15, 10, 5, 0.

    For each limit the least gap, and then the least money, of all 5 x 6 choices.
    """
    answer = frontier(clinics(tmp_path / "case"), goals=["gaps", "spending"], points=6, options=EXACT)
    assert answer.complete
    assert answer.asked == 6
    choices = [(gaps_and_worst(a, b)[0], 3 * a + 4 * b) for a, b in product(range(5), range(6))]
    expected = [min(x for x in choices if x[1] <= limit) for limit in (25, 20, 15, 10, 5, 0)]
    assert curve(answer) == [pytest.approx(point, abs=2e-5) for point in dict.fromkeys(expected)]


@pytest.mark.slow
def test_a_limit_of_a_goal_that_is_not_asked_about_is_kept(tmp_path: Path) -> None:
    """At most 5 clinics in all: the goal about starts has a limit, and the points between gaps and money keep it."""
    asked = clinics(tmp_path / "case")
    goals = tuple(replace(goal, at_most=5.0) if goal.name == "starts" else goal for goal in asked.goals)
    answer = frontier(replace(asked, goals=goals), goals=["gaps", "spending"], every=True)
    choices = [(a, b) for a, b in product(range(5), range(6)) if a + b <= 5]
    points = {(round(gaps_and_worst(a, b)[0], 9), float(3 * a + 4 * b)) for a, b in choices}
    assert curve(answer) == [pytest.approx(point, abs=2e-5) for point in efficient(points)]


@pytest.mark.parametrize(
    ("lines", "said"), [("", "spending"), (", borrow: {limit: 1, interest: 0.1}", "spending and interest")]
)
def test_a_goal_about_spending_says_that_it_counts_interest_where_lines_may_borrow(
    tmp_path: Path, lines: str, said: str
) -> None:
    asked = roads(tmp_path, f"fund: {{holder: North{lines}}}")
    found = text(frontier(asked, goals=("gaps", "spending"), points=2, options=AskOptions(gap=1e-9)))
    assert f"mean gap against {said}, bn" in found
    assert ("spending and interest" in found) == (said != "spending")


@pytest.mark.parametrize(("part", "curve"), [("gaps", 2.0), ("worst_city", 2.0), ("spending", None), ("starts", None)])
def test_a_goal_made_for_the_question_has_the_curve_of_the_first(tiny: Case, part: str, curve: float | None) -> None:
    goals = tuple(replace(goal, curve=2.0, pieces=8) if goal.gap_parts else goal for goal in tiny.goals)
    names = {goal.name: f"own {goal.name}" for goal in goals}
    asked = replace(tiny, goals=tuple(replace(goal, name=names[goal.name]) for goal in goals))
    assert goal_named(asked, part).curve == curve


@pytest.mark.slow
def test_plans_of_points_are_kept_whole_and_pass_the_audit(tmp_path: Path) -> None:
    answer = frontier(clinics(tmp_path / "case"), goals=["gaps", "spending"], points=4)
    assert list(answer.plans) == list(answer.table("frontier")["plan"])
    for plan in answer.plans.values():
        assert plan.audit == "passed"
        assert audit(plan).passed, str(audit(plan))


@pytest.mark.slow
def test_a_walk_that_is_cut_says_that_more_points_exist(tmp_path: Path) -> None:
    answer = frontier(clinics(tmp_path / "case"), goals=["gaps", "spending"], every=True, points=3)
    assert len(answer.table("frontier")) == 3
    assert answer.more
    assert not answer.complete
    assert answer.missing == ("more points exist: the walk ended after the 3 that were asked for at most",)
    assert "more points exist" in text(answer)
    assert "--time-limit" not in text(answer)  # nor would more time walk on


def test_goals_that_are_best_together_are_one_point(tmp_path: Path) -> None:
    """Nothing to gain: benefit 0 everywhere, so the best plan starts nothing and costs nothing."""
    asked = knapsack(tmp_path / "case", [2, 3], [0, 0], 9, "[{minimise: benefit}, {minimise: spending}]")
    for every in (False, True):
        answer = frontier(asked, goals=["benefit", "spending"], every=every)
        assert answer.complete
        assert curve(answer) == [pytest.approx((0, 0), abs=1e-6)]


@pytest.mark.slow
def test_money_buys_the_best_choice_at_each_amount(tmp_path: Path) -> None:
    """20 of money, from half to one and a half of it in five points: 10, 15, 20, 25, 30; all 2^6 choices are tried."""
    costs, benefits = [9, 8, 7, 6, 5, 4], [12, 9, 9, 6, 6, 3]
    asked = knapsack(tmp_path / "case", costs, benefits, 20, "[{minimise: benefit}, {minimise: spending}]")
    answer = frontier(asked, points=5, options=EXACT)
    assert answer.complete
    table = answer.table("frontier")
    assert list(table["amount"]) == pytest.approx([10, 15, 20, 25, 30])
    assert list(table["factor"]) == pytest.approx([0.5, 0.75, 1, 1.25, 1.5])
    best = [max(x[1] for x in subsets(costs, benefits, money)) for money in (10, 15, 20, 25, 30)]
    assert list(table["first"]) == pytest.approx([-b for b in best])


@pytest.mark.slow
def test_one_line_alone_is_scaled(tiny: Case) -> None:
    """The north pays for its half of the railway (4) in the second period; with 3 a period there is none.

    Then the least of both periods: railway never, or with half of the money for the other side. README: 0.80 / 12 with 4.
    Without the railway: checkpoint and insurance, a clinic (0.5 + 0.3), then a second clinic (0.5 + 0): 1.3 / 12.
    """
    answer = frontier(tiny, points=2, low=0.75, high=1.0, lines=["north"])
    assert list(answer.table("frontier")["first"]) == pytest.approx([1.3 / 12, 0.8 / 12], abs=1e-5)
    assert list(answer.table("frontier")["amount"]) == pytest.approx([6, 8])


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(4, (1, 6, 14, 16, 23, 27, 31, 32, 37, 43)))
def test_more_money_never_hurts_and_bounds_follow(number: int) -> None:
    """Of the first 45 random cases those in which the law holds and the money matters."""
    asked = case_of(number)
    assert more_never_hurts(asked, asked.lines)
    table = frontier(asked, points=4, low=0.25, high=2.0, options=AskOptions(gap=0.05)).table("frontier")
    found = table.dropna(subset=["first"])
    assert found["first"].max() - found["first"].min() > 1e-4
    assert (found["first"].diff().dropna() <= 2e-6).all()
    assert (found["first_bound"] <= found["first"] + 1e-9).all()
    assert (found["first_bound"].diff().dropna() <= 2e-6).all()
    assert list(table["first"].isna()) == sorted(table["first"].isna(), reverse=True)


def point(asked: Case, first: float, bound: float, status: str = "optimal") -> Done:
    """A solved point as far as comparing goes."""
    goals = (GoalResult("gaps", first, bound, nan, nan),)
    return Done("", Plan(asked, status, (), FrozenDict(), goals, FrozenDict()))  # type: ignore[arg-type]


def test_a_dearer_point_that_was_solved_less_well_takes_the_cheaper_plan_and_bounds_go_the_other_way(tiny: Case) -> None:
    """0.30 (bound 0.25), 0.31 (0.29), none (no bound): the plan of the first serves all; nothing below 0.29 is possible at
    the first, since even more money cannot beat 0.29."""
    solved = [point(tiny, 0.30, 0.25), point(tiny, 0.31, 0.29), Done("", problem="the time limit ended before its turn")]
    found = compared([Asked(str(k), tiny) for k in range(3)], solved, "gaps", nested=True)
    assert [f.plan is solved[0].value for f in found] == [True, True, True]
    assert [f.own for f in found] == [True, False, False]
    assert [f.bound for f in found[:2]] == [0.29, 0.29]
    assert isnan(found[2].bound)


def test_where_the_law_does_not_hold_each_point_stands_for_itself(tiny: Case) -> None:
    solved = [point(tiny, 0.30, 0.25), point(tiny, 0.31, 0.29)]
    found = compared([Asked(str(k), tiny) for k in range(2)], solved, "gaps", nested=False)
    assert [f.own for f in found] == [True, True]
    assert [f.bound for f in found] == [0.25, 0.29]


def test_more_money_may_hurt_where_a_minimum_grows_or_others_do_better_alone(tiny: Case) -> None:
    assert more_never_hurts(tiny, tiny.lines)
    assert not more_never_hurts(replace(tiny, nobody_worse_off=True), tiny.lines)
    north = replace(tiny.lines["north"], minimum=FrozenDict({"2030": 1.0, "2035": 0.0}))
    asked = replace(tiny, lines=FrozenDict({**tiny.lines, "north": north}))
    assert not more_never_hurts(asked, tiny.lines)
    assert more_never_hurts(asked, ["south"])
    priced = replace(tiny, services=FrozenDict({s: replace(x, price=0.1) for s, x in tiny.services.items()}))
    assert priced.has_prices > tiny.has_prices
    assert not more_never_hurts(priced, tiny.lines)
    assert more_never_hurts(replace(priced, no_city_loses=False), tiny.lines)


def test_points_are_solved_from_the_ends_to_the_middles() -> None:
    assert list(rounds(9)) == [[0, 8], [4], [2, 6], [1, 3, 5, 7]]
    assert list(rounds(2)) == [[0, 1]]
    assert list(rounds(1)) == [[0]]
    for count in range(1, 40):
        assert sorted(k for together in rounds(count) for k in together) == list(range(count))


class Watched:
    """A question that solves in this process, notes what it was asked, and may have no time for all goals."""

    def __init__(self, has_time: bool) -> None:
        self.asked: list[int | None] = []
        self.has_time = has_time

    def solve_all(self, variants: Sequence[Variant], until: float = 1.0) -> tuple[Done, ...]:
        """Solve them all, but those with more goals than there is time for."""
        self.asked += [v.goals for v in variants]
        return tuple(Done(v.name, self._solved(v) if v.goals == 1 or self.has_time else None) for v in variants)

    @staticmethod
    def _solved(v: Variant) -> Plan:
        return solve(v.case, options=SolveOptions(gap=1e-9), start=v.start, bound=v.bound, goals=v.goals)


def points_of(asked: Case, *factors: float) -> list[Asked]:
    """A case with some shares of its money."""
    return [Asked(f"{share:g}", named(with_scaled_money(asked, share, None), f"{share:g}"), share) for share in factors]


@pytest.mark.slow
def test_first_goals_of_all_points_are_solved_before_any_later_goal_and_change_no_answer(tiny: Case) -> None:
    question, points = Watched(has_time=True), points_of(tiny, 0.5, 0.75, 1.0)
    found = solve_first_goals_first(question, points, {})
    assert question.asked == [1, 1, 1, None, None, None]
    for done, point in zip(found, points, strict=True):
        plan = solve(point.case, options=SolveOptions(gap=1e-9))
        assert done.value.status == plan.status == "optimal"
        assert [goal.value for goal in done.value.goals] == pytest.approx([goal.value for goal in plan.goals], abs=1e-7)


@pytest.mark.slow
def test_where_the_time_ends_before_later_goals_the_plans_for_the_first_one_stand_and_are_kept(
    tiny: Case, tmp_path: Path
) -> None:
    points = points_of(tiny, 0.5, 0.75, 1.0)
    found = solve_first_goals_first(Watched(has_time=False), points, {})
    for done, point in zip(found, points, strict=True):
        best = solve(point.case, options=SolveOptions(gap=1e-9))
        assert done.value.goals[0].value == pytest.approx(best.goals[0].value, abs=1e-7)
        assert done.value.goals[0].bound == pytest.approx(best.goals[0].bound, abs=1e-7)
        assert all(isnan(goal.bound) for goal in done.value.goals[1:])
        assert done.value.status == "feasible"
        assert audit(done.value).passed
        write_plan(done.value, tmp_path / point.name)
        assert audit(read_plan(tmp_path / point.name)).passed
    stands = compared(points, found, points[0].case.goals[0].name, nested=True)
    missing = missing_of(stands)
    assert len(missing) == len(points)
    assert all("not looked at: spending, units started" in said for said in missing)


def test_what_a_later_goal_asks_holds_while_the_first_is_solved(tmp_path: Path) -> None:
    """A limit of the second goal, and a world without the plan that the second goal decides: neither may be left out."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        lines: {fund: {holder: North}}
        goals: [{minimise: benefit}, {minimise: spending, at_most: 3}]
        """
    measures = "id kind city capital_cost benefit\nfirst hub A 2 1\nsecond hub A 3 2\nthird hub A 4 4"
    asked = case(tmp_path / "case", yaml, cities=CITIES, measures=measures, budgets="line period amount\nfund 2030 10")
    for has_time in (True, False):
        [done] = solve_first_goals_first(Watched(has_time), points_of(asked, 1.0), {})
        assert done.value.goals[0].value == pytest.approx(-2.0)
        assert done.value.goals[1].value == pytest.approx(3.0)


def test_too_little_money_for_what_was_decided_is_an_answer(tmp_path: Path) -> None:
    """A decided clinic of 8: with half of 10 there is no plan; with 10 there is."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        lines: {fund: {holder: North}}
        goals: [{minimise: benefit}, {minimise: spending}]
        """
    measures = "id kind city capital_cost benefit status\nold hub A 8 0 decided\nnew hub A 2 1 candidate"
    asked = case(tmp_path / "case", yaml, cities=CITIES, measures=measures, budgets="line period amount\nfund 2030 10")
    answer = frontier(asked, points=3, low=0.5, high=1.0)
    assert answer.complete
    table = answer.table("frontier")
    assert list(table["status"]) == ["infeasible", "infeasible", "optimal"]
    assert "no plan keeps all promises" in text(answer)


def test_what_is_not_solved_in_time_is_named(tiny: Case) -> None:
    answer = frontier(tiny, points=3, options=AskOptions(time_limit=0.0))
    assert not answer.complete
    assert [said.split(":")[0] for said in answer.missing] == [f"{share} % of the money" for share in (50, 100, 150)]
    assert not answer.tables


@pytest.mark.slow
@pytest.mark.parametrize(("goals", "gap"), one_of(2, [(None, 0.05), (["gaps", "spending"], AskOptions().gap)]))
def test_whoever_does_the_work_the_points_are_the_same(tiny: Case, goals: list[str] | None, gap: float) -> None:
    one, two = (frontier(tiny, points=6, goals=goals, options=AskOptions(gap=gap, workers=n)) for n in (1, 2))
    pd.testing.assert_frame_equal(one.table("frontier"), two.table("frontier"))


@pytest.mark.slow
def test_a_known_plan_is_the_point_of_all_the_money(tiny: Case, tiny_plan: Plan) -> None:
    answer = frontier(tiny, points=3, plan=tiny_plan)
    assert answer.plans["point-02"].options == tiny_plan.options
    assert answer.table("frontier")["first"][1] == tiny_plan.goals[0].value


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"points": 1}, "at least two points"),
        ({"low": 1.0, "high": 0.5}, "from 1 to 0.5"),
        ({"lines": ["noth"]}, "Did you mean 'north'"),
        ({"goals": ["gaps"]}, "between two goals, not 1"),
        ({"goals": ["gaps", "1"]}, "between gaps and itself"),
        ({"goals": ["gaps", "spendings"]}, "Did you mean 'spending'"),
        ({"goals": ["gaps", "spending"], "lines": ["north"]}, "of money or between two goals"),
        ({"every": True}, "between two goals only"),
    ],
)
def test_wrong_questions_are_refused_in_a_sentence(tiny: Case, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        frontier(tiny, **asked)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_picture_has_every_point_that_has_a_plan(tiny: Case) -> None:
    answer = frontier(tiny, points=4)
    shown = drawn_points(answer.table("frontier"), "amount")
    assert list(shown["cost"]) == pytest.approx([10, 50 / 3, 70 / 3, 30])
    picture = svg(draw(answer.table("frontier"), *titles(answer)))
    assert "<svg" in picture
    assert "money of all lines in all periods, bn" in picture


@pytest.mark.slow
def test_the_command_prints_the_points_and_writes_tables_plans_and_a_picture(run: Callable[..., Result]) -> None:
    words = ("frontier", PROJECT / "cases/tiny", "--points", "3", "--workers", "1")
    done = run(*words, "-o", "answer")
    assert done.exit_code == 0
    assert "complete" in done.stdout
    files = {f"frontier.{end}" for end in ("csv", "svg", "vl.json", "zh.vl.json")}
    assert {file.name for file in Path("answer").iterdir()} == {"result.json", "plans"} | files
    found = json.loads(run(*words, "--json", "-q").stdout)
    assert found["schema"] == "planner.frontier/1"
    assert [row["amount"] for row in found["tables"]["frontier"]] == [10, 20, 30]
    assert found["first_goal"] == "gaps"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "half"), "write 50% or 0.5"),
        (("--to", "150"), "write 50% or 0.5"),
        (("--goals", "gaps,spending", "--to", "2"), "do not go with --goals"),
        (("--goals", "gaps"), "between two goals, not 1"),
        (("--line", "soth"), "Did you mean 'south'"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(run: Callable[..., Result], words: tuple[str, ...], said: str) -> None:
    done = run("frontier", PROJECT / "cases/tiny", *words)
    assert done.exit_code == 2
    assert said in done.stderr
