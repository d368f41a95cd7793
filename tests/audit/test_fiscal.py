"""Planted faults about money that is private, shared, sent, borrowed, or earned by parks."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case import AllowTransfer, Borrowing, FrozenDict, RaisePrivateShare, ShareTax
from planner.plans.plan import Plan
from tests.audit import hand, industry
from tests.audit.industry_plan import plan
from tests.audit.test_logic import with_line
from tests.audit.test_parks import cell, with_part, without_decision


def with_effect(plan: Plan, kind: type, **columns: Any) -> Plan:
    """The plan as a plan for a case in which the effect of that kind is another."""
    effects = (hand.changed(e, **columns) if isinstance(e, kind) else e for e in plan.case.effects)
    return hand.with_case(plan, effects=tuple(effects))


@pytest.mark.parametrize(
    ("share", "column", "words"),
    [(0.2, "own", ("own 1.8", "1.2")), (0.4, "own", ("own 1.8", "2.4")), (0.35, "private_cost", ("at least 2.1",))],
)
def test_private_investors_pay_their_own_share(share: float, column: str, words: tuple[str, ...]) -> None:
    """Of 6 a phase: 1.8 is three tenths, not two or four; 2 in all are not even 0.35 of 6."""
    report = audit(hand.with_measure(plan(), "dyes", private_share=share))
    assert hand.finds(report, "private", "measure dyes, 2035", column, *words)


@pytest.mark.slow
def test_no_more_is_attracted_than_a_policy_allows() -> None:
    """0.6 of 6 is a tenth; the guarantee attracts 0.05, or nothing, or nothing in other measures."""
    half = with_effect(plan(), RaisePrivateShare, plus=0.05)
    assert hand.finds(audit(half), "private", "measure dyes, 2030", "attracted 0.6", "at most 0.3")
    none = without_decision(plan(), "guarantee")
    assert hand.finds(audit(none), "private", "measure tools, 2030", "attracted 0.3", "at most 0")
    other = with_effect(plan(), RaisePrivateShare, measures=("dyes",))
    assert hand.finds(audit(other), "private", "measure tools, 2030", "attracted 0.3", "at most 0")
    later = hand.with_cells(plan(), "decisions", cell("decisions", measure="guarantee"), start_period="2035")
    assert hand.finds(audit(later), "private", "measure dyes, 2030", "attracted 0.6", "at most 0")
    assert not hand.finds(audit(later), "private", "measure dyes, 2035", "attracted")


def test_lines_pay_what_is_not_private() -> None:
    """With 0.5 attracted instead of 0.6 the lines pay 0.1 too little."""
    changed = hand.with_cells(plan(), "private", 0, attracted=0.5)
    assert hand.finds(audit(changed), "payments", "measure dyes, 2030", "capital paid 3.6", "3.7")


def test_largest_shares_are_of_public_payments() -> None:
    """The fund pays 1.6 of dyes' public 3.6, which is 0.45 of it and not of the whole 6."""
    assert audit(with_line(plan(), "fund", at_most_share=1.0)).passed
    report = audit(with_line(plan(), "fund", at_most_share=0.4))
    assert hand.finds(report, "largest share", "measure dyes, line fund, 2030", "capital 1.6", "at most 1.44")


def test_private_costs_of_the_starts_add_up_to_those_of_the_periods() -> None:
    """0.2 moved from one start to the other is fine in sum; more than 0.4 of 6 is not in the policy's power."""
    first, second = cell("decisions", measure="dyes"), cell("decisions", measure="dyes") + 1
    moved = hand.with_cells(plan(), "decisions", first, private_cost=2.2)
    moved = hand.with_cells(moved, "decisions", second, private_cost=2.2)
    assert audit(moved).passed
    more = hand.with_cells(plan(), "decisions", first, private_cost=2.5)
    more = hand.with_cells(more, "decisions", second, private_cost=1.9)
    assert hand.finds(audit(more), "private", "measure dyes, 2030", "private_cost 2.5", "at most 2.4")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"share": 0.4}, ("measure dyes, 2030, 2030", "shared_tax 0.5", "0.4")),
        ({"periods": None}, ("measure dyes, 2030, 2035", "shared_tax 0", "0.5")),
        ({"periods": 2}, ("measure dyes, 2030, 2035", "shared_tax 0", "0.5")),
        ({"parks": ("pills",)}, ("measure dyes, 2030, 2030", "shared_tax 0.5", "0")),
        ({"measure": "help"}, ("measure dyes, 2030, 2030", "shared_tax 0.5", "0")),
    ],
)
def test_tax_is_shared_as_agreed(columns: dict[str, Any], words: tuple[str, ...]) -> None:
    """A share, in the first periods of each phase, of some parks, while the policy serves (`help` does from 2035)."""
    assert hand.finds(audit(with_effect(plan(), ShareTax, **columns)), "taxes", *words)


