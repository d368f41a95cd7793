"""From amounts to changes of the case: what each promise is now, what it would have to be, and the edits that make it so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10, nan
from typing import Any

from planner.case.nouns import Case, Gate, Rule, Target
from planner.case.writing import filled_keys
from planner.questions.repairs.concessions import Concession, Kind, worst
from planner.questions.repairs.least import Least
from planner.questions.repairs.loosened import Loosened, total_of
from planner.questions.repairs.wording import figure, label, level_now, names, own_unit, rule_now, unit_of_rule
from planner.reporting.plurals import count
from planner.settling import NO_LOSS

DIGITS = 4  # of a change: it is rounded so that it is a little more than enough
NOISE = 1e-6  # relative: what a solver adds to a round figure
Edit = dict[str, Any]  # as under a scenario's `edits` in case.yaml


@dataclass(frozen=True)
class Change:
    """One promise that changes.

    Attributes
    ----------
    promise
        What kind of promise it is.
    item
        Its id: a line, a target, a rule, a measure ...
    city, period
        Where and when, as far as it is of one city or period.
    now, needed
        Its figure today, and one with which the case is possible; NaN where it has none, or is dropped.
    text
        The whole in a planner's words.
    edits
        What makes it so, as under `edits` of a scenario.
    """

    promise: Kind
    item: str
    city: str
    period: str
    now: float
    needed: float
    unit: str
    text: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class _Given:
    """What a change is made from."""

    case: Case
    loose: Loosened
    least: Least
    places: tuple[int, ...]  # of the concessions of one promise that are made
    bump: bool  # a unit of the last digit more

    @property
    def first(self) -> Concession:
        return self.loose.concessions[self.places[0]]

    def up(self, amount: float) -> float:
        """An amount rounded up to a few digits, so that it is enough."""
        return rounded_up(amount, self.bump)

    @property
    def amount(self) -> float:
        """By how much the first of the concessions is made, rounded up."""
        amount = self.least.amounts[self.places[0]]
        return amount if self.first.whole else self.up(amount)


def rounded_up(amount: float, bump: bool = False) -> float:
    """An amount rounded up to four digits, and with `bump` one unit of the last of them more."""
    if amount <= 0:
        return 0.0
    digit = 10.0 ** (floor(log10(amount)) + 1 - DIGITS)
    units = ceil(amount * (1 - NOISE) / digit) + (1 if bump else 0)
    return float(f"{units * digit:.12g}")


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
                found += _MAKE[kind](_Given(case, loose, least, made, bump))
    return tuple(found)


def _own_changes(given: _Given, make: Callable[[_Given], Change]) -> list[Change]:
    """A change for each concession of a promise."""
    return [make(_Given(given.case, given.loose, given.least, (k,), given.bump)) for k in given.places]


# --- money


def _money(given: _Given) -> list[Change]:
    return _own_changes(given, _more_money)


def _more_money(given: _Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].amount[t], case.money.unit
    needed = _sum(now, given.amount)
    text = f"line {l}, {label(case, t)}: {figure(given.amount)} {unit} more ({figure(now)} -> {figure(needed)})"
    return Change("money", l, "", t, now, needed, unit, text, (_budget(l, t, "amount", needed),))


def _minimum(given: _Given) -> list[Change]:
    return _own_changes(given, _less_minimum)


def _less_minimum(given: _Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].minimum[t], case.money.unit
    needed = max(0.0, _sum(now, -given.amount))
    text = f"line {l}, {label(case, t)}: must spend at least {figure(needed)} {unit} instead of {figure(now)}"
    return Change("minimum", l, "", t, now, needed, unit, text, (_budget(l, t, "minimum", needed),))


def _budget(line: str, period: str, column: str, value: float) -> Edit:
    return {"table": "budgets", "where": {"line": line, "period": period}, "column": column, "set": value}


def _sum(now: float, more: float) -> float:
    """A sum without the dust of binary fractions."""
    return float(f"{now + more:.12g}")


def _largest_share(given: _Given) -> list[Change]:
    """A line pays a larger share of a cost: as large as it pays of any in the solution."""
    assert given.least.columns is not None
    l, line = given.first.key[1], given.case.lines[given.first.key[1]]
    shares = []
    for k in given.places:
        key, row = given.loose.concessions[k].key, ("within_largest_share", given.loose.concessions[k].key)
        pays = float(given.least.columns[given.loose.program.columns["Pay", key]])
        cost = (pays - given.loose.activity(row, given.least.columns)) / line.at_most_share
        shares.append(pays / cost if cost > 0 else 1.0)
    needed = min(1.0, _sum(line.at_most_share, given.up(max(0.0, max(shares) - line.at_most_share))))
    text = f"line {l}: pays up to {figure(needed)} of a measure's cost instead of {figure(line.at_most_share)}"
    edit = {"key": f"lines.{l}.at_most_share", "set": needed}
    return [Change("largest share", l, "", "", line.at_most_share, needed, "share", text, (edit,))]


# --- targets, gates, rules


def _target(given: _Given) -> list[Change]:
    target = next(t for t in given.case.targets if t.id == given.first.key[0])
    cities = [given.case.cities[i].name for i in target.cities]
    where = f"{cities[0] if len(cities) == 1 else f'all {len(cities)} of its cities'} by {label(given.case, target.by)}"
    return [_new_level(given, "target", "targets", target, where, target.by)]


def _gate(given: _Given) -> list[Change]:
    gate = next(g for g in given.case.gates if g.id == given.first.key[0])
    return [_new_level(given, "gate", "gates", gate, count(len(gate.measures), "measure"), "")]


def _new_level(given: _Given, kind: Kind, section: str, limit: Target | Gate, where: str, period: str) -> Change:
    """The nearest level of an indicator that holds; a limit that would ask for nothing is dropped."""
    case, x = given.case, limit.indicator
    sense, now = ("at_least", limit.at_least) if limit.at_least is not None else ("at_most", limit.at_most or 0.0)
    needed = max(0.0, _sum(now, -given.amount)) if sense == "at_least" else _sum(now, given.amount)
    unit = own_unit(case, x)
    name = f"{kind} {limit.id} ({level_now(case, limit)}, {where})"
    city = limit.cities[0] if isinstance(limit, Target) and len(limit.cities) == 1 else ""
    if needed >= worst(case, x):
        text = f"{name}: no level holds; dropped"
        return Change(kind, limit.id, city, period, now, nan, unit, text, (_without(case, section, limit.id),))
    edit = {"key": f"{section}.{limit.id}.{sense}", "set": needed}
    text = f"{name}: holds at {figure(needed)} instead of {figure(now)}"
    return Change(kind, limit.id, city, period, now, needed, unit, text, (edit,))


def _without(case: Case, section: str, name: str) -> Edit:
    """The edit that drops a target or a gate."""
    return {"key": section, "set": [keys for keys in filled_keys(case)[section] if keys["id"] != name]}


def _target_city(given: _Given) -> list[Change]:
    """A target for fewer cities: said for each that it is left out, with one edit for all of them."""
    target = next(t for t in given.case.targets if t.id == given.first.key[0])
    gone = [given.loose.concessions[k].key[1] for k in given.places]
    rest = [i for i in target.cities if i not in gone]
    fewer: Edit = {"key": f"targets.{target.id}.where", "set": {"city": rest}}
    edit = fewer if rest else _without(given.case, "targets", target.id)
    found = []
    for i in gone:
        text = f"target {target.id} ({level_now(given.case, target)}): not for {given.case.cities[i].name}"
        found.append(Change("target city", target.id, i, target.by, nan, nan, "", text, (edit,)))
    return found


def _rule(given: _Given) -> list[Change]:
    rule = next(r for r in given.case.rules if r.id == given.first.key[0])
    now, more = rule.limit, 1.0 if rule.sense == "at_most" else -1.0
    if rule.share_of_measures is None:
        needed = max(0.0, _sum(now, more * given.amount))
    else:
        off = abs(share_reached(given.loose, rule, given.least) - now)
        needed = min(1.0, max(0.0, _sum(now, more * given.up(off))))
    text = f"rule {rule.id} ({rule_now(given.case, rule)}): holds at {figure(needed)} instead of {figure(now)}"
    edit = {"key": f"rules.{rule.id}.{rule.sense}", "set": needed}
    return [Change("rule", rule.id, "", "", now, needed, unit_of_rule(given.case, rule), text, (edit,))]


def share_reached(loose: Loosened, rule: Rule, least: Least) -> float:
    """The share that a rule about one comes to in a solution; the rule's own where there is nothing to have a share of."""
    assert least.columns is not None
    whole = loose.activity(("rule_holds", total_of(rule.id)), least.columns)
    return rule.limit + loose.activity(("rule_holds", rule.id), least.columns) / whole if whole > 0 else rule.limit


