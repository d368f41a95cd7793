"""Programmes of a workspace, and one solved in a run of its own: what is copied for it, told of it, kept and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.files.folders import FolderTaken
from planner.programme import store
from planner.programme.offered import list_programmes, list_results, make_first, start_programme, version_of
from planner.programme.reading import load_programme
from planner.programme.search import ROUNDS
from planner.questions import keeping
from planner.words.said import in_languages
from planner.workspace import runs
from planner.workspace.places import Workspace, workspace
from planner.workspace.runs import Run, delete_run, events_of, log_of, read_run, stop_run
from tests import waiting
from tests.programme.small import City, Clinic, Drawn, write

TWO = Drawn((City(100_000, 20, (Clinic(50, 3),)), City(50_000, 0, (Clinic(40, 2),))), (6, 3), True, 0.8, 0.1)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace, beside shipped cases of which one is shipped with a programme."""
    shipped = tmp_path / "shipped" / "case"
    shipped.mkdir(parents=True)
    return Workspace(workspace(tmp_path / "mine").root, (shipped,))


def ended(place: Workspace, run: str) -> Run:
    """A run once it has ended."""

    def look() -> Run | None:
        found = read_run(place, run)
        assert found is not None
        return None if found.active else found

    return waiting.wait_for(look, "the end of the run")


def test_own_programmes_come_first_and_shipped_ones_only_with_all_their_members(place: Workspace) -> None:
    above = place.shipped[0].parent
    assert list_programmes(place) == ()
    write(TWO, above / "whole")
    write(TWO, above / "lacking")
    (above / "lacking" / "m1").rename(above / "elsewhere")
    (above / "senseless").mkdir()
    (above / "senseless" / "programme.yaml").write_text("members: [", encoding="utf-8")
    make_first(place, "mine")
    assert [entry.key for entry in list_programmes(place)] == ["own/mine", "shipped/whole"]
    assert len(load_programme(place.cases / "mine").participants) == 2
    with pytest.raises(FolderTaken):
        make_first(place, "mine")


def test_a_version_changes_with_a_file_of_a_member(place: Workspace) -> None:
    make_first(place, "mine")
    (entry,) = list_programmes(place)
    before = version_of(entry)
    assert version_of(entry) == before
    with (entry.folder / "west" / "cities.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert version_of(entry) != before


@pytest.fixture
def not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs whose process is not started."""
    monkeypatch.setattr(runs, "_start", lambda folder, output: None)


@pytest.mark.usefixtures("not_started")
def test_what_is_solved_is_a_copy_with_the_members_wherever_they_lie(place: Workspace) -> None:
    written = write(TWO, place.cases / "mine")
    (place.cases / "deep").mkdir()
    (written / "m0").rename(place.cases / "deep" / "first")
    (written / "m1").rename(place.root / "second")
    file = written / "programme.yaml"
    said = (
        file.read_text(encoding="utf-8").replace("case: m0", "case: ../deep/first").replace("case: m1", "case: ../../second")
    )
    file.write_text(said, encoding="utf-8")
    (entry,) = (entry for entry in list_programmes(place) if entry.name == "mine")
    run = start_programme(place, entry, 60.0, 1e-3, ["--no-others"])
    assert (run.kind, run.asked["shipped"], run.asked["options"]) == ("programme", False, ["--no-others"])
    (place.cases / "deep" / "first" / "cities.csv").unlink()  # what becomes of them later is no matter
    copied = run.folder / run.asked["folder"]
    assert copied.is_relative_to(run.folder)
    assert load_programme(copied).name == "mine"


@pytest.mark.slow
def test_a_run_leaves_a_result_and_tells_how_far_it_is_and_what_each_member_is_at(place: Workspace) -> None:
    write(TWO, place.cases / "mine")
    (entry,) = list_programmes(place)
    run = ended(place, start_programme(place, entry, 300.0, 1e-6, ["--no-others", "--workers", "1"]).id)
    assert run.state == "done", log_of(run)
    assert run.programme == place.programmes / run.id
    assert list_results(place, place.root / "none") == {run.id: run.programme}
    result = store.read_programme(run.programme)
    assert result.value == pytest.approx(TWO.best())
    told = [event for event in events_of(run) if event["kind"] == "progress"]
    without = sum(w * max(0.0, 1 - city.has / city.need) for w, city in zip(TWO.weights, TWO.cities, strict=True))
    assert [event["without"] for event in told] == pytest.approx([without] * len(told))
    assert told[-1]["best"] == pytest.approx(TWO.best())
    parts = [event for event in events_of(run) if event["kind"] == "part"]
    assert {event["part"] for event in parts} == {"m0", "m1"}
    last = {event["part"]: event for event in parts}
    assert last["m0"]["message"].startswith("its plan is made; given ")
    assert "分得" in in_languages(last["m0"]["message"], last["m0"]["languages"]).in_language("zh")
    delete_run(place, run.id, keeping.parts, store.parts)
    assert read_run(place, run.id) is None
    assert not (place.programmes / run.id).exists()


@pytest.mark.slow
def test_a_programme_that_is_stopped_keeps_its_best_so_far_with_its_bound(place: Workspace) -> None:
    make_first(place, "mine")
    (entry,) = list_programmes(place)
    started = start_programme(place, entry, None, 0.0, ["--workers", "1"])

    def has_best() -> Run | None:
        found = read_run(place, started.id)
        assert found is not None
        return found if any(event.get("best") is not None for event in events_of(found)) else None

    stop_run(waiting.wait_for(has_best, "a first programme"))
    run = ended(place, started.id)
    assert run.programme is not None, log_of(run)
    result = store.read_programme(run.programme)
    assert result.has_plans
    assert result.bound <= result.value
    assert len(result.rounds) < ROUNDS


@pytest.mark.slow
def test_a_programme_that_cannot_be_read_ends_with_what_is_wrong(place: Workspace) -> None:
    folder = write(TWO, place.cases / "mine")
    (folder / "m0" / "cities.csv").write_text("id\nx\n", encoding="utf-8")
    (entry,) = list_programmes(place)
    run = ended(place, start_programme(place, entry, 60.0, 1e-3).id)
    assert (run.state, run.programme) == ("failed", None)
    assert "Traceback" not in log_of(run)
    assert "m0" in log_of(run)
