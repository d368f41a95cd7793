"""Measures: what is started when, and what therefore serves. Everything else in the model only sees what serves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from models.instance import Instance, Parameters, nothing

T = TypeVar("T")
WHOLE = 1e-7  # units this close to a whole number are whole; fewer than this are none


@dataclass(frozen=True)
class Measures(Parameters):
    """What can start when, and where it serves then."""

    measures: tuple[str, ...] = ()  # those with an offered start
    starts: tuple[tuple[str, str], ...] = ()  # (a, u): offered starts
    starts_of: Mapping[str, tuple[str, ...]] = nothing()  # a -> its offered starts u
    serving_starts: Mapping[tuple[str, str], tuple[str, ...]] = nothing()  # (a, t) -> starts u that serve in t
    units: Mapping[str, float] = nothing()  # most units started in all
    max_starts: Mapping[str, float] = nothing()  # most units started in a period
    divisible: frozenset[str] = frozenset()  # measures that may start in parts of a unit (staff, beds)
    decided: frozenset[str] = frozenset()  # measures decided before the plan: all units start
    requires: tuple[tuple[str, str], ...] = ()  # (a, what it requires)
    one_of: Mapping[str, tuple[str, ...]] = nothing()  # group -> measures
    together: tuple[tuple[str, str], ...] = ()  # (a, its group's first)
    asked_started: frozenset[str] = frozenset()  # measures whose "any unit starts in t" some row asks
    asked_present: frozenset[str] = frozenset()  # divisible measures of which some row asks for a whole unit serving
    benefit: Mapping[str, float] = nothing()  # of one unit started


@dataclass(frozen=True)
class Made:
    """Decisions that somebody made: what all else that is whole follows from.

    Attributes
    ----------
    starts
        (measure, period) -> units started.
    serving
        Period -> measure -> units that serve.
    """

    given: Instance
    starts: Mapping[tuple[str, str], float]
    serving: Mapping[str, Mapping[str, float]]
    _known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, given: Instance, starts: Mapping[tuple[str, str], float]) -> Made:
        """Starts, and what therefore serves in each period."""
        serving_starts = given[Measures].serving_starts
        serving: dict[str, dict[str, float]] = {t: {} for t in given.periods}
        for (a, u), units in starts.items():
            for t, served in serving.items():
                if u in serving_starts.get((a, t), ()):
                    served[a] = served.get(a, 0.0) + units
        return cls(given, starts, serving)

    def units_started(self, a: str, u: str) -> float:
        """Units that start in a period."""
        return self.starts.get((a, u), 0.0)

    def once(self, key: Any, work_out: Callable[[], T]) -> T:
        """What several decisions follow from, worked out once."""
        if key not in self._known:
            self._known[key] = work_out()
        found: T = self._known[key]
        return found

    def any_of(self, measures: Collection[str], periods: Collection[str] | None = None) -> bool:
        """Whether any of some measures starts, ever or in some periods."""
        return any(a in measures and (periods is None or u in periods) for a, u in self.starts)


Follows = Callable[..., float]  # of what is made, and the index


def is_yes_or_no(given: Instance, a: str) -> bool:
    """Whether a start of the measure is itself the binary answer to "any unit?"."""
    return given[Measures].units[a] == 1 and a not in given[Measures].divisible


def declare(m: Any) -> None:
    """Starts, what serves, and the binaries that stand for "any unit" (never a fraction of units)."""
    given, own = m.given, m.given[Measures]
    m.decide("Start", own.starts, "units of a whose works start in u", start_bounds, starts_whole, Made.units_started)
    # keeps a row over nothing a row, so that one that nothing can keep makes a plan infeasible and is no error
    m.decide("Never", None, "always 0", (0, 0))
    m.express("Serves", ((a, t) for a in own.measures for t in given.periods), serves)

    counted = [a for a in own.measures if not is_yes_or_no(given, a)]
    asked = [(a, u) for a, u in own.starts if a in counted and a in own.asked_started]
    m.decide("AnyStart", asked, "1 if any unit of a starts in u", (0, 1), True, any_starts_in)
    grouped = [a for members in own.one_of.values() for a in members if a in counted]
    m.decide("AnyChosen", grouped, "1 if any unit of a ever starts", (0, 1), True, any_starts)
    parted = [(a, t) for a in own.measures if a in own.asked_present for t in given.periods]
    m.decide("WholeUnit", parted, "1 if a whole unit of a divisible measure serves in t", (0, 1), True, whole_unit_serves)
    m.express("Present", ((a, t) for a in own.measures for t in given.periods), present)


def starts_whole(m: Any, a: str, u: str) -> bool:
    """Units started are whole numbers, except of divisible measures (staff, beds)."""
    return a not in m.given[Measures].divisible


def start_bounds(m: Any, a: str, u: str) -> tuple[float, float]:
    """No more units start in a period than may start in one, or in all."""
    return 0, min(m.given[Measures].max_starts[a], m.given[Measures].units[a])


def any_starts_in(made: Made, a: str, u: str) -> bool:
    """Whether any unit starts in a period."""
    return made.starts.get((a, u), 0.0) > 0


def any_starts(made: Made, a: str) -> bool:
    """Whether any unit ever starts."""
    return made.any_of((a,))


def whole_unit_serves(made: Made, a: str, t: str) -> float:
    """At least one unit; never above what serves, not even by rounding."""
    served = made.serving[t].get(a, 0.0)
    return min(1.0, served) if served >= 1 - WHOLE else 0.0


def serves(m: Any, a: str, t: str) -> Any:
    r"""Units that are open for at least half of the years of a period.

    .. math:: \mathit{Serves}_{at} = \sum_{u \,:\, \text{a start in } u \text{ serves in } t} \mathit{Start}_{au}
    """
    return sum(m.Start[a, u] for u in m.given[Measures].serving_starts[a, t])


def present(m: Any, a: str, t: str) -> Any:
    r"""At least one whole unit serves (for whole units, what serves says so itself).

    .. math:: \mathit{Present}_{at} = \mathit{WholeUnit}_{at} \text{ if } a \text{ is divisible, else } \mathit{Serves}_{at}
    """
    return m.WholeUnit[a, t] if (a, t) in m.WholeUnit else m.Serves[a, t]


def total_starts(m: Any, a: str) -> Any:
    """Units started over all periods."""
    return sum(m.Start[a, u] for u in m.given[Measures].starts_of[a])


def started(m: Any, a: str, u: str) -> Any:
    """Whether any unit of the measure starts in a period."""
    return m.Start[a, u] if is_yes_or_no(m.given, a) else m.AnyStart[a, u]


def chosen(m: Any, a: str) -> Any:
    """Whether any unit of the measure ever starts."""
    return m.AnyChosen[a] if a in m.AnyChosen else total_starts(m, a)


def constrain(m: Any) -> None:
    """Rows of the measures."""
    own: Measures = m.given[Measures]
    m.state(starts_within_units, (a for a in own.measures if len(own.starts_of[a]) > 1))
    m.state(all_decided_units_start, (a for a in own.measures if a in own.decided), promise=True)
    m.state(any_start_is_marked, m.AnyStart)
    m.state(any_choice_is_marked, m.AnyChosen)
    m.state(a_whole_unit_serves, m.WholeUnit)
    m.state(required_serves_at_the_start, ((a, b, u) for a, b in own.requires for u in own.starts_of[a]), promise=True)
    m.state(one_of_a_group, own.one_of, promise=True)
    m.state(starts_together, ((a, b, u) for a, b in own.together for u in own.starts_of[a]))


def starts_within_units(m: Any, a: str) -> Any:
    r"""A measure starts at most its units over all periods.

    .. math:: \sum_{u} \mathit{Start}_{au} \le \mathit{units}_{a} \quad \forall a
    """
    return total_starts(m, a) <= m.given[Measures].units[a]


def all_decided_units_start(m: Any, a: str) -> Any:
    r"""All units of a measure that was decided before the plan start.

    .. math:: \sum_{u} \mathit{Start}_{au} = \mathit{units}_{a} \quad \forall a \text{ decided}
    """
    return total_starts(m, a) == m.given[Measures].units[a]


def any_start_is_marked(m: Any, a: str, u: str) -> Any:
    r"""Where any unit starts, the binary says so.

    .. math:: \mathit{Start}_{au} \le \overline{\mathit{start}}_{a}\, \mathit{AnyStart}_{au} \quad \forall a, u
    """
    return m.Start[a, u] <= start_bounds(m, a, u)[1] * m.AnyStart[a, u]


def any_choice_is_marked(m: Any, a: str) -> Any:
    r"""Where any unit of a measure of a group ever starts, the binary says so.

    .. math:: \sum_{u} \mathit{Start}_{au} \le \mathit{units}_{a}\, \mathit{AnyChosen}_{a} \quad \forall a
    """
    return total_starts(m, a) <= m.given[Measures].units[a] * m.AnyChosen[a]


def a_whole_unit_serves(m: Any, a: str, t: str) -> Any:
    r"""A divisible measure counts as present only with one whole unit in service.

    .. math:: \mathit{WholeUnit}_{at} \le \mathit{Serves}_{at} \quad \forall a \text{ divisible}, t
    """
    return m.WholeUnit[a, t] <= m.Serves[a, t]


def required_serves_at_the_start(m: Any, a: str, b: str, u: str) -> Any:
    r"""A measure starts only in a period in which at least one unit of what it requires serves.

    .. math:: \mathit{Started}_{au} \le \mathit{Present}_{bu} \quad \forall a \text{ requiring } b, u
    """
    return started(m, a, u) <= m.Present[b, u]


def one_of_a_group(m: Any, group: str) -> Any:
    r"""At most one measure of a group ever starts.

    .. math:: \sum_{a \in \text{group}} \mathit{Chosen}_{a} \le 1 \quad \forall \text{ groups}
    """
    return sum(chosen(m, a) for a in m.given[Measures].one_of[group]) <= 1


def starts_together(m: Any, a: str, b: str, u: str) -> Any:
    r"""Measures that belong together start the same units in the same periods.

    .. math:: \mathit{Start}_{au} = \mathit{Start}_{bu} \quad \forall a, b \text{ together}, u
    """
    return m.Start[a, u] == m.Start[b, u]
