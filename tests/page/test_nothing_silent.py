"""Nothing that was typed or picked is lost, and an address shows what it names, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.starting import example
from planner.workspace.cases import save_case
from planner.workspace.places import workspace
from tests.page import plans
from tests.page.grid import cell, type_into, type_until, wait_for_cell
from tests.page.server import NO_BROWSER, Server, Watched

pytestmark = [NO_BROWSER, pytest.mark.slow]
OWN_TITLE = "Not the shipped one"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a case, one that is called like a shipped one, and two plans of the tiny case."""
    folder = tmp_path_factory.mktemp("silent") / "workspace"
    place = workspace(folder)
    save_case(place, "mine", example(), None)
    namesake = place.cases / "tiny"  # as it was saved before shipped names were refused
    plans.changed(namesake, "case.yaml", "Three cities, worked out by hand", OWN_TITLE)
    plans.keep(place, "base", plans.base())
    plans.keep(place, "no-signatures", plans.no_signatures())
    return folder


@pytest.fixture
def server(folder: Path, serve: Callable[[Path], Server]) -> Server:
    return serve(folder)


@pytest.fixture
def watched(browser: Any, server: Server) -> Iterator[Watched]:
    """A browser of its own: no other test's drafts or picks."""
    found = Watched(browser, server)
    yield found
    assert found.abroad == []


def pick(watched: Watched, label: str, option: str) -> None:
    """Choose from a box, once."""
    watched.page.get_by_role("combobox", name=re.compile(label)).first.click()
    watched.page.get_by_role("option", name=option, exact=True).first.click()
    watched.settle()


def test_an_edit_outlives_other_pages_languages_cases_a_reload_and_a_crash(watched: Watched, server: Server) -> None:
    watched.open("?case=shipped/tiny")
    type_until(watched, 0, "name", "Metropolis", "not saved")
    watched.press("Solve")
    watched.sees("Solve a case")
    watched.press("Cases")
    wait_for_cell(watched, 0, "name", "Metropolis")
    watched.page.get_by_text("中文").first.click()
    watched.sees("尚未保存")
    wait_for_cell(watched, 0, "name", "Metropolis")
    watched.page.get_by_text("English").first.click()
    watched.sees("not saved")
    pick(watched, "Case to look at", "mine")
    watched.sees("9 measures")
    pick(watched, "Case to look at", "tiny (example), changed")
    wait_for_cell(watched, 0, "name", "Metropolis")
    watched.names("case=shipped%2Ftiny")
    watched.page.reload()
    watched.sees("not saved")
    wait_for_cell(watched, 0, "name", "Metropolis")
    server.kill()
    server.start()
    watched.open("?case=shipped/tiny")
    wait_for_cell(watched, 0, "name", "Metropolis")
    watched.press("Discard changes")
    wait_for_cell(watched, 0, "name", "Metro")
    assert watched.page.get_by_text("not saved").count() == 0


def test_a_cell_is_kept_when_the_page_is_left_at_once(watched: Watched) -> None:
    """The click comes while the page still works on the cell."""
    watched.open("?case=shipped/tiny")
    type_into(watched, 0, "name", "Metropolis")
    type_into(watched, 1, "name", "Frontier")
    watched.page.get_by_role("button", name="Plan", exact=True).first.click()
    watched.settle()
    watched.press("Cases")
    wait_for_cell(watched, 0, "name", "Metropolis")
    wait_for_cell(watched, 1, "name", "Frontier")


def test_edits_of_several_tables_are_all_kept(watched: Watched) -> None:
    """A new name of a city is at once one that another table may name, and takes no edit with it."""
    watched.open("?case=shipped/tiny&table=links")
    type_until(watched, 0, "id", "renamed", "not saved")
    watched.open("?case=shipped/tiny&table=cities")
    type_until(watched, 0, "name", "Metropolis", "not saved")
    watched.open("?case=shipped/tiny&table=links")
    wait_for_cell(watched, 0, "id", "renamed")


def test_the_first_pick_of_a_case_is_taken(watched: Watched) -> None:
    watched.open("?page=cases")
    pick(watched, "Case to look at", "tiny (example)")
    watched.names("case=shipped%2Ftiny")
    watched.sees("No mistakes. 3 cities, 5 measures")
    pick(watched, "Case to look at", "jing-jin-ji (example)")
    watched.sees("No mistakes. 14 cities")
    watched.names("case=shipped%2Fjing-jin-ji")


def test_solve_takes_the_case_that_was_looked_at_and_not_its_namesake(watched: Watched) -> None:
    watched.open("?page=cases")
    for option, title in (("tiny", OWN_TITLE), ("tiny (example)", "Three cities, worked out by hand")):
        pick(watched, "Case to look at", option)
        watched.press("Solve this case")
        watched.sees(title)
        watched.press("Cases")


def test_a_shipped_name_is_not_given_to_an_own_case(watched: Watched) -> None:
    watched.open("?case=own/mine")
    watched.page.get_by_label("Save as a new case named").fill("jing-jin-ji")
    watched.page.keyboard.press("Enter")
    watched.settle()
    watched.press("Save as")
    watched.sees("There is a case jing")
    assert not (workspace(watched.server.workspace).cases / "jing-jin-ji").exists()


