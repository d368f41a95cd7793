"""What each measure is worth, in a planner's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.documents.blocks import Paragraph, Said, Table, table
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.questions.importance.ask import Importance

SHOWN = 3  # measures that go with another


def text(result: Importance, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Importance) -> Said:
    """The answer: what is lost without each measure, dearest first."""
    asked = "what the plan loses without each measure"
    if not result.tables:
        return saying.answer(result, asked, ())
    return saying.answer(result, asked, ((_losses(result),), (Paragraph(_reading(result)),)), _headline(result))


def in_shares(result: Importance) -> bool:
    """Whether losses are told as shares of the gain: not where the first goal is no matter of gaps."""
    return result.without > result.value


def _losses(result: Importance) -> Table:
    rows = []
    for _, name, kind, city, too, least, most, *shares, status in result.tables["importance"].itertuples(index=False):
        lost = (100 * shares[0], 100 * shares[1]) if in_shares(result) else (least, most)
        rows.append([name + _too(result, too), kind, city.replace(";", "; "), _interval(*lost, status)])
    head = "lost without it,\n% of the gain" if in_shares(result) else "lost without it,\nin the first goal"
    return table(["measure", "kind", "city", head], rows, "lllr")


def _headline(result: Importance) -> tuple[str, ...]:
    """Which measure is dearest to lose, and of how many nothing is proven to be lost."""
    found = result.tables["importance"]
    if not len(found):
        return ("The plan chooses nothing that could be left out.",)
    said = []
    needed = found[found["status"] == "infeasible"]["name"].tolist()
    if needed:
        said.append(f"There is no plan without {phrases.join(needed, SHOWN)}.")
    replaced = found[found["status"] != "infeasible"]
    dearest = replaced[replaced["loss_at_least"] > 0].head(1)
    for _, name, _, _, _, least, most, *shares, status in dearest.itertuples(index=False):
        surest = saying.is_most(least, replaced["loss_at_most"].iloc[1:].tolist())
        lost = (100 * shares[0], 100 * shares[1]) if in_shares(result) else (least, most)
        of = " % of what the plan gains" if in_shares(result) else " of the first goal"
        known = f"{name}: {_interval(*lost, status)}{of}"
        said.append(f"Most is lost without {known}." if surest else f"Most is proven of {known}; others may be more.")
    some = int((found["loss_at_least"] > 0).sum()) + len(needed)
    said.append(f"Of {count(len(found), 'measure')} asked about, the plan is proven to be worse without {some}.")
    return tuple(said)


def _too(result: Importance, ids: str) -> str:
    """What goes with a measure."""
    names = [result.case.measures[a].name for a in ids.split(";") if a]
    return f" (and with it {phrases.join(names, SHOWN)})" if names else ""


def _interval(least: float, most: float, status: str) -> str:
    if status == "infeasible":
        return "no plan without it"
    if status == "not chosen":
        return "0: not in the plan"
    return saying.span(least, most, 2)


def _reading(result: Importance) -> str:
    with_plan, without_any = phrases.figure(result.value), phrases.figure(result.without)
    gain = f" and {without_any} without any; the difference is the gain" if result.without == result.without else ""
    return (
        f"The first goal is {with_plan} with the plan{gain}. Each measure was forbidden in turn and the rest planned anew: "
        "the loss is at least the first figure (proven) and at most the second. Losses do not add up: measures stand in for "
        "one another, or work only together. A measure that the plan does not choose loses nothing; planner explain says "
        "what forcing it costs."
    )
