"""What decisions come to: the network, the flows, the payments and the gaps, in natural units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from models.access import Access
from models.crowding import Crowding
from models.gaps import Gaps
from models.instance import Instance
from models.measures import Made
from models.money import Money
from models.services import Services, Use
from models.work import Work
from planner.case import Case
from planner.compiling.access import destination_weights, gap_function, offers_today
from planner.compiling.travel_times import NO_ROUTE, Times, times
from planner.planning.decisions import Decisions
from planner.planning.figures.working import Working
from planner.plans.plan import Broken
from planner.promises import exceeded
from planner.solver.linear import LinearProgram, Name, Vector

Place = tuple[str, str, str]  # (indicator, city, period)
NOTICED = 1e-6  # relative: what exceeds a row by less breaks nothing
ABOUT_GAPS = ("no_city_loses", "target_is_met", "gate_is_open")  # rows whose index ends with (indicator, city, period)
DUST = 1e-9  # flows and gaps below this share of the need are rounding


@dataclass(frozen=True)
class Settled:
    """Facts of one plan (or of none).

    Attributes
    ----------
    travel
        By period: fastest trips by all modes.
    gaps
        Every gap there is.
    minutes
        (standard, city, period) -> door-to-door minutes for `nearest`; the share reached for `reach`; None without a route.
    flows
        (service, home, away, period) -> amount in the service's unit.
    sizes
        (indicator, city, period) -> what there is to meet, in times of what there is without any move; 1 where not there.
    capacity
        (service, city, period) -> what there is for the cluster's people, with what was added.
    uses
        (service, home, away, period, policy or "") -> amount of it that has a price, and that price.
    payments
        (measure, line, kind, period) -> money in the case's unit.
    fees
        (line, period) -> money that it pays for such use.
    working
        Jobs, taxes and credit.
    """

    decisions: Decisions
    travel: Mapping[str, Times]
    gaps: Mapping[Place, float]
    minutes: Mapping[Place, float | None]
    flows: Mapping[tuple[str, str, str, str], float]
    sizes: Mapping[Place, float]
    capacity: Mapping[Place, float]
    uses: Mapping[Use, tuple[float, float]]
    payments: Mapping[tuple[str, str, str, str], float]
    fees: Mapping[tuple[str, str], float]
    working: Working
    broken: tuple[Broken, ...]

    @classmethod
    def of(
        cls,
        case: Case,
        instance: Instance,
        program: LinearProgram,
        columns: Vector,
        made: Made,
        serving: Mapping[str, frozenset[str]],
        travel: Mapping[str, Times],
        broken: tuple[Broken, ...],
    ) -> Settled:
        """Read the columns of the last linear program."""
        flows, uses = _flows(instance, program, columns)
        gaps, minutes = access_figures(case, instance, serving)
        sizes = _sizes(instance, made.serving)
        for s, i, t in instance[Services].need:
            served = sum(case.services[s].counts(i, j) * flows.get((s, i, j, t), 0.0) for j in case.cities)
            need = case.need(s, i, t)
            short = max(0.0, sizes.get((s, i, t), 1.0) - served / need)
            gaps[s, i, t] = short if short > DUST else 0.0
        working = Working.of(case, instance, program, columns, made.serving)
        for x, i, t in instance[Work].work_gap:
            short = max(0.0, sizes.get((x, i, t), 1.0) - working.level(case, x, i, t) / case.work_target(x, i, t))
            gaps[x, i, t] = short if short > DUST else 0.0
        for (x, i, t), crowd in instance[Crowding].crowd_gap.items():
            short = max(0.0, crowd.base + sum(part * made.serving[t].get(a, 0.0) for a, part in crowd.per_unit.items()))
            gaps[x, i, t] = short if short > DUST else 0.0
        paid = _payments(case, instance, program, columns, made.starts, working, _due(case, uses))
        capacity = _capacity(instance, made.serving)
        return cls(dict(made.starts), travel, gaps, minutes, flows, sizes, capacity, uses, *paid, working, broken)

    def served_heads(self, case: Case, place: Place) -> float:
        """People whom a service is for in a city, after all who moved in and out or became its people."""
        s, i, t = place
        return case.cities[i].heads(case.services[s].of, t) * self.sizes.get(place, 1.0)

    def true_gap(self, place: Place) -> float:
        """A gap as a share of what there is to meet, after all who moved in and out."""
        size = self.sizes.get(place, 1.0)
        return self.gaps[place] / size if size > 0 else 0.0

    @cached_property
    def given(self) -> Mapping[Place, float]:
        """(service, city, period) -> what others use there."""
        return _summed((((s, j, t), amount) for (s, i, j, t), amount in self.flows.items() if i != j))

    @cached_property
    def elsewhere(self) -> Mapping[Place, float]:
        """(service, city, period) -> what its people use elsewhere."""
        return _summed((((s, i, t), amount) for (s, i, j, t), amount in self.flows.items() if i != j))

    def resident(self, case: Case, place: Place) -> float:
        """What residents have of a service: what is there less what others use, and what they use elsewhere as it counts."""
        had = case.services[place[0]].counts_away * self.elsewhere.get(place, 0.0)
        return self.capacity.get(place, 0.0) - self.given.get(place, 0.0) + had


def _summed(amounts: Iterable[tuple[Place, float]]) -> dict[Place, float]:
    found: dict[Place, float] = {}
    for place, amount in amounts:
        found[place] = found.get(place, 0.0) + amount
    return found


def _sizes(instance: Instance, serving: Mapping[str, Mapping[str, float]]) -> dict[Place, float]:
    """What there is to meet where serving measures move people, in times of what there is without any move."""
    return {
        place: 1.0 + sum(share * serving[place[2]].get(a, 0.0) for a, share in parts)
        for place, parts in instance[Gaps].grown.items()
    }


def _capacity(instance: Instance, serving: Mapping[str, Mapping[str, float]]) -> dict[Place, float]:
    """What there is of each service for the cluster's people, in its own unit, with what serving measures add."""
    own = instance[Services]
    found = {}
    for place in dict.fromkeys([*own.need, *own.supply, *own.added, *own.stock_moved]):
        s, _, t = place
        parts = (*own.added.get(place, ()), *own.stock_moved.get(place, ()))
        added = sum(amount * serving[t].get(a, 0.0) for a, amount in parts)
        found[place] = (own.supply.get(place, 0.0) + added) * own.service_scale[s]
    return found


