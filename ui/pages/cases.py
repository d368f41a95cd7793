"""Cases: open one, edit every table, see each mistake while typing, and save it; or bring one as an Excel workbook."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import streamlit as st

from planner.case import Case, CaseInvalid, write_workbook
from planner.case.rows import TABLES
from planner.case.workbook_file import LARGEST_FILE
from planner.documents.drawings import maps
from planner.files.folders import HoldsMore
from planner.starting import example, from_cities
from planner.words.said import _, count, said_by, series
from planner.words.system import why
from planner.workspace import cases, drafts
from planner.workspace.cases import Changed, Checked, OpenCase, Taken
from planner.workspace.places import BadName, name_from
from ui import blocks, choosing, editing
from ui.choosing import go
from ui.desk import Desk
from ui.editing import Mistake
from ui.frame import here, language, plain, say
from ui.pages import case_tables

DESK = "desk"  # of the session: the case that is looked at or edited
MAP = 640  # pixels, in both directions
TOLD = "cases-told"  # what to say once the page is drawn anew
LISTED = 6  # mistakes that are listed above the grid; a table holds all


def page() -> None:
    """Draw the page."""
    st.title(say(_("Cases")), anchor=False)
    if told := st.session_state.pop(TOLD, None):
        st.success(told)
    key = _choose()
    desk = _desk(key) if key is not None else None
    if desk is None:
        st.info(say(_("No case is chosen.")))
        return
    if desk.told is not None:
        st.error(plain(say(desk.told)))
    checked = checked_texts(desk)
    found = editing.mistakes(checked.problems, desk.draft.texts, desk.cells) if checked.problems else ()
    _say(checked, found)
    case_tables.edit(desk, found)
    _keep(desk, checked)
    if checked.case is not None:
        _map(desk, checked.case)


# --- which case


def _choose() -> str | None:
    """The case that the address names, or that is chosen; drafts of cases that are gone stand at the end."""
    changed = drafts.list_drafts(here(), choosing.browser())
    keys = [entry.key for entry in cases.list_cases(here())]
    keys += [key for key in changed if key not in keys]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        chosen = choosing.one(
            st.selectbox,
            "case",
            say(_("Case to look at or edit")),
            keys,
            otherwise=False,
            means=meant,
            format_func=lambda key: say(_("{name}, changed"), name=named(key)) if key in changed else named(key),
        )
    with right.popover(say(_("New case")), width="stretch"):
        bring()
    return chosen


def meant(said: str) -> str:
    """The case that a link means; one that gives the name alone means the user's own before one that is shipped."""
    found = None if "/" in said else cases.case_named(here(), said)
    return said if found is None else found.key


def named(key: str) -> str:
    """A case in a list: one that ships with the program is told apart from one of the same name."""
    kind, _slash, name = key.partition("/")
    return name if kind == "own" else say(_("{name} (example)"), name=name)


def _desk(key: str) -> Desk | None:
    """The case on this window's desk: as it lies there, or as another window left it."""
    there: Desk | None = st.session_state.get(DESK)
    who = (here(), choosing.browser())
    if there is not None and (there.opened.key, there.place, there.browser) == (key, *who):
        found = there.refreshed()
    else:
        found = Desk.of(*who, key)
    st.session_state[DESK] = found
    return found


def _open(opened: OpenCase) -> None:
    st.session_state.pop(DESK, None)
    choosing.turn_to("cases", case=opened.key)


