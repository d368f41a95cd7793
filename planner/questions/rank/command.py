"""planner rank: what a scoring sheet would fund, and how much more the optimal plan closes from the same lines."""

from __future__ import annotations

from functools import partial

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely the best plan is to be proven, if it is solved."),
    Offered(
        _("How good is a ranked list of single measures?"),
        _(
            "What a scoring sheet would fund, one measure after the other, and how much more the best plan "
            "closes from the same money. Takes less than a minute."
        ),
    ),
    gap=1e-4,
)
def rank(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Fund measures in order of what each closes for its money, and compare the result with the best plan.

    The way a scoring sheet works: every measure is scored alone, one unit in its earliest period together with what it
    requires and its other half, by what it closes of the first goal for its public cost. The list is then funded from the
    top, each unit as early as the lines can pay, until nothing more fits. How measures help or replace one another is not
    seen. Limits of the case are kept; targets, minimum spending and rules of the kind "at least" are not looked at, and
    broken ones are reported. Of what -o writes, plans/ranked is the ranked plan, which can be shown, audited and compared
    like any plan.

    \b
    Example:
      planner rank cases/jing-jin-ji --plan plans/jing-jin-ji--base -o ranking
      planner show ranking/plans/ranked
    """
    from planner.questions.rank.ask import rank as ask
    from planner.questions.rank.shown import pictures, said

    asked, known = commanding.case_and_plan(case, scenario, plan, shared.quiet)
    commanding.answer(partial(ask, asked, plan=known), said, pictures, shared=shared)
