"""How a plan was made, as it says itself: options, seconds, versions, the reason why it stopped; and what lists show of it.

What was asked for and how long it took cannot be recomputed: only whether it can be so at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from planner.audit.books import Books
from planner.audit.goals import Weights, mean_gap
from planner.audit.report import Ledger
from planner.plans.plan import Plan
from planner.words.said import _

VERSION = re.compile(r"\d+(\.\w+)+([+-][\w.]+)?|not installed")
STOPPED = re.compile(
    r"(?:interrupted|the time limit of (?P<limit>\S+) s was hit|its share of the time limit of (?P<share>\S+) s was used up"
    r"|the solver [^;]*) in goal (?P<goal>[^;]+?)"
    r"(?:, city (?P<city>\d+) of \d+)?, (?:nothing proven|proven within (?P<gap>\S+)%)"
)
ENDED = re.compile(r"the time limit of (?P<limit>\S+) s ended (?:before goal|while) ")


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
}


def check(plan: Plan, ledger: Ledger) -> None:
    """Check that the plan's own account of its making can be so."""
    for name, value in plan.options.items():
        is_so, should = OPTIONS.get(name, (lambda value: False, _("no such option")))
        ledger.true("status", is_so(value), "options", _("{name} {value!r}").format(name=name, value=value), should)
    starts = sum(len(measure.starts) for measure in plan.case.measures.values())
    fixed = plan.options.get("fixed_starts", 0)
    ledger.true(
        "status",
        not _amount(fixed) or fixed <= starts,
        "options",
        _("fixed_starts {fixed}").format(fixed=fixed),
        _("at most {starts}").format(starts=starts),
    )
    for name, value in plan.seconds.items():
        ledger.true(
            "status", _amount(value), "seconds", _("{name} {value!r}").format(name=name, value=value), _("0 or more")
        )
    for name, version in plan.versions.items():
        holds = isinstance(version, str) and VERSION.fullmatch(version) is not None
        ledger.true("status", holds, "versions", _("{name} {version!r}").format(name=name, version=version), _("a version"))
    _reason(plan, ledger)


def _reason(plan: Plan, ledger: Ledger) -> None:
    """The figures in a reason are those of the plan: the time limit, and how far each goal that is named was proven."""
    if plan.status in ("feasible", "interrupted"):
        for part in plan.reason.split("; "):
            _part_of_reason(plan, part, ledger)


def _part_of_reason(plan: Plan, part: str, ledger: Ledger) -> None:
    found, ended = STOPPED.match(part), ENDED.match(part)
    said = (found["limit"] or found["share"]) if found else ended["limit"] if ended else None
    if said is not None and "time_limit" in plan.options:
        limit = f"{plan.options['time_limit'] or 0:g}"
        ledger.true(
            "status",
            said == limit,
            "reason",
            _("a time limit of {said} s").format(said=said),
            _("{limit} s").format(limit=limit),
        )
    if found is None:
        return
    goal = next((goal for goal in plan.goals if goal.name == found["goal"]), None)
    ledger.true("status", goal is not None, "reason", _("goal {goal}").format(goal=found["goal"]), _("a goal of the plan"))
    if goal is None:
        return
    steps = [city.optimality_gap for city in goal.cities] or [goal.optimality_gap]
    place = int(found["city"] or 1) - 1
    should = (
        _("no such step") if place >= len(steps) else f"{steps[place]:.2%}" if math.isfinite(steps[place]) else _("nothing")
    )
    says = "nothing" if found["gap"] is None else f"{found['gap']}%"
    ledger.true("status", says == should, "reason", _("proven within {says}").format(says=says), should)


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
        ledger.true(
            "status",
            is_number or says is None,
            "headline",
            _("{name} {says!r}").format(name=name, says=says),
            _("a number, or nothing"),
        )
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
