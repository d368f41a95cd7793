"""Replan: what earlier periods decided is kept, and the rest is planned anew, for a case that may have changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, ClassVar

from planner.case import Case, FrozenDict, naming
from planner.case.problems import CaseInvalid
from planner.planning.decisions import Decisions
from planner.planning.handmade import evaluate
from planner.planning.proving_again import audited
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import named, with_money
from planner.plans.ended import told_as
from planner.plans.plan import UNSURE, Broken, Plan
from planner.plans.totals import NOTHING
from planner.promises import broken_in_words, mended_by_more
from planner.promises.money import MINIMUM, MONEY
from planner.questions.asking import AskOptions, Columns, Result, because, decisions_of, frame, why
from planner.questions.diagnose.ask import DIAGNOSIS_SECONDS, Diagnosis, diagnose
from planner.questions.replan.history import case_with_history, earlier_periods, fixed_starts, more_money_said
from planner.words.said import _, series
from planner.work.stopping import Cancelled, Event, Listener, Stopped, Until, anew, asked_limit, with_grace

STEPS = 40  # at most; one, but for interest: at 0.2 a year over five years each leaves three fifths of what was missing
UNPAID = _("whether the money that the case now says was enough for what was started was not looked at in time")
UNSEEN = _("what keeping to the old plan would break was not looked at in time")


@dataclass(frozen=True)
class Replan(Result):
    """A plan that keeps what earlier periods decided.

    Attributes
    ----------
    since
        Id of the first period that is planned anew.
    old
        The plan that the history is taken from.
    violations
        What the audit of the new plan does not confirm.
    diagnosis
        Where no plan keeps the history and all promises of the changed case: which of them clash, and what would help.
    """

    since: str = ""
    old: Plan | None = None
    violations: tuple[str, ...] = ()
    diagnosis: Diagnosis | None = None

    QUESTION: ClassVar[str] = "replan"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"decisions": ("measure",)}
    TABLES: ClassVar[dict[str, Columns]] = {
        "decisions": {
            "measure": "id",
            "name": "of the measure",
            "kind": "of the measure",
            "city": "where",
            "start_period": "id of the period whose works start in its first year",
            "kept": "yes if earlier periods decided it, no if it is planned anew",
            "units_before": "units that the old plan starts",
            "units_now": "units that the new plan starts",
        },
        "goals": {
            "goal": "name of the goal, of the changed case",
            "before": "its value in the old plan, in the old plan's case; empty if that case has no such goal",
            "kept_on": "its value if the old plan is kept to in the changed case; empty where that cannot be worked out",
            "now": "its value in the new plan",
            "bound": "what no plan with the same history can beat",
        },
        "broken": {"promise": "what the old plan, if it is kept to, breaks in the changed case, and by how much"},
    }

    @property
    def plan(self) -> Plan:
        """The new plan; one that says why there is none, where history and the changed case do not go together."""
        return self.plans["replanned"]

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables."""
        return {"since": self.since, "status": self.plan.status, "violations": list(self.violations)}


