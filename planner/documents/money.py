"""Money: who pays and who gains, every budget line, what there is beside what is given, and what is left and why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.case import AllowTransfer, Case, Measure, naming
from planner.case.selecting import payers_of
from planner.documents.blocks import Cell, Format, Paragraph, Sections, Table, bullets, of_figures
from planner.plans.plan import Plan
from planner.plans.tables import AFTER, TABLES
from planner.plans.totals import NOTHING, SPENT, columns, given_and_left, interest, kept_free_by_place, running_after, totals
from planner.promises.binding import Limit, binding, idle_lines, in_words
from planner.words import numbers, text_layout
from planner.words.said import Sentence, _, count, counted, series

LINES_BY_PERIOD = 6  # of more lines only the sums over the periods are shown
PERSONS = _(
    "Person-equivalents: people x share of the gap that closes (or opens), added over the indicators; not people who "
    "cross the line."
)
OF_THE_HORIZON = _("Money is that of the whole horizon.")


def who_pays(plan: Plan) -> Sections:
    """Jurisdictions: what they pay, what others pay there, tax and transfers, and what their people gain."""
    case = plan.case
    last = case.periods[-1]
    money = {name: {"own": 0.0, "others": 0.0} for name in case.jurisdictions}
    gains: dict[str, tuple[float, ...]] = {}
    for name, period, *figures in columns(plan.tables["jurisdictions"], *TABLES["jurisdictions"]):
        money[name]["own"] += figures[0]
        money[name]["others"] += figures[1]
        if period == last.id:
            gains[name] = tuple(figures[2:])
    others = _other_holders(plan)
    flows = _flows(plan)
    shown = numbers.money_decimals(
        [*(amount for both in (*money.values(), *flows.values()) for amount in both.values()), *others.values()]
    )
    rows = []
    for name, (gap_without, gap_with, gaining, losing) in gains.items():
        rows.append(
            [
                naming.jurisdiction(case, name),
                *(numbers.money(amount, shown) for amount in money[name].values()),
                *(numbers.money(by_name.get(name, 0.0), shown) for by_name in flows.values()),
                numbers.change(100 * gap_without, 100 * gap_with, 1),
                numbers.number(gaining / 1000, 0),
                numbers.number(losing / 1000, 0),
            ]
        )
    for holder, amount in others.items():
        cells = [numbers.money(by_name[holder], shown) if holder in by_name else "" for by_name in flows.values()]
        rows.append([naming.jurisdiction(case, holder), numbers.money(amount, shown), "", *cells, "", "", ""])
    unit = case.money.unit
    heads = [
        "",
        _("pays,\n{unit}").format(unit=unit),
        _("others pay\nthere, {unit}").format(unit=unit),
        *(FLOWS[flow].format(unit=unit) for flow in flows),
        _("gap in {period},\n%, without -> with").format(period=last.label),
        _("gap closed,\n1,000 person-\nequivalents"),
        _("gap opened,\n1,000 person-\nequivalents"),
    ]
    note: list[str] = [PERSONS, OF_THE_HORIZON]
    if "gained" in flows:
        note.append(
            _("Tax is that which arrives up to {year}; what is lost is the tax of firms that moved away.").format(
                year=last.last
            )
        )
    table = Table(heads, rows, "l" + "r" * (len(heads) - 1))
    return ((table, Paragraph(series(note, " "), look="note")),)


def paid_in_city(plan: Plan, city: str) -> Table:
    """What each line pays for measures in a city over the horizon; that of measures in several is split evenly."""
    paid: dict[str, float] = {}
    for measure, line, capital, running in columns(plan.tables["spending"], "measure", "line", "capital", "running"):
        cities = plan.case.measures[measure].cities
        if city in cities:
            paid[line] = paid.get(line, 0.0) + (capital + running) / len(cities)
    ordered = sorted(((line, amount) for line, amount in paid.items() if amount > NOTHING), key=lambda x: -x[1])
    shown = numbers.money_decimals([amount for _line, amount in ordered])
    rows = [(naming.line(plan.case, line), numbers.money(amount, shown)) for line, amount in ordered]
    return Table((_("budget line"), _("pays,\n{unit}").format(unit=plan.case.money.unit)), rows, "lr")


FLOWS = {
    "gained": _("tax\ngained,\n{unit}"),
    "lost": _("tax\nlost,\n{unit}"),
    "sends": _("\nsends,\n{unit}"),
    "receives": _("\nreceives,\n{unit}"),
}


def _flows(plan: Plan) -> dict[str, dict[str, float]]:
    """Flow -> jurisdiction -> money: tax gained and lost up to the end, and sent and received; only where there is any."""
    holders = {line.id: line.holder for line in plan.case.lines.values()}
    flows: dict[str, dict[str, float]] = {flow: {} for flow in FLOWS}
    gained, lost, sends, receives = flows.values()
    for line, part, arrives, amount in columns(plan.tables["taxes"], "line", "part", "arrives", "amount"):
        if line and arrives != AFTER:
            to = lost if part == "moved" else gained
            to[holders[line]] = to.get(holders[line], 0.0) + abs(amount)
    for start, end, amount in columns(plan.tables["transfers"], "from", "to", "amount"):
        sends[holders[start]] = sends.get(holders[start], 0.0) + amount
        receives[holders[end]] = receives.get(holders[end], 0.0) + amount
    return {flow: by_name for flow, by_name in flows.items() if any(x > NOTHING for x in by_name.values())}


def lines(plan: Plan) -> Sections:
    """Budget lines: what there was and came in, what was paid, what is left, and what running cost stays with them."""
    case = plan.case
    unit = Paragraph(_("{unit}, prices of {year}").format(unit=case.money.unit, year=case.money.prices), look="note")
    more = (Paragraph(_("Period by period: planner show PLAN --table money"), look="note"),)
    repaid = (Paragraph(_("What is repaid is with interest."), look="note"),) if plan.tables["money"]["repaid"].any() else ()
    found = accounts(plan), *repaid, *(more if len(case.lines) > LINES_BY_PERIOD else ()), Paragraph(running_left(plan))
    return ((unit, *found),)


def accounts(plan: Plan) -> Table:
    """Budget lines, period by period unless there are many.

    Of every line and period, given + carried in + received + borrowed + tax = paid + sent + repaid + carried on + unspent.
    Columns of nothing are left out.
    """
    case = plan.case
    table = plan.tables["money"]
    by_period = len(case.lines) <= LINES_BY_PERIOD
    labels = {p.id: p.label for p in case.periods}
    figures = [name for name in ACCOUNT if name not in _SELDOM or (table[name].abs() > NOTHING).any()]
    if not by_period:
        figures = [name for name in figures if name not in _OF_A_PERIOD]
        table = table.groupby("line", sort=False)[figures].sum().reset_index()
    shown = numbers.money_decimals([float(table[name].abs().max()) for name in figures] if len(table) else [])
    free = _kept_free(plan, by_period)
    beside = figures.index("unspent") + 1  # where of what is unspent stands what is kept free
    rows = []
    before = ""
    for line, period, *amounts in columns(table, "line", "period" if by_period else "line", *figures):
        cells = [numbers.money(amount if abs(amount) > NOTHING else 0.0, shown) for amount in amounts]
        cells[beside:beside] = [numbers.money(free.get((line, period), 0.0), shown)] if free else []
        rows.append([naming.line(case, line) if line != before else "", *([labels[period]] if by_period else []), *cells])
        before = line
    heads = ["", *([_("period")] if by_period else []), *(ACCOUNT[name] for name in figures)]
    sums = ["" if name in _OF_A_PERIOD else numbers.money(float(table[name].sum()), shown) for name in figures]
    if free:
        heads.insert(len(heads) - len(figures) + beside, _("of unspent\nkept free"))
        sums.insert(beside, numbers.money(sum(free.values()), shown))
    total = [_("all"), *([""] if by_period else []), *sums]
    align = "l" + ("l" if by_period else "") + "r" * len(sums)
    return Table(heads, rows, align, total, 2 if by_period else 1)


def _kept_free(plan: Plan, by_period: bool) -> dict[tuple[str, str], float]:
    """(line, period, or the line again) -> what it keeps free; empty where no line has a reserve."""
    found: dict[tuple[str, str], float] = {}
    for (line, t), money in kept_free_by_place(plan).items():
        key = (line, t if by_period else line)
        found[key] = found.get(key, 0.0) + money
    return found


ACCOUNT = {
    "amount": _("given"),
    "carried_in": _("carried\nin"),
    "received": _("from\nlines"),
    "borrowed": _("borrowed"),
    "tax": _("tax"),
    "capital": _("paid:\ncapital"),
    "running": _("paid:\nrunning"),
    "fees": _("paid:\nuse"),
    "sent": _("to\nlines"),
    "repaid": _("repaid"),
    "carried_out": _("carried\non"),
    "unspent": _("unspent"),
}
_SELDOM = ("received", "borrowed", "tax", "fees", "sent", "repaid")
_OF_A_PERIOD = ("carried_in", "carried_out")  # not to be added up over the periods


def running_left(plan: Plan) -> Sentence:
    """The running cost a year that the plan leaves to its lines after the horizon, as a sentence."""
    case = plan.case
    rest = running_after(plan)
    last = case.periods[-1].last
    if not rest:
        return _("After {year} the plan leaves no running cost.").format(year=last)
    shown = numbers.money_decimals(list(rest.values()))
    by_line = [
        _("{line} {amount}").format(line=naming.line(case, line), amount=numbers.money(amount, shown))
        for line, amount in rest.items()
    ]
    return _("After {year} the plan leaves a running cost of {amount} {unit} a year: {lines}.").format(
        year=last, amount=numbers.money(sum(rest.values()), shown), unit=case.money.unit, lines=text_layout.join(by_line)
    )


def _other_holders(plan: Plan) -> dict[str, float]:
    """What holders pay that are no jurisdiction of the cluster, over the horizon; only those that pay or send."""
    paid: dict[str, float] = {}
    moved: dict[str, float] = {}
    for line, sent, received, *spent in columns(plan.tables["money"], "line", "sent", "received", *SPENT):
        holder = plan.case.lines[line].holder
        if holder not in plan.case.jurisdictions:
            paid[holder] = paid.get(holder, 0.0) + sum(spent)
            moved[holder] = moved.get(holder, 0.0) + sent + received
    return {holder: amount for holder, amount in paid.items() if amount + moved[holder] > NOTHING}


# --- beside what the lines are given: of private investors, from tax, borrowed, and sent from line to line

NO_LINE = _("no line")
PARTS = {"host": _("as host"), "origin": _("as origin:\nshared by hosts"), "moved": _("lost with firms\nthat moved")}
TAX_NOTE = _("The tax of a period reaches the lines in the next one.")


def beside(plan: Plan, shown: int) -> list[str]:
    """What there is beside the money given, as phrases: private, tax, debts and transfers."""
    total = totals(plan)
    said: list[str] = []
    if total["private"] > NOTHING:
        said.append(_("{amount} paid by private investors").format(amount=numbers.money(total["private"], shown)))
    if total["tax"] > NOTHING:
        said.append(_("{amount} received in tax").format(amount=numbers.money(total["tax"], shown)))
    elif total["tax"] < -NOTHING:
        said.append(_("{amount} of tax lost").format(amount=numbers.money(-total["tax"], shown)))
    if total["borrowed"] > NOTHING:
        said.append(
            _("{amount} borrowed and repaid with {interest} of interest").format(
                amount=numbers.money(total["borrowed"], shown), interest=numbers.money(total["interest"], shown)
            )
        )
    if total["sent"] > NOTHING:
        said.append(_("{amount} sent from line to line").format(amount=numbers.money(total["sent"], shown)))
    return said


def funding(plan: Plan) -> Sections:
    """A sentence each on private money, debts and transfers, and a table of tax, where there is any."""
    grid = tax_grid(plan)
    said = bullets((*_private(plan), *_debts(plan), *_transfers(plan)))
    tax = () if grid is None else (grid, Paragraph(TAX_NOTE, look="note"))
    return tuple(section for section in (said, *debts(plan), tax) if section)


def _private(plan: Plan) -> list[str]:
    own, attracted = (float(plan.tables["private"][name].sum()) for name in ("own", "attracted"))
    if own + attracted <= NOTHING:
        return []
    shown = numbers.money_decimals([own + attracted])
    parts: list[str] = []
    if own:
        parts.append(_("{amount} by themselves").format(amount=numbers.money(own, shown)))
    if attracted:
        parts.append(_("{amount} attracted by policies").format(amount=numbers.money(attracted, shown)))
    said = _("Private investors pay {amount} {unit} of capital beside the public money: {parts}.")
    whole = numbers.money(own + attracted, shown)
    return [said.format(amount=whole, unit=plan.case.money.unit, parts=text_layout.join(parts))]


def tax_by_line(plan: Plan) -> dict[str, dict[str, float]]:
    """Line ("" where none gets it) -> part -> tax of the whole horizon; `after` is what of it arrives after the horizon."""
    found: dict[str, dict[str, float]] = {}
    for line, part, arrives, amount in columns(plan.tables["taxes"], "line", "part", "arrives", "amount"):
        sums = found.setdefault(line, {})
        for key in (part, *(["after"] if arrives == AFTER else [])):
            sums[key] = sums.get(key, 0.0) + amount
    return {line: found[line] for line in [*plan.case.lines, ""] if line in found}


def tax_grid(plan: Plan) -> Table | None:
    """What parks earn each line: as host, as origin, what it loses, and what of it comes too late to be spent."""
    by_line = tax_by_line(plan)
    if not by_line:
        return None
    parts = [part for part in PARTS if any(part in sums for sums in by_line.values())]
    whole = {line: sum(sums.get(part, 0.0) for part in parts) for line, sums in by_line.items()}
    after = {line: sums.get("after", 0.0) for line, sums in by_line.items()}
    shown = numbers.money_decimals([*whole.values(), *(amount for sums in by_line.values() for amount in sums.values())])
    rows = []
    for line, sums in by_line.items():
        figures = [*(sums.get(part, 0.0) for part in parts), whole[line], after[line], whole[line] - after[line]]
        rows.append(
            [naming.line(plan.case, line) if line else NO_LINE, *(numbers.money(amount, shown) for amount in figures)]
        )
    last = plan.case.periods[-1].last
    heads = [
        _("tax of parks,\n{unit}").format(unit=plan.case.money.unit),
        *(PARTS[part] for part in parts),
        _("together"),
        _("of it after\n{year}").format(year=last),
        _("received\nup to {year}").format(year=last),
    ]
    sums_of_all = [
        *(sum(sums.get(part, 0.0) for sums in by_line.values()) for part in parts),
        sum(whole.values()),
        sum(after.values()),
        sum(whole.values()) - sum(after.values()),
    ]
    total = [_("all"), *(numbers.money(amount, shown) for amount in sums_of_all)] if len(rows) > 1 else None
    return Table(heads, rows, "l" + "r" * (len(heads) - 1), total)


def _debts(plan: Plan) -> list[str]:
    """Each line that borrows: how much, what it repays, its interest, and its largest debt."""
    unit, owed = plan.case.money.unit, interest(plan)
    labels = {p.id: p.label for p in plan.case.periods}
    rows = columns(plan.tables["money"], "line", "period", "borrowed", "repaid", "debt")
    said: list[str] = []
    for line in plan.case.lines:
        own = [row[1:] for row in rows if row[0] == line]
        borrowed, repaid = sum(row[1] for row in own), sum(row[2] for row in own)
        if borrowed <= NOTHING:
            continue
        shown = numbers.money_decimals([borrowed])
        when, largest = max(((row[0], row[3]) for row in own), key=lambda row: row[1])
        said.append(
            _(
                "{line} borrows {borrowed} {unit} and repays {repaid}, {interest} of it interest; its debt is largest at "
                "the end of {period}: {debt}."
            ).format(
                line=naming.line(plan.case, line), unit=unit, period=labels[when],
                borrowed=numbers.money(borrowed, shown), repaid=numbers.money(repaid, shown),
                interest=numbers.money(owed.get(line, 0.0), shown), debt=numbers.money(largest, shown),
            )
        )  # fmt: skip
    return said


def debts(plan: Plan) -> Sections:
    """What each line that borrows owes, borrows and pays back, period by period; nothing where none does.

    Interest of a period is by how much what is owed at its end is more than at its start, but for borrowing and paying back.
    What is paid back is interest first, also of periods before in which it was not paid: in all it is that of `interest`.
    """
    case = plan.case
    rows: list[list[Cell]] = []
    owed: dict[str, float] = {}
    unpaid: dict[str, float] = {}  # interest
    before = ""
    for line, period, borrowed, repaid, debt in columns(
        plan.tables["money"], "line", "period", "borrowed", "repaid", "debt"
    ):
        start, owed[line] = owed.get(line, 0.0), debt
        if max(start, borrowed, repaid, debt) <= NOTHING:
            continue
        due = max(0.0, debt - start - borrowed + repaid)
        paid = min(due + unpaid.get(line, 0.0), repaid)
        unpaid[line] = due + unpaid.get(line, 0.0) - paid
        name = naming.line(case, line) if line != before else ""
        rows.append([name, case.period(period).label, start, borrowed, due, repaid, paid, repaid - paid, debt])
        before = line
    if not rows:
        return ()
    heads = [
        _("debts,\n{unit}").format(unit=case.money.unit), _("period"), _("owed at\nstart"), _("borrowed"),
        _("interest\ndue"), _("repaid"), _("of it\ninterest"), _("of it\nprincipal"), _("owed at\nend"),
    ]  # fmt: skip
    formats: list[Format] = ["text", "text", "money", "money", "money", "money", "money", "money", "money"]
    note = Paragraph(_("Interest that is due and not paid is owed from then on, and paid before principal."), look="note")
    return ((of_figures(heads, rows, formats, keys=2), note),)


def _transfers(plan: Plan) -> list[str]:
    """What lines send one another, and the policy that permits it."""
    case = plan.case
    sent: dict[tuple[str, str, str], dict[str, float]] = {}
    for policy, start, end, period, amount in columns(plan.tables["transfers"], "policy", "from", "to", "period", "amount"):
        if amount > NOTHING:
            sent.setdefault((policy, start, end), {})[period] = amount
    said: list[str] = []
    for (policy, start, end), amounts in sent.items():
        shown = numbers.money_decimals(list(amounts.values()))
        periods = [p for p in case.periods if p.id in amounts]
        known = {
            "sender": naming.line(case, start), "receiver": naming.line(case, end), "unit": case.money.unit,
            "amount": numbers.money(sum(amounts.values()), shown), "policy": naming.name_of(case.measures[policy]),
        }  # fmt: skip
        if len(periods) == 1:
            once = _("{sender} sends {receiver} {amount} {unit} in {period}, as {policy} permits.")
            said.append(once.format(**known, period=periods[0].label))
            continue
        each = [
            _("{amount} in {period}").format(amount=numbers.money(amounts[p.id], shown), period=p.label) for p in periods
        ]
        several = _("{sender} sends {receiver} {amount} {unit} ({each}), as {policy} permits.")
        said.append(several.format(**known, each=text_layout.join(each)))
    return said


# --- where money is left, and why: of each line, what it may pay for and how much of that is at its most

SHOWN = 3  # measures not started, and limits
WHOLE = 1e-6
Payers = Mapping[tuple[str, str], tuple[str, ...]]  # measure and kind of cost -> lines that may pay
AT_THE_MOST = _("At the most: all units started, or in some period as many as may start in one.")


def left(plan: Plan) -> Sections:
    """Each line with money left: measures that it may pay for, how many are at their most, and what is not started."""
    said = bullets(left_by_line(plan))
    return ((*said, Paragraph(AT_THE_MOST, look="note")),) if said else ()


def left_by_line(plan: Plan) -> list[str]:
    """A sentence on each line with money left."""
    given, unspent = given_and_left(plan)
    payers = payers_of(plan.case)
    payable = _payable(plan, payers)
    limits = binding(plan)
    started = _started(plan)
    shown = numbers.money_decimals(list(given.values()))
    idle = idle_lines(plan)
    return [
        _("{line}, {rest} of {given} {unit} left: {why}").format(
            line=naming.line(plan.case, line), rest=numbers.money(unspent[line], shown),
            given=numbers.number(given[line], shown), unit=plan.case.money.unit,
            why=_with_what_binds(
                plan.case, _why(payable[line], started, too_little(plan, _idle(payable[line], started), payers)),
                [one for one in limits if line in one.lines],
            ),
        )
        for line in plan.case.lines
        if line in idle
    ]  # fmt: skip


def _with_what_binds(case: Case, why: Sentence, limits: list[Limit]) -> Sentence:
    """The limits that keep a line's money from being spent, behind what it may still pay for."""
    if not limits:
        return why
    shown = [in_words(case, limit) for limit in limits[:SHOWN]]
    if len(limits) > SHOWN:
        shown.append(_("and {number} more").format(number=len(limits) - SHOWN))
    return _("{why} What binds: {limits}.").format(why=why, limits=series(shown, "; "))


