"""Money: what a unit costs when and who may pay it; what the lines hold, may owe and send, and get of the tax of parks."""

from __future__ import annotations

from collections.abc import Iterable

from models.after import After
from models.credit import Credit
from models.industry import Industry
from models.instance import Instance
from models.money import Money, Purse
from models.services import Services
from models.taxes import Taxes
from models.transfers import Transfers
from planner.case import AllowTransfer, Case, Measure, RaisePrivateShare, ShareTax
from planner.case.selecting import payers_of_use
from planner.compiling.can_start import KINDS, Offered, Payers, has_cost, public_share, tens
from planner.compiling.industry import parks
from planner.compiling.network import Ways

Phase = tuple[str, str, str]  # (park, start, period)
Lines = tuple[tuple[str, float], ...]  # (line, largest share), of those that share a purse
Free = tuple[float, ...]  # share that each of them keeps free beside its payments, period by period; empty = nothing


def money(case: Case, offered: Offered, given: Instance, ways: Ways) -> Money:
    """Costs, who may pay them, what the lines hold, and what investors could be brought to pay."""
    used = given[Services]
    years = {period.id: period.years for period in case.periods}
    a_unit = {use: price * years[use[3]] * used.service_scale[use[0]] for use, price in used.price.items()}
    scale, enough = money_scale(case, offered, a_unit.values()), usable(case, offered, given)
    cost = {
        (a, kind, start.period, t): public / scale
        for a, measure in offered.measures.items()
        for start in measure.starts
        for kind, costs in zip(KINDS, (start.capital, start.running), strict=True)
        for t, whole in costs.items()
        if (public := whole * (public_share(measure) if kind == "capital" else 1.0)) > 0
    }
    users = {i: case.cities[i].jurisdiction for i in dict.fromkeys(i for _, i, _, _, _ in a_unit)}
    fixed, purses, fee_line = who_pays(case, offered, dict.fromkeys(users.values()))
    return Money(
        lines=tuple(case.lines),
        money_scale=scale,
        cost=cost,
        fixed_share=fixed,
        purses=purses,
        fee={use: money / scale for use, money in a_unit.items()},
        users=users,
        fee_line=fee_line,
        amount={(line.id, t): min(line.amount[t], enough) / scale for line in case.lines.values() for t in case.period_ids},
        minimum={
            (line.id, t): line.minimum[t] / scale
            for line in case.lines.values()
            for t in case.period_ids
            if line.minimum[t] > 0
        },
        carry_over=frozenset(line.id for line in case.lines.values() if line.carry_over),
        attracts=_attracts(case, offered, scale),
        reserve=_reserves(case, offered),
        reserve_of_use={
            (l, t): free for l, line in case.lines.items() for t in years if (free := line.keeps_free_of_use(t)) > 0
        },
    )


def money_scale(case: Case, offered: Offered, fees: Iterable[float] = ()) -> float:
    """A power of ten that brings the largest cost of a unit in a period that anybody could pay to between 10 and 100.

    Parameters
    ----------
    fees
        Of use at a price, in the units in which use is counted.
    """
    everything = all_money(case, offered)
    costs = [
        cost
        for measure in offered.measures.values()
        for start in measure.starts
        for cost in (*start.capital.values(), *start.running.values())
    ]
    return tens([min(max((*costs, *fees), default=0.0), everything)])


def all_money(case: Case, offered: Offered) -> float:
    """The most money that the lines could ever have: amounts, debts, and all the tax of all parks."""
    amounts = sum(max(0.0, amount) for line in case.lines.values() for amount in line.amount.values())
    debts = sum(sum(line.borrowing.limit.values()) for line in case.lines.values() if line.borrowing is not None)
    return amounts + debts + all_tax(case, offered)


def all_tax(case: Case, offered: Offered) -> float:
    """All the tax of all parks that could start, in all periods."""
    years = sum(period.years for period in case.periods)
    return sum(years * case.parks[a].tax * m.units for a, m in offered.measures.items() if m.is_park)


def usable(case: Case, offered: Offered, given: Instance) -> float:
    """More money than all units and all use at a price could cost, with interest, and than all tax that could move away.

    A line that holds more is as good as without end, and larger numbers would only blur the solver's.
    """
    most = 0.0
    for measure in offered.measures.values():
        cost = max(sum(start.capital.values()) + sum(start.running.values()) for start in measure.starts)
        most += measure.units * cost
    most += _all_fees(case, given[Services])
    years = sum(period.years for period in case.periods)
    growth = max(((1.0 + b.interest) ** years for line in case.lines.values() if (b := line.borrowing)), default=1.0)
    free = max((sum(max(r.share.values()) for r in line.reserve) for line in case.lines.values()), default=0.0)
    return 2.0 * growth * (1.0 + free) * (most + all_tax(case, offered)) + 1.0


