"""Measures: what is started when, and what therefore serves. Everything else in the model only sees what serves."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.writing import express, state


def is_yes_or_no(given: Instance, a: str) -> bool:
    """Whether a start of the measure is itself the binary answer to "any unit?"."""
    return given.units[a] == 1 and a not in given.divisible


def declare(m: Any) -> None:
    """Starts, what serves, and the binaries that stand for "any unit" (never a fraction of units)."""
    given: Instance = m.given
    m.Start = pyo.Var(list(given.starts), domain=start_domain, bounds=start_bounds, doc="units of a whose works start in u")
    # keeps a row over nothing a row, so that one that nothing can keep makes a plan infeasible and is no error
    m.Never = pyo.Var(bounds=(0, 0), doc="always 0")
    express(m, "Serves", ((a, t) for a in given.measures for t in given.periods), serves)

    counted = [a for a in given.measures if not is_yes_or_no(given, a)]
    asked = [(a, u) for a, u in given.starts if a in counted and a in given.asked_started]
    m.AnyStart = pyo.Var(asked, domain=pyo.Binary, doc="1 if any unit of a starts in u")
    grouped = [a for members in given.one_of.values() for a in members]
    m.AnyChosen = pyo.Var([a for a in grouped if a in counted], domain=pyo.Binary, doc="1 if any unit of a ever starts")
    parted = [(a, t) for a in given.measures if a in given.asked_present for t in given.periods]
    m.WholeUnit = pyo.Var(parted, domain=pyo.Binary, doc="1 if a whole unit of a divisible measure serves in t")
    express(m, "Present", ((a, t) for a in given.measures for t in given.periods), present)


def start_domain(m: Any, a: str, u: str) -> Any:
    """Units started are whole numbers, except of divisible measures (staff, beds)."""
    return pyo.NonNegativeReals if a in m.given.divisible else pyo.NonNegativeIntegers


def start_bounds(m: Any, a: str, u: str) -> tuple[float, float]:
    """No more units start in a period than may start in one, or in all."""
    return 0, min(m.given.max_starts[a], m.given.units[a])


def serves(m: Any, a: str, t: str) -> Any:
    r"""Units that are open for at least half of the years of a period.

    .. math:: \mathit{Serves}_{at} = \sum_{u \,:\, \text{a start in } u \text{ serves in } t} \mathit{Start}_{au}
    """
    return sum(m.Start[a, u] for u in m.given.serving_starts[a, t])


def present(m: Any, a: str, t: str) -> Any:
    r"""At least one whole unit serves (for whole units, what serves says so itself).

    .. math:: \mathit{Present}_{at} = \mathit{WholeUnit}_{at} \text{ if } a \text{ is divisible, else } \mathit{Serves}_{at}
    """
    return m.WholeUnit[a, t] if (a, t) in m.WholeUnit else m.Serves[a, t]


def total_starts(m: Any, a: str) -> Any:
    """Units started over all periods."""
    return sum(m.Start[a, u] for u in m.given.starts_of[a])


def started(m: Any, a: str, u: str) -> Any:
    """Whether any unit of the measure starts in a period."""
    return m.Start[a, u] if is_yes_or_no(m.given, a) else m.AnyStart[a, u]


def chosen(m: Any, a: str) -> Any:
    """Whether any unit of the measure ever starts."""
    return m.AnyChosen[a] if a in m.AnyChosen else total_starts(m, a)


def constrain(m: Any) -> None:
    """Rows of the measures."""
    given: Instance = m.given
    state(m, starts_within_units, (a for a in given.measures if len(given.starts_of[a]) > 1))
    state(m, all_decided_units_start, (a for a in given.measures if a in given.decided))
    state(m, any_start_is_marked, m.AnyStart)
    state(m, any_choice_is_marked, m.AnyChosen)
    state(m, a_whole_unit_serves, m.WholeUnit)
    state(m, required_serves_at_the_start, ((a, b, u) for a, b in given.requires for u in given.starts_of[a]))
    state(m, one_of_a_group, given.one_of)
    state(m, starts_together, ((a, b, u) for a, b in given.together for u in given.starts_of[a]))


def starts_within_units(m: Any, a: str) -> Any:
    r"""A measure starts at most its units over all periods.

    .. math:: \sum_{u} \mathit{Start}_{au} \le \mathit{units}_{a} \quad \forall a
    """
    return total_starts(m, a) <= m.given.units[a]


def all_decided_units_start(m: Any, a: str) -> Any:
    r"""All units of a measure that was decided before the plan start.

    .. math:: \sum_{u} \mathit{Start}_{au} = \mathit{units}_{a} \quad \forall a \text{ decided}
    """
    return total_starts(m, a) == m.given.units[a]


def any_start_is_marked(m: Any, a: str, u: str) -> Any:
    r"""Where any unit starts, the binary says so.

    .. math:: \mathit{Start}_{au} \le \overline{\mathit{start}}_{a}\, \mathit{AnyStart}_{au} \quad \forall a, u
    """
    return m.Start[a, u] <= start_bounds(m, a, u)[1] * m.AnyStart[a, u]


def any_choice_is_marked(m: Any, a: str) -> Any:
    r"""Where any unit of a measure of a group ever starts, the binary says so.

    .. math:: \sum_{u} \mathit{Start}_{au} \le \mathit{units}_{a}\, \mathit{AnyChosen}_{a} \quad \forall a
    """
    return total_starts(m, a) <= m.given.units[a] * m.AnyChosen[a]


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
    return sum(chosen(m, a) for a in m.given.one_of[group]) <= 1


def starts_together(m: Any, a: str, b: str, u: str) -> Any:
    r"""Measures that belong together start the same units in the same periods.

    .. math:: \mathit{Start}_{au} = \mathit{Start}_{bu} \quad \forall a, b \text{ together}, u
    """
    return m.Start[a, u] == m.Start[b, u]
