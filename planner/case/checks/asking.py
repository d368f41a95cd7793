"""Of which cities a target or a gate can ask something, and in words what the others lack."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.checks.findings import Findings
from planner.case.nouns import Case
from planner.case.problems import listed
from planner.case.selecting import cities_with
from planner.case.validating import Contents

FEW = 5  # names shown of cities that lack an indicator


def check_targets(case: Case, contents: Contents, found: Findings) -> None:
    """Note targets that ask nothing, since none of their cities has the indicator."""
    places = {target.id: i for i, target in enumerate(contents.file.targets)}
    for target in case.targets:
        if target.indicator in case.indicators and target.cities:
            lacking = not_asked(case, target.indicator, target.cities, target.periods)
            if len(lacking) == len(target.cities):
                key = "where" if target.where else "indicator"
                message = f"asks nothing of {in_words(case, target.indicator, lacking)}"
                found.key(
                    ("targets", places[target.id], key), message, listed(lacking), listed(_asked(case, target.indicator))
                )


def not_asked(case: Case, indicator: str, cities: Iterable[str], periods: Iterable[str]) -> list[str]:
    """The cities that do not have an indicator, or of which it asks for 0 jobs in all of these periods."""
    having = cities_with(case, indicator)
    if indicator in case.work and case.work[indicator].kind == "target":
        times = tuple(periods)
        having = frozenset(c for c in having if any(case.work_target(indicator, c, t) > 0 for t in times))
    return [city for city in cities if city not in having]


def in_words(case: Case, indicator: str, cities: list[str]) -> str:
    """Cities that lack an indicator, and what they lack: Metro, which has no jobs target."""
    has = "has" if len(cities) == 1 else "have"
    if indicator in case.services:
        why = f"{has} no known capacity of {indicator}"
    elif indicator in case.work and case.work[indicator].kind == "target" and not _left_out(case, indicator, cities):
        why = f"{has} no jobs target"
    else:
        why = f"{indicator} leaves out"
    return f"{listed(cities, FEW)}, which {why}"


def _left_out(case: Case, indicator: str, cities: list[str]) -> bool:
    """Whether any of the cities has a jobs target of which the indicator's own `where` makes nothing."""
    targets = (case.cities[city].jobs_target for city in cities if city not in cities_with(case, indicator))
    return any(target is not None and any(target.values()) for target in targets)


def _asked(case: Case, indicator: str) -> list[str]:
    return [city for city in case.cities if not not_asked(case, indicator, [city], case.period_ids)]
