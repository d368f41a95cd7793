"""Money by budget line and period: what is paid, and by whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.case import naming
from planner.documents.drawings import theme
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, columns
from planner.words.said import _, told

PRIVATE = _("private investors")


def payments(plan: Plan) -> pd.DataFrame:
    """What each line pays in each period, capital and running cost, and what investors pay beside them.

    Returns
    -------
    Columns payer (name of a line, or private investors), period (label), use (capital, running, or use across borders),
    amount (the case's money).
    """
    labels = {p.id: p.label for p in plan.case.periods}
    rows = []
    for line, period, capital, running, fees in columns(
        plan.tables["money"], "line", "period", "capital", "running", "fees"
    ):
        name = told(naming.line(plan.case, line))
        paid_for = [*zip(PAID, (capital, running), strict=True), *([(OF_USE, fees)] if fees else [])]
        rows += [(name, labels[period], told(use), paid) for use, paid in paid_for]
    private: dict[str, float] = {}
    for period, own, attracted in columns(plan.tables["private"], "period", "own", "attracted"):
        private[period] = private.get(period, 0.0) + own + attracted
    periods = [t for t in plan.case.period_ids if private.get(t, 0.0) > NOTHING]
    rows += [(told(PRIVATE), labels[t], told(PAID[0]), private[t]) for t in periods]
    return pd.DataFrame(rows, columns=["payer", "period", "use", "amount"])


def uses(plan: Plan) -> pd.DataFrame:
    """Where the money of each line and period goes; uses of nothing left out.

    Returns
    -------
    Columns line (name), period (label), use, amount (the case's money).
    """
    labels = {p.id: p.label for p in plan.case.periods}
    rows = [
        (told(naming.line(plan.case, line)), labels[period], use, amount)
        for line, period, *amounts in columns(plan.tables["money"], "line", "period", *USES)
        for use, amount in zip(_uses(), amounts, strict=True)
        if abs(amount) > NOTHING
    ]
    return pd.DataFrame(rows, columns=["line", "period", "use", "amount"])


PAID = (_("capital", "paid"), _("running", "paid"))
OF_USE = _("use", "paid")
USES = {
    "capital": _("paid: capital"), "running": _("paid: running"), "fees": _("paid: use"), "sent": _("sent to lines"),
    "repaid": _("repaid with interest"), "carried_out": _("carried on"), "unspent": _("unspent"),
}  # fmt: skip
USE_COLOURS = (theme.BLUE, theme.SKY, theme.GREEN, theme.PURPLE, theme.VERMILION, theme.YELLOW, theme.PALE)


def _uses() -> list[str]:
    return [told(use) for use in USES.values()]


def money_by_period(plan: Plan, width: int = 300) -> Any:
    """What is paid in each period, stacked by who pays."""
    import altair as alt

    data = payments(plan).groupby(["payer", "period"], sort=False)["amount"].sum().reset_index()
    colours = {told(naming.line(plan.case, line)): colour for line, colour in theme.line_colours(plan.case).items()}
    colours |= {told(PRIVATE): theme.GREY}
    payers = [payer for payer in colours if payer in set(data["payer"])]
    data["place"] = [payers.index(payer) for payer in data["payer"]]
    scale = alt.Scale(domain=payers, range=[colours[payer] for payer in payers])
    paid = _("paid, {unit} (prices of {year})").format(unit=plan.case.money.unit, year=plan.case.money.prices)
    drawn = (
        alt.Chart(data)
        .mark_bar(size=min(70, width / max(1, 2 * len(plan.case.periods))))
        .encode(
            x=alt.X("period:N", sort=[p.label for p in plan.case.periods], title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=told(paid)),
            color=alt.Color("payer:N", title=told(_("paid by")), scale=scale),
            order="place:Q",
            tooltip=theme.tips("payer", "period", amount=",.2f"),
        )
        .properties(width=width, height=240)
    )
    return theme.themed(drawn)


def money_by_line(plan: Plan, width: int = 130) -> Any:
    """Where the money of each line goes in each period: paid, sent, repaid, carried on or left."""
    import altair as alt

    data = uses(plan)
    names = [name for name in _uses() if name in set(data["use"])]
    colours = dict(zip(_uses(), USE_COLOURS, strict=True))
    data["place"] = [names.index(use) for use in data["use"]]
    drawn = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("period:N", sort=[p.label for p in plan.case.periods], title=None, axis=alt.Axis(labelAngle=-40)),
            y=alt.Y("amount:Q", title=told(plan.case.money.unit)),
            color=alt.Color("use:N", title=None, scale=alt.Scale(domain=names, range=[colours[name] for name in names])),
            order="place:Q",
            tooltip=theme.tips("line", "period", "use", amount=",.2f"),
        )
        .properties(width=width, height=170)
        .facet(
            facet=alt.Facet("line:N", title=None, sort=[told(naming.name_of(line)) for line in plan.case.lines.values()]),
            columns=4,
        )
    )
    return theme.themed(drawn)
