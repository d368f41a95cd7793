"""What a plan claims of itself: its goals, what is proven of them, its status, the promises it breaks, and how it was made.

Options, seconds, versions and the reason why it stopped cannot be recomputed: only whether they can be so at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import get_args

from planner.audit import claims
from planner.audit.books import Books
from planner.audit.claims import ASKED, GOAL_SLACK, SMALLEST, Claim
from planner.audit.goals import Weights, mean_gap
from planner.audit.report import PROMISES, Ledger, Promise, Violation, number
from planner.audit.tolerance import TOLD
from planner.case import Case, Goal
from planner.plans.ended import is_reason
from planner.plans.plan import Broken, CityResult, GoalResult, Plan, Status
from planner.words.said import _

NOTICED = 1e-6  # of a gap: what grows by less is not worse off
WITH_AMOUNTS = frozenset(PROMISES) - {"logic", "barriers", "largest share"}
VERSION = re.compile(r"\d+(\.\w+)+([+-][\w.]+)?|not installed")


def is_readable(plan: Plan, ledger: Ledger) -> bool:
    """Whether the plan has the parts that a plan has, each of its type; what has not is a violation."""
    parts: tuple[tuple[str, object, type], ...] = (
        ("case", plan.case, Case),
        ("ended", plan.ended, tuple),
        ("options", plan.options, Mapping),
        ("goals", plan.goals, tuple),
        ("tables", plan.tables, Mapping),
        ("seconds", plan.seconds, Mapping),
        ("versions", plan.versions, Mapping),
        ("listed", {} if plan.listed is None else plan.listed, Mapping),
        ("broken", plan.broken, tuple),
    )
    before = len(ledger.violations)
    for name, part, kind in parts:
        ledger.true("status", isinstance(part, kind), name, type(part).__name__, kind.__name__)
    ledger.true("status", plan.status in get_args(Status), "status", repr(plan.status), " or ".join(get_args(Status)))
    for goal in plan.goals if isinstance(plan.goals, tuple) else ():
        figures = [getattr(goal, name, None) for name in ("value", "bound", "optimality_gap", "proof_gap")]
        named = isinstance(goal, GoalResult) and isinstance(goal.name, str)
        ledger.true("status", named, "goals", repr(goal), "a named GoalResult")
        ledger.true("status", all(isinstance(f, int | float) for f in figures), "goals", str(figures), "numbers")
        cities = getattr(goal, "cities", ())
        listed = isinstance(cities, tuple) and all(_is_city(city) for city in cities)
        ledger.true("status", listed, "goals", repr(cities), "cities with their figures")
    for name, parts_of, is_one in (("ended", plan.ended, is_reason), ("broken", plan.broken, _is_broken)):
        for part in parts_of if isinstance(parts_of, tuple) else ():
            ledger.true("status", is_one(part), name, repr(part), "one with parts of their types")
    return len(ledger.violations) == before


def _is_broken(found: object) -> bool:
    """Whether it is a promise with its ids and amounts."""
    if not (isinstance(found, Broken) and isinstance(found.kind, str) and isinstance(found.ids, tuple)):
        return False
    figures = (found.amount, found.rounded)
    return all(isinstance(id_, str) for id_ in found.ids) and all(isinstance(f, int | float) for f in figures)


def _is_city(city: object) -> bool:
    """Whether it is a city of a goal, with numbers for figures."""
    figures = [getattr(city, name, None) for name in ("gap", "mean", "bound", "optimality_gap")]
    return isinstance(city, CityResult) and isinstance(city.city, str) and all(isinstance(f, int | float) for f in figures)


def check(plan: Plan, books: Books, ledger: Ledger) -> None:
    """Check the claims of a plan that has decisions."""
    names = [goal.name for goal in plan.case.goals]
    found = [goal.name for goal in plan.goals]
    ledger.true("status", found == names, "goals", ", ".join(found) or "none", ", ".join(names))
    for goal, result in zip(plan.case.goals, plan.goals, strict=False):
        said = _("value {value}").format(value=result.value)
        ledger.true("status", math.isfinite(result.value), _("goal {goal}").format(goal=goal.name), said, _("a number"))
        if plan.status == "evaluated":
            _nothing_proven(result, ledger)
        else:
            _claimed(goal, result, ledger)
        if plan.status == "optimal":
            _proven(plan, goal, result, ledger)
    _in_order(plan, ledger)
    check_making(plan, ledger)
    if plan.status in ("feasible", "interrupted"):
        ledger.true(
            "status",
            bool(plan.ended),
            "plan",
            _("{status} without a reason").format(status=plan.status),
            _("why it stopped"),
        )


def _nothing_proven(result: GoalResult, ledger: Ledger) -> None:
    """A hand-made plan has no bound."""
    where = _("goal {result}").format(result=result.name)
    for name in ("bound", "optimality_gap", "proof_gap"):
        ledger.same("status", where, name, getattr(result, name), math.nan)


def _claimed(goal: Goal, result: GoalResult, ledger: Ledger) -> None:
    """The proof gap follows from value and bound, and both fit what the goal's first step says of itself."""
    where = _("goal {result}").format(result=result.name)
    claims.exact(ledger, where, "proof_gap", result.proof_gap, claims.relative_gap(result.value, result.bound))
    gap = result.cities[0].optimality_gap if result.cities else result.optimality_gap
    claims.check(Claim(where, result.value, result.bound, gap, goal.tolerance), ledger)


