"""The page Plan: what a plan reaches, costs and proves, on a case that is worked out by hand in its README."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from planner.case import load_case
from planner.documents.drawings import gaps, maps, money, timeline
from planner.documents.drawings.ground import ground
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.ended import Ended
from planner.words.said import speaking
from planner.workspace import plans as workspace_plans
from planner.workspace.places import Workspace
from planner.workspace.plans import find_plan, list_plans, version_of
from tests.page import plans
from tests.page.test_solve import one, texts
from ui import blocks
from ui.pages.plan import ROOMS
from ui.pages.plan_city import picked_city


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plans but those that a test makes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workspace_plans, "SHIPPED", "none")


def metrics(page: AppTest) -> dict[str, tuple[str, str]]:
    def read(text: str) -> str:
        return unescape(text.replace("\\", ""))

    return {read(m.label): (read(m.value), read(m.delta)) for m in page.metric}


def table(page: AppTest, n: int) -> pd.DataFrame:
    return page.dataframe[n].value


def test_an_empty_workspace_says_how_to_get_a_plan(open_page: Callable[..., AppTest]) -> None:
    page = open_page("plan")
    assert not page.exception
    assert "There is no plan yet" in texts(page)


@pytest.mark.slow
def test_the_figures_are_those_worked_out_by_hand(open_page: Callable[..., AppTest], place: Workspace) -> None:
    """Gaps 4.4/12 = 36.7 % and 0.8/12 = 6.7 %, so 3.6/4.4 = 82 % closed; 16 of 20 spent, 3.5 + 0.5 left; five starts."""
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best")
    assert not page.exception
    assert metrics(page) == {
        "Gap, %: without -> with": ("36.7 -> 6.7", "closes 82 % of the gap"),
        "Public money (bn)": ("16.0", "of 20.0; 4.0 left unspent"),
        "Measures chosen": ("5", "0 decided before"),
    }
    assert "nothing is proven" in texts(page)
    assert one(page.query_params["plan"]) == "best"


@pytest.mark.slow
def test_the_overview_says_in_five_sentences_what_the_readme_works_out(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    """Of 16 spent, the south pays 3 + 2 for its clinic, 6 for its railway and half of the insurance's 1: 11.5, 72 %."""
    plans.keep(place, "best", plans.base())
    said = texts(open_page("plan", plan="best")).replace("\\", "")
    for sentence in (
        "the plan closes 82 % of the gap. Most of it is in clinics, time to the core city.",
        "2 of 3 cities gain by 2031-2035, the people of Inland, Border most.",
        "No city's gap grows in anything that is counted. Residents of some have less, though: Metro: residents have 3.00",
        "16.0 of 20.0 bn (prices of 2025) spent, 4.0 left unspent.",
        "Of the public money spent: South 72 %, North 28 %. It takes 2 signatures, of North, South.",
        "Nothing is proven about it.",
        "Nobody has asked that of this plan yet",
    ):
        assert sentence.lower() in said.lower()
    assert "nobody has asked" in said


@pytest.mark.slow
def test_a_solved_plan_says_what_is_proven_of_each_goal(open_page: Callable[..., AppTest], place: Workspace) -> None:
    plans.keep(place, "best", solve(load_case(plans.TINY)))
    page = open_page("plan", plan="best")
    assert "Mean gap: proven within" in texts(page).replace("\\", "")
    goals = table(page, 0)
    assert goals["goal (smaller is better)"].tolist() == ["mean gap", "spending", "units started"]
    assert goals["value"].tolist() == ["0.06667", "16.0", "5"]
    assert all(said.startswith("proven within") for said in goals["proven"])


@pytest.mark.slow
def test_a_city_shows_its_indicators_what_is_there_and_who_pays(open_page: Callable[..., AppTest], place: Workspace) -> None:
    """Inland: 90 minutes become 30, 40 posts for 50,000 people become 100; it pays 3 + 2 for a clinic, 6 for its railway."""
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best", room="map", city="inland")
    indicators, paid, built = (table(page, n) for n in (0, 1, 2))
    by_name = indicators.set_index("indicator")
    assert by_name.loc["time to the core city", ["today", "without", "with", "standard", "gap, %"]].tolist() == [
        "90", "90", "30", "30", "75 -> 0",
    ]  # fmt: skip
    assert by_name.loc["clinics", ["today", "without", "with", "standard", "gap, %"]].tolist() == [
        "0.80", "0.80", "2.00", "2.00", "60 -> 0",
    ]  # fmt: skip
    assert paid.values.tolist() == [["South", "11.0"]]
    assert built["measure"].tolist() == [
        "Railway, southern half", "No checks on the road", "Insurance valid on both sides", "Clinic in Inland",
    ]  # fmt: skip
    assert built["paid by"].tolist() == ["South", "costs nothing", "North 50 %, South 50 %", "South"]
    assert "Small city of South, 50,000 people in 2031" in texts(page).replace("\\", "")


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_room_opens_by_its_link(open_page: Callable[..., AppTest], place: Workspace, room: str, lang: str) -> None:
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best", room=room, lang=lang)
    assert not page.exception
    assert not page.error
    assert one(page.query_params["room"]) == room


