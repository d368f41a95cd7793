"""The minister's sheet as a PDF: one page of A4 that cuts nothing, and a word where a font for Chinese is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.case import load_case
from planner.documents import paper
from planner.documents.blocks import Bullet, Heading, Paragraph, Table
from planner.documents.briefing import sheet_pdf
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import rendering
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.words.said import speaking
from planner.words.text_layout import wide

TINY = Path(__file__).resolve().parents[2] / "cases" / "tiny"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return evaluate(load_case(TINY), {("insurance", "2030"): 1.0, ("clinic-inland", "2030"): 1.0})


def test_a_text_is_broken_at_blanks_and_between_chinese_signs() -> None:
    assert paper.broken("one two three", 8) == ["one two", "three"]
    lines = paper.broken("规划缩小差距的百分之三十七，钱够用", 10)
    assert "".join(lines) == "规划缩小差距的百分之三十七，钱够用"
    assert max(map(wide, lines)) <= 12  # a comma stays with what it ends
    assert not any(line.startswith("，") for line in lines)


def test_what_is_set_stays_within_its_room_and_the_page_is_filled_downwards() -> None:
    """Columns that need 900 share the 543 between the margins; figures keep what they need."""
    sheet = paper.Sheet(paper.WIDE, {})
    table = Table(["what", "why", "how much"], [["a " * 60, "b " * 60, "1,234.5"]], "llr")
    sheet.show((Heading("H"), Paragraph("text " * 80), Bullet("point"), table))
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)"', "".join(sheet.marks))]
    assert min(places) >= paper.MARGIN
    assert max(places) <= paper.WIDE - paper.MARGIN
    assert sheet.y > 100
    side = paper.Sheet(paper.WIDE, {})
    side.beside(((Paragraph("left"),), 0.5), ((Paragraph("right " * 90),), 0.5))
    assert side.y < sheet.y


def test_names_are_no_markup() -> None:
    sheet = paper.Sheet(paper.WIDE, {})
    sheet.show((Paragraph("<script>x</script> & y"),))
    assert "<script" not in "".join(sheet.marks)


@pytest.mark.slow
def test_the_sheet_is_one_page_of_a4(plan: Plan) -> None:
    content = sheet_pdf.sheet_pdf(plan, Answers())
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert box is not None
    assert (float(box[1]), float(box[2])) == pytest.approx((595, 842), rel=0.35)  # pixels of 72 or 96 an inch
    assert float(box[2]) / float(box[1]) == pytest.approx(842 / 595, rel=0.01)


def test_without_a_chinese_font_that_is_said(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "has_chinese", lambda: False)
    with speaking("zh"), pytest.raises(rendering.NotDrawn, match="font with Chinese signs"):
        sheet_pdf.sheet_pdf(plan, Answers())
