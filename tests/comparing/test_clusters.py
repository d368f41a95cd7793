"""Plans of different clusters: the tiny case beside itself under other names, where all can be worked out by hand.

The best plan of the tiny case: three cities, 200,000 people; spending 16 and the railway's 10 lies half in Metro and half in
Inland. In 2031-2035 nobody lacks anything of clinics (70 % without the plan: Border and Inland have 40 of 100); Border and
Inland reach Metro in 30 minutes (50 and 90 without it; from 30 to 110 the gap grows from 0 to 1: 1/4 and 3/4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from planner.case import Case, FrozenDict, load_case
from planner.case.alike import apart
from planner.comparing import Comparison, compare
from planner.documents.compared.clusters import gains, gains_most, in_common
from planner.documents.compared.document import text
from planner.planning.handmade import evaluate
from planner.plans.plan import Plan
from planner.plans.store import write_plan
from planner.scorecard.across import are_apart, meaning, spending
from tests.comparing.conftest import TINY


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The same cluster with other ids, another standard of time to the core, and half of the decisions."""
    folder = tmp_path_factory.mktemp("elsewhere") / "other"
    folder.mkdir()
    for file in TINY.glob("*.*"):
        if file.is_file():
            said = file.read_text(encoding="utf-8")
            for name in ("metro", "border", "inland") if file.suffix == ".csv" else ():
                said = said.replace(f",{name}", f",new{name}").replace(f"\n{name}", f"\nnew{name}")
            said = said.replace("Three cities, worked", "Three others, worked").replace(
                "worst_minutes: 110", "worst_minutes: 70"
            )
            (folder / file.name).write_text(said, encoding="utf-8")
    return evaluate(load_case(folder), {("insurance", "2030"): 1.0})


@pytest.fixture(scope="module")
def found(base: Plan, other: Plan) -> Comparison:
    return compare([base, other], ["one", "two"])


def figure(found: Comparison, tier: str, name: str) -> list[float]:
    table = found.tables["clusters"]
    (row,) = table[(table["tier"] == tier) & (table["figure"] == name)].index
    return [float(table.loc[row, plan]) for plan in found.names]


def test_figures_a_head_are_as_by_hand(found: Comparison, base: Plan) -> None:
    """Gaps: clinics and core weigh by people, 200 for clinics and 100 for core. Without: (200 x 0.3 + 50 / 4 + 50 x 3 / 4) /
    300 = 110 / 300; with the plan nothing. Small cities: clinics 100 x 0.6 and core 50: 110 / 200.
    Money: rail 4 + 6, insurance 1, the clinic 3 + 2: its 0.2 a year for the nine years that remain once it is built in 2026.
    """
    assert figure(found, "", "gap_without")[0] == pytest.approx(110 / 300)
    assert figure(found, "", "gap_with")[0] == pytest.approx(0)
    assert figure(found, "small", "gap_without")[0] == pytest.approx(110 / 200)
    total = float(base.tables["money"][["capital", "running", "fees"]].to_numpy().sum())
    assert total == pytest.approx(16)  # as the README has it
    assert figure(found, "", "money_a_head")[0] == pytest.approx(16e9 / 200_000)
    # northern half in Metro, southern half in Inland; the insurance by people of both sides: half in Metro
    where = spending(base)
    assert where == pytest.approx({"metro": 4 + 0.5, "border": 0.25, "inland": 6 + 0.25 + 5})
    money = (0.25 + 6 + 0.25 + 5) * 1e9 / 100_000
    assert figure(found, "small", "money_a_head")[0] == pytest.approx(money)
    assert figure(found, "small", "closed_per_1000_a_head")[0] == pytest.approx(100 * 0.55 / (money / 1000))
    assert figure(found, "", "people") == pytest.approx([0.2, 0.2])
    assert figure(found, "", "measures_a_head")[0] == pytest.approx(5 / 0.2)


