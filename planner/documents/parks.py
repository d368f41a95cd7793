"""Parks and their jobs: how many are productive, what holds the others back, who fills them; and emissions of airsheds.

What holds a park back is said only as far as the plan's own tables prove it.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.case import AddLand, Case, Park, naming
from planner.case.travel import hundredths
from planner.documents.blocks import Bullet, Section, Sections, Table
from planner.plans.plan import Plan
from planner.plans.totals import columns, serving, totals
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, count, series

ROUNDING = 1e-6  # of an amount
SKILLS = _("skilled people")
OTHER = _("goals, rules or money, and no lack of links, skilled people or air")  # all that is left


@dataclass(frozen=True)
class ParkYear:
    """A park in a period: productive jobs of those that its phases offer, and what holds back the others.

    Attributes
    ----------
    bonus
        The half of the bonus jobs of its pairs that is in its host.
    limits
        In a planner's words; none where all possible jobs are productive.
    """

    measure: str
    period: str
    possible: float
    jobs: float
    bonus: float
    limits: tuple[str, ...]


def headline(plan: Plan) -> str:
    """Productive jobs in the last period, of those that the phases offer; empty without parks."""
    last = plan.case.periods[-1]
    if not len(plan.tables["parks"]):
        return ""
    total = totals(plan)
    serving_then = sum(1 for year in park_years(plan) if year.period == last.id)
    known = {
        "jobs": numbers.number(total["jobs"], 0), "possible": numbers.number(total["possible_jobs"], 0),
        "parks": count(serving_then, "park"), "period": last.label,
    }  # fmt: skip
    if not total["bonus_jobs"]:
        return _("{jobs} productive of {possible} possible in {parks} in {period}").format(**known)
    return _("{jobs} productive of {possible} possible in {parks} in {period}, {bonus} bonus jobs beside them").format(
        **known, bonus=numbers.number(total["bonus_jobs"], 0)
    )


def parks(plan: Plan) -> Sections:
    """The jobs of every park, then pairs in value chains, plants closed, and skilled people and land of the hosts."""
    years = park_years(plan)
    table = (jobs_grid(plan.case, years),) if years else ()
    return (*_kept((*table, *_pairs(plan), *_closures(plan))), *_kept(_people_and_land(plan)))


def _kept(section: Section) -> Sections:
    return (section,) if section else ()


def jobs_grid(case: Case, years: list[ParkYear]) -> Table:
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
        host = naming.city(case, case.measures[name].cities[0])
        said = held_back(case, list(own.values()))
        rows.append([_name(case, name), host, *cells, *([_number(bonus)] if has_bonus else []), said])
    sums = [
        _of(*(sum(figures) for figures in zip(*((y.jobs, y.possible) for y in years if y.period == p.id), strict=True)))
        for p in periods
    ]
    bonus = sum(year.bonus for year in years if year.period == periods[-1].id)
    heads = [
        "",
        _("in", "where"),
        *(_("{period}\njobs of possible").format(period=p.label) for p in periods),
        *([_("bonus jobs\n{period}").format(period=periods[-1].label)] if has_bonus else []),
        _("held back by"),
    ]
    total = [_("all"), "", *sums, *([_number(bonus)] if has_bonus else []), ""] if len(rows) > 1 else None
    return Table(heads, rows, "ll" + "r" * (len(periods) + has_bonus) + "l", total)


def held_back(case: Case, years: list[ParkYear]) -> str:
    """What holds a park back; with the periods, where it is not the same in all."""
    short = {y.period: y.limits for y in years if y.limits}
    if len(set(short.values())) <= 1 and len(short) == len(years):
        return _causes(next(iter(short.values()), ()))
    by_cause: dict[tuple[str, ...], list[str]] = {}
    for p in case.periods:
        if p.id in short:
            by_cause.setdefault(short[p.id], []).append(p.label)
    said = (
        _("{periods}: {cause}").format(periods=text_layout.join(labels), cause=_causes(cause))
        for cause, labels in by_cause.items()
    )
    return series(said, "; ")


def _causes(limits: tuple[str, ...]) -> str:
    return series(limits, " and ")


def _name(case: Case, measure: str) -> str:
    return naming.name_of(case.measures[measure])


def _pairs(plan: Plan) -> Section:
    """Pairs of parks in value chains, in the last period."""
    case, last = plan.case, plan.case.periods[-1]
    return tuple(
        Bullet(
            _("chain {chain}: {one} and {other} bring {jobs} bonus jobs in {period}, {where}.").format(
                chain=naming.chain(case, chain), one=_name(case, name), other=_name(case, partner), jobs=_number(jobs),
                period=last.label, where=_hosts(case, name, partner),
            )
        )
        for chain, name, partner, period, jobs in columns(
            plan.tables["bonus"], "chain", "measure", "partner", "period", "jobs"
        )
        if period == last.id
    )  # fmt: skip


def _hosts(case: Case, name: str, partner: str) -> Sentence:
    """Where the bonus jobs of a pair are."""
    one, other = (naming.city(case, case.measures[x].cities[0]) for x in (name, partner))
    return _("in {city}").format(city=one) if one == other else (
        _("half in {city}, half in {other}").format(city=one, other=other)
    )  # fmt: skip


def _closures(plan: Plan) -> Section:
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
    return tuple(
        Bullet(
            _("{city}: plants closed end {jobs} jobs by {period}; its parks have {made}.").format(
                city=naming.city(case, city), jobs=_number(jobs), period=last.label, made=_number(made[city])
            )
        )
        for city, jobs in lost.items()
    )


def _people_and_land(plan: Plan) -> Section:
    """Skilled people and land of the cities that host parks, in the last period, where there is a limit."""
    case, last = plan.case, plan.case.periods[-1]
    taken: dict[str, float] = {}
    for name, units in columns(plan.tables["decisions"], "measure", "units"):
        if case.measures[name].is_park:
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
        return ()
    no_limit = _("no limit")
    rows = []
    for city in cities:
        people = [_number(figure) for figure in skills[city]] if city in skills else [no_limit, "", ""]
        land = [numbers.number(taken[city], 1), numbers.number(quotas[city], 1)] if city in quotas else [no_limit, ""]
        rows.append([naming.city(case, city), *(people if skills else []), *(land if quotas else [])])
    people_heads = [_("skilled\njobs"), _("skilled people\nfree today"), _("graduates\nso far")] if skills else []
    heads = [last.label, *people_heads, *([_("land taken\nkm2"), _("quota\nkm2")] if quotas else [])]
    return (Table(heads, rows, "l" + "r" * (len(heads) - 1)),)


def _quota(plan: Plan, city: str) -> float | None:
    """Land that parks may take in the last period: the city's quota, and what policies add to it."""
    case, last = plan.case, plan.case.periods[-1].id
    quota = case.cities[city].land_quota_km2
    if quota is None:
        return None
    served = serving(plan)
    added = (e.km2 for e in case.effects if isinstance(e, AddLand) and city in e.cities and (e.measure, last) in served)
    return quota + sum(added)


