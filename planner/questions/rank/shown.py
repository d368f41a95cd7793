"""A ranked list beside the optimal plan, in words and drawn: what each closes, and on what it spends."""

from __future__ import annotations

from math import isfinite, isnan, nan
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from planner.case import KINDS, Kind, naming
from planner.documents import vocabulary
from planner.documents.blocks import Bullet, Paragraph, Said, Section, Table, table
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import intervals, span
from planner.documents.drawings.stacked import Heads, colours_of_kinds, stacked
from planner.documents.money import PERSONS
from planner.plans.totals import IN_FORCE, columns
from planner.promises import broken_in_words
from planner.questions import saying
from planner.words import numbers
from planner.words.said import Sentence, _, count, series, told

if TYPE_CHECKING:
    from planner.questions.rank.ask import Ranking

SHOWN = 15  # rows of the list
RANKED, OPTIMAL = _("ranked list"), _("optimal plan")
COLOURS = {"ranked": theme.ORANGE, "best": theme.BLUE}


def text(result: Ranking, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Ranking) -> Said:
    """The answer: what each closes for how much, the top of the list, and on what kinds of measures money goes."""
    asked = _("a ranked list against the optimal plan")
    if not result.tables:
        return saying.answer(result, asked, ())
    headline = _headline(result)
    broken = [
        Bullet(_("The ranked list breaks: {promise}").format(promise=promise))
        for promise in broken_in_words(result.case, result.plans["ranked"].broken)
    ]
    sections: tuple[Section, ...] = (
        (Paragraph(headline),), (_comparison(result),), _list(result), (_not_started(result),), (_kinds(result),),
        (Paragraph(_reading(result)), *broken),
    )  # fmt: skip
    return saying.answer(result, asked, sections, (headline,))


def _headline(result: Ranking) -> str:
    """The ranked list closes 31 % of the first goal with 310 bn; the optimal plan 42 % with 322 bn."""
    said = {name: rest for name, *rest in columns(result.tables["comparison"], "plan", "share_closed", "spending")}
    shown = numbers.money_decimals([spending for _share, spending in said.values()])

    def closes(name: str) -> str:
        share, spending = said[name]
        money = _("{money} {unit}").format(money=numbers.money(spending, shown), unit=result.case.money.unit)
        if isnan(share):
            return _("nothing, as nothing is missing, with {money}").format(money=money)
        return _("{share} of the first goal with {money}").format(share=numbers.percent(share, 1), money=money)

    begin = _("The ranked list closes {closes}")
    if not result.finished:
        begin = _("The ranked list was not gone through to its end; what was started of it by then closes {closes}")
    ranked = begin.format(closes=closes("ranked"))
    if "best" not in said:
        return _("{ranked}; the optimal plan is not known.").format(ranked=ranked)
    best = _("the best plan found closes {closes}, from the same lines")
    if names(result)["best"] == OPTIMAL:
        best = _("the optimal plan closes {closes}, from the same lines")
    more = _more(result)
    if not more:
        return _("{ranked}; {best}.").format(ranked=ranked, best=best.format(closes=closes("best")))
    message = _("{ranked}; {best}: {more} % more than the list.")
    if result.best > result.ranked:  # and so `more` begins at nothing
        message = _(
            "{ranked}; {best}: {more} % more than the list could be closed, and the plan gives up a little of the first "
            "goal for those after it, within its tolerance."
        )
    return message.format(ranked=ranked, best=best.format(closes=closes("best")), more=more)


def names(result: Ranking) -> dict[str, str]:
    """What the two are called: a list that was not gone through is none, and a plan that is not proven not the best."""
    proven = "best" in result.plans and result.plans["best"].status == "optimal"
    ranked = RANKED if result.finished else _("start of the list")
    return {"ranked": ranked, "best": OPTIMAL if proven else _("best plan found")}


def _more(result: Ranking) -> str:
    """How much more the optimal plan closes, as a share of what the list closes: at least, and at most."""
    closed = result.without - result.ranked
    if closed <= 0 or not result.finished:
        return ""
    least, most = (100 * max(0.0, result.ranked - value) / closed for value in (result.best, result.bound))
    said = saying.span(least, most if isfinite(result.bound) else nan, 1)
    return "" if said == saying.NOT_ANSWERED else said


def _comparison(result: Ranking) -> Table:
    found, unit = result.tables["comparison"], result.case.money.unit
    shown, last = numbers.money_decimals(found["spending"].tolist()), result.case.periods[-1].label
    ((without, *goals),) = numbers.aligned([result.without, *found.iloc[:, 1]])
    has_reserves = bool(found["kept_free"].any())
    rows: list[list[str]] = []
    for said, (name, _goal, share, people, spending, unspent, free, measures, broken) in zip(
        goals, found.itertuples(index=False, name=None), strict=True
    ):
        rows.append(
            [
                names(result)[name], said, numbers.number(100 * share, 1), numbers.number(people / 1e6, 2),
                numbers.money(spending, shown), numbers.money(unspent, shown),
                *([numbers.money(free, shown)] if has_reserves else []), str(measures), str(broken),
            ]
        )  # fmt: skip
    heads = [
        "", _("first goal\n(lower is better)"), _("closed,\n%"),
        _("gap closed,\nmillion\nperson-\nequivalents,\n{period}").format(period=last),
        _("spent,\n{unit}").format(unit=unit), _("unspent,\n{unit}").format(unit=unit),
        *([_("of unspent\nkept free")] if has_reserves else []), _("measures\nstarted"), _("promises\nbroken"),
    ]  # fmt: skip
    rows.insert(0, [_("without a plan"), without, *[""] * (len(heads) - 2)])
    return table(heads, rows, "l" + "r" * (len(heads) - 1))


