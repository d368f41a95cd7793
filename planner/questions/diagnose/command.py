"""planner diagnose: why a case cannot be met, and the smallest changes that make it possible."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.words.said import _


@commanding.question(
    _("How closely the least change is to be known, as a share of it."),
    Offered(
        _("Why can the case not be met, and what would help?"),
        _(
            "Which promises stand against one another, and the smallest changes that would let there be a plan. Takes a "
            "minute or two in a large case."
        ),
        hidden=frozenset({"scenarios"}),
    ),
    gap=1e-4,
    workers=1,
)
def diagnose(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Print the repairs as scenarios to paste into case.yaml.")
    ] = False,
    *,
    shared: commanding.Shared,
) -> None:
    """Say why a case cannot be met, and the smallest changes that make it possible.

    The changes are alternatives, each enough by itself and tried on the case: more money, lower targets and rules, decided
    measures later or dropped, weaker demands on projects (requirements, groups, gates, quotas, caps), less fairness; and a
    mixture where none of these is enough. Beside them stand a few promises that contradict one another. A case that can be
    met is said to be so at once.

    \b
    Example:
      planner diagnose cases/jing-jin-ji --scenario tight-money
    """
    from planner.questions.diagnose import shown as answers
    from planner.questions.diagnose.ask import diagnose as ask

    question = partial(ask, common.read_case(case, scenario))
    commanding.answer(question, answers.said, text=answers.scenarios if scenarios else None, shared=shared)
