"""Industry, policy and money between lines: read, filled, hashed, selected by, edited and written back."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case import (
    TODAY,
    AddLand,
    Airshed,
    AllowTransfer,
    Borrowing,
    Case,
    Chain,
    Gate,
    Industry,
    LowerEmissions,
    Park,
    RaisePrivateShare,
    ShareTax,
    Work,
    load_case,
    write_case,
)
from tests.case.small import both, cell, cities_where, measures_where, swap, write_files
from tests.case.small_work import FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small case with industry in a folder of its own."""
    return write_files(tmp_path / "work", FILES)


@pytest.fixture
def case(folder: Path) -> Case:
    """The small case with industry, read."""
    return load_case(folder)


def _edited(folder: Path, edit: str) -> Case:
    swap("case.yaml", "{key: airsheds.plain.cap, set: 105}", edit)(folder)
    return load_case(folder, "strict")


def test_parks_have_the_figures_of_their_rows_and_zero_where_empty(case: Case) -> None:
    assert case.parks["drugs-border"] == Park(
        measure="drugs-border", origin="Metro", form="incubation", industry="pharma", area_km2=1.5, jobs=20000,
        skilled_share=0.3, output=12, tax=0.2, emissions=0.5, origin_minutes=120, moved_share=0.1, basis="assumed",
    )  # fmt: skip
    assert case.parks["smelter"] == Park(
        measure="smelter", origin=None, form=None, industry="machinery", area_km2=0, jobs=3000, skilled_share=0, output=0,
        tax=0, emissions=8, origin_minutes=None, moved_share=0, basis="assumed",
    )  # fmt: skip


def test_measures_of_parks_have_units_parts_and_private_shares(case: Case) -> None:
    """Capital stays the whole cost: two units of 1 over one year of works."""
    tools = case.measures["tools-inland"]
    assert (tools.kind, tools.cities, tools.jurisdictions) == ("park", ("Inland",), ("Province",))
    assert (tools.units, tools.divisible, tools.private_share) == (2, True, 0.2)
    assert tools.starts[0].capital == {"2030": 1.0}
    assert case.measures["drugs-border"].jurisdictions == ("Province", "Capital")
    assert case.measures["filters"].cities == ()
    assert [case.measures[m].level for m in ("no-checks", "rebate", "motorway")] == ["barrier_removal", "subsidy", None]


def test_cities_have_targets_by_period(case: Case) -> None:
    assert case.cities["Border"].jobs_target == {"2030": 750_000, "2035": 800_000}
    assert case.cities["Inland"].jobs_target == {"2030": 500_000, "2035": 500_000}
    assert case.cities["Hill"].jobs_target is None
    metro = case.cities["Metro"]
    assert (metro.jobs, metro.skilled, metro.land_quota_km2, metro.airshed) == (3e6, 50_000, 10, "plain")
    assert (case.cities["Hill"].skilled, case.cities["Hill"].land_quota_km2, case.cities["Hill"].airshed) == (None,) * 3


def test_a_target_of_every_period_stands_where_a_period_has_none(folder: Path) -> None:
    cell("cities", 4, "jobs_target_2035", "600000")(folder)
    assert load_case(folder).cities["Inland"].jobs_target == {"2030": 500_000, "2035": 600_000}


def test_sections_are_filled_in(case: Case) -> None:
    assert case.industries == {
        "pharma": Industry(id="pharma", name="Biopharmaceuticals", max_hosts=2),
        "machinery": Industry(id="machinery", name="", max_hosts=None),
    }
    assert case.chains["drug-supply"] == Chain(id="drug-supply", industries=("pharma", "machinery"), minutes=90, bonus=0.1)
    assert case.chains["workshops"].industries == ("machinery", "machinery")
    assert case.airsheds["plain"] == Airshed(
        id="plain", unit="kt SO2", existing={"2030": 100, "2035": 90}, cap={"2030": 110, "2035": 110}
    )
    assert (case.airsheds["hills"].existing, case.airsheds["hills"].cap) == ({"2030": 0, "2035": 0}, None)
    assert case.pyramid.at_most_share == {"subsidy": 0.05, "incentive": 0.2}
    assert (case.pyramid.subsidy_periods, case.pyramid.barriers_first) == (1, ("no-checks",))
    assert case.gates[0] == Gate(
        id="colleges-first", where={"industry": ("pharma",)}, measures=("drugs-border",), indicator="college", at_least=5
    )
    assert case.gates[1].measures == ("drugs-border", "tools-border")
    assert case.nobody_worse_off
    assert (case.services["college"].graduates, case.services["college"].stay_share) == (0.25, 0.5)


