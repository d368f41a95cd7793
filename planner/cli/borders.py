"""planner borders: what non-cooperation costs, and what each signature is worth."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli import asking, common


def borders(
    case: common.CaseArgument,
    scenario: common.ScenarioOption = None,
    plan: asking.PlanOption = None,
    output: asking.OutputOption = None,
    replace: common.ReplaceOption = False,
    time_limit: asking.TimeLimitOption = None,
    gap: Annotated[
        float,
        typer.Option("--gap", min=0.0, max=1.0, help="How closely each plan is to be proven, as a share of each goal."),
    ] = 1e-3,
    workers: asking.WorkersOption = None,
    scheduler: asking.SchedulerOption = None,
    seed: asking.SeedOption = 0,
    events: asking.EventsOption = None,
    as_json: common.JsonOption = False,
    quiet: common.QuietOption = False,
    verbose: common.VerboseOption = False,
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
    from planner.questions.borders import borders as ask
    from planner.reporting.answers.borders import said
    from planner.reporting.drawings.borders import pictures

    asked = common.read_case(case, scenario)
    known = asking.best_plan(asked, plan, asking.usual_place(case, scenario))
    limits = asking.options(time_limit, gap, seed, workers, scheduler)
    asking.answer(
        lambda **watching: ask(asked, plan=known, options=limits, **watching),
        said,
        pictures=pictures,
        output=output, replace=replace, events=events, as_json=as_json, quiet=quiet, verbose=verbose,
    )  # fmt: skip
