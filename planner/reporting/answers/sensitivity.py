"""What the plan comes to when assumptions are lower or higher, in a planner's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.reporting import words
from planner.reporting.answers import common

if TYPE_CHECKING:
    from planner.questions.sensitivity import Sensitivity

SHOWN = 12  # measures in the list of those that come and go
COMPARED = 100.0  # units of the first service that exchange rates are told for, or ten or a hundred times as many


def text(result: Sensitivity, bold: bool = False) -> str:
    """The answer: the assumptions that move the plan most first, then measures, switching values and exchange rates."""
    parts = common.opening(result, "what the plan comes to when assumptions change", bold)
    if not result.tables:
        return "\n".join(parts)
    sections = (
        ("Assumption by assumption (first goal: smaller is better)", _assumptions(result)),
        ("Measures that come and go", _measures(result)),
        ("When the dearest measures leave the plan", _switching(result)),
        ("What the weights say", _exchange(result)),
    )
    for title, section in sections:
        if section:
            parts += ["", words.bold(title.upper(), bold), section]
    return "\n".join(parts)


def _assumptions(result: Sensitivity) -> str:
    table = result.tables["sensitivity"]
    moved = (table["value_replanned"] - result.value).abs()
    rows = []
    for k in moved.where(table["group"] != "weights", 0.0).fillna(1e9).sort_values(ascending=False, kind="stable").index:
        row = table.loc[k]
        rows.append(
            [words.spaced(row["assumption"]), row["change"], _goal(row["value_kept"]) + ("*" if row["broken"] else ""),
             _replanned(row), _share(row["decisions_kept"])]
        )  # fmt: skip
    heads = ["assumption", "change", "plan kept", "plan made anew", "of its measures\nchosen again"]
    said = words.table(heads, rows, "llrrr")
    note = f"As assumed the first goal is {result.value:.4f}."
    if (table["broken"] > 0).any():
        note += " * breaks promises when the assumption changes: mostly money that is not there."
    if (table["group"] == "weights").any():
        note += " Other weights make another goal: only the two figures of a row compare."
    return f"{said}\n{words.paragraph(note)}"


def _goal(value: float) -> str:
    return "not offered" if value != value else f"{value:.4f}"


def _replanned(row: Any) -> str:
    if row["status"] in ("infeasible", "no_plan"):
        return "impossible" if row["status"] == "infeasible" else "not found"
    said = f"{row['value_replanned']:.4f}"
    return said if row["status"] == "optimal" else f"{said} (at least {row['bound_replanned']:.4f})"


def _share(value: float) -> str:
    return "" if value != value else words.percent(value)


def _measures(result: Sensitivity) -> str:
    table = result.tables["measures"]
    runs = list(dict.fromkeys(table["run"]))
    started = table[table["start_period"] != ""]
    base = set(started[started["run"] == runs[0]]["measure"])
    times = started.groupby("measure", sort=False)["run"].nunique()
    always = [a for a in base if times[a] == len(runs)]
    said = f"{len(always)} of the {len(base)} measures that the plan chooses are chosen in all {len(runs)} cases."
    names = dict(zip(table["measure"], table["name"], strict=True))
    going = sorted((a for a in base if times[a] < len(runs)), key=lambda a: (times[a], names[a]))
    coming = sorted((a for a in times.index if a not in base), key=lambda a: (-times[a], names[a]))
    lines = [words.bullet(said)]
    if going:
        lines.append(words.bullet(f"Least sure of those chosen: {_listed(going, names, times, len(runs))}."))
    if coming:
        lines.append(words.bullet(f"Chosen only in other cases: {_listed(coming, names, times, len(runs))}."))
    return "\n".join(lines)


def _listed(measures: Sequence[str], names: dict[str, str], times: pd.Series[int], runs: int) -> str:
    return words.join([f"{names[a]} ({times[a]} of {runs})" for a in measures], SHOWN)


def _switching(result: Sensitivity) -> str:
    table = result.tables["switching"]
    unit = result.case.money.unit
    rows = [
        [name, f"{cost:,.1f}", f"{stays:.2f}" if stays == stays else "?", f"{gone:.2f}" if gone == gone else "not known"]
        for _, name, stays, gone, cost in table.itertuples(index=False)
    ]
    if not rows:
        return ""
    return words.table(
        ["measure", f"cost, {unit}", "still chosen at\ntimes its cost", "gone at\ntimes its cost"], rows, "lrrr"
    )


def _exchange(result: Sensitivity) -> str:
    """Amounts of each indicator that weigh as much as 100 units of the first service, in large cities that are no core."""
    case, table = result.case, result.tables["exchange"]
    if not len(table) or not case.services:
        return ""
    worth = {(x, i): value for x, i, _, value in table.itertuples(index=False)}
    unit = {x: unit for x, _, unit, _ in table.itertuples(index=False)}
    last = case.period_ids[-1]
    cities = sorted(case.cities, key=lambda i: (case.cities[i].tier == "core", -case.cities[i].population[last]))
    first = next((x for x in case.services if any((x, i) in worth for i in cities)), None)
    if first is None:
        return ""
    here = next(i for i in cities if (first, i) in worth)
    there = {x: next((i for i in cities if i != here and worth.get((x, i), 0.0) > 0), None) for x in unit}
    rates = {x: worth[first, here] / worth[x, i] for x, i in there.items() if i is not None}
    least = min(rates.values(), default=1.0)
    compared = next((n for n in (COMPARED, 10 * COMPARED) if n * least >= 1.0), 100 * COMPARED)
    same = [
        f"{_amount(compared * rate)} {_named(unit[x], x)} for {case.cities[str(there[x])].name}" for x, rate in rates.items()
    ]
    begin = (
        f"{compared:,.0f} {unit[first]} more in {case.cities[here].name}, in every period, weigh as much in the mean gap as"
    )
    return words.bullet(f"{begin} {words.join(same)}. --json has every city.")


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 20 else f"{amount:.2g}"


def _named(unit: str, indicator: str) -> str:
    return f"{unit} less ({words.spaced(indicator)})" if unit == "minutes" else f"{unit} ({words.spaced(indicator)})"