def _flows(
    instance: Instance, program: LinearProgram, columns: Vector
) -> tuple[dict[tuple[str, str, str, str], float], dict[Use, tuple[float, float]]]:
    """Who is served where, and what of it has a price, with the price; dust is swept away."""
    found: dict[tuple[str, str, str, str], float] = {}
    priced: dict[Use, tuple[float, float]] = {}
    own = instance[Services]
    for (component, index), k in program.columns.items():
        if component not in ("ServeHome", "ServeAway", "ServePriced"):
            continue
        s, i, j, t = (index[0], index[1], index[1], index[2]) if component == "ServeHome" else index[:4]
        amount = float(columns[k])
        if amount > DUST * own.need[s, i, t]:
            found[s, i, j, t] = found.get((s, i, j, t), 0.0) + amount * own.service_scale[s]
            if component == "ServePriced":
                priced[index] = amount * own.service_scale[s], own.price[index]
    return found, priced


def _due(case: Case, uses: Mapping[Use, tuple[float, float]]) -> dict[tuple[str, str], float]:
    """(jurisdiction, period) -> what its people's use costs."""
    years = {period.id: period.years for period in case.periods}
    due: dict[tuple[str, str], float] = {}
    for (_, i, _, t, _), (amount, price) in uses.items():
        who = case.cities[i].jurisdiction, t
        due[who] = due.get(who, 0.0) + price * years[t] * amount
    return due


def access_figures(
    case: Case, instance: Instance, serving: Mapping[str, frozenset[str]]
) -> tuple[dict[Place, float], dict[Place, float | None]]:
    """Access gaps, and the figure in its own unit, by Dijkstra on what serves."""
    gaps: dict[Place, float] = {}
    figures: dict[Place, float | None] = {}
    known: dict[tuple[tuple[str, ...], str], Times] = {}
    for x, i, t in instance[Access].access_gap:
        modes = case.access[x].modes
        if (modes, t) not in known:
            known[modes, t] = times(case, serving[t], modes)
        gaps[x, i, t], figures[x, i, t] = access_figure(case, x, i, t, known[modes, t], serving[t])
    return gaps, figures


