"""Small cases that cannot be met, each against its own promises; the smallest changes are worked out in the tests."""

from __future__ import annotations

from pathlib import Path

from planner.case import Case
from tests.solving.folders import case

ONE = "periods: [2026-2030]\n"
TWO = "periods: [2026-2030, 2031-2035]\n"
BEDS = "services: {beds: {unit: beds, per_1000: 10}}\ngoals: [{minimise: gaps}]\n"
TOWN = "id jurisdiction tier lat lon population\nA Town core 30 110 1000"
LACKING = "city service capacity\nA beds 4"
WARDS = "id kind city service capacity capital_cost units\nward facility A beds 1 2 6"


def money(**amounts: float) -> str:
    """budgets.csv of lines with money in the first period alone, or in both: town=5, town_2035=3."""
    rows = [f"{name.split('_')[0]} {name.split('_')[1] if '_' in name else 2030} {x}" for name, x in amounts.items()]
    return "\n".join(["line period amount", *rows])


def whole_units(folder: Path, limit: str) -> Case:
    """Ten beds are needed, four are there; a ward of one bed costs 2, and there are 5: two wards, never half of one."""
    yaml = ONE + BEDS + "lines: {town: {holder: Town}}\n" + limit
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=WARDS, budgets=money(town=5))


TARGET = "targets: [{id: wards, indicator: beds, at_least: 7}]\n"
RULE = "rules: [{id: three, of: units, at_least: 3}]\n"
HALVES = """\
lines:
  town: {holder: Town, at_most_share: 0.5}
  centre: {holder: central, at_most_share: 0.5}
"""


def shared(folder: Path, units: int = 1, cost: float = 4, **amounts: float) -> Case:
    """A hall that is decided, and of whose cost each of two lines pays half at most."""
    measures = f"""\
        id kind city service capacity capital_cost units status start_period
        hall facility A beds 1 {cost} {units} decided 2030
        """
    periods = TWO if any(name.endswith("2035") for name in amounts) else ONE
    return case(folder, periods + BEDS + HALVES, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(**amounts))


def borrowing(folder: Path, interest: float = 0.0, **amounts: float) -> Case:
    """A hall of 8 is to be built in the first of three periods; the town may owe 2 then and 5 later."""
    yaml = (
        "periods: [2026-2030, 2031-2035, 2036-2040]\n"
        + BEDS
        + (
            f"lines: {{town: {{holder: Town, borrow: {{limit: {{2030: 2, 2035: 5, 2040: 0}}, interest: {interest}}}}}}}\n"
            "rules: [{id: early, of: units, periods: [2030], at_least: 1}]\n"
        )
    )
    measures = "id kind city service capacity capital_cost\nhall facility A beds 1 8"
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(**amounts))


def requirement(folder: Path) -> Case:
    """An annex of 2 has to be built; it requires a house of 10, and there are 5."""
    yaml = ONE + BEDS + "lines: {town: {holder: Town}}\nrules: [{id: annex, of: count, where: {id: annex}, at_least: 1}]\n"
    measures = """\
        id kind city service capacity capital_cost requires
        house facility A beds 1 10 -
        annex facility A beds 1 2 house
        """
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(town=5))


def group(folder: Path) -> Case:
    """Two of three sites are to be built, of which one may be."""
    yaml = ONE + BEDS + "rules: [{id: both, of: units, at_least: 2}]\n"
    measures = """\
        id kind city service capacity one_of
        north facility A beds 1 site
        south facility A beds 1 site
        west facility A beds 1 site
        """
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures)


def gate(folder: Path) -> Case:
    """A school has to start, but only where there are 8 beds per 1,000; there are 4, and money for two wards of one bed."""
    yaml = ONE + (
        "services: {beds: {unit: beds, per_1000: 10}, lessons: {unit: places, per_1000: 1}}\n"
        "lines: {town: {holder: Town}}\n"
        "gates: [{id: healthy, where: {id: school}, indicator: beds, at_least: 8}]\n"
        "rules: [{id: school, of: units, where: {id: school}, at_least: 1}]\n"
        "goals: [{minimise: gaps}]\n"
    )
    measures = """\
        id kind city service capacity capital_cost units
        ward facility A beds 1 2 6
        school facility A lessons 1 0 1
        """
    capacity = "city service capacity\nA beds 4\nA lessons 0"
    return case(folder, yaml, cities=TOWN, capacity=capacity, measures=measures, budgets=money(town=5))


