"""How sure a plan is: its decisions kept, the world drawn again and again, and what they come to each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from planner.case import Case, FrozenDict
from planner.compiling.goals import first_about_gaps, weights
from planner.planning.held import hold
from planner.planning.search import SolveOptions
from planner.plans.plan import Plan
from planner.plans.totals import columns, share_closed, spent
from planner.promises import broken_in_words
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    asking,
    audited,
    edited,
    frame,
    known_plan,
    why,
)
from planner.questions.risk import certainty
from planner.questions.risk.drawn import Drawing, Drawn, Planned
from planner.questions.risk.draws import FOR_EACH, Factor, factors, percentile, replicate_sizes, worlds
from planner.questions.risk.money import Account, account, as_planned
from planner.words.said import _, count
from planner.work.stopping import Cancelled, Listener, Stopped, Until
from planner.work.workers import Done, Task

DRAWS = 300
PERCENTS = (10, 50, 80, 90)
HELD_BACK = (65, 80, 90)  # of which money to hold back is told
T_OF_TEN = 2.262  # Student's t at 97.5 % with nine degrees of freedom: for intervals from ten hypercubes
NOT_DRAWN = frozenset({"spending", "starts"})  # parts of goals: money is told by line, and starts are kept
MOVES_GAPS = frozenset({"jobs", "build_years", "people"})  # figures that change what is served: nobody stops for money
MOVES_MONEY = frozenset({"capital_cost", "running_cost", "build_years"})  # and those that change what is spent
DRAWING = 0.3  # share of the time for the draws, where that is asked, too
CHUNK = 10  # draws of a task: small enough for progress, large enough that a program is worth holding
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Risk(Result):
    """What a plan comes to in many draws of the world.

    Attributes
    ----------
    draws, done, seed
        How many were asked for, how many are worked out, and the seed.
    at_least
        Share of the gap that is asked for.
    chance
        Share of the draws in which the plan closes at least that.
    planned
        Share of the gap that the plan closes as stated.
    joint
        Share of the draws in which no line is overdrawn in any period.
    assumed_money, unsaid_money
        Shares of the plan's public money whose class is assumed, and of which nothing is said.
    """

    draws: int = DRAWS
    done: int = 0
    seed: int = 0
    at_least: float = nan
    chance: float = nan
    planned: float = nan
    joint: float = nan
    assumed_money: float = nan
    unsaid_money: float = nan

    ABOUT: ClassVar[tuple[str, ...]] = ("best",)
    QUESTION: ClassVar[str] = "risk"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"closed": ("p50",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "closed": {
            "what": "closed: share of the mean gap that the plan closes; goal: value of a goal that is not about money",
            "name": "of the goal",
            "planned": "as stated",
            "p10": "one draw in ten is below",
            "p50": "half of the draws are below",
            "p80": "four draws in five are below",
            "p90": "nine draws in ten are below",
            "p80_least": "P80 at least, by how far the hypercubes lie apart (95 %); empty with fewer than 100 draws",
            "p80_most": "the same, at most",
        },
        "indicators": {
            "indicator": "id",
            "period": "id",
            "planned": "mean gap with the plan as stated, people by people",
            "p10": "one draw in ten is below",
            "p50": "half of the draws are below",
            "p80": "four draws in five are below",
            "p90": "nine draws in ten are below",
        },
        "cities": {
            "city": "id",
            "planned": "mean gap with the plan as stated, of all periods, weighed as in the first goal about gaps; where it "
            "leaves the city out, all alike",
            "p50": "half of the draws are below",
            "p90": "nine draws in ten are below",
        },
        "money": {
            "line": "id",
            "period": "id",
            "has": "what it has in the period as planned, with what it carried on; in the case's unit of money",
            "planned": "what it is planned to spend, send and repay",
            "p50": "what it comes to: half of the draws are below",
            "p80": "four draws in five are below",
            "p90": "nine draws in ten are below",
            "overdrawn": "share of the draws in which it lacks money in the period, after what it carried on",
            "lacks_p80": "what it lacks, if anything, in four draws of five at most",
            "lacks_p90": "the same in nine of ten",
            "hold_65": "what it should hold back of its money of the period so that 65 % of the draws are paid for: works "
            "that are dearer, and income that does not come",
            "hold_80": "the same for 80 %",
            "hold_90": "the same for 90 %",
        },
        "drivers": {
            "factor": "id of what is uncertain, or of a norm with a range",
            "of": "which figure",
            "items": "how many measures or cities it is about",
            "assumed": "whether it is assumed: nothing is named that it rests on",
            "of_closed": "share of the variance of what is closed, by ranks; empty: too few draws to tell",
            "of_money": "share of the variance of all money spent, by ranks; empty: too few draws to tell",
            "closed_low": "median of what is closed in the fifth of the draws with the lowest scores; empty: it moves none",
            "closed_high": "the same with the highest",
            "money_low": "median of all money spent in the fifth of the draws with the lowest scores; empty: it moves none",
            "money_high": "the same with the highest",
        },
        "late": {
            "measure": "id",
            "chance": "share of the draws in which it is late, by itself or because it waits",
            "years": "mean years late in those",
        },
        "certainty": {
            "percent": "of the draws in which every line is to hold in every period, each by itself; 0: as stated",
            "closed": "share of the mean gap that the plan closes, as stated",
            "spent": "money that its lines pay",
            "free": "money that they keep free beside that",
            "joint": "share of fresh draws in which no line lacks money in any period",
            "least": "share of them in which the line and period holds that holds least often",
            "holds": "whether every line and period holds as was asked: yes or no; empty of the plan as stated",
            "rounds": "plans that were drawn upon to find it",
        },
        "compared": {
            "what": "closed_p10, closed_p50, closed_p90: share of the gap closed; chance: of closing at least what was "
            "asked; more: share of the draws in which this plan closes more than the other; joint: share in which no line "
            "lacks money; spent: as planned; hold_80: money to hold back for 80 % of the draws; lacks_p80: what lines "
            "lack in all, in four draws of five at most",
            "first": "of the plan that was asked about first",
            "second": "of the other, in the same draws",
        },
        "draws": {
            "draw": "number",
            "closed": "share of the mean gap that is closed",
            "spent": "money that all lines spend",
            "lacks": "money that lines lack in all",
        },
    }

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        return {
            "draws": self.draws, "done": self.done, "seed": self.seed, "at_least": self.at_least, "chance": self.chance,
            "planned": self.planned, "joint": self.joint, "assumed_money": self.assumed_money,
            "unsaid_money": self.unsaid_money,
            "broken": [said for best in filter(None, [self.starts_from])
                       for said in broken_in_words(best.case, best.broken)],
        }  # fmt: skip


def risk(
    case: Case,
    *,
    draws: int = DRAWS,
    at_least: float | None = None,
    plan: Plan | None = None,
    other: Plan | None = None,
    frontier: bool = False,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Risk:
    """What a plan's decisions come to in many draws of what its case says is uncertain.

    Parameters
    ----------
    case
        A filled case, which says what is uncertain.
    draws
        How many.
    at_least
        Share of the gap whose chance is told; None = what the plan closes as stated, less a tenth of it.
    plan
        The plan whose decisions are kept, optimal or not; None = the optimal one, solved first.
    other
        Another plan, which meets the same worlds: of the same case, or of one that says the same is uncertain.
    frontier
        Whether to ask as well what certainty costs: plans of which every line holds in 50, 65, 80 and 90 % of the draws.
    options, on_event, cancelled
        As in `planner.solve`; the seed is that of the draws.

    Returns
    -------
    Risk
        Complete once every draw is worked out; the same for any number of workers.

    Raises
    ------
    ValueError
        The plan is of another case or has no decisions, the case says of nothing that it is uncertain, no draw is asked
        for, or the other plan cannot be set beside it.
    """
    if plan is not None and plan.case.content_hash != case.content_hash:
        raise ValueError(_("the plan given is of another case"))
    if plan is not None and not plan.has_decisions:
        raise ValueError(_("the plan given has no decisions"))
    if draws < 1:
        raise ValueError(_("at least one draw is needed"))
    found = factors(case)
    if other is not None:
        other = replace(other, case=case) if other.case.content_hash == case.content_hash else other
        _check_other(case, other)
    if not found:
        raise ValueError(
            _("the case says of nothing that it is uncertain: give it `uncertain` (docs/case-format.md), or norms a range")
        )
    with asking(options, on_event, cancelled) as question:
        best = audited(known_plan(question, case, None) if plan is None else plan)
        if not best.has_decisions:
            return Risk(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(),
                impossible=best.status == "infeasible",
            )  # fmt: skip
        best = replace(best, case=case)  # what is uncertain is no part of what a plan is of
        drawn = _drawn(question, best, draws, question.options.seed, DRAWING if frontier else 0.5 if other else 1.0)
        beside = [] if other is None else _drawn(question, other, draws, question.options.seed, DRAWING if frontier else 1.0)
        fewest = len(drawn) if other is None else min(len(drawn), len(beside))
        undrawn = () if fewest == draws else (
            _("{number} of {draws} were not worked out in time").format(number=draws - fewest, draws=count(draws, "draw")),
        )  # fmt: skip
        missing = (*edited(best), *undrawn)
        limits = SolveOptions(gap=question.options.gap, threads=1, seed=question.options.seed)
        surer = question.run(certainty.tasks(best, limits)) if frontier else ()
        answer = summed_up(best, drawn, found, draws, question.options.seed, at_least, missing, question.seconds)
        if other is not None:
            answer = _beside(answer, best, drawn, other, beside)
        return _with_certainty(answer, best, surer) if frontier else answer


def _check_other(case: Case, other: Plan) -> None:
    """Refuse a plan that does not meet the same worlds, or of which the share that is closed is one of other gaps."""
    if not other.has_decisions:
        raise ValueError(_("the plan given has no decisions"))
    if factors(other.case) != factors(case):
        raise ValueError(_("the cases of the two plans do not say the same is uncertain, so they meet other worlds"))
    same = ("periods", "cities", "indicators")
    if any(getattr(other.case, name) != getattr(case, name) for name in same) or other.case.goals[0] != case.goals[0]:
        raise ValueError(_("the two plans do not close the same gaps: their periods, cities, indicators or goals differ"))


def _beside(answer: Risk, plan: Plan, drawn: Sequence[Drawn], other: Plan, beside: Sequence[Drawn]) -> Risk:
    """The answer with another plan in the same draws, as far as both are worked out."""
    both = {one.number for one in drawn} & {one.number for one in beside}
    if not both:
        return answer
    sides = [_side(p, [one for one in d if one.number in both], answer) for p, d in ((plan, drawn), (other, beside))]
    first, second = (side.pop("each") for side in sides)
    more = 1e-9  # of the share that is closed: less is rounding
    sides[0]["more"], sides[1]["more"] = float(np.mean(first > second + more)), float(np.mean(second > first + more))
    rows = [(what, sides[0][what], sides[1][what]) for what in sides[0]]
    tables = {**answer.tables, "compared": frame(Risk.TABLES["compared"], rows)}
    return replace(answer, tables=FrozenDict(tables), plans=FrozenDict({**answer.plans, "other": other}))


def _side(plan: Plan, drawn: Sequence[Drawn], answer: Risk) -> dict[str, Any]:
    """What is told of each of two plans; `each`: what it closes, draw by draw."""
    closed = np.array([one.closed for one in drawn])
    books = _account(plan, drawn)
    lacking = sum(books.lacks.values(), np.zeros(len(drawn)))
    holds = np.logical_and.reduce([books.holds(place) for place in books.lacks])
    money = frame(Risk.TABLES["money"], _money(plan, books, drawn))
    p10, p50, p90 = percentiles(closed, (10, 50, 90))
    return {
        "each": closed, "closed_p10": p10, "closed_p50": p50, "closed_p90": p90,
        "chance": float(np.mean(closed >= answer.at_least - 1e-12)), "joint": float(np.mean(holds)), "spent": spent(plan),
        "hold_80": float(money["hold_80"].sum()), "lacks_p80": percentiles(lacking, (80,))[0],
    }  # fmt: skip


def _with_certainty(answer: Risk, best: Plan, surer: Sequence[Done]) -> Risk:
    """The answer with what certainty costs."""
    found = certainty.found(best, surer, answer.seed)
    tables = {**answer.tables, "certainty": frame(Risk.TABLES["certainty"], found.rows)}
    missing = (*answer.missing, *found.missing)
    return replace(
        answer, tables=FrozenDict(tables), plans=FrozenDict({**answer.plans, **found.plans}), missing=missing,
        complete=not missing, for_good=(*answer.for_good, *found.for_good),
    )  # fmt: skip


def _drawn(question: Asking, plan: Plan, draws: int, seed: int, until: float = 1.0) -> list[Drawn]:
    """All draws, in the order of their numbers, as far as there is time."""
    tasks = []
    for first in range(0, draws, CHUNK):
        numbers = range(first, min(first + CHUNK, draws))
        name = _("draws {first} to {last}").format(first=numbers[0] + 1, last=numbers[-1] + 1)
        tasks.append(Task(name, work_out, (plan, draws, seed, numbers)))
    return [one for done in question.run(tasks, until) for one in done.value or ()]


_kept: dict[str, Drawing] = {}  # of the last plan asked about in this process: its program is worth holding


def work_out(
    plan: Plan, draws: int, seed: int, numbers: range, *, seconds: float | None, cancelled: Cancelled | None
) -> list[Drawn]:
    """In a worker: some draws, as far as the time goes."""
    until = Until.within(seconds, cancelled)
    found: list[Drawn] = []
    try:
        drawing = _drawing(plan, until)
        for number, world in zip(numbers, worlds(plan.case, draws, seed, numbers), strict=True):
            found.append(drawing.of(number, world, until))
    except Stopped:
        pass
    return found


def _drawing(plan: Plan, until: Until) -> Drawing:
    """The program of a plan, held from task to task."""
    planned = Planned(plan)
    key = f"{plan.case.content_hash} {sorted(planned.starts.items())}"
    if key not in _kept:
        _kept.clear()
        _kept[key] = Drawing(planned, hold(plan.case, until))
    return _kept[key]


def _account(plan: Plan, drawn: Sequence[Drawn]) -> Account:
    """Each line's account in all draws."""
    planned = as_planned(plan)
    income, out = (
        {place: np.array([getattr(one, name)[place] for one in drawn]) for place in planned} for name in ("income", "paid")
    )
    return account(plan.case, income, out, planned)