@pytest.mark.slow
def test_the_words_are_chinese(open_page: Callable[..., AppTest], place: Workspace) -> None:
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best", lang="zh")
    assert "人工编制" in texts(page)
    assert metrics(page)["差距（%）：无 → 有规划"][0] == "36.7 → 6.7"
    assert page.title[0].value == "规划"


@pytest.mark.parametrize("name", ["gone", "../../etc/passwd", "<b>x</b>"])
def test_an_unknown_plan_is_said_and_others_are_offered(
    open_page: Callable[..., AppTest], place: Workspace, name: str
) -> None:
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan=name)
    assert "There is no plan" in page.warning[0].value
    assert "<b>" not in texts(page)
    assert page.selectbox[0].options == ["best"]


@pytest.mark.slow
def test_names_of_a_case_are_shown_as_they_are(open_page: Callable[..., AppTest], place: Workspace, tmp_path: Path) -> None:
    plans.keep(place, "best", plans.base(plans.nasty(tmp_path / "nasty")))
    for room in ROOMS:
        page = open_page("plan", plan="best", city="inland", room=room)
        assert not page.exception
        said = texts(page)
        assert "<script>" not in said
        assert "**x**" not in said
        assert "](http" not in said
    page = open_page("plan", plan="best", room="map", city="inland")
    assert plans.NASTY in table(page, 2)["measure"].tolist()
    assert [table(page, 0)["indicator"].tolist()[1], table(page, 1)["budget line"].tolist()[0]] == [plans.NASTY] * 2


@pytest.mark.slow
def test_things_are_named_in_the_language_of_the_page(open_page: Callable[..., AppTest], place: Workspace) -> None:
    """Indicators with their units beside them, budget lines, jurisdictions and the scenario; files keep the ids."""
    plan = plans.keep(place, "none", plans.no_signatures())
    english, chinese = (open_page("plan", plan="none", room="map", city="inland", lang=lang) for lang in ("en", "zh"))
    assert table(english, 0).iloc[:, [0, -1]].values.tolist() == [
        ["time to the core city", "minutes"],
        ["clinics", "posts/1,000"],
    ]
    assert table(chinese, 0).iloc[:, [0, -1]].values.tolist() == [["到核心城市时间", "分钟"], ["诊所", "个/千人口"]]
    assert [table(page, 1).iloc[0, 0] for page in (english, chinese)] == ["South", "南方财政"]
    assert ["scenario no signatures" in texts(english), "情景 不签任何协议" in texts(chinese)] == [True, True]
    assert "南方" in texts(chinese)
    named = table(open_page("plan", plan="none", room="tables", lang="zh"), 0)
    assert named["名称"].tolist()[0] == "Railway, northern half", "a measure without a Chinese name"
    assert "clinic,inland" in (plan / "indicators.csv").read_text(encoding="utf-8")


# --- plans that are none, or not what they were


def test_a_plan_that_cannot_be_says_what_had_to_be_kept(
    open_page: Callable[..., AppTest], place: Workspace, tmp_path: Path
) -> None:
    plans.keep(place, "never", solve(plans.impossible(tmp_path / "impossible")))
    page = open_page("plan", plan="never")
    assert not page.exception
    assert "No plan can keep all targets and rules" in page.error[0].value
    assert "target soon, no city loses" in texts(page)
    assert not page.metric
    assert "没有规划能同时满足全部目标值与规则" in open_page("plan", plan="never", lang="zh").error[0].value


def test_a_plan_that_was_not_found_in_time_says_so(open_page: Callable[..., AppTest], place: Workspace) -> None:
    plans.keep(place, "late", solve(load_case(plans.TINY), options=SolveOptions(time_limit=0.0)))
    page = open_page("plan", plan="late")
    assert "the time limit of 0 s ended while finding routes" in page.error[0].value
    assert "0 秒时限在“计算路线”时用完" in open_page("plan", plan="late", lang="zh").error[0].value


