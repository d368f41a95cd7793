"""A plan's tables as people read them: names in place of ids, and the labels of periods; files keep the ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd

from planner.case import Case, naming
from planner.plans.plan import Plan

PERIODS = ("period", "start_period", "arrives")
MEASURES = ("measure", "partner", "policy")
CALLED: Mapping[str, Callable[[Case, str, bool], str]] = {
    "indicator": naming.indicator, "service": naming.service, "line": naming.line, "airshed": naming.airshed,
    "chain": naming.chain, "city": naming.city, "jurisdiction": naming.jurisdiction,
}  # fmt: skip


def named_frame(plan: Plan, table: str, chinese: bool = False) -> pd.DataFrame:
    """A copy of one of the plan's tables with names and labels in its cells.

    Measures are named where they are not named in a column of their own.
    """
    case, frame = plan.case, plan.table(table)
    periods = {p.id: p.label for p in case.periods}
    has_names = "name" in frame
    if has_names:
        frame["name"] = [naming.name_of(case.measures[a], chinese) for a in frame["measure"]]
    for column in frame.columns:
        if column in PERIODS:
            frame[column] = [periods.get(cell, cell) for cell in frame[column]]
        elif column in MEASURES and not has_names:
            frame[column] = [naming.name_of(case.measures[a], chinese) for a in frame[column]]
        elif column in ("from", "to"):
            of = naming.line if table == "transfers" else naming.city
            frame[column] = [of(case, cell, chinese) for cell in frame[column]]
        elif column in CALLED:
            frame[column] = [_several(case, CALLED[column], cell, chinese) for cell in frame[column]]
        elif column == "via":
            frame[column] = [_way(case, cell, chinese) for cell in frame[column]]
    return frame


def _several(case: Case, called: Callable[[Case, str, bool], str], cell: str, chinese: bool) -> str:
    """The names of what a cell holds, with ';' between."""
    return "; ".join(called(case, id_, chinese) for id_ in cell.split(";") if id_)


def _way(case: Case, via: str, chinese: bool) -> str:
    """A way, city (mode) city, with the names of both."""
    if not case.modes:
        return via
    cities = {city.name: naming.name_of(city, chinese) for city in case.cities.values()}
    parts = re.split(rf" \(({'|'.join(map(re.escape, case.modes))})\) ", via)
    said = [f"({naming.mode(case, part, chinese)})" if n % 2 else cities.get(part, part) for n, part in enumerate(parts)]
    return " ".join(said)
