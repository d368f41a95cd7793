"""What the plan loses without each measure, dearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.documents.drawings import theme
from planner.documents.drawings.intervals import PROVEN, intervals, span
from planner.documents.drawings.timeline import KINDS, shared
from planner.questions.importance.said import in_shares

if TYPE_CHECKING:
    from planner.questions.importance.ask import Importance

SHOWN = 30  # measures; the table has all of them
NEEDED = "no plan without it"


def pictures(result: Importance) -> dict[str, Any]:
    """A bar a measure; measures of which no loss is known are left to the table."""
    data = losses(result)
    if not len(data):
        return {}
    colours = {KINDS[kind]: colour for kind, colour in theme.KINDS.items()}
    axis = "lost without it, % of what the plan gains" if in_shares(result) else "lost without it, in the first goal"
    more = "" if len(data) <= SHOWN else f"; the dearest {SHOWN}"
    return {"importance": intervals(data.head(SHOWN), "What is lost without each measure", axis, colours, PROVEN + more)}


def losses(result: Importance) -> pd.DataFrame:
    """A bar a measure: row, group, least, most, note; where there is no plan without it, as long as the longest."""
    table = result.tables["importance"]
    share = 100.0 if in_shares(result) else 1.0
    names = ("share_at_least", "share_at_most") if in_shares(result) else ("loss_at_least", "loss_at_most")
    least, most = share * table[names[0]], share * table[names[1]]
    longest = max([0.0, *most.dropna(), *least.dropna()]) or 1.0
    rows = []
    for name, kind, status, low, high in zip(table["name"], table["kind"], table["status"], least, most, strict=True):
        label = shared(name.split(" + "))
        if status == "infeasible":
            rows.append((label, KINDS[kind], longest, longest, NEEDED))
        elif low > 0 or high > 0:
            rows.append((label, KINDS[kind], low, high, span(low, high)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"]).drop_duplicates("row")
