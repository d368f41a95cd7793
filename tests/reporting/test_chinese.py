"""In Chinese a plan and a comparison hold no Latin words but names and units of the case, and what is typed as it is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from planner.case import Case, load_case, warnings_of
from planner.comparing import compare
from planner.documents import text
from planner.documents.briefing import book, page
from planner.documents.briefing.worth import Answers
from planner.documents.compared import document
from planner.documents.compared import tables as compared_tables
from planner.documents.workbook import workbook_content
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from planner.words.said import speaking
from tests.chinese import LATIN, allowing, names_of

CASES = Path(__file__).resolve().parents[2] / "cases"
MADE_WITH = {"python", "cluster-planner", "pyomo", "highspy", "numpy", "scipy", "pandas", "pydantic"}


@pytest.fixture(scope="module", params=["jing-jin-ji", "tiny"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(CASES / request.param / "plan")


def ids(case: Case) -> Iterator[str]:
    """What a report calls by its id, also where it has a Chinese name, and what validate says of a case."""
    for things in (
        case.cities, case.measures, case.lines, case.services, case.access, case.work, case.airsheds, case.norms, case.links,
    ):  # fmt: skip
        yield from things
    yield from (norm.unit for norm in case.norms.values())
    yield from warnings_of(case)


def left(said: str, *cases: Case, also: Iterable[str] = ()) -> list[str]:
    """Latin words that have no business there; columns of a terminal break names, so each word of a name is allowed."""
    names = [*MADE_WITH, *also, *chain.from_iterable((*names_of(case), *ids(case)) for case in cases)]
    return allowing(*cases, names={word for name in names for word in (name, *LATIN.findall(name))})(said)


class Texts(HTMLParser):
    """What a reader sees of a page, drawings included."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def seen(html: str) -> str:
    reader = Texts()
    reader.feed(html)
    return "\n".join(reader.found)


def cells(content: bytes) -> Iterator[str]:
    """The names of all sheets, and their texts."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in workbook.sheet_names:
        yield name
        yield from (cell for row in workbook.get_sheet_by_name(name).to_python() for cell in row if isinstance(cell, str))


@pytest.mark.slow
def test_a_plan_in_a_terminal(plan: Plan) -> None:
    with speaking("zh"):
        said = [text.report(plan), *(text.whole_table(plan, name) for name in plan.tables)]
    assert left("\n".join(said), plan.case) == []


@pytest.mark.slow
def test_a_report_as_a_page(plan: Plan) -> None:
    with speaking("zh"):
        said = seen(page.report(plan, Answers()))
    assert left(said, plan.case) == []


@pytest.mark.slow
def test_a_report_as_a_workbook(plan: Plan) -> None:
    with speaking("zh"):
        content = workbook_content(book.sheets(plan, Answers()), plan.case.title)
    assert left("\n".join(cells(content)), plan.case) == []


@pytest.mark.slow
def test_plans_side_by_side(plan: Plan) -> None:
    other = evaluate(load_case(CASES / "tiny"), {("clinic-inland", "2030"): 1.0})
    with speaking("zh"):
        found = compare([plan, other], ["plan", "mine"])
        content = workbook_content(compared_tables.workbook(found))
        said = [document.text(found), seen(document.page(found)), *cells(content)]
    inputs = {str(cell) for row in found.tables["inputs"].itertuples(index=False) for cell in row}  # of the cases' files
    assert left("\n".join(said), plan.case, other.case, also=["plan", "mine", *inputs]) == []
