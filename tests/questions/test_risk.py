"""How sure a plan is: draws with the stated points and correlations, money and lateness by hand, and laws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import erf, exp, log, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from planner.case import Case, CaseInvalid
from planner.case.reference import REFERENCE, TENTH, from_mean, from_quartiles
from planner.cli import app
from planner.documents.blocks import Table
from planner.planning.handmade import evaluate
from planner.planning.held import hold
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.questions.asking import AskOptions, decisions_of
from planner.questions.risk.ask import Risk, percentiles, risk
from planner.questions.risk.drawn import Drawing, Planned, drawn_case, lateness, options
from planner.questions.risk.draws import class_scores, factors, replicate_sizes, value_at, worlds
from planner.questions.risk.shown import pictures, text
from planner.questions.risk.shown import said as in_blocks
from tests.questions.answered import answered
from tests.questions.chinese import left_english
from tests.solving.folders import case
from tests.solving.test_reserve_by_hand import CITIES, LINKS

ONE = AskOptions(workers=1)
YAML = """\
    periods: {periods}
    modes: {{road: {{boarding_minutes: 0}}}}
    access: {{core: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, standard_minutes: 40, worst_minutes: 100}}}}
    lines: {{{lines}}}
    goals: [{{minimise: gaps}}, {{minimise: spending}}]
    uncertain: {{{uncertain}}}
    """
MEASURES = """\
    id kind city capital_cost running_cost build_years requires
    to-b link - 4 0 0 -
    to-c link - 4 0 0 -
    to-d link - 4 0 0 -
    """


def roads(
    folder: Path,
    uncertain: str,
    budgets: str = "fund 2030 20",
    lines: str = "fund: {holder: North}",
    periods: str = "[2026-2030]",
    measures: str = MEASURES,
) -> Case:
    """Three new roads that cost 4 each: without them every gap is 1; with them 0, 1/3 and 2/3."""
    tables = {"cities": CITIES, "links": LINKS, "measures": measures, "budgets": f"line period amount\n{budgets}"}
    return case(folder, YAML.format(periods=periods, lines=lines, uncertain=uncertain), **tables)


def best(asked: Case) -> Plan:
    plan = solve(asked, options=SolveOptions(gap=1e-9))
    assert plan.status == "optimal", plan.reason
    return plan


# --- points and draws


def test_a_factor_goes_through_its_points_and_is_lognormal_between() -> None:
    """At the score of P25 it is as far below P50, in logarithms, as half the way and a bit: 0.67449 / 1.28155."""
    points = (0.8, 1.1, 1.9)
    for share, point in zip((0.1, 0.5, 0.9), points, strict=True):
        assert value_at(NormalDist().inv_cdf(share), points) == pytest.approx(point)
    quarter = NormalDist().inv_cdf(0.25)
    assert log(value_at(quarter, points) / 1.1) == pytest.approx(quarter / TENTH * log(1.1 / 0.8))
    assert value_at(NormalDist().inv_cdf(0.9), (0, 1, 3), adds=True) == pytest.approx(3.0)


def test_reference_points_have_the_published_quartiles_and_moments() -> None:
    """The quartiles of a lognormal through the points are those published; so are its mean and deviation."""
    p10, p50, p90 = from_quartiles(1.24, 1.60)
    assert value_at(NormalDist().inv_cdf(0.25), (p10, p50, p90)) == pytest.approx(1.24)
    assert value_at(NormalDist().inv_cdf(0.75), (p10, p50, p90)) == pytest.approx(1.60)
    p10, p50, p90 = from_mean(1.34, 0.62)
    spread = log(p90 / p50) / TENTH
    assert p50 * exp(spread**2 / 2) == pytest.approx(1.34)
    assert p50 * exp(spread**2 / 2) * sqrt(exp(spread**2) - 1) == pytest.approx(0.62)
    assert all(c.points == tuple(sorted(c.points)) for c in REFERENCE.values())


def test_scores_of_a_class_fill_every_layer_of_each_hypercube() -> None:
    """300 draws are ten hypercubes of 30: in each a score from every thirtieth."""
    scores, start = class_scores("rails", 300, 7), 0
    assert replicate_sizes(300) == [30] * 10
    for size in replicate_sizes(300):
        layers = sorted(int(size * (1 + erf(z / sqrt(2))) / 2) for z in scores[start : start + size])
        assert layers == list(range(size))
        start += size
    assert list(class_scores("rails", 300, 8)) != list(scores)


@pytest.mark.parametrize("together", [0.0, 0.5, 1.0])
def test_items_are_drawn_with_the_stated_points_and_correlation(tmp_path: Path, together: float) -> None:
    """Of 2,000 draws: P10, P50 and P90 of a cost, and the correlation of two of them in logarithms."""
    asked = roads(tmp_path, f"cost: {{of: capital_cost, times: {{p10: 0.8, p50: 1, p90: 1.25}}, together: {together}}}")
    drawn = [w.times for w in worlds(asked, 2000, 1, range(2000))]
    costs = {a: np.array([times["capital_cost", a] for times in drawn]) for a in ("to-b", "to-c")}
    assert np.percentile(costs["to-b"], [10, 50, 90]) == pytest.approx([0.8, 1.0, 1.25], rel=0.03)
    found = np.corrcoef(np.log(costs["to-b"]), np.log(costs["to-c"]))[0, 1]
    assert found == pytest.approx(together, abs=0.05)


def test_a_draw_is_the_same_whoever_asks_for_it(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {of: capital_cost, reference: roads}, late: {of: build_years, reference: late}")
    assert list(worlds(asked, 100, 3, range(100)))[40:60] == list(worlds(asked, 100, 3, range(40, 60)))


def test_halves_of_one_railway_are_one_and_norms_count_where_nothing_is_said(tmp_path: Path) -> None:
    """The halves have one factor; the third road that of its norm, whose range is 2 to 6 around 4."""
    measures = """\
        id kind city capital_cost norm quantity together
        to-b link - 4 - - whole
        to-c link - 4 - - whole
        to-d link - - metre 1 -
        """
    asked = case(
        tmp_path,
        YAML.format(periods="[2026-2030]", lines="fund: {holder: North}",
                    uncertain="two: {of: capital_cost, where: {id: [to-b, to-c]}, reference: roads}"),
        cities=CITIES, links=LINKS, measures=measures, budgets="line period amount\nfund 2030 20",
        norms="id capital_cost low high\nmetre 4 2 6",
    )  # fmt: skip
    said, norm = factors(asked)
    assert dict(said.items) == {"to-b": "whole", "to-c": "whole"}
    assert (norm.id, norm.points) == ("norm metre", (0.5, 1.0, 1.5))
    for w in worlds(asked, 20, 0, range(20)):
        assert w.times["capital_cost", "to-b"] == w.times["capital_cost", "to-c"] != w.times["capital_cost", "to-d"]


# --- what a draw comes to


@pytest.mark.slow
def test_the_chance_of_an_overrun_is_that_of_a_sum_of_costs_that_move_as_one(tmp_path: Path) -> None:
    """Three roads of 4 cost 12 x F with log F normal, P90 1.25: over 13.5 with P(F > 1.125), worked out by hand."""
    asked = roads(tmp_path, "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 1}", "fund 2030 13.5")
    answer = risk(asked, plan=best(asked), draws=1000, options=ONE)
    chance = 1 - NormalDist().cdf(log(1.125) / (log(1.25) / TENTH))
    row = answer.table("money").iloc[0]
    assert row["overdrawn"] == pytest.approx(chance, abs=0.01)  # layers of a hundred draws each
    assert row["hold_80"] == pytest.approx(12 * (exp(NormalDist().inv_cdf(0.8) * log(1.25) / TENTH) - 1), rel=0.03)
    assert answer.joint == pytest.approx(1 - chance, abs=0.01)
    assert answer.chance == 1.0  # money changes nothing of what is served
    assert (answer.assumed_money, answer.unsaid_money) == (1.0, 0.0)


def test_each_line_pays_its_share_of_what_is_dearer(tmp_path: Path) -> None:
    """Twice the cost: each of two lines pays twice what it was to pay, and what is carried on is less by as much."""
    lines = "north: {holder: North, carry_over: true}, common: {holder: central}"
    measures = MEASURES.replace("requires\n", "requires payers\n").replace("0 0 -\n", "0 0 - north:0.75;common:0.25\n")
    asked = roads(
        tmp_path, "cost: {of: capital_cost, times: {p10: 2, p50: 2, p90: 2}}", lines=lines, measures=measures,
        budgets="north 2030 20\nnorth 2035 0\ncommon 2030 4\ncommon 2035 0", periods="[2026-2030, 2031-2035]",
    )  # fmt: skip
    money = risk(asked, plan=best(asked), draws=3, options=ONE).table("money").set_index(["line", "period"])
    assert money.loc[("north", "2030"), ["planned", "p50", "overdrawn"]].tolist() == pytest.approx([9, 18, 0])
    assert money.loc[("common", "2030"), ["planned", "p50", "overdrawn", "lacks_p80"]].tolist() == pytest.approx(
        [3, 6, 1, 2]
    )


def test_works_that_are_late_open_and_are_paid_later_and_what_requires_them_waits(tmp_path: Path) -> None:
    """Works of two years in 2026, three years late: open in 2031, all paid in 2029 and 2030. What requires them, started in
    2031 when they had been open for three years, waits for nothing; what is built beside them and needs them, for two."""
    measures = """\
        id kind city capital_cost running_cost build_years requires
        to-b link - 4 1 2 -
        to-c link - 4 0 0 to-b
        to-d link - 4 0 0 -
        """
    late = "late: {of: build_years, where: {id: to-b}, add: {p10: 3, p50: 3, p90: 3}}"
    asked = roads(tmp_path, late, "fund 2030 40\nfund 2035 40", periods="[2026-2030, 2031-2035]", measures=measures)
    plan = evaluate(asked, {("to-b", "2030"): 1.0, ("to-c", "2035"): 1.0})
    planned = Planned(plan)
    world = next(worlds(asked, 1, 0, range(1)))
    assert world.late == {"to-b": 3}
    found = lateness(asked, planned.starts, world)
    assert found == {("to-b", "2030"): 3}  # 2031 instead of 2028; the other begins in 2031
    opened = options(asked, planned.starts, found)
    start = opened["to-b", "2030"]
    assert (start.opens, start.serves, dict(start.capital), dict(start.running)) == (
        2031,
        ("2035",),
        {"2030": 4.0},
        {"2035": 5.0},
    )
    five = replace(world, late={"to-b": 5})
    assert lateness(asked, planned.starts, five) == {("to-b", "2030"): 5, ("to-c", "2035"): 2}  # open in 2033
    answer = risk(asked, plan=plan, draws=2, options=ONE)
    assert answer.table("late").to_dict("records") == [{"measure": "to-b", "chance": 1.0, "years": 3.0}]
    gaps = answer.table("indicators").set_index("period")
    assert gaps.loc["2030", "planned"] == pytest.approx(2 / 3)
    assert gaps.loc["2030", "p50"] == pytest.approx(1.0)
    assert gaps.loc["2035", "p50"] == pytest.approx(gaps.loc["2035", "planned"]) == pytest.approx((0 + 1 / 3 + 1) / 3)


@pytest.mark.slow
def test_a_plan_whose_world_is_certain_is_the_plan(tmp_path: Path) -> None:
    """Every factor is 1: all figures of all draws are the plan's."""
    same = "{p10: 1, p50: 1, p90: 1}"
    asked = roads(
        tmp_path, f"cost: {{of: capital_cost, times: {same}}}, heads: {{of: people, times: {same}}}", "fund 2030 9"
    )
    plan = best(asked)
    answer = risk(asked, plan=plan, draws=5, options=ONE)
    closed = answer.table("closed").iloc[0]
    assert closed["p10"] == closed["p90"] == pytest.approx(answer.planned)
    money = answer.table("money").iloc[0]
    assert (money["p90"], money["overdrawn"], money["hold_90"]) == (pytest.approx(8.0), 0.0, 0.0)
    assert answer.joint == 1.0


