"""A plan's status and goals in words: what is proven of each goal, first goal first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from planner.case import Case, Goal, naming
from planner.plans.plan import AUDIT_FAILED, GoalResult, Plan
from planner.words import phrases

CITIES_SHOWN = 3
SMALLEST = 0.001  # values below it count as this in a share
NOTHING_FOUND = (
    "Nothing is found yet: this plan starts nothing{beyond}, and it is not known that there is nothing better. Solve again "
    "with more time (a longer --time-limit, or none); `planner rank` shows what can be started without a search."
)
PARTS = {
    "gaps": "mean gap",
    "worst_city": "worst city",
    "worst_off_first": "worst city first, then the next",
    "spending": "spending",
    "starts": "units started",
    "benefit": "benefit, counted as a minus",
    "emissions": "emissions",
}


def parts_in_words(case: Case, goal: Goal, parts: Mapping[str, float]) -> str:
    """Parts of a goal as words: mean gap + 0.5 worst city."""
    names = PARTS | ({"spending": "spending and interest"} if any(x.borrowing for x in case.lines.values()) else {})
    if goal.worst_share_of is not None:
        names |= {"worst_share": f"worst {phrases.percent_of_people(goal.worst_share_of)}"}
    return " + ".join(names[part] if weight == 1 else f"{weight:g} {names[part]}" for part, weight in parts.items())


def status_words(plan: Plan) -> str:
    """A plan's status as people say it."""
    reason = _reason(plan)
    in_brackets = f" ({reason})" if reason else ""
    if plan.has_decisions and plan.audit == "failed":
        return f"not confirmed by its audit{in_brackets if reason != AUDIT_FAILED else ''}; nothing is proven about it"
    made = "made by hand" if reason.startswith("hand-made") else reason
    if plan.status == "no_plan":
        return reason if reason.startswith("no plan was found") else f"no plan was found{in_brackets}"
    said = {
        "optimal": proven(plan),
        "feasible": f"stopped at a limit{in_brackets}; {proven(plan)}",
        "interrupted": f"stopped by hand{in_brackets}; {proven(plan)}",
        "infeasible": f"no plan can keep all targets and rules{in_brackets}",
        "evaluated": f"{made}: all figures are worked out, nothing is proven about them",
    }
    return said[plan.status]


def nothing_found(plan: Plan) -> str:
    """What to say before all else of a plan that is none: nothing was found in time but to start nothing. Else empty."""
    if plan.is_found or not plan.has_decisions:
        return ""
    decided = any(measure.status == "decided" for measure in plan.case.measures.values())
    return NOTHING_FOUND.format(beyond=" beyond what was decided before it" if decided else "")


def proven(plan: Plan) -> str:
    """What is proven of each goal, in their order: gaps: proven within 0.1 %; spending: not finished (within 7 %)."""
    if not plan.goals:
        return "nothing is proven about it"
    asked = plan.options.get("gap")
    phrases = [_proven(goal, 1e-4 if asked is None else float(asked)) for goal in plan.goals]
    first = next((n for n, phrase in enumerate(phrases) if phrase.startswith("proven")), None)
    if first is not None:
        given = " with the starts that were given" if plan.options.get("fixed_starts") else ""
        phrases[first] += f" of the best possible{given}"
    return "; ".join(f"{name(goal.name)}: {phrase}" for goal, phrase in zip(plan.goals, phrases, strict=True))


def goals_line(plan: Plan) -> str:
    """Every goal with its number, value and unit, and what nothing can beat."""
    of_case = {goal.name: goal for goal in plan.case.goals}
    return "; ".join(f"{n} {_result(plan, of_case.get(g.name), g)}" for n, g in enumerate(plan.goals, start=1))


def name(goal: str) -> str:
    """A goal's name as words: gaps + 0.5 worst city."""
    return "units started" if goal == "starts" else phrases.spaced(goal)


