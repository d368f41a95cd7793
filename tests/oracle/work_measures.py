"""Random parks, and what helps or hinders them: a function for each topic of the work cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.case import (
    AddLand,
    AllowTransfer,
    BorderMinutes,
    Capacity,
    Chain,
    FrozenDict,
    Gate,
    Industry,
    Link,
    LowerEmissions,
    Park,
    RaisePrivateShare,
    Service,
    ShareTax,
)

from .work_draft import WorkDraft


def park(d: WorkDraft, host: str, **said: Any) -> str:
    """A new park: phases, jobs and tax are drawn; of the measure's fields `units` and the like may be given too."""
    jobs = 1000.0 * d.pick(1, 2, 2, 3)
    units = said.pop("units", float(d.pick(1, 1, 2)))
    build = said.pop("build_years", d.pick(0, 0, 0, 1, 2))
    divisible = said.pop("divisible", d.chance(5))
    own = d.pick(0.25, 0.5) if (d.about("private") and d.chance(60)) or d.chance(5) else 0.0
    name = d.measure(
        "park", (host,), units=units, divisible=divisible, max_starts=units if d.chance(50) else 1.0, private_share=own,
        build_years=build,
        capital_cost=said.pop("capital_cost", float(d.pick(2, 3, 4, 6))), benefit=float(d.chance(5)),
    )  # fmt: skip
    values: dict[str, Any] = {
        "measure": name, "origin": None, "form": None, "industry": d.pick(*d.industries, None) if d.industries else None,
        "area_km2": float(d.pick(0, 1, 2)), "jobs": jobs, "skilled_share": 0.0, "output": jobs / 1000 * d.pick(0, 0.5, 1),
        "tax": float(d.pick(0, 0.2, 0.5, 1)), "emissions": 0.0, "origin_minutes": None, "moved_share": 0.0,
    }  # fmt: skip
    if d.cities[host].airshed is not None:
        values["emissions"] = float(d.pick(0, 1, 2, 3))
    if d.cities[host].skilled is not None:
        values["skilled_share"] = d.pick(0.2, 0.5, 1.0)
    d.parks[name] = Park(**{**values, **said})
    return name


def hosts(d: WorkDraft) -> list[str]:
    """Cities that parks go to: all but the first."""
    return list(d.cities)[1:]


def plain(d: WorkDraft) -> None:
    """A park of its own, of several phases."""
    park(d, d.pick(*hosts(d)), units=float(d.pick(1, 2, 2)))


def skills(d: WorkDraft) -> None:
    """Few skilled people in a city, and a college whose places bring graduates."""
    city = d.pick(*hosts(d))
    d.cities[city] = replace(d.cities[city], skilled=float(d.pick(0, 200, 500, 1500)))
    if "college" not in d.services:
        college(d)
    park(d, city, skilled_share=d.pick(0.3, 0.5, 1.0))
    need = d.cities[city].population[d.ids[0]] * d.services["college"].per_1000[d.ids[0]] / 1000
    d.measure(
        "facility", (city,), service="college", capacity=max(10.0, round(need * d.pick(0.3, 0.6))),
        build_years=d.pick(0, 0, 1),
    )  # fmt: skip


def college(d: WorkDraft) -> None:
    """A service with graduates; half of the cities are short of it."""
    s = d.services["college"] = Service(
        id="college", unit="places", per_1000=FrozenDict(dict.fromkeys(d.ids, float(d.pick(10, 20)))),
        of=d.pick("population", "old"), catchment_minutes=d.pick(None, 40.0, 90.0),
        across_borders=d.pick("always", "never", "never"), shares=d.pick("spare", "all"),
        graduates=d.pick(0.0, 0.1, 0.2, 0.4) if not d.about("skills") else d.pick(0.1, 0.2, 0.4),
        stay_share=d.pick(0.5, 1.0),
    )  # fmt: skip
    for c in d.cities.values():
        need = c.heads(s.of, d.ids[0]) * s.per_1000[d.ids[0]] / 1000
        amount = dict.fromkeys(("today", *d.ids), float(round(need * d.pick(0.0, 0.25, 0.5, 1.0, 1.5))))
        d.capacity[c.id, s.id] = Capacity(city=c.id, service=s.id, amount=FrozenDict(amount), outsiders=0.0)


def origin(d: WorkDraft) -> None:
    """A park that works only near enough to where it comes from: a railway, or a border without queues, may bring it."""
    host = d.pick(*hosts(d))
    park(
        d, host, origin="a", form=d.pick("incubation", "duplication", "enclave"), origin_minutes=float(d.pick(25, 35, 50)),
        moved_share=d.pick(0.0, 0.0, 0.3),
    )  # fmt: skip
    if d.chance(60):
        m = d.measure("link", ("a", host), build_years=d.pick(0, 0, 2))
        d.links[m] = Link(
            id=m,
            from_city=host,
            to_city="a",
            mode="rail",
            minutes=float(d.pick(10, 15, 20)),
            km=None,
            oneway=d.chance(15),
            needs=(m,),
        )
    else:
        checkpoint(d)


