"""Small cases from a few lines of text, for optima that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from planner.case import Case, load_case

HEAD = """\
format: 1
title: By hand
money: {unit: bn, prices: 2025, discount_rate: 0.05}
"""


def case(folder: Path, yaml: str, **tables: str) -> Case:
    """A case of some YAML (after format, title and money) and tables, columns apart by spaces; `-` is an empty cell."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(HEAD + dedent(yaml), encoding="utf-8")
    defaults = {"capacity": "city service capacity", "links": "id from to mode minutes", "measures": "id kind"}
    for name, text in {**defaults, **tables}.items():
        rows = [line.split() for line in dedent(text).strip().splitlines()]
        lines = [",".join("" if cell == "-" else cell for cell in row) for row in rows]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_case(folder)
