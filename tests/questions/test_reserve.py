"""Plans whose lines hold in so many draws: money drawn at once, reserves worked out by hand, laws, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import exp, log
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from scipy.optimize import linprog
from typer.testing import CliRunner, Result

from planner.audit import audit
from planner.case import Case, FrozenDict
from planner.cli import app
from planner.comparing import compare
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.plans.totals import money_kept_free
from planner.questions.asking import AskOptions, decisions_of
from planner.questions.rank import shown as rank_shown
from planner.questions.rank.ask import rank
from planner.questions.risk import shown
from planner.questions.risk.ask import risk
from planner.questions.risk.certainty import CERTAINTIES, found
from planner.questions.risk.drawn import Planned, lateness, options, paid_by_lines
from planner.questions.risk.draws import many, worlds
from planner.questions.risk.money import KINDS, AsPlanned, account, money_drawn
from planner.questions.risk.reserve import Kept, check, keep_free, make_hold, raised
from planner.questions.risk.reserve_shown import as_json, text
from planner.words.said import speaking
from planner.work.workers import Done
from tests.chinese import latin
from tests.questions.chinese import left_english
from tests.questions.test_risk import MEASURES, best, roads

P80 = NormalDist().inv_cdf(0.8)
SPREAD = log(1.25) / NormalDist().inv_cdf(0.9)  # of the logarithm of a factor with P50 1 and P90 1.25
TOGETHER = "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 1}"
APART = "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 0}"


def solves(case: Case, last: Plan | None) -> Plan:
    return solve(case, options=SolveOptions(gap=1e-9), start=None if last is None else decisions_of(last))


def held(case: Case, percent: int = 80, **more: int) -> Kept:
    return make_hold(case, percent, solves, **{"draws": 2000, "fresh": 4000, **more})  # type: ignore[arg-type]


def built(kept: Kept) -> int:
    return len(decisions_of(kept.plan))


# --- money in many draws at once


def test_many_draws_at_once_are_those_one_by_one(tmp_path: Path) -> None:
    """Costs of halves that are one, running costs, and late works that others wait for: draw by draw the same payments."""
    measures = """\
        id kind city capital_cost running_cost build_years requires together
        to-b link - 4 0.2 2 - whole
        to-c link - 5 0 2 - whole
        to-d link - 6 0.1 1 to-b -
        """
    uncertain = (
        "cost: {of: capital_cost, reference: rail}, more: {of: capital_cost, where: {id: to-d}, reference: roads}, "
        "wages: {of: running_cost, reference: running}, late: {of: build_years, add: {p10: 0, p50: 1, p90: 4}}"
    )
    periods, budgets = "[2026-2030, 2031-2035]", "fund 2030 40\nfund 2035 40"
    asked = roads(tmp_path, uncertain, budgets, periods=periods, measures=measures)
    plan = evaluate(asked, {("to-b", "2030"): 1.0, ("to-c", "2030"): 1.0, ("to-d", "2030"): 1.0})
    planned, found = Planned(plan), money_drawn(plan, 60, 3)
    at_once = many(asked, asked.measures, 60, 3)
    for number, world in enumerate(worlds(asked, 60, 3, range(60))):
        assert {place: float(values[number]) for place, values in at_once.times.items()} == world.times
        late = lateness(asked, planned.starts, world)
        paid = paid_by_lines(planned, world, options(asked, planned.starts, late))
        for t in asked.period_ids:
            assert sum(found.paid[kind, "fund", t][number] for kind in KINDS) == pytest.approx(paid.get(("fund", t), 0.0))
    assert at_once.late["to-b"].max() > 0


def test_what_is_kept_free_pays_for_what_is_dearer_and_is_not_carried_on() -> None:
    """Of 10, 4 go out as planned, 4 are kept free and 2 carried on: 4 dearer, 2 are; 5 dearer, 1; cheaper by 1, 3."""

    class Line:
        id, carry_over = "fund", True

    class TwoPeriods:
        lines, period_ids = FrozenDict({"fund": Line}), ("30", "35")

    out = {("fund", "30"): np.array([4.0, 8.0, 9.0, 3.0, 11.0]), ("fund", "35"): np.zeros(5)}
    income = {("fund", "30"): np.full(5, 10.0), ("fund", "35"): np.zeros(5)}
    planned = {("fund", "30"): AsPlanned(10, 4, 4), ("fund", "35"): AsPlanned(0, 0, 0)}
    books = account(TwoPeriods, income, out, planned)  # type: ignore[arg-type]
    assert books.has["fund", "35"].tolist() == [2, 2, 1, 3, 0]
    assert books.lacks["fund", "30"].tolist() == [0, 0, 0, 0, 1]


# --- plans that hold, worked out by hand


@pytest.mark.parametrize(("money", "number"), [(13.99, 3), (13.85, 2), (9.5, 2), (9.2, 1)])
def test_as_many_roads_are_built_as_hold_when_their_costs_move_as_one(tmp_path: Path, money: float, number: int) -> None:
    """n roads of 4 cost 4 n F; in four draws of five F is at most exp(0.84 s) = 1.158: 13.89 for three, 9.26 for two."""
    assert 12 * exp(P80 * SPREAD) == pytest.approx(13.894, abs=1e-3)
    kept = held(roads(tmp_path, TOGETHER, f"fund 2030 {money}"))
    assert built(kept) == number
    assert kept.holds
    (place,) = kept.places
    chance = NormalDist().cdf(log(money / (4 * number)) / SPREAD)
    assert place.holds == pytest.approx(chance, abs=0.01)
    assert kept.joint == place.holds


def test_what_is_certainly_dearer_is_kept_free_exactly(tmp_path: Path) -> None:
    """Capital a quarter dearer, running half: a road takes 4 and 1, and 1 and 0.5 more: 15.5 are not enough for three."""
    measures = MEASURES.replace(" 4 0 0 ", " 4 0.2 0 ")
    dearer = (
        "cost: {of: capital_cost, times: {p10: 1.25, p50: 1.25, p90: 1.25}}, "
        "wages: {of: running_cost, times: {p10: 1.5, p50: 1.5, p90: 1.5}}"
    )
    kept = held(roads(tmp_path, dearer, "fund 2030 15.5", measures=measures))
    assert built(kept) == 2
    (place,) = kept.places
    assert (kept.holds, place.holds, kept.joint) == (True, 1.0, 1.0)
    assert place.of_capital / place.of_running == pytest.approx(0.25 / 0.5)


def test_a_share_is_raised_by_what_is_lacking_and_to_spare_and_never_lowered(tmp_path: Path) -> None:
    """Three roads of 4 keep a tenth free, 1.2, of 14: 0.8 to spare. A quarter dearer they take 15, 1 too much: with what is
    spare 3 of 12, a quarter, as it has to be. Half as much laid on: 0.1 + (0.8 + 0.5) / 12. With 20, all as it was."""
    dearer = "cost: {of: capital_cost, times: {p10: 1.25, p50: 1.25, p90: 1.25}}"
    shares = {("fund", "2030", "capital"): 0.1}
    for money, part, share in ((14, 1.0, 0.25), (14, 0.5, 0.1 + 1.3 / 12), (20, 1.0, 0.1)):
        case = roads(tmp_path / f"{money} {part}", dearer, f"fund 2030 {money}")
        plan = best(keep_free(case, shares))
        assert len(decisions_of(plan)) == 3
        assert raised(plan, money_drawn(plan, 50, 0), shares, 80, part) == pytest.approx(
            {("fund", "2030", "capital"): share}
        )


@pytest.mark.slow
def test_the_textbook_budget_of_uncertainty_builds_as_many(tmp_path: Path) -> None:
    """Bertsimas and Sim: Gamma z + sum p_a, z + p_a >= d x_a, with d = 1, the way from P50 to P90 of a road's cost.

    The costs of three roads, each by itself, are in four draws of five at most 13.2 (from 200,000 draws of this test's own):
    1.2 more than 12, so Gamma is 1.2 for three. By hand the budget of n roads is 4 n + min(Gamma, n): 5, 9.2, 13.2.
    """
    rng = np.random.default_rng(7)
    three = 4 * np.exp(SPREAD * rng.standard_normal((200_000, 3))).sum(axis=1)
    gamma = float(np.percentile(three, 80)) - 12
    assert gamma == pytest.approx(1.2, abs=0.05)

    def protected(number: int) -> float:
        """The dual as it is written, solved: z, then a p for each road."""
        found = linprog([gamma, *[1.0] * number], [[-1.0, *(-float(a == b) for b in range(number))] for a in range(number)],
                        [-1.0] * number)  # fmt: skip
        return 4 * number + float(found.fun)

    assert [protected(n) for n in (1, 2, 3)] == pytest.approx([4 + min(gamma, 1), 8 + gamma, 12 + gamma])
    for money in (13.35, 13.0, 9.5):
        most = max(n for n in (1, 2, 3) if protected(n) <= money)
        assert built(held(roads(tmp_path / str(money), APART, f"fund 2030 {money}"))) == most


def test_lines_that_all_hold_by_themselves_hold_together_less_often(tmp_path: Path) -> None:
    """Three lines with a road each, costs by themselves: each holds with the chance p, all of them with p to the third."""
    lines = ", ".join(f"{to}: {{holder: North}}" for to in "bcd")
    measures = "id kind city capital_cost payers\n" + "\n".join(f"to-{to} link - 4 {to}:1" for to in "bcd")
    asked = roads(tmp_path, APART, "\n".join(f"{to} 2030 4.7" for to in "bcd"), lines, measures=measures)
    kept = held(asked)
    chance = NormalDist().cdf(log(4.7 / 4) / SPREAD)
    assert (built(kept), kept.holds, kept.rounds) == (3, True, 1)
    assert [place.holds for place in kept.places] == pytest.approx([chance] * 3, abs=0.02)
    assert kept.joint == pytest.approx(chance**3, abs=0.03)


# --- laws


def test_a_plan_whose_world_is_certain_is_kept_as_it_is(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {of: capital_cost, times: {p10: 1, p50: 1, p90: 1}}", "fund 2030 9")
    plan, kept = best(asked), held(asked)
    assert decisions_of(kept.plan) == decisions_of(plan)
    assert (kept.rounds, kept.holds, kept.joint, kept.free) == (1, True, 1.0, 0.0)
    assert "reserve" not in kept.plan.options


@pytest.mark.slow
def test_more_certainty_never_closes_more(tmp_path: Path) -> None:
    """By what the roads need: P50, P80 and P95 of three costs that move as one are 12, 13.9 and 16."""
    asked = roads(tmp_path, TOGETHER, "fund 2030 13")
    assert [built(held(asked, percent)) for percent in (50, 80, 95)] == [3, 2, 2]
    assert built(held(roads(tmp_path / "less", TOGETHER, "fund 2030 9.5"), 95)) == 1


def test_the_same_seed_gives_the_same_plan_and_chances(tmp_path: Path) -> None:
    asked = roads(tmp_path, APART, "fund 2030 13")
    one, two = held(asked), held(asked)
    assert as_json(one) == as_json(two)


def test_a_case_keeps_what_it_keeps_free_already(tmp_path: Path) -> None:
    """A tenth by the case itself, and what is asked for beside it."""
    lines = "fund: {holder: North, reserve: 0.1}"
    asked = roads(tmp_path, TOGETHER, "fund 2030 20", lines)
    with_more = keep_free(asked, {("fund", "2030", "capital"): 0.15})
    assert [r.share["2030"] for r in with_more.lines["fund"].reserve] == [0.1, 0.15]
    assert with_more.content_hash != asked.content_hash
    assert money_kept_free(best(with_more)) == pytest.approx({("fund", "2030"): 12 * 0.25})


# --- what is kept, audited and read back


def test_the_plan_says_what_it_was_solved_with_and_is_read_back(tmp_path: Path) -> None:
    kept = held(roads(tmp_path / "roads", TOGETHER, "fund 2030 13"))
    plan = kept.plan
    assert plan.options["reserve"] == 80
    assert audit(plan).violations == ()
    write_plan(plan.with_audit("passed"), tmp_path / "plan")
    again = read_plan(tmp_path / "plan")
    assert (again.audit, again.options["reserve"]) == ("passed", 80)
    assert money_kept_free(again) == pytest.approx(money_kept_free(plan))
    assert again.case.content_hash == plan.case.content_hash


@pytest.mark.parametrize("claimed", [80, 49, 96, 80.5, "P80", True])
def test_the_audit_finds_a_plan_that_claims_to_keep_something_free(tmp_path: Path, claimed: object) -> None:
    """No line does in this one; and no such share of draws can have been asked for."""
    plan = best(roads(tmp_path, TOGETHER, "fund 2030 13"))
    assert audit(plan).passed
    forged = replace(plan, options=FrozenDict({**plan.options, "reserve": claimed}))
    assert not audit(forged).passed


def test_where_decided_works_cannot_be_paid_with_so_much_kept_free_the_plan_before_is_kept(tmp_path: Path) -> None:
    """Decided: a road of 4 that costs twice as much, of 6."""
    measures = "id kind city capital_cost status\nto-b link - 4 decided\nto-c link - 90 candidate\nto-d link - 90 candidate"
    asked = roads(
        tmp_path, "cost: {of: capital_cost, times: {p10: 2, p50: 2, p90: 2}}", "fund 2030 6", measures=measures
    )  # fmt: skip
    kept = held(asked)
    assert (kept.holds, built(kept), kept.joint) == (False, 1, 0.0)
    with speaking("zh"):
        assert latin(text(kept), asked) == []
    said = " ".join(text(kept).split())
    assert "No plan was found of which every line holds" in said
    assert as_json(kept)["places"][0]["lacks"] == pytest.approx(2.0)


# --- what is refused


@pytest.mark.parametrize("percent", [49, 96, 0, 100])
def test_other_shares_of_draws_are_refused(tmp_path: Path, percent: int) -> None:
    with pytest.raises(ValueError, match="P50 to P95"):
        check(roads(tmp_path, TOGETHER), percent)


def test_a_case_that_says_nothing_of_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="give it `uncertain`"):
        held(roads(tmp_path, ""))


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, ["solve", *(str(word) for word in words)], prog_name="planner")


@pytest.mark.slow
def test_the_command_writes_the_plan_that_holds_beside_the_other(
    tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    roads(tmp_path / "roads", TOGETHER, "fund 2030 13")
    monkeypatch.chdir(tmp_path)
    told = run("roads", "--reserve", "P80", "-q")
    assert told.exit_code == 0, told.output
    said = " ".join(told.output.split())
    assert "Every line holds in every period in at least 80 % of the draws" in said
    plan = read_plan(tmp_path / "plans" / "roads--base--P80")
    assert (len(decisions_of(plan)), plan.audit) == (2, "passed")
    content = json.loads(run("roads", "--reserve", "p80", "-q", "--json", "--replace").stdout)
    assert content["reserve"]["holds"] is True
    assert content["reserve"]["places"][0]["holds"] > 0.8


@pytest.mark.parametrize("said", ["P40", "most", "P8.5", "-80"])
def test_the_command_refuses_what_is_no_share_of_draws(tmp_path: Path, run: Callable[..., Result], said: str) -> None:
    roads(tmp_path / "roads", TOGETHER)
    refused = run(tmp_path / "roads", f"--reserve={said}", "-o", tmp_path / "plan")
    assert refused.exit_code == 2
    assert "P50 to P95" in refused.output
    assert not (tmp_path / "plan").exists()


# --- what certainty costs


@pytest.mark.slow
def test_what_certainty_costs_is_told_from_as_stated_on(tmp_path: Path) -> None:
    """Roads of 4 whose costs move as one, and 13: three hold in P65 of the draws (12.8), two in P80 (9.3) and P90 (10)."""
    asked = roads(tmp_path, TOGETHER, "fund 2030 13")
    answer = risk(asked, plan=best(asked), draws=20, frontier=True, options=AskOptions(workers=1, gap=1e-9))
    assert answer.complete, answer.missing
    rows = answer.table("certainty").set_index("percent")
    assert list(rows.index) == [0, 50, 65, 80, 90]
    assert rows["spent"].tolist() == pytest.approx([12, 12, 12, 8, 8])
    assert rows["closed"].tolist() == sorted(rows["closed"], reverse=True)
    chance = {n: NormalDist().cdf(log(13 / (4 * n)) / SPREAD) for n in (2, 3)}
    assert rows["joint"].tolist() == pytest.approx([chance[n] for n in (3, 3, 3, 2, 2)], abs=0.01)
    assert rows["holds"].tolist() == ["", "yes", "yes", "yes", "yes"]
    assert {"best", "P50", "P65", "P80", "P90"} == set(answer.plans)
    said = " ".join(shown.text(answer).split())
    assert "WHAT CERTAINTY COSTS" in said
    assert "certainty" in shown.pictures(answer)
    assert left_english(answer) == []


@pytest.mark.slow
def test_the_frontier_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    asked = roads(tmp_path, APART, "fund 2030 13")
    plan = best(asked)
    one, two = (
        risk(asked, plan=plan, draws=10, frontier=True, options=AskOptions(workers=n)).tables["certainty"] for n in (1, 2)
    )
    assert one.equals(two)


def test_more_time_is_offered_only_where_it_ended_the_rounds(tmp_path: Path) -> None:
    """Whoever solves without regard to what is to be kept free never finds a plan that holds, in however many rounds."""
    asked = roads(tmp_path, TOGETHER, "fund 2030 12.5")
    plan = solve(asked)
    surer = [
        make_hold(asked, 80, lambda case, last: plan, draws=2000, fresh=4000, stopped=partial(bool, stop)) for stop in (0, 1)
    ]
    assert [(kept.holds, kept.cut_short) for kept in surer] == [(False, False), (False, True)]
    for kept in surer:
        every = [Done(f"P{percent}", replace(kept, percent=percent), "") for percent in CERTAINTIES]
        told = found(plan, every, 0)
        assert (len(told.missing), len(told.for_good)) == (4, 0 if kept.cut_short else 4)


def test_what_is_kept_free_is_told_of_what_is_unspent_wherever_that_stands(tmp_path: Path) -> None:
    """Two roads of 4 in 12.5, half as much again kept free: 8 spent, 4.5 unspent, 4 of that kept free."""
    asked = roads(tmp_path / "a", TOGETHER, "fund 2030 12.5", "fund: {holder: North, reserve: 0.5}")
    plan, other = best(asked), best(roads(tmp_path / "b", TOGETHER, "fund 2030 12.5"))
    ranked = rank(asked, plan=plan, options=AskOptions(gap=1e-9, workers=1))
    rows = ranked.tables["comparison"].set_index("plan")
    assert rows.loc["best", ["spending", "unspent", "kept_free"]].tolist() == pytest.approx([8.0, 4.5, 4.0])
    assert "of unspent" in rank_shown.text(ranked)
    assert "of unspent" not in rank_shown.text(rank(other.case, plan=other, options=AskOptions(gap=1e-9, workers=1)))
    figures = compare([plan, other], ["a", "b"]).tables["figures"].set_index("figure")
    assert figures.loc["kept_free", ["a", "b"]].tolist() == pytest.approx([4.0, 0.0])
