"""Which plan is better, as far as that can be said: the goals in order, each with its tolerance.

Goals of two plans can be set side by side only if both measure the same: the same goals, weights, periods, people,
standards and prices. What a case has to spend or to choose from may differ; then the better plan may owe it to that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from planner.case import Case, Goal, naming
from planner.plans.plan import Plan
from planner.words.said import _, counted, series

EQUAL = 1e-4  # relative: solves prove no more than this unless asked to, so a smaller difference tells nobody apart
PROMISES = "promises"
OF_CITIES = {"gdp": _("the cities' gdp"), "jobs": _("the cities' jobs"), "area_km2": _("the cities' area_km2")}


@dataclass(frozen=True)
class Relation:
    """How two plans stand to each other.

    Attributes
    ----------
    one, other
        Names of the plans.
    comparable
        Whether both measure the same; if not, `reason` says in what they differ, and the rest is empty.
    better
        Name of the plan that is better in the first goal in which they differ; empty if in none.
    decided_by
        Name of that goal; `promises` if only one of them keeps all its promises, which comes before every goal.
    dominates
        Whether the better one is no worse in any goal.
    reason
        Why they are not comparable, or what has to be kept in mind.
    worse_in
        Goals in which the better one is worse.
    """

    one: str
    other: str
    comparable: bool
    better: str = ""
    decided_by: str = ""
    dominates: bool = False
    reason: str = ""
    worse_in: tuple[str, ...] = ()


def relation(names: tuple[str, str], plans: tuple[Plan, Plan]) -> Relation:
    """How two plans stand to each other."""
    one, other = plans
    without = [name for name, plan in zip(names, plans, strict=True) if not plan.has_decisions]
    if without:
        said = counted(len(without), "{plans} has no decisions", "{plans} have no decisions")
        return Relation(*names, False, reason=said.format(plans=series(without, " and ")))
    apart = measured_differently(one.case, other.case)
    if apart:
        return Relation(*names, False, reason=_("the cases differ in {what}").format(what=series(apart)))
    signs = [  # of the goals in order; a plan edited by hand may have fewer than its case
        (a.name, _sign(goal, a.value, b.value)) for goal, a, b in zip(one.case.goals, one.goals, other.goals, strict=False)
    ]
    decided_by, sign = next((step for step in signs if step[1]), ("", 0))
    if bool(one.broken) != bool(other.broken):
        decided_by, sign = PROMISES, 1 if one.broken else -1
    worse_in = tuple(goal for goal, each in signs if each and each == -sign)
    return Relation(
        *names,
        True,
        better="" if not sign else names[sign > 0],
        decided_by=decided_by,
        dominates=bool(sign) and not worse_in and any(each == sign for _, each in signs),
        reason="" if one.case.content_hash == other.case.content_hash else _("their inputs differ"),
        worse_in=worse_in,
    )


def _sign(goal: Goal, one: float, other: float) -> int:
    """-1 if the first value is better, 1 if the second is, 0 within the goal's tolerance or where one does not exist."""
    slack = max(goal.tolerance, EQUAL) * max(abs(one), abs(other)) + 1e-6
    return -1 if other - one > slack else 1 if one - other > slack else 0


def measured_differently(one: Case, other: Case) -> list[str]:
    """In what two cases differ that decides what a goal's figure means; empty if goals can be set side by side."""
    first, second = _yardstick(one), _yardstick(other)
    odd = {*one.period_ids} ^ {*other.period_ids}  # told by themselves: what is said of them differs for no other reason
    apart = [
        what
        for what in dict.fromkeys([*first, *second])
        if _without(odd, _value(first, what)) != _without(odd, _value(second, what))
    ]
    return [(first.get(what) or second[what])[0] for what in apart]


def _without(periods: Collection[str], value: Any) -> Any:
    """What a case says, but for what it says of some periods."""
    if isinstance(value, Mapping):
        ends = {key: key[-1] if isinstance(key, tuple) and key else key for key in value}
        return {key: _without(periods, part) for key, part in value.items() if ends[key] not in periods}
    return [_without(periods, part) for part in value] if isinstance(value, tuple) else value


Yardstick = dict[str, tuple[str, Any]]  # what a goal's figure rests on -> what it is called, and what the case says of it


def _value(yardstick: Yardstick, what: str) -> Any:
    return yardstick[what][1] if what in yardstick else None


def _yardstick(case: Case) -> Yardstick:
    """All that the figure of a goal rests on beside the decisions and what they bring."""
    about_gaps = [goal for goal in case.goals if goal.gap_parts]
    used = {x for goal in about_gaps for x, weight in goal.weights.items() if weight > 0}
    columns = {goal.weigh_by for goal in about_gaps} | {case.access[x].weight for x in used if x in case.access}
    parts = {part for goal in case.goals for part in goal.parts}
    found: Yardstick = {
        "periods": (_("the periods"), [(p.first, p.last) for p in case.periods]),
        "goals": (_("the goals"), [goal.measured_by for goal in case.goals]),
        "money": (_("the unit or prices of money"), (case.money.unit, case.money.prices)),
        "people": (_("the cities' people"), {i: (city.population, city.people) for i, city in case.cities.items()}),
    }
    if any(goal.discounted for goal in case.goals):
        found["discount_rate"] = _("the discount rate"), case.money.discount_rate
    for column in sorted(columns & set(OF_CITIES)):
        found[column] = OF_CITIES[column], {i: getattr(city, column) for i, city in case.cities.items()}
    if "trips" in columns:
        found["trips"] = _("the trips"), case.trips
    of = _("the standard of {indicator}")
    for x in case.indicators:
        if x in used:  # cases may call the same indicator by other names
            found[f"standard {x}"] = of.format(indicator=naming.indicator(case, x)), _standard(case, x)
    if "benefit" in parts:
        benefits = {m.id: m.benefit for m in case.measures.values() if m.benefit}
        found["benefit"] = _("the measures' benefits"), benefits
    if "emissions" in parts:
        emitted = {a.id: (a.unit, a.existing) for a in case.airsheds.values()}
        found["emissions"] = _("the airsheds' emissions"), emitted
    return found


def _standard(case: Case, x: str) -> Mapping[str, Any]:
    """What an indicator asks for, of whom."""
    if x in case.access:
        access = case.access[x]
        names = (
            "kind",
            "origins",
            "destinations",
            "offers",
            "modes",
            "standard_minutes",
            "worst_minutes",
            "weight",
            "target",
        )
        return {name: getattr(access, name) for name in names}
    if x in case.services:
        service = case.services[x]
        left_out = {i for i in case.cities if case.capacity[i, x].amount is None}
        return {"per_1000": service.per_1000, "of": service.of, "left out": left_out, "away": service.away_counts}
    if x in case.crowding:
        crowding = case.crowding[x]
        return {"worst": crowding.worst, "meant for": {i: case.cities[i].meant_for for i in crowding.cities}}
    work = case.work[x]
    asked = {(i, t): case.work_target(x, i, t) for i in work.cities for t in case.period_ids}
    return {"kind": work.kind, "of": work.of, "asked": asked}
