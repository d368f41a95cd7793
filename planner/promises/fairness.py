"""Promises of fairness: no city loses, and nobody is worse off than alone. Each is kept for all, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from models.alone import Alone
from models.gaps import Gaps
from models.instance import Instance
from models.services import Services
from planner.case import Case, naming
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
    rounded_up,
)
from planner.words.said import _

NO_LOSS = 1e-7  # a gap may grow by this, so that rounding makes no plan impossible

# --- no city loses


def _loses(case: Case, index: Index, over: float) -> str:
    x, i, t = index
    return _("{city}, {period}: the {indicator} gap is {over:.4g} larger than without the plan").format(
        city=naming.city(case, i), period=label(case, t), indicator=naming.indicator(case, x), over=over
    )


def _listed_no_loss(case: Case) -> Iterator[str]:
    if case.no_city_loses:
        yield _("no city loses")


def _losing_cities(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for x, i, t in instance[Gaps].gap_limit:
        loosens = loosening(rows, "no_city_loses", [(x, i, t)])
        yield Concession("no city loses", "fairness", (x, i, t), ("no city loses",), loosens, most=1.0)


def _cities_may_lose(given: Given) -> list[Change]:
    """Said is who loses, and by how much at least."""
    case, edit = given.case, Edit(key="no_city_loses", set=False)
    found = []
    for k in sorted(given.places, key=lambda k: -given.solved.amounts[k]):
        x, i, t = given.solved.concessions[k].key
        more = given.solved.amounts[k]
        now = given.solved.limit(("no_city_loses", (x, i, t))) - NO_LOSS
        text = _("no city loses: dropped; {city}, {period}: gap of {indicator} {now:.3g} -> {needed:.3g}").format(
            city=naming.city(case, i), period=label(case, t), indicator=naming.indicator(case, x), now=now, needed=now + more
        )
        found.append(Change("no city loses", x, i, t, now, now + more, _("gap, 0-1"), text, (edit,)))
    return found


NO_CITY_LOSES = Promise(
    kind="no city loses",
    row="no_city_loses",
    broken=_loses,
    listed=_listed_no_loss,
    gives_way=GivingWay(
        now=lambda _case: _("no city loses: no gap is larger than without the plan"),
        concessions=_losing_cities,
        changes={"no city loses": _cities_may_lose},
        called=lambda _case: _("no city loses"),
    ),
)


# --- no level of residents falls


def _residents_lose(case: Case, index: Index, over: float) -> str:
    s, i, t = index
    return _("{city}, {period}: residents have {over:.4g} {unit} of {service} less than without the plan").format(
        city=naming.city(case, i), period=label(case, t), service=naming.service(case, s), over=over,
        unit=case.services[s].unit,
    )  # fmt: skip


def _listed_levels(case: Case) -> Iterator[str]:
    for s in case.no_level_falls:
        yield _("no city's people have less of {service}").format(service=naming.service(case, s))


def _falling_levels(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    used = instance[Services]
    for s, i, t in used.resident_level:
        loosens, scale = loosening(rows, "no_level_falls", [(s, i, t)]), used.service_scale[s]
        yield Concession("no level falls", "fairness", (s, i, t), ("no level falls", s), loosens, step=scale, size=scale)


def _levels_may_fall(given: Given) -> list[Change]:
    """Said is whose residents have less, and by how much at least."""
    case, s = given.case, given.first.key[0]
    left = [service for service in case.no_level_falls if service != s]
    edit, found = Edit(key="no_level_falls", set=left), []
    for k in sorted(given.places, key=lambda k: -given.solved.amounts[k]):
        _s, i, t = given.solved.concessions[k].key
        less = given.solved.amounts[k]
        text = _("no level of {service} falls: dropped; {city}, {period}: residents have {less} {unit} less").format(
            service=naming.service(case, s), city=naming.city(case, i), period=label(case, t), less=figure(rounded_up(less)),
            unit=case.services[s].unit,
        )  # fmt: skip
        found.append(Change("no level falls", s, i, t, 0.0, less, case.services[s].unit, text, (edit,)))
    return found


NO_LEVEL_FALLS = Promise(
    kind="no level falls",
    row="no_level_falls",
    broken=_residents_lose,
    amount=lambda _case, instance, index, over: over * instance[Services].service_scale[index[0]],
    listed=_listed_levels,
    gives_way=GivingWay(
        now=lambda case, s: _("no city's people have less of {service} than without the plan").format(
            service=naming.service(case, s)
        ),
        concessions=_falling_levels,
        changes={"no level falls": _levels_may_fall},
        called=lambda case, s: _("level {name}").format(name=naming.service(case, s)),
    ),
)


# --- nobody worse off than alone


def _worse_off(case: Case, index: Index, over: float) -> str:
    return _("{who}: its own gaps are {over:.4g} worse than in its stand-alone plan").format(
        who=naming.jurisdiction(case, index[0]), over=over
    )


def _listed_alone(case: Case) -> Iterator[str]:
    if case.nobody_worse_off:
        yield _("no jurisdiction is worse off than alone")


def _worse_off_than_alone(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for who in instance[Alone].alone:
        loosens = loosening(rows, "nobody_is_worse_off_than_alone", [who])
        yield Concession("nobody worse off", "fairness", (who,), ("nobody worse off",), loosens, most=10.0)


def _some_may_be_worse_off(given: Given) -> list[Change]:
    """Said is for whom the plan is worse than its own."""
    edit = Edit(key="nobody_worse_off", set=False)
    found = []
    for k in given.places:
        who, more = given.solved.concessions[k].key[0], given.solved.amounts[k]
        now = given.solved.limit(("nobody_is_worse_off_than_alone", who)) - NO_LOSS
        text = _("nobody worse off: dropped; {who} has own gaps of {needed:.4g}, with a plan of its own {now:.4g}").format(
            who=naming.jurisdiction(given.case, who), needed=now + more, now=now
        )
        found.append(Change("nobody worse off", who, "", "", now, now + more, _("gap, 0-1"), text, (edit,)))
    return found


NOBODY_WORSE_OFF = Promise(
    kind="nobody worse off",
    row="nobody_is_worse_off_than_alone",
    broken=_worse_off,
    mended_by_more=lambda _case, _index: True,
    listed=_listed_alone,
    gives_way=GivingWay(
        now=lambda _case: _("nobody is worse off than with a plan of its own"),
        concessions=_worse_off_than_alone,
        changes={"nobody worse off": _some_may_be_worse_off},
        called=lambda _case: _("nobody worse off"),
    ),
)
