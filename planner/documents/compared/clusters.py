"""Plans of different clusters: cluster by cluster, by place of a city in it, per head, and indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from planner.case import naming
from planner.documents import clusters as titles
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Sections, Table
from planner.scorecard import across
from planner.scorecard.across import ALL, CLOSED, OF_THE_CLUSTER, TIERS, Meaning
from planner.scorecard.money import CURRENCIES, scale
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, counted, series

if TYPE_CHECKING:
    from planner.case import Case
    from planner.comparing import Comparison

ABSENT = "-"
MEANS = ["indicator", "unit", "standard"]  # columns that are a `Meaning`
NAMES: Mapping[str, Sentence] = {
    "cities": _("cities"),
    "people": _("people, million"),
    "gap_without": _("gap without the plan, %"),
    "gap_with": _("gap with it, %"),
    "worst_gap": _("gap of the worst city with it, %"),
    "money_a_head": _("money a head"),
    CLOSED: _("gap closed for each 1,000 a head, points"),
    "jobs_a_head": _("jobs of parks, per 1,000 people"),
    "measures_a_head": _("measures chosen, per million people"),
    "private_share": _("private share of investment, %"),
    "across_borders_a_head": _("money that crosses borders, a head"),
    "unspent_share": _("money left unspent, %"),
    "indicators": _("indicators known"),
}
DECIMALS: Mapping[str, int] = {"cities": 0, "money_a_head": 0, CLOSED: 2, "across_borders_a_head": 0, "measures_a_head": 2}


def cluster_table(found: Comparison) -> Sections:
    """All cities of each cluster: what it has, what the plan changes, what that costs a head."""
    rows = [row for figure, name in NAMES.items() for row in _rows(found, ALL, figure, name)]
    heads = (_("in the last period; money over the horizon"), *heads_of(found))
    return ((Table(heads, tuple(rows), "l" + "r" * len(found.names)), Paragraph(PAID)),)


PAID = _(
    "Money is all that is paid for measures and use, public and private; a measure's cost lies in its cities in equal "
    "parts. A gap is the mean that the first goal of its case takes: it can be set beside another's only as far as both ask "
    "for the same, which the table of indicators shows."
)


def tier_table(found: Comparison) -> Sections:
    """The same by place of a city in its cluster; and whose small cities gain most for their money."""
    rows = []
    for tier in TIERS[1:]:
        for figure in (name for name in NAMES if name not in OF_THE_CLUSTER):
            rows += _rows(
                found, tier, figure, _("{tier}: {figure}").format(tier=vocabulary.TIERS[tier], figure=NAMES[figure])
            )
    if not rows:
        return ()
    table = Table((_("place of the city"), *heads_of(found)), tuple(rows), "l" + "r" * len(found.names))
    said = gains_most(found)
    return ((table, *([Paragraph(said, look="strong")] if said else [])),)


def gains(found: Comparison) -> tuple[list[Meaning], dict[str, float]]:
    """What small cities gain for their money by the indicators that mean the same in all plans.

    Goals of different cases weigh different things, so they rank nobody. Here each of those indicators weighs the same; the
    money is all that is paid in small cities, whatever for.

    Returns
    -------
    The indicators, and name -> points for each 1,000 a head, of the plans with small cities where anything is paid; nothing
    where there is no such indicator, or the plans' money is not of one unit.
    """
    table, frame = found.tables["clusters"], found.tables["indicators"]
    money = table[(table["tier"] == "small") & (table["figure"] == "money_a_head")]
    if len(money) != 1:
        return [], {}
    paid = {name: float(money.iloc[0][name]) for name in found.names if money.iloc[0][name] > 0}
    names = list(found.names)
    in_all = {key for key, some in frame[frame["tier"] == ALL].groupby(MEANS) if some[names].notna().all(axis=None)}
    closed: dict[Meaning, dict[str, float]] = {}
    for key, some in frame[frame["tier"] == "small"].groupby(MEANS, sort=False):
        gap = some.set_index("state")[list(paid)]
        if key in in_all and gap.notna().all(axis=None):
            closed[Meaning(*map(str, key))] = {name: float(gap[name]["without"] - gap[name]["with"]) for name in paid}
    if not closed:
        return [], {}
    points = {name: 100.0 * sum(each[name] for each in closed.values()) / len(closed) for name in paid}
    return list(closed), {name: points[name] / (paid[name] / 1000.0) for name in paid}


def gains_most(found: Comparison) -> str:
    """Whose small cities gain most per money a head, the first of those that have any; empty where nothing tells it."""
    indicators, values = gains(found)
    names = dict(zip(found.names, called(found), strict=True))
    if len(values) < 2:
        return ""
    ordered = sorted(values, key=lambda name: -values[name])
    without = [names[name] for name in found.names if name not in values]
    said = _(
        "By the indicators that all of them have alike, each weighing the same ({indicators}), small cities gain most for "
        "their money in {best}: {points} points of the gap for each 1,000 {money} a head; then {others}."
    )
    others = [
        _("{cluster} {points}").format(cluster=names[name], points=numbers.number(values[name], 2)) for name in ordered[1:]
    ]
    best = said.format(
        indicators=series([_said(found, means)[0] for means in indicators]), best=names[ordered[0]],
        points=numbers.number(values[ordered[0]], 2), money=scale(found.plans[0].case)[1], others=series(others),
    )  # fmt: skip
    if not without:
        return best
    none = counted(
        len(without),
        "{clusters} has no small city, or pays nothing there.",
        "{clusters} have no small cities, or pay nothing there.",
    )
    return series((best, none.format(clusters=text_layout.join(without))), " ")


def indicator_table(found: Comparison) -> Sections:
    """Mean gaps of each indicator: what has the same name, unit and standard in one row, whoever is left out of it."""
    frame = found.tables["indicators"]
    rows: list[tuple[str, ...]] = []
    last: object = None
    for key, some in frame[frame["tier"] == ALL].groupby(MEANS, sort=False):
        for _index, row in some.iterrows():
            values = [float(row[name]) for name in found.names]
            said, standard = ("", "") if key == last else _said(found, Meaning(*map(str, key)))
            state = _("without") if row["state"] == "without" else _("with")
            rows.append((said, standard, state, *(percent(v) for v in values)))
            last = key
    if not rows:
        return ()
    heads = (_("mean gap by people, %"), _("standard"), _("plan"), *heads_of(found))
    table = Table(heads, tuple(rows), "lll" + "r" * len(found.names), keys=2)
    return ((table, Paragraph(in_common(found))),)


def in_common(found: Comparison) -> str:
    """How many indicators two plans or more have alike, and that a name alone is not enough."""
    frame = found.tables["indicators"]
    alike = 0
    names: dict[str, list[list[str]]] = {}
    for key, some in frame[frame["tier"] == ALL].groupby(MEANS, sort=False):
        having = [name for name in found.names if some[name].notna().any()]
        alike += len(having) > 1
        names.setdefault(str(key[0]), []).append(having)
    only_by_name = [name for name, each in names.items() if len(each) > 1]
    said = counted(
        alike,
        "{number} indicator is in two plans or more with the same name, standard and unit, whoever is left out of it.",
        "{number} indicators are in two plans or more with the same name, standard and unit, whoever is left out of them.",
    ).format(number=alike)
    if not only_by_name:
        return said
    more = _("Of the same name, but with another standard or unit: {names}.")
    return series((said, more.format(names=text_layout.join([_name(found, name) for name in only_by_name]))), " ")


def called(found: Comparison) -> list[str]:
    """A name for each plan."""
    return titles.called([plan.case for plan in found.plans], found.names)


def heads_of(found: Comparison) -> list[str]:
    """The names as headings."""
    return titles.heads(called(found))


def _said(found: Comparison, means: Meaning) -> tuple[str, str]:
    """An indicator's name and its standard, in words."""
    for plan in found.plans:
        for x in plan.case.indicators:
            if across.meaning(plan.case, x) == means:
                return naming.indicator(plan.case, x), _standard(plan.case, x)
    return means.name, means.standard


