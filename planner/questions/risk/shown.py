"""How sure a plan is: in words, as a fan of the gap over the periods, overdrawn lines, and what drives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import Case, naming
from planner.documents import text as plan_text
from planner.documents.blocks import Heading, Paragraph, Said, Section, table
from planner.documents.briefing.sure import certainty_asked
from planner.documents.drawings.theme import AFTER, BEFORE, FAINT, GREY, INK, VERMILION, themed
from planner.documents.goals import as_counted
from planner.plans.totals import NOTHING, columns, money_kept_free
from planner.promises import broken_in_words
from planner.questions import saying
from planner.questions.risk.draws import FOR_EACH
from planner.words import numbers
from planner.words.said import Sentence, _, count, series, told

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.risk.ask import Risk

SHOWN = 8  # cities, and works that come late
ONE_IN_FIVE = 0.2
WIDTH, STEP = 420, 26
FIGURES = {
    "capital_cost": _("capital cost"),
    "running_cost": _("running cost"),
    "jobs": _("jobs"),
    "build_years": _("years of works"),
    "people": _("heads"),
}
CERTAINTY_COLUMNS = ("percent", "closed", "spent", "free", "joint", "least", "holds")
YES = {"yes": _("yes"), "no": _("no"), "": ""}
READING = _(
    "The plan's decisions are kept and the world is drawn again and again. What is served is worked out anew each time; who "
    "pays which share of a cost, transfers and debts are the plan's, so what is spent too much falls on the line that pays. "
    "P80: four draws of five are at most that. Money to hold back is told by line and period, each by itself: all of them "
    "together hold in fewer draws."
)


def text(result: Risk, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Risk) -> Said:
    """The answer: chances first, then money by line, drivers, gaps, cities and late works."""
    asked = _("how sure the plan is")
    if not result.tables:
        return saying.answer(result, asked, ())
    titled = (
        (_("What the plan closes"), _closed(result)),
        (_("Money of each line"), _money(result)),
        (_("Two plans in the same draws"), _compared(result)),
        (_("What certainty costs"), _certainty(result)),
        (_("What drives it"), _drivers(result)),
        (_("Gaps"), _indicators(result)),
        (_("Cities that may fare worst beyond what is planned"), _cities(result)),
        (_("Works that come late"), _late(result)),
    )
    sections = tuple((Heading(title, "section"), *section) for title, section in titled if section)
    first = headline(result)
    opening = (*_promises(result), *(Paragraph(line) for line in first))
    return saying.answer(result, asked, (opening, *sections, (Paragraph(READING),)), first)


def _promises(result: Risk) -> Section:
    """What the plan breaks as it is stated, and the plan beside it, if there is one."""
    of_other = tuple(
        Paragraph(_("broken by the other plan: {promise}").format(promise=promise), _("Promise"))
        for other in filter(None, [result.plans.get("other")])
        for promise in broken_in_words(other.case, other.broken)
    )
    return (*plan_text.promises(result.plans["best"]), *of_other)


def headline(result: Risk) -> tuple[str, ...]:
    """What a minister hears: the chance, what to hold back, and what all that rests on."""
    found = [*([_chance(result)] if isfinite(result.at_least) else []), _overdrawn(result), *_kept_free(result)]
    found += numbers.roughly(result.done)
    rests = [
        _("{share} of the plan's money is uncertain by a class that is assumed").format(
            share=numbers.percent(result.assumed_money)
        ),
        _("of {share} nothing is said").format(share=numbers.percent(result.unsaid_money)),
    ]
    found.append(_("{rests}.").format(rests=series(rests, ", ")))
    return tuple(found)


def _chance(result: Risk) -> Sentence:
    closed = _of(result, "closed")
    return _(
        "In {chance} of {draws} the plan closes at least {least} of the gap (as stated: {planned}; in half of the draws at "
        "least {middle}, in nine of ten at least {low})."
    ).format(
        chance=numbers.chance(result.chance), draws=count(result.done, "draw"), least=numbers.percent(result.at_least),
        planned=numbers.percent(result.planned), middle=numbers.percent(closed["p50"]), low=numbers.percent(closed["p10"]),
    )  # fmt: skip


def _overdrawn(result: Risk) -> Sentence:
    """In how many draws all lines hold, and what to hold back for four of five."""
    money, plan = result.tables["money"], result.plans["best"].tables["money"]
    hold, paid = float(money["hold_80"].sum()), float((plan["capital"] + plan["running"] + plan["fees"]).sum())
    if not len(money) or (hold <= 1e-9 * max(1.0, paid) and float(money["overdrawn"].max()) <= ONE_IN_FIVE):
        return _("No line is overdrawn in more than one draw of five.")
    return _(
        "All lines hold in {joint} of the draws. To pay for four draws of five, line by line and period by period, {hold} "
        "{unit} have to be held back beside the {paid} that the plan spends: {share} of that."
    ).format(
        joint=numbers.chance(result.joint), hold=numbers.figure(hold), unit=result.case.money.unit,
        paid=numbers.figure(paid), share=numbers.percent(hold / paid if paid else 0.0),
    )  # fmt: skip


def _kept_free(result: Risk) -> tuple[Sentence, ...]:
    """What the plan keeps free already, where it does."""
    free = sum(money_kept_free(result.plans["best"]).values())
    said_ = _("The plan keeps {free} {unit} free already, beside what it pays.")
    return (said_.format(free=numbers.figure(free), unit=result.case.money.unit),) if free > 0 else ()


def _of(result: Risk, what: str) -> dict[str, Any]:
    names = list(result.tables["closed"].columns)
    rows = (dict(zip(names, row, strict=True)) for row in result.tables["closed"].itertuples(index=False))
    return next(row for row in rows if row["what"] == what)


def _closed(result: Risk) -> Section:
    """Percentiles of the share that is closed and of goals, with how well P80 is known."""
    rows = []
    for what, name, *points, least, most in columns(result.tables["closed"], *result.tables["closed"].columns):
        shown = numbers.percent if what == "closed" else numbers.figure
        between = "" if not isfinite(least) else _("{least} to {most}").format(least=shown(least), most=shown(most))
        title = _("share of the gap closed") if what == "closed" else as_counted(result.case, name)
        rows.append([title, *(shown(point) for point in points), between])
    head = ["", _("as\nstated"), _("P10"), _("P50"), _("P80"), _("P90"), _("P80\nbetween")]
    if not any(row[-1] for row in rows):  # too few draws to say how well P80 is known
        head, rows = head[:-1], [row[:-1] for row in rows]
    # the hypercubes are of all draws, and of few there is one alone, which is said at the head
    why = (Paragraph(CUT_SHORT, look="note"),) if numbers.FEW_DRAWS <= result.done < result.draws else ()
    return (table(head, rows, "l" + "r" * (len(head) - 1)), *why)


CUT_SHORT = _("How well P80 is known is told once all draws are worked out.")


def _money(result: Risk) -> Section:
    case, rows = result.case, []
    names = ("line", "period", "has", "planned", "p50", "p80", "p90", "overdrawn", "hold_65", "hold_80", "hold_90")
    found = list(columns(result.tables["money"], *names))
    shown = numbers.money_decimals([amount for row in found for amount in (row[2], row[3])])
    before = ""
    for l, t, has, planned, p50, p80, p90, overdrawn, *held in found:
        amounts = [numbers.money(amount, shown) for amount in (has, planned, p50, p80, p90)]
        back = [numbers.money(amount, shown) for amount in held]
        rows.append(
            [naming.line(case, l) if l != before else "", case.period(t).label, *amounts, numbers.chance(overdrawn), *back]
        )
        before = l
    head = [
        _("money, {unit}").format(unit=case.money.unit), _("period"), _("has"), _("to be\nspent"), _("P50"), _("P80"),
        _("P90"), _("over-\ndrawn in"), _("hold back\nfor 65 %"), _("for\n80 %"), _("for\n90 %"),
    ]  # fmt: skip
    tight = any(
        has - planned <= NOTHING and overdrawn > ONE_IN_FIVE for _l, _t, has, planned, *_p, overdrawn, _a, _b, _c in found
    )
    return (table(head, rows, "ll" + "r" * 9, keys=2), *((Paragraph(TIGHT),) if tight else ()))


TIGHT = _(
    "A line that has only as much as is to be spent carries nothing on and keeps nothing free: whatever turns out dearer "
    "overdraws it."
)
COMPARED: Mapping[str, tuple[Sentence, Callable[[float], str]]] = {  # row -> what it is called, and how it is written
    "closed_p10": (_("share of the gap closed, P10"), numbers.percent),
    "closed_p50": (_("P50"), numbers.percent),
    "closed_p90": (_("P90"), numbers.percent),
    "chance": (_("closes at least {least} in"), numbers.chance),
    "more": (_("closes more than the other in"), numbers.chance),
    "joint": (_("all lines have the money in"), numbers.chance),
    "spent": (_("spent as planned, {unit}"), numbers.figure),
    "hold_80": (_("to hold back for 80 %, {unit}"), numbers.figure),
    "lacks_p80": (_("lines lack in all, P80, {unit}"), numbers.figure),
}


def _compared(result: Risk) -> Section:
    """Both plans, row by row."""
    if "compared" not in result.tables:
        return ()
    values = {what: (first, second) for what, first, second in columns(result.tables["compared"], "what", "first", "second")}
    rows = []
    for what, (name, shown) in COMPARED.items():
        title = name.format(least=numbers.percent(result.at_least), unit=result.case.money.unit)
        rows.append([title, *(shown(value) for value in values[what])])
    return (table(["", _("first plan"), _("second plan")], rows, "lrr"),)


CERTAINTY = _(
    "Plans of which every line holds in every period, each by itself, in so many of the draws, to a point, and lacks at "
    "most a hundredth of what it has there; all of them together hold in fewer. Found by raising what is kept free until "
    "they hold: a heuristic, so that less may have to be given up."
)


def _certainty(result: Risk) -> Section:
    """What plans close that hold in more and more of the draws."""
    if "certainty" not in result.tables:
        return ()
    found = list(columns(result.tables["certainty"], *CERTAINTY_COLUMNS))
    shown = numbers.money_decimals([amount for row in found for amount in (row[2], row[3])])
    rows = [
        [certainty_asked(percent), numbers.percent(closed, 1),
         numbers.money(spent, shown), numbers.money(free, shown), numbers.chance(joint, 1), numbers.chance(least, 1),
         YES[holds]]
        for percent, closed, spent, free, joint, least, holds in found
    ]  # fmt: skip
    head = [
        _("certainty"), _("closes"), _("spent, {unit}").format(unit=result.case.money.unit), _("kept\nfree"),
        _("all lines\nhold in"), _("each line holds\nat least in"), _("holds"),
    ]  # fmt: skip
    return table(head, rows, "lrrrrrl"), Paragraph(CERTAINTY)


def name_of_factor(case: Case, factor: str) -> Sentence:
    """What a factor is called: as the case calls it, or by its norm."""
    if factor in case.uncertain:
        return _("{name}").format(name=naming.uncertain(case, factor))
    return _("range of norm {norm}").format(norm=naming.norm(factor.removeprefix("norm ")))


def _drivers(result: Risk) -> Section:
    rows = []
    for factor, of, items, assumed, closed, money, *__ in columns(
        result.tables["drivers"], *result.tables["drivers"].columns
    ):
        rests = _("assumed") if assumed else _("with a source")
        name = name_of_factor(result.case, factor)
        rows.append([name, FIGURES[of], str(items), rests, numbers.percent(closed), numbers.percent(money)])
    head = [
        _("uncertain"),
        _("of"),
        _("items"),
        _("rests on"),
        _("variance of what\nis closed"),
        _("variance of\nmoney spent"),
    ]
    note = _(
        "Shares of variance by a regression of ranks on the scores of whole classes; what each measure does by itself is in "
        "none of them."
    )
    return table(head, rows, "llrlrr"), Paragraph(note), *_too_few(result)


def _too_few(result: Risk) -> Section:
    """Why no shares of variance are told, where none are."""
    untold = result.tables["drivers"][["of_closed", "of_money"]].isna().any().any()
    said_ = _("Where there are dashes the draws are too few to tell: it takes {number} for each uncertain figure.")
    return (Paragraph(said_.format(number=FOR_EACH), look="note"),) if untold else ()


def _indicators(result: Risk) -> Section:
    case, rows, before = result.case, [], ""
    for x, t, *points in columns(result.tables["indicators"], *result.tables["indicators"].columns):
        name = naming.indicator(case, x) if x != before else ""
        rows.append([name, case.period(t).label, *(numbers.percent(point) for point in points)])
        before = x
    head = [_("mean gap"), _("period"), _("as\nstated"), _("P10"), _("P50"), _("P80"), _("P90")]
    return (table(head, rows, "llrrrrr", keys=2),)


def _cities(result: Risk) -> Section:
    rows = [
        [naming.city(result.case, i), *(numbers.percent(point) for point in points)]
        for i, *points in columns(result.tables["cities"], *result.tables["cities"].columns)
    ]
    head = [_("mean gap of all periods"), _("as\nstated"), _("P50"), _("P90")]
    more = (Paragraph(saying.more(len(rows) - SHOWN)),) if len(rows) > SHOWN else ()
    return table(head, rows[:SHOWN], "lrrr"), *more


def _late(result: Risk) -> Section:
    rows = [
        [naming.measure(result.case, a), numbers.chance(chance), numbers.number(years, 1)]
        for a, chance, years in columns(result.tables["late"], *result.tables["late"].columns)
    ]
    if not rows:
        return ()
    head = [_("measure"), _("late in"), _("years late\nthen")]
    more = (Paragraph(saying.more(len(rows) - SHOWN)),) if len(rows) > SHOWN else ()
    return table(head, rows[:SHOWN], "lrr"), *more


# --- drawn


def pictures(result: Risk) -> dict[str, Any]:
    """A fan of the mean gaps over the periods, chances that lines are overdrawn, and a tornado of what drives it."""
    if not result.tables:
        return {}
    found = {"fan": fan(result), "overdrawn": overdrawn(result)}
    if result.tables["drivers"]["closed_low"].notna().any():
        found["drivers"] = tornado(result)
    if "certainty" in result.tables:
        found["certainty"] = certainty(result)
    return found


def certainty(result: Risk) -> alt.Chart:
    """What plans close against how often their lines hold; labels: what certainty was asked for."""
    import altair as alt

    data = pd.DataFrame(
        [
            (100 * least, 100 * closed, told(certainty_asked(percent)))
            for percent, closed, _spent, _free, _joint, least, _holds in columns(
                result.tables["certainty"], *CERTAINTY_COLUMNS
            )
        ],
        columns=["holds", "closed", "name"],
    )
    x = alt.X("holds:Q", title=told(_("draws in which each line holds, at least, %")), scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("closed:Q", title=told(_("share of the gap closed, %")), scale=alt.Scale(zero=False))
    base = alt.Chart(data).encode(x=x, y=y)
    drawn: Any = (
        base.mark_line(color=AFTER, point=True) + base.mark_text(dy=-10, color=INK).encode(text="name:N")
    ).properties(width=WIDTH, height=200, title=alt.Title(told(_("What certainty costs"))))
    return themed(drawn)  # type: ignore[no-any-return]


def fan(result: Risk) -> alt.Chart:
    """Each indicator's mean gap, period by period: P10 to P90 pale, P50 as a line, as stated as points."""
    import altair as alt

    case = result.case
    data = result.tables["indicators"].copy()
    data["name"] = [told(naming.indicator(case, x)) for x in data["indicator"]]
    data["when"] = [case.period(t).label for t in data["period"]]
    for column in ("planned", "p10", "p50", "p90"):
        data[column] = 100 * data[column]
    data = data.drop(columns=["indicator", "period"])  # ids are nothing for readers
    x = alt.X("when:N", title=None, sort=[p.label for p in case.periods], axis=alt.Axis(labelAngle=0))
    axis = told(_("mean gap, %"))
    base = alt.Chart(data)
    band = base.mark_area(color=AFTER, opacity=0.25).encode(x=x, y=alt.Y("p10:Q", title=axis), y2="p90:Q")
    ends = base.mark_rule(color=AFTER, opacity=0.4, strokeWidth=6).encode(x=x, y="p10:Q", y2="p90:Q")
    middle = base.mark_line(color=AFTER, point=True).encode(x=x, y=alt.Y("p50:Q", title=axis))
    stated = base.mark_point(color=INK, shape="cross", size=70).encode(x=x, y="planned:Q")
    drawn: Any = (band + ends + middle + stated).properties(width=190, height=120).facet(
        facet=alt.Facet("name:N", title=None, sort=list(dict.fromkeys(data["name"]))), columns=3,
        title=alt.Title(
            told(_("Mean gaps with the plan")),
            subtitle=told(_("pale: nine draws of ten above P10, below P90; line: half of the draws; cross: as stated")),
        ),
    )  # fmt: skip
    return themed(drawn)  # type: ignore[no-any-return]


