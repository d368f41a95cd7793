"""What the commands that ask questions share: their options, progress, and how their answers are printed and kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_fields
from functools import partial
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from planner.questions.offering import Offered
from planner.terminal import common
from planner.terminal.common import ExitCode, WrongUse, tell
from planner.terminal.kept import keep
from planner.terminal.progress import Display, EventLog, Interrupt, to_each
from planner.terminal.shared import with_options
from planner.words.said import _, said_by

if TYPE_CHECKING:
    from planner.case import Case
    from planner.documents.blocks import Said
    from planner.plans.plan import Plan
    from planner.questions.asking import AskOptions, Result

PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar="PLAN", help="Its best plan, if it is solved already.",
        show_default="plans/<case>--<scenario> or CASE/plan, if it is of this very case; else solved first",
    ),
]  # fmt: skip
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Folder for the answer: words, tables, pictures, plans.", show_default="not written"
    ),
]
TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.0,
        max=common.LONGEST,
        help="For the whole question, preparation included.",
        show_default="none",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes that work side by side.", show_default="one for each processor"),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, such as tcp://10.0.0.5:8786.",
                 show_default="work on this machine"),
]  # fmt: skip
SeedOption = Annotated[
    int, typer.Option("--seed", min=0, max=common.LARGEST_SEED, help="Same case, same seed, same answer.")
]


@dataclass(frozen=True)
class Shared:
    """What every question is asked with, whatever it is about."""

    output: OutputOption = None
    replace: common.ReplaceOption = False
    time_limit: TimeLimitOption = None
    gap: float = 1e-3
    workers: WorkersOption = None
    scheduler: SchedulerOption = None
    seed: SeedOption = 0
    events: common.EventsOption = None
    as_json: common.JsonOption = False
    quiet: common.QuietOption = False
    verbose: common.VerboseOption = False

    def limits(self) -> AskOptions:
        """The limits of the question."""
        return options(self.time_limit, self.gap, self.seed, self.workers, self.scheduler)


def question(
    closely: str, offered: Offered | None = None, **usual: float
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a command of a function that asks: its own options, then those that all questions share.

    Parameters
    ----------
    closely
        What `--gap` says of this question.
    offered
        How it is offered on a page, with a field for each of its options; None = it is not.
    usual
        Where this question takes another value than all, unless told.
    """
    gap = Annotated[float, typer.Option("--gap", min=0.0, max=1.0, help=closely)]
    made = with_options(Shared, usual, gap=gap)

    def command(does: Callable[..., None]) -> Callable[..., None]:
        return made(does) if offered is None else offered.of(made(does))

    return command


def options(time_limit: float | None, gap: float, seed: int, workers: int | None, scheduler: str | None) -> AskOptions:
    """The options of a question."""
    from planner.questions.asking import AskOptions

    return AskOptions(time_limit, gap, seed, workers or processors(), scheduler)


def processors() -> int:
    """How many processors this process may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return count or 1


def best_plan(case: Case, folder: Path | None, places: Iterable[Path], quiet: bool = False) -> Plan | None:
    """The plan named, or one that lies where plans of this very case do; None if it has to be solved.

    Parameters
    ----------
    places
        Where such a plan may lie; the first that holds one counts.
    quiet
        Whether nothing is said of the plan that was found, and nothing is warned of.
    """
    from planner.files import folders
    from planner.plans import store
    from planner.questions.asking import why_not_best

    if folder is not None:
        plan = common.read_plan(folder)
        common.warn_if_edited(plan, quiet)
        if why := why_not_best(plan, case):
            said = _("{folder} cannot stand for the best plan: {why}. Leave --plan out, and the best one is found first.")
            raise WrongUse(said.format(folder=folder, why=why))
        return plan
    for place in places:
        if folders.present(place.resolve()) is not None and store.has_decisions(place):
            plan = store.read_plan(place)
            is_best = plan.status == "optimal" and not plan.options.get("fixed_starts")  # else it was replanned
            if plan.case.content_hash == case.content_hash and is_best and plan.audit == "passed":
                if not quiet:
                    tell(_("Starting from {place}.").format(place=place))
                return plan
    return None


def case_and_plan(folder: Path, scenario: str | None, plan: Path | None, quiet: bool = False) -> tuple[Case, Plan | None]:
    """The case that is asked about, and its best plan if it is known (see `best_plan`)."""
    case = common.read_case(folder, scenario)
    return case, best_plan(case, plan, usual_places(folder, case), quiet)


def usual_places(folder: Path, case: Case) -> tuple[Path, ...]:
    """Where a plan of a case that was read from a folder lies: where `planner solve` writes it, or in the case's folder."""
    return common.usual_place(common.case_name(folder), case.scenario), folder / "plan"


def meant(id_of: Callable[[Case, str], str], case: Case, name: str) -> str:
    """The id of what a word of the command names, by its id or by a name that is shown."""
    try:
        return id_of(case, name)
    except ValueError as wrong:
        raise WrongUse(said_by(wrong)) from None


def scenarios_named(case: Case, said: str) -> list[str]:
    """The ids of scenarios that are named, with commas between; a name that holds a comma is said alone, or by its id."""
    from planner.case import naming

    try:
        return [naming.scenario_id(case, said)]
    except ValueError:
        return [meant(naming.scenario_id, case, name) for name in said.split(",") if name.strip()]


