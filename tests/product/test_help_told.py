"""Help and complaints about what was typed are Chinese where that is asked for, and English as ever elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata

import pytest
import typer
from typer.testing import CliRunner

from planner.cli import app
from planner.words.said import speaking

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
LATIN = re.compile(r"[A-Za-z]{2,}")
AS_TYPED = re.compile(  # commands and their words, options, paths, names of columns and values, figures
    r"^ +planner .*$|^用法：.*$|^  \w+  |(?<=[/-])<[^<>]*>|<\w+(?:\|\w+)+>"
    r"|--?[a-z][\w/-]*|[\w/<>-]*\.(?:csv|yaml|json|xlsx|md)\b|\[默认：[^\]]*\]"
    r"|“[^”]*”|'[^']*'|planner [a-z]+|\b[A-Z_]{2,}\b",
    re.MULTILINE,
)
TAKEN_OVER = {"Excel", "CSV", "JSON", "UTF", "Ctrl", "Dask", "PNG", "SVG"}


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def told(*words: str) -> str:
    with speaking("en"):  # what the command line speaks from then on, no other test does
        return CliRunner().invoke(app, ["--language", "zh", *words], prog_name="planner").output


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS), *(["runs", name] for name in ("list", "show", "rm"))])
def test_help_is_told_in_chinese(words: list[str]) -> None:
    said = told(*words, "--help")
    assert said.startswith(" ".join(["用法：planner", *words]))
    assert [word for word in LATIN.findall(AS_TYPED.sub("", said)) if word not in TAKEN_OVER] == []
    assert "-h, --help" in said
    assert all(columns(line) <= 80 for line in said.splitlines() if not line.strip().startswith("planner"))


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("en", ("<number>", "<whole number>", "<text>", "<path>", "0 to 1", "at least 1")),
        ("zh", ("<数字>", "<整数>", "<文字>", "<路径>", "0 至 1", "至少 1")),
    ],
)
def test_what_may_follow_an_option_is_told_in_words(language: str, kinds: tuple[str, ...]) -> None:
    with speaking("en"):
        asked = [["--language", language, name, "--help"] for name in COMMANDS]
        said = [CliRunner().invoke(app, words, prog_name="planner").output for words in asked]
    whole = " ".join(" ".join(said).split())
    assert [kind for kind in kinds if kind not in whole] == []
    assert re.findall(r"range>|<(?:int|str|float|list)\b|[<>]=", whole) == []


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["solve"], "错误：缺少参数 'CASE'。"),
        (["solv"], "错误：没有命令“solv”。您是否指“solve”？"),
        (["solve", "x", "--gapp", "3"], "错误：没有选项：--gapp（可用选项：--gap）"),
        (["solve", "x", "--gap", "3"], "错误：'--gap' 的值无效：须至多为 1"),
        (["solve", "x", "--threads", "two"], "错误：'--threads' 的值无效：须为整数"),
        (["show", "x", "y", "z"], "错误：多余的参数：y z"),
        (["runs", "shw"], "错误：没有命令“shw”。您是否指“show”？"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_chinese(words: list[str], complaint: str) -> None:
    said = told(*words)
    assert said.splitlines()[-1] == complaint
    assert "请用“planner" in said


def test_a_command_that_was_told_in_chinese_is_told_in_english_again() -> None:
    assert told("solve", "--help").startswith("用法：")
    with speaking("en"):
        again = CliRunner().invoke(app, ["solve", "--help"], prog_name="planner").output
    assert "Find the best plan" in again
    assert [line for line in again.splitlines() if columns(line) != len(line)] == []


def test_english_help_reads_no_catalogue() -> None:
    code = """
import sys
from planner.cli import app
app(["--help"], prog_name="planner", standalone_mode=False)
sys.exit(any(name.split(".")[0] in ("babel", "pydantic", "pandas") for name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "LANG": "C"}, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Usage: planner [OPTIONS] COMMAND [ARGS]...")