def checkpoint(d: WorkDraft, **fields: Any) -> str:
    """A policy that lets the road cross the border without queues."""
    m = d.policy("north", "south", level="barrier_removal", **fields)
    d.effects.append(BorderMinutes(measure=m, between=("north", "south"), modes=("road",), set_to=float(d.pick(0, 0, 5))))
    return m


def tax(d: WorkDraft) -> None:
    """A park in the south that comes from the north, whose tax pays for something later, shared or not."""
    south = [c for c in hosts(d) if d.side(c) == "south"]
    park(
        d, d.pick(*south), origin="a", form="duplication", tax=d.pick(0.5, 1.0, 1.5), moved_share=d.pick(0.0, 0.2, 0.4),
        skilled_share=0.0, capital_cost=float(d.pick(2, 3)), units=1.0, build_years=0,
    )  # fmt: skip
    share_tax(d)
    park(d, d.pick(*(c for c in d.cities if d.side(c) == "north")), capital_cost=float(d.pick(2, 3)), units=1.0)


def share_tax(d: WorkDraft) -> None:
    """An agreement to share tax with the origin; often decided, else it must be worth it."""
    if any(isinstance(e, ShareTax) for e in d.effects):
        return
    fixed = {"status": "decided", "capital_cost": 0.0} if d.chance(50) else {"capital_cost": 0.0}
    m = d.policy("north", "south", level="supportive", **fixed)
    d.effects.append(
        ShareTax(
            measure=m,
            where=FrozenDict({"kind": ("park",)}),
            parks=(),
            share=d.pick(0.5, 0.5, 1.0),
            periods=d.pick(None, 1, 1, 2),
        )
    )


def debt(d: WorkDraft) -> None:
    """A park that is worth a loan (the lines are drawn later)."""
    park(d, d.pick(*hosts(d)), tax=float(d.pick(0, 0.5, 1)), capital_cost=float(d.pick(3, 5)))


def transfer(d: WorkDraft) -> None:
    """One side may send the other money."""
    here, there = d.pick(("north", "south"), ("north", "south"), ("south", "north"))
    m = d.policy(here, level=d.pick("supportive", "auxiliary", None), capital_cost=0.0)
    d.effects.append(AllowTransfer(measure=m, from_line=here, to_line=there, at_most_share=d.pick(0.3, 0.6, 1.0, 1.0)))
    park(d, d.pick(*(c for c in d.cities if d.side(c) == there)), units=1.0, build_years=0)


def private(d: WorkDraft) -> None:
    """A policy that brings private money to parks."""
    host = d.pick(*hosts(d))
    park(d, host, capital_cost=float(d.pick(4, 6, 8)), units=1.0)
    attract(d, "incentive", host, d.pick(0.1, 0.2, 0.4))


def attract(d: WorkDraft, level: str | None, host: str, plus: float) -> str:
    """A policy of a level that raises the private share of parks."""
    m = d.policy(d.side(host), cities=(host,), level=level, capital_cost=float(d.pick(0, 0.5, 1)))
    where = d.pick({"kind": ("park",)}, {"kind": ("park",), "city": (host,)})
    d.effects.append(RaisePrivateShare(measure=m, where=FrozenDict(where), measures=(), plus=plus))
    return m


def pyramid(d: WorkDraft) -> None:
    """A subsidy that attracts private money, what it may cost, how long, and the barriers to remove first."""
    host = d.pick(*hosts(d))
    park(d, host, capital_cost=float(d.pick(4, 6)), units=1.0)
    m = attract(d, "subsidy", host, d.pick(0.3, 0.5))
    cost, life = float(d.pick(0.2, 0.5)), d.pick(None, 5)
    d.measures[m] = replace(d.measures[m], capital_cost=cost, life_years=life)
    if d.chance(60):
        d.subsidy_periods = d.pick(0, 1, 1, 1)
    if d.chance(60):
        d.at_most_share["subsidy"] = d.pick(0.02, 0.05, 0.1)
    if d.chance(60):
        late = d.ids[-1] if d.chance(40) else d.ids[0]
        d.barriers_first = (checkpoint(d, capital_cost=float(d.pick(0.5, 1, 2)), earliest=late),)


