"""Replanning: the past is kept, the rest is planned anew; by hand, and laws."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result as Ended

from planner.audit import audit
from planner.case import Case, FrozenDict, load_case, with_edits
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import with_money, with_scaled_money, without_measures
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.questions.asking import decisions_of
from planner.questions.importance.ask import importance
from planner.questions.replan import ask as replanning
from planner.questions.replan.ask import Replan, replan
from planner.questions.replan.command import _same_past
from planner.questions.replan.shown import answer
from planner.work import stopping
from tests.product.conftest import PROJECT
from tests.questions.answered import best
from tests.solving.folders import case

Run = Callable[..., Ended]
EXACT = SolveOptions(gap=1e-9, threads=1)
YAML = """\
    periods: [2026-2030, 2031-2035, 2036-2040]
    modes: {road: {boarding_minutes: 0}}
    lines: {fund: {holder: North}}
    goals: [{minimise: benefit}, {minimise: spending}]
    scenarios:
      less: {description: Less from now on, edits: [{table: budgets, column: amount, multiply: 0.5}]}
      no-a: {description: It is ruled out, edits: [{table: measures, where: {id: a}, column: status, set: ruled_out}]}
      a-later: {description: It comes later, edits: [{table: measures, where: {id: a}, column: earliest, set: "2040"}]}
      a-decided:
        description: It is decided for later
        edits:
          - {table: measures, where: {id: a}, column: status, set: decided}
          - {table: measures, where: {id: a}, column: start_period, set: "2040"}
      dear: {description: Running is dear, edits: [{table: measures, where: {id: a}, column: running_cost, set: 9}]}
    """
CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """
MEASURES = """\
    id kind city capital_cost running_cost benefit earliest latest
    a hub A 10 0 9 2030 2040
    b hub A 8 0 8 2030 2040
    c hub A 5 0 4 2030 2040
    d hub A 4 0 3 2030 2040
    """
