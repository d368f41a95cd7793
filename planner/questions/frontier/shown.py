"""A frontier, in words and drawn: the first goal against money, or against a second goal; the knee marked."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents.blocks import Paragraph, Said, table
from planner.documents.drawings.theme import BLUE, FAINT, INK, SKY, VERMILION, themed
from planner.documents.goals import as_counted
from planner.questions import saying
from planner.questions.frontier.points import called
from planner.words import numbers
from planner.words.said import _, count, counted, series, told

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.frontier.ask import Frontier

KNEE = _("knee")
NO_PLAN = {
    "infeasible": saying.NONE_KEEPS,
    "no_plan": saying.NOT_ANSWERED,
    "interrupted": saying.NOT_ANSWERED,
}
WIDTH, HEIGHT = 520, 320


def text(result: Frontier, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Frontier) -> Said:
    """The answer: a row a point, then what the curve says."""
    is_money = bool(result.lines)
    asked = _("{one} against {other}").format(one=first(result), other=second(result))
    if is_money:
        asked = _("what money of {lines} comes to").format(lines=_lines(result))
    if not result.tables:
        return saying.answer(result, asked, ())
    points = _points(result)
    grid, reading = table(*(_money if is_money else _goals)(result, points)), Paragraph(_reading(result, points))
    unused = (Paragraph(result.unused, look="note"),) if result.unused else ()
    sections = (grid,), (reading, *unused)
    return saying.answer(result, asked, sections, _headline(result, points))


def _headline(result: Frontier, points: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the least and the most money close, and where the curve bends."""
    known = [row for row in points if isfinite(row["first"])]
    if not known:
        return (_("No point has a plan."),)
    ends = known[0], known[-1]
    if not result.lines:
        costs = [_("{one} against {other}").format(one=numbers.figure(row["first"]), other=numbers.figure(row["second"]))
                 for row in ends]  # fmt: skip
        said = _("{one} against {other}: from {least} to {most}.").format(
            one=_called(result, result.first),
            other=_called(result, result.second),
            least=costs[0],
            most=costs[1],
        )
        return said, *_knee(result, points)
    closed = [
        _("{closed} % of the gap with {money:.4g} % of the money").format(
            closed=_percent(row["gap_closed"]), money=100 * row["factor"]
        )
        for row in ends
    ]
    said = _("Plans found, not all proven the best, close from {least} to {most}.")
    if _all_proven(result, points):
        said = _("Plans close from {least} to {most}.")
    return said.format(least=closed[0], most=closed[1]), *_knee(result, points)


def _knee(result: Frontier, points: list[dict[str, Any]]) -> tuple[str, ...]:
    """Where the curve bends: known if all its points are."""
    knee = next((row for row in points if row["knee"]), None)
    if not _all_proven(result, points):
        unproven = sum(not _is_proven(result, row) for row in points)
        said = counted(
            unproven,
            "Where the curve bends is not known: {number} of {points} is not proven.",
            "Where the curve bends is not known: {number} of {points} are not proven.",
        )
        return (said.format(number=unproven, points=count(len(points), "point")),)
    if not result.lines:
        return () if knee is None else (_("The curve bends most at point {point}.").format(point=knee["point"]),)
    if knee is None:
        return (_("The curve has no knee: no point lies below the straight line from the first to the last."),)
    return (
        _(
            "The curve bends most at {money:.4g} % of the money: what is added before it buys more, what is added after it "
            "less, than the straight line from the first point to the last."
        ).format(money=100 * knee["factor"]),
    )


def bend_is_known(result: Frontier) -> bool:
    """Whether every point of the curve is proven, so that where it bends is no matter of what was found in time."""
    return _all_proven(result, _points(result))


def _points(result: Frontier) -> list[dict[str, Any]]:
    table = result.tables["frontier"]
    return [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]


def _is_proven(result: Frontier, row: dict[str, Any]) -> bool:
    """Whether a point's first goal is known as closely as was asked for, or that it has no plan."""
    return row["status"] in ("optimal", "infeasible") or (isfinite(row["first"]) and _first_is_proven(result, row))


def _all_proven(result: Frontier, points: list[dict[str, Any]]) -> bool:
    return all(_is_proven(result, row) for row in points)


