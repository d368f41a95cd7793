"""Units typed for "as many as you like": the plan is that of as many units as can ever be used or paid for."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest

from planner.audit import audit
from planner.case import Case, FrozenDict, Measure, load_case
from planner.compiling.most_units import with_units_in_reach
from planner.planning import search
from planner.planning.decisions import check_decisions
from planner.planning.greedy import Bundles, Trials, fund
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler
from planner.plans.plan import Plan
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.solving.folders import case
from tests.tiers import one_of

FAULTS = Path(__file__).parents[1] / "faults" / "large-units"
TINY = Path(__file__).parents[2] / "cases" / "tiny"
CLINIC = "clinic-inland"
MANY = (1e4, 1e5, 1e6, 1e8, 1e10, 1e12)


def changed(asked: Case, **facts: object) -> Case:
    """The case with other facts of its clinic."""
    measures = {**asked.measures, CLINIC: replace(asked.measures[CLINIC], **facts)}  # type: ignore[arg-type]
    return replace(asked, measures=FrozenDict(measures))


def with_clinics(folder: Path, units: float, posts: float, is_divisible: bool) -> Case:
    """cases/tiny with smaller clinics, as dear by the post, of which so many units can start."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    lines = (folder / "measures.csv").read_text(encoding="utf-8").splitlines()
    costs = f"clinic,{posts:g},{3 * posts / 30:.6f},{0.2 * posts / 30:.6f},{units:.0f}"
    parted = "yes" if is_divisible else ""
    rows = [f"{line.replace('clinic,30,3,0.2,2', costs)},{parted if CLINIC in line else ''}" for line in lines]
    (folder / "measures.csv").write_text("\n".join([f"{lines[0]},divisible", *rows[1:]]) + "\n", encoding="utf-8")
    return load_case(folder)


def proven(asked: Case) -> Plan:
    """Its best plan, proven and audited."""
    plan = solve(asked, options=SolveOptions(threads=1))
    assert (plan.status, audit(plan).violations) == ("optimal", ()), plan.reason
    return plan


