"""Planted faults of logic: the plan stays as it is and the case forbids it, or the plan does what no case allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.case import Capacity, FrozenDict, Line, OpenOutsidersShare, RaiseCapacity
from planner.plans.plan import Plan
from tests.audit import build, hand


def with_line(plan: Plan, line: str, **columns: Any) -> Plan:
    """The plan as a plan for a case with another budget line of that id."""
    changed = hand.changed(plan.case.lines[line], **columns)
    return hand.with_case(plan, lines=FrozenDict({**plan.case.lines, line: changed}))


def with_service(plan: Plan, **columns: Any) -> Plan:
    """The plan as a plan for a case with other doctors."""
    return hand.with_case(plan, services=FrozenDict({"doctors": hand.changed(plan.case.services["doctors"], **columns)}))


def with_stock(plan: Plan, city: str, amount: float | None, outsiders: float = 0.0) -> Plan:
    """The plan as a plan for a case with another stock of doctors in a city."""
    stock = Capacity(
        city=city, service="doctors", amount=None if amount is None else build.always(amount), outsiders=outsiders
    )
    return hand.with_case(plan, capacity=FrozenDict({**plan.case.capacity, (city, "doctors"): stock}))


@pytest.mark.parametrize(
    ("measure", "columns", "words"),
    [
        ("clinic", {"earliest": "2035"}, ("measure clinic, 2030", "a start in 2035")),
        ("insurance", {"latest": "2030"}, ("measure insurance, 2035", "a start in 2030")),
        ("clinic", {"status": "ruled_out"}, ("measure clinic, 2030", "no start: it is ruled out")),
        ("clinic", {"units": 1.0}, ("measure clinic", "units started 2", "at most 1")),
        ("clinic", {"max_starts": 1.0}, ("measure clinic, 2030", "units started in the period 2", "at most 1")),
        ("rail-ab", {"start_period": "2035"}, ("measure rail-ab, 2030", "no start: it would serve no period")),
        ("insurance", {"build_years": 3}, ("measure insurance, 2035", "a start in 2030")),
    ],
)
def test_a_start_that_is_not_offered_is_found(measure: str, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """Too early, too late, ruled out, too many in all and in a period; not when decided, which is so late that the
    railway would open in 2034 and serve two years of five, which is no period; the same with the insurance."""
    assert hand.finds(audit(hand.with_measure(hand.plan(), measure, **columns)), "starts", *words)


def test_half_a_unit_is_found_where_units_are_whole() -> None:
    """One clinic and a half is wrong, unless the measure is divisible."""
    plan = hand.with_cells(hand.plan(), "decisions", 1, units=1.5)
    assert hand.finds(audit(plan), "starts", "measure clinic, 2030", "units 1.5", "whole units")
    assert not hand.finds(audit(hand.with_measure(plan, "clinic", divisible=True)), "starts")


def test_starting_nothing_is_found() -> None:
    """A row of decisions with no units says nothing."""
    plan = hand.with_cells(hand.plan(), "decisions", 3, units=0.0)
    assert hand.finds(audit(plan), "starts", "measure insurance, 2035", "units 0", "above 0")


@pytest.mark.parametrize(
    ("measure", "columns", "words"),
    [
        ("clinic", {"requires": ("insurance",)}, ("measure clinic, 2030", "units of insurance serving at the start 0")),
        ("checkpoint", {"requires": ("rail-ab",)}, ("measure checkpoint, 2030", "rail-ab")),
        ("clinic", {"one_of": "inland"}, ()),
        ("checkpoint", {"together": "signatures"}, ()),
        ("clinic", {"status": "decided"}, ("measure clinic", "units started 2", "at least 5")),
    ],
)
def test_broken_logic_is_found(measure: str, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """Required but not started; required and started but not serving yet; alone in its group, and together with nobody,
    which is no fault; decided but not all of its units started."""
    report = audit(hand.with_measure(hand.plan(), measure, **columns))
    assert hand.finds(report, "logic", *words) == bool(words)


def test_starting_two_of_one_group_is_found() -> None:
    """The clinic and the checkpoint exclude each other here, and both start."""
    plan = hand.with_measure(hand.with_measure(hand.plan(), "clinic", one_of="either"), "checkpoint", one_of="either")
    assert hand.finds(audit(plan), "logic", "one_of either (checkpoint, clinic)", "measures started 2", "at most 1")


def test_starting_apart_what_belongs_together_is_found() -> None:
    """The checkpoint starts in 2030 and the insurance in 2035."""
    plan = hand.with_measure(hand.plan(), "checkpoint", together="signatures")
    plan = hand.with_measure(plan, "insurance", together="signatures")
    where = "measure insurance, together with checkpoint"
    assert hand.finds(audit(plan), "logic", f"{where}, 2030", "units started 0")
    assert hand.finds(audit(plan), "logic", f"{where}, 2035", "units started 1")


@pytest.mark.parametrize(
    ("measure", "columns", "says"),
    [
        ("clinic", {"build_years": 2}, ("measure clinic, 2030", "opens 2027", "2028")),
        ("clinic", {"capital_cost": 0.6}, ("measure clinic, 2030", "capital_cost 1", "1.2")),
        ("clinic", {"running_cost": 0.1}, ("measure clinic, 2030", "running_cost 0.9", "1.8")),
        ("clinic", {"life_years": 5}, ("measure clinic, 2030", "running_cost 0.9", "0.5")),
        ("rail-ab", {"build_years": 6}, ("measure rail-ab, 2030", "opens 2029", "2032")),
    ],
)
def test_the_calendar_is_counted_by_years(measure: str, columns: dict[str, Any], says: tuple[str, ...]) -> None:
    """A life of five years from 2027 is five years of running cost: 2 x 5 x 0.05."""
    assert hand.finds(audit(hand.with_measure(hand.plan(), measure, **columns)), "decisions", *says)


def test_capital_is_paid_in_the_years_of_building() -> None:
    """Six years from 2026: five sixths of 10 fall into 2030, a sixth into 2035; the plan pays all 10 in 2030."""
    report = audit(hand.with_measure(hand.plan(), "rail-ab", build_years=6))
    assert hand.finds(report, "payments", "measure rail-ab, 2030", "capital paid 10", "8.333333333")
    assert hand.finds(report, "payments", "measure rail-ab, 2035", "capital paid 0", "1.666666667")


def test_a_unit_at_the_end_of_its_life_serves_no_more() -> None:
    """A clinic of five years (2027-2031) serves one year of the second period: Inland's 140 doctors are 40 too many."""
    report = audit(hand.with_measure(hand.plan(), "clinic", life_years=5))
    assert hand.finds(report, "capacity", "city inland, 2035", "served there 140", "at most 100")
    assert not hand.finds(report, "capacity", "city inland, 2030")


