"""Figures that a reader asks a plan for, added up from its own tables; money in the case's unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import nan
from typing import Any, get_args

import numpy as np
import pandas as pd

from planner.case import Case, Kind, Measure, Reality
from planner.case.selecting import payers_of
from planner.compiling.goals import counted, first_about_gaps, weights
from planner.plans.plan import Plan

NO_BASIS = "not stated"
IN_FORCE = "in_force"  # beside how real measures are: use at a price that none of them opens
LITTLE = 1e-6  # units
NOTHING = 5e-7  # money below this is rounding
SPENT = ("capital", "running", "fees")  # of the table of money: for measures, and for use elsewhere at a price
ROUNDING = 1e-6  # of what a line has in a period, and of 1 at least: solvers keep a budget no more exactly


@dataclass(frozen=True)
class Chosen:
    """A measure of which something starts.

    Attributes
    ----------
    units
        Units started, by period id (only above zero).
    opens
        First year in which one is open.
    capital
        Over the horizon, whoever pays it.
    private
        What private investors pay of it.
    running
        A year, of all units together.
    paid_by
        Line -> share of all public payments for the measure.
    before
        Decided before the plan.
    """

    measure: Measure
    units: dict[str, float]
    opens: int
    capital: float
    private: float
    running: float
    paid_by: dict[str, float]
    before: bool


def totals(plan: Plan) -> dict[str, Any]:
    """The headline figures as plain numbers; empty for a plan without decisions."""
    if not plan.has_decisions:
        return {}
    money = plan.tables["money"]
    without, with_plan = weighted_gaps(plan)
    chosen = chosen_measures(plan)
    return {
        "spending": spent(plan),
        "fees": float(money["fees"].sum()),
        "available": float(money["amount"].sum()),
        "unspent": float(money["unspent"].clip(lower=0).sum()),
        "kept_free": sum(kept_free_by_place(plan).values()),
        "overdrawn": _overdrawn(money),
        "private": float(plan.tables["private"]["own"].sum() + plan.tables["private"]["attracted"].sum()),
        "tax": float(money["tax"].sum()),
        "borrowed": float(money["borrowed"].sum()),
        "interest": sum(interest(plan).values()),
        "sent": float(money["sent"].sum()),
        "running_a_year_after": sum(running_after(plan).values()),
        **_at_the_end(plan),
        "measures_chosen": sum(1 for c in chosen if not c.before),
        "measures_decided_before": sum(1 for c in chosen if c.before),
        "gap_without": without,
        "gap_with": with_plan,
        **_weighed(plan),
        "money_by_basis": money_by_basis(plan),
        "by_reality": {real.reality or NO_BASIS: asdict(real) for real in by_reality(plan)},
    }


def spent(plan: Plan) -> float:
    """Public money that the lines spend over the horizon: for measures, and as fees for use in other jurisdictions.

    Interest is not: a goal about spending has it beside.
    """
    return float(plan.tables["money"][list(SPENT)].to_numpy().sum())


def spent_by_line(plan: Plan) -> dict[str, float]:
    """Line -> what it spends over the horizon, as `spent` has it of all lines."""
    found = dict.fromkeys(plan.case.lines, 0.0)
    for line, *paid in columns(plan.tables["money"], "line", *SPENT):
        found[line] += sum(paid)
    return found


def spent_on(plan: Plan, periods: Iterable[str] | None = None) -> dict[str, float]:
    """Measure -> public money for it and as fees for the use that it opens, in some periods or in all.

    Fees for use that is in force stand under "": of all periods these sums are all that is spent.
    """
    when = frozenset(plan.case.period_ids if periods is None else periods)
    found: dict[str, float] = defaultdict(float)
    for name, period, capital, running in columns(plan.tables["spending"], "measure", "period", "capital", "running"):
        found[name] += capital + running if period in when else 0.0
    for name, period, fee in columns(plan.tables["uses"], "policy", "period", "fee"):
        found[name] += fee if period in when else 0.0
    return {name: money for name, money in found.items() if money > 0}


def _overdrawn(money: pd.DataFrame) -> float:
    """What lines lack in all, in the unit of money; in a period in which a line lacks no more than rounding, nothing."""
    had = money["amount"] + money["carried_in"] + money["received"] + money["borrowed"] + money["tax"]
    lacks = -money["unspent"]
    return float(lacks[lacks > ROUNDING * had.clip(lower=1.0)].sum())


def _at_the_end(plan: Plan) -> dict[str, Any]:
    """Jobs of parks and emissions of airsheds in the last period, and each jurisdiction's own gaps alone and together."""
    last = plan.case.periods[-1].id
    parks, air = (table[table["period"] == last] for table in (plan.tables["parks"], plan.tables["airsheds"]))
    alone = columns(plan.tables["alone"], "jurisdiction", "value_alone", "value_with")
    return {
        **{name: float(parks[name].sum()) for name in ("jobs", "possible_jobs", "bonus_jobs")},
        "emissions": dict(columns(air, "airshed", "emissions")),
        "alone_and_together": {name: list(values) for name, *values in alone},
    }


