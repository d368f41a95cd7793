"""Defaults, norms, head counts and the calendar, each against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import TODAY, Case, Period, load_case
from planner.case.serving import start_option, years_within
from tests.case.small import both, cell, swap

FIVES = (Period("2030", 2026, 2030), Period("2035", 2031, 2035), Period("2040", 2036, 2040))
UNEVEN = (Period("2027", 2026, 2027), Period("2035", 2028, 2035), Period("2036", 2036, 2036))


def test_works_of_seven_years_open_in_the_second_period() -> None:
    """Start 2026, works 2026-2032, open from 2033: 3 of the 5 years of 2031-2035, so it serves 2035 and 2040.

    Capital 14 over 7 years = 2 a year: 5 years in 2030 = 10, 2 years (2031, 2032) in 2035 = 4.
    Running 0.5 a year: 3 years in 2035 = 1.5, 5 years in 2040 = 2.5.
    """
    option = start_option(FIVES[0], FIVES, build_years=7, life_years=None, capital_cost=14, running_cost=0.5)
    assert option is not None
    assert (option.opens, option.serves) == (2033, ("2035", "2040"))
    assert option.capital == {"2030": 10.0, "2035": 4.0}
    assert option.running == {"2035": 1.5, "2040": 2.5}


def test_works_of_three_years_serve_no_period_before_the_next() -> None:
    """Start 2026, open from 2029: 2 of 5 years are less than half, so 2030 is not served; its running cost is due."""
    option = start_option(FIVES[0], FIVES, 3, None, 6, 1)
    assert option is not None
    assert option.serves == ("2035", "2040")
    assert option.running == {"2030": 2.0, "2035": 5.0, "2040": 5.0}
    assert option.capital == {"2030": 6.0}


def test_half_of_the_years_is_enough() -> None:
    """Start 2028, open from 2032: 4 of the 8 years 2028-2035 are exactly half."""
    option = start_option(UNEVEN[1], UNEVEN, 4, None, 4, 0)
    assert option is not None
    assert option.serves == ("2035", "2036")
    assert option.running == {}


def test_without_works_all_is_paid_in_the_first_period() -> None:
    option = start_option(FIVES[1], FIVES, 0, None, 9, 1)
    assert option is not None
    assert (option.opens, option.serves) == (2031, ("2035", "2040"))
    assert option.capital == {"2035": 9.0}


def test_a_life_ends_the_service_and_the_running_cost() -> None:
    """Start 2026, works 2 years, open 2028-2032 (5 years): 3 of 5 years in 2030, 2 of 5 in 2035 are too few."""
    option = start_option(FIVES[0], FIVES, 2, 5, 2, 1)
    assert option is not None
    assert (option.opens, option.serves) == (2028, ("2030",))
    assert option.running == {"2030": 3.0, "2035": 2.0}


def test_a_start_that_serves_no_period_is_not_offered() -> None:
    """Start 2036, works 3 years, open 2039-2040: 2 of 5 years."""
    assert start_option(FIVES[2], FIVES, 3, None, 1, 1) is None
    assert start_option(FIVES[0], FIVES, 0, 2, 1, 1) is None


def test_periods_of_uneven_length_share_the_works_by_year() -> None:
    """Start 2026, works 2026-2030: 2 years in 2026-2027, 3 in 2028-2035; open from 2031: 5 of 8 years, then 1 of 1."""
    option = start_option(UNEVEN[0], UNEVEN, 5, None, 10, 1)
    assert option is not None
    assert option.capital == {"2027": 4.0, "2035": 6.0}
    assert option.running == {"2035": 5.0, "2036": 1.0}
    assert option.serves == ("2035", "2036")


@pytest.mark.parametrize(
    ("first", "last", "years"), [(2026, 2030, 5), (2020, 2026, 1), (2030, None, 1), (2031, None, 0), (2020, 2025, 0)]
)
def test_years_are_counted_with_both_ends(first: int, last: int | None, years: int) -> None:
    assert years_within(FIVES[0], first, last) == years


def test_population_grows_from_the_year_before_the_first_period(case: Case) -> None:
    """Today is 2025. Metro grows by 1 %: 5 m x 1.01^5 in 2030, x 1.01^10 in 2035; Border not at all."""
    metro = case.cities["Metro"].population
    assert metro[TODAY] == 5_000_000
    assert metro["2030"] == pytest.approx(5_255_050.25, abs=0.01)
    assert metro["2035"] == pytest.approx(5_523_110.627, abs=0.01)
    assert set(case.cities["Border"].population.values()) == {1_500_000}


def test_people_of_today_grow_as_the_population_does(case: Case) -> None:
    """700,000 x 1.01^5 = 735,707.035."""
    metro = case.cities["Metro"].people["people_65"]
    assert metro[TODAY] == 700_000
    assert metro["2030"] == pytest.approx(735_707.035, abs=0.001)


def test_population_by_period_is_taken_as_given(folder: Path) -> None:
    """Without a figure for today, today is the first period's."""
    change = both(
        swap("cities.csv", "population,growth_per_year", "population_2030,population_2035"),
        swap("cities.csv", "5000000,0.01", "5100000,5200000"),
        swap("cities.csv", "1500000,,", "1500000,1400000,"),
        swap("cities.csv", "1000000,-0.01", "1000000,900000"),
    )
    change(folder)
    case = load_case(folder)
    assert case.cities["Metro"].population == {TODAY: 5_100_000, "2030": 5_100_000, "2035": 5_200_000}
    assert case.cities["Inland"].people["people_65"]["2035"] == pytest.approx(162_000)  # 180,000 x 900 / 1,000