def _all_fees(case: Case, used: Services) -> float:
    """What it could cost at most that people use services at a price."""
    years = {period.id: period.years for period in case.periods}
    return sum(
        bound * used.service_scale[use[0]] * used.price[use] * years[use[3]] for use, (bound, _) in used.priced.items()
    )


def who_pays(
    case: Case, offered: Offered, users: Iterable[str] = ()
) -> tuple[dict[tuple[str, str, str], float], dict[str, Purse], dict[str, str]]:
    """Fixed shares of costs, purses of those that the same lines share freely and alike, and who alone pays what is used.

    Parameters
    ----------
    users
        Jurisdictions whose people may use services at a price. Any of its lines may pay all of that: the largest share of a
        line is one of a measure's cost.
    """
    payers = Payers(case)
    fixed: dict[tuple[str, str, str], float] = {}
    shared: dict[tuple[Lines, Free], list[tuple[str, str]]] = {}
    for a, measure in offered.measures.items():
        for kind in KINDS:
            if not has_cost(measure, kind):
                continue
            lines = payers.shares(measure, kind)
            if measure.payers or len(lines) == 1:
                fixed.update({(a, kind, line): (lines[line] if measure.payers else 1.0) for line in lines})
            else:
                free = tuple(case.lines[l].keeps_free(a, kind, t) for l in sorted(lines) for t in case.period_ids)
                shared.setdefault((tuple(sorted(lines.items())), free if any(free) else ()), []).append((a, kind))
    paying = payers_of_use(case)
    using: dict[tuple[Lines, Free], list[str]] = {}
    for who in users:
        if len(paying[who]) > 1:
            free = tuple(case.lines[l].keeps_free_of_use(t) for l in sorted(paying[who]) for t in case.period_ids)
            key = (tuple((line, 1.0) for line in sorted(paying[who])), free if any(free) else ())
            using.setdefault(key, []).append(who)
    # a dot stands in no line's name, so that no two purses share one; the last one tells those of use alone apart, and a
    # number behind two those with a reserve
    purses: dict[str, Purse] = {}
    for (pairs, free), own in {key: shared.get(key, []) for key in (*shared, *using)}.items():
        q = ".".join(line for line, _ in pairs)
        q = f"{q}..{len(purses) + 1}" if free else q if own else f"{q}."
        purses[q] = Purse(tuple(own), dict(pairs), tuple(using.get((pairs, free), ())))
    return fixed, purses, {who: paying[who][0] for who in users if len(paying[who]) == 1}


def _reserves(case: Case, offered: Offered) -> dict[tuple[str, str, str, str], float]:
    """(measure, kind, line, period) -> share of what the line pays of the cost that it keeps free."""
    lines = [line for line in case.lines.values() if line.reserve]
    shares = {
        (a, kind, line.id, t): line.keeps_free(a, kind, t)
        for line in lines
        for a in offered.measures
        for kind in KINDS
        for t in case.period_ids
    }
    return {place: share for place, share in shares.items() if share > 0}


def after(case: Case, offered: Offered, given: Instance, ways: Ways) -> After:
    """What units cost to run in the year after the horizon, and what of it lines with a limit may be left with."""
    limit = {
        line.id: line.after.at_most_share * max(0.0, line.amount[case.period_ids[-1]]) / case.periods[-1].years
        for line in case.lines.values()
        if line.after is not None
    }
    scale, enough = given[Money].money_scale, usable(case, offered, given)
    costs = {
        (a, start.period): measure.running_cost / scale
        for a, measure in offered.measures.items()
        for start in measure.starts
        if measure.running_cost > 0 and measure.is_open_after(start.opens, case.periods[-1].last)
    }
    most = {l: min(money, enough) / scale for l, money in limit.items()}
    return After(costs, most, float(case.periods[-1].years)) if limit else After()


