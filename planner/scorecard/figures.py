"""The figures of the scorecard, each declared once: part, words, unit, which way is better, and how it is worked out.

What prints, draws, writes or compares scorecards reads this list and nothing else. A figure that needs a fact says which, so
that a reader of a scorecard knows what to bring where it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from planner.case import Case, naming
from planner.case.facts import BRANCHES, INDEX, Fact
from planner.case.measures import Level
from planner.case.travel import border_minutes
from planner.plans.totals import columns
from planner.scorecard import formulas
from planner.scorecard.money import across_borders, invested, per_head, unit_a_head
from planner.scorecard.world import World
from planner.words import numbers
from planner.words.said import Sentence, _, series

Part = Literal["infrastructure", "industry", "social", "mechanisms", "outcomes", "index"]
PARTS: Mapping[Part, Sentence] = {
    "infrastructure": _("Infrastructure"),
    "industry": _("Industry"),
    "social": _("Social"),
    "mechanisms": _("Mechanisms"),
    "outcomes": _("Outcomes"),
    "index": _("Index of regional development"),
}
Better = Literal["more", "less", ""]
Each = Literal["", "services", "jobs"]
Work = Callable[[World, str], float | None]


@dataclass(frozen=True)
class Figure:
    """A figure of the scorecard.

    Attributes
    ----------
    id
        What files call it; `{of}` stands for the service or indicator that it is of, where there is one for each.
    part
        Of the scorecard.
    name
        In words, with `{of}` likewise.
    unit
        Of its values; `{money}` stands for the case's money a head, `{unit}` for the unit of a service.
    better
        Which way is better; empty where neither is.
    formula
        How it is worked out, in a sentence.
    work
        The figure of a state; None where it is not known.
    each
        Of which things of the case there is one for each.
    facts
        Facts of the case that it needs.
    needs
        What else it needs, where not every case has that.
    changes
        Whether a plan can change it; if not, it is a figure of today.
    today
        Whether there is one of today; if not, it is a figure of the plan.
    """

    id: str
    part: Part
    name: Sentence
    unit: Sentence
    better: Better
    formula: Sentence
    work: Work
    each: Each = ""
    facts: tuple[str, ...] = ()
    needs: Sentence | None = None
    changes: bool = True
    today: bool = True


def in_facts(*facts: str) -> Sentence:
    """That a figure needs one of some facts."""
    return _("{facts} in facts.csv").format(facts=series([f"`{fact}`" for fact in facts], ", ", " or "))


PERCENT, MINUTES, RATIO = _("%"), _("minutes"), _("times")
OF_PEOPLE = _("% of people")
OUTPUT_PER_HEAD = _(
    "today's gross domestic product with that of parks, over today's people: how either grows by itself is left out, so "
    "that what differs from today comes of parks"
)
DENSITY = _("km per 1,000 km2")
EMPLOYED = tuple(f"employed_{branch}" for branch in BRANCHES)
EMPLOYMENT = ("employed", "employed_<branch>")


# --- infrastructure


def _density(fact: str, density: str) -> Work:
    def work(world: World, _of: str) -> float | None:
        """Km of the cluster, or of all its jurisdictions, over the land of its cities; or the density as it is stated."""
        case = world.case
        area = {i: city.area_km2 for i, city in case.cities.items()}
        whole, parts = world.fact(fact), world.facts(fact)
        if whole is None and not set(case.jurisdictions) <= set(parts) and not set(case.cities) <= set(parts):
            stated = world.fact(density)
            return stated.value if stated is not None else None
        land = sum(a for a in area.values() if a)
        if any(not a for a in area.values()) or land <= 0:
            return None
        names = case.jurisdictions if set(case.jurisdictions) <= set(parts) else tuple(case.cities)
        km = whole.value if whole is not None else sum(parts[name].value for name in names)
        return 1000.0 * km / land

    return work


def _near(within: float) -> Work:
    return lambda world, _of: _percent(formulas.near(world.minutes, world.people, world.cores, within))


def _reached(within: float) -> Work:
    return lambda world, _of: _percent(formulas.reached(world.minutes, world.people, within))


def _between_cores(world: World, _of: str) -> float | None:
    pairs = [(i, j) for i in world.cores for j in world.cores if i != j]
    if not pairs or any(pair not in world.minutes for pair in pairs):
        return None
    return sum(world.minutes[pair] for pair in pairs) / len(pairs)


def _pairs(world: World, _of: str) -> float | None:
    pairs = [(i, j) for i in world.case.cities for j in world.case.cities if i != j]
    near = sum(world.minutes.get(pair, 121.0) <= 120.0 for pair in pairs)
    return 100.0 * near / len(pairs) if pairs else None


def _borders(world: World, _of: str) -> float | None:
    """Pairs of jurisdictions joined by a link that serves, on some of which the border costs minutes."""
    case = world.case
    slow = set()
    for link in case.links.values():
        between = frozenset(case.cities[i].jurisdiction for i in (link.from_city, link.to_city))
        if len(between) > 1 and set(link.needs) <= world.serving and border_minutes(case, world.serving, link) > 0:
            slow.add(between)
    return float(len(slow))


def _centrality(world: World, _of: str) -> float | None:
    return _percent(formulas.passing(world.ways, world.cores[0])) if world.cores else None


# --- industry


def branches(world: World) -> tuple[dict[str, dict[str, float]], dict[str, float]] | None:
    """City -> branch -> share of those who work, adding to 1; and city -> people who work. None where too few are known."""
    working = world.of_cities("employed")
    by_branch = {branch: world.facts(f"employed_{branch}") for branch in BRANCHES}
    if working is None:
        return None
    shares = {
        i: {branch: stated[i].value for branch, stated in by_branch.items() if i in stated}
        for i in working
        if sum(i in stated for stated in by_branch.values()) > 1
    }
    if not world.is_known(shares):
        return None
    total = {i: sum(of.values()) for i, of in shares.items()}
    return {i: {b: share / total[i] for b, share in of.items()} for i, of in shares.items() if total[i] > 0}, working


def _krugman(world: World, _of: str) -> float | None:
    known = branches(world)
    return None if known is None else formulas.krugman(*known)


def _likeness(world: World, _of: str) -> float | None:
    known = branches(world)
    return None if known is None else formulas.likeness(known[0])


def _stated_mean(fact: str, weight: str) -> Work:
    def work(world: World, _of: str) -> float | None:
        """Mean of a fact of cities, weighted by people or by those who work."""
        values = world.of_cities(fact)
        weights = world.people if weight == "people" else world.of_cities(weight)
        if values is None or weights is None:
            return None
        return formulas.mean({i: value for i, value in values.items() if i in weights}, weights)

    return work


def _stated(fact: str) -> Work:
    def work(world: World, _of: str) -> float | None:
        stated = world.fact(fact)
        return None if stated is None else stated.value

    return work


def _private(world: World, _of: str) -> float | None:
    public, private = invested(world)
    return 100.0 * private / (public + private) if public + private > 0 else None


def _jobs(world: World, indicator: str) -> float | None:
    rows = [row for row in world.indicators if row.indicator == indicator]
    values = {row.city: value for row in rows if (value := world.figure(row)) is not None}
    return formulas.mean(values, world.people) if values else None


def co_built(world: World) -> list[str]:
    """Parks started whose origin is in another jurisdiction than their host."""
    case = world.case
    found = []
    for name in sorted(world.starts):
        park = case.parks.get(name)
        if park is not None and case.measures[name].is_park and park.origin is not None:
            host = case.cities[case.measures[name].cities[0]].jurisdiction
            if case.cities[park.origin].jurisdiction != host:
                found.append(name)
    return found


def _co_built(world: World, _of: str) -> float | None:
    stated, people = world.fact("co_built_parks"), sum(world.people.values())
    if stated is None or people <= 0:
        return None
    return (stated.value + len(co_built(world))) / people * 1e7


def _new_co_built(world: World, _of: str) -> float | None:
    people = sum(world.people.values())
    return len(co_built(world)) / people * 1e7 if people > 0 and world.case.parks else None


def _chains(world: World, _of: str) -> float | None:
    if not world.case.chains:
        return None
    rows = columns(world.plan.tables["bonus"], "chain", "measure", "partner", "period", "jobs")
    alive = {
        chain
        for chain, one, other, period, jobs in rows
        if period == world.last and jobs > 0 and {one, other} <= world.starts
    }
    return 100.0 * len(alive) / len(world.case.chains)


# --- social


def _at_standard(world: World, service: str) -> float | None:
    """Each city's level as a share of the standard, at most all of it; weighted by the people whom it is for."""
    rows = [row for row in world.indicators if row.indicator == service and row.standard > 0]
    met = {row.city: min(1.0, value / row.standard) for row in rows if (value := world.figure(row)) is not None}
    return _percent(formulas.mean(met, world.heads(service))) if met else None


