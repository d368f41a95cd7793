"""Promises about what is reached and started: targets, gates, rules, and the limits of goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf, nan

from models.gaps import Gaps
from models.industry import Industry
from models.instance import Instance
from models.money import Money
from planner.case import Access, Case, Gate, Rule, Target, naming
from planner.case.writing import filled_keys
from planner.compiling.goals import per_head, work_unit
from planner.promises.record import (
    Change,
    Concession,
    Edit,
    Family,
    Given,
    GivingWay,
    Index,
    Name,
    Promise,
    Rows,
    figure,
    label,
    loosening,
    plus,
)
from planner.words import text_layout
from planner.words.said import _, count, counted

LITTLE = 1e-9


# --- levels of indicators


def own_span(case: Case, x: str, i: str, t: str) -> float:
    """What a gap of 1 is in the indicator's own unit."""
    if x in case.services:
        return case.services[x].per_1000[t]
    if x in case.work:
        return per_head(case, x, i, t, case.work_target(x, i, t))
    if x in case.crowding:
        return 100.0 * (case.crowding[x].worst - 1.0)
    access = case.access[x]
    return 100.0 * (access.target or 1.0) if access.kind == "reach" else worst(case, x) - access.standard_minutes


def worst(case: Case, x: str) -> float:
    """Minutes (or people, in % of what a city is meant for) from which on a gap is full; endless where it has none."""
    if x in case.crowding:
        return 100.0 * case.crowding[x].worst
    access: Access | None = case.access.get(x)
    return inf if access is None or access.worst_minutes is None else access.worst_minutes


def own_unit(case: Case, x: str) -> str:
    """The unit that limits on an indicator have."""
    if x in case.services:
        return _("{unit} per 1,000").format(unit=case.services[x].unit)
    if x in case.work:
        return work_unit(case, x)
    if x in case.crowding:
        return _("% of what it is meant for")
    return _("% of the cluster") if case.access[x].kind == "reach" else _("minutes")


def _level_now(case: Case, limit: Target | Gate) -> str:
    """What a target or a gate asks for."""
    said, now = _("{indicator} at most {level} {unit}"), limit.at_most or 0.0
    if limit.at_least is not None:
        said, now = _("{indicator} at least {level} {unit}"), limit.at_least
    return said.format(
        indicator=naming.indicator(case, limit.indicator), level=figure(now), unit=own_unit(case, limit.indicator)
    )


def _level(
    case: Case, own: Gaps, kind: str, family: Family, limit: Target | Gate, places: Mapping[Name, tuple[str, str, str]]
) -> Concession:
    """A level of an indicator, in its own unit: one for all cities and periods, as the case has it.

    Where moves change what there is to meet, it is enough with as little to meet as there could be, and so not the nearest.
    """
    level = limit.at_least if limit.at_least is not None else limit.at_most or 0.0
    spans = {row: own_span(case, *place) for row, place in places.items()}
    most = level if limit.at_least is not None else worst(case, limit.indicator) - level
    size = level if level > 0 else most if most > 0 else 1.0
    # where a city's standard is below the level, it asks for no more than the standard: nothing gives way before that
    idle = {row: max(0.0, level / span - 1.0) for row, span in spans.items()} if limit.indicator in case.work else {}
    rates = {row: size / span * own.least_size.get(places[row], 1.0) for row, span in spans.items()}
    return Concession(
        kind, family, (limit.id,), (kind, limit.id), rates, {row: least for row, least in idle.items() if least > LITTLE},
        step=size, size=size, most=most, of_share=any(place in own.grown for place in places.values()),
    )  # fmt: skip


def _new_level(given: Given, kind: str, section: str, limit: Target | Gate, said: str, period: str) -> Change:
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


# --- targets


def _target_of(case: Case, name: str) -> Target:
    return next(target for target in case.targets if target.id == name)


def _target_missed(case: Case, index: Index, amount: float) -> str:
    target, x, i, t = index
    return _("target {target}: {city}, {period}: missed by {amount:.4g} {unit}").format(
        target=target, city=naming.city(case, i), period=label(case, t), amount=amount, unit=own_unit(case, x)
    )


def _target_now(case: Case, name: str) -> str:
    return _("target {target}: {level}").format(target=name, level=_level_now(case, _target_of(case, name)))


def _lower_targets(case: Case, instance: Instance, _rows: Rows) -> Iterator[Concession]:
    for target in case.targets:
        places = {("target_is_met", key): key[1:] for key in instance[Gaps].target_gap if key[0] == target.id}
        yield _level(case, instance[Gaps], "target", "limits", target, places)
        yield from _without_cities(target, list(places))


