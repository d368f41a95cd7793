"""How sure the plan is, as answers of questions have it: chances, what to hold back, and which projects are firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd

from planner.case import KINDS, Case, naming
from planner.documents.blocks import Heading, Paragraph, Section, Sections, Table
from planner.documents.shifts import name_of
from planner.plans.plan import Plan
from planner.plans.totals import columns
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, count

NAMED = 5  # projects in a sentence
SAME = 1e-6  # of a share: an answer about this plan starts from what it closes
HOW = _(
    "The plan's decisions are kept and what the case says is uncertain is drawn again and again; planner risk PLAN tells "
    "all of it. Money to hold back is told by line and period, each by itself."
)
FIRM_RULE = _(
    "Firm: in nine of ten draws or more, each planned anew as if it were known beforehand (planner priorities CASE)."
)


@dataclass(frozen=True)
class Sure:
    """An answer of planner risk about a plan: its figures, and its tables."""

    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    def is_about(self, plan: Plan, closes: float) -> bool:
        """Whether it is about this plan, and not about another one of its case: by the share of the gap that it closes."""
        planned = self.facts.get("planned")
        return planned is not None and isfinite(closes) and abs(planned - closes) <= SAME and "money" in self.tables


def sentences(plan: Plan, sure: Sure | None, priorities: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """What a minister reads of it: the chance, what to hold back and where, and which projects are firm."""
    said: list[Sentence] = []
    if sure is not None:
        said += [*_chance(sure), _held_back(plan.case, sure)]
    if priorities is not None:
        said.append(_firm(plan, priorities))
    return tuple(said)


def _chance(sure: Sure) -> tuple[Sentence, ...]:
    chance, least = sure.facts.get("chance"), sure.facts.get("at_least")
    if chance is None or least is None:
        return ()
    return (
        _("In {chance} of {draws} it closes at least {least} of the gap; in {joint} all lines have the money.").format(
            chance=numbers.chance(chance), draws=count(int(sure.facts["done"]), "draw"), least=numbers.percent(least),
            joint=numbers.chance(sure.facts.get("joint") or 0.0),
        ),
        *numbers.roughly(int(sure.facts["done"])),
    )  # fmt: skip


def _held_back(case: Case, sure: Sure) -> Sentence:
    """What to hold back for four draws of five, and the lines and periods where most of it is."""
    rows = [(l, t, hold) for l, t, hold in columns(sure.tables["money"], "line", "period", "hold_80") if hold > 0]
    whole = sum(hold for _l, _t, hold in rows)
    if not whole:
        return _("Nothing has to be held back for four draws of five in any line and period.")
    dearest = sorted(rows, key=lambda row: -row[2])[:2]
    where = [
        _("{line} {period}: {amount}").format(
            line=naming.line(case, l), period=case.period(t).label, amount=numbers.figure(hold)
        )
        for l, t, hold in dearest
    ]
    return _("To pay for four draws of five in each line and period by itself, hold back {amount} {unit} ({where}).").format(
        amount=numbers.figure(whole), unit=case.money.unit, where=text_layout.join(where)
    )


def firm(case: Case, priorities: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The measures that are firm, by id in the order to fund, and those of them that are projects and no policies."""
    found = priorities[priorities["verdict"] == "firm"]["measure"].tolist()
    return found, [a for a in found if KINDS[case.measures[a].kind].project]


def _firm(plan: Plan, priorities: pd.DataFrame) -> Sentence:
    measures, projects = firm(plan.case, priorities)
    if not projects:
        return _("No project is firm: none is in nine of ten draws, each planned anew.")
    said = _("Firm, in nine of ten draws or more, each planned anew: {measures}, among them {projects}, first {names}.")
    return said.format(
        measures=count(len(measures), "measure"), projects=count(len(projects), "project"),
        names=text_layout.join([name_of(plan.case, a) for a in projects], NAMED),
    )  # fmt: skip


def sections(plan: Plan, sure: Sure | None, priorities: pd.DataFrame | None) -> Sections:
    """All of it for planners: sentences, money by line, what certainty costs, and the order to fund."""
    said = sentences(plan, sure, priorities)
    found: list[Section] = [tuple(Paragraph(sentence) for sentence in said)] if said else []
    if sure is not None:
        found.append((Heading(_("Money to hold back")), _money(plan.case, sure), Paragraph(HOW, look="note")))
        if "certainty" in sure.tables and len(sure.tables["certainty"]):
            found.append((Heading(_("What certainty costs")), _certainty(plan.case, sure.tables["certainty"])))
    if priorities is not None:
        found.append((Heading(_("In this order")), _order(plan.case, priorities), Paragraph(FIRM_RULE, look="note")))
    return tuple(found)


def _money(case: Case, sure: Sure) -> Table:
    names = ("line", "period", "has", "planned", "overdrawn", "hold_65", "hold_80", "hold_90")
    found = list(columns(sure.tables["money"], *names))
    shown = numbers.money_decimals([amount for row in found for amount in row[2:4]])
    rows, before = [], ""
    for l, t, has, planned, overdrawn, *held in found:
        money = [numbers.money(amount, shown) for amount in (has, planned)]
        back = [numbers.money(amount, shown) for amount in held]
        first = naming.line(case, l) if l != before else ""
        rows.append([first, case.period(t).label, *money, numbers.chance(overdrawn), *back])
        before = l
    head = [
        _("money, {unit}").format(unit=case.money.unit), _("period"), _("has"), _("to be\nspent"), _("over-\ndrawn in"),
        _("hold back\nfor 65 %"), _("for\n80 %"), _("for\n90 %"),
    ]  # fmt: skip
    return Table(head, rows, "llrrrrrr", keys=2)


def certainty_asked(percent: float) -> Sentence:
    """What a plan is called that was to hold in so many per cent of the draws; 0: the one that keeps nothing free."""
    return _("P{percent}").format(percent=int(percent)) if percent else _("as stated")


def _certainty(case: Case, certainty: pd.DataFrame) -> Table:
    rows = [
        [certainty_asked(percent), numbers.percent(closed, 1),
         numbers.figure(spent), numbers.figure(free), numbers.chance(joint)]
        for percent, closed, spent, free, joint in columns(certainty, "percent", "closed", "spent", "free", "joint")
    ]  # fmt: skip
    head = [_("certainty"), _("closes"), _("spent, {unit}").format(unit=case.money.unit), _("kept\nfree"),
            _("all lines\nhold in")]  # fmt: skip
    return Table(head, rows, "lrrrr")


def _order(case: Case, priorities: pd.DataFrame) -> Table:
    names = ("rank", "measure", "chosen", "chosen_least", "chosen_most", "usual_start")
    rows = [
        [f"{rank:.0f}", name_of(case, a), numbers.chance(share), numbers.percent(least), numbers.percent(most),
         case.period(usual).label]
        for rank, a, share, least, most, usual in columns(priorities, *names)
        if share > 0
    ]  # fmt: skip
    head = [_("order"), _("measure"), _("in so many\nof the draws"), _("at least"), _("at most"), _("mostly\nfrom")]
    return Table(head, rows, "rlrrrl", keys=2)
