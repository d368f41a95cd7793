"""Tax of parks: shared while sharing is agreed, lost where it came from, and on its way to a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from planner.audit.books import Books
from planner.audit.parks import Production, host, is_park, parks_in
from planner.audit.report import Ledger
from planner.audit.years import Serving, unit_started
from planner.case import Case, Park, ShareTax
from planner.plans.tables import AFTER, Phase
from planner.words.said import _

Parts = Mapping[tuple[str, str, str], float]  # park, period, part -> money


def check(case: Case, books: Books, made: Production, serving: Serving, ledger: Ledger) -> None:
    """Check what each phase shares, and every part of the tax of each park: how much, whose, and when."""
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for phase in books.phases.values():
        if is_park(case, phase.measure):
            amount = _shared(case, phase, serving)
            shared[phase.measure, phase.period] += amount
            where = _("measure {measure}, {start_period}, {period}").format(
                measure=phase.measure, start_period=phase.start_period, period=phase.period
            )
            ledger.same("taxes", where, "shared_tax", phase.shared_tax, amount)
    parts = _parts(case, made, shared)
    for key in dict.fromkeys((*parts, *books.taxes)):
        measure, period, part = key
        where = _("measure {measure}, {period}, {part}").format(measure=measure, period=period, part=part)
        row, should = books.taxes.get(key), parts.get(key, 0.0)
        ledger.same("taxes", where, "amount", 0.0 if row is None else row.amount, should)
        if row is not None and is_park(case, measure):
            line = _line(case, host(case, measure) if part == "host" else case.parks[measure].origin)
            ledger.true("taxes", row.line == line, where, _("line {line!r}").format(line=row.line), repr(line))
            arrives = next_period(case, period)
            ledger.true(
                "taxes", row.arrives == arrives, where, _("arrives {arrives!r}").format(arrives=row.arrives), repr(arrives)
            )


def next_period(case: Case, period: str) -> str:
    """When the tax of a period arrives."""
    return dict(zip(case.period_ids, (*case.period_ids[1:], AFTER), strict=True))[period]


def _parts(case: Case, made: Production, shared: Mapping[tuple[str, str], float]) -> Parts:
    """What the lines of host and origin get of every park's tax, and what the origin's loses."""
    found = {}
    for park in parks_in(case):
        for period in case.period_ids:
            key = (park.measure, period)
            tax = _a_job(park) * case.period(period).years * made.jobs.get(key, 0.0)
            to_origin = shared.get(key, 0.0)
            found[*key, "host"] = tax - to_origin
            found[*key, "origin"] = to_origin
            found[*key, "moved"] = -park.moved_share * tax
    return found


def _a_job(park: Park) -> float:
    """Tax of a productive job, a year."""
    return park.tax / park.jobs


def _shared(case: Case, phase: Phase, serving: Serving) -> float:
    """What phases that started in one period share in another: in their first periods, while the policy serves."""
    park = case.parks[phase.measure]
    if park.origin is None or _jurisdiction(case, park.origin) == _jurisdiction(case, host(case, park.measure)):
        return 0.0
    serves = unit_started(case, case.measures[park.measure], phase.start_period).serves
    window = [t for t in case.period_ids if t in serves]
    share = sum(
        effect.share
        for effect in case.effects
        if isinstance(effect, ShareTax)
        and park.measure in effect.parks
        and phase.period in window[: effect.periods]
        and serving.serves(effect.measure, phase.period)
    )
    return share * _a_job(park) * case.period(phase.period).years * phase.jobs


def _jurisdiction(case: Case, city: str) -> str:
    return case.cities[city].jurisdiction


def _line(case: Case, city: str | None) -> str:
    """The line that gets the tax of a city; the empty text where none of its jurisdiction does."""
    if city is None:
        return ""
    holder = _jurisdiction(case, city)
    return next((line.id for line in case.lines.values() if line.gets_tax and line.holder == holder), "")
