"""Writing a folder whole or not at all, and every file operation that this takes, one function each.

A folder is filled beside its place, under a name that no reader takes for a result, and renamed into place. A folder
cannot be renamed over a full one, so an old one is first moved aside; whoever finds only the copy aside reads that. What an
old one holds beside its own, a note that somebody put there, is kept in the new one.
Names beside `plans/mine`:

- ``.mine.writing-<stamp>`` is being filled, or was when its writer was killed;
- ``.mine.aside-<stamp>`` is the old folder while the new one takes its place;
- ``.mine.gone-<stamp>`` is on its way out.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from planner.files.pathnames import file_name
from planner.words.said import _
from planner.words.system import why
from planner.words.text_layout import join

STALE_SECONDS = 24 * 3600.0  # after a day, what a killed writer left may go
# what systems and programs put anywhere: nobody misses it
NOBODYS = (".DS_Store", "Thumbs.db", "desktop.ini", "._*", ".~lock.*#", "~$*", ".nfs*")
NAMED = 5  # files that a message names
LONGEST_KEPT = 60  # characters of a name that is kept where its place cannot be written to
ATTEMPTS = 20  # of several writers at once, each loses a race at most a few times


class FolderTaken(FileExistsError):
    """The place to write to is taken, by something that may not be replaced."""


class HoldsMore(ValueError):
    """A folder that is to be deleted holds what somebody put there; nothing is deleted."""


class NotWritten(OSError):
    """What was to be written is not there: the disk refuses, or no file can hold it; `filename` is the place asked for."""


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Tell whatever keeps something from being written as `NotWritten`: the system does not say where a disk is full."""
    try:
        yield
    except (FolderTaken, NotWritten):
        raise
    except OSError as problem:
        raise NotWritten(problem.errno, why(problem), str(place)) from problem
    except UnicodeError as problem:
        raise NotWritten(
            errno.EILSEQ, _("no file can hold a text of it ({problem})").format(problem=problem), str(place)
        ) from problem
    except MemoryError as problem:
        raise NotWritten(errno.ENOMEM, os.strerror(errno.ENOMEM), str(place)) from problem


def elsewhere(place: Path, write: Callable[[Path], Path]) -> Path | None:
    """Write what could not be written to its place to a temporary folder, or else to the home of the user.

    Parameters
    ----------
    place
        What it was to be called.
    write
        Writes to the path given to it, which nobody has taken.

    Returns
    -------
    Where it is; None if no disk takes it.
    """
    name = f"{file_name(place.stem)[:LONGEST_KEPT]}-{uuid.uuid4().hex[:8]}{place.suffix}"
    for home in (tempfile.gettempdir, Path.home):
        with contextlib.suppress(Exception):  # there may be neither, and whatever is wrong with one, the other is tried
            return write(Path(home()) / name)
    return None


class Disk:
    """The file operations, in one place, so that a test can count them and stop the program at each one."""

    def make(self, folder: Path) -> None:
        """Create a folder and those above it."""
        folder.mkdir(parents=True, exist_ok=True)

    def fill(self, write: Callable[[Path], None], folder: Path) -> None:
        """Let the caller write its files."""
        write(folder)

    def flush(self, path: Path) -> None:
        """Make sure that a file or folder is on the disk, not only on its way."""
        if path.is_dir():
            with contextlib.suppress(OSError):  # Windows and some network disks do not offer it for folders
                _flush(path, os.O_RDONLY)
        else:
            _flush(path, os.O_RDWR)

    def rename(self, old: Path, new: Path) -> None:
        """Give a folder its new name, in one step."""
        os.rename(old, new)

    def copy(self, old: Path, new: Path) -> None:
        """Put a file, or a folder with all it holds, in a second place as well."""
        if old.is_dir() and not old.is_symlink():
            shutil.copytree(old, new, symlinks=True)
        else:
            shutil.copy2(old, new, follow_symlinks=False)

    def remove(self, folder: Path) -> None:
        """Delete a folder with all it holds; one that is gone already is fine."""
        shutil.rmtree(folder, ignore_errors=True)


DISK = Disk()


def _flush(path: Path, how: int) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


IsPart = Callable[[tuple[str, ...]], bool]  # whether a kind of folder has something of these names, one within the other


