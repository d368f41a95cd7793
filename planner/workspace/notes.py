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
    """Plan or run -> what its user calls it and noted; what makes no sense says nothing."""
    return _read(place)[0]


def _read(place: Workspace) -> tuple[dict[str, Note], bool]:
    """The notes that can be read, and whether those are all that is there."""
    try:
        said = json.loads(_file(place).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, True
    except (OSError, ValueError):
        return {}, False
    if not isinstance(said, dict):
        return {}, False
    sound = {key: note for key, note in said.items() if isinstance(note, dict)}
    found = {key: Note(str(note.get("name", "")), str(note.get("text", ""))) for key, note in sound.items()}
    return found, len(found) == len(said)


def keep_note(place: Workspace, key: str, note: Note) -> None:
    """Keep a note, or forget an empty one. A file that cannot be read as a whole is set aside first, and not lost.

    Raises
    ------
    OSError
        It cannot be written.
    """
    kept = Note(" ".join(note.name.split())[:LONGEST_NAME], note.text.strip()[:LONGEST_NOTE])
    place.root.mkdir(parents=True, exist_ok=True)
    with locked(place.root / ".notes.lock"):
        known, whole = _read(place)
        if not whole:
            _file(place).replace(_free(place))
        found = {**known, key: kept}
        content = {name: asdict(of) for name, of in found.items() if of != Note()}
        fresh = _file(place).with_name(f".{FILE}.writing")
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(_file(place))


def _free(place: Workspace) -> Path:
    """A name beside the file that nothing has yet."""
    names = (place.root / f"notes-unreadable-{n}.json" for n in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _file(place: Workspace) -> Path:
    return place.root / FILE
