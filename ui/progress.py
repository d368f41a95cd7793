"""How far a run is, in a planner's words: what the best so far closes and at most can be, for how long, and the curves."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from planner.case import Case
from planner.documents import goals
from planner.documents.drawings.theme import AFTER, VERMILION, themed
from planner.documents.runs import proof_gap
from planner.words import numbers
from planner.words.said import Sentence, _, in_languages
from planner.workspace import cases, plans, runs
from planner.workspace.runs import Run
from ui import blocks
from ui.frame import here, language, plain, say, with_unit

BEST, BOUND, SMALLER = _("Best plan so far"), _("Nothing can beat"), _("smaller is better")
CLOSES, AT_MOST, CLOSED = _("Best plan so far closes"), _("No plan closes more than"), _("closed, %")
NO_PLAN_YET, NOT_KNOWN_YET = _("no plan yet"), _("not known yet")
Told = Mapping[str, Any]  # an event of a run


def progress(run: Run) -> None:
    """How far each goal of a solve is, the figures of one, and how they came together."""
    events = runs.events_of(run)
    if run.active:
        elapsed(run, events)
    told: dict[str, list[Told]] = {}
    for event in events:
        if event.get("kind") in ("progress", "goal"):
            told.setdefault(str(event["goal"]), []).append(event)
    case = _case(run.id) if told else None
    if case is None:
        return
    if run.plan is not None:
        for name, stands in _stands(run.id).items():
            if name in told:
                told[name].append({**told[name][-1], **stands})
    in_words = [_in_words(case, name, told[name][-1], n) for n, name in enumerate(told)]
    st.markdown("\n".join(f"{n}. {plain(say(said))}" for n, said in enumerate(in_words, start=1)))
    goal = next(iter(told))
    if len(told) > 1:
        goal = st.segmented_control(
            say(_("Goal")),
            list(told),
            default=list(told)[-1] if run.active else goal,
            required=True,
            format_func=lambda name: say(goals.called(case, name)),
            help=say(_("Goals in their order: each is reached before the next counts.")),
            key=f"goal-{run.id}-{len(told)}-{run.active}",
        )
    seconds = seconds_of(run, events) if run.active and goal == list(told)[-1] else None
    if told[goal][-1].get("without"):  # other than the mean gap that plans are told by, where the goal has more parts
        st.caption(plain(say(_("Of what this goal comes to without any plan: {goal}"), goal=say(goals.called(case, goal)))))
    figures(told[goal], say(goals.unit_of(case, goal)), seconds, goal)


def _in_words(case: Case, name: str, now: Told, before: int) -> Sentence:
    """A goal as it is now, in a sentence."""
    goal = goals.called(case, name)
    if now["best"] is None:
        return _("{goal}: no plan yet").format(goal=goal)
    best, bound = closed(now, "best"), closed(now, "bound")
    if best is not None:
        if bound is None:
            return _("{goal}: the best plan so far closes {best} of it").format(goal=goal, best=numbers.percent(best, 1))
        said = _("{goal}: the best plan so far closes {best} of it, and no plan closes more than {bound}")
        if before:
            said = _("{goal}: the best plan so far closes {best} of it, and none that keeps the goals before closes more "
                     "than {bound}")  # fmt: skip
        return said.format(goal=goal, best=numbers.percent(best, 1), bound=numbers.percent(bound, 1))
    unit = goals.unit_of(case, name)
    value, least = (
        goals.in_figures(case, name, now[key]) if now[key] is not None else NOT_KNOWN_YET for key in ("best", "bound")
    )
    said = _("{goal}: {value} with the best plan so far, and no plan is below {least}")
    if before:
        said = _("{goal}: {value} with the best plan so far, and none that keeps the goals before is below {least}")
    with_unit = _("{value} {unit}").format(value=value, unit=unit) if unit else value
    return said.format(goal=goal, value=with_unit, least=least)


def closed(event: Told, key: str) -> float | None:
    """The share of what a goal comes to without the plan that is closed by then; None where it is not known.

    >>> closed({"best": 0.3, "without": 0.4}, "best"), closed({"best": 0.3, "without": None}, "best")
    (0.25, None)
    """
    value, without = event.get(key), event.get("without")
    return None if value is None or not without else round(1.0 - max(0.0, value) / without, 12)


def _stands(run: str) -> dict[str, dict[str, float | None]]:
    """Goal -> its figures in the plan as it stands, which every other page shows, too: not those of the search alone."""
    entry = plans.find_plan(here(), run)
    of_plan = () if entry is None else entry.about.get("goals", ())
    return {
        str(goal["name"]): {"best": goal["value"], "bound": goal["bound"], "gap": proof_gap(goal)}
        for goal in of_plan
        if goal.get("value") is not None
    }


def elapsed(run: Run, events: Sequence[Told]) -> None:
    """What the run does at this moment, and how much of its time is gone."""
    stage = next((event for event in reversed(events) if event.get("kind") == "stage"), None)
    if stage is None:
        return
    seconds, limit = seconds_of(run, events), run.asked.get("time_limit")
    if limit is None:
        st.caption(plain(say(_("{stage} ({seconds} s)"), stage=message_of(stage), seconds=f"{seconds:.0f}")))
        return
    said = _("{stage}; {seconds} s of at most {limit} s")
    text = say(said, stage=message_of(stage), seconds=f"{seconds:.0f}", limit=f"{limit:.0f}")
    st.progress(min(1.0, seconds / max(limit, 1e-9)), plain(text))


def message_of(event: Told) -> str:
    """What a run tells, in the languages that it told it in."""
    return in_languages(str(event["message"]), event.get("languages", {}))


def seconds_of(run: Run, events: Sequence[Told]) -> float:
    """How long a run has been at work: what it told last, and the time since then."""
    last = next((float(event["seconds"]) for event in reversed(events) if "seconds" in event), 0.0)
    try:
        return last + max(0.0, time.time() - (run.folder / "run.jsonl").stat().st_mtime)
    except OSError:
        return last


def figures(told: Sequence[Told], unit: str, seconds: float | None, key: str) -> None:
    """The figures of one goal so far, and both curves: what is closed, where it is known what there is to close.

    Parameters
    ----------
    told
        Events of the goal, with `seconds`, `best`, `bound` and `gap`, and `without` where it is known.
    unit
        Of its value; empty where it has none.
    seconds
        Of this moment, up to which the curves are drawn; None = the last event.
    """
    now = told[-1]
    is_share = bool(now.get("without"))
    best, bound = (CLOSES, AT_MOST) if is_share else (with_unit(what, unit) for what in (BEST, BOUND))
    left, middle, right = st.columns(3)
    left.metric(plain(say(best)), _figure(now, "best", is_share) or say(NO_PLAN_YET))
    middle.metric(plain(say(bound)), _figure(now, "bound", is_share) or say(NOT_KNOWN_YET))
    right.metric(say(_("Proven within")), say(NOT_KNOWN_YET) if now["gap"] is None else numbers.proof(now["gap"]))
    if is_share:
        told = [{**event, **{key: _percent(closed(event, key)) for key in ("best", "bound")}} for event in told]
    names = (say(CLOSES), say(AT_MOST)) if is_share else (say(BEST), say(BOUND))
    spec = _curves(*names, say(CLOSED) if is_share else with_unit(SMALLER, unit), language())
    data = points(told, *names, seconds)
    if data:
        st.vega_lite_chart({**spec, "datasets": {TOLD: data}}, theme=None, width="stretch", key=f"curves-{key}")


def _figure(now: Told, key: str, is_share: bool) -> str:
    """A figure as it is shown; empty before there is one."""
    value = closed(now, key) if is_share else now[key]
    return "" if value is None else numbers.percent(value, 1) if is_share else numbers.figure(value)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


@st.cache_data(max_entries=32, show_spinner=False)
def _curves(best: str, bound: str, title: str, of_language: str) -> Mapping[str, Any]:
    """The drawing of the curves without their data, made once: it is looked at again and again."""
    return blocks.specification(curves(best, bound, title, say(_("seconds"))))


@st.cache_resource(max_entries=16, show_spinner=False)
def _case(run: str) -> Case | None:
    """The case of a run as it was then."""
    found = runs.read_run(here(), run)
    if found is None:
        return None
    name = str(found.asked["case"])
    opened = cases.open_case(cases.CaseEntry(name, found.folder / "case" / name, False))
    return cases.check(name, opened.texts, found.asked.get("scenario")).case


# --- the curves of the search

MOST_POINTS = 300  # of a curve, more or less
TOLD = "told"  # the data of the curves, filled in at each look


def curves(best: str, bound: str, title: str, seconds: str) -> Any:
    """The two curves that meet: the best plan so far from above, and what nothing can beat from below.

    Parameters
    ----------
    best, bound, title, seconds
        Words of the legend and of both axes.

    Returns
    -------
    A chart whose data `points` makes.
    """
    colours = alt.Scale(domain=[best, bound], range=[AFTER, VERMILION])
    dashes = alt.Scale(domain=[best, bound], range=[[1, 0], [5, 3]])
    legend = alt.Legend(orient="top", title=None, symbolSize=400, symbolStrokeWidth=2.5)
    chart = (
        alt.Chart(alt.NamedData(TOLD))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("seconds:Q", title=seconds, axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(titleAnchor="end")),
            color=alt.Color("what:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("what:N", scale=dashes, legend=legend),
            tooltip=[
                alt.Tooltip("what:N", title=" "),
                alt.Tooltip("value:Q", title=title, format=".6g"),
                alt.Tooltip("seconds:Q", title=seconds, format=".0f"),
            ],
        )
        .properties(height=240, width="container")
    )
    return themed(chart)


def _changes(told: Sequence[Told], key: str) -> list[Told]:
    """The events in which a figure is another than before, and the last one: between them the curve is level."""
    known = [event for event in told if event[key] is not None]
    kept = [event for n, event in enumerate(known) if n in (0, len(known) - 1) or event[key] != known[n - 1][key]]
    return kept[:: max(1, len(kept) // MOST_POINTS)] + kept[-1:] if len(kept) > MOST_POINTS else kept


def points(told: Sequence[Mapping[str, Any]], best: str, bound: str, now: float | None = None) -> list[dict[str, Any]]:
    """What a run told of one goal, as points of both curves.

    Parameters
    ----------
    told
        Events of the goal, with `seconds`, `best` and `bound`.
    now
        Seconds of this moment, up to which both stay as they are; None = the last event.
    """
    found = [
        {"seconds": event["seconds"], "value": event[key], "what": what}
        for key, what in (("best", best), ("bound", bound))
        for event in _changes(told, key)
    ]
    for what in (best, bound):
        last = next((point for point in reversed(found) if point["what"] == what), None)
        if last is not None and now is not None and now > last["seconds"]:
            found.append({**last, "seconds": now})
    return found
