"""Figures of another magnitude are warned of by file, row and column; sound cases are quiet."""

from __future__ import annotations

import contextlib
import csv
import math
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.clusters import write_cluster
from planner.case import CaseInvalid, City, in_scenario, load_case
from planner.case.magnitudes import places as about_cities
from planner.case.magnitudes import plausible
from planner.starting import example, from_cities
from tests.case import small, small_work
from tests.case.small import Change, append, both, cell, swap, write_files
from tests.product.test_parks_page import FILES as PARKS

ROOT = Path(__file__).parents[2]
FAULTS = ROOT / "tests" / "faults"
DEAR = "outside its own range"  # a scenario that makes building dearer takes norms out of their ranges, which is true
OF_CAPITAL = "pays_for: [{jurisdiction: Capital}], carry_over: true"  # what the small case says of one of its lines
UNCERTAIN = "no_city_loses: true\nuncertain: {{rail: {{of: capital_cost, where: {{kind: link}}, times: {}}}}}\n"
REASONS = {"dear-building": DEAR}


def _doubts(folder: Path, scenario: str | None = None) -> list[str]:
    return [str(doubt) for doubt in load_case(folder, scenario).doubts]


def _shipped(made: Path) -> Iterator[Path]:
    """Every case that comes with the program, and those that the tests are made of."""
    yield from sorted(file.parent for file in ROOT.glob("cases/*/case.yaml"))
    for name, files in (("example", example()), ("small", small.FILES), ("industry", small_work.FILES), ("parks", PARKS)):
        yield write_files(made / name, files)
    yield from sorted(ROOT.glob("tests/kept/first/plans/*/case"))


@pytest.mark.slow
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.proof)])
def test_no_shipped_case_and_none_of_its_scenarios_is_doubted_without_a_reason(every: int, tmp_path: Path) -> None:
    """Of each case what its files say and each so-maniest scenario."""
    tried = 0
    for folder in _shipped(tmp_path):
        base = load_case(folder)
        for scenario in ("base", *base.scenarios)[::every]:
            doubts = map(str, in_scenario(base, scenario).doubts)
            reason = REASONS.get(scenario)
            assert [d for d in doubts if reason is None or reason not in d] == [], (folder, scenario)
            tried += 1
    assert tried >= 20


