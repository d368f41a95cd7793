"""What a full disk does not take is said in a sentence: nothing is written there, and nothing that was there is touched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.plans.plan import Plan
from planner.plans.store import write_plan
from tests.product.conftest import PROJECT

Run = Callable[..., Result]
NO_ROOM = os.strerror(errno.ENOSPC)
SAID = "Nothing is written there, and nothing that was there is touched."
REPLACING = (
    "export {plan} -o {there}", "export {plan} --xlsx {there}.xlsx", "compare {plan} {other} -o {there}",
    "compare {plan} {other} -o {there}.xlsx", "compare {plan} {other} -o {there}.html",
    "compare {plan} {other} -o {there}.json", "compare {plan} {other} -o {there}.txt",
    "report {plan} --quick -o {there}.html", "report {plan} --quick -o {there}.xlsx", "report {plan} -o {there}.svg",
)  # fmt: skip
MAKING = ("init {there}", "init {there}.xlsx", "export {case} --xlsx {there}.xlsx")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def refuse_bytes(monkeypatch: pytest.MonkeyPatch, below: Path) -> None:
    """A disk that has no room for what is written to a file, and does not say which: as `write` of the system."""
    for name in ("write_text", "write_bytes"):
        real = getattr(Path, name)

        def full(self: Path, *words: object, real: Callable[..., int] = real, **named: object) -> int:
            if self.is_relative_to(below):
                raise OSError(errno.ENOSPC, NO_ROOM)
            return real(self, *words, **named)

        monkeypatch.setattr(Path, name, full)


@pytest.fixture
def named(plan: Plan, case_folder: Path, tmp_path: Path) -> dict[str, Path]:
    plans = {
        "plan": write_plan(plan.with_audit("passed"), tmp_path / "plan"),
        "other": write_plan(plan.with_audit("failed"), tmp_path / "other"),
    }
    (tmp_path / "out").mkdir()
    return {**plans, "case": case_folder, "there": tmp_path / "out" / "there"}


@pytest.mark.parametrize("words", REPLACING)
@pytest.mark.slow
def test_what_was_there_stays_and_nothing_half_written_is_left(
    run: Run, named: dict[str, Path], monkeypatch: pytest.MonkeyPatch, words: str, tmp_path: Path
) -> None:
    command = [*words.format(**named).split(), "--replace"]
    assert run(*command).exit_code == 0
    before = contents(tmp_path / "out")
    assert before
    refuse_bytes(monkeypatch, tmp_path / "out")
    monkeypatch.setattr("planner.files.folders.elsewhere", lambda *_: None)  # nor is there any room elsewhere
    done = run(*command)
    assert done.exit_code == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"planner: {named['there']}"), line
    assert NO_ROOM in line
    assert line.endswith(SAID)
    assert contents(tmp_path / "out") == before
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")] == []


@pytest.mark.slow
@pytest.mark.parametrize("words", MAKING)
@pytest.mark.parametrize("full", ["out", "temporary"])
def test_a_case_is_made_whole_or_not_at_all(
    run: Run, named: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, full: str
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    refuse_bytes(monkeypatch, tmp_path / full)
    done = run(*words.format(**named).split())
    if full == "temporary" and words != "init {there}.xlsx":  # only a workbook is made from files of a temporary folder
        assert done.exit_code == 0, done.output
        return
    assert done.exit_code == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.endswith(SAID)
    assert NO_ROOM in line
    assert contents(tmp_path / "out") == contents(tmp_path / "temporary") == {}


def test_a_list_of_cities_that_the_temporary_folder_does_not_take_is_no_wrong_use(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cities.csv").write_text("name,lat,lon,population\nA,30,110,90000\nB,31,111,90000\n", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    refuse_bytes(monkeypatch, tmp_path / "temporary")
    done = run("init", "mine", "--from", "cities.csv")
    assert done.exit_code == 1
    assert done.stderr.endswith(f"\nplanner: {tmp_path / 'temporary'}: {NO_ROOM}. {SAID}\n")
    assert not (tmp_path / "mine").exists()


@pytest.mark.skipif(os.name == "nt", reason="only some systems limit how large a file may be")
@pytest.mark.parametrize("words", ["export {plan} --xlsx {there}.xlsx", "compare {plan} {other} -o {there}.html"])
@pytest.mark.slow
def test_a_system_that_takes_no_large_files_leaves_what_is_there(named: dict[str, Path], tmp_path: Path, words: str) -> None:
    """No function is replaced: the system itself refuses every file of more than 1,000 bytes."""
    ending = words[words.index("{there}") + len("{there}") :]
    there = named["there"].with_name(f"there{ending}")
    there.write_bytes(b"old")
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); import planner.cli; planner.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, *words.format(**named).split(), "--replace"],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stderr == f"planner: {there}: {os.strerror(errno.EFBIG)}. {SAID}\n"
    assert there.read_bytes() == b"old"
    assert list((tmp_path / "out").iterdir()) == [there]
