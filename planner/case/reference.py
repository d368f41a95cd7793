"""Reference classes: how far figures of works of a kind ended from what was estimated, and the spreads that follow.

What is published is a quartile here, a mean and its spread there. Of each the three points P10, P50 and P90 of a factor are
made by one of the functions below; they take the factor for lognormal where nothing else is known, which is what overruns
look like: no project costs less than nothing, some cost several times as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

from planner.words.said import Sentence, _

TENTH = -NormalDist().inv_cdf(0.1)  # 1.28155: normal scores between P50 and P90
QUARTER = -NormalDist().inv_cdf(0.25)  # 0.67449: the same for P75

Points = tuple[float, float, float]  # P10, P50, P90


def from_quartiles(p25: float, p75: float) -> Points:
    """The lognormal with these quartiles: P50 is their geometric mean, and P10 and P90 are as far in normal scores.

    >>> [round(point, 3) for point in from_quartiles(1.24, 1.60)]
    [1.106, 1.409, 1.794]
    """
    middle = sqrt(p25 * p75)
    spread = log(p75 / p25) / (2 * QUARTER)
    return middle * exp(-TENTH * spread), middle, middle * exp(TENTH * spread)


def from_mean(mean: float, deviation: float) -> Points:
    """The lognormal with this mean and standard deviation: its log has the variance ln(1 + (deviation / mean)^2).

    >>> [round(point, 3) for point in from_mean(1.34, 0.62)]
    [0.702, 1.216, 2.106]
    """
    variance = log(1 + (deviation / mean) ** 2)
    middle = mean / exp(variance / 2)
    return middle * exp(-TENTH * sqrt(variance)), middle, middle * exp(TENTH * sqrt(variance))


def from_range(low: float, likely: float, high: float) -> Points:
    """A range with a likely figure, as planners state it: the ends are taken for P10 and P90, since few ranges hold all."""
    return low, likely, high


@dataclass(frozen=True)
class ReferenceClass:
    """How far the figures of works of a kind end from what was estimated.

    Attributes
    ----------
    said
        What it is of.
    points
        P10, P50 and P90: times as much, or years more where `adds`.
    published, source
        What is published, from which the points follow, and where; empty where nothing is and the points are assumed.
    adds
        Whether they are years more.
    """

    said: Sentence
    points: Points
    published: str
    source: str
    adds: bool = False

    @property
    def is_assumed(self) -> bool:
        """Whether nothing is published that the points rest on."""
        return not self.source


_AFTER_FLYVBJERG = "Flyvbjerg, Skamris Holm and Buhl 2003 (258 projects, 20 countries)"
REFERENCE: Mapping[str, ReferenceClass] = {
    "rail": ReferenceClass(
        _("railways: cost"), from_quartiles(1.24, 1.60), "P25 +24 %, P75 +60 %",
        f"{_AFTER_FLYVBJERG}, as cited by V. Postrel, National Review",
    ),
    "roads": ReferenceClass(
        _("roads: cost"), from_quartiles(1.05, 1.32), "P25 +5 %, P75 +32 %",
        f"{_AFTER_FLYVBJERG}, as cited by V. Postrel, National Review",
    ),
    "bridges-and-tunnels": ReferenceClass(
        _("bridges and tunnels: cost"), from_mean(1.34, 0.62), "mean +34 %, standard deviation 62 points", _AFTER_FLYVBJERG
    ),
    "buildings": ReferenceClass(
        _("stations, schools and other buildings: cost"), from_range(1.0, 1.24, 1.51),
        "uplifts of 4 % (contract stage) to 51 % (outline stage)",
        "Transport Scotland, STAG 13.3.3.3 (after Mott MacDonald 2002 and Flyvbjerg 2004)",
    ),
    "parks": ReferenceClass(
        _("co-built parks: jobs that come of those promised"), from_range(0.25, 0.4, 0.6),
        "23 % of the investment agreed, 28 % of the area, 31 % of sales, 37 % and 44 % of firms after four to six years",
        "Suzhou-Chuzhou, Gaozhu, Beijing-Cangzhou (project reports; few and weak)",
    ),
    "running": ReferenceClass(_("wages and other running costs"), from_range(0.95, 1.0, 1.2), "", ""),
    "facilities": ReferenceClass(_("posts, places and beds: capital cost"), from_range(0.9, 1.1, 1.4), "", ""),
    "late": ReferenceClass(
        _("works: years late"), (0.0, 0.0, 2.0),
        "three of four Chinese roads and railways on time; Line 22 one year late, Xiong'an-Shangqiu and four campuses two",
        "Ansar, Flyvbjerg, Budzier and Lunn 2016 (95 projects, recalled); announcements of the projects", adds=True,
    ),
}  # fmt: skip
"""Name -> the class."""