@pytest.mark.parametrize(
    "address",
    ["?case=nope", "?case=own/jing-jin-ji", "?page=solve&case=nope", "?page=plan&plan=nope", "?page=compare&plans=nope",
     "?page=explore&plan=nope", "?page=plan&plan=base&room=nope", "?page=plan&plan=base&city=nope",
     "?page=plan&plan=base&period=nope", "?page=compare&plans=base&plans=no-signatures&room=nope", "?page=nope",
     "?lang=nope"],
)  # fmt: skip
def test_an_address_that_names_nothing_says_so(watched: Watched, address: str) -> None:
    watched.open(address)
    watched.sees("There is no")
    if "case=" in address:
        assert watched.page.get_by_text("No mistakes").count() == 0
        assert watched.page.get_by_role("button", name="Find the best plan", exact=True).count() == 0
    if "&" not in address.replace("?page=plan&", "") and "plan=nope" in address:
        assert watched.page.get_by_text("Public money").count() == 0


def test_back_shows_what_the_address_says(watched: Watched) -> None:
    watched.open("?case=shipped/tiny")
    watched.sees("No mistakes. 3 cities")
    pick(watched, "Case to look at", "jing-jin-ji (example)")
    watched.sees("No mistakes. 14 cities")
    watched.press("Solve")
    watched.sees("Solve a case")
    watched.page.go_back()
    watched.sees("No mistakes. 14 cities")
    watched.page.go_back()
    watched.sees("No mistakes. 3 cities")
    watched.page.go_forward()
    watched.sees("No mistakes. 14 cities")


def test_back_turns_plans_rooms_and_cities_back(watched: Watched) -> None:
    watched.open("?page=plan&plan=base&room=map&city=metro")
    pick(watched, "^City$", "Inland")
    watched.sees("Small city of South")
    watched.page.get_by_text("Money", exact=True).first.click()
    watched.settle()
    watched.names("room=money")
    watched.page.go_back()
    watched.sees("Small city of South")
    watched.page.go_back()
    watched.sees("Core city of North")


def test_the_plan_page_remembers_plan_room_and_city(watched: Watched) -> None:
    watched.open("?page=plan")
    pick(watched, "^Plan$", "no-signatures")
    watched.page.get_by_role("radio", name="Map", exact=True).click()
    watched.settle()
    pick(watched, "^City$", "Inland")
    watched.page.get_by_text("without the plan", exact=True).first.click()
    watched.settle()
    for also in ("", "reload"):
        watched.press("Compare")
        if also:
            watched.page.reload()
            watched.settle()
        watched.press("Plan")
        watched.sees("Small city of South")
        watched.names("plan=no-signatures", "city=inland", "room=map", "period=", "world=gap_without")


def test_what_was_typed_stays_with_its_mistake_at_the_cell(watched: Watched) -> None:
    """A negative number and a text are shown as they were typed, each with what is wrong, and in the list above."""
    watched.open("?case=shipped/tiny")
    type_until(watched, 1, "population", "-5", "1 mistake")
    assert cell(watched, 1, "population") == "-5"
    wait_for_cell(watched, 1, "what is wrong", "population")
    type_until(watched, 2, "population", "abc", "2 mistakes")
    assert cell(watched, 2, "population") == "abc"
    assert cell(watched, 1, "population") == "-5"
    wait_for_cell(watched, 2, "what is wrong", "must be a number")
    listed = watched.page.get_by_text("cities, row 4, population").first
    listed.wait_for()
    assert listed.bounding_box()["y"] < 900  # above the fold
    assert cell(watched, 2, "row") == "4"
    watched.page.reload()
    watched.sees("2 mistakes")
    wait_for_cell(watched, 2, "population", "abc")


def test_a_mistake_in_another_table_is_one_click_away(watched: Watched) -> None:
    watched.open("?case=shipped/tiny&table=budgets")
    type_until(watched, 0, "amount", "-5", "1 mistake")
    watched.open("?case=shipped/tiny&table=cities")
    watched.page.get_by_role("button", name=re.compile("budgets, row 2, amount")).first.click()
    watched.settle()
    wait_for_cell(watched, 0, "amount", "-5")


def test_a_key_without_a_value_stays_to_be_seen(watched: Watched) -> None:
    watched.open("?case=shipped/tiny&table=keys")
    type_until(watched, 0, "value", "abc", "1 mistake")
    watched.press("Plan")
    watched.press("Cases")
    watched.sees("1 mistake")
    assert cell(watched, 0, "value") == "abc"


def test_picks_of_the_other_pages_are_remembered(watched: Watched) -> None:
    watched.open("?page=solve&case=shipped/tiny")
    pick(watched, "Scenario", "a poorer south")
    watched.page.get_by_role("spinbutton", name="Time limit, minutes").fill("3")
    watched.page.keyboard.press("Enter")
    watched.settle()
    watched.press("Plan")
    watched.press("Solve")
    watched.sees("The south has half of the money")
    assert watched.page.get_by_role("spinbutton", name="Time limit, minutes").input_value() == "3.0"
    watched.press("Explore")
    pick(watched, "Question", "What would more money on a line buy?")
    watched.press("Solve")
    watched.press("Explore")
    watched.names("question=value")
    watched.open("?page=compare&plans=base&plans=no-signatures&room=money")
    watched.press("Plan")
    watched.press("Compare")
    watched.names("plans=base", "plans=no-signatures", "room=money")
