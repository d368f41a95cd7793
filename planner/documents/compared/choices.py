"""In what plans differ: inputs, summed up where they are many; and what is built or signed otherwise."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from planner.case import Case, Measure, headings, naming
from planner.case.rows import TABLES
from planner.documents import built, vocabulary
from planner.documents.blocks import Heading, Paragraph, Section, Sections, Table
from planner.documents.compared.places import ABSENT, money_of
from planner.files.inputs import CASE_FILE
from planner.words import numbers, text_layout
from planner.words.said import Named, _, count, series

if TYPE_CHECKING:
    from planner.comparing import Comparison, Way

SHOWN = 20  # measures of a table, dearest first
LITTLE = 1e-6  # units
SAME, NO_CHOICE = "same", "not offered"  # in the table of decisions
TITLES = {
    "moved": _("At other times"),
    "other size": _("In other sizes"),
    "moved, other size": _("At other times and in other sizes"),
    SAME: _("Started alike"),
}


def title(way: Way) -> str:
    """What is said over the measures in which plans differ in a way."""
    return TITLES.get(way.kind) or _("Only in {plans}").format(plans=series(way.plans))


def decisions(found: Comparison) -> Sections:
    """Measures that not all plans start alike, by the kind of difference, and how many all share."""
    groups = found.ways()
    if sum(plan.has_decisions for plan in found.plans) < 2:
        return ()
    apart = sum(len(some) for way, some in groups.items() if way.kind != SAME)
    shared = sum(map(len, groups.values())) - apart
    said = _("Every measure is started alike.") if not apart else (
        _("{measures} started alike, {apart} not.").format(measures=count(shared, "measure"), apart=apart)
    )  # fmt: skip
    parts: list[Section] = [(Paragraph(said),), *(group(found, way, groups[way]) for way in groups if way.kind != SAME)]
    if any(NO_CHOICE in found.tables["decisions"][name].tolist() for name in found.names):
        parts.append((Paragraph(NOT_OFFERED, look="note"),))
    return tuple(parts)


NOT_OFFERED = _("Not offered: the plan had no such choice, since its case lacks the measure or rules it out.")


def group(found: Comparison, way: Way, measures: list[str], most: int | None = SHOWN) -> Section:
    """The measures that differ in one way, dearest first: what each plan starts, and its capital cost.

    Parameters
    ----------
    most
        Measures that are shown; None = all.
    """
    names = found.names
    paid_for = _capital(found)
    dearest = sorted(measures, key=lambda a: -max(paid_for[a].values()))
    sums = {name: sum(paid_for[a][name] for a in measures) for name in way.plans or names}
    decimals = numbers.money_decimals([paid for a in measures for paid in paid_for[a].values()])
    units = {name: plan.case.money.unit if found.counts_alike else money_of(plan.case)
             for name, plan in zip(names, found.plans, strict=True)}  # fmt: skip
    shown = way.plans if way.plans and len(names) == 2 else names
    rows = [
        (
            measure_name(found, a),
            vocabulary.KINDS[_measure(found, a).kind],
            *(starts(found, a, name) for name in shown),
            *(numbers.money(paid_for[a][name], decimals) for name in shown),
        )
        for a in dearest[:most]
    ]
    several = len(shown) > 1
    heads: list[str] = [_("measure"), _("kind")]
    starting, paid = [_("works start in")] * len(shown), [_("capital, {unit}").format(unit=units[name]) for name in shown]
    for name, head in zip((*shown, *shown), (*starting, *paid), strict=True):
        heads.append(series((name, head), "\n") if several else head)
    amount = _("{amount} {unit}")
    costs: dict[str, str] = {name: numbers.money(v, decimals) for name, v in sums.items()}
    if not found.counts_alike:
        costs = {name: amount.format(amount=cost, unit=units[name]) for name, cost in costs.items()}
    each = (_("{plan} {amount}").format(plan=name, amount=cost) for name, cost in costs.items())
    cost: str = series(each if len(costs) > 1 else costs.values())
    if found.counts_alike:
        cost = amount.format(amount=cost, unit=units[names[0]])
    caption = _("{title}: {measures}, capital {cost}").format(
        title=title(way), measures=count(len(measures), "measure"), cost=cost
    )
    table = Table(heads, tuple(rows), "ll" + "l" * len(shown) + "r" * len(shown))
    if most is None or len(dearest) <= most:
        return Heading(caption), table
    more = _("and {number} more, none dearer: the table decisions has all.").format(number=len(dearest) - most)
    return Heading(caption), table, Paragraph(more)


def _capital(found: Comparison) -> dict[str, dict[str, float]]:
    """Measure -> plan -> capital cost over the whole horizon."""
    costs = found.tables["costs"]
    rows = costs[costs["figure"] == "capital_cost"].fillna(0.0)[["measure", *found.names]]
    return {
        str(a): dict(zip(found.names, map(float, values), strict=True)) for a, *values in rows.itertuples(index=False)
    }  # fmt: skip


def _measure(found: Comparison, measure: str) -> Measure:
    """A measure in the first plan whose case has it."""
    return next(plan.case.measures[measure] for plan in found.plans if measure in plan.case.measures)


def measure_name(found: Comparison, measure: str) -> str:
    """A measure's name in the first plan whose case has it."""
    return naming.name_of(_measure(found, measure))


