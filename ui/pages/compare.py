"""Compare: plans side by side; which is better, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from planner.comparing import Comparison, PlanChanged, Way, compare
from planner.documents.blocks import Sections, Table
from planner.documents.compared import choices, clusters, document, tables
from planner.documents.compared import places as of_places
from planner.documents.drawings import maps
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Sentence, _, count, series
from planner.workspace.plans import PlanPlace
from ui import blocks, choosing, plans
from ui.frame import plain, say
from ui.pages import standing
from ui.pages.plan_city import TALL

KEPT = 6  # comparisons in memory
NOTHING = _("There is nothing to set side by side here.")


def page() -> None:
    """Draw the page."""
    st.title(say(_("Compare plans")), anchor=False)
    chosen = choose()
    if len(chosen) < 2:
        return
    try:
        found = compared(chosen)
    except PlanChanged as changed:
        st.error(
            say(
                _("{plan} was changed by hand since its audit, and its figures make no sense any more. Leave it out."),
                plan=plain(changed.plan),
            )
        )
        return
    if found is None:
        return
    _opening(found)
    if show := choosing.room(ROOMS):
        show(found, chosen)


def choose() -> list[PlanPlace]:
    """The plans that the link names, or that are chosen from the list; the link follows the choice."""
    by_name = {entry.name: entry for entry in plans.entries()}
    if len(by_name) < 2:
        choosing.say_missing("plans")
        st.info(
            say(
                _(
                    "Two plans are needed to compare, and there are not as many yet. Solve a case and one of its "
                    "scenarios on the page Solve."
                )
            )
        )
        return []
    names = choosing.several(
        st.multiselect,
        "plans",
        say(_("Plans to set side by side; differences are from the first to the others")),
        list(by_name),
        format_func=lambda name: plans.label(by_name[name]),
    )
    if len(names) < 2:
        st.info(say(_("Choose two plans or more.")))
    return [by_name[name] for name in names]


def compared(chosen: list[PlanPlace]) -> Comparison | None:
    """The plans side by side; None if one cannot be read, which is said."""
    read: list[Plan] = []
    for entry in chosen:
        try:
            read.append(plans.opened(entry))
        except PlanUnreadable as problem:
            st.error(say(_("{plan} cannot be read: {why}"), plan=plain(entry.name), why=plans.why_unread(entry, problem)))
            return None
    return _compared(tuple((plans.label(entry), plans.version(entry)) for entry in chosen), read)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _compared(names: tuple[tuple[str, str], ...], _read: list[Plan]) -> Comparison:
    return compare(_read, [name for name, _ in names])


def _opening(found: Comparison) -> None:
    """Which is better and why, what the plans are, and what to keep in mind."""
    st.header(say(_("Which is better")), anchor=False)
    blocks.show((document.how_they_stand(found),))
    notes = [plain(say(note)) for note in found.notes]
    if notes:  # of cases that have little in common they are many: a list, rather than a page of boxes
        st.warning(notes[0] if len(notes) == 1 else "\n".join(f"- {note}" for note in notes))
    blocks.grid(document.overview(found))


# --- rooms


def figures(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Goals and headline figures; of different clusters what means the same in them."""
    if found.is_apart and all(plan.has_decisions for plan in found.plans):
        for name, sections in clusters.sections(found):
            st.header(say(name), anchor=False)
            blocks.show(sections)
        return
    _grids((document.goal_table(found), *_tables(document.headline(found))))


def _tables(sections: Sections) -> list[Table]:
    return [block for section in sections for block in section if isinstance(block, Table)]


def _grids(found: tuple[Table | None, ...]) -> None:
    """Tables one below the other, or that there is none."""
    shown = [table for table in found if table is not None and table.rows]
    for table in shown:
        blocks.grid(table)
    if not shown:
        st.info(say(NOTHING))


