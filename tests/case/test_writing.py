"""A case that is written reads back equal: as it was read, or filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from planner.case import Case, OpenService, load_case, with_edits, write_case, write_workbook
from planner.case.keys import Trap, plain_value, yaml_text
from planner.case.selecting import payers_of_use
from tests.case.small import FILES, swap, write_files

SMALLEST = {
    "case.yaml": "format: 1\nmoney: {unit: CNY, prices: 2023}\nperiods: [2030]\n",
    "cities.csv": "id,jurisdiction,tier,lat,lon,population\nA,J,core,0,0,1\n",
    "measures.csv": "id,kind\n",
}
SCENARIOS = ("base", "tight-money", "no-signatures", "higher-standard")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_case_written_as_read_is_the_same_with_its_scenarios(folder: Path, tmp_path: Path, scenario: str) -> None:
    case = load_case(folder, scenario)
    write_case(case, tmp_path / "copy" / "small")
    again = load_case(tmp_path / "copy" / "small", scenario)
    assert again == case
    assert again.content_hash == case.content_hash
    assert load_case(tmp_path / "copy" / "small") == load_case(folder)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_filled_case_asks_the_same_question(folder: Path, tmp_path: Path, scenario: str) -> None:
    """All but the scenarios, and which of them was applied, reads back."""
    case = load_case(folder, scenario)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert again.content_hash == case.content_hash
    assert (again.scenario, dict(again.scenarios)) == ("base", {})
    assert replace(again, scenario=case.scenario, scenarios=case.scenarios) == case


@pytest.mark.parametrize("parts", ["{gaps: 1, worst_share: 0.5}, worst_share_of: 0.25", "worst_off_first"])
def test_goals_about_the_worst_off_read_back(folder: Path, tmp_path: Path, parts: str) -> None:
    swap("case.yaml", "{gaps: 1, worst_city: 0.5}", parts)(folder)
    case = load_case(folder)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.goals, again.content_hash) == (case.goals, case.content_hash)
    assert case.goals[0].worst_share_of == (0.25 if "worst_share" in parts else None)


@pytest.mark.parametrize(("given", "pieces"), [("curve: 2", 8), ("curve: 1.5, pieces: 4", 4), ("curve: 1", None)])
def test_a_curve_reads_back_with_its_pieces(folder: Path, tmp_path: Path, given: str, pieces: int | None) -> None:
    """Eight where it does not say; a curve of 1 is none and leaves no trace."""
    plain = load_case(folder)
    swap("case.yaml", "tolerance: 0.001", f"tolerance: 0.001, {given}")(folder)
    case = load_case(folder)
    assert case.goals[0].pieces == pieces
    assert (case.content_hash == plain.content_hash) == (pieces is None)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.goals, again.content_hash) == (case.goals, case.content_hash)


@pytest.mark.parametrize(
    ("given", "counts", "keeps"),
    [("away_counts: 0.6", 0.6, None), ("keeps: 1.5", None, 1.5), ("away_counts: 1", None, None), ("keeps: 1", None, None)],
)
def test_what_a_service_counts_away_and_keeps_reads_back(
    folder: Path, tmp_path: Path, given: str, counts: float | None, keeps: float | None
) -> None:
    """What says no more than the default says nothing."""
    plain = load_case(folder)
    swap("case.yaml", "shares: spare", f"shares: spare\n    {given}")(folder)
    case = load_case(folder)
    assert (case.services["doctors"].away_counts, case.services["doctors"].keeps) == (counts, keeps)
    assert (case.content_hash == plain.content_hash) == (counts is None and keeps is None)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.services, again.content_hash) == (case.services, case.content_hash)


def test_prices_of_use_read_back(folder: Path, tmp_path: Path) -> None:
    """A price of nothing is none for a service, and the word of an opening; without any the case is what it was."""
    plain = load_case(folder)
    swap("case.yaml", "shares: spare", "shares: spare\n    price: 0.0004")(folder)
    swap("case.yaml", ", minutes: 90", ", minutes: 90, price: 0")(folder)
    swap("case.yaml", "cost: all,", "cost: all, pays_use: true,")(folder)
    case = load_case(folder)
    opening = next(e for e in case.effects if e.measure == "insurance")
    assert isinstance(opening, OpenService)
    assert (case.services["doctors"].price, opening.price, case.lines["province"].pays_use) == (0.0004, 0.0, True)
    assert payers_of_use(case) == {"Capital": (), "Province": ("province",)}
    assert case.content_hash != plain.content_hash
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.services, again.effects, again.lines, again.content_hash) == (
        case.services, case.effects, case.lines, case.content_hash,
    )  # fmt: skip
    swap("case.yaml", "price: 0.0004", "price: 0")(folder)
    swap("case.yaml", ", price: 0}", "}")(folder)
    swap("case.yaml", ", pays_use: true", "")(folder)
    assert load_case(folder).content_hash == plain.content_hash


BY_PAIR = "border_minutes: {default: 10, pairs: [{between: [Province, Capital], minutes: 45}]}"


def test_borders_by_pair_read_back_in_any_order(folder: Path, tmp_path: Path) -> None:
    """As a folder and as a workbook; the order of the two names says nothing."""
    swap("case.yaml", "border_minutes: 20", BY_PAIR)(folder)
    case = load_case(folder)
    road = case.modes["road"]
    assert (road.minutes_between("Capital", "Province"), road.minutes_between("Province", "Capital")) == (45, 45)
    assert (road.minutes_between("Capital", "Elsewhere"), road.minutes_between("Capital", "Capital")) == (10, 0)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.modes, again.content_hash) == (case.modes, case.content_hash)
    write_workbook(case, tmp_path / "small.xlsx")
    assert load_case(tmp_path / "small.xlsx").content_hash == case.content_hash
    swap("case.yaml", "[Province, Capital]", "[Capital, Province]")(folder)
    assert load_case(folder).content_hash == case.content_hash
    swap("case.yaml", "minutes: 45", "minutes: 46")(folder)
    assert load_case(folder).content_hash != case.content_hash


@pytest.mark.parametrize("said", ["{default: 20}", "{default: 20, pairs: []}"])
def test_one_number_for_all_borders_is_that_number(case: Case, folder: Path, said: str) -> None:
    swap("case.yaml", "border_minutes: 20", f"border_minutes: {said}")(folder)
    assert load_case(folder).modes == case.modes
    assert load_case(folder).content_hash == case.content_hash


def test_a_scenario_changes_the_minutes_of_one_border(folder: Path) -> None:
    swap("case.yaml", "border_minutes: 20", BY_PAIR)(folder)
    edit = {"key": "modes.road.border_minutes.pairs.0.minutes", "multiply": 2}
    assert with_edits(load_case(folder), "slower", [edit]).modes["road"].minutes_between("Capital", "Province") == 90


def test_a_filled_case_written_again_has_the_same_files(case: Case, tmp_path: Path) -> None:
    write_case(case, tmp_path / "one" / "small", filled=True)
    write_case(load_case(tmp_path / "one" / "small"), tmp_path / "two" / "small", filled=True)
    for file in (tmp_path / "one" / "small").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / "small" / file.name).read_bytes()


def test_a_case_as_read_keeps_comments_and_every_character(tmp_path: Path) -> None:
    files = {**FILES, "case.yaml": "# mine: 北京\r\n" + FILES["case.yaml"]}
    case = load_case(write_files(tmp_path / "a" / "small", files))
    write_case(case, tmp_path / "b")
    for name, text in files.items():
        assert (tmp_path / "b" / name).read_bytes() == text.encode("utf-8")


def test_a_filled_case_says_every_default(case: Case, tmp_path: Path) -> None:
    write_case(case, tmp_path / "filled", filled=True)
    keys = yaml.safe_load((tmp_path / "filled" / "case.yaml").read_text(encoding="utf-8"))
    assert keys["services"]["care"]["per_1000"] == {"2030": 30.0, "2035": 30.0}
    assert keys["modes"]["rail"] == {"boarding_minutes": 15.0, "border_minutes": 0.0}
    assert keys["goals"][1] == {"minimise": {"spending": 1.0}, "weigh_by": "population", "tolerance": 0.0001,
                                "discounted": True}  # fmt: skip
    assert "scenarios" not in keys


def test_a_folder_with_files_is_not_written_into(case: Case, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "trips.csv").write_text("from,to,trips\n")
    with pytest.raises(FileExistsError, match="holds files already"):
        write_case(case, tmp_path / "old")


def test_a_case_that_was_not_read_is_written_filled_only(case: Case, tmp_path: Path) -> None:
    made = replace(case, source=None)
    with pytest.raises(ValueError, match="filled=True"):
        write_case(made, tmp_path / "made")
    write_case(made, tmp_path / "made" / "small", filled=True)
    assert load_case(tmp_path / "made" / "small").content_hash == case.content_hash


def test_a_case_without_measures_reads_back(tmp_path: Path) -> None:
    """The smallest case: one city, nothing to do."""
    case = load_case(write_files(tmp_path / "one", SMALLEST))
    write_case(case, tmp_path / "two" / "one", filled=True)
    assert load_case(tmp_path / "two" / "one") == case


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "1e3", "0x10", "010", "60:40", "2026-01-01", "null", "~", "", " a ", "a: b", "# a", "- a", "'",
     '"', "1_000", ".nan", "true", "北京", "line\nbreak", "*a", "&a", "!a", "2030", "y", "[a]", "{a}", "%", "@a", "<<"],
)  # fmt: skip
def test_any_text_written_to_yaml_reads_back_here_and_elsewhere(text: str, tmp_path: Path) -> None:
    written = yaml_text({"format": 1, "assumptions": [text]})
    assert yaml.safe_load(written)["assumptions"] == [text]
    files = {**SMALLEST, "case.yaml": written + "money: {unit: CNY, prices: 2023}\nperiods: [2030]\n"}
    assert load_case(write_files(tmp_path / "text", files)).assumptions == (text,)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("-1.5", -1.5), ("+2", 2), ("1e3", 1000.0), ("1.e-2", 0.01), ("0", 0), ("0.5", 0.5), ("true", True),
     ("null", None), ("2026-2030", "2026-2030"), ("a b", "a b"), ("1.2.3", "1.2.3"), ("-", "-")],
)  # fmt: skip
def test_plain_values_mean_what_they_say(text: str, value: object) -> None:
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


@pytest.mark.parametrize(
    "text", ["yes", "No", "ON", "off", "y", "60:40", "1:30:00", "2026-01-01", "010", "0x1f", "0o7", ".inf"]
)
def test_traps_are_refused(text: str) -> None:
    with pytest.raises(Trap):
        plain_value(text)


def test_costs_edited_by_a_scenario_are_in_the_filled_case(folder: Path, tmp_path: Path) -> None:
    """Budget of the capital: 3 x 0.7 = 2.1."""
    write_case(load_case(folder, "tight-money"), tmp_path / "filled", filled=True)
    assert load_case(tmp_path / "filled").lines["capital"].amount["2030"] == pytest.approx(2.1)


def test_boundaries_and_sources_travel_with_the_case(folder: Path, tmp_path: Path) -> None:
    (folder / "boundaries.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    write_case(load_case(folder), tmp_path / "filled", filled=True)
    for name in ("boundaries.geojson", "SOURCES.md"):
        assert (tmp_path / "filled" / name).read_text() == (folder / name).read_text()
