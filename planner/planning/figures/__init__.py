"""The tables of a plan, from what its decisions were settled to come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planner.case import Case, FrozenDict
from planner.planning.figures import cash, industry, places
from planner.planning.figures.scores import goal_results, goal_value
from planner.planning.figures.settled import Settled, broken_promises
from planner.plans.plan import Broken
from planner.plans.tables import TABLES, Alone, frame

__all__ = ["Figures", "Settled", "broken_promises", "figures_of", "goal_results", "goal_value"]


@dataclass(frozen=True)
class Figures:
    """All tables of a plan, and which promises are broken."""

    tables: FrozenDict[str, pd.DataFrame]
    broken: tuple[Broken, ...]


def figures_of(case: Case, with_plan: Settled, without: Settled, alone: Sequence[Alone] = ()) -> Figures:
    """All tables of some decisions, with and without them.

    Parameters
    ----------
    alone
        Rows of the table of stand-alone plans, where the case promises them.
    """
    taxes = industry.taxes(case, with_plan)
    indicators = places.indicators(case, with_plan, without)
    money = cash.money(case, with_plan, taxes)
    rows: dict[str, Sequence[tuple[object, ...]]] = {
        "decisions": cash.decisions(case, with_plan),
        "indicators": indicators,
        "routes": places.routes(case, with_plan, without),
        "flows": places.flows(with_plan),
        "uses": places.uses(case, with_plan, without),
        "levels": places.levels(case, with_plan, without),
        "moves": places.moves(case, with_plan),
        "money": money,
        "spending": cash.spending(case, with_plan),
        "private": cash.private(case, with_plan),
        "transfers": cash.transfers(with_plan),
        "parks": industry.parks(case, with_plan),
        "phases": industry.phases(with_plan),
        "bonus": industry.bonus(with_plan),
        "taxes": taxes,
        "skills": industry.skills(case, with_plan),
        "airsheds": industry.airsheds(case, with_plan),
        "alone": list(alone),
        "jurisdictions": cash.jurisdictions(case, indicators, with_plan),
    }
    tables = {name: frame(name, rows[name]) for name in TABLES}
    broken = (*cash.overspent(case, with_plan, money), *with_plan.broken)
    return Figures(FrozenDict(tables), broken)
