"""Promises as they are now, in a planner's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.case import naming
from planner.case.nouns import Case, Gate, Rule, Target
from planner.compiling.goals import work_unit
from planner.questions.diagnose.concessions import Promise
from planner.words.plurals import count


def label(case: Case, t: str) -> str:
    """A period as people write it."""
    return next(p.label for p in case.periods if p.id == t)


def in_line(case: Case, l: str, t: str) -> str:
    """A period of a budget line: line North, 2026-2030."""
    return f"line {naming.line(case, l)}, {label(case, t)}"


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
        "subsidy periods": f"a city is subsidised in at most {count(case.pyramid.subsidy_periods or 0, 'period')}",
    }[kind]


def _say_decided(case: Case, *group: str) -> str:
    first = case.measures[group[0]]
    start = f", starting in {label(case, first.start_period)}" if first.start_period else ""
    return f"{names(case, group)}: decided{start}"


def level_now(case: Case, limit: Target | Gate) -> str:
    """What a target or a gate asks for."""
    words, now = ("at least", limit.at_least) if limit.at_least is not None else ("at most", limit.at_most or 0.0)
    return f"{naming.indicator(case, limit.indicator)} {words} {figure(now)} {own_unit(case, limit.indicator)}"


def rule_now(case: Case, rule: Rule) -> str:
    """What a rule asks for."""
    unit = unit_of_rule(case, rule)
    unit = unit[:-1] if rule.limit == 1 and rule.of in ("count", "units") and rule.share_of_measures is None else unit
    done = {"spending": " spent", "count": " started", "units": " started", "land": " of new phases"}.get(rule.of, "")
    return f"{rule.sense.replace('_', ' ')} {figure(rule.limit)} {unit}{done}"


_SAY: Mapping[str, Callable[..., str]] = {
    "money": lambda case, l, t: f"{in_line(case, l, t)}: {figure(case.lines[l].amount[t])} {case.money.unit}",
    "minimum": lambda case, l, t: (
        f"{in_line(case, l, t)}: at least {figure(case.lines[l].minimum[t])} {case.money.unit} spent"
    ),
    "target": lambda case, key: f"target {key}: {level_now(case, next(t for t in case.targets if t.id == key))}",
    "gate": lambda case, key: f"gate {key}: {level_now(case, next(g for g in case.gates if g.id == key))}",
    "rule": lambda case, key: f"rule {key}: {rule_now(case, next(r for r in case.rules if r.id == key))}",
    "decided": _say_decided,
    "largest share": lambda case, l: (
        f"line {naming.line(case, l)}: pays at most {case.lines[l].at_most_share:g} of a measure's cost"
    ),
    "land": lambda case, i: f"{case.cities[i].name}: parks on at most {case.cities[i].land_quota_km2:g} km2",
    "hosts": lambda case, k: (
        f"industry {naming.industry(case, k)}: parks in at most {count(case.industries[k].max_hosts, 'city', 'cities')}"
    ),
    "airshed": lambda case, h: f"airshed {naming.airshed(case, h)}: emissions within its cap",
    "level": lambda case, level: (
        f"level {naming.as_words(level)}: at most {case.pyramid.at_most_share[level]:g} of all money"
    ),
    "barrier": lambda case, b: f"subsidies wait for {case.measures[b].name}",
    "requirement": lambda case, a, b: f"{case.measures[a].name} requires {case.measures[b].name}",
    "group": lambda case, group: f"group {group}: at most one of its measures starts",
}
