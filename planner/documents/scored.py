"""Scorecards of clusters as a document: part by part, each figure today, without the plan and with it; benchmarks beside it.

Of one cluster a figure has a column for each state; of several it has a column for each cluster and a row for each state in
which it differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.case import CaseInvalid, naming
from planner.documents import clusters, vocabulary, web
from planner.documents import text as plan_text
from planner.documents.blocks import Heading, Paragraph, Picture, Said, Section, Table, bullets, titled
from planner.documents.drawings.dots import dots
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.scorecard import PARTS, STATES, Entry, Part, Scorecard, State, scorecard
from planner.scorecard.benchmarks import Beside, beside
from planner.words import numbers
from planner.words.said import Sentence, Text, _, capital, counted, series

ABSENT = "-"
ABOUT = "~"  # in front of what is recalled or estimated
GUESSED = ("estimated", "assumed")
SAME = 5e-4  # relative: what differs by less looks alike
STATED: Mapping[State, Sentence] = {"today": _("today"), "without": _("without"), "with": _("with")}
BETTER: Mapping[str, Sentence | str] = {"more": _("more"), "less": _("less"), "": ""}


@dataclass(frozen=True)
class Scored:
    """Scorecards side by side.

    Attributes
    ----------
    names
        What each is called, as it was asked for.
    cards
        The scorecards.
    beside
        Benchmarks that are shown with them.
    """

    names: tuple[str, ...]
    cards: tuple[Scorecard, ...] = field(repr=False)
    beside: tuple[Beside, ...] = ()

    @property
    def columns(self) -> list[Beside]:
        """Benchmarks with enough figures for a column."""
        return [other for other in self.beside if other.is_column]

    @property
    def footnotes(self) -> list[Beside]:
        """Those with too few."""
        return [other for other in self.beside if not other.is_column]

    def called(self) -> list[str]:
        """A name for each card."""
        return clusters.called([card.plan.case for card in self.cards], self.names)

    def rows(self, part: Part) -> list[tuple[Entry, ...]]:
        """The figures of a part that some card knows: of each the entries of those that have it, alike in name and unit."""
        found: dict[tuple[str, str, str], list[Entry]] = {}
        for card in self.cards:
            for entry in card.entries.values():
                if entry.figure.part == part and entry.is_known:
                    found.setdefault(entry.means, []).append(entry)
        order = list(dict.fromkeys(entry.figure.id for card in self.cards for entry in card.entries.values()))
        return [tuple(some) for some in sorted(found.values(), key=lambda some: order.index(some[0].figure.id))]

    def of(self, card: Scorecard, entries: Sequence[Entry]) -> Entry | None:
        """The entry of a card among those of a figure."""
        return next((entry for entry in entries if card.entries.get(entry.id) is entry), None)


def of_plan(plan: Plan) -> Scored:
    """The scorecard of one plan, beside other clusters; without them where the case states some that are of no figure."""
    card = scorecard(plan)
    try:
        others = tuple(beside([plan.case], card.entries))
    except CaseInvalid:
        others = ()
    return Scored((plan.case.name,), (card,), others)


def text(scored: Scored, bold: bool = False) -> str:
    """The scorecards as text for a terminal."""
    return said(scored).text(bold)


def page(scored: Scored) -> str:
    """The scorecards as the text of a web page."""
    return web.page(title(scored), web.document(said(scored)))


def title(scored: Scored) -> Sentence:
    """What is shown, in one line."""
    return _("Scorecard: {cases}").format(cases=series([naming.title(card.plan.case) for card in scored.cards], "; "))


def said(scored: Scored) -> Said:
    """The whole document."""
    parts = [(name, (table(scored, part), *_elsewhere(scored, part))) for part, name in PARTS.items() if scored.rows(part)]
    sections = tuple(section for name, shown in parts for section in titled(name, (shown,)))
    head: Section = (Heading(title(scored), "title"), *promises(scored), *map(Paragraph, opening(scored)))
    drawn: Section = (Picture("dots", lambda: dots(points(scored)), caption=DOTS),) if points(scored) else ()
    return Said((*head, *drawn), (*sections, *footnotes(scored), *unknown(scored)))


def promises(scored: Scored) -> Section:
    """The promises that plans break; of several with the name of each."""
    if len(scored.cards) == 1:
        return plan_text.promises(scored.cards[0].plan) if scored.cards[0].has_plan else ()
    return tuple(
        Paragraph(_("{plan} breaks it: {promise}").format(plan=name, promise=promise), _("Promise"))
        for name, card in zip(scored.called(), scored.cards, strict=True)
        if card.has_plan
        for promise in broken_in_words(card.plan.case, card.plan.broken)
    )


ELSEWHERE = _(
    "Of services, today counts only what each city has itself; without the plan and with it count also what its people use "
    "in other cities, less what others use of its own."
)


def _elsewhere(scored: Scored, part: Part) -> Section:
    """That services of today are counted otherwise than those of the last period, where people use some elsewhere."""
    of_services = any(entry.figure.each == "services" for entries in scored.rows(part) for entry in entries)
    used = any(
        (card.plan.tables["levels"][name] > 0).any()
        for card in scored.cards
        for name in ("elsewhere_without", "elsewhere_with")
    )
    return (Paragraph(ELSEWHERE, look="note"),) if of_services and used else ()


DOTS = _("Each figure from the worst cluster on the left to the best on the right, as with the plan; benchmarks as stated.")


def opening(scored: Scored) -> list[str]:
    """Of when the figures are, and how they are read."""
    lasts = {card.plan.case.periods[-1].label for card in scored.cards}
    when = series(sorted(lasts), ", ", " or ")
    if any(card.has_plan for card in scored.cards):
        read = _(
            "Today, and in {period}: without the plan, but with what was decided before it, and with the plan. A figure "
            "that no plan changes is of today; a figure of the plan has none of today. What is counted over the whole "
            "horizon says so in its name."
        )
    else:
        read = _(
            "Today, and in {period} with what is decided already. A figure that no plan changes is of today. "
            "What is counted over the whole horizon says so in its name."
        )
    found: list[str] = [read.format(period=when)]
    if scored.beside:
        found.append(BESIDE)
    return found


BESIDE = _(
    "Other clusters stand beside them with figures as their sources state them, whatever their year; "
    "~ is estimated or recalled."
)


# --- tables


def table(scored: Scored, part: Part) -> Table:
    """The figures of a part."""
    return _of_one(scored, part) if len(scored.cards) == 1 else _of_several(scored, part)


def _of_one(scored: Scored, part: Part) -> Table:
    card, others = scored.cards[0], stating(scored, part)
    states = [s for s in STATES if s != "with" or card.has_plan]
    rows = []
    for (entry,) in scored.rows(part):
        values = [entry.values[state] for state in states]
        decimals = digits([v for v in (*values, *(_stated(other, entry.id) for other in others)) if v is not None])
        cells = [*(number(v, decimals) for v in values), *(_beside(other, entry.id, decimals) for other in others)]
        name = capital(entry.name)
        said: str = _("{figure} ({year})").format(figure=name, year=entry.year) if entry.year else name
        rows.append((said, unit_of(entry), BETTER[entry.figure.better], *cells))
    beside = clusters.heads([other.name for other in others])
    heads = (_("figure"), _("unit"), _("better"), *(STATED[s] for s in states), *beside)
    return Table(heads, tuple(rows), "lll" + "r" * (len(heads) - 3))


def _of_several(scored: Scored, part: Part) -> Table:
    rows: list[tuple[str, ...]] = []
    others = stating(scored, part)
    for entries in scored.rows(part):
        first = entries[0]
        mine = [scored.of(card, entries) for card in scored.cards]
        stated = [_stated(other, first.id) for other in others]
        values = [v for entry in entries for v in entry.values.values() if v is not None]
        decimals = digits([*values, *(v for v in stated if v is not None)])
        named: str = _("{figure}, {unit}").format(figure=capital(first.name), unit=unit_of(first))
        for state in _states([entry for entry in mine if entry is not None]):
            cells = [number(None if entry is None else entry.values[state], decimals) for entry in mine]
            beside = [_beside(other, first.id, decimals) if named else "" for other in others]
            rows.append((named, STATED[state], *cells, *beside))
            named = ""
    heads = (_("figure"), _("when"), *clusters.heads([*scored.called(), *(other.name for other in others)]))
    return Table(heads, tuple(rows), "ll" + "r" * (len(heads) - 2), keys=2)


def stating(scored: Scored, part: Part) -> list[Beside]:
    """Benchmarks that state a figure of a part that is shown."""
    shown = {entries[0].id for entries in scored.rows(part)}
    return [other for other in scored.columns if shown & set(other.figures)]


def _states(entries: Sequence[Entry]) -> list[State]:
    """States in which a figure is shown: one that is the same as the one before for all is left out."""
    shown: list[State] = []
    for state in STATES:
        values = [entry.values[state] for entry in entries]
        before = [entry.values[shown[-1]] for entry in entries] if shown else []
        if all(v is None for v in values) or (shown and all(map(_alike, values, before))):
            continue
        shown.append(state)
    return shown


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME * max(abs(one), abs(other))


def _stated(other: Beside, figure: str) -> float | None:
    return other.figures[figure].value if figure in other.figures else None


def unit_of(entry: Entry) -> str:
    """A figure's unit in words; what is the case's own is said as elsewhere."""
    return entry.unit if isinstance(entry.unit, Text) else vocabulary.unit(entry.unit)


def _beside(other: Beside, figure: str, decimals: int) -> str:
    """A benchmark's figure, marked where nobody has stated it."""
    about = number(_stated(other, figure), decimals)
    return f"{ABOUT}{about}" if figure in other.figures and other.figures[figure].basis in GUESSED else about


