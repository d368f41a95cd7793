"""The keys of case.yaml agree with themselves, with one another and with the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.checks.moves import check_move_keys
from planner.case.checks.prices import check_price_keys
from planner.case.effects import EFFECTS, AllowTransfer, BorderMinutes
from planner.case.goals import Gate, Goal, Target
from planner.case.industry import Work
from planner.case.naming import as_words
from planner.case.places import OFFERS, Access, City, Named
from planner.case.problems import listed
from planner.case.raw import Path
from planner.case.rows import TABLES
from planner.case.scenarios import BASE
from planner.case.validating import Contents
from planner.words.said import _

RESERVED_PEOPLE = (*(c for c in TABLES["cities"].columns), "trips", "equally")


def check_keys(contents: Contents, found: Findings) -> None:
    """Note keys that contradict one another."""
    file = contents.file
    _check_periods(contents, found)
    _check_names(contents, found)
    for standard, keys in file.access.items():
        _check_access(standard, keys, contents, found)
    for service, said in file.services.items():
        if said.keeps is not None and said.shares == "all":
            message = _("a city that shares everything keeps nothing: leave it out, or share what is spare")
            found.key(("services", service, "keeps"), message, said.keeps, "nothing")
    for path, effect in file.placed_in_force():
        if effect.instead:
            message = _("cannot be in force without a measure: {instead}").format(instead=effect.instead)
            allowed = listed(key for key, kind in EFFECTS.items() if not kind.instead)
            found.key(path, message, effect.key, allowed)
    for path, effect in (*file.placed_effects(), *file.placed_in_force()):
        if isinstance(effect, BorderMinutes) and effect.between[0] == effect.between[1]:
            found.key((*path, "between"), _("must name two different jurisdictions"), effect.between[0])
    _check_yes_or_no(contents, found)
    check_price_keys(contents, found)
    check_move_keys(contents, found)
    check_work_keys(contents, found)
    check_limits(contents, found)
    check_titles(contents, found)
    for i, goal in enumerate(file.goals):
        _check_goal(("goals", i), goal, contents, found)


def _check_yes_or_no(contents: Contents, found: Findings) -> None:
    """What has an effect, or opens a link, either serves or does not: of several units it would be unclear how many.

    Effects that are as large as its units are clear: emissions are lower by as much for each.
    """
    several = {m.row.id: m.row.units for m in contents.measures if m.row.units != 1 or m.row.divisible}
    yes_or_no = [effect.measure for effect in contents.file.effects if not effect.each_unit]
    each_unit = listed(key for key, effect in EFFECTS.items() if effect.each_unit)
    for measure in dict.fromkeys(yes_or_no):
        if measure in several:
            message = _(
                "a measure with an effect other than {effects} has 1 unit that cannot be divided; '{measure}' has "
                "{several:g}"
            ).format(effects=each_unit, measure=measure, several=several[measure])
            found.key(("effects", measure), message, measure, _("a measure of one whole unit"))
    for link in contents.links:
        for needed in link.row.needs:
            if needed in several:
                message = _("a link needs measures of one whole unit; '{needed}' has {several:g}").format(
                    needed=needed, several=several[needed]
                )
                found.cell("links", link.number, "needs", message, needed, _("a measure of one whole unit"))


def _check_periods(contents: Contents, found: Findings) -> None:
    """Periods follow one another without a hole."""
    for place, (before, after) in enumerate(pairwise(contents.file.periods), start=1):
        if after.first != before.last + 1:
            message = _("must start in {last}, the year after the period before it, not in {first}").format(
                last=before.last + 1, first=after.first
            )
            found.key(("periods", place), message, after.label, f"{before.last + 1}-...")


def _check_names(contents: Contents, found: Findings) -> None:
    """No name means two things."""
    file = contents.file
    for place, group in enumerate(file.people):
        if group in RESERVED_PEOPLE:
            message = _("'{group}' is a column of cities.csv already: choose another name").format(group=group)
            found.key(("people", place), message, group)
    for service in file.services:
        if service in file.access:
            message = _("'{service}' is an access standard already: indicators need different names").format(service=service)
            found.key(("services", service), message, service)
    for indicator in file.work:
        if indicator in file.access or indicator in file.services:
            other = _("an access standard") if indicator in file.access else _("a service")
            message = _("'{indicator}' is {other} already: indicators need different names").format(
                indicator=indicator, other=other
            )
            found.key(("work", indicator), message, indicator)
    for indicator in file.crowding:
        others = (
            (file.access, _("an access standard")),
            (file.services, _("a service")),
            (file.work, _("an indicator of work")),
        )
        same = next((words for section, words in others if indicator in section), None)
        if same is not None:
            message = _("'{indicator}' is {other} already: indicators need different names").format(
                indicator=indicator, other=same
            )
            found.key(("crowding", indicator), message, indicator)
    for section in ("targets", "rules", "gates"):
        items = getattr(file, section)
        counts = Counter(item.id for item in items)
        for place, item in enumerate(items):
            first = next(i for i, other in enumerate(items) if other.id == item.id)
            if counts[item.id] > 1 and place != first:
                message = _("'{item}' is the id of another one of the {section}").format(item=item.id, section=section)
                found.key((section, place, "id"), message, item.id)


def _check_access(name: str, keys: Access, contents: Contents, found: Findings) -> None:
    path: Path = ("access", name)
    reach = keys.kind == "reach"
    for key, needed, value in (
        ("worst_minutes", not reach, keys.worst_minutes),
        ("target", reach, keys.target),
    ):
        if needed and value is None:
            found.key(path, _("{key} is missing: the kind {kind} needs it").format(key=key, kind=keys.kind), allowed=key)
        elif not needed and value is not None:
            found.key((*path, key), _("the kind {kind} has no {key}").format(kind=keys.kind, key=key), value, "nothing")
    if keys.worst_minutes is not None and keys.worst_minutes <= keys.standard_minutes:
        message = _("must be more than standard_minutes ({standard_minutes:g}), not {worst_minutes:g}").format(
            standard_minutes=keys.standard_minutes, worst_minutes=keys.worst_minutes
        )
        allowed = _("more than {standard_minutes:g}").format(standard_minutes=keys.standard_minutes)
        found.key((*path, "worst_minutes"), message, keys.worst_minutes, allowed)
    if "weight" in keys.silent and found.raw.gives((*path, "weight")):
        found.key((*path, "weight"), _("the kind nearest weighs nothing: leave it out"), keys.weight, "nothing")
    if OFFERS in keys.to_where:
        if len(keys.to_where) > 1 or len(keys.to_where[OFFERS]) > 1:
            found.key((*path, "to"), _("{offers} names one service and stands alone").format(offers=OFFERS))
        if keys.kind != "nearest":
            message = _("{offers} goes with the kind nearest only, not {kind}").format(offers=OFFERS, kind=keys.kind)
            found.key((*path, "to"), message, keys.kind, "nearest")
    if keys.kind != "nearest" and keys.weight in ("gdp", "jobs"):
        _check_column_filled(keys.weight, (*path, "weight"), contents, found)


def _check_column_filled(column: str, path: Path, contents: Contents, found: Findings) -> None:
    """A column that cities are weighed by has a figure for every city."""
    assert column in City.declares()
    empty = [c.row.id for c in contents.cities if getattr(c.row, column) is None]
    if empty:
        found.key(path, _("cities.csv has no {column} for {empty}").format(column=column, empty=listed(empty)), column)


def _check_goal(path: Path, keys: Goal, contents: Contents, found: Findings) -> None:
    file = contents.file
    parts = set(keys.parts)
    if not any(keys.parts.values()):
        found.key((*path, "minimise"), _("needs at least one part with a weight above 0"))
    if keys.gap_parts:
        if not any(getattr(file, section) for section in INDICATORS) and not contents.broken.intersection(INDICATORS):
            message = _(
                "there are no gaps to close: the case has no services, no access standards and no indicators of work or "
                "crowding"
            )
            found.key((*path, "minimise"), message)
        elif keys.weights is not None and not any(keys.weights.values()):
            found.key((*path, "weights"), _("needs at least one indicator with a weight above 0"))
    else:
        given = [key for key in ("weights", "weigh_by", "where", "curve", "pieces") if getattr(keys, key)]
        given = [key for key in given if key != "weigh_by" or keys.weigh_by != "population"]
        for key in given:
            found.key((*path, key), _("only parts about gaps are weighed, not {parts}").format(parts=listed(keys.parts)))
    if keys.gap_parts and keys.pieces is not None and not keys.is_curved:
        message = _("only a curve above 1 has pieces: leave them out, or give the goal a curve such as 2")
        found.key((*path, "pieces"), message, keys.pieces, "nothing")
    _check_fairness(path, keys, found)
    if "emissions" in parts and not file.airsheds and "airsheds" not in contents.broken:
        found.key((*path, "minimise"), _("there are no emissions to lower: the case has no airsheds"), "emissions")
    if keys.discounted and "spending" not in parts:
        message = _("only spending can be discounted, not {parts}").format(parts=listed(keys.parts))
        found.key((*path, "discounted"), message, "true", "false")
    if keys.period_weights is not None and not any(keys.period_weights.values()):
        found.key((*path, "period_weights"), _("needs at least one period with a weight above 0"))
    if keys.weigh_by in ("gdp", "jobs", "area_km2"):
        _check_column_filled(keys.weigh_by, (*path, "weigh_by"), contents, found)


def _check_fairness(path: Path, keys: Goal, found: Findings) -> None:
    """The worst share of people says which share; the worst off come first alone."""
    if keys.without_share:
        message = _("worst_share needs worst_share_of: the share of people who are the worst off, such as 0.25")
        found.key((*path, "minimise"), message)
    if keys.idle_share:
        message = _("only worst_share has a share of people, not {parts}: leave it out").format(parts=listed(keys.parts))
        found.key((*path, "worst_share_of"), message)
    if "worst_off_first" in keys.parts and keys.parts != {"worst_off_first": 1.0}:
        message = _("worst_off_first takes the cities one after the other, so it stands alone in its goal, with no weight")
        found.key((*path, "minimise"), _("{message}: make other parts goals of their own").format(message=message))


def check_work_keys(contents: Contents, found: Findings) -> None:
    """Note keys of industry, work, policy and money between lines that contradict one another."""
    for indicator, keys in contents.file.work.items():
        _check_work(("work", indicator), keys, found)
    _check_barriers(contents, found)
    _check_tax_lines(contents, found)
    _check_transfers(contents, found)


def _check_work(path: Path, keys: Work, found: Findings) -> None:
    """What an indicator against targets has not would silently do nothing."""
    for key in keys.declares().values():
        if key.field in keys.silent and found.raw.gives((*path, key.name)):
            message = _("the kind {kind} has no {key}: leave it out").format(kind=keys.kind, key=key.name)
            found.key((*path, key.name), message, getattr(keys, key.field), "nothing")


def _check_barriers(contents: Contents, found: Findings) -> None:
    """What comes before subsidies is the removal of a barrier."""
    levels = {m.row.id: m.row.level for m in contents.measures}
    for name in contents.file.pyramid.barriers_first:
        if name in levels and levels[name] != "barrier_removal":
            level = _("is of level {levels}").format(levels=levels[name]) if levels[name] else _("has no level")
            message = _("'{name}' {level}: barriers_first names policies of level barrier_removal").format(
                name=name, level=level
            )
            removals = [m for m, level in levels.items() if level == "barrier_removal"]
            found.key(("pyramid", "barriers_first"), message, name, listed(removals))


def _check_tax_lines(contents: Contents, found: Findings) -> None:
    """The tax of a jurisdiction reaches one line, which the jurisdiction holds."""
    jurisdictions = found.raw.ids("cities", "jurisdiction")
    first: dict[str, str] = {}
    for line, keys in contents.file.lines.items():
        if not keys.gets_tax:
            continue
        path: Path = ("lines", line, "gets_tax")
        if jurisdictions and keys.holder not in jurisdictions:
            message = _("only a line held by a jurisdiction gets tax ({jurisdictions}), not by '{holder}'").format(
                jurisdictions=listed(jurisdictions), holder=keys.holder
            )
            found.key(path, message, "true", "false")
        elif keys.holder in first:
            message = _("the line {first} gets the tax of {holder} already: one line of a holder gets it").format(
                first=first[keys.holder], holder=keys.holder
            )
            found.key(path, message, "true", "false")
        first.setdefault(keys.holder, line)


def _check_transfers(contents: Contents, found: Findings) -> None:
    """Money goes from a line to another one, and never round in a circle."""
    lines = contents.file.lines
    sends: dict[str, set[str]] = {}
    for path, effect in contents.file.placed_effects():
        if not isinstance(effect, AllowTransfer):
            continue
        sender = lines.get(effect.from_line)
        if effect.from_line == effect.to_line:
            message = _("'{to_line}' is also the line that sends").format(to_line=effect.to_line)
            found.key((*path, "to"), message, effect.to_line, _("another line"))
            continue
        if sender is not None and sender.at_most_share < 1:
            message = _(
                "'{from_line}' may pay at most {at_most_share:g} of a measure: by what it sends it could pay more"
            ).format(from_line=effect.from_line, at_most_share=sender.at_most_share)
            found.key((*path, "from"), message, effect.from_line, _("a line without at_most_share"))
        _check_pair(path, effect, sends, found)
        sends.setdefault(effect.from_line, set()).add(effect.to_line)


def _check_pair(path: Path, keys: AllowTransfer, sends: dict[str, set[str]], found: Findings) -> None:
    if keys.to_line in sends.get(keys.from_line, ()):
        message = _("{from_line} may send to {to_line} by another effect already").format(
            from_line=keys.from_line, to_line=keys.to_line
        )
        found.key(path, message, _("{from_line} to {to_line}").format(from_line=keys.from_line, to_line=keys.to_line))
        return
    way = _way(keys.to_line, keys.from_line, sends)
    if way:
        message = _("money could go round in a circle: {circle}").format(circle=" -> ".join([keys.from_line, *way]))
        found.key(path, message, _("{from_line} to {to_line}").format(from_line=keys.from_line, to_line=keys.to_line))


def _way(start: str, end: str, sends: dict[str, set[str]]) -> list[str]:
    """Lines from one to another along what may be sent; none if there is no way."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for line in sorted(sends.get(way[-1], set()) - seen):
            seen.add(line)
            ways.append([*way, line])
    return []


