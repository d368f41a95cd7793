"""Where an industry may go: what a case knows of each city for a firm that looks for a site, without the plan and with it.

There are no secret weights: each column is shown, cities stand in the order of one of them, or in that of a score with
weights that somebody states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from planner.case import AddLand, RaisePrivateShare, ShareTax
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.scorecard.world import World
from planner.words.said import Sentence, _

NEAR = 60.0  # minutes
Value = float | None


@dataclass(frozen=True)
class Column:
    """What is known of a city as a site.

    Attributes
    ----------
    name, head, unit
        In words, and as short as a heading; a unit `{air}` stands for that of airsheds.
    more
        Whether more is better.
    formula
        How it is worked out.
    work
        The value of a city for an industry in a state; None where it is not known, or there is none.
    """

    name: Sentence
    head: Sentence
    unit: Sentence
    more: bool
    formula: Sentence
    work: Callable[[World, str, str], Value]


def _near(world: World, city: str) -> list[str]:
    return [j for j in world.case.cities if j == city or world.minutes.get((city, j), NEAR + 1) <= NEAR]


def _people(world: World, city: str, _industry: str) -> Value:
    return sum(world.people[j] for j in _near(world, city)) / 1e6


def _skilled(world: World, city: str, _industry: str) -> Value:
    near = [j for j in _near(world, city) if world.case.cities[j].skilled is not None]
    employed: dict[str, float] = {}
    for park in world.parks:
        host = world.case.measures[park.measure].cities[0]
        employed[host] = employed.get(host, 0.0) + park.skilled
    return (
        sum(max(0.0, (world.case.cities[j].skilled or 0.0) - employed.get(j, 0.0)) for j in near) / 1000.0 if near else None
    )


def _to_nearest(world: World, city: str, wanted: set[str]) -> Value:
    return min((world.minutes[city, j] for j in wanted if (city, j) in world.minutes), default=None)


def _origin(world: World, city: str, industry: str) -> Value:
    return _to_nearest(world, city, {p.origin for p in world.case.parks.values() if p.industry == industry and p.origin})


def _partner(world: World, city: str, industry: str) -> Value:
    partners = {other for chain in world.case.chains.values() for other in _others(chain.industries, industry)}
    hosts = {
        world.case.measures[name].cities[0]
        for name in world.serving
        if (park := world.case.parks.get(name)) is not None
        and world.case.measures[name].is_park
        and park.industry in partners
    }
    return _to_nearest(world, city, hosts)


def _others(pair: tuple[str, str], industry: str) -> tuple[str, ...]:
    """What an industry's partner in a chain is of; it may be of the same."""
    return tuple(other for k, other in enumerate(pair) if pair[1 - k] == industry)


def _land(world: World, city: str, _industry: str) -> Value:
    quota = world.case.cities[city].land_quota_km2
    if quota is None:
        return None
    added = sum(
        e.km2 for e in world.case.effects if isinstance(e, AddLand) and e.measure in world.serving and city in e.cities
    )
    used = {p.measure: p.area_km2 for p in world.parks if world.case.measures[p.measure].cities[0] == city}
    return max(0.0, quota + added - sum(used.values()))


def parks_in(world: World, city: str, industry: str) -> list[str]:
    """Parks of an industry that the case offers in a city."""
    return [
        name
        for name, park in world.case.parks.items()
        if park.industry == industry and world.case.measures[name].is_park and city in world.case.measures[name].cities
    ]


def _tax(world: World, city: str, industry: str) -> Value:
    """The largest share that a right in force, or one that is signed, gives to the origin of a park that is offered here."""
    offered = set(parks_in(world, city, industry))
    if not offered:
        return None
    shares = [
        e.share
        for e in world.case.effects
        if isinstance(e, ShareTax) and e.measure in world.starts and offered & set(e.parks)
    ]
    return 100.0 * max(shares, default=0.0)


def _instruments(world: World, city: str, industry: str) -> Value:
    offered, found = set(parks_in(world, city, industry)), set()
    for e in world.case.effects:
        if e.measure not in world.starts:
            continue
        helps_parks = isinstance(e, ShareTax) and offered & set(e.parks)
        helps_parks = helps_parks or (isinstance(e, RaisePrivateShare) and offered & set(e.measures))
        if helps_parks or (isinstance(e, AddLand) and city in e.cities):
            found.add(e.measure)
    return float(len(found))


def _air(world: World, city: str, _industry: str) -> Value:
    airshed = world.case.cities[city].airshed
    cap = world.case.airsheds[airshed].cap if airshed is not None else None
    if airshed is None or cap is None:
        return None
    if world.state == "with":
        rows = columns(world.plan.tables["airsheds"], "airshed", "period", "emissions")
        emitted = next((amount for name, t, amount in rows if name == airshed and t == world.last), 0.0)
    else:
        here = (p for p in world.parks if world.case.cities[world.case.measures[p.measure].cities[0]].airshed == airshed)
        emitted = world.case.airsheds[airshed].existing[world.last] + sum(p.emissions for p in here)
    return max(0.0, cap[world.last] - emitted)


