"""Rules: hard limits on spending, counts, units, jobs and land over a selection of measures and periods."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.industry import jobs_in
from models.instance import Instance, Rule
from models.measures import is_yes_or_no
from models.writing import state


def declare(m: Any) -> None:
    """A binary for "a unit starts within the rule's periods" where units would count double."""
    given: Instance = m.given
    counted = []
    for name, rule in given.rules.items():
        if rule.of == "count":
            asked = dict.fromkeys([*rule.measures, *(rule.share_of or ())])
            counted += [(name, a) for a in asked if not is_yes_or_no(given, a)]
    m.Counted = pyo.Var(counted, domain=pyo.Binary, doc="1 if any unit of a starts in the rule's periods")


def constrain(m: Any) -> None:
    """Rows of rules."""
    state(m, rule_holds, m.given.rules)
    state(m, counted_if_started, m.Counted)
    state(m, started_if_counted, m.Counted)


def starts_within(m: Any, rule: Rule, a: str) -> Any:
    """Units of a measure started in the rule's periods."""
    return sum(m.Start[a, u] for u in m.given.starts_of[a] if u in rule.periods)


def quantity(m: Any, name: str, measures: tuple[str, ...]) -> Any:
    """What a rule limits, over some measures."""
    rule: Rule = m.given.rules[name]
    if rule.of == "spending":
        chosen = set(measures)
        return sum(m.Cost[a, kind, t] for a, kind, t in m.cost_starts if a in chosen and t in rule.periods)
    if rule.of == "units":
        return sum(starts_within(m, rule, a) for a in measures)
    if rule.of == "jobs":  # people at work, so the last of the periods says it
        return sum(jobs_in(m, a, rule.periods[-1]) for a in measures)
    if rule.of == "land":
        return sum(m.given.area.get(a, 0.0) * starts_within(m, rule, a) for a in measures)
    return sum(m.Counted[name, a] if (name, a) in m.Counted else starts_within(m, rule, a) for a in measures)


def rule_holds(m: Any, name: str) -> Any:
    r"""A sum over the rule's measures and periods is at least, or at most, its limit (or its share of another sum).

    The quantity is what the measures cost the lines in the periods, their units (or whether any) started there, the land of
    those units, or, of jobs, the productive jobs in the last of the periods.

    .. math:: \sum_{a \in \text{rule}} \mathit{quantity}_{a} \;\lessgtr\; \mathit{limit} \;\text{ or }\;
              \mathit{limit} \cdot \sum_{a \in \text{share of}} \mathit{quantity}_{a} \quad \forall \text{ rules}
    """
    rule: Rule = m.given.rules[name]
    left = quantity(m, name, rule.measures)
    right = rule.limit if rule.share_of is None else rule.limit * quantity(m, name, rule.share_of)
    difference = left - right + m.Never
    return difference >= 0 if rule.sense == "at_least" else difference <= 0


def counted_if_started(m: Any, name: str, a: str) -> Any:
    r"""A measure of which a unit starts within the rule's periods is counted.

    .. math:: \sum_{u \in \text{rule}} \mathit{Start}_{au} \le \mathit{units}_{a}\, \mathit{Counted}_{a}
    """
    return starts_within(m, m.given.rules[name], a) <= m.given.units[a] * m.Counted[name, a]


def started_if_counted(m: Any, name: str, a: str) -> Any:
    r"""A measure is counted only if at least one unit starts within the rule's periods.

    .. math:: \mathit{Counted}_{a} \le \sum_{u \in \text{rule}} \mathit{Start}_{au}
    """
    return m.Counted[name, a] <= starts_within(m, m.given.rules[name], a)
