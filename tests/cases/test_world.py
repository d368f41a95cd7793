"""The world of the case jing-jin-ji: what is there is in the base, and figures follow from the sources, by hand."""

from __future__ import annotations

from functools import cache

import pytest

from cases.building.figures import Figures, read_figures
from cases.building.network import great_circle
from planner.case import BoardingMinutes, OpenService, load_case
from planner.plans.store import read_plan
from tests.cases.jing_jin_ji import case
from tests.regions import ROOT

SIDES = ("Beijing", "Tianjin", "Hebei")
CLUSTERS = sorted(file.parent.name for file in ROOT.glob("cases/*/case.yaml") if file.parent.name != "tiny")


@cache
def figures() -> Figures:
    """What the case is made of."""
    return read_figures("jing-jin-ji")


@pytest.mark.slow
def test_roads_are_motorways_at_100_km_an_hour_between_all_neighbours() -> None:
    """Great circle x 1.2, but two tenths of a minute, and no road is left to build."""
    roads = [row for row in figures().tables["links"] if row["mode"] == "road"]
    touch = {frozenset((row["from_city"], row["to_city"])) for row in figures().tables["neighbours"]}
    there = {frozenset((row["from_city"], row["to_city"])) for row in roads}
    for row in roads:
        km = great_circle(figures(), row["from_city"], row["to_city"]) * 1.2
        assert float(row["km"]) == pytest.approx(km, abs=0.15), row["id"]
        assert float(row["minutes"]) == pytest.approx(km * 60 / 100, abs=0.15), row["id"]
    reached = {frozenset(pair) for a in there for b in there if len(a & b) == 1 for pair in [tuple(a ^ b)]}
    assert touch <= there | reached
    assert not [link for link in case().links.values() if link.mode == "road" and link.needs]


def test_no_border_costs_time_but_the_checkpoints_into_beijing() -> None:
    borders = {mode.id: mode.border_minutes for mode in case().modes.values()}
    assert {mode: minutes for mode, minutes in borders.items() if mode != "road"} == {
        "high_speed_rail": 0, "inter_city_rail": 0,
    }  # fmt: skip
    road = borders["road"]
    assert (road.default, {frozenset(pair.between) for pair in road.pairs}) == (
        0, {frozenset(("Beijing", "Hebei")), frozenset(("Beijing", "Tianjin"))},
    )  # fmt: skip


def test_what_is_done_is_in_force_and_nothing_of_it_can_be_chosen() -> None:
    """Bills are settled, care subsidies follow Beijing's old people, two stations are hubs, firms that move share tax."""
    rights = [effect for effect in case().in_force if isinstance(effect, OpenService)]
    doctors = [(("doctors",), tuple(side for side in SIDES if side != at), (at,)) for at in SIDES]
    care = [(("care",), ("Beijing",), (at,)) for at in ("Hebei", "Tianjin")]
    assert [(e.services, e.people_of, e.at) for e in rights] == [*doctors, *care]
    hubs = {effect.city for effect in case().in_force if isinstance(effect, BoardingMinutes)}
    assert hubs == {"beijing", "xiongan"}
    assert not hubs & {m.cities[0] for m in case().measures.values() if m.kind == "hub"}
    assert case().measures["sharing-2015"].status == "decided"
    assert not [name for name in case().measures if name.startswith(("motorway", "insurance", "care-beijing-hebei"))]
    assert "beijing-tangshan" not in " ".join(case().measures)


def test_doctors_of_others_cost_what_the_public_pays_for_them() -> None:
    """45 % of Beijing's mean wage of 2020, in bn CNY."""
    wage = figures().figure("Beijing", "avg_wage_2020_cny")
    asked = {e.at[0]: e.price for e in case().in_force if isinstance(e, OpenService) and e.services == ("doctors",)}
    assert asked["Beijing"] == pytest.approx(0.45 * wage / 1e9, abs=1e-7)
    assert asked["Beijing"] > asked["Tianjin"] > asked["Hebei"] > 0


def test_staff_is_what_was_counted() -> None:
    """Tianjin's doctors: 2.95 for 1,000 of 15.6183 million people in 2019, x 3.40 / 2.77. Nurses of 2025: 6.98 in Beijing,
    3.1 to 4.2 in Hebei. Xiong'an: Baoding's 2.78 for its 1,205,440, and for 1,600 beds 4.793 / 10.174 each, half by 2030."""
    stock = {place: each.amount for place, each in case().capacity.items()}
    assert stock["tianjin", "doctors"]["2030"] == pytest.approx(2.95 * 15618.3 * 3.40 / 2.77, abs=1)
    assert stock["beijing", "nurses"]["2030"] == pytest.approx(6.98 * 21893.095, abs=1)
    assert stock["zhangjiakou", "nurses"]["2040"] == pytest.approx(3.1 * 4118.908, abs=1)
    assert stock["shijiazhuang", "nurses"]["2040"] == pytest.approx(4.2 * 11235.086, abs=1)
    own, coming = 2.78 * 1205.44 * 3.40 / 2.77, 1600 * 4.793 / 10.174
    found = [stock["xiongan", "doctors"][t] for t in ("2030", "2035", "2040")]
    assert found == pytest.approx([own + coming / 2, own + coming, own + coming], abs=1.5)


