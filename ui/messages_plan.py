"""Words of the pages Plan, Compare and Explore."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _
from ui.messages_compare import COMPARE

SHOWN: Mapping[str, Sentence] = {
    "comma": _("; "),
    "plan.title": _("Plan"),
    "plan.choose": _("Plan", "plan.choose"),
    "plan.none": _("There is no plan yet. Solve a case on the page Solve; its plan then stands here."),
    "plan.beside": _("{name} (in ./plans, read-only)"),
    "plan.of": _("Case {case}, scenario {scenario}"),
    "plan.base": _("as it stands"),
    "plan.unreadable": _("This plan cannot be read: {why}"),
    "plan.nonsense": _(
        "The files of this plan were changed by hand, and its figures make no sense any more. Solve the case again."
    ),
    "plan.map": _("Map"),
    "plan.timeline": _("Timeline"),
    "plan.gaps": _("Gaps"),
    "plan.money": _("Money"),
    "plan.tables": _("Tables"),
    "plan.words": _("In words"),
    "plan.files": _("Downloads"),
    "plan.room": _("What to look at"),
    # how good it is
    "plan.worse_off": _("Worse off with the plan"),
    "plan.emissions": _("Emissions in {period}: {said}"),
    "goal.title": _("Goals in their order, and what is proven"),
    "goal.number": _("no."),
    "goal.goal": _("goal (smaller is better)"),
    "goal.unit": _("unit"),
    "goal.value": _("value", "goal.value"),
    "goal.bound": _("nothing can beat"),
    "goal.proven": _("proven"),
    # headline figures
    "figure.gap": _("Gap, %: without → with"),
    "figure.gap_help": _(
        "How much of what the standards ask for is missing: the mean over cities, indicators and periods, weighted as in "
        "the first goal about gaps."
    ),
    "figure.closes": _("closes {share} of the gap"),
    "figure.widens": _("widens the gap by {share}"),
    "figure.money": _("Public money"),
    "figure.of_money": _("of {amount}"),
    "figure.unspent": _("{amount} left"),
    "figure.over": _("{amount} overdrawn"),
    "figure.money_help": _(
        "Over the whole horizon, prices of {prices}. Available: {given} given, {tax} of tax, less {interest} of interest."
    ),
    "figure.private": _("Private money"),
    "figure.private_beside": _("paid by investors beside it"),
    "figure.jobs": _("Jobs in parks, {period}"),
    "figure.jobs_of": _("of {possible} possible"),
    "figure.bonus": _("{jobs} bonus jobs of value chains beside them."),
    "figure.measures": _("Measures chosen"),
    "figure.decided": _("{count} decided before"),
    # map and city
    "map.world": _("World"),
    "map.gap_without": _("without the plan"),
    "map.gap_with": _("with the plan"),
    "map.period": _("Period"),
    "map.click": _("Click on a city, or choose it from the list."),
    "map.nearest": _(
        "Areas are what is nearest to each city's seat, no administrative boundaries. Links are drawn straight."
    ),
    "map.own": _("Links are drawn straight."),
    "map.note": _(
        "Shade: gap of the city in the period. Dots: public money spent in the city over the whole horizon; that of "
        "measures in several cities is split evenly."
    ),
    "map.alt": _("Map of the cities, shaded by gap"),
    "city.choose": _("City"),
    "city.about": _("{tier} city of {jurisdiction}, {people} people in {period}"),
    "city.indicators": _("Indicators in {period}, without and with the plan"),
    "city.indicator": _("indicator"),
    "city.unit": _("unit"),
    "city.standard": _("standard"),
    "city.today": _("today"),
    "city.without": _("without"),
    "city.with": _("with"),
    "city.gap": _("gap, %"),
    "city.no_route": _("no route"),
    "city.built": _("Built or signed here: {count}"),
    "city.nothing": _("Nothing is built or signed here."),
    "city.measure": _("measure"),
    "city.kind": _("kind"),
    "city.starts": _("works start"),
    "city.opens": _("open from"),
    "city.capital": _("capital"),
    "city.private": _("of it private"),
    "city.running": _("running", "city.running"),
    "city.payers": _("public part paid by"),
    "city.who_pays": _("Who pays for what is here, whole horizon"),
    "city.line": _("budget line"),
    "city.pays": _("pays"),
    # the other rooms
    "timeline.note": _(
        "Pale: works. Full: in service. Facilities of one service are one bar for each period in which works start; both "
        "halves of a link are one."
    ),
    "timeline.table": _("All measures"),
    "gaps.cities": _("Cities: without the plan and with it, {period}"),
    "gaps.indicators": _("Every indicator, {period}"),
    "money.by_period": _("Who pays in each period"),
    "money.by_line": _("Where the money of each line goes"),
    "tables.choose": _("Table", "tables.choose"),
    "tables.empty": _("This plan has no rows here."),
    "tables.csv": _("Download this table (CSV)"),
    "files.excel": _("Excel workbook: all tables, with charts"),
    "files.html": _("Report: one web page that needs nothing else"),
    "files.csv": _("All tables (CSV, zipped)"),
    "files.png": _("Map without and with the plan (PNG)"),
    "files.svg": _("Map without and with the plan (SVG)"),
    "files.note": _(
        "Files are made when you click, which takes a few seconds. The report leaves out what each signature is worth and "
        "the first project left out, which take solving: planner report asks those."
    ),
}

PLAN: Mapping[str, Sentence] = {**SHOWN, **COMPARE}
