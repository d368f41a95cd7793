"""From amounts to changes of the case: what it demands of projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan

from planner.case import naming
from planner.questions.diagnose.change import Change, Edit, Given, plus
from planner.questions.diagnose.concessions import Kind
from planner.questions.diagnose.wording import figure, label
from planner.words.plurals import count
from planner.words.said import _


def _requirement(given: Given) -> list[Change]:
    """A measure no longer waits for what it requires; several requirements of one measure are one edit."""
    case = given.case
    a, b = given.first.key
    dropped = {
        key[1] for k in given.least.amounts if (key := given.loose.concessions[k].key) and _is_requirement_of(given, k, a)
    }
    rest = [other for other in case.measures[a].requires if other not in dropped]
    edit: Edit = {"table": "measures", "where": {"id": a}, "column": "requires", "set": rest}
    text = _("{measure}: does not require {other} any more").format(
        measure=naming.measure(case, a), other=naming.measure(case, b)
    )
    return [Change("requirement", a, "", "", nan, nan, "", text, (edit,))]


def _is_requirement_of(given: Given, k: int, a: str) -> bool:
    concession = given.loose.concessions[k]
    return concession.kind == "requirement" and concession.key[0] == a


def _group(given: Given) -> list[Change]:
    group, more = given.first.key[0], given.amount
    edit: Edit = {"table": "measures", "where": {"one_of": group}, "column": "one_of", "set": ""}
    text = _("group {group}: {needed} of its measures start instead of at most one; the group is dropped").format(
        group=group, needed=figure(1 + more)
    )
    return [Change("group", group, "", "", 1.0, 1 + more, _("measures"), text, (edit,))]


def _land(given: Given) -> list[Change]:
    i = given.first.key[0]
    now = given.case.cities[i].land_quota_km2 or 0.0
    needed = plus(now, given.amount)
    edit: Edit = {"table": "cities", "where": {"id": i}, "column": "land_quota_km2", "set": needed}
    text = _("{city}: a land quota of {needed} km2 instead of {now}").format(
        city=naming.city(given.case, i), needed=figure(needed), now=figure(now)
    )
    return [Change("land", i, i, "", now, needed, _("km2"), text, (edit,))]


def _hosts(given: Given) -> list[Change]:
    industry = given.case.industries[given.first.key[0]]
    now = float(industry.max_hosts or 0)
    needed = now + given.amount
    edit: Edit = {"key": f"industries.{industry.id}.max_hosts", "set": int(needed)}
    text = _("industry {industry}: parks in up to {cities} instead of {now:.0f}").format(
        industry=naming.name_of(industry), cities=count(round(needed), "city", "cities"), now=now
    )
    return [Change("hosts", industry.id, "", "", now, needed, _("cities"), text, (edit,))]


def _airshed(given: Given) -> list[Change]:
    """The cap of an airshed in some periods: one edit for all of them."""
    airshed = given.case.airsheds[given.first.key[0]]
    assert airshed.cap is not None
    cap = dict(airshed.cap)
    for k in given.places:
        t = given.loose.concessions[k].key[1]
        cap[t] = plus(cap[t], given.up(given.least.amounts[k]))
    edit: Edit = {"key": f"airsheds.{airshed.id}.cap", "set": cap}
    found = []
    for k in given.places:
        t = given.loose.concessions[k].key[1]
        now, needed = airshed.cap[t], cap[t]
        text = _("airshed {airshed}, {period}: a cap of {needed} {unit} instead of {now}").format(
            airshed=naming.name_of(airshed), period=label(given.case, t), needed=figure(needed), unit=airshed.unit,
            now=figure(now),
        )  # fmt: skip
        found.append(Change("airshed", airshed.id, "", t, now, needed, airshed.unit, text, (edit,)))
    return found


def _level_share(given: Given) -> list[Change]:
    level = given.first.key[0]
    now = given.case.pyramid.at_most_share[level]  # type: ignore[index]
    needed = min(1.0, plus(now, given.amount))
    edit: Edit = {"key": f"pyramid.at_most_share.{level}", "set": needed}
    text = _("level {level}: up to {needed:.4g} of all money instead of {now:.4g}").format(
        level=naming.as_words(level), needed=needed, now=now
    )
    return [Change("level", level, "", "", now, needed, _("share"), text, (edit,))]


def _subsidy_periods(given: Given) -> list[Change]:
    now = float(given.case.pyramid.subsidy_periods or 0)
    needed = now + given.amount
    edit: Edit = {"key": "pyramid.subsidy_periods", "set": int(needed)}
    text = _("a city is subsidised in up to {periods} instead of {now:.0f}").format(
        periods=count(round(needed), "period"), now=now
    )
    return [Change("subsidy periods", "", "", "", now, needed, _("periods"), text, (edit,))]


def _barrier(given: Given) -> list[Change]:
    """Subsidies no longer wait for a removal; several removals are one edit."""
    case, b = given.case, given.first.key[0]
    made = [given.loose.concessions[k] for k in given.least.amounts]
    dropped = {concession.key[0] for concession in made if concession.kind == "barrier"}
    edit: Edit = {"key": "pyramid.barriers_first", "set": [q for q in case.pyramid.barriers_first if q not in dropped]}
    text = _("subsidies do not wait for {measure} any more").format(measure=naming.measure(case, b))
    return [Change("barrier", b, "", "", nan, nan, "", text, (edit,))]


def _largest_share(given: Given) -> list[Change]:
    """A line pays a larger share of a cost: as large as it pays of any in the solution."""
    assert given.least.columns is not None
    l, line = given.first.key[1], given.case.lines[given.first.key[1]]
    shares = []
    for k in given.places:
        key, row = given.loose.concessions[k].key, ("within_largest_share", given.loose.concessions[k].key)
        pays = float(given.least.columns[given.loose.program.columns["Pay", key]])
        cost = (pays - given.loose.activity(row, given.least.columns)) / line.at_most_share
        shares.append(pays / cost if cost > 0 else 1.0)
    needed = min(1.0, plus(line.at_most_share, given.up(max(0.0, max(shares) - line.at_most_share))))
    text = _("line {line}: pays up to {needed} of a measure's cost instead of {now}").format(
        line=naming.line(given.case, l), needed=figure(needed), now=figure(line.at_most_share)
    )
    edit = {"key": f"lines.{l}.at_most_share", "set": needed}
    return [Change("largest share", l, "", "", line.at_most_share, needed, _("share"), text, (edit,))]


MAKE: Mapping[Kind, Callable[[Given], list[Change]]] = {
    "largest share": _largest_share,
    "land": _land,
    "hosts": _hosts,
    "airshed": _airshed,
    "level": _level_share,
    "subsidy periods": _subsidy_periods,
    "barrier": _barrier,
    "requirement": _requirement,
    "group": _group,
}
