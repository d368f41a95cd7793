"""Exchange rates: what the weights of the first goal say a post, a bed, a job and a minute are worth against one another.

The mean gap is a weighted sum, so each indicator's gap in a city has a price: its weight, times what one unit less of the
shortfall takes off the gap (1 / need of a service, 1 / (worst - standard) of minutes, 1 / target of a reach and of jobs), in
all periods together. Only the mean gap counts here, not the worst city's part of a goal.
"""

from __future__ import annotations

from typing import Any

from planner.case.nouns import Case
from planner.compiling.goals import weights
from planner.questions.asking import Columns
from planner.words.said import _

EXCHANGE: Columns = {
    "indicator": "id",
    "city": "id",
    "unit": "of what is counted",
    "worth": "by how much one unit in every period lowers the mean gap of the first goal",
}


def exchange_rows(case: Case) -> list[tuple[Any, ...]]:
    """A row for each indicator and city that weighs something in the first goal."""
    goal = case.goals[0]
    if not goal.parts.get("gaps"):
        return []
    places = [
        (x, i, t) for x in case.indicators for i in case.cities for t in case.period_ids if _counted(case, x, i, t) > 0
    ]
    worth: dict[tuple[str, str], float] = {}
    for (x, i, t), weight in weights(case, goal, places).items():
        worth[x, i] = worth.get((x, i), 0.0) + weight * goal.parts["gaps"] / _counted(case, x, i, t)
    return [(x, i, unit_of(case, x), value) for (x, i), value in worth.items()]


def _counted(case: Case, x: str, i: str, t: str) -> float:
    """How many units less of the shortfall take the whole gap away; 0 where the city does not have the indicator."""
    if x in case.services:
        return case.need(x, i, t)
    if x in case.work:
        return case.work_target(x, i, t)
    access = case.access[x]
    if i not in access.origins:
        return 0.0
    if access.kind == "reach":
        return 100.0 * (access.target or 1.0)
    return (access.worst_minutes or 0.0) - access.standard_minutes


def unit_of(case: Case, x: str) -> str:
    """What is counted of an indicator."""
    if x in case.services:
        return case.services[x].unit
    if x in case.work:
        return _("jobs") if case.work[x].of == "jobs" else _("output, in the unit of gdp")
    return _("% of the cluster within reach") if case.access[x].kind == "reach" else _("minutes")
