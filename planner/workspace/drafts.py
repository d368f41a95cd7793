"""Drafts: cases under edit, one a case and browser, on the disk from the first cell on.

A draft ends when it is saved as a case or discarded, and never because a page, a browser or a server went away. Two
windows of a browser share a draft: it is kept only over the state that was seen, and whoever comes last is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from planner.words.said import _
from planner.workspace import cases, places
from planner.workspace.places import BadName, Workspace, within
from planner.workspace.processes import locked

FORMAT = 1


class Elsewhere(Exception):
    """Another window changed the draft meanwhile; nothing was written."""


@dataclass(frozen=True)
class Draft:
    """A case under edit.

    Attributes
    ----------
    case
        The case, as `planner.workspace.cases.CaseEntry.key` names it.
    version
        Of the case as it was opened.
    texts
        Its files as they stand now.
    rows
        Keys and values of case.yaml as they were typed, also where they cannot be read; None where nobody typed any.
    """

    case: str
    version: str
    texts: Mapping[str, str]
    rows: tuple[tuple[str, str], ...] | None = None

    def __post_init__(self) -> None:
        """Halves of signs, which neither a file nor a browser takes, are marked as letters that cannot be read."""
        whole = {file: _whole(text) for file, text in self.texts.items()}
        rows = None if self.rows is None else tuple((_whole(key), _whole(value)) for key, value in self.rows)
        object.__setattr__(self, "texts", whole)
        object.__setattr__(self, "rows", rows)

    @property
    def mark(self) -> str:
        """What tells one state of the draft from another."""
        return hashlib.sha256(_written(self).encode()).hexdigest()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.rows is not None or cases.version_of(self.texts) != self.version


def read_draft(place: Workspace, browser: str, case: str) -> Draft | None:
    """The draft of a case; None if there is none. One that cannot be read is put aside and never written over."""
    file = _file(place, browser, case)
    if file is None:
        return None
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(f"a draft of format {found['format']}")
        rows = None if found["rows"] is None else tuple((str(key), str(value)) for key, value in found["rows"])
        return Draft(case, str(found["version"]), {str(k): str(v) for k, v in found["texts"].items()}, rows)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        file.replace(file.with_name(f".{file.name}.unreadable"))
        return None


def keep_draft(place: Workspace, browser: str, draft: Draft, seen: str | None) -> None:
    """Keep a draft, whole or not at all.

    Parameters
    ----------
    seen
        Mark of the draft that was seen last; None if there was none.

    Raises
    ------
    Elsewhere
        The draft on the disk is another one.
    OSError
        It cannot be written.
    """
    file = _file(place, browser, draft.case)
    if file is None:
        raise BadName(_("{case} names no case").format(case=draft.case))
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.parent / ".lock"):
        there = read_draft(place, browser, draft.case)
        if (None if there is None else there.mark) != seen:
            raise Elsewhere(_("the draft of {case} was changed in another window").format(case=draft.case))
        fresh = file.with_name(f".{file.name}.writing")
        fresh.write_text(_written(draft), encoding="utf-8")
        fresh.replace(file)


def drop_draft(place: Workspace, browser: str, case: str) -> None:
    """Forget the draft of a case: it was saved, or is not wanted."""
    file = _file(place, browser, case)
    if file is not None:
        file.unlink(missing_ok=True)


def list_drafts(place: Workspace, browser: str) -> tuple[str, ...]:
    """The cases of which a browser has drafts."""
    folder = _folder(place, browser)
    return tuple(sorted(f"{file.parent.name}/{file.name}" for file in folder.glob("*/*") if not file.name.startswith(".")))


def _folder(place: Workspace, browser: str) -> Path:
    return places.folder_of(place, browser) / "drafts"


def _file(place: Workspace, browser: str, case: str) -> Path | None:
    """Where the draft of a case lies; None where no case can be called so."""
    kind, _, name = case.partition("/")
    if kind not in cases.KINDS:
        return None
    try:
        return within(_folder(place, browser) / kind, name)
    except BadName:
        return None


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _written(draft: Draft) -> str:
    return json.dumps({"format": FORMAT, **asdict(draft)}, ensure_ascii=False, sort_keys=True)
