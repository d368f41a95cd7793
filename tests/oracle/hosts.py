"""Industries: the cities that parks of one industry may be in."""

from __future__ import annotations

from planner.case import Case

from .choices import Choice


def within_hosts(case: Case, choice: Choice) -> bool:
    """No industry starts in more cities than it may."""
    for industry in case.industries.values():
        mine = {m for m in choice.started() if m in case.parks and case.parks[m].industry == industry.id}
        hosts = {case.measures[m].cities[0] for m in mine if case.measures[m].kind == "park"}
        if industry.max_hosts is not None and len(hosts) > industry.max_hosts:
            return False
    return True
