"""What is in force from the start: read, written back, refused where a table has it, and policies that add nothing to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, CaseInvalid, OpenService, load_case, warnings_of, write_case, write_workbook
from planner.case.travel import boarding_minutes, border_minutes
from tests.case.small import swap

RIGHT = "{open_service: {services: [doctors], people_of: [Province], at: [Capital], minutes: 90}}"
BORDER = "{border_minutes: {between: [Capital, Province], modes: [road], set: 5}}"
BOARDING = "{boarding_minutes: {city: Border, modes: [rail], minus: 4}}"


def in_force(folder: Path, *effects: str) -> Path:
    """The case with a key more."""
    swap("case.yaml", "lines:\n  capital:", f"in_force: [{', '.join(effects)}]\nlines:\n  capital:")(folder)
    return folder


def test_it_holds_without_any_measure(folder: Path) -> None:
    """5 of 20 minutes are left at the border; boarding takes 15 - 4 in Border alone."""
    case = load_case(in_force(folder, RIGHT, BORDER, BOARDING))
    road = case.links["road-a"]
    assert border_minutes(case, (), road) == 500
    assert border_minutes(case, {"checkpoint"}, road) == 0
    assert [boarding_minutes(case, (), city, "rail") for city in ("Metro", "Border", "Inland")] == [1500, 1100, 1500]
    assert boarding_minutes(case, {"hub-inland"}, "Inland", "rail") == 1000
    assert [type(effect).__name__ for effect in case.in_force] == ["OpenService", "BorderMinutes", "BoardingMinutes"]
    assert not any(effect.measure for effect in case.in_force)
    assert isinstance(case.in_force[0], OpenService)


def test_it_reads_back_and_a_case_without_it_is_as_it_was(case: Case, folder: Path, tmp_path: Path) -> None:
    assert "in_force" not in Path(_filled(case, tmp_path / "plain"), "case.yaml").read_text(encoding="utf-8")
    acting = load_case(in_force(folder, RIGHT, BORDER))
    assert acting.content_hash != case.content_hash
    again = load_case(_filled(acting, tmp_path / "filled"))
    assert (again.in_force, again.content_hash) == (acting.in_force, acting.content_hash)
    write_workbook(acting, tmp_path / "small.xlsx")
    assert load_case(tmp_path / "small.xlsx").content_hash == acting.content_hash


def _filled(case: Case, folder: Path) -> Path:
    write_case(case, folder / "small", filled=True)
    return folder / "small"


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        ("{raise_capacity: {services: [doctors], cities: [Metro], by: 0.1}}", "capacity.csv has what there is"),
        ("{open_outsiders_share: {services: [doctors], cities: [Metro], share: 0.1}}", "`outsiders` in capacity.csv"),
        ("{private_share: {where: {kind: link}, plus: 0.1}}", "`private_share` in measures.csv"),
        ("{add_land: {cities: [Metro], km2: 1}}", "`land_quota_km2` in cities.csv"),
        ("{share_tax: {where: {kind: link}}}", "a policy that was decided"),
        ("{allow_transfer: {from: capital, to: province, at_most_share: 0.1}}", "a policy that was decided"),
        ("{lower_emissions: {airshed: sky, by: 1}}", "existing emissions of the airshed"),
    ],
)
def test_what_a_table_says_cannot_be_in_force_beside_it(folder: Path, effect: str, says: str) -> None:
    with pytest.raises(CaseInvalid) as caught:
        load_case(in_force(folder, effect))
    said = [str(p) for p in caught.value.problems if "in_force.0" in str(p)]
    assert any("cannot be in force without a measure" in line and says in line for line in said), caught.value


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        ("{border_minutes: {between: [Capital, Provinz], modes: [road], set: 5}}", "'Province'?"),
        ("{border_minutes: {between: [Capital, Capital], modes: [road], set: 5}}", "names 'Capital' twice"),
        ("{border_minutes: {between: [Capital, Province], modes: [road], set: -5}}", "at least 0"),
        ("{border_minutes: {between: [Capital, Province], mode: [road], set: 5}}", "'mode' is not a key here"),
        ("{boarding_minutes: {city: Boder, modes: [rail], minus: 4}}", "'Border'?"),
        ("{opens: {city: Border}}", "'opens' is not a key here"),
        ("border", "must name exactly one effect"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder: Path, effect: str, says: str) -> None:
    with pytest.raises(CaseInvalid) as caught:
        load_case(in_force(folder, BOARDING, effect))
    said = [str(problem) for problem in caught.value.problems]
    assert any("in_force.1" in line and says in line for line in said), said


def test_a_policy_that_opens_what_is_open_is_warned_of(folder: Path) -> None:
    assert "insurance has no effect: what it opens is in force" in warnings_of(load_case(in_force(folder, RIGHT)))


def test_a_policy_that_opens_more_is_not(folder: Path) -> None:
    case = load_case(in_force(folder, RIGHT.replace("minutes: 90", "minutes: 89")))
    assert not any("what it opens is in force" in said for said in warnings_of(case))


def test_a_policy_that_eases_a_border_less_than_what_is_in_force_is_warned_of(folder: Path) -> None:
    swap("case.yaml", "modes: [road], set: 0", "modes: [road], set: 8")(folder)
    said = warnings_of(load_case(in_force(folder, BORDER)))
    assert "checkpoint has no effect on road: the border between Capital and Province takes 5 minutes there" in said
