"""Plausible faults of typing in a real case: what a tired official does to a table, and a reader should notice.

Stated beforehand is what must be noticed, not what can be: a figure of another magnitude where all others of its kind
are alike, columns swapped, a column in another unit, a row twice, a sign, a lost decimal point.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.damage.outcomes import Damaged, Files, Named
from tests.damage.tables import Operator, Table, some_place, table_of, with_table

NOTICED: Mapping[str, tuple[str, ...]] = {  # one cell a thousand times too large or too small is noticed here
    "cities": ("area_km2", "population", "people_65", "people_18_22", "gdp", "jobs"),
    "capacity": ("capacity",),
    "links": ("minutes", "km"),
    "measures": ("quantity",),
    "parks": ("jobs", "output", "area_km2"),
    "norms": ("capital_cost",),
}
BY_A_THOUSAND = (1e3, 1e4, 1e5, 1e-3, 1e-4)
TOO_MUCH = (1e3, 1e4, 1e5)
LARGE: Mapping[str, tuple[str, ...]] = {"budgets": ("amount",), "measures": ("capital_cost",), "parks": ("tax", "emissions")}
SWAPPED = (
    ("cities", "lat", "lon"), ("cities", "population", "area_km2"), ("cities", "gdp", "population"),
    ("links", "minutes", "km"), ("cities", "population", "people_65"), ("parks", "jobs", "area_km2"),
    ("links", "mode", "from"), ("budgets", "line", "period"), ("capacity", "city", "service"), ("norms", "low", "high"),
)  # fmt: skip
UNITS = (  # a whole column in another unit: what the column is multiplied by, and what was meant
    ("cities", "population", 1e-4, "ten thousand people"), ("cities", "population", 1e-3, "thousands"),
    ("cities", "area_km2", 1e6, "square metres"), ("cities", "area_km2", 100.0, "hectares"),
    ("links", "km", 1000.0, "metres"), ("links", "minutes", 60.0, "seconds"), ("links", "minutes", 1 / 60, "hours"),
    ("capacity", "capacity", 1e-4, "ten thousands"), ("capacity", "capacity", 1e3, "a thousand times too many"),
    ("measures", "quantity", 1000.0, "metres"), ("norms", "capital_cost", 1000.0, "millions"),
    ("norms", "capital_cost", 10.0, "hundreds of millions"), ("budgets", "amount", 1e3, "millions"),
    ("cities", "jobs", 1e3, "a thousand times too many"), ("parks", "jobs", 1e3, "a thousand times too many"),
)  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e15 else repr(value)


def _times(table: Table, row: int, column: str, factor: float) -> str | None:
    old = table.get(row, column)
    try:
        value = float(old)
    except ValueError:
        return None
    if value == 0:
        return None
    table.put(row, column, _number(value * factor))
    return f"{table.file} {row} {column}: {old} -> {table.get(row, column)}"


def magnitude(chance: random.Random, files: Files) -> Damaged | None:
    """One figure a thousand times (or more) too large or too small."""
    columns, factors = chance.choice(((NOTICED, BY_A_THOUSAND), (NOTICED, BY_A_THOUSAND), (LARGE, TOO_MUCH)))
    found = some_place(chance, files, columns)
    if found is None:
        return None
    table, row, column = found
    what = _times(table, row, column, chance.choice(factors))
    decided = Named(table.file, row, "status")  # decided measures that are dearer than all money are refused
    expected = (Named(table.file, row, column), *((decided,) if column == "capital_cost" else ()))
    return Damaged("magnitude", what, with_table(files, table), expected) if what else None


def swapped(chance: random.Random, files: Files) -> Damaged | None:
    """Two cells of a row in each other's place."""
    name, one, other = chance.choice(SWAPPED)
    table = table_of(files, name)
    rows = sorted({row for row, _ in table.filled((one,))} & {row for row, _ in table.filled((other,))})
    if not rows:
        return None
    row = chance.choice(rows)
    a, b = table.get(row, one), table.get(row, other)
    table.put(row, one, b)
    table.put(row, other, a)
    return Damaged("swapped", f"{table.file} {row}: {one} <-> {other}", with_table(files, table),
                   (Named(table.file, row, one), Named(table.file, row, other), Named("case.yaml", None, b)))  # fmt: skip


def wrong_unit(chance: random.Random, files: Files) -> Damaged | None:
    """A whole column in another unit."""
    name, column, factor, meant = chance.choice(UNITS)
    table = table_of(files, name)
    for row, _ in table.filled((column,)):
        _times(table, row, column, factor)
    expected = [Named(table.file, None, column)]
    if column == "capacity":  # what moves is compared with what there is, where the case says what moves
        expected.append(Named("case.yaml"))
    return Damaged("wrong unit", f"{table.file} {column} in {meant}", with_table(files, table), tuple(expected))


def under_another_id(chance: random.Random, files: Files) -> Damaged:
    """A city or a link stands twice, the second time under another id."""
    table = table_of(files, chance.choice(("cities", "links")))
    row = chance.randint(2, len(table.cells))
    table.cells.append(list(table.cells[row - 1]))
    table.put(len(table.cells), "id", table.get(row, "id") + "-2")
    return Damaged("twice under another id", f"{table.file} {row}", with_table(files, table),
                   (Named(table.file, len(table.cells)),))  # fmt: skip


def sign(chance: random.Random, files: Files) -> Damaged | None:
    """A minus before a figure, seats among them."""
    columns = {**NOTICED, "budgets": ("amount",), "cities": (*NOTICED["cities"], "lat", "lon")}
    found = some_place(chance, files, columns)
    if found is None:
        return None
    table, row, column = found
    what = _times(table, row, column, -1.0)
    return Damaged("sign typed", what, with_table(files, table), (Named(table.file, row, column),)) if what else None


def decimal(chance: random.Random, files: Files) -> Damaged | None:
    """A decimal point lost, moved by two places in a seat, or a comma in its place."""
    columns = {"cities": ("lat", "lon"), "links": ("minutes", "km")}
    found = some_place(chance, files, columns)
    if found is None:
        return None
    table, row, column = found
    old = table.get(row, column)
    if "." not in old:
        return None
    new = chance.choice((old.replace(".", ""), old.replace(".", ","), old.replace(".", "..")))
    if column in ("lat", "lon"):
        new = chance.choice((new, _number(float(old) / 10), _number(float(old) / 100)))
    table.put(row, column, new)
    return Damaged("decimal", f"{table.file} {row} {column}: {old} -> {new}", with_table(files, table),
                   (Named(table.file, row, column),))  # fmt: skip


def seat_of_another(chance: random.Random, files: Files) -> Damaged:
    """A city's seat a few hundred kilometres from where its roads say."""
    table = table_of(files, "cities")
    row = chance.randint(2, len(table.cells))
    far = chance.choice((-1, 1)) * chance.uniform(3.0, 6.0)
    column = chance.choice(("lat", "lon"))
    old = table.get(row, column)
    table.put(row, column, f"{float(old) + far:.2f}")
    what = f"cities.csv {row} {column}: {old} -> {table.get(row, column)}"
    places = (Named("cities.csv", row, column), Named("links.csv", None, "km"), Named("links.csv", None, "minutes"))
    return Damaged("seat far off", what, with_table(files, table), places)


OPERATORS: tuple[Operator, ...] = (magnitude, magnitude, magnitude, swapped, wrong_unit, under_another_id, sign, decimal,
                                   seat_of_another)  # fmt: skip
