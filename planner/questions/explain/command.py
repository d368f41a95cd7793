"""planner explain: why a measure is in the plan, or why it is not."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely the cost is to be known, as a share of the goal."),
    Offered(
        _("Why is a measure in the plan, or not?"),
        _(
            "What hinders or requires one measure, what the other choice would cost, and who gains by it. "
            "Mostly takes a minute at most."
        ),
    ),
)
def explain(
    case: common.CaseArgument,
    measure: Annotated[str, typer.Argument(metavar="MEASURE", help="Id or name of the measure.", show_default=False)],
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say why a measure is in the plan, or why it is not.

    Of a measure that is not in the plan: what hinders it, what it depends on, what the first goal loses when it is forced,
    and what it pushes out. Of one that is: who gains by it, what is lost without it, and what takes its place.

    \b
    Example:
      planner explain cases/jing-jin-ji hub-handan
    """
    from planner.case import naming
    from planner.questions.explain.ask import explain as ask
    from planner.questions.explain.shown import pictures, said

    asked = common.read_case(case, scenario)
    wanted = commanding.meant(naming.measure_id, asked, measure)
    known = commanding.best_plan(asked, plan, commanding.usual_places(case, asked), shared.quiet)
    commanding.answer(partial(ask, asked, wanted, plan=known), said, pictures, shared=shared)