def test_effects_are_resolved(case: Case) -> None:
    """Of the parks only two come from elsewhere; the quota rises in the three cities of the province."""
    parks = ("drugs-border", "tools-inland", "tools-border")
    where = {"kind": ("park",)}
    assert RaisePrivateShare(measure="guarantee", where=where, measures=parks, plus=0.3) in case.effects
    assert (
        ShareTax(measure="tax-treaty", where=where, parks=("drugs-border", "tools-inland"), share=0.4, periods=1)
        in case.effects
    )
    assert AllowTransfer(measure="solidarity", from_line="capital", to_line="province", at_most_share=0.3) in case.effects
    assert AddLand(measure="zoning", cities=("Border", "Inland", "Hill"), km2=5) in case.effects
    assert LowerEmissions(measure="filters", airshed="plain", by=3) in case.effects


def test_tax_is_shared_half_and_for_good_by_default(folder: Path) -> None:
    swap("case.yaml", ", share: 0.4, periods: 1", "")(folder)
    (shared,) = (e for e in load_case(folder).effects if isinstance(e, ShareTax))
    assert (shared.share, shared.periods) == (0.5, None)


def test_debt_is_paid_back_by_the_end_whatever_is_written(case: Case) -> None:
    assert case.lines["province"].borrowing == Borrowing(limit={"2030": 5, "2035": 0}, interest=0.04)
    assert case.lines["capital"].borrowing is None
    assert [line.gets_tax for line in case.lines.values()] == [True, True, False]


def test_indicators_of_work_have_their_cities(case: Case) -> None:
    assert case.indicators == ("core", "college", "jobs", "lag", "jobs-lag")
    assert case.work["jobs"] == Work(
        id="jobs", kind="target", of="jobs", cities=("Border", "Inland"), core=(), share=1, where={}, core_where={}
    )
    lag = case.work["lag"]
    assert (lag.of, lag.cities, lag.core, lag.share) == ("output", ("Border", "Inland", "Hill"), ("Metro",), 0.8)
    assert case.work["jobs-lag"].cities == ("Border", "Inland", "Hill")


def test_targets_of_work_are_amounts(case: Case) -> None:
    """Metro: 4,000 of output for 5 m heads = 0.0008 a head; 80 % of it for 1 m heads in Inland = 640."""
    assert case.level_today("lag") == pytest.approx(0.0008)
    assert case.work_target("lag", "Inland", "2035") == pytest.approx(640)
    assert case.work_target("jobs", "Border", "2035") == 800_000
    assert case.work_target("jobs", "Hill", "2035") == 0


def test_goals_are_about_some_cities_or_all(case: Case) -> None:
    assert case.goals[0].cities == ("Border", "Inland", "Hill")
    assert case.goals[1].cities == tuple(case.cities)
    assert case.goals[1].parts == {"gaps": 1, "emissions": 0.01}
    assert set(case.goals[1].weights) == set(case.indicators)


def test_rules_may_be_about_jobs_and_land(case: Case) -> None:
    jobs, land = case.rules
    assert (jobs.of, jobs.measures) == ("jobs", ("drugs-border", "tools-inland", "tools-border"))
    assert (land.of, land.measures, land.limit) == ("land", ("tools-inland", "tools-border", "smelter"), 0.5)


def test_a_case_of_work_alone_has_gaps(folder: Path) -> None:
    """Without services, access and goals: the gaps of work, then money, then starts."""
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    services = text[text.index("services:") : text.index("industries:")]
    gates = text[text.index("gates:") : text.index("effects:")]
    goals = text[text.index("goals:") : text.index("scenarios:")]
    scenarios = text[text.index("scenarios:") :]
    for part in (services, gates, goals, scenarios):
        text = text.replace(part, "")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    (folder / "capacity.csv").unlink()
    cell("measures", 3, "status", "ruled_out")(folder)
    cell("measures", 3, "service", "")(folder)
    cell("measures", 3, "capacity", "")(folder)
    case = load_case(folder)
    assert [goal.name for goal in case.goals] == ["gaps", "spending", "starts"]
    assert case.goals[0].weights == {"jobs": 1, "lag": 1, "jobs-lag": 1}


