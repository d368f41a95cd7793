"""Promises about money: what a line has and may owe, the least it spends, and the most it pays of one measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.after import After
from models.credit import Credit
from models.instance import Instance
from models.money import Money
from planner.case import Case, naming
from planner.promises.record import (
    Bound,
    Change,
    Concession,
    Edit,
    Given,
    GivingWay,
    Index,
    Promise,
    Rows,
    figure,
    label,
    loosening,
    plus,
)
from planner.words.said import Sentence, _


def as_money(_case: Case, instance: Instance, _index: Index, over: float) -> float:
    """What a row of money is exceeded by, in the case's unit of money."""
    return over * instance[Money].money_scale


def in_line(case: Case, l: str, t: str) -> Sentence:
    """A period of a budget line: line North, 2026-2030."""
    return _("line {line}, {period}").format(line=naming.line(case, l), period=label(case, t))


def usual_amount(case: Case, line: str, period: str) -> float:
    """What a line has in a period; where that is nothing, the mean of what it, or any line, has."""
    own = case.lines[line].amount
    every = [money for other in case.lines.values() for money in other.amount.values()]
    means = (sum(own.values()) / len(own), sum(every) / len(every))
    return next((money for money in (own[period], *means) if money > 0), 1.0)


def _budget(line: str, period: str, column: str, value: float) -> Edit:
    return {"table": "budgets", "where": {"line": line, "period": period}, "column": column, "set": value}


# --- what a line has


def _overspent(case: Case, index: Index, over: float) -> str:
    said = _("line {line}, {period}: {money:.4g} {unit} over")
    if case.lines[index[0]].reserve:
        said = _("line {line}, {period}: {money:.4g} {unit} over, with what it is to keep free")
    return said.format(line=naming.line(case, index[0]), period=label(case, index[1]), money=over, unit=case.money.unit)


def _money_now(case: Case, l: str, t: str) -> str:
    return _("{line}: {money} {unit}").format(
        line=in_line(case, l, t), money=figure(case.lines[l].amount[t]), unit=case.money.unit
    )


