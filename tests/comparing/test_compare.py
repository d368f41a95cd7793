"""What plans differ in: the figures are those that the README of the tiny case works out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import planner
from planner.case import Case, FrozenDict, load_case
from planner.comparing import TABLES, Comparison, PlanChanged, compare
from planner.comparing.choices import difference
from planner.documents.blocks import Heading, Table
from planner.documents.compared.choices import group
from planner.documents.compared.document import money_table, text
from planner.documents.compared.tables import whole
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.starting import example
from tests.comparing.conftest import TINY

NAN = pytest.approx(float("nan"), nan_ok=True)


@pytest.fixture(scope="module")
def found(base: Plan, no_signatures: Plan) -> Comparison:
    return compare([base, no_signatures], ["base", "none signed"])


def values(found: Comparison, table: str, *key: str) -> list[Any]:
    """What a table says of each plan in the row of a key."""
    frame = found.tables[table]
    fixed = [column for column in TABLES[table] if column != "<plan>"]
    rows = frame[(frame[fixed[: len(key)]] == list(key)).all(axis=1)]
    assert len(rows) == 1, f"{len(rows)} rows of {key} in {table}"
    return list(rows.iloc[0][list(found.names)])


def test_compare_is_a_public_name() -> None:
    assert planner.compare is compare


def test_every_table_has_the_documented_columns(found: Comparison) -> None:
    assert list(found.tables) == list(TABLES)
    for name, table in found.tables.items():
        fixed = [column for column in TABLES[name] if column != "<plan>"]
        plans = list(found.names) if "<plan>" in TABLES[name] else []
        assert list(table.columns) == [*fixed, *plans]


def test_inputs_that_differ_are_the_two_policies_ruled_out(found: Comparison) -> None:
    assert found.tables["inputs"].values.tolist() == [
        ["measures.csv", a, "status", "value", "candidate", "ruled_out"] for a in ("checkpoint", "insurance")
    ]


def test_inputs_are_those_of_the_cases_as_they_were_solved(base: Plan) -> None:
    """The south has 6 in each period, and in the scenario half of it."""
    poorer = replace(base, case=load_case(TINY, "poorer-south"))
    assert compare([base, poorer]).tables["inputs"].values.tolist() == [
        ["budgets.csv", f"south {t}", "amount", "value", "6", "3"] for t in ("2030", "2035")
    ]


def test_keys_are_named_as_scenarios_name_them(base: Plan, changed: Callable[..., Case]) -> None:
    other = replace(base, case=changed("case.yaml", "standard_minutes: 30", "standard_minutes: 45"))
    assert compare([base, other]).tables["inputs"].values.tolist() == [
        ["case.yaml", "", "access.core.standard_minutes", "value", "30", "45"]
    ]


def test_a_row_that_only_one_case_has_is_given_cell_by_cell(base: Plan, changed: Callable[..., Case]) -> None:
    row = "clinic-inland,Clinic in Inland,facility,inland,clinic,30,3,0.2,2,,,,assumed\n"
    other = changed("measures.csv", row, row + "bypass,Bypass,policy,,,,2,,,,,North,assumed\n")
    rows = compare([base, replace(base, case=other)]).tables["inputs"]
    assert set(rows["file"] + " " + rows["row"]) == {"measures.csv bypass"}
    assert set(rows["difference"]) == {"row"}
    said = dict(zip(rows["column"], rows["none signed" if "none signed" in rows else rows.columns[-1]], strict=True))
    assert (said["name"], said["capital_cost"], said["signed_by"]) == ("Bypass", "2", "North")
    assert set(rows[rows.columns[4]]) == {""}


def test_headline_figures_stand_side_by_side(found: Comparison) -> None:
    """Gaps 0.80 / 12 and (4.4 - 1.8) / 12 of 4.4 / 12; spent 16 and 14 of 20; 5 and 3 measures."""
    figures = {row[0]: row[2:] for row in found.tables["figures"].itertuples(index=False, name=None)}
    assert figures["gap_without"] == pytest.approx((4.4 / 12, 4.4 / 12))
    assert figures["gap_with"] == pytest.approx((0.8 / 12, 2.6 / 12))
    assert figures["spending"] == pytest.approx((16, 14))
    assert figures["unspent"] == pytest.approx((4, 6))
    assert figures["measures_chosen"] == (5, 3)


def test_goals_stand_side_by_side(found: Comparison) -> None:
    assert values(found, "goals", "1", "gaps", "value") == pytest.approx([0.8 / 12, 2.6 / 12])
    assert values(found, "goals", "2", "spending", "value") == pytest.approx([16, 14])
    assert values(found, "goals", "3", "starts", "value") == pytest.approx([5, 3])
    assert values(found, "goals", "1", "gaps", "bound") == [NAN, NAN], "nothing is proven of hand-made plans"


def test_decisions_say_in_what_plans_differ(found: Comparison) -> None:
    """With signatures the railway comes second, after the clinic; without them the other way round."""
    table = found.tables["decisions"].set_index("measure")
    said = {a: (row["difference"], row["base"], row["none signed"]) for a, row in table.iterrows()}
    assert said == {
        "rail-north": ("moved", "2035", "2030"),
        "rail-south": ("moved", "2035", "2030"),
        "checkpoint": ("only in base", "2030", "not offered"),
        "insurance": ("only in base", "2030", "not offered"),
        "clinic-inland": ("moved", "2030", "2035"),
    }


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"2030": 2.0}, {"2030": 2.0}, "same"),
        ({"2030": 2.0}, {}, "only in a"),
        ({"2030": 2.0, "2035": 1.0}, {"2030": 1.0, "2035": 2.0}, "moved"),
        ({"2030": 2.0}, {"2035": 2.0}, "moved"),
        ({"2030": 2.0, "2035": 1.0}, {"2030": 2.0, "2035": 2.0}, "other size"),
        ({"2030": 2.0}, {"2030": 2.0, "2035": 2.0}, "moved, other size"),
    ],
)
def test_a_measure_differs_in_time_or_size(one: dict[str, float], other: dict[str, float], said: str) -> None:
    assert difference(["a", "b"], [one, other]) == said


def test_of_three_plans_there_is_a_matrix(base: Plan, no_signatures: Plan, tiny: Case) -> None:
    cheap = evaluate(tiny, {("checkpoint", "2030"): 1.0, ("clinic-inland", "2030"): 2.0})
    found = compare([base, no_signatures, cheap], ["a", "b", "c"])
    table = found.tables["decisions"].set_index("measure")
    assert table.loc["clinic-inland", ["difference", "a", "b", "c"]].tolist() == [
        "moved, other size", "2030", "2035", "2030: 2",
    ]  # fmt: skip
    assert table.loc["rail-north", ["difference", "a", "b", "c"]].tolist() == ["only in a, b", "2035", "2030", ""]
    assert values(found, "starts", "clinic-inland", "2030") == [1.0, 0.0, 2.0]


def test_costs_are_nothing_where_a_measure_is_not_started(found: Comparison) -> None:
    """The clinic: 3, and 0.2 x 5 in each period in which it serves: two with signatures, one without."""
    assert values(found, "costs", "clinic-inland", "capital_cost") == [3.0, 3.0]
    assert values(found, "costs", "clinic-inland", "running_cost") == pytest.approx([2.0, 1.0])
    assert values(found, "costs", "insurance", "capital_cost") == [1.0, 0.0]


def test_gaps_and_levels_stand_side_by_side(found: Comparison) -> None:
    """Inland to Metro in the first period: 70 minutes without checks, 30 by rail; 30 wanted, 110 the worst."""
    assert values(found, "levels", "core", "inland", "2030", "minutes", "with") == pytest.approx([70, 30])
    assert values(found, "levels", "core", "inland", "2030", "minutes", "without") == pytest.approx([90, 90])
    assert values(found, "gaps", "core", "inland", "2030", "with") == pytest.approx([0.5, 0.0])
    assert values(found, "gaps", "core", "border", "2035", "with") == pytest.approx([0.0, 0.25])


def test_mean_gaps_of_cities_are_weighted_as_the_goal_does(found: Comparison) -> None:
    """In a period each of the four gaps of Border and Inland weighs 1/6.

    With signatures their sum is first 0.80, then 0; without them first 0.25 + 1.20, then 0.25 + 0.90.
    """
    assert values(found, "city_gaps", "", "2030") == pytest.approx([0.8 / 6, 1.45 / 6])
    assert values(found, "city_gaps", "", "2035") == pytest.approx([0.0, 1.15 / 6], abs=1e-7)
    assert values(found, "city_gaps", "metro", "2030") == [0.0, 0.0]


def test_money_stands_side_by_side_by_line_and_period(found: Comparison) -> None:
    """The south first: half of the insurance and the clinic, against its half of the railway; then what the README says."""
    assert values(found, "money", "south", "2030", "capital") == pytest.approx([3.5, 6.0])
    assert values(found, "money", "south", "2030", "running") == pytest.approx([1.0, 0.0])
    assert values(found, "money", "south", "2035", "capital") == pytest.approx([6.0, 3.0])
    assert values(found, "money", "north", "2035", "capital") == pytest.approx([4.0, 0.0])


# which is better


def test_the_first_goal_that_differs_decides(found: Comparison) -> None:
    (related,) = found.relations
    assert (related.better, related.decided_by, related.dominates) == ("base", "gaps", False)
    assert related.worse_in == ("spending", "starts")
    assert related.reason == "their inputs differ"


def test_a_plan_no_worse_in_any_goal_dominates(tiny: Case) -> None:
    """One start each; half of a railway costs 4 and brings nothing, the checkpoint costs nothing and takes minutes away."""
    half, free = (evaluate(tiny, {(a, "2030"): 1.0}) for a in ("rail-north", "checkpoint"))
    (related,) = compare([half, free], ["half", "free"]).relations
    assert (related.better, related.dominates, related.worse_in, related.reason) == ("free", True, (), "")


def test_differences_within_a_goals_tolerance_do_not_decide(base: Plan) -> None:
    """A tolerance of 1 %: gaps of 0.0667 and 0.0672 are equal, so spending decides."""
    goals = (replace(base.goals[0], value=0.0672), replace(base.goals[1], value=15.0), base.goals[2])
    case = replace(base.case, goals=(replace(base.case.goals[0], tolerance=0.01), *base.case.goals[1:]))
    (related,) = compare([replace(base, case=case), replace(base, case=case, goals=goals)], ["a", "b"]).relations
    assert (related.better, related.decided_by, related.dominates) == ("b", "spending", True)


def test_a_plan_that_keeps_its_promises_is_better_than_one_that_does_not(tiny: Case) -> None:
    """Two clinics take 1.2 from the sum of gaps, the checkpoint 1.0; but they cost the south 8, and it has 6."""
    clinics = evaluate(tiny, {("clinic-inland", "2030"): 2.0})
    free = evaluate(tiny, {("checkpoint", "2030"): 1.0})
    assert clinics.broken
    assert clinics.goals[0].value < free.goals[0].value
    found = compare([clinics, free], ["clinics", "free"])
    (related,) = found.relations
    assert (related.better, related.decided_by, related.dominates) == ("free", "promises", False)
    assert any(note.startswith("clinics breaks 1 of its promises") for note in found.notes)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("case.yaml", "per_1000: 2,", "per_1000: 3,"), "the standard of clinics"),
        (("case.yaml", "standard_minutes: 30", "standard_minutes: 45"), "the standard of time to the core city"),
        (("case.yaml", "prices: 2025", "prices: 2023"), "the unit or prices of money"),
        (("case.yaml", "  - {minimise: gaps}", "  - {minimise: worst_city}"), "the goals"),
        (("cities.csv", "39.7,116.0,50000", "39.7,116.0,60000"), "the cities' people"),
    ],
)
def test_goals_of_cases_that_measure_other_things_are_not_compared(
    base: Plan, changed: Callable[..., Case], words: tuple[str, ...], said: str
) -> None:
    (related,) = compare([base, replace(base, case=changed(*words))]).relations
    assert not related.comparable
    assert said in related.reason
    assert (related.better, related.dominates) == ("", False)


# what may be missing


def test_the_same_plan_twice_is_said_to_be_the_same(base: Plan) -> None:
    found = compare([base, base])
    assert found.names == ("tiny--base", "tiny--base (2)")
    assert found.notes == ("tiny--base and tiny--base (2) are the same plan: same inputs, same decisions.",)
    assert found.tables["inputs"].empty
    assert set(found.tables["decisions"]["difference"]) == {"same"}
    assert found.relations[0].comparable
    assert found.relations[0].better == ""


def test_a_plan_without_decisions_is_compared_in_its_inputs(base: Plan) -> None:
    case = load_case(TINY, "poorer-south")
    none = replace(base, case=case, status="infeasible", ended=(), goals=(), tables=FrozenDict(), audit="not run")
    found = compare([base, none], ["base", "none"])
    assert len(found.tables["inputs"]) == 2
    assert found.relations[0].reason == "none has no decisions"
    assert any("none holds no decisions (no plan keeps all targets and rules)" in note for note in found.notes)
    assert found.tables["figures"]["none"].isna().all()
    assert set(found.tables["decisions"]["difference"]) == {"only in base"}
    assert compare([none, none]).tables["gaps"].empty


def test_plans_of_different_cases_have_empty_cells_and_say_so(base: Plan, tmp_path: Path) -> None:
    for name, content in example().items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    other = load_case(tmp_path)
    found = compare([base, evaluate(other, {})], ["tiny", "other"])
    assert not found.relations[0].comparable
    assert any(note.startswith("tiny does not have the indicator") for note in found.notes)
    assert any(note == "other does not have the indicator clinics: its cells are empty there." for note in found.notes)
    assert values(found, "gaps", "clinic", "inland", "2030", "with") == [pytest.approx(0.3), NAN]


def test_a_missing_period_is_an_empty_cell(base: Plan, changed: Callable[..., Case]) -> None:
    shorter = changed(
        "case.yaml", "[2026-2030, 2031-2035]", "[2026-2030]", "budgets.csv", "north,2035,4,assumed\n", "",
        "budgets.csv", "south,2035,6,assumed\n", "",
    )  # fmt: skip
    other = evaluate(shorter, {("checkpoint", "2030"): 1.0})
    found = compare([base, other], ["two", "one"])
    assert found.period == "2030"
    assert values(found, "gaps", "core", "border", "2035", "with") == [0.0, NAN]
    assert any("one does not have the period 2031-2035" in note for note in found.notes)


def test_plans_with_no_period_in_common_can_still_be_compared(base: Plan, changed: Callable[..., Case]) -> None:
    later = changed(
        "case.yaml", "[2026-2030, 2031-2035]", "[2036-2040, 2041-2045]", "budgets.csv", ",2030,", ",2040,",
        "budgets.csv", ",2035,", ",2045,",
    )  # fmt: skip
    found = compare([base, evaluate(later, {})], ["early", "late"])
    assert found.period is None
    assert found.relations[0].reason == "the cases differ in the periods"
    assert "no period in common" in text(found)


@pytest.mark.parametrize(("people", "reason"), [("50000", "the periods"), ("60000", "the periods, the cities' people")])
def test_a_longer_horizon_is_no_other_standard(base: Plan, changed: Callable[..., Case], people: str, reason: str) -> None:
    """What is said of the periods that both have is alike: nobody changed people or standards, unless somebody did."""
    longer = changed(
        "case.yaml", "[2026-2030, 2031-2035]", "[2026-2030, 2031-2035, 2036-2040]",
        "budgets.csv", "south,2035,6,assumed\n", "south,2035,6,assumed\nnorth,2040,4,assumed\nsouth,2040,6,assumed\n",
        "cities.csv", "39.7,116.0,50000", f"39.7,116.0,{people}",
    )  # fmt: skip
    found = compare([base, evaluate(longer, {})], ["short", "long"])
    assert found.relations[0].reason == f"the cases differ in {reason}"


@pytest.mark.parametrize("money", ["unit: m EUR,", "unit: bn, prices: 2015}"])
def test_amounts_in_other_units_are_not_taken_from_one_another(base: Plan, changed: Callable[..., Case], money: str) -> None:
    old = "unit: bn, prices: 2025}" if "prices" in money else "unit: bn,"
    other = replace(base, case=changed("case.yaml", old, money))
    for plans, apart in (([base, base], True), ([base, other], False)):
        table = money_table(compare(plans, ["one", "other"]), "spent")
        assert table is not None
        assert ("difference" in table.heads) == apart
        assert {len(row) for row in table.rows} == {len(table.heads)}


def test_money_in_other_units_is_said_to_be_so(base: Plan, changed: Callable[..., Case]) -> None:
    other = replace(base, case=changed("case.yaml", "unit: bn,", "unit: m EUR,"))
    found = compare([base, other], ["one", "other"])
    table = money_table(found, "spent")
    assert table is not None
    assert table.heads == ("spent", "one\nbn, prices of 2025", "other\nm EUR, prices of 2025")
    heading, measures = group(found, *next(iter(found.ways().items())))[:2]
    assert isinstance(heading, Heading)
    assert isinstance(measures, Table)
    assert {"one\ncapital, bn, prices of 2025", "other\ncapital, m EUR, prices of 2025"} <= set(measures.heads)
    assert heading.text.count("prices of 2025") == 2
    costs = whole(found, "costs")
    figure = costs.heads.index("figure")
    assert all("bn" in row[figure] and "m EUR" in row[figure] for row in costs.rows)
    assert any("bn of 2025" in note and "m EUR of 2025" in note for note in compare([base, other]).notes)


def test_a_changed_plan_is_compared_and_said_to_be_changed(base: Plan) -> None:
    found = compare([base, base.with_audit("changed")], ["a", "b"])
    assert "b was changed since it was audited: its figures may not follow from its decisions." in found.notes


def test_a_changed_plan_that_makes_no_sense_is_refused_by_name(base: Plan) -> None:
    table = base.table("decisions")
    table["measure"] = pd.Series(["nowhere"] * len(table), dtype="str")
    wrong = replace(base, tables=FrozenDict({**base.tables, "decisions": table}), audit="changed")
    with pytest.raises(PlanChanged, match="b was changed since it was audited"):
        compare([base, wrong], ["a", "b"])


def test_names_are_told_apart_from_each_other_and_from_columns(base: Plan) -> None:
    assert compare([base] * 3, ["city", "x", "x"]).names == ("city (plan)", "x", "x (2)")


def test_one_plan_is_nothing_to_compare(base: Plan) -> None:
    with pytest.raises(ValueError, match="two plans or more"):
        compare([base])
