"""What the plan comes to when assumptions are lower or higher, in a planner's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section, table
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import count, noun

if TYPE_CHECKING:
    from planner.questions.sensitivity.ask import Sensitivity

NOTHING_PROVEN = "No plan made anew is proven yet, so it is not known what moves the first goal most."
SHOWN = 12  # measures in the list of those that come and go
DEAREST = 8.0  # times its cost: nobody looks farther for when a measure leaves the plan
COMPARED = 100.0  # units of the first service that exchange rates are told for, or ten or a hundred times as many


def text(result: Sensitivity, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Sensitivity) -> Said:
    """The answer: the assumptions that move the plan most first, then measures, switching values and exchange rates."""
    asked = "what the plan comes to when assumptions change"
    if not result.tables:
        return saying.answer(result, asked, ())
    titled = (
        ("Assumption by assumption (first goal: smaller is better)", _assumptions(result)),
        ("Measures that come and go", _measures(result)),
        ("When the dearest measures leave the plan", _switching(result)),
        ("What the weights say", _exchange(result)),
    )
    sections = tuple((Heading(title, "section"), *section) for title, section in titled if section)
    return saying.answer(result, asked, sections, (*_headline(result), _always(result)))


def _headline(result: Sensitivity) -> tuple[str, ...]:
    """The change that moves the first goal most, of those whose new plan is proven; and those with which there is none."""
    found = result.tables["sensitivity"]
    found = found[found["group"] != "weights"]
    impossible = [_change(row) for _, row in found[found["status"] == "infeasible"].iterrows()]
    said = [f"No plan keeps all promises with {phrases.join(impossible, SHOWN)}."] if impossible else []
    comparable = found[found["status"] == "optimal"]
    if not len(comparable):
        return (*said, NOTHING_PROVEN) if len(found) > len(impossible) else tuple(said)
    row = comparable.iloc[int((comparable["value_replanned"] - result.value).abs().to_numpy().argmax())]
    known = len(comparable) + len(impossible)
    of = "" if known == len(found) else f"Of the {known} of {count(len(found), 'change')} that are answered, "
    begin = f"{of}{'the' if of else 'The'} first goal moves most with {_change(row)}"
    return (*said, f"{begin}: from {phrases.figure(result.value)} to {_replanned(row)}, planned anew.")


def _change(row: Any) -> str:
    """An assumption and how it is changed: money of all lines (-20 %)."""
    return f"{phrases.spaced(row['assumption'])} ({row['change']})"


def _assumptions(result: Sensitivity) -> Section:
    found = result.tables["sensitivity"]
    moved = (found["value_replanned"] - result.value).abs()
    rows = []
    for k in moved.where(found["group"] != "weights", 0.0).fillna(1e9).sort_values(ascending=False, kind="stable").index:
        row = found.loc[k]
        rows.append(
            [phrases.spaced(row["assumption"]), row["change"], _kept(row) + ("*" if row["broken"] > 0 else ""),
             _replanned(row), _share(row)]
        )  # fmt: skip
    heads = ["assumption", "change", "plan kept", "plan made anew", "of its measures\nchosen again"]
    note = f"As assumed the first goal is {phrases.figure(result.value)}."
    if (found["broken"] > 0).any():
        note += " * breaks promises when the assumption changes: mostly money that is not there."
    if (found["group"] == "weights").any():
        note += " Other weights make another goal: only the two figures of a row compare."
    return table(heads, rows, "llrrr"), Paragraph(note)


def _kept(row: Any) -> str:
    return phrases.figure(row["value_kept"]) if isfinite(row["value_kept"]) else str(row["status_kept"])


def _replanned(row: Any) -> str:
    if row["status"] in ("infeasible", "no_plan"):
        return "impossible" if row["status"] == "infeasible" else saying.NOT_ANSWERED
    said = phrases.figure(row["value_replanned"])
    if row["status"] == "optimal":
        return said
    bound = row["bound_replanned"]
    return f"{said} (at least {phrases.figure(bound)})" if isfinite(bound) else f"{said} (not proven)"


def _share(row: Any) -> str:
    """How much of the plan is in the one made anew; of one that is not proven the best that says nothing."""
    return phrases.percent(row["decisions_kept"]) if row["status"] == "optimal" else ""


def _chosen(result: Sensitivity) -> tuple[set[str], Mapping[str, int], int]:
    """Measures that the plan chooses; of each measure in how many cases it is chosen; and the number of cases.

    Cases count whose plan is proven the best: another plan may be better, and choose otherwise.
    """
    found, changed = result.tables["measures"], result.tables["sensitivity"]
    as_assumed = str(found["run"].iloc[0]) if len(found) else ""
    proven = changed[changed["status"] == "optimal"]
    runs = [as_assumed, *(f"{a} {c}" for a, c in zip(proven["assumption"], proven["change"], strict=True))]
    started = found[(found["start_period"] != "") & found["run"].isin(runs)]
    base = set(started[started["run"] == as_assumed]["measure"])
    times = started.groupby("measure", sort=False)["run"].nunique()
    return base, dict(zip(times.index.tolist(), times.tolist(), strict=True)), len(runs)


def _always(result: Sensitivity) -> str:
    base, times, runs = _chosen(result)
    statuses = result.tables["sensitivity"]["status"]
    unproven = int((~statuses.isin(["optimal", "infeasible"])).sum())
    more = f" {count(unproven, 'more case')} {noun(unproven, 'is', 'are')} not proven in time, and not counted."
    rest = more if unproven else ""
    if runs == 1:
        return f"Which measures stay when assumptions change is not known.{rest}"
    always = [a for a in base if times[a] == runs]
    of = "cases whose plans are proven" if unproven else "cases"
    return f"{len(always)} of the {count(len(base), 'measure')} that the plan chooses are chosen in all {runs} {of}.{rest}"


def _measures(result: Sensitivity) -> Section:
    found, (base, times, runs) = result.tables["measures"], _chosen(result)
    names = dict(zip(found["measure"], found["name"], strict=True))
    going = sorted((a for a in base if times[a] < runs), key=lambda a: (times[a], names[a]))
    coming = sorted((a for a in times if a not in base), key=lambda a: (-times[a], names[a]))
    lines = [Bullet(_always(result))]
    if going:
        lines.append(Bullet(f"Least sure of those chosen: {_listed(going, names, times, runs)}."))
    if coming:
        lines.append(Bullet(f"Chosen only in other cases: {_listed(coming, names, times, runs)}."))
    return tuple(lines)


def _listed(measures: Sequence[str], names: dict[str, str], times: Mapping[str, int], runs: int) -> str:
    return phrases.join([f"{names[a]} ({times[a]} of {runs})" for a in measures], SHOWN)


def _switching(result: Sensitivity) -> Section:
    found = result.tables["switching"]
    unit = result.case.money.unit
    rows = [
        [name, f"{cost:,.1f}", f"{stays:.2f}" if stays == stays else saying.NOT_ANSWERED, _gone(stays, gone)]
        for _, name, stays, gone, cost in found.itertuples(index=False)
    ]
    if not rows:
        return ()
    heads = ["measure", f"cost, {unit}", "still chosen at\ntimes its cost", "gone at\ntimes its cost"]
    return (table(heads, rows, "lrrr"),)


def _gone(stays: float, gone: float) -> str:
    """From which multiple on a measure is out; one that stays as far as was looked is said to."""
    if gone == gone:
        return f"{gone:.2f}"
    return f"not up to {stays:.2f}" if stays >= DEAREST else saying.NOT_ANSWERED


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
    return (Bullet(f"{begin} {phrases.join(same)}. --json has every city."),)


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 20 else f"{amount:.2g}"


def _named(unit: str, indicator: str) -> str:
    return f"{unit} less ({phrases.spaced(indicator)})" if unit == "minutes" else f"{unit} ({phrases.spaced(indicator)})"
