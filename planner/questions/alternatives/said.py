"""Plans nearly as good as the best, and what they have in common, in a planner's words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner.documents import goals
from planner.documents.blocks import Block, Bullet, Heading, Paragraph, Said, Section, table
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.questions.alternatives.ask import Alternatives

NAMES_SHOWN = 12  # of the measures that an alternative adds, or leaves out
ANSWERS = (
    ("every", "In every plan so good"),
    ("every or some", "In every such plan, or in some: not proven"),
    ("some", "In some such plans and not in others"),
    ("some or no", "In some such plans, or in none: not proven"),
    ("not known", "Not known"),
    ("no", "In no plan so good"),
    ("cannot start", "Cannot start at all"),
    ("before", "Decided before the plan"),
)


def text(result: Alternatives, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Alternatives) -> Said:
    """The answer: the plans beside each other, what each does otherwise, and what all have in common."""
    share = f"{100 * result.within:g} %"
    asked = f"other plans within {share} of the best" if result.within == result.within else "other plans near the best"
    if not result.tables:
        return saying.answer(result, asked, ())
    sections = *_plans(result), _changes(result), _in_common(result, share), (Paragraph(_reading(result, share)),)
    return saying.answer(result, asked, sections, _headline(result, share))


def _headline(result: Alternatives, share: str) -> tuple[str, ...]:
    """How many other plans there are, and of how many measures it is proven that all of them have them."""
    others = len(result.tables["alternatives"]) - 1
    if not others:
        first = f"No other plan within {share} of the best was found."
    else:
        first = f"{count(others, 'other plan')} within {share} of the best {'was' if others == 1 else 'were'} found."
    within = result.tables["measures"]["within"]
    sums = [int((within == answer).sum()) for answer in ("every", "some", "no")]
    known = f"Measures in every plan so good: {sums[0]}; in some and not in others: {sums[1]}; in none: {sums[2]}"
    unproven = int(within.isin(["every or some", "some or no", "not known"]).sum())
    return first, f"{known}; not proven: {unproven}." if unproven else f"{known}."


def _plans(result: Alternatives) -> tuple[Section, ...]:
    """The best plan and its alternatives, one a row."""
    found = result.tables["alternatives"]
    if len(found) == 1:
        return ((Paragraph(_none(result)),),)
    decimals = phrases.money_decimals(list(found["spending"]))
    rows = [
        [
            name.replace("-", " "),
            phrases.figure(value),
            phrases.number(100 * worse, 2),
            phrases.figure(bound) if isfinite(bound) else "-",
            str(away) if n else "-",
            str(least) if n else "-",
            str(measures),
            phrases.money(spending, decimals),
            audit,
        ]
        for n, (name, value, worse, bound, away, least, measures, spending, audit) in enumerate(
            found.itertuples(index=False)
        )
    ]
    heads = [
        "plan", "first goal", "worse,\n%", "none so\ndifferent\nbeats", "measures\nunlike\nthe best",
        "unlike any\nplan above,\nat least", "measures", f"spending,\n{result.case.money.unit}", "audit",
    ]  # fmt: skip
    no_more = ((Paragraph(f"There are no more: {result.no_more}."),),) if result.no_more else ()
    return (table(heads, rows, "lrrrrrrrl"),), *no_more


def _none(result: Alternatives) -> str:
    """Why no other plan is shown: there is none so different, none was asked for, or none was found in time."""
    if result.no_more:
        nearer = " A smaller --differ shows nearer ones." if result.differ > 1 else ""
        return f"There is no other: {result.no_more}.{nearer}"
    return "No other plan was found in time; there may be some." if result.count else "No other plan was asked for."


def _changes(result: Alternatives) -> Section:
    """What each alternative does otherwise than the best plan."""
    changes = result.tables["changes"]
    lines = []
    for name in result.tables["alternatives"]["plan"].tolist()[1:]:
        said = []
        for change in ("added", "left out"):
            names = changes[(changes["plan"] == name) & (changes["change"] == change)]["name"].tolist()
            if names:
                said.append(f"{change}: {phrases.join(names, NAMES_SHOWN)}")
        lines.append(Bullet(f"{name.replace('-', ' ')}, next to the best plan, {'; '.join(said)}"))
    return tuple(lines)


def _in_common(result: Alternatives, share: str) -> Section:
    """Measures by what is known of them."""
    measures = result.tables["measures"]
    parts: list[Block] = [Heading(f"What all plans within {share} have in common")]
    for answer, title in ANSWERS:
        some = measures[measures["within"] == answer]
        if len(some):
            parts.append(Bullet(f"{title} ({count(len(some), 'measure')}): {_names(some)}"))
    return tuple(parts)


def _names(some: Any) -> str:
    """Names of measures; those that the best plan chooses first."""
    rows: Sequence[tuple[Any, ...]] = sorted(some[["units_best", "name"]].itertuples(index=False), key=lambda r: r[0] <= 0)
    chosen = [name for units, name in rows if units > 0]
    others = [name for units, name in rows if units <= 0]
    if chosen and others:
        return f"{phrases.join(chosen)}; and, not in the best plan: {phrases.join(others)}"
    return phrases.join(chosen or others)


def _reading(result: Alternatives, share: str) -> str:
    best, limit = phrases.figure(result.best), phrases.figure(result.limit)
    proven = f"proven within {phrases.proof(goals.relative(result.best, result.bound))} of the best there is"
    if not isfinite(result.bound):
        proven = "of which nothing is proven"
    choice = int((~result.tables["measures"]["within"].isin(["before", "cannot start"])).sum())
    return (
        f"The first goal is {best} in the best plan found, {proven}; plans count up to {limit}, {share} worse than the best "
        f"found. Plans differ from one another in at least {count(result.differ, 'measure')} of the {choice} that can be "
        "chosen. A measure is in a plan when at least "
        "one unit of it starts (of one that can be divided, a hundredth of a unit), and not in it when nothing of it "
        "starts; more units, or another period, make no difference. Measures that start together count as one. Every, some "
        "and no are proven by solving, not drawn from the plans above."
    )
