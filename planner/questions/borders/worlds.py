"""Worlds with less cooperation than the case's own: each jurisdiction alone, and all together behind closed borders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.case import Case, FrozenDict, OpenService, load_case, naming, write_case
from planner.case.problems import CaseInvalid
from planner.compiling.goals import city_gaps, value_by_city, weights
from planner.planning.settling import Settler
from planner.planning.stand_alone import own_goal, promise, stand_alone_case
from planner.planning.variants import changed, named, with_goals, with_services, without_measures
from planner.plans.plan import Plan
from planner.plans.totals import spent
from planner.questions.asking import Decisions, Variant
from planner.words.said import _

Place = tuple[str, str, str]  # (indicator, city, period)


@dataclass(frozen=True)
class World:
    """What a world comes to for the cluster.

    Attributes
    ----------
    gaps
        Of every indicator, city and period.
    pays
        Jurisdiction -> public money of its own lines over the horizon.
    spending
        Public money of all lines over the horizon.
    """

    gaps: Mapping[Place, float]
    pays: Mapping[str, float]
    spending: float


def players(settler: Settler) -> tuple[str, ...]:
    """The jurisdictions that have gaps in the first goal, and so something to plan for."""
    return tuple(promise(settler.case, settler.built.instance).alone)


def instruments(case: Case) -> tuple[str, ...]:
    """The policy instruments that can be signed."""
    return tuple(a for a, m in case.measures.items() if m.is_signed and m.status == "candidate" and m.signed_by)


def needs_others(case: Case, measure: str) -> bool:
    """Whether a measure needs more than one signature."""
    return len(set(case.measures[measure].signed_by)) > 1


def alone(settler: Settler, who: str, start: Decisions) -> Variant:
    """A jurisdiction's stand-alone case, with the goals of the case that are not about gaps after its own."""
    case = settler.case
    first = replace(own_goal(case, who), name=case.goals[0].name)
    goals = first, *(goal for goal in case.goals if not goal.gap_parts)
    own = with_goals(_tidy(stand_alone_case(case, who, settler.without), case), goals)
    return Variant(_("{who} alone").format(who=naming.jurisdiction(case, who)), named(own, f"{who} alone"), start)


def _tidy(own: Case, case: Case) -> Case:
    """A stand-alone case that can be written as one: of what is ruled out no other half and no effect is left over."""
    gone = [a for a, measure in case.measures.items() if own.measures[a].status != measure.status]
    tidy = without_measures(own, gone)
    out = {a for a, measure in tidy.measures.items() if measure.status == "ruled_out"}
    return replace(
        tidy,
        effects=tuple(effect for effect in tidy.effects if effect.measure not in out),
        parks=FrozenDict({a: case.parks[a] if a in out else park for a, park in tidy.parks.items()}),
    )


def can_be_read(case: Case) -> bool:
    """Whether a case made for a question is one like any other: written as a folder, it reads back equal."""
    with TemporaryDirectory() as folder:
        try:
            write_case(case, Path(folder) / "case", filled=True)
            return load_case(Path(folder) / "case", stored=True).content_hash == case.content_hash
        except CaseInvalid:
            return False


def closed(case: Case, start: Decisions) -> Variant:
    """The case without instruments that need more than one signature, its borders closed to services where by policy.

    What is in force needs no signature: it stays, and no policy opens such a service any further.
    """
    by_policy = {s: x for s, x in case.services.items() if x.across_borders == "by_policy"}
    open_ = {s for e in case.in_force if isinstance(e, OpenService) for s in e.services}
    shut = {s: replace(x, across_borders="never") for s, x in by_policy.items() if s not in open_}
    signed = [a for a in instruments(case) if needs_others(case, a)]
    behind = without_measures(with_services(case, shut), signed)
    if open_:
        kept = (_opening_less(e, open_) if isinstance(e, OpenService) else e for e in behind.effects)
        behind = changed(behind, effects=tuple(e for e in kept if e is not None))
    return Variant(_("together with closed borders"), named(behind, "closed borders"), start)


def _opening_less(effect: OpenService, services: Collection[str]) -> OpenService | None:
    """A right without some services; None if none is left."""
    left = tuple(s for s in effect.services if s not in services)
    return replace(effect, services=left) if left else None


