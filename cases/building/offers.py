"""Parks that a plan may extend or begin: those of the figures, and one that is offered to each city that lacks jobs."""

from __future__ import annotations

from . import industry, network, work
from .figures import Figures, short, slug
from .people import census
from .tables import Table

NEAR_KM, FAR_KM = 130.0, 250.0  # from an origin: as far as its firms run a second plant, and as far as they move
CITIES_A_HOST = 2  # cities to which an industry is offered, for each that may become its host
PAGE = "rule J12 of SOURCES.md"


def parks(f: Figures) -> Table:
    """Parks of the figures, then those that the rule offers."""
    return [*f.tables["candidate_parks"], *_offered(f)]


def _offered(f: Figures) -> Table:
    """One park nobody has published in each city that lacks jobs, has no park in the figures, and can fill one.

    Cities come in the order of the jobs they have, of those they should have. Each gets the industry of which its skilled
    people fill the most jobs of a phase, as long as that industry has been offered to no more than twice as many cities as
    may become its hosts; the firms come from the nearest of the origins.
    """
    taken = (
        {row["host_city"] for row in f.tables["candidate_parks"]} | set(f.cluster.park_origins) | set(f.cluster.no_parks_in)
    )
    lacking = {city: _jobs_share(f, city) for city in f.cities if city not in taken and f.has(city, work.TERTIARY)}
    offers: dict[str, int] = {}
    rows: Table = []
    for city in sorted((c for c, share in lacking.items() if share < 1), key=lambda c: lacking[c]):
        near = {origin: network.great_circle(f, city, origin) for origin in f.cluster.park_origins}
        origin = min(near, key=lambda name: near[name], default=None)
        if origin is None or near[origin] > FAR_KM:
            continue
        form = "duplication" if near[origin] <= NEAR_KM else "enclave"
        left = [name for name, about in industry.INDUSTRIES.items() if offers.get(name, 0) < CITIES_A_HOST * about.max_hosts]
        if not left or work.land(f, city) is None:
            continue
        best = max(left, key=lambda name: _filled(f, city, name, form))
        offers[best] = offers.get(best, 0) + 1
        rows.append(_row(f, city, origin, form, best))
    order = list(f.cities)
    return sorted(rows, key=lambda row: order.index(row["host_city"]))


def _jobs_share(f: Figures, city: str) -> float:
    """Jobs of modern industry that a city has, of those it should have."""
    return work.jobs(f, city) / (work.mean_jobs(f) * census(f, city))


def _filled(f: Figures, city: str, name: str, form: str) -> float:
    """Jobs of a phase that the skilled people of a city fill."""
    skilled = work.LOOKING * work.graduates(f, city) / industry.INDUSTRIES[name].skilled
    return min(industry.jobs(f, name, form), skilled)


def _row(f: Figures, city: str, origin: str, form: str, name: str) -> dict[str, str]:
    about = industry.INDUSTRIES[name]
    row = {"id": f"{slug(city)}-{name}", "name": f"{about.name} in {short(city)} with {short(origin)}"}
    row |= {"name_zh": f"{f.short_zh(city)}{f.short_zh(origin)}共建{about.name_zh}园区", "host_city": city}
    row |= {"origin_city": origin, "form": form, "industry": name, "site": "", "requires": "", "reality": "hypothetical"}
    return row | {"basis": "estimated", "source": PAGE, "note": "not a published project"}
