"""A plan's status and goals in words: what is proven of each goal, first goal first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from planner import promises
from planner.case import Case, Goal, naming
from planner.case.goals import PARTS
from planner.case.scenarios import BASE
from planner.documents.blocks import Table
from planner.plans import ended
from planner.plans.plan import NOT_CONFIRMED, GoalResult, Plan
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, series

CITIES_SHOWN = 3
SMALLEST = 0.001  # values below it count as this in a share
NOTHING_FOUND = _(
    "Nothing is found yet: this plan starts nothing, and it is not known that there is nothing better. Solve again "
    "with more time (a longer --time-limit, or none); `planner rank` shows what can be started without a search."
)
NOTHING_BEYOND = _(
    "Nothing is found yet: this plan starts nothing beyond what was decided before it, and it is not known that there is "
    "nothing better. Solve again with more time (a longer --time-limit, or none); `planner rank` shows what can be started "
    "without a search."
)
NOT_PROVEN = _("nothing is proven about it")
AUDIT: Mapping[str, Sentence] = {
    "passed": _("passed: every figure was recomputed from the case and the decisions alone"),
    "failed": _("FAILED: do not rely on this plan; `planner audit` lists what does not agree"),
    "not run": _("not run"),
    "changed": _("changed since it was audited: run planner audit"),
    "no digest": _("no digest, so that nobody can tell whether it was changed since it was audited: run planner audit"),
}
THE_SOLVERS_WORD = _("the bounds are the solver's word; `planner audit --prove` solves again for them")


def title(case: Case) -> str:
    """The title of a case, with the scenario where it is not the base."""
    if case.scenario == BASE:
        return naming.title(case)
    return _("{case}, scenario {scenario}").format(case=naming.title(case), scenario=naming.scenario(case, case.scenario))


def audit_words(plan: Plan) -> str:
    """What the audit of a plan vouches for, and what it does not."""
    said = AUDIT[plan.audit]
    return series((said, THE_SOLVERS_WORD), "; ") if plan.audit == "passed" and plan.has_bounds else said


def parts_in_words(case: Case, goal: Goal, parts: Mapping[str, float]) -> str:
    """Parts of a goal as words: mean gap + 0.5 worst city."""
    people = numbers.percent_of_people(goal.worst_people)
    names: dict[str, str] = {part: of.words.format(people=people) for part, of in PARTS.items()}
    names["spending"] = _spending(case)
    said = _sum({names[part]: weight for part, weight in parts.items()})
    return naming.with_curve(said, goal)


def _spending(case: Case) -> str:
    """What a goal about spending counts: where lines may borrow, the interest beside the money spent."""
    return _("spending and interest") if any(line.borrowing for line in case.lines.values()) else PARTS["spending"].words


def as_counted(case: Case, goal: str) -> str:
    """A goal's name as words, one of the case's or one made for a question; that about spending as the case counts it."""
    return _spending(case) if goal == "spending" else naming.goal(goal)


def _sum(parts: Mapping[str, float]) -> str:
    return series(
        (part if weight == 1 else _("{weight:g} {part}").format(weight=weight, part=part) for part, weight in parts.items()),
        " + ",
    )


def status_words(plan: Plan) -> str:
    """A plan's status as people say it."""
    why = tuple(one for one in plan.ended if one != NOT_CONFIRMED)
    reason = ended.reason(why, plan.goals, plan.options.get("time_limit"), with_proof=False)  # that is said goal by goal
    if plan.has_decisions and plan.audit == "failed":
        said = _("not confirmed by its audit; nothing is proven about it")
        if not reason:
            return said
        return _("not confirmed by its audit ({why}); nothing is proven about it").format(why=reason)
    if plan.status == "no_plan":
        says_it = any(one.kind == "none found" and one.by != "interrupted" for one in why)
        return reason if says_it else _because(_("no plan was found"), reason)
    if plan.status == "infeasible":
        return _because(_("no plan can keep all targets and rules"), reason)
    if plan.status == "evaluated":
        made = _("made by hand") if any(one.kind == "made by hand" for one in why) else reason
        return _("{made}: all figures are worked out, nothing is proven about them").format(made=made)
    if plan.status == "optimal":
        return proven(plan)
    at_a_limit = _("stopped at a limit") if plan.options.get("time_limit", 0.0) is not None else _("not all is proven")
    stopped = at_a_limit if plan.status == "feasible" else _("stopped by hand")
    return series((_because(stopped, reason), proven(plan)), "; ")


