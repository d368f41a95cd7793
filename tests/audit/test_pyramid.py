"""Planted faults about levels, subsidies, barriers, gates, rules on jobs and land, goals, and stand-alone plans."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.case import FrozenDict, Gate, Pyramid
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from tests.audit import hand
from tests.audit.industry_plan import BORDER, INLAND, OWN, plan
from tests.audit.test_parks import without_decision


def with_pyramid(**columns: Any) -> Plan:
    """The plan as a plan for a case with another pyramid."""
    return hand.with_case(plan(), pyramid=hand.changed(plan().case.pyramid, **columns))


def with_gate(**columns: Any) -> Plan:
    """The plan as a plan for a case with one gate."""
    return hand.with_case(plan(), gates=(hand.changed(plan().case.gates[0], **columns),))


def test_a_level_that_costs_too_much_is_found() -> None:
    """0.5 of 25.1 is 0.0199; parks and railways have no level."""
    report = audit(with_pyramid(at_most_share=FrozenDict({"subsidy": 0.01, "incentive": 0.02, "auxiliary": 0.0})))
    assert hand.finds(report, "levels", "level subsidy", "spending 0.5", "at most 0.251")
    assert not hand.finds(report, "levels", "level incentive")
    assert not hand.finds(report, "levels", "level auxiliary")


def test_a_city_subsidised_for_too_long_is_found() -> None:
    """A grant that lasts serves in both periods; with a limit of two, or none, that is fine."""
    lasting = hand.with_measure(plan(), "grant", life_years=None)
    report = audit(lasting)
    assert hand.finds(report, "subsidies", "city inland", "subsidised periods 2", "at most 1")
    assert not hand.finds(report, "subsidies", "city border")
    for most in (2, None):
        pyramid = hand.changed(plan().case.pyramid, subsidy_periods=most)
        assert not hand.finds(audit(hand.with_case(lasting, pyramid=pyramid)), "subsidies")


@pytest.mark.parametrize(
    ("first", "is_found"),
    [(("reform",), True), (("help",), False), (("checkpoint", "reform"), True), ((), False)],
)
def test_barriers_go_first(first: tuple[str, ...], is_found: bool) -> None:
    """The reform serves from 2035 only, too late for the grant; `help` does, too, but the Province does not sign it."""
    report = audit(with_pyramid(barriers_first=first))
    words = ("measure grant, 2030", "units of reform serving at the start 0", "at least 1")
    assert hand.finds(report, "barriers", *words) == is_found
    assert hand.finds(report, "barriers") == is_found


def test_a_barrier_that_is_never_removed_is_found() -> None:
    """Without the checkpoint."""
    assert hand.finds(audit(without_decision(plan(), "checkpoint")), "barriers", "measure grant, 2030", "checkpoint")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"at_least": 8.5}, ("measure pills, city inland, 2035", "8", "at least 8.5")),
        ({"at_least": 8.0}, ()),
        ({"indicator": "jobs", "at_least": 400.0}, ()),  # Inland has no jobs target in 2035
        ({"indicator": "cliff", "at_least": 300.0}, ("measure pills, city inland, 2035", "209.65", "at least 300")),
        ({"measures": ("dyes",), "indicator": "jobs", "at_least": 306.0}, ("measure dyes, city border, 2030", "305.2")),
        ({"measures": ("dyes",), "at_least": 12.0}, ("measure dyes, city border, 2035", "7.5", "at least 10")),
        ({"measures": ("dyes",), "indicator": "output", "at_least": 6e-5}, ()),  # better than the standard: not asked
        ({"indicator": "output", "at_least": 3.5001e-5}, ("measure pills, city inland, 2035", "at least 3.5001e-05")),
    ],
)
def test_a_gate_opens_for_those_ready(columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """In the indicator's own unit, in the city of the measure, in the period of the start."""
    report = audit(with_gate(**columns))
    assert hand.finds(report, "gates", "gate schools-first", *words) if words else not hand.finds(report, "gates")


def test_a_gate_may_ask_for_minutes() -> None:
    """In the case of three cities the clinics in Inland start in 2030, 90 minutes from Alpha."""
    gate = Gate(id="near", where=FrozenDict(), measures=("clinic", "checkpoint"), indicator="core", at_most=90.0)
    assert audit(hand.with_case(hand.plan(), gates=(gate,))).passed
    report = audit(hand.with_case(hand.plan(), gates=(replace(gate, at_most=80.0),)))
    assert hand.finds(report, "gates", "gate near, measure clinic, city inland, 2030", "90", "at most 80")


