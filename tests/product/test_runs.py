"""Plans in a folder: listed, looked up and deleted; with several programs at work nothing is lost and nothing is half."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import FrozenDict
from planner.files import folders
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, list_plans, read_plan, remove_plan, write_plan
from tests.product.conftest import PROJECT
from tests.product.disks import CountingDisk, Killed, MortalDisk, QuickDisk
from tests.waiting import HANGS

Run = Callable[..., Result]


@pytest.fixture
def none(plan: Plan) -> Plan:
    return replace(plan, status="infeasible", ended=told_as("too little"), goals=(), tables=FrozenDict(), audit="not run")


def start(program: str, *words: object) -> subprocess.Popen[str]:
    """A program of its own that works on the same folders."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)], env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def together(program: str, count: int, *words: object) -> list[tuple[int, str, str]]:
    """Several programs that say `ready`, wait for each other, and go on at once; what each ends with and says."""
    some = [start(program, *words) for _ in range(count)]
    for one in some:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in some:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [(one.returncode, out, err) for one in some for out, err in [one.communicate(timeout=HANGS)]]


# list


@pytest.mark.slow
def test_a_list_says_which_plans_it_cannot_read(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A full disk, or a copy that was cut short, leaves the beginning of a file; other folders are nobody's plan."""
    write_plan(plan, "plans/good")
    (tmp_path / "plans" / "none").mkdir()
    for folder in ("plans/cut", "other/only"):
        file = write_plan(plan, folder) / "plan.json"
        file.write_bytes(file.read_bytes()[:300])
    done = run("runs", "list", "plans")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[3:]] == ["good"]
    why = f"{Path('plans') / 'cut' / 'plan.json'} is cut short or damaged, so the plan cannot be read"
    assert done.stderr == f"not listed: {why}\n"
    said = json.loads(run("runs", "list", "plans", "--json").stdout)
    assert [(one["name"], one["problem"]) for one in said["damaged"]] == [("cut", why)]
    alone = run("runs", "list", "other")
    assert "no plan in" not in alone.stdout
    assert "not listed: " in alone.stderr
    assert run("show", "plans/cut").exit_code == 1
    for words in (("show", "cut"), ("rm", "cut"), ("rm", "good", "cut")):
        told = run("runs", *words)
        assert (told.exit_code, told.stderr) == (1, f"planner: {why}; nothing is done\n")
    for content in ("{}", None):  # put right by hand, or deleted
        file = tmp_path / "plans" / "cut" / "plan.json"
        file.unlink() if content is None else file.write_text(content, encoding="utf-8")
        assert "cut holds the tables of a plan, but no plan.json" in run("runs", "list", "plans").stderr
        assert "cut holds the tables of a plan, but no plan.json" in run("runs", "show", "cut").stderr
    assert run("runs", "show", "none").exit_code == 2
    write_plan(plan, "here")
    assert [run("runs", "show", name).exit_code for name in ("here", "./here", "here/")] == [2, 0, 0]


@pytest.mark.slow
def test_a_list_says_of_each_plan_what_it_is(run: Run, plan: Plan, none: Plan) -> None:
    """What the example case reaches and costs is said as `planner show` says it."""
    write_plan(plan, "plans/good")
    write_plan(none, "plans/none")
    write_plan(replace(plan, status="evaluated", audit="failed", goals=()), "plans/wrong")
    lines = run("runs", "list").stdout.splitlines()
    found = {line.split()[0]: re.split(r" {2,}", line.strip()) for line in lines[-3:]}
    shown = run("show", "plans/good").stdout
    without, with_plan = re.findall(r"([\d.]+) % (?:of what|with)", shown)[:2]
    spent = re.search(r"Money +([\d.]+) of", shown)
    assert spent is not None
    assert found["good"][:3] == ["good", plan.case.name, "base"]
    assert re.fullmatch(r"proven within 0\.1\d* %", found["good"][3]), "the tolerance of the first goal is 0.001"
    assert found["good"][4] == f"{without} -> {with_plan}"
    assert found["good"][5].split(" ", 1)[1] == plan.case.money.unit
    assert float(found["good"][5].split()[0]) == pytest.approx(float(spent[1]), abs=0.05)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["good"][6])
    assert found["none"][3:6] == ["no plan is possible", "-", "-"]
    assert found["wrong"][3] == "made by hand, audit failed"


def test_a_list_as_json_has_what_plan_json_says(run: Run, plan: Plan) -> None:
    write_plan(plan, "plans/mine")
    content = json.loads(run("runs", "list", "--json").stdout)
    assert content["schema"] == "planner.runs/1"
    (mine,) = content["plans"]
    assert (mine["name"], mine["status"], mine["audit"]) == ("mine", "optimal", "passed")
    assert mine["headline"]["gap_with"] == pytest.approx(plan.goals[0].value)
    assert "sha256" not in mine


def test_no_plans_are_an_empty_list(run: Run, tmp_path: Path) -> None:
    assert run("runs", "list").stdout == "There is no plan in plans.\n"
    (tmp_path / "file").write_text("")
    assert run("runs", "list", "file").exit_code == 2


