"""The value of money in cases/tiny, whose README works out what each measure brings, and where money buys parts of units."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from math import nan
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from planner.case import Case, FrozenDict
from planner.documents.blocks import Said, Table
from planner.planning.variants import with_first_goal, with_goals
from planner.plans.plan import GoalResult, Plan
from planner.questions.asking import AskOptions
from planner.questions.explain.ask import explain
from planner.questions.explain.shown import text as why
from planner.questions.value import ask as asking
from planner.questions.value.ask import Value, value
from planner.questions.value.shown import said, text
from planner.work.workers import Done
from tests.product.conftest import PROJECT
from tests.questions.folders import CITIES as TOWNS
from tests.questions.test_explain import CLINICS
from tests.solving.folders import case
from tests.solving.test_prices import CAPACITY, CITIES, CLINIC, TWO


@pytest.fixture(scope="module")
def answer(tiny: Case, tiny_plan: Plan) -> Value:
    return value(tiny, plan=tiny_plan)


def row(answer: Value, line: str, period: str) -> pd.Series:
    table = answer.table("value")
    return table[(table["line"] == line) & (table["period"] == period)].iloc[0]


@pytest.mark.slow
def test_everything_is_answered(answer: Value) -> None:
    assert (answer.complete, answer.missing) == (True, ())
    assert (answer.value, answer.without) == (pytest.approx(0.8 / 12, abs=1e-5), pytest.approx(4.4 / 12))
    assert list(zip(answer.table("value")["line"], answer.table("value")["period"], strict=True)) == [
        ("north", "2030"), ("north", "2035"), ("south", "2030"), ("south", "2035"),
    ]  # fmt: skip


def test_one_more_anywhere_buys_nothing(answer: Value) -> None:
    """In the first period railway and insurance together cost the north 4.5 and the south 6.5: neither side's 1 is enough. A
    second clinic would bring the south to 8.5. In the second period nothing is missing."""
    table = answer.table("value")
    assert list(table["gain_at_most"]) == pytest.approx([0, 0, 0, 0], abs=3e-5)
    assert table["gain_is_noise"].all()


def test_one_less_for_the_north_in_the_second_period_costs_the_railway_there(answer: Value) -> None:
    """Its half costs 4. Railway in the first period: 1.2; then insurance and a clinic (0.5 + 4 of 6): 0. 1.2 instead of 0.8.
    Without the railway the second period keeps 0.5: 1.3."""
    found = row(answer, "north", "2035")
    assert found["loss_at_least"] == pytest.approx(0.4 / 12, abs=3e-5)
    assert found["loss_at_most"] == pytest.approx(0.4 / 12, abs=3e-5)
    assert not found["loss_is_noise"]


@pytest.mark.parametrize("period", ["2030", "2035"])
def test_one_less_for_the_south_puts_the_clinic_off(answer: Value, period: str) -> None:
    """Clinic, insurance and then the railway take 11.5 of its 12. With 11: insurance, in the first period 0.5 + 0.6; in the
    second railway and clinic (6 + 4 of 10.5): 0. 1.1 instead of 0.8."""
    found = row(answer, "south", period)
    assert found["loss_at_least"] == pytest.approx(0.3 / 12, abs=3e-5)
    assert found["loss_at_most"] == pytest.approx(0.3 / 12, abs=3e-5)


def test_one_less_for_the_north_in_the_first_period_is_not_missed(answer: Value) -> None:
    """It needs 0.5 of 4 there and cannot keep the rest."""
    assert row(answer, "north", "2030")["loss_is_noise"]


@pytest.mark.slow
def test_five_more_for_the_south_at_once_buy_a_second_clinic(tiny: Case, tiny_plan: Plan) -> None:
    """0.5 + 2 x 4 of 11: posts are met in the first period, 0.5 instead of 0.8."""
    found = row(value(tiny, plan=tiny_plan, amount=5, lines=["south"]), "south", "2030")
    assert found["gain_at_least"] == pytest.approx(0.3 / 12, abs=3e-5)
    assert found["gain_at_most"] == pytest.approx(0.3 / 12, abs=3e-5)


@pytest.mark.slow
def test_no_more_is_taken_than_is_given(tiny: Case, tiny_plan: Plan) -> None:
    answer = value(tiny, plan=tiny_plan, amount=5, lines=["north"])
    assert list(answer.table("value")["less"]) == [4, 4]


@pytest.mark.slow
def test_where_money_buys_parts_of_units_both_ways_agree(tmp_path: Path) -> None:
    """1 buys 10 of the 100 posts that B lacks, 1/40 in each period that they serve; half of it half of that. The fund is
    given 3 in 2030 and nothing in 2035, so there nothing can be taken."""
    yaml = TWO + "lines: {fund: {holder: South, carry_over: true}}\n"
    budgets = "line period amount\nfund 2030 3\nfund 2035 0"
    asked = case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=CLINIC, budgets=budgets)
    answer = value(asked, amount=0.5, options=AskOptions(gap=1e-9))
    assert answer.complete
    early, late = row(answer, "fund", "2030"), row(answer, "fund", "2035")
    for name in ("gain_at_least", "gain_at_most", "loss_at_least", "loss_at_most"):
        assert early[name] == pytest.approx(0.5 * 2 / 40, abs=3e-6), name
    for name in ("gain_at_least", "gain_at_most"):
        assert late[name] == pytest.approx(0.5 * 1 / 40, abs=3e-6), name
    assert (early["price"], late["price"]) == (pytest.approx(2 / 40, abs=3e-6), pytest.approx(1 / 40, abs=3e-6))  # of 1
    assert "price of 1 bn at this plan, % of the plan's gain" in heads(said(answer))
    assert (late["less"], late["status_less"], bool(late["loss_is_noise"])) == (0, "", False)
    assert pd.isna(late["loss_at_most"])


def heads(told: Said) -> list[str]:
    """What stands above the columns of all tables."""
    grids = [block for section in told.sections for block in section if isinstance(block, Table)]
    return [" ".join(head.split()) for grid in grids for head in grid.heads]


@pytest.mark.slow
def test_what_was_decided_before_buys_nothing_of_what_the_plan_gains(tmp_path: Path) -> None:
    """A needs 100 posts and has 50, B needs 100 and has 0. Decided are 40 for A, for 2: gaps 0.1 and 1, mean 0.55.

    The plan gives B 50, for 3: it gains 0.25 with these 3, a third of it with each; both questions say so.
    """
    measures = "id kind city service capacity capital_cost status\na facility A clinic 40 2 decided\n"
    measures += "b facility B clinic 50 3 candidate"
    tables = {"capacity": "city service capacity\nA clinic 50\nB clinic 0", "budgets": "line period amount\nfund 2030 5"}
    asked = case(tmp_path / "a", CLINICS, cities=TOWNS, measures=measures, **tables)
    told = " ".join(text(value(asked)).split())
    assert "On average 1 of the 3.0 bn that it chooses to spend buys 33.33 % of that" in told
    assert (
        "On average 1 bn of the 3.0 that the plan chooses to spend buys 33.33 % of its gain." in said(value(asked)).headline
    )
    assert "the plan as a whole closes 33 % for each" in " ".join(why(explain(asked, "b")).split())


@pytest.mark.slow
def test_too_little_for_what_was_decided_is_said(tmp_path: Path) -> None:
    yaml = TWO + "lines: {fund: {holder: South}}\n"
    measures = "id kind city service capacity capital_cost status\nold facility B clinic 50 3 decided"
    budgets = "line period amount\nfund 2030 3\nfund 2035 0"
    answer = value(case(tmp_path / "a", yaml, cities=CITIES, capacity=CAPACITY, measures=measures, budgets=budgets))
    assert answer.complete
    assert row(answer, "fund", "2030")["status_less"] == "infeasible"
    assert "no plan keeps all promises" in text(answer)


def solved(asked: Case, best: float, bound: float) -> Done:
    """A solved case as far as comparing goes."""
    goals = (GoalResult("gaps", best, bound, nan, nan),)
    return Done("", Plan(asked, "optimal", (), FrozenDict(), goals, FrozenDict()))


def test_a_gain_smaller_than_what_is_proven_is_noise_and_all_plans_tell_of_one_another(tiny: Case) -> None:
    """As it is: 0.300, proven above 0.290. More: 0.298 and 0.289; less: 0.299 and 0.291.

    The plan with less is one of 0.299 for all. So what more gains is at most 0.299 - 0.289, at least 0.290 - 0.298 < 0: it
    may be nothing. What less loses is at most 0.299 - 0.290.
    """
    here, more, less = solved(tiny, 0.300, 0.290), solved(tiny, 0.298, 0.289), solved(tiny, 0.299, 0.291)
    place = ("north", "2030")
    known = asking._Known.of(tiny, here.value, Done("", problem="not begun"), {place: more}, {place: less})
    assert (known.least, known.most) == (0.290, 0.299)
    assert asking._gain(known, more, True) == (0.0, pytest.approx(0.010))
    assert asking._loss(known, less, True) == (0.0, pytest.approx(0.009))
    assert asking._gain(known, more, False) == (pytest.approx(-0.008), pytest.approx(0.010))


def test_what_is_not_solved_in_time_is_named(tiny: Case, tiny_plan: Plan) -> None:
    answer = value(tiny, plan=tiny_plan, lines=["north"], options=AskOptions(time_limit=0.0))
    assert not answer.complete
    assert answer.missing[0].startswith("the money as it is: ")
    assert answer.missing[1].startswith("1 bn more for North in 2026-2030: ")
    assert answer.missing[-1] == "the prices at this plan: the time limit of 0 s ended while finding routes"
    assert len(answer.missing) == 6
    assert "not answered" in text(answer)


def test_prices_that_no_time_would_tell_ask_for_none(tiny: Case, tiny_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the plan's measures, fixed, broke a promise by a rounding."""
    monkeypatch.setattr(asking, "prices_of_money", lambda *_: None)
    answer = value(tiny, plan=tiny_plan, lines=["north"])
    assert answer.missing == (
        "the prices at this plan: fixed to the last digit its measures do not keep every promise",
    )  # fmt: skip
    assert "--time-limit" not in text(answer)


