"""planner report: a plan for a minister and for planners, as one web page, a workbook or a picture."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.files.pathnames import file_name
from planner.questions import commanding
from planner.terminal import common, named
from planner.terminal.common import CannotDo, WrongUse
from planner.terminal.kept import keep
from planner.terminal.progress import Display, EventLog, Interrupt, to_each
from planner.words.said import _, said_by, series, speak

if TYPE_CHECKING:
    from planner.documents.briefing.worth import Answers
    from planner.plans.plan import Plan
    from planner.questions.asking import AskOptions

UNSURE_PLAN = {
    "changed": _("the plan was changed since it was audited"),
    "no digest": _("the plan has no digest, so that nobody can tell whether it was changed since it was audited"),
}
SECONDS = 120.0  # that questions may take unless said otherwise
FOR_SIGNATURES = 0.5  # share of it


class Format(StrEnum):
    """What a report is written as."""

    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"
    PNG = "png"
    SVG = "svg"


class Drawing(StrEnum):
    """What a picture shows, as `planner.documents.drawings.offered` has it (which takes a while to load)."""

    MAP = "map"
    CLOSED = "closed"
    FLOWS = "flows"
    TIMELINE = "timeline"
    GAPS = "gaps"
    CITIES = "cities"
    MONEY = "money"
    LINES = "lines"


def report(
    plan: common.PlanArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; its ending says as what.", show_default="PLAN.html, here"),
    ] = None,
    kind: Annotated[
        Format | None, typer.Option("--format", help="What to write.", show_default="by the ending of the file")
    ] = None,
    drawing: Annotated[
        Drawing | None, typer.Option("--drawing", help="What a PNG or SVG picture shows.", show_default="map")
    ] = None,
    chinese: Annotated[bool, typer.Option("--chinese", help="In Chinese, as with planner --language zh.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Ask nothing: no worth of signatures, no first project left out.")
    ] = False,
    importance: Annotated[
        Path | None,
        typer.Option(
            "--importance", metavar="ANSWER", help="An answer of planner importance to use.", show_default="asked now"
        ),
    ] = None,
    sensitivity: Annotated[
        Path | None,
        typer.Option(
            "--sensitivity",
            metavar="ANSWER",
            help="An answer of planner sensitivity, to rank assumptions by.",
            show_default="ranked by what rests on them",
        ),
    ] = None,
    risk: Annotated[
        Path | None,
        typer.Option(
            "--risk",
            metavar="ANSWER",
            help="An answer of planner risk about this plan: how sure it is.",
            show_default="not told",
        ),
    ] = None,
    priorities: Annotated[
        Path | None,
        typer.Option(
            "--priorities",
            metavar="ANSWER",
            help="An answer of planner priorities: which projects are firm.",
            show_default="not told",
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", min=0.0, max=common.LONGEST, help="For the questions together."),
    ] = SECONDS,
    workers: commanding.WorkersOption = None,
    scheduler: commanding.SchedulerOption = None,
    seed: commanding.SeedOption = 0,
    replace: common.ReplaceOption = False,
    events: common.EventsOption = None,
    quiet: common.QuietOption = False,
    verbose: common.VerboseOption = False,
) -> None:
    """Write a plan as one web page that needs nothing else, an Excel workbook, or a picture.

    A PDF is the sheet for a minister alone, on one page of A4; in Chinese it needs a font on this machine and says so. Of
    the others the first page is that sheet; map, timeline, gaps, money, assumptions and proof follow. What each signature
    is worth and which project is the first left out take solving: up to the time limit, and --quick leaves it out.

    \b
    Example:
      planner report plans/jing-jin-ji--base -o report.html
      planner report plans/jing-jin-ji--base -o report.xlsx --quick
      planner report plans/jing-jin-ji--base -o sheet.pdf --chinese
      planner report plans/jing-jin-ji--base -o report.html --risk answers/risk --priorities answers/priorities
      planner report plans/jing-jin-ji--base -o map.png --drawing map
    """
    from planner.files.onefile import check_place

    chosen, file = _target(plan, output, kind)
    answers = {"importance": importance, "sensitivity": sensitivity, "risk": risk, "priorities": priorities}
    _check_options(chosen, file, drawing, answers)
    if chinese:
        speak("zh")
    found = _plan(plan)
    check_place(file.resolve(), replace, _("a report"))
    if chosen in (Format.PNG, Format.SVG):
        _made(found, lambda: _picture(found, file, chosen, drawing or Drawing.MAP, replace))
        return
    given = _given(found, answers)
    if not quick and _why_not_asked(found) == "":
        limits = commanding.options(time_limit, 1e-3, seed, workers, scheduler)
        given = _asked(found, given, limits, events=events, quiet=quiet, verbose=verbose)
    else:
        given = _with(given, why_not=_why_not_asked(found) or _("the report was made with --quick"))
    _made(found, lambda: _document(found, file, chosen, given, replace))
    if given.missing and not quiet:
        common.tell(_("not answered or not proven: {missing}; the report lists them").format(missing=len(given.missing)))


def _target(plan: Path, output: Path | None, kind: Format | None) -> tuple[Format, Path]:
    """What to write and where; the ending and the format asked for have to agree."""
    if output is None:
        return kind or Format.HTML, Path(f"{file_name(plan.resolve().name or 'plan')}.{(kind or Format.HTML).value}")
    ending = output.suffix.lower().removeprefix(".")
    known = [f.value for f in Format]
    if kind is None:
        if ending not in known:
            raise WrongUse(
                _("{output} ends with none of {known}: say --format, or choose another name").format(
                    output=output, known=series(known)
                )
            )
        return Format(ending), output
    if ending in known and ending != kind.value:
        raise WrongUse(
            _("{output} would not be what its ending says: --format is {value}").format(output=output, value=kind.value)
        )
    return kind, output


def _check_options(kind: Format, file: Path, drawing: Drawing | None, answers: Mapping[str, Path | None]) -> None:
    """Refuse what would be ignored: a drawing belongs to a picture, and answers do not."""
    is_picture = kind in (Format.PNG, Format.SVG)
    if drawing is not None and not is_picture:
        said = _("--drawing is what a picture shows, and {file} is none: leave it out, or write a PNG or SVG")
        raise WrongUse(said.format(file=file))
    given = [f"--{question}" for question, folder in answers.items() if folder is not None]
    if given and is_picture:
        said = _("{file} is a picture, which shows no answers: leave out {options}, or name a page or workbook")
        raise WrongUse(said.format(file=file, options=series(given)))


def _plan(folder: Path) -> Plan:
    """A plan with decisions."""
    from planner.documents.goals import status_words

    found = common.read_plan(folder)
    if not found.has_decisions:
        raise CannotDo(_("there is no plan to report: {found}").format(found=status_words(found)))
    common.warn_if_edited(found)
    return found


def _made(plan: Plan, make: Any) -> None:
    """Make the file; a plan that was edited into nonsense is told as such."""
    try:
        common.echo(str(make()))
    except (KeyError, IndexError):
        if not plan.may_be_edited:
            raise
        raise CannotDo(_("it makes no sense any more: {found}").format(found=common.unsure(plan))) from None


def _why_not_asked(plan: Plan) -> str:
    """Why questions make no sense for this plan; empty if they do."""
    from planner.questions.asking import why_not_best

    if plan.status == "evaluated":
        return _("the questions are about best plans, and this one was made by hand")
    if why := why_not_best(plan, plan.case):
        return _("the questions are about best plans: {why}").format(why=why)
    return UNSURE_PLAN[plan.audit] if plan.may_be_edited else ""


def _given(plan: Plan, answers: Mapping[str, Path | None]) -> Answers:
    """Answers from folders, by question."""
    from planner.documents.briefing.sure import Sure
    from planner.documents.briefing.worth import Answers
    from planner.plans.totals import share_closed
    from planner.questions import keeping

    tables: dict[str, Any] = {}
    missing: list[str] = []
    for question, folder in answers.items():
        if folder is not None:
            if named.question_of(folder) != question:
                raise WrongUse(named.no_answer(folder, question))
            try:
                about, found = keeping.read_tables(folder, question, "money" if question == "risk" else "")
            except ValueError as wrong:
                raise WrongUse(said_by(wrong)) from None
            if about["case"]["hash"] != plan.case.content_hash:
                raise WrongUse(
                    _("{folder} is an answer about another case, or an earlier version of this one").format(folder=folder)
                )
            tables[question] = Sure(about, found) if question == "risk" else found[question]
            if question == "risk" and not tables[question].is_about(plan, share_closed(plan)):
                raise WrongUse(_("{folder} is an answer about another plan of this case").format(folder=folder))
            missing += about.get("missing", [])
    return Answers(**tables, missing=tuple(missing))


def _asked(plan: Plan, given: Answers, limits: AskOptions, *, events: Path | None, quiet: bool, verbose: bool) -> Answers:
    """Answers of the questions that the report needs, as far as the time suffices."""
    from dataclasses import replace

    from planner.questions.importance.ask import importance
    from planner.questions.left_out import left_out
    from planner.work.stopping import Until, asked_limit

    log, display = EventLog(events), Display(quiet, verbose)
    try:
        with Interrupt(_("what is answered so far is kept")) as interrupt, asked_limit(limits.time_limit):
            show = to_each(interrupt.watch, display, log)
            watching: dict[str, Any] = {"plan": plan, "on_event": show, "cancelled": interrupt}
            signed = [m.id for m in plan.case.measures.values() if m.is_signed and m.status == "candidate"]
            until = Until.within(limits.time_limit)
            try:
                if given.importance is None and signed:
                    first = replace(limits, time_limit=until.share(FOR_SIGNATURES).limit)
                    worth = importance(plan.case, measures=signed, options=first, **watching)
                    given = _with(given, importance=worth.tables["importance"], missing=(*given.missing, *worth.missing))
                rest = replace(limits, time_limit=until.limit)
                next_one = left_out(plan.case, options=rest, **watching)
            finally:
                display.clear()
        names = ("scores", "forced", "displaced", "against")
        tables = {name: next_one.tables[name] for name in names}
        missing = (*given.missing, *next_one.missing)
        return _with(given, **tables, unscored=next_one.unscored, missing=missing)
    finally:
        log.close()


def _with(answers: Answers, **changed: Any) -> Answers:
    from dataclasses import replace

    return replace(answers, **changed)


def _document(plan: Plan, file: Path, kind: Format, answers: Answers, replace: bool) -> Path:
    """Write the page, the sheet of paper, or the workbook."""
    if kind == Format.PDF:
        from planner.documents.briefing.sheet_pdf import sheet_pdf
        from planner.documents.drawings.rendering import NotDrawn

        try:
            content = sheet_pdf(plan, answers)
        except NotDrawn as problem:
            raise CannotDo(said_by(problem)) from problem
        return _written(content, file, replace, _("the report"))
    if kind == Format.XLSX:
        from planner.case import naming
        from planner.documents.briefing.book import sheets
        from planner.documents.workbook import workbook_content

        return _written(workbook_content(sheets(plan, answers), naming.title(plan.case)), file, replace, _("the report"))
    from planner.documents.briefing.page import report as page

    return _written(page(plan, answers).encode("utf-8"), file, replace, _("the report"))


def _picture(plan: Plan, file: Path, kind: Format, drawing: Drawing, replace: bool) -> Path:
    """Write one drawing."""
    from planner.documents.drawings import rendering
    from planner.documents.drawings.offered import DRAWINGS

    chart = DRAWINGS[drawing.value].draw(plan)
    try:
        content = rendering.png(chart) if kind == Format.PNG else rendering.svg(chart).encode("utf-8")
    except rendering.NotDrawn as problem:
        raise CannotDo(said_by(problem)) from problem
    return _written(content, file, replace, _("the picture"))


def _written(content: bytes, file: Path, replace: bool, what: str) -> Path:
    """Write the file, where its disk takes it: what the questions found took its time."""
    from planner.files.onefile import write_content

    def write(to: Path, replace: bool = False) -> Path:
        return write_content(to, content, replace=replace, what=what)

    place, code = keep(file, what, lambda: write(file, replace), lambda to, _: write(to))
    if place is None or code:
        raise typer.Exit(code)
    return place
