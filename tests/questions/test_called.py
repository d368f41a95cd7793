"""What commands are asked about is named by id or as it is shown, in either language; what several share is refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from planner.case import FrozenDict, load_case, naming
from planner.plans.ended import Ended
from planner.plans.store import read_plan, write_plan
from planner.questions.asking import why
from planner.questions.frontier.goals import goal_named
from tests.questions.answered import TINY, best

Run = Callable[..., Result]


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Path:
    """The tiny case with its best plan at its usual place."""
    shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("plan"))
    write_plan(best().with_audit("passed"), tmp_path / "plans" / "tiny--base")
    return tmp_path


def asked(run: Run, *words: str) -> dict[str, Any]:
    done = run(*words, "--json", "--workers", "1")
    assert done.exit_code == 0, done.output
    content: dict[str, Any] = json.loads(done.stdout)
    return content


@pytest.mark.slow
def test_a_plan_in_the_folder_of_its_case_is_the_one_that_is_asked_about_and_named(run: Run, home: Path) -> None:
    """It is where nothing lies in plans/; once the case is another one, it is solved anew, and that is said."""
    (home / "plans" / "tiny--base").rename(home / "tiny" / "plan")
    words = ("explain", "tiny", "insurance", "--workers", "1")
    done = run(*words)
    assert done.stderr.startswith(f"Starting from {Path('tiny/plan')}.\n")
    assert "Plan      the one in tiny/plan\n" in done.stdout
    budgets = home / "tiny" / "budgets.csv"
    budgets.write_text(re.sub(r"^(\w+,\d+),([\d.]+)", r"\1,9\2", budgets.read_text("utf-8"), flags=re.M), "utf-8")
    done = run(*words)
    assert "Starting from" not in done.stderr
    assert "Plan      solved anew for this answer; " in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["insurance", "Insurance valid on both sides", "insurance VALID on  both sides"])
def test_a_measure_is_named_by_its_id_or_as_it_is_shown(run: Run, home: Path, name: str) -> None:
    assert asked(run, "explain", "tiny", name)["measure"] == "insurance"
    rows = asked(run, "importance", "tiny", name)["tables"]["importance"]
    assert [row["measure"] for row in rows] == ["insurance"]


@pytest.mark.slow
def test_a_line_is_named_by_its_id_or_as_it_is_shown(run: Run, home: Path) -> None:
    for name in ("south", "South", "南方财政"):
        assert {row["line"] for row in asked(run, "value", "tiny", "--line", name)["tables"]["value"]} == {"south"}
    assert asked(run, "frontier", "tiny", "--line", "南方财政", "--points", "2")["lines"] == ["south"]


def test_goals_are_named_by_number_or_as_they_are_written_or_shown(tiny_case: Any) -> None:
    for name in ("worst_city", "worst city", "Worst City", "最差城市"):
        if name == "最差城市" and goal_in_chinese() != name:
            continue
        assert goal_named(tiny_case, name).name == "worst_city"
    assert goal_named(tiny_case, "1").name == "gaps"
    with pytest.raises(ValueError, match=r"'worst cty' is not a goal of this case .* Did you mean 'worst city'\?"):
        goal_named(tiny_case, "worst cty")


def goal_in_chinese() -> str:
    from planner.case import naming

    return naming.goal("worst_city").in_language("zh")


@pytest.fixture
def tiny_case() -> Any:
    return load_case(TINY)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["poorer-south", "a poorer south", "A Poorer South", "南方资金减半"])
def test_a_scenario_is_named_by_its_id_or_as_it_is_shown(run: Run, home: Path, name: str) -> None:
    done = run("solve", "tiny", "--scenario", name, "-q")
    assert done.exit_code == 0, done.output
    assert read_plan(home / "plans" / "tiny--poorer-south").case.scenario == "poorer-south"
    assert run("validate", "tiny", "--scenario", name).exit_code == 0
    groups = asked(run, "sensitivity", "tiny", "--groups", "", "--switching", "0", "--scenarios", name)
    assert [row["assumption"] for row in groups["tables"]["sensitivity"]] == ["poorer-south"]


@pytest.mark.slow
def test_robust_takes_scenarios_as_they_are_shown(run: Run, home: Path) -> None:
    rows = asked(run, "robust", "tiny", "--scenarios", "base, a poorer south")["tables"]["scenarios"]
    assert [row["scenario"] for row in rows] == ["base", "poorer-south"]


@pytest.mark.parametrize(("words", "said"), [
    (("explain", "tiny", "Insurance valid on both side"), "Did you mean 'Insurance valid on both sides'?"),
    (("importance", "tiny", "Clinic in Inlnd"), "Did you mean 'Clinic in Inland'?"),
    (("value", "tiny", "--line", "Soth"), "Did you mean 'south'?"),
    (("sensitivity", "tiny", "--measure", "insurence"), "Did you mean 'insurance'?"),
    (("sensitivity", "tiny", "--scenarios", "a porer south"), "Did you mean 'a poorer south'?"),
])  # fmt: skip
def test_a_name_that_nothing_has_is_refused_with_what_is_near(
    run: Run, home: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_a_name_that_several_share_is_refused_with_their_ids(run: Run, home: Path) -> None:
    table = home / "tiny" / "measures.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace('"Railway, southern half"', '"Railway, northern half"'), encoding="utf-8")
    case = home / "tiny" / "case.yaml"
    text = case.read_text(encoding="utf-8").replace("name: no signatures", "name: A Poorer South")
    case.write_text(text, encoding="utf-8")
    several = "'Railway, northern half' is the name of 2: say the id instead (rail-north, rail-south)"
    for words in (("explain", "tiny", "Railway, northern half"), ("importance", "tiny", "Railway, northern half")):
        done = run(*words)
        assert (done.exit_code, done.stderr) == (2, f"planner: {several}\n")
    done = run("validate", "tiny", "--scenario", "a POORER south")
    assert done.exit_code == 2
    assert "'a POORER south' is the name of 2: say the id instead (no-signatures, poorer-south)" in done.stderr
    assert naming.measure_id(load_case(home / "tiny"), "rail-south") == "rail-south"
    assert (
        load_case(home / "tiny", naming.scenario_id(load_case(home / "tiny"), "a poorer south")).scenario == "poorer-south"
    )


def test_an_unknown_scenario_is_a_problem_of_the_case_as_before(run: Run, home: Path) -> None:
    done = run("validate", "tiny", "--scenario", "richer-north")
    assert done.exit_code == 3
    assert "'richer-north' is not a scenario of this case" in done.stdout


def test_what_a_case_holds_is_said_by_names(run: Run, home: Path) -> None:
    said = run("validate", "tiny").stdout
    assert "Scenarios  no signatures, a poorer south (poorer-south)" in said
    assert "scenario a poorer south (poorer-south))" in run("validate", "tiny", "--scenario", "poorer-south").stdout


def test_why_a_search_ended_names_goals_in_words(tiny_case: Any) -> None:
    """As everywhere in an answer, and not as the case writes them."""
    left = Ended("unproven", by="limit", goal="gaps + 0.5 worst_city", left=("starts",))
    plan = replace(best(), ended=(left,), options=FrozenDict({"time_limit": 9.0}))
    said = why(plan)
    assert "hit in goal mean gap + 0.5 worst city, " in said
    assert said.endswith("not looked at: units started")
