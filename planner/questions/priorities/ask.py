"""Priorities: which measures stand whatever happens, on what the others depend, and in which order to fund them.

Worlds are drawn of what the case says is uncertain, and each is planned anew, as if one knew it beforehand. How often a
measure is chosen says how firm it is; what the draws with it have in common, on what it depends. The order goes by how often
they are chosen; its plans are nested, so that little money funds the first ones and more money adds to them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count as count_from
from math import nan, sqrt
from typing import Any, ClassVar

import numpy as np

from planner.case import Case, FrozenDict
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import companions, with_first_goal, with_scaled_money
from planner.plans.plan import Plan
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    audited,
    because,
    decisions_of,
    edited,
    first_goal,
    frame,
    known_plan,
    why,
    without_any,
)
from planner.questions.priorities.nested import Item, Nested, nested, scored
from planner.questions.priorities.worlds import drawn
from planner.questions.risk.draws import Factor, class_scores, factors, own_score, percentile, worlds
from planner.words.said import _, count
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Done, Task

DRAWS = 40
GAP = 1e-2  # of the first goal in each draw: finer differences are less than what is uncertain
LATER_GAP = 5e-2  # of later goals: spending tells only what is chosen for nothing
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)  # of the money
FOR_DRAWS = 0.7  # share of the time
FOR_SCORES = 0.2  # share of what is left then
FIRM = 0.9  # share of the draws from which on a measure is firm
SURELY = 2 / 3  # and what that share is at least, by chance in so many draws; never: at most what is left of 1
FEWEST = 10  # draws of which it can be said what a measure depends on
NEARLY = 1e-6  # goals that differ by less are the same
HALF = 0.5  # from which on it is likely
CLEAR = 0.25  # by so much it has to be chosen more often with one half of a factor's draws to depend on it
Z = 1.959964  # normal score of 97.5 %: intervals of 95 %


@dataclass(frozen=True)
class Priorities(Result):
    """What stands whatever happens.

    Attributes
    ----------
    draws, done, seed
        How many were asked for, in how many there is a plan, and the seed.
    impossible_draws
        In how many no plan keeps all promises.
    gap
        What the first goal of each draw was to prove.
    """

    draws: int = DRAWS
    done: int = 0
    seed: int = 0
    impossible_draws: int = 0
    gap: float = GAP

    QUESTION: ClassVar[str] = "priorities"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"priorities": ("chosen",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "priorities": {
            "rank": "in the order to fund, from 1; empty if it is chosen in no draw",
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "verdict": "firm (in nine draws of ten or more, and chosen_least in two thirds or more), depends (on a factor), "
            "likely (in half or more), seldom, never",
            "chosen": "share of the draws whose plan starts any of it",
            "chosen_least": "by chance in so many draws, at least (95 %, Wilson)",
            "chosen_most": "the same, at most",
            "usual_start": "period in which it starts first most often; empty if it is never chosen",
            "usual_share": "share of the draws that choose it in which that is so",
            "units": "median of its units in the draws that choose it",
            "depends_on": "id of the factor by which the draws with it differ most; empty if by none clearly",
            "if_low": "share of the draws with that factor's lower half that choose it",
            "if_high": "the same with its upper half",
            "in_best": "units of it in the plan as stated",
        },
        "nested": {
            "money": "share of all lines' money that comes",
            "nested": "the first goal with the order funded as far as it goes, in the goal's own unit; empty if not known",
            "measures": "how many of the order are funded",
            "best": "the first goal of the best plan found for so much money",
            "bound": "what no plan for so much money can beat",
            "loss_at_least": "what the order loses against the best plan, at least, as a share of what all money gains",
            "loss_at_most": "the same, at most",
            "status": "answered; impossible: no plan keeps all promises with so little money; apart: the order breaks a "
            "promise, and comes below what no plan that keeps all can beat; not answered",
        },
        "funded": {
            "money": "share of all lines' money that comes",
            "measure": "id",
            "start_period": "id",
            "units": "that the order funds",
        },
    }

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        return {name: getattr(self, name) for name in ("draws", "done", "seed", "impossible_draws", "gap")}


@dataclass(frozen=True)
class Chosen:
    """What the plan of a draw starts.

    Attributes
    ----------
    number
        Of the draw.
    status
        Of its plan.
    starts
        (measure, start period) -> units of candidates; empty where there is no plan.
    """

    number: int
    status: str
    reason: str
    starts: Mapping[tuple[str, str], float]

    @property
    def is_plan(self) -> bool:
        """Whether there is a plan."""
        return self.status not in ("infeasible", "no_plan")


def priorities(
    case: Case,
    *,
    draws: int = DRAWS,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Priorities:
    """Which measures are chosen in how many draws of what is uncertain, and an order in which to fund them.

    Parameters
    ----------
    case
        A filled case, which says what is uncertain.
    draws
        How many worlds are drawn and planned anew.
    plan
        Its optimal plan, if it is known; else it is solved first.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal in each draw (default 1e-2), the seed is theirs.

    Returns
    -------
    Priorities
        `complete` if every draw is planned within the gap and the order is compared at each share of the money. The same for
        any number of workers, as long as no time runs out.

    Raises
    ------
    ValueError
        The plan given is of another case or has no decisions, the case says of nothing that it is uncertain, or no draw is
        asked for.
    """
    if draws < 1:
        raise ValueError(_("at least one draw is needed"))
    found = factors(case)
    if not found:
        raise ValueError(
            _("the case says of nothing that it is uncertain: give it `uncertain` (docs/case-format.md), or norms a range")
        )
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = audited(known_plan(question, case, plan))
        if not best.has_decisions:
            return Priorities(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(),
                impossible=best.status == "infeasible",
            )  # fmt: skip
        seed, gap = question.options.seed, question.options.gap
        limits = SolveOptions(gap=gap, later_gap=max(gap, LATER_GAP), threads=1, seed=seed)
        tasks = [
            Task(_("draw {number}").format(number=n + 1), chosen_in, (case, decisions_of(best), draws, seed, n, limits))
            for n in range(draws)
        ]
        done = question.run(tasks, FOR_DRAWS)
        chosen = [one.value for one in done if one.value is not None and one.value.is_plan]
        (alone,) = question.run([Task(_("scoring measures alone"), scored, (case,))], FOR_SCORES)
        impossible = sum(one.value is not None and one.value.status == "infeasible" for one in done)
        rows = _ranked(case, best, chosen, impossible, alone.value or {}, found, draws, seed)
        answer = Priorities(
            case, True, (), question.seconds, FrozenDict(), FrozenDict({"best": best}), draws=draws, done=len(chosen),
            seed=seed, gap=gap, impossible_draws=impossible,
        )  # fmt: skip
        tables = {"priorities": rows, "nested": [], "funded": []}
        missing = (*edited(best), *_undrawn(done, draws))
        if alone.value is None:
            missing = (*missing, because(alone.name, alone.problem))
        if chosen:
            order = [Item(row[1], row[9], row[11]) for row in rows if row[0] == row[0]]
            money = [Variant(_money(share), with_first_goal(with_scaled_money(case, share)), decisions_of(best))
                     for share in SHARES]  # fmt: skip
            funding = question.run([Task(_("funding the order"), nested, (case, order, SHARES))], 0.5)
            optima = question.solve_all(money)
            tables["nested"], tables["funded"], unknown = _compared(best, funding[0], optima)
            missing = (*missing, *unknown)
        return replace(
            answer, complete=not missing, missing=missing, seconds=question.seconds,
            tables=FrozenDict({name: frame(Priorities.TABLES[name], found) for name, found in tables.items()}),
        )  # fmt: skip


def _money(share: float) -> str:
    return _("the best plan for {share:.0%} of the money").format(share=share)


def chosen_in(
    case: Case,
    start: Mapping[tuple[str, str], float],
    draws: int,
    seed: int,
    number: int,
    options: SolveOptions,
    *,
    seconds: float | None,
    cancelled: Cancelled | None,
) -> Chosen:
    """In a worker: what the best plan of a draw starts."""
    (world,) = worlds(case, draws, seed, range(number, number + 1))
    limited = replace(options, time_limit=None if seconds is None else round(seconds, 1))
    plan = solve(drawn(case, world), options=limited, cancelled=cancelled, start=start)
    free = {} if not plan.has_decisions else {
        s: units for s, units in decisions_of(plan).items() if case.measures[s[0]].status == "candidate"
    }  # fmt: skip
    return Chosen(number, plan.status, plan.reason, free)


def _undrawn(done: Sequence[Done], draws: int) -> tuple[str, ...]:
    """What of the draws is not answered, and of which plans less is proven than was asked."""
    lost = sum(one.value is None or one.value.status == "no_plan" for one in done)
    loose = sum(one.value is not None and one.value.is_plan and one.value.status != "optimal" for one in done)
    said = []
    if lost:
        said.append(_("{number} of {draws} were not worked out in time").format(number=lost, draws=count(draws, "draw")))
    if loose:
        said.append(_("the plans of {draws} are not proven within the gap").format(draws=count(loose, "draw")))
    return tuple(said)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Within what a share lies of which so many of so many trials are known (95 %).

    References
    ----------
    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference. J. Am. Stat. Assoc. 22.

    >>> [round(end, 3) for end in wilson(9, 10)], [round(end, 3) for end in wilson(0, 10)]
    ([0.596, 0.982], [0.0, 0.278])
    """
    if trials == 0:
        return nan, nan
    share = successes / trials
    middle = (share + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z / (1 + Z**2 / trials) * sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def draws_to_be_firm() -> int:
    """The fewest draws that can call a measure firm: as many as have to agree, if all of them do."""
    return next(n for n in count_from(1) if wilson(n, n)[0] >= SURELY)


def _ranked(
    case: Case,
    best: Plan,
    chosen: Sequence[Chosen],
    impossible: int,
    alone: Mapping[str, float],
    found: Sequence[Factor],
    draws: int,
    seed: int,
) -> list[tuple[Any, ...]]:
    """A row a candidate (of those that start together the first), those that are chosen most often first.

    Of those chosen as often the one comes first that closes most alone for its money. Draws in which there is no plan count:
    in them nothing is chosen.
    """
    trials = len(chosen) + impossible
    candidates = (a for a, m in case.measures.items() if m.status == "candidate" and m.starts)
    heads = dict.fromkeys(companions(case, a)[0] for a in candidates)
    in_best: dict[str, float] = defaultdict(float)
    for (a, _u), number in decisions_of(best).items():
        in_best[a] += number
    rows = []
    for a in heads:
        group = set(companions(case, a))
        has = np.array([any(b in group for b, _u in one.starts) for one in chosen], dtype=bool)
        share = float(has.sum() / trials) if len(chosen) else nan
        least, most = wilson(int(has.sum()), trials)
        firsts = Counter(_first_start(case, one, group) for one, yes in zip(chosen, has, strict=True) if yes)
        usual = min(firsts, key=lambda t: (-firsts[t], case.period_ids.index(t))) if firsts else ""
        units = [sum(n for (b, _u), n in one.starts.items() if b == a) for one, yes in zip(chosen, has, strict=True) if yes]
        factor, low, high = _depends_on(a, has, chosen, found, draws, seed)
        rows.append(
            (
                nan, a, " + ".join(case.measures[b].name for b in companions(case, a)), case.measures[a].kind,
                ";".join(dict.fromkeys(i for b in companions(case, a) for i in case.measures[b].cities)),
                _verdict(share, least, most, factor), share, least, most, usual,
                firsts[usual] / sum(firsts.values()) if firsts else nan, _median(units),
                factor, low, high, in_best[a],
            )
        )  # fmt: skip
    order = sorted(
        rows, key=lambda row: (-(row[6] if row[6] == row[6] else 0.0), -alone.get(row[1], 0.0), _when(case, row[9]))
    )
    return [(n + 1 if row[6] > 0 else nan, *row[1:]) for n, row in enumerate(order)]


def _median(units: Sequence[float]) -> float:
    """The middle one of units that plans start: one of them, so that it can be started."""
    return percentile(np.array(units), 50) if units else nan


def _when(case: Case, period: str) -> int:
    return case.period_ids.index(period) if period else len(case.period_ids)


def _first_start(case: Case, one: Chosen, group: set[str]) -> str:
    """The period in which anything of a group starts first."""
    return min((u for b, u in one.starts if b in group), key=case.period_ids.index)


def _verdict(share: float, least: float, most: float, factor: str) -> str:
    """What a share of the draws is called; few draws tell of nothing that it is firm, or that it never is chosen."""
    if share != share:
        return "not answered"
    if share >= FIRM and least >= SURELY:
        return "firm"
    if share == 0 and most <= 1 - SURELY:
        return "never"
    if factor:
        return "depends"
    return "likely" if share >= HALF else "seldom"


def _depends_on(
    a: str, has: Any, chosen: Sequence[Chosen], found: Sequence[Factor], draws: int, seed: int
) -> tuple[str, float, float]:
    """The factor by whose halves the draws with a measure differ most, if clearly, and beyond chance; and the two shares.

    Beyond chance: draws that were dealt to the two halves by lot would differ as much less than once in twenty times
    (Fisher's exact test), shared among all factors that are looked at; not among all measures.
    """
    nothing = "", nan, nan
    if not 0 < has.sum() < len(has) or len(has) < FEWEST:
        return nothing
    halves = []
    for factor in found:
        scores = np.array([_score(factor, a, one.number, draws, seed) for one in chosen])
        upper = np.argsort(np.argsort(scores, kind="stable"), kind="stable") >= len(scores) // 2
        low, high = float(has[~upper].mean()), float(has[upper].mean())
        halves.append((abs(high - low), factor.id, low, high, _by_lot(has, upper)))
    widest, name, low, high, by_lot = max(halves, key=lambda half: half[0])
    return (name, low, high) if widest >= CLEAR and by_lot <= 1 / (20 * len(found)) else nothing


def _by_lot(has: Any, upper: Any) -> float:
    """How likely halves that are dealt by lot differ as much as these (Fisher's exact test, both sides)."""
    from scipy.stats import fisher_exact

    table = [[int((has & half).sum()), int((~has & half).sum())] for half in (upper, ~upper)]
    return float(fisher_exact(table)[1])


def _score(factor: Factor, a: str, number: int, draws: int, seed: int) -> float:
    """A factor's normal score in a draw: the measure's own where it is about it, else that of its class."""
    score = float(class_scores(factor.id, draws, seed)[number])
    if a not in factor.items:
        return score
    rho = factor.together
    return sqrt(rho) * score + sqrt(1 - rho) * own_score(seed, number, factor.id, factor.items[a])


def _compared(
    best: Plan, funding: Done, optima: Sequence[Done]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], tuple[str, ...]]:
    """The order beside the best plan for each share of the money; what it funds; and what is not known."""
    without = without_any(best)
    most_gain, least_gain = without - first_goal(best).bound, without - first_goal(best).value
    funded: Mapping[float, Nested] = funding.value or {}
    rows, starts, missing = [], [], []
    if funding.value is None:
        missing.append(because(funding.name, funding.problem))
    for share, done in zip(SHARES, optima, strict=True):
        own, plan = funded.get(share), done.value
        starts += [(share, a, u, units) for (a, u), units in (own.starts.items() if own is not None else ())]
        order, measures = (nan, 0) if own is None else (own.value, own.measures)
        if plan is not None and plan.status == "infeasible":
            rows.append((share, order, measures, nan, nan, nan, nan, "impossible"))
            continue
        known = plan is not None and plan.has_decisions
        value, bound = (first_goal(plan).value, first_goal(plan).bound) if known else (nan, nan)
        if not known:
            missing.append(because(done.name, done.problem if plan is None else why(plan)))
        elif plan.status not in ("optimal",):
            missing.append(because(done.name, why(plan)))
        if own is None and funding.value is not None:
            missing.append(_("the order is not funded in time for {share:.0%} of the money").format(share=share))
        if known and order < bound - NEARLY:
            rows.append((share, order, measures, value, bound, nan, nan, "apart"))
            continue
        least, most = max(0.0, order - value), max(0.0, order - bound)
        shares = (least / most_gain, most / least_gain) if least_gain > 0 else (nan, nan)
        status = "answered" if order == order and known else "not answered"
        rows.append((share, order, measures, value, bound, *shares, status))
    return rows, starts, tuple(missing)
