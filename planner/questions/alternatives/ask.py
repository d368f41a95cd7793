"""Alternatives: other plans nearly as good as the best, and what all plans so good have in common.

Plans count that keep all promises and whose first goal is within a share of that of the best plan found. Whether every, some
or no such plan has a measure is proven by solving: every *some* rests on two plans found, every *every* and *no* on a bound.
What *in* a plan means is said in `planner.questions.alternatives.marks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, ClassVar

from planner.audit import audit
from planner.case import Case, FrozenDict, naming
from planner.compiling.can_start import offered
from planner.planning.settling import slack
from planner.planning.stand_alone import Alone
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.plans.totals import spent
from planner.questions import saying
from planner.questions.alternatives.marks import Learnt, Side, Within, shown_by, sides, units_of
from planner.questions.alternatives.near_best import Alternatives as Found
from planner.questions.alternatives.near_best import ask_one, cover, differing
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Result,
    asking,
    decisions_of,
    doubts,
    first_goal,
    frame,
    known_plan,
    why,
)
from planner.words import said
from planner.words.said import Sentence, _
from planner.work.stopping import Cancelled, Listener
from planner.work.workers import Task

GAP = 1e-3  # how closely an alternative is the best of those that differ enough
FARTHEST = 5  # measures in which alternatives differ, where nobody says in how many
AT_ONCE = 8  # measures asked about one by one in a round; what a round shows is known to the next
FIRST = 0.6  # share of the time for alternatives and for measures looked for together

SIDES: tuple[Side, ...] = ("in", "out")
OPEN = {  # what is not proven of a measure
    "every or some": _("{measure}: not proven in time whether every or some of the plans has it"),
    "some or no": _("{measure}: not proven in time whether some or no of the plans has it"),
    "not known": _("{measure}: not proven in time whether every, some or no plan has it"),
}

Finding = dict[tuple[Side, str], bool]  # (side, measure) -> whether any plan that counts has it there; missing = not known


@dataclass(frozen=True)
class Alternatives(Result):
    """Plans within a share of the best, and which measures they have in common.

    Attributes
    ----------
    within
        The share.
    differ
        In how many measures each alternative differs from the best plan and from those before it, at least.
    best, bound, limit
        The first goal in the best plan found, what none can beat, and what it may be at most.
    count
        How many alternatives were asked for, at most.
    no_more
        Why there are fewer alternatives than asked for, if that is proven.
    """

    within: float = nan
    differ: int = 0
    best: float = nan
    bound: float = nan
    limit: float = nan
    no_more: str = ""
    count: int = 0

    QUESTION: ClassVar[str] = "alternatives"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"changes": ("change",), "measures": ("within",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "alternatives": {
            "plan": "name of the plan; best first",
            "value": "first goal, in its own unit",
            "worse_by": "than in the best plan, as a share of it",
            "bound": "no plan that differs so much from those before it beats this in the first goal",
            "differs_from_best": "measures that are in one of the two only",
            "differs_least": "the fewest measures by which it differs from any plan above it",
            "measures": "measures in the plan, without those decided before",
            "spending": "public payments over all periods, money of the case",
            "audit": "passed or failed",
        },
        "changes": {
            "plan": "an alternative",
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "change": "added or left out, next to the best plan",
            "units_best": "units started in the best plan",
            "units": "units started in the alternative",
        },
        "measures": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "units_best": "units started in the best plan",
            "plans": "in how many of the plans in the table of alternatives it is",
            "within": "every, some or no plan within the share has it ('every or some', 'some or no': not proven); "
            "before: decided before the plan; cannot start",
        },
    }

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        names = ("within", "differ", "best", "bound", "limit", "no_more", "count")
        return {name: getattr(self, name) for name in names}


def alternatives(
    case: Case,
    *,
    plan: Plan | None = None,
    within: float = 0.01,
    differ: int | None = None,
    count: int = 5,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Alternatives:
    """Plans nearly as good as the best that differ from it, and whether every, some or no such plan has each measure.

    Parameters
    ----------
    case
        A filled case.
    plan
        Its best plan, if it is known; else it is solved first. The share is of its first goal.
    within
        Share by which the first goal may be worse than in the best plan.
    differ
        Measures in which each alternative differs from the best plan and from each one before it, at least; None = a tenth
        of those that can be chosen, from 1 to 5. Measures that start together are one.
    count
        Alternatives wanted at most; 0 = only what the plans have in common.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` says how closely each alternative is the best of those that differ enough.

    Returns
    -------
    Alternatives
        `complete` if for every measure it is proven whether every, some or no plan has it, and if there are as many
        alternatives as asked for or it is proven that there are no more.

    Raises
    ------
    ValueError
        A share, number or plan that makes no sense.
    """
    if not (isfinite(within) and 0 <= within <= 1):
        raise ValueError(_("a plan can be worse than the best by 0 to 100 %, not by {share:g} %").format(share=100 * within))
    if (differ is not None and differ < 1) or count < 0:
        raise ValueError(_("alternatives differ in at least 1 measure, and there are 0 or more of them"))
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return Alternatives(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(), within,
                impossible=best.status == "infeasible",
            )  # fmt: skip
        scope = scope_of(best, within, question.options)
        differ = usual_distance(len(scope.measures)) if differ is None else differ
        found, known = _search(question, scope, differ, count)
        return _result(question, best, scope, within, differ, count, found, known)


def choosable(case: Case) -> list[str]:
    """The measures that are a choice, one of each group that starts together."""
    able = offered(case).measures
    return [a for a in able if case.measures[a].status == "candidate" and companions(case, a)[0] == a]


def usual_distance(choosable: int) -> int:
    """In how many measures alternatives differ unless said otherwise: a tenth of those that can be chosen, from 1 to 5.

    >>> [usual_distance(measures) for measures in (0, 4, 25, 150)]
    [1, 1, 2, 5]
    """
    return max(1, min(FARTHEST, choosable // 10))


def scope_of(best: Plan, within: float, options: AskOptions) -> Within:
    """Which plans count, and which measures are a choice."""
    case, value = best.case, first_goal(best).value
    return Within(
        case,
        tuple(Alone(who, value, bound, True) for who, value, bound in _alone(best)),
        value + slack(within, value),
        decisions_of(best),
        tuple(choosable(case)),
        options.gap,
        options.seed,
    )


def _alone(best: Plan) -> list[tuple[str, float, float]]:
    """What the stand-alone plans come to, of a case in which nobody may be worse off."""
    table = best.tables["alone"]
    rows = zip(table["jurisdiction"], table["value_alone"], table["bound_alone"], strict=True)
    return [(str(who), float(value), float(bound)) for who, value, bound in rows]


def _search(question: Asking, scope: Within, differ: int, count: int) -> tuple[Found, Finding]:
    """The alternatives, and what is known of every measure."""
    known: Finding = {}
    _learn(known, shown_by(sides(scope.case, scope.best, scope.measures)))
    tasks = [Task(_("alternatives"), differing, (scope, differ, count))] if count else []
    for side in SIDES:
        name = _("measures not in the plan, together") if side == "in" else _("measures in the plan, together")
        tasks.append(Task(name, cover, (scope, side, _open(scope, known, side))))
    done = question.run(tasks, until=FIRST)
    found = Found((), "", False)
    if count:
        found = done[0].value or Found((), done[0].problem, False)
        for alternative in found.found:
            _learn(known, shown_by(alternative.sides))
    for each in done[-2:]:
        _learn(known, each.value or Learnt())
    _one_by_one(question, scope, known)
    return found, known


def _one_by_one(question: Asking, scope: Within, known: Finding) -> None:
    """Ask about what searches for many measures left open; once about each."""
    asked: set[tuple[Side, str]] = set()
    while not question.stopped:
        left = [(s, a) for s in SIDES for a in _open(scope, known, s) if (s, a) not in asked]
        if not left:
            return
        some = left[:AT_ONCE]
        asked |= set(some)
        said = {"in": _("{measure} with"), "out": _("{measure} without")}
        tasks = [
            Task(said[s].format(measure=naming.measure(scope.case, a)), ask_one, (scope, s, a)) for s, a in some
        ]  # fmt: skip
        for done in question.run(tasks, until=len(some) / len(left)):
            _learn(known, done.value or Learnt())


def _open(scope: Within, known: Finding, side: Side) -> list[str]:
    return [a for a in scope.measures if (side, a) not in known]


def _learn(known: Finding, learnt: Learnt) -> None:
    known |= dict.fromkeys(learnt.seen, True)
    known |= {key: False for key in learnt.never if key not in known}


def _result(
    question: Asking, best: Plan, scope: Within, within: float, differ: int, count: int, found: Found, known: Finding
) -> Alternatives:
    """All that was found out, as tables."""
    case, goal = best.case, first_goal(best)
    plans = {"best": best}
    for n, alternative in enumerate(found.found, start=1):
        passed = audit(alternative.plan).passed
        plans[f"alternative-{n}"] = alternative.plan.with_audit("passed" if passed else "failed")
    where = {name: sides(case, decisions_of(plan), scope.measures) for name, plan in plans.items()}
    bounds = [goal.bound, *(alternative.bound for alternative in found.found)]
    names = {a: " + ".join(case.measures[b].name for b in companions(case, a)) for a in case.measures}
    tables = {
        "alternatives": [_plan_row(n, plans, where, bounds[n], goal.value) for n in range(len(plans))],
        "changes": [row for name in list(plans)[1:] for row in _changes(name, plans, where, names)],
        "measures": [
            _measure_row(case, a, names[a], units_of(scope.best).get(a, 0.0), where, _answer(case, scope, known, a))
            for a in case.measures
            if companions(case, a)[0] == a
        ],
    }
    missing = (*doubts(best), *_missing(case, tables["measures"], plans, found, count))
    return Alternatives(
        case,
        not missing,
        missing,
        question.seconds,
        FrozenDict({name: frame(Alternatives.TABLES[name], rows) for name, rows in tables.items()}),
        FrozenDict(plans),
        within=within,
        differ=differ,
        best=goal.value,
        bound=goal.bound,
        limit=scope.limit,
        no_more=found.reason if found.is_proven else "",
        count=count,
    )


def _answer(case: Case, scope: Within, known: Finding, a: str) -> str:
    """Whether every, some or no plan that counts has a measure."""
    if case.measures[a].status == "decided":
        return "before"
    if a not in scope.measures:
        return "cannot start"
    inside, outside = known.get(("in", a)), known.get(("out", a))
    if outside is False:
        return "every"
    if inside is False:
        return "no"
    if inside and outside:
        return "some"
    return "every or some" if inside else "some or no" if outside else "not known"


def _plan_row(
    n: int, plans: Mapping[str, Plan], where: Mapping[str, Mapping[str, Side]], bound: float, best: float
) -> tuple[Any, ...]:
    name, plan = list(plans.items())[n]
    value = first_goal(plan).value
    away = [_differences(where[name], where[other]) for other in list(plans)[:n]]
    worse = (value - best) / abs(best) if best else nan
    inside = sum(side == "in" for side in where[name].values())
    return (name, value, worse, bound, away[0] if away else 0, min(away, default=0), inside, spent(plan), plan.audit)


def _differences(one: Mapping[str, Side], other: Mapping[str, Side]) -> int:
    """Measures that are in one plan and out of the other."""
    return sum(side != other[a] for a, side in one.items() if a in other)


def _changes(
    name: str, plans: Mapping[str, Plan], where: Mapping[str, Mapping[str, Side]], names: Mapping[str, str]
) -> list[tuple[Any, ...]]:
    """What an alternative adds to the best plan, then what it leaves out."""
    case = plans[name].case
    before, after = units_of(decisions_of(plans["best"])), units_of(decisions_of(plans[name]))
    rows = []
    for side, change in (("in", "added"), ("out", "left out")):
        for a, here in where[name].items():
            if here == side and where["best"].get(a, here) != here:
                measure = case.measures[a]
                cities = ";".join(measure.cities)
                rows.append((name, a, names[a], measure.kind, cities, change, before.get(a, 0.0), after.get(a, 0.0)))
    return rows


def _measure_row(
    case: Case, a: str, name: str, units: float, where: Mapping[str, Mapping[str, Side]], answer: str
) -> tuple[Any, ...]:
    measure = case.measures[a]
    plans = sum(one.get(a) == "in" for one in where.values())
    return (a, name, measure.kind, ";".join(measure.cities), units, plans, answer)


def called(plan: str) -> Sentence:
    """What a plan is called: best, alternative 1."""
    return _("best") if plan == "best" else _("alternative {number}").format(number=plan.rpartition("-")[2])


def _missing(
    case: Case, measures: Sequence[tuple[Any, ...]], plans: Mapping[str, Plan], found: Found, count: int
) -> tuple[str, ...]:
    """What is not answered, or not proven, and why."""
    gone = []
    if len(found.found) < count and not found.is_proven:
        gone.append(
            _("{number} of {alternatives}: {why}").format(
                number=len(found.found), alternatives=said.count(count, "alternative"), why=found.reason
            )
        )
    gone += [_("{plan} fails its audit").format(plan=called(name)) for name, plan in plans.items() if plan.audit == "failed"]
    gone += [OPEN[row[-1]].format(measure=saying.measure(case, row[0])) for row in measures if row[-1] in OPEN]
    return tuple(gone)