def _in_order(plan: Plan, ledger: Ledger) -> None:
    """Without a time limit, a goal is begun once those before it are proven within the gap that was asked for.

    With one, each goal has a share of the time: what is not proven when it is used up stays as it is. A bound that the plan
    is better than is taken back when all is done.
    """
    if plan.status == "evaluated" or plan.options.get("time_limit") is not None:
        return
    for n, (before, goal) in enumerate(zip(plan.goals, plan.goals[1:], strict=False)):
        asked = asked_gap(plan, n)
        if not math.isnan(goal.bound) and asked is not None:
            taken_back = any(why.kind == "bound taken back" and why.goal == before.name for why in plan.ended)
            is_done = before.optimality_gap <= asked * (1 + ASKED) or taken_back
            says = _("begun, {before} being proven within {gap}").format(
                before=before.name, gap=number(before.optimality_gap)
            )
            said = _("begun once that is within {asked}").format(asked=number(asked))
            ledger.true("status", is_done, _("goal {goal}").format(goal=goal.name), says, said)


def _proven(plan: Plan, goal: Goal, result: GoalResult, ledger: Ledger) -> None:
    """A goal is proven if its own step was within the asked gap, and later steps took no more than they may."""
    where = _("goal {goal}").format(goal=goal.name)
    ledger.true("status", math.isfinite(result.bound), where, _("optimal without a bound"), "feasible")
    asked = asked_gap(plan, number_of(plan, goal))
    if asked is None:
        says = _("gap {asked!r}").format(asked=plan.options.get("gap"))
        ledger.true("status", False, "options", says, _("the gap that was asked for"))
        return
    claims.within_asked(ledger, where, result.optimality_gap, asked)
    most = most_above_bound(plan, goal, result.value, result.bound)
    ledger.within("status", where, _("value above its bound"), result.value - result.bound, -math.inf, most)


def most_above_bound(plan: Plan, goal: Goal, value: float, bound: float, number: int | None = None) -> float:
    """How far the value of a proven goal may lie above its bound: the gap asked for, and what later goals may take.

    `number`: which goal it was in its search, from 0; unless it is said, as in the case.
    """
    asked = asked_gap(plan, number_of(plan, goal) if number is None else number) or 0.0
    size = max(abs(value), abs(bound), SMALLEST)  # of the step's own value, which lies between the two
    return (asked + goal.tolerance) * size + GOAL_SLACK


def asked_gap(plan: Plan, number: int) -> float | None:
    """What each step of a goal was asked to prove; None where the plan does not say it, or no number. Goals count from 0."""
    said = [plan.options[name] for name in ("gap", "later_gap") if name in plan.options]
    is_said = bool(said) and all(isinstance(asked, int | float) and not isinstance(asked, bool) for asked in said)
    return plan.asked_gap(number) if is_said else None


def number_of(plan: Plan, goal: Goal) -> int:
    """Which of the case's goals it is, from 0."""
    return [g.name for g in plan.case.goals].index(goal.name)


def no_figures(plan: Plan, ledger: Ledger) -> None:
    """Where there is no plan, there are no figures, and a reason why."""
    for name, table in plan.tables.items():
        ledger.true(
            "tables",
            len(table) == 0,
            str(name),
            _("{number} rows").format(number=len(table)),
            _("none: {status}").format(status=plan.status),
        )
    for goal in plan.goals:
        ledger.true(
            "status",
            math.isnan(goal.value),
            _("goal {goal}").format(goal=goal.name),
            _("value {value}").format(value=number(goal.value)),
            _("no value"),
        )
    said = _("{status} without a reason").format(status=plan.status)
    ledger.true("status", bool(plan.ended), "plan", said, _("why there is no plan"))


def sort_breaches(plan: Plan, ledger: Ledger) -> tuple[Violation, ...]:
    """The broken promises that a hand-made plan lists; all others become violations.

    A breach is listed if the plan has that promise among those it breaks, and by how much. One listed without a breach is a
    violation too: it blames the plan for what it does not do.
    """
    listed: list[Violation] = []
    owned = [((broken.kind, *broken.ids), broken) for broken in plan.broken]
    said: set[Promise] = set()
    for breach, promise in ledger.breaches:
        saying = [broken for key, broken in owned if key == promise] if plan.status == "evaluated" else []
        said |= {promise} if saying else set()
        if saying and breach.check in WITH_AMOUNTS:
            by = breach.difference or 0.0
            is_told = any(abs(broken.amount - by) <= broken.rounded + TOLD * max(1.0, by) for broken in saying)
            says = _("broken by {number}").format(number=number(saying[0].amount))
            ledger.true("status", is_told, breach.where, says, _("by {number}").format(number=number(by)))
        (listed if saying else ledger.violations).append(breach)
    for key, _broken in owned:
        text = ", ".join(key)
        ledger.true(
            "status", key in said, "plan", _("lists as broken: {text}").format(text=text), _("a promise that is broken")
        )
    return tuple(listed)


