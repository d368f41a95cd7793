"""A linear program as plain data: what the compiled Pyomo model says, in arrays, with the names of rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Vector = npt.NDArray[np.float64]
Name = tuple[str, Any]  # (component, index), as in the model


@dataclass(frozen=True)
class Objective:
    """One goal as a vector: value = cost x columns + offset."""

    cost: Vector
    offset: float

    def value(self, columns: Vector) -> float:
        """The goal's value, in its own unit."""
        return float(self.cost @ columns) + self.offset


@dataclass(frozen=True)
class Column:
    """A column to add to a program."""

    lower: float
    upper: float
    integer: bool


@dataclass(frozen=True)
class Row:
    """A row to add to a program: a sum of columns, by name, between bounds."""

    terms: Mapping[Name, float]
    lower: float = -np.inf
    upper: float = np.inf


@dataclass(frozen=True)
class LinearProgram:
    """Rows between bounds, columns between bounds, some of them integer; the objectives are apart."""

    matrix: sp.csr_array  # rows x columns
    row_lower: Vector
    row_upper: Vector
    lower: Vector
    upper: Vector
    integer: npt.NDArray[np.bool_]
    rows: Mapping[Name, int]
    columns: Mapping[Name, int]
    objectives: Mapping[Name, Objective]

    def relaxed(self) -> LinearProgram:
        """The same program with every column continuous."""
        return replace(self, integer=np.zeros_like(self.integer))

    def fixed(self, values: Mapping[int, float]) -> LinearProgram:
        """The same program with some columns fixed."""
        lower, upper = self.lower.copy(), self.upper.copy()
        at = np.fromiter(values.keys(), dtype=np.int64, count=len(values))
        lower[at] = upper[at] = np.fromiter(values.values(), dtype=np.float64, count=len(values))
        return replace(self, lower=lower, upper=upper)

    def with_row_upper(self, values: Mapping[int, float]) -> LinearProgram:
        """The same program with other upper bounds on some rows."""
        upper = self.row_upper.copy()
        for row, value in values.items():
            upper[row] = value
        return replace(self, row_upper=upper)

    def without(self, components: Iterable[str]) -> LinearProgram:
        """The same program without the rows and columns of some components; their objectives go too."""
        left_out = set(components)
        rows = [k for name, k in self.rows.items() if name[0] not in left_out]
        columns = [k for name, k in self.columns.items() if name[0] not in left_out]
        return replace(
            self,
            matrix=self.matrix[rows][:, columns],
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            lower=self.lower[columns],
            upper=self.upper[columns],
            integer=self.integer[columns],
            rows={name: k for k, name in enumerate(n for n in self.rows if n[0] not in left_out)},
            columns={name: k for k, name in enumerate(n for n in self.columns if n[0] not in left_out)},
            objectives={
                name: Objective(objective.cost[columns], objective.offset)
                for name, objective in self.objectives.items()
                if name[0] not in left_out
            },
        )

    def extended(self, columns: Mapping[Name, Column], rows: Mapping[Name, Row]) -> LinearProgram:
        """The same program with more columns, which cost nothing, and more rows, which may speak of old and new columns."""
        at = dict(self.columns)
        for name in columns:
            at[name] = len(at)
        entries = [(k, at[name], value) for k, row in enumerate(rows.values()) for name, value in row.terms.items()]
        count, width = len(columns), len(at)
        more = sp.coo_array(
            ([value for _, _, value in entries], ([k for k, _, _ in entries], [j for _, j, _ in entries])),
            shape=(len(rows), width),
        )
        old = sp.csr_array((self.matrix.data, self.matrix.indices, self.matrix.indptr), shape=(len(self.row_lower), width))
        zeros = np.zeros(count)
        return replace(
            self,
            matrix=sp.csr_array(sp.vstack([old, more], format="csr")),
            row_lower=np.append(self.row_lower, [row.lower for row in rows.values()]),
            row_upper=np.append(self.row_upper, [row.upper for row in rows.values()]),
            lower=np.append(self.lower, [column.lower for column in columns.values()]),
            upper=np.append(self.upper, [column.upper for column in columns.values()]),
            integer=np.append(self.integer, np.array([column.integer for column in columns.values()], dtype=bool)),
            rows={**self.rows, **{name: len(self.row_lower) + k for k, name in enumerate(rows)}},
            columns=at,
            objectives={n: Objective(np.append(o.cost, zeros), o.offset) for n, o in self.objectives.items()},
        )

    def elastic(self, components: Iterable[str]) -> tuple[LinearProgram, dict[Name, list[int]]]:
        """The same program in which the rows of some components may be exceeded.

        Returns
        -------
        program
            With one column more for each side of each such row, by how much it is exceeded (in the row's unit).
        excess
            Row name -> those columns.
        """
        soft = set(components)
        entries: list[tuple[int, float]] = []
        excess: dict[Name, list[int]] = {}
        columns = dict(self.columns)
        for name, row in self.rows.items():
            if name[0] in soft:
                for side, bound in ((1.0, self.row_lower[row]), (-1.0, self.row_upper[row])):
                    if np.isfinite(bound):
                        columns[("Excess", (*name, side))] = len(columns)
                        excess.setdefault(name, []).append(len(columns) - 1)
                        entries.append((row, side))
        count = len(entries)
        more = sp.csr_array(
            ([side for _, side in entries], ([row for row, _ in entries], range(count))), shape=(len(self.rows), count)
        )
        zeros = np.zeros(count)
        program = replace(
            self,
            matrix=sp.csr_array(sp.hstack([self.matrix, more], format="csr")),
            lower=np.append(self.lower, zeros),
            upper=np.append(self.upper, np.full(count, np.inf)),
            integer=np.append(self.integer, zeros.astype(bool)),
            columns=columns,
            objectives={n: Objective(np.append(o.cost, zeros), o.offset) for n, o in self.objectives.items()},
        )
        return program, excess


def linear_program(model: Any) -> LinearProgram:
    """The arrays of a Pyomo model, by Pyomo's own standard-form writer (its HiGHS wrappers deadlock in threads)."""
    from pyomo.common.gc_manager import PauseGC
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

    with PauseGC():
        form = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    rows: dict[Name, int] = {}
    at: list[int] = []
    lower: list[float] = []
    upper: list[float] = []
    for k, (row, right) in enumerate(zip(form.rows, form.rhs, strict=True)):
        name = (row.constraint.parent_component().local_name, row.constraint.index())
        rows[name] = len(rows)
        at.append(k)
        lower.append(right if row.bound_type <= 0 else -np.inf)
        upper.append(right if row.bound_type >= 0 else np.inf)
    columns = {(var.parent_component().local_name, var.index()): k for k, var in enumerate(form.columns)}
    bounds = [var.bounds for var in form.columns]
    costs = form.c.toarray()
    return LinearProgram(
        matrix=sp.csr_array(form.A.tocsr()[at]),
        row_lower=np.array(lower, dtype=float),
        row_upper=np.array(upper, dtype=float),
        lower=np.array([-np.inf if low is None else low for low, _ in bounds], dtype=float),
        upper=np.array([np.inf if up is None else up for _, up in bounds], dtype=float),
        integer=np.array([not var.is_continuous() for var in form.columns], dtype=bool),
        rows=rows,
        columns=columns,
        objectives={
            (objective.parent_component().local_name, objective.index()): Objective(costs[k], float(form.c_offset[k]))
            for k, objective in enumerate(form.objectives)
        },
    )
