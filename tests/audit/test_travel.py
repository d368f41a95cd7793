"""Minutes and access standards recomputed, on small networks worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.audit.access import figures
from planner.audit.serving import Serving
from planner.audit.world import Network, World, along, fastest, world
from planner.case import TODAY, Access, BoardingMinutes, BorderMinutes, BorderPair, Borders, Case, FrozenDict, Link, Mode
from tests.audit import build, hand


def with_links(*links: Link, boarding: float = 15.0, border: float = 20.0) -> Case:
    """The case with other links."""
    modes = build.by_id(
        Mode(id="road", boarding_minutes=0.0, border_minutes=border),
        Mode(id="rail", boarding_minutes=boarding, border_minutes=0.0),
    )
    return replace(hand.case(), links=build.by_id(*links), modes=modes)


def minutes(case: Case, *started: str, period: str = "2035") -> list[list[float]]:
    """Fastest minutes between Alpha, Border and Inland with measures started in 2030."""
    serving = Serving(case, {(measure, "2030"): 1.0 for measure in started})
    found = fastest(list(case.cities), Network(case).arcs(serving, period, tuple(case.modes)))
    return [[float(m) for m in row] for row in found / 100]


NONE = np.inf


def test_of_parallel_links_the_fastest_counts() -> None:
    """30 of 50, 30 and 40; not their sum."""
    case = with_links(*(build.link(f"l{m}", "border", "inland", "road", m) for m in (50.0, 30.0, 40.0)))
    assert minutes(case) == [[0, NONE, NONE], [NONE, 0, 30], [NONE, 30, 0]]


def test_a_link_of_no_minutes_is_a_link() -> None:
    """0 minutes from Border to Inland, and 7.01 from Alpha to both (with 20 at the border 27.01)."""
    case = with_links(build.link("a", "border", "inland", "road", 0.0), build.link("b", "alpha", "border", "road", 7.01))
    assert minutes(case) == [[0, 27.01, 27.01], [27.01, 0, 0], [27.01, 0, 0]]


def test_a_one_way_link_runs_one_way() -> None:
    """From Border to Inland in 10 minutes, and not back."""
    case = with_links(replace(build.link("a", "border", "inland", "road", 10.0), oneway=True))
    assert minutes(case) == [[0, NONE, NONE], [NONE, 0, 10], [NONE, NONE, 0]]


def test_boarding_is_paid_once_on_one_mode_and_again_on_another() -> None:
    """Rail all the way: 15 + 10 + 10 = 35. Rail, then a road of 10: 15 + 10 + 10 = 35 too, with 15.01 it is 35.01."""
    rails = [build.link("a", "alpha", "border", "rail", 10.0), build.link("b", "border", "inland", "rail", 10.0)]
    assert minutes(with_links(*rails))[0] == [0, 25, 35]
    road = build.link("b", "border", "inland", "road", 10.0)
    assert minutes(with_links(rails[0], road, boarding=15.01))[0] == [0, 25.01, 35.01]


def test_a_hub_lowers_boarding_in_its_city_by_half_each_way() -> None:
    """Boarding and leaving take 15.01 in Border: 7.5 and 7.51. Two hubs take 4 and 6 off: 5.01, so 2.5 and 2.51. From
    Alpha: 7.5 + 10 + 2.51 = 20.01; to Alpha 2.5 + 10 + 7.51 = 20.01. A third takes off more than is left: nothing."""
    case = with_links(build.link("a", "alpha", "border", "rail", 10.0), boarding=15.01)
    hubs = [("checkpoint", 4.0), ("insurance", 6.0), ("clinic", 9.0)]
    case = replace(
        case, effects=tuple(BoardingMinutes(measure=m, city="border", modes=("rail",), minus=off) for m, off in hubs)
    )
    assert minutes(case)[0][1] == 25.01
    both = minutes(case, "checkpoint", "insurance")
    assert (both[0][1], both[1][0]) == (20.01, 20.01)
    assert minutes(case, "checkpoint", "insurance", "clinic")[0][1] == 17.5


def test_a_border_takes_what_its_pair_says_and_others_what_none_says() -> None:
    """From Alpha (Capital) to Border (Province): 10 of road and 45 at the border; 5 where no pair names it. A policy that
    leaves 50 changes nothing, one that leaves 20 does."""
    road = build.link("a", "alpha", "border", "road", 10.0)
    for between, takes in ((("Province", "Capital"), 45.0), (("Province", "Elsewhere"), 5.0)):
        case = with_links(road)
        borders = Borders(default=5.0, pairs=(BorderPair(between=between, minutes=45.0),))
        case = replace(case, modes=FrozenDict({**case.modes, "road": replace(case.modes["road"], border_minutes=borders)}))
        assert minutes(case)[0][1] == 10 + takes
        for left in (50.0, 20.0):
            eased = BorderMinutes(measure="checkpoint", between=("Capital", "Province"), modes=("road",), set_to=left)
            assert minutes(replace(case, effects=(eased,)), "checkpoint")[0][1] == 10 + min(takes, left)


def test_what_is_in_force_holds_today_and_whatever_serves() -> None:
    """Rail 10 and boarding 15: half of 15 in Alpha, half of 11 in Border. Road 10 and 3 of 20 minutes at the border."""
    rail, road = build.link("a", "alpha", "border", "rail", 10.0), build.link("b", "alpha", "border", "road", 10.0)
    quick = BoardingMinutes(city="border", modes=("rail",), minus=4.0)
    open_ = BorderMinutes(between=("Capital", "Province"), modes=("road",), set_to=3.0)
    for period in ("2030", "2035"):
        assert minutes(replace(with_links(rail), in_force=(quick,)), period=period)[0][1] == 7.5 + 10 + 5.5
        assert minutes(replace(with_links(road), in_force=(open_,)), period=period)[0][1] == 13
    less = BorderMinutes(measure="checkpoint", between=("Capital", "Province"), modes=("road",), set_to=8.0)
    assert minutes(replace(with_links(road), in_force=(open_,), effects=(less,)), "checkpoint")[0][1] == 13


def test_the_border_takes_what_the_best_serving_policy_leaves() -> None:
    """10 minutes of road and 20, 8 or 5 at the border; on a mode without border minutes, and within a jurisdiction,
    there are none."""
    case = with_links(build.link("a", "alpha", "border", "road", 10.0), build.link("b", "border", "inland", "road", 10.0))
    sides = ("Province", "Capital")
    effects = (
        BorderMinutes(measure="checkpoint", between=sides, modes=("road",), set_to=8.0),
        BorderMinutes(measure="insurance", between=sides, modes=("road",), set_to=5.0),
    )
    case = replace(case, effects=effects)
    assert minutes(case)[0] == [0, 30, 40]
    assert minutes(case, "checkpoint")[0] == [0, 18, 28]
    assert minutes(case, "insurance", "checkpoint")[0] == [0, 15, 25]


def test_a_link_works_when_all_that_it_needs_serves() -> None:
    """Two halves of a road: with one of them there is no way."""
    case = with_links(build.link("a", "border", "inland", "road", 10.0, "road-bc", "rail-bc"))
    assert minutes(case, "road-bc")[1][2] == NONE
    assert minutes(case, "road-bc", "rail-bc")[1][2] == 10


def test_minutes_are_whole_hundredths() -> None:
    """0.1 + 0.2 is 0.3, and a third of a minute is 0.33."""
    case = with_links(build.link("a", "border", "inland", "road", 1 / 3))
    assert minutes(case)[1][2] == 0.33


def test_a_way_is_walked_stretch_by_stretch() -> None:
    """Alpha - rail - Border - road - Inland: 7.5 + 15 + 7.5 + 50; no rail to Inland; no way nowhere."""
    case = hand.case()
    arcs = Network(case).arcs(Serving(case, {("rail-ab", "2030"): 1.0}), "2035", tuple(case.modes))
    assert along(arcs, "alpha", [("rail", "border"), ("road", "inland")]) == 8000
    assert along(arcs, "alpha", [("rail", "border"), ("rail", "inland")]) is None
    assert along(arcs, "nowhere", [("rail", "border")]) is None


def standard(**columns: Any) -> Access:
    """A standard of all cities to all cities, 40 to 100 minutes, weighed by population."""
    everywhere = ("alpha", "border", "inland")
    basic = Access(
        id="trips",
        kind="all",
        origins=everywhere,
        destinations=everywhere,
        offers=None,
        modes=("road", "rail"),
        standard_minutes=40.0,
        worst_minutes=100.0,
        weight="population",
        target=None,
        from_where=FrozenDict(),
        to_where=FrozenDict(),
    )
    return replace(basic, **columns)


def values(access: Access, case: Case | None = None) -> dict[tuple[str, str], tuple[float, float, float]]:
    """By city and period: figure today and with the hand-made plan, gap with it."""
    case = replace(case or hand.case(), access=build.by_id(access))
    starts = {("rail-ab", "2030"): 1.0, ("clinic", "2030"): 2.0, ("checkpoint", "2030"): 1.0}
    situations: World = world(case, {})
    situations.with_plan.serving = Serving(case, starts)
    rows = figures(case, situations)
    return {key[1:]: (row.today, row.with_plan, row.gap_with) for key, row in rows.items()}


def test_the_mean_counts_each_destination_but_the_city_itself() -> None:
    """Border, 2030 with the plan: Alpha 40 minutes, gap 0, weight 1,000; Inland 50, gap 1/6, weight 100: 1/66 in all,
    40 + 60/66 minutes. Today Alpha is 60 minutes off, gap 1/3: (1000/3 + 100/6) / 1100 = 7/22, 40 + 60 x 7/22."""
    found = values(standard())
    assert found["border", "2030"] == pytest.approx((40 + 60 * 7 / 22, 40 + 60 / 66, 1 / 66))


@pytest.mark.parametrize(("weight", "gap"), [("equally", 1 / 12), ("gdp", 1 / 18), ("jobs", 1 / 6), ("trips", 0.125)])
def test_destinations_weigh_what_the_standard_says(weight: str, gap: float) -> None:
    """Border, gaps 0 to Alpha and 1/6 to Inland: weights 1 : 1, 2 : 1, 0 : 1 and 1 : 3."""
    case = hand.case()
    cities = {
        "alpha": replace(case.cities["alpha"], gdp=2.0, jobs=0.0),
        "border": case.cities["border"],
        "inland": replace(case.cities["inland"], gdp=1.0, jobs=7.0),
    }
    case = replace(
        case,
        cities=FrozenDict(cities),
        trips=FrozenDict({("border", "alpha"): 1.0, ("border", "inland"): 3.0, ("inland", "border"): 9.0}),
    )
    assert values(standard(weight=weight), case)["border", "2030"][2] == pytest.approx(gap)


def test_a_city_with_nothing_to_weigh_has_no_indicator() -> None:
    """Only Border has trips; and the only destination of Alpha would be Alpha itself."""
    case = replace(hand.case(), trips=FrozenDict({("border", "alpha"): 1.0}))
    assert set(values(standard(weight="trips"), case)) == {("border", "2030"), ("border", "2035")}
    assert ("alpha", "2030") not in values(standard(destinations=("alpha",)))


def test_reach_counts_the_city_itself() -> None:
    """Of 1,300,000, Border reaches within 40 minutes: 200,000 today; Alpha too once the border is open, 1,200,000. Of a
    target of all that is a gap of 1/13; of a target of 0.9 it is none."""
    reach = standard(kind="reach", worst_minutes=None, target=1.0)
    assert values(reach)["border", "2030"] == pytest.approx((200 / 13, 1200 / 13, 1 / 13))
    assert values(replace(reach, target=0.9))["border", "2030"][2] == 0.0


def test_wherever_a_service_is_offered_counts_stock_and_facilities() -> None:
    """No stock of doctors but Alpha's: Inland is 110 minutes off today (beyond 100: gap 1). With two clinics of its own
    it is 0 minutes off, and Border 40 minutes from Alpha, nearer than the 50 to Inland."""
    case = hand.case()
    stock = {key: replace(at, amount=build.always(0.0)) for key, at in case.capacity.items() if key[0] != "alpha"}
    case = replace(case, capacity=FrozenDict({**case.capacity, **stock}))
    found = values(standard(kind="nearest", destinations=(), offers="doctors"), case)
    assert found["inland", "2030"] == (110.0, 0.0, 0.0)
    assert found["border", "2030"] == (60.0, 40.0, 0.0)


def test_half_a_facility_offers_nothing() -> None:
    """0.5 units of a divisible clinic are not one whole unit."""
    case = hand.case()
    assert not Serving(case, {("clinic", "2030"): 0.5}).serves("clinic", "2030")
    assert Serving(case, {("clinic", "2030"): 0.5, ("clinic", "2035"): 0.5}).units("clinic", "2035") == 1.0


def test_where_there_is_no_way_the_gap_is_all_and_there_is_no_figure() -> None:
    """Inland's only link needs what does not serve today."""
    case = with_links(build.link("a", "border", "inland", "road", 10.0, "rail-bc"))
    found = values(standard(kind="nearest", origins=("inland",), destinations=("alpha",)), case)
    today, with_plan, gap = found["inland", "2030"]
    assert np.isnan(today)
    assert np.isnan(with_plan)
    assert gap == 1.0


def test_a_standard_by_some_modes_uses_no_other() -> None:
    """Alpha to Border in 2035: 30 by rail, 40 by road (no border)."""
    nearest = standard(kind="nearest", origins=("border",), destinations=("alpha",), standard_minutes=20.0)
    assert values(nearest)["border", "2035"][1] == 30.0
    assert values(replace(nearest, modes=("road",)))["border", "2035"][1] == 40.0


def test_today_nothing_serves_and_today_s_people_count() -> None:
    """Alpha had 100,000 heads today, as many as Inland: Border's mean is (1/3 + 1/6) / 2 = 1/4 today."""
    case = hand.case()
    people = FrozenDict({**build.always(1e6), TODAY: 1e5})
    cities = FrozenDict({**case.cities, "alpha": replace(case.cities["alpha"], population=people)})
    assert values(standard(), replace(case, cities=cities))["border", "2030"][0] == pytest.approx(40 + 60 / 4)
