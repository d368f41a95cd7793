"""A case under edit in one session; no Streamlit here."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

import pandas as pd

from planner.case import Problem
from planner.workspace import cases
from planner.workspace.cases import OpenCase


@dataclass
class Draft:
    """A case under edit.

    Attributes
    ----------
    opened
        As it was opened, or saved last.
    texts
        As it stands now.
    base, grids, stamp
        The texts that the grids were made of, the grids by name, and a name for this state of them: what is typed is kept
        by the widgets, as changes to the grids.
    problems
        What cannot be read of the grid of keys.
    """

    opened: OpenCase
    texts: dict[str, str]
    base: dict[str, str] = field(default_factory=dict)
    grids: dict[str, pd.DataFrame] = field(default_factory=dict)
    stamp: str = ""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, opened: OpenCase) -> Draft:
        """A case as it was opened."""
        draft = cls(opened, dict(opened.texts))
        draft.rebase()
        return draft

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return cases.version_of(self.texts) != self.opened.version

    def rebase(self) -> None:
        """Make the grids anew from the texts as they stand."""
        self.base, self.grids, self.stamp = dict(self.texts), {}, uuid4().hex