@pytest.mark.parametrize(
    "content", ['{"format": 2, "case": 1, "status": "optimal"}', '{"format": 9, "case": {}, "status": 1}']
)
def test_a_plan_json_that_makes_no_sense_does_not_spoil_the_list(run: Run, plan: Plan, content: str) -> None:
    write_plan(plan, "plans/mine")
    Path("plans/odd").mkdir()
    Path("plans/odd/plan.json").write_text(content, encoding="utf-8")
    result = run("runs", "list")
    assert (result.exit_code, "mine" in result.stdout, "odd" in result.stdout) == (0, True, True)
    assert run("runs", "show", "odd").exit_code == 1


def test_a_plan_from_before_lists_showed_figures_is_listed_without_them(run: Run, plan: Plan) -> None:
    file = write_plan(plan, "plans/mine") / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["headline"], content["written"]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert run("runs", "list").stdout.splitlines()[-1].split()[-3:] == ["-", "-", "-"]


# show


def test_show_says_how_a_plan_was_made(run: Run, plan: Plan) -> None:
    write_plan(plan, "plans/mine")
    said = run("runs", "show", "mine").stdout
    for label in ("Plan", "Case", "Status", "Audit", "Gaps", "Money", "Goal 1", "Took", "Made by", "Written"):
        assert re.search(rf"^{label} ", said, re.MULTILINE)
    assert run("runs", "show", "plans/mine").stdout == said
    assert json.loads(run("runs", "show", "mine", "--json").stdout)["schema"] == "planner.run/1"


def test_a_misspelt_plan_is_told_with_the_closest_name(run: Run, plan: Plan) -> None:
    write_plan(plan, "plans/mine--base")
    for command in ("show", "rm"):
        result = run("runs", command, "mine--bas")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Did you mean 'plans/mine--base'?" in result.stderr
    assert [entry.name for entry in list_plans("plans")] == ["mine--base"]


# rm


@pytest.mark.slow
def test_rm_deletes_plans_by_name_or_by_folder(run: Run, plan: Plan, none: Plan, tmp_path: Path) -> None:
    write_plan(plan, "plans/a")
    write_plan(none, "elsewhere/b")
    write_plan(plan, "elsewhere/c")
    result = run("runs", "rm", "a", "elsewhere/b")
    assert result.stdout == f"Deleted {Path('plans/a')}.\nDeleted {Path('elsewhere/b')}.\n"
    assert run("runs", "rm", "c", "--in", "elsewhere").exit_code == 0
    assert [p for home in ("plans", "elsewhere") for p in (tmp_path / home).iterdir()] == []


@pytest.mark.slow
@pytest.mark.parametrize("what", ["no plan", "more than a plan", "a link", "missing", "a file"])
def test_rm_refuses_what_is_no_plan_and_deletes_nothing(run: Run, plan: Plan, tmp_path: Path, what: str) -> None:
    write_plan(plan, "plans/good")
    odd = tmp_path / "plans" / "odd"
    if what == "no plan":
        odd.mkdir()
        (odd / "thesis.txt").write_text("years of work")
    elif what == "more than a plan":
        write_plan(plan, odd)
        (odd / "thesis.txt").write_text("years of work")
    elif what == "a link":
        odd.symlink_to(write_plan(plan, tmp_path / "real"))
    elif what == "a file":
        odd.write_text("years of work")
    before = sorted(tmp_path.rglob("*"))
    result = run("runs", "rm", "good", "odd")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_copy_aside_is_a_plan_and_goes_with_it(plan: Plan, tmp_path: Path) -> None:
    """A writer was killed between its two renames: what it put aside is the plan."""
    aside = write_plan(plan, tmp_path / "mine").rename(tmp_path / f".mine.aside-{time.time_ns():020d}_abcdef00")
    assert [entry.folder for entry in list_plans(tmp_path)] == [aside]
    remove_plan(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "amid", "after"])
