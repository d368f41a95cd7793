"""Reading a case: the whole way from a folder to a Case, step by step."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.case.boundaries import check_boundaries
from planner.case.checks.decided import check_measures, check_populations
from planner.case.checks.findings import Findings, without
from planner.case.checks.industry import check_industry
from planner.case.checks.keys import check_keys
from planner.case.checks.limits import check_limits_of_work
from planner.case.checks.money import check_money
from planner.case.checks.references import Known, check_references
from planner.case.checks.rows import check_rows
from planner.case.declared import FrozenDict, frozen_tree
from planner.case.filling import fill
from planner.case.hashing import content_hash
from planner.case.magnitudes import doubts_about
from planner.case.nouns import Case
from planner.case.periods import with_period_ids
from planner.case.problems import CaseInvalid, Problem, Problems
from planner.case.raw import CASE_FILE, RawCase
from planner.case.scenarios import BASE, check_scenarios, with_scenario
from planner.case.tables import read_folder, read_texts
from planner.case.validating import Contents, validate
from planner.case.workbook import ENDING, read_workbook


def load_case(folder: str | os.PathLike[str], scenario: str | None = None, stored: bool = False) -> Case:
    """Read a case from its folder, or from one Excel workbook.

    Parameters
    ----------
    folder
        The case's folder, with case.yaml and tables; or a file that ends with .xlsx.
    scenario
        A scenario of the case to apply; None or "base" for the case as its files say.
    stored
        Whether it is the case in a plan's folder: letters that were lost before it was stored are doubted, not refused.

    Returns
    -------
    The case: checked, immutable, with defaults, norms and calendar filled in.

    Raises
    ------
    CaseInvalid
        Something is wrong with the case; it lists everything that is.
    """
    problems, title = Problems(), _title(folder, scenario)
    if Path(folder).suffix.lower() == ENDING:
        book = read_workbook(Path(folder), problems)
        problems.raise_if_any(title)
        try:
            case = _case_of(with_period_ids(book.raw), scenario, problems, title)
            return replace(case, doubts=tuple(book.placed(doubt) for doubt in case.doubts))
        except CaseInvalid as wrong:
            raise CaseInvalid(wrong.case, tuple(book.placed(problem) for problem in wrong.problems)) from None
    return _case_of(with_period_ids(read_folder(Path(folder), problems, stored)), scenario, problems, title)


def case_of_texts(name: str, texts: Mapping[str, str], scenario: str | None = None) -> Case:
    """The case that the files of a folder make, wherever they lie; see `load_case`.

    Parameters
    ----------
    name
        What its folder would be called.
    texts
        File name -> text: case.yaml, the tables, SOURCES.md, boundaries.geojson.
    """
    problems = Problems()
    for file, why in ((CASE_FILE, "a case needs one"), ("cities.csv", "a case needs at least one city")):
        if file not in texts:
            problems.add(Problem(file, f"is missing: {why}"))
    return _case_of(with_period_ids(read_texts(name, texts, problems)), scenario, problems, _title(name, scenario))


def with_edits(case: Case, name: str, edits: Sequence[Mapping[str, Any]]) -> Case:
    """The same case with edits like a scenario's, made on its files' texts on top of the scenario that it has.

    Parameters
    ----------
    case
        A case that was read from files.
    name
        What the edited case is called where a scenario's name would stand.
    edits
        As under `scenarios` in case.yaml: {"table": "budgets", "column": "amount", "multiply": 0.8}.

    Raises
    ------
    CaseInvalid
        An edit fits nothing, or the edited case is not sound.
    """
    raw = case.source
    if not isinstance(raw, RawCase) or raw.document is None:
        raise ValueError("this case was not read from files, so there is nothing to edit")
    based_on = {} if case.scenario == BASE else {"based_on": case.scenario}
    scenario = frozen_tree({**based_on, "edits": list(edits)})
    scenarios = FrozenDict({**(raw.document.get("scenarios") or {}), name: scenario})
    edited = replace(raw, document=FrozenDict({**raw.document, "scenarios": scenarios}))
    return _case_of(edited, name, Problems(), f"The case {case.name} with {name}")


def _case_of(raw: RawCase, scenario: str | None, problems: Problems, title: str) -> Case:
    """The filled case of what was read."""
    check_scenarios(raw, problems)
    edited = with_period_ids(with_scenario(raw, scenario, problems))
    contents = validate(edited, problems)
    case = None if contents is None else _checked(contents, edited, scenario or BASE, problems)
    problems.raise_if_any(title)
    assert case is not None  # whatever leaves it out is a problem
    case = replace(case, source=raw, doubts=(*raw.notes, *case.doubts, *doubts_about(case, edited)))
    return replace(case, content_hash=content_hash(case))


def _checked(contents: Contents, raw: RawCase, scenario: str, problems: Problems) -> Case | None:
    """The filled case; with problems, as much of it as is needed to find the others."""
    found = Findings(raw, problems)
    check_references(contents, Known.as_read(raw, contents), found)
    check_rows(contents, found)
    check_keys(contents, found)
    contents = _closed(without(contents, found.entries), raw)
    if not contents.cities or "periods" in contents.broken:
        return None
    case = fill(contents, raw, scenario, problems)
    whole = Findings(raw, problems)
    check_populations(case, contents, whole)
    check_measures(case, contents, whole)
    check_industry(case, contents, whole)
    check_limits_of_work(case, contents, whole)
    check_boundaries(case, problems)
    if not contents.broken & {"lines", "budgets"}:
        check_money(case, contents, whole)
    return case


def _closed(contents: Contents, raw: RawCase) -> Contents:
    """The contents without what names something that was left out."""
    while True:
        dangling = Findings(raw, Problems())
        check_references(contents, Known.as_valid(contents), dangling)
        if not dangling.entries:
            return contents
        contents = without(contents, dangling.entries)


def _title(folder: str | os.PathLike[str], scenario: str | None) -> str:
    return f"The case {folder}" + ("" if scenario in (None, BASE) else f" with the scenario {scenario}")