def access_figure(case: Case, x: str, i: str, t: str, travel: Times, serving: frozenset[str]) -> tuple[float, float | None]:
    """Gap and own-unit figure of one standard in one city and period: minutes, or the share reached."""
    standard = case.access[x]
    gap_of = gap_function(standard)
    if standard.kind == "nearest":
        fastest = [travel.between(i, j) for j in _destinations(case, x, t, serving)]
        found = [minutes for minutes in fastest if minutes != NO_ROUTE]
        return (gap_of(min(found)), min(found) / 100.0) if found else (1.0, None)
    weights = destination_weights(case, standard, i, t)
    gaps = {j: 1.0 if travel.between(i, j) == NO_ROUTE else gap_of(travel.between(i, j)) for j in weights}
    if standard.kind == "reach":
        reached = sum(weight for j, weight in weights.items() if gaps[j] == 0.0)
        return max(0.0, 1.0 - reached / (standard.target or 1.0)), reached
    gap = sum(weight * gaps[j] for j, weight in weights.items())
    return gap, standard.standard_minutes + gap * ((standard.worst_minutes or 0.0) - standard.standard_minutes)


def _destinations(case: Case, x: str, t: str, serving: frozenset[str]) -> list[str]:
    """The destinations of a `nearest` standard in a period."""
    standard = case.access[x]
    if standard.offers is None:
        return list(standard.destinations)
    new = {j for a in serving if case.measures[a].service == standard.offers for j in case.measures[a].cities}
    return [j for j in case.cities if j in new or offers_today(case, standard.offers, j, t)]


def _payments(
    case: Case,
    instance: Instance,
    program: LinearProgram,
    columns: Vector,
    starts: Mapping[tuple[str, str], float],
    working: Working,
    due: Mapping[tuple[str, str], float],
) -> tuple[dict[tuple[str, str, str, str], float], dict[tuple[str, str], float]]:
    """Who pays what, beside investors: fixed shares, and purses split over their costs as over their lines.

    Then what each line pays of the use that is due, by jurisdiction and period.
    """
    costs: dict[tuple[str, str, str], float] = {}
    for (a, kind, u, t), money in instance[Money].cost.items():
        units = starts.get((a, u), 0.0)
        if units:
            costs[a, kind, t] = costs.get((a, kind, t), 0.0) + money * units * instance[Money].money_scale
    for (a, _, t), money in working.attracted.items():
        costs[a, "capital", t] = max(0.0, costs.get((a, "capital", t), 0.0) - money)
    found: dict[tuple[str, str, str, str], float] = {}
    for (a, kind, l), share in instance[Money].fixed_share.items():
        for t in case.period_ids:
            if (a, kind, t) in costs:
                found[a, l, kind, t] = costs[a, kind, t] * share
    fees: dict[tuple[str, str], float] = {}
    for (who, t), money in due.items():
        if who in instance[Money].fee_line:
            l = instance[Money].fee_line[who]
            fees[l, t] = fees.get((l, t), 0.0) + money
    for q, purse in instance[Money].purses.items():
        for t in case.period_ids:
            paid = {l: max(0.0, _value(program, columns, ("Pay", (q, l, t)))) for l in purse.lines}
            total = sum(paid.values())
            used = sum(due.get((who, t), 0.0) for who in purse.users)
            for l in purse.lines if used > 0 and total > 0 else ():
                fees[l, t] = fees.get((l, t), 0.0) + used * paid[l] / total
            for a, kind in purse.costs:
                if total > 0 and (a, kind, t) in costs:
                    found.update({(a, l, kind, t): costs[a, kind, t] * paid[l] / total for l in purse.lines if paid[l] > 0})
    return found, {place: money for place, money in fees.items() if money > 0}


def _value(program: LinearProgram, columns: Vector, name: tuple[str, tuple[str, str, str]]) -> float:
    at = program.columns.get(name)
    return 0.0 if at is None else float(columns[at])


def broken_promises(
    case: Case, instance: Instance, program: LinearProgram, columns: Vector, excess: Mapping[Name, list[int]], made: Made
) -> tuple[Broken, ...]:
    """Each promise that the columns break, with by how much; money is told from its table, where it has its period.

    Of gaps as shares of what there is to meet, after all who moved.
    """
    sizes = _sizes(instance, made.serving)
    found: list[Broken] = []
    for name, at in excess.items():
        over = float(columns[at].sum())
        if name[0] in ABOUT_GAPS:
            over /= sizes.get(name[1][-3:], 1.0)
        if name[0] != "within_line" and over > NOTICED * max(1.0, _largest_term(program, columns, name)):
            found.append(exceeded(case, instance, name, over))
    return tuple(found)


def _largest_term(program: LinearProgram, columns: Vector, name: Name) -> float:
    row = program.rows[name]
    span = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
    terms = abs(program.matrix.data[span] * columns[program.matrix.indices[span]])
    return float(terms.max(initial=0.0))
