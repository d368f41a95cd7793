"""What a solve says when it cannot, may not or must not finish; and what a hand-made plan is told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from math import inf, isfinite, isnan, nan
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import CaseInvalid, FrozenDict, Rule, load_case
from planner.documents.goals import status_words
from planner.planning.handmade import evaluate
from planner.planning.proving_again import prove
from planner.planning.search import SolveOptions, solve
from planner.plans.ended import Ended
from planner.promises import broken_in_words
from planner.solver.highs import Solver

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def tiny():
    """The case that is solved by hand in its README."""
    return load_case(CASES / "tiny")


def asking(case, of, sense, limit):
    """The case with one rule over all measures and periods."""
    everything = FrozenDict()
    rule = Rule(id="much", of=of, where=everything, measures=tuple(case.measures), periods=case.period_ids, **{sense: limit})
    return replace(case, rules=(*case.rules, rule))


def test_a_case_that_cannot_be_met_is_infeasible_and_has_no_decisions(tiny):
    plan = solve(asking(tiny, "spending", "at_least", 1000.0))
    assert (plan.status, plan.has_decisions) == ("infeasible", False)
    assert "targets, rules, limits, decided measures and budget lines" in plan.reason


def test_a_rule_over_what_nobody_can_do_is_infeasible_and_no_error(tiny):
    plan = solve(asking(tiny, "units", "at_least", 10000.0))
    assert plan.status == "infeasible"


def test_no_time_gives_no_plan_and_says_so(tiny):
    plan = solve(tiny, options=SolveOptions(time_limit=0.0))
    assert plan.status == "no_plan"
    assert not plan.has_decisions
    assert plan.reason


@pytest.mark.slow
def test_a_wish_to_stop_before_any_plan_is_no_plan():
    plan = solve(load_case(CASES / "jing-jin-ji"), cancelled=lambda: True)
    assert plan.status in ("no_plan", "interrupted")
    assert "interrupted" in plan.reason


@pytest.mark.slow
def test_a_wish_to_stop_keeps_the_best_plan_and_its_bound():
    seen = []
    plan = solve(
        load_case(CASES / "jing-jin-ji"), on_event=seen.append, cancelled=lambda: any(e.kind == "progress" for e in seen)
    )  # fmt: skip
    assert plan.status == "interrupted"
    assert plan.goals[0].bound <= plan.goals[0].value
    assert audit(plan).passed


def test_a_later_solve_is_not_stopped_by_an_earlier_wish(tiny):
    solve(tiny, cancelled=lambda: True)
    assert solve(tiny).status == "optimal"


@pytest.mark.slow
def test_a_solve_with_other_threads_follows_one_with_two(tiny):
    assert [solve(tiny, options=SolveOptions(threads=n)).status for n in (2, 1, 2)] == ["optimal"] * 3


def test_a_solve_tells_its_stages_and_goals_in_order(tiny):
    seen = []
    solve(tiny, on_event=seen.append)
    assert [e.message for e in seen if e.kind == "stage"][:2] == ["finding routes", "building the model"]
    assert [e.goal for e in seen if e.kind == "goal"] == [goal.name for goal in tiny.goals]
    assert seen[-1].kind == "done"


def test_progress_tells_what_a_goal_about_gaps_comes_to_without_the_plan(tiny):
    """4.4 / 12, as the README of the case works it out."""
    seen = []
    solve(tiny, on_event=seen.append)
    told = {e.goal: e.without for e in seen if e.kind == "goal"}
    first, *later = (goal.name for goal in tiny.goals)
    assert told[first] == pytest.approx(4.4 / 12)
    assert [told[name] for name in later] == [None] * len(later)


def worst_off_first(case):
    """The case with its cities taken one after the other."""
    first = replace(case.goals[0], name="worst_off_first", parts=FrozenDict({"worst_off_first": 1.0}))
    return replace(case, goals=(first, *case.goals[1:]))


def test_a_goal_that_goes_by_cities_tells_each(tiny):
    seen = []
    solve(worst_off_first(tiny), on_event=seen.append)
    said = [e.goal for e in seen if e.kind == "goal"]
    assert said[:3] == [f"worst_off_first, city {n} of 3" for n in (1, 2, 3)]
    assert said[3:] == [goal.name for goal in tiny.goals[1:]]


@pytest.mark.parametrize("done", [1, 2])
def test_stopped_between_two_cities_nothing_is_claimed_of_the_rest(tiny, done):
    """The plan so far is kept and audited; the goal is not finished, and its later cities and goals have no bound."""
    asked, seen = worst_off_first(tiny), []
    plan = solve(asked, on_event=seen.append, cancelled=lambda: sum(e.kind == "goal" for e in seen) >= done)
    assert plan.status in ("interrupted", "feasible")
    assert f"worst_off_first, city {done + 1} of 3" in plan.reason
    known = [isfinite(city.bound) for city in plan.goals[0].cities]
    assert known[:done] == [True] * done
    assert known[done + 1 :] == [False] * (2 - done)
    assert isnan(plan.goals[0].optimality_gap)
    assert isnan(plan.goals[1].bound)
    assert audit(plan).passed


def test_the_same_case_gives_the_same_plan_twice(tiny):
    one, two = solve(tiny), solve(tiny)
    assert all(one.table(name).equals(two.table(name)) for name in one.tables)


def test_a_hand_made_plan_over_budget_is_told_the_line_the_period_and_by_how_much(tiny):
    """rail-north costs 4 in 2026-2030 and half the insurance 0.5; the north has 4: 0.5 over."""
    plan = evaluate(tiny, {("rail-north", "2030"): 1, ("rail-south", "2030"): 1, ("insurance", "2030"): 1})
    assert plan.status == "evaluated"
    assert "line North, 2026-2030: 0.5 bn over" in broken_in_words(tiny, plan.broken)  # by its name: its holder's
    money = plan.table("money").set_index(["line", "period"])
    assert money.loc[("north", "2030"), "unspent"] == pytest.approx(-0.5)


def test_a_solved_plan_evaluated_by_hand_has_the_same_figures(tiny):
    plan = solve(tiny)
    table = plan.table("decisions")
    by_hand = evaluate(
        tiny, dict(zip(zip(table["measure"], table["start_period"], strict=True), table["units"], strict=True))
    )
    assert by_hand.broken == ()
    figures = ["without_plan", "with_plan", "gap_without", "gap_with"]
    assert (by_hand.table("indicators")[figures] - plan.table("indicators")[figures]).abs().max().max() < 1e-9


def test_a_part_of_what_belongs_together_is_refused(tiny):
    measures = {a: replace(m, together="railway") if a.startswith("rail") else m for a, m in tiny.measures.items()}
    with pytest.raises(CaseInvalid, match="rail-north and rail-south belong together"):
        evaluate(replace(tiny, measures=FrozenDict(measures)), {("rail-north", "2030"): 1})


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ({("railway", "2030"): 1}, "'railway' is not a measure"),
        ({("insurance", "2099"): 1}, "cannot start in '2099'"),
        ({("insurance", "2030"): 2}, "more than may start in a period"),
        ({("clinic-inland", "2030"): 0.5}, "only whole units"),
        ({("clinic-inland", "2030"): float("nan")}, "must be a number"),
        ({("clinic-inland", "2030"): -1}, "must be a number from 0"),
    ],
)
def test_a_decision_that_the_case_does_not_offer_is_refused_in_words(tiny, decisions, words):
    with pytest.raises(CaseInvalid, match=words):
        evaluate(tiny, decisions)


@pytest.fixture
def first_goal_takes_long(monkeypatch):
    """The first search for whole numbers ends at its limit, with a tenth open."""
    real, limits_seen = Solver.minimise, []

    def minimise(self, objective, limits, *others, **named):
        answer = real(self, objective, limits, *others, **named)
        if not len(self._integer):
            return answer
        limits_seen.append(limits)
        return replace(answer, outcome="limit", bound=0.9 * answer.value) if len(limits_seen) == 1 else answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    return limits_seen


@pytest.mark.slow
def test_a_goal_that_uses_up_its_share_of_the_time_leaves_the_rest_to_those_after_it(tiny, first_goal_takes_long):
    """Nothing is optimal then, but spending and starts are as low as they can be for what was found."""
    plan = solve(tiny, options=SolveOptions(time_limit=1000.0, threads=1))
    assert plan.status == "feasible"
    assert plan.reason == "its share of the time limit of 1000 s was used up in goal gaps, proven within 10.00%"
    assert [goal.optimality_gap for goal in plan.goals] == pytest.approx([0.1, 0.0, 0.0], abs=1e-9)
    assert [goal.value for goal in plan.goals] == pytest.approx([1 / 15, 16.0, 5.0])
    assert audit(plan).passed
    (why,) = plan.ended
    for edited in ({"goal": "costs"}, {"left": ("costs",)}, {"step": 1, "steps": 3}):
        assert not audit(replace(plan, ended=(replace(why, **edited),))).passed
    said = status_words(plan)
    assert "mean gap: not finished (within 10 %)" in said
    assert said.count("of the best that keeps what was found before") == 2  # spending and starts
    assert "of the best possible" not in said
    assert [(proof.about, proof.verdict) for proof in prove(plan)] == [
        ("gaps", "confirmed"), ("spending", "confirmed"), ("starts", "confirmed"),
    ]  # fmt: skip


@pytest.mark.parametrize("bound", [0.0, -inf])
def test_where_next_to_nothing_is_proven_of_the_first_goal_later_bounds_are_neither_confirmed_nor_refuted(tiny, bound):
    """They were of plans as good as what the first goal's own search had found, and nobody knows how good that was."""
    plan = solve(tiny, options=SolveOptions(threads=1))
    gap = 1.0 if bound == 0 else nan
    first = replace(plan.goals[0], bound=bound, optimality_gap=gap, proof_gap=gap)
    why = Ended("unproven", "share", "gaps")
    found = prove(replace(plan, status="feasible", ended=(why,), goals=(first, *plan.goals[1:])))
    verdicts = {proof.about: proof.verdict for proof in found}
    assert verdicts == ({"gaps": "confirmed"} if bound == 0 else {}) | dict.fromkeys(("spending", "starts"), "not confirmed")


