"""Fairness: who is worse off than alone, who comes first where the worst off do, and who pays for whom."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import inf, isnan

from planner.audit import claims, goals, money
from planner.audit.books import Books
from planner.audit.claims import GOAL_SLACK, Claim
from planner.audit.goals import Weights
from planner.audit.money import Costs
from planner.audit.report import Ledger
from planner.audit.status import asked_gap, most_above_bound, number_of
from planner.audit.tolerance import EXACT
from planner.case import Case, FrozenDict, Goal
from planner.plans.plan import GoalResult, Plan
from planner.plans.tables import Alone, Indicator, Share
from planner.words.said import _

# --- Nobody worse off: each jurisdiction's own gaps in this plan, next to those of its stand-alone plan.
#
# The stand-alone plans themselves are not in the tables: their values are taken as they are, if they can be so.


ALLOWED = 1e-6  # of a gap, as the model allows


def check_alone(plan: Plan, books: Books, weights: Weights, ledger: Ledger) -> None:
    """Check the rows, what this plan comes to for each jurisdiction, and that nobody would be better off alone.

    `weights` are those of the first goal about gaps. A jurisdiction without a gap that counts there needs no row.
    """
    case = plan.case
    counted = {case.cities[city].jurisdiction for (_, city, _), weight in weights.items() if weight > 0}
    expected = [j for j in case.jurisdictions if j in counted or j in books.alone] if case.nobody_worse_off else []
    ledger.rows("alone", "alone", books.alone, expected)
    for row in books.alone.values():
        where = _("jurisdiction {jurisdiction}").format(jurisdiction=row.jurisdiction)
        ledger.small(EXACT).same(
            "alone", where, "value_with", row.value_with, _value(case, books, weights, row.jurisdiction)
        )
        _alone(plan, row, where, ledger)
        promise = ("nobody worse off", row.jurisdiction)
        most = row.value_alone + ALLOWED
        ledger.promise("nobody worse off", where, "value_with", row.value_with, -inf, most, promise=promise)


def _own_goal(case: Case) -> Goal:
    """What each jurisdiction's own gaps are held to: the first goal about gaps, its worst city where that comes first."""
    goal = goals.about_gaps(case)
    parts = goal.gap_parts
    if "worst_off_first" in parts:
        parts = {"worst_city": parts["worst_off_first"]}
    return replace(goal, parts=FrozenDict(parts if any(parts.values()) else {"gaps": 1.0}))


def _value(case: Case, books: Books, weights: Weights, jurisdiction: str) -> float:
    """The parts about gaps of the goal, over the jurisdiction's cities alone."""
    own = {key: weight for key, weight in weights.items() if case.cities[key[1]].jurisdiction == jurisdiction}
    total = sum(own.values())
    scaled = {key: weight / total for key, weight in own.items()} if total > 0 else {}
    gaps = {key: row.gap_with for key, row in books.indicators.items()}
    return goals.of_gaps(case, _own_goal(case), gaps, scaled)


def _alone(plan: Plan, row: Alone, where: str, ledger: Ledger) -> None:
    """A value between nothing and all gaps, no better than its bound; an optimal plan stands on proven ones."""
    ledger.within("alone", where, "value_alone", row.value_alone, 0.0, sum(_own_goal(plan.case).parts.values()))
    if plan.status == "optimal":
        most = most_above_bound(plan, goals.about_gaps(plan.case), row.value_alone, row.bound_alone, number=0)
        ledger.within("alone", where, _("value_alone above its bound"), row.value_alone - row.bound_alone, -inf, most)
    if not isnan(row.bound_alone):
        ledger.within("alone", where, "bound_alone", row.bound_alone, -inf, row.value_alone)


# --- Goals that take the worst off first: the cities that the plan lists, in order, and what it claims of each.


def check_worst_off(plan: Plan, books: Books, indicators: Iterable[goals.Key], ledger: Ledger) -> None:
    """Check the list of every such goal, and that no other goal has one."""
    keys = list(indicators)
    for goal, result in zip(plan.case.goals, plan.goals, strict=False):
        found = {}
        if "worst_off_first" in goal.parts:
            gaps = {key: goals.counts(goal, row.gap_with) for key, row in books.indicators.items()}
            found = goals.city_gaps(gaps, goals.weights(plan.case, goal, keys))
        _order(result, found, ledger)
        if found and {city.city for city in result.cities} == set(found):
            _claims(plan, goal, result, ledger)


def _order(result: GoalResult, by_city: Mapping[str, float], ledger: Ledger) -> None:
    """Every city once, the largest gap first, each with the mean so far."""
    named = [city.city for city in result.cities]
    ledger.rows("goals", _("goal {result}").format(result=result.name), named, list(by_city))
    said = _("{number} cities").format(number=len(named))
    ledger.true("goals", len(set(named)) == len(named), _("goal {result}").format(result=result.name), said, _("each once"))
    last, total = math.inf, 0.0
    for n, city in enumerate(result.cities, start=1):
        where = _("goal {result}, city {city}").format(result=result.name, city=city.city)
        if city.city in by_city:
            ledger.same("goals", where, "gap", city.gap, by_city[city.city])
        ledger.within("goals", where, "gap", city.gap, -math.inf, last)
        total += city.gap
        ledger.same("goals", where, "mean", city.mean, total / n)
        last = city.gap


