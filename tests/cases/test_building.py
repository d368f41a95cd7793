"""Rules of the builder, worked out by hand on a cluster of three cities."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from cases.building import clauses, industry, instruments, money, network, offers, services, uncertain, weighing, work
from cases.building.choices import read_choices
from cases.building.figures import FOLDER, Figures, read_figures, slug
from planner.case.reference import REFERENCE

CHOICES = """
title: Three cities
title_zh: 三城
tiers: {core: [Great]}
cores: [Great]
jurisdictions:
  Great: {name_zh: 大市, sign_zh: 大, line_zh: 大市财政, cities: [Great]}
  Rest: {name_zh: 余省, sign_zh: 余, line_zh: 余省财政, borrows: true}
services: [doctors, nurses]
instruments: {practice: [Rest], transfer: [[Great, Rest]]}
"""
CITIES = """city,name_zh,province,lat,lon,area_km2,population_2020,fiscal_expenditure_2022_100m_cny,avg_wage_2020_cny,\
doctors_per_1000_2019,nurses_per_1000_2019,age65_share_2020_pct,gdp_2023_100m_cny
Great,大市市,Rest,30,110,4000,4000000,1000,90000,4,5,10,8000
Middle,中市,Rest,30,111,5000,2000000,300,60000,2,3,12,1000
Inside Middle,内市,Rest,30,111.1,1000,500000,,,,,20,
"""
LINKS = """id,from_city,to_city,mode,km,minutes,minutes_basis,source,note
road-1,Great,Middle,road,116,70,estimated,by rule,
"""
CANDIDATES = """id,from_city,to_city,mode,name,status,km,minutes,minutes_basis,cost_bn_cny,cost_basis,source,note
fast,Great,Middle,high_speed_rail,Great-Middle railway,planned,100,30,estimated,20,sourced,a page,
"""
PATCHES = """city,indicator,rule,other,says,reason,source
Middle,population_2020,minus,Inside Middle,,the one lies in the other,
Middle,age65_share_2020_pct,rate_without,Inside Middle,,the same,
Middle,gdp_2023_100m_cny,by_people,Middle,,the same,
Inside Middle,gdp_2023_100m_cny,by_people,Middle,,the same,
Inside Middle,avg_wage_2020_cny,as,Middle,,no figure,
Inside Middle,doctors_per_1000_2019,mean_of_others,,mean of the others,no figure,
Inside Middle,nurses_per_1000_2019,as,Middle,Middle's rate,no figure,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of figures with one cluster, `three`, and the real common figures."""
    shutil.copytree(FOLDER / "common", tmp_path / "common")
    here = tmp_path / "three"
    here.mkdir()
    texts = {"cluster.yaml": CHOICES, "cities.csv": CITIES, "links.csv": LINKS, "candidate_links.csv": CANDIDATES}
    for name, text in {**texts, "patches.csv": PATCHES}.items():
        (here / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def three(folder: Path) -> Figures:
    """Its figures."""
    return read_figures("three", folder)


def test_a_city_inside_another_is_taken_out_of_it(three: Figures) -> None:
    """2 million with half a million inside; 12 % of 2 m are 240,000, less 20 % of half a million: 140,000 of 1.5 m."""
    assert three.figure("Middle", "population_2020") == 1.5e6
    assert three.figure("Middle", "age65_share_2020_pct") == pytest.approx(14 / 1.5)
    assert three.figure("Middle", "gdp_2023_100m_cny") == 750
    assert three.figure("Inside Middle", "gdp_2023_100m_cny") == 250


def test_a_figure_that_is_missing_is_that_of_another_city_or_the_mean_and_says_so(three: Figures) -> None:
    assert three.figure("Inside Middle", "avg_wage_2020_cny") == 60000
    assert three.figure("Inside Middle", "doctors_per_1000_2019") == 3  # 4 and 2
    rows = {(row["city"], row["service"]): row for row in services.capacity_rows(three)}
    assert rows["inside-middle", "doctors"]["note"] == "mean of the others"
    assert rows["inside-middle", "nurses"]["note"] == "Middle's rate"
    assert rows["great", "nurses"]["note"] == "the city's own rate"


def test_the_cities_of_a_purse_are_its_own(three: Figures) -> None:
    """Great spends 100 bn CNY a year, Middle 30; 1 % in five years. Residents of Inside Middle are counted once."""
    assert three.cities_of("Great") == ["Great"]
    assert three.cities_of("Rest") == ["Middle", "Inside Middle"]
    assert money.amounts(three) == pytest.approx({"great": 5.0, "rest": 1.5, "central": round(136 * 6e6 / 1e9)})


def test_building_costs_more_where_wages_are_higher_by_one_yardstick(three: Figures) -> None:
    """Half of the price follows wages: 90,000 and 60,000 against the yardstick of all clusters."""
    yardstick = three.known("yardstick_wage")
    assert services.cost_index(three, "Great") == round(0.5 + 0.5 * 90000 / yardstick, 2)
    assert services.cost_index(three, "Inside Middle") == round(0.5 + 0.5 * 60000 / yardstick, 2)


def test_a_line_across_a_border_is_two_halves_of_its_published_cost(three: Figures) -> None:
    """20 bn, half of it public, half of that each."""
    rows = network.measure_rows(three)
    assert [row["id"] for row in rows] == ["rail-great-middle-great", "rail-great-middle-rest"]
    assert [row["capital_cost"] for row in rows] == [5.0, 5.0]
    assert {row["together"] for row in rows} == {"rail-great-middle"}


def test_access_weighs_as_much_as_the_services_together_and_work_only_where_there_are_parks(three: Figures) -> None:
    found = weighing.weights(three)
    assert found == {"core": 0.5, "neighbours": 1.0, "reach": 0.5, "doctors": 1.0, "nurses": 1.0}
    assert all("jobs" not in row for row in work.rows_with_work(three, [{"id": "great", "source": ""}]))


def test_instruments_are_those_that_are_named_and_no_others(three: Figures) -> None:
    """Multi-site practice costs 40 CNY for each of the 2 million residents: 0.1 bn."""
    found = {each.row["id"]: each for each in instruments.instruments(three)}
    assert list(found) == ["multi-site-rest", "transfer-great-rest"]
    assert found["multi-site-rest"].row["capital_cost"] == 0.1
    assert found["transfer-great-rest"].row["name_zh"] == "大余横向转移支付"


def chosen(folder: Path, **choices: object) -> Figures:
    """The three cities with other choices."""
    file = folder / "three" / "cluster.yaml"
    file.write_text(yaml.safe_dump(yaml.safe_load(CHOICES) | choices), encoding="utf-8")
    return read_figures("three", folder)


def test_a_city_that_lacks_jobs_is_offered_a_park_of_the_industry_it_can_fill_best(folder: Path) -> None:
    """Graduates: Great 20 % of 4 m, Middle 10 % of 1.5 m, a mean of 17 %: Middle lacks jobs; Inside Middle has no figure.

    Middle has 1,500 skilled people to spare. They fill 5,000 jobs of vehicles or machinery, of which they are 30 %, and
    fewer of others; vehicles stand first. Great lies 96 km away, near enough for a second plant.
    """
    cities = CITIES.replace("gdp_2023_100m_cny\n", "gdp_2023_100m_cny,tertiary_attainment_per_100k_2020\n")
    cities = cities.replace(",8000\n", ",8000,20000\n").replace(",1000\n", ",1000,10000\n").replace(",20,\n", ",20,,\n")
    (folder / "three" / "cities.csv").write_text(cities, encoding="utf-8")
    (row,) = offers.parks(chosen(folder, park_origins=["Great"]))
    assert (row["host_city"], row["origin_city"], row["form"], row["reality"]) == (
        "Middle", "Great", "duplication", "hypothetical",
    )  # fmt: skip
    assert row["industry"] == "electric-vehicles"
    assert offers.parks(chosen(folder)) == []
    assert offers.parks(chosen(folder, park_origins=["Great"], no_parks_in=["Middle"])) == []


def test_where_a_third_of_what_parks_promise_comes_the_public_money_is_spent_all_the_same(folder: Path) -> None:
    """Of 10 bn CNY a part p is public; of the rest a third comes, and of the jobs."""
    promised, kept = read_figures("three", folder), chosen(folder, parks_deliver=1 / 3)
    public = industry.public_money(promised, "enclave")
    assert industry.capital_cost(promised, "enclave") == 10
    assert industry.capital_cost(kept, "enclave") == pytest.approx(public + (10 - public) / 3, abs=1e-3)
    assert 1 - industry.private_share(kept, "enclave") == pytest.approx(public / (public + (10 - public) / 3), abs=1e-3)
    assert industry.jobs(kept, "electric-vehicles", "enclave") == pytest.approx(5000 / 3, abs=50)


def test_rules_standards_borders_and_shares_are_said_as_they_were_chosen(folder: Path) -> None:
    f = chosen(
        folder,
        border_minutes={"road": {"default": 0, "pairs": [{"between": ["Great", "Rest"], "minutes": 45}]}},
        access={"core": [60, 120], "core_kind": "all", "reach": [60, 0.5]},
        shared={"doctors": {"keeps": 1.1, "away_counts": 0.8}},
        at_home=["nurses"],
        open_services=True,
        most_hypothetical={"links": 0.2, "all": 0.1},
    )
    raw = yaml.safe_load(clauses.case_yaml(f))
    assert raw["modes"]["road"]["border_minutes"]["pairs"] == [{"between": ["Great", "Rest"], "minutes": 45}]
    assert raw["access"]["core"]["kind"] == "all"
    assert (raw["access"]["core"]["worst_minutes"], raw["access"]["neighbours"]["worst_minutes"]) == (120, 180)
    assert (raw["access"]["reach"]["standard_minutes"], raw["access"]["reach"]["target"]) == (60, 0.5)
    assert (raw["services"]["doctors"]["keeps"], raw["services"]["doctors"]["away_counts"]) == (1.1, 0.8)
    (opened,) = raw["in_force"]
    assert opened["open_service"]["services"] == ["doctors"]
    there_is = sum(float(str(row["amount"])) for row in money.budget_rows(f))
    most = {rule["id"]: rule["at_most"] for rule in raw["rules"]}
    assert most == {
        "hypothetical-links": pytest.approx(0.2 * there_is, abs=0.06),
        "hypothetical-all": pytest.approx(0.1 * there_is, abs=0.06),
    }
    assert not any("share_of" in rule for rule in raw["rules"])  # spending more would leave more room


def test_a_station_that_is_a_hub_already_is_in_force_and_no_candidate(folder: Path) -> None:
    f = chosen(folder, hubs_open=["Great"], hub_years={"small": 6})
    assert network.hubs(f) == ["Middle"]
    raw = yaml.safe_load(clauses.case_yaml(f))
    assert raw["in_force"] == [{"boarding_minutes": {"city": "great", "modes": ["high_speed_rail"], "minus": 10}}]
    assert {row["id"]: row["build_years"] for row in money.norm_rows(f)}["hub-small"] == 6


def test_a_service_may_be_open_one_way_only(folder: Path) -> None:
    f = chosen(folder, open_services=True, at_home=["nurses"], opened_to={"doctors": [["Great", "Rest"]]})
    (right,) = yaml.safe_load(clauses.case_yaml(f))["in_force"]
    assert right == {"open_service": {"services": ["doctors"], "people_of": ["Great"], "at": ["Rest"]}}


def test_journeys_from_station_to_station_come_with_a_scenario_that_counts_them_from_door_to_door(folder: Path) -> None:
    """20 minutes at stations instead of 60; people who go 50 minutes so go 90 from door to door."""
    raw = yaml.safe_load(clauses.case_yaml(read_figures("three", folder)))
    assert (raw["modes"]["high_speed_rail"]["boarding_minutes"], raw["modes"]["road"]["boarding_minutes"]) == (60, 10)
    assert "boarding-45" in raw["scenarios"]
    f = chosen(folder, boarding_minutes={"high_speed_rail": 20, "road": 0}, catchments={"doctors": 50, "nurses": 50})
    raw = yaml.safe_load(clauses.case_yaml(f))
    assert (raw["modes"]["high_speed_rail"]["boarding_minutes"], raw["modes"]["road"]["boarding_minutes"]) == (20, 0)
    assert raw["services"]["doctors"]["catchment_minutes"] == 50
    edits = {edit["key"]: edit["set"] for edit in raw["scenarios"]["door-to-door"]["edits"]}
    assert edits == {
        "modes.high_speed_rail.boarding_minutes": 60, "modes.road.boarding_minutes": 10,
        "services.doctors.catchment_minutes": 90, "services.nurses.catchment_minutes": 90,
    }  # fmt: skip


def test_what_is_under_way_arrives_period_by_period_and_what_is_in_use_is_said(folder: Path) -> None:
    """Great: 4 doctors for 1,000 of 4 million in 2019, x 3.40 / 2.77, and 500 on their way, two fifths of them by 2030."""
    figures = (
        "city,indicator,value\nGreat,doctors_under_way,500\nGreat,doctors_used_share,0.5\nGreat,nurses_per_1000_2025,7\n"
    )
    (folder / "three" / "city_figures.csv").write_text(figures, encoding="utf-8")
    f = chosen(folder, arrives={"doctors": [0.4, 1, 1]})
    rows = {(row["city"], row["service"]): row for row in services.capacity_rows(f)}
    today = 16000 * 3.40 / 2.77
    doctors = rows["great", "doctors"]
    assert doctors["capacity"] == pytest.approx(today, abs=1)
    found = [doctors["capacity_2030"], doctors["capacity_2035"], doctors["capacity_2040"]]
    assert found == pytest.approx([today + 200, today + 500, today + 500], abs=1)
    assert doctors["used"] == pytest.approx(today / 2, abs=1)
    assert rows["great", "nurses"]["capacity"] == 28000
    assert "capacity_2030" not in rows["middle", "doctors"]


def test_where_nothing_is_short_nothing_is_offered(three: Figures) -> None:
    """Great has 4.9 doctors for 1,000 and needs 3.9 at most; Middle has 2.5."""
    offered = {row["id"] for row in services.facility_rows(three)}
    assert "doctors-great" not in offered
    assert "doctors-middle" in offered


def test_no_more_campuses_are_offered_than_are_full_when_fewer_are_young(folder: Path) -> None:
    """Middle: 600,000 aged 15 to 24, so 300,000 aged 18 to 22; at 0.64 and 65 % 124,800 places, less the 78,000 there are:
    three campuses of 12,000, and a fourth would stand empty."""
    cities = CITIES.replace("gdp_2023_100m_cny\n", "gdp_2023_100m_cny,tertiary_attainment_per_100k_2020,"
                            "population_15_24_2020,he_students_per_100k_province\n")  # fmt: skip
    cities = cities.replace(",8000\n", ",8000,20000,400000,10000\n").replace(",1000\n", ",1000,10000,600000,3900\n")
    cities = cities.replace(",20,\n", ",20,,0,1000,3900\n")
    (folder / "three" / "cities.csv").write_text(cities, encoding="utf-8")
    patches = "\n".join(line for line in PATCHES.splitlines() if "Inside Middle,gdp" not in line)
    (folder / "three" / "patches.csv").write_text(patches + "\n", encoding="utf-8")
    f = chosen(folder, services=["university"], young=[1.0, 1.2, 1.0], young_after=0.64)
    assert services.stock(f, "Middle", "university") == pytest.approx(0.039 * 2e6)
    assert services.units(f, "Middle", "university")[0] == 3
    later = chosen(folder, services=["university"], young=[1.0, 1.2, 1.0])
    assert services.units(later, "Middle", "university")[0] == 17  # 125 % of what 2035 lacks: 234,000 less 78,000


def test_the_rule_of_2015_is_decided_and_what_it_leaves_out_is_signed(folder: Path) -> None:
    """An enclave moved a firm, which the rule covers; a duplication is new."""
    parks = "id,name,name_zh,host_city,origin_city,form,industry,site,requires,reality,source,note\n"
    parks += "a,A,甲,Middle,Great,enclave,machinery,,,published,a page,\n"
    parks += "b,B,乙,Middle,Great,duplication,machinery,,,published,a page,\n"
    (folder / "three" / "candidate_parks.csv").write_text(parks, encoding="utf-8")
    pair = [["Great", "Rest"]]
    f = chosen(folder, instruments={"sharing": pair, "sharing_in_force": pair})
    made = {each.row["id"]: each for each in instruments.instruments(f)}
    assert list(made) == ["sharing-2015", "sharing-great-rest"]
    assert (made["sharing-2015"].row["status"], made["sharing-2015"].row["capital_cost"]) == ("decided", 0)
    assert ["form: enclave" in each.effects[0] for each in made.values()] == [True, False]
    assert "form: duplication" in made["sharing-great-rest"].effects[0]
    needs = {row["id"]: row["requires"] for row in industry.measure_rows(f, offers.parks(f))}
    assert needs == {"park-a": "", "park-b": "sharing-great-rest"}


def test_what_a_line_under_construction_still_costs_is_its_own_share_where_it_is_known(folder: Path) -> None:
    """20 bn, half of it public: 30 % of that are 3, 70 % are 7."""
    begun = CANDIDATES.replace(",planned,", ",under_construction,")
    (folder / "three" / "candidate_links.csv").write_text(begun, encoding="utf-8")
    assert sum(float(str(row["capital_cost"])) for row in network.measure_rows(read_figures("three", folder))) == 3
    lately = begun.replace("cost_basis,", "cost_basis,left_to_pay,").replace(",sourced,a page", ",sourced,0.7,a page")
    (folder / "three" / "candidate_links.csv").write_text(lately, encoding="utf-8")
    assert sum(float(str(row["capital_cost"])) for row in network.measure_rows(read_figures("three", folder))) == 7


def test_how_real_a_measure_is_comes_from_its_row_or_from_its_kind(folder: Path) -> None:
    f = chosen(folder, reality={"policy": "hypothetical"}, published_instruments=["multi-site"])
    assert {each.row["id"]: each.row["reality"] for each in instruments.instruments(f)} == {
        "multi-site-rest": "published", "transfer-great-rest": "hypothetical",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tires": {}}, "unknown ['tires']"),
        ({"title": None}, "missing ['title']"),
        ({"instruments": {"borders": []}}, "unknown ['borders']"),
    ],
)
def test_a_choice_that_is_misspelt_or_missing_is_refused(folder: Path, change: dict[str, object], said: str) -> None:
    file = folder / "three" / "cluster.yaml"
    raw = yaml.safe_load(CHOICES) | change
    file.write_text(yaml.safe_dump({key: value for key, value in raw.items() if value is not None}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"cluster\.yaml") as refused:
        read_choices(file)
    assert said in str(refused.value)


def test_a_patch_by_a_rule_that_there_is_not_is_refused(folder: Path) -> None:
    file = folder / "three" / "patches.csv"
    file.write_text(PATCHES.replace(",minus,", ",less,"), encoding="utf-8")
    with pytest.raises(ValueError, match="there is no rule 'less'"):
        read_figures("three", folder)


def test_a_city_that_is_left_out_leaves_with_all_that_leads_to_it(folder: Path) -> None:
    file = folder / "three" / "cluster.yaml"
    file.write_text(f"{CHOICES}cities_left_out: {{Middle: why not, Inside Middle: the same}}\n", encoding="utf-8")
    (folder / "three" / "patches.csv").unlink()
    alone = read_figures("three", folder)
    assert list(alone.cities) == ["Great"]
    assert network.link_rows(alone) == []


def test_ids_of_cities_are_readable() -> None:
    names = ("Xiong'an New Area", "Taizhou (Jiangsu)", "Hong Kong", "Ma'anshan")
    assert [slug(name) for name in names] == ["xiongan", "taizhou-jiangsu", "hong-kong", "maanshan"]


def test_what_is_uncertain_is_said_of_what_a_case_has(folder: Path) -> None:
    """One fast railway in two halves, hubs, doctors and nurses; no road, line under way, campus, bed or park."""
    said = yaml.safe_load(clauses.case_yaml(read_figures("three", folder)))["uncertain"]
    assert list(said) == ["railways", "hubs", "posts", "running", "late"]
    assert said["railways"]["where"] == {"kind": "link", "mode": "high_speed_rail", "status": "candidate"}
    assert said["posts"]["where"] == {"kind": "facility", "service": ["doctors", "nurses"]}
    assert {name: about["reference"] for name, about in said.items()} == {
        "railways": "rail", "hubs": "buildings", "posts": "facilities", "running": "running", "late": "late",
    }  # fmt: skip
    assert {name: about["of"] for name, about in said.items() if about["of"] != "capital_cost"} == {
        "running": "running_cost", "late": "build_years",
    }  # fmt: skip


def test_lines_under_way_roads_and_places_are_uncertain_by_classes_of_their_own(folder: Path) -> None:
    rows = (
        CANDIDATES + "way,Middle,Inside Middle,high_speed_rail,A line,under_construction,20,9,estimated,4,sourced,a page,\n"
    )
    (folder / "three" / "candidate_links.csv").write_text(rows, encoding="utf-8")
    f = read_figures("three", folder)
    assert yaml.safe_load(clauses.case_yaml(f))["uncertain"]["railways-under-way"]["where"]["status"] == "decided"
    of = {"university": "campuses", "care": "beds", "health": "posts"}
    for service, name in of.items():
        made = [{"id": "a", "kind": "facility", "service": service}]
        assert [row["id"] for row, _where in uncertain.stated(f, made)] == [name, "running"]
    nothing = [{"id": "a", "kind": "policy"}]
    assert uncertain.stated(f, nothing) == []


def test_what_a_case_counts_already_is_not_counted_twice(folder: Path) -> None:
    """Railways with the mean overrun of 30.6 %: 1.409 / 1.306 = 1.079; parks of which half comes: 0.4 / 0.5."""
    f = chosen(folder, cost_uplift=1.306, parks_deliver=0.5)
    railways = yaml.safe_load(clauses.case_yaml(f))["uncertain"]["railways"]
    assert railways["times"] == pytest.approx({"p10": 1.106 / 1.306, "p50": 1.409 / 1.306, "p90": 1.794 / 1.306}, abs=6e-4)
    assert "1.306" in railways["source"]
    assert "reference" not in railways
    parks = {row["id"]: row for row, _where in uncertain.stated(f, [{"id": "park-x", "kind": "park"}])}
    assert uncertain.points(f, parks["park-jobs"]) == [0.5, 0.8, 1.2]
    assert uncertain.points(f, parks["park-cost"]) == [1, 1.24, 1.51]


def test_the_table_of_what_is_uncertain_has_the_points_of_its_reference_classes() -> None:
    """They stand in both: cases that count a part of them already divide them."""
    rows = read_figures("jing-jin-ji").tables["uncertain"]
    assert len(rows) == len({row["id"] for row in rows}) > 0
    for row in rows:
        known = REFERENCE[row["reference"]]
        assert [float(row[point]) for point in uncertain.POINTS] == pytest.approx(known.points, abs=6e-4), row["id"]
        assert known.adds == (row["of"] == "build_years")
        assert known.is_assumed == (not row["source"])
