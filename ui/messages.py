"""All words of the page's own, in English and Chinese. What the schema says of columns and keys comes from the schema.

A message is named for where it stands; `{...}` are filled in. A planner's words only: nothing of how a solver works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.words.plurals import count
from planner.words.said import LANGUAGES, Sentence, _
from ui.messages_addresses import ADDRESSES
from ui.messages_cases import CASES
from ui.messages_explore import EXPLORE
from ui.messages_plan import PLAN

FRAME: Mapping[str, Sentence] = {
    "language": _("Language"),
    "page.cases": _("Cases"),
    "page.solve": _("Solve"),
    "page.plan": _("Plan"),
    "page.compare": _("Compare"),
    "page.explore": _("Explore"),
    "kept_in": _("Kept in the folder {folder}"),
    "went_wrong": _("Something went wrong here. Nothing you saved is lost. The log {log} says more, at {when}."),
}

SOLVE: Mapping[str, Sentence] = {
    "solve.title": _("Solve a case"),
    "solve.case": _("Case"),
    "solve.shipped": _("{name} (example)"),
    "solve.scenario": _("Scenario"),
    "solve.base": _("as it stands"),
    "solve.minutes": _("Time limit, minutes"),
    "solve.minutes_help": _("For all of it, preparation included: the best plan found by then is kept."),
    "solve.within": _("Good enough within, %"),
    "solve.within_help": _("The search ends once the plan is proven to be this close to the best possible."),
    "solve.start": _("Find the best plan"),
    "solve.invalid": _("This case has {count:mistake|mistakes}, to be mended on the page Cases first."),
    "solve.another": _("Solve another"),
    "solve.run": _("{case}, {scenario}"),
    "solve.asked": _("Started {started}. Time limit {minutes} minutes; good enough within {within} %."),
    "solve.no_limit": _("no"),
    "solve.which": _("Goal"),
    "solve.which_help": _("Goals in their order: each is reached before the next counts."),
    "solve.waiting": _("Waiting for a free processor."),
    "solve.stage": _("{stage} ({seconds} s)"),
    "solve.best": _("Best plan so far"),
    "solve.bound": _("Nothing can beat"),
    "solve.proven": _("Proven within"),
    "solve.no_plan_yet": _("no plan yet"),
    "solve.not_known_yet": _("not known yet"),
    "solve.smaller": _("smaller is better"),
    "solve.seconds": _("seconds"),
    "stage.finding routes": _("finding routes"),
    "stage.building the model": _("writing down what a plan may do"),
    "stage.looking at the cluster without the plan": _("looking at the cluster without a plan"),
    "stage.planning for each jurisdiction alone": _("planning for each jurisdiction alone"),
    "stage.trying the plan to start from": _("trying the plan to start from"),
    "stage.looking for a first plan": _("looking for a first plan"),
    "stage.solving": _("searching for the best plan"),
    "stage.evaluating": _("working out all figures"),
    "stage.auditing": _("auditing"),
    "solve.draft": _(
        "This case has changes that are not saved. What is solved is the case as it was saved; save it on the page Cases "
        "first to solve it with them."
    ),
    "solve.stop": _("Stop and keep the best plan"),
    "solve.stopping": _("Stopping; the best plan so far is kept."),
    "solve.done": _("Done."),
    "solve.look": _("Look at the plan"),
    "solve.failed": _("The solve ended without a plan. What it said:"),
    "not_written": _("Nothing was done, since {place} cannot be written to: {why}"),
    "solve.gone": _("The solve was ended from outside. Start it again."),
    "solve.stopped_waiting": _("Stopped before it began."),
    "solve.stopped_without": _("Stopped before there was a plan."),
    "solve.no_run": _("There is no run {run} in this workspace."),
    "solve.runs": _("Runs"),
    "solve.link": _("The address of this page finds this run again."),
    "solve.none": _("There is no case yet."),
    "state.waiting": _("waiting"),
    "state.running": _("running"),
    "state.done": _("done"),
    "state.failed": _("no plan"),
    "state.gone": _("ended from outside"),
    "column.case": _("case"),
    "column.scenario": _("scenario"),
    "column.started": _("started"),
    "column.state": _("state"),
    "column.run": _("run"),
    "column.open": _("look at it"),
}

MESSAGES: Mapping[str, Sentence] = {**FRAME, **ADDRESSES, **SOLVE, **CASES, **PLAN, **EXPLORE}


def language() -> str:
    """The language of the page: en or zh."""
    found = st.session_state.get("lang", "en")
    return found if found in LANGUAGES else "en"


def chinese() -> bool:
    """Whether things are named in Chinese, where their names are known."""
    return language() == "zh"


def say(name: str, /, **filled: Any) -> str:
    """A message in the language of the page."""
    text = MESSAGES[name].in_language(language())
    return text.format(**{key: Count(value) if type(value) is int else value for key, value in filled.items()})


class Count(int):
    """A number that takes its noun in brackets of a message: {count:mistake|mistakes}; Chinese asks for none."""

    def __format__(self, nouns: str) -> str:
        """The number, with the noun that fits it."""
        one, apart, several = nouns.partition("|")
        return count(int(self), one, several) if apart else super().__format__(nouns)
