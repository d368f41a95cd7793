"""Damage to the files of a case: other ways to save the same, broken tables, broken references, broken keys."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.case.rows import TABLES
from tests.damage.outcomes import Damaged, Expected, Files, Honest, Named, Same

Operator = Callable[[random.Random, Files], Damaged | None]

NUMBERS: Mapping[str, tuple[str, ...]] = {  # number columns, below zero in none of them
    "cities": ("area_km2", "population", "gdp", "jobs", "people_65", "skilled", "land_quota_km2"),
    "capacity": ("capacity", "outsiders"),
    "links": ("minutes", "km"),
    "measures": ("capacity", "quantity", "capital_cost", "running_cost", "units", "build_years", "private_share"),
    "parks": ("area_km2", "jobs", "skilled_share", "output", "tax", "emissions", "origin_minutes"),
    "norms": ("capital_cost", "low", "high", "running_share", "build_years"),
    "budgets": ("amount",),
    "trips": ("trips",),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "cities": ("id", "jurisdiction", "tier", "lat", "lon"),
    "capacity": ("city", "service"),
    "links": ("id", "from", "to", "mode", "minutes"),
    "measures": ("id", "kind"),
    "parks": ("measure", "jobs"),
    "norms": ("id",),
    "budgets": ("line", "period", "amount"),
    "trips": ("from", "to"),
}
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "cities": ("airshed",),
    "capacity": ("city", "service"),
    "links": ("from", "to", "mode", "needs"),
    "measures": ("city", "service", "norm", "requires", "earliest", "latest", "start_period"),
    "parks": ("measure", "industry", "origin"),
    "budgets": ("line", "period"),
    "trips": ("from", "to"),
}
CLOSED: Mapping[str, tuple[str, ...]] = {"cities": ("tier",), "measures": ("kind", "status", "level"), "parks": ("form",)}
TEXTS: Mapping[str, tuple[str, ...]] = {
    "cities": ("name", "name_zh", "id", "jurisdiction", "note", "source"),
    "measures": ("name", "name_zh", "id", "note", "source"),
    "links": ("id", "note"),
}
NO_NUMBERS = ("abc", "n/a", "#N/A", "#REF!", "12%", "1,234", "1 234", "1'234", "1e999", "nan", "inf", "--5", "5 km", "三",
              "0x1F", "1_000", "1.2.3", "10^3", "½", "5e", "=1+1")  # fmt: skip
FORBIDDEN = ("\x07", "\x0b", "\x1b", "\x00", "\x08", "\x0c", "\x7f", "\ufffe")


@dataclass
class Table:
    """A table to be changed: its cells with the header first."""

    name: str
    cells: list[list[str]]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> list[str]:
        return self.cells[0]

    def column(self, name: str) -> int:
        return self.header.index(name)

    def filled(self, columns: Sequence[str]) -> list[tuple[int, str]]:
        """Places (row as a spreadsheet counts, column) of cells that hold something."""
        return [
            (n + 1, c)
            for c in columns
            if c in self.header
            for n, row in enumerate(self.cells)
            if n and row[self.column(c)].strip()
        ]

    def get(self, row: int, column: str) -> str:
        return self.cells[row - 1][self.column(column)]

    def put(self, row: int, column: str, value: str) -> None:
        self.cells[row - 1][self.column(column)] = value

    def text(self, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(self.cells)  # type: ignore[arg-type]
        return out.getvalue().encode("utf-8")


def table_of(files: Files, name: str) -> Table:
    """A table of a case."""
    return Table(name, list(csv.reader(io.StringIO(files[f"{name}.csv"].decode("utf-8"), newline=""))))


def some_table(chance: random.Random, files: Files, among: Sequence[str] | Mapping[str, object] = tuple(TABLES)) -> Table:
    """One of the tables that the case has."""
    return table_of(files, chance.choice([name for name in among if f"{name}.csv" in files]))


def some_place(chance: random.Random, files: Files, columns: Mapping[str, Sequence[str]]) -> tuple[Table, int, str] | None:
    """A filled cell in some of these columns."""
    table = some_table(chance, files, columns)
    places = table.filled(columns[table.name])
    return (table, *chance.choice(places)) if places else None


def with_table(files: Files, table: Table) -> dict[str, bytes]:
    """The files with a table in place of what it was."""
    return {**files, table.file: table.text()}


# Other ways to save the same


def saved_otherwise(chance: random.Random, files: Files) -> Damaged:
    """Line ends, byte order marks, quotes, blanks around cells, rows of commas, another order of columns."""
    table = some_table(chance, files)
    way = chance.choice(("crlf", "bom", "quoted", "blanks", "nbsp", "commas", "columns", "no newline", "blank row"))
    width = len(table.header)
    content = table.text()
    match way:
        case "crlf":
            content = table.text(end="\r\n")
        case "bom":
            content = b"\xef\xbb\xbf" + content
        case "quoted":
            content = table.text(quoting=csv.QUOTE_ALL)
        case "blanks" | "nbsp":
            around = " " if way == "blanks" else "\u00a0"
            table.cells = [[f"{around}{c}{around}" for c in row] for row in table.cells]
            content = table.text()
        case "commas":
            table.cells += [[""] * width for _ in range(chance.randint(1, 5))]
            content = table.text()
        case "columns":
            order = chance.sample(range(width), width)
            table.cells = [[row[n] for n in order] for row in table.cells]
            content = table.text()
        case "no newline":
            content = content.rstrip(b"\n")
        case "blank row":
            table.cells.insert(chance.randint(1, len(table.cells)), [""] * width)
            content = table.text()
    return Damaged("saved otherwise", f"{table.file}: {way}", {**files, table.file: content}, (Same(),))


def semicolons(chance: random.Random, files: Files) -> Damaged:
    """Semicolons between cells: the same, or refused where a number may be read in two ways."""
    table = some_table(chance, files)
    return Damaged("semicolons", table.file, {**files, table.file: table.text(";")}, (Honest(),))


def decimal_commas(chance: random.Random, files: Files) -> Damaged:
    """Semicolons between cells and commas in numbers, as Excel saves where the comma is the decimal sign."""
    table = some_table(chance, files, NUMBERS)
    for row, column in table.filled((*NUMBERS[table.name], "lat", "lon")):
        table.put(row, column, table.get(row, column).replace(".", ","))
    return Damaged("decimal commas", table.file, {**files, table.file: table.text(";")}, (Honest(),))


def number_otherwise(chance: random.Random, files: Files) -> Damaged | None:
    """The same number in another form."""
    found = some_place(chance, files, NUMBERS)
    if found is None:
        return None
    table, row, column = found
    old = table.get(row, column)
    try:
        value = float(old)
    except ValueError:
        return None
    new = chance.choice(("-0.0" if value == 0 else old, "-0" if value == 0 else f"+{old}", f"{value!r}", f"{value:.17e}"))
    table.put(row, column, new)
    return Damaged("number otherwise", f"{table.file} {row} {column}: {old} -> {new}", with_table(files, table), (Same(),))


# Broken tables


def _at(table: Table, row: int, column: str) -> tuple[Expected, ...]:
    return (Named(table.file, row, column),)


def _replaced(operator: str, columns: Mapping[str, Sequence[str]], new: Callable[[random.Random, str], str]) -> Operator:
    """The operator that replaces a filled cell of some columns, and expects its place to be named."""

    def damage(chance: random.Random, files: Files) -> Damaged | None:
        found = some_place(chance, files, columns)
        if found is None:
            return None
        table, row, column = found
        old = table.get(row, column)
        value = new(chance, old)
        table.put(row, column, value)
        return Damaged(operator, f"{table.file} {row} {column}: {old!r} -> {value!r}", with_table(files, table),
                       _at(table, row, column))  # fmt: skip

    return damage


def _with_control(chance: random.Random, old: str) -> str:
    at = chance.randint(1, len(old))
    return f"{old[:at]}{chance.choice(FORBIDDEN)}x{old[at:]}"


def _two_lines(chance: random.Random, old: str) -> str:
    at = chance.randint(1, max(1, len(old) - 1))
    return f"{old[:at]}{chance.choice(chr(10) + chr(9) + chr(0x2028))}x{old[at:]}"


no_number = _replaced("no number", NUMBERS, lambda chance, _: chance.choice(NO_NUMBERS))
negative = _replaced("sign", NUMBERS, lambda _, old: "-1" if old.strip("0.") == "" else f"-{old}")
unknown_name = _replaced("unknown name", REFERENCES, lambda chance, old: old + chance.choice(("x", "-2", "é", " 2")))
unknown_word = _replaced("unknown word", CLOSED, lambda chance, old: chance.choice((old[:-1], old + "s", "other", "?")))
control_character = _replaced("control character", TEXTS, _with_control)
two_lines = _replaced(
    "two lines in a name", {k: tuple(c for c in v if c.startswith(("name", "id"))) for k, v in TEXTS.items()}, _two_lines
)


def emptied(chance: random.Random, files: Files) -> Damaged | None:
    """A cell that must be filled is empty."""
    found = some_place(chance, files, NEEDED)
    if found is None:
        return None
    table, row, column = found
    if sum(bool(c.strip()) for c in table.cells[row - 1]) == 1:
        return None  # a row of nothing is no row
    table.put(row, column, chance.choice(("", " ", "\u00a0")))
    return Damaged("emptied", f"{table.file} {row} {column}", with_table(files, table), _at(table, row, column))


def doubled(chance: random.Random, files: Files) -> Damaged:
    """A row stands twice."""
    table = some_table(chance, files)
    row = chance.randint(2, len(table.cells))
    table.cells.append(list(table.cells[row - 1]))
    return Damaged("row twice", f"{table.file} {row}", with_table(files, table), (Named(table.file, len(table.cells)),))


def cells_astray(chance: random.Random, files: Files) -> Damaged:
    """A row has a cell too many or too few."""
    table = some_table(chance, files)
    row = chance.randint(2, len(table.cells))
    if chance.random() < 0.5:
        table.cells[row - 1].insert(chance.randrange(len(table.header)), "5")
    else:
        del table.cells[row - 1][chance.randrange(len(table.header))]
    return Damaged("cells astray", f"{table.file} {row}", with_table(files, table), (Named(table.file, row),))


def header_damaged(chance: random.Random, files: Files) -> Damaged | None:
    """A column that is needed is misspelt, gone or there twice."""
    table = some_table(chance, files, NEEDED)
    column = chance.choice(NEEDED[table.name])
    at = table.column(column)
    match chance.randrange(3):
        case 0:
            table.header[at] = column + chance.choice("sx2")
        case 1:
            for cells in table.cells:
                del cells[at]
        case _:
            table.header.append(column)
            table.cells[1:] = [[*cells, ""] for cells in table.cells[1:]]
    return Damaged("header", f"{table.file} {column}", with_table(files, table), (Named(table.file, 1, column),))


def unclosed_quote(chance: random.Random, files: Files) -> Damaged:
    """A quote that is never closed."""
    table = some_table(chance, files)
    lines = table.text().decode().rstrip("\n").split("\n")
    row = chance.randint(2, len(lines))
    lines[row - 1] = '"' + lines[row - 1].replace('"', "")
    content = "\n".join(lines).encode()
    return Damaged("unclosed quote", f"{table.file} {row}", {**files, table.file: content}, (Named(table.file),))


def other_bytes(chance: random.Random, files: Files) -> Damaged:
    """A byte that no UTF-8 text has, alone between commas: neither UTF-8 nor GB18030."""
    name = chance.choice([f for f in files if f.endswith((".csv", ".yaml"))])
    content = files[name]
    at = chance.randrange(len(content))
    while content[at] >= 128:  # never within a letter
        at = chance.randrange(len(content))
    return Damaged("bytes", f"{name} at {at}", {**files, name: content[:at] + b"\xff\xff" + content[at:]}, (Named(name),))


def file_gone(chance: random.Random, files: Files) -> Damaged:
    """A file that the case cannot do without is gone."""
    name = chance.choice(("case.yaml", "cities.csv", "measures.csv", "links.csv", "capacity.csv", "budgets.csv"))
    return Damaged("file gone", name, {f: c for f, c in files.items() if f != name}, (Named(name),))


def city_gone(chance: random.Random, files: Files) -> Damaged:
    """A city that other tables name is gone."""
    table = table_of(files, "cities")
    row = chance.randint(2, len(table.cells))
    city = table.get(row, "id")
    del table.cells[row - 1]
    expected = tuple(Named(f"{name}.csv", None, city) for name in ("cities", "links", "capacity"))
    return Damaged("city gone", city, with_table(files, table), expected)


# Broken keys


def keys_damaged(chance: random.Random, files: Files) -> Damaged:
    """case.yaml with a misspelt or repeated key, a tab, a list for a mapping, a wrong number."""
    lines = files["case.yaml"].decode().split("\n")
    top = [n for n, line in enumerate(lines) if line[:1].isalpha() and ":" in line]
    n = chance.choice(top)
    key, rest = lines[n].split(":", 1)
    row = None
    match chance.choice(("misspelt", "twice", "tab", "number", "period", "unclosed", "bomb", "control")):
        case "misspelt":
            what, lines[n] = "misspelt", f"{key}x:{rest}"
        case "twice":
            what = "twice"
            lines.append(f"{key}: 1")
        case "tab":
            what = "tab"
            lines.append("\tbad: 1")
        case "number":
            what, at = "format", next(m for m in top if lines[m].startswith("format:"))
            lines[at] = chance.choice(("format: one", "format: [1]", "format: 1e400", "format: {a: 1}"))
        case "period":
            what, at = "periods", next(m for m in top if lines[m].startswith("periods:"))
            lines[at] = chance.choice(
                ("periods: []", "periods: [2030-2026]", "periods: 5", "periods: [2026-2030, 2029-2035]")
            )
        case "unclosed":
            what = "unclosed"
            lines.append("more: {a: [1, 2")
        case "bomb":
            what = "bomb"
            lines.append("a: &a [x, x, x, x, x, x, x, x, x]")
            lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
        case _:
            what, at = "control", next(m for m in top if lines[m].startswith("title:"))
            lines[at] = 'title: "A{}B"'.format(chance.choice(("\\a", "\\e", "\\0", "\\v")))
    return Damaged("keys", f"case.yaml {key}: {what}", {**files, "case.yaml": "\n".join(lines).encode()},
                   (Named("case.yaml", row),))  # fmt: skip


OPERATORS: tuple[Operator, ...] = (
    saved_otherwise, saved_otherwise, semicolons, decimal_commas, number_otherwise, no_number, no_number, negative,
    unknown_name, unknown_word, control_character, two_lines, emptied, doubled, cells_astray, header_damaged,
    unclosed_quote, other_bytes, file_gone, city_gone, keys_damaged, keys_damaged,
)  # fmt: skip
