"""Plan: choose a plan, see what it reaches, costs and proves, and look at it from all sides."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from planner.case import naming
from planner.documents import built, goals, parks, reality, text, vocabulary
from planner.documents import money as accounts
from planner.documents.blocks import Heading, bullets, titled
from planner.documents.bought import bought
from planner.documents.briefing import book
from planner.documents.briefing import page as report
from planner.documents.briefing.page import TIMELINE_NOTE
from planner.documents.briefing.sheet_pdf import FONT_MISSING, sheet_pdf
from planner.documents.drawings import offered, rendering
from planner.documents.tables import whole, write_tables
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, csv_text
from planner.plans.tables import TABLES
from planner.promises import broken_in_words
from planner.words.said import Sentence, _, capital
from planner.workspace.plans import PlanPlace
from ui import blocks, choosing, plans
from ui.choosing import go
from ui.frame import language, plain, say, scenario_of
from ui.pages import standing
from ui.pages.plan_city import choose_period, map_room, overview_map
from ui.pages.plan_whatif import whatif_room

CARD = 220  # pixels of a headline figure
TALL = 520  # pixels of a table that has many rows


def page() -> None:
    """Draw the page."""
    st.title(say(_("Plan")), anchor=False)
    entry = choose()
    if entry is None:
        return
    try:
        found = plans.opened(entry)
    except PlanUnreadable as problem:
        st.error(say(_("This plan cannot be read: {why}"), why=plans.why_unread(entry, problem)))
        return
    try:
        _show(entry, found)
    except (KeyError, IndexError, ValueError, ZeroDivisionError):
        if not found.may_be_edited:
            raise
        st.error(
            say(
                _(
                    "The files of this plan were changed by hand, and its figures make no sense any more. Solve the "
                    "case again."
                )
            )
        )


def choose() -> PlanPlace | None:
    """The plan that the link names, or that is chosen from the list; the link follows the choice."""
    by_name = {entry.name: entry for entry in plans.entries()}
    if not by_name:
        choosing.say_missing("plan")
        st.info(say(_("There is no plan yet. Solve a case on the page Solve; its plan then stands here.")))
        return None
    name = choosing.one(
        st.selectbox,
        "plan",
        say(_("Plan", "plan.choose")),
        list(by_name),
        otherwise=False,
        format_func=lambda name: plans.label(by_name[name]),
    )
    return None if name is None else by_name[name]


def _show(entry: PlanPlace, found: Plan) -> None:
    case = found.case
    scenario = scenario_of(case)
    about = say(_("Case {case}, scenario {scenario}"), case=plain(case.name), scenario=plain(scenario))
    st.caption(f"{plain(say(naming.title(case)))} · {about}")
    _status(found)
    if not found.has_decisions:
        return
    _lead_to_the_room()
    if show := choosing.room(ROOMS):
        show(entry, found)


def _status(found: Plan) -> None:
    """In words: whether there is a plan, what is proven, and whether its figures can be relied on."""
    if unfound := goals.nothing_found(found):
        st.warning(plain(say(unfound)))
    show = {"optimal": st.success, "evaluated": st.info, "infeasible": st.error, "no_plan": st.error}.get(
        found.status, st.warning
    )
    show(plain(say(capital(goals.status_words(found)))))
    if found.status == "infeasible":
        for said in goals.infeasible_words(found):
            st.markdown(plain(say(said)))
    if found.status == "no_plan":
        st.markdown(plain(say(capital(text.MORE_TIME))))
    if found.audit == "failed" or found.may_be_edited:
        st.error(plain(say(audited(found))))
    for promise in broken_in_words(found.case, found.broken):
        st.warning(plain(say(_("Promise broken: {promise}").format(promise=promise))))


def audited(found: Plan) -> Sentence:
    """What the audit vouches for."""
    return _("Audit {audit}.").format(audit=goals.audit_words(found))


def _headline(said: plans.Brief) -> None:
    with st.container(horizontal=True, gap="small", key="headline"):
        for figure in said.figures:
            st.metric(
                plain(say(figure.label)),
                plain(say(figure.value)),
                plain(say(figure.beside)),
                delta_color="off",
                delta_arrow="off",
                help=plain(say(figure.help)) or None,
                width=CARD,
                border=True,
            )
    if said.emissions is not None:
        st.caption(plain(say(said.emissions)))


def _proof(found: Plan) -> None:
    """The goals with what is proven of each, who is worse off, and what the audit says."""
    with st.expander(say(_("Goals in their order, and what is proven"))):
        blocks.grid(goals.goal_table(found))
        if found.audit in ("passed", "not run"):
            st.caption(plain(say(audited(found))))
        if found.worse_off:
            st.markdown(f"{say(_('Worse off with the plan'))}:")
            for who in found.worse_off:
                st.text(say(who))


# --- rooms


def overview(entry: PlanPlace, found: Plan) -> None:
    """What somebody reads who reads no more: figures, five sentences beside a map, first steps, gains, who pays."""
    said, known = plans.brief(entry, found), plans.answers(entry, found)
    _headline(said)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        overview_map(entry, found)
    with right:
        blocks.show((said.sentences,))
        if known.risk is None:
            _asks(entry, _("Ask how sure the plan is"), "risk")
    blocks.show((said.sheet.steps,))
    left, right = st.columns(2, gap="medium")
    with left:
        last = found.case.periods[-1].label
        st.markdown(f"### {say(_('Largest gains in {period} (without the plan -> with it)'), period=last)}")
        blocks.show((said.gains,))
    with right:
        blocks.show((said.sheet.people,))
    blocks.show((said.sheet.who,))
    left, right = st.columns(2, gap="medium")
    with left:
        blocks.show((said.sheet.worth,))
        if known.importance is None and said.signed:
            _asks(entry, _("Ask what each signature is worth"), "importance")
        blocks.show((said.sheet.left_out,))
        _asks(entry, _("Ask why a measure is in the plan, or not"), "explain")
    with right:
        blocks.show((said.sheet.matters,))
        if said.warnings:
            st.markdown(f"### {say(_('Warnings'))}")
            blocks.show((said.warnings,))
    _proof(found)
    with st.expander(say(_("The whole plan in words")), key="plan-words", on_change="rerun") as shown:
        if shown.open:
            words(found)


def _asks(entry: PlanPlace, said: Sentence, question: str) -> None:
    """A button that leads to a question about the plan."""
    st.button(say(said), on_click=go, args=("explore",), kwargs={"plan": entry.name, "question": question})


def timeline(entry: PlanPlace, found: Plan) -> None:
    """What is built and signed when."""
    blocks.drawing(plans.drawing(entry, "timeline"), "content", alt=say(TIMELINE_NOTE))
    st.caption(say(TIMELINE_NOTE))


def _titled(title: str, entry: PlanPlace, kind: str, width: Literal["stretch", "content"] = "stretch", **asked: str) -> None:
    """A drawing below what it is called."""
    st.markdown(f"**{title}**")
    blocks.drawing(plans.drawing(entry, kind, **asked), width, alt=title)


def gaps(entry: PlanPlace, found: Plan) -> None:
    """Each city, then every indicator of every city."""
    period = choose_period(found)
    label = found.case.period(period).label
    _titled(say(_("Cities: without the plan and with it, {period}"), period=label), entry, "cities", period=period)
    _titled(say(_("Every indicator, {period}"), period=label), entry, "gaps", "content", period=period)


def money(entry: PlanPlace, found: Plan) -> None:
    """Who pays when, and where the money of each line goes."""
    _titled(say(_("Who pays in each period")), entry, "money")
    _titled(say(_("Where the money of each line goes")), entry, "lines", "content")
    st.markdown(f"**{say(_('Every line, period by period'))}**")
    blocks.show(accounts.lines(found))
    if paid_for := bought(found):
        what = _("What each line's money buys")
        st.markdown(f"**{say(what)}**")
        blocks.show(paid_for)
    with st.expander(say(_("Private money, tax, debts and transfers; where money is left and why"))):
        blocks.show((*accounts.funding(found), *accounts.left(found)))


def measures(entry: PlanPlace, found: Plan) -> None:
    """All that is chosen, a table a kind; how real it is, parks and policies."""
    blocks.show(built.built(found))
    for title, sections in (
        (_("How real it is"), reality.reality(found)),
        (_("Parks and their jobs"), parks.parks(found)),
        (_("Policies by level of the pyramid"), built.pyramid(found)),
        (_("Not chosen"), (bullets(filter(None, [built.left_out(found)])),)),
    ):
        blocks.show(titled(title, sections))


def words(found: Plan) -> None:
    """The plan as it is said everywhere else: in the terminal, the report and the workbook."""
    said = text.said(found)
    blocks.show((tuple(block for block in said.opening if not isinstance(block, Heading)), *said.sections))


def tables(entry: PlanPlace, found: Plan) -> None:
    """Each of the plan's tables whole, and as a file."""
    name = choosing.one(
        st.selectbox,
        "table",
        say(_("Table", "tables.choose")),
        list(TABLES),
        format_func=lambda name: say(vocabulary.TABLES[name]),
    )
    assert name is not None  # a plan always has tables
    table = whole(found, name)
    if not table.rows:
        st.info(say(_("This plan has no rows here.")))
        return
    blocks.grid(table, height=TALL if len(table.rows) > 13 else None)
    st.download_button(
        say(_("Download this table (CSV)")),
        csv_text(blocks.frame(table)).encode("utf-8-sig"),
        file_name=f"{entry.name}-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key="table-csv",
    )


