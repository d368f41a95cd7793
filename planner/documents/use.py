"""What of each service is in use today, where the case says so: a place that stands empty is no place that serves."""

from __future__ import annotations

from planner.case import Case, naming
from planner.documents.blocks import Paragraph, Sections, Table
from planner.words import numbers
from planner.words.said import _

NOTE = _(
    "In use today, by whomever, of what there is; empty where it is not known. Needs are worked out from the standards, and "
    "not from this."
)


def used(case: Case) -> Sections:
    """A row for each city with a figure, a column for each service that has any: the share that is in use."""
    shares = {place: stock.share_used for place, stock in case.capacity.items() if stock.share_used is not None}
    services = [s for s in case.services if any(service == s for _city, service in shares)]
    cities = [i for i in case.cities if any(city == i for city, _service in shares)]
    if not services:
        return ()
    rows = [[naming.city(case, i), *(_share(shares.get((i, s))) for s in services)] for i in cities]
    heads = ["", *(_("{service},\n% in use").format(service=naming.service(case, s)) for s in services)]
    return ((Table(heads, rows, "l" + "r" * len(services)), Paragraph(NOTE, look="note")),)


def _share(share: float | None) -> str:
    return "" if share is None else numbers.number(100 * share, 0)
