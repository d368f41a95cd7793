"""planner frontier: what more or less money comes to, or how two goals trade against each other."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.terminal.common import WrongUse
from planner.words.said import _

LARGEST_SHARE = 10.0  # of the money, written as a number: 50 is meant as 50 %, and has to say so


@commanding.question(
    _("How closely each goal of each point is to be proven."),
    Offered(
        _("How much more money closes how much more of the gap?"),
        _(
            "A curve of what the best plan closes with less and with more money, and where it bends. Takes "
            "a minute or two for every few points in a large case."
        ),
    ),
)
def frontier(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    points: Annotated[
        int | None,
        typer.Option(
            "--points",
            metavar="N",
            min=2,
            help="How many; with --every how many at most.",
            show_default="15, with --every 100",
        ),
    ] = None,
    low: Annotated[
        str | None, typer.Option("--from", metavar="SHARE", help="The least money: 50% or 0.5.", show_default="50%")
    ] = None,
    high: Annotated[
        str | None, typer.Option("--to", metavar="SHARE", help="The most money: 150% or 1.5.", show_default="150%")
    ] = None,
    lines: Annotated[
        list[str] | None,
        typer.Option(
            "--line",
            metavar="LINE",
            help="A budget line whose money is scaled, by id or name; more may be named.",
            show_default="all together",
        ),
    ] = None,
    goals: Annotated[
        str | None,
        typer.Option(
            "--goals",
            metavar="FIRST,SECOND",
            help="Two goals against each other instead: names or numbers of the case's goals, or gaps, worst_city, "
            "spending, starts, emissions, benefit.",
            show_default="money against the first goal",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--every", help="Every plan that no other beats in both goals: for small cases.")
    ] = False,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Show what less or more money comes to, or how two goals trade against each other.

    Every point is a plan of its own, kept with -o, together with a picture. The knee is where the curve bends most: before
    it more money (or giving up the second goal) buys much, after it little. More money never hurts: a plan for less money is
    one for more, too.

    \b
    Example:
      planner frontier cases/jing-jin-ji --points 15 --from 50% --to 150% -o answers/frontier
      planner frontier cases/jing-jin-ji --line hebei
      planner frontier cases/tiny --goals gaps,spending --every
    """
    from planner.case import naming
    from planner.questions.frontier.ask import frontier as ask
    from planner.questions.frontier.shown import pictures, said

    if goals is not None and (low is not None or high is not None):
        raise WrongUse(_("--from and --to are shares of the money: they do not go with --goals"))
    if goals is not None and plan is not None:
        raise WrongUse(_("--plan is a point of a frontier of money: it does not go with --goals"))
    asked = common.read_case(case, scenario)
    wanted = [commanding.meant(naming.line_id, asked, line) for line in lines or ()]
    known = (
        None if goals is not None else commanding.best_plan(asked, plan, commanding.usual_places(case, asked), shared.quiet)
    )
    question = partial(
        ask,
        asked,
        points=points,
        low=_share("--from", low or "50%"),
        high=_share("--to", high or "150%"),
        lines=wanted or None,
        goals=None if goals is None else goals.split(","),
        every=every,
        plan=known,
    )
    commanding.answer(question, said, pictures, shared=shared)


def _share(option: str, text: str) -> float:
    """A share written as per cent or as a number."""
    number = text.strip().removesuffix("%")
    try:
        share = float(number) / (100.0 if text.strip().endswith("%") else 1.0)
    except ValueError:
        raise WrongUse(_("{option} '{text}' is not a share: write 50% or 0.5").format(option=option, text=text)) from None
    if not 0.0 <= share <= LARGEST_SHARE:
        raise WrongUse(
            _("{option} {text} is not a share from 0 to 1000%: write 50% or 0.5").format(option=option, text=text)
        )
    return share
