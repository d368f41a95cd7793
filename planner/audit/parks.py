"""Parks: who works where and what limits it, value chains, skills, land, closures, air and indicators of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, nan

from planner.audit import moves
from planner.audit.books import Books
from planner.audit.report import Ledger, number
from planner.audit.serving import Serving, unit_started
from planner.audit.world import Situation, World
from planner.case import TODAY, AddLand, Airshed, Case, Chain, LowerEmissions, Park, Work
from planner.plans.tables import Bonus, Indicator, ParkYear, Phase
from planner.words.said import _

PerPark = Mapping[tuple[str, str], float]  # park, period -> jobs
Rows = Mapping[tuple[str, str, str], Indicator]


@dataclass(frozen=True)
class Production:
    """Jobs of the parks as the tables of phases and of bonuses have them, by park and period; 0 where there are none.

    Attributes
    ----------
    jobs
        Productive jobs.
    bonus
        The park's half of its bonus jobs.
    """

    jobs: PerPark
    bonus: PerPark


def production(books: Books) -> Production:
    """Add up the phases and the bonuses of each park."""
    jobs: dict[tuple[str, str], float] = defaultdict(float)
    bonus: dict[tuple[str, str], float] = defaultdict(float)
    for phase in books.phases.values():
        jobs[phase.measure, phase.period] += phase.jobs
    for pair in books.bonus.values():
        bonus[pair.measure, pair.period] += pair.jobs / 2
        bonus[pair.partner, pair.period] += pair.jobs / 2
    return Production(jobs, bonus)


def is_park(case: Case, measure: str) -> bool:
    """Whether a measure is a park (a closure has a row of the same columns, and is none)."""
    return case.measures[measure].is_park and measure in case.parks


def parks_in(case: Case, city: str | None = None) -> Iterator[Park]:
    """The parks of a city, or of all."""
    for measure, park in case.parks.items():
        if is_park(case, measure) and city in (None, host(case, measure)):
            yield park


def host(case: Case, measure: str) -> str:
    """The city of a park or of a closure."""
    return case.measures[measure].cities[0]


def reaches_origin(case: Case, park: Park, situation: Situation, period: str) -> bool:
    """Whether the host is within the minutes of the origin that the park asks for (by any modes)."""
    return park.needed_way is None or situation.is_within(host(case, park.measure), *park.needed_way, period)


def check(case: Case, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    """Check who works, value chains, skills, land, plants that close, and air."""
    serving = situation.serving
    _check_rows(case, books, made, situation, ledger)
    _check_chains(case, books, made, situation, ledger)
    _check_skills(case, books, ledger)
    _check_land(case, books, serving, ledger)
    _check_closures(case, made, serving, ledger)
    _check_air(case, books, serving, ledger)


def _check_rows(case: Case, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    """Check the phases, then every row of the parks."""
    for phase in books.phases.values():
        _phase(case, phase, books, situation, ledger)
    serving = situation.serving
    expected = [(p.measure, t) for p in parks_in(case) for t in case.period_ids if serving.units(p.measure, t) > 0]
    ledger.rows("parks", "parks", books.parks, expected)
    for key in expected:
        if key in books.parks:
            _row(case, books.parks[key], books, made, situation, ledger)


def _phase(case: Case, row: Phase, books: Books, situation: Situation, ledger: Ledger) -> None:
    """Productive jobs of phases that serve, at most those of the units, and none where the origin is too far."""
    where = _("measure {measure}, {start_period}, {period}").format(
        measure=row.measure, start_period=row.start_period, period=row.period
    )
    a_park = is_park(case, row.measure)
    ledger.true("jobs", a_park, where, _("jobs {jobs}").format(jobs=number(row.jobs)), _("0: it is no park"))
    if not a_park:
        return
    ledger.true("jobs", row.jobs > 0, where, _("jobs {jobs}").format(jobs=number(row.jobs)), _("above 0"))
    park = case.parks[row.measure]
    started = books.decisions.get((row.measure, row.start_period))
    serves = row.period in unit_started(case, case.measures[row.measure], row.start_period).serves
    units = started.units if started is not None and serves else 0.0
    ledger.within("jobs", where, "jobs", row.jobs, -inf, park.jobs * units)
    near = reaches_origin(case, park, situation, row.period)
    origin, minutes = park.needed_way or ("", 0.0)
    words = _("0: {origin} is not within {minutes} minutes").format(origin=origin, minutes=number(minutes))
    ledger.true("jobs", near, where, _("jobs {jobs}").format(jobs=number(row.jobs)), words)


def _row(case: Case, row: ParkYear, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    park = case.parks[row.measure]
    where = _("measure {measure}, {period}").format(measure=row.measure, period=row.period)
    key = (row.measure, row.period)
    units = situation.serving.units(*key)
    each = made.jobs.get(key, 0.0) / park.jobs  # phases' worth of productive jobs
    bonus = made.bonus.get(key, 0.0)
    figures = {
        "units": units,
        "possible_jobs": park.jobs * units,
        "jobs": park.jobs * each,
        "bonus_jobs": bonus,
        "skilled": park.skilled_share * (park.jobs * each + bonus),
        "area_km2": park.area_km2 * units_so_far(case, books, row.measure, row.period),
        "output": park.output * each,
        "emissions": park.emissions * each,
        "tax": park.tax * each * case.period(row.period).years,
    }
    for column, should in figures.items():
        ledger.small(should).same("parks", where, column, getattr(row, column), should)


def units_so_far(case: Case, books: Books, measure: str, period: str) -> float:
    """Units of a measure started up to a period: land is never given back."""
    past = case.period_ids[: case.period_ids.index(period) + 1]
    return sum(row.units for (m, start), row in books.decisions.items() if m == measure and start in past)


# --- Value chains: bonus jobs of parks that can reach each other, at most a rate of the jobs of each.


def _check_chains(case: Case, books: Books, made: Production, situation: Situation, ledger: Ledger) -> None:
    """Check every pair, and what the pairs of each park add up to."""
    total: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in books.bonus.values():
        where = _("chain {chain}, measures {measure} and {partner}, {period}").format(
            chain=row.chain, measure=row.measure, partner=row.partner, period=row.period
        )
        says = _("jobs {jobs}").format(jobs=number(row.jobs))
        ledger.true("chains", row.jobs > 0, where, says, _("above 0"))
        linked = is_pair(case, case.chains[row.chain], row.measure, row.partner)
        ledger.true("chains", linked, where, says, _("0: no pair of different parks of its industries, in their order"))
        if linked:
            near = is_near(case, row, situation)
            said = _("0: not within {minutes} minutes").format(minutes=number(case.chains[row.chain].minutes))
            ledger.true("chains", near, where, says, said)
        for park in (row.measure, row.partner):
            total[row.chain, park, row.period] += row.jobs
    for (chain, park, period), jobs in total.items():
        most = case.chains[chain].bonus * made.jobs.get((park, period), 0.0)
        where = _("chain {chain}, measure {park}, {period}").format(chain=chain, park=park, period=period)
        ledger.within("chains", where, _("bonus jobs with all partners"), jobs, -inf, most)


def is_pair(case: Case, chain: Chain, first: str, second: str) -> bool:
    """Whether two parks are a pair of the chain: of its industries in their order, each pair once."""
    if first == second or not (is_park(case, first) and is_park(case, second)):
        return False
    if (case.parks[first].industry, case.parks[second].industry) != chain.industries:
        return False
    order = list(case.measures)
    return chain.industries[0] != chain.industries[1] or order.index(first) < order.index(second)


def is_near(case: Case, row: Bonus, situation: Situation) -> bool:
    """Whether the host of the first park is within the chain's minutes of that of the second."""
    ends = host(case, row.measure), host(case, row.partner)
    return situation.is_within(*ends, case.chains[row.chain].minutes, row.period)


