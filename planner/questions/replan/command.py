"""planner replan: keep what earlier periods decided, and plan the rest anew."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.questions.offering import Offered
from planner.terminal import common
from planner.terminal.common import WrongUse
from planner.terminal.kept import Kept, exit_code, keep_found
from planner.terminal.progress import Display, EventLog, Interrupt, to_each
from planner.terminal.shared import Searching, with_options
from planner.words.said import _, said_by, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.plans.plan import Plan
    from planner.questions.replan.ask import Replan


@Offered(
    _("What now, with what is started?"),
    _(
        "What is started by a period is kept, and the rest planned anew. Takes as long as a solve, in a large case a minute "
        "or two."
    ),
    hidden=frozenset({"case", "output", "later_gap", "threads"}),
    gives_plan=True,
).of
@with_options(Searching)
def replan(
    plan: common.PlanArgument,
    since: Annotated[
        str, typer.Option("--from", metavar="PERIOD", help="The first period to plan anew (2031-2035, or 2035).")
    ],
    case: Annotated[
        Path | None,
        typer.Option("--case", metavar="CASE", help="The case as it is now.", show_default="the plan's own"),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="A scenario of --case.", show_default="as it stands")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the new plan.", show_default="plans/<case>--<scenario>--replanned"),
    ] = None,
    *,
    shared: Searching,
) -> None:
    """Keep what a plan starts before a period, and find the best plan for the rest.

    The case may have changed since: name it with --case, with a scenario if you like. Of earlier periods exactly what the
    plan starts then starts, also where the case now rules it out, and budget lines had then what they had in the plan's
    case; where what was started costs more by now than a line had, it had what was missing, as far as the case now says so.
    Everything else is as the case now says. Where that past leaves no plan that keeps all promises, it is said what
    the past breaks, which promises clash, and what would help, looked for a minute at most (exit code 4).

    \b
    Example:
      planner replan plans/jing-jin-ji--base --from 2031-2035 --case cases/jing-jin-ji --scenario tight-money
    """
    from planner.case.rows import period_id
    from planner.files import folders
    from planner.planning.search import SolveOptions
    from planner.plans import store
    from planner.questions.replan.ask import replan as ask
    from planner.questions.replan.shown import answer

    old = common.read_plan(plan)
    changed = _case(case, scenario)
    asked = old.case if changed is None else changed
    place = output or common.usual_place(asked.name, f"{asked.scenario.removesuffix('--replanned')}--replanned")
    folders.try_place(place, store.is_plan if shared.replace else None, _("a plan"))
    log, display = EventLog(shared.events), Display(shared.quiet, shared.verbose)
    try:
        with Interrupt() as interrupt:
            show = to_each(interrupt.watch, display, log)
            try:
                since = period_id(since, asked.periods)
                result = ask(
                    old, since, case=changed, options=SolveOptions(**shared.limits()), on_event=show, cancelled=interrupt
                )
            except ValueError as wrong:
                raise WrongUse(said_by(wrong)) from None
            finally:
                display.clear()
            written = keep_found(result.plan, place, shared.replace, interrupt.requested, partial(_same_past, result))
        log.write(kind="written", status=result.plan.status, audit=result.plan.audit, folder=written.name)
    finally:
        log.close()
    _print(result, written, shared.as_json, answer)
    raise typer.Exit(exit_code(result.plan, interrupt.requested) or written.code)


def _same_past(result: Replan, other: Plan) -> bool:
    """Whether another plan has the starts that this one was given."""
    from planner.questions.asking import decisions_of

    past = result.plan.case.period_ids[: result.plan.case.period_ids.index(result.since)]
    one, its = ({at: units for at, units in decisions_of(plan).items() if at[1] in past} for plan in (result.plan, other))
    return one == its


def _case(folder: Path | None, scenario: str | None) -> Case | None:
    """The changed case; None if the plan's own is meant."""
    if folder is None:
        if scenario is not None:
            raise WrongUse(_("--scenario needs --case: the case in a plan's folder has no scenarios any more"))
        return None
    return common.read_case(folder, scenario)


def _print(result: Replan, written: Kept, as_json: bool, answer: Any) -> None:
    from planner.documents import runs
    from planner.questions import keeping
    from planner.questions.diagnose import shown

    if as_json:
        content = {**written.json(), **runs.as_json(result.plan), **result.facts()}
        if result.diagnosis is not None:
            content["diagnosis"] = {**keeping.about(result.diagnosis), "tables": keeping.tables(result.diagnosis)}
        common.print_json("replan", {**content, "tables": keeping.tables(result)})
        return
    bold = common.colour(sys.stdout)
    written.say(answer(result, bold=bold))
    if result.diagnosis is not None:
        written.say(series(("", shown.body(result.diagnosis, bold=bold)), "\n"))
    written.tell_where(result.plan, result.violations)