@pytest.mark.parametrize(
    ("columns", "check", "words"),
    [
        ({"across_borders": "never"}, "rights", ("from border to alpha, 2035", "served 100", "0: too far")),
        ({"catchment_minutes": 29.0}, "rights", ("from border to alpha, 2035",)),
        ({"catchment_minutes": None}, "rights", ("from border to alpha, 2035",)),
        ({"catchment_minutes": 30.0}, "rights", ()),
        ({"across_borders": "always"}, "rights", ()),
        ({"per_1000": FrozenDict({"2030": 2.0, "2035": 1.0})}, "services", ("city alpha, 2035", "need met 2000", "1000")),
    ],
)
def test_who_may_be_served_where(columns: dict[str, Any], check: str, words: tuple[str, ...]) -> None:
    """Border's people need the right to cross and at most the catchment; 30 minutes away, 30 are enough and 29 not."""
    assert hand.finds(audit(with_service(hand.plan(), **columns)), check, *words) == bool(words)


def test_a_right_is_open_only_while_its_policy_serves() -> None:
    """Without the insurance nobody may cross; nor if it opens another service, or the other way."""
    without = hand.without_row(hand.plan(), "decisions", 3)
    assert hand.finds(audit(without), "rights", "from border to alpha, 2035")
    effects = hand.case().effects
    for columns in ({"services": ("care",)}, {"people_of": ("Capital",)}, {"at": ("Province",)}, {"minutes": 29.0}):
        other = hand.with_case(hand.plan(), effects=(effects[0], hand.changed(effects[1], **columns)))
        assert hand.finds(audit(other), "rights", "from border to alpha, 2035"), columns


