"""Cities as sites, on the case of `tests.product.industrial`: n is 50 minutes from s, s 60 from s2, n 110 from s2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from planner.documents.sites import text
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.scorecard.sites import COLUMNS, Site, Sites, sites

Run = Callable[..., Result]


def by_city(found: Sites) -> dict[str, Site]:
    return {site.city: site for site in found.sites}


@pytest.fixture(scope="module")
def cars(parks: Plan) -> Sites:
    return sites(parks, "cars", {})


def test_every_column_is_as_by_hand(cars: Sites) -> None:
    """People within 60 minutes: n 200 + s 100; s all 350; s2 50 + 100. Of skilled people 600 of s are known, and the plant
    (1,180 jobs, half of them skilled) and what its bonus needs takes all: 0.5 x (1,180 + 20) = 600. The plant comes from n;
    its partner, of parts, is in s. Land of s: 10 + 2 of the rezoning - 8 of two phases - 1 of parts.
    Of the plant's tax half goes to n by the treaty; credit, rezoning and treaty are for it. Air: the cap 9 less 7.36.
    """
    found = by_city(cars)
    without = {x: found["s"].without[x] for x in COLUMNS}
    with_plan = {x: found["s"].with_plan[x] for x in COLUMNS}
    assert without == pytest.approx(
        {"people": 0.35, "skilled": 0.6, "origin": 50, "partner": None, "land": 10, "tax": 0, "instruments": 0, "air": 0}
    )
    expected = {
        "people": 0.35,
        "skilled": 0,
        "origin": 50,
        "partner": 0,
        "land": 3,
        "tax": 50,
        "instruments": 3,
        "air": 1.64,
    }
    assert {x: pytest.approx(v, abs=1e-6) for x, v in expected.items()} == with_plan
    assert (found["n"].with_plan["people"], found["s2"].with_plan["people"]) == pytest.approx((0.3, 0.15))
    assert (found["n"].with_plan["air"], found["s2"].with_plan["tax"]) == (None, None)  # no airshed; no park offered
    assert (found["s"].chosen, found["s2"].chosen, found["s2"].offered) == (True, False, False)


def test_what_has_no_figure_and_where_no_park_is_offered_is_said(cars: Sites) -> None:
    """No park of cars is offered in n and s2; there is no airshed in n, and n and s2 have no quota of land, or have one."""
    said = text(cars)
    assert "-: the case says nothing of it there, or there is nothing of the kind." in said
    left_out = [site.city for site in cars.sites if not site.offered and not site.chosen]
    assert left_out == ["n", "s2"]
    assert "The case offers no park of this industry, so that none can be planned, in: " in " ".join(said.split())
    no_quota = any(site.without["land"] is None for site in cars.sites)
    assert ("Of land it is that the case sets no quota" in said) == no_quota


def test_without_weights_cities_stand_in_the_order_of_people(cars: Sites) -> None:
    assert [site.city for site in cars.sites] == ["s", "n", "s2"]
    assert all(site.score is None for site in cars.sites)


def test_a_score_is_the_weighted_mean_of_places_between_worst_and_best(parks: Plan) -> None:
    """People 350, 300, 150: s 100, n 75, s2 0. Minutes to n 0, 50, 110: n 100, s 600 / 11, s2 0. Weighed 1 to 3."""
    found = by_city(sites(parks, "cars", {"people": 1.0, "origin": 3.0}))
    assert found["n"].score == pytest.approx((75 + 3 * 100) / 4)
    assert found["s"].score == pytest.approx((100 + 3 * 600 / 11) / 4)
    assert found["s2"].score == pytest.approx(0)
    assert next(iter(found)) == "n"


def test_a_city_without_a_figure_stands_with_the_worst(parks: Plan) -> None:
    """Only s has a quota of land."""
    found = by_city(sites(parks, "cars", {"land": 1.0}))
    assert (found["s"].score, found["n"].score) == (100, 0)


def test_the_command_shows_each_column_and_takes_weights(run: Run, parks: Plan, tmp_path: Path) -> None:
    place = write_plan(parks, tmp_path / "plan")
    said = run("sites", place, "--industry", "Cars").stdout
    assert said.startswith("Sites for Cars: Plant and parts\nCities stand in the order of people within 60 minutes; nothing")
    assert "10.0 -> 3.0" in said
    found = json.loads(run("sites", place, "--industry", "cars", "--weight", "people=2", "--json").stdout)
    assert (found["schema"], found["sites"][0]["city"], found["sites"][0]["score"]) == ("planner.sites/1", "s", 100)
    assert run("sites", place, "--industry", "cars", "-o", "sites.html").exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--industry", "car"), "'car' is not an industry of this case (cars, parts). Did you mean 'cars'?"),
        (("--industry", "cars", "--weight", "peple=1"), "'peple' is not a column to weigh"),
        (("--industry", "cars", "--weight", "people=0"), "'people=0' states no weight: write people=2, a number above 0"),
        (("--industry", "cars", "--weight", "people"), "'people' states no weight"),
        (("--industry", "cars", "-o", "sites.doc"), "sites.doc does not end in .html"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    run: Run, parks: Plan, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    place = write_plan(parks, tmp_path / "plan")
    found = run("sites", place, *words)
    assert found.exit_code == 2
    assert says in " ".join(found.stderr.split())
