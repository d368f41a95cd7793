"""No error while writing loses a plan: it is kept elsewhere or printed, and the message says where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import Case
from planner.files import folders, onefile
from planner.files.pathnames import file_name, readable
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from tests.product.conftest import PROJECT
from tests.product.disks import FullDisk, QuickDisk

Run = Callable[..., Result]
GBK = os.fsdecode("案例".encode("gbk"))  # what an archive made on Chinese Windows unzips to on other systems
NO_ROOM = "No space left on device"
WRITERS = (
    ("export {plan} -o {to}", "{to}"),
    ("export {plan} --xlsx {to}.xlsx", "{to}.xlsx"),
    ("export {case} --xlsx {to}.xlsx", "{to}.xlsx"),
    ("compare {plan} {plan} -o {to}", "{to}"),
    ("compare {plan} {plan} -o {to}.xlsx", "{to}.xlsx"),
    ("compare {plan} {plan} -o {to}.html", "{to}.html"),
    ("compare {plan} {plan} -o {to}.json", "{to}.json"),
    ("compare {plan} {plan} -o {to}.txt", "{to}.txt"),
    ("init {to}", "{to}"),
    ("init {to}.xlsx", "{to}.xlsx"),
)


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> Plan:
    """Solving takes no time: the plan is there."""
    monkeypatch.setattr("planner.planning.search.solve", lambda *_, **__: plan)
    return plan


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk without room; the temporary folder lies on another one."""
    (tmp_path / "full").mkdir()
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    monkeypatch.setattr(folders, "DISK", FullDisk(tmp_path / "full"))
    monkeypatch.setattr(onefile, "DISK", FullDisk(tmp_path / "full"))
    return tmp_path / "full"


