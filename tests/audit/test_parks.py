"""Planted faults about parks: jobs, chains, skills, land, hosts, closures and air."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case import City, FrozenDict
from planner.plans.plan import Plan
from tests.audit import build, hand, industry
from tests.audit.industry_plan import plan


def with_part(plan: Plan, part: str, id: str, **columns: Any) -> Plan:
    """The plan as a plan for a case in which one of `cities`, `parks`, `chains`, ... is another."""
    things = getattr(plan.case, part)
    return hand.with_case(plan, **{part: FrozenDict({**things, id: hand.changed(things[id], **columns)})})


def without_decision(plan: Plan, measure: str) -> Plan:
    """The plan without the starts of a measure."""
    table = plan.table("decisions")
    return hand.with_table(plan, "decisions", table[table["measure"] != measure].reset_index(drop=True))


def cell(table: str, **ids: str) -> int:
    """The position of the row with these ids."""
    frame = plan().tables[table]
    fits = [all(row[column] == id for column, id in ids.items()) for _, row in frame.iterrows()]
    return fits.index(True)


def test_more_jobs_than_phases_have_is_found() -> None:
    """A phase of 900 jobs has no 1,000, and two phases have no 2,000."""
    report = audit(with_part(plan(), "parks", "dyes", jobs=900.0))
    assert hand.finds(report, "jobs", "measure dyes, 2030, 2030", "jobs 1000", "at most 900")
    assert hand.finds(report, "parks", "measure dyes, 2035", "possible_jobs 2000", "1800")


def test_phases_that_do_not_serve_have_no_jobs() -> None:
    """With a life of four years, tools serve in the first period only."""
    report = audit(hand.with_measure(plan(), "tools", life_years=4))
    assert hand.finds(report, "jobs", "measure tools, 2030, 2035", "jobs 800", "at most 0")
    assert hand.finds(report, "parks", "parks, tools, 2035", "no such row")


@pytest.mark.parametrize(("minutes", "is_found"), [(39.0, True), (40.0, False), (None, False)])
def test_jobs_need_the_origin_within_its_minutes(minutes: float | None, is_found: bool) -> None:
    """Border is 40 minutes from Alpha: 39 are too few, and without a condition all is well."""
    report = audit(with_part(plan(), "parks", "dyes", origin_minutes=minutes))
    assert hand.finds(report, "jobs", "measure dyes, 2030, 2030", "alpha is not within") == is_found


def test_a_closed_border_keeps_the_origin_away() -> None:
    """Without the checkpoint Alpha is 60 minutes off."""
    report = audit(without_decision(plan(), "checkpoint"))
    assert hand.finds(report, "jobs", "measure dyes, 2035, 2035", "alpha is not within 45 minutes")


def test_the_way_counts_from_the_host_to_the_origin() -> None:
    """A one-way road of 10 minutes from Border to Inland, against 50: no help to pills, which ask for 45 the other way."""
    links = {**plan().case.links, "fast": hand.changed(build.link("fast", "border", "inland", "road", 10.0), oneway=True)}
    there = with_part(hand.with_case(plan(), links=FrozenDict(links)), "parks", "pills", origin_minutes=45.0)
    assert hand.finds(audit(there), "jobs", "measure pills, 2035, 2035", "border is not within 45 minutes")
    links["fast"] = hand.changed(build.link("fast", "inland", "border", "road", 10.0), oneway=True)
    back = with_part(hand.with_case(plan(), links=FrozenDict(links)), "parks", "pills", origin_minutes=45.0)
    assert not hand.finds(audit(back), "jobs")


@pytest.mark.parametrize(
    ("park", "columns", "says"),
    [
        ("tools", {"skilled_share": 0.2}, ("measure tools, 2030", "skilled 210", "168")),
        ("dyes", {"area_km2": 1.4}, ("measure dyes, 2035", "area_km2 3", "2.8")),
        ("dyes", {"output": 1.0}, ("measure dyes, 2035", "output 2.805", "1.4025")),
        ("pills", {"emissions": 1.0}, ("measure pills, 2035", "emissions 2", "1")),
        ("dyes", {"tax": 0.1}, ("measure dyes, 2030", "tax 1", "0.5")),
    ],
)
def test_what_a_park_has_follows_from_its_columns(park: str, columns: dict[str, float], says: tuple[str, ...]) -> None:
    """Skilled people, land, output, emissions and tax, of 1,000 and of 1,402.5 productive jobs."""
    assert hand.finds(audit(with_part(plan(), "parks", park, **columns)), "parks", *says)


def test_land_counts_phases_that_serve_no_more() -> None:
    """A first phase of dyes that ends after four years (2027-2030) still uses its land in 2035; its jobs are gone."""
    report = audit(hand.with_measure(plan(), "dyes", life_years=4))
    assert hand.finds(report, "parks", "measure dyes, 2035", "units 2", "1")
    assert not hand.finds(report, "parks", "measure dyes, 2035", "area_km2")


@pytest.mark.parametrize(
    ("chain", "columns", "words"),
    [
        ("drug-supply", {"bonus": 0.09}, ("measure tools, 2030", "bonus jobs with all partners 80", "at most 72")),
        ("drug-supply", {"bonus": 0.09}, ("measure tools, 2035", "80", "at most 72")),
        ("brand", {"bonus": 0.04}, ("measure pills, 2035", "20", "at most 16")),
        ("drug-supply", {"minutes": 49.0}, ("measures dyes and tools, 2030", "0: not within 49 minutes")),
        ("drug-supply", {"industries": ("machinery", "pharma")}, ("measures dyes and tools", "no pair")),
        ("brand", {"industries": ("machinery", "machinery")}, ("measures dyes and pills", "no pair")),
    ],
)
def test_bonus_jobs_keep_to_their_chain(chain: str, columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """Rates, minutes and industries."""
    assert hand.finds(audit(with_part(plan(), "chains", chain, **columns)), "chains", f"chain {chain}", *words)


def test_parks_of_one_city_are_always_near() -> None:
    """Pills and tools are both in Inland: 0 minutes."""
    report = audit(with_part(plan(), "chains", "drug-supply", minutes=0.0))
    assert not hand.finds(report, "chains", "measures pills and tools")


def test_more_skilled_people_than_there_are_is_found() -> None:
    """Dyes need 575 in 2035: 499 and 75 graduates are too few; so are 500 where fewer stay."""
    fewer = with_part(plan(), "cities", "border", skilled=499.0)
    assert hand.finds(audit(fewer), "skills", "city border, 2035", "used 575", "at most 574")
    services = FrozenDict({"schools": hand.changed(plan().case.services["schools"], stay_share=0.4)})
    report = audit(hand.with_case(plan(), services=services))
    assert hand.finds(report, "skills", "city border, 2035", "graduates 75", "60")
    assert hand.finds(report, "skills", "city border, 2035", "used 575", "at most 560")


def test_graduates_count_at_home_and_only_later() -> None:
    """300 of Border's learn in Alpha (though no right is open): 15 more graduates in Border, in 2035 and not before."""
    report = audit(hand.with_row(plan(), "flows", "schools", "border", "alpha", "2030", 300.0))
    assert hand.finds(report, "skills", "city border, 2035", "graduates 75", "90")
    assert not hand.finds(report, "skills", "city border, 2030")
    assert not hand.finds(report, "skills", "city inland")


