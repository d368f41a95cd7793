"""Decisions made by hand: ticked in a list of measures, beginning with those of a plan, or brought as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from planner.case import Case, CaseInvalid
from planner.case.csv_cells import decoded
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable
from planner.words.said import Sentence, _
from planner.workspace.plans import PlanPlace
from ui import plans
from ui.frame import name_of, plain, say

FILE = "decisions.csv"
COLUMNS = ("measure", "start_period", "units")
TICKED, BROUGHT = _("Tick measures"), _("Bring a file")
LISTED = 20  # mistakes that are shown


def text(case: Case, plan: str, key: str) -> str | None:
    """A form for decisions: the file that they make, or None while there is none that can be used.

    Parameters
    ----------
    plan
        Name of the plan that the list begins with.
    """
    how: Sentence = st.radio(
        say(_("Decisions")), [TICKED, BROUGHT], format_func=say, horizontal=True, key=f"{key}-how", persist_state="session"
    )
    found = _ticked(case, plan, key) if how == TICKED else _brought(key)
    if found is None or not (problems := _problems(case, found)):
        return found
    st.error("  \n".join(say(problem) for problem in problems[:LISTED]))
    return None


def _ticked(case: Case, plan: str, key: str) -> str | None:
    """A row for each start of the plan, and one for each other measure that could start."""
    entry = next((entry for entry in plans.entries() if entry.name == plan), None)
    table = _rows(case, _opened(entry))
    labels = {period.label: period.id for period in case.periods}
    st.caption(say(_("The list begins with what the plan starts. Measures decided before start as the case says.")))
    edited = st.data_editor(
        table.drop(columns="measure"), hide_index=True, key=f"{key}-ticks", width="stretch", disabled=["name"],
        column_config={
            "starts": st.column_config.CheckboxColumn(say(_("starts", "decision"))),
            "name": st.column_config.TextColumn(say(_("measure")), width="large"),
            "start_period": st.column_config.SelectboxColumn(
                say(_("start period", "column")), options=list(labels), required=True
            ),
            "units": st.column_config.NumberColumn(say(_("units")), min_value=0.0, required=True),
        },
    )  # fmt: skip
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(COLUMNS)
    ids = table["measure"].tolist()
    for measure, (starts, _name, period, units) in zip(ids, edited.itertuples(index=False), strict=True):
        if starts:
            writer.writerow((measure, labels[period], f"{units:g}"))
    return content.getvalue()


def _opened(entry: PlanPlace | None) -> Plan | None:
    try:
        return None if entry is None else plans.opened(entry)
    except PlanUnreadable:
        return None


def _rows(case: Case, plan: Plan | None) -> pd.DataFrame:
    labels = {period.id: period.label for period in case.periods}
    free = {a: measure for a, measure in case.measures.items() if measure.status == "candidate" and measure.starts}
    rows: list[tuple[str, bool, str, str, float]] = []
    if plan is not None and plan.has_decisions:
        started = plan.tables["decisions"]
        for a, period, units in zip(started["measure"], started["start_period"], started["units"], strict=True):
            if a in free and period in labels:
                rows.append((a, True, name_of(free[a]), labels[period], float(units)))
    known = {row[0] for row in rows}
    rows += [
        (a, False, name_of(measure), labels[next(iter(measure.starts)).period], 1.0)
        for a, measure in free.items()
        if a not in known
    ]
    return pd.DataFrame(rows, columns=["measure", "starts", "name", "start_period", "units"])


def _brought(key: str) -> str | None:
    file = st.file_uploader(
        say(_("A CSV file with the columns `measure`, `start_period`, `units`, such as the decisions.csv of a plan")),
        "csv",
        key=f"{key}-file",
    )
    if file is None:
        return None
    try:
        return decoded(file.getvalue()).text
    except UnicodeDecodeError:
        st.error(say(_("{file} is not UTF-8 text: save it as UTF-8"), file=plain(file.name)))
        return None


def _problems(case: Case, content: str) -> tuple[str, ...]:
    """What is wrong with decisions, by row and column."""
    from planner.planning.handmade import read_decisions  # slow to import

    with TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        file.write_text(content, encoding="utf-8", newline="")
        try:
            read_decisions(file, case, lambda remark: None)
        except CaseInvalid as invalid:
            return tuple(problem.said for problem in invalid.problems)
    return ()
