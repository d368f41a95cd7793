"""What somebody put into a folder that is written anew stays there: of plans, programmes, answers and cases."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from planner.files import folders
from planner.files.folders import NotWritten
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, read_plan, remove_plan, write_plan
from planner.programme.example import fill
from planner.programme.reading import load_programme
from planner.programme.result import solve_programme
from planner.programme.search import ProgrammeOptions
from planner.programme.store import is_result, read_programme, write_programme
from planner.questions.keeping import write_result
from planner.starting import example
from planner.workspace.cases import CaseEntry, open_case, save_case
from planner.workspace.places import workspace
from tests.page import plans
from tests.product.disks import QuickDisk
from tests.questions.answered import answered

PUT = {"notes.txt": "mine", "talks/first/slides.txt": "mine, too"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "DISK", QuickDisk())


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plans.base()


def put(folder: Path) -> None:
    """Notes of somebody in a folder."""
    for name, text in PUT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def there(folder: Path) -> dict[str, str]:
    """Those notes as they are."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in PUT if (folder / name).is_file()}


@pytest.mark.slow
def test_a_plan_keeps_them_and_nothing_of_the_plan_before(plan: Plan, tmp_path: Path) -> None:
    folder = write_plan(plan, tmp_path / "mine")
    put(folder)
    (folder / "case" / "uses.csv").write_text("of the case before", encoding="utf-8")
    write_plan(plans.no_signatures(), folder, replace=True)
    assert there(folder) == PUT
    assert not (folder / "case" / "uses.csv").exists()
    assert read_plan(folder).goals == plans.no_signatures().goals
    with pytest.raises(PlanUnreadable, match=r"holds more than a plan \(notes.txt, talks\)"):
        remove_plan(folder)
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


@pytest.mark.slow
def test_a_programme_keeps_them_also_beside_its_members_plans(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    fill(tmp_path / "p")
    found = solve_programme(load_programme(tmp_path / "p"), options=ProgrammeOptions(gap=0.5), others=False)
    folder = write_programme(found, tmp_path / "mine")
    put(folder)
    put(folder / "plans" / "east")
    write_programme(found, folder, replace=True)
    assert there(folder) == there(folder / "plans" / "east") == PUT
    assert read_programme(folder).value == found.value
    assert not (folder / "plans" / "east" / "plans").exists()


def test_a_folder_whose_file_is_called_as_a_programmes_is_none(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text('{"talks": []}', encoding="utf-8")
    assert not is_result(tmp_path)


@pytest.mark.slow
def test_an_answer_keeps_them_and_no_table_of_the_answer_before(tmp_path: Path) -> None:
    folder = write_result(answered("importance"), tmp_path / "mine")
    put(folder)
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    write_result(answered("value"), folder, replace=True)
    assert there(folder) == PUT
    assert (folder / "mine.csv").exists()
    assert not (folder / "importance.csv").exists()


def test_a_case_keeps_them_when_it_is_saved(tmp_path: Path) -> None:
    place = workspace(tmp_path)
    save_case(place, "mine", example(), None)
    put(place.cases / "mine")
    opened = open_case(CaseEntry("mine", place.cases / "mine", True))
    save_case(place, "mine", {**opened.texts, "SOURCES.md": "fresh"}, opened.version)
    assert there(place.cases / "mine") == PUT
    assert (place.cases / "mine" / "SOURCES.md").read_text(encoding="utf-8") == "fresh"


def test_where_they_cannot_be_kept_the_folder_stays_as_it_was(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(old: Path, new: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = write_plan(plan, tmp_path / "mine")
    put(folder)
    monkeypatch.setattr(folders.DISK, "copy", full)
    with pytest.raises(NotWritten):
        write_plan(plans.no_signatures(), folder, replace=True)
    assert there(folder) == PUT
    assert read_plan(folder).goals == plan.goals
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
