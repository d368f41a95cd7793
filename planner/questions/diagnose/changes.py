"""From amounts to changes of the case: money, targets, rules, commitments, fairness and demands on projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan

from planner.case import Case, Gate, Rule, Target, naming
from planner.case.writing import filled_keys
from planner.planning.building import NO_LOSS
from planner.questions.diagnose.change import Change, Edit, Given, plus
from planner.questions.diagnose.concessions import Kind, worst
from planner.questions.diagnose.least import Least
from planner.questions.diagnose.loosened import Loosened, total_of
from planner.questions.diagnose.wording import figure, in_line, label, level_now, names, own_unit, rule_now, unit_of_rule
from planner.words.plurals import count
from planner.words.said import _


def changes(case: Case, loose: Loosened, least: Least, bump: bool = False) -> tuple[Change, ...]:
    """The changes of a case that concessions come to, promise by promise.

    Parameters
    ----------
    bump
        A little more of each than is needed, where rounding was too near.
    """
    found: list[Change] = []
    for places in loose.promises.values():
        kinds = dict.fromkeys(loose.concessions[k].kind for k in places)
        for kind in kinds:
            made = tuple(k for k in places if k in least.amounts and loose.concessions[k].kind == kind)
            if made:
                found += _MAKE[kind](Given(case, loose, least, made, bump))
    return tuple(found)


def _own_changes(given: Given, make: Callable[[Given], Change]) -> list[Change]:
    """A change for each concession of a promise."""
    return [make(Given(given.case, given.loose, given.least, (k,), given.bump)) for k in given.places]


# --- money


def _money(given: Given) -> list[Change]:
    return _own_changes(given, _more_money)


def _more_money(given: Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].amount[t], case.money.unit
    needed = plus(now, given.amount)
    text = _("{line}: {more} {unit} more ({now} -> {needed})").format(
        line=in_line(case, l, t), more=figure(given.amount), unit=unit, now=figure(now), needed=figure(needed)
    )
    return Change("money", l, "", t, now, needed, unit, text, (_budget(l, t, "amount", needed),))


def _minimum(given: Given) -> list[Change]:
    return _own_changes(given, _less_minimum)


def _less_minimum(given: Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].minimum[t], case.money.unit
    needed = max(0.0, plus(now, -given.amount))
    text = _("{line}: must spend at least {needed} {unit} instead of {now}").format(
        line=in_line(case, l, t), needed=figure(needed), unit=unit, now=figure(now)
    )
    return Change("minimum", l, "", t, now, needed, unit, text, (_budget(l, t, "minimum", needed),))


def _budget(line: str, period: str, column: str, value: float) -> Edit:
    return {"table": "budgets", "where": {"line": line, "period": period}, "column": column, "set": value}


# --- targets, gates, rules


def _target(given: Given) -> list[Change]:
    target = next(t for t in given.case.targets if t.id == given.first.key[0])
    where = _("all {number} of its cities by {period}")
    if len(target.cities) == 1:
        where = _("{city} by {period}")
    said = _("target {id} ({level}, {where})").format(
        id=target.id, level=level_now(given.case, target),
        where=where.format(
            number=len(target.cities), city=naming.city(given.case, target.cities[0]), period=label(given.case, target.by)
        ),
    )  # fmt: skip
    return [_new_level(given, "target", "targets", target, said, target.by)]


def _gate(given: Given) -> list[Change]:
    gate = next(g for g in given.case.gates if g.id == given.first.key[0])
    said = _("gate {id} ({level}, {where})").format(
        id=gate.id, level=level_now(given.case, gate), where=count(len(gate.measures), "measure")
    )
    return [_new_level(given, "gate", "gates", gate, said, "")]


def _new_level(given: Given, kind: Kind, section: str, limit: Target | Gate, said: str, period: str) -> Change:
    """The nearest level of an indicator that holds; a limit that would ask for nothing is dropped."""
    case, x = given.case, limit.indicator
    sense, now = ("at_least", limit.at_least) if limit.at_least is not None else ("at_most", limit.at_most or 0.0)
    needed = max(0.0, plus(now, -given.amount)) if sense == "at_least" else plus(now, given.amount)
    unit = own_unit(case, x)
    city = limit.cities[0] if isinstance(limit, Target) and len(limit.cities) == 1 else ""
    if needed >= worst(case, x):
        text = _("{promise}: no level holds; dropped").format(promise=said)
        return Change(kind, limit.id, city, period, now, nan, unit, text, (_without(case, section, limit.id),))
    edit = {"key": f"{section}.{limit.id}.{sense}", "set": needed}
    text = _("{promise}: holds at {needed} instead of {now}").format(promise=said, needed=figure(needed), now=figure(now))
    return Change(kind, limit.id, city, period, now, needed, unit, text, (edit,))


def _without(case: Case, section: str, name: str) -> Edit:
    """The edit that drops a target or a gate."""
    return {"key": section, "set": [keys for keys in filled_keys(case)[section] if keys["id"] != name]}


def _target_city(given: Given) -> list[Change]:
    """A target for fewer cities: said for each that it is left out, with one edit for all of them."""
    target = next(t for t in given.case.targets if t.id == given.first.key[0])
    gone = [given.loose.concessions[k].key[1] for k in given.places]
    rest = [i for i in target.cities if i not in gone]
    fewer: Edit = {"key": f"targets.{target.id}.where", "set": {"city": rest}}
    edit = fewer if rest else _without(given.case, "targets", target.id)
    found = []
    for i in gone:
        text = _("target {id} ({level}): not for {city}").format(
            id=target.id, level=level_now(given.case, target), city=naming.city(given.case, i)
        )
        found.append(Change("target city", target.id, i, target.by, nan, nan, "", text, (edit,)))
    return found


def _rule(given: Given) -> list[Change]:
    rule = next(r for r in given.case.rules if r.id == given.first.key[0])
    now, more = rule.limit, 1.0 if rule.sense == "at_most" else -1.0
    if rule.share_of_measures is None:
        needed = max(0.0, plus(now, more * given.amount))
    else:
        off = abs(share_reached(given.loose, rule, given.least) - now)
        needed = min(1.0, max(0.0, plus(now, more * given.up(off))))
    said = _("rule {id} ({limit})").format(id=rule.id, limit=rule_now(given.case, rule))
    text = _("{promise}: holds at {needed} instead of {now}").format(promise=said, needed=figure(needed), now=figure(now))
    edit = {"key": f"rules.{rule.id}.{rule.sense}", "set": needed}
    return [Change("rule", rule.id, "", "", now, needed, unit_of_rule(given.case, rule), text, (edit,))]


def share_reached(loose: Loosened, rule: Rule, least: Least) -> float:
    """The share that a rule about one comes to in a solution; the rule's own where there is nothing to have a share of."""
    assert least.columns is not None
    whole = loose.activity(("rule_holds", total_of(rule.id)), least.columns)
    return rule.limit + loose.activity(("rule_holds", rule.id), least.columns) / whole if whole > 0 else rule.limit


