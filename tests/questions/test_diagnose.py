"""Diagnoses worked out by hand: the smallest changes of every family, and who contradicts whom."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case import CaseInvalid, FrozenDict, load_case, with_edits
from planner.planning.search import solve
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.promises import edits_of
from planner.questions.asking import AskOptions
from planner.questions.diagnose.ask import Diagnosis, diagnose
from planner.questions.diagnose.shown import text
from planner.work.stopping import Event
from tests.questions import impossible as hand
from tests.questions.chinese import left_english
from tests.regions import KEPT

CASES = Path(__file__).resolve().parents[2] / "cases"
FAMILIES = {
    "money": "more money, of any line",
    "debt": "more debt, of any line that may borrow",
    "limits": "lower targets and rules",
    "places": "targets for fewer cities",
    "late": "decided measures later",
    "dropped": "decided measures dropped",
    "demands": "weaker demands on projects",
    "fairness": "less fairness",
}


def said(result: Diagnosis, family: str) -> list[str]:
    """The changes of the repair of a family, in words; it must be verified and proven."""
    name = FAMILIES.get(family, family)
    assert name not in result.not_enough
    (found,) = (one for one in result.repairs if one.name == name)
    assert (found.verified, found.problem, found.least, found.fewest) == (True, "", True, True)
    return [change.text for change in found.changes]


def families(result: Diagnosis) -> set[str]:
    """What there is a repair of."""
    return {one.name for one in result.repairs}


def clash(result: Diagnosis) -> set[str]:
    """The kinds of promises of the only conflict."""
    (found,) = result.conflicts
    assert found.irreducible
    return {promise[0] for promise in found.promises}


def all_complete(result: Diagnosis) -> Diagnosis:
    """A diagnosis in which nothing is missing, and which is said in Chinese, too."""
    assert (result.possible, result.complete, result.missing) == (False, True, ())
    assert left_english(result) == []
    return result


def test_a_target_that_money_pays_two_of_three_wards_for(tmp_path: Path):
    """Three wards of 2 are 6, and there are 5: 1 more (half a ward would ask for nothing more). Or two wards: 6 beds."""
    result = all_complete(diagnose(hand.whole_units(tmp_path, hand.TARGET)))
    assert families(result) == {FAMILIES["money"], FAMILIES["limits"]}
    assert said(result, "money") == ["line town, 2026-2030: 1 bn more (5 -> 6)"]
    assert said(result, "limits") == [
        "target wards (beds at least 7 beds per 1,000, A by 2026-2030): holds at 6 instead of 7"
    ]
    assert clash(result) == {"target", "money"}
    row = result.table("repairs").iloc[0]
    assert (row["repair"], row["promise"], row["item"], row["period"], row["now"], row["needed"], row["unit"]) == (
        1, "money", "town", "2030", 5.0, 6.0, "bn",
    )  # fmt: skip


@pytest.mark.slow
def test_a_rule_that_needs_three_whole_units_where_money_pays_for_two(tmp_path: Path):
    """The same money: 1 more for the third, or a rule that asks for two."""
    result = all_complete(diagnose(hand.whole_units(tmp_path, hand.RULE)))
    assert said(result, "money") == ["line town, 2026-2030: 1 bn more (5 -> 6)"]
    assert said(result, "limits") == ["rule three (at least 3 units started): holds at 2 instead of 3"]
    assert clash(result) == {"rule", "money"}


@pytest.mark.slow
def test_a_decided_hall_whose_second_line_is_too_poor(tmp_path: Path):
    """The hall costs 4: half is 2, and the centre has 1. It lacks 1; or the town pays the other 3, three quarters.

    In 2031-2035 the centre has 3: the hall could be put off. Not decided any more, it saves its 4.
    """
    result = all_complete(diagnose(hand.shared(tmp_path, town=10, centre=1, town_2035=10, centre_2035=3)))
    assert said(result, "money") == ["line centre, 2026-2030: 1 bn more (1 -> 2)"]
    assert said(result, "late") == ["hall: put off from 2026-2030 to 2031-2035"]
    assert said(result, "dropped") == ["hall: not decided any more (saves 4 bn)"]
    assert said(result, "demands") == ["line town: pays up to 0.75 of a measure's cost instead of 0.5"]
    assert clash(result) == {"decided", "money", "largest share"}


def test_a_town_that_may_not_owe_enough(tmp_path: Path):
    """Of the 8 for the hall the town has 5 and may owe 2: 1 more of either; all of the 3 owed is repaid from the next 10.

    Without a limit of debt its 15 would pay the hall: the limit is part of the contradiction.
    """
    result = all_complete(diagnose(hand.borrowing(tmp_path, town=5, town_2035=10, town_2040=0)))
    assert said(result, "money") == ["line town, 2026-2030: 1 bn more (5 -> 6)"]
    assert said(result, "debt") == ["line town, 2026-2030: may owe 1 bn more (2 -> 3)"]
    assert clash(result) == {"rule", "debt", "money"}
    changes = next(one for one in result.repairs if one.name == FAMILIES["debt"]).changes
    assert edits_of(changes) == [{"key": "lines.town.borrow.limit", "set": {"2030": 3.0, "2035": 5.0, "2040": 0.0}}]


def test_two_limits_of_one_debt_are_one_edit(tmp_path: Path):
    """Nothing more comes until 2036-2040: the 7 that are lacking in 2030 are owed in 2035 still, 5 more and 2 more."""
    result = all_complete(diagnose(hand.borrowing(tmp_path, town=1, town_2035=0, town_2040=10)))
    assert said(result, "debt") == [
        "line town, 2026-2030: may owe 5 bn more (2 -> 7)", "line town, 2031-2035: may owe 2 bn more (5 -> 7)",
    ]  # fmt: skip
    changes = next(one for one in result.repairs if one.name == FAMILIES["debt"]).changes
    assert edits_of(changes) == [{"key": "lines.town.borrow.limit", "set": {"2030": 7.0, "2035": 7.0, "2040": 0.0}}]


def test_debt_that_could_not_be_repaid_is_no_help(tmp_path: Path):
    """5, 1 and 1 never come to 8, however much may be owed in between."""
    result = all_complete(diagnose(hand.borrowing(tmp_path, town=5, town_2035=1, town_2040=1.5)))
    assert FAMILIES["debt"] in result.not_enough
    assert "Held fixed: what measures cost and bring" in text(result)


@pytest.mark.slow
def test_of_three_decided_units_one_is_dropped(tmp_path: Path):
    """Three units of 2: the centre's half is 3, and it has 2: two units are all that fits. There is no later period."""
    result = all_complete(diagnose(hand.shared(tmp_path, units=3, cost=2, town=10, centre=2)))
    assert said(result, "dropped") == ["hall: 1 of 3 decided units dropped (saves 2 bn)"]
    assert FAMILIES["late"] not in families(result)