def test_a_city_gives_others_only_what_it_can_spare() -> None:
    """With 2,050 doctors Alpha keeps 2,000 for its own and can spare 50 of the 100 that Border's people take."""
    report = audit(with_stock(hand.plan(), "alpha", 2050.0))
    where = ("city alpha, 2035", "served there for others 100", "at most 50")
    assert hand.finds(report, "capacity", *where)
    shared = with_service(with_stock(hand.plan(), "alpha", 2050.0), shares="all")
    assert not hand.finds(audit(shared), "capacity", "for others")
    assert hand.finds(audit(shared), "capacity", "city alpha, 2035", "served there 2100", "at most 2050")


def test_policies_add_to_the_stock_while_they_serve() -> None:
    """2,050 doctors of which half serve outsiders are 1,025; raised by 0.1 and opened by half of 2,050 they are
    1,025 + 102.5 + 1,025 = 2,152.5, so that 152.5 - all of it added - may serve others."""
    low = with_stock(hand.plan(), "alpha", 2050.0, outsiders=0.5)
    assert hand.finds(audit(low), "capacity", "city alpha, 2035", "served there 2100", "at most 1025")
    raised = RaiseCapacity(measure="checkpoint", services=("doctors",), cities=("alpha",), by=0.1)
    opened = OpenOutsidersShare(measure="checkpoint", services=("doctors",), cities=("alpha",), share=0.5)
    plan = hand.with_case(low, effects=(*low.case.effects, raised, opened))
    assert not hand.finds(audit(plan), "capacity")
    late = hand.with_case(low, effects=(*low.case.effects, raised, hand.changed(opened, measure="rail-bc")))
    assert hand.finds(audit(late), "capacity", "city alpha, 2035", "served there 2100", "at most 1127.5")


def test_a_city_of_unknown_stock_is_left_out() -> None:
    """No need, no supply, no gap: its rows and its flows are wrong."""
    report = audit(with_stock(hand.plan(), "border", None))
    assert hand.finds(report, "services", "indicators, doctors, border, 2030", "a row", "no such row")
    assert hand.finds(report, "rights", "from border to border, 2030")


def test_capacity_left_idle_is_found() -> None:
    """Inland has 200 doctors, serves 140 and lets 60 go without: its gap could be 0."""
    report = audit(with_stock(hand.plan(), "inland", 200.0))
    assert hand.finds(report, "best use", "service doctors, 2030, with the plan", "gap that idle capacity could close")


def test_a_gap_without_the_plan_that_is_too_large_is_found() -> None:
    """Inland's 100 doctors cannot leave 120 of 200 without one, whatever is chosen: 0.6 flatters the plan."""
    plan = hand.with_cells(hand.plan(), "indicators", 6, gap_without=0.6, without_plan=0.8)
    assert hand.finds(audit(plan), "best use", "service doctors, 2030, without the plan", "idle capacity")


def test_a_gap_without_the_plan_that_is_too_small_is_found() -> None:
    """Inland's 100 doctors cannot serve 120 of 200."""
    plan = hand.with_cells(hand.plan(), "indicators", 6, gap_without=0.4, without_plan=1.2)
    assert hand.finds(audit(plan), "best use", "service doctors, 2030, without the plan", "these gaps")


def test_what_was_decided_before_belongs_to_the_situation_without_the_plan() -> None:
    """Were the clinics decided, Inland would be 0.3 short without the plan, too (0.5 in the table)."""
    plan = hand.with_measure(hand.plan(), "clinic", status="decided", units=2.0, start_period="2030")
    assert hand.finds(audit(plan), "best use", "service doctors, 2030, without the plan", "idle capacity")
    assert hand.finds(audit(plan), "decisions", "measure clinic, 2030", "'by the plan'", "'before'")