def starts(found: Comparison, measure: str, name: str) -> str:
    """What a plan starts of a measure: when its one start is, or how many units in each period."""
    plan = found.plans[found.names.index(name)]
    table = found.tables["starts"]
    mine = table[table["measure"] == measure]
    units = {t: float(u) for t, u in zip(mine["start_period"], mine[name], strict=True) if u > LITTLE}
    if not units:
        offered = measure in plan.case.measures and plan.case.measures[measure].starts
        return ABSENT if offered else vocabulary.CELLS[NO_CHOICE]
    of = plan.case.measures[measure]
    if of.service is None and len(units) == 1 and abs(sum(units.values()) - 1) < LITTLE:
        return plan.case.period(next(iter(units))).label
    return built.amounts(plan.case, of, units)


# --- inputs, cell by cell where they are few

WHOLE = 4  # places of one column that are shown each by itself
LINES = 24  # of the table
LONGEST = 60  # characters of a text
DIFFERENT = 3  # different texts that a line sums up
OF_KEYS = {  # column of a key, or file whose rows have an id -> what names what stands there
    "cities.csv": naming.city, "city": naming.city, "from": naming.city, "to": naming.city, "service": naming.service,
    "measures.csv": naming.measure, "measure": naming.measure, "line": naming.line,
}  # fmt: skip


