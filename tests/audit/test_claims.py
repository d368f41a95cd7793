"""What a plan claims of itself: values and bounds of its goals, its status, broken promises, and who is worse off."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.audit.claims import step_value
from planner.case import FrozenDict
from planner.plans import versions
from planner.plans.ended import Ended, told_as
from planner.plans.plan import GoalResult, Plan
from tests.audit import hand
from tests.audit.test_logic import losing, over_budget, with_line


def with_goal(plan: Plan, position: int, **figures: Any) -> Plan:
    """The plan with other figures of one of its goals."""
    goals = list(plan.goals)
    goals[position] = replace(goals[position], **figures)
    return replace(plan, goals=tuple(goals))


def by_hand(plan: Plan, *broken: str) -> Plan:
    """The same decisions as a hand-made plan: nothing proven, and the promises it says it breaks."""
    goals = tuple(GoalResult(goal.name, goal.value, math.nan, math.nan, math.nan) for goal in plan.goals)
    promises = tuple(versions.broken(plan.case, text) for text in broken)
    return replace(plan, status="evaluated", options=FrozenDict(), goals=goals, broken=promises)


@pytest.mark.parametrize("position", range(len(hand.GOAL_VALUES)))
def test_a_wrong_value_of_a_goal_is_found(position: int) -> None:
    """Each goal's value is added up from the tables."""
    name, value = list(hand.GOAL_VALUES.items())[position]
    plan = with_goal(hand.plan(), position, value=value + 1e-4, bound=value + 1e-4)
    assert hand.finds(audit(plan), "goals", f"goal {name}", "value")


@pytest.mark.parametrize(("weigh_by", "value"), [("equally", 101 / 600), ("trips", 131 / 960), ("gdp", 43 / 120)])
def test_cities_weigh_what_the_goal_says(weigh_by: str, value: float) -> None:
    """Gaps: core Inland 1/2 and 1/3; doctors Border 1/4 and 0, Inland 0.3 twice; all others of 10 are 0.

    Equally: (1/2 + 1/3 + 1/4 + 0.6) / 10 = 101/600. By trips, 3 out of Border and 1 out of Inland: the weights are
    3 + 1 for core and for doctors in each period, 16 in all: (1/2 + 1/3 + 3/4 + 0.6) / 16 = 131/960. By GDP, only
    Inland's: (1/2 + 1/3 + 0.6) / 4 = 43/120.
    """
    case = hand.case()
    cities = FrozenDict({**case.cities, "inland": replace(case.cities["inland"], gdp=5.0)})
    trips = FrozenDict({("border", "alpha"): 3.0, ("inland", "border"): 1.0})
    goals = (replace(case.goals[0], weigh_by=weigh_by), *case.goals[1:])
    plan = hand.with_case(hand.plan(), cities=cities, trips=trips, goals=goals)
    assert not hand.finds(audit(with_goal(plan, 0, value=value)), "goals", "goal gaps")
    assert hand.finds(audit(with_goal(plan, 0, value=value + 1e-5)), "goals", "goal gaps")


def test_a_goal_may_add_up_several_parts() -> None:
    """Gaps, half of the worst city, and a hundredth of the spending: 29/480 + 43/240 + 0.126 = 0.3655833."""
    case = hand.case()
    parts = FrozenDict({"gaps": 1.0, "worst_city": 0.5, "spending": 0.01})
    plan = hand.with_case(hand.plan(), goals=(replace(case.goals[0], parts=parts), *case.goals[1:]))
    value = 29 / 480 + 43 / 240 + 0.126
    assert audit(with_goal(plan, 0, value=value, bound=value)).passed


