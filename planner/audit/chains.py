"""Value chains: bonus jobs of parks that can reach each other, at most a rate of the jobs of each."""

from __future__ import annotations

from collections import defaultdict
from math import inf

from planner.audit.books import Books
from planner.audit.parks import Production, host, is_park
from planner.audit.report import Ledger, number
from planner.audit.world import Situation
from planner.case.nouns import Case, Chain
from planner.plans.tables import Bonus


def check(case: Case, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    """Check every pair, and what the pairs of each park add up to."""
    total: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in books.bonus.values():
        where = f"chain {row.chain}, measures {row.measure} and {row.partner}, {row.period}"
        says = f"jobs {number(row.jobs)}"
        ledger.true("chains", row.jobs > 0, where, says, "above 0")
        linked = is_pair(case, case.chains[row.chain], row.measure, row.partner)
        ledger.true("chains", linked, where, says, "0: no pair of different parks of its industries, in their order")
        if linked:
            near = is_near(case, row, situation)
            ledger.true("chains", near, where, says, f"0: not within {number(case.chains[row.chain].minutes)} minutes")
        for park in (row.measure, row.partner):
            total[row.chain, park, row.period] += row.jobs
    for (chain, park, period), jobs in total.items():
        most = case.chains[chain].bonus * made.jobs.get((park, period), 0.0)
        where = f"chain {chain}, measure {park}, {period}"
        ledger.within("chains", where, "bonus jobs with all partners", jobs, -inf, most)


def is_pair(case: Case, chain: Chain, first: str, second: str) -> bool:
    """Whether two parks are a pair of the chain: of its industries in their order, each pair once."""
    if first == second or not (is_park(case, first) and is_park(case, second)):
        return False
    if (case.parks[first].industry, case.parks[second].industry) != chain.industries:
        return False
    order = list(case.measures)
    return chain.industries[0] != chain.industries[1] or order.index(first) < order.index(second)


def is_near(case: Case, row: Bonus, situation: Situation) -> bool:
    """Whether the host of the first park is within the chain's minutes of that of the second."""
    ends = host(case, row.measure), host(case, row.partner)
    return situation.is_within(*ends, case.chains[row.chain].minutes, row.period)
