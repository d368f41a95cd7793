"""What a promise of a case is: all that the planner knows of one kind of promise, in one record.

A promise is a rule of the case and no fact of the world: hand-made plans may break it, and where no plan can keep everything
it may give way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, inf, log10
from typing import Any, Literal, Protocol

from models.instance import Instance
from planner.case import Case, naming
from planner.words.said import Sentence, series

Family = Literal["money", "debt", "limits", "places", "late", "dropped", "demands", "fairness"]
Key = tuple[str, ...]  # (kind, ids): one promise of a case, as people would name it
Index = tuple[Any, ...]  # of a row of the model
Name = tuple[str, Any]  # of a row or a column of the model: its component, and the index there
Rows = Mapping[Name, int]  # of a model
Edit = dict[str, Any]  # as under a scenario's `edits` in case.yaml
DIGITS = 4  # of a change: it is rounded so that it is a little more than enough
NOISE = 1e-6  # relative: what a solver adds to a round figure


@dataclass(frozen=True)
class Promise:
    """A kind of promise.

    Attributes
    ----------
    kind
        What it is called in tables.
    row
        The row of the model that keeps it.
    broken
        What a plan breaks, in words, of the ids of what is broken and an amount in the promise's own unit.
    ids
        Which of the row's index tell it from others, as people would; texts in a plan, whatever they are in the index.
    amount
        How much that is of what the row is exceeded by.
    mended_by_more
        Whether a promise that a plan breaks may be kept once more is started.
    listed
        The promises of the kind in a case, named side by side where no plan can keep them all.
    gives_way
        How it gives way where no plan can keep everything; None where it never does.
    """

    kind: str
    row: str
    broken: Callable[[Case, Index, float], str]
    ids: Callable[[Index], Index] = lambda index: index
    amount: Callable[[Case, Instance, Index, float], float] = lambda _case, _instance, _index, over: over
    mended_by_more: Callable[[Case, Index], bool] = lambda _case, _index: False
    listed: Callable[[Case], Iterable[str]] | None = None
    gives_way: GivingWay | None = None


@dataclass(frozen=True)
class Bound:
    """A limit of the case that the model keeps as a bound of columns, so that hand-made plans keep it, too; it may give way.

    Attributes
    ----------
    kind
        What it is called in tables.
    rows
        Columns of the model -> the rows that stand for their bounds where they may give way.
    gives_way
        How it gives way.
    """

    kind: str
    rows: Mapping[str, str]
    gives_way: GivingWay


@dataclass(frozen=True)
class GivingWay:
    """How a kind of promise gives way.

    Attributes
    ----------
    now
        What it is now, of the ids of its key.
    concessions
        What may give way in a case, each in its own unit. A promise whose row the model has not binds nothing.
    changes
        Kind of concession -> the changes of the case that some of them, of one promise, come to.
    called
        What it is called where it is tried alone, of the ids of its key; None where that is not asked.
    tried_by
        How many of the ids name what is tried alone: of a line all periods together. None = all.
    """

    now: Callable[..., str]
    concessions: Callable[[Case, Instance, Rows], Iterator[Concession]]
    changes: Mapping[str, Callable[[Given], list[Change]]]
    called: Callable[..., str] | None
    tried_by: int | None = None


@dataclass(frozen=True)
class Concession:
    """One promise, or one place of it, that gives way by an amount.

    Attributes
    ----------
    key
        What the model calls it: (line, period), (target,), ...
    promise
        The promise that it is part of, as people name it.
    loosens
        Row -> by how much it gives way for one unit of the column; `only_beyond` says after how much of that it begins to.
    step
        How much one unit of its column is, in the promise's own unit.
    size
        What a change is measured against, in the own unit: the promise itself, where that is a figure.
    most
        Where nothing is left of the promise, in the own unit.
    cost
        Money that one own unit costs, for commitments.
    of_share
        Whether what changes in the case is a share, though an amount gives way, or a level that differs with who moves: the
        least of it is not the nearest share or level.
    until
        Id of the period with whose end it gives way no more; empty if there is none.
    """

    kind: str
    family: Family
    key: tuple[str, ...]
    promise: Key
    loosens: Mapping[Name, float]
    only_beyond: Mapping[Name, float] = field(default_factory=dict)
    step: float = 1.0
    size: float = 1.0
    most: float = inf
    whole: bool = False
    cost: float = 0.0
    of_share: bool = False
    until: str = ""


@dataclass(frozen=True)
class Change:
    """One promise that changes: what it is now, what it would have to be, and the edits that make it so.

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

    promise: str
    item: str
    city: str
    period: str
    now: float
    needed: float
    unit: str
    text: Sentence
    edits: tuple[Edit, ...]


class Solved(Protocol):
    """A solution in which promises give way."""

    @property
    def concessions(self) -> tuple[Concession, ...]:
        """All that may give way."""

    @property
    def amounts(self) -> Mapping[int, float]:
        """Concession, by position -> how much it gives way, in its own unit."""

    def column(self, name: Name) -> float:
        """What a column of the model comes to."""

    def limit(self, row: Name) -> float:
        """What a row allows at most."""

    def activity(self, row: Name) -> float:
        """What the model's own columns come to in a row: a row's sum before anything gave way."""

    def starts(self) -> Mapping[tuple[str, str], float]:
        """What it starts: (measure, start period) -> units."""


@dataclass(frozen=True)
class Given:
    """What a change is made from."""

    case: Case
    solved: Solved
    places: tuple[int, ...]  # of the concessions of one promise that are made
    bump: bool  # a unit of the last digit more

    @property
    def first(self) -> Concession:
        return self.solved.concessions[self.places[0]]

    @property
    def amount(self) -> float:
        """By how much the first of the concessions is made, rounded up."""
        amount = self.solved.amounts[self.places[0]]
        return amount if self.first.whole else self.up(amount)

    def up(self, amount: float) -> float:
        """An amount rounded up to a few digits, so that it is enough."""
        return rounded_up(amount, self.bump)

    def made(self, kind: str) -> list[Concession]:
        """All concessions of a kind that are made, of whatever promise."""
        return [given.first for given in self.every(kind)]

    def every(self, kind: str) -> Iterator[Given]:
        """Of each concession of a kind that is made, of whatever promise, by itself."""
        found = (k for k in self.solved.amounts if self.solved.concessions[k].kind == kind)
        return (replace(self, places=(k,)) for k in found)

    def each(self) -> Iterator[Given]:
        """Of each concession by itself."""
        return (replace(self, places=(k,)) for k in self.places)


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


def edits_of(found: Iterable[Change]) -> list[Edit]:
    """The edits of some changes, each once."""
    edits: list[Edit] = []
    for change in found:
        edits += [edit for edit in change.edits if edit not in edits]
    return edits


def loosening(rows: Rows, component: str, indices: Iterable[Any]) -> dict[Name, float]:
    """The rows of a component over some indices, as far as the model has them: all give way alike."""
    return {(component, index): 1.0 for index in indices if (component, index) in rows}


def label(case: Case, t: str) -> str:
    """A period as people are told of it."""
    return case.period(t).label


def figure(value: float) -> str:
    """A figure as people write it, with as many digits as it needs."""
    return f"{value:,.6g}"


def names(case: Case, measures: Sequence[str]) -> str:
    """Names of measures that start together."""
    return series([naming.measure(case, a) for a in measures], " and ")