def test_what_is_required_costs_too_much(tmp_path: Path):
    """House and annex are 12, and there are 5: 7 more. The annex alone would be 2. Or no annex at all."""
    result = all_complete(diagnose(hand.requirement(tmp_path)))
    assert said(result, "money") == ["line town, 2026-2030: 7 bn more (5 -> 12)"]
    assert said(result, "limits") == ["rule annex (at least 1 measure started, of annex): holds at 0 instead of 1"]
    assert said(result, "demands") == ["annex: does not require house any more"]
    assert clash(result) == {"rule", "money", "requirement"}


def test_two_of_a_group_of_which_one_may_start(tmp_path: Path):
    """No money is asked for: the rule holds at one, or the group is given up."""
    result = all_complete(diagnose(hand.group(tmp_path)))
    assert families(result) == {FAMILIES["limits"], FAMILIES["demands"]}
    assert said(result, "limits") == ["rule both (at least 2 units started): holds at 1 instead of 2"]
    assert said(result, "demands") == [
        "group site: 2 of its measures start instead of at most one; the group is dropped"
    ]  # fmt: skip
    assert clash(result) == {"rule", "group"}


def test_a_gate_that_money_does_not_open(tmp_path: Path):
    """With 5 there are two wards: 6 beds, and the gate holds at 6. For 8 beds four wards are needed: 8, which is 3 more."""
    result = all_complete(diagnose(hand.gate(tmp_path)))
    assert said(result, "money") == ["line town, 2026-2030: 3 bn more (5 -> 8)"]
    assert said(result, "demands") == ["gate healthy (beds at least 8 beds per 1,000, 1 measure): holds at 6 instead of 8"]
    assert clash(result) == {"rule", "gate", "money"}