def summed_up(
    plan: Plan,
    drawn: Sequence[Drawn],
    found: Sequence[Factor],
    draws: int,
    seed: int,
    at_least: float | None,
    missing: tuple[str, ...],
    seconds: float,
) -> Risk:
    """The answer, from the draws that are worked out."""
    case = plan.case
    planned = share_closed(plan)
    asked = at_least if at_least is not None else (planned * 0.9 if isfinite(planned) else nan)
    assumed, unsaid = money_by_class(plan, found)
    answer = Risk(
        case, not missing, missing, seconds, FrozenDict(), FrozenDict({"best": plan}), draws=draws, done=len(drawn),
        seed=seed, at_least=asked, planned=planned, assumed_money=assumed, unsaid_money=unsaid,
    )  # fmt: skip
    if not drawn:
        return answer
    closed = np.array([one.closed for one in drawn])
    books = _account(plan, drawn)
    spent = np.array([sum(one.spent.values()) for one in drawn])
    lacking = sum(books.lacks.values(), np.zeros(len(drawn)))
    tables = {
        "closed": _closed(plan, drawn, planned, closed, draws),
        "indicators": _indicators(plan, drawn),
        "cities": _cities(plan, drawn),
        "money": _money(plan, books, drawn),
        "drivers": _drivers(found, drawn, closed, spent),
        "late": _late(drawn),
        "draws": [(one.number + 1, c, s, l) for one, c, s, l in zip(drawn, closed, spent, lacking, strict=True)],
    }
    small = 1e-9 * max(1.0, float(np.max(spent)))
    return replace(
        answer,
        tables=FrozenDict({name: frame(Risk.TABLES[name], rows) for name, rows in tables.items()}),
        chance=float(np.mean(closed >= asked - 1e-12)),
        joint=float(np.mean(lacking <= small)),
    )


