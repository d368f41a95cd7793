"""How large a case will be: guessed from what its tables hold, before anything long begins.

Three figures of the tables are counted and multiplied: trips that somebody asks about (of every city of a standard to each
of its destinations, and between all cities for every service within a catchment), periods, and candidates that open links.
The shares and sizes were measured on the shipped cases and on two made from lists of 60 and 120 cities. The two large ones,
for whose sake it is told, are met within a factor of two; where cities are far apart there are fewer routes (a twentieth in
jing-jin-ji).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from planner.case.nouns import Case

SHARE = 0.06  # routes, of trips x periods x candidates that open links
ROWS = 0.2  # rows a route
BYTES = 4_500.0  # a route, with its columns and rows, in the model and in the solver
NOTHING = 250e6  # bytes of any case
LARGE = 20_000  # routes from which on it is told


@dataclass(frozen=True)
class Size:
    """What a case comes to, guessed: routes, rows, bytes of memory; and what that is guessed from."""

    trips: int
    candidates: int
    periods: int

    @property
    def routes(self) -> float:
        """Routes that are worth considering."""
        return SHARE * self.trips * self.periods * self.candidates

    @property
    def rows(self) -> float:
        """Rows of the model."""
        return ROWS * self.routes

    @property
    def memory(self) -> float:
        """Bytes."""
        return NOTHING + BYTES * self.routes


def size_of(case: Case) -> Size:
    """What a case will come to."""
    trips = sum(len(standard.origins) * len(standard.destinations or case.cities) for standard in case.access.values())
    trips += len(case.cities) ** 2 * sum(service.catchment_minutes is not None for service in case.services.values())
    opening = {a for link in case.links.values() for a in link.needs if case.measures[a].status == "candidate"}
    return Size(trips, len(opening), len(case.period_ids))


def about_size(case: Case) -> Iterator[str]:
    """A case that will be large, with what it may come to."""
    size = size_of(case)
    if size.routes >= LARGE:
        yield (
            f"this case is large: about {_rounded(size.routes)} routes, {_rounded(size.rows)} rows and "
            f"{size.memory / 1e9:.1f} GB of memory, guessed from {size.trips:,} trips that are asked about, "
            f"{size.candidates} candidates that open links and {size.periods} periods; it may be half or twice as much, and "
            "less where cities are far apart"
        )


def _rounded(figure: float) -> str:
    """One or two figures that count: it is a guess."""
    step = 10 ** max(0, floor(log10(figure)) - 1)
    return f"{round(figure / step) * step:,}"
