"""The report as an Excel workbook: a summary with charts, every table of the plan, and answers of questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.case import naming
from planner.documents import text, vocabulary
from planner.documents.briefing import assumptions, first_steps, minister, people, worth
from planner.documents.briefing.page import proof
from planner.documents.briefing.worth import Answers
from planner.documents.drawings.gaps import gaps_of_cities
from planner.documents.drawings.money import payments, uses
from planner.documents.sheets import Chart, Column, Format, Sheet, Table, of_frame, write_workbook
from planner.documents.tables import named_frame, titled
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.tables import MONEY, SHARE, TABLES
from planner.words.said import Sentence, _, series, told

FORMAT_OF_UNIT: Mapping[str, Format] = {
    MONEY: "figure", f"{MONEY}, whole horizon": "figure", f"{MONEY}, of the period": "figure", SHARE: "fine",
    "heads": "whole", "minutes": "figure", "person-equivalents": "whole",
}  # fmt: skip


SHEETS: Mapping[str, Sentence] = {  # table -> name of its sheet
    "decisions": _("decisions"), "indicators": _("indicators"), "routes": _("routes"), "flows": _("flows"),
    "money": _("money"), "spending": _("spending"), "private": _("private"), "transfers": _("transfers"),
    "parks": _("parks"), "phases": _("phases"), "bonus": _("bonus"), "taxes": _("taxes"), "skills": _("skills"),
    "airsheds": _("airsheds"), "alone": _("alone"), "jurisdictions": _("jurisdictions"),
}  # fmt: skip


def write_report(plan: Plan, file: Path | str, answers: Answers | None = None, replace: bool = False) -> Path:
    """Write the workbook, whole or not at all.

    Parameters
    ----------
    plan
        A plan with decisions.
    file
        Where it goes.
    answers
        What questions beyond the plan found out; None = none were asked.
    replace
        Whether a file that is there may be replaced.

    Raises
    ------
    planner.files.folders.FolderTaken
        The place is taken.
    """
    return write_workbook(sheets(plan, answers or Answers()), file, title=plan.case.title, replace=replace)


def sheets(plan: Plan, answers: Answers) -> list[Sheet]:
    """All sheets in their order."""
    own = [Sheet(SHEETS[name], (plan_table(plan, name),)) for name in plan.tables]
    first = [_summary(plan, answers), _first_steps(plan, answers), _people(plan), _gaps(plan), _money(plan)]
    return [*first, *_answers(plan, answers), _rests_on(plan, answers), *own]


def plan_table(plan: Plan, name: str) -> Table:
    """One of the plan's tables, with units in the headings and names in the cells."""
    frame = named_frame(plan, name)
    headings = {column: titled(plan.case, name, column) for column in frame.columns}
    formats: dict[str, Format] = {
        column: "year" if of.type is int else FORMAT_OF_UNIT.get(of.unit, "exact")
        for column, of in TABLES[name].items()
        if of.type is not str
    }
    title = _("{table}, {case}").format(table=vocabulary.TABLES[name], case=plan.case.title)
    return of_frame(title, frame, headings, formats)


def _pairs(title: str, pairs: list[tuple[str, str]]) -> Table:
    return Table(title, (Column("", "text", 24), Column(_("what"), "text", 110)), tuple(pairs))


def _summary(plan: Plan, answers: Answers) -> Sheet:
    """The headline, the first project left out, and how it was proved."""
    left_out = series(worth.first_left_out(plan, answers), " ")
    headline = [*text.facts(plan), (_("Estimates"), minister.estimates(plan)), (_("First left out"), left_out)]
    return Sheet(_("Summary"), (_pairs(plan.case.title, headline), _pairs(_("How it was proved"), proof(plan))))


