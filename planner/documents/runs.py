"""The plans in a folder: a list, and what is known of one without reading its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from planner.case import naming, units
from planner.case.scenarios import BASE
from planner.documents import vocabulary
from planner.documents.blocks import Paragraph, Section, Table, lines
from planner.documents.goals import relative
from planner.plans import store
from planner.plans.plan import UNSURE, AuditState, Plan
from planner.plans.store import READABLE, PlanEntry, PlanUnreadable, read_plan, reason_of
from planner.promises import broken_in_words
from planner.words import numbers, text_layout
from planner.words.said import Named, Sentence, _, series

UNKNOWN = "-"
AUDITS: Mapping[AuditState, str] = {
    "passed": "",
    "failed": _("audit failed"),
    "not run": _("not audited"),
    "changed": _("changed since its audit"),
    "no digest": _("no digest: may have been changed"),
}
NOTHING_PROVEN = _("nothing proven")
WITHOUT_AND_WITH = _("gap without\n-> with it, %")
WORDS: Mapping[str, Sentence] = {  # options and stages of a solve
    "time_limit": _("time limit"),
    "gap": _("gap", "option"),
    "later_gap": _("gap of later goals"),
    "threads": _("threads"),
    "seed": _("seed"),
    "fixed_starts": _("fixed starts"),
    "reserve": _("draws that every line is to hold in, %:"),
    "routes": _("routes"),
    "building": _("building"),
    "without": _("without the plan"),
    "first plan": _("first plan"),
    "relaxation": _("what no plan can beat"),
    "solving": _("solving"),
    "evaluating": _("evaluating"),
    "alone": _("alone"),
    "auditing": _("auditing"),
}


def listed(entries: Sequence[PlanEntry]) -> str:
    """A line a plan: of what case, how good, what it reaches, what it costs, and when it was written."""
    heads = [_("plan"), _("case"), _("scenario"), _("status"), WITHOUT_AND_WITH, _("spent"), _("written")]
    return Table(heads, [_row(entry) for entry in entries], "llllrrl").lines()


def _row(entry: PlanEntry) -> list[str]:
    """A plan's line; of one that makes no sense the rest of the list does not suffer."""
    about = entry.about
    try:
        return [entry.name, str(about["case"]["name"]), scenario(about), status(about), gaps(about), _spent(about),
                written(entry)]  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError):
        return [entry.name, UNKNOWN, UNKNOWN, _("plan.json makes no sense"), UNKNOWN, UNKNOWN, UNKNOWN]


def shown(entry: PlanEntry) -> str:
    """What plan.json says of a plan, with a label a line."""
    about = entry.about
    case, options = about["case"], about.get("options", {})
    of_figures = [
        (_("Gaps"), _("{gaps} % of what the standards ask for, without the plan -> with it").format(gaps=gaps(about))),
        (_("Money"), _("{amount} spent").format(amount=_spent(about))),
    ]
    found: list[tuple[str, str]] = [
        (_("Plan"), _("{name}, in {folder}").format(name=entry.name, folder=str(entry.folder.parent))),
        (
            _("Case"),
            _("{title} ({name}), scenario {scenario}").format(
                title=Named(case["title"], {"zh": str(case.get("title_zh", ""))}),
                name=case["name"],
                scenario=scenario(about),
            ),
        ),
        (_("Status"), with_reason(about)),
        (_("Audit"), _audit(about)),
        *(of_figures if about.get("headline") else ()),
        *((_("Goal {number}").format(number=n), _goal(goal)) for n, goal in enumerate(about.get("goals", ()), start=1)),
        (_("Asked for"), options_in_words(options)),
        (_("Took"), seconds_in_words(about.get("seconds", {}))),
        (_("Made by"), versions_in_words(about.get("versions", {}))),
        (_("Written"), written(entry)),
        *((_("Promise"), _("broken: {promise}").format(promise=promise)) for promise in _broken(entry)),
    ]
    section: Section = tuple(Paragraph(said, label) for label, said in found if said)
    return lines((section,))


def scenario(about: Mapping[str, Any]) -> str:
    """The scenario of a plan.json."""
    id_ = str(about["scenario"])
    english, chinese = about.get("scenario_names", ("", ""))
    if id_ == BASE or not (english or chinese):
        return naming.BASE if id_ == BASE else naming.as_words(id_)
    return Named(english or naming.as_words(id_), {"zh": chinese} if chinese else {})


def with_reason(about: Mapping[str, Any]) -> str:
    """A plan's status, and why it is so."""
    said = status(about)
    reason = reason_of(about) if about["format"] in READABLE else ""
    return _("{status}: {reason}").format(status=said, reason=reason) if reason else said


