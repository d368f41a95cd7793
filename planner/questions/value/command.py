"""planner value: what a billion more, or less, of each line and period comes to."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely the first goal is to be proven each time."),
    Offered(
        _("What would more money on a line buy?"),
        _(
            "What a little more or less money of each line in each period would change. Takes some seconds "
            "for every line and period, in a large case about five minutes."
        ),
    ),
    gap=1e-4,
)
def value(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    amount: Annotated[
        float, typer.Option("--amount", min=0.0, help="How much more and less, in the case's unit of money.")
    ] = 1.0,
    lines: Annotated[
        list[str] | None,
        typer.Option(
            "--line",
            metavar="LINE",
            help="A budget line to ask about, by id or name; more may be named.",
            show_default="all",
        ),
    ] = None,
    limits: Annotated[
        bool, typer.Option("--limits", help="Loosen each limit that binds in the plan, too: transfers, debts, rules ...")
    ] = False,
    by: Annotated[
        list[float] | None,
        typer.Option(
            "--by", metavar="SHARE", help="By which share limits are loosened; more may be named.", show_default="0.1"
        ),
    ] = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say what a little more, or less, money of each line and period is worth to the first goal.

    By re-planning: the first goal solved anew with the other amount, as an interval, since plans are proven within a gap;
    what cannot be told from nothing is called noise. At this plan: the price of money with the plan's whole units and
    signatures as they are, so that only what is divisible, flows, jobs and payments can follow.

    With --limits also what each limit that binds costs: rights to send money, debts, largest shares, reserves, rules, levels
    of the pyramid, land, air, units and what a line may not pay for, each alone loosened by a share, or dropped.

    \b
    Example:
      planner value cases/jing-jin-ji --amount 1
      planner value cases/jing-jin-ji --line hebei --amount 5 --gap 0.001
      planner value cases/jing-jin-ji --limits --by 0.1 --by 0.5
    """
    from planner.case import naming
    from planner.questions.value.ask import value as ask
    from planner.questions.value.shown import pictures, said

    asked = common.read_case(case, scenario)
    wanted = [commanding.meant(naming.line_id, asked, line) for line in lines or ()]
    known = commanding.best_plan(asked, plan, commanding.usual_places(case, asked), shared.quiet)
    if by and not limits:
        raise common.WrongUse(_("--by says by how much limits are loosened: give --limits, too"))
    shares = (by or [0.1]) if limits else ()
    question = partial(ask, asked, amount=amount, lines=wanted or None, by=shares, plan=known)
    commanding.answer(question, said, pictures, shared=shared)
