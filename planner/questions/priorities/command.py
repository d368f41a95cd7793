"""planner priorities: what stands whatever happens, and in which order to fund it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely the first goal of each draw is to be proven."),
    Offered(
        _("What stands whatever happens?"),
        _(
            "Which measures are chosen in nearly every draw of what is uncertain, on what the others depend, and in which "
            "order to fund them. Plans each draw anew: half a minute for each in a large case, so give it some time."
        ),
    ),
    gap=1e-2,
)
def priorities(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    draws: Annotated[int, typer.Option("--draws", min=1, help="How many worlds are drawn and planned anew.")] = 40,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say which measures stand whatever happens, on what the others depend, and in which order to fund them.

    What the case says is uncertain is drawn, and each world planned anew as if it were known. Each share of the plans that
    have a measure comes with the interval that so few draws leave (95 %). A measure is firm if nine plans of ten or more
    have it, and two thirds at least by that interval: of fewer than eight draws none is. Of the others it is
    told by which factor the draws that choose them differ most, where that is clear. Then the order is funded with a fifth
    of the money, two fifths and so on, each plan holding the one before, beside the best plan for so much money. What is
    drawn until the time limit counts. The same seed gives the same answer, however many work on it.

    \b
    Example:
      planner priorities cases/jing-jin-ji --time-limit 1800 -o answers/priorities
    """
    from planner.questions.priorities.ask import priorities as ask
    from planner.questions.priorities.shown import pictures, said

    asked, known = commanding.case_and_plan(case, scenario, plan, shared.quiet)
    commanding.answer(partial(ask, asked, plan=known, draws=draws), said, pictures, shared=shared)