@pytest.mark.slow
@pytest.mark.parametrize(("cities", "seed"), [(20, 1), (20, 2), (60, 1), (120, 1)])
def test_no_generated_cluster_is_doubted(tmp_path: Path, cities: int, seed: int) -> None:
    """Of textbook instances (tests/published) all cities lie in one place and have 1,000 people, which is doubted."""
    write_cluster(tmp_path / "cluster", cities, seed)
    assert _doubts(tmp_path / "cluster") == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(  # 500 people on 7,000 km2
            cell("cities", 4, "population", "500"),
            r"cities.csv, row 4, column population: 500: fewer people than a city has, where at least 5,000",
        ),
        pytest.param(
            cell("cities", 4, "population", "0"),
            r"cities.csv, row 4, column population: 0: nobody lives here, .* figures in area_km2, .*: is its population",
        ),
        pytest.param(
            both(
                swap("cities.csv", "source,note", "source,name_zh"),
                cell("cities", 2, "name_zh", "城"),
                cell("cities", 4, "name_zh", "城"),
            ),
            r"cities.csv, row 4, column name_zh: '城' is the Chinese name of row 2 already",
        ),
        pytest.param(  # 5 million people on 5 km2 are a million on each
            cell("cities", 2, "area_km2", "5"),
            r"cities.csv, row 2, column area_km2: 5: 1,000,000 people per km2, where .* at most 60,000 .*column population",
        ),
        pytest.param(  # 0.0006 and 0.0008 of output per head elsewhere, here 0.4 (= 600000 / 1.5 million)
            cell("cities", 3, "gdp", "600000"),
            r"cities.csv, row 3, column gdp: 600,000: 0.4 for each person, 500 times as much as the middle of all rows",
        ),
        pytest.param(cell("cities", 3, "jobs", "7e6"), r"cities.csv, row 3, column jobs: 7,000,000: 4.67 for each person"),
        pytest.param(  # 140 of 5 million are old, elsewhere 16 and 18 %
            cell("cities", 2, "people_65", "700"),
            r"cities.csv, row 2, column people_65: 700: 0.00014 of the group for each person, 1,1\d\d.* times less",
        ),
        pytest.param(  # 110 degrees of longitude lost: nowhere near
            cell("cities", 4, "lon", "17.3"),
            r"cities.csv, row 4, column lon: 17.3 puts the seat .* km from the middle of the others .*column lat",
        ),
        pytest.param(
            both(cell("cities", 4, "lat", "17.3"), cell("cities", 4, "lon", "38.4")),
            r"cities.csv, row 4, column l.*: .* puts the seat",
        ),
        pytest.param(
            both(cell("cities", 4, "lat", "39.3"), cell("cities", 4, "lon", "117.0")),
            r"cities.csv, row 4, column lat: 39.3, column lon: 117 is the seat of Border too",
        ),
        pytest.param(  # two degrees north, 222 km: both roads and both railways from Border no longer fit
            cell("cities", 4, "lat", "36.4"),
            r"cities.csv, row 4, column lat: 36.4, column lon: 117.3: 4 of the 4 links of Inland with a length do not fit",
        ),
        pytest.param(  # 1.5 million need 4,050 posts: 3.3 million are 815 times as many
            cell("capacity", 3, "capacity", "3300000"),
            r"capacity.csv, row 3, column capacity: 3,300,000: 815 times the 2.7 doctors per 1,000 of population",
        ),
        pytest.param(  # the seats are 84 km apart
            cell("links", 2, "km", "7.5"),
            r"links.csv, row 2, column km: 7.5: too short for Metro and Border, whose seats are 84.\d km apart",
        ),
        pytest.param(  # 250 km against 84 are three times the way
            cell("links", 2, "km", "250"),
            r"links.csv, row 2, column km: 250: 2.9\d times the way between Metro and Border",
        ),
        pytest.param(  # 75 km in 1,600 minutes are 2.8 km/h
            cell("links", 2, "minutes", "1600"),
            r"links.csv, row 2, column minutes: 1,600, column km: 75: slower than 3 km/h",
        ),
        pytest.param(  # without a length: 84 km in 12 minutes are 421 km/h
            both(cell("links", 4, "km", ""), cell("links", 4, "minutes", "12")),
            r"links.csv, row 4, column minutes: 12, 84.\d km between the seats of its ends: faster than 400 km/h on rail",
        ),
        pytest.param(  # the two halves open a road of 105 km
            cell("measures", 2, "quantity", "50000"),
            r"measures.csv, row 2, column quantity: 50,000: 476 times column km of the link in links.csv that it opens",
        ),
        pytest.param(  # all budgets are 17.5
            cell("measures", 5, "capital_cost", "600"),
            r"measures.csv, row 5, column capital_cost: one unit of hub-inland costs 600 bn CNY, more than all .*\(17.5\)",
        ),
        pytest.param(cell("measures", 5, "running_cost", "10"), r"measures.csv, row 5, column running_cost: 10: 16.7 of"),
        pytest.param(  # 3,000 units of 300 doctors for 1.5 million people who need 4,500 in 2035
            cell("measures", 10, "units", "3000"),
            r"measures.csv, row 10, column (units|capacity): .*: 200 times the need of the city in all",
        ),
        pytest.param(
            cell("norms", 2, "high", "30"),
            r"norms.csv, row 2, column high: 30: out of scale with column low: 0.01",
        ),
        pytest.param(
            cell("budgets", 5, "amount", "4500"),
            r"budgets.csv, row 5, column amount: 4,500: the line province has 4 in its other periods",
        ),
        pytest.param(
            cell("cities", 4, "growth_per_year", "-0.15"),
            r"cities.csv, row 4, column growth_per_year: -0.15: 0.15 a year, up or down, where at most 0.1 .*per cent\?",
        ),
        pytest.param(
            cell("cities", 4, "jurisdiction", "ＰROV ince"),
            r"cities.csv, row 4, column jurisdiction: 'ＰROV ince' \(row 4\) and 'Province' \(row 3\) differ only by",
        ),
        pytest.param(  # three thousandths of a degree of latitude are 0.334 km
            both(*(cell("cities", 4, c, v) for c, v in (("lat", "39.303"), ("lon", "117"), ("area_km2", "")))),
            r"cities.csv, row 4, column lon: 117, .* 0.334 km from that of Border \(row 3\), where at least 0.5 .*one city",
        ),
        pytest.param(  # 0.9 a year against 0.6
            cell("measures", 5, "running_cost", "0.9"),
            r"measures.csv, row 5, column running_cost: 0.9: 1.5 of the capital cost each year, where at most 1",
        ),
        pytest.param(
            both(cell("measures", 5, "running_cost", ""), cell("measures", 5, "capital_cost", "0")),
            r"measures.csv, row 5, column capital_cost: hub-inland costs nothing: it has no capital cost, no",
        ),
        pytest.param(  # it may pay for 8.65 to build, and 0.2175 a year to run
            both(cell("budgets", 6, "amount", "300"), cell("budgets", 7, "amount", "300")),
            r"budgets.csv, row 6, column amount: 300: the line centre has 600 bn CNY in all periods, .* costs 10.8 to build",
        ),
        pytest.param(
            both(cell("budgets", 6, "amount", "0"), cell("budgets", 7, "amount", "0")),
            r"budgets.csv, row 6, column amount: 0: nobody pays into the line centre",
        ),
        pytest.param(
            swap("case.yaml", "discount_rate: 0.06", "discount_rate: 0.6"),
            r"case.yaml:3:\d+: money.discount_rate: 0.6, where at most 0.2 is plausible: it is a share",
        ),
        pytest.param(
            swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, borrow: {{limit: 1, interest: 0.3}}"),
            r"case.yaml:\d+:\d+: lines.capital.borrow.interest: 0.3, where at most 0.2 is plausible",
        ),
        pytest.param(
            swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, borrow: {{limit: 900, interest: 0.03}}"),
            r"case.yaml:\d+:\d+: lines.capital.borrow.limit: a debt of 900 bn CNY: the line capital has 6 in all periods",
        ),
        pytest.param(
            swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, reserve: 10"),
            r"case.yaml:\d+:\d+: lines.capital.reserve: 10, where at most 0.5 is plausible",
        ),
        pytest.param(
            swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, reserve: [{{share: 0.1}}, {{share: 5, cost: running}}]"),
            r"case.yaml:\d+:\d+: lines.capital.reserve.1.share: 5, where at most 0.5 is plausible",
        ),
        pytest.param(
            swap("case.yaml", "2035: 3.0}", "2035: 30}"),
            r"case.yaml:\d+:\d+: services.doctors.per_1000.2035: 30, where 2030 has 2.7, a factor of 11.1: check both",
        ),
        pytest.param(
            both(
                swap("case.yaml", "boarding_minutes: 0,", "boarding_minutes: 20,"),
                swap("case.yaml", "standard_minutes: 30,", "standard_minutes: 0.5,"),
            ),
            r"case.yaml:\d+:\d+: access.hospital.standard_minutes: 0.5: boarding .* takes at least 20 minutes .* not in h",
        ),
        pytest.param(  # 35 minutes, and 15 for boarding less the 5 of the hub
            swap("case.yaml", "catchment_minutes: 60", "catchment_minutes: 1"),
            r"case.yaml:\d+:\d+: services.doctors.catchment_minutes: 1: no two cities .* takes 45 minutes .* not in hours",
        ),
        pytest.param(
            swap("case.yaml", "targets:\n", "targets:\n  - {id: half, indicator: cluster, at_least: 0.5}\n"),
            r"case.yaml:\d+:\d+: targets.0.at_least: 0.5: reach is counted in per cent of the cluster: is 50 meant\?",
        ),
        pytest.param(
            swap("case.yaml", "no_city_loses: true\n", UNCERTAIN.format("{p10: 95, p50: 120, p90: 180}")),
            r"case.yaml:\d+:\d+: uncertain.rail.times: capital_cost may turn out 95 to 180 times as much as .* per cent",
        ),
        pytest.param(  # of three figures 900 is in the middle
            cell("trips", 3, "trips", "800000"), r"trips.csv, row 3, column trips: 800,000: 800,000 trips, 889 times as much"
        ),
    ],
)
def test_a_figure_of_another_magnitude_is_named(folder: Path, change: Change, says: str) -> None:
    change(folder)
    doubts = _doubts(folder)
    assert any(re.match(says, doubt) for doubt in doubts), doubts


