"""What earlier periods decided, as facts of a case that may have changed since: what was started stays started.

The past is what it was: money and debts that lines had in earlier periods are those of the plan's own case, and a measure
that has been started stays, even where the changed case rules it out or no longer offers it then: what a case rules out is
new starts. Everything else, of earlier periods too, is as the changed case says. Where what was started costs more by now
than a line had, somebody paid: then the line had what was missing, as far as the changed case says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from planner.case import Borrowing, Case, FrozenDict, Line, Measure, Reserve, StartOption
from planner.case.problems import listed
from planner.planning.decisions import Decisions, decided_late, more
from planner.planning.variants import with_lines_and_measures
from planner.words.said import _, series


def earlier_periods(case: Case, since: str) -> tuple[str, ...]:
    """The periods before one.

    Raises
    ------
    ValueError
        The case has no such period.
    """
    if since not in case.period_ids:
        labels = [period.label for period in case.periods]
        raise ValueError(
            _("'{period}' is not a period of this case ({periods}).").format(period=since, periods=listed(labels))
        )
    return case.period_ids[: case.period_ids.index(since)]


def case_with_history(case: Case, old: Case, history: Decisions, past: Collection[str]) -> Case:
    """The case as it is from now on, with the past as it was.

    Parameters
    ----------
    case
        The changed case.
    old
        The case that the history was decided in.
    history
        What was started in the past: (measure, start period) -> units.
    past
        Ids of the earlier periods.

    Raises
    ------
    ValueError
        The case cannot have that past: it counts money otherwise, has other periods, has no such measure, or has decided
        otherwise.
    """
    if (case.money.unit, case.money.prices) != (old.money.unit, old.money.prices):
        raise ValueError(
            _(
                "the changed case counts money in {unit} at prices of {prices}, and the plan in {old_unit} at prices of "
                "{old_prices}: write the changed case as the plan's own case does (money.unit, money.prices)"
            ).format(unit=case.money.unit, prices=case.money.prices, old_unit=old.money.unit, old_prices=old.money.prices)
        )
    begins = next(period.first for period in case.periods if period.id not in past)
    earlier = tuple(period for period in old.periods if period.first < begins)
    if len(earlier) < len(past) and case.periods[: len(earlier)] == earlier:
        raise ValueError(
            _("the plan ends with {last}: nothing is known of what was started later, so plan from {next} on").format(
                last=earlier[-1].label, next=case.periods[len(earlier)].label
            )
        )
    if case.periods[: len(past)] != earlier:
        raise ValueError(
            _(
                "the changed case has other periods than the plan before the one to plan from ({periods}; the plan {old}): "
                "keep the past ones in the case, so that what was started in them is known"
            ).format(
                periods=listed(period.label for period in case.periods[: len(past)]),
                old=listed(period.label for period in earlier),
            )
        )
    unknown = sorted({a for a, period in history} - {*case.measures})
    if unknown:
        raise ValueError(
            _("the plan has started measures that the changed case does not have: {measures}").format(
                measures=listed(unknown)
            )
        )
    lines = {
        l: _with_past_money(case, line, old.lines[l], past) if l in old.lines else line for l, line in case.lines.items()
    }
    measures = {a: _with_past_starts(case, m, _starts_of(history, a)) for a, m in case.measures.items()}
    if lines == case.lines and measures == case.measures:
        return case
    return with_lines_and_measures(case, lines, measures)


def more_money_said(case: Case, before: Case, past: Collection[str]) -> dict[tuple[str, str], float]:
    """By how much more the changed case says that lines had in past periods than they had in the plan's own case.

    Parameters
    ----------
    case
        With its history, as `case_with_history` gives it.
    before
        The changed case without it.

    Returns
    -------
    (line, period) -> money, where there is more.
    """
    more = {(l, t): before.lines[l].amount[t] - line.amount[t] for l, line in case.lines.items() for t in past}
    return {cell: money for cell, money in more.items() if money > 0}


def fixed_starts(case: Case, before: Case, history: Decisions, past: Collection[str]) -> Decisions:
    """Every start that is no choice any more, with its units: those of the past, and what only the past has opened.

    Parameters
    ----------
    case
        With its history, as `case_with_history` gives it.
    before
        The changed case without it.
    """
    known = {start: units for start, units in decided_late(before).items() if len(before.measures[start[0]].starts) == 1}
    known |= history
    offered = {(a, start.period) for a, m in before.measures.items() for start in m.starts}
    starts = ((a, start.period) for a, m in case.measures.items() for start in m.starts)
    return {start: known.get(start, 0.0) for start in starts if start[1] in past or start not in offered}


def _starts_of(history: Decisions, measure: str) -> dict[str, float]:
    return {u: units for (a, u), units in history.items() if a == measure and units > 0}


def _with_past_money(case: Case, line: Line, old: Line, past: Collection[str]) -> Line:
    """A line with what it had in the past."""

    def was(new: Mapping[str, float], before: Mapping[str, float]) -> FrozenDict[str, float]:
        return FrozenDict({t: before[t] if t in past else money for t, money in new.items()})

    least = {t: min(old.minimum[t], line.minimum[t]) for t in past}  # what was started may cost less by now
    borrowing = line.borrowing
    if old.borrowing is not None and any(old.borrowing.limit[t] for t in past):
        nothing = dict.fromkeys(line.amount, 0.0)
        limit = was(nothing if borrowing is None else borrowing.limit, old.borrowing.limit)
        borrowing = Borrowing(limit=limit, interest=old.borrowing.interest if borrowing is None else borrowing.interest)
    reserve = (*_only(case, line, past, False), *_only(case, old, past, True))
    return replace(
        line, amount=was(line.amount, old.amount), minimum=was(line.minimum, least), borrowing=borrowing,
        reserve=line.reserve if line.reserve == old.reserve else reserve,
    )  # fmt: skip


def _only(case: Case, line: Line, past: Collection[str], then: bool) -> Iterator[Reserve]:
    """What a line, of this or of the old case, keeps free in the past, or only later."""
    for reserve in line.reserve:
        shares = {t: reserve.share[t] if (t in past) == then else 0.0 for t in case.period_ids}
        if any(shares.values()):
            there = tuple(a for a in reserve.measures if a in case.measures)
            yield replace(reserve, share=FrozenDict(shares), measures=there)


def _with_past_starts(case: Case, measure: Measure, starts: Mapping[str, float]) -> Measure:
    """A measure that offers what was started of it."""
    total, most = sum(starts.values()), max(starts.values(), default=0.0)
    fits = not more(total, measure.units) and not more(most, measure.max_starts)
    if {*starts} <= {start.period for start in measure.starts} and fits:
        return measure
    if measure.status == "decided":
        when = series([p.label for p in case.periods if p.id in starts], ", ", " and ")
        raise ValueError(
            _("the plan has started {units:g} of {measure} in {when}; the changed case has decided otherwise").format(
                units=total, measure=measure.id, when=when
            )
        )
    ids = list(case.period_ids)
    window = [ids.index(u) for u in starts]
    if measure.status != "ruled_out":
        window += [ids.index(measure.earliest), ids.index(measure.latest)]
    return replace(
        measure,
        status="candidate",
        earliest=ids[min(window)],
        latest=ids[max(window)],
        units=max(measure.units, total),
        max_starts=max(measure.max_starts, most),
        starts=_options(case, measure, min(window), max(window), starts),
    )


def _options(case: Case, measure: Measure, first: int, last: int, starts: Mapping[str, float]) -> tuple[StartOption, ...]:
    """The starts that a measure offers in a window of periods."""
    options = [measure.start_if_offered(period, case.periods) for period in case.periods[first : last + 1]]
    found = tuple(option for option in options if option is not None)
    if not {*starts} <= {option.period for option in found}:
        raise ValueError(
            _("the plan has started {measure}, which would serve no period of the changed case").format(measure=measure.id)
        )
    return found
