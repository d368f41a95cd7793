"""A ranked list beside the optimal plan, in a planner's words."""

from __future__ import annotations

from math import isfinite, isnan, nan
from typing import TYPE_CHECKING

from planner.documents.blocks import Bullet, Paragraph, Said, Section, Table, table
from planner.plans.totals import columns
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import KINDS, count

if TYPE_CHECKING:
    from planner.questions.rank.ask import Ranking

SHOWN = 15  # rows of the list
NAMES = {"ranked": "ranked list", "best": "optimal plan"}


def text(result: Ranking, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Ranking) -> Said:
    """The answer: what each closes for how much, the top of the list, and on what kinds of measures money goes."""
    asked = "a ranked list against the optimal plan"
    if not result.tables:
        return saying.answer(result, asked, ())
    headline = _headline(result)
    broken = [Bullet(f"The ranked list breaks: {promise}") for promise in result.plans["ranked"].broken]
    sections: tuple[Section, ...] = (
        (Paragraph(headline),), (_comparison(result),), _list(result), (_not_started(result),), (_kinds(result),),
        (Paragraph(_reading(result)), *broken),
    )  # fmt: skip
    return saying.answer(result, asked, sections, (headline,))


def _headline(result: Ranking) -> str:
    """The ranked list closes 31 % of the first goal with 310 bn; the optimal plan 42 % with 322 bn."""
    said = {name: rest for name, *rest in columns(result.tables["comparison"], "plan", "share_closed", "spending")}
    shown = phrases.money_decimals([spending for _, spending in said.values()])

    def closes(name: str) -> str:
        share, spending = said[name]
        gain = "" if isnan(share) else f"{phrases.percent(share, 1)} of the first goal "
        return f"{gain}with {phrases.money(spending, shown)} {result.case.money.unit}"

    ranked = f"The ranked list closes {closes('ranked')}"
    if not result.finished:
        ranked = f"The ranked list was not gone through to its end; what was started of it by then closes {closes('ranked')}"
    if "best" not in said:
        return f"{ranked}; the optimal plan is not known."
    best = f"the {names(result)['best']} closes {closes('best')}, from the same lines{_more(result)}"
    return f"{ranked}; {best}."


def names(result: Ranking) -> dict[str, str]:
    """What the two are called: a list that was not gone through is none, and a plan that is not proven not the best."""
    proven = "best" in result.plans and result.plans["best"].status == "optimal"
    ranked = NAMES["ranked"] if result.finished else "start of the list"
    return {"ranked": ranked, "best": NAMES["best"] if proven else "best plan found"}


def _more(result: Ranking) -> str:
    """How much more the optimal plan closes, as a share of what the list closes: at least, and at most."""
    closed = result.without - result.ranked
    if closed <= 0 or not result.finished:
        return ""
    least, most = (100 * max(0.0, result.ranked - value) / closed for value in (result.best, result.bound))
    said = saying.span(least, most if isfinite(result.bound) else nan, 1)
    return "" if said == saying.NOT_ANSWERED else f": {said} % more than the list"


def _comparison(result: Ranking) -> Table:
    found, unit = result.tables["comparison"], result.case.money.unit
    shown, last = phrases.money_decimals(found["spending"].tolist()), result.case.periods[-1].label
    rows = [["without a plan", phrases.figure(result.without), *[""] * 6]]
    for name, goal, share, people, spending, unspent, measures, broken in found.itertuples(index=False, name=None):
        rows.append(
            [
                names(result)[name], phrases.figure(goal), phrases.number(100 * share, 1), phrases.number(people / 1e6, 2),
                phrases.money(spending, shown), phrases.money(unspent, shown), str(measures), str(broken),
            ]
        )  # fmt: skip
    heads = [
        "", "first goal\n(lower is better)", "closed,\n%", f"brought to\nstandard,\nmillion,\n{last}",
        f"spent,\n{unit}", f"unspent,\n{unit}", "measures\nstarted", "promises\nbroken",
    ]  # fmt: skip
    return table(heads, rows, "lrrrrrrr")


def _list(result: Ranking) -> Section:
    found, unit = result.tables["list"], result.case.money.unit
    rows = []
    for place, name, city, closes, cost, per_money, units, optimal, why_not in columns(
        found.head(SHOWN), "rank", "name", "city", "closes", "cost", "per_money", "units", "units_best", "why_not"
    ):
        rate = "free" if isnan(per_money) else phrases.number(100 * per_money, 4)
        started = why_not or _units(units), "" if isnan(optimal) else _units(optimal)
        first = [str(place), name, city.replace(";", "; "), phrases.number(100 * closes, 3), phrases.money(cost, 2), rate]
        rows.append([*first, *started])
    heads = [
        "rank", "measure", "city", "closes alone,\n0.01 of the\nfirst goal", f"costs,\n{unit}", f"closes\nfor 1 {unit}",
        f"units of the\n{names(result)['ranked']}", f"of the\n{names(result)['best'].replace(' ', chr(10), 1)}",
    ]  # fmt: skip
    more = [Paragraph(f"and {len(found) - SHOWN} more (--json lists them)")] if len(found) > SHOWN else []
    return table(heads, rows, "rllrrrlr", keys=2), *more


def _units(units: float) -> str:
    return "-" if not units else phrases.figure(units)


def _not_started(result: Ranking) -> Paragraph:
    why = [reason for reason in result.tables["list"]["why_not"] if reason]
    said = [f"{why.count(reason)} ({reason})" for reason in dict.fromkeys(why)]
    return Paragraph(f"Not started: {phrases.join(said)}." if said else "All of the list is started.")


def _kinds(result: Ranking) -> Table:
    found, unit = result.tables["kinds"], result.case.money.unit
    shown = phrases.money_decimals([*found["ranked"], *found["best"]])
    rows = [
        [KINDS[kind][1], phrases.money(ranked, shown), "" if isnan(best) else phrases.money(best, shown)]
        for kind, ranked, best in columns(found, "kind", "ranked", "best")
    ]
    return table([f"spent on, {unit}", *names(result).values()], rows, "lrr")


def _reading(result: Ranking) -> str:
    measures = count(len(result.tables["list"]), "measure")
    ended = "" if result.finished else " (here the time ended before that)"
    return (
        f"{measures} were scored one by one: one unit in its earliest period, with what it requires and its other half, "
        "for what it betters the first goal by itself and what it costs the public over the horizon. The list is funded "
        "from the top, unit by unit, each as early as the lines can pay, and gone through again until nothing more "
        f"fits{ended}; what closes nothing by itself comes last. The list does not see that measures stand in for one "
        "another, work only together, or are worth less the more there are. Both plans have the same lines; the list looks "
        "at all limits of the case but targets, minimum spending, and rules that ask for at least something or for a share."
    )