def test_one_host_where_two_cities_must_be_full(tmp_path: Path):
    """900 jobs per 1,000 in both need both plants: two hosts. With one, the other stays at 800, or is left out."""
    result = all_complete(diagnose(hand.plants(tmp_path, ("max_hosts: 2", "max_hosts: 1"), hand.FULL)))
    assert said(result, "demands") == ["industry cars: parks in up to 2 cities instead of 1"]
    assert said(result, "limits")[0].endswith("holds at 800 instead of 900")
    (left_out,) = said(result, "places")
    assert left_out.startswith("target full (jobs at least 900 jobs per 1,000 people): not for ")
    assert clash(result) == {"hosts", "target"}


def test_too_little_land_for_either_plant(tmp_path: Path):
    """1.5 km2 where a plant takes 2: half a km2 in each city; or no target at all for either."""
    poor = hand.TWINS.replace("9000 5", "9000 1.5")
    result = all_complete(diagnose(hand.plants(tmp_path, ("", ""), hand.FULL, poor)))
    assert said(result, "demands") == [f"{i}: a land quota of 2 km2 instead of 1.5" for i in "AB"]
    assert len(said(result, "places")) == 2
    assert said(result, "limits")[0].endswith("holds at 800 instead of 900")


def test_a_cap_that_leaves_air_for_a_plant_and_a_third(tmp_path: Path):
    """10 kt are there and 14 the cap: 4 of the 6 kt of two plants, so two thirds of their jobs: 8,000 + 667 for 10,000.

    866.67 per 1,000: 33.33 less, which is rounded to 33.34, so 866.66. For all jobs the cap must be 16.
    """
    result = all_complete(diagnose(hand.plants(tmp_path, ("cap: 20", "cap: 14"), hand.FULL)))
    assert said(result, "demands") == ["airshed sky, 2026-2030: a cap of 16 kt instead of 14"]
    assert said(result, "limits")[0].endswith("holds at 866.66 instead of 900")


@pytest.mark.slow
def test_nobody_worse_off_is_said_to_be_why(tmp_path: Path):
    """Alone each builds its plant and has no gap; together only one may: the other lacks 1,000 of 9,000 jobs, 0.1111."""
    result = all_complete(diagnose(hand.plants(tmp_path, ("max_hosts: 2", "max_hosts: 1"), "nobody_worse_off: true\n")))
    assert clash(result) == {"nobody worse off", "hosts"}
    (why,) = said(result, "fairness")
    assert why.endswith("has own gaps of 0.1111, with a plan of its own 0")
    assert said(result, "demands") == ["industry cars: parks in up to 2 cities instead of 1"]


def test_no_city_loses_is_said_to_be_why(tmp_path: Path):
    """Ten beds for twenty: five each. Eight for A leave two for B, whose gap grows from 0.5 to 0.8; A can have 5 without."""
    result = all_complete(diagnose(hand.taken(tmp_path)))
    assert clash(result) == {"no city loses", "target"}
    assert said(result, "fairness") == ["no city loses: dropped; B, 2026-2030: gap of beds 0.5 -> 0.8"]
    assert said(result, "limits")[0].endswith("holds at 5 instead of 8")


def test_a_level_that_may_not_cost_enough(tmp_path: Path):
    """The grant of 3 is 15 % of 20; a tenth of 30 would be 3 too, which is 10 more money."""
    result = all_complete(diagnose(hand.level(tmp_path)))
    assert said(result, "demands") == ["level subsidy: up to 0.15 of all money instead of 0.1"]
    assert said(result, "money") == ["line town, 2026-2030: 10 bn more (20 -> 30)"]
    assert clash(result) == {"level", "money", "rule"}


def test_a_barrier_that_cannot_be_gone_in_time(tmp_path: Path):
    """The removal starts in 2031-2035 at the earliest; the grant is wanted before."""
    result = all_complete(diagnose(hand.barrier(tmp_path)))
    assert said(result, "demands") == ["subsidies do not wait for removal any more"]
    assert clash(result) == {"barrier", "rule"}


def test_more_subsidised_periods_than_there_may_be(tmp_path: Path):
    """Two grants, one a period, where a city may be subsidised in one."""
    result = all_complete(diagnose(hand.subsidies(tmp_path)))
    assert said(result, "demands") == ["a city is subsidised in up to 2 periods instead of 1"]
    assert said(result, "limits") == ["rule grants (at least 2 measures started, of first; second): holds at 1 instead of 2"]


