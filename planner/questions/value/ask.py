"""The value of money: what a billion more, or less, of each line and period comes to; and that of each limit that binds.

*By re-planning* solves the first goal anew with the other amount; what it gains is known as an interval, since plans are
proven within a gap. *At this plan* is the price of money with the plan's whole units and signatures fixed: of a little more
of it. The more there is the less another unit gains, so that a price times an amount may be more than the amount gains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, ClassVar

from planner.case import Case, FrozenDict, naming
from planner.case.problems import not_one_of
from planner.planning.prices import prices_of_money
from planner.planning.stand_alone import alone_of
from planner.planning.variants import changed, with_first_goal, with_money
from planner.plans.plan import Plan
from planner.promises.binding import Limit, binding
from planner.questions.asking import (
    AskOptions,
    Columns,
    Result,
    Variant,
    asking,
    audited,
    because,
    decisions_of,
    edited,
    first_goal,
    frame,
    interval,
    known_plan,
    unproven,
    why,
    without_any,
)
from planner.questions.frontier.ask import more_never_hurts
from planner.words import numbers
from planner.words.said import Sentence, _
from planner.work.stopping import Cancelled, Listener, Stopped
from planner.work.workers import Done

Place = tuple[str, str]  # (line, period)
Interval = tuple[float, float]  # at least, at most
UNKNOWN = (nan, nan)
FIXED = _("fixed to the last digit its measures do not keep every promise")


@dataclass(frozen=True)
class Value(Result):
    """What money is worth to the first goal.

    Attributes
    ----------
    amount
        How much more and less was asked for, in the case's unit.
    by
        By which shares limits that bind were loosened; none where that was not asked.
    value, without
        The first goal with the plan, and without any.
    """

    amount: float = 1.0
    by: tuple[float, ...] = ()
    value: float = nan
    without: float = nan

    QUESTION: ClassVar[str] = "value"
    ANSWERS: ClassVar[dict[str, tuple[str, ...]]] = {"value": ("status_more", "status_less", "price"), "limits": ("status",)}
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
            "price": "what one unit of the case's money more gains at this plan, its whole units and signatures fixed: the "
            "price of a little money, whatever the amount asked for",
            "status_more": "of the plan with more: optimal, feasible (not proven in time), infeasible, no_plan",
            "status_less": "of the plan with less; empty where nothing is given that could be taken",
        },
        "limits": {
            "kind": "kind of limit that binds: transfer, debt, largest share, reserve, after, minimum, level, rule, land, "
            "airshed, units, starts or earmark",
            "ids": "of what it is",
            "limit": "the limit in words, as it is now",
            "now": "its figure, the largest where it differs by period; empty where it has none",
            "unit": "the figure's unit",
            "used": "share of it that the plan uses where it uses most",
            "by": "by which share it is loosened; empty where it is dropped",
            "wider": "its figure then",
            "gain_at_least": "what the first goal gains, in its own unit, by re-planning with the wider limit: at least",
            "gain_at_most": "the same, at most",
            "gain_is_noise": "whether the gain cannot be told from nothing within what is proven",
            "status": "of the plan with the wider limit: optimal, feasible (not proven in time), infeasible, no_plan",
        },
    }

    def facts(self) -> dict[str, Any]:
        """How much was asked for, and the first goal."""
        return {"amount": self.amount, "by": list(self.by), "value": self.value, "without": self.without}


def value(
    case: Case,
    *,
    amount: float = 1.0,
    lines: Sequence[str] | None = None,
    by: Sequence[float] = (),
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
    by
        Limits that bind in the plan are loosened, each alone, by each of these shares: 0.1 is a tenth. What has no figure is
        dropped. Empty: not asked.
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
        An unknown line, or an amount or a share that is not above zero.
    """
    if not (isfinite(amount) and amount > 0):
        raise ValueError(_("the amount must be above zero, not {amount:g}").format(amount=amount))
    if any(not (isfinite(share) and share > 0) for share in by):
        raise ValueError(_("a limit is loosened by a share above zero: 0.1 is a tenth"))
    places = _places(case, lines)
    with asking(options, on_event, cancelled) as question:
        best = audited(known_plan(question, case, plan))
        if not best.has_decisions:
            return Value(
                case, False, (why(best),), question.seconds, FrozenDict(), FrozenDict(), amount,
                impossible=best.status == "infeasible",
            )  # fmt: skip
        question.tell(_("reading the prices of money at the plan"))
        prices, unread = None, FIXED
        try:
            prices = prices_of_money(case, decisions_of(best), alone_of(best), question.until)
        except Stopped as stopped:
            unread = stopped.said
        more = [_variant(best, place, amount) for place in places]
        less = {place: _variant(best, place, -taken) for place in places if (taken := _taken(case, place, amount)) > 0}
        start = decisions_of(best)
        limits = loosened(best, by) if by else ()
        wider = [Variant(one.name, with_first_goal(changed(case, **one.limit.wider(one.asked))), start) for one in limits]
        variants = [Variant(_("the money as it is"), with_first_goal(case), start), *more, *less.values(), *wider]
        as_it_is, *found = question.solve_all(variants)
        richer = dict(zip(places, found, strict=False))
        poorer = dict(zip(less, found[len(places) :], strict=False))
        looser = found[len(places) + len(less) :]
        known = _Known.of(case, best, as_it_is, richer, poorer, looser)
        rows = [_row(case, place, amount, known, prices, richer[place], poorer.get(place)) for place in places]
        tables = {"value": frame(Value.TABLES["value"], rows)}
        if by:
            of_limits = [_row_of_limit(one, known, done) for one, done in zip(limits, looser, strict=True)]
            tables["limits"] = frame(Value.TABLES["limits"], of_limits)
        missing = (*edited(best), *(said for done in (as_it_is, *found) if (said := unproven(done.name, done))))
        no_prices = () if prices is not None else (because(_("the prices at this plan"), unread),)
        return Value(
            case,
            not (missing or no_prices),
            (*missing, *no_prices),
            question.seconds,
            FrozenDict(tables),
            FrozenDict({"best": best}),
            amount=amount,
            by=tuple(by),
            value=first_goal(best).value,
            without=without_any(best),
            for_good=no_prices if unread is FIXED else (),
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


@dataclass(frozen=True)
class Loosened:
    """A limit that binds, and how it is loosened.

    Attributes
    ----------
    share, asked
        By which share, and what figure that asks for; NaN where it is dropped.
    """

    limit: Limit
    share: float
    asked: float

    @property
    def figure(self) -> float:
        """Its figure then, with what is whole rounded."""
        return self.limit.reached(self.asked) if isfinite(self.asked) else self.asked

    @property
    def name(self) -> Sentence:
        """What is solved, for those who wait."""
        if not isfinite(self.figure):
            return _("without: {limit}").format(limit=self.limit.said)
        return _("{limit}: loosened by {share}").format(limit=self.limit.said, share=numbers.percent(self.share))


def loosened(best: Plan, by: Sequence[float]) -> tuple[Loosened, ...]:
    """Every limit that binds in a plan, wider by each share as far as that goes; dropped where it has no figure."""
    found: list[Loosened] = []
    for limit in binding(best):
        for share in by if isfinite(limit.now) else (nan,):
            one = Loosened(limit, share, limit.by(share))
            if one.figure != limit.now and all(one.figure != other.figure for other in found if other.limit is limit):
                found.append(one)
    return tuple(found)


@dataclass(frozen=True)
class _Known:
    """The first goal with the money as it is: no plan is better than `least`, and there is one that is as good as `most`."""

    least: float
    most: float
    nested: FrozenDict[str, bool]  # line -> whether more of its money cannot hurt
    wider_never_hurts: bool  # whether a limit that is loosened cannot hurt

    @classmethod
    def of(
        cls,
        case: Case,
        best: Plan,
        as_it_is: Done,
        richer: Mapping[Place, Done],
        poorer: Mapping[Place, Done],
        looser: Sequence[Done] = (),
    ) -> _Known:
        """What all plans together say of it: who has less can do no better, who has more no worse."""
        nested = {l: more_never_hurts(case, (l,)) for l in case.lines}
        here = [_interval(Done("", best)), _interval(as_it_is)]
        never_hurts = more_never_hurts(case, ())
        above = [_interval(done) for (l, _), done in richer.items() if nested[l]]
        above += [_interval(done) for done in looser if never_hurts]
        below = [_interval(done) for (l, _), done in poorer.items() if nested[l]]
        least = max((low for low, _ in (*here, *above) if isfinite(low)), default=nan)
        most = min((high for _, high in (*here, *below) if isfinite(high)), default=nan)
        return cls(min(least, most), most, FrozenDict(nested), never_hurts)


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
    price = nan if prices is None else prices[place]
    return (
        *place, case.lines[place[0]].amount[place[1]],
        *gain, _is_noise(gain, more),
        _taken(case, place, amount), *loss, less is not None and _is_noise(loss, less),
        price, _status(more), "" if less is None else _status(less),
    )  # fmt: skip


def _row_of_limit(one: Loosened, known: _Known, done: Done) -> tuple[Any, ...]:
    limit = one.limit
    gain = _gain(known, done, known.wider_never_hurts)
    return (
        limit.kind, ";".join(limit.ids), limit.said, limit.now, limit.unit, limit.used, one.share, one.figure, *gain,
        _is_noise(gain, done), _status(done),
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
