"""Consumers of routes: each distinct list of routes worth considering in a period, found once and shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.instance import Consumer
from models.routes import Route, worthwhile
from planner.case.nouns import Case
from planner.compiling.measures import Offered


class Consumers:
    """Collects consumers while a case is compiled.

    Two users with the same routes in the same period (both directions of a pair, two services with one catchment) choose
    alike, so they share one consumer: the relaxation is the same with fewer rows.
    """

    def __init__(self, case: Case, offered: Offered, check: Callable[[], None] = lambda: None) -> None:
        self.found: dict[str, Consumer] = {}
        self._names: dict[Consumer, str] = {}
        self._offered = offered
        self._check = check
        self._all = offered_bits(offered)

    def add(
        self, name: str, period: str, routes: Sequence[Route], gap_of: Callable[[int], float]
    ) -> tuple[float, str | None]:
        """The gap with nothing built, and the consumer of the routes that could lower it (None if none could)."""
        self._check()
        impossible = self._all & ~self._offered.possible[period]
        base, better = worthwhile(routes, gap_of, self._offered.sure[period], impossible, self._check)
        if not better:
            return base, None
        consumer = Consumer(period, tuple((base - gap, self._offered.needs(needs)) for gap, needs in better))
        known = self._names.setdefault(consumer, name)
        self.found.setdefault(known, consumer)
        return base, known


def offered_bits(offered: Offered) -> int:
    """Bits of all measures that can start."""
    mask = 0
    for bit in offered.bit.values():
        mask |= bit
    return mask