def interest(plan: Plan) -> dict[str, float]:
    """Line -> what it repays beyond what it borrowed, and what it still owes at the end; only lines with debts."""
    paid: dict[str, float] = defaultdict(float)
    last = plan.case.periods[-1].id
    for line, period, borrowed, repaid, debt in columns(
        plan.tables["money"], "line", "period", "borrowed", "repaid", "debt"
    ):
        paid[line] += repaid - borrowed + (debt if period == last else 0.0)
    return {line: amount for line, amount in paid.items() if amount > NOTHING}


def serving(plan: Plan) -> dict[tuple[str, str], float]:
    """(measure, period) -> units that serve, only above zero."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for name, start, units in columns(plan.tables["decisions"], "measure", "start_period", "units"):
        for option in plan.case.measures[name].starts:
            for period in option.serves if option.period == start else ():
                found[name, period] += units
    return dict(found)


def weighted_gaps(plan: Plan) -> tuple[float | None, float | None]:
    """Mean gap without and with the plan (shares), weighted as in the first goal about gaps; None if none is."""
    return gaps_of(plan.case, plan.tables["indicators"])


def share_closed(plan: Plan) -> float:
    """Share of the mean gap that a plan closes; NaN where there is none, or no goal about gaps."""
    without, with_plan = weighted_gaps(plan)
    return 1.0 - (with_plan or 0.0) / without if without else nan


def true_gaps(plan: Plan) -> tuple[float | None, float | None]:
    """The same of gaps as shares of what those who live there after all moves need."""
    return gaps_of(plan.case, plan.tables["indicators"], ("true_gap_without", "true_gap_with"))


def gaps_of(
    case: Case, table: pd.DataFrame, both: tuple[str, str] = ("gap_without", "gap_with")
) -> tuple[float | None, float | None]:
    """The same of a case and a table of indicators, of two of its columns."""
    goal = next((g for g in case.goals if g.gap_parts), None)
    if goal is None:
        return None, None
    gaps = {tuple(row[:3]): row[3:] for row in columns(table, "indicator", "city", "period", *both)}
    weight = weights(case, goal, gaps)
    if not weight:
        return None, None
    without, with_plan = (sum(w * gaps[place][n] for place, w in weight.items()) for n in (0, 1))
    return without, with_plan


def _weighed(plan: Plan) -> dict[str, float]:
    """The same mean of gaps as the goal's curve counts them; nothing where it has none."""
    goal = next((g for g in plan.case.goals if g.is_curved), None)
    if goal is None or goal is not first_about_gaps(plan.case):
        return {}
    found = {}
    for name, column in (("weighed_gap_without", "gap_without"), ("weighed_gap_with", "gap_with")):
        gaps = {(x, i, t): gap for x, i, t, gap in columns(plan.tables["indicators"], "indicator", "city", "period", column)}
        by_curve = counted(goal, gaps)
        found[name] = sum(w * by_curve[place] for place, w in weights(plan.case, goal, gaps).items())
    return found


def chosen_measures(plan: Plan) -> list[Chosen]:
    """Every measure that starts, in the order of the project list."""
    case, paid = plan.case, paid_by(plan)
    starts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)  # rows as plain values: a frame a measure took most of it
    shown = ("start_period", "opens", "units", "capital_cost", "private_cost", "decided")
    for name, *row in columns(plan.tables["decisions"], "measure", *shown):
        starts[name].append(tuple(row))
    chosen = []
    for name, rows in starts.items():
        measure = case.measures[name]
        units: dict[str, float] = defaultdict(float)
        for period, _opens, started, *_rest in rows:
            units[period] += started
        chosen.append(
            Chosen(
                measure=measure,
                units=dict(units),
                opens=min(opens for _period, opens, *_rest in rows),
                capital=sum(capital for _period, _opens, _units, capital, *_rest in rows),
                private=sum(private for *_rest, private, _decided in rows),
                running=measure.running_cost * sum(units.values()),
                paid_by=paid.get(measure.id, {}),
                before=all(decided == "before" for *_rest, decided in rows),
            )
        )
    order = {name: n for n, name in enumerate(case.measures)}
    return sorted(chosen, key=lambda c: order[c.measure.id])


