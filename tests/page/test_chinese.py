"""In Chinese a page holds no Latin words but names and units of the case, and what is typed as it is."""

from __future__ import annotations

import functools
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.case import Case, FrozenDict, load_case, warnings_of
from planner.case.rows import TABLES
from planner.plans.plan import Status
from planner.terminal.progress import EventLog
from planner.words.said import _
from planner.work.stopping import Event
from planner.workspace.cases import save_case
from planner.workspace.drafts import Draft, keep_draft
from planner.workspace.places import Workspace
from planner.workspace.processes import born
from tests.chinese import allowing
from tests.page import plans, seen
from tests.page.conftest import BROWSER
from tests.page.test_explore import stored
from tests.questions.answered import QUESTIONS, answered, keep
from ui import editing
from ui.addresses import PARAMETERS
from ui.pages import compare, plan
from ui.pages.case_tables import NAMED

pytestmark = pytest.mark.slow

CASES = Path(__file__).resolve().parents[2] / "cases"
SHIPPED = sorted(file.parent.name for file in CASES.glob("*/case.yaml"))  # which every page offers by these names
OURS = ("English", "jing-jin-ji--base", "jing-jin-ji", "tiny--base", "tiny--none", "tiny", "workspace")  # named as they are


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ./plans but those that a test makes."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(CASES / "jing-jin-ji")


@pytest.fixture(scope="module")
def shipped() -> list[Case]:
    return [load_case(CASES / name) for name in SHIPPED]


@pytest.fixture
def large(place: Workspace) -> str:
    """The plan that ships with the case of full size."""
    shutil.copytree(CASES / "jing-jin-ji" / "plan", place.plans / "jing-jin-ji--base")
    return "jing-jin-ji--base"


@pytest.fixture
def small(place: Workspace) -> list[str]:
    """Two plans of the tiny case."""
    plans.keep(place, "tiny--base", plans.base())
    plans.keep(place, "tiny--none", plans.no_signatures())
    return ["tiny--base", "tiny--none"]


warned_of = functools.cache(warnings_of)  # the shipped cases are asked for by most tests


def left(page: AppTest, *cases: Case, also: Any = ()) -> list[str]:
    """Texts of a page in which Latin words are left."""
    assert not page.exception
    names = [*OURS, *SHIPPED, *also, *chain.from_iterable(map(warned_of, cases))]
    texts = (unescape(text.replace("\\", "")) for text in seen.texts(page))
    find = allowing(*cases, names=names)
    return [text for text in texts if find(text)]


@pytest.mark.parametrize("page", ["cases", "solve", "plan", "compare", "explore", "programmes"])
def test_with_nothing_there(open_page: Callable[..., AppTest], shipped: list[Case], page: str) -> None:
    """But the cases that ship with the program; their tables are called as their files are."""
    also = [*names_of_columns(), *chain.from_iterable(map(ids_of, shipped))]
    assert left(open_page(page, lang="zh"), *shipped, also=also) == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_what_an_address_names_and_is_not_there(
    open_page: Callable[..., AppTest], shipped: list[Case], large: str, name: str
) -> None:
    also = ["nope", *names_of_columns(), *chain.from_iterable(map(ids_of, shipped))]
    for asked in PARAMETERS[name]:
        there = {"plan": large} if name == "plan" and asked != "plan" else {}
        assert left(open_page(name, lang="zh", **{**there, asked: "nope"}), *shipped, also=also) == []


# --- plans


@pytest.mark.parametrize("room", plan.ROOMS)
def test_a_plan(open_page: Callable[..., AppTest], case: Case, large: str, room: str) -> None:
    also = ids_of(case) if room in ("tables", "words") else ()  # what is said of the files names what stands there
    assert left(open_page("plan", lang="zh", plan=large, room=room), case, also=also) == []


@pytest.mark.parametrize("status", ["infeasible", "no_plan", "interrupted"])
def test_a_plan_that_is_none(open_page: Callable[..., AppTest], place: Workspace, status: Status) -> None:
    found = plans.base()
    made = found if status == "interrupted" else replace(found, goals=(), tables=FrozenDict())
    plans.keep(place, "tiny--none", replace(made, status=status, audit="failed"))
    assert left(open_page("plan", lang="zh", plan="tiny--none"), found.case) == []


@pytest.mark.parametrize("room", compare.ROOMS)
def test_plans_of_one_case(open_page: Callable[..., AppTest], small: list[str], room: str) -> None:
    page = open_page("compare", lang="zh", plans=small, room=room)
    assert left(page, load_case(plans.TINY), also={*(typed_in(page) if room == "inputs" else ()), "CNY", "bn"}) == []


def typed_in(page: AppTest) -> set[str]:
    """Of the inputs that differ: their files, rows, columns and values, but not what is said of how they differ.

    Where they are summed up, a file stands with the column, or with what several keys begin with.
    """
    tables = [shown.value for shown in page.dataframe if "差异" in shown.value.columns]
    if not tables:  # of different clusters no inputs are set side by side
        return set()
    (table,) = tables
    cells = table.drop(columns="差异").astype(str).map(lambda cell: cell.replace("\\", ""))
    keys = [(file, key.split(".")) for file, key in zip(cells.iloc[:, 0], cells.iloc[:, 2], strict=True)]
    summed = {f"{file}: {'.'.join(parts[:n])}" for file, parts in keys for n in range(1, len(parts) + 1)}
    return {*cells.to_numpy().ravel(), *summed}


