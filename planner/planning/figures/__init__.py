"""The tables of a plan, from what its decisions were settled to come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.case import Case, FrozenDict
from planner.planning.figures import industry, money, places
from planner.planning.figures.scores import OF_GOALS, goal_results, goal_value, room_of
from planner.planning.figures.settled import Settled, broken_promises
from planner.plans.plan import Broken
from planner.plans.tables import TABLES, Alone, frame

__all__ = ["Figures", "Settled", "broken_promises", "figures_of", "goal_results", "goal_value", "room_of"]


@dataclass(frozen=True)
class Figures:
    """The tables of a plan, all or those that were asked for, and which promises are broken."""

    tables: FrozenDict[str, pd.DataFrame]
    broken: tuple[Broken, ...]


def figures_of(
    case: Case, with_plan: Settled, without: Settled, alone: Sequence[Alone] = (), wanted: Collection[str] = TABLES
) -> Figures:
    """The tables of some decisions, with and without them.

    Parameters
    ----------
    alone
        Rows of the table of stand-alone plans, where the case promises them.
    wanted
        The tables that are asked for: in many draws most are not. Those that goals are read from are always there.
    """
    taxes = industry.taxes(case, with_plan)
    indicators = places.indicators(case, with_plan, without)
    lines = money.money(case, with_plan, taxes)
    rows: dict[str, Callable[[], Sequence[tuple[object, ...]]]] = {
        "decisions": lambda: money.decisions(case, with_plan),
        "indicators": lambda: indicators,
        "routes": lambda: places.routes(case, with_plan, without),
        "flows": lambda: places.flows(with_plan),
        "uses": lambda: places.uses(case, with_plan, without),
        "levels": lambda: places.levels(case, with_plan, without),
        "moves": lambda: places.moves(case, with_plan),
        "money": lambda: lines,
        "spending": lambda: money.spending(case, with_plan),
        "private": lambda: money.private(case, with_plan),
        "transfers": lambda: money.transfers(with_plan),
        "parks": lambda: industry.parks(case, with_plan),
        "phases": lambda: industry.phases(with_plan),
        "bonus": lambda: industry.bonus(with_plan),
        "taxes": lambda: taxes,
        "skills": lambda: industry.skills(case, with_plan),
        "airsheds": lambda: industry.airsheds(case, with_plan),
        "alone": lambda: list(alone),
        "jurisdictions": lambda: money.jurisdictions(case, indicators, with_plan),
    }
    tables = {name: frame(name, rows[name]()) for name in TABLES if name in wanted or name in OF_GOALS}
    broken = (*money.overspent(case, with_plan, lines), *with_plan.broken)
    return Figures(FrozenDict(tables), broken)
