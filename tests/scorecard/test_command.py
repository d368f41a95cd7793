"""The command: text, JSON, page and tables; what is not known, benchmarks, and bad input."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import CaseInvalid, FrozenDict, load_case
from planner.documents.blocks import Paragraph
from planner.documents.scored import ELSEWHERE, Scored, points, said, text
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from planner.scorecard import FIGURES, PARTS, scorecard
from planner.scorecard.benchmarks import COLUMN, beside, shipped
from tests.chinese import latin

CASES = Path(__file__).parents[2] / "cases"
CLUSTERS = ("jing-jin-ji", "chengdu-chongqing", "pearl-river-delta", "yangtze-river-delta", "middle-yangtze")
Run = Callable[..., Result]


@pytest.mark.slow
def test_the_text_has_a_part_a_table_and_says_what_is_not_known(run: Run, folder: Path) -> None:
    said = run("scorecard", folder).stdout
    assert said.startswith("Scorecard: Three cities, worked out by hand\n")
    assert [line for line in said.splitlines() if line.isupper()] == [
        *(str(p).upper() for p in PARTS.values()),
        "WHAT IS KNOWN",
    ]
    line = next(line for line in said.splitlines() if line.startswith("Within 60 minutes"))
    assert line.split()[-3:] == ["75", "75", "100"]
    assert "Motorways (2023)" in said
    assert "high-speed railways (`high_speed_rail_km` or `high_speed_rail_density` in facts.csv)" in " ".join(said.split())


def test_what_is_of_the_whole_horizon_says_so_beside_figures_of_its_last_period(parks: Plan) -> None:
    """Capital, transfers and tax are added up over all periods; all else is of the last one."""
    card = scorecard(parks)
    of_all = {id_ for id_, entry in card.entries.items() if "over the horizon" in entry.name}
    assert of_all == {"private_share", "money_across_borders", "tax_shared"}
    shown = " ".join(text(Scored(("parks",), (card,))).split())
    assert "What is counted over the whole horizon says so in its name." in shown


def test_that_services_of_today_are_counted_otherwise_is_said_where_people_use_some_elsewhere(best: Plan) -> None:
    """Border uses 60 posts of Metro with the plan; as if it used none, both count alike."""
    card = scorecard(best)
    assert ELSEWHERE in notes_below(Scored(("town",), (card,)))
    own = best.table("levels")
    own[["elsewhere_without", "elsewhere_with"]] = 0.0
    alike = scorecard(replace(best, tables=FrozenDict({**best.tables, "levels": own})))
    assert ELSEWHERE not in notes_below(Scored(("town",), (alike,)))


def notes_below(scored: Scored) -> list[str]:
    """What stands below tables."""
    return [block.text for section in said(scored).sections for block in section if isinstance(block, Paragraph)]


def test_a_case_has_no_figures_with_a_plan(run: Run, town: Path) -> None:
    found = json.loads(run("scorecard", town, "--json").stdout)
    (card,) = found["scorecards"]
    figures = {figure["id"]: figure for figure in card["figures"]}
    assert found["schema"] == "planner.scorecard/1"
    assert all(figure["with"] is None for figure in card["figures"])
    assert (figures["near_core_60"]["today"], figures["near_core_60"]["without"]) == (75, 75)
    assert figures["motorway_density"]["sources"] == ["yearbook"]
    assert figures["patents"]["needs"] == "`patents` in facts.csv"


def test_several_clusters_have_a_column_each_and_only_what_means_the_same_shares_a_row(best: Plan, parks: Plan) -> None:
    """Both have people; only one has a service or parks."""
    scored = Scored(("town", "plant"), (scorecard(best), scorecard(parks)))
    people = next(row for row in scored.rows("outcomes") if row[0].id == "population")
    assert len(people) == 2
    assert all(len(row) == 1 for row in scored.rows("social"))
    assert scored.called() == ["Three cities, worked out by hand", "Plant and parts"]


def test_a_benchmark_with_few_figures_is_a_footnote(run: Run, folder: Path) -> None:
    """BosWash has four figures: motorways, and its shares of land, people and output."""
    said = run("scorecard", folder, "--benchmarks").stdout
    others = {str(other.name): other for other in beside([load_case(CASES / "tiny")], FIGURES)}
    assert not others["BosWash"].is_column
    assert others["Japan Pacific Coast"].is_column
    assert len(others["BosWash"].figures) == 4 < COLUMN
    assert "BosWash: motorways 130 km per 1,000 km2" in " ".join(said.split())
    heading = next(line for line in said.splitlines() if line.startswith("figure"))
    assert "BosWash" not in heading


def test_every_shipped_benchmark_is_of_a_figure_and_has_a_source(best: Plan) -> None:
    assert {row.figure for row in shipped()} <= set(FIGURES)
    assert [row.cluster for row in shipped() if not row.source and row.basis != "assumed"] == []


def test_a_cluster_that_is_shown_itself_is_no_benchmark() -> None:
    names = {str(other.name) for other in beside([load_case(CASES / "pearl-river-delta")], FIGURES)}
    assert "Pearl River Delta" not in names
    assert "Yangtze River Delta" in names


@pytest.mark.slow
@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_shipped_cluster_knows_at_least_24_figures_and_says_which_not(cluster: str) -> None:
    card = scorecard(read_plan(CASES / cluster / "plan"))
    assert len(card.known) >= 24
    assert all(entry.lacks for entry in card.unknown)


def test_dots_lie_between_the_worst_and_the_best(best: Plan, town: Path) -> None:
    """Against Rhine-Ruhr (100 km a 1,000 km2) 50 are worst; of 20 km of railways against 170 likewise."""
    card = scorecard(best)
    drawn = points(Scored(("town",), (card,), tuple(beside([best.case], card.entries))))
    motorways = {str(point["cluster"]): point["place"] for point in drawn if point["figure"] == "Motorways"}
    # from 24.5 (Chengdu-Chongqing) to 100: (50 - 24.5) / 75.5
    assert motorways["Three cities, worked out by hand"] == pytest.approx(25.5 / 75.5)
    assert (motorways["Chengdu-Chongqing"], motorways["Rhine-Ruhr"]) == (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["out.html", "out.xlsx", "out.txt", "out.json", "tables"])
def test_it_is_written_whole_and_nothing_there_is_replaced(run: Run, folder: Path, tmp_path: Path, place: str) -> None:
    assert run("scorecard", folder, "--benchmarks", "-o", place).exit_code == 0
    assert (tmp_path / place).exists()
    assert run("scorecard", folder, "-o", place).exit_code == 2


@pytest.mark.parametrize("place", ["out.html", "out.txt", "tables"])
def test_in_chinese_nothing_is_said_in_english(run: Run, folder: Path, best: Plan, tmp_path: Path, place: str) -> None:
    """But what sources state."""
    assert run("--language", "zh", "scorecard", folder, "-o", place).exit_code == 0
    file = tmp_path / place / "scorecard.csv" if place == "tables" else tmp_path / place
    said = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", "", file.read_text(encoding="utf-8-sig"), flags=re.DOTALL)
    lines = said.splitlines()[place == "tables" :]
    assert latin("\n".join(lines), best.case, names=["yearbook", "railway office", "census", "statistics office"]) == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Nowhere,motorway_km,5", "row 2, column of: 'Nowhere' has no motorway_km: it is of metro, border, inland, North"),
        ("cluster,employed,5", "row 2, column of: 'cluster' has no employed"),
        ("cluster,motorways,5", "row 2, column fact: must be one of motorway_km"),
        ("metro,employed_mining,101", "row 2, column value: must be at most 100, in %"),
        ("cluster,rail_km,-1", "row 2, column value: must be at least 0"),
        ("cluster,rail_km,", "row 2, column value"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_its_place(town: Path, tmp_path: Path, row: str, says: str) -> None:
    case = shutil.copytree(town, tmp_path / "wrong")
    (case / "facts.csv").write_text(f"of,fact,value\n{row}\n", encoding="utf-8")
    with pytest.raises(CaseInvalid) as wrong:
        load_case(case)
    assert len(wrong.value.problems) == 1
    assert f"facts.csv, {says}" in str(wrong.value)


def test_a_benchmark_of_no_figure_is_refused_with_its_place(run: Run, town: Path, tmp_path: Path) -> None:
    case = shutil.copytree(town, tmp_path / "wrong")
    (case / "benchmarks.csv").write_text("cluster,figure,value\nElsewhere,motorway_densty,5\n", encoding="utf-8")
    found = run("scorecard", case, "--benchmarks")
    assert found.exit_code == 3
    assert "benchmarks.csv, row 2, column figure: 'motorway_densty' is not a figure of the scorecard" in found.stderr
    assert "Did you mean 'motorway_density'?" in found.stderr


def test_benchmarks_of_a_case_take_the_place_of_the_shipped_ones(run: Run, town: Path, tmp_path: Path) -> None:
    case = shutil.copytree(town, tmp_path / "own")
    (case / "benchmarks.csv").write_text("cluster,figure,value\nElsewhere,motorway_density,5\n", encoding="utf-8")
    said = run("scorecard", case, "--benchmarks").stdout
    assert "Elsewhere: motorways 5 km per 1,000 km2" in said
    assert "BosWash" not in said


def test_facts_leave_the_question_of_a_case_as_it_is(town: Path, tmp_path: Path) -> None:
    """So plans made before them remain plans of the case."""
    bare = shutil.copytree(town, tmp_path / "bare")
    (bare / "facts.csv").unlink()
    assert load_case(bare).content_hash == load_case(town).content_hash
    assert load_case(bare) != load_case(town)