def _count(least: int) -> Callable[[object], bool]:
    return lambda found: isinstance(found, int) and not isinstance(found, bool) and found >= least


def _share(found: object) -> bool:
    return _amount(found) and isinstance(found, int | float) and found <= 1


def _amount(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found < math.inf


OPTIONS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "time_limit": (lambda found: found is None or _amount(found), _("seconds, or none")),
    "gap": (_share, _("a share between 0 and 1")),
    "later_gap": (_share, _("a share between 0 and 1")),
    "threads": (_count(1), _("a whole number of at least 1")),
    "seed": (_count(0), _("a whole number of at least 0")),
    "fixed_starts": (_count(0), _("a whole number of at least 0")),
    "reserve": (lambda found: _count(50)(found) and found <= 95, _("a whole number from 50 to 95")),  # type: ignore[operator]
}


def check_making(plan: Plan, ledger: Ledger) -> None:
    """Check that the plan's own account of its making can be so."""
    for name, value in plan.options.items():
        is_so, should = OPTIONS.get(name, (lambda value: False, _("no such option")))
        ledger.true("status", is_so(value), "options", _("{name} {value!r}").format(name=name, value=value), should)
    starts = sum(len(measure.starts) for measure in plan.case.measures.values())
    fixed = plan.options.get("fixed_starts", 0)
    said = _("fixed_starts {fixed}").format(fixed=fixed)
    ledger.true(
        "status", not _amount(fixed) or fixed <= starts, "options", said, _("at most {starts}").format(starts=starts)
    )
    if "reserve" in plan.options:
        keeping = any(line.reserve for line in plan.case.lines.values())
        said = _("reserve {percent}").format(percent=plan.options["reserve"])
        ledger.true("status", keeping, "options", said, _("a line that keeps something free"))
    for name, value in plan.seconds.items():
        ledger.true(
            "status", _amount(value), "seconds", _("{name} {value!r}").format(name=name, value=value), _("0 or more")
        )
    for name, version in plan.versions.items():
        holds = isinstance(version, str) and VERSION.fullmatch(version) is not None
        ledger.true("status", holds, "versions", _("{name} {version!r}").format(name=name, version=version), _("a version"))
    _ended(plan, ledger)


def _ended(plan: Plan, ledger: Ledger) -> None:
    """What is named where the plan says why its search ended is in the plan: each goal, and which step of how many."""
    goals = {goal.name: goal for goal in plan.goals}
    of_case = {goal.name for goal in plan.case.goals}
    for why in plan.ended if plan.status in ("feasible", "interrupted") else ():
        for name in (*filter(None, [why.goal]), *why.left):
            ledger.true("status", name in of_case, "ended", _("goal {goal}").format(goal=name), _("a goal of the plan"))
        if why.goal in goals:
            steps = len(goals[why.goal].cities)
            is_one = why.steps == steps and (1 <= why.step <= steps if steps else why.step == 0)
            says = _("step {step} of {steps}").format(step=why.step, steps=why.steps)
            ledger.true("status", is_one, "ended", says, _("one of {steps}").format(steps=steps))


def check_listed(plan: Plan, books: Books, weights: Weights, ledger: Ledger) -> None:
    """What lists of plans show is what the tables come to; `weights` are those of the first goal about gaps, if any is."""
    if plan.listed is None:  # not from a folder
        return
    has_gaps = any(goal.gap_parts for goal in plan.case.goals) and any(weights.values())
    gaps = {
        name: mean_gap({key: getattr(row, name) for key, row in books.indicators.items()}, weights) if has_gaps else math.nan
        for name in ("gap_without", "gap_with")
    }
    figures = {**gaps, "spending": sum(row.paid for row in books.money.values())}
    texts = {"title": plan.case.title, "unit": plan.case.money.unit}
    wrong = sorted(set(plan.listed) ^ {*figures, *texts})
    ledger.true("status", not wrong, "headline", ", ".join(wrong), _("title, gap_without, gap_with, spending and unit"))
    for name, should in figures.items():
        says = plan.listed.get(name)
        is_number = isinstance(says, int | float) and not isinstance(says, bool)
        said = _("{name} {says!r}").format(name=name, says=says)
        ledger.true("status", is_number or says is None, "headline", said, _("a number, or nothing"))
        ledger.small(abs(should)).same(
            "status", "headline", name, says if isinstance(says, int | float) else math.nan, should
        )
    for name, text in texts.items():
        ledger.true(
            "status",
            plan.listed.get(name) == text,
            "headline",
            _("{name} {says!r}").format(name=name, says=plan.listed.get(name)),
            repr(text),
        )
