"""Warnings of capacity that is added where much of what there is stands empty."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.effects import RaiseCapacity
from planner.case.places import TODAY
from planner.case.problems import listed
from planner.words.said import counted

BUSY = 0.8  # of the stock: with a smaller share in use there is room
SHOWN = 3


def about_use(case: Case) -> Iterator[str]:
    """Services whose measures add capacity in cities that use little of theirs, and would not fill it as need grows."""
    for service in case.services:
        added = _added_in(case, service)
        idle = {i for i in case.cities if _has_room(case, service, i)}
        adding = [a for a, cities in added.items() if idle.intersection(cities)]
        cities = [case.cities[i].name for i in case.cities if i in idle and any(i in added[a] for a in adding)]
        if adding:
            yield counted(
                len(adding),
                "{service}: {number} measure adds capacity where less than {share} of it is in use today, and would not be "
                "full as need grows ({cities}): {measures}",
                "{service}: {number} measures add capacity where less than {share} of it is in use today, and would not be "
                "full as need grows ({cities}): {measures}",
            ).format(
                service=service, number=len(adding), share=f"{100 * BUSY:.0f} %", cities=listed(cities, SHOWN),
                measures=listed(adding, SHOWN),
            )  # fmt: skip


def _added_in(case: Case, service: str) -> dict[str, tuple[str, ...]]:
    """Measure that can start -> the cities where it adds capacity of a service."""
    found = {m.id: m.cities for m in case.measures.values() if m.service == service and m.starts}
    for effect in case.effects:
        if isinstance(effect, RaiseCapacity) and service in effect.services and case.measures[effect.measure].starts:
            found[effect.measure] = (*found.get(effect.measure, ()), *effect.cities)
    return found


def _has_room(case: Case, service: str, city: str) -> bool:
    """Whether a city uses little of a service, and would never use all of it if use grew as need does."""
    stock = case.capacity.get((city, service))
    share = None if stock is None else stock.share_used
    if stock is None or stock.amount is None or stock.used is None or share is None or share >= BUSY:
        return False
    said, place = case.services[service], case.cities[city]
    first = case.period_ids[0]
    today = place.heads(said.of, TODAY) * said.per_1000[first]
    if today <= 0:
        return True
    grown = (place.heads(said.of, t) * said.per_1000[t] / today for t in case.period_ids)
    return all(stock.used * times <= stock.amount[t] for t, times in zip(case.period_ids, grown, strict=True))
