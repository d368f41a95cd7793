"""A plan as a planner reads it: the headline, and the whole report in sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.case import naming, warnings_of
from planner.documents import (
    bought,
    built,
    changes,
    fairness,
    levels,
    money,
    moves,
    parks,
    priced,
    reality,
    tables,
    use,
    vocabulary,
)
from planner.documents.blocks import Heading, Paragraph, Said, Section, Sections, bullets, lines, titled
from planner.documents.goals import (
    audit_words,
    goals_line,
    infeasible_words,
    nothing_found,
    status_words,
    title,
)
from planner.plans import totals
from planner.plans.plan import Plan
from planner.promises import broken_in_words
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, series

WARNINGS_SHOWN = 5
GUESSED = ("estimated", "assumed", totals.NO_BASIS)  # what costs and figures may rest on that nobody knows
MORE_TIME = _("more time may find one (--time-limit), or a case with fewer cities, optional links or candidates")
GO_ON = _("let it run longer: Ctrl-C after the first plan is found keeps the best so far")
GAPS, MONEY, JOBS = _("Gaps"), _("Money"), _("Jobs")  # labels of headline figures


def headline(plan: Plan, bold: bool = False, explained: bool = False) -> str:
    """What a plan is and does, in a few lines for a terminal; see `opening`.

    Parameters
    ----------
    bold
        Whether headings may be bold.
    """
    return lines((opening(plan, explained),), bold)


def report(plan: Plan, bold: bool = False) -> str:
    """The whole plan in sections, for a terminal."""
    return said(plan).text(bold)


def said(plan: Plan) -> Said:
    """The whole plan: its headline, then section after section."""
    if not plan.has_decisions:
        return Said(opening(plan))
    last = plan.case.periods[-1].label
    parts: list[tuple[str, Sections]] = [
        (_("Largest gains in {period} (without the plan -> with it)").format(period=last), changes.gains(plan)),
        (_("What is built and signed"), built.built(plan)),
        (_("How real it is"), reality.reality(plan)),
        (_("Parks and their jobs"), parks.parks(plan)),
        (_("City by city in {period} (without the plan -> with it)").format(period=last), changes.city_table(plan)),
        (_("What residents have in {period} (without the plan -> with it)").format(period=last), levels.levels(plan)),
        (_("Who moves in {period}").format(period=last), moves.moved(plan)),
        (_("Who is worst off"), fairness.worst_off(plan)),
        (_("Emissions"), parks.emissions(plan)),
        (_("Who pays and who gains"), money.who_pays(plan)),
        (_("Each jurisdiction alone and together"), fairness.alone(plan)),
        (_("Policies by level of the pyramid"), built.pyramid(plan)),
        (_("Money by budget line"), money.lines(plan)),
        (_("What each line's money buys"), bought.bought(plan)),
        (_("Private money, tax, debts and transfers"), money.funding(plan)),
        (_("Use across borders at a price"), priced.used(plan)),
        (_("Where money is left and why"), money.left(plan)),
        (_("Not chosen"), (bullets(filter(None, [built.left_out(plan)])),)),
        (_("Worse off with the plan"), (bullets(plan.worse_off),)),
        (_("What the figures rest on"), (bullets(basis(plan)),)),
        (_("What is used today"), use.used(plan.case)),
        (_("In force from the start"), (bullets(reality.in_force(plan.case)),)),
        (_("Assumptions"), (bullets(plan.case.assumptions),)),
        (_("Warnings"), (bullets(warnings(plan)),)),
    ]
    return Said(opening(plan), tuple(section for name, sections in parts for section in titled(name, sections)))


def opening(plan: Plan, explained: bool = False) -> Section:
    """What a plan is and does, in a few lines.

    Parameters
    ----------
    explained
        Whether what stands against a plan, where there can be none, is said elsewhere.
    """
    parts: Section = (Heading(title(plan.case), "title"),)
    if unfound := nothing_found(plan):
        parts = (Paragraph(unfound, look="warning"), *parts)
    parts += (Paragraph(status_words(plan), _("Status")),)
    if plan.status == "infeasible" and not explained:
        parts += tuple(Paragraph(text, "" if n else _("Known")) for n, text in enumerate(infeasible_words(plan)))
    if plan.status == "no_plan":
        parts += (Paragraph(GO_ON if plan.ended_before_a_plan else MORE_TIME, _("Next")),)
    if not plan.has_decisions:
        return parts
    parts += (Paragraph(audit_words(plan), _("Audit")),)
    parts += tuple(Paragraph(text, label) for label, text in facts(plan))
    return parts + promises(plan)


def promises(plan: Plan) -> Section:
    """The promises that a plan breaks, and by how much, a line each."""
    return tuple(
        Paragraph(_("broken: {promise}").format(promise=promise), _("Promise"))
        for promise in broken_in_words(plan.case, plan.broken)
    )


def whole_table(plan: Plan, name: str) -> str:
    """One of a plan's tables with all rows, aligned, with units in the headings and names in the cells."""
    return tables.whole(plan, name).lines()