def _list(result: Ranking) -> Section:
    found, unit = result.tables["list"], result.case.money.unit
    rows = []
    for place, a, city, closes, cost, per_money, units, optimal, why_not in columns(
        found.head(SHOWN), "rank", "measure", "city", "closes", "cost", "per_money", "units", "units_best", "why_not"
    ):
        rate = _("free") if isnan(per_money) else numbers.number(100 * per_money, 4)
        started = why_not or _units(units), "" if isnan(optimal) else _units(optimal)
        named = naming.measure(result.case, a), saying.places(result.case, city)
        rows.append([str(place), *named, numbers.number(100 * closes, 3), numbers.money(cost, 2), rate, *started])
    heads = [
        _("rank"), _("measure"), _("city"), _("closes alone,\n0.01 of the\nfirst goal"),
        _("costs,\n{unit}").format(unit=unit), _("closes\nfor 1 {unit}").format(unit=unit),
        _("units of the\n{plan}").format(plan=names(result)["ranked"]),
        _("of the\noptimal\nplan") if names(result)["best"] == OPTIMAL else _("of the\nbest\nplan found"),
    ]  # fmt: skip
    more = [Paragraph(saying.more(len(found) - SHOWN))] if len(found) > SHOWN else []
    return table(heads, rows, "rllrrrlr", keys=2), *more


def _units(units: float) -> str:
    return "-" if not units else numbers.figure(units)


def _not_started(result: Ranking) -> Paragraph:
    why = [reason for reason in result.tables["list"]["why_not"] if reason]
    said = [_("{number} ({reason})").format(number=why.count(reason), reason=reason) for reason in dict.fromkeys(why)]
    if not said:
        return Paragraph(_("All of the list is started."))
    return Paragraph(_("Not started: {parts}.").format(parts=series(said)))


def _kinds(result: Ranking) -> Table:
    found, unit = result.tables["kinds"], result.case.money.unit
    shown = numbers.money_decimals([*found["ranked"], *found["best"]])
    rows = [
        [_kind(kind), numbers.money(ranked, shown), "" if isnan(best) else numbers.money(best, shown)]
        for kind, ranked, best in columns(found, "kind", "ranked", "best")
    ]
    return table([_("spent on, {unit}").format(unit=unit), *names(result).values()], rows, "lrr")


def _kind(kind: Kind | Literal["in_force"]) -> Sentence:
    """What is paid for, in words: measures of a kind, or use that no measure opens."""
    return vocabulary.REALITIES[IN_FORCE] if kind == "in_force" else KINDS[kind].several


def _reading(result: Ranking) -> str:
    funded = _(
        "The list is funded from the top, unit by unit, each as early as the lines can pay, and gone through again until "
        "nothing more fits; what closes nothing by itself comes last."
    )
    if not result.finished:
        funded = _(
            "The list is funded from the top, unit by unit, each as early as the lines can pay, and gone through again "
            "until nothing more fits (here the time ended before that); what closes nothing by itself comes last."
        )
    scored = _(
        "{measures} were scored one by one: one unit in its earliest period, with what it requires and its other half, for "
        "what it betters the first goal by itself and what it costs the public over the horizon."
    ).format(measures=count(len(result.tables["list"]), "measure"))
    return series((scored, funded, METHOD, PERSONS), " ")


METHOD = _(
    "The list does not see that measures stand in for one another, work only together, or are worth less the more there "
    "are. Both plans have the same lines; the list looks at all limits of the case but targets, minimum spending, and rules "
    "that ask for at least something or for a share."
)


def pictures(result: Ranking) -> dict[str, Any]:
    """What each closes, and what for."""
    drawn, data = {}, closed(result)
    if len(data):
        drawn["closed"] = intervals(
            data, told(_("How much of the gap is closed")), told(_("closed, % of the first goal")), _colours(result)
        )
    drawn["kinds"] = _chart_of_kinds(result)
    return drawn


def _colours(result: Ranking) -> dict[str, str]:
    return {told(names(result)[which]): colour for which, colour in COLOURS.items()}


def closed(result: Ranking) -> pd.DataFrame:
    """Per cent of the first goal that each closes; of the best plan at most what no plan can beat."""
    ranked, best, bound = (100 * result.share_closed(value) for value in (result.ranked, result.best, result.bound))
    called = {which: told(name) for which, name in names(result).items()}
    rows = [(called["ranked"], ranked, ranked), (called["best"], best, bound)]
    some = [(name, name, low, high, span(low, high)) for name, low, high in rows if not isnan(low)]
    return pd.DataFrame(some, columns=["row", "group", "least", "most", "note"])


def spent(result: Ranking) -> pd.DataFrame:
    """Public money by kind of measure: columns row (list or plan), part (kind), amount."""
    rows = []
    for kind, ranked, best in columns(result.tables["kinds"], "kind", "ranked", "best"):
        called = told(_kind(kind))
        rows += [(told(names(result)[which]), called, amount) for which, amount in (("ranked", ranked), ("best", best))]
    return pd.DataFrame(rows, columns=["row", "part", "amount"]).dropna()


def _chart_of_kinds(result: Ranking) -> Any:
    found = set(result.tables["kinds"]["kind"])
    return stacked(
        spent(result),
        _("What the money is spent on"),
        told(_("public {unit}").format(unit=result.case.money.unit)).rstrip(),
        colours_of_kinds() | ({told(_kind("in_force")): theme.GREY} if IN_FORCE in found else {}),
        Heads(_("plan"), _("kind"), _("amount")),
        order=[told(name) for name in names(result).values()],
        figures=",.1f",
    )
