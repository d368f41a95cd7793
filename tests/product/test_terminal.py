"""No sign that steers a terminal reaches it, whatever a case, a file's name or a message holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.starting import example
from planner.terminal import common
from planner.words.text_layout import bold
from tests.product.conftest import PROJECT

SIGNS = "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9b\u202e"


def case_with(place: Path, sign: str, file: str, old: str) -> Path:
    """The example with a sign in each place where this text stands in a file."""
    folder = place / "mine"
    folder.mkdir()
    for name, text in example().items():
        changed = text.replace(old, f"{old}{sign}[2J{old}") if name == file else text
        (folder / name).write_bytes(changed.encode("utf-8", "surrogatepass"))
    return folder


def steering(text: str) -> set[str]:
    return {sign for sign in SIGNS if sign in text}


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("command", ["validate", "solve"])
@pytest.mark.parametrize(
    ("file", "old"), [("cities.csv", "metro"), ("measures.csv", "id"), ("case.yaml", "title"), ("SOURCES.md", "a")]
)
@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\u202e"])
def test_what_is_wrong_is_told_without_them(
    sign: str, file: str, old: str, command: str, options: list[str], tmp_path: Path
) -> None:
    done = CliRunner().invoke(app, [command, str(case_with(tmp_path, sign, file, old)), *options])
    assert done.exit_code == 3
    assert not steering(done.stdout + done.stderr)
    if options and command == "validate":
        assert not json.loads(done.stdout)["valid"]


@pytest.mark.parametrize("command", ["validate", "show", "solve", "audit"])
def test_names_of_files_are_shown_without_them(command: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [command, str(tmp_path / "mine\x1b[2J")])
    assert done.exit_code == 2
    assert "mine\\x1b[2J" in done.stderr
    assert not steering(done.stdout + done.stderr)


def test_headings_stay_bold_and_nothing_else_is(capsys: pytest.CaptureFixture[str]) -> None:
    common.echo(f"{bold('Head', True)} and a\x1b[31mb\x1b[1;31mc")
    assert common._safe(f"{bold('Head', True)} and a\x1b[31mb") == "\x1b[1mHead\x1b[0m and a\\x1b[31mb"


def test_every_command_prints_through_one_function() -> None:
    """common.py has it, and the version, which is a constant, is printed before anything else is imported."""
    files = sorted((PROJECT / "planner").rglob("*.py"))
    printing = {file.name for file in files if "typer.echo(" in file.read_text(encoding="utf-8")}
    assert printing == {"common.py", "__init__.py"}


def test_json_is_of_signs_that_every_console_has(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["validate", str(case_with(tmp_path, "", "cities.csv", "name_zh")), "--json"])
    assert done.stdout.isascii()
