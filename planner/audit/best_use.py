"""Whether the gaps of services are those of the best use of what is there, with and without the plan.

Which city stays short is not fixed by the goals, so gaps of services cannot be recomputed one by one. What can be known
is whether flows with these gaps exist, and whether any city could be served better with no other served worse: a plan
that leaves such capacity idle (or that shows the situation without it worse than it is) looks better than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from planner.audit.goals import Weights
from planner.audit.report import TOLERANCE, Ledger
from planner.audit.services import Numbers, Supply
from planner.case.nouns import Case

ROUNDING = 1e-9  # of the claimed flows, when looking for better ones


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
    for supply in supplied:
        keys = [(supply.service, city, supply.period) for city in case.cities]
        short = np.array([gaps.get(key, 1.0) for key in keys])
        claimed = np.clip(supply.need * (1.0 - short), 0.0, supply.need)
        value = np.array([weights.get(key, 0.0) for key in keys])
        _one(f"service {supply.service}, {supply.period}, {situation}", supply, claimed, value, allowance, ledger)


def _one(where: str, supply: Supply, claimed: Numbers, value: Numbers, allowance: float, ledger: Ledger) -> None:
    if not supply.need.any():
        return
    worth = np.divide(value, supply.need, out=np.zeros_like(value), where=supply.need > 0)  # of serving one more
    best = _most_worth(supply, claimed * (1 - ROUNDING), worth)
    possible = best is not None or _most_worth(supply, claimed - TOLERANCE * np.maximum(1, claimed), worth) is not None
    ledger.true("best use", possible, where, "these gaps", "gaps that capacities, catchments and borders allow")
    if best is not None:
        gain = best - float(worth @ claimed)
        ledger.within("best use", where, "gap that idle capacity could close", gain, -np.inf, allowance)


def _most_worth(supply: Supply, at_least: Numbers, worth: Numbers) -> float | None:
    """The most that flows are worth which serve every city `at_least` so much; None if there are no such flows.

    The decisions are the flows from each home to each place allowed, in units of the largest need.
    """
    home, place = np.nonzero(supply.allowed & (supply.need > 0)[:, None])
    shape = (len(supply.need), len(home))
    each = np.arange(len(home))
    met = csr_array((np.ones(len(home)), (home, each)), shape=shape)
    given = csr_array((np.ones(len(home)), (place, each)), shape=shape)
    for_others = csr_array(((home != place).astype(float), (place, each)), shape=shape)
    limited = np.isfinite(supply.for_others)
    rows = vstack([met, -met, given, for_others[limited]])
    limits = np.concatenate([supply.need, -at_least, supply.capacity, supply.for_others[limited]])
    scale = float(supply.need.max())
    found = linprog(-worth[home] * scale, A_ub=rows, b_ub=limits / scale, method="highs")
    return -float(found.fun) if found.status == 0 else None
