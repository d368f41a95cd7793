"""The features of the world cases: the same case without one, and whether the feature decides what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from planner.case import Borders, Case, Effect, FrozenDict, OpenService, Relocate, Settle

from .comparing import differ
from .enumeration import Answer, best, is_both


def _straight(case: Case) -> Case:
    return replace(case, goals=tuple(replace(g, curve=None, pieces=None) for g in case.goals))


def _alike(case: Case) -> Case:
    """Every border of a mode takes what those take that no pair names."""
    modes = {
        name: replace(mode, border_minutes=mode.border_minutes.default) if isinstance(mode.border_minutes, Borders) else mode
        for name, mode in case.modes.items()
    }
    return replace(case, modes=FrozenDict(modes))


def _any_real(case: Case) -> Case:
    return replace(case, rules=tuple(rule for rule in case.rules if "reality" not in rule.where))


def _pays_for_all(case: Case) -> Case:
    lines = {
        x: replace(line, pays_for=()) if any("reality" in where for where in line.pays_for) else line
        for x, line in case.lines.items()
    }
    return replace(case, lines=FrozenDict(lines))


def _nothing_in_force(case: Case) -> Case:
    return replace(case, in_force=())


def _services(**values: Any) -> Callable[[Case], Case]:
    return lambda case: replace(case, services=FrozenDict({s: replace(x, **values) for s, x in case.services.items()}))


def _free(case: Case) -> Case:
    free = {s: replace(x, price=None) for s, x in case.services.items()}
    effects, in_force = (
        tuple(replace(e, price=None) if isinstance(e, OpenService) else e for e in some)
        for some in (case.effects, case.in_force)
    )
    return replace(case, services=FrozenDict(free), effects=effects, in_force=in_force)


def _lines(**values: Any) -> Callable[[Case], Case]:
    return lambda case: replace(case, lines=FrozenDict({x: replace(line, **values) for x, line in case.lines.items()}))


def _without(*kinds: type[Effect]) -> Callable[[Case], Case]:
    return lambda case: replace(case, effects=tuple(e for e in case.effects if not isinstance(e, kinds)))


def _housed(case: Case) -> Case:
    return replace(case, cities=FrozenDict({i: replace(c, housing=None) for i, c in case.cities.items()}))


def _empty(case: Case) -> Case:
    """Nobody crowds, and no goal speaks of it."""
    goals = (replace(g, weights=FrozenDict({x: w for x, w in g.weights.items() if x != "crowd"})) for g in case.goals)
    return replace(case, crowding=FrozenDict(), goals=tuple(goals))


FEATURES: Mapping[str, Callable[[Case], Case]] = {
    "curve": _straight,
    "borders by pair": _alike,
    "rule on reality": _any_real,
    "line by reality": _pays_for_all,
    "in force": _nothing_in_force,
    "away counts less": _services(away_counts=None),
    "kept for its own": _services(keeps=None),
    "price of use": _free,
    "reserve": _lines(reserve=()),
    "left to run": _lines(after=None),
    "relocation": _without(Relocate),
    "settling": _without(Settle),
    "housing": _housed,
    "crowding": _empty,
    "no level falls": lambda case: replace(case, no_level_falls=()),
}
OTHER_GOALS = frozenset({"curve", "crowding"})


def decides(case: Case, feature: str, answer: Answer) -> bool:
    """Whether the case without the feature has another optimum.

    Of another goal it is not asked whether it has another value, which it always has, but whether no optimum that is found
    without it is one with it, however what is left open of that is settled.
    """
    without = FEATURES[feature](case)
    plain = best(without)
    if feature not in OTHER_GOALS:
        return differ(answer, plain)
    if plain.choice is None or answer.choice is None:
        return (plain.choice is None) != (answer.choice is None)
    return not is_both(case, answer, without, plain)
