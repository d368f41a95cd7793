"""planner risk: how sure a plan is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _

if TYPE_CHECKING:
    from planner.plans.plan import Plan

Place = Annotated[
    Path,
    typer.Argument(
        metavar="PLAN|CASE", help="Folder of a plan, or of a case whose plan is asked about.", show_default=False
    ),
]
Other = Annotated[
    Path | None,
    typer.Argument(metavar="PLAN", help="Another plan, to be set beside it in the same draws.", show_default=False),
]


@commanding.question(
    _("How closely the best plan is to be proven, if it is solved."),
    Offered(
        _("How sure is the plan?"),
        _(
            "The chance of closing a share of the gap, how often lines are overdrawn, what to hold back and what drives it: "
            "the plan kept, the world drawn again and again. Takes a second or two for a draw of a large case."
        ),
    ),
    gap=1e-4,
)
def risk(
    place: Place,
    other: Other = None,
    scenario: common.ScenarioOption = None,
    draws: Annotated[int, typer.Option("--draws", min=1, help="How many worlds are drawn.")] = 300,
    at_least: Annotated[
        float | None,
        typer.Option(
            "--at-least",
            min=0.0,
            max=1.0,
            help="Share of the gap whose chance is told.",
            show_default="nine tenths of what the plan closes",
        ),
    ] = None,
    frontier: Annotated[
        bool,
        typer.Option("--frontier", help="Also what certainty costs: plans that hold in 50, 65, 80 and 90 % of the draws."),
    ] = False,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say how sure a plan is: its decisions kept, costs, jobs, years of works and heads drawn again and again.

    What is uncertain stands in the case (`uncertain`), with what it rests on; norms with a range count where nothing is said
    of a cost. The answer tells the chance of closing a share of the gap, how often each line is overdrawn and what to hold
    back for 65, 80 and 90 % of the draws, which works come late, which cities may fare worst, and what drives it all. The
    same seed gives the same answer, however many work on it. A second plan meets the same worlds, and it is told in how many
    draws which of the two closes more.

    With --frontier plans are looked for, too, of which every line holds in every period in 50, 65, 80 and 90 % of the draws
    (as planner solve --reserve does), and it is told what each closes, keeps free, and how often all lines hold together.

    \b
    Example:
      planner risk plans/jing-jin-ji--base --draws 300 -o answers/risk
      planner risk plans/jing-jin-ji--base plans/jing-jin-ji--base--P80
      planner risk cases/jing-jin-ji --frontier --time-limit 1800
      planner risk cases/jing-jin-ji --at-least 0.33
    """
    from planner.plans import store
    from planner.questions.risk.ask import risk as ask
    from planner.questions.risk.shown import pictures, said

    known: Plan | None
    if store.is_plan(place):
        if plan is not None or scenario is not None:
            raise common.WrongUse(_("a plan is named already: --plan and --scenario go with a case"))
        known = common.read_plan(place)
        common.warn_if_edited(known, shared.quiet)
        case = known.case
    else:
        case, known = commanding.case_and_plan(place, scenario, plan, shared.quiet)
    beside = None if other is None else common.read_plan(other)
    if beside is not None:
        common.warn_if_edited(beside, shared.quiet)
    question = partial(ask, case, plan=known, other=beside, draws=draws, at_least=at_least, frontier=frontier)
    commanding.answer(question, said, pictures, shared=shared)
