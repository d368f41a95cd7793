"""planner evaluate: every figure of a plan made by hand."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from planner.questions.commanding import TimeLimitOption
from planner.questions.offering import Offered
from planner.terminal import common, named
from planner.terminal.common import ExitCode, WrongUse, tell
from planner.terminal.kept import Kept, keep_plan
from planner.terminal.progress import EventLog, Interrupt
from planner.words.said import _


@Offered(
    _("What do decisions of one's own come to?"),
    _("All figures of a plan made by hand, and which promises it breaks and by how much. Takes seconds."),
    gives_plan=True,
).of
def evaluate(
    case: common.CaseArgument,
    decisions: Annotated[
        Path,
        typer.Argument(
            metavar="DECISIONS", help="CSV file with the columns measure, start_period, units.", show_default=False
        ),
    ],
    scenario: common.ScenarioOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the plan.", show_default="not written")
    ] = None,
    replace: common.ReplaceOption = False,
    time_limit: TimeLimitOption = None,
    events: common.EventsOption = None,
    as_json: common.JsonOption = False,
) -> None:
    """Work out all figures of decisions made by hand, and which promises they break and by how much.

    The file has one row for each measure and start period (2030 or 2026-2030), and a column note if you like; the
    decisions.csv of a plan will do, changed or not, also as exported: its other columns, such as names and costs, are not
    read, as the case says them.

    Hard limits, so that the file is invalid (exit code 3): the periods in which a measure can start, its units in all
    and a period, whole units where it is not divisible, and halves that belong together. All else is a promise that may
    be broken (money, targets, rules, what a measure requires, no city loses): the figures are worked out all the same,
    with as little excess as possible, each broken promise is listed, and the exit code is 0.

    \b
    Example:
      planner evaluate cases/jing-jin-ji my-decisions.csv -o plans/mine
    """
    from planner.documents import runs, text
    from planner.files import folders
    from planner.planning.handmade import evaluate as work_out
    from planner.planning.handmade import read_decisions
    from planner.planning.proving_again import audited
    from planner.plans import store, totals
    from planner.work.stopping import Event, Until, anew

    if not decisions.is_file():
        raise WrongUse(named.no_file(decisions, [".csv"]))
    if output is not None:
        folders.try_place(output, store.is_plan if replace else None, _("a plan"))
    found = common.read_case(case, scenario)
    log = EventLog(events)
    with Interrupt() as interrupt, closing(log):
        log(Event("stage", "", 0.0, message=_("working out all figures")))
        plan = work_out(found, read_decisions(decisions, found, tell), Until.within(time_limit, interrupt))
        plan, violations = audited(plan, Until(cancelled=anew(interrupt)))
    if plan.audit == "not run":
        tell(_("warning: the audit was stopped, so nothing vouches for the plan yet: run planner audit"))
    written = Kept(None) if output is None else keep_plan(plan, output, replace)
    if as_json:
        content = {**written.json(), **runs.as_json(plan), "violations": list(violations)}
        common.print_json("evaluate", {**content, "totals": totals.totals(plan)})
    else:
        written.say(text.headline(plan, bold=common.colour(sys.stdout)))
        written.tell_where(plan, violations)
    raise typer.Exit(written.code if plan.audit == "passed" else ExitCode.FAILED)
