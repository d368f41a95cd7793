"""From amounts to changes of the case: money, targets, rules, commitments and fairness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan

from planner.case import naming
from planner.case.nouns import Case, Gate, Rule, Target
from planner.case.writing import filled_keys
from planner.planning.building import NO_LOSS
from planner.questions.diagnose import demands
from planner.questions.diagnose.change import Change, Edit, Given, plus
from planner.questions.diagnose.concessions import Kind, worst
from planner.questions.diagnose.least import Least
from planner.questions.diagnose.loosened import Loosened, total_of
from planner.questions.diagnose.wording import figure, in_line, label, level_now, names, own_unit, rule_now, unit_of_rule
from planner.words.plurals import count


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
    text = f"{in_line(case, l, t)}: {figure(given.amount)} {unit} more ({figure(now)} -> {figure(needed)})"
    return Change("money", l, "", t, now, needed, unit, text, (_budget(l, t, "amount", needed),))


def _minimum(given: Given) -> list[Change]:
    return _own_changes(given, _less_minimum)


def _less_minimum(given: Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].minimum[t], case.money.unit
    needed = max(0.0, plus(now, -given.amount))
    text = f"{in_line(case, l, t)}: must spend at least {figure(needed)} {unit} instead of {figure(now)}"
    return Change("minimum", l, "", t, now, needed, unit, text, (_budget(l, t, "minimum", needed),))


def _budget(line: str, period: str, column: str, value: float) -> Edit:
    return {"table": "budgets", "where": {"line": line, "period": period}, "column": column, "set": value}


# --- targets, gates, rules


def _target(given: Given) -> list[Change]:
    target = next(t for t in given.case.targets if t.id == given.first.key[0])
    cities = [given.case.cities[i].name for i in target.cities]
    where = f"{cities[0] if len(cities) == 1 else f'all {len(cities)} of its cities'} by {label(given.case, target.by)}"
    return [_new_level(given, "target", "targets", target, where, target.by)]


def _gate(given: Given) -> list[Change]:
    gate = next(g for g in given.case.gates if g.id == given.first.key[0])
    return [_new_level(given, "gate", "gates", gate, count(len(gate.measures), "measure"), "")]


def _new_level(given: Given, kind: Kind, section: str, limit: Target | Gate, where: str, period: str) -> Change:
    """The nearest level of an indicator that holds; a limit that would ask for nothing is dropped."""
    case, x = given.case, limit.indicator
    sense, now = ("at_least", limit.at_least) if limit.at_least is not None else ("at_most", limit.at_most or 0.0)
    needed = max(0.0, plus(now, -given.amount)) if sense == "at_least" else plus(now, given.amount)
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


def _target_city(given: Given) -> list[Change]:
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


def _rule(given: Given) -> list[Change]:
    rule = next(r for r in given.case.rules if r.id == given.first.key[0])
    now, more = rule.limit, 1.0 if rule.sense == "at_most" else -1.0
    if rule.share_of_measures is None:
        needed = max(0.0, plus(now, more * given.amount))
    else:
        off = abs(share_reached(given.loose, rule, given.least) - now)
        needed = min(1.0, max(0.0, plus(now, more * given.up(off))))
    text = f"rule {rule.id} ({rule_now(given.case, rule)}): holds at {figure(needed)} instead of {figure(now)}"
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
    said = f"{names(given.case, group)}: {figure(gone)} of {figure(first.units)} decided units dropped"
    if left <= 0:
        edits = [{**which, "column": "status", "set": "candidate"}, {**which, "column": "start_period", "set": ""}]
        said = f"{names(given.case, group)}: not decided any more"
    text = f"{said} (saves {figure(given.first.cost * gone)} {given.case.money.unit})"
    return [Change("dropped", ";".join(group), "", first.start_period or "", first.units, left, "units", text, tuple(edits))]


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
    units = "" if first.units == 1 else f"{figure(given.amount)} of {figure(first.units)} units "
    text = f"{names(case, group)}: {units}put off from {label(case, before)} to {label(case, last)}"
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
        where = f"{case.cities[i].name}, {label(case, t)}: gap of {naming.indicator(case, x)}"
        text = f"no city loses: dropped; {where} {now:.3g} -> {now + more:.3g}"
        found.append(Change("no city loses", x, i, t, now, now + more, "gap, 0-1", text, (edit,)))
    return found


def _nobody_worse_off(given: Given) -> list[Change]:
    """So is this one: said is for whom the plan is worse than its own."""
    edit = {"key": "nobody_worse_off", "set": False}
    found = []
    for k in given.places:
        who, more = given.loose.concessions[k].key[0], given.least.amounts[k]
        now = given.loose.limit(("nobody_is_worse_off_than_alone", who)) - NO_LOSS
        name = naming.jurisdiction(given.case, who)
        text = f"nobody worse off: dropped; {name} has own gaps of {now + more:.4g}, with a plan of its own {now:.4g}"
        found.append(Change("nobody worse off", who, "", "", now, now + more, "gap, 0-1", text, (edit,)))
    return found


_MAKE: Mapping[Kind, Callable[[Given], list[Change]]] = {
    **demands.MAKE,
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
