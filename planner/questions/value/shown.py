"""What more or less money of each line is worth, period by period: in words and drawn."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import Case, naming
from planner.documents.blocks import Heading, Paragraph, Said, Sections, Table, table
from planner.documents.drawings.intervals import intervals
from planner.documents.drawings.theme import AFTER, BEFORE
from planner.plans.totals import columns, cost_of_choice
from planner.promises.binding import figures
from planner.questions import saying
from planner.words import numbers
from planner.words.said import Sentence, _, count, series, told

if TYPE_CHECKING:
    from planner.questions.value.ask import Value

MORE, LESS, WIDER = _("gained with more"), _("lost with less"), _("gained with a wider limit")
NEARLY = 1e-9  # of an amount: less is rounding


def text(result: Value, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Value) -> Said:
    """The answer: a row for each line and period, then how to read it."""
    asked = _("what {amount} more or less of each line is worth").format(amount=_amount(result))
    if not result.tables:
        return saying.answer(result, asked, ())
    found = _rows(result, "value")
    reading = series(
        (*_goal(result), *_average(result), *_all_there_is(result, found), *_surest(result, found), METHOD), " "
    )
    return saying.answer(
        result, asked, ((_lines(result, found),), *_limits(result), (Paragraph(reading),)), _headline(result, found)
    )


def _rows(result: Value, table: str) -> list[dict[str, Any]]:
    names = list(result.tables[table].columns)
    return [dict(zip(names, row, strict=True)) for row in result.tables[table].itertuples(index=False)]


def _limits(result: Value) -> Sections:
    """A row for each limit that binds and each share by which it is loosened: what that buys."""
    if "limits" not in result.tables:
        return ()
    found, scale = _rows(result, "limits"), scale_of(result)
    if not found:
        return ((Heading(LIMITS), Paragraph(_("No limit but money binds in this plan."))),)
    found.sort(key=lambda row: -row["gain_at_least"] if isfinite(row["gain_at_least"]) else 0.0)  # else as they stand
    rows = [
        [
            row["limit"], numbers.percent(min(1.0, row["used"])), *_widened(result.case, row),
            _interval(row["gain_at_least"], row["gain_at_most"], row["gain_is_noise"], scale, row["status"]),
        ]
        for row in found
    ]  # fmt: skip
    of = _("the plan's gain") if has_gain(result) else _("the goal")
    head = [
        _("limit that binds"), _("used"), _("loosened by"), _("to"), _("gains by\nre-planning,\n% of {of}").format(of=of),
    ]  # fmt: skip
    return ((Heading(LIMITS), table(head, rows, "lrrrr"), Paragraph(HOW_LIMITS)),)


def _widened(case: Case, row: dict[str, Any]) -> tuple[str, str]:
    """By how much a limit is loosened, and its figure then, of each period where it differs."""
    if not isfinite(row["wider"]):
        return _("dropped"), ""
    return numbers.percent(row["by"]), figures(case, row["kind"], row["ids"].split(";"), row["wider"], row["unit"])


LIMITS = _("WHAT BINDS BESIDE MONEY")
HOW_LIMITS = _(
    "A limit binds where the plan uses at least 95 % of it. Each is loosened alone, by the share or by the next whole unit; "
    "measures alike (one kind, service and norm) count together."
)


def _headline(result: Value, found: list[dict[str, Any]]) -> tuple[str, ...]:
    """Where more money is surest to help, and how that compares with the money that the plan has."""
    best, of = _best(found), _("of what the plan gains") if has_gain(result) else _("of the first goal")
    said = [_nowhere(result, found)]
    if best is not None:
        period = result.case.period(best["period"]).label
        said = [
            _("{amount} more are surest to help in line {line} in {period}: at least {gain:.2f} % {of}.").format(
                amount=_amount(result), line=naming.line(result.case, best["line"]), period=period,
                gain=scale_of(result) * best["gain_at_least"], of=of,
            )
        ]  # fmt: skip
    if _has_average(result):
        spent = _spent(result)
        said.append(
            _("On average {amount} of the {spent:.1f} that the plan chooses to spend buys {each:.2f} % of its gain.").format(
                amount=_amount(result), spent=spent, each=result.amount / spent * 100
            )
        )
    return tuple(said)


def _nowhere(result: Value, found: list[dict[str, Any]]) -> Sentence:
    """That nothing is proven to help, and of how many rows the gain is not proven, where that is so of any."""
    unproven = sum(row["status_more"] not in ("optimal", "infeasible") for row in found)
    if not unproven:
        return _("Nowhere is {amount} more proven to gain anything.").format(amount=_amount(result))
    return _("Nowhere is {amount} more proven to gain anything; of {unproven} of {places} it is not proven yet.").format(
        amount=_amount(result), unproven=unproven, places=count(len(found), "place")
    )


def _best(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The row in which more money is surest to help; None if it is proven to help nowhere."""
    helping = [row for row in found if row["gain_at_least"] > 0]  # not a number, where nothing is known
    return max(helping, key=lambda row: (row["gain_at_least"], row["gain_at_most"]), default=None)