SECTIONS = ("modes", "lines", "industries", "chains", "airsheds", "scenarios", "names")
INDICATORS = ("access", "services", "work", "crowding")  # they stand beside one another


def check_titles(contents: Contents, found: Findings) -> None:
    """Note names that another thing of the kind has: a chart or a table would show the two as one."""
    for sections in (*((section,) for section in SECTIONS), INDICATORS):
        for key in ("name", "name_zh"):
            first: dict[str, tuple[str, str]] = {}
            for section, id_, keys in _things(contents, sections):
                given = getattr(keys, key)
                if section == "scenarios" and (given or "").casefold() == BASE:
                    message = _("'{base}' is the case without a scenario: choose another name").format(base=BASE)
                    found.key((section, id_, key), message, given)
                shown = given or (as_words(id_) if key == "name" else "")
                other = first.setdefault(shown, (section, id_)) if shown else (section, id_)
                if other != (section, id_) and (given or getattr(getattr(contents.file, other[0])[other[1]], key)):
                    place, named = ((section, id_), other) if given else (other, (section, id_))
                    message = _("'{shown}' is what {section}.{key} is called already: choose another name").format(
                        shown=shown, section=named[0], key=named[1]
                    )
                    found.key((*place, key), message, shown)


def _things(contents: Contents, sections: tuple[str, ...]) -> Iterator[tuple[str, str, Named]]:
    for section in sections:
        for id_, keys in getattr(contents.file, section).items():
            yield section, id_, keys


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
    crowding = file.crowding.get(keys.indicator)
    wanted = "at_most" if crowding is not None or (standard is not None and standard.kind != "reach") else "at_least"
    if keys.indicator not in (*file.services, *file.work, *file.crowding) and standard is None:
        return  # noted with the names
    if given != wanted:
        message = _("{indicator} takes {wanted}, not {given}").format(indicator=keys.indicator, wanted=wanted, given=given)
        found.key((*path, given), message, given, wanted)
        return
    low, high, unit = 0.0, None, ""
    if keys.indicator in file.work:
        return  # its standard follows from the cities: see check_limits_of_work
    if crowding is not None:
        low, high, unit = 100.0, 100.0 * crowding.worst, _("% of what a city is meant for")
    elif standard is None:
        figures = file.services[keys.indicator].per_1000
        relevant = [v for p, v in figures.items() if not (by and p.isdigit() and p < by)]
        high, unit = min(relevant, default=None), _("per 1,000, the standard")
    elif standard.kind == "reach":
        high, unit = 100 * (standard.target or 1.0), _("%, the standard's target")
    elif standard.worst_minutes is None or standard.worst_minutes <= standard.standard_minutes:
        return  # noted with the standard
    else:
        low, high, unit = standard.standard_minutes, standard.worst_minutes, _("minutes, as counted from standard to worst")
    ends_there = crowding is not None or (standard is not None and standard.kind != "reach")
    always_kept = ends_there and limit == high  # a trip of the worst minutes, or no route at all, would do
    if limit < low or (high is not None and limit > high) or always_kept:
        allowed = (
            _("between {low:g} and {high:g}").format(low=low, high=high)
            if not always_kept
            else _("less than {high:g}, the worst").format(high=high)
        )
        message = _("must be {allowed} {unit}, not {limit:g}").format(allowed=allowed, unit=unit, limit=limit)
        found.key((*path, given), message, limit, allowed)


