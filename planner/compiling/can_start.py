"""Which measures can start at all, who may pay for them, and powers of ten: what every room of compiling stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from math import ceil, log10
from operator import or_

from models.routes import anything_holds
from planner.case import Case, Measure
from planner.case.problems import CaseInvalid, Problem
from planner.case.selecting import payers_of
from planner.words.said import _

KINDS = ("capital", "running")


def tens(amounts: Iterable[float]) -> float:
    """The power of ten that brings the largest amount to between 10 and 100; 1 without any (tolerances are absolute)."""
    largest = max(amounts, default=0.0)
    return float(10.0 ** (ceil(log10(largest)) - 2)) if largest > 0 else 1.0


class Payers:
    """Shares of the lines that may pay, for every measure that has a start, and kind of cost."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lines = payers_of(case, [measure for measure in case.measures.values() if measure.starts])

    def shares(self, measure: Measure, kind: str) -> dict[str, float]:
        """Line -> its fixed share, or its largest share where no payers are fixed."""
        if measure.payers:
            return {line: measure.payers[line] for line in self._lines[measure.id, kind]}
        return {line: self._case.lines[line].at_most_share for line in self._lines[measure.id, kind]}

    def can_pay(self, measure: Measure) -> bool:
        """Whether every cost of the measure can be paid in full."""
        kinds = [kind for kind in KINDS if has_cost(measure, kind)]
        return all(sum(self.shares(measure, kind).values()) >= 1 - 1e-9 for kind in kinds)


def public_share(measure: Measure) -> float:
    """Share of the capital cost that is left to the lines by what investors pay by themselves."""
    return max(0.0, 1.0 - measure.private_share)


def has_cost(measure: Measure, kind: str) -> bool:
    """Whether some offered start of the measure costs the lines anything of this kind within the horizon."""
    if kind == "capital":
        return public_share(measure) > 0 and any(start.capital for start in measure.starts)
    return any(start.running for start in measure.starts)


@dataclass(frozen=True)
class Offered:
    """The measures that can start, each with a bit of its own for sets of needs.

    Measures of one `together` group serve alike, so they share the bit of the group's first.
    """

    measures: dict[str, Measure]
    bit: dict[str, int]
    first: dict[int, str]  # bit -> its measure (of a group: the first)
    sure: dict[str, int]  # by period: bits of the measures that serve whatever is decided
    possible: dict[str, int]  # by period: bits of the measures that could serve
    holds: Callable[[int], bool] = anything_holds  # whether measures, as bits, can serve together

    def needs(self, mask: int) -> tuple[str, ...]:
        """The measures of a bit mask (of a group: its first), in the case's order."""
        return tuple(self.first[bit] for bit in bits_of(mask))

    def mask(self, measures: tuple[str, ...]) -> int | None:
        """Bit mask of measures; None if one of them cannot start."""
        if any(a not in self.measures for a in measures):
            return None
        return union(self.bit[a] for a in measures)


def offered(case: Case) -> Offered:
    """The measures with an offered start that somebody may pay for and whose required measures can start."""
    payers = Payers(case)
    able = {a: measure for a, measure in case.measures.items() if measure.starts and payers.can_pay(measure)}
    size = -1
    while size != len(able):  # a measure that can't start takes those that require it, or belong to it, along
        size = len(able)
        able = {a: measure for a, measure in able.items() if _has_company(case, measure, able)}
    for a, measure in case.measures.items():
        if measure.status == "decided" and a not in able:
            text = _(
                "{measure} is decided, but cannot start: what it requires, or starts together with, cannot, "
                "or nobody may pay"
            ).format(measure=a)
            raise CaseInvalid(case.name, (Problem("measures.csv", text, column="status", value="decided"),))
    bit: dict[str, int] = {}
    for a, measure in able.items():
        first = next((b for b in able if measure.together and able[b].together == measure.together), a)
        bit[a] = bit[first] if first in bit else 1 << len(set(bit.values()))
    sure = {t: union(bit[a] for a, measure in able.items() if _surely_serves(measure, t)) for t in case.period_ids}
    possible = {t: union(bit[a] for a, measure in able.items() if _may_serve(measure, t)) for t in case.period_ids}
    return Offered(able, bit, {bit[a]: a for a in reversed(bit)}, sure, possible)


def _has_company(case: Case, measure: Measure, able: dict[str, Measure]) -> bool:
    """Whether all that a measure requires, and all that starts together with it, can start."""
    partners = [b.id for b in case.measures.values() if measure.together and b.together == measure.together]
    return all(b in able for b in (*measure.requires, *barriers_before(case, measure), *partners))


def barriers_before(case: Case, measure: Measure) -> tuple[str, ...]:
    """The barriers that must be gone before a subsidy starts: those that one of its jurisdictions signs the removal of."""
    if measure.level != "subsidy":
        return ()
    return tuple(b for b in case.pyramid.barriers_first if set(case.measures[b].signed_by) & set(measure.jurisdictions))


def _surely_serves(measure: Measure, t: str) -> bool:
    """Decided, with no choice of the period, and serving in `t`."""
    whole = measure.units >= 1 or not measure.divisible
    return measure.status == "decided" and len(measure.starts) == 1 and t in measure.starts[0].serves and whole


def _may_serve(measure: Measure, t: str) -> bool:
    return any(t in start.serves for start in measure.starts)


def union(masks: Iterable[int]) -> int:
    """All bits of some masks."""
    return reduce(or_, masks, 0)


def bits_of(mask: int) -> Iterator[int]:
    """Each bit of a mask by itself, the lowest first."""
    while mask:
        yield mask & -mask
        mask &= mask - 1
