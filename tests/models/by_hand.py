"""Instances made by hand, and their rows as lines that can be read next to the formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from docs.formulation import records
from models.instance import Instance, Parameters
from models.program import EVERY, build
from planner.solver.linear import LinearProgram, linear_program

RECORDS = [kind for block in EVERY for kind in records(block) if issubclass(kind, Parameters)]
OWNER = {field.name: kind for kind in RECORDS for field in fields(kind)}


def instance(
    serving: Mapping[str, Mapping[str, tuple[str, ...]]], periods: tuple[str, ...] = ("30", "35"), **given: Any
) -> Instance:
    """An instance of periods 30 and 35, or others; `serving` says for each measure which start serves in which periods.

    What else is given is named like the field of a block's record: no two records have a field of the same name.
    """
    starts_of = {a: tuple(starts) for a, starts in serving.items()}
    basic: dict[str, Any] = {
        "measures": tuple(serving),
        "starts": tuple((a, u) for a, starts in starts_of.items() for u in starts),
        "starts_of": starts_of,
        "serving_starts": {
            (a, t): tuple(u for u, served in starts.items() if t in served) for a, starts in serving.items() for t in periods
        },
        "units": dict.fromkeys(serving, 1.0),
        "max_starts": {a: given.get("units", {}).get(a, 1.0) for a in serving},
        "benefit": dict.fromkeys(serving, 0.0),
    }
    basic |= given
    own = {kind: {name: value for name, value in basic.items() if OWNER[name] is kind} for kind in RECORDS}
    return Instance(periods, tuple(kind(**own[kind]) for kind in RECORDS))


def changed(given: Instance, **fields: Any) -> Instance:
    """An instance with other fields of its records."""
    own = {kind: {name: value for name, value in fields.items() if OWNER[name] is kind} for kind in RECORDS}
    return given.having(*(replace(given[kind], **new) for kind, new in own.items() if new))


ALWAYS = {"30": ("30", "35"), "35": ("35",)}  # opens at once, and stays
THREE = ("30", "35", "40")
EVER = {"30": THREE, "35": ("35", "40"), "40": ("40",)}  # the same over three periods


def program(given: Instance) -> LinearProgram:
    """The arrays of an instance's model."""
    return linear_program(build(given, blocks=EVERY))


def rows(given: Instance, *components: str) -> set[tuple[str, frozenset[tuple[str, float]], str, float]]:
    """The rows of some components, to be compared with lines written by hand."""
    return canonical(written(given, *components))


def written(given: Instance, *components: str) -> set[str]:
    """The rows of some components as lines: `name: terms <= right-hand side`."""
    found = program(given)
    columns = [_name(name) for name in found.columns]
    lines = set()
    for name, row in found.rows.items():
        if name[0] in components:
            span = slice(found.matrix.indptr[row], found.matrix.indptr[row + 1])
            factors = zip(found.matrix.data[span], found.matrix.indices[span], strict=True)
            left = " ".join(f"{c:+g} {columns[k]}" for c, k in sorted(factors, key=_column) if columns[k] != "Never")
            low, up = found.row_lower[row], found.row_upper[row]
            sense, right = ("=", up) if low == up else ("<=", up) if up < float("inf") else (">=", low)
            lines.add(f"{_name(name)}: {left} {sense} {right:g}")
    return lines


def canonical(lines: set[str]) -> set[tuple[str, frozenset[tuple[str, float]], str, float]]:
    """Lines with their terms in no order and their sense as <= or =, so that equal rows are equal."""
    return {_canonical(line) for line in lines}


def _canonical(line: str) -> tuple[str, frozenset[tuple[str, float]], str, float]:
    name, row = line.split(": ", 1)
    *words, sense, right = row.split()
    found = sorted(terms(" ".join(words)))
    assert len(found) == len(words) // 2, f"a column stands twice in {line}"
    turned = sense == ">=" or (sense == "=" and bool(found) and found[0][1] < 0)
    sign = -1.0 if turned else 1.0
    return name, frozenset((c, sign * f) for c, f in found), "=" if sense == "=" else "<=", sign * float(right) + 0.0


def terms(line: str) -> frozenset[tuple[str, float]]:
    """The terms of a line in no order."""
    words = line.split()
    return frozenset((column, float(factor)) for factor, column in zip(words[::2], words[1::2], strict=True))


def objective(given: Instance, name: tuple[str, Any]) -> str:
    """An objective as a line."""
    found = program(given)
    columns = {k: _name(column) for column, k in found.columns.items()}
    cost = found.objectives[name].cost
    return " ".join(f"{value:+g} {columns[k]}" for k, value in enumerate(cost) if value)


def _column(term: tuple[float, int]) -> int:
    return term[1]


def _name(name: tuple[str, Any]) -> str:
    component, index = name
    if index is None:
        return component
    return f"{component}[{','.join(str(k) for k in (index if isinstance(index, tuple) else (index,)))}]"
