"""Private investors: what they pay by themselves, and what policies attract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from planner.audit.books import Books
from planner.audit.money import Costs
from planner.audit.report import Ledger, number
from planner.audit.years import Serving
from planner.case.nouns import Case, RaisePrivateShare
from planner.plans.tables import Private


def public(costs: Costs, table: Mapping[tuple[str, str], Private]) -> Costs:
    """What is left for the lines to pay."""
    found = dict(costs)
    for (measure, period), row in table.items():
        if (measure, period, "capital") in found:
            found[measure, period, "capital"] -= row.own + row.attracted
    return found


def check(case: Case, books: Books, costs: Costs, serving: Serving, ledger: Ledger) -> None:
    """Check who pays what privately in each period, and what the decisions say of it; `costs` are whole ones."""
    for measure, period, kind in costs:
        if kind == "capital":
            _period(case, books, measure, period, costs[measure, period, kind], serving, ledger)
    for measure, period in books.private:
        known = (measure, period, "capital") in costs
        ledger.true("private", known, f"measure {measure}, {period}", "a private payment", "none: nothing starts")
    _decisions(case, books, ledger)


def _period(case: Case, books: Books, measure: str, period: str, cost: float, serving: Serving, ledger: Ledger) -> None:
    """The own share exactly; no more attracted than serving policies allow."""
    row = books.private.get((measure, period))
    own, attracted = (0.0, 0.0) if row is None else (row.own, row.attracted)
    where = f"measure {measure}, {period}"
    if row is not None:
        says = f"own {number(own)} and attracted {number(attracted)}"
        ledger.true("private", own + attracted > 0, where, says, "a payment above 0")
    ledger.same("private", where, "own", own, case.measures[measure].private_share * cost)
    plus = _plus(case, measure, {e.measure for e in case.effects if serving.serves(e.measure, period)})
    ledger.within("private", where, "attracted", attracted, 0.0, plus * cost, largest=cost)


def _plus(case: Case, measure: str, policies: set[str]) -> float:
    """The share of a measure's capital that policies may attract beyond its own."""
    return sum(
        effect.plus
        for effect in case.effects
        if isinstance(effect, RaisePrivateShare) and measure in effect.measures and effect.measure in policies
    )


def _decisions(case: Case, books: Books, ledger: Ledger) -> None:
    """Each start pays its own share privately and at most what can be attracted; all starts add up to the periods."""
    total: dict[str, float] = defaultdict(float)
    for row in books.private.values():
        total[row.measure] += row.own + row.attracted
    said: dict[str, float] = defaultdict(float)
    for decision in books.decisions.values():
        said[decision.measure] += decision.private_cost
        own = case.measures[decision.measure].private_share
        most = own + _plus(case, decision.measure, {effect.measure for effect in case.effects})
        where = f"measure {decision.measure}, {decision.start_period}"
        whole = decision.capital_cost
        ledger.within("private", where, "private_cost", decision.private_cost, own * whole, most * whole, whole)
    for measure, amount in said.items():
        ledger.same("private", f"measure {measure}", "private_cost of all starts", amount, total.get(measure, 0.0))
