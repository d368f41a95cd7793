"""What people read of parks, jobs and air: figures of the case with parks, worked out by hand where it is described."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from planner.case import FrozenDict
from planner.documents import built, changes, parks, text
from planner.documents.blocks import lines as in_lines
from planner.plans import totals
from planner.plans.plan import Plan
from tests.product.conftest import NAN, table

NEW_SECTIONS = ("PARKS", "EMISSIONS", "ALONE", "PYRAMID", "PRIVATE MONEY", "Jobs  ", "Emissions ", "Alone ")


def changed(plan: Plan, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Plan:
    """The same plan with one of its tables changed."""
    return replace(plan, tables=FrozenDict({**plan.tables, name: change(plan.table(name))}))


def without(plan: Plan, *names: str) -> Plan:
    """The same plan with nothing in some tables."""
    return replace(plan, tables=FrozenDict({**plan.tables, **{name: table(name) for name in names}}))


def row(shown: str, name: str) -> list[str]:
    """The cells of the first row of a table that begins with a name."""
    return re.split(" {2,}", next(line for line in shown.splitlines() if line.startswith(name)))


def held_back(plan: Plan, measure: str) -> list[tuple[str, ...]]:
    """What holds a park back, period by period."""
    return [year.limits for year in parks.park_years(plan) if year.measure == measure]


# parks


def test_a_park_says_host_origin_form_industry_phases_and_what_investors_pay(industrial: Plan) -> None:
    assert row(in_lines(built.built(industrial)), "Car plant x 2") == [
        "Car plant x 2", "s, from n (duplication)", "Cars", "2026-2030", "2026", "4.00", "1.60", "0.10", "province"
    ]  # fmt: skip


def test_phases_started_in_several_periods_are_said_for_each(industrial: Plan) -> None:
    def split(decisions: pd.DataFrame) -> pd.DataFrame:
        more = decisions[decisions["measure"] == "plant"].assign(units=1.0, start_period="2035")
        return pd.concat([decisions.assign(units=1.0), more])

    assert "1 in 2026-2030, 1 in" in in_lines(built.built(changed(industrial, "decisions", split)))


def test_columns_that_say_nothing_are_left_out(plan: Plan, industrial: Plan) -> None:
    assert "private" not in in_lines(built.built(plan))
    assert "industry" not in in_lines(built.built(plan))
    closed = in_lines(built.built(industrial)).split("Plants closed")[1]
    assert "industry" not in closed


def test_parks_show_productive_of_possible_jobs_and_what_holds_the_others_back(industrial: Plan) -> None:
    """The plant's two phases offer 2,000 jobs; skilled people fill 1,180; of 40 bonus jobs of the pair 20 are its own."""
    assert row(in_lines(parks.parks(industrial)), "Car plant") == [
        "Car plant", "s", *["1,180 of 2,000"] * 3, "20", "skilled people"
    ]  # fmt: skip


def test_a_park_without_idle_jobs_is_not_held_back(industrial: Plan) -> None:
    assert row(in_lines(parks.parks(industrial)), "Parts works") == ["Parts works", "s", *["400 of 400"] * 3, "20"]


def test_a_park_too_far_from_its_origin_says_how_far(industrial: Plan) -> None:
    """From s2 over s to n: 60 + 50 minutes."""
    assert held_back(industrial, "far") == [("110 minutes to n, at most 60",)] * 3


def test_a_park_without_a_way_to_its_origin_says_so(industrial: Plan) -> None:
    assert held_back(without(industrial, "routes"), "far") == [("no way to n",)] * 3


def test_an_airshed_at_its_cap_holds_parks_back_that_emit(industrial: Plan) -> None:
    """9 + 2.36 - 1 - 3 = 7.36: with a cap of that there is no room."""
    full = changed(without(industrial, "skills"), "airsheds", lambda t: t.assign(cap=t["emissions"]))
    assert held_back(full, "plant") == [("cap of the airshed plain",)] * 3


def test_where_the_tables_prove_no_limit_none_is_named(industrial: Plan) -> None:
    causes = held_back(without(industrial, "skills"), "plant")
    assert causes == [("goals, rules or money, and no lack of links, skilled people or air",)] * 3


def test_limits_that_are_not_the_same_in_all_periods_are_said_with_their_periods(industrial: Plan) -> None:
    later = changed(industrial, "skills", lambda t: t[t["period"] != "2030"])
    years = [year for year in parks.park_years(later) if year.measure == "plant"]
    assert parks.held_back(later.case, years) == (
        "2026-2030: goals, rules or money, and no lack of links, skilled people or air; 2031-2035, 2036-2040: skilled people"
    )