def paid_by(plan: Plan) -> dict[str, dict[str, float]]:
    """Measure -> line -> share of what is paid for the measure over the horizon, largest first."""
    paid: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for measure, line, capital, running in columns(plan.tables["spending"], "measure", "line", "capital", "running"):
        paid[measure][line] += capital + running
    shares = {}
    for name, lines in paid.items():
        total = sum(lines.values())
        ordered = sorted(lines.items(), key=lambda item: -item[1])
        shares[name] = {line: amount / total for line, amount in ordered if total > 0}
    return shares


def running_after(plan: Plan, least_of: str = "") -> dict[str, float]:
    """Line -> running cost a year that the plan leaves to it after the last period.

    Of each measure still open then, split as its running cost of the last period was, and what use at a price costs a year.
    Where lines limit what they may be left with, it is split so that all limits are kept, as far as that can be.

    Parameters
    ----------
    least_of
        A line that is left with as little as can be, the others within their limits.
    """
    case = plan.case
    last = case.periods[-1]
    yearly: dict[str, float] = defaultdict(float)
    for name, opens, units in columns(plan.tables["decisions"], "measure", "opens", "units"):
        measure = case.measures[name]
        if measure.is_open_after(opens, last.last):
            yearly[name] += measure.running_cost * units
    fees = {
        line: money / last.years
        for line, period, money in columns(plan.tables["money"], "line", "period", "fees")
        if period == last.id
    }
    spending = plan.tables["spending"]
    spending = spending[spending["period"] == last.id]
    paid: dict[str, dict[str, float]] = defaultdict(dict)
    for name, line, amount in columns(spending, "measure", "line", "running"):
        paid[name][line] = amount
    left = {line: fees.get(line, 0.0) for line in case.lines}
    for name, cost in yearly.items():
        total = sum(paid[name].values())
        for line, amount in paid[name].items():
            left[line] += cost * amount / total if total > 0 else 0.0
    limits = {
        line.id: line.after.at_most_share * line.amount[last.id] / last.years
        for line in case.lines.values()
        if line.after is not None
    }
    if least_of or any(left[line] > limit for line, limit in limits.items()):
        left = _within(case, yearly, fees, limits, least_of)
    return {line: amount for line, amount in left.items() if amount > 0}


def _within(
    case: Case, yearly: Mapping[str, float], fees: Mapping[str, float], limits: Mapping[str, float], least_of: str
) -> dict[str, float]:
    """Line -> its part of costs a year, split so that limits are exceeded by as little as can be."""
    from scipy.optimize import linprog  # only where a line limits it

    payers = payers_of(case)
    pays: list[tuple[str, str, float, float]] = []  # (measure, line, least, most)
    for name, cost in yearly.items():
        fixed = case.measures[name].payers
        for line in payers[name, "running"]:
            share = fixed.get(line, 0.0) if fixed else case.lines[line].at_most_share
            pays.append((name, line, share * cost if fixed else 0.0, share * cost))
    names, lines = [name for name, cost in yearly.items() if cost > 0], list(limits)
    pays = [one for one in pays if one[0] in names]
    whole = np.array([[float(one[0] == name) for one in pays] + [0.0] * len(lines) for name in names])
    within = [[float(one[1] == line) for one in pays] + [-float(line == l) for l in lines] for line in lines]
    objective = [float(one[1] == least_of) for one in pays] + [1e6] * len(lines)
    bounds = [(least, most) for _name, _line, least, most in pays] + [(0.0, None)] * len(lines)
    room = [limits[line] - fees.get(line, 0.0) for line in lines]
    left = {line: fees.get(line, 0.0) for line in case.lines}
    if not names:
        return left
    found = linprog(objective, within or None, room or None, whole, [yearly[name] for name in names], bounds, method="highs")
    for (_name, line, _least, _most), money in zip(pays, found.x, strict=False):
        left[line] += float(money)
    return left


def given_and_left(plan: Plan) -> tuple[dict[str, float], dict[str, float]]:
    """Line -> what it has over the horizon, given, received and from tax; and what of it is left unspent."""
    had, left = dict.fromkeys(plan.case.lines, 0.0), dict.fromkeys(plan.case.lines, 0.0)
    for line, amount, received, tax, rest in columns(plan.tables["money"], "line", "amount", "received", "tax", "unspent"):
        had[line] += amount + received + tax
        left[line] += rest
    return had, left