def test_a_city_without_a_limit_has_no_row() -> None:
    """Nobody counts Border's skilled people."""
    report = audit(with_part(plan(), "cities", "border", skilled=None))
    assert hand.finds(report, "skills", "skills, border, 2030", "a row", "no such row")


def test_more_land_than_the_quota_is_found() -> None:
    """3 km2 in Border, of 2.9; in Inland 3 of 2 and 2 more, but not without the reform."""
    report = audit(with_part(plan(), "cities", "border", land_quota_km2=2.9))
    assert hand.finds(report, "land", "city border, 2035", "km2 of parks 3", "at most 2.9")
    assert not hand.finds(report, "land", "2030")
    unreformed = audit(without_decision(plan(), "reform"))
    assert hand.finds(unreformed, "land", "city inland, 2035", "km2 of parks 3", "at most 2")
    assert not hand.finds(audit(with_part(plan(), "cities", "border", land_quota_km2=None)), "land")


def test_an_industry_in_too_many_cities_is_found() -> None:
    """Pharma is in Border and in Inland."""
    report = audit(with_part(plan(), "industries", "pharma", max_hosts=1))
    assert hand.finds(report, "hosts", "industry pharma", "cities with parks 2", "at most 1")
    assert not hand.finds(audit(with_part(plan(), "industries", "pharma", max_hosts=None)), "hosts")


