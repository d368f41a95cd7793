"""One figure of a real case at a time typed in another magnitude: it is refused, or warned of by file, row and column.

For each column of numbers a seeded row is multiplied by each factor. What cannot be noticed stands in UNNOTICED, each
with the reason, and must stay unnoticed: a reason that no longer holds is to be taken out.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from planner.case import CaseInvalid, warnings_of
from planner.case.loading import case_of_texts
from planner.case.rows import TABLES
from tests.tiers import one_of

REAL = Path(__file__).parents[2] / "cases" / "jing-jin-ji"
TEXTS = {
    file.name: file.read_text(encoding="utf-8") for file in REAL.iterdir() if file.suffix in (".csv", ".yaml", ".geojson")
}
# Scenarios are as many again to look at, and what is noticed here is noticed in what the files say themselves.
TEXTS["case.yaml"], SCENARIOS = re.subn(r"(?m)^scenarios:\n(?:[ #].*\n|\n)+", "", TEXTS["case.yaml"])
FACTORS = (1000.0, 10_000.0, 0.001, -1.0)
CHANGED = ("cities", "links", "capacity", "measures", "budgets")
SMALL = "a share that is nearly nothing is a share"
FREE = "a limit that is lower, or higher than what it limits, only limits less or more"
UNNOTICED: Mapping[tuple[str, str, float], str] = {
    ("capacity", "outsiders", 0.001): SMALL,
    ("measures", "private_share", 0.001): SMALL,
    ("measures", "max_starts", 1000.0): FREE,
    ("measures", "max_starts", 10_000.0): FREE,
}

Table = list[list[str]]


def _table(name: str) -> Table:
    return list(csv.reader(io.StringIO(TEXTS[f"{name}.csv"])))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _columns() -> Iterator[tuple[str, str]]:
    for name in CHANGED:
        table = _table(name)
        for place, column in enumerate(table[0]):
            filled = any(_number(row[place]) for row in table[1:])
            if filled and TABLES[name].holds_numbers(column):
                yield name, column


def _said(texts: Mapping[str, str]) -> set[str]:
    try:
        return set(warnings_of(case_of_texts("jing-jin-ji", texts)))
    except CaseInvalid as invalid:
        return {str(problem) for problem in invalid.problems}


WHOLE = _said(TEXTS)


def _noticed(name: str, column: str, row: int, value: str) -> bool:
    """Whether a value in place of the one of a cell is spoken of by file, row and column."""
    table = _table(name)
    table[row - 1][table[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    said = _said({**TEXTS, f"{name}.csv": out.getvalue()}) - WHOLE
    place = re.compile(rf"{name}\.csv, row {row}, column .*")
    return any(place.search(text) and re.search(rf"\bcolumn {column}\b", text) for text in said)


def _row(name: str, column: str) -> int:
    """A row of a column that has a number other than zero, by a fixed seed."""
    table = _table(name)
    place = table[0].index(column)
    rows = [number for number, row in enumerate(table[1:], start=2) if _number(row[place])]
    return random.Random(f"{name} {column}").choice(rows)


TRIED = [(name, column, factor) for name, column in _columns() for factor in FACTORS]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "column", "factor"), one_of(5, TRIED))  # four factors: each in turn
def test_another_magnitude_is_noticed_unless_a_reason_says_why_not(name: str, column: str, factor: float) -> None:
    row = _row(name, column)
    old = _number(_table(name)[row - 1][_table(name)[0].index(column)])
    assert old is not None
    noticed = _noticed(name, column, row, f"{old * factor:.10g}")
    assert noticed == ((name, column, factor) not in UNNOTICED), (row, old)


def test_the_case_is_read_without_its_scenarios() -> None:
    assert SCENARIOS == 1
    assert not case_of_texts("jing-jin-ji", TEXTS).scenarios


def test_at_least_four_of_five_faults_of_typing_are_noticed() -> None:
    assert len(UNNOTICED) <= 0.2 * len(TRIED)
    assert set(UNNOTICED) <= set(TRIED)


@pytest.mark.slow
def test_lat_and_lon_in_each_others_place_are_noticed_in_every_row() -> None:
    table = _table("cities")
    lat, lon = table[0].index("lat"), table[0].index("lon")
    for row in range(2, len(table) + 1):
        changed = [list(cells) for cells in table]
        changed[row - 1][lat], changed[row - 1][lon] = table[row - 1][lon], table[row - 1][lat]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(changed)
        said = _said({**TEXTS, "cities.csv": out.getvalue()})
        assert any(text.startswith(f"cities.csv, row {row}, column lat") for text in said), row


def _transposed(figure: str) -> set[str]:
    """The figure with two neighbouring digits in each other's place, over the point too."""
    at = [n for n, sign in enumerate(figure) if sign.isdigit()]
    pairs = pairwise(at)
    return {"".join(figure[{one: other, other: one}.get(n, n)] for n in range(len(figure))) for one, other in pairs}


AMONG_THE_OTHERS: Mapping[str, list[str]] = {  # where every link of the city is as long as links are
    "lat": [],
    "lon": [],
}


@pytest.mark.parametrize("column", list(AMONG_THE_OTHERS))
@pytest.mark.slow
def test_two_digits_in_each_others_place_that_move_a_seat_far_are_noticed(column: str) -> None:
    """By the seat, or by its links: no road is shorter than a straight line. What is not noticed has its reason."""
    table = _table("cities")
    place, unnoticed = table[0].index(column), []
    for row, cells in enumerate(table[1:], start=2):
        for typed in sorted(_transposed(cells[place])):
            if abs(float(typed) - float(cells[place])) < 1.0:
                continue  # within some hundred kilometres a link may lead there
            changed = [list(other) for other in table]
            changed[row - 1][place] = typed
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(changed)
            if not _said({**TEXTS, "cities.csv": out.getvalue()}) - WHOLE:
                unnoticed.append(f"row {row}: {cells[place]} -> {typed}")
    assert unnoticed == AMONG_THE_OTHERS[column]
