"""What each signature is worth, and the first project left out: answers of questions, in a minister's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from planner.case import Case, naming
from planner.documents import vocabulary
from planner.documents.blocks import Format, Heading, Paragraph, Section, Sections, Table, bullets, of_figures
from planner.documents.shifts import Shift, in_words, name_of
from planner.documents.tables import of_frame
from planner.plans.plan import Broken, Plan
from planner.plans.totals import LITTLE, chosen_measures, columns, starts_of
from planner.promises import broken_in_words
from planner.promises.money import MONEY
from planner.words import numbers, text_layout
from planner.words.said import _, series

if TYPE_CHECKING:
    from planner.documents.briefing.sure import Sure

DISPLACED = 3
NOISE = 1e-3  # of the gain: what is known no closer

RULE = _(
    "Worth: what the plan's gain in the first goal loses without the signature, the rest planned anew: at least the first "
    "figure (proven), at most the second. Worths do not add up."
)
LEFT_RULE = _(
    "Chosen so: each project that the plan leaves out was added to it beyond all money, and the gap that it closes alone "
    "divided by the public money that it takes; the {n} best were forced, and the one is named that costs the plan least."
)


@dataclass(frozen=True)
class Answers:
    """Tables of answers that a report can use.

    Attributes
    ----------
    importance
        Table `importance` of the question of that name; None = not asked.
    scores, forced, displaced, against
        Tables of the question for the first project left out; None = not asked.
    sensitivity
        Table `sensitivity` of the question of that name; None = not given.
    risk
        An answer of the question of that name about the plan; None = not given.
    priorities
        Table `priorities` of the question of that name; None = not given.
    missing
        What was asked and not answered or not proven, a sentence each.
    unscored
        That some projects left out have no score, one of which may be the first; empty if all have one.
    why_not
        Why questions were not asked.
    """

    importance: pd.DataFrame | None = None
    scores: pd.DataFrame | None = None
    forced: pd.DataFrame | None = None
    displaced: pd.DataFrame | None = None
    against: pd.DataFrame | None = None
    sensitivity: pd.DataFrame | None = None
    risk: Sure | None = None
    priorities: pd.DataFrame | None = None
    missing: tuple[str, ...] = ()
    unscored: str = ""
    why_not: str = _("not asked")


@dataclass(frozen=True)
class Worth:
    """A signature and the share of the plan's gain that goes without it, as an interval; None = not known."""

    measure: str
    name: str
    signed_by: str
    least: float | None
    most: float | None
    status: str

    @property
    def said(self) -> str:
        """The interval in words."""
        if self.status == "infeasible":
            return _("no plan without it")
        if self.least is None:
            return _("not known")
        if self.most is None:
            return _("at least {least} %").format(least=f"{100 * self.least:.1f}")
        return _between(self.least, self.most)


def _between(least: float, most: float) -> str:
    """Shares in per cent, one where both read alike."""
    low, high = f"{100 * least:.1f}", f"{100 * most:.1f}"
    return f"{low} %" if low == high else _("{least} to {most} %").format(least=low, most=high)


def signatures(plan: Plan, answers: Answers) -> list[Worth]:
    """Every signature of the plan's own, the dearest to lose first; those not asked about last."""
    asked: dict[str, tuple[float, float, str]] = {}
    if answers.importance is not None:
        rows = columns(answers.importance, "measure", "share_at_least", "share_at_most", "status")
        asked = {a: (least, most, status) for a, least, most, status in rows}
    found = []
    for chosen in chosen_measures(plan):
        measure = chosen.measure
        if not measure.is_signed or chosen.before:
            continue
        least, most, status = asked.get(_first_of_group(plan.case, measure.id), (float("nan"), float("nan"), "not asked"))
        known = least == least and status not in ("no_plan", "not asked")
        found.append(
            Worth(
                measure.id,
                naming.name_of(measure),
                series([naming.jurisdiction(plan.case, j) for j in measure.signed_by or measure.jurisdictions], " + "),
                least if known else None,
                most if known and most == most else None,
                status,
            )
        )
    return sorted(found, key=lambda w: (w.status != "infeasible", w.least is None, -(w.most or 0.0), -(w.least or 0.0)))


def _first_of_group(case: Case, measure: str) -> str:
    group = case.measures[measure].together
    return next(a for a, m in case.measures.items() if a == measure or (group and m.together == group))


