"""The contents page: which blocks a plan's model has, and how they are put together. Only here is Pyomo named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

from models import (
    access,
    after,
    air,
    alone,
    credit,
    crowding,
    curve,
    division,
    dual,
    evenness,
    fairness,
    gaps,
    goals,
    industry,
    measures,
    money,
    moves,
    network,
    policies,
    rules,
    services,
    shared,
    taxes,
    transfers,
    work,
)  # fmt: skip
from models.instance import Instance
from models.measures import Follows
from models.modelling import PauseGC, pyo

BLOCKS = (
    measures, network, gaps, access, services, moves, industry, work, crowding,
    air, policies, money, shared, after, taxes, credit, transfers, rules,
    curve, fairness, goals, alone, evenness,
)  # fmt: skip
DIVISION, PRICES = (measures, division), (measures, dual)  # of a programme: whose plan is which, and the prices of its money
EVERY = (*BLOCKS, division, dual)  # blocks of a plan, then those over the members of a programme


class Model(pyo.ConcreteModel):  # type: ignore[misc]
    """What blocks declare their decisions and state their rows in.

    Attributes
    ----------
    given
        The sets and parameters.
    follows
        Decision -> how it follows from the starts, where it does.
    promises
        Rows that are rules of the case and not facts of the world (what serves, routes, capacity, need).
    limits_of_jobs
        Those of them that limit the jobs of parks also without the plan.
    """

    def __init__(self, given: Instance, check: Callable[[], None]) -> None:
        super().__init__()
        self.given, self.check = given, check
        self.follows: dict[str, Follows] = {}
        self.promises: list[str] = []
        self.limits_of_jobs: list[str] = []

    def state_all(self, blocks: Sequence[ModuleType]) -> None:
        """Every block declares its decisions, then every block states its rows."""
        with PauseGC():  # building makes no cycles worth collecting, and collecting doubles the time
            for block in blocks:
                self.check()
                block.declare(self)
            for block in blocks:
                self.check()
                block.constrain(self)

    def decide(
        self,
        name: str,
        over: Iterable[Any] | None,
        doc: str,
        bounds: Any = (0, None),
        whole: Any = False,
        follows: Any = None,
    ) -> None:
        """Add a decision over the indices in `over`, or one alone.

        Parameters
        ----------
        doc
            What it is, for the notation.
        bounds
            Least and most, or a function of the model and the index that says them.
        whole
            Whether it takes whole numbers only, or a function of the model and the index that says so.
        follows
            How it follows from the starts (of :class:`models.measures.Made` and the index), where nothing else decides it.
        """
        domain = (lambda m, *index: _domain(whole(m, *index))) if callable(whole) else _domain(whole)
        indices = () if over is None else (list(over),)
        setattr(self, name, pyo.Var(*indices, domain=domain, bounds=bounds, doc=doc))
        if follows is not None:
            self.follows[name] = follows

    def express(self, name: str, over: Iterable[Any], rule: Callable[..., Any]) -> None:
        """Add a named expression over the indices in `over`; its rule's docstring says what it is."""
        self.check()
        setattr(self, name, pyo.Expression(list(over), rule=rule))

    def state(self, row: Callable[..., Any], over: Iterable[Any], promise: bool = False, limits_jobs: bool = False) -> None:
        """Add a row for every index in `over`, under its function's own name.

        One after the other and not by Pyomo's rule, which would report as an error that somebody wants to stop.

        Parameters
        ----------
        promise
            Whether it is a rule of the case, which hand-made plans can break, and no fact of the world.
        limits_jobs
            Whether parks work only as far as this promise lets them, also without the plan.
        """
        if promise:
            self.promises.append(row.__name__)
        if limits_jobs:
            self.limits_of_jobs.append(row.__name__)
        indices = list(over)
        setattr(self, row.__name__, pyo.Constraint(indices))
        component = getattr(self, row.__name__)
        for index in indices:
            self.check()
            component.add(index, row(self, *index) if isinstance(index, tuple) else row(self, index))

    def minimise(self, objective: Callable[..., Any], over: Iterable[Any] | None = None) -> None:
        """Add an objective for every index in `over`, or one alone, under its function's own name."""
        indices = () if over is None else (list(over),)
        setattr(self, objective.__name__, pyo.Objective(*indices, rule=objective))

    def entry(self, name: str, *index: Any) -> Any:
        """A component's entry, or 0 where it has none: what cannot be is nothing."""
        component = getattr(self, name)
        return component[index] if index in component else 0  # noqa: SIM401 (Pyomo's components have no get)


def _domain(whole: bool) -> Any:
    return pyo.Integers if whole else pyo.Reals


SEARCHED = tuple(block for block in BLOCKS if block is not evenness)  # what decisions are searched for in


def build(given: Instance, check: Callable[[], None] = lambda: None, blocks: Sequence[ModuleType] = BLOCKS) -> Model:
    """The model of an instance: every block declares its decisions, then every block states its rows.

    Two rounds, so that a row may speak of any block's decisions whatever the order of the blocks.

    Parameters
    ----------
    check
        Called before each block and each row; what it raises ends the building.
    blocks
        Which of the blocks.
    """
    m = Model(given, check)
    m.state_all(blocks)
    return m
