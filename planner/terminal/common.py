"""What all commands share: exit codes, options, and how problems are told."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from planner.files.pathnames import file_name, readable
from planner.terminal import named
from planner.terminal.help import ToldGroup
from planner.terminal.named import WORKBOOK as WORKBOOK
from planner.words.said import _, count, said_by, series, told
from planner.words.system import why

if TYPE_CHECKING:
    import pandas as pd

    from planner.case import Case
    from planner.plans.plan import Plan


class ExitCode(IntEnum):
    """What a command ends with, as its help says."""

    OK = 0
    FAILED = 1
    USAGE = 2
    INVALID = 3
    INFEASIBLE = 4
    NO_PLAN = 5
    INTERRUPTED = 130


class WrongUse(Exception):
    """Something about the call itself: told in one sentence, exit code 2."""


class CannotDo(Exception):
    """Something that this plan does not allow: told in one sentence, exit code 1."""


SHORT_OF_MEMORY = _(
    "this computer has not enough memory for that: close other programs, take fewer --workers, or a smaller case"
)
OF_A_DISK = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})  # files are named
NO_MEMORY = ("bad_alloc", "failed to map segment", "Cannot allocate memory")  # of C++, of the loader, of the system
UNTOUCHED = _("Nothing is written there, and nothing that was there is touched.")
SCHEMAS = {"show": "plan"}  # of the commands whose JSON is not named like them

LONGEST = 1e9  # seconds
MOST_THREADS = 1024
LARGEST_SEED = 2**31 - 1  # that the solver takes

CaseArgument = Annotated[
    Path, typer.Argument(metavar="CASE", help="Folder of the case, or its Excel workbook (.xlsx).", show_default=False)
]
PlanArgument = Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan.", show_default=False)]
ScenarioOption = Annotated[
    str | None, typer.Option("--scenario", help="A scenario of the case, by id or name.", show_default="as it stands")
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Replace what is there.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no warnings on stderr.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")]
EventsOption = Annotated[
    Path | None,
    typer.Option("--events", metavar="FILE", help="Append the progress as JSON lines.", show_default=False),
]

# Of the commands that search for one plan
TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit", metavar="SECONDS", min=0.0, max=LONGEST, show_default="none",
        help="For all of it: preparation, all goals, and the figures of the plan, for which a tenth or more is kept. A goal "
        "may take three quarters of what is left while others wait.",
    ),
]  # fmt: skip
GapOption = Annotated[
    float | None,
    typer.Option(
        "--gap", min=0.0, max=1.0, show_default="0.0001 for the first goal, 0.001 for those after it",
        help="Stop a goal when it is proven within this share of the best.",
    ),
]  # fmt: skip
LaterGapOption = Annotated[
    float | None,
    typer.Option("--later-gap", min=0.0, max=1.0, help="The same for the goals after the first.", show_default="as --gap"),
]
ThreadsOption = Annotated[int, typer.Option("--threads", min=1, max=MOST_THREADS, help="Threads of the solver.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Same case, same seed, same plan.")]


class PlannerGroup(ToldGroup):
    """Turns what can go wrong in any command into a message and an exit code."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read what was typed, which may ask for no more than the help."""
        return self._guarded((), super().make_context, *args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        call = [*ctx._protected_args, *ctx.args]  # the command's name and its words; parsing empties both
        return self._guarded(call, super().invoke, ctx)

    def _guarded(self, call: Sequence[str], work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return work(*args, **kwargs)
        except KeyboardInterrupt:
            tell(_("interrupted"))
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except BrokenPipeError:  # the reader of our output went away: planner show ... | head
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (lives until the end)
            raise typer.Exit(ExitCode.OK) from None
        except Exception as problem:
            code = tell_problem(problem)
            if code is None:
                raise
            if "--json" in call:
                with contextlib.suppress(OSError):  # stdout may be what is wrong
                    print_json(SCHEMAS.get(call[0], call[0]), {"problems": problems_of(problem)})
            raise typer.Exit(code) from None


def tell_problem(problem: Exception) -> ExitCode | None:
    """Print a problem as its kind asks for; None if it is the parser's own business (usage, exit)."""
    if type(problem).__module__.split(".")[0] == "typer":
        return None
    if not is_short_of_memory(problem):
        try:
            return _tell_of_its_kind(problem)
        except Exception as another:  # what was too little for the work may be too little for what tells of it
            if not is_short_of_memory(another):
                raise
    try:
        tell(_("planner: {problem}").format(problem=SHORT_OF_MEMORY))
    except Exception:  # not even for that
        sys.stderr.write(f"planner: {SHORT_OF_MEMORY}\n")
    return ExitCode.FAILED


def _tell_of_its_kind(problem: Exception) -> ExitCode:
    from planner.case.problems import CaseInvalid
    from planner.work.stopping import Stopped

    if isinstance(problem, CaseInvalid):
        tell_invalid(problem)
        return ExitCode.INVALID
    if isinstance(problem, Stopped):
        tell(_("planner: {problem}").format(problem=sentence(problem)))
        return ExitCode.NO_PLAN if problem.why == "limit" else ExitCode.INTERRUPTED
    if _is_not_written(problem):
        tell(series((_("planner: {problem}.").format(problem=sentence(problem)), UNTOUCHED), " "))
        return ExitCode.FAILED
    if isinstance(problem, CannotDo) or is_damaged(problem) or _is_of_stdout(problem):
        tell(_("planner: {problem}").format(problem=sentence(problem)))
        return ExitCode.FAILED
    if isinstance(problem, WrongUse | OSError) or _is_unreadable(problem):
        tell(_("planner: {problem}").format(problem=sentence(problem)))
        return ExitCode.USAGE
    tell("".join(traceback.format_exception(problem)))
    tell(
        _(
            "\nplanner: this is a fault of the program, not of your case. Please report the lines above, with the "
            "case if you can."
        )
    )
    return ExitCode.FAILED


def _is_of_stdout(problem: Exception) -> bool:
    """Whether it is what was printed that a full disk, say, did not take: of a file the name would be known."""
    return isinstance(problem, OSError) and not problem.filename and problem.errno in OF_A_DISK


def _is_not_written(problem: Exception) -> bool:
    from planner.files.folders import NotWritten

    return isinstance(problem, NotWritten)


def problems_of(problem: Exception) -> list[dict[str, Any]]:
    """What is wrong as JSON objects; place and column are null where there are none."""
    from planner.case.problems import CaseInvalid

    if not isinstance(problem, CaseInvalid):
        said = sentence(problem)
        return [{"file": None, "row": None, "column": None, "message": said, "text": said}]
    return [
        {"file": p.file, "row": p.row, "column": p.column, "message": p.message, "text": p.said} for p in problem.problems
    ]


class Line(Protocol):
    """A line of the terminal that renews itself."""

    def held(self) -> contextlib.AbstractContextManager[None]:
        """It is away, and stays away as long as the block lasts."""

    def clear(self) -> None:
        """Take it away for good."""


lines: list[Line] = []  # the last one is shown


def _say(text: str, nl: bool = True, err: bool = False) -> None:
    """Say something where no line renews itself: none comes back into an answer, which somebody may read page by page."""
    if not err:
        for line in list(lines):
            line.clear()
    with lines[-1].held() if lines else contextlib.nullcontext():
        typer.echo(text, nl=nl, err=err)


def echo(text: str, nl: bool = True) -> None:
    """Print a text on stdout in the language of now, and the end of a line after it; see `_safe`."""
    _say(_safe(told(text)), nl)


def unsure(plan: Plan) -> str:
    """That nobody vouches for the files of a plan, see `planner.plans.plan.UNSURE`."""
    from planner.plans.plan import UNSURE

    return _("the plan {unsure}: run planner audit").format(unsure=UNSURE[plan.audit])


def warn_if_edited(plan: Plan, quiet: bool = False) -> None:
    """Say that nobody vouches for the files of a plan, if that is so and warnings are wanted."""
    if plan.may_be_edited and not quiet:
        tell(_("warning: {found}").format(found=unsure(plan)))


def tell(text: str) -> None:
    """Print a message on stderr in the language of now; see `_safe`."""
    _say(_safe(told(text)), err=True)


def _safe(text: str) -> str:
    """A text whose signs steer no terminal, whatever it quotes; only headings are bold, as this program makes them."""
    from planner.words.text_layout import BOLD, NOT_BOLD
    from planner.words.unprintable import shown

    parts = re.split(f"({re.escape(BOLD)}|{re.escape(NOT_BOLD)})", text)
    return "".join(part if part in (BOLD, NOT_BOLD) else shown(part) for part in parts)


def tell_invalid(invalid: Any) -> None:
    """Print every problem of a case on stderr."""
    for problem in invalid.problems:
        tell(problem.said)
    tell(_("{problems}: nothing was done.").format(problems=count(len(invalid.problems), "problem")))


def print_json(schema: str, content: Mapping[str, Any]) -> None:
    """Print one JSON object with its schema on stdout, in ASCII: it is the same in whatever encoding stdout has."""
    _say(json.dumps({"schema": f"planner.{schema}/1", **content}, indent=2, allow_nan=False))


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as a list of objects; a figure that does not exist is null."""
    columns = [[None if value != value else value for value in table[name].tolist()] for name in table.columns]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def colour(stream: Any) -> bool:
    """Whether a stream may get bold headings: a terminal, and the user has not said NO_COLOR."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_case(folder: Path, scenario: str | None) -> Case:
    """Read a case; what is neither a case's folder nor a workbook is wrong use, a case with problems is invalid.

    Parameters
    ----------
    scenario
        Its id, or a name by which it is shown.
    """
    from planner.case import CaseInvalid, load_case, naming

    if not (folder.suffix.lower() == WORKBOOK and folder.is_file()) and not named.is_case(folder):
        raise WrongUse(named.no_case(folder))
    try:
        return load_case(folder, scenario)
    except CaseInvalid as invalid:
        if scenario is None:
            raise
        try:
            meant = naming.scenario_id(load_case(folder), scenario)
        except naming.Ambiguous as several:
            raise WrongUse(said_by(several)) from None
        except (CaseInvalid, ValueError):
            raise invalid from None
        if meant == scenario:
            raise
    return load_case(folder, meant)


def read_scenario(folder: Path, case: Case, scenario: str) -> Case:
    """A case that was read from there, in a scenario; a workbook is read anew, since it knows where in it problems lie.

    Parameters
    ----------
    scenario
        Its id.
    """
    from planner.case import in_scenario

    return read_case(folder, scenario) if folder.suffix.lower() == WORKBOOK else in_scenario(case, scenario)


def case_name(case: Path) -> str:
    """What a case is called: its folder's name, or that of its workbook without the ending."""
    place = case.resolve()
    return readable(place.stem if place.suffix.lower() == WORKBOOK else place.name) or "case"


def usual_place(case: str, scenario: str | None) -> Path:
    """Where `planner solve` writes the plan of a case of this name."""
    return Path("plans") / file_name(case, scenario or "base")


def read_plan(folder: Path) -> Plan:
    """Read a plan; a place that holds something else, or nothing, is wrong use."""
    from planner.plans import store

    if not named.is_plan(folder) and not (folder / "plan.json").is_file():
        raise WrongUse(named.no_plan(folder))
    return store.read_plan(folder)


def is_short_of_memory(problem: BaseException | None) -> bool:
    """Whether memory ran out, as Python says it, or as C++ does through a library that passes it on as something else."""
    while problem is not None:
        if isinstance(problem, MemoryError) or any(sign in str(problem) for sign in NO_MEMORY):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def is_damaged(problem: Exception) -> bool:
    """Whether a problem is that of a plan of which a part is missing or makes no sense."""
    store = sys.modules.get("planner.plans.store")
    return store is not None and isinstance(problem, store.PlanDamaged)


def _is_unreadable(problem: Exception) -> bool:
    store = sys.modules.get("planner.plans.store")
    return store is not None and isinstance(problem, store.PlanUnreadable)


def sentence(problem: Exception) -> str:
    """A problem in one sentence, with the file or folder that it is about."""
    from planner.work.stopping import Stopped

    if is_short_of_memory(problem):
        return SHORT_OF_MEMORY
    if isinstance(problem, Stopped):
        from planner.documents.text import MORE_TIME

        if problem.why != "limit":
            return _("{problem}, before there was anything to answer or to keep").format(problem=said_by(problem))
        said = _("{problem}, before there was anything to answer or to keep; {hint}")
        return said.format(problem=said_by(problem), hint=MORE_TIME)
    if isinstance(problem, OSError) and problem.strerror:
        where = problem.filename or (_("standard output") if _is_of_stdout(problem) else "")
        return _("{where}: {why}").format(where=where, why=why(problem)) if where else why(problem)
    return said_by(problem)
