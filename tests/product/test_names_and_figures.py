"""What people read says names, not ids, one figure for one thing wherever it stands, and one mistake, not 1 mistakes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docs.words import messages
from planner.audit import audit
from planner.case import Case, FrozenDict, naming
from planner.documents import built, changes, goals, money, runs
from planner.documents.briefing import first_steps
from planner.planning.handmade import evaluate
from planner.planning.settling import Settler
from planner.plans.plan import CityResult, GoalResult, Plan
from planner.plans.tables import Indicator, frame
from planner.promises import broken_in_words, called, exceeded, now
from planner.words import numbers
from planner.words.said import count
from tests.audit.build import with_true_gaps
from tests.product.conftest import PROJECT
from tests.questions.answered import best
from tests.solving.folders import case

NAMED = """\
    periods: [2026-2030]
    services: {beds: {name: Hospital beds, unit: beds, per_1000: 20}}
    modes: {road: {boarding_minutes: 0}}
    names: {S: {name: Southern province}}
    airsheds: {plain: {name: Northern plain, unit: kt, existing: 1, cap: 2}}
    lines:
      fund: {name: Town budget, holder: S, at_most_share: 0.5}
      other: {name: Lottery, holder: S}
    rules: [{id: one, of: count, where: {kind: hub}, at_most: 0}, {id: few, of: units, at_most: 14.5}]
    no_city_loses: false
    goals: [{minimise: gaps}]
    """
CITIES = """\
    id jurisdiction tier lat lon population airshed
    A S core 30 110 1000 plain
    """
MEASURES = """\
    id kind city service capacity capital_cost units divisible
    ward facility A beds 1 0.5 20 yes
    hub hub A - - 1 1 -
    """


@pytest.fixture
def named(tmp_path: Path) -> Case:
    """One town, whose lines, service, airshed and jurisdiction have names that are nothing like their ids."""
    budgets = "line period amount minimum\nfund 2030 1 -\nother 2030 3 2"
    return case(tmp_path / "named", NAMED, cities=CITIES, capacity="city service capacity\nA beds 4", measures=MEASURES,
                budgets=budgets)  # fmt: skip


def test_broken_promises_say_names_and_the_audit_finds_them_so(named: Case) -> None:
    """Wards 15.5 x 0.5 and the hub 1 are 8.75, and there are 1 + 3: at least one line is over by more than 2."""
    plan = evaluate(named, {("ward", "2030"): 15.5, ("hub", "2030"): 1.0})
    broken = broken_in_words(named, plan.broken)
    assert any(re.fullmatch(r"line (Town budget|Lottery), 2026-2030: [\d.]+ bn over", said) for said in broken)
    assert "rule one: 1 measure too much" in broken
    assert "rule few: 2 units too much" in broken
    assert [said for said in broken if "fund" in said or "other" in said] == []
    found = audit(plan)
    assert found.passed
    assert len(found.broken) == len(plan.broken)


def test_money_left_unspent_against_a_minimum_is_that_of_a_named_line(named: Case) -> None:
    plan = evaluate(named, {})
    assert broken_in_words(named, plan.broken) == ("line Lottery, 2026-2030: 2 bn short of its minimum",)
    assert audit(plan).passed


ROWS = [
    (("no_city_loses", ("beds", "A", "2030")), "A, 2026-2030: the Hospital beds gap is 0.5 larger than without the plan"),
    (("within_airshed_cap", ("plain", "2030")), "airshed Northern plain, 2026-2030: "),
    (("nobody_is_worse_off_than_alone", "S"), "Southern province: its own gaps are 0.5 worse than in its stand-alone plan"),
    (("within_largest_share", ("q", "fund", "2030")), "line Town budget, 2026-2030: "),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), ROWS, ids=[row[0] for row, _ in ROWS])
def test_a_promise_in_words_says_names(named: Case, row: Any, said: str) -> None:
    (words,) = broken_in_words(named, [exceeded(named, Settler.of(named).built.instance, row, 0.5)])
    assert words.startswith(said)


def test_who_is_worse_off_is_said_by_the_name_of_the_indicator(named: Case) -> None:
    row = Indicator(*with_true_gaps(("beds", "A", "2030", 1000, "beds", 20.0, 4.0, 4.0, 4.0, 0.5, 0.75)))
    plan = Plan(named, "evaluated", (), FrozenDict(), (), FrozenDict({"indicators": frame("indicators", [row])}))
    assert plan.worse_off == ("A, 2026-2030: Hospital beds gap 50.0% -> 75.0%",)


def test_what_contradicts_is_said_by_names(named: Case) -> None:
    assert now(named, ("money", "fund", "2030")) == "line Town budget, 2026-2030: 1 bn"
    assert now(named, ("minimum", "other", "2030")) == "line Lottery, 2026-2030: at least 2 bn spent"
    assert now(named, ("largest share", "fund")) == "line Town budget: pays at most 0.5 of a measure's cost"
    assert now(named, ("airshed", "plain")) == "airshed Northern plain: emissions within its cap"


def test_a_promise_that_is_tried_alone_is_called_by_names(named: Case) -> None:
    said = {("money", "fund"): "more money of line Town budget", ("minimum", "other"): "minimum of line Lottery",
            ("largest share", "fund"): "largest share of line Town budget", ("airshed", "plain"): "airshed Northern plain",
            ("requirement", "ward", "hub"): "requirement ward for hub", ("rule", "one"): "rule one"}  # fmt: skip
    assert {single: called(named, single) for single in said} == said


# one figure


def test_a_price_is_told_of_as_many_as_make_it_a_figure() -> None:
    prices = {0.0: ("0", 1), 2.5: ("2.5", 1), 0.01: ("0.01", 1), 0.0000833: ("0.0833", 1_000),
              0.00000002: ("0.02", 1_000_000), 1e-11: ("0.00001", 1_000_000), 2_000_000.0: ("2,000,000", 1)}  # fmt: skip
    assert {value: numbers.price(value) for value in prices} == prices


def test_a_figure_has_four_digits_that_tell_and_is_no_power_of_ten() -> None:
    figures = {15.5: "15.5", 16.0: "16", 0.0666667: "0.06667", 12345.6: "12,346", 1234.5: "1,235", 1e-9: "0", 0.0: "0",
               -21.0: "-21", -1e-9: "0", 9.99999: "10", 100.25: "100.3", 0.00012: "0.00012"}  # fmt: skip
    assert {value: numbers.figure(value) for value in figures} == figures
    assert [numbers.number(half, 2) for half in (0.545, 0.5449999999999999, -0.295, -0.29499999999999998)] == [
        "0.55",
        "0.55",
        "-0.30",
        "-0.30",
    ]  # a sum that is a half is one, whatever its last bit says


def test_fifteen_and_a_half_beds_are_that_many_wherever_they_are_told(named: Case) -> None:
    plan = evaluate(named, {("ward", "2030"): 15.5})
    ((_, table),) = built.grids(plan)
    assert table.rows[0][1] == "15.5"
    assert first_steps.first_steps(plan)[0].name == "Hospital beds: 15.5 beds"
    (ward,) = built.city_table(plan, "A").rows
    assert ward[2] == "15.5 beds in 2026-2030"


def test_a_goal_reads_alike_on_the_page_and_in_the_report() -> None:
    """The best plan of the tiny case: a gap of 0.8 / 12, spending 16 bn."""
    line = goals.goals_line(best())
    values = [row[3] for row in goals.goal_table(best()).rows]
    assert values[:2] == ["0.06667", "16.0"]
    assert "mean gap: 0.06667" in line
    assert "spending: 16.0 bn" in line


def test_a_goal_of_money_reads_alike_in_a_comparison() -> None:
    """The README of the tiny case: 16 bn, and 1 goal about gaps."""
    assert goals.in_figures(best().case, best().goals[1].name, 16.0) == "16.0"
    assert goals.in_figures(best().case, best().goals[0].name, 0.8 / 12) == "0.06667"
    assert goals.in_figures(best().case, best().goals[0].name, float("-inf")) == ""


def test_an_id_as_words_has_single_spaces() -> None:
    assert naming.as_words("base--replanned_2") == "base replanned 2"


def test_what_is_proven_is_the_same_wherever_it_is_told() -> None:
    """A search that ended within 0.0095 %, and a plan that as it stands is proven within 0.02 %."""
    own = GoalResult("gaps", 1.0, 0.9998, 9.5e-5, 2e-4)
    plan = replace(best(), goals=(own,), options=FrozenDict({"gap": 1e-4}))
    assert "mean gap: proven within 0.02 % of the best possible" in goals.proven(plan)
    assert goals.how_proven(plan, own) == "proven within 0.02 %"
    about = {"format": 1, "status": "optimal", "audit": "passed", "goals": [{"proof_gap": 2e-4}]}
    assert numbers.proof(runs.proof_gap(about["goals"][0]) or 0.0) == "0.02 %"  # type: ignore[index]


def test_the_list_of_plans_counts_every_step_of_the_worst_off_first() -> None:
    """The mean of two cities is known within (0.25 - 0.24) / 0.25 = 4 % only."""
    result = GoalResult("worst", 0.4, 0.4, 0.0, 0.0, (CityResult("a", 0.1, 0.25, 0.24, 0.04),))
    assert goals.proof_gap(result) == pytest.approx(0.04)
    cities = [{"mean": 0.25, "bound": 0.24}, {"mean": 0.2, "bound": None}]
    assert runs.proof_gap({"proof_gap": 0.0, "cities": cities}) == pytest.approx(0.04)
    assert runs.proof_gap({"proof_gap": None}) is None


def test_money_left_has_as_many_decimals_in_every_line() -> None:
    """In the tiny plan 3.5 of 8 are left in the north, 0.5 of 12 in the south."""
    north, south = money.left_by_line(best())
    assert north.startswith("North, 3.5 of 8.0 bn left")
    assert south.startswith("South, 0.5 of 12.0 bn left")


# one and several


def test_one_is_said_as_one() -> None:
    assert (count(1, "mistake"), count(2, "mistake"), count(1.0, "unit"), count(1.5, "unit")) == (
        "1 mistake", "2 mistakes", "1 unit", "1.5 units",
    )  # fmt: skip


@pytest.mark.slow
def test_no_message_of_the_page_counts_one_as_several() -> None:
    found = [english for english, _ in messages()["ui"] if re.search(r"\{(count|cities|measures)\} [a-z]+s\b", english)]
    assert found == []


def test_one_more_city_gains(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the tiny plan Inland and Border gain."""
    monkeypatch.setattr(changes, "GAINS_SHOWN", 1)
    assert changes.largest_gains(best())[-1] == "1 more city gains; the next table has all."


