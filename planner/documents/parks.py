"""Parks and their jobs: how many of those possible are productive, what holds the others back, and who fills them."""

from __future__ import annotations

from planner.case import AddLand, Case, naming
from planner.documents.limits import ParkYear, park_years
from planner.plans.plan import Plan
from planner.plans.totals import columns, serving, totals
from planner.words import phrases
from planner.words.plurals import count


def headline(plan: Plan) -> str:
    """Productive jobs in the last period, of those that the phases offer; empty without parks."""
    last = plan.case.periods[-1]
    if not len(plan.tables["parks"]):
        return ""
    total = totals(plan)
    serving_then = sum(1 for year in park_years(plan) if year.period == last.id)
    said = f"{phrases.number(total['jobs'], 0)} productive of {phrases.number(total['possible_jobs'], 0)} possible"
    bonus = f", {phrases.number(total['bonus_jobs'], 0)} bonus jobs beside them" if total["bonus_jobs"] else ""
    return f"{said} in {count(serving_then, 'park')} in {last.label}{bonus}"


def parks(plan: Plan) -> str:
    """The jobs of every park, then pairs in value chains, plants closed, and skilled people and land of the hosts."""
    years = park_years(plan)
    table = jobs_grid(plan.case, years).text() if years else ""
    jobs = "\n".join(part for part in (table, _pairs(plan), _closures(plan)) if part)
    return "\n\n".join(part for part in (jobs, _people_and_land(plan)) if part)


def jobs_grid(case: Case, years: list[ParkYear]) -> phrases.Grid:
    """A row a park: productive of possible jobs, by period."""
    periods = [p for p in case.periods if any(year.period == p.id for year in years)]
    found = {(year.measure, year.period): year for year in years}
    names = list(dict.fromkeys(year.measure for year in years))
    has_bonus = any(year.bonus for year in years)
    rows = []
    for name in names:
        own = {p.id: found[name, p.id] for p in periods if (name, p.id) in found}
        cells = [_of(own[p.id].jobs, own[p.id].possible) if p.id in own else "-" for p in periods]
        bonus = own[periods[-1].id].bonus if periods[-1].id in own else 0.0
        host = case.cities[case.measures[name].cities[0]].name
        said = held_back(case, list(own.values()))
        rows.append([case.measures[name].name, host, *cells, *([_number(bonus)] if has_bonus else []), said])
    sums = [
        _of(*(sum(figures) for figures in zip(*((y.jobs, y.possible) for y in years if y.period == p.id), strict=True)))
        for p in periods
    ]
    bonus = sum(year.bonus for year in years if year.period == periods[-1].id)
    heads = [
        "",
        "in",
        *(f"{p.label}\njobs of possible" for p in periods),
        *([f"bonus jobs\n{periods[-1].label}"] if has_bonus else []),
        "held back by",
    ]
    total = ["all", "", *sums, *([_number(bonus)] if has_bonus else []), ""] if len(rows) > 1 else None
    return phrases.Grid(heads, rows, "ll" + "r" * (len(periods) + has_bonus) + "l", total)


def held_back(case: Case, years: list[ParkYear]) -> str:
    """What holds a park back; with the periods, where it is not the same in all."""
    short = {y.period: " and ".join(y.limits) for y in years if y.limits}
    if len(set(short.values())) <= 1 and len(short) == len(years):
        return next(iter(short.values()), "")
    by_cause: dict[str, list[str]] = {}
    for p in case.periods:
        if p.id in short:
            by_cause.setdefault(short[p.id], []).append(p.label)
    return "; ".join(f"{phrases.join(labels)}: {cause}" for cause, labels in by_cause.items())


def _pairs(plan: Plan) -> str:
    """Pairs of parks in value chains, in the last period."""
    case, last = plan.case, plan.case.periods[-1]
    said = [
        phrases.bullet(
            f"chain {naming.chain(case, chain)}: {case.measures[name].name} and {case.measures[partner].name} bring "
            f"{_number(jobs)} bonus jobs in {last.label}, {_hosts(case, name, partner)}."
        )
        for chain, name, partner, period, jobs in columns(
            plan.tables["bonus"], "chain", "measure", "partner", "period", "jobs"
        )
        if period == last.id
    ]
    return "\n".join(said)


def _hosts(case: Case, name: str, partner: str) -> str:
    """Where the bonus jobs of a pair are."""
    one, other = (case.cities[case.measures[x].cities[0]].name for x in (name, partner))
    return f"in {one}" if one == other else f"half in {one}, half in {other}"


def _closures(plan: Plan) -> str:
    """Jobs that end with plants closed, beside those of the city's parks, in the last period."""
    case, last = plan.case, plan.case.periods[-1]
    lost: dict[str, float] = {}
    for (name, period), units in serving(plan).items():
        if period == last.id and case.measures[name].closes_plant:
            city = case.measures[name].cities[0]
            lost[city] = lost.get(city, 0.0) + case.parks[name].jobs * units
    made = dict.fromkeys(lost, 0.0)
    for name, period, jobs in columns(plan.tables["parks"], "measure", "period", "jobs"):
        city = case.measures[name].cities[0]
        if period == last.id and city in made:
            made[city] += jobs
    return "\n".join(
        phrases.bullet(
            f"{case.cities[city].name}: plants closed end {_number(jobs)} jobs by {last.label}; its parks have "
            f"{_number(made[city])}."
        )
        for city, jobs in lost.items()
    )


def _people_and_land(plan: Plan) -> str:
    """Skilled people and land of the cities that host parks, in the last period, where there is a limit."""
    case, last = plan.case, plan.case.periods[-1]
    taken: dict[str, float] = {}
    for name, units in columns(plan.tables["decisions"], "measure", "units"):
        if case.measures[name].kind == "park":
            city = case.measures[name].cities[0]
            taken[city] = taken.get(city, 0.0) + case.parks[name].area_km2 * units
    skills = {
        city: (used, free, graduates)
        for city, period, used, free, graduates in columns(
            plan.tables["skills"], "city", "period", "used", "free", "graduates"
        )
        if period == last.id and city in taken
    }
    quotas = {city: quota for city in taken if (quota := _quota(plan, city)) is not None}
    cities = [city for city in case.cities if city in skills or city in quotas]
    if not cities:
        return ""
    rows = []
    for city in cities:
        people = [_number(figure) for figure in skills[city]] if city in skills else ["no limit", "", ""]
        land = [phrases.number(taken[city], 1), phrases.number(quotas[city], 1)] if city in quotas else ["no limit", ""]
        rows.append([case.cities[city].name, *(people if skills else []), *(land if quotas else [])])
    people_heads = ["skilled\njobs", "skilled people\nfree today", "graduates\nso far"] if skills else []
    heads = [last.label, *people_heads, *(["land taken\nkm2", "quota\nkm2"] if quotas else [])]
    return phrases.table(heads, rows, "l" + "r" * (len(heads) - 1))


def _quota(plan: Plan, city: str) -> float | None:
    """Land that parks may take in the last period: the city's quota, and what policies add to it."""
    case, last = plan.case, plan.case.periods[-1].id
    quota = case.cities[city].land_quota_km2
    if quota is None:
        return None
    served = serving(plan)
    added = (e.km2 for e in case.effects if isinstance(e, AddLand) and city in e.cities and (e.measure, last) in served)
    return quota + sum(added)


def _of(jobs: float, possible: float) -> str:
    return f"{_number(jobs)} of {_number(possible)}"


def _number(value: float) -> str:
    return phrases.number(value, 0)
