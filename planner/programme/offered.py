"""Programmes as a workspace offers them, results that lie there, and a programme solved in a run of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.case.problems import CaseInvalid
from planner.files import folders
from planner.files.inputs import PROGRAMME_FILE
from planner.files.pathnames import readable
from planner.programme import example, store
from planner.programme.keys import Member
from planner.programme.reading import load_keys
from planner.words.said import _
from planner.workspace import runs
from planner.workspace.cases import CaseEntry, key_of, open_case
from planner.workspace.places import Workspace, within
from planner.workspace.runs import Run

KEPT = "programme"  # in a run's folder: the programme with the cases of its members, as they were then


@dataclass(frozen=True)
class ProgrammeEntry:
    """A programme as a list shows it.

    Attributes
    ----------
    own
        Whether it lies in the workspace; otherwise it ships with the program, and is only read.
    """

    name: str
    folder: Path
    own: bool

    @property
    def key(self) -> str:
        """What tells it from one of the same name: own/mine, shipped/china."""
        return key_of(self.name, self.own)


def list_programmes(place: Workspace) -> tuple[ProgrammeEntry, ...]:
    """The user's own programmes, which lie among their cases, then those that ship with the program and are all there."""
    own = sorted(place.cases.iterdir()) if place.cases.is_dir() else []
    above = sorted({case.parent for case in place.shipped})
    shipped = [folder for cases in above for folder in sorted(cases.iterdir()) if _has_members(folder)]
    return (
        *(ProgrammeEntry(readable(p.name), p, True) for p in own if (p / PROGRAMME_FILE).is_file()),
        *(ProgrammeEntry(readable(p.name), p, False) for p in shipped),
    )


def _has_members(folder: Path) -> bool:
    """Whether a folder holds a programme, and the cases of all its members are where it says."""
    if not (folder / PROGRAMME_FILE).is_file():
        return False
    try:
        return all((folder / member.case).exists() for member in load_keys(folder).members.values())
    except CaseInvalid:
        return False


def make_first(place: Workspace, name: str) -> Path:
    """A first programme to edit, among the user's cases.

    Raises
    ------
    planner.workspace.places.BadName
        Nothing can be called so.
    planner.files.folders.FolderTaken
        There is something of this name already.
    planner.files.folders.NotWritten
        The disk refuses; nothing is changed then.
    """
    return folders.write_folder(within(place.cases, name), example.fill, None, _("a programme"))


def list_results(place: Workspace, beside: Path | str = "programmes") -> dict[str, Path]:
    """Results of the workspace, then those of the folder of the commands, by name."""
    found: dict[str, Path] = {}
    for folder in (place.programmes, Path(beside).resolve()):
        for result in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not result.name.startswith(".") and store.is_result(result):
                found.setdefault(result.name, result)
    return found


def start_programme(
    place: Workspace,
    entry: ProgrammeEntry,
    time_limit: float | None,
    gap: float,
    options: Sequence[str] = (),
    language: str = "en",
) -> Run:
    """Start solving a programme as it is now; it goes on if the page, or the server, goes away.

    Parameters
    ----------
    time_limit, gap
        As in `planner programme solve`.
    options
        Further words of that command, such as --amounts 0.8.
    language
        Of what its process tells.

    Raises
    ------
    CaseInvalid
        Its programme.yaml cannot be used.
    planner.files.folders.NotWritten
        The disk refuses, or no process can be started; nothing is left of the run then.
    """
    folder = entry.folder.resolve()
    members = list(load_keys(folder).members.values())
    above = Path(os.path.commonpath([folder.parent, *(_lies(folder, one) for one in members)]))
    asked = {
        "kind": "programme", "case": entry.name, "scenario": None, "time_limit": time_limit, "gap": gap,
        "folder": str(Path(KEPT) / folder.relative_to(above)), "options": list(options), "shipped": not entry.own,
        "language": language,
    }  # fmt: skip

    def fill(run: Path) -> None:
        fresh = run / KEPT / folder.relative_to(above)
        fresh.mkdir(parents=True)
        (fresh / PROGRAMME_FILE).write_bytes((folder / PROGRAMME_FILE).read_bytes())
        for member in members:
            if not Path(member.case).is_absolute():
                _copy(folder / member.case, run / KEPT / _lies(folder, member).relative_to(above))

    return runs.begin(place, asked, fill, place.programmes, called=(entry.name, "programme"))


def _lies(folder: Path, member: Member) -> Path:
    """Where the case of a member lies; of one that is named from the root of the disk nothing is copied."""
    return folder if Path(member.case).is_absolute() else Path(os.path.normpath(folder / member.case))


def _copy(case: Path, to: Path) -> None:
    """The files of a case, or its workbook, as they are now; what is not there is told when the programme is read."""
    if case.is_file():
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(case.read_bytes())
    else:
        to.mkdir(parents=True, exist_ok=True)  # two members may be scenarios of one case
        for name, text in open_case(CaseEntry(case.name, case, False)).texts.items():
            (to / name).write_text(text, encoding="utf-8", newline="")


def version_of(entry: ProgrammeEntry) -> str:
    """A mark that changes whenever programme.yaml or a file of a member does."""
    try:
        members = [entry.folder / member.case for member in load_keys(entry.folder).members.values()]
    except CaseInvalid:
        members = []
    files = [entry.folder / PROGRAMME_FILE]
    for case in members:
        files += sorted(case.iterdir()) if case.is_dir() else [case]
    stats = ((file, file.stat()) for file in files if file.is_file())
    return "\n".join(f"{file} {stat.st_mtime_ns} {stat.st_size}" for file, stat in stats)