def test_cases_without_industry_have_none(tmp_path: Path) -> None:
    case = load_case(write_files(tmp_path / "small"))
    for section in (case.parks, case.industries, case.chains, case.airsheds, case.work, case.gates):
        assert len(section) == 0
    assert (dict(case.pyramid.at_most_share), case.pyramid.subsidy_periods, case.pyramid.barriers_first) == ({}, None, ())
    assert not case.nobody_worse_off
    assert all(city.jobs_target is None and city.airshed is None for city in case.cities.values())
    assert all(measure.private_share == 0 and measure.level is None for measure in case.measures.values())
    assert all(goal.cities == tuple(case.cities) and goal.where == {} for goal in case.goals)


# --- scenarios and selections


def test_scenarios_edit_parks_by_their_own_columns_and_those_of_their_measures(folder: Path, case: Case) -> None:
    dirtier = load_case(folder, "dirtier")
    assert {name: park.jobs for name, park in dirtier.parks.items()} == {
        "drugs-border": 20000, "tools-inland": 7500, "tools-border": 8000, "smelter": 3000,
    }  # fmt: skip
    assert [dirtier.parks[name].emissions for name in case.parks] == pytest.approx([1.5, 1.0, 1.2, 8])
    assert [city.skilled for city in dirtier.cities.values()] == [20000, 20000, None, None]


def test_scenarios_edit_every_section(folder: Path) -> None:
    strict = load_case(folder, "strict")
    assert strict.airsheds["plain"].cap == {"2030": 105, "2035": 105}
    assert strict.measures["rebate"].status == "ruled_out"
    assert (strict.measures["drugs-border"].units, strict.measures["drugs-border"].private_share) == (1, 0.1)
    assert strict.cities["Border"].jobs_target == {"2030": 750_000, "2035": 900_000}
    assert strict.gates[1].at_most == 100
    assert strict.chains["drug-supply"].bonus == pytest.approx(0.2)
    assert strict.pyramid.subsidy_periods == 2


@pytest.mark.parametrize(
    ("edit", "what", "value"),
    [
        ("{key: industries.pharma.max_hosts, set: 1}", "industries.pharma.max_hosts", 1),
        ("{key: industries.machinery.max_hosts, set: 3}", "industries.machinery.max_hosts", 3),
        ("{key: airsheds.plain.existing.2030, add: 5}", "airsheds.plain.existing.2030", 105),
        ("{key: work.lag.share, set: 0.5}", "work.lag.share", 0.5),
        ("{key: pyramid.at_most_share.subsidy, multiply: 2}", "pyramid.at_most_share.subsidy", 0.1),
        ("{key: lines.province.borrow.limit, set: 0}", "lines.province.borrowing.limit.2030", 0),
        ("{key: lines.province.borrow.interest, multiply: 0.5}", "lines.province.borrowing.interest", 0.02),
        ("{key: services.college.graduates_per_place_year, set: 0}", "services.college.graduates", 0),
        ("{key: services.college.stay_share, set: 1}", "services.college.stay_share", 1),
        ("{key: nobody_worse_off, set: false}", "nobody_worse_off", False),
        ("{table: measures, where: {industry: pharma}, column: capital_cost, multiply: 2}",
         "measures.drugs-border.capital_cost", 4),
        ("{table: parks, where: {status: candidate, form: duplication}, column: output, set: 1}",
         "parks.tools-inland.output", 1),
        ("{table: parks, where: {tier: small, signed_by: Capital}, column: tax, multiply: 3}",
         "parks.drugs-border.tax", 0.6),
        ("{table: parks, where: {name: tools-inland}, column: area_km2, add: 1}", "parks.tools-inland.area_km2", 3),
    ],
)  # fmt: skip
def test_a_scenario_reaches_every_new_key(folder: Path, edit: str, what: str, value: object) -> None:
    here: object = _edited(folder, edit)
    for part in what.split("."):
        here = here[part] if isinstance(here, dict) else getattr(here, part)
    assert here == pytest.approx(value)


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("{industry: pharma}", {"drugs-border"}),
        ("{industry: machinery, kind: park}", {"tools-inland", "tools-border"}),
        ("{form: [duplication, enclave]}", {"tools-inland", "tools-border"}),
        ("{origin: Metro}", {"drugs-border", "tools-inland"}),
        ("{origin: '', kind: park}", {"tools-border"}),
        ("{level: [subsidy, incentive]}", {"guarantee", "rebate"}),
        ("{level: '', kind: closure}", {"smelter"}),
        ("{kind: abatement}", {"filters"}),
        ("{name: motorway}", {"motorway"}),
    ],
)
def test_rules_and_scenarios_select_measures_by_the_same_facts(folder: Path, where: str, chosen: set[str]) -> None:
    swap(
        "case.yaml", "of: jobs, where: {kind: park, tier: small}, at_least: 1000", f"of: units, where: {where}, at_most: 9"
    )(folder)
    case = _edited(folder, f"{{table: measures, where: {where}, column: note, set: mark}}")
    assert {m.id for m in case.measures.values() if m.note == "mark"} == chosen
    assert set(case.rules[0].measures) == chosen
    assert set(measures_where(case, case.rules[0].where)) == chosen


