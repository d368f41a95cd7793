"""Conflicts: a few promises that cannot be kept together, though any of them left out leaves the others possible.

A deletion filter over the promises that may give way: each is left out in turn, and put back if the rest is then possible.
Many are left out at once where that leaves the rest impossible still.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.promises import Key
from planner.promises.projects import DECIDED
from planner.questions.diagnose.loosened import Loosened
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Objective
from planner.work.stopping import Cancelled, Until

# what is left out first is named last
ORDER = ("fairness", "demands", "limits", "places", "dropped", "late", "debt", "money")


@dataclass(frozen=True)
class Conflict:
    """Promises that cannot be kept together.

    Attributes
    ----------
    promises
        As the case names them; empty if nothing is known.
    irreducible
        Whether without any one of them the others can be kept, proven.
    """

    promises: tuple[Key, ...] = ()
    irreducible: bool = False


@dataclass
class _Filter:
    """What is known so far of which promises may be left out."""

    loose: Loosened
    limits: Limits
    until: Until
    enough: list[frozenset[Key]]  # left out, they make the case possible
    unsure: bool = False
    all_promises: frozenset[Key] = field(init=False)

    def __post_init__(self) -> None:
        self.all_promises = frozenset(self.loose.promises)

    def conflicts(self, kept: Sequence[Key]) -> bool:
        """Whether some promises still cannot be kept together, all others left out; if in doubt, no."""
        left_out = self.all_promises - set(kept)
        if any(known <= left_out for known in self.enough):
            return False
        if self.until.why is not None:
            self.unsure = True
            return False
        chosen = [k for promise in left_out for k in self.loose.promises[promise]]
        program = self.loose.giving(chosen, against_nothing=any(promise[0] == DECIDED.kind for promise in left_out))
        nothing = Objective(np.zeros(len(program.lower)), 0.0)
        limits = replace(self.limits, seconds=self.until.left)
        answer = Solver(program).minimise(nothing, limits, cancelled=self.until.cancelled)
        if answer.values is not None:
            columns = answer.values
            self.enough.append(
                frozenset(self.loose.concessions[k].promise for k in chosen if columns[self.loose.columns[k]] > 0)
                | ({p for p in left_out if p[0] == DECIDED.kind})
            )
            return False
        self.unsure = self.unsure or answer.outcome != "infeasible"
        return answer.outcome == "infeasible"


def conflicts(
    loose: Loosened,
    enough: Collection[frozenset[Key]],
    gap: float,
    seed: int,
    *,
    seconds: float | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Conflict, ...]:
    """Smallest sets of promises (no part of one does) that cannot be kept together, in a case that cannot be met.

    Each has no promise of the others: a change that is to be enough must touch every one of them.

    Parameters
    ----------
    enough
        Sets of promises that are known to make the case possible when they are left out.
    """
    until = Until.within(seconds, cancelled)
    search = _Filter(loose, Limits(gap=gap, threads=1, seed=seed), until, list(enough))
    family = {c.promise: c.family for c in reversed(loose.concessions)}
    left = sorted(loose.promises, key=lambda promise: ORDER.index(family[promise]))
    found: list[Conflict] = []
    while not found or search.conflicts(left):
        kept = left
        for name in ORDER:
            kept = _thinned(search, kept, [promise for promise in kept if family[promise] == name])
        if not kept or (search.unsure and len(kept) == len(left)):  # none of them is to blame, or nobody knows which
            return (*found, Conflict())
        found.append(Conflict(tuple(kept), not search.unsure))
        left = [promise for promise in left if promise not in kept]
    return tuple(found) if not search.unsure or not found[-1].irreducible else (*found, Conflict())


def _thinned(search: _Filter, kept: list[Key], part: list[Key]) -> list[Key]:
    """What is kept without those of a part that the conflict does not need."""
    rest = [promise for promise in kept if promise not in part]
    if not part or search.conflicts(rest):
        return rest
    if len(part) > 1:
        half = len(part) // 2
        for some in (part[:half], part[half:]):
            kept = _thinned(search, kept, some)
        return kept
    return kept