def _of(jobs: float, possible: float) -> Sentence:
    return _("{jobs} of {possible}").format(jobs=_number(jobs), possible=_number(possible))


def _number(value: float) -> str:
    return numbers.number(value, 0)


# --- what holds parks back


def park_years(plan: Plan) -> list[ParkYear]:
    """Every park and period in which phases serve."""
    facts = _Facts(plan)
    return [
        ParkYear(name, period, possible, jobs, bonus, () if _is_all(jobs, possible) else facts.limits(name, period))
        for name, period, possible, jobs, bonus in columns(
            plan.tables["parks"], "measure", "period", "possible_jobs", "jobs", "bonus_jobs"
        )
    ]


class _Facts:
    """What is at its most in which city and period."""

    def __init__(self, plan: Plan) -> None:
        self.case: Case = plan.case
        routes = columns(plan.tables["routes"], "from", "to", "period", "minutes_with")
        self.minutes = {(start, end, period): minutes for start, end, period, minutes in routes}
        self.skills_used = {
            (city, period)
            for city, period, free, graduates, used in columns(
                plan.tables["skills"], "city", "period", "free", "graduates", "used"
            )
            if _is_all(used, free + graduates)
        }
        self.at_cap = {
            (airshed, period)
            for airshed, period, cap, *amounts in columns(
                plan.tables["airsheds"], "airshed", "period", "cap", "existing", "parks", "abated", "closed"
            )
            if cap == cap and _is_all(amounts[0] + amounts[1] - amounts[2] - amounts[3], cap)
        }

    def limits(self, name: str, period: str) -> tuple[str, ...]:
        """What holds a park back whose jobs are not all productive: one cause at least."""
        park = self.case.parks[name]
        host = self.case.measures[name].cities[0]
        far = self._distance(park, host, period)
        if far:
            return (far,)
        found: list[str] = []
        if park.skilled_share > 0 and (host, period) in self.skills_used:
            found.append(SKILLS)
        airshed = self.case.cities[host].airshed
        if park.emissions > 0 and airshed is not None and (airshed, period) in self.at_cap:
            found.append(_("cap of the airshed {airshed}").format(airshed=naming.airshed(self.case, airshed)))
        return tuple(found) or (OTHER,)

    def _distance(self, park: Park, host: str, period: str) -> str:
        """The way to the origin, where it takes longer than the park's firms stand; empty where it does not."""
        if park.needed_way is None:
            return ""
        city, most = park.needed_way
        minutes = self.minutes.get((host, city, period))
        origin = naming.city(self.case, city)
        if minutes is None:
            return _("no way to {city}").format(city=origin)
        if hundredths(minutes) <= hundredths(most):
            return ""
        return _("{minutes} minutes to {city}, at most {most:g}").format(
            minutes=numbers.number(minutes, 0), city=origin, most=most
        )