def is_as_good(plan: Plan, other: Plan) -> bool:
    """Whether the goals of two plans are equal, as far as both say that they are proven."""
    pairs = zip(plan.goals, other.goals, strict=True)
    return all(abs(a.value - b.value) <= (a.proof_gap + b.proof_gap) * max(abs(b.value), 1e-3) + 1e-6 for a, b in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("units", MANY)
def test_a_start_of_one_unit_is_never_dust_however_many_there_are(tmp_path: Path, units: float) -> None:
    """The plan worked out in cases/tiny: one clinic, a railway, two signatures; gaps 0.8 / 12, 16 bn and five starts."""
    plan = proven(changed(load_case(FAULTS / "case"), units=units, max_starts=units))
    assert [goal.value for goal in plan.goals] == pytest.approx([0.8 / 12, 16.0, 5.0], rel=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("is_divisible", [False, True])
@pytest.mark.parametrize("posts", [30, 7, 0.5])
def test_the_value_is_that_of_the_fewest_units_that_are_enough(tmp_path: Path, posts: float, is_divisible: bool) -> None:
    """More than 150 posts nobody can pay for: 20 bn buy five clinics of 30 posts, each 3 bn and 1 bn for one period open."""
    enough = proven(with_clinics(tmp_path / "enough", math.ceil(150 / posts), posts, is_divisible))
    for units in MANY:
        assert is_as_good(proven(with_clinics(tmp_path / f"{units:g}", units, posts, is_divisible)), enough), units


@pytest.mark.slow
def test_the_divisible_clinics_of_99_999_999_units_are_found() -> None:
    """Divisible, 1 post each: what 150 units reach, which are more than the 20 bn there are can pay for."""
    asked = load_case(FAULTS / "case-divisible")
    assert is_as_good(proven(asked), proven(changed(asked, units=150.0, max_starts=150.0)))


@pytest.mark.slow
def test_of_a_solution_every_start_that_rounds_to_a_unit_is_read_and_specks_of_what_is_divisible_are_not() -> None:
    for is_divisible, started, read in (
        (False, 1.0 - 1e-7, 1.0),
        (False, 1e-6, None),
        (True, 1.0, 1.0),
        (True, 1e-4, 1e-4),
        (True, 9e-6, None),
    ):
        asked = changed(load_case(FAULTS / "case"), units=1e12, max_starts=1e12, divisible=is_divisible)
        settler = Settler.of(asked)
        columns = 0.0 * settler.built.search_program.lower
        columns[settler.built.search_program.columns["Start", (CLINIC, "2030")]] = started
        assert settler.starts_in(columns).get((CLINIC, "2030")) == read


def reach(asked: Case, measure: str = CLINIC) -> tuple[float, float]:
    """Most units in all, and in a period, that are within reach."""
    found = with_units_in_reach(asked).measures[measure]
    return found.units, found.max_starts


def many(units: float = 1e12, **facts: object) -> Case:
    return changed(load_case(TINY), units=units, max_starts=units, **facts)


def free(**facts: object) -> Case:
    """Clinics that cost nothing."""
    starts = tuple(replace(s, capital=FrozenDict(), running=FrozenDict()) for s in load_case(TINY).measures[CLINIC].starts)
    return many(capital_cost=0.0, running_cost=0.0, starts=starts, **facts)


def test_units_are_no_more_than_all_money_pays_for() -> None:
    """A clinic started late costs 3 + 5 years x 0.2 = 4 bn; 20 bn in all are five, and half of one more if it is divisible.

    Started in 2030 it costs as much out of the 10 bn of the first period: that bounds no single number for all starts.
    """
    assert reach(many()) == (5.0, 5.0)
    half = many(divisible=True)
    richer = replace(half.lines["south"], amount=FrozenDict({"2030": 6.0, "2035": 8.0}))
    assert reach(replace(half, lines=FrozenDict({**half.lines, "south": richer}))) == pytest.approx((5.5, 5.5), rel=1e-5)


@pytest.mark.slow
def test_fewer_units_than_are_within_reach_stay_as_they_are() -> None:
    asked = load_case(TINY)
    assert with_units_in_reach(asked) is asked
    region = load_case(TINY.parent / "jing-jin-ji")
    assert with_units_in_reach(region) is region


def test_units_that_cost_nothing_are_no_more_than_all_people_need() -> None:
    """2 posts per 1,000 of 200,000 people are 400: 13.3 clinics of 30 posts, so 14."""
    assert reach(free()) == (14.0, 14.0)
    assert reach(free(capacity=1000.0)) == (1.0, 1.0)


def test_where_later_starts_serve_when_earlier_ones_no_longer_do_each_period_may_need_as_many() -> None:
    first, second = free().measures[CLINIC].starts
    assert reach(changed(free(), starts=(replace(first, serves=("2030",)), second))) == (28.0, 14.0)


@pytest.mark.parametrize("sense", ["at_least", "at_most"])
def test_need_is_no_bound_where_a_rule_or_a_budget_may_ask_for_more(tmp_path: Path, sense: str) -> None:
    text = (TINY / "case.yaml").read_text(encoding="utf-8")
    shutil.copytree(TINY, tmp_path / "ruled")
    rules = f"rules: [{{id: some, of: units, where: {{kind: facility}}, {sense}: 20}}]\n"
    (tmp_path / "ruled" / "case.yaml").write_text(text + rules, encoding="utf-8")
    ruled = replace(free(), rules=load_case(tmp_path / "ruled").rules)
    assert reach(ruled)[0] == (1e12 if sense == "at_least" else 14.0)
    spent = {l: replace(line, minimum=FrozenDict({"2030": 1.0, "2035": 0.0})) for l, line in free().lines.items()}
    assert reach(replace(free(), lines=FrozenDict(spent)))[0] == 1e12
    assert reach(free(benefit=1.0))[0] == 1e12


def test_what_is_decided_or_started_already_keeps_its_units() -> None:
    assert reach(many(status="decided"))[0] == 1e12
    assert with_units_in_reach(many(), [CLINIC]).measures[CLINIC].units == 1e12


LATE = """\
    periods: [2026-2030, 2031-2035]
    modes: {road: {boarding_minutes: 0}}
    lines:
      fund: {holder: North, gets_tax: true, carry_over: true, borrow: {limit: 6, interest: 0.1}}
    effects:
      bonds: [{private_share: {where: {kind: abatement}, plus: 0.5}}]
      filter: [{lower_emissions: {airshed: basin, by: 1}}]
    airsheds: {basin: {unit: kt, existing: 100}}
    goals: [{minimise: emissions}]
    """


def test_debts_taxes_and_private_money_count_as_money(tmp_path: Path) -> None:
    """6 bn a period and debts of 6 at the end of 2030; two parks at most, each 5 years x 0.4 bn of tax, arriving in 2035.

    Parks: 12 bn by the end of 2030 pay for two of 6 bn, so 4 bn of tax; all money is 6 + 6 + 6 + 4 = 22. Filters cost 2 bn,
    of which investors pay half where bonds are signed: 22 filters. Parks in all: 22 / 6 = 3.
    """
    measures = """\
        id kind city capital_cost units max_starts signed_by level
        filter abatement A 2 1000000 1000000 - -
        plant park A 6 1000000 1000000 - -
        bonds policy - 0 1 1 North incentive
        """
    asked = case(
        tmp_path / "case",
        LATE,
        cities="id jurisdiction tier lat lon population airshed\nA North core 30 110 100000 basin",
        measures=measures,
        parks="measure jobs output tax\nplant 1000 1 0.4",
        budgets="line period amount\nfund 2030 6\nfund 2035 6",
    )
    assert reach(asked, "filter")[0] == 22.0
    assert reach(asked, "plant")[0] == 3.0


def test_parks_are_no_more_than_their_city_has_land_for(tmp_path: Path) -> None:
    """No money bounds what costs nothing, and no need what brings tax: 10 km2, and 5 more, hold 7 parks of 2 km2."""
    yaml = """\
        periods: [2026-2030]
        modes: {road: {boarding_minutes: 0}}
        work: {jobs: {kind: target}}
        effects: {rezoning: [{add_land: {cities: [A], km2: 5}}]}
        lines: {fund: {holder: North, gets_tax: true}}
        goals: [{minimise: gaps}]
        """
    asked = case(
        tmp_path / "case",
        yaml,
        cities="id jurisdiction tier lat lon population jobs jobs_target land_quota_km2\nA North core 30 110 9 1 9 10",
        measures="""\
            id kind city capital_cost units level signed_by
            plant park A 0 1000000 - -
            rezoning policy - 0 1 auxiliary North
            """,
        parks="measure area_km2 jobs tax\nplant 2 1000 0.1",
        budgets="line period amount\nfund 2030 6",
    )
    assert reach(asked, "plant")[0] == 7.0


JOBS = """\
    periods: [2026-2030]
    modes: {{road: {{boarding_minutes: 0}}}}
    industries: {{steel: {{}}, cars: {{}}}}
    work: {{jobs: {{kind: target}}}}
    lines: {{fund: {{holder: North}}}}
    {rest}
    goals: [{{minimise: gaps}}]
    """


def free_parks(folder: Path, rest: str = "", closes: bool = False) -> Case:
    """A park in each of two cities that lack 7,500 and 19,500 jobs, of 1,000 jobs a unit, which cost nothing."""
    return case(
        folder / "case",
        JOBS.format(rest=rest),
        cities="id jurisdiction tier lat lon population jobs jobs_target\n"
        "A North core 30 110 90000 1500 9000\nB North core 31 111 90000 0 19500",
        measures="id kind city capital_cost units max_starts\n"
        "plant park A 0 1000000 1000000\nother park B 0 1000000 1000000" + ("\nmill closure A 0 3 3" if closes else ""),
        parks="measure industry jobs\nplant steel 1000\nother cars 1000" + ("\nmill - 400" if closes else ""),
        budgets="line period amount\nfund 2030 6",
    )


def test_parks_that_cost_nothing_are_no_more_than_there_are_jobs_for(tmp_path: Path) -> None:
    """7,500 jobs are 8 parks of 1,000; 19,500 are 20."""
    asked = free_parks(tmp_path)
    assert (reach(asked, "plant"), reach(asked, "other")) == ((8.0, 8.0), (20.0, 20.0))


def test_jobs_that_may_end_are_replaced_and_leave_a_gap(tmp_path: Path) -> None:
    """Three mills of 400 jobs may close in A: 7,500 + 1,200 = 8,700 jobs are 9 parks."""
    assert reach(free_parks(tmp_path, closes=True), "plant")[0] == 9.0


def test_a_partner_may_need_more_jobs_than_its_own_city(tmp_path: Path) -> None:
    """A bonus of half of a park's jobs, half of it in each city: 19.5 / 0.25 = 78 parks in A bring B all that it lacks."""
    chains = "chains: {cars: {industries: [steel, cars], minutes: 60, bonus: 0.5}}"
    found = reach(free_parks(tmp_path, rest=chains), "plant")[0]
    assert 78.0 <= found < 1000.0


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        ("of: jobs, at_least: 50000", 58.0),
        ("of: units, at_least: 12", 20.0),
        ("of: jobs, at_most: 50000", 8.0),
        ("of: spending, at_least: 1", 1e6),
        ("of: units, at_most: 0.5, share_of: {kind: park}", 1e6),
    ],
)
def test_what_a_rule_asks_for_is_within_reach(tmp_path: Path, rule: str, most: float) -> None:
    """Beside the 7.5 parks that A lacks: 50 of 1,000 jobs, or 12 units; no end where a rule is about money or a share."""
    rules = f"rules: [{{id: some, where: {{kind: park}}, {rule}}}]"
    assert reach(free_parks(tmp_path, rest=rules), "plant")[0] == most


