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
from planner.words.plurals import count
from planner.words.said import _, counted

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
        _("line {line}, {period}: {money:.4g} {unit} over").format(
            line=naming.line(case, row.line), period=label[row.period], money=-row.unspent, unit=case.money.unit
        )
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
        return _("line {line}, {period}: {money:.4g} {unit} short of its minimum").format(
            line=naming.line(case, index[0]), period=label[index[1]], money=money, unit=unit
        )
    if row == "within_largest_share":
        return _("line {line}, {period}: {money:.4g} {unit} over its largest share ({share:.0%}) of a measure").format(
            line=naming.line(case, index[1]), period=label[index[2]], money=money, unit=unit,
            share=case.lines[index[1]].at_most_share,
        )  # fmt: skip
    if row == "target_is_met":
        target, x, i, t = index
        amount, own = _own_unit(case, x, i, t, over)
        return _("target {target}: {city}, {period}: missed by {amount:.4g} {unit}").format(
            target=target, city=naming.city(case, i), period=label[t], amount=amount, unit=own
        )
    if row == "rule_holds":
        return _rule_in_words(case, instance, index[0], over)
    if row == "goal_within_its_limit":
        return _("goal {goal}: {over:.4g} over its limit").format(goal=naming.goal(case.goals[index[0]].name), over=over)
    if row == "no_city_loses":
        x, i, t = index
        return _("{city}, {period}: the {indicator} gap is {over:.4g} larger than without the plan").format(
            city=naming.city(case, i), period=label[t], indicator=naming.indicator(case, x), over=over
        )
    if row in _WORK:
        return _WORK[row](case, instance, index, over)
    return _logic_in_words(case, row, index, over, label)


def _gate(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    gate, a, x, i, u = index
    amount, unit = _own_unit(case, x, i, u, over)
    return _("gate {gate}: {measure} starts in {period}, but {city} misses it by {amount:.4g} {unit}").format(
        gate=gate,
        measure=naming.measure(case, a),
        period=_label(case, u),
        city=naming.city(case, i),
        amount=amount,
        unit=unit,
    )


def _land(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return _("{city}, {period}: parks take {over:.4g} km2 more than its land quota").format(
        city=naming.city(case, index[0]), period=_label(case, index[1]), over=over
    )


def _hosts(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    industry = case.industries[index[0]]
    return _("industry {industry}: parks in {over:d} too many cities ({most} may have them)").format(
        industry=naming.name_of(industry), over=round(over), most=industry.max_hosts
    )


def _closed(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return _("{city}, {period}: plants close with {jobs:,.0f} jobs more than its parks replace").format(
        city=naming.city(case, index[0]), period=_label(case, index[1]), jobs=over * instance[Industry].job_scale
    )


def _air(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    amount, unit = over * instance[Air].emission_scale, case.airsheds[index[0]].unit
    return _("airshed {airshed}, {period}: {amount:.4g} {unit} over its cap").format(
        airshed=naming.airshed(case, index[0]), period=_label(case, index[1]), amount=amount, unit=unit
    )


def _level(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    share = case.pyramid.at_most_share[index[0]]
    money = over * instance[Money].money_scale
    return _("level {level}: {money:.4g} {unit} over its share of all money ({share:.0%})").format(
        level=naming.as_words(index[0]), money=money, unit=case.money.unit, share=share
    )


def _subsidised(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    most = case.pyramid.subsidy_periods
    return _("{city}: subsidised in {over:d} too many periods ({most} may be)").format(
        city=naming.city(case, index[0]), over=round(over), most=most
    )


def _alone(case: Case, instance: Instance, index: tuple[Any, ...], over: float) -> str:
    return _("{who}: its own gaps are {over:.4g} worse than in its stand-alone plan").format(
        who=naming.jurisdiction(case, index[0]), over=over
    )


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
        return gap * case.services[x].per_1000[t], _("{unit} per 1,000").format(unit=case.services[x].unit)
    if x in case.work:
        return per_head(case, x, i, t, gap * case.work_target(x, i, t)), work_unit(case, x)
    standard = case.access[x]
    if standard.kind == "reach":
        return 100.0 * gap * (standard.target or 1.0), _("% of the cluster")
    return gap * ((standard.worst_minutes or 0.0) - standard.standard_minutes), _("minutes")


def _rule_in_words(case: Case, instance: Instance, rule: str, over: float) -> str:
    found = next(r for r in case.rules if r.id == rule)
    amount = {
        "spending": _("{amount:.4g} {unit}").format(amount=over * instance[Money].money_scale, unit=case.money.unit),
        "jobs": count(over * instance[Industry].job_scale, "job"),
        "land": _("{amount:.4g} km2").format(amount=over),
        "count": count(over, "measure"),
        "units": count(over, "unit"),
    }[found.of]
    if found.sense == "at_least":
        return _("rule {rule}: {amount} too little").format(rule=rule, amount=amount)
    return _("rule {rule}: {amount} too much").format(rule=rule, amount=amount)


def _logic_in_words(case: Case, row: str, index: tuple[Any, ...], over: float, label: Mapping[str, str]) -> str:
    if row == "all_decided_units_start":
        return counted(
            over,
            "{measure}: decided, but {over:.4g} of its units does not start",
            "{measure}: decided, but {over:.4g} of its units do not start",
        ).format(measure=naming.measure(case, index[0]), over=over)
    if row == "one_of_a_group":
        return _("group {group}: more than one of its measures starts").format(group=index[0])
    first, second, u = index
    known = {"one": naming.measure(case, first), "other": naming.measure(case, second), "period": label[u]}
    if row == "barriers_come_first":
        return _("{one} starts in {period} before {other} has removed the barrier").format(**known)
    return _("{one} starts in {period} before {other}, which it requires, serves").format(**known)
