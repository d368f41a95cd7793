"""planner rank: what a scoring sheet would fund, and how much more the optimal plan closes from the same lines."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.questions import commanding
from planner.terminal import common


def rank(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    plan: commanding.PlanOption = None,
    output: commanding.OutputOption = None,
    replace: common.ReplaceOption = False,
    time_limit: commanding.TimeLimitOption = None,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, max=1.0, help="How closely the best plan is to be proven, if it is solved.")
    ] = 1e-4,
    workers: commanding.WorkersOption = None,
    scheduler: commanding.SchedulerOption = None,
    seed: commanding.SeedOption = 0,
    events: commanding.EventsOption = None,
    as_json: common.JsonOption = False,
    quiet: common.QuietOption = False,
    verbose: common.VerboseOption = False,
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
    from planner.questions.rank.drawn import pictures
    from planner.questions.rank.said import said

    asked = common.read_case(case, scenario)
    known = commanding.best_plan(asked, plan, commanding.usual_place(case, asked))
    limits = commanding.options(time_limit, gap, seed, workers, scheduler)
    commanding.answer(
        lambda **watching: ask(asked, plan=known, options=limits, **watching),
        said,
        pictures=pictures,
        output=output, replace=replace, events=events, as_json=as_json, quiet=quiet, verbose=verbose,
    )  # fmt: skip
