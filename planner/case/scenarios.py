"""Scenarios: named edits of tables and keys, made on what was read, before anything is checked.

So an edited case is checked like any other. An edit that names no table, column or key, or that fits no row, is an
error: a scenario that silently changes nothing would be read as an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from planner.case.declared import FrozenDict, frozen_tree
from planner.case.goals import Edit, Scenario
from planner.case.problems import Problem, Problems, did_you_mean, listed, not_one_of
from planner.case.raw import Path, RawCase, RawRow, RawTable
from planner.case.rows import TABLES, missing_columns
from planner.case.selecting import FOLLOWED, Facts, columns_to_select, complaints, facts_of_rows, fits
from planner.case.validating import names_of_case, problems_of_changes, problems_of_keys, typed_rows
from planner.case.values import UNKNOWN, as_number
from planner.files.inputs import CASE_FILE
from planner.words.said import _, said_by

BASE = "base"  # the case as its files say, without a scenario


@dataclass(frozen=True)
class _Placed:
    """An edit with its place in case.yaml."""

    keys: Edit
    path: Path


class _CannotEdit(ValueError):
    """An edit that cannot be made; carries the value and what is allowed."""

    def __init__(self, message: str, value: object = None, allowed: str | None = None) -> None:
        super().__init__(message)
        self.value, self.allowed = value, allowed


def with_scenario(raw: RawCase, name: str | None, problems: Problems) -> RawCase:
    """The case as read, with the edits of a scenario and of those that it builds on.

    Parameters
    ----------
    raw
        The case as read.
    name
        Name of the scenario; None or "base" for none.
    problems
        Takes edits that cannot be made, and a scenario that there is not.
    """
    if name is None or name == BASE or raw.document is None:
        return raw
    if name not in raw.keys("scenarios"):
        message = not_one_of(name, _("a scenario"), (BASE, *raw.keys("scenarios")))
        problems.add(raw.at_key(("scenarios",), message, name, listed((BASE, *raw.keys("scenarios")))))
        return raw
    return _edited(raw, _sound(raw, _edits(raw, name, problems), problems), problems)


def check_scenarios(raw: RawCase, problems: Problems, names: Iterable[str] | None = None) -> tuple[Problem, ...]:
    """Note every scenario, or of these each, whose edits cannot be made, or that puts a wrong value somewhere.

    Returns
    -------
    Doubts: scenarios that change nothing, so that an answer of them is one of the case as it is; and edits that another edit
    of their own scenario takes back.
    """
    doubts: list[Problem] = []
    of_old_keys = cache(lambda: problems_of_keys(raw))
    of_old_rows = cache(lambda table: facts_of_rows(raw, raw.tables[table]))

    def facts(edited: RawCase, table: RawTable) -> Mapping[int, Facts]:
        return of_old_rows(table.name) if edited.tables is raw.tables else facts_of_rows(edited, table)

    for name in raw.keys("scenarios") if names is None else names:
        if name == BASE:
            message = _("'{base}' is the case without a scenario: choose another name").format(base=BASE)
            problems.add(raw.at_key(("scenarios", name), message, name))
        edits = _sound(raw, _edits(raw, name, problems), problems)
        edited = _edited(raw, edits, problems, facts)
        for place, other in _taken_back(raw, name, edits, edited, facts):
            message = _("changes nothing: {other} of the same scenario sets all that it changes").format(other=other)
            doubts.append(raw.at_key(place, message))
        if edited.tables == raw.tables and edited.document == raw.document:
            doubts.append(raw.at_key(("scenarios", name), _("changes nothing: it is the case as it stands"), name))
        for found in problems_of_changes(raw, edited, of_old_keys):
            where = found.key if found.file == CASE_FILE else found.place
            message = _("gives a wrong value: {where}: {message}").format(where=where, message=found.message)
            problems.add(raw.at_key(("scenarios", name), message, found.value, found.allowed))
    return tuple(doubts)


def _taken_back(
    raw: RawCase, name: str, edits: list[_Placed], edited: RawCase, facts: _FactsOf
) -> Iterator[tuple[Path, str]]:
    """Edits of a scenario that change nothing since a later one of it sets the same cells or key, with that one's place."""
    own = [edit for edit in edits if edit.path[:2] == ("scenarios", name)]
    for n, edit in enumerate(own):
        later = [other for other in own[n + 1 :] if other.keys.sets and _is_of_the_same(edit.keys, other.keys)]
        if not later:
            continue
        without = _edited(raw, [other for other in edits if other is not edit], Problems(), facts)
        if without.tables == edited.tables and without.document == edited.document:
            yield edit.path, ".".join(map(str, later[-1].path[2:]))