# --- Skills: jobs that need skilled people, in cities that have only so many.


def _check_skills(case: Case, books: Books, ledger: Ledger) -> None:
    """Check who is free, who graduated in earlier periods, and who is needed, in every city with a limit."""
    limited = [city for city in case.cities.values() if city.skilled is not None]
    ledger.rows("skills", "skills", books.skills, [(city.id, t) for city in limited for t in case.period_ids])
    graduates = _graduates(case, books)
    for city in limited:
        so_far = 0.0
        for period in case.period_ids:
            used = sum(
                books.parks[park.measure, period].skilled
                for park in parks_in(case, city.id)
                if (park.measure, period) in books.parks
            )
            row = books.skills.get((city.id, period))
            if row is not None:
                assert city.skilled is not None
                where = _("city {city}, {period}").format(city=city.id, period=period)
                ledger.same("skills", where, "free", row.free, city.skilled)
                ledger.same("skills", where, "graduates", row.graduates, so_far)
                ledger.same("skills", where, "used", row.used, used)
                ledger.within("skills", where, "used", used, -inf, city.skilled + so_far, largest=so_far)
            so_far += graduates[city.id, period]


def _graduates(case: Case, books: Books) -> dict[tuple[str, str], float]:
    """Those whom a period's services bring to look for skilled work at home, wherever they were served."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for flow in books.flows.values():
        service = case.services[flow.service]
        a_year = service.graduates * service.stay_share * flow.amount
        found[flow.home, flow.period] += case.period(flow.period).years * a_year
    return found


# --- Land that parks use, and cities that an industry is in.


def _check_land(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check the land of every city with a quota, and the hosts of every industry with a limit."""
    for city in case.cities.values():
        if city.land_quota_km2 is not None:
            for period in case.period_ids:
                used = sum(p.area_km2 * units_so_far(case, books, p.measure, period) for p in parks_in(case, city.id))
                quota = city.land_quota_km2 + _added(case, city.id, serving, period)
                where = _("city {city}, {period}").format(city=city.id, period=period)
                ledger.promise("land", where, _("km2 of parks"), used, -inf, quota, promise=("land", city.id, period))
    started = {measure for measure, _ in books.decisions}
    for industry in case.industries.values():
        if industry.max_hosts is not None:
            parks = [p.measure for p in parks_in(case) if p.industry == industry.id]
            hosts = {host(case, measure) for measure in parks if measure in started}
            where, promise = _("industry {industry}").format(industry=industry.id), ("hosts", industry.id)
            ledger.promise("hosts", where, _("cities with parks"), len(hosts), -inf, industry.max_hosts, promise=promise)