# --- commitments


def _dropped(given: _Given) -> list[Change]:
    """Units of decided measures are no longer decided: the plan may still choose the measure, or leave it."""
    group, gone = given.first.key, given.amount
    first = given.case.measures[group[0]]
    left = _sum(first.units, -gone)
    which = {"table": "measures", "where": {"id": list(group)}}
    edits: list[Edit] = [{**which, "column": "units", "set": left}]
    said = f"{names(given.case, group)}: {figure(gone)} of {figure(first.units)} decided units dropped"
    if left <= 0:
        edits = [{**which, "column": "status", "set": "candidate"}, {**which, "column": "start_period", "set": ""}]
        said = f"{names(given.case, group)}: not decided any more"
    text = f"{said} (saves {figure(given.first.cost * gone)} {given.case.money.unit})"
    return [Change("dropped", ";".join(group), "", first.start_period or "", first.units, left, "units", text, tuple(edits))]


def _late(given: _Given) -> list[Change]:
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
    units = "" if first.units == 1 else f"{figure(given.amount)} of {figure(first.units)} units "
    text = f"{names(case, group)}: {units}put off from {label(case, before)} to {label(case, last)}"
    return [Change("late", ";".join(group), "", last, nan, nan, "", text, tuple(edits))]


# --- demands on projects


