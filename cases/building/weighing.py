"""What each indicator weighs in the first goal."""

from __future__ import annotations

from .figures import Figures

ACCESS = {"core": 1.0, "neighbours": 2.0, "reach": 1.0}  # beside four services of weight 1
GDP = "gdp_2023_100m_cny"
WORK = {"jobs": 1.0, "cliff": 0.25}


def weights(f: Figures) -> dict[str, float]:
    """Indicator -> weight: access as much as all services together, jobs as much as one."""
    number = len(f.cluster.services)
    scale = number / 4 if number else 1.0
    access = {name: weight * scale for name, weight in ACCESS.items()}
    work = {name: weight for name, weight in WORK.items() if name != "cliff" or has_cliff(f)}
    return access | dict.fromkeys(f.cluster.services, 1.0) | (work if has_work(f) else {})


def has_cliff(f: Figures) -> bool:
    """Whether output is measured against that of the core cities: there is one, and others of which it is known."""
    core = set(f.cluster.tiers.get("core", ()))
    known = (f.cities_of(name) for name in f.cluster.jurisdictions)
    return bool(core) and any(set(here) - core for here in known if all(f.has(city, GDP) for city in here))


def has_work(f: Figures) -> bool:
    """Whether jobs and output are measured: where no park can be built, no plan moves them."""
    return bool(f.tables["candidate_parks"] or f.cluster.park_origins)
