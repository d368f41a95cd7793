"""Words of the planner on the page: what a solve does, names of scenarios, and headings with their units."""

from __future__ import annotations

from planner.case import Case, naming
from planner.case.scenarios import BASE
from planner.documents import vocabulary
from planner.words.said import told
from ui.messages import MESSAGES, say


def stage(text: str) -> str:
    """What a solve does at the moment; a word that is not known stays as it is."""
    return say(f"stage.{text}") if f"stage.{text}" in MESSAGES else told(text)


def scenario(case: Case) -> str:
    """The name of a case's scenario."""
    return say("plan.base") if case.scenario == BASE else told(naming.scenario(case, case.scenario))


def unit(text: str) -> str:
    """A unit; what is the case's own stays as it is."""
    return told(vocabulary.unit(text))


def with_unit(text: str, of: str) -> str:
    """A heading of the page with a unit."""
    return told(vocabulary.with_unit(text, of))
