"""planner programme: cases that share a purse, from a first example to the audited result."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planner.questions.commanding import SchedulerOption, TimeLimitOption, WorkersOption, processors
from planner.questions.offering import Offered
from planner.terminal import common
from planner.terminal.common import ExitCode, WrongUse
from planner.terminal.help import ToldCommand, ToldGroup
from planner.terminal.kept import Beside, keep
from planner.terminal.progress import Display, EventLog, Interrupt, to_each
from planner.words.said import Named, _, count, counted, said_by, series, told

if TYPE_CHECKING:
    from planner.programme.prices import Impossible
    from planner.programme.reading import Programme
    from planner.programme.result import ProgrammePlan

programme = typer.Typer(
    cls=ToldGroup, no_args_is_help=True, rich_markup_mode=None, help="Divide one purse among many cases."
)

MOST_TIMES = 10
Comparing = Literal["common", "each"]
FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with programme.yaml.", show_default=False)]
ResultArgument = Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of the result.", show_default=False)]


@programme.command(cls=ToldCommand, short_help="Make a first programme to edit.")
def init(
    folder: Annotated[Path, typer.Argument(metavar="NAME", help="Folder to make.", show_default=False)],
) -> None:
    """Make a first programme to edit: two small cases, and one central line that they share.

    \b
    Example:
      planner programme init myprogramme
    """
    from planner.files import folders
    from planner.programme.example import fill

    try:
        folders.write_folder(folder, fill, None, _("a programme"))
    except FileExistsError:
        said = _("{name} exists already, and a programme is never replaced; choose another name")
        raise WrongUse(said.format(name=folder)) from None
    common.echo(_("Made {name}.").format(name=folder))
    common.echo(_("Next: edit programme.yaml and the cases, then `planner programme solve {name}`.").format(name=folder))


@programme.command(cls=ToldCommand, short_help="Check a programme and the cases of its members.")
def validate(folder: FolderArgument, as_json: common.JsonOption = False) -> None:
    """Check a programme: list every problem with file, line and key, or say what it holds.

    Members need the same periods, unit of money and year of prices, and each of them the shared lines, without debts.

    \b
    Example:
      planner programme validate cases/china
    """
    from planner.case.problems import CaseInvalid

    try:
        found = _read(folder)
    except CaseInvalid as invalid:
        if as_json:
            common.print_json("programme-validate", {"valid": False, "problems": common.problems_of(invalid)})
        else:
            for problem in invalid.problems:
                common.echo(problem.said)
            common.echo(_("The programme has {problems}.").format(problems=count(len(invalid.problems), "problem")))
        raise typer.Exit(ExitCode.INVALID) from None
    if as_json:
        sizes = {"members": len(found.participants), "cities": sum(len(one.case.cities) for one in found.participants)}
        common.print_json("programme-validate", {"valid": True, "problems": [], "sizes": sizes})
        return
    common.echo(series(held(found), "\n"))
    common.echo(_("The programme is valid."))


@programme.command(cls=ToldCommand, short_help="Find the best division and the plans of all members.")
@Offered(
    _("Who is to be given how much of the shared money?"),
    _("The best division, when and for what, and the best plan of every member. Takes minutes to hours, by its size."),
    choices={
        "goal": {
            "common": _("by the indicators that all members have alike"),
            "each": _("each by the first goal of its own case"),
        }
    },
    hidden=frozenset({"folder", "output", "replace", "time_limit", "gap", "scheduler", "seed", "events", "as_json", "quiet",
                      "verbose"}),
).of  # fmt: skip
def solve(
    folder: FolderArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the result.", show_default="programmes/<name>")
    ] = None,
    replace: common.ReplaceOption = False,
    time_limit: TimeLimitOption = None,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, max=1.0, help="Stop when proven within this share of the best.")
    ] = 2e-3,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    seed: common.SeedOption = 0,
    others: Annotated[
        bool, typer.Option("--others/--no-others", help="Work out the divisions by people and by need beside it.")
    ] = True,
    amounts: Annotated[
        list[float] | None,
        typer.Option(
            "--amounts",
            metavar="TIMES",
            help="Also divide so many times the money, such as 0.8 and 1.2; more may be named.",
            show_default="(none)",
        ),
    ] = None,
    goal: Annotated[
        Comparing | None,
        typer.Option("--goal", help="Compare members so, whatever programme.yaml says.", show_default="(as it says)"),
    ] = None,
    events: common.EventsOption = None,
    as_json: common.JsonOption = False,
    quiet: common.QuietOption = False,
    verbose: common.VerboseOption = False,
) -> None:
    """Find who is given how much of the shared lines, and when, with the best plan of every member.

    What is minimised are the first goals of all members by their weights. Members are solved at prices of the shared money;
    what is proven of them bounds every programme. Each member's later goals are solved within what it is given. Ctrl-C once
    stops and keeps the best programme so far with its bound.

    With --amounts it is also told how other amounts of the same money would be divided: what was found of the members is
    used again, so that it takes less than solving anew.

    \b
    Example:
      planner programme solve cases/china --time-limit 300 --gap 0.005
      planner programme solve cases/china --amounts 0.8 --amounts 1.2
      planner programme solve cases/china --goal common
    """
    from planner.files import folders
    from planner.programme import store
    from planner.programme.prices import Impossible
    from planner.programme.result import solve_programme
    from planner.programme.search import ProgrammeOptions

    asked = _read(folder, goal)
    times = _times(amounts or ())
    place = output or Path("programmes") / asked.name
    folders.try_place(place, store.is_result if replace else None, _("a programme"))
    log, display = EventLog(events), Display(quiet, verbose)
    options = ProgrammeOptions(time_limit, gap, workers or processors(), seed, scheduler)
    try:
        with Interrupt() as interrupt:
            try:
                show = to_each(interrupt.watch, display, log)
                found = solve_programme(
                    asked, options=options, on_event=show, cancelled=interrupt, others=others, amounts=times
                )
            except Impossible as impossible:
                common.tell(_impossible(asked, impossible, folder))
                raise typer.Exit(ExitCode.INFEASIBLE) from None
            finally:
                display.clear()
        written, code = _kept(found, place, replace) if found.has_plans else (None, ExitCode.OK)
        log.write(kind="written", status=found.status, folder=written and str(written))
    finally:
        log.close()
    if as_json:
        common.print_json("programme-solve", {"folder": written and str(written), **store.as_json(found)})
    else:
        _print(found)
        if written is not None:
            common.echo(_("\nWritten to {folder}.").format(folder=written))
    if not found.has_plans:
        raise typer.Exit(ExitCode.INTERRUPTED if interrupt.requested else ExitCode.NO_PLAN)
    if code:
        raise typer.Exit(code)


@programme.command(cls=ToldCommand, short_help="Show who is given what, and what it closes.")
def show(result: ResultArgument, as_json: common.JsonOption = False) -> None:
    """Show a programme's result: who is given how much and when, what is closed, and other divisions beside it.

    The plan of each member lies in RESULT/plans and is shown by planner show.

    \b
    Example:
      planner programme show programmes/china
    """
    from planner.programme import store

    found = store.read_programme(result)
    if as_json:
        common.print_json("programme", store.as_json(found))
    else:
        _print(found)


@programme.command(cls=ToldCommand, short_help="Write the result as one web page.")
def report(
    result: ResultArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write.", show_default="RESULT.html, here")
    ] = None,
    replace: common.ReplaceOption = False,
) -> None:
    """Write a programme's result as one web page: the map of all members, who is given what, and what each one builds.

    The page needs nothing else and asks nothing of another host. Of a member planner report RESULT/plans/MEMBER tells more.

    \b
    Example:
      planner programme report programmes/china -o china.html
    """
    from planner.files.onefile import write_text
    from planner.programme import store
    from planner.programme.report import report as made

    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(_("{output} does not end in .html").format(output=output))
    found = store.read_programme(result)
    if not found.has_plans:
        raise WrongUse(_("{folder} holds no plans: there is nothing to report").format(folder=result))
    place = output or Path(f"{result.resolve().name}.html")
    write_text(place, made(found), replace=replace, what=_("a page"))
    common.echo(_("Written to {folder}.").format(folder=place))


@programme.command(cls=ToldCommand, short_help="Set results side by side.")
def compare(
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULT RESULT ...", help="Folders of results.", show_default=False)
    ],
    as_json: common.JsonOption = False,
) -> None:
    """Set results side by side: other amounts, shares, members or ways of comparing them.

    \b
    Example:
      planner programme compare programmes/china programmes/china-by-common-indicators
    """
    from planner.programme import comparing, store

    if len(results) < 2:
        raise WrongUse(_("two results or more are needed to compare"))
    found = [store.read_programme(result) for result in results]
    for folder, one in zip(results, found, strict=True):
        if not one.has_plans:
            raise WrongUse(_("{folder} holds no plans: there is nothing to compare").format(folder=folder))
    short = [result.resolve().name for result in results]
    names = [name if short.count(name) == 1 else str(folder) for name, folder in zip(short, results, strict=True)]
    if as_json:
        notes = [str(told(note)) for note in comparing.notes(found, names)]
        common.print_json("programme-compare", {"notes": notes, "members": comparing.as_rows(found, names)})
    else:
        common.echo(comparing.said(found, names).text(common.colour(sys.stdout)))


@programme.command(cls=ToldCommand, short_help="Recompute every plan, the sums and the bound.")
def audit(result: ResultArgument, as_json: common.JsonOption = False) -> None:
    """Audit every member's plan, add the shared lines up, and work the printed bound out again.

    The bound comes out of what is proven of each member at the prices, which is the solver's word; that no plan is better
    than that is checked. What other divisions come to is the solver's word, too: of them no plans are kept. It ends with 1
    if anything is not as it says.

    \b
    Example:
      planner programme audit programmes/china
    """
    from planner.programme import store
    from planner.programme.audit import audit_programme

    found = store.read_programme(result)
    report = audit_programme(found)
    if as_json:
        content = {"passed": report.passed, "comparisons": dict(report.checks)}
        common.print_json("programme-audit", {**content, "violations": [str(told(v)) for v in report.violations]})
    else:
        made = sum(report.checks.values())
        wrong = len(report.violations)
        head = (
            _("Audit passed: all {made:,} comparisons agree").format(made=made)
            if report.passed
            else counted(
                wrong, "Audit failed: {wrong:,} of {made} does not agree", "Audit failed: {wrong:,} of {made} do not agree"
            ).format(wrong=wrong, made=count(made, "comparison"))
        )
        common.echo(series([head, *(_("  {violation}").format(violation=v) for v in report.violations)], "\n"))
        if found.others:
            common.echo(_("What other divisions come to is the solver's word: their plans are not kept."))
    raise typer.Exit(ExitCode.OK if report.passed else ExitCode.FAILED)


def _times(amounts: Sequence[float]) -> tuple[float, ...]:
    """Amounts that are asked about, each once; the programme's own is answered anyway."""
    for times in amounts:
        if not (isfinite(times) and 0 < times <= MOST_TIMES):
            raise WrongUse(_("--amounts takes numbers above 0 and at most {most}, not {times}").format(
                most=MOST_TIMES, times=f"{times:g}"
            ))  # fmt: skip
    return tuple(dict.fromkeys(times for times in amounts if times != 1))


