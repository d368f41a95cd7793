"""What is built or signed in some plans only, at other times, or in other sizes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.documents.compared.sections import ABSENT, Grid
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHOWN = 20  # measures of a table, dearest first
TITLES = {
    "moved": "At other times",
    "other size": "In other sizes",
    "moved, other size": "At other times and in other sizes",
    "only": "In some plans only",
}


def decisions(found: Comparison) -> tuple[str | Grid, ...]:
    """Measures that not all plans start alike, by the kind of difference, and how many all share."""
    groups: dict[str, list[str]] = defaultdict(list)
    table = found.tables["decisions"].set_index("measure")
    for measure, difference in table["difference"].items():
        only = difference.startswith("only in") and len(found.names) > 2
        groups["only" if only else difference].append(str(measure))
    shared = len(groups.pop("same", []))
    with_decisions = sum(plan.has_decisions for plan in found.plans)
    if with_decisions < 2:
        return ()
    apart = sum(map(len, groups.values()))
    said = "Every measure is started alike." if not apart else f"{count(shared, 'measure')} started alike, {apart} not."
    parts: list[str | Grid] = [said]
    for difference in sorted(groups, key=_order):
        parts += _group(found, difference, groups[difference])
    if any(" / " in cell for part in parts if isinstance(part, Grid) for row in part.rows for cell in row[2:]):
        periods = dict.fromkeys(" / ".join(p.label for p in plan.case.periods) for plan in found.plans)
        parts.append(f"Figures with strokes between are units whose works start in {' or '.join(periods)}.")
    if any("not offered" in table[name].tolist() for name in found.names):
        parts.append("Not offered: the plan had no such choice, since its case lacks the measure or rules it out.")
    return tuple(parts)


def _order(difference: str) -> tuple[bool, str]:
    return not difference.startswith("only"), difference


def _group(found: Comparison, difference: str, measures: list[str]) -> list[str | Grid]:
    """A table of the measures that differ in one way, dearest first; two plans also with the costs."""
    names = found.names
    table = found.tables["decisions"].set_index("measure")
    costs = found.tables["costs"]
    table_of = costs[costs["figure"] == "capital_cost"].fillna(0.0)
    capital = {
        str(a): dict(zip(names, map(float, values), strict=True))
        for a, *values in table_of[["measure", *names]].itertuples(index=False)
    }
    dearest = sorted(measures, key=lambda a: -max(capital[a].values()))
    sums = {name: sum(capital[a][name] for a in measures) for name in names}
    if difference.startswith("only"):
        sums = {name: paid for name, paid in sums.items() if paid > 0}
    decimals = phrases.money_decimals([paid for a in measures for paid in capital[a].values()])
    unit = found.plans[0].case.money.unit
    both = len(names) == 2
    shown = [n for n in names if not (both and difference.startswith("only in ")) or difference == f"only in {n}"]
    rows = []
    for a in dearest[:SHOWN]:
        started = [_starts(found, a, name, str(table.loc[a, name])) for name in shown]
        paid = [phrases.money(capital[a][name], decimals) for name in shown] if both else []
        rows.append((str(table.loc[a, "name"]), str(table.loc[a, "kind"]), *started, *paid))
    columns = shown if len(shown) > 1 else [""]
    heads = ("measure", "kind", *(f"{name}\nworks start in".strip() for name in columns),
             *((f"{name}\ncapital, {unit}".strip() for name in columns) if both else ()))  # fmt: skip
    title = TITLES.get(difference, difference.capitalize() if len(shown) > 1 else f"Only in {shown[0]}")
    cost = ", ".join(
        f"{name} {phrases.money(v, decimals)}" if len(sums) > 1 else phrases.money(v, decimals) for name, v in sums.items()
    )
    caption = f"{title}: {count(len(measures), 'measure')}" + (f", capital {cost} {unit}" if cost else "")
    more = len(dearest) - SHOWN
    grid = Grid(heads, tuple(rows), "ll" + "l" * len(shown) + "r" * (len(shown) if both else 0), caption)
    return [grid, f"and {more} more, none dearer: the table decisions has all."] if more > 0 else [grid]


def _starts(found: Comparison, measure: str, name: str, cell: str) -> str:
    """What a plan starts of a measure: when its one start is, or how many units in each period."""
    plan = found.plans[found.names.index(name)]
    table = found.tables["starts"]
    mine = table[table["measure"] == measure]
    units = {t: float(u) for t, u in zip(mine["start_period"], mine[name], strict=True) if u > 0}
    if not units:
        return cell or ABSENT
    if len(units) == 1:
        ((period, amount),) = units.items()
        label = next((p.label for p in plan.case.periods if p.id == period), period)
        return label if abs(amount - 1) < 1e-6 else f"{_amount(amount)} in {label}"
    return " / ".join(_amount(units.get(t, 0.0)) for t in plan.case.period_ids)


def _amount(units: float) -> str:
    """Units as people write them; nothing is a dash."""
    return ABSENT if units < 1e-6 else phrases.figure(units)