def shares(found: list[Worth]) -> dict[str, float]:
    """Measure -> the most that is lost without it, where that is known."""
    return {w.measure: w.most for w in found if w.most is not None}


def first_left_out(plan: Plan, answers: Answers) -> list[str]:
    """The first project left out and why, in sentences; or why it is not known."""
    if answers.forced is None or answers.scores is None or answers.displaced is None:
        return [_("Not worked out: {why}.").format(why=answers.why_not)]
    tried = [row for row in columns(answers.forced, *FORCED) if row[2] == row[2]]
    if tried:
        return [*_sentences(plan, answers, *tried[0]), LEFT_RULE.format(n=len(answers.forced)), *_unscored(answers)]
    if not len(answers.scores):
        if answers.missing:
            return [_("{sentence}.").format(sentence=answers.missing[0])]
        return [_("No project is left out.")]
    if not (answers.scores["closes"] > 0).any():
        return [_("None of the projects left out would close more of the gap, even with more money.")]
    if len(answers.forced) and (answers.forced["status"] == "infeasible").all():
        return [
            _("Next would be {names}; but no plan within the money and promises can hold any of them.").format(
                names=_names(plan.case, answers)
            )
        ]
    return [
        _("Not known: no plan with {names} was found in time.").format(
            names=_names(plan.case, answers) or _("a further project")
        )
    ]


def _names(case: Case, answers: Answers) -> str:
    """The projects that were forced."""
    assert answers.forced is not None
    return text_layout.join([name_of(case, measure) for measure in answers.forced["measure"].tolist()])


def _unscored(answers: Answers) -> list[str]:
    """That some projects have no score, where that is so: the first may be one of them."""
    return [_("Not certain: {said}.").format(said=answers.unscored)] if answers.unscored else []


FORCED = ("measure", "share_at_least", "share_at_most")


def _sentences(plan: Plan, answers: Answers, measure: str, least: float, most: float) -> list[str]:
    assert answers.scores is not None
    assert answers.displaced is not None
    closes, money = next(row[1:] for row in columns(answers.scores, "measure", "closes", "money") if row[0] == measure)
    name = name_of(plan.case, measure)
    gain = _gain(answers, measure)
    unit = plan.case.money.unit
    known: dict[str, object] = {
        "name": name, "amount": numbers.money(money, numbers.money_decimals([money])), "unit": unit,
        "cost": _("within the money there is, it costs the plan at most {most:.2g} % of its gain: a close call").format(
            most=max(100 * most, 0.01)
        )
        if most <= NOISE
        else _("within the money there is, it costs the plan {share} of its gain").format(
            share=_between(least, most)
        ),
    }  # fmt: skip
    started = {a: sum(units.values()) for a, units in starts_of(plan).items()}
    gives_way = [
        Shift(other, fewer, later, start, to, gone=fewer >= started.get(other, 0.0) - LITTLE)
        for by, other, fewer, later, start, to in columns(
            answers.displaced, "forced", "measure", "units", "later", "from", "to"
        )
        if by == measure
    ]
    alone = _("{name}: {amount} {unit} of public money; {cost}.")
    if gain > 0:
        alone = _("{name}: {amount} {unit} of public money for {more:.1f} % more of the gain; {cost}.")
        known["more"] = 100 * closes / gain
    said: list[str] = [alone.format(**known), *_against(plan, answers, measure)]
    if gives_way:
        said.append(_("It would displace {names}.").format(names=in_words(plan.case, gives_way, DISPLACED)))
    return said


def _against(plan: Plan, answers: Answers, measure: str) -> list[str]:
    """What stands against a project beside the plan as it is: money, by line and period, or whatever else."""
    if answers.against is None:
        return []
    rows = columns(answers.against, "forced", "period", "promise", "item", "amount")
    own = [(period, promise, item, amount) for forced, period, promise, item, amount in rows if forced == measure]
    if not own:
        return []
    period = plan.case.period(own[0][0]).label
    broken = [Broken(promise, tuple(item.split(";")), amount) for _t, promise, item, amount in own if promise]
    if not broken:
        return [_("Added to the plan in {period}, it breaks no promise.").format(period=period)]
    if all(one.kind == MONEY.kind for one in broken):
        lacking = [
            _("{line} {amount} {unit} in {period}").format(
                line=naming.line(plan.case, one.ids[0]), amount=numbers.figure(one.amount), unit=plan.case.money.unit,
                period=plan.case.period(one.ids[1]).label,
            )
            for one in broken
        ]  # fmt: skip
        return [
            _("Added to the plan in {period}, all else as it is, it lacks money and nothing else: {lacking}.").format(
                period=period, lacking=text_layout.join(lacking)
            )
        ]
    said = list(broken_in_words(plan.case, broken))
    if len(said) > DISPLACED:
        said = [*said[:DISPLACED], _("and {number} more").format(number=len(said) - DISPLACED)]
    return [
        _("Added to the plan in {period}, all else as it is, it breaks: {promises}.").format(
            period=period, promises=series(said, "; ")
        )
    ]


