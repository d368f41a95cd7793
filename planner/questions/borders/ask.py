"""Borders: what non-cooperation costs the cluster, and what each signature is worth.

The same case in three worlds (`planner.questions.borders.worlds`): each jurisdiction alone, all together behind closed
borders, and all together with instruments. All values are of the first goal over the whole cluster, with the same weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict
from planner.planning.settling import Settler
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.plans.totals import spent_on
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    asking,
    audited,
    decisions_of,
    doubts,
    first_goal,
    frame,
    interval,
    is_known,
    known_plan,
    loss,
    unproven,
    why,
    without_measure,
)
from planner.questions.borders import worlds
from planner.questions.borders.worlds import World
from planner.words.said import _, series
from planner.work.stopping import Cancelled, Listener, Stopped
from planner.work.workers import Done

GAP = 1e-3  # of each goal of each plan
WORLDS = 0.5  # of the time left may go into the other worlds; what they do not need is left to the instruments


@dataclass(frozen=True)
class Borders(Result):
    """What cooperation is worth.

    Attributes
    ----------
    without, alone, closed, best, bound
        The first goal over the whole cluster: without any plan, of the stand-alone plans put together, together behind
        closed borders, together with instruments, and what no plan can beat. NaN where it is not known.
    """

    without: float = nan
    alone: float = nan
    closed: float = nan
    best: float = nan
    bound: float = nan

    BEST: ClassVar[str] = "open"
    QUESTION: ClassVar[str] = "borders"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"signatures": ("status",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "worlds": {
            "world": "without (any plan), alone, closed (together behind closed borders), open (together with instruments)",
            "first_goal": "over the whole cluster, in its own unit",
            "share_of_gain": "what the world gains against none, as a share of what the open one gains",
            "cost_at_least": "what it loses of that gain, as a share: proven (of alone: of the plans that were found)",
            "cost_at_most": "the most it can lose of it, as a share; empty if not known",
            "people_brought_to_standard": "person-equivalents, in the last period",
            "spending": "public money over the horizon",
            "status": "of its plans: optimal, feasible (not proven in time), infeasible, no_plan",
        },
        "jurisdictions": {
            "world": "as in worlds",
            "jurisdiction": "whose cities",
            "gap": "mean gap of its own cities, weighed as in the first goal",
            "worst_city_gap": "largest city's gap among them",
            "people_brought_to_standard": "person-equivalents among them, in the last period",
            "pays": "public money of its own lines over the horizon",
        },
        "signatures": {
            "measure": "id; of measures that start together the first",
            "name": "of the instrument",
            "level": "of the policy pyramid",
            "signed_by": "jurisdictions",
            "cost": "public money that the plan pays for it over the horizon",
            "loss_at_least": "by how much every plan without it is worse in the first goal, in the goal's own unit",
            "loss_at_most": "by how much the best plan found without it is worse; empty if no plan keeps all promises",
            "share_at_least": "loss_at_least as a share of what the plan gains in the first goal",
            "share_at_most": "loss_at_most as such a share",
            "status": "of the plan without it: optimal, feasible (not proven in time), infeasible, no_plan",
        },
        "gains": {
            "measure": "id of the instrument",
            "jurisdiction": "who gains",
            "part": "of the first goal's loss without it: own gaps, and the worst city's part where that city is",
            "share": "part as a share of that loss; empty where no loss is proven",
            "people_brought_to_standard": "person-equivalents in its cities that the plan found without it brings fewer",
        },
    }

    @property
    def is_answered(self) -> bool:
        """Whether a signature is, or a world other than the one without a plan and that of the plan it began with."""
        table = self.tables.get("worlds")
        asked: Iterable[object] = [] if table is None else table["status"][table["world"].isin(["alone", "closed"])]
        return super().is_answered or any(map(is_known, asked))

    def facts(self) -> dict[str, Any]:
        """The first goal in each world."""
        return {"first_goal": {name: getattr(self, name) for name in ("without", "alone", "closed", "best", "bound")}}


def borders(
    case: Case,
    *,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Borders:
    """What non-cooperation costs, and what each signature of the plan is worth.

    Parameters
    ----------
    case
        A filled case with at least two jurisdictions whose first goal is about gaps alone.
    plan
        Its optimal plan, if it is known; else it is solved first.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of every goal of every plan (default 1e-3).

    Returns
    -------
    Borders
        With the plans `open`, `closed` and `alone-<jurisdiction>`, as far as there are such plans, of cases that can be
        written as such.

    Raises
    ------
    ValueError
        The case has one jurisdiction only, or its first goal is about more than gaps.
    """
    _check(case)
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        best = audited(known_plan(question, case, plan))
        if not best.has_decisions:
            return Borders(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(),
                impossible=best.status == "infeasible",
            )  # fmt: skip
        question.tell(_("looking at the cluster without the plan"))
        try:
            settler, start = Settler.of(case, until=question.until), decisions_of(best)
        except Stopped as stopped:
            return Borders(case, False, (stopped.said,), question.seconds, FrozenDict(), FrozenDict())
        who, signed = worlds.players(settler), _signed(best)
        others = [worlds.closed(case, start), *(worlds.alone(settler, j, start) for j in who)]
        question.tell(_("planning behind closed borders, and for each jurisdiction alone"))
        closed, *own = question.solve_all(others, until=WORLDS)
        question.tell(_("planning without each instrument that is signed"))
        forbidden = question.solve_all([without_measure(best, a) for a in signed])
        answers = (closed, *own, *forbidden)
        missing = (*doubts(best), *(said for done in answers if (said := unproven(done.name, done))))
        alone, without = dict(zip(who, own, strict=True)), dict(zip(signed, forbidden, strict=True))
        return _Found(settler, best, closed, alone, without).result(missing, question.seconds)


def _check(case: Case) -> None:
    """What this question cannot be asked of."""
    if len(case.jurisdictions) < 2:
        raise ValueError(
            _("all cities of this case are in {jurisdiction}: there is no border to close").format(
                jurisdiction=series(case.jurisdictions, ", ")
            )
        )
    goal = case.goals[0]
    if set(goal.parts) != set(goal.gap_parts):
        raise ValueError(
            _("the first goal ({goal}) is not about gaps alone, so it cannot be put together city by city").format(
                goal=goal.name
            )
        )


def _signed(best: Plan) -> list[str]:
    """The instruments that the plan signs, one for each group that starts together."""
    chosen = {a for a, _ in decisions_of(best)}
    asked = [a for a in worlds.instruments(best.case) if a in chosen]
    return list(dict.fromkeys(companions(best.case, a)[0] for a in asked))


class _Found:
    """What the plans of all worlds come to."""

    def __init__(
        self, settler: Settler, best: Plan, closed: Done, alone: Mapping[str, Done], forbidden: Mapping[str, Done]
    ) -> None:
        self.case, self.best, self.forbidden = settler.case, best, forbidden
        self.closed: Plan | None = closed.value
        self.alone = {who: done.value for who, done in alone.items()}
        self.statuses = {
            "without": "",
            "alone": _worst(self.alone.values()),
            "closed": "no_plan" if self.closed is None else self.closed.status,
            "open": best.status,
        }
        self.worlds: dict[str, World] = {"without": worlds.nobody_plans(settler), "open": worlds.of_plan(best)}
        if self.closed is not None and self.closed.has_decisions:
            self.worlds["closed"] = worlds.of_plan(self.closed)
        if all(plan is not None and plan.status != "no_plan" for plan in self.alone.values()):
            self.worlds["alone"] = worlds.put_together(settler, {w: p for w, p in self.alone.items() if p is not None})
        table = best.tables["indicators"]
        places = zip(table["indicator"], table["city"], table["period"], table["people"], strict=True)
        self.people = {(str(x), str(i), str(t)): float(heads) for x, i, t, heads in places}
        self.values = {name: worlds.value(self.case, world.gaps) for name, world in self.worlds.items()}
        self.gain = self.values["without"] - self.values["open"]

    def result(self, missing: tuple[str, ...], seconds: float) -> Borders:
        """All tables, and the plans that can be kept."""
        rows = {
            "worlds": [self._world(name) for name in self.statuses],
            "jurisdictions": [row for name in self.statuses for row in self._jurisdictions(name)],
            "signatures": sorted((self._signature(a) for a in self.forbidden), key=_dearest_first),
        }
        rows["gains"] = [row for (a, *_) in rows["signatures"] for row in self._gains(a)]
        return Borders(
            self.case,
            not missing,
            missing,
            seconds,
            FrozenDict({name: frame(Borders.TABLES[name], found) for name, found in rows.items()}),
            FrozenDict(self._kept()),
            without=self.values["without"],
            alone=self.values.get("alone", nan),
            closed=self.values.get("closed", nan),
            best=self.values["open"],
            bound=first_goal(self.best).bound,
        )

    def _kept(self) -> dict[str, Plan]:
        plans: dict[str, Plan | None] = {"open": self.best, "closed": self.closed}
        for who, plan in self.alone.items():
            name = "alone-" + (re.sub(r"[^\w-]+", "-", who).strip("-") or "x")
            plans[name if name not in plans else f"{name}-{len(plans)}"] = plan
        made = {name: plan for name, plan in plans.items() if plan is not None and plan.has_decisions}
        return {name: audited(plan) for name, plan in made.items() if plan is self.best or worlds.can_be_read(plan.case)}

    def _world(self, name: str) -> tuple[Any, ...]:
        status = self.statuses[name]
        if name not in self.worlds:
            return (name, nan, nan, 0.0, nan, nan, nan, status)
        value, world = self.values[name], self.worlds[name]
        least, most = self._cost(name, value)
        shares = [x / self.gain if self.gain > 0 else nan for x in (self.values["without"] - value, least, most)]
        people = sum(self._brought(name, who) for who in self.case.jurisdictions)
        return (name, value, *shares, people, world.spending, status)

    def _cost(self, name: str, value: float) -> tuple[float, float]:
        """What a world is worse than the open one: at least, and at most."""
        if name == "open":
            return 0.0, 0.0
        if name == "closed":
            return loss(self.best, self.closed)
        if self.statuses[name] in ("no_plan", "interrupted", "feasible"):
            return nan, nan  # better plans of their own may cost the cluster more, or less
        return interval(value - self.values["open"], value - first_goal(self.best).bound)

    def _brought(self, name: str, who: str) -> float:
        return worlds.brought(self.case, who, self.people, self.worlds[name], self.worlds["without"])

    def _jurisdictions(self, name: str) -> list[tuple[Any, ...]]:
        if name not in self.worlds:
            return []
        world = self.worlds[name]
        return [
            (name, who, *worlds.own_gaps(self.case, who, world.gaps), self._brought(name, who), world.pays[who])
            for who in self.case.jurisdictions
        ]

    def _signature(self, a: str) -> tuple[Any, ...]:
        measure, other = self.case.measures[a], self.forbidden[a].value
        paid = spent_on(self.best)
        cost = sum(paid.get(b, 0.0) for b in companions(self.case, a))
        least, most = loss(self.best, other)
        shares = (least / self.gain, most / self.gain) if self.gain > 0 else (nan, nan)
        status = "no_plan" if other is None else other.status
        return (a, measure.name, measure.level or "", ";".join(measure.signed_by), cost, least, most, *shares, status)

    def _gains(self, a: str) -> list[tuple[Any, ...]]:
        """Who loses how much in the plan found without an instrument."""
        other: Plan | None = self.forbidden[a].value
        if other is None or not other.has_decisions:
            return []
        less, base = worlds.of_plan(other), self.worlds["open"]
        before, after = worlds.parts(self.case, base.gaps), worlds.parts(self.case, less.gaps)
        whole, proven = sum(after.values()) - sum(before.values()), loss(self.best, other)[0] > 0
        return [
            (
                a,
                who,
                after[who] - before[who],
                (after[who] - before[who]) / whole if proven and whole > 0 else nan,
                worlds.brought(self.case, who, self.people, base, less),
            )
            for who in self.case.jurisdictions
        ]


def _worst(plans: Sequence[Plan | None] | Any) -> str:
    """The status of several plans together: of the least certain one."""
    statuses = ["no_plan" if plan is None else plan.status for plan in plans]
    return next((s for s in ("no_plan", "interrupted", "feasible", "infeasible") if s in statuses), "optimal")


def _dearest_first(row: tuple[Any, ...]) -> tuple[float, ...]:
    """Instruments without which there is no plan first, then by what is proven to be lost."""
    return (float(row[-1] != "infeasible"), -row[5], -row[6] if row[6] == row[6] else 0.0)