@pytest.mark.slow
def test_the_answer_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {of: capital_cost, reference: roads}, late: {of: build_years, reference: late}")
    plan = best(asked)
    one, two = (risk(asked, plan=plan, draws=40, options=AskOptions(workers=n)) for n in (1, 2))
    assert one.facts() == two.facts()
    for name, table in one.tables.items():
        assert table.equals(two.tables[name]), name


@pytest.mark.slow
def test_draws_from_a_held_program_are_those_of_cases_built_anew(tmp_path: Path) -> None:
    """Jobs have no part in these roads; heads and late works have."""
    asked = roads(
        tmp_path,
        "heads: {of: people, times: {p10: 0.8, p50: 1, p90: 1.3}, together: 0}, late: {of: build_years, reference: late}",
        "fund 2030 20\nfund 2035 20", periods="[2026-2030, 2031-2035]",
    )  # fmt: skip
    plan = best(asked)
    planned, drawing = Planned(plan), Drawing(Planned(plan), hold(asked))
    for number, world in enumerate(worlds(asked, 12, 5, range(12))):
        found = drawing.of(number, world)
        opened = options(asked, planned.starts, lateness(asked, planned.starts, world))
        anew = evaluate(drawn_case(asked, world, opened), {s: n for s, n in planned.starts.items() if opened[s].serves})
        for x, i, t, gap in anew.table("indicators")[["indicator", "city", "period", "gap_with"]].itertuples(index=False):
            assert found.gaps[x, i, t] == pytest.approx(gap, abs=1e-9)