def test_a_minimum_that_nothing_can_be_bought_for(tmp_path: Path):
    """There is one ward of 2: no more can be spent."""
    result = all_complete(diagnose(hand.minimum(tmp_path)))
    assert said(result, "limits") == ["line town, 2026-2030: must spend at least 2 bn instead of 3"]
    assert clash(result) == {"minimum"}
    assert FAMILIES["money"] in result.not_enough


def test_a_share_that_what_is_decided_keeps_low(tmp_path: Path):
    """Both wards are 4, beside 4 for the hall: half, not 60 %. Without the hall all is spent in B."""
    result = all_complete(diagnose(hand.share_of_spending(tmp_path)))
    assert said(result, "limits") == [
        "rule mostly-B (at least 0.6 of the total spent, of ward): holds at 0.5 instead of 0.6"
    ]
    assert said(result, "dropped") == ["hall: not decided any more (saves 4 bn)"]


def test_two_contradictions_need_a_mixture_and_are_told_one_by_one(tmp_path: Path):
    """Two wards are all there are, so the rule holds at 2: a third of 3. For the hall the town gives way: 1 of its 10.

    A tenth and a third are less than dropping the hall or doubling the centre's 1, each a whole.
    """
    result = diagnose(hand.two_at_once(tmp_path))
    (mixture,) = result.repairs
    assert (mixture.name, mixture.verified) == ("a mixture", True)
    assert [change.text for change in mixture.changes] == [
        "line town: pays up to 0.75 of a measure's cost instead of 0.5",
        "rule wards (at least 3 units started, of ward): holds at 2 instead of 3",
    ]
    kinds = [{promise[0] for promise in one.promises} for one in result.conflicts]
    assert kinds == [{"rule"}, {"largest share", "decided", "money"}]
    assert set(FAMILIES.values()) - {FAMILIES["debt"], FAMILIES["places"], FAMILIES["late"]} == set(result.not_enough)
    assert result.missing == ("a mixture: not proven to be the least",)  # of a share nothing is proven in company


def test_of_equal_totals_the_fewest_promises(tmp_path: Path):
    """3 units of 2 in each of two periods, money that may be kept: 12 are needed and 8 there, by 2030 6 of 4.

    At least 2 more in 2030 and 4 in all: 4 in 2030 alone touch one promise, 2 and 2 would touch two.
    """
    yaml = (
        hand.TWO
        + hand.BEDS
        + (
            "lines: {town: {holder: Town, carry_over: true}}\n"
            "rules:\n  - {id: early, of: units, periods: [2030], at_least: 3}\n"
            "  - {id: late, of: units, periods: [2035], at_least: 3}\n"
        )
    )
    asked = hand.case(
        tmp_path, yaml, cities=hand.TOWN, capacity=hand.LACKING, measures=hand.WARDS, budgets=hand.money(town=4, town_2035=4)
    )
    result = all_complete(diagnose(asked))
    assert said(result, "money") == ["line town, 2026-2030: 4 bn more (4 -> 8)"]


def test_a_case_that_can_be_met_is_said_to_be_at_once():
    result = diagnose(load_case(CASES / "tiny"))
    assert (result.possible, result.complete, result.repairs, result.conflicts) == (True, True, (), ())
    assert "can be met as it is" in text(result)


def test_what_is_not_infeasible_after_all_is_possible(tmp_path: Path):
    """A plan may say infeasible wrongly; nothing has to give way then."""
    tiny = load_case(CASES / "tiny")
    wrong = Plan(tiny, "infeasible", told_as("wrongly"), options=FrozenDict(), goals=(), tables=FrozenDict())
    assert diagnose(tiny, plan=wrong).possible is True


def test_without_time_nothing_is_known_and_that_is_said(tmp_path: Path):
    """Only a plan that is given tells that the case cannot be met."""
    asked = hand.whole_units(tmp_path, hand.RULE)
    for plan, possible, said in ((None, None, "whether the case can be met"), (solve(asked), False, "what would help")):
        result = diagnose(asked, plan=plan, options=AskOptions(time_limit=0.0))
        assert (result.possible, result.complete, result.repairs, result.not_enough) == (possible, False, (), ())
        assert result.missing == (f"stopped before it was known {said}: the time limit of 0 s ended while finding routes",)


