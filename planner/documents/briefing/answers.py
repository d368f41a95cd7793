"""What questions beyond the plan found out, as far as they were asked; a report says which were not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Answers:
    """Tables of answers that a report can use.

    Attributes
    ----------
    importance
        Table `importance` of the question of that name; None = not asked.
    scores, forced, displaced
        Tables of the question for the first project left out; None = not asked.
    sensitivity
        Table `sensitivity` of the question of that name; None = not given.
    missing
        What was asked and not answered or not proven, a sentence each.
    why_not
        Why questions were not asked.
    """

    importance: pd.DataFrame | None = None
    scores: pd.DataFrame | None = None
    forced: pd.DataFrame | None = None
    displaced: pd.DataFrame | None = None
    sensitivity: pd.DataFrame | None = None
    missing: tuple[str, ...] = ()
    why_not: str = "not asked"
