"""Plans side by side as the page shows them: tables in the language of the page; no widgets here."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd

from planner.case import naming
from planner.comparing import PROMISES, Comparison, Relation
from planner.comparing.choices import NOT_OFFERED, SAME
from planner.documents import goals as goals_in_words
from planner.documents.compared.sections import EMISSIONS, cases_of, change
from planner.documents.compared.sections import SHOWN as MONEY
from planner.documents.goals import name as goal_name
from planner.plans.plan import Plan
from planner.words import phrases
from ui import spoken
from ui.frame import name_of, plain
from ui.messages import MESSAGES, chinese, say

NOTHING = 5e-7
ONLY = "only in "


def overview(found: Comparison) -> pd.DataFrame:
    """A line a plan: of what case, how good, whether it can be relied on."""
    rows = [
        (name, plan.case.name, spoken.scenario(plan.case), say(f"state.{plan.status}"), say(f"checked.{plan.audit}"))
        for name, plan in zip(found.names, found.plans, strict=True)
    ]
    return pd.DataFrame(rows, columns=[say(f"compare.{head}") for head in ("plan", "case", "scenario", "status", "audit")])


def better(found: Comparison) -> list[str]:
    """How each two plans stand to each other, as sentences of Markdown."""
    said = [_sentence(found, related) for related in found.relations]
    if any(related.comparable and related.reason for related in found.relations):
        said.append(say("better.inputs"))
    return said


def _sentence(found: Comparison, related: Relation) -> str:
    one, other = plain(related.one), plain(related.other)
    if not related.comparable:
        return say("better.apart", one=one, other=other, why=plain(spoken.sentence(related.reason)))
    if not related.better:
        return say("better.alike", one=one, other=other)
    best, second = (one, other) if related.better == related.one else (other, one)
    if related.decided_by == PROMISES:
        said = say("better.promises", best=best, second=second)
    else:
        pair = (related.better, related.other if related.better == related.one else related.one)
        values = [_value(found, name, related.decided_by) for name in pair]
        said = say(
            "better.better", best=best, second=second, goal=plain(_goal(found, related.decided_by)), a=values[0], b=values[1]
        )
    if related.worse_in:
        goals = say("comma").join(plain(_goal(found, name)) for name in related.worse_in)
        return said + say("better.worse_in", second=second, goals=goals)
    return said + (say("better.dominates") if related.dominates else "")


def _plan(found: Comparison, name: str) -> Plan:
    return found.plans[found.names.index(name)]


def _goal(found: Comparison, goal: str) -> str:
    for plan in found.plans:
        for result in plan.goals:
            if result.name == goal:
                return spoken.goal(plan, result)
    return goal_name(goal)


def _value(found: Comparison, name: str, goal: str) -> str:
    plan = _plan(found, name)
    return next((goals_in_words.figures(plan, result)[0] for result in plan.goals if result.name == goal), "")


def goals(found: Comparison) -> pd.DataFrame | None:
    """The goals of all plans, in order; None where they measure different things."""
    if not all(related.comparable for related in found.relations):
        return None
    values = found.tables["goals"]
    values = values[values["figure"] == "value"]
    rows = [
        (str(row["step"]), _goal(found, row["goal"]), *(_goal_figure(found, row["goal"], row[name]) for name in found.names))
        for _, row in values.iterrows()
    ]
    return pd.DataFrame(rows, columns=[say("goal.number"), say("goal.goal"), *found.names])


def _goal_figure(found: Comparison, goal: str, value: float) -> str:
    return goals_in_words.in_figures(found.plans[0].case, goal, float(value))


def headline(found: Comparison) -> pd.DataFrame:
    """Headline figures side by side; of two plans also by how much they differ."""
    rows = []
    for figure, unit, *values in found.tables["figures"].itertuples(index=False):
        if all(math.isnan(value) or abs(value) < NOTHING for value in values):
            continue
        share = unit.startswith("share")
        shown = [100 * value for value in values] if share else values
        whole = not share and all(math.isnan(v) or v == round(v) for v in shown)
        decimals = 1 if share else 0 if whole else phrases.money_decimals(shown)
        rows.append((_figure(found, figure), "%" if share else spoken.unit(unit), *_row(shown, decimals)))
    return pd.DataFrame(rows, columns=[say("compare.figure"), say("compare.unit"), *_heads(found)])


def _figure(found: Comparison, name: str) -> str:
    """A headline figure's name; that of an airshed's emissions holds a name of the case."""
    airshed = name.removeprefix(EMISSIONS)
    if airshed != name:
        return say("total.emissions", airshed=naming.in_any(naming.airshed, cases_of(found), airshed, chinese()))
    return say(f"total.{name}") if f"total.{name}" in MESSAGES else phrases.spaced(name)


def _heads(found: Comparison) -> list[str]:
    return [*found.names, *([say("compare.difference")] if len(found.names) == 2 else [])]


def _row(values: list[float], decimals: int) -> list[str]:
    return [*(_number(value, decimals) for value in values), *change(values, decimals)]


def _number(value: float, decimals: int) -> str:
    if math.isnan(value):
        return ""
    return phrases.number(value, decimals)


def inputs(found: Comparison) -> pd.DataFrame:
    """Every input in which the cases differ, cell by cell."""
    table = found.table("inputs")
    for name in found.names:
        table[name] = [_short(cell) for cell in table[name]]
    table["difference"] = [spoken.cell(cell) for cell in table["difference"]]
    heads = {head: say(f"inputs.{head}") for head in ("file", "row", "column", "difference")}
    return table.rename(columns=heads)


def _short(text: str) -> str:
    """A value without the noise of its last digits."""
    try:
        return f"{float(text):.10g}" if "." in text else text
    except ValueError:
        return text


# --- decisions


def differences(found: Comparison) -> Counter[str]:
    """How many measures differ in which way; those that are the same last."""
    counted = Counter(found.tables["decisions"]["difference"].tolist())
    return Counter(
        {key: counted[key] for key in sorted(counted, key=lambda key: (key == SAME, not key.startswith(ONLY), key))}
    )


def difference(text: str) -> str:
    """A way of differing, in words."""
    return say("decisions.only", plans=text.removeprefix(ONLY)) if text.startswith(ONLY) else spoken.cell(text)


def decisions(found: Comparison, kind: str) -> pd.DataFrame:
    """Measures that differ in one way, dearest first: where they are, what each plan starts, and the capital cost."""
    table = found.tables["decisions"]
    table = table[table["difference"] == kind]
    costs = found.tables["costs"]
    capital = costs[costs["figure"] == "capital_cost"].set_index("measure")[list(found.names)].max(axis=1)
    measures = {a: m for plan in reversed(found.plans) for a, m in plan.case.measures.items()}
    cities = {i: name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    periods = {p.id: p.label for plan in found.plans for p in plan.case.periods}
    largest = capital.to_dict()
    decimals = phrases.money_decimals([float(largest.get(a, 0.0)) for a in table["measure"]])
    only = kind.removeprefix(ONLY) if kind.startswith(ONLY) else ""
    shown = [name for name in found.names if len(found.names) > 2 or not only or name == only]
    rows: list[tuple[str, ...]] = []
    for _, row in table.assign(cost=[-float(largest.get(a, 0.0)) for a in table["measure"]]).sort_values(
        "cost", kind="stable"
    ).iterrows():  # fmt: skip
        where = ", ".join(cities.get(i, i) for i in row["city"].split(";") if i)
        cells = [_starts(row[name], periods) for name in shown]
        cost = phrases.money(-row["cost"], decimals)
        rows.append((name_of(measures[row["measure"]]), spoken.cell(row["kind"]), where, *cells, cost))
    unit = found.plans[0].case.money.unit
    heads = [say("city.measure"), say("city.kind"), say("decisions.where"), *shown,
             spoken.with_unit(say("city.capital"), unit)]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def _starts(cell: str, periods: dict[str, str]) -> str:
    """What starts when, with the labels of periods."""
    if cell == NOT_OFFERED:
        return spoken.cell(cell)
    parts = [part.partition(": ") for part in cell.split("; ")]
    return "; ".join(
        f"{periods.get(period, period)}{colon}{units and phrases.figure(float(units))}" for period, colon, units in parts
    )


# --- places and money


def city_gaps(found: Comparison, period: str) -> pd.DataFrame:
    """Mean gap of all cities together and of each, in per cent."""
    cities = {i: name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    table = found.tables["city_gaps"]
    rows = [
        (cities.get(row["city"], say("places.all")), *_row([100 * float(row[name]) for name in found.names], 1))
        for _, row in table[table["period"] == period].iterrows()
    ]
    return pd.DataFrame(rows, columns=[say("places.city"), *_heads(found)])


def indicators_of(found: Comparison) -> list[str]:
    """Indicators that some plan has."""
    return list(dict.fromkeys(found.tables["gaps"]["indicator"].tolist()))


def indicator_name(found: Comparison, indicator: str) -> str:
    """An indicator's name in the language of the page."""
    return naming.in_any(naming.indicator, cases_of(found), indicator, chinese())


