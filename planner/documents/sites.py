"""Cities as sites for an industry: a table of what the case knows, without the plan and with it."""

from __future__ import annotations

from typing import Any

from planner.case import naming
from planner.documents import web
from planner.documents.blocks import Heading, Paragraph, Said, Table, bullets, titled
from planner.scorecard.sites import COLUMNS, Site, Sites, Value
from planner.words import numbers
from planner.words.said import Sentence, _, altered, capital, series

ABSENT = "-"
DECIMALS = {"tax": 0, "instruments": 0, "origin": 0, "partner": 0, "air": 2}


def text(found: Sites, bold: bool = False) -> str:
    """The sites as text for a terminal."""
    return said(found).text(bold)


def page(found: Sites) -> str:
    """The sites as the text of a web page."""
    return web.page(title(found), web.document(said(found)))


def title(found: Sites) -> Sentence:
    """What is shown, in one line."""
    case = found.plan.case
    return _("Sites for {industry}: {case}").format(
        industry=naming.industry(case, found.industry), case=naming.title(case)
    )  # fmt: skip


def said(found: Sites) -> Said:
    """The whole document: the table, then how its columns are worked out."""
    how = [
        _("{column}: {formula}").format(column=capital(COLUMNS[x].name), formula=COLUMNS[x].formula) for x in found.columns
    ]  # fmt: skip
    lacking = [COLUMNS[x].name for x in COLUMNS if x not in found.columns]
    notes = [_("Nothing is known of: {columns}.").format(columns=series(lacking))] if lacking else []
    notes += [*_absent(found), *_not_offered(found)]
    opening = (Heading(title(found), "title"), Paragraph(ordered_by(found)), Paragraph(read(found)))
    return Said(opening, ((table(found), *map(Paragraph, notes)), *titled(_("How it is worked out"), (bullets(how),))))


def _absent(found: Sites) -> list[Sentence]:
    """What a cell without a figure means, where there is one."""
    empty = {x for site in found.sites for x in found.columns if site.without[x] is None}
    if not empty:
        return []
    said = [_("{absent}: the case says nothing of it there, or there is nothing of the kind.").format(absent=ABSENT)]
    if "land" in empty:
        said.append(_("Of land it is that the case sets no quota for parks there, not that there is land for one."))
    return said


def _not_offered(found: Sites) -> list[Sentence]:
    """That cities stand in the list for which the case offers no park of the industry, and which these are."""
    names = [naming.city(found.plan.case, site.city) for site in found.sites if not site.offered and not site.chosen]
    if not names:
        return []
    return [
        _(
            "All cities stand in the list. The case offers no park of this industry, so that none can be planned, in: "
            "{cities}."
        ).format(cities=series(names))
    ]


def ordered_by(found: Sites) -> Sentence:
    """In what order the cities stand."""
    if not found.weights:
        first = COLUMNS[next(iter(COLUMNS))].name
        return _(
            "Cities stand in the order of {column}; nothing is weighed. With --weight COLUMN=NUMBER they stand by a score."
        ).format(column=first)
    weighed = [
        _("{column} {weight}").format(column=COLUMNS[x].name, weight=numbers.figure(weight))
        for x, weight in found.weights.items()
    ]
    return _(
        "Cities stand by a score with these weights: {weights}. Of each column the worst city counts 0 and the best 100; a "
        "city without a figure stands with the worst."
    ).format(weights=series(weighed))


def read(found: Sites) -> Sentence:
    """How the cells are read."""
    if not found.has_plan:
        return _("Figures are those of {period}, with what is decided already.").format(
            period=found.plan.case.periods[-1].label
        )  # fmt: skip
    return _(
        "Figures are those of {period}: without the plan, but with what was decided before it, and with it where that "
        "differs."
    ).format(period=found.plan.case.periods[-1].label)


def table(found: Sites) -> Table:
    """A row a city, the best first."""
    rows = []
    for site in found.sites:
        score = [numbers.number(site.score or 0.0, 0)] if found.weights else []
        cells = [_cell(found, x, site) for x in found.columns]
        rows.append((naming.city(found.plan.case, site.city), _park(found, site), *score, *cells))
    score_head = [_("score")] if found.weights else []
    heads = (_("city"), _("park"), *score_head, *(_head(found, x) for x in found.columns))
    return Table(heads, tuple(rows), "ll" + "r" * (len(heads) - 2))


def _head(found: Sites, x: str) -> str:
    column = COLUMNS[x]
    unit = column.unit.format(air=air_unit(found)) if x == "air" else column.unit
    return altered(_("{column}, {unit}").format(column=column.head, unit=unit), _narrow)


def _narrow(head: str) -> str:
    return head.replace(" ", "\n")


def air_unit(found: Sites) -> str:
    """The units of the airsheds."""
    return series(dict.fromkeys(airshed.unit for airshed in found.plan.case.airsheds.values()), " / ")


def _park(found: Sites, site: Site) -> str:
    if site.chosen:
        return _("in the plan")
    return _("offered") if site.offered else ""


def _cell(found: Sites, x: str, site: Site) -> str:
    decimals = DECIMALS.get(x, 1)
    before, after = (_number(v, decimals) for v in (site.without[x], site.with_plan.get(x)))
    if not found.has_plan or before == after:
        return before
    return series((before, after), " -> ")


def _number(value: Value, decimals: int) -> str:
    return ABSENT if value is None else numbers.number(value, decimals)


def as_json(found: Sites) -> dict[str, Any]:
    """The sites as plain JSON values."""
    case = found.plan.case
    return {
        "case": case.name,
        "industry": found.industry,
        "weights": dict(found.weights),
        "period": case.periods[-1].label,
        "columns": [
            {"id": x, "name": str(c.name), "unit": air_unit(found) if x == "air" else str(c.unit), "more_is_better": c.more}
            for x, c in COLUMNS.items()
        ],
        "sites": [
            {
                "place": n, "city": site.city, "name": case.cities[site.city].name, "score": site.score,
                "without": dict(site.without), "with": dict(site.with_plan) if found.has_plan else None,
                "offered": site.offered, "in_the_plan": site.chosen,
            }
            for n, site in enumerate(found.sites, start=1)
        ],
    }  # fmt: skip