def digits(values: Sequence[float]) -> int:
    """Decimals that suit the figures of one row."""
    largest = max(map(abs, values), default=0.0)
    whole = all(abs(v - round(v)) < 1e-9 for v in values)
    return 0 if whole or largest >= 1000 else 1 if largest >= 10 else 2


def number(value: float | None, decimals: int) -> str:
    """A figure, or that it is not known."""
    return ABSENT if value is None else numbers.number(value, decimals)


# --- what stands below


def footnotes(scored: Scored) -> list[Section]:
    """Benchmarks with fewer figures than a column needs."""
    names = {entry.id: (entry.name, unit_of(entry)) for card in scored.cards for entry in card.entries.values()}
    lines: list[str] = []
    for other in scored.footnotes:
        stated = []
        for id_, row in other.figures.items():
            name, unit = names[id_]
            value = f"{ABOUT * (row.basis in GUESSED)}{numbers.figure(row.value)}"
            stated.append(_("{figure} {value} {unit}").format(figure=name, value=value, unit=unit))
        lines.append(_("{cluster}: {figures}.").format(cluster=other.name, figures=series(stated, "; ")))
    return list(titled(_("Other clusters of which little is known"), (bullets(lines),))) if lines else []


def unknown(scored: Scored) -> list[Section]:
    """How many figures each card knows, and which not, with what they would need."""
    lines: list[str] = []
    for name, card in zip(scored.called(), scored.cards, strict=True):
        number = len(card.entries)
        if not card.unknown:
            lines.append(_("{name}: all {number} figures are known.").format(name=name, number=number))
            continue
        grouped: dict[str, list[str]] = {}
        for entry in card.unknown:
            grouped.setdefault(entry.lacks, []).append(entry.name)
        lacking = [
            _("{figures} ({needs})").format(figures=series(figures, ", "), needs=needs) for needs, figures in grouped.items()
        ]
        said = counted(
            len(card.unknown),
            "{name}: {known} of {number} figures are known. Not known, with what it needs: {lacking}.",
            "{name}: {known} of {number} figures are known. Not known, with what they need: {lacking}.",
        )
        lines.append(said.format(name=name, known=len(card.known), number=number, lacking=series(lacking, "; ")))
    return list(titled(_("What is known"), (bullets(lines),)))