@pytest.mark.slow
def test_whoever_does_the_work_the_answer_is_the_same(tiny: Case, tiny_plan: Plan, answer: Value) -> None:
    pd.testing.assert_frame_equal(
        value(tiny, plan=tiny_plan, options=AskOptions(workers=2)).table("value"), answer.table("value")
    )


@pytest.mark.parametrize(
    ("asked", "said"), [({"amount": 0.0}, "above zero"), ({"amount": nan}, "above zero"), ({"lines": ["nort"]}, "'north'")]
)
def test_wrong_questions_are_refused_in_a_sentence(tiny: Case, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        value(tiny, **asked)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_command_says_which_figure_is_which(run: Callable[..., Result]) -> None:
    words = ("value", PROJECT / "cases/tiny", "--workers", "1")
    done = run(*words, "-o", "answer")
    assert done.exit_code == 0
    assert "by re-planning" in done.stdout
    assert "at this" in done.stdout
    assert {file.name for file in Path("answer").iterdir()} == {
        "result.json", "value.csv", "value.svg", "value.vl.json", "value.zh.vl.json", "plans",
    }  # fmt: skip
    found = json.loads(run(*words, "--json", "-q").stdout)
    assert found["schema"] == "planner.value/1"
    assert len(found["tables"]["value"]) == 4
    assert run(*words, "--line", "nort").exit_code == 2


def test_with_the_first_goal_alone_the_same_plans_are_allowed(tiny: Case) -> None:
    """Where no city may lose, all goals about gaps settle the world without the plan; a limit of a goal is a promise."""
    gaps, spending, starts = tiny.goals
    worst = replace(gaps, name="worst city", parts=FrozenDict({"worst_city": 1.0}))
    limited = replace(starts, at_most=3.0)
    asked = with_goals(tiny, (gaps, spending, worst, limited))
    assert asked.no_city_loses
    assert with_first_goal(asked).goals == (gaps, worst, limited)
    assert with_first_goal(replace(asked, no_city_loses=False)).goals == (gaps, limited)
