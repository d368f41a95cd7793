"""In Chinese a plan and a comparison hold no Latin words but names and units of the case, and what is typed as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from planner.case import Case, load_case, warnings_of
from planner.comparing import compare
from planner.documents import text
from planner.documents.briefing import book, page
from planner.documents.briefing.worth import Answers
from planner.documents.compared import page as compared_page
from planner.documents.compared import tables as compared_tables
from planner.documents.sheets import workbook_content
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from planner.words.said import speaking

CASES = Path(__file__).resolve().parents[2] / "cases"
LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"`[^`]*`|planner [a-z]+( PLAN)?( --[a-z]+)?|--[a-z-]+|[\w.-]+\.(?:csv|yaml|json)")
TAKEN_OVER = {"GDP", "plan", "mine"}  # and the names of the plans compared here
MADE_WITH = {"python", "cluster", "planner", "pyomo", "highspy", "numpy", "scipy", "pandas", "pydantic"}


@pytest.fixture(scope="module", params=["jing-jin-ji", "tiny"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(CASES / request.param / "plan")


def allowed(case: Case) -> set[str]:
    """Words of a case's own: its titles and assumptions, units, ids, and names that have no Chinese."""
    things: list[Any] = [
        *case.cities.values(), *case.measures.values(), *case.lines.values(), *case.services.values(),
        *case.access.values(), *case.work.values(), *case.airsheds.values(), *case.modes.values(),
        *case.industries.values(), *case.chains.values(), *case.names.values(),
    ]  # fmt: skip
    texts = [case.title, case.name, case.money.unit, *case.assumptions, *(thing.id for thing in things)]
    texts += [thing.name for thing in things if not thing.name_zh]
    texts += [unit for norm in case.norms.values() for unit in (norm.id, norm.unit)]
    texts += [airshed.unit for airshed in case.airsheds.values()]
    texts += [target.id for target in case.targets] + list(case.links)
    texts += warnings_of(case)  # what validate says of a case
    return {word for said in texts for word in LATIN.findall(said)} | TAKEN_OVER | MADE_WITH


def left(said: str, *cases: Case) -> set[str]:
    """Latin words that have no business there."""
    own = {word for case in cases for word in allowed(case)}
    own |= {case.content_hash for case in cases}
    plain = TYPED.sub(" ", said)
    for case in cases:
        plain = plain.replace(case.content_hash, " ")
    return set(LATIN.findall(plain)) - own


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


def test_a_plan_in_a_terminal(plan: Plan) -> None:
    with speaking("zh"):
        said = [text.report(plan), *(text.whole_table(plan, name) for name in plan.tables)]
    assert left("\n".join(said), plan.case) == set()


def test_a_report_as_a_page(plan: Plan) -> None:
    with speaking("zh"):
        said = seen(page.report(plan, Answers()))
    assert left(said, plan.case) == set()


def test_a_report_as_a_workbook(plan: Plan) -> None:
    with speaking("zh"):
        content = workbook_content(book.sheets(plan, Answers()), plan.case.title)
    assert left("\n".join(cells(content)), plan.case) == set()


def test_plans_side_by_side(plan: Plan) -> None:
    other = evaluate(load_case(CASES / "tiny"), {("clinic-inland", "2030"): 1.0})
    with speaking("zh"):
        found = compare([plan, other], ["plan", "mine"])
        content = workbook_content(compared_tables.workbook(found))
        said = [compared_page.text(found), seen(compared_page.page(found)), *cells(content)]
    inputs = [cell for row in found.tables["inputs"].itertuples(index=False) for cell in row]
    own = {word for cell in inputs for word in LATIN.findall(str(cell))}  # files, keys and values of the cases
    assert left("\n".join(said), plan.case, other.case) - own == set()
