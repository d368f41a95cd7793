"""Keeping what took long to find: where it was asked for, or where a disk takes it, or else as text on stdout."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.terminal.common import UNTOUCHED, ExitCode, echo, sentence, tell
from planner.words.said import Sentence, _, capital, said_by, series

if TYPE_CHECKING:
    from planner.plans.plan import Plan

ENDINGS = (".html", ".xlsx", ".png", ".svg")  # of files, which keep them
MOST_NAMES = 100  # tried, beside a place that is taken
TAKEN = _("{place} was taken meanwhile; {what} is written to {free}.")
Beside = Callable[..., Sentence]


@dataclass(frozen=True)
class Kept:
    """Where a plan is kept.

    Attributes
    ----------
    folder
        None: it is not, since nobody asked for it or no disk takes it.
    code
        What the command ends with because of that; 0 where it is as it should be.
    decisions
        Of a plan that no disk takes: its decisions as CSV, which stdout is left to.
    """

    folder: Path | None
    code: ExitCode = ExitCode.OK
    decisions: str = ""

    @property
    def name(self) -> str | None:
        """The folder as events and JSON have it."""
        return None if self.folder is None else str(self.folder)

    def json(self) -> dict[str, Any]:
        """The folder, and what is said of a plan that has none, as JSON has them."""
        return {"plan": self.name, **({"decisions_csv": self.decisions} if self.decisions else {})}

    def say(self, text: str) -> None:
        """Print a text; on stderr where stdout is left to the decisions."""
        (tell if self.decisions else echo)(text)

    def tell_where(self, plan: Plan, violations: Iterable[str]) -> None:
        """Tell what its audit found, then print where the plan is, or its decisions."""
        for violation in violations:
            tell(_("audit: {violation}").format(violation=violation))
        if self.folder is not None:
            rest = _("\nWritten to {folder}; `planner show {folder}` tells the rest.")
            echo((rest if plan.has_decisions else _("\nWritten to {folder}.")).format(folder=self.folder))
        elif self.decisions:
            echo(self.decisions, nl=False)


def keep_plan(plan: Plan, place: Path, replace: bool, beside: Beside | None = None) -> Kept:
    """Write a plan; where no disk takes it, its decisions are left to be printed.

    Parameters
    ----------
    beside
        As in `keep`.
    """
    from planner.plans import store

    def afresh(to: Path, checked: bool) -> Path:
        return store.write_plan(plan, to, checked=checked)

    folder, code = keep(place, _("the plan"), lambda: store.write_plan(plan, place, replace=replace), afresh, beside)
    if folder is None and plan.has_decisions:
        tell(_("Its decisions follow, as planner evaluate takes them: keep them in a file."))
        return Kept(None, code, store.csv_text(plan.tables["decisions"], end="\n"))
    return Kept(folder, code)


def keep_found(
    plan: Plan, place: Path, replace: bool, interrupted: bool, answers: Callable[[Plan], bool] = lambda plan: True
) -> Kept:
    """Write what a search came to.

    Not what Ctrl-C left without a plan, nor what would take the place of a plan; and beside a better one, not in its place.

    Parameters
    ----------
    answers
        Whether a plan of the same case answers the same question.
    """
    from planner.plans import store

    if not plan.has_decisions and store.has_decisions(place):
        tell(_("The plan at {place} is kept as it was: there is no new one to replace it.").format(place=place))
    elif plan.has_decisions or not interrupted:
        return keep_plan(plan, place, replace, _better_there(plan, place, answers) if replace else None)
    return Kept(None)


def _better_there(plan: Plan, place: Path, answers: Callable[[Plan], bool]) -> Beside | None:
    """That a plan of the same question that lies at a place is better; None where it is not, or nobody vouches for it."""
    from planner.comparing.ranking import PROMISES, relation
    from planner.documents import goals
    from planner.plans import store

    if not (plan.has_decisions and store.has_decisions(place)):
        return None
    try:
        there = store.read_plan(place)
    except store.PlanUnreadable:
        return None
    same = there.case.content_hash == plan.case.content_hash and answers(there)
    found = relation(("there", "new"), (there, plan))
    if there.audit != "passed" or not same or found.better != "there":
        return None
    if found.decided_by == PROMISES:
        return _(
            "The plan at {place} keeps its promises, and the new one breaks some: it is kept, and {what} is written to "
            "{free}."
        ).format
    values = [goal.value for one in (there, plan) for goal in one.goals if goal.name == found.decided_by]
    mine, its = goals.side_by_side(plan.case, found.decided_by, values)
    said = _(
        "The plan at {place} is better in {goal} ({mine} against {its}, less is better): it is kept, and {what} is written "
        "to {free}."
    )
    return partial(said.format, goal=goals.called(plan.case, found.decided_by), mine=mine, its=its)


def keep(
    place: Path,
    what: str,
    write: Callable[[], Path],
    afresh: Callable[[Path, bool], Path],
    beside: Beside | None = None,
) -> tuple[Path | None, ExitCode]:
    """Write what took long to find, and say where it is: it is lost neither for a name that is taken nor for a full disk.

    Parameters
    ----------
    place
        Where it was asked for.
    what
        What it is, for messages: "the plan".
    write
        Writes it there.
    afresh
        Writes it to another path, which nobody has taken; with False as it is, whether or not it reads back equal.
    beside
        Where it is not to take the place: what is said of `place`, `what`, and the `free` name beside it. None = it is.

    Returns
    -------
    Where it is, None if no disk takes it; and what the command ends with because of that.
    """
    from planner.files import folders

    try:
        if beside is None:
            with contextlib.suppress(folders.FolderTaken):
                write()
                return place, ExitCode.OK
            beside = TAKEN.format
        for n in range(2, MOST_NAMES):
            ending = place.suffix if place.suffix in ENDINGS else ""
            free = place.with_name(f"{place.name.removesuffix(ending)}-{n}{ending}")
            with contextlib.suppress(folders.FolderTaken):  # also taken at this very moment
                afresh(free, True)
                tell(beside(place=place, what=what, free=free))
                return free, ExitCode.OK
        raise folders.NotWritten(errno.EEXIST, _("it and all names like it are taken"), str(place))
    except Exception as problem:  # a fault of the program must not cost it either
        found = folders.elsewhere(place, lambda to: afresh(to, False))
        why = (
            sentence(problem)
            if isinstance(problem, OSError)
            else _("{place}: {name}: {problem}").format(place=place, name=type(problem).__name__, problem=said_by(problem))
        )
        said = (
            _("planner: {why}. {what} cannot be kept anywhere else either.")
            if found is None
            else _("planner: {why}. {what} is kept in {place} instead.")
        ).format(why=why, what=capital(what), place=found)
        tell(series((said, UNTOUCHED), " ") if found is None else said)
        return found, ExitCode.FAILED


def exit_code(plan: Plan, interrupted: bool) -> ExitCode:
    """What a search ends with that came to this plan."""
    if plan.status == "infeasible":
        return ExitCode.INFEASIBLE
    if plan.status == "no_plan":
        return ExitCode.INTERRUPTED if interrupted else ExitCode.NO_PLAN
    return ExitCode.OK if plan.audit == "passed" else ExitCode.FAILED
