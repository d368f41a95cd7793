"""Cases of a workspace: listed, opened as texts that can be edited, checked while they are edited, and saved.

Two people may edit the same case: a case is saved only over the version that was opened, and whoever comes last is told.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.case import Case, CaseInvalid, Problem, load_case, warnings_of
from planner.case.csv_cells import Decoded, decoded
from planner.case.loading import case_of_texts
from planner.case.rows import TABLES
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.workbook import ENDING
from planner.files import folders
from planner.files.inputs import CASE_FILE
from planner.files.pathnames import readable
from planner.words import unprintable
from planner.words.said import _, said_by
from planner.work.apart import Apart, Ended
from planner.workspace.places import Workspace, within

KINDS = ("own", "shipped")
FILES = (CASE_FILE, *(f"{table}.csv" for table in TABLES), SOURCES, BOUNDARIES)
MEMORY = 2_000_000_000  # bytes that reading a workbook may take
SECONDS = 120.0


class Changed(Exception):
    """Somebody else saved the case since it was opened; nothing was written."""


class Taken(Exception):
    """There is a case of this name already; nothing was written."""


@dataclass(frozen=True)
class CaseEntry:
    """A case as a list shows it."""

    name: str
    folder: Path
    own: bool  # of the workspace; otherwise shipped, and read-only

    @property
    def key(self) -> str:
        """What tells the case from one of the same name: own/tiny, shipped/tiny."""
        return key_of(self.name, self.own)


@dataclass(frozen=True)
class OpenCase:
    """A case as it was opened.

    Attributes
    ----------
    name
        Of its folder.
    texts
        Its files, by name.
    version
        What tells one state of the files from another.
    own
        Whether it lies in the workspace, and so can be saved.
    notes
        What should be known of how its files were read, a sentence for each.
    """

    name: str
    texts: Mapping[str, str]
    version: str
    own: bool
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """As of `CaseEntry`."""
        return key_of(self.name, self.own)


@dataclass(frozen=True)
class Checked:
    """What is to be said of texts: the case, or everything that is wrong with them."""

    case: Case | None
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]


def key_of(name: str, own: bool) -> str:
    """What tells a case from one of the same name that is shipped, or the user's own."""
    return f"{KINDS[0] if own else KINDS[1]}/{name}"


def list_cases(place: Workspace) -> tuple[CaseEntry, ...]:
    """All cases: the user's own by name, then those that ship with the program."""
    own = sorted(p for p in _folders(place.cases) if (p / CASE_FILE).is_file())
    return (
        *(CaseEntry(readable(p.name), p, True) for p in own),
        *(CaseEntry(readable(p.name), p, False) for p in place.shipped),
    )


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]


def find_case(place: Workspace, name: str, own: bool) -> CaseEntry | None:
    """A case by its name; None if there is none (any more)."""
    return next((entry for entry in list_cases(place) if entry.name == name and entry.own == own), None)


def case_named(place: Workspace, key: str) -> CaseEntry | None:
    """A case by its key, or by its name alone: then the user's own before one that is shipped. None if there is none."""
    kind, _, name = key.rpartition("/")
    kinds = (kind,) if kind else KINDS
    return next((entry for kind in kinds if kind in KINDS and (entry := find_case(place, name, kind == "own"))), None)


def open_case(entry: CaseEntry) -> OpenCase:
    """The files of a case, read until nobody changed them meanwhile."""
    found = _read(entry.folder)
    while (again := _read(entry.folder)) != found:
        found = again
    texts = {file: read.text for file, read in found.items()}
    notes = tuple(str(Problem(file, read.note)) for file, read in found.items() if read.note)
    return OpenCase(entry.name, texts, version_of(texts), entry.own, notes)


def _read(folder: Path) -> dict[str, Decoded]:
    return {name: _text(content) for name, content in _contents(folder).items()}


def _texts(folder: Path) -> dict[str, str]:
    return {name: read.text for name, read in _read(folder).items()}


def _contents(folder: Path) -> dict[str, bytes]:
    found = folders.present(folder) or folder
    return {name: (found / name).read_bytes() for name in FILES if (found / name).is_file()}


def _text(content: bytes) -> Decoded:
    """The text of a file, with a mark for each letter that cannot be read: the check of the case says where they stand."""
    try:
        read = decoded(content)
    except UnicodeDecodeError:
        read = Decoded(content.decode("utf-8-sig", "replace"))
    return replace(read, text=unprintable.lines(read.text))