def _added(case: Case, city: str, serving: Serving, period: str) -> float:
    """Land that serving policies add in a city."""
    return sum(
        effect.km2
        for effect in case.effects
        if isinstance(effect, AddLand) and city in effect.cities and serving.serves(effect.measure, period)
    )


# --- Closures: jobs that end, and the productive jobs that have to replace them in the same city.


def lost(case: Case, city: str, serving: Serving, period: str) -> float:
    """Jobs that have ended in a city by a period."""
    return sum(
        park.jobs * serving.units(measure, period)
        for measure, park in case.parks.items()
        if case.measures[measure].closes_plant and host(case, measure) == city
    )


def _check_closures(case: Case, made: Production, serving: Serving, ledger: Ledger) -> None:
    """Check that the parks of a city have at least as many productive jobs as its closures ended."""
    for city in case.cities.values():
        for period in case.period_ids:
            ended = lost(case, city.id, serving, period)
            if ended > 0:
                jobs = sum(made.jobs.get((park.measure, period), 0.0) for park in parks_in(case, city.id))
                promise = ("closed jobs", city.id, period)
                where = _("city {city}, {period}").format(city=city.id, period=period)
                ledger.promise("closures", where, _("productive jobs of parks"), jobs, ended, inf, promise=promise)


# --- Airsheds: emissions of parks, less what is abated and what is closed, and their caps.


