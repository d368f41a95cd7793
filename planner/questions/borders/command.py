"""planner borders: what non-cooperation costs, and what each signature is worth."""

from __future__ import annotations

from functools import partial

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely each plan is to be proven, as a share of each goal."),
    Offered(
        _("What does planning alone cost, and what is each signature worth?"),
        _(
            "What is lost where each jurisdiction plans alone or nobody signs anything, and what each "
            "signature adds. Takes a minute or two in a large case."
        ),
    ),
)
def borders(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Say what non-cooperation costs the cluster, and what each signature is worth.

    The same case is planned in three ways: by each jurisdiction alone, with only what it hosts, signs and pays itself;
    by all together, but without instruments that need more than one signature; and with them. Then each instrument that
    the plan signs is forbidden in turn, and the rest planned anew for the first goal. A signature's worth is an interval:
    at least what is proven, at most what the best plan found without it loses.

    \b
    Example:
      planner borders cases/jing-jin-ji --time-limit 600 -o answers/borders
    """
    from planner.questions.borders.ask import borders as ask
    from planner.questions.borders.shown import pictures, said

    asked, known = commanding.case_and_plan(case, scenario, plan, shared.quiet)
    commanding.answer(partial(ask, asked, plan=known), said, pictures, shared=shared)
