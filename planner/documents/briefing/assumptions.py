"""The assumptions that matter most: by their measured effect, or else by how much of the plan rests on guessed figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from planner.case import KINDS, Case, Measure, naming, warnings_of
from planner.compiling.goals import first_about_gaps, weights
from planner.documents import reality, text, vocabulary
from planner.documents.blocks import Bullet, Heading, Paragraph, Section, Sections, bullets
from planner.plans.plan import Plan
from planner.plans.totals import NO_BASIS, basis_of, columns, spent
from planner.words import numbers
from planner.words.said import Sentence, _, count, counted, series

MOST = 5
BY_EFFECT = _(
    "Ranked by measured effect: how far the first goal moves, at most, when the assumption is lower or higher and the plan "
    "is kept."
)
BY_SHARE = _(
    "Ranked by how much of the plan rests on figures that are estimated, assumed or without a stated basis: of unit costs, "
    "the share of the public money; of figures that gaps are measured by, the share of the gap closed (weighted as in the "
    "first goal); of links, times their share among all links. How far the plan would change is not measured."
)


@dataclass(frozen=True)
class Assumption:
    """A guess that the plan rests on: what it is, and how much rests on it, in words and as a figure to rank by."""

    what: str
    said: str
    weight: float


def most_important(plan: Plan, sensitivity: pd.DataFrame | None) -> tuple[list[Assumption], str]:
    """The five that matter most, and the rule that ranked them."""
    if sensitivity is not None:
        measured = by_effect(plan, sensitivity)
        if measured:
            return measured[:MOST], series((BY_EFFECT, *_open(sensitivity)), " ")
    return by_share(plan)[:MOST], BY_SHARE


def _open(sensitivity: pd.DataFrame) -> tuple[Sentence, ...]:
    """How many changes were not answered, and so may move it more."""
    open_ones = int((sensitivity["status_kept"] == "not answered").sum()) if "status_kept" in sensitivity else 0
    said = counted(
        open_ones,
        "{changes} was not answered, and may move it more.",
        "{changes} were not answered, and may move it more.",
    )
    return (said.format(changes=count(open_ones, "change")),) if open_ones else ()


def by_effect(plan: Plan, sensitivity: pd.DataFrame) -> list[Assumption]:
    """Assumptions by the largest change of the first goal with the plan kept, from a sensitivity table."""
    value = plan.goals[0].value
    largest: dict[str, tuple[float, str]] = {}
    for group, assumption, change, kept in columns(sensitivity, "group", "assumption", "change", "value_kept"):
        if group in ("weights", "scenarios") or kept != kept:  # judgements and bundles are no single figures
            continue
        moved = kept - value
        if assumption not in largest or abs(moved) > abs(largest[assumption][0]):
            largest[assumption] = (moved, change)
    ordered = sorted(largest.items(), key=lambda item: -abs(item[1][0]))
    scale = max(abs(value), 1e-3)
    return [Assumption(what, _moved(change, 100 * moved / scale), abs(moved)) for what, (moved, change) in ordered if moved]


def _moved(change: str, by: float) -> Sentence:
    sign = "+" if f"{by:+.1f}".startswith("+") else "\N{MINUS SIGN}"
    said = change.replace("-", "\N{MINUS SIGN}")
    return _("{change}: first goal {by} %").format(change=said, by=f"{sign}{abs(by):.1f}")


def by_share(plan: Plan) -> list[Assumption]:
    """Guessed figures by the share of public money, or of the gap closed, that rests on them; largest first."""
    of_money, of_gap = _("{share} of the public money"), _("{share} of the gap closed")
    money = [Assumption(what, of_money.format(share=numbers.percent(share)), share) for what, share in _money(plan).items()]
    gaps = [Assumption(what, of_gap.format(share=numbers.percent(share)), share) for what, share in _gaps(plan).items()]
    return sorted((a for a in (*money, *gaps) if a.weight >= 0.005), key=lambda a: -a.weight)


def _money(plan: Plan) -> dict[str, float]:
    """Guessed unit cost, or costs stated one by one for a kind -> share of all public payments."""
    paid: Counter[str] = Counter()
    total = spent(plan)
    for a, capital, running in columns(plan.tables["spending"], "measure", "capital", "running"):
        basis = basis_of(plan.case, plan.case.measures[a])
        if basis in text.GUESSED:
            paid[_on_basis(_cost(plan.case, plan.case.measures[a]), basis)] += capital + running
    return {what: amount / total for what, amount in paid.items()} if total > 0 else {}


def _on_basis(what: str, basis: str) -> Sentence:
    return _("{what} ({basis})").format(what=what, basis=vocabulary.BASES[basis])


def _cost(case: Case, measure: Measure) -> Sentence:
    norm = case.norms.get(measure.norm) if measure.norm is not None else None
    if norm is None:
        return _("costs of {kinds}, stated one by one").format(kinds=KINDS[measure.kind].several)
    return _("unit cost {norm}: {cost:g} {money} a {unit}").format(
        norm=naming.norm(norm.id),
        cost=norm.capital_cost,
        money=vocabulary.unit(case.money.unit),
        unit=vocabulary.unit(norm.unit),
    )


def _gaps(plan: Plan) -> dict[str, float]:
    """Guessed figures that gaps are measured by -> share of the gap closed that rests on them."""
    case = plan.case
    closed: Counter[str] = Counter()
    rows = columns(plan.tables["indicators"], "indicator", "city", "period", "gap_without", "gap_with")
    weight = weights(case, first_about_gaps(case), [row[:3] for row in rows])
    total = 0.0
    for x, i, t, without, with_plan in rows:
        part = weight.get((x, i, t), 0.0) * (without - with_plan)
        total += part
        for what, share in _measured_by(case, x, i).items():
            closed[what] += part * share
    return {what: part / total for what, part in closed.items() if part > 0} if total > 1e-9 else {}


def _measured_by(case: Case, indicator: str, city: str) -> dict[str, float]:
    """The guessed figure that an indicator of a city rests on, and how much of it is guessed."""
    if indicator in case.services:
        basis = case.capacity[city, indicator].basis or NO_BASIS
        return _today(naming.indicator(case, indicator), basis)
    if indicator in case.access:
        links = [k for k in case.links.values() if k.mode in (case.access[indicator].modes or case.modes)]
        guessed = sum((k.basis or NO_BASIS) in text.GUESSED for k in links)
        said = _("minutes of links ({guessed} of {number} estimated, assumed or not stated)").format(
            guessed=guessed, number=len(links)
        )
        return {said: guessed / len(links)} if guessed else {}
    basis = case.cities[city].basis or NO_BASIS
    if indicator in case.crowding:
        return _today(_("people"), basis)
    return _today(_("jobs") if case.work[indicator].of == "jobs" else _("output"), basis)


def _today(what: str, basis: str) -> dict[str, float]:
    return {_on_basis(_("{what} that cities have today").format(what=what), basis): 1.0} if basis in text.GUESSED else {}


# --- as a section of a document, and what else the figures rest on

MATTER = (
    _("Assumptions that matter most"), _("The assumption that matters most"), _("The two assumptions that matter most"),
    _("The three assumptions that matter most"), _("The four assumptions that matter most"),
    _("The five assumptions that matter most"),
)  # fmt: skip


def what_matters_most(plan: Plan, sensitivity: pd.DataFrame | None) -> Section:
    """The assumptions that matter most, and the rule that ranked them."""
    found, rule = most_important(plan, sensitivity)
    if not found:
        return Heading(MATTER[0]), Paragraph(_("No figure of the plan is known to be estimated or assumed."))
    return Heading(MATTER[len(found)]), *(Bullet(a.said, a.what) for a in found), Paragraph(rule, look="note")


def of_the_case(plan: Plan) -> Sections:
    """What the figures rest on, what the case assumes, and what is probably not meant."""
    warnings = list(warnings_of(plan.case))
    there = (_("In force from the start"), reality.in_force(plan.case))
    parts = (("", text.basis(plan)), there, (_("Assumptions of the case"), plan.case.assumptions), (_("Warnings"), warnings))
    return tuple((*((Heading(title),) if title else ()), *bullets(said)) for title, said in parts if said)
