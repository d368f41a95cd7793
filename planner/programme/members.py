"""A member of a programme as a program: its case, in which what it draws of the shared lines is a decision."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from pathlib import Path

from models.instance import up_to
from models.money import Money
from models.program import SEARCHED, build
from models.shared import Shared
from planner.case import Case
from planner.planning.building import Built, instance_of
from planner.planning.settling import Settler
from planner.solver.linear import LinearProgram, Objective, Vector, linear_program
from planner.words.said import _
from planner.work.stopping import Cancelled, Until

Place = tuple[str, str]  # (shared line, period)
GRAIN, ROUND = 1e-5, 0.02  # draws are multiples of a grain of the solver's unit; so much of one is rounding
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
    """

    there: Mapping[Place, float]
    in_all: Mapping[str, tuple[float, float]]
    carries: frozenset[str]


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
    """

    settler: Settler
    drawn: Mapping[Place, int]
    scale: float

    @property
    def program(self) -> LinearProgram:
        """What is solved."""
        return self.settler.built.search_program

    @property
    def goal(self) -> Objective:
        """Its first goal."""
        return self.program.objectives["goal", 0]

    def priced(self, prices: Mapping[Place, float], weight: float) -> Objective:
        """Its first goal by its weight, and what it draws by the prices of a unit of money."""
        cost = weight * self.goal.cost
        for place, column in self.drawn.items():
            cost[column] += prices[place] * self.scale
        return Objective(cost, weight * self.goal.offset)

    def draws(self, columns: Vector) -> dict[Place, float]:
        """What a solution draws, in money of the case: rounded up, but for what tolerances make of a round sum."""
        found, grain = {}, GRAIN * self.scale
        for place, k in self.drawn.items():
            most = float(self.program.row_upper[self.program.rows["drawn_within_the_shared_money", place]]) * self.scale
            found[place] = min(most, round(ceil(float(columns[k]) * self.scale / grain - ROUND) * grain, DIGITS))
        return {place: max(0.0, money) for place, money in found.items()}

    def within(self, amounts: Mapping[Place, float], carries: frozenset[str], periods: tuple[str, ...]) -> LinearProgram:
        """The same program in which it draws no more than it is given."""
        upper, rows = {}, self.program.rows
        for line, t in self.drawn:
            money = sum(amounts[line, u] for u in up_to(periods, t, line in carries))
            upper[rows["drawn_within_the_shared_money", (line, t)]] = money / self.scale
        shares = [name for name in rows if name[0] in ("drawn_at_least_its_share", "drawn_at_most_its_share")]
        return self.program.with_row_upper(upper).freed(shares)


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
        drawn_most={place: money / own.money_scale for place, money in terms.there.items()},
        drawn_in_all={l: (least / own.money_scale, most / own.money_scale) for l, (least, most) in terms.in_all.items()},
    )
    instance = instance.having(replace(own, amount=amount), shared)
    check = until.at(_("building the model")).check
    model = build(instance, check, SEARCHED)
    built = Built.from_model(case, instance, model, linear_program(model, check))
    settler = Settler.of_built(built, lambda stage: None, until)
    columns = settler.built.search_program.columns
    return Ready(settler, {place: columns["Drawn", place] for place in terms.there}, own.money_scale)


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