BUDGETS = "line period amount\nfund 2030 10\nfund 2035 10\nfund 2040 10"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten in each of three periods, nothing kept. a costs 10 and is worth 9; b 8, 8; c 5, 4; d 4, 3.

    All are worth the same whenever they start: a in one period, b in another, c and d (9 together) in the third: 24.
    """
    place = tmp_path_factory.mktemp("replan") / "periods"
    case(place, YAML, cities=CITIES, measures=MEASURES, budgets=BUDGETS)
    return place


@pytest.fixture(scope="module")
def old(folder: Path) -> Plan:
    """A plan of 24 that starts a, then b, then c and d."""
    plan = solve(load_case(folder), options=EXACT, fixed={("a", "2030"): 1.0, ("b", "2035"): 1.0, ("c", "2040"): 1.0})
    assert plan.goals[0].value == pytest.approx(-24)
    assert decisions_of(plan) == {("a", "2030"): 1, ("b", "2035"): 1, ("c", "2040"): 1, ("d", "2040"): 1}
    return plan


def value(plan: Plan) -> float:
    return plan.goals[0].value


def test_starts_that_are_fixed_start_and_no_others(folder: Path) -> None:
    """Only c may start in 2026-2030, and it does; then a and b: 4 + 9 + 8 = 21, and d has no money left (10 and 8 of 10)."""
    asked = load_case(folder)
    fixed = {(m, "2030"): float(m == "c") for m in "abcd"}
    plan = solve(asked, options=EXACT, fixed=fixed)
    assert (plan.status, plan.options["fixed_starts"]) == ("optimal", 4)
    assert value(plan) == pytest.approx(-21)
    assert {a for a, u in decisions_of(plan) if u == "2030"} == {"c"}
    assert audit(plan).violations == ()


@pytest.mark.parametrize("since", ["2030", "2035", "2040"])
def test_an_unchanged_case_gives_the_same_first_goal_from_any_period(old: Plan, since: str) -> None:
    result = replan(old, since, options=EXACT)
    assert (result.plan.status, result.plan.audit, result.complete) == ("optimal", "passed", True)
    assert value(result.plan) == pytest.approx(value(old))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [None, "no-signatures", "poorer-south"])
def test_so_does_the_case_worked_out_by_hand(scenario: str | None) -> None:
    asked = load_case(PROJECT / "cases" / "tiny", scenario)
    plan = solve(asked, options=EXACT)
    for since in asked.period_ids:
        found = replan(plan, since, options=EXACT)
        assert (found.plan.status, found.plan.audit) == ("optimal", "passed")
        assert value(found.plan) == pytest.approx(value(plan), abs=1e-4 * value(plan) + 2e-6)


def test_with_less_money_from_now_on_the_past_is_as_it_was(folder: Path, old: Plan) -> None:
    """Half of the money: 5 a period. a was started with 10 in 2026-2030, when there were 10. From 2031 on c and d fit (5
    and 4), b does not: 9 + 4 + 3 = 16. The old plan would be 3 over in 2031-2035 and 4 (9 of 5) in 2036-2040."""
    result = replan(old, "2035", case=load_case(folder, "less"), options=EXACT)
    assert (result.plan.status, result.plan.audit) == ("optimal", "passed")
    assert value(result.plan) == pytest.approx(-16)
    assert decisions_of(result.plan).keys() - {("c", "2035"), ("c", "2040"), ("d", "2035"), ("d", "2040")} == {("a", "2030")}
    assert list(result.table("broken")["promise"]) == ["line fund: 7 bn over in all periods together"]
    goals = result.table("goals").set_index("goal").loc["benefit"]
    assert (goals["before"], goals["kept_on"], goals["now"]) == pytest.approx((-24, -24, -16))
    money = result.plan.table("money").set_index("period")["amount"]
    assert list(money) == [10, 5, 5]
    said = " ".join(answer(result).split())
    assert "The old plan kept breaks promises, which the new plan and what nothing can beat keep" in said


@pytest.mark.parametrize("scenario", ["no-a", "a-later"])
def test_what_was_started_stays_even_where_the_case_now_rules_it_out(
    folder: Path, old: Plan, scenario: str, tmp_path: Path
) -> None:
    """a was started in 2026-2030 and counts; nothing else changes, so 24 again. The plan reads back as it was written."""
    result = replan(old, "2035", case=load_case(folder, scenario), options=EXACT)
    assert (result.plan.status, result.plan.audit) == ("optimal", "passed")
    assert value(result.plan) == pytest.approx(-24)
    assert decisions_of(result.plan)["a", "2030"] == 1
    again = read_plan(write_plan(result.plan, tmp_path / "plan"))
    assert again.case.content_hash == result.plan.case.content_hash
    assert audit(again).violations == ()


@pytest.fixture
def solve_that_takes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that only a solve moves, by so many seconds; its plan is then one at the limit."""

    def take(seconds: float) -> None:
        now, run = [0.0], replanning.solve

        def solve_to_the_end(*words: Any, **named: Any) -> Plan:
            found = run(*words, **named)
            now[0] += seconds
            return replace(found, status="feasible", ended=told_as("the time limit was hit"))

        monkeypatch.setattr(replanning, "solve", solve_to_the_end)
        monkeypatch.setattr(stopping, "perf_counter", lambda: now[0])

    return take


LIMITED = SolveOptions(time_limit=1000.0, threads=1)


def test_what_keeping_to_the_old_plan_breaks_is_told_though_the_search_took_all_its_time(
    folder: Path, old: Plan, solve_that_takes: Callable[[float], None]
) -> None:
    """With 5 in each later period b (8) costs 3 too much, and c and d (9) 4 too much: 7 together. It is worth 24 as ever."""
    solve_that_takes(1000.0)
    found = replan(old, "2035", case=load_case(folder, "less"), options=LIMITED)
    (broken,) = found.tables["broken"]["promise"]
    assert broken.startswith("line fund: 7 ")
    assert found.tables["goals"]["kept_on"][0] == pytest.approx(-24)
    assert found.missing == ("the time limit was hit",)


def test_that_it_was_not_looked_at_is_told_where_there_was_no_time_for_it(
    folder: Path, old: Plan, solve_that_takes: Callable[[float], None]
) -> None:
    solve_that_takes(1e6)
    found = replan(old, "2035", case=load_case(folder, "less"), options=LIMITED)
    assert found.plan.has_decisions
    assert found.tables["broken"].empty
    assert "what keeping to the old plan would break was not looked at in time" in found.missing


def test_what_the_past_rules_out_is_not_started_twice(folder: Path, old: Plan) -> None:
    """From 2036 on: a and b are there, c and d still cost 9 of 10. Without d, c alone: 9 + 8 + 4 = 21."""
    result = replan(old, "2040", case=without_measures(load_case(folder), ["d"]), options=EXACT)
    assert value(result.plan) == pytest.approx(-21)


