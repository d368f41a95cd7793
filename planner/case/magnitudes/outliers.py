"""Figures of a column compared with one another and with what is plausible; what is odd is said with its place."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.case.magnitudes import plausible
from planner.case.problems import Problem, row_ranges
from planner.case.raw import RawCase
from planner.case.rows import TABLES
from planner.words.said import Sentence, Text, _, series


@dataclass(frozen=True)
class Figure:
    """A cell, its number, and what the number comes to: a figure per head, per km or the number itself."""

    row: int | None
    column: str
    value: float
    per: float
    beside: str = ""  # column of the other number that `per` is made of
    other: float = 1.0  # and that number


class Places:
    """Where in the tables the things of a case stand."""

    def __init__(self, raw: RawCase) -> None:
        self._rows: dict[str, dict[tuple[str, ...], tuple[int, Mapping[str, str]]]] = {}
        for name, table in raw.tables.items():
            key = TABLES[name].key
            self._rows[name] = {tuple(r.cells.get(k, "") for k in key): (r.number, r.cells) for r in table.rows}

    def row(self, table: str, *key: str) -> int | None:
        """Number of a row."""
        return self._found(table, key)[0]

    def _found(self, table: str, key: Sequence[str]) -> tuple[int | None, Mapping[str, str]]:
        return self._rows.get(table, {}).get(tuple(key), (None, {}))

    def column(self, table: str, key: Sequence[str], *columns: str) -> str:
        """The first of some columns that has something in a row; the first of all if none has."""
        cells = self._found(table, key)[1]
        return next((c for c in columns if c in cells), columns[0])

    def cell(self, table: str, key: Sequence[str], column: str) -> str:
        """What a cell says; nothing where it is empty."""
        return self._found(table, key)[1].get(column, "")

    def filled(self, table: str, key: Sequence[str], column: str) -> bool:
        """Whether a cell has something in it."""
        return column in self._found(table, key)[1]


def number(value: float) -> str:
    """A number as people write it."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.3g}" if abs(value) < 1000 else f"{value:,.6g}"


def outside(
    table: str, figures: Iterable[Figure], what: Sentence, least: float | None, most: float | None, hint: str = ""
) -> Iterator[Problem]:
    """Figures beyond what is plausible at all; `what` says what `{per}` is."""
    every = [f for f in figures if f.per > 0]
    odd = [f for f in every if (least is not None and f.per < least) or (most is not None and f.per > most)]
    bounds = (
        "" if least is None else _("at least {least}").format(least=number(least)),
        "" if most is None else _("at most {most}").format(most=number(most)),
    )
    between = series((bound for bound in bounds if bound), " and ")

    def told(figure: Figure) -> str:
        return _("{figure}, where {between} is plausible").format(figure=what.but(per=number(figure.per)), between=between)

    yield from _said(table, every, odd, told, hint)


def outliers(table: str, figures: Iterable[Figure], what: Sentence, factor: float, hint: str = "") -> Iterator[Problem]:
    """Figures of another magnitude than the others: by the median, and the spread, of their logs."""
    every = [f for f in figures if 0 < f.per < math.inf]
    if len(every) < 2:
        return
    middle, spread = _middle([f.per for f in every])
    if len(every) < plausible.FEWEST:
        low, high = sorted(f.per for f in every)
        odd = every if high > plausible.FACTOR_OF_TWO * low else []
    else:
        odd = [f for f in every if _is_out(f.per, middle, spread, factor)]

    def told(figure: Figure) -> str:
        said = (
            _("{figure}, {times} times as much as the middle of all rows ({middle})")
            if figure.per > middle
            else _("{figure}, {times} times less than the middle of all rows ({middle})")
        )
        times = max(figure.per / middle, middle / figure.per)
        return said.format(figure=what.but(per=number(figure.per)), times=number(times), middle=number(middle))

    yield from _said(table, every, odd, told, hint)


def odd(
    table: str,
    figures: Iterable[Figure],
    what: Sentence,
    least: float | None,
    most: float | None,
    factor: float,
    hint: str = "",
) -> Iterator[Problem]:
    """Figures that are not plausible at all, and outliers among those that are."""
    every = list(figures)
    beyond = list(outside(table, every, what, least, most, hint))
    yield from beyond
    yield from outliers(table, others(every, beyond), what, factor, hint)


def others(figures: Iterable[Figure], said: Iterable[Problem]) -> list[Figure]:
    """The figures of rows of which nothing is said yet; none once something is said of a whole column."""
    rows = {problem.row for problem in said}
    return [] if None in rows else [f for f in figures if f.row not in rows]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    logs = [math.log(v) for v in values]
    middle = statistics.median(logs)
    spread = 1.4826 * statistics.median(abs(x - middle) for x in logs)  # of normal figures the standard deviation
    return math.exp(middle), max(spread, plausible.LEAST_SPREAD)


def _apart(value: float, middle: float) -> float:
    """How many times one is the other, as a log; of the two logs, since the quotient of a tiny and a large figure is 0."""
    return abs(math.log(value) - math.log(middle))


def _is_out(value: float, middle: float, spread: float, factor: float) -> bool:
    away = _apart(value, middle)
    return away > math.log(factor) and away > plausible.SPREADS * spread


def each_place_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of several doubts about one cell the first."""
    seen: set[tuple[int | None, str | None]] = set()
    for problem in problems:
        if (problem.row, problem.column) not in seen:
            seen.add((problem.row, problem.column))
            yield problem


def _said(
    table: str, every: Sequence[Figure], odd: Sequence[Figure], told: Callable[[Figure], str], hint: str
) -> Iterator[Problem]:
    """One doubt for each odd figure, or one for the column where most are odd."""
    if not odd:
        return
    mean = {beside: _middle([f.other for f in every if f.other > 0] or [1.0])[0] for beside in {f.beside for f in every}}
    own = _middle([abs(f.value) for f in every])[0]
    for column in dict.fromkeys(f.column for f in odd):
        here = [f for f in odd if f.column == column]
        among = [f for f in every if f.column == column]
        whole = len(here) > plausible.MOST_ROWS * len(among) and len(here) >= plausible.FEWEST
        for figure in here[:1] if whole else here:
            place, beside = _blamed(figure, own, mean[figure.beside]) if not whole else (column, figure.beside)
            value = figure.value if place == column else figure.other
            check = _("check this column and column {beside}{hint}") if beside else _("check this column{hint}")
            check = check.format(beside=Text(beside), hint=hint)
            text = (
                _("{value}: {figure}, and so on in rows {rows}: {check}") if whole else _("{value}: {figure}: {check}")
            ).format(
                value=number(value),
                figure=told(figure),
                rows=row_ranges(f.row for f in here if f.row) if whole else "",
                check=check,
            )
            yield Problem(f"{table}.csv", text, None if whole else figure.row, place, value=f"{value:.10g}")


def _blamed(figure: Figure, own: float, mean: float) -> tuple[str, str]:
    """The column that is further from the middle of its rows, and the one beside it."""
    if not figure.beside or figure.other <= 0:
        return figure.column, figure.beside
    if _apart(figure.value, own) >= _apart(figure.other, mean):
        return figure.column, figure.beside
    return figure.beside, figure.column
