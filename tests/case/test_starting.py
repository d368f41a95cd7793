"""First cases, the example and those made from a list of cities, can be read, and mark every guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, write_case
from planner.starting import example, from_cities
from tests.case.small import write_files

LIST = """\
id,lat,lon,population
North,40,116,5000000
South,38,116,800000
East,39,118,700000
"""


def test_the_example_and_its_scenarios_can_be_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "example", example())
    base = load_case(folder)
    hashes = {load_case(folder, scenario).content_hash for scenario in (None, *base.scenarios)}
    assert len(hashes) == 1 + len(base.scenarios) > 1


def test_a_list_of_cities_becomes_a_case_that_reads_back(tmp_path: Path) -> None:
    """Of three cities in a wide triangle all pairs are neighbours: three roads and three motorways by norm."""
    (tmp_path / "list.csv").write_text(LIST)
    case = load_case(write_files(tmp_path / "made", from_cities(tmp_path / "list.csv", "Made")))
    assert len(case.links) == 6
    assert len(case.measures) == 3
    assert case.cities["North"].tier == "core"
    write_case(case, tmp_path / "filled", filled=True)
    assert load_case(tmp_path / "filled").content_hash == case.content_hash


def test_every_guess_of_a_first_case_is_marked_assumed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    case = load_case(write_files(tmp_path / "made", from_cities(tmp_path / "list.csv", "Made")))
    guessed = [*case.measures.values(), *case.norms.values(), *case.links.values(), *case.capacity.values()]
    assert {row.basis for row in guessed} == {"assumed"}


def test_a_list_that_cannot_be_a_case_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST.replace("38,116", "380,116"))
    with pytest.raises(CaseInvalid, match=r"row 3, column lat"):
        from_cities(tmp_path / "list.csv", "Made")
