"""Plans investments for a cluster of cities. The public names, each imported when first used.

>>> import planner
>>> case = planner.load_case("cases/jing-jin-ji")
>>> plan = planner.solve(case)
>>> planner.audit_plan(plan).passed
True
>>> planner.write_plan(plan, "plans/mine")
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.audit import audit as audit_plan
    from planner.case import load_case, write_case
    from planner.comparing import compare
    from planner.planning.handmade import evaluate
    from planner.planning.held import hold
    from planner.planning.search import solve
    from planner.plans.plan import Plan
    from planner.plans.store import list_plans, read_plan, write_plan
    from planner.programme.audit import audit_programme
    from planner.programme.reading import load_programme
    from planner.programme.result import solve_programme
    from planner.programme.store import read_programme, write_programme
    from planner.questions.alternatives.ask import alternatives
    from planner.questions.asking import AskOptions
    from planner.questions.borders.ask import borders
    from planner.questions.diagnose.ask import diagnose
    from planner.questions.explain.ask import explain
    from planner.questions.frontier.ask import frontier
    from planner.questions.importance.ask import importance
    from planner.questions.keeping import write_result
    from planner.questions.priorities.ask import priorities
    from planner.questions.rank.ask import rank
    from planner.questions.replan.ask import replan
    from planner.questions.risk.ask import risk
    from planner.questions.robust.ask import robust
    from planner.questions.sensitivity.ask import sensitivity
    from planner.questions.value.ask import value

__version__ = "0.1.0"
_HOME = {
    "AskOptions": "planner.questions.asking",
    "Plan": "planner.plans.plan",
    "alternatives": "planner.questions.alternatives.ask",
    "audit_plan": "planner.audit",
    "audit_programme": "planner.programme.audit",
    "compare": "planner.comparing",
    "diagnose": "planner.questions.diagnose.ask",
    "borders": "planner.questions.borders.ask",
    "evaluate": "planner.planning.handmade",
    "frontier": "planner.questions.frontier.ask",
    "hold": "planner.planning.held",
    "explain": "planner.questions.explain.ask",
    "importance": "planner.questions.importance.ask",
    "list_plans": "planner.plans.store",
    "load_case": "planner.case",
    "load_programme": "planner.programme.reading",
    "priorities": "planner.questions.priorities.ask",
    "rank": "planner.questions.rank.ask",
    "read_plan": "planner.plans.store",
    "read_programme": "planner.programme.store",
    "sensitivity": "planner.questions.sensitivity.ask",
    "replan": "planner.questions.replan.ask",
    "risk": "planner.questions.risk.ask",
    "robust": "planner.questions.robust.ask",
    "solve": "planner.planning.search",
    "solve_programme": "planner.programme.result",
    "value": "planner.questions.value.ask",
    "write_case": "planner.case",
    "write_plan": "planner.plans.store",
    "write_programme": "planner.programme.store",
    "write_result": "planner.questions.keeping",
}
__all__ = [
    "AskOptions",
    "Plan",
    "alternatives",
    "audit_plan",
    "audit_programme",
    "borders",
    "compare",
    "diagnose",
    "evaluate",
    "explain",
    "frontier",
    "hold",
    "importance",
    "list_plans",
    "load_case",
    "load_programme",
    "priorities",
    "rank",
    "read_plan",
    "read_programme",
    "replan",
    "risk",
    "robust",
    "sensitivity",
    "solve",
    "solve_programme",
    "value",
    "write_case",
    "write_plan",
    "write_programme",
    "write_result",
]

_NAME_THERE = {"audit_plan": "audit"}  # `planner.audit` is the room itself


def _check_neighbours() -> None:
    """`models` and `ui` lie beside this package on purpose: others of these names before them would win in silence.

    Raises
    ------
    ImportError
        Which package is in the way, and what to do.
    """
    home = Path(__file__).resolve().parent.parent
    for name in ("models", "ui"):
        found = find_spec(name)
        if found is None:
            raise ImportError(f"planner needs the package '{name}' that was installed with it in {home}: install it again")
        place = Path(
            found.origin or next(iter(found.submodule_search_locations or ()))
        ).resolve()  # a file, or a bare folder
        if place != home / name / "__init__.py":
            raise ImportError(
                f"planner needs its own package '{name}' in {home}, but another one comes first: {place}. Start planner "
                "from another folder, or give it an environment of its own (python -m venv)"
            )


_check_neighbours()


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'planner' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), _NAME_THERE.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
