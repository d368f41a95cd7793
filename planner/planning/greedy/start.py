"""A first plan before the search: what a list by worth for the money starts, so that no search begins with empty hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from planner.planning.decisions import Decisions, decided_late
from planner.planning.greedy.bundles import Bundles
from planner.planning.greedy.funding import fund
from planner.planning.greedy.scoring import NOTHING, scores
from planner.planning.greedy.trials import Trials
from planner.planning.settling import Settler
from planner.solver.linear import Vector
from planner.work.stopping import FOREVER, Stopped, Until

TRIALS = 600  # decisions tried at most, so that the same case always has the same first plan
ROWS = 4000.0  # of a program that may have so many; of larger ones, which take longer, fewer
SHARE_FOR_SCORES = 0.5  # of them, and of the list's time: a sheet that nothing was started from is no plan
SHARE_FOR_LIST = 0.5  # of the time there is; the search has the other half


def first_plan(settler: Settler, searching: Until = FOREVER, settling: Until = FOREVER) -> Vector | None:
    """A solution of the search program that starts something; None if a list finds none.

    Measures are scored one by one by what they close of the first goal for their money, started from the top down as long as
    they fit, and those that close nothing after all are left out again. The search may begin with the outcome, as it keeps
    every promise; nothing is proven of it. A list that is stopped has what it had started by then.

    Parameters
    ----------
    settler
        Of the case, with all that is fixed.
    searching
        Until when there is time to look for plans, of which the list has half; asked all the time, also within a trial.
    settling
        Until when what the list has started may be solved for its flows and money; nobody's wish to stop takes that away.
    """
    listing = searching.share(SHARE_FOR_LIST)
    scoring = listing.share(SHARE_FOR_SCORES)
    most = int(TRIALS * min(1.0, ROWS / max(1, len(settler.built.search_program.rows))))
    trials = Trials(settler, stop=lambda: listing.why is not None)
    bundles = Bundles(settler.case, settler.built.fixed)
    base = settler.built.as_fixed(decided_late(settler.case))

    def enough(count: int, until: Until) -> Callable[[int, int], bool]:
        return lambda number, of: trials.made >= count or until.why is not None

    sheet = scores(bundles, base, trials.first_goal, enough(int(SHARE_FOR_SCORES * most), scoring))
    listed = [score.measure for score in sheet if score.listed]
    decisions = fund(trials, bundles, base, listed, enough(most, listing)).decisions
    idle = [score.measure for score in sheet if score.closes <= NOTHING < score.cost]
    decisions = _without_idle(trials, bundles, base, decisions, idle, enough(most, listing))
    if decisions == base:
        return None
    try:
        return settler.solution_of(decisions, until=replace(settling, cancelled=None))
    except Stopped:
        return None


def _without_idle(
    trials: Trials,
    bundles: Bundles,
    base: Decisions,
    decisions: Decisions,
    idle: Sequence[str],
    asked: Callable[[int, int], bool],
) -> Decisions:
    """Decisions less what closes nothing by itself and, beside all the others, still closes nothing."""
    value = trials.first_goal(decisions)
    for number, a in enumerate(reversed(idle)):
        gone = {*bundles.members(a)}
        left = {start: units for start, units in decisions.items() if start[0] not in gone or start in base}
        if value is None or asked(number, len(idle)):
            break
        if left != decisions:
            without = trials.first_goal(left)
            if without is not None and without <= value + NOTHING:
                decisions, value = left, without
    return decisions