@pytest.mark.parametrize("room", ["figures", "inputs", "places"])
def test_plans_of_two_cases(open_page: Callable[..., AppTest], case: Case, large: str, small: list[str], room: str) -> None:
    page = open_page("compare", lang="zh", plans=[large, small[0]], room=room)
    assert left(page, case, load_case(plans.TINY), also={*(typed_in(page) if room == "inputs" else ()), "CNY", "bn"}) == []


# --- cases


@functools.cache
def names_of_columns() -> frozenset[str]:
    """Names of columns, tables and choices, which are typed as they are."""
    columns = [column for table in TABLES for column in editing.columns_of_texts(table, open_texts("jing-jin-ji")).values()]
    said = {text for column in columns for text in (column.name, *column.options)}
    return frozenset(said | set(TABLES) | {"unknown", "line:share;line:share"})


def scenario_words(case: Case) -> list[str]:
    """Scenarios as the case names and describes them."""
    return [word for scenario in case.scenarios.values() for word in (scenario.id, scenario.description)]


def ids_of(case: Case) -> list[str]:
    """Ids of a case, also of things that have a Chinese name."""
    return [
        id_
        for things in (case.cities, case.measures, case.lines, case.access, case.services, case.airsheds)
        for id_ in things
    ]


def open_texts(name: str) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in (CASES / name).iterdir() if file.is_file()}


@pytest.mark.parametrize("table", [*TABLES, *NAMED])
def test_every_table_of_a_case(open_page: Callable[..., AppTest], case: Case, table: str) -> None:
    page = open_page("cases", lang="zh", case="shipped/jing-jin-ji", table=table)
    named = chain.from_iterable(editing.names_in(open_texts("jing-jin-ji")).values())
    typed = [cell for area in page.text_area for cell in [area.value, area.label]] + [code.value for code in page.code]
    assert left(page, case, also=[*names_of_columns(), *typed, *scenario_words(case), *named]) == []


def test_a_case_that_is_changed(open_page: Callable[..., AppTest], place: Workspace) -> None:
    save_case(place, "mine", open_texts("tiny"), None)
    draft = Draft("own/mine", "version", {**open_texts("tiny"), "cities.csv": "id\nx\n"})
    keep_draft(place, BROWSER, draft, None)
    page = open_page("cases", lang="zh", case="own/mine")
    problems = [button.label for button in page.button if button.key and button.key.startswith("mistake-")]
    assert problems
    assert left(page, also=[*names_of_columns(), "mine", *problems]) == []


# --- runs


@pytest.fixture
def run(place: Workspace) -> Path:
    """The folder of a solve that has begun."""
    folder = place.runs / "tiny--base"
    asked: dict[str, Any] = {
        "case": "tiny",
        "scenario": None,
        "started": 1_700_000_000.0,
        "question": [],
        "time_limit": 60.0,
        "gap": 1e-4,
    }
    shutil.copytree(plans.TINY, folder / "case" / "tiny", ignore=shutil.ignore_patterns("plan"))
    (folder / "run.json").write_text(json.dumps(asked), encoding="utf-8")
    (folder / "process.json").write_text(json.dumps({"pid": os.getpid(), "born": born(os.getpid())}), encoding="utf-8")
    (folder / "begun").touch()
    told = EventLog(folder / "run.jsonl")
    told(Event("stage", "", 0.1, message=_("finding routes")))
    for goal in ("gaps", "spending"):
        told(Event("progress", goal, 0.2, 0.5, 0.4, 0.2))
    return folder


def ended(folder: Path) -> None:
    (folder / "process.json").write_text('{"pid": 1, "born": "long ago"}', encoding="utf-8")
    (folder / "ended").touch()


def test_a_solve(open_page: Callable[..., AppTest], case: Case, run: Path) -> None:
    both = (case, load_case(plans.TINY))
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []
    (run / "begun").unlink()
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []
    (run / "stop").touch()
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []
    ended(run)
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []
    (run / "stop").unlink()
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []
    (run / "ended").unlink()
    assert left(open_page("solve", lang="zh", run="tiny--base"), *both) == []


def test_a_solve_that_ended_with_a_plan(open_page: Callable[..., AppTest], case: Case, run: Path, small: list[str]) -> None:
    ended(run)
    assert left(open_page("solve", lang="zh", run="tiny--base"), case, load_case(plans.TINY)) == []


# --- questions

TYPED = (
    "gaps",
    "worst_city",
    "spending",
    "starts",
    "emissions",
    "benefit",
    "all",
    "base",
    "expected",
    "worst",
    "regret",
    "cvar",
)  # into fields
QUOTED = [f"“{word}”" for word in TYPED]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question(open_page: Callable[..., AppTest], case: Case, large: str, question: str) -> None:
    assert left(open_page("explore", lang="zh", plan=large, question=question), case, also=QUOTED) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer(open_page: Callable[..., AppTest], place: Workspace, question: str) -> None:
    run = stored(place, question, words=("--plan", str(place.plans / "tiny--base")))
    keep(question, place.answers / run.name)
    assert left(open_page("explore", lang="zh", run=run.name), answered(question).case, also=QUOTED) == []  # and the form


def test_tables_of_a_case_have_chinese_names_beside_those_of_their_files(open_page: Callable[..., AppTest]) -> None:
    page = open_page("cases", case="shipped/tiny", lang="zh")
    tabs = next(options for options in map(list, (group.options for group in page.button_group)) if len(options) > 9)
    assert tabs[:2] == ["城市 cities", "现有能力 capacity"]