def _is_of_the_same(edit: Edit, other: Edit) -> bool:
    """Whether two edits may change the same cells, or the second a key that holds that of the first."""
    if edit.key is not None or other.key is not None:
        return edit.key is not None and other.key is not None and f"{edit.key}.".startswith(f"{other.key}.")
    return (edit.table, edit.column) == (other.table, other.column)


def _edits(raw: RawCase, name: str, problems: Problems) -> list[_Placed]:
    """The edits of a scenario, those that it builds on first; scenarios that cannot be read have none."""
    assert raw.document is not None
    scenarios = raw.document["scenarios"]
    chain: list[str] = []
    edits: list[_Placed] = []
    here: str | None = name
    while here is not None:
        if here in chain:
            message: str = _("builds on itself: {circle}").format(circle=" -> ".join([*chain, here]))
            problems.add(raw.at_key(("scenarios", name, "based_on"), message, here))
            return []
        if here not in scenarios:
            message = not_one_of(here, _("a scenario"), scenarios)
            problems.add(raw.at_key(("scenarios", chain[-1], "based_on"), message, here, listed(scenarios)))
            return []
        try:
            keys = Scenario.read(scenarios[here])
        except ValidationError:
            return []  # what is wrong with it is noted with the other keys
        edits[:0] = [_Placed(e, ("scenarios", here, "edits", i)) for i, e in enumerate(keys.edits)]
        chain.append(here)
        here = keys.based_on
    return edits


def _sound(raw: RawCase, edits: list[_Placed], problems: Problems) -> list[_Placed]:
    """The edits without those of tables that are noted as unreadable, missing or incomplete: more would bury the cause."""
    noted = {p.file for p in problems}
    absent = {t for t in TABLES if t not in raw.tables}
    spoken_of = {"cities", "measures", *(t for t, section in _SPOKEN_OF.items() if raw.keys(section))}
    torn = {t for t in absent if t in spoken_of or f"{t}.csv" in noted}
    torn |= {t for t, table in raw.tables.items() if table.astray or missing_columns(table)}
    return [e for e in edits if torn.isdisjoint((str(e.keys.table), *FOLLOWED.get(str(e.keys.table), ())))]


_SPOKEN_OF = {"links": "modes", "capacity": "services", "budgets": "lines"}  # a case with these keys needs the table


_FactsOf = Callable[[RawCase, RawTable], Mapping[int, Facts]]  # of each row of a table


def _edited(raw: RawCase, edits: list[_Placed], problems: Problems, facts: _FactsOf = facts_of_rows) -> RawCase:
    for edit in edits:
        try:
            raw = _edit_key(raw, edit.keys) if edit.keys.key is not None else _edit_table(raw, edit.keys, facts)
        except _CannotEdit as wrong:
            problems.add(raw.at_key(edit.path, said_by(wrong), wrong.value, wrong.allowed))
    return raw


# --- tables


def _edit_table(raw: RawCase, edit: Edit, facts: _FactsOf) -> RawCase:
    name, column = str(edit.table), str(edit.column)
    if name not in TABLES:
        message = _("'{name}' is not a table of a case ({tables}).{hint}").format(
            name=name, tables=listed(TABLES), hint=did_you_mean(name, TABLES)
        )
        raise _CannotEdit(message, name, listed(TABLES))
    table = raw.tables.get(name)
    if table is None:
        raise _CannotEdit(_("this case has no {name}.csv to edit").format(name=name), name)
    columns = TABLES[name].columns_of(names_of_case(raw))
    if column not in columns:
        message = _("'{column}' is not a column of {name}.csv ({columns}).{hint}").format(
            column=column, name=name, columns=listed(columns, 40), hint=did_you_mean(column, columns)
        )
        raise _CannotEdit(message, column, listed(columns, 40))
    chosen = _rows_to_edit(raw, table, edit, facts(raw, table))
    rows = tuple(_edit_row(raw, table, row, edit) if row.number in chosen else row for row in table.rows)
    if all(old is new for old, new in zip(table.rows, rows, strict=True)):
        raise _CannotEdit(
            _("changes nothing: {column} is {unknown} in every row that it selects").format(column=column, unknown=UNKNOWN),
            column,
        )
    wider = table.columns if column in table.columns else (*table.columns, column)
    return replace(raw, tables=FrozenDict({**raw.tables, name: RawTable(name, wider, rows)}))


def _rows_to_edit(raw: RawCase, table: RawTable, edit: Edit, facts: Mapping[int, Facts]) -> frozenset[int]:
    """Numbers of the rows that an edit selects; at least one."""
    for wrong in complaints(edit.where, facts.values(), columns_to_select(raw, table.name)):
        raise _CannotEdit(_("{file}: {message}").format(file=table.file, message=wrong.message), wrong.value, wrong.allowed)
    chosen = frozenset(number for number, known in facts.items() if fits(edit.where, known))
    if not chosen:
        raise _CannotEdit(_("selects no row of {file}").format(file=table.file))
    return chosen