def _without_cities(target: Target, rows: Sequence[Name]) -> Iterator[Concession]:
    """A target that is no longer set for a city; one of a single city would be dropped, which is no smaller change."""
    cities = dict.fromkeys(row[1][2] for row in rows)
    for i in cities if len(cities) > 1 else ():
        loosens = {row: 1.0 for row in rows if row[1][2] == i}
        key, size = (target.id, i), float(len(cities))
        yield Concession("target city", "places", key, ("target", target.id), loosens, size=size, most=1.0, whole=True)


def _lower_target(given: Given) -> list[Change]:
    target = _target_of(given.case, given.first.key[0])
    where = _("all {number} of its cities by {period}")
    if len(target.cities) == 1:
        where = _("{city} by {period}")
    said = _("target {id} ({level}, {where})").format(
        id=target.id, level=_level_now(given.case, target),
        where=where.format(
            number=len(target.cities), city=naming.city(given.case, target.cities[0]), period=label(given.case, target.by)
        ),
    )  # fmt: skip
    return [_new_level(given, "target", "targets", target, said, target.by)]


def _for_fewer_cities(given: Given) -> list[Change]:
    """A target for fewer cities: said for each that it is left out, with one edit for all of them."""
    target = _target_of(given.case, given.first.key[0])
    gone = [one.first.key[1] for one in given.each()]
    rest = [i for i in target.cities if i not in gone]
    fewer: Edit = {"key": f"targets.{target.id}.where", "set": {"city": rest}}
    edit = fewer if rest else _without(given.case, "targets", target.id)
    found = []
    for i in gone:
        text = _("target {id} ({level}): not for {city}").format(
            id=target.id, level=_level_now(given.case, target), city=naming.city(given.case, i)
        )
        found.append(Change("target city", target.id, i, target.by, nan, nan, "", text, (edit,)))
    return found


TARGET = Promise(
    kind="target",
    row="target_is_met",
    broken=_target_missed,
    amount=lambda case, _instance, index, over: over * own_span(case, *index[1:]),
    mended_by_more=lambda _case, _index: True,
    listed=lambda case: (_("target {name}").format(name=target.id) for target in case.targets),
    gives_way=GivingWay(
        now=_target_now,
        concessions=_lower_targets,
        changes={"target": _lower_target, "target city": _for_fewer_cities},
        called=lambda _case, name: _("target {name}").format(name=name),
    ),
)


# --- gates


def _gate_of(case: Case, name: str) -> Gate:
    return next(gate for gate in case.gates if gate.id == name)


def _gate_shut(case: Case, index: Index, amount: float) -> str:
    gate, a, x, i, u = index
    return _("gate {gate}: {measure} starts in {period}, but {city} misses it by {amount:.4g} {unit}").format(
        gate=gate, measure=naming.measure(case, a), period=label(case, u), city=naming.city(case, i), amount=amount,
        unit=own_unit(case, x),
    )  # fmt: skip


def _gate_now(case: Case, name: str) -> str:
    return _("gate {gate}: {level}").format(gate=name, level=_level_now(case, _gate_of(case, name)))


def _wider_gates(case: Case, instance: Instance, _rows: Rows) -> Iterator[Concession]:
    for gate in case.gates:
        places = {("gate_is_open", key): (key[2], key[3], key[4]) for key in instance[Gaps].gate if key[0] == gate.id}
        yield _level(case, instance[Gaps], "gate", "demands", gate, places)


def _wider_gate(given: Given) -> list[Change]:
    gate = _gate_of(given.case, given.first.key[0])
    said = _("gate {id} ({level}, {where})").format(
        id=gate.id, level=_level_now(given.case, gate), where=count(len(gate.measures), "measure")
    )
    return [_new_level(given, "gate", "gates", gate, said, "")]


GATE = Promise(
    kind="gate",
    row="gate_is_open",
    broken=_gate_shut,
    amount=lambda case, _instance, index, over: over * own_span(case, *index[2:]),
    listed=lambda case: (_("gate {name}").format(name=gate.id) for gate in case.gates),
    gives_way=GivingWay(
        now=_gate_now,
        concessions=_wider_gates,
        changes={"gate": _wider_gate},
        called=lambda _case, name: _("gate {name}").format(name=name),
    ),
)


# --- rules

NAMED = 3  # measures that a rule's text names


def _rule_of(case: Case, name: str) -> Rule:
    return next(rule for rule in case.rules if rule.id == name)


def _scale(instance: Instance, rule: Rule) -> float:
    return {"spending": instance[Money].money_scale, "jobs": instance[Industry].job_scale}.get(rule.of, 1.0)


def _rule_broken(case: Case, index: Index, over: float) -> str:
    rule = _rule_of(case, index[0])
    amount = {
        "spending": _("{amount:.4g} {unit}").format(amount=over, unit=case.money.unit),
        "jobs": count(over, "job"),
        "land": _("{amount:.4g} km2").format(amount=over),
        "count": count(over, "measure"),
        "units": count(over, "unit"),
    }[rule.of]
    if rule.sense == "at_least":
        return _("rule {rule}: {amount} too little").format(rule=rule.id, amount=amount)
    return _("rule {rule}: {amount} too much").format(rule=rule.id, amount=amount)