def test_a_goal_of_several_steps_has_no_share_of_the_time_for_others(tiny, first_goal_takes_long):
    """Its later cities rest on the first: unproven, it ends the search, and nothing is said of what was not looked at."""
    plan = solve(worst_off_first(tiny), options=SolveOptions(time_limit=1000.0, threads=1))
    assert plan.reason.startswith(
        "the time limit of 1000 s was hit in goal worst_off_first, city 1 of 3, proven within 10.00%"
    )
    assert [isfinite(city.bound) for city in plan.goals[0].cities] == [True, False, False]
    assert isnan(plan.goals[1].bound)
    assert audit(plan).passed


@pytest.mark.parametrize(("off", "is_known"), [(5e-6, True), (0.25, False)])
def test_a_bound_that_the_plan_refutes_is_taken_back_and_told(tiny, monkeypatch, off, is_known):
    """By a little, tolerances explain it, and it may be as much again; by more, nothing is proven of that goal."""
    real = Solver.minimise

    def minimise(self, objective, limits, *others, **named):
        answer = real(self, objective, limits, *others, **named)
        is_spending = len(self._integer) and answer.value == pytest.approx(16.0)
        return replace(answer, bound=answer.value * (1 + off)) if is_spending else answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    plan = solve(tiny, options=SolveOptions(gap=1e-9, threads=1))
    assert (plan.status, plan.goals[1].value) == ("feasible", pytest.approx(16.0))
    assert plan.reason == "the plan is better than the solver's bound for goal spending; that bound is taken back"
    assert plan.goals[1].bound == (pytest.approx(16.0 * (1 - off), abs=1e-9) if is_known else -inf)
    assert status_words(plan).startswith("not all is proven (the plan is better than")
    assert audit(plan).passed


