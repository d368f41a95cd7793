"""What stands in the files is what is in the case, whatever wrote the files."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from planner.case import TODAY, Case, CaseInvalid, FrozenDict, OpenService, Problem, load_case
from planner.case.loading import _canonical
from tests.case.small import CASE, FILES, append, cell, swap, write_files


def test_a_case_has_the_files_figures(case: Case) -> None:
    assert case.title == "Two provinces, three cities"
    assert [p.label for p in case.periods] == ["2026-2030", "2031-2035"]
    assert case.jurisdictions == ("Capital", "Province")
    assert case.indicators == ("core", "hospital", "pairs", "cluster", "doctors", "care")
    assert case.capacity["Metro", "doctors"].outsiders == 0.2
    assert case.capacity["Inland", "care"].amount is None
    assert case.links["road-c"].needs == ("motorway-north", "motorway-south")
    assert case.trips == {("Metro", "Border"): 900, ("Border", "Metro"): 800, ("Inland", "Metro"): 300}
    assert case.measures["checkpoint"].payers == {"capital": 0.5, "province": 0.5}
    assert (
        OpenService(measure="insurance", services=("doctors",), people_of=("Province",), at=("Capital",), minutes=90.0)
        in case.effects
    )
    assert case.access["hospital"].offers == "doctors"


def test_selections_are_worked_out(case: Case) -> None:
    """Small cities are Border and Inland; facilities in Border: the clinic; small ones: all but what is in Metro."""
    assert case.access["core"].origins == ("Border", "Inland")
    assert case.access["core"].destinations == ("Metro",)
    assert case.access["pairs"].destinations == ("Metro", "Border", "Inland")
    assert case.targets[0].cities == ("Inland",)
    assert case.targets[0].periods == ("2035",)
    assert case.rules[1].measures == ("clinic-border",)
    assert case.rules[0].measures == (
        "motorway-north", "motorway-south", "railway", "hub-inland", "doctors-inland", "clinic-border",
    )  # fmt: skip
    assert case.rules[0].share_of_measures == tuple(case.measures)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path, case: Case) -> None:
    marked = write_files(tmp_path / "marked" / "small", {name: "\ufeff" + text for name, text in FILES.items()})
    assert load_case(marked) == case


def test_semicolons_between_cells_read_the_same(tmp_path: Path, case: Case) -> None:
    """As spreadsheets of some countries save it: lists in a cell come in quotes then."""
    files = dict(FILES)
    for name in ("cities.csv", "norms.csv", "budgets.csv", "trips.csv", "capacity.csv"):
        files[name] = files[name].replace('"a, b"', "a& b").replace(",", ";").replace("a& b", '"a, b"')
    links = FILES["links.csv"].replace("motorway-north;motorway-south", "N")
    files["links.csv"] = links.replace(",", ";").replace(";N", ';"motorway-north;motorway-south"')
    assert load_case(write_files(tmp_path / "semicolons" / "small", files)) == case


def test_windows_line_ends_read_the_same(tmp_path: Path, case: Case) -> None:
    files = {name: text.replace("\n", "\r\n") for name, text in FILES.items() if name != "SOURCES.md"}
    files["SOURCES.md"] = FILES["SOURCES.md"]
    assert load_case(write_files(tmp_path / "windows" / "small", files)) == case


def test_empty_rows_are_passed_over_and_still_counted(folder: Path) -> None:
    """Row 5 of trips.csv is empty, so the wrong row after it is row 6."""
    append("trips.csv", ",,")(folder)
    append("trips.csv", "Metro,Nowhere,1")(folder)
    with pytest.raises(CaseInvalid, match=r"trips\.csv, row 6, column to"):
        load_case(folder)


def test_other_files_and_folders_are_left_alone(folder: Path, case: Case) -> None:
    (folder / "README.md").write_text("mine")
    (folder / "expected.yaml").write_text("status: optimal")
    (folder / "figures").mkdir()
    assert load_case(folder) == case


def test_a_quoted_number_is_a_name_and_a_whole_number_may_be_one(folder: Path) -> None:
    """2035 and '2035' name the same period."""
    swap("case.yaml", "by: 2035, at_least", "by: '2035', at_least")(folder)
    assert load_case(folder).targets[0].by == "2035"


def test_numbers_read_as_written(folder: Path) -> None:
    """1e3 is 1000 in a key as in a cell, and 2.0 a whole number, as spreadsheets write it."""
    swap("case.yaml", "catchment_minutes: 60", "catchment_minutes: 1e3")(folder)
    cell("measures", 5, "build_years", "2.0")(folder)
    case = load_case(folder)
    assert case.services["doctors"].catchment_minutes == 1000.0
    assert case.measures["hub-inland"].build_years == 2


def test_a_case_without_goals_closes_gaps_then_saves(folder: Path) -> None:
    swap("case.yaml", CASE[CASE.index("goals:") : CASE.index("scenarios:")], "")(folder)
    case = load_case(folder)
    assert [goal.name for goal in case.goals] == ["gaps", "spending", "starts"]
    assert set(case.goals[0].weights.values()) == {1.0}


def test_nothing_in_a_case_can_be_changed(case: Case) -> None:
    with pytest.raises(FrozenInstanceError):
        case.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError, match="immutable"):
        case.cities["Metro"] = case.cities["Border"]
    with pytest.raises(TypeError, match="immutable"):
        case.source.tables.clear()
    assert isinstance(case.scenarios["tight-money"].edits[0].where, FrozenDict)


def test_a_case_survives_pickling_and_copying(case: Case) -> None:
    assert pickle.loads(pickle.dumps(case)) == case
    assert copy.deepcopy(case) == case
    assert hash(pickle.loads(pickle.dumps(case))) == hash(case)


def test_what_is_wrong_survives_pickling() -> None:
    wrong = CaseInvalid("mine", (Problem("cities.csv", "is missing"),))
    again = pickle.loads(pickle.dumps(wrong))
    assert (again.problems, str(again)) == (wrong.problems, str(wrong))


def test_the_same_files_give_the_same_hash(folder: Path, case: Case) -> None:
    assert load_case(folder).content_hash == case.content_hash
    assert len(case.content_hash) == 64


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "title: Two provinces", "title: Three provinces"),
        ("case.yaml", "multiply: 0.7", "multiply: 0.6"),
        ("case.yaml", "People use the doctors", "Everyone uses the doctors"),
        ("case.yaml", "holder: central", "holder: the centre"),
        ("cities.csv", "sourced,census,\nBorder", "computed,,new\nBorder"),
        ("case.yaml", "{tier: core}", "{city: Metro}"),
        ("measures.csv", "railway,Railway", "railway,Line"),
    ],
)
def test_wording_does_not_change_the_hash(case: Case, folder: Path, file: str, old: str, new: str) -> None:
    swap(file, old, new)(folder)
    changed = load_case(folder)
    assert changed != case
    assert changed.content_hash == case.content_hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "per_1000: 30", "per_1000: 31"),
        ("case.yaml", "no_city_loses: true", "no_city_loses: false"),
        ("case.yaml", "{kind: facility, tier: small}]", "{kind: facility, tier: core}]"),
        ("case.yaml", "tolerance: 0.001", "tolerance: 0.002"),
        ("cities.csv", "1500000", "1500001"),
        ("links.csv", "rail-a,Metro,Border,rail,35", "rail-a,Metro,Border,rail,36"),
        ("budgets.csv", "centre,2030,1.5", "centre,2030,1.6"),
        ("norms.csv", "motorway,km,0.02", "motorway,km,0.021"),
        ("trips.csv", "900", "901"),
    ],
)
def test_figures_change_the_hash(case: Case, folder: Path, file: str, old: str, new: str) -> None:
    swap(file, old, new)(folder)
    assert load_case(folder).content_hash != case.content_hash


def test_the_share_of_the_worst_off_changes_the_hash_and_its_absence_leaves_no_trace(case: Case, folder: Path) -> None:
    """What a plan's case was hashed to before there was such a key, it still is."""
    assert "worst_share_of" not in str(_canonical(case))
    swap("case.yaml", "worst_city: 0.5}", "worst_share: 0.5}, worst_share_of: 0.25")(folder)
    quarter = load_case(folder)
    swap("case.yaml", "worst_share_of: 0.25", "worst_share_of: 0.5")(folder)
    assert len({case.content_hash, quarter.content_hash, load_case(folder).content_hash}) == 3


def test_where_a_case_was_read_from_does_not_make_it_another(case: Case) -> None:
    assert replace(case, source=None) == case


@pytest.mark.slow
def test_reading_cases_needs_no_pandas_and_no_solver() -> None:
    code = "import sys, planner.case; print(sorted({'pandas', 'pyomo', 'highspy', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_head_counts_and_stock_have_today_and_every_period(case: Case) -> None:
    for city in case.cities.values():
        assert tuple(city.population) == (TODAY, "2030", "2035")
    stock = case.capacity["Border", "care"].amount
    assert stock is not None
    assert tuple(stock) == (TODAY, "2030", "2035")