def write_folder(
    folder: Path,
    fill: Callable[[Path], None],
    replaceable: Callable[[Path], bool] | None,
    what: str,
    parts: Callable[[Path], IsPart] | None = None,
) -> Path:
    """Write a folder whole or not at all.

    Parameters
    ----------
    folder
        Where it goes; folders above it are made.
    fill
        Writes the files into the folder given to it.
    replaceable
        None: an existing folder is refused. Otherwise says whether the folder found may be replaced.
    what
        What the folder holds, for messages: "a plan".
    parts
        Of a folder that is replaced, what tells its own files and folders: all others are kept. None = it has no others.

    Returns
    -------
    The folder's absolute path.

    Raises
    ------
    FolderTaken
        The place is taken.
    NotWritten
        The disk refuses (no right, no space); nothing is changed then.
    """
    folder = folder.resolve()
    restore(folder)
    with writing(folder):
        check_free(folder, replaceable, what)
        DISK.make(folder.parent)
        fresh = _beside(folder, "writing")
        try:
            DISK.make(fresh)
            DISK.fill(fill, fresh)
            _flush_tree(fresh)
            _into_place(fresh, folder, replaceable, what, parts)
        except BaseException:
            restore(folder)
            DISK.remove(fresh)
            raise
    _sweep(folder)
    return folder


def check_free(folder: Path, replaceable: Callable[[Path], bool] | None, what: str) -> None:
    """Refuse a place that is taken, see `write_folder`."""
    if not os.path.lexists(folder):
        return
    if replaceable is None:
        raise FolderTaken(
            _("{folder} exists already; choose another name, or replace it with --replace").format(folder=folder)
        )
    if not folder.is_dir():
        raise FolderTaken(_("{folder} is a file; {what} is written as a folder").format(folder=folder, what=what))
    if _is_something_else(folder, replaceable):
        raise FolderTaken(
            _("{folder} exists and does not look like {what}; it is not replaced").format(folder=folder, what=what)
        )


def _is_something_else(folder: Path, replaceable: Callable[[Path], bool]) -> bool:
    """Whether a folder holds what may not be replaced; one that somebody moves while it is looked at is looked at again."""
    for __ in range(ATTEMPTS):
        try:
            before = folder.stat().st_ino
            if not any(folder.iterdir()) or replaceable(folder):
                return False
            if folder.stat().st_ino == before:
                return True
        except FileNotFoundError:  # deleted at this very moment
            return False
    return True


def try_place(folder: Path, replaceable: Callable[[Path], bool] | None, what: str) -> None:
    """Fail now rather than after an hour of solving if the place is taken or cannot be written to."""
    folder = folder.resolve()
    restore(folder)
    check_free(folder, replaceable, what)
    trial = _beside(folder, "writing")
    try:
        DISK.make(folder.parent)
        DISK.make(trial)
    except OSError as problem:
        raise OSError(
            problem.errno, _("nothing can be written there: {why}").format(why=why(problem)), str(folder)
        ) from None
    DISK.remove(trial)


def present(folder: Path) -> Path | None:
    """Where a folder's content is now: in its place, aside after a replacement was cut short, or nowhere."""
    for __ in range(ATTEMPTS):
        if folder.is_dir():
            return folder
        kept = _leftovers(folder, "aside")
        if kept:
            return kept[-1]
    return None  # looked for often: of several writers each may move it just when its new place is looked at


def restore(folder: Path) -> None:
    """Put a folder back in its place if a replacement was cut short between its two renames."""
    if os.path.lexists(folder):
        return
    kept = present(folder)
    if kept is not None:
        with contextlib.suppress(OSError):  # somebody else put one in place at this moment
            DISK.rename(kept, folder)


def remove_folder(folder: Path) -> None:
    """Delete a folder whole: it is gone in one step, and its files after that.

    Copies aside go with it, so that an older one does not come back in its place.

    Raises
    ------
    FileNotFoundError
        Nothing is there any more.
    OSError
        The disk refuses; the folder stays as it was.
    """
    folder = folder.resolve()
    gone = [_moved_out(aside, folder) for aside in _leftovers(folder, "aside")]
    gone.append(_moved_out(folder, folder))
    gone += [_moved_out(aside, folder) for aside in _leftovers(folder, "aside")]  # of a writer that came in between
    for moved in gone:
        if moved is not None:
            DISK.remove(moved)
    if not any(gone):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def refuse_others(folder: Path, is_part: IsPart, what: str) -> None:
    """Refuse to delete a folder that holds more than its own.

    Parameters
    ----------
    what
        What it holds, for messages: "a plan".

    Raises
    ------
    HoldsMore
        It does; the message names some of it.
    """
    foreign = sorted("/".join(names) for names in others_in(folder, is_part) if not _is_nobodys(folder.joinpath(*names)))
    if foreign:
        raise HoldsMore(
            _("{folder} holds more than {what} ({files}); nothing is deleted, put that elsewhere first").format(
                folder=folder, what=what, files=join(foreign, NAMED)
            )
        )