def test_what_is_not_known_is_no_gap_of_nothing(found: Comparison) -> None:
    """The other case counts the time to the core from 30 to 70 minutes: each is empty in the row of the other."""
    table = found.tables["indicators"]
    core = table[(table["indicator"] == "time to the core city") & (table["tier"] == "") & (table["state"] == "without")]
    assert sorted(core["standard"]) == ["30 to 110", "30 to 70"]
    assert core["one"].isna().tolist() == [False, True]
    assert core["two"].isna().tolist() == [True, False]
    clinics = table[(table["indicator"] == "clinics") & (table["tier"] == "") & (table["state"] == "without")]
    assert (clinics["one"].tolist(), clinics["two"].tolist()) == ([pytest.approx(0.3)], [pytest.approx(0.3)])


def test_the_text_speaks_of_clusters_and_lists_nothing_absent(found: Comparison) -> None:
    said = text(found)
    assert "CLUSTER BY CLUSTER" in said
    assert "INPUTS THAT DIFFER" not in said
    assert "does not have the cit" not in said
    assert "No indicator is in two plans" not in said
    assert "1 indicator is in two plans or more with the same name, standard and unit" in " ".join(said.split())
    assert in_common(found).endswith("Of the same name, but with another standard or unit: time to the core city.")
    assert found.tables["inputs"].empty


def test_whose_small_cities_gain_most_is_said_in_a_sentence(found: Comparison) -> None:
    """One: 55 points for 115,000 a head. Two signs the insurance alone, half of whose 1 lies in the South, 5,000 a head; it
    serves Border: (100 x 0.6 + 50 x 1/2 + 50) / 200 without, 50 x 0.6 less with it: 15 points, 3 for each 1,000.

    Both have only clinics alike. Small cities lack 60 % of them: One closes all for 115,000 a head, Two half for 5,000.
    """
    assert figure(found, "small", "closed_per_1000_a_head") == pytest.approx([55 / 115, 3])
    indicators, points = gains(found)
    assert [means.name for means in indicators] == ["clinics"]
    assert points == pytest.approx({"one": 60 / 115, "two": 30 / 5})
    best = (
        "By the indicators that all of them have alike, each weighing the same (clinics), small cities gain most for their"
    )
    assert gains_most(found).startswith(f"{best} money in Three others, worked out by hand: 6.00 points of the gap")
    assert "then Three cities, worked out by hand 0.52." in gains_most(found)


def test_nothing_ranks_clusters_that_have_no_indicator_alike(base: Plan, other: Plan) -> None:
    clinics = replace(other.case.services["clinic"], per_1000=FrozenDict({"2030": 1.0, "2035": 2.0}))
    changed = replace(other, case=replace(other.case, services=FrozenDict({"clinic": clinics})))
    assert gains_most(compare([base, changed])) == ""


def test_an_indicator_that_a_plan_without_small_cities_lacks_ranks_nobody(found: Comparison) -> None:
    """A third plan of larger cities that knows nothing of clinics."""
    tables = {
        name: table.assign(three=table["one"].where(table["tier"] != "small")) for name, table in found.tables.items()
        if name in {"clusters", "indicators"}
    }  # fmt: skip
    third = replace(found, names=(*found.names, "three"), plans=(*found.plans, found.plans[0]), tables=FrozenDict(tables))
    assert set(gains(third)[1]) == {"one", "two"}
    known = tables["indicators"]
    without = {**tables, "indicators": known.assign(three=known["three"].where(known["indicator"] != "clinics"))}
    assert gains(replace(third, tables=FrozenDict(without))) == ([], {})