def test_a_period_may_weigh_more_and_an_indicator_nothing() -> None:
    """Doctors alone, the second period three times: (200 x 0.25 + 100 x 0.3 + 3 x 100 x 0.3) / (4 x 1,300)."""
    case = hand.case()
    goal = replace(
        case.goals[0],
        weights=FrozenDict({"doctors": 1.0}),
        period_weights=FrozenDict({"2030": 1.0, "2035": 3.0}),
    )
    plan = hand.with_case(hand.plan(), goals=(goal, *case.goals[1:]))
    wrong = audit(with_goal(plan, 0, value=0.03))
    assert hand.finds(wrong, "goals", "goal gaps", f"should be {170 / 5200:.6g}")


def test_goals_left_out_or_in_another_order_are_found() -> None:
    """The goals of the plan are those of the case."""
    plan = hand.plan()
    assert hand.finds(audit(replace(plan, goals=plan.goals[1:])), "status", "goals")
    assert hand.finds(audit(replace(plan, goals=plan.goals[::-1])), "status", "goals")
    assert hand.finds(audit(replace(plan, goals=())), "status", "goals", "none")


def test_a_proof_gap_that_does_not_follow_from_value_and_bound_is_found() -> None:
    """12.6 against 12: (12.6 - 12) / 12.6 = 0.0476."""
    report = audit(with_goal(hand.plan(), 2, bound=12.0, proof_gap=0.04))
    assert hand.finds(report, "status", "goal spending", "proof_gap 0.04", "0.0476")


def test_optimal_without_a_proof_is_found() -> None:
    """A step that is proven within 1 % only, where 0.01 % was asked; no bound; nothing asked."""
    plan = hand.plan()
    loose = with_goal(plan, 0, optimality_gap=0.01)
    assert hand.finds(audit(loose), "status", "goal gaps", "optimality_gap 0.01", "at most 0.0001")
    unbound = with_goal(plan, 0, bound=math.nan, optimality_gap=math.nan, proof_gap=math.nan)
    assert hand.finds(audit(unbound), "status", "goal gaps", "optimal without a bound")
    assert hand.finds(audit(replace(plan, options=FrozenDict())), "status", "options")


def test_a_plan_far_above_its_bound_is_not_optimal() -> None:
    """Asked gap and tolerance are 1e-4 each: of 12.6, at most 0.00252 above the bound."""
    near = with_goal(hand.plan(), 2, bound=12.5976, proof_gap=0.0024 / 12.6, optimality_gap=1e-4)
    assert audit(near).passed
    far = with_goal(hand.plan(), 2, bound=12.59, proof_gap=0.01 / 12.6, optimality_gap=0.01 / 12.6)
    assert hand.finds(audit(far), "status", "goal spending", "value above its bound")
    later = tuple(replace(g, bound=math.nan, optimality_gap=math.nan, proof_gap=math.nan) for g in far.goals[3:])
    stopped = replace(far, status="feasible", ended=told_as("the time limit was hit"), goals=(*far.goals[:3], *later))
    assert audit(stopped).passed, str(audit(stopped))


def test_a_value_better_than_its_bound_is_found() -> None:
    """No plan can beat the bound of the first goal."""
    report = audit(with_goal(hand.plan(), 0, bound=0.07))
    assert hand.finds(report, "status", "goal gaps", "value", "at least 0.07")


@pytest.mark.parametrize("position", range(6))
def test_a_bound_above_the_value_is_found_in_every_goal(position: int) -> None:
    """A hundredth more than the plan reaches, with a proof gap of nothing to fit."""
    plan = hand.plan()
    bound = plan.goals[position].value + 0.01
    report = audit(with_goal(plan, position, bound=bound, proof_gap=0.0))
    assert hand.finds(report, "status", f"goal {plan.goals[position].name}", "value", "at least")


@pytest.mark.parametrize("position", [0, 3])
@pytest.mark.parametrize("figure", ["optimality_gap", "proof_gap"])
def test_a_negative_gap_is_found(position: int, figure: str) -> None:
    report = audit(with_goal(hand.plan(), position, **{figure: -1e-5}))
    assert hand.finds(report, "status", f"goal {hand.plan().goals[position].name}", figure)


