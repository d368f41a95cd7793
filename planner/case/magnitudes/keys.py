"""Doubts about keys of case.yaml: standards, targets, rates and spreads that are most likely in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planner.case.case import Case
from planner.case.effects import BoardingMinutes
from planner.case.goals import Gate, Target
from planner.case.magnitudes import plausible
from planner.case.magnitudes.outliers import number
from planner.case.problems import Problem
from planner.case.raw import Path, RawCase
from planner.case.travel import boarding_minutes, hundredths
from planner.words.said import _


def about_keys(case: Case, raw: RawCase) -> Iterator[Problem]:
    """What is odd in case.yaml, money aside."""
    yield from _jumps(case, raw)
    boarding = _least_boarding(case)
    yield from _standards(case, raw, boarding)
    yield from _catchments(case, raw, boarding)
    for n, target in enumerate(case.targets):
        yield from _shares_of_reach(case, raw, ("targets", n, "at_least"), target)
    for n, gate in enumerate(case.gates):
        yield from _shares_of_reach(case, raw, ("gates", n, "at_least"), gate)
    yield from _spreads(case, raw)


def _jumps(case: Case, raw: RawCase) -> Iterator[Problem]:
    """Standards of a service that jump from one period to the next; of a jump up and down again the top is the odd one."""
    for service in case.services.values():
        doubted = ""
        for before, after in pairwise(case.period_ids):
            was, now = service.per_1000[before], service.per_1000[after]
            times = max(was / now, now / was) if min(was, now) > 0 else 1.0
            if before == doubted or times <= plausible.FACTOR_OF_STANDARDS:
                continue
            doubted = after
            message = _("{now}, where {before} has {was}, a factor of {times}: check both").format(
                now=number(now), before=before, was=number(was), times=number(times)
            )
            yield raw.at_key(("services", service.id, "per_1000", after), message, f"{now:.10g}")


def _least_boarding(case: Case) -> dict[str, int]:
    """Hundredths of minutes that boarding and leaving a mode takes at least anywhere, with all hubs that may be built."""
    serving = {name for name, measure in case.measures.items() if measure.starts}
    found = {name: hundredths(mode.boarding_minutes) for name, mode in case.modes.items()}
    for effect in (*case.effects, *case.in_force):
        if isinstance(effect, BoardingMinutes):
            for mode in effect.modes:
                found[mode] = min(found[mode], boarding_minutes(case, serving, effect.city, mode))
    return found


def _standards(case: Case, raw: RawCase, boarding: dict[str, int]) -> Iterator[Problem]:
    """Access standards that nobody who boards anything can keep: most likely hours."""
    used = {link.mode for link in case.links.values()}
    for standard in case.access.values():
        least = min((boarding[mode] for mode in standard.modes if mode in used), default=0)
        if hundredths(standard.standard_minutes) < least:
            message = _(
                "{minutes:g}: boarding and leaving takes at least {least:g} minutes on any of its modes, so that no trip "
                "keeps it: is it in minutes, not in hours?"
            ).format(minutes=standard.standard_minutes, least=least / 100)
            yield raw.at_key(("access", standard.id, "standard_minutes"), message, f"{standard.standard_minutes:g}")


def _catchments(case: Case, raw: RawCase, boarding: dict[str, int]) -> Iterator[Problem]:
    """Catchments of a few minutes within which nobody gets to another city by the shortest link; 0 may be meant."""
    least = min((hundredths(link.minutes) + boarding[link.mode] for link in case.links.values()), default=0)
    for service in case.services.values():
        catchment = service.catchment_minutes
        if catchment is not None and 0 < catchment < plausible.CATCHMENT_LEAST and hundredths(catchment) < least:
            message = _(
                "{minutes:g}: no two cities are so near, the shortest link takes {least:g} minutes with boarding: is it in "
                "minutes, not in hours? Without the key people use what their own city has"
            ).format(minutes=catchment, least=least / 100)
            yield raw.at_key(("services", service.id, "catchment_minutes"), message, f"{catchment:g}")


def _shares_of_reach(case: Case, raw: RawCase, path: Path, asking: Target | Gate) -> Iterator[Problem]:
    """What is asked of a standard of reach is in per cent of the cluster, and 0.5 is most likely half of it."""
    standard, least = case.access.get(asking.indicator), asking.at_least
    if standard is not None and standard.kind == "reach" and least is not None and 0 < least <= 1:
        message = _("{least:g}: reach is counted in per cent of the cluster: is {per_cent:g} meant?").format(
            least=least, per_cent=100 * least
        )
        yield raw.at_key(path, message, f"{least:g}")


def _spreads(case: Case, raw: RawCase) -> Iterator[Problem]:
    """Figures that may turn out many times as much as stated."""
    for uncertain in case.uncertain.values():
        spread = uncertain.times
        if spread is not None and spread.p90 >= plausible.TIMES_MOST:
            message = _(
                "{of} may turn out {low:g} to {high:g} times as much as stated: meant in per cent? 1.2 is a fifth more"
            ).format(of=uncertain.of, low=spread.p10, high=spread.p90)
            yield raw.at_key(("uncertain", uncertain.id, "times"), message, f"{spread.p90:g}")
