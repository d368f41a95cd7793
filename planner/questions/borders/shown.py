"""What non-cooperation costs and what each signature is worth: in words, and drawn by world and jurisdiction."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import naming
from planner.documents.blocks import Block, Paragraph, Said, Table, table
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import STEP, WIDTH, intervals, names_axis, span
from planner.documents.money import OF_THE_HORIZON, PERSONS
from planner.plans.totals import columns
from planner.questions import saying
from planner.words import numbers
from planner.words.said import _, count, series, told

if TYPE_CHECKING:
    from planner.case import Case
    from planner.questions.borders.ask import Borders

NAMES = {
    "without": _("without a plan"),
    "alone": _("each alone"),
    "closed": _("together, borders closed"),
    "open": _("together, with instruments"),
}

NEEDED = _("no plan without it")
COLOURS = {"without": theme.GREY, "alone": theme.VERMILION, "closed": theme.ORANGE, "open": theme.BLUE}


def text(result: Borders, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Borders) -> Said:
    """The answer: the worlds, gaps by jurisdiction in each, and the signatures with their worth."""
    asked = _("what closed borders cost, and what each signature is worth")
    if not result.tables:
        return saying.answer(result, asked, ())
    headline, reading = _headline(result), Paragraph(_reading(result))
    parts = Paragraph(headline), _worlds(result), _jurisdictions(result), _signatures(result), reading
    return saying.answer(result, asked, tuple((part,) for part in parts), (headline, *_dearest(result)))


def _headline(result: Borders) -> str:
    """Of what the cluster gains, each planning alone loses 61 %; planning together behind closed borders loses 18 %."""
    costs = {name: rest for name, *rest in columns(result.tables["worlds"], "world", "cost_at_least", "cost_at_most")}
    ways = (("alone", _("each planning alone")), ("closed", _("planning together behind closed borders")))
    said = [_("{way} loses {share} %").format(way=way, share=saying.share(*costs[name])) for name, way in ways
            if _is_known(*costs[name])]  # fmt: skip
    rest = [_("what {way} loses is not known").format(way=way) for name, way in ways if not _is_known(*costs[name])]
    if not said:
        return _("What non-cooperation costs is not known.")
    return _("Of what the cluster gains by planning together, with instruments, {losses}.").format(
        losses=series([*said, *rest], "; ")
    )


def _is_known(least: float, most: float) -> bool:
    return saying.share(least, most) != saying.NOT_ANSWERED


def _dearest(result: Borders) -> tuple[str, ...]:
    """The signature that is worth most, if one is worth anything for sure; others may be, where little is proven of them."""
    found = result.tables["signatures"]
    found = found[found["status"] != "infeasible"]
    others = found["share_at_most"].iloc[1:].tolist()
    return tuple(
        (
            _("The signature that is worth most is {name}: {share} % of the whole gain.")
            if saying.is_most(least, others)
            else _("Most is proven of the signature {name}: {share} % of the whole gain; others may be more.")
        ).format(name=naming.measure(result.case, a), share=saying.share(least, most))
        for a, least, most in columns(found.head(1), "measure", "share_at_least", "share_at_most")
        if least > 0
    )


def _worlds(result: Borders) -> Table:
    found, unit = result.tables["worlds"], result.case.money.unit
    shown = numbers.money_decimals(found["spending"].tolist())
    rows = []
    (goals,) = numbers.aligned(found.iloc[:, 1])
    for said, (world, goal, share, least, most, people, spending, status) in zip(
        goals, found.itertuples(index=False, name=None), strict=True
    ):
        if isnan(goal):
            why = saying.NONE_KEEPS if status == "infeasible" else saying.NOT_ANSWERED
            rows.append([NAMES[world], why, "", "", "", ""])
            continue
        cost = "" if world in ("without", "open") else saying.share(least, most)
        figures = said, numbers.number(100 * share, 1), cost
        rows.append([name_of(result, world), *figures, numbers.number(people / 1e6, 2), numbers.money(spending, shown)])
    heads = [
        "", _("first goal\n(lower is better)"), _("gained against\nno plan, % of\nthe whole gain"),
        _("lost, % of\nthe whole\ngain"),
        _("gap closed,\nmillion\nperson-\nequivalents,\n{period}").format(period=result.case.periods[-1].label),
        _("public\nmoney,\n{unit}").format(unit=unit),
    ]  # fmt: skip
    return table(heads, rows, "lrrrrr")


def _jurisdictions(result: Borders) -> Table:
    """Gaps, people and money of each jurisdiction, a column a world."""
    given, case = result.tables["jurisdictions"], result.case
    known = [name for name in NAMES if (given["world"] == name).any()]
    found: dict[tuple[str, str], tuple[Any, ...]] = {
        (world, who): tuple(rest) for world, who, *rest in given.itertuples(index=False, name=None)
    }
    shown, rows = numbers.money_decimals(given["pays"].tolist()), []
    mean, of_worst = _("mean gap of all periods, %"), _("worst city's gap of all periods, %")
    closed = _("gap closed in {period}, million person-equivalents").format(period=case.periods[-1].label)
    for who in case.jurisdictions:
        gaps, worst, people, pays = zip(*(found[world, who] for world in known), strict=True)
        rows += [
            [naming.jurisdiction(case, who), mean, *(numbers.number(100 * gap, 1) for gap in gaps)],
            ["", of_worst, *(numbers.number(100 * gap, 1) for gap in worst)],
            ["", closed, *(numbers.number(brought / 1e6, 2) for brought in people)],
            ["", _("its lines pay, {unit}").format(unit=case.money.unit), *(numbers.money(paid, shown) for paid in pays)],
        ]
    heads = ["", "", *(_head(result, name) for name in known)]
    return table(heads, rows, "ll" + "r" * len(known), keys=2)


def _signatures(result: Borders) -> Block:
    signed, case = result.tables["signatures"], result.case
    if signed.empty:
        return Paragraph(_("The plan signs no instrument."))
    gain = result.without - result.best
    proven = {a for a, share in columns(result.tables["gains"], "measure", "share") if not isnan(share)}
    gains = {(a, who): part / gain for a, who, part in columns(result.tables["gains"], "measure", "jurisdiction", "part")}
    shown = numbers.money_decimals(signed["cost"].tolist())
    rows = []
    for a, signed_by, cost, least, most, status in columns(
        signed, "measure", "signed_by", "cost", "share_at_least", "share_at_most", "status"
    ):
        worth = NEEDED if status == "infeasible" else saying.share(least, most)
        who_gains = [numbers.number(100 * gains[a, who], 1) if a in proven else "" for who in case.jurisdictions]
        rows.append([naming.measure(case, a), _who(case, signed_by), numbers.money(cost, shown), worth, *who_gains])
    heads = [
        _("instrument"), _("signed by"), _("costs,\n{unit}").format(unit=case.money.unit), _("worth, % of\nthe whole gain"),
        *(_("of that\nin {who}").format(who=naming.jurisdiction(case, who)) for who in case.jurisdictions),
    ]  # fmt: skip
    return table(heads, rows, "llrr" + "r" * len(case.jurisdictions))


def _who(case: Case, signed_by: str) -> str:
    return series(naming.jurisdiction(case, who) for who in signed_by.split(";") if who)


def name_of(result: Borders, world: str) -> str:
    """What a world is called: one whose plans are not proven may be better than the plans found in time."""
    statuses = dict(columns(result.tables["worlds"], "world", "status"))
    if statuses.get(world) in ("", "optimal", "infeasible"):
        return NAMES[world]
    return _("{world}, not proven").format(world=NAMES[world])


def _head(result: Borders, world: str) -> str:
    """The same as a heading, in lines."""
    known = {
        "without": _("without a plan"), "alone": _("each alone"), "closed": _("together,\nborders closed"),
        "open": _("together,\nwith instruments"),
    }  # fmt: skip
    proven = name_of(result, world) == NAMES[world]
    return known[world] if proven else _("{world},\nnot proven").format(world=known[world])


def _reading(result: Borders) -> str:
    signed = count(len(result.tables["signatures"]), "instrument")
    said = _(
        "Alone: each jurisdiction plans for its own cities with what it alone hosts, signs and pays and its people's share "
        "of common lines, borders closed to services; the cluster's goal is put together from each one's own cities. "
        "Borders closed: all plan together, but nothing is signed that needs more than one signature, and services that a "
        "policy could open stay at home. All values are of the first goal over the whole cluster, with the same weights; "
        "gaps of jurisdictions are of all periods, weighted as there. "
        "The {instruments} of the plan were forbidden in turn and the rest planned anew: the loss is at least the first "
        "figure (proven) and at most the second. How much of it, in per cent of the same gain, is whose is read off the "
        "plan found without the instrument, the worst city's part where that city is; it is left empty where no loss is "
        "proven. Worths do not add up: instruments stand in for one another, or work only together."
    ).format(instruments=signed)
    return series((said, PERSONS, OF_THE_HORIZON), " ")


def pictures(result: Borders) -> dict[str, Any]:
    """The worlds, the jurisdictions in them, and the signatures of the plan."""
    drawn = {"worlds": _chart_of_worlds(result), "jurisdictions": _chart_of_jurisdictions(result)}
    signed = worths(result)
    if len(signed):
        title, axis = told(_("What each signature is worth")), told(_("worth, % of the whole gain"))
        drawn["signatures"] = intervals(signed, title, axis, {"": theme.KINDS["policy"]})
    return drawn


def gains(result: Borders) -> pd.DataFrame:
    """What each world gains against no plan, % of what all gain together with instruments."""
    rows = []
    for world, share, least, most in columns(
        result.tables["worlds"], "world", "share_of_gain", "cost_at_least", "cost_at_most"
    ):
        if world == "without" or share != share:
            continue
        name = told(name_of(result, world))
        if world == "open":
            rows.append((name, name, 100 * share, 100 * share, span(100 * share, 100 * share)))
        elif most == most:
            low, high = 100 * (1 - most), 100 * (1 - least)
            rows.append((name, name, low, high, span(low, high)))
        else:
            rows.append((name, name, 0.0, 0.0, told(saying.NOT_ANSWERED)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])


def worths(result: Borders) -> pd.DataFrame:
    """What each signature is worth, % of the same gain; where there is no plan without it, all of it."""
    rows = []
    for a, least, most, status in columns(
        result.tables["signatures"], "measure", "share_at_least", "share_at_most", "status"
    ):
        name = told(naming.measure(result.case, a))
        if status == "infeasible":
            rows.append((name, "", 100.0, 100.0, told(NEEDED)))
        elif most == most or least > 0:
            rows.append((name, "", 100 * least, 100 * most, span(100 * least, 100 * most)))
        else:
            rows.append((name, "", 0.0, 0.0, told(saying.NOT_ANSWERED)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"])


def _chart_of_worlds(result: Borders) -> Any:
    colours = {told(name_of(result, world)): colour for world, colour in COLOURS.items()}
    title, axis = _("What is gained against no plan"), _("% of the gain of planning together with instruments")
    return intervals(gains(result), told(title), told(axis), colours)


def _chart_of_jurisdictions(result: Borders) -> Any:
    """The mean gap of each jurisdiction's cities: a dot a world."""
    import altair as alt

    table, names = result.tables["jurisdictions"], {world: told(name) for world, name in NAMES.items()}
    data = pd.DataFrame(
        {
            "row": [told(naming.jurisdiction(result.case, who)) for who in table["jurisdiction"]],
            "group": [names[world] for world in table["world"]],
            "gap": (100 * table["gap"]).tolist(),
        }
    )
    worlds = [names[world] for world in COLOURS if names[world] in set(data["group"])]
    colours = {names[world]: colour for world, colour in COLOURS.items()}
    y = alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=names_axis())
    scale = alt.Scale(domain=worlds, range=[colours[world] for world in worlds])
    base = alt.Chart(data)
    lines = base.mark_line(color=theme.PALE, strokeWidth=3).encode(y=y, x="gap:Q", detail="row:N")
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y,
        x=alt.X("gap:Q", title=told(_("mean gap of its cities over all periods, %")), scale=alt.Scale(zero=True, nice=True)),
        color=alt.Color("group:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=2)),
        shape=alt.Shape("group:N", title=None, scale=alt.Scale(domain=worlds), legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=told(_("what"))),
            alt.Tooltip("group:N", title=told(_("plan"))),
            alt.Tooltip("gap:Q", title=told(_("mean gap of its cities over all periods, %")), format=".1f"),
        ],
    )
    title = told(_("Gaps of each jurisdiction"))
    return theme.themed((lines + dots).properties(width=WIDTH, height=alt.Step(STEP + 6), title=title))