def _check_air(case: Case, books: Books, serving: Serving, ledger: Ledger) -> None:
    """Check every airshed in every period."""
    ledger.rows("airsheds", "airsheds", books.airsheds, [(h, t) for h in case.airsheds for t in case.period_ids])
    for airshed in case.airsheds.values():
        for period in case.period_ids:
            if (airshed.id, period) in books.airsheds:
                _airshed(case, airshed, period, books, serving, ledger)


def _airshed(case: Case, airshed: Airshed, period: str, books: Books, serving: Serving, ledger: Ledger) -> None:
    says = books.airsheds[airshed.id, period]
    under = {measure for measure in case.parks if case.cities[host(case, measure)].airshed == airshed.id}
    existing = airshed.existing[period]
    parks = sum(row.emissions for row in books.parks.values() if row.measure in under and row.period == period)
    closed = sum(
        case.parks[measure].emissions * serving.units(measure, period)
        for measure in under
        if case.measures[measure].closes_plant
    )
    abated = sum(
        effect.by * serving.units(effect.measure, period)
        for effect in case.effects
        if isinstance(effect, LowerEmissions) and effect.airshed == airshed.id
    )
    emitted = max(0.0, existing + parks - abated - closed)
    cap = nan if airshed.cap is None else airshed.cap[period]
    where = _("airshed {airshed}, {period}").format(airshed=airshed.id, period=period)
    terms = {"existing": existing, "parks": parks, "abated": abated, "closed": closed}
    largest = max(terms.values())
    by = ledger.small(max(existing, largest))
    for column, should in {**terms, "emissions": emitted, "cap": cap}.items():
        by.same("airsheds", where, column, getattr(says, column), should, largest if column == "emissions" else 0.0)
    if airshed.cap is not None:
        promise = ("airshed", airshed.id, period)
        ledger.promise("emission caps", where, "emissions", says.emissions, -inf, cap, largest=largest, promise=promise)


# --- Indicators of work: jobs (or output) against a target, or against the core cities today.


def figures(case: Case, table: Rows, made: Production, world: World) -> dict[tuple[str, str, str], Indicator]:
    """The rows that the table of indicators should have for work.

    The plan does not show the jobs of parks without it, and where there are decided parks they do not follow from the
    case alone: there the figure is taken from the table, if it lies between the least and the most that is possible.
    """
    rows = {}
    for work in case.work.values():
        for city in work.cities:
            for period in case.period_ids:
                target = _target(case, work, city, period)
                if target > 0:
                    key = (work.id, city, period)
                    rows[key] = _work_row(case, work, city, period, target, table.get(key), made, world)
    return rows


def _work_row(
    case: Case, work: Work, city: str, period: str, target: float, said: Indicator | None, made: Production, world: World
) -> Indicator:
    people = case.cities[city].population[period]
    sizes = [1.0 + moves.asked(case, s.serving, work, city, period) / target for s in (world.without, world.with_plan)]
    of = 1000.0 if work.of == "jobs" else 1.0
    own = of / people if people > 0 else 0.0  # own units for each job, or unit of output
    with_plan = _level(case, work, city, period, made, world.with_plan)
    least, most = _possible(case, work, city, period, world.without)
    claimed = (
        least if said is None else said.without_plan * sizes[0] / own if own > 0 else target * (sizes[0] - said.gap_without)
    )
    without = min(max(claimed, least), most)
    return Indicator(
        indicator=work.id,
        city=city,
        period=period,
        people=people,
        unit="jobs per 1,000 people" if work.of == "jobs" else "output per head",
        standard=own * target,
        today=_today(case, work, city) * of,
        without_plan=own * without / sizes[0],
        with_plan=own * with_plan / sizes[1],
        gap_without=max(0.0, sizes[0] - without / target),
        gap_with=max(0.0, sizes[1] - with_plan / target),
        people_with=moves.heads(case, world.with_plan.serving, "population", city, period),
        true_gap_without=max(0.0, 1.0 - without / target / sizes[0]),
        true_gap_with=max(0.0, 1.0 - with_plan / target / sizes[1]),
    )


