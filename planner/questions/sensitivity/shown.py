"""What the plan comes to when assumptions are lower or higher: in words, and as a tornado, widest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents import vocabulary
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section, table
from planner.documents.drawings.theme import AFTER, BEFORE, FAINT, INK, themed
from planner.questions import saying
from planner.words import numbers, text_layout
from planner.words.said import _, count, counted, series, told

if TYPE_CHECKING:
    import altair as alt

    from planner.case import Case
    from planner.questions.sensitivity.ask import Sensitivity

NOTHING_PROVEN = _("No plan made anew is proven yet, so it is not known what moves the first goal most.")
SHOWN = 12  # measures in the list of those that come and go
DEAREST = 8.0  # times its cost: nobody looks farther for when a measure leaves the plan
COMPARED = 100.0  # units of the first service that exchange rates are told for, or ten or a hundred times as many
STEP, WIDTH = 22, 420
MADE_ANEW, KEPT = _("plan made anew"), _("plan kept as it is")
GOAL = _("first goal (smaller is better)")
LOWER, HIGHER = _("lower"), _("higher")
BELOW = _("bars: plan made anew; ticks: plan kept as it is; line: as assumed")


def text(result: Sensitivity, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Sensitivity) -> Said:
    """The answer: the assumptions that move the plan most first, then measures, switching values and exchange rates."""
    asked = _("what the plan comes to when assumptions change")
    if not result.tables:
        return saying.answer(result, asked, ())
    titled = (
        (_("Assumption by assumption (first goal: smaller is better)"), _assumptions(result)),
        (_("Measures that come and go"), _measures(result)),
        (_("When the dearest measures leave the plan"), _switching(result)),
        (_("What the weights say"), _exchange(result)),
    )
    sections = tuple((Heading(title, "section"), *section) for title, section in titled if section)
    return saying.answer(result, asked, sections, (*_headline(result), _always(result)))


def _headline(result: Sensitivity) -> tuple[str, ...]:
    """The change that moves the first goal most, of those whose new plan is proven; and those with which there is none."""
    found = result.tables["sensitivity"]
    found = found[found["group"] != "weights"]
    impossible = [_change(result, row) for _k, row in found[found["status"] == "infeasible"].iterrows()]
    said: list[str] = []
    if impossible:
        said = [_("No plan keeps all promises with {changes}.").format(changes=text_layout.join(impossible, SHOWN))]
    comparable = found[found["status"] == "optimal"]
    if not len(comparable):
        return (*said, NOTHING_PROVEN) if len(found) > len(impossible) else tuple(said)
    row = comparable.iloc[int((comparable["value_replanned"] - result.value).abs().to_numpy().argmax())]
    known = len(comparable) + len(impossible)
    most = _("The first goal moves most with {change}: from {before} to {after}, planned anew.")
    if known != len(found):
        most = _(
            "Of the {known} of {changes} that are answered, the first goal moves most with {change}: from {before} to "
            "{after}, planned anew."
        )
    return *said, most.format(
        known=known, changes=count(len(found), "change"), change=_change(result, row), before=numbers.figure(result.value),
        after=_replanned(row),
    )  # fmt: skip


def assumption(case: Case, row: Any) -> str:
    """What is assumed otherwise: money of all lines; a scenario by its name."""
    return saying.scenario(case, row["assumption"]) if row["group"] == "scenarios" else row["assumption"]


def _change(result: Sensitivity, row: Any) -> str:
    """An assumption and how it is changed: money of all lines (-20 %)."""
    return _("{assumption} ({change})").format(assumption=assumption(result.case, row), change=row["change"])


def _assumptions(result: Sensitivity) -> Section:
    found = result.tables["sensitivity"]
    moved = (found["value_replanned"] - result.value).abs()
    rows = []
    for k in moved.where(found["group"] != "weights", 0.0).fillna(1e9).sort_values(ascending=False, kind="stable").index:
        row = found.loc[k]
        rows.append(
            [assumption(result.case, row), row["change"], _kept(row), _replanned(row), _share(row)]
        )  # fmt: skip
    heads = [
        _("assumption"), _("change"), _("plan kept"), _("plan made anew"), _("of its measures\nchosen again"),
    ]  # fmt: skip
    notes = [_("As assumed the first goal is {value}.").format(value=numbers.figure(result.value))]
    if (found["broken"] > 0).any():
        notes.append(_("* breaks promises when the assumption changes: mostly money that is not there."))
    if (found["group"] == "weights").any():
        notes.append(_("Other weights make another goal: only the two figures of a row compare."))
    return table(heads, rows, "llrrr"), Paragraph(series(notes, " "))


def _kept(row: Any) -> str:
    if not isfinite(row["value_kept"]):
        return _("not offered") if row["status_kept"] == "not offered" else saying.NOT_ANSWERED
    return numbers.figure(row["value_kept"]) + ("*" if row["broken"] > 0 else "")


def _replanned(row: Any) -> str:
    if row["status"] in ("infeasible", "no_plan"):
        return _("impossible") if row["status"] == "infeasible" else saying.NOT_ANSWERED
    said = numbers.figure(row["value_replanned"])
    if row["status"] == "optimal":
        return said
    bound = row["bound_replanned"]
    if not isfinite(bound):
        return _("{value} (not proven)").format(value=said)
    return _("{value} (at least {bound})").format(value=said, bound=numbers.figure(bound))


def _share(row: Any) -> str:
    """How much of the plan is in the one made anew; of one that is not proven the best that says nothing."""
    return numbers.percent(row["decisions_kept"]) if row["status"] == "optimal" else ""


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
    if runs == 1:
        said: str = _("Which measures stay when assumptions change is not known.")
    else:
        of = _("{always} of the {measures} that the plan chooses are chosen in all {runs} cases.")
        if unproven:
            of = _("{always} of the {measures} that the plan chooses are chosen in all {runs} cases whose plans are proven.")
        always = [a for a in base if times[a] == runs]
        said = of.format(always=len(always), measures=count(len(base), "measure"), runs=runs)
    rest = counted(
        unproven,
        "{cases} is not proven in time, and not counted.",
        "{cases} are not proven in time, and not counted.",
    ).format(cases=count(unproven, "more case"))
    return series((said, rest), " ") if unproven else said


def _measures(result: Sensitivity) -> Section:
    found, (base, times, runs) = result.tables["measures"], _chosen(result)
    names = dict(zip(found["measure"], found["name"], strict=True))
    going = sorted((a for a in base if times[a] < runs), key=lambda a: (times[a], names[a]))
    coming = sorted((a for a in times if a not in base), key=lambda a: (-times[a], names[a]))
    lines = [Bullet(_always(result))]
    for some, which in (
        (going, _("Least sure of those chosen: {measures}.")),
        (coming, _("Chosen only in other cases: {measures}.")),
    ):
        if some:
            lines.append(Bullet(which.format(measures=_listed(result.case, some, times, runs))))
    return tuple(lines)


def _listed(case: Case, measures: Sequence[str], times: Mapping[str, int], runs: int) -> str:
    said = [
        _("{measure} ({times} of {runs})").format(measure=naming.measure(case, a), times=times[a], runs=runs)
        for a in measures
    ]
    return text_layout.join(said, SHOWN)


def _switching(result: Sensitivity) -> Section:
    found = result.tables["switching"]
    unit = result.case.money.unit
    rows = [
        [
            naming.measure(result.case, a),
            f"{cost:,.1f}",
            f"{stays:.2f}" if stays == stays else saying.NOT_ANSWERED,
            _gone(stays, gone),
        ]
        for a, _name, stays, gone, cost in found.itertuples(index=False)
    ]
    if not rows:
        return ()
    heads = [
        _("measure"), _("cost, {unit}").format(unit=unit), _("still chosen at\ntimes its cost"),
        _("gone at\ntimes its cost"),
    ]  # fmt: skip
    return (table(heads, rows, "lrrr"),)


def _gone(stays: float, gone: float) -> str:
    """From which multiple on a measure is out; one that stays as far as was looked is said to."""
    if gone == gone:
        return f"{gone:.2f}"
    return _("not up to {times:.2f}").format(times=stays) if stays >= DEAREST else saying.NOT_ANSWERED


def _exchange(result: Sensitivity) -> Section:
    """Amounts of each indicator that weigh as much as 100 units of the first service, in large cities that are no core."""
    case, found = result.case, result.tables["exchange"]
    if not len(found) or not case.services:
        return ()
    worth = {(x, i): value for x, i, _unit, value in found.itertuples(index=False)}
    services = result.case.services
    unit = {x: vocabulary.unit(unit) if x in services else unit for x, _i, unit, _value in found.itertuples(index=False)}
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
        (
            _("{amount} {unit} less ({indicator}) for {city}")
            if unit[x] == "minutes"
            else _("{amount} {unit} ({indicator}) for {city}")
        ).format(
            amount=_amount(compared * rate),
            unit=unit[x],
            indicator=naming.indicator(case, x),
            city=naming.city(case, str(there[x])),
        )
        for x, rate in rates.items()
        if x != first
    ]
    if not same:
        return ()
    said = _(
        "{amount:,.0f} {unit} more in {city}, in every period, weigh as much in the mean gap as {others}. The full "
        "tables have every city."
    ).format(amount=compared, unit=unit[first], city=naming.city(case, here), others=series(same))
    if not case.goals[0].is_curved:
        return (Bullet(said),)
    curved = _(
        "With the goal's curve this holds where the plan leaves the gaps: a unit is worth more where more is missing."
    )
    return Bullet(said), Bullet(curved)


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 20 else f"{amount:.2g}"


def pictures(result: Sensitivity) -> dict[str, Any]:
    """The tornado."""
    drawn = result.table("sensitivity")
    drawn["assumption"] = [told(assumption(result.case, row)) for _k, row in drawn.iterrows()]
    return {"tornado": tornado(drawn, result.value)} if len(rows(drawn, result.value)) else {}


def tornado(table: pd.DataFrame, value: float) -> alt.LayerChart:
    """Bars from the first goal as assumed to the one of the plan made anew; ticks where the plan is kept.

    Parameters
    ----------
    table
        The table `sensitivity` of an answer; weights are left out, since they make another goal, and what is not proven.
    value
        The first goal as assumed.
    """
    import altair as alt

    data = rows(table, value)
    order = list(dict.fromkeys(data["assumption"]))
    y = alt.Y("assumption:N", sort=order, title=None)
    directions = alt.Scale(domain=[told(LOWER), told(HIGHER)], range=[AFTER, BEFORE])
    bars = alt.Chart(data).mark_bar(height=STEP * 0.55).encode(
        y=y,
        x=alt.X("from:Q", title=told(GOAL), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6)),
        x2="replanned:Q",
        color=alt.Color("direction:N", title=None, scale=directions, legend=alt.Legend(orient="top")),
        tooltip=[alt.Tooltip("assumption:N", title=told(_("assumption"))), alt.Tooltip("change:N", title=told(_("change"))),
                 alt.Tooltip("replanned:Q", title=told(MADE_ANEW), format=".4f"),
                 alt.Tooltip("kept:Q", title=told(KEPT), format=".4f")],
    )  # fmt: skip
    ticks = alt.Chart(data.dropna(subset=["kept"])).mark_tick(color=INK, thickness=1.5, height=STEP * 0.8)
    rule = alt.Chart(pd.DataFrame({"x": [value]})).mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x="x:Q")
    drawn: Any = (bars + ticks.encode(y=y, x="kept:Q") + rule).properties(
        width=WIDTH,
        height=alt.Step(STEP),
        title=alt.Title(told(_("What the first goal comes to")), subtitle=told(BELOW)),
    )
    return themed(drawn)  # type: ignore[no-any-return]


def rows(table: pd.DataFrame, value: float) -> pd.DataFrame:
    """The bars: assumption, change, lower or higher, from, replanned, kept; the widest assumption first."""
    shown = table[(table["group"] != "weights") & (table["status"] == "optimal")].copy()
    shown["width"] = (shown["value_replanned"] - value).abs()
    shown["widest"] = shown.groupby("assumption", sort=False)["width"].transform("max")
    shown = shown.sort_values(["widest", "assumption"], ascending=[False, True], kind="stable")
    return pd.DataFrame(
        {
            "assumption": [told(name) for name in shown["assumption"]],
            "change": [told(change) for change in shown["change"]],
            "direction": [told(LOWER if way == "lower" else HIGHER) for way in shown["direction"]],
            "from": value,
            "replanned": shown["value_replanned"].tolist(),
            "kept": shown["value_kept"].tolist(),
        }
    )
