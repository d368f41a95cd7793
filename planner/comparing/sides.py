"""Tables of several plans side by side: a row a thing, a column a plan, empty where a plan does not have the thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import nan
from typing import Any

import pandas as pd

from planner.case import Case
from planner.compiling.goals import first_about_gaps, weights
from planner.plans.plan import Plan
from planner.plans.totals import SPENT, columns, totals

Key = tuple[str, ...]
Values = Mapping[Key, float]

CASH = ("amount", "carried_in", "received", "borrowed", "tax", *SPENT, "sent", "repaid", "carried_out", "unspent",
        "debt")  # fmt: skip
SHARED = ("pays", "paid_by_others", "gap_without", "gap_with", "people_brought_to_standard", "people_worse_off")
COSTS = ("capital_cost", "private_cost", "running_cost")
FIGURES: Mapping[str, str] = {  # total -> its unit
    "gap_without": "share, 0-1",
    "gap_with": "share, 0-1",
    "spending": "money",
    "available": "money",
    "unspent": "money",
    "kept_free": "money",
    "overdrawn": "money",
    "private": "money",
    "tax": "money",
    "borrowed": "money",
    "interest": "money",
    "sent": "money",
    "running_a_year_after": "money, a year",
    "jobs": "jobs",
    "bonus_jobs": "jobs",
    "measures_chosen": "measures",
    "measures_decided_before": "measures",
}
ALL = ""  # stands for all cities


def side_by_side(sides: Sequence[Values | None], elsewhere: float = nan) -> list[tuple[Any, ...]]:
    """Rows of a key and its value in each plan; keys in the order in which they first appear.

    Parameters
    ----------
    sides
        The values of each plan; None for a plan that has none at all.
    elsewhere
        What a key means to a plan that has values but not this one.
    """
    keys = dict.fromkeys(key for side in sides for key in side or ())
    return [(*key, *(nan if side is None else side.get(key, elsewhere) for side in sides)) for key in keys]


def of_each(plans: Sequence[Plan], values: Callable[[Plan], Values], elsewhere: float = nan) -> list[tuple[Any, ...]]:
    """Values of plans side by side; a plan without decisions has none."""
    return side_by_side([values(plan) if plan.has_decisions else None for plan in plans], elsewhere)


def melted(plan: Plan, table: str, keys: Sequence[str], figures: Sequence[str]) -> Values:
    """Figures of one of a plan's tables, by key and name of the figure; of equal keys the sum."""
    found: dict[Key, float] = defaultdict(float)
    for row in columns(plan.tables[table], *keys, *figures):
        for figure, value in zip(figures, row[len(keys) :], strict=True):
            found[(*row[: len(keys)], figure)] += float(value)
    return found


def gaps(plan: Plan) -> Values:
    """(indicator, city, period, with or without) -> gap."""
    return _indicators(plan, {"with": "gap_with", "without": "gap_without"})


def levels(plan: Plan) -> Values:
    """(indicator, city, period, unit, with or without) -> figure in that unit."""
    table = plan.tables["indicators"]
    units = {row[:3]: row[3] for row in columns(table, "indicator", "city", "period", "unit")}
    found = _indicators(plan, {"with": "with_plan", "without": "without_plan"})
    return {(*key[:3], units[key[:3]], key[3]): value for key, value in found.items()}


def _indicators(plan: Plan, names: Mapping[str, str]) -> Values:
    table = plan.tables["indicators"]
    return {
        (*row[:3], state): row[3 + n]
        for row in columns(table, "indicator", "city", "period", *names.values())
        for n, state in enumerate(names)
    }


def city_gaps(plan: Plan) -> Values:
    """(city, period) -> mean gap with the plan, weighted as the first goal about gaps does; a city "" is all of them."""
    goal = first_about_gaps(plan.case)
    table = columns(plan.tables["indicators"], "indicator", "city", "period", "gap_with")
    gap = {(x, i, t): value for x, i, t, value in table}
    total: dict[Key, float] = defaultdict(float)
    weighed: dict[Key, float] = defaultdict(float)
    for (x, i, t), weight in weights(plan.case, goal, gap).items():
        for key in ((ALL, t), (i, t)):
            total[key] += weight
            weighed[key] += weight * gap[x, i, t]
    return {key: weighed[key] / total[key] for key in sorted(total, key=lambda key: key[0] != ALL)}


def unit_of(case: Case, of: str) -> str:
    """The unit of a headline figure in a case; its money is of some year's prices."""
    return of.replace("money", f"{case.money.unit}, prices of {case.money.prices}")


def emissions_of(airshed: str) -> str:
    """The name of the figure that holds an airshed's emissions."""
    return f"emissions of {airshed}"


def headline(plan: Plan) -> Values:
    """(figure, unit) -> headline figure; emissions by airshed, and how many promises are broken."""
    total = totals(plan)
    found: dict[Key, float] = {
        (name, unit_of(plan.case, of)): float(total[name]) for name, of in FIGURES.items() if total[name] is not None
    }
    found |= {
        (emissions_of(airshed), f"{plan.case.airsheds[airshed].unit}, a year, last period"): float(amount)
        for airshed, amount in total["emissions"].items()
    }
    return found | {("promises_broken", "promises"): float(len(plan.broken))}


def goals(plan: Plan) -> Values:
    """(step, goal, value or bound) -> figure, in the goal's own unit."""
    return {
        (str(n), goal.name, figure): getattr(goal, figure)
        for n, goal in enumerate(plan.goals, start=1)
        for figure in ("value", "bound", "proof_gap")
    }


def starts(plan: Plan) -> Values:
    """(measure, start period) -> units."""
    return {key[:2]: units for key, units in melted(plan, "decisions", ("measure", "start_period"), ("units",)).items()}


def frame(fixed: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[Any]], text: bool = False) -> pd.DataFrame:
    """A table with some columns that name a row, and one for each plan, of texts or of figures."""
    all_columns = [*fixed, *names]
    values = list(zip(*rows, strict=True)) or [()] * len(all_columns)
    kinds = ["str"] * len(fixed) + ["str" if text else "float64"] * len(names)
    return pd.DataFrame({c: pd.Series(list(v), dtype=kind) for c, v, kind in zip(all_columns, values, kinds, strict=True)})