def _spent(result: Value) -> float:
    return cost_of_choice(result.plans["best"])


def _amount(result: Value) -> str:
    return _("{money} {unit}").format(money=f"{result.amount:.4g}", unit=result.case.money.unit)


def _lines(result: Value, found: list[dict[str, Any]]) -> Table:
    amount, scale = _amount(result), scale_of(result)
    label = {period.id: period.label for period in result.case.periods}
    shown = numbers.money_decimals([row["given"] for row in found])
    rows = [
        [
            naming.line(result.case, row["line"]), label[row["period"]], numbers.number(row["given"], shown),
            _interval(row["gain_at_least"], row["gain_at_most"], row["gain_is_noise"], scale, row["status_more"]),
            _loss(row, scale),
            f"{scale * row['price']:.2f}" if isfinite(row["price"]) else "",
        ]
        for row in found
    ]  # fmt: skip
    of = _("the plan's gain") if has_gain(result) else _("the goal")
    head = [
        _("line"), _("period"), _("given,\n{unit}").format(unit=result.case.money.unit),
        _("{amount} more gains\nby re-planning,\n% of {of}").format(amount=amount, of=of),
        _("{amount} less loses\nby re-planning,\n% of {of}").format(amount=amount, of=of),
        _("price of 1 {unit}\nat this plan,\n% of {of}").format(unit=result.case.money.unit, of=of),
    ]  # fmt: skip
    return table(head, rows, "llrrrr", keys=2)


def has_gain(result: Value) -> bool:
    """Whether shares are of what the plan gains; else they are of the first goal."""
    return isfinite(result.without) and result.without > result.value


def scale_of(result: Value) -> float:
    """Per cent of what the plan gains in the first goal (or of the goal where that is not known) for one of the goal."""
    return 100.0 / (result.without - result.value if has_gain(result) else max(abs(result.value), 1e-3))


def _interval(least: float, most: float, noise: bool, scale: float, status: str) -> str:
    if status == "infeasible":
        return saying.NONE_KEEPS
    if isfinite(most) and noise:
        high = f"{scale * most:.2f}"
        return _("nothing") if high == "0.00" else _("noise (below {high})").format(high=high)
    return saying.span(scale * least, scale * most, 2)


def _loss(row: dict[str, Any], scale: float) -> str:
    if not row["less"] > 0:
        return ""
    return _interval(row["loss_at_least"], row["loss_at_most"], row["loss_is_noise"], scale, row["status_less"])


def _goal(result: Value) -> tuple[str]:
    known = {"goal": naming.goal(result.case.goals[0].name), "value": numbers.figure(result.value)}
    if not has_gain(result):
        return (_("The first goal ({goal}) is {value} with the plan.").format(**known),)
    return (
        _(
            "The first goal ({goal}) is {value} with the plan and {without} without any; the difference is the plan's gain."
        ).format(**known, without=numbers.figure(result.without)),
    )


