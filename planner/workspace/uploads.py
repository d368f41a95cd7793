"""Reading what somebody sends to the page: in a process of its own, which is all that a file that is a trap ends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.case import load_case
from planner.case.workbook import ENDING
from planner.words.said import _, said_by
from planner.work.apart import Apart, Ended

MEMORY = 2_000_000_000  # bytes that reading a workbook may take
SECONDS = 120.0


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
                return reader.call(_texts, str(file.resolve()), seconds=SECONDS)
            except (Ended, MemoryError) as problem:
                raise TooMuch(_("the workbook could not be read: {problem}").format(problem=said_by(problem))) from problem


def _texts(file: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = load_case(file).source.texts
    return texts
