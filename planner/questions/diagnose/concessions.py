"""Concessions: what may give way in a case, each in its own unit, and the rows of the model that it loosens.

Facts give way to nobody: routes, capacities, needs, skilled people, units, what starts together, debts, jobs that a closed
plant owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

from models.air import Air
from models.alone import Alone
from models.gaps import Gaps
from models.industry import Industry
from models.instance import Instance
from models.measures import Measures
from models.money import Money
from models.policies import Policies
from planner.case import Access, Case, Gate, Measure, Target
from planner.compiling.goals import per_head
from planner.compiling.ground import public_share
from planner.solver.linear import Name

Family = Literal["money", "limits", "places", "late", "dropped", "demands", "fairness"]
Kind = Literal[
    "money", "minimum", "target", "target city", "rule", "late", "dropped", "gate", "largest share", "land", "hosts",
    "airshed", "level", "subsidy periods", "barrier", "requirement", "group", "no city loses", "nobody worse off",
]  # fmt: skip
Promise = tuple[str, ...]  # (kind, ids): a promise as people would name it; several concessions may be of one
LITTLE = 1e-9


@dataclass(frozen=True)
class Concession:
    """One promise, or one place of it, that gives way by an amount.

    Attributes
    ----------
    key
        What the model calls it: (line, period), (target,), ...
    promise
        The promise that it is part of, as people name it.
    step
        How much one unit of its column is, in the promise's own unit.
    size
        What a change is measured against, in the own unit: the promise itself, where that is a figure.
    loosens
        Row -> by how much it gives way for one unit of the column; `only_beyond` says after how much of that it begins to.
    most
        Where nothing is left of the promise, in the own unit.
    cost
        Money that one own unit costs, for commitments.
    """

    kind: Kind
    family: Family
    key: tuple[str, ...]
    promise: Promise
    step: float
    size: float
    loosens: Mapping[Name, float]
    only_beyond: Mapping[Name, float]
    most: float = inf
    whole: bool = False
    cost: float = 0.0


def concessions(case: Case, instance: Instance, rows: Mapping[Name, int]) -> tuple[Concession, ...]:
    """Everything that may give way in a case.

    Parameters
    ----------
    instance, rows
        Of the model whose rows are loosened; a promise without a row there binds nothing and is left out.
    """
    makers = (_fairness, _demands, _policies, _limits, _rules, _commitments, _money)
    found = (concession for make in makers for concession in make(case, instance, rows))
    return tuple(c for c in found if c.loosens)


def _all_of(rows: Mapping[Name, int], component: str, indices: Iterable[Any]) -> dict[Name, float]:
    """The rows of a component over some indices, as far as the model has them: all give way alike."""
    return {(component, index): 1.0 for index in indices if (component, index) in rows}


# --- money


def _money(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    """More money of a line in a period; with it grows what levels of the pyramid may cost, a share of all money."""
    levels = {("level_within_its_share", level): share for level, share in case.pyramid.at_most_share.items()}
    for l, t in instance[Money].amount:
        loosens = {("within_line", (l, t)): 1.0} | {row: share for row, share in levels.items() if row in rows}
        yield Concession(
            "money", "money", (l, t), ("money", l, t), instance[Money].money_scale, usual_amount(case, l, t), loosens, {}
        )


def usual_amount(case: Case, line: str, period: str) -> float:
    """What a line has in a period; where that is nothing, the mean of what it, or any line, has."""
    own = case.lines[line].amount
    every = [money for other in case.lines.values() for money in other.amount.values()]
    means = (sum(own.values()) / len(own), sum(every) / len(every))
    return next((money for money in (own[period], *means) if money > 0), 1.0)


# --- targets and rules


def _limits(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    for target in case.targets:
        places = {("target_is_met", key): key[1:] for key in instance[Gaps].target_gap if key[0] == target.id}
        yield _level(case, "target", "limits", target, places)
        yield from _without_cities(target, list(places))
    for (l, t), least in instance[Money].minimum.items():
        minimum = least * instance[Money].money_scale
        loosens = _all_of(rows, "minimum_is_spent", [(l, t)])
        yield Concession(
            "minimum", "limits", (l, t), ("minimum", l, t), instance[Money].money_scale, minimum, loosens, {}, most=minimum
        )


def _level(
    case: Case, kind: Kind, family: Family, limit: Target | Gate, places: Mapping[Name, tuple[str, str, str]]
) -> Concession:
    """A level of an indicator, in its own unit: one for all cities and periods, as the case has it."""
    level = limit.at_least if limit.at_least is not None else limit.at_most or 0.0
    spans = {row: own_span(case, *place) for row, place in places.items()}
    most = level if limit.at_least is not None else worst(case, limit.indicator) - level
    size = level if level > 0 else most if most > 0 else 1.0
    # where a city's standard is below the level, it asks for no more than the standard: nothing gives way before that
    idle = {row: max(0.0, level / span - 1.0) for row, span in spans.items()} if limit.indicator in case.work else {}
    return Concession(
        kind, family, (limit.id,), (kind, limit.id), size, size, {row: size / span for row, span in spans.items()},
        {row: least for row, least in idle.items() if least > LITTLE}, most=most,
    )  # fmt: skip


def _without_cities(target: Target, rows: Sequence[Name]) -> Iterator[Concession]:
    """A target that is no longer set for a city; one of a single city would be dropped, which is no smaller change."""
    cities = dict.fromkeys(row[1][2] for row in rows)
    for i in cities if len(cities) > 1 else ():
        loosens = {row: 1.0 for row in rows if row[1][2] == i}
        key, size = (target.id, i), float(len(cities))
        yield Concession("target city", "places", key, ("target", target.id), 1.0, size, loosens, {}, 1.0, True)


def own_span(case: Case, x: str, i: str, t: str) -> float:
    """What a gap of 1 is in the indicator's own unit."""
    if x in case.services:
        return case.services[x].per_1000[t]
    if x in case.work:
        return per_head(case, x, i, t, case.work_target(x, i, t))
    access = case.access[x]
    return 100.0 * (access.target or 1.0) if access.kind == "reach" else worst(case, x) - access.standard_minutes


