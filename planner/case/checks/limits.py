"""Targets and gates: their limit is on the right side, and one that the indicator can take."""

from __future__ import annotations

from planner.case.checks.findings import Findings
from planner.case.goals import Gate, Target
from planner.case.nouns import Case
from planner.case.raw import Path
from planner.case.validating import Contents

PER = 1000.0  # jobs are counted per so many people


def check_limits(contents: Contents, found: Findings) -> None:
    """Note limits of targets and gates on the wrong side, or outside what gaps are counted between."""
    for i, target in enumerate(contents.file.targets):
        _check_limit(("targets", i), target, target.by, contents, found)
    for i, gate in enumerate(contents.file.gates):
        _check_limit(("gates", i), gate, None, contents, found)


def _check_limit(path: Path, keys: Target | Gate, by: str | None, contents: Contents, found: Findings) -> None:
    file = contents.file
    standard = file.access.get(keys.indicator)
    given, limit = keys.sense, keys.limit
    wanted = "at_most" if standard is not None and standard.kind != "reach" else "at_least"
    if keys.indicator not in file.services and keys.indicator not in file.work and standard is None:
        return  # noted with the names
    if given != wanted:
        found.key((*path, given), f"{keys.indicator} takes {wanted}, not {given}", given, wanted)
        return
    low, high, unit = 0.0, None, ""
    if keys.indicator in file.work:
        return  # its standard follows from the cities: see check_limits_of_work
    if standard is None:
        figures = file.services[keys.indicator].per_1000
        relevant = [v for p, v in figures.items() if not (by and p.isdigit() and p < by)]
        high, unit = min(relevant, default=None), "per 1,000, the standard"
    elif standard.kind == "reach":
        high, unit = 100 * (standard.target or 1.0), "%, the standard's target"
    elif standard.worst_minutes is None or standard.worst_minutes <= standard.standard_minutes:
        return  # noted with the standard
    else:
        low, high, unit = standard.standard_minutes, standard.worst_minutes, "minutes, as counted from standard to worst"
    always_kept = unit.startswith("minutes") and limit == high  # a trip of the worst minutes, or no route at all, would do
    if limit < low or (high is not None and limit > high) or always_kept:
        allowed = f"between {low:g} and {high:g}" if not always_kept else f"less than {high:g}, the worst minutes"
        found.key((*path, given), f"must be {allowed} {unit}, not {limit:g}", limit, allowed)


def check_limits_of_work(case: Case, contents: Contents, found: Findings) -> None:
    """Note limits on indicators of work that are above the standard everywhere: they would ask for no more than it."""
    places: dict[str, Path] = {f"target {t.id}": ("targets", i) for i, t in enumerate(contents.file.targets)}
    places |= {f"gate {g.id}": ("gates", i) for i, g in enumerate(contents.file.gates)}
    for target in case.targets:
        _check_work(case, target, target.cities, target.periods, places[f"target {target.id}"], found)
    for gate in case.gates:
        _check_work(case, gate, tuple(case.cities), case.period_ids, places[f"gate {gate.id}"], found)


def _check_work(
    case: Case, limit: Target | Gate, cities: tuple[str, ...], periods: tuple[str, ...], path: Path, found: Findings
) -> None:
    work = case.work.get(limit.indicator)
    if work is None or limit.at_least is None:
        return
    standards = [standard_of_work(case, work.id, city, period) for city in cities for period in periods]
    highest = max(standards, default=0.0)
    if 0 < highest < limit.at_least:
        unit = "jobs per 1,000 people" if work.of == "jobs" else "a head"
        message = f"must be at most {highest:g} {unit}, the highest standard of these cities, not {limit.at_least:g}"
        found.key((*path, "at_least"), message, limit.at_least, f"at most {highest:g}")


def standard_of_work(case: Case, indicator: str, city: str, period: str) -> float:
    """What leaves no gap in a city, in the indicator's own unit; 0 where the city does not have the indicator."""
    people = case.cities[city].population[period]
    if people <= 0:
        return 0.0
    per = PER if case.work[indicator].of == "jobs" else 1.0
    return per * case.work_target(indicator, city, period) / people