def _claims(plan: Plan, goal: Goal, result: GoalResult, ledger: Ledger) -> None:
    """The bounds: none of a hand-made plan; of an optimal one each proven, and the goal as far as its last city."""
    gaps = [city.optimality_gap for city in result.cities]
    largest = math.nan if any(math.isnan(gap) for gap in gaps) else max(gaps)
    where = _("goal {result}").format(result=result.name)
    ledger.same("status", where, "optimality_gap", result.optimality_gap, largest)
    ledger.same("status", where, "bound", result.bound, result.cities[0].bound)
    asked, held = asked_gap(plan, number_of(plan, goal)), True
    for city in result.cities:
        place = _("{where}, city {city}").format(where=where, city=city.city)
        if plan.status == "evaluated":
            ledger.same("status", place, "bound", city.bound, math.nan)
            ledger.same("status", place, "optimality_gap", city.optimality_gap, math.nan)
        elif plan.status == "optimal" and asked is not None:
            claims.within_asked(ledger, place, city.optimality_gap, asked)
            most = most_above_bound(plan, goal, city.mean, city.bound)
            ledger.within("status", place, _("mean above its bound"), city.mean - city.bound, -math.inf, most)
        if plan.status != "evaluated":
            claim = Claim(place, city.mean, city.bound, city.optimality_gap, goal.tolerance)
            claims.check(claim, ledger, is_above_bound=held)
            held = held and city.mean <= claim.step_value + GOAL_SLACK  # a later goal may free what fewer cities held


# --- The table of jurisdictions: who pays for whom, and whose gaps shrink.


def check_shares(case: Case, books: Books, costs: Costs, weights: Weights, ledger: Ledger) -> None:
    """Compare every figure of the table; `costs` are public ones, `weights` those of the first goal about gaps."""
    expected = [(j, t) for j in case.jurisdictions for t in case.period_ids]
    ledger.rows("jurisdictions", "jurisdictions", books.jurisdictions, expected)
    pays, fees = _payments(case, books), _fees(case, books)
    for key in expected:
        says = books.jurisdictions.get(key)
        if says is not None:
            jurisdiction, period = key
            own = [
                row
                for row in books.indicators.values()
                if case.cities[row.city].jurisdiction == jurisdiction and row.period == period
            ]
            _gaps(says, own, weights, ledger)
            _money(case, says, pays, fees.get(key, 0.0), costs, ledger)


def _payments(case: Case, books: Books) -> Mapping[tuple[str, str, str], float]:
    """What the lines of a holder pay for a measure in a period."""
    pays: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in books.spending.values():
        pays[case.lines[row.line].holder, row.measure, row.period] += row.capital + row.running
    return pays


def _fees(case: Case, books: Books) -> Mapping[tuple[str, str], float]:
    """What the lines of a holder pay in a period for use at a price."""
    fees: dict[tuple[str, str], float] = defaultdict(float)
    for account in books.money.values():
        fees[case.lines[account.line].holder, account.period] += account.fees
    return fees


def _money(
    case: Case, says: Share, pays: Mapping[tuple[str, str, str], float], fees: float, costs: Costs, ledger: Ledger
) -> None:
    """What its lines pay, also for use at a price, and what others pay of the costs located there.

    A measure in several jurisdictions costs each of them alike.
    """
    where = _("jurisdiction {jurisdiction}, {period}").format(jurisdiction=says.jurisdiction, period=says.period)
    own = fees + sum(paid for (holder, _, t), paid in pays.items() if (holder, t) == (says.jurisdiction, says.period))
    by_others = 0.0
    for measure in {m for m, *__ in costs}:
        places = case.measures[measure].jurisdictions
        if says.jurisdiction in places:
            cost = costs[measure, says.period, "capital"] + costs[measure, says.period, "running"]
            paid = pays.get((says.jurisdiction, measure, says.period), 0.0)
            by_others += max(0.0, cost / len(places) - paid)
    cash = ledger.small(money.size(case))
    cash.same("jurisdictions", where, "pays", says.pays, own)
    cash.same("jurisdictions", where, "paid_by_others", says.paid_by_others, by_others)


def _gaps(says: Share, own: list[Indicator], weights: Weights, ledger: Ledger) -> None:
    """Weighted mean gaps of its cities, and people there whose true gaps shrink or grow, once for each indicator."""
    where = _("jurisdiction {jurisdiction}, {period}").format(jurisdiction=says.jurisdiction, period=says.period)
    weight = [weights.get((row.indicator, row.city, row.period), 0.0) for row in own]
    total = sum(weight)
    for column in ("gap_without", "gap_with"):
        gaps = [getattr(row, column) for row in own]
        mean = sum(w * gap for w, gap in zip(weight, gaps, strict=True)) / total if total > 0 else 0.0
        ledger.small(EXACT).same("jurisdictions", where, column, getattr(says, column), mean)
    changes = [row.people_with * (row.true_gap_without - row.true_gap_with) for row in own]
    better = sum(max(0.0, change) for change in changes)
    worse = sum(max(0.0, -change) for change in changes)
    column = "people_brought_to_standard"
    ledger.same("jurisdictions", where, column, says.people_brought_to_standard, better)
    ledger.same("jurisdictions", where, "people_worse_off", says.people_worse_off, worse)
