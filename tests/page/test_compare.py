"""The page Compare: two plans of the tiny case, both worked out by hand in its README."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from planner.planning.search import solve
from planner.workspace import plans as workspace_plans
from planner.workspace.places import Workspace
from tests.page import plans
from tests.page.seen import tables
from tests.page.test_plan import table
from tests.page.test_solve import texts
from ui.pages.compare import ROOMS

BOTH = ["best", "apart"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ./plans but those that a test makes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workspace_plans, "SHIPPED", "none")


@pytest.fixture
def both(place: Workspace) -> Workspace:
    plans.keep(place, "best", plans.base())
    plans.keep(place, "apart", plans.no_signatures())
    return place


@pytest.mark.slow
def test_an_empty_workspace_says_how_to_get_plans(open_page: Callable[..., AppTest]) -> None:
    page = open_page("compare")
    assert not page.exception
    assert "Two plans are needed" in texts(page)


@pytest.mark.slow
def test_one_plan_is_too_few(open_page: Callable[..., AppTest], both: Workspace) -> None:
    page = open_page("compare", plans="best")
    assert "Choose two plans or more" in texts(page)
    page.multiselect(key="compare-plans").set_value(BOTH).run()
    assert "is better than" in texts(page)
    assert list(page.query_params["plans"]) == BOTH


@pytest.mark.slow
def test_which_is_better_and_why(open_page: Callable[..., AppTest], both: Workspace) -> None:
    """First goal 0.8/12 = 0.06667 against 2.6/12 = 0.2167; spending 16 against 14, starts 5 against 3."""
    page = open_page("compare", plans=BOTH)
    assert not page.exception
    said = texts(page).replace("\\", "")
    assert "best is better than apart in mean gap (0.06667 against 0.2167, less is better)" in said
    assert "apart is better in spending, units started, which counts less." in said
    assert "a plan may be better only because its case lets it do more" in said
    goals = table(page, 1)
    assert goals[BOTH].values.tolist() == [["0.06667", "0.2167"], ["16.0", "14.0"], ["5", "3"]]
    figures = table(page, 2).set_index("figure")
    assert figures.loc["mean gap with the plan"].tolist() == ["6.7", "21.7", "+15.0", "%, the difference in points"]
    assert figures.loc["public money spent", [*BOTH, "difference"]].tolist() == ["16", "14", "-2"]


def shown(page: AppTest) -> pd.DataFrame:
    """The table that is shown whole."""
    return tables(page)[0]


@pytest.mark.slow
def test_the_decisions_that_differ(open_page: Callable[..., AppTest], both: Workspace) -> None:
    """Only the first signs; both build the rest, at other times."""
    page = open_page("compare", plans=BOTH, room="decisions")
    assert page.selectbox(key="compare-kind").options == ["Only in best (2)", "At other times (3)"]
    assert shown(page)["measure"].tolist() == ["Insurance valid on both sides", "No checks on the road"]
    page.selectbox(key="compare-kind").select("moved").run()
    moved = shown(page).set_index("measure")
    start = [f"{name} works start in" for name in BOTH]
    assert moved.loc["Railway, southern half", start].tolist() == ["2031-2035", "2026-2030"]
    assert moved.index[0] == "Railway, southern half"


@pytest.mark.slow
def test_gaps_and_money_side_by_side(open_page: Callable[..., AppTest], both: Workspace) -> None:
    """Last period: all gaps are 0 with signatures; the south pays 0.5 + 4 + 7 = 11.5 against 6 + 4 = 10."""
    places = open_page("compare", plans=BOTH, room="places")
    gaps = table(places, 1).set_index("mean gap in 2031-2035, %")
    assert gaps.loc["Inland", "best"] == "0.0"
    assert gaps.loc["Border", "apart"] != "0.0"
    money = table(open_page("compare", plans=BOTH, room="money"), 1).set_index("spent, bn")
    assert money.loc["South", BOTH].tolist() == ["11.5", "10.0"]
    assert money.loc["all", [*BOTH, "difference"]].tolist() == ["16.0", "14.0", "-2.0"]


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_room_opens_by_its_link(open_page: Callable[..., AppTest], both: Workspace, room: str, lang: str) -> None:
    plans.keep(both, "third", plans.base())
    page = open_page("compare", plans=[*BOTH, "third"], room=room, lang=lang)
    assert not page.exception
    assert not page.error


@pytest.mark.slow
def test_the_words_are_chinese(open_page: Callable[..., AppTest], both: Workspace) -> None:
    page = open_page("compare", plans=BOTH, lang="zh")
    assert "优于" in texts(page)
    assert page.title[0].value == "比较规划"


@pytest.mark.slow
def test_plans_alike_are_said_to_be_alike(open_page: Callable[..., AppTest], both: Workspace) -> None:
    plans.keep(both, "again", plans.base())
    said = texts(open_page("compare", plans=["best", "again"]))
    assert "are equally good" in said
    assert "are the same plan" in said
    assert "是同一规划" in texts(open_page("compare", plans=["best", "again"], lang="zh"))


def test_an_unknown_plan_is_said(open_page: Callable[..., AppTest], both: Workspace) -> None:
    page = open_page("compare", plans=["best", "../../etc/passwd"])
    assert "There is no plan" in page.warning[0].value
    assert not page.exception


@pytest.mark.slow
def test_a_plan_without_decisions_is_compared_as_far_as_it_goes(
    open_page: Callable[..., AppTest], both: Workspace, tmp_path: Path
) -> None:
    plans.keep(both, "never", solve(plans.impossible(tmp_path / "impossible")))
    for room in ROOMS:
        page = open_page("compare", plans=["best", "never"], room=room)
        assert not page.exception
        assert not page.error
        assert "cannot be set side by side: never has no decisions" in texts(page).replace("\\", "")


@pytest.mark.slow
def test_names_of_a_case_are_shown_as_they_are(open_page: Callable[..., AppTest], both: Workspace, tmp_path: Path) -> None:
    plans.keep(both, "nasty", plans.base(plans.nasty(tmp_path / "nasty")))
    for room in ROOMS:
        page = open_page("compare", plans=["nasty", "best"], room=room)
        assert not page.exception
        said = texts(page)
        assert "<script>" not in said
        assert "**x**" not in said


@pytest.mark.slow
def test_a_plan_changed_into_nonsense_is_told(open_page: Callable[..., AppTest], both: Workspace) -> None:
    decisions = both.plans / "apart" / "decisions.csv"
    decisions.write_text(decisions.read_text(encoding="utf-8").replace("rail-north", "rail-west"), encoding="utf-8")
    page = open_page("compare", plans=BOTH)
    assert not page.exception
    assert "make no sense any more" in page.error[0].value
