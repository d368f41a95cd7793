"""What a plan claims to be proven of a step: a bound and a gap, held against each other and against the plan.

The bound itself is the solver's word: it cannot be recomputed without solving again. What can be known is whether it fits
the rest. With the gap of the step it gives the value that the step's own solution had; the plan may be as far above that
as the goal's tolerance lets later goals go, and no plan is below the bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.audit.report import Ledger, number
from planner.audit.tolerance import AS_WRITTEN
from planner.words.said import _

SMALLEST = 0.001  # values below it count as this in a relative gap
GOAL_SLACK = 1e-6  # what later goals may always take of an earlier one, beside its tolerance
ASKED = 1e-6  # of the asked gap, by which a step may miss it


@dataclass(frozen=True)
class Claim:
    """What is claimed of one step of a goal.

    Attributes
    ----------
    value
        What the step minimises, in the plan as it stands.
    bound, gap
        As proven by the step: what nothing can beat, and how far its own solution was from that.
    tolerance
        Of the goal: what later goals may take of it.
    """

    where: str
    value: float
    bound: float
    gap: float
    tolerance: float

    @property
    def step_value(self) -> float:
        """The value of the step's own solution; NaN where bound and gap are none of any solution."""
        return step_value(self.bound, self.gap)

    @property
    def most(self) -> float:
        """The most that the value may be in the plan, now that later goals have taken what they may."""
        return self.step_value + self.tolerance * abs(self.step_value) + GOAL_SLACK


def relative_gap(value: float, bound: float) -> float:
    """(value - bound) / max(|value|, 0.001), never below 0; NaN where nothing is proven."""
    if not (math.isfinite(value) and math.isfinite(bound)):
        return math.nan
    return max(0.0, value - bound) / max(abs(value), SMALLEST)


def step_value(bound: float, gap: float) -> float:
    """The value that lies so far above a bound: `relative_gap` solved for it; NaN if none does, infinity if any may."""
    if bound == 0 and gap == 1.0:
        return math.inf
    small = bound + gap * SMALLEST
    if abs(small) <= SMALLEST:
        return small
    above = bound / (1.0 - gap) if gap != 1.0 else math.nan
    below = bound / (1.0 + gap)
    return above if above > 0 else below if below < 0 else math.nan


def check(claim: Claim, ledger: Ledger, is_above_bound: bool = True) -> None:
    """Check that bound and gap fit each other and the value; `is_above_bound`: whether that bound still holds."""
    where, bound, gap = claim.where, claim.bound, claim.gap
    if not math.isfinite(bound):
        said = _("bound {bound}").format(bound=bound)
        ledger.true("status", math.isnan(bound) or bound < 0, where, said, _("no bound, or a figure"))
        exact(ledger, where, "optimality_gap", gap, math.nan)
        return
    ledger.true("status", gap >= 0, where, _("optimality_gap {gap}").format(gap=gap), _("0 or more: the bound is proven"))
    if gap >= 0:
        ledger.true(
            "status",
            not math.isnan(claim.step_value),
            where,
            _("optimality_gap {gap}").format(gap=gap),
            _("that of a value"),
        )
        ledger.within("status", where, "value", claim.value, -math.inf, claim.most)
    if is_above_bound:
        ledger.within("status", where, "value", claim.value, bound, math.inf)


def within_asked(ledger: Ledger, where: str, gap: float, asked: float) -> None:
    """Check that a step was proven within the gap that was asked for."""
    said = _("optimality_gap {gap}").format(gap=number(gap))
    ledger.true("status", gap <= asked * (1 + ASKED), where, said, _("at most {asked}").format(asked=number(asked)))


def exact(ledger: Ledger, where: str, what: str, says: float, should: float) -> None:
    """Compare a figure that is worked out from others as they are written: also a tiny one has to be right."""
    ledger.checks["status"] += 1
    same = math.isnan(says) and math.isnan(should)
    if not (same or abs(says - should) <= AS_WRITTEN * max(abs(should), AS_WRITTEN)):
        ledger.fail(
            "status", where, _("{what} {says:.10g}").format(what=what, says=says), f"{should:.10g}", abs(says - should)
        )
