"""planner programme, from a first example to the audit: what it prints, in both languages, and what it ends with."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import planner.programme.result
from planner.case import FrozenDict
from planner.cli import app
from planner.files.folders import NotWritten
from planner.programme import comparing, store
from planner.programme.reading import load_programme
from planner.programme.store import read_programme


def run(*words: str | Path) -> Result:
    """The command line, in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="planner")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first programme that `init` makes."""
    folder = tmp_path_factory.mktemp("programme") / "mine"
    assert run("programme", "init", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def result(example: Path) -> Path:
    """Its result."""
    folder = example.parent / "result"
    done = run("programme", "solve", example, "-o", folder, "--workers", "1", "--gap", "0.01", "--quiet")
    assert done.exit_code == 0, done.output
    return folder


def test_a_first_programme_is_valid_and_never_replaced(example):
    done = run("programme", "validate", example)
    assert done.exit_code == 0
    assert "2 members, 6 cities" in done.output
    assert "The programme is valid." in done.output
    assert run("programme", "init", example).exit_code == 2
    chinese = run("--language", "zh", "programme", "validate", example).output
    people = sum(one.people for one in load_programme(example).participants)
    assert f"{people / 1e4:,.0f} 万人" in chinese
    assert json.loads(run("programme", "validate", example, "--json").stdout)["sizes"] == {"members": 2, "cities": 6}


def test_problems_are_listed_with_their_place(example, tmp_path):
    folder = shutil.copytree(example, tmp_path / "wrong")
    file = folder / "programme.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("prices: 2023", "prices: 2020"), encoding="utf-8")
    done = run("programme", "validate", folder)
    assert done.exit_code == 3
    assert "members.east.case: its money.prices is 2023, that of the programme is 2020" in done.output
    assert "该计划组有 " in run("--language", "zh", "programme", "validate", folder).output
    assert json.loads(run("programme", "validate", folder, "--json").stdout)["valid"] is False
    assert run("programme", "solve", folder).exit_code == 3
    assert run("programme", "solve", tmp_path / "nothing").exit_code == 2


@pytest.mark.slow
def test_the_result_is_shown_and_audited_in_both_languages(result):
    shown = run("programme", "show", result).output
    assert "WHO IS GIVEN HOW MUCH" in shown
    assert "East" in shown
    chinese = run("--language", "zh", "programme", "show", result).output
    assert "东部" in chinese
    assert "WHO IS GIVEN" not in chinese
    audited = run("programme", "audit", result)
    assert audited.exit_code == 0
    assert "Audit passed" in audited.output
    assert "What other divisions come to is the solver's word" in audited.output
    assert json.loads(run("programme", "audit", result, "--json").stdout)["passed"] is True
    content = json.loads(run("programme", "show", result, "--json").stdout)
    assert content["schema"] == "planner.programme/1"
    assert set(content["members"]) == {"east", "west"}
    member = run("show", result / "plans" / "east").output
    assert "Status" in member


@pytest.mark.slow
def test_what_is_counted_is_said_and_what_each_indicator_lacks(result):
    said = " ".join(run("programme", "show", result).output.split())
    assert (
        "Counted time to the core city, doctors, care for the elderly: of the same name, unit and standard in all members"
        in said
    )
    assert "WHAT EACH INDICATOR LACKS" in said


@pytest.mark.slow
def test_the_report_is_one_page_with_pictures_in_both_languages_that_asks_no_other_host(result, tmp_path):
    for language, words in (("en", "Who is given how much"), ("zh", "东部")):
        page = tmp_path / f"{language}.html"
        done = run("--language", language, "programme", "report", result, "-o", page)
        assert done.exit_code == 0, done.output
        text = page.read_text(encoding="utf-8")
        assert words in text
        assert text.count("<svg") >= 3
        assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/", "")
    assert run("programme", "report", result, "-o", page).exit_code == 2  # what is there is not replaced unasked


@pytest.mark.slow
def test_results_stand_side_by_side_and_what_may_not_be_compared_is_said(example, result, tmp_path):
    own = tmp_path / "own"
    solved = run("programme", "solve", example, "-o", own, "--goal", "each", "--workers", "1", "--gap", "0.01", "--quiet")
    assert solved.exit_code == 0, solved.output
    said = run("programme", "compare", result, own)
    assert said.exit_code == 0
    flat = " ".join(said.output.split())
    assert "own and result compare east, west by other indicators or weights" in flat
    assert "GIVEN, BN CNY" in flat
    rows = json.loads(run("programme", "compare", result, own, "--json").stdout)["members"]
    assert [(row["programme"], row["member"]) for row in rows] == [
        ("result", "east"), ("result", "west"), ("own", "east"), ("own", "west"),
    ]  # fmt: skip
    assert run("programme", "compare", result).exit_code == 2
    assert "GIVEN, BN CNY" not in run("--language", "zh", "programme", "compare", result, own).output


@pytest.mark.parametrize("times", ["0", "-1", "nan", "1e9"])
def test_an_amount_that_makes_no_sense_is_refused(example, times):
    done = run("programme", "solve", example, "--amounts", times)
    assert done.exit_code == 2
    assert "numbers above 0" in done.output


@pytest.mark.slow
def test_a_forged_figure_ends_the_audit_with_1_and_what_is_no_result_with_2(result, tmp_path):
    folder = shutil.copytree(result, tmp_path / "forged")
    file = folder / "programme.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    said["bound"] += 0.01
    file.write_text(json.dumps(said), encoding="utf-8")
    done = run("programme", "audit", folder)
    assert done.exit_code == 1
    assert "Audit failed" in done.output
    assert run("programme", "show", tmp_path).exit_code == 2


@pytest.mark.slow
def test_money_of_other_units_stands_in_its_own(result):
    one = read_programme(result)
    alike, apart = (comparing.said([one, replace(one, unit=unit)], ["a", "b"]).text() for unit in (one.unit, "m EUR"))
    assert ("m EUR" in alike, "6.0 bn CNY of 2023" in alike) == (False, False)
    assert "6.0 bn CNY of 2023" in apart
    assert "6.0 m EUR of 2023" in apart
    assert "GIVEN\n" in apart


@pytest.mark.slow
def test_a_better_programme_is_not_replaced_and_no_disk_loses_one(example, result, tmp_path, monkeypatch):
    there = read_programme(shutil.copytree(result, tmp_path / "result"))
    words = ("programme", "solve", example, "-o", tmp_path / "result", "--replace", "--quiet")
    worse = replace(there, value=2 * there.value, status="interrupted")
    monkeypatch.setattr(planner.programme.result, "solve_programme", lambda *_, **__: worse)
    done = run(*words)
    assert (done.exit_code, "result-2" in done.stderr, "result-2" in done.stdout) == (0, True, True)
    assert read_programme(tmp_path / "result").status == there.status
    assert read_programme(tmp_path / "result-2").status == "interrupted"

    more = replace(there, value=2 * there.value, amount=FrozenDict({at: 2 * money for at, money in there.amount.items()}))
    monkeypatch.setattr(planner.programme.result, "solve_programme", lambda *_, **__: more)
    assert run(*words).exit_code == 0
    assert read_programme(tmp_path / "result").amount == more.amount

    write = store.write_programme

    def full(found, folder, replace=False):
        if Path(folder).parent == tmp_path:
            raise NotWritten(errno.ENOSPC, "no space", str(folder))
        return write(found, folder, replace)

    monkeypatch.setattr(store, "write_programme", full)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(example.parent))
    done = run(*words)
    assert done.exit_code == 1
    assert len(list(example.parent.glob("result-*"))) == 1


@pytest.mark.slow
def test_without_time_there_is_no_programme_and_nothing_is_left(example, tmp_path):
    done = run("programme", "solve", example, "-o", tmp_path / "r", "--time-limit", "0", "--workers", "1")
    assert done.exit_code == 5
    assert not (tmp_path / "r").exists()


@pytest.mark.slow
def test_what_cannot_be_ends_with_4_and_no_traceback(example, tmp_path):
    folder = shutil.copytree(example, tmp_path / "never")
    case = folder / "east" / "case.yaml"
    text = case.read_text(encoding="utf-8")
    assert text.count("\nrules:") == 1
    case.write_text(text.replace("\nrules:", "\nrules:\n  - {id: none, of: units, at_most: 0} #"), encoding="utf-8")
    done = run("programme", "solve", folder, "-o", tmp_path / "r", "--workers", "1")
    assert done.exit_code == 4
    assert "Traceback" not in done.output
    assert ("member east" in done.output) == ("planner diagnose" in done.output)  # of one member it is said what to ask
    assert not (tmp_path / "r").exists()