def _name(found: Comparison, name: str) -> str:
    """An indicator's name in both languages."""
    cases = [plan.case for plan in found.plans]
    every = (naming.indicator(case, x) for case in cases for x in case.indicators)
    return next((said for said in every if str(said) == name), name)


def _standard(case: Case, x: str) -> str:
    """What is asked for in the last period, of which the gaps are."""
    if x in case.services:
        service = case.services[x]
        heads = naming.people(case, service.of)
        return _("{standard} {unit} per 1,000 {people}").format(
            standard=f"{service.per_1000[case.periods[-1].id]:g}", unit=vocabulary.unit(service.unit), people=heads
        )
    if x in case.access:
        access = case.access[x]
        if access.kind == "reach":
            share = numbers.percent(access.target or 0.0)
            return _("{share} within {minutes:g} minutes").format(share=share, minutes=access.standard_minutes)
        return (
            _("{least:g} to {most:g} minutes, mean") if access.kind == "all" else _("{least:g} to {most:g} minutes")
        ).format(least=access.standard_minutes, most=access.worst_minutes or 0.0)
    if x in case.work:
        work = case.work[x]
        if work.kind == "target":
            return _("each city's own target")
        return _("{share} of the core cities").format(share=numbers.percent(work.share))
    return _("as many as it is meant for")


def _rows(found: Comparison, tier: str, figure: str, name: str) -> list[tuple[str, ...]]:
    """A row for each unit of a figure that some plan has."""
    frame = found.tables["clusters"]
    rows = []
    for _index, row in frame[(frame["tier"] == tier) & (frame["figure"] == figure)].iterrows():
        values = [float(row[plan]) for plan in found.names]
        rows.append((_with_money(name, row["unit"]), *(_shown(found, figure, row["unit"], v) for v in values)))
    return rows


def _with_money(name: str, unit: str) -> str:
    money = unit.removeprefix("points per 1,000 ")
    return _("{figure} ({money})").format(figure=name, money=_money(money)) if ", prices of " in money else name


def _money(unit: str) -> Sentence:
    money, _of, year = unit.partition(", prices of ")
    money = CURRENCIES.get(money, money)
    called = _("money") if money == "money" else money  # of a case whose unit names no currency
    return _("{money}, prices of {year}").format(money=called, year=year)


def _shown(found: Comparison, figure: str, unit: str, value: float) -> str:
    if value != value:
        return ABSENT
    if figure == "indicators":
        cases = [plan.case for plan in found.plans]
        return _("{known} of {number}").format(known=numbers.number(value, 0), number=across.known_of(cases))
    if unit == "share, 0-1":
        return percent(value)
    return numbers.number(value, DECIMALS.get(figure, 1))


def percent(share: float) -> str:
    """A share as the figure of per cent; nothing where it is not known."""
    return ABSENT if share != share else numbers.number(100 * share, 1)


def sections(found: Comparison) -> Sequence[tuple[str, Sections]]:
    """The parts of a comparison of different clusters."""
    return (
        (_("Cluster by cluster"), cluster_table(found)),
        (_("By place of the city"), tier_table(found)),
        (_("Indicator by indicator"), indicator_table(found)),
    )


APART = _(
    "The plans are of different clusters, with cities, lines and measures of their own: no goal of one can be set beside "
    "another's. What can be compared is what means the same: gaps by indicator, money and jobs a head."
)
