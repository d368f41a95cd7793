"""Scores: what each measure closes by itself for the public money that it takes, as a scoring sheet has it.

Every candidate is looked at alone against the world without the plan: one unit, in its earliest period, together with what
it requires and with its other half. What measures do to one another is not seen, and every later unit counts as the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, nan

from planner.case.nouns import Case
from planner.compiling.ground import public_share
from planner.planning.decisions import Decisions
from planner.planning.greedy.bundles import Bundles
from planner.work.stopping import Stopped

NOTHING = 1e-9  # of a goal or of money: less is rounding


@dataclass(frozen=True)
class Score:
    """A measure (of several that start together the first) on the sheet.

    Attributes
    ----------
    start
        The earliest period in which it can start; empty if it cannot, even with what it requires.
    with_it
        Other measures that were scored with it.
    closes
        By how much the first goal is better.
    cost
        Public money over the horizon, of all that was scored.
    """

    measure: str
    start: str
    with_it: tuple[str, ...]
    closes: float
    cost: float

    @property
    def per_money(self) -> float:
        """What it closes for one unit of money; without end where it costs nothing, nothing where it cannot start."""
        if not self.start:
            return 0.0
        return self.closes / self.cost if self.cost > NOTHING else inf

    @property
    def listed(self) -> bool:
        """Whether it has a place on the list: it can start, and does no harm by itself."""
        return bool(self.start) and self.closes >= -NOTHING


def scores(
    bundles: Bundles, base: Decisions, value_of: Callable[[Decisions], float | None], asked: Callable[[int, int], bool]
) -> tuple[Score, ...]:
    """All candidates, best first: those that cost nothing, then by what they close for the money, then as in the case.

    Those that close nothing by themselves come last, and those that do harm, or cannot start, after them.

    Parameters
    ----------
    base
        What is decided before.
    value_of
        What decisions come to in the first goal; None where they cannot be. Where it raises `Stopped`, the rest is left out.
    asked
        Told how many of how many are scored; whether to stop there, without the rest.
    """
    heads, found = bundles.heads, []
    without = value_of(base)
    for number, a in enumerate(heads):
        if without is None or asked(number, len(heads)):
            break
        try:
            found.append(_score(bundles, a, base, without, value_of))
        except Stopped:
            break
    return tuple(sorted(found, key=lambda score: (not score.listed, -score.per_money, -score.closes)))


def _score(
    bundles: Bundles, a: str, base: Decisions, without: float, value_of: Callable[[Decisions], float | None]
) -> Score:
    for u in bundles.starts(a):
        decisions = bundles.of(a, u, bundles.unit(a), base)
        value = None if decisions is None else value_of(decisions)
        if decisions is not None and value is not None:
            closes = without - value
            others = tuple(b for b in dict.fromkeys(b for b, _ in decisions) if b != a and _units(decisions, b, base))
            return Score(a, u, others, closes if abs(closes) > NOTHING else 0.0, public_cost(bundles.case, decisions, base))
    return Score(a, "", (), 0.0, nan)


def _units(decisions: Mapping[tuple[str, str], float], a: str, base: Mapping[tuple[str, str], float]) -> float:
    """Units of a measure beyond those of other decisions."""
    return sum(units - base.get((b, u), 0.0) for (b, u), units in decisions.items() if b == a)


def public_cost(case: Case, decisions: Mapping[tuple[str, str], float], base: Mapping[tuple[str, str], float]) -> float:
    """Money over the horizon for decisions beyond others, beside what investors pay by themselves."""
    total = 0.0
    for (a, u), units in decisions.items():
        measure = case.measures[a]
        start = next(start for start in measure.starts if start.period == u)
        one = public_share(measure) * sum(start.capital.values()) + sum(start.running.values())
        total += (units - base.get((a, u), 0.0)) * one
    return total
