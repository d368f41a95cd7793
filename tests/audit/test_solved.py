"""Plans as the program makes them: solved and hand-made ones pass, and planted faults in them are found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case import Case, load_case
from planner.case.problems import CaseInvalid
from planner.planning.decisions import decided_late
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.tables import TABLES, TEXT_COLUMNS
from tests.audit import hand
from tests.counting import calls
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.tiers import one_of

CASES = Path(__file__).parents[2] / "cases"
NUMBERS = [(name, c) for name, columns in TABLES.items() for c in columns if c not in TEXT_COLUMNS]


@cache
def tiny(scenario: str | None = None) -> Case:
    """The smallest shipped case."""
    return load_case(CASES / "tiny", scenario)


@cache
def solved(scenario: str | None = None) -> Plan:
    """Its optimal plan."""
    return solve(tiny(scenario), options=SolveOptions(threads=1))


@pytest.mark.parametrize("scenario", [None, "no-signatures", "poorer-south"])
def test_the_solved_plans_of_the_tiny_case_pass(scenario: str | None) -> None:
    """The case as it is, and each of its scenarios."""
    report = audit(solved(scenario))
    assert report.passed, str(report)
    assert report.checks["best use"] > 0


@pytest.mark.parametrize("number", one_of(5, range(20)))
def test_the_solved_plans_of_random_cases_pass(number: int) -> None:
    """Targets, rules, minima, largest shares, divisible measures, groups, hubs, facilities, borders."""
    report = audit(solve(case_of(number), options=SolveOptions(threads=1)))
    assert report.passed, str(report)


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(5, range(20)))
def test_plans_of_random_cases_with_parks_pass(number: int) -> None:
    """Jobs, skills, land, air, chains, closures, tax, credit, transfers, private money, pyramid, gates, stand-alone plans:
    solved; and by hand, each measure as early as it may start, which breaks some promises and says so."""
    case = work_case_of(number)
    solved = audit(solve(case, options=SolveOptions(threads=1)))
    assert solved.passed, str(solved)
    first = {m.id: m.starts[0].period for m in case.measures.values() if m.starts and m.status == "candidate"}
    try:
        by_hand = audit(evaluate(case, dict.fromkeys(first.items(), 1.0)))
    except CaseInvalid:  # what belongs together has to start together
        return
    assert by_hand.passed, str(by_hand)


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), NUMBERS)
def test_a_changed_number_in_a_solved_plan_is_found(table: str, column: str) -> None:
    """One hundredth more (of the figure, or of 1), in the first and in the last row."""
    plan = solved()
    for row in {0, len(plan.tables[table]) - 1} if len(plan.tables[table]) else ():
        value = plan.tables[table][column].iloc[row]
        changed = hand.with_cells(plan, table, row, **{column: float(value) + 0.01 * max(1.0, abs(value))})
        assert not audit(changed).passed, f"{table}.{column}, row {row}"


@pytest.mark.slow
@pytest.mark.parametrize("table", list(TABLES))
def test_a_row_missing_from_a_solved_plan_is_found(table: str) -> None:
    """Whichever row is left out."""
    for row in range(len(solved().tables[table])):
        assert not audit(hand.without_row(solved(), table, row)).passed, f"{table}, row {row}"


def test_a_plan_solved_for_more_money_fails_where_there_is_less() -> None:
    """The south pays 4.5 and 7 of its 6 a period; with half of the money it cannot."""
    poorer = replace(solved(), case=tiny("poorer-south"))
    assert hand.finds(audit(poorer), "lines", "line south, 2030", "amount 6", "3")


def test_a_plan_solved_with_signatures_fails_where_there_are_none() -> None:
    """Both policies are ruled out."""
    report = audit(replace(solved(), case=tiny("no-signatures")))
    for policy in ("checkpoint", "insurance"):
        assert hand.finds(report, "starts", f"measure {policy}, 2030", "it is ruled out")


def test_a_hand_made_plan_within_its_means_passes() -> None:
    """The decisions of the solved plan, typed in by hand: same figures, nothing proven, nothing broken."""
    rows = solved().tables["decisions"]
    decisions = dict(zip(zip(rows["measure"], rows["start_period"], strict=True), rows["units"], strict=True))
    report = audit(evaluate(tiny(), decisions))
    assert report.passed, str(report)
    assert report.broken == ()


def test_a_hand_made_plan_beyond_its_means_says_so_and_passes() -> None:
    """The southern railway (6) and two clinics (6, and 5 years of 2 x 0.2) in 2030: 14 of the south's 6."""
    plan = evaluate(tiny(), {("rail-south", "2030"): 1.0, ("clinic-inland", "2030"): 2.0})
    report = audit(plan)
    assert report.passed, str(report)
    (over,) = report.broken
    assert (over.check, over.where) == ("within budget", "line south, 2030")
    assert over.difference == pytest.approx(8.0)
    hidden = audit(replace(plan, broken=()))
    assert hand.finds(hidden, "within budget", "line south, 2030")


@pytest.mark.slow
def test_a_plan_of_full_size_is_audited_at_once() -> None:
    """14 cities, 3 periods, more than 100 measures: some 240,000 calls (0.2 s), so that every plan can be audited."""
    case = load_case(CASES / "jing-jin-ji")
    plan = evaluate(case, decided_late(case))
    report = audit(plan)
    assert calls(lambda: audit(plan)) < 2_400_000
    assert report.passed, str(report)
