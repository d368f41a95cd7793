"""Plans of different clusters side by side: by cluster, by place of a city in it, per head, and indicator by indicator.

What one cluster has and another does not is not a gap of nothing: it is not known there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import nan
from typing import NamedTuple, get_args

from planner.case import Case, alike, naming
from planner.case.places import Tier
from planner.compiling.goals import first_about_gaps, weights
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.scorecard.money import across_borders, invested, scale
from planner.scorecard.world import World

ALL = ""  # in place of a tier: all cities
TIERS: tuple[str, ...] = (ALL, *get_args(Tier))
Values = Mapping[tuple[str, ...], float]
CLOSED = "closed_per_1000_a_head"
FIGURES: Mapping[str, str] = {  # figure -> its unit; {money} stands for the money that is counted a head
    "cities": "cities",
    "people": "million",
    "gap_without": "share, 0-1",
    "gap_with": "share, 0-1",
    "worst_gap": "share, 0-1",
    "money_a_head": "{money}",
    CLOSED: "points per 1,000 {money}",
    "jobs_a_head": "per 1,000 people",
    "measures_a_head": "per million people",
    "private_share": "share, 0-1",
    "across_borders_a_head": "{money}",
    "unspent_share": "share, 0-1",
    "indicators": "indicators",
}
OF_THE_CLUSTER = ("private_share", "across_borders_a_head", "unspent_share", "indicators")  # not of a tier


def are_apart(cases: Sequence[Case]) -> bool:
    """Whether no two cases have a city in common: they are of different clusters."""
    found: set[str] = set()
    for case in cases:
        if found & set(case.cities):
            return False
        found |= set(case.cities)
    return len(cases) > 1


def money_of(case: Case) -> str:
    """The money that is counted a head, with its prices, so that only like is set beside like."""
    return f"{scale(case)[1]}, prices of {case.money.prices}"


class Meaning(NamedTuple):
    """What `planner.case.alike` says that an indicator means, in texts: equal where the meaning is the same."""

    name: str
    unit: str
    standard: str


def meaning(case: Case, x: str) -> Meaning:
    """The name, unit and standard of an indicator, as tables tell them: all that `alike.meaning` has of it."""
    means = alike.meaning(case, x)
    name: str = means["name"]
    if x in case.services:
        by_period = means["standard"]
        told = (
            ", ".join(f"{_told(value)} in {t}" for t, value in by_period.items())
            if isinstance(by_period, Mapping)
            else _told(by_period)
        )
        return Meaning(name, f"{means['unit']} per 1,000 {means['of']}", told)
    if x in case.access:
        minutes = _told(means["standard"])
        reach = means["what"] == "reach"
        told = f"{_told(100 * means['target'])} % within {minutes}" if reach else f"{minutes} to {_told(means['worst'])}"
        weighed = "" if means["what"] == "nearest" else f", by {means['weight']}"
        return Meaning(name, f"minutes, {means['what']}{weighed}", told)
    if x in case.work:
        told = "of each city" if means["what"] == "target" else f"{_told(100 * means['share'])} % of core"
        return Meaning(name, f"{means['of']} per head", told)
    return Meaning(name, "of those meant for", f"{_told(means['worst'])} times")


def _told(value: float) -> str:
    """A figure with all digits that tell it apart."""
    return f"{value:.12g}"


def figures(plan: Plan) -> Values:
    """(tier, figure, unit) -> figure; the tier "" is all cities. What is not known is not there."""
    world, case = World(plan, "with"), plan.case
    gaps = _gaps(plan)
    spent = spending(plan)
    jobs = _jobs(plan)
    started = [row for row in world.decisions if row.decided != "before" and row.units > 0]
    found: dict[tuple[str, ...], float] = {}

    def put(tier: str, figure: str, value: float) -> None:
        if value == value:
            found[tier, figure, FIGURES[figure].replace("{money}", money_of(case))] = value

    for tier in TIERS:
        here = [i for i, city in case.cities.items() if tier in (ALL, city.tier)]
        people = sum(world.people[i] for i in here)
        if not here or people <= 0:
            continue
        without, with_plan = (gaps.get((tier, state), nan) for state in ("without", "with"))
        money = scale(case)[0] * sum(spent[i] for i in here) / people
        worst = [gap for i in here if (gap := gaps.get((i, "worst"), nan)) == gap]
        measures = {row.measure for row in started if tier == ALL or set(case.measures[row.measure].cities) & set(here)}
        put(tier, "cities", len(here))
        put(tier, "people", people / 1e6)
        put(tier, "gap_without", without)
        put(tier, "gap_with", with_plan)
        put(tier, "worst_gap", max(worst, default=nan))
        put(tier, "money_a_head", money)
        put(tier, CLOSED, 100.0 * (without - with_plan) / (money / 1000.0) if money > 0 else nan)
        put(tier, "jobs_a_head", 1000.0 * sum(jobs[i] for i in here) / people if case.parks else nan)
        put(tier, "measures_a_head", 1e6 * len(measures) / people)
    public, private = invested(world)
    given = sum(amount for line in case.lines.values() for amount in line.amount.values())
    people = sum(world.people.values())
    put(ALL, "private_share", private / (public + private) if public + private > 0 else nan)
    put(ALL, "across_borders_a_head", scale(case)[0] * across_borders(world) / people if people > 0 else nan)
    put(ALL, "unspent_share", float(plan.tables["money"]["unspent"].clip(lower=0).sum()) / given if given > 0 else nan)
    put(ALL, "indicators", float(len(case.indicators)))
    return found


def _gaps(plan: Plan) -> dict[tuple[str, str], float]:
    """(tier, without or with) -> mean gap in the last period, weighted as the first goal about gaps does; (city, worst)."""
    case, last = plan.case, plan.case.periods[-1].id
    goal = first_about_gaps(case)
    rows = columns(plan.tables["indicators"], "indicator", "city", "period", "gap_without", "gap_with")
    gap = {(x, i, t): both for x, i, t, *both in rows}
    total: dict[str, float] = defaultdict(float)
    weighed: dict[tuple[str, str], float] = defaultdict(float)
    for (x, i, t), weight in weights(case, goal, gap).items():
        if t == last:
            for key in (ALL, case.cities[i].tier, f"city {i}"):
                total[key] += weight
                for state, value in zip(("without", "with"), gap[x, i, t], strict=True):
                    weighed[key, state] += weight * value
    found = {(key, state): value / total[key] for (key, state), value in weighed.items() if total[key] > 0}
    cities = {(i, "worst"): found[f"city {i}", "with"] for i in case.cities if (f"city {i}", "with") in found}
    return {key: value for key, value in found.items() if not key[0].startswith("city ")} | cities


def spending(plan: Plan) -> dict[str, float]:
    """City -> all that is paid there over the horizon, whoever pays it, in the case's unit.

    What a measure costs lies in its cities, in equal parts; without a city, with the people of the jurisdictions that sign
    it, or of all; a fee lies with those who use the service.
    """
    case, found = plan.case, dict.fromkeys(plan.case.cities, 0.0)
    costs: dict[str, float] = defaultdict(float)
    for name, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        costs[name] += capital + running
    for name, own, attracted in columns(plan.tables["private"], "measure", "own", "attracted"):
        costs[name] += own + attracted
    for name, cost in costs.items():
        for i, part in _located(case, name).items():
            found[i] += part * cost
    for home, fee in columns(plan.tables["uses"], "from", "fee"):
        found[home] += fee
    return found


def _located(case: Case, name: str) -> dict[str, float]:
    """City -> part of a measure's cost that lies there."""
    measure = case.measures[name]
    if measure.cities:
        return dict.fromkeys(measure.cities, 1.0 / len(measure.cities))
    signed = [i for i, city in case.cities.items() if city.jurisdiction in measure.jurisdictions] or list(case.cities)
    people = {i: case.cities[i].population[case.periods[-1].id] for i in signed}
    total = sum(people.values())
    return {i: heads / total for i, heads in people.items()} if total > 0 else dict.fromkeys(signed, 1.0 / len(signed))


