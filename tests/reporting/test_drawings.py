"""Drawings show what the plan's tables say; tests look at their data, and that they can be drawn at all."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from planner.case import load_case
from planner.documents.drawings import flows, gaps, maps, money, rendering, shown, symbols, timeline
from planner.documents.drawings.ground import clipped, ground, nearest_seat_areas, sea_in
from planner.documents.drawings.labels import Box, labels
from planner.documents.drawings.shown import Only
from planner.planning.handmade import evaluate
from planner.planning.search import solve
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from planner.words.said import speaking

CASES = Path(__file__).resolve().parents[2] / "cases"
SQUARE = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]


@pytest.fixture(scope="module")
def tiny() -> Plan:
    """The plan that cases/tiny/README.md works out by hand."""
    return solve(load_case(CASES / "tiny"))


@pytest.fixture(scope="module")
def large() -> Plan:
    """The large case with what was decided before and nothing else."""
    return evaluate(load_case(CASES / "jing-jin-ji"), {})


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(ring[n - 1][0] * y - x * ring[n - 1][1] for n, (x, y) in enumerate(ring))) / 2


def test_a_ring_is_cut_to_a_window() -> None:
    """The square of 2 x 2 moved by (1, 1) and the square itself share 1 x 1."""
    assert area(clipped([(x + 1, y + 1) for x, y in SQUARE], SQUARE)) == pytest.approx(1)


def test_each_city_has_what_is_nearest_to_its_seat() -> None:
    """Two seats 100 km apart: the border between their areas is 50 km from both."""
    found = nearest_seat_areas({"a": (0.0, 0.0), "b": (100.0, 0.0)})
    assert max(x for x, _ in found["a"][0]) == pytest.approx(50)
    assert min(x for x, _ in found["b"][0]) == pytest.approx(50)


@pytest.mark.parametrize("seats", [{"a": (0.0, 0.0)}, {"a": (0.0, 0.0), "b": (0.0, 0.0)}])
def test_one_seat_or_two_on_one_spot_have_one_area(seats: dict[str, tuple[float, float]]) -> None:
    found = nearest_seat_areas(seats)
    assert list(found) == ["a"]
    assert area(found["a"][0]) > 0


def test_seats_on_one_line_have_areas() -> None:
    seats = {str(n): (50.0 * n, 0.0) for n in range(4)}
    assert all(area(rings[0]) > 0 for rings in nearest_seat_areas(seats).values())


@pytest.mark.parametrize("turned", [1, -1])
def test_the_sea_is_the_frame_less_the_land_whatever_way_the_shore_goes(turned: int) -> None:
    """A frame of 10 x 10 with two islands of 2 x 2, of which one reaches half out of it: 100 - 4 - 2 = 94."""
    islands = [[(x + 3, y + 3) for x, y in SQUARE][::turned], [(x + 9, y + 3) for x, y in SQUARE][::turned]]
    assert area(sea_in((0.0, 0.0, 10.0, 10.0), islands)) == pytest.approx(94)
    assert sea_in((0.0, 0.0, 10.0, 10.0), []) == []


def test_links_of_today_and_built_ones(tiny: Plan) -> None:
    """Two roads are there; the railway opens in 2033 and serves 2031-2035."""
    under = ground(tiny.case)
    assert len(maps.existing_links(tiny.case, under)) == 2
    built = maps.built_links(tiny, under)
    assert built[["link", "mode", "period"]].to_numpy().tolist() == [["rail-metro-inland", "railway", "2031-2035"]]
    assert built[["x", "y", "x2", "y2"]].iloc[0].tolist() == [*under.seats["inland"], *under.seats["metro"]]
    assert maps.built_links(tiny, under, upto="2030").empty


def test_money_by_city(tiny: Plan) -> None:
    """Metro: its half 4. Inland: its half 6, clinic 3 + 1 + 1. The insurance is nowhere."""
    assert maps.money_of_cities(tiny) == pytest.approx({"metro": 4, "border": 0, "inland": 11})


def test_gaps_of_cities_are_weighted_as_in_the_goal(tiny: Plan) -> None:
    """2026-2030: Border (0.25 + 0.6) / 2 = 0.425, Inland (0.75 + 0.6) / 2 = 0.675; with the plan 0 and (0.5 + 0.3) / 2."""
    found = gaps.gaps_of_cities(tiny, "2030").set_index("city")
    assert found["gap_without"].to_dict() == pytest.approx({"metro": 0, "border": 0.425, "inland": 0.675})
    assert found["gap_with"].to_dict() == pytest.approx({"metro": 0, "border": 0, "inland": 0.4}, abs=1e-6)


def test_bars_of_works_and_service(tiny: Plan) -> None:
    """The railway is built in 2031 and 2032; what is not stated to take years opens in the year in which it starts."""
    found = timeline.bars(tiny)
    railway = found[found["row"] == "Railway, northern half"]
    assert railway[["what", "begins", "ends"]].to_numpy().tolist() == [["works", 2031, 2033], ["in service", 2033, 2036]]
    clinic = found[found["row"] == "clinics: 30 posts in Inland"]
    assert set(clinic["kind"]) == {"facilities"}
    assert clinic["ends"].max() == 2036
    assert len(set(found["row"])) == 5


def test_rows_of_one_name_stay_apart(tiny: Plan) -> None:
    """Two measures that share a name are two rows."""
    named = {a: replace(m, name="Alike", together=None) for a, m in tiny.case.measures.items()}
    case = replace(tiny.case, measures=type(tiny.case.measures)(named))
    rows = set(timeline.bars(replace(tiny, case=case))["row"])
    assert {"Alike", "Alike, from 2026", "Alike, from 2031"} < rows


def test_payments_are_those_of_the_lines(tiny: Plan) -> None:
    found = money.payments(tiny).groupby(["payer", "period"])["amount"].sum().to_dict()
    expected = {
        ("North", "2026-2030"): 0.5,
        ("North", "2031-2035"): 4,
        ("South", "2026-2030"): 4.5,
        ("South", "2031-2035"): 7,
    }
    assert found == pytest.approx(expected)


@pytest.mark.slow
def test_names_of_the_large_case_cover_one_another_nowhere_and_stay_on_the_map(large: Plan) -> None:
    under = ground(large.case)
    west, south, east, north = under.frame
    scale = max((east - west) / maps.WIDTH, (north - south) / maps.TALLEST)
    boxes = []
    for _, row in labels(large.case, under, 1 / scale).iterrows():
        assert row["since"] <= 1 / scale
        x, y, wide = row["x"] / scale + row["dx"], row["y"] / scale - row["dy"], 6.3 * len(row["city"])
        left = x - {"left": 0.0, "right": wide, "center": wide / 2}[row["align"]]
        boxes.append((left, y - 6, left + wide, y + 6))
        assert west / scale - 2 <= left
        assert left + wide <= east / scale + 2
    overlapping = [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[:n]
        if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
    ]
    assert overlapping == []


def _away(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """How far two boxes are apart, along the axis along which they are farther apart."""
    return max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3])


def test_symbols_keep_off_the_dots_of_others() -> None:
    """Baoding's park stood on Xiong'an's dot, some thirty kilometres to its east."""
    plan = read_plan(CASES / "jing-jin-ji" / "plan")
    under = ground(plan.case)
    west, south, east, north = under.frame
    scale = min(maps.WIDTH / (east - west), maps.TALLEST / (north - south))
    radius = dict.fromkeys(under.seats, 14.0)
    found = symbols.table(plan.case, under, shown.measures(plan), radius, scale)
    on_others = {
        (row.id, row.kind)
        for row in found.itertuples()
        for city, (x, y) in under.seats.items()
        if city != row.id and math.hypot((x - row.x) * scale - row.dx, (y - row.y) * scale + row.dy) < radius[city]
    }
    assert len(found) > 20
    assert on_others == set()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_names_of_sixty_cities_cover_nothing_at_any_scale_at_which_they_are_shown(tiny: Plan, seed: int) -> None:
    """Sixty cities at random in 6 x 6 degrees: whoever is shown covers no other name shown and no dot, near or far."""
    draw = random.Random(seed)
    some = tiny.case.cities["metro"]
    cities = {
        f"c{n}": replace(some, id=f"c{n}", name="C" * draw.randint(3, 12), name_zh="", lat=30 + 6 * draw.random(),
                         lon=110 + 6 * draw.random(), population=type(some.population)({"today": float(n)}))
        for n in range(60)
    }  # fmt: skip
    case = replace(tiny.case, cities=type(tiny.case.cities)(cities), boundaries=None)
    under = ground(case)
    signs = [Box(seat, 6.0, 6.0, 18.0, 18.0) for seat in under.seats.values()]  # beside each dot, as symbols stand
    found = labels(case, under, 1.0, dict.fromkeys(cities, 6.0), signs)
    assert found["since"].max() < math.inf
    seen = []
    for scale in (0.3, 0.6, 1.0, 1.7, 3.0, 10.0, 40.0):
        boxes = [(x * scale - 6, y * scale - 6, x * scale + 6, y * scale + 6) for x, y in under.seats.values()]
        dots, seats = len(boxes), list(under.seats)
        for row in found[found["since"] <= scale].itertuples():
            x, y, wide = row.x * scale + row.dx, row.y * scale - row.dy, 6.6 * len(row.city)
            left = x - {"left": 0.0, "right": wide, "center": wide / 2}[row.align]
            boxes.append((left, y - 6.5, left + wide, y + 6.5))
            away = [_away(boxes[-1], dot) for dot in boxes[:dots]]
            assert min(range(dots), key=away.__getitem__) == seats.index(row.id), "a name belongs to the nearest dot"
        seen.append(len(boxes) - dots)
        for n, a in enumerate(boxes[dots:], start=dots):
            for b in boxes[:n]:
                assert min(a[2], b[2]) - max(a[0], b[0]) < 1e-6 or min(a[3], b[3]) - max(a[1], b[1]) < 1e-6
    assert seen == sorted(seen)
    assert seen[-1] == 60


