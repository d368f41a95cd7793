"""Whether the gaps of services are those of the best use of what is there, with and without the plan.

Which city stays short is not fixed by the goals, so gaps of services cannot be recomputed one by one. What can be known
is whether flows with these gaps exist, and whether any city could be served better with no other served worse: a plan
that leaves such capacity idle (or that shows the situation without it worse than it is) looks better than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array, vstack

from planner.audit.goals import Weights
from planner.audit.report import TOLERANCE, Ledger
from planner.audit.services import Numbers, Supply
from planner.case import Case
from planner.words.said import _

ROUNDING = 1e-9  # of the claimed flows, when looking for better ones


@dataclass(frozen=True)
class Claim:
    """What a table of indicators says of one service in one period, by city.

    Attributes
    ----------
    met
        Need met, as the gaps say.
    worth
        What one more unit met is worth in the first goal about gaps.
    """

    supply: Supply
    met: Numbers
    worth: Numbers


def check(
    case: Case,
    situation: str,
    supplied: Iterable[Supply],
    gaps: Mapping[tuple[str, str, str], float],
    weights: Weights,
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
    weights
        What a gap counts in the first goal about gaps; nothing is asked of services that do not count there.
    allowance
        What the tolerance of that goal lets later goals give away, in the goal's unit.
    """
    claims = [_claim(case, supply, gaps, weights) for supply in supplied if supply.need.any()]
    best: Sequence[float | None] | None = _most_worth(claims, [claim.met * (1 - ROUNDING) for claim in claims])
    if best is None:  # some claim is impossible: ask one by one, to say which
        best = [_alone(claim, claim.met * (1 - ROUNDING)) for claim in claims]
    for claim, worth in zip(claims, best, strict=True):
        where = _("service {service}, {period}, {situation}").format(
            service=claim.supply.service, period=claim.supply.period, situation=situation
        )
        nearly = claim.met - TOLERANCE * np.maximum(1.0, claim.met)
        possible = worth is not None or _alone(claim, nearly) is not None
        ledger.true("best use", possible, where, _("these gaps"), _("gaps that capacities, catchments and borders allow"))
        if worth is not None:
            gain = worth - float(claim.worth @ claim.met)
            ledger.within("best use", where, _("gap that idle capacity could close"), gain, -np.inf, allowance)


def _claim(case: Case, supply: Supply, gaps: Mapping[tuple[str, str, str], float], weights: Weights) -> Claim:
    keys = [(supply.service, city, supply.period) for city in case.cities]
    short = np.array([gaps.get(key, 1.0) for key in keys])
    value = np.array([weights.get(key, 0.0) for key in keys])
    met = np.clip(supply.need * (1.0 - short), 0.0, supply.need)
    return Claim(supply, met, np.divide(value, supply.need, out=np.zeros_like(value), where=supply.need > 0))


def _alone(claim: Claim, at_least: Numbers) -> float | None:
    found = _most_worth([claim], [at_least])
    return None if found is None else found[0]


def _most_worth(claims: Sequence[Claim], at_least: Sequence[Numbers]) -> list[float] | None:
    """The most that flows are worth, claim by claim, which serve every city `at_least` so much; None if none do.

    The decisions are the flows from each home to each place allowed, in units of the service's largest need.
    """
    if not claims:
        return []
    rows, limits, worths = [], [], []
    for claim, least in zip(claims, at_least, strict=True):
        supply = claim.supply
        home, place = np.nonzero(supply.allowed & (supply.need > 0)[:, None])
        scale = supply.need.max()
        limited = np.isfinite(supply.for_others)
        met, given = _sums(home, len(least)), _sums(place, len(least))
        for_others = given @ _diagonal(home != place)
        rows.append(vstack([met, -met, given, for_others[limited]]))
        limits.append(np.concatenate([supply.need, -least, supply.capacity, supply.for_others[limited]]) / scale)
        worths.append(claim.worth[home] * scale)
    found = linprog(-np.concatenate(worths), block_diag(rows, format="csr"), np.concatenate(limits), method="highs")
    if found.status != 0:
        return None
    ends = np.cumsum([len(worth) for worth in worths])[:-1]
    return [float(worth @ flows) for worth, flows in zip(worths, np.split(found.x, ends), strict=True)]


def _sums(of: NDArray[np.intp], size: int) -> csr_array:
    """The matrix that adds up flows by their home, or by their place."""
    return csr_array((np.ones(len(of)), (of, np.arange(len(of)))), shape=(size, len(of)))


def _diagonal(flags: NDArray[np.bool_]) -> csr_array:
    """The matrix that keeps the flows flagged."""
    at = np.arange(len(flags))
    return csr_array((flags.astype(float), (at, at)), shape=(len(flags), len(flags)))