def inputs(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Inputs that differ, summed up where they are many; then cell by cell."""
    table = tables.whole(found, "inputs")
    if found.is_apart:
        st.info(say(_("The plans are of different clusters: all their inputs are their own.")))
        return
    if not table.rows:
        st.info(say(_("All plans are of the same inputs.")))
        return
    st.caption(
        say(
            _("{inputs}, as the cases were solved: scenario applied, defaults filled in."),
            inputs=count(len(table.rows), "input differs", "inputs differ"),
        )
    )
    if choices.is_summed_up(found):
        blocks.show(choices.asked(found))
        with st.expander(say(_("Cell by cell"))):
            blocks.grid(table)
    else:
        blocks.grid(table)


def decisions(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Measures by the way in which they differ."""
    ways = {_key(way): way for way in found.ways()}
    if not ways:
        st.info(say(NOTHING))
        return
    measures = found.ways()
    kind = st.selectbox(
        say(_("How they differ")),
        list(ways),
        key="compare-kind",
        persist_state="session",
        format_func=lambda kind: say(
            _("{kind} ({count})"), kind=say(choices.title(ways[kind])), count=len(measures[ways[kind]])
        ),
    )
    blocks.show((choices.group(found, ways[kind], measures[ways[kind]], most=None),))


def _key(way: Way) -> str:
    return way.kind or f"only {', '.join(way.plans)}"


def places(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Gaps by city, then an indicator by city."""
    period = _period(found)
    indicators = of_places.indicators_of(found)
    if period is None or not indicators:
        st.info(say(of_places.NO_PERIOD if period is None else NOTHING))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        chart = of_places.city_gaps(found) if period == found.period else None
        if chart is not None:
            spec = blocks.specification(chart)
            spec["config"]["legend"]["orient"] = "top"
            blocks.drawing(spec)
    with right:
        blocks.grid(of_places.mean_gaps(found, period))
    indicator = st.selectbox(
        say(_("Indicator")),
        indicators,
        key="compare-indicator",
        persist_state="session",
        format_func=lambda indicator: say(of_places.indicator_name(found, indicator)),
    )
    blocks.grid(of_places.level_table(found, period, of_places.places_of(found, indicator, period)))


def _period(found: Comparison) -> str | None:
    """One of the periods that all plans have; at first the last."""
    labels = of_places.shared_periods(found)
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
        list(document.OF_MONEY),
        default="spent",
        required=True,
        format_func=lambda kind: say(document.OF_MONEY[kind]),
        key="compare-money",
        label_visibility="collapsed",
        persist_state="session",
    )
    _grids((document.money_table(found, kind),))


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
    each = [maps.largest(found.plans[k], period) for k in shown]
    tops = (max(gap for gap, _ in each), max(money for _, money in each))
    for n, (side, k) in enumerate(zip(sides, shown, strict=True)):
        with side:
            spec = plans.drawing(chosen[k], "clicks", world="gap_with", period=period, tops=tops)
            st.vega_lite_chart(
                spec,
                theme=None,
                width="stretch",
                height=TALL,
                key=f"compare-map-{n}",
                alt=say(_("Map of the cities, shaded by gap")),
            )
    st.caption(
        plain(say(series([_("Both maps have the same scale of shades."), maps.shades_of(found.plans[0], period)], " ")))
    )


def standings(found: Comparison, chosen: list[PlanPlace]) -> None:
    """Where the clusters stand."""
    standing.show(found.names, found.plans, [plans.version(entry) for entry in chosen])


def files(found: Comparison, chosen: list[PlanPlace]) -> None:
    """The comparison as files to take along."""
    book = lambda: plans.made(lambda file: tables.write_excel(found, file))  # noqa: E731
    plans.offer(_("Excel workbook"), "compare.xlsx", plans.EXCEL, book)
    page = lambda: document.page(found).encode()  # noqa: E731
    plans.offer(_("One web page that needs nothing else"), "compare.html", "text/html", page)
    archive = lambda: plans.zipped(lambda to: tables.write_tables(found, to))  # noqa: E731
    plans.offer(_("All tables (CSV, zipped)"), "compare.zip", "application/zip", archive)


ROOMS: Mapping[str, tuple[Sentence, Callable[[Comparison, list[PlanPlace]], None]]] = {
    "figures": (_("Figures"), figures),
    "inputs": (_("Inputs"), inputs),
    "decisions": (_("Decisions"), decisions),
    "places": (_("Gaps"), places),
    "money": (_("Money"), money),
    "maps": (_("Maps"), side_by_side),
    "standing": (_("Scorecard"), standings),
    "files": (_("Downloads"), files),
}
