"""Services: needs, capacities and rights recomputed, and the flows that the plan sends held against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.audit import moves
from planner.audit.report import Ledger
from planner.audit.world import Situation, hundredths
from planner.case import TODAY, Case, OpenOutsidersShare, OpenService, RaiseCapacity, Service
from planner.plans.tables import Flow, Indicator
from planner.words.said import _

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Supply:
    """What a situation offers of one service in one period, by city (in the order of case.cities).

    Attributes
    ----------
    need
        Need of each city, in the service's unit, after all who moved; 0 where the capacity is unknown.
    base
        Need without any move, of which gaps are shares.
    capacity
        What may be given there in all.
    for_others
        What may be given to people of other cities; inf where a city shares all.
    allowed
        Whether people of a city (row) may be served in a city (column).
    free
        Whether they may be without a price.
    prices
        Policy ("" where none is needed) -> what a unit and year costs there by it; NaN where it does not open that.
    away
        What a need counts that is met in another city, of one met at home.
    """

    service: str
    period: str
    need: Numbers
    base: Numbers
    capacity: Numbers
    for_others: Numbers
    allowed: Flags
    free: Flags
    prices: Mapping[str, Numbers]
    away: float = 1.0

    @property
    def counts(self) -> Numbers:
        """What a need of a city (row) counts that is met in a city (column)."""
        home = np.eye(len(self.need))
        return np.asarray(home + self.away * (1.0 - home))


def supplies(case: Case, situation: Situation) -> Iterator[Supply]:
    """What a situation offers, service by service and period by period."""
    for service in case.services.values():
        for period in case.period_ids:
            base = np.array([case.need(service.id, city, period) for city in case.cities])
            serving = situation.serving
            need = base + [moves.need(case, serving, service.id, city, period) for city in case.cities]
            existing, added = _capacity(case, service, situation, period)
            kept = need if service.keeps is None else service.keeps * need
            spare = np.maximum(0.0, existing - kept) + added
            for_others = spare if service.shares == "spare" else np.full(len(need), np.inf)
            free, prices = _rights(case, service, situation, period)
            allowed = np.logical_or.reduce([free, *(np.isfinite(asked) for asked in prices.values())])
            away = 1.0 if service.away_counts is None else service.away_counts
            yield Supply(service.id, period, need, base, existing + added, for_others, allowed, free, prices, away)


def _capacity(case: Case, service: Service, situation: Situation, period: str) -> tuple[Numbers, Numbers]:
    """Existing capacity for the cluster, and what facilities and serving policies add to it."""
    existing = np.zeros(len(case.cities))
    added = np.zeros(len(case.cities))
    serving = situation.serving
    at = {city: i for i, city in enumerate(case.cities)}
    for city, i in at.items():
        stock = case.capacity[city, service.id]
        if stock.amount is None:
            continue
        existing[i] = there = stock.amount[period] * (1.0 - stock.outsiders)
        existing[i] += moves.stock(case, serving, service.id, city, period)
        for effect in case.effects:
            if not isinstance(effect, RaiseCapacity | OpenOutsidersShare):
                continue
            if service.id in effect.services and city in effect.cities and serving.serves(effect.measure, period):
                raised = effect.by * there if isinstance(effect, RaiseCapacity) else 0.0
                opened = effect.share * stock.amount[period] if isinstance(effect, OpenOutsidersShare) else 0.0
                added[i] += raised + opened
    for measure in case.measures.values():
        if measure.service == service.id:
            added[at[measure.cities[0]]] += measure.capacity * serving.units(measure.id, period)
    return existing, added


def _rights(case: Case, service: Service, situation: Situation, period: str) -> tuple[Flags, dict[str, Numbers]]:
    """Who may be served where: at home always, elsewhere within the catchment and the rights across borders.

    Without a price; and with one, by the policy that opens it.
    """
    minutes = situation.minutes(period)
    jurisdictions = np.array([city.jurisdiction for city in case.cities.values()])
    same = jurisdictions[:, None] == jurisdictions[None, :]
    unknown = np.array([case.capacity[city, service.id].amount is None for city in case.cities])
    known = ~unknown[:, None] & ~unknown[None, :]
    within = _within(service.catchment_minutes, minutes)
    free = within & same
    prices: dict[str, Numbers] = {}
    rights: list[tuple[str, float, Flags]] = []
    if service.across_borders == "always":
        rights.append(("", service.price or 0.0, within & ~same))
    for effect in (*case.in_force, *case.effects) if service.across_borders == "by_policy" else ():
        if isinstance(effect, OpenService) and service.id in effect.services and situation.serving.acts(effect, period):
            opened = np.outer(np.isin(jurisdictions, effect.people_of), np.isin(jurisdictions, effect.at)) & ~same
            catchment = service.catchment_minutes if effect.minutes is None else effect.minutes
            price = service.price if effect.price is None else effect.price
            rights.append((effect.measure, price or 0.0, opened & _within(catchment, minutes)))
    for policy, price, there in rights:
        if price > 0:
            asked = prices.setdefault(policy, np.full(there.shape, np.nan))
            asked[there & known] = price
        else:
            free |= there
    np.fill_diagonal(free, True)
    return np.asarray(free & known), prices


def _within(catchment: float | None, minutes: Numbers) -> Flags:
    if catchment is None:
        return np.zeros(minutes.shape, dtype=bool)
    return np.asarray(minutes <= hundredths(catchment))


def sent(case: Case, flows: Iterable[Flow]) -> Mapping[tuple[str, str], Numbers]:
    """The plan's flows as one matrix (home, place) for each service and period."""
    at = {city: i for i, city in enumerate(case.cities)}
    matrices = {(s, t): np.zeros((len(at), len(at))) for s in case.services for t in case.period_ids}
    for flow in flows:
        matrices[flow.service, flow.period][at[flow.home], at[flow.place]] = flow.amount
    return matrices


