"""What is uncertain in a case: each row of common/uncertain.csv that is about measures which the case has."""

from __future__ import annotations

from collections.abc import Sequence

from . import measures
from .figures import Figures, Row
from .network import candidates, needs

COLUMNS = ("kind", "mode", "service", "status")  # to select by
POINTS = ("p10", "p50", "p90")
Where = dict[str, list[str]]  # column -> values


def lines(f: Figures) -> list[str]:
    """The section of case.yaml, a line for each figure."""
    return [_line(f, row, where) for row, where in stated(f, measures.rows(f))]


def stated(f: Figures, made: Sequence[Row]) -> list[tuple[dict[str, str], Where]]:
    """Rows of the table with their selections, which name only what the case has; what selects nothing is left out.

    Parameters
    ----------
    made
        The rows of measures.csv.
    """
    mode = {name: row["mode"] for row in candidates(f) for name in needs(f, row)}
    facts = [
        {
            "kind": str(row["kind"]),
            "mode": mode.get(str(row["id"]), ""),
            "service": str(row.get("service") or ""),
            "status": str(row.get("status") or "candidate"),
        }
        for row in made
    ]
    found = []
    for row in f.tables["uncertain"]:
        asked = {column: row[column].split(";") for column in COLUMNS if row[column]}
        fitting = [each for each in facts if all(each[column] in values for column, values in asked.items())]
        if fitting:
            there = {c: [v for v in values if any(each[c] == v for each in fitting)] for c, values in asked.items()}
            found.append((row, there))
    return found


def counted_already(f: Figures, row: dict[str, str]) -> float:
    """By what the case has multiplied the figure: railways carry the mean overrun, parks keep a part of their promises."""
    return float(getattr(f.cluster, row["counted_already"])) if row["counted_already"] else 1.0


def points(f: Figures, row: dict[str, str]) -> list[float]:
    """P10, P50 and P90 of what the figure comes to, against what the case states."""
    return [round(float(row[point]) / counted_already(f, row), 3) for point in POINTS]


def _line(f: Figures, row: dict[str, str], where: Where) -> str:
    selects = ", ".join(f"{column}: {_several(values)}" for column, values in where.items())
    said = f"name: {row['name']}, name_zh: {row['name_zh']}, of: {row['of']}, where: {{{selects}}}"
    already = counted_already(f, row)
    if already == 1:
        return f"  {row['id']}: {{{said}, reference: {row['reference']}}}"
    times = ", ".join(f"{name}: {value:g}" for name, value in zip(POINTS, points(f, row), strict=True))
    source = f"{row['source']}; over the {already:g} that the case counts already"
    return f'  {row["id"]}:\n    {{{said},\n     times: {{{times}}},\n     source: "{source}"}}'


def _several(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"