def test_what_is_shown_can_be_some_of_the_measures(tiny: Plan) -> None:
    """Of links alone the halves of the railway are left, 4 in Metro and 6 in Inland; North pays its half and a policy."""
    links = shown.measures(tiny, Only(kinds=("link",)))
    assert set(links) == {"rail-north", "rail-south"}
    assert maps.money_of_cities(tiny, links) == pytest.approx({"metro": 4, "border": 0, "inland": 6})
    assert set(shown.measures(tiny, Only(payers=("north",)))) == {"rail-north", "insurance"}
    assert maps.built_links(tiny, ground(tiny.case), some={}).empty
    assert shown.choices(tiny)["kinds"] == ("link", "facility", "policy")


def test_a_link_tells_its_minutes_before_and_after(tiny: Plan) -> None:
    """From Inland to Metro it takes 90 minutes by road and 30 by the railway that both pay for, 4 + 6."""
    (link,) = maps.built_links(tiny, ground(tiny.case)).to_dict("records")
    assert (link["minutes_without"], link["minutes_with"]) == (90, 30)
    assert (link["cost"], link["opens"]) == ("10 bn", "2033")


def test_the_difference_is_what_the_plan_closes(tiny: Plan) -> None:
    """2026-2030: Border 0.425 - 0, Inland 0.675 - 0.4."""
    found = maps.areas(tiny, ground(tiny.case), "2030").groupby("id")["gap_closed"].first().to_dict()
    assert found == pytest.approx({"metro": 0, "border": 0.425, "inland": 0.275}, abs=1e-6)