def facts(plan: Plan) -> list[tuple[str, str]]:
    """The headline figures, each with its label."""
    total = totals.totals(plan)
    shown = numbers.money_decimals([total["available"]])
    found: list[tuple[str, str]] = []
    if total["gap_without"] is not None:
        gaps = (closed(total["gap_without"], total["gap_with"]), *moves.true_gap(plan), *_weighed(total))
        found.append((GAPS, series(gaps, "; ")))
    found.append((MONEY, series((_spent(plan, total, shown), *money.beside(plan, shown)), "; ")))
    rooms = (
        (JOBS, parks.headline), (_("Emissions"), parks.emissions_headline), (_("Alone"), fairness.alone_headline)
    )  # fmt: skip
    found += [(label, said) for label, room in rooms if (said := room(plan))]
    found.append((_("Measures"), _chosen(total)))
    if said := reality.headline(plan):
        found.append((_("Reality"), said))
    found.append((_("Goals"), goals_line(plan)))
    return found


@dataclass(frozen=True)
class Figure:
    """A headline figure to be set apart: what it is, its value, what stands beside it, and what it means."""

    label: str
    value: str
    beside: str = ""
    help: str = ""


def figures(plan: Plan) -> list[Figure]:
    """The few figures that say what a plan does, of the same amounts as `facts`."""
    total, case = totals.totals(plan), plan.case
    unit, last = case.money.unit, case.periods[-1].label
    shown = numbers.money_decimals([total["available"]])
    amount = {name: numbers.money(total[name], shown) for name in ("spending", "available", "tax", "interest", "private")}
    found = [_gap(total["gap_without"], total["gap_with"])] if total["gap_without"] is not None else []
    left = series((_("of {amount}").format(amount=_there_is(total, shown)), _rest(total, shown)), "; ")
    means = _(
        "Over the whole horizon, prices of {prices}. Available: {given} given, {tax} of tax, less {interest} of interest."
    ).format(prices=case.money.prices, given=amount["available"], tax=amount["tax"], interest=amount["interest"])
    found.append(Figure(vocabulary.with_unit(_("Public money"), unit), amount["spending"], left, means))
    if total["private"] > totals.NOTHING:
        label = vocabulary.with_unit(_("Private money"), unit)
        found.append(Figure(label, amount["private"], _("paid by investors beside it")))
    if len(plan.tables["parks"]):
        jobs, possible, bonus = (numbers.number(total[name], 0) for name in ("jobs", "possible_jobs", "bonus_jobs"))
        of, more = _("of {possible} possible"), _("{jobs} bonus jobs of value chains beside them.")
        label = _("Jobs in parks, {period}").format(period=last)
        found.append(Figure(label, jobs, of.format(possible=possible), more.format(jobs=bonus)))
    before = _("{count} decided before").format(count=total["measures_decided_before"])
    return [*found, Figure(_("Measures chosen"), str(total["measures_chosen"]), before)]


def _gap(without: float, with_plan: float) -> Figure:
    """How much of what the standards ask for is missing, without the plan and with it."""
    share = (without - with_plan) / without if without > 0 else 0.0
    does = _("closes {share} of the gap") if share >= 0 else _("widens the gap by {share}")
    means = _(
        "How much of what the standards ask for is missing: the mean over cities, indicators and periods, weighted as in "
        "the first goal about gaps."
    )
    value = numbers.change(100 * without, 100 * with_plan, 1)
    return Figure(_("Gap, %: without -> with"), value, does.format(share=numbers.percent(abs(share))), means)


def _there_is(total: dict[str, Any], shown: int) -> str:
    """The money that there is: what is given, with tax and less interest."""
    return numbers.number(total["available"] + total["tax"] - total["interest"], shown)


def _chosen(total: dict[str, Any]) -> Sentence:
    known = {"chosen": total["measures_chosen"], "before": total["measures_decided_before"]}
    if total["measures_decided_before"]:
        return _("{chosen} chosen by the plan, {before} decided before").format(**known)
    return _("{chosen} chosen by the plan").format(**known)


