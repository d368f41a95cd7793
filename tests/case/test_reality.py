"""How real measures and links are: read from either table, selected by, and no matter of what a plan is solved for."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from planner.case import Case, CaseInvalid, load_case, warnings_of, write_case, write_workbook
from tests.case.small import cell, swap


def real(folder: Path, table: str, said: Mapping[str, str]) -> None:
    """A column more in a table: how real the rows of these ids are."""
    path = folder / f"{table}.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[*head, "reality"], *([*row, said.get(row[0], "")] for row in rows)])
    path.write_text(out.getvalue(), encoding="utf-8")


@pytest.fixture
def said(folder: Path) -> Path:
    """The clinic is under way, the railway that two links open is published, a hub is hypothetical."""
    real(folder, "measures", {"clinic-border": "under_way", "hub-inland": "hypothetical"})
    real(folder, "links", {"rail-b": "published", "road-c": "hypothetical"})
    return folder


def test_a_measure_says_it_or_has_it_from_its_links(said: Path) -> None:
    measures = load_case(said).measures
    assert {a: m.reality for a, m in measures.items() if m.reality} == {
        "clinic-border": "under_way", "hub-inland": "hypothetical", "railway": "published",
        "motorway-north": "hypothetical", "motorway-south": "hypothetical",
    }  # fmt: skip


def test_links_of_a_measure_that_disagree_leave_it_open(said: Path) -> None:
    cell("links", 7, "reality", "under_way")(said)
    assert load_case(said).measures["railway"].reality is None


def test_it_is_no_matter_of_what_is_asked(case: Case, said: Path) -> None:
    """As with the basis of figures, plans of the case without it remain plans of the case with it."""
    assert load_case(said).content_hash == case.content_hash


def test_it_reads_back(said: Path, tmp_path: Path) -> None:
    case = load_case(said)
    write_case(case, tmp_path / "filled" / "small", filled=True)
    again = load_case(tmp_path / "filled" / "small")
    assert (again.measures, again.links) == (case.measures, case.links)
    write_workbook(case, tmp_path / "small.xlsx")
    assert load_case(tmp_path / "small.xlsx").measures == case.measures


def test_rules_lines_and_scenarios_select_by_it(said: Path) -> None:
    """What a rule and a line select counts in the content hash; a scenario finds the measures by their links, too."""
    plain = load_case(said)
    swap("case.yaml", "where: {kind: facility, city: Border}", "where: {reality: [under_way, published]}")(said)
    ruled = load_case(said)
    assert ruled.rules[1].measures == ("railway", "clinic-border")
    assert ruled.content_hash != plain.content_hash
    swap("case.yaml", "[{kind: link}, {kind: facility, tier: small}]", "[{kind: link, reality: ''}, {reality: published}]")(
        said
    )
    assert load_case(said).content_hash != ruled.content_hash
    swap("case.yaml", "where: {kind: policy}", "where: {reality: published}")(said)
    edited = load_case(said, "no-signatures").measures
    assert [a for a, m in edited.items() if m.status == "ruled_out"] == ["railway", "care-metro"]


@pytest.mark.parametrize(
    ("table", "row", "value", "says"),
    [
        ("measures", 9, "real", "must be one of under_way, published, hypothetical"),
        ("links", 2, "published", "the link exists today, so it is no plan"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(said: Path, table: str, row: int, value: str, says: str) -> None:
    cell(table, row, "reality", value)(said)
    with pytest.raises(CaseInvalid) as caught:
        load_case(said)
    assert [(p.file, p.row, p.column) for p in caught.value.problems if says in str(p)] == [(f"{table}.csv", row, "reality")]


def test_a_link_that_contradicts_its_measure_is_told(said: Path) -> None:
    cell("measures", 4, "reality", "hypothetical")(said)
    with pytest.raises(CaseInvalid) as caught:
        load_case(said)
    assert "is published, but railway, which opens it, is hypothetical: say it once" in str(caught.value)


def test_a_value_that_no_row_has_is_a_doubt_and_one_that_there_is_not_an_error(folder: Path) -> None:
    swap("case.yaml", "where: {kind: facility, city: Border}", "where: {reality: published}")(folder)
    assert any("no row has reality 'published'" in text for text in warnings_of(load_case(folder)))
    swap("case.yaml", "where: {reality: published}", "where: {reality: publisht}")(folder)
    with pytest.raises(CaseInvalid):
        load_case(folder)


@pytest.mark.parametrize(("minutes", "told"), [(60, True), (59, True), (58, False)])
def test_a_link_that_hardly_saves_anything_beside_one_of_its_mode_is_warned_of(
    folder: Path, minutes: int, told: bool
) -> None:
    """Metro-Border takes 65 by road: a new road should save 6.5, a tenth, and not only 5 minutes."""
    text = (folder / "links.csv").read_text(encoding="utf-8")
    (folder / "links.csv").write_text(f"{text}road-d,Border,Metro,road,{minutes},75,,railway\n", encoding="utf-8")
    warnings = warnings_of(load_case(folder))
    assert any("saves less than 5 minutes, or less than 10 %" in said and "road-d" in said for said in warnings) == told
