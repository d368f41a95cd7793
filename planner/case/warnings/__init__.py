"""Warnings: what is allowed in a case and most likely not meant, and how large a case will be. Solving goes on.

The size is guessed from what the tables hold, before anything long begins. Three figures are counted and multiplied: trips
that somebody asks about (of every city of a standard to each of its destinations, and between all cities for every service
within a catchment), periods, and candidates that open links. The shares and sizes were measured on the shipped cases and on
two made from lists of 60 and 120 cities. The two large ones, for whose sake it is told, are met within a factor of two;
where cities are far apart there are fewer routes (a twentieth in jing-jin-ji).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from planner.case.case import Case
from planner.case.checks.money import nobody_pays
from planner.case.effects import AllowTransfer, BoardingMinutes, BorderMinutes, Effect, OpenService
from planner.case.kinds import KINDS
from planner.case.measures import Measure
from planner.case.naming import as_id, names_for_ids, norm
from planner.case.places import Access, Borders
from planner.case.problems import listed
from planner.case.selecting import payers_of
from planner.case.serving import start_option
from planner.case.travel import ends, minutes_at_border, minutes_from, network, useless_links
from planner.case.warnings.industry import about_work
from planner.case.warnings.moves import about_moves
from planner.case.warnings.use import about_use
from planner.words.said import _, counted, series, with_names

MOST_SHOWN = 8
FEW = 3  # names shown of what is mostly long


def warnings_of(case: Case) -> tuple[str, ...]:
    """Sentences about what is allowed in a case and most likely not meant; solving goes on."""
    parts = (
        (doubt.said for doubt in case.doubts),
        about_size(case),
        _out_of_reach(case),
        _unknown_stock(case),
        _idle_lines(case),
        _never_start(case),
        _late_starts(case),
        _no_effect(case),
        _opened_already(case),
        _idle_borders(case),
        _slow_links(case),
        _beside_their_own(case),
        about_use(case),
        about_work(case),
        about_moves(case),
    )
    found = dict.fromkeys(warning for part in parts for warning in part)  # each once, wherever it was found
    names = names_for_ids(case) if found else {}
    return tuple(with_names(warning, names) for warning in found)


def _names(ids: list[str]) -> str:
    return listed(ids, MOST_SHOWN)


def _out_of_reach(case: Case) -> Iterator[str]:
    """Cities that cannot get to a standard's destinations even with everything built."""
    possible = [x for x in case.links.values() if all(case.measures[m].starts for m in x.needs)]
    for standard in case.access.values():
        arcs = network(case, possible, standard.modes)
        destinations = _destinations(case, standard)
        cut_off: list[str] = []
        for city in standard.origins:
            reached = {name for name, mode in minutes_from(arcs, (city, "")) if mode == ""}
            others = [d for d in destinations if d != city]
            if standard.kind == "nearest":
                lost = not reached & set(destinations)
            else:
                lost = bool(others) and not reached & set(others)
            if lost:
                cut_off.append(city)
        if cut_off:
            yield _("{standard}: {cut_off} cannot get to any destination, even with everything built").format(
                standard=standard.id, cut_off=_names(cut_off)
            )


def _destinations(case: Case, standard: Access) -> tuple[str, ...]:
    """Destinations of a standard, today or with everything built."""
    if standard.offers is None:
        return standard.destinations
    stocks = (case.capacity.get((city, standard.offers)) for city in case.cities)
    there = [s.city for s in stocks if s is not None and s.amount is not None and any(s.amount.values())]
    built = [m.cities[0] for m in case.measures.values() if m.service == standard.offers and m.starts]
    return (*there, *built)


def _unknown_stock(case: Case) -> Iterator[str]:
    for service in case.services:
        cities = [s.city for s in case.capacity.values() if s.service == service and s.amount is None]
        if cities:
            yield _("{service}: the capacity of {cities} is unknown, so these cities are left out of {service}").format(
                service=service, cities=_names(cities)
            )
    for measure in case.measures.values():
        stocks = [case.capacity.get((city, measure.service)) for city in measure.cities] if measure.service else []
        if measure.starts and any(stock is not None and stock.amount is None for stock in stocks):
            yield _("{measure} would cost money and serve nobody: the capacity of {service} is unknown in its city").format(
                measure=measure.id, service=measure.service
            )


def _idle_lines(case: Case) -> Iterator[str]:
    used = {line for lines in payers_of(case).values() for line in lines} if case.measures else set()
    could = {line for (measure, _kind), lines in payers_of(case).items() if case.measures[measure].starts for line in lines}
    sending = {e.from_line for e in case.effects if isinstance(e, AllowTransfer) and case.measures[e.measure].starts}
    for line in case.lines.values():
        if line.id not in could | sending:
            why = _("all that it may pay for is ruled out or never serves") if line.id in used else _("it fits no measure")
            yield _("the budget line {line} can pay for nothing: {why}").format(line=line.id, why=why)


