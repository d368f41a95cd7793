"""Drafts: kept from the first cell on, one a case and browser, and never written over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.starting import example
from planner.workspace import cases
from planner.workspace.cases import Taken, case_named, save_case
from planner.workspace.drafts import Draft, Elsewhere, drop_draft, keep_draft, list_drafts, read_draft
from planner.workspace.places import ANYBODY, BadName, Workspace, browser_of, workspace

ME, YOU = "a" * 32, "b" * 32


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "workspace")


def draft_of(case: str = "own/mine", text: str = "typed", rows: tuple[tuple[str, str], ...] | None = None) -> Draft:
    return Draft(case, "version", {"cities.csv": text}, rows)


def test_a_draft_is_read_as_it_was_kept(place: Workspace) -> None:
    """Also what cannot be written as case.yaml, in whatever language."""
    draft = draft_of(text="id,name\n京,北京\n", rows=(("title", ""), ("", "beside no key")))
    keep_draft(place, ME, draft, None)
    assert read_draft(place, ME, "own/mine") == draft


def test_every_browser_and_every_case_has_its_own(place: Workspace) -> None:
    keep_draft(place, ME, draft_of(text="1"), None)
    keep_draft(place, YOU, draft_of(text="2"), None)
    keep_draft(place, ME, draft_of("shipped/mine", "3"), None)
    found = [read_draft(place, who, case) for who, case in ((ME, "own/mine"), (YOU, "own/mine"), (ME, "shipped/mine"))]
    assert [draft.texts["cities.csv"] for draft in found if draft is not None] == ["1", "2", "3"]
    assert list_drafts(place, ME) == ("own/mine", "shipped/mine")
    drop_draft(place, ME, "own/mine")
    assert read_draft(place, ME, "own/mine") is None
    assert list_drafts(place, YOU) == ("own/mine",)


def test_a_draft_that_another_window_changed_is_not_written_over(place: Workspace) -> None:
    first = draft_of(text="1")
    keep_draft(place, ME, first, None)
    theirs = draft_of(text="theirs")
    keep_draft(place, ME, theirs, first.mark)
    for seen in (None, first.mark):
        with pytest.raises(Elsewhere):
            keep_draft(place, ME, draft_of(text="mine"), seen)
    assert read_draft(place, ME, "own/mine") == theirs


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 99}', '{"format": 1, "texts": 3, "version": "", "rows": null}']
)
def test_a_draft_that_cannot_be_read_is_put_aside_and_not_lost(place: Workspace, content: str) -> None:
    keep_draft(place, ME, draft_of(), None)
    (file,) = (f for f in (place.root / "browsers" / ME / "drafts" / "own").iterdir() if f.name == "mine")
    file.write_text(content, encoding="utf-8")
    assert read_draft(place, ME, "own/mine") is None
    assert list_drafts(place, ME) == ()
    keep_draft(place, ME, draft_of(text="again"), None)
    assert file.with_name(".mine.unreadable").read_text(encoding="utf-8") == content


def test_a_draft_that_was_cut_within_a_letter_is_put_aside(place: Workspace) -> None:
    keep_draft(place, ME, draft_of(text="北京"), None)
    file = place.root / "browsers" / ME / "drafts" / "own" / "mine"
    content = file.read_bytes()
    cut = content[: content.index("京".encode()) + 1]
    file.write_bytes(cut)
    assert read_draft(place, ME, "own/mine") is None
    assert file.with_name(".mine.unreadable").read_bytes() == cut


def test_half_a_sign_is_kept_as_a_letter_that_cannot_be_read(place: Workspace) -> None:
    """And both halves of one are that sign."""
    draft = draft_of(text="a\ud83db \ud83d\ude00", rows=(("title", "\ude00c"),))
    assert draft.texts["cities.csv"] == "a\ufffdb \U0001f600"
    assert draft.rows == (("title", "\ufffdc"),)
    assert draft.is_changed
    keep_draft(place, ME, draft, None)
    assert read_draft(place, ME, "own/mine") == draft


def test_a_write_that_fails_leaves_the_draft_before(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draft_of(text="1")
    keep_draft(place, ME, first, None)

    def full(self: Path, *given: object, **also: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space left"):
            keep_draft(place, ME, draft_of(text="2"), first.mark)
    assert read_draft(place, ME, "own/mine") == first


@pytest.mark.parametrize("case", ["own/../x", "own/a/b", "other/mine", "mine", "own/", "/etc/passwd", "own/.lock"])
def test_a_draft_never_leads_to_another_folder(place: Workspace, case: str) -> None:
    assert read_draft(place, ME, case) is None
    drop_draft(place, ME, case)
    with pytest.raises(BadName):
        keep_draft(place, ME, draft_of(case), None)


@pytest.mark.parametrize("said", [None, "", "..", "../" + "a" * 32, "A" * 32, "a" * 31, "a" * 32 + "\n"])
def test_a_cookie_that_is_no_number_is_anybodys(said: str | None) -> None:
    assert browser_of(said) == ANYBODY
    assert browser_of(ME) == ME


def test_a_draft_says_whether_there_is_something_to_save() -> None:
    texts = {"cities.csv": "id\n"}
    version = cases.version_of(texts)
    assert not Draft("own/mine", version, texts).is_changed
    assert Draft("own/mine", version, {"cities.csv": "id\nx\n"}).is_changed
    assert Draft("own/mine", version, texts, (("title", ""),)).is_changed


# --- cases of one name


def test_an_own_case_cannot_take_the_name_of_one_that_is_shipped(place: Workspace) -> None:
    for name in ("tiny", "Tiny", " tiny "):
        with pytest.raises(Taken):
            save_case(place, name, example(), None)


def test_cases_of_one_name_are_told_apart(place: Workspace) -> None:
    """One that is there from before may still be opened and saved, and is not taken for the shipped one."""
    folder = place.cases / "tiny"
    folder.mkdir(parents=True)
    for file, text in example().items():
        (folder / file).write_text(text, encoding="utf-8")
    own, shipped = (case_named(place, key) for key in ("own/tiny", "shipped/tiny"))
    assert own is not None
    assert shipped is not None
    assert (own.folder, own.key, shipped.key) == (folder, "own/tiny", "shipped/tiny")
    assert case_named(place, "tiny") == own
    opened = cases.open_case(own)
    assert save_case(place, "tiny", {**opened.texts, "SOURCES.md": "x\n"}, opened.version).key == "own/tiny"
    assert [case_named(place, key) for key in ("nope", "own/nope", "other/tiny", "own/jing-jin-ji", "")] == [None] * 5
