"""The value of money: what a billion more, or less, of each line and period comes to.

*By re-planning* solves the first goal anew with the other amount; what it gains is known as an interval, since plans are
proven within a gap. *At this plan* is the price of money with the plan's whole units and signatures fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict, naming
from planner.case.problems import not_one_of
from planner.planning.alone import Alone
from planner.planning.prices import prices_of_money
from planner.planning.variants import with_first_goal, with_money
from planner.plans.plan import Plan
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    audited,
    because,
    decisions_of,
    first_goal,
    frame,
    interval,
    known_plan,
    unproven,
    without_any,
)
from planner.questions.frontier.ask import more_never_hurts
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener, Stopped
from planner.work.workers import Done

Place = tuple[str, str]  # (line, period)
Interval = tuple[float, float]  # at least, at most
UNKNOWN = (nan, nan)


@dataclass(frozen=True)
class Value(Result):
    """What money is worth to the first goal.

    Attributes
    ----------
    amount
        How much more and less was asked for, in the case's unit.
    value, without
        The first goal with the plan, and without any.
    """

    amount: float = 1.0
    value: float = nan
    without: float = nan

    QUESTION: ClassVar[str] = "value"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"value": ("status_more", "status_less", "price")}
    TABLES: ClassVar[dict[str, Columns]] = {
        "value": {
            "line": "id",
            "period": "id",
            "given": "what the line is given in the period, in the case's unit of money",
            "gain_at_least": "what the first goal gains, in its own unit, by re-planning with so much more: at least",
            "gain_at_most": "the same, at most",
            "gain_is_noise": "whether the gain cannot be told from nothing within what is proven",
            "less": "how much less was asked for: not more than is given; in the case's unit of money",
            "loss_at_least": "what the first goal loses by re-planning with so much less: at least",
            "loss_at_most": "the same, at most; empty if no plan keeps all promises then",
            "loss_is_noise": "whether the loss cannot be told from nothing within what is proven",
            "price": "what so much more gains at this plan, its whole units and signatures fixed, to the first order",
            "status_more": "of the plan with more: optimal, feasible (not proven in time), infeasible, no_plan",
            "status_less": "of the plan with less; empty where nothing is given that could be taken",
        }
    }

    def facts(self) -> dict[str, Any]:
        """How much was asked for, and the first goal."""
        return {"amount": self.amount, "value": self.value, "without": self.without}


def value(
    case: Case,
    *,
    amount: float = 1.0,
    lines: Sequence[str] | None = None,
    plan: Plan | None = None,
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Value:
    """What the first goal gains with more money, and loses with less, line by line and period by period.

    Parameters
    ----------
    case
        A filled case.
    amount
        How much more and less, in the case's unit of money.
    lines
        Lines to ask about; None = all.
    plan
        Its optimal plan, if it is known; else it is solved first.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the first goal.

    Returns
    -------
    Value
        A row for each line and period; `complete` if every gain and loss is known within the gap.

    Raises
    ------
    ValueError
        An unknown line, or an amount that is not above zero.
    """
    if not (isfinite(amount) and amount > 0):
        raise ValueError(_("the amount must be above zero, not {amount:g}").format(amount=amount))
    places = _places(case, lines)
    with asking(options, on_event, cancelled) as question:
        best = audited(known_plan(question, case, plan))
        if not best.has_decisions:
            return Value(
                case, False, (best.reason,), question.seconds, FrozenDict(), FrozenDict(), amount,
                impossible=best.status == "infeasible",
            )  # fmt: skip
        question.tell(_("reading the prices of money at the plan"))
        prices, unread = None, "fixed to the last digit its measures break a promise by a little"
        try:
            prices = prices_of_money(case, decisions_of(best), _alone(best), question.until)
        except Stopped as stopped:
            unread = stopped.said
        more = [_variant(best, place, amount) for place in places]
        less = {place: _variant(best, place, -taken) for place in places if (taken := _taken(case, place, amount)) > 0}
        start = decisions_of(best)
        variants = [Variant(_("the money as it is"), with_first_goal(case), start), *more, *less.values()]
        as_it_is, *found = question.solve_all(variants)
        richer = dict(zip(places, found, strict=False))
        poorer = dict(zip(less, found[len(places) :], strict=True))
        known = _Known.of(case, best, as_it_is, richer, poorer)
        rows = [_row(case, place, amount, known, prices, richer[place], poorer.get(place)) for place in places]
        missing = tuple(said for done in (as_it_is, *found) if (said := unproven(done.name, done)))
        if prices is None:
            missing = (*missing, because(_("the prices at this plan"), unread))
        return Value(
            case,
            not missing,
            missing,
            question.seconds,
            FrozenDict({"value": frame(Value.TABLES["value"], rows)}),
            FrozenDict({"best": best}),
            amount=amount,
            value=first_goal(best).value,
            without=without_any(best),
        )


def _places(case: Case, lines: Sequence[str] | None) -> list[Place]:
    for line in lines or ():
        if line not in case.lines:
            raise ValueError(not_one_of(line, _("a budget line"), case.lines))
    found = [(l, t) for l in case.lines if lines is None or l in lines for t in case.period_ids]
    if not found:
        raise ValueError(_("the case has no budget line"))
    return found


def _taken(case: Case, place: Place, amount: float) -> float:
    """How much less can be asked for."""
    return min(amount, max(0.0, case.lines[place[0]].amount[place[1]]))


def _variant(best: Plan, place: Place, change: float) -> Variant:
    case, (l, t) = best.case, place
    period = case.period(t).label
    which = _("{amount:.4g} {unit} less for {line} in {period}")
    if change > 0:
        which = _("{amount:.4g} {unit} more for {line} in {period}")
    name = which.format(amount=abs(change), unit=case.money.unit, line=naming.line(case, l), period=period)
    other = with_money(case, {place: case.lines[l].amount[t] + change})
    return Variant(name, with_first_goal(other), decisions_of(best))


def _alone(plan: Plan) -> tuple[Alone, ...]:
    """What each jurisdiction reaches alone, as the plan has it."""
    table = plan.tables["alone"]
    columns = (table["jurisdiction"], table["value_alone"], table["bound_alone"])
    return tuple(Alone(str(who), float(value), float(bound), True) for who, value, bound in zip(*columns, strict=True))


@dataclass(frozen=True)
class _Known:
    """The first goal with the money as it is: no plan is better than `least`, and there is one that is as good as `most`."""

    least: float
    most: float
    nested: FrozenDict[str, bool]  # line -> whether more of its money cannot hurt

    @classmethod
    def of(
        cls, case: Case, best: Plan, as_it_is: Done, richer: Mapping[Place, Done], poorer: Mapping[Place, Done]
    ) -> _Known:
        """What all plans together say of it: who has less can do no better, who has more no worse."""
        nested = {l: more_never_hurts(case, (l,)) for l in case.lines}
        here = [_interval(Done("", best)), _interval(as_it_is)]
        above = [_interval(done) for (l, _), done in richer.items() if nested[l]]
        below = [_interval(done) for (l, _), done in poorer.items() if nested[l]]
        least = max((low for low, _ in (*here, *above) if isfinite(low)), default=nan)
        most = min((high for _, high in (*here, *below) if isfinite(high)), default=nan)
        return cls(min(least, most), most, FrozenDict(nested))


def _interval(done: Done | None) -> Interval:
    """Between what the first goal of a variant lies: its bound, and the value of its plan."""
    if done is None or done.value is None or not done.value.goals:
        return UNKNOWN
    goal = first_goal(done.value)
    return goal.bound, goal.value


def _row(
    case: Case,
    place: Place,
    amount: float,
    known: _Known,
    prices: Mapping[Place, float] | None,
    more: Done,
    less: Done | None,
) -> tuple[Any, ...]:
    nested = known.nested[place[0]]
    gain, loss = _gain(known, more, nested), _loss(known, less, nested)
    price = nan if prices is None else amount * prices[place]
    return (
        *place, case.lines[place[0]].amount[place[1]],
        *gain, _is_noise(gain, more),
        _taken(case, place, amount), *loss, less is not None and _is_noise(loss, less),
        price, _status(more), "" if less is None else _status(less),
    )  # fmt: skip


def _is_noise(found: Interval, done: Done) -> bool:
    """Whether it cannot be told from nothing although its plan is proven; of others nothing is known yet."""
    return _status(done) == "optimal" and isfinite(found[1]) and not found[0] > 0


def _gain(known: _Known, more: Done, nested: bool) -> Interval:
    """What the first goal gains with more money."""
    low, high = _interval(more)
    least, most = known.least - high, known.most - low
    if not nested:
        return least, most
    return interval(least, most)


def _loss(known: _Known, less: Done | None, nested: bool) -> Interval:
    """What the first goal loses with less money."""
    if less is None:
        return UNKNOWN
    low, high = _interval(less)
    least, most = low - known.most, high - known.least
    if not nested:
        return least, most
    return interval(least, most)


def _status(done: Done) -> str:
    return "no_plan" if done.value is None else str(done.value.status)
