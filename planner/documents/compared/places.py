"""Who is how well off in each plan: all cities, jurisdictions, cities; and where an indicator differs most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planner.case import naming
from planner.documents.blocks import Heading, Paragraph, Picture, Section, Sections, Table
from planner.documents.changes import unit_of
from planner.documents.drawings.theme import INK, PALE, SERIES, themed
from planner.words import numbers, text_layout
from planner.words.said import Named, Sentence, _, count, counted, told, told_in

if TYPE_CHECKING:
    import altair as alt

    from planner.case import Case
    from planner.comparing import Comparison

ABSENT = "-"
WIDTH, ROW = 560, 22  # pixels of the drawing
SHOWN = 40  # indicators of cities that differ most
SEEN = 5e-4  # a difference of gaps that figures with one decimal of a per cent show


def places(found: Comparison) -> Sections:
    """Mean gaps by city, and the largest differences, in the last period that all plans have."""
    if found.period is None:
        return ((Paragraph(NO_PERIOD),),)
    if found.tables["gaps"].empty:
        return ()
    drawn = (Picture("cities", lambda: city_gaps(found)),) if points(found) else ()
    return ((*drawn, mean_gaps(found, found.period)), *_largest(found, found.period))


NO_PERIOD = _("The plans have no period in common: the tables gaps and levels have all of them.")


OF_PRICES = _("{unit}, prices of {year}")


def money_of(case: Case) -> str:
    """The unit of a case's money, with whose prices it is."""
    return OF_PRICES.format(unit=case.money.unit, year=case.money.prices)


def cases_of(found: Comparison) -> list[Case]:
    """The plans' cases, which know the names of things."""
    return [plan.case for plan in found.plans]


def city_names(found: Comparison) -> dict[str, str]:
    """City -> its name, in the first plan that has it."""
    return {i: naming.name_of(city) for plan in reversed(found.plans) for i, city in plan.case.cities.items()}


def change(values: Sequence[float], decimals: int) -> list[str]:
    """Of two values the second less the first, with its sign; of more nothing."""
    if len(values) != 2:
        return []
    more = values[1] - values[0]
    if math.isnan(more):
        return [ABSENT]
    said = numbers.number(more, decimals)
    return [f"+{said}" if more > 0 and said.strip("0.,") else said]


def shared_periods(found: Comparison) -> dict[str, str]:
    """The periods that all plans have: id -> label."""
    first, *others = cases_of(found)
    return {p.id: p.label for p in first.periods if all(p.id in case.period_ids for case in others)}


def mean_gaps(found: Comparison, period: str) -> Table:
    """Mean gap of all cities, of each jurisdiction and of each city."""
    names = list(found.names)
    cities = city_names(found)
    table = found.tables["city_gaps"]
    of_city = table[table["period"] == period]
    shared = found.tables["jurisdictions"]
    of_jurisdiction = shared[(shared["period"] == period) & (shared["figure"] == "gap_with")]
    labelled = [(_("all cities") if row["city"] == "" else cities.get(row["city"], row["city"]), row)
                for _index, row in of_city.iterrows()]  # fmt: skip
    governs = Counter(city.jurisdiction for city in {i: c for p in found.plans for i, c in p.case.cities.items()}.values())
    governed = [(_("{name}, all its cities").format(
                     name=naming.in_any(naming.jurisdiction, cases_of(found), row["jurisdiction"])), row)
                for _index, row in of_jurisdiction.iterrows() if governs[row["jurisdiction"]] > 1]  # fmt: skip
    rows = []
    for said, row in (*labelled[:1], *governed, *labelled[1:]):
        values = [100 * float(row[name]) for name in names]
        rows.append((said, *(_percent(v) for v in values), *change(values, 1)))
    head = _("mean gap in {period}, %").format(period=shared_periods(found)[period])
    heads = (head, *names, *([_("difference, points")] if len(names) == 2 else []))
    return Table(heads, tuple(rows), "l" + "r" * (len(heads) - 1))


def indicators_of(found: Comparison) -> list[str]:
    """Indicators that some plan has."""
    return list(dict.fromkeys(found.tables["gaps"]["indicator"].tolist()))


def indicator_name(found: Comparison, indicator: str) -> str:
    """An indicator's name in the first plan that has it."""
    return naming.in_any(naming.indicator, cases_of(found), indicator)


Place = tuple[str, ...]  # indicator, city


def level_table(found: Comparison, period: str, places: Sequence[Place]) -> Table:
    """An indicator of a city a row: its figure in its own unit with each plan, and the gap."""
    gaps = {key[:2]: values for key, values in _last(found, period, "gaps", "state").items()}
    levels: dict[Place, list[tuple[str, list[float]]]] = defaultdict(list)  # by unit, if cases have several
    for (indicator, city, unit), values in _last(found, period, "levels", "unit").items():
        levels[indicator, city].append((unit, values))
    cities = city_names(found)
    several = len({indicator for indicator, _city in places}) > 1
    rows = []
    for place in places:
        for unit, values in levels[place]:
            known = [abs(v) for v in values if not math.isnan(v)]
            decimals = 0 if _is_access(found, place[0]) else numbers.figure_decimals(max(known, default=0.0))
            rows.append(
                (
                    cities[place[1]],
                    *([indicator_name(found, place[0])] if several else []),
                    level_unit(found, place[0], unit),
                    *(_level(v, gap, decimals) for v, gap in zip(values, gaps[place], strict=True)),
                    *(_percent(100 * v) for v in gaps[place]),
                )
            )
    gap_heads = (_("{plan}\ngap, %").format(plan=name) for name in found.names)
    heads = (_("city"), *([_("indicator")] if several else []), _("unit"), *found.names, *gap_heads)
    return Table(heads, tuple(rows), "ll" + "l" * several + "r" * 2 * len(found.names))


