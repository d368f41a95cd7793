"""planner runs: the plans in a folder. The folder is the store: nothing else keeps a list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.terminal import common, named
from planner.terminal.common import WrongUse
from planner.terminal.help import ToldCommand, ToldGroup
from planner.words.said import _

if TYPE_CHECKING:
    from planner.plans.store import PlanEntry

runs = typer.Typer(cls=ToldGroup, no_args_is_help=True, rich_markup_mode=None, help="List, look up and delete plans.")

HOME = Path("plans")
FolderOption = Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Where plans named without a folder lie.")]


@runs.command("list", cls=ToldCommand, short_help="List the plans in a folder.")
def list_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of plans.")] = HOME,
    as_json: common.JsonOption = False,
) -> None:
    """List the plans in a folder: of which case, how good, what they reach, what they cost, and when they were written.

    Whatever in the folder is no plan, or is being written, is left out; a plan whose plan.json cannot be read is named.

    \b
    Example:
      planner runs list plans
    """
    from planner.documents.runs import listed
    from planner.plans import store

    if folder.exists() and not folder.is_dir():
        raise WrongUse(_("{folder} is not a folder").format(folder=folder))
    if named.is_plan(folder):
        raise WrongUse(_("{folder} is a plan, not a folder of plans: `planner runs show {folder}`").format(folder=folder))
    entries, damaged = store.list_plans(folder), store.damaged_plans(folder)
    if as_json:
        broken = [{"name": place.name, "folder": str(place), "problem": said} for place, said in damaged.items()]
        plans = [_content(entry) for entry in entries]
        common.print_json("runs", {"folder": str(folder), "plans": plans, "damaged": broken})
        return
    if entries or not damaged:
        common.echo(listed(entries) if entries else _none(folder))
    for said in damaged.values():
        common.tell(_("not listed: {problem}").format(problem=said))


@runs.command(cls=ToldCommand, short_help="Say what is known of a plan.")
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

    entry = _entry(_place(plan, home))
    if as_json:
        common.print_json("run", _content(entry))
        return
    try:
        common.echo(shown(entry))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise store.PlanDamaged(
            _("{folder}: missing or misplaced: {problem}").format(folder=entry.folder / "plan.json", problem=problem)
        ) from None


@runs.command(cls=ToldCommand, short_help="Delete plans.")
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

    places = [_place(plan, home) for plan in dict.fromkeys(plans)]
    for place in places:
        _entry(place)
        store.check_removable(place)
    for place in places:
        store.remove_plan(place)
        common.echo(_("Deleted {place}.").format(place=place))


def _place(plan: str, home: Path) -> Path:
    """Where a plan lies: a bare name is one in the folder of plans, anything else a path."""
    path = Path(plan)
    return home / path if plan == path.name and plan != ".." else path


def _entry(place: Path) -> PlanEntry:
    """What is known of the plan at a place; a damaged one is told as such, and stays."""
    from planner.plans import store

    entry = store.plan_entry(place)
    if entry is not None:
        return entry
    if damaged := store.why_damaged(place):
        raise store.PlanDamaged(_("{problem}; nothing is done").format(problem=damaged))
    raise WrongUse(named.no_plan(place, nothing_done=True))


def _none(folder: Path) -> str:
    """That no plan lies in a folder, or that there is no such folder."""
    if folder == HOME or folder.exists():
        return _("There is no plan in {folder}.").format(folder=folder)
    return _("There is no folder {folder}, and so no plan.").format(folder=folder)


def _content(entry: PlanEntry) -> dict[str, Any]:
    """A plan's entry as JSON has it."""
    about = {key: value for key, value in entry.about.items() if key != "sha256"}
    return {"name": entry.name, "folder": str(entry.folder), **about}
