"""How a block states its rows: the row in the model has its function's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyomo.environ as pyo


def state(m: Any, row: Callable[..., Any], over: Iterable[Any]) -> None:
    """Add `row` to the model for every index in `over`, under the function's own name."""
    setattr(m, row.__name__, pyo.Constraint(list(over), rule=row))


def express(m: Any, name: str, over: Iterable[Any], rule: Callable[..., Any]) -> None:
    """Add a named expression over the indices in `over`; its rule's docstring says what it is."""
    setattr(m, name, pyo.Expression(list(over), rule=rule))


def entry(component: Any, *index: Any) -> Any:
    """A component's entry, or 0 where it has none: what cannot be is nothing."""
    return component[index] if index in component else 0  # noqa: SIM401 (Pyomo's components have no get)
