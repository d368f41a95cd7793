"""Plans side by side as the page shows them: tables in the language of the page; no widgets here."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd

from planner.case import naming
from planner.comparing import Comparison
from planner.comparing.choices import NOT_OFFERED, SAME
from planner.documents import goals as goals_in_words
from planner.documents import vocabulary
from planner.documents.compared.choices import only_in
from planner.documents.compared.places import cases_of, change, level_unit
from planner.documents.compared.sections import INPUTS_DIFFER, figure_name, how_they_stand, unit_of
from planner.documents.compared.sections import SHOWN as MONEY
from planner.words import phrases
from planner.words.said import _, series
from ui.frame import name_of, say, scenario_of, with_unit

NOTHING = 5e-7
ONLY = "only in "


def overview(found: Comparison) -> pd.DataFrame:
    """A line a plan: of what case, how good, whether it can be relied on."""
    rows = [
        (name, plan.case.name, scenario_of(plan.case), say(vocabulary.STATUSES[plan.status]),
         say(vocabulary.AUDITS[plan.audit]))
        for name, plan in zip(found.names, found.plans, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[say(head) for head in (_("plan"), _("case"), _("scenario"), _("status"), _("audit"))])


def better(found: Comparison) -> list[str]:
    """How each two plans stand to each other, in sentences."""
    said = [say(series(how_they_stand(found, related), " ")) for related in found.relations]
    if any(related.comparable and related.reason for related in found.relations):
        said.append(say(INPUTS_DIFFER))
    return said


def _goal(found: Comparison, goal: str) -> str:
    case = next((plan.case for plan in found.plans if any(g.name == goal for g in plan.case.goals)), found.plans[0].case)
    return say(goals_in_words.called(case, goal))


def goals(found: Comparison) -> pd.DataFrame | None:
    """The goals of all plans, in order; None where they measure different things."""
    if not all(related.comparable for related in found.relations):
        return None
    values = found.tables["goals"]
    values = values[values["figure"] == "value"]
    rows = [
        (str(row["step"]), _goal(found, row["goal"]), *(_goal_figure(found, row["goal"], row[name]) for name in found.names))
        for _index, row in values.iterrows()
    ]
    return pd.DataFrame(rows, columns=[say(_("no.")), say(_("goal (smaller is better)")), *found.names])


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
        rows.append(
            (say(figure_name(found, figure)), "%" if share else say(unit_of(found, figure, unit)), *_row(shown, decimals))
        )
    return pd.DataFrame(rows, columns=[say(_("figure")), say(_("unit")), *_heads(found)])


def _heads(found: Comparison) -> list[str]:
    return [*found.names, *([say(_("difference"))] if len(found.names) == 2 else [])]


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
    table["difference"] = [say(vocabulary.cell(cell)) for cell in table["difference"]]
    heads = {
        "file": _("file"), "row": _("row"), "column": _("column or key"), "difference": _("difference", "inputs.difference"),
    }  # fmt: skip
    return table.rename(columns={name: say(head) for name, head in heads.items()})


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
    return say(only_in(text)) if text.startswith(ONLY) else say(vocabulary.cell(text))


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
    for _index, row in table.assign(cost=[-float(largest.get(a, 0.0)) for a in table["measure"]]).sort_values(
        "cost", kind="stable"
    ).iterrows():  # fmt: skip
        where = ", ".join(cities.get(i, i) for i in row["city"].split(";") if i)
        cells = [_starts(row[name], periods) for name in shown]
        cost = phrases.money(-row["cost"], decimals)
        rows.append((name_of(measures[row["measure"]]), say(vocabulary.cell(row["kind"])), where, *cells, cost))
    unit = found.plans[0].case.money.unit
    heads = [say(_("measure")), say(_("kind")), say(_("where")), *shown,
             with_unit(_("capital"), unit)]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def _starts(cell: str, periods: dict[str, str]) -> str:
    """What starts when, with the labels of periods."""
    if cell == NOT_OFFERED:
        return say(vocabulary.cell(cell))
    parts = [part.partition(": ") for part in cell.split("; ")]
    return "; ".join(
        f"{periods.get(period, period)}{colon}{units and phrases.units(float(units))}" for period, colon, units in parts
    )


# --- places and money


def city_gaps(found: Comparison, period: str) -> pd.DataFrame:
    """Mean gap of all cities together and of each, in per cent."""
    cities = {i: name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    table = found.tables["city_gaps"]
    rows = [
        (cities.get(row["city"], say(_("all cities"))), *_row([100 * float(row[name]) for name in found.names], 1))
        for _index, row in table[table["period"] == period].iterrows()
    ]
    return pd.DataFrame(rows, columns=[say(_("city")), *_heads(found)])


def indicators_of(found: Comparison) -> list[str]:
    """Indicators that some plan has."""
    return list(dict.fromkeys(found.tables["gaps"]["indicator"].tolist()))


def indicator_name(found: Comparison, indicator: str) -> str:
    """An indicator's name in the language of the page."""
    return say(naming.in_any(naming.indicator, cases_of(found), indicator))


def levels(found: Comparison, indicator: str, period: str) -> pd.DataFrame:
    """An indicator with each plan, city by city: the figure in its own unit, and the gap in per cent."""
    cities = {i: name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}
    level, gap = (_with(found, name, indicator, period) for name in ("levels", "gaps"))
    gaps = {row["city"]: [float(row[name]) for name in found.names] for _index, row in gap.iterrows()}
    rows = []
    for _index, row in level.iterrows():
        values = [float(row[name]) for name in found.names]
        known = [abs(value) for value in values if not math.isnan(value)]
        decimals = 0 if "minutes" in row["unit"] else phrases.figure_decimals(max(known, default=0.0))
        figures = [
            _number(value, decimals) if not math.isnan(value) or math.isnan(g) else say(_("no route"))
            for value, g in zip(values, gaps[row["city"]], strict=True)
        ]
        shares = [_number(100 * g, 1) for g in gaps[row["city"]]]
        rows.append((cities[row["city"]], *figures, *shares, say(level_unit(found, indicator, row["unit"]))))
    heads = [say(_("city")), *found.names, *(say(_("{plan}, gap %"), plan=name) for name in found.names), say(_("unit"))]
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
    called = {line: say(naming.in_any(naming.line, cases_of(found), line)) for line in lines}
    rows = [(called[line], *_row(row, decimals)) for line, row in zip(lines, values, strict=True)]
    units = " / ".join(dict.fromkeys(plan.case.money.unit for plan in found.plans))
    heads = [with_unit(_("budget line"), units), *_heads(found)]
    return pd.DataFrame([*rows, (say(_("all lines")), *_row(total, decimals))], columns=heads)
