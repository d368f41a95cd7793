"""What is allowed and most likely not meant is warned of; a sound case is quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import load_case, warnings_of
from planner.case.travel import minutes_from, network
from tests.case.small import Change, append, both, cell, swap

QUIET = ("care: the capacity of Inland is unknown, so these cities are left out of care",)


def test_the_small_case_warns_of_its_unknown_stock_only(folder: Path) -> None:
    assert warnings_of(load_case(folder)) == QUIET


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(  # cut off
            both(cell("links", 2, "mode", "rail"), swap("case.yaml", "offers: doctors", "city: Metro")),
            ("hospital: Border, Inland cannot get to any destination", "everything built"),
        ),
        pytest.param(  # idle line
            swap("case.yaml", "[{kind: link}, {kind: facility, tier: small}]", "[{city: Metro, kind: facility}]"),
            ("budget line centre can pay for nothing", "ruled out"),
        ),
        pytest.param(  # a facility where nothing is known
            cell("capacity", 3, "capacity", "unknown"),
            ("clinic-border would cost money and serve nobody", "doctors is unknown in its city"),
        ),
        pytest.param(cell("measures", 5, "build_years", "20"), ("hub-inland could not open in time", "20 years")),
        pytest.param(  # it opens in time, and closes after two of five years
            cell("measures", 5, "life_years", "2"),
            ("hub-inland can never serve: with life_years 2 it is open for less than half of every period",),
        ),
        pytest.param(  # start not offered
            both(cell("measures", 4, "latest", "2035"), cell("measures", 4, "build_years", "3")),
            ("started in 2031-2035, 1 measure (1 railway) would open too late to count: railway",),
        ),
        pytest.param(  # requires what is ruled out
            cell("measures", 4, "status", "ruled_out"),
            ("hub-inland can never start", "requires railway"),
        ),
        pytest.param(  # nobody pays
            swap("case.yaml", "[{jurisdiction: Province}]", "[{kind: policy}]"),
            ("railway can never start", "centre", "0.3"),
        ),
        pytest.param(append("measures.csv", "loop,Loop,link,Inland" + "," * 22), ("loop has no effect", "links.csv")),
        pytest.param(append("measures.csv", "paper,Paper,policy" + "," * 23), ("paper has no effect", "case.yaml")),
        pytest.param(  # slower than today
            cell("links", 5, "minutes", "95"),
            ("1 link, built alone, brings no two cities closer than they are today: road-c",),
        ),
        pytest.param(  # 75 km in 29.9 minutes are 150.5 km/h, in 30 minutes 150
            cell("links", 2, "minutes", "29.9"),
            ("links.csv, row 2, column minutes: 29.9, column km: 75: faster than 150 km/h on road",),
        ),
        pytest.param(  # 70 km in 10.4 minutes are 403.8 km/h, in 10.5 minutes 400
            cell("links", 4, "minutes", "10.4"),
            ("links.csv, row 4, column minutes: 10.4, column km: 70: faster than 400 km/h on rail",),
        ),
        pytest.param(
            cell("norms", 2, "capital_cost", "0.05"),
            ("norms.csv, row 2, column capital_cost: the norm motorway costs 0.05", "0.01 to 0.03"),
        ),
        pytest.param(  # two of the old for each of one million people
            cell("cities", 4, "people_65", "2000000"),
            ("cities.csv, row 4, column people_65: 2,000,000: 2 of the group for each person", "column population"),
        ),
    ],
)
def test_a_doubt_is_named(folder: Path, change: Change, says: tuple[str, ...]) -> None:
    change(folder)
    warnings = warnings_of(load_case(folder))
    assert any(all(part in warning for part in says) for warning in warnings), warnings


def test_a_warning_is_told_once(folder: Path) -> None:
    """One column says the jobs wanted in both periods, and the city has as many people in both."""
    path = folder / "cities.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    targets = ("3000000", "7000000", "450000")
    path.write_text("\n".join([f"{head},jobs_target", *(f"{r},{t}" for r, t in zip(rows, targets, strict=True))]) + "\n")
    warnings = warnings_of(load_case(folder))
    (told,) = [warning for warning in warnings if "jobs_target" in warning]
    assert told.startswith("cities.csv, row 3, column jobs_target: 7,000,000: 4.67 for each person, where at most 1")
    assert len(set(warnings)) == len(warnings)


def test_an_effect_that_finds_no_links_is_named(folder: Path) -> None:
    """No rail link crosses the border once rail-a is a road; no rail link reaches Metro then either."""
    cell("links", 4, "mode", "road")(folder)
    swap("case.yaml", "modes: [road], set: 0", "modes: [road, rail], set: 0")(folder)
    swap("case.yaml", "city: Inland, modes: [rail]", "city: Metro, modes: [rail]")(folder)
    warnings = warnings_of(load_case(folder))
    assert "checkpoint has no effect on rail: no rail link joins Capital and Province" in warnings
    assert "hub-inland has no effect on rail: no rail link reaches Metro" in warnings


def test_borders_that_cost_nothing_there_or_are_crossed_by_nobody_are_named(folder: Path) -> None:
    """The road takes 0 minutes at the one border that the checkpoint eases; no road or rail leads to an Isle."""
    swap(
        "case.yaml",
        "border_minutes: 20",
        "border_minutes: {default: 20, pairs: [{between: [Capital, Province], minutes: 0}]}",
    )(folder)
    said = warnings_of(load_case(folder))
    assert "checkpoint has no effect on road: the border between Capital and Province takes 0 minutes there" in said
    swap(
        "case.yaml",
        "rail: {boarding_minutes: 15}",
        "rail: {boarding_minutes: 15}\n  ship: {border_minutes: {pairs: [{between: [Capital, Province], minutes: 9}]}}",
    )(folder)
    said = warnings_of(load_case(folder))
    assert "ship: the minutes at the border between Capital and Province count nowhere: no ship link joins them" in said


def test_minutes_are_door_to_door(folder: Path) -> None:
    """Metro-Border: by rail 35 + 15 of boarding = 50, by road 65 + 20 at the border = 85.

    Metro-Inland today: by rail 50, then by road 90 = 140. With the railway, all on one train: 35 + 40 + 15 = 90.
    """
    case = load_case(folder)
    today = [link for link in case.links.values() if not link.needs]
    reached = minutes_from(network(case, today), ("Metro", ""))
    assert reached["Border", ""] == 5000
    assert reached["Inland", ""] == 14000
    assert minutes_from(network(case, today, ["road"]), ("Metro", ""))["Border", ""] == 8500
    built = minutes_from(network(case, case.links.values()), ("Metro", ""))
    assert built["Inland", ""] == 9000


def test_links_that_help_only_together_are_not_called_slow(folder: Path) -> None:
    """A bypass in two halves of one measure: 80 minutes by one half alone, 60 by both; the road takes 90."""
    append("cities.csv", "Halfway,Halfway,Province,small,39,117.1,100,1000,,1,1,100,,,")(folder)
    append("capacity.csv", "Halfway,doctors,0,,\nHalfway,care,0,,")(folder)
    append("links.csv", "b1,Border,Halfway,road,30,1,,loop\nb2,Halfway,Inland,road,30,1,,loop")(folder)
    append("links.csv", "old,Border,Halfway,road,20,1,,")(folder)
    append("measures.csv", "loop,Loop,link" + "," * 23)(folder)
    assert not any("closer" in warning for warning in warnings_of(load_case(folder)))