def _gain(answers: Answers, measure: str) -> float:
    """What the plan gains in the first goal, from a loss given both ways; 0 where it is not known."""
    assert answers.forced is not None
    rows = columns(answers.forced, "measure", "loss_at_most", "share_at_most")
    return next((loss / share for a, loss, share in rows if a == measure and share == share and share > 0), 0.0)


# --- as sections of a document


def signature_table(known: list[Worth]) -> Table:
    """Signatures with who signs and what is lost without each."""
    heads = (
        _("signature"), _("signed by"), _("lost without it,\nat least\n(share of the gain)"),
        _("lost without it,\nat most\n(share of the gain)"), _("in words"),
    )  # fmt: skip
    rows = [(w.name, w.signed_by, w.least, w.most, w.said) for w in known]
    return of_figures(heads, rows, ("text", "text", "share", "share", "text"))


def what_signatures_are_worth(plan: Plan, answers: Answers) -> Section:
    """Every signature, or why that was not worked out; nothing where there is none."""
    known = signatures(plan, answers)
    if answers.importance is None:
        return (Paragraph(_("What signatures are worth was not worked out: {why}.").format(why=answers.why_not)),)
    return (signature_table(known), Paragraph(RULE, look="note")) if known else ()


def projects_left_out(plan: Plan, answers: Answers) -> Sections:
    """The first project left out and why; then those that were scored, best first, and what forcing some of them does."""
    why: Section = (
        Heading(_("The first project left out, and why")),
        Paragraph(series(first_left_out(plan, answers), " ")),
    )
    tables = (
        (_("Projects left out, best first"), answers.scores), (_("Projects forced into the plan"), answers.forced),
        (_("What gives way to them"), answers.displaced),
    )  # fmt: skip
    if any(frame is None for _title, frame in tables):
        return (why,)
    parts = ((Heading(title), _answer(plan, frame)) for title, frame in tables if frame is not None and len(frame))
    return (why, *parts)


def not_answered(answers: Answers) -> Section:
    """What was asked and not answered or not proven."""
    return (Heading(_("Not answered or not proven")), *bullets(answers.missing)) if answers.missing else ()


def _answer(plan: Plan, frame: pd.DataFrame) -> Table:
    """A table of an answer: names for ids, words for states, shares and money as such."""
    shown = frame.astype(object)
    if "measure" in shown and "name" in shown:
        shown["name"] = _texts(frame, "measure", lambda a: name_of(plan.case, a))
        shown = shown.drop(columns="measure")
    for column, called in (
        ("forced", lambda a: name_of(plan.case, a)), ("measure", lambda a: name_of(plan.case, a)),
        ("status", vocabulary.cell), ("kind", vocabulary.cell), ("city", lambda ids: _cities(plan.case, ids)),
        ("from", lambda t: plan.case.period(t).label if t else ""), ("to", lambda t: plan.case.period(t).label if t else ""),
    ):  # fmt: skip
        if column in shown:
            shown[column] = _texts(frame, column, called)
    names = [str(column) for column in shown.columns]
    heads = [vocabulary.with_unit(vocabulary.column(name), plan.case.money.unit) if name == "money"
             else vocabulary.column(name) for name in names]  # fmt: skip
    figures = {str(c) for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c])}
    formats: list[Format] = [FORMATS.get(name, "exact") if name in figures else "text" for name in names]
    return of_frame(shown, heads, formats)


FORMATS: Mapping[str, Format] = {"money": "money", "share_at_least": "share", "share_at_most": "share"}


def _texts(frame: pd.DataFrame, column: str, called: Callable[[str], str]) -> pd.Series:
    return pd.Series([called(cell) for cell in frame[column]], index=frame.index, dtype=object)


def _cities(case: Case, ids: str) -> str:
    return text_layout.join([naming.city(case, i) for i in ids.split(";") if i])
