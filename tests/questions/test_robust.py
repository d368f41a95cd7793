"""One plan for several scenarios: by hand, against trying every first decision, and laws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from math import inf
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result as Ended

from planner.audit import audit
from planner.case import Case, FrozenDict, Rule, in_scenario, load_case
from planner.planning.decisions import Decisions
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler
from planner.planning.variants import named, with_scaled_money
from planner.plans.store import read_plan
from planner.questions.asking import AskOptions, decisions_of
from planner.questions.robust.ask import Robust, robust
from planner.questions.robust.first_decisions import trial
from planner.questions.robust.scenarios import common_starts, futures
from planner.questions.robust.shown import text as said_of
from planner.solver.criteria import CRITERIA, Criterion, value_of
from planner.solver.highs import Solver
from tests.oracle.enumeration import best
from tests.oracle.random_cases import case_of
from tests.product.conftest import PROJECT
from tests.questions.choices import FUTURES, under, write
from tests.tiers import one_of

Run = Callable[..., Ended]
EXACT = AskOptions(gap=1e-9)
WEIGHTS = (1, 2, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of four choices."""
    return write(tmp_path_factory.mktemp("choices") / "choices")


def first_of(result: Robust) -> list[str]:
    """What starts in the first period."""
    return list(result.table("first_decisions")["measure"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("criterion", "measure", "value", "information", "solution"),
    [
        ("expected", "bold", -16.0, 3.75, 0.0),
        ("worst", "steady", -8.0, 8.0, 7.0),
        ("regret", "near", 11.0, 11.0, 4.0),
        ("cvar", "even", -11.5, 7.0, 0.5),
    ],
)
def test_each_criterion_chooses_another_first_decision(
    folder: Path, criterion: Criterion, measure: str, value: float, information: float, solution: float
) -> None:
    """Money for one of four in 2026-2030, for one more thing (worth 1) later. Benefits by scenario (weights 1, 2, 1):

            base usual crash   mean            worst  largest distance to the best    mean of the worst half
    bold      20    20     0   15              0      15 - 0  = 15 in crash           (0 + 20) / 2 = 10
    steady     7     7     7    7              7      20 - 7  = 13 in base            7
    near       9     9     4    7.75           4      20 - 9  = 11 (15 - 4 too)       (4 + 9) / 2 = 6.5
    even       6    15    15   12.75           6      20 - 6  = 14 in base            (6 + 15) / 2 = 10.5

    The best alone are 20, 20 and 15. So bold is best by the mean, steady in the worst case, near by regret, even by the
    worst half; with the 1 of later, and benefit counted as a minus: -16, -8, 11 (the 1 cancels out) and -11.5.
    With perfect knowledge: the mean is (20 + 2 x 20 + 15) / 4 + 1 = 19.75, 3.75 better; the worst is 15 + 1, 8 better; no
    regret, 11 better; the worst half is (15 + 20) / 2 + 1 = 18.5, 7 better.
    Planned for base alone it is bold: by the mean nothing is lost, in the worst case 7 - 0, by regret 15 - 11, by the worst
    half 10.5 - 10.
    """
    result = robust(under(folder, *FUTURES), weights=WEIGHTS, criterion=criterion, share=0.5, options=EXACT)
    assert (result.status, result.complete, result.missing) == ("optimal", True, ())
    assert first_of(result) == [measure]
    assert (result.value, result.bound) == (pytest.approx(value, abs=1e-5), pytest.approx(value, abs=1e-5))
    assert result.information == (pytest.approx(information, abs=1e-5), pytest.approx(information, abs=1e-5))
    assert result.solution == (pytest.approx(solution, abs=1e-5), pytest.approx(solution, abs=1e-5))


@pytest.mark.slow
def test_a_regret_against_plans_that_are_not_proven_is_said_from_its_least_to_its_most(folder: Path) -> None:
    """11 against the best plans found; were the best 2 better in base than what was found, it could be 13 there."""
    result = robust(under(folder, *FUTURES), weights=WEIGHTS, criterion="regret", share=0.5, options=EXACT)
    assert ") is 11; with common first decisions" in " ".join(said_of(result).split())
    table = result.table("scenarios")
    table.loc[table["scenario"] == "base", "regret_at_most"] = 13.0
    loose = replace(result, tables=FrozenDict({**result.tables, "scenarios": table}))
    assert ") is 11 to 13; with common first decisions" in " ".join(said_of(loose).split())


@pytest.mark.slow
def test_the_tables_say_what_each_scenario_gets_and_loses(folder: Path) -> None:
    """Steady is worth 7 everywhere; alone the scenarios reach 20, 20 and 15; later adds 1."""
    result = robust(under(folder, *FUTURES), weights=WEIGHTS, criterion="worst", options=EXACT)
    table = result.table("scenarios").set_index("scenario")
    assert list(table["weight"]) == [0.25, 0.5, 0.25]
    assert list(table["value"]) == pytest.approx([-8, -8, -8], abs=1e-5)
    assert list(table["alone"]) == pytest.approx([-21, -21, -16], abs=1e-5)
    assert list(table["regret_at_most"]) == pytest.approx([13, 13, 8], abs=1e-5)
    tried = result.table("planned_for").set_index(["planned_for", "scenario"])["value"]
    assert tried["base", "crash"] == pytest.approx(-1)
    assert tried["crash", "base"] == pytest.approx(-7)
    by_all = result.table("criteria").set_index("criterion")
    assert by_all.loc["expected", "value"] == pytest.approx(-8)
    assert by_all.loc["expected", "first_alone"] == pytest.approx(-16)
    assert list(by_all["asked"]) == ["no", "yes", "no", "no"]


@pytest.mark.slow
def test_the_plan_of_each_scenario_passes_its_audit_and_starts_the_same_first(folder: Path) -> None:
    result = robust(under(folder, *FUTURES), weights=WEIGHTS, options=EXACT)
    assert list(result.plans) == list(FUTURES)
    for name, plan in result.plans.items():
        assert (plan.case.scenario, plan.status, plan.audit) == (name, "optimal", "passed")
        assert audit(plan).violations == ()
        assert decisions_of(plan) == {("bold", "2030"): 1.0, ("later", "2035"): 1.0}


@pytest.mark.parametrize("weights", [(1e308, 1.5e308), (2e-323, 3e-323), (2e-9, 3e-9)])
def test_weights_of_any_size_are_scaled_to_add_to_one(weights: tuple[float, float]) -> None:
    case = load_case(PROJECT / "cases" / "tiny")
    found = futures([case, in_scenario(case, "no-signatures")], weights, "expected", 0.5).weights
    assert found == pytest.approx((0.4, 0.6))


@pytest.mark.slow
def test_one_scenario_is_the_plain_solve() -> None:
    case = load_case(PROJECT / "cases" / "tiny")
    plan = solve(case, options=SolveOptions(gap=1e-9))
    for criterion in CRITERIA:
        result = robust([case], criterion=criterion, options=EXACT)
        assert result.status == "optimal"
        assert result.plans["base"].goals[0].value == pytest.approx(plan.goals[0].value, abs=2e-6)
        assert decisions_of(result.plans["base"]) == decisions_of(plan)


@pytest.mark.slow
def test_nothing_is_started_first_that_no_goal_asks_for(folder: Path) -> None:
    """In the worst case of base and steady-only nothing is better than steady, and with twice the money one more; a third
    start would be worth nothing to the worst case, but costs."""
    cases = [with_scaled_money(case, 2.0) for case in under(folder, "base", "steady-only")]
    cases = [named(case, name) for case, name in zip(cases, ("base", "steady-only"), strict=True)]
    result = robust(cases, criterion="expected", options=EXACT)
    assert first_of(result) == ["bold", "steady"]
    assert all(plan.table("money")["unspent"].min() >= 0 for plan in result.plans.values())


# what is refused, in one sentence


@pytest.mark.parametrize(
    ("scenarios", "more", "message"),
    [
        ((), {}, "there is no scenario"),
        (("base", "base"), {}, "once only; twice: base"),
        (("base", "usual"), {"weights": [1]}, "1 weight does not fit 2 scenarios"),
        (("base", "usual"), {"weights": [1, 0]}, "weights must be numbers above 0, not 1, 0"),
        (("base", "usual"), {"criterion": "worse"}, "'worse' is not a criterion .*Did you mean 'worst'"),
        (("base", "usual"), {"share": 0.0}, "share of the worst futures"),
        (("base", "all-gaps"), {}, "all-gaps is made of other parts"),
        (("base", "together"), {}, "together promises that nobody is worse off"),
        (
            ("no-bold", "bold-decided"),
            {},
            "bold was decided to start in 2026-2030 in scenario bold-decided, but cannot .*no-bold",
        ),
    ],
)
def test_what_cannot_be_planned_for_together_is_said(
    folder: Path, scenarios: tuple[str, ...], more: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        robust(under(folder, *scenarios), **more)


@pytest.mark.slow
def test_a_measure_that_a_scenario_rules_out_starts_first_in_none(folder: Path) -> None:
    """Without bold, the mean of base and no-bold: steady 7, near 9, even 6: near, and 1 for later."""
    result = robust(under(folder, "base", "no-bold"), options=EXACT)
    assert first_of(result) == ["near"]
    assert result.value == pytest.approx(-10)
    assert set(result.table("planned_for").query("planned_for == 'base'")["status"]) == {"not offered"}
    assert result.solution == (float("inf"), float("inf"))


@pytest.mark.slow
def test_nor_does_it_where_there_is_money_for_it(folder: Path) -> None:
    """With money for two, base would take bold (20) and near (9). Bold is ruled out in the other scenario, so that near and
    steady (7) start first in both, and 1 for later: 17."""
    cases = under(folder, "base", "no-bold")
    rich = [named(with_scaled_money(case, 2.0), case.scenario) for case in cases]
    result = robust(rich, options=EXACT)
    assert first_of(result) == ["steady", "near"]
    assert result.value == pytest.approx(-17)


def test_where_no_first_decision_suits_all_it_is_said_to_be_proven(folder: Path) -> None:
    """Steady must start in one scenario, and money pays for one; decided bold takes that money in the other."""
    result = robust(under(folder, "steady-only", "bold-decided"), options=EXACT)
    assert result.status == "infeasible"
    assert any("no first decisions suit all scenarios" in said for said in result.missing)
    assert "first_decisions" not in result.tables


# against trying every first decision


def _random(number: int) -> tuple[list[Case], list[dict[tuple[str, str], int]]] | None:
    """Two futures of a random case, and every first decision; None if it has a divisible measure or too few decisions."""
    case = case_of(number)
    first = case.period_ids[0]
    case = replace(case, goals=case.goals[:1])
    measures = [m for m in case.measures.values() if any(s.period == first for s in m.starts)]
    if any(m.divisible for m in case.measures.values()) or not 2 <= len(measures) <= 4 or len(case.periods) < 2:
        return None
    poor = named(with_scaled_money(case, 0.5), "poor")
    units = [range(int(min(m.units, m.max_starts)) + 1) for m in measures]
    chosen = [{(m.id, first): n for m, n in zip(measures, numbers, strict=True)} for numbers in product(*units)]
    return ([case, poor], chosen) if len(chosen) <= 16 else None


def _with_first(case: Case, first: dict[tuple[str, str], int]) -> Case:
    """The case with rules that say what starts in the first period."""
    rules = [
        Rule(
            id=f"{a}-{sense}",
            of="units",
            where=FrozenDict({"id": (a,)}),
            measures=(a,),
            periods=(u,),
            **{sense: float(units)},
        )
        for (a, u), units in first.items()
        for sense in ("at_least", "at_most")
    ]
    return replace(case, rules=(*case.rules, *rules))


def _cases() -> Iterator[tuple[int, list[Case], list[dict[tuple[str, str], int]]]]:
    numbers = iter(range(1000, 3000))
    for _ in range(8):
        for number in numbers:
            drawn = _random(number)
            if drawn is not None:
                yield number, *drawn
                break


@pytest.mark.slow
@pytest.mark.parametrize(("number", "cases", "firsts"), one_of(6, _cases()))
def test_the_best_first_decisions_are_those_found_by_trying_all(
    number: int, cases: list[Case], firsts: list[dict[tuple[str, str], int]]
) -> None:
    """Each first decision is put into rules, and the rest of each scenario solved by enumeration with another solver."""
    reached = []
    for first in firsts:
        answers = [best(_with_first(case, first)) for case in cases]
        if all(answer.feasible for answer in answers):
            reached.append([answer.steps[0].value for answer in answers])
    alone = [best(case) for case in cases]
    weights = (0.25, 0.75)
    for criterion in CRITERIA:
        result = robust(cases, weights=weights, criterion=criterion, share=0.5, options=EXACT)
        if not reached:
            assert result.status == "infeasible"
            continue
        ideal = [answer.steps[0].value for answer in alone]
        least = min(value_of(criterion, values, weights, ideal, 0.5) for values in reached)
        assert result.status == "optimal", result.missing
        assert result.bound == pytest.approx(least, abs=3e-6)
        slack = max(case.goals[0].tolerance for case in cases) * max(abs(v) for values in reached for v in values)
        assert least - 3e-6 <= result.value <= least + slack + 3e-6


# laws


@pytest.mark.slow
def test_knowing_more_never_hurts_and_thinking_of_one_scenario_alone_never_helps() -> None:
    cases = [load_case(PROJECT / "cases" / "tiny", name) for name in ("poorer-south", "base")]
    for weights in ((1, 1), (1, 5), (9, 1)):
        result = robust(cases, weights=weights, options=EXACT)
        table = result.table("scenarios")
        known = float((table["weight"] * table["alone_bound"]).sum())
        alone = result.table("criteria").set_index("criterion").loc["expected", "first_alone"]
        assert known - 1e-6 <= result.value <= alone + 1e-4 * abs(alone) + 2e-6


@pytest.mark.slow
def test_the_answer_does_not_depend_on_the_number_of_workers(folder: Path) -> None:
    cases = under(folder, *FUTURES)
    one, two = (robust(cases, weights=WEIGHTS, options=replace(EXACT, workers=count)) for count in (1, 2))
    assert one.tables.keys() == two.tables.keys()
    for name, table in one.tables.items():
        assert table.equals(two.tables[name]), name


def test_when_the_time_is_up_before_anything_is_known_it_is_said(folder: Path) -> None:
    result = robust(under(folder, *FUTURES), options=AskOptions(time_limit=0.0))
    assert (result.status, result.complete, result.tables) == ("no_plan", False, {})
    assert len(result.missing) == 3


@pytest.mark.slow
def test_a_question_that_is_stopped_says_what_is_not_worked_out(folder: Path) -> None:
    said: list[str] = []

    def stopped() -> bool:
        return any("all scenarios" in message for message in said)

    result = robust(
        under(folder, *FUTURES), options=EXACT, on_event=lambda event: said.append(event.message), cancelled=stopped
    )
    assert not result.complete
    assert "scenarios" in result.tables


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every search for whole numbers that has ended from now on."""
    ended: list[str] = []
    run = Solver.minimise

    def minimise(self: Solver, *words: Any, **named: Any) -> Any:
        answer = run(self, *words, **named)
        ended.extend(["ended"] if len(self._integer) else [])
        return answer

    monkeypatch.setattr(Solver, "minimise", minimise)
    return ended


def bold_and_steady(folder: Path) -> tuple[Case, list[Decisions]]:
    """The first scenario, and two first decisions: bold alone, steady alone."""
    cases = under(folder, *FUTURES)
    return cases[0], [common_starts(cases).part_of({(a, "2030"): 1.0}) for a in ("bold", "steady")]


def test_first_decisions_are_tried_in_one_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """20 and 7, with the 1 of later: whatever was tried before."""
    built: list[Case] = []

    of = Settler.of

    def build(case: Case, **named: Any) -> Settler:
        built.append(case)
        return of(case, **named)

    monkeypatch.setattr(Settler, "of", build)
    case, firsts = bold_and_steady(folder)
    found = trial(case, firsts, {}, SolveOptions(gap=1e-9, threads=1), None, None)
    assert [one.value for one in found] == pytest.approx([-21.0, -8.0])
    assert [sorted(one.starts) for one in found] == [
        [("bold", "2030"), ("later", "2035")],
        [("later", "2035"), ("steady", "2030")],
    ]
    assert len(built) == 1


def test_first_decisions_that_were_tried_before_a_stop_stay_known(folder: Path, searches: list[str]) -> None:
    case, firsts = bold_and_steady(folder)
    bold, steady = trial(case, firsts, {}, SolveOptions(gap=1e-9, threads=1), None, lambda: bool(searches))
    assert (bold.value, bold.bound) == pytest.approx((-21.0, -21.0))
    assert (steady.outcome, steady.bound, steady.columns) == ("interrupted", -inf, None)


def test_the_best_first_decisions_that_were_tried_are_told_where_no_others_are_looked_for(folder: Path) -> None:
    """Those of base and of usual alone are bold, worth 0 + 1 at worst; that of crash is even, worth 6 + 1 (see above).

    The worst with perfect knowledge, 15 + 1, is all that is proven.
    """
    told: list[str] = []
    result = robust(
        under(folder, *FUTURES),
        criterion="worst",
        options=EXACT,
        on_event=lambda event: told.append(event.message),
        cancelled=lambda: "planning for all scenarios together" in told,
    )
    assert (result.status, result.complete) == ("interrupted", False)
    assert first_of(result) == ["even"]
    assert result.value == pytest.approx(-7.0)
    assert result.bound == pytest.approx(-16.0)
    assert "even" in said_of(result)


# the command


@pytest.mark.slow
def test_the_command_prints_the_answer_and_writes_a_plan_for_each_scenario(run: Run, folder: Path) -> None:
    words = ("robust", folder, "--scenarios", ",".join(FUTURES), "--weights", "1,2,1", "--gap", "1e-9")
    ended = run(*words, "-o", "answer", "--workers", "1")
    assert ended.exit_code == 0, ended.stderr
    for text in ("one plan for 3 scenarios", "25 %", "WHAT STARTS IN 2026-2030", "bold", "Written to answer."):
        assert text in ended.stdout
    content = json.loads(Path("answer/result.json").read_text(encoding="utf-8"))
    assert content["schema"] == "planner.robust/1"
    assert content["plans"] == sorted(FUTURES)
    assert read_plan("answer/plans/crash").audit == "passed"


@pytest.mark.slow
def test_the_command_answers_in_json(run: Run, folder: Path) -> None:
    ended = run("robust", folder, "--scenarios", "base,crash", "--criterion", "worst", "--json", "--workers", "1")
    content = json.loads(ended.stdout)
    assert (content["criterion"], content["status"]) == ("worst", "optimal")
    assert content["value"] == pytest.approx(-8)
    assert {row["scenario"] for row in content["tables"]["scenarios"]} == {"base", "crash"}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--scenarios", "base,crush"], 3, "Did you mean 'crash'"),
        (["--scenarios", "base,crash", "--weights", "1,x"], 2, "must be numbers with commas"),
        (["--scenarios", "base,crash", "--criterion", "best"], 2, "is not a criterion"),
        (["--scenarios", "steady-only,bold-decided"], 4, ""),
    ],
)
def test_wrong_use_is_said_in_a_sentence(run: Run, folder: Path, words: list[str], code: int, message: str) -> None:
    ended = run("robust", folder, *words, "--workers", "1")
    assert ended.exit_code == code, ended.stderr
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
