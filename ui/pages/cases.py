"""Cases: open one, edit every table, see each mistake while typing, and save it; or bring one as an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from planner.case import Case, CaseInvalid, load_case, write_workbook
from planner.case.workbook_file import LARGEST_FILE
from planner.reporting.drawings import case_map
from planner.starting import example
from planner.workspace import cases
from planner.workspace.cases import Changed, Checked, OpenCase, Taken
from planner.workspace.places import BadName
from ui import charts, editing
from ui.draft import Draft
from ui.frame import go, here, plain
from ui.messages import language, say
from ui.messages_charts import CHARTS
from ui.pages import case_tables

DRAFT = "draft"  # of the session: the case that is being edited
MAP = 640  # pixels, in both directions
TOLD = "cases-told"  # what to say once the page is drawn anew


def page() -> None:
    """Draw the page."""
    st.header(say("cases.title"))
    if told := st.session_state.pop(TOLD, None):
        st.success(told)
    _choose()
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is None:
        st.info(say("cases.empty"))
        return
    case_tables.edit(draft)
    checked = checked_texts(draft)
    _say(draft, checked)
    _keep(draft, checked)
    if checked.case is not None:
        _map(draft, checked.case)


# --- which case


def _choose() -> None:
    entries = cases.list_cases(here())
    names = [entry.name if entry.own else say("solve.shipped", name=entry.name) for entry in entries]
    draft: Draft | None = st.session_state.get(DRAFT)
    wanted = st.query_params.get("case") if draft is None else draft.opened.name
    own = None if draft is None else draft.opened.own
    at = next((k for k, e in enumerate(entries) if e.name == wanted and own in (None, e.own)), None)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    chosen = left.selectbox(
        say("cases.choose"), range(len(entries)), at if at is not None else 0 if entries and draft is None else at,
        format_func=names.__getitem__, key=f"choose-{len(entries)}-{at}",
    )  # fmt: skip
    with right.popover(say("cases.new"), width="stretch"):
        _bring()
    if chosen is not None and (draft is None or chosen != at):
        _open(cases.open_case(entries[chosen]))


def _open(opened: OpenCase) -> None:
    st.session_state[DRAFT] = Draft.of(opened)
    st.query_params["case"] = opened.name


def _bring() -> None:
    """A case from a workbook, or the small example."""
    if st.button(say("cases.from_example"), width="stretch"):
        _take("example", example())
    uploaded = st.file_uploader(say("cases.upload"), type=["xlsx"], help=say("cases.upload_help"))
    if uploaded is not None and st.button(say("cases.read"), width="stretch"):
        if uploaded.size > LARGEST_FILE:
            st.error(say("cases.too_large", most=LARGEST_FILE // 1_000_000))
            return
        try:
            texts = _texts_of(uploaded.getvalue())
        except CaseInvalid as invalid:
            st.error(say("cases.unreadable", file=_safe(uploaded.name)))
            st.code("\n".join(str(problem) for problem in invalid.problems[:50]), language=None)
            return
        _take(_safe(Path(uploaded.name).stem), texts)


def _safe(name: str) -> str:
    """A file's name as a case may be called."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in name).strip()[:40]
    return kept or "case"


def _texts_of(content: bytes) -> Mapping[str, str]:
    """The files of the case that a workbook holds."""
    with TemporaryDirectory() as place:
        file = Path(place) / "workbook.xlsx"
        file.write_bytes(content)
        texts: Mapping[str, str] = load_case(file).source.texts
        return texts


def _take(name: str, texts: Mapping[str, str]) -> None:
    """Save a case that was brought, under the first name that is free."""
    for n in range(1, 1000):
        try:
            _open(cases.save_case(here(), name if n == 1 else f"{name} {n}", dict(texts), None))
            break
        except Taken:
            continue
    st.rerun()


# --- what is to be said of it


def checked_texts(draft: Draft) -> Checked:
    """The case as it stands, or its mistakes; worked out once for each state of its texts."""
    found = _check(cases.version_of(draft.texts), draft.opened.name, draft.texts)
    return Checked(None, (*draft.problems, *found.problems), ()) if draft.problems else found


@st.cache_resource(max_entries=32, show_spinner=False)
def _check(version: str, name: str, _texts: Mapping[str, str]) -> Checked:
    return cases.check(name, dict(_texts))


