"""Every choice of whole units that the logic of a case allows.

A divisible measure keeps its amounts open (the linear program finds them); what must be chosen of it is only whether
it starts at all in a period, and whether a whole unit of it serves in a period, where something asks for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from planner.case import Case, Measure, StartOption


@dataclass(frozen=True)
class Choice:
    """One way to decide.

    Attributes
    ----------
    starts
        (measure, period) -> whole units started; only above zero, only measures that are not divisible.
    open
        (measure, period) in which a divisible measure may start.
    whole
        (measure, period) in which a whole unit of a divisible measure must serve.
    """

    starts: dict[tuple[str, str], int]
    open: frozenset[tuple[str, str]]
    whole: frozenset[tuple[str, str]]

    def serving(self, case: Case, period: str) -> frozenset[str]:
        """Measures of which at least one whole unit serves in the period."""
        built = {m for (m, t) in self.starts if period in option(case.measures[m], t).serves}
        return frozenset(built | {m for (m, t) in self.whole if t == period})

    def started(self) -> set[str]:
        """Measures of which something starts."""
        return {m for m, _ in self.starts} | {m for m, _ in self.open}


def option(measure: Measure, period: str) -> StartOption:
    """What a start in the period brings."""
    return next(o for o in measure.starts if o.period == period)


def all_choices(case: Case) -> Iterator[Choice]:
    """All choices within units, windows, requires, one_of, together, decided and ruled_out."""
    ways = [list(_ways(case, m)) for m in case.measures.values()]
    for picked in product(*ways):
        choice = Choice(
            {k: u for starts, _, _ in picked for k, u in starts.items()},
            frozenset().union(*(o for _, o, _ in picked)),
            frozenset().union(*(w for _, _, w in picked)),
        )
        if _logical(case, choice):
            yield choice


def count_choices(case: Case) -> int:
    """How many combinations `all_choices` goes through."""
    size = 1
    for m in case.measures.values():
        size *= sum(1 for _ in _ways(case, m))
    return size


def _ways(case: Case, m: Measure) -> Iterator[tuple[dict[tuple[str, str], int], frozenset, frozenset]]:
    periods = [o.period for o in m.starts]
    if m.status == "ruled_out" or not periods:
        if m.status != "decided":
            yield {}, frozenset(), frozenset()
        return
    if m.divisible:
        yield from _divisible_ways(case, m, periods)
        return
    for units in product(range(int(m.max_starts) + 1), repeat=len(periods)):
        if sum(units) > m.units or (m.status == "decided" and sum(units) != m.units):
            continue
        yield {(m.id, t): u for t, u in zip(periods, units, strict=True) if u}, frozenset(), frozenset()


def _divisible_ways(case: Case, m: Measure, periods: list[str]) -> Iterator[tuple[dict, frozenset, frozenset]]:
    asked_start = (
        bool(m.requires or m.one_of)
        or any(r.of == "count" for r in case.rules)
        or any(m.id in g.measures for g in case.gates)
        or any(k.max_hosts is not None for k in case.industries.values())
    )
    asked_whole = any(m.id in other.requires for other in case.measures.values()) or any(
        a.offers and a.offers == m.service for a in case.access.values()
    )
    every = frozenset((m.id, t) for t in periods)
    serves = sorted({p for o in m.starts for p in o.serves})
    opens = _subsets(every) if asked_start else [every]
    wholes = _subsets(frozenset((m.id, p) for p in serves)) if asked_whole else [frozenset()]
    for o, w in product(opens, wholes):
        yield {}, o, w


def _subsets(items: frozenset) -> list[frozenset]:
    out = [frozenset()]
    for item in sorted(items):
        out += [s | {item} for s in out]
    return out


def _logical(case: Case, choice: Choice) -> bool:
    started = choice.started()
    for m in case.measures.values():
        for t in (t for (a, t) in [*choice.starts, *choice.open] if a == m.id and m.requires):
            if not choice.serving(case, t).issuperset(m.requires):
                return False
    groups: dict[str, int] = {}
    for m in case.measures.values():
        if m.one_of and m.id in started:
            groups[m.one_of] = groups.get(m.one_of, 0) + 1
    if any(n > 1 for n in groups.values()):
        return False
    together: dict[str, dict[str, int]] = {}
    for m in case.measures.values():
        if m.together:
            mine = {t: u for (a, t), u in choice.starts.items() if a == m.id}
            if together.setdefault(m.together, mine) != mine:
                return False
    return True


def without_plan(case: Case) -> Choice:
    """The decided measures alone; those without a start period as late as offered, last periods first."""
    starts: dict[tuple[str, str], int] = {}
    for m in case.measures.values():
        if m.status != "decided":
            continue
        left = m.units
        for o in reversed(m.starts):
            units = min(left, m.max_starts)
            if units > 0:
                starts[m.id, o.period] = int(units)
                left -= units
    return Choice(starts, frozenset(), frozenset())