@pytest.mark.parametrize(
    "change",
    [
        cell("cities", 4, "growth_per_year", "-0.1"),
        cell("measures", 5, "running_cost", "0.6"),  # as much as it costs to build
        cell("measures", 7, "running_cost", "2.4"),  # of a policy, twice as much
        both(cell("measures", 7, "running_cost", ""), cell("measures", 7, "capital_cost", "")),  # and nothing at all
        both(cell("budgets", 6, "amount", "200"), cell("budgets", 7, "amount", "200")),  # 37 times what it may pay for
        swap("case.yaml", "discount_rate: 0.06", "discount_rate: 0.2"),
        swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, reserve: 0.5, borrow: {{limit: 9, interest: 0.2}}"),
        both(cell("budgets", 2, "amount", "0"), cell("budgets", 3, "amount", "0"),
             swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, borrow: {{limit: 1, interest: 0.03}}"),
             cell("measures", 6, "payers", "province:1")),
        both(cell("budgets", 2, "amount", "0"), cell("budgets", 3, "amount", "0"),
             swap("case.yaml", OF_CAPITAL, f"{OF_CAPITAL}, gets_tax: true"), cell("measures", 6, "payers", "province:1")),
        swap("case.yaml", "2035: 3.0}", "2035: 8.1}"),
        swap("case.yaml", "catchment_minutes: 60", "catchment_minutes: 20"),
        swap("case.yaml", "catchment_minutes: 60", "catchment_minutes: 0"),
        swap("case.yaml", "targets:\n", "targets:\n  - {id: half, indicator: cluster, at_least: 50}\n"),
        swap("case.yaml", "no_city_loses: true\n", UNCERTAIN.format("{p10: 0.9, p50: 1.2, p90: 9.9}")),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_not_doubted(folder: Path, change: Change) -> None:
    change(folder)
    assert _doubts(folder) == []


@pytest.fixture
def sichuan(tmp_path: Path) -> Path:
    """A case that ships, to be changed."""
    shutil.copytree(ROOT / "cases" / "chengdu-chongqing", tmp_path / "case", ignore=shutil.ignore_patterns("plan"))
    return tmp_path / "case"


@pytest.mark.parametrize(("years", "said"), [("", True), ("0", False), ("4", False)])
def test_works_without_years_are_doubted_where_their_norm_was_taken_away(sichuan: Path, years: str, said: bool) -> None:
    """A hub of its own price; those by norms take 3, 4 or 6 years."""
    with (sichuan / "measures.csv").open(encoding="utf-8") as file:
        number = next(n for n, row in enumerate(csv.DictReader(file), 2) if row["id"] == "hub-dazhou")
    for column, text in (("norm", ""), ("capital_cost", "6.3"), ("build_years", years)):
        cell("measures", number, column, text)(sichuan)
    says = f"measures.csv, row {number}, column build_years: is empty: .* all others of its kind take 3 to 6 years to build"
    doubts = _doubts(sichuan)
    assert len(doubts) == said
    assert all(re.match(says, doubt) for doubt in doubts)


def test_a_price_of_a_thousand_units_is_doubted(sichuan: Path) -> None:
    """To build a doctor's place costs 0.0006 bn; `show` prints prices of 1,000."""
    swap("case.yaml", "at: [Chongqing], price: 0.0000443", "at: [Chongqing], price: 0.0443")(sichuan)
    (doubt,) = _doubts(sichuan)
    assert re.match(
        r"case.yaml:67:\d+: in_force.\d.*price: 0.0443: to build one unit of doctors .* is this one of 1,000", doubt
    )


def test_a_scenario_may_be_what_gives_a_line_its_money(folder: Path) -> None:
    both(cell("budgets", 6, "amount", "0"), cell("budgets", 7, "amount", "0"))(folder)
    assert any("nobody pays into the line centre" in doubt for doubt in _doubts(folder))
    edit = "{table: budgets, where: {line: centre}, column: amount, set: 5}"
    swap("case.yaml", "assumptions:\n", f"  grant: {{edits: [{edit}]}}\nassumptions:\n")(folder)
    assert not any("nobody pays" in doubt for doubt in _doubts(folder))


def test_a_station_may_lie_in_the_city_that_it_serves(folder: Path) -> None:
    """A third of a kilometre from a city: another one is doubted, a station where nobody lives is not."""
    city = next(iter(load_case(folder).cities.values()))
    town = replace(city, id="town", lat=city.lat + 0.003, area_km2=None)
    assert about_cities.too_near([city, town]) == [(town, city)]
    assert about_cities.too_near([city, replace(town, population=type(town.population)({"today": 0.0}))]) == []


def test_a_draft_without_costs_is_doubted_once(tmp_path: Path) -> None:
    write_cluster(tmp_path / "draft", 20, 1)
    table = tmp_path / "draft" / "measures.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, **{c: "" for c in ("capital_cost", "running_cost") if c in row}} for row in rows)
    said = [doubt for doubt in _doubts(tmp_path / "draft") if "no norm" in doubt]
    assert len(said) == 1
    assert "measures cost nothing (rows " in said[0]


def test_a_scenario_may_take_the_money_of_a_line_away(folder: Path) -> None:
    edit = "{table: budgets, where: {line: centre}, column: amount, set: 0}"
    swap("case.yaml", "assumptions:\n", f"  alone: {{edits: [{edit}]}}\nassumptions:\n")(folder)
    assert _doubts(folder, "alone") == []


def test_kilometres_in_the_place_of_minutes_are_doubted_where_most_links_of_a_mode_have_them(folder: Path) -> None:
    """Three of three may be chance; a train among them changes nothing, and neither does a road that is faster."""
    for row, km in ((2, "75"), (3, "110"), (5, "105.04")):
        cell("links", row, "minutes", km)(folder)
    assert not any("kilometres" in doubt for doubt in _doubts(folder))
    append("links.csv", "road-d,Metro,Inland,road,180,180,,\nroad-e,Metro,Inland,road,100,170,,")(folder)
    (doubt,) = [doubt for doubt in _doubts(folder) if "kilometres" in doubt]
    assert doubt.startswith(
        "links.csv, column minutes: 75: on road as many minutes as column km says kilometres, in rows 2-3"
    )
    assert "5, 8: kilometres in the place of minutes?" in doubt


def test_minutes_as_long_as_the_way_between_the_seats_are_doubted_where_no_length_is_said(folder: Path) -> None:
    """The seats are 84, 103 and 184 km apart; a link of the mode that is driven faster makes it a coincidence."""
    seats = {name: (c.lat, c.lon) for name, c in load_case(folder).cities.items()}
    ends = [("Metro", "Border"), ("Border", "Inland"), ("Metro", "Inland"), ("Inland", "Metro")]
    ways = [about_cities.kilometres(seats[one], seats[other]) for one, other in ends]
    rows = [f"way-{n},{a},{b},water,{way + n / 10:.1f},,," for n, ((a, b), way) in enumerate(zip(ends, ways, strict=True))]
    swap("case.yaml", "  rail: {boarding", "  water: {boarding_minutes: 5}\n  rail: {boarding")(folder)
    append("links.csv", "\n".join(rows))(folder)
    (doubt,) = [doubt for doubt in _doubts(folder) if "kilometres" in doubt]
    assert re.match(r"links.csv, column minutes: 84.\d: on water as many minutes as there are kilometres between", doubt)
    assert "in rows 8-11: kilometres in the place of minutes?" in doubt
    append("links.csv", "way-4,Metro,Border,water,60,,,")(folder)
    assert not any("kilometres" in doubt for doubt in _doubts(folder))


@pytest.mark.parametrize(("targets", "told"), [(("300", "70", "45"), 1), (("300000", "70000", "45000"), 0)])
def test_jobs_wanted_in_ten_thousands_are_doubted_once(folder: Path, targets: tuple[str, ...], told: int) -> None:
    """The column stands for both periods. A tenth of the jobs that there are may be meant: those of an industry."""
    path = folder / "cities.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{target}" for row, target in zip(rows, targets, strict=True)]
    path.write_text("\n".join([f"{head},jobs_target", *rows]) + "\n", encoding="utf-8")
    doubts = _doubts(folder)
    assert len(doubts) == told
    assert all(doubt.startswith("cities.csv, column jobs_target: 300: in every row next to nothing") for doubt in doubts)


@pytest.mark.parametrize(("used", "times"), [("3000", ""), ("330", ""), ("3000000", "909"), ("3", "0.000909")])
def test_what_is_in_use_is_held_against_what_there_is(folder: Path, used: str, times: str) -> None:
    """Border has 3,300 doctors: 330 of them are a tenth, 3,000 nine tenths, 3 million 909 times as many."""
    file = folder / "capacity.csv"
    text = file.read_text(encoding="utf-8").replace("outsiders,basis", "outsiders,used,basis")
    text = text.replace(",sourced", ",,sourced").replace(",assumed", ",,assumed")
    file.write_text(text.replace("3300,,,", f"3300,,{used},"), encoding="utf-8")
    found = [doubt for doubt in _doubts(folder) if "column used" in doubt]
    said = f"capacity.csv, row 3, column used: {float(used):,.0f}: {times} times what there is"
    assert [doubt.startswith(said) for doubt in found] == ([True] if times else [])


@pytest.mark.parametrize("figure", ["5e-324", "1e-300", "1e10", "0"])
@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("cities", 2, "area_km2"), ("cities", 3, "gdp"), ("cities", 4, "jobs"), ("capacity", 3, "capacity"),
        ("links", 2, "km"), ("measures", 8, "capacity"), ("measures", 9, "quantity"), ("measures", 10, "capital_cost"),
        ("budgets", 3, "amount"), ("trips", 2, "trips"),
    ],
)  # fmt: skip
def test_no_figure_is_too_small_or_too_large_to_be_compared(
    folder: Path, table: str, row: int, column: str, figure: str
) -> None:
    """Quotients of the smallest and the largest numbers are nothing, or without end."""
    cell(table, row, column, figure)(folder)
    with contextlib.suppress(CaseInvalid):  # some are refused
        _doubts(folder)