def version_of(texts: Mapping[str, str]) -> str:
    """What tells one state of a case's files from another."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{len(texts[name])}\0{texts[name]}".encode())
    return digest.hexdigest()


def check(name: str, texts: Mapping[str, str], scenario: str | None = None, notes: Sequence[str] = ()) -> Checked:
    """Check texts as they stand: the case with its warnings, or every problem.

    Parameters
    ----------
    notes
        As of `OpenCase`; they stand before the other warnings.
    """
    try:
        case = case_of_texts(name, texts, scenario)
    except CaseInvalid as invalid:
        return Checked(None, invalid.problems, ())
    return Checked(case, (), (*notes, *warnings_of(case)))


def save_case(place: Workspace, name: str, texts: Mapping[str, str], opened: str | None) -> OpenCase:
    """Save a case, with or without mistakes in it, whole or not at all.

    Parameters
    ----------
    opened
        Version that was opened, to save over it; None to save a case of a new name.

    Raises
    ------
    Changed
        The case is not as it was opened: somebody else saved or deleted it.
    Taken
        A new name is taken, by one of the user's cases or by one that ships with the program.
    planner.workspace.places.BadName
        No case can have this name.
    """
    if opened is None:
        name = unicodedata.normalize("NFC", name)  # two names that look alike are one
    folder = within(place.cases, name)
    place.cases.mkdir(parents=True, exist_ok=True)

    def fill(fresh: Path) -> None:
        before = _contents(folder) if opened is not None else {}
        for file, text in texts.items():
            if file in before and unprintable.INSTEAD in text and _text(before[file]).text == text:
                (fresh / file).write_bytes(before[file])  # letters that cannot be read here are not lost by that
            elif file in FILES:
                (fresh / file).write_text(text, encoding="utf-8", newline="")

    with _one_at_a_time(place.cases):
        exists = (folder / CASE_FILE).is_file()
        shipped = {case.name.casefold() for case in place.shipped}
        if opened is None and (exists or folder.exists() or folder.name.casefold() in shipped):
            raise Taken(_("there is a case {folder} already").format(folder=folder.name))
        if opened is not None and (not exists or version_of(_texts(folder)) != opened):
            raise Changed(_("{folder} was changed by somebody else since you opened it").format(folder=folder.name))
        replaceable = (lambda old: (old / CASE_FILE).is_file()) if exists else None
        folders.write_folder(folder, fill, replaceable, _("a case"), lambda old: _is_part)
    saved = {file: text for file, text in texts.items() if file in FILES}
    return OpenCase(folder.name, saved, version_of(_texts(folder)), True)


def _is_part(names: tuple[str, ...]) -> bool:
    """Whether cases have a file of this name."""
    return names[0] in FILES


def delete_case(place: Workspace, name: str) -> None:
    """Delete one of the user's cases; plans made of it stay, since they hold a copy.

    Raises
    ------
    planner.files.folders.HoldsMore
        Something lies there that is no part of a case; nothing is deleted then.
    planner.workspace.places.BadName
        No case can have this name.
    OSError
        The disk refuses.
    """
    folder = within(place.cases, name)
    with _one_at_a_time(place.cases):
        if (folder / CASE_FILE).is_file():
            folders.refuse_others(folder, _is_part, _("a case"))
            folders.remove_folder(folder)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Whoever looks before writing must be alone while doing so, also among several servers."""
    from planner.workspace.processes import locked

    with locked(folder / ".lock"):
        yield


class TooMuch(Exception):
    """A workbook takes more memory or time than a server gives."""


def texts_of_workbook(content: bytes) -> Mapping[str, str]:
    """The files of the case that a workbook holds.

    Raises
    ------
    planner.case.CaseInvalid
        Something is wrong with the workbook or the case.
    TooMuch
        Reading it takes too much memory or time.
    """
    with TemporaryDirectory() as place:
        file = Path(place) / f"workbook{ENDING}"
        file.write_bytes(content)
        with Apart(MEMORY) as reader:
            try:
                return reader.call(_texts_in, str(file.resolve()), seconds=SECONDS)
            except (Ended, MemoryError) as problem:
                raise TooMuch(_("the workbook could not be read: {problem}").format(problem=said_by(problem))) from problem


def _texts_in(file: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = load_case(file).source.texts
    return texts
