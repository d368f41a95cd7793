"""Decisions tried one after the other in one linear program, each from where the last one ended: many times a second."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from planner.planning.decisions import Decisions
from planner.planning.settling import Settler
from planner.solver.highs import Limits, Solver
from planner.solver.linear import Name, Objective
from planner.work.events import Cancelled

# what the whole plan is asked to reach, and no single step can keep
ONLY_AT_THE_END = ("target_is_met", "minimum_is_spent", "nobody_is_worse_off_than_alone")
MONEY = ("within_line", "within_largest_share")


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
