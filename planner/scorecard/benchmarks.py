"""Figures of other clusters beside a scorecard: those that a case states, or those that come with the program."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import resources

from planner.case import Case, CaseInvalid, Problem
from planner.case.facts import Benchmark
from planner.case.problems import Problems, did_you_mean, listed
from planner.case.tables import read_table
from planner.case.validating import NOTHING_KNOWN, typed_rows
from planner.scorecard.figures import FIGURES
from planner.words.said import Named, _

COLUMN = (
    5  # figures that a benchmark has in common with the scorecards, for a column of its own; with fewer it is a footnote
)
NAME = "benchmarks"


@dataclass(frozen=True)
class Beside:
    """Another cluster with its figures.

    Attributes
    ----------
    name
        In both languages.
    figures
        Id of a figure -> what is stated of it.
    """

    name: str
    figures: dict[str, Benchmark]

    @property
    def is_column(self) -> bool:
        """Whether it has enough figures for a column of its own."""
        return len(self.figures) >= COLUMN


def shipped() -> tuple[Benchmark, ...]:
    """The figures that come with the program, each with its source.

    Raises
    ------
    ValueError
        The file of the program cannot be read.
    """
    text = resources.files("planner.scorecard").joinpath(f"{NAME}.csv").read_text(encoding="utf-8")
    problems = Problems()
    table = read_table(NAME, text, problems)
    rows = () if table is None else typed_rows(table, NOTHING_KNOWN, problems)
    if len(problems):
        raise ValueError("; ".join(str(problem) for problem in problems))
    return tuple(row.row for row in rows)


def beside(cases: Sequence[Case], shown: Collection[str]) -> list[Beside]:
    """Other clusters that have figures in common with the scorecards of some cases, those with most of them first.

    Parameters
    ----------
    cases
        The first that states benchmarks of its own has its say; a cluster of which the case itself is shown is left out.
    shown
        Ids of the figures that the scorecards have.

    Raises
    ------
    CaseInvalid
        A benchmark of a case is of no figure of the scorecard.
    """
    own = next((case for case in cases if case.benchmarks), None)
    if own is not None:
        _check(own, shown)
    names = {case.name for case in cases}
    found: dict[str, Beside] = {}
    for row in own.benchmarks if own is not None else shipped():
        if row.case not in names and row.figure in shown:
            name = Named(row.cluster, {"zh": row.cluster_zh} if row.cluster_zh else {})
            found.setdefault(row.cluster, Beside(name, {})).figures[row.figure] = row
    return sorted(found.values(), key=lambda other: not other.is_column)


def _check(case: Case, shown: Collection[str]) -> None:
    """Refuse a name that is no figure, with its place."""
    allowed = list(dict.fromkeys((*shown, *(figure for figure in FIGURES if "{" not in figure))))
    table = case.source.tables.get(NAME) if case.source is not None else None
    rows = {(r.cells.get("cluster"), r.cells.get("figure")): r.number for r in table.rows} if table is not None else {}
    wrong = tuple(
        Problem(
            f"{NAME}.csv",
            _("'{figure}' is not a figure of the scorecard ({known}).{hint}").format(
                figure=row.figure, known=listed(allowed), hint=did_you_mean(row.figure, allowed)
            ),
            row=rows.get((row.cluster, row.figure)),
            column="figure",
            value=row.figure,
            allowed=listed(allowed),
        )
        for row in case.benchmarks
        if row.figure not in allowed
    )
    if wrong:
        raise CaseInvalid(_("The case {case}").format(case=case.name), wrong)