def nobody_plans(settler: Settler) -> World:
    """The world without any plan: what was decided before, and no more."""
    without, case = settler.without, settler.case
    paid = _paid_without(settler)
    return World(without.gaps, {who: paid.get(who, 0.0) for who in case.jurisdictions}, sum(paid.values()))


def _paid_without(settler: Settler, alone: Collection[str] = ()) -> dict[str, float]:
    """Holder of lines -> what they pay without a plan, for measures and use; who is `alone` pays for no use elsewhere."""
    without, lines = settler.without, settler.case.lines
    paid: dict[str, float] = {}
    for (_a, line, _t, _kind), money in without.payments.items():
        paid[lines[line].holder] = paid.get(lines[line].holder, 0.0) + money
    for (line, _t), money in without.fees.items():
        if lines[line].holder not in alone:
            paid[lines[line].holder] = paid.get(lines[line].holder, 0.0) + money
    return paid


def of_plan(plan: Plan) -> World:
    """The world of a plan that all make together."""
    people = plan.tables["jurisdictions"]
    paid = {who: float(people["pays"][people["jurisdiction"] == who].sum()) for who in plan.case.jurisdictions}
    return World(gaps_of(plan), paid, spent(plan))


def put_together(settler: Settler, plans: Mapping[str, Plan]) -> World:
    """The world in which each jurisdiction makes its stand-alone plan: its own cities fare as its own plan has it.

    A jurisdiction without gaps does nothing, and neither does one that cannot even keep what was decided before. What was
    decided before is paid for as without a plan, and use elsewhere by none that plans alone: its borders are closed.
    """
    case, base = settler.case, nobody_plans(settler)
    made = {who: plan for who, plan in plans.items() if plan.has_decisions}
    own = {who: gaps_of(plan) for who, plan in made.items()}
    gaps = {place: own.get(case.cities[place[1]].jurisdiction, base.gaps)[place] for place in base.gaps}
    paid, by_plans = _paid_without(settler, alone=made), {who: of_plan(plan) for who, plan in made.items()}
    pays = {who: paid.get(who, 0.0) + (by_plans[who].pays[who] if who in by_plans else 0.0) for who in case.jurisdictions}
    return World(gaps, pays, sum(paid.values()) + sum(world.spending for world in by_plans.values()))


def gaps_of(plan: Plan) -> dict[Place, float]:
    """Every gap with the plan."""
    table = plan.tables["indicators"]
    places = zip(table["indicator"], table["city"], table["period"], table["gap_with"], strict=True)
    return {(str(x), str(i), str(t)): float(gap) for x, i, t, gap in places}


def value(case: Case, gaps: Mapping[Place, float]) -> float:
    """The first goal over the whole cluster, of gaps wherever they come from."""
    return sum(parts(case, gaps).values())


def parts(case: Case, gaps: Mapping[Place, float]) -> dict[str, float]:
    """The first goal by jurisdiction: what its gaps add to the mean, and its cities as the worst or among the worst."""
    found = dict.fromkeys(case.jurisdictions, 0.0)
    for i, part in value_by_city(case, case.goals[0], gaps).items():
        found[case.cities[i].jurisdiction] += part
    return found


def own_gaps(case: Case, who: str, gaps: Mapping[Place, float]) -> tuple[float, float]:
    """The mean gap and the worst city's gap of a jurisdiction's own cities, weighed as in the first goal."""
    weight = {
        place: w for place, w in weights(case, case.goals[0], gaps).items() if case.cities[place[1]].jurisdiction == who
    }
    total = sum(weight.values())
    mean = sum(w * gaps[place] for place, w in weight.items()) / total if total else nan
    return mean, max(city_gaps(weight, gaps).values(), default=nan)


def brought(case: Case, who: str, people: Mapping[Place, float], world: World, base: World) -> float:
    """People brought to standard in a jurisdiction in the last period, less those whom it takes away."""
    last = case.periods[-1].id
    return sum(
        heads * (base.gaps[place] - world.gaps[place])
        for place, heads in people.items()
        if place[2] == last and case.cities[place[1]].jurisdiction == who
    )