def titles(result: Frontier) -> tuple[str, str, str]:
    """For a picture: the column along the bottom, what it is, and what the other axis is."""
    better = _("{goal} (smaller is better)").format(goal=first(result))
    if result.lines:
        cost = _("money of {lines} in all periods, {unit}").format(lines=_lines(result), unit=result.case.money.unit)
        return "amount", cost, better
    return "second", second(result), better


def first(result: Frontier) -> str:
    """The first goal with its unit."""
    return _named(result, result.first)


def second(result: Frontier) -> str:
    """The second goal with its unit."""
    return _named(result, result.second)


def _named(result: Frontier, goal: str) -> str:
    if goal != "spending":
        return _called(result, goal)
    return _("{goal}, {unit}").format(goal=_called(result, goal), unit=result.case.money.unit)


def _called(result: Frontier, goal: str) -> str:
    return as_counted(result.case, goal)


def _lines(result: Frontier) -> str:
    names = [naming.line(result.case, line) for line in result.lines]
    if len(result.lines) == len(result.case.lines):
        return _("all lines", "money")
    return _("line {line}").format(line=names[0]) if len(names) == 1 else series(names)


def _money(result: Frontier, points: list[dict[str, Any]]) -> tuple[list[str], list[list[str]], str]:
    unit, shown = result.case.money.unit, numbers.money_decimals([row["amount"] for row in points])
    known = _all_proven(result, points)
    head = [
        _("point"),
        _("% of the\ncase's money"),
        _("money,\n{unit}").format(unit=unit),
        *_value_heads(result, result.first),
        _("gap\nclosed, %"),
        _("spent,\n{unit}").format(unit=unit),
        "",
    ]
    rows = [
        [
            str(row["point"]), f"{100 * row['factor']:.4g}", numbers.number(row["amount"], shown), *value,
            _percent(row["gap_closed"]), _number(row["spending"], shown), _note(result, row, known),
        ]
        for row, value in zip(points, _values(points), strict=True)
    ]  # fmt: skip
    return head, rows, "rrrrrrrl"


def _goals(result: Frontier, points: list[dict[str, Any]]) -> tuple[list[str], list[list[str]], str]:
    unit = result.case.money.unit
    about_money = result.second == "spending" or result.first == "spending"
    known = _all_proven(result, points)
    shown = numbers.money_decimals([row["spending"] for row in points])
    head = [
        _("point"),
        *_value_heads(result, result.first),
        *_value_heads(result, result.second),
        _("gap\nclosed, %"),
    ]
    head += [""] if about_money else [_("spent,\n{unit}").format(unit=unit), ""]
    rows = []
    for row, first, second in zip(points, _values(points), _values(points, "second"), strict=True):
        spent = [] if about_money else [_number(row["spending"], shown)]
        rows.append(
            [
                str(row["point"]),
                *first,
                *second,
                _percent(row["gap_closed"]),
                *spent,
                _note(result, row, known),
            ]
        )
    return head, rows, "r" * (len(head) - 1) + "l"


def _value_heads(result: Frontier, goal: str) -> list[str]:
    head, plus, rest = goal.partition(" + ")  # in two lines, if it has several parts
    name = _called(result, head)
    if plus:
        name = series((name, _("+ {parts}").format(parts=_called(result, rest))), "\n")
    return [name, _("proven\nwithin, %")]


def _values(points: list[dict[str, Any]], which: str = "first") -> list[list[str]]:
    """What a goal comes to in each point, and within how much that is proven."""
    (said,) = numbers.aligned([row[which] for row in points], none="")
    gaps = [row[f"{which}_gap"] for row in points]
    return [[value, numbers.proof_figure(gap) if isfinite(gap) else ""] for value, gap in zip(said, gaps, strict=True)]


def _number(value: float, decimals: int) -> str:
    return numbers.number(value, decimals) if isfinite(value) else ""


def _percent(share: float) -> str:
    return numbers.number(100 * share, 1) if isfinite(share) else ""