def test_no_time_and_no_gdp_is_too_small_to_be_compared(tmp_path: Path) -> None:
    """Four roads, so that their speeds are compared, and parks whose output is held against gdp."""
    folder = write_files(tmp_path / "case", small_work.FILES)
    for row in range(3, 6):
        cell("cities", row, "gdp", "5e-324")(folder)
    cell("links", 2, "minutes", "5e-324")(folder)
    assert any(d.startswith("links.csv, row 2, column minutes: ") for d in _doubts(folder))


def test_a_whole_column_in_another_unit_is_one_warning(folder: Path) -> None:
    for row, people in ((2, "500"), (3, "150"), (4, "100")):
        cell("cities", row, "population", people)(folder)
        cell("cities", row, "people_65", "10")(folder)
    (doubt,) = [d for d in _doubts(folder) if "column population: " in d]
    assert doubt.startswith("cities.csv, column population: 500: fewer people than a city has")
    assert "and so on in rows 2-4" in doubt


def test_minutes_and_km_in_each_others_place_are_noticed_by_the_speed_of_the_mode(folder: Path) -> None:
    """The roads have 75 / 65, 110 / 90 and 105 / 60 km a minute: 69, 73 and 105 km/h.

    Two more are driven at 73 and 75 km/h, the middle; 72 km in 90 minutes are 48 km/h, and 90 km in 72 minutes 75.
    """
    roads = ("road-d,Metro,Border,road,72,90,,", "road-e,Metro,Border,road,74,90,,", "road-f,Metro,Border,road,90,72,,")
    append("links.csv", "\n".join(roads))(folder)
    (doubt,) = [d for d in _doubts(folder) if "in each other's place" in d]
    assert doubt.startswith("links.csv, row 10, column minutes: 90, column km: 72: 48 km/h, where road has ")


