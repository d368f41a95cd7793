"""Two cases whose scorecards can be done in the head: the tiny case with facts, and that of `tests.product.industrial`."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.case import load_case
from planner.cli import app
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from tests.product.industrial import DECISIONS, write_files

TINY = Path(__file__).parents[2] / "cases" / "tiny"
BASE = {
    ("checkpoint", "2030"): 1.0, ("insurance", "2030"): 1.0, ("clinic-inland", "2030"): 1.0, ("rail-north", "2035"): 1.0,
    ("rail-south", "2035"): 1.0,
}  # fmt: skip
PLACES = {"metro": ("1000", "6000"), "border": ("3000", "1000"), "inland": ("6000", "500")}  # area_km2, gdp
FACTS = """\
of,fact,value,year,basis,source
North,motorway_km,100,2023,sourced,yearbook
South,motorway_km,400,2023,sourced,yearbook
cluster,rail_density,20,2024,sourced,railway office
metro,employed,60000,2020,,census
border,employed,20000,2020,,census
inland,employed,20000,2020,,census
metro,employed_manufacturing,100,2020,,census
metro,employed_agriculture,0,2020,,census
border,employed_manufacturing,0,2020,,census
border,employed_agriculture,100,2020,,census
inland,employed_manufacturing,0,2020,,census
inland,employed_agriculture,100,2020,,census
metro,professionals,20,2020,,census
border,professionals,10,2020,,census
inland,professionals,10,2020,,census
metro,degrees,30000,2020,,census
border,degrees,10000,2020,,census
inland,degrees,10000,2020,,census
cluster,co_built_parks,2,,,
cluster,instruments_barrier_removal,3,2025,,
cluster,share_population,5,2020,,
cluster,published_index,154,2024,sourced,statistics office
"""


def with_places(text: str) -> str:
    """The table of cities with area and product."""
    header, *rows = csv.reader(io.StringIO(text))
    lines = [[*header, "area_km2", "gdp"], *([*row, *PLACES[row[0]]] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny case with facts; its checkpoint removes a barrier."""
    folder = tmp_path_factory.mktemp("scored") / "town"
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("plan"))
    (folder / "facts.csv").write_text(FACTS, encoding="utf-8")
    cities = folder / "cities.csv"
    cities.write_text(with_places(cities.read_text(encoding="utf-8")), encoding="utf-8")
    measures = (folder / "measures.csv").read_text(encoding="utf-8").splitlines()
    levels = ["level", *("barrier_removal" if line.startswith("checkpoint") else "" for line in measures[1:])]
    text = "".join(f"{line},{level}\n" for line, level in zip(measures, levels, strict=True))
    (folder / "measures.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def best(town: Path) -> Plan:
    """The best plan of it, as the README of the tiny case says it."""
    return evaluate(load_case(town), BASE).with_audit("passed")


@pytest.fixture(scope="session")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan with parks that `tests.product.industrial` works out; nobody is promised more than alone, which is slow."""
    folder = write_files(tmp_path_factory.mktemp("scored") / "plant")
    case = folder / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("nobody_worse_off: true", "nobody_worse_off: false"), "utf-8")
    return evaluate(load_case(folder), DECISIONS).with_audit("passed")


@pytest.fixture(scope="session")
def folder(best: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The best plan in a folder."""
    return write_plan(best, tmp_path_factory.mktemp("plans") / "best")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in this process and in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words], prog_name="planner")
