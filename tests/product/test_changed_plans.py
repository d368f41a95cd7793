"""Plans that were edited or damaged after they were written: known as such, or refused with the file and the reason."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.audit import audit
from planner.cli import app
from planner.documents.runs import listed
from planner.documents.text import headline
from planner.plans import store
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, list_plans, read_plan, write_plan
from planner.plans.tables import TABLES, TEXT_COLUMNS


def spoil_json(folder: Path, **changes: object) -> None:
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    (folder / "plan.json").write_text(json.dumps({**content, **changes}), encoding="utf-8")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_a_plan_with_an_edited_table_is_known_as_changed_since_its_audit(plan: Plan, tmp_path: Path, table: str) -> None:
    folder = write_plan(plan.with_audit("passed"), tmp_path / "mine")
    add_row(folder / f"{table}.csv", ",".join("x" if column in TEXT_COLUMNS else "0" for column in TABLES[table]))
    assert read_plan(folder).audit == "changed"


@pytest.mark.slow
def test_a_plan_whose_case_was_edited_in_words_only_is_known_as_changed(plan: Plan, tmp_path: Path) -> None:
    """What a figure rests on is no figure of the model, but a plan says what share of its money rests on estimates."""
    folder = write_plan(plan.with_audit("passed"), tmp_path / "mine")
    edit(folder / "case" / "case.yaml", "title: ", "title: Another ")
    assert read_plan(folder).audit == "changed"


@pytest.mark.parametrize(
    "change",
    [
        {"ended": None},
        {"ended": [7]},
        {"ended": [{"kind": "why"}]},
        {"ended": [{"kind": "told", "step": "1"}]},
        {"ended": [{"kind": "told", "gap": 1}]},
        {"options": {"gap": [1]}},
        {"broken": [3]},
        {"broken": [{"kind": "rule", "ids": [1], "amount": 1}]},
        {"broken": [{"kind": "rule", "ids": ["one"]}]},
    ],
)
def test_a_part_of_plan_json_of_the_wrong_kind_is_refused(plan: Plan, tmp_path: Path, change: dict[str, object]) -> None:
    folder = write_plan(plan, tmp_path / "mine")
    spoil_json(folder, **change)
    with pytest.raises(PlanUnreadable, match=r"plan\.json"):
        read_plan(folder)


def test_a_plan_json_without_the_case_s_hash_is_refused(plan: Plan, tmp_path: Path) -> None:
    folder = write_plan(plan, tmp_path / "mine")
    spoil_json(folder, case={"name": "x", "title": "x"})
    with pytest.raises(PlanUnreadable, match=r"plan\.json"):
        read_plan(folder)


@pytest.mark.parametrize("change", [{"goals": []}, {"status": "optimal"}, {"audit": "passed"}, {"sha256": {}}])
def test_a_plan_with_an_edited_plan_json_is_known_as_changed(plan: Plan, tmp_path: Path, change: dict[str, object]) -> None:
    folder = write_plan(plan.with_audit("failed"), tmp_path / "mine")
    spoil_json(folder, **change)
    assert read_plan(folder).audit == "changed"


def without_digest(folder: Path) -> None:
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    del content["sha256"]
    (folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    "change", [{"headline": {}}, {"status": "infeasible"}, {"goals": [{"name": "a", "proof_gap": 0.0}]}, {"sha256": {}}]
)
def test_a_list_marks_a_plan_whose_plan_json_was_edited(plan: Plan, tmp_path: Path, change: dict[str, object]) -> None:
    folder = write_plan(plan.with_audit("passed"), tmp_path / "mine")
    assert "changed" not in listed(list_plans(tmp_path))
    spoil_json(folder, **change)
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["changed"]
    assert "changed since its" in " ".join(listed(list_plans(tmp_path)).split())


def test_a_figure_that_is_no_number_of_json_is_marked_and_stops_no_list(plan: Plan, tmp_path: Path) -> None:
    folder = write_plan(plan, tmp_path / "mine")
    spoil_json(folder, seconds={"solving": float("nan")})
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["changed"]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose files are hashed, in order; files are taken for settled as soon as they are written."""
    found: list[Path] = []
    hashed = store.checksums

    def noted(folder: Path, content: Mapping[str, object]) -> dict[str, str]:
        found.append(folder)
        return hashed(folder, content)

    monkeypatch.setattr(store, "checksums", noted)
    monkeypatch.setattr(store, "UNSETTLED", 0)
    return found


@pytest.mark.slow
def test_a_list_looks_at_a_plan_again_only_if_a_file_of_it_is_another(plan: Plan, tmp_path: Path, looks: list[Path]) -> None:
    folders = [write_plan(plan.with_audit("passed"), tmp_path / name) for name in ("a", "b")]
    looks.clear()
    first = list_plans(tmp_path)
    assert looks == folders
    assert list_plans(tmp_path) == first
    assert looks == folders, "nothing was hashed again"
    edit(folders[1] / "case" / "case.yaml", "title: ", "title: Another ")
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["passed", "changed"]
    assert looks == [*folders, folders[1]]
    shutil.rmtree(folders[0])
    assert [entry.name for entry in list_plans(tmp_path)] == ["b"]
    write_plan(replace(plan.with_audit("failed"), ended=told_as("another")), folders[0])
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["failed", "changed"]


