"""Random measures for random cases: links, halves of a link, facilities, hubs and policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.case import (
    BoardingMinutes,
    BorderMinutes,
    FrozenDict,
    Link,
    Measure,
    OpenOutsidersShare,
    OpenService,
    RaiseCapacity,
)

from .calendar_years import with_starts

if TYPE_CHECKING:
    from .random_cases import Draft


def draw_measures(d: Draft) -> None:
    """Two to five measures of makes that suit the theme, then what ties them together."""
    makes: list[Callable[[Draft], None]] = []
    if d.theme in ("network", "mixed"):
        makes += [_railway, _railway, _railway, _halves, _checkpoint, _checkpoint, _hub]
    if d.theme in ("knapsack", "mixed"):
        makes += [_prize, _prize]
    if d.theme == "service" or (d.theme == "mixed" and d.services):
        makes += [_facility, _facility, _facility, _facility, _railway, _opening, _raising, _outsiders]
    if d.theme == "uneven":
        makes += [_facility]
    if d.theme == "sharing":
        _opening(d)
        makes += [_facility, _railway, _opening, _checkpoint]
    for _ in range(d.pick(3, 4, 5) if d.theme in ("knapsack", "uneven") else d.pick(2, 3, 3, 4)):
        d.pick(*makes)(d)
    _ties(d)


def _measure(d: Draft, kind: str, cities: tuple[str, ...], **fields: Any) -> str:
    """A new measure with drawn costs, years, window and status; returns its id."""
    name = f"{kind}-{len(d.measures) + 1}"
    whole = d.ids
    earliest, latest = (d.pick((whole[0], whole[0]), (whole[-1], whole[-1]))) if d.chance(15) else (whole[0], whole[-1])
    status = d.pick("decided", "decided", "ruled_out") if d.chance(12) else "candidate"
    start = d.pick(None, earliest) if status == "decided" else None
    signed = fields.pop("signed_by", ())
    values: dict[str, Any] = {
        "id": name, "name": name, "name_zh": "", "kind": kind, "cities": cities, "service": None, "capacity": 0.0,
        "norm": None, "quantity": None, "capital_cost": float(d.pick(0, 1, 2, 4, 6, 10)),
        "running_cost": float(d.pick(0, 0, 0, 0.2, 0.5)), "units": 1.0, "divisible": False, "max_starts": 1.0,
        "build_years": d.pick(0, 0, 1, 2, 5), "life_years": d.pick(3, 5) if d.chance(20) else None,
        "earliest": earliest, "latest": latest, "status": status, "start_period": start, "requires": (), "one_of": None,
        "together": None, "payers": FrozenDict(), "signed_by": signed,
        "benefit": float(d.pick(1, 2, 5)) if d.chance(35) else 0.0, "starts": (),
    }  # fmt: skip
    places = [d.cities[c] for c in cities]
    values["jurisdictions"] = tuple(dict.fromkeys([*(c.jurisdiction for c in places), *signed]))
    values["tiers"] = tuple(dict.fromkeys(c.tier for c in places))
    m = with_starts(Measure(**{**values, **fields}), d.periods)
    if m.status == "decided" and sum(m.max_starts for _ in m.starts) < m.units:
        m = with_starts(replace(m, status="candidate", start_period=None), d.periods)
    d.measures[name] = m
    return name


def _railway(d: Draft) -> None:
    """One measure that opens a fast railway, sometimes two links at once."""
    names = list(d.cities)
    a, b = d.pick(*((x, y) for x in names for y in names if x < y))
    m = _measure(d, "link", (a, b))
    d.links[m] = Link(
        id=m, from_city=a, to_city=b, mode="rail", minutes=float(d.pick(5, 10, 15)), km=None, oneway=d.chance(10), needs=(m,)
    )
    if len(names) > 2 and d.chance(30):
        c = next(x for x in names if x not in (a, b))
        d.links[m + "x"] = Link(
            id=m + "x", from_city=b, to_city=c, mode="rail", minutes=float(d.pick(5, 10)), km=None, oneway=False, needs=(m,)
        )
        old = d.measures[m]
        cities = (a, b, c)
        d.measures[m] = replace(
            old, cities=cities,
            jurisdictions=tuple(dict.fromkeys(d.cities[x].jurisdiction for x in cities)),
            tiers=tuple(dict.fromkeys(d.cities[x].tier for x in cities)),
        )  # fmt: skip


def _halves(d: Draft) -> None:
    """Two measures, each one half of a road; the road is open when both serve."""
    one, two = _measure(d, "link", ("a",)), _measure(d, "link", ("b",))
    if d.chance(40):
        keep = d.measures[one]
        same = {k: getattr(keep, k) for k in ("build_years", "earliest", "latest", "status", "start_period", "units")}
        d.measures[one] = replace(keep, together="halves" + one)
        d.measures[two] = with_starts(replace(d.measures[two], together="halves" + one, **same), d.periods)
        if keep.life_years != d.measures[two].life_years:
            d.measures[two] = with_starts(replace(d.measures[two], life_years=keep.life_years), d.periods)
    d.links[one] = Link(
        id=one,
        from_city="a",
        to_city="b",
        mode="road",
        minutes=float(d.pick(5, 10, 15)),
        km=None,
        oneway=False,
        needs=(one, two),
    )


def _facility(d: Draft) -> None:
    service = d.pick(*d.services)
    known = [c for c in d.cities if d.capacity[c, service].amount is not None]
    if not known:
        return
    city = d.pick(*known)
    s = d.services[service]
    need = d.cities[city].heads(s.of, d.ids[0]) * s.per_1000[d.ids[0]] / 1000
    divisible = d.chance(25)
    units = float(d.pick(1, 2)) if divisible else float(d.pick(1, 1, 2, 3))
    most = units if divisible or d.chance(70) else 1.0
    _measure(
        d, "facility", (city,), service=service, capacity=max(1.0, round(need * d.pick(0.3, 0.5, 1.0))), units=units,
        divisible=divisible, max_starts=most,
    )  # fmt: skip


def _hub(d: Draft) -> None:
    city = d.pick(*d.cities)
    m = _measure(d, "hub", (city,), capital_cost=float(d.pick(0, 1, 2)), running_cost=0.0)
    d.effects.append(BoardingMinutes(measure=m, city=city, modes=("rail",), minus=float(d.pick(5, 8, 20))))
    d.links["old-rail"] = Link(
        id="old-rail", from_city="a", to_city="b", mode="rail", minutes=float(d.pick(5, 10)), km=None, oneway=False, needs=()
    )


def _checkpoint(d: Draft) -> None:
    if d.modes["road"].border_minutes == 0:
        d.modes["road"] = replace(d.modes["road"], border_minutes=15.0)
    m = _measure(d, "policy", (), signed_by=("north", "south"))
    d.effects.append(BorderMinutes(measure=m, between=("north", "south"), modes=("road",), set_to=float(d.pick(0, 0, 5))))


def _opening(d: Draft) -> None:
    m = _measure(d, "policy", (), signed_by=d.pick(("north", "south"), ("south",)))
    people, at = d.pick((("south",), ("north",)), (("north",), ("south",)), (("north", "south"), ("north", "south")))
    minutes = float(d.pick(20, 40, 100, 100)) if d.chance(40) else None
    if d.theme == "sharing":
        people, at = ("south",), ("north",)
    if d.chance(50):
        d.measures[m] = with_starts(replace(d.measures[m], capital_cost=0.0, running_cost=0.0), d.periods)
    d.effects.append(OpenService(measure=m, services=tuple(d.services), people_of=people, at=at, minutes=minutes))


def _raising(d: Draft) -> None:
    m = _measure(d, "policy", (), signed_by=("north",))
    service = d.pick(*d.services)
    d.effects.append(
        RaiseCapacity(measure=m, services=(service,), cities=tuple(d.cities)[: d.pick(1, 2)], by=d.pick(0.2, 0.5))
    )


def _outsiders(d: Draft) -> None:
    m = _measure(d, "policy", (), signed_by=("north",))
    service = d.pick(*d.services)
    for city in d.cities:
        d.capacity[city, service] = replace(d.capacity[city, service], outsiders=0.5)
    d.effects.append(
        OpenOutsidersShare(measure=m, services=(service,), cities=tuple(d.cities)[: d.pick(1, 2)], share=d.pick(0.2, 0.5))
    )


def _prize(d: Draft) -> None:
    """A measure that only brings a benefit, as in a knapsack."""
    units = float(d.pick(1, 1, 1, 2))
    cost = float(d.pick(1, 2, 3, 5, 8))
    side = d.pick("north", "south")
    kind = "facility" if d.services and d.chance(60) else "policy"
    fields: dict[str, Any] = {"benefit": float(d.pick(2, 3, 7)), "capital_cost": cost}
    if kind == "facility":
        city = next(c.id for c in d.cities.values() if c.jurisdiction == side)
        service = next(iter(d.services))
        if d.capacity[city, service].amount is not None:
            split = d.chance(25)
            most = units if split or d.chance(60) else 1.0
            fields |= {"service": service, "capacity": 5.0, "units": units, "divisible": split, "max_starts": most}
            _measure(d, kind, (city,), **fields)
            return
    _measure(d, "policy", (), signed_by=(side,), **fields)


def _ties(d: Draft) -> None:
    """`requires`, `one_of` and `together` between measures that are candidates."""
    free = [m.id for m in d.measures.values() if m.status == "candidate" and not m.together]
    if len(free) < 2:
        return
    if d.chance(25):
        later, earlier = free[-1], free[0]
        d.measures[later] = replace(d.measures[later], requires=(earlier,))
    if d.chance(45 if d.theme == "knapsack" else 20):
        one, two = free[0], free[-1]
        if not d.measures[two].requires:
            for m in (one, two):
                d.measures[m] = replace(d.measures[m], one_of="either")
            return
    plain = [m for m in free if d.measures[m].units == 1 and not d.measures[m].divisible and not d.measures[m].requires]
    if len(plain) > 1 and d.chance(20):
        same = {k: getattr(d.measures[plain[0]], k) for k in ("build_years", "life_years", "earliest", "latest")}
        for m in plain[:2]:
            d.measures[m] = with_starts(replace(d.measures[m], together="pair", **same), d.periods)