def _is_all(amount: float, most: float) -> bool:
    return amount >= most - ROUNDING * max(1.0, abs(most))


# --- emissions of each airshed: what parks add, what abatement and closures take away, and the cap

AMOUNTS = {
    "existing": _("without\nparks"),
    "parks": _("parks\nadd"),
    "abated": _("abatement\ntakes away"),
    "closed": _("closures\ntake away"),
    "emissions": _("emissions"),
    "cap": _("cap"),
}


def emissions_headline(plan: Plan) -> str:
    """Emissions in the last period against the caps; empty without airsheds."""
    said = emissions_of_each(plan)
    if not said:
        return ""
    return _("{airsheds} in {period}").format(airsheds=text_layout.join(said), period=plan.case.periods[-1].label)


def emissions_of_each(plan: Plan) -> list[str]:
    """Emissions of each airshed in the last period, of what is allowed."""
    last = plan.case.periods[-1]
    said: list[str] = []
    for airshed, period, emissions, cap in columns(plan.tables["airsheds"], "airshed", "period", "emissions", "cap"):
        if period == last.id:
            shown = numbers.money_decimals([emissions, cap])
            known = {
                "airshed": naming.airshed(plan.case, airshed), "amount": numbers.number(emissions, shown),
                "unit": plan.case.airsheds[airshed].unit,
            }  # fmt: skip
            if cap == cap:
                of = _("{airshed} {amount} of at most {cap} {unit} a year").format(**known, cap=numbers.number(cap, shown))
            else:
                of = _("{airshed} {amount} {unit} a year").format(**known)
            said.append(of)
    return said


def emissions(plan: Plan) -> Sections:
    """Every airshed, period by period; columns of nothing are left out."""
    table = plan.tables["airsheds"]
    if not len(table):
        return ()
    figures = [name for name in AMOUNTS if name in ("existing", "emissions") or table[name].fillna(0.0).any()]
    labels = {p.id: p.label for p in plan.case.periods}
    rows, before = [], ""
    for airshed, period, *amounts in columns(table, "airshed", "period", *figures):
        shown = numbers.money_decimals(amounts)
        cells = [_("none") if amount != amount else numbers.number(amount, shown) for amount in amounts]
        unit = plan.case.airsheds[airshed].unit
        name = naming.airshed(plan.case, airshed)
        rows.append([name if airshed != before else "", unit if airshed != before else "", labels[period], *cells])
        before = airshed
    heads = ["", _("unit,\na year"), _("period"), *(AMOUNTS[name] for name in figures)]
    return ((Table(heads, rows, "lll" + "r" * len(figures), keys=3),),)