def bring() -> None:
    """A new case: a copy of one that ships with the program, of a workbook, from a list of cities, or the small example."""
    shipped = {entry.name: entry for entry in cases.list_cases(here()) if not entry.own}
    template = st.selectbox(
        say(_("Copy of an example")), list(shipped), None, placeholder=say(choosing.CHOOSE), key="new-template"
    )
    if template is not None and st.button(say(_("Copy it")), width="stretch"):
        _take(_("my {name}").format(name=template), cases.open_case(shipped[template]).texts)
    _from_list()
    if st.button(say(_("Start from a small example")), width="stretch"):
        _take("example", example())
    uploaded = st.file_uploader(
        say(_("Excel workbook of a case")),
        type=["xlsx"],
        help=say(_("The workbook that “Download as Excel” or planner export --xlsx writes, edited or not. At most 20 MB.")),
        key="workbook",
    )
    if uploaded is not None and st.button(say(_("Read the workbook")), width="stretch"):
        if uploaded.size > LARGEST_FILE:
            st.error(say(_("The file is larger than {most} MB."), most=LARGEST_FILE // 1_000_000))
            return
        try:
            texts = cases.texts_of_workbook(uploaded.getvalue())
        except CaseInvalid as invalid:
            st.error(say(_("The workbook {file} cannot be read as a case:"), file=name_from(uploaded.name)))
            st.code("\n".join(say(problem.said) for problem in invalid.problems[:50]), language=None)
            return
        except cases.TooMuch:
            st.error(
                say(
                    _(
                        "Reading {file} takes more memory or time than this server gives: nothing was taken from it. "
                        "Delete what its sheets hold beyond the tables, and try again."
                    ),
                    file=name_from(uploaded.name),
                )
            )
            return
        _take(name_from(Path(uploaded.name).stem), texts)


def _from_list() -> None:
    """A case from a list of cities."""
    listed = st.file_uploader(
        say(_("List of cities (CSV)")),
        type=["csv"],
        help=say(
            _("Columns id or name, lat, lon and population; more columns of cities.csv are kept. Every guess is marked.")
        ),
        key="list-of-cities",
    )
    if listed is None or not st.button(say(_("Make a case of the list")), width="stretch"):
        return
    told: list[str] = []
    name = name_from(Path(listed.name).stem)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.csv"
        file.write_bytes(listed.getvalue())
        try:
            texts = from_cities(file, name, True, lambda said: told.append(say(said)))
        except CaseInvalid as invalid:
            st.error(say(_("The list {file} cannot be read as cities:"), file=name_from(listed.name)))
            st.code(
                "\n".join(say(problem.said).replace(f"{folder}/", "") for problem in invalid.problems[:50]), language=None
            )
            return
    st.session_state[TOLD] = "\n\n".join(plain(text) for text in told) or None
    _take(name, texts)


def _take(name: str, texts: Mapping[str, str]) -> None:
    """Save a case that was brought, under the first name that is free."""
    for n in itertools.count(1):
        try:
            _open(cases.save_case(here(), name if n == 1 else f"{name} {n}", dict(texts), None))
        except Taken:
            continue
        except (BadName, OSError) as error:
            _say_not_saved(error)
            return
        st.rerun()


def _say_not_saved(error: BadName | OSError) -> None:
    if isinstance(error, BadName):
        st.error(say(_("This name cannot be used: {why}."), why=plain(say(said_by(error)))))
    else:
        st.error(
            say(
                _("The case could not be saved ({why}). Nothing was overwritten, and what you typed is still here."),
                why=plain(say(why(error))),
            )
        )


# --- what is to be said of it


def checked_texts(desk: Desk) -> Checked:
    """The case as it stands, or its mistakes; worked out once for each state of its texts."""
    found = _check(cases.version_of(desk.draft.texts), desk.opened.name, desk.opened.notes, desk.draft.texts)
    return Checked(None, (*desk.unread, *found.problems), ()) if desk.unread else found


@st.cache_resource(max_entries=32, show_spinner=False)
def _check(version: str, name: str, notes: tuple[str, ...], _texts: Mapping[str, str]) -> Checked:
    return cases.check(name, dict(_texts), notes=notes)


def _say(checked: Checked, found: Sequence[Mistake]) -> None:
    if checked.case is not None:
        measures = sum(1 for measure in checked.case.measures.values() if measure.starts)
        sizes = {
            "cities": count(len(checked.case.cities), "city", "cities"),
            "measures": count(measures, "measure"),
            "periods": count(len(checked.case.periods), "period"),
        }
        st.success(say(_("No mistakes. {cities}, {measures}, {periods}."), **sizes))
        if checked.warnings:
            with st.expander(
                say(count(len(checked.warnings), "thing that is probably not meant", "things that are probably not meant"))
            ):
                for warning in checked.warnings:
                    st.text(say(warning))
        return
    st.error(say(_("{mistakes}; the case can be saved, but not solved yet."), mistakes=count(len(found), "mistake")))
    for number, mistake in enumerate(found[:LISTED]):
        known = mistake.table in (*TABLES, editing.KEYS)
        st.button(
            plain(_listed(mistake)),
            key=f"mistake-{number}",
            type="tertiary",
            disabled=not known,
            on_click=choosing.show,
            kwargs={"table": mistake.table},
        )
    if len(found) > LISTED:
        with st.expander(say(_("All {count}"), count=len(found))):
            grid = editing.mistake_grid(found)
            heads = {
                "table": _("table"),
                "row": _("row"),
                "name": _("name in the row"),
                "column": _("column or key"),
                "message": _("what is wrong"),
            }
            titles = {name: say(head) for name, head in heads.items()}
            wide = st.column_config.TextColumn(width="large")
            st.dataframe(grid.rename(columns=titles), hide_index=True, column_config={titles["message"]: wide})


def _listed(mistake: Mistake) -> str:
    """A mistake with its place, in a line."""
    table = _("everything else") if mistake.table == editing.KEYS else mistake.table
    row = "" if mistake.row is None else _("row {number}").format(number=mistake.row)
    place = series([part for part in (table, row, mistake.column) if part])
    return say(_("{place}: {what}"), place=place, what=mistake.message)


def _map(desk: Desk, case: Case) -> None:
    """Where the cities lie, and which links there are or may be."""
    with st.expander(
        say(_("Map: cities, links of today, and links that may be built")), key="cases-map", on_change="rerun"
    ) as shown:
        if not shown.open:
            return
        with st.container(width=MAP):
            spec = map_of(cases.version_of(desk.draft.texts), language(), case)
            st.vega_lite_chart(
                spec,
                theme=None,
                width="stretch",
                height=MAP,
                key="case-map",
                alt=say(_("Map: cities, links of today, and links that may be built")),
            )
            st.caption(say(maps.OWN))


@st.cache_resource(max_entries=16, show_spinner=False)
def map_of(version: str, of_language: str, _case: Case) -> dict[str, Any]:
    """The map of a case, made once for each state of its texts."""
    return blocks.specification(maps.case_map(_case))


# --- keeping it


def _keep(desk: Desk, checked: Checked) -> None:
    changed, opened = desk.draft.is_changed, desk.opened
    if not opened.own:
        st.caption(say(_("This example is read-only: what you change here is kept once you save it as a new case.")))
    if changed:
        st.caption(
            say(_("There are changes that are not saved. They are kept for this browser, whatever page you turn to."))
        )
    if desk.unread:
        st.caption(say(_("Some rows of “everything else” cannot be read; mend them before you save or change scenarios.")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ready = changed and not desk.unread
        if opened.own and st.button(say(_("Save")), disabled=not ready, type="primary"):
            _save(desk, opened.name, opened.version)
        if changed:
            st.button(say(_("Discard changes")), on_click=_discard, args=(desk,))
        name = st.text_input(
            say(_("Save as a new case named")), key=f"save-as-{opened.name}", width=300, persist_state="session"
        )
        kind: Literal["primary", "secondary"] = "secondary" if opened.own else "primary"
        if st.button(say(_("Save as")), disabled=not name.strip() or bool(desk.unread), type=kind):
            _save(desk, name, None)
    with st.container(horizontal=True):
        _onward(desk, checked)


def _discard(desk: Desk) -> None:
    desk.discard()
    st.session_state.pop(DESK, None)


def _onward(desk: Desk, checked: Checked) -> None:
    """What can be done with the case: solve it, take it along, delete it."""
    texts, opened = desk.draft.texts, desk.opened
    if checked.case is not None:
        if not desk.draft.is_changed:
            case = {"case": opened.key}
            st.button(say(_("Solve this case")), type="primary", on_click=go, args=("solve",), kwargs=case)
        st.download_button(
            say(_("Download as Excel")),
            workbook(cases.version_of(texts), opened.name, texts),
            file_name=f"{name_from(opened.name)}.xlsx",
            on_click="ignore",
        )
    if opened.own and opened.version:
        with st.popover(say(_("Delete this case"))):
            st.button(say(_("Delete {name} for good"), name=plain(opened.name)), on_click=_delete, args=(desk,))


def _delete(desk: Desk) -> None:
    try:
        cases.delete_case(here(), desk.opened.name)
    except (BadName, HoldsMore, OSError) as error:  # a folder that came here by hand may have any name
        desk.told = _("The case could not be deleted ({why}).").format(
            why=why(error) if isinstance(error, OSError) else said_by(error)
        )
        return
    desk.discard()
    st.session_state[TOLD] = say(_("{name} is deleted. Plans made of it stay."), name=plain(desk.opened.name))
    st.session_state.pop(DESK, None)
    choosing.show(case=())


def _save(desk: Desk, name: str, version: str | None) -> None:
    try:
        saved = cases.save_case(here(), name, desk.texts_to_save(), version)
    except Changed:
        st.error(
            say(
                _(
                    "{name} was saved by somebody else since you opened it. Nothing was overwritten: save yours "
                    "under another name, or open theirs and change it again."
                ),
                name=plain(desk.opened.name),
            )
        )
    except Taken:
        st.error(say(_("There is a case {name} already; choose another name."), name=plain(name.strip())))
    except (BadName, OSError) as error:
        _say_not_saved(error)
    else:
        desk.discard()
        st.session_state[TOLD] = say(_("Saved as {name}."), name=plain(saved.name))
        _open(saved)
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
