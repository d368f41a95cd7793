"""How plans side by side are read: the text, the page, the workbook, the folder of tables, and the command."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import Result

from planner.case import Case, FrozenDict, load_case
from planner.comparing import TABLES, Comparison, compare
from planner.documents.compared import choices
from planner.documents.compared.document import page as html_page
from planner.documents.compared.document import text
from planner.documents.compared.places import points
from planner.documents.compared.tables import workbook
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.words.said import speaking

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def found(base: Plan, no_signatures: Plan) -> Comparison:
    return compare([base, no_signatures], ["base", "none signed"])


@pytest.fixture
def folders(base: Plan, no_signatures: Plan, tmp_path: Path) -> tuple[Path, Path]:
    return (
        write_plan(base.with_audit("passed"), tmp_path / "plans" / "base"),
        write_plan(no_signatures.with_audit("passed"), tmp_path / "plans" / "none"),
    )


# text


def section(said: str, title: str) -> list[str]:
    """The lines of a section of a text."""
    lines = said.splitlines()
    start = lines.index(title)
    end = next((n for n in range(start + 1, len(lines)) if re.fullmatch(r"[A-Z ]{6,}", lines[n])), len(lines))
    return [line for line in lines[start + 1 : end] if line]


@pytest.mark.slow
def test_the_text_says_which_plan_is_better_and_where_it_is_worse(found: Comparison) -> None:
    said = " ".join(section(text(found), "WHICH IS BETTER"))
    better = "base is better than none signed in mean gap (0.06667 against 0.2167, less is better)"
    assert f"{better}, the first goal in which they differ." in said
    assert "none signed is better in spending, units started, which counts less." in said
    assert "it need not be possible in the case of the other" in said


def test_the_text_says_that_a_dominated_plan_has_nothing_for_it(tiny: Case) -> None:
    half, free = (evaluate(tiny, {(a, "2030"): 1.0}) for a in ("rail-north", "checkpoint"))
    said = " ".join(section(text(compare([half, free], ["half", "free"])), "WHICH IS BETTER"))
    assert "It is no worse in any other goal: whoever shares these goals has no reason for half." in said


def test_the_text_shows_inputs_decisions_gaps_and_money(found: Comparison) -> None:
    said = text(found)
    assert [line.split() for line in section(said, "INPUTS THAT DIFFER")[2:]] == [
        ["measures.csv:", "status", a, "candidate", "ruled_out"] for a in ("checkpoint", "insurance")
    ]
    chosen = "\n".join(section(said, "DECISIONS"))
    assert chosen.startswith("0 measures started alike, 5 not.\nOnly in base: 2 measures, capital 1.00 bn\n")
    assert re.search(r"Railway, southern half +link +2031-2035 +2026-2030 +6\.00 +6\.00", chosen)
    gaps = "\n".join(section(said, "WHO IS HOW WELL OFF"))
    assert re.search(r"mean gap in 2031-2035, % +base +none signed +difference", gaps)
    assert re.search(r"all cities +0\.0 +19\.2 +\+19\.2", gaps), "1.15 / 6 is 19.2 %"
    assert re.search(r"Border +time to the core city +minutes +30 +50 +0\.0 +25\.0", gaps)
    money = "\n".join(section(said, "MONEY BY BUDGET LINE"))
    assert re.search(r"spent, bn +base +none signed +difference", money)
    assert re.search(r"South +11\.5 +10\.0 +-1\.5", money), "0.5 + 3 + 1 + 1 + 6 against 6 + 3 + 1"


@pytest.mark.slow
def test_inputs_are_told_as_the_files_name_them_and_in_chinese_also_as_people_do(base: Plan) -> None:
    poorer = evaluate(load_case(Path(__file__).parents[2] / "cases" / "tiny", "poorer-south"), {})
    for language, place, row in (
        ("en", "budgets.csv: amount", "south 2030"),
        ("zh", "budgets.csv：金额 amount", "南方财政2030"),
    ):
        with speaking(language):
            said = text(compare([base, poorer], ["a", "b"]))
        assert re.search(rf"^{re.escape(place)} +{row} +6 +3$", said, re.MULTILINE), said


@pytest.mark.slow
def test_many_inputs_are_summed_up(base: Plan, changed: Callable[..., Case]) -> None:
    """Six amounts of money, all halved, are one line with the factor."""
    table = "line,period,amount\n" + "".join(f"{x},{t},{amount}\n" for x, amount in (("north", 4), ("south", 6))
                                              for t in (2030, 2035, 2040))  # fmt: skip
    periods = ("case.yaml", "[2026-2030, 2031-2035]", "[2026-2030, 2031-2035, 2036-2040]")
    old = (Path(__file__).parents[2] / "cases" / "tiny" / "budgets.csv").read_text(encoding="utf-8")
    rich = changed(*periods, "budgets.csv", old, table)
    poor = changed(*periods, "budgets.csv", old, table.replace(",4\n", ",2\n").replace(",6\n", ",3\n"))
    plans = [evaluate(rich, {}), evaluate(poor, {}), evaluate(rich, {})]
    said = section(text(compare(plans, ["rich", "poor", "rich too"])), "INPUTS THAT DIFFER")
    assert [" ".join(line.split()) for line in said[2:]] == ["budgets.csv: amount 6 places 4 to 6 x 0.5 4 to 6"]


def test_of_three_plans_relations_are_a_table(base: Plan, no_signatures: Plan, tiny: Case) -> None:
    nothing = evaluate(tiny, {})
    said = section(text(compare([base, no_signatures, nothing], ["a", "b", "c"])), "WHICH IS BETTER")
    assert [line.split() for line in said[2:5]] == [
        ["a", "b,", "c", "-", "-", "-"], ["b", "c", "-", "-", "-"], ["c", "-", "-", "-", "-"],
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_page(found: Comparison, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert max(map(len, text(found).splitlines())) <= width


@pytest.mark.slow
def test_plans_without_decisions_are_read_as_such(base: Plan) -> None:
    none = replace(base, status="infeasible", ended=(), goals=(), tables=FrozenDict(), audit="not run")
    for some in ([base, none], [none, none]):
        found = compare(some)
        assert "no plan is possible" in text(found)
        assert "holds no decisions" in html_page(found)
        assert workbook(found)


# page and workbook


class Page(HTMLParser):
    """Collects what a page refers to, and its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.leads += [value or "" for name, value in attrs if name in ("href", "src")]
        assert tag != "script"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_has_the_sections_and_asks_nothing_of_another_host(found: Comparison) -> None:
    reader = Page()
    reader.feed(html_page(found))
    for title in ("Which is better", "Inputs that differ", "Decisions", "Who is how well off", "Money by budget line"):
        assert title in reader.texts
    assert all(lead.startswith("#") for lead in reader.leads)


