"""Who may pay for a measure, by kind of cost."""

from __future__ import annotations

from planner.case.nouns import Case, Measure
from planner.case.selecting import payers_of

KINDS = ("capital", "running")


class Payers:
    """Shares of the lines that may pay, for every measure and kind of cost."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lines = payers_of(case)

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