def percentiles(values: Numbers, percents: Sequence[int] = PERCENTS) -> tuple[float, ...]:
    """Percentiles of draws: the smallest value that so many per cent are not above."""
    return tuple(percentile(values, percent) for percent in percents)


def _closed(plan: Plan, drawn: Sequence[Drawn], planned: float, closed: Numbers, draws: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [("closed", "", planned, *percentiles(closed), *_interval(closed, draws))]
    for n, goal in enumerate(plan.goals):
        if not NOT_DRAWN.intersection(plan.case.goals[n].parts):
            values = np.array([one.goals[n] for one in drawn])
            rows.append(("goal", goal.name, goal.value, *percentiles(values), *_interval(values, draws)))
    return rows


def _interval(values: Numbers, draws: int) -> tuple[float, float]:
    """Within what P80 lies, from the hypercubes by themselves: their mean, and Student's t times its deviation."""
    sizes = replicate_sizes(draws)
    if len(sizes) == 1 or len(values) != draws:
        return nan, nan
    ends = np.cumsum(sizes)
    each = [percentiles(values[end - size : end], (80,))[0] for end, size in zip(ends, sizes, strict=True)]
    around = T_OF_TEN * float(np.std(each, ddof=1)) / len(each) ** 0.5
    middle = float(np.mean(each))
    return middle - around, middle + around


def _indicators(plan: Plan, drawn: Sequence[Drawn]) -> list[tuple[Any, ...]]:
    """Mean gap of each indicator and period, people by people as the case states them."""
    case = plan.case
    rows = columns(plan.tables["indicators"], "indicator", "city", "period", "people", "gap_with")
    of: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
    for x, i, t, people, gap in rows:
        of.setdefault((x, t), []).append((i, people, gap))
    found = []
    for (x, t), places in of.items():
        whole = sum(people for _i, people, _gap in places)
        if whole <= 0:
            continue
        values = np.array([sum(people * one.gaps[x, i, t] for i, people, _gap in places) / whole for one in drawn])
        stated = sum(people * gap for _i, people, gap in places) / whole
        found.append((x, t, stated, *percentiles(values)))
    order = {x: k for k, x in enumerate(case.indicators)}
    return sorted(found, key=lambda row: (order.get(row[0], 0), case.period_ids.index(row[1])))


def _cities(plan: Plan, drawn: Sequence[Drawn]) -> list[tuple[Any, ...]]:
    """Mean gap of each city, those that may fare worst beyond what is planned first; indicators weigh as in the goal."""
    names = ("indicator", "city", "period", "gap_with")
    stated = {(x, i, t): gap for x, i, t, gap in columns(plan.tables["indicators"], *names)}
    weight = weights(plan.case, first_about_gaps(plan.case), stated)
    rows = []
    for i in dict.fromkeys(city for _x, city, _t in stated):
        here = {key: weight.get(key, 0.0) for key in stated if key[1] == i}
        if sum(here.values()) <= 0:  # whom the goal leaves out fares as well or badly as others
            here = dict.fromkeys(here, 1.0)
        whole = sum(here.values())
        values = np.array([sum(w * one.gaps[key] for key, w in here.items()) / whole for one in drawn])
        p50, p90 = percentiles(values, (50, 90))
        rows.append((i, sum(w * stated[key] for key, w in here.items()) / whole, p50, p90))
    return sorted(rows, key=lambda row: row[1] - row[3])


def _money(plan: Plan, books: Account, everything: Sequence[Drawn]) -> list[tuple[Any, ...]]:
    """Line by line and period by period: what is spent, how often it is too much, and what to hold back."""
    names = ("line", "period", "amount", "carried_in", "received", "borrowed", "tax", "capital", "running", "fees", "sent",
             "repaid")  # fmt: skip
    rows = []
    for l, t, *figures in columns(plan.tables["money"], *names):
        has, carried, spends = sum(figures[:5]), figures[1], sum(figures[5:])
        drawn, lacks = books.spends[l, t], books.lacks[l, t]
        small = 1e-9 * max(1.0, abs(has))
        income = np.array([one.income[l, t] for one in everything])
        beyond = (drawn - spends) + (has - carried - income)  # what is dearer, and what does not come in
        held = (max(0.0, percentile) for percentile in percentiles(beyond, HELD_BACK))
        rows.append(
            (l, t, has, spends, *percentiles(drawn, (50, 80, 90)), float(np.mean(lacks > small)),
             *percentiles(lacks, (80, 90)), *held)
        )  # fmt: skip
    return rows


def _drivers(found: Sequence[Factor], drawn: Sequence[Drawn], closed: Numbers, spent: Numbers) -> list[tuple[Any, ...]]:
    """Share of variance by factor: squares of the coefficients of a regression of ranks on ranks of the classes' scores."""
    scores = {factor.id: np.array([one.scores[factor.id] for one in drawn]) for factor in found}
    of_closed, of_money = (
        _shares_of_variance({f.id: scores[f.id] for f in found if f.of in moving}, values)
        for moving, values in ((MOVES_GAPS, closed), (MOVES_MONEY, spent))
    )
    rows = []
    for factor in found:
        order = np.argsort(scores[factor.id], kind="stable")
        fifth = max(1, len(order) // 5)
        medians = [
            float(np.median(values[part])) if factor.of in moving else nan
            for moving, values in ((MOVES_GAPS, closed), (MOVES_MONEY, spent))
            for part in (order[:fifth], order[-fifth:])
        ]
        shares = of_closed.get(factor.id, 0.0), of_money.get(factor.id, 0.0)
        rows.append((factor.id, factor.of, len(set(factor.items.values())), factor.assumed, *shares, *medians))
    return sorted(rows, key=lambda row: -max(np.nan_to_num(row[4:6])))


def _shares_of_variance(scores: Mapping[str, Numbers], values: Numbers) -> dict[str, float]:
    """Share of the variance of the values' ranks that goes with each factor's; what no class explains is nobody's.

    Not a number where the draws are too few to tell.
    """
    if len(values) < FOR_EACH * len(scores):
        return dict.fromkeys(scores, nan)
    if np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())):
        return dict.fromkeys(scores, 0.0)
    ranks = _ranks(values)
    columns_ = np.array([_ranks(own) for own in scores.values()]).T
    coefficients = np.linalg.lstsq(columns_, ranks, rcond=None)[0]
    return {name: float(c**2) for name, c in zip(scores, coefficients, strict=True)}


