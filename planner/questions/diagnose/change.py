"""A change of the case: what a promise is now, what it would have to be, and the edits that make it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any

from planner.case import Case
from planner.questions.diagnose.concessions import Concession, Kind
from planner.questions.diagnose.least import Least
from planner.questions.diagnose.loosened import Loosened
from planner.questions.diagnose.wording import figure
from planner.words.said import Sentence

DIGITS = 4  # of a change: it is rounded so that it is a little more than enough
NOISE = 1e-6  # relative: what a solver adds to a round figure
Edit = dict[str, Any]  # as under a scenario's `edits` in case.yaml


@dataclass(frozen=True)
class Change:
    """One promise that changes.

    Attributes
    ----------
    promise
        What kind of promise it is.
    item
        Its id: a line, a target, a rule, a measure ...
    city, period
        Where and when, as far as it is of one city or period.
    now, needed
        Its figure today, and one with which the case is possible; NaN where it has none, or is dropped.
    text
        The whole in a planner's words.
    edits
        What makes it so, as under `edits` of a scenario.
    """

    promise: Kind
    item: str
    city: str
    period: str
    now: float
    needed: float
    unit: str
    text: Sentence
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Given:
    """What a change is made from."""

    case: Case
    loose: Loosened
    least: Least
    places: tuple[int, ...]  # of the concessions of one promise that are made
    bump: bool  # a unit of the last digit more

    @property
    def first(self) -> Concession:
        return self.loose.concessions[self.places[0]]

    def up(self, amount: float) -> float:
        """An amount rounded up to a few digits, so that it is enough."""
        return rounded_up(amount, self.bump)

    @property
    def amount(self) -> float:
        """By how much the first of the concessions is made, rounded up."""
        amount = self.least.amounts[self.places[0]]
        return amount if self.first.whole else self.up(amount)


def rounded_up(amount: float, bump: bool = False) -> float:
    """An amount rounded up to four digits, and with `bump` one unit of the last of them more."""
    if amount <= 0:
        return 0.0
    digit = 10.0 ** (floor(log10(amount)) + 1 - DIGITS)
    units = ceil(amount * (1 - NOISE) / digit) + (1 if bump else 0)
    return float(f"{units * digit:.12g}")


def plus(now: float, more: float) -> float:
    """A sum without the dust of binary fractions."""
    return float(f"{now + more:.12g}")


def part_of(change: Change, part: float) -> Change:
    """A part of the way of a change that sets one figure."""
    way = change.needed - change.now
    needed = plus(change.now, rounded_up(part * abs(way)) * (1.0 if way > 0 else -1.0))
    edits = tuple({**edit, "set": needed} for edit in change.edits)
    return replace(change, needed=needed, text=change.text.but(needed=figure(needed)), edits=edits)


def edits_of(found: Sequence[Change]) -> list[Edit]:
    """The edits of some changes, each once."""
    edits: list[Edit] = []
    for change in found:
        edits += [edit for edit in change.edits if edit not in edits]
    return edits
