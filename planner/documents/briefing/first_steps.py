"""The first steps: projects and signatures whose works start in the first period, the most telling ten of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.case import KINDS, Case, Kind, Measure, naming
from planner.documents import vocabulary
from planner.documents.blocks import Cell, Format, Heading, Paragraph, Section, Table, of_figures
from planner.documents.built import host, several, shares, where
from planner.documents.drawings.timeline import programme, together
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, columns
from planner.words import numbers, text_layout
from planner.words.said import _, count, series

MOST = 10
SIGNATURES = 5  # of the ten, where there are as many
PAYERS = 3
NAMED = 3  # of what was decided before
KINDS_OF_COST = ("capital", "running")


Start = tuple[Measure, int, float, float, float]  # with opening year, units, public and private cost
Shares = Mapping[tuple[str, str, str], Mapping[str, float]]  # measure, period, kind of cost -> line -> its part of the cost


@dataclass(frozen=True)
class Step:
    """What starts in the first period: a project, a programme of one service in several cities, or a signature.

    Attributes
    ----------
    opens
        First year in which some of it serves.
    public, private
        Cost over the horizon in the case's money: public capital and running cost; capital of private investors.
    payers
        Line -> share of that cost, largest first: what comes later of the same measures, others may pay.
    """

    key: str
    measures: tuple[str, ...]
    name: str
    kind: Kind
    place: str
    opens: int
    public: float
    private: float
    payers: Mapping[str, float]

    @property
    def is_signature(self) -> bool:
        """Whether it is signed rather than built."""
        return KINDS[self.kind].signed


def first_steps(plan: Plan, decided: Literal["by plan", "before"] = "by plan") -> list[Step]:
    """Everything that the plan itself starts in the first period, in the order of the project list.

    Facilities of one service are one step, as are measures that start together (halves of a link).

    Parameters
    ----------
    decided
        `before`: what starts then because it was decided before the plan, instead.
    """
    case, first = plan.case, plan.case.period_ids[0]
    groups: dict[tuple[str, str], list[Start]] = defaultdict(list)
    rows = columns(
        plan.tables["decisions"],
        "measure", "start_period", "opens", "units", "capital_cost", "private_cost", "running_cost", "decided",
    )  # fmt: skip
    for a, start, opens, units, capital, private, running, by in rows:
        if start == first and (by == "before") == (decided == "before"):
            measure = case.measures[a]
            service, group = measure.service, measure.together
            key = ("service", service) if service else ("group", group) if group else ("measure", a)
            groups[key].append((measure, opens, units, capital - private + running, private))
    paid = _shares(plan)
    order = {a: n for n, a in enumerate(case.measures)}
    steps = [_step(case, key, some, paid) for key, some in groups.items()]
    return sorted(steps, key=lambda step: order[step.measures[0]])


def _step(
    case: Case,
    key: tuple[str, str],
    some: list[Start],
    by_line: Shares,
) -> Step:
    measures = [measure for measure, *_rest in some]
    paid: dict[str, float] = defaultdict(float)
    for measure, _opens, units, _public, private in some:
        for period, kind, amount in _costs(measure, case.period_ids[0], units, private):
            for line, share in by_line.get((measure.id, period, kind), {}).items():
                paid[line] += amount * share
    total = sum(paid.values())
    ordered = sorted(paid.items(), key=lambda item: -item[1])
    return Step(
        key=" ".join(key),
        measures=tuple(m.id for m in measures),
        name=_name(case, key, some),
        kind=measures[0].kind,
        place=_place(case, measures),
        opens=min(opens for _measure, opens, *_rest in some),
        public=sum(public for *_rest, public, _private in some),
        private=sum(private for *_rest, private in some),
        payers={line: amount / total for line, amount in ordered if total > 0},
    )


def _shares(plan: Plan) -> Shares:
    """Who pays which part of a measure's capital and running cost in each period, whichever starts it is for."""
    found: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for measure, line, period, *paid in columns(plan.tables["spending"], "measure", "line", "period", *KINDS_OF_COST):
        for kind, amount in zip(KINDS_OF_COST, paid, strict=True):
            if amount > 0:
                found[measure, period, kind][line] = amount
    return {
        place: {line: amount / total for line, amount in lines.items()}
        for place, lines in found.items()
        if (total := sum(lines.values())) > 0
    }


def _costs(measure: Measure, start: str, units: float, private: float) -> Iterable[tuple[str, str, float]]:
    """Period, kind and amount of what units that start in a period cost the public, later years included."""
    option = measure.start_in(start)
    capital = units * sum(option.capital.values())
    public = 1.0 - private / capital if capital > 0 else 0.0
    yield from ((period, "capital", units * amount * public) for period, amount in option.capital.items())
    yield from ((period, "running", units * amount) for period, amount in option.running.items())