def test_a_bound_above_the_plan_by_rounding_alone_is_told_as_the_plan(tiny, monkeypatch):
    """Nothing can beat 16.000005, and the plan spends 16: no reader makes sense of that."""
    real = Solver.minimise

    def minimise(self, objective, limits, *others, **named):
        answer = real(self, objective, limits, *others, **named)
        return replace(answer, bound=answer.value * (1 + 3e-7)) if len(self._integer) else answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    plan = solve(tiny, options=SolveOptions(gap=1e-9, threads=1))
    assert plan.status == "optimal"
    assert [goal.bound for goal in plan.goals] == [goal.value for goal in plan.goals]
    assert audit(plan).passed


def test_a_bound_far_above_a_plan_is_not_made_to_look_like_a_proof(tiny, monkeypatch):
    """Of the worst-off first the solver's bound is not taken back; that the plan refutes it is for the audit to see."""
    real = Solver.minimise

    def minimise(self, objective, limits, *others, **named):
        answer = real(self, objective, limits, *others, **named)
        return replace(answer, bound=answer.value + 0.1) if len(self._integer) else answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    plan = solve(worst_off_first(tiny), options=SolveOptions(threads=1))
    assert plan.goals[0].bound > plan.goals[0].value + 0.05
    assert not audit(plan).passed