def worst(case: Case, x: str) -> float:
    """Minutes from which on a gap is full; endless where an indicator has none."""
    access: Access | None = case.access.get(x)
    return inf if access is None or access.worst_minutes is None else access.worst_minutes


def _rules(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    for rule in case.rules:
        step = {"spending": instance[Money].money_scale, "jobs": instance[Industry].job_scale}.get(rule.of, 1.0)
        loosens = _all_of(rows, "rule_holds", [rule.id])
        size, most = rule.limit or step, rule.limit if rule.sense == "at_least" else inf
        if rule.share_of_measures is not None:  # an amount here; the share that it comes to follows from what is built
            size, most = step, inf
        yield Concession("rule", "limits", (rule.id,), ("rule", rule.id), step, size, loosens, {}, most=most)


# --- commitments


def _commitments(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    """Units of decided measures that start later, or not at all; measures that start together give way together."""
    for group in decided_groups(case):
        first = case.measures[group[0]]
        cost = sum(unit_cost(case.measures[a]) for a in group)
        kinds: tuple[tuple[Literal["late", "dropped"], float], ...] = (("late", 2.0), ("dropped", 1.0))
        for kind, easier in kinds:  # to start late is half of not to start at all
            loosens = _all_of(rows, f"decided_{kind}", group)
            yield Concession(
                kind, kind, group, ("decided", *group), 1.0, easier * first.units, loosens, {}, most=first.units,
                whole=not first.divisible, cost=cost,
            )  # fmt: skip


def decided_groups(case: Case) -> list[tuple[str, ...]]:
    """Decided measures, those that start together side by side."""
    groups: dict[str, list[str]] = {}
    for a, measure in case.measures.items():
        if measure.status == "decided":
            groups.setdefault(f"together {measure.together}" if measure.together else f"alone {a}", []).append(a)
    return [tuple(group) for group in groups.values()]


def unit_cost(measure: Measure) -> float:
    """Public money that one unit of a measure costs within the horizon, in its cheapest start."""
    public = public_share(measure)
    return min(public * sum(s.capital.values()) + sum(s.running.values()) for s in measure.starts)


# --- demands on projects


def _demands(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    for a, b in instance[Measures].requires:
        loosens = _all_of(rows, "required_serves_at_the_start", ((a, b, u) for u in instance[Measures].starts_of[a]))
        yield Concession("requirement", "demands", (a, b), ("requirement", a, b), 1.0, 1.0, loosens, {}, 1.0, True)
    for group, members in instance[Measures].one_of.items():
        more = len(members) - 1.0
        loosens = _all_of(rows, "one_of_a_group", [group])
        yield Concession("group", "demands", (group,), ("group", group), 1.0, 1.0, loosens, {}, more, True)
    for gate in case.gates:
        places = {("gate_is_open", key): (key[2], key[3], key[4]) for key in instance[Gaps].gate if key[0] == gate.id}
        yield _level(case, "gate", "demands", gate, places)
    for i in dict.fromkeys(i for i, _ in instance[Industry].land):
        loosens = _all_of(rows, "land_within_quota", ((i, t) for t in instance.periods))
        quota = case.cities[i].land_quota_km2 or 1.0
        yield Concession("land", "demands", (i,), ("land", i), 1.0, quota, loosens, {})
    for k, most in instance[Industry].most_hosts.items():
        loosens = _all_of(rows, "hosts_within_most", [k])
        yield Concession("hosts", "demands", (k,), ("hosts", k), 1.0, max(1.0, most), loosens, {}, whole=True)
    for h, t in instance[Air].emission_cap:
        cap = instance[Air].emission_cap[h, t] * instance[Air].emission_scale
        loosens = _all_of(rows, "within_airshed_cap", [(h, t)])
        yield Concession(
            "airshed", "demands", (h, t), ("airshed", h), instance[Air].emission_scale, cap or instance[Air].emission_scale,
            loosens, {},
        )  # fmt: skip


def _policies(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    money, scale = sum(sum(line.amount.values()) for line in case.lines.values()), instance[Money].money_scale
    for level in instance[Policies].level_limit:
        share = case.pyramid.at_most_share[level]  # type: ignore[index]
        if money > 0:
            loosens = _all_of(rows, "level_within_its_share", [level])
            yield Concession("level", "demands", (level,), ("level", level), scale / money, share or 1.0, loosens, {})
    few = _all_of(rows, "subsidised_in_few_periods", instance[Policies].subsidies_in)
    size = float(case.pyramid.subsidy_periods or 1)
    yield Concession("subsidy periods", "demands", (), ("subsidy periods",), 1.0, size, few, {}, whole=True)
    for b in case.pyramid.barriers_first:
        subsidies = [a for a, removal in instance[Policies].barriers_first if removal == b]
        waiting = [(a, b, u) for a in subsidies for u in instance[Measures].starts_of[a]]
        loosens = _all_of(rows, "barriers_come_first", waiting)
        yield Concession("barrier", "demands", (b,), ("barrier", b), 1.0, 1.0, loosens, {}, 1.0, True)
    for q, l, t in sorted(name[1] for name in rows if name[0] == "within_largest_share"):
        loosens = _all_of(rows, "within_largest_share", [(q, l, t)])
        yield Concession(
            "largest share", "demands", (q, l, t), ("largest share", l), scale, usual_amount(case, l, t), loosens, {},
        )  # fmt: skip


# --- fairness


def _fairness(case: Case, instance: Instance, rows: Mapping[Name, int]) -> Iterator[Concession]:
    for x, i, t in instance[Gaps].gap_limit:
        loosens = _all_of(rows, "no_city_loses", [(x, i, t)])
        yield Concession("no city loses", "fairness", (x, i, t), ("no city loses",), 1.0, 1.0, loosens, {}, 1.0)
    for who in instance[Alone].alone:
        loosens = _all_of(rows, "nobody_is_worse_off_than_alone", [who])
        yield Concession("nobody worse off", "fairness", (who,), ("nobody worse off",), 1.0, 1.0, loosens, {}, 10.0)