def files(entry: PlanPlace, found: Plan) -> None:
    """All downloads of a plan."""
    st.caption(
        say(
            _(
                "Files are made when you click, which takes a few seconds, in the language of the page. What each signature "
                "is worth and how sure the plan is stand in the report once you have asked for it on the page Explore."
            )
        )
    )
    if language() == "zh" and not rendering.has_chinese():
        st.warning(say(FONT_MISSING))
    else:
        plans.offer(
            _("The first sheet, for a minister: one page of A4 (PDF)"),
            f"{entry.name}.pdf",
            "application/pdf",
            lambda: sheet_pdf(found, plans.answers(entry, found)),
        )
    plans.offer(
        _("Excel workbook: all tables, with charts"),
        f"{entry.name}.xlsx",
        plans.EXCEL,
        lambda: plans.made(lambda file: book.write_report(found, file, plans.answers(entry, found))),
    )
    plans.offer(
        _("Report: one web page that needs nothing else"),
        f"{entry.name}.html",
        "text/html",
        lambda: report.report(found, plans.answers(entry, found)).encode(),
    )
    plans.offer(
        _("All tables (CSV, zipped)"),
        f"{entry.name}.zip",
        "application/zip",
        lambda: plans.zipped(lambda to: write_tables(found, to)),
    )
    plans.offer(
        _("The plan itself, with its case (zipped): to look at, audit and compare elsewhere"),
        f"{entry.name}-plan.zip",
        "application/zip",
        lambda: plans.zipped(lambda to: shutil.copytree(entry.folder, to)),
    )
    st.markdown(f"### {say(_('Pictures'))}")
    name = st.selectbox(
        say(_("Drawing")), list(offered.DRAWINGS), format_func=lambda name: say(capital(offered.DRAWINGS[name].title)),
        key="take-drawing", persist_state="session",
    )  # fmt: skip
    draw = offered.DRAWINGS[name].draw
    with st.container(horizontal=True):
        plans.offer(_("As PNG"), f"{entry.name}-{name}.png", "image/png", lambda: rendering.png(draw(found)))
        plans.offer(_("As SVG"), f"{entry.name}-{name}.svg", "image/svg+xml", lambda: rendering.svg(draw(found)).encode())


OF_ROOMS = {"map": ("city", "period", "world", "flow", "kinds", "starts", "payers", "realities"), "tables": ("table",)}


def _lead_to_the_room() -> None:
    """An address that names what one room shows, and no room, means that room."""
    said = choosing.address()
    for room, names in OF_ROOMS.items():
        if not said.naming("room") and any(said.naming(name) for name in names):
            choosing.turn(room=room)
            return


def standing_room(entry: PlanPlace, found: Plan) -> None:
    """Where the cluster stands, beside others."""
    standing.show([entry.name], [found], [plans.version(entry)])


ROOMS: Mapping[str, tuple[Sentence, Callable[[PlanPlace, Plan], None]]] = {
    "overview": (_("Overview"), overview),
    "map": (_("Map"), map_room),
    "timeline": (_("Timeline"), timeline),
    "gaps": (_("Gaps"), gaps),
    "money": (_("Money"), money),
    "measures": (_("Measures"), measures),
    "standing": (_("Scorecard"), standing_room),
    "whatif": (_("What if"), whatif_room),
    "tables": (_("Tables"), tables),
    "files": (_("Take away"), files),
}
