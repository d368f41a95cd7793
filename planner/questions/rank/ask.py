"""Ranking: what a scoring sheet would fund, and how much more the optimal plan closes from the same lines.

The baseline that any plan has to beat. Every measure is scored by itself and the list is funded from the top down
(`planner.planning.greedy`); what was started is evaluated and audited like any plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf, nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.planning.decisions import decided_late
from planner.planning.greedy import Bundles, Funded, Score, Trials, fund, scores, unpaid
from planner.planning.handmade import evaluated
from planner.planning.search import SolveOptions, stand_alone_plans
from planner.planning.settling import Settler
from planner.planning.stand_alone import Alone
from planner.plans.ended import told_as
from planner.plans.plan import Plan
from planner.plans.totals import IN_FORCE, kept_free_by_place, spent, spent_on
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    asking,
    audited,
    because,
    decisions_of,
    doubts_for_good,
    edited,
    first_goal,
    frame,
    known_plan,
    why,
)
from planner.words.said import Sentence, _, count
from planner.work.stopping import Cancelled, Listener, Stopped

TOLD = 10  # measures between two words of progress
REASON = _("funded from the top of a ranked list")
NOT_STARTED = {
    "never": _("what it requires cannot serve in time"),
    "harm": _("makes the first goal worse by itself"),
    "money": _("no money left"),
    "limit": _("a limit of the case"),
    "unseen": _("not looked at in time"),
}


@dataclass(frozen=True)
class Ranking(Result):
    """What a ranked list funds, beside the optimal plan.

    Attributes
    ----------
    without, ranked, best, bound
        The first goal without a plan, with the ranked list, with the optimal plan, and what no plan can beat.
    finished
        Whether the list was gone through to its end; if not, `ranked` is what had been started of it until then.
    """

    without: float = nan
    ranked: float = nan
    best: float = nan
    bound: float = nan
    finished: bool = False

    QUESTION: ClassVar[str] = "rank"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"list": ("closes",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "comparison": {
            "plan": "ranked or best",
            "first_goal": "its value, in its own unit",
            "share_closed": "of the first goal without a plan",
            "people_brought_to_standard": "person-equivalents, in the last period",
            "spending": "public money over the horizon",
            "unspent": "money that no line spends",
            "kept_free": "of that, what lines keep free as a reserve",
            "measures": "started by the plan",
            "promises_broken": "count",
        },
        "list": {
            "rank": "from 1",
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "closes": "by how much one unit of it alone betters the first goal, in the goal's own unit",
            "cost": "public money over the horizon for that unit, with all that was scored with it",
            "per_money": "closes / cost; empty if it costs nothing",
            "scored_with": "what it requires, and its other halves",
            "scored_start": "the earliest period in which it can start; empty if it cannot",
            "units": "started from the list, also along with others",
            "first_start": "period; empty if it did not start",
            "units_best": "started by the optimal plan",
            "why_not": "why nothing of it started; empty if it did",
        },
        "kinds": {
            "kind": "of measures; in_force: use of services elsewhere at a price that no measure opens",
            "ranked": "public money that the ranked list spends on them",
            "best": "public money that the optimal plan spends on them",
        },
    }

    def facts(self) -> dict[str, Any]:
        """The first goal in each, and the shares of it that are closed."""
        closed = {name: self.share_closed(value) for name, value in (("ranked", self.ranked), ("best", self.best))}
        values = {"without": self.without, "ranked": self.ranked, "best": self.best, "bound": self.bound}
        return {"first_goal": values, "share_closed": closed, "list_finished": self.finished}

    def share_closed(self, value: float) -> float:
        """What a value of the first goal closes of it, as a share of what it is without a plan."""
        return (self.without - value) / self.without if self.without > 0 else nan


def rank(
    case: Case,
    *,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Ranking:
    """Fund measures in order of what each closes by itself for its money, until nothing more fits.

    Parameters
    ----------
    case
        A filled case.
    plan
        Its optimal plan, if it is known; else it is solved after the list is funded.
    options, on_event, cancelled
        As in `planner.solve`.

    Returns
    -------
    Ranking
        With the plans `ranked` (evaluated and audited) and `best`. Targets, minimum spending and rules of the kind "at
        least" or about shares are not looked at by the list; the ranked plan says which of them it breaks.
    """
    with asking(options, on_event, cancelled) as question:
        question.tell(_("finding routes and building the model"))
        base = decided_late(case)
        try:
            settler, bundles = Settler.of(case, until=question.until), Bundles(case)
            without = settler.first_goal(base, question.until)
            value_of = partial(settler.first_goal, until=question.until)
            sheet = scores(bundles, base, value_of, _progress(question, _("{number} of {all} measures scored")))
        except Stopped as stopped:
            return Ranking(
                case, False, (because(_("nothing is known"), stopped.said),), question.seconds, FrozenDict(), FrozenDict()
            )
        if len(sheet) < len(bundles.heads):
            said = _("only {scored} of {measures} were scored, so there is no list").format(
                scored=len(sheet), measures=count(len(bundles.heads), "measure")
            )
            return Ranking(case, False, (said,), question.seconds, FrozenDict(), FrozenDict(), without)
        listed = [score.measure for score in sheet if score.listed]
        funded = fund(
            Trials(settler, stop=lambda: question.stopped),
            bundles,
            base,
            listed,
            _progress(question, _("{number} of {all} of the list looked at")),
        )
        poor = unpaid(settler, bundles, listed, funded.decisions, lambda: question.stopped) if funded.finished else None
        question.tell(_("finding the best plan"))
        best = audited(known_plan(question, case, plan))
        unknown = ""
        if case.nobody_worse_off:
            try:
                settler = settler.promising(_alone(question, settler, best))
            except Stopped as stopped:
                unknown = because(_("what each jurisdiction reaches alone is not known"), stopped.said)
        ranked = evaluated(settler, funded.decisions, told_as(REASON))
        if not unknown:  # else there is a promise that an audit could not look at
            ranked = audited(ranked)
        return _result(question, case, without, sheet, funded, poor, ranked, best, unknown)


def _progress(question: Asking, what: Sentence) -> Callable[[int, int], bool]:
    """Tells how far a walk has come, and asks whether to go on."""

    def asked(number: int, count: int) -> bool:
        if number % TOLD == 0:
            question.step(what.format(number=number, all=count))
        return question.stopped

    return asked


def _alone(question: Asking, settler: Settler, best: Plan) -> tuple[Alone, ...]:
    """What jurisdictions reach alone: as the best plan has it, else planned now."""
    if best.has_decisions:
        table = best.tables["alone"]
        rows = zip(table["jurisdiction"], table["value_alone"], table["bound_alone"], strict=True)
        return tuple(Alone(str(who), float(value), float(bound), best.status == "optimal") for who, value, bound in rows)
    options = SolveOptions(gap=question.options.gap, threads=1, seed=question.options.seed)
    return stand_alone_plans(settler, options, question.until)


def _result(
    question: Asking,
    case: Case,
    without: float,
    sheet: tuple[Score, ...],
    funded: Funded,
    poor: frozenset[str] | None,
    ranked: Plan,
    best: Plan,
    unknown: str,
) -> Ranking:
    missing, for_good = [unknown] if unknown else [], list[str]()
    if not funded.possible:
        for_good.append(
            _("what was decided before the plan keeps not all limits by itself, so nothing is started beside it")
        )
        missing += for_good
    if not funded.finished:
        missing.append(_("the list was not gone through to its end"))
    elif poor is None:
        missing.append(_("why some of the list did not start was not looked at in time"))
    if best.status != "optimal":
        missing.append(because(_("the best plan"), why(best)))
    missing += edited(best)
    for_good += doubts_for_good(best)
    known = best.has_decisions
    plans = {"ranked": ranked, **({"best": best} if known else {})}
    compared = [_compared(name, plan, without) for name, plan in plans.items()]
    rows = {"comparison": compared, "list": _list(case, sheet, funded, poor, best), "kinds": _kinds(ranked, best)}
    goal = first_goal(best) if known else None
    return Ranking(
        case,
        not missing,
        tuple(missing),
        question.seconds,
        FrozenDict({name: frame(Ranking.TABLES[name], found) for name, found in rows.items()}),
        FrozenDict(plans),
        without=without,
        ranked=first_goal(ranked).value,
        best=goal.value if goal else nan,
        bound=goal.bound if goal else nan,
        finished=funded.finished,
        for_good=tuple(for_good),
    )


def _compared(name: str, plan: Plan, without: float) -> tuple[Any, ...]:
    value, money, people = first_goal(plan).value, plan.tables["money"], plan.tables["jurisdictions"]
    last = people["period"] == plan.case.periods[-1].id
    started = {a for a, _ in decisions_of(plan) if plan.case.measures[a].status == "candidate"}
    return (
        name,
        value,
        (without - value) / without if without > 0 else nan,
        float(people["people_brought_to_standard"][last].sum()),
        spent(plan),
        float(money["unspent"].clip(lower=0).sum()),
        sum(kept_free_by_place(plan).values()),
        len(started),
        len(plan.broken),
    )


def _list(
    case: Case, sheet: tuple[Score, ...], funded: Funded, poor: frozenset[str] | None, best: Plan
) -> list[tuple[Any, ...]]:
    optimal = decisions_of(best) if best.has_decisions else {}
    rows = []
    for number, score in enumerate(sheet, start=1):
        measure = case.measures[score.measure]
        starts = [u for u in case.period_ids if funded.decisions.get((score.measure, u))]
        rows.append(
            (
                number, measure.id, measure.name, measure.kind, ";".join(measure.cities), score.closes, score.cost,
                score.per_money if score.per_money < inf else nan, ";".join(score.with_it), score.start,
                sum(funded.decisions[measure.id, u] for u in starts), starts[0] if starts else "",
                sum((units for (a, _), units in optimal.items() if a == measure.id), 0.0) if best.has_decisions else nan,
                "" if starts else _why_not(score, poor),
            )
        )  # fmt: skip
    return rows


def _why_not(score: Score, poor: frozenset[str] | None) -> str:
    if not score.start:
        return NOT_STARTED["never"]
    if not score.listed:
        return NOT_STARTED["harm"]
    if poor is None:
        return NOT_STARTED["unseen"]
    return NOT_STARTED["money" if score.measure in poor else "limit"]


def _kinds(ranked: Plan, best: Plan) -> list[tuple[Any, ...]]:
    by_kind = [_by_kind(plan) if plan.has_decisions else {} for plan in (ranked, best)]
    kinds = dict.fromkeys([*(measure.kind for measure in ranked.case.measures.values()), *by_kind[0], *by_kind[1]])
    empty = 0.0 if best.has_decisions else nan
    return [(kind, by_kind[0].get(kind, 0.0), by_kind[1].get(kind, empty)) for kind in kinds]


def _by_kind(plan: Plan) -> dict[str, float]:
    """Public money over the horizon, by kind of measure, with the fees of the use that each opens."""
    found: dict[str, float] = {}
    for a, money in spent_on(plan).items():
        kind = plan.case.measures[a].kind if a else IN_FORCE
        found[kind] = found.get(kind, 0.0) + money
    return found