def test_a_core_city_that_hangs_on_one_link_is_doubted(folder: Path) -> None:
    append("cities.csv", "Hill,Hill,Province,core,38.9,116.1,3000,400000,,100,150000,70000,,,")(folder)
    append("capacity.csv", "Hill,doctors,900,,\nHill,care,2000,,")(folder)
    append("links.csv", "road-hill,Hill,Metro,road,100,140,,")(folder)
    (doubt,) = [d for d in _doubts(folder) if "only link" in d]
    assert doubt.startswith("links.csv, row 8, column from: Hill is a core city, and this is its only link")


def test_a_park_whose_jobs_outnumber_the_people_is_doubted(tmp_path: Path) -> None:
    """600,000 jobs in each of two units, for one million people."""
    folder = write_files(tmp_path / "case", small_work.FILES)
    cell("parks", 3, "jobs", "600000")(folder)
    assert any(d.startswith("parks.csv, row 3, column jobs: 600,000: with all units 1.2 jobs") for d in _doubts(folder))


def test_a_closing_plant_of_another_magnitude_is_doubted(tmp_path: Path) -> None:
    """The parks have 20,000, 15,000 and 8,000 jobs, so that the middle of all four is sqrt(8,000 x 15,000) = 10,954."""
    folder = write_files(tmp_path / "case", small_work.FILES)
    cell("parks", 5, "jobs", "3")(folder)
    (doubt,) = _doubts(folder)
    assert doubt.startswith(
        "parks.csv, row 5, column jobs: 3: 3 jobs, 3,651.48 times less than the middle of all rows (10,954)"
    )


