"""Plans side by side as a document: what is asked, which is better, headline figures, decisions, places and money."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planner.case import naming
from planner.case.scenarios import BASE
from planner.documents import vocabulary
from planner.documents.blocks import Heading, Paragraph, Said, Sections, Table, titled
from planner.documents.compared.choices import asked, decisions
from planner.documents.compared.places import ABSENT, cases_of, change, places
from planner.documents.goals import in_figures
from planner.documents.goals import name as goal_name
from planner.documents.runs import WITHOUT_AND_WITH, status
from planner.plans.store import about
from planner.words import phrases
from planner.words.said import Sentence, _, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.comparing import Comparison, Relation

NOTHING = 5e-7


BRIEF = 1  # sections of a brief text beside the opening: which is better


def said(found: Comparison, brief: bool = False) -> Said:
    """The whole comparison, in the order in which a reader asks.

    Parameters
    ----------
    brief
        Only what the plans are, and which is better.
    """
    notes = tuple((Paragraph(note, look="note"),) for note in found.notes)
    parts: list[tuple[str, Sections]] = [
        (_("Which is better"), better(found)),
        (_("Inputs that differ"), asked(found)),
        (_("Headline figures"), headline(found)),
        (_("Decisions"), decisions(found)),
        (_("Who is how well off"), places(found)),
        (_("Money by budget line"), money(found)),
    ]
    sections = tuple(part for name, part_of in parts[: BRIEF if brief else None] for part in titled(name, part_of))
    return Said((Heading(title(found), "title"),), ((_overview(found),), *notes, *sections))


def title(found: Comparison) -> Sentence:
    """What is compared, in one line."""
    titles = list(dict.fromkeys(plan.case.title for plan in found.plans))
    return _("{plans} compared: {cases}").format(plans=phrases.join(list(found.names)), cases=series(titles, "; "))


def _overview(found: Comparison) -> Table:
    """A line a plan: of what case, how good, what it reaches and costs."""
    figures = found.tables["figures"]
    rows = []
    for name, plan in zip(found.names, found.plans, strict=True):
        of = {figure: value for figure, value in zip(figures["figure"], figures[name], strict=True) if value == value}
        both = [100 * of.get(figure, math.nan) for figure in ("gap_without", "gap_with")]
        gap = ABSENT if math.isnan(sum(both)) else series([phrases.number(each, 1) for each in both], " -> ")
        paid = of.get("spending", math.nan)
        spent = (
            ABSENT if math.isnan(paid) else f"{phrases.number(paid, phrases.money_decimals([paid]))} {plan.case.money.unit}"
        )
        rows.append((name, plan.case.name, scenario(plan.case), status(about(plan)), gap, spent))
    heads = (_("plan"), _("case"), _("scenario"), _("status"), WITHOUT_AND_WITH, _("spent"))
    return Table(heads, tuple(rows), "llllrr")


def scenario(case: Case) -> str:
    """The scenario of a plan's case."""
    return vocabulary.CELLS["base"] if case.scenario == BASE else naming.scenario(case, case.scenario)


# --- which is better


def better(found: Comparison) -> Sections:
    """How the plans stand to each other: of two in sentences, of more in a table."""
    if len(found.names) == 2:
        related = found.relations[0]
        reason = [INPUTS_DIFFER] if related.comparable and related.reason else []
        said = (Paragraph(series([*how_they_stand(found, related), *reason], " ")),)
        return (said, *_goals(found)) if related.comparable else (said,)
    rows = []
    for name in found.names:
        mine = [r for r in found.relations if name in (r.one, r.other)]
        worse = [_partner(r, name) for r in mine if r.better == name]
        beaten = [_partner(r, name) for r in mine if r.better == name and r.dominates]
        alike = [_partner(r, name) for r in mine if r.comparable and not r.better]
        apart = [_partner(r, name) for r in mine if not r.comparable]
        rows.append((name, *(phrases.join(some) or ABSENT for some in (worse, beaten, alike, apart))))
    heads = (
        _("plan"), _("better, goals in order, than"), _("no worse in any goal than"), _("as good as"),
        _("not comparable with"),
    )  # fmt: skip
    apart_for = _("{one} and {other} are not comparable: {reason}.")
    reasons = dict.fromkeys(
        apart_for.format(one=r.one, other=r.other, reason=r.reason) for r in found.relations if not r.comparable
    )
    known = [PROMISES_FIRST] if any(r.decided_by == "promises" for r in found.relations) else []
    known += [INPUTS_DIFFER] if any(r.comparable and r.reason for r in found.relations) else []
    return ((Table(heads, tuple(rows), "lllll"),), *_goals(found), *((Paragraph(text),) for text in (*reasons, *known)))