def _target(case: Case, work: Work, city: str, period: str) -> float:
    """Jobs or output that leave no gap."""
    place = case.cities[city]
    if work.kind == "target":
        return 0.0 if place.jobs_target is None else place.jobs_target[period]
    core = [case.cities[i] for i in work.core]
    people = sum(c.population[TODAY] for c in core)
    there = sum((c.jobs if work.of == "jobs" else c.gdp) or 0.0 for c in core)
    return work.share * there / people * place.population[period] if people > 0 else 0.0


def _existing(case: Case, work: Work, city: str) -> float:
    place = case.cities[city]
    return (place.jobs if work.of == "jobs" else place.gdp) or 0.0


def _today(case: Case, work: Work, city: str) -> float:
    """What is there today a head; 0 where nobody lives."""
    people = case.cities[city].population[TODAY]
    return _existing(case, work, city) / people if people > 0 else 0.0


def _level(case: Case, work: Work, city: str, period: str, made: Production, situation: Situation) -> float:
    """Jobs (existing, of parks, bonus, less those that ended), or output (existing and of parks)."""
    level = _existing(case, work, city)
    for park in parks_in(case, city):
        key = (park.measure, period)
        jobs = made.jobs.get(key, 0.0)
        level += jobs + made.bonus.get(key, 0.0) if work.of == "jobs" else park.output / park.jobs * jobs
    return level - _ended(case, work, city, period, situation)


def _ended(case: Case, work: Work, city: str, period: str, situation: Situation) -> float:
    """Existing jobs that are gone: of plants that closed, and that moved away, less those that moved there."""
    if work.of != "jobs":
        return 0.0
    return lost(case, city, situation.serving, period) - moves.jobs(case, situation.serving, city, period)


def _possible(case: Case, work: Work, city: str, period: str, situation: Situation) -> tuple[float, float]:
    """The least and the most that phases, routes and chains allow; all jobs are productive where nothing speaks against."""
    least = most = _existing(case, work, city) - _ended(case, work, city, period, situation)
    airshed = case.cities[city].airshed
    is_free = case.cities[city].skilled is None and not any("emissions" in goal.parts for goal in case.goals)
    is_free = is_free and (
        airshed is None or case.airsheds[airshed].cap is None
    )  # a cap, or a tax that moves, may idle some
    serving = [park for park in parks_in(case, city) if situation.serving.units(park.measure, period) > 0]
    is_free = is_free and not any(park.moved_share > 0 for park in serving)
    for park in parks_in(case, city):
        units = situation.serving.units(park.measure, period)
        if units > 0 and reaches_origin(case, park, situation, period):
            bonus = 1.0 + _rate(case, park, situation, period) / 2
            most += units * (park.jobs * bonus if work.of == "jobs" else park.output)
            least += units * (park.jobs if work.of == "jobs" else park.output) if is_free else 0.0
    return least, most


def _rate(case: Case, park: Park, situation: Situation, period: str) -> float:
    """Bonus jobs for each job, of all chains in which the park has a partner that it can reach."""
    rate = 0.0
    for chain in case.chains.values():
        pairs = [(park, other) for other in parks_in(case)] + [(other, park) for other in parks_in(case)]
        rate += chain.bonus * any(
            is_pair(case, chain, a.measure, b.measure)
            and situation.serving.units(a.measure, period) > 0
            and situation.serving.units(b.measure, period) > 0
            and is_near(case, Bonus(chain.id, a.measure, b.measure, period, 0.0), situation)
            for a, b in pairs
        )
    return rate
