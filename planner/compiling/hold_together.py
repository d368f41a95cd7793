"""Which measures can serve together in a plan that keeps all promises: a route that needs others is none.

Only what is certain rules a set out: what its measures cost at the very least against all money that there can ever be,
groups of which one measure may start, and rules that allow so many starts. A set that holds more than one that is ruled out
is ruled out, too; so a search for routes may drop what it has found so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.case import Case, Measure
from planner.compiling.can_start import Offered, barriers_before, bits_of, union
from planner.compiling.most_units import ROOM, least_costs


@dataclass(frozen=True)
class _Limit:
    """At most so much over the measures of a set, by their bits."""

    amounts: Mapping[int, float]
    most: float


class Holding:
    """Answers whether measures, given as bits, can all serve in one plan."""

    def __init__(self, case: Case, offered: Offered) -> None:
        self._decided = union(bit for a, bit in offered.bit.items() if case.measures[a].status == "decided")
        self._along = _brought_along(case, offered)
        self._limits = tuple(_limits(case, offered))
        self._known: dict[int, bool] = {}

    def __call__(self, needs: int) -> bool:
        """Whether there may be a plan with all of these measures, and with all that is decided and that they require."""
        found = self._known.get(needs)
        if found is None:
            found = self._known[needs] = not needs & ~self._decided or self._holds(needs | self._decided)
        return found

    def _holds(self, needs: int) -> bool:
        bits = list(bits_of(needs))
        for bit in bits:
            needs |= self._along.get(bit, 0)
        bits = list(bits_of(needs))
        return all(sum(limit.amounts.get(bit, 0.0) for bit in bits) <= limit.most for limit in self._limits)


def _limits(case: Case, offered: Offered) -> Iterator[_Limit]:
    costs, money = least_costs(case, offered.measures)
    yield _Limit(
        _by_bit(offered, {a: cost * _units(offered.measures[a]) for a, cost in costs.items()}), money * (1.0 + ROOM) + ROOM
    )
    groups: dict[str, dict[str, float]] = {}
    for a, measure in offered.measures.items():
        if measure.one_of is not None:
            groups.setdefault(measure.one_of, {})[a] = 1.0
    for members in groups.values():
        yield _Limit(_by_bit(offered, members), 1.0 + ROOM)
    for rule in case.rules:
        if rule.of in ("count", "units") and rule.sense == "at_most" and rule.share_of is None:
            within = {
                a: _units(offered.measures[a]) if rule.of == "units" else 1.0 for a in rule.measures
                if a in offered.measures and all(start.period in rule.periods for start in offered.measures[a].starts)
            }  # fmt: skip
            yield _Limit(_by_bit(offered, within), rule.limit + ROOM)


def _units(measure: Measure) -> float:
    """Units that start at the least where it serves a route: all of what was decided, else one whole unit."""
    return measure.units if measure.status == "decided" else 1.0


def _by_bit(offered: Offered, amounts: Mapping[str, float]) -> dict[int, float]:
    """Amounts by bit: measures that start together have one, and all of them start."""
    found: dict[int, float] = {}
    for a, amount in amounts.items():
        found[offered.bit[a]] = found.get(offered.bit[a], 0.0) + amount
    return found


def _brought_along(case: Case, offered: Offered) -> dict[int, int]:
    """The bits of all that each bit's measures require, directly or by what they require."""
    direct: dict[int, int] = {}
    for a, measure in offered.measures.items():
        required = union(offered.bit[b] for b in (*measure.requires, *barriers_before(case, measure)))
        direct[offered.bit[a]] = direct.get(offered.bit[a], 0) | required
    grown = True
    while grown:
        grown = False
        for bit, mask in direct.items():
            more = mask | union(direct[b] for b in bits_of(mask))
            grown = grown or more != mask
            direct[bit] = more
    return direct