def _rule_asks(case: Case, rule: Rule) -> str:
    """What a rule asks for, and of which measures where not of all: two rules may ask for what others have to do."""
    said = _("at most {amount}") if rule.sense == "at_most" else _("at least {amount}")
    asked = said.format(amount=_amount_of(case, rule))
    if not rule.where:
        return asked
    measures = text_layout.join([naming.measure(case, a) for a in rule.measures], NAMED, "; ")  # commas stand in names
    return _("{asked}, of {measures}").format(asked=asked, measures=measures)


def _amount_of(case: Case, rule: Rule) -> str:
    limit = rule.limit
    if rule.share_of_measures is not None:
        amount = {
            "spending": _("{limit} of the total spent"), "count": _("{limit} of the total started"),
            "units": _("{limit} of the total started"), "land": _("{limit} of the total of new phases"),
        }.get(rule.of, _("{limit} of the total"))  # fmt: skip
    else:
        amount = {
            "count": counted(limit, "{limit} measure started", "{limit} measures started"),
            "units": counted(limit, "{limit} unit started", "{limit} units started"),
            "land": _("{limit} km2 of new phases"), "jobs": _("{limit} jobs"),
        }.get(rule.of, _("{limit} {unit} spent"))  # fmt: skip
    return amount.format(limit=figure(limit), unit=case.money.unit)


def unit_of_rule(case: Case, rule: Rule) -> str:
    """The unit that the limit of a rule has."""
    if rule.share_of_measures is not None:
        return _("of the total")
    units = {"count": _("measures"), "units": _("units"), "jobs": _("jobs", "unit"), "land": _("km2")}
    return units.get(rule.of, case.money.unit)


def _milder_rules(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for rule in case.rules:
        step = _scale(instance, rule)
        loosens = loosening(rows, "rule_holds", [rule.id])
        size, most = rule.limit or step, rule.limit if rule.sense == "at_least" else inf
        of_share = rule.share_of_measures is not None  # an amount here, which comes to a share of what is built
        if of_share:
            size, most = step, inf
        yield Concession(
            "rule", "limits", (rule.id,), ("rule", rule.id), loosens, step=step, size=size, most=most, of_share=of_share
        )


def _milder_rule(given: Given) -> list[Change]:
    rule = _rule_of(given.case, given.first.key[0])
    now, more = rule.limit, 1.0 if rule.sense == "at_most" else -1.0
    if rule.share_of_measures is None:
        needed = max(0.0, plus(now, more * given.amount))
    else:
        needed = min(1.0, max(0.0, plus(now, more * given.up(abs(_share_reached(given, rule) - now)))))
    said = _("rule {id} ({limit})").format(id=rule.id, limit=_rule_asks(given.case, rule))
    text = _("{promise}: holds at {needed} instead of {now}").format(promise=said, needed=figure(needed), now=figure(now))
    edit = {"key": f"rules.{rule.id}.{rule.sense}", "set": needed}
    return [Change("rule", rule.id, "", "", now, needed, unit_of_rule(given.case, rule), text, (edit,))]


def total_of(rule: str) -> str:
    """What the rule beside a rule about a share is called, whose row says what the share is of; no name has a dot."""
    return f"{rule}.total"


def _share_reached(given: Given, rule: Rule) -> float:
    """The share that a rule about one comes to in a solution; the rule's own where there is nothing to have a share of."""
    whole = given.solved.activity(("rule_holds", total_of(rule.id)))
    return rule.limit + given.solved.activity(("rule_holds", rule.id)) / whole if whole > 0 else rule.limit


RULE = Promise(
    kind="rule",
    row="rule_holds",
    broken=_rule_broken,
    amount=lambda case, instance, index, over: over * _scale(instance, _rule_of(case, index[0])),
    mended_by_more=lambda case, index: _rule_of(case, index[0]).sense == "at_least",
    listed=lambda case: (_("rule {name}").format(name=rule.id) for rule in case.rules),
    gives_way=GivingWay(
        now=lambda case, name: _("rule {rule}: {limit}").format(rule=name, limit=_rule_asks(case, _rule_of(case, name))),
        concessions=_milder_rules,
        changes={"rule": _milder_rule},
        called=lambda _case, name: _("rule {name}").format(name=name),
    ),
)


# --- limits of goals: set by who asks for the goals, and no part of what a case may give up


def _over_its_limit(case: Case, index: Index, over: float) -> str:
    return _("goal {goal}: {over:.4g} over its limit").format(goal=naming.goal(case.goals[int(index[0])].name), over=over)


GOAL_LIMIT = Promise(kind="goal limit", row="goal_within_its_limit", broken=_over_its_limit)