def test_a_value_further_from_its_step_than_later_goals_may_take_is_found() -> None:
    """A bound of 12.59, proven within nothing, is of a step that reached 12.59: 12.6 is 0.01 more, and 0.00126 may be."""
    report = audit(with_goal(hand.plan(), 2, bound=12.59, proof_gap=0.01 / 12.6))
    assert hand.finds(report, "status", "goal spending", "value 12.6", "at most 12.59126")


def test_a_goal_that_was_begun_too_early_is_found() -> None:
    """The first goal is proven within 1 % where 0.01 % was asked for: the others come after it."""
    plan = replace(hand.plan(), status="feasible", ended=told_as("the time limit was hit"))
    first = plan.goals[0].value
    early = with_goal(plan, 0, bound=first * 0.99, optimality_gap=0.01, proof_gap=0.01)
    assert hand.finds(audit(early), "status", f"goal {plan.goals[1].name}", "begun")


def test_the_value_of_a_step_is_worked_out_from_its_bound_and_gap() -> None:
    """(value - bound) / max(|value|, 0.001) solved for the value: above, below and near zero."""
    assert step_value(0.9, 0.1) == pytest.approx(1.0)
    assert step_value(-1.1, 0.1) == pytest.approx(-1.0)
    assert step_value(-0.5, 1.5) == pytest.approx(1.0)
    assert step_value(0.0001, 0.2) == pytest.approx(0.0003)
    assert math.isnan(step_value(0.5, 1.5))
    assert step_value(0.0, 1.0) == math.inf  # from a bound of 0 every value lies as far off as itself


@pytest.mark.parametrize(
    ("part", "value", "word"),
    [
        ("options", {"gap": -1e-4}, "gap"),
        ("options", {"gap": 1e-4, "threads": 0}, "threads"),
        ("options", {"gap": 1e-4, "seed": 1.5}, "seed"),
        ("options", {"gap": 1e-4, "time_limit": -3.0}, "time_limit"),
        ("options", {"gap": 1e-4, "fixed_starts": 1000}, "fixed_starts"),
        ("seconds", {"solving": -1.0}, "solving"),
        ("versions", {"highspy": ""}, "highspy"),
    ],
)
def test_what_cannot_be_of_how_a_plan_was_made_is_found(part: str, value: dict[str, Any], word: str) -> None:
    report = audit(replace(hand.plan(), **{part: FrozenDict(value)}))  # type: ignore[arg-type]
    assert hand.finds(report, "status", part, word)


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        (Ended("unproven", "limit", "gaps", left=("spending",)), ""),
        (Ended("unproven", "limit", "gabs"), "goal gabs"),
        (Ended("unproven", "limit", "gaps", left=("spendings",)), "goal spendings"),
        (Ended("unproven", "limit", "gaps", step=1, steps=2), "step 1 of 2"),
        (Ended("bound taken back", goal="gabs"), "goal gabs"),
    ],
)
def test_what_a_reason_names_is_in_the_plan(why: Ended, wrong: str) -> None:
    plan = stopped_at_a_hundredth(why)
    report = audit(plan)
    assert report.passed is not bool(wrong), str(report)
    assert not wrong or hand.finds(report, "status", "ended", wrong)


def test_a_reason_tells_the_figures_of_the_plan_and_has_none_of_its_own() -> None:
    """Another bound or another time limit is told at once."""
    plan = stopped_at_a_hundredth(Ended("unproven", "limit", "gaps", left=("spending",)))
    said = "the time limit of 9 s was hit in goal gaps, proven within 1.00%; not looked at: spending"
    assert plan.reason == said
    nearer = with_goal(replace(plan, options=FrozenDict({"gap": 1e-4, "time_limit": 8.0})), 0, optimality_gap=0.005)
    assert nearer.reason == said.replace("9 s", "8 s").replace("1.00%", "0.50%")


