"""Words of the pages Plan, Compare and Explore."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _
from ui.messages_compare import COMPARE

SHOWN: Mapping[str, Sentence] = {
    "comma": _("; "),
    "colon": _(": "),
    "a_year": _(" a year"),
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
    "plan.files": _("Downloads"),
    "plan.room": _("What to look at"),
    # how good it is
    "status.optimal": _("Best plan, proven goal by goal"),
    "status.feasible": _("Not proven the best; stopped at a limit ({why})"),
    "status.unfound": _(
        "Nothing is found yet: this plan starts nothing beyond what was decided before it, and it is not known that there "
        "is nothing better ({why}). Solve again with more time"
    ),
    "status.unconfirmed": _("Not confirmed by its audit; nothing is proven ({why})"),
    "status.interrupted": _("Not proven the best; stopped by hand ({why})"),
    "status.evaluated": _("Made by hand: all figures are worked out, nothing is proven about them."),
    "status.infeasible": _("There is no plan: nothing can keep all targets and rules at once."),
    "status.no_plan": _("There is no plan: {why}. One may exist: give the solve more time."),
    "status.kept": _("These have to be kept together, within the money of the budget lines: {kept}."),
    "status.nothing_kept": _("nothing else"),
    "status.which": _(
        "Each may be possible by itself; which of them clash is not known. Leave out or loosen one after the other, or give "
        "more money."
    ),
    "kept.target": _("target {name}"),
    "kept.rule": _("rule {name}"),
    "kept.gate": _("gate {name}"),
    "kept.minimum": _("the minimum of line {name}"),
    "kept.cap": _("the cap of airshed {name}"),
    "kept.decided": _("{name} measures decided before"),
    "kept.no_loss": _("no city loses"),
    "kept.alone": _("no jurisdiction is worse off than alone"),
    "audit.passed": _("Audit passed: every figure was recomputed from the case and the decisions alone."),
    "audit.bounds": _(
        "The bounds (what no plan can beat) are the solver's word; planner audit --prove solves again for them."
    ),
    "audit.failed": _("Audit FAILED: do not rely on this plan."),
    "audit.not run": _("Not audited."),
    "audit.changed": _("Files of this plan were changed since its audit: figures may not follow from its decisions."),
    "audit.no digest": _("This plan has no digest, so that nobody can tell whether it was changed since its audit."),
    "plan.broken": _("Promise broken: {promise}"),
    "plan.worse_off": _("Worse off with the plan"),
    "plan.emissions": _("Emissions in {period}: {said}"),
    "goal.title": _("Goals in their order, and what is proven"),
    "goal.number": _("no."),
    "goal.goal": _("goal (smaller is better)"),
    "goal.unit": _("unit"),
    "goal.value": _("value", "goal.value"),
    "goal.bound": _("nothing can beat"),
    "goal.proven": _("proven"),
    "goal.within": _("within {within} of the best"),
    "goal.not_begun": _("nothing proven"),
    "goal.nothing": _("nothing proven"),
    "goal.share": _("share, 0-1"),
    "goal.discounted": _(", discounted"),
    "part.gaps": _("mean gap"),
    "part.worst_city": _("worst city"),
    "part.worst_off_first": _("worst city first, then the next"),
    "part.worst_share": _("worst {share} % of people"),
    "part.spending": _("spending and interest"),
    "part.starts": _("units started"),
    "part.benefit": _("benefit, counted as a minus"),
    "part.emissions": _("emissions"),
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
    "figure.at_most": _(" of at most {cap}"),
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
    "tier.core": _("Core"),
    "tier.secondary": _("Secondary"),
    "tier.small": _("Small"),
    "city.indicators": _("Indicators in {period}, without and with the plan"),
    "city.indicator": _("indicator"),
    "city.unit": _("unit"),
    "unit.minutes": _("minutes"),
    "unit.reach": _("% in {minutes} min"),
    "unit.jobs": _("jobs/1,000 people"),
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
    "tables.measure_id": _("measure id"),
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