def closed(without: float, with_plan: float) -> Sentence:
    """How much of what the standards ask for is missing, and what the plan does about it."""
    known = {"without": numbers.percent(without, 1), "with_plan": numbers.percent(with_plan, 1)}
    said = _("{without} of what the standards ask for is missing without the plan, {with_plan} with it").format(**known)
    if without <= 0:
        return said
    share = (without - with_plan) / without
    does = _("{said}: the plan closes {share} of the gap") if share >= 0 else _("{said}: the plan widens it by {share}")
    return does.format(said=said, share=numbers.percent(abs(share)))


def _weighed(total: dict[str, Any]) -> tuple[Sentence, ...]:
    """What the goal's curve makes of the gaps, beside the share that is closed."""
    if "weighed_gap_with" not in total:
        return ()
    without, with_plan = total["weighed_gap_without"], total["weighed_gap_with"]
    known = {"without": numbers.percent(without, 1), "with_plan": numbers.percent(with_plan, 1)}
    said = _("as the first goal about gaps weighs them, large gaps more, {without} without the plan, {with_plan} with it")
    if without <= 0:
        return (said.format(**known),)
    share = (without - with_plan) / without
    does = _("{said} ({share} less)") if share >= 0 else _("{said} ({share} more)")
    return (does.format(said=said.format(**known), share=numbers.percent(abs(share))),)


def _spent(plan: Plan, total: dict[str, Any], shown: int) -> Sentence:
    """What is spent of the money, and what is left."""
    spent, given = (numbers.number(total[n], shown) for n in ("spending", "available"))
    there_is = _there_is(total, shown)
    known: dict[str, Any] = {
        "spent": spent, "all": there_is, "unit": plan.case.money.unit, "year": plan.case.money.prices,
        "rest": _rest(total, shown),
    }  # fmt: skip
    if there_is == given:
        return _("{spent} of {all} {unit} (prices of {year}) spent, {rest}").format(**known)
    return _("{spent} of {all} {unit} (prices of {year}) spent, {rest} ({given} given, with tax and less interest)").format(
        **known, given=given
    )


def _rest(total: dict[str, Any], shown: int) -> Sentence:
    """What is left of the money, or how much more is spent than there is."""
    known = {name: numbers.money(total[name], shown) for name in ("unspent", "overdrawn", "kept_free")}
    if total["overdrawn"] <= totals.NOTHING:
        if total["kept_free"] > totals.NOTHING:
            return _("{unspent} left unspent, {kept_free} of it kept free as a reserve").format(**known)
        return _("{unspent} left unspent").format(**known)
    if total["unspent"] > totals.NOTHING:
        return _("{overdrawn} overdrawn, {unspent} left in other lines or periods").format(**known)
    return _("{overdrawn} overdrawn").format(**known)


def basis(plan: Plan) -> list[str]:
    """What share of the money rests on guesses, and what is left out because nobody knows, as sentences."""
    return [estimates(plan), *_unknown(plan)]


def estimates(plan: Plan) -> Sentence:
    """What share of the money rests on guesses."""
    shares = totals.money_by_basis(plan)
    if not shares:
        return _("No public money is spent.")
    said = _("{share} of the public money spent rests on costs that are estimated, assumed or not stated ({each}).")
    each = text_layout.join(
        [_("{basis} {share}").format(basis=vocabulary.BASES[of], share=numbers.percent(part)) for of, part in shares.items()]
    )
    return said.format(share=numbers.percent(sum(shares.get(basis, 0.0) for basis in GUESSED)), each=each)


def _unknown(plan: Plan) -> list[str]:
    """What is left out because nobody knows what there is, as sentences."""
    case = plan.case
    left_out: dict[str, list[str]] = {}
    for (city, service), capacity in case.capacity.items():
        if capacity.amount is None:
            left_out.setdefault(service, []).append(naming.city(case, city))
    return [
        _("Left out of {service}, since its capacity there is unknown: {cities}.").format(
            service=naming.service(case, service), cities=text_layout.join(cities)
        )
        for service, cities in left_out.items()
    ]


def warnings(plan: Plan) -> list[str]:
    """What is probably not meant in the case, the first of many, as sentences."""
    found = list(warnings_of(plan.case))
    shown = found[:WARNINGS_SHOWN]
    if len(found) > WARNINGS_SHOWN:
        more = _("and {number} more: planner validate lists them").format(number=len(found) - WARNINGS_SHOWN)
        shown.append(more)
    return shown
