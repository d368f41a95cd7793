"""Tables about decisions and money: what starts, who pays, what each line holds, who pays and who gains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.case import Case, Line
from planner.compiling.goals import first_about_gaps, weights
from planner.planning.figures.settled import NOTICED, Settled
from planner.plans.plan import Broken
from planner.plans.tables import Decision, Indicator, LineYear, Payment, Private, Share, Tax, Transfer
from planner.promises import broken

DUST = 1e-9


def swept(money: float, of: float) -> float:
    """An amount that is only the rounding of larger ones is nothing."""
    return 0.0 if abs(money) <= DUST * max(1.0, abs(of)) else money


def decisions(case: Case, plan: Settled) -> list[Decision]:
    """One row for every measure and period in which units of it start."""
    rows = []
    private = _private_by_start(case, plan)
    order = {a: k for k, a in enumerate(case.measures)}
    for u, _, a in sorted((u, order[a], a) for a, u in plan.decisions):
        units = plan.decisions[a, u]
        measure = case.measures[a]
        start = measure.start_in(u)
        capital = units * sum(start.capital.values())
        rows.append(
            Decision(
                measure=a, name=measure.name, kind=measure.kind, level=measure.level or "",
                city=";".join(measure.cities), jurisdiction=";".join(measure.jurisdictions), start_period=u,
                opens=start.opens, units=units, capital_cost=capital, private_cost=private[a, u],
                running_cost=units * sum(start.running.values()),
                decided="before" if measure.status == "decided" else "by the plan",
            )
        )  # fmt: skip
    return rows


def _private_by_start(case: Case, plan: Settled) -> dict[tuple[str, str], float]:
    """What investors pay of the capital of the units started in a period; what is attracted, in proportion to it."""
    found: dict[tuple[str, str], float] = {}
    capital, brought = capital_by_period(case, plan), _attracted(plan)
    for (a, u), units in plan.decisions.items():
        measure = case.measures[a]
        attracted = 0.0
        for t, money in measure.start_in(u).capital.items():
            attracted += brought.get((a, t), 0.0) * units * money / capital[a, t]
        found[a, u] = attracted + measure.private_share * units * sum(measure.start_in(u).capital.values())
    return found


def capital_by_period(case: Case, plan: Settled) -> dict[tuple[str, str], float]:
    """(measure, period) -> its whole capital cost, where it has any."""
    found: dict[tuple[str, str], float] = {}
    for (a, u), units in plan.decisions.items():
        for t, money in case.measures[a].start_in(u).capital.items():
            found[a, t] = found.get((a, t), 0.0) + units * money
    return found


def _attracted(plan: Settled) -> dict[tuple[str, str], float]:
    """(measure, period) -> capital that policies bring investors to pay."""
    found: dict[tuple[str, str], float] = {}
    for (a, _, t), money in plan.working.attracted.items():
        found[a, t] = found.get((a, t), 0.0) + money
    return found


def private(case: Case, plan: Settled) -> list[Private]:
    """Capital paid by investors: by themselves, and attracted by policies."""
    rows = []
    capital, brought = capital_by_period(case, plan), _attracted(plan)
    for a, measure in case.measures.items():
        for t in case.period_ids:
            own, attracted = measure.private_share * capital.get((a, t), 0.0), brought.get((a, t), 0.0)
            if own > 0 or attracted > 0:
                rows.append(Private(a, t, own, attracted))
    return rows


def transfers(plan: Settled) -> list[Transfer]:
    """What one line sends another, and the policy that permits it."""
    return [Transfer(*place, money) for place, money in plan.working.sent.items()]


def tax_at(taxes: Iterable[Tax], line: str, t: str) -> float:
    """Tax that reaches a line in a period, less what it loses, from the rows of the table of taxes."""
    parts = [tax.amount for tax in taxes if (tax.line, tax.arrives) == (line, t)]
    return swept(sum(parts), max(map(abs, parts), default=0.0))  # what is gained may be just what is lost


def spending(case: Case, plan: Settled) -> list[Payment]:
    """What each line pays for each measure, by period."""
    paid: dict[tuple[str, str, str], list[float]] = {}
    for (a, line, kind, t), money in plan.payments.items():
        paid.setdefault((a, line, t), [0.0, 0.0])[kind == "running"] += money
    order = {a: k for k, a in enumerate(case.measures)}
    keys = sorted(paid, key=lambda key: (order[key[0]], key[1], key[2]))
    return [Payment(*key, *paid[key]) for key in keys if max(paid[key]) > 0]


def money(case: Case, plan: Settled, taxes: Sequence[Tax]) -> list[LineYear]:
    """What each line holds, gets, pays, owes, carries on and leaves unspent, by period."""
    rows = []
    work = plan.working
    for line in case.lines.values():
        carried = 0.0
        for t in case.period_ids:
            capital, running = (
                sum(money for (_, l, k, u), money in plan.payments.items() if (l, k, u) == (line.id, kind, t))
                for kind in ("capital", "running")
            )
            fees = plan.fees.get((line.id, t), 0.0)
            sent, received = (
                sum(money for place, money in work.sent.items() if (place[end], place[3]) == (line.id, t)) for end in (1, 2)
            )
            borrowed, repaid, debt = (k.get((line.id, t), 0.0) for k in (work.borrowed, work.repaid, work.debt))
            tax = tax_at(taxes, line.id, t)
            income = line.amount[t] + carried + received + borrowed + tax
            left = swept(income - capital - running - fees - sent - repaid, max(line.amount[t], income, repaid))
            free = swept(left - free_in(case, plan, line, t), left)  # what is reserved is not carried on
            carries = line.carry_over and t != case.period_ids[-1] and free > 0
            carried_out, unspent = (free, left - free) if carries else (0.0, left)
            rows.append(
                LineYear(
                    line.id, t, amount=line.amount[t], carried_in=carried, received=received, borrowed=borrowed, tax=tax,
                    capital=capital, running=running, fees=fees, sent=sent, repaid=repaid, carried_out=carried_out,
                    unspent=unspent, debt=debt,
                )
            )  # fmt: skip
            carried = carried_out
    return rows


def free_in(case: Case, plan: Settled, line: Line, t: str) -> float:
    """What a line is to keep free in a period beside its payments."""
    if not line.reserve:
        return 0.0
    paid = ((a, kind, money) for (a, l, kind, u), money in plan.payments.items() if (l, u) == (line.id, t))
    of_use = line.keeps_free_of_use(t) * plan.fees.get((line.id, t), 0.0)
    return of_use + sum(line.keeps_free(a, kind, t) * money for a, kind, money in paid)


def jurisdictions(case: Case, indicators: Iterable[Indicator], plan: Settled) -> list[Share]:
    """Who pays and who gains, by jurisdiction and period."""
    goal = first_about_gaps(case)
    rows_of = {(row.indicator, row.city, row.period): row for row in indicators}
    places = {k: (row.gap_without, row.gap_with) for k, row in rows_of.items()}
    closes = {k: row.people_with * (row.true_gap_without - row.true_gap_with) for k, row in rows_of.items()}
    weight = weights(case, goal, places)
    rows = []
    for who in case.jurisdictions:
        for t in case.period_ids:
            own = [k for k in places if k[2] == t and case.cities[k[1]].jurisdiction == who]
            total = sum(weight.get(k, 0.0) for k in own)
            before, after = (sum(weight.get(k, 0.0) * places[k][at] for k in own) / total if total else 0.0 for at in (0, 1))
            pays, others = paid_by(case, plan, who, t)
            changes = [closes[k] for k in own]
            gained, lost = (sum(max(0.0, sign * people) for people in changes) for sign in (1, -1))
            rows.append(
                Share(
                    who, t, pays=pays, paid_by_others=others, gap_without=before, gap_with=after,
                    people_brought_to_standard=gained, people_worse_off=lost,
                )
            )  # fmt: skip
    return rows


def paid_by(case: Case, plan: Settled, who: str, t: str) -> tuple[float, float]:
    """What a jurisdiction's lines pay, for measures and use, and what others pay for measures in it beyond that.

    A measure in several jurisdictions lies in each of them alike.
    """
    own: dict[str, float] = {}
    everyone: dict[str, float] = {}
    for (a, line, _, u), money in plan.payments.items():
        if u == t:
            everyone[a] = everyone.get(a, 0.0) + money
            if case.lines[line].holder == who:
                own[a] = own.get(a, 0.0) + money
    others = 0.0
    for a, money in everyone.items():
        places = case.measures[a].jurisdictions
        if who in places:
            others += swept(max(0.0, money / len(places) - own.get(a, 0.0)), money)
    fees = sum(money for (line, u), money in plan.fees.items() if u == t and case.lines[line].holder == who)
    return sum(own.values()) + fees, others


def overspent(case: Case, plan: Settled, money: Iterable[LineYear]) -> tuple[Broken, ...]:
    """Each line and period in which more is paid, or kept free, than there is, from the rows of the money table."""
    left = {row: row.unspent - free_in(case, plan, case.lines[row.line], row.period) for row in money}
    return tuple(
        broken("within_line", (row.line, row.period), -rest)
        for row, rest in left.items()
        if rest < -NOTICED * max(1.0, *map(abs, row[2:-3]))  # all that comes in or goes out
    )
