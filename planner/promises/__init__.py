"""The promises of a case: each kind declared once, with its row, its words, what may give way and the edits for it.

Read by hand-made plans (what they break), by `planner diagnose` (what contradicts what, and what would help), by
`planner replan` and by everything that names what a case asks for. A kind more is a record in the room of its block, and
stands in `PROMISES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.instance import Instance
from planner.case import Case
from planner.plans.plan import Broken
from planner.promises.fairness import NO_CITY_LOSES, NO_LEVEL_FALLS, NOBODY_WORSE_OFF
from planner.promises.limits import GATE, GOAL_LIMIT, RULE, TARGET
from planner.promises.money import AFTER, DEBT, LARGEST_SHARE, MINIMUM, MONEY
from planner.promises.places import AIRSHED, CLOSED_JOBS, HOSTS, HOUSING, LAND
from planner.promises.policies import BARRIER, LEVEL, SUBSIDY_PERIODS
from planner.promises.projects import DECIDED, GROUP, REQUIREMENT
from planner.promises.record import (
    Bound,
    Change,
    Concession,
    Family,
    Given,
    GivingWay,
    Index,
    Key,
    Name,
    Promise,
    Rows,
    Solved,
    edits_of,
    part_of,
    rounded_up,
)

__all__ = [
    "BOUNDS", "PROMISES", "Bound", "Change", "Concession", "Family", "Given", "GivingWay", "Key", "Promise", "Solved",
    "broken", "broken_in_words", "called", "changes", "concessions", "edits_of", "exceeded", "listed", "mended_by_more",
    "now", "part_of", "rounded_up", "tried_alone",
]  # fmt: skip

# in the order in which they give way: what comes first is missed least
PROMISES: tuple[Promise, ...] = (
    NO_CITY_LOSES, NO_LEVEL_FALLS, NOBODY_WORSE_OFF, REQUIREMENT, GROUP, GATE, HOUSING, LAND, HOSTS, AIRSHED, CLOSED_JOBS,
    LEVEL, SUBSIDY_PERIODS, BARRIER, LARGEST_SHARE, AFTER, TARGET, MINIMUM, RULE, DECIDED, MONEY, GOAL_LIMIT,
)  # fmt: skip
# limits that no plan breaks, not even one made by hand, but that may give way
BOUNDS: tuple[Bound, ...] = (DEBT,)
# in the order in which they are named side by side: what a planner set down first
_LISTED = (
    TARGET, RULE, MINIMUM, AFTER, GATE, AIRSHED, LEVEL, HOSTS, LAND, HOUSING, CLOSED_JOBS, SUBSIDY_PERIODS, BARRIER, DECIDED,
    NO_CITY_LOSES, NO_LEVEL_FALLS, NOBODY_WORSE_OFF,
)  # fmt: skip
_OF_KIND: Mapping[str, Promise] = {promise.kind: promise for promise in PROMISES}
_OF_ROW: Mapping[str, Promise] = {promise.row: promise for promise in PROMISES}
_WAYS: Mapping[str, GivingWay] = {
    **{promise.kind: promise.gives_way for promise in PROMISES if promise.gives_way is not None},
    **{bound.kind: bound.gives_way for bound in BOUNDS},
}


def broken(row: str, index: Index, amount: float) -> Broken:
    """What breaking a row of the model means, by an amount in the unit of its promise."""
    promise = _OF_ROW[row]
    return Broken(promise.kind, tuple(map(str, promise.ids(index))), amount)


def exceeded(case: Case, instance: Instance, name: Name, over: float) -> Broken:
    """What it means that a row of the model is exceeded by so much."""
    row, of = name
    index = of if isinstance(of, tuple) else (of,)
    return broken(row, index, _OF_ROW[row].amount(case, instance, index, over))


def broken_in_words(case: Case, found: Iterable[Broken]) -> tuple[str, ...]:
    """Promises that a plan breaks, each in the case's words."""
    return tuple(_OF_KIND[b.kind].broken(case, b.ids, b.amount) if b.kind in _OF_KIND else b.kind for b in found)


def mended_by_more(case: Case, found: Broken) -> bool:
    """Whether a promise that a plan breaks may be kept once more is started."""
    return _OF_KIND[found.kind].mended_by_more(case, found.ids)


def listed(case: Case) -> list[str]:
    """What a case asks for beside its money, promise by promise."""
    return [name for promise in _LISTED if promise.listed is not None for name in promise.listed(case)]


def concessions(case: Case, instance: Instance, rows: Rows) -> tuple[Concession, ...]:
    """Everything that may give way in a case.

    Facts give way to nobody: routes, capacities, needs, skilled people, units, what starts together, jobs that a closed
    plant owes. Nor do who may pay for what, who may borrow at all, what lines may keep and send each other, and the starts
    of what was not decided: whoever says that nothing else would help must say that they were held fixed.

    Parameters
    ----------
    instance, rows
        Of the model whose rows are loosened; a promise without a row there binds nothing and is left out.
    """
    found = (concession for way in _WAYS.values() for concession in way.concessions(case, instance, rows))
    return tuple(concession for concession in found if concession.loosens)


def changes(case: Case, solved: Solved, bump: bool = False) -> tuple[Change, ...]:
    """The changes of a case that concessions come to, promise by promise.

    Parameters
    ----------
    bump
        A little more of each than is needed, where rounding was too near.
    """
    made: dict[tuple[Key, str], list[int]] = {(one.promise, one.kind): [] for one in solved.concessions}
    for k, one in enumerate(solved.concessions):
        if k in solved.amounts:
            made[one.promise, one.kind].append(k)
    found: list[Change] = []
    for (key, kind), places in made.items():
        if places:
            found += _way(key).changes[kind](Given(case, solved, tuple(places), bump))
    return tuple(found)


def now(case: Case, key: Key) -> str:
    """A promise as it is now, in a planner's words."""
    return _way(key).now(case, *key[1:])


def called(case: Case, key: Key) -> str:
    """What a promise that is tried alone is called: more money of line North; requirement Railway for Road."""
    says = _way(key).called
    assert says is not None
    return says(case, *key[1:])


def tried_alone(key: Key) -> Key | None:
    """What is tried alone of a promise: a line with all its periods, or the promise itself; None if that is not asked."""
    kind, *ids = key
    way = _way(key)
    return (kind, *ids[: way.tried_by]) if way.called is not None else None


def _way(key: Key) -> GivingWay:
    return _WAYS[key[0]]