# --- the drawing


def points(scored: Scored) -> list[dict[str, Any]]:
    """A dot a figure and cluster, from the worst (0) to the best (1), of figures that differ and have a better way."""
    found: list[dict[str, Any]] = []
    names = [*scored.called(), *(other.name for other in scored.columns)]
    if len(names) < 2:
        return []
    for part in PARTS:
        for entries in scored.rows(part):
            first = entries[0]
            cards = [scored.of(card, entries) for card in scored.cards]
            values = [*(None if e is None else e.shown for e in cards), *(_stated(o, first.id) for o in scored.columns)]
            known = [v for v in values if v is not None]
            if not first.figure.better or len(known) < 2 or max(known) - min(known) <= SAME * max(map(abs, known)):
                continue
            least, span = min(known), max(known) - min(known)
            decimals = digits(known)
            for name, value in zip(names, values, strict=True):
                if value is not None:
                    place = (value - least) / span
                    found.append(
                        {
                            "figure": capital(first.name), "cluster": name, "part": PARTS[part],
                            "place": place if first.figure.better == "more" else 1.0 - place,
                            "value": _("{value} {unit}").format(value=numbers.number(value, decimals), unit=unit_of(first)),
                        }
                    )  # fmt: skip
    return found


# --- as plain values


def as_json(scored: Scored) -> dict[str, Any]:
    """Scorecards as plain JSON values."""
    return {
        "scorecards": [
            {
                "name": name, "case": card.plan.case.name, "scenario": card.plan.case.scenario,
                "title": card.plan.case.title, "audit": card.plan.audit if card.has_plan else None,
                "broken": [str(said) for said in broken_in_words(card.plan.case, card.plan.broken) if card.has_plan],
                "period": card.plan.case.periods[-1].label, "known": len(card.known), "of": len(card.entries),
                "figures": [
                    {
                        "id": entry.id, "part": entry.figure.part, "name": str(entry.name), "unit": str(entry.unit),
                        "better": entry.figure.better, **entry.values, "years": entry.year, "sources": list(entry.sources),
                        "formula": str(entry.figure.formula), "needs": "" if entry.is_known else str(entry.lacks),
                    }
                    for entry in card.entries.values()
                ],
            }
            for name, card in zip(scored.names, scored.cards, strict=True)
        ],
        "benchmarks": [
            {
                "cluster": str(other.name), "column": other.is_column,
                "figures": [
                    {"id": id_, "value": row.value, "year": row.year, "source": row.source, "note": row.note}
                    for id_, row in other.figures.items()
                ],
            }
            for other in scored.beside
        ],
    }  # fmt: skip
