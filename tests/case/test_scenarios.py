"""Scenarios change what they name, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, CaseInvalid, in_scenario, load_case
from planner.case.selecting import complaints, fits, payers_of
from tests.case.small import append, cities_where, measures_where, swap
from tests.regions import ROOT

EDIT = "{table: budgets, column: amount, multiply: 0.7}"


def _edited(folder: Path, edit: str) -> Case:
    swap("case.yaml", EDIT, edit)(folder)
    return load_case(folder, "tight-money")


def test_a_scenario_multiplies_a_column(folder: Path) -> None:
    """Every budget x 0.7; minimums stay."""
    case = load_case(folder, "tight-money")
    assert case.scenario == "tight-money"
    assert case.lines["province"].amount == pytest.approx({"2030": 2.8, "2035": 3.15})
    assert case.lines["province"].minimum == {"2030": 0.5, "2035": 0.0}


def test_a_scenario_sets_the_rows_it_selects(folder: Path) -> None:
    case = load_case(folder, "no-signatures")
    ruled_out = {m.id for m in case.measures.values() if m.status == "ruled_out"}
    assert ruled_out == {"checkpoint", "insurance", "practice", "care-metro"}


def test_a_scenario_builds_on_another(folder: Path) -> None:
    case = load_case(folder, "higher-standard")
    assert case.services["doctors"].per_1000 == {"2030": 2.7, "2035": 3.7}
    assert case.lines["centre"].amount["2030"] == pytest.approx(1.05)


def test_base_is_the_case_without_a_scenario(folder: Path, case: Case) -> None:
    assert load_case(folder, "base") == case


def test_a_scenario_adds_to_a_column_that_has_a_default(folder: Path) -> None:
    """minimum is empty in row 5: 0 + 0.25."""
    case = _edited(folder, "{table: budgets, where: {line: province, period: 2035}, column: minimum, add: 0.25}")
    assert case.lines["province"].minimum == {"2030": 0.5, "2035": 0.25}


def test_a_scenario_sets_a_column_that_the_table_does_not_have(folder: Path) -> None:
    case = _edited(folder, "{table: trips, where: {from: Metro}, column: note, set: checked}")
    assert dict(case.trips) == dict(load_case(folder).trips)


def test_a_scenario_empties_a_cell(folder: Path) -> None:
    case = _edited(folder, "{table: measures, where: {id: railway}, column: latest, set: ''}")
    assert case.measures["railway"].latest == "2035"


def test_a_scenario_sets_a_list(folder: Path) -> None:
    case = _edited(folder, "{table: measures, where: {id: insurance}, column: requires, set: [railway, checkpoint]}")
    assert case.measures["insurance"].requires == ("railway", "checkpoint")


def test_a_scenario_changes_an_item_of_a_list_by_its_id_or_place(folder: Path) -> None:
    case = _edited(folder, "{key: targets.inland-doctors.at_least, add: -0.5}, {key: goals.0.weights.care, multiply: 3}")
    assert case.targets[0].at_least == 1.5
    assert case.goals[0].weights["care"] == 3.0


def test_a_scenario_sets_a_key_that_has_a_default(folder: Path) -> None:
    assert _edited(folder, "{key: lines.capital.at_most_share, set: 0.9}").lines["capital"].at_most_share == 0.9


def test_unknown_stock_stays_unknown(folder: Path) -> None:
    case = _edited(folder, "{table: capacity, where: {service: care}, column: capacity, multiply: 2}")
    amount = case.capacity["Border", "care"].amount
    assert amount is not None
    assert amount["2030"] == 9600
    assert case.capacity["Inland", "care"].amount is None


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("{jurisdiction: Capital, kind: policy}", {"checkpoint", "insurance", "practice"}),
        ("{tier: core}", {"care-metro"}),
        ("{mode: rail}", {"railway"}),
        ("{mode: road, city: Inland}", {"motorway-south"}),
        ("{status: candidate, kind: hub}", {"hub-inland"}),
        ("{service: [doctors]}", {"doctors-inland", "clinic-border"}),
        ("{service: '', kind: [hub, link], norm: ''}", {"hub-inland"}),
        ("{signed_by: Province, one_of: ''}", {"checkpoint"}),
    ],
)
def test_scenarios_and_rules_select_the_same_measures(folder: Path, where: str, chosen: set[str]) -> None:
    """By the columns of the table and by what follows from cities and links, as read and as filled in."""
    edit = f"{{table: measures, where: {where}, column: note, set: mark}}"
    swap("case.yaml", "of: count, where: {kind: facility, city: Border}", f"of: units, where: {where}")(folder)
    case = _edited(folder, edit)
    assert {m.id for m in case.measures.values() if m.note == "mark"} == chosen
    assert set(case.rules[1].measures) == chosen
    assert set(measures_where(case, case.rules[1].where)) == chosen


def test_any_value_of_a_list_fits_and_all_columns_must() -> None:
    facts = {"tier": ("small", "core"), "kind": ("link",), "norm": ()}
    assert fits({}, facts)
    assert fits({"tier": ("secondary", "core")}, facts)
    assert not fits({"tier": ("small",), "kind": ("hub",)}, facts)
    assert fits({"norm": ("",)}, facts)
    assert not fits({"kind": ("",)}, facts)


def test_a_value_that_no_row_has_is_complained_about() -> None:
    rows = [{"tier": ("small",)}, {"tier": ()}]
    assert list(complaints({"tier": ("small", "")}, rows, ("tier",))) == []
    (wrong,) = complaints({"tier": ("smal",)}, rows, ("tier",))
    column, value, message, allowed = wrong.column, wrong.value, wrong.message, wrong.allowed
    assert (column, value, allowed) == ("tier", "smal", "small")
    assert "Did you mean 'small'?" in message


def test_cities_are_selected_by_tier_and_jurisdiction(case: Case) -> None:
    assert cities_where(case, {"jurisdiction": ("Province",)}) == ("Border", "Inland")
    assert cities_where(case, {"tier": ("core",), "city": ("Border",)}) == ()


def test_lines_pay_for_what_their_selections_fit(folder: Path) -> None:
    """The centre: links, and facilities in small cities; payers that are given go before selections."""
    payers = payers_of(load_case(folder))
    assert payers["railway", "capital"] == ("province", "centre")
    assert payers["clinic-border", "running"] == ("province", "centre")
    assert payers["care-metro", "capital"] == ("capital",)
    assert payers["insurance", "capital"] == ("capital", "province")
    swap("case.yaml", "at_most_share: 0.3", "at_most_share: 0.3, cost: capital")(folder)
    assert payers_of(load_case(folder))["railway", "running"] == ("province",)


def test_a_named_payer_need_not_be_selected(folder: Path) -> None:
    swap(
        "case.yaml", "pays_for: [{kind: link}, {kind: facility, tier: small}], at_most_share: 0.3", "pays_for: [{kind: hub}]"
    )(folder)
    swap("measures.csv", "capital:0.5;province:0.5", "centre:1")(folder)
    assert payers_of(load_case(folder))["checkpoint", "capital"] == ("centre",)


def test_a_scenario_is_checked_like_any_other_case(folder: Path) -> None:
    """Ruling out the railway is fine, until the decided hub requires it."""
    swap("measures.csv", "0.6,0.01,,,,2,,,,,,railway", "0.6,0.01,,,,2,,,,decided,,railway")(folder)
    swap("case.yaml", EDIT, "{table: measures, where: {id: railway}, column: status, set: ruled_out}")(folder)
    load_case(folder)
    with pytest.raises(CaseInvalid, match=r"with the scenario tight-money has 1 problem:\s+measures.csv, row 5"):
        load_case(folder, "tight-money")


def test_scenarios_without_edits_change_nothing(folder: Path, case: Case) -> None:
    append("case.yaml", "# end")(folder)
    swap("case.yaml", f"edits: [{EDIT}]", "edits: []")(folder)
    assert load_case(folder, "tight-money").content_hash == case.content_hash


@pytest.mark.parametrize("change", ["multiply: null", "add: null", "multiply: null, add: 1", "set: 1, multiply: null"])
def test_null_is_no_number_to_change_by(folder: Path, change: str) -> None:
    """It would change nothing, and the scenario be read as an answer."""
    with pytest.raises(CaseInvalid, match=r"edits\.0\.(multiply|add): must be a number"):
        _edited(folder, f"{{table: budgets, column: amount, {change}}}")


def test_null_sets_an_empty_cell(folder: Path) -> None:
    assert all(link.km is not None for link in load_case(folder).links.values())
    assert all(link.km is None for link in _edited(folder, "{table: links, column: km, set: null}").links.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny", "jing-jin-ji"])
def test_a_case_that_was_read_is_in_a_scenario_what_its_files_are_in_it(name: str) -> None:
    """From whatever scenario it is asked."""
    folder = ROOT / "cases" / name
    base = load_case(folder)
    scenario, other = list(base.scenarios)[:2]
    assert in_scenario(base, scenario) == in_scenario(load_case(folder, other), scenario) == load_case(folder, scenario)
    assert in_scenario(load_case(folder, scenario), "base") == base


def test_a_scenario_that_a_case_does_not_have_is_a_problem_of_it() -> None:
    with pytest.raises(CaseInvalid, match="'richer' is not a scenario"):
        in_scenario(load_case(ROOT / "cases" / "tiny"), "richer")


@pytest.mark.parametrize(
    ("edit", "idle"), [("{table: budgets, column: amount, multiply: 1.0}", True), ("", True), (EDIT, False)]
)
def test_a_scenario_that_changes_nothing_is_doubted(folder: Path, edit: str, idle: bool) -> None:
    """What builds on it changes something of its own."""
    swap("case.yaml", EDIT, edit)(folder)
    doubts = [str(doubt) for doubt in load_case(folder).doubts]
    said = [doubt for doubt in doubts if "scenarios.tight-money: changes nothing" in doubt]
    assert len(said) == idle
    assert said == doubts


ALL = "{table: budgets, column: amount, multiply: 0.7}"
ONE = "{table: budgets, where: {line: centre}, column: amount, multiply: 0.5}"
SET_ONE = "{table: budgets, where: {line: centre}, column: amount, set: 1}"
RATE = "{key: money.discount_rate, multiply: 2}"
SET_RATE = "{key: money.discount_rate, set: 0.03}"
SET_MONEY = "{key: money, set: {unit: bn CNY, prices: 2023}}"


@pytest.mark.parametrize(("edits", "idle"), [
    ([ONE, SET_ONE], "edits.1"), ([ALL, SET_ONE], ""), ([ALL, ONE], ""), ([SET_ONE, ONE], ""), ([RATE, SET_RATE], "edits.1"),
    ([RATE, SET_MONEY], "edits.1"), ([SET_ONE, SET_RATE], ""), ([ONE, ALL, SET_ONE], "edits.2"),
])  # fmt: skip
def test_an_edit_that_another_of_its_scenario_takes_back_is_doubted(folder: Path, edits: list[str], idle: str) -> None:
    """What a scenario changes of the one that it builds on is meant."""
    swap("case.yaml", EDIT, ", ".join(edits))(folder)
    doubts = [str(doubt) for doubt in load_case(folder).doubts]
    assert len(doubts) == bool(idle)
    assert not idle or f"scenarios.tight-money.edits.0: changes nothing: {idle} of the same scenario" in doubts[0]


@pytest.mark.parametrize(("key", "name"), [("name", "base"), ("name", "Base"), ("name_zh", "base")])
def test_no_scenario_is_called_as_the_case_without_one(folder: Path, key: str, name: str) -> None:
    """Its plans would stand beside those of the case under one name."""
    swap("case.yaml", "no-signatures: {edits", f"no-signatures: {{{key}: {name}, edits")(folder)
    with pytest.raises(CaseInvalid, match="is the case without a scenario: choose another name") as caught:
        load_case(folder)
    assert [problem.key for problem in caught.value.problems] == [f"scenarios.no-signatures.{key}"]