def _edit_row(raw: RawCase, table: RawTable, row: RawRow, edit: Edit) -> RawRow:
    column = str(edit.column)
    before = row.cells.get(column, "")
    after = _set_cell(edit.set_to) if edit.sets else _changed_cell(raw, table, row, edit)
    if after == before and before == UNKNOWN:
        return row
    cells = {c: v for c, v in row.cells.items() if c != column}
    return RawRow(row.number, FrozenDict({**cells, column: after} if after else cells))


def _set_cell(value: Any) -> str:
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ";".join(_set_cell(v) for v in value)
    if isinstance(value, Mapping):
        raise _CannotEdit(_("a cell takes a text, a number or a list, not a table of keys"))
    return str(value)


def _changed_cell(raw: RawCase, table: RawTable, row: RawRow, edit: Edit) -> str:
    """The cell after multiply or add; an empty cell counts as its default number, if it has one."""
    column = str(edit.column)
    declared = TABLES[table.name].by_name.get(column)
    has_number = declared is not None and isinstance(declared.default, float) and not declared.empty
    default: Any = declared.default if declared is not None and has_number else None
    text = row.cells.get(column, "")
    if text.lower() == UNKNOWN:
        return text
    if not text and default is None:
        hint = (
            _("; its cost comes from the norm {norm}: edit norms").format(norm=row.cells["norm"])
            if "norm" in row.cells
            else ""
        )
        raise _CannotEdit(
            _("{file}, row {number}: {column} is empty, so there is no number to change{hint}").format(
                file=table.file, number=row.number, column=column, hint=hint
            )
        )
    try:
        number = as_number(text) if text else default
    except ValueError:
        wrong = Problems()
        typed_rows(RawTable(table.name, (column,), (row,)), names_of_case(raw), wrong)
        if any(p.row == row.number and p.column == column for p in wrong):
            return text  # noted with the table: the edit is not what is wrong
        said = _("{file}, row {number}: {column} is '{text}', not a number to change").format(
            file=table.file, number=row.number, column=column, text=text
        )
        raise _CannotEdit(said, text) from None
    after = edit.changed(float(number))
    return text if text and after == number else repr(after)


# --- keys


def _edit_key(raw: RawCase, edit: Edit) -> RawCase:
    path = str(edit.key).split(".")
    if path[0] == "scenarios":
        raise _CannotEdit(_("a scenario cannot change scenarios"), edit.key)
    return replace(raw, document=_at(raw.document, path, path, edit))


def _at(keys: Any, path: list[str], whole: list[str], edit: Edit) -> Any:
    """The same keys with the one at the path changed."""
    part, rest = path[0], path[1:]
    here = ".".join(whole[: len(whole) - len(path)]) or CASE_FILE
    if isinstance(keys, tuple):
        place = _place_in(keys, part, here)
        changed = _at(keys[place], rest, whole, edit) if rest else _new_value(keys[place], edit, whole)
        return (*keys[:place], changed, *keys[place + 1 :])
    if not isinstance(keys, Mapping):
        raise _CannotEdit(_("{here} is a single value: there is no {part} under it").format(here=here, part=part), edit.key)
    if part not in keys and (rest or not edit.sets):
        said = _("there is no {part} under {here} ({keys}).{hint}").format(
            part=part, here=here, keys=listed(keys), hint=did_you_mean(part, keys)
        )
        raise _CannotEdit(said, edit.key)
    changed = _at(keys[part], rest, whole, edit) if rest else _new_value(keys.get(part), edit, whole)
    return FrozenDict({**keys, part: changed})


def _place_in(items: tuple[Any, ...], part: str, here: str) -> int:
    """The place of an item of a list, by its id or its number from 0."""
    ids = [str(item.get("id", i)) if isinstance(item, Mapping) else str(i) for i, item in enumerate(items)]
    if part in ids:
        return ids.index(part)
    if part.isdecimal() and len(part) < 6 and int(part) < len(items):
        return int(part)
    said = _("there is no {part} in {here} ({ids}).{hint}").format(
        part=part, here=here, ids=listed(ids), hint=did_you_mean(part, ids)
    )
    raise _CannotEdit(said, part, listed(ids))


def _new_value(old: Any, edit: Edit, whole: list[str]) -> Any:
    if edit.sets:
        return frozen_tree(edit.set_to)
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise _CannotEdit(_("{whole} is not a number to change").format(whole=".".join(whole)), old)
    return edit.changed(float(old))
