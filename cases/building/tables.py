"""Reading tables of figures."""

from __future__ import annotations

import csv
from pathlib import Path

Table = list[dict[str, str]]


def read_table(file: Path) -> Table:
    """Rows of a table; none where there is no such file."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
