"""The small case in which people, jobs and doctors move to Inland, and people settle in Border, as texts."""

from __future__ import annotations

from collections.abc import Mapping

from tests.case.small import CAPACITY, CASE, CITIES, MEASURES
from tests.case.small import FILES as SMALL

EFFECTS = """\
effects:
  campus: [{relocate: {people: 20000, jobs: 5000, capacity: {doctors: 60}}}]
  homes: [{settle: {from: Metro, to: Border, people: 10000, entitled: 5000, gives: [doctors]}}]
"""
CROWDING = """\
crowding:
  crowd: {worst: 1.5, where: {tier: core}}
lines:
"""
LIMIT = "targets:\n  - {id: less-crowded, indicator: crowd, by: 2035, at_most: 140}\n"


def _more(table: str, columns: str, *rows: str, **cells: str) -> str:
    """A table with columns at its end, empty but where `cells` says, and rows."""
    head, *lines = table.splitlines()
    empty = "," * (columns.count(",") + 1)
    filled = [line + cells.get(line.split(",")[0], empty) for line in lines]
    return "\n".join([f"{head},{columns}", *filled, *rows]) + "\n"


MOVED = "campus,Campus,relocation,Inland,,,,,1,,2," + "," * 15 + "Metro"
SETTLED = "homes,Homes,policy," + "," * 5 + "0.1," + "," * 14 + "Capital;Province" + "," * 3
FILES: Mapping[str, str] = {
    **SMALL,
    "case.yaml": CASE.replace("effects:\n", EFFECTS).replace("lines:\n", CROWDING).replace("targets:\n", LIMIT),
    "cities.csv": _more(CITIES, "meant_for,housing", Metro=",4500000,", Inland=",,50000"),
    "capacity.csv": CAPACITY,
    "measures.csv": _more(MEASURES, "from_city", MOVED, SETTLED),
}
