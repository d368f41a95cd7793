"""Writes the pages of docs/ that follow from the code: python -m docs.generate; --check only compares.

A page is a file name and a function that returns its text. Add a line to PAGES for another one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.case_format import case_format_markdown, programme_format_markdown
from docs.clusters import clusters_markdown
from docs.commands import cli_markdown
from docs.formulation import formulation_markdown
from docs.tour import tour_markdown

DOCS = Path(__file__).parent

PAGES: dict[str, Callable[[], str]] = {
    "case-format.md": case_format_markdown,
    "cli.md": cli_markdown,
    "clusters.md": clusters_markdown,
    "formulation.md": formulation_markdown,
    "programme-format.md": programme_format_markdown,
    "tour.md": partial(tour_markdown, "en"),
    "tour.zh.md": partial(tour_markdown, "zh"),
}


def outdated() -> list[str]:
    """Names of the pages that are not as the code says."""
    return [name for name, page in PAGES.items() if _text(DOCS / name) != page()]


def write() -> list[str]:
    """Write the pages that are out of date; their names."""
    names = outdated()
    for name in names:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
    return names


def main() -> int:
    """Write, or with --check only compare."""
    if "--check" in sys.argv[1:]:
        names = outdated()
        print("\n".join(f"docs/{name} is out of date: run python -m docs.generate" for name in names), end="")
        return 1 if names else 0
    print("\n".join(f"docs/{name} written" for name in write()) or "all pages are up to date")
    return 0


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
