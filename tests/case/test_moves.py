"""What moves from one city to another and what cities are meant to hold: read, written back, told."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, Relocate, Settle, load_case, write_case, write_workbook
from planner.case.kinds import KINDS
from planner.case.moves import moved_jobs, moved_need, moved_target
from planner.cli.validate import summary
from tests.case.small import swap, write_files
from tests.case.small_moves import FILES


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    return write_files(tmp_path / "small", FILES)


def test_moves_are_read_with_what_and_who_goes_where(moving: Path) -> None:
    """Half of the need of those who move is told by hand: 20,000 of 2.7 per 1,000 are 54 posts; of those who become entitled
    or settle in Border, 15,000, 40.5."""
    case = load_case(moving)
    campus, homes = case.moves
    assert (campus.measure, campus.from_city, campus.to_city) == ("campus", "Metro", "Inland")
    assert (campus.people, campus.jobs, dict(campus.capacity or {})) == (20000, 5000, {"doctors": 60})
    assert (homes.from_city, homes.to_city, homes.people, homes.entitled) == ("Metro", "Border", 10000, 5000)
    assert [type(e) for e in case.effects if isinstance(e, Relocate | Settle)] == [Relocate, Settle]
    assert moved_need(case, campus, "doctors", "Inland", "2030") == pytest.approx(54)
    assert moved_need(case, campus, "doctors", "Metro", "2030") == pytest.approx(-54)
    assert moved_need(case, homes, "doctors", "Border", "2030") == pytest.approx(40.5)
    assert moved_need(case, homes, "doctors", "Inland", "2030") == 0
    assert moved_need(case, campus, "care", "Inland", "2030") == 0  # its beds are unknown: it has no such need here
    assert (case.cities["Inland"].housing, case.cities["Metro"].meant_for) == (50000, 4500000)
    assert case.crowding["crowd"].cities == ("Metro",)


def test_of_a_group_as_many_move_as_live_where_they_come_from(moving: Path) -> None:
    """700,000 of Metro's 5,000,000 are 65 or older today; both grow alike, so 14 % of 10,000 people, 30 beds per 1,000."""
    case = load_case(moving)
    homes = case.moves[1]
    place = case.cities["Metro"]
    share = place.heads("people_65", "2030") / place.population["2030"]
    assert moved_need(case, homes, "care", "Border", "2030") == pytest.approx(10000 * share * 30 / 1000)


def test_jobs_move_and_what_is_asked_for_per_head_moves_with_people(moving: Path) -> None:
    """Metro has 0.6 jobs a head today: half of that, for 20,000 people more, are 6,000."""
    swap("case.yaml", "crowding:\n", "work:\n  lag: {kind: core, share: 0.5}\n  all: {kind: target}\ncrowding:\n")(moving)
    swap("cities.csv", "id,name,", "id,name,jobs_target,")(moving)
    text = (moving / "cities.csv").read_text(encoding="utf-8")
    for city in ("Metro", "Border", "Inland"):
        text = text.replace(f"\n{city},{city},", f"\n{city},{city},500000,")
    (moving / "cities.csv").write_text(text, encoding="utf-8")
    case = load_case(moving)
    campus = case.moves[0]
    assert moved_target(case, campus, "lag", "Inland", "2030") == pytest.approx(6000)
    assert moved_target(case, campus, "lag", "Metro", "2030") == 0  # the core has no such indicator
    assert moved_target(case, campus, "all", "Inland", "2030") == 0  # what is asked for is a number of jobs
    assert [moved_jobs(case, campus, "lag", i) for i in ("Metro", "Border", "Inland")] == [-5000, 0, 5000]


def test_they_read_back_from_folder_and_workbook(moving: Path, tmp_path: Path) -> None:
    case = load_case(moving)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    write_workbook(case, tmp_path / "small.xlsx")
    for again in (load_case(tmp_path / "filled" / "small"), load_case(tmp_path / "small.xlsx")):
        assert (again.moves, again.crowding, again.content_hash) == (case.moves, case.crowding, case.content_hash)


def test_a_case_without_them_is_as_it_was(case: Case, tmp_path: Path) -> None:
    """Columns and keys that nobody fills are no part of a case."""
    assert case.moves == ()
    write_case(case, tmp_path / "plain" / "small", filled=True)
    written = (tmp_path / "plain" / "small").iterdir()
    assert not [file for file in written if "from_city" in file.read_text(encoding="utf-8")]
    assert load_case(tmp_path / "plain" / "small").content_hash == case.content_hash


def test_what_a_case_holds_names_them(moving: Path) -> None:
    said = summary(load_case(moving))
    assert "1 relocation" in said
    assert [str(KINDS["relocation"].counted(n)) for n in (1, 2)] == ["1 relocation", "2 relocations"]
    assert "Crowding" in said
