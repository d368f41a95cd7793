"""One plan for several scenarios, in a planner's words."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.documents import goals
from planner.documents.blocks import Heading, Paragraph, Said, Section, Table, table
from planner.questions import saying
from planner.questions.saying import NOT_ANSWERED
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.questions.robust.ask import Robust

WHAT = {
    "expected": "the weighted mean of the first goal over the scenarios",
    "worst": "the first goal in the scenario where it is worst",
    "regret": "the largest distance of the first goal to that of the best plan for a scenario alone",
    "cvar": "the mean of the first goal over the worst {share} of the futures",
}
SHORT = {"expected": "expected", "worst": "worst case", "regret": "largest regret", "cvar": "mean of the worst {share}"}


def text(result: Robust, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Robust) -> Said:
    """The answer: what is reached in each scenario, what starts first, and what knowing more would be worth."""
    names = list(result.tables["scenarios"]["scenario"]) if "scenarios" in result.tables else []
    whole = replace(result, case=replace(result.case, scenario="base"))  # the first scenario is only one of them
    asked = f"one plan for {count(len(names), 'scenario') if names else 'several scenarios'}"
    if not result.tables:
        return saying.answer(whole, asked, ())
    if "criteria" not in result.tables:
        return saying.answer(whole, asked, ((_scenarios(result),),))
    criterion, worth = _criterion(result), _worth(result)
    labelled = Paragraph(criterion, "Criterion"), *(Paragraph(sentence, "Worth") for sentence in worth)
    first = f"What starts in {_first_period(result)}, whichever scenario comes true"
    sections = (
        (_scenarios(result),),
        (Paragraph(_reading(result)),),
        (Heading(first, "section"), *_first_decisions(result)),
        (Heading("If one plans for one scenario alone, and another one comes true", "section"), _planned(result)),
        (Heading("By every criterion", "section"), _criteria(result)),
    )
    found = saying.answer(whole, asked, sections, tuple(f"{s[:1].upper()}{s[1:]}." for s in (criterion, *worth)))
    return replace(found, opening=(*found.opening, *labelled))


def _share(result: Robust) -> str:
    return phrases.percent(result.share)


def _criterion(result: Robust) -> str:
    goal = goals.name(result.case.goals[0].name)
    said = f"{WHAT[result.criterion].format(share=_share(result))} ({goal}) is {phrases.figure(result.value)}"
    if not math.isfinite(result.bound):
        return f"{said} (not finished: nothing proven)"
    within = f"proven within {phrases.proof(result.proof)}"
    finished = within if result.status == "optimal" else f"not finished: {within}"
    return f"{said}; with common first decisions none can be below {phrases.figure(result.bound)} ({finished})"


def _worth(result: Robust) -> tuple[str, str]:
    """What knowing the scenario would be worth, and what it costs to think of the first one alone."""
    first = result.tables["scenarios"]["scenario"].iloc[0]
    known = f"to know the scenario beforehand would lower it by {_interval(*result.information)}"
    if not math.isfinite(result.information[1]) and not result.information[0] > 0:
        known = "what it would be worth to know the scenario beforehand is not known"
    if math.isinf(result.solution[1]):
        alone = f"to plan for {first} alone would leave some scenario without a plan that keeps all promises"
    elif math.isnan(result.solution[1]) and not result.solution[0] > 0:
        alone = f"what planning for {first} alone would cost is not known"
    else:
        alone = f"to plan for {first} alone would raise it by {_interval(*result.solution)}"
    return known, alone


def _interval(least: float, most: float) -> str:
    low, high = phrases.figure(least), phrases.figure(most)
    if not math.isfinite(most):
        return f"at least {low}"
    return f"{high} or less" if not math.isfinite(least) else low if low == high else f"{low} to {high}"


def _scenarios(result: Robust) -> Table:
    rows = []
    for row in result.tables["scenarios"].itertuples(index=False):
        name, weight, without, value, alone, bound, least, most, status = row
        rows.append([name, phrases.percent(weight), _figure(without), _figure(value), _interval(bound, alone),
                     "-" if math.isnan(value) else NOT_ANSWERED if math.isnan(most) and phrases.figure(least) == "0"
                     else _interval(least, most), _STATUS.get(status, status)])  # fmt: skip
    heads = [
        "scenario",
        "weight",
        "first goal\nwithout plan",
        "with this\nplan",
        "best plan for it\nalone",
        "regret",
        "its plan",
    ]
    return table(heads, rows, "lrrrrrl")


_STATUS = {
    "optimal": "proven, with these first decisions",
    "feasible": "not proven in time",
    "no_plan": "not found in time",
    "infeasible": "none, by rounding",
}


def _figure(value: float) -> str:
    return phrases.figure(value) if math.isfinite(value) else "-"


def _reading(result: Robust) -> str:
    weights = phrases.join([phrases.percent(weight, 1) for weight in result.tables["scenarios"]["weight"]])
    return (
        f"Weights are scaled to add to 100 % ({weights}). The best plan for a scenario alone is one that knows beforehand "
        "that it comes true; where only an interval is proven, both ends are given. Regret is what is lost against it."
    )


def _first_period(result: Robust) -> str:
    return result.case.periods[0].label


def _first_decisions(result: Robust) -> Section:
    several = len(result.tables["scenarios"])
    rows = []
    for _, name, kind, city, _, units, decided, alone in result.tables["first_decisions"].itertuples(index=False):
        scenarios = [n for n in alone.split(";") if n]
        said = "all" if len(scenarios) == several else phrases.join(scenarios) or "none"
        mark = " *" if decided == "before" else ""
        rows.append([name + mark, kind, city.replace(";", "; "), phrases.figure(units), said])
    if not rows:
        return (Paragraph("Nothing."),)
    found = table(["measure", "kind", "city", "units", "also first in the\nbest plan alone for"], rows, "lllrl")
    before = any(row[0].endswith(" *") for row in rows)
    return (found, Paragraph("* decided before the plan")) if before else (found,)


def _planned(result: Robust) -> Table:
    tried = result.tables["planned_for"]
    names = list(result.tables["scenarios"]["scenario"])
    cells = {(p, s): _tried(v, status) for p, s, v, _, status in tried.itertuples(index=False)}
    rows = [[planned, *(cells.get((planned, name), "not tried") for name in names)] for planned in names]
    rows.append(["all together", *(_figure(v) for v in result.tables["scenarios"]["value"])])
    heads = ["first decisions of\nthe best plan for", *(f"first goal\nin {name}" for name in names)]
    return table(heads, rows, "l" + "r" * len(names))


def _tried(value: float, status: str) -> str:
    if status == "not offered":
        return "not offered"
    if math.isnan(value):
        return "no plan" if status == "infeasible" else "not known"
    return phrases.figure(value) + ("" if status == "optimal" else " or less")


def _criteria(result: Robust) -> Table:
    first = result.tables["scenarios"]["scenario"].iloc[0]
    rows = []
    tried = result.tables["planned_for"]
    or_less = "" if (tried[tried["planned_for"] == first]["status"] == "optimal").all() else " or less"
    for name, asked, value, bound, alone in result.tables["criteria"].itertuples(index=False):
        label = SHORT[name].format(share=_share(result)) + (" (asked)" if asked == "yes" else "")
        rows.append([label, _figure(value), _figure(bound), _figure(alone) + (or_less if math.isfinite(alone) else "")])
    heads = ["criterion", "this plan", "none can\nbe below", f"planned for\n{first} alone"]
    return table(heads, rows, "lrrr")
