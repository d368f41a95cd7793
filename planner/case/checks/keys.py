"""The keys of case.yaml agree with themselves, with one another and with the tables."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from planner.case.checks.findings import Findings
from planner.case.checks.limits import check_limits
from planner.case.checks.titles import check_titles
from planner.case.checks.work_keys import check_work_keys
from planner.case.effects import BorderMinutes, LowerEmissions
from planner.case.goals import ABOUT_GAPS, Goal
from planner.case.places import OFFERS, Access, City
from planner.case.problems import listed
from planner.case.raw import Path
from planner.case.rows import TABLES
from planner.case.validating import Contents

RESERVED_PEOPLE = (*(c for c in TABLES["cities"].columns), "trips", "equally")


def check_keys(contents: Contents, found: Findings) -> None:
    """Note keys that contradict one another."""
    file = contents.file
    _check_periods(contents, found)
    _check_names(contents, found)
    for standard, keys in file.access.items():
        _check_access(standard, keys, contents, found)
    for path, effect in file.placed_effects():
        if isinstance(effect, BorderMinutes) and effect.between[0] == effect.between[1]:
            found.key((*path, "between"), "must name two different jurisdictions", effect.between[0])
    _check_yes_or_no(contents, found)
    check_work_keys(contents, found)
    check_limits(contents, found)
    check_titles(contents, found)
    for i, goal in enumerate(file.goals):
        _check_goal(("goals", i), goal, contents, found)


def _check_yes_or_no(contents: Contents, found: Findings) -> None:
    """What has an effect, or opens a link, either serves or does not: of several units it would be unclear how many.

    Emissions alone are lower by as much for each unit.
    """
    several = {m.row.id: m.row.units for m in contents.measures if m.row.units != 1 or m.row.divisible}
    yes_or_no = [effect.measure for effect in contents.file.effects if not isinstance(effect, LowerEmissions)]
    for measure in dict.fromkeys(yes_or_no):
        if measure in several:
            message = (
                f"a measure with an effect other than lower_emissions has 1 unit that cannot be divided; '{measure}' has "
                f"{several[measure]:g}"
            )
            found.key(("effects", measure), message, measure, "a measure of one whole unit")
    for link in contents.links:
        for needed in link.row.needs:
            if needed in several:
                message = f"a link needs measures of one whole unit; '{needed}' has {several[needed]:g}"
                found.cell("links", link.number, "needs", message, needed, "a measure of one whole unit")


def _check_periods(contents: Contents, found: Findings) -> None:
    """Periods follow one another without a hole."""
    for place, (before, after) in enumerate(pairwise(contents.file.periods), start=1):
        if after.first != before.last + 1:
            message = f"must start in {before.last + 1}, the year after the period before it, not in {after.first}"
            found.key(("periods", place), message, after.label, f"{before.last + 1}-...")


def _check_names(contents: Contents, found: Findings) -> None:
    """No name means two things."""
    file = contents.file
    for place, group in enumerate(file.people):
        if group in RESERVED_PEOPLE:
            found.key(("people", place), f"'{group}' is a column of cities.csv already: choose another name", group)
    for service in file.services:
        if service in file.access:
            message = f"'{service}' is an access standard already: indicators need different names"
            found.key(("services", service), message, service)
    for indicator in file.work:
        if indicator in file.access or indicator in file.services:
            other = "an access standard" if indicator in file.access else "a service"
            message = f"'{indicator}' is {other} already: indicators need different names"
            found.key(("work", indicator), message, indicator)
    for section in ("targets", "rules", "gates"):
        items = getattr(file, section)
        counts = Counter(item.id for item in items)
        for place, item in enumerate(items):
            first = next(i for i, other in enumerate(items) if other.id == item.id)
            if counts[item.id] > 1 and place != first:
                found.key((section, place, "id"), f"'{item.id}' is the id of another one of the {section}", item.id)


def _check_access(name: str, keys: Access, contents: Contents, found: Findings) -> None:
    path: Path = ("access", name)
    reach = keys.kind == "reach"
    for key, needed, value in (
        ("worst_minutes", not reach, keys.worst_minutes),
        ("target", reach, keys.target),
    ):
        if needed and value is None:
            found.key(path, f"{key} is missing: the kind {keys.kind} needs it", allowed=key)
        elif not needed and value is not None:
            found.key((*path, key), f"the kind {keys.kind} has no {key}", value, "nothing")
    if keys.worst_minutes is not None and keys.worst_minutes <= keys.standard_minutes:
        message = f"must be more than standard_minutes ({keys.standard_minutes:g}), not {keys.worst_minutes:g}"
        allowed = f"more than {keys.standard_minutes:g}"
        found.key((*path, "worst_minutes"), message, keys.worst_minutes, allowed)
    if "weight" in keys.silent and found.raw.gives((*path, "weight")):
        found.key((*path, "weight"), "the kind nearest weighs nothing: leave it out", keys.weight, "nothing")
    if OFFERS in keys.to_where:
        if len(keys.to_where) > 1 or len(keys.to_where[OFFERS]) > 1:
            found.key((*path, "to"), f"{OFFERS} names one service and stands alone")
        if keys.kind != "nearest":
            found.key((*path, "to"), f"{OFFERS} goes with the kind nearest only, not {keys.kind}", keys.kind, "nearest")
    if keys.kind != "nearest" and keys.weight in ("gdp", "jobs"):
        _check_column_filled(keys.weight, (*path, "weight"), contents, found)


def _check_column_filled(column: str, path: Path, contents: Contents, found: Findings) -> None:
    """A column that cities are weighed by has a figure for every city."""
    assert column in City.declares()
    empty = [c.row.id for c in contents.cities if getattr(c.row, column) is None]
    if empty:
        found.key(path, f"cities.csv has no {column} for {listed(empty)}", column)


def _check_goal(path: Path, keys: Goal, contents: Contents, found: Findings) -> None:
    file = contents.file
    parts = set(keys.parts)
    if not any(keys.parts.values()):
        found.key((*path, "minimise"), "needs at least one part with a weight above 0")
    if parts & ABOUT_GAPS:
        if not (file.services or file.access or file.work) and not contents.broken & {"services", "access", "work"}:
            message = "there are no gaps to close: the case has no services, no access standards and no indicators of work"
            found.key((*path, "minimise"), message)
        elif keys.weights is not None and not any(keys.weights.values()):
            found.key((*path, "weights"), "needs at least one indicator with a weight above 0")
    else:
        given = [key for key in ("weights", "weigh_by", "where") if getattr(keys, key)]
        given = [key for key in given if key != "weigh_by" or keys.weigh_by != "population"]
        for key in given:
            found.key((*path, key), f"only parts about gaps are weighed, not {listed(keys.parts)}")
    _check_fairness(path, keys, found)
    if "emissions" in parts and not file.airsheds and "airsheds" not in contents.broken:
        found.key((*path, "minimise"), "there are no emissions to lower: the case has no airsheds", "emissions")
    if keys.discounted and "spending" not in parts:
        found.key((*path, "discounted"), f"only spending can be discounted, not {listed(keys.parts)}", "true", "false")
    if keys.period_weights is not None and not any(keys.period_weights.values()):
        found.key((*path, "period_weights"), "needs at least one period with a weight above 0")
    if keys.weigh_by in ("gdp", "jobs", "area_km2"):
        _check_column_filled(keys.weigh_by, (*path, "weigh_by"), contents, found)


def _check_fairness(path: Path, keys: Goal, found: Findings) -> None:
    """The worst share of people says which share; the worst off come first alone."""
    if keys.without_share:
        message = "worst_share needs worst_share_of: the share of people who are the worst off, such as 0.25"
        found.key((*path, "minimise"), message)
    if keys.idle_share:
        message = f"only worst_share has a share of people, not {listed(keys.parts)}: leave it out"
        found.key((*path, "worst_share_of"), message)
    if "worst_off_first" in keys.parts and keys.parts != {"worst_off_first": 1.0}:
        message = "worst_off_first takes the cities one after the other, so it stands alone in its goal, with no weight"
        found.key((*path, "minimise"), f"{message}: make other parts goals of their own")