def test_need_is_heads_times_standard(case: Case) -> None:
    """Border 2035: 1.5 m x 3.0 / 1,000 = 4,500 doctors. Care in Inland is unknown: no need."""
    assert case.need("doctors", "Border", "2035") == pytest.approx(4500)
    assert case.need("care", "Inland", "2030") == 0.0


def test_costs_and_years_come_from_the_norm(case: Case) -> None:
    """Railway: 105 km x 0.05 = 5.25; running 1 % of it = 0.0525 a year; 4 years of works, 40 of life."""
    railway = case.measures["railway"]
    assert railway.capital_cost == pytest.approx(5.25)
    assert railway.running_cost == pytest.approx(0.0525)
    assert (railway.build_years, railway.life_years) == (4, 40)
    assert case.measures["doctors-inland"].capital_cost == pytest.approx(0.1)  # without a quantity: one


def test_what_a_row_says_goes_before_the_norm(folder: Path) -> None:
    cell("measures", 4, "capital_cost", "3")(folder)
    cell("measures", 4, "build_years", "0")(folder)
    railway = load_case(folder).measures["railway"]
    assert (railway.capital_cost, railway.build_years) == (3.0, 0)
    assert railway.running_cost == pytest.approx(0.03)  # 1 % of its own cost


def test_a_link_measure_lies_where_its_links_end(case: Case) -> None:
    railway = case.measures["railway"]
    assert railway.cities == ("Border", "Inland")
    assert railway.jurisdictions == ("Province",)
    assert railway.tiers == ("small",)


def test_a_policy_lies_with_those_who_sign(case: Case) -> None:
    assert case.measures["insurance"].jurisdictions == ("Capital", "Province")
    assert case.measures["insurance"].tiers == ()


def test_starts_are_offered_within_the_window_only(case: Case) -> None:
    """Railway 2030 only; the decided checkpoint in its period; what is ruled out never; the clinic in both."""
    starts = {m.id: tuple(option.period for option in m.starts) for m in case.measures.values()}
    assert starts["railway"] == ("2030",)
    assert starts["checkpoint"] == ("2030",)
    assert starts["care-metro"] == ()
    assert starts["clinic-border"] == ("2030", "2035")


def test_most_starts_a_period_are_at_most_the_units(case: Case) -> None:
    assert case.measures["doctors-inland"].max_starts == 4
    assert case.measures["care-metro"].max_starts == 2


def test_goals_are_filled_in(case: Case) -> None:
    first, second, third = case.goals
    assert first.name == "gaps + 0.5 worst_city"
    assert first.weights == {"doctors": 2, "care": 1, "core": 1}
    assert (second.discounted, second.tolerance, third.period_weights) == (True, 1e-4, None)