def _idle(measures: list[Measure], started: dict[str, dict[str, float]]) -> list[Measure]:
    """Candidates of which nothing is started."""
    return [m for m in measures if m.status == "candidate" and m.id not in started]


def too_little(plan: Plan, idle: list[Measure], payers: Payers) -> Sentence | None:
    """That what is left pays for none of some measures, if that is so: what the cheapest needs, and what is left by then.

    Left is what all lines that may pay for a measure have left by a period; a plan made anew might have more.
    """
    groups: dict[str, list[Measure]] = {}
    for measure in idle:
        groups.setdefault(measure.together or measure.id, []).append(measure)
    lacking = [found for members in groups.values() if (found := _lacks(plan, members, payers)) is not None]
    if not idle or len(lacking) < len(groups):
        return None
    cheapest = min(lacking, key=lambda one: one.needs)
    shown = numbers.money_decimals([cheapest.needs])
    return _(
        "what is left is too little for any: the cheapest, {name}, needs {needs} up to {period}, of which those that may "
        "pay for it have {left} left"
    ).format(
        name=naming.name_of(cheapest.measure), needs=numbers.money(cheapest.needs, shown),
        period=plan.case.period(cheapest.period).label, left=numbers.money(cheapest.left, shown),
    )  # fmt: skip