def _name(case: Case, key: tuple[str, str], some: list[Start]) -> str:
    measure, _opens, units, *_costs = some[0]
    if key[0] == "service":
        service = case.services[key[1]]
        return programme(service, sum(m.capacity * n for m, _opens, n, *_costs in some))
    if len(some) > 1:
        return together([m for m, *_rest in some])
    return several(naming.name_of(measure), units)


def _place(case: Case, measures: list[Measure]) -> str:
    """Cities, or the two that a link joins, or who signs."""
    first = measures[0]
    if first.is_park:
        return host(case, first.id)
    cities = list(dict.fromkeys(i for m in measures for i in m.cities))
    if (first.is_signed and first.signed_by) or not cities:
        return where(case, first)
    if len(cities) > 2:
        return count(len(cities), "city", "cities")
    return series([naming.city(case, i) for i in cities], " - " if first.is_link else ", ")


def most_telling(steps: list[Step], worth: Mapping[str, float]) -> list[Step]:
    """Ten of the steps: up to five signatures, the rest projects, or as many as there are.

    Signatures by what each is worth (measure -> share of the gain) where that is known, then by public cost; projects by
    public cost.
    """
    signed = sorted((s for s in steps if s.is_signature), key=lambda s: (-worth.get(s.measures[0], -1.0), -s.public))
    built = sorted((s for s in steps if not s.is_signature), key=lambda s: -s.public)
    signatures = min(len(signed), max(SIGNATURES, MOST - len(built)))
    return [*built[: MOST - signatures], *signed[:signatures]]


def section(plan: Plan, worth: Mapping[str, float]) -> Section:
    """The most telling steps under their heading; see `most_telling`."""
    every = first_steps(plan)
    shown = most_telling(every, worth)
    said: str = _("Projects and signatures that start in {period}").format(period=plan.case.periods[0].label)
    if len(shown) < len(every):
        by = _("worth most") if worth else _("dearest")
        said = _("{title} ({shown} of {all}: dearest projects, signatures {by})").format(
            title=said, shown=len(shown), all=len(every), by=by
        )
    if not shown:
        return Heading(said), Paragraph(_("Nothing starts by the plan's own choice.")), *decided_before(plan)
    return Heading(said), table(plan, shown), *decided_before(plan)


def decided_before(plan: Plan) -> Section:
    """What starts in the first period besides, since it was decided before: the plan's money pays for it, too."""
    steps = first_steps(plan, "before")
    if not steps:
        return ()
    public = sum(step.public for step in steps)
    said = _("Decided before the plan, starting then, too: {names}; public cost to {year} {cost} {unit}.").format(
        names=text_layout.join([step.name for step in steps], NAMED), year=plan.case.periods[-1].last,
        cost=numbers.money(public, numbers.money_decimals([public])), unit=plan.case.money.unit,
    )  # fmt: skip
    return (Paragraph(said, look="note"),)


def payers(case: Case, step: Step) -> str:
    """Who pays the public cost, in words."""
    if not step.payers:
        return _("costs nothing") if step.public == 0 else ""
    return shares(case, dict(step.payers), PAYERS)


def table(plan: Plan, steps: Sequence[Step], marked: Collection[str] = ()) -> Table:
    """Steps with where they are, what they cost and who pays.

    Parameters
    ----------
    marked
        Keys of the steps that stand on the first sheet; none = nothing is said of it.
    """
    case, unit, last = plan.case, plan.case.money.unit, plan.case.periods[-1].last
    has_private = any(step.private > NOTHING for step in steps)
    parts: list[tuple[str, Format, list[Cell]]] = [
        (_("project or signature"), "text", [step.name for step in steps]),
        (_("kind"), "text", [vocabulary.KINDS[step.kind] for step in steps]),
        (_("where, or\nwho signs"), "text", [step.place for step in steps]),
        (_("open\nfrom"), "year", [step.opens for step in steps]),
        (_("public cost\nto {year}, {unit}").format(year=last, unit=unit), "money", [step.public for step in steps]),
    ]
    if has_private:
        private: list[Cell] = [step.private if step.private > NOTHING else None for step in steps]
        parts.append((_("private,\n{unit}").format(unit=unit), "money", private))
    parts.append((_("public cost paid by"), "text", [payers(case, step) for step in steps]))
    if marked:
        parts.append((_("on the first sheet"), "text", [_("yes") if step.key in marked else "" for step in steps]))
    heads, formats, cells = zip(*parts, strict=True)
    return of_figures(heads, zip(*cells, strict=True), formats)