@pytest.mark.slow
def test_the_page_takes_names_for_texts(base: Plan) -> None:
    said = html_page(compare([base, base], ["<script>alert(1)</script>", "b"]))
    assert "<script" not in said
    assert "&lt;script&gt;" in said


def test_the_drawing_shows_the_mean_gap_of_each_city_with_each_plan(found: Comparison) -> None:
    """In the second period: Border 0.25 of minutes and its posts, Inland its posts; together 1.15 of 2 x 2 gaps."""
    drawn = {(point["city"], point["plan"]): point["gap"] for point in points(found)}
    assert drawn["Border", "base"] == pytest.approx(0.0, abs=1e-5)
    assert drawn["Border", "none signed"] + drawn["Inland", "none signed"] == pytest.approx(100 * 1.15 / 2)
    assert drawn["Metro", "none signed"] == 0.0


@pytest.mark.slow
def test_the_workbook_has_figures_as_figures_and_names_for_ids(run: Run, folders: tuple[Path, Path]) -> None:
    assert run("compare", *folders, "-o", "diff.xlsx").exit_code == 0
    book = CalamineWorkbook.from_path("diff.xlsx")
    figures = {row[0]: row[2:] for row in book.get_sheet_by_name("Figures").to_python()}
    assert figures["public money spent"][:3] == pytest.approx([16, 14, -2])
    levels = [tuple(row) for row in book.get_sheet_by_name("Levels").to_python()]
    assert ("time to the core city", "Inland", "2026-2030", "minutes", "with") in {row[:5] for row in levels}
    decisions = {row[0]: row for row in book.get_sheet_by_name("Decisions").to_python()}
    assert decisions["clinic-inland"][4:7] == ["At other times", "30 posts in 2026-2030", "30 posts in 2031-2035"]


# command


@pytest.mark.slow
def test_compare_prints_the_whole_comparison(run: Run, folders: tuple[Path, Path]) -> None:
    result = run("compare", *folders)
    assert result.exit_code == 0
    assert result.stdout.startswith("base, none compared: Three cities, worked out by hand")
    assert "MONEY BY BUDGET LINE" in result.stdout