def test_killed_at_any_file_operation_a_deletion_leaves_a_whole_plan_or_none(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    counting = CountingDisk(lambda n: None, lambda n: None)
    write_plan(plan, tmp_path / "counted" / "mine")
    monkeypatch.setattr(folders, "DISK", counting)
    remove_plan(tmp_path / "counted" / "mine")
    assert counting.count >= 2
    for at in range(counting.count):
        home = tmp_path / f"killed-{at}"
        monkeypatch.setattr(folders, "DISK", QuickDisk())
        write_plan(plan, home / "mine")
        monkeypatch.setattr(folders, "DISK", MortalDisk(at, when))
        with contextlib.suppress(Killed):
            remove_plan(home / "mine")
        monkeypatch.setattr(folders, "DISK", QuickDisk())
        for entry in list_plans(home):
            assert read_plan(entry.folder).tables.keys() == plan.tables.keys()
        if not list_plans(home):
            write_plan(plan, home / "mine")
            assert [p.name for p in home.iterdir()] == ["mine"], "what was half deleted is swept away by the next writer"


def test_a_disk_that_refuses_leaves_the_plan_whole(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn(QuickDisk):
        def rename(self, old: Path, new: Path) -> None:
            raise PermissionError(13, "in use by another program")

    write_plan(plan, tmp_path / "mine")
    monkeypatch.setattr(folders, "DISK", Stubborn())
    with pytest.raises(PermissionError):
        remove_plan(tmp_path / "mine")
    assert read_plan(tmp_path / "mine").audit == "passed"


# several programs at once

KEEP = """
import pickle, sys
from pathlib import Path
from planner.terminal.kept import keep_plan
plan = pickle.load(open(sys.argv[1], "rb"))
print("ready", flush=True)
sys.stdin.readline()
print(keep_plan(plan, Path(sys.argv[2]), False).folder)
"""

RM = """
import sys
from planner.cli import main
import planner.plans.store
print("ready", flush=True)
sys.stdin.readline()
sys.argv = ["planner", "runs", "rm", sys.argv[1]]
main()
"""

WRITER = """
import pickle, sys
from planner.plans.store import write_plan
plan = pickle.load(open(sys.argv[1], "rb"))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    write_plan(plan, sys.argv[2], replace=True)
print("written", flush=True)
"""


@pytest.fixture
def pickled(plan: Plan, tmp_path: Path) -> Path:
    file = tmp_path / "plan.pickle"
    file.write_bytes(pickle.dumps(plan))
    return file


@pytest.mark.slow
def test_solves_that_end_at_once_in_one_place_are_all_kept(pickled: Path, tmp_path: Path) -> None:
    """The first takes the place, each of the others a name of its own beside it."""
    ended = together(KEEP, 4, pickled, tmp_path / "plans" / "mine")
    assert [code for code, _, _ in ended] == [0, 0, 0, 0], [err for _, _, err in ended]
    assert [entry.name for entry in list_plans(tmp_path / "plans")] == ["mine", "mine-2", "mine-3", "mine-4"]
    assert len({out for _, out, _ in ended}) == 4, "each says another place"
    for entry in list_plans(tmp_path / "plans"):
        assert read_plan(entry.folder).audit == "passed"


@pytest.mark.slow
def test_two_solve_commands_in_one_place_both_leave_their_plan(case_folder: Path, tmp_path: Path) -> None:
    """One that comes when the place is taken says so before it solves; one that finds it free keeps its plan."""
    solve = [sys.executable, "-m", "planner", "solve", case_folder, "-o", tmp_path / "plans" / "mine", "-q"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    some = [
        subprocess.Popen([*map(str, solve)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ended = [(one.communicate(timeout=HANGS), one.returncode) for one in some]
    kept = sum(code == 0 for _, code in ended)
    assert {code for _, code in ended} <= {0, 2}
    assert kept >= 1
    assert all("exists already" in said[1] for said, code in ended if code == 2)
    assert len(list_plans(tmp_path / "plans")) == kept


@pytest.mark.slow
def test_of_two_deletions_one_deletes_and_the_other_says_there_is_none(plan: Plan, tmp_path: Path) -> None:
    for n in range(3):
        place = write_plan(plan, tmp_path / "plans" / f"mine-{n}")
        ended = together(RM, 2, place)
        assert sorted(code for code, _, _ in ended) == [0, 2], [err for _, _, err in ended]
        assert all(
            "nothing is done" in err or "any more" in err or "there is no plan" in err for code, _, err in ended if code
        )
        assert list((tmp_path / "plans").iterdir()) == []


@pytest.mark.slow
def test_a_plan_is_in_every_list_made_while_it_is_replaced(plan: Plan, pickled: Path, tmp_path: Path) -> None:
    place = write_plan(plan, tmp_path / "plans" / "mine")
    writers = [start(WRITER, pickled, place, 25) for _ in range(2)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    lists = 0
    while any(writer.poll() is None for writer in writers):
        entries = list_plans(tmp_path / "plans")
        assert [entry.name for entry in entries] == ["mine"]
        assert entries[0].about["status"] == "optimal"
        lists += 1
    assert lists > 50
    ended = [(writer.communicate(), writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0, 0], ended
    assert [p.name for p in (tmp_path / "plans").iterdir()] == ["mine"]


@pytest.mark.slow
def test_a_plan_deleted_while_it_is_replaced_is_whole_or_gone(plan: Plan, pickled: Path, tmp_path: Path) -> None:
    place = write_plan(plan, tmp_path / "plans" / "mine")
    writer = start(WRITER, pickled, place, 25)
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()
    deleted = 0
    while writer.poll() is None:
        with contextlib.suppress(PlanUnreadable):
            remove_plan(place)
            deleted += 1
        for entry in list_plans(tmp_path / "plans"):
            assert entry.name == "mine"
    assert (writer.returncode, deleted > 1) == (0, True), writer.communicate()
    for _ in list_plans(tmp_path / "plans"):
        assert read_plan(place).audit == "passed"
        remove_plan(place)
    assert [p.name for p in (tmp_path / "plans").iterdir()] == []