def _read(folder: Path, goal: str | None = None) -> Programme:
    from planner.files.inputs import PROGRAMME_FILE
    from planner.programme.reading import load_programme

    if not (folder / PROGRAMME_FILE).is_file():
        raise WrongUse(_("{folder} holds no {file}").format(folder=folder, file=PROGRAMME_FILE))
    return load_programme(folder, goal)


def _kept(found: ProgrammePlan, place: Path, replace: bool) -> tuple[Path | None, ExitCode]:
    """Write a result; beside a better one of the same programme, not in its place."""
    from planner.plans.store import PlanUnreadable
    from planner.programme import store
    from planner.words import numbers

    beside: Beside | None = None
    if replace and store.is_result(place):
        with suppress(PlanUnreadable):
            there = store.read_programme(place)
            if there.beats(found):
                figures = numbers.side_by_side([there.value, found.value])
                said = _(
                    "The programme at {place} is better ({mine} against {its}, less is better): it is kept, and {what} is "
                    "written to {free}."
                )
                beside = partial(said.format, mine=figures[0], its=figures[1])
    return keep(
        place, _("the programme"), lambda: store.write_programme(found, place, replace),
        lambda to, checked: store.write_programme(found, to), beside,
    )  # fmt: skip


def _impossible(asked: Programme, impossible: Impossible, folder: Path) -> str:
    """What cannot be, and what to do where it is one member that cannot."""
    if not impossible.member:
        return _("planner: {problem}").format(problem=said_by(impossible))
    place = folder / asked.keys.members[impossible.member].case
    said = _("planner: {problem}; `planner diagnose {case}` says why")
    return said.format(problem=said_by(impossible), case=place)


