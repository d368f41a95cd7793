"""The ranked list: scores, funding and comparison worked out by hand, and what holds of any list."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from planner import AskOptions, load_case, rank, read_plan
from planner.case import Case, FrozenDict, Target
from planner.cli import app
from planner.planning.decisions import decided_late
from planner.planning.figures.scores import goal_value
from planner.planning.greedy import Bundles, Funded, unpaid
from planner.planning.greedy import fund as fund_list
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler
from planner.promises import broken_in_words
from planner.questions.asking import decisions_of
from planner.questions.rank import ask as ranking
from planner.questions.rank.ask import Ranking
from planner.questions.rank.shown import text
from tests.oracle.random_cases import case_of
from tests.product.conftest import PROJECT
from tests.solving.folders import case
from tests.tiers import one_of

TINY = PROJECT / "cases" / "tiny"
SURE = AskOptions(gap=1e-9)
FUND = """\
    periods: [2026-2030, 2031-2035]
    modes: {road: {boarding_minutes: 0}}
    lines: {fund: {holder: North, carry_over: true}}
    goals: [{minimise: benefit}]
    """
CITY = "id jurisdiction tier lat lon population\nA North core 30 110 100000\nB South small 31 111 100000"


@pytest.fixture(scope="module")
def tiny() -> Case:
    return load_case(TINY)


@pytest.fixture(scope="module")
def ranked(tiny: Case) -> Ranking:
    return rank(tiny, options=SURE)


def fund(folder: Path, measures: str, first: float, second: float, more: str = "") -> Case:
    """A case of projects with benefits that one fund pays for."""
    budgets = f"line period amount\nfund 2030 {first}\nfund 2035 {second}"
    capacity = "city service capacity" + ("\nA care 0\nB care 0" if "services" in more else "")
    return case(folder, FUND + more, cities=CITY, capacity=capacity, measures=measures, budgets=budgets)


def sheet(result: Ranking) -> pd.DataFrame:
    """The list, by measure."""
    return result.table("list").set_index("measure")


def test_a_list_misses_the_railway_whose_halves_close_nothing_by_themselves(ranked: Ranking) -> None:
    """As in the case's README, a gap of Border or Inland in one period counts 1/12; without a plan they add up to 4.4.

    Alone the checkpoint takes 0.25 from Border and from Inland in both periods: 1.0 / 12, for nothing: first. The insurance
    meets Border's 0.6 twice, for 1. A clinic takes 0.3 twice, for 3 + 1 + 1. Each half of the railway closes nothing.
    Funded: checkpoint; insurance, 0.5 of each side; a clinic in 2026 for 3 + 1 of the south's 5.5. In 2031 the south has
    1.5 + 6, runs the clinic for 1, and builds and runs the second for 3 + 1: 2.5 are left, too little for its half of
    the railway (6). The north's half (4) goes ahead in 2031, when the north can pay it.
    Inland keeps 0.5 of its minutes in both periods, and lacks 30 posts (0.3) in the first: 1.3 / 12 against the optimum of
    0.8 / 12; 1 + 5 + 4 + 4 = 14 are spent against 16.
    """
    rows = sheet(ranked)
    assert list(rows.index) == ["checkpoint", "insurance", "clinic-inland", "rail-north", "rail-south"]
    assert rows["closes"].tolist() == pytest.approx([1.0 / 12, 1.2 / 12, 0.6 / 12, 0, 0], abs=1e-7)
    assert rows["cost"].tolist() == pytest.approx([0, 1, 5, 4, 6])
    assert rows["per_money"].tolist()[1:] == pytest.approx([1.2 / 12, 0.6 / 60, 0, 0], abs=1e-7)
    assert pd.isna(rows["per_money"]["checkpoint"])
    assert decisions_of(ranked.plans["ranked"]) == {
        ("checkpoint", "2030"): 1, ("insurance", "2030"): 1, ("clinic-inland", "2030"): 1, ("clinic-inland", "2035"): 1,
        ("rail-north", "2035"): 1,
    }  # fmt: skip
    assert rows["why_not"].tolist() == ["", "", "", "", "no money left"]
    compared = ranked.table("comparison").set_index("plan")
    assert compared["first_goal"].to_dict() == pytest.approx({"ranked": 1.3 / 12, "best": 0.8 / 12}, abs=1e-6)
    assert compared["share_closed"].to_dict() == pytest.approx({"ranked": 3.1 / 4.4, "best": 3.6 / 4.4}, abs=1e-5)
    assert compared["spending"].to_dict() == pytest.approx({"ranked": 14, "best": 16})
    assert ranked.complete
    assert ranked.without == pytest.approx(4.4 / 12)


def test_the_text_says_how_much_more_the_optimal_plan_closes(ranked: Ranking) -> None:
    """3.1 / 4.4 = 70.5 %, 3.6 / 4.4 = 81.8 %, and (3.6 - 3.1) / 3.1 = 16.1 % more."""
    said = " ".join(text(ranked).split())
    assert "The ranked list closes 70.5 % of the first goal with 14.0 bn;" in said
    assert "the optimal plan closes 81.8 % of the first goal with 16.0 bn, from the same lines: 16.1 % more" in said
    assert "not people who cross the line" in said
    assert "brought to" not in said


@pytest.mark.slow
def test_a_measure_is_scored_and_started_with_what_it_requires(tmp_path: Path) -> None:
    """hub (4, benefit 10) requires link (2, none): 10 / 6 together. shop (5, benefit 9): 9 / 5, so it goes first.

    With 6 the list takes shop, and nothing fits beside it: 9. The optimum is hub and link: 10. With 11 the list takes all.
    """
    measures = "id kind city capital_cost benefit requires\nhub hub A 4 10 link\nlink hub A 2 0 -\nshop hub B 5 9 -"
    poor = rank(fund(tmp_path / "poor", measures, 6, 0), options=SURE)
    rows = sheet(poor)
    assert list(rows.index) == ["shop", "hub", "link"]
    assert rows["cost"].tolist() == [5, 6, 2]
    assert rows["scored_with"].tolist() == ["", "link", ""]
    assert (poor.ranked, poor.best) == (-9, -10)
    rich = rank(fund(tmp_path / "rich", measures, 11, 0), options=SURE)
    assert decisions_of(rich.plans["ranked"]) == {("hub", "2030"): 1, ("link", "2030"): 1, ("shop", "2030"): 1}


def test_what_is_required_starts_early_enough_to_serve(tmp_path: Path) -> None:
    """The link takes five years: begun in 2026 it serves from 2031, so the hub is scored and started in 2031, with it."""
    measures = """\
        id kind city capital_cost benefit requires build_years
        hub hub A 4 10 link 0
        link hub A 2 0 - 5
        """
    found = rank(fund(tmp_path, measures, 2, 4), options=SURE)
    assert sheet(found)["scored_start"].to_dict() == {"hub": "2035", "link": "2030"}
    assert decisions_of(found.plans["ranked"]) == {("link", "2030"): 1, ("hub", "2035"): 1}


def test_both_halves_are_one_row_of_the_list(tmp_path: Path) -> None:
    """Two halves (3 and 4, benefits 1 and 6) that start together: 7 / 7, behind one (2, benefit 3)."""
    measures = """\
        id kind city capital_cost benefit together
        west hub A 3 1 pair
        east hub B 4 6 pair
        one hub A 2 3 -
        """
    found = rank(fund(tmp_path, measures, 9, 0), options=SURE)
    rows = sheet(found)
    assert list(rows.index) == ["one", "west"]
    assert (rows["closes"]["west"], rows["cost"]["west"], rows["scored_with"]["west"]) == (7, 7, "east")
    assert decisions_of(found.plans["ranked"]) == {("one", "2030"): 1, ("west", "2030"): 1, ("east", "2030"): 1}


@pytest.mark.slow
def test_units_start_one_by_one_each_as_early_as_it_can_be_paid(tmp_path: Path) -> None:
    """5 units of 3, at most 2 a period; 4 and 9 of money, kept: one in 2026, then 1 + 9 pay two more of the three.

    What a divisible measure has beyond whole units starts, too: of 2.5 units of 1, the last half costs half.
    """
    beds = "services: {care: {unit: beds, per_1000: 1, across_borders: never}}\n"
    measures = "id kind city service capacity capital_cost benefit units max_starts\nbed facility A care 1 3 1 5 2"
    found = rank(fund(tmp_path / "whole", measures, 4, 9, beds), options=SURE)
    assert decisions_of(found.plans["ranked"]) == {("bed", "2030"): 1, ("bed", "2035"): 2}
    measures = "id kind city service capacity capital_cost benefit units divisible\nbed facility A care 1 1 1 2.5 yes"
    found = rank(fund(tmp_path / "parts", measures, 2.5, 0, beds), options=SURE)
    assert decisions_of(found.plans["ranked"]) == {("bed", "2030"): 2.5}


def test_running_cost_of_later_periods_is_paid_before_a_start(tmp_path: Path) -> None:
    """1 to build and 1 a year: 4 in the first period after a year of works, 5 in the second. Of 6 and 3 it has 1 + 4 and
    then 1 + 3 of 5: it cannot start in 2026. In 2031 it costs 1 + 4 out of 6 + 3."""
    measures = "id kind city capital_cost running_cost build_years benefit\nbed hub A 1 1 1 1"
    found = rank(fund(tmp_path, measures, 6, 3), options=SURE)
    assert decisions_of(found.plans["ranked"]) == {("bed", "2035"): 1}


def test_hard_limits_are_kept_and_named_as_the_reason(tmp_path: Path) -> None:
    """One of a group: the better one. A rule of at most one hub in B: the better one. Money is no matter."""
    measures = """\
        id kind city capital_cost benefit one_of
        good hub A 1 5 site
        fair hub A 1 4 site
        big hub B 1 3 -
        late hub B 1 2 -
        """
    rule = "rules: [{id: few, of: count, where: {city: B}, at_most: 1}]\n"
    found = rank(fund(tmp_path, measures, 10, 10, rule), options=SURE)
    assert decisions_of(found.plans["ranked"]) == {("good", "2030"): 1, ("big", "2030"): 1}
    assert sheet(found)["why_not"].to_dict() == {
        "good": "", "fair": "a limit of the case", "big": "", "late": "a limit of the case"
    }  # fmt: skip
    assert found.plans["ranked"].broken == ()


@pytest.mark.slow
def test_targets_are_not_looked_at_but_broken_ones_are_told(tiny: Case) -> None:
    """Inland within 30 minutes of the core by 2035 needs the railway, which the list does not finish."""
    target = Target(
        id="near",
        indicator="core",
        where=FrozenDict({"city": ("inland",)}),
        cities=("inland",),
        by="2035",
        periods=("2035",),
        at_most=30.0,
    )
    found = rank(replace(tiny, targets=(target,)), options=SURE)
    compared = found.table("comparison").set_index("plan")
    assert compared["promises_broken"].to_dict() == {"ranked": 1, "best": 0}
    assert "target near" in broken_in_words(found.case, found.plans["ranked"].broken)[0]
    assert "The ranked list breaks: target near" in " ".join(text(found).split())


@pytest.mark.slow
def test_what_jurisdictions_reach_alone_is_told_of_the_ranked_plan(tiny: Case) -> None:
    """Alone the south's gaps add up to 3.5, with the list to 1.3 (see above): it is no worse off, and the audit knows."""
    found = rank(replace(tiny, nobody_worse_off=True), options=SURE)
    alone = found.plans["ranked"].table("alone").set_index("jurisdiction")
    assert alone["value_with"]["South"] < alone["value_alone"]["South"]
    assert found.plans["ranked"].broken == ()
    assert found.plans["ranked"].audit == "passed"