def _per_100k(world: World, service: str) -> float | None:
    """Level x heads is what residents have; over all people of the cities where it is known."""
    level, heads = world.level(service), world.heads(service)
    people = sum(world.people[i] for i in level)
    has = sum(value * heads[i] / 1000.0 for i, value in level.items())
    return 1e5 * has / people if people > 0 and world.is_known(level) else None


def _best_to_worst(world: World, service: str) -> float | None:
    return _span(world.level(service))


def _theil(part: int) -> Work:
    def work(world: World, service: str) -> float | None:
        level = world.level(service)
        groups = {i: world.case.cities[i].jurisdiction for i in level}
        found = formulas.theil(level, world.heads(service), groups) if level else None
        return None if found is None else 1000.0 * found[part]

    return work


def _degrees_span(world: World, _of: str) -> float | None:
    return _span(world.of_cities("degrees") or {})


def _span(values: Mapping[str, float]) -> float | None:
    """The largest over the smallest; None with fewer than two, or where somebody has nothing."""
    return max(values.values()) / min(values.values()) if len(values) > 1 and min(values.values()) > 0 else None


# --- mechanisms


def _instruments(level: str) -> Work:
    def work(world: World, _of: str) -> float | None:
        """Those in force, with those that are signed in this state."""
        stated = [fact.value for fact in world.facts(f"instruments_{level}").values()]
        return sum(stated) + _signed_at(world, level) if stated else None

    return work


