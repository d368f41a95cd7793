"""Whether the gaps of services are those of the best use of what is there, with and without the plan.

Which city stays short is not fixed by the goals, so gaps of services cannot be recomputed one by one. What can be known
is whether flows with these gaps exist, and whether any city could be served better with no other served worse: a plan
that leaves such capacity idle (or that shows the situation without it worse than it is) looks better than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from planner.audit import goals
from planner.audit.goals import Weights
from planner.audit.report import Ledger
from planner.audit.services import Numbers, Supply
from planner.audit.tolerance import TOLERANCE
from planner.case import Case, Goal
from planner.words.said import _

ROUNDING = 1e-9  # of the claimed flows, when looking for better ones


@dataclass(frozen=True)
class Counted:
    """How gaps count in the first goal about them: with which weights, and by the goal's curve."""

    goal: Goal | None
    weights: Weights

    def of(self, gap: float) -> float:
        """What a gap counts, before its weight."""
        return gap if self.goal is None else goals.counts(self.goal, gap)

    def rise(self, gap: float) -> float:
        """What the last bit of a gap counts."""
        return 1.0 if self.goal is None else goals.rise(self.goal, gap)


@dataclass(frozen=True)
class Room:
    """What limits the use of a service in a period beside needs, capacities and rights.

    Attributes
    ----------
    most
        How much people of a city (row) are said to be served in a city (column) at most: what has a price is not used for
        nothing; inf where it is free.
    more
        How much more could surely be paid for.
    beyond
        What a city may give others at most beyond what its people have of them, as far as that counts: where levels of
        residents may not fall; inf elsewhere.
    """

    most: Numbers
    more: Numbers
    beyond: Numbers


@dataclass(frozen=True)
class Claim:
    """What a table of indicators says of one service in one period, by city.

    Attributes
    ----------
    met
        Need met, as the gaps say: what is met elsewhere by what it counts.
    worth
        What one more unit met is worth in the first goal about gaps; with a curve, what the first such unit is.
    counted
        How gaps count in that goal, and what each city's weighs there.
    """

    supply: Supply
    met: Numbers
    worth: Numbers
    counted: Counted
    weight: Numbers
    room: Room

    @property
    def as_said(self) -> Claim:
        """The same with nothing more than is said to be used."""
        return replace(self, room=replace(self.room, more=np.zeros_like(self.room.more)))

    def gain(self, met: Numbers) -> float:
        """By how much the goal is better where other flows meet so much of the need."""
        need, base = self.supply.need, self.supply.base
        pairs = ((np.divide(need - m, base, out=np.zeros_like(need), where=base > 0)) for m in (self.met, met))
        before, after = (np.array([self.counted.of(gap) for gap in np.maximum(gaps, 0.0)]) for gaps in pairs)
        return float(self.weight @ (before - after))


def check(
    case: Case,
    situation: str,
    supplied: Iterable[Supply],
    gaps: Mapping[tuple[str, str, str], float],
    counted: Counted,
    rooms: Mapping[tuple[str, str], Room],
    allowance: float,
    ledger: Ledger,
) -> None:
    """Check every service and period of a situation.

    Parameters
    ----------
    situation
        In words, for the messages: `with the plan` or `without the plan`.
    gaps
        By indicator, city and period.
    counted
        How gaps count in the first goal about them; nothing is asked of services that do not count there. Flows are sought
        by what the last bit of each gap counts, and judged by what the goal says of them: with a curve others may gain more.
    rooms
        Service and period -> what else limits its use.
    allowance
        What the tolerance of that goal lets later goals give away, in the goal's unit.
    """
    claims = [
        _claim(case, supply, gaps, counted, rooms[supply.service, supply.period]) for supply in supplied if supply.need.any()
    ]
    best: Sequence[Numbers | None] | None = _most_worth(claims, [claim.met * (1 - ROUNDING) for claim in claims])
    if best is None:  # some claim is impossible: ask one by one, to say which
        best = [_alone(claim, claim.met * (1 - ROUNDING)) for claim in claims]
    for claim, met in zip(claims, best, strict=True):
        where = _("service {service}, {period}, {situation}").format(
            service=claim.supply.service, period=claim.supply.period, situation=situation
        )
        nearly = claim.met - TOLERANCE * np.maximum(1.0, claim.met)
        possible = met is not None or _alone(claim, nearly) is not None
        if possible and claim.room.more.any():
            possible = _alone(claim.as_said, nearly) is not None
        ledger.true("best use", possible, where, _("these gaps"), _("gaps that capacities, catchments and borders allow"))
        if met is not None:
            gain = claim.gain(met)
            ledger.within("best use", where, _("gap that idle capacity could close"), gain, -np.inf, allowance)