# --- commitments


def _dropped(given: Given) -> list[Change]:
    """Units of decided measures are no longer decided: the plan may still choose the measure, or leave it."""
    group, gone = given.first.key, given.amount
    first = given.case.measures[group[0]]
    left = plus(first.units, -gone)
    which = {"table": "measures", "where": {"id": list(group)}}
    edits: list[Edit] = [{**which, "column": "units", "set": left}]
    said = _("{measures}: {gone} of {units} decided units dropped (saves {money} {unit})")
    if left <= 0:
        edits = [{**which, "column": "status", "set": "candidate"}, {**which, "column": "start_period", "set": ""}]
        said = _("{measures}: not decided any more (saves {money} {unit})")
    text = said.format(
        measures=names(given.case, group), gone=figure(gone), units=figure(first.units),
        money=figure(given.first.cost * gone), unit=given.case.money.unit,
    )  # fmt: skip
    return [
        Change("dropped", ";".join(group), "", first.start_period or "", first.units, left, _("units"), text, tuple(edits))
    ]


def _late(given: Given) -> list[Change]:
    """Decided measures start later: as late as they do in the solution."""
    assert given.least.columns is not None
    case, group = given.case, given.first.key
    first = case.measures[group[0]]
    starts = {u: n for (a, u), n in given.loose.decisions(given.least.columns).items() if a == group[0]}
    last = max(starts, key=case.period_ids.index)
    which = {"table": "measures", "where": {"id": list(group)}}
    edits: list[Edit] = []
    if case.period_ids.index(last) > case.period_ids.index(first.latest):
        edits.append({**which, "column": "latest", "set": last})
    if first.start_period is not None:
        edits.append({**which, "column": "start_period", "set": last if len(starts) == 1 else ""})
        if len(starts) > 1:
            edits.append({**which, "column": "earliest", "set": first.start_period})
    before = first.starts[-1].period
    said = _("{measures}: {some} of {units} units put off from {before} to {after}")
    if first.units == 1:
        said = _("{measures}: put off from {before} to {after}")
    text = said.format(
        measures=names(case, group), some=figure(given.amount), units=figure(first.units), before=label(case, before),
        after=label(case, last),
    )  # fmt: skip
    return [Change("late", ";".join(group), "", last, nan, nan, "", text, tuple(edits))]


