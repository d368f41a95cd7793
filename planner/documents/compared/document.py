"""Plans side by side as a document: what is asked, which is better, headline figures, decisions, places and money.

The terminal prints it, `page` is the web page of it, and the page Compare shows its parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents import vocabulary, web
from planner.documents.blocks import Heading, Paragraph, Said, Section, Sections, Table, titled
from planner.documents.compared import clusters
from planner.documents.compared.choices import asked, decisions
from planner.documents.compared.places import ABSENT, OF_PRICES, cases_of, change, money_of, places
from planner.documents.goals import called, side_by_side
from planner.documents.runs import WITHOUT_AND_WITH, status
from planner.plans.store import about
from planner.plans.totals import SPENT
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.comparing import Comparison, Headline, Relation

NOTHING = 5e-7
PROMISES = "promises"  # decide before every goal


BRIEF = 1  # sections of a brief text beside the opening: which is better


def text(found: Comparison, bold: bool = False, brief: bool = False) -> str:
    """The whole comparison in sections, for a terminal; or only what the plans are, and which is better."""
    return said(found, brief).text(bold)


def page(found: Comparison) -> str:
    """The comparison as a web page that asks nothing of any other host, as the text of its one file."""
    return web.page(title(found), web.document(said(found)))


def said(found: Comparison, brief: bool = False) -> Said:
    """The whole comparison, in the order in which a reader asks.

    Parameters
    ----------
    brief
        Only what the plans are, and which is better.
    """
    notes = tuple((Paragraph(note, look="note"),) for note in found.notes)
    parts: list[tuple[str, Sections]] = [(_("Which is better"), better(found))]
    if found.is_apart:
        parts += clusters.sections(found)
    else:
        parts += [
            (_("Inputs that differ"), asked(found)),
            (_("Headline figures"), headline(found)),
            (_("Decisions"), decisions(found)),
            (_("Who is how well off"), places(found)),
            (_("Money by budget line"), money(found)),
        ]
    sections = tuple(part for name, part_of in parts[: BRIEF if brief else None] for part in titled(name, part_of))
    return Said((Heading(title(found), "title"),), ((overview(found),), *notes, *sections))


def title(found: Comparison) -> Sentence:
    """What is compared, in one line."""
    titles = list(dict.fromkeys(naming.title(plan.case) for plan in found.plans))
    return _("{plans} compared: {cases}").format(plans=text_layout.join(list(found.names)), cases=series(titles, "; "))


def overview(found: Comparison) -> Table:
    """A line a plan: of what case, how good, what it reaches and costs."""
    figures = found.tables["figures"]
    rows = []
    for name, plan in zip(found.names, found.plans, strict=True):
        of = {figure: value for figure, value in zip(figures["figure"], figures[name], strict=True) if value == value}
        both = [100 * of.get(figure, math.nan) for figure in ("gap_without", "gap_with")]
        gap = ABSENT if math.isnan(sum(both)) else series([numbers.number(each, 1) for each in both], " -> ")
        paid = of.get("spending", math.nan)
        money = numbers.number(paid, numbers.money_decimals([paid]))
        spent = ABSENT if math.isnan(paid) else _("{money} {unit}").format(money=money, unit=plan.case.money.unit)
        rows.append((name, gap, spent, status(about(plan)), plan.case.name, scenario(plan.case)))
    heads = (_("plan"), WITHOUT_AND_WITH, _("spent"), _("status"), _("case"), _("scenario"))
    return Table(heads, tuple(rows), "lrrlll")


def scenario(case: Case) -> str:
    """The scenario of a plan's case."""
    return naming.scenario(case, case.scenario)


# --- which is better


def better(found: Comparison) -> Sections:
    """How the plans stand to each other: of two in sentences, of more in a table; and the goals of all."""
    how, goals = how_they_stand(found), goal_table(found)
    return (how, *(((goals,),) if goals is not None else ()))


