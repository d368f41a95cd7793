"""Rules: hard limits on spending, counts, units, jobs and land over a selection of measures and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.industry import Industry, jobs_in
from models.instance import Instance, Parameters, nothing
from models.measures import Made, Measures, is_yes_or_no
from models.money import spent_on


@dataclass(frozen=True)
class Rule:
    """A hard limit on a sum over measures and periods; with `share_of`, on its share of another such sum."""

    of: str  # spending | count | units | jobs | land
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    sense: str  # at_least | at_most
    limit: float  # money in money_scale, measures, units, jobs in job_scale, km2; or a share 0..1
    share_of: tuple[str, ...] | None


@dataclass(frozen=True)
class Rules(Parameters):
    """Hard limits."""

    rules: Mapping[str, Rule] = nothing()  # rule -> what it limits


def declare(m: Any) -> None:
    """A binary for "a unit starts within the rule's periods" where units would count double."""
    given: Instance = m.given
    own = given[Rules]
    counted = []
    for name, rule in own.rules.items():
        if rule.of == "count":
            asked = dict.fromkeys([*rule.measures, *(rule.share_of or ())])
            counted += [(name, a) for a in asked if not is_yes_or_no(given, a)]
    m.decide("Counted", counted, "1 if any unit of a starts in the rule's periods", (0, 1), True, any_starts_within)


def any_starts_within(made: Made, name: str, a: str) -> bool:
    """Whether any unit of a measure starts in the rule's periods."""
    return made.any_of((a,), made.given[Rules].rules[name].periods)


def constrain(m: Any) -> None:
    """Rows of rules."""
    m.state(rule_holds, m.given[Rules].rules, promise=True)
    m.state(counted_if_started, m.Counted)
    m.state(started_if_counted, m.Counted)


def starts_within(m: Any, rule: Rule, a: str) -> Any:
    """Units of a measure started in the rule's periods."""
    return sum(m.Start[a, u] for u in m.given[Measures].starts_of[a] if u in rule.periods)


def quantity(m: Any, name: str, measures: tuple[str, ...]) -> Any:
    """What a rule limits, over some measures."""
    rule: Rule = m.given[Rules].rules[name]
    if rule.of == "spending":
        return spent_on(m, measures, rule.periods)
    if rule.of == "units":
        return sum(starts_within(m, rule, a) for a in measures)
    if rule.of == "jobs":  # people at work, so the last of the periods says it
        return sum(jobs_in(m, a, rule.periods[-1]) for a in measures)
    if rule.of == "land":
        return sum(m.given[Industry].area.get(a, 0.0) * starts_within(m, rule, a) for a in measures)
    return sum(m.Counted[name, a] if (name, a) in m.Counted else starts_within(m, rule, a) for a in measures)


def rule_holds(m: Any, name: str) -> Any:
    r"""A sum over the rule's measures and periods is at least, or at most, its limit (or its share of another sum).

    The quantity is what the measures, and the use that they open, cost the lines in the periods, their units (or whether
    any) started there, the land of those units, or, of jobs, the productive jobs in the last of the periods.

    .. math:: \sum_{a \in \text{rule}} \mathit{quantity}_{a} \;\lessgtr\; \mathit{limit} \;\text{ or }\;
              \mathit{limit} \cdot \sum_{a \in \text{share of}} \mathit{quantity}_{a} \quad \forall \text{ rules}
    """
    rule: Rule = m.given[Rules].rules[name]
    left = quantity(m, name, rule.measures)
    right = rule.limit if rule.share_of is None else rule.limit * quantity(m, name, rule.share_of)
    difference = left - right + m.Never
    return difference >= 0 if rule.sense == "at_least" else difference <= 0


def counted_if_started(m: Any, name: str, a: str) -> Any:
    r"""A measure of which a unit starts within the rule's periods is counted.

    .. math:: \sum_{u \in \text{rule}} \mathit{Start}_{au} \le \mathit{units}_{a}\, \mathit{Counted}_{a}
    """
    return starts_within(m, m.given[Rules].rules[name], a) <= m.given[Measures].units[a] * m.Counted[name, a]


def started_if_counted(m: Any, name: str, a: str) -> Any:
    r"""A measure is counted only if at least one unit starts within the rule's periods.

    .. math:: \mathit{Counted}_{a} \le \sum_{u \in \text{rule}} \mathit{Start}_{au}
    """
    return m.Counted[name, a] <= starts_within(m, m.given[Rules].rules[name], a)