TWINS = """\
    id jurisdiction tier lat lon population jobs jobs_target land_quota_km2 airshed
    A North core 30 110 10000 8000 9000 5 sky
    B South small 31 111 10000 8000 9000 5 sky
    """
PARKS = """\
    id kind city capital_cost
    plant-A park A 1
    plant-B park B 1
    """
PLANTS = "measure jobs industry area_km2 emissions\nplant-A 1000 cars 2 3\nplant-B 1000 cars 2 3"
JOBS = (
    "work: {jobs: {kind: target}}\nairsheds: {sky: {unit: kt, existing: 10, cap: 20}}\nindustries: {cars: {max_hosts: 2}}\n"
    "lines: {north: {holder: North, pays_for: [{jurisdiction: North}]}, "
    "south: {holder: South, pays_for: [{jurisdiction: South}]}}\n"
    "goals: [{minimise: gaps}]\n"
)


def plants(folder: Path, swap: tuple[str, str], promise: str, cities: str = TWINS) -> Case:
    """Two cities lack 1,000 of 9,000 jobs; each may have one plant of 1,000 jobs, 2 km2 and 3 kt, and can pay it."""
    yaml = ONE + JOBS.replace(*swap) + promise
    return case(
        folder, yaml, cities=cities, capacity="city service capacity", measures=PARKS, parks=PLANTS,
        budgets=money(north=1, south=1),
    )  # fmt: skip


FULL = "targets: [{id: full, indicator: jobs, at_least: 900}]\n"
LEVELS = """\
pyramid: {at_most_share: {subsidy: 0.1}}
lines: {town: {holder: Town}}
rules: [{id: grants, of: count, where: {kind: policy}, at_least: 1}]
"""


def level(folder: Path) -> Case:
    """A grant of 3 has to start; subsidies may cost a tenth of the 20 that there are, which is 2."""
    measures = "id kind capital_cost level signed_by\ngrant policy 3 subsidy Town"
    return case(folder, ONE + BEDS + LEVELS, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(town=20))


def barrier(folder: Path) -> Case:
    """A free grant has to start in the first period; a removal must serve first, and can only start in the second."""
    yaml = (
        TWO
        + BEDS
        + (
            "pyramid: {barriers_first: [removal]}\n"
            "rules: [{id: grants, of: count, where: {id: grant}, periods: [2030], at_least: 1}]\n"
        )
    )
    measures = """\
        id kind level signed_by earliest
        removal policy barrier_removal Town 2035
        grant policy subsidy Town -
        """
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures)


def subsidies(folder: Path) -> Case:
    """Two free grants of one period each have to start, one in each period; a city is subsidised in one at most."""
    yaml = (
        TWO
        + BEDS
        + ("pyramid: {subsidy_periods: 1}\nrules: [{id: grants, of: count, where: {kind: policy}, at_least: 2}]\n")
    )
    measures = """\
        id kind city level signed_by earliest latest life_years
        first policy A subsidy Town 2030 2030 5
        second policy A subsidy Town 2035 2035 5
        """
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures)


def minimum(folder: Path) -> Case:
    """A line of 5 must spend 3, but there is nothing to spend it on but a ward of 2."""
    budgets = "line period amount minimum\ntown 2030 5 3"
    measures = "id kind city service capacity capital_cost\nward facility A beds 1 2"
    return case(folder, ONE + BEDS + "lines: {town: {holder: Town}}\n", cities=TOWN, capacity=LACKING, measures=measures,
                budgets=budgets)  # fmt: skip


