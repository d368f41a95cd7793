"""Writing one file whole or not at all: beside its place, then renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from planner.files.folders import DISK, FolderTaken, writing
from planner.files.inputs import is_input
from planner.words.said import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # a text is a text


def check_place(file: Path, replace: bool, what: str) -> None:
    """Refuse a place that is taken.

    Parameters
    ----------
    replace
        Whether a file that is there may be replaced; a folder never is, nor what somebody made as input.
    what
        What is to be written, for messages: "a workbook".

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """
    if file.is_dir():
        raise FolderTaken(_("{file} is a folder; {what} is written as a file").format(file=file, what=what))
    if os.path.lexists(file) and not replace:
        raise _taken(file)
    if is_input(file):
        raise FolderTaken(
            _("{file} is part of a case or a programme, which is never replaced; choose another name").format(file=file)
        )


def _taken(file: Path) -> FolderTaken:
    return FolderTaken(_("{file} exists already; choose another name, or replace it with --replace").format(file=file))


def write_file(file: Path | str, fill: Callable[[Path], None], *, replace: bool, what: str) -> Path:
    """Write a file whole or not at all; folders above it are made.

    Parameters
    ----------
    file
        Where it goes.
    fill
        Writes the file under the name given to it, which has the same ending.
    replace, what
        As in `check_place`.

    Returns
    -------
    The file's absolute path.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    planner.files.folders.NotWritten
        The disk refuses; a file that was there stays as it was.
    """
    place = Path(file).resolve()
    with writing(place):
        check_place(place, replace, what)
        DISK.make(place.parent)
        fresh = place.with_name(f".writing-{uuid.uuid4().hex}{place.suffix}")
        try:
            fill(fresh)
            DISK.flush(fresh)
            check_place(place, replace, what)
            if replace:
                os.replace(fresh, place)
            else:
                _name(fresh, place)
        finally:
            fresh.unlink(missing_ok=True)
        DISK.flush(place.parent)
    return place


def _name(fresh: Path, place: Path) -> None:
    """Give a new file its name, unless another writer has taken it since it was looked at."""
    try:
        os.link(fresh, place)
    except FileExistsError:
        raise _taken(place) from None
    except OSError:  # a disk on which a file has one name only
        try:
            place.open("xb").close()
        except FileExistsError:
            raise _taken(place) from None
        try:
            os.replace(fresh, place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise


def write_text(file: Path | str, text: str, *, replace: bool, what: str) -> Path:
    """Write a text as `write_file` does, in UTF-8 and with the ends of lines that it has."""
    return write_content(file, text.encode("utf-8"), replace=replace, what=what)


def write_content(file: Path | str, content: bytes, *, replace: bool, what: str) -> Path:
    """Write what is made already as `write_file` does."""

    def fill(fresh: Path) -> None:
        fresh.write_bytes(content)

    return write_file(file, fill, replace=replace, what=what)


def content_of(fill: Callable[[Workbook], None]) -> bytes:
    """The content of a workbook that a function fills."""
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **NO_GUESSING}) as book:
        fill(book)
    return content.getvalue()