def asked(found: Comparison) -> Sections:
    """The inputs in which the cases differ, as they were solved: scenario applied, defaults filled in."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for row in found.tables["inputs"].itertuples(index=False):
        place: Found = (row[0], row[1], row[2], row[3], list(row[4:]))
        groups.setdefault(_together(place), []).append(place)
    if not groups:
        return ((Paragraph(_("None: all plans are of the same inputs.")),),)
    called = partial(_row_called, [plan.case for plan in found.plans])
    rows = [
        line for (file, what, difference), some in groups.items() for line in _rows(file, what, difference, some, called)
    ]
    heads = (_("file: column or key"), _("row"), *found.names)
    table = (Table(heads, tuple(rows[:LINES]), "ll" + "l" * len(found.names)),)
    if len(rows) <= LINES:
        return (table,)
    more = _("and {lines}: the table inputs has every cell.").format(lines=count(len(rows) - LINES, "more line"))
    return table, (Paragraph(more),)


def is_summed_up(found: Comparison) -> bool:
    """Whether `asked` has fewer lines than there are cells that differ."""
    groups = Counter(
        _together((row[0], row[1], row[2], row[3], [])) for row in found.tables["inputs"].itertuples(index=False)
    )
    return any(number > WHOLE or (group[2] == "row" and number > 1) for group, number in groups.items())


Found = tuple[str, str, str, str, list[str]]  # file, row, column, difference, values


def _together(place: Found) -> tuple[str, str, str]:
    """What is summed up together: a column of a table; its rows; keys that begin alike."""
    file, row, column, difference, _ = place
    if file == "case.yaml":
        return file, ".".join(column.split(".")[: 2 if difference == "row" else 3]), difference
    return (file, "", difference) if difference == "row" and row else (file, column, difference)


def _rows(
    file: str, what: str, difference: str, some: list[Found], called: Callable[[str, str], str]
) -> list[tuple[str, ...]]:
    """The lines of a group; `called`: what a row of a file is called."""
    if difference == "row" and file != "case.yaml":
        return [_whole_rows(file, some, called)]
    if difference == "row" and len(some) > 1:
        having = [sum(bool(place[4][n]) for place in some) for n in range(len(some[0][4]))]
        return [(f"{file}: {what}", count(len(some), "key"), *(count(h, "key") if h else _("none") for h in having))]
    if len(some) > WHOLE:
        values = list(zip(*(place[4] for place in some), strict=True))
        return [(_place(file, what), count(len(some), "place"), *(_summed(column, values[0]) for column in values))]
    return [(_place(file, column), called(file, row), *(_cell(v) for v in values)) for _file, row, column, _, values in some]


def _place(file: str, column: str) -> str:
    """A column of a table by its name, and in other languages by its heading, too; a key of case.yaml as it is written."""
    if not column:
        return file
    said = column if file == CASE_FILE else headings.in_place(column)
    return _("{file}: {column}").format(file=file, column=said)


def _row_called(cases: Sequence[Case], file: str, row: str) -> str:
    """A row by its key, of which ids read as what they name in other languages."""
    table = TABLES.get(file.removesuffix(".csv"))
    keys, parts = () if table is None else table.key, row.split(" ")
    if len(keys) != len(parts):
        return row
    names = [OF_KEYS.get(file if key == "id" else key) for key in keys]
    said = [
        part if name is None else Named(part, {"zh": naming.in_any(name, cases, part, chinese=True)})
        for name, part in zip(names, parts, strict=True)
    ]
    return series(said, " ")


def _whole_rows(file: str, some: list[Found], called: Callable[[str, str], str]) -> tuple[str, ...]:
    """Rows that not all cases have: how many each has of them."""
    rows = [called(file, row) for row in dict.fromkeys(place[1] for place in some)]
    having = [{place[1] for place in some if place[4][n]} for n in range(len(some[0][4]))]
    label = _("{file}: rows").format(file=file)
    return (label, text_layout.join(rows, WHOLE), *(count(len(h), "row") if h else _("none") for h in having))


def _summed(values: Sequence[str], first: Sequence[str]) -> str:
    """Many cells in a few words: all alike, a factor on the first plan's, a range, or how many of each."""
    kinds = Counter(values)
    if len(kinds) == 1:
        return _cell(values[0])
    figures = [_figure(value) for value in values]
    if None in figures:
        if len(kinds) > DIFFERENT:
            return _("various")
        return series(
            _("{value} ({number})").format(value=_cell(value), number=number) for value, number in kinds.most_common()
        )
    known = [figure for figure in figures if figure is not None]
    before = [_figure(value) for value in first]
    ratios = [a / b for a, b in zip(known, before, strict=True) if b]
    if tuple(values) != tuple(first) and len(ratios) == len(known):
        least, most = (f"{ratio:.4g}" for ratio in (min(ratios), max(ratios)))
        return f"x {least}" if least == most else _("x {least} to {most}").format(least=least, most=most)
    return _("{least} to {most}").format(least=f"{min(known):.6g}", most=f"{max(known):.6g}")


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def without_dust(text: str) -> str:
    """A cell as it stands; of a figure without what binary fractions add: 26.11, not 26.109999999999996."""
    figure = _figure(text)
    return text if figure is None or "." not in text else f"{figure:.12g}"


def _cell(text: str) -> str:
    """A value as people read it: figures without the noise of their last digits."""
    figure = _figure(text)
    if figure is None:
        return vocabulary.cell(textwrap.shorten(text, LONGEST, placeholder=" ...")) or ABSENT
    return f"{figure:.6g}" if "." in text else text