def test_four_universities_move_to_xiongan_and_are_lost_to_nobody() -> None:
    """36,000, 35,000 and 32,000 places on 4.833 km2, and as many on the 1.067 km2 of the fourth: 125,700, half by 2030."""
    moving = 103000 * (1 + 1.067 / 4.833)
    for city, sign in (("beijing", -1), ("xiongan", 1)):
        stock = case().capacity[city, "university"].amount
        assert stock["2035"] - stock["2030"] == pytest.approx(sign * moving / 2, rel=1e-3)
        assert stock["2040"] == stock["2035"]
    assert case().capacity["xiongan", "university"].outsiders == case().capacity["beijing", "university"].outsiders == 0.5


def test_beds_are_needed_as_they_are_used_and_built_where_they_are_short() -> None:
    """22.4 for 1,000, half of them in use, four fifths full: 14. Beijing's 109,000 hold 45,000."""
    care = case().services["care"]
    assert list(care.per_1000.values()) == pytest.approx([22.4 * 0.5 / 0.8] * 3)
    beijing = case().capacity["beijing", "care"]
    assert beijing.share_used == pytest.approx(45 / 109, abs=1e-3)
    offered = {m.cities[0] for m in case().measures.values() if m.service == "care"}
    assert {"cangzhou", "qinhuangdao", "baoding"} <= offered
    assert not offered & {"beijing", "langfang"}


def test_campuses_are_offered_that_the_young_of_2042_will_fill() -> None:
    """Handan: 463,941 aged 18 to 22 x 0.95 x 0.64 x 65 % are 183,300, less nine tenths of 149,948 places: four campuses of
    12,000. Hengshui: 79,900 less 64,200: one. Nowhere else is one short then."""
    offered = {m.cities[0]: m.units for m in case().measures.values() if m.service == "university"}
    assert offered == {"handan": 4, "hengshui": 1}


def test_no_side_hires_more_than_are_trained_for_its_people() -> None:
    """Tianjin: 0.18 x 13,866.009 x 5 / 500 units of doctors in a period."""
    (most,) = (rule.at_most for rule in case().rules if rule.id == "trained-doctors-tianjin-2030")
    assert most == pytest.approx(0.18 * 13866.009 * 5 / 500, abs=0.05)
    for service in ("doctors", "nurses"):
        for side in SIDES:
            asked = [r for r in case().rules if r.id.startswith(f"trained-{service}-{side.lower()}-")]
            there = [
                m
                for m in case().measures.values()
                if m.service == service and case().cities[m.cities[0]].jurisdiction == side
            ]
            assert len(asked) == (3 if there else 0)


def test_railways_cost_what_they_come_to_and_what_is_under_way_what_is_left() -> None:
    """The upgrade: 5 bn x 1.306, half public, in two halves. Shijiazhuang-Xiong'an: 70 % of half of 29.44."""
    assert case().measures["beijing-xiongan-upgrade-beijing"].capital_cost == pytest.approx(5 * 1.306 / 4, abs=1e-3)
    assert case().measures["shijiazhuang-xiongan-rail"].capital_cost == pytest.approx(29.44 / 2 * 0.7, abs=1e-3)
    assert case().measures["xiongan-hengshui-rail"].capital_cost == pytest.approx(25.15 / 2 * 0.3, abs=1e-3)


def test_half_of_what_parks_promise_comes_for_all_of_the_public_money() -> None:
    """Hydrogen: 10 bn at 0.72 m a job, by half: 6,900 jobs. Public are 15 % and land, 17 % of the 10 bn."""
    park, measure = case().parks["park-zhangjiakou-hydrogen"], case().measures["park-zhangjiakou-hydrogen"]
    assert park.jobs == pytest.approx(0.5 * 10e3 / 0.72, rel=0.01)
    public = measure.capital_cost * (1 - measure.private_share)
    assert public == pytest.approx(1.5 + 10 / 12.9 * 0.315, rel=0.01)
    assert measure.capital_cost == pytest.approx(public + (10 - public) / 2, rel=1e-3)


def test_every_measure_says_how_real_it_is_and_little_may_be_nobodys() -> None:
    found = {m.reality for m in case().measures.values()}
    assert found == {"under_way", "published", "hypothetical"}
    assert {m.status for m in case().measures.values() if m.reality == "under_way"} == {"decided"}
    limits = {rule.id: rule.at_most for rule in case().rules if rule.id.startswith("hypothetical")}
    all_money = sum(sum(line.amount.values()) for line in case().lines.values())
    assert limits == {
        name: pytest.approx(0.03 * all_money, abs=0.05) for name in ("hypothetical-links", "hypothetical-parks")
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", CLUSTERS)
def test_no_plan_starts_what_is_of_no_use_so_as_to_have_more_of_what_nobody_has_published(name: str) -> None:
    """A limit that is a share of what is spent would be widened by spending: parks without a job were started for it."""
    assert all(rule.share_of is None for rule in load_case(ROOT / "cases" / name).rules)
    parks = read_plan(ROOT / "cases" / name / "plan").table("parks")
    assert parks.groupby("measure")["jobs"].max().min() > 0
