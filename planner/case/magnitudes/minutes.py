"""Doubts about minutes of links that are most likely kilometres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.case.case import Case
from planner.case.magnitudes import plausible
from planner.case.magnitudes.outliers import Places, number
from planner.case.magnitudes.places import kilometres
from planner.case.places import Link
from planner.case.problems import Problem, row_ranges
from planner.words.said import _


def about_minutes(case: Case, places: Places) -> Iterator[Problem]:
    """Modes of which most links take as many minutes as they have km, or all as many as there are km between their seats."""
    modes: dict[str, list[Link]] = defaultdict(list)
    for link in case.links.values():
        modes[link.mode].append(link)
    for mode, links in modes.items():
        equal = [x for x in links if x.km is not None and _is_equal(x.minutes, x.km)]
        unsaid = [x for x in links if x.km is None]
        straight = [x for x in unsaid if _is_near(x.minutes, _apart(case, x))]
        if len(equal) >= plausible.FEWEST_LINKS and len(equal) > plausible.MOST_ROWS * len(links):
            message = _(
                "{minutes}: on {mode} as many minutes as column km says kilometres, in rows {rows}: kilometres in the place "
                "of minutes? If all of them run at 60 km/h, leave it so"
            )
            yield _doubt(places, message, equal, mode)
        elif len(straight) >= plausible.FEWEST_LINKS and len(straight) == len(links):
            message = _(
                "{minutes}: on {mode} as many minutes as there are kilometres between the seats, in rows {rows}: kilometres "
                "in the place of minutes?"
            )
            yield _doubt(places, message, straight, mode)


def _doubt(places: Places, message: str, links: list[Link], mode: str) -> Problem:
    rows = [row for link in links if (row := places.row("links", link.id)) is not None]
    said = message.format(minutes=number(links[0].minutes), mode=mode, rows=row_ranges(rows))
    return Problem("links.csv", said, column="minutes", value=f"{links[0].minutes:.10g}")


def _is_equal(minutes: float, km: float) -> bool:
    """Whether two figures are one, but for rounding."""
    return abs(minutes - km) <= max(plausible.SAME_FIGURE * km, plausible.SAME_DECIMAL)


def _is_near(minutes: float, km: float) -> bool:
    return km >= 1 and abs(minutes / km - 1) <= plausible.NEARLY_STRAIGHT


def _apart(case: Case, link: Link) -> float:
    one, other = case.cities[link.from_city], case.cities[link.to_city]
    return kilometres((one.lat, one.lon), (other.lat, other.lon))