# --- fairness


def _no_city_loses(given: Given) -> list[Change]:
    """The promise is kept for all or not at all; said is who loses, and by how much at least."""
    case, edit = given.case, {"key": "no_city_loses", "set": False}
    worst_first = sorted(given.places, key=lambda k: -given.least.amounts[k])
    found = []
    for k in worst_first:
        x, i, t = given.loose.concessions[k].key
        more = given.least.amounts[k]
        now = given.loose.limit(("no_city_loses", (x, i, t))) - NO_LOSS
        text = _("no city loses: dropped; {city}, {period}: gap of {indicator} {now:.3g} -> {needed:.3g}").format(
            city=naming.city(case, i), period=label(case, t), indicator=naming.indicator(case, x), now=now, needed=now + more
        )
        found.append(Change("no city loses", x, i, t, now, now + more, _("gap, 0-1"), text, (edit,)))
    return found


def _nobody_worse_off(given: Given) -> list[Change]:
    """So is this one: said is for whom the plan is worse than its own."""
    edit = {"key": "nobody_worse_off", "set": False}
    found = []
    for k in given.places:
        who, more = given.loose.concessions[k].key[0], given.least.amounts[k]
        now = given.loose.limit(("nobody_is_worse_off_than_alone", who)) - NO_LOSS
        text = _("nobody worse off: dropped; {who} has own gaps of {needed:.4g}, with a plan of its own {now:.4g}").format(
            who=naming.jurisdiction(given.case, who), needed=now + more, now=now
        )
        found.append(Change("nobody worse off", who, "", "", now, now + more, _("gap, 0-1"), text, (edit,)))
    return found


# --- demands on projects


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
    return [Change("hosts", industry.id, "", "", now, needed, _("cities", "unit"), text, (edit,))]


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


_MAKE: Mapping[Kind, Callable[[Given], list[Change]]] = {
    "largest share": _largest_share,
    "land": _land,
    "hosts": _hosts,
    "airshed": _airshed,
    "level": _level_share,
    "subsidy periods": _subsidy_periods,
    "barrier": _barrier,
    "requirement": _requirement,
    "group": _group,
    "money": _money,
    "minimum": _minimum,
    "target": _target,
    "target city": _target_city,
    "rule": _rule,
    "late": _late,
    "dropped": _dropped,
    "gate": _gate,
    "no city loses": _no_city_loses,
    "nobody worse off": _nobody_worse_off,
}