def test_a_closure_without_replacement_is_found() -> None:
    """900 jobs end in Inland; tools have 800, and in 2035 pills 400 more."""
    report = audit(with_part(plan(), "parks", "smelter", jobs=900.0))
    assert hand.finds(report, "closures", "city inland, 2030", "productive jobs of parks 800", "at least 900")
    assert not hand.finds(report, "closures", "2035")
    assert hand.finds(report, "work", "indicator jobs, city inland, 2030", "with_plan 205.4", "199.4")


@pytest.mark.parametrize(
    ("part", "columns", "check", "words"),
    [
        ("cap", industry.by_period(5.0, 12.0), "emission caps", ("plain, 2030", "emissions 6", "at most 5")),
        ("cap", industry.by_period(14.0, 11.0), "emission caps", ("plain, 2035", "emissions 11.2075", "at most 11")),
        ("cap", None, "airsheds", ("plain, 2030", "cap 14", "nothing")),
        ("existing", industry.by_period(9.0, 12.0), "airsheds", ("plain, 2030", "emissions 6", "5")),
    ],
)
def test_air_is_counted(part: str, columns: FrozenDict[str, float] | None, check: str, words: tuple[str, ...]) -> None:
    """Caps of each period, or none, and what is emitted anyway."""
    assert hand.finds(audit(with_part(plan(), "airsheds", "plain", **{part: columns})), check, *words)


def test_each_park_emits_into_its_own_airshed() -> None:
    """With Inland under the coast's sky, tools emit 1 there and the smelter's 4 end there: 1 + 1 - 2 - 4 is nothing."""
    report = audit(with_part(plan(), "cities", "inland", airshed="coast"))
    assert hand.finds(report, "airsheds", "airshed plain, 2030", "parks 4", "3")
    assert hand.finds(report, "airsheds", "airshed plain, 2030", "closed 4", "0")
    assert hand.finds(report, "airsheds", "airshed coast, 2030", "parks 0", "1")
    assert not hand.finds(report, "airsheds", "airshed coast, 2030", "emissions")


def with_city(city: City) -> Plan:
    """The plan as a plan for a case with another city of that id."""
    return hand.with_case(plan(), cities=FrozenDict({**plan().case.cities, city.id: city}))


def test_work_is_held_against_targets_and_the_core() -> None:
    """Alpha with 400,000 jobs has 0.4 a head: 0.8 of that are 320 per 1,000 in Border, not 400."""
    cities = plan().case.cities
    report = audit(with_city(hand.changed(cities["alpha"], jobs=400_000.0)))
    assert hand.finds(report, "work", "indicator cliff, city border, 2030", "standard 400", "320")
    report = audit(with_city(hand.changed(cities["alpha"], gdp=50.0)))
    assert hand.finds(report, "work", "indicator output, city inland, 2030", "gap_with 0.4", "0")
    report = audit(with_city(hand.changed(cities["inland"], jobs_target=industry.by_period(25_000.0, 0.0))))
    assert hand.finds(report, "work", "indicator jobs, city inland, 2030", "standard 220", "250")
    report = audit(with_city(hand.changed(cities["inland"], jobs_target=None)))
    assert hand.finds(report, "work", "indicators, jobs, inland, 2030", "a row", "no such row")
    report = audit(with_city(hand.changed(cities["inland"], gdp=1.0)))
    assert hand.finds(report, "work", "indicator output, city inland, 2030", "today", "share of the standard 0.4", "0.2")


