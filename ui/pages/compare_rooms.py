"""Plans side by side, from all sides."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.comparing import Comparison
from planner.comparing.choices import SAME
from planner.documents.compared import page as as_page
from planner.documents.compared import places as compared_places
from planner.documents.compared import tables
from planner.documents.compared.sections import SHOWN as MONEY
from planner.documents.drawings.maps import largest
from planner.words.said import Sentence, _, count, series
from planner.workspace.plans import PlanPlace
from ui import charts, choosing, comparisons, plans
from ui.frame import say
from ui.pages.plan_city import SHADES, TALL, show
from ui.pages.plan_files import EXCEL, made, offer, zipped
from ui.pages.plan_rooms import draw

FIGURES = 90  # pixels of a column
NOTHING = _("There is nothing to set side by side here.")
OF_MONEY: Mapping[str, Sentence] = {"given": _("given"), "spent": _("spent"), "unspent": _("unspent")}


def figures(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Goals and headline figures."""
    goals = comparisons.goals(found)
    if goals is not None:
        show(goals, right=list(goals.columns[2:]))
    table = comparisons.headline(found)
    if len(table):
        show(table, right=list(table.columns[2:]))
    else:
        st.info(say(NOTHING))


def inputs(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Inputs that differ, cell by cell."""
    table = comparisons.inputs(found)
    if not len(table):
        st.info(say(_("All plans are of the same inputs.")))
        return
    st.caption(
        say(
            _("{inputs}, as the cases were solved: scenario applied, defaults filled in."),
            inputs=count(len(table), "input differs", "inputs differ"),
        )
    )
    show(table)


def decisions(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Measures by the way in which they differ."""
    counted = comparisons.differences(found)
    if not counted:
        st.info(say(NOTHING))
        return
    kind = st.selectbox(
        say(_("How they differ")),
        list(counted),
        key="compare-kind",
        persist_state="session",
        format_func=lambda kind: say(_("{kind} ({count})"), kind=comparisons.difference(kind), count=counted[kind]),
    )
    table = comparisons.decisions(found, kind)
    show(table, right=[table.columns[-1]])
    if kind != SAME:
        st.caption(
            say(
                _(
                    "Cells say in which period works start, and how many units where it is not one. Dearest first; "
                    "the capital is that of the plan that spends most on it."
                )
            )
        )


def places(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Gaps by city, then an indicator by city."""
    period = _period(found)
    if period is None or not comparisons.indicators_of(found):
        st.info(say(_("The plans have no period in common.") if period is None else NOTHING))
        return
    label = _labels(found)[period]
    st.markdown(f"**{say(_('Mean gap of each city, %, {period}'), period=label)}**")
    left, right = st.columns(2, gap="medium")
    with left:
        chart = compared_places.city_gaps(found) if period == found.period else None
        if chart is not None:
            spec = charts.specification(chart.properties(title=""))
            spec["config"]["legend"]["orient"] = "top"
            draw(spec)
    with right:
        table = comparisons.city_gaps(found, period)
        show(table, right=list(table.columns[1:]), widths=dict.fromkeys(table.columns, FIGURES))
    indicator = st.selectbox(
        say(_("Indicator")),
        comparisons.indicators_of(found),
        key="compare-indicator",
        persist_state="session",
        format_func=lambda indicator: comparisons.indicator_name(found, indicator),
    )
    table = comparisons.levels(found, indicator, period)
    show(table, right=list(table.columns[1:-1]))


def _labels(found: Comparison) -> dict[str, str]:
    """Periods that all plans have: id -> label."""
    first, *others = (plan.case for plan in found.plans)
    return {p.id: p.label for p in first.periods if all(p.id in case.period_ids for case in others)}


def _period(found: Comparison) -> str | None:
    """One of the periods that all plans have; at first the last."""
    labels = _labels(found)
    if len(labels) < 2:
        return next(iter(labels), None)
    return choosing.one(
        st.segmented_control,
        "period",
        say(_("Period")),
        list(labels),
        list(labels)[-1],
        format_func=labels.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def money(found: Comparison, chosen: list[PlanPlace]) -> None:
    """What each line is given, spends or keeps."""
    if found.tables["money"].empty:
        st.info(say(NOTHING))
        return
    kind = st.segmented_control(
        say(_("What of the money")),
        list(MONEY),
        default="spent",
        required=True,
        format_func=lambda kind: say(OF_MONEY[kind]),
        key="compare-money",
        label_visibility="collapsed",
        persist_state="session",
    )
    table = comparisons.money(found, kind)
    show(table, right=list(table.columns[1:]))


def side_by_side(found: Comparison, chosen: list[PlanPlace]) -> None:
    """The maps of two plans, in the same scale of shades."""
    having = [n for n, plan in enumerate(found.plans) if plan.has_decisions]
    period = _period(found)
    if len(having) < 2 or period is None:
        st.info(say(NOTHING))
        return
    sides = st.columns(2, gap="medium")
    shown = []
    for n, (side, which) in enumerate(zip(sides, (_("Left"), _("Right")), strict=True)):
        shown.append(
            side.selectbox(
                say(which),
                having,
                index=n,
                format_func=lambda k: found.names[k],
                key=f"compare-{n}-{'|'.join(found.names)}",
                persist_state="session",
            )
        )
    each = [largest(found.plans[k], period) for k in shown]
    tops = (max(gap for gap, _ in each), max(money for _, money in each))
    for n, (side, k) in enumerate(zip(sides, shown, strict=True)):
        with side:
            spec = plans.drawing(chosen[k], "map", world="gap_with", period=period, tops=tops)
            st.vega_lite_chart(
                spec,
                theme=None,
                width="stretch",
                height=TALL,
                key=f"compare-map-{n}",
                alt=say(_("Map of the cities, shaded by gap")),
            )
    st.caption(say(series([_("Both maps have the same scale of shades."), SHADES], " ")))


def files(found: Comparison, chosen: list[PlanPlace]) -> None:
    """The comparison as files to take along."""
    offer(_("Excel workbook"), "compare.xlsx", EXCEL, lambda: made(lambda file: tables.write_excel(found, file)))
    offer(_("One web page that needs nothing else"), "compare.html", "text/html", lambda: as_page.page(found).encode())
    offer(
        _("All tables (CSV, zipped)"),
        "compare.zip",
        "application/zip",
        lambda: zipped(lambda to: tables.write_tables(found, to)),
    )
