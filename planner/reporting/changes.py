"""What changes for whom: the largest gains, and every city by indicator, in natural units."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from planner.case.nouns import Access, Case
from planner.plan import Plan
from planner.reporting import words
from planner.reporting.figures import columns

GAINS_SHOWN = 8  # cities
CHANGES_SHOWN = 3  # a city
NO_INDICATOR = "-"
SMALL = 1e-6  # a change of a gap below this is rounding


@dataclass(frozen=True)
class Change:
    """An indicator of a city in the last period, without and with the plan.

    Attributes
    ----------
    people_gaining
        People times the part of the gap that closes; negative where it widens.
    """

    city: str
    indicator: str
    unit: str
    standard: float
    without: float
    with_plan: float
    people_gaining: float


def changes(plan: Plan) -> list[Change]:
    """Every indicator of every city in the last period."""
    table = plan.tables["indicators"]
    table = table[table["period"] == plan.case.periods[-1].id]
    gaining = table["people"] * (table["gap_without"] - table["gap_with"])
    shown = ["city", "indicator", "unit", "standard", "without_plan", "with_plan", "gaining"]
    return [Change(*row) for row in columns(table.assign(gaining=gaining), *shown)]


def gains(plan: Plan) -> str:
    """The cities that gain most, each with its largest changes; empty if nobody gains."""
    by_city: dict[str, list[Change]] = defaultdict(list)
    for change in changes(plan):
        if change.people_gaining > SMALL:
            by_city[change.city].append(change)
    ordered = sorted(by_city, key=lambda city: -sum(c.people_gaining for c in by_city[city]))
    lines = []
    for city in ordered[:GAINS_SHOWN]:
        largest = sorted(by_city[city], key=lambda c: -c.people_gaining)[:CHANGES_SHOWN]
        said = "; ".join(phrase(plan.case, change) for change in largest)
        lines.append(words.bullet(f"{plan.case.cities[city].name}: {said}"))
    if len(ordered) > GAINS_SHOWN:
        lines.append(words.bullet(f"{len(ordered) - GAINS_SHOWN} more cities gain; the next table has all."))
    return "\n".join(lines)


def city_table(plan: Plan) -> str:
    """Cities by indicators in the last period: one figure where nothing changes, without -> with elsewhere."""
    found = {(c.city, c.indicator): c for c in changes(plan)}
    case = plan.case
    indicators = [i for i in case.indicators if any(key[1] == i for key in found)]
    if not indicators:
        return ""
    cells = [[_cell(found.get((city, i))) for city in case.cities] for i in indicators]
    heads = [_head(i, next(c for key, c in found.items() if key[1] == i)) for i in indicators]
    names = [city.name for city in case.cities.values()]
    first = max(words.wide(name) for name in names)
    widths = [
        max(words.wide(text) for text in [*column, *head.split("\n")]) for column, head in zip(cells, heads, strict=True)
    ]
    parts = []
    for block in words.blocks(indicators, widths, first):
        rows = [[name, *(cells[n][at] for n in block)] for at, name in enumerate(names)]
        parts.append(words.table(["", *(heads[n] for n in block)], rows, "l" + "r" * len(block)))
    return "\n\n".join(parts)


def phrase(case: Case, change: Change) -> str:
    """A change in a planner's words: to a core city 165 -> 120 minutes."""
    figures = words.change(change.without, change.with_plan, decimals(change))
    access = case.access.get(change.indicator)
    if access is None:
        service = case.services[change.indicator]
        unit = "" if service.unit == service.id else f"{service.unit} "
        people = "" if service.of == "population" else f" {service.of}"
        return f"{service.id} {figures} {unit}per 1,000{people}"
    if access.kind == "reach":
        of = "cities" if access.weight == "equally" else access.weight
        return f"reaches {figures} % of the cluster's {of} within {access.standard_minutes:g} minutes"
    if access.kind == "all":
        return f"{access.id} {figures} minutes on average"
    return f"{destination(case, access)} {figures} minutes"


def destination(case: Case, access: Access) -> str:
    """Where an access standard of the kind `nearest` leads to."""
    if access.offers is not None:
        return f"to the nearest {access.offers}"
    tiers = access.to_where.get("tier")
    if tiers and len(access.to_where) == 1:
        return f"to a {' or '.join(tiers)} city"
    names = [case.cities[city].name for city in access.destinations]
    if len(names) == 1:
        return f"to {names[0]}"
    return f"to the nearest of {words.join(names)}" if len(names) <= 3 else f"{access.id},"


def decimals(change: Change) -> int:
    """Decimals that suit an indicator."""
    if "minutes" in change.unit:
        return 0
    return 2 if abs(change.standard) < 10 else 1 if abs(change.standard) < 100 else 0


def _cell(change: Change | None) -> str:
    if change is None:
        return NO_INDICATOR
    return words.change(change.without, change.with_plan, decimals(change))


def _head(indicator: str, change: Change) -> str:
    """Heading of an indicator: its id, its unit, its standard."""
    if "per 1,000" in change.unit:
        unit, sign = "per 1,000", ">="
    elif change.unit.startswith("%"):
        unit, sign = change.unit.replace("% within", "% in").replace("minutes", "min"), ">="
    elif "mean" in change.unit:
        unit, sign = "mean minutes", "<="
    else:
        unit, sign = change.unit, "<="
    standard = "" if math.isnan(change.standard) else f"{sign} {words.number(change.standard, decimals(change))}"
    return "\n".join(part for part in (indicator, unit, standard) if part)
