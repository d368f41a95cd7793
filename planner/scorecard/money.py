"""Money of a scorecard: what is invested, what crosses borders, and what that is a head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isclose

from planner.case import Case
from planner.plans.totals import columns
from planner.scorecard.world import World
from planner.words.said import Named, Sentence, _

UNITS: Mapping[str, float] = {  # the first word of a unit of money, with a currency or without
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "tn": 1e12, "trillion": 1e12,
    "万": 1e4, "亿": 1e8, "万元": 1e4, "亿元": 1e8, "百万元": 1e6, "十亿元": 1e9,
}  # fmt: skip
CURRENCIES: Mapping[str, str] = {"CNY": Named("CNY", {"zh": "元"})}  # codes that have another name where Chinese is spoken
NOTHING = 1e-12


def scale(case: Case) -> tuple[float, str]:
    """How much one of the case's unit of money is, and of what: bn CNY is 1e9 CNY; any other unit is one of itself."""
    words = case.money.unit.split()
    many = UNITS.get(words[0].lower()) if words else None
    if many is None:
        together = re.fullmatch(r"(万|亿|百万|十亿)元?", case.money.unit)
        return (UNITS[together[0]], "元") if together and together[0] in UNITS else (1.0, case.money.unit)
    return many, CURRENCIES.get(" ".join(words[1:]), " ".join(words[1:])) or _("money")


def unit_a_head(case: Case) -> Sentence:
    """In what money a head is counted."""
    return _("{money} a head").format(money=scale(case)[1])


def per_head(world: World, amount: float) -> float | None:
    """Money of the case as so much a head of those who live in the cluster."""
    people = sum(world.people.values())
    if people <= 0:
        return None
    return 0.0 if isclose(amount, 0.0, abs_tol=NOTHING) else amount * scale(world.case)[0] / people


def invested(world: World) -> tuple[float, float]:
    """Public and private capital of the measures that start, over the horizon, in the case's unit."""
    plan, started = world.plan, world.starts
    public = sum(capital for name, capital in columns(plan.tables["spending"], "measure", "capital") if name in started)
    rows = columns(plan.tables["private"], "measure", "own", "attracted")
    return public, sum(own + attracted for name, own, attracted in rows if name in started)


def across_borders(world: World) -> float:
    """Transfers between lines of different holders, and fees for use elsewhere, over the horizon.

    Fees without the plan are of the use that is there without it.
    """
    case, plan = world.case, world.plan
    years = {period.id: period.years for period in case.periods}
    rows = columns(plan.tables["transfers"], "policy", "from", "to", "amount")
    sent: float = sum(
        amount
        for name, one, other, amount in rows
        if name in world.starts and case.lines[one].holder != case.lines[other].holder
    )
    if world.state == "with":
        return sent + float(plan.tables["uses"]["fee"].sum())
    uses = columns(plan.tables["uses"], "period", "price", "amount_without")
    fees: float = sum(price * amount * years[period] for period, price, amount in uses)
    return sent + fees
