"""Words of tables: what ids, kinds, states, columns and units are called; each declared once, with its Chinese.

A plan's tables hold these as bare words, which files keep; where people read, they are looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.case import Case, kinds, naming, units
from planner.plans.plan import AuditState, Status
from planner.words import text_layout
from planner.words.said import Sentence, Text, _, series, told_in

KINDS: Mapping[str, Sentence] = {kind: what.name for kind, what in kinds.KINDS.items()}
TIERS: Mapping[str, Sentence] = {"core": _("core"), "secondary": _("secondary"), "small": _("small")}
FORMS: Mapping[str, Sentence] = {
    "incubation": _("incubation"),
    "duplication": _("duplication"),
    "enclave": _("enclave"),
}
BASES: Mapping[str, Sentence] = {
    "sourced": _("sourced"),
    "computed": _("computed"),
    "estimated": _("estimated"),
    "assumed": _("assumed"),
    "not stated": _("not stated"),
}
REALITIES: Mapping[str, Sentence] = {
    "under_way": _("under way"),
    "published": _("published"),
    "hypothetical": _("hypothetical"),
    "in_force": _("use at a price, in force"),
    "": _("not said"),
}
STATUSES: Mapping[Status, Sentence] = {
    "optimal": _("proven best"),
    "feasible": _("not proven, stopped at a limit"),
    "interrupted": _("not proven, stopped by hand"),
    "infeasible": _("impossible"),
    "no_plan": _("none found"),
    "evaluated": _("made by hand"),
}
AUDITS: Mapping[AuditState, Sentence] = {
    "passed": _("passed"),
    "failed": _("FAILED"),
    "not run": _("not run"),
    "changed": _("changed since"),
    "no digest": _("no digest"),
}
WEIGHTS: Mapping[str, Sentence] = {
    "population": _("population"),
    "gdp": _("GDP"),
    "jobs": _("jobs", "of a city"),
    "equally": _("cities"),
    "trips": _("trips"),
}
MOVED: Mapping[str, Sentence] = {  # what may move beside capacity of services
    "people": _("people"),
    "entitled": _("people who become entitled"),
    "jobs": _("jobs"),
}
CELLS: Mapping[str, Sentence] = {  # other words of the cells of tables
    "before": _("before", "decided"),
    "by the plan": _("by the plan"),
    "after the horizon": _("after the horizon"),
    "host": _("host"),
    "origin": _("origin"),
    "moved": _("moved"),
    "same": _("same"),
    "other size": _("other size"),
    "moved, other size": _("moved, other size"),
    "not offered": _("not offered"),
    "value": _("value"),
    "bound": _("bound"),
    "proof_gap": _("proven within"),
    "row": _("row"),
    "with": _("with"),
    "without": _("without"),
    "yes": _("yes"),
    "no": _("no"),
    "promises": _("promises"),
    "base": naming.BASE,
    "not asked": _("not asked"),
    "not answered": _("not answered"),
    "candidate": _("candidate"),
    "ruled_out": _("ruled_out"),
    "none": _("none"),
    "optimal": _("optimal"),
    "feasible": _("feasible"),
    "infeasible": _("infeasible"),
    "evaluated": _("evaluated"),
    "interrupted": _("interrupted"),
    "no_plan": _("no_plan"),
    **KINDS,
    **naming.LEVELS,
    **TIERS,
    **FORMS,
    **BASES,
    **{reality: said for reality, said in REALITIES.items() if reality},
    **MOVED,
}
TABLES: Mapping[str, Sentence] = {
    "decisions": _("decisions: what starts when"),
    "indicators": _("indicators by city"),
    "routes": _("travel times"),
    "flows": _("where people are served"),
    "uses": _("use across borders at a price"),
    "levels": _("what residents have"),
    "moves": _("who and what moves"),
    "money": _("money by line and period"),
    "spending": _("payments by measure and line"),
    "private": _("private money"),
    "transfers": _("transfers between lines"),
    "parks": _("parks and their jobs"),
    "phases": _("phases of parks"),
    "bonus": _("value chains"),
    "taxes": _("tax of parks"),
    "skills": _("skilled people"),
    "airsheds": _("emissions by airshed"),
    "alone": _("each jurisdiction alone and together"),
    "jurisdictions": _("jurisdictions"),
}
COLUMNS: Mapping[str, Sentence] = {  # of the tables of plans and comparisons
    "measure": _("measure", "column"),
    "name": _("name", "column"),
    "kind": _("kind", "column"),
    "level": _("level", "column"),
    "city": _("city", "column"),
    "jurisdiction": _("jurisdiction", "column"),
    "start_period": _("start period", "column"),
    "opens": _("opens", "column"),
    "units": _("units", "column"),
    "capital_cost": _("capital cost", "column"),
    "private_cost": _("private cost", "column"),
    "running_cost": _("running cost", "column"),
    "decided": _("decided", "column"),
    "indicator": _("indicator", "column"),
    "period": _("period", "column"),
    "people": _("people", "column"),
    "unit": _("unit", "column"),
    "standard": _("standard", "column"),
    "today": _("today", "column"),
    "without_plan": _("without plan", "column"),
    "with_plan": _("with plan", "column"),
    "gap_without": _("gap without", "column"),
    "gap_with": _("gap with", "column"),
    "true_gap_without": _("true gap without", "column"),
    "true_gap_with": _("true gap with", "column"),
    "what": _("what", "column"),
    "from": _("from", "column"),
    "to": _("to", "column"),
    "minutes_without": _("minutes without", "column"),
    "minutes_with": _("minutes with", "column"),
    "via": _("via", "column"),
    "service": _("service", "column"),
    "amount": _("amount", "column"),
    "amount_without": _("amount without", "column"),
    "people_without": _("people without", "column"),
    "people_with": _("people with", "column"),
    "capacity_without": _("capacity without", "column"),
    "shared_without": _("used by others without", "column"),
    "elsewhere_without": _("used elsewhere without", "column"),
    "capacity_with": _("capacity with", "column"),
    "shared_with": _("used by others with", "column"),
    "elsewhere_with": _("used elsewhere with", "column"),
    "price": _("price", "column"),
    "fee": _("fee", "column"),
    "fees": _("fees", "column"),
    "line": _("line", "column"),
    "carried_in": _("carried in", "column"),
    "received": _("received", "column"),
    "borrowed": _("borrowed", "column"),
    "tax": _("tax", "column"),
    "capital": _("capital", "column"),
    "running": _("running", "column"),
    "sent": _("sent", "column"),
    "repaid": _("repaid with interest", "column"),
    "carried_out": _("carried out", "column"),
    "unspent": _("unspent", "column"),
    "debt": _("debt", "column"),
    "own": _("own", "column"),
    "attracted": _("attracted", "column"),
    "policy": _("policy", "column"),
    "possible_jobs": _("possible jobs", "column"),
    "jobs": _("jobs", "column"),
    "bonus_jobs": _("bonus jobs", "column"),
    "skilled": _("skilled", "column"),
    "area_km2": _("area km2", "column"),
    "output": _("output", "column"),
    "emissions": _("emissions", "column"),
    "shared_tax": _("shared tax", "column"),
    "chain": _("chain", "column"),
    "partner": _("partner", "column"),
    "arrives": _("arrives", "column"),
    "part": _("part", "column"),
    "free": _("free", "column"),
    "graduates": _("graduates", "column"),
    "used": _("used", "column"),
    "airshed": _("airshed", "column"),
    "existing": _("existing", "column"),
    "parks": _("parks", "column"),
    "abated": _("abated", "column"),
    "closed": _("closed", "column"),
    "cap": _("cap", "column"),
    "value_alone": _("value alone", "column"),
    "bound_alone": _("bound alone", "column"),
    "value_with": _("value with", "column"),
    "pays": _("pays", "column"),
    "paid_by_others": _("paid by others", "column"),
    "people_brought_to_standard": _("people brought to standard", "column"),
    "people_worse_off": _("people worse off", "column"),
    "title": _("title", "column"),
    "case": _("case", "column"),
    "plan": _("plan", "column"),
    "scenario": _("scenario", "column"),
    "status": _("status", "column"),
    "audit": _("audit", "column"),
    "reason": _("reason", "column"),
    "case_hash": _("case hash", "column"),
    "other": _("other", "column"),
    "comparable": _("comparable", "column"),
    "better": _("better", "column"),
    "decided_by": _("decided by", "column"),
    "dominates": _("dominates", "column"),
    "worse_in": _("worse in", "column"),
    "file": _("file", "column"),
    "row": _("row", "column"),
    "column": _("column", "column"),
    "difference": _("difference", "column"),
    "figure": _("figure", "column"),
    "step": _("step", "column"),
    "goal": _("goal", "column"),
    "state": _("state", "column"),
    "closes": _("closes", "column"),
    "money": _("money", "column"),
    "share_at_least": _("share at least", "column"),
    "share_at_most": _("share at most", "column"),
    "loss_at_least": _("loss at least", "column"),
    "loss_at_most": _("loss at most", "column"),
    "forced": _("forced", "column"),
    "score": _("score", "column"),
    "rank": _("rank", "column"),
}
UNITS: Mapping[str, Sentence] = {  # of columns and figures; what is not here is the case's own
    **units.WORDS,
    "share, 0-1": _("share, 0-1", "unit"),
    "heads": _("heads", "unit"),
    "in its unit": _("in its unit", "unit"),
    "minutes": _("minutes", "unit"),
    "unit of service": _("unit of service", "unit"),
    "unit of service per 1,000": _("unit of service per 1,000", "unit"),
    "jobs": _("jobs", "unit"),
    "output per head": _("output per head", "unit"),
    "people": _("people", "unit"),
    "people, so far": _("people, so far", "unit"),
    "half in each city": _("half in each city", "unit"),
    "whole horizon": _("whole horizon", "unit"),
    "of the period": _("of the period", "unit"),
    "a year": _("a year", "unit"),
    "a unit and year": _("a unit and year", "unit"),
    "last period": _("last period", "unit"),
    "measures": _("measures", "unit"),
    "promises": _("promises", "unit"),
    "person-equivalents": _("person-equivalents", "unit"),
    "of the phases started so far": _("of the phases started so far", "unit"),
    "unit of gdp": _("unit of gdp", "unit"),
    "unit of the airshed": _("unit of the airshed", "unit"),
    "own part of the first goal about gaps": _("own part of the first goal about gaps", "unit"),
    "degrees": _("degrees", "unit"),
    "km2": _("km2", "unit"),
    "km": _("km", "unit"),
    "share": _("share", "unit"),
    "share a year": _("share a year", "unit"),
    "years": _("years", "unit"),
    "station": _("station", "unit"),
    "public half": _("public half", "unit"),
    "public part": _("public part", "unit"),
    "1,000": _("1,000", "unit"),
    "1,000 doctors": _("1,000 doctors", "unit"),
    "1,000 nurses": _("1,000 nurses", "unit"),
    "1,000 health workers": _("1,000 health workers", "unit"),
    "1,000 beds": _("1,000 beds", "unit"),
}


def cell(word: str) -> str:
    """A word of a cell; what is not known is a name of the case."""
    return CELLS.get(word, word)


def mode(case: Case, id_: str) -> str:
    """A means of travel: by its name, or in common words."""
    said = naming.mode(case, id_)
    return naming.MODES.get(said, said) if told_in("zh", said) == said else said


def column(name: str) -> str:
    """A column as words."""
    return COLUMNS.get(name) or text_layout.spaced(name)


def unit(text: str) -> str:
    """A unit; what is the case's own stays as it is."""
    if isinstance(text, Text):
        return text
    return UNITS.get(text) or series([UNITS.get(part) or units.in_words(part) for part in text.split(", ")])


def with_unit(text: str, of: str) -> Sentence:
    """A heading with its unit."""
    return _("{heading} ({unit})").format(heading=text, unit=of)


def level(name: str | None) -> str:
    """A level of the pyramid as words; empty where there is none."""
    return naming.level(name) if name else ""
