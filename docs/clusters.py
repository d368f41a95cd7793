"""The page docs/clusters.md: five clusters side by side, made of the plans beside their cases.

What reports say of them stands beside the figures; where these do not bear it out, the page says so. Every figure is read
from a plan, a case's facts or the benchmarks; of reports only what they state is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.comparing import Comparison, compare
from planner.documents.compared.clusters import NAMES, gains, gains_most, in_common
from planner.documents.scored import Scored, digits, number
from planner.plans.store import read_plan
from planner.scorecard import PARTS, STATES, Entry, Scorecard, scorecard
from planner.scorecard.across import CLOSED
from planner.scorecard.benchmarks import shipped
from planner.words import numbers

CASES = Path(__file__).parent.parent / "cases"
CLUSTERS = ("jing-jin-ji", "yangtze-river-delta", "pearl-river-delta", "chengdu-chongqing", "middle-yangtze")
CAPITAL, DELTAS, YOUNG = CLUSTERS[0], CLUSTERS[1:3], CLUSTERS[3:]
REPORT = "the report of BCG and the China Development Research Foundation (2017)"
INTRODUCTION = """\
# Five clusters side by side

Made from the plans beside the shipped cases by `python -m docs.generate`; do not edit. The same for other plans:
`planner scorecard cases/*/plan --benchmarks` and `planner compare cases/*/plan`. How each figure is worked out stands in the
workbook (`planner scorecard ... -o clusters.xlsx`), where facts come from in `facts.csv` of each case.