def _is_access(found: Comparison, indicator: str) -> bool:
    """Whether it is counted in minutes, or in people within so many."""
    return any(indicator in case.access for case in cases_of(found))


def places_of(found: Comparison, indicator: str, period: str) -> list[Place]:
    """The places of one indicator, for `level_table`."""
    return [key[:2] for key in _last(found, period, "gaps", "state") if key[0] == indicator]


def _largest(found: Comparison, period: str) -> list[Section]:
    """Where the plans differ most in an indicator: its figure in its own unit, and the gap."""
    gaps = {key[:2]: values for key, values in _last(found, period, "gaps", "state").items()}
    spread = {
        place: max(known) - min(known)
        for place, values in gaps.items()
        if len(known := [v for v in values if not math.isnan(v)]) > 1
    }
    apart = sorted((place for place in spread if spread[place] > SEEN), key=lambda place: -spread[place])
    if not apart:
        nothing = _("No gap of any city differs visibly.") if spread else _nothing_shared(found, set(gaps))
        return [(Paragraph(nothing),)]
    title = Heading(_("Where the plans differ most in {period}").format(period=shared_periods(found)[period]))
    parts: list[Section] = [(title, level_table(found, period, apart[:SHOWN]))]
    if len(apart) > SHOWN:
        more = _("and {number} more: the tables gaps and levels have all.").format(number=len(apart) - SHOWN)
        parts.append((Paragraph(more),))
    return parts


def level_unit(found: Comparison, indicator: str, unit: str) -> Named:
    """The unit of an indicator's figures as the plans' tables have it, and as it is said elsewhere."""
    case = next(case for case in cases_of(found) if indicator in case.indicators)
    return Named(unit, {"zh": told_in("zh", unit_of(case, indicator))})


def _nothing_shared(found: Comparison, places: set[tuple[str, ...]]) -> Sentence:
    """Why no gap of a city can be set beside another: no indicator, or no city, is in two plans."""
    cases = cases_of(found)
    of_indicator, of_city = ({key[n] for key in places} for n in (0, 1))
    shared = [x for x in of_indicator if sum(x in case.indicators for case in cases) > 1]
    if not shared:
        return _("No indicator is in two plans.")
    if any(sum(i in case.cities for case in cases) > 1 for i in of_city):
        return _("No city has the same indicator in two plans.")
    names = sorted(naming.in_any(naming.indicator, cases, x) for x in shared)
    return counted(
        len(shared),
        "No city is in two plans, so no gap of a city can be set beside another's; {indicators} is in two plans or more "
        "({names}).",
        "No city is in two plans, so no gap of a city can be set beside another's; {indicators} are in two plans or more "
        "({names}).",
    ).format(indicators=count(len(shared), "indicator"), names=text_layout.join(names))


def _last(found: Comparison, period: str, table: str, *more: str) -> dict[tuple[str, ...], list[float]]:
    """(indicator, city, ...) -> figure with each plan in a period."""
    frame = found.tables[table]
    rows = frame[(frame["period"] == period) & (frame["state"] == "with")]
    keys = ("indicator", "city", *more)
    return {tuple(row[key] for key in keys): [float(row[name]) for name in found.names] for _index, row in rows.iterrows()}


def _level(value: float, gap: float, decimals: int) -> str:
    """A figure; where there is none, whether for want of a route or of the indicator."""
    if not math.isnan(value):
        return numbers.number(value, decimals)
    return ABSENT if math.isnan(gap) else _("no route")


def _percent(value: float) -> str:
    return ABSENT if math.isnan(value) else numbers.number(value, 1)


# --- each city's mean gap with each plan, a dot a plan


def points(found: Comparison) -> list[dict[str, Any]]:
    """What is drawn: city, plan and mean gap in per cent, in the last period that all plans have."""
    cities = {i: told(naming.city(plan.case, i)) for plan in reversed(found.plans) for i in plan.case.cities}
    table = found.tables["city_gaps"]
    rows = table[(table["period"] == found.period) & (table["city"] != "")]
    return [
        {"city": cities[row["city"]], "plan": name, "gap": 100 * float(row[name])}
        for _index, row in rows.iterrows()
        for name in found.names
        if row[name] == row[name]
    ]


def city_gaps(found: Comparison) -> alt.LayerChart | None:
    """Mean gap of each city with each plan, the worst city on top; None if there is nothing to draw."""
    import altair as alt
    import pandas as pd

    drawn = points(found)
    if not drawn:
        return None
    title = _("mean gap in {period}, %").format(period=shared_periods(found)[found.period or ""])
    base = alt.Chart(pd.DataFrame(drawn), width=WIDTH, height=alt.Step(ROW))
    plans = list(found.names)
    city = alt.Y("city:N", title=None, sort=alt.EncodingSortField("gap", op="max", order="descending"))
    ranges = base.mark_rule(color=PALE, strokeWidth=3).encode(y=city, x="min(gap):Q", x2="max(gap):Q")
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        y=city,
        x=alt.X("gap:Q", title=told(title), scale=alt.Scale(domainMin=0)),
        color=alt.Color("plan:N", title=None, scale=alt.Scale(domain=plans, range=list(SERIES[: len(plans)]))),
        shape=alt.Shape("plan:N", title=None, scale=alt.Scale(domain=plans)),
    )
    chart: alt.LayerChart = themed(
        alt.layer(ranges, dots).properties(title=alt.Title(told(_("How well off each city is")), color=INK))
    )
    return chart