def _is_nobodys(file: Path) -> bool:
    return file.is_file() and any(fnmatch(file.name, pattern) for pattern in NOBODYS)


def _moved_out(old: Path, folder: Path) -> Path | None:
    """A folder under a name that nobody reads; None if somebody else moved it first."""
    gone = _beside(folder, "gone")
    try:
        DISK.rename(old, gone)
    except FileNotFoundError:
        return None
    return gone


def place_of(leftover: Path) -> Path | None:
    """The place of a folder that lies aside; None for any other name."""
    name, mark, stamp = leftover.name.rpartition(".aside-")
    if not (mark and stamp and name.startswith(".") and len(name) > 1):
        return None
    return leftover.with_name(name[1:])


def _into_place(
    fresh: Path,
    folder: Path,
    replaceable: Callable[[Path], bool] | None,
    what: str,
    parts: Callable[[Path], IsPart] | None,
) -> None:
    """Rename the new folder into place; with another writer at work, try again.

    Between a look at the place and what is done next another writer may take it: only what may be replaced is moved, and a
    folder is never renamed over a full one.
    """
    for attempt in range(ATTEMPTS):
        check_free(folder, replaceable, what)
        if replaceable is not None and os.path.lexists(folder):
            aside = _move_aside(folder, replaceable, what)
            if aside is not None and parts is not None:  # nobody adds to it there
                _keep_others(aside, fresh, parts(aside))
        try:
            DISK.rename(fresh, folder)
        except OSError:
            if not os.path.lexists(folder) or attempt == ATTEMPTS - 1:
                raise
            continue  # another writer was faster: its folder is now the old one
        DISK.flush(folder.parent)
        return


def _move_aside(folder: Path, replaceable: Callable[[Path], bool], what: str) -> Path | None:
    """Move an old folder aside; what came in its place since it was looked at, and may not be replaced, is put back."""
    aside = _beside(folder, "aside")
    try:
        DISK.rename(folder, aside)
    except FileNotFoundError:  # another writer moved it first
        return None
    if not aside.is_dir() or _is_something_else(aside, replaceable):
        DISK.rename(aside, folder)
        check_free(folder, replaceable, what)
        return None
    return aside


def others_in(folder: Path, is_part: IsPart, within: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """What lies in a folder beside its own, by the names that lead there; of a folder among it, that alone."""
    for file in sorted(folder.joinpath(*within).iterdir()):
        names = (*within, file.name)
        if not is_part(names):
            yield names
        elif file.is_dir() and not file.is_symlink():
            yield from others_in(folder, is_part, names)


def _keep_others(old: Path, fresh: Path, is_part: IsPart) -> None:
    """Put what lies in an old folder beside its own in the new one as well."""
    with contextlib.suppress(FileNotFoundError):  # a faster writer has put its own in place, and takes the old one away
        for names in others_in(old, is_part):
            new = fresh.joinpath(*names)
            if not os.path.lexists(new):
                DISK.make(new.parent)
                DISK.copy(old.joinpath(*names), new)


def _sweep(folder: Path) -> None:
    """Delete what lies beside a folder that is in place: old copies, and what killed writers left a day ago."""
    done = [*_leftovers(folder, "aside"), *_leftovers(folder, "gone")]  # listed before looking at the place:
    if not folder.is_dir():  # an old copy may go only if a newer one is in place
        return
    oldest = time.time_ns() - int(STALE_SECONDS * 1e9)
    done += [f for f in _leftovers(folder, "writing") if int(f.name.rpartition("-")[2].split("_")[0]) < oldest]
    for leftover in done:
        gone = _beside(folder, "gone")
        with contextlib.suppress(OSError):  # another writer sweeps too
            DISK.rename(leftover, gone)  # so that a half deleted copy is never taken for a whole one
            DISK.remove(gone)


def _beside(folder: Path, mark: str) -> Path:
    """A new name beside a folder; names of one mark sort by time."""
    return folder.with_name(f".{folder.name}.{mark}-{time.time_ns():020d}_{uuid.uuid4().hex[:8]}")


def _leftovers(folder: Path, mark: str) -> list[Path]:
    """Folders beside a folder with this mark, oldest first."""
    start = f".{folder.name}.{mark}-"
    try:
        with os.scandir(folder.parent) as entries:
            found = [Path(e.path) for e in entries if e.name.startswith(start) and e.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(f for f in found if f.name[len(start) :].split("_")[0].isdigit())


def _flush_tree(folder: Path) -> None:
    """Bring every file below a folder to the disk, then the folders."""
    for parent, __, files in os.walk(folder, topdown=False):
        for name in files:
            DISK.flush(Path(parent) / name)
        DISK.flush(Path(parent))