def _signed_at(world: World, level: str) -> int:
    return sum(world.case.measures[name].level == level for name in world.starts)


def _signed(world: World, _of: str) -> float | None:
    return float(sum(world.case.measures[name].is_signed for name in world.starts))


def _across(world: World, _of: str) -> float | None:
    return per_head(world, across_borders(world))


def _tax_shared(world: World, _of: str) -> float | None:
    rows = columns(world.plan.tables["taxes"], "measure", "part", "amount")
    return per_head(world, sum(amount for name, part, amount in rows if part == "origin" and name in world.starts))


# --- outcomes


def _people(world: World, _of: str) -> float | None:
    return sum(world.people.values()) / 1e6


def _people_a_km2(world: World, _of: str) -> float | None:
    area = [city.area_km2 for city in world.case.cities.values()]
    return sum(world.people.values()) / sum(a or 0.0 for a in area) if all(area) else None


def output_per_head(world: World, groups: Mapping[str, list[str]]) -> dict[str, float]:
    """Group -> output a head of today's people, of groups whose cities all have a figure; none where too little is known.

    Output is that of today and of parks: over people of a later year it would fall in cities that grow, plan or no plan.
    """
    output = world.output
    found = {}
    for name, cities in groups.items():
        people = sum(world.people_today[i] for i in cities)
        if output is not None and all(i in output for i in cities) and people > 0:
            found[name] = sum(output[i] for i in cities) / people
    return found


