"""The room What if: what is changed becomes a scenario of the plan's own case, searched from the plan at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.case.keys import read_keys
from planner.case.problems import Problems
from planner.workspace.places import Workspace
from tests.page import plans
from tests.page.test_solve import texts
from ui.pages import plan_whatif


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ./plans but those that a test makes."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    """What is asked of the searches that are begun; none is."""
    asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    monkeypatch.setattr(plan_whatif, "begin", lambda *words, **named: asked.append((words, named)))
    return asked


def document(files: Mapping[str, str]) -> dict[str, Any]:
    found, _places = read_keys(files["case.yaml"], Problems(), "")
    assert found is not None
    return found


def solve_again(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "Solve again").click().run()


@pytest.mark.slow
def test_more_money_of_a_shipped_plan_is_a_scenario_of_the_case_that_ships(open_page: Callable[..., AppTest], begun) -> None:
    page = open_page("plan", plan="tiny", room="whatif")
    assert not page.exception
    assert "Change something first" in texts(page)
    slider = next(found for found in page.slider if found.key.startswith("whatif-money-tiny-"))
    page = slider.set_value(150).run()
    solve_again(page)
    (((name, files, scenario, *_rest), named),) = begun
    assert (name, named["shipped"], named["start"].name) == ("tiny", True, "plan")
    edits = document(files)["scenarios"][scenario]["edits"]
    assert [(edit["table"], edit["multiply"]) for edit in edits] == [("budgets", 1.5)]


@pytest.mark.slow
def test_ones_own_plan_is_asked_about_by_its_case(open_page: Callable[..., AppTest], place: Workspace, begun) -> None:
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best", room="whatif")
    slider = next(found for found in page.slider if found.key.startswith("whatif-money-best-"))
    solve_again(slider.set_value(50).run())
    ((words, named),) = begun
    assert (words[0], named["shipped"]) == (plans.base().case.name, False)
