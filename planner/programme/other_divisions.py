"""Other divisions of a programme's money: by people, by need and as it names them; and the best one of more or less money.

Each is worked out with what is known of the members by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite, nan

from planner.case import FrozenDict
from planner.plans.plan import Plan
from planner.plans.totals import gaps_of
from planner.programme.members import Place
from planner.programme.prices import Impossible
from planner.programme.reading import BY_NEED, BY_PEOPLE, divided_by
from planner.programme.search import Found, Searching, divided, given_to_each, search


@dataclass(frozen=True)
class OtherDivision:
    """Another division of the same money: what all come to with it, and what nothing can beat with it (NaN: not known).

    Attributes
    ----------
    id
        `by_people`, `by_need`, or that of a division that the programme names.
    short
        Members that cannot keep what they have to with what it gives them.
    name, name_zh
        What a division is called that the programme names; empty for the two others.
    """

    id: str
    given: FrozenDict[str, FrozenDict[Place, float]]
    value: float
    bound: float
    short: tuple[str, ...] = ()
    name: str = ""
    name_zh: str = ""


@dataclass(frozen=True)
class OtherAmount:
    """The best division of so many times the money: what all come to with it, and what nothing can beat (NaN: not known).

    Attributes
    ----------
    impossible
        Whether no division of so much keeps all that the members have to.
    """

    times: float
    given: FrozenDict[str, FrozenDict[Place, float]]
    value: float
    bound: float
    impossible: bool = False


def other_divisions(at: Searching, plans: Mapping[str, Plan], sizes: Mapping[str, int]) -> tuple[OtherDivision, ...]:
    """The division by people, that by need (people times what is missing without a plan), and those that are named."""
    programme = at.programme
    missing = {e: gaps_of(plan.case, plan.tables["indicators"])[0] or 0.0 for e, plan in plans.items()}
    people = {one.id: one.people for one in programme.participants}
    asked: dict[str, Mapping[str, float]] = {BY_PEOPLE: people, BY_NEED: {e: people[e] * missing[e] for e in people}}
    named = programme.keys.divisions
    asked |= {d: {e: division.by_member.get(e, 0.0) for e in people} for d, division in named.items()}
    found = []
    for d, shares in asked.items():
        amounts = divided_by(shares, programme.amount)
        done = divided(at, amounts, sizes)
        short = tuple(e for e, one in done.items() if one.impossible)
        known = len(done) == len(amounts) and not short
        value, bound = (sum(getattr(one, what) for one in done.values()) if known else nan for what in ("value", "bound"))
        frozen = FrozenDict({e: FrozenDict(own) for e, own in amounts.items()})
        names = (named[d].name or d, named[d].name_zh) if d in named else ("", "")
        found.append(OtherDivision(d, frozen, value, bound if isfinite(bound) else nan, short, *names))
    return tuple(found)


def other_amount(at: Searching, found: Found, sizes: Mapping[str, int], times: float, left: int) -> OtherAmount:
    """The best division of so many times the money, begun with what is known of the members.

    Parameters
    ----------
    left
        How many amounts are still to be asked about, this one among them: it has its share of the time that is left.
    """
    nothing: FrozenDict[str, FrozenDict[Place, float]] = FrozenDict({})
    until = at.until if at.until.left == inf else at.until.less(at.until.left * (1 - 1 / left))
    try:
        other = search(at, sizes, times, found, until)
    except Impossible:
        return OtherAmount(times, nothing, nan, nan, True)
    given = {} if other.taken is None else given_to_each(other.taken)
    frozen = FrozenDict({e: FrozenDict(own) for e, own in given.items()})
    bound = nan if other.bound is None else other.bound.value
    return OtherAmount(times, frozen, other.best if given else nan, bound)
