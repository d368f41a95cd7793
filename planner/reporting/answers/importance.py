"""What each measure is worth, in a planner's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reporting import words
from planner.reporting.answers import common

if TYPE_CHECKING:
    from planner.questions.importance import Importance

SHOWN = 3  # measures that go with another


def text(result: Importance, bold: bool = False) -> str:
    """The answer: what is lost without each measure, dearest first."""
    parts = common.opening(result, "what the plan loses without each measure", bold)
    if not result.tables:
        return "\n".join(parts)
    table = result.tables["importance"]
    in_shares = result.without > result.value  # not where the first goal is no matter of gaps
    rows = []
    for _, name, kind, city, too, least, most, share_least, share_most, status in table.itertuples(index=False):
        lost = (100 * share_least, 100 * share_most) if in_shares else (least, most)
        rows.append([name + _too(result, too), kind, city.replace(";", "; "), _interval(*lost, status)])
    head = "lost without it,\n% of the gain" if in_shares else "lost without it,\nin the first goal"
    parts.append("")
    parts.append(words.table(["measure", "kind", "city", head], rows, "lllr"))
    parts.append("")
    parts.append(words.paragraph(_reading(result)))
    return "\n".join(parts)


def _too(result: Importance, ids: str) -> str:
    """What goes with a measure."""
    names = [result.case.measures[a].name for a in ids.split(";") if a]
    return f" (and with it {words.join(names, SHOWN)})" if names else ""


def _interval(least: float, most: float, status: str) -> str:
    if status == "infeasible":
        return "no plan without it"
    if status == "not chosen":
        return "0: not in the plan"
    if most != most:
        return f"at least {least:.2f}" if least > 0 else "not known"
    low, high = f"{least:.2f}", f"{most:.2f}"
    return low if low == high else f"{low} to {high}"


def _reading(result: Importance) -> str:
    without = (
        f" and {result.without:.4f} without any; the difference is the gain" if result.without == result.without else ""
    )
    return (
        f"The first goal is {result.value:.4f} with the plan{without}. Each measure was forbidden in turn and the rest "
        "planned anew: the loss is at least the first figure (proven) and at most the second. Losses do not add up: "
        "measures stand in for one another, or work only together. A measure that the plan does not choose loses nothing; "
        "planner explain says what forcing it costs."
    )
