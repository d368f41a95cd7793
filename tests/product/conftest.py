"""A small case and its plan, made once, and the command line run in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from planner.audit import audit
from planner.case import Case, FrozenDict, load_case
from planner.cli import app
from planner.planning.handmade import evaluate
from planner.planning.search import solve
from planner.plans.plan import GoalResult, Plan
from planner.plans.tables import TABLES, TEXT_COLUMNS
from planner.plans.versions import ended
from planner.starting import example
from tests.audit.build import with_true_gaps
from tests.product.industrial import DECISIONS, write_files

PROJECT = Path(__file__).parents[2]
NAN = float("nan")


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


def table(name: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    some = map(with_true_gaps, rows) if name == "indicators" else rows
    columns = list(zip(*some, strict=True)) or [()] * len(TABLES[name])
    types = {c: "str" if c in TEXT_COLUMNS else "int64" if c == "opens" else "float64" for c in TABLES[name]}
    return pd.DataFrame({c: pd.Series(list(v), dtype=types[c]) for c, v in zip(TABLES[name], columns, strict=True)})


def account(line: str, period: str, **money: float) -> tuple[Any, ...]:
    """A row of the money table; what is not named is nothing."""
    return (line, period, *(money.get(column, 0.0) for column in list(TABLES["money"])[2:]))


@pytest.fixture(scope="session")
def industrial_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case with parks, as files."""
    return write_files(tmp_path_factory.mktemp("industrial") / "plant")


@pytest.fixture(scope="session")
def industrial(industrial_folder: Path) -> Plan:
    """The decisions for the case with parks, worked out; the module they are in works the figures out by hand."""
    found = evaluate(load_case(industrial_folder), DECISIONS)
    return found.with_audit("passed" if audit(found).passed else "failed")


@pytest.fixture
def by_hand(case: Case) -> Plan:
    """A motorway and two units of doctors for Inland; figures of 2031-2035 that are easy to add up."""
    goal = replace(case.goals[0], weigh_by="equally")
    nan, chosen = float("nan"), "by the plan"
    decisions = [
        ("motorway", "Motorway", "link", "", "border;inland", "Province", "2030", 2028, 1.0, 3.0, 0.0, 0.2, "before"),
        ("doctors-inland", "Doctors", "facility", "", "inland", "Province", "2030", 2028, 1.5, 0.15, 0.0, 0.1, chosen),
        ("doctors-inland", "Doctors", "facility", "", "inland", "Province", "2035", 2033, 0.5, 0.05, 0.0, 0.0, chosen),
    ]
    indicators = [
        ("core", "border", "2035", 1e6, "minutes", 60.0, 50.0, 50.0, 50.0, 0.0, 0.0),
        ("core", "inland", "2035", 1e6, "minutes", 60.0, nan, nan, 78.0, 1.0, 0.2),
        ("doctors", "border", "2035", 1e6, "posts per 1,000", 3.0, 2.0, 2.1, 2.0999, 0.3, 0.3),
        ("doctors", "inland", "2035", 1e6, "posts per 1,000", 3.0, 1.5, 1.8, 2.7, 0.4, 0.1),
    ]
    spending = [
        ("motorway", "province", "2030", 2.0, 0.0), ("motorway", "centre", "2030", 1.0, 0.0),
        ("motorway", "province", "2035", 0.0, 0.15), ("motorway", "centre", "2035", 0.0, 0.05),
        ("doctors-inland", "province", "2030", 0.15, 0.05), ("doctors-inland", "province", "2035", 0.05, 0.55),
    ]  # fmt: skip
    accounts = [
        account("province", "2030", amount=4.0, capital=2.15, running=0.05, carried_out=1.8),
        account("province", "2035", amount=4.5, carried_in=1.8, capital=0.05, running=0.7, unspent=5.55),
        account("centre", "2030", amount=1.5, capital=1.0, unspent=0.5),
        account("centre", "2035", amount=1.5, running=0.05, unspent=1.45),
    ]
    tables = {name: table(name) for name in TABLES} | {
        "decisions": table("decisions", *decisions),
        "indicators": table("indicators", *indicators),
        "money": table("money", *accounts),
        "spending": table("spending", *spending),
        "jurisdictions": table(
            "jurisdictions",
            ("Capital", "2030", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), ("Capital", "2035", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            ("Province", "2030", 2.2, 1.0, 0.3, 0.3, 0.0, 0.0),
            ("Province", "2035", 0.75, 0.05, 0.425, 0.15, 1.1e6, 2000.0),
        ),
    }  # fmt: skip
    return Plan(
        case=replace(case, goals=(goal, *case.goals[1:])),
        status="feasible",
        ended=ended("the time limit of 9 s was hit in goal spending"),
        options=FrozenDict({"time_limit": 9.0}),
        goals=(GoalResult("gaps", 0.1, 0.09, 0.02, 0.1), GoalResult("spending", 4.0, 4.0, 0.0, 0.0)),
        tables=FrozenDict(tables),
    )