def _because(said: Sentence, reason: str) -> str:
    return _("{said} ({why})").format(said=said, why=reason) if reason else said


def nothing_found(plan: Plan) -> str:
    """What to say before all else of a plan that is none: nothing was found in time but to start nothing. Else empty."""
    if plan.is_found or not plan.has_decisions:
        return ""
    decided = any(measure.status == "decided" for measure in plan.case.measures.values())
    return NOTHING_BEYOND if decided else NOTHING_FOUND


def proven(plan: Plan) -> str:
    """What is proven of each goal, in their order: mean gap: proven within 0.1 %; spending: not finished (within 7 %)."""
    if not plan.goals:
        return NOT_PROVEN
    found = [_proven(plan, n) for n in range(len(plan.goals))]
    said = [phrase for phrase, _finished in found]
    if found[0][1]:
        best = _("{proven} of the best possible with the starts that were given") if plan.options.get("fixed_starts") else (
            _("{proven} of the best possible")
        )  # fmt: skip
        said[0] = best.format(proven=said[0])
    # Others may end the first goal elsewhere within its proof, and do better or worse in the later ones.
    for n, (phrase, finished) in enumerate(found):
        if finished and (n or not found[0][1]):
            said[n] = _("{proven} of the best that keeps what was found before").format(proven=phrase)
    return series(
        (_("{goal}: {proven}").format(goal=called(plan.case, goal.name), proven=phrase)
         for goal, phrase in zip(plan.goals, said, strict=True)),
        "; ",
    )  # fmt: skip


def goals_line(plan: Plan) -> str:
    """Every goal with its number, value and unit, and what nothing can beat."""
    said = (_("{number} {goal}").format(number=n, goal=_result(plan, g)) for n, g in enumerate(plan.goals, start=1))
    return series(said, "; ")


def goal_table(plan: Plan) -> Table:
    """Every goal in order: value, what nothing can beat, and what is proven."""
    rows = [
        (
            str(n),
            called(plan.case, result.name),
            unit_of(plan.case, result.name),
            *figures(plan, result),
            how_proven(plan, result),
        )
        for n, result in enumerate(plan.goals, start=1)
    ]
    heads = (
        _("no."), _("goal (smaller is better)"), _("unit"), _("value", "goal.value"), _("nothing can beat"), _("proven"),
    )  # fmt: skip
    return Table(heads, rows, "lllrrl", keys=2)


def infeasible_words(plan: Plan) -> list[str]:
    """What is known where no plan can keep everything: what has to be kept, and how to go on."""
    return [
        _("These have to be kept together, within the money of the budget lines: {kept}.").format(
            kept=text_layout.join(promises.listed(plan.case), 20) or _("nothing else")
        ),
        _("Each may be possible by itself; `planner diagnose` says which of them clash, and the smallest changes that "
          "help."),
    ]  # fmt: skip


def _proven(plan: Plan, number: int) -> tuple[str, bool]:
    """What is proven of one goal; and whether its own step is finished: it came within the gap that was asked for."""
    goal = plan.goals[number]
    if not math.isfinite(goal.bound):
        return (_("not begun") if math.isnan(goal.bound) else _("not finished (nothing proven)")), False
    within = numbers.proof(proof_gap(goal))
    if plan.is_as_asked(number, goal.optimality_gap):
        return _("proven within {within}").format(within=within), True
    return _("not finished (within {within})").format(within=within), False


