"""The figures of the first sheet, for the plan that cases/tiny/README.md works out by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.case import FrozenDict, load_case, naming
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph
from planner.documents.briefing import assumptions, first_steps, minister, overview, people, worth
from planner.documents.briefing.people import Pair
from planner.documents.briefing.worth import Answers
from planner.planning.search import SolveOptions, solve
from planner.plans.plan import Plan
from planner.words.said import told_in
from tests.solving.folders import case as case_in

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def tiny() -> Plan:
    return solve(load_case(CASES / "tiny"))


def test_people_within_an_hour_of_a_core_city(tiny: Plan) -> None:
    """Without: Metro's own and Border's, 50 minutes away. With: the same in 2030 (Inland is 70 away), then all.

    All are within 120 minutes of one another.
    """
    first, second = people.within(tiny)
    assert (first.people, first.near, first.far) == (200_000, Pair(150_000, 150_000), Pair(200_000, 200_000))
    assert (second.near, second.reachable) == (Pair(150_000, 200_000), Pair(200_000, 200_000))


def test_reachable_people_are_counted_from_each_person(tiny: Plan) -> None:
    """If only Metro and Border reach one another: (100 x 150 + 50 x 150 + 50 x 50) / 200 thousand = 125,000."""
    far = tiny.table("routes")
    far.loc[(far["from"] == "inland") | (far["to"] == "inland"), "minutes_without"] = 121.0
    changed = replace(tiny, tables=FrozenDict({**tiny.tables, "routes": far}))
    assert people.within(changed)[1].reachable == Pair(125_000, 200_000)


def test_a_case_without_a_core_city_says_nothing_about_one(tiny: Plan) -> None:
    cities = FrozenDict({i: replace(c, tier="small") for i, c in tiny.case.cities.items()})
    assert people.within(replace(tiny, case=replace(tiny.case, cities=cities)))[0].near is None


def test_people_at_standard(tiny: Plan) -> None:
    """Minutes are asked of Border and Inland, clinics of all: without the plan only Metro has enough, with it all have."""
    core, clinic = people.at_standard(tiny)
    assert (core.people, core.met) == (100_000, Pair(0, 100_000))
    assert (clinic.people, clinic.met) == (200_000, Pair(100_000, 200_000))
    assert clinic.standard == "2 posts per 1,000 people"


def test_first_steps_with_their_cost_and_payers(tiny: Plan) -> None:
    """Clinic: 3, and 0.2 a year for ten years. Insurance: 1, half each. The railway starts later."""
    found = {step.name: step for step in first_steps.first_steps(tiny)}
    assert set(found) == {"clinics: 30 posts", "Insurance valid on both sides", "No checks on the road"}
    clinic, insurance = found["clinics: 30 posts"], found["Insurance valid on both sides"]
    assert (clinic.public, insurance.public, found["No checks on the road"].public) == pytest.approx((5, 1, 0))
    assert (clinic.place, first_steps.payers(tiny.case, clinic)) == ("Inland", "South")
    assert (insurance.place, first_steps.payers(tiny.case, insurance)) == ("North + South", "North 50 %, South 50 %")
    assert first_steps.payers(tiny.case, found["No checks on the road"]) == "costs nothing"


def test_a_first_step_is_paid_by_who_pays_for_its_own_starts(tmp_path: Path) -> None:
    """Two clinics that cost 4 and 0.1 a year: the first now, paid by one line, and run by the other in the second period,
    which also pays for the second clinic then. So the first step costs 4 and 0.5, all of one line, and 0.5 of the other.
    """
    yaml = """\
        periods: [2026-2030, 2031-2035]
        modes: {road: {boarding_minutes: 0}}
        services: {clinic: {unit: posts, per_1000: 1, catchment_minutes: 60}}
        lines: {one: {holder: North}, other: {holder: North}}
        goals: [{minimise: gaps}, {minimise: spending}]
        """
    tables = {
        "cities": "id jurisdiction tier lat lon population\nA North core 30 110 100000",
        "capacity": "city service capacity\nA clinic 0",
        "measures": "id kind city service capacity capital_cost running_cost units\nclinic facility A clinic 50 4 0.1 2",
        "budgets": "line period amount\none 2030 4.5\none 2035 0\nother 2030 0\nother 2035 5",
    }
    plan = solve(case_in(tmp_path, yaml, **tables), options=SolveOptions(gap=1e-9))
    assert plan.table("decisions")["start_period"].tolist() == ["2030", "2035"]
    (step,) = first_steps.first_steps(plan)
    assert step.public == pytest.approx(5)
    assert step.payers == pytest.approx({"one": 4.5 / 5, "other": 0.5 / 5})


def test_what_was_decided_before_and_starts_then_is_told_with_its_cost(tiny: Plan) -> None:
    """As if the clinic (3, and 0.2 a year for ten years) had been decided before: the plan itself starts the other two."""
    before = tiny.table("decisions")
    before.loc[before["measure"] == "clinic-inland", "decided"] = "before"
    changed = replace(tiny, tables=FrozenDict({**tiny.tables, "decisions": before}))
    assert {step.name for step in first_steps.first_steps(changed)} == {
        "Insurance valid on both sides", "No checks on the road"
    }  # fmt: skip
    told = "Decided before the plan, starting then, too: clinics: 30 posts; public cost to 2035 5.00 bn."
    (said,) = first_steps.decided_before(changed)
    assert isinstance(said, Paragraph)
    assert said.text == told
    assert first_steps.section(changed, {})[-1] == said
    assert first_steps.decided_before(tiny) == ()
    assert said in minister.parts(changed, Answers()).steps


def test_who_has_less_above_the_standard_is_told_though_no_gap_grows(tiny: Plan) -> None:
    """Metro has 300 posts for 100,000 people, 90 of them used by others with the plan: 3.0 -> 2.1 of the 2.0 asked for."""
    said = " ".join(part.text for part in overview.sentences(tiny, Answers()) if isinstance(part, Paragraph))
    assert "No city's gap grows in anything that is counted." in said
    assert (
        "Residents of some have less, though: Metro: residents have 3.00 -> 2.10 posts of clinics per 1,000 people "
        "(standard 2.00)." in said
    )


def test_of_many_governments_that_sign_the_first_are_named() -> None:
    assert overview._signers(["A", "B", "C"]) == "A, B, C"
    assert overview._signers(["A", "B", "C", "D"]) == "A, B, C and 1 other"
    assert overview._signers(["A", "B", "C", "D", "E"]) == "A, B, C and 2 others"


def _step(name: str, kind: str, public: float) -> first_steps.Step:
    return first_steps.Step(name, (name,), name, kind, "", 2026, public, 0.0, {})  # type: ignore[arg-type]


def test_of_many_steps_five_are_signatures_by_worth_and_the_rest_projects_by_cost() -> None:
    projects = [_step(f"p{n}", "link", n) for n in range(8)]
    signed = [_step(f"s{n}", "policy", 10 - n) for n in range(7)]
    shown = first_steps.most_telling([*projects, *signed], {"s6": 0.3, "s5": 0.2})
    assert [s.name for s in shown] == ["p7", "p6", "p5", "p4", "p3", "s6", "s5", "s0", "s1", "s2"]
    assert [s.name for s in first_steps.most_telling([*projects[:2], *signed], {})] == [
        "p1",
        "p0",
        *(f"s{n}" for n in range(7)),
    ]
    assert [s.name for s in first_steps.most_telling([*projects, signed[0]], {})] == [
        *(f"p{n}" for n in range(7, -1, -1)),
        "s0",
    ]


def test_assumptions_by_what_rests_on_them(tiny: Plan) -> None:
    """Of 16 the railway costs 10, the clinic 5, the insurance 1. Of the 3.6 of gaps closed 2.1 are posts and 1.5 minutes."""
    found = [(a.what, a.weight) for a in assumptions.by_share(tiny)]
    assert found == [
        ("costs of links, stated one by one (assumed)", pytest.approx(10 / 16)),
        ("clinics that cities have today (assumed)", pytest.approx(2.1 / 3.6, abs=1e-5)),
        ("minutes of links (3 of 3 estimated, assumed or not stated)", pytest.approx(1.5 / 3.6, abs=1e-5)),
        ("costs of facilities, stated one by one (assumed)", pytest.approx(5 / 16)),
        ("costs of policies, stated one by one (assumed)", pytest.approx(1 / 16)),
    ]


def test_assumptions_by_measured_effect_where_it_was_measured(tiny: Plan) -> None:
    """The need moves the plan's value by 10 % at most, the cost by -5 %; judgements and bundles do not count."""
    value = tiny.goals[0].value
    table = pd.DataFrame(
        [
            ("need", "need of clinic", "-20 %", 1.01 * value), ("need", "need of clinic", "+20 %", 1.1 * value),
            ("costs", "cost of x", "low", 0.95 * value), ("weights", "weight", "x 2", 9.0),
            ("budgets", "money", "-20 %", float("nan")),
        ],
        columns=["group", "assumption", "change", "value_kept"],
    )  # fmt: skip
    found, rule = assumptions.most_important(tiny, table)
    assert [(a.what, a.said) for a in found] == [
        ("need of clinic", "+20 %: first goal +10.0 %"), ("cost of x", "low: first goal −5.0 %"),
    ]  # fmt: skip
    assert "measured effect" in rule


