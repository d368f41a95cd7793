"""The report as an Excel workbook: a summary with charts, every table of the plan, and answers of questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from planner.case import naming
from planner.documents import money, scored, text, vocabulary
from planner.documents.blocks import Chart, Format, Heading, Paragraph, Section, of_figures, titled
from planner.documents.bought import bought
from planner.documents.briefing import assumptions, first_steps, people, sure, worth
from planner.documents.briefing.page import proof
from planner.documents.briefing.worth import Answers
from planner.documents.drawings.gaps import gaps_of_cities
from planner.documents.drawings.money import payments, uses
from planner.documents.tables import of_frame, whole
from planner.documents.workbook import Sheet, write_workbook
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words.said import Sentence, _, series, told

SHEETS: Mapping[str, Sentence] = {  # table -> name of its sheet
    "decisions": _("decisions"), "indicators": _("indicators"), "routes": _("routes"), "flows": _("flows"),
    "uses": _("uses"), "levels": _("levels of residents"), "moves": _("moves"),
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
    return write_workbook(sheets(plan, answers or Answers()), file, title=naming.title(plan.case), replace=replace)


def sheets(plan: Plan, answers: Answers) -> list[Sheet]:
    """All sheets in their order."""
    own = [Sheet(SHEETS[name], (plan_table(plan, name),)) for name in plan.tables]
    first = [_summary(plan, answers), _first_steps(plan, answers), _people(plan), _gaps(plan), _money(plan)]
    how_sure = sure.sections(plan, answers.risk, answers.priorities)
    first += [standing(plan)]
    first += [Sheet(_("How sure"), how_sure)] if how_sure else []
    return [*first, *_answers(plan, answers), _rests_on(plan, answers), *own]


def plan_table(plan: Plan, name: str) -> Section:
    """One of the plan's tables with its title."""
    title = _("{table}, {case}").format(table=vocabulary.TABLES[name], case=naming.title(plan.case))
    return Heading(title), whole(plan, name)


def _summary(plan: Plan, answers: Answers) -> Sheet:
    """The headline, the first project left out, and how it was proved."""
    left_out = series(worth.first_left_out(plan, answers), " ")
    headline = [*text.facts(plan), (_("Estimates"), text.estimates(plan)), (_("First left out"), left_out)]
    facts = (Paragraph(said, label) for label, said in headline)
    return Sheet(
        _("Summary"),
        ((Heading(naming.title(plan.case)), *facts), (Heading(_("How it was proved")), *proof(plan))),
    )


def standing(plan: Plan) -> Sheet:
    """Where the cluster stands, beside others."""
    document = scored.said(scored.of_plan(plan))
    return Sheet(_("Scorecard"), (document.opening, *document.sections))


def _first_steps(plan: Plan, answers: Answers) -> Sheet:
    every = first_steps.first_steps(plan)
    shown = first_steps.most_telling(every, worth.shares(worth.signatures(plan, answers)))
    title = _("Works starting in {period}").format(period=plan.case.periods[0].label)
    steps = first_steps.table(plan, every, {step.key for step in shown})
    return Sheet(_("First steps"), ((Heading(title), steps, *first_steps.decided_before(plan)),))


def _people(plan: Plan) -> Sheet:
    met = people.standard_table(plan)
    title = _("People at standard in {period}").format(period=plan.case.periods[-1].label)
    chart = Chart(title, met.heads[0], people.WORLDS, _("people"), kind="bar")
    travel = Heading(_("People within 60 and 120 minutes")), people.travel_table(plan)
    return Sheet(_("People"), (travel, (Heading(title), met, Paragraph(people.DEFINED, look="note"), chart)))


def _gaps(plan: Plan) -> Sheet:
    heads = (_("city"), _("place in the cluster"), _("without the plan (share)"), _("with the plan (share)"))
    rows = [
        (naming.city(plan.case, city), vocabulary.cell(tier), without, with_plan)
        for city, tier, without, with_plan in columns(gaps_of_cities(plan), "city", "tier", "gap_without", "gap_with")
    ]
    title = _("Gap of each city in {period}").format(period=plan.case.periods[-1].label)
    chart = Chart(title, heads[0], heads[2:], _("share of the standard missing"), kind="bar")
    note = _("The mean over the city's indicators, weighted as in the first goal about gaps.")
    table = of_figures(heads, rows, ("text", "text", "share", "share"))
    return Sheet(_("Gaps by city"), ((Heading(title), table, Paragraph(note, look="note"), chart),))


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
    more = (
        (_("What each line's money buys"), bought(plan)),
        (_("Debts by budget line"), money.debts(plan)),
    )
    below = [section for title, sections in more for section in titled(title, sections)]
    return Sheet(_("Money by period"), (*(_stacked(*table, unit) for table in tables), *below))


def _stacked(title: str, frame: pd.DataFrame, first: str, unit: str) -> Section:
    """A table of amounts, and its chart."""
    heads = [first, *(vocabulary.with_unit(name, unit) for name in frame.columns[1:])]
    formats: list[Format] = ["text", *["figure"] * len(heads[1:])]  # type: ignore[list-item]
    return Heading(title), of_frame(frame, heads, formats), Chart(title, first, tuple(heads[1:]), unit, stacked=True)


def _wide(frame: pd.DataFrame, rows: str, columns: str, order: list[str]) -> pd.DataFrame:
    """A long table of amounts with a column for each value of one of its columns."""
    names = list(dict.fromkeys(frame[columns]))
    sums: dict[tuple[str, str], float] = {}
    for row, column, amount in zip(frame[rows], frame[columns], frame["amount"], strict=True):
        sums[row, column] = sums.get((row, column), 0.0) + amount
    return pd.DataFrame([(row, *(sums.get((row, name), 0.0) for name in names)) for row in order], columns=[rows, *names])


def _answers(plan: Plan, answers: Answers) -> list[Sheet]:
    """Signatures and projects left out, as far as they were asked about."""
    missing = worth.not_answered(answers)
    title = Heading(_("What each signature is worth"))
    signed = worth.what_signatures_are_worth(plan, answers) if answers.importance is not None else ()
    found = [Sheet(_("Signatures"), ((title, *signed), missing))] if signed else []
    left_out = worth.projects_left_out(plan, answers)
    return [*found, *([Sheet(_("Left out"), (*left_out, missing))] if len(left_out) > 1 else [])]


def _rests_on(plan: Plan, answers: Answers) -> Sheet:
    """What matters most, the share of each basis, and the case's own assumptions."""
    most = assumptions.what_matters_most(plan, answers.sensitivity)
    return Sheet(_("Assumptions"), (most, *assumptions.of_the_case(plan)))
