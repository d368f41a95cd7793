"""Plans nearly as good as the best, and what they have in common: in words, and which measures are in which of them."""

from __future__ import annotations

from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS
from planner.documents import goals
from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Said, Section, table
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import names_axis
from planner.documents.drawings.stacked import Heads, colours_of_kinds, stacked
from planner.plans.totals import columns
from planner.questions import saying
from planner.questions.alternatives.ask import called
from planner.words import numbers
from planner.words.said import _, count, counted, series, told

if TYPE_CHECKING:
    from planner.questions.alternatives.ask import Alternatives

NAMES_SHOWN = 12  # of the measures that an alternative adds, or leaves out
AUDITS = {"passed": _("passed"), "failed": _("failed"), "not run": _("not run")}
HEADINGS = (
    ("every", _("In every plan so good")),
    ("every or some", _("In every such plan, or in some: not proven")),
    ("some", _("In some such plans and not in others")),
    ("some or no", _("In some such plans, or in none: not proven")),
    ("not known", _("Not known")),
    ("no", _("In no plan so good")),
    ("cannot start", _("Cannot start at all")),
    ("before", _("Decided before the plan")),
)
ANSWERS = {
    "every": _("in every plan"), "every or some": _("in every plan or some"), "some": _("in some plans"),
    "some or no": _("in some plans or none"), "not known": _("not known"), "no": _("in no plan"),
}  # fmt: skip
SHOWN = 40  # measures; the answer names all of them
ROW = 24


def text(result: Alternatives, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Alternatives) -> Said:
    """The answer: the plans beside each other, what each does otherwise, and what all have in common."""
    share = f"{100 * result.within:g} %"
    asked = _("other plans near the best")
    if result.within == result.within:
        asked = _("other plans within {share} of the best").format(share=share)
    if not result.tables:
        return saying.answer(result, asked, ())
    sections = *_plans(result), _changes(result), _in_common(result, share), (Paragraph(_reading(result, share)),)
    return saying.answer(result, asked, sections, _headline(result, share))


def _headline(result: Alternatives, share: str) -> tuple[str, ...]:
    """How many other plans there are, and of how many measures it is proven that all of them have them."""
    others = len(result.tables["alternatives"]) - 1
    if not others:
        first = _("No other plan within {share} of the best was found.").format(share=share)
    else:
        first = counted(
            others,
            "{plans} within {share} of the best was found.",
            "{plans} within {share} of the best were found.",
        ).format(plans=count(others, "other plan"), share=share)
    within = result.tables["measures"]["within"]
    sums = [int((within == answer).sum()) for answer in ("every", "some", "no")]
    unproven = int(within.isin(["every or some", "some or no", "not known"]).sum())
    said = _("Measures in every plan so good: {every}; in some and not in others: {some}; in none: {none}.")
    if unproven:
        said = _(
            "Measures in every plan so good: {every}; in some and not in others: {some}; in none: {none}; not proven: "
            "{unproven}."
        )
    return first, said.format(every=sums[0], some=sums[1], none=sums[2], unproven=unproven)


def _plans(result: Alternatives) -> tuple[Section, ...]:
    """The best plan and its alternatives, one a row."""
    found = result.tables["alternatives"]
    if len(found) == 1:
        return ((Paragraph(_none(result)),),)
    decimals = numbers.money_decimals(list(found["spending"]))
    values, bounds = numbers.aligned(found.iloc[:, 1], found.iloc[:, 3])
    rows = [
        [
            called(name),
            values[n],
            numbers.number(100 * worse, 2),
            bounds[n],
            str(away) if n else "-",
            str(least) if n else "-",
            str(measures),
            numbers.money(spending, decimals),
            AUDITS.get(audit, audit),
        ]
        for n, (name, _value, worse, _bound, away, least, measures, spending, audit) in enumerate(
            found.itertuples(index=False)
        )
    ]
    heads = [
        _("plan"), _("first goal"), _("worse,\n%"), _("none so\ndifferent\nbeats"), _("measures\nunlike\nthe best"),
        _("unlike any\nplan above,\nat least"), _("measures"), _("spent,\n{unit}").format(unit=result.case.money.unit),
        _("audit"),
    ]  # fmt: skip
    no_more = ((Paragraph(_("There are no more: {why}.").format(why=result.no_more)),),) if result.no_more else ()
    return (table(heads, rows, "lrrrrrrrl"),), *no_more


def _none(result: Alternatives) -> str:
    """Why no other plan is shown: there is none so different, none was asked for, or none was found in time."""
    if result.no_more:
        none = _("There is no other: {why}.").format(why=result.no_more)
        return series((none, _("Fewer measures to differ in would show nearer ones.")), " ") if result.differ > 1 else none
    if result.count:
        return _("No other plan was found in time; there may be some.")
    return _("No other plan was asked for.")


def _changes(result: Alternatives) -> Section:
    """What each alternative does otherwise than the best plan."""
    changes = result.tables["changes"]
    lines = []
    for name in result.tables["alternatives"]["plan"].tolist()[1:]:
        said = []
        for change, which in (("added", _("it adds {measures}")), ("left out", _("it leaves out {measures}"))):
            ids = changes[(changes["plan"] == name) & (changes["change"] == change)]["measure"].tolist()
            if ids:
                said.append(which.format(measures=saying.measures(result.case, ids, NAMES_SHOWN)))
        lead = _("{plan}, next to the best plan").format(plan=called(name))
        lines.append(Bullet(series(said, "; "), lead))
    return tuple(lines)