def _ranks(values: Numbers) -> Numbers:
    """Ranks of values, alike ones sharing theirs, with mean 0 and variance 1."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values))
    for value in np.unique(values):
        alike = values == value
        ranks[alike] = ranks[alike].mean()
    centred: Numbers = ranks - ranks.mean()
    deviation = float(ranks.std())
    return centred / deviation if deviation > 0 else centred


def _late(drawn: Sequence[Drawn]) -> list[tuple[Any, ...]]:
    """Measures that come late in any draw, most often first."""
    years: dict[str, list[int]] = {}
    for one in drawn:
        for a, late in one.late.items():
            years.setdefault(a, []).append(late)
    rows = [(a, len(late) / len(drawn), sum(late) / len(late)) for a, late in years.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def money_by_class(plan: Plan, found: Sequence[Factor]) -> tuple[float, float]:
    """Shares of all public payments whose cost is uncertain by a class that is assumed, and by none at all."""
    said: dict[tuple[str, str], bool] = {}
    for factor in found:
        kind = factor.of.removesuffix("_cost")
        for a in factor.items if kind in ("capital", "running") else ():
            said[a, kind] = said.get((a, kind), False) or factor.assumed
    whole = assumed = unsaid = 0.0
    for a, *paid in columns(plan.tables["spending"], "measure", "capital", "running"):
        for kind, money in zip(("capital", "running"), paid, strict=True):
            whole += money
            unsaid += money if (a, kind) not in said else 0.0
            assumed += money if said.get((a, kind), False) else 0.0
    for fees in plan.tables["money"]["fees"]:  # a price is what both sides agree on; how much is used is said by nothing
        whole, unsaid = whole + fees, unsaid + fees
    return (float(assumed / whole), float(unsaid / whole)) if whole > 0 else (0.0, 0.0)