def test_a_pair_in_a_chain_says_its_bonus_jobs_and_where_they_are(industrial: Plan) -> None:
    said = in_lines(parks.parks(industrial))
    assert "- chain supply: Car plant and Parts works bring 40 bonus jobs in 2036-2040, in s." in said


def test_a_closed_plant_says_which_jobs_end_and_which_parks_have(industrial: Plan) -> None:
    assert "- s: plants closed end 300 jobs by 2036-2040; its parks have 1,580." in in_lines(parks.parks(industrial))


def test_host_cities_show_skilled_people_and_land(industrial: Plan) -> None:
    """Skilled jobs 0.5 x 1,200 = 600; land 2 x 4 + 1 = 9 of 10 km2 and 2 of the rezoning."""
    assert row(in_lines(parks.parks(industrial)).split("\n\n")[1], "s ") == ["s", "600", "600", "0", "9.0", "12.0"]


def test_the_headline_counts_jobs_of_the_last_period(industrial: Plan) -> None:
    assert parks.headline(industrial) == (
        "1,580 productive of 2,900 possible in 3 parks in 2036-2040, 40 bonus jobs beside them"
    )


def test_totals_add_up_jobs_of_the_last_period(industrial: Plan) -> None:
    total = totals.totals(industrial)
    assert [total[name] for name in ("jobs", "possible_jobs", "bonus_jobs")] == pytest.approx([1580, 2900, 40])
    assert total["emissions"] == {"plain": pytest.approx(7.36)}


def test_units_that_serve_follow_from_the_decisions(industrial: Plan) -> None:
    """The grant of five years serves in its first period only."""
    served = totals.serving(industrial)
    assert served["plant", "2040"] == 2
    assert [period for name, period in served if name == "grant"] == ["2030"]


# indicators of work


def test_gains_in_jobs_are_said_per_1000_people_and_output_against_what_is_asked_for(industrial: Plan) -> None:
    """Jobs 413.2. Output 60 + 3 x 1.18 + 1 = 64.54 of 0.5 x 400 / 200,000 x 100,000 = 100."""
    assert in_lines(changes.gains(industrial)) == (
        "- s: cliff: output per head 60 -> 65 % of what is asked for; jobs 400 -> 413 per 1,000 people"
    )


def test_the_city_table_has_jobs_against_each_city_s_own_target(industrial: Plan) -> None:
    """Targets: 500, 500 and 20,000 for 50,000 = 400 per 1,000."""
    shown = in_lines(changes.city_table(industrial))
    assert "each city its own" in shown
    assert row(shown, "s2") == ["s2", "300", "50"]
    assert "the standard is the city's own target, 400 to 500 jobs per 1,000 people." in " ".join(shown.split())
    assert "the standard is 50 % of what n has per head today." in " ".join(shown.split())


def test_a_standard_that_all_cities_share_stands_in_the_heading(industrial: Plan) -> None:
    only = changed(industrial, "indicators", lambda t: t[t["city"] == "s"])
    assert ">= 500" in in_lines(changes.city_table(only))


# air


def test_emissions_are_said_against_the_cap(industrial: Plan) -> None:
    assert parks.emissions_headline(industrial) == "plain 7.36 of at most 9.00 kt SO2 a year in 2036-2040"


def test_the_table_of_emissions_shows_what_adds_and_what_takes_away(industrial: Plan) -> None:
    assert row(in_lines(parks.emissions(industrial)), "plain") == [
        "plain", "kt SO2", "2026-2030", "9.00", "2.36", "1.00", "3.00", "7.36", "9.00"
    ]  # fmt: skip


def test_an_airshed_without_a_cap_has_none(industrial: Plan) -> None:
    free = changed(industrial, "airsheds", lambda t: t.assign(cap=NAN))
    assert parks.emissions_headline(free) == "plain 7.36 kt SO2 a year in 2036-2040"
    assert "cap" not in in_lines(parks.emissions(free))


# nothing to say


def test_a_plan_without_parks_tax_or_levels_says_nothing_of_them(plan: Plan) -> None:
    report = text.report(plan)
    assert not [section for section in NEW_SECTIONS if section in report]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_report_with_parks_is_never_too_wide(industrial: Plan, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for shown in (text.report(industrial), *(text.whole_table(industrial, name) for name in industrial.tables)):
        assert max(len(line) for line in shown.splitlines()) <= columns
