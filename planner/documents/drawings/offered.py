"""The drawings of a plan that are offered by name: as pictures of the command line and the page, and in the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from planner.documents.drawings import gaps, maps, money, timeline
from planner.plans.plan import Plan
from planner.words.said import Sentence, _


class Drawing(NamedTuple):
    """A drawing: what it shows, and what draws it."""

    title: Sentence
    draw: Callable[[Plan], Any]


def closed(plan: Plan) -> Any:
    """The map of what the plan closes."""
    return maps.plan_map(plan, (maps.CLOSED,), width=maps.ALONE[0])


DRAWINGS: Mapping[str, Drawing] = {
    "map": Drawing(_("map without and with the plan"), maps.plan_map),
    "closed": Drawing(_("map of what the plan closes"), closed),
    "flows": Drawing(_("maps of flows"), maps.flow_maps),
    "timeline": Drawing(_("timeline"), timeline.timeline),
    "gaps": Drawing(_("every gap"), gaps.gap_table),
    "cities": Drawing(_("cities by gap"), gaps.gap_steps),
    "money": Drawing(_("who pays when"), money.money_by_period),
    "lines": Drawing(_("where the money of each line goes"), money.money_by_line),
}
