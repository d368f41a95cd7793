"""What an audit finds, and the ledger in which the checks write it down."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable
from copy import copy
from dataclasses import dataclass, field

from planner.case import FrozenDict

TOLERANCE = 1e-6  # of max(1, the row's largest term); of figures that are all small, see `Ledger.small`

CHECKS = (
    "tables",  # every table, column, row and id can be read
    "decisions",  # each row of decisions says what the measure's own columns say
    "starts",  # each start is one that the measure offers: window, units, status
    "logic",  # what is decided starts; requires, one_of, together
    "routes",  # fastest minutes, and the way they are reached
    "access",  # minutes, means and shares of the access standards, and their gaps
    "services",  # needs met, standards, and the gaps of services
    "capacity",  # what each city gives, and gives to others
    "rights",  # catchments and borders of the flows
    "work",  # indicators of work: jobs and output, and their gaps
    "parks",  # what each park has: phases, land, skilled people, output, emissions, tax
    "jobs",  # productive jobs of phases that serve, and whose host reaches the origin
    "chains",  # bonus jobs of pairs of parks
    "skills",  # skilled people, graduates, and jobs that need them
    "land",
    "hosts",  # cities that an industry is in
    "closures",  # jobs that replace those that end
    "airsheds",  # what is emitted
    "emission caps",
    "best use",  # no capacity that a goal wants used is left idle, with and without the plan
    "private",  # what private investors pay by themselves, and what policies attract
    "payments",  # every cost is paid, by lines that may pay it
    "largest share",
    "taxes",  # tax of parks: host, origin, moved; whose and when
    "transfers",  # what lines send each other
    "credit",  # debt, interest and limits
    "lines",  # what comes in, goes out, is carried and is left, line by line and period by period
    "within budget",
    "minimum spending",
    "levels",  # what a level of the pyramid may cost
    "subsidies",  # in how many periods a city is subsidised
    "barriers",  # removed before a subsidy starts
    "gates",  # starts that wait for an indicator
    "targets",
    "rules",
    "goal limits",  # what the value of a goal may be at most
    "no city loses",
    "alone",  # each jurisdiction's own gaps, next to its stand-alone plan
    "nobody worse off",
    "jurisdictions",  # who pays, and whose gaps shrink
    "goals",  # each goal added up from the plan's own tables
    "status",  # what is claimed of the proof
)

PROMISES = (
    "logic",
    "land",
    "hosts",
    "closures",
    "emission caps",
    "largest share",
    "within budget",
    "minimum spending",
    "levels",
    "subsidies",
    "barriers",
    "gates",
    "targets",
    "rules",
    "goal limits",
    "no city loses",
    "nobody worse off",
)
"""Checks that a hand-made plan may fail, if it lists the promise it breaks."""

WHOLE = {"closures": 0.5}
"""Those that are told in whole numbers, and how far rounding may be off."""


@dataclass(frozen=True)
class Violation:
    """One thing that is not as the plan says, or not as the case demands.

    Attributes
    ----------
    check
        One of ``CHECKS``.
    where
        The measure, line, city and period (as far as they apply).
    says, should
        What the plan says, and what it should be.
    difference
        How far apart they are, in the figure's own unit; None where it is no matter of size.
    """

    check: str
    where: str
    says: str
    should: str
    difference: float | None = None

    def __str__(self) -> str:
        off = "" if self.difference is None else f" (off by {self.difference:.6g})"
        return f"{self.check}: {self.where}: {self.says}, should be {self.should}{off}"


@dataclass(frozen=True)
class AuditReport:
    """What an audit found.

    Attributes
    ----------
    violations
        Everything that makes the audit fail.
    broken
        Promises that a hand-made plan breaks and says so: worth knowing, and no failure.
    checks
        Name of the check -> number of comparisons made, so that a check that compared nothing can be seen.
    """

    violations: tuple[Violation, ...]
    broken: tuple[Violation, ...] = ()
    checks: FrozenDict[str, int] = field(default_factory=FrozenDict)

    @property
    def passed(self) -> bool:
        """Whether the plan keeps what it says."""
        return not self.violations

    def __str__(self) -> str:
        head = f"Audit {'passed' if self.passed else 'failed'}: {sum(self.checks.values())} comparisons"
        lines = [head, *(f"  {v}" for v in self.violations), *(f"  broken as stated: {v}" for v in self.broken)]
        return "\n".join(lines)


class Ledger:
    """Collects comparisons and violations while an audit runs."""

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        self.asked = check  # before each comparison whether to go on
        self.violations: list[Violation] = []
        self.breaches: list[tuple[Violation, tuple[str, ...]]] = []
        self.checks = dict.fromkeys(CHECKS, 0)
        self._size = 1.0

    def small(self, size: float) -> Ledger:
        """The same ledger for figures of at most about this size, if it is below 1: a thousandth of such a figure shows."""
        same = copy(self)
        same._size = min(1.0, max(size, 1e-6)) if size > 0 else 1.0
        return same

    def fail(self, check: str, where: str, says: str, should: str, difference: float | None = None) -> None:
        """Write down a violation of a comparison that is counted elsewhere."""
        self.violations.append(Violation(check, where, says, should, difference))

    def true(self, check: str, holds: bool, where: str, says: str, should: str) -> None:
        """Count a statement, and write it down if it does not hold."""
        self.asked()
        self.checks[check] += 1
        if not holds:
            self.fail(check, where, says, should)

    def same(self, check: str, where: str, what: str, says: float, should: float, largest: float = 0.0) -> None:
        """Compare a figure of the plan with the recomputed one; `largest` is the largest term behind it."""
        self.asked()
        self.checks[check] += 1
        if not is_same(says / self._size, should / self._size, largest / self._size):
            self.fail(check, where, f"{what} {number(says)}", number(should), abs(says - should))

    def within(
        self, check: str, where: str, what: str, value: float, least: float, most: float, largest: float = 0.0
    ) -> None:
        """Compare a figure with its limits (-inf or inf where there is none)."""
        self.checks[check] += 1
        over = excess(value / self._size, least / self._size, most / self._size, largest / self._size)
        if over is not None:
            self.fail(check, where, f"{what} {number(value)}", limits(least, most), over * self._size)

    def promise(
        self,
        check: str,
        where: str,
        what: str,
        value: float,
        least: float,
        most: float,
        *,
        largest: float = 0.0,
        per: float = 1.0,
        words: tuple[str, ...],
    ) -> None:
        """Compare a promised figure with its limits; a hand-made plan that breaks it says so in these `words`.

        Figures are seen in units of `per` when it is asked whether they differ.
        """
        self.checks[check] += 1
        over = excess(value / per, least / per, most / per, largest / per)
        if over is not None:
            found = Violation(check, where, f"{what} {number(value)}", limits(least, most), over * per)
            self.breaches.append((found, words))

    def rows(self, check: str, table: str, found: Collection[Hashable], expected: Collection[Hashable]) -> None:
        """Compare the rows that a table has with those it should have."""
        self.checks[check] += len(expected)
        for key in expected:
            if key not in found:
                self.fail(check, f"{table}, {named(key)}", "no such row", "a row")
        for key in found:
            if key not in expected:
                self.fail(check, f"{table}, {named(key)}", "a row", "no such row")


def is_same(says: float, should: float, largest: float = 0.0) -> bool:
    """Whether two figures agree within the tolerance; nothing (NaN) agrees with nothing only."""
    if math.isnan(says) or math.isnan(should):
        return math.isnan(says) and math.isnan(should)
    return abs(says - should) <= slack(says, should, largest)


def excess(value: float, least: float, most: float, largest: float = 0.0) -> float | None:
    """By how much a figure lies beyond its limits, or None if it keeps them within the tolerance."""
    if math.isnan(value):
        return math.inf
    over = max(least - value, value - most)
    bounds = [b for b in (least, most) if math.isfinite(b)]
    return over if over > slack(value, largest, *bounds) else None


def slack(*terms: float) -> float:
    """The difference that is put down to rounding, given the terms of a row."""
    return TOLERANCE * max(1.0, *(abs(term) for term in terms))


def number(value: float) -> str:
    """A figure as people read it, exact enough to see a difference."""
    return "nothing" if math.isnan(value) else f"{value:.10g}"


def limits(least: float, most: float) -> str:
    """The limits of a figure in words."""
    words = []
    if math.isfinite(least):
        words.append(f"at least {number(least)}")
    if math.isfinite(most):
        words.append(f"at most {number(most)}")
    return " and ".join(words)


def named(key: Hashable) -> str:
    """The ids of a row, joined."""
    return ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
