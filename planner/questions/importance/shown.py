"""What the plan loses without each measure, dearest first: in words and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.case import KINDS, naming
from planner.documents.blocks import Paragraph, Said, Table, table
from planner.documents.drawings import theme
from planner.documents.drawings.intervals import PROVEN, intervals, span
from planner.questions import saying
from planner.words import numbers, text_layout
from planner.words.said import _, count, series, told

if TYPE_CHECKING:
    from planner.questions.importance.ask import Importance

NAMES_SHOWN = 3  # measures that go with another
NEEDED = _("no plan without it")
SHOWN = 30  # measures; the table has all of them


def text(result: Importance, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Importance) -> Said:
    """The answer: what is lost without each measure, dearest first."""
    asked = _("what the plan loses without each measure")
    if not result.tables:
        return saying.answer(result, asked, ())
    return saying.answer(result, asked, ((_losses(result),), (Paragraph(_reading(result)),)), _headline(result))


def in_shares(result: Importance) -> bool:
    """Whether losses are told as shares of the gain: not where the first goal is no matter of gaps."""
    return result.without > result.value


def _losses(result: Importance) -> Table:
    rows = []
    for a, _name, kind, city, too, least, most, *shares, status in result.tables["importance"].itertuples(index=False):
        lost = (100 * shares[0], 100 * shares[1]) if in_shares(result) else (least, most)
        rows.append(
            [_named(result, a, too), KINDS[kind].name, saying.places(result.case, city), _interval(*lost, status)]
        )  # fmt: skip
    head = _("lost without it,\nin the first goal")
    if in_shares(result):
        head = _("lost without it,\n% of the gain")
    return table([_("measure"), _("kind"), _("city"), head], rows, "lllr")


def _headline(result: Importance) -> tuple[str, ...]:
    """Which measure is dearest to lose, and of how many nothing is proven to be lost."""
    found = result.tables["importance"]
    if not len(found):
        return (_("The plan chooses nothing that could be left out."),)
    said: list[str] = []
    needed = found[found["status"] == "infeasible"]["measure"].tolist()
    if needed:
        names = saying.measures(result.case, needed, NAMES_SHOWN)
        said.append(_("There is no plan without {measures}.").format(measures=names))
    replaced = found[found["status"] != "infeasible"]
    dearest = replaced[replaced["loss_at_least"] > 0].head(1)
    for a, _name, _kind, _city, _too, least, most, *shares, status in dearest.itertuples(index=False):
        surest = saying.is_most(least, replaced["loss_at_most"].iloc[1:].tolist())
        lost = (100 * shares[0], 100 * shares[1]) if in_shares(result) else (least, most)
        of = _("{amount} of the first goal")
        if in_shares(result):
            of = _("{amount} % of what the plan gains")
        known = _("Most is proven of {measure}: {lost}; others may be more.")
        if surest:
            known = _("Most is lost without {measure}: {lost}.")
        said.append(known.format(measure=saying.measure(result.case, a), lost=of.format(amount=_interval(*lost, status))))
    some = int((found["loss_at_least"] > 0).sum()) + len(needed)
    said.append(
        _("Of {measures} asked about, the plan is proven to be worse without {some}.").format(
            measures=count(len(found), "measure"), some=some
        )
    )
    return tuple(said)


def _named(result: Importance, a: str, too: str) -> str:
    """A measure, and what goes with it."""
    ids = [b for b in too.split(";") if b]
    name = saying.measure(result.case, a)
    if not ids:
        return name
    names = text_layout.join([naming.measure(result.case, b) for b in ids], NAMES_SHOWN)
    return _("{measure} (and with it {measures})").format(measure=name, measures=names)


def _interval(least: float, most: float, status: str) -> str:
    if status == "infeasible":
        return NEEDED
    if status == "not chosen":
        return _("0: not in the plan")
    return saying.span(least, most, 2)


def _reading(result: Importance) -> str:
    goal = _("The first goal is {value} with the plan.").format(value=numbers.figure(result.value))
    if result.without == result.without:
        goal = _("The first goal is {value} with the plan and {without} without any; the difference is the gain.").format(
            value=numbers.figure(result.value), without=numbers.figure(result.without)
        )
    return series((goal, METHOD), " ")


METHOD = _(
    "Each measure was forbidden in turn and the rest planned anew: the loss is at least the first figure (proven) and at "
    "most the second. Losses do not add up: measures stand in for one another, or work only together. A measure that the "
    "plan does not choose loses nothing; what forcing it costs is another question (planner explain)."
)


def pictures(result: Importance) -> dict[str, Any]:
    """A bar a measure; measures of which no loss is known are left to the table."""
    data = losses(result)
    if not len(data):
        return {}
    colours = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items()}
    axis = _("lost without it, % of what the plan gains") if in_shares(result) else _("lost without it, in the first goal")
    below = told(PROVEN)
    if len(data) > SHOWN:
        below = told(_("{proven}; the dearest {shown}").format(proven=PROVEN, shown=SHOWN))
    title = told(_("What is lost without each measure"))
    return {"importance": intervals(data.head(SHOWN), title, told(axis), colours, below)}


def losses(result: Importance) -> pd.DataFrame:
    """A bar a measure: row, group, least, most, note; where there is no plan without it, as long as the longest."""
    table = result.tables["importance"]
    share = 100.0 if in_shares(result) else 1.0
    names = ("share_at_least", "share_at_most") if in_shares(result) else ("loss_at_least", "loss_at_most")
    least, most = share * table[names[0]], share * table[names[1]]
    longest = max([0.0, *most.dropna(), *least.dropna()]) or 1.0
    rows = []
    for a, kind, status, low, high in zip(table["measure"], table["kind"], table["status"], least, most, strict=True):
        label, group = saying.short(result.case, a), told(KINDS[kind].several)
        if status == "infeasible":
            rows.append((label, group, longest, longest, told(NEEDED)))
        elif low > 0 or high > 0:
            rows.append((label, group, low, high, span(low, high)))
    return pd.DataFrame(rows, columns=["row", "group", "least", "most", "note"]).drop_duplicates("row")
