"""The command line: a command parses, calls the product and prints. One file a command.

Heavy imports (Pyomo, pandas, numpy) wait inside the commands, so that `planner --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from planner.cli.audit import audit
from planner.cli.compare import compare
from planner.cli.evaluate import evaluate
from planner.cli.export import export
from planner.cli.init import init
from planner.cli.report import report
from planner.cli.runs import runs
from planner.cli.scorecard import scorecard
from planner.cli.show import show
from planner.cli.sites import sites
from planner.cli.solve import solve
from planner.cli.ui import ui
from planner.cli.validate import validate
from planner.programme.command import programme
from planner.questions.alternatives.command import alternatives
from planner.questions.borders.command import borders
from planner.questions.diagnose.command import diagnose
from planner.questions.explain.command import explain
from planner.questions.frontier.command import frontier
from planner.questions.importance.command import importance
from planner.questions.priorities.command import priorities
from planner.questions.rank.command import rank
from planner.questions.replan.command import replan
from planner.questions.risk.command import risk
from planner.questions.robust.command import robust
from planner.questions.sensitivity.command import sensitivity
from planner.questions.value.command import value
from planner.terminal.common import PlannerGroup
from planner.terminal.help import Serving, ToldCommand
from planner.words import said
from planner.words.said import _
from planner.work.collecting import collect_seldom

Language = Literal["en", "zh"]

app = typer.Typer(
    name="planner",
    cls=PlannerGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command, short_help in (
    (init, _("Make a first case to edit.")),
    (validate, _("Check a case, or say what it holds.")),
    (solve, _("Find the best plan of a case.")),
    (show, _("Show a plan in a planner's words.")),
    (evaluate, _("Work out the figures of decisions made by hand.")),
    (audit, _("Recompute every promise of a plan.")),
    (export, _("Write a plan's tables for a spreadsheet.")),
    (compare, _("Set plans side by side.")),
    (scorecard, _("Say where clusters stand, beside one another and others.")),
    (sites, _("Rank cities as sites for an industry.")),
    (report, _("Write a plan as a web page, a workbook or a picture.")),
    (importance, _("Say what the plan loses without each measure.")),
    (explain, _("Say why a measure is in the plan, or is not.")),
    (alternatives, _("Find other plans nearly as good, and what they share.")),
    (frontier, _("Show what more or less money comes to, or two goals against each other.")),
    (value, _("Say what more or less money of each line is worth.")),
    (borders, _("Say what closed borders cost, and what signatures are worth.")),
    (rank, _("Fund a ranked list, and compare it with the best plan.")),
    (robust, _("Find first decisions that suit several scenarios.")),
    (priorities, _("Say which measures stand whatever happens, and in which order to fund them.")),
    (risk, _("Say how sure a plan is: costs, jobs, delays and heads drawn again and again.")),
    (replan, _("Keep what is started, plan the rest anew.")),
    (sensitivity, _("Say what the plan comes to when assumptions change.")),
    (diagnose, _("Say what stands against a plan, and what would help.")),
    (ui, _("Start the page in a browser.")),
):
    app.command(cls=Serving if command is ui else ToldCommand, short_help=short_help)(command)
app.add_typer(runs, name="runs")
app.add_typer(programme, name="programme")


def _print_version(wanted: bool) -> None:
    if wanted:
        from planner import __version__

        typer.echo(f"planner {__version__}")
        raise typer.Exit


def _speak(wanted: str | None) -> None:
    """Say everything in the language that is asked for, or in that of the locale."""
    said.speak(wanted or of_locale(os.environ))


def of_locale(environment: Mapping[str, str]) -> str:
    """The language that the locale asks for: Chinese, or English for all others."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").lower().startswith("zh") else "en"


@app.callback()
def planner(
    language: Annotated[
        Language | None,
        typer.Option(
            "--language", callback=_speak, is_eager=True, show_default="that of the locale", help="Say everything in it."
        ),
    ] = None,
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Plan investments for a cluster of cities: what to build or sign, where, when and from whose money.

    A case is a folder of tables (planner init makes a first one), a plan is a folder of results.

    \b
    Example:
      planner init mycase
      planner solve mycase
      planner show plans/mycase--base

    \b
    Exit codes:
      0    a plan was found (also at a limit or after Ctrl-C: the status says so)
      1    something unexpected, a damaged plan, one that its audit does not confirm (or of which it refutes a bound, or
           was stopped before it knew), or a result that could not be written to its place: it is kept elsewhere, or printed
      2    wrong use: an unknown option, a missing folder, a place that is taken
      3    the case or the decisions are invalid; every problem is listed
      4    no plan can keep all targets and rules
      5    no plan was found, nothing answered, or a bound not confirmed, within the time limit
      130  interrupted before there was any plan or answer
    """


def main() -> None:
    """The command `planner`."""
    collect_seldom()
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot show must not stop a command
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="planner")


def _open_what_is_closed() -> None:
    """Somewhere to read and write where a daemon gives nothing: else the next file would stand in the place of stdout."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (for as long as the program runs)
