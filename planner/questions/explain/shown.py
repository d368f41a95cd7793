"""Why a measure is in the plan, or is not: in words, and who gains by one that is; sentences say the rest."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents import changes
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section
from planner.documents.drawings import theme
from planner.documents.drawings.stacked import Heads, stacked
from planner.documents.shifts import in_words, shifts
from planner.planning.variants import companions
from planner.plans.totals import columns
from planner.questions import saying
from planner.words import numbers
from planner.words.said import _, capital, count, series, told

if TYPE_CHECKING:
    from planner.questions.explain.ask import Explanation

GAINS_SHOWN = 8
NAMES_SHOWN = 12
FEWEST = 2  # bars that say more than a sentence
SMALLEST = 0.5  # people


def text(result: Explanation, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Explanation) -> Said:
    """The answer, from what hinders the measure to what it costs."""
    asked = series((saying.measure(result.case, result.measure), _asked(result)), ": ")
    if not result.tables:
        return saying.answer(result, asked, ())
    verdict = _verdict(result)
    sections = (Paragraph(verdict),), _reasons(result), _gains(result), _changes(result), _alone(result)
    return saying.answer(result, asked, tuple(section for section in sections if section), (verdict,))


def _reasons(result: Explanation) -> Section:
    reasons = result.tables["reasons"]["text"].tolist()
    heading = _("Why") if result.state == "cannot start" else _("What it depends on")
    return (Heading(heading), *(Bullet(_sentence(reason)) for reason in reasons)) if reasons else ()


def _asked(result: Explanation) -> str:
    return _("why is it in the plan?") if result.state in ("chosen", "decided") else _("why is it not in the plan?")


def _verdict(result: Explanation) -> str:
    """The first sentence: what the plan does about it, and what the other way would cost."""
    if result.state == "cannot start":
        return _("Nothing of it can start, whatever else is done.")
    if result.state == "decided":
        return _("It was decided before the plan: all of it starts, and the plan has no choice.")
    if result.state == "chosen":
        if result.status == "infeasible":
            return _("It is in the plan, and there is no plan without it: promises could not be kept.")
        return _("It is in the plan. Without it, and planned anew, the first goal {loses}.").format(loses=_loses(result))
    if result.status == "infeasible":
        return _("It is not in the plan, and no plan can have it: money, targets, rules or limits forbid it.")
    said = _("It is not in the plan. It could start; then the first goal {loses}.")
    if result.case.measures[result.measure].units > 1:
        said = _("It is not in the plan. A unit of it could start; then the first goal {loses}.")
    return said.format(loses=_loses(result))


def _loses(result: Explanation) -> str:
    """What the first goal loses, as a share of what the plan gains, and in its own unit."""
    gain = result.without - result.value
    if not isfinite(result.most):
        if result.least > 0:
            return _("loses at least {least:.4f}; how much more is not known").format(least=result.least)
        if result.status not in ("no_plan", ""):
            return _("loses something that is not known: nothing is proven of such a plan yet")
        return _("loses something that is not known: no such plan was found in time")
    amount: str = saying.span(result.least, result.most, 5)
    if result.least <= 0:
        amount = _("nothing that is proven, and at most {most:.5f}").format(most=result.most)
    if gain > 0:
        share = saying.span(100 * result.least / gain, 100 * result.most / gain, 2)
        return _("loses {amount} ({share} % of what the plan gains)").format(amount=amount, share=share)
    return _("loses {amount}").format(amount=amount)


def _gains(result: Explanation) -> Section:
    """Who gains by a chosen measure: the plan as it stands, next to the same without it and nothing instead."""
    table = result.tables["gains"]
    if not len(table):
        if result.state == "chosen" and "less" not in result.plans:
            return (Paragraph(_("What it does in the plan as it stands was not worked out in time.")),)
        if result.state == "chosen":
            return (Paragraph(_("Taken out of the plan as it stands, nobody's indicators change.")),)
        return ()
    last = result.case.periods[-1]
    lines = []
    rows = [row for row in table.itertuples(index=False) if row.period == last.id] or list(table.itertuples(index=False))
    for row in rows[:GAINS_SHOWN]:
        lines.append(Bullet(_phrase(result, row), naming.city(result.case, str(row.city))))
    if len(rows) > GAINS_SHOWN:
        lines.append(
            Bullet(
                _("and {changes} in {period}").format(
                    changes=count(len(rows) - GAINS_SHOWN, "more change"), period=last.label
                )
            )
        )
    head = _("What it does: the plan less it and all that depends on it, with nothing instead -> the plan")
    return Heading(head), *lines


def _phrase(result: Explanation, row: Any) -> str:
    """A change of an indicator: doctors 2.1 -> 2.7 posts per 1,000, 40,000 people gain as much as ..."""
    standards = result.plans["best"].tables["indicators"]
    own = standards[
        (standards["indicator"] == row.indicator) & (standards["city"] == row.city) & (standards["period"] == row.period)
    ].iloc[0]
    change = changes.Change(
        row.city, row.indicator, row.people, own["unit"], own["standard"], row.without_it, row.with_it, row.people_gaining
    )
    people = numbers.number(abs(row.people_gaining), 0)
    if row.people_gaining > 0:
        said = _("{change} (as if {people} people were brought to the standard)")
    else:
        said = _("{change} (as if {people} people lost it: others need less of what is there)")
    return said.format(change=changes.phrase(result.case, change), people=people)


def _changes(result: Explanation) -> Section:
    """What forcing it pushes out, or what takes its place."""
    forbidden = result.state == "chosen"
    if ("without" if forbidden else "with") not in result.plans:
        open_ones = result.status in ("optimal", "feasible", "interrupted")
        said = _("What else changes with it was not answered in time.")
        if forbidden:
            said = _("What else changes without it was not answered in time.")
        return (Paragraph(said),) if open_ones else ()
    table = result.tables["changes"]
    others = table[table["measure"] != result.measure]
    parts: list[str] = []
    for change, which in (("added", _("brings in {measures}")), ("left out", _("leaves out {measures}"))):
        if ids := others[others["change"] == change]["measure"].tolist():
            parts.append(which.format(measures=saying.measures(result.case, ids, NAMES_SHOWN)))
    if less := _less(result, others["measure"].tolist()):
        parts.append(_("has less of, or later: {measures}").format(measures=less))
    if not parts:
        parts.append(_("has nothing else less or later; some may come sooner or with more units, and payments may differ"))
    proven = result.status == "optimal"
    if forbidden:
        best = _("the best without it") if proven else _("the best found without it")
        about = _("Next to the plan, the nearest one that was found without it, within 0.1 % of {best}, {changes}.")
    else:
        best = _("the best with it") if proven else _("the best found with it")
        about = _("Next to the plan, the nearest one that was found with it, within 0.1 % of {best}, {changes}.")
    return (Paragraph(about.format(best=best, changes=series(parts, "; and "))),)


def _less(result: Explanation, known: list[str]) -> str:
    """Other measures of the plan of which the nearest one has fewer units, or starts some later; the largest first."""
    other = result.plans["without" if result.state == "chosen" else "with"]
    own = {*companions(result.case, result.measure), *known}
    found = [one for one in shifts(result.plans["best"], other) if one.measure not in own and not one.gone]
    return in_words(result.case, found)


def _alone(result: Explanation) -> Section:
    """What a measure closes alone, next to its cost, and next to the plan."""
    gain = result.without - result.value
    if result.alone_closes != result.alone_closes or not gain > 0:
        return ()
    unit = result.case.money.unit
    share = 100 * result.alone_closes / gain
    said = _("Alone, with what it requires and nothing else, a unit of it closes {closes} % of what the plan closes{costs}.")
    closes = numbers.number(share, 2)
    if result.alone_costs <= 1e-9:
        return (Paragraph(said.format(closes=closes, costs=_(", and costs the lines nothing"))),)
    costs: str = _(", for {money} {unit}: {each:.2g} % for each {unit}").format(
        money=numbers.money(result.alone_costs, numbers.money_decimals([result.alone_costs])),
        unit=unit, each=share / result.alone_costs,
    )  # fmt: skip
    if result.plan_costs > 1e-9:
        whole = _("; the plan as a whole closes {each:.2g} % for each").format(each=100 / result.plan_costs)
        costs = series((costs, whole), "")
    return (Paragraph(said.format(closes=closes, costs=costs)),)


def _sentence(text: str) -> str:
    return _("{sentence}.").format(sentence=capital(text))


def pictures(result: Explanation) -> dict[str, Any]:
    """People who gain or lose in each city; nothing where a sentence says as much."""
    data = people(result)
    return {"gains": _chart_of_gains(result, data)} if len(data) >= FEWEST else {}


def people(result: Explanation) -> pd.DataFrame:
    """As if so many people were brought to the standard, in the last period: row (city), part (indicator), amount."""
    last = result.case.periods[-1].id
    rows = [
        (told(naming.city(result.case, city)), told(naming.indicator(result.case, indicator)), gaining)
        for indicator, city, period, gaining in columns(
            result.tables["gains"], "indicator", "city", "period", "people_gaining"
        )
        if period == last and abs(gaining) >= SMALLEST
    ]
    return pd.DataFrame(rows, columns=["row", "part", "amount"])


def _chart_of_gains(result: Explanation, data: pd.DataFrame) -> Any:
    order = data.groupby("row", sort=False)["amount"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    known = theme.indicator_colours(result.case)
    return stacked(
        data,
        _("Who gains by it"),
        _("people who gain as if brought to the standard, {period}").format(period=result.case.periods[-1].label),
        {told(naming.indicator(result.case, name)): colour for name, colour in known.items()},
        Heads(_("city"), _("indicator"), _("people who gain")),
        order=order,
        ticks={"format": "~s", "tickCount": 6},
    )