@pytest.mark.parametrize(
    ("position", "columns", "words"),
    [
        (0, {"at_least": 2700.0}, ("rule work", "jobs 2602.5", "at least 2700")),
        (0, {"periods": ("2030",)}, ("rule work", "jobs 1800", "at least 2500")),
        (0, {"periods": ("2035", "2030")}, ()),
        (0, {"measures": ("pills",)}, ("rule work", "jobs 400")),
        (1, {"at_most": 5.0}, ("rule fields", "land 6", "at most 5")),
        (1, {"periods": ("2035",), "at_most": 3.0}, ("rule fields", "land 3.5", "at most 3")),
        (1, {"measures": ("dyes", "smelter"), "at_most": 2.0}, ("rule fields", "land 3", "at most 2")),
    ],
)
def test_rules_on_jobs_and_land(position: int, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """Productive jobs in the last of the periods; land of the phases started in the periods."""
    rules = list(plan().case.rules)
    rules[position] = hand.changed(rules[position], **columns)
    report = audit(hand.with_case(plan(), rules=tuple(rules)))
    assert hand.finds(report, "rules", *words) if words else report.passed


def test_a_target_on_work_is_kept_or_missed() -> None:
    """307.1875 jobs per 1,000 in Border; a target above the standard asks for the standard, 330."""
    target = plan().case.targets[0]
    for asked, limit in ((308.0, "at least 308"), (400.0, "at least 330")):
        report = audit(hand.with_case(plan(), targets=(hand.changed(target, at_least=asked),)))
        assert hand.finds(report, "targets", "target border-jobs, city border, 2035", "307.1875", limit)


@pytest.mark.parametrize(
    ("cities", "value"), [(("border",), BORDER), (("inland",), INLAND), (("alpha",), 0.0), (("border", "inland"), INLAND)]
)
def test_a_goal_may_be_about_some_cities(cities: tuple[str, ...], value: float) -> None:
    """The third goal is about the worst of them."""
    goals = list(plan().case.goals)
    goals[2] = hand.changed(goals[2], cities=cities)
    changed = hand.with_case(plan(), goals=tuple(goals))
    results = list(changed.goals)
    results[2] = replace(results[2], value=value, bound=value)
    assert audit(replace(changed, goals=tuple(results))).passed
    results[2] = replace(results[2], value=value + 0.001, bound=value + 0.001)
    assert hand.finds(audit(replace(changed, goals=tuple(results))), "goals", "goal border")


@pytest.mark.parametrize("position", range(6))
def test_a_wrong_value_of_a_goal_is_found(position: int) -> None:
    """Gaps here and there, spending with interest, emissions."""
    results = list(plan().goals)
    value = results[position].value + 1e-3
    results[position] = replace(results[position], value=value, bound=value)
    assert hand.finds(audit(replace(plan(), goals=tuple(results))), "goals", f"goal {results[position].name}")


def test_stand_alone_plans_are_there_where_asked_for() -> None:
    """A row for every jurisdiction, or none."""
    report = audit(hand.with_case(plan(), nobody_worse_off=False))
    assert hand.finds(report, "alone", "alone, Capital", "a row", "no such row")


def test_a_jurisdiction_that_is_better_off_alone_is_found() -> None:
    """The Province alone would do a hundredth better; that its own figure says otherwise does not help."""
    alone = OWN - 0.01
    better = hand.with_cells(plan(), "alone", 1, value_alone=alone, bound_alone=alone)
    where = ("jurisdiction Province", f"value_with {OWN:.10g}", "at most")
    assert hand.finds(audit(better), "nobody worse off", *where)
    hidden = hand.with_cells(better, "alone", 1, value_with=alone)
    assert hand.finds(audit(hidden), "alone", "jurisdiction Province", "value_with")


@pytest.mark.parametrize(
    ("cells", "is_found"),
    [
        ({"bound_alone": OWN + 0.02}, True),  # above its value
        ({"bound_alone": math.nan}, True),  # nothing proven
        ({"bound_alone": OWN + 0.0099}, True),  # far from proven
        ({"bound_alone": OWN + 0.00999}, False),  # proven within 0.01 %, with as much tolerance
        ({"value_alone": 1.6, "bound_alone": 1.6}, True),  # more than all gaps: 1 + 0.5
    ],
)
def test_a_stand_alone_plan_is_one_that_can_be(cells: dict[str, float], is_found: bool) -> None:
    """What the audit cannot recompute it holds against what is possible."""
    assert hand.finds(audit(hand.with_cells(plan(), "alone", 1, **cells)), "alone", "jurisdiction Province") == is_found


def test_a_plan_that_hit_a_limit_may_stand_on_unproven_ones() -> None:
    """Nothing is known of the bound, or it is far."""
    for bound in (math.nan, 0.1):
        stopped = hand.with_cells(plan(), "alone", 1, bound_alone=bound)
        assert audit(replace(stopped, status="feasible", ended=told_as("the stand-alone plan is not proven"))).passed


def test_a_jurisdiction_whose_gaps_do_not_count_needs_no_stand_alone_plan() -> None:
    """With a first goal about Border and Inland only, nothing is asked of the Capital."""
    goals = plan().case.goals
    asked = hand.with_case(plan(), goals=(hand.changed(goals[1], name="gaps"), goals[1], *goals[2:]))
    assert not hand.finds(audit(hand.without_row(asked, "alone", 0)), "alone", "Capital")
    assert not hand.finds(audit(asked), "alone", "Capital")


def test_a_pyramid_of_nothing_asks_for_nothing() -> None:
    """No levels, no limit, no barriers."""
    assert audit(
        hand.with_case(plan(), pyramid=Pyramid(at_most_share=FrozenDict(), subsidy_periods=None, barriers_first=()))
    ).passed
