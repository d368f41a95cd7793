"""In what plans differ: inputs, summed up where they are many; and what is built or signed otherwise."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents import vocabulary
from planner.documents.blocks import Heading, Paragraph, Section, Sections, Table
from planner.documents.compared.places import ABSENT
from planner.words import phrases
from planner.words.said import Sentence, _, capital, count, series

if TYPE_CHECKING:
    from planner.comparing import Comparison

SHOWN = 20  # measures of a table, dearest first
TITLES = {
    "moved": _("At other times"),
    "other size": _("In other sizes"),
    "moved, other size": _("At other times and in other sizes"),
    "only": _("In some plans only"),
}


def decisions(found: Comparison) -> Sections:
    """Measures that not all plans start alike, by the kind of difference, and how many all share."""
    groups: dict[str, list[str]] = defaultdict(list)
    table = found.tables["decisions"].set_index("measure")
    for measure, difference in table["difference"].items():
        only = difference.startswith("only in") and len(found.names) > 2
        groups["only" if only else difference].append(str(measure))
    shared = len(groups.pop("same", []))
    with_decisions = sum(plan.has_decisions for plan in found.plans)
    if with_decisions < 2:
        return ()
    apart = sum(map(len, groups.values()))
    said = _("Every measure is started alike.") if not apart else (
        _("{measures} started alike, {apart} not.").format(measures=count(shared, "measure"), apart=apart)
    )  # fmt: skip
    parts: list[Section] = [(Paragraph(said),)]
    for difference in sorted(groups, key=_order):
        parts += _group(found, difference, groups[difference])
    tables = [block for part in parts for block in part if isinstance(block, Table)]
    if any(" / " in cell for grid in tables for row in grid.rows for cell in row[2:]):
        periods = dict.fromkeys(" / ".join(p.label for p in plan.case.periods) for plan in found.plans)
        strokes = _("Figures with strokes between are units whose works start in {periods}.")
        parts.append((Paragraph(strokes.format(periods=series(periods, " or ")), look="note"),))
    if any("not offered" in table[name].tolist() for name in found.names):
        parts.append((Paragraph(NOT_OFFERED, look="note"),))
    return tuple(parts)


NOT_OFFERED = _("Not offered: the plan had no such choice, since its case lacks the measure or rules it out.")


def _order(difference: str) -> tuple[bool, str]:
    return not difference.startswith("only"), difference


def _group(found: Comparison, difference: str, measures: list[str]) -> list[Section]:
    """A table of the measures that differ in one way, dearest first; two plans also with the costs."""
    names = found.names
    table = found.tables["decisions"].set_index("measure")
    costs = found.tables["costs"]
    table_of = costs[costs["figure"] == "capital_cost"].fillna(0.0)
    paid_for = {
        str(a): dict(zip(names, map(float, values), strict=True))
        for a, *values in table_of[["measure", *names]].itertuples(index=False)
    }
    dearest = sorted(measures, key=lambda a: -max(paid_for[a].values()))
    sums = {name: sum(paid_for[a][name] for a in measures) for name in names}
    if difference.startswith("only"):
        sums = {name: paid for name, paid in sums.items() if paid > 0}
    decimals = phrases.money_decimals([paid for a in measures for paid in paid_for[a].values()])
    unit = found.plans[0].case.money.unit
    both = len(names) == 2
    shown = [n for n in names if not (both and difference.startswith("only in ")) or difference == f"only in {n}"]
    rows = []
    for a in dearest[:SHOWN]:
        started = [_starts(found, a, name, str(table.loc[a, name])) for name in shown]
        paid = [phrases.money(paid_for[a][name], decimals) for name in shown] if both else []
        rows.append((measure_name(found, a), vocabulary.cell(str(table.loc[a, "kind"])), *started, *paid))
    start, paid_head = _("works start in"), _("capital, {unit}").format(unit=unit)
    several = len(shown) > 1
    heads = (
        _("measure"), _("kind"), *(series((name, start), "\n") if several else start for name in shown),
        *((series((name, paid_head), "\n") if several else paid_head for name in shown) if both else ()),
    )  # fmt: skip
    title = TITLES.get(difference) or capital(only_in(difference))
    cost = phrases.join(
        [
            _("{plan} {amount}").format(plan=name, amount=phrases.money(v, decimals))
            if len(sums) > 1
            else phrases.money(v, decimals)
            for name, v in sums.items()
        ]
    )
    known = {"title": title, "measures": count(len(measures), "measure"), "cost": cost, "unit": unit}
    caption = _("{title}: {measures}, capital {cost} {unit}") if cost else _("{title}: {measures}")
    grid = Table(heads, tuple(rows), "ll" + "l" * len(shown) + "r" * (len(shown) if both else 0))
    parts: list[Section] = [(Heading(caption.format(**known)), grid)]
    if len(dearest) > SHOWN:
        more = _("and {number} more, none dearer: the table decisions has all.").format(number=len(dearest) - SHOWN)
        parts.append((Paragraph(more),))
    return parts


def only_in(difference: str) -> Sentence:
    """That some plans alone start a measure."""
    return _("only in {plans}").format(plans=difference.removeprefix("only in "))


def measure_name(found: Comparison, measure: str) -> str:
    """A measure's name in the first plan whose case has it."""
    return next(naming.name_of(plan.case.measures[measure]) for plan in found.plans if measure in plan.case.measures)