def levels(found: Comparison, indicator: str, period: str) -> pd.DataFrame:
    """An indicator with each plan, city by city: the figure in its own unit, and the gap in per cent."""
    cities = {i: name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    level, gap = (_with(found, name, indicator, period) for name in ("levels", "gaps"))
    gaps = {row["city"]: [float(row[name]) for name in found.names] for _, row in gap.iterrows()}
    rows = []
    for _, row in level.iterrows():
        values = [float(row[name]) for name in found.names]
        known = [abs(value) for value in values if not math.isnan(value)]
        decimals = 0 if "minutes" in row["unit"] else phrases.figure_decimals(max(known, default=0.0))
        figures = [
            _number(value, decimals) if not math.isnan(value) or math.isnan(g) else say("city.no_route")
            for value, g in zip(values, gaps[row["city"]], strict=True)
        ]
        shares = [_number(100 * g, 1) for g in gaps[row["city"]]]
        rows.append((cities[row["city"]], *figures, *shares, spoken.unit(row["unit"])))
    heads = [say("places.city"), *found.names, *(say("places.gap", plan=name) for name in found.names), say("city.unit")]
    return pd.DataFrame(rows, columns=heads)


def _with(found: Comparison, name: str, indicator: str, period: str) -> pd.DataFrame:
    table = found.tables[name]
    return table[(table["indicator"] == indicator) & (table["period"] == period) & (table["state"] == "with")]


def money(found: Comparison, kind: str) -> pd.DataFrame:
    """What each line is given, spends or keeps over the whole horizon, and all together."""
    table = found.tables["money"]
    sums = table.groupby(["line", "figure"], sort=False)[list(found.names)].sum(min_count=1)
    lines = list(dict.fromkeys(table["line"]))
    values = [
        [MONEY[kind]({str(of): float(v) for of, v in sums.loc[line, name].items()}) for name in found.names]
        for line in lines
    ]
    total = [sum(v for v in column if not math.isnan(v)) for column in zip(*values, strict=True)]
    decimals = phrases.money_decimals([v for row in values for v in row])
    called = {line: naming.in_any(naming.line, cases_of(found), line, chinese()) for line in lines}
    rows = [(called[line], *_row(row, decimals)) for line, row in zip(lines, values, strict=True)]
    units = " / ".join(dict.fromkeys(plan.case.money.unit for plan in found.plans))
    heads = [spoken.with_unit(say("city.line"), units), *_heads(found)]
    return pd.DataFrame([*rows, (say("money.all"), *_row(total, decimals))], columns=heads)
