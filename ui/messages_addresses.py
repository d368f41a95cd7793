"""Words for what an address names and is not there."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

ADDRESSES: Mapping[str, Sentence] = {
    "unknown.page": _("There is no page {name}; this one is shown instead."),
    "unknown.lang": _("There is no language {name} here."),
    "unknown.case": _("There is no case {name}. It may have been deleted or renamed; choose another."),
    "unknown.scenario": _("There is no scenario {name} in this case; another is chosen."),
    "unknown.table": _("There is no table {name}; another is shown."),
    "unknown.room": _("There is no view {name} of it; another is shown."),
    "unknown.city": _("There is no city {name} in this plan; another is shown."),
    "unknown.period": _("There is no period {name} in this plan; another is shown."),
    "unknown.world": _("There is no map {name}; another is shown."),
    "unknown.question": _("There is no question {name}; another is chosen."),
    "unknown.plan": _("There is no plan {name}. It may have been deleted, or lie elsewhere; choose another."),
    "unknown.plans": _("There is no plan {name}. It may have been deleted, or lie elsewhere."),
}
