"""Files that hold too much, or are nested too deep: refused with a message, before they take all memory and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from planner.case import CaseInvalid
from planner.case import boundaries as areas
from planner.case import tables as reading
from planner.case.boundaries import boundaries
from planner.case.loading import case_of_texts
from planner.case.tables import LARGEST_KEYS, MOST_COLUMNS, MOST_ROWS, read_folder
from tests.case.small import write_files
from tests.case.test_writing import SMALLEST

CITIES, KEYS = SMALLEST["cities.csv"], SMALLEST["case.yaml"]


def problems(texts: Mapping[str, str]) -> list[str]:
    with pytest.raises(CaseInvalid) as caught:
        case_of_texts("one", {**SMALLEST, **texts})
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CITIES + "\n" * MOST_ROWS, f"cities.csv, row {MOST_ROWS + 1}: has more than 300,000 rows"),
        (CITIES + ",,,,,\n" * MOST_ROWS, f"cities.csv, row {MOST_ROWS + 1}: has more than 300,000 rows"),
        ("," * MOST_COLUMNS, "cities.csv, row 1: has more than 1,000 columns"),
        (",".join(f"c{n}" for n in range(50_000)), "cities.csv, row 1: has more than 1,000 columns"),
        (CITIES + "B" + "," * 100_000, "cities.csv, row 3: has more than 1,000 columns"),
        (CITIES + f'B,"{"a" * 200_000}",core,0,0,1\n', "cities.csv, row 3: cannot be read from here on (field larger than"),
        (CITIES + f"B,{'a' * 30_000},core,0,0,1\n", "cities.csv, row 3, column jurisdiction: must be a name of at most 80"),
    ],
    ids=["blank lines", "rows of commas", "commas", "columns", "a long row", "a long cell", "a long name"],
)
def test_a_table_that_holds_too_much_is_told_with_the_row(text: str, said: str) -> None:
    found = problems({"cities.csv": text})
    assert any(line.startswith(said) for line in found), found[:3]


def test_a_table_of_too_many_cells_is_told_with_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six columns: a header and two rows have 18 cells."""
    text = CITIES + "B,J,core,0,1,1\n"
    monkeypatch.setattr(reading, "MOST_CELLS", 18)
    assert list(case_of_texts("one", {**SMALLEST, "cities.csv": text}).cities) == ["A", "B"]
    monkeypatch.setattr(reading, "MOST_CELLS", 17)
    assert problems({"cities.csv": text})[0].startswith("cities.csv, row 3: has more than 17 cells")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zz: " + "[" * 100_000, "case.yaml:4:25: zz.0.0: is nested more than 20 levels deep"),
        ("zz:\n" + "- " * 100_000, "case.yaml:5:41: zz.0.0: is nested more than 20 levels deep"),
        ("? " + "[" * 100_000, "case.yaml:4:23: is nested more than 20 levels deep"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "case.yaml:5:8: b.0: *a refers to another place"),
        ("<<: {format: 1}", "case.yaml:4:1: "),
        ("zz: " + "1" * 100_000, "case.yaml:4:5: zz: a number of 100000 digits is too large"),
    ],
    ids=["brackets", "dashes", "a key of brackets", "aliases", "merge", "digits"],
)
def test_keys_that_are_a_trap_are_told_with_the_line(text: str, said: str) -> None:
    found = problems({"case.yaml": f"{KEYS}{text}\n"})
    assert any(line.startswith(said) for line in found), found[:3]


def test_keys_of_too_many_bytes_are_not_read(tmp_path: Any) -> None:
    from planner.case.problems import Problems

    folder = write_files(tmp_path / "one", {**SMALLEST, "case.yaml": KEYS + "#" * LARGEST_KEYS})
    noted = Problems()
    read_folder(folder, noted)
    assert [str(problem) for problem in noted] == ["case.yaml: is larger than 2 MB"]


SQUARE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}'


def collection(properties: str = '{"land": true}', geometry: str = SQUARE) -> str:
    return f'{{"features": [{{"properties": {properties}, "geometry": {geometry}}}]}}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 1_000_000, "it is not JSON"),
        ('{"features": ' + "[" * 900 + "]" * 900 + "}", "feature 1 is not a Polygon"),
        (f'{{"features": {"9" * 5_000}}}', "it is not JSON"),
        *((collection(wrong), "feature 1 has neither") for wrong in ("5", '"x"', "[1]", "null", "true")),
        *((collection(wrong), "feature 1: ") for wrong in ('{"city": ["A"]}', '{"city": {}}', '{"city": 5}')),
        *(
            (collection(geometry=f'{{"type": "Polygon", "coordinates": {wrong}}}'), "feature 1 is not a Polygon")
            for wrong in (
                "[[[1e400, 0], [1, 0], [1, 1]]]", "[[[0, NaN], [1, 0], [1, 1]]]", f"[[[{'9' * 400}, 0], [1, 0], [1, 1]]]",
                '[["ab", "cd", "ef"]]', "5", "{}", "[]", "[[]]", "null",
            )
        ),
        *((collection(geometry=wrong), "feature 1 is not a Polygon") for wrong in ("5", '"Polygon"', "[]", "{}", "null")),
    ],
)  # fmt: skip
def test_boundaries_that_are_none_are_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        boundaries(text, ["A"])


def test_boundaries_of_too_many_points_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "MOST_POINTS", 3)
    assert len(boundaries(collection(), ["A"]).land) == 1
    monkeypatch.setattr(areas, "MOST_POINTS", 2)
    with pytest.raises(ValueError, match="more than 2 points"):
        boundaries(collection(), ["A"])