@pytest.fixture
def nowhere(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where there is no room, nor is there any elsewhere."""
    monkeypatch.setattr(folders, "DISK", FullDisk(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return full


def in_one_line(message: str) -> str:
    assert "Traceback" not in message
    assert "Error" not in message
    assert message.count("\n") == 1, message
    return message


def test_a_plan_that_a_full_disk_refuses_is_kept_in_the_temporary_folder(
    run: Run, case_folder: Path, solved: Plan, full: Path, tmp_path: Path
) -> None:
    done = run("solve", case_folder, "-o", full / "mine", "-q")
    assert done.exit_code == 1
    (kept,) = (tmp_path / "temp").iterdir()
    assert f"{full / 'mine'}: {NO_ROOM}. The plan is kept in {kept} instead." in in_one_line(done.stderr)
    assert f"Written to {kept}" in done.stdout
    assert read_plan(kept).tables["decisions"].equals(solved.tables["decisions"])
    assert list(full.iterdir()) == []


@pytest.mark.slow
def test_a_plan_made_by_hand_is_kept_as_well(run: Run, case_folder: Path, plan: Plan, full: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(store.csv_text(plan.tables["decisions"]), encoding="utf-8")
    done = run("evaluate", case_folder, tmp_path / "mine.csv", "-o", full / "mine", "--json")
    assert done.exit_code == 1
    (kept,) = (tmp_path / "temp").iterdir()
    assert json.loads(done.stdout)["plan"] == str(kept)
    assert str(full / "mine") in done.stderr
    assert read_plan(kept).status == "evaluated"


@pytest.mark.slow
def test_decisions_that_no_disk_takes_are_printed_as_evaluate_takes_them(
    run: Run, case_folder: Path, solved: Plan, nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("solve", case_folder, "-o", nowhere / "mine", "-q")
    assert done.exit_code == 1
    assert f"{nowhere / 'mine'}: {NO_ROOM}. The plan cannot be kept anywhere else either." in done.stderr
    monkeypatch.setattr(folders, "DISK", QuickDisk())
    (tmp_path / "printed.csv").write_text(done.stdout, encoding="utf-8")
    assert run("evaluate", case_folder, tmp_path / "printed.csv", "-o", tmp_path / "again").exit_code == 0
    assert read_plan(tmp_path / "again").tables["decisions"].equals(solved.tables["decisions"])


def test_json_stays_json_where_no_disk_takes_the_plan(run: Run, case_folder: Path, solved: Plan, nowhere: Path) -> None:
    said = json.loads(run("solve", case_folder, "-o", nowhere / "mine", "-q", "--json").stdout)
    assert said["plan"] is None
    assert said["decisions_csv"] == store.csv_text(solved.tables["decisions"], end="\n")


@pytest.mark.slow
@pytest.mark.parametrize(("words", "place"), WRITERS)
def test_every_file_that_a_full_disk_refuses_is_named_and_leaves_nothing(
    run: Run, plan: Plan, case_folder: Path, full: Path, tmp_path: Path, words: str, place: str
) -> None:
    named = {"plan": write_plan(plan, tmp_path / "plan"), "case": case_folder, "to": full / "mine"}
    done = run(*(word.format(**named) for word in words.split()))
    assert done.exit_code != 0
    assert done.stdout == ""
    assert f"{place.format(**named)}: {NO_ROOM}" in in_one_line(done.stderr)
    assert list(full.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["html", "xlsx", "svg"])
def test_a_report_that_a_full_disk_refuses_is_kept_in_the_temporary_folder(
    run: Run, plan: Plan, full: Path, tmp_path: Path, ending: str
) -> None:
    write_plan(plan, tmp_path / "plan")
    done = run("report", tmp_path / "plan", "-o", full / f"mine.{ending}", "--quick")
    assert done.exit_code == 1
    (kept,) = (tmp_path / "temp").iterdir()
    assert kept.suffix == f".{ending}"
    assert f"{full / 'mine'}.{ending}: {NO_ROOM}" in done.stderr
    assert str(kept) in done.stderr
    assert list(full.iterdir()) == []


def test_a_plan_that_would_not_read_back_equal_is_refused_and_leaves_the_old_one(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(plan, tmp_path / "mine")
    before = store.write_case

    def another(case: Case, folder: Path, filled: bool) -> None:
        before(case, folder, filled)
        file = folder / "budgets.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("4", "5"), encoding="utf-8")

    monkeypatch.setattr(store, "write_case", another)
    with pytest.raises(store.NotReadable, match="does not read back"):
        write_plan(plan, tmp_path / "mine", replace=True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]
    assert read_plan(tmp_path / "mine").case.content_hash == plan.case.content_hash


def test_a_plan_that_does_not_read_back_is_kept_as_it_is(
    run: Run, case_folder: Path, solved: Plan, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "write_table", lambda table, file: file.write_text("nonsense", encoding="utf-8"))
    done = run("solve", case_folder, "-o", tmp_path / "mine", "-q")
    assert done.exit_code == 1
    (kept,) = (tmp_path / "temp").iterdir()
    assert (kept / "plan.json").is_file()
    assert "does not read back as the same plan" in done.stderr
    assert str(kept) in in_one_line(done.stderr)
    assert not (tmp_path / "mine").exists()


def test_a_fault_of_the_program_while_writing_costs_no_plan(
    run: Run, case_folder: Path, solved: Plan, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("nobody thought of this")

    monkeypatch.setattr(store, "checksums", broken)
    done = run("solve", case_folder, "-o", tmp_path / "mine", "-q")
    assert done.exit_code == 1
    assert "nobody thought of this" in done.stderr
    assert done.stdout == store.csv_text(solved.tables["decisions"], end="\n")


@pytest.mark.parametrize(
    "problem", [MemoryError(), RuntimeError("std::bad_alloc"), ImportError("x.so: failed to map segment")]
)
def test_a_process_short_of_memory_says_so_in_one_line(
    run: Run, case_folder: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def short(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr("planner.planning.search.solve", short)
    done = run("solve", case_folder, "-q")
    assert done.exit_code == 1
    assert "not enough memory" in in_one_line(done.stderr)


@pytest.mark.parametrize("told", ["_tell_of_its_kind", "tell"])
def test_memory_that_is_too_little_to_tell_of_a_problem_is_told_all_the_same(
    run: Run, case_folder: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    def broken(*_: object, **__: object) -> None:
        raise SystemError("error return without exception set") if told == "_tell_of_its_kind" else MemoryError

    monkeypatch.setattr(f"planner.terminal.common.{told}", short)
    monkeypatch.setattr("planner.planning.search.solve", broken)
    done = run("solve", case_folder, "-q")
    assert done.exit_code == 1
    assert "not enough memory" in in_one_line(done.stderr)


# --- names


def test_names_of_any_bytes_are_read_as_texts() -> None:
    assert readable(GBK) == "案例"
    assert readable(os.fsdecode(b"caf\xe9")) == "caf_"
    assert readable("案例") == "案例"
    assert readable("two\nlines\x1b[31m") == "two lines_[31m"
    assert readable("a\u3000b\xa0") == "a b"


def test_names_of_folders_suit_every_system() -> None:
    assert file_name("mine", "base") == "mine--base"
    assert file_name("..hidden", "base") == "hidden--base"
    assert file_name('a/b:c*"<d>|?\\') == "a-b-c---d----"
    assert file_name("CON") == "CON_"
    assert file_name("aux.v2") == "aux_.v2"
    assert file_name("ends. ") == "ends"
    assert file_name("\n") == "unnamed"
    long = file_name("案" * 85, "基" * 80)
    assert len(long.encode()) <= 200
    assert long.startswith("案案")
    assert long.endswith("基基")


def test_a_case_in_a_folder_that_is_not_utf_8_is_solved_and_its_plan_written(
    run: Run, case_folder: Path, solved: Plan, tmp_path: Path
) -> None:
    case_folder.rename(tmp_path / GBK)
    assert run("validate", tmp_path / GBK).exit_code == 0
    done = run("solve", tmp_path / GBK, "-q")
    assert done.exit_code == 0, done.stderr
    assert read_plan(tmp_path / "plans" / "案例--base").status == "optimal"


def test_the_name_of_a_case_is_cleaned_as_it_is_read(case_folder: Path, tmp_path: Path) -> None:
    from planner.case import load_case
    from planner.case.workbook_writing import write_workbook

    text = (case_folder / "case.yaml").read_text(encoding="utf-8")
    (case_folder / "case.yaml").write_text(text.replace("title:", "# title:"), encoding="utf-8")
    case_folder.rename(tmp_path / GBK)
    found = load_case(tmp_path / GBK)
    assert (found.name, found.title) == ("案例", "案例")
    write_workbook(found, tmp_path / f"{GBK}.xlsx")
    assert load_case(tmp_path / f"{GBK}.xlsx").name == "案例"


@pytest.mark.slow
def test_a_plan_in_a_folder_that_is_not_utf_8_is_written_listed_compared_and_reported(
    run: Run, case_folder: Path, solved: Plan, tmp_path: Path
) -> None:
    place = tmp_path / GBK
    done = run("solve", case_folder, "-o", place, "-q", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["plan"] == str(place)
    assert [entry.name for entry in store.list_plans(tmp_path)] == ["案例"]
    write_plan(solved, tmp_path / "other")
    for ending in ("xlsx", "html", "json", "txt"):
        assert run("compare", place, tmp_path / "other", "-o", tmp_path / f"c.{ending}").exit_code == 0
    assert run("compare", place, tmp_path / "other", "--format", "csv", "-o", tmp_path / "tables").exit_code == 0
    assert "案例" in (tmp_path / "c.html").read_text(encoding="utf-8")
    assert run("report", place, "--quick").exit_code == 0
    assert (tmp_path / "案例.html").is_file()


@pytest.mark.parametrize("name", ["x" * 250, "两" * 80, "aux.v2", ".hidden", "two\nlines", "ends "])
def test_a_case_of_any_folder_name_is_solved_to_a_folder_that_every_system_takes(
    run: Run, case_folder: Path, solved: Plan, tmp_path: Path, name: str
) -> None:
    case_folder.rename(tmp_path / name)
    assert run("solve", tmp_path / name, "-q").exit_code == 0
    (entry,) = store.list_plans(tmp_path / "plans")
    assert entry.name == file_name(name, "base")


@pytest.mark.slow
def test_json_is_ascii_so_that_no_encoding_of_stdout_changes_it(
    run: Run, case_folder: Path, solved: Plan, tmp_path: Path
) -> None:
    case_folder.rename(tmp_path / "案例")
    plan = write_plan(solved, tmp_path / "规划")
    broken = tmp_path / "坏"
    broken.mkdir()
    (broken / "case.yaml").write_text("标题: ẞ\n", encoding="utf-8")
    for words in (
        ("validate", "案例"), ("validate", broken), ("solve", "案例", "-q"), ("show", plan), ("compare", plan, plan),
        ("audit", plan), ("runs", "list", "."), ("runs", "show", plan), ("show", "nowhere-ẞ"), ("solve", broken),
    ):  # fmt: skip
        said = run(*words, "--json").stdout
        assert said.isascii()
        assert json.loads(said)["schema"].startswith("planner.")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is always full")
@pytest.mark.parametrize("option", [(), ("--json",)])
def test_an_output_that_goes_to_a_full_disk_is_told_in_one_line(case_folder: Path, option: tuple[str, ...]) -> None:
    words = [sys.executable, "-m", "planner", "validate", str(case_folder), *option]
    with Path("/dev/full").open("w", encoding="utf-8") as nowhere:
        done = subprocess.run(words, stdout=nowhere, stderr=subprocess.PIPE, text=True, cwd=PROJECT, check=False)
    assert done.returncode != 0
    assert f"standard output: {NO_ROOM}" in in_one_line(done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is always full")
def test_events_that_a_full_disk_refuses_end_and_the_solve_goes_on(run: Run, case_folder: Path, solved: Plan) -> None:
    done = run("solve", case_folder, "-q", "--events", "/dev/full")
    assert done.exit_code == 0
    assert f"no more events are written to /dev/full: {NO_ROOM}" in in_one_line(done.stderr)


def test_a_folder_that_is_moved_while_it_is_looked_at_is_not_taken_for_something_else(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "plan.json").touch()

    def deleted_meanwhile(folder: Path) -> bool:
        folders.remove_folder(folder)
        return False

    folders.check_free(place, deleted_meanwhile, "a plan")
    place.mkdir()
    (place / "anything").touch()
    with pytest.raises(folders.FolderTaken):
        folders.check_free(place, lambda _: False, "a plan")
