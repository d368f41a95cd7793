"""The page docs/cli.md, made of the help texts."""

from __future__ import annotations

from typer.models import CommandInfo
from typer.testing import CliRunner

from planner.cli import app

WIDTH = 100


def cli_markdown() -> str:
    """The help of every command as one page."""
    parts = [
        "# Command line",
        "Made from the help texts by `python -m docs.generate`; do not edit.",
        "`planner solve CASE --events FILE` appends one JSON object a line with the keys schema (planner.event/1), kind "
        "(stage, progress, goal, task, part, done), goal, seconds, best, bound, gap, without (what the goal comes to "
        "without the plan), message, part (the member of a programme that a message is about), and, where a message has "
        "one, languages (language -> message -> the same in it). The last event, kind `written`, has other keys: schema, "
        "kind, status, audit, folder (null if nothing was written).",
        "`--json` prints one object whose key `schema` names its kind and version. If a command cannot do its work "
        "(a missing folder, an invalid case or decisions, a damaged plan), the object has the keys schema and problems: a "
        "list of file, row, column, message and text, null where there is none. An unknown option is told on stderr only.",
        "`NO_COLOR` is respected, and `COLUMNS` from 60 to 120 sets how wide texts and tables are.",
        _help([]),
    ]
    for words in commands():
        parts += [f"## planner {' '.join(words)}", _help(words)]
    return "\n\n".join(parts) + "\n"


def commands() -> list[list[str]]:
    """Every command by its words: ["solve"], ["runs", "list"]."""
    found = [[_name(command)] for command in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        found += [[str(group.name), _name(command)] for command in group.typer_instance.registered_commands]
    return found


def _name(command: CommandInfo) -> str:
    return str(command.name or getattr(command.callback, "__name__", ""))


def _help(command: list[str]) -> str:
    result = CliRunner().invoke(
        app, [*command, "--help"], prog_name="planner", terminal_width=WIDTH, env={"COLUMNS": str(WIDTH)}
    )
    lines = [line.rstrip() for line in result.output.strip().splitlines()]
    return "\n".join(["```text", *lines, "```"])
