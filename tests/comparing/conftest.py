"""Plans of the tiny case, whose README works them out by hand, and of cases that differ from it in one thing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.case import Case, load_case
from planner.cli import app
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan

TINY = Path(__file__).parents[2] / "cases" / "tiny"
BASE = {
    ("checkpoint", "2030"): 1.0, ("insurance", "2030"): 1.0, ("clinic-inland", "2030"): 1.0, ("rail-north", "2035"): 1.0,
    ("rail-south", "2035"): 1.0,
}  # fmt: skip
NO_SIGNATURES = {("rail-north", "2030"): 1.0, ("rail-south", "2030"): 1.0, ("clinic-inland", "2035"): 1.0}


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are as wide as they may be, whatever terminal the tests run in."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def tiny() -> Case:
    return load_case(TINY)


@pytest.fixture(scope="session")
def base(tiny: Case) -> Plan:
    """The best plan, as the README says it."""
    return evaluate(tiny, BASE)


@pytest.fixture(scope="session")
def no_signatures() -> Plan:
    """The best plan where nobody signs anything."""
    return evaluate(load_case(TINY, "no-signatures"), NO_SIGNATURES)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Case]:
    """The tiny case with texts of its files replaced: file, old, new, and so on."""

    def change(*words: str) -> Case:
        folder = tmp_path / "changed"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        for file, old, new in zip(words[::3], words[1::3], words[2::3], strict=True):
            text = (folder / file).read_text(encoding="utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return load_case(folder)

    return change


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in this process and in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words], prog_name="planner")
