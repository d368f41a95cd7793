"""What the drawing library cannot draw ends no process but its own, and costs no report and no answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest
from typer.testing import CliRunner

from planner.case import FrozenDict, load_case
from planner.cli import app
from planner.documents.briefing.page import report
from planner.documents.briefing.worth import Answers
from planner.documents.drawings import maps, rendering
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return evaluate(load_case(CASES / "tiny"), {})


@pytest.fixture
def undrawable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts go to the drawing library as they are."""
    monkeypatch.setattr(rendering, "cleaned", lambda text: text)
    plain = rendering.specification
    monkeypatch.setattr(rendering, "specification", lambda chart: {**plain(chart), "title": "a\x07b"})


def bars(name: str) -> Any:
    return alt.Chart(alt.Data(values=[{"name": name, "value": 1}])).mark_bar().encode(x="name:N", y="value:Q")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_a_text_with_a_sign_that_xml_forbids_is_drawn_with_a_mark_in_its_place(sign: str) -> None:
    drawn = rendering.svg(bars(f"Be{sign}ta"))
    assert "Be\ufffdta" in drawn
    assert sign not in drawn
    assert rendering.png(bars(f"Be{sign}ta")).startswith(b"\x89PNG")


def test_keys_and_titles_are_cleaned_as_well() -> None:
    chart = alt.Chart(pd.DataFrame({"na\x07me": ["a"], "value": [1]}), title="ti\x0btle").mark_bar().encode(x="na\x07me:N")
    found = rendering.specification(chart)
    assert "\x07" not in str(found)
    assert "ti\ufffdtle" in rendering.svg(chart)


@pytest.mark.slow
def test_a_map_of_a_case_made_by_hand_is_drawn_whatever_its_names_hold(plan: Plan) -> None:
    first = next(iter(plan.case.cities.values()))
    named = FrozenDict({**plan.case.cities, first.id: replace(first, name="Be\x07ta")})
    drawn = rendering.svg(maps.plan_map(replace(plan, case=replace(plan.case, cities=named))))
    assert "Be\ufffdta" in drawn


@pytest.mark.slow
def test_what_the_library_aborts_on_is_an_error_and_the_next_drawing_is_made(undrawable: None) -> None:
    with pytest.raises(rendering.NotDrawn, match="the picture could not be drawn: the process that did it ended"):
        rendering.svg(bars("alpha"))
    with pytest.raises(rendering.NotDrawn):
        rendering.png(bars("alpha"))


@pytest.mark.slow
def test_after_an_abort_drawings_are_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rendering.svg(bars("alpha"))
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "cleaned", lambda text: text)
        with pytest.raises(rendering.NotDrawn):
            rendering.svg(bars("al\x07pha"))
    assert rendering.svg(bars("alpha")) == before


@pytest.mark.slow
def test_drawings_that_are_asked_for_at_once_are_not_mixed_up() -> None:
    names = [f"name{n}" for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda name: rendering.svg(bars(name)), names))
    assert all(f">{name}<" in picture for name, picture in zip(names, drawn, strict=True))


@pytest.mark.slow
def test_a_report_without_its_pictures_says_so_and_keeps_its_figures(plan: Plan, undrawable: None) -> None:
    made = report(plan, Answers())
    assert "The picture could not be drawn: the process that did it ended." in made
    assert "<table" in made


@pytest.mark.slow
def test_an_answer_is_not_lost_for_want_of_its_picture(plan: Plan, undrawable: None, tmp_path: Path) -> None:
    from planner.questions import keeping
    from planner.questions.explain import ask

    result = ask.explain(plan.case, next(iter(plan.case.measures)))
    place = keeping.write_result(result, tmp_path / "answer", pictures=lambda: {"bars": bars("alpha")})
    assert (place / "result.json").is_file()
    assert (place / "bars.vl.json").is_file()
    assert not (place / "bars.svg").exists()


@pytest.mark.slow
def test_the_command_says_that_a_picture_cannot_be_drawn(plan: Plan, undrawable: None, tmp_path: Path) -> None:
    write_plan(plan, tmp_path / "plan")
    done = CliRunner().invoke(app, ["report", str(tmp_path / "plan"), "-o", str(tmp_path / "map.png")])
    assert done.exit_code == 1
    assert "planner: the picture could not be drawn" in done.stderr
    assert not (tmp_path / "map.png").exists()
