"""What is most likely not meant about parks, industries, chains, tax, airsheds and levels is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, warnings_of
from planner.case.checks.money import least_public_share, most_inflows
from planner.case.travel import minutes_from, network
from tests.case.small import Change, append, both, cell, swap, write_files
from tests.case.small_work import FILES

QUIET = ("rebate lasts for good; give it life_years: with pyramid.subsidy_periods 1 it can start only in 2031-2035",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small case with industry in a folder of its own."""
    return write_files(tmp_path / "work", FILES)


def test_the_small_case_with_industry_warns_of_its_lasting_subsidy_only(folder: Path) -> None:
    for scenario in ("base", "dirtier"):
        assert warnings_of(load_case(folder, scenario)) == QUIET


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(  # Inland-Border-Metro: 50 minutes on the motorway and 60 on the road, no checks
            cell("parks", 3, "origin_minutes", "109"),
            ("tools-inland can never have a job: from Inland to Metro it takes 110 minutes", "origin_minutes (109)"),
        ),
        pytest.param(  # cut off: the road to Metro is one-way the other way
            both(swap("links.csv", "minutes,needs", "minutes,oneway,needs"),
                 swap("links.csv", "60,\n", "60,yes,\n"), swap("links.csv", "80,\n", "80,,\n"),
                 swap("links.csv", "100,\n", "100,,\n"), swap("links.csv", "50,motorway", "50,,motorway")),
            ("drugs-border can never have a job: there is no route from Border to Metro",),
        ),
        pytest.param(swap("case.yaml", "machinery: {}", "machinery: {}\n  textiles: {}"), ("no park of textiles can",)),
        pytest.param(cell("measures", 14, "city", ""), ("pyramid.subsidy_periods does not limit rebate",)),
        pytest.param(  # Border-Inland takes 50 minutes at best; two parks in Border are needed for less, and drugs are one
            swap("case.yaml", "minutes: 60, bonus: 0.05", "minutes: 49, bonus: 0.05"),
            ("the chain workshops can never bring a bonus job", "machinery and machinery", "49 minutes"),
        ),
        pytest.param(
            both(cell("measures", 4, "status", "ruled_out"),
                 swap("case.yaml", "{table: measures, where: {form: incubation}", "{table: measures, where: {id: rebate}")),
            ("the chain drug-supply can never bring a bonus job", "pharma and machinery"),
        ),
        pytest.param(cell("measures", 10, "level", ""), ("limits the level incentive, which no policy has",)),
        pytest.param(
            both(cell("measures", 14, "level", ""), swap("case.yaml", "{level: subsidy}, {origin", "{id: rebate}, {origin"),
                 swap("case.yaml", "where: {level: subsidy}, column", "where: {id: rebate}, column")),
            ("pyramid.barriers_first is about subsidies", "no policy"),
        ),
        pytest.param(
            both(swap("case.yaml", "    gets_tax: true\n", ""),
                 swap("case.yaml", "  tax-treaty: [{share_tax: {where: {kind: park}, share: 0.4, periods: 1}}]\n", "")),
            ("no budget line gets the tax of drugs-border, tools-inland, tools-border", "Province"),
        ),
        pytest.param(  # 100 - 4 x 3 - 2 x 8 = 72
            swap("case.yaml", "cap: 110", "cap: 71"),
            ("the cap of the airshed plain in 2030 (71) cannot be kept", "72 are emitted"),
        ),
        pytest.param(swap("case.yaml", "cap: 110", "cap: 72"), None),
        pytest.param(  # the core does not have the indicator
            both(swap("case.yaml", "where: {industry: pharma}, indicator: college, at_least: 5",
                      "where: {id: tools-border}, indicator: core, at_most: 100"), cell("measures", 6, "city", "Metro")),
            ("the gate colleges-first asks nothing", "core"),
        ),
        pytest.param(
            swap("case.yaml", "  filters: [{lower_emissions: {airshed: plain, by: 3}}]\n", ""),
            ("filters has no effect: case.yaml lists no lower_emissions",),
        ),
        pytest.param(append("measures.csv", "paper,policy,,,,,,,,,,,auxiliary,Province,"), ("paper has no effect",)),
    ],
)  # fmt: skip
def test_a_doubt_about_industry_is_named(folder: Path, change: Change, says: tuple[str, ...] | None) -> None:
    change(folder)
    warnings = warnings_of(load_case(folder))
    if says is None:
        assert not any("cap of the airshed" in warning for warning in warnings)
    else:
        assert any(all(part in warning for part in says) for warning in warnings), warnings


def test_a_removal_that_subsidies_wait_for_has_an_effect(folder: Path) -> None:
    swap("case.yaml", "  no-checks: [{border_minutes: {between: [Capital, Province], modes: [road], set: 0}}]\n", "")(folder)
    assert warnings_of(load_case(folder)) == QUIET


