"""Promises as they are now, in a planner's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.case.nouns import Case, Gate, Rule, Target
from planner.compiling.goals import work_unit
from planner.questions.repairs.concessions import Promise


def label(case: Case, t: str) -> str:
    """A period as people write it."""
    return next(p.label for p in case.periods if p.id == t)


def figure(value: float) -> str:
    """A figure as people write it, with as many digits as it needs."""
    return f"{value:,.6g}"


def own_unit(case: Case, x: str) -> str:
    """The unit that limits on an indicator have."""
    if x in case.services:
        return f"{case.services[x].unit} per 1,000"
    if x in case.work:
        return work_unit(case, x)
    return "% of the cluster" if case.access[x].kind == "reach" else "minutes"


def unit_of_rule(case: Case, rule: Rule) -> str:
    if rule.share_of_measures is not None:
        return "of the total"
    return {"spending": case.money.unit, "count": "measures", "units": "units", "jobs": "jobs", "land": "km2"}[rule.of]


def names(case: Case, measures: Sequence[str]) -> str:
    return " and ".join(case.measures[a].name for a in measures)


def in_words(case: Case, promise: Promise) -> str:
    """A promise as it is now, in a planner's words."""
    kind, *ids = promise
    if kind in _SAY:
        return _SAY[kind](case, *ids)
    return {
        "no city loses": "no city loses: no gap is larger than without the plan",
        "nobody worse off": "nobody is worse off than with a plan of its own",
        "subsidy periods": f"a city is subsidised in at most {case.pyramid.subsidy_periods} periods",
    }[kind]


def _say_decided(case: Case, *group: str) -> str:
    first = case.measures[group[0]]
    start = f", starting in {label(case, first.start_period)}" if first.start_period else ""
    return f"{names(case, group)}: decided{start}"


def _say_level(case: Case, kind: str, limit: Target | Gate) -> str:
    level = limit.at_least if limit.at_least is not None else limit.at_most or 0.0
    words = "at least" if limit.at_least is not None else "at most"
    return f"{kind} {limit.id}: {limit.indicator} {words} {figure(level)} {own_unit(case, limit.indicator)}"


def _say_rule(case: Case, rule: Rule) -> str:
    return f"rule {rule.id}: {rule.of} {rule.sense.replace('_', ' ')} {figure(rule.limit)} {unit_of_rule(case, rule)}"


_SAY: Mapping[str, Callable[..., str]] = {
    "money": lambda case, l, t: f"line {l}, {label(case, t)}: {figure(case.lines[l].amount[t])} {case.money.unit}",
    "minimum": lambda case, l, t: (
        f"line {l}, {label(case, t)}: at least {figure(case.lines[l].minimum[t])} {case.money.unit} spent"
    ),
    "target": lambda case, key: _say_level(case, "target", next(t for t in case.targets if t.id == key)),
    "gate": lambda case, key: _say_level(case, "gate", next(g for g in case.gates if g.id == key)),
    "rule": lambda case, key: _say_rule(case, next(r for r in case.rules if r.id == key)),
    "decided": _say_decided,
    "largest share": lambda case, l: f"line {l}: pays at most {case.lines[l].at_most_share:g} of a measure's cost",
    "land": lambda case, i: f"{case.cities[i].name}: parks on at most {case.cities[i].land_quota_km2:g} km2",
    "hosts": lambda case, k: f"industry {case.industries[k].name}: parks in at most {case.industries[k].max_hosts} cities",
    "airshed": lambda case, h: f"airshed {h}: emissions within its cap",
    "level": lambda case, level: f"level {level}: at most {case.pyramid.at_most_share[level]:g} of all money",
    "barrier": lambda case, b: f"subsidies wait for {case.measures[b].name}",
    "requirement": lambda case, a, b: f"{case.measures[a].name} requires {case.measures[b].name}",
    "group": lambda case, group: f"group {group}: at most one of its measures starts",
}
