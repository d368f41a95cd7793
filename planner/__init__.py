"""Plans investments for a cluster of cities. The public names, each imported when first used.

>>> import planner
>>> case = planner.load_case("cases/jing-jin-ji")
>>> plan = planner.solve(case)
>>> planner.audit(plan).passed
True
>>> planner.write_plan(plan, "plans/mine")
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.audit import audit
    from planner.case import load_case, write_case
    from planner.evaluating import evaluate
    from planner.plan import Plan
    from planner.solving import solve
    from planner.store import list_plans, read_plan, write_plan

__version__ = "0.1.0"
__all__ = [
    "Plan", "audit", "evaluate", "list_plans", "load_case", "read_plan", "solve", "write_case", "write_plan",
]  # fmt: skip

_HOME = {
    "Plan": "planner.plan",
    "audit": "planner.audit",
    "evaluate": "planner.evaluating",
    "list_plans": "planner.store",
    "load_case": "planner.case",
    "read_plan": "planner.store",
    "solve": "planner.solving",
    "write_case": "planner.case",
    "write_plan": "planner.store",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'planner' has no attribute {name!r}")
    found = import_module(_HOME[name])
    value = found if name == "audit" else getattr(found, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _CallableRoom(ModuleType):
    """`planner.audit` is a room and a public function of the same name: calling the room calls its function."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.audit(*args, **kwargs)


class _Package(ModuleType):
    """Makes the room `audit` callable at the moment Python hangs it into the package, whoever imports it first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "audit" and type(value) is ModuleType:
            value.__class__ = _CallableRoom
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
