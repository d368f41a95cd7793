"""What the plan loses without each measure, dearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import PROVEN, intervals, span
from planner.questions import saying
from planner.questions.importance.said import NEEDED, in_shares
from planner.words.said import _, told

if TYPE_CHECKING:
    from planner.questions.importance.ask import Importance

SHOWN = 30  # measures; the table has all of them


def pictures(result: Importance) -> dict[str, Any]:
    """A bar a measure; measures of which no loss is known are left to the table."""
    data = losses(result)
    if not len(data):
        return {}
    colours = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items()}
    axis = _("lost without it, % of what the plan gains") if in_shares(result) else _("lost without it, in the first goal")
    below = told(PROVEN)
    if len(data) > SHOWN:
        below = told(_("{proven}; the dearest {shown}").format(proven=PROVEN, shown=SHOWN))
    title = told(_("What is lost without each measure"))
    return {"importance": intervals(data.head(SHOWN), title, told(axis), colours, below)}


def losses(result: Importance) -> pd.DataFrame:
    """A bar a measure: row, group, least, most, note; where there is no plan without it, as long as the longest."""
    table = result.tables["importance"]
    share = 100.0 if in_shares(result) else 1.0
    names = ("share_at_least", "share_at_most") if in_shares(result) else ("loss_at_least", "loss_at_most")
    least, most = share * table[names[0]], share * table[names[1]]
    longest = max([0.0, *most.dropna(), *least.dropna()]) or 1.0
    rows = []
    for a, kind, status, low, high in zip(table["measure"], table["kind"], table["status"], least, most, strict=True):
        label, group = saying.short(result.case, a), told(KINDS[kind].several)
        if status == "infeasible":
            rows.append((label, group, longest, longest, told(NEEDED)))
        elif low > 0 or high > 0:
            rows.append((label, group, low, high, span(low, high)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"]).drop_duplicates("row")