def _requirement(given: _Given) -> list[Change]:
    """A measure no longer waits for what it requires; several requirements of one measure are one edit."""
    case = given.case
    a, b = given.first.key
    dropped = {
        key[1] for k in given.least.amounts if (key := given.loose.concessions[k].key) and _is_requirement_of(given, k, a)
    }
    rest = [other for other in case.measures[a].requires if other not in dropped]
    edit: Edit = {"table": "measures", "where": {"id": a}, "column": "requires", "set": rest}
    text = f"{case.measures[a].name}: does not require {case.measures[b].name} any more"
    return [Change("requirement", a, "", "", nan, nan, "", text, (edit,))]


def _is_requirement_of(given: _Given, k: int, a: str) -> bool:
    concession = given.loose.concessions[k]
    return concession.kind == "requirement" and concession.key[0] == a


def _group(given: _Given) -> list[Change]:
    group, more = given.first.key[0], given.amount
    edit: Edit = {"table": "measures", "where": {"one_of": group}, "column": "one_of", "set": ""}
    text = f"group {group}: {figure(1 + more)} of its measures start instead of at most one; the group is dropped"
    return [Change("group", group, "", "", 1.0, 1 + more, "measures", text, (edit,))]


def _land(given: _Given) -> list[Change]:
    i = given.first.key[0]
    now = given.case.cities[i].land_quota_km2 or 0.0
    needed = _sum(now, given.amount)
    edit: Edit = {"table": "cities", "where": {"id": i}, "column": "land_quota_km2", "set": needed}
    text = f"{given.case.cities[i].name}: a land quota of {figure(needed)} km2 instead of {figure(now)}"
    return [Change("land", i, i, "", now, needed, "km2", text, (edit,))]


def _hosts(given: _Given) -> list[Change]:
    industry = given.case.industries[given.first.key[0]]
    now = float(industry.max_hosts or 0)
    needed = now + given.amount
    edit: Edit = {"key": f"industries.{industry.id}.max_hosts", "set": int(needed)}
    text = f"industry {industry.name}: parks in up to {count(round(needed), 'city', 'cities')} instead of {now:.0f}"
    return [Change("hosts", industry.id, "", "", now, needed, "cities", text, (edit,))]


def _airshed(given: _Given) -> list[Change]:
    """The cap of an airshed in some periods: one edit for all of them."""
    airshed = given.case.airsheds[given.first.key[0]]
    assert airshed.cap is not None
    cap = dict(airshed.cap)
    for k in given.places:
        t = given.loose.concessions[k].key[1]
        cap[t] = _sum(cap[t], given.up(given.least.amounts[k]))
    edit: Edit = {"key": f"airsheds.{airshed.id}.cap", "set": cap}
    found = []
    for k in given.places:
        t = given.loose.concessions[k].key[1]
        now, needed = airshed.cap[t], cap[t]
        caps = f"a cap of {figure(needed)} {airshed.unit} instead of {figure(now)}"
        text = f"airshed {airshed.id}, {label(given.case, t)}: {caps}"
        found.append(Change("airshed", airshed.id, "", t, now, needed, airshed.unit, text, (edit,)))
    return found


