"""Whatever is wrong with a case, the messages say where, what, and what is allowed instead, in either language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.case import (
    AddLand,
    Airshed,
    AllowTransfer,
    Borrowing,
    CaseInvalid,
    Chain,
    Gate,
    Industry,
    LowerEmissions,
    Park,
    Pyramid,
    RaisePrivateShare,
    ShareTax,
    Work,
    load_case,
)
from planner.case.places import Row
from tests.case.damage_of_keys import KEY_DAMAGES
from tests.case.damage_of_moves import MOVE_DAMAGES
from tests.case.damage_of_tables import TABLE_DAMAGES, Damage
from tests.case.damage_of_work import WORK_DAMAGES
from tests.case.small import append, cell, swap, write_files
from tests.case.small_moves import FILES as MOVE_FILES
from tests.case.small_work import FILES as WORK_FILES
from tests.case.telling import is_told_in_chinese

DAMAGES = [*TABLE_DAMAGES, *KEY_DAMAGES]


def _is_told(damage: Damage, folder: Path) -> None:
    """What is wrong is told in English with the fragments of the damage, and in Chinese as a whole."""
    damage.change(folder)
    with pytest.raises(CaseInvalid) as caught:
        load_case(folder)
    said = [str(problem) for problem in caught.value.problems]
    assert any(all(part in line for part in damage.says) for line in said), said
    is_told_in_chinese(caught.value, folder)


@pytest.mark.parametrize("damage", DAMAGES, ids=[d.name for d in DAMAGES])
def test_damage_is_named_with_place_value_and_what_is_allowed(damage: Damage, tmp_path: Path) -> None:
    _is_told(damage, write_files(tmp_path / "small"))


@pytest.mark.parametrize("damage", WORK_DAMAGES, ids=[d.name for d in WORK_DAMAGES])
def test_damage_of_industry_and_policy_is_named_as_well(damage: Damage, tmp_path: Path) -> None:
    _is_told(damage, write_files(tmp_path / "work", WORK_FILES))


@pytest.mark.parametrize("damage", MOVE_DAMAGES, ids=[d.name for d in MOVE_DAMAGES])
def test_damage_of_moves_and_crowding_is_named_as_well(damage: Damage, tmp_path: Path) -> None:
    _is_told(damage, write_files(tmp_path / "moves", MOVE_FILES))


def test_every_column_and_key_of_industry_and_policy_has_its_damage() -> None:
    said = " ".join(part for damage in WORK_DAMAGES for part in damage.says)
    things = (Industry, Chain, Airshed, Work, Pyramid, Gate, Borrowing, RaisePrivateShare, AddLand, ShareTax, AllowTransfer,
              LowerEmissions)  # fmt: skip
    names = {key.name for thing in things for key in thing.declares().values()}
    names |= {key.name for field, key in Park.declares().items() if field not in Row.declares()}
    names |= {"private_share", "level", "signed_by", "jobs_target", "skilled", "land_quota_km2", "airshed", "gets_tax",
              "borrow", "graduates_per_place_year", "stay_share", "nobody_worse_off"}  # fmt: skip
    assert {name for name in names if not re.search(rf"\b{name}\b", said)} == set()


def test_damages_have_different_names() -> None:
    for damages in (DAMAGES, WORK_DAMAGES):
        assert len({d.name for d in damages}) == len(damages)


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    """Eight slips of eight kinds, from a cell that is no number to a decided measure that is too dear."""
    folder = write_files(tmp_path / "small")
    for change in (
        swap("case.yaml", "format: 1", "format: 1\ncolour: red"),
        swap("case.yaml", "worst_minutes: 120", "worst_minutes: 50"),
        cell("links", 3, "minutes", "long"),
        cell("measures", 4, "earliest", "2035"),
        cell("measures", 6, "capital_cost", "10"),
        cell("measures", 9, "service", "doctor"),
        cell("norms", 4, "running_share", "12"),
        append("trips.csv", "Metro,Nowhere,1"),
    ):
        change(folder)
    with pytest.raises(CaseInvalid) as caught:
        load_case(folder)
    places = {(p.file, p.row, p.column or p.key) for p in caught.value.problems}
    assert places == {
        ("case.yaml", None, "colour"),
        ("case.yaml", None, "access.core.worst_minutes"),
        ("links.csv", 3, "minutes"),
        ("measures.csv", 4, "earliest"),
        ("measures.csv", 9, "service"),
        ("norms.csv", 4, "running_share"),
        ("measures.csv", 6, "status"),
        ("trips.csv", 5, "to"),
    }


def test_one_slip_is_one_problem(tmp_path: Path) -> None:
    """A misspelt service makes one message, and none about what the row would have given."""
    folder = write_files(tmp_path / "small")
    cell("measures", 9, "service", "doctor")(folder)
    with pytest.raises(CaseInvalid) as caught:
        load_case(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == ("measures.csv", 9, "service")
    assert (problem.value, problem.allowed) == ("doctor", "doctors, care")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match="no such folder"):
        load_case(tmp_path / "nothing")


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "case").write_text("")
    with pytest.raises(CaseInvalid, match="is a file: a case is a folder"):
        load_case(tmp_path / "case")


def test_an_unknown_scenario_is_answered_with_those_there_are(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "small")
    with pytest.raises(CaseInvalid, match=r"base, tight-money, no-signatures.*Did you mean 'tight-money'"):
        load_case(folder, "tight-monney")
