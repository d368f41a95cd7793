"""planner solve: the best plan of a case, audited and written."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.terminal import common
from planner.terminal.common import WrongUse, tell
from planner.terminal.kept import Kept as Written
from planner.terminal.kept import exit_code, keep_found
from planner.terminal.progress import Display, EventLog, Interrupt, to_each
from planner.terminal.shared import Searching, with_options
from planner.words.said import _, count, said_by, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.planning.search import SolveOptions
    from planner.plans.plan import Plan
    from planner.questions.diagnose.ask import Diagnosis
    from planner.questions.risk.reserve import Kept
    from planner.work.stopping import Listener


@with_options(Searching)
def solve(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the plan.", show_default="plans/<case>--<scenario>"),
    ] = None,
    reserve: Annotated[
        str | None,
        typer.Option(
            "--reserve",
            metavar="P80",
            help="Keep so much money free that every line holds in so many per cent of the draws: P50 to P95.",
            show_default="what the case says",
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--start",
            metavar="PLAN",
            help="A plan of this case, or of one like it, that the search begins with.",
            show_default="a first plan is looked for",
        ),
    ] = None,
    *,
    shared: Searching,
) -> None:
    """Find the best plan of a case, audit it, and write it to a folder.

    Goals are solved one after the other. Every plan is checked by an audit that shares no code with the model. Ctrl-C
    once, SIGTERM, or the file that PLANNER_STOP_FILE names once it exists, stops and keeps the best plan so far; its status
    is then "interrupted". Before there is any plan it ends the command (exit code 130), as the time limit does (exit code
    5). With --replace, a plan is never replaced by the news that none was found, nor by a worse one of the same case, which
    is written beside it. Of a case that cannot be met, the smallest changes that would help are looked for, for a minute and
    what is left of the limit at most (planner diagnose takes its time).

    With --start PLAN the search begins with that plan's decisions, as far as the case allows them: where a case differs in
    a few figures there is an answer in seconds. It changes how long the search takes, not what is proven.

    With --reserve P80 the plan is solved, what is uncertain is drawn 20,000 times, each line keeps free what it lacks in the
    draw that 80 % are not above, and the plan is solved anew, until every line holds in every period in 80 % of the draws by
    itself; 20,000 other draws confirm it. That is a heuristic of at most eight rounds, and takes as many solves. The plan's
    folder is plans/<case>--<scenario>--P80 then, and its case has the reserves.

    \b
    Example:
      planner solve cases/jing-jin-ji --scenario tight-money --time-limit 600
      planner solve cases/jing-jin-ji --reserve P80
    """
    from planner.files import folders
    from planner.planning.search import SolveOptions
    from planner.plans import store
    from planner.work.stopping import Until

    asked = common.read_case(case, scenario)  # first: a case that cannot be read leaves nothing behind
    percent = None if reserve is None else _percent(reserve, asked)
    known = None if start is None else _decisions(start, shared.quiet)
    usual = common.usual_place(common.case_name(case), asked.scenario)
    place = output or (usual if percent is None else usual.with_name(f"{usual.name}--P{percent}"))
    folders.try_place(place, store.is_plan if shared.replace else None, _("a plan"))
    log = EventLog(shared.events)
    try:
        with Interrupt() as interrupt:
            options = SolveOptions(**shared.limits())
            until = Until.within(shared.time_limit)
            plan, violations, kept = _solve(
                asked, options, percent, known, Display(shared.quiet, shared.verbose), log, interrupt
            )
            written = keep_found(plan, place, shared.replace, interrupt.requested)
            log.write(kind="written", status=plan.status, audit=plan.audit, folder=written.name)
            diagnosis = None
            if plan.status == "infeasible":
                diagnosis = _diagnose(plan, options, until.left, Display(shared.quiet, shared.verbose), log, interrupt)
    finally:
        log.close()
    _print(plan, written, violations, diagnosis, kept, shared.as_json)
    raise typer.Exit(exit_code(plan, interrupt.requested) or written.code)


def _decisions(folder: Path, quiet: bool) -> dict[tuple[str, str], float]:
    """What a plan starts."""
    from planner.questions.asking import decisions_of

    found = common.read_plan(folder)
    common.warn_if_edited(found, quiet)
    return decisions_of(found) if found.has_decisions else {}


def _percent(said: str, case: Case) -> int:
    """Of how many per cent of the draws `P80` speaks, where that can be asked of the case."""
    from planner.questions.risk import reserve

    number = said.strip().upper().removeprefix("P")
    if not number.isdecimal():
        raise WrongUse(_("--reserve {said} is no share of draws: say P50 to P95").format(said=said))
    try:
        reserve.check(case, int(number))
    except ValueError as wrong:
        raise WrongUse(said_by(wrong)) from None
    return int(number)


def _solve(
    case: Case,
    options: SolveOptions,
    percent: int | None,
    start: Mapping[tuple[str, str], float] | None,
    display: Display,
    log: EventLog,
    interrupt: Interrupt,
) -> tuple[Plan, tuple[str, ...], Kept | None]:
    """Solve, audit: the plan, marked with what the audit found, its violations, and how sure it is where that is asked."""
    from planner.case import warnings_of
    from planner.planning.proving_again import audited
    from planner.planning.search import solve as find
    from planner.work.stopping import Until, anew, with_grace

    if not display.quiet:
        _warn(warnings_of(case), display.verbose)
        tell(_announcement(case))
    until = Until.within(with_grace(options.time_limit))
    show = to_each(interrupt.watch, display, log)
    kept = None
    try:
        if percent is None:
            plan = find(case, options=options, on_event=show, cancelled=interrupt, start=start)
        else:
            kept = _kept(case, options, percent, start, show, interrupt)
            plan = kept.plan
    finally:
        display.clear()
    began = time.perf_counter()
    plan, violations = audited(plan, replace(until, cancelled=anew(interrupt)))
    if plan.has_decisions and plan.audit == "not run":
        tell(_("warning: the audit was stopped, so nothing vouches for the plan yet: run planner audit"))
    elif plan.has_decisions and display.verbose:
        tell(_("the audit took {seconds:.1f} s").format(seconds=time.perf_counter() - began))
    return plan, violations, kept


def _kept(
    case: Case,
    options: SolveOptions,
    percent: int,
    first: Mapping[tuple[str, str], float] | None,
    show: Listener,
    interrupt: Interrupt,
) -> Kept:
    """The plan of which every line holds in so many per cent of the draws, as far as the time goes."""
    from planner.planning.search import solve as find
    from planner.questions.asking import decisions_of
    from planner.questions.risk.reserve import A_ROUND, make_hold
    from planner.work.stopping import Event, Until, asked_limit

    until, began = Until.within(options.time_limit, interrupt), time.perf_counter()

    def solves(of: Case, last: Plan | None) -> Plan:
        limited = replace(options, time_limit=until.share(A_ROUND).limit)
        start = first if last is None else decisions_of(last)
        return find(of, options=limited, on_event=show, cancelled=interrupt, start=start)

    def tell_stage(message: str) -> None:
        show(Event("stage", "", time.perf_counter() - began, message=message))

    with asked_limit(options.time_limit):
        return make_hold(case, percent, solves, seed=options.seed, stopped=lambda: until.why is not None, tell=tell_stage)


def _diagnose(
    plan: Plan, options: SolveOptions, seconds: float, display: Display, log: EventLog, interrupt: Interrupt
) -> Diagnosis:
    """What would make the case possible, as far as that is known soon."""
    from planner.questions.asking import AskOptions
    from planner.questions.diagnose.ask import DIAGNOSIS_SECONDS
    from planner.questions.diagnose.ask import diagnose as ask
    from planner.work.stopping import asked_limit

    if not display.quiet:
        tell(_("The case cannot be met; looking for the smallest changes that would help ..."))
    try:
        limits = AskOptions(time_limit=min(seconds, DIAGNOSIS_SECONDS), seed=options.seed)
        with asked_limit(options.time_limit):
            return ask(plan.case, plan=plan, options=limits, on_event=to_each(display, log), cancelled=interrupt)
    finally:
        display.clear()


def _print(
    plan: Plan,
    written: Written,
    violations: tuple[str, ...],
    diagnosis: Diagnosis | None,
    kept: Kept | None,
    as_json: bool,
) -> None:
    from planner.documents import runs, text
    from planner.plans import totals

    if diagnosis is not None:
        from planner.questions import keeping
        from planner.questions.diagnose import shown
    if kept is not None:
        from planner.questions.risk import reserve_shown
    if as_json:
        content = {**written.json(), **runs.as_json(plan), "violations": list(violations)}
        if diagnosis is not None:
            content["diagnosis"] = {**keeping.about(diagnosis), "tables": keeping.tables(diagnosis)}
        if kept is not None:
            content["reserve"] = reserve_shown.as_json(kept)
        common.print_json("solve", {**content, "totals": totals.totals(plan)})
        return
    bold = common.colour(sys.stdout)
    written.say(text.headline(plan, bold=bold, explained=diagnosis is not None))
    if diagnosis is not None:
        written.say(series(("", shown.body(diagnosis, bold=bold)), "\n"))
    if kept is not None and plan.has_decisions:
        written.say(series(("", reserve_shown.text(kept, bold=bold)), "\n"))
    written.tell_where(plan, violations)


def _announcement(case: Case) -> str:
    from planner.case import naming

    measures = sum(1 for m in case.measures.values() if m.starts)
    return _("{title}: {cities}, {periods}, {measures} to choose from, {lines}").format(
        title=naming.title(case),
        cities=count(len(case.cities), "city", "cities"),
        periods=count(len(case.periods), "period"),
        measures=count(measures, "measure"),
        lines=count(len(case.lines), "budget line"),
    )


def _warn(warnings: tuple[str, ...], all_of_them: bool) -> None:
    for warning in warnings if all_of_them else warnings[:5]:
        tell(_("warning: {warning}").format(warning=warning))
    if len(warnings) > 5 and not all_of_them:
        tell(_("warning: and {number} more; `planner validate` lists them").format(number=len(warnings) - 5))
