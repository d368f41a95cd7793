"""Money: its unit, budget lines with what they may pay for and borrow, and their amounts by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator

from planner.case.declared import FrozenDict, Thing, frozen, says, worked_out
from planner.case.places import Named, Periods, Row, each_period
from planner.case.values import Amount, ByPeriod, Name, PositiveShare, Share, SomeLabel, Unit, Where, Year, YesNo

if TYPE_CHECKING:
    from planner.case.raw import Path
    from planner.case.selecting import Resolver

CostKind = Literal["all", "capital", "running"]


class Money(Thing, counts_as="Money"):
    """The money of the case."""

    unit: Unit = says("unit of all money, such as bn CNY")
    prices: Year = says("year of the prices; all money is in constant prices of it")
    discount_rate: Share = says(
        "rate for reported present values and goals that ask for it; it never scales budgets", default=0.0, unit="a year"
    )


class Budget(Row):
    """The money of a budget line in a period; every line x period needs a row."""

    line: Name = says("budget line", names="a budget line")
    period: Name = says("period, named by its last year or by its years", names="a period")
    amount: Amount = says("money for the whole period", unit="money")
    minimum: Amount = says("least that must be paid in the period", default=0.0, unit="money")


class Borrowing(Thing, counts_as="Borrowing"):
    """What a line may borrow; all debt is paid back by the end of the last period."""

    limit: ByPeriod = says(
        "most debt at the end of a period: one number, or one for each period; always 0 for the last", unit="money",
        names="a period",
    )  # fmt: skip
    interest: Share = says("interest on debt", unit="share a year")

    def filled(self, periods: Periods) -> Borrowing:
        """The most debt in every period; nothing is owed after the last."""
        return replace(self, limit=frozen({**each_period(self.limit, periods), periods[-1].id: 0.0}))


def as_reserves(value: object) -> object:
    """`0.1` is short for [{share: 0.1}]."""
    return [{"share": value}] if isinstance(value, int | float) and not isinstance(value, bool) else value


class Reserve(Thing, counts_as="Reserve"):
    """What a line keeps free beside what it pays in a period: measures may cost more. It is not carried on."""

    share: ByPeriod = says(
        "share of what the line pays in a period that it keeps free beside it: one number, or one for each period",
        unit="share", names="a period",
    )  # fmt: skip
    where: Where = says("selection of the measures that it is for", default=FrozenDict(), empty="all measures")
    cost: CostKind = says("the kind of cost that it is for; use at a price is running, and no measure's", default="capital")
    measures: tuple[str, ...] = worked_out(default=())

    def filled(self, path: Path, periods: Periods, resolve: Resolver) -> Reserve:
        """The reserve with its measures, and its share in every period."""
        return replace(self, share=each_period(self.share, periods), measures=resolve.measures(self.where, (*path, "where")))


class After(Thing, counts_as="After"):
    """What running costs a line may be left with after the last period."""

    at_most_share: Amount = says(
        "largest share of the line's yearly money of the last period that its running costs of the year after may take",
        unit="share",
    )


class Line(Named, counts_as="Line"):
    """A budget line; its money is in budgets.csv."""

    holder: SomeLabel = says("who holds it: a jurisdiction, central, or a fund")
    pays_for: tuple[Where, ...] = says(
        "selections of measures; it may pay for a measure that one of them fits", default=(), empty="any measure"
    )
    cost: CostKind = says("the kind of cost that it may pay", default="all")
    carry_over: YesNo = says("whether what is left moves to the next period", default=False)
    at_most_share: PositiveShare = says(
        "largest share of a measure's cost, in each period and of each kind", default=1.0, unit="share"
    )
    gets_tax: YesNo = says(
        "whether it gets the tax of parks in its holder's jurisdiction, and what others share with that jurisdiction; "
        "at most one line of a holder",
        default=False,
    )
    pays_use: YesNo | None = says(
        "whether it pays the price of what people of its holder, a jurisdiction, use in others", default=None,
        empty="yes, if it may pay any running cost and no other line of its holder says yes", later=True,
    )  # fmt: skip
    borrowing: Borrowing | None = says("what it may borrow", default=None, empty="it may not borrow", key="borrow")
    reserve: Annotated[tuple[Reserve, ...], BeforeValidator(as_reserves)] = says(
        "what it keeps free beside its payments of a period: `0.1` is a tenth of all it pays of capital; several add up",
        default=(), later=True,
    )  # fmt: skip
    after: After | None = says(
        "what running costs it may be left with after the last period", default=None, empty="any", later=True
    )
    amount: FrozenDict[str, float] = worked_out(default=FrozenDict())
    minimum: FrozenDict[str, float] = worked_out(default=FrozenDict())

    def filled(self, periods: Periods, budgets: Mapping[tuple[str, str], Budget], resolve: Resolver) -> Line:
        """The line with its money."""
        for i, where in enumerate(self.pays_for):
            resolve.measures(where, ("lines", self.id, "pays_for", i))
        money = {p.id: budgets[self.id, p.id] for p in periods if (self.id, p.id) in budgets}
        return replace(
            self,
            amount=frozen({p: budget.amount for p, budget in money.items()}),
            minimum=frozen({p: budget.minimum for p, budget in money.items()}),
            borrowing=None if self.borrowing is None else self.borrowing.filled(periods),
            reserve=tuple(r.filled(("lines", self.id, "reserve", k), periods, resolve) for k, r in enumerate(self.reserve)),
        )

    def keeps_free(self, measure: str, kind: str, period: str) -> float:
        """The share of what it pays of a cost (capital or running) in a period that it keeps free beside it."""
        return sum(r.share[period] for r in self.reserve if r.cost in ("all", kind) and measure in r.measures)

    def keeps_free_of_use(self, period: str) -> float:
        """The same of what it pays for use of services at a price: a running cost, which is no measure's."""
        return sum(r.share[period] for r in self.reserve if r.cost in ("all", "running") and not r.where)
