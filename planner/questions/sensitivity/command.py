"""planner sensitivity: what the plan comes to when assumptions are lower or higher."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _

if TYPE_CHECKING:
    from planner.case import Case


@commanding.question(
    _("How closely each first goal is to be known, as a share of it."),
    Offered(
        _("Which assumptions matter?"),
        _(
            "How the plan fares when costs, needs or money turn out lower or higher, and which measures "
            "stay. Takes some minutes, in a large case a quarter of an hour."
        ),
    ),
)
def sensitivity(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    groups: Annotated[
        str, typer.Option("--groups", help="Assumptions to change, with commas between.")
    ] = "costs,need,budgets,boarding,weights",
    by: Annotated[
        float, typer.Option("--by", min=0.01, max=0.9, help="Share by which need, budgets and boarding minutes change.")
    ] = 0.2,
    scenarios: Annotated[
        str,
        typer.Option(
            "--scenarios", help="Scenarios of the case to compare with, with commas between, or all.", show_default="none"
        ),
    ] = "",
    switching: Annotated[
        int,
        typer.Option(
            "--switching", min=0, help="How many of the dearest measures to find the cost for at which they leave."
        ),
    ] = 3,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure", help="A measure to find that cost of, by id or name; may be said again.", show_default="the dearest"
        ),
    ] = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say what the plan comes to, kept and made anew, when assumptions are lower or higher.

    Costs go to the low and high of their norms; need, budgets and boarding minutes down and up by --by; each weight of the
    first goal is halved and doubled. For each: the first goal with the plan kept, with a plan made anew, and how many of the
    measures are chosen again. Then which measures come and go, at what multiple of its cost a measure leaves the plan, and
    what the weights say a post and a minute are worth against one another.

    \b
    Example:
      planner sensitivity cases/jing-jin-ji --groups budgets,need --time-limit 600 -o answers/sensitivity
    """
    from planner.case import naming
    from planner.questions.sensitivity.ask import sensitivity as ask
    from planner.questions.sensitivity.shown import pictures, said

    asked = common.read_case(case, scenario)
    wanted_measures = [commanding.meant(naming.measure_id, asked, measure) for measure in measures or ()]
    known = commanding.best_plan(asked, plan, commanding.usual_places(case, asked), shared.quiet)
    others = {name: common.read_scenario(case, asked, name) for name in _scenarios(asked, scenarios)}
    wanted = tuple(group.strip() for group in groups.split(",") if group.strip())
    switch = wanted_measures or switching
    question = partial(ask, asked, plan=known, groups=wanted, by=by, scenarios=others, switch=switch)
    commanding.answer(question, said, pictures, shared=shared)


def _scenarios(case: Case, said: str) -> list[str]:
    if said == "all":
        return list(case.scenarios)
    return commanding.scenarios_named(case, said)