def held(found: Programme) -> list[str]:
    """What a programme holds, in a few lines."""
    from planner.case import naming
    from planner.case.values import EACH
    from planner.programme.common_indicators import counted
    from planner.programme.shown import named

    known = found.participants[0].case
    cities = sum(len(one.case.cities) for one in found.participants)
    people = sum(one.people for one in found.participants)
    return [
        named(found.title, found.keys.title_zh),
        _("{members}, {cities}, {people} million people").format(
            members=count(len(found.participants), "member"),
            cities=count(cities, "city", "cities"),
            people=Named(f"{people / 1e6:,.1f}", {"zh": f"{people / 1e4:,.0f}"}),  # Chinese counts ten thousands
        ),
        _("Compared by the first goal of each member's own case")
        if found.keys.goal == EACH
        else _("Compared by {indicators}, alike in all members").format(
            indicators=series([naming.indicator(known, x) for x in counted(known)])
        ),
        *(
            _("{line}: {money:,.1f} {unit} in {periods}").format(
                line=naming.name_of(line), money=found.in_all(l), unit=found.keys.money.unit,
                periods=count(len(found.periods), "period"),
            )
            for l, line in found.keys.lines.items()
        ),
    ]  # fmt: skip


def _print(found: ProgrammePlan) -> None:
    from planner.programme.shown import said

    common.echo(said(found).text(common.colour(sys.stdout)))