def _claim(case: Case, supply: Supply, gaps: Mapping[tuple[str, str, str], float], counted: Counted, room: Room) -> Claim:
    keys = [(supply.service, city, supply.period) for city in case.cities]
    short = np.array([gaps.get(key, 1.0) for key in keys])
    weight = np.array([counted.weights.get(key, 0.0) for key in keys])
    value = weight * np.array([counted.rise(gap) for gap in short])
    met = np.clip(supply.need - supply.base * short, 0.0, supply.need)
    worth = np.divide(value, supply.base, out=np.zeros_like(value), where=supply.base > 0)
    return Claim(supply, met, worth, counted, weight, room)


def _alone(claim: Claim, at_least: Numbers) -> Numbers | None:
    found = _most_worth([claim], [at_least])
    return None if found is None else found[0]


def _most_worth(claims: Sequence[Claim], at_least: Sequence[Numbers]) -> list[Numbers] | None:
    """What the flows that are worth most meet in each city, claim by claim, every city at least so much; None if none do.

    The decisions are the flows from each home to each place allowed, in units of the service's largest need.
    """
    if not claims:
        return []
    parts: list[_Part] = []
    limits, worths, homes, bounds = [], [], [], []
    for claim, least in zip(claims, at_least, strict=True):
        supply = claim.supply
        home, place = np.nonzero(supply.allowed & (supply.need > 0)[:, None])
        scale, counts = supply.need.max(), supply.counts[home, place]
        limited = np.flatnonzero(np.isfinite(supply.for_others))
        away = np.flatnonzero((home != place) & np.isin(place, limited))
        size, every = len(least), np.arange(len(home))
        kept = np.flatnonzero(np.isfinite(claim.room.beyond))
        gives, gets = (np.flatnonzero((home != place) & np.isin(end, kept)) for end in (place, home))
        last = 3 * size + len(limited)
        rows = [home, size + home, 2 * size + place, 3 * size + np.searchsorted(limited, place[away])]
        rows += [last + np.searchsorted(kept, place[gives]), last + np.searchsorted(kept, home[gets])]
        ones = np.ones(len(every) + len(away) + len(gives))
        parts.append(
            _Part(
                rows=np.concatenate(rows),
                flows=np.concatenate([every, every, every, away, gives, gets]),
                signs=np.concatenate([np.ones(len(every)), -counts, ones, -counts[gets]]),
                shape=(last + len(kept), len(home)),
            )
        )
        own = [supply.for_others[limited], claim.room.beyond[kept]]
        limits.append(np.concatenate([supply.need, -least, supply.capacity, *own]) / scale)
        worths.append(claim.worth[home] * counts * scale)
        homes.append((home, size, counts * scale))
        bounds.append((claim.room.most + claim.room.more)[home, place] * (1 + ROUNDING) / scale)
    upper = np.concatenate(bounds)
    least_and_most = np.column_stack([np.zeros(len(upper)), upper])
    found = linprog(
        -np.concatenate(worths), _side_by_side(parts), np.concatenate(limits), bounds=least_and_most, method="highs"
    )
    if found.status != 0:
        return None
    ends = np.cumsum([len(worth) for worth in worths])[:-1]
    flows = np.split(found.x, ends)
    return [_met(*where, through) for where, through in zip(homes, flows, strict=True)]


def _met(home: NDArray[np.intp], size: int, counts: Numbers, flows: Numbers) -> Numbers:
    """What flows meet in each home, by what each counts there."""
    return np.bincount(home, counts * flows, size).astype(np.float64)


class _Part(NamedTuple):
    """The rows of a claim: every home is met at most its need and at least so much, every place gives at most what it has,
    and to others at most what is for others, and what leaves its residents as much as they had."""

    rows: NDArray[np.intp]
    flows: NDArray[np.intp]
    signs: Numbers
    shape: tuple[int, int]


def _side_by_side(parts: Sequence[_Part]) -> csr_array:
    """The matrix of all claims, none of which has to do with another."""
    down, right = (np.cumsum([0, *(part.shape[axis] for part in parts)]) for axis in (0, 1))
    rows = np.concatenate([part.rows + first for part, first in zip(parts, down[:-1], strict=True)])
    flows = np.concatenate([part.flows + first for part, first in zip(parts, right[:-1], strict=True)])
    return csr_array((np.concatenate([part.signs for part in parts]), (rows, flows)), shape=(down[-1], right[-1]))
