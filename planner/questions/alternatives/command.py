"""planner alternatives: other plans nearly as good as the best, and what all of them have in common."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely each plan is the best of those so different."),
    Offered(
        _("Which other plans are almost as good?"),
        _(
            "Other plans within so much of the best, and which measures all of them have. The plans take a "
            "minute or two; to prove it of every measure of a large case may take an hour."
        ),
    ),
)
def alternatives(
    case: common.CaseArgument,
    within: Annotated[
        str, typer.Option("--within", metavar="SHARE", help="How much worse than the best in the first goal: 1% or 0.01.")
    ] = "1%",
    differ: Annotated[
        int | None,
        typer.Option(
            "--differ",
            min=1,
            help="Measures in which plans differ, at least.",
            show_default="a tenth of those that can be chosen, from 1 to 5",
        ),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=0, help="Plans beside the best, at most.")] = 5,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Find plans nearly as good as the best that differ from it, and say what all such plans have in common.

    Each plan is the best that differs in so many measures from the best plan and from those before it; each is audited,
    and kept with -o. For every measure it is proven, by solving, whether every, some or no plan within the share of the
    best has it. A measure is in a plan when at least one unit of it starts; of one that can be divided, a hundredth.

    \b
    Example:
      planner alternatives cases/jing-jin-ji --within 1% --differ 5 --count 5 --time-limit 600 -o answers/alternatives
    """
    from planner.questions.alternatives.ask import alternatives as ask
    from planner.questions.alternatives.shown import pictures, said

    share = _share(within)
    asked, known = commanding.case_and_plan(case, scenario, plan, shared.quiet)
    question = partial(ask, asked, plan=known, within=share, differ=differ, count=count)
    commanding.answer(question, said, pictures, shared=shared)


def _share(text: str) -> float:
    """A share that somebody wrote: 1%, 1 % or 0.01."""
    bare = text.strip().removesuffix("%")
    try:
        share = float(bare) / (100.0 if text.strip().endswith("%") else 1.0)
    except ValueError:
        raise common.WrongUse(_("--within {text}: write a share such as 1% or 0.01").format(text=text)) from None
    if not 0.0 <= share <= 1.0:
        said = _("--within {text}: a plan can be worse than the best by 0% to 100%").format(text=text)
        if 1.0 < share <= 100.0 and "%" not in text:
            said = _("{said}. Did you mean {share}%?").format(said=said, share=text.strip())
        raise common.WrongUse(said)
    return share
