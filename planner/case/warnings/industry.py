"""Warnings about industry, emissions and policy: what is allowed in a case and most likely not meant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.checks.industry import in_words, not_asked
from planner.case.checks.measures import most_land
from planner.case.effects import LowerEmissions
from planner.case.goals import Gate, Rule
from planner.case.industry import Chain
from planner.case.measures import Measure
from planner.case.problems import listed
from planner.case.selecting import cities_with
from planner.case.travel import Minutes, hundredths, minutes_from, network
from planner.words.said import _, series

ROUNDING = 1e-9


def about_work(case: Case) -> Iterator[str]:
    """Sentences about parks, industries, chains, tax, emissions and levels."""
    ways = _Ways(case)
    yield from _parks_out_of_reach(case, ways)
    yield from _parks_without_land(case)
    yield from _parks_without_skills(case)
    yield from _idle_industries(case)
    yield from _broken_chains(case, ways)
    yield from _lost_tax(case)
    yield from _dirty_airsheds(case)
    yield from _too_clean_airsheds(case)
    yield from _idle_levels(case)
    yield from _subsidies_of_nobody(case)
    yield from _lasting_subsidies(case)
    yield from _idle_work(case)
    yield from _half_idle_targets(case)
    yield from _idle_gates(case)
    yield from _rules_out_of_reach(case)


def _possible(case: Case) -> list[str]:
    """The parks that can start."""
    return [name for name in case.parks if case.measures[name].is_park and case.measures[name].starts]


def _host(case: Case, park: str) -> str:
    return case.measures[park].cities[0]


class _Ways:
    """Least minutes between cities with everything built, and every border and boarding eased; each start once."""

    def __init__(self, case: Case) -> None:
        links = [x for x in case.links.values() if all(case.measures[m].starts for m in x.needs)]
        self._arcs = network(case, links, eased=True)
        self._from: dict[str, Minutes] = {}

    def hundredths(self, start: str, end: str) -> int | None:
        """Hundredths of minutes; None without a route."""
        if start not in self._from:
            self._from[start] = minutes_from(self._arcs, (start, ""))
        return self._from[start].get((end, ""))


def _parks_out_of_reach(case: Case, ways: _Ways) -> Iterator[str]:
    """Parks whose jobs can never be productive."""
    for name in _possible(case):
        park = case.parks[name]
        if park.needed_way is None:
            continue
        host, (origin, most) = _host(case, name), park.needed_way
        best = ways.hundredths(host, origin)
        if best is None:
            yield _(
                "{name} can never have a job: there is no route from {host} to {origin}, even with everything built"
            ).format(name=name, host=host, origin=origin)
        elif best > hundredths(most):
            yield (
                _(
                    "{name} can never have a job: from {host} to {origin} it takes {best:g} minutes with everything "
                    "built, more than its origin_minutes ({most:g})"
                ).format(name=name, host=host, origin=origin, best=best / 100, most=most)
            )


def _parks_without_land(case: Case) -> Iterator[str]:
    """Parks of which not one unit (or part, if they start in parts) fits the land of their host."""
    for name in _possible(case):
        host, area = _host(case, name), case.parks[name].area_km2
        room = [land for land in (most_land(case, host, period) for period in case.period_ids) if land is not None]
        if not room or area <= max(room) + ROUNDING or (case.measures[name].divisible and max(room) > ROUNDING):
            continue
        yield (
            _(
                "{name} can never start: one unit takes {area:g} km2, more than the {room:g} that parks may have in "
                "{host} with all land that policies may add"
            ).format(name=name, area=area, room=max(room), host=host)
        )


def _parks_without_skills(case: Case) -> Iterator[str]:
    """Cities without skilled people, now or later, whose parks need some for every job."""
    needing: dict[str, list[str]] = {}
    for name in _possible(case):
        host = _host(case, name)
        if case.parks[name].skilled_share > 0 and case.cities[host].skilled == 0 and not _has_graduates(case, host):
            needing.setdefault(host, []).append(name)
    for host, parks in needing.items():
        yield _("{parks} can never have a job: {host} has no skilled people (skilled is 0) and gets no graduates").format(
            parks=listed(parks), host=host
        )


def _has_graduates(case: Case, city: str) -> bool:
    """Whether residents who are served in one period can be skilled people of a later one."""
    teaching = [s.id for s in case.services.values() if s.graduates * s.stay_share > 0 and (city, s.id) in case.capacity]
    return any(case.need(service, city, period) > 0 for service in teaching for period in case.period_ids[:-1])


def _idle_industries(case: Case) -> Iterator[str]:
    built = {case.parks[name].industry for name in _possible(case)}
    idle = [industry for industry in case.industries if industry not in built]
    if idle:
        yield _("no park of {idle} can start").format(idle=listed(idle))


def _broken_chains(case: Case, ways: _Ways) -> Iterator[str]:
    for chain in case.chains.values():
        if not any(_near(case, chain, one, other, ways) for one, other in _pairs(case, chain)):
            yield (
                _(
                    "the chain {chain} can never bring a bonus job: no two parks of {industries} that can start come "
                    "within {minutes:g} minutes of one another"
                ).format(chain=chain.id, industries=series(chain.industries, " and "), minutes=chain.minutes)
            )


def _pairs(case: Case, chain: Chain) -> Iterator[tuple[str, str]]:
    """Different parks of the first and the other industry of a chain."""
    first, other = ([p for p in _possible(case) if case.parks[p].industry == industry] for industry in chain.industries)
    for place, park in enumerate(first):
        for partner in other[place + 1 :] if chain.industries[0] == chain.industries[1] else other:
            yield park, partner


def _near(case: Case, chain: Chain, park: str, partner: str, ways: _Ways) -> bool:
    start, end = _host(case, park), _host(case, partner)
    best = ways.hundredths(start, end)
    return start == end or (best is not None and best <= hundredths(chain.minutes))


def _lost_tax(case: Case) -> Iterator[str]:
    """Parks whose tax no line of the host gets."""
    getting = case.tax_lines
    lost: dict[str, list[str]] = {}
    for name in _possible(case):
        jurisdiction = case.cities[_host(case, name)].jurisdiction
        if case.parks[name].tax > 0 and jurisdiction not in getting:
            lost.setdefault(jurisdiction, []).append(name)
    for jurisdiction, parks in lost.items():
        yield _("no budget line gets the tax of {parks}: none of {jurisdiction} has gets_tax").format(
            parks=listed(parks), jurisdiction=jurisdiction
        )


def _dirty_airsheds(case: Case) -> Iterator[str]:
    """Airsheds whose cap cannot be kept, whatever is built."""
    for airshed in case.airsheds.values():
        for period in case.period_ids if airshed.cap is not None else ():
            assert airshed.cap is not None
            least = airshed.existing[period] - _most_abated(case, airshed.id, period)
            if least > airshed.cap[period] + ROUNDING:
                yield (
                    _(
                        "the cap of the airshed {airshed} in {period} ({cap:g}) cannot be kept: even with all abatement, "
                        "and all plants closed that may be, {least:g} are emitted"
                    ).format(airshed=airshed.id, period=period, cap=airshed.cap[period], least=least)
                )
                break


def _most_abated(case: Case, airshed: str, period: str) -> float:
    """The most that measures can take out of an airshed in a period."""
    units = {m.id: m.units for m in case.measures.values() if any(period in option.serves for option in m.starts)}
    abated = sum(
        effect.by * units[effect.measure]
        for effect in case.effects
        if isinstance(effect, LowerEmissions) and effect.airshed == airshed and effect.measure in units
    )
    closed = sum(
        park.emissions * units[name]
        for name, park in case.parks.items()
        if name in units and case.measures[name].closes_plant and case.cities[_host(case, name)].airshed == airshed
    )
    return abated + closed


def _too_clean_airsheds(case: Case) -> Iterator[str]:
    """Airsheds in which plants that close emit more than there is."""
    for airshed in case.airsheds.values():
        for period in case.period_ids:
            ended = {
                name: park.emissions * case.measures[name].units
                for name, park in case.parks.items()
                if case.measures[name].closes_plant
                and park.emissions > 0
                and case.cities[_host(case, name)].airshed == airshed.id
                and any(period in option.serves for option in case.measures[name].starts)
            }
            if sum(ended.values()) > airshed.existing[period] + ROUNDING:
                yield (
                    _(
                        "{ended} would end {values:g} {unit} in {period}, more than the {existing:g} that there are in the "
                        "airshed {airshed}"
                    ).format(
                        ended=listed(ended),
                        values=sum(ended.values()),
                        unit=airshed.unit,
                        period=period,
                        existing=airshed.existing[period],
                        airshed=airshed.id,
                    )
                )
                break


def _idle_levels(case: Case) -> Iterator[str]:
    """What is asked of levels that no measure has."""
    used = {m.level for m in case.measures.values()}
    for level in case.pyramid.at_most_share:
        if level not in used:
            yield _("pyramid.at_most_share limits the level {level}, which no policy has").format(level=level)
    asked = [
        key
        for key, given in (
            ("subsidy_periods", case.pyramid.subsidy_periods is not None),
            ("barriers_first", bool(case.pyramid.barriers_first)),
        )
        if given and "subsidy" not in used
    ]
    for key in asked:
        yield _("pyramid.{key} is about subsidies, and no policy is of the level subsidy").format(key=key)


def _subsidies_of_nobody(case: Case) -> Iterator[str]:
    """Subsidies that a limit on periods does not touch, since they are in no city."""
    nowhere = [m.id for m in case.measures.values() if m.level == "subsidy" and not m.cities]
    if case.pyramid.subsidy_periods is not None and nowhere:
        yield _("pyramid.subsidy_periods does not limit {nowhere}: no city is named for it in measures.csv").format(
            nowhere=listed(nowhere)
        )


def _lasting_subsidies(case: Case) -> Iterator[str]:
    """Subsidies for good where a city may be subsidised for a while only."""
    most = case.pyramid.subsidy_periods
    for m in case.measures.values():
        if most is None or m.level != "subsidy" or m.life_years is not None or not m.cities:
            continue
        short = [option.period for option in m.starts if len(option.serves) <= most]
        if len(short) < len(m.starts):
            when = (
                _("can start only in {label}").format(label=listed(p.label for p in case.periods if p.id in short))
                if short
                else _("can never start")
            )
            yield _("{m} lasts for good; give it life_years: with pyramid.subsidy_periods {most} it {when}").format(
                m=m.id, most=most, when=when
            )


def _idle_work(case: Case) -> Iterator[str]:
    """Indicators against targets that are all 0; without any target the case is not valid."""
    for work in case.work.values():
        if work.kind == "target" and not any(case.work_target(work.id, c, p) for c in work.cities for p in case.period_ids):
            yield _("{work} counts for nothing: jobs_target is 0 in {cities}, so there is no gap").format(
                work=work.id, cities=listed(work.cities)
            )


def _half_idle_targets(case: Case) -> Iterator[str]:
    """Targets that name cities which do not have the indicator; where no city does, the case is not valid."""
    for target in case.targets:
        lacking = not_asked(case, target.indicator, target.cities, target.periods) if target.where else []
        if lacking:
            yield _("the target {target} asks nothing of {case}").format(
                target=target.id, case=in_words(case, target.indicator, lacking)
            )


def _idle_gates(case: Case) -> Iterator[str]:
    """Gates at which nothing ever waits, or some of its measures never do."""
    for gate in case.gates:
        having = cities_with(case, gate.indicator)
        if not any(having & set(case.measures[name].cities) for name in gate.measures):
            yield _("the gate {gate} asks nothing: no city of its measures has the indicator {indicator}").format(
                gate=gate.id, indicator=gate.indicator
            )
        elif gate.where:
            yield from _half_idle_gate(case, gate)


def _half_idle_gate(case: Case, gate: Gate) -> Iterator[str]:
    waiting = [case.measures[name] for name in gate.measures if case.measures[name].starts]
    cities = dict.fromkeys(city for m in waiting for city in m.cities)
    lacking = not_asked(case, gate.indicator, cities, case.period_ids)
    if lacking:
        yield _("the gate {gate} asks nothing of {case}").format(gate=gate.id, case=in_words(case, gate.indicator, lacking))


def _rules_out_of_reach(case: Case) -> Iterator[str]:
    """Rules that ask for more jobs or land than all of their parks together have."""
    for rule in case.rules:
        if rule.of not in ("jobs", "land") or rule.sense != "at_least" or rule.share_of_measures is not None:
            continue
        most = sum(_most_of(case, rule, case.measures[name]) for name in rule.measures if name in case.parks)
        if rule.limit > most * (1 + ROUNDING):
            what = _("jobs") if rule.of == "jobs" else _("km2 of land")
            yield _("the rule {rule} cannot be kept: it asks for {limit:g} {what}, and all its parks have {most:g}").format(
                rule=rule.id, limit=rule.limit, what=what, most=most
            )


def _most_of(case: Case, rule: Rule, park: Measure) -> float:
    """The most jobs in the last of a rule's periods, or land taken within them, of a park."""
    if not park.is_park:
        return 0.0
    if rule.of == "jobs":
        return case.parks[park.id].jobs * park.most_serving(rule.periods[-1])
    starts = [option for option in park.starts if option.period in rule.periods]
    return case.parks[park.id].area_km2 * min(park.units, park.max_starts * len(starts))