def gates(d: WorkDraft) -> None:
    """Parks start only where people have a school, or the roads are good, or work is not too short already."""
    city = d.pick(*hosts(d))
    if "college" not in d.services:
        college(d)
    park(d, city)
    where = FrozenDict(d.pick({"kind": ("park",)}, {"kind": ("park",), "city": (city,)}))
    indicator = d.pick("college", "college", *d.work)
    if indicator == "college":
        need = d.cities[city].population[d.ids[0]] * d.services["college"].per_1000[d.ids[0]] / 1000
        places = max(10.0, round(need * d.pick(0.5, 1.0)))
        d.measure("facility", (city,), service="college", capacity=places, divisible=d.chance(20))
    share = d.pick(0.5, 0.75, 1.0) if indicator == "college" else d.pick(0.4, 0.6, 0.8)
    d.gates.append(Gate(id="gate", where=where, measures=(), indicator=indicator, at_least=share))


def airshed(d: WorkDraft) -> None:
    """Parks that emit, and what abates."""
    park(d, d.pick(*hosts(d)), emissions=float(d.pick(1, 2, 3)))
    if d.chance(75):
        divisible = d.chance(30)
        units = float(d.pick(1, 2))
        m = d.measure("abatement", (d.pick(*d.cities),), units=units, divisible=divisible, max_starts=units)
        d.effects.append(LowerEmissions(measure=m, airshed="plain", by=float(d.pick(1, 2))))


def closure(d: WorkDraft) -> None:
    """An old plant that may go once there is other work."""
    city = d.pick(*hosts(d))
    park(d, city, emissions=float(d.pick(0, 1)), jobs=1000.0 * d.pick(1, 2, 3))
    m = d.measure(
        "closure", (city,), capital_cost=float(d.pick(0, 1)), running_cost=0.0, life_years=None,
        benefit=float(d.pick(0, 0, 3)),
    )  # fmt: skip
    d.parks[m] = Park(
        measure=m, origin=None, form=None, industry=None, area_km2=0.0, jobs=1000.0 * d.pick(0.5, 1, 2), skilled_share=0.0,
        output=0.0, tax=0.0, emissions=float(d.pick(2, 3, 4)), origin_minutes=None, moved_share=0.0,
    )  # fmt: skip


def chain(d: WorkDraft) -> None:
    """Two parks of linked industries, in one city or in two."""
    d.industries.setdefault("drugs", Industry(id="drugs", name="Drugs", max_hosts=None))
    d.industries.setdefault("tools", Industry(id="tools", name="Tools", max_hosts=None))
    linked = d.pick(("drugs", "tools"), ("drugs", "tools"), ("tools", "tools"))
    city = d.pick(*hosts(d))
    park(d, city, industry=linked[0], units=1.0, build_years=0)
    park(d, d.pick(city, city, *d.cities), industry=linked[1], units=1.0, build_years=0)
    d.chains["supply"] = Chain(
        id="supply", industries=linked, minutes=float(d.pick(30, 60, 90)), bonus=d.pick(0.1, 0.25, 0.5)
    )


def same(d: WorkDraft) -> None:
    """Parks of one industry in several cities, of which only some may have them."""
    d.industries["drugs"] = Industry(id="drugs", name="Drugs", max_hosts=d.pick(1, 1, 2))
    for city in hosts(d)[:2]:
        park(d, city, industry="drugs")


def land(d: WorkDraft) -> None:
    """Little land, and a policy that adds some."""
    city = d.pick(*hosts(d))
    d.cities[city] = replace(d.cities[city], land_quota_km2=float(d.pick(0, 1, 1, 2)))
    park(d, city, area_km2=float(d.pick(1, 2)), units=float(d.pick(1, 2)))
    if d.chance(80):
        m = d.policy(d.side(city), level=d.pick("auxiliary", "incentive"), capital_cost=0.0)
        if d.chance(50):
            d.effects.append(AddLand(measure=m, cities=(city,), km2=float(d.pick(1, 2))))
        else:
            d.effects.append(AddLand(measure=m, cities=tuple(hosts(d)), km2=float(d.pick(1, 2))))


def output(d: WorkDraft) -> None:
    """A park that is there for its output."""
    park(d, d.pick(*hosts(d)), output=float(d.pick(2, 4)))


def alone(d: WorkDraft) -> None:
    """A park for each side, so that what one side pays for another can leave it worse off."""
    for city in list(d.cities)[:2]:
        park(d, city, units=1.0, divisible=False)


TOPICS: dict[str, Callable[[WorkDraft], None]] = {
    "plain": plain, "skills": skills, "origin": origin, "tax": tax, "debt": debt, "transfer": transfer, "private": private,
    "pyramid": pyramid, "gates": gates, "airshed": airshed, "closure": closure, "chain": chain, "same": same, "land": land,
    "output": output, "alone": alone,
}  # fmt: skip