def test_an_edit_that_keeps_the_size_and_the_time_of_a_file_is_noticed_in_a_list(
    plan: Plan, tmp_path: Path, looks: list[Path]
) -> None:
    file = write_plan(plan.with_audit("passed"), tmp_path / "mine") / "decisions.csv"
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["passed"]
    before, content = file.stat(), file.read_bytes()
    time.sleep(0.05)  # a tick of the clock that the disk writes down
    file.write_bytes(content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["changed"]


def test_what_was_written_a_moment_ago_is_looked_at_each_time(
    plan: Plan, tmp_path: Path, looks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two writes of one tick of the clock look the same."""
    monkeypatch.setattr(store, "UNSETTLED", 3_600 * 10**9)
    folder = write_plan(plan, tmp_path / "mine")
    looks.clear()
    list_plans(tmp_path)
    list_plans(tmp_path)
    assert looks == [folder, folder]


@pytest.mark.slow
def test_a_list_marks_a_plan_of_which_any_file_was_changed(plan: Plan, tmp_path: Path) -> None:
    """Whatever stands there now, also what nobody can read: each file alone is enough."""
    names = [file.relative_to(tmp_path / "0") for file in _files(write_plan(plan.with_audit("passed"), tmp_path / "0"))]
    for number, name in enumerate(names, start=1):
        (write_plan(plan.with_audit("passed"), tmp_path / str(number)) / name).write_bytes(b"\xff")
    marks = {entry.name: entry.about["audit"] for entry in list_plans(tmp_path)}
    assert marks.pop("0") == "passed"
    assert marks == dict.fromkeys(map(str, range(1, len(names) + 1)), "changed")


def _files(folder: Path) -> list[Path]:
    """The tables of a plan and the files of its case."""
    return sorted((*folder.glob("*.csv"), *(folder / "case").iterdir()))


def test_a_list_is_fast_though_it_reads_every_file_of_its_plans(plan: Plan, tmp_path: Path) -> None:
    """Each file once, and nothing is parsed but plan.json."""
    write_plan(plan.with_audit("passed"), tmp_path / "mine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.plans.store.read_table", lambda *_: pytest.fail("a table was parsed"))
        patch.setattr("planner.plans.store.load_case", lambda *_: pytest.fail("a case was parsed"))
        assert [entry.about["audit"] for entry in list_plans(tmp_path)] == ["passed"]


@pytest.mark.slow
def test_a_plan_without_a_digest_is_read_listed_and_audited_and_says_so(plan: Plan, tmp_path: Path) -> None:
    folder = write_plan(plan.with_audit("passed"), tmp_path / "mine")
    without_digest(folder)
    found = read_plan(folder)
    assert found.audit == "no digest"
    assert audit(found).passed
    assert "Audit     no digest" in headline(found)
    assert "no digest" in listed(list_plans(tmp_path))
    assert "no digest" in CliRunner().invoke(app, ["audit", str(folder)]).stdout


def add_row(file: Path, row: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "no plan.json": (lambda f: (f / "plan.json").unlink(), "no plan.json"),
    "a later format": (lambda f: spoil_json(f, format=7), r"format 7 cannot be read, only 2, 3, 4, 5 and 6$"),
    "the format before parks": (
        lambda f: spoil_json(f, format=1),
        "an earlier version wrote this plan: solve its case again",
    ),
    "an unknown status": (lambda f: spoil_json(f, status="perfect"), "'perfect' is none of"),
    "a key missing": (lambda f: spoil_json(f, goals=[{"value": 1}]), "missing or misplaced"),
    "a table missing": (lambda f: (f / "flows.csv").unlink(), "flows.csv is missing"),
    "a column missing": (lambda f: (f / "flows.csv").write_text("a,b\n"), "the columns must be service, from"),
    "a cell missing": (lambda f: add_row(f / "flows.csv", "x,y"), "2 cells instead of 5"),
    "a goal that is no number": (lambda f: spoil_json(f, goals=[{"name": "a", "value": "much"}]), "missing or misplaced"),
    "no text": (lambda f: (f / "flows.csv").write_bytes(b"\xff\xfe"), "flows.csv"),
    "no number": (lambda f: add_row(f / "flows.csv", "s,a,b,2030,much"), "column amount: 'much'"),
    "the case missing": (lambda f: (f / "case" / "case.yaml").unlink(), "case.yaml is missing|is missing"),
    "the case changed": (
        lambda f: (f / "case" / "cities.csv").write_text(
            (f / "case" / "cities.csv").read_text(encoding="utf-8").replace("39.9", "39.8"), encoding="utf-8"
        ),
        "was changed after the plan was made",
    ),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_spoilt_plan_is_refused_with_the_file_and_the_reason(plan: Plan, tmp_path: Path, fault: str) -> None:
    spoil, message = SPOILT[fault]
    folder = write_plan(plan, tmp_path / "mine")
    spoil(folder)
    with pytest.raises(PlanUnreadable, match=message):
        read_plan(folder)