def test_the_window_of_a_phase_is_its_own() -> None:
    """An agreement from 2035 on shares the second phase's tax and no longer the first one's."""
    later = hand.with_cells(plan(), "decisions", cell("decisions", measure="agreement"), start_period="2035")
    report = audit(later)
    assert hand.finds(report, "taxes", "measure dyes, 2030, 2030", "shared_tax 0.5", "0")
    assert not hand.finds(report, "taxes", "measure dyes, 2035, 2035")


def test_every_part_of_a_tax_is_somebody_s() -> None:
    """Host, origin and what moved: less to one is no more to another."""
    host = cell("taxes", measure="dyes", period="2030", part="host")
    origin = cell("taxes", measure="dyes", period="2030", part="origin")
    moved = hand.with_cells(hand.with_cells(plan(), "taxes", host, amount=0.6), "taxes", origin, amount=0.4)
    report = audit(moved)
    assert hand.finds(report, "taxes", "measure dyes, 2030, host", "amount 0.6", "0.5")
    assert hand.finds(report, "taxes", "measure dyes, 2030, origin", "amount 0.4", "0.5")
    report = audit(with_part(plan(), "parks", "dyes", moved_share=0.5))
    assert hand.finds(report, "taxes", "measure dyes, 2030, moved", "amount -0.25", "-0.5")


def test_a_park_from_its_own_jurisdiction_shares_nothing() -> None:
    """Were pills in the agreement, Border would not share with Inland: both are of the Province."""
    assert audit(with_effect(plan(), ShareTax, parks=("dyes", "pills"))).passed


def test_tax_goes_to_the_line_that_gets_it() -> None:
    """Not to a line that does not, or to none."""
    report = audit(with_line(plan(), "capital", gets_tax=False))
    assert hand.finds(report, "taxes", "measure dyes, 2030, origin", "line 'capital'", "''")
    nobody = cell("taxes", measure="tools", period="2030", part="host")
    report = audit(hand.with_cells(plan(), "taxes", nobody, line=""))
    assert hand.finds(report, "taxes", "measure tools, 2030, host", "line ''", "'province'")
    assert hand.finds(report, "lines", "line province, 2035", "tax 0.9", "0.5")


def test_tax_arrives_a_period_later() -> None:
    """Of the first period in the second, of the last after the horizon; and no line has it before."""
    row = cell("taxes", measure="tools", period="2030", part="host")
    report = audit(hand.with_cells(plan(), "taxes", row, arrives="2030"))
    assert hand.finds(report, "taxes", "measure tools, 2030, host", "arrives '2030'", "'2035'")
    early = hand.with_cells(plan(), "money", cell("money", line="province", period="2030"), tax=0.4, carried_out=0.9)
    assert hand.finds(audit(early), "lines", "line province, 2030", "tax 0.4", "0")


@pytest.mark.parametrize(
    ("columns", "most"),
    [
        ({"at_most_share": 0.1}, 0.4),
        ({"to_line": "fund"}, 0.0),
        ({"from_line": "fund"}, 0.0),
        ({"measure": "checkpoint"}, 0.0),
    ],
)
def test_transfers_keep_to_their_policy(columns: dict[str, Any], most: float) -> None:
    """0.8 of 4: a tenth is too little; other lines, another policy."""
    report = audit(with_effect(plan(), AllowTransfer, **columns))
    assert hand.finds(report, "transfers", "policy help", "amount 0.8", f"at most {most:g}")


def test_a_transfer_needs_its_policy_to_serve() -> None:
    """Nobody decided to help."""
    report = audit(without_decision(plan(), "help"))
    assert hand.finds(report, "transfers", "policy help, from capital to province, 2035", "amount 0.8", "at most 0")