@pytest.mark.slow
def test_a_plan_changed_since_its_audit_warns(open_page: Callable[..., AppTest], place: Workspace) -> None:
    folder = plans.keep(place, "best", plans.base())
    money = folder / "money.csv"
    money.write_text(money.read_text(encoding="utf-8").replace("3.5", "3.25"), encoding="utf-8")
    page = open_page("plan", plan="best")
    assert not page.exception
    assert "changed since it was audited" in page.error[0].value


def test_a_plan_changed_into_nonsense_is_told_and_nothing_breaks(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    folder = plans.keep(place, "best", plans.base())
    decisions = folder / "decisions.csv"
    decisions.write_text(decisions.read_text(encoding="utf-8").replace("rail-north", "rail-west"), encoding="utf-8")
    page = open_page("plan", plan="best")
    assert not page.exception
    assert "make no sense any more" in "".join(error.value for error in page.error)


def test_a_damaged_plan_is_told_without_its_path(open_page: Callable[..., AppTest], place: Workspace) -> None:
    folder = plans.keep(place, "best", plans.base())
    (folder / "indicators.csv").unlink()
    page = open_page("plan", plan="best")
    assert "This plan cannot be read" in page.error[0].value
    assert str(place.root) not in page.error[0].value.replace("\\", "")


# --- where plans are, and drawings


@pytest.mark.slow
def test_plans_beside_the_workspace_are_offered_as_read_only(
    open_page: Callable[..., AppTest], place: Workspace, tmp_path: Path
) -> None:
    best = plans.keep(place, "best", plans.base())
    shutil.copytree(best, tmp_path / "plans" / "best")
    shutil.copytree(best, tmp_path / "plans" / "other")
    assert [(p.name, p.own) for p in list_plans(place)] == [("best", True), ("other", False)]
    page = open_page("plan", plan="other")
    assert page.selectbox[0].options == ["best", "other (in ./plans, read-only)"]
    assert not page.exception
    assert find_plan(place, "../plans/other") is None


def test_a_change_of_any_file_is_noticed(place: Workspace) -> None:
    folder = plans.keep(place, "best", plans.base())
    before = version_of(folder)
    assert version_of(folder) == before
    (folder / "case" / "cities.csv").write_text("id\n", encoding="utf-8")
    assert version_of(folder) != before


@pytest.mark.slow
def test_the_overview_leads_to_what_nobody_asked_of_this_plan(open_page: Callable[..., AppTest], place: Workspace) -> None:
    plans.keep(place, "best", plans.base())
    plans.keep(place, "none", plans.no_signatures())
    asks = {
        name: [b.label for b in open_page("plan", plan=name).button if b.label.startswith("Ask")]
        for name in ("best", "none")
    }
    assert "Ask what each signature is worth" in asks["best"]
    assert "Ask what each signature is worth" not in asks["none"]
    page = open_page("plan", plan="none")
    next(found for found in page.button if found.label == "Ask why a measure is in the plan, or not").click().run()
    assert (one(page.query_params["page"]), one(page.query_params["question"])) == ("explore", "explain")


def test_a_click_names_a_city_or_none() -> None:
    assert picked_city({"selection": {"city": [{"id": "inland"}]}}) == "inland"
    for state in (None, {"selection": {"city": []}}, {"selection": {}}, {"selection": {"city": [{}]}}):
        assert picked_city(state) is None


@pytest.mark.slow
def test_drawings_are_said_in_chinese_but_names_stay() -> None:
    plan = plans.base()
    with speaking("zh"):
        spec = str(blocks.specification(timeline.timeline(plan)))
        of_map = blocks.specification(maps.city_map(plan, "gap_with"))
    assert "交通线路" in spec
    assert "Railway" in spec
    assert "投入使用" in str(of_map)
    assert "city" in [param["name"] for param in of_map["params"]]


@pytest.mark.slow
def test_a_city_is_framed_without_drawing_the_map_anew() -> None:
    """Above all else, on the axes of the map, around its area alone; a city without an area has no frame."""
    plan = plans.base()
    drawn = blocks.specification(maps.city_map(plan))
    before = json.dumps(drawn)
    *below, frame = maps.framed(drawn, ground(plan.case), "inland")["layer"]
    assert below == drawn["layer"]
    assert json.dumps(drawn) == before
    assert [frame["encoding"][axis]["scale"] for axis in "xy"] == [below[0]["encoding"][axis]["scale"] for axis in "xy"]
    corners = [(row["x"], row["y"]) for row in frame["data"]["values"]]
    assert corners == [tuple(corner) for ring in ground(plan.case).areas["inland"] for corner in ring]
    assert maps.framed(drawn, ground(plan.case), "nowhere") == drawn


@pytest.mark.slow
def test_drawings_name_things_in_chinese_and_keep_their_colours() -> None:
    """The legends have the same colours in the same order whatever the language: a colour stands for a thing."""
    plan = plans.base()
    for draw, english, chinese in (
        (money.money_by_period, ["North", "South"], ["北方财政", "南方财政"]),
        (maps.city_map, ["railway"], ["铁路"]),
    ):
        said = []
        for language in ("en", "zh"):
            with speaking(language):
                said.append(scales(blocks.specification(draw(plan))))
        assert english in [names for names, _ in said[0]]
        assert chinese in [names for names, _ in said[1]]
        assert [colours for _, colours in said[0]] == [colours for _, colours in said[1]]
    with speaking("zh"):
        heads = [column["indicator"] for column in rows(gaps.gap_table(plan))]
    assert set(heads) == {"到核心城市时间", "诊所"}


def test_a_name_that_is_also_a_word_of_a_drawing_stays_a_name(tmp_path: Path) -> None:
    """A budget line called capital is not the capital that is paid, in its data, its legend or its panel."""
    case = plans.changed(tmp_path / "case", "case.yaml", "name: North, name_zh: 北方财政", "name: capital")
    plan = plans.base(case)
    for draw in (money.money_by_period, money.money_by_line):
        with speaking("zh"):
            found = blocks.specification(draw(plan))
        field = "payer" if draw is money.money_by_period else "line"
        assert {row[field] for data in found["datasets"].values() for row in data} == {"capital", "南方财政"}
        assert "建设" in str(found) or draw is money.money_by_period
    with speaking("zh"):
        of_payers = blocks.specification(money.money_by_period(plan))
    assert ["capital", "南方财政"] in [names for names, _ in scales(of_payers)]


def scales(node: Any) -> list[tuple[list[str], list[str]]]:
    """Names and colours of every legend of a drawing."""
    if isinstance(node, list):
        return [found for part in node for found in scales(part)]
    if not isinstance(node, dict):
        return []
    own = [(node["domain"], node["range"])] if isinstance(node.get("domain"), list) and "range" in node else []
    return own + [found for part in node.values() for found in scales(part)]


def rows(chart: Any) -> list[dict[str, Any]]:
    """The data of a drawing."""
    return [row for data in blocks.specification(chart)["datasets"].values() for row in data]


@pytest.mark.slow
def test_a_map_of_some_measures_is_named_by_its_link_and_what_the_plan_lacks_is_said(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    plans.keep(place, "best", plans.base())
    page = open_page("plan", plan="best", room="map", world="gap_closed", kinds=["link", "park"], flow="firms")
    assert not page.exception
    assert [said.value for said in page.warning] == [
        "There is no flow firms in this plan; none is shown.",
        "This plan has no measures of a kind park.",
    ]
    assert one(page.query_params["kinds"]) == "link"


@pytest.mark.slow
def test_two_maps_can_have_one_scale() -> None:
    plan = plans.base()
    spec = str(blocks.specification(maps.city_map(plan, tops=(0.9, 50.0))))
    assert "[0, 0.9]" in spec
    assert "[0, 50.0]" in spec
    assert maps.largest(plan, "2035") == (0.7, 11.0)


@pytest.mark.slow
def test_a_plan_that_its_audit_does_not_confirm_is_not_called_proven(
    open_page: Callable[..., AppTest], place: Workspace
) -> None:
    plans.keep(place, "wrong", solve(load_case(plans.TINY)).with_audit("failed"))
    page = open_page("plan", plan="wrong")
    assert not page.exception
    assert "Not confirmed by its audit; nothing is proven" in texts(page)
    assert "proven within" not in page.warning[0].value
    assert "stopped at a limit" not in texts(page)


@pytest.mark.slow
def test_a_search_that_found_nothing_says_so_before_all_else(open_page: Callable[..., AppTest], place: Workspace) -> None:
    idle = evaluate(load_case(plans.TINY), {})
    plans.keep(place, "idle", replace(idle, status="feasible", ended=(Ended("unproven", "limit", "gaps"),)))
    for language, said in (("en", "Nothing is found yet"), ("zh", "尚未找到规划")):
        page = open_page("plan", plan="idle", lang=language)
        assert not page.exception
        assert said in page.warning[0].value