@pytest.mark.slow
def test_what_the_time_does_not_suffice_for_is_said(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {of: capital_cost, reference: roads}")
    plan, told = best(asked), []

    def stop() -> bool:
        told.append(1)
        return len(told) > 60

    answer = risk(asked, plan=plan, draws=100_000, options=ONE, cancelled=stop)
    assert not answer.complete
    assert answer.done < 100_000
    assert "were not worked out in time" in answer.missing[0]


def test_percentiles_are_values_that_were_drawn() -> None:
    assert percentiles(np.array([4.0, 1.0, 3.0, 2.0, 5.0]), (10, 50, 80, 90)) == (1.0, 3.0, 4.0, 5.0)


# --- words, files, and what is refused


@pytest.mark.slow
def test_the_answer_says_first_how_sure_and_what_it_rests_on(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {name: road costs, of: capital_cost, reference: roads}", "fund 2030 12.5")
    answer = risk(asked, plan=best(asked), draws=50, options=ONE)
    said = " ".join(text(answer).split())
    assert said.index("In 100 % of 50 draws the plan closes at least") < said.index(
        "ROAD COSTS" if "ROAD COSTS" in said else "road costs"
    )
    assert "have to be held back beside the 12" in said
    assert set(pictures(answer)) == {"fan", "overdrawn"}  # nothing that changes what is closed
    assert "P80 between" not in heads(answer)  # of fewer than a hundred draws nobody knows
    assert "With only 50 draws each chance is known to 14 points (95 %)" in said  # 1.96 sqrt(1/4 / 50) = 0.139


@pytest.mark.slow
def test_of_a_single_draw_nothing_is_said_to_drive_or_not_to(tmp_path: Path) -> None:
    asked = roads(tmp_path, "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 1}")
    plan = best(asked)
    few, fewer, many = (risk(asked, plan=plan, draws=draws, options=ONE) for draws in (1, 9, 100))
    for answer in (few, fewer):  # it takes ten for each class
        assert answer.tables["drivers"]["of_money"].isna().all()
        assert "Where there are dashes the draws are too few to tell: it takes 10" in " ".join(text(answer).split())
    assert "With only 1 draw each chance is known to 98 points" in " ".join(text(few).split())
    assert not any(said in text(many) for said in ("With only", "dashes", "How well P80 is known"))
    assert many.tables["drivers"]["of_money"].tolist() == [pytest.approx(1.0)]  # one class, all roads alike
    grid = next(grid for grid in grids(few) if "rests on" in grid.heads)
    assert [row[-1] for row in grid.rows] == ["-"]


@pytest.mark.slow
def test_a_run_cut_short_says_that_it_does_not_know_how_well_p80_is_known() -> None:
    """Its hypercubes are of all draws; where draws are few it is said at the head, and not twice."""
    answer = answered("risk")
    for done, asked, is_said in ((150, 300, True), (300, 300, False), (50, 300, False)):
        cut = replace(answer, done=done, draws=asked)
        assert ("How well P80 is known is told once all draws are worked out" in " ".join(text(cut).split())) == is_said


@pytest.mark.slow
def test_a_line_that_has_only_what_it_spends_is_said_to_be_overdrawn_by_whatever_is_dearer(tmp_path: Path) -> None:
    """Three roads of 4 cost more than 12 in half of the draws. Of 12.5 something is kept; with 20 nothing is overdrawn."""
    said = []
    for n, given in enumerate(("12", "12.5", "20")):
        uncertain = "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 1}"
        asked = roads(tmp_path / str(n), uncertain, f"fund 2030 {given}")
        answer = risk(asked, plan=best(asked), draws=100, options=ONE)
        assert "P80 between" in heads(answer)
        said.append("A line that has only as much as is to be spent carries nothing on" in " ".join(text(answer).split()))
    assert said == [True, False, False]


def heads(answer: Risk) -> list[str]:
    """What stands above the columns of all tables."""
    return [" ".join(head.split()) for grid in grids(answer) for head in grid.heads]


def grids(answer: Risk) -> list[Table]:
    return [block for section in in_blocks(answer).sections for block in section if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("{of: capital_cost}", "needs times or add"),
        ("{of: capital_cost, times: {p10: 1, p50: 0.9, p90: 1}}", "p10 <= p50 <= p90"),
        ("{of: capital_cost, times: {p10: 0, p50: 0.9, p90: 1}}", "above 0"),
        ("{of: capital_cost, add: {p10: 0, p50: 0.9, p90: 1}}", "need add, other figures times"),
        ("{of: build_years, times: {p10: 1, p50: 1, p90: 1}}", "need add"),
        ("{of: capital_cost, reference: trams}", "trams"),
        ("{of: capital_cost, reference: late}", "of another figure"),
        ("{of: capital_cost, reference: roads, times: {p10: 1, p50: 1, p90: 1}}", "one of them alone"),
        ("{of: people, heads: pensioners, times: {p10: 1, p50: 1, p90: 1}}", "pensioners"),
        ("{of: capital_cost, where: {kin: link}, reference: roads}", "kin"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(tmp_path: Path, keys: str, message: str) -> None:
    with pytest.raises(CaseInvalid) as refused:
        roads(tmp_path, f"cost: {keys}")
    assert any(
        message in f"{p} {p.allowed}" and (p.key or "").startswith("uncertain.cost") for p in refused.value.problems
    ), refused.value


def test_a_case_that_says_nothing_of_it_is_told_what_to_do(tmp_path: Path) -> None:
    asked = roads(tmp_path, "")
    with pytest.raises(ValueError, match="give it `uncertain`"):
        risk(asked, plan=best(asked), options=ONE)


def test_a_citys_mean_gap_weighs_its_indicators_as_the_goal_does(tmp_path: Path) -> None:
    """Three parts of the first indicator and one of the second; what cannot vary is in every draw what is stated."""
    keys = YAML.replace(
        "access: {{",
        "access: {{far: {{kind: nearest, from: {{tier: small}}, to: {{tier: core}}, "
        "standard_minutes: 20, worst_minutes: 100}}, ",
    ).replace("{{minimise: gaps}}", "{{minimise: gaps, weights: {{core: 3, far: 1}}}}")
    cost = "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}}"
    text = keys.format(periods="[2026-2030]", lines="fund: {holder: North}", uncertain=cost)
    budget = "line period amount\nfund 2030 20"
    asked = case(tmp_path, text, cities=CITIES, links=LINKS, measures=MEASURES, budgets=budget)
    plan = best(asked)
    found = risk(asked, plan=plan, draws=4, options=ONE)
    gaps = plan.tables["indicators"].set_index(["indicator", "city"])["gap_with"]
    assert len(found.tables["cities"]) == 3
    for city, stated, p50, p90 in found.tables["cities"].itertuples(index=False):
        assert gaps["core", city] != gaps["far", city]
        assert stated == pytest.approx((3 * gaps["core", city] + gaps["far", city]) / 4)
        assert (p50, p90) == pytest.approx((stated, stated))


def test_what_is_uncertain_is_no_part_of_what_a_plan_is_of(tmp_path: Path) -> None:
    """A plan stays one of its case when something is said of how sure its figures are."""
    plain, sure = roads(tmp_path / "a", ""), roads(tmp_path / "b", "cost: {of: capital_cost, reference: roads}")
    assert plain.content_hash == sure.content_hash
    assert isinstance(risk(sure, plan=best(plain), draws=5, options=ONE), Risk)


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, ["risk", *(str(word) for word in words)], prog_name="planner")


@pytest.mark.slow
def test_the_command_asks_of_a_plan_or_of_a_case(tmp_path: Path, run: Callable[..., Result]) -> None:
    from planner.plans.store import write_plan

    asked = roads(tmp_path / "roads", "cost: {of: capital_cost, reference: roads}", "fund 2030 12.5")
    plan = best(asked)
    assert decisions_of(plan)
    write_plan(plan, tmp_path / "plan")
    by_plan = run(tmp_path / "plan", "--draws", 20, "--workers", 1, "--json", "-q")
    by_case = run(tmp_path / "roads", "--plan", tmp_path / "plan", "--draws", 20, "--workers", 1, "--json", "-q")
    assert by_plan.exit_code == by_case.exit_code == 0, by_plan.output
    refused = run(tmp_path / "plan", "--plan", tmp_path / "plan")
    assert refused.exit_code == 2
    assert "a plan is named already" in refused.output


# --- what the plan does beside its measures: fees, tax, attracted money, reserves


USE = {
    "cities": "id jurisdiction tier lat lon population\nA North core 30 110 100000\nB South small 31 111 100000",
    "links": "id from to mode minutes\nroad A B road 50",
    "capacity": "city service capacity\nA clinic 200\nB clinic 0",
    "measures": "id kind city service capacity capital_cost\nmore facility B clinic 20 0.1",
}
OF_USE = """\
    periods: [2026-2030]
    modes: {road: {boarding_minutes: 0}}
    services: {clinic: {unit: posts, per_1000: 1, catchment_minutes: 60, price: 0.005}}
    in_force: [{open_service: {services: [clinic], people_of: [South], at: [North]}}]
    lines:
      health: {holder: South, pays_use: true, pays_for: [{kind: policy}]}
      works: {holder: South, pays_for: [{kind: facility}]}
    goals: [{minimise: gaps}, {minimise: spending}]
    uncertain: {heads: {of: people, where: {jurisdiction: South}, times: {p10: 1.1, p50: 1.1, p90: 1.1}}}
    """


@pytest.mark.slow
def test_fees_of_use_are_money_that_is_spent_and_grow_with_heads(tmp_path: Path) -> None:
    """100 posts of 100 in another city at 0.005 a year are 2.5 in five years; ten more heads in a hundred, 2.75."""
    asked = case(tmp_path, OF_USE, **USE, budgets="line period amount\nhealth 2030 2.5\nworks 2030 0")
    answer = risk(asked, plan=best(asked), draws=3, options=ONE)
    money = answer.table("money").set_index("line")
    assert money.loc["health", "planned"] == pytest.approx(2.5)
    assert money.loc["health", "p50"] >= 2.5
    assert answer.table("draws")["spent"].tolist() == pytest.approx([money.loc["health", "p50"]] * 3)


def test_attracted_money_comes_when_it_was_planned(tmp_path: Path) -> None:
    """Two periods of works for 5 each; from the second on investors pay 40 %: lines 5 and 3, also in every certain draw."""
    measures = """\
        id kind city capital_cost build_years level
        to-b link - 10 10 -
        invite policy - 0 - supportive
        """
    yaml = """\
        periods: [2026-2030, 2031-2035, 2036-2040]
        modes: {road: {boarding_minutes: 0}}
        access: {core: {kind: nearest, from: {tier: small}, to: {tier: core}, standard_minutes: 40, worst_minutes: 100}}
        lines: {fund: {holder: North}}
        effects: {invite: [{private_share: {where: {kind: link}, plus: 0.4}}]}
        goals: [{minimise: gaps}, {minimise: spending}]
        uncertain: {cost: {of: capital_cost, where: {kind: link}, times: {p10: 1, p50: 1, p90: 1}}}
        """
    links = "id from to mode minutes needs\nab A B road 100 -\nac A C road 40 -\nad A D road 40 -\nnew A B road 40 to-b"
    asked = case(
        tmp_path, yaml, cities=CITIES, links=links, measures=measures,
        budgets="line period amount\nfund 2030 5\nfund 2035 3\nfund 2040 0",
    )  # fmt: skip
    plan = evaluate(asked, {("to-b", "2030"): 1.0, ("invite", "2035"): 1.0})
    answer = risk(asked, plan=plan, draws=2, options=ONE)
    money = answer.table("money").set_index("period")
    assert money["p50"].tolist() == pytest.approx([5.0, 3.0, 0.0])
    assert answer.joint == 1.0


def test_what_a_line_keeps_free_is_there_for_its_period_and_not_carried_on(tmp_path: Path) -> None:
    """Of 10, roads take 4 and 4 are kept free, 2 carried on; twice as dear they take 8: what is kept free pays for that, and
    2 are carried on as planned. Three times as dear they take 12, and the road of the second period finds nothing."""
    measures = """\
        id kind city capital_cost earliest latest
        to-b link - 4 2026-2030 2026-2030
        to-c link - 2 2031-2035 2031-2035
        to-d link - 90 2031-2035 2031-2035
        """
    for times, lacks in ((2, (0, 0)), (3, (2, 2))):
        asked = roads(
            tmp_path / str(times),
            f"cost: {{of: capital_cost, where: {{id: to-b}}, times: {{p10: {times}, p50: {times}, p90: {times}}}}}",
            "fund 2030 10\nfund 2035 0",
            "fund: {holder: North, carry_over: true, reserve: [{share: {2026-2030: 1, 2031-2035: 0}}]}",
            "[2026-2030, 2031-2035]", measures,
        )  # fmt: skip
        money = risk(asked, plan=best(asked), draws=2, options=ONE).table("money").set_index("period")
        assert money.loc["2030", ["planned", "p50"]].tolist() == pytest.approx([4, 4 * times])
        assert money.loc["2035", ["has", "planned"]].tolist() == pytest.approx([2, 2])
        assert money["lacks_p80"].tolist() == pytest.approx(lacks)


def test_decided_works_that_are_too_late_open_at_no_other_time(tmp_path: Path) -> None:
    """Decided, to start in either period, planned for the second and four years late: nobody is better off by that."""
    measures = """\
        id kind city capital_cost build_years status
        to-b link - 4 0 decided
        to-c link - 4 0 candidate
        to-d link - 4 0 candidate
        """
    asked = roads(
        tmp_path, "late: {of: build_years, where: {id: to-b}, add: {p10: 4, p50: 4, p90: 4}}", "fund 2030 4\nfund 2035 4",
        periods="[2026-2030, 2031-2035]", measures=measures,
    )  # fmt: skip
    plan = evaluate(asked, {("to-b", "2035"): 1.0})
    gaps = risk(asked, plan=plan, draws=2, options=ONE).table("indicators").set_index("period")
    assert gaps.loc["2030", "p50"] == pytest.approx(gaps.loc["2030", "planned"]) == pytest.approx(1.0)
    assert gaps.loc["2035", "p50"] == pytest.approx(1.0)


# --- two plans


@pytest.mark.slow
def test_two_plans_meet_the_same_worlds(tmp_path: Path) -> None:
    """One builds the nearest two roads, with 8 of 10, the other only the nearest, with 4. Costs move as one: 8 F is over 10
    where F is over 1.25, in a tenth of the draws, and 4 F in none."""
    uncertain = "cost: {of: capital_cost, times: {p10: 0.8, p50: 1, p90: 1.25}, together: 1}"
    asked = roads(tmp_path, uncertain, "fund 2030 10")
    two = evaluate(asked, {("to-b", "2030"): 1.0, ("to-c", "2030"): 1.0})
    one = evaluate(asked, {("to-b", "2030"): 1.0})
    answer = risk(asked, plan=two, other=one, draws=1000, options=ONE)
    rows = answer.table("compared").set_index("what")
    assert "free already" not in text(answer)
    assert rows.loc["more"].tolist() == [1.0, 0.0]
    assert rows.loc["spent"].tolist() == [8.0, 4.0]
    assert rows.loc["joint"].tolist() == pytest.approx([0.9, 1.0], abs=0.02)
    assert rows.loc["closed_p50"].tolist() == pytest.approx([(1 + 2 / 3) / 3, 1 / 3])
    factor = exp(NormalDist().inv_cdf(0.8) * log(1.25) / TENTH)
    assert rows.loc["hold_80"].tolist() == pytest.approx([8 * (factor - 1), 4 * (factor - 1)], rel=0.03)
    assert "TWO PLANS IN THE SAME DRAWS" in text(answer)
    assert left_english(answer) == []


@pytest.mark.slow
def test_a_plan_beside_itself_closes_as_much_in_every_draw(tmp_path: Path) -> None:
    asked = roads(tmp_path, "late: {of: build_years, reference: late}", "fund 2030 20")
    plan = best(asked)
    rows = risk(asked, plan=plan, other=plan, draws=10, options=ONE).table("compared")
    assert (rows["first"] == rows["second"]).all()
    assert rows.set_index("what").loc["more"].tolist() == [0.0, 0.0]


@pytest.mark.slow
def test_the_plan_of_a_case_with_reserves_is_set_beside_the_one_without(tmp_path: Path) -> None:
    """The same is uncertain in both, so the same worlds are drawn; a plan of another world is refused."""
    uncertain = "cost: {of: capital_cost, reference: roads}"
    asked = roads(tmp_path / "a", uncertain, "fund 2030 12.5")
    careful = best(roads(tmp_path / "b", uncertain, "fund 2030 12.5", "fund: {holder: North, reserve: 0.5}"))
    answer = risk(asked, plan=best(asked), other=careful, draws=20, options=ONE)
    assert answer.table("compared").set_index("what").loc["more", "first"] == 1.0
    alone = risk(careful.case, plan=careful, draws=20, options=ONE)
    assert "The plan keeps 4 bn free already" in " ".join(text(alone).split())  # half of 8: two roads
    dearer = best(roads(tmp_path / "c", "cost: {of: capital_cost, reference: rail}"))
    with pytest.raises(ValueError, match="do not say the same is uncertain"):
        risk(asked, plan=best(asked), other=dearer, options=ONE)
    later = best(roads(tmp_path / "d", uncertain, "fund 2030 1\nfund 2035 2", periods="[2026-2030, 2031-2035]"))
    with pytest.raises(ValueError, match="do not close the same gaps"):
        risk(asked, plan=best(asked), other=later, options=ONE)