def _jobs(plan: Plan) -> dict[str, float]:
    """City -> productive jobs of the parks that serve in the last period, and bonus jobs with them."""
    case, found = plan.case, dict.fromkeys(plan.case.cities, 0.0)
    for name, period, jobs, bonus in columns(plan.tables["parks"], "measure", "period", "jobs", "bonus_jobs"):
        if period == case.periods[-1].id:
            found[case.measures[name].cities[0]] += jobs + bonus
    return found


def indicators(plan: Plan) -> Values:
    """(name, unit, standard, tier, without or with) -> mean gap of an indicator in the last period, by people."""
    case, last = plan.case, plan.case.periods[-1].id
    rows = columns(plan.tables["indicators"], "indicator", "city", "period", "people", "gap_without", "gap_with")
    total: dict[tuple[str, ...], float] = defaultdict(float)
    weighed: dict[tuple[str, ...], float] = defaultdict(float)
    for x, i, t, people, *both in rows:
        if t == last:
            for tier in (ALL, case.cities[i].tier):
                for state, gap in zip(("without", "with"), both, strict=True):
                    key = (*meaning(case, x), tier, state)
                    total[key] += people
                    weighed[key] += people * gap
    order = {meaning(case, x): n for n, x in enumerate(case.indicators)}
    keys = sorted(total, key=lambda key: (order[Meaning(*key[:3])], TIERS.index(key[3]), key[4] == "with"))
    return {key: weighed[key] / total[key] for key in keys if total[key] > 0}


def known_of(cases: Iterable[Case]) -> int:
    """How many different indicators some cases have in all, by their names."""
    return len({str(naming.indicator(case, x)) for case in cases for x in case.indicators})