@dataclass(frozen=True)
class _Lack:
    """What a measure needs up to a period, and how little of it is left with those that may pay for it."""

    measure: Measure
    period: str
    needs: float
    left: float


def _lacks(plan: Plan, members: list[Measure], payers: Payers) -> _Lack | None:
    """Of the start that lacks least, where money for a unit of measures that start together is short; None if it is not."""
    case = plan.case
    lines = {line for m in members for kind in ("capital", "running") for line in payers[m.id, kind]}
    if any(_may_get_more(case, line) for line in lines):
        return None
    left = _left_by(plan, lines)
    least: _Lack | None = None
    for start in members[0].starts:
        options = [(m, one) for m in members for one in m.starts if one.period == start.period]
        needs, worst = 0.0, _Lack(members[0], "", 0.0, 0.0)
        for t in case.period_ids:
            needs += sum((1.0 - m.private_share) * one.capital.get(t, 0.0) + one.running.get(t, 0.0) for m, one in options)
            if needs - left[t] > worst.needs - worst.left:
                worst = _Lack(members[0], t, needs, left[t])
        if worst.needs - worst.left <= NOTHING or any(m.divisible for m in members):
            return None
        if least is None or worst.needs - worst.left < least.needs - least.left:
            least = worst
    return least


def _may_get_more(case: Case, line: str) -> bool:
    """Whether a line may borrow, or be sent money by another one."""
    borrowing = case.lines[line].borrowing
    sent = any(isinstance(effect, AllowTransfer) and effect.to_line == line for effect in (*case.effects, *case.in_force))
    return sent or (borrowing is not None and any(borrowing.limit.values()))