def replan(
    plan: Plan,
    since: str,
    *,
    case: Case | None = None,
    options: SolveOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Replan:
    """The best plan that keeps what a plan has started before a period.

    Parameters
    ----------
    plan
        The plan so far.
    since
        Id of the first period to plan anew; of earlier ones exactly what the plan starts then starts.
    case
        The case as it is now; None = as the plan has it. Money and debts of earlier periods stay what they were in the
        plan's case (where what was started costs more by now than a line had, it had what was missing, as far as the case
        now says so), and what was started stays started even where the case now rules it out.
    options, on_event, cancelled
        As in `planner.solve`.

    Returns
    -------
    Replan
        With the audited plan; `complete` if it is proven optimal among the plans with this history, or proven that there
        is none, and the audit passed.

    Raises
    ------
    ValueError
        The plan has no decisions, its files may have been edited, or the case has no such period or cannot have this past.
    """
    began = perf_counter()
    limit = None if options is None else options.time_limit
    until, audit_until = Until.within(limit, cancelled), Until.within(with_grace(limit))
    if not plan.has_decisions:
        raise ValueError(_("the plan given has no decisions"))
    if plan.may_be_edited:
        said = _(
            "the plan given {unsure}, so its figures may not follow from its decisions. Make a plan of them first "
            "(planner evaluate CASE decisions.csv -o PLAN), and replan that one"
        )
        raise ValueError(said.format(unsure=UNSURE[plan.audit]))
    before = plan.case if case is None else case
    past = earlier_periods(before, since)
    decided = decisions_of(plan)
    history = {(a, u): units for (a, u), units in decided.items() if u in past}
    now = case_with_history(before, plan.case, history, past)
    unknown: tuple[str, ...] = ()
    try:
        now = _paid(now, before, history, past, until)
    except Stopped:
        unknown = (UNPAID,)
    now = named(now, f"{before.scenario.removesuffix('--replanned')}--replanned")
    fixed = fixed_starts(now, before, history, past)
    found = solve(now, options=options, on_event=on_event, cancelled=cancelled, start=decided, fixed=fixed)
    tell = _teller(on_event, began)
    diagnosis: Diagnosis | None = None
    if found.status == "infeasible" and unknown:  # with money that was there it might not be
        found = replace(found, status="no_plan", ended=told_as(UNPAID))
    if found.status == "infeasible":
        tell(_("looking for what the history breaks"))
        breaks, of_the_past = _why_impossible(now, history, since, until)
        found = replace(found, ended=told_as(breaks))
        limits = AskOptions(min(DIAGNOSIS_SECONDS, until.left), seed=(options or SolveOptions()).seed)
        over = () if of_the_past else past  # money of the past gives way where only that helps
        with asked_limit(limit):
            help_ = diagnose(now, plan=found, fixed=fixed, past=over, options=limits, on_event=on_event, cancelled=cancelled)
        diagnosis = replace(help_, past=tuple(past))
    violations: tuple[str, ...] = ()
    if found.has_decisions:
        tell(_("auditing"))
        found, violations = audited(found, replace(audit_until, cancelled=anew(cancelled)))
    missing = [] if found.status in ("optimal", "infeasible") else [why(found)]
    missing += [said for said in unknown if said not in missing]
    missing += [because(_("the audit does not confirm the plan"), violations[0])] if violations else []
    kept_on: Plan | None = None
    try:  # a search that finds a plan may take all the time there is
        kept_on = _kept_on(
            plan, now, decided, tell, replace(audit_until, cancelled=cancelled) if found.has_decisions else until
        )
    except Stopped:
        missing.append(UNSEEN)
    return Replan(
        now,
        not missing,
        tuple(missing),
        perf_counter() - began,
        FrozenDict(_tables(plan, found, kept_on, past)),
        FrozenDict({"replanned": found}),
        since=since,
        old=plan,
        violations=violations,
        diagnosis=diagnosis,
    )


def _teller(on_event: Listener | None, began: float) -> Any:
    def tell(message: str) -> None:
        if on_event is not None:
            on_event(Event("stage", "", perf_counter() - began, message=message))

    return tell


def _paid(now: Case, before: Case, history: Decisions, past: Sequence[str], until: Until) -> Case:
    """A case with its history and the money that was missing for it, as far as the changed case says that it was there.

    What was missing is looked for line by line, first where a line was short, and no more is taken than that: money that the
    past did not take was not there.

    Raises
    ------
    Stopped
        There was no time to know.
    """
    more = more_money_said(now, before, past)
    if not more:
        return now
    try:
        missing = _missing(now, history, past, until)
        for cell in sorted(more, key=lambda one: one not in missing):
            now, missing = _given(now, cell, more[cell], missing, history, past, until)
    except CaseInvalid:  # solving says why
        pass
    return now


def _given(
    case: Case,
    cell: tuple[str, str],
    most: float,
    missing: dict[tuple[str, str], float],
    history: Decisions,
    past: Sequence[str],
    until: Until,
) -> tuple[Case, dict[tuple[str, str], float]]:
    """A case in which a line had as much more in a period as helps, and what is missing then.

    A unit more is a unit less that is missing, but for interest: then it takes some steps.
    """
    had = case.lines[cell[0]].amount[cell[1]]

    def tried(more: float) -> dict[tuple[str, str], float]:
        return _missing(with_money(case, {cell: had + more}), history, past, until)

    given, left = 0.0, missing
    for step in range(STEPS):
        wanted = min(most, given + sum(left.values()))
        if wanted <= given + NOTHING:
            break
        then = tried(wanted)
        if sum(then.values()) >= sum(left.values()) - NOTHING:
            break
        if step and not then:  # nothing is left but what no look at promises sees: as much as the last step, at most
            wanted = min(most, wanted + (wanted - given))
        given, left = wanted, then
    helped = sum(missing.values()) - sum(left.values())
    if helped < given - NOTHING:  # as where a line may pay a share only: what it cannot pay was not there
        then = tried(helped)
        if sum(then.values()) <= sum(left.values()) + NOTHING:
            given, left = helped, then
    return (with_money(case, {cell: had + given}) if given else case), left


def _missing(case: Case, history: Decisions, past: Sequence[str], until: Until) -> dict[tuple[str, str], float]:
    """(Line, past period) -> money that is missing for what was started, beyond rounding."""
    broken = [promise for promise in evaluate(case, history, until).broken if promise.kind == MONEY.kind]
    found: dict[tuple[str, str], float] = {}
    for promise in broken:
        line, t = promise.ids
        if t in past:
            found[line, t] = found.get((line, t), 0.0) + promise.amount
    return found


def _why_impossible(case: Case, history: Decisions, since: str, until: Until) -> tuple[str, bool]:
    """What the history breaks by itself, if nothing more is started, and whether it is money of the past that is missing.

    Else it is said that the rest cannot be mended.
    """
    label = case.period(since).label
    past = earlier_periods(case, since)
    try:
        alone = evaluate(case, history, until)
    except Stopped:
        said = _("with what was started before {period} kept, no plan keeps all promises at once")
        return said.format(period=label), False
    except CaseInvalid as problem:
        said = _("what was started before {period} is not possible: {why}")
        return said.format(period=label, why=problem.problems[0].message), False
    of_the_past = any(promise.kind in (MONEY.kind, MINIMUM.kind) and promise.ids[1] in past for promise in alone.broken)
    lost = _in_words(case, [promise for promise in alone.broken if not mended_by_more(case, promise)])
    if lost:
        said = _("what was started before {period} breaks by itself: {promises}")
        return said.format(period=label, promises=series(lost, "; ")), of_the_past
    said = _("with what was started before {period} kept, no plan keeps all targets, rules, limits and budget lines at once")
    return said.format(period=label), of_the_past


def _in_words(case: Case, broken: Sequence[Broken]) -> list[str]:
    """Broken promises; of money by line alone: in which period a line is short depends on its debts."""
    over: dict[str, float] = {}
    for promise in broken:
        if promise.kind == MONEY.kind:
            line, _period = promise.ids
            over[line] = over.get(line, 0.0) + promise.amount
    lines = [
        _("line {line}: {money:.4g} {unit} over in all periods together").format(
            line=naming.line(case, line), money=over[line], unit=case.money.unit
        )
        for line in case.lines
        if line in over
    ]
    return [*lines, *broken_in_words(case, [promise for promise in broken if promise.kind != MONEY.kind])]


def _kept_on(plan: Plan, case: Case, decided: Decisions, tell: Any, until: Until) -> Plan | None:
    """The old plan's decisions in the changed case; the plan itself if nothing changed; None if they are not possible."""
    if case.content_hash == plan.case.content_hash:
        return plan
    tell(_("looking at the old plan in the changed case"))
    try:
        return evaluate(case, decided, until)
    except CaseInvalid:
        return None


def _tables(old: Plan, new: Plan, kept_on: Plan | None, past: tuple[str, ...]) -> dict[str, Any]:
    columns = Replan.TABLES
    broken = [] if kept_on is None else _in_words(kept_on.case, kept_on.broken)
    tables = {
        "goals": frame(columns["goals"], _goals(old, new, kept_on)),
        "broken": frame(columns["broken"], [[said] for said in broken]),
    }
    if new.has_decisions:
        tables["decisions"] = frame(columns["decisions"], _decisions(old, new, past))
    return tables


def _decisions(old: Plan, new: Plan, past: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Every start of either plan, in the order of the new case and its periods."""
    before, now = decisions_of(old), decisions_of(new)
    cases = (new.case, old.case)
    order = list(dict.fromkeys(a for case in cases for a in case.measures))
    periods = list(dict.fromkeys(u for case in cases for u in case.period_ids))
    rows = []
    for a, u in sorted({**before, **now}, key=lambda start: (order.index(start[0]), periods.index(start[1]))):
        measure = (new.case if a in new.case.measures else old.case).measures[a]
        kept = "yes" if u in past else "no"
        units = before.get((a, u), 0.0), now.get((a, u), 0.0)
        rows.append((a, measure.name, measure.kind, ";".join(measure.cities), u, kept, *units))
    return rows


def _goals(old: Plan, new: Plan, kept_on: Plan | None) -> list[tuple[Any, ...]]:
    """Every goal of the changed case: in the old plan, if that is kept to, and in the new one."""
    missing = float("nan")
    before = _values(old)
    other = {} if kept_on is None else _values(kept_on)
    now = {goal.name: (goal.value, goal.bound) for goal in new.goals}
    return [
        (g.name, before.get(g.name, missing), other.get(g.name, missing), *now.get(g.name, (missing, missing)))
        for g in new.case.goals
    ]


def _values(plan: Plan) -> Mapping[str, float]:
    return {goal.name: goal.value for goal in plan.goals}
