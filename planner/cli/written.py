"""What a command that sets things side by side prints or writes, by what is asked for and the ending of the place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.files.pathnames import readable
from planner.terminal.common import WrongUse
from planner.words.said import _, series


class Format(StrEnum):
    """What is written."""

    TEXT = "text"
    CSV = "csv"
    EXCEL = "excel"
    HTML = "html"
    JSON = "json"


ENDINGS: Mapping[str, Format] = {
    "": Format.CSV, ".txt": Format.TEXT, ".xlsx": Format.EXCEL, ".html": Format.HTML, ".htm": Format.HTML,
    ".json": Format.JSON,
}  # fmt: skip
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="What to write.", show_default="as the ending of OUTPUT says")
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="File (.xlsx, .html, .txt, .json), or folder for CSV files.",
        show_default="text is printed",
    ),
]


def format_of(output: Path | None, wanted: Format | None, as_json: bool) -> Format:
    """What to write or print.

    Raises
    ------
    WrongUse
        What is wanted cannot be printed, or the ending of the place says nothing.
    """
    if output is None:
        if wanted not in (None, Format.TEXT, Format.JSON):
            raise WrongUse(_("{wanted} is not printed: name a place for it with -o").format(wanted=wanted))
        return Format.JSON if as_json else wanted or Format.TEXT
    ending = output.suffix.lower()
    if wanted is not None:
        if ENDINGS.get(ending, wanted) is not wanted and ending:
            raise WrongUse(
                _("{output} would not be what its ending says: --format is {value}").format(
                    output=output, value=wanted.value
                )
            )
        return wanted
    if ending not in ENDINGS:
        raise WrongUse(
            _("{output} ends neither in {allowed} nor in nothing (a folder of CSV files): say --format").format(
                output=output, allowed=series(name for name in ENDINGS if name)
            )
        )
    return ENDINGS[ending]


def names_of(folders: list[Path]) -> list[str]:
    """The names of the folders; of those that are not alone in having theirs, all that was typed."""
    short = [readable(folder.resolve().name) or str(folder) for folder in folders]
    return [name if short.count(name) == 1 else readable(str(folder)) for name, folder in zip(short, folders, strict=True)]