def test_later_goals_are_asked_for_their_own_gap_in_the_time_that_is_left(tiny, first_goal_takes_long):
    plan = solve(tiny, options=SolveOptions(time_limit=1000.0, threads=1, later_gap=0.0))
    limits = first_goal_takes_long
    assert [limit.gap for limit in limits] == [1e-4, 0.0, 0.0]
    assert limits[0].seconds < 0.75 * 900.0 < limits[-1].seconds  # a tenth is kept for the figures
    assert plan.options["later_gap"] == 0.0


@pytest.mark.parametrize(
    ("options", "gaps"),
    [(SolveOptions(), (1e-4, 1e-3, 1e-3)), (SolveOptions(gap=1e-5), (1e-5, 1e-5, 1e-5)),
     (SolveOptions(gap=1e-5, later_gap=1e-2), (1e-5, 1e-2, 1e-2)), (SolveOptions(later_gap=0.0), (1e-4, 0.0, 0.0))],
)  # fmt: skip
def test_a_gap_that_is_asked_for_is_that_of_all_goals_unless_later_ones_have_their_own(options, gaps):
    assert tuple(options.gap_of(goal) for goal in range(3)) == gaps


def test_a_share_of_people_that_is_reached_exactly_leaves_no_rest_in_the_program(tmp_path: Path) -> None:
    """Metro and border reach 600 + 200 of 1,000 thousand, as the target asks: what is left is 1e-16, and no coefficient."""
    copy = shutil.copytree(CASES / "tiny", tmp_path / "reach", ignore=shutil.ignore_patterns("plan"))
    cities = (copy / "cities.csv").read_text(encoding="utf-8")
    for old, new in (("116.0,100000", "116.0,600000"), ("116.0,50000", "116.0,200000")):
        assert old in cities
        cities = cities.replace(old, new)
    (copy / "cities.csv").write_text(cities, encoding="utf-8")
    whole = (copy / "case.yaml").read_text(encoding="utf-8")
    near = "  near: {name: near, name_zh: 近, kind: reach, standard_minutes: 55, target: 0.8}\neffects:\n"
    assert "effects:\n" in whole
    (copy / "case.yaml").write_text(whole.replace("effects:\n", near, 1), encoding="utf-8")
    table = solve(load_case(copy)).table("indicators")
    without = table[(table["indicator"] == "near") & (table["period"] == "2030")].set_index("city")["gap_without"]
    assert dict(without) == {"metro": 0.0, "border": 0.0, "inland": pytest.approx(0.5)}