def test_stopped_once_the_case_is_known_to_be_impossible_nothing_is_known_of_what_would_help(tmp_path: Path):
    asked = hand.whole_units(tmp_path, hand.RULE)
    told: list[Event] = []
    for plan in (None, solve(asked)):
        told.clear()
        result = diagnose(asked, plan=plan, on_event=told.append, cancelled=lambda: any(e.kind == "task" for e in told))
        assert (result.possible, result.complete, result.not_enough) == (False, False, ())
        assert not any(repair.verified for repair in result.repairs), "what was found is not tried any more"
        assert len(result.missing) == 5  # more money, lower rules, less fairness, a mixture; and who contradicts whom
    nothing = replace(result, possible=None)
    assert "is not known yet" in text(nothing)


def test_a_plan_of_another_case_is_refused(tmp_path: Path):
    plan = solve(hand.whole_units(tmp_path, hand.RULE))
    with pytest.raises(ValueError, match="another case"):
        diagnose(load_case(CASES / "tiny"), plan=plan)


def test_decided_measures_dearer_than_their_lines_are_refused_with_the_arithmetic(tmp_path: Path):
    """6 and 5 are decided and 10 are there: refused before any solve, in words that hold the sum."""
    measures = """\
        id kind city service capacity capital_cost status
        hall facility A beds 1 6 decided
        ward facility A beds 1 5 decided
        """
    yaml = hand.ONE + hand.BEDS + "lines: {town: {holder: Town}}\n"
    said = "cost at least 11 bn up to 2026-2030, more than the 10 that line town has until then: hall (6); ward (5)"
    with pytest.raises(CaseInvalid, match=re.escape(said)) as refused:
        hand.case(tmp_path, yaml, cities=hand.TOWN, capacity=hand.LACKING, measures=measures, budgets=hand.money(town=10))
    assert len(refused.value.problems) == 1


def test_decided_measures_that_others_may_pay_for_are_not_named_where_money_is_short(tmp_path: Path):
    """The town and the centre alone may pay for the hall and the ward: 11 of their 10. The school is the district's.

    The dearest of what is counted comes first, and not the school of 50 that is not.
    """
    measures = """\
        id kind city service capacity capital_cost status
        school facility B beds 1 50 decided
        ward facility A beds 1 5 decided
        hall facility A beds 1 6 decided
        """
    yaml = (
        hand.ONE
        + hand.BEDS
        + (
            "lines:\n  town: {holder: Town, pays_for: [{city: A}]}\n  centre: {holder: central, pays_for: [{city: A}]}\n"
            "  district: {holder: District, pays_for: [{city: B}]}\n"
        )
    )
    with pytest.raises(CaseInvalid) as refused:
        hand.case(
            tmp_path, yaml, cities=hand.TOWN + "\nB District small 31 110 1000", capacity=hand.LACKING + "\nB beds 4",
            measures=measures, budgets=hand.money(town=7, centre=3, district=60),
        )  # fmt: skip
    (problem,) = refused.value.problems
    assert problem.row == 4
    assert problem.message == (
        "decided measures cost at least 11 bn up to 2026-2030, more than the 10 that lines centre and town have until then: "
        "hall (6); ward (5). If these costs are right, give the lines more money, let a measure start later, or let another "
        "line pay for it"
    )


@pytest.mark.proof
def test_the_large_case_with_a_fiftieth_of_its_money_lacks_it_in_hebei():
    """The lines under construction cost 3.045 + 3.962 + 1.281 = 8.288 in 2026-2030. The centre has 0.3, Hebei 0.764.

    What Hebei borrows it repays with its 0.84 and 0.918 of later periods, at 3.28 % a year: 0.84 / 1.0328^5 + 0.918 /
    1.0328^10 = 1.380. So 8.288 - 0.3 - 0.764 - 1.380 = 5.844 is enough, rounded up 5.845; Beijing may send 30 % of its 0.746
    at most, so that 5.62 would not do. Of the lines the two dearest are dropped: any two others save less than 5.844.
    """
    case = load_case(KEPT)
    poor = with_edits(case, "poor", [{"table": "budgets", "column": "amount", "multiply": 0.02}])
    result = diagnose(poor)
    assert result.complete
    (more,) = next(one for one in result.repairs if one.name == FAMILIES["money"]).changes
    assert (more.item, more.period) == ("hebei", "2030")
    assert 5.62 < more.needed - more.now <= 5.845 + 1e-9
    dropped = next(one for one in result.repairs if one.name == FAMILIES["dropped"]).changes
    assert {change.item for change in dropped} == {"hengshui-cangzhou-rail", "xiongan-hengshui-rail"}
    assert replace(poor) == poor