def _first_steps(plan: Plan, answers: Answers) -> Sheet:
    first, last, unit = plan.case.periods[0], plan.case.periods[-1], plan.case.money.unit
    shown = {
        s.key for s in first_steps.most_telling(first_steps.first_steps(plan), worth.shares(worth.signatures(plan, answers)))
    }
    rows = tuple(
        (
            s.name,
            vocabulary.KINDS[s.kind],
            s.place,
            s.opens,
            s.public,
            s.private,
            first_steps.payers(plan.case, s),
            _("yes") if s.key in shown else "",
        )
        for s in first_steps.first_steps(plan)
    )
    columns = (
        Column(_("project or signature"), "text", 44),
        Column(_("kind"), "text"),
        Column(_("where, or who signs"), "text", 28),
        Column(_("open from"), "year"),
        Column(_("public cost to {year} ({unit})").format(year=last.last, unit=unit), "figure"),
        Column(_("private capital ({unit})").format(unit=unit), "figure"),
        Column(_("public cost paid by"), "text", 36),
        Column(_("on the first sheet"), "text"),
    )
    return Sheet(_("First steps"), (Table(_("Works starting in {period}").format(period=first.label), columns, rows),))


def _people(plan: Plan) -> Sheet:
    last = plan.case.periods[-1].label
    travel = []
    for w in people.within(plan):
        for what, pair in (
            (_("within 60 minutes"), w.near),
            (_("within 120 minutes"), w.far),
            (_("reachable in 120, mean"), w.reachable),
        ):
            if pair is not None:
                travel.append((what, w.period.label, w.people, pair.without, pair.with_plan))
    met = tuple(
        (naming.indicator(plan.case, a.indicator), a.standard, a.people, a.met.without, a.met.with_plan)
        for a in people.at_standard(plan)
    )
    both = (Column(_("without the plan (people)"), "whole"), Column(_("with the plan (people)"), "whole"))
    at_standard = _("People at standard in {period}").format(period=last)
    of_people = Column(_("of (people)"), "whole")
    chart = Chart(at_standard, _("indicator"), tuple(c.heading for c in both), _("people"), kind="bar")
    return Sheet(
        _("People"),
        (
            Table(
                _("People within 60 and 120 minutes of a core city"),
                (Column("", "text"), Column(_("period"), "text"), of_people, *both),
                tuple(travel),
            ),
            Table(
                at_standard,
                (Column(_("indicator"), "text"), Column(_("standard"), "text"), of_people, *both),
                met,
                notes=(people.DEFINED,),
                charts=(chart,),
            ),
        ),
    )


def _gaps(plan: Plan) -> Sheet:
    last = plan.case.periods[-1].label
    found = gaps_of_cities(plan)
    both = (Column(_("without the plan (share)"), "share"), Column(_("with the plan (share)"), "share"))
    columns = (Column(_("city"), "text"), Column(_("place in the cluster"), "text"), *both)
    rows = tuple(
        (naming.city(plan.case, city), vocabulary.cell(tier), without, with_plan)
        for city, tier, without, with_plan in totals.columns(found, "city", "tier", "gap_without", "gap_with")
    )
    title = _("Gap of each city in {period}").format(period=last)
    heads = tuple(column.heading for column in both)
    chart = Chart(title, columns[0].heading, heads, _("share of the standard missing"), kind="bar")
    note = _("The mean over the city's indicators, weighted as in the first goal about gaps.")
    return Sheet(_("Gaps by city"), (Table(title, columns, rows, (note,), (chart,)),))


def _money(plan: Plan) -> Sheet:
    """Payments by period and payer, and where the money of each line goes, each with a chart."""
    unit = plan.case.money.unit
    paid = _wide(payments(plan), "period", "payer", [p.label for p in plan.case.periods])
    used = uses(plan)
    when = told(_("line and period"))
    used[when] = [told(series(both)) for both in zip(used["line"], used["period"], strict=True)]
    by_line = _wide(used, when, "use", list(dict.fromkeys(used[when])))
    tables = (
        (_("Paid by whom, {unit}").format(unit=unit), paid, _("period")),
        (_("Where the money of each line goes, {unit}").format(unit=unit), by_line, when),
    )
    return Sheet(_("Money by period"), tuple(_stacked(*table, unit) for table in tables))


