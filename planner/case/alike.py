"""What an indicator means, so that those of different cases can be told apart: only what means the same may be added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.case import naming
from planner.words.said import Sentence, _, series

if TYPE_CHECKING:
    from planner.case.case import Case

SAID: Mapping[str, Sentence] = {  # what two indicators of one id may differ in
    "name": _("its name"),
    "what": _("what it is about"),
    "unit": _("its unit"),
    "standard": _("its standard"),
    "worst": _("from where on its gap is whole"),
    "target": _("its target"),
    "weight": _("what its places weigh"),
    "of": _("whose heads count"),
    "share": _("the share that is asked for"),
}


def meaning(case: Case, x: str) -> Mapping[str, Any]:
    """Name, unit and standard of an indicator: what must be the same wherever it is to count alike.

    Which cities it asks about, and which of their figures it asks for (a core's own output, a city's own target), is each
    case's.
    """
    name = str(naming.indicator(case, x))
    if x in case.access:
        access = case.access[x]
        return {
            "name": name, "what": access.kind, "standard": access.standard_minutes, "worst": access.worst_minutes,
            "target": access.target, "weight": access.weight,
        }  # fmt: skip
    if x in case.services:
        service = case.services[x]
        stays = len(set(service.per_1000.values())) == 1  # then it is one figure, whatever the periods
        standard = next(iter(service.per_1000.values())) if stays else service.per_1000
        return {"name": name, "what": "service", "unit": service.unit, "standard": standard, "of": service.of}
    if x in case.crowding:
        return {"name": name, "what": "crowding", "worst": case.crowding[x].worst}
    work = case.work[x]
    return {"name": name, "what": work.kind, "of": work.of, "share": work.share}


def apart(case: Case, other: Case, x: str) -> Sentence | str | None:
    """What an indicator of one id differs in between two cases, in words; None where it means the same."""
    one, two = meaning(case, x), meaning(other, x)
    differ = [what for what in SAID if one.get(what) != two.get(what)]
    return series([SAID[what] for what in differ]) if differ else None