def how_they_stand(found: Comparison) -> Section:
    """Which plan is better, and by what it is so."""
    if found.is_apart and all(plan.has_decisions for plan in found.plans):
        return (Paragraph(clusters.APART),)
    if len(found.names) == 2:
        related = found.relations[0]
        reason = [INPUTS_DIFFER] if related.comparable and related.reason else []
        return (Paragraph(series([*_pair(found, related), *reason], " ")),)
    rows = []
    for name in found.names:
        mine = [r for r in found.relations if name in (r.one, r.other)]
        worse = [_partner(r, name) for r in mine if r.better == name]
        beaten = [_partner(r, name) for r in mine if r.better == name and r.dominates]
        alike = [_partner(r, name) for r in mine if r.comparable and not r.better]
        apart = [_partner(r, name) for r in mine if not r.comparable]
        rows.append((name, *(text_layout.join(some) or ABSENT for some in (worse, beaten, alike, apart))))
    heads = (
        _("plan"), _("better, goals in order, than"), _("no worse in any goal than"), _("as good as"),
        _("not comparable with"),
    )  # fmt: skip
    apart_for = _("{one} and {other} are not comparable: {reason}.")
    reasons = dict.fromkeys(
        apart_for.format(one=r.one, other=r.other, reason=r.reason) for r in found.relations if not r.comparable
    )
    known = [PROMISES_FIRST] if any(r.decided_by == PROMISES for r in found.relations) else []
    known += [INPUTS_DIFFER] if any(r.comparable and r.reason for r in found.relations) else []
    return Table(heads, tuple(rows), "lllll"), *(Paragraph(text) for text in (*reasons, *known))


PROMISES_FIRST = _("A plan that keeps all its promises comes before one that breaks some, whatever their goals.")
INPUTS_DIFFER = _(
    "Where inputs differ, a plan may be better only because its case lets it do more: "
    "it need not be possible in the case of the other."
)


def _pair(found: Comparison, related: Relation) -> list[str]:
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
        if related.decided_by == PROMISES:
            said = [_("{better} is better than {other}: it keeps its promises, and {other} breaks some.").format(**pair)]
        else:
            values = _values(found, related.decided_by)
            mine, its = (values[found.names.index(name)] for name in (related.better, other))
            said = [
                _(
                    "{better} is better than {other} in {goal} ({mine} against {its}, less is better), the first goal in "
                    "which they differ."
                ).format(**pair, goal=goal(found, related.decided_by), mine=mine, its=its)
            ]
        if related.worse_in:
            goals = text_layout.join([goal(found, name) for name in related.worse_in])
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
    return _plain(found, goal, [float(row[name]) for name in found.names])


def goal_table(found: Comparison) -> Table | None:
    """The goals of all plans, in order; None where they measure different things."""
    if not all(r.comparable for r in found.relations):
        return None
    table = found.tables["goals"]
    rows = [
        (
            _("{number} {goal}").format(number=row["step"], goal=goal(found, row["goal"])),
            *_plain(found, row["goal"], [float(row[name]) for name in found.names]),
        )
        for _index, row in table[table["figure"] == "value"].iterrows()
    ]
    return Table((_("goals, in order; less is better"), *found.names), tuple(rows), "l" + "r" * len(found.names))


def goal(found: Comparison, name: str) -> str:
    """A goal in words, of the first case that has it."""
    return called(_case_with(found, name), name)


def _case_with(found: Comparison, name: str) -> Case:
    return next((case for case in cases_of(found) if any(g.name == name for g in case.goals)), found.plans[0].case)


def _plain(found: Comparison, name: str, values: list[float]) -> list[str]:
    return [figure or ABSENT for figure in side_by_side(_case_with(found, name), name, values)]


# --- headline figures