def figures(
    case: Case,
    table: Mapping[tuple[str, str, str], Indicator],
    supplied: Iterable[Supply],
    without: Iterable[Supply],
    flows: Mapping[tuple[str, str], Numbers],
) -> dict[tuple[str, str, str], Indicator]:
    """The rows that the table of indicators should have for the services.

    Gaps with the plan follow from the flows. The plan shows no flows without the plan: there the gap is taken from the
    table, and `best_use` asks whether it can be so.
    """
    rows = {}
    sizes = {
        (supply.service, city, supply.period): supply.need[i] / supply.base[i]
        for supply in without
        for i, city in enumerate(case.cities)
        if supply.base[i] > 0
    }
    for supply in supplied:
        service = case.services[supply.service]
        met = (flows[service.id, supply.period] * supply.counts).sum(axis=1)
        for i, city in enumerate(case.cities):
            key = (service.id, city, supply.period)
            if supply.base[i] <= 0:
                continue
            standard = service.per_1000[supply.period]
            size, before = supply.need[i] / supply.base[i], sizes[key]
            gap_with = size - met[i] / supply.base[i]
            gap_without = table[key].gap_without if key in table else np.nan
            rows[key] = Indicator(
                *key,
                people=case.cities[city].heads(service.of, supply.period),
                unit=f"{service.unit} per 1,000",
                standard=standard,
                today=_today(case, service, city, standard),
                without_plan=standard * (1 - gap_without / before),
                with_plan=standard * (1 - gap_with / size),
                gap_without=gap_without,
                gap_with=gap_with,
                people_with=case.cities[city].heads(service.of, supply.period) * size,
                true_gap_without=gap_without / before,
                true_gap_with=gap_with / size,
            )
    return rows


def _today(case: Case, service: Service, city: str, standard: float) -> float:
    """What a city's own stock meets today per 1,000 heads, up to the standard; nothing where nobody lives."""
    heads = case.cities[city].heads(service.of, TODAY)
    stock = case.capacity[city, service.id]
    if stock.amount is None or heads <= 0:
        return np.nan
    return min(standard, stock.amount[TODAY] * (1 - stock.outsiders) / heads * 1000)


def check(case: Case, supplied: Iterable[Supply], flows: Mapping[tuple[str, str], Numbers], ledger: Ledger) -> None:
    """Check that no flow exceeds needs, capacities, spare capacities and rights."""
    cities = list(case.cities)
    for supply in supplied:
        amounts = flows[supply.service, supply.period]
        to_others = amounts - np.diag(np.diag(amounts))
        for i, city in enumerate(cities):
            where = _("service {service}, city {city}, {period}").format(
                service=supply.service, city=city, period=supply.period
            )
            ledger.within("services", where, _("need met"), amounts[i].sum(), 0.0, supply.need[i])
            ledger.within("capacity", where, _("served there"), amounts[:, i].sum(), 0.0, supply.capacity[i])
            if np.isfinite(supply.for_others[i]):
                given = to_others[:, i].sum()
                ledger.within("capacity", where, _("served there for others"), given, 0.0, supply.for_others[i])
        ledger.checks["rights"] += int(np.count_nonzero(amounts))
        for i, j in zip(*np.nonzero((amounts != 0) & ~supply.allowed), strict=True):
            where = _("service {service}, from {home} to {place}, {period}").format(
                service=supply.service, home=cities[i], place=cities[j], period=supply.period
            )
            said = _("served {amount:.10g}").format(amount=amounts[i, j])
            ledger.fail("rights", where, said, _("0: too far, or not open across the border"))


def check_amounts(flows: Iterable[Flow], ledger: Ledger) -> None:
    """Every row of the flows is an amount above zero."""
    for flow in flows:
        where = _("service {service}, from {home} to {place}, {period}").format(
            service=flow.service, home=flow.home, place=flow.place, period=flow.period
        )
        ledger.true("services", flow.amount > 0, where, _("amount {amount:.10g}").format(amount=flow.amount), _("above 0"))