Cells are *today / without the plan / with it* in the last period; one number where nothing changes it; - is not known. The
plans rest on the assumptions of their cases (budgets by rule, part of what parks promise): they say what such cases come to,
not what will be.
"""


def clusters_markdown() -> str:
    """The whole page as the text of a Markdown file."""
    plans = [read_plan(CASES / name / "plan") for name in CLUSTERS]
    cards = tuple(map(scorecard, plans))
    scored = Scored(CLUSTERS, cards)
    found = compare(plans, CLUSTERS)
    parts = [INTRODUCTION, *_figures(scored), *_known(scored), *_plans(found, scored), *_small(found, scored)]
    return "\n".join([*parts, *_behind(cards), *_claims(cards)]).rstrip() + "\n"


# --- figures side by side


def _figures(scored: Scored) -> list[str]:
    parts = []
    for part, name in PARTS.items():
        rows = []
        for entries in scored.rows(part):
            first = entries[0]
            mine = [scored.of(card, entries) for card in scored.cards]
            known = [v for entry in entries for v in entry.values.values() if v is not None]
            cells = [_cell(entry, digits(known)) for entry in mine]
            rows.append([f"{str(first.name)[:1].upper()}{str(first.name)[1:]}, {first.unit}", *cells])
        parts.append(f"## {name}\n\n{_table(['', *scored.called()], rows)}")
    return parts


def _cell(entry: Entry | None, decimals: int) -> str:
    """The values of all states, once where they look alike."""
    if entry is None:
        return "-"
    shown = [number(entry.values[state], decimals) for state in STATES if entry.figure.changes or state == "today"]
    return shown[0] if len(set(shown)) == 1 else " / ".join(shown)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _known(scored: Scored) -> list[str]:
    """How many figures each cluster knows, and which not."""
    lines = []
    for name, card in zip(scored.called(), scored.cards, strict=True):
        lacking = ", ".join(str(entry.name) for entry in card.unknown) or "none"
        lines.append(f"- {name}: {len(card.known)} of {len(card.entries)}; not known: {lacking}.")
    return ["## What is known\n", *lines, ""]


# --- what the plans say


def _plans(found: Comparison, scored: Scored) -> list[str]:
    names = [figure for figure in NAMES if figure not in ("cities", "people", "indicators")]
    rows = [[str(NAMES[figure]), *_of(found, "", figure)] for figure in names]
    return [
        "## What the plans say\n",
        _table(["", *scored.called()], rows),
        "Money is all that is paid, public and private, in CNY a head over fifteen years. Gaps are means as the first goal",
        "of each case weighs them.",
        f"{in_common(found)}\n",
    ]


def _of(found: Comparison, tier: str, figure: str) -> list[str]:
    """A figure of each cluster; shares in per cent."""
    frame = found.tables["clusters"]
    rows = frame[(frame["tier"] == tier) & (frame["figure"] == figure)]
    if rows.empty:
        return ["-"] * len(found.names)
    times = 100.0 if rows.iloc[0]["unit"] == "share, 0-1" else 1.0
    values = [float(rows.iloc[0][name]) * times for name in found.names]
    decimals = 2 if figure == CLOSED else digits([v for v in values if v == v])
    return ["-" if v != v else numbers.number(v, decimals) for v in values]


def _value(found: Comparison, tier: str, figure: str, cluster: str) -> float | None:
    frame = found.tables["clusters"]
    rows = frame[(frame["tier"] == tier) & (frame["figure"] == figure)]
    value = float(rows.iloc[0][cluster]) if len(rows) else float("nan")
    return None if value != value else value


def _small(found: Comparison, scored: Scored) -> list[str]:
    """Small cities of young clusters, which Milken (2017) asks about."""
    names = dict(zip(CLUSTERS, scored.called(), strict=True))
    rows = []
    for tier in ("core", "secondary", "small"):
        for figure in ("gap_without", "gap_with", "money_a_head", CLOSED):
            rows.append([f"{tier}: {NAMES[figure]}", *_of(found, tier, figure)])
    said = [
        "## Small cities of young clusters\n",
        "Milken (2017) looks to the small cities of young clusters. The two inland clusters are taken for young here:",
        f"{names[YOUNG[0]]} and {names[YOUNG[1]]}.\n",
        _table(["", *scored.called()], rows),
        "Gaps of this table are each case's own, so that it is to be read down a column, not along a row.\n",
        f"{gains_most(found)}\n",
    ]
    for cluster in YOUNG:
        small, core, all_ = (_value(found, tier, CLOSED, cluster) for tier in ("small", "core", ""))
        left, mean = (_value(found, tier, "gap_with", cluster) for tier in ("small", ""))
        if None in (small, core, all_, left, mean):
            said.append(f"- {names[cluster]}: not known.")
            continue
        assert small is not None and core is not None and left is not None and mean is not None  # noqa: PT018
        better = "more" if small > core else "less"
        behind = "stay behind" if left > mean else "are ahead of"
        said.append(
            f"- {names[cluster]}: its small cities gain {numbers.number(small, 2)} points for each 1,000 CNY a head, "
            f"{better} than its core cities ({numbers.number(core, 2)}), and with the plan {behind} the cluster's mean gap "
            f"({numbers.number(100 * left, 1)} against {numbers.number(100 * mean, 1)} %)."
        )
    indicators, points = gains(found)
    older = [c for c in CLUSTERS if c not in YOUNG and c in points]
    young, old = [points[c] for c in YOUNG if c in points], [points[c] for c in older]
    if young and old:
        holds = min(young) > max(old)
        verdict = "bear it out" if holds else "do not bear out that all of them gain more"
        said.append(
            f"\nBy the {len(indicators)} indicators that all have alike the figures {verdict}: for each 1,000 CNY a head "
            f"small cities of the young clusters gain {' and '.join(numbers.number(v, 2) for v in young)} points, of the "
            f"older ones with small cities ({', '.join(names[c] for c in older)}) "
            f"{' and '.join(numbers.number(v, 2) for v in old)}. "
            "All money that is paid there counts, also what is paid for other things: small differences say little."
        )
    return [*said, ""]


# --- what the report says


def _behind(cards: Sequence[Scorecard]) -> list[str]:
    """Where Beijing, Tianjin and Hebei stand behind both deltas, between them, and before both: today and with the plan."""
    by_name = dict(zip(CLUSTERS, cards, strict=True))
    sides: dict[str, list[str]] = {"behind": [], "between": [], "ahead": []}
    closer: list[str] = []
    further: list[str] = []
    for id_, entry in by_name[CAPITAL].entries.items():
        others = [by_name[name].entries.get(id_) for name in DELTAS]
        if not entry.figure.better or not entry.figure.today or any(o is None or o.means != entry.means for o in others):
            continue
        now = [e.values["today"] for e in (entry, *others) if e is not None]
        if any(v is None for v in now):
            continue
        mine, *theirs = (float(v) for v in now if v is not None)
        decimals = digits([mine, *theirs])
        shown = f"{entry.name} ({number(mine, decimals)}; {', '.join(number(v, decimals) for v in theirs)} {entry.unit})"
        sign = 1.0 if entry.figure.better == "more" else -1.0
        worse = [sign * mine < sign * v for v in theirs]
        sides["behind" if all(worse) else "between" if any(worse) else "ahead"].append(shown)
        then = [e.values["with"] for e in (entry, *others) if e is not None]
        if all(worse) and entry.figure.changes and None not in then:
            after, *best = (sign * float(v) for v in then if v is not None)
            before = max(sign * v for v in theirs) - sign * mine
            (closer if max(best) - after < before else further).append(str(entry.name))
    return [
        "## Is Beijing-Tianjin-Hebei behind the deltas?\n",
        f"{REPORT[:1].upper()}{REPORT[1:]} says that it is. Figures of today that all three have alike, "
        "Beijing-Tianjin-Hebei first, then the deltas of the Yangtze and of the Pearl River:\n",
        f"- **Behind both** in {len(sides['behind'])}: {'; '.join(sides['behind']) or 'none'}.",
        f"- **Between them** in {len(sides['between'])}: {'; '.join(sides['between']) or 'none'}.",
        f"- **Ahead of both** in {len(sides['ahead'])}: {'; '.join(sides['ahead']) or 'none'}.\n",
        f"If each has its plan, the distance to the better delta shrinks in: {', '.join(closer) or 'none of them'}; it "
        f"grows or stays in: {', '.join(further) or 'none of them'}.\n",
    ]


def _claims(cards: Sequence[Scorecard]) -> list[str]:
    """Single statements of reports, each beside the figure that bears on it."""
    card, yangtze = cards[0].entries, cards[1].entries
    stated = {(row.cluster, row.figure): row.value for row in shipped()}
    roads, abroad = card["motorway_density"].values["today"], stated["BosWash", "motorway_density"]
    share, other = card["share_output"].values["today"], yangtze["share_output"].values["today"]
    doctors, poor = card["doctors_best_to_worst"].values["today"], card["poorest_part"].values["today"]
    outsiders = cards[0].plan.case.capacity["beijing", "doctors"].outsiders
    parks, new, theirs = (
        card["co_built_parks"].values["today"], card["new_co_built_parks"].values["with"],
        yangtze["new_co_built_parks"].values["with"],
    )  # fmt: skip
    return [
        "## Statements and figures\n",
        f"- *Fewer motorways than BosWash* ({REPORT}: 0.04 against 0.13 km a km2). {_holds(roads, abroad)}: "
        f"{_said(roads)} against {_said(abroad)} km per 1,000 km2.",
        f"- *A tenth of the country's output, the Yangtze delta a fifth* (the same). {_holds(share, other)}: {_said(share)} "
        f"against {_said(other)} % of it.",
        f"- *Beijing has twice the health resources of Hebei* (the same). {_at_least(doctors, 2.0)} as doctors are counted "
        f"here: the best city has {_said(doctors, 2)} times what the worst has, once {numbers.percent(outsiders)} of "
        "Beijing's are taken off, who serve people from elsewhere.",
        f"- *Hebei's income is 42 % of Beijing's* (Steinbock 2024). Not the same figure: output per head of the poorest "
        f"jurisdiction is {_said(poor)} % of the richest's; incomes are not known here.",
        "- *A quarter of the co-built parks of the Yangtze delta* (the report). Cannot be checked: "
        f"{_said(parks, 2)} for 10 million people are listed here, and for the delta none are counted. Its plan starts "
        f"{_said(new, 2)} more for 10 million people, the delta's {_said(theirs, 2)}.",
    ]


def _holds(one: float | None, other: float | None) -> str:
    """Whether the first figure is the smaller one."""
    if one is None or other is None:
        return "Not known"
    return "Borne out" if one < other else "Not borne out"


def _at_least(value: float | None, wanted: float) -> str:
    if value is None:
        return "Not known"
    return "Borne out" if value >= wanted else "Not borne out"


def _said(value: float | None, decimals: int = 1) -> str:
    return number(value, decimals)
