"""What the plan comes to when assumptions are lower or higher, in a planner's words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.reporting import words
from planner.reporting.answers import common
from planner.reporting.answers.blocks import Bullet, Heading, Paragraph, Said, Section, table

if TYPE_CHECKING:
    from planner.questions.sensitivity import Sensitivity

SHOWN = 12  # measures in the list of those that come and go
COMPARED = 100.0  # units of the first service that exchange rates are told for, or ten or a hundred times as many


def text(result: Sensitivity, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Sensitivity) -> Said:
    """The answer: the assumptions that move the plan most first, then measures, switching values and exchange rates."""
    asked = "what the plan comes to when assumptions change"
    if not result.tables:
        return common.answer(result, asked, ())
    titled = (
        ("Assumption by assumption (first goal: smaller is better)", _assumptions(result)),
        ("Measures that come and go", _measures(result)),
        ("When the dearest measures leave the plan", _switching(result)),
        ("What the weights say", _exchange(result)),
    )
    sections = tuple((Heading(title, "section"), *section) for title, section in titled if section)
    return common.answer(result, asked, sections, (*_headline(result), _always(result)))


def _headline(result: Sensitivity) -> tuple[str, ...]:
    """The change that moves the first goal most, of those whose new plan is proven."""
    found = result.tables["sensitivity"]
    comparable = found[(found["group"] != "weights") & (found["status"] == "optimal")]
    if not len(comparable):
        return ()
    row = comparable.iloc[int((comparable["value_replanned"] - result.value).abs().to_numpy().argmax())]
    return (
        f"The first goal moves most with {words.spaced(row['assumption'])} ({row['change']}): from {result.value:.4f} "
        f"to {_replanned(row)}, planned anew.",
    )


def _assumptions(result: Sensitivity) -> Section:
    found = result.tables["sensitivity"]
    moved = (found["value_replanned"] - result.value).abs()
    rows = []
    for k in moved.where(found["group"] != "weights", 0.0).fillna(1e9).sort_values(ascending=False, kind="stable").index:
        row = found.loc[k]
        rows.append(
            [words.spaced(row["assumption"]), row["change"], _goal(row["value_kept"]) + ("*" if row["broken"] else ""),
             _replanned(row), _share(row["decisions_kept"])]
        )  # fmt: skip
    heads = ["assumption", "change", "plan kept", "plan made anew", "of its measures\nchosen again"]
    note = f"As assumed the first goal is {result.value:.4f}."
    if (found["broken"] > 0).any():
        note += " * breaks promises when the assumption changes: mostly money that is not there."
    if (found["group"] == "weights").any():
        note += " Other weights make another goal: only the two figures of a row compare."
    return table(heads, rows, "llrrr"), Paragraph(note)


def _goal(value: float) -> str:
    return "not offered" if value != value else f"{value:.4f}"


def _replanned(row: Any) -> str:
    if row["status"] in ("infeasible", "no_plan"):
        return "impossible" if row["status"] == "infeasible" else "not found"
    said = f"{row['value_replanned']:.4f}"
    if row["status"] == "optimal":
        return said
    return f"{said} (at least {row['bound_replanned']:.4f})" if isfinite(row["bound_replanned"]) else f"{said} (not proven)"


def _share(value: float) -> str:
    return "" if value != value else words.percent(value)


def _chosen(result: Sensitivity) -> tuple[set[str], pd.Series[int], int]:
    """Measures that the plan chooses; of each measure in how many cases it is chosen; and the number of cases."""
    found = result.tables["measures"]
    runs = list(dict.fromkeys(found["run"]))
    started = found[found["start_period"] != ""]
    base = set(started[started["run"] == runs[0]]["measure"])
    return base, started.groupby("measure", sort=False)["run"].nunique(), len(runs)


def _always(result: Sensitivity) -> str:
    base, times, runs = _chosen(result)
    always = [a for a in base if times[a] == runs]
    return f"{len(always)} of the {len(base)} measures that the plan chooses are chosen in all {runs} cases."


def _measures(result: Sensitivity) -> Section:
    found, (base, times, runs) = result.tables["measures"], _chosen(result)
    names = dict(zip(found["measure"], found["name"], strict=True))
    going = sorted((a for a in base if times[a] < runs), key=lambda a: (times[a], names[a]))
    coming = sorted((a for a in times.index if a not in base), key=lambda a: (-times[a], names[a]))
    lines = [Bullet(_always(result))]
    if going:
        lines.append(Bullet(f"Least sure of those chosen: {_listed(going, names, times, runs)}."))
    if coming:
        lines.append(Bullet(f"Chosen only in other cases: {_listed(coming, names, times, runs)}."))
    return tuple(lines)


def _listed(measures: Sequence[str], names: dict[str, str], times: pd.Series[int], runs: int) -> str:
    return words.join([f"{names[a]} ({times[a]} of {runs})" for a in measures], SHOWN)


def _switching(result: Sensitivity) -> Section:
    found = result.tables["switching"]
    unit = result.case.money.unit
    rows = [
        [name, f"{cost:,.1f}", f"{stays:.2f}" if stays == stays else "?", f"{gone:.2f}" if gone == gone else "not known"]
        for _, name, stays, gone, cost in found.itertuples(index=False)
    ]
    if not rows:
        return ()
    heads = ["measure", f"cost, {unit}", "still chosen at\ntimes its cost", "gone at\ntimes its cost"]
    return (table(heads, rows, "lrrr"),)


def _exchange(result: Sensitivity) -> Section:
    """Amounts of each indicator that weigh as much as 100 units of the first service, in large cities that are no core."""
    case, found = result.case, result.tables["exchange"]
    if not len(found) or not case.services:
        return ()
    worth = {(x, i): value for x, i, _, value in found.itertuples(index=False)}
    unit = {x: unit for x, _, unit, _ in found.itertuples(index=False)}
    last = case.period_ids[-1]
    cities = sorted(case.cities, key=lambda i: (case.cities[i].tier == "core", -case.cities[i].population[last]))
    first = next((x for x in case.services if any((x, i) in worth for i in cities)), None)
    if first is None:
        return ()
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
    return (Bullet(f"{begin} {words.join(same)}. --json has every city."),)


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 20 else f"{amount:.2g}"


def _named(unit: str, indicator: str) -> str:
    return f"{unit} less ({words.spaced(indicator)})" if unit == "minutes" else f"{unit} ({words.spaced(indicator)})"