@pytest.mark.parametrize(
    ("section", "x", "change"),
    [
        ("services", "clinic", {"per_1000": FrozenDict({"2030": 1.0, "2035": 2.0})}),
        ("services", "clinic", {"per_1000": FrozenDict({"2030": 2.0, "2035": 2.000001})}),
        ("services", "clinic", {"unit": "beds"}),
        ("services", "clinic", {"name": "Surgeries"}),
        ("services", "clinic", {"of": "people_65"}),
        ("access", "core", {"standard_minutes": 31.0}),
        ("access", "core", {"worst_minutes": 111.0}),
        ("access", "core", {"kind": "all"}),
        ("access", "core", {"kind": "all", "weight": "equally"}),
        ("access", "core", {"kind": "reach", "target": 0.5, "worst_minutes": None}),
        ("access", "core", {"kind": "reach", "target": 0.6, "worst_minutes": None}),
    ],
)
def test_texts_of_a_meaning_differ_where_the_meaning_does(
    tiny: Case, section: str, x: str, change: dict[str, object]
) -> None:
    things = getattr(tiny, section)
    other = replace(tiny, **{section: FrozenDict({**things, x: replace(things[x], **change)})})
    assert apart(tiny, other, x) is not None
    assert meaning(tiny, x) != meaning(other, x)


def test_texts_of_a_meaning_tell_what_places_weigh(tiny: Case) -> None:
    """The same time to all cities, weighed by people and by nothing, are two indicators."""

    def weighed(by: str) -> Case:
        return replace(tiny, access=FrozenDict({"core": replace(tiny.access["core"], kind="all", weight=by)}))

    one, two = weighed("population"), weighed("equally")
    assert str(apart(one, two, "core")) == "what its places weigh"
    assert meaning(one, "core") != meaning(two, "core")


def test_texts_of_a_meaning_tell_the_standards_of_all_periods(tiny: Case) -> None:
    def asked(first: float) -> Case:
        clinic = replace(tiny.services["clinic"], per_1000=FrozenDict({"2030": first, "2035": 2.0}))
        return replace(tiny, services=FrozenDict({"clinic": clinic}))

    assert apart(asked(1.0), asked(1.5), "clinic") is not None
    assert meaning(asked(1.0), "clinic") != meaning(asked(1.5), "clinic")


def test_a_standard_that_stays_is_the_same_whatever_the_periods(tiny: Case) -> None:
    longer = replace(tiny.services["clinic"], per_1000=FrozenDict({"2030": 2.0, "2035": 2.0, "2040": 2.0}))
    other = replace(tiny, services=FrozenDict({"clinic": longer}))
    assert apart(tiny, other, "clinic") is None
    assert meaning(tiny, "clinic") == meaning(other, "clinic")


def test_who_is_left_out_of_a_standard_does_not_change_what_it_means(base: Plan) -> None:
    case = base.case
    stock = replace(case.capacity["border", "clinic"], amount=None)
    left_out = replace(case, capacity=FrozenDict({**case.capacity, ("border", "clinic"): stock}))
    assert meaning(left_out, "clinic") == meaning(case, "clinic")
    stricter = replace(case.services["clinic"], per_1000=FrozenDict({"2030": 2.0, "2035": 3.0}))
    assert meaning(replace(case, services=FrozenDict({"clinic": stricter})), "clinic") != meaning(case, "clinic")


def test_plans_that_share_a_city_are_not_of_different_clusters(tiny: Case, other: Plan) -> None:
    assert are_apart([tiny, other.case])
    assert not are_apart([tiny, other.case, tiny])
    assert not are_apart([tiny])


@pytest.mark.slow
def test_the_command_prints_and_writes_it(base: Plan, other: Plan, tmp_path: Path, run: Callable[..., Result]) -> None:
    places = [write_plan(plan.with_audit("passed"), tmp_path / name) for plan, name in ((base, "one"), (other, "two"))]
    assert "BY PLACE OF THE CITY" in run("compare", *places).stdout
    assert run("compare", *places, "-o", "both.xlsx").exit_code == 0
    assert run("compare", *places, "-o", "tables").exit_code == 0
    assert (tmp_path / "tables" / "clusters.csv").is_file()