def stopped_at_a_hundredth(why: Ended) -> Plan:
    """A plan whose first goal is proven within 1 % and whose others were not begun, after 9 s."""
    plan = hand.plan()
    value = plan.goals[0].value
    first = replace(plan.goals[0], bound=value * 0.99, optimality_gap=0.01, proof_gap=0.01)
    later = tuple(replace(g, bound=math.nan, optimality_gap=math.nan, proof_gap=math.nan) for g in plan.goals[1:])
    options = FrozenDict({"gap": 1e-4, "time_limit": 9.0})
    return replace(plan, status="feasible", ended=(why,), goals=(first, *later), options=options)


@pytest.mark.parametrize(
    ("changed", "word"),
    [({}, ""), ({"gap_with": 0.01}, "gap_with"), ({"spending": 12.61}, "spending"), ({"title": "Another"}, "title"),
     ({"unit": "tn CNY"}, "unit"), ({"gap_without": None}, "gap_without"), ({"gift": 1.0}, "gift")],
)  # fmt: skip
def test_what_lists_show_is_what_the_tables_come_to(changed: dict[str, Any], word: str) -> None:
    """The province has 3/8 of the weight and the only gaps: (11/36 + 2/9) / 2 x 3/8 = 19/192 without the plan."""
    plan = hand.plan()
    listed = {"title": plan.case.title, "gap_without": 19 / 192, "gap_with": 29 / 480, "spending": 12.6, "unit": "bn CNY"}
    report = audit(replace(plan, listed=FrozenDict(listed | changed)))
    assert report.passed is not bool(word), str(report)
    assert not word or hand.finds(report, "status", "headline", word)


@pytest.mark.parametrize("status", ["feasible", "interrupted"])
def test_a_plan_that_stopped_says_why(status: Any) -> None:
    """`feasible` and `interrupted` carry a reason."""
    assert hand.finds(audit(replace(hand.plan(), status=status)), "status", "without a reason")
    assert audit(replace(hand.plan(), status=status, ended=told_as("the time limit was hit"))).passed


def test_a_hand_made_plan_that_keeps_all_promises_passes() -> None:
    """Nothing is proven of it, and nothing broken."""
    assert audit(by_hand(hand.plan())).passed


def test_a_hand_made_plan_proves_nothing() -> None:
    """A bound that nobody computed is a claim."""
    plan = with_goal(by_hand(hand.plan()), 0, bound=0.05)
    assert hand.finds(audit(plan), "status", "goal gaps", "bound 0.05", "nothing")


OVER = "line province, 2026-2030: 0.18 bn CNY over"


def test_a_hand_made_plan_may_break_promises_that_it_lists() -> None:
    """5.18 of 5: reported, and no failure."""
    report = audit(by_hand(over_budget(), OVER))
    assert report.passed, str(report)
    assert [(v.check, v.where) for v in report.broken] == [("within budget", "line province, 2030")]


def test_a_broken_promise_that_a_hand_made_plan_hides_is_found() -> None:
    """Not listed, or another line, another period, another kind of promise listed."""
    for texts in ((), ("line capital, 2026-2030: 0.18 bn CNY over",), ("line province, 2031-2035: 1 bn CNY over",),
                  ("line province, 2026-2030: 0.18 bn CNY short of its minimum",)):  # fmt: skip
        assert hand.finds(audit(by_hand(over_budget(), *texts)), "within budget", "line province, 2030"), texts


def test_a_solved_plan_may_not_break_promises_even_if_it_lists_them() -> None:
    """Only a hand-made plan may."""
    report = audit(replace(over_budget(), broken=by_hand(over_budget(), OVER).broken))
    assert hand.finds(report, "within budget", "line province, 2030")
    assert hand.finds(report, "status", "lists as broken")


def test_a_promise_that_is_kept_but_listed_as_broken_is_found() -> None:
    """The plan is blamed for what it does not do."""
    assert hand.finds(audit(by_hand(hand.plan(), OVER)), "status", "lists as broken: money, province, 2030")


