"""What a file holds reads back as it was, and no text in it is a formula to whoever opens it."""

from __future__ import annotations

import csv
import json
import math
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from planner.case import Case, FrozenDict, load_case, write_case
from planner.case.csv_cells import harmless, meant
from planner.case.values import NUMBER, as_number
from planner.case.workbook_writing import write_workbook
from planner.documents import web
from planner.planning.search import solve
from planner.plans import store
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.store import read_plan, write_plan
from planner.plans.tables import TABLES, TEXT_COLUMNS
from planner.starting import example, from_cities
from planner.workspace.answers import read_answer
from tests.questions.answered import answered
from tests.tiers import one_of

Run = Callable[..., Result]
FORMULAS = Path(__file__).parents[1] / "faults" / "formulas-in-csv" / "case"
SIGNS = "=+-@\t\r\n＝＋－＠"
PIECES = ("'", "''", "=", "+", "-", "@", "a", "1", "1e3", " ", "\t", "\n", '"', ",", ";", "é", "e\u0301", "案", "\xa0", "")


def live_cells(file: Path) -> list[str]:
    """The cells of a CSV file that a spreadsheet program would take for formulas."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    return [cell for cell in cells if cell[:1] in tuple(SIGNS) and cell and not NUMBER.fullmatch(cell)]


def all_live_cells(folder: Path) -> list[str]:
    files = list(folder.rglob("*.csv"))
    assert files
    return [cell for file in files for cell in live_cells(file)]


@pytest.fixture(scope="module")
def formulas() -> Plan:
    """The plan of a case whose texts look like formulas."""
    found = solve(load_case(FORMULAS))
    assert found.status == "optimal"
    return found


def test_a_text_is_harmless_in_a_file_and_means_the_same_again() -> None:
    assert harmless("=1+1") == "'=1+1"
    assert harmless("'=1+1") == "''=1+1"
    assert harmless("'tis") == "'tis"
    assert harmless("-5") == "-5"
    assert harmless("-5+3") == "'-5+3"
    assert harmless(-5.0) == -5.0
    assert meant("'tis") == "'tis"
    assert meant("=1+1") == "=1+1", "as people type it"
    draw = random.Random(20261129)
    for _ in range(5000):
        text = "".join(draw.choice(PIECES) for _ in range(draw.randrange(6)))
        cell = harmless(text)
        assert meant(cell) == text
        assert cell[:1] not in tuple(SIGNS) or NUMBER.fullmatch(cell) or not cell


@pytest.mark.slow
def test_no_file_of_a_plan_holds_a_formula_and_all_reads_back(formulas: Plan, run: Run, tmp_path: Path) -> None:
    folder = write_plan(formulas, tmp_path / "plan")
    assert all_live_cells(folder) == []
    names = {m.name for m in read_plan(folder).case.measures.values()}
    assert {"-2+3", "@SUM(1)", '=HYPERLINK("http://x.invalid","y")', "+1+1 <b>bold</b>"} <= names
    assert list(read_plan(folder).tables["decisions"]["name"]) == list(formulas.tables["decisions"]["name"])
    assert run("export", folder, "-o", tmp_path / "tables").exit_code == 0
    assert run("compare", folder, folder, "--format", "csv", "-o", tmp_path / "compared").exit_code == 0
    assert all_live_cells(tmp_path / "tables") == []
    assert all_live_cells(tmp_path / "compared") == []
    done = run("evaluate", FORMULAS, tmp_path / "tables" / "decisions.csv", "-o", tmp_path / "again")
    assert done.exit_code == 0, done.stderr
    assert read_plan(tmp_path / "again").tables["decisions"]["units"].equals(formulas.tables["decisions"]["units"])


@pytest.mark.slow
def test_a_folder_named_like_a_formula_heads_no_column_with_one(formulas: Plan, run: Run, tmp_path: Path) -> None:
    for name in ("=1+1", "@mine"):
        write_plan(formulas, tmp_path / name)
    done = run("compare", tmp_path / "=1+1", tmp_path / "@mine", "--format", "csv", "-o", tmp_path / "compared")
    assert done.exit_code == 0, done.stderr
    assert all_live_cells(tmp_path / "compared") == []


@pytest.mark.slow
def test_no_cell_of_a_workbook_is_a_formula_and_the_case_reads_back(formulas: Plan, run: Run, tmp_path: Path) -> None:
    write_plan(formulas, tmp_path / "plan")
    own = load_case(FORMULAS)
    write_workbook(own, tmp_path / "case.xlsx")
    assert run("export", tmp_path / "plan", "--xlsx", tmp_path / "plan.xlsx").exit_code == 0
    assert run("compare", tmp_path / "plan", tmp_path / "plan", "-o", tmp_path / "compared.xlsx").exit_code == 0
    for name in ("case", "plan", "compared"):
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx") as parts:
            sheets = [parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets)
    again = load_case(tmp_path / "case.xlsx")
    assert again.measures == own.measures
    assert again.title == own.title


def test_a_web_page_marks_texts_for_spreadsheets_that_open_it() -> None:
    page = web.table(["=head", "b"], [["=1+1", "@x"], ["a", "-5"]], "ll").text
    assert page.count("letters") == 3
    assert "'=" not in page
    assert '.letters { mso-number-format: "\\@"; }' in web.page("x", [])


def test_lists_of_cities_and_edited_tables_keep_texts_and_hold_no_formula(tmp_path: Path) -> None:
    from ui.editing import order_of, table_grid, table_text

    rows = ["id,name,lat,lon,population", "a,=1+1,-40.5,116,1000", "b,''=x,-39,116,2000"]
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    made = from_cities(tmp_path / "list.csv", "Made")
    (tmp_path / "cities.csv").write_text(made["cities.csv"], encoding="utf-8")
    assert live_cells(tmp_path / "cities.csv") == []
    order = order_of("cities", made["cities.csv"], {})
    grid = table_grid("cities", made["cities.csv"], order, 2)
    assert grid is not None
    assert list(grid["name"]) == ["=1+1", "'=x"]
    assert list(grid["lat"]) == ["-40.5", "-39"]
    (tmp_path / "cities.csv").write_text(table_text(grid), encoding="utf-8")
    assert live_cells(tmp_path / "cities.csv") == []
    again = table_grid("cities", table_text(grid), order, 2)
    assert again is not None
    assert again.equals(grid)


# --- numbers and texts that read back


def test_minus_nothing_is_nothing(tmp_path: Path) -> None:
    assert math.copysign(1.0, as_number("-0.0")) == math.copysign(1.0, as_number(-0.0)) == 1.0
    files = dict(example())
    plain = load_case(_written(tmp_path / "plain", files))
    rows = files["budgets.csv"].splitlines()
    changed = [f"{rows[0]},minimum", *(f"{row},-0.0" for row in rows[1:])]
    case = load_case(_written(tmp_path / "minus", {**files, "budgets.csv": "\n".join(changed)}))
    assert case.content_hash == plain.content_hash
    write_case(case, tmp_path / "filled", filled=True)
    assert load_case(tmp_path / "filled").content_hash == plain.content_hash


def _written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


FIGURES = (0.0, -0.0, 1e-12, 5e-324, 0.1 + 0.2, 1 / 3, 1e3, 123456.75, 999999999999.0, 1e-300, 2.5000000000000004)
SPELLED = ("{!r}", "{:.17g}", "{:e}", "+{!r}", "{!r} ", "\xa0{!r}")


def _figure(draw: random.Random, most: float) -> str:
    value = draw.choice([*(f for f in FIGURES if f <= most), draw.uniform(0, most), draw.expovariate(1.0) % most])
    spelled = draw.choice(SPELLED)
    return spelled.format(value) if "+" not in spelled or math.copysign(1, value) > 0 else repr(value)


def _text(draw: random.Random) -> str:
    """A text in one line that a cell may hold, with no space at its ends."""
    pieces = [p for p in PIECES if p.isprintable() and p != "\xa0"]
    return "".join(draw.choice(pieces) for _ in range(draw.randrange(1, 8))).strip()


def _random_files(draw: random.Random) -> dict[str, str]:
    """The example with other figures and texts, spelled in ways that people and programs spell them."""
    files = dict(example())
    for name, columns in {
        "budgets.csv": {"amount": 1e6}, "measures.csv": {"capital_cost": 1e4, "running_cost": 100.0, "benefit": 10.0},
        "cities.csv": {"population": 1e7},
    }.items():  # fmt: skip
        table = _frame(files[name])
        for column, most in columns.items():
            if column in table:
                table[column] = [_figure(draw, most) if cell else "" for cell in table[column]]
        for column in ("source", "note") if name == "budgets.csv" else ("name", "source", "note"):
            table[column] = [_text(draw) for _ in range(len(table))]
        files[name] = table.to_csv(index=False, lineterminator=draw.choice(["\n", "\r\n"]))
    return {name: ("\ufeff" if draw.random() < 0.3 and name.endswith(".csv") else "") + text for name, text in files.items()}


def _frame(text: str) -> pd.DataFrame:
    head, *rows = csv.reader(text.splitlines())
    return pd.DataFrame(rows, columns=head, dtype="object")


@pytest.mark.slow
@pytest.mark.parametrize("seed", one_of(6, range(60)))
def test_a_case_of_any_figures_and_texts_reads_back_equal_from_a_folder_and_a_workbook(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    case = load_case(_written(tmp_path / "case", _random_files(draw)))
    assumptions = tuple("".join(draw.choice(PIECES) for _ in range(5)) + "x" for _ in range(3))
    case = replace(case, assumptions=assumptions)
    write_case(case, tmp_path / "filled", filled=True)
    write_workbook(case, tmp_path / "filled.xlsx", filled=True)
    for again in (load_case(tmp_path / "filled"), load_case(tmp_path / "filled.xlsx")):
        assert again.content_hash == case.content_hash
        assert [(m.name, m.note, m.source) for m in again.measures.values()] == [
            (m.name, m.note, m.source) for m in case.measures.values()
        ]
    assert load_case(tmp_path / "filled").assumptions == assumptions


@pytest.mark.parametrize("seed", one_of(4, range(20)))
def test_a_plan_of_any_figures_and_texts_reads_back_equal(tmp_path: Path, plan: Plan, seed: int) -> None:
    draw = random.Random(seed)
    figures = [*FIGURES, math.nan, math.inf, -math.inf, -1.5e300, 1.7976931348623157e308]
    tables = {}
    for name, columns in TABLES.items():
        count = draw.randrange(5)
        tables[name] = pd.DataFrame(
            {
                column: pd.Series(["".join(draw.choice(PIECES) for _ in range(4)) for _ in range(count)], dtype="str")
                if column in TEXT_COLUMNS
                else pd.Series([draw.randrange(2000, 2100) for _ in range(count)], dtype="int64")
                if column == "opens"
                else pd.Series([draw.choice(figures) for _ in range(count)], dtype="float64")
                for column in columns
            }
        )
    tables["money"] = plan.tables["money"]  # the headline adds it up
    tables["indicators"] = plan.tables["indicators"]
    changed = replace(plan, tables=FrozenDict(tables), ended=told_as("".join(draw.choice(PIECES) for _ in range(9))))
    found = read_plan(write_plan(changed, tmp_path / "plan"))
    assert found.case.content_hash == plan.case.content_hash
    assert found.reason == changed.reason
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, found.tables[name], check_exact=True)


@pytest.mark.slow
def test_ids_that_look_like_figures_or_nothing_stay_texts_in_an_answer(tmp_path: Path) -> None:
    from planner.questions.keeping import write_result

    result = answered("importance")
    table = result.table("importance")
    ids = ["NA", "2030", "007", "null", "=x", *(f"m{n}" for n in range(len(table)))][: len(table)]
    table["measure"] = ids
    changed = replace(result, tables=FrozenDict({**result.tables, "importance": table}))
    found = read_answer(write_result(changed, tmp_path / "answer"))
    assert found is not None
    assert list(found.tables["importance"]["measure"]) == ids
    about = json.loads((tmp_path / "answer" / "result.json").read_text(encoding="utf-8"))
    assert "measure" in about["texts"]["importance"]
    assert all_live_cells(tmp_path / "answer") == []


def test_a_case_whose_measures_are_called_anything_is_the_same_case(tmp_path: Path) -> None:
    case: Case = load_case(FORMULAS)
    named = {a: replace(m, name="'" * n + "=x") for n, (a, m) in enumerate(case.measures.items())}
    write_case(replace(case, measures=FrozenDict(named)), tmp_path / "filled", filled=True)
    assert all_live_cells(tmp_path / "filled") == []
    assert [m.name for m in load_case(tmp_path / "filled").measures.values()] == [m.name for m in named.values()]
    assert store.is_plan(tmp_path / "filled") is False
