"""The description of the case format, docs/case-format.md, made from the schema so that it cannot go out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_origin

from planner.case.case import CaseKeys
from planner.case.columns import code, default_words, value_words
from planner.case.declared import FrozenDict, Key, Thing, depth_of, things_in
from planner.case.effects import EFFECTS
from planner.case.facts import FACTS
from planner.case.magnitudes import plausible
from planner.case.places import Row
from planner.case.rows import TABLES, TableKind
from planner.case.selecting import CITY_COLUMNS, MEASURE_COLUMNS
from planner.case.tables import LARGEST_FILE, LARGEST_KEYS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from planner.case.workbook_file import LARGEST_FILE as BOOK_FILE
from planner.case.workbook_file import LARGEST_UNZIPPED
from planner.programme.keys import ProgrammeKeys

INTRODUCTION = f"""\
# The case format

<!-- made by docs.case_format from the schema: change it there -->

A case is a folder with `case.yaml` and tables. Tables are CSV files in UTF-8 (also with a byte order mark), with comma
or semicolon between cells and the header in row 1. An unknown key, column or table is an error; an empty cell takes the
default. Other files and folders in the case's folder (README.md, expected.yaml) are left alone, and so is the order of
columns. An apostrophe in front of what a spreadsheet would take for a formula is not part of the text: in a CSV file `'=A1`
is the text =A1, and so it is written. A table has at most {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns and
{MOST_CELLS:,} cells, a file at most {LARGEST_FILE // 1_000_000} MB, and case.yaml {LARGEST_KEYS // 1_000_000} MB.

The same case can be one Excel workbook: a sheet a table, and the sheet `case` with a key a row (`money.unit`, `periods[1]`,
`goals[1]`); lists of keys are written there as in `case.yaml`. `planner init mycase.xlsx` and `planner export CASE --xlsx`
make one, with drop-downs, limits and units. The name of a sheet may have capital letters or blanks at its ends. A workbook
has at most {BOOK_FILE // 1_000_000} MB, {LARGEST_UNZIPPED // 1_000_000} MB unzipped, and {MOST_CELLS:,} cells that are not
blank, none of them farther out than a table reaches.

Periods are named by their last year: `2035` is the period 2031-2035. A name has no `;`, `:`, `,`, `.`, quotes or
brackets in it. What people read as a name or a unit stands in one line; no text may hold control characters or signs that
turn the order of letters, which may come along when text is pasted. Numbers have a point for decimals and nothing between
thousands. In `case.yaml` write `true` and `false`; unquoted `yes`, `no`, `on`, `off` and times such as 60:40 are refused,
since YAML takes them for something else.

Tables may be written in Chinese: a column may have the heading that the page shows for it in Chinese (人口, 起点,
人口_2030), 是 and 否 stand for yes and no, `；` for `;`, and a period may have 年 behind it (2030年).

A **selection** names columns and values: `{{kind: link, tier: [small, secondary]}}`. All columns must hold, a list means
any of its values, `''` an empty cell, `{{}}` everything. A value that there cannot be is an error; see below.
"""

PROGRAMME = """\
# The format of a programme

<!-- made by docs.case_format from the schema: change it there -->

A programme is a folder with `programme.yaml`, which names the cases that take part and the lines that they share
([programme.md](programme.md) says how one is made and read). An unknown key is an error; numbers, names and `true` and
`false` are written as in [case.yaml](case-format.md). All members need the same periods, unit of money and year of prices,
and each of them a line of the name of each shared line: without debts, without a minimum, without transfers from it and
without a limit on what it is left to run. The first goal of a member must be one figure about gaps (`gaps`, `worst_city`,
`worst_share` or a sum of these).
"""
FIGURES = f"""\
## How tables are read

Tables that are not UTF-8 are read as GB18030, which is said in a warning with a few words to check; a text that may be of
Western Europe is refused. Full-width digits (１２３) are digits.

In a table with commas between the cells a point stands before decimals, and a comma in a number is refused. In a table with
semicolons each column of numbers shows its decimal sign, a point or a comma, by a figure that can only be a decimal: 12.5,
0.125, 1234.567. All figures of the column are read by it, so that 12,345 beside 0,5 is a little more than twelve. Where a
column has only figures such as 50.000, which may be fifty or fifty thousand, each is refused with what to write instead
(50000 or 50.0), and so is a column with both signs. Signs between thousands (1 234, 1'234, 1,234.5) and counts in 万 or 亿
are refused with the number to write.

## What is warned of

A **selection** that no row fits, though one could (a line that pays for hubs, in a case without hubs), is a warning. It is
an error where something is needed: destinations of a standard, cities of a goal, a rule with a minimum, an edit of a
scenario. So is a name of a city, service, mode, norm or industry that the case does not have, and a word that a column does
not take.

Figures of another magnitude are warned of with file, row and column, what would be expected and what to check. A figure is
doubted where it is not plausible by itself, and where it is far from the other rows of its column: by more than a factor
from the median ({plausible.FACTOR:g} for figures per head and per unit, {plausible.FACTOR_OF_SIZES:g} where sizes differ by
nature) and more than {plausible.SPREADS:g} times their spread. The limits, with the reason for each, stand in
`planner/case/magnitudes/plausible.py`:

- people in heads (at least {plausible.LEAST_PEOPLE:,.0f}), and {plausible.LEAST_DENSITY:g} to
  {plausible.MOST_DENSITY:,.0f} of them on a km2; groups, gdp, jobs and skilled people against them; land for parks against
  the area; more than {plausible.GROWTH_MOST:g} of growth a year; jobs wanted that are next to nothing in every row;
- seats far from the others, in each other's place, twice the same, less than {plausible.LEAST_APART:g} km apart, or at odds
  with the lengths of their links; jurisdictions that differ only by capitals, blanks or full-width letters;
- stocks from {plausible.STOCK_LEAST:g} to {plausible.STOCK_MOST:g} times what the standard asks for, what of them is in use,
  and what measures add;
- links from {plausible.SHORTEST:g} (roads {plausible.SHORTEST_ROAD:g}) to {plausible.LONGEST:g} times the great circle,
  {plausible.SLOWEST:g} to {plausible.FASTEST:g} km/h ({plausible.FASTEST_ROAD:g} on roads), alike within a mode, and in as
  many minutes as kilometres for most links of a mode; a core city with one link only;
- costs of a unit, of its capacity and of a year, or none at all of what is built; kilometres of a measure against its link;
  norms against their range;
- budgets of a line from period to period, and all of them against all that can be built; those of a line against all that
  it may pay for, and lines that nobody pays into; debt, rates above {plausible.RATE_MOST:g} and reserves above
  {plausible.RESERVE_MOST:g};
- standards that change by more than a factor {plausible.FACTOR_OF_STANDARDS:g} from one period to the next, minutes within
  which nobody gets anywhere, half a per cent where half is meant, costs that may be {plausible.TIMES_MOST:g} times as
  stated;
- parks against people, land and output; trips.
"""


def case_format_markdown() -> str:
    """The whole description as the text of a Markdown file."""
    return "\n".join(_parts()) + "\n"


def programme_format_markdown() -> str:
    """The keys of programme.yaml as the text of a Markdown file."""
    parts = [PROGRAMME, "## programme.yaml\n", *_thing(ProgrammeKeys)]
    for key in ProgrammeKeys.declares().values():
        parts += _section(key)
    return "\n".join(parts).rstrip() + "\n"


def _parts() -> Iterator[str]:
    yield INTRODUCTION
    yield f"Cities are selected by {code(CITY_COLUMNS)}; measures by {code(MEASURE_COLUMNS)}.\n"
    yield FIGURES
    yield "## case.yaml\n"
    yield from _thing(CaseKeys)
    for key in CaseKeys.declares().values():
        yield from _section(key)
    for name, kind in TABLES.items():
        yield f"## {name}.csv\n"
        yield f"{first_line(kind.row)} {_unique(kind.key)}\n"
        yield from _table(_columns(kind))
        if name == "facts":
            yield from _facts()
    yield "## Columns that every table may have\n"
    yield f"{first_line(Row)}\n"
    yield from _table((key.name, key) for key in Row.declares().values())
    yield "## Other files\n"
    yield (
        "`SOURCES.md` says where the figures come from. `boundaries.geojson` is for the map alone: polygons in degrees with "
        "the property `city` are the areas of cities; polygons with `land` true are the land. Without areas the map draws "
        "what is nearest to each seat, cut to the land."
    )


UNDER: Mapping[str, str] = {  # what the names under a key are, where the word name would not say it
    "names": "jurisdiction, holder or head count", "effects": "measure",
}  # fmt: skip
OF = {
    "border_minutes": "border_minutes, of a mode", "pairs": "pairs, of border_minutes: list of",
    "borrow": "borrow, of a line", "reserve": "reserve, of a line: list of", "after": "after, of a line",
    "edits": "edits of a scenario: list of",
}  # fmt: skip


def _section(key: Key) -> Iterator[str]:
    """What stands under a key of case.yaml."""
    kinds = things_in(key.kind)
    if not kinds:
        return
    under = f"{UNDER.get(key.name, 'name')} ->" if _is_named(key.kind) else ""
    in_list = "list of" if depth_of(key.kind) > bool(under) else ""
    title = OF.get(key.name) or ": ".join(part for part in (key.name, " ".join(filter(None, (under, in_list)))) if part)
    yield f"### {title}\n"
    if key.name == "effects":
        yield "What a measure does while it serves, beside the links it opens and the capacity it adds: one of these keys.\n"
        yield from _lines((f"`{name}`", effect.title, "keys, see below", "", "none") for name, effect in EFFECTS.items())
        for name, effect in EFFECTS.items():
            yield f"### {name}, an effect\n"
            yield from _thing(effect)
        return
    if key.name == "in_force":
        yield "What holds from the start, with no measure behind it; other effects are said where they belong.\n"
        yield "| effect | in force |\n| --- | --- |"
        for name, effect in EFFECTS.items():
            yield f"| `{name}` | {effect.instead or 'may be in force'} |"
        yield ""
        return
    yield from _thing(kinds[0])
    for inner in kinds[0].declares().values():
        yield from _section(inner)


def _is_named(kind: Any) -> bool:
    """Whether names stand under a key."""
    while hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    return get_origin(kind) is FrozenDict


def _facts() -> Iterator[str]:
    """Which facts there are."""
    yield "| fact | meaning | unit | of |\n| --- | --- | --- | --- |"
    for name, kind in FACTS.items():
        yield f"| `{name}` | {kind.meaning} | {kind.unit} | {code(kind.of)} |"
    yield ""


def _thing(thing: type[Thing]) -> Iterator[str]:
    yield f"{first_line(thing)}\n"
    yield from _table((key.name, key) for key in thing.declares().values())


def _columns(table: TableKind) -> Iterator[tuple[str, Key]]:
    """A table's own columns; of those named after the case the pattern."""
    shared = Row.declares()
    for key in table.by_name.values():
        if key.field not in shared:
            yield key.name, key
            if key.by_period:
                yield f"{key.name}_<period>", replace(key, description=key.by_period, empty="", default=None)


def _table(fields: Iterable[tuple[str, Key]]) -> Iterator[str]:
    yield from _lines((f"`{name}`", key.description, value_words(key), key.unit, default_words(key)) for name, key in fields)


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| name | meaning | value | unit | default |"
    yield "| --- | --- | --- | --- | --- |"
    for cells in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _unique(key: tuple[str, ...]) -> str:
    return f"No two rows have the same {' and '.join(f'`{k}`' for k in key)}."


def first_line(thing: type[Thing]) -> str:
    """What a thing is, in a sentence."""
    return (thing.__doc__ or "").strip().splitlines()[0]