def overdrawn(result: Risk) -> alt.Chart:
    """How often each line lacks money, by period."""
    import altair as alt

    case = result.case
    data = result.tables["money"][["line", "period", "overdrawn"]].copy()
    data["name"] = [told(naming.line(case, l)) for l in data["line"]]
    data["when"] = [case.period(t).label for t in data["period"]]
    data["share"] = 100 * data["overdrawn"]
    data["text"] = [numbers.chance(share) for share in data["overdrawn"]]
    data = data.drop(columns=["line", "period"])
    x = alt.X("when:N", title=None, sort=[p.label for p in case.periods], axis=alt.Axis(labelAngle=0, orient="top"))
    y = alt.Y("name:N", title=None, sort=list(dict.fromkeys(data["name"])))
    shades = alt.Scale(domain=[0, 100], range=["#ffffff", VERMILION], interpolate="rgb")  # by hue, white would turn yellow
    colour = alt.Color("share:Q", title=told(_("% of the draws")), scale=shades)
    cells = alt.Chart(data).mark_rect(stroke=FAINT).encode(x=x, y=y, color=colour)
    labels = alt.Chart(data).mark_text(color=INK).encode(x=x, y=y, text="text:N")
    title = alt.Title(told(_("How often a line is overdrawn")))
    drawn: Any = (cells + labels).properties(width=WIDTH, height=alt.Step(STEP), title=title)
    return themed(drawn)  # type: ignore[no-any-return]


