"""The audit of a programme: every plan by itself, the sums of the shared lines, and the bound out of what it is made of.

It shares no code with the search. That each member's bound holds is the solver's word, as in a plan; that the printed bound
is what those come to at the prices, and that no plan is better than its member's bound, is worked out here.
Of other divisions no plans are kept: that their money is there is checked, what they come to is the solver's word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import isclose, isfinite
from typing import TYPE_CHECKING

from planner.audit import audit
from planner.words.said import Sentence, _

if TYPE_CHECKING:
    from planner.case import Case
    from planner.programme.result import ProgrammePlan

SAME = 1e-9  # relative: what is only added up otherwise
ROUNDING = 1e-6  # relative: what a solver keeps no more exactly
GRAIN = 1e-5  # relative: to which sums that are given are rounded


@dataclass
class ProgrammeReport:
    """What was compared of each kind, and what does not agree."""

    checks: Counter[str] = field(default_factory=Counter)
    violations: list[Sentence | str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything agrees."""
        return not self.violations

    def holds(self, kind: str, right: bool, said: Sentence) -> None:
        """Note a comparison."""
        self.checks[kind] += 1
        if not right:
            self.violations.append(said)


def audit_programme(found: ProgrammePlan) -> ProgrammeReport:
    """Work out again what a programme's result says."""
    report = ProgrammeReport()
    periods = list(found.periods)
    if set(found.plans) != {one.id for one in found.members}:
        report.holds("plans", False, _("not every member has a plan"))
        return report
    for one in found.members:
        case = found.plans[one.id].case
        if [p.id for p in case.periods] != periods or set(found.lines) - set(case.lines):
            report.holds("members", False, _("{member}: its periods or lines are others").format(member=one.id))
    if not report.passed:
        return report
    _plans(found, report)
    _members(found, report)
    _lines(found, periods, report)
    _others(found, periods, report)
    _worth(found, periods, report)
    return report


def _plans(found: ProgrammePlan, report: ProgrammeReport) -> None:
    """Every plan, audited by itself."""
    for e, plan in found.plans.items():
        own = audit(plan)
        report.checks["plans"] += sum(own.checks.values())
        report.violations += [_("{member}: {violation}").format(member=e, violation=v.said) for v in own.violations]
        report.holds(
            "plans",
            plan.audit == "passed",
            _("{member}: its plan was changed since it was audited, or did not pass").format(member=e),
        )


def _members(found: ProgrammePlan, report: ProgrammeReport) -> None:
    """People, weights, money and what each was given, against the cases of the plans."""
    everybody = sum(_people(found.plans[one.id].case) for one in found.members)
    report.holds(
        "weights",
        isclose(sum(one.weight for one in found.members), 1.0, rel_tol=ROUNDING),
        _("the weights of the members do not add to 1"),
    )
    for one in found.members:
        plan = found.plans[one.id]
        case, about = plan.case, {"member": one.id}
        people = _people(case)
        report.holds(
            "people",
            _same(one.people, people),
            _("{member}: it has {people:,.0f} people, not {said:,.0f}").format(people=people, said=one.people, **about),
        )
        if found.weighs_people:
            report.holds(
                "weights",
                isclose(one.weight, people / everybody, rel_tol=ROUNDING),
                _("{member}: its weight is not its share of the people").format(**about),
            )
        same = (case.money.unit, case.money.prices) == (found.unit, found.prices_of)
        report.holds("money", same, _("{member}: its money is of another unit or other prices").format(**about))
        report.holds(
            "values", _same(one.value, plan.goals[0].value), _("{member}: its goal is not that of its plan").format(**about)
        )
        for (l, t), money in one.given.items():
            has = case.lines[l].amount[t]
            report.holds(
                "given",
                _same(money, has),
                _("{member}, {period}: it is given {money:.6g}, its case has {has:.6g}").format(
                    period=t, money=money, has=has, **about
                ),
            )
        for l in found.lines:
            report.holds(
                "given",
                case.lines[l].carry_over == (l in found.carries),
                _("{member}: its line {line} keeps money otherwise than the programme says").format(line=l, **about),
            )


def _lines(found: ProgrammePlan, periods: list[str], report: ProgrammeReport) -> None:
    """All members together are given no more than there is, and each its share."""
    for l, t, money, there in _sums(found, periods, {one.id: one.given for one in found.members}):
        said = _("{line}, {period}: {money:.6g} is given, {there:.6g} is there")
        report.holds("lines", money <= there * (1 + SAME) + SAME, said.format(line=l, period=t, money=money, there=there))
    for l in found.lines:
        room = GRAIN * max(1.0, sum(found.amount[l, t] for t in periods))
        for one in found.members:
            own, (least, most) = sum(one.given[l, t] for t in periods), found.least_and_most(one.id, l)
            said = _("{member}: it is given {money:.6g} of {line}, not {least:.6g} to {most:.6g}")
            report.holds(
                "shares",
                least - room <= own <= most + room,
                said.format(member=one.id, money=own, line=l, least=least, most=most),
            )


