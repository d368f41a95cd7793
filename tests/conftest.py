"""Settings of all tests: random examples are the same in every run, and what costs time and says nothing is left out."""

import functools
import os
from typing import Any

import pytest
from hypothesis import settings
from typer import testing

from planner.work.collecting import collect_seldom

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci")

collect_seldom()

# Each call of a command in this process would make all commands and options anew from what they are declared as.
MAKE = "_get_command"
setattr(testing, MAKE, functools.cache(getattr(testing, MAKE)))


def _is_open(handle: Any) -> None:
    os.fstat(handle)


os.fsync = _is_open  # nothing that a test writes has to outlive the machine


DRAWN = ("reporting", "questions", "programme", "scorecard", "comparing")  # rooms that make every kind of drawing


@pytest.fixture(autouse=True)
def held_against_the_schema(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawings are what Vega-Lite's schema has, which costs too much where people wait."""
    if request.path.parent.name in DRAWN:
        monkeypatch.setattr("planner.documents.drawings.rendering.VALIDATED", True)
