"""The report as an Excel workbook: a summary with charts, every table of the plan, and answers of questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.case import naming
from planner.documents import text
from planner.documents.briefing import minister, people, proof, resting, steps, worth
from planner.documents.briefing.answers import Answers
from planner.documents.drawings.gaps import gaps_of_cities
from planner.documents.drawings.money import payments, uses
from planner.documents.named import named_frame
from planner.documents.sheets import Chart, Column, Format, Sheet, Table, of_frame, write_workbook
from planner.plans.plan import Plan
from planner.plans.tables import MONEY, SHARE, TABLES, heading
from planner.words import phrases

FORMAT_OF_UNIT: Mapping[str, Format] = {
    MONEY: "figure", f"{MONEY}, whole horizon": "figure", f"{MONEY}, of the period": "figure", SHARE: "fine",
    "heads": "whole", "minutes": "figure", "person-equivalents": "whole",
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
    own = [Sheet(name, (plan_table(plan, name),)) for name in plan.tables]
    first = [_summary(plan, answers), _first_steps(plan, answers), _people(plan), _gaps(plan), _money(plan)]
    return [*first, *_answers(plan, answers), _rests_on(plan, answers), *own]


def plan_table(plan: Plan, name: str) -> Table:
    """One of the plan's tables, with units in the headings and names in the cells."""
    frame = named_frame(plan, name)
    headings = {column: heading(plan.case, name, column) for column in frame.columns}
    formats: dict[str, Format] = {
        column: "year" if of.type is int else FORMAT_OF_UNIT.get(of.unit, "exact")
        for column, of in TABLES[name].items()
        if of.type is not str
    }
    return of_frame(f"{phrases.spaced(name)}, {plan.case.title}", frame, headings, formats)


def _pairs(title: str, pairs: list[tuple[str, str]]) -> Table:
    return Table(title, (Column("", "text", 24), Column("what", "text", 110)), tuple(pairs))


def _summary(plan: Plan, answers: Answers) -> Sheet:
    """The headline, the first project left out, and how it was proved."""
    left_out = " ".join(worth.first_left_out(plan, answers))
    headline = [*text.facts(plan), ("Estimates", minister.estimates(plan)), ("First left out", left_out)]
    return Sheet("Summary", (_pairs(plan.case.title, headline), _pairs("How it was proved", proof.proof(plan))))


def _first_steps(plan: Plan, answers: Answers) -> Sheet:
    first, last, unit = plan.case.periods[0], plan.case.periods[-1], plan.case.money.unit
    shown = {s.key for s in steps.most_telling(steps.first_steps(plan), worth.shares(worth.signatures(plan, answers)))}
    rows = tuple(
        (s.name, s.kind, s.place, s.opens, s.public, s.private, steps.payers(plan.case, s), "yes" if s.key in shown else "")
        for s in steps.first_steps(plan)
    )
    columns = (
        Column("project or signature", "text", 44),
        Column("kind", "text"),
        Column("where, or who signs", "text", 28),
        Column("open from", "year"),
        Column(f"public cost to {last.last} ({unit})", "figure"),
        Column(f"private capital ({unit})", "figure"),
        Column("public cost paid by", "text", 36),
        Column("on the first sheet", "text"),
    )
    return Sheet("First steps", (Table(f"Works starting in {first.label}", columns, rows),))


