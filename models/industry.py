"""Industry: which parks work how far, given phases, links to their origin, skilled people, land and one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.network import saving
from models.writing import express, state


def declare(m: Any) -> None:
    """Productive jobs of the phases of a park, bonus jobs of pairs of parks, and which cities host an industry."""
    given: Instance = m.given
    m.Jobs = pyo.Var(
        list(given.phases), domain=pyo.NonNegativeReals, doc="productive jobs in t of the phases of p started in u"
    )
    m.Bonus = pyo.Var(
        list(given.partners),
        domain=pyo.NonNegativeReals,
        bounds=bonus_bounds,
        doc="bonus jobs of parks p, p' of chain v in t",
    )
    hosts = dict.fromkeys((k, given.host[p]) for k, parks in given.parks_of.items() for p in parks)
    m.Hosts = pyo.Var(list(hosts), domain=pyo.Binary, doc="1 if any park of industry k ever starts in city i")
    m.phases_of = grouped((p, t, u) for p, u, t in given.phases)
    m.bonus_of = grouped([(p, t, (v, p, q, t)) for v, p, q, t in given.partners])
    for place in given.partners:
        m.bonus_of.setdefault((place[2], place[3]), []).append(place)
    m.parks_at = {}
    for p, i in given.host.items():
        m.parks_at.setdefault(i, []).append(p)
    express(m, "Productive", m.phases_of, productive)
    express(m, "BonusJobs", m.bonus_of, bonus_jobs)


def grouped(places: Iterable[tuple[str, str, Any]]) -> dict[tuple[str, str], list[Any]]:
    """(first, second, rest) by the first two."""
    found: dict[tuple[str, str], list[Any]] = {}
    for first, second, rest in places:
        found.setdefault((first, second), []).append(rest)
    return found


def bonus_bounds(m: Any, v: str, p: str, q: str, t: str) -> tuple[float, float]:
    """No more than the smaller of the two parks could ever bring."""
    return 0, m.given.partners[v, p, q, t][0]


def productive(m: Any, p: str, t: str) -> Any:
    r"""Productive jobs of all phases of a park.

    .. math:: \mathit{Productive}_{pt} = \sum_{u} \mathit{Jobs}_{put}
    """
    return sum(m.Jobs[p, u, t] for u in m.phases_of[p, t])


def bonus_jobs(m: Any, p: str, t: str) -> Any:
    r"""Bonus jobs in the host of a park: half of those of each (unordered) pair that it is in.

    .. math:: \mathit{BonusJobs}_{pt} = \tfrac{1}{2} \sum_{v,p'} \mathit{Bonus}_{v\{p,p'\}t}
    """
    return sum(m.Bonus[place] for place in m.bonus_of[p, t]) / 2


def jobs_in(m: Any, p: str, t: str) -> Any:
    """Productive jobs of a park; 0 where no phase can work."""
    return m.Productive[p, t] if (p, t) in m.phases_of else 0


def bonus_in(m: Any, p: str, t: str) -> Any:
    """Bonus jobs of a park; 0 without partners."""
    return m.BonusJobs[p, t] if (p, t) in m.bonus_of else 0


def constrain(m: Any) -> None:
    """Rows of industry."""
    given: Instance = m.given
    state(m, productive_within_phases, m.Jobs)
    state(m, productive_where_the_origin_is_reached, (place for place in given.origin_route if place in m.phases_of))
    state(m, bonus_within_rate, dict.fromkeys((v, x, t) for v, p, q, t in given.partners for x in (p, q)))
    state(m, bonus_where_partners_are_reached, (place for place, (_, c) in given.partners.items() if c is not None))
    state(m, skilled_jobs_within_skilled_people, ((i, t) for i, t in given.skilled if i in m.parks_at))
    state(m, land_within_quota, ((i, t) for i, t in given.land if any(given.area[p] for p in m.parks_at.get(i, ()))))
    state(m, a_park_makes_a_host, ((k, p) for k, parks in given.parks_of.items() for p in parks))
    state(m, hosts_within_most, given.parks_of)
    state(m, closed_jobs_are_replaced, ((i, t) for i in given.closures_in for t in given.periods))


def productive_within_phases(m: Any, p: str, u: str, t: str) -> Any:
    r"""A phase works with at most its jobs, and only once it was started (and serves).

    .. math:: \mathit{Jobs}_{put} \le \mathit{jobs}_{p}\, \mathit{Start}_{pu} \quad \forall p, u, t
    """
    return m.Jobs[p, u, t] <= m.given.phase_jobs[p] * m.Start[p, u]


def productive_where_the_origin_is_reached(m: Any, p: str, t: str) -> Any:
    r"""A park works only while its host reaches its origin within the minutes that its firms stand: links decide.

    .. math:: \mathit{Productive}_{pt} \le \mathit{most}_{pt} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall p, t, \; c = \mathit{consumer}(p, t)
    """
    most, consumer = m.given.origin_route[p, t]
    return m.Productive[p, t] <= most * saving(m, consumer)


def bonus_within_rate(m: Any, v: str, p: str, t: str) -> Any:
    r"""The bonus of a park, over all of its partners in a value chain, is at most a share of its own jobs.

    .. math:: \sum_{p'} \mathit{Bonus}_{v\{p,p'\}t} \le \mathit{bonus}_{v}\, \mathit{Productive}_{pt} \quad \forall v, p, t
    """
    pairs = (place for place in m.bonus_of[p, t] if place[0] == v)
    return sum(m.Bonus[place] for place in pairs) <= m.given.chain_bonus[v] * jobs_in(m, p, t)


def bonus_where_partners_are_reached(m: Any, v: str, p: str, q: str, t: str) -> Any:
    r"""Two parks bring a bonus only with an open route between their hosts within the minutes of the chain.

    .. math:: \mathit{Bonus}_{vpp't} \le \mathit{most}_{vpp't} \sum_{r \in \mathit{routes}_{c}} \mathit{Use}_{cr}
              \quad \forall v, p, p', t, \; c = \mathit{consumer}(v, p, p', t)
    """
    most, consumer = m.given.partners[v, p, q, t]
    return m.Bonus[v, p, q, t] <= most * saving(m, consumer or "")


def skilled_jobs_within_skilled_people(m: Any, i: str, t: str) -> Any:
    r"""Skilled jobs of a city's parks are filled by skilled people who are free there, and by graduates of earlier periods.

    Graduates are residents who were served, wherever the place was: no spillover without services.

    .. math:: \sum_{p \in i} \mathit{share}_{p} (\mathit{Productive}_{pt} + \mathit{BonusJobs}_{pt})
              \le \mathit{skilled}_{it} + \sum_{s,\, t' < t} \mathit{graduates}_{ist'} (N_{sit'} - \mathit{Unmet}_{sit'})
              \quad \forall i, t
    """
    given: Instance = m.given
    jobs = sum(given.skilled_share[p] * (jobs_in(m, p, t) + bonus_in(m, p, t)) for p in m.parks_at[i])
    coming = sum(rate * (given.need[s, i, e] - m.Unmet[s, i, e]) for s, e, rate in given.graduates.get((i, t), ()))
    return jobs + m.Never <= given.skilled[i, t] + coming


def land_within_quota(m: Any, i: str, t: str) -> Any:
    r"""The land of all phases started so far stays within the city's quota and what policies add to it.

    .. math:: \sum_{p \in i} \mathit{area}_{p} \sum_{u \le t} \mathit{Start}_{pu} \le \mathit{land}_{it}
              + \sum_{a} \mathit{added}_{ait}\, \mathit{Serves}_{at} \quad \forall i, t
    """
    given: Instance = m.given
    so_far = given.periods[: given.periods.index(t) + 1]
    used = sum(
        given.area[p] * m.Start[p, u] for p in m.parks_at[i] if given.area[p] for u in given.starts_of[p] if u in so_far
    )
    return used + m.Never <= given.land[i, t] + sum(km2 * m.Serves[a, t] for a, km2 in given.added_land.get((i, t), ()))


def a_park_makes_a_host(m: Any, k: str, p: str) -> Any:
    r"""A city in which any phase of a park ever starts is a host of its industry.

    .. math:: \sum_{u} \mathit{Start}_{pu} \le \mathit{units}_{p}\, \mathit{Hosts}_{ki} \quad \forall k, p \text{ in } i
    """
    given: Instance = m.given
    return sum(m.Start[p, u] for u in given.starts_of[p]) <= given.units[p] * m.Hosts[k, given.host[p]]


def hosts_within_most(m: Any, k: str) -> Any:
    r"""An industry has parks in a few cities at most, so that cities differ.

    .. math:: \sum_{i} \mathit{Hosts}_{ki} \le \mathit{most}_{k} \quad \forall k
    """
    cities = dict.fromkeys(m.given.host[p] for p in m.given.parks_of[k])
    return sum(m.Hosts[k, i] for i in cities) + m.Never <= m.given.most_hosts[k]


def closed_jobs_are_replaced(m: Any, i: str, t: str) -> Any:
    r"""A plant closes only where parks of the city already work with as many jobs.

    .. math:: \sum_{a \in i} \mathit{closed}_{a}\, \mathit{Serves}_{at} \le \sum_{p \in i} \mathit{Productive}_{pt}
              \quad \forall i, t
    """
    closed = sum(m.given.closed_jobs[a] * m.Serves[a, t] for a in m.given.closures_in[i])
    return closed + m.Never <= sum(jobs_in(m, p, t) for p in m.parks_at.get(i, ()))