def _say(draft: Draft, checked: Checked) -> None:
    if checked.case is not None:
        measures = sum(1 for measure in checked.case.measures.values() if measure.starts)
        sizes = {"cities": len(checked.case.cities), "measures": measures, "periods": len(checked.case.periods)}
        st.success(say("cases.good", **sizes))
        if checked.warnings:
            with st.expander(say("cases.warnings", count=len(checked.warnings))):
                for warning in checked.warnings:
                    st.text(warning)
        return
    st.error(say("cases.mistakes", count=len(checked.problems)))
    grid = editing.problem_grid(checked.problems, draft.texts)
    titles = {name: say(f"cases.{name}") for name in grid.columns}
    wide = st.column_config.TextColumn(width="large")
    st.dataframe(grid.rename(columns=titles), hide_index=True, column_config={titles["message"]: wide})


def _map(draft: Draft, case: Case) -> None:
    """Where the cities lie, and which links there are or may be."""
    with st.expander(say("cases.map"), key="cases-map", on_change="rerun") as shown:
        if not shown.open:
            return
        with st.container(width=MAP):
            spec = map_of(cases.version_of(draft.texts), language(), case)
            st.vega_lite_chart(spec, theme=None, width="stretch", height=MAP, key="case-map", alt=say("cases.map"))
            st.caption(say("map.own"))


@st.cache_resource(max_entries=16, show_spinner=False)
def map_of(version: str, of_language: str, _case: Case) -> dict[str, Any]:
    """The map of a case, made once for each state of its texts."""
    chinese = of_language == "zh"
    return charts.specification(case_map.case_map(_case, chinese), CHARTS if chinese else None)


# --- keeping it


def _keep(draft: Draft, checked: Checked) -> None:
    if not draft.opened.own:
        st.caption(say("cases.shipped"))
    if draft.is_changed:
        st.caption(say("cases.unsaved"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = draft.opened.own
        if own and st.button(say("cases.save"), disabled=not draft.is_changed, type="primary"):
            _save(draft, draft.opened.name, draft.opened.version)
        if draft.is_changed and st.button(say("cases.discard")):
            _open(draft.opened)
            st.rerun()
        name = st.text_input(say("cases.save_as"), key=f"save-as-{draft.opened.name}", width=300)
        if st.button(say("cases.save_new"), disabled=not name.strip(), type="secondary" if own else "primary"):
            _save(draft, name, None)
    with st.container(horizontal=True):
        _onward(draft, checked)


def _onward(draft: Draft, checked: Checked) -> None:
    """What can be done with the case: solve it, take it along, delete it."""
    if checked.case is not None:
        if not draft.is_changed:
            case = {"case": draft.opened.name}
            st.button(say("cases.solve"), type="primary", on_click=go, args=("solve",), kwargs=case)
        st.download_button(
            say("cases.download"), workbook(cases.version_of(draft.texts), draft.opened.name, draft.texts),
            file_name=f"{_safe(draft.opened.name)}.xlsx", on_click="ignore",
        )  # fmt: skip
    if draft.opened.own:
        with st.popover(say("cases.delete")):
            if st.button(say("cases.delete_sure", name=draft.opened.name)):
                cases.delete_case(here(), draft.opened.name)
                st.session_state[TOLD] = say("cases.deleted", name=draft.opened.name)
                del st.session_state[DRAFT]
                st.query_params.pop("case", None)
                st.rerun()


def _save(draft: Draft, name: str, version: str | None) -> None:
    try:
        saved = cases.save_case(here(), name, draft.texts, version)
    except Changed:
        st.error(say("cases.changed", name=draft.opened.name))
    except Taken:
        st.error(say("cases.taken", name=plain(name.strip())))
    except BadName as bad:
        st.error(say("cases.bad_name", why=plain(str(bad))))
    else:
        draft.opened = saved
        st.session_state[TOLD] = say("cases.saved", name=saved.name)
        st.query_params["case"] = saved.name
        st.rerun()


@st.cache_data(max_entries=16, show_spinner=False)
def workbook(version: str, name: str, _texts: Mapping[str, str]) -> bytes:
    """A case as an Excel workbook, made once for each state of its texts."""
    case = cases.check(name, dict(_texts)).case
    if case is None:
        return b""
    with TemporaryDirectory() as place:
        file = Path(place) / "case.xlsx"
        write_workbook(case, file)
        return file.read_bytes()