def _poorest_part(world: World, _of: str) -> float | None:
    return _percent_of(output_per_head(world, world.by_jurisdiction))


def _poorest_city(world: World, _of: str) -> float | None:
    return _percent_of(output_per_head(world, {i: [i] for i in world.case.cities}))


def _rest_to_core(world: World, _of: str) -> float | None:
    known = world.output or {}
    rest = [i for i in world.case.cities if i not in world.cores and i in known]
    found = output_per_head(world, {"core": list(world.cores), "rest": rest})
    return 100.0 * found["rest"] / found["core"] if len(found) == 2 and found["core"] > 0 else None


def _percent_of(values: Mapping[str, float]) -> float | None:
    span = _span(values)
    return None if span is None else 100.0 / span


# --- the index


def _ratio(world: World, work: Work, of: str, better: Better) -> float | None:
    """A figure as times of today's; the other way round where less is better."""
    now, then = work(World(world.plan, "today"), of), work(world, of)
    if now is None or then is None or now <= 0 or then <= 0:
        return None
    return now / then if better == "less" else then / now


def index_parts(case: Case) -> dict[str, list[tuple[Work, str, Better]]]:
    """Part of the index -> the figures of the case that it is made of."""
    jobs = [x for x, work in case.work.items() if work.kind == "target"]
    return {
        "innovation": [(_jobs, x, "more") for x in jobs],
        "coordination": [(_rest_to_core, "", "more")],
        "green": [(_emissions, airshed, "less") for airshed in case.airsheds],
        "openness": [(_reached(120), "", "more")],
        "shared": [(_at_standard, service, "more") for service in case.services],
    }


INDEX_NEEDS: Mapping[str, Sentence] = {
    "innovation": _("an indicator of work against a target"),
    "coordination": _("gdp of cities"),
    "green": _("airsheds with emissions"),
    "openness": _("ways between cities"),
    "shared": _("services"),
}


def _emissions(world: World, airshed: str) -> float | None:
    """Emissions a year; without the plan those that exist and of parks decided before; nothing abated or closed by it."""
    about = world.case.airsheds[airshed]
    if world.state == "with":
        rows = columns(world.plan.tables["airsheds"], "airshed", "period", "emissions")
        return next((amount for name, period, amount in rows if name == airshed and period == world.last), None)
    first = world.case.periods[0].id
    existing = about.existing[first if world.is_today else world.last]
    return existing + sum(p.emissions for p in world.parks if _sky(world.case, p.measure) == airshed)


def _sky(case: Case, measure: str) -> str | None:
    return case.cities[case.measures[measure].cities[0]].airshed


def part_of_index(world: World, part: str) -> float | None:
    """One part of the index: 100 today."""
    ratios = [_ratio(world, work, of, better) for work, of, better in index_parts(world.case)[part]]
    known = [ratio for ratio in ratios if ratio is not None]
    return formulas.index(known) if len(known) == len(ratios) else None


def _part_of_index(part: str) -> Work:
    return lambda world, _of: part_of_index(world, part)


def _index(world: World, _of: str) -> float | None:
    """The mean of those parts that the case has figures for."""
    known = [value for part in INDEX if (value := part_of_index(world, part)) is not None]
    return sum(known) / len(known) if known else None


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


