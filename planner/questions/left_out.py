"""The first project left out: what the plan would build next, and what that would cost it.

Two steps. *Score*: each project that the plan leaves out is added to the plan beyond all money and promises, and the gap
that it closes alone is divided by the public money that it takes. *Force*: the few with the best scores are forced one at a
time and the rest planned anew for the first goal; the one that costs the plan least is the first left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, nan
from typing import Any, ClassVar

from planner.case import KINDS, Case, FrozenDict, Measure, naming
from planner.documents.shifts import shifts
from planner.planning.settling import Settler
from planner.planning.stand_alone import alone_of
from planner.planning.variants import companions, with_first_goal, with_measure
from planner.plans.plan import Broken, Plan
from planner.plans.totals import spent_on
from planner.promises.money import MONEY
from planner.questions.asking import (
    Asking,
    AskOptions,
    Columns,
    Decisions,
    Result,
    Variant,
    asking,
    decisions_of,
    first_goal,
    frame,
    known_plan,
    unproven,
    why,
    without_any,
)
from planner.words.said import _, count, counted
from planner.work.stopping import Cancelled, Listener, Stopped, Until
from planner.work.workers import Done, Task

GAP = 1e-3  # of the first goal, as for importance
FORCED = 3  # candidates with the best scores
CHUNK = 40  # candidates that one task scores: each task builds the model once
LEAST = 1e-6  # a goal that is better by less is not
SCORING = 0.6  # share of the time that scores may take


@dataclass(frozen=True)
class LeftOut(Result):
    """What the plan would build next.

    Attributes
    ----------
    value, without
        The first goal with the plan, and without any.
    first
        Id of the first project left out; empty if there is none, or none is known.
    unscored
        That some projects have no score, so that one of them may be the first; empty if all have one.
    """

    value: float = nan
    without: float = nan
    first: str = ""
    unscored: str = ""

    QUESTION: ClassVar[str] = "left-out"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"scores": ("measure",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "scores": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "closes": "by how much it betters the first goal when added beyond all money, in the goal's own unit",
            "money": "public money that it takes, started as early as it may, over the horizon, in the case's money",
            "score": "closes / money",
        },
        "forced": {
            "measure": "id; of measures that start together the first",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "loss_at_least": "by how much every plan with it is worse in the first goal, in the goal's own unit",
            "loss_at_most": "by how much the best plan found with it is worse; empty if none was found",
            "share_at_least": "loss_at_least as a share of what the plan gains in the first goal",
            "share_at_most": "loss_at_most as such a share",
            "status": "of the plan with it: optimal, feasible (not proven in time), infeasible, no_plan",
        },
        "displaced": {
            "forced": "id of the project forced",
            "measure": "id of a measure that gives way (of some that start together the first): fewer units, none, or later",
            "name": "of the measure",
            "units": "fewer units than in the plan",
            "money": "public money less on it (and those that start with it), over the horizon, in the case's money",
            "later": "units that start later than in the plan",
            "from": "id of the period from which the first of these are put off; empty if none are",
            "to": "id of the period to which they are",
        },
        "against": {
            "forced": "id of the project forced",
            "period": "id of that in which it is added to the plan, in that in which least stands against it",
            "promise": "kind of promise that the plan with it breaks; nothing else of the plan changed but payments",
            "item": "its ids, ';' between",
            "amount": "by how much, in the promise's own unit",
        },
    }


def left_out(
    case: Case,
    *,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> LeftOut:
    """The first project that the plan leaves out, and why.

    Parameters
    ----------
    case
        A filled case.
    plan
        Its optimal plan, if it is known; else it is solved first.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal with a project forced (default 1e-3).

    Returns
    -------
    LeftOut
        Scores of all projects left out, best first; those forced, cheapest first; what gives way to each.
    """
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = known_plan(question, case, plan)
        if not best.has_decisions:
            return LeftOut(case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict())
        start = decisions_of(best)
        scores, unscored = _scores(question, best, start)
        missing = [unscored] if unscored else []
        forced = [str(row[0]) for row in scores if row[-1] > 0][:FORCED]
        variants = [
            Variant(
                _("with {measure}").format(measure=naming.measure(case, a)), with_first_goal(with_measure(case, a)), start
            )
            for a in forced
        ]
        found = question.solve_all(variants)
        missing += [said for done in found if (said := unproven(done.name, done))]
        rows = sorted((_row(best, a, done) for a, done in zip(forced, found, strict=True)), key=_cheapest_first)
        displaced = [row for a, done in zip(forced, found, strict=True) for row in _displaced(best, a, done)]
        against = _against(question, best, start, forced) if forced else []
        if against is None:
            missing.append(_("what stands against the first project left out: stopped before it was known"))
        tables = {"scores": scores, "forced": rows, "displaced": displaced, "against": against or []}
        return LeftOut(
            case,
            not missing,
            tuple(missing),
            question.seconds,
            FrozenDict({name: frame(LeftOut.TABLES[name], table) for name, table in tables.items()}),
            FrozenDict({"best": best}),
            value=first_goal(best).value,
            without=without_any(best),
            first=next((str(row[0]) for row in rows if row[5] == row[5]), ""),
            unscored=unscored,
        )


def _against(question: Asking, best: Plan, start: Decisions, forced: Sequence[str]) -> list[tuple[Any, ...]] | None:
    """What promises the plan breaks with each project added to it, in the period in which that is least."""
    done = question.run([Task(_("what stands against the projects left out"), stands_against, (best, start, tuple(forced)))])
    found: list[tuple[Any, ...]] | None = done[0].value
    return found


def stands_against(
    best: Plan, chosen: Decisions, names: Sequence[str], *, seconds: float | None, cancelled: Cancelled | None
) -> list[tuple[Any, ...]] | None:
    """In a worker: the promises that a plan breaks once a project is added to it; None where the time does not suffice.

    Of the periods in which it may start that in which it breaks the fewest promises but money, and lacks the least of that.
    """
    until, case = Until.within(seconds, cancelled), best.case
    rows: list[tuple[Any, ...]] = []
    try:
        settler = Settler.of(case, until=until)
        if case.nobody_worse_off:
            settler = settler.promising(alone_of(best))
        for a in names:
            found: dict[str, tuple[Broken, ...]] = {}
            group = [case.measures[b] for b in companions(case, a) if case.measures[b].starts]
            for period in dict.fromkeys(start.period for m in group for start in m.starts):
                more = {(m.id, period): _units(m) for m in group if any(start.period == period for start in m.starts)}
                found[period] = settler.figures({**chosen, **more}, until=until, wanted=()).broken
            period = min(found, key=lambda t: _how_much_stands_against(found[t]))
            against = [(one.kind, ";".join(one.ids), one.amount) for one in found[period]]
            rows += [(a, period, *one) for one in against or [("", "", 0.0)]]
    except Stopped:
        return None
    return rows


def _how_much_stands_against(broken: Sequence[Broken]) -> tuple[int, float]:
    """How many promises but money are broken, and how much money is lacking."""
    return sum(one.kind != MONEY.kind for one in broken), sum(one.amount for one in broken if one.kind == MONEY.kind)


def _scores(question: Asking, best: Plan, start: Decisions) -> tuple[list[tuple[Any, ...]], str]:
    """Every project left out with its score, best first; and that some have none, where that is so."""
    names = _projects_left_out(best.case, start)
    chunks = [tuple(names[n : n + CHUNK]) for n in range(0, len(names), CHUNK)]
    tasks = [
        Task(
            counted(len(some), "what {projects} closes alone", "what {projects} close alone").format(
                projects=count(len(some), "project")
            ),
            score_alone,
            (best.case, start, some),
        )
        for some in chunks
    ]
    rows = [row for done in question.run(tasks, until=SCORING) for row in done.value or ()]
    without = len(names) - len(rows)
    said = counted(
        without,
        "{number} of {projects} left out has no score: the time was up",
        "{number} of {projects} left out have no score: the time was up",
    ).format(number=without, projects=count(len(names), "project"))
    return sorted(rows, key=lambda row: -row[-1]), said if without else ""


def _projects_left_out(case: Case, chosen: Decisions) -> list[str]:
    """Projects that could start and do not, one for each group that starts together."""
    started = {a for a, _ in chosen}
    left = [
        companions(case, a)[0]
        for a, m in case.measures.items()
        if m.status == "candidate" and KINDS[m.kind].project and m.starts and a not in started
    ]
    return list(dict.fromkeys(left))


def score_alone(
    case: Case, chosen: Decisions, names: Sequence[str], *, seconds: float | None, cancelled: Cancelled | None
) -> list[tuple[Any, ...]]:
    """In a worker: what projects close when they are added to the plan beyond all money, and the money they take.

    Those that the time does not suffice for are left out.
    """
    until = Until.within(seconds, cancelled)
    settler = Settler.of(
        replace(case, goals=case.goals[:1], no_city_loses=False, no_level_falls=(), nobody_worse_off=False), until=until
    )
    value = settler.first_goal_of(dict(chosen), until)
    rows: list[tuple[Any, ...]] = []
    for a in names:
        group = [case.measures[b] for b in companions(case, a) if case.measures[b].starts]
        try:
            until.check()
            more = {(m.id, m.starts[0].period): _units(m) for m in group}
            with_it = settler.first_goal_of({**chosen, **more}, until)
        except Stopped:
            break
        closes = value - with_it if value is not None and with_it is not None else 0.0
        money = sum(_public_cost(m) for m in group)
        measure = case.measures[a]
        score = 0.0 if closes <= LEAST else closes / money if money > 0 else inf
        rows.append((a, measure.name, measure.kind, ";".join(measure.cities), closes, money, score))
    return rows


def _public_cost(measure: Measure) -> float:
    """Public money over the horizon for what is tried of a project, started as early as it may."""
    start = measure.starts[0]
    capital = (1.0 - measure.private_share) * sum(start.capital.values())
    return _units(measure) * (capital + sum(start.running.values()))


def _units(measure: Measure) -> float:
    """How much of a project is tried: as much as may start in a period where parts can, else one unit."""
    return min(measure.units, measure.max_starts) if measure.divisible else 1.0


def _row(best: Plan, a: str, done: Done) -> tuple[Any, ...]:
    measure, goal = best.case.measures[a], first_goal(best)
    gain = without_any(best) - goal.value
    other: Plan | None = done.value
    least, most = 0.0, nan
    if other is not None and other.goals:
        least = max(0.0, first_goal(other).bound - goal.value)
        most = max(least, first_goal(other).value - goal.bound)
    shares = (least / gain, most / gain) if gain > 0 else (nan, nan)
    status = "no_plan" if other is None else other.status
    return (a, measure.name, measure.kind, ";".join(measure.cities), least, most, *shares, status)


def _cheapest_first(row: tuple[Any, ...]) -> tuple[float, float]:
    most = row[5]
    return (inf, 0.0) if most != most else (most, row[4])


def _displaced(best: Plan, forced: str, done: Done) -> list[tuple[Any, ...]]:
    """Candidates of the plan that a plan with the forced project does without, has less of, or later; the largest first."""
    other: Plan | None = done.value
    if other is None or not other.has_decisions:
        return []
    paid, paid_then = spent_on(best), spent_on(other)
    rows = []
    for one in shifts(best, other):
        measure = best.case.measures[one.measure]
        if measure.status == "candidate":
            money = sum(paid.get(b, 0.0) - paid_then.get(b, 0.0) for b in companions(best.case, one.measure))
            rows.append((forced, measure.id, measure.name, one.fewer, money, one.later, one.start, one.to))
    return rows