def _attracts(case: Case, offered: Offered, scale: float) -> dict[tuple[str, str], tuple[float, dict[str, float]]]:
    """(measure, policy) -> (share of the public price, by period the most money that it brings investors to pay)."""
    plus: dict[tuple[str, str], float] = {}
    for e in case.effects:
        if isinstance(e, RaisePrivateShare) and e.measure in offered.measures:
            for a in e.measures:
                if a in offered.measures and public_share(offered.measures[a]) > 0:
                    plus[a, e.measure] = plus.get((a, e.measure), 0.0) + e.plus
    return {
        (a, q): (
            more / public_share(offered.measures[a]),
            {t: more * largest_capital(offered.measures[a], t) / scale for t in case.period_ids},
        )
        for (a, q), more in plus.items()
        if more > 0
    }


def largest_capital(measure: Measure, t: str) -> float:
    """The most capital that a measure could cost in a period: its dearest starts first."""
    left, most = measure.units, 0.0
    for capital in sorted((start.capital.get(t, 0.0) for start in measure.starts), reverse=True):
        units = min(left, measure.max_starts)
        most += units * capital
        left -= units
    return most


def credit(case: Case, offered: Offered, given: Instance, ways: Ways) -> Credit:
    """How much may be owed."""
    money_scale = given[Money].money_scale
    enough = usable(case, offered, given)  # what is more than all measures could cost is as good as without end
    last = case.period_ids[-1]
    borrowing = {line.id: line.borrowing for line in case.lines.values() if line.borrowing is not None}
    return Credit(
        debt_limit={
            (line, t): 0.0 if t == last else min(b.limit[t], enough) / money_scale
            for line, b in borrowing.items()
            for t in case.period_ids
        },
        debt_growth={
            (line, period.id): (1.0 + b.interest) ** period.years for line, b in borrowing.items() for period in case.periods
        },
    )


def transfers(case: Case, offered: Offered, given: Instance, ways: Ways) -> Transfers:
    """How much one line may send another."""
    money_scale, enough = given[Money].money_scale, usable(case, offered, given)
    limit: dict[tuple[str, str, str, str], float] = {}
    for e in case.effects:
        if isinstance(e, AllowTransfer) and e.measure in offered.measures:
            for t in case.period_ids:
                most = min(e.at_most_share * max(0.0, case.lines[e.from_line].amount[t]), enough) / money_scale
                limit[e.measure, e.from_line, e.to_line, t] = most
    return Transfers(limit)


def taxes(case: Case, offered: Offered, given: Instance, ways: Ways) -> Taxes:
    """What a job earns which line, and what of it is shared."""
    job_scale, money_scale = given[Industry].job_scale, given[Money].money_scale
    earning = [park for park in parks(case, offered) if case.parks[park.id].tax > 0]
    lines = case.tax_lines
    host = {park.id: lines.get(case.cities[park.cities[0]].jurisdiction) for park in earning}
    origins = {park.id: case.parks[park.id].origin for park in earning}
    origin = {p: lines.get(case.cities[city].jurisdiction) for p, city in origins.items() if city is not None}
    tax = {
        (park.id, period.id): case.parks[park.id].tax / case.parks[park.id].jobs * period.years * job_scale / money_scale
        for park in earning
        for period in case.periods
    }
    return Taxes(
        tax=tax,
        host_line={p: line for p, line in host.items() if line is not None},
        origin_line={p: line for p, line in origin.items() if line is not None},
        sharing=_sharing(case, offered, given[Industry].phases, tax, job_scale),
        moved_share={park.id: case.parks[park.id].moved_share for park in earning if case.parks[park.id].moved_share > 0},
    )


def _sharing(
    case: Case, offered: Offered, phases: tuple[Phase, ...], tax: dict[tuple[str, str], float], job_scale: float
) -> dict[Phase, tuple[str, float, float]]:
    """(park, start, period) -> (policy, agreed share, most shared tax), within the window of the agreement."""
    found: dict[Phase, tuple[str, float, float]] = {}
    for e in case.effects:
        if not isinstance(e, ShareTax) or e.measure not in offered.measures:
            continue
        for p, u, t in phases:
            if p in e.parks and (p, t) in tax and in_window(offered, p, u, t, e.periods):
                measure = offered.measures[p]
                jobs = case.parks[p].jobs / job_scale * min(measure.units, measure.max_starts)
                found[p, u, t] = (e.measure, e.share, e.share * tax[p, t] * jobs)
    return found


def in_window(offered: Offered, park: str, u: str, t: str, periods: int | None) -> bool:
    """Whether the tax of the phases started in `u` is still shared in `t`: in the first so many periods that they serve."""
    served = offered.measures[park].start_in(u).serves
    return t in (served if periods is None else served[:periods])