def test_trips_that_count_as_at_least_nothing_are_not_said_to(by_hand: Plan) -> None:
    access = by_hand.case.access
    key = next(iter(access))
    some = replace(access[key], kind="all", standard_minutes=0.0, worst_minutes=180.0, name="time to others")
    changed = replace(by_hand.case, access=FrozenDict({**access, key: some}))
    change = changes.Change("inland", key, 1000.0, "minutes", 0.0, 108.0, 98.0, 10.0)
    assert changes.phrase(changed, change) == "time to others 108 -> 98 minutes"
    (note,) = [said for said in changes._notes(changed, [key]) if "mean over" in said]
    assert note == "time to others is a mean over the ways to all others, each counted as at most 180 minutes."


# documentation


def test_every_word_of_the_glossary_stands_there_once_in_order_and_apart() -> None:
    text = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    heads = re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE)
    each = [word for head in heads for word in head.split(", ")]
    assert len(heads) > 80
    assert sorted(word for word in set(each) if each.count(word) > 1) == []
    assert heads == sorted(heads, key=str.lower)
    assert len(re.split(r"\n\n(?=\*\*)", text)) == len(heads) + 1, "an entry that follows another without a blank line"


def test_no_page_has_a_heading_twice_or_promises_what_is_there() -> None:
    for page in (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))):
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        heads = re.findall(r"^#{1,2} (.+)$", text, re.MULTILINE)
        assert sorted({head for head in heads if heads.count(head) > 1}) == [], page.name
        assert "to come |" not in text, page.name