def _stacked(title: str, frame: pd.DataFrame, first: str, unit: str) -> Table:
    """A table of amounts, and its chart."""
    rows, *names = frame.columns
    headings = {rows: first, **{name: vocabulary.with_unit(name, unit) for name in names}}
    chart = Chart(title, headings[rows], tuple(headings[name] for name in names), unit, stacked=True)
    return of_frame(title, frame, headings, dict.fromkeys(names, "figure"), charts=[chart])


def _wide(frame: pd.DataFrame, rows: str, columns: str, order: list[str]) -> pd.DataFrame:
    """A long table of amounts with a column for each value of one of its columns."""
    names = list(dict.fromkeys(frame[columns]))
    sums: dict[tuple[str, str], float] = {}
    for row, column, amount in zip(frame[rows], frame[columns], frame["amount"], strict=True):
        sums[row, column] = sums.get((row, column), 0.0) + amount
    return pd.DataFrame([(row, *(sums.get((row, name), 0.0) for name in names)) for row in order], columns=[rows, *names])


def _answers(plan: Plan, answers: Answers) -> list[Sheet]:
    """Signatures and projects left out, as far as they were asked about."""
    missing = tuple(answers.missing)
    found = []
    if answers.importance is not None:
        known = worth.signatures(plan, answers)
        rows = tuple((w.name, w.signed_by, w.least, w.most, vocabulary.cell(w.status)) for w in known)
        columns = (
            Column(_("signature"), "text", 44),
            Column(_("signed by"), "text", 28),
            Column(_("lost without it, at least (share of the gain)"), "share"),
            Column(_("lost without it, at most (share of the gain)"), "share"),
            Column(_("plan without it"), "text"),
        )
        title = _("What each signature is worth")
        found.append(Sheet(_("Signatures"), (Table(title, columns, rows, (worth.RULE, *missing)),)))
    tables: list[tuple[str, Any]] = [
        (_("Projects left out: what each closes alone"), answers.scores),
        (_("Projects forced into the plan"), answers.forced),
        (_("What gives way to them"), answers.displaced),
    ]
    if all(frame is not None for _title, frame in tables):
        found.append(Sheet(_("Left out"), tuple(_answer(plan, title, frame) for title, frame in tables), missing))
    return found


def _rests_on(plan: Plan, answers: Answers) -> Sheet:
    """What matters most, the share of each basis, and the case's own assumptions."""
    most, rule = assumptions.most_important(plan, answers.sensitivity)
    ranked = Table(
        _("The assumptions that matter most"),
        (Column(_("assumption"), "text", 60), Column(_("what rests on it"), "text", 60)),
        tuple((a.what, a.said) for a in most),
        notes=(rule, *text.basis(plan)),
    )
    stated = Table(_("Assumptions of the case"), (Column("", "text", 60),), tuple((said,) for said in plan.case.assumptions))
    return Sheet(_("Assumptions"), (ranked, stated))


def _answer(plan: Plan, title: str, frame: pd.DataFrame) -> Table:
    """A table of an answer: names for ids, words for states."""
    headings = {str(column): vocabulary.column(str(column)) for column in frame.columns}
    shown = frame.astype(object)
    for column in shown.columns.intersection(["measure", "forced", "name"]):
        ids = frame["measure" if column == "name" else column]
        shown[column] = pd.Series([worth.name_of(plan.case, a) for a in ids], index=frame.index, dtype=object)
    for column in shown.columns.intersection(["status", "kind"]):
        shown[column] = pd.Series([vocabulary.cell(word) for word in frame[column]], index=frame.index, dtype=object)
    formats: dict[str, Format] = {
        str(c): "exact" for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c])
    }  # fmt: skip
    return of_frame(title, shown, headings, formats)
