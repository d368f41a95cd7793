"""Promises about parks and the air: land, hosts of an industry, jobs of closed plants, and caps of airsheds."""

from __future__ import annotations

from collections.abc import Iterator

from models.air import Air
from models.industry import Industry
from models.instance import Instance
from models.moves import THOUSAND, Moves
from planner.case import Case, naming
from planner.promises.record import (
    Change,
    Concession,
    Edit,
    Given,
    GivingWay,
    Index,
    Promise,
    Rows,
    figure,
    label,
    loosening,
    plus,
)
from planner.words.said import Sentence, _, count

# --- land


def _too_much_land(case: Case, index: Index, over: float) -> str:
    return _("{city}, {period}: parks take {over:.4g} km2 more than its land quota").format(
        city=naming.city(case, index[0]), period=label(case, index[1]), over=over
    )


def _listed_land(case: Case) -> Iterator[str]:
    limited = any(city.land_quota_km2 is not None for city in case.cities.values())
    if limited and any(park.area_km2 for park in case.parks.values()):
        yield _("the land quotas for parks")


def _more_land(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for i in dict.fromkeys(i for i, _period in instance[Industry].land):
        loosens = loosening(rows, "land_within_quota", ((i, t) for t in instance.periods))
        quota = case.cities[i].land_quota_km2 or 1.0
        yield Concession("land", "demands", (i,), ("land", i), loosens, size=quota)


def _larger(given: Given, column: str, change: str, unit: Sentence, text: Sentence) -> list[Change]:
    """A larger figure of a city."""
    i = given.first.key[0]
    now = getattr(given.case.cities[i], column) or 0.0
    needed = plus(now, given.amount)
    edit: Edit = {"table": "cities", "where": {"id": i}, "column": column, "set": needed}
    said = text.format(city=naming.city(given.case, i), needed=figure(needed), now=figure(now))
    return [Change(change, i, i, "", now, needed, unit, said, (edit,))]


def _larger_quota(given: Given) -> list[Change]:
    text = _("{city}: a land quota of {needed} km2 instead of {now}")
    return _larger(given, "land_quota_km2", "land", _("km2"), text)


LAND = Promise(
    kind="land",
    row="land_within_quota",
    broken=_too_much_land,
    listed=_listed_land,
    gives_way=GivingWay(
        now=lambda case, i: _("{city}: parks on at most {land:g} km2").format(
            city=naming.city(case, i), land=case.cities[i].land_quota_km2
        ),
        concessions=_more_land,
        changes={"land": _larger_quota},
        called=lambda case, i: _("land {name}").format(name=naming.city(case, i)),
    ),
)


# --- housing for those who move in


def _without_housing(case: Case, index: Index, over: float) -> str:
    return _("{city}, {period}: {over:,.0f} people more move in than there is housing for").format(
        city=naming.city(case, index[0]), period=label(case, index[1]), over=over
    )


def _listed_housing(case: Case) -> Iterator[str]:
    if case.moves and any(city.housing is not None for city in case.cities.values()):
        yield _("housing for those who move in")


def _more_housing(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for i in dict.fromkeys(i for i, _period in instance[Moves].housing):
        loosens = loosening(rows, "moved_in_within_housing", ((i, t) for t in instance.periods))
        size = case.cities[i].housing or THOUSAND
        yield Concession("housing", "demands", (i,), ("housing", i), loosens, step=THOUSAND, size=size)


def _for_more_people(given: Given) -> list[Change]:
    text = _("{city}: housing for {needed} people instead of {now}")
    return _larger(given, "housing", "housing", _("people"), text)


HOUSING = Promise(
    kind="housing",
    row="moved_in_within_housing",
    broken=_without_housing,
    amount=lambda _case, _instance, _index, over: over * THOUSAND,
    listed=_listed_housing,
    gives_way=GivingWay(
        now=lambda case, i: _("{city}: housing for {people:,.0f} people who move in").format(
            city=naming.city(case, i), people=case.cities[i].housing
        ),
        concessions=_more_housing,
        changes={"housing": _for_more_people},
        called=lambda case, i: _("housing {name}").format(name=naming.city(case, i)),
    ),
)


# --- hosts of an industry


def _too_many_hosts(case: Case, index: Index, over: float) -> str:
    industry = case.industries[index[0]]
    return _("industry {industry}: parks in {over:d} too many cities ({most} may have them)").format(
        industry=naming.name_of(industry), over=round(over), most=industry.max_hosts
    )


def _more_hosts(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for k, most in instance[Industry].most_hosts.items():
        loosens = loosening(rows, "hosts_within_most", [k])
        yield Concession("hosts", "demands", (k,), ("hosts", k), loosens, size=max(1.0, most), whole=True)


def _in_more_cities(given: Given) -> list[Change]:
    industry = given.case.industries[given.first.key[0]]
    now = float(industry.max_hosts or 0)
    needed = now + given.amount
    edit: Edit = {"key": f"industries.{industry.id}.max_hosts", "set": int(needed)}
    text = _("industry {industry}: parks in up to {cities} instead of {now:.0f}").format(
        industry=naming.name_of(industry), cities=count(round(needed), "city", "cities"), now=now
    )
    return [Change("hosts", industry.id, "", "", now, needed, _("cities", "unit"), text, (edit,))]


HOSTS = Promise(
    kind="hosts",
    row="hosts_within_most",
    broken=_too_many_hosts,
    listed=lambda case: (
        _("the most cities with parks of {industry}").format(industry=naming.name_of(industry))
        for industry in case.industries.values()
        if industry.max_hosts is not None
    ),
    gives_way=GivingWay(
        now=lambda case, k: _("industry {industry}: parks in at most {cities}").format(
            industry=naming.industry(case, k), cities=count(case.industries[k].max_hosts or 0, "city", "cities")
        ),
        concessions=_more_hosts,
        changes={"hosts": _in_more_cities},
        called=lambda case, k: _("hosts {name}").format(name=naming.industry(case, k)),
    ),
)


# --- jobs of closed plants: owed to those who had them, and so never given up


def _not_replaced(case: Case, index: Index, jobs: float) -> str:
    return _("{city}, {period}: plants close with {jobs:,.0f} jobs more than its parks replace").format(
        city=naming.city(case, index[0]), period=label(case, index[1]), jobs=jobs
    )


def _listed_closed_jobs(case: Case) -> Iterator[str]:
    if any(measure.closes_plant for measure in case.measures.values()):
        yield _("jobs for those of closed plants")


CLOSED_JOBS = Promise(
    kind="closed jobs",
    row="closed_jobs_are_replaced",
    broken=_not_replaced,
    amount=lambda _case, instance, _index, over: over * instance[Industry].job_scale,
    listed=_listed_closed_jobs,
)


# --- the air


def _over_its_cap(case: Case, index: Index, amount: float) -> str:
    return _("airshed {airshed}, {period}: {amount:.4g} {unit} over its cap").format(
        airshed=naming.airshed(case, index[0]), period=label(case, index[1]), amount=amount,
        unit=case.airsheds[index[0]].unit,
    )  # fmt: skip


def _higher_caps(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    scale = instance[Air].emission_scale
    for h, t in instance[Air].emission_cap:
        cap = instance[Air].emission_cap[h, t] * scale
        loosens = loosening(rows, "within_airshed_cap", [(h, t)])
        yield Concession("airshed", "demands", (h, t), ("airshed", h), loosens, step=scale, size=cap or scale)


def _higher_cap(given: Given) -> list[Change]:
    """The cap of an airshed in some periods: one edit for all of them."""
    airshed = given.case.airsheds[given.first.key[0]]
    assert airshed.cap is not None
    more = {one.first.key[1]: given.up(given.solved.amounts[one.places[0]]) for one in given.each()}
    cap = {t: plus(now, more[t]) if t in more else now for t, now in airshed.cap.items()}
    edit: Edit = {"key": f"airsheds.{airshed.id}.cap", "set": cap}
    found = []
    for t in more:
        text = _("airshed {airshed}, {period}: a cap of {needed} {unit} instead of {now}").format(
            airshed=naming.name_of(airshed), period=label(given.case, t), needed=figure(cap[t]), unit=airshed.unit,
            now=figure(airshed.cap[t]),
        )  # fmt: skip
        found.append(Change("airshed", airshed.id, "", t, airshed.cap[t], cap[t], airshed.unit, text, (edit,)))
    return found


AIRSHED = Promise(
    kind="airshed",
    row="within_airshed_cap",
    broken=_over_its_cap,
    amount=lambda _case, instance, _index, over: over * instance[Air].emission_scale,
    listed=lambda case: (
        _("the cap of airshed {name}").format(name=naming.name_of(airshed))
        for airshed in case.airsheds.values()
        if airshed.cap is not None
    ),
    gives_way=GivingWay(
        now=lambda case, h: _("airshed {airshed}: emissions within its cap").format(airshed=naming.airshed(case, h)),
        concessions=_higher_caps,
        changes={"airshed": _higher_cap},
        called=lambda case, h: _("airshed {name}").format(name=naming.airshed(case, h)),
    ),
)