def test_the_readme_names_folders_that_exist_and_every_one_of_the_planner() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8").partition("## Where things are")[2]
    rows = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    places = [place for row in rows for place in re.findall(r"`([\w/.]+)`", row)]
    assert [p for p in places if not ((PROJECT / p).exists() or (PROJECT / "planner" / p).exists())] == []
    own = {folder.name for folder in (PROJECT / "planner").iterdir() if (folder / "__init__.py").exists()}
    assert sorted(own - {place.strip("/").split("/")[-1] for place in places}) == []


def test_a_chance_is_certain_only_where_it_is() -> None:
    told = [numbers.chance(share) for share in (0.0, 1 / 300, 2 / 300, 0.5, 298 / 300, 299 / 300, 1.0)]
    assert told == ["0 %", "<1 %", "1 %", "50 %", "99 %", ">99 %", "100 %"]


def test_figures_side_by_side_have_as_many_decimals_as_tell_them_apart() -> None:
    assert numbers.side_by_side([0.24071, 0.24074]) == ["0.24071", "0.24074"]
    assert numbers.side_by_side([0.24414, 0.244]) == ["0.2441", "0.2440"]
    assert numbers.side_by_side([0.2407, 0.2407, float("nan")]) == ["0.2407", "0.2407", "-"]
    assert numbers.side_by_side([15.5, 1234.0]) == ["15.5", "1,234"]
    assert numbers.side_by_side([0.06667, 0.2167]) == ["0.06667", "0.2167"]
    assert numbers.side_by_side([5, 3, 0]) == ["5", "3", "0"]


def test_columns_of_one_goal_have_as_many_decimals() -> None:
    """0.0778 beside 0.06563 reads as if it were known less well; what there is none of stays out."""
    assert numbers.aligned([0.0778, float("nan")], [0.06563, 0.05], none="") == [["0.07780", ""], ["0.06563", "0.05000"]]
    assert numbers.aligned([]) == [[]]
