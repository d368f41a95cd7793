"""What more or less money of each line is worth, period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents.drawings.intervals import intervals
from planner.documents.drawings.theme import AFTER, BEFORE
from planner.plans.totals import columns
from planner.questions.value.said import has_gain, scale_of
from planner.words.said import _, series, told

if TYPE_CHECKING:
    from planner.questions.value.ask import Value

MORE, LESS = _("gained with more"), _("lost with less")


def pictures(result: Value) -> dict[str, Any]:
    """Gains to the right, losses to the left."""
    data = gains(result)
    if not len(data):
        return {}
    axis = told(_("% of what the plan gains") if has_gain(result) else _("% of the first goal"))
    amount = f"{result.amount:.4g} {result.case.money.unit}".rstrip()
    title = told(_("More or less money: {amount}").format(amount=amount))
    return {"value": intervals(data, title, axis, {told(MORE): AFTER, told(LESS): BEFORE})}


def gains(result: Value) -> pd.DataFrame:
    """Bars, losses below nothing: row (line and period), group, least, most, note."""
    label, scale = {period.id: period.label for period in result.case.periods}, scale_of(result)
    names = "line", "period", "gain_at_least", "gain_at_most", "loss_at_least", "loss_at_most", "status_less"
    rows = []
    for line, period, least, most, lost, at_most, status in columns(result.tables["value"], *names):
        row = told(series((naming.line(result.case, line), label[period])))
        if least == least:
            rows.append((row, told(MORE), scale * least, scale * most, ""))
        if status == "infeasible":
            rows.append((row, told(LESS), 0.0, 0.0, told(_("no plan with less"))))
        elif lost == lost:
            rows.append((row, told(LESS), -scale * lost, -scale * at_most, ""))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])