@pytest.mark.slow
def test_compare_prints_json_with_all_tables(run: Run, folders: tuple[Path, Path]) -> None:
    content = json.loads(run("compare", *folders, "--json").stdout, parse_constant=pytest.fail)
    assert content["schema"] == "planner.compare/1"
    assert [plan["name"] for plan in content["plans"]] == ["base", "none"]
    assert list(content["tables"]) == list(TABLES)
    assert content["relations"][0]["better"] == "base"
    assert run("compare", *folders, "--format", "json").stdout == run("compare", *folders, "--json").stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["diff.html", "diff.txt", "diff.json", "diff.xlsx", "tables"])
def test_compare_writes_what_the_ending_says_and_takes_no_place_unasked(
    run: Run, folders: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    result = run("compare", *folders, "-o", name)
    assert (result.exit_code, "WHICH IS BETTER" in result.stdout) == (0, True)
    assert result.stdout.endswith(f"Written to {name}.\n")
    again = run("compare", *folders, "-o", name)
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert run("compare", *folders, "-o", name, "--replace").exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"plans", name}


@pytest.mark.slow
def test_the_folder_of_tables_has_a_file_a_table(run: Run, folders: tuple[Path, Path]) -> None:
    assert run("compare", *folders, "-o", "out", "--format", "csv").exit_code == 0
    assert {file.name for file in Path("out").iterdir()} == {f"{name}.csv" for name in TABLES}
    rows = list(csv.reader(Path("out/figures.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["figure", "unit", "base", "none"]


@pytest.mark.slow
def test_replace_never_takes_a_folder_that_is_no_comparison(run: Run, folders: tuple[Path, Path]) -> None:
    result = run("compare", *folders, "-o", "plans", "--replace")
    assert result.exit_code == 2
    assert "does not look like a comparison" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "diff.docx"], "say --format"),
        (["--format", "excel"], "name a place for it with -o"),
        (["-o", "plans/base"], "exists already"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(run: Run, folders: tuple[Path, Path], words: list[str], said: str) -> None:
    result = run("compare", *folders, *words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr


@pytest.mark.slow
def test_one_plan_or_a_missing_one_is_wrong_use(run: Run, folders: tuple[Path, Path]) -> None:
    assert "two plans or more" in run("compare", folders[0]).stderr
    result = run("compare", folders[0], "nowhere")
    assert (result.exit_code, "there is no plan at" in result.stderr) == (2, True)


@pytest.mark.slow
def test_plans_of_one_name_are_called_by_their_paths(run: Run, base: Plan) -> None:
    for home in ("a", "b"):
        write_plan(base, Path(home) / "mine")
    plans = json.loads(run("compare", "a/mine", "b/mine", "--json").stdout)["plans"]
    assert [plan["name"] for plan in plans] == ["a/mine", "b/mine"]


def test_a_plan_changed_beyond_sense_is_named(run: Run, folders: tuple[Path, Path]) -> None:
    file = folders[1] / "decisions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("rail-north", "nowhere"), encoding="utf-8")
    result = run("compare", *folders)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "none was changed since it was audited and makes no sense any more" in result.stderr


@pytest.mark.slow
def test_a_plan_and_itself_are_said_to_be_one_at_once(run: Run, folders: tuple[Path, Path], tmp_path: Path) -> None:
    """Nothing is said of how far apart two things are that are one; what is written for programs has all tables."""
    base, none = folders
    copy = shutil.copytree(base, tmp_path / "copy")
    assert run("compare", base, base).stdout == f"{base} is compared with itself: nothing differs.\n"
    assert run("compare", base, copy).stdout == f"{base} and {copy} are one plan: nothing differs.\n"
    assert run("compare", base, copy, base).stdout == f"{base} and {copy} are one plan: nothing differs.\n"
    written = run("compare", base, copy, "-o", "diff.txt")
    assert (written.exit_code, "nothing differs.\n\nWritten to diff.txt.\n" in written.stdout) == (0, True)
    assert len(json.loads(run("compare", base, base, "--json").stdout)["plans"]) == 2
    assert "WHICH IS BETTER" in run("compare", base, none, base).stdout


def test_figures_of_inputs_are_told_without_the_dust_of_binary_fractions() -> None:
    """0.7 x 37.3 is 26.11; what is no figure stays as it is."""
    assert [choices.without_dust(cell) for cell in (f"{0.7 * 37.3}", "15", "2026.", "a.b", "")] == [
        "26.11", "15", "2026", "a.b", "",
    ]  # fmt: skip
