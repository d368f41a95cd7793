"""Scorecards as whole tables: an Excel workbook, or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from planner.documents import vocabulary
from planner.documents.blocks import Cell, Format, Heading, Paragraph, Section, of_figures
from planner.documents.scored import BETTER, Scored, opening, said, title, unit_of
from planner.documents.tables import write_files
from planner.documents.workbook import Sheet, write_workbook
from planner.scorecard import PARTS, STATES
from planner.words.said import Sentence, _, capital, series, told

FIGURES: Mapping[str, tuple[Sentence, Format]] = {
    "cluster": (_("cluster"), "text"),
    "part": (_("part"), "text"),
    "figure": (_("figure"), "text"),
    "unit": (_("unit"), "text"),
    "better": (_("better"), "text"),
    "today": (_("today"), "figure"),
    "without": (_("without the plan"), "figure"),
    "with": (_("with the plan"), "figure"),
    "facts_of": (_("facts of"), "text"),
    "sources": (_("source of facts"), "text"),
    "formula": (_("how it is worked out"), "text"),
    "needs": (_("what it needs, where it is not known"), "text"),
}
BENCHMARKS: Mapping[str, tuple[Sentence, Format]] = {
    "cluster": (_("cluster"), "text"),
    "figure": (_("figure"), "text"),
    "unit": (_("unit"), "text"),
    "value": (_("value"), "figure"),
    "year": (_("year"), "text"),
    "basis": (_("basis"), "text"),
    "source": (_("source"), "text"),
    "note": (_("note"), "text"),
}
NAMES = ("scorecard", "benchmarks")


Row = tuple[Cell, ...]


def tables(scored: Scored) -> dict[str, list[Row]]:
    """The rows of all tables: every figure with all that is known of it, and every benchmark."""
    figures: list[Row] = [
        (
            cluster, PARTS[entry.figure.part], capital(entry.name), unit_of(entry), BETTER[entry.figure.better],
            *(entry.values[state] for state in STATES), entry.year, series(entry.sources, "; "), entry.figure.formula,
            "" if entry.is_known else entry.lacks,
        )
        for cluster, card in zip(scored.called(), scored.cards, strict=True)
        for entry in card.entries.values()
    ]  # fmt: skip
    names = {entry.id: entry for card in scored.cards for entry in card.entries.values()}
    stated: list[Row] = [
        (
            other.name, capital(names[id_].name), unit_of(names[id_]), row.value,
            "" if row.year is None else str(row.year), vocabulary.cell(row.basis or ""), row.source, row.note,
        )
        for other in scored.beside
        for id_, row in other.figures.items()
    ]  # fmt: skip
    return {"scorecard": figures, "benchmarks": stated}


def sheets(scored: Scored) -> list[Sheet]:
    """What reads as the text does, then all figures, and all benchmarks if there are any."""
    document = said(scored)
    found = [Sheet(_("Scorecard"), (document.opening, *document.sections))]
    for (name, rows), columns in zip(tables(scored).items(), (FIGURES, BENCHMARKS), strict=True):
        if rows:
            table = of_figures([head for head, _of in columns.values()], rows, [of for _head, of in columns.values()])
            label = _("All figures") if name == "scorecard" else _("Benchmarks")
            section: Section = (Heading(label), table)
            notes = tuple(Paragraph(text) for text in opening(scored))
            found.append(Sheet(label, (section, notes)))
    return found


def write_excel(scored: Scored, file: Path | str, replace: bool = False) -> Path:
    """Write scorecards as an Excel workbook.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """
    return write_workbook(sheets(scored), file, title=title(scored), replace=replace)


def write_tables(scored: Scored, folder: Path | str, replace: bool = False) -> Path:
    """Write the tables as CSV files (UTF-8 with the mark that spreadsheets look for), in the language of now.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced; one that holds anything else never is.
    """
    named = zip(tables(scored).items(), (FIGURES, BENCHMARKS), strict=True)
    found = (
        (name, pd.DataFrame([list(map(_plain, row)) for row in rows], columns=list(columns)))
        for (name, rows), columns in named
    )
    return write_files(found, folder, replace, NAMES, _("a scorecard"))


def _plain(cell: Cell) -> Cell:
    """A cell in the language of now."""
    return told(cell) if isinstance(cell, str) else cell
