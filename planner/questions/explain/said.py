"""Why a measure is in the plan, or is not, in a planner's words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.documents import changes
from planner.documents.blocks import Bullet, Heading, Paragraph, Said, Section
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.questions.explain.ask import Explanation

GAINS_SHOWN = 8
NAMES_SHOWN = 12


def text(result: Explanation, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Explanation) -> Said:
    """The answer, from what hinders the measure to what it costs."""
    asked = f"{_name(result)}: {_asked(result)}"
    if not result.tables:
        return saying.answer(result, asked, ())
    verdict = _verdict(result)
    sections = (Paragraph(verdict),), _reasons(result), _gains(result), _changes(result), _alone(result)
    return saying.answer(result, asked, tuple(section for section in sections if section), (verdict,))


def _reasons(result: Explanation) -> Section:
    reasons = result.tables["reasons"]["text"].tolist()
    heading = "Why" if result.state == "cannot start" else "What it depends on"
    return (Heading(heading), *(Bullet(_sentence(reason)) for reason in reasons)) if reasons else ()


def _name(result: Explanation) -> str:
    group = result.case.measures[result.measure].together
    names = [m.name for a, m in result.case.measures.items() if a == result.measure or (group and m.together == group)]
    return " + ".join(names)


def _asked(result: Explanation) -> str:
    return "why is it in the plan?" if result.state in ("chosen", "decided") else "why is it not in the plan?"


def _verdict(result: Explanation) -> str:
    """The first sentence: what the plan does about it, and what the other way would cost."""
    if result.state == "cannot start":
        return "Nothing of it can start, whatever else is done."
    if result.state == "decided":
        return "It was decided before the plan: all of it starts, and the plan has no choice."
    if result.state == "chosen":
        if result.status == "infeasible":
            return "It is in the plan, and there is no plan without it: promises could not be kept."
        return f"It is in the plan. Without it, and planned anew, the first goal {_loses(result)}."
    if result.status == "infeasible":
        return "It is not in the plan, and no plan can have it: money, targets, rules or limits forbid it."
    unit = "A unit of it" if result.case.measures[result.measure].units > 1 else "It"
    return f"It is not in the plan. {unit} could start; then the first goal {_loses(result)}."


def _loses(result: Explanation) -> str:
    """What the first goal loses, as a share of what the plan gains, and in its own unit."""
    gain = result.without - result.value
    if not isfinite(result.most):
        least = f"loses at least {result.least:.4f}; how much more is not known" if result.least > 0 else ""
        found = result.status not in ("no_plan", "")
        why = "nothing is proven of such a plan yet" if found else "no such plan was found in time"
        return least or f"loses something that is not known: {why}"
    if gain > 0:
        low, high = 100 * result.least / gain, 100 * result.most / gain
        share = f" ({_range(low, high, 2)} % of what the plan gains)"
    else:
        share = ""
    if result.least <= 0:
        return f"loses nothing that is proven, and at most {result.most:.5f}{share}"
    return f"loses {_range(result.least, result.most, 5)}{share}"


def _range(low: float, high: float, decimals: int) -> str:
    first, last = phrases.number(low, decimals), phrases.number(high, decimals)
    return first if first == last else f"{first} to {last}"


def _gains(result: Explanation) -> Section:
    """Who gains by a chosen measure: the plan as it stands, next to the same without it and nothing instead."""
    table = result.tables["gains"]
    if not len(table):
        if result.state == "chosen" and "less" not in result.plans:
            return (Paragraph("What it does in the plan as it stands was not worked out in time."),)
        if result.state == "chosen":
            return (Paragraph("Taken out of the plan as it stands, nobody's indicators change."),)
        return ()
    last = result.case.periods[-1]
    lines = []
    rows = [row for row in table.itertuples(index=False) if row.period == last.id] or list(table.itertuples(index=False))
    for row in rows[:GAINS_SHOWN]:
        lines.append(Bullet(f"{result.case.cities[str(row.city)].name}: {_phrase(result, row)}"))
    if len(rows) > GAINS_SHOWN:
        lines.append(Bullet(f"and {count(len(rows) - GAINS_SHOWN, 'more change')} in {last.label}"))
    return Heading("What it does: the plan less it and all that depends on it, with nothing instead -> the plan"), *lines


def _phrase(result: Explanation, row: Any) -> str:
    """A change of an indicator: doctors 2.1 -> 2.7 posts per 1,000, 40,000 people gain as much as ..."""
    standards = result.plans["best"].tables["indicators"]
    own = standards[
        (standards["indicator"] == row.indicator) & (standards["city"] == row.city) & (standards["period"] == row.period)
    ].iloc[0]
    change = changes.Change(
        row.city, row.indicator, row.people, own["unit"], own["standard"], row.without_it, row.with_it, row.people_gaining
    )
    people = phrases.number(abs(row.people_gaining), 0)
    gained = f"as if {people} people were brought to the standard"
    lost = f"as if {people} people lost it: others need less of what is there"
    return f"{changes.phrase(result.case, change)} ({gained if row.people_gaining > 0 else lost})"


def _changes(result: Explanation) -> Section:
    """What forcing it pushes out, or what takes its place."""
    name = "without" if result.state == "chosen" else "with"
    if name not in result.plans:
        open_ones = result.status in ("optimal", "feasible", "interrupted")
        return (Paragraph(f"What else changes {name} it was not answered in time."),) if open_ones else ()
    table = result.tables["changes"]
    others = table[table["measure"] != result.measure]
    out = others[others["change"] == "left out"]["name"].tolist()
    added = others[others["change"] == "added"]["name"].tolist()
    said = []
    if added:
        said.append(f"brings in {phrases.join(added, NAMES_SHOWN)}")
    if out:
        said.append(f"leaves out {phrases.join(out, NAMES_SHOWN)}")
    if not said:
        said.append("changes no other measure; only units, periods and payments")
    best = f"the best {name} it" if result.status == "optimal" else f"the best found {name} it"
    about = f"Next to the plan, the nearest one that was found {name} it, within 0.1 % of {best},"
    return (Paragraph(f"{about} {'; and '.join(said)}."),)


def _alone(result: Explanation) -> Section:
    """What a measure closes alone, next to its cost, and next to the plan."""
    gain = result.without - result.value
    if result.alone_closes != result.alone_closes or not gain > 0:
        return ()
    unit = result.case.money.unit
    share = 100 * result.alone_closes / gain
    closes = phrases.number(share, 2)
    said = f"Alone, with what it requires and nothing else, a unit of it closes {closes} % of what the plan closes"
    if result.alone_costs <= 1e-9:
        return (Paragraph(f"{said}, and costs the lines nothing."),)
    money = phrases.money(result.alone_costs, phrases.money_decimals([result.alone_costs]))
    said += f", for {money} {unit}: {share / result.alone_costs:.2g} % for each {unit}"
    if result.plan_costs > 1e-9:
        said += f"; the plan as a whole closes {100 / result.plan_costs:.2g} % for each"
    return (Paragraph(f"{said}."),)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