def _never_start(case: Case) -> Iterator[str]:
    """Candidates that cannot start: too late, never paid for, or in need of what is ruled out."""
    payers = payers_of(case)
    for measure in case.measures.values():
        if measure.status != "candidate":
            continue
        if not measure.starts:
            yield _never_serves(case, measure)
            continue
        lacking = [name for name in measure.requires if not case.measures[name].starts]
        if lacking:
            yield _("{measure} can never start: it requires {lacking}, which cannot start").format(
                measure=measure.id, lacking=_names(lacking)
            )
        for why in nobody_pays(case, measure, payers):
            yield _("{measure} can never start: {why}").format(measure=measure.id, why=why)


def _never_serves(case: Case, measure: Measure) -> str:
    """Why a measure has no start that serves a period: it opens too late, or is open for too short a time."""
    ids = case.period_ids
    window = case.periods[ids.index(measure.earliest) : ids.index(measure.latest) + 1]
    if measure.life_years is not None and any(
        start_option(p, case.periods, measure.build_years, None, 0, 0) for p in window
    ):
        return _(
            "{measure} can never serve: with life_years {life_years} it is open for less than half of every period"
        ).format(measure=measure.id, life_years=measure.life_years)
    return _(
        "{measure} could not open in time to serve a period: started in {earliest} to {latest}, it takes "
        "{build_years} years to build"
    ).format(measure=measure.id, earliest=measure.earliest, latest=measure.latest, build_years=measure.build_years)


def _late_starts(case: Case) -> Iterator[str]:
    """Starts within a measure's window that are not offered, since they would serve no period."""
    ids = case.period_ids
    for place, (period, label) in enumerate((p.id, p.label) for p in case.periods):
        late = [
            m
            for m in case.measures.values()
            if m.status != "ruled_out"
            and m.starts
            and m.start_period in (None, period)
            and ids.index(m.earliest) <= place <= ids.index(m.latest)
            and period not in {option.period for option in m.starts}
        ]
        if late:
            kinds = Counter(as_id(m.norm, norm(m.norm)) if m.norm else m.kind for m in late)
            said = listed(
                (_("{number} {kind}").format(number=number, kind=kind) for kind, number in kinds.most_common()), FEW
            )
            names = listed((m.id for m in late), FEW)
            yield _("started in {label}, {late} ({said}) would open too late to count: {names}").format(
                label=label,
                late=counted(len(late), "{number} measure", "{number} measures").format(number=len(late)),
                said=said,
                names=names,
            )


def _no_effect(case: Case) -> Iterator[str]:
    """Measures that change nothing, and effects that find nothing to change."""
    opening = {name for link in case.links.values() for name in link.needs}
    acting = {effect.measure for effect in case.effects}
    required = {name for m in case.measures.values() for name in m.requires}
    if any(m.level == "subsidy" for m in case.measures.values()):
        required |= set(case.pyramid.barriers_first)
    for measure in case.measures.values():
        useful = measure.id in opening | acting | required or measure.service is not None or measure.benefit > 0
        useful = useful or measure.has_park
        if measure.status != "ruled_out" and not useful:
            yield _("{measure} has no effect: {why}").format(measure=measure.id, why=KINDS[measure.kind].lacks)
    for effect in case.effects:
        if isinstance(effect, BorderMinutes):
            pair = set(effect.between)
            crossing = {x.mode for x in case.links.values() if {case.cities[c].jurisdiction for c in ends(x)[0]} == pair}
            for mode in (m for m in effect.modes if m not in crossing):
                yield _("{measure} has no effect on {mode}: no {mode} link joins {between}").format(
                    measure=effect.measure, mode=mode, between=series(effect.between, " and ")
                )
            for mode in (m for m in effect.modes if m in crossing):
                there = minutes_at_border(case, mode, *effect.between)
                if there <= effect.set_to:
                    yield _(
                        "{measure} has no effect on {mode}: the border between {between} takes {there:g} minutes there"
                    ).format(measure=effect.measure, mode=mode, between=series(effect.between, " and "), there=there)
        elif isinstance(effect, BoardingMinutes):
            serving = {x.mode for x in case.links.values() if effect.city in (x.from_city, x.to_city)}
            for mode in (m for m in effect.modes if m not in serving):
                yield _("{measure} has no effect on {mode}: no {mode} link reaches {city}").format(
                    measure=effect.measure, mode=mode, city=effect.city
                )


def _opened_already(case: Case) -> Iterator[str]:
    """Policies whose rights to services are all in force without them."""
    there = [e for e in case.in_force if isinstance(e, OpenService)]
    acting: dict[str, list[Effect]] = {}
    for effect in case.effects:
        acting.setdefault(effect.measure, []).append(effect)
    for measure, effects in acting.items():
        if case.measures[measure].status != "ruled_out" and all(_is_open(case, e, there) for e in effects):
            yield _("{measure} has no effect: what it opens is in force").format(measure=measure)


