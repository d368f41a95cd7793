"""Plans side by side as whole tables: on the page, in an Excel workbook, or as a folder of CSV files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.blocks import Chart, Format, Heading, Paragraph, Section, Table
from planner.documents.compared import choices, clusters
from planner.documents.compared.document import (
    PROMISES,
    SHARE,
    differing,
    figure_name,
    goal,
    how_they_stand,
    scenario,
    title,
    unit_of,
)
from planner.documents.compared.places import cases_of, city_names, level_unit, shared_periods
from planner.documents.tables import of_frame, titled, write_files
from planner.documents.workbook import Sheet, write_workbook
from planner.words.said import Sentence, _, series

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHEETS: Mapping[str, Sentence] = {  # table -> name of its sheet, in their order
    "plans": _("Plans"),
    "relations": _("Which is better"),
    "inputs": _("Inputs"),
    "figures": _("Figures"),
    "goals": _("Goals"),
    "decisions": _("Decisions"),
    "starts": _("Units started"),
    "costs": _("Costs"),
    "city_gaps": _("Gaps by city"),
    "gaps": _("Gaps"),
    "levels": _("Levels"),
    "jurisdictions": _("Jurisdictions"),
    "clusters": _("Clusters"),
    "indicators": _("Indicators of clusters"),
    "money": _("Money"),
}
CALLED: Mapping[str, Callable[[Case, str], str]] = {  # columns of ids that are no city's and no measure's
    "indicator": naming.indicator, "line": naming.line, "jurisdiction": naming.jurisdiction,
}  # fmt: skip
SHARES = frozenset({"gaps", "city_gaps", "indicators"})
OF_MONEY = frozenset({"money", "costs", "jurisdictions", "goals"})  # in part at least
TEXTS = frozenset({"plans", "relations", "inputs", "decisions"})
DRAWN_MOST = 40  # cities of a chart
UNITS_OF = {"jurisdictions": "jurisdictions", "money": "money", "costs": "decisions"}  # the plans' tables that say them


def write_tables(found: Comparison, folder: Path | str, replace: bool = False) -> Path:
    """Write each table of a comparison as a CSV file (UTF-8 with the mark that spreadsheets look for).

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced; one that holds anything else never is.
    """
    return write_files(found.tables.items(), folder, replace, SHEETS, _("a comparison of plans"))


def write_excel(found: Comparison, file: Path | str, replace: bool = False) -> Path:
    """Write a comparison as an Excel workbook, a sheet a table; cities and periods have their names there.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """
    return write_workbook(workbook(found), file, title=title(found), replace=replace)


def workbook(found: Comparison) -> list[Sheet]:
    """The sheets, first those that people read first."""
    sheets = []
    across = {"clusters": (*clusters.cluster_table(found), *clusters.tier_table(found))} if found.is_apart else {}
    across |= {"indicators": clusters.indicator_table(found)} if found.is_apart else {}
    for name, label in SHEETS.items():
        if name in across:  # as they are read: their ids are names of figures, not of the case
            sheets.append(Sheet(label, across[name]))
            continue
        table = whole(found, name)
        said = _("{table}: {plans}").format(table=label, plans=", ".join(found.names))
        chart = _charts(found, table) if name == "city_gaps" else ()
        if name == "plans":
            notes = tuple(Paragraph(note, look="note") for note in found.notes)
            sentences = tuple(block for block in how_they_stand(found) if isinstance(block, Paragraph))
            sheets.append(Sheet(label, ((Heading(said), table), (*sentences, *notes))))
        elif len(table.rows):
            sheets.append(Sheet(label, ((Heading(said), table, *chart),)))
    return sheets


def whole(found: Comparison, name: str) -> Table:
    """One of the tables: names for ids, units in the headings, of two plans also the difference."""
    frame = _named(found, name)
    heads = {column: vocabulary.column(column) for column in frame.columns if column not in found.names}
    heads |= {name_of: name_of for name_of in found.names}
    formats: dict[str, Format] = {}
    if name not in TEXTS:
        if len(found.names) == 2 and (found.counts_alike or name not in OF_MONEY):
            frame["difference"] = frame[found.names[1]] - frame[found.names[0]]
        for column, head in zip((*found.names, "difference"), (*found.names, *differing(found)), strict=False):
            heads[column] = _("{heading}, share 0-1").format(heading=head) if name in SHARES else head
            formats[column] = "share" if name in SHARES else "figure"
    named = [heads[column] for column in frame.columns]
    return of_frame(frame, named, [formats.get(column, "text") for column in frame.columns])


def _named(found: Comparison, name: str) -> pd.DataFrame:
    """A table with the names of things and the labels of periods in place of ids."""
    frame = found.table(name)
    cases = [plan.case for plan in reversed(found.plans)]
    cities: dict[str, str] = city_names(found) | {"": _("all cities")}
    periods = {p.id: p.label for case in cases for p in case.periods}
    measures = {a: naming.name_of(measure) for case in cases for a, measure in case.measures.items()}
    if name == "city_gaps":  # a period's cities below one another, as its chart draws them
        frame = frame.sort_values("period", kind="stable", ignore_index=True)
    said: dict[str, list[str]] = {}
    if name == "decisions":
        for plan in found.names:
            said[plan] = [choices.starts(found, a, plan) for a in frame["measure"]]
        ways = {a: choices.title(way) for way, measures in found.ways().items() for a in measures}
        said["difference"] = [ways[a] for a in frame["measure"]]
        said["city"] = [series([cities.get(i, i) for i in cell.split(";") if i], "; ") for cell in frame["city"]]
        said["name"] = [measures[a] for a in frame["measure"]]
    elif "city" in frame:
        said["city"] = [cities.get(cell, cell) for cell in frame["city"]]
    for column in frame.columns.intersection(["period", "start_period"]):
        said[column] = [periods.get(cell, cell) for cell in frame[column]]
    for column, called in CALLED.items():
        if column in frame:
            said[column] = [_in_any(called, found, cell) for cell in frame[column]]
    if name in ("starts", "costs"):
        frame.insert(1, "name", [measures[cell] for cell in frame["measure"]])
        said["name"] = [measures[cell] for cell in frame["measure"]]
    if name in UNITS_OF:
        said["figure"] = [_titled(found, UNITS_OF[name], cell) for cell in frame["figure"]]
    if name == "figures":
        rows = found.headline()
        shares = pd.Series([row.measured == SHARE for row in rows], index=frame.index, dtype=bool)
        frame.loc[shares, list(found.names)] *= 100
        said["figure"] = [figure_name(row) for row in rows]
        said["unit"] = ["%" if row.measured == SHARE else unit_of(row) for row in rows]
    if name == "levels":
        said["unit"] = [level_unit(found, x, unit) for x, unit in zip(frame["indicator"], frame["unit"], strict=True)]
    if name == "goals":
        said["goal"] = [goal(found, cell) for cell in frame["goal"]]
        said["figure"] = [vocabulary.cell(cell) for cell in frame["figure"]]
    if name == "relations":
        said |= _related(found)
    if name == "plans":
        said["scenario"] = [scenario(plan.case) for plan in found.plans]
        said["reason"] = [plan.reason for plan in found.plans]
        said["status"] = [vocabulary.STATUSES[plan.status] for plan in found.plans]
        said["audit"] = [vocabulary.AUDITS[plan.audit] for plan in found.plans]
    for column in frame.columns.intersection(["kind", "state", "comparable", "dominates"]):
        said[column] = [vocabulary.cell(cell) for cell in frame[column]]
    if name == "inputs":
        said["difference"] = [vocabulary.cell(cell) for cell in frame["difference"]]
        said |= {plan: [choices.without_dust(cell) for cell in frame[plan]] for plan in found.names}
    for column, cells in said.items():
        frame[column] = pd.Series(cells, index=frame.index, dtype=object)
    return frame


def _titled(found: Comparison, table: str, figure: str) -> str:
    """A figure with its unit; where plans count in different units, with that of each."""
    titles = {name: titled(plan.case, table, figure) for name, plan in zip(found.names, found.plans, strict=True)}
    if len({str(title) for title in titles.values()}) == 1:
        return titles[found.names[0]]
    return series([_("{plan}: {figure}").format(plan=name, figure=title) for name, title in titles.items()], "; ")


def _related(found: Comparison) -> dict[str, list[str]]:
    """What the table of relations says in words."""
    related = found.relations
    decided = [
        vocabulary.CELLS["promises"] if r.decided_by == PROMISES else goal(found, r.decided_by) for r in related
    ]  # fmt: skip
    worse: list[str] = [series([goal(found, name) for name in r.worse_in], "; ") for r in related]
    return {"decided_by": decided, "worse_in": worse, "reason": [r.reason for r in related]}


def _in_any(called: Callable[[Case, str], str], found: Comparison, id_: str) -> str:
    """The name of a thing in the first case that has one for it."""
    return naming.in_any(lambda case, i, _chinese: called(case, i), cases_of(found), id_)


def _charts(found: Comparison, table: Table) -> Section:
    """Bars of each city's mean gap in the last period that all plans have."""
    if found.period is None:
        return ()
    label = shared_periods(found)[found.period]
    rows = [n for n, row in enumerate(table.rows) if row[1] == label]
    if not rows:
        return ()
    last = min(rows[-1], rows[0] + DRAWN_MOST - 1)
    drawn = tuple(table.heads[2 : 2 + len(found.names)])
    title = _("Mean gap in {period}").format(period=label)
    return (Chart(title, table.heads[0], drawn, _("share, 0-1"), first=rows[0], last=last),)
