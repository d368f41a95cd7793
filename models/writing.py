"""How a block states its rows: the row in the model has its function's name. Before each, the model's `check` is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyomo.environ as pyo


def state(m: Any, row: Callable[..., Any], over: Iterable[Any]) -> None:
    """Add `row` to the model for every index in `over`, under the function's own name.

    One after the other and not by Pyomo's rule, which would report as an error that somebody wants to stop.
    """
    indices = list(over)
    setattr(m, row.__name__, pyo.Constraint(indices))
    component = getattr(m, row.__name__)
    for index in indices:
        m.check()
        component.add(index, row(m, *index) if isinstance(index, tuple) else row(m, index))


def express(m: Any, name: str, over: Iterable[Any], rule: Callable[..., Any]) -> None:
    """Add a named expression over the indices in `over`; its rule's docstring says what it is."""
    m.check()
    setattr(m, name, pyo.Expression(list(over), rule=rule))


def entry(component: Any, *index: Any) -> Any:
    """A component's entry, or 0 where it has none: what cannot be is nothing."""
    return component[index] if index in component else 0  # noqa: SIM401 (Pyomo's components have no get)