def _importance(*rows: tuple[str, float, float, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["measure", "share_at_least", "share_at_most", "status"])


def test_worth_of_signatures(tiny: Plan) -> None:
    nan = float("nan")
    known = worth.signatures(tiny, Answers(importance=_importance(("insurance", 0.25, 0.251, "optimal"))))
    assert [(w.measure, w.said) for w in known] == [("insurance", "25.0 to 25.1 %"), ("checkpoint", "not known")]
    rows = (("insurance", 0.2, nan, "feasible"), ("checkpoint", 0.0, nan, "infeasible"))
    known = worth.signatures(tiny, Answers(importance=_importance(*rows)))
    assert [w.said for w in known] == ["no plan without it", "at least 20.0 %"]
    assert [w.said for w in worth.signatures(tiny, Answers())] == ["not known", "not known"]


def test_the_first_left_out_is_told_with_what_gives_way(tiny: Plan) -> None:
    """A railway for 5 bn closes 0.03 of a gain of 0.3, that is 10 %; forced it costs 2 to 2.5 % of the gain."""
    scores = pd.DataFrame([("rail-south", 0.03, 5.0)], columns=["measure", "closes", "money"])
    columns = ["measure", "name", "loss_at_least", "loss_at_most", "share_at_least", "share_at_most", "status"]
    forced = pd.DataFrame([("rail-south", "", 0.006, 0.0075, 0.02, 0.025, "optimal")], columns=columns)
    displaced = pd.DataFrame(
        [("rail-south", "insurance", 1.0, 0.0, "", "")], columns=["forced", "measure", "units", "later", "from", "to"]
    )
    said = worth.first_left_out(tiny, Answers(scores=scores, forced=forced, displaced=displaced))
    assert said[0] == (
        "Railway, southern half: 5.00 bn of public money for 10.0 % more of the gain; "
        "within the money there is, it costs the plan 2.0 to 2.5 % of its gain."
    )
    close = forced.assign(share_at_least=0.0, share_at_most=0.0002)
    assert (
        "at most 0.02 % of its gain: a close call"
        in worth.first_left_out(tiny, Answers(scores=scores, forced=close, displaced=displaced))[0]
    )
    assert said[1] == "It would displace Insurance valid on both sides (none of it)."


def test_what_stands_against_the_first_left_out_is_money_only_where_that_alone_is_short(tiny: Plan) -> None:
    scores = pd.DataFrame([("rail-south", 0.03, 5.0)], columns=["measure", "closes", "money"])
    columns = ["measure", "name", "loss_at_least", "loss_at_most", "share_at_least", "share_at_most", "status"]
    forced = pd.DataFrame([("rail-south", "", 0.006, 0.0075, 0.02, 0.025, "optimal")], columns=columns)
    none = pd.DataFrame(columns=["forced", "measure", "units", "later", "from", "to"])
    names = ["forced", "period", "promise", "item", "amount"]
    line = next(iter(tiny.case.lines))
    period = tiny.case.periods[0]
    short = ("rail-south", period.id, "money", f"{line};{period.id}", 4.0)
    many = ("rail-south", period.id, "subsidy periods", next(iter(tiny.case.cities)), 1.0)
    said = [
        worth.first_left_out(
            tiny, Answers(scores=scores, forced=forced, displaced=none, against=pd.DataFrame(rows, columns=names))
        )[1]
        for rows in ([short], [short, many])
    ]
    assert said[0].startswith(f"Added to the plan in {period.label}, all else as it is, it lacks money and nothing else: ")
    assert said[0].endswith(f" 4 bn in {period.label}.")
    assert said[1].startswith(f"Added to the plan in {period.label}, all else as it is, it breaks: line ")
    assert "too many periods" in said[1]


def test_what_is_not_known_of_the_first_left_out_is_said(tiny: Plan) -> None:
    assert worth.first_left_out(tiny, Answers(why_not="made with --quick")) == ["Not worked out: made with --quick."]
    none = pd.DataFrame(columns=["measure", "name", "closes", "money"])
    empty = pd.DataFrame(columns=["measure", "name", "share_at_least", "share_at_most", "status"])
    assert worth.first_left_out(tiny, Answers(scores=none, forced=empty, displaced=none)) == ["No project is left out."]
    useless = pd.DataFrame([("a", "A", 0.0, 1.0)], columns=none.columns)
    said = worth.first_left_out(tiny, Answers(scores=useless, forced=empty, displaced=none))
    assert said == ["None of the projects left out would close more of the gap, even with more money."]


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(folder.parent.name for folder in CASES.glob("*/norms.csv")))
def test_unit_costs_of_shipped_cases_and_their_units_are_told_in_chinese(case: str) -> None:
    for norm in load_case(CASES / case).norms.values():
        said = naming.norm(norm.id), vocabulary.unit(norm.unit)
        assert [text for text in said if re.search("[A-Za-z]", told_in("zh", text))] == []


def test_a_unit_cost_that_has_no_common_words_is_called_as_its_id_says() -> None:
    assert (naming.norm("moon-rocket"), vocabulary.unit("rocket, public half").in_language("zh")) == (
        "moon rocket", "rocket、公共一半",
    )  # fmt: skip