def _in_common(result: Alternatives, share: str) -> Section:
    """Measures by what is known of them."""
    measures = result.tables["measures"]
    parts: list[Block] = [Heading(_("What all plans within {share} have in common").format(share=share))]
    for answer, title in HEADINGS:
        some = measures[measures["within"] == answer]
        if len(some):
            lead = _("{title} ({measures})").format(title=title, measures=count(len(some), "measure"))
            parts.append(Bullet(_names(result, some), lead))
    return tuple(parts)


def _names(result: Alternatives, some: Any) -> str:
    """Names of measures; those that the best plan chooses first."""
    rows = list(some[["units_best", "measure"]].itertuples(index=False))
    chosen = saying.measures(result.case, [a for units, a in rows if units > 0])
    others = saying.measures(result.case, [a for units, a in rows if units <= 0])
    if chosen and others:
        return _("{measures}; and, not in the best plan: {others}").format(measures=chosen, others=others)
    return chosen or others


def _reading(result: Alternatives, share: str) -> str:
    proven: str = _("of which nothing is proven")
    if isfinite(result.bound):
        within = numbers.proof(goals.relative(result.best, result.bound))
        proven = _("proven within {share} of the best there is").format(share=within)
    choice = int((~result.tables["measures"]["within"].isin(["before", "cannot start"])).sum())
    counting = _(
        "The first goal is {best} in the best plan found, {proven}; plans count up to {limit}, {share} worse than the best "
        "found."
    ).format(best=numbers.figure(result.best), limit=numbers.figure(result.limit), proven=proven, share=share)
    apart = _(
        "Plans differ from one another in at least {measures} of the {choice} that can be chosen."
    ).format(measures=count(result.differ, "measure"), choice=choice)  # fmt: skip
    return series((counting, apart, METHOD), " ")


METHOD = _(
    "A measure is in a plan when at least one unit of it starts (of one that can be divided, a hundredth of a unit), and "
    "not in it when nothing of it starts; more units, or another period, make no difference. Measures that start together "
    "count as one. Every, some and no are proven by solving, not drawn from the plans above."
)


def pictures(result: Alternatives) -> dict[str, Any]:
    """How many measures of each kind are in every plan, and which plan has which of the others."""
    drawn = {"common": _common(result)}
    data = cells(result)
    if len(data):
        drawn["plans"] = _chart_of_plans(data)
    return drawn


def sums(result: Alternatives) -> pd.DataFrame:
    """How many measures: columns row (answer), part (kind), amount."""
    table = result.tables["measures"]
    known = table[table["within"].isin(list(ANSWERS))]
    sizes = Counter(columns(known, "within", "kind"))
    rows = [(told(ANSWERS[within]), told(KINDS[kind].several), size) for (within, kind), size in sizes.items()]
    return pd.DataFrame(rows, columns=["row", "part", "amount"])


def cells(result: Alternatives) -> pd.DataFrame:
    """Measures that the plans shown do not all agree on: columns row, kind, plan, has (whether the plan has it)."""
    plans = result.tables["alternatives"]["plan"].tolist()
    unlike: dict[str, set[str]] = {}
    for plan, measure in columns(result.tables["changes"], "plan", "measure"):
        unlike.setdefault(measure, set()).add(plan)
    rows = []
    for measure, kind, units in columns(result.tables["measures"], "measure", "kind", "units_best"):
        if measure in unlike:
            has = [(units > 0) != (plan in unlike[measure]) for plan in plans]
            rows.append((kind, -sum(has), saying.short(result.case, measure), has))
    order = list(KINDS)
    rows.sort(key=lambda row: (order.index(row[0]), row[1], row[2]))
    flat = [
        (name, told(KINDS[kind].several), told(called(plan)), had)
        for kind, _has, name, has in rows
        for plan, had in zip(plans, has, strict=True)
    ]
    return pd.DataFrame(flat, columns=["row", "kind", "plan", "has"])


def _common(result: Alternatives) -> Any:
    return stacked(
        sums(result),
        _("What all plans so good have in common"),
        _("measures"),
        colours_of_kinds(),
        Heads(_("what"), _("kind"), _("measures")),
        order=[told(answer) for answer in ANSWERS.values()],
        ticks={"tickMinStep": 1},
    )


def _chart_of_plans(data: pd.DataFrame) -> Any:
    import altair as alt

    plans, order = list(dict.fromkeys(data["plan"])), list(dict.fromkeys(data["row"]))
    shown = data[data["row"].isin(order[:SHOWN])]
    known = {kind: colour for kind, colour in colours_of_kinds().items() if kind in set(shown["kind"])}
    scale = alt.Scale(domain=list(known), range=list(known.values()))
    colour = alt.Color("kind:N", title=None, legend=alt.Legend(orient="top", columns=1), scale=scale)
    below = _("square: in the plan")
    if len(order) > SHOWN:
        below = _("square: in the plan; {number} measures").format(number=SHOWN)
    title = alt.Title(told(_("Where the plans differ")), subtitle=told(below))
    drawn = (
        alt.Chart(shown)
        .transform_filter("datum.has")
        .mark_square(size=110, opacity=1)
        .encode(
            y=alt.Y("row:N", sort=order[:SHOWN], scale=alt.Scale(domain=order[:SHOWN]), title=None, axis=names_axis()),
            x=alt.X("plan:N", scale=alt.Scale(domain=plans), title=None, axis=alt.Axis(orient="top", labelAngle=-40)),
            color=colour,
            tooltip=[
                alt.Tooltip("row:N", title=told(_("what"))),
                alt.Tooltip("kind:N", title=told(_("kind"))),
                alt.Tooltip("plan:N", title=told(_("plan"))),
            ],
        )
        .properties(width=max(120, 44 * len(plans)), height=alt.Step(ROW), title=title)
    )
    return theme.themed(drawn)