def test_an_arc_bends_to_the_left_of_its_way() -> None:
    """The middle of a way of 10 is 1.8 off the straight line; the way back bends to the other side."""
    assert flows.arc((0.0, 0.0), (10.0, 0.0))[8] == pytest.approx((5.0, 1.8))
    assert flows.arc((10.0, 0.0), (0.0, 0.0))[8] == pytest.approx((5.0, -1.8))


@pytest.mark.slow
def test_the_land_of_the_large_case_leaves_a_sea(large: Plan) -> None:
    assert ground(large.case).sea
    assert not ground(large.case).own
    assert "no administrative boundaries" in maps.note(large)


def test_areas_of_a_case_are_drawn_as_they_are(tiny: Plan) -> None:
    ring = "[[115.5, 39.5], [116.5, 39.5], [116, 40.5]]"
    geometry = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    text = f'{{"features": [{{"properties": {{"city": "metro"}}, "geometry": {geometry}}}]}}'
    under = ground(replace(tiny.case, boundaries=text))
    assert under.own
    assert {city: len(rings[0]) for city, rings in under.areas.items()} == {"metro": 3}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.slow
def test_every_drawing_of_a_small_and_a_large_plan_can_be_drawn(tiny: Plan, large: Plan, language: str) -> None:
    with speaking(language):
        for plan in (tiny, large):
            for draw in (maps.plan_map, timeline.timeline, gaps.gap_table, gaps.gap_steps):
                assert rendering.svg(draw(plan)).startswith("<svg")
            for money_drawn in (money.money_by_period, money.money_by_line):
                assert rendering.svg(money_drawn(plan)).startswith("<svg")
        assert ("北京市" in rendering.svg(maps.plan_map(large))) == (language == "zh")


def test_a_drawing_that_no_schema_has_is_found() -> None:
    wrong = alt.Chart(alt.Data(values=[])).mark_point()
    wrong.mark = {"type": "nothing"}
    with pytest.raises(SchemaValidationError):
        rendering.specification(wrong)
