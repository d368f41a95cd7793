"""Names and notes of plans: one that cannot be read costs no other, and a file that cannot be read is set aside."""

from __future__ import annotations

import json
from pathlib import Path

from planner.workspace.notes import Note, keep_note, read_notes
from planner.workspace.places import Workspace


def test_a_note_is_kept_beside_the_others_and_an_empty_one_forgotten(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    keep_note(place, "a", Note("A", "first"))
    keep_note(place, "b", Note("B"))
    keep_note(place, "a", Note())
    assert read_notes(place) == {"b": Note("B")}


def test_an_entry_that_makes_no_sense_costs_no_other(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    content = '{"a": {"name": "A", "text": "x"}, "b": {"name": "B"}, "c": 7}'
    (tmp_path / "notes.json").write_text(content, encoding="utf-8")
    assert read_notes(place) == {"a": Note("A", "x"), "b": Note("B")}
    keep_note(place, "d", Note("D"))
    assert set(read_notes(place)) == {"a", "b", "d"}
    assert (tmp_path / "notes-unreadable-1.json").read_text(encoding="utf-8") == content


def test_a_file_that_cannot_be_read_is_set_aside_and_not_lost(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    (tmp_path / "notes.json").write_text('{"a": {"name": "A", "text": ""},}', encoding="utf-8")
    assert read_notes(place) == {}
    keep_note(place, "b", Note("B"))
    assert json.loads((tmp_path / "notes.json").read_text(encoding="utf-8")) == {"b": {"name": "B", "text": ""}}
    assert '"A"' in (tmp_path / "notes-unreadable-1.json").read_text(encoding="utf-8")
