"""What is built and signed when: works, then service, measure by measure."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.case import KINDS, Case, Kind, Measure, Service, naming
from planner.documents import vocabulary
from planner.documents.drawings import theme
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import numbers
from planner.words.said import Named, Sentence, _, count, told, told_in

WORKS, SERVICE = _("works"), _("in service")
LONGEST = 52  # characters of a name
ROW = 17  # pixels


@dataclass(frozen=True)
class Span:
    """Something that starts: which row it is in, when its works begin, and from when to when it serves (years)."""

    kind: Kind
    key: tuple[str, str]  # measure or group, and period where each has a row of its own
    label: str
    begins: int
    opens: int
    ends: int
    decided: str


def spans(plan: Plan) -> list[Span]:
    """Everything that starts, in the order of the project list.

    Measures that start together (halves of a link) are one; facilities of one service are one for each period.
    """
    case = plan.case
    found: dict[tuple[str, str, str], Span] = {}
    facilities: dict[tuple[str, str], list[Facility]] = defaultdict(list)
    rows = columns(plan.tables["decisions"], "measure", "start_period", "opens", "units", "decided")
    for a, start, opens, units, decided in rows:
        measure = case.measures[a]
        if measure.service is not None:
            facilities[measure.service, start].append((measure, opens, units, decided))
            continue
        group = measure.together or a
        label = name_of(case, measure)
        when = (_first_year(case, start), opens, _ends(case, measure, opens))
        found.setdefault((measure.kind, group, start), Span(measure.kind, (group, ""), label, *when, decided))
    programmes = [_programme(case, *key, some) for key, some in facilities.items()]
    return [*found.values(), *programmes]


Facility = tuple[Measure, int, float, str]  # with the year in which it opens, its units, and who decided


def _programme(case: Case, service: str, start: str, some: list[Facility]) -> Span:
    """Facilities of a service that start in one period: how much in how many cities."""
    amount = sum(measure.capacity * units for measure, _opens, units, _decided in some)
    cities = {city for measure, *_rest in some for city in measure.cities}
    where = naming.city(case, next(iter(cities))) if len(cities) == 1 else count(len(cities), "city", "cities")
    label = told(_("{what} in {where}").format(what=programme(case.services[service], amount), where=where))
    opens = min(opens for _measure, opens, *_rest in some)
    ends = max(_ends(case, measure, opens) for measure, opens, *_rest in some)
    decided = "before" if all(d == "before" for *_rest, d in some) else "by the plan"
    return Span(some[0][0].kind, (service, start), label, _first_year(case, start), opens, ends, decided)


def bars(plan: Plan) -> pd.DataFrame:
    """A bar for the works and a bar for the service of everything that starts.

    Returns
    -------
    Columns kind (heading), row (name), what (works or in service), begins, ends (years; a bar stops where `ends` begins),
    decided.
    """
    labels: dict[tuple[str, str], str] = {}
    found = []
    for span in spans(plan):
        if span.key not in labels:
            taken = set(labels.values())
            names = itertools.chain(
                (span.label, told(_("{name}, from {year}").format(name=span.label, year=span.begins))),
                (f"{span.label} ({n})" for n in itertools.count(2)),
            )
            labels[span.key] = next(name for name in names if name not in taken)
        for what, begins, ends in ((WORKS, span.begins, span.opens), (SERVICE, span.opens, span.ends)):
            if ends > begins:
                found.append((told(KINDS[span.kind].several), labels[span.key], told(what), begins, ends, span.decided))
    return pd.DataFrame(found, columns=["kind", "row", "what", "begins", "ends", "decided"])


def timeline(plan: Plan, width: int = 460) -> Any:
    """Works (pale) and service (full) of all that starts, by kind."""
    import altair as alt

    case = plan.case
    data = bars(plan)
    first, last = case.periods[0].first, case.periods[-1].last + 1
    panels = []
    kinds = [told(what.several) for what in KINDS.values() if told(what.several) in set(data["kind"])]
    edges = pd.DataFrame({"year": [p.first for p in case.periods[1:]]})
    colours = {told(KINDS[kind].several): colour for kind, colour in theme.KINDS.items()}
    shades = alt.Scale(domain=[told(WORKS), told(SERVICE)], range=[0.35, 1.0])
    for n, kind in enumerate(kinds):
        some = data[data["kind"] == kind]
        ordered = list(dict.fromkeys(some.sort_values("begins", kind="stable")["row"]))
        below = n == len(kinds) - 1
        axis = alt.Axis(format="d", tickMinStep=1, labels=below, ticks=below, domain=below, title=None)
        x = alt.X("begins:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=axis)
        y = alt.Y(
            "row:N", sort=ordered, title=None, axis=alt.Axis(labelLimit=320, labelPadding=6, ticks=False, domain=False)
        )
        drawn = (
            alt.Chart(some, title=alt.TitleParams(kind, fontSize=theme.SIZE + 1, frame="group"))
            .mark_bar(height=ROW - 7, color=colours[kind], clip=True)
            .encode(
                x=x,
                x2="ends:Q",
                y=y,
                opacity=alt.Opacity("what:O", legend=None, scale=shades),
                tooltip=theme.tips("row", "what", begins="d", ends="d"),
            )
        )
        rules = alt.Chart(edges).mark_rule(color=theme.FAINT, strokeDash=[2, 2], strokeWidth=1).encode(x="year:Q")
        panels.append((drawn + rules).properties(width=width, height=ROW * len(ordered)))
    if not panels:
        nothing = pd.DataFrame({"text": [told(_("nothing starts"))]})
        panels = [alt.Chart(nothing).mark_text(align="left").encode(text="text:N").properties(width=width, height=ROW)]
    return theme.themed(alt.vconcat(*panels, spacing=8).resolve_scale(y="independent"))


def name_of(case: Case, measure: Measure) -> str:
    """A measure's name as a drawing shows it: without the half of a pair, and not too long."""
    group = [m for m in case.measures.values() if m.together == measure.together] if measure.together else [measure]
    name = told(together(group))
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def programme(service: Service, amount: float) -> Sentence:
    """So much of a service: 300 nurses; clinics: 30 posts."""
    name, shown = naming.name_of(service), numbers.units(amount)
    if service.unit == name:
        return _("{amount} {name}").format(amount=shown, name=name)
    return _("{name}: {amount} {unit}").format(name=name, amount=shown, unit=vocabulary.unit(service.unit))


def together(measures: Sequence[Measure]) -> Named:
    """What measures that start together are called: what their names share."""
    names = [naming.name_of(measure) for measure in measures]
    return Named(shared(names), {"zh": shared([told_in("zh", name) for name in names])})


def shared(names: list[str]) -> str:
    """What names of things that start together have in common; the first name where that is too little to know them by.

    >>> shared(["Tianjin-Tangshan motorway, Tianjin half", "Tianjin-Tangshan motorway, Hebei half"])
    'Tianjin-Tangshan motorway'
    """
    common = names[0]
    for name in names[1:]:
        while not name.startswith(common):
            common = common[:-1]
    whole = common if len(set(names)) == 1 else common.rpartition(",")[0] if "," in common else common
    known = whole.strip(" ,-:(")
    return known if len(known) >= len(names[0]) / 4 else names[0]


def _first_year(case: Case, period: str) -> int:
    return next(p.first for p in case.periods if p.id == period)


def _ends(case: Case, measure: Measure, opens: int) -> int:
    """The year in which the service stops; that after the horizon where it goes on."""
    after = case.periods[-1].last + 1
    return after if measure.life_years is None else min(after, opens + measure.life_years)