_ALL_FIGURES: tuple[Figure, ...] = (
    Figure(
        "motorway_density", "infrastructure", _("motorways"), DENSITY, "more",
        _("km of motorways over the land of the cities; km are stated, never added up from links, which join seats only"),
        _density("motorway_km", "motorway_density"), facts=("motorway_km", "motorway_density"), changes=False,
    ),
    Figure(
        "rail_density", "infrastructure", _("railways"), DENSITY, "more",
        _("km of all railways over the land of the cities"),
        _density("rail_km", "rail_density"), facts=("rail_km", "rail_density"), changes=False,
    ),
    Figure(
        "high_speed_rail_density", "infrastructure", _("high-speed railways"), DENSITY, "more",
        _("km of high-speed railways over the land of the cities"),
        _density("high_speed_rail_km", "high_speed_rail_density"),
        facts=("high_speed_rail_km", "high_speed_rail_density"), changes=False,
    ),
    *(
        Figure(
            f"near_core_{within}", "infrastructure",
            _("within {minutes} minutes of a core city").format(minutes=within), OF_PEOPLE, "more",
            _("people who live in a core city, or so many minutes from the nearest at most, from door to door"),
            _near(within), needs=_("core cities"),
        )
        for within in (60, 120)
    ),
    *(
        Figure(
            f"reached_{within}", "infrastructure",
            _("people whom a resident reaches in {minutes} minutes").format(minutes=within), OF_PEOPLE, "more",
            _("mean over all residents of the share of the cluster within so many minutes, their own city counted whole"),
            _reached(within),
        )
        for within in (60, 120)
    ),
    Figure(
        "between_cores", "infrastructure", _("from core city to core city"), MINUTES, "less",
        _("mean over pairs of core cities, from door to door"), _between_cores,
        needs=_("two core cities with a way between"),
    ),
    Figure(
        "pairs_120", "infrastructure", _("pairs of cities within 2 hours"), PERCENT, "more",
        _("of all pairs of cities, each in both directions"), _pairs,
    ),
    Figure(
        "slow_borders", "infrastructure", _("borders at which travellers lose time"), _("borders"), "less",
        _("pairs of jurisdictions joined by a link on which the border costs minutes"), _borders,
    ),
    Figure(
        "centrality", "infrastructure", _("ways that pass the largest core city"), PERCENT, "less",
        _("of the fastest ways between two other cities (betweenness); a cluster with several centres has less"),
        _centrality, needs=_("core cities"),
    ),
    Figure(
        "specialisation", "industry", _("specialisation (Krugman)"), _("0 to 2"), "more",
        _("sum over branches of the differences of a city's shares of employment from the cluster's, mean of all who work"),
        _krugman, facts=EMPLOYMENT, changes=False,
    ),
    Figure(
        "likeness", "industry", _("likeness of cities' industries"), _("-1 to 1"), "less",
        _("mean over pairs of cities of the correlation of their shares of employment"),
        _likeness, facts=EMPLOYMENT, changes=False,
    ),
    Figure(
        "professionals", "industry", _("professional and technical staff"), _("% of those who work"), "more",
        _("mean of the cities, weighted by those who work"), _stated_mean("professionals", "employed"),
        facts=("professionals", "employed"), changes=False,
    ),
    Figure(
        "{of}_per_1000", "industry", _("{of}"), _("per 1,000 people"), "more",
        _("jobs of the indicator, existing and in parks, over people"), _jobs, each="jobs",
        needs=_("an indicator of work against a target"),
    ),
    Figure(
        "private_share", "industry", _("private share of investment over the horizon"), PERCENT, "more",
        _("capital that private investors pay, of all capital of the measures that start"), _private, today=False,
        needs=_("measures that start"),
    ),
    Figure(
        "co_built_parks", "industry", _("co-built parks"), _("per 10 million people"), "more",
        _("parks with a partner in another jurisdiction: those stated, and those that the plan starts"), _co_built,
        facts=("co_built_parks",),
    ),
    Figure(
        "new_co_built_parks", "industry", _("co-built parks that the plan starts"), _("per 10 million people"), "more",
        _("parks that start and come from another jurisdiction"), _new_co_built, needs=_("parks"), today=False,
    ),
    Figure(
        "chains_at_work", "industry", _("value chains at work"), PERCENT, "more",
        _("of the case's chains, those of which two parks lie within the chain's minutes and bring bonus jobs"), _chains,
        needs=_("value chains"), today=False,
    ),
    Figure(
        "research_spending", "industry", _("research and development"), _("% of GDP"), "more", _("as stated"),
        _stated("research_spending"), facts=("research_spending",), changes=False,
    ),
    Figure(
        "patents", "industry", _("invention patents"), _("per 10,000 people"), "more", _("as stated"), _stated("patents"),
        facts=("patents",), changes=False,
    ),
    Figure(
        "{of}_at_standard", "social", _("{of}: of what the standard asks for ({standard})"), PERCENT, "more",
        _("each city's figure as a share of the standard of the last period, weighted by the people whom it is for"),
        _at_standard, each="services",
    ),
    Figure(
        "{of}_per_100k", "social", _("{of} per 100,000 people"), _("{unit}"), "more",
        _("what residents have, also above the standard, over all people"), _per_100k, each="services",
    ),
    Figure(
        "{of}_best_to_worst", "social", _("{of}: best city to worst"), RATIO, "less",
        _("what residents have, of those whom it is for: the largest over the smallest"), _best_to_worst, each="services",
    ),
    Figure(
        "{of}_spread_within", "social", _("{of}: spread within jurisdictions"), _("Theil x 1,000"), "less",
        _("Theil's index of what residents have, weighted by people: the part within jurisdictions"), _theil(0),
        each="services",
    ),
    Figure(
        "{of}_spread_between", "social", _("{of}: spread between jurisdictions"), _("Theil x 1,000"), "less",
        _("the part of it between jurisdictions"), _theil(1), each="services",
    ),
    Figure(
        "degrees", "social", _("people with higher education"), _("per 100,000 people"), "more",
        _("mean of the cities, weighted by people"), _stated_mean("degrees", "people"), facts=("degrees",), changes=False,
    ),
    Figure(
        "degrees_best_to_worst", "social", _("higher education: best city to worst"), RATIO, "less",
        _("the largest over the smallest"), _degrees_span, facts=("degrees",), changes=False,
    ),
    *(
        Figure(
            f"instruments_{level}", "mechanisms", _("{level}, in force").format(level=naming.LEVELS[level]),
            _("instruments"), "more", _("those stated, and those that the plan signs"), _instruments(level),
            facts=(f"instruments_{level}",), needs=in_facts("instruments_<level>"),
        )
        for level in get_args(Level)
    ),
    Figure(
        "signed", "mechanisms", _("instruments that the plan signs"), _("instruments"), "more",
        _("policies that start"), _signed, today=False,
    ),
    Figure(
        "money_across_borders", "mechanisms", _("money that crosses borders over the horizon"), _("{money}"), "more",
        _("transfers between lines of different holders, and fees for use in another jurisdiction, over the horizon"),
        _across, today=False,
    ),
    Figure(
        "tax_shared", "mechanisms", _("tax shared with origins of parks over the horizon and after"), _("{money}"), "more",
        _("over the horizon and what arrives after it"), _tax_shared, today=False,
    ),
    Figure("population", "outcomes", _("people"), _("million"), "", _("all who live there"), _people),
    Figure(
        "people_a_km2", "outcomes", _("people on a km2"), _("people"), "", _("over the land of the cities"), _people_a_km2,
        needs=_("{column} of every city").format(column="`area_km2`"),
    ),
    Figure(
        "share_population", "outcomes", _("share of the country's people"), PERCENT, "", _("as stated"),
        _stated("share_population"), facts=("share_population",), changes=False,
    ),
    Figure(
        "share_land", "outcomes", _("share of the country's land"), PERCENT, "", _("as stated"), _stated("share_land"),
        facts=("share_land",), changes=False,
    ),
    Figure(
        "share_output", "outcomes", _("share of the country's output"), PERCENT, "", _("as stated"),
        _stated("share_output"), facts=("share_output",), changes=False,
    ),
    Figure(
        "poorest_part", "outcomes", _("output per head: poorest jurisdiction to richest"), PERCENT, "more",
        OUTPUT_PER_HEAD, _poorest_part, needs=_("gdp of cities"),
    ),
    Figure(
        "poorest_city", "outcomes", _("output per head: poorest city to richest"), PERCENT, "more",
        OUTPUT_PER_HEAD, _poorest_city, needs=_("gdp of cities"),
    ),
    Figure(
        "rest_to_core", "outcomes", _("output per head: all others to core cities"), PERCENT, "more",
        OUTPUT_PER_HEAD, _rest_to_core, needs=_("gdp of cities"),
    ),
    Figure(
        "index", "index", _("index, mean of the parts below"), _("today = 100"), "more",
        _("mean of the parts for which the case has figures, equally weighted"), _index, today=False,
    ),
    *(
        Figure(
            f"index_{part}", "index", _("its part {part}").format(part=name), _("today = 100"), "more",
            _(
                "geometric mean of figures as times of today's: innovation jobs per head; coordination output per head "
                "outside the core to that in it (today's output and that of parks, over today's people); green emissions "
                "(fewer are better); openness people within 120 minutes; shared services at standard"
            ),
            _part_of_index(part), needs=INDEX_NEEDS[part], today=False,
        )
        for part, name in INDEX.items()
    ),
    Figure(
        "published_index", "index", _("index as published"), _("base year = 100"), "more", _("as stated"),
        _stated("published_index"), facts=("published_index",), changes=False,
    ),
    *(
        Figure(
            f"published_index_{part}", "index", _("its part {part} as published").format(part=name), _("base year = 100"),
            "more", _("as stated"), _stated(f"published_index_{part}"), facts=(f"published_index_{part}",),
            needs=in_facts("published_index"), changes=False,
        )
        for part, name in INDEX.items()
    ),
)  # fmt: skip
FIGURES: Mapping[str, Figure] = {figure.id: figure for figure in _ALL_FIGURES}
"""Id -> the figure, in the order in which they are shown."""