def money_kept_free(plan: Plan) -> dict[tuple[str, str], float]:
    """(line, period) -> what a line is to keep free beside its payments; every line that has a reserve, in every period."""
    case = plan.case
    free = {(line.id, t): 0.0 for line in case.lines.values() if line.reserve for t in case.period_ids}
    rows = columns(plan.tables["spending"], "measure", "line", "period", "capital", "running")
    for measure, line, period, *paid in rows:
        if (line, period) in free:
            kinds = zip(("capital", "running"), paid, strict=True)
            free[line, period] += sum(case.lines[line].keeps_free(measure, kind, period) * amount for kind, amount in kinds)
    for line, period, fees in columns(plan.tables["money"], "line", "period", "fees"):
        if (line, period) in free:
            free[line, period] += case.lines[line].keeps_free_of_use(period) * fees
    return free


def kept_free_by_place(plan: Plan) -> dict[tuple[str, str], float]:
    """(line, period) -> what of the money that it leaves unspent a line keeps free as a reserve; empty without reserves."""
    unspent = {(line, t): left for line, t, left in columns(plan.tables["money"], "line", "period", "unspent")}
    return {place: min(free, max(0.0, unspent[place])) for place, free in money_kept_free(plan).items()}


def starts_of(plan: Plan) -> dict[str, dict[str, float]]:
    """What a plan starts: measure -> start period -> units; nothing if it has no decisions."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    if plan.has_decisions:
        table = plan.tables["decisions"]
        for measure, period, units in zip(table["measure"], table["start_period"], table["units"], strict=True):
            found[str(measure)][str(period)] = found[str(measure)].get(str(period), 0.0) + float(units)
    return dict(found)


def cost_of_choice(plan: Plan) -> float:
    """What the lines pay over all periods for what the plan chooses, with the fees of the use that it opens.

    What was decided before is there without the plan, too: what the plan closes is not bought with that money.
    """
    measures = plan.case.measures
    return sum(money for name, money in spent_on(plan).items() if name and measures[name].status == "candidate")


def money_by_basis(plan: Plan) -> dict[str, float]:
    """Basis of the costs (sourced, computed, estimated, assumed, not stated) -> share of all public payments."""
    paid: dict[str, float] = defaultdict(float)
    for name, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        paid[basis_of(plan.case, plan.case.measures[name])] += capital + running
    if fees := float(plan.tables["money"]["fees"].sum()):
        paid[NO_BASIS] += fees  # a price has none
    total = sum(paid.values())
    ordered = sorted(paid.items(), key=lambda item: -item[1])
    return {basis: amount / total for basis, amount in ordered} if total > 0 else {}


@dataclass(frozen=True)
class Real:
    """What starts of one reality.

    Attributes
    ----------
    reality
        under_way, published, hypothetical, or empty: the case does not say; in_force: use at a price that no measure opens.
    chosen, before
        Measures of which something starts, chosen by the plan and decided before it.
    public, private
        Money paid for them within the horizon.
    """

    reality: str
    chosen: int
    before: int
    public: float
    private: float


def by_reality(plan: Plan) -> tuple[Real, ...]:
    """What starts by its reality, the most real first; nothing where the case says it of no measure."""
    measures = plan.case.measures
    if all(measure.reality is None for measure in measures.values()):
        return ()
    public: dict[str, float] = defaultdict(float)
    for name, money in spent_on(plan).items():
        public[measures[name].reality or "" if name else IN_FORCE] += money
    found = []
    started = chosen_measures(plan)
    for reality in (*get_args(Reality), IN_FORCE, ""):
        here = [c for c in started if (c.measure.reality or "") == reality]
        before = sum(1 for c in here if c.before)
        private = sum(c.private for c in here)
        if here or public[reality]:
            found.append(Real(reality, len(here) - before, before, public[reality], private))
    return tuple(found)


def basis_of(case: Case, measure: Measure) -> str:
    """What a measure's cost rests on: its own basis, or else that of the norm it is worked out with."""
    norm = case.norms.get(measure.norm) if measure.norm is not None else None
    return measure.basis or (norm.basis if norm is not None and norm.basis else NO_BASIS)


def not_chosen(plan: Plan) -> dict[Kind, tuple[int, int]]:
    """Kind -> candidates of which nothing starts, and all candidates that could start; halves count as one."""
    started = set(plan.tables["decisions"]["measure"])
    candidates = {m.together or m.id: m for m in plan.case.measures.values() if m.status == "candidate" and m.starts}
    kinds: dict[Kind, tuple[int, int]] = {}
    for measure in candidates.values():
        left, of = kinds.get(measure.kind, (0, 0))
        kinds[measure.kind] = (left + (measure.id not in started), of + 1)
    return kinds


def columns(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, row by row, as plain values."""
    return list(zip(*(table[name].tolist() for name in names), strict=True))