def test_an_unproven_optimum_is_said_to_be_one_and_the_list_stands(tiny: Case) -> None:
    calls: list[int] = []

    def stop_when_planning(event: object) -> None:
        if "best plan" in getattr(event, "message", ""):
            calls.append(1)

    found = rank(tiny, options=SURE, on_event=stop_when_planning, cancelled=lambda: bool(calls))
    assert not found.complete
    assert list(found.plans) == ["ranked"]
    assert found.missing[0].startswith("the best plan:")
    assert "the optimal plan is not known" in " ".join(text(found).split())


def test_without_time_there_is_no_list(tiny: Case) -> None:
    found = rank(tiny, options=AskOptions(time_limit=0.0))
    assert not found.complete
    assert not found.tables
    assert found.missing == ("nothing is known: the time limit of 0 s ended while finding routes",)


@pytest.fixture
def funded(monkeypatch: pytest.MonkeyPatch) -> list[Funded]:
    """What lists started that were gone through from now on."""
    found: list[Funded] = []

    def noted(*words: Any) -> Funded:
        found.append(fund_list(*words))
        return found[-1]

    monkeypatch.setattr(ranking, "fund", noted)
    return found


def test_a_list_that_was_gone_through_stands_though_it_is_not_known_what_anybody_reaches_alone(
    tiny: Case, ranked: Ranking, funded: list[Funded]
) -> None:
    """The list does not look at that promise, so it starts the same; the audit could not look at it, and is not run."""
    found = rank(replace(tiny, nobody_worse_off=True), options=SURE, cancelled=lambda: bool(funded))
    assert (found.complete, found.finished, list(found.plans)) == (False, True, ["ranked"])
    assert (
        found.missing[0]
        == "what each jurisdiction reaches alone is not known: interrupted while planning for each jurisdiction alone"
    )
    assert found.ranked == pytest.approx(1.3 / 12)
    assert decisions_of(found.plans["ranked"]) == decisions_of(ranked.plans["ranked"])
    assert list(found.table("list")["measure"]) == list(ranked.table("list")["measure"])
    assert found.plans["ranked"].audit == "not run"
    assert "the optimal plan is not known" in " ".join(text(found).split())