def _more_money(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    """More money of a line in a period; with it grows what levels of the pyramid may cost, a share of all money."""
    levels = {("level_within_its_share", level): share for level, share in case.pyramid.at_most_share.items()}
    for l, t in instance[Money].amount:
        loosens = {("within_line", (l, t)): 1.0} | {row: share for row, share in levels.items() if row in rows}
        yield Concession(
            "money", "money", (l, t), ("money", l, t), loosens, step=instance[Money].money_scale,
            size=usual_amount(case, l, t), until=t,
        )  # fmt: skip


def _raised(given: Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].amount[t], case.money.unit
    needed = plus(now, given.amount)
    text = _("{line}: {more} {unit} more ({now} -> {needed})").format(
        line=in_line(case, l, t), more=figure(given.amount), unit=unit, now=figure(now), needed=figure(needed)
    )
    return Change("money", l, "", t, now, needed, unit, text, (_budget(l, t, "amount", needed),))


MONEY = Promise(
    kind="money",
    row="within_line",
    broken=_overspent,
    amount=as_money,
    gives_way=GivingWay(
        now=_money_now,
        concessions=_more_money,
        changes={"money": lambda given: [_raised(one) for one in given.each()]},
        called=lambda case, l: _("more money of line {name}").format(name=naming.line(case, l)),
        tried_by=1,
    ),
)


# --- what it may owe


def _may_owe(case: Case, l: str) -> Mapping[str, float]:
    """The most that a line may owe at the end of each period."""
    borrowing = case.lines[l].borrowing
    assert borrowing is not None
    return borrowing.limit


def _debt_now(case: Case, l: str, t: str) -> str:
    return _("{line}: may owe at most {money} {unit}").format(
        line=in_line(case, l, t), money=figure(_may_owe(case, l)[t]), unit=case.money.unit
    )


def _more_debt(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    """More debt of a line that may borrow, at the end of any period but the last: then all is repaid."""
    for l, t in instance[Credit].debt_limit:
        if t != case.period_ids[-1]:
            loosens = {row: 1.0 for name in DEBT.rows.values() if (row := (name, (l, t))) in rows}
            yield Concession(
                "debt", "debt", (l, t), ("debt", l, t), loosens, step=instance[Money].money_scale,
                size=_may_owe(case, l)[t] or usual_amount(case, l, t), until=t,
            )  # fmt: skip


def _owing_more(given: Given) -> Change:
    """A line may owe more in a period. Its limits of all periods are one key, and so one edit, of whatever change."""
    case, (l, t) = given.case, given.first.key
    limit, unit = {**_may_owe(case, l)}, case.money.unit
    needed = {
        other.first.key[1]: plus(limit[other.first.key[1]], other.amount)
        for other in given.every("debt")
        if other.first.key[0] == l
    }
    text = _("{line}: may owe {more} {unit} more ({now} -> {needed})").format(
        line=in_line(case, l, t), more=figure(given.amount), unit=unit, now=figure(limit[t]), needed=figure(needed[t])
    )
    edit: Edit = {"key": f"lines.{l}.borrow.limit", "set": {**limit, **needed}}
    return Change("debt", l, "", t, limit[t], needed[t], unit, text, (edit,))


DEBT = Bound(
    kind="debt",
    rows={"Debt": "owed_within_limit", "Borrowed": "borrowed_within_limit"},
    gives_way=GivingWay(
        now=_debt_now,
        concessions=_more_debt,
        changes={"debt": lambda given: [_owing_more(one) for one in given.each()]},
        called=lambda case, l: _("more debt of line {name}").format(name=naming.line(case, l)),
        tried_by=1,
    ),
)


# --- what it is left with after the horizon


def _left_with_more(case: Case, index: Index, over: float) -> str:
    return _("line {line}, after {year}: running costs of {money:.4g} {unit} a year over its share ({share:.0%})").format(
        line=naming.line(case, index[0]), year=case.periods[-1].last, money=over, unit=case.money.unit,
        share=_share_after(case, index[0]),
    )  # fmt: skip


def _share_after(case: Case, l: str) -> float:
    after = case.lines[l].after
    assert after is not None
    return after.at_most_share


def _after_now(case: Case, l: str) -> str:
    return _("line {line}: running costs after {year} of at most {share:g} of its yearly money").format(
        line=naming.line(case, l), year=case.periods[-1].last, share=_share_after(case, l)
    )


def _more_after(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for l in instance[After].after_limit:
        last = case.periods[-1]
        a_year = case.lines[l].amount[last.id] / last.years
        if a_year > 0:
            loosens = loosening(rows, "after_within_its_share", [l])
            size = _share_after(case, l) or 1.0
            step = instance[Money].money_scale / a_year  # a share of its money here, money in the row
            yield Concession("after", "limits", (l,), ("after", l), loosens, step=step, size=size)


def _larger_share_after(given: Given) -> list[Change]:
    case, l = given.case, given.first.key[0]
    now = _share_after(case, l)
    needed = plus(now, given.amount)
    text = _("line {line}: running costs after {year} of at most {needed} of its yearly money instead of {now}").format(
        line=naming.line(case, l), year=case.periods[-1].last, needed=figure(needed), now=figure(now)
    )
    edit = {"key": f"lines.{l}.after.at_most_share", "set": needed}
    return [Change("after", l, "", "", now, needed, _("share"), text, (edit,))]


AFTER = Promise(
    kind="after",
    row="after_within_its_share",
    broken=_left_with_more,
    amount=as_money,
    listed=lambda case: (
        _("the running costs that line {name} may be left with").format(name=naming.name_of(line))
        for line in case.lines.values()
        if line.after is not None
    ),
    gives_way=GivingWay(
        now=_after_now,
        concessions=_more_after,
        changes={"after": _larger_share_after},
        called=lambda case, l: _("running costs of line {name} after the last period").format(name=naming.line(case, l)),
    ),
)


# --- the least that it spends


def _short_of_its_minimum(case: Case, index: Index, over: float) -> str:
    return _("line {line}, {period}: {money:.4g} {unit} short of its minimum").format(
        line=naming.line(case, index[0]), period=label(case, index[1]), money=over, unit=case.money.unit
    )


def _minimum_now(case: Case, l: str, t: str) -> str:
    return _("{line}: at least {money} {unit} spent").format(
        line=in_line(case, l, t), money=figure(case.lines[l].minimum[t]), unit=case.money.unit
    )


def _less_to_spend(_case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for (l, t), least in instance[Money].minimum.items():
        minimum = least * instance[Money].money_scale
        loosens = loosening(rows, "minimum_is_spent", [(l, t)])
        yield Concession(
            "minimum", "limits", (l, t), ("minimum", l, t), loosens, step=instance[Money].money_scale, size=minimum,
            most=minimum, until=t,
        )  # fmt: skip


def _lowered(given: Given) -> Change:
    case, (l, t) = given.case, given.first.key
    now, unit = case.lines[l].minimum[t], case.money.unit
    needed = max(0.0, plus(now, -given.amount))
    text = _("{line}: must spend at least {needed} {unit} instead of {now}").format(
        line=in_line(case, l, t), needed=figure(needed), unit=unit, now=figure(now)
    )
    return Change("minimum", l, "", t, now, needed, unit, text, (_budget(l, t, "minimum", needed),))


MINIMUM = Promise(
    kind="minimum",
    row="minimum_is_spent",
    broken=_short_of_its_minimum,
    amount=as_money,
    mended_by_more=lambda _case, _index: True,
    listed=lambda case: (
        _("the minimum of line {name}").format(name=naming.name_of(line))
        for line in case.lines.values()
        if any(line.minimum.values())
    ),
    gives_way=GivingWay(
        now=_minimum_now,
        concessions=_less_to_spend,
        changes={"minimum": lambda given: [_lowered(one) for one in given.each()]},
        called=lambda case, l: _("minimum of line {name}").format(name=naming.line(case, l)),
        tried_by=1,
    ),
)


# --- the most that it pays of one measure


def _over_its_largest_share(case: Case, index: Index, over: float) -> str:
    line, t = index
    return _("line {line}, {period}: {money:.4g} {unit} over its largest share ({share:.0%}) of a measure").format(
        line=naming.line(case, line), period=label(case, t), money=over, unit=case.money.unit,
        share=case.lines[line].at_most_share,
    )  # fmt: skip


def _share_now(case: Case, l: str) -> str:
    return _("line {line}: pays at most {share:g} of a measure's cost").format(
        line=naming.line(case, l), share=case.lines[l].at_most_share
    )


def _larger_shares(case: Case, instance: Instance, rows: Rows) -> Iterator[Concession]:
    for q, l, t in sorted(name[1] for name in rows if name[0] == "within_largest_share"):
        loosens = loosening(rows, "within_largest_share", [(q, l, t)])
        yield Concession(
            "largest share", "demands", (q, l, t), ("largest share", l), loosens, step=instance[Money].money_scale,
            size=usual_amount(case, l, t), of_share=True,
        )  # fmt: skip


def _larger_share(given: Given) -> list[Change]:
    """A line pays a larger share of a cost: as large as it pays of any in the solution."""
    l, line = given.first.key[1], given.case.lines[given.first.key[1]]
    shares = []
    for one in given.each():
        key, row = one.first.key, ("within_largest_share", one.first.key)
        pays = given.solved.column(("Pay", key))
        cost = (pays - given.solved.activity(row)) / line.at_most_share
        shares.append(pays / cost if cost > 0 else 1.0)
    needed = min(1.0, plus(line.at_most_share, given.up(max(0.0, max(shares) - line.at_most_share))))
    text = _("line {line}: pays up to {needed} of a measure's cost instead of {now}").format(
        line=naming.line(given.case, l), needed=figure(needed), now=figure(line.at_most_share)
    )
    edit = {"key": f"lines.{l}.at_most_share", "set": needed}
    return [Change("largest share", l, "", "", line.at_most_share, needed, _("share"), text, (edit,))]


LARGEST_SHARE = Promise(
    kind="largest share",
    row="within_largest_share",
    broken=_over_its_largest_share,
    ids=lambda index: index[1:],  # whichever purse it is of
    amount=as_money,
    gives_way=GivingWay(
        now=_share_now,
        concessions=_larger_shares,
        changes={"largest share": _larger_share},
        called=lambda case, l: _("largest share of line {name}").format(name=naming.line(case, l)),
    ),
)
