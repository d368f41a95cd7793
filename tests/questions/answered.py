"""Answers to every question of the page about the tiny case, each solved once in a session of tests."""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import Path
from typing import Any

import planner
from planner.documents.blocks import Said
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan
from planner.questions.asking import AskOptions, Result
from planner.questions.keeping import write_result

TINY = Path(__file__).parents[2] / "cases" / "tiny"
QUESTIONS = (
    "frontier",
    "alternatives",
    "importance",
    "explain",
    "value",
    "borders",
    "sensitivity",
    "risk",
    "priorities",
    "robust",
    "rank",
)

FEWER: dict[str, dict[str, Any]] = {
    "frontier": {"points": 3},
    "risk": {"draws": 20},
    "priorities": {"draws": 6},
    "sensitivity": {"switch": 1},
}  # than it is asked for else


@functools.cache
def best() -> Plan:
    return planner.solve(planner.load_case(TINY), options=SolveOptions(gap=1e-6, threads=1))


@functools.cache
def answered(question: str) -> Result:
    """The answer to a question."""
    case, options = best().case, AskOptions(workers=1, gap=1e-6)
    ask = getattr(import_module(f"planner.questions.{question}.ask"), question)
    if question == "robust":
        found = ask([case, planner.load_case(TINY, "poorer-south")], options=options)
    elif question == "explain":
        found = ask(case, "insurance", plan=best(), options=options)
    else:
        found = ask(case, plan=best(), options=options, **FEWER.get(question, {}))
    assert isinstance(found, Result)
    return found


def said(question: str) -> Said:
    """It in words."""
    found = import_module(f"planner.questions.{question}.shown").said(answered(question))
    assert isinstance(found, Said)
    return found


def pictures(question: str) -> dict[str, Any]:
    """Its drawings."""
    module = import_module(f"planner.questions.{question}.shown")
    return dict(module.pictures(answered(question)))


def keep(question: str, folder: Path) -> Path:
    """It as the command writes it."""
    return write_result(answered(question), folder, pictures=functools.partial(pictures, question), said=said(question))
