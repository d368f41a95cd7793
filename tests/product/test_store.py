"""A plan on disk is whole or absent, reads back equal, and survives a program that is killed at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.case import FrozenDict, writing
from planner.files import folders
from planner.files.folders import FolderTaken
from planner.plans import store
from planner.plans.ended import told_as
from planner.plans.plan import CityResult, GoalResult, Plan, Status
from planner.plans.store import PlanDamaged, PlanUnreadable, list_plans, read_plan, write_plan
from planner.plans.tables import AFTER, TABLES
from tests.product.conftest import PROJECT, table
from tests.product.disks import CountingDisk, Killed, MortalDisk, QuickDisk, moments


def named(plan: Plan, reason: str) -> Plan:
    """The same plan with another reason, to tell two plans apart; every table says it too."""
    tables = {name: table.copy() for name, table in plan.tables.items()}
    tables["decisions"]["name"] = reason
    tables["flows"]["service"] = reason
    return replace(plan, ended=told_as(reason), tables=FrozenDict(tables))


def which(plan: Plan) -> str:
    """Which plan was read: fails if its parts are of different plans."""
    parts = {plan.reason, *plan.tables["decisions"]["name"], *plan.tables["flows"]["service"]}
    assert len(parts) == 1, f"a mixed plan: {parts}"
    return parts.pop()


@pytest.fixture
def texts_once(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """All plans of a test are of one case: what its files say is put together once."""
    put_together, case = writing.filled_texts, plan.case
    texts = put_together(case)
    monkeypatch.setattr(writing, "filled_texts", lambda asked: texts if asked is case else put_together(asked))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[folders.Disk], None]:
    return lambda new: monkeypatch.setattr(folders, "DISK", new)


def assert_equal(one: Plan, other: Plan) -> None:
    assert replace(one, case=replace(one.case, scenarios=FrozenDict())) == other, "all but scenarios: one was applied"
    assert one.case.content_hash == other.case.content_hash
    assert one.seconds == other.seconds
    assert one.versions == other.versions
    assert list(one.tables) == list(other.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)


def test_a_plan_reads_back_equal(plan: Plan, tmp_path: Path) -> None:
    assert_equal(plan, read_plan(write_plan(plan, tmp_path / "plans" / "mine")))


def test_a_plan_with_parks_tax_and_debts_reads_back_equal(industrial: Plan, tmp_path: Path) -> None:
    """Also its table without rows, its empty texts, and tax that arrives after the horizon."""
    found = read_plan(write_plan(industrial, tmp_path / "mine"))
    assert_equal(industrial, found)
    assert found.audit == "passed"
    assert not len(found.tables["flows"])
    assert set(found.tables["taxes"]["arrives"]) == {"2035", "2040", AFTER}
    assert set(found.tables["decisions"]["level"]) > {"", "subsidy"}


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_reads_back_with_its_kinds_of_columns(plan: Plan, tmp_path: Path, name: str) -> None:
    empty = replace(plan, tables=FrozenDict({**plan.tables, name: table(name)}))
    found = read_plan(write_plan(empty, tmp_path / "mine")).tables[name]
    pd.testing.assert_frame_equal(found, table(name), check_exact=True)


def test_a_line_that_nobody_holds_and_a_cap_that_is_none_read_back(industrial: Plan, tmp_path: Path) -> None:
    tables = {
        "taxes": table("taxes", ("plant", "2040", AFTER, "", "host", 0.1 + 0.2)),
        "airsheds": table("airsheds", ("plain", "2030", 1.0, 0.0, 0.0, 0.0, 1.0, np.nan)),
    }
    found = read_plan(write_plan(replace(industrial, tables=FrozenDict({**industrial.tables, **tables})), tmp_path / "mine"))
    for name in tables:
        pd.testing.assert_frame_equal(found.tables[name], tables[name], check_exact=True)


def test_a_plan_of_a_scenario_reads_back_with_its_scenario(plan: Plan, tmp_path: Path) -> None:
    changed = replace(plan, case=replace(plan.case, scenario="tight-money", name="elsewhere"))
    found = read_plan(write_plan(changed, tmp_path / "mine"))
    assert (found.case.scenario, found.case.name) == ("tight-money", "elsewhere")


def test_every_float_and_every_text_reads_back_as_it_was(plan: Plan, tmp_path: Path) -> None:
    """0.1 + 0.2, the smallest and largest floats, NaN; commas, quotes, line ends, NA and Chinese in texts."""
    figures = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, np.nan, -0.0, 1 / 3]
    texts = ["a,b", 'say "so"', "two\nlines", "end\r", "NA", "北京市"]
    table = pd.DataFrame(
        {
            "service": pd.Series(texts, dtype="str"),
            "from": pd.Series([" x ", "", "null", "nan", "1", "=A1"], dtype="str"),
            "to": pd.Series(texts, dtype="str"),
            "period": pd.Series(["2030"] * 6, dtype="str"),
            "amount": figures,
        }
    )
    changed = replace(plan, tables=FrozenDict({**plan.tables, "flows": table}))
    found = read_plan(write_plan(changed, tmp_path / "mine"))
    pd.testing.assert_frame_equal(table, found.tables["flows"], check_exact=True)
    assert np.signbit(found.tables["flows"]["amount"][4])


def test_goals_without_a_bound_read_back(plan: Plan, tmp_path: Path) -> None:
    goals = (GoalResult("a", 1.5, float("nan"), float("nan"), float("inf")), GoalResult("b", 0.0, -np.inf, 0.0, 0.0))
    found = read_plan(write_plan(replace(plan, goals=goals), tmp_path / "mine")).goals
    assert repr(found) == repr(goals)


def test_a_goal_that_goes_by_cities_reads_back_with_them(plan: Plan, tmp_path: Path) -> None:
    cities = (CityResult("inland", 0.4, 0.4, 0.39, 0.025), CityResult("border", 0.1, 0.25, float("nan"), float("nan")))
    goals = (GoalResult("worst_off_first", 0.4, 0.39, float("nan"), 0.025, cities),)
    folder = write_plan(replace(plan, goals=goals), tmp_path / "mine")
    assert repr(read_plan(folder).goals) == repr(goals)
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    last = {"city": "border", "gap": 0.1, "mean": 0.25, "bound": None, "optimality_gap": None}
    assert content["goals"][0]["cities"][1] == last


def test_plan_json_is_strict_json_with_the_promised_keys(plan: Plan, tmp_path: Path) -> None:
    goals = (GoalResult("a", 1.5, float("nan"), float("nan"), float("nan")),)
    folder = write_plan(replace(plan, goals=goals), tmp_path / "mine")
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert content["format"] == 6
    assert list(content) == [
        "format", "case", "scenario", "options", "status", "ended", "audit", "found", "goals", "broken",
        "seconds", "versions", "headline", "written", "sha256",
    ]  # fmt: skip
    assert content["goals"] == [{"name": "a", "value": 1.5, "bound": None, "optimality_gap": None, "proof_gap": None}]


def test_a_plan_without_decisions_is_written_with_its_reason(plan: Plan, tmp_path: Path) -> None:
    none = replace(
        plan, status="infeasible", ended=told_as("too little money"), goals=(), tables=FrozenDict(), audit="not run"
    )
    found = read_plan(write_plan(none, tmp_path / "mine"))
    assert (found.status, found.reason, dict(found.tables)) == ("infeasible", "too little money", {})


def test_an_existing_plan_is_refused_without_replace(plan: Plan, tmp_path: Path) -> None:
    write_plan(named(plan, "old"), tmp_path / "mine")
    with pytest.raises(FolderTaken, match="--replace"):
        write_plan(named(plan, "new"), tmp_path / "mine")
    assert which(read_plan(tmp_path / "mine")) == "old"


def test_replace_replaces_and_leaves_nothing_beside(plan: Plan, tmp_path: Path) -> None:
    write_plan(named(plan, "old"), tmp_path / "mine")
    write_plan(named(plan, "new"), tmp_path / "mine", replace=True)
    assert which(read_plan(tmp_path / "mine")) == "new"
    assert [f.name for f in tmp_path.iterdir()] == ["mine"]


def test_replace_never_takes_a_folder_that_is_no_plan(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderTaken, match="does not look like a plan"):
        write_plan(plan, tmp_path, replace=True)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("status", ["infeasible", "no_plan"])
def test_a_plan_with_decisions_is_never_replaced_by_one_without(plan: Plan, tmp_path: Path, status: Status) -> None:
    none = replace(plan, status=status, ended=told_as("none"), goals=(), tables=FrozenDict(), audit="not run")
    write_plan(named(plan, "old"), tmp_path / "mine")
    with pytest.raises(FolderTaken, match="holds a plan"):
        write_plan(none, tmp_path / "mine", replace=True)
    assert which(read_plan(tmp_path / "mine")) == "old"
    write_plan(none, tmp_path / "other")
    write_plan(named(plan, "new"), tmp_path / "other", replace=True)
    assert which(read_plan(tmp_path / "other")) == "new"


def test_a_file_in_the_place_is_refused(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(FolderTaken, match="is a file"):
        write_plan(plan, tmp_path / "mine", replace=True)


def test_through_a_symbolic_link_the_plan_behind_it_is_replaced(plan: Plan, tmp_path: Path) -> None:
    write_plan(named(plan, "old"), tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_plan(named(plan, "new"), tmp_path / "link", replace=True)
    assert which(read_plan(tmp_path / "real")) == "new"
    assert (tmp_path / "link").is_symlink()


def test_a_full_disk_loses_nothing(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(named(plan, "old"), tmp_path / "mine")

    def full(case: object, folder: Path, filled: bool) -> None:
        folder.mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_case", full)
    with pytest.raises(OSError, match="No space"):
        write_plan(named(plan, "new"), tmp_path / "mine", replace=True)
    assert which(read_plan(tmp_path / "mine")) == "old"
    assert [f.name for f in tmp_path.iterdir()] == ["mine"]


def test_where_the_new_plan_cannot_take_its_place_the_old_one_is_put_back(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None]
) -> None:
    class Stubborn(QuickDisk):
        def rename(self, old: Path, new: Path) -> None:
            if ".writing-" in old.name:
                raise PermissionError(13, "in use by another program")
            super().rename(old, new)

    write_plan(named(plan, "old"), tmp_path / "mine")
    disk(Stubborn())
    with pytest.raises(folders.NotWritten, match=r"in use by another program: .*mine"):
        write_plan(named(plan, "new"), tmp_path / "mine", replace=True)
    assert which(read_plan(tmp_path / "mine")) == "old"
    assert [f.name for f in tmp_path.iterdir()] == ["mine"]


def operations(write: Callable[[], object]) -> list[str]:
    """Which file operations a write takes."""
    counting = CountingDisk(lambda n: None, lambda n: None)
    before, folders.DISK = folders.DISK, counting
    try:
        write()
    finally:
        folders.DISK = before
    return counting.kinds


KILLED = ["before", "amid"]  # after one operation is before the next
WITH_A_MIDDLE = ("fill", "remove")


@pytest.mark.usefixtures("texts_once")
@pytest.mark.parametrize("when", KILLED)
@pytest.mark.slow
def test_killed_at_any_file_operation_a_first_write_leaves_a_whole_plan_or_none(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None], when: str
) -> None:
    kinds = operations(lambda: write_plan(named(plan, "new"), tmp_path / "counted" / "mine"))
    assert len(kinds) > 10
    killed = 0
    for at, kind in moments(kinds):
        if when == "amid" and kind not in WITH_A_MIDDLE:
            continue
        home = tmp_path / f"killed-{at}"
        mortal = MortalDisk(at, when)
        disk(mortal)
        with contextlib.suppress(Killed):
            write_plan(named(plan, "new"), home / "mine")
        disk(QuickDisk())
        if not mortal.dead:
            continue  # nothing to remove
        killed += 1
        entries = list_plans(home)
        if entries:
            assert [which(read_plan(entry.folder)) for entry in entries] == ["new"]
        else:
            with pytest.raises(PlanUnreadable):
                read_plan(home / "mine")
            write_plan(named(plan, "again"), home / "mine")
            assert which(read_plan(home / "mine")) == "again"
    assert killed == (len(moments(kinds)) if when == "before" else 1)  # amid filling the new folder


@pytest.mark.usefixtures("texts_once")
@pytest.mark.parametrize("when", KILLED)
@pytest.mark.slow
def test_killed_at_any_file_operation_a_replacement_leaves_the_old_or_the_new_plan(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None], when: str
) -> None:
    old = write_plan(named(plan, "old"), tmp_path / "old")
    shutil.copytree(old, tmp_path / "counted")
    kinds = operations(lambda: write_plan(named(plan, "new"), tmp_path / "counted", replace=True))
    killed = 0
    for at, kind in moments(kinds):
        if when == "amid" and kind not in WITH_A_MIDDLE:
            continue
        home = tmp_path / f"killed-{at}"
        shutil.copytree(old, home / "mine")
        mortal = MortalDisk(at, when)
        disk(mortal)
        with contextlib.suppress(Killed):
            write_plan(named(plan, "new"), home / "mine", replace=True)
        disk(QuickDisk())
        if not mortal.dead:
            continue  # nothing to remove
        killed += 1
        assert which(read_plan(home / "mine")) in ("old", "new")
        assert [entry.name for entry in list_plans(home)] == ["mine"]
        with pytest.raises(FolderTaken):  # the old one is there, also where only the copy aside was left
            write_plan(named(plan, "again"), home / "mine")
        write_plan(named(plan, "third"), home / "mine", replace=True)
        assert which(read_plan(home / "mine")) == "third"
        left = [f.name for f in home.iterdir() if f.name != "mine"]
        assert all(".writing-" in name for name in left), "only what was being filled waits for a day"
    assert killed == (len(moments(kinds)) if when == "before" else 2)  # amid filling the new folder, or deleting the old one


@pytest.mark.slow
def test_an_old_copy_that_was_half_deleted_is_never_taken_for_a_plan(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None]
) -> None:
    """The program is killed while it deletes the old plan; then the user deletes the new one by hand."""
    write_plan(named(plan, "old"), tmp_path / "counted")
    kinds = operations(lambda: write_plan(named(plan, "new"), tmp_path / "counted", replace=True))
    disk(QuickDisk())
    write_plan(named(plan, "old"), tmp_path / "home" / "mine")
    disk(MortalDisk(len(kinds) - 1, "amid"))
    with pytest.raises(Killed):
        write_plan(named(plan, "new"), tmp_path / "home" / "mine", replace=True)
    shutil.rmtree(tmp_path / "home" / "mine")
    assert list_plans(tmp_path / "home") == ()


def test_what_a_killed_writer_left_is_cleared_after_a_day(plan: Plan, tmp_path: Path) -> None:
    old = tmp_path / f".mine.writing-{time.time_ns() - int(25 * 3600 * 1e9):020d}_abcdef00"
    young = tmp_path / f".mine.writing-{time.time_ns() - int(23 * 3600 * 1e9):020d}_abcdef00"
    for leftover in (old, young):
        leftover.mkdir()
    write_plan(plan, tmp_path / "mine")
    assert not old.exists()
    assert young.exists()


@pytest.mark.usefixtures("texts_once")
@pytest.mark.parametrize("replacing", [False, True])
@pytest.mark.slow
def test_another_writer_at_any_moment_makes_no_mixed_plan(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None], replacing: bool
) -> None:
    """At each file operation of one writer another one writes a whole plan to the same place."""
    old = write_plan(named(plan, "old"), tmp_path / "old")
    shutil.copytree(old, tmp_path / "counted")
    kinds = operations(lambda: write_plan(named(plan, "one"), tmp_path / "counted", replace=True))
    for at, _kind in moments(kinds):
        home = tmp_path / f"met-{at}"
        if replacing:
            shutil.copytree(old, home / "mine")

        def other(number: int, at: int = at, home: Path = home) -> None:
            if number == at:
                disk(QuickDisk())
                write_plan(named(plan, "other"), home / "mine", replace=True)

        disk(CountingDisk(other, lambda n: None))
        try:
            write_plan(named(plan, "one"), home / "mine", replace=replacing)
        except FolderTaken:
            assert not replacing
        disk(QuickDisk())
        assert which(read_plan(home / "mine")) in ("one", "other")
        assert [f.name for f in home.iterdir()] == ["mine"]


@pytest.mark.slow
def test_a_reader_at_any_moment_of_a_replacement_reads_one_whole_plan(
    plan: Plan, tmp_path: Path, disk: Callable[[folders.Disk], None]
) -> None:
    seen = set()

    def look(number: int) -> None:
        seen.add(which(read_plan(tmp_path / "mine")))
        assert [entry.name for entry in list_plans(tmp_path)] == ["mine"]

    write_plan(named(plan, "old"), tmp_path / "mine")
    disk(CountingDisk(look, look))
    write_plan(named(plan, "new"), tmp_path / "mine", replace=True)
    assert seen == {"old", "new"}


@pytest.mark.slow
@pytest.mark.usefixtures("texts_once")
@pytest.mark.parametrize("table", TABLES)
def test_a_plan_replaced_while_it_is_read_is_read_again(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    write_plan(named(plan, "old"), tmp_path / "mine")
    read_table = store.read_table
    replaced = []

    def read(file: Path, written: int) -> pd.DataFrame:
        if file.stem == table and not replaced:
            replaced.append(file)
            write_plan(named(plan, "new"), tmp_path / "mine", replace=True)
        return read_table(file, written)

    monkeypatch.setattr(store, "read_table", read)
    assert which(read_plan(tmp_path / "mine")) == "new"


WRITER = """
import pickle, sys
from planner.plans.store import write_plan
plans = pickle.load(open(sys.argv[1], "rb"))
while True:
    for plan in plans:
        write_plan(plan, sys.argv[2], replace=True)
        print("written", flush=True)