PROMISES_FIRST = _("A plan that keeps all its promises comes before one that breaks some, whatever their goals.")
INPUTS_DIFFER = _(
    "Where inputs differ, a plan may be better only because its case lets it do more: "
    "it need not be possible in the case of the other."
)


def how_they_stand(found: Comparison, related: Relation) -> list[str]:
    """How two plans stand to each other, in sentences."""
    if not related.comparable:
        return [
            _(
                "The goals of {one} and {other} cannot be set side by side: {reason}. Inputs, decisions and money are shown "
                "all the same."
            ).format(one=related.one, other=related.other, reason=related.reason)
        ]
    said: list[str] = []
    if not related.better:
        said = [
            _("{one} and {other} are equally good: no goal differs by more than its tolerance.").format(
                one=related.one, other=related.other
            )
        ]
    else:
        other = _partner(related, related.better)
        pair = {"better": related.better, "other": other}
        if related.decided_by == "promises":
            said = [_("{better} is better than {other}: it keeps its promises, and {other} breaks some.").format(**pair)]
        else:
            values = _values(found, related.decided_by)
            mine, its = (values[found.names.index(name)] for name in (related.better, other))
            said = [
                _(
                    "{better} is better than {other} in {goal} ({mine} against {its}, less is better), the first goal in "
                    "which they differ."
                ).format(**pair, goal=goal_name(related.decided_by), mine=mine, its=its)
            ]
        if related.worse_in:
            goals = phrases.join([goal_name(goal) for goal in related.worse_in])
            said.append(_("{other} is better in {goals}, which counts less.").format(other=other, goals=goals))
        elif related.dominates:
            said.append(
                _("It is no worse in any other goal: whoever shares these goals has no reason for {other}.").format(
                    other=other
                )
            )
    return said


def _partner(related: Relation, name: str) -> str:
    return related.other if related.one == name else related.one


def _values(found: Comparison, goal: str) -> list[str]:
    """A goal's value in each plan."""
    table = found.tables["goals"]
    row = table[(table["goal"] == goal) & (table["figure"] == "value")].iloc[0]
    return [_plain(found, goal, float(row[name])) for name in found.names]


def _goals(found: Comparison) -> Sections:
    """The goals of all plans, in order."""
    if not all(r.comparable for r in found.relations):
        return ()
    table = found.tables["goals"]
    values = table[table["figure"] == "value"]
    rows = [
        (_goal(row["step"], row["goal"]), *(_plain(found, row["goal"], float(row[name])) for name in found.names))
        for _, row in values.iterrows()
    ]
    return ((Table((_("goals, in order; less is better"), *found.names), tuple(rows), "l" + "r" * len(found.names)),),)


def _goal(step: str, goal: str) -> Sentence:
    return _("{number} {goal}").format(number=step, goal=goal_name(goal))


def _plain(found: Comparison, goal: str, value: float) -> str:
    case = next((plan.case for plan in found.plans if any(g.name == goal for g in plan.case.goals)), found.plans[0].case)
    return in_figures(case, goal, value) or ABSENT


# --- headline figures

LABELS = {
    "gap_without": _("mean gap without the plan"),
    "gap_with": _("mean gap with the plan"),
    "spending": _("public money spent"),
    "available": _("money of the budget lines"),
    "unspent": _("left unspent"),
    "overdrawn": _("overdrawn"),
    "private": _("paid by private investors"),
    "tax": _("tax received"),
    "borrowed": _("borrowed"),
    "interest": _("interest paid"),
    "sent": _("sent from line to line"),
    "running_a_year_after": _("running cost after the horizon"),
    "jobs": _("productive jobs in parks, last period"),
    "bonus_jobs": _("bonus jobs, last period"),
    "measures_chosen": _("measures chosen by the plan"),
    "measures_decided_before": _("measures decided before"),
    "promises_broken": _("promises broken"),
}