def test_a_measure_that_nobody_started_stays_ruled_out(folder: Path, old: Plan) -> None:
    """From 2031 on without b: c and d in 2031-2035 or later, 9 + 4 + 3 = 16."""
    result = replan(old, "2035", case=without_measures(load_case(folder), ["b"]), options=EXACT)
    assert value(result.plan) == pytest.approx(-16)
    changes = result.table("decisions").set_index(["measure", "start_period"])
    assert tuple(changes.loc[("b", "2035"), ["kept", "units_before", "units_now"]]) == ("no", 1.0, 0.0)
    assert tuple(changes.loc[("a", "2030"), ["kept", "units_before", "units_now"]]) == ("yes", 1.0, 1.0)


def test_a_past_that_the_changed_case_cannot_pay_is_said_with_the_line_and_the_amount(folder: Path, old: Plan) -> None:
    """a now costs 9 a year: 45 in 2026-2030, beside 10 for building, where there are 10; 45 of 10 in the others: 115."""
    result = replan(old, "2035", case=load_case(folder, "dear"), options=EXACT)
    assert (result.plan.status, result.complete) == ("infeasible", True)
    assert result.plan.reason == (
        "what was started before 2031-2035 breaks by itself: line fund: 115 bn over in all periods together"
    )


def overrun(folder: Path, cost: float, money: dict[str, float]) -> Case:
    """The case as it is now: a, which was started in 2026-2030 with all of the 10 there were, costs more."""
    edits = [{"table": "measures", "where": {"id": "a"}, "column": "capital_cost", "set": cost}]
    edits += [{"table": "budgets", "where": {"period": t}, "column": "amount", "set": was} for t, was in money.items()]
    return with_edits(load_case(folder), "overrun", edits)


@pytest.mark.slow
def test_what_was_started_costs_more_by_now_and_what_that_took_is_said(folder: Path, old: Plan) -> None:
    found = replan(old, "2035", case=overrun(folder, 13, {}), options=EXACT)
    assert (
        found.plan.reason
        == "what was started before 2031-2035 breaks by itself: line fund: 3 bn over in all periods together"
    )
    assert found.diagnosis is not None
    (row,) = found.diagnosis.tables["repairs"].to_dict("records")
    assert (row["promise"], row["period"], row["now"], row["needed"], row["verified"]) == (
        "money", "2030", 10, pytest.approx(13), True,
    )  # fmt: skip


def test_once_the_case_says_who_paid_the_rest_is_planned(folder: Path, old: Plan) -> None:
    """With 13 in 2026-2030 as it took; b, c and d as before: 24 in all."""
    found = replan(old, "2035", case=overrun(folder, 13, {"2030": 13}), options=EXACT)
    assert (found.plan.status, found.complete, value(found.plan)) == ("optimal", True, pytest.approx(-24))
    assert found.plan.case.lines["fund"].amount == {"2030": 13, "2035": 10, "2040": 10}
    assert "they had what was missing, as the case now says: fund" in " ".join(answer(found).split())


@pytest.mark.parametrize(("cost", "had"), [(10, 10), (10.5, 10.5)])
def test_money_that_the_past_did_not_take_was_not_there(folder: Path, old: Plan, cost: float, had: float) -> None:
    """The case now says 30 in 2026-2030; what was started took no more than its cost of it."""
    found = replan(old, "2035", case=overrun(folder, cost, {"2030": 30}), options=EXACT)
    assert found.plan.case.lines["fund"].amount["2030"] == pytest.approx(had)
    assert ("they had what was missing" in " ".join(answer(found).split())) == (had > 10)


