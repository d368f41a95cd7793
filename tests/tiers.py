"""Of many drawings of one kind some are tried in every run, and all in `make proof`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def one_of(every: int, drawings: Iterable[Any]) -> list[Any]:
    """All drawings, of which all but each so-maniest are tried in `make proof` only."""
    found = []
    for number, drawing in enumerate(drawings):
        values = drawing if isinstance(drawing, tuple) else (drawing,)
        found.append(pytest.param(*values, marks=pytest.mark.proof if number % every else ()))
    return found
