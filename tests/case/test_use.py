"""What is in use today: read, printed, no matter of what is asked, and warned of where more is added beside empty places."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case import Case, CaseInvalid, FrozenDict, load_case, warnings_of, write_case, write_workbook
from planner.documents.use import used
from tests.case.small import swap


def in_use(folder: Path, said: Mapping[tuple[str, str], str]) -> Path:
    """A column more in capacity.csv."""
    path = folder / "capacity.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    out = io.StringIO()
    cells = [[*row, said.get((row[0], row[1]), "")] for row in rows]
    csv.writer(out, lineterminator="\n").writerows([[*head, "used"], *cells])
    path.write_text(out.getvalue(), encoding="utf-8")
    return folder


FEW, MANY = {("Border", "doctors"): "2000"}, {("Border", "doctors"): "2700"}


def warned(case: Case) -> list[str]:
    """The warnings about use."""
    return [said for said in warnings_of(case) if "is in use today" in said]


def test_it_reads_back_and_is_no_matter_of_what_is_asked(case: Case, folder: Path, tmp_path: Path) -> None:
    found = load_case(in_use(folder, FEW))
    assert found.capacity["Border", "doctors"].share_used == pytest.approx(2000 / 3300)
    assert found.capacity["Inland", "doctors"].share_used is None
    assert found.content_hash == case.content_hash
    write_case(found, tmp_path / "filled" / "small", filled=True)
    assert load_case(tmp_path / "filled" / "small").capacity == found.capacity
    write_workbook(found, tmp_path / "small.xlsx")
    assert load_case(tmp_path / "small.xlsx").capacity == found.capacity


def test_less_than_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(CaseInvalid) as caught:
        load_case(in_use(folder, {("Border", "doctors"): "-1"}))
    assert [(p.file, p.row, p.column) for p in caught.value.problems] == [("capacity.csv", 3, "used")]


def test_more_where_much_stands_empty_is_warned_of(folder: Path) -> None:
    """2,000 of 3,300 are 61 %, and people stay as many; a clinic adds doctors there, and a policy in all the Province."""
    (said,) = warned(load_case(in_use(folder, FEW)))
    assert said.startswith("doctors: 2 measures add capacity where less than 80 % of it is in use today")
    assert "(Border): clinic-border, practice" in said


def test_not_where_it_is_in_use_or_nothing_is_added_or_need_grows_beyond_it(folder: Path, tmp_path: Path) -> None:
    """2,700 of 3,300 are 82 %. With a standard that grows from 2.7 to 5 a thousand 2,000 would be 3,704."""
    assert not warned(load_case(in_use(folder, MANY)))
    swap("capacity.csv", "Border,doctors,3300,,sourced,2700", "Border,doctors,3300,,sourced,2000")(folder)
    assert warned(load_case(folder))
    swap("case.yaml", "per_1000: {2030: 2.7, 2035: 3.0}", "per_1000: {2030: 2.7, 2035: 5.0}")(folder)
    assert not warned(load_case(folder))


def test_what_is_ruled_out_adds_nothing(folder: Path) -> None:
    assert not warned(load_case(in_use(folder, {("Metro", "care"): "9000"})))


def test_the_shares_are_printed_by_city(folder: Path) -> None:
    """61 % of the Border's doctors, 96 % of Metro's 21,000, 38 % of its beds; without figures there is nothing to print."""
    shares = {**FEW, ("Metro", "doctors"): "20160", ("Metro", "care"): "9120"}
    found = load_case(in_use(folder, shares))
    ((table, _note),) = used(found)
    assert table.rows == [["Metro", "96", "38"], ["Border", "61", ""]]
    plain = {place: replace(stock, used=None) for place, stock in found.capacity.items()}
    assert used(replace(found, capacity=FrozenDict(plain))) == ()
