"""Writing a case back as a folder: as it was read, or as it was filled in.

As read: the same files with the same texts, comments and scenarios included. Filled: every default, norm and number by
period written out, the scenario applied and no scenarios left; it reads back as the same question (equal content
hash), whatever later versions take as defaults.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.case.case import Case
from planner.case.csv_cells import harmless
from planner.case.declared import FrozenDict, Thing, unfrozen
from planner.case.effects import Effect
from planner.case.keys import yaml_text
from planner.case.money import Budget
from planner.case.naming import named_elsewhere
from planner.case.places import TODAY, Row, Trip
from planner.case.raw import RawCase
from planner.case.rows import TABLES
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.values import UNKNOWN
from planner.files.inputs import CASE_FILE
from planner.words import unprintable
from planner.words.said import _

Cells = Mapping[str, Any]


def write_case(case: Case, folder: str | os.PathLike[str], filled: bool = False) -> None:
    """Write a case as a folder that reads back equal.

    Parameters
    ----------
    case
        The case.
    folder
        Where to; made if it is not there. A folder that holds files is refused, so that two cases never mix.
    filled
        False: as read, with its scenarios. True: filled in, the scenario applied, without scenarios.

    Raises
    ------
    FileExistsError
        The folder holds files already.
    ValueError
        A case that was not read from files cannot be written as read.
    """
    if not filled and not isinstance(case.source, RawCase):
        raise ValueError("this case was not read from files: write it with filled=True")
    texts = filled_texts(case) if filled else dict(case.source.texts)
    write_texts(texts, folder)


def write_texts(texts: Mapping[str, str], folder: str | os.PathLike[str]) -> None:
    """Write files into a new or empty folder."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(
            _("{target} holds files already; a case is written to a folder of its own").format(target=target)
        )
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def filled_texts(case: Case) -> dict[str, str]:
    """The files of a case with everything filled in, by name."""
    texts = {CASE_FILE: yaml_text(filled_keys(case))}
    spoken_of = {"cities", "measures"}  # tables that the case cannot be read without, even if they are empty
    spoken_of |= {t for t, used in (("links", case.modes), ("capacity", case.services), ("budgets", case.lines)) if used}
    known = {"periods": case.period_ids, "people": case.people}
    for table, rows in _filled_rows(case).items():
        if rows or table in spoken_of:
            texts[f"{table}.csv"] = table_text(table, rows, extra=tuple(TABLES[table].of_case(known)))
    if case.sources:
        texts[SOURCES] = case.sources
    if case.boundaries is not None:
        texts[BOUNDARIES] = case.boundaries
    return texts


# --- case.yaml


def filled_keys(case: Case) -> dict[str, Any]:
    """The keys of case.yaml with every default written out."""
    keys = keys_of(case)
    del keys["scenarios"]
    keys["names"] = {name: said for name, said in keys["names"].items() if name in named_elsewhere(case)}
    keys["periods"] = [p.label for p in case.periods]
    keys["effects"] = {}
    for effect in case.effects:
        keys["effects"].setdefault(effect.measure, []).append({effect.key: keys_of(effect)})
    plain: dict[str, Any] = unfrozen(keys if keys["names"] else {key: v for key, v in keys.items() if key != "names"})
    return plain


def keys_of(thing: Thing) -> dict[str, Any]:
    """What stands under the keys of a thing; nothing for those that say nothing."""
    found: dict[str, Any] = {}
    for key in thing.declares().values():
        value = getattr(thing, key.field)
        if key.field not in thing.silent and value is not None and not (key.empty and value == key.default):
            found[key.name] = _written(value)
    return found


def _written(value: Any) -> Any:
    """A value with the keys of the things within it."""
    if isinstance(value, Effect):
        return {value.key: keys_of(value)}
    if isinstance(value, Thing):
        return keys_of(value)
    if isinstance(value, Mapping):
        return {name: _written(v) for name, v in value.items()}
    return [_written(v) for v in value] if isinstance(value, list | tuple) else value


# --- tables


def table_text(table: str, rows: Iterable[Cells], extra: tuple[str, ...] = ()) -> str:
    """A table as the text of a CSV file; columns that are empty in every row are left out.

    Parameters
    ----------
    table
        Name of the table.
    rows
        Cells by column: texts, numbers, booleans, lists, or None for empty.
    extra
        Columns named after the case, such as population_2030.
    """
    cells = [{column: _cell(value) for column, value in row.items()} for row in rows]
    fixed, needed = TABLES[table].columns, TABLES[table].needed
    columns = [c for c in (*fixed[:-3], *extra, *fixed[-3:]) if c in needed or any(row.get(c) for row in cells)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writerow({column: harmless(column) for column in columns})
    writer.writerows({column: harmless(cell) for column, cell in row.items()} for row in cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        return ";".join(f"{name}:{_cell(share)}" for name, share in value.items())
    if isinstance(value, list | tuple):
        return ";".join(_cell(v) for v in value)
    return unprintable.lines(str(value))


def _filled_rows(case: Case) -> dict[str, list[Cells]]:
    budgets = [
        Budget(line=x.id, period=p, amount=x.amount[p], minimum=x.minimum[p])
        for x in case.lines.values()
        for p in case.period_ids
    ]
    trips = [Trip(from_city=i, to_city=j, trips=trips) for (i, j), trips in case.trips.items()]
    unknown: Any = FrozenDict(dict.fromkeys((TODAY, *case.period_ids), UNKNOWN))
    stocks = [stock if stock.amount is not None else replace(stock, amount=unknown) for stock in case.capacity.values()]
    things: dict[str, Iterable[Row]] = {
        "cities": case.cities.values(), "capacity": stocks, "links": case.links.values(), "measures": case.measures.values(),
        "parks": case.parks.values(), "norms": case.norms.values(), "budgets": budgets, "trips": trips,
        "facts": case.facts.values(), "benchmarks": case.benchmarks,
    }  # fmt: skip
    return {table: [kind.cells_of(row) for row in things[table]] for table, kind in TABLES.items()}