ONLY_SAVES_TIME = ("plan", "known", "threads")  # of what a question is asked with: no other answer comes of it


def as_asked(ask: partial[Any], result: Result) -> dict[str, Any]:
    """What was asked, as plain JSON values: the same however it was written, and whatever plan saved the time to find one.

    Also the plans that the question is about, where it is not about the best one. Seed and gap are no part of it: who asks
    again with others asks the same.
    """
    given = signature(ask.func).bind_partial(*ask.args, **ask.keywords).arguments
    found = {name: _plain(value) for name, value in given.items() if name not in ONLY_SAVES_TIME}
    return found | {f"plan {name}": _plain(result.plans.get(name)) for name in result.ABOUT}


def _plain(value: Any) -> Any:
    """A value of a question as JSON has it: a case by the hash of its content, a plan by that of its case and decisions."""
    from planner.case import Case
    from planner.plans import store
    from planner.plans.plan import Plan

    if isinstance(value, Case):
        return value.content_hash
    if isinstance(value, Plan):
        text = value.case.content_hash + store.csv_text(value.tables["decisions"], end="\n")
        return sha256(text.encode()).hexdigest()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def answer(
    ask: partial[Any],
    said: Callable[[Any], Said],
    pictures: Callable[[Any], Mapping[str, Any]] | None = None,
    *,
    text: Callable[..., str] | None = None,
    shared: Shared,
) -> Result:
    """Ask, show progress, print the answer, and write it where it was asked for.

    Parameters
    ----------
    ask
        Called with `options`, `on_event` and `cancelled`.
    said
        The answer in a planner's words: printed, and kept with a result.
    pictures
        Drawings (charts by name) that are written beside the tables of a result.
    text
        What is printed instead, where that is asked for; called with the result and `bold`.
    shared
        What every question is asked with.

    Returns
    -------
    The result; if nothing is answered the command ends here (exit codes 4, 5 and 130).
    """
    from planner.files import folders
    from planner.questions import keeping

    output, replace, limits = shared.output, shared.replace, shared.limits()
    if output is not None:
        folders.try_place(output, keeping.is_result if replace else None, _("an answer"))
    code = ExitCode.OK
    log, display = EventLog(shared.events), Display(shared.quiet, shared.verbose)
    try:
        with Interrupt(_("what is answered so far is kept")) as interrupt:
            show = to_each(interrupt.watch, display, log)
            try:
                result: Result = ask(options=limits, on_event=show, cancelled=interrupt)
                result = with_fields(result, cut_by=cut_by(limits.time_limit, interrupt.requested))
            except ValueError as wrong:
                raise WrongUse(said_by(wrong)) from None
            finally:
                display.clear()
        if output is not None and not result.is_answered and keeping.is_result(output):
            tell(_("The answer at {place} is kept as it was: there is no new one to replace it.").format(place=output))
            output = None
        if output is not None:
            drawn = partial(pictures, result) if pictures is not None and result.tables else None
            asked = as_asked(ask, result)
            what: Any = {"pictures": drawn, "said": said(result), "asked": asked}
            output, code = keep(
                output, _("the answer"), partial(keeping.write_result, result, output, replace, **what),
                lambda to, checked: keeping.write_result(result, to, checked=checked, **what),
                COMPLETE_THERE.format if not result.complete and keeping.holds_complete(output, result, asked) else None,
            )  # fmt: skip
        log.write(kind="written", complete=result.complete, folder=output and str(output))
    finally:
        log.close()
    if shared.as_json:
        content = {"folder": output and str(output), **keeping.about(result), "tables": keeping.tables(result)}
        common.print_json(result.QUESTION, content)
    else:
        bold = common.colour(sys.stdout)
        common.echo(said(result).text(bold) if text is None else text(result, bold=bold))
        if output is not None:
            common.echo(_("\nWritten to {folder}.").format(folder=output))
    if not result.is_answered:
        tell_nothing(result, interrupt.requested)
        raise typer.Exit(code_of_nothing(result, interrupt.requested))
    if code:
        raise typer.Exit(code)
    return result


COMPLETE_THERE = _("The answer at {place} is complete, and the new one is not: it is kept, and {what} is written to {free}.")


def cut_by(time_limit: float | None, interrupted: bool) -> Literal["limit", "somebody", "nothing"]:
    """What may have cut a question short."""
    return "somebody" if interrupted else "nothing" if time_limit is None else "limit"


def code_of_nothing(result: Result, interrupted: bool) -> ExitCode:
    """What a question ends with of which nothing is answered."""
    if result.impossible:
        return ExitCode.INFEASIBLE
    return ExitCode.INTERRUPTED if interrupted else ExitCode.NO_PLAN


def tell_nothing(result: Result, interrupted: bool) -> None:
    """Say that nothing is answered, and why."""
    if result.impossible:
        tell(_("planner: nothing is answered: no plan keeps all promises"))
    elif interrupted:
        tell(_("planner: nothing is answered: it was stopped before"))
    else:
        tell(_("planner: nothing is answered within the time limit"))
