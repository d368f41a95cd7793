"""What people make as input: no result is ever written over it."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

CASE_FILE = "case.yaml"
CASE_SHEET = "case"  # of a workbook that holds a case
PROGRAMME_FILE = "programme.yaml"
ENDINGS = (".yaml", ".csv", ".md", ".geojson")  # of files that a folder of input holds
SHEETS, LONGEST = "xl/workbook.xml", 1_000_000  # where a workbook names its sheets, and bytes that are read of it


def is_input(file: Path) -> bool:
    """Whether a file is part of a folder with a case or a programme, or a workbook that holds a case."""
    beside = any((file.parent / name).is_file() for name in (CASE_FILE, PROGRAMME_FILE))
    return (beside and file.suffix.lower() in ENDINGS) or _has_sheet(file, CASE_SHEET)


def _has_sheet(file: Path, name: str) -> bool:
    try:
        with ZipFile(file) as book, book.open(SHEETS) as sheets:
            return f'name="{name}"'.encode() in sheets.read(LONGEST)
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, BadZipFile):  # no workbook
        return False