def _starts(found: Comparison, measure: str, name: str, cell: str) -> str:
    """What a plan starts of a measure: when its one start is, or how many units in each period."""
    plan = found.plans[found.names.index(name)]
    table = found.tables["starts"]
    mine = table[table["measure"] == measure]
    units = {t: float(u) for t, u in zip(mine["start_period"], mine[name], strict=True) if u > 0}
    if not units:
        return vocabulary.cell(cell) if cell else ABSENT
    if len(units) == 1:
        ((period, amount),) = units.items()
        label = next((p.label for p in plan.case.periods if p.id == period), period)
        if abs(amount - 1) < 1e-6:
            return label
        return _("{units} in {period}").format(units=_amount(amount), period=label)
    return " / ".join(_amount(units.get(t, 0.0)) for t in plan.case.period_ids)


def _amount(units: float) -> str:
    """Units as people write them; nothing is a dash."""
    return ABSENT if units < 1e-6 else phrases.units(units)


# --- inputs, cell by cell where they are few

WHOLE = 4  # places of one column that are shown each by itself
LINES = 24  # of the table
LONGEST = 60  # characters of a text
DIFFERENT = 3  # different texts that a line sums up


def asked(found: Comparison) -> Sections:
    """The inputs in which the cases differ, as they were solved: scenario applied, defaults filled in."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for row in found.tables["inputs"].itertuples(index=False):
        place: Found = (row[0], row[1], row[2], row[3], list(row[4:]))
        groups.setdefault(_together(place), []).append(place)
    if not groups:
        return ((Paragraph(_("None: all plans are of the same inputs.")),),)
    rows = [line for (file, what, difference), some in groups.items() for line in _rows(file, what, difference, some)]
    heads = (_("file: column or key"), _("row"), *found.names)
    table = (Table(heads, tuple(rows[:LINES]), "ll" + "l" * len(found.names)),)
    if len(rows) <= LINES:
        return (table,)
    more = _("and {lines}: the table inputs has every cell.").format(lines=count(len(rows) - LINES, "more line"))
    return table, (Paragraph(more),)


Found = tuple[str, str, str, str, list[str]]  # file, row, column, difference, values


def _together(place: Found) -> tuple[str, str, str]:
    """What is summed up together: a column of a table; its rows; keys that begin alike."""
    file, row, column, difference, _ = place
    if file == "case.yaml":
        return file, ".".join(column.split(".")[: 2 if difference == "row" else 3]), difference
    return (file, "", difference) if difference == "row" and row else (file, column, difference)


def _rows(file: str, what: str, difference: str, some: list[Found]) -> list[tuple[str, ...]]:
    """The lines of a group."""
    if difference == "row" and file != "case.yaml":
        return [_whole_rows(file, some)]
    if difference == "row" and len(some) > 1:
        having = [sum(bool(place[4][n]) for place in some) for n in range(len(some[0][4]))]
        return [(f"{file}: {what}", count(len(some), "key"), *(count(h, "key") if h else _("none") for h in having))]
    if len(some) > WHOLE:
        values = list(zip(*(place[4] for place in some), strict=True))
        label = f"{file}: {what}" if what else file
        return [(label, count(len(some), "place"), *(_summed(column, values[0]) for column in values))]
    return [
        (f"{file}: {column}" if column else file, row, *(_cell(v) for v in values)) for _, row, column, _, values in some
    ]


def _whole_rows(file: str, some: list[Found]) -> tuple[str, ...]:
    """Rows that not all cases have: how many each has of them."""
    rows = list(dict.fromkeys(place[1] for place in some))
    having = [{place[1] for place in some if place[4][n]} for n in range(len(some[0][4]))]
    label = _("{file}: rows").format(file=file)
    return (label, phrases.join(rows, WHOLE), *(count(len(h), "row") if h else _("none") for h in having))


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
    numbers = [figure for figure in figures if figure is not None]
    before = [_figure(value) for value in first]
    ratios = [a / b for a, b in zip(numbers, before, strict=True) if b]
    if tuple(values) != tuple(first) and len(ratios) == len(numbers):
        least, most = (f"{ratio:.4g}" for ratio in (min(ratios), max(ratios)))
        return f"x {least}" if least == most else _("x {least} to {most}").format(least=least, most=most)
    return _("{least} to {most}").format(least=f"{min(numbers):.6g}", most=f"{max(numbers):.6g}")


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _cell(text: str) -> str:
    """A value as people read it: figures without the noise of their last digits."""
    figure = _figure(text)
    if figure is None:
        return vocabulary.cell(textwrap.shorten(text, LONGEST, placeholder=" ...")) or ABSENT
    return f"{figure:.6g}" if "." in text else text