def tornado(result: Risk) -> alt.Chart:
    """What is closed where a class is low and where it is high: medians of a fifth of the draws each."""
    import altair as alt

    low, high = told(_("lowest fifth of its scores")), told(_("highest fifth"))
    rows = []
    for factor, *__, at_low, at_high, _low, _high in columns(result.tables["drivers"], *result.tables["drivers"].columns):
        if not isfinite(at_low):
            continue  # what only costs more closes as much
        name = told(name_of_factor(result.case, factor))
        rows += [(name, low, 100 * at_low, abs(at_high - at_low)), (name, high, 100 * at_high, abs(at_high - at_low))]
    data = pd.DataFrame(rows, columns=["row", "group", "closed", "width"]).sort_values(
        "width", ascending=False, kind="stable"
    )
    middle = 100 * _of(result, "closed")["p50"]
    data["middle"] = middle
    order = list(dict.fromkeys(data["row"]))
    y = alt.Y("row:N", sort=order, title=None)
    x = alt.X("closed:Q", title=told(_("share of the gap closed, %")), scale=alt.Scale(zero=False))
    colour = alt.Color(
        "group:N", title=None, scale=alt.Scale(domain=[low, high], range=[BEFORE, AFTER]), legend=alt.Legend(orient="top")
    )
    bars = alt.Chart(data).mark_bar(height=STEP * 0.5).encode(y=y, x=x, x2="middle:Q", color=colour)
    line = alt.Chart(pd.DataFrame({"middle": [middle]})).mark_rule(color=GREY).encode(x="middle:Q")
    title = alt.Title(told(_("What drives what is closed")), subtitle=told(_("line: half of all draws")))
    drawn: Any = (bars + line).properties(width=WIDTH, height=alt.Step(STEP), title=title)
    return themed(drawn)  # type: ignore[no-any-return]
