"""A case whose first decision is one of four measures, each the best by another criterion; worked out in `test_robust`."""

from __future__ import annotations

from pathlib import Path

from planner.case import Case, load_case
from tests.solving.folders import case

YAML = """\
    periods: [2026-2030, 2031-2035]
    modes: {road: {boarding_minutes: 0}}
    lines: {fund: {holder: North}}
    goals: [{minimise: benefit}, {minimise: spending}]
    rules:
      - {id: some-steady, of: count, where: {id: steady}, at_least: 0}
    scenarios:
      usual: {description: The even one does well, edits: [{table: measures, where: {id: even}, column: benefit, set: 15}]}
      crash:
        description: The bold one fails
        edits:
          - {table: measures, where: {id: bold}, column: benefit, set: 0}
          - {table: measures, where: {id: near}, column: benefit, set: 4}
          - {table: measures, where: {id: even}, column: benefit, set: 15}
      steady-only: {description: The steady one must come, edits: [{key: rules.some-steady.at_least, set: 1}]}
      no-bold:
        description: The bold one is ruled out
        edits: [{table: measures, where: {id: bold}, column: status, set: ruled_out}]
      bold-decided:
        description: The bold one is decided
        edits: [{table: measures, where: {id: bold}, column: status, set: decided}]
      all-gaps: {description: Another goal, edits: [{key: goals.0.minimise, set: spending}]}
      together: {description: Nobody may lose, edits: [{key: nobody_worse_off, set: true}]}
    """
CITIES = """\
    id jurisdiction tier lat lon population
    A North core 30 110 100000
    B South small 31 111 100000
    """
MEASURES = """\
    id kind city capital_cost benefit earliest latest
    bold hub A 10 20 2030 2030
    steady hub A 10 7 2030 2030
    near hub A 10 9 2030 2030
    even hub A 10 6 2030 2030
    later hub A 10 1 2035 2035
    """
BUDGETS = "line period amount\nfund 2030 10\nfund 2035 10"
FUTURES = ("base", "usual", "crash")


def write(folder: Path) -> Path:
    """The case as files."""
    case(folder, YAML, cities=CITIES, measures=MEASURES, budgets=BUDGETS)
    return folder


def under(folder: Path, *scenarios: str) -> list[Case]:
    """The case under some of its scenarios."""
    return [load_case(folder, name) for name in scenarios]