def _broken(entry: PlanEntry) -> tuple[str, ...]:
    """The promises that a plan breaks, in words, as far as it can be read."""
    if not entry.about.get("broken"):
        return ()
    try:
        plan = read_plan(entry.folder)
    except PlanUnreadable:
        return ()
    return broken_in_words(plan.case, plan.broken)


def as_json(plan: Plan) -> dict[str, Any]:
    """What plan.json says of a plan, with its sentences."""
    said = {"reason": plan.reason, "worse_off": list(plan.worse_off)}
    return {**store.about(plan), **said, "broken": list(broken_in_words(plan.case, plan.broken))}


def _audit(about: Mapping[str, Any]) -> str:
    found = about.get("audit", UNKNOWN)
    return vocabulary.AUDITS.get(found, str(found))


def options_in_words(options: Mapping[str, Any]) -> str:
    """What was asked of a solve; what was not asked is left out."""
    return text_layout.join(
        [_("{word} {value}").format(word=_word(key), value=value) for key, value in options.items() if value is not None]
    )


def seconds_in_words(seconds: Mapping[str, float]) -> str:
    """How long each part of a solve took."""
    return text_layout.join([_("{word} {seconds:.1f} s").format(word=_word(part), seconds=s) for part, s in seconds.items()])


def versions_in_words(versions: Mapping[str, str]) -> str:
    """What a plan was made with."""
    return text_layout.join([f"{name} {version}" for name, version in versions.items()])


def _word(key: str) -> str:
    return WORDS.get(key, text_layout.spaced(key))


def status(about: Mapping[str, Any]) -> str:
    """A plan's status in a few words, with what is proven of its first goal."""
    if about["format"] not in READABLE:
        return _("of format {format}: cannot be read").format(format=about["format"])
    goals = about.get("goals") or [{}]
    proven = proof_gap(goals[0])
    within = None if proven is None else _("proven within {within}").format(within=numbers.proof(proven))
    states = {
        "optimal": within or _("proven", "status"),
        "feasible": _("stopped at a limit, {proven}").format(proven=within or NOTHING_PROVEN),
        "interrupted": _("stopped by hand, {proven}").format(proven=within or NOTHING_PROVEN),
        "infeasible": _("no plan is possible"),
        "no_plan": _("no plan was found"),
        "evaluated": _("made by hand"),
    }
    said: str = states.get(about["status"], str(about["status"]))
    audit = about.get("audit", "not run")
    if about["status"] in ("infeasible", "no_plan") and audit not in UNSURE:
        return said
    if audit == "failed" and about["status"] in ("feasible", "interrupted"):
        said = NOTHING_PROVEN
    if about.get("found") is False:
        said = _("nothing found yet, {status}").format(status=said)
    return text_layout.join([said, *filter(None, [AUDITS.get(audit, "")])])


def proof_gap(goal: Mapping[str, Any]) -> float | None:
    """What is proven of a goal of plan.json, as `goals.proof_gap` has it of a plan; None if nothing is."""
    steps = [relative(c["mean"], c["bound"]) for c in goal.get("cities", ()) if isinstance(c["bound"], int | float)]
    own = goal.get("proof_gap")
    return max([own, *steps]) if isinstance(own, int | float) else None


def gaps(about: Mapping[str, Any]) -> str:
    """Mean gap without and with a plan, as per cent."""
    figures = about.get("headline", {})
    both = [figures.get(name) for name in ("gap_without", "gap_with")]
    return UNKNOWN if None in both else series([numbers.number(100 * gap, 1) for gap in both if gap is not None], " -> ")


def written(entry: PlanEntry) -> str:
    """When a plan was written, in the time of this place."""
    try:
        when = datetime.fromisoformat(entry.about["written"])
    except (KeyError, TypeError, ValueError):
        return UNKNOWN
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def _spent(about: Mapping[str, Any]) -> str:
    spending = about.get("headline", {}).get("spending")
    if spending is None:
        return UNKNOWN
    money, unit = numbers.number(spending, numbers.money_decimals([spending])), about["headline"].get("unit", "")
    return _("{money} {unit}").format(money=money, unit=units.in_words(unit)) if unit else money


def _goal(goal: Mapping[str, Any]) -> str:
    bound, value, called = goal.get("bound"), goal.get("value"), naming.goal(goal["name"])
    if not isinstance(value, int | float):
        return called
    if not isinstance(bound, int | float):
        return _("{goal}: {value}").format(goal=called, value=numbers.figure(value))
    return _("{goal}: {value}, nothing can beat {bound}").format(
        goal=called, value=numbers.figure(value), bound=numbers.figure(bound)
    )
