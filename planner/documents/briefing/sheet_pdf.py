"""The minister's sheet as one page of paper."""

from __future__ import annotations

from planner.documents import paper
from planner.documents.blocks import Heading, Paragraph
from planner.documents.briefing import minister
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import rendering
from planner.plans.plan import Plan
from planner.words.said import _, language

FONT_MISSING = _(
    "This machine has no font with Chinese signs, so they would be missing in the PDF: install one, such as {package}"
).format(package="fonts-noto-cjk")


def sheet_pdf(plan: Plan, answers: Answers) -> bytes:
    """The sheet as a PDF, in the language of now.

    Raises
    ------
    planner.documents.drawings.rendering.NotDrawn
        It cannot be made; in Chinese also where the machine has no font for it.
    """
    if language() == "zh" and not rendering.has_chinese():
        raise rendering.NotDrawn(FONT_MISSING)
    said = minister.parts(plan, answers)
    return paper.page(lambda sheet: _fill(sheet, said), said.title)


def _fill(sheet: paper.Sheet, said: minister.Sheet) -> None:
    sheet.show((*said.warnings, Heading(said.title, "title"), *said.facts))
    sheet.show(said.steps)
    sheet.beside(((said.picture,), 0.6), (said.people, 0.4))
    sheet.show(said.who)
    sheet.beside((said.worth, 0.5), ((*said.left_out, *said.matters, Paragraph(said.estimates)), 0.5))
