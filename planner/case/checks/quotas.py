"""What is decided fits the land quotas of cities, and the most hosts of industries.

Only what is certain is an error: land that any policy may add counts as added.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.checks.findings import Findings
from planner.case.nouns import AddLand, Case, Measure
from planner.case.problems import listed
from planner.case.validating import Contents

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
    return measure.kind == "park" and measure.status == "decided" and bool(measure.starts)


def _check_hosts(case: Case, decided: list[Measure], rows: Mapping[str, int], found: Findings) -> None:
    for industry in case.industries.values():
        parks = [m for m in decided if case.parks[m.id].industry == industry.id]
        first = {m.cities[0]: m for m in reversed(parks)}
        hosts = list(dict.fromkeys(m.cities[0] for m in parks))
        most = industry.max_hosts
        if most is not None and len(hosts) > most:
            message = (
                f"parks of {industry.id} are decided in {len(hosts)} cities ({listed(hosts)}), more than its max_hosts "
                f"({most})"
            )
            found.cell("measures", rows[first[hosts[most]].id], "status", message, "decided", f"at most {most} cities")


def _check_land(case: Case, decided: list[Measure], rows: Mapping[str, int], found: Findings) -> None:
    for city in case.cities:
        here = [m for m in decided if m.cities[0] == city and case.parks[m.id].area_km2 > 0]
        for place, period in enumerate(case.period_ids):
            most = most_land(case, city, period)
            started = [m for m in here if all(case.period_ids.index(o.period) <= place for o in m.starts)]
            taken = sum(m.units * case.parks[m.id].area_km2 for m in started)
            if most is not None and taken > most * (1 + ROUNDING) + ROUNDING:
                message = (
                    f"decided parks take {taken:g} km2 in {city} by {period}, more than the {most:g} that parks may have "
                    f"there, with all land that policies may add ({listed(m.id for m in started)})"
                )
                found.cell("measures", rows[started[-1].id], "status", message, "decided", f"at most {most:g} km2")
                break