def things(figure: Figure, case: Case) -> list[str]:
    """What of a case there is such a figure for: services, indicators of jobs; of most just one, of nothing by name."""
    if figure.each == "services":
        return list(case.services)
    if figure.each == "jobs":
        return [x for x, work in case.work.items() if work.kind == "target"]
    return [""]


def name(figure: Figure, case: Case, of: str) -> str:
    """The figure's name in a case; with the standard, where it is about one, so that equal names mean the same."""
    if not of:
        return figure.name
    said: dict[str, str] = {"of": naming.indicator(case, of)}
    if of in case.services:
        service = case.services[of]
        standard = numbers.figure(service.per_1000[case.periods[-1].id])
        said["standard"] = _("{standard} per 1,000").format(standard=standard)
        if service.of != "population":
            heads = naming.people(case, service.of)
            said["standard"] = _("{standard} per 1,000 {people}").format(standard=standard, people=heads)
    return figure.name.format(**said)


def unit(figure: Figure, case: Case, of: str) -> str:
    """The figure's unit in a case."""
    said: dict[str, str] = {"money": unit_a_head(case)} if "{money}" in figure.unit.message else {}
    if figure.unit.message == "{unit}":
        return case.services[of].unit
    return figure.unit.format(**said) if said else figure.unit


def stated_by(figure: Figure, world: World) -> list[Fact]:
    """The facts of the case that a figure rests on."""
    names = {fact for stated in figure.facts for fact in (EMPLOYED if stated == "employed_<branch>" else (stated,))}
    return [fact for (_of, stated), fact in world.case.facts.items() if stated in names]


__all__ = ["FIGURES", "PARTS", "Figure", "Part", "name", "stated_by", "things", "unit"]
