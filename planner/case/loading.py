"""Reading a case: the whole way from a folder to a Case, step by step."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from planner.case.filling import fill
from planner.case.hashing import content_hash
from planner.case.nouns import Case
from planner.case.problems import Problems
from planner.case.scenarios import BASE, check_scenarios, with_scenario
from planner.case.tables import read_folder
from planner.case.validating import validate


def load_case(folder: str | os.PathLike[str], scenario: str | None = None) -> Case:
    """Read a case from its folder.

    Parameters
    ----------
    folder
        The case's folder, with case.yaml and tables.
    scenario
        A scenario of the case to apply; None or "base" for the case as its files say.

    Returns
    -------
    The case: checked, immutable, with defaults, norms and calendar filled in.

    Raises
    ------
    CaseInvalid
        Something is wrong with the case; it lists everything that is.
    """
    problems = Problems()
    raw = read_folder(Path(folder), problems)
    check_scenarios(raw, problems)
    edited = with_scenario(raw, scenario, problems)
    contents = validate(edited, problems)
    problems.raise_if_any(str(folder))
    assert contents is not None
    case = fill(contents, edited, scenario or BASE, problems)
    problems.raise_if_any(str(folder))
    case = replace(case, source=raw)
    return replace(case, content_hash=content_hash(case))