def _note(result: Frontier, row: dict[str, Any], all_proven: bool) -> str:
    if not isfinite(row["first"]):
        return NO_PLAN.get(str(row["status"]), str(row["status"]))
    notes = [KNEE] if row["knee"] and all_proven else []
    if row["plan"] != _own_plan(row):
        notes.append(called(row["plan"]))
    if row["status"] not in ("optimal", "infeasible"):
        later = bool(result.second) and _first_is_proven(result, row)
        notes.append(_("{goal} not finished").format(goal=_called(result, result.second)) if later else _("not finished"))
    return series(notes)


def _own_plan(row: dict[str, Any]) -> str:
    return f"point-{row['point']:02d}"


def _first_is_proven(result: Frontier, row: dict[str, Any]) -> bool:
    """Whether only the second goal of a point's plan was not proven as closely as was asked."""
    if row["plan"] != _own_plan(row):  # a plan of a tighter point is proven there, not here
        return False
    plan = result.plans[row["plan"]]
    gap = next((goal.optimality_gap for goal in plan.goals if goal.name == result.first), nan)
    return plan.is_as_asked(0, gap)


def _reading(result: Frontier, points: list[dict[str, Any]]) -> str:
    knee = _knee(result, points)
    if result.lines:
        said = [_("The amounts are those of all periods together; every period is scaled alike."), *knee]
        said.append(_("A plan for less money is one for more, too, and stands where no better one was found."))
    else:
        said = [
            _(
                "No plan is better in {one} than a row without being worse in {other}, or the other way round, within what "
                "is proven."
            ).format(one=_called(result, result.first), other=_called(result, result.second)),
            *knee,
        ]
        if not _all_proven(result, points):
            said.append(_("Of rows that are not finished it is not known whether other plans are better in both."))
        if result.asked > len(points):
            said.append(_("{limits} limits were asked for; some of them give the same plan.").format(limits=result.asked))
    return series(said, " ")


def pictures(result: Frontier) -> dict[str, Any]:
    """The curve."""
    table = result.table("frontier")
    table["knee"] &= bend_is_known(result)
    return {"frontier": frontier(table, *map(told, titles(result)))}


def frontier(table: pd.DataFrame, cost: str, cost_title: str, value_title: str) -> alt.LayerChart:
    """Points and the curve through them, bars from each value down to what no plan can beat.

    Parameters
    ----------
    table
        The table `frontier` of an answer.
    cost
        Its column along the bottom: `amount` or `second`.
    cost_title, value_title
        What stands at the axes, with units.
    """
    import altair as alt

    data = points(table, cost)
    x = alt.X("cost:Q", title=cost_title, scale=alt.Scale(zero=False, nice=True))
    y = alt.Y("value:Q", title=value_title, scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(data)
    line = base.mark_line(color=SKY, strokeWidth=1.5).encode(x=x, y=y, order="cost:Q")
    bounds = base.mark_rule(color=FAINT, strokeWidth=1).encode(x=x, y=y, y2="bound:Q")
    dots = base.mark_circle(size=55, opacity=1).encode(
        x=x,
        y=y,
        color=alt.condition("datum.knee", alt.value(VERMILION), alt.value(BLUE)),
        tooltip=[
            alt.Tooltip("point:Q", title=told(_("point"))), alt.Tooltip("cost:Q", title=cost_title, format=",.4~g"),
            alt.Tooltip("value:Q", title=value_title, format=",.4~g"),
            alt.Tooltip("bound:Q", title=told(_("no plan is better than")), format=",.4~g"),
        ],
    )  # fmt: skip
    label = (
        base.transform_filter("datum.knee").mark_text(text=told(KNEE), dx=8, dy=-8, align="left", color=INK).encode(x=x, y=y)
    )
    drawn: Any = (bounds + line + dots + label).properties(width=WIDTH, height=HEIGHT)
    return themed(drawn)  # type: ignore[no-any-return]


def points(table: pd.DataFrame, cost: str) -> pd.DataFrame:
    """The points that have a plan: point, cost, value, bound (the value where none is known), knee."""
    shown = table[table["first"].notna() & table[cost].notna()]
    return pd.DataFrame(
        {
            "point": shown["point"].tolist(),
            "cost": shown[cost].tolist(),
            "value": shown["first"].tolist(),
            "bound": shown["first_bound"].fillna(shown["first"]).tolist(),
            "knee": [bool(knee) for knee in shown["knee"]],
        }
    )