def test_money_said_to_have_come_later_paid_a_debt_with_its_interest(tmp_path: Path) -> None:
    """a costs 13 and b 12 by now, of 10 in each period: 3 are owed with interest when b has to be paid; 12 came then."""
    yaml = YAML.replace(
        "lines: {fund: {holder: North}}", "lines: {fund: {holder: North, borrow: {limit: 5, interest: 0.05}}}"
    )
    case(tmp_path / "debt", yaml, cities=CITIES, measures=MEASURES, budgets=BUDGETS)
    asked = load_case(tmp_path / "debt")
    before = solve(asked, options=EXACT, fixed={("a", "2030"): 1.0, ("b", "2035"): 1.0})
    edits = [
        {"table": "measures", "where": {"id": "a"}, "column": "capital_cost", "set": 13},
        {"table": "measures", "where": {"id": "b"}, "column": "capital_cost", "set": 12},
        {"table": "budgets", "where": {"period": "2035"}, "column": "amount", "set": 12},
    ]
    now = with_edits(asked, "now", edits)
    free = solve(now, options=EXACT, fixed={("a", "2030"): 1.0, ("b", "2035"): 1.0})
    found = replan(before, "2040", case=now, options=EXACT)
    assert (free.status, found.plan.status) == ("optimal", "optimal")
    assert 10 < found.plan.case.lines["fund"].amount["2035"] < 12, "no more than was missing"


def test_without_time_to_know_who_paid_nothing_is_proven(folder: Path, old: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        replanning, "_missing", lambda *given: (_ for _ in ()).throw(stopping.Stopped("limit", 1.0, "paying"))
    )
    found = replan(old, "2035", case=overrun(folder, 13, {"2030": 13}), options=EXACT)
    assert (found.plan.status, found.complete) == ("no_plan", False)
    assert "was not looked at in time" in " ".join(answer(found).split())


def test_whichever_line_paid_is_said_by_the_case(tmp_path: Path) -> None:
    """Two lines of 5 paid a, which costs 13 by now: it may be the other one that had 8."""
    folder = tmp_path / "two"
    yaml = YAML.replace("lines: {fund: {holder: North}}", "lines: {fund: {holder: North}, other: {holder: North}}")
    budgets = "line period amount\n" + "\n".join(f"{line} {t} 5" for line in ("fund", "other") for t in (2030, 2035, 2040))
    case(folder, yaml, cities=CITIES, measures=MEASURES, budgets=budgets)
    before = solve(load_case(folder), options=EXACT, fixed={("a", "2030"): 1.0})
    dear = {"table": "measures", "where": {"id": "a"}, "column": "capital_cost", "set": 13}
    for line in ("fund", "other"):
        paid = {"table": "budgets", "where": {"line": line, "period": "2030"}, "column": "amount", "set": 8}
        found = replan(before, "2035", case=with_edits(load_case(folder), "now", [dear, paid]), options=EXACT)
        assert found.plan.status == "optimal", line
        had = {l: one.amount["2030"] for l, one in found.plan.case.lines.items()}
        assert had == pytest.approx({"fund": 5, "other": 5} | {line: 8})


@pytest.mark.slow
def test_what_the_past_breaks_for_good_is_said_whatever_its_things_are_called(folder: Path, old: Plan) -> None:
    """a started in 2026-2030 without d, which it now requires: no later start mends that. A target missed could be."""
    called = with_edits(
        load_case(folder), "called", [
            {"table": "measures", "where": {"id": "a"}, "column": "requires", "set": ["d"]},
            {"table": "measures", "where": {"id": "a"}, "column": "name", "set": "target range"},
        ],
    )  # fmt: skip
    result = replan(old, "2035", case=called, options=EXACT)
    assert (result.plan.status, result.complete) == ("infeasible", True)
    assert result.plan.reason == (
        "what was started before 2031-2035 breaks by itself: "
        "target range starts in 2026-2030 before d, which it requires, serves"
    )