def test_a_line_that_may_send_is_not_idle(folder: Path) -> None:
    """The capital's line fits no measure but the treaties; with them ruled out but one, it can still send."""
    swap("case.yaml", "pays_for: [{jurisdiction: Capital}]", "pays_for: [{name: filters}]")(folder)
    swap("case.yaml", "{kind: abatement}]", "{name: filters}]")(folder)
    cell("measures", 8, "status", "ruled_out")(folder)
    warnings = warnings_of(load_case(folder))
    assert not any("budget line capital" in warning for warning in warnings), warnings


def test_eased_minutes_are_those_with_every_border_and_boarding_eased(folder: Path) -> None:
    """Metro-Border: 60 + 30 at the border today, 60 without checks; boarding 10, of which 4 go in Metro: 3 + 5."""
    swap("case.yaml", "road: {boarding_minutes: 0,", "road: {boarding_minutes: 10,")(folder)
    swap("case.yaml", "  zoning:\n", "  zoning:\n    - {boarding_minutes: {city: Metro, modes: [road], minus: 4}}\n")(folder)
    case = load_case(folder)
    today = [link for link in case.links.values() if not link.needs]
    assert minutes_from(network(case, today), ("Metro", ""))["Border", ""] == 10000
    assert minutes_from(network(case, today, eased=True), ("Metro", ""))["Border", ""] == 6800


def test_bounds_on_what_lines_get(folder: Path) -> None:
    """Tax of 2026-2030 in 2035: 5 years x (3 x 0.2 + 2 x 0.1 + 0.05) = 4.25 at most for the province, which may also get
    0.3 x 6 in each period; 5 x (0.6 + 0.2) = 4 for the capital. Guarantee and rebate leave 1 - 0.2 - 0.3 - 0.2 of tools.
    """
    case = load_case(folder)
    inflows = most_inflows(case)
    assert inflows["province"] == pytest.approx({"2030": 1.8, "2035": 1.8 + 4.25})
    assert inflows["capital"] == pytest.approx({"2030": 0, "2035": 4})
    assert inflows["fund"] == {"2030": 0, "2035": 0}
    assert least_public_share(case, "tools-inland") == pytest.approx(0.3)
    assert least_public_share(case, "motorway") == 1


def test_what_private_investors_may_pay_needs_no_line(folder: Path) -> None:
    """A decided park that costs more than the lines have, of which they need pay 30 %."""
    decide = both(cell("measures", 5, "status", "decided"), cell("measures", 5, "capital_cost", "60"))
    both(decide, cell("measures", 5, "units", "1"))(folder)
    load_case(folder)
    swap("case.yaml", "plus: 0.2", "plus: 0.01")(folder)
    cell("measures", 5, "capital_cost", "80")(folder)
    with pytest.raises(CaseInvalid, match=r"measures\.csv, row 5, column status: a decided measure costs at least"):
        load_case(folder)