def _has_average(result: Value) -> bool:
    """Whether it can be said what the amount buys on average: of more than all that is spent there is no average."""
    return has_gain(result) and 0 < result.amount <= _spent(result)


def _average(result: Value) -> tuple[str, ...]:
    if not _has_average(result):
        return ()
    spent, unit = _spent(result), result.case.money.unit
    return (
        _(
            "On average {amount:.4g} of the {spent:.1f} {unit} that it chooses to spend buys {each:.2f} % of that; what was "
            "decided before is there without it, too, and not counted."
        ).format(amount=result.amount, spent=spent, unit=unit, each=result.amount / spent * 100),
    )


def _all_there_is(result: Value, found: list[dict[str, Any]]) -> tuple[str, ...]:
    """Where lines have less than the amount, what was taken from them."""
    if not any(0 < row["less"] < result.amount * (1 - NEARLY) for row in found):
        return ()
    return (_("Where a line has less than {amount}, all that it has was taken.").format(amount=_amount(result)),)


def _surest(result: Value, found: list[dict[str, Any]]) -> tuple[str, ...]:
    """Where more money is surest to help, if that is proven anywhere."""
    label = {period.id: period.label for period in result.case.periods}
    best = _best(found)
    if best is None:
        return ()
    line = naming.line(result.case, best["line"])
    return (
        _("More money is surest to help in line {line} in {period}: it gains at least {gain:.2f} %.").format(
            line=line, period=label[best["period"]], gain=scale_of(result) * best["gain_at_least"]
        ),
    )


METHOD = _(
    "By re-planning: the first goal solved anew with the other amount, known as an interval; noise cannot be told from "
    "nothing within what is proven (a smaller gap or a larger amount tells more). The price is that of a little more money "
    "at this plan: its whole units and signatures stay, and only divisible measures, flows, jobs and payments follow. The "
    "more money comes the less each unit of it gains, so that the price may be above what the amount gains."
)


def pictures(result: Value) -> dict[str, Any]:
    """Gains to the right, losses to the left."""
    data = gains(result)
    if not len(data):
        return {}
    axis = told(_("% of what the plan gains") if has_gain(result) else _("% of the first goal"))
    title = told(_("More or less money: {amount}").format(amount=_amount(result)))
    found = {"value": intervals(data, title, axis, {told(MORE): AFTER, told(LESS): BEFORE})}
    if len(limits := gains_of_limits(result)):
        found["limits"] = intervals(limits, told(_("Limits that bind, loosened")), axis, {told(WIDER): AFTER})
    return found


def gains_of_limits(result: Value) -> pd.DataFrame:
    """Bars of limits that are loosened: row, group, least, most, note; as in `gains`."""
    rows = []
    for row in _rows(result, "limits") if "limits" in result.tables else ():
        least, most = scale_of(result) * row["gain_at_least"], scale_of(result) * row["gain_at_most"]
        if isfinite(least) and isfinite(most):
            how = series(_widened(result.case, row), " ") if isfinite(row["wider"]) else _("dropped")
            rows.append((told(series((row["limit"], how), ": ")), told(WIDER), least, most, ""))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])


def gains(result: Value) -> pd.DataFrame:
    """Bars, losses below nothing: row (line and period), group, least, most, note."""
    label, scale = {period.id: period.label for period in result.case.periods}, scale_of(result)
    names = "line", "period", "gain_at_least", "gain_at_most", "loss_at_least", "loss_at_most", "status_less"
    rows = []
    for line, period, least, most, lost, at_most, status in columns(result.tables["value"], *names):
        row = told(series((naming.line(result.case, line), label[period])))
        if least == least:
            rows.append((row, told(MORE), scale * least, scale * most, ""))
        if status == "infeasible":
            rows.append((row, told(LESS), 0.0, 0.0, told(_("no plan with less"))))
        elif lost == lost:
            rows.append((row, told(LESS), -scale * lost, -scale * at_most, ""))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])
