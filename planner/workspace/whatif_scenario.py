"""What if: a few changes of a plan's case, said as a scenario of it: checked, kept and solved like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.case import Case, scenario_text
from planner.case.scenario_text import Document, document_of
from planner.case.scenarios import BASE
from planner.files.inputs import CASE_FILE

STANDARDS: Mapping[str, str] = {"access": "standard_minutes", "services": "per_1000", "work": "share"}  # section -> its key
SAME = 1e-9  # a factor this close to 1 changes nothing


@dataclass(frozen=True)
class WhatIf:
    """What is changed.

    Attributes
    ----------
    money
        Budget line -> factor of its money in all periods.
    standards
        Indicator -> factor of its standard: minutes, so many per 1,000 people, or a share.
    weights
        Indicator -> factor of its weight in the first goal.
    out
        Measures that no plan may start.
    within
        Measures that start in the first period in which they can.
    """

    money: Mapping[str, float] = field(default_factory=dict)
    standards: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    out: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def edits(self, case: Case, document: Document) -> list[dict[str, Any]]:
        """The changes as edits of a scenario (docs/case-format.md).

        Parameters
        ----------
        case
            What is changed.
        document
            Its case.yaml, as read.
        """
        found: list[dict[str, Any]] = []
        for line, factor in _changed(self.money):
            found.append({"table": "budgets", "where": {"line": line}, "column": "amount", "multiply": factor})
        for indicator, factor in _changed(self.standards):
            found += [{"key": key, "multiply": factor} for key in standards(document).get(indicator, ())]
        for indicator, factor in _changed(self.weights):
            found += [{"key": key, "multiply": factor} for key in weights(document).get(indicator, ())]
        for measure in self.out:
            found.append(_of_measure(measure, "status", "ruled_out"))
        for measure in self.within:
            first = next(iter(case.measures[measure].starts)).period
            found += [_of_measure(measure, "status", "decided"), _of_measure(measure, "start_period", first)]
        return found


def _changed(factors: Mapping[str, float]) -> list[tuple[str, float]]:
    return [(name, factor) for name, factor in factors.items() if abs(factor - 1) > SAME]


def _of_measure(measure: str, column: str, value: str) -> dict[str, Any]:
    return {"table": "measures", "where": {"id": measure}, "column": column, "set": value}


def read(texts: Mapping[str, str]) -> Document:
    """case.yaml of a case's files; empty where it holds none that can be read."""
    return document_of(texts.get(CASE_FILE, ""))


def standards(document: Document) -> dict[str, tuple[str, ...]]:
    """Indicator -> dotted paths of the figures that its standard is in case.yaml; only of those that state one."""
    found = {
        str(indicator): tuple(_figures(keys.get(standard), f"{section}.{indicator}.{standard}"))
        for section, standard in STANDARDS.items()
        for indicator, keys in (document.get(section) or {}).items()
        if isinstance(keys, dict)
    }
    return {indicator: paths for indicator, paths in found.items() if paths}


def weights(document: Document) -> dict[str, tuple[str, ...]]:
    """Indicator -> dotted path of its weight in the first goal, where case.yaml states it."""
    goals = document.get("goals") or []
    said = goals[0].get("weights") if goals and isinstance(goals[0], dict) else None
    return {str(x): (f"goals.0.weights.{x}",) for x in said} if isinstance(said, dict) else {}


def _figures(node: Any, path: str) -> Iterator[str]:
    """The paths of all figures under a key."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _figures(value, f"{path}.{key}")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path


def with_scenario(
    texts: Mapping[str, str], name: str, title: str, based_on: str | None, edits: list[dict[str, Any]]
) -> dict[str, str]:
    """A case's files with one scenario more; every other letter of case.yaml stays, its comments and order too.

    Parameters
    ----------
    name
        Id of the scenario.
    title
        What it is called.
    based_on
        Scenario whose edits come first; None = none.

    Raises
    ------
    NotAdded
        Its scenarios are written in a way that nothing can be put among them.
    """
    keys = {"name": title, **({"based_on": based_on} if based_on not in (None, BASE) else {}), "edits": edits}
    return {**texts, CASE_FILE: scenario_text.with_scenario(texts.get(CASE_FILE, ""), name, keys)}


def free_name(document: Document, wanted: str) -> str:
    """An id that no scenario of the case has yet."""
    taken = {str(name) for name in document.get("scenarios") or {}} | {BASE}
    number = 1
    while (name := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return name
