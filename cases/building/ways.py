"""How minutes are counted: what boarding takes, and how far people go for a service.

The usual figures are from door to door. A case whose standards are published from station to station names its own
(`boarding_minutes` of the choices), and with them how far people go and how near a park's origin must be.
"""

from __future__ import annotations

from .figures import Figures

BOARDING = {"high_speed_rail": 60.0, "inter_city_rail": 40.0, "road": 10.0}  # to, through and from it, door to door
CATCHMENTS = {"doctors": 90.0, "nurses": 90.0, "health": 90.0, "university": 180.0, "care": 120.0}
THROUGH_CITIES = 40.0  # minutes of a journey by train from door to door that lie outside the stations


def boarding_minutes(f: Figures) -> dict[str, float]:
    """Mode -> minutes to, through and from it."""
    return BOARDING | dict(f.cluster.boarding_minutes)


def catchments(f: Figures) -> dict[str, float]:
    """Service -> minutes that people go for it."""
    return CATCHMENTS | dict(f.cluster.catchments)


def between_stations(f: Figures) -> bool:
    """Whether journeys are counted from station to station."""
    return bool(f.cluster.boarding_minutes)