def test_why_something_did_not_start_is_not_guessed_once_it_is_stopped(tmp_path: Path, funded: list[Funded]) -> None:
    """10 pay for good (10, worth 9); dear (10, worth 1) has no money left, which nobody has looked at yet."""
    measures = "id kind city capital_cost benefit earliest latest\ngood hub A 10 9 2030 2030\ndear hub A 10 1 2030 2030"
    asked = fund(tmp_path, measures, 10, 0)
    assert sheet(rank(asked, options=SURE))["why_not"].to_dict() == {"good": "", "dear": "no money left"}
    funded.clear()
    found = rank(asked, options=SURE, cancelled=lambda: bool(funded))
    assert sheet(found)["why_not"].to_dict() == {"good": "", "dear": "not looked at in time"}
    assert "why some of the list did not start was not looked at in time" in found.missing


def test_what_cannot_be_paid_is_not_told_by_a_walk_that_is_stopped_within(tmp_path: Path) -> None:
    """Stopped as the second measure is looked at: nothing more is tried, and half an answer is none."""
    measures = "id kind city capital_cost benefit\n" + "\n".join(f"m{n} hub A 10 1" for n in range(4))
    asked = fund(tmp_path, measures, 0, 0)
    settler, bundles, order, told = Settler.of(asked), Bundles(asked), [f"m{n}" for n in range(4)], list[str]()

    def stop() -> bool:
        told.append("asked")
        return len(told) > 1

    assert unpaid(settler, bundles, order, {}, lambda: False) == {"m0", "m1", "m2", "m3"}
    assert unpaid(settler, bundles, order, {}, stop) is None


