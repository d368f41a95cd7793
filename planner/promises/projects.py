"""Promises about projects: what was decided before, what a measure requires, and groups of which one may start."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from typing import Literal

from models.instance import Instance
from models.measures import Measures
from planner.case import Case, Measure, naming
from planner.compiling.can_start import public_share
from planner.promises.record import (
    Change,
    Concession,
    Edit,
    Given,
    GivingWay,
    Index,
    Promise,
    Rows,
    figure,
    label,
    loosening,
    names,
    plus,
)
from planner.words.said import _, counted, series

# --- what was decided before


def decided_groups(case: Case) -> list[tuple[str, ...]]:
    """Decided measures, those that start together side by side."""
    groups: dict[str, list[str]] = {}
    for a, measure in case.measures.items():
        if measure.status == "decided":
            groups.setdefault(f"together {measure.together}" if measure.together else f"alone {a}", []).append(a)
    return [tuple(group) for group in groups.values()]


def _unit_cost(measure: Measure) -> float:
    """Public money that one unit of a measure costs within the horizon, in its cheapest start."""
    public = public_share(measure)
    return min(public * sum(s.capital.values()) + sum(s.running.values()) for s in measure.starts)


def _not_all_start(case: Case, index: Index, over: float) -> str:
    return counted(
        over,
        "{measure}: decided, but {over:.4g} of its units does not start",
        "{measure}: decided, but {over:.4g} of its units do not start",
    ).format(measure=naming.measure(case, index[0]), over=over)


def _listed_decided(case: Case) -> Iterator[str]:
    decided = sum(1 for measure in case.measures.values() if measure.status == "decided")
    if decided == 1:
        yield _("the one measure decided before")
    elif decided:
        yield _("the {number} measures decided before").format(number=decided)


def _decided_now(case: Case, *group: str) -> str:
    first = case.measures[group[0]]
    if not first.start_period:
        return _("{measures}: decided").format(measures=names(case, group))
    return _("{measures}: decided, starting in {period}").format(
        measures=names(case, group), period=label(case, first.start_period)
    )


def _commitments(case: Case, _instance: Instance, rows: Rows) -> Iterator[Concession]:
    """Units of decided measures that start later, or not at all; measures that start together give way together."""
    for group in decided_groups(case):
        first = case.measures[group[0]]
        cost = sum(_unit_cost(case.measures[a]) for a in group)
        kinds: tuple[tuple[Literal["late", "dropped"], float], ...] = (("late", 2.0), ("dropped", 1.0))
        for kind, easier in kinds:  # to start late is half of not to start at all
            loosens = loosening(rows, f"decided_{kind}", group)
            yield Concession(
                kind, kind, group, ("decided", *group), loosens, size=easier * first.units, most=first.units,
                whole=not first.divisible, cost=cost,
            )  # fmt: skip


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
    start = first.start_period or ""
    return [Change("dropped", ";".join(group), "", start, first.units, left, _("units"), text, tuple(edits))]


def _late(given: Given) -> list[Change]:
    """Decided measures start later: as late as they do in the solution."""
    case, group = given.case, given.first.key
    first = case.measures[group[0]]
    starts = {u: n for (a, u), n in given.solved.starts().items() if a == group[0]}
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


DECIDED = Promise(
    kind="decided",
    row="all_decided_units_start",
    broken=_not_all_start,
    listed=_listed_decided,
    gives_way=GivingWay(
        now=_decided_now,
        concessions=_commitments,
        changes={"late": _late, "dropped": _dropped},
        called=None,  # there is a repair of all that was decided, sooner or later
    ),
)


# --- what a measure requires


def _before_what_it_requires(case: Case, index: Index, _over: float) -> str:
    first, second, u = index
    return _("{one} starts in {period} before {other}, which it requires, serves").format(
        one=naming.measure(case, first), period=label(case, u), other=naming.measure(case, second)
    )


def _fewer_requirements(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for a, b in instance[Measures].requires:
        loosens = loosening(rows, "required_serves_at_the_start", ((a, b, u) for u in instance[Measures].starts_of[a]))
        yield Concession("requirement", "demands", (a, b), ("requirement", a, b), loosens, most=1.0, whole=True)


def _not_required(given: Given) -> list[Change]:
    """A measure no longer waits for what it requires; several requirements of one measure are one edit."""
    case = given.case
    a, b = given.first.key
    dropped = {one.key[1] for one in given.made("requirement") if one.key[0] == a}
    rest = [other for other in case.measures[a].requires if other not in dropped]
    edit: Edit = {"table": "measures", "where": {"id": a}, "column": "requires", "set": rest}
    text = _("{measure}: does not require {other} any more").format(
        measure=naming.measure(case, a), other=naming.measure(case, b)
    )
    return [Change("requirement", a, "", "", nan, nan, "", text, (edit,))]


REQUIREMENT = Promise(
    kind="requirement",
    row="required_serves_at_the_start",
    broken=_before_what_it_requires,
    gives_way=GivingWay(
        now=lambda case, a, b: _("{measure} requires {other}").format(
            measure=naming.measure(case, a), other=naming.measure(case, b)
        ),
        concessions=_fewer_requirements,
        changes={"requirement": _not_required},
        called=lambda case, *both: _("requirement {name}").format(
            name=series([naming.measure(case, a) for a in both], " for ")
        ),
    ),
)


# --- groups


def _wider_groups(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for group, members in instance[Measures].one_of.items():
        loosens = loosening(rows, "one_of_a_group", [group])
        yield Concession("group", "demands", (group,), ("group", group), loosens, most=len(members) - 1.0, whole=True)


def _no_group(given: Given) -> list[Change]:
    group, more = given.first.key[0], given.amount
    edit: Edit = {"table": "measures", "where": {"one_of": group}, "column": "one_of", "set": ""}
    text = _("group {group}: {needed} of its measures start instead of at most one; the group is dropped").format(
        group=group, needed=figure(1 + more)
    )
    return [Change("group", group, "", "", 1.0, 1 + more, _("measures"), text, (edit,))]


GROUP = Promise(
    kind="group",
    row="one_of_a_group",
    broken=lambda _case, index, _over: _("group {group}: more than one of its measures starts").format(group=index[0]),
    gives_way=GivingWay(
        now=lambda _case, group: _("group {group}: at most one of its measures starts").format(group=group),
        concessions=_wider_groups,
        changes={"group": _no_group},
        called=lambda _case, group: _("group {name}").format(name=group),
    ),
)
