"""The linear program that is left once the whole units are chosen: who is served where, which jobs are productive, who
pays, how much of what is divisible. Written from the case alone."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case import Case

from .airsheds import emissions, within_caps
from .books import books_balance
from .choices import Choice
from .closures import jobs_are_replaced
from .columns import Remainder, Spot
from .land import within_quota
from .limits import gates_are_open, levels_do_not_fall, targets_are_met
from .linear import Affine
from .moving import crowding_gaps, size, within_housing
from .parks import bonus_jobs, productive_jobs
from .prices import private_money
from .pyramid import levels_within_their_share
from .rules import rules_hold
from .serving import serve
from .skills import within_skills
from .travel import access_gaps, minutes_between
from .work import work_gaps


def remainder(
    case: Case,
    choice: Choice,
    losses: Mapping[Spot, float] | None = None,
    *,
    gaps: bool = True,
    targets: bool = False,
    rules: bool = False,
    money: bool = False,
) -> Remainder:
    """Build the program of a choice; each flag adds a part. `losses` are true gaps that may not be exceeded."""
    r = Remainder(case, choice)
    _divisible(r)
    if gaps:
        _facts(r)
    if losses is not None:
        for spot, gap in r.gaps.items():
            r.program.within(gap, (losses[spot] + 1e-6) * size(r, spot))
    if targets:
        _promises(r)
    if rules or money:
        private_money(r)
    if rules:
        rules_hold(r)
    if money:
        levels_within_their_share(r)
        books_balance(r)
    return r


def _facts(r: Remainder) -> None:
    """What the world makes of the units that serve."""
    for p in r.case.period_ids:
        serving = r.choice.serving(r.case, p)
        for a in r.case.access.values():
            for city, gap in access_gaps(r.case, a, p, serving).items():
                r.gaps[a.id, city, p] = Affine(gap, {})
        if r.case.services or r.case.parks:
            r.away[p] = minutes_between(r.case, serving)
        for s in r.case.services:
            serve(r, s, p)
    productive_jobs(r)
    bonus_jobs(r)
    within_skills(r)
    work_gaps(r)
    crowding_gaps(r)
    emissions(r)


def _promises(r: Remainder) -> None:
    """What a plan owes, apart from rules and money."""
    targets_are_met(r)
    levels_do_not_fall(r)
    gates_are_open(r)
    within_quota(r)
    within_housing(r)
    jobs_are_replaced(r)
    within_caps(r)


def _divisible(r: Remainder) -> None:
    for m in r.case.measures.values():
        if not m.divisible or m.status == "ruled_out" or any(a == m.id for a, _ in r.choice.starts):
            continue  # the last: the measures of a plan without choices come as whole starts
        for o in m.starts:
            high = m.max_starts if (m.id, o.period) in r.choice.open else 0.0
            r.amounts[m.id, o.period] = r.program.column(0.0, min(high, m.units))
        total = {r.amounts[m.id, o.period]: 1.0 for o in m.starts}
        if m.status == "decided":
            r.program.equals(total, m.units)
        else:
            r.program.at_most(total, m.units)
        for p in (p for (a, p) in r.choice.whole if a == m.id):
            r.program.at_least({r.amounts[m.id, o.period]: 1.0 for o in m.starts if p in o.serves}, 1.0)
