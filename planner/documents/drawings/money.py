"""Money by budget line and period: what is paid, and by whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import naming
from planner.documents.drawings import theme
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, columns

PRIVATE = "private investors"


def payments(plan: Plan, chinese: bool = False) -> pd.DataFrame:
    """What each line pays in each period, capital and running cost, and what investors pay beside them.

    Returns
    -------
    Columns payer (name of a line, or private investors), period (label), use (capital or running), amount (the case's
    money).
    """
    labels = {p.id: p.label for p in plan.case.periods}
    rows = []
    for line, period, capital, running in columns(plan.tables["money"], "line", "period", "capital", "running"):
        name = naming.line(plan.case, line, chinese)
        rows += [(name, labels[period], "capital", capital), (name, labels[period], "running", running)]
    private: dict[str, float] = {}
    for period, own, attracted in columns(plan.tables["private"], "period", "own", "attracted"):
        private[period] = private.get(period, 0.0) + own + attracted
    rows += [(PRIVATE, labels[t], "capital", private[t]) for t in plan.case.period_ids if private.get(t, 0.0) > NOTHING]
    return pd.DataFrame(rows, columns=["payer", "period", "use", "amount"])


def uses(plan: Plan, chinese: bool = False) -> pd.DataFrame:
    """Where the money of each line and period goes; uses of nothing left out.

    Returns
    -------
    Columns line (name), period (label), use, amount (the case's money).
    """
    labels = {p.id: p.label for p in plan.case.periods}
    rows = [
        (naming.line(plan.case, line, chinese), labels[period], use, amount)
        for line, period, *amounts in columns(plan.tables["money"], "line", "period", *USES)
        for use, amount in zip(USES.values(), amounts, strict=True)
        if abs(amount) > NOTHING
    ]
    return pd.DataFrame(rows, columns=["line", "period", "use", "amount"])


USES = {
    "capital": "paid: capital", "running": "paid: running", "sent": "sent to lines", "repaid": "repaid",
    "carried_out": "carried on", "unspent": "unspent",
}  # fmt: skip
USE_COLOURS = (theme.BLUE, theme.SKY, theme.PURPLE, theme.VERMILION, theme.YELLOW, theme.PALE)


def money_by_period(plan: Plan, width: int = 300, chinese: bool = False) -> Any:
    """What is paid in each period, stacked by who pays."""
    import altair as alt

    data = payments(plan, chinese).groupby(["payer", "period"], sort=False)["amount"].sum().reset_index()
    colours = {naming.line(plan.case, line, chinese): colour for line, colour in theme.line_colours(plan.case).items()}
    colours |= {PRIVATE: theme.GREY}
    payers = [payer for payer in colours if payer in set(data["payer"])]
    data["place"] = [payers.index(payer) for payer in data["payer"]]
    drawn = (
        alt.Chart(data)
        .mark_bar(size=min(70, width / max(1, 2 * len(plan.case.periods))))
        .encode(
            x=alt.X("period:N", sort=[p.label for p in plan.case.periods], title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=f"paid, {plan.case.money.unit} (prices of {plan.case.money.prices})"),
            color=alt.Color(
                "payer:N", title="paid by", scale=alt.Scale(domain=payers, range=[colours[payer] for payer in payers])
            ),
            order="place:Q",
            tooltip=["payer:N", "period:N", alt.Tooltip("amount:Q", format=",.2f")],
        )
        .properties(width=width, height=240)
    )
    return theme.themed(drawn)


def money_by_line(plan: Plan, width: int = 130, chinese: bool = False) -> Any:
    """Where the money of each line goes in each period: paid, sent, repaid, carried on or left."""
    import altair as alt

    data = uses(plan, chinese)
    names = [name for name in USES.values() if name in set(data["use"])]
    colours = dict(zip(USES.values(), USE_COLOURS, strict=True))
    data["place"] = [names.index(use) for use in data["use"]]
    drawn = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("period:N", sort=[p.label for p in plan.case.periods], title=None, axis=alt.Axis(labelAngle=-40)),
            y=alt.Y("amount:Q", title=f"{plan.case.money.unit}"),
            color=alt.Color("use:N", title=None, scale=alt.Scale(domain=names, range=[colours[name] for name in names])),
            order="place:Q",
            tooltip=["line:N", "period:N", "use:N", alt.Tooltip("amount:Q", format=",.2f")],
        )
        .properties(width=width, height=170)
        .facet(
            facet=alt.Facet("line:N", title=None, sort=[naming.name_of(line, chinese) for line in plan.case.lines.values()]),
            columns=4,
        )
    )
    return theme.themed(drawn)