def with_many(asked: Case, units: float) -> Case:
    """The case with so many units of every candidate that may have several."""

    def of(measure: Measure) -> Measure:
        several = measure.status == "candidate" and measure.kind in ("facility", "park", "abatement", "closure")
        return replace(measure, units=units, max_starts=units) if several else measure

    return replace(asked, measures=FrozenDict({a: of(measure) for a, measure in asked.measures.items()}))


@pytest.mark.slow
@pytest.mark.parametrize("number", one_of(6, range(12)))
def test_no_better_plan_is_out_of_reach(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random cases with 50 units of everything: solved with what is within reach, and once more with all 50."""
    options = SolveOptions(gap=1e-6, threads=1)
    for asked in (with_many(case_of(number), 50.0), with_many(work_case_of(number), 50.0)):
        found = solve(asked, options=options)
        with monkeypatch.context() as patched:
            patched.setattr(search, "with_units_in_reach", lambda case, kept=(): case)
            whole = solve(asked, options=options)
        assert found.status == whole.status
        if found.has_decisions:
            assert found.goals[0].value == pytest.approx(whole.goals[0].value, rel=2e-4, abs=2e-6)


def test_a_hand_made_plan_may_start_more_than_is_within_reach() -> None:
    """50 clinics in 2031-2035 cost 50 x (3 + 1) = 200 bn, far more than the 20 bn there are."""
    plan = evaluate(many(), {(CLINIC, "2035"): 50.0})
    assert audit(plan).violations == ()
    money = plan.table("money")
    assert money["capital"].sum() + money["running"].sum() == pytest.approx(200.0)
    assert plan.table("decisions").set_index("measure").loc[CLINIC, "units"] == 50.0
    assert plan.broken


def test_one_unit_more_than_there_are_is_one_too_many_however_many_there_are() -> None:
    assert check_decisions(many(1e10), {(CLINIC, "2030"): 1e10}) == ()
    assert check_decisions(many(1e10), {(CLINIC, "2030"): 1e10 + 1.0})


@dataclass
class AtMost:
    """Limits that allow so many units of a clinic started late, and count how often they are asked."""

    units: float
    asked: int = 0

    def allow(self, decisions: Mapping[tuple[str, str], float]) -> bool:
        self.asked += 1
        return decisions.get((CLINIC, "2035"), 0.0) <= self.units


@pytest.mark.parametrize(
    ("is_divisible", "units", "fits", "started"),
    [
        (False, 1e12, 123_456_789.5, 123_456_789.0),
        (False, 1e12, 1e12, 1e12),
        (False, 1e12, 0.5, None),
        (True, 1e9 + 0.25, 1e10, 1e9 + 0.25),
        (True, 0.25, 1.0, 0.25),
    ],
)
def test_a_list_finds_how_many_units_fit_by_halving_and_never_writes_them_all_down(
    is_divisible: bool, units: float, fits: float, started: float | None
) -> None:
    """2 ** 40 is more than a million million: forty halvings find any of them, and the list is gone through twice."""
    asked, limits = many(units, divisible=is_divisible), AtMost(fits)
    bundles = Bundles(asked, {(CLINIC, "2030"): 0.0})
    found = fund(cast("Trials", limits), bundles, {}, [CLINIC], lambda number, of: False)
    assert found.decisions.get((CLINIC, "2035")) == started
    assert limits.asked < 2 * 45
