"""The value of money in a planner's words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.reporting import goals, words
from planner.reporting.answers import common

if TYPE_CHECKING:
    from planner.questions.value import Value

NONE_KEEPS = "no plan keeps all promises"


def text(result: Value, bold: bool = False) -> str:
    """The answer: a row for each line and period, then how to read it."""
    amount = f"{result.amount:.4g} {result.case.money.unit}"
    parts = common.opening(result, f"what {amount} more or less of each line is worth", bold)
    if not result.tables:
        return "\n".join(parts)
    columns = list(result.tables["value"].columns)
    table = [dict(zip(columns, row, strict=True)) for row in result.tables["value"].itertuples(index=False)]
    label = {period.id: period.label for period in result.case.periods}
    shown = words.money_decimals([row["given"] for row in table])
    scale = 100.0 / _whole(result)
    rows = [
        [
            row["line"], label[row["period"]], words.number(row["given"], shown),
            _interval(row["gain_at_least"], row["gain_at_most"], row["gain_is_noise"], scale, row["status_more"]),
            _loss(row, scale),
            f"{scale * row['price']:.2f}" if isfinite(row["price"]) else "",
        ]
        for row in table
    ]  # fmt: skip
    of = "the plan's gain" if _has_gain(result) else "the goal"
    head = [
        "line", "period", f"given,\n{result.case.money.unit}",
        f"{amount} more gains\nby re-planning,\n% of {of}", f"{amount} less loses\nby re-planning,\n% of {of}",
        f"more gains at this\nplan, its measures\nfixed, % of {of}",
    ]  # fmt: skip
    parts += ["", words.table(head, rows, "llrrrr", keys=2), "", words.paragraph(_reading(result, table, scale))]
    return "\n".join(parts)


def _has_gain(result: Value) -> bool:
    return isfinite(result.without) and result.without > result.value


def _whole(result: Value) -> float:
    """What shares are of: what the plan gains in the first goal, or the goal where that is not known."""
    return result.without - result.value if _has_gain(result) else max(abs(result.value), 1e-3)


def _interval(least: float, most: float, noise: bool, scale: float, status: str) -> str:
    if status == "infeasible":
        return NONE_KEEPS
    if not isfinite(most):
        return f"at least {scale * least:.2f}" if isfinite(least) and least > 0 else "not known"
    low, high = f"{scale * least:.2f}", f"{scale * most:.2f}"
    if noise:
        return "nothing" if high == "0.00" else f"noise (below {high})"
    return low if low == high else f"{low} to {high}"


def _loss(row: dict[str, Any], scale: float) -> str:
    if not row["less"] > 0:
        return ""
    return _interval(row["loss_at_least"], row["loss_at_most"], row["loss_is_noise"], scale, row["status_less"])


def _reading(result: Value, table: list[dict[str, Any]], scale: float) -> str:
    unit, label = result.case.money.unit, {period.id: period.label for period in result.case.periods}
    goal = goals.name(result.case.goals[0].name)
    said = [f"The first goal ({goal}) is {result.value:.4f} with the plan"]
    if _has_gain(result):
        spent = float(result.plans["best"].tables["money"][["capital", "running"]].sum().sum())
        each = result.amount / spent * 100 if spent > 0 else 0.0
        said[0] += f" and {result.without:.4f} without any; the difference is the plan's gain."
        said.append(f"On average {result.amount:.4g} of the {spent:.1f} {unit} that it spends buy {each:.2f} % of that.")
    else:
        said[0] += "."
    best = max(table, key=lambda row: (row["gain_at_least"], row["gain_at_most"]))
    if best["gain_at_least"] > 0:
        said.append(
            f"More money is surest to help in line {best['line']} in {label[best['period']]}: it gains at least "
            f"{scale * best['gain_at_least']:.2f} %."
        )
    said.append(
        "By re-planning: the first goal solved anew with the other amount, known as an interval; noise cannot be told from "
        "nothing within what is proven (a smaller --gap or a larger --amount tells more). At this plan: its whole units and "
        "signatures stay, and only divisible measures, flows, jobs and payments follow."
    )
    return " ".join(said)
