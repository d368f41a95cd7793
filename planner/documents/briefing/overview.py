"""A plan in five sentences: what it closes, for whom, with what money, from whom, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from planner.case import naming
from planner.documents import changes, levels, text
from planner.documents.blocks import Paragraph, Section
from planner.documents.briefing import sure
from planner.documents.briefing.worth import Answers
from planner.documents.changes import Change
from planner.documents.goals import NOT_PROVEN, audit_words, proven
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.totals import NOTHING, chosen_measures, spent_by_line
from planner.words import numbers, text_layout
from planner.words.said import _, capital, count, counted, series

NAMED = 3  # cities, indicators or signers in a sentence
PAYERS = 4


def sentences(plan: Plan, answers: Answers) -> Section:
    """What the plan closes, for whom, with what money, from whom, and how sure that is; a paragraph each.

    Parameters
    ----------
    plan
        A plan with decisions.
    answers
        What questions beyond the plan found out: how sure it is.
    """
    every = changes.changes(plan)
    said: tuple[tuple[str, Iterable[str]], ...] = (
        (_("Closes"), _closes(plan, every)),
        (_("For whom"), _for_whom(plan, every)),
        (text.MONEY, _money(plan)),
        (_("Paid by"), _payers(plan)),
        (_("How sure"), _sure(plan, answers)),
    )
    return tuple(Paragraph(series(some, " "), label) for label, found in said if (some := tuple(found)))


def _closes(plan: Plan, every: list[Change]) -> Iterable[str]:
    """The gap without and with it, and the indicators that most of it is in."""
    total = totals.totals(plan)
    if total["gap_without"] is None:
        yield _("The case has no indicators.")
        return
    yield _("{said}.").format(said=text.closed(total["gap_without"], total["gap_with"]))
    if names := _most(every, lambda change: change.indicator, lambda x: naming.indicator(plan.case, x)):
        yield _("Most of it is in {indicators}.").format(indicators=series(names))


def _for_whom(plan: Plan, every: list[Change]) -> Iterable[str]:
    """How many cities gain, who most, and who is worse off."""
    gaining: Counter[str] = Counter()
    for change in every:
        gaining[change.city] += max(change.people_gaining, 0.0)  # type: ignore[assignment]
    better = sum(people > changes.SMALL for people in gaining.values())
    names = _most(every, lambda change: change.city, lambda i: naming.city(plan.case, i))
    known = {"some": better, "all": count(len(plan.case.cities), "city", "cities")}
    if names:
        yield _("{some} of {all} gain by {period}, the people of {cities} most.").format(
            **known, period=plan.case.periods[-1].label, cities=series(names)
        )
    else:
        yield _("No city gains.")
    lost = plan.worse_off
    if lost:
        yield _("Worse off: {who}.").format(who=text_layout.join(lost, NAMED))
        return
    yield _("No city's gap grows in anything that is counted.")
    if less := levels.falls(plan):  # of what there is above the standard no gap tells
        yield _("Residents of some have less, though: {who}.").format(who=text_layout.join(less, NAMED, "; "))


def _most(every: list[Change], key: Callable[[Change], str], name: Callable[[str], str]) -> list[str]:
    """Names of the few with the largest gains, people times the part of the gap that closes; the largest first."""
    found: dict[Hashable, float] = {}
    for change in every:
        found[key(change)] = found.get(key(change), 0.0) + change.people_gaining
    ordered = sorted((x for x, people in found.items() if people > changes.SMALL), key=lambda x: -found[x])
    return [name(str(x)) for x in ordered[:NAMED]]


def _money(plan: Plan) -> Iterable[str]:
    """Public money of all that there is, and private money beside it."""
    facts = dict(text.facts(plan))
    yield _("{said}.").format(said=facts[text.MONEY])


def _payers(plan: Plan) -> Iterable[str]:
    """The lines that pay, and who has to sign."""
    paid = spent_by_line(plan)
    whole = sum(paid.values())
    if whole > NOTHING:
        ordered = sorted((line for line in paid if paid[line] > NOTHING), key=lambda line: -paid[line])
        each = [
            _("{line} {share}").format(line=naming.line(plan.case, line), share=numbers.percent(paid[line] / whole))
            for line in ordered
        ]
        yield _("Of the public money spent: {lines}.").format(lines=text_layout.join(each, PAYERS))
    else:
        yield _("No public money is spent.")
    signed = [chosen.measure for chosen in chosen_measures(plan) if chosen.measure.is_signed and not chosen.before]
    if signed:
        signers = Counter(j for measure in signed for j in measure.signed_by or measure.jurisdictions)
        names = [naming.jurisdiction(plan.case, j) for j, _number in signers.most_common()]
        yield _("It takes {signatures}, of {who}.").format(signatures=count(len(signed), "signature"), who=_signers(names))


def _signers(names: list[str]) -> str:
    """Who has to sign, of many the first and how many more."""
    if len(names) <= NAMED:
        return series(names)
    more = len(names) - NAMED
    return counted(more, "{names} and {number} other", "{names} and {number} others").format(
        names=series(names[:NAMED]), number=more
    )


def _sure(plan: Plan, answers: Answers) -> Iterable[str]:
    """What is proven and audited, how much rests on guesses, and what draws of the uncertain say where somebody asked."""
    yield _("{said}.").format(said=capital(proven(plan) if plan.status != "evaluated" else NOT_PROVEN))
    yield _("Audit {audit}.").format(audit=audit_words(plan))
    yield text.estimates(plan)
    ranges = (norm.low is not None or norm.high is not None for norm in plan.case.norms.values())
    if answers.risk is None and (plan.case.uncertain or any(ranges)):
        yield _("All this is of the figures as stated: what remains where they turn out otherwise was not asked yet.")
    yield from sure.sentences(plan, answers.risk, answers.priorities)
