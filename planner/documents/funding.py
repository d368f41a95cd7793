"""Money beside what the lines are given: of private investors, from tax, borrowed, and sent from line to line."""

from __future__ import annotations

from planner.case import naming
from planner.plans.plan import Plan
from planner.plans.tables import AFTER
from planner.plans.totals import NOTHING, columns, interest, totals
from planner.words import phrases

NO_LINE = "no line"
PARTS = {"host": "as host", "origin": "as origin:\nshared by hosts", "moved": "lost with firms\nthat moved"}


def headline(plan: Plan, shown: int) -> list[str]:
    """What there is beside the money given, as phrases: private, tax, debts and transfers."""
    total = totals(plan)
    said = []
    if total["private"] > NOTHING:
        said.append(f"{phrases.money(total['private'], shown)} paid by private investors")
    if total["tax"] > NOTHING:
        said.append(f"{phrases.money(total['tax'], shown)} received in tax")
    elif total["tax"] < -NOTHING:
        said.append(f"{phrases.money(-total['tax'], shown)} of tax lost")
    if total["borrowed"] > NOTHING:
        debts = phrases.money(total["borrowed"], shown), phrases.money(total["interest"], shown)
        said.append(f"{debts[0]} borrowed and repaid with {debts[1]} of interest")
    if total["sent"] > NOTHING:
        said.append(f"{phrases.money(total['sent'], shown)} sent from line to line")
    return said


def funding(plan: Plan) -> str:
    """A sentence each on private money, debts and transfers, and a table of tax, where there is any."""
    said = "\n".join(phrases.bullet(sentence) for sentence in sentences(plan))
    grid = tax_grid(plan)
    return "\n\n".join(part for part in (said, f"{grid.text()}\n{TAX_NOTE}" if grid is not None else "") if part)


TAX_NOTE = "The tax of a period reaches the lines in the next one."


def sentences(plan: Plan) -> list[str]:
    """On private money, each line's debts, and each transfer."""
    return [*_private(plan), *_debts(plan), *_transfers(plan)]


def _private(plan: Plan) -> list[str]:
    own, attracted = (float(plan.tables["private"][name].sum()) for name in ("own", "attracted"))
    if own + attracted <= NOTHING:
        return []
    shown = phrases.money_decimals([own + attracted])
    parts = [f"{phrases.money(own, shown)} by themselves"] if own else []
    parts += [f"{phrases.money(attracted, shown)} attracted by policies"] if attracted else []
    unit = plan.case.money.unit
    whole = phrases.money(own + attracted, shown)
    return [f"Private investors pay {whole} {unit} of capital beside the public money: {phrases.join(parts)}."]


def tax_by_line(plan: Plan) -> dict[str, dict[str, float]]:
    """Line ("" where none gets it) -> part -> tax of the whole horizon; `after` is what of it arrives after the horizon."""
    found: dict[str, dict[str, float]] = {}
    for line, part, arrives, amount in columns(plan.tables["taxes"], "line", "part", "arrives", "amount"):
        sums = found.setdefault(line, {})
        for key in (part, *(["after"] if arrives == AFTER else [])):
            sums[key] = sums.get(key, 0.0) + amount
    return {line: found[line] for line in [*plan.case.lines, ""] if line in found}


def tax_grid(plan: Plan) -> phrases.Grid | None:
    """What parks earn each line: as host, as origin, what it loses, and what of it comes too late to be spent."""
    by_line = tax_by_line(plan)
    if not by_line:
        return None
    parts = [part for part in PARTS if any(part in sums for sums in by_line.values())]
    whole = {line: sum(sums.get(part, 0.0) for part in parts) for line, sums in by_line.items()}
    after = {line: sums.get("after", 0.0) for line, sums in by_line.items()}
    shown = phrases.money_decimals([*whole.values(), *(amount for sums in by_line.values() for amount in sums.values())])
    rows = []
    for line, sums in by_line.items():
        figures = [*(sums.get(part, 0.0) for part in parts), whole[line], after[line], whole[line] - after[line]]
        rows.append(
            [naming.line(plan.case, line) if line else NO_LINE, *(phrases.money(amount, shown) for amount in figures)]
        )
    last = plan.case.periods[-1].last
    heads = [
        f"tax of parks,\n{plan.case.money.unit}",
        *(PARTS[part] for part in parts),
        "together",
        f"of it after\n{last}",
        f"received\nup to {last}",
    ]
    sums_of_all = [
        *(sum(sums.get(part, 0.0) for sums in by_line.values()) for part in parts),
        sum(whole.values()),
        sum(after.values()),
        sum(whole.values()) - sum(after.values()),
    ]
    total = ["all", *(phrases.money(amount, shown) for amount in sums_of_all)] if len(rows) > 1 else None
    return phrases.Grid(heads, rows, "l" + "r" * (len(heads) - 1), total)


def _debts(plan: Plan) -> list[str]:
    """Each line that borrows: how much, what it repays, its interest, and its largest debt."""
    unit, owed = plan.case.money.unit, interest(plan)
    labels = {p.id: p.label for p in plan.case.periods}
    rows = columns(plan.tables["money"], "line", "period", "borrowed", "repaid", "debt")
    said = []
    for line in plan.case.lines:
        own = [row[1:] for row in rows if row[0] == line]
        borrowed, repaid = sum(row[1] for row in own), sum(row[2] for row in own)
        if borrowed <= NOTHING:
            continue
        shown = phrases.money_decimals([borrowed])
        when, largest = max(((row[0], row[3]) for row in own), key=lambda row: row[1])
        figures = [phrases.money(amount, shown) for amount in (borrowed, repaid, owed.get(line, 0.0), largest)]
        name = naming.line(plan.case, line)
        said.append(
            f"{name} borrows {figures[0]} {unit} and repays {figures[1]}, {figures[2]} of it interest; "
            f"its debt is largest at the end of {labels[when]}: {figures[3]}."
        )
    return said


def _transfers(plan: Plan) -> list[str]:
    """What lines send one another, and the policy that permits it."""
    case = plan.case
    sent: dict[tuple[str, str, str], dict[str, float]] = {}
    for policy, start, end, period, amount in columns(plan.tables["transfers"], "policy", "from", "to", "period", "amount"):
        if amount > NOTHING:
            sent.setdefault((policy, start, end), {})[period] = amount
    said = []
    for (policy, start, end), amounts in sent.items():
        shown = phrases.money_decimals(list(amounts.values()))
        each = [f"{phrases.money(amounts[p.id], shown)} in {p.label}" for p in case.periods if p.id in amounts]
        whole = phrases.money(sum(amounts.values()), shown)
        detail = each[0].split(" ", 1)[1] if len(each) == 1 else f"({phrases.join(each)})"
        name = case.measures[policy].name
        sender, receiver = (naming.line(case, line) for line in (start, end))
        said.append(f"{sender} sends {receiver} {whole} {case.money.unit} {detail}, as {name} permits.")
    return said
