"""A plan whose lines hold: what each keeps free is raised, and the plan solved anew, until so many draws are paid for.

Solve; draw; raise what each line keeps free of capital and of running costs in each period by what it lacks in so many of
the draws; solve again. What is kept free is never lowered, so the walk ends; it is a heuristic: a plan that closes more and
holds as well may exist. Draws are of money alone (`planner.questions.risk.money`), and what holds is confirmed on draws of
another seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from planner.case import Case, FrozenDict, Reserve
from planner.planning.variants import changed
from planner.plans.plan import Plan
from planner.plans.totals import columns, money_kept_free
from planner.questions.risk.draws import factors, percentile
from planner.questions.risk.money import KINDS, MoneyDrawn, money_drawn
from planner.words.said import _

PERCENTS = (50, 65, 80, 90, 95)  # that are offered by name
DRAWS = 20_000  # that reserves are set from
FRESH = 20_000  # of another seed, on which it is confirmed that the plan holds
ROUNDS = 8
A_ROUND = 0.4  # share of the time left that a solve may take
OF_LINE = 0.01  # of what a line has in a period: so much may be lacking in the draw that counts
POINTS = 0.01  # by so much fewer draws may hold than were asked for
NEARER = 0.0025  # the same of the draws that reserves are set from: so near, the walk ends
SURER = 0.5  # points: reserves are set for so many more draws than were asked for, so that fresh ones confirm it
CAREFUL = 0.75  # share of what is lacking that is laid on in a round: the plan changes, and nothing is taken back
Shares = Mapping[tuple[str, str, str], float]  # (line, period, kind of cost) -> share of what it pays that it keeps free
Solves = Callable[[Case, "Plan | None"], Plan]  # a case, and a plan of a case much like it -> its best plan


@dataclass(frozen=True)
class Place:
    """A line in a period, in the plan that is kept.

    Attributes
    ----------
    pays
        What it pays for measures and use.
    free
        What it keeps free beside that.
    of_capital, of_running
        Share of what it pays of either that it keeps free.
    spare
        What it could pay more without lacking it in this period or a later one.
    holds
        Share of the fresh draws in which it does not lack money.
    lacks
        What it lacks at most in as many of them as were asked for.
    beyond
        What it keeps free, carries on or has left in this period beyond what as many of them need; below 0: what is lacking.
    """

    line: str
    period: str
    pays: float
    free: float
    of_capital: float
    of_running: float
    spare: float
    holds: float
    lacks: float
    beyond: float

    @property
    def binds(self) -> bool:
        """Whether the line would pay more here if it had to keep less free."""
        return self.free > 0 and self.spare <= 1e-6 * max(1.0, self.pays)


@dataclass(frozen=True)
class Kept:
    """The plan that was kept, and how sure it is.

    Attributes
    ----------
    percent
        Share of the draws that were to be paid for, in per cent.
    plan
        The best plan that holds; where none was found, the one that comes closest.
    rounds
        How many plans were drawn upon.
    holds
        Whether it holds as it was asked, on the draws that reserves were set from and on fresh ones.
    joint
        Share of the fresh draws in which no line lacks money in any period.
    free
        Money kept free over the horizon, beside what is paid.
    places
        Line by line and period by period.
    cut_short
        Whether more time might find one that holds; not so where all rounds were made, or no plan keeps so much free.
    """

    percent: int
    plan: Plan
    rounds: int
    holds: bool
    joint: float
    free: float
    places: tuple[Place, ...]
    cut_short: bool = False


def keep_free(case: Case, shares: Shares) -> Case:
    """The case whose lines keep free such shares of what they pay, beside what they do as the case says."""
    lines = dict(case.lines)
    for line in case.lines.values():
        more = tuple(
            Reserve(
                share=FrozenDict({t: shares.get((line.id, t, kind), 0.0) for t in case.period_ids}),
                cost=kind,
                measures=tuple(case.measures),
            )
            for kind in KINDS
            if any(shares.get((line.id, t, kind), 0.0) > 0 for t in case.period_ids)
        )
        lines[line.id] = replace(line, reserve=(*line.reserve, *more))
    return changed(case, lines=FrozenDict(lines))


def make_hold(
    case: Case,
    percent: int,
    solves: Solves,
    *,
    plan: Plan | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    fresh: int = FRESH,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda message: None,
) -> Kept:
    """Solve, draw and raise what is kept free, until so many draws are paid for in every line and period.

    Parameters
    ----------
    case
        A filled case, which says what is uncertain.
    percent
        Of the draws that each line is to hold in, in each period, by itself.
    solves
        Finds the best plan of a case; it is given the last plan to begin with.
    plan
        The best plan of the case, if it is known.
    seed, draws, fresh
        Of the draws that reserves are set from, how many, and how many of the next seed confirm it.
    stopped
        Asked before each round whether to end with the best plan so far.
    tell
        Told what begins now.

    Returns
    -------
    Kept
        Where a plan has no decisions (what was decided before cannot be paid for with so much kept free, or the time is
        up), the best of those before it, which does not hold; of the first, that itself.

    Raises
    ------
    ValueError
        The case says of nothing that it is uncertain, or no such share of draws can be asked for.
    """
    check(case, percent)
    tell(_("solving without anything kept free"))
    found = solves(case, None) if plan is None else plan
    if not found.has_decisions:
        return Kept(percent, found, 0, False, nan, nan, ())
    shares: dict[tuple[str, str, str], float] = {}
    drawn = money_drawn(_of(found, case), draws, seed)
    best, least, rounds = found, shortfall(drawn, percent, NEARER), 1
    holds = shortfall(drawn, percent) <= 0
    while least > 0 and rounds < ROUNDS and not stopped():
        shares = raised(found, drawn, shares, percent + SURER, CAREFUL if rounds < ROUNDS / 2 else 1.0)
        tell(
            _("round {number} of at most {most}: {money} {unit} kept free so far").format(
                number=rounds + 1, most=ROUNDS, money=f"{free_in(found):.4g}", unit=case.money.unit
            )
        )
        found = solves(keep_free(case, shares), found)
        if not found.has_decisions:
            break
        rounds += 1
        drawn = money_drawn(_of(found, case), draws, seed)
        lacking = shortfall(drawn, percent, NEARER)
        if lacking < least:
            best, least, holds = found, lacking, shortfall(drawn, percent) <= 0
    kept = confirmed(best, case, percent, seed + 1, fresh, rounds, holds)
    return replace(kept, cut_short=least > 0 and rounds < ROUNDS and found.status != "infeasible")


def check(case: Case, percent: int) -> None:
    """Refuse what cannot be asked.

    Raises
    ------
    ValueError
        The case says of nothing that it is uncertain, or no such share of draws can be asked for.
    """
    if not 50 <= percent <= 95:
        raise ValueError(_("P50 to P95 can be asked for, not P{percent}").format(percent=percent))
    if not factors(case):
        raise ValueError(
            _("the case says of nothing that it is uncertain: give it `uncertain` (docs/case-format.md), or norms a range")
        )


def _of(plan: Plan, case: Case) -> Plan:
    """The plan with what its case says is uncertain: a plan that was read may be of before."""
    return replace(plan, case=replace(plan.case, uncertain=case.uncertain, norms=case.norms))


def shortfall(drawn: MoneyDrawn, percent: int, points: float = POINTS) -> float:
    """By how far a plan does not hold: 0 if it does, in every line and period.

    It holds where at most a hundredth of what a line has is lacking in so many draws, and in so many, but for `points`,
    nothing is.
    """
    books, worst = drawn.account(), 0.0
    for place, lacks in books.lacks.items():
        has = max(abs(drawn.planned[place].income), 1e-9)
        over = percentile(lacks, percent) / has - OF_LINE
        missed = percent / 100 - points - float(books.holds(place).mean())
        worst = max(worst, over, missed)
    return worst


def raised(
    plan: Plan, drawn: MoneyDrawn, shares: Shares, percent: float, part: float = 1.0
) -> dict[tuple[str, str, str], float]:
    """Shares kept free that would pay for so many draws of this plan; none is lower than it was.

    What a line lacks in a period is laid on its capital and running costs as each of them is dearer by itself in so many
    draws, with what it has to spare, which the next plan would spend. It is counted as if the periods before held.

    Parameters
    ----------
    part
        Share of what is lacking that is laid on.
    """
    found = dict(shares)
    spare = _spare(plan, money_kept_free(plan))
    for (l, t), lacks in lacks_by_place(drawn, percent).items():
        pays = _pays(plan, l, t)
        weights = {
            kind: max(0.0, percentile(drawn.paid[kind, l, t], percent) - money)
            for kind, money in pays.items()
            if (kind, l, t) in drawn.paid
        }
        weights = weights if sum(weights.values()) > 0 else pays
        for kind, weight in weights.items():
            more = (spare[l, t] + part * lacks) * weight / sum(weights.values()) / pays[kind]
            found[l, t, kind] = found.get((l, t, kind), 0.0) + more
    return found


def _pays(plan: Plan, line: str, period: str) -> dict[str, float]:
    """Kind of cost -> what a line pays of it in a period, fees of use with running; of what it pays at all."""
    table = plan.tables["money"]
    row = table[(table["line"] == line) & (table["period"] == period)].iloc[0]
    pays = {"capital": float(row["capital"]), "running": float(row["running"] + row["fees"])}
    return {kind: money for kind, money in pays.items() if money > 0}


def lacks_by_place(drawn: MoneyDrawn, percent: float) -> dict[tuple[str, str], float]:
    """What each line would have to keep free in a period beyond what it does, if it did so in those before."""
    found: dict[tuple[str, str], float] = {}
    for t in drawn.case.period_ids:  # what is kept free more in a period changes what the next ones are left with
        lacks = drawn.account(found).lacks
        found |= {(l, t): more for l in drawn.case.lines if (more := percentile(lacks[l, t], percent)) > 0}
    return found


def free_in(plan: Plan) -> float:
    """Money that a plan keeps free over the horizon."""
    return sum(money_kept_free(plan).values())


def confirmed(plan: Plan, case: Case, percent: int, seed: int, fresh: int, rounds: int, holds: bool) -> Kept:
    """A plan with how sure it is on fresh draws."""
    drawn = money_drawn(_of(plan, case), fresh, seed)
    books = drawn.account()
    free = money_kept_free(plan)
    spare = _spare(plan, free)
    places = []
    for l, t, *paid in columns(plan.tables["money"], "line", "period", "capital", "running", "fees"):
        of_capital, of_running = (share(plan.case, l, t, kind) for kind in KINDS)
        lacks = books.spends[l, t] - books.has[l, t]
        places.append(
            Place(
                l, t, sum(paid), free.get((l, t), 0.0), of_capital, of_running, spare[l, t],
                float(books.holds((l, t)).mean()), percentile(books.lacks[l, t], percent), -percentile(lacks, percent),
            )
        )  # fmt: skip
    together = np.logical_and.reduce([books.holds(place) for place in books.lacks]) if books.lacks else np.ones(1)
    sure = holds and shortfall(drawn, percent) <= 0
    marked = replace(plan, options=FrozenDict({**plan.options, "reserve": percent})) if free else plan
    return Kept(percent, marked, rounds, sure, float(np.mean(together)), sum(free.values()), tuple(places))


def _spare(plan: Plan, free: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """What each line could pay more in each period: what is left or carried on, as far as no later period needs it."""
    over = {
        (l, t): max(0.0, left + on - free.get((l, t), 0.0))
        for l, t, left, on in columns(plan.tables["money"], "line", "period", "unspent", "carried_out")
    }
    case, found = plan.case, {}
    for line in case.lines.values():
        for k, t in enumerate(case.period_ids):
            later = case.period_ids[k:] if line.carry_over else (t,)
            found[line.id, t] = min(over[line.id, u] for u in later)
    return found


def share(case: Case, line: str, period: str, kind: str) -> float:
    """Share of what a line pays of a kind of cost in a period that it keeps free, for all measures alike."""
    return sum(r.share[period] for r in case.lines[line].reserve if r.cost in ("all", kind) and not r.where)
