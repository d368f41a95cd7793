"""What `build` needs of a case and nothing more: periods, and one record of parameters for each block. No Pyomo here.

Money in `money_scale`, services in `service_scale`, jobs in `job_scale`, emissions in `emission_scale` units; gaps and
weights are shares. A record that a case gives nothing is the record's own default, which is empty: no row, no switch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

Gap = tuple[str, str, str]  # (indicator x, city i, period t)
Tails = Mapping[int, Mapping[str, float]]  # n -> city -> what its gap beyond the edge weighs; see the block fairness
R = TypeVar("R", bound="Parameters")
K = TypeVar("K")
V = TypeVar("V")


def nothing() -> Any:
    """The default of a parameter by index: no index has any."""
    return field(default_factory=dict)


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values by key, both in the order in which they come."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def summed(pairs: Iterable[tuple[K, float]]) -> dict[K, float]:
    """Sums by key, in the order in which keys come first."""
    found: dict[K, float] = {}
    for key, value in pairs:
        found[key] = found.get(key, 0.0) + value
    return found


def up_to(periods: Sequence[str], t: str, carries: bool = True) -> tuple[str, ...]:
    """The periods up to one; of money that is not carried over that one alone."""
    return tuple(periods[: periods.index(t) + 1]) if carries else (t,)


def from_on(periods: Sequence[str], t: str, carries: bool = True) -> tuple[str, ...]:
    """The periods from one on; of money that is not carried over that one alone."""
    return tuple(periods[periods.index(t) :]) if carries else (t,)


class Fair(Protocol):
    """A goal about gaps, of the plan or a jurisdiction's own, that may ask for tails; see the block fairness."""

    @property
    def city_weight(self) -> Mapping[Gap, float]:
        """Weight of each gap / sum of its city's weights."""

    @property
    def tails(self) -> Tails:
        """Tail -> city -> what its gap beyond the edge weighs."""

    @property
    def curve(self) -> int | None:
        """The curve by which its gaps count; None where they count as they are. See the block curve."""


@dataclass(frozen=True)
class Parameters:
    """What a block is given. Its own record, beside its rows, says what; here is what it may tell the other blocks."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps that the block's rows settle: each has a `Gap`, counts in goals, and can be promised."""
        return ()

    @property
    def fair(self) -> Mapping[Any, Fair]:
        """The goals about gaps that the block has, by number or jurisdiction."""
        return {}


@dataclass(frozen=True)
class Instance:
    """The planning periods t, in order, and what each block is given: `given[Air].emission_cap`."""

    periods: tuple[str, ...] = ()
    blocks: tuple[Parameters, ...] = ()  # in the order of the blocks

    def __getitem__(self, kind: type[R]) -> R:
        """A block's record; empty where there is nothing for it."""
        found = self._of.get(kind)
        return found if isinstance(found, kind) else self._of.setdefault(kind, kind())  # type: ignore[return-value]

    @cached_property
    def _of(self) -> dict[type[Parameters], Parameters]:
        return {type(block): block for block in self.blocks}

    def __iter__(self) -> Iterator[Parameters]:
        return iter(self.blocks)

    def having(self, *changed: Parameters) -> Instance:
        """The same with other records in the place of those of their kind."""
        others = {type(block): block for block in changed}
        known = tuple(others.pop(type(block), block) for block in self.blocks)
        return Instance(self.periods, (*known, *others.values()))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """(indicator, city, period) of every gap there is."""
        return tuple(gap for block in self.blocks for gap in block.gaps)

    @cached_property
    def fair(self) -> dict[int | str, Fair]:
        """Every goal about gaps, the plan's by their number and the jurisdictions' own by their name."""
        return {f: asked for block in self.blocks for f, asked in block.fair.items()}