def _people(plan: Plan) -> Sheet:
    last = plan.case.periods[-1].label
    travel = []
    for w in people.within(plan):
        for what, pair in (
            ("within 60 minutes", w.near),
            ("within 120 minutes", w.far),
            ("reachable in 120, mean", w.reachable),
        ):
            if pair is not None:
                travel.append((what, w.period.label, w.people, pair.without, pair.with_plan))
    met = tuple(
        (naming.indicator(plan.case, a.indicator), a.standard, a.people, a.met.without, a.met.with_plan)
        for a in people.at_standard(plan)
    )
    both = (Column("without the plan (people)", "whole"), Column("with the plan (people)", "whole"))
    chart = Chart(f"People at standard in {last}", "indicator", tuple(c.heading for c in both), "people", kind="bar")
    return Sheet(
        "People",
        (
            Table(
                "People within 60 and 120 minutes of a core city",
                (Column("", "text"), Column("period", "text"), Column("of (people)", "whole"), *both),
                tuple(travel),
            ),
            Table(
                f"People at standard in {last}",
                (Column("indicator", "text"), Column("standard", "text"), Column("of (people)", "whole"), *both),
                met,
                notes=(people.DEFINED,),
                charts=(chart,),
            ),
        ),
    )


def _gaps(plan: Plan) -> Sheet:
    last = plan.case.periods[-1].label
    frame = gaps_of_cities(plan).drop(columns=["city"])
    headings = {"name_zh": "Chinese name", "gap_without": "without the plan (share)", "gap_with": "with the plan (share)"}
    chart = Chart(
        f"Gap of each city in {last}",
        "name",
        tuple(list(headings.values())[1:]),
        "share of the standard missing",
        kind="bar",
    )
    note = "The mean over the city's indicators, weighted as in the first goal about gaps."
    shown: dict[str, Format] = {"gap_without": "share", "gap_with": "share"}
    return Sheet("Gaps by city", (of_frame(f"Gaps by city in {last}", frame, headings, shown, [note], [chart]),))


def _money(plan: Plan) -> Sheet:
    """Payments by period and payer, and where the money of each line goes, each with a chart."""
    unit = plan.case.money.unit
    paid = _wide(payments(plan), "period", "payer", [p.label for p in plan.case.periods])
    used = uses(plan)
    used["line and period"] = used["line"] + ", " + used["period"]
    order = list(dict.fromkeys(used["line and period"]))
    by_line = _wide(used, "line and period", "use", order)
    return Sheet(
        "Money by period",
        tuple(
            of_frame(
                title,
                frame,
                {c: f"{c} ({unit})" for c in frame.columns[1:]},
                dict.fromkeys(frame.columns[1:], "figure"),
                charts=[
                    Chart(
                        title, str(frame.columns[0]), tuple(f"{c} ({unit})" for c in frame.columns[1:]), unit, stacked=True
                    )
                ],
            )
            for title, frame in ((f"Paid by whom, {unit}", paid), (f"Where the money of each line goes, {unit}", by_line))
        ),
    )


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
        rows = tuple((w.name, w.signed_by, w.least, w.most, w.status) for w in known)
        columns = (
            Column("signature", "text", 44),
            Column("signed by", "text", 28),
            Column("lost without it, at least (share of the gain)", "share"),
            Column("lost without it, at most (share of the gain)", "share"),
            Column("plan without it", "text"),
        )
        found.append(Sheet("Signatures", (Table("What each signature is worth", columns, rows, (worth.RULE, *missing)),)))
    tables: list[tuple[str, Any]] = [
        ("Projects left out: what each closes alone", answers.scores),
        ("Projects forced into the plan", answers.forced),
        ("What gives way to them", answers.displaced),
    ]
    if all(frame is not None for _, frame in tables):
        found.append(Sheet("Left out", tuple(of_frame(title, frame) for title, frame in tables), missing))
    return found


def _rests_on(plan: Plan, answers: Answers) -> Sheet:
    """What matters most, the share of each basis, and the case's own assumptions."""
    most, rule = resting.most_important(plan, answers.sensitivity)
    ranked = Table(
        "The assumptions that matter most",
        (Column("assumption", "text", 60), Column("what rests on it", "text", 60)),
        tuple((a.what, a.said) for a in most),
        notes=(rule, *text.basis(plan)),
    )
    stated = Table("Assumptions of the case", (Column("", "text", 60),), tuple((said,) for said in plan.case.assumptions))
    return Sheet("Assumptions", (ranked, stated))
