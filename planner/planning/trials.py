"""Decisions that are tried one after the other: what has to start along with a unit, and whether that keeps the limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from models.measures import WHOLE
from planner.case import Case
from planner.compiling.ground import barriers_before, offered
from planner.planning.decisions import Decisions
from planner.planning.settling import Settler
from planner.planning.variants import companions
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Name, Objective
from planner.work.stopping import Cancelled

ENOUGH = 1 + 1e-9  # units may be passed by rounding
# what the whole plan is asked to reach, and no single step can keep
ONLY_AT_THE_END = ("target_is_met", "minimum_is_spent", "nobody_is_worse_off_than_alone")
MONEY = ("within_line", "within_largest_share")


class Bundles:
    """What has to start along with the measures of a case.

    Parameters
    ----------
    fixed
        Starts that are no choice any more.
    """

    def __init__(self, case: Case, fixed: Collection[tuple[str, str]] = ()) -> None:
        self.case, self._fixed = case, fixed
        self._able = offered(case).measures
        self._companions = {a: companions(case, a) for a in self._able}

    @property
    def heads(self) -> tuple[str, ...]:
        """The candidates that can start; of those that start together the first."""
        candidates = (a for a, measure in self._able.items() if measure.status == "candidate")
        return tuple(a for a in candidates if self._companions[a][0] == a)

    def starts(self, a: str) -> tuple[str, ...]:
        """The periods in which a measure may start."""
        return tuple(start.period for start in self._able[a].starts)

    def members(self, a: str) -> tuple[str, ...]:
        """A measure and those that start together with it."""
        return self._companions[a]

    def room(self, a: str, u: str, known: Mapping[tuple[str, str], float]) -> float:
        """How many units of a measure may still start in a period, beside known decisions."""
        measure = self._able[a]
        started = sum(units for (b, _), units in known.items() if b == a)
        return min(measure.units - started, measure.max_starts - known.get((a, u), 0.0))

    def unit(self, a: str) -> float:
        """One unit, or all there is of a measure that has less."""
        return min(1.0, self._able[a].units)

    def of(self, a: str, u: str, units: float, known: Mapping[tuple[str, str], float]) -> Decisions | None:
        """Units of a measure in a period, with its other halves, and with what they require where that does not serve yet.

        Parameters
        ----------
        known
            Decisions that stand already.

        Returns
        -------
        The decisions together with the known ones; None if the measure cannot start so.
        """
        found: Decisions = dict(known)
        for b in self._companions[a]:
            if b not in self._able or (b, u) in self._fixed or units > self.room(b, u, found) * ENOUGH:
                return None
            found[b, u] = found.get((b, u), 0.0) + units
        required = dict.fromkeys(c for b in self._companions[a] for c in self._required(b))
        for c in required:
            if not self._serves(c, u, found):
                with_it = self._in_time(c, u, found)
                if with_it is None:
                    return None
                found = with_it
        return found

    def _required(self, a: str) -> tuple[str, ...]:
        measure = self._able[a]
        return (*measure.requires, *barriers_before(self.case, measure))

    def _serves(self, a: str, t: str, known: Mapping[tuple[str, str], float]) -> bool:
        """Whether at least one whole unit serves in a period."""
        units = sum(known.get((a, start.period), 0.0) for start in self._able[a].starts if t in start.serves)
        return units >= 1 - WHOLE

    def _in_time(self, a: str, t: str, known: Mapping[tuple[str, str], float]) -> Decisions | None:
        """One unit of a required measure, as early as it can start and serving in a period."""
        for start in self._able[a].starts:
            if t in start.serves:
                found = self.of(a, start.period, self.unit(a), known)
                if found is not None:
                    return found
        return None


class Trials:
    """The limits that every step of a list keeps: all of the case's but some rows.

    Not kept are `ONLY_AT_THE_END`, and rules that only a whole plan can be asked for: those of the kind "at least" or about
    shares.

    Parameters
    ----------
    but
        Further rows that are not kept.
    stop
        Asked all the time; once it says True, what is tried counts as impossible.

    Attributes
    ----------
    made
        How many decisions were tried.
    """

    def __init__(self, settler: Settler, but: Collection[str] = (), stop: Cancelled | None = None) -> None:
        self._settler, self._stop = settler, stop
        program = settler.built.search_program
        steady = {rule.id for rule in settler.case.rules if rule.sense == "at_most" and rule.share_of is None}
        left_out = (*ONLY_AT_THE_END, *but)
        freed = [name for name in program.rows if name[0] in left_out or (name[0] == "rule_holds" and name[1] not in steady)]
        self._solver = Solver(program.freed(freed).relaxed())
        self._first = program.objectives["goal", 0]
        self._nothing = Objective(np.zeros(len(program.lower)), 0.0)
        decided = settler.built.fixed_columns(program.columns, {}).keys()
        self._columns: dict[Name, int] = {name: k for name, k in program.columns.items() if k in decided}
        self._held: dict[int, float] = {}
        self.made = 0

    def allow(self, decisions: Decisions) -> bool:
        """Whether decisions keep the limits, and the lines can pay every cost of every period."""
        return self._minimum(self._nothing, decisions) is not None

    def first_goal(self, decisions: Decisions) -> float | None:
        """What decisions within the limits come to in the first goal; None if they do not keep them."""
        return self._minimum(self._first, decisions)

    def _minimum(self, objective: Objective, decisions: Decisions) -> float | None:
        self.made += 1
        wanted = self._settler.built.fixed_columns(self._columns, decisions)
        self._solver.hold({k: value for k, value in wanted.items() if self._held.get(k) != value})
        self._held = wanted
        answer = self._solver.minimise(objective, Limits(threads=1), cancelled=self._stop)
        return None if answer.values is None else answer.value
