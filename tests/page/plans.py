"""Plans of the tiny case, whose README works them out by hand, in a test's workspace."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

from planner.case import Case, load_case
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.workspace.places import Workspace

TINY = Path(__file__).parents[2] / "cases" / "tiny"
BASE = {
    ("checkpoint", "2030"): 1.0, ("insurance", "2030"): 1.0, ("clinic-inland", "2030"): 1.0, ("rail-north", "2035"): 1.0,
    ("rail-south", "2035"): 1.0,
}  # fmt: skip
NO_SIGNATURES = {("rail-north", "2030"): 1.0, ("rail-south", "2030"): 1.0, ("clinic-inland", "2035"): 1.0}


def keep(place: Workspace, name: str, plan: Plan) -> Path:
    """A plan in the workspace."""
    return write_plan(plan, place.plans / name)


@functools.cache
def _base() -> Plan:
    return evaluate(load_case(TINY), BASE)


def base(case: Case | None = None) -> Plan:
    """The best plan, as the README says it."""
    return _base() if case is None else evaluate(case, BASE)


@functools.cache
def no_signatures() -> Plan:
    """The best plan where nobody signs anything."""
    return evaluate(load_case(TINY, "no-signatures"), NO_SIGNATURES)


def changed(folder: Path, *words: str) -> Case:
    """The tiny case with texts of its files replaced: file, old, new, and so on."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    for file, old, new in zip(words[::3], words[1::3], words[2::3], strict=True):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return load_case(folder)


def impossible(folder: Path) -> Case:
    """The tiny case where all must be 30 minutes from Metro at once, and the south cannot pay its half of the railway."""
    return changed(
        folder, "case.yaml", "no_city_loses: true",
        "no_city_loses: true\ntargets: [{id: soon, indicator: core, at_most: 30}]",
        "budgets.csv", "south,2030,6", "south,2030,1",
    )  # fmt: skip


NASTY = "<script>alert(1)</script> **x** [y](http://e.invalid) $z$"


def nasty(folder: Path) -> Case:
    """The tiny case with names that would be markup, were they not shown as texts."""
    return changed(
        folder, "cities.csv", "inland,Inland", f"inland,{NASTY}", "measures.csv", "Insurance valid on both sides", NASTY,
        "case.yaml", "title: Three cities, worked out by hand", f"title: '{NASTY}'",
        "case.yaml", "name: clinics", f"name: '{NASTY}'", "case.yaml", "name: South,", f"name: '{NASTY}',",
        "case.yaml", "South: {name_zh: 南方}", f"South: {{name: '{NASTY}'}}",
    )  # fmt: skip