def _others(found: ProgrammePlan, periods: list[str], report: ProgrammeReport) -> None:
    """Other divisions and amounts give no more than there is, and are no better than what nothing can beat."""
    for other in found.others:
        for l, t, money, there in _sums(found, periods, other.given):
            said = _("division {division}, {line}, {period}: {money:.6g} is given, {there:.6g} is there")
            report.holds(
                "others",
                money <= there * (1 + SAME) + SAME,
                said.format(division=other.id, line=l, period=t, money=money, there=there),
            )
        report.holds(
            "others",
            not other.bound > other.value + ROUNDING * max(1.0, abs(other.value)),
            _("division {division}: it is better than the bound that it states").format(division=other.id),
        )
    for amount in found.amounts:
        for l, t, money, there in _sums(found, periods, amount.given):
            said = _("{times:g} times the money, {line}, {period}: {money:.6g} is given, {there:.6g} is there")
            report.holds(
                "amounts",
                money <= amount.times * there * (1 + SAME) + SAME,
                said.format(times=amount.times, line=l, period=t, money=money, there=amount.times * there),
            )
        report.holds(
            "amounts",
            not amount.bound > amount.value + ROUNDING * max(1.0, abs(amount.value)),
            _("{times:g} times the money: it is better than the bound that it states").format(times=amount.times),
        )


def _sums(
    found: ProgrammePlan, periods: list[str], given: Mapping[str, Mapping[tuple[str, str], float]]
) -> Iterator[tuple[str, str, float, float]]:
    """Line and period with the money that all are given by then, and that is there by then."""
    for l in found.lines:
        for n, t in enumerate(periods):
            until = periods[: n + 1] if l in found.carries else [t]
            money = sum(own[l, u] for own in given.values() for u in until)
            yield l, t, money, sum(found.amount[l, u] for u in until)


def _worth(found: ProgrammePlan, periods: list[str], report: ProgrammeReport) -> None:
    """The value out of the plans, the bound out of members' bounds and prices, and what is said of both."""
    value = sum(one.weight * found.plans[one.id].goals[0].value for one in found.members)
    report.holds(
        "value",
        _same(value, found.value),
        _("all members come to {value:.8g}, not {said:.8g}").format(value=value, said=found.value),
    )
    if not isfinite(found.bound):
        report.holds("bound", found.status != "optimal", _("it is called proven, and states no bound"))
        return
    report.holds("prices", all(isfinite(p) and p >= 0 for p in found.prices.values()), _("a price is below nothing"))
    there = {
        (l, t): sum(found.amount[l, u] for u in (periods[: n + 1] if l in found.carries else [t]))
        for l in found.lines
        for n, t in enumerate(periods)
    }
    bound = sum(one.bound for one in found.members) - sum(found.prices[place] * there[place] for place in there)
    report.holds(
        "bound",
        _same(bound, found.bound),
        _("what is proven of the members comes to {bound:.8g}, not {said:.8g}").format(bound=bound, said=found.bound),
    )
    report.holds(
        "bound",
        found.bound <= value + ROUNDING * max(1.0, abs(value)),
        _("the programme is better than the bound that it states"),
    )
    for one in found.members:
        paid = sum(price * one.given[place] for place, price in _of_draws(found, periods))
        reached = one.weight * one.value + paid
        report.holds(
            "bound",
            one.bound <= reached + ROUNDING * max(1.0, abs(reached)),
            _("{member}: its plan is better than what is proven of it").format(member=one.id),
        )
    gap = max(0.0, value - bound) / max(abs(value), 1e-3)
    report.holds(
        "status",
        found.status != "optimal" or gap <= found.asked * (1 + ROUNDING),
        _("it is called proven, and is not within what was asked"),
    )
    for earlier, later in pairwise(found.rounds):
        report.holds(
            "rounds",
            not later.bound < earlier.bound and not later.best > earlier.best,
            _("a later round says less than an earlier one"),
        )


def _of_draws(found: ProgrammePlan, periods: list[str]) -> Iterator[tuple[tuple[str, str], float]]:
    """What money drawn in a period costs: the prices of that period and, with carry-over, of all later ones."""
    for l in found.lines:
        for n, t in enumerate(periods):
            later = periods[n:] if l in found.carries else [t]
            yield (l, t), sum(found.prices[l, u] for u in later)


def _people(case: Case) -> float:
    """The mean of the periods."""
    ids = [p.id for p in case.periods]
    return sum(city.population[t] for city in case.cities.values() for t in ids) / len(ids)


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=SAME, abs_tol=1e-12)


def summary(report: ProgrammeReport) -> Mapping[str, int]:
    """How many comparisons of each kind."""
    return dict(report.checks)