def test_doubts_of_a_scenario_are_of_its_figures(folder: Path) -> None:
    edit = "{table: budgets, where: {line: capital, period: '2030'}, column: amount, set: 400}"
    swap("case.yaml", "assumptions:\n", f"  flood: {{edits: [{edit}]}}\nassumptions:\n")(folder)
    assert _doubts(folder) == []
    (doubt,) = _doubts(folder, "flood")
    assert doubt.startswith("budgets.csv, row 2, column amount: 400: the line capital has 3 in its other periods")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("all-in-ten-thousands.csv", ["all-in-ten-thousands.csv, column population: 2,188.6: fewer people"]),
        (
            "one-row-in-heads.csv",
            [
                "one-row-in-heads.csv, row 2, column population: 2,188.6: fewer people",
                "one-row-in-heads.csv, row 4, column population: 549: fewer people",
            ],
        ),
    ],
)
def test_people_in_ten_thousands_are_doubted_when_a_case_is_begun(file: str, says: list[str]) -> None:
    told: list[str] = []
    from_cities(FAULTS / "ten-thousands" / file, "Made", tell=told.append)
    assert [text.removeprefix("warning: ")[: len(start)] for text, start in zip(told, says, strict=True)] == says
    assert all("is it in heads, not in thousands or ten-thousands?" in text for text in told)


