"""Promises: the rows that a hand-made plan may break, and what breaking one means in the case's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.instance import Instance
from planner.case.nouns import Case
from planner.linear import LinearProgram, Name, Vector

# every row that is a rule of the case and not a fact of the world (what serves, routes, capacity, need)
PROMISES = (
    "within_line",
    "within_largest_share",
    "minimum_is_spent",
    "target_is_met",
    "rule_holds",
    "no_city_loses",
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


def overspent(case: Case, money: Iterable[tuple[Any, ...]]) -> tuple[str, ...]:
    """Each line and period in which more is paid than there is, from the rows of the money table."""
    label = {p.id: p.label for p in case.periods}
    return tuple(
        f"line {line}, {label[t]}: {-unspent:.4g} {case.money.unit} over"
        for line, t, amount, carried_in, capital, running, _, unspent in money
        if unspent < -NOTICED * max(1.0, amount, carried_in, capital, running)
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
    unit, money = case.money.unit, over * instance.money_scale
    if row == "minimum_is_spent":
        return f"line {index[0]}, {label[index[1]]}: {money:.4g} {unit} short of its minimum"
    if row == "within_largest_share":
        share = case.lines[index[1]].at_most_share
        return f"line {index[1]}, {label[index[2]]}: {money:.4g} {unit} over its largest share ({share:.0%}) of a measure"
    if row == "target_is_met":
        target, x, i, t = index
        amount, unit = _own_unit(case, x, t, over)
        return f"target {target}: {case.cities[i].name}, {label[t]}: missed by {amount:.4g} {unit}"
    if row == "rule_holds":
        return _rule_in_words(case, instance, index[0], over)
    if row == "no_city_loses":
        x, i, t = index
        return f"{case.cities[i].name}, {label[t]}: the {x} gap is {over:.4g} larger than without the plan"
    return _logic_in_words(case, row, index, over, label)


def _own_unit(case: Case, x: str, t: str, gap: float) -> tuple[float, str]:
    """A part of a gap in the unit that targets of the indicator have."""
    if x in case.services:
        return gap * case.services[x].per_1000[t], f"{case.services[x].unit} per 1,000"
    standard = case.access[x]
    if standard.kind == "reach":
        return 100.0 * gap * (standard.target or 1.0), "% of the cluster"
    return gap * ((standard.worst_minutes or 0.0) - standard.standard_minutes), "minutes"


def _rule_in_words(case: Case, instance: Instance, rule: str, over: float) -> str:
    found = next(r for r in case.rules if r.id == rule)
    amount = f"{over * instance.money_scale:.4g} {case.money.unit}" if found.of == "spending" else f"{over:.4g} {found.of}"
    return f"rule {rule}: {amount} too {'little' if found.sense == 'at_least' else 'much'}"


def _logic_in_words(case: Case, row: str, index: tuple[Any, ...], over: float, label: Mapping[str, str]) -> str:
    if row == "all_decided_units_start":
        return f"{case.measures[index[0]].name}: decided, but {over:.4g} of its units do not start"
    if row == "one_of_a_group":
        return f"group {index[0]}: more than one of its measures starts"
    first, second, u = index
    names = case.measures[first].name, case.measures[second].name
    return f"{names[0]} starts in {label[u]} before {names[1]}, which it requires, serves"