"""


@pytest.mark.slow
def test_a_writer_that_is_really_killed_leaves_a_whole_plan(plan: Plan, tmp_path: Path) -> None:
    import pickle

    (tmp_path / "plans.pickle").write_bytes(pickle.dumps([named(plan, "one"), named(plan, "two")]))
    for delay in (0.0, 0.003, 0.011, 0.02):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path / "plans.pickle", tmp_path / "mine"],
            env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert which(read_plan(tmp_path / "mine")) in ("one", "two")
        assert [entry.name for entry in list_plans(tmp_path)] == ["mine"]


def test_a_list_names_plans_and_nothing_else(plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, tmp_path / "b")
    write_plan(replace(plan, status="interrupted"), tmp_path / "a")
    (tmp_path / "notes").mkdir()
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "plan.json").write_text("{")
    found = [(entry.name, entry.about["status"]) for entry in list_plans(tmp_path)]
    assert found == [("a", "interrupted"), ("b", plan.status)]
    assert list_plans(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("value", [None, True, -1, 1.5, [], {}], ids=repr)
@pytest.mark.parametrize("key", ["scenario", "name"])
def test_what_is_no_name_is_not_taken_for_one(plan: Plan, tmp_path: Path, key: str, value: object) -> None:
    file = write_plan(plan, tmp_path / "plan") / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    (content if key == "scenario" else content["case"])[key] = value
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(PlanDamaged, match=f"plan.json: {re.escape(repr(value))} stands where it makes no sense"):
        read_plan(file.parent)
