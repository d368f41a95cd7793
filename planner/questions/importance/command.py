"""planner importance: what the plan loses without each measure that it chooses."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely each loss is to be known, as a share of the goal."),
    Offered(
        _("What is lost without each measure?"),
        _(
            "What the plan would lose without each of its measures, planned anew each time. Takes some "
            "seconds for a measure, in a large case ten minutes for all."
        ),
    ),
)
def importance(
    case: common.CaseArgument,
    measures: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MEASURE", help="Measures to ask about, by id or name.", show_default="all that the plan chooses"
        ),
    ] = None,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say what the first goal loses without each measure that the plan chooses.

    Each measure is forbidden in turn and the rest planned anew, for the first goal alone. A loss is given as an interval:
    at least what is proven, at most what the best plan found without the measure loses. Losses below the gap are noise.
    A measure that the plan does not choose loses nothing; planner explain says what forcing it costs.

    \b
    Example:
      planner importance cases/jing-jin-ji --time-limit 600 -o answers/importance
    """
    from planner.case import naming
    from planner.questions.importance.ask import importance as ask
    from planner.questions.importance.shown import pictures, said

    asked = common.read_case(case, scenario)
    wanted = [commanding.meant(naming.measure_id, asked, measure) for measure in measures or ()]
    known = commanding.best_plan(asked, plan, commanding.usual_places(case, asked), shared.quiet)
    commanding.answer(partial(ask, asked, plan=known, measures=wanted or None), said, pictures, shared=shared)
