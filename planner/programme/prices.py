"""The two small programs over all members: which of its offers each has, and the prices at which they promise most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.division import Division, Offer
from models.dual import Prices
from models.instance import Instance, from_on, up_to
from models.program import DIVISION, PRICES, build
from planner.programme.members import Place, Ready
from planner.programme.reading import Programme
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective, Row, linear_program
from planner.solver.stacking import Stack, stacked
from planner.words.said import _

NARROW, WIDE = 0.02, 0.3  # of the largest price: by how much a box reaches below, and above, half and twice each price
DEARER = 1.25  # times the prices of the relaxation: whole measures need more money than parts of them
LEAST = 1e-6  # of the largest price: what is worth nothing is drawn for nothing


class Impossible(ValueError):
    """No division keeps all that members have to; the message says so, and of which member it is known alone.

    Attributes
    ----------
    member
        That member; empty where only all of them together cannot.
    """

    def __init__(self, said: str, member: str = "") -> None:
        super().__init__(said)
        self.member = member


@dataclass(frozen=True)
class Market:
    """The money of a programme, as the two programs see it.

    Attributes
    ----------
    periods
        Ids of the periods.
    amount
        (line, period) -> money that can be given.
    carries
        Lines that carry over.
    """

    periods: tuple[str, ...]
    amount: Mapping[Place, float]
    carries: frozenset[str]

    @classmethod
    def of(cls, programme: Programme, amount: Mapping[Place, float]) -> Market:
        """The market of a programme with other amounts."""
        return cls(programme.periods, amount, programme.carries)

    def _given(self, offers: Mapping[str, Sequence[Offer]]) -> Division:
        return Division({e: tuple(own) for e, own in offers.items()}, self.amount, self.carries)

    def division(self, offers: Mapping[str, Sequence[Offer]], seconds: float) -> dict[str, int] | None:
        """Member -> which of its offers it has in the best division that was found; None if none keeps within the money."""
        program = linear_program(build(Instance(self.periods, (self._given(offers),)), blocks=DIVISION))
        answer = Solver(program).minimise(
            program.objectives["worth_of_all", None], Limits(seconds=seconds, gap=1e-6, threads=1)
        )
        if answer.values is None:
            return None
        return {
            e: o
            for (name, index), k in program.columns.items()
            if name == "Taken" and answer.values[k] > 0.5
            for e, o in [index]
        }

    def prices(
        self, offers: Mapping[str, Sequence[Offer]], centre: Mapping[Place, float], box: float = 2.0
    ) -> dict[Place, float]:
        """The prices of the rows at which the offers promise most, in a box around others."""
        largest = max(centre.values())
        boxes = {p: (max(LEAST * largest, c / box - NARROW * largest), c * box + WIDE * largest) for p, c in centre.items()}
        given = Instance(self.periods, (self._given(offers), Prices(boxes)))
        program = linear_program(build(given, blocks=PRICES))
        answer = Solver(program).minimise(program.objectives["promised_by_prices", None], Limits(threads=1))
        if answer.values is None:
            return dict(centre)
        at = program.columns  # a price that nothing asks for stays what it is
        return {p: float(answer.values[at["MoneyPrice", p]]) if ("MoneyPrice", p) in at else centre[p] for p in centre}

    def of_a_draw(self, prices: Mapping[Place, float]) -> dict[Place, float]:
        """What a unit drawn in a period costs, by the prices of the rows."""
        return {(l, t): sum(prices[l, u] for u in from_on(self.periods, t, l in self.carries)) for l, t in prices}

    def worth(self, prices: Mapping[Place, float]) -> float:
        """What all the money is worth at the prices of the rows."""
        return sum(price * self.amount[place] for place, price in self.of_a_draw(prices).items())


def together(
    market: Market, members: Mapping[str, Ready], weights: Mapping[str, float], times: float = 1.0
) -> tuple[LinearProgram, Objective, Stack]:
    """All members in one program, with the rows of the shared money, and what they come to by their weights.

    Parameters
    ----------
    times
        What the money of the market is to that by which the members are built.
    """
    stack = stacked([ready.with_money(times) for ready in members.values()], ())
    rows = {}
    for l, t in market.amount:
        until = up_to(market.periods, t, l in market.carries)
        entries = {
            int(place[ready.drawn[l, u]]): ready.scale
            for place, ready in zip(stack.places, members.values(), strict=True)
            for u in until
        }
        rows["within_the_shared_money", (l, t)] = Row(entries, -np.inf, sum(market.amount[l, u] for u in until))
    whole: LinearProgram = stack.program.with_rows(rows)
    cost = np.zeros(len(whole.lower))
    for place, (e, ready) in zip(stack.places, members.items(), strict=True):
        cost[place] += weights[e] * ready.goal.cost
    return whole, Objective(cost, sum(weights[e] * ready.goal.offset for e, ready in members.items())), stack


def relaxed(
    market: Market, members: Mapping[str, Ready], weights: Mapping[str, float], times: float = 1.0
) -> tuple[dict[str, float], dict[Place, float]]:
    """What each member comes to by its weight, and the prices, where parts of measures may be built: one linear program.

    Raises
    ------
    Impossible
        Not even then can all members keep what they have to.
    """
    program, objective, stack = together(market, members, weights, times)
    whole = program.relaxed()
    solver = Solver(whole)
    answer = solver.minimise(objective, Limits(threads=1))
    if answer.values is None:
        raise Impossible(_("no division of the money keeps what all members have to"))
    duals = solver.prices(objective)[0]
    values = {
        e: weights[e] * ready.goal.value(answer.values[place])
        for place, (e, ready) in zip(stack.places, members.items(), strict=True)
    }
    return values, {p: max(0.0, -float(duals[whole.rows["within_the_shared_money", p]])) for p in market.amount}