def _scattered(kind: str, number: int, drawn: random.Random) -> list[City]:
    """Cities of very different areas: on a plain, along one latitude, around a pole, across the date line, in one place."""
    city = next(iter(load_case(ROOT / "cases" / "tiny").cities.values()))
    side = math.sqrt(number)

    def seat() -> tuple[float, float]:
        if kind == "plain":
            return 20 + side * drawn.random(), 100 + side * drawn.random()
        if kind == "row":
            return 30.0, 80 + 40 * drawn.random()
        if kind == "pole":
            return 90 - 3 * drawn.random() ** 2, -180 + 360 * drawn.random()
        return (10.0, 20.0) if kind == "one" else (drawn.random(), (180 + 4 * drawn.random() - 2 + 180) % 360 - 180)

    areas = (None, 0.0, 2_000.0, 8_000.0, 8_000.0, 80_000.0)
    return [
        replace(city, id=str(n), lat=lat, lon=lon, area_km2=drawn.choice(areas))
        for n in range(number)
        for lat, lon in [seat()]
    ]


def _pair_by_pair(cities: list[City]) -> list[tuple[str, str]]:
    """Seats too near one another, as they are defined."""
    found = []
    for n, city in enumerate(cities):
        for other in cities[:n]:
            smaller, larger = sorted((city, other), key=lambda c: c.area_km2 or 0.0)
            apart = about_cities.kilometres((smaller.lat, smaller.lon), (larger.lat, larger.lon))
            disc = plausible.TOO_NEAR * math.sqrt((smaller.area_km2 or 0.0) / math.pi)
            if 0 < apart < max(plausible.LEAST_APART, disc):
                found.append((smaller.id, larger.id))
    return found


@pytest.mark.parametrize("kind", ["plain", "row", "pole", "date line", "one"])
def test_seats_too_near_one_another_are_those_that_every_pair_would_show(kind: str) -> None:
    every = 0
    for seed in range(5):
        cities = _scattered(kind, 80, random.Random(seed))
        found = [(one.id, other.id) for one, other in about_cities.too_near(cities)]
        assert found == _pair_by_pair(cities)
        every += len(found)
    assert (every > 0) == (kind != "one")


def test_seats_are_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a degree: of 2,000 cities, which are two million pairs, each is held against those of a strip."""
    distance, asked = math.dist, []

    def counted(one: tuple[float, ...], other: tuple[float, ...]) -> float:
        asked.append(other)
        return distance(one, other)

    monkeypatch.setattr(math, "dist", counted)
    about_cities.too_near(_scattered("plain", 2_000, random.Random(1)))
    assert 2_000 < len(asked) < 50 * 2_000
