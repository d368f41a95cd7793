"""Industry: which parks work how far, given phases, links to their origin, skilled people, land and one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from models.instance import Instance, Parameters, grouped, nothing, up_to
from models.measures import Made, Measures
from models.network import saving
from models.services import Services, need

Place = tuple[str, str]  # (city, period), or (park, period)
Pair = tuple[str, str, str, str]  # (value chain, park, partner, period)

NONE = 1e-9  # fewer jobs than this, in job_scale units, are none
Way = tuple[float, str | None]  # (most that can use it, consumer of its routes; None = always open)

Coming = tuple[tuple[str, str, float], ...]  # (service, earlier period, skilled people per unit of need served)


@dataclass(frozen=True)
class Industry(Parameters):
    """Parks in job_scale and km2."""

    job_scale: float = 1.0  # jobs here x job_scale = jobs
    phases: tuple[tuple[str, str, str], ...] = ()  # (p, u, t): phases of park p started in u that can work in t
    host: Mapping[str, str] = nothing()  # p -> its host city
    phase_jobs: Mapping[str, float] = nothing()  # p -> productive jobs of one unit
    origin_route: Mapping[tuple[str, str], tuple[float, str]] = nothing()  # (p, t) -> (most jobs, c)
    chain_bonus: Mapping[str, float] = nothing()  # value chain v -> bonus as a share of a park's jobs
    partners: Mapping[Pair, Way] = nothing()  # (v, p, p', t) -> (most bonus jobs, c)
    skilled_share: Mapping[str, float] = nothing()  # p -> share of its jobs that skilled people fill
    skilled: Mapping[Place, float] = nothing()  # (i, t) -> skilled people free; no entry = no limit
    graduates: Mapping[Place, Coming] = nothing()  # (i, t) -> (s, earlier t', people per served need)
    area: Mapping[str, float] = nothing()  # p -> land of one unit
    land: Mapping[tuple[str, str], float] = nothing()  # (i, t) -> quota for parks; no entry = no limit
    added_land: Mapping[tuple[str, str], tuple[tuple[str, float], ...]] = nothing()  # (i, t) -> (a, land)
    most_hosts: Mapping[str, int] = nothing()  # industry k -> most cities with parks of it
    parks_of: Mapping[str, tuple[str, ...]] = nothing()  # k -> its parks, where hosts are limited
    closed_jobs: Mapping[str, float] = nothing()  # closure -> jobs that end with one unit
    closures_in: Mapping[str, tuple[str, ...]] = nothing()  # i -> closures there

    @cached_property
    def phases_of(self) -> Mapping[Place, list[str]]:
        """(p, t) -> periods u whose phases can work in t."""
        return grouped(((p, t), u) for p, u, t in self.phases)

    @cached_property
    def bonus_of(self) -> Mapping[Place, list[Pair]]:
        """(p, t) -> pairs that the park is in, those in which it stands first before the others."""
        first = [((p, t), (v, p, q, t)) for v, p, q, t in self.partners]
        return grouped([*first, *(((q, t), (v, p, q, t)) for v, p, q, t in self.partners)])

    @cached_property
    def parks_at(self) -> Mapping[str, list[str]]:
        """i -> parks there."""
        return grouped((i, p) for p, i in self.host.items())

    def can_work(self, i: str, t: str) -> list[str]:
        """Parks in a city of which some phase can work in t."""
        return [p for p in self.parks_at.get(i, ()) if (p, t) in self.phases_of]


def declare(m: Any) -> None:
    """Productive jobs of the phases of a park, bonus jobs of pairs of parks, and which cities host an industry."""
    own: Industry = m.given[Industry]
    m.decide("Jobs", own.phases, "productive jobs in t of the phases of p started in u")
    m.decide("Bonus", own.partners, "bonus jobs of parks p, p' of chain v in t", bonus_bounds)
    hosts = dict.fromkeys((k, own.host[p]) for k, parks in own.parks_of.items() for p in parks)
    m.decide("Hosts", hosts, "1 if any park of industry k ever starts in city i", (0, 1), True, any_park_starts)
    m.express("Productive", own.phases_of, productive)
    m.express("BonusJobs", own.bonus_of, bonus_jobs)


def any_park_starts(made: Made, k: str, i: str) -> bool:
    """Whether any park of an industry ever starts in a city."""
    own = made.given[Industry]
    return made.any_of([p for p in own.parks_of[k] if own.host[p] == i])


def bonus_bounds(m: Any, v: str, p: str, q: str, t: str) -> tuple[float, float]:
    """No more than the smaller of the two parks could ever bring."""
    return 0, m.given[Industry].partners[v, p, q, t][0]


def productive(m: Any, p: str, t: str) -> Any:
    r"""Productive jobs of all phases of a park.

    .. math:: \mathit{Productive}_{pt} = \sum_{u} \mathit{Jobs}_{put}
    """
    return sum(m.Jobs[p, u, t] for u in m.given[Industry].phases_of[p, t])


def bonus_jobs(m: Any, p: str, t: str) -> Any:
    r"""Bonus jobs in the host of a park: half of those of each (unordered) pair that it is in.

    .. math:: \mathit{BonusJobs}_{pt} = \tfrac{1}{2} \sum_{v,p'} \mathit{Bonus}_{v\{p,p'\}t}
    """
    return sum(m.Bonus[place] for place in m.given[Industry].bonus_of[p, t]) / 2


def jobs_in(m: Any, p: str, t: str) -> Any:
    """Productive jobs of a park; 0 where no phase can work."""
    return m.Productive[p, t] if (p, t) in m.given[Industry].phases_of else 0


def bonus_in(m: Any, p: str, t: str) -> Any:
    """Bonus jobs of a park; 0 without partners."""
    return m.BonusJobs[p, t] if (p, t) in m.given[Industry].bonus_of else 0


def constrain(m: Any) -> None:
    """Rows of industry."""
    given: Instance = m.given
    own = given[Industry]
    m.state(productive_within_phases, m.Jobs)
    m.state(
        productive_where_the_origin_is_reached,
        (place for place in own.origin_route if place in own.phases_of),
    )
    m.state(bonus_within_rate, dict.fromkeys((v, x, t) for v, p, q, t in own.partners for x in (p, q)))
    m.state(bonus_where_partners_are_reached, (place for place, (_, c) in own.partners.items() if c is not None))
    m.state(skilled_jobs_within_skilled_people, ((i, t) for i, t in own.skilled if i in own.parks_at))
    m.state(
        land_within_quota, ((i, t) for i, t in own.land if any(own.area[p] for p in own.parks_at.get(i, ()))), promise=True
    )
    m.state(a_park_makes_a_host, ((k, p) for k, parks in own.parks_of.items() for p in parks))
    m.state(hosts_within_most, own.parks_of, promise=True)
    m.state(closed_jobs_are_replaced, ((i, t) for i in own.closures_in for t in given.periods), promise=True)


def most_working(given: Instance, p: str, t: str) -> float:
    r"""Productive jobs that a park could have at most, by the skilled people there could ever be; infinite without a limit.

    .. math:: \mathit{most\_working}_{pt} = \frac{\mathit{skilled}_{it}
              + \sum_{s,\, t' < t} \mathit{graduates}_{ist'} \max N_{sit'}(x)}{\mathit{share}_{p}}, \; p \text{ in } i
    """
    own, used = given[Industry], given[Services]
    place, share = (own.host[p], t), own.skilled_share.get(p, 0.0)
    if place not in own.skilled or not share:
        return inf
    coming = sum(rate * used.most_need(s, place[0], e) for s, e, rate in own.graduates.get(place, ()))
    return (own.skilled[place] + coming) / share


def phase_most(given: Instance, p: str, t: str) -> float:
    """Productive jobs of one phase at most, where it starts as a whole or not at all; fewer than `NONE` are none."""
    jobs = given[Industry].phase_jobs[p]
    most = jobs if p in given[Measures].divisible else min(jobs, most_working(given, p, t))
    return most if most > NONE else 0.0


def productive_within_phases(m: Any, p: str, u: str, t: str) -> Any:
    r"""A phase works with at most its jobs, and only once it was started (and serves).

    More than all skilled people allow never work; said here because else a fraction of a phase would be enough for them
    (of parks that may start in parts it is, and their jobs stand alone).

    .. math:: \mathit{Jobs}_{put} \le \min(\mathit{jobs}_{p}, \mathit{most\_working}_{pt})\, \mathit{Start}_{pu}
              \quad \forall p, u, t
    """
    return m.Jobs[p, u, t] <= phase_most(m.given, p, t) * m.Start[p, u]


def productive_where_the_origin_is_reached(m: Any, p: str, t: str) -> Any:
    r"""A park works only while its host reaches its origin within the minutes that its firms stand: links decide.

    .. math:: \mathit{Productive}_{pt} \le \mathit{most}_{pt} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall p, t, \; c = \mathit{consumer}(p, t)
    """
    most, consumer = m.given[Industry].origin_route[p, t]
    return m.Productive[p, t] <= most * saving(m, consumer)


def bonus_within_rate(m: Any, v: str, p: str, t: str) -> Any:
    r"""The bonus of a park, over all of its partners in a value chain, is at most a share of its own jobs.

    .. math:: \sum_{p'} \mathit{Bonus}_{v\{p,p'\}t} \le \mathit{bonus}_{v}\, \mathit{Productive}_{pt} \quad \forall v, p, t
    """
    pairs = (place for place in m.given[Industry].bonus_of[p, t] if place[0] == v)
    return sum(m.Bonus[place] for place in pairs) <= m.given[Industry].chain_bonus[v] * jobs_in(m, p, t)


def bonus_where_partners_are_reached(m: Any, v: str, p: str, q: str, t: str) -> Any:
    r"""Two parks bring a bonus only with an open route between their hosts within the minutes of the chain.

    .. math:: \mathit{Bonus}_{vpp't} \le \mathit{most}_{vpp't} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall v, p, p', t, \; c = \mathit{consumer}(v, p, p', t)
    """
    most, consumer = m.given[Industry].partners[v, p, q, t]
    return m.Bonus[v, p, q, t] <= most * saving(m, consumer or "")


def skilled_jobs_within_skilled_people(m: Any, i: str, t: str) -> Any:
    r"""Skilled jobs of a city's parks are filled by skilled people who are free there, and by graduates of earlier periods.

    Graduates are residents who were served, wherever the place was: no spillover without services.

    .. math:: \sum_{p \in i} \mathit{share}_{p} (\mathit{Productive}_{pt} + \mathit{BonusJobs}_{pt})
              \le \mathit{skilled}_{it} + \sum_{s,\, t' < t} \mathit{graduates}_{ist'} (N_{sit'}(x) - \mathit{Unmet}_{sit'})
              \quad \forall i, t
    """
    given: Instance = m.given
    own = given[Industry]
    jobs = sum(own.skilled_share[p] * (jobs_in(m, p, t) + bonus_in(m, p, t)) for p in own.parks_at[i])
    coming = sum(rate * (need(m, s, i, e) - m.Unmet[s, i, e]) for s, e, rate in own.graduates.get((i, t), ()))
    return jobs + m.Never <= own.skilled[i, t] + coming


def land_within_quota(m: Any, i: str, t: str) -> Any:
    r"""The land of all phases started so far stays within the city's quota and what policies add to it.

    .. math:: \sum_{p \in i} \mathit{area}_{p} \sum_{u \le t} \mathit{Start}_{pu} \le \mathit{land}_{it}
              + \sum_{a} \mathit{added}_{ait}\, \mathit{Serves}_{at} \quad \forall i, t
    """
    given: Instance = m.given
    own = given[Industry]
    so_far = up_to(given.periods, t)
    used = sum(
        own.area[p] * m.Start[p, u]
        for p in own.parks_at[i]
        if own.area[p]
        for u in given[Measures].starts_of[p]
        if u in so_far
    )
    return used + m.Never <= own.land[i, t] + sum(km2 * m.Serves[a, t] for a, km2 in own.added_land.get((i, t), ()))


def a_park_makes_a_host(m: Any, k: str, p: str) -> Any:
    r"""A city in which any phase of a park ever starts is a host of its industry.

    .. math:: \sum_{u} \mathit{Start}_{pu} \le \mathit{units}_{p}\, \mathit{Hosts}_{ki} \quad \forall k, p \text{ in } i
    """
    given: Instance = m.given
    own = given[Industry]
    return sum(m.Start[p, u] for u in given[Measures].starts_of[p]) <= given[Measures].units[p] * m.Hosts[k, own.host[p]]


def hosts_within_most(m: Any, k: str) -> Any:
    r"""An industry has parks in a few cities at most, so that cities differ.

    .. math:: \sum_{i} \mathit{Hosts}_{ki} \le \mathit{most}_{k} \quad \forall k
    """
    cities = dict.fromkeys(m.given[Industry].host[p] for p in m.given[Industry].parks_of[k])
    return sum(m.Hosts[k, i] for i in cities) + m.Never <= m.given[Industry].most_hosts[k]


def closed_jobs_are_replaced(m: Any, i: str, t: str) -> Any:
    r"""A plant closes only where parks of the city already work with as many jobs.

    .. math:: \sum_{a \in i} \mathit{closed}_{a}\, \mathit{Serves}_{at} \le \sum_{p \in i} \mathit{Productive}_{pt}
              \quad \forall i, t
    """
    closed = sum(m.given[Industry].closed_jobs[a] * m.Serves[a, t] for a in m.given[Industry].closures_in[i])
    return closed + m.Never <= sum(jobs_in(m, p, t) for p in m.given[Industry].parks_at.get(i, ()))
