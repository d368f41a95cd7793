"""A plan as files to take along: made when they are asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from planner.documents import tables
from planner.documents.briefing import book
from planner.documents.briefing import page as report
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps, rendering
from planner.plans.plan import Plan
from planner.words.said import Sentence, _, speaking
from planner.workspace.plans import PlanPlace
from ui.frame import language, say

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_ASKED = Answers(why_not=_("the page asks nothing: planner report does"))


def files(entry: PlanPlace, found: Plan) -> None:
    """All downloads of a plan."""
    st.caption(
        say(
            _(
                "Files are made when you click, which takes a few seconds. The report leaves out what each "
                "signature is worth and the first project left out, which take solving: planner report asks "
                "those."
            )
        )
    )
    offer(
        _("Excel workbook: all tables, with charts"),
        f"{entry.name}.xlsx",
        EXCEL,
        lambda: made(lambda file: book.write_report(found, file, NOT_ASKED)),
    )
    offer(
        _("Report: one web page that needs nothing else"),
        f"{entry.name}.html",
        "text/html",
        lambda: report.report(found, NOT_ASKED).encode(),
    )
    offer(
        _("All tables (CSV, zipped)"),
        f"{entry.name}.zip",
        "application/zip",
        lambda: zipped(lambda to: tables.write_tables(found, to)),
    )
    offer(
        _("Map without and with the plan (PNG)"),
        f"{entry.name}-map.png",
        "image/png",
        lambda: rendering.png(maps.plan_map(found)),
    )
    offer(
        _("Map without and with the plan (SVG)"),
        f"{entry.name}-map.svg",
        "image/svg+xml",
        lambda: rendering.svg(maps.plan_map(found)).encode(),
    )


def offer(message: Sentence, name: str, kind: str, make: Callable[[], bytes]) -> None:
    """A button of a file that is made when it is clicked on, in the language of the page."""
    wanted = language()

    def spoken() -> bytes:
        with speaking(wanted):
            return make()

    st.download_button(say(message), spoken, file_name=name, mime=kind, on_click="ignore", key=f"file-{name}")


def made(write: Callable[[Path], object]) -> bytes:
    """The content of an Excel workbook that a function writes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.xlsx"
        write(file)
        return file.read_bytes()


def zipped(write: Callable[[Path], object]) -> bytes:
    """Files that a function writes to a folder, as one archive."""
    content = BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables"
        write(tables)
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for file in sorted(tables.iterdir()):
                archive.write(file, file.name)
    return content.getvalue()
