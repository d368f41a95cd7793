"""A field for each option of a question or a command, read off its declaration, and the words that its value comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.case import Case, naming
from planner.case.scenarios import BASE
from planner.questions.offering import GIVEN, Field
from planner.words.said import _
from ui import choosing, decisions, plans
from ui.frame import name_of, say

ALL = _("all of them")
KEPT: dict[str, Any] = {"persist_state": "session"}  # what was chosen outlives another question or page
NAMING = ("measure", "measures", "scenarios", "period", "plan")


def asked_for(field: Field, key: str, case: Case | None, plan: str = "", given: dict[str, str] | None = None) -> list[str]:
    """A widget for a field, and the words that it comes to; none where it is left as it is.

    Parameters
    ----------
    key
        Of all fields of the command, by which they are told from others'.
    case
        Whose things may be named; None = no field names any.
    plan
        Which is asked about, and so is no other to name.
    given
        Takes the files that go with the question, by name.
    """
    about: dict[str, Any] = {"key": f"{key}-{field.name}", **KEPT}
    label = say(field.about)
    if field.kind == "switch":
        on, _slash, off = field.flag.partition("/")  # --others/--no-others
        ticked = st.checkbox(label, bool(field.usual), **about)
        return [] if ticked == bool(field.usual) else [on if ticked or not off else off]
    if field.kind == "choice":
        return _one_of(field, label, {value: say(called) for value, called in field.choices.items()}, about)
    if field.kind == "text":
        text = st.text_input(label, str(field.usual or ""), **about).strip()
        return [field.flag, text] if text and text != field.usual else []
    if field.kind == "numbers":
        said = st.text_input(label, "", placeholder="0.8; 1.2", **about)
        return [word for number in re.split(r"[\s;]+", said.strip()) if number for word in (field.flag, number)]
    if field.kind in ("whole", "number"):
        whole = field.kind == "whole"
        value = st.number_input(
            label, _figure(field.least, whole), _figure(field.most, whole), _figure(field.usual, whole),
            placeholder=say(_("as usual")), step=1 if whole else None, **about,
        )  # fmt: skip
        return [] if value is None or value == field.usual else [field.flag, f"{value:g}"]
    assert case is not None  # what is left names things of one
    if field.kind == "decisions":
        text = decisions.text(case, plan, f"{key}-{field.name}")
        if text is None or given is None:
            return []
        given[decisions.FILE] = text
        return [f"{GIVEN}/{decisions.FILE}"]
    return _named(field, label, case, plan, about)


def _named(field: Field, label: str, case: Case, plan: str, about: dict[str, Any]) -> list[str]:
    """Things of a case, or another plan."""
    free = [a for a, measure in case.measures.items() if measure.status == "candidate"]
    if field.kind == "measures":
        chosen = st.multiselect(label, free, format_func=lambda a: name_of(case.measures[a]), placeholder=say(ALL), **about)
        return [word for a in chosen for word in ([field.flag, a] if field.flag else [a])]
    if field.kind == "lines":
        chosen = st.multiselect(
            label, list(case.lines), format_func=lambda a: name_of(case.lines[a]), placeholder=say(ALL), **about
        )
        return [word for line in chosen for word in (field.flag, line)]
    if field.kind == "scenarios":
        called = {BASE: say(naming.BASE), **{name: name_of(scenario) for name, scenario in case.scenarios.items()}}
        if not case.scenarios:
            st.info(say(_("The case of this plan has no scenarios: add some on the page Cases.")))
        usual = [BASE] if field.needed else []
        chosen = st.multiselect(label, list(called), usual, format_func=called.__getitem__, placeholder=say(choosing.CHOOSE),
                                **about)  # fmt: skip
        return [field.flag, ",".join(chosen)] if len(chosen) > len(usual) else []
    return _one_of(
        field,
        label,
        {
            "measure": {a: name_of(case.measures[a]) for a in free},
            "period": {period.id: period.label for period in case.periods[1:]},
            "plan": {entry.name: plans.label(entry) for entry in plans.entries() if entry.name != plan},
        }[field.kind],
        about,
    )


def _figure(value: float | None, whole: bool) -> float | int | None:
    return None if value is None else int(value) if whole else float(value)


def _one_of(field: Field, label: str, named: Mapping[str, str], about: dict[str, Any]) -> list[str]:
    """One of a few things."""
    options = list(named)
    usual = options.index(field.usual) if field.usual in options else 0 if field.needed and options else None
    chosen = st.selectbox(label, options, usual, format_func=named.__getitem__, placeholder=say(choosing.CHOOSE), **about)
    if chosen is None or chosen == field.usual:
        return []
    said = str(next(e.folder for e in plans.entries() if e.name == chosen)) if field.kind == "plan" else chosen
    return [field.flag, said] if field.flag else [said]
