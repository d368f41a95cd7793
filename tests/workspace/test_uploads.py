"""What somebody sends to the page is read in a process of its own, within limits."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, write_workbook
from planner.workspace import cases
from tests.case.raw_workbook import cell, workbook

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.mark.slow
def test_a_workbook_gives_the_files_of_its_case(tmp_path: Path) -> None:
    case = load_case(CASES / "tiny")
    write_workbook(case, tmp_path / "tiny.xlsx")
    assert cases.texts_of_workbook((tmp_path / "tiny.xlsx").read_bytes()) == load_case(tmp_path / "tiny.xlsx").source.texts


@pytest.mark.slow
def test_what_is_wrong_with_it_is_told_by_its_place(tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx", {"G2": cell("G2", "many")})
    with pytest.raises(CaseInvalid) as caught:
        cases.texts_of_workbook(file.read_bytes())
    assert "sheet cities, row 2, column population: must be a number, not 'many'" in str(caught.value.problems[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only there can the memory of a process be limited")
def test_one_that_takes_too_much_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process can read anything in 30 MB."""
    monkeypatch.setattr(cases, "MEMORY", 30_000_000)
    with pytest.raises(cases.TooMuch, match="the workbook could not be read"):
        cases.texts_of_workbook(workbook(tmp_path / "two.xlsx").read_bytes())


def test_one_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.work import apart

    monkeypatch.setattr(apart, "STARTING", 0.0)
    monkeypatch.setattr(cases, "SECONDS", 0.0)
    with pytest.raises(cases.TooMuch, match="it took too long"):
        cases.texts_of_workbook(workbook(tmp_path / "two.xlsx").read_bytes())
