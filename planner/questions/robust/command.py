"""planner robust: first decisions that suit several scenarios together, and a plan for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import typer

from planner.questions import commanding
from planner.questions.offering import Offered
from planner.terminal import common
from planner.terminal.common import ExitCode, WrongUse
from planner.words.said import Sentence, _

CRITERIA: Mapping[str, Sentence] = {
    "expected": _("the mean over the scenarios"),
    "worst": _("the worst scenario"),
    "regret": _("the largest regret"),
    "cvar": _("the mean of the worst scenarios"),
}


@commanding.question(
    _("Stop a step when it is proven within this share of the best."),
    Offered(
        _("Which first steps are right in several scenarios?"),
        _(
            "What to start first when it is not known which scenario comes true. The longest of all "
            "questions: give a large case ten minutes or more."
        ),
        choices={"criterion": CRITERIA},
        hidden=frozenset({"weights", "cvar_share", "threads"}),
    ),
)
def robust(
    case: common.CaseArgument,
    scenarios: Annotated[
        str,
        typer.Option("--scenarios", metavar="A,B,...", help="Scenarios that may come true; base is the case as it stands."),
    ],
    weights: Annotated[
        str | None,
        typer.Option(
            "--weights", metavar="W,W,...", help="How likely each is, scaled to add to 1.", show_default="all the same"
        ),
    ] = None,
    criterion: Annotated[
        str,
        typer.Option("--criterion", help="What to minimise over the scenarios: expected, worst, regret or cvar."),
    ] = "expected",
    cvar_share: Annotated[
        float, typer.Option("--cvar-share", help="Of cvar: the share of the futures, from the worst, whose mean counts.")
    ] = 0.25,
    threads: Annotated[
        int | None,
        typer.Option(
            "--threads",
            min=1,
            max=common.MOST_THREADS,
            help="Threads of the solve for all scenarios together.",
            show_default="all processors",
        ),
    ] = None,
    *,
    shared: commanding.Shared,
) -> None:
    """Find first-period decisions that suit several scenarios together, and a plan for each scenario.

    What starts in the first period is the same in every scenario, since it is decided before anybody knows which comes
    true; everything later may differ. A measure that some scenario does not offer in the first period starts then in none.
    The criterion is over the first goal: its weighted mean (expected), its value in the worst scenario (worst), the
    largest distance to the best plan for a scenario alone (regret), or the mean of the worst share of the futures (cvar).

    The answer compares with knowing the scenario beforehand, and with planning for the first scenario named alone.
    Three scenarios of a large case take many times as long as one: give a time limit; what is proven by then is said.

    \b
    Example:
      planner robust cases/jing-jin-ji --scenarios base,tight-money,fast-ageing --weights 2,1,1 --time-limit 300
    """
    from planner.questions.robust.ask import robust as ask
    from planner.questions.robust.shown import pictures, said

    cases = [common.read_case(case, name.strip()) for name in scenarios.split(",") if name.strip()]
    names = [asked.scenario for asked in cases]
    known = {
        name: plan
        for name, a in zip(names, cases, strict=True)
        if (plan := commanding.best_plan(a, None, commanding.usual_places(case, a), shared.quiet))
    }
    question = partial(
        ask,
        cases,
        weights=_numbers(weights),
        criterion=criterion,  # type: ignore[arg-type]
        share=cvar_share,
        known=known,
        threads=threads or commanding.processors(),
    )
    result = commanding.answer(question, said, pictures, shared=shared)
    if result.facts()["status"] == "infeasible":
        raise typer.Exit(ExitCode.INFEASIBLE)


def _numbers(text: str | None) -> list[float] | None:
    """Weights from a list with commas."""
    if text is None:
        return None
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise WrongUse(
            _("--weights must be numbers with commas between, such as 2,1,1, not '{text}'").format(text=text)
        ) from None