def _is_open(case: Case, effect: Effect, there: list[OpenService]) -> bool:
    """Whether every right that an effect gives is given already, as far away."""
    return isinstance(effect, OpenService) and all(
        any(
            s in e.services and who in e.people_of and where in e.at and _reach(case, e, s) >= _reach(case, effect, s)
            for e in there
        )
        for s in effect.services
        for who in effect.people_of
        for where in effect.at
        if who != where
    )


def _reach(case: Case, effect: OpenService, service: str) -> float:
    """How far people go by a right, in minutes."""
    minutes = case.services[service].catchment_minutes if effect.minutes is None else effect.minutes
    return -1.0 if minutes is None else minutes


def _idle_borders(case: Case) -> Iterator[str]:
    """Borders with minutes of their own that no link of the mode crosses."""
    for mode in case.modes.values():
        for pair in mode.border_minutes.pairs if isinstance(mode.border_minutes, Borders) else ():
            links = (link for link in case.links.values() if link.mode == mode.id)
            if not any({case.cities[c].jurisdiction for c in ends(link)[0]} == set(pair.between) for link in links):
                yield _(
                    "{mode}: the minutes at the border between {between} count nowhere: no {mode} link joins them"
                ).format(mode=mode.id, between=series(pair.between, " and "))


def _slow_links(case: Case) -> Iterator[str]:
    """Candidate links that bring no two cities closer than they are today."""
    slow = [link.id for link in useless_links(case)]
    if slow:
        said = counted(
            len(slow),
            "{number} link, built alone, brings no two cities closer than they are today: {links}",
            "{number} links, each built alone, bring no two cities closer than they are today: {links}",
        )
        yield said.format(number=len(slow), links=listed(slow, FEW))


LEAST_MINUTES, LEAST_SHARE = 5.0, 0.1  # that a link should save beside one that there is


def _beside_their_own(case: Case) -> Iterator[str]:
    """Candidate links beside one of their own mode that hardly save anything against it."""
    today: dict[tuple[str, frozenset[str]], float] = {}
    for link in case.links.values():
        if not link.needs:
            between = link.mode, frozenset((link.from_city, link.to_city))
            today[between] = min(link.minutes, today.get(between, link.minutes))
    hardly = []
    for link in case.links.values():
        there = today.get((link.mode, frozenset((link.from_city, link.to_city))))
        candidate = any(case.measures[a].status == "candidate" and case.measures[a].starts for a in link.needs)
        if candidate and there is not None and there - link.minutes < max(LEAST_MINUTES, LEAST_SHARE * there):
            hardly.append(link.id)
    if hardly:
        yield counted(
            len(hardly),
            "{number} link saves less than {minutes:g} minutes, or less than {share}, beside one of its mode that there "
            "is: {links}",
            "{number} links save less than {minutes:g} minutes, or less than {share}, each beside one of its mode that "
            "there is: {links}",
        ).format(number=len(hardly), minutes=LEAST_MINUTES, share=f"{100 * LEAST_SHARE:.0f} %", links=listed(hardly, FEW))


SHARE = 0.06  # routes, of trips x periods x candidates that open links
ROWS = 0.2  # rows a route
BYTES = 4_500.0  # a route, with its columns and rows, in the model and in the solver
NOTHING = 250e6  # bytes of any case
LARGE = 20_000  # routes from which on it is told


@dataclass(frozen=True)
class Size:
    """What a case comes to, guessed: routes, rows, bytes of memory; and what that is guessed from."""

    trips: int
    candidates: int
    periods: int

    @property
    def routes(self) -> float:
        """Routes that are worth considering."""
        return SHARE * self.trips * self.periods * self.candidates

    @property
    def rows(self) -> float:
        """Rows of the model."""
        return ROWS * self.routes

    @property
    def memory(self) -> float:
        """Bytes."""
        return NOTHING + BYTES * self.routes


def size_of(case: Case) -> Size:
    """What a case will come to."""
    trips = sum(len(standard.origins) * len(standard.destinations or case.cities) for standard in case.access.values())
    trips += len(case.cities) ** 2 * sum(service.catchment_minutes is not None for service in case.services.values())
    opening = {a for link in case.links.values() for a in link.needs if case.measures[a].status == "candidate"}
    return Size(trips, len(opening), len(case.period_ids))


def about_size(case: Case) -> Iterator[str]:
    """A case that will be large, with what it may come to."""
    size = size_of(case)
    if size.routes >= LARGE:
        yield (
            _(
                "this case is large: about {routes} routes, {rows} rows and {memory:.1f} GB of memory, guessed from "
                "{trips:,} trips that are asked about, {candidates} candidates that open links and {periods} "
                "periods; it may be half or twice as much, and less where cities are far apart"
            ).format(
                routes=_rounded(size.routes),
                rows=_rounded(size.rows),
                memory=size.memory / 1e9,
                trips=size.trips,
                candidates=size.candidates,
                periods=size.periods,
            )
        )


def _rounded(figure: float) -> str:
    """One or two figures that count: it is a guess."""
    step = 10 ** max(0, floor(log10(figure)) - 1)
    return f"{round(figure / step) * step:,}"
