"""planner runs: the plans in a folder. The folder is the store: nothing else keeps a list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.terminal import common
from planner.terminal.common import WrongUse

if TYPE_CHECKING:
    from planner.plans.store import PlanEntry

runs = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, look up and delete plans.")

HOME = Path("plans")
FolderOption = Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Where plans named without a folder lie.")]


@runs.command("list", short_help="List the plans in a folder.")
def list_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of plans.")] = HOME,
    as_json: common.JsonOption = False,
) -> None:
    """List the plans in a folder: of which case, how good, what they reach, what they cost, and when they were written.

    Whatever in the folder is no plan, or is being written, is left out.

    \b
    Example:
      planner runs list plans
    """
    from planner.documents.runs import listed
    from planner.plans import store

    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder} is not a folder")
    entries = store.list_plans(folder)
    if as_json:
        common.print_json("runs", {"folder": str(folder), "plans": [_content(entry) for entry in entries]})
    else:
        common.echo(listed(entries) if entries else f"There is no plan in {folder}.")


@runs.command(short_help="Say what is known of a plan.")
def show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="Name of a plan, or its folder.", show_default=False)],
    home: FolderOption = HOME,
    as_json: common.JsonOption = False,
) -> None:
    """Say what is known of a plan without reading its tables: how it was made, and how it went.

    planner show tells what the plan does.

    \b
    Example:
      planner runs show jing-jin-ji--base
    """
    from planner.documents.runs import shown
    from planner.plans import store

    place = _place(plan, home)
    entry = store.plan_entry(place)
    if entry is None:
        raise WrongUse(_no_plan(plan, place))
    if as_json:
        common.print_json("run", _content(entry))
        return
    try:
        common.echo(shown(entry))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise store.PlanDamaged(f"{entry.folder / 'plan.json'}: missing or misplaced: {problem}") from None


@runs.command(short_help="Delete plans.")
def rm(
    plans: Annotated[
        list[str], typer.Argument(metavar="PLAN", help="Names of plans, or their folders.", show_default=False)
    ],
    home: FolderOption = HOME,
) -> None:
    """Delete plans, whole. What is no plan, or holds more than a plan, is refused; then nothing is deleted.

    \b
    Example:
      planner runs rm jing-jin-ji--tight-money
    """
    from planner.plans import store

    places = {plan: _place(plan, home) for plan in plans}
    for plan, place in places.items():
        if store.plan_entry(place) is None:
            raise WrongUse(_no_plan(plan, place))
        store.check_removable(place)
    for place in places.values():
        store.remove_plan(place)
        common.echo(f"Deleted {place}.")


def _place(plan: str, home: Path) -> Path:
    """Where a plan lies: a bare name is one in the folder of plans, anything else a path."""
    path = Path(plan)
    return home / path if len(path.parts) == 1 and plan not in (".", "..") and not plan.endswith("/") else path


def _no_plan(plan: str, place: Path) -> str:
    """That there is no plan, with the closest name that there is."""
    from planner.case.problems import did_you_mean
    from planner.plans import store

    what = "is no plan" if place.exists() else "does not exist"
    return f"{place} {what}; nothing is done.{did_you_mean(place.name, [e.name for e in store.list_plans(place.parent)])}"


def _content(entry: PlanEntry) -> dict[str, Any]:
    """A plan's entry as JSON has it."""
    about = {key: value for key, value in entry.about.items() if key != "sha256"}
    return {"name": entry.name, "folder": str(entry.folder), **about}