def test_a_line_that_may_not_pay_is_found() -> None:
    """The capital's line may pay for measures of the Capital only, the central line only capital of small cities."""
    swapped = hand.with_cells(hand.plan(), "spending", 6, line="capital")
    assert hand.finds(audit(swapped), "payments", "measure clinic, line capital, 2035", "running 0.5", "may not pay")
    running = hand.with_cells(hand.plan(), "spending", 4, running=0.1)
    assert hand.finds(audit(running), "payments", "measure clinic, line centre, 2030", "running 0.1", "may not pay")
    elsewhere = with_line(hand.plan(), "centre", pays_for=(build.where(tier="core"),))
    assert hand.finds(audit(elsewhere), "payments", "measure clinic, line centre, 2030", "capital 0.3")


def test_other_shares_than_agreed_are_found() -> None:
    """The capital's line pays 0.6 of rail-ab: 6, and not 5 of which the province's line pays the rest."""
    plan = hand.with_cells(hand.with_cells(hand.plan(), "spending", 0, capital=5.0), "spending", 1, capital=5.0)
    assert hand.finds(audit(plan), "payments", "measure rail-ab, line capital, 2030", "capital paid 5", "6")
    assert hand.finds(audit(plan), "payments", "measure rail-ab, line province, 2030", "capital paid 5", "4")


def test_more_than_the_largest_share_is_found() -> None:
    """The central line pays 0.3 of the clinics' 1; it may pay a fifth."""
    report = audit(with_line(hand.plan(), "centre", at_most_share=0.2))
    assert hand.finds(report, "largest share", "line centre, 2030", "capital 0.3", "at most 0.2")


def test_a_cost_that_is_not_paid_in_full_is_found() -> None:
    """0.3 + 0.6 of 1."""
    plan = hand.with_cells(hand.plan(), "spending", 5, capital=0.6)
    assert hand.finds(audit(plan), "payments", "measure clinic, 2030", "capital paid 0.9", "1")


def test_a_negative_payment_is_found() -> None:
    """What one line gets back another has to pay."""
    plan = hand.with_cells(hand.with_cells(hand.plan(), "spending", 4, capital=-0.3), "spending", 5, capital=1.3)
    assert hand.finds(audit(plan), "payments", "measure clinic, line centre, 2030", "capital -0.3", "at least 0")


def over_budget() -> Plan:
    """The province's line has 5 in 2030 and pays 5.18."""
    plan = with_line(hand.plan(), "province", amount=FrozenDict({"2030": 5.0, "2035": 3.0}))
    return hand.with_cells(plan, "money", 2, amount=5.0, unspent=-0.18)


def test_paying_more_than_a_line_has_is_found() -> None:
    """5.18 of 5."""
    report = audit(over_budget())
    assert hand.finds(report, "within budget", "line province, 2030", "paid 5.18", "at most 5")
    assert {v.check for v in report.violations} == {"within budget"}


def test_paying_less_than_the_minimum_is_found() -> None:
    """5.18 of at least 5.5."""
    plan = with_line(hand.plan(), "province", minimum=FrozenDict({"2030": 5.5, "2035": 0.0}))
    assert hand.finds(audit(plan), "minimum spending", "line province, 2030", "paid 5.18", "at least 5.5")


def test_money_carried_where_nothing_may_be_carried_is_found() -> None:
    """The province's line keeps nothing, and no line keeps anything after the last period."""
    plan = hand.with_cells(hand.plan(), "money", 2, carried_out=0.82, unspent=0.0)
    assert hand.finds(audit(plan), "lines", "line province, 2030", "carried_out 0.82", "0")
    plan = hand.with_cells(hand.plan(), "money", 1, carried_out=3.58, unspent=0.0)
    assert hand.finds(audit(plan), "lines", "line capital, 2035", "carried_out 3.58", "0")


def test_a_broken_chain_of_carried_money_is_found() -> None:
    """1.88 went out in 2030, 2 came in in 2035."""
    plan = hand.with_cells(hand.plan(), "money", 1, carried_in=2.0, unspent=3.7)
    assert hand.finds(audit(plan), "lines", "line capital, 2035", "carried_in 2", "1.88")


def test_a_line_without_a_selection_may_pay_for_anything() -> None:
    """The central line without any selection pays what it paid."""
    plan = with_line(hand.plan(), "centre", pays_for=())
    assert isinstance(plan.case.lines["centre"], Line)
    assert audit(plan).passed


