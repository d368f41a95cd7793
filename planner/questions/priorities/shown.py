"""What stands whatever happens, in words and drawn: how often each measure is chosen, and what the order loses."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS
from planner.documents.blocks import Heading, Paragraph, Said, Section, table
from planner.documents.briefing.sure import firm
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import intervals
from planner.documents.drawings.theme import AFTER, INK, themed
from planner.planning.variants import companions
from planner.plans.totals import columns, spent_on
from planner.questions import saying
from planner.questions.risk.shown import name_of_factor
from planner.words import numbers
from planner.words.said import Sentence, _, count, counted, told

if TYPE_CHECKING:
    import altair as alt

    from planner.questions.priorities.ask import Priorities

SHOWN = 30  # measures in a drawing
NAMED = 4  # measures in a sentence
WIDTH = 420
VERDICTS = {
    "firm": _("firm"),
    "depends": _("depends"),
    "likely": _("likely"),
    "seldom": _("seldom"),
    "never": _("never"),
    "not answered": saying.NOT_ANSWERED,
}
HEADINGS = {
    "firm": _("Firm: in nine draws of ten or more"),
    "depends": _("Depends on what turns out"),
    "likely": _("Likely: in half of the draws or more"),
    "seldom": _("Seldom"),
}
READING = _(
    "Each draw is planned as if one knew it beforehand, to within {gap:.2g} of its first goal: a measure that is nearly as "
    "good as another may be chosen in some draws by that alone, and each search begins with the plan as stated. Shares in "
    "brackets: by chance in so many draws (95 %). Of a hundred measures a few may seem to depend on something by chance."
)


def text(result: Priorities, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Priorities) -> Said:
    """The answer: what is firm first, then what depends on something, and what the order comes to with less money."""
    asked = _("what stands whatever happens")
    if result.tables and not result.done and result.impossible_draws:
        return saying.answer(result, asked, ((Paragraph(_impossible(result)),),), (_impossible(result),))
    if not result.tables or not result.done:
        return saying.answer(result, asked, ())
    first = headline(result)
    sections = [
        (Heading(HEADINGS[verdict], "section"), *section) for verdict in HEADINGS if (section := _measures(result, verdict))
    ]
    order = ((Heading(_("If less money comes"), "section"), *_nested(result)),) if len(result.tables["nested"]) else ()
    reading = Paragraph(READING.format(gap=result.gap))
    return saying.answer(result, asked, (tuple(Paragraph(line) for line in first), *sections, *order, (reading,)), first)


def headline(result: Priorities) -> tuple[str, ...]:
    """How many measures are firm, which, and how many no draw chooses."""
    found = result.tables["priorities"]
    of = {verdict: found[found["verdict"] == verdict]["measure"].tolist() for verdict in VERDICTS}
    said_ = [
        _("Of {measures} that could be started, {firm} are firm in {draws}, among them {projects}; first {names}.").format(
            measures=count(len(found), "measure"), firm=len(of["firm"]), draws=count(result.done, "draw"),
            projects=count(len(firm(result.case, found)[1]), "project"),
            names=saying.measures(result.case, of["firm"], NAMED),
        )
        if of["firm"]
        else _none_is_firm(result),
        _("{depends} depend on what turns out, {likely} are likely, {seldom} seldom chosen, {never} never.").format(
            depends=len(of["depends"]), likely=len(of["likely"]), seldom=len(of["seldom"]), never=len(of["never"])
        ),
    ]  # fmt: skip
    said_ += _doubtful(result)
    if result.impossible_draws:
        said_.append(_impossible(result))
    return tuple(said_)


def _doubtful(result: Priorities) -> list[Sentence]:
    """What the plan as stated starts and few draws or none would: the dearest first."""
    table, best = result.tables["priorities"], result.starts_from
    if best is None:
        return []
    paid = spent_on(best)
    said_ = []
    for verdict, message in (
        ("never", _("In the plan as stated, but in none of the draws: {names}.")),
        ("seldom", _("In the plan as stated, but seldom in the draws: {names}.")),
    ):
        names = table[(table["verdict"] == verdict) & (table["in_best"] > 0)]["measure"].tolist()
        names.sort(key=lambda a: -sum(paid.get(b, 0.0) for b in companions(result.case, a)))
        if names:
            said_.append(message.format(names=saying.measures(result.case, names)))
    return said_


def _none_is_firm(result: Priorities) -> Sentence:
    """That no measure is firm, or that too few draws were made for any to be."""
    from planner.questions.priorities.ask import draws_to_be_firm  # loaded by now: it gave the result

    measures, draws = count(len(result.tables["priorities"]), "measure"), result.done + result.impossible_draws
    needed = draws_to_be_firm()
    if draws < needed:
        return counted(
            draws,
            "Of {measures} that could be started, none can be called firm: {draws} is too few, {needed} are needed.",
            "Of {measures} that could be started, none can be called firm: {draws} are too few, {needed} are needed.",
        ).format(measures=measures, draws=count(draws, "draw"), needed=needed)
    return _("Of {measures} that could be started, none is firm in {draws}.").format(
        measures=measures, draws=count(result.done, "draw")
    )


def _impossible(result: Priorities) -> Sentence:
    return _("In {draws} no plan keeps all promises; they count as draws in which nothing is chosen.").format(
        draws=count(result.impossible_draws, "draw")
    )


def share_of_draws(share: float, least: float, most: float) -> Sentence:
    """A share of the draws with its interval."""
    return _("{share} ({least} to {most})").format(
        share=numbers.chance(share), least=numbers.percent(least), most=numbers.percent(most)
    )


def _measures(result: Priorities, verdict: str) -> Section:
    case, rows = result.case, []
    for rank, a, _name, kind, city, own, share, least, most, usual, usual_share, units, factor, low, high, best in columns(
        result.tables["priorities"], *result.tables["priorities"].columns
    ):
        if own != verdict:
            continue
        # A measure that no draw starts has no period, order or units.
        when: Sentence | str = ""
        if share > 0:
            when = _("{period} ({share})").format(period=saying.label(case, usual), share=numbers.chance(usual_share))
        depends = "" if not factor else _("{factor}: {low} if low, {high} if high").format(
            factor=name_of_factor(result.case, factor), low=numbers.percent(low), high=numbers.percent(high)
        )  # fmt: skip
        order, so_many = (f"{rank:.0f}", numbers.figure(units)) if share > 0 else ("", "")
        rows.append(
            [order, saying.measure(case, a), KINDS[kind].name, saying.places(case, city),
             share_of_draws(share, least, most), when, so_many, _("yes") if best > 0 else _("no"), depends]
        )  # fmt: skip
    if not rows:
        return ()
    head = [
        _("order"), _("measure"), _("kind"), _("city"), _("in so many\nof the draws"), _("mostly\nfrom"), _("units"),
        _("in the plan\nas stated"), _("depends on"),
    ]  # fmt: skip
    if verdict != "depends":
        head, rows = head[:-1], [row[:-1] for row in rows]
    return (table(head, rows, "rlllrlrl" + ("l" if verdict == "depends" else ""), keys=2),)


def _nested(result: Priorities) -> Section:
    rows, found = [], result.tables["nested"]
    goals = zip(*numbers.aligned(found["nested"], found["best"], found["bound"], none=""), strict=True)
    for (money, nested, measures, _best, _bound, least, most, status), (by_order, *reached) in zip(
        columns(found, *found.columns), goals, strict=True
    ):
        funded = [str(int(measures)), by_order] if isfinite(nested) else ["", ""]
        if status == "impossible":
            row: list[str] = [numbers.percent(money), *funded, "", "", _("no plan keeps all promises")]
        elif status == "apart":
            row = [numbers.percent(money), *funded, *reached, _("the order breaks a promise")]
        else:
            lost = saying.NOT_ANSWERED if not isfinite(least) else saying.share(least, most)
            row = [numbers.percent(money), str(int(measures)), by_order, *reached, lost]
        rows.append(row)
    head = [
        _("money that\ncomes"), _("measures\nfunded"), _("first goal,\nby the order"), _("best plan\nfound"),
        _("none can\nbeat"), _("lost by the order,\n% of the gain"),
    ]  # fmt: skip
    note = _(
        "The first ones of the order are funded as far as each line's money goes, what does not fit is passed over; each "
        "plan holds the one before. Targets, minima and rules about shares are not looked at by the order."
    )
    return table(head, rows, "rrrrrr"), Paragraph(note)


# --- drawn


def pictures(result: Priorities) -> dict[str, Any]:
    """How often each measure is chosen, and what the order comes to with less money."""
    if not result.tables or not result.done:
        return {}
    found: dict[str, Any] = {}
    data = chosen(result)
    if len(data):
        colours = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items()}
        title, axis = told(_("How often each measure is chosen")), told(_("share of the draws, %"))
        below = told(_("full: at least, by chance in so many draws (95 %); pale: at most"))
        found["priorities"] = intervals(data.head(SHOWN), title, axis, colours, below)
    if result.tables["nested"]["nested"].notna().any():
        found["nested"] = nested(result)
    return found


def chosen(result: Priorities) -> pd.DataFrame:
    """A bar a measure that any draw chooses, with its interval."""
    rows = [
        (saying.short(result.case, a), told(KINDS[kind].several), 100 * least, 100 * most, numbers.chance(share))
        for a, kind, share, least, most in columns(
            result.tables["priorities"], "measure", "kind", "chosen", "chosen_least", "chosen_most"
        )
        if share > 0
    ]
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"]).drop_duplicates("row")


def nested(result: Priorities) -> alt.Chart:
    """The first goal by share of the money: the order funded, and the best plan for so much."""
    import altair as alt

    by_order, by_best = told(_("the order, funded as far as it goes")), told(_("the best plan found"))
    rows = [
        (100 * money, name, value)
        for money, order, best in columns(result.tables["nested"], "money", "nested", "best")
        for name, value in ((by_order, order), (by_best, best))
        if isfinite(value)
    ]
    data = pd.DataFrame(rows, columns=["money", "group", "value"])
    colour = alt.Color(
        "group:N", title=None, scale=alt.Scale(domain=[by_order, by_best], range=[INK, AFTER]),
        legend=alt.Legend(orient="top", labelLimit=WIDTH),
    )  # fmt: skip
    drawn: Any = (
        alt.Chart(data)
        .mark_line(point=True)
        .encode(
            x=alt.X("money:Q", title=told(_("money that comes, %"))),
            y=alt.Y("value:Q", title=told(_("first goal")), scale=alt.Scale(zero=False)),
            color=colour,
        )
        .properties(width=WIDTH, height=200, title=alt.Title(told(_("If less money comes"))))
    )
    return themed(drawn)  # type: ignore[no-any-return]