def _level_share(given: _Given) -> list[Change]:
    level = given.first.key[0]
    now = given.case.pyramid.at_most_share[level]  # type: ignore[index]
    needed = min(1.0, _sum(now, given.amount))
    edit: Edit = {"key": f"pyramid.at_most_share.{level}", "set": needed}
    text = f"level {level}: up to {needed:.4g} of all money instead of {now:.4g}"
    return [Change("level", level, "", "", now, needed, "share", text, (edit,))]


def _subsidy_periods(given: _Given) -> list[Change]:
    now = float(given.case.pyramid.subsidy_periods or 0)
    needed = now + given.amount
    edit: Edit = {"key": "pyramid.subsidy_periods", "set": int(needed)}
    text = f"a city is subsidised in up to {count(round(needed), 'period')} instead of {now:.0f}"
    return [Change("subsidy periods", "", "", "", now, needed, "periods", text, (edit,))]


def _barrier(given: _Given) -> list[Change]:
    """Subsidies no longer wait for a removal; several removals are one edit."""
    case, b = given.case, given.first.key[0]
    made = [given.loose.concessions[k] for k in given.least.amounts]
    dropped = {concession.key[0] for concession in made if concession.kind == "barrier"}
    edit: Edit = {"key": "pyramid.barriers_first", "set": [q for q in case.pyramid.barriers_first if q not in dropped]}
    text = f"subsidies do not wait for {case.measures[b].name} any more"
    return [Change("barrier", b, "", "", nan, nan, "", text, (edit,))]


# --- fairness


def _no_city_loses(given: _Given) -> list[Change]:
    """The promise is kept for all or not at all; said is who loses, and by how much at least."""
    case, edit = given.case, {"key": "no_city_loses", "set": False}
    worst_first = sorted(given.places, key=lambda k: -given.least.amounts[k])
    found = []
    for k in worst_first:
        x, i, t = given.loose.concessions[k].key
        more = given.least.amounts[k]
        now = given.loose.limit(("no_city_loses", (x, i, t))) - NO_LOSS
        text = f"no city loses: dropped; {case.cities[i].name}, {label(case, t)}: gap of {x} {now:.3g} -> {now + more:.3g}"
        found.append(Change("no city loses", x, i, t, now, now + more, "gap, 0-1", text, (edit,)))
    return found


def _nobody_worse_off(given: _Given) -> list[Change]:
    """So is this one: said is for whom the plan is worse than its own."""
    edit = {"key": "nobody_worse_off", "set": False}
    found = []
    for k in given.places:
        who, more = given.loose.concessions[k].key[0], given.least.amounts[k]
        now = given.loose.limit(("nobody_is_worse_off_than_alone", who)) - NO_LOSS
        text = f"nobody worse off: dropped; {who} has own gaps of {now + more:.4g}, with a plan of its own {now:.4g}"
        found.append(Change("nobody worse off", who, "", "", now, now + more, "gap, 0-1", text, (edit,)))
    return found


_MAKE: Mapping[Kind, Callable[[_Given], list[Change]]] = {
    "money": _money,
    "minimum": _minimum,
    "target": _target,
    "target city": _target_city,
    "rule": _rule,
    "late": _late,
    "dropped": _dropped,
    "gate": _gate,
    "largest share": _largest_share,
    "land": _land,
    "hosts": _hosts,
    "airshed": _airshed,
    "level": _level_share,
    "subsidy periods": _subsidy_periods,
    "barrier": _barrier,
    "requirement": _requirement,
    "group": _group,
    "no city loses": _no_city_loses,
    "nobody worse off": _nobody_worse_off,
}


def part_of(change: Change, part: float) -> Change:
    """A part of the way of a change that sets one figure."""
    way = change.needed - change.now
    needed = _sum(change.now, rounded_up(part * abs(way)) * (1.0 if way > 0 else -1.0))
    edits = tuple({**edit, "set": needed} for edit in change.edits)
    return replace(change, needed=needed, text=change.text.replace(figure(change.needed), figure(needed)), edits=edits)


def edits_of(found: Sequence[Change]) -> list[Edit]:
    """The edits of some changes, each once."""
    edits: list[Edit] = []
    for change in found:
        edits += [edit for edit in change.edits if edit not in edits]
    return edits