@pytest.mark.parametrize(
    ("position", "columns", "words"),
    [
        (0, {"at_least": 1.5}, ("target inland-doctors, city inland, 2035", "1.4", "at least 1.5")),
        (0, {"at_least": 1.4}, ()),
        (1, {"at_most": 85.0}, ("target inland-core, city inland, 2030", "90", "at most 85")),
        (1, {"at_most": 90.0}, ()),
    ],
)
def test_a_missed_target_is_found(position: int, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """1.4 doctors per 1,000 in 2035, 90 minutes in 2030."""
    targets = list(hand.case().targets)
    targets[position] = hand.changed(targets[position], **columns)
    report = audit(hand.with_case(hand.plan(), targets=tuple(targets)))
    assert hand.finds(report, "targets", *words) if words else report.passed


@pytest.mark.parametrize(
    ("position", "columns", "words"),
    [
        (0, {"at_least": 0.2}, ("rule small-first", "spending 1.9", "at least 2.52")),
        (0, {"at_least": None, "at_most": 0.1}, ("rule small-first", "spending 1.9", "at most 1.26")),
        (0, {"periods": ("2035",), "at_least": 0.6}, ("rule small-first", "spending 0.5", "at least 0.6")),
        (1, {"at_most": 1.0}, ("rule few-clinics", "units 2", "at most 1")),
        (1, {"periods": ("2035",), "at_least": 3.0, "at_most": None}, ("rule few-clinics", "units 0", "at least 3")),
        (2, {"at_most": 2.0}, ("rule few-works", "count 3", "at most 2")),
        (2, {"periods": build.PERIODS}, ("rule few-works", "count 4", "at most 3")),
    ],
)
def test_a_broken_rule_is_found(position: int, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """The clinics take 1.9 of 12.6 (0.5 of 1 in 2035); two of them start in 2030, with a railway and a signature."""
    rules = list(hand.case().rules)
    rules[position] = hand.changed(rules[position], **columns)
    assert hand.finds(audit(hand.with_case(hand.plan(), rules=tuple(rules))), "rules", *words)


def losing() -> Plan:
    """Inland's clinics are not used: it is as short as without them, and Border loses 20 doctors to nobody."""
    plan = hand.with_cells(hand.plan(), "flows", 1, amount=280.0)
    return hand.with_cells(plan, "indicators", 5, gap_with=0.3, true_gap_with=0.3, with_plan=1.4)


def test_a_city_that_loses_is_found() -> None:
    """Border has 280 of 400 doctors with the plan and 300 without: gaps 0.3 and 0.25."""
    where = ("indicator doctors, city border, 2030", "gap_with 0.3", "at most 0.250001")
    assert hand.finds(audit(losing()), "no city loses", *where)
    assert not hand.finds(audit(hand.with_case(losing(), no_city_loses=False)), "no city loses")


def with_doctors(plan: Plan, **fields: Any) -> Plan:
    """The plan as one of a case in which doctors are another service."""
    services = {**plan.case.services, "doctors": replace(plan.case.services["doctors"], **fields)}
    return hand.with_case(plan, services=FrozenDict(services))


def test_what_is_met_elsewhere_counts_as_the_case_says() -> None:
    """In 2035 the Border's last 100 of 400 are served in Alpha: counting half, 50 are missing, an eighth; others stay."""
    report = audit(with_doctors(hand.plan(), away_counts=0.5))
    assert hand.finds(report, "services", "doctors, city border, 2035", "gap_with 0", "0.125")
    assert hand.finds(report, "best use", "doctors, 2035, with the plan", "these gaps")
    assert not hand.finds(report, "services", "inland")
    assert audit(with_doctors(hand.plan(), away_counts=1.0)).passed


@pytest.mark.parametrize(("times", "passes"), [(1.0, True), (1.12, True), (1.13, False)])
def test_what_a_city_keeps_is_not_given_to_others(times: float, passes: bool) -> None:
    """Alpha has 2,340 and needs 2,000: at 1.12 times it keeps 2,240 and can spare the 100, at 1.13 times 80."""
    report = audit(with_doctors(hand.plan(), keeps=times))
    assert hand.finds(report, "capacity", "alpha, 2035", "served there for others 100") == (not passes)
