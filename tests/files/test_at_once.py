"""Several writers of one place at once: who comes between a look and what follows it costs nobody anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from planner.files import folders, onefile
from planner.files.folders import FolderTaken, write_folder
from planner.files.onefile import write_content, write_file
from tests.product.disks import QuickDisk

WRITERS = 8


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "DISK", QuickDisk())
    monkeypatch.setattr(onefile, "DISK", QuickDisk())


def writing(text: str) -> Callable[[Path], None]:
    """Writes a folder of one file."""

    def fill(fresh: Path) -> None:
        (fresh / "text").write_text(text, encoding="utf-8")

    return fill


def after(look: Callable[..., None], number: int, then: Callable[[], object]) -> Callable[..., None]:
    """A look at a place, and another writer right after it: after the look of this number alone."""
    looks = 0

    def looked(*asked: object) -> None:
        nonlocal looks
        looks += 1
        mine = looks
        look(*asked)
        if mine == number:
            then()

    return looked


def test_a_folder_that_comes_after_the_last_look_is_not_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks are taken: before anything is written, and before the folder gets its name."""
    place = tmp_path / "mine"
    other = after(folders.check_free, 2, lambda: write_folder(place, writing("other"), None, "a plan"))
    monkeypatch.setattr(folders, "check_free", other)
    with pytest.raises(FolderTaken, match="exists already"):
        write_folder(place, writing("one"), None, "a plan")
    assert (place / "text").read_text(encoding="utf-8") == "other"
    assert list(tmp_path.iterdir()) == [place]


def test_what_may_not_be_replaced_and_comes_after_the_last_look_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "mine"
    write_folder(place, writing("old"), None, "a plan")

    def a_users_own() -> None:
        folders.remove_folder(place)
        place.mkdir()
        (place / "own").touch()

    monkeypatch.setattr(folders, "check_free", after(folders.check_free, 2, a_users_own))
    with pytest.raises(FolderTaken, match="does not look like a plan"):
        write_folder(place, writing("new"), lambda folder: (folder / "text").is_file(), "a plan")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == ["mine", "mine/own"]


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_comes_after_the_last_look_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """Also on a disk where a file has one name only, such as those of memory sticks."""
    place = tmp_path / "mine.html"
    if not has_links:
        monkeypatch.setattr(os, "link", refused)
    other = after(onefile.check_place, 2, lambda: place.write_bytes(b"other"))
    monkeypatch.setattr(onefile, "check_place", other)
    with pytest.raises(FolderTaken, match="exists already"):
        write_content(place, b"one", replace=False, what="a page")
    assert place.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [place]


def refused(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_disk_on_which_a_file_has_one_name_takes_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refused)
    write_content(tmp_path / "mine.html", b"one", replace=False, what="a page")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("mine.html", b"one")]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["folder", "file"])
def test_of_writers_who_all_find_a_place_free_one_writes_and_the_others_are_told(tmp_path: Path, kind: str) -> None:
    """All of them fill what they write at once, so that each has looked before any has written."""
    for attempt in range(20):
        place, ready = tmp_path / f"{kind}-{attempt}", Barrier(WRITERS)

        def write(text: str, place: Path = place, ready: Barrier = ready) -> str:
            def fill(fresh: Path) -> None:
                (fresh / "text" if kind == "folder" else fresh).write_text(text, encoding="utf-8")
                ready.wait()

            try:
                if kind == "folder":
                    write_folder(place, fill, None, "a plan")
                else:
                    write_file(place, fill, replace=False, what="a page")
            except FolderTaken:
                return ""
            return text

        with ThreadPoolExecutor(WRITERS) as crew:
            said = [text for text in crew.map(write, map(str, range(WRITERS))) if text]
        assert said == [(place / "text" if kind == "folder" else place).read_text(encoding="utf-8")]
    assert len(list(tmp_path.iterdir())) == 20