COLUMNS: Mapping[str, Column] = {
    "people": Column(
        _("people within 60 minutes"), _("people near"), _("million"), True,
        _("who live there or so many minutes away at most"), _people,
    ),
    "skilled": Column(
        _("skilled people within 60 minutes"), _("skilled near"), _("thousand"), True,
        _("who look for skilled work today, less those whom parks employ; graduates who join them are not counted"),
        _skilled,
    ),
    "origin": Column(
        _("to an origin of the industry"), _("to origin"), _("minutes"), False,
        _("to the nearest city that parks of the industry come from"), _origin,
    ),
    "partner": Column(
        _("to a partner in a chain"), _("to partner"), _("minutes"), False,
        _("to the nearest park of an industry that shares a value chain"), _partner,
    ),
    "land": Column(
        _("land left for parks"), _("land left"), _("km2"), True,
        _("the city's quota, with land that instruments add, less that of parks"), _land,
    ),
    "tax": Column(
        _("tax that goes to the origin"), _("tax shared"), _("%"), True,
        _("by the instruments that are signed, of parks of the industry that the case offers there"), _tax,
    ),
    "instruments": Column(
        _("instruments for its parks"), _("instruments", "of a site"), _("signed"), True,
        _("instruments that share tax, raise the private share or add land for a park of the industry there"),
        _instruments,
    ),
    "air": Column(
        _("room in the airshed"), _("air"), _("{air}"), True, _("the cap less what is emitted"), _air
    ),
}  # fmt: skip
"""Id -> what is known of a city as a site; the first is the order in which cities stand unless weights are stated."""


@dataclass(frozen=True)
class Site:
    """A city as a site.

    Attributes
    ----------
    city
        Its id.
    without, with_plan
        Column -> value; without the plan, but with what was decided before, and with it.
    score
        0 (worst in all that is weighed) to 100 (best in all); None without weights.
    chosen
        Whether the plan starts a park of the industry there.
    offered
        Whether the case offers one.
    """

    city: str
    without: Mapping[str, Value]
    with_plan: Mapping[str, Value]
    score: float | None
    chosen: bool
    offered: bool


@dataclass(frozen=True)
class Sites:
    """The cities of a plan's cluster as sites for an industry, the best first.

    Attributes
    ----------
    weights
        Column -> weight, as stated; none: cities stand in the order of the first column.
    has_plan
        Whether there is a plan; if not, `with_plan` of all sites is empty.
    """

    plan: Plan = field(repr=False)
    industry: str
    weights: Mapping[str, float]
    sites: tuple[Site, ...]
    has_plan: bool = True

    @property
    def columns(self) -> list[str]:
        """Columns of which something is known."""
        return [x for x in COLUMNS if any(v is not None for s in self.sites for v in (s.without[x], s.with_plan.get(x)))]


def sites(plan: Plan, industry: str, weights: Mapping[str, float], has_plan: bool = True) -> Sites:
    """The cities as sites for an industry.

    Parameters
    ----------
    weights
        Column of `COLUMNS` -> weight above 0. The score of a city is the weighted mean of its places between the worst city
        (0) and the best (100) of each column, with the plan if there is one; a city without a figure stands with the worst.
    has_plan
        Whether the plan is somebody's, rather than one that starts nothing.
    """
    before, after = World(plan, "without"), World(plan, "with")
    shown = after if has_plan else before
    values = {
        state: {i: {x: column.work(world, i, industry) for x, column in COLUMNS.items()} for i in plan.case.cities}
        for state, world in (("without", before), ("with", shown))
    }
    scores = _scores(values["with"], weights)
    found = [
        Site(
            i,
            values["without"][i],
            values["with"][i] if has_plan else {},
            scores.get(i),
            has_plan and any(name in after.starts for name in parks_in(after, i, industry)),
            bool(parks_in(after, i, industry)),
        )
        for i in plan.case.cities
    ]
    first = next(iter(COLUMNS))
    ordered = sorted(found, key=lambda s: -(s.score if s.score is not None else values["with"][s.city][first] or 0.0))
    return Sites(plan, industry, dict(weights), tuple(ordered), has_plan)


def _scores(values: Mapping[str, Mapping[str, Value]], weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    if total <= 0:
        return {}
    scores = dict.fromkeys(values, 0.0)
    for x, weight in weights.items():
        known = {i: v for i, row in values.items() if (v := row[x]) is not None}
        least, most = min(known.values(), default=0.0), max(known.values(), default=0.0)
        for i, value in known.items():
            place = (value - least) / (most - least) if most > least else 1.0
            scores[i] += weight / total * 100.0 * (place if COLUMNS[x].more or most == least else 1.0 - place)
    return scores
