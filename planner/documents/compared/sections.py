"""What texts and pages say of plans side by side: sections of paragraphs and of tables with cells as text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents.goals import in_figures
from planner.documents.goals import name as goal_name
from planner.documents.runs import status
from planner.plans.store import about
from planner.words import phrases

if TYPE_CHECKING:
    from planner.case import Case
    from planner.comparing import Comparison, Relation

NOTHING = 5e-7
ABSENT = "-"


@dataclass(frozen=True)
class Grid:
    """A table of texts; `align` has a letter a column, `l` text and `r` figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    caption: str = ""
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Section:
    """A titled part; without a title the opening."""

    title: str
    parts: tuple[str | Grid, ...]


def sections(found: Comparison) -> list[Section]:
    """The whole comparison, in the order in which a reader asks."""
    from planner.documents.compared.choices import decisions
    from planner.documents.compared.places import places
    from planner.documents.compared.question import asked

    parts = [
        Section("", (_overview(found), *found.notes)),
        Section("Which is better", better(found)),
        Section("Inputs that differ", asked(found)),
        Section("Headline figures", headline(found)),
        Section("Decisions", decisions(found)),
        Section("Who is how well off", places(found)),
        Section("Money by budget line", money(found)),
    ]
    return [section for section in parts if section.parts]


def title(found: Comparison) -> str:
    """What is compared, in one line."""
    titles = list(dict.fromkeys(plan.case.title for plan in found.plans))
    return f"{phrases.join(list(found.names))} compared: {'; '.join(titles)}"


def cases_of(found: Comparison) -> list[Case]:
    """The plans' cases, which know the names of things."""
    return [plan.case for plan in found.plans]


def _overview(found: Comparison) -> Grid:
    """A line a plan: of what case, how good, what it reaches and costs."""
    figures = found.tables["figures"]
    rows = []
    for name, plan in zip(found.names, found.plans, strict=True):
        of = {figure: value for figure, value in zip(figures["figure"], figures[name], strict=True) if value == value}
        both = [100 * of.get(figure, math.nan) for figure in ("gap_without", "gap_with")]
        gap = ABSENT if math.isnan(sum(both)) else " -> ".join(phrases.number(each, 1) for each in both)
        paid = of.get("spending", math.nan)
        spent = (
            ABSENT if math.isnan(paid) else f"{phrases.number(paid, phrases.money_decimals([paid]))} {plan.case.money.unit}"
        )
        rows.append((name, plan.case.name, naming.scenario(plan.case, plan.case.scenario), status(about(plan)), gap, spent))
    return Grid(("plan", "case", "scenario", "status", "gap without\n-> with it, %", "spent"), tuple(rows), "llllrr")


# --- which is better


def better(found: Comparison) -> tuple[str | Grid, ...]:
    """How the plans stand to each other: of two in sentences, of more in a table."""
    if len(found.names) == 2:
        return tuple(_sentences(found, found.relations[0]))
    rows = []
    for name in found.names:
        mine = [r for r in found.relations if name in (r.one, r.other)]
        worse = [_partner(r, name) for r in mine if r.better == name]
        beaten = [_partner(r, name) for r in mine if r.better == name and r.dominates]
        alike = [_partner(r, name) for r in mine if r.comparable and not r.better]
        apart = [_partner(r, name) for r in mine if not r.comparable]
        rows.append((name, *(phrases.join(some) or ABSENT for some in (worse, beaten, alike, apart))))
    heads = ("plan", "better, goals in order, than", "no worse in any goal than", "as good as", "not comparable with")
    reasons = dict.fromkeys(
        f"{r.one} and {r.other} are not comparable: {r.reason}." for r in found.relations if not r.comparable
    )
    known = [PROMISES_FIRST] if any(r.decided_by == "promises" for r in found.relations) else []
    known += [INPUTS_DIFFER] if any(r.comparable and r.reason for r in found.relations) else []
    return (Grid(heads, tuple(rows), "lllll"), *_goals(found), *reasons, *known)


PROMISES_FIRST = "A plan that keeps all its promises comes before one that breaks some, whatever their goals."
INPUTS_DIFFER = (
    "Where inputs differ, a plan may be better only because its case lets it do more: "
    "it need not be possible in the case of the other."
)


def _sentences(found: Comparison, related: Relation) -> list[str | Grid]:
    """How two plans stand to each other."""
    if not related.comparable:
        return [
            f"Their goals cannot be set side by side: {related.reason}. Inputs, decisions and money are shown all the same."
        ]
    if not related.better:
        said = ["They are equally good: no goal differs by more than its tolerance."]
    else:
        other = _partner(related, related.better)
        if related.decided_by == "promises":
            said = [f"{related.better} is better: it keeps its promises, and {other} breaks some."]
        else:
            values = _values(found, related.decided_by)
            mine, its = (values[found.names.index(name)] for name in (related.better, other))
            said = [f"{related.better} is better in {goal_name(related.decided_by)} ({mine} against {its}), the first goal "
                    "in which they differ."]  # fmt: skip
        if related.worse_in:
            said.append(f"{other} is better in {phrases.join([goal_name(goal) for goal in related.worse_in])}, "
                        "which counts less.")  # fmt: skip
        elif related.dominates:
            said.append(f"It is no worse in any other goal: whoever shares these goals has no reason for {other}.")
    if related.reason:
        said.append(INPUTS_DIFFER)
    return [" ".join(said), *_goals(found)]


def _partner(related: Relation, name: str) -> str:
    return related.other if related.one == name else related.one