def check_limits_of_work(case: Case, contents: Contents, found: Findings) -> None:
    """Note limits on indicators of work that are above the standard everywhere: they would ask for no more than it."""
    places: dict[str, Path] = {_("target {t}").format(t=t.id): ("targets", i) for i, t in enumerate(contents.file.targets)}
    places |= {_("gate {g}").format(g=g.id): ("gates", i) for i, g in enumerate(contents.file.gates)}
    for target in case.targets:
        _check_limit_of_work(case, target, target.cities, target.periods, places[f"target {target.id}"], found)
    for gate in case.gates:
        _check_limit_of_work(case, gate, tuple(case.cities), case.period_ids, places[f"gate {gate.id}"], found)


def _check_limit_of_work(
    case: Case, limit: Target | Gate, cities: tuple[str, ...], periods: tuple[str, ...], path: Path, found: Findings
) -> None:
    work = case.work.get(limit.indicator)
    if work is None or limit.at_least is None:
        return
    standards = [standard_of_work(case, work.id, city, period) for city in cities for period in periods]
    highest = max(standards, default=0.0)
    if 0 < highest < limit.at_least:
        unit = _("jobs per 1,000 people") if work.of == "jobs" else _("a head")
        message = _("must be at most {highest:g} {unit}, the highest standard of these cities, not {at_least:g}").format(
            highest=highest, unit=unit, at_least=limit.at_least
        )
        found.key((*path, "at_least"), message, limit.at_least, _("at most {highest:g}").format(highest=highest))


def standard_of_work(case: Case, indicator: str, city: str, period: str) -> float:
    """What leaves no gap in a city, in the indicator's own unit; 0 where the city does not have the indicator."""
    people = case.cities[city].population[period]
    if people <= 0:
        return 0.0
    per = PER if case.work[indicator].of == "jobs" else 1.0
    return per * case.work_target(indicator, city, period) / people
