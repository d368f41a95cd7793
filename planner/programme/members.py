"""A member of a programme as a program: its case, in which what it draws of the shared lines is a decision."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from pathlib import Path

import numpy as np

from models.instance import up_to
from models.money import Money
from models.program import SEARCHED, build
from models.shared import Shared
from planner.case import Case
from planner.compiling.goals import value_of_gaps
from planner.planning.building import Built, instance_of
from planner.planning.in_order import InOrder
from planner.planning.settling import Settler
from planner.solver.linear import LinearProgram, Objective, Vector, linear_program
from planner.words.said import _
from planner.work.stopping import Cancelled, Until

Place = tuple[str, str]  # (shared line, period)
GRAIN, ROUND = 1e-5, 0.02  # draws are multiples of a grain of the solver's unit; so much of one is rounding
OF_MONEY = ("drawn_within_the_shared_money", "drawn_at_least_its_share", "drawn_at_most_its_share")
DIGITS = 12  # of a draw: multiples of a grain as they are written


@dataclass(frozen=True)
class Terms:
    """On what terms a member takes part; money in the unit of the case.

    Attributes
    ----------
    there
        (line, period) -> all the shared money that could be drawn by then (see `Programme.there`).
    in_all
        Line -> least and most that the member is given of it.
    carries
        Lines that carry over.
    most
        The most times that money that is asked about.
    """

    there: Mapping[Place, float]
    in_all: Mapping[str, tuple[float, float]]
    carries: frozenset[str]
    most: float = 1.0


@dataclass(frozen=True)
class Ready:
    """A member, built.

    Attributes
    ----------
    settler
        Of its case with the money of the division by people, of which a shared line has nothing but what it draws.
    drawn
        (line, period) -> the column of what it draws.
    scale
        Those columns x scale = money of the case.
    most
        Times the shared money by which it is built.
    """

    settler: Settler
    drawn: Mapping[Place, int]
    scale: float
    most: float

    @property
    def program(self) -> LinearProgram:
        """What is solved."""
        return self.settler.built.search_program

    @property
    def goal(self) -> Objective:
        """Its first goal."""
        return self.program.objectives["goal", 0]

    @property
    def without(self) -> float:
        """What its first goal comes to without any plan."""
        return value_of_gaps(self.settler.case, self.settler.case.goals[0], self.settler.without.gaps)

    def priced(self, prices: Mapping[Place, float], weight: float) -> Objective:
        """Its first goal by its weight, and what it draws by the prices of a unit of money."""
        cost = weight * self.goal.cost
        for place, column in self.drawn.items():
            cost[column] += prices[place] * self.scale
        return Objective(cost, weight * self.goal.offset)

    def draws(self, columns: Vector, times: float = 1.0) -> dict[Place, float]:
        """What a solution draws, in money of the case: rounded up, but for what tolerances make of a round sum.

        Parameters
        ----------
        times
            Times the shared money that there is.
        """
        found, grain, program = {}, GRAIN * self.scale, self.with_money(times)
        for place, k in self.drawn.items():
            most = float(program.row_upper[program.rows["drawn_within_the_shared_money", place]]) * self.scale
            found[place] = min(most, round(ceil(float(columns[k]) * self.scale / grain - ROUND) * grain, DIGITS))
        return {place: max(0.0, money) for place, money in found.items()}

    def least_drawn(
        self, columns: Vector, draws: Mapping[Place, float], times: float, carries: frozenset[str], until: Until
    ) -> Vector:
        """The same decisions and goal, drawing no more than they need: what costs nothing is drawn for nothing."""
        program = self.with_money(times).with_row_upper(self._no_more(draws, carries))
        integers = {int(k): float(round(columns[k])) for k in np.flatnonzero(program.integer)}
        steps = InOrder(program.relaxed().fixed(integers), until)
        cost = np.zeros(len(program.lower))
        cost[list(self.drawn.values())] = 1.0
        steps.least(self.goal)
        return steps.least(Objective(cost, 0.0))

    def with_money(self, times: float) -> LinearProgram:
        """The same program with so many times the shared money, and shares of it."""
        if times == self.most:
            return self.program
        rows = [k for name, k in self.program.rows.items() if name[0] in OF_MONEY]
        lower, upper = self.program.row_lower.copy(), self.program.row_upper.copy()
        lower[rows] *= times / self.most
        upper[rows] *= times / self.most
        return replace(self.program, row_lower=lower, row_upper=upper)

    def can_draw(self, draws: Mapping[Place, float], times: float) -> bool:
        """Whether draws keep the rows of so many times the shared money."""
        program = self.with_money(times)
        columns = np.zeros(len(program.lower))
        for place, money in draws.items():
            columns[self.drawn[place]] = money / self.scale
        rows = [k for name, k in program.rows.items() if name[0] in OF_MONEY]
        drawn = program.matrix[rows] @ columns
        return bool(np.all(drawn >= program.row_lower[rows] - GRAIN) and np.all(drawn <= program.row_upper[rows] + GRAIN))

    def within(self, amounts: Mapping[Place, float], carries: frozenset[str]) -> LinearProgram:
        """The same program in which it draws no more than it is given."""
        rows = self.program.rows
        shares = [name for name in rows if name[0] in OF_MONEY[1:]]
        return self.program.with_row_upper(self._no_more(amounts, carries)).freed(shares)

    def _no_more(self, amounts: Mapping[Place, float], carries: frozenset[str]) -> dict[int, float]:
        """Row -> bound by which no more is drawn, by the end of any period, than these amounts."""
        periods = self.settler.case.period_ids
        return {
            self.program.rows["drawn_within_the_shared_money", (line, t)]: sum(
                amounts[line, u] for u in up_to(periods, t, line in carries)
            )
            / self.scale
            for line, t in self.drawn
        }


def made_ready(case: Case, terms: Terms, until: Until) -> Ready:
    """Build a member.

    Raises
    ------
    Stopped
        The time is up, or somebody asked to stop.
    """
    instance = instance_of(case, until.at(_("finding routes")).check)
    own = instance[Money]
    amount = {place: 0.0 if place in terms.there else money for place, money in own.amount.items()}
    shared = Shared(
        drawn_most={place: terms.most * money / own.money_scale for place, money in terms.there.items()},
        drawn_in_all={
            l: (terms.most * least / own.money_scale, terms.most * most / own.money_scale)
            for l, (least, most) in terms.in_all.items()
        },
    )
    instance = instance.having(replace(own, amount=amount), shared)
    check = until.at(_("building the model")).check
    model = build(instance, check, SEARCHED)
    built = Built.from_model(case, instance, model, linear_program(model, check))
    settler = Settler.of_built(built, lambda stage: None, until)
    columns = settler.built.search_program.columns
    return Ready(settler, {place: columns["Drawn", place] for place in terms.there}, own.money_scale, terms.most)


def keep_ready(case: Case, terms: Terms, file: Path, seconds: float | None, cancelled: Cancelled | None) -> int:
    """In a worker: build a member and keep it in a file; how many rows it has."""
    ready = made_ready(case, terms, Until.within(seconds, cancelled))
    file.write_bytes(pickle.dumps(ready))
    return len(ready.program.rows)


@lru_cache(maxsize=64)
def ready_in(file: Path) -> Ready:
    """A member that is built, out of its file: read once in each process."""
    ready: Ready = pickle.loads(file.read_bytes())
    return ready
