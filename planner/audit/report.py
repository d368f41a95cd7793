"""What an audit finds, and the ledger in which the checks write it down."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field

from planner.audit.tolerance import excess, is_same
from planner.case import FrozenDict
from planner.words.said import Sentence, Text, _, series

FIGURE, PROMISE = "figure", "promise"

_KINDS: Mapping[str, str] = {
    _("tables"): FIGURE,  # every table, column, row and id can be read
    _("decisions"): FIGURE,  # each row of decisions says what the measure's own columns say
    _("starts"): FIGURE,  # each start is one that the measure offers: window, units, status
    _("logic"): PROMISE,  # what is decided starts; requires, one_of, together
    _("routes"): FIGURE,  # fastest minutes, and the way they are reached
    _("residents"): FIGURE,  # what residents have of services, without the plan and with it
    _("access"): FIGURE,  # minutes, means and shares of the access standards, and their gaps
    _("services"): FIGURE,  # needs met, standards, and the gaps of services
    _("capacity"): FIGURE,  # what each city gives, and gives to others
    _("rights"): FIGURE,  # catchments and borders of the flows
    _("prices"): FIGURE,  # use in other jurisdictions that has a price: how much of it, by which right, and what it costs
    _("moves"): FIGURE,  # who and what moves from one city to another
    _("crowding"): FIGURE,  # people above what cities are meant to hold
    _("housing"): PROMISE,  # for those who move in
    _("work"): FIGURE,  # indicators of work: jobs and output, and their gaps
    _("parks"): FIGURE,  # what each park has: phases, land, skilled people, output, emissions, tax
    _("jobs"): FIGURE,  # productive jobs of phases that serve, and whose host reaches the origin
    _("chains"): FIGURE,  # bonus jobs of pairs of parks
    _("skills"): FIGURE,  # skilled people, graduates, and jobs that need them
    _("land"): PROMISE,
    _("hosts"): PROMISE,  # cities that an industry is in
    _("closures"): PROMISE,  # jobs that replace those that end
    _("airsheds"): FIGURE,  # what is emitted
    _("emission caps"): PROMISE,
    _("best use"): FIGURE,  # no capacity that a goal wants used is left idle, with and without the plan
    _("private"): FIGURE,  # what private investors pay by themselves, and what policies attract
    _("payments"): FIGURE,  # every cost is paid, by lines that may pay it
    _("largest share"): PROMISE,
    _("taxes"): FIGURE,  # tax of parks: host, origin, moved; whose and when
    _("transfers"): FIGURE,  # what lines send each other
    _("credit"): FIGURE,  # debt, interest and limits
    _("lines"): FIGURE,  # what comes in, goes out, is carried and is left, line by line and period by period
    _("within budget"): PROMISE,
    _("running costs after"): PROMISE,  # what lines with a limit are left with after the horizon
    _("minimum spending"): PROMISE,
    _("levels"): PROMISE,  # what a level of the pyramid may cost
    _("subsidies"): PROMISE,  # in how many periods a city is subsidised
    _("barriers"): PROMISE,  # removed before a subsidy starts
    _("gates"): PROMISE,  # starts that wait for an indicator
    _("targets"): PROMISE,
    _("rules"): PROMISE,
    _("goal limits"): PROMISE,  # what the value of a goal may be at most
    _("no city loses"): PROMISE,
    _("no level falls"): PROMISE,
    _("alone"): FIGURE,  # each jurisdiction's own gaps, next to its stand-alone plan
    _("nobody worse off"): PROMISE,
    _("jurisdictions"): FIGURE,  # who pays, and whose gaps shrink
    _("goals"): FIGURE,  # each goal added up from the plan's own tables
    _("status"): FIGURE,  # what is claimed of the proof
}
CHECKS = tuple(_KINDS)
"""What an audit checks, in the order in which it says so."""

PROMISES = tuple(check for check, kind in _KINDS.items() if kind == PROMISE)
"""Checks that a hand-made plan may fail, if it lists the promise it breaks."""


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
        return str(self.said)

    @property
    def said(self) -> Sentence:
        """The violation in a sentence."""
        message = _("{check}: {where}: {says}, should be {should}")
        if self.difference is not None:
            message = _("{check}: {where}: {says}, should be {should} (off by {difference:.6g})")
        return message.format(
            check=_(self.check), where=self.where, says=self.says, should=self.should, difference=self.difference
        )


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
        return str(self.said)

    @property
    def said(self) -> Text:
        """How many comparisons were made, and everything that was found, a line each."""
        head = _("Audit passed: {number} comparisons") if self.passed else _("Audit failed: {number} comparisons")
        return series(
            (
                head.format(number=sum(self.checks.values())),
                *(_("  {violation}").format(violation=v.said) for v in self.violations),
                *(_("  broken as stated: {violation}").format(violation=v.said) for v in self.broken),
            ),
            "\n",
        )


Promise = tuple[str, ...]  # which a plan lists where it breaks it: the kind, and the ids that tell it from others


class Ledger:
    """Collects comparisons and violations while an audit runs."""

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        self.asked = check  # before each comparison whether to go on
        self.violations: list[Violation] = []
        self.breaches: list[tuple[Violation, Promise]] = []
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

    def agree(self, check: str, count: int) -> None:
        """Count comparisons that hold."""
        self.asked()
        self.checks[check] += count

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
            self.fail(
                check, where, _("{what} {says}").format(what=what, says=number(says)), number(should), abs(says - should)
            )

    def within(
        self, check: str, where: str, what: str, value: float, least: float, most: float, largest: float = 0.0
    ) -> None:
        """Compare a figure with its limits (-inf or inf where there is none)."""
        self.checks[check] += 1
        over = excess(value / self._size, least / self._size, most / self._size, largest / self._size)
        if over is not None:
            said = _("{what} {value}").format(what=what, value=number(value))
            self.fail(check, where, said, limits(least, most), over * self._size)

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
        promise: Promise,
    ) -> None:
        """Compare a promised figure with its limits; a hand-made plan that breaks it lists this `promise`.

        Figures are seen in units of `per` when it is asked whether they differ.
        """
        self.checks[check] += 1
        over = excess(value / per, least / per, most / per, largest / per)
        if over is not None:
            found = Violation(
                check, where, _("{what} {value}").format(what=what, value=number(value)), limits(least, most), over * per
            )
            self.breaches.append((found, promise))

    def rows(self, check: str, table: str, found: Collection[Hashable], expected: Collection[Hashable]) -> None:
        """Compare the rows that a table has with those it should have."""
        self.checks[check] += len(expected)
        for key in expected:
            if key not in found:
                self.fail(check, _("{table}, {key}").format(table=table, key=named(key)), _("no such row"), _("a row"))
        for key in found:
            if key not in expected:
                self.fail(check, _("{table}, {key}").format(table=table, key=named(key)), _("a row"), _("no such row"))


def number(value: float) -> str:
    """A figure as people read it, exact enough to see a difference."""
    return _("nothing") if math.isnan(value) else f"{value:.10g}"


def limits(least: float, most: float) -> str:
    """The limits of a figure in words."""
    words = []
    if math.isfinite(least):
        words.append(_("at least {least}").format(least=number(least)))
    if math.isfinite(most):
        words.append(_("at most {most}").format(most=number(most)))
    return series(words, " and ")


def named(key: Hashable) -> str:
    """The ids of a row, joined."""
    return ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
