"""What a user calls a plan or a run, and what they noted of it: kept beside them, since these are written whole once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from planner.workspace.places import Workspace
from planner.workspace.processes import locked

FILE = "notes.json"
LONGEST_NAME, LONGEST_NOTE = 80, 2000  # characters


@dataclass(frozen=True)
class Note:
    """A name, and a note; either may be empty."""

    name: str = ""
    text: str = ""


def read_notes(place: Workspace) -> Mapping[str, Note]:
    """Plan or run -> what its user calls it and noted; nothing where that cannot be read."""
    try:
        found = json.loads(_file(place).read_text(encoding="utf-8"))
        return {str(key): Note(str(note["name"]), str(note["text"])) for key, note in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def keep_note(place: Workspace, key: str, note: Note) -> None:
    """Keep a note, or forget an empty one.

    Raises
    ------
    OSError
        It cannot be written.
    """
    kept = Note(" ".join(note.name.split())[:LONGEST_NAME], note.text.strip()[:LONGEST_NOTE])
    place.root.mkdir(parents=True, exist_ok=True)
    with locked(place.root / ".notes.lock"):
        found = {**read_notes(place), key: kept}
        content = {name: asdict(of) for name, of in found.items() if of != Note()}
        fresh = _file(place).with_name(f".{FILE}.writing")
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(_file(place))


def _file(place: Workspace) -> Path:
    return place.root / FILE
