"""Which measures can start at all, and what the mathematics needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.case.nouns import Case, Measure
from planner.case.problems import CaseInvalid, Problem
from planner.compiling.payers import Payers


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

    def needs(self, mask: int) -> tuple[str, ...]:
        """The measures of a bit mask (of a group: its first), in the case's order."""
        found = []
        while mask:
            lowest = mask & -mask
            found.append(self.first[lowest])
            mask ^= lowest
        return tuple(found)

    def mask(self, measures: tuple[str, ...]) -> int | None:
        """Bit mask of measures; None if one of them cannot start."""
        if any(a not in self.measures for a in measures):
            return None
        mask = 0
        for a in measures:
            mask |= self.bit[a]
        return mask


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
            text = f"{a} is decided, but cannot start: what it requires, or starts together with, cannot, or nobody may pay"
            raise CaseInvalid(case.name, (Problem("measures.csv", text, column="status", value="decided"),))
    bit: dict[str, int] = {}
    for a, measure in able.items():
        first = next((b for b in able if measure.together and able[b].together == measure.together), a)
        bit[a] = bit[first] if first in bit else 1 << len(set(bit.values()))
    sure = {t: _union(bit[a] for a, measure in able.items() if _surely_serves(measure, t)) for t in case.period_ids}
    possible = {t: _union(bit[a] for a, measure in able.items() if _may_serve(measure, t)) for t in case.period_ids}
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


def _union(bits: Any) -> int:
    mask = 0
    for bit in bits:
        mask |= bit
    return mask


def parameters(case: Case, offered: Offered) -> dict[str, Any]:
    """The measures' fields of the instance."""
    able = offered.measures
    groups: dict[str, list[str]] = {}
    for a, measure in able.items():
        if measure.one_of:
            groups.setdefault(measure.one_of, []).append(a)
    first = {measure.together: a for a, measure in reversed(able.items()) if measure.together}
    required = {b for measure in able.values() for b in measure.requires}
    offering = {access.offers for access in case.access.values() if access.offers}
    gated = {a for gate in case.gates for a in gate.measures}
    asked = {a for a, measure in able.items() if a in required or (measure.service and measure.service in offering)}
    asked |= {offered.first[offered.bit[a]] for a in asked}  # routes name a group by its first
    return {
        "measures": tuple(able),
        "starts": tuple((a, start.period) for a, measure in able.items() for start in measure.starts),
        "starts_of": {a: tuple(start.period for start in measure.starts) for a, measure in able.items()},
        "serving_starts": {
            (a, t): tuple(start.period for start in measure.starts if t in start.serves)
            for a, measure in able.items()
            for t in case.period_ids
        },
        "units": {a: measure.units for a, measure in able.items()},
        "max_starts": {a: measure.max_starts for a, measure in able.items()},
        "divisible": frozenset(a for a, measure in able.items() if measure.divisible),
        "decided": frozenset(a for a, measure in able.items() if measure.status == "decided"),
        "requires": tuple((a, b) for a, measure in able.items() for b in measure.requires),
        "one_of": {group: tuple(members) for group, members in groups.items() if len(members) > 1},
        "together": tuple(
            (a, first[measure.together]) for a, measure in able.items() if measure.together and first[measure.together] != a
        ),
        "asked_started": frozenset(
            a for a, measure in able.items() if measure.requires or barriers_before(case, measure) or a in gated
        ),
        "asked_present": frozenset(a for a in asked if able[a].divisible),
        "benefit": {a: measure.benefit for a, measure in able.items()},
    }
