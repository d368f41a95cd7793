"""Words of the page Compare."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

COMPARE: Mapping[str, Sentence] = {
    "compare.title": _("Compare plans"),
    "compare.choose": _("Plans to set side by side; differences are from the first to the others"),
    "compare.two": _("Choose two plans or more."),
    "compare.few": _(
        "Two plans are needed to compare, and there are not as many yet. Solve a case and one of its scenarios on the "
        "page Solve."
    ),
    "compare.changed": _(
        "{plan} was changed by hand since its audit, and its figures make no sense any more. Leave it out."
    ),
    "compare.unreadable": _("{plan} cannot be read: {why}"),
    "compare.better": _("Which is better"),
    "compare.room": _("What to look at"),
    "compare.figures": _("Figures"),
    "compare.inputs": _("Inputs"),
    "compare.decisions": _("Decisions"),
    "compare.places": _("Gaps"),
    "compare.money": _("Money"),
    "compare.maps": _("Maps"),
    "compare.files": _("Downloads"),
    "compare.plan": _("plan"),
    "compare.case": _("case"),
    "compare.scenario": _("scenario"),
    "compare.status": _("status"),
    "compare.audit": _("audit"),
    "compare.figure": _("figure"),
    "compare.unit": _("unit"),
    "compare.difference": _("difference"),
    "compare.nothing": _("There is nothing to set side by side here."),
    # inputs and decisions
    "inputs.none": _("All plans are of the same inputs."),
    "inputs.count": _(
        "{count:input differs|inputs differ}, as the cases were solved: scenario applied, defaults filled in."
    ),
    "inputs.file": _("file"),
    "inputs.row": _("row"),
    "inputs.column": _("column or key"),
    "inputs.difference": _("difference", "inputs.difference"),
    "decisions.kind": _("How they differ"),
    "decisions.count": _("{kind} ({count})"),
    "decisions.where": _("where"),
    "decisions.note": _(
        "Cells say in which period works start, and how many units where it is not one. Dearest first; the capital is that "
        "of the plan that spends most on it."
    ),
    # places, money, maps
    "places.city": _("city"),
    "places.all": _("all cities"),
    "places.mean": _("Mean gap of each city, %, {period}"),
    "places.indicator": _("Indicator"),
    "places.gap": _("{plan}, gap %"),
    "places.no_period": _("The plans have no period in common."),
    "money.kind": _("What of the money"),
    "money.given": _("given"),
    "money.spent": _("spent"),
    "money.unspent": _("unspent"),
    "money.all": _("all lines"),
    "maps.left": _("Left"),
    "maps.right": _("Right"),
    "maps.note": _("Both maps have the same scale of shades."),
    "files.compare_excel": _("Excel workbook"),
    "files.compare_html": _("One web page that needs nothing else"),
    "files.compare_csv": _("All tables (CSV, zipped)"),
}