def proof_gap(goal: GoalResult) -> float:
    """What is proven of a goal as the plan stands, the same wherever it is said: of several steps the least certain."""
    return max([goal.proof_gap, *(relative(city.mean, city.bound) for city in goal.cities if math.isfinite(city.bound))])


def relative(value: float, bound: float) -> float:
    """How far a value lies above what nothing can beat, as a share of it."""
    return max(0.0, value - bound) / max(abs(value), SMALLEST)


def _result(plan: Plan, result: GoalResult) -> str:
    of = unit(plan.case, next((goal for goal in plan.case.goals if goal.name == result.name), None))
    value, bound = figures(plan, result)
    goal, with_unit = called(plan.case, result.name), _("{value} {unit}").format(value=value, unit=of) if of else value
    if value == bound or not math.isfinite(result.bound):
        return _("{goal}: {value}").format(goal=goal, value=with_unit)
    return _("{goal}: {value}, nothing can beat {bound}").format(goal=goal, value=with_unit, bound=bound)


def label(case: Case, goal: Goal) -> str:
    """The parts of a goal as words: mean gap + 0.5 worst city; with its cities, where they are not all."""
    parts = parts_in_words(case, goal, goal.parts)
    if len(goal.cities) == len(case.cities) or not goal.gap_parts:
        return parts
    cities = text_layout.join([naming.city(case, i) for i in goal.cities], CITIES_SHOWN)
    return _("{parts} of {cities}").format(parts=parts, cities=cities)


def called(case: Case, goal: str) -> str:
    """A goal of a case by its parts, or by its name where the case has it no more."""
    found = next((g for g in case.goals if g.name == goal), None)
    return naming.goal(goal) if found is None else label(case, found)


def unit(case: Case, goal: Goal | None) -> str:
    """The unit of a goal's value; empty for gaps and mixtures."""
    if goal is not None and set(goal.parts) == {"emissions"}:
        units = {airshed.unit for airshed in case.airsheds.values()}
        return _("{unit} in all years together").format(unit=units.pop()) if len(units) == 1 else ""
    if goal is None or set(goal.parts) != {"spending"}:
        return ""
    return _("{unit}, discounted").format(unit=case.money.unit) if goal.discounted else case.money.unit


def unit_of(case: Case, name: str) -> str:
    """The unit of the goal of that name, a share for gaps; empty for mixtures."""
    found = next((g for g in case.goals if g.name == name), None)
    if found is not None and found.gap_parts and set(found.parts) == set(found.gap_parts):
        return _("weighed gap, 0-1") if found.is_curved else _("share, 0-1")
    return unit(case, found)


def how_proven(plan: Plan, result: GoalResult) -> str:
    """What is proven of one goal of a plan, as far as anything is."""
    if not math.isfinite(result.bound):
        return _("nothing proven")
    return _proven(plan, plan.goals.index(result))[0]


def figures(plan: Plan, result: GoalResult) -> tuple[str, str]:
    """Value and bound of a goal, the same wherever they stand; a bound that is not known is empty."""
    return in_figures(plan.case, result.name, result.value), in_figures(plan.case, result.name, result.bound)


def in_figures(case: Case, goal: str, value: float) -> str:
    """What a goal comes to: money and emissions as everywhere, all else to four digits; empty where it is not known."""
    if not math.isfinite(value):
        return ""
    return numbers.number(value, numbers.money_decimals([value])) if _is_amount(case, goal) else numbers.figure(value)


def side_by_side(case: Case, goal: str, values: Sequence[float]) -> list[str]:
    """What a goal comes to in several plans, in as many digits as tell them apart; empty where it is not known."""
    if _is_amount(case, goal):
        return [in_figures(case, goal, value) for value in values]
    said = numbers.side_by_side(values)
    return [text if math.isfinite(value) else "" for text, value in zip(said, values, strict=True)]


def _is_amount(case: Case, goal: str) -> bool:
    """Whether a goal is in money or emissions alone."""
    parts = next((set(found.parts) for found in case.goals if found.name == goal), set())
    return parts in ({"spending"}, {"emissions"})
