"""The features of the random cases: whether a case has one, and the same case without it.

A feature *binds* where the case without it has another optimum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.case import (
    BoardingMinutes,
    BorderMinutes,
    Case,
    FrozenDict,
    Goal,
    Line,
    Measure,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
)

from .calendar_years import refilled
from .comparing import differ
from .enumeration import Answer, best

Without = Callable[[Case], Case]


def _measures(keep: Callable[[Measure], Measure]) -> Without:
    def without(case: Case) -> Case:
        return refilled(replace(case, measures=FrozenDict({k: keep(m) for k, m in case.measures.items()})))

    return without


def _field(name: str, value: Any, **also: Any) -> Without:
    """Every measure with a field set back to its default."""

    def keep(m: Measure) -> Measure:
        return m if getattr(m, name) == value else replace(m, **{name: value, **also})

    return _measures(keep)


def _lines(**values: Any) -> Without:
    def without(case: Case) -> Case:
        return replace(case, lines=FrozenDict({k: replace(x, **values) for k, x in case.lines.items()}))

    return without


def _no_minimum(case: Case) -> Case:
    def keep(line: Line) -> Line:
        return replace(line, minimum=FrozenDict(dict.fromkeys(line.minimum, 0.0)))

    return replace(case, lines=FrozenDict({k: keep(x) for k, x in case.lines.items()}))


def _effects(drop: Callable[[Any], bool]) -> Without:
    def without(case: Case) -> Case:
        return replace(case, effects=tuple(e for e in case.effects if not drop(e)))

    return without


def _own_minutes(case: Case) -> Case:
    def keep(e: Any) -> Any:
        return replace(e, minutes=None) if isinstance(e, OpenService) else e

    return replace(case, effects=tuple(keep(e) for e in case.effects))


def _modes(**values: Any) -> Without:
    def without(case: Case) -> Case:
        return replace(case, modes=FrozenDict({k: replace(m, **values) for k, m in case.modes.items()}))

    return without


def _links(**values: Any) -> Without:
    def without(case: Case) -> Case:
        return replace(case, links=FrozenDict({k: replace(x, **values) for k, x in case.links.items()}))

    return without


def _one_half_is_enough(case: Case) -> Case:
    return replace(case, links=FrozenDict({k: replace(x, needs=x.needs[:1]) for k, x in case.links.items()}))


def _services(**values: Any) -> Without:
    def without(case: Case) -> Case:
        return replace(case, services=FrozenDict({k: replace(s, **values) for k, s in case.services.items()}))

    return without


def _no_outsiders(case: Case) -> Case:
    stock = {k: replace(c, outsiders=0.0) for k, c in case.capacity.items()}
    return replace(case, capacity=FrozenDict(stock), effects=_effects(_is(OpenOutsidersShare))(case).effects)


def _is(*kinds: type) -> Callable[[Any], bool]:
    return lambda e: isinstance(e, kinds)


def _access(drop: Callable[[Any], bool]) -> Without:
    """Without a standard; not where it is the last indicator or a target speaks of it."""

    def without(case: Case) -> Case:
        gone = {a.id for a in case.access.values() if drop(a)}
        left = [i for i in case.indicators if i not in gone]
        if not left or gone.intersection(t.indicator for t in case.targets):
            return case
        goals = tuple(_reweighed(g, left) for g in case.goals)
        access = FrozenDict({k: a for k, a in case.access.items() if k not in gone})
        return replace(case, access=access, goals=goals)

    return without


def _reweighed(goal: Goal, left: list[str]) -> Goal:
    kept = {i: w for i, w in goal.weights.items() if i in left} or dict.fromkeys(left, 1.0)
    return replace(goal, weights=FrozenDict(kept))


def _goals(part: str, instead: str) -> Without:
    """Goals that speak of another thing instead."""

    def keep(g: Goal) -> Goal:
        if part not in g.parts:
            return g
        parts = {p: w for p, w in g.parts.items() if p != part} or {instead: 1.0}
        return replace(g, parts=FrozenDict(parts), worst_share_of=None if part == "worst_share" else g.worst_share_of)

    def without(case: Case) -> Case:
        return replace(case, goals=tuple(keep(g) for g in case.goals))

    return without


def _goal(**values: Any) -> Without:
    def without(case: Case) -> Case:
        return replace(case, goals=tuple(replace(g, **values) for g in case.goals))

    return without


def _rules(of: str | None, share: bool | None = None) -> Without:
    def without(case: Case) -> Case:
        kept = [r for r in case.rules if (of and r.of != of) or (share is not None and (r.share_of is None) == share)]
        return replace(case, rules=tuple(kept))

    return without


def _equal_weights(case: Case) -> Case:
    goals = tuple(replace(g, weights=FrozenDict(dict.fromkeys(case.indicators, 1.0))) for g in case.goals)
    return replace(case, goals=goals)


def _any_time(case: Case) -> Case:
    first, last = case.period_ids[0], case.period_ids[-1]
    return _measures(lambda m: m if m.start_period else replace(m, earliest=first, latest=last))(case)


def _known(case: Case) -> Case:
    stock = {
        k: c if c.amount is not None else replace(c, amount=FrozenDict(dict.fromkeys(("today", *case.period_ids), 0.0)))
        for k, c in case.capacity.items()
    }
    return replace(case, capacity=FrozenDict(stock))


FEATURES: dict[str, Without] = {
    "boarding minutes": _modes(boarding_minutes=0.0),
    "border minutes": _modes(border_minutes=0.0),
    "oneway": _links(oneway=False),
    "two halves": _one_half_is_enough,
    "checkpoint removed": _effects(_is(BorderMinutes)),
    "hub": _effects(_is(BoardingMinutes)),
    "opened service": _effects(_is(OpenService)),
    "opened service, own minutes": _own_minutes,
    "raised capacity": _effects(_is(RaiseCapacity)),
    "outsiders": _no_outsiders,
    "outsiders' share opened": _effects(_is(OpenOutsidersShare)),
    "only spare is shared": _services(shares="all"),
    "served elsewhere": _services(catchment_minutes=None),
    "unknown capacity": _known,
    "units": _field("units", 1.0, max_starts=1.0),
    "divisible": _field("divisible", False),
    "life years": _field("life_years", None),
    "build years": _field("build_years", 0),
    "running cost": _field("running_cost", 0.0),
    "window": _any_time,
    "requires": _field("requires", ()),
    "one_of": _field("one_of", None),
    "together": _field("together", None),
    "decided": _measures(lambda m: replace(m, status="candidate", start_period=None) if m.status == "decided" else m),
    "ruled out": _measures(lambda m: replace(m, status="candidate") if m.status == "ruled_out" else m),
    "fixed payers": _field("payers", FrozenDict()),
    "line selections": _lines(pays_for=()),
    "line pays one kind": _lines(cost="all"),
    "carry-over": _lines(carry_over=False),
    "largest share": _lines(at_most_share=1.0),
    "minimum spend": _no_minimum,
    "nearest": _access(lambda a: a.kind == "nearest" and not a.offers),
    "nearest offer": _access(lambda a: bool(a.offers)),
    "all": _access(lambda a: a.kind == "all"),
    "reach": _access(lambda a: a.kind == "reach"),
    "target": lambda case: replace(case, targets=()),
    "spending rule": _rules("spending"),
    "count rule": _rules("count"),
    "units rule": _rules("units"),
    "share rule": _rules(None, share=True),
    "worst city": _goals("worst_city", "gaps"),
    "worst share": _goals("worst_share", "gaps"),
    "worst off first": _goals("worst_off_first", "worst_city"),
    "benefit": _goals("benefit", "starts"),
    "discounting": _goal(discounted=False),
    "period weights": _goal(period_weights=None),
    "indicator weights": _equal_weights,
    "city weights": _goal(weigh_by="population"),
    "tolerance": _goal(tolerance=0.0),
    "no city loses": lambda case: replace(case, no_city_loses=False),
}


def has(case: Case, feature: str) -> bool:
    """Whether the case is another one without the feature."""
    return FEATURES[feature](case) != case


def binds(case: Case, feature: str, answer: Answer) -> bool:
    """Whether the case without the feature has another optimum."""
    return differ(answer, best(FEATURES[feature](case)))