def test_where_nobody_lives_there_are_gaps_and_no_figures_a_head() -> None:
    """Inland is empty, and wants its 22,000 jobs all the same."""
    report = audit(with_city(hand.changed(plan().case.cities["inland"], population=build.always(0.0))))
    where = ("work", "indicator jobs, city inland, 2030")
    for column in ("people", "standard", "today", "without_plan", "with_plan"):
        assert hand.finds(report, *where, column), column
    assert not hand.finds(report, *where, "gap_with")
    assert hand.finds(report, "work", "indicators, cliff, inland, 2030", "no such row")


def test_without_the_plan_there_are_no_jobs_of_parks() -> None:
    """Nothing was decided: 60,000 jobs in Border, and no more and no fewer."""
    row = cell("indicators", indicator="jobs", city="border", period="2030")
    for jobs in (290.0, 310.0):
        changed = hand.with_cells(plan(), "indicators", row, without_plan=jobs, gap_without=1 - jobs / 320)
        assert hand.finds(audit(changed), "work", "indicator jobs, city border, 2030", "without_plan", "300")


@pytest.mark.parametrize(("jobs", "is_found"), [(199.0, True), (200.0, False), (208.0, False), (208.1, True)])
def test_decided_parks_may_have_jobs_without_the_plan(jobs: float, is_found: bool) -> None:
    """Tools decided before: their 800 jobs may be productive without the plan, too, or not, as it cannot be known."""
    row = cell("indicators", indicator="jobs", city="inland", period="2030")
    decided = hand.with_measure(plan(), "tools", status="decided", start_period="2030")
    changed = hand.with_cells(decided, "indicators", row, without_plan=jobs, gap_without=1 - jobs / 220)
    assert hand.finds(audit(changed), "work", "indicator jobs, city inland, 2030", "without_plan") == is_found


def test_decided_parks_are_not_idle_for_nothing() -> None:
    """With skilled people for all, and no cap on emissions and no goal about them, tools have their 800 jobs without the
    plan, too; whether they have 40 bonus jobs more (of at most 0.1 for each) is another matter: dyes do not serve, so they
    have none."""
    row = cell("indicators", indicator="jobs", city="inland", period="2030")
    decided = hand.with_measure(plan(), "tools", status="decided", start_period="2030")
    decided = with_part(
        hand.with_case(decided, goals=decided.case.goals[:5]), "cities", "inland", skilled=None, airshed=None
    )
    for jobs, is_found in ((200.0, True), (207.9, True), (208.0, False), (208.1, True)):
        changed = hand.with_cells(decided, "indicators", row, without_plan=jobs, gap_without=1 - jobs / 220)
        report = audit(changed)
        assert hand.finds(report, "work", "indicator jobs, city inland, 2030", "without_plan") == is_found, jobs


def test_decided_parks_may_have_bonus_jobs_and_closures_end_some() -> None:
    """Pills and tools decided: in 2035 they have at most 1,200 and half of 0.1 for each job, 60 more; the smelter decided
    ends 300. So Inland has 19,700 to 20,960 jobs: 197 to 209.6 per 1,000."""
    row = cell("indicators", indicator="cliff", city="inland", period="2035")
    decided = plan()
    for measure, period in (("tools", "2030"), ("pills", "2035"), ("smelter", "2030")):
        decided = hand.with_measure(decided, measure, status="decided", start_period=period)
    where = ("work", "indicator cliff, city inland, 2035", "without_plan")
    for jobs, is_found in ((196.9, True), (197.0, False), (209.6, False), (209.7, True)):
        changed = hand.with_cells(decided, "indicators", row, without_plan=jobs, gap_without=1 - jobs / 400)
        assert hand.finds(audit(changed), *where) == is_found, jobs
