"""Plans that the page shows: those of the workspace, and those of ./plans and of shipped cases, which are only read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.plans import store
from planner.workspace.places import Workspace

SHIPPED = "plan"  # folder of the plan beside a shipped case


@dataclass(frozen=True)
class PlanPlace:
    """A plan that can be opened.

    Attributes
    ----------
    name
        Of its folder; links carry it.
    folder
        Where its files are at this moment.
    about
        What its plan.json says.
    own
        Whether it lies in the workspace.
    shipped
        Whether it lies beside a case that ships with the program.
    """

    name: str
    folder: Path
    about: Mapping[str, Any]
    own: bool
    shipped: bool = False


def list_plans(place: Workspace, beside: Path | str = "plans") -> tuple[PlanPlace, ...]:
    """The plans of the workspace, the newest first, then those of the folder beside it, then those of shipped cases.

    Each is there once by its name, as the first that has it.

    Parameters
    ----------
    beside
        A folder of plans that are only read; by default that of the commands, ./plans.
    """
    own = [PlanPlace(e.name, e.folder, e.about, True) for e in store.list_plans(place.plans)]
    own.sort(key=lambda plan: str(plan.about.get("written") or ""), reverse=True)
    taken = {plan.name for plan in own}
    others = () if Path(beside).resolve() == place.plans.resolve() else store.list_plans(beside)
    found = [*own, *(PlanPlace(e.name, e.folder, e.about, False) for e in others if e.name not in taken)]
    taken = {plan.name for plan in found}
    entries = [(case.name, store.plan_entry(case / SHIPPED)) for case in place.shipped if case.name not in taken]
    return (*found, *(PlanPlace(name, e.folder, e.about, False, True) for name, e in entries if e is not None))


def damaged_plans(place: Workspace, beside: Path | str = "plans") -> tuple[str, ...]:
    """Why plans of the workspace, and of the folder beside it, are in no list, a sentence each."""
    return tuple((store.damaged_plans(beside) | store.damaged_plans(place.plans)).values())


def find_plan(place: Workspace, name: str, beside: Path | str = "plans") -> PlanPlace | None:
    """The plan of this name; None if there is none. A name is looked for, never followed as a path."""
    return next((plan for plan in list_plans(place, beside) if plan.name == name), None)


def version_of(folder: Path) -> str:
    """A mark that changes whenever a file of a plan does."""
    mark = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            about = file.stat()
            mark.update(f"{file.relative_to(folder)} {about.st_mtime_ns} {about.st_size}\n".encode())
    return mark.hexdigest()
