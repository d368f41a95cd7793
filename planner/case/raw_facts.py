"""The facts of rows as read, so that a scenario's `where` selects by the same columns as everywhere else.

A row's facts are its cells, with defaults where they are empty, and what follows from its cities: jurisdiction and
tier; for a measure also the modes of the links that it opens and what its row of parks.csv says, for a park also what
its measure is.
"""

from __future__ import annotations

from planner.case.raw import RawCase, RawRow, RawTable
from planner.case.rows import TABLES
from planner.case.selecting import Facts
from planner.case.validating import names_of_case

LISTS = frozenset({"city", "needs", "requires", "signed_by"})  # columns that take several names


def columns_to_select(raw: RawCase, table: str) -> tuple[str, ...]:
    """Columns by which rows of a table can be selected."""
    own = TABLES[table].columns_of(names_of_case(raw))
    return tuple(dict.fromkeys((*own, *_FOLLOWING.get(table, ()))))


_OF_PARKS = ("industry", "form", "origin")  # columns of parks.csv by which measures are selected
_OF_MEASURES = ("name", "kind", "city", "jurisdiction", "tier", "norm", "status", "one_of", "together", "signed_by")
_FOLLOWING = {
    "cities": ("city",),
    "capacity": ("jurisdiction", "tier"),
    "measures": ("jurisdiction", "tier", "mode", *_OF_PARKS),
    "parks": _OF_MEASURES,
}
FOLLOWED = {  # tables from which such columns follow
    "capacity": ("cities",),
    "measures": ("cities", "links", "parks"),
    "parks": ("measures", "cities", "links"),
}


def facts_of_rows(raw: RawCase, table: RawTable) -> dict[int, Facts]:
    """The facts of each row of a table, by the row's number."""
    defaults = _defaults(table.name)
    cities = {row.cells["id"]: row for row in _rows(raw, "cities") if "id" in row.cells}
    opened = _opened(raw) if table.name == "measures" else {}
    parks = {row.cells["measure"]: row for row in _rows(raw, "parks") if "measure" in row.cells}
    measures = _facts_by_id(raw) if table.name == "parks" else {}
    facts: dict[int, Facts] = {}
    for row in (*table.rows, *table.astray):
        own: dict[str, tuple[str, ...]] = defaults | {c: _values(c, cell) for c, cell in row.cells.items()}
        if table.name in ("cities", "measures"):
            own.setdefault("name", own.get("id", ()))
        if table.name == "cities":
            own["city"] = own.get("id", ())
        elif table.name == "capacity":
            own |= _places(own.get("city", ()), cities)
        elif table.name == "measures":
            own |= _measure_facts(own, opened.get(row.cells.get("id", ""), []), cities)
            park = parks.get(row.cells.get("id", ""))
            own |= {c: (park.cells[c],) for c in _OF_PARKS if park is not None and c in park.cells}
        elif table.name == "parks":
            of_measure = measures.get(row.cells.get("measure", ""), {})
            own |= {c: of_measure[c] for c in _OF_MEASURES if c in of_measure}
        facts[row.number] = own
    return facts


def _facts_by_id(raw: RawCase) -> dict[str, Facts]:
    """The facts of measures, by id."""
    table = raw.tables.get("measures")
    facts = facts_of_rows(raw, table) if table is not None else {}
    return {own["id"][0]: own for own in facts.values() if own.get("id")}


def _rows(raw: RawCase, table: str) -> tuple[RawRow, ...]:
    found = raw.tables.get(table)
    return (*found.rows, *found.astray) if found else ()


def _values(column: str, cell: str) -> tuple[str, ...]:
    """The values of a cell: several in a column that takes lists."""
    return _parts(cell) if column in LISTS else (cell,)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _defaults(table: str) -> dict[str, tuple[str, ...]]:
    """Defaults of the columns that have one, as a cell would say them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, key in TABLES[table].by_name.items():
        if key.empty:
            continue  # it has no value to select by
        if isinstance(key.default, bool):
            found[name] = ("yes" if key.default else "no",)
        elif isinstance(key.default, int | float):
            found[name] = (f"{key.default:g}",)
        elif isinstance(key.default, str) and key.default:
            found[name] = (key.default,)
    return found


def _opened(raw: RawCase) -> dict[str, list[RawRow]]:
    """The links that each measure opens."""
    opened: dict[str, list[RawRow]] = {}
    for link in _rows(raw, "links"):
        for measure in _parts(link.cells.get("needs", "")):
            opened.setdefault(measure, []).append(link)
    return opened


def _places(names: tuple[str, ...], cities: dict[str, RawRow]) -> dict[str, tuple[str, ...]]:
    """Jurisdictions and tiers of cities."""
    rows = [cities[name].cells for name in names if name in cities]
    return {
        column: tuple(dict.fromkeys(cells[column] for cells in rows if column in cells))
        for column in ("jurisdiction", "tier")
    }


def _measure_facts(
    own: dict[str, tuple[str, ...]], opened: list[RawRow], cities: dict[str, RawRow]
) -> dict[str, tuple[str, ...]]:
    where = own.get("city", ())
    if not where and own.get("kind") == ("link",):
        where = tuple(dict.fromkeys(link.cells.get(end, "") for link in opened for end in ("from", "to")))
    places = _places(where, cities)
    return {
        "city": where,
        "jurisdiction": tuple(dict.fromkeys((*places["jurisdiction"], *own.get("signed_by", ())))),
        "tier": places["tier"],
        "mode": tuple(dict.fromkeys(link.cells["mode"] for link in opened if "mode" in link.cells)),
    }