def test_cities_are_selected_by_airshed(case: Case) -> None:
    assert cities_where(case, {"airshed": ("plain",)}) == ("Metro", "Border")
    assert cities_where(case, {"airshed": ("",)}) == ("Hill",)


# --- written back, and hashed


@pytest.mark.parametrize("scenario", ["base", "dirtier", "strict"])
def test_a_case_with_industry_reads_back_equal(folder: Path, tmp_path: Path, scenario: str) -> None:
    case = load_case(folder, scenario)
    write_case(case, tmp_path / "copy" / "work")
    assert load_case(tmp_path / "copy" / "work", scenario) == case
    write_case(case, tmp_path / "filled" / "work", filled=True)
    again = load_case(tmp_path / "filled" / "work")
    assert again.content_hash == case.content_hash
    assert replace(again, scenario=case.scenario, scenarios=case.scenarios) == case
    write_case(again, tmp_path / "twice" / "work", filled=True)
    for file in (tmp_path / "filled" / "work").iterdir():
        assert file.read_bytes() == (tmp_path / "twice" / "work" / file.name).read_bytes()


def test_a_case_with_industry_survives_pickling_and_copying(case: Case) -> None:
    assert pickle.loads(pickle.dumps(case)) == case
    assert hash(copy.deepcopy(case)) == hash(case)


FIGURES = [
    ("case.yaml", "max_hosts: 2", "max_hosts: 3"),
    ("case.yaml", "minutes: 90", "minutes: 91"),
    ("case.yaml", "industries: [machinery, machinery]", "industries: [machinery, pharma]"),
    ("case.yaml", "bonus: 0.1}", "bonus: 0.11}"),
    ("case.yaml", "2035: 90}", "2035: 91}"),
    ("case.yaml", "cap: 110", "cap: 111"),
    ("case.yaml", "share: 0.8", "share: 0.9"),
    ("case.yaml", "of: output, ", ""),
    ("case.yaml", "{kind: target}", "{kind: target, where: {city: Border}}"),
    ("case.yaml", "core: {city: Metro}", "core: {city: [Metro, Hill]}"),
    ("case.yaml", "{subsidy: 0.05,", "{subsidy: 0.06,"),
    ("case.yaml", "subsidy_periods: 1", "subsidy_periods: 2"),
    ("case.yaml", "barriers_first: [no-checks]", "barriers_first: []"),
    ("case.yaml", "where: {industry: pharma}, indicator", "where: {kind: park}, indicator"),
    ("case.yaml", "at_most: 110", "at_most: 109"),
    ("case.yaml", "plus: 0.3", "plus: 0.31"),
    ("case.yaml", "km2: 5", "km2: 6"),
    ("case.yaml", "share: 0.4", "share: 0.5"),
    ("case.yaml", "periods: 1}}", "periods: 2}}"),
    ("case.yaml", "at_most_share: 0.3}", "at_most_share: 0.4}"),
    ("case.yaml", "by: 3}", "by: 4}"),
    ("case.yaml", "limit: 5", "limit: 6"),
    ("case.yaml", "interest: 0.04", "interest: 0.05"),
    ("case.yaml", "graduates_per_place_year: 0.25", "graduates_per_place_year: 0.3"),
    ("case.yaml", "stay_share: 0.5", "stay_share: 0.6"),
    ("case.yaml", "nobody_worse_off: true", "nobody_worse_off: false"),
    ("case.yaml", "where: {jurisdiction: Province}, weights", "where: {city: Border}, weights"),
    ("case.yaml", "emissions: 0.01}", "emissions: 0.02}"),
    ("case.yaml", "of: land", "of: jobs"),
    ("cities.csv", "3000000,,,,50000,10,plain", "3000001,,,,50000,10,plain"),
    ("cities.csv", "3000000,,,,50000,10,plain", "3000000,,,,50001,10,plain"),
    ("cities.csv", "3000000,,,,50000,10,plain", "3000000,,,,50000,11,plain"),
    ("cities.csv", "3000000,,,,50000,10,plain", "3000000,,,,50000,10,hills"),
    ("cities.csv", "750000", "750001"),
    ("parks.csv", "duplication", "enclave"),
    ("parks.csv", "Metro,duplication", ",duplication"),
    ("parks.csv", "enclave,machinery", "enclave,pharma"),
    ("parks.csv", "machinery,2,", "machinery,2.5,"),
    ("parks.csv", "15000", "15001"),
    ("parks.csv", "20000,0.3", "20000,0.4"),
    ("parks.csv", "0.3,12", "0.3,13"),
    ("parks.csv", "12,0.2", "12,0.3"),
    ("parks.csv", "0.2,0.5", "0.2,0.6"),
    ("parks.csv", "120,0.1", "121,0.1"),
    ("parks.csv", "120,0.1", "120,0.2"),
    ("measures.csv", "2,0.4,,3", "2,0.5,,3"),
    ("measures.csv", "barrier_removal,Capital;Province", "barrier_removal,Province"),
    ("measures.csv", "incentive", "supportive"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), FIGURES)
