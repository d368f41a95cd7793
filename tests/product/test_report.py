"""Reports: a page, a workbook and pictures say what the plan's tables say, whatever its names are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import Result

from planner.case import Case, FrozenDict, Named
from planner.documents.briefing.book import SHEETS, write_report
from planner.documents.briefing.page import report
from planner.documents.briefing.worth import Answers
from planner.documents.tables import named_frame
from planner.planning.handmade import evaluate
from planner.plans import totals
from planner.plans.ended import told_as
from planner.plans.plan import Broken, Plan
from planner.plans.store import write_plan
from planner.plans.tables import heading
from planner.words import numbers

Run = Callable[..., Result]
EVIL = "<script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"


class Page(HTMLParser):
    """What a browser makes of a page: its tags, what it would fetch, its tables as rows of texts, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.handlers: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.text = ""
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            local = name in ("href", "xlink:href") and (value or "").startswith("#")
            if name in ("src", "href", "xlink:href", "srcset", "action", "data", "poster") and not local:
                self.fetched.append(f"{name}={value}")
            if name.startswith("on"):
                self.handlers.append(name)
            if "url(" in (value or "") and not name.startswith("aria-") and not (value or "").startswith("url(#"):
                self.fetched.append(str(value))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True
        if tag == "br" and self.inside:
            self.tables[-1][-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.tables[-1][-1][-1] += data

    def table(self, head: str) -> list[list[str]]:
        """The rows of the last table that has a heading."""
        return next(rows[1:] for rows in reversed(self.tables) if any(head in cell for cell in rows[0]))


IN_WORDS = {"shared": "used by others ", "elsewhere": "used elsewhere "}  # what a column is called where people read
PAGES: dict[str, Page] = {}


def page_of(which: str, request: pytest.FixtureRequest) -> tuple[Plan, Page]:
    """A plan by the name of its fixture, and its page, made once."""
    plan = request.getfixturevalue(which)
    if which not in PAGES:
        PAGES[which] = Page(report(plan))
    return plan, PAGES[which]


def renamed(plan: Plan) -> Plan:
    """A plan whose names, title, assumptions and source would be markup or formulas if they were not escaped."""
    case = plan.case
    names = dict(zip(case.cities, [EVIL, FORMULA, "a & b \"c\" 'd'"], strict=False))
    cities = FrozenDict({i: replace(c, name=names.get(i, c.name)) for i, c in case.cities.items()})
    measures = FrozenDict({a: replace(m, name=f"{FORMULA} {EVIL} {a}") for a, m in case.measures.items()})
    sections = {
        section: FrozenDict({k: replace(thing, name=f"{FORMULA}{EVIL}{k}") for k, thing in getattr(case, section).items()})
        for section in ("modes", "services", "access", "work", "lines", "industries", "chains", "airsheds")
    }
    who = FrozenDict({j: Named(id=j, name=f"{FORMULA}{EVIL}{j}") for j in (*case.jurisdictions, *case.people)})
    evil = replace(
        case, title=EVIL, cities=cities, measures=measures, assumptions=(EVIL,), source=None, names=who, **sections
    )
    return replace(
        plan,
        case=evil,
        ended=told_as(EVIL),
        broken=(Broken(EVIL, (), 1.0), Broken("decided", (next(iter(case.measures)),), 1.0)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("which", ["plan", "by_hand", "industrial"])
def test_a_page_runs_nothing_and_fetches_nothing(which: str, request: pytest.FixtureRequest) -> None:
    page = page_of(which, request)[1]
    assert not {"script", "iframe", "object", "embed", "link", "img", "image", "form"} & set(page.tags)
    assert (page.fetched, page.handlers) == ([], [])
    for part in (
        "Who pays and who gains",
        "The first project left out",
        "How it was proved",
        "assumptions that matter most",
    ):
        assert part in page.text or part.replace("assumptions", "assumption") in page.text


@pytest.mark.slow
def test_a_name_is_never_markup(industrial: Plan) -> None:
    page = Page(report(renamed(industrial)))
    assert "script" not in page.tags
    assert (page.fetched, page.handlers) == ([], [])
    assert page.text.count(EVIL) > 10
    assert FORMULA in page.text


@pytest.mark.slow
@pytest.mark.parametrize("which", ["plan", "by_hand", "industrial"])
def test_money_on_the_page_is_that_of_the_table(which: str, request: pytest.FixtureRequest) -> None:
    """Every line and period: capital and running cost as the plan's table has them."""
    plan, page = page_of(which, request)
    rows = page.table("paid: capital")
    heads = next(t[0] for t in reversed(page.tables) if any("paid: capital" in cell for cell in t[0]))
    table = plan.table("money")
    assert len(rows) == len(table) + 1  # and the sum
    capital, running = heads.index("paid: capital"), heads.index("paid: running")
    for row, (_, of) in zip(rows[:-1], table.iterrows(), strict=True):
        assert float(row[capital].replace(",", "")) == pytest.approx(of["capital"], abs=0.0051)
        assert float(row[running].replace(",", "")) == pytest.approx(of["running"], abs=0.0051)


@pytest.mark.parametrize("which", ["plan", "industrial"])
def test_who_pays_on_the_page_is_that_of_the_table(which: str, request: pytest.FixtureRequest) -> None:
    """What each jurisdiction pays, and others there, over all periods."""
    plan, page = page_of(which, request)
    found = {row[0]: row for row in page.table("others pay")}
    sums = plan.table("jurisdictions").groupby("jurisdiction")[["pays", "paid_by_others"]].sum()
    assert len(sums)
    for name, row in sums.iterrows():
        assert [float(cell) for cell in found[str(name)][1:3]] == pytest.approx(row.tolist(), abs=0.0051)


@pytest.mark.parametrize("which", ["plan", "by_hand", "industrial"])
def test_indicators_on_the_page_are_those_of_the_table(which: str, request: pytest.FixtureRequest) -> None:
    """City by city, the figures with the plan in the last period, as the plan's table has them."""
    plan, page = page_of(which, request)
    first = next(iter(plan.case.cities.values())).name
    grids = (t for t in page.tables if t[0][0] == "" and t[1][0] == first)  # the second, if any, is what residents have
    rows = {row[0]: row[1:] for row in next(grids)}
    table = plan.table("indicators")
    table = table[table["period"] == plan.case.periods[-1].id]
    asked = [x for x in plan.case.indicators if x in set(table["indicator"])]
    shares = {x for x in plan.case.work if plan.case.work[x].of == "output"}  # shown as shares of what is asked for
    for _, of in table[~table["indicator"].isin(shares)].iterrows():
        cell = rows[plan.case.cities[of["city"]].name][asked.index(of["indicator"])].split(" -> ")[-1]
        value = of["with_plan"]
        assert cell == "no route" if value != value else float(cell.replace(",", "")) == pytest.approx(value, abs=0.51)


def test_first_steps_on_the_page_cost_what_the_decisions_say(request: pytest.FixtureRequest) -> None:
    """Public cost: capital less what investors pay, and running cost, of what starts in the first period."""
    plan, page = page_of("industrial", request)
    decisions = plan.table("decisions").set_index("name")
    rows = page.table("public cost paid by")
    assert rows
    for row in rows:
        of = decisions.loc[row[0].split(" x ")[0]]
        cost = of["capital_cost"] - of["private_cost"] + of["running_cost"]
        assert float(row[4].replace("<", "")) == pytest.approx(cost, abs=0.0051)
        assert int(row[3]) == of["opens"]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["plan", "by_hand", "industrial"])
def test_a_workbook_reads_back_equal(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Every table of the plan is a sheet: names in place of ids, figures to the last digit that Excel keeps (15)."""
    plan = request.getfixturevalue(which)
    book = CalamineWorkbook.from_path(write_report(plan, tmp_path / "book.xlsx"))
    for name in plan.tables:
        table = named_frame(plan, name)
        _, heads, *rows = book.get_sheet_by_name(SHEETS[name]).to_python(skip_empty_area=False)
        called = ["measure id" if column == "measure" and "name" in table else column for column in table.columns]
        called = ["repaid with interest" if column == "repaid" else column for column in called]
        called = [re.sub(r"^(shared|elsewhere)_(?=with)", lambda found: IN_WORDS[found[1]], column) for column in called]
        titled = [heading(plan.case, name, column).replace(column, said).replace("_", " ")
                  for column, said in zip(table.columns, called, strict=True)]  # fmt: skip
        assert heads[: len(table.columns)] == titled
        rows = [row for row in rows if any(cell != "" for cell in row)]
        assert len(rows) == len(table)
        for row, expected in zip(rows, table.itertuples(index=False), strict=True):
            for cell, value in zip(row, expected, strict=False):
                if isinstance(value, str):
                    assert str(cell) == value
                elif value != value:
                    assert cell == ""
                else:
                    assert cell == pytest.approx(value, rel=1e-15, abs=1e-300)


def test_a_workbook_takes_no_name_for_a_formula(industrial: Plan, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(write_report(renamed(industrial), tmp_path / "book.xlsx")) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert not any("<f>" in page for page in pages)
    assert len(charts) == 4


@pytest.mark.slow
def test_a_hand_made_plan_says_so(case: Case) -> None:
    page = Page(report(evaluate(case, {}), Answers(why_not="the plan was made by hand")))
    assert "made by hand: all figures are worked out" in page.text
    assert "Nothing starts by the plan's own choice." in page.text


@pytest.mark.slow
def test_a_plan_of_a_case_with_nothing_to_ask_is_reported(plan: Plan) -> None:
    """A plan whose tables are empty but for decisions and money."""
    empty = {name: table if name in ("decisions", "money") else table.iloc[:0] for name, table in plan.tables.items()}
    page = Page(report(replace(plan, tables=FrozenDict(empty))))
    assert "The case has no indicators." in page.text


def test_the_share_that_rests_on_estimates_is_on_the_first_sheet(request: pytest.FixtureRequest) -> None:
    plan, page = page_of("plan", request)
    shares = totals.money_by_basis(plan)
    guessed = sum(share for basis, share in shares.items() if basis not in ("sourced", "computed"))
    assert f"{numbers.percent(guessed)} of the public money spent rests on costs that are estimated" in page.text


# planner report


@pytest.fixture
def on_disk(plan: Plan, tmp_path: Path) -> Path:
    return write_plan(plan, tmp_path / "plans" / "mine")


@pytest.mark.slow
def test_report_writes_a_page_with_the_worth_of_signatures(run: Run, on_disk: Path, tmp_path: Path) -> None:
    result = run("report", on_disk, "--workers", 1)
    assert (result.exit_code, result.stdout) == (0, "mine.html\n")
    page = Page((tmp_path / "mine.html").read_text(encoding="utf-8"))
    assert "What each signature is worth" in page.text
    assert "Not worked out" not in page.text


@pytest.mark.slow
def test_quick_asks_nothing_and_says_so(run: Run, on_disk: Path, tmp_path: Path) -> None:
    assert run("report", on_disk, "-o", "new/a.html", "--quick").exit_code == 0
    text = (tmp_path / "new" / "a.html").read_text(encoding="utf-8")
    assert "Not worked out: the report was made with --quick" in text


@pytest.mark.slow
def test_no_time_leaves_a_report_that_says_what_is_missing(run: Run, on_disk: Path, tmp_path: Path) -> None:
    result = run("report", on_disk, "-o", "a.html", "--time-limit", 0, "--workers", 1)
    assert result.exit_code == 0
    assert "the report lists them" in result.stderr
    assert "Not answered or not proven" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("file", ["a.pdf", "a.html", "a.xlsx"])
def test_a_drawing_that_nothing_would_show_is_refused(run: Run, on_disk: Path, tmp_path: Path, file: str) -> None:
    done = run("report", on_disk, "-o", file, "--drawing", "gaps")
    assert (done.exit_code, "--drawing is what a picture shows" in done.stderr) == (2, True)
    picture = run("report", on_disk, "-o", "a.png", "--risk", "answers/risk")
    assert (picture.exit_code, "leave out --risk" in picture.stderr) == (2, True)
    assert not list(Path().glob("a.*"))


@pytest.mark.parametrize("drawing", ["map", "timeline", "gaps", "cities", "money", "lines"])
def test_report_writes_pictures(run: Run, on_disk: Path, tmp_path: Path, drawing: str) -> None:
    assert run("report", on_disk, "-o", "a.png", "--drawing", drawing).exit_code == 0
    assert run("report", on_disk, "-o", "a.svg", "--drawing", drawing, "--chinese").exit_code == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.slow
def test_report_and_export_write_workbooks(run: Run, on_disk: Path, tmp_path: Path) -> None:
    assert run("report", on_disk, "--format", "xlsx", "--quick").stdout == "mine.xlsx\n"
    result = run("export", on_disk, "-o", "tables", "--xlsx", "all.xlsx")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "all.xlsx"
    assert (tmp_path / "tables" / "money.csv").is_file()
    for name in ("mine.xlsx", "all.xlsx"):
        assert "decisions" in CalamineWorkbook.from_path(tmp_path / name).sheet_names


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["-o", "a.txt"], "ends with none of html, xlsx, pdf, png, svg"),
        (["-o", "a.png", "--format", "html"], "would not be what its ending says"),
        (["--importance", "nowhere"], "holds no answer of planner importance"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(run: Run, on_disk: Path, call: list[str], said: str) -> None:
    result = run("report", on_disk, *call)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_export_has_to_know_where_to(run: Run, on_disk: Path) -> None:
    result = run("export", on_disk)
    assert (result.exit_code, "say where to" in result.stderr) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("call", [["report", "-o", "a.png"], ["export", "--xlsx", "a.xlsx"]])
def test_a_file_that_is_there_is_replaced_only_if_asked(run: Run, on_disk: Path, tmp_path: Path, call: list[str]) -> None:
    (tmp_path / call[-1]).write_text("mine")
    result = run(call[0], on_disk, *call[1:])
    assert (result.exit_code, "exists already" in result.stderr) == (2, True)
    assert (tmp_path / call[-1]).read_text() == "mine"
    assert run(call[0], on_disk, *call[1:], "--replace").exit_code == 0


@pytest.mark.parametrize("call", [["report"], ["export", "--xlsx", "a.xlsx"]])
def test_without_a_plan_there_is_nothing_to_report(run: Run, case: Case, tmp_path: Path, call: list[str]) -> None:
    none = Plan(case, "infeasible", told_as("worked out"), options=FrozenDict(), goals=(), tables=FrozenDict())
    result = run(call[0], write_plan(none, tmp_path / "plans" / "none"), *call[1:])
    assert result.exit_code == 1
    assert "no plan can keep all targets and rules" in result.stderr
    assert result.stderr.count("\n") == 1


def _answer(folder: Path, plan: Plan, question: str, table: pd.DataFrame) -> Path:
    folder.mkdir()
    about = {"schema": f"planner.{question}/1", "case": {"hash": plan.case.content_hash}, "missing": ["x: not proven"]}
    (folder / "result.json").write_text(json.dumps(about), encoding="utf-8")
    table.to_csv(folder / f"{question}.csv", index=False, encoding="utf-8-sig")
    return folder


@pytest.mark.slow
def test_an_answer_at_hand_is_used(run: Run, on_disk: Path, plan: Plan, tmp_path: Path) -> None:
    """An answer of planner sensitivity ranks the assumptions; one about another case is refused."""
    rows: list[Any] = [("need", "need of doctors", "+20 %", 1.5 * plan.goals[0].value)]
    table = pd.DataFrame(rows, columns=["group", "assumption", "change", "value_kept"])
    answer = _answer(tmp_path / "s", plan, "sensitivity", table)
    assert run("report", on_disk, "-o", "a.html", "--quick", "--sensitivity", answer).exit_code == 0
    assert "+20 %: first goal +50.0 %" in (tmp_path / "a.html").read_text(encoding="utf-8")
    other = _answer(tmp_path / "o", replace(plan, case=replace(plan.case, content_hash="0")), "sensitivity", table)
    result = run("report", on_disk, "-o", "b.html", "--quick", "--sensitivity", other)
    assert (result.exit_code, "another case" in result.stderr) == (2, True)