def test_half_of_a_divisible_measure_is_kept_as_it_is(tmp_path: Path) -> None:
    """Units of 6 each: 7/6 of them for the 7 of the first period. Of the 3 that the second then has, 3/6 more."""
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, across_borders: never}}
        lines: {fund: {holder: North}}
        goals: [{minimise: benefit}, {minimise: spending}]
        """
    measures = """\
        id kind city service capacity capital_cost benefit units divisible
        a facility A clinic 1 6 1 2 yes
        """
    capacity = "city service capacity\nA clinic 50\nB clinic 50"
    budgets = "line period amount\nfund 2030 7\nfund 2035 7"
    asked = case(tmp_path / "half", yaml, cities=CITIES, measures=measures, budgets=budgets, capacity=capacity)
    plan = solve(asked, options=EXACT, fixed={("a", "2030"): 7 / 6})
    result = replan(plan, "2035", case=with_money(asked, {("fund", "2035"): 3.0}), options=EXACT)
    assert (result.plan.status, result.plan.audit) == ("optimal", "passed")
    assert decisions_of(result.plan)["a", "2030"] == pytest.approx(7 / 6, rel=1e-12)
    assert value(result.plan) == pytest.approx(-(7 / 6 + 3 / 6), rel=1.1e-4)  # spending may take the tolerance


@pytest.mark.parametrize(
    ("since", "scenario", "message"),
    [
        ("2036", None, "'2036' is not a period of this case .2026-2030, 2031-2035, 2036-2040."),
        ("2035", "a-decided", "has started 1 of a in 2026-2030; the changed case has decided otherwise"),
    ],
)
def test_a_past_that_the_case_cannot_have_is_refused(
    folder: Path, old: Plan, since: str, scenario: str | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        replan(old, since, case=load_case(folder, scenario))


def test_a_case_without_a_measure_or_with_other_periods_is_refused(old: Plan) -> None:
    rest = FrozenDict({a: m for a, m in old.case.measures.items() if a != "a"})
    with pytest.raises(ValueError, match="does not have: a"):
        replan(old, "2035", case=replace(old.case, measures=rest))
    first, *others = old.case.periods
    with pytest.raises(ValueError, match="other periods than the plan"):
        replan(old, "2035", case=replace(old.case, periods=(replace(first, first=2025), *others)))
    for money in ({"unit": "mn CNY"}, {"prices": old.case.money.prices + 1}):
        with pytest.raises(ValueError, match="the changed case counts money in"):
            replan(old, "2035", case=replace(old.case, money=replace(old.case.money, **money)))


@pytest.mark.parametrize("more", [["2041-2045"], ["2041-2045", "2046-2050"]])
@pytest.mark.parametrize(("reserve", "best"), [(0, 24), (0.1, 15)])
def test_a_horizon_may_be_longer_by_now(tmp_path: Path, more: list[str], reserve: float, best: float) -> None:
    """Of ten in each period a tenth beside what is paid may be kept free: then a is too dear, and b, c, d are worth 15."""
    text = YAML.replace("{holder: North}", f"{{holder: North, reserve: {reserve}}}")
    paid = BUDGETS.replace("amount", "amount minimum").replace(" 10", " 10 5", 1).replace("2035 10", "2035 10 0")
    paid = paid.replace("2040 10", "2040 10 0")
    before = solve(case(tmp_path / "old", text, cities=CITIES, measures=MEASURES, budgets=paid), options=EXACT)
    longer = text.replace("2036-2040]", ", ".join(["2036-2040", *more]) + "]")
    paid += "".join(f"\nfund {period[-4:]} 10 0" for period in more)
    now = case(tmp_path / "new", longer, cities=CITIES, measures=MEASURES, budgets=paid)
    result = replan(before, "2035", case=now, options=EXACT)
    assert (result.plan.status, result.plan.audit) == ("optimal", "passed")
    started, kept = ({s: u for s, u in decisions_of(plan).items() if s[1] == "2030"} for plan in (before, result.plan))
    assert started == kept
    assert kept
    assert (value(before), value(result.plan)) == (pytest.approx(-best), pytest.approx(-best))


@pytest.mark.parametrize(
    ("periods", "since", "says"),
    [
        ("2028-2032, 2033-2035", "2032", r"\(none; the plan 2026-2030\)"),
        ("2026-2030, 2031-2035, 2036-2040, 2041-2045, 2046-2050", "2050", "ends with 2036-2040.* plan from 2041-2045 on"),
    ],
)
def test_what_the_plan_does_not_know_of_the_past_is_said(
    tmp_path: Path, old: Plan, periods: str, since: str, says: str
) -> None:
    """Old periods are 2026-2030, 2031-2035 and 2036-2040: a new one that begins within one has no past of its own."""
    ends = [period[-4:] for period in periods.split(", ")]
    text = YAML.replace("2026-2030, 2031-2035, 2036-2040", periods).replace('set: "2040"', f'set: "{ends[-1]}"')
    budgets = "line period amount" + "".join(f"\nfund {end} 10" for end in ends)
    measures = MEASURES.replace("2030 2040", f"{ends[0]} {ends[-1]}")
    now = case(tmp_path / "now", text, cities=CITIES, measures=measures, budgets=budgets)
    with pytest.raises(ValueError, match=says):
        replan(old, since, case=now)


def test_a_case_that_begins_later_has_forgotten_what_was_started(tmp_path: Path, old: Plan) -> None:
    later = YAML.replace("[2026-2030, 2031-2035, 2036-2040]", "[2031-2035, 2036-2040]")
    budgets = "line period amount\nfund 2035 10\nfund 2040 10"
    now = case(tmp_path / "now", later, cities=CITIES, measures=MEASURES.replace("2030 2040", "2035 2040"), budgets=budgets)
    with pytest.raises(ValueError, match=r"\(none; the plan 2026-2030\): keep the past ones"):
        replan(old, "2035", case=now)


@pytest.mark.slow
def test_more_money_from_now_on_never_hurts(old: Plan) -> None:
    values = [value(replan(old, "2035", case=with_scaled_money(old.case, f), options=EXACT).plan) for f in (0.5, 1.0, 1.5)]
    assert values == sorted(values, reverse=True)


def test_a_plan_with_given_starts_is_not_taken_for_the_best_of_its_case(old: Plan) -> None:
    with pytest.raises(ValueError, match="only with the starts that it was given"):
        importance(old.case, plan=old)


# the command


def test_where_a_line_may_borrow_the_goal_of_spending_is_called_with_its_interest(tmp_path: Path) -> None:
    yaml = YAML.replace("{holder: North}", "{holder: North, borrow: {limit: 5, interest: 0.03}}")
    budgets = "line period amount\nfund 2030 10\nfund 2035 10\nfund 2040 20"
    borrowing = case(tmp_path, yaml, cities=CITIES, measures=MEASURES, budgets=budgets)
    said = answer(replan(solve(borrowing, options=EXACT), "2035", options=EXACT))
    assert any(line.startswith("spending and interest ") for line in said.splitlines())


@pytest.mark.slow
def test_the_command_writes_a_plan_and_says_what_changes(run: Run, folder: Path, old: Plan) -> None:
    write_plan(old, "plans/periods--base")
    words = ("replan", "plans/periods--base", "--from", "2031-2035", "--case", folder, "--scenario", "less")
    ended = run(*words)
    assert ended.exit_code == 0, ended.stderr
    for text in (
        "WHAT STARTS OTHERWISE FROM 2031-2035 ON",
        "line fund: 7 bn over in all periods together",
        "with the starts that were given",
    ):
        assert text in " ".join(ended.stdout.split())
    found = read_plan("plans/periods--less--replanned")
    assert (found.case.scenario, found.status, found.audit) == ("less--replanned", "optimal", "passed")
    assert run(*words).exit_code == 2, "the place is taken"
    content = json.loads(run(*words, "--replace", "--json").stdout)
    assert (content["schema"], content["status"], content["since"]) == ("planner.replan/1", "optimal", "2035")
    assert {row["measure"] for row in content["tables"]["decisions"]} == {"a", "b", "c", "d"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--from", "2031-2036"], 2, "'2031-2036' is not a period of this case (2026-2030, 2031-2035, 2036-2040)."),
        (["--from", "2035", "--scenario", "less"], 2, "--scenario needs --case"),
        (["--from", "2035", "--case", "CASE", "--scenario", "lesss"], 3, "Did you mean 'less'"),
        (["--from", "2035", "--case", "CASE", "--scenario", "dear"], 4, ""),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    run: Run, folder: Path, old: Plan, words: list[str], code: int, message: str
) -> None:
    write_plan(old, "old")
    ended = run("replan", "old", *[folder if word == "CASE" else word for word in words])
    assert ended.exit_code == code, ended.stderr
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def clash(folder: Path, tmp_path: Path) -> Path:
    """The case as it is now: 5 in each of the later periods instead of 10, and b has to start.

    From the start b could have been had: it costs 8, and there were 10. But those went to a: now 3 more are needed, or b
    must not be asked for.
    """
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    place = tmp_path / "now"
    place.mkdir()
    for file in folder.glob("*.csv"):
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    rule = "rules: [{id: have-b, of: count, where: {id: b}, at_least: 1}]\n"
    (place / "case.yaml").write_text(text + rule, encoding="utf-8")
    (place / "budgets.csv").write_text("line,period,amount\nfund,2030,10\nfund,2035,5\nfund,2040,5\n", encoding="utf-8")
    return place


@pytest.mark.slow
def test_where_the_past_leaves_no_plan_it_is_said_what_clashes_and_what_would_help(old: Plan, clash: Path) -> None:
    now = load_case(clash)
    assert solve(now, options=EXACT).status == "optimal", "without the past there is a plan"
    found = replan(old, "2035", case=now, options=EXACT)
    assert (found.plan.status, found.complete) == ("infeasible", True)
    why = found.diagnosis
    assert why is not None
    assert (why.possible, why.past) == (False, ("2030",))
    repairs = why.tables["repairs"]
    money = repairs[repairs["promise"] == "money"]
    assert set(money["period"]) <= {"2035", "2040"}, "what was there before is spent"
    assert [needed - was for was, needed in zip(money["now"], money["needed"], strict=True)] == [pytest.approx(3)]
    assert money["verified"].all()
    assert "have-b" in set(repairs["item"])
    assert any("have-b" in text for text in why.tables["conflicts"]["text"])


@pytest.mark.slow
def test_what_is_said_to_help_does(old: Plan, clash: Path) -> None:
    """Three more in one later period, and b starts there."""
    why = replan(old, "2035", case=load_case(clash), options=EXACT).diagnosis
    assert why is not None
    repairs = why.tables["repairs"]
    (row,) = repairs[repairs["promise"] == "money"].to_dict("records")
    richer = with_money(load_case(clash), {("fund", row["period"]): row["needed"]})
    found = replan(old, "2035", case=richer, options=EXACT)
    assert (found.plan.status, found.diagnosis) == ("optimal", None)
    assert decisions_of(found.plan)["b", row["period"]] == 1


@pytest.mark.slow
def test_the_command_says_it_too(old: Plan, clash: Path, tmp_path: Path, run: Run) -> None:
    write_plan(old, tmp_path / "old")
    words = ("replan", tmp_path / "old", "--from", "2031-2035", "--case", clash, "-q")
    ended = run(*words)
    assert ended.exit_code == 4
    said = " ".join(ended.stdout.split())
    assert "with what was started before 2031-2035 kept, no plan keeps all" in said
    assert "each of these is enough by itself" in said.lower()
    assert "have-b" in said
    assert "ask `planner replan` again" in said
    content = json.loads(run(*words, "--json", "--replace").stdout)
    assert content["status"] == "infeasible"
    assert content["diagnosis"]["tables"]["repairs"]


@pytest.mark.slow
def test_what_later_starts_may_still_keep_is_not_said_to_be_broken_by_the_past(old: Plan, clash: Path) -> None:
    """b has not started yet: that is no fault of what has."""
    found = replan(old, "2035", case=load_case(clash), options=EXACT)
    assert found.plan.reason.startswith("with what was started before 2031-2035 kept, no plan keeps all")


@pytest.mark.proof
def test_of_the_region_it_is_said_that_nobody_can_be_spared_what_the_past_has_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing starts until 2036: each jurisdiction alone would have gaps closed by then, and no money makes up for that."""
    monkeypatch.setattr("planner.questions.replan.ask.DIAGNOSIS_SECONDS", 36000.0)
    region = PROJECT / "cases" / "jing-jin-ji"
    found = replan(evaluate(load_case(region), {}), "2040", case=load_case(region, "nobody-worse-off"))
    assert found.plan.status == "infeasible"
    why = found.diagnosis
    assert why is not None
    assert (why.possible, why.complete) == (False, True)
    assert set(why.tables["conflicts"]["promise"]) == {"nobody worse off"}
    assert "more money, of any line" in why.not_enough
    assert set(why.tables["repairs"]["promise"]) == {"nobody worse off"}


def test_only_a_plan_with_the_same_past_answers_the_same_question() -> None:
    """Of a replanned plan a better one is kept only where it started the same before."""
    plan = best()
    since = plan.case.period_ids[1]
    table = plan.table("decisions")
    early = table.index[table["start_period"] < since]
    later = table.index[table["start_period"] >= since]
    assert len(early)
    assert len(later)

    def having(row: int) -> Plan:
        changed = plan.table("decisions")
        changed.loc[row, "units"] += 1
        return replace(plan, tables=FrozenDict({**plan.tables, "decisions": changed}))

    result = Replan(plan.case, True, (), 0.0, FrozenDict(), FrozenDict({"replanned": plan}), since=since)
    assert [_same_past(result, other) for other in (plan, having(later[0]), having(early[0]))] == [True, True, False]
