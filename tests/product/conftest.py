"""A small case and its plan, made once, and the command line run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.audit import audit
from planner.case import load_case
from planner.case.nouns import Case
from planner.cli import app
from planner.plan import Plan
from planner.solving import solve
from planner.starting import example

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are as wide as they may be, whatever terminal the tests run in."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """The example case as `planner init` makes it."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in example().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("cases") / "tiny"
    folder.mkdir()
    for name, text in example().items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_case(folder)


@pytest.fixture(scope="session")
def plan(case: Case) -> Plan:
    found = solve(case)
    return found.with_audit("passed" if audit(found).passed else "failed")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in this process and in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words], prog_name="planner")
