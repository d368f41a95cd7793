"""The assumptions of a case that a planner doubts first, each lower and higher: a changed case for every one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.case import Case, CaseInvalid, FrozenDict, naming, with_edits
from planner.case.problems import did_you_mean, listed
from planner.planning.variants import changed, scaled_need, with_scaled_money
from planner.words.said import _

Direction = Literal["lower", "higher", ""]
LOW_OR_HIGH: Mapping[str, Direction] = {"low": "lower", "high": "higher"}
GROUPS = ("costs", "need", "budgets", "boarding", "weights")


@dataclass(frozen=True)
class Change:
    """One assumption, changed in one direction.

    Attributes
    ----------
    group
        One of `GROUPS`, or scenarios.
    assumption, change
        In a planner's words: "hebei's money", "-20 %".
    direction
        Whether the assumption is lower or higher than before; of a scenario neither.
    case
        The changed case.
    """

    group: str
    assumption: str
    change: str
    direction: Direction
    case: Case

    @property
    def name(self) -> str:
        """Both in one: hebei's money -20 %."""
        return _("{assumption} {change}").format(assumption=self.assumption, change=self.change)


def changes(case: Case, groups: Sequence[str], by: float) -> list[Change]:
    """Every assumption of some groups, lower and higher.

    Raises
    ------
    ValueError
        There is no such group.
    """
    for group in groups:
        if group not in GROUPS:
            raise ValueError(
                _("'{group}' is not a group of assumptions ({groups}).{hint}").format(
                    group=group, groups=listed(GROUPS), hint=did_you_mean(group, GROUPS)
                )
            )
    kinds = {"costs": _costs(case), "need": _need(case, by), "budgets": _budgets(case, by), "boarding": _boarding(case, by),
             "weights": _weights(case)}  # fmt: skip
    return [change for group in GROUPS if group in groups for change in kinds[group]]


def _costs(case: Case) -> Iterator[Change]:
    """Every norm at its lowest and its highest plausible cost."""
    for norm in case.norms.values():
        name = _("cost of {norm}").format(norm=naming.norm(norm.id))
        for which, change, cost in (("low", _("low ({share})"), norm.low), ("high", _("high ({share})"), norm.high)):
            if cost is None or cost == norm.capital_cost:
                continue
            edit = {"table": "norms", "where": {"id": norm.id}, "column": "capital_cost", "set": cost}
            try:
                dearer = with_edits(case, f"{norm.id} {which}", [edit])
            except CaseInvalid:
                continue  # decided measures dearer than their lines: no case to compare with
            if dearer.content_hash != case.content_hash:  # else nothing is costed by it
                share = cost / norm.capital_cost - 1.0 if norm.capital_cost else 0.0
                yield Change("costs", name, change.format(share=_percent(1.0 + share)), LOW_OR_HIGH[which], dearer)


def _need(case: Case, by: float) -> Iterator[Change]:
    for s, service in case.services.items():
        for factor in (1 - by, 1 + by):
            services = FrozenDict({**case.services, s: scaled_need(service, factor)})
            name = _("need of {service}").format(service=naming.service(case, s))
            yield Change("need", name, _percent(factor), _direction(factor), changed(case, services=services))


def _budgets(case: Case, by: float) -> Iterator[Change]:
    for factor in (1 - by, 1 + by):
        yield Change(
            "budgets", _("money of all lines"), _percent(factor), _direction(factor), with_scaled_money(case, factor)
        )
    if len(case.lines) > 1:
        for line in case.lines.values():
            name = _("money of {line}").format(line=naming.name_of(line))
            for factor in (1 - by, 1 + by):
                if any(line.amount.values()):
                    yield Change(
                        "budgets",
                        name,
                        _percent(factor),
                        _direction(factor),
                        with_scaled_money(case, factor, {line.id}),
                    )


def _boarding(case: Case, by: float) -> Iterator[Change]:
    for m, mode in case.modes.items():
        name = _("boarding minutes of {mode}").format(mode=naming.name_of(mode))
        for factor in (1 - by, 1 + by):
            if mode.boarding_minutes > 0:
                slower = replace(mode, boarding_minutes=factor * mode.boarding_minutes)
                modes = FrozenDict({**case.modes, m: slower})
                yield Change("boarding", name, _percent(factor), _direction(factor), changed(case, modes=modes))


def _weights(case: Case) -> Iterator[Change]:
    """Each indicator's weight in the first goal, halved and doubled; one indicator alone has no weight to speak of."""
    goal = case.goals[0]
    if not goal.gap_parts or sum(1 for weight in goal.weights.values() if weight > 0) < 2:
        return
    for x, weight in goal.weights.items():
        name = _("weight of {indicator}").format(indicator=naming.indicator(case, x))
        for change, factor in ((_("halved"), 0.5), (_("doubled"), 2.0)):
            if weight > 0:
                heavier = replace(goal, weights=FrozenDict({**goal.weights, x: factor * weight}))
                yield Change(
                    "weights",
                    name,
                    change,
                    _direction(factor),
                    changed(case, goals=(heavier, *case.goals[1:])),
                )


def _direction(factor: float) -> Direction:
    return "lower" if factor < 1 else "higher"


def _percent(factor: float) -> str:
    return f"{factor - 1:+.0%}".replace("%", " %")
