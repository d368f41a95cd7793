"""Warnings about industry, emissions and policy: what is allowed in a case and most likely not meant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.nouns import Case, Chain, LowerEmissions
from planner.case.problems import listed
from planner.case.selecting import cities_with
from planner.case.travel import Minutes, hundredths, minutes_from, network

ROUNDING = 1e-9


def about_work(case: Case) -> Iterator[str]:
    """Sentences about parks, industries, chains, tax, emissions and levels."""
    ways = _Ways(case)
    yield from _parks_out_of_reach(case, ways)
    yield from _idle_industries(case)
    yield from _broken_chains(case, ways)
    yield from _lost_tax(case)
    yield from _dirty_airsheds(case)
    yield from _idle_levels(case)
    yield from _subsidies_of_nobody(case)
    yield from _idle_gates(case)


def _possible(case: Case) -> list[str]:
    """The parks that can start."""
    return [name for name in case.parks if case.measures[name].kind == "park" and case.measures[name].starts]


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
        if park.origin is None or park.origin_minutes is None:
            continue
        host = _host(case, name)
        best = ways.hundredths(host, park.origin)
        if best is None:
            yield f"{name} can never have a job: there is no route from {host} to {park.origin}, even with everything built"
        elif best > hundredths(park.origin_minutes):
            yield (
                f"{name} can never have a job: from {host} to {park.origin} it takes {best / 100:g} minutes with everything "
                f"built, more than its origin_minutes ({park.origin_minutes:g})"
            )


def _idle_industries(case: Case) -> Iterator[str]:
    built = {case.parks[name].industry for name in _possible(case)}
    idle = [industry for industry in case.industries if industry not in built]
    if idle:
        yield f"no park of {listed(idle)} can start"


def _broken_chains(case: Case, ways: _Ways) -> Iterator[str]:
    for chain in case.chains.values():
        if not any(_near(case, chain, one, other, ways) for one, other in _pairs(case, chain)):
            yield (
                f"the chain {chain.id} can never bring a bonus job: no two parks of {' and '.join(chain.industries)} that "
                f"can start come within {chain.minutes:g} minutes of one another"
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
    getting = {line.holder for line in case.lines.values() if line.gets_tax}
    lost: dict[str, list[str]] = {}
    for name in _possible(case):
        jurisdiction = case.cities[_host(case, name)].jurisdiction
        if case.parks[name].tax > 0 and jurisdiction not in getting:
            lost.setdefault(jurisdiction, []).append(name)
    for jurisdiction, parks in lost.items():
        yield f"no budget line gets the tax of {listed(parks)}: none of {jurisdiction} has gets_tax"


def _dirty_airsheds(case: Case) -> Iterator[str]:
    """Airsheds whose cap cannot be kept, whatever is built."""
    for airshed in case.airsheds.values():
        for period in case.period_ids if airshed.cap is not None else ():
            assert airshed.cap is not None
            least = airshed.existing[period] - _most_abated(case, airshed.id, period)
            if least > airshed.cap[period] + ROUNDING:
                yield (
                    f"the cap of the airshed {airshed.id} in {period} ({airshed.cap[period]:g}) cannot be kept: even with "
                    f"all abatement and closures {least:g} are emitted"
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
        if name in units and case.measures[name].kind == "closure" and case.cities[_host(case, name)].airshed == airshed
    )
    return abated + closed


def _idle_levels(case: Case) -> Iterator[str]:
    """What is asked of levels that no measure has."""
    used = {m.level for m in case.measures.values()}
    for level in case.pyramid.at_most_share:
        if level not in used:
            yield f"pyramid.at_most_share limits the level {level}, which no policy has"
    asked = [
        key
        for key, given in (
            ("subsidy_periods", case.pyramid.subsidy_periods is not None),
            ("barriers_first", bool(case.pyramid.barriers_first)),
        )
        if given and "subsidy" not in used
    ]
    for key in asked:
        yield f"pyramid.{key} is about subsidies, and no policy is of the level subsidy"


def _subsidies_of_nobody(case: Case) -> Iterator[str]:
    """Subsidies that a limit on periods does not touch, since they are in no city."""
    nowhere = [m.id for m in case.measures.values() if m.level == "subsidy" and not m.cities]
    if case.pyramid.subsidy_periods is not None and nowhere:
        yield f"pyramid.subsidy_periods does not limit {listed(nowhere)}: no city is named for it in measures.csv"


def _idle_gates(case: Case) -> Iterator[str]:
    """Gates at which nothing ever waits."""
    for gate in case.gates:
        having = cities_with(case, gate.indicator)
        if not any(having & set(case.measures[name].cities) for name in gate.measures):
            yield f"the gate {gate.id} asks nothing: no city of its measures has the indicator {gate.indicator}"