def test_each_kind_of_promise_may_be_broken_by_hand() -> None:
    """Minimum, largest share, target, rule, logic: each with the words that name it."""
    case = hand.case()
    targets = (replace(case.targets[0], at_least=1.5), case.targets[1])
    rules = (*case.rules[:2], replace(case.rules[2], at_most=2.0))
    minimum = FrozenDict({"2030": 5.5, "2035": 0.0})
    plan = hand.with_case(hand.plan(), targets=targets, rules=rules)
    plan = with_line(with_line(plan, "province", minimum=minimum), "centre", at_most_share=0.2)
    plan = hand.with_measure(plan, "clinic", requires=("insurance",))
    report = audit(
        by_hand(
            plan,
            "line province, 2026-2030: 0.32 bn CNY short of its minimum",
            "line centre, 2026-2030: 0.1 bn CNY over its largest share (20%) of a measure",
            "target inland-doctors: Inland, 2031-2035: missed by 0.1 posts per 1,000",
            "rule few-works: 1 count too much",
            "Clinic starts in 2026-2030 before Insurance, which it requires, serves",
        )
    )
    assert report.passed, str(report)
    checks = {"minimum spending", "largest share", "targets", "rules", "logic"}
    assert {v.check for v in report.broken} == checks


def test_a_goal_over_its_limit_is_found_unless_a_hand_made_plan_says_so() -> None:
    """Spending is 12.6; 0.1 more than a limit of 12.5."""
    goals = tuple(replace(g, at_most=12.5) if g.name == "spending" else g for g in hand.case().goals)
    plan = hand.with_case(hand.plan(), goals=goals)
    assert hand.finds(audit(plan), "goal limits", "goal spending", "value 12.6", "at most 12.5")
    report = audit(by_hand(plan, "goal spending: 0.1 over its limit"))
    assert report.passed, str(report)
    assert [v.check for v in report.broken] == ["goal limits"]


def test_figures_and_rights_are_no_promises() -> None:
    """A hand-made plan cannot excuse a wrong figure or a closed border."""
    plan = by_hand(hand.without_row(hand.plan(), "decisions", 3), "rights", "from border to alpha, 2031-2035")
    assert hand.finds(audit(plan), "rights", "from border to alpha, 2035")


def test_who_is_worse_off_is_told_from_the_gaps_that_are_audited() -> None:
    """Border's doctors, 0.25 without and 0.3 with the plan; Inland gains: nobody can leave out the one or name the other."""
    plan = hand.with_case(losing(), no_city_loses=False)
    assert plan.worse_off == ("Border, 2026-2030: doctors gap 25.0% -> 30.0%",)
    assert hand.plan().worse_off == ()


@pytest.mark.parametrize("status", ["infeasible", "no_plan"])
def test_without_a_plan_there_are_no_figures(status: Any) -> None:
    """Only the reason; figures would be invented."""
    empty = Plan(hand.case(), status, told_as("no plan keeps all rules"), FrozenDict({"gap": 1e-4}), (), FrozenDict())
    assert audit(empty).passed
    assert hand.finds(audit(replace(empty, ended=())), "status", "without a reason")
    assert hand.finds(audit(replace(empty, tables=hand.tables())), "tables", "decisions", "4 rows")
    assert hand.finds(audit(replace(empty, goals=hand.plan().goals)), "status", "goal gaps", "no value")


def test_a_broken_promise_that_is_made_small_is_found() -> None:
    """The province is over by more than 0.001 bn."""
    small = "line province, 2026-2030: 0.001 bn CNY over"
    assert hand.finds(audit(by_hand(over_budget(), small)), "status", "broken by 0.001")


def test_a_gap_of_minutes_that_is_off_by_little_is_found() -> None:
    """Gaps lie between 0 and 1, however many minutes the standard has: 2e-5 is much."""
    table = hand.plan().tables["indicators"]
    row = int(table.index[(table["indicator"] == "core") & (table["city"] == "inland")][0])
    plan = hand.with_cells(hand.plan(), "indicators", row, gap_with=float(table["gap_with"][row]) - 2e-5)
    assert hand.finds(audit(plan), "access", "gap_with")