def infeasible_words(plan: Plan) -> list[str]:
    """What is known where no plan can keep everything: what has to be kept, and how to go on."""
    case = plan.case
    kept = [
        *(f"target {target.id}" for target in case.targets),
        *(f"rule {rule.id}" for rule in case.rules),
        *(f"the minimum of line {naming.name_of(line)}" for line in case.lines.values() if any(line.minimum.values())),
        *(f"gate {gate.id}" for gate in case.gates),
        *(f"the cap of airshed {naming.name_of(airshed)}" for airshed in case.airsheds.values() if airshed.cap is not None),
        *(f"the most that policies of level {phrases.spaced(level)} may cost" for level in case.pyramid.at_most_share),
        *(f"the most cities with parks of {naming.name_of(k)}" for k in case.industries.values() if k.max_hosts is not None),
    ]
    if any(park.area_km2 for park in case.parks.values()) and any(
        c.land_quota_km2 is not None for c in case.cities.values()
    ):
        kept.append("the land quotas for parks")
    if any(m.closes_plant for m in case.measures.values()):
        kept.append("jobs for those of closed plants")
    if case.pyramid.subsidy_periods is not None:
        kept.append("the most periods in which a city may be subsidised")
    if case.pyramid.barriers_first:
        kept.append("barriers removed before subsidies")
    decided = sum(1 for m in case.measures.values() if m.status == "decided")
    if decided:
        kept.append("the one measure decided before" if decided == 1 else f"the {decided} measures decided before")
    if case.no_city_loses:
        kept.append("no city loses")
    if case.nobody_worse_off:
        kept.append("no jurisdiction is worse off than alone")
    return [
        f"These have to be kept together, within the money of the budget lines: {phrases.join(kept, 20) or 'nothing else'}.",
        "Each may be possible by itself; `planner diagnose` says which of them clash, and the smallest changes that help.",
    ]


def _reason(plan: Plan) -> str:
    """Why the solve ended; how far it got is said goal by goal."""
    return plan.reason.split(", proven within")[0]


def _proven(goal: GoalResult, asked: float) -> str:
    """What is proven of one goal; its own step is finished if it came within the gap that was asked for."""
    if not math.isfinite(goal.bound):
        return "not begun" if math.isnan(goal.bound) else "not finished (nothing proven)"
    within = f"within {phrases.proof(proof_gap(goal))}"
    finished = goal.optimality_gap <= asked * (1 + 1e-6)
    return f"proven {within}" if finished else f"not finished ({within})"


def proof_gap(goal: GoalResult) -> float:
    """What is proven of a goal as the plan stands, the same wherever it is said: of several steps the least certain."""
    return max([goal.proof_gap, *(relative(city.mean, city.bound) for city in goal.cities if math.isfinite(city.bound))])


def relative(value: float, bound: float) -> float:
    """How far a value lies above what nothing can beat, as a share of it."""
    return max(0.0, value - bound) / max(abs(value), SMALLEST)


def _result(plan: Plan, goal: Goal | None, result: GoalResult) -> str:
    label = name(result.name) if goal is None else _label(plan.case, goal)
    unit = _unit(plan, goal)
    value, bound = figures(plan, result)
    said = f"{label}: {value}{unit}"
    return said if value == bound or not math.isfinite(result.bound) else f"{said}, nothing can beat {bound}"


def _label(case: Case, goal: Goal) -> str:
    """The parts of a goal as words: mean gap + 0.5 worst city; with its cities, where they are not all."""
    parts = parts_in_words(case, goal, goal.parts)
    if len(goal.cities) == len(case.cities) or not goal.gap_parts:
        return parts
    return f"{parts} of {phrases.join([case.cities[i].name for i in goal.cities], CITIES_SHOWN)}"


def _unit(plan: Plan, goal: Goal | None) -> str:
    if goal is not None and set(goal.parts) == {"emissions"}:
        units = {airshed.unit for airshed in plan.case.airsheds.values()}
        return f" {units.pop()} in all years together" if len(units) == 1 else ""
    if goal is None or set(goal.parts) != {"spending"}:
        return ""
    return f" {plan.case.money.unit}" + (", discounted" if goal.discounted else "")


def figures(plan: Plan, result: GoalResult) -> tuple[str, str]:
    """Value and bound of a goal, the same wherever they stand; a bound that is not known is empty."""
    return in_figures(plan.case, result.name, result.value), in_figures(plan.case, result.name, result.bound)


def in_figures(case: Case, goal: str, value: float) -> str:
    """What a goal comes to: money and emissions as everywhere, all else to four digits; empty where it is not known."""
    if not math.isfinite(value):
        return ""
    parts = next((set(found.parts) for found in case.goals if found.name == goal), set())
    is_money = parts in ({"spending"}, {"emissions"})
    return phrases.number(value, phrases.money_decimals([value])) if is_money else phrases.figure(value)