def test_figures_of_industry_and_policy_change_the_hash(case: Case, folder: Path, file: str, old: str, new: str) -> None:
    (folder / "case.yaml").write_text((folder / "case.yaml").read_text().split("scenarios:")[0])
    swap(file, old, new)(folder)
    assert load_case(folder).content_hash != case.content_hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "name: Biopharmaceuticals", "name: Drugs"),
        ("case.yaml", "holder: a fund", "holder: another fund"),
        ("case.yaml", "{where: {kind: park}, plus", "{where: {form: [incubation, duplication, enclave]}, plus"),
        ("case.yaml", "where: {industry: pharma}, indicator", "where: {id: drugs-border}, indicator"),
        ("case.yaml", "core: {city: Metro}", "core: {tier: core}"),
        ("case.yaml", "limit: 5", "limit: {2030: 5, 2035: 3}"),
        ("case.yaml", "cap: 110", "cap: {2026-2030: 110, 2035: 110}"),
        ("case.yaml", "where: {jurisdiction: Province}, weights", "where: {tier: small}, weights"),
        ("parks.csv", "120,0.1,assumed", "120,0.1,sourced"),
    ],
)  # fmt: skip
def test_wording_of_industry_and_policy_does_not(case: Case, folder: Path, file: str, old: str, new: str) -> None:
    swap(file, old, new)(folder)
    assert load_case(folder).content_hash == case.content_hash


def test_the_jurisdiction_that_holds_a_line_is_no_wording(tmp_path: Path) -> None:
    """A line that gets tax gets that of its holder."""
    folder = write_files(tmp_path / "small")
    before = load_case(folder).content_hash
    swap("case.yaml", "holder: central", "holder: Province")(folder)
    held = load_case(folder).content_hash
    swap("case.yaml", "{holder: Province, pays_for: [{kind", "{holder: Province, gets_tax: true, pays_for: [{kind")(folder)
    assert len({before, held, load_case(folder).content_hash}) == 3


def test_figures_by_period_take_either_name_of_a_period(folder: Path, case: Case) -> None:
    both(
        swap("case.yaml", "existing: {2030: 100, 2035: 90}", "existing: {2026-2030: 100, 2031-2035: 90}"),
        swap("cities.csv", "jobs_target_2030,jobs_target_2035", "jobs_target_2026-2030,jobs_target_2031-2035"),
    )(folder)
    again = load_case(folder)
    assert again.airsheds == case.airsheds
    assert again.cities == case.cities
    assert TODAY not in again.airsheds["plain"].existing
