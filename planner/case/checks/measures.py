"""What measures say about one another can hold: requirements, groups, decisions and starts, land and hosts.

Only what is certain is an error: land that any policy may add counts as added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.effects import AddLand, OpenOutsidersShare
from planner.case.measures import Measure
from planner.case.problems import listed
from planner.case.validating import Contents
from planner.case.values import LARGEST
from planner.words.said import _, series

ALIKE = (
    "units", "max_starts", "divisible", "build_years", "life_years", "earliest", "latest", "status", "start_period",
)  # fmt: skip


def check_measures(case: Case, contents: Contents, found: Findings) -> None:
    """Note measures whose requirements, groups or decisions contradict one another."""
    rows = {m.row.id: m.number for m in contents.measures}
    _check_cycles(case, rows, found)
    for measure in case.measures.values():
        _check_requires(measure, case, rows[measure.id], found)
        if measure.status == "decided":
            _check_decided(measure, rows[measure.id], found)
    _check_one_of(case, rows, found)
    _check_together(case, rows, found)
    _check_outsiders(case, found)
    _check_counts(case, contents, found)
    _check_costs(case, rows, found)
    check_quotas(case, contents, found)


def _check_cycles(case: Case, rows: Mapping[str, int], found: Findings) -> None:
    """No measure requires itself through others: none of them could ever start."""
    for circle in _circles(case.measures):
        start = circle[0]
        said = series([*circle, start], _(" requires "))
        message = _("goes in a circle: {said}").format(said=said)
        found.cell("measures", rows[start], "requires", message, ";".join(case.measures[start].requires))


def _circles(measures: Mapping[str, Measure]) -> Iterator[list[str]]:
    """One circle of requirements for each knot of them, found by depth-first search."""
    done: set[str] = set()
    for root in measures:
        path: list[str] = []
        waiting: list[tuple[str, bool]] = [(root, False)]
        while waiting:
            name, leaving = waiting.pop()
            if leaving:
                done.add(path.pop())
            elif name in path:
                yield path[path.index(name) :]
            elif name not in done:
                path.append(name)
                waiting.append((name, True))
                waiting.extend((needed, False) for needed in measures[name].requires if needed != name)


def _check_requires(measure: Measure, case: Case, row: int, found: Findings) -> None:
    """What a decided measure requires is not ruled out, and serves in time if its start is fixed."""
    if measure.status != "decided":
        return
    for needed in (case.measures[name] for name in measure.requires):
        if needed.status == "ruled_out":
            message = _("is decided, but requires {needed}, which is ruled out").format(needed=needed.id)
            found.cell("measures", row, "requires", message, needed.id)
        elif measure.start_period is not None and not any(measure.start_period in o.serves for o in needed.starts):
            message = _("starts in {start_period}, when {needed}, which it requires, cannot serve yet").format(
                start_period=measure.start_period, needed=needed.id
            )
            found.cell("measures", row, "requires", message, needed.id)


def _check_decided(measure: Measure, row: int, found: Findings) -> None:
    """All units of a decided measure can start."""
    if not measure.starts:
        column = "start_period" if measure.start_period else "status"
        built = (
            _("works of {build_years} years").format(build_years=measure.build_years)
            if measure.build_years
            else _("its life")
        )
        message = _("is decided, but would serve no period: started in {measure}, {built} leave it open too short").format(
            measure=_when(measure), built=built
        )
        found.cell("measures", row, column, message, measure.start_period or "decided")
        return
    most = measure.max_starts * len(measure.starts)
    if measure.units > most:
        message = _("{units:g} units are decided, but at most {max_starts:g} can start in each of {period}").format(
            units=measure.units, max_starts=measure.max_starts, period=listed(o.period for o in measure.starts)
        )
        found.cell("measures", row, "units", message, f"{measure.units:g}", _("at most {most:g}").format(most=most))


def _when(measure: Measure) -> str:
    return measure.start_period or _("{earliest} to {latest}").format(earliest=measure.earliest, latest=measure.latest)


def _check_one_of(case: Case, rows: Mapping[str, int], found: Findings) -> None:
    """At most one measure of a group is decided."""
    decided: dict[str, str] = {}
    for measure in case.measures.values():
        if measure.one_of is None or measure.status != "decided":
            continue
        if measure.one_of in decided:
            message = _("at most one of the group may start, but {decided} and {measure} are decided").format(
                decided=decided[measure.one_of], measure=measure.id
            )
            found.cell("measures", rows[measure.id], "one_of", message, measure.one_of)
        decided.setdefault(measure.one_of, measure.id)


def _check_together(case: Case, rows: Mapping[str, int], found: Findings) -> None:
    """Measures that start together agree in all that decides when they can start."""
    first: dict[str, Measure] = {}
    for measure in case.measures.values():
        if measure.together is None:
            continue
        other = first.setdefault(measure.together, measure)
        for column in ALIKE:
            mine, theirs = getattr(measure, column), getattr(other, column)
            if mine != theirs:
                message = _("starts together with {other}, so it must be the same there: {theirs}, not {mine}").format(
                    other=other.id, theirs=theirs, mine=mine
                )
                found.cell("measures", rows[measure.id], column, message, mine, str(theirs))
        if other is not measure and measure.one_of is not None and measure.one_of == other.one_of:
            message = _("starts together with {other}, but only one of the group {one_of} may start").format(
                other=other.id, one_of=measure.one_of
            )
            found.cell("measures", rows[measure.id], "one_of", message, measure.one_of)


def _check_costs(case: Case, rows: Mapping[str, int], found: Findings) -> None:
    """What quantity and norm come to is a figure that could be written by hand."""
    for measure in case.measures.values():
        cost = max(measure.capital_cost, measure.running_cost)
        if cost > LARGEST:
            message = _("costs {cost:.3g} with its quantity and norm: too large, at most {largest:g}").format(
                cost=cost, largest=LARGEST
            )
            allowed = _("at most {largest:g}").format(largest=LARGEST)
            found.cell("measures", rows[measure.id], "quantity", message, f"{cost:g}", allowed)


def _check_counts(case: Case, contents: Contents, found: Findings) -> None:
    """No rule counts measures that may start in parts: is a tenth of one a measure, or none?"""
    places = {rule.id: place for place, rule in enumerate(contents.file.rules)}
    for rule in case.rules:
        asked = dict.fromkeys([*rule.measures, *(rule.share_of_measures or ())]) if rule.of == "count" else {}
        parted = [a for a in asked if case.measures[a].divisible]
        if parted:
            message = _("cannot count what starts in parts ({parted}): use units, or select other measures").format(
                parted=listed(parted)
            )
            found.key(("rules", places[rule.id], "of"), message, "count", _("units, spending"))


def _check_outsiders(case: Case, found: Findings) -> None:
    """No policy opens more of what outsiders use than they do use."""
    for path, effect in case.placed_effects():
        if not isinstance(effect, OpenOutsidersShare):
            continue
        stocks = [case.capacity.get((city, service)) for city in effect.cities for service in effect.services]
        for stock in stocks:
            if stock is not None and stock.amount is not None and effect.share > stock.outsiders:
                message = _("must be at most what outsiders use of {service} in {city}: {outsiders:g}").format(
                    service=stock.service, city=stock.city, outsiders=stock.outsiders
                )
                allowed = _("at most {outsiders:g}").format(outsiders=stock.outsiders)
                found.key((*path, "share"), message, effect.share, allowed)


ROUNDING = 1e-9
LAND = frozenset({"effects", "measures"})  # with a part of these left out, a policy that adds land may be lacking


def check_quotas(case: Case, contents: Contents, found: Findings) -> None:
    """Note decided parks that take more land, or more hosts, than there may be."""
    rows = {m.row.id: m.number for m in contents.measures}
    decided = [case.measures[name] for name in case.parks if _is_decided_park(case.measures[name])]
    _check_hosts(case, decided, rows, found)
    if not contents.broken & LAND:
        _check_land(case, decided, rows, found)


def most_land(case: Case, city: str, period: str) -> float | None:
    """The most land that parks may have in a city, with all that policies may add by then; None = no limit."""
    quota = case.cities[city].land_quota_km2
    if quota is None:
        return None
    added: dict[str, dict[str, float]] = {}  # group of which one starts -> policy -> land
    for effect in case.effects:
        policy = case.measures[effect.measure]
        if isinstance(effect, AddLand) and city in effect.cities and any(period in o.serves for o in policy.starts):
            group = added.setdefault(f"one of {policy.one_of}" if policy.one_of is not None else policy.id, {})
            group[policy.id] = group.get(policy.id, 0.0) + effect.km2
    return quota + sum(max(group.values()) for group in added.values())


def _is_decided_park(measure: Measure) -> bool:
    return measure.is_park and measure.status == "decided" and bool(measure.starts)


def _check_hosts(case: Case, decided: list[Measure], rows: Mapping[str, int], found: Findings) -> None:
    for industry in case.industries.values():
        parks = [m for m in decided if case.parks[m.id].industry == industry.id]
        first = {m.cities[0]: m for m in reversed(parks)}
        hosts = list(dict.fromkeys(m.cities[0] for m in parks))
        most = industry.max_hosts
        if most is not None and len(hosts) > most:
            message = _(
                "parks of {industry} are decided in {number} cities ({hosts}), more than its max_hosts ({most})"
            ).format(industry=industry.id, number=len(hosts), hosts=listed(hosts), most=most)
            allowed = _("at most {most} cities").format(most=most)
            found.cell("measures", rows[first[hosts[most]].id], "status", message, "decided", allowed)


def _check_land(case: Case, decided: list[Measure], rows: Mapping[str, int], found: Findings) -> None:
    for city in case.cities:
        here = [m for m in decided if m.cities[0] == city and case.parks[m.id].area_km2 > 0]
        for place, period in enumerate(case.period_ids):
            most = most_land(case, city, period)
            started = [m for m in here if all(case.period_ids.index(o.period) <= place for o in m.starts)]
            taken = sum(m.units * case.parks[m.id].area_km2 for m in started)
            if most is not None and taken > most * (1 + ROUNDING) + ROUNDING:
                message = _(
                    "decided parks take {taken:g} km2 in {city} by {period}, more than the {most:g} that parks may have "
                    "there, with all land that policies may add ({m})"
                ).format(taken=taken, city=city, period=period, most=most, m=listed(m.id for m in started))
                allowed = _("at most {most:g} km2").format(most=most)
                found.cell("measures", rows[started[-1].id], "status", message, "decided", allowed)
                break
