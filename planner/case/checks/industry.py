"""What the filled case says of work, private money, tax and targets can hold."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.effects import RaisePrivateShare, ShareTax
from planner.case.problems import listed
from planner.case.raw import Path
from planner.case.selecting import cities_with
from planner.case.validating import Contents
from planner.words.said import _, counted

FEW = 5  # names shown of cities that lack an indicator


def check_targets(case: Case, contents: Contents, found: Findings) -> None:
    """Note targets that ask nothing, since none of their cities has the indicator."""
    places = {target.id: i for i, target in enumerate(contents.file.targets)}
    for target in case.targets:
        if target.indicator in case.indicators and target.cities:
            lacking = not_asked(case, target.indicator, target.cities, target.periods)
            if len(lacking) == len(target.cities):
                key = "where" if target.where else "indicator"
                message = _("asks nothing of {case}").format(case=in_words(case, target.indicator, lacking))
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
    if indicator in case.services:
        why = counted(len(cities), "has no known capacity of {indicator}", "have no known capacity of {indicator}").format(
            indicator=indicator
        )
    elif indicator in case.work and case.work[indicator].kind == "target" and not _left_out(case, indicator, cities):
        why = counted(len(cities), "has no jobs target", "have no jobs target")
    else:
        return _("{cities}, which {indicator} leaves out").format(cities=listed(cities, FEW), indicator=indicator)
    return _("{cities}, which {why}").format(cities=listed(cities, FEW), why=why)


def _left_out(case: Case, indicator: str, cities: list[str]) -> bool:
    """Whether any of the cities has a jobs target of which the indicator's own `where` makes nothing."""
    targets = (case.cities[city].jobs_target for city in cities if city not in cities_with(case, indicator))
    return any(target is not None and any(target.values()) for target in targets)


def _asked(case: Case, indicator: str) -> list[str]:
    return [city for city in case.cities if not not_asked(case, indicator, [city], case.period_ids)]


ROUNDING = 1e-9
TABLES = frozenset({"cities", "links", "measures", "parks"})  # with a row of these left out, a selection may lack it


def check_industry(case: Case, contents: Contents, found: Findings) -> None:
    """Note indicators of work without figures, private shares above all of a cost, and tax that cannot be shared."""
    _check_work(case, contents, found)
    _check_private_shares(case, found)
    if "lines" not in contents.broken:
        _check_tax_lines(case, found)
    if not contents.broken & TABLES:
        _check_selections(case, contents, found)
    if not contents.broken & {*TABLES, "capacity"}:
        check_targets(case, contents, found)


def _check_work(case: Case, contents: Contents, found: Findings) -> None:
    """Indicators of work have cities, and these the figures that are compared."""
    for work in case.work.values():
        path: Path = ("work", work.id)
        column = "jobs" if work.of == "jobs" else "gdp"
        involved = dict.fromkeys((*work.cities, *work.core))
        empty = [c for c in involved if getattr(case.cities[c], column) is None]
        if empty:
            found.key(path, _("cities.csv has no {column} for {empty}").format(column=column, empty=listed(empty)), column)
        elif "cities" in contents.broken:
            continue
        elif not work.cities and work.kind == "target":
            found.key(path, _("no city that it selects has a jobs_target in cities.csv"), work.id)
        elif not work.cities:
            found.key(path, _("every city that it selects is one of the core: nobody is left to compare"), work.id)
        elif work.kind == "core" and work.core and case.level_today(work.id) <= 0:
            message = _("the {column} of the core ({core}) is 0: there is nothing to compare with").format(
                column=column, core=listed(work.core)
            )
            found.key(path, message, "0", _("more than 0"))


def _check_private_shares(case: Case, found: Findings) -> None:
    """Private investors never pay more than all of a cost; of a group of which one starts, the one that brings most."""
    added: dict[str, dict[str, dict[str, float]]] = {}  # measure -> group -> policy -> share
    last: dict[str, Path] = {}
    for path, effect in case.placed_effects():
        if isinstance(effect, RaisePrivateShare) and case.measures[effect.measure].status != "ruled_out":
            policy = case.measures[effect.measure]
            group = (
                _("one of {one_of}").format(one_of=policy.one_of)
                if policy.one_of is not None
                else _("measure {policy}").format(policy=policy.id)
            )
            for name in effect.measures:
                by_policy = added.setdefault(name, {}).setdefault(group, {})
                by_policy[policy.id] = by_policy.get(policy.id, 0.0) + effect.plus
                last[name] = path
    over: dict[Path, list[str]] = {}
    for name, groups in added.items():
        total = case.measures[name].private_share + sum(max(by_policy.values()) for by_policy in groups.values())
        if total > 1 + ROUNDING:
            over.setdefault(last[name], []).append(_("{name}: {total:g}").format(name=name, total=total))
    for path, measures in over.items():
        message = _("with private_share and other effects, private investors could pay more than all of {measures}").format(
            measures=listed(measures)
        )
        found.key((*path, "plus"), message, allowed=_("at most 1 in all"))


def _check_tax_lines(case: Case, found: Findings) -> None:
    """The tax of a park is shared by one policy, and there are lines for both parts."""
    getting = case.tax_lines
    first: dict[str, str] = {}
    for path, effect in case.placed_effects():
        if not isinstance(effect, ShareTax):
            continue
        path = (*path, "where")
        twice = [_("{park} (by {first})").format(park=park, first=first[park]) for park in effect.parks if park in first]
        if twice:
            found.key(
                path,
                _("the tax of a park is shared once, and that of {twice} is shared already").format(twice=listed(twice)),
            )
        for park in effect.parks:
            first.setdefault(park, effect.measure)
        places = [c for park in effect.parks for c in (case.measures[park].cities[0], case.parks[park].origin)]
        lacking = dict.fromkeys(case.cities[c].jurisdiction for c in places if c is not None)
        lacking = {j: None for j in lacking if j not in getting}
        if lacking:
            message = _("no budget line of {lacking} gets tax: give one of its lines gets_tax: true").format(
                lacking=listed(lacking)
            )
            found.key(path, message, listed(lacking))


def _check_selections(case: Case, contents: Contents, found: Findings) -> None:
    """What is only about parks, or about indicators of cities, selects some."""
    for path, effect in case.placed_effects():
        if isinstance(effect, ShareTax) and not effect.parks:
            message = _("selects no park whose origin is in another jurisdiction: there is no tax to share")
            found.key((*path, "where"), message)
    places = {rule.id: i for i, rule in enumerate(contents.file.rules)}
    parks = {m.id for m in case.measures.values() if m.is_park}
    for rule in case.rules:
        if rule.of in ("jobs", "land"):
            for key, chosen in (("where", rule.measures), ("share_of", rule.share_of_measures)):
                if chosen is not None and parks.isdisjoint(chosen):
                    message = _("selects no park: only parks have {of}").format(of=rule.of)
                    found.key(("rules", places[rule.id], key), message, rule.of)
    for i, goal in enumerate(case.goals):
        counted = [name for name, weight in goal.weights.items() if weight > 0]
        if goal.where and goal.cities and not any(cities_with(case, name) & set(goal.cities) for name in counted):
            message = _("none of its cities ({cities}) has one of the goal's indicators ({counted})").format(
                cities=listed(goal.cities), counted=listed(counted)
            )
            found.key(("goals", i, "where"), message)