def _values(found: Comparison, goal: str) -> list[str]:
    """A goal's value in each plan."""
    table = found.tables["goals"]
    row = table[(table["goal"] == goal) & (table["figure"] == "value")].iloc[0]
    return [_plain(found, goal, float(row[name])) for name in found.names]


def _goals(found: Comparison) -> list[Grid]:
    """The goals of all plans, in order."""
    if not all(r.comparable for r in found.relations):
        return []
    table = found.tables["goals"]
    values = table[table["figure"] == "value"]
    rows = [
        (f"{row['step']} {goal_name(row['goal'])}", *(_plain(found, row["goal"], float(row[name])) for name in found.names))
        for _, row in values.iterrows()
    ]
    return [Grid(("goals, in order; less is better", *found.names), tuple(rows), "l" + "r" * len(found.names))]


def _plain(found: Comparison, goal: str, value: float) -> str:
    case = next((plan.case for plan in found.plans if any(g.name == goal for g in plan.case.goals)), found.plans[0].case)
    return in_figures(case, goal, value) or ABSENT


# --- headline figures

LABELS = {
    "gap_without": "mean gap without the plan",
    "gap_with": "mean gap with the plan",
    "spending": "public money spent",
    "available": "money of the budget lines",
    "unspent": "left unspent",
    "overdrawn": "overdrawn",
    "private": "paid by private investors",
    "tax": "tax received",
    "borrowed": "borrowed",
    "interest": "interest paid",
    "sent": "sent from line to line",
    "running_a_year_after": "running cost after the horizon",
    "jobs": "productive jobs in parks, last period",
    "bonus_jobs": "bonus jobs, last period",
    "measures_chosen": "measures chosen by the plan",
    "measures_decided_before": "measures decided before",
    "promises_broken": "promises broken",
}


def headline(found: Comparison) -> tuple[Grid, ...]:
    """Headline figures side by side; of two plans also by how much they differ."""
    table = found.tables["figures"]
    order = {figure: n for n, figure in enumerate(dict.fromkeys(table["figure"]))}
    rows = []
    for figure, unit, *values in sorted(table.itertuples(index=False), key=lambda row: order[row[0]]):
        if all(math.isnan(value) or abs(value) < NOTHING for value in values):
            continue
        share = unit.startswith("share")
        shown = _figures([100 * value for value in values] if share else values, share)
        rows.append((figure_name(found, figure), "%" if share else unit, *shown))
    heads = ("", "unit", *found.names, *(["difference"] if len(found.names) == 2 else []))
    return (Grid(heads, tuple(rows), "ll" + "r" * (len(heads) - 2)),) if rows else ()


EMISSIONS = "emissions of "  # an airshed, in the name of a figure


def figure_name(found: Comparison, figure: str) -> str:
    """A headline figure as people call it."""
    if figure.startswith(EMISSIONS):
        airshed = figure.removeprefix(EMISSIONS)
        return EMISSIONS + naming.in_any(naming.airshed, cases_of(found), airshed)
    return LABELS.get(figure, phrases.spaced(figure))


def _figures(values: Sequence[float], share: bool) -> list[str]:
    """Values with decimals that suit them; of two also the second less the first."""
    whole = not share and all(math.isnan(v) or v == round(v) for v in values)
    decimals = 1 if share else 0 if whole else phrases.money_decimals(values)
    return [*(_number(v, decimals) for v in values), *change(values, decimals)]


def change(values: Sequence[float], decimals: int) -> list[str]:
    """Of two values the second less the first, with its sign; of more nothing."""
    if len(values) != 2:
        return []
    more = values[1] - values[0]
    if math.isnan(more):
        return [ABSENT]
    said = phrases.number(more, decimals)
    return [f"+{said}" if more > 0 and said.strip("0.,") else said]


def _number(value: float, decimals: int) -> str:
    return ABSENT if math.isnan(value) else phrases.number(value, decimals)


# --- money

SHOWN: dict[str, Callable[[dict[str, float]], float]] = {
    "given": lambda of: of.get("amount", math.nan),
    "spent": lambda of: of.get("capital", math.nan) + of.get("running", math.nan),
    "unspent": lambda of: of.get("unspent", math.nan),
}


def money(found: Comparison) -> tuple[Grid, ...]:
    """What each line gets, spends and keeps in each plan, over the whole horizon."""
    table = found.tables["money"]
    if table.empty:
        return ()
    sums = table.groupby(["line", "figure"], sort=False)[list(found.names)].sum(min_count=1)
    lines = list(dict.fromkeys(table["line"]))
    cases = cases_of(found)
    units = dict.fromkeys(plan.case.money.unit for plan in found.plans)
    grids = []
    for label, figure in SHOWN.items():
        values = [
            [figure({name_of: float(v) for name_of, v in sums.loc[line, name].items()}) for name in found.names]
            for line in lines
        ]
        totals = [sum(v for v in column if not math.isnan(v)) for column in zip(*values, strict=True)]
        if not any(totals):
            continue
        decimals = phrases.money_decimals([value for row in values for value in row])
        rows = [(naming.in_any(naming.line, cases, line), *(_number(v, decimals) for v in row), *change(row, decimals))
                for line, row in zip(lines, values, strict=True)]  # fmt: skip
        total = ("all", *(_number(v, decimals) for v in totals), *change(totals, decimals))
        heads = (f"{label}, {' / '.join(units)}", *found.names, *(["difference"] if len(found.names) == 2 else []))
        grids.append(Grid(heads, tuple(rows), "l" + "r" * (len(heads) - 1), total=total))
    return tuple(grids)