TARGET = swap(
    "case.yaml", "indicator: jobs, where: {city: Border}, by: 2035", "indicator: jobs, where: {city: [Border, Metro]}"
)
NO_STAY = swap("case.yaml", "stay_share: 0.5", "stay_share: 0")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(TARGET, "the target border-jobs asks nothing of Metro, which has no jobs target"),
        pytest.param(  # both have a jobs target, but the indicator is about Border
            both(swap("case.yaml", "jobs: {kind: target}", "jobs: {kind: target, where: {city: Border}}"),
                 swap("case.yaml", "indicator: jobs, where: {city: Border}", "indicator: jobs, where: {tier: small}")),
            "the target border-jobs asks nothing of Inland, Hill, which jobs leaves out",
        ),
        pytest.param(
            swap("case.yaml", "indicator: lag, where: {city: Inland}", "indicator: lag, where: {city: [Inland, Metro]}"),
            "the target inland-output asks nothing of Metro, which lag leaves out",
        ),
        pytest.param(
            both(swap("case.yaml", "indicator: lag, where: {city: Inland}, at_least: 0.0001",
                      "indicator: college, where: {tier: small}, at_least: 1"), cell("capacity", 5, "capacity", "unknown")),
            "the target inland-output asks nothing of Hill, which has no known capacity of college",
        ),
        pytest.param(
            cell("measures", 6, "city", "Metro"), "the gate roads-first asks nothing of Metro, which core leaves out",
        ),
        pytest.param(
            both(swap("case.yaml", "  - {id: border-jobs, indicator: jobs, where: {city: Border}, by: 2035, at_least: "
                      "400}\n", ""), cell("cities", 3, "jobs_target_2030", "0"), cell("cities", 3, "jobs_target_2035", "0"),
                 cell("cities", 4, "jobs_target", "0")),
            "jobs counts for nothing: jobs_target is 0 in Border, Inland, so there is no gap",
        ),
        pytest.param(  # 4 + 5
            cell("parks", 2, "area_km2", "9.1"),
            "drugs-border can never start: one unit takes 9.1 km2, more than the 9 that parks may have in Border with all "
            "land that policies may add",
        ),
        pytest.param(cell("parks", 2, "area_km2", "9"), None),
        pytest.param(  # without the zoning
            both(cell("parks", 2, "area_km2", "4.5"), cell("measures", 13, "status", "ruled_out")),
            "drugs-border can never start: one unit takes 4.5 km2, more than the 4 that parks may have in Border with all "
            "land that policies may add",
        ),
        pytest.param(  # it starts in parts, of which some fit
            both(cell("cities", 4, "land_quota_km2", "1"), cell("measures", 13, "status", "ruled_out")), None,
        ),
        pytest.param(
            both(cell("cities", 4, "land_quota_km2", "0"), cell("measures", 13, "status", "ruled_out")),
            "tools-inland can never start: one unit takes 2 km2, more than the 0 that parks may have in Inland with all "
            "land that policies may add",
        ),
        pytest.param(
            both(cell("cities", 3, "skilled", "0"), NO_STAY),
            "drugs-border can never have a job: Border has no skilled people (skilled is 0) and gets no graduates",
        ),
        pytest.param(cell("cities", 3, "skilled", "0"), None),
        pytest.param(NO_STAY, None),
        pytest.param(swap("case.yaml", "subsidy_periods: 1", "subsidy_periods: 2"), None),
        pytest.param(
            swap("case.yaml", "subsidy_periods: 1", "subsidy_periods: 0"),
            "rebate lasts for good; give it life_years: with pyramid.subsidy_periods 0 it can never start",
        ),
        pytest.param(  # 2 x 46 in 2035, of which there are 90
            cell("parks", 5, "emissions", "46"),
            "smelter would end 92 kt SO2 in 2035, more than the 90 that there are in the airshed plain",
        ),
        pytest.param(cell("parks", 5, "emissions", "45"), None),
        pytest.param(  # 3 x 20,000 + 2 x 15,000 + 8,000; tools-inland can start by halves
            swap("case.yaml", "at_least: 1000}", "at_least: 98001}"),
            "the rule some-jobs cannot be kept: it asks for 98001 jobs, and all its parks have 98000",
        ),
        pytest.param(swap("case.yaml", "at_least: 1000}", "at_least: 98000}"), None),
        pytest.param(  # 3 x 1.5 + 2 x 2 + 1
            swap("case.yaml", "of: jobs, where: {kind: park, tier: small}, at_least: 1000",
                 "of: land, where: {kind: park, tier: small}, at_least: 10"),
            "the rule some-jobs cannot be kept: it asks for 10 km2 of land, and all its parks have 9.5",
        ),
    ],
)  # fmt: skip
def test_what_can_never_bite_or_be_is_named(folder: Path, change: Change, says: str | None) -> None:
    """`None`: just within what is possible, so nothing new is said."""
    change(folder)
    warnings = warnings_of(load_case(folder))
    if says is None:
        assert set(warnings) <= set(QUIET)
    else:
        assert says in warnings


def test_a_subsidy_with_a_life_does_not_last_for_good(folder: Path) -> None:
    text = (folder / "measures.csv").read_text().splitlines()
    lived = [line + (",life_years" if i == 0 else ",5" if line.startswith("rebate") else ",") for i, line in enumerate(text)]
    (folder / "measures.csv").write_text("\n".join(lived) + "\n")
    assert warnings_of(load_case(folder)) == ()


def test_a_target_of_all_cities_asks_those_that_have_the_indicator(folder: Path) -> None:
    swap("case.yaml", "indicator: jobs, where: {city: Border}, by", "indicator: jobs, by")(folder)
    assert warnings_of(load_case(folder)) == QUIET


def test_what_is_decided_may_just_fit(folder: Path) -> None:
    """3 x 1.5 + 1 of drugs and tools fit the 4 + 5 km2 of Border; without the zoning they do not."""
    both(cell("measures", 4, "status", "decided"), cell("measures", 6, "status", "decided"))(folder)
    load_case(folder)
    cell("cities", 3, "land_quota_km2", "0.5")(folder)
    load_case(folder)
    cell("cities", 3, "land_quota_km2", "0.4")(folder)
    with pytest.raises(CaseInvalid, match=r"measures\.csv, row 6, column status: decided parks take 5\.5 km2 in Border by"):
        load_case(folder)