def taken(folder: Path) -> Case:
    """Ten beds in B serve A and B, which need ten each; A is to have 8 of them. Left to themselves they share evenly."""
    yaml = ONE + (
        "modes: {road: {}}\n"
        "services: {beds: {unit: beds, per_1000: 10, catchment_minutes: 60, across_borders: always, shares: all}}\n"
        "targets: [{id: fair, indicator: beds, where: {city: A}, at_least: 8}]\ngoals: [{minimise: gaps}]\n"
    )
    cities = "id jurisdiction tier lat lon population\nA North core 30 110 1000\nB South small 31 111 1000"
    return case(folder, yaml, cities=cities, capacity="city service capacity\nA beds 0\nB beds 10",
                links="id from to mode minutes\nroad A B road 30", measures="id kind\nnothing hub")  # fmt: skip


def residents(folder: Path) -> Case:
    """B has 4 of 10 beds and is to have 8; a policy opens A, which has 6 to spare, but its people are to keep all of it."""
    yaml = ONE + (
        "modes: {road: {}}\n"
        "services: {beds: {unit: beds, per_1000: 10, catchment_minutes: 60}}\n"
        "effects: {sign: [{open_service: {services: [beds], people_of: [South], at: [North]}}]}\n"
        "no_level_falls: [beds]\n"
        "targets: [{id: fair, indicator: beds, where: {city: B}, at_least: 8}]\ngoals: [{minimise: gaps}]\n"
    )
    cities = "id jurisdiction tier lat lon population\nA North core 30 110 1000\nB South small 31 111 1000"
    return case(folder, yaml, cities=cities, capacity="city service capacity\nA beds 16\nB beds 4",
                links="id from to mode minutes\nroad A B road 30",
                measures="id kind signed_by\nsign policy North;South")  # fmt: skip


def left(folder: Path) -> Case:
    """A hall that is decided costs 1 a year; the line has 5 for five years, and may be left with half of the 1 a year."""
    yaml = ONE + BEDS + "lines: {town: {holder: Town, after: {at_most_share: 0.5}}}\n"
    measures = """\
        id kind city service capacity running_cost status start_period
        hall facility A beds 1 1 decided 2030
        """
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(town=5))


def two_at_once(folder: Path) -> Case:
    """The hall of `shared`, and a rule that asks for three wards of which there are two: neither helps the other."""
    measures = """\
        id kind city service capacity capital_cost units status start_period
        hall facility A beds 1 4 1 decided 2030
        ward facility A beds 1 0 2 candidate -
        """
    yaml = ONE + BEDS + HALVES + "rules: [{id: wards, of: units, where: {id: ward}, at_least: 3}]\n"
    return case(folder, yaml, cities=TOWN, capacity=LACKING, measures=measures, budgets=money(town=10, centre=1))


def share_of_spending(folder: Path) -> Case:
    """A hall of 4 in A is decided; of all that is spent, 60 % must be in B, where two wards of 2 can be built."""
    yaml = (
        ONE
        + BEDS
        + (
            "lines: {town: {holder: Town}}\n"
            "rules: [{id: mostly-B, of: spending, where: {city: B}, at_least: 0.6, share_of: {}}]\n"
        )
    )
    cities = "id jurisdiction tier lat lon population\nA Town core 30 110 1000\nB Town small 31 111 1000"
    measures = """\
        id kind city service capacity capital_cost units status start_period
        hall facility A beds 1 4 1 decided 2030
        ward facility B beds 1 2 2 candidate -
        """
    return case(folder, yaml, cities=cities, capacity="city service capacity\nA beds 4\nB beds 4", measures=measures,
                budgets=money(town=20))  # fmt: skip


def housing(folder: Path) -> Case:
    """A has 8 of 10 beds, and is to lack none: 200 of its 1,000 people would have to leave. B has housing for 100."""
    yaml = ONE + BEDS + (
        "effects: {new-town: [{relocate: {people: 100}}]}\n"
        "targets: [{id: all, indicator: beds, where: {city: A}, at_least: 10}]\n"
    )  # fmt: skip
    cities = "id jurisdiction tier lat lon population housing\nA Town core 30 110 1000 -\nB Town small 31 111 2000 100"
    return case(
        folder, yaml, cities=cities, capacity="city service capacity\nA beds 8\nB beds 24",
        measures="id kind city from_city units\nnew-town relocation B A 2",
    )  # fmt: skip