@pytest.mark.slow
def test_the_answer_is_the_same_with_two_workers(tiny: Case, ranked: Ranking) -> None:
    other = rank(tiny, options=replace(SURE, workers=2))
    for name, table in ranked.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(6, range(12)))
def test_no_list_beats_the_optimum_and_every_list_passes_the_audit(number: int) -> None:
    """And the goal that measures are scored by is the one that a plan's figures have."""
    asked = case_of(number)
    best = solve(asked, options=SolveOptions(gap=1e-9, threads=1))
    found = rank(asked, plan=best if best.has_decisions else None, options=SURE)
    ranked = found.plans["ranked"]
    assert ranked.audit == "passed"
    assert found.without == pytest.approx(goal_value(asked, asked.goals[0], _without(asked)), abs=1e-7)
    settler = Settler.of(asked)
    assert settler.first_goal(decisions_of(ranked)) == pytest.approx(ranked.goals[0].value, abs=1e-6)
    if best.status == "optimal" and not ranked.broken:
        goal = asked.goals[0]
        assert best.goals[0].value <= ranked.goals[0].value + goal.tolerance * abs(ranked.goals[0].value) + 2e-6


def _without(asked: Case) -> object:
    return Settler.of(asked).figures(decided_late(asked))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["rank", *(str(word) for word in words)], prog_name="planner")


@pytest.mark.slow
def test_the_command_writes_nothing_unasked(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run(TINY, "--workers", 1, "-q", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["schema"] == "planner.rank/1"
    assert said["folder"] is None
    assert said["share_closed"] == pytest.approx({"ranked": 3.1 / 4.4, "best": 3.6 / 4.4}, abs=1e-5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_answer_holds_the_ranked_plan_like_any_other(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run(TINY, "--workers", 1, "-q", "-o", "answer")
    assert done.exit_code == 0, done.output
    assert [p.name for p in tmp_path.iterdir()] == ["answer"]
    assert (Path("answer") / "result.json").is_file()
    plan = read_plan("answer/plans/ranked")
    assert (plan.status, plan.audit) == ("evaluated", "passed")
    again = run(TINY, "--workers", 1, "-q", "-o", "answer")
    assert again.exit_code == 2
    assert "answer exists already" in again.stderr
    assert run(TINY, "--workers", 1, "-q", "-o", "answer", "--replace").exit_code == 0


@pytest.mark.slow
def test_a_plan_of_another_case_is_refused_in_one_sentence(run: Callable[..., Result], tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["solve", str(TINY), "--scenario", "poorer-south", "-o", "other", "-q"]).exit_code == 0
    done = run(TINY, "--plan", "other", "-q")
    assert done.exit_code == 2
    assert "other cannot stand for the best plan: it is the plan of another case" in done.stderr
