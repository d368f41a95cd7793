"""Workbooks that are damaged, hostile or written by strange programs: read as they mean, or refused with the place."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case
from planner.case import workbook as reading
from planner.case.tables import MOST_COLUMNS, MOST_ROWS
from planner.case.workbook import plain_sheet
from planner.case.workbook_file import NoWorkbook, checked, letters, opened, place_of
from tests.case.raw_workbook import CITIES, KEYS, MEASURES, cell, parts, sheet, workbook, written
from tests.product.conftest import PROJECT

FAR = Path(__file__).parents[1] / "faults" / "far-cells"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"


def problems(file: Path) -> list[str]:
    with pytest.raises(CaseInvalid) as caught:
        load_case(file)
    return [str(problem) for problem in caught.value.problems]


# --- names of sheets


@pytest.mark.parametrize("name", ["cities", "Cities", "CITIES", " cities ", "\u3000Cities", "ｃｉｔｉｅｓ"])
def test_a_sheet_is_known_however_its_name_is_written(name: str, tmp_path: Path) -> None:
    assert list(load_case(workbook(tmp_path / "two.xlsx", name=name)).cities) == ["alpha", "beta"]


@pytest.mark.parametrize("name", ["cities", "Cities", " CITIES "])
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (
            '<c r="G2"><f>500*2</f></c>',
            "row 2, column G: cell G2 holds a formula that no spreadsheet program has calculated",
        ),
        ('<c r="G2" t="e"><v>#N/A</v></c>', "row 2, column G: cell G2 shows the error #N/A"),
        ('<c r="G2" t="e"><f>NA()</f><v>#N/A</v></c>', "row 2, column G: cell G2 shows the error #N/A"),
    ],
)
def test_cells_without_a_value_are_told_however_the_sheet_is_written(
    name: str, broken: str, said: str, tmp_path: Path
) -> None:
    found = problems(workbook(tmp_path / "two.xlsx", {"G2": broken}, name=name))
    assert len(found) == 1
    assert found[0].startswith(f"two.xlsx, sheet cities, {said}")


def test_a_sheet_written_by_the_strict_standard_has_the_same_guards(tmp_path: Path) -> None:
    main, linked = STRICT
    sheets = {"case": sheet(KEYS, main=main), "cities": sheet(CITIES, {"G2": '<c r="G2"><f>1+1</f></c>'}, main=main)}
    assert "cell G2 holds a formula" in problems(written(tmp_path / "two.xlsx", parts(sheets, main=main, linked=linked)))[0]


def test_a_part_whose_path_is_written_otherwise_has_the_same_guards(tmp_path: Path) -> None:
    content = parts({"case": sheet(KEYS), "cities": sheet(CITIES, {"G2": '<c r="G2"><f>1+1</f></c>'})})
    content["XL/Worksheets/Sheet2.xml"] = content.pop("xl/worksheets/sheet2.xml")
    links = content["xl/_rels/workbook.xml.rels"]
    assert isinstance(links, str)
    content["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet2.xml", "/xl/worksheets/../worksheets/sheet2.xml")
    assert "cell G2 holds a formula" in problems(written(tmp_path / "two.xlsx", content))[0]


def test_two_sheets_of_one_name_are_an_error_that_names_both(tmp_path: Path) -> None:
    sheets = {"case": sheet(KEYS), "cities": sheet(CITIES), " Cities": sheet(CITIES[:2])}
    found = problems(written(tmp_path / "two.xlsx", parts(sheets)))
    assert found == ["two.xlsx: sheets 'cities' and ' Cities' are both the sheet cities: delete or rename one"]


def test_names_of_sheets_are_made_plain() -> None:
    assert plain_sheet("  Cities\t") == "cities"
    assert plain_sheet("two  words") == "two words"


# --- numbers that are none


@pytest.mark.parametrize(
    ("written_as", "said"),
    [
        ('<c r="G2"><v>many</v></c>', "column G: cell G2 holds 'many', which is no number"),
        ('<c r="G2"><v>1,5</v></c>', "column G: cell G2 holds '1,5', which is no number"),
        ('<c r="G2"><v>1e999</v></c>', "column G: cell G2 holds '1e999', which is no number"),
        ('<c r="G2"><v>NaN</v></c>', "column G: cell G2 holds 'NaN', which is no number"),
        ('<c r="G2"><v>Infinity</v></c>', "column G: cell G2 holds 'Infinity', which is no number"),
        ('<c r="G2"><v>1_000</v></c>', "column G: cell G2 holds '1_000', which is no number"),
        ('<c r="G2" t="x"><v>5</v></c>', "column G: cell G2 holds '5', which is no number"),
        ('<c r="G2" t="b"><v>5</v></c>', "column G: cell G2 holds '5', which is no number"),
        ('<c r="G2" t="s"><v>7</v></c>', "column G: cell G2 names a text that the workbook does not hold"),
        ('<c r="G2" t="s"><v>-1</v></c>', "column G: cell G2 names a text that the workbook does not hold"),
        ('<c r="G2" t="b"><v>1</v></c>', "column population: must be a number, not 'yes'"),
        ('<c r="G2" t="d"><v>2026-01-01</v></c>', "column population: 2026-01-01 is a date or a time"),
        (
            cell("G2", "1,5"),
            "column population: must be a number: a point for decimals, nothing between thousands (write 1.5), not '1,5'",
        ),
        (cell("G2", "50 %"), "column population: must be a number: write 50 % as 0.5, not '50 %'"),
        (cell("G2", "about 5"), "column population: must be a number, not 'about 5'"),
    ],
)
def test_a_number_that_is_none_is_told_by_its_cell(written_as: str, said: str, tmp_path: Path) -> None:
    found = problems(workbook(tmp_path / "two.xlsx", {"G2": written_as}))
    assert [line for line in found if line.startswith(f"two.xlsx, sheet cities, row 2, {said}")], found


@pytest.mark.parametrize(
    ("code", "shown"),
    [("yyyy-mm-dd", "2026-01-01"), ("[$-804]yyyy&quot;年&quot;m&quot;月&quot;", "2026-01-01"), ("[h]:mm", "2026-01-01")],
)
def test_a_number_that_is_shown_as_a_date_is_refused(code: str, shown: str, tmp_path: Path) -> None:
    """46023 days after 30 December 1899 is 1 January 2026."""
    found = problems(_styled(tmp_path, code, "46023"))
    assert any(f"row 2, column population: {shown} is a date or a time" in line for line in found)


@pytest.mark.parametrize(
    "code", ["0.00%", "#,##0", "General", "0&quot; days&quot;", "[Red]0", "0.0E+00", "_-* #,##0_-", "0\\d", "[$¥-804]#,##0"]
)
def test_a_number_shown_in_another_way_is_its_value(code: str, tmp_path: Path) -> None:
    assert load_case(_styled(tmp_path, code, "0.5")).cities["alpha"].population["2030"] == 0.5


def _styled(place: Path, code: str, value: str) -> Path:
    styles = (
        f'<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
        "</styleSheet>"
    )
    cells = {"G2": f'<c r="G2" s="1"><v>{value}</v></c>'}
    return workbook(place / "two.xlsx", cells, parts_more={"xl/styles.xml": styles})


def test_shared_texts_are_read_without_their_pronunciation_and_with_their_pieces(tmp_path: Path) -> None:
    texts = '<sst><si><t>x</t></si><si><r><t>Al</t></r><r><t>pha</t></r><rPh sb="0" eb="1"><t>sound</t></rPh></si></sst>'
    file = workbook(
        tmp_path / "two.xlsx", {"B2": '<c r="B2" t="s"><v>1</v></c>'}, parts_more={"xl/sharedStrings.xml": texts}
    )
    assert load_case(file).cities["alpha"].name == "Alpha"


def test_cells_and_rows_that_do_not_say_where_they_are_follow_each_other(tmp_path: Path) -> None:
    rows = "".join("<row>" + "".join(cell("", value).replace(' r=""', "") for value in row) + "</row>" for row in CITIES)
    plain = sheet([]).replace("<sheetData>", f"<sheetData>{rows}")
    file = written(tmp_path / "two.xlsx", parts({"case": sheet(KEYS), "cities": plain, "measures": sheet(MEASURES)}))
    assert load_case(file) == load_case(_other(tmp_path))


def _other(place: Path) -> Path:
    (place / "other").mkdir()
    return workbook(place / "other" / "two.xlsx")


def test_a_cell_that_stands_twice_is_told(tmp_path: Path) -> None:
    found = problems(workbook(tmp_path / "two.xlsx", {"G2": cell("G2", 5) + cell("G2", 6)}))
    assert found == ["two.xlsx, sheet cities, row 2, column G: cell G2 stands twice in the file"]


# --- far cells


@pytest.mark.parametrize("file", sorted(FAR.iterdir()), ids=lambda file: file.stem)
def test_a_far_blank_cell_changes_nothing(file: Path, tmp_path: Path) -> None:
    copied = tmp_path / "tiny.xlsx"
    shutil.copy(file, copied)
    found, expected = load_case(copied), load_case(PROJECT / "cases" / "tiny")
    assert found.content_hash == expected.content_hash
    assert all(len(row.cells) > 0 and row.number < 100 for table in found.source.tables.values() for row in table.rows)


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD2", f"{letters(MOST_COLUMNS + 1)}4", f"A{MOST_ROWS + 1}"])
@pytest.mark.parametrize("value", [1, "x"])
def test_a_far_cell_that_is_not_blank_is_refused_by_its_address(place: str, value: object, tmp_path: Path) -> None:
    row, _ = place_of(place)
    found = problems(workbook(tmp_path / "two.xlsx", more=f'<row r="{row}">{cell(place, value)}</row>'))
    column = place.rstrip("0123456789")
    assert len(found) == 1
    assert found[0].startswith(
        f"two.xlsx, sheet cities, row {row}, column {column}: cell {place} lies beyond row 300,000 or column 1,000"
    )


def test_a_far_cell_with_a_style_alone_changes_nothing(tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx", more='<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert list(load_case(file).cities) == ["alpha", "beta"]


@pytest.mark.slow
def test_a_last_row_that_may_be_there_is_told_by_its_number(tmp_path: Path) -> None:
    found = problems(workbook(tmp_path / "two.xlsx", more=f'<row r="{MOST_ROWS}">{cell(f"A{MOST_ROWS}", "gamma")}</row>'))
    assert any(f"sheet cities, row {MOST_ROWS}, column tier" in line for line in found)


def test_a_workbook_of_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet case has 12 cells that are not blank, that of cities 21, that of measures 2: 35 are just enough."""
    file = workbook(tmp_path / "two.xlsx")
    monkeypatch.setattr(reading, "MOST_CELLS", 35)
    assert list(load_case(file).cities) == ["alpha", "beta"]
    monkeypatch.setattr(reading, "MOST_CELLS", 34)
    assert "holds too much in the sheet 'measures'" in problems(file)[0]


