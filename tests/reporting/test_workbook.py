"""Workbooks: what is written is read back, and nothing in a case is taken for a formula or a link."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from planner.documents.blocks import Bullet, Chart, Heading, Paragraph, of_figures, table
from planner.documents.tables import of_frame
from planner.documents.workbook import Sheet, sheet_names, write_workbook
from planner.files.folders import FolderTaken

TRAPS = ("=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "http://example.org", "'quoted", "12", "TRUE")


class Unprintable:
    """A value that fails when it is written."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


def _rows(file: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_figures_and_texts_read_back_equal(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "amount": [0.1 + 0.2, float("nan")], "year": [2030, 2035]})
    amounts = of_frame(frame, ["name", "amount\n(bn CNY)", "year"], ["text", "figure", "year"])
    file = write_workbook([Sheet("amounts", ((Heading("Amounts"), amounts),))], tmp_path / "new" / "book.xlsx")
    title, heads, first, second = _rows(file, "amounts")
    assert title[0] == "Amounts"
    assert heads == ["name", "amount (bn CNY)", "year"]
    assert first == ["a", pytest.approx(0.3, rel=1e-15), 2030]
    assert second == ["b", "", 2035]


def test_no_text_is_taken_for_a_formula_a_link_or_a_figure(tmp_path: Path) -> None:
    """Texts that begin with = + - @ or a tab are texts; the file holds neither a formula nor an address."""
    shown = table(["=head"], [(text,) for text in TRAPS], "l")
    section = (Heading("=Title"), shown, Paragraph("=note", look="note"), Bullet("=point"), Paragraph("=said", "=label"))
    file = write_workbook([Sheet("=sheet", (section,))], tmp_path / "book.xlsx", title="=doc")
    assert [row[0] for row in _rows(file, "=sheet")] == ["=Title", "=head", *TRAPS, "", "=note", "=point", "=label"]
    assert _rows(file, "=sheet")[-1][1] == "=said"
    with zipfile.ZipFile(file) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_charts_are_drawn_by_excel_from_the_cells(tmp_path: Path) -> None:
    heads = ("line", "spent\n(bn)", "left\n(bn)")
    money = of_figures(heads, (("n", 1.0, 2.0), ("s", 1.5, 0.5)), ("text", "figure", "figure"))
    chart = Chart("Money", "line", ("spent (bn)", "left (bn)"), "bn", stacked=True)
    file = write_workbook([Sheet("a'b", ((Heading("T"), money, chart),))], tmp_path / "b.xlsx")
    with zipfile.ZipFile(file) as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    assert "'a''b'!$B$3:$B$4" in drawn.replace("&apos;", "'")
    assert 'val="stacked"' in drawn


def test_a_table_without_rows_has_no_chart(tmp_path: Path) -> None:
    section = (Heading("T"), of_figures(("line", "spent"), (), ("text", "figure")), Chart("Money", "line", ("spent",), "bn"))
    with zipfile.ZipFile(write_workbook([Sheet("s", (section,))], tmp_path / "b.xlsx")) as parts:
        assert not [name for name in parts.namelist() if "chart" in name]


def test_names_that_excel_refuses_are_changed_as_little_as_possible() -> None:
    assert sheet_names(["a/b", "A-B", "", "history", "x" * 40, "x" * 41]) == [
        "a-b", "A-B 2", "Sheet", "Sheet 2", "x" * 31, "x" * 29 + " 2",
    ]  # fmt: skip


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    file = write_workbook([Sheet("s", ((Heading("T"), table(["c"], [("x" * 40_000,)], "l")),))], tmp_path / "b.xlsx")
    text = str(_rows(file, "s")[2][0])
    assert len(text) == 32_767
    assert text.endswith("[cut here: longer than a cell may be]")


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """An error on the way leaves the old file as it was and nothing beside it."""
    file = tmp_path / "book.xlsx"
    write_workbook([Sheet("s", ())], file)
    before = file.read_bytes()
    broken = table(["a"], [(Unprintable(),)], "l")  # type: ignore[list-item]
    with pytest.raises(RuntimeError, match="no text"):
        write_workbook([Sheet("s", ((broken,),))], file, replace=True)
    with pytest.raises(FolderTaken, match="exists already"):
        write_workbook([Sheet("s", ())], file)
    assert file.read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["book.xlsx"]