def test_money_received_is_spent_on_measures() -> None:
    """The province receives 6 and pays 5.1: the rest would repay its debt."""
    row = cell("money", line="province", period="2035")
    report = audit(hand.with_cells(plan(), "money", row, received=6.0, unspent=6.07898))
    assert hand.finds(report, "transfers", "line province, 2035", "received 6", "at most 5.1")
    assert hand.finds(report, "lines", "line province, 2035", "received 6", "0.8")


def test_sent_and_received_are_the_transfers() -> None:
    """0.8 each."""
    row = cell("money", line="capital", period="2035")
    report = audit(hand.with_cells(plan(), "money", row, sent=0.7, unspent=3.55))
    assert hand.finds(report, "lines", "line capital, 2035", "sent 0.7", "0.8")


@pytest.mark.parametrize(
    ("borrowing", "words"),
    [
        (Borrowing(limit=industry.by_period(1.5, 0.0), interest=0.1), ("line province, 2030", "debt 2", "at most 1.5")),
        (Borrowing(limit=industry.by_period(2.5, 0.0), interest=0.2), ("line province, 2035", "debt 0", "1.75562")),
        (None, ("line province, 2030", "borrowed 2", "at most 0")),
    ],
)
def test_debt_keeps_to_limit_and_interest(borrowing: Borrowing | None, words: tuple[str, ...]) -> None:
    """2 of 1.5; at a fifth a year 2 x 1.2^5 = 4.97664 are owed, of which 3.22102 are repaid; who may not borrow."""
    assert hand.finds(audit(with_line(plan(), "province", borrowing=borrowing)), "credit", *words)


def test_debt_is_repaid_by_the_end() -> None:
    """1 of 3.22102 is left, whatever the limit of the last period says."""
    row = cell("money", line="province", period="2035")
    left = hand.with_cells(plan(), "money", row, repaid=2.22102, unspent=1.87898, debt=1.0)
    left = with_line(left, "province", borrowing=Borrowing(limit=industry.by_period(2.5, 2.5), interest=0.1))
    assert hand.finds(audit(left), "credit", "line province, 2035", "debt 1", "at most 0")
    assert {v.check for v in audit(left).violations} == {"credit"}


def test_what_is_not_borrowed_cannot_be_repaid() -> None:
    """Negative borrowing and repaying are no bookings."""
    row = cell("money", line="province", period="2030")
    odd = hand.with_cells(plan(), "money", row, borrowed=-1.0, repaid=-3.0)
    report = audit(odd)
    assert hand.finds(report, "credit", "line province, 2030", "borrowed -1", "at least 0")
    assert hand.finds(report, "credit", "line province, 2030", "repaid -3", "at least 0")


def test_taxes_that_moved_away_can_take_a_line_over_its_budget() -> None:
    """The Capital has nothing in 2035 but 0.25 of tax, and sends 0.8."""
    amount = industry.by_period(4.0, 0.0)
    poor = with_line(plan(), "capital", amount=amount)
    row = cell("money", line="capital", period="2035")
    report = audit(hand.with_cells(poor, "money", row, amount=0.0, unspent=-0.55))
    assert hand.finds(report, "within budget", "line capital, 2035", "paid 0.8", "at most 0.25")
    assert not hand.finds(report, "lines")


def test_the_minimum_asks_for_payments() -> None:
    """What is repaid or sent does not count: 5.1 of 5.5."""
    plan_ = with_line(plan(), "province", minimum=industry.by_period(7.5, 5.5))
    report = audit(plan_)
    assert hand.finds(report, "minimum spending", "line province, 2035", "paid 5.1", "at least 5.5")
    assert not hand.finds(report, "minimum spending", "2030")


def test_selections_of_lines_see_parks() -> None:
    """By industry, form and origin; tools have neither form nor origin, which the empty text says."""
    for columns in ({"industry": "machinery"}, {"form": "enclave"}, {"origin": "border"}):
        selection = FrozenDict({column: (value,) for column, value in columns.items()})
        report = audit(with_line(plan(), "fund", pays_for=(selection,)))
        assert hand.finds(report, "payments", "measure dyes, line fund, 2030", "may not pay"), columns
    nothing = (FrozenDict({"form": ("",)}),)
    report = audit(with_line(plan(), "fund", pays_for=nothing))
    assert hand.finds(report, "payments", "measure dyes, line fund, 2030", "may not pay")
    assert not hand.finds(report, "payments", "measure guarantee")
