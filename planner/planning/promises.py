"""Promises: the rows that a hand-made plan may break, and what breaking one means in the case's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.air import Air
from models.industry import Industry
from models.instance import Instance
from models.money import Money
from planner.case import naming
from planner.case.nouns import Case
from planner.compiling.goals import per_head, work_unit
from planner.plans.tables import LineYear
from planner.solver.linear import LinearProgram, Name, Vector
from planner.words.plurals import count, noun

# every row that is a rule of the case and not a fact of the world (what serves, routes, capacity, need)
PROMISES = (
    "within_line",
    "within_largest_share",
    "minimum_is_spent",
    "target_is_met",
    "rule_holds",
    "goal_within_its_limit",
    "no_city_loses",
    "nobody_is_worse_off_than_alone",
    "gate_is_open",
    "land_within_quota",
    "hosts_within_most",
    "closed_jobs_are_replaced",
    "within_airshed_cap",
    "level_within_its_share",
    "subsidised_in_few_periods",
    "barriers_come_first",
    "all_decided_units_start",
    "required_serves_at_the_start",
    "one_of_a_group",
)
NOTICED = 1e-6


def broken_promises(
    case: Case, instance: Instance, program: LinearProgram, columns: Vector, excess: Mapping[Name, list[int]]
) -> tuple[str, ...]:
    """Each promise that the columns break, with by how much."""
    found: list[str] = []
    for name, at in excess.items():
        if name[0] == "within_line":
            continue  # said from the money table, where the excess has its period
        over = float(columns[at].sum())
        if over > NOTICED * max(1.0, _largest_term(program, columns, name)):
            found.append(_in_words(case, instance, name, over))
    return tuple(found)


def overspent(case: Case, money: Iterable[LineYear]) -> tuple[str, ...]:
    """Each line and period in which more is paid than there is, from the rows of the money table."""
    label = {p.id: p.label for p in case.periods}
    return tuple(
        f"line {naming.line(case, row.line)}, {label[row.period]}: {-row.unspent:.4g} {case.money.unit} over"
        for row in money
        if row.unspent < -NOTICED * max(1.0, *map(abs, row[2:-3]))  # all that comes in or goes out
    )


def _largest_term(program: LinearProgram, columns: Vector, name: Name) -> float:
    row = program.rows[name]
    span = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
    terms = abs(program.matrix.data[span] * columns[program.matrix.indices[span]])
    return float(terms.max(initial=0.0))


def _in_words(case: Case, instance: Instance, name: Name, over: float) -> str:
    row, index = name
    index = index if isinstance(index, tuple) else (index,)
    label = {p.id: p.label for p in case.periods}
    unit, money = case.money.unit, over * instance[Money].money_scale
    if row == "minimum_is_spent":
        return f"line {naming.line(case, index[0])}, {label[index[1]]}: {money:.4g} {unit} short of its minimum"
    if row == "within_largest_share":
        share = case.lines[index[1]].at_most_share
        line = f"line {naming.line(case, index[1])}, {label[index[2]]}"
        return f"{line}: {money:.4g} {unit} over its largest share ({share:.0%}) of a measure"
    if row == "target_is_met":
        target, x, i, t = index
        amount, unit = _own_unit(case, x, i, t, over)
        return f"target {target}: {case.cities[i].name}, {label[t]}: missed by {amount:.4g} {unit}"
    if row == "rule_holds":
        return _rule_in_words(case, instance, index[0], over)
    if row == "goal_within_its_limit":
        return f"goal {case.goals[index[0]].name}: {over:.4g} over its limit"
    if row == "no_city_loses":
        x, i, t = index
        place, gap = f"{case.cities[i].name}, {label[t]}", f"the {naming.indicator(case, x)} gap"
        return f"{place}: {gap} is {over:.4g} larger than without the plan"
    if row in _WORK:
        return _WORK[row](case, instance, index, over)
    return _logic_in_words(case, row, index, over, label)


def _gate(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    gate, a, x, i, u = index
    amount, unit = _own_unit(case, x, i, u, over)
    start = f"{case.measures[a].name} starts in {_label(case, u)}"
    return f"gate {gate}: {start}, but {case.cities[i].name} misses it by {amount:.4g} {unit}"


def _land(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return f"{case.cities[index[0]].name}, {_label(case, index[1])}: parks take {over:.4g} km2 more than its land quota"


def _hosts(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    industry = case.industries[index[0]]
    return (
        f"industry {naming.name_of(industry)}: parks in {round(over):d} too many cities ({industry.max_hosts} may have them)"
    )


def _closed(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    jobs, place = over * instance[Industry].job_scale, case.cities[index[0]].name
    return f"{place}, {_label(case, index[1])}: plants close with {jobs:,.0f} jobs more than its parks replace"


def _air(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    amount, unit = over * instance[Air].emission_scale, case.airsheds[index[0]].unit
    return f"airshed {naming.airshed(case, index[0])}, {_label(case, index[1])}: {amount:.4g} {unit} over its cap"


def _level(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    share = case.pyramid.at_most_share[index[0]]
    money = over * instance[Money].money_scale
    return f"level {naming.as_words(index[0])}: {money:.4g} {case.money.unit} over its share of all money ({share:.0%})"


def _subsidised(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    most = case.pyramid.subsidy_periods
    return f"{case.cities[index[0]].name}: subsidised in {round(over):d} too many periods ({most} may be)"


def _alone(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return f"{naming.jurisdiction(case, index[0])}: its own gaps are {over:.4g} worse than in its stand-alone plan"


_WORK = {
    "gate_is_open": _gate,
    "land_within_quota": _land,
    "hosts_within_most": _hosts,
    "closed_jobs_are_replaced": _closed,
    "within_airshed_cap": _air,
    "level_within_its_share": _level,
    "subsidised_in_few_periods": _subsidised,
    "nobody_is_worse_off_than_alone": _alone,
}


def _label(case: Case, t: str) -> str:
    return next(p.label for p in case.periods if p.id == t)


def _own_unit(case: Case, x: str, i: str, t: str, gap: float) -> tuple[float, str]:
    """A part of a gap in the unit that targets of the indicator have."""
    if x in case.services:
        return gap * case.services[x].per_1000[t], f"{case.services[x].unit} per 1,000"
    if x in case.work:
        return per_head(case, x, i, t, gap * case.work_target(x, i, t)), work_unit(case, x)
    standard = case.access[x]
    if standard.kind == "reach":
        return 100.0 * gap * (standard.target or 1.0), "% of the cluster"
    return gap * ((standard.worst_minutes or 0.0) - standard.standard_minutes), "minutes"


def _rule_in_words(case: Case, instance: Instance, rule: str, over: float) -> str:
    found = next(r for r in case.rules if r.id == rule)
    amount = {
        "spending": f"{over * instance[Money].money_scale:.4g} {case.money.unit}",
        "jobs": count(over * instance[Industry].job_scale, "job"),
        "land": f"{over:.4g} km2",
        "count": count(over, "measure"),
        "units": count(over, "unit"),
    }[found.of]
    return f"rule {rule}: {amount} too {'little' if found.sense == 'at_least' else 'much'}"


def _logic_in_words(case: Case, row: str, index: tuple[Any, ...], over: float, label: Mapping[str, str]) -> str:
    if row == "all_decided_units_start":
        return f"{case.measures[index[0]].name}: decided, but {over:.4g} of its units {noun(over, 'does', 'do')} not start"
    if row == "one_of_a_group":
        return f"group {index[0]}: more than one of its measures starts"
    first, second, u = index
    names = case.measures[first].name, case.measures[second].name
    if row == "barriers_come_first":
        return f"{names[0]} starts in {label[u]} before {names[1]} has removed the barrier"
    return f"{names[0]} starts in {label[u]} before {names[1]}, which it requires, serves"
