"""A linear program as plain data: what the compiled Pyomo model says, in arrays, with the names of rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    """A column to add: its coefficients by row, and its bounds."""

    entries: Mapping[int, float]
    lower: float = 0.0
    upper: float = np.inf
    integer: bool = False


@dataclass(frozen=True)
class Row:
    """A row to add: its coefficients by column, and its bounds."""

    entries: Mapping[int, float]
    lower: float = -np.inf
    upper: float = np.inf


@dataclass(frozen=True)
class Sum:
    """A row to add: its coefficients by the names of columns, and its bounds."""

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

    def with_coefficients(self, values: Mapping[tuple[int, int], float]) -> LinearProgram:
        """The same program with other coefficients of some columns in some rows: (row, column) -> coefficient."""
        if not values:
            return self
        found = self.matrix.tocoo()
        row, column = np.array(list(values), dtype=found.row.dtype).T
        width = self.matrix.shape[1]
        kept = ~np.isin(found.row * np.int64(width) + found.col, row * np.int64(width) + column)
        data = np.concatenate([found.data[kept], np.array(list(values.values()), dtype=float)])
        places = np.concatenate([found.row[kept], row]), np.concatenate([found.col[kept], column])
        matrix = sp.csr_array((data, places), shape=self.matrix.shape)
        matrix.eliminate_zeros()
        return replace(self, matrix=matrix)

    def freed(self, rows: Iterable[Name]) -> LinearProgram:
        """The same program in which some rows ask for nothing."""
        at = [self.rows[name] for name in rows]
        lower, upper = self.row_lower.copy(), self.row_upper.copy()
        lower[at], upper[at] = -np.inf, np.inf
        return replace(self, row_lower=lower, row_upper=upper)

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

    def extended(self, columns: Mapping[Name, Column], sums: Mapping[Name, Sum]) -> LinearProgram:
        """The same program with more columns, and with more rows that may speak of old and new columns."""
        wide = self.with_columns(columns)
        rows = {
            name: Row({wide.columns[term]: value for term, value in row.terms.items()}, row.lower, row.upper)
            for name, row in sums.items()
        }
        return wide.with_rows(rows)

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
        new: dict[Name, Column] = {}
        excess: dict[Name, list[int]] = {}
        for name, row in self.rows.items():
            if name[0] in soft:
                for side, bound in ((1.0, self.row_lower[row]), (-1.0, self.row_upper[row])):
                    if np.isfinite(bound):
                        excess.setdefault(name, []).append(len(self.columns) + len(new))
                        new["Excess", (*name, side)] = Column({row: side})
        return self.with_columns(new), excess

    def with_columns(self, new: Mapping[Name, Column]) -> LinearProgram:
        """The same program with more columns, at its end; they cost nothing in any objective."""
        entries = [(row, k, value) for k, column in enumerate(new.values()) for row, value in column.entries.items()]
        more = _sparse(entries, (len(self.rows), len(new)))
        zeros = np.zeros(len(new))
        return replace(
            self,
            matrix=sp.csr_array(sp.hstack([self.matrix, more], format="csr")),
            lower=np.append(self.lower, [column.lower for column in new.values()]),
            upper=np.append(self.upper, [column.upper for column in new.values()]),
            integer=np.append(self.integer, np.array([column.integer for column in new.values()], dtype=bool)),
            columns={**self.columns, **{name: len(self.columns) + k for k, name in enumerate(new)}},
            objectives={n: Objective(np.append(o.cost, zeros), o.offset) for n, o in self.objectives.items()},
        )

    def with_rows(self, new: Mapping[Name, Row]) -> LinearProgram:
        """The same program with more rows, at its end."""
        entries = [(k, column, value) for k, row in enumerate(new.values()) for column, value in row.entries.items()]
        more = _sparse(entries, (len(new), len(self.columns)))
        return replace(
            self,
            matrix=sp.csr_array(sp.vstack([self.matrix, more], format="csr")),
            row_lower=np.append(self.row_lower, [row.lower for row in new.values()]),
            row_upper=np.append(self.row_upper, [row.upper for row in new.values()]),
            rows={**self.rows, **{name: len(self.rows) + k for k, name in enumerate(new)}},
        )

    def with_column_upper(self, values: Mapping[int, float]) -> LinearProgram:
        """The same program with other upper bounds on some columns."""
        upper = self.upper.copy()
        for column, value in values.items():
            upper[column] = value
        return replace(self, upper=upper)


def _sparse(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sp.csr_array:
    """A sparse matrix of (row, column, value)."""
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sp.csr_array((np.array(values, dtype=float), (rows, columns)), shape=shape)


def restated(
    model: Any, program: LinearProgram, names: Collection[str], bounded: Mapping[Name, tuple[float | None, float | None]]
) -> LinearProgram | None:
    """The arrays of a Pyomo model of which some rows and objectives, and the bounds of some columns, are others now.

    Parameters
    ----------
    program
        What it was before.
    names
        Components that were stated anew.
    bounded
        New bounds of columns.

    Returns
    -------
    The same as `linear_program` has; None where other rows or columns appear than before, so that it has to be asked.
    """
    from pyomo import core

    both = (core.Constraint, core.Objective)
    kept = [component for component in model.component_objects(both) if component.local_name not in names]
    for component in kept:
        component.deactivate()
    part = linear_program(model)
    for component in kept:
        component.activate()
    old = np.array([k for name, k in program.rows.items() if name[0] in names], dtype=np.int64)
    where = [program.columns.get(name, -1) for name in part.columns]
    same_rows = list(part.rows) == [name for name in program.rows if name[0] in names]
    if not same_rows or min(where, default=0) < 0:
        return None
    at = np.array(where, dtype=np.int64)
    matrix = _with_rows_of(program.matrix, old, part.matrix, at)
    objectives = dict(program.objectives)
    for name, objective in part.objectives.items():
        cost = np.zeros(len(program.lower))
        cost[at] = objective.cost
        objectives[name] = Objective(cost, objective.offset)
    row_lower, row_upper, lower, upper = (
        ends.copy() for ends in (program.row_lower, program.row_upper, program.lower, program.upper)
    )
    row_lower[old], row_upper[old] = part.row_lower, part.row_upper
    for name, (least, most) in bounded.items():
        if name in program.columns:
            k = program.columns[name]
            lower[k], upper[k] = -np.inf if least is None else least, np.inf if most is None else most
    found = replace(
        program, matrix=matrix, row_lower=row_lower, row_upper=row_upper, lower=lower, upper=upper, objectives=objectives
    )
    return found if np.array_equal(_spoken_of(found), _spoken_of(program)) else None


def _with_rows_of(matrix: sp.csr_array, rows: Any, part: sp.csr_array, columns: Any) -> sp.csr_array:
    """A matrix with other rows at some places, given by the columns that they are about."""
    others = np.setdiff1d(np.arange(matrix.shape[0]), rows)
    new = sp.csr_array((part.data, columns[part.indices], part.indptr), shape=(len(rows), matrix.shape[1]))
    both = sp.csr_array(sp.vstack([matrix[others], new], format="csr"))
    found = sp.csr_array(both[np.argsort(np.concatenate([others, rows]))])
    found.sort_indices()
    return found


def _spoken_of(program: LinearProgram) -> npt.NDArray[np.bool_]:
    """The columns that some row or objective is about."""
    found = np.zeros(len(program.lower), dtype=bool)
    found[program.matrix.indices] = True
    for objective in program.objectives.values():
        found |= objective.cost != 0
    return found


def linear_program(model: Any, check: Callable[[], None] = lambda: None) -> LinearProgram:
    """The arrays of a Pyomo model, by Pyomo's own standard-form writer (its HiGHS wrappers deadlock in threads).

    Parameters
    ----------
    check
        Called before each row; what it raises ends the work.
    """
    from pyomo.common.gc_manager import PauseGC
    from pyomo.repn.linear import LinearRepnVisitor
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler, _LinearStandardFormCompiler_impl

    class Visitor(LinearRepnVisitor):  # type: ignore[misc]
        """Asks before each expression whether to go on."""

        def walk_expression(self, expression: Any) -> Any:
            check()
            return super().walk_expression(expression)

    class Writer(_LinearStandardFormCompiler_impl):  # type: ignore[misc]
        """Pyomo's writer, which leaves this hook for its visitor."""

        _get_visitor = Visitor

    with PauseGC():
        config = LinearStandardFormCompiler().config({"mixed_form": True, "set_sense": None})
        form = Writer(config).write(model)
    names: dict[int, str] = {}  # Pyomo works out a component's name each time it is asked

    def name(data: Any) -> Name:
        component = data.parent_component()
        if id(component) not in names:
            names[id(component)] = component.local_name
        return names[id(component)], data.index()

    rows: dict[Name, int] = {}
    at: list[int] = []
    lower: list[float] = []
    upper: list[float] = []
    for k, (row, right) in enumerate(zip(form.rows, form.rhs, strict=True)):
        rows[name(row.constraint)] = len(rows)
        at.append(k)
        lower.append(right if row.bound_type <= 0 else -np.inf)
        upper.append(right if row.bound_type >= 0 else np.inf)
    columns = {name(var): k for k, var in enumerate(form.columns)}
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
            name(objective): Objective(costs[k], float(form.c_offset[k])) for k, objective in enumerate(form.objectives)
        },
    )