LABELS = {
    "gap_without": _("mean gap without the plan"),
    "gap_with": _("mean gap with the plan"),
    "spending": _("public money spent"),
    "available": _("money of the budget lines"),
    "unspent": _("left unspent"),
    "kept_free": _("of unspent kept free as a reserve"),
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
    rows = []
    order = {figure: n for n, figure in enumerate(dict.fromkeys(row.figure for row in found.headline()))}
    for row in sorted(found.headline(), key=lambda row: order[row.figure]):
        if all(math.isnan(value) or abs(value) < NOTHING for value in row.values):
            continue
        share = row.measured == SHARE
        shown = _figures([100 * value for value in row.values] if share else row.values, share)
        of_shares = _("%, the difference in points") if differing(found) else "%"
        rows.append((figure_name(row), *shown, of_shares if share else unit_of(row)))
    heads = (_("figure"), *found.names, *differing(found), _("unit"))  # figures first: a narrow screen shows no more
    return ((Table(heads, tuple(rows), "l" + "r" * (len(heads) - 2) + "l"),),) if rows else ()


def differing(found: Comparison) -> tuple[str, ...]:
    """The heading of a last column: of two plans by how much they differ."""
    return (_("difference"),) if len(found.names) == 2 else ()


def unit_of(row: Headline) -> str:
    """The unit of a headline figure: money of which prices, emissions, or what is counted."""
    if row.airshed:
        return _("{unit}, a year, last period").format(unit=row.case.airsheds[row.airshed].unit)
    of_money = MONEY.get(row.measured)
    if of_money is not None:
        return of_money.format(unit=row.case.money.unit, year=row.case.money.prices)
    return vocabulary.unit(row.measured or row.figure)


SHARE = "share, 0-1"
MONEY = {"money": OF_PRICES, "money, a year": _("{unit}, prices of {year}, a year")}


def figure_name(row: Headline) -> str:
    """A headline figure as people call it."""
    if row.airshed:
        return _("emissions of {airshed}").format(airshed=naming.airshed(row.case, row.airshed))
    return LABELS.get(row.figure) or text_layout.spaced(row.figure)


def _figures(values: Sequence[float], share: bool) -> list[str]:
    """Values with decimals that suit them; of two also the second less the first."""
    whole = not share and all(math.isnan(v) or v == round(v) for v in values)
    decimals = 1 if share else 0 if whole else numbers.money_decimals(values)
    return [*(_number(v, decimals) for v in values), *change(values, decimals)]


def _number(value: float, decimals: int) -> str:
    return ABSENT if math.isnan(value) else numbers.number(value, decimals)


# --- money

OF_MONEY = {"given": _("given"), "spent": _("spent"), "unspent": _("unspent")}
SHOWN: dict[str, Callable[[dict[str, float]], float]] = {
    "given": lambda of: of.get("amount", math.nan),
    "spent": lambda of: sum(of.get(figure, math.nan) for figure in SPENT),
    "unspent": lambda of: of.get("unspent", math.nan),
}


def money(found: Comparison) -> Sections:
    """What each line gets, spends and keeps in each plan, over the whole horizon."""
    return tuple((table,) for table in map(money_table, [found] * len(SHOWN), SHOWN) if table is not None)


def money_table(found: Comparison, kind: str) -> Table | None:
    """What each line is given, spends or keeps (see `SHOWN`) over the whole horizon; None where that is nothing."""
    table = found.tables["money"]
    sums = table.groupby(["line", "figure"], sort=False)[list(found.names)].sum(min_count=1)
    lines = list(dict.fromkeys(table["line"]))
    values = [
        [SHOWN[kind]({name_of: float(v) for name_of, v in sums.loc[line, name].items()}) for name in found.names]
        for line in lines
    ]
    totals = [sum(v for v in column if not math.isnan(v)) for column in zip(*values, strict=True)]
    if not any(totals):
        return None
    decimals = [numbers.money_decimals(column) for column in zip(*values, strict=True)]
    decimals = decimals if not found.counts_alike else [max(decimals)] * len(decimals)

    def shown(row: Sequence[float]) -> tuple[str, ...]:
        cells = (_number(value, digits) for value, digits in zip(row, decimals, strict=True))
        return (*cells, *(change(row, decimals[0]) if found.counts_alike else ()))

    rows = [
        (naming.in_any(naming.line, cases_of(found), line), *shown(row)) for line, row in zip(lines, values, strict=True)
    ]
    total = (_("all"), *shown(totals))
    if found.counts_alike:
        unit = found.plans[0].case.money.unit
        heads = (_("{figure}, {unit}").format(figure=OF_MONEY[kind], unit=unit), *found.names, *differing(found))
    else:
        units = (money_of(plan.case) for plan in found.plans)
        heads = (OF_MONEY[kind], *(series(head, "\n") for head in zip(found.names, units, strict=True)))
    return Table(heads, tuple(rows), "l" + "r" * (len(heads) - 1), total)
