"""Promises about policies: what a level may cost, how long a city is subsidised, and barriers removed first."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

from models.instance import Instance
from models.measures import Measures
from models.money import Money
from models.policies import Policies
from planner.case import Case, naming
from planner.promises.money import as_money
from planner.promises.record import Change, Concession, Edit, Given, GivingWay, Index, Promise, Rows, label, loosening, plus
from planner.words.said import _, count

# --- levels of the pyramid


def _share_of(case: Case, level: str) -> float:
    return case.pyramid.at_most_share[level]  # type: ignore[index]


def _over_its_share(case: Case, index: Index, money: float) -> str:
    return _("level {level}: {money:.4g} {unit} over its share of all money ({share:.0%})").format(
        level=naming.level(index[0]), money=money, unit=case.money.unit, share=_share_of(case, index[0])
    )


def _larger_shares(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    money, scale = sum(sum(line.amount.values()) for line in case.lines.values()), instance[Money].money_scale
    for level in instance[Policies].level_limit:
        if money > 0:
            loosens = loosening(rows, "level_within_its_share", [level])
            size = _share_of(case, level) or 1.0
            yield Concession("level", "demands", (level,), ("level", level), loosens, step=scale / money, size=size)


def _larger_share(given: Given) -> list[Change]:
    level = given.first.key[0]
    now = _share_of(given.case, level)
    needed = min(1.0, plus(now, given.amount))
    edit: Edit = {"key": f"pyramid.at_most_share.{level}", "set": needed}
    text = _("level {level}: up to {needed:.4g} of all money instead of {now:.4g}").format(
        level=naming.level(level), needed=needed, now=now
    )
    return [Change("level", level, "", "", now, needed, _("share"), text, (edit,))]


LEVEL = Promise(
    kind="level",
    row="level_within_its_share",
    broken=_over_its_share,
    amount=as_money,
    listed=lambda case: (
        _("the most that policies of level {level} may cost").format(level=naming.level(level))
        for level in case.pyramid.at_most_share
    ),
    gives_way=GivingWay(
        now=lambda case, level: _("level {level}: at most {share:g} of all money").format(
            level=naming.level(level), share=_share_of(case, level)
        ),
        concessions=_larger_shares,
        changes={"level": _larger_share},
        called=lambda _case, level: _("level {name}").format(name=naming.level(level)),
    ),
)


# --- periods of subsidies


def _subsidised_too_long(case: Case, index: Index, over: float) -> str:
    return _("{city}: subsidised in {over:d} too many periods ({most} may be)").format(
        city=naming.city(case, index[0]), over=round(over), most=case.pyramid.subsidy_periods
    )


def _listed_subsidies(case: Case) -> Iterator[str]:
    if case.pyramid.subsidy_periods is not None:
        yield _("the most periods in which a city may be subsidised")


def _longer_subsidies(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    few = loosening(rows, "subsidised_in_few_periods", instance[Policies].subsidies_in)
    size = float(case.pyramid.subsidy_periods or 1)
    yield Concession("subsidy periods", "demands", (), ("subsidy periods",), few, size=size, whole=True)


def _in_more_periods(given: Given) -> list[Change]:
    now = float(given.case.pyramid.subsidy_periods or 0)
    needed = now + given.amount
    edit: Edit = {"key": "pyramid.subsidy_periods", "set": int(needed)}
    text = _("a city is subsidised in up to {periods} instead of {now:.0f}").format(
        periods=count(round(needed), "period"), now=now
    )
    return [Change("subsidy periods", "", "", "", now, needed, _("periods"), text, (edit,))]


SUBSIDY_PERIODS = Promise(
    kind="subsidy periods",
    row="subsidised_in_few_periods",
    broken=_subsidised_too_long,
    listed=_listed_subsidies,
    gives_way=GivingWay(
        now=lambda case: _("a city is subsidised in at most {periods}").format(
            periods=count(case.pyramid.subsidy_periods or 0, "period")
        ),
        concessions=_longer_subsidies,
        changes={"subsidy periods": _in_more_periods},
        called=lambda _case: _("subsidy periods"),
    ),
)


# --- barriers first


def _before_the_barrier_is_gone(case: Case, index: Index, _over: float) -> str:
    first, second, u = index
    return _("{one} starts in {period} before {other} has removed the barrier").format(
        one=naming.measure(case, first), period=label(case, u), other=naming.measure(case, second)
    )


def _listed_barriers(case: Case) -> Iterator[str]:
    if case.pyramid.barriers_first:
        yield _("barriers removed before subsidies")


def _fewer_barriers(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for b in case.pyramid.barriers_first:
        subsidies = [a for a, removal in instance[Policies].barriers_first if removal == b]
        waiting = [(a, b, u) for a in subsidies for u in instance[Measures].starts_of[a]]
        loosens = loosening(rows, "barriers_come_first", waiting)
        yield Concession("barrier", "demands", (b,), ("barrier", b), loosens, most=1.0, whole=True)


def _without_waiting(given: Given) -> list[Change]:
    """Subsidies no longer wait for a removal; several removals are one edit."""
    case, b = given.case, given.first.key[0]
    dropped = {one.key[0] for one in given.made("barrier")}
    edit: Edit = {"key": "pyramid.barriers_first", "set": [q for q in case.pyramid.barriers_first if q not in dropped]}
    text = _("subsidies do not wait for {measure} any more").format(measure=naming.measure(case, b))
    return [Change("barrier", b, "", "", nan, nan, "", text, (edit,))]


BARRIER = Promise(
    kind="barrier",
    row="barriers_come_first",
    broken=_before_the_barrier_is_gone,
    listed=_listed_barriers,
    gives_way=GivingWay(
        now=lambda case, b: _("subsidies wait for {measure}").format(measure=naming.measure(case, b)),
        concessions=_fewer_barriers,
        changes={"barrier": _without_waiting},
        called=lambda case, b: _("barrier {name}").format(name=naming.measure(case, b)),
    ),
)
