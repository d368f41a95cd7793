"""A first programme to edit: two members, of which the second has less money of its own, and one shared line."""

from __future__ import annotations

import csv
from pathlib import Path

from planner.files.inputs import PROGRAMME_FILE
from planner.starting import example

EASTWARD = 4.0  # degrees of longitude from one member to the other, so that a map shows both
TEXT = """\
# Two small cases and one central line; all figures are made up.
format: 1
title: Two clusters, one purse
title_zh: 两个城市群，一个财政
money: {unit: bn CNY, prices: 2023} # as in the cases
members: # each weighs what it has of people, unless `weight` says a number
  east: {name: East, name_zh: 东部, case: east}
  west: {name: West, name_zh: 西部, case: west, scenario: tight-money}
lines: # in the place of the line of the same name in each case
  centre: {name: centre, name_zh: 中央财政, amounts: {2030: 3, 2035: 3}, carry_over: true}
shares: {each_at_most: 0.8, per_head_at_least: 0.25} # of the money of the line in all periods
"""


def fill(folder: Path) -> None:
    """Write it into a folder."""
    (folder / PROGRAMME_FILE).write_text(TEXT, encoding="utf-8", newline="\n")
    for member, degrees in (("east", EASTWARD), ("west", 0.0)):
        place = folder / member
        place.mkdir()
        for name, text in example().items():
            there = _moved(text, degrees) if name == "cities.csv" else text
            (place / name).write_text(there, encoding="utf-8", newline="\n")


def _moved(text: str, degrees: float) -> str:
    """The cities of the example farther east."""
    head, *rows = csv.reader(text.splitlines())
    at = head.index("lon")
    moved = [[*row[:at], f"{float(row[at]) + degrees:g}", *row[at + 1 :]] for row in rows]
    return "".join(",".join(row) + "\n" for row in (head, *moved))
