"""Figures of many decisions and many similar cases, from one program that is held: what draws of assumptions need.

A case that differs from the held one in figures alone (costs, needs, jobs, money, standards) has the same rows and columns
with other numbers. Those that change are put into the program that is there; where rows or columns would appear or vanish it
is built anew, without a word. Either way the figures are those of `evaluate`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from models.held import HeldModel, OtherStructure
from models.program import SEARCHED
from planner.case import Case
from planner.planning.building import Built, instance_of
from planner.planning.decisions import refuse_unknown, with_decided
from planner.planning.figures import goal_results
from planner.planning.handmade import HAND_MADE, evaluated
from planner.planning.search import stand_alone_plans
from planner.planning.settling import Settler, silence
from planner.planning.variants import changed, scaled
from planner.plans.plan import Broken, GoalResult, Plan
from planner.plans.tables import TABLES
from planner.solver.linear import LinearProgram, linear_program, restated
from planner.work.stopping import FOREVER, Until


@dataclass(frozen=True)
class Outcome:
    """What decisions come to.

    Attributes
    ----------
    goals
        The goals' values, in order.
    tables
        Tables of a plan: all, or those that were asked for.
    broken
        Promises that the decisions do not keep, and by how much.
    """

    goals: tuple[GoalResult, ...]
    tables: Mapping[str, pd.DataFrame]
    broken: tuple[Broken, ...]


class Held:
    """A case whose program is held: figures of decisions in it, and in cases that differ from it in figures.

    All that come from one another share the model, so they are for one thread at a time. `hold` makes the first.

    >>> held = hold(load_case("cases/jing-jin-ji"))
    >>> held.figures(decisions).goals[0].value
    >>> held.with_(costs={"rail-beijing-xiongan": 1.2}, needs={"doctors": 0.9}).figures(decisions).goals[0].value

    Attributes
    ----------
    case
        The case whose figures it has.
    """

    def __init__(self, settler: Settler, shelf: _Shelf) -> None:
        self._settler, self._shelf = settler, shelf

    @cached_property
    def case(self) -> Case:
        """The case whose figures it has."""
        return changed(self._settler.case)  # many draws are never asked what they are called

    def figures(
        self,
        decisions: Mapping[tuple[str, str], float],
        until: Until = FOREVER,
        wanted: Collection[str] = TABLES,
    ) -> Outcome:
        """All figures of decisions, as the plan of `evaluate` has them.

        Parameters
        ----------
        decisions
            (measure, start period) -> units started. Decided measures that have no choice of when to start need not be
            named.
        wanted
            The tables that are asked for, by name; all by default.

        Raises
        ------
        CaseInvalid
            If a decision is none that the case offers.
        planner.work.stopping.Stopped
            The time is up, or somebody asked to stop.
        """
        case = self._settler.case
        refuse_unknown(case, decisions, HAND_MADE, {a for a, _ in self._settler.built.starts})
        found = self._settler.figures(with_decided(case, decisions), until=until, wanted=wanted)
        return Outcome(goal_results(case, found, {}), found.tables, found.broken)

    def plan(self, decisions: Mapping[tuple[str, str], float], until: Until = FOREVER) -> Plan:
        """The same as a plan, to be audited and kept: that of `evaluate`."""
        named = replace(self._settler, built=replace(self._settler.built, case=self.case))
        refuse_unknown(self._settler.case, decisions, HAND_MADE)
        return evaluated(named, decisions, until=until)

    def of(self, case: Case, until: Until = FOREVER) -> Held:
        """The same of another case; the quicker, the less of it is other than the last one that was held.

        Raises
        ------
        CaseInvalid
            If the case cannot be planned, as `evaluate` says.
        planner.work.stopping.Stopped
            The time is up, or somebody asked to stop.
        """
        return _held(case, self._shelf, until)

    def with_(
        self,
        *,
        costs: Mapping[str, float] | None = None,
        needs: Mapping[str, float] | None = None,
        jobs: Mapping[str, float] | None = None,
        until: Until = FOREVER,
    ) -> Held:
        """The same of the case in which some figures are so many times what they are in this one.

        Parameters
        ----------
        costs
            Measure -> times as much to build and to run.
        needs
            Service -> times as much for each of the people it is for.
        jobs
            Measure with jobs -> times as many, with the output, tax and emissions that come with each.

        Raises
        ------
        ValueError
            There is no such measure, service or park, or a factor is not above 0.
        """
        return self.of(scaled(self._settler.case, costs or {}, needs or {}, jobs or {}), until)


def hold(case: Case, until: Until = FOREVER) -> Held:
    """Build a case once, for the figures of many decisions and of many similar cases.

    Raises
    ------
    CaseInvalid
        If the case cannot be planned, as `evaluate` says.
    planner.work.stopping.Stopped
        The time is up, or somebody asked to stop.
    """
    return _held(case, _Shelf(), until)


class _Shelf:
    """The model that is there, and the program that it came to last."""

    def __init__(self) -> None:
        self._model: HeldModel | None = None
        self._program: LinearProgram | None = None

    def built(self, case: Case, until: Until) -> Built:
        """A case as it is built, from what is there where that can be."""
        check = until.check
        instance = instance_of(case, check)
        model, program = self._model, self._program
        self._model = self._program = None  # what is stopped on its way is of no use any more
        if model is not None and program is not None:
            try:
                model.give(instance, check)
                program = restated(model, program, model.restated, model.bounded)
            except OtherStructure:
                program = None
        if model is None or program is None:
            model = HeldModel(instance, check, SEARCHED)
            program = linear_program(model, check)
        self._model, self._program = model, program
        return Built.from_model(case, instance, model, program)


def _held(case: Case, shelf: _Shelf, until: Until) -> Held:
    settler = Settler.of_built(shelf.built(case, until), silence, until)
    if case.nobody_worse_off:
        settler = settler.promising(stand_alone_plans(settler, until=until))
    return Held(settler, shelf)
