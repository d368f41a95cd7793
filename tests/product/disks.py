"""Disks that go wrong: the program is killed, or another writer comes in between, at one file operation."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from planner.files.folders import Disk


class Killed(BaseException):
    """The process is gone; not even its own tidying up happens."""


class QuickDisk(Disk):
    """Does not wait for the disk: no test pulls the plug."""

    def flush(self, path: Path) -> None:
        assert path.exists()


class FullDisk(QuickDisk):
    """Has no room below a folder: what is written there is not on the disk when it ought to be; says so as a system does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def flush(self, path: Path) -> None:
        if path.resolve().is_relative_to(self.folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().flush(path)


class CountingDisk(QuickDisk):
    """Calls `at` before and after each operation, with the operation's number."""

    def __init__(self, before: Callable[[int], None], after: Callable[[int], None]) -> None:
        self.before = before
        self.after = after
        self.kinds: list[str] = []

    @property
    def count(self) -> int:
        """How many operations there have been."""
        return len(self.kinds)

    def _around(self, kind: str, operation: Callable[[], None]) -> None:
        number = self.count
        self.kinds.append(kind)
        self.before(number)
        operation()
        self.after(number)

    def make(self, folder: Path) -> None:
        self._around("make", lambda: super(CountingDisk, self).make(folder))

    def fill(self, write: Callable[[Path], None], folder: Path) -> None:
        self._around("fill", lambda: super(CountingDisk, self).fill(write, folder))

    def flush(self, path: Path) -> None:
        self._around("flush", lambda: super(CountingDisk, self).flush(path))

    def rename(self, old: Path, new: Path) -> None:
        self._around("rename", lambda: super(CountingDisk, self).rename(old, new))

    def copy(self, old: Path, new: Path) -> None:
        self._around("copy", lambda: super(CountingDisk, self).copy(old, new))

    def remove(self, folder: Path) -> None:
        self._around("remove", lambda: super(CountingDisk, self).remove(folder))


def moments(kinds: Sequence[str]) -> list[tuple[int, str]]:
    """The operations at which a kill can leave something else than at the one before, each with its number.

    A flush changes nothing here (see `QuickDisk`): of many one after the other, the first and the last stand for all.
    """
    return [
        (at, kind)
        for at, kind in enumerate(kinds)
        if kind != "flush" or kinds[at - 1 : at] != ["flush"] or kinds[at + 1 : at + 2] != ["flush"]
    ]


class MortalDisk(CountingDisk):
    """Kills the program before, after or in the middle of one operation; a dead program does nothing any more."""

    def __init__(self, at: int, when: str) -> None:
        super().__init__(self._die_before, self._die_after)
        self.at = at
        self.when = when
        self.dead = False

    def _die_before(self, number: int) -> None:
        if self.dead:
            raise Killed
        if number == self.at and self.when == "before":
            self._die()

    def _die_after(self, number: int) -> None:
        if number == self.at and self.when == "after":
            self._die()

    def _die(self) -> None:
        self.dead = True
        raise Killed

    def fill(self, write: Callable[[Path], None], folder: Path) -> None:
        def half(fresh: Path) -> None:
            write(fresh)
            if self.count - 1 == self.at and self.when == "amid":
                files = sorted(f for f in fresh.rglob("*") if f.is_file())
                for file in files[len(files) // 2 :]:
                    file.unlink()
                self._die()

        super().fill(half, folder)

    def remove(self, folder: Path) -> None:
        if self.count == self.at and self.when == "amid" and not self.dead and folder.is_dir():
            for file in sorted(f for f in folder.rglob("*") if f.is_file())[::2]:
                file.unlink()
            self._die()
        super().remove(folder)