def test_a_long_text_that_many_cells_share_is_refused_as_too_much(tmp_path: Path) -> None:
    """Two thousand cells of a text of 30,000 signs: 60 MB of a file of some kilobytes."""
    texts = f"<sst><si><t>{'a' * 30_000}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(10, 2_010))
    file = workbook(tmp_path / "two.xlsx", more=rows, parts_more={"xl/sharedStrings.xml": texts})
    assert "a sheet at most 50 MB of text" in problems(file)[0]


# --- what is damaged


def _bytes(file: Path) -> bytes:
    return file.read_bytes()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_workbook_that_was_cut_short_is_damaged(share: float, tmp_path: Path) -> None:
    file = workbook(tmp_path / "two.xlsx")
    content = file.read_bytes()
    file.write_bytes(content[: max(4, int(len(content) * share))])
    assert problems(file)[0].startswith("two.xlsx: is a damaged Excel workbook")


def _read(file: Path) -> str | list[str]:
    """The hash of the case, or what is wrong with it."""
    try:
        return load_case(file).content_hash
    except CaseInvalid as invalid:
        return [str(problem) for problem in invalid.problems]


@pytest.mark.slow
def test_any_byte_that_is_changed_leads_to_the_same_case_or_to_a_message(tmp_path: Path) -> None:
    """Every seventh byte turned round: wrong sums, lengths, names, methods and directories of the archive."""
    file = workbook(tmp_path / "two.xlsx")
    content, expected = file.read_bytes(), load_case(file).content_hash
    refused = 0
    for place in range(0, len(content), 7):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        found = _read(file)
        refused += isinstance(found, list)
        assert found == expected or all(said.startswith("two.xlsx") for said in found)
    assert refused > len(content) / 7 / 4


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/sharedStrings.xml"],
)
@pytest.mark.parametrize(
    "content",
    [b"", b"<", b"no xml", b"\xff\xfe\x00", b"<a><b></a>", b'<?xml version="1.0" encoding="nope"?><a/>',
     b'<!DOCTYPE a [<!ENTITY b "x">]><a>&c;</a>', b"<worksheet><row r='x'/></worksheet>&"],
)  # fmt: skip
def test_a_part_that_is_no_xml_is_damage(part: str, content: bytes, tmp_path: Path) -> None:
    found = problems(workbook(tmp_path / "two.xlsx", parts_more={part: content}))
    assert found[0].startswith("two.xlsx: is a damaged Excel workbook")