def _left_by(plan: Plan, lines: Iterable[str]) -> dict[str, float]:
    """Period -> what some lines have left up to then: carried on, or unspent by then."""
    found, lost = dict.fromkeys(plan.case.period_ids, 0.0), dict.fromkeys(plan.case.period_ids, 0.0)
    some = set(lines)
    for line, t, on, unspent in columns(plan.tables["money"], "line", "period", "carried_out", "unspent"):
        if line in some:
            found[t] += on
            lost[t] += unspent
    sums = dict(zip(found, itertools.accumulate(lost.values()), strict=True))
    return {t: on + sums[t] for t, on in found.items()}


def _why(measures: list[Measure], started: dict[str, dict[str, float]], short: Sentence | None) -> Sentence:
    """What a line may still pay for, and why no money is left for it, where that is known."""
    if not measures:
        return _("it may pay for nothing that can start.")
    full = [m for m in measures if _is_at_its_most(m, started.get(m.id, {}))]
    idle = _idle(measures, started)
    once = {m.together or m.id: naming.name_of(m) for m in reversed(idle)}  # halves that belong together count once
    names = list(reversed(once.values()))
    said = counted(
        len(full),
        "of the {measures} that it may pay for {full} is at the most",
        "of the {measures} that it may pay for {full} are at the most",
    ).format(measures=count(len(measures), "measure"), full=len(full))
    if not names:
        return _("{said}, and no candidate is left unstarted.").format(said=said)
    shown: list[str] = list(names[:SHOWN])
    if len(names) > SHOWN:
        shown.append(_("and {number} more").format(number=len(names) - SHOWN))
    if short is not None:
        return _("{said}; not started: {names}; {short}.").format(said=said, names=series(shown, "; "), short=short)
    return _("{said}; not started: {names}.").format(said=said, names=series(shown, "; "))


def _is_at_its_most(measure: Measure, units: dict[str, float]) -> bool:
    """Whether all units are started, or in some period as many as may start in one."""
    all_started = sum(units.values()) >= measure.units * (1 - WHOLE)
    return all_started or any(some >= measure.max_starts * (1 - WHOLE) for some in units.values())


def _payable(plan: Plan, payers: Payers) -> dict[str, list[Measure]]:
    """Line -> the measures that can start and that it may pay for."""
    found: dict[str, dict[str, Measure]] = {line: {} for line in plan.case.lines}
    for (measure, _kind), lines in payers.items():
        if plan.case.measures[measure].starts:
            for line in lines:
                found[line][measure] = plan.case.measures[measure]
    return {line: list(measures.values()) for line, measures in found.items()}


def _started(plan: Plan) -> dict[str, dict[str, float]]:
    """Measure -> units started by period."""
    found: dict[str, dict[str, float]] = {}
    rows: Iterable[tuple[str, str, float]] = columns(plan.tables["decisions"], "measure", "start_period", "units")
    for measure, period, units in rows:
        by_period = found.setdefault(measure, {})
        by_period[period] = by_period.get(period, 0.0) + units
    return found
