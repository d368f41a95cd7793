"""The small case as a folder and as a Case."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, load_case
from tests.case.small import write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small case in a folder of its own."""
    return write_files(tmp_path / "small")


@pytest.fixture
def case(folder: Path) -> Case:
    """The small case, read."""
    return load_case(folder)