@pytest.mark.parametrize(
    "wrong", ['<row r="x"/>', '<row r="4"><c r="7B"><v>1</v></c></row>', '<row r="4"><c r="B4" s="y"/></row>']
)
def test_a_place_that_is_none_is_damage(wrong: str, tmp_path: Path) -> None:
    assert problems(workbook(tmp_path / "two.xlsx", more=wrong))[0].startswith("two.xlsx: is a damaged Excel workbook")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_missing_is_damage(part: str, tmp_path: Path) -> None:
    content = parts({"case": sheet(KEYS), "cities": sheet(CITIES)})
    del content[part]
    assert problems(written(tmp_path / "two.xlsx", content))[0].startswith("two.xlsx: is a damaged Excel workbook")


@pytest.mark.slow
def test_entities_that_grow_without_end_are_damage(tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    rows = '<sheetData><row r="1"><c r="A1"><v>&e11;</v></c></row></sheetData>'
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "lol">{lines}]><worksheet>{rows}</worksheet>'
    found = problems(workbook(tmp_path / "two.xlsx", parts_more={"xl/worksheets/sheet2.xml": bomb}))
    assert found[0].startswith("two.xlsx: is a damaged Excel workbook")


@pytest.mark.slow
def test_a_sheet_of_deep_elements_is_read_past(tmp_path: Path) -> None:
    deep = "<ext>" * 100_000 + "</ext>" * 100_000
    assert list(load_case(workbook(tmp_path / "two.xlsx", more=deep)).cities) == ["alpha", "beta"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,name\nalpha,Alpha\n", "is not an Excel workbook (.xlsx)"),
        ("id,name\n北京,北京\n".encode("gb18030"), "is not an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "is an Excel workbook of the old kind (.xls): save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "has a password: save it without one",
        ),
    ],
)
def test_a_file_of_another_kind_is_told_with_what_to_do(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "two.xlsx"
    file.write_bytes(content)
    assert problems(file) == [f"two.xlsx: {said}"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/workbook.bin", "is a binary workbook (.xlsb): save it as .xlsx"),
        ("content.xml", "is an OpenDocument file (.ods): save it as .xlsx"),
        ("word/document.xml", "is not an Excel workbook (.xlsx)"),
    ],
)
def test_an_archive_of_another_kind_is_told_with_what_to_do(part: str, said: str, tmp_path: Path) -> None:
    assert problems(written(tmp_path / "two.xlsx", {part: b"x"})) == [f"two.xlsx: {said}"]


def test_a_folder_whose_name_ends_like_a_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "two.xlsx").mkdir()
    assert problems(tmp_path / "two.xlsx") == ["two.xlsx: is a folder: a case whose name ends with .xlsx is a file"]


def test_an_archive_with_a_password_is_damage(tmp_path: Path) -> None:
    """The first bit of a part's flags says that it is encrypted, in its own head and in the directory."""
    content = bytearray(_bytes(workbook(tmp_path / "two.xlsx")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    with pytest.raises(NoWorkbook, match="damaged"):
        checked(bytes(content))


def test_a_part_that_says_less_than_it_unzips_to_is_damage() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(1_000_000))
    content = whole.getvalue().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(NoWorkbook, match="damaged"):
        opened(content)
