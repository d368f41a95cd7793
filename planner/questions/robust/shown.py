"""One plan for several scenarios, in words and drawn: in each, next to the best plan for that scenario alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS, naming
from planner.documents.blocks import Heading, Paragraph, Said, Section, Table, table
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import WIDTH, names_axis
from planner.plans.totals import columns
from planner.questions import saying
from planner.questions.saying import NOT_ANSWERED
from planner.words import numbers
from planner.words.said import _, capital, count, series, told

if TYPE_CHECKING:
    from planner.questions.robust.ask import Robust

WHAT = {
    "expected": _("the weighted mean of the first goal over the scenarios"),
    "worst": _("the first goal in the scenario where it is worst"),
    "regret": _("the largest distance of the first goal to that of the best plan for a scenario alone"),
    "cvar": _("the mean of the first goal over the worst {share} of the futures"),
}
SHORT = {
    "expected": _("expected"), "worst": _("worst case"), "regret": _("largest regret"),
    "cvar": _("mean of the worst {share}"),
}  # fmt: skip
WITHOUT, THIS, ALONE = _("without a plan"), _("with this plan"), _("best plan for it alone")
COLOURS = {WITHOUT: theme.GREY, THIS: theme.BLUE, ALONE: theme.ORANGE}


def text(result: Robust, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Robust) -> Said:
    """The answer: what is reached in each scenario, what starts first, and what knowing more would be worth."""
    names = list(result.tables["scenarios"]["scenario"]) if "scenarios" in result.tables else []
    whole = replace(result, case=replace(result.case, scenario="base"))  # the first scenario is only one of them
    asked = _("one plan for several scenarios")
    if names:
        asked = _("one plan for {scenarios}").format(scenarios=count(len(names), "scenario"))
    if not result.tables:
        return saying.answer(whole, asked, ())
    if "criteria" not in result.tables:
        return saying.answer(whole, asked, ((_scenarios(result),),))
    criterion, worth = _criterion(result), _worth(result)
    labelled = Paragraph(criterion, _("Criterion")), *(Paragraph(sentence, _("Worth")) for sentence in worth)
    first = _("What starts in {period}, whichever scenario comes true").format(period=_first_period(result))
    sections = (
        (_scenarios(result),),
        (Paragraph(_reading(result)),),
        (Heading(first, "section"), *_first_decisions(result)),
        (Heading(_("If one plans for one scenario alone, and another one comes true"), "section"), _planned(result)),
        (Heading(_("By every criterion"), "section"), _criteria(result)),
    )
    found = saying.answer(
        whole, asked, sections, tuple(_("{sentence}.").format(sentence=capital(s)) for s in (criterion, *worth))
    )
    return replace(found, opening=(*found.opening, *labelled))


def _share(result: Robust) -> str:
    return numbers.percent(result.share)


def _criterion(result: Robust) -> str:
    said = _("{what} ({goal}) is {value}").format(
        what=WHAT[result.criterion].format(share=_share(result)), goal=naming.goal(result.case.goals[0].name),
        value=_value(result, result.criterion, result.value),
    )  # fmt: skip
    if not math.isfinite(result.bound):
        return _("{criterion} (not finished: nothing proven)").format(criterion=said)
    whole = _("{criterion}; with common first decisions none can be below {bound} (not finished: proven within {share})")
    if result.status == "optimal":
        whole = _("{criterion}; with common first decisions none can be below {bound} (proven within {share})")
    return whole.format(criterion=said, bound=numbers.figure(result.bound), share=numbers.proof(result.proof))


def _value(result: Robust, criterion: str, value: float) -> str:
    """What a criterion comes to; of a regret also what it is at most: the best plans that were found may not be the best."""
    if criterion != "regret" or not math.isfinite(value):
        return _figure(value)
    most = [float(regret) for regret in result.tables["scenarios"]["regret_at_most"]]
    return _interval(value, max(most) if all(map(math.isfinite, most)) else math.nan)


def _worth(result: Robust) -> tuple[str, str]:
    """What knowing the scenario would be worth, and what it costs to think of the first one alone."""
    first = saying.scenario(result.case, result.tables["scenarios"]["scenario"].iloc[0])
    known = _("to know the scenario beforehand would lower it by {amount}").format(amount=_interval(*result.information))
    if not math.isfinite(result.information[1]) and not result.information[0] > 0:
        known = _("what it would be worth to know the scenario beforehand is not known")
    alone = _("to plan for {scenario} alone would raise it by {amount}")
    if math.isinf(result.solution[1]):
        alone = _("to plan for {scenario} alone would leave some scenario without a plan that keeps all promises")
    elif math.isnan(result.solution[1]) and not result.solution[0] > 0:
        alone = _("what planning for {scenario} alone would cost is not known")
    return known, alone.format(scenario=first, amount=_interval(*result.solution))


def _interval(least: float, most: float) -> str:
    low, high = numbers.figure(least), numbers.figure(most)
    if not math.isfinite(most):
        return _("at least {least}").format(least=low)
    if not math.isfinite(least):
        return _("{most} or less").format(most=high)
    return low if low == high else _("{least} to {most}").format(least=low, most=high)


def _scenarios(result: Robust) -> Table:
    rows = []
    for row in result.tables["scenarios"].itertuples(index=False):
        name, weight, without, value, alone, bound, least, most, status = row
        regret = _interval(least, most)
        if math.isnan(value):
            regret = "-"
        elif math.isnan(most) and numbers.figure(least) == "0":
            regret = NOT_ANSWERED
        figures = numbers.percent(weight), _figure(without), _figure(value), _interval(bound, alone), regret
        rows.append([saying.scenario(result.case, name), *figures, _STATUS.get(status, status)])
    heads = [
        _("scenario"),
        _("weight"),
        _("first goal\nwithout plan"),
        _("with this\nplan"),
        _("best plan for it\nalone"),
        _("regret"),
        _("its plan"),
    ]
    return table(heads, rows, "lrrrrrl")


_STATUS = {
    "optimal": _("proven, with these first decisions"),
    "feasible": _("not proven in time"),
    "interrupted": _("not proven in time"),
    "no_plan": _("not found in time"),
    "infeasible": _("none, by rounding"),
    "not worked out": _("not worked out"),
}


def _figure(value: float) -> str:
    return numbers.figure(value) if math.isfinite(value) else "-"


def _reading(result: Robust) -> str:
    weights = series([numbers.percent(weight, 1) for weight in result.tables["scenarios"]["weight"]])
    return _(
        "Weights are scaled to add to 100 % ({weights}). The best plan for a scenario alone is one that knows beforehand "
        "that it comes true; where only an interval is proven, both ends are given. Regret is what is lost against it."
    ).format(weights=weights)


def _first_period(result: Robust) -> str:
    return result.case.periods[0].label


def _first_decisions(result: Robust) -> Section:
    several = len(result.tables["scenarios"])
    rows = []
    before = False
    for a, _name, kind, city, _period, units, decided, alone in result.tables["first_decisions"].itertuples(index=False):
        scenarios = [saying.scenario(result.case, n) for n in alone.split(";") if n]
        said = _("all", "scenarios") if len(scenarios) == several else series(scenarios) or _("none")
        name = naming.measure(result.case, a)
        if decided == "before":
            name, before = _("{measure} *").format(measure=name), True
        rows.append([name, KINDS[kind].name, saying.places(result.case, city), numbers.figure(units), said])
    if not rows:
        return (Paragraph(_("Nothing.")),)
    heads = [_("measure"), _("kind"), _("city"), _("units"), _("also first in the\nbest plan alone for")]
    found = table(heads, rows, "lllrl")
    return (found, Paragraph(_("* decided before the plan"))) if before else (found,)


def _planned(result: Robust) -> Table:
    tried = result.tables["planned_for"]
    names = list(result.tables["scenarios"]["scenario"])
    said = {name: saying.scenario(result.case, name) for name in names}
    cells = {(p, s): _tried(v, status) for p, s, v, _bound, status in tried.itertuples(index=False)}
    rows = [[said[planned], *(cells.get((planned, name), _("not tried")) for name in names)] for planned in names]
    rows.append([_("all together"), *(_figure(v) for v in result.tables["scenarios"]["value"])])
    heads = [
        _("first decisions of\nthe best plan for"),
        *(_("first goal\nin {scenario}").format(scenario=name) for name in said.values()),
    ]
    return table(heads, rows, "l" + "r" * len(names))


def _tried(value: float, status: str) -> str:
    if status == "not offered":
        return _("not offered")
    if math.isnan(value):
        return _("no plan") if status == "infeasible" else _("not known")
    return numbers.figure(value) if status == "optimal" else _("{most} or less").format(most=numbers.figure(value))


def _criteria(result: Robust) -> Table:
    first = result.tables["scenarios"]["scenario"].iloc[0]
    rows = []
    tried = result.tables["planned_for"]
    status = "optimal" if (tried[tried["planned_for"] == first]["status"] == "optimal").all() else "feasible"
    for name, asked, value, bound, alone in result.tables["criteria"].itertuples(index=False):
        label = SHORT[name].format(share=_share(result))
        if asked == "yes":
            label = _("{criterion} (asked)").format(criterion=label)
        planned = _tried(alone, status) if math.isfinite(alone) else "-"
        rows.append([label, _value(result, name, value), _figure(bound), planned])
    only = _("planned for\n{scenario} alone").format(scenario=saying.scenario(result.case, first))
    heads = [_("criterion"), _("this plan"), _("none can\nbe below"), only]
    return table(heads, rows, "lrrr")


def pictures(result: Robust) -> dict[str, Any]:
    """A row a scenario."""
    return {"scenarios": _chart_of_scenarios(reached(result))}


def reached(result: Robust) -> pd.DataFrame:
    """The first goal in each scenario: row, group, value, and bound, which nothing can beat."""
    rows = []
    for name, without, value, alone, bound in columns(
        result.tables["scenarios"], "scenario", "without", "value", "alone", "alone_bound"
    ):
        row = told(saying.scenario(result.case, name))
        values = ((WITHOUT, without, without), (THIS, value, value), (ALONE, alone, bound))
        rows += [(row, told(which), *figures) for which, *figures in values]
    return pd.DataFrame(rows, columns=["row", "group", "value", "bound"]).dropna(subset=["value"])


def _chart_of_scenarios(data: pd.DataFrame) -> Any:
    import altair as alt

    colours = {told(group): colour for group, colour in COLOURS.items() if told(group) in set(data["group"])}
    groups = list(colours)
    scale = alt.Scale(domain=groups, range=list(colours.values()))
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=names_axis())
    x = alt.X("value:Q", title=told(_("first goal (smaller is better)")), scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(data)
    colour = alt.Color("group:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2, symbolOpacity=1))
    lines = base.mark_line(color=theme.PALE, strokeWidth=3).encode(y=y, x=x, detail="row:N")
    bounds = base.mark_rule(strokeWidth=5, opacity=0.4).encode(y=y, x=x, x2="bound:Q", color=colour)
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y,
        x=x,
        color=colour,
        shape=alt.Shape("group:N", scale=alt.Scale(domain=groups), legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=told(_("scenario"))), alt.Tooltip("group:N", title=told(_("plan"))),
            alt.Tooltip("value:Q", title=told(_("first goal")), format=".4f"),
            alt.Tooltip("bound:Q", title=told(_("no plan is better than")), format=".4f"),
        ],
    )  # fmt: skip
    below = told(_("dots: plans found; bars: what no plan is better than"))
    title = alt.Title(told(_("What is reached in each scenario")), subtitle=below)
    return theme.themed((lines + bounds + dots).properties(width=WIDTH, height=alt.Step(32), title=title))