def headline(found: Comparison) -> Sections:
    """Headline figures side by side; of two plans also by how much they differ."""
    table = found.tables["figures"]
    order = {figure: n for n, figure in enumerate(dict.fromkeys(table["figure"]))}
    rows = []
    for figure, unit, *values in sorted(table.itertuples(index=False), key=lambda row: order[row[0]]):
        if all(math.isnan(value) or abs(value) < NOTHING for value in values):
            continue
        share = unit.startswith("share")
        shown = _figures([100 * value for value in values] if share else values, share)
        rows.append((figure_name(found, figure), "%" if share else unit_of(found, figure, unit), *shown))
    heads = ("", _("unit"), *found.names, *differing(found))
    return ((Table(heads, tuple(rows), "ll" + "r" * (len(heads) - 2)),),) if rows else ()


def differing(found: Comparison) -> tuple[str, ...]:
    """The heading of a last column: of two plans by how much they differ."""
    return (_("difference"),) if len(found.names) == 2 else ()


def unit_of(found: Comparison, figure: str, unit: str) -> str:
    """The unit of a headline figure: money of which prices, emissions, or what is counted."""
    if figure.startswith(EMISSIONS):
        airshed = figure.removeprefix(EMISSIONS)
        of = next(case.airsheds[airshed].unit for case in cases_of(found) if airshed in case.airsheds)
        return _("{unit}, a year, last period").format(unit=of)
    for case in cases_of(found):
        if unit.startswith(f"{case.money.unit}, prices of {case.money.prices}"):
            said = _("{unit}, prices of {year}, a year") if unit.endswith(", a year") else _("{unit}, prices of {year}")
            return said.format(unit=case.money.unit, year=case.money.prices)
    return vocabulary.unit(unit)


EMISSIONS = "emissions of "  # an airshed, in the name of a figure


def figure_name(found: Comparison, figure: str) -> str:
    """A headline figure as people call it."""
    if figure.startswith(EMISSIONS):
        airshed = figure.removeprefix(EMISSIONS)
        return _("emissions of {airshed}").format(airshed=naming.in_any(naming.airshed, cases_of(found), airshed))
    return LABELS.get(figure) or phrases.spaced(figure)


def _figures(values: Sequence[float], share: bool) -> list[str]:
    """Values with decimals that suit them; of two also the second less the first."""
    whole = not share and all(math.isnan(v) or v == round(v) for v in values)
    decimals = 1 if share else 0 if whole else phrases.money_decimals(values)
    return [*(_number(v, decimals) for v in values), *change(values, decimals)]


def _number(value: float, decimals: int) -> str:
    return ABSENT if math.isnan(value) else phrases.number(value, decimals)


# --- money

OF_MONEY = {"given": _("given"), "spent": _("spent"), "unspent": _("unspent")}
SHOWN: dict[str, Callable[[dict[str, float]], float]] = {
    "given": lambda of: of.get("amount", math.nan),
    "spent": lambda of: of.get("capital", math.nan) + of.get("running", math.nan),
    "unspent": lambda of: of.get("unspent", math.nan),
}


def money(found: Comparison) -> Sections:
    """What each line gets, spends and keeps in each plan, over the whole horizon."""
    table = found.tables["money"]
    if table.empty:
        return ()
    sums = table.groupby(["line", "figure"], sort=False)[list(found.names)].sum(min_count=1)
    lines = list(dict.fromkeys(table["line"]))
    cases = cases_of(found)
    units = dict.fromkeys(plan.case.money.unit for plan in found.plans)
    grids = []
    for name_of_figure, figure in SHOWN.items():
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
        total = (_("all"), *(_number(v, decimals) for v in totals), *change(totals, decimals))
        head = _("{figure}, {unit}").format(figure=OF_MONEY[name_of_figure], unit=" / ".join(units))
        heads = (head, *found.names, *differing(found))
        grids.append((Table(heads, tuple(rows), "l" + "r" * (len(heads) - 1), total),))
    return tuple(grids)
