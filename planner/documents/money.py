"""Who pays and who gains, and every budget line period by period."""

from __future__ import annotations

from planner.case import naming
from planner.plans.plan import Plan
from planner.plans.tables import AFTER, TABLES
from planner.plans.totals import NOTHING, columns, running_after
from planner.words import phrases

LINES_BY_PERIOD = 6  # of more lines only the sums over the periods are shown
DUST = 1e-9  # what is left of rounding in a table


def who_pays(plan: Plan) -> str:
    """Jurisdictions: what they pay, what others pay there, tax and transfers, and what their people gain."""
    grid, note = payers_and_gainers(plan)
    return grid.text() + "\n" + phrases.paragraph(note)


def payers_and_gainers(plan: Plan) -> tuple[phrases.Grid, str]:
    """The table of `who_pays`, and what its figures are."""
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
    shown = phrases.money_decimals(
        [*(amount for both in (*money.values(), *flows.values()) for amount in both.values()), *others.values()]
    )
    rows = []
    for name, (gap_without, gap_with, gaining, losing) in gains.items():
        rows.append(
            [
                naming.jurisdiction(case, name),
                *(phrases.money(amount, shown) for amount in money[name].values()),
                *(phrases.money(by_name.get(name, 0.0), shown) for by_name in flows.values()),
                phrases.change(100 * gap_without, 100 * gap_with, 1),
                phrases.number(gaining / 1000, 0),
                phrases.number(losing / 1000, 0),
            ]
        )
    for holder, amount in others.items():
        cells = [phrases.money(by_name[holder], shown) if holder in by_name else "" for by_name in flows.values()]
        rows.append([naming.jurisdiction(case, holder), phrases.money(amount, shown), "", *cells, "", "", ""])
    unit = case.money.unit
    heads = [
        "",
        f"pays,\n{unit}",
        f"others pay\nthere, {unit}",
        *(f"{head}\n{unit}" for head in flows),
        f"gap in {last.label},\n%, without -> with",
        "gap closed,\n1,000 person-\nequivalents",
        "gap opened,\n1,000 person-\nequivalents",
    ]
    note = (
        "Person-equivalents: people x share of the gap that closes (or opens), added over the indicators; not people who "
        "cross the line. Money is that of the whole horizon."
    )
    if "tax\ngained," in flows:
        note += f" Tax is that which arrives up to {last.last}; what is lost is the tax of firms that moved away."
    return phrases.Grid(heads, rows, "l" + "r" * (len(heads) - 1)), note


def _flows(plan: Plan) -> dict[str, dict[str, float]]:
    """Column -> jurisdiction -> money: tax gained and lost up to the end, and sent and received; only where there is any."""
    holders = {line.id: line.holder for line in plan.case.lines.values()}
    flows: dict[str, dict[str, float]] = {"tax\ngained,": {}, "tax\nlost,": {}, "\nsends,": {}, "\nreceives,": {}}
    gained, lost, sends, receives = flows.values()
    for line, part, arrives, amount in columns(plan.tables["taxes"], "line", "part", "arrives", "amount"):
        if line and arrives != AFTER:
            to = lost if part == "moved" else gained
            to[holders[line]] = to.get(holders[line], 0.0) + abs(amount)
    for start, end, amount in columns(plan.tables["transfers"], "from", "to", "amount"):
        sends[holders[start]] = sends.get(holders[start], 0.0) + amount
        receives[holders[end]] = receives.get(holders[end], 0.0) + amount
    return {head: by_name for head, by_name in flows.items() if any(x > NOTHING for x in by_name.values())}


def lines(plan: Plan) -> str:
    """Budget lines: what there was and came in, what was paid, what is left, and what running cost stays with them."""
    case = plan.case
    parts = [f"{case.money.unit}, prices of {case.money.prices}", accounts(plan).text()]
    if len(case.lines) > LINES_BY_PERIOD:
        parts.append("Period by period: planner show PLAN --table money")
    return "\n".join([*parts, phrases.paragraph(running_left(plan))])


def accounts(plan: Plan) -> phrases.Grid:
    """Budget lines, period by period unless there are many.

    Of every line and period, given + carried in + received + borrowed + tax = paid + sent + repaid + carried on + unspent.
    Columns of nothing are left out.
    """
    case = plan.case
    table = plan.tables["money"]
    by_period = len(case.lines) <= LINES_BY_PERIOD
    labels = {p.id: p.label for p in case.periods}
    figures = [name for name in _HEADS if name not in _SELDOM or (table[name].abs() > NOTHING).any()]
    if not by_period:
        figures = [name for name in figures if name not in _OF_A_PERIOD]
        table = table.groupby("line", sort=False)[figures].sum().reset_index()
    shown = phrases.money_decimals([float(table[name].abs().max()) for name in figures] if len(table) else [])
    rows = []
    before = ""
    for line, period, *amounts in columns(table, "line", "period" if by_period else "line", *figures):
        cells = [phrases.money(amount if abs(amount) > NOTHING else 0.0, shown) for amount in amounts]
        rows.append([naming.line(case, line) if line != before else "", *([labels[period]] if by_period else []), *cells])
        before = line
    heads = ["", *(["period"] if by_period else []), *(_HEADS[name] for name in figures)]
    sums = ["" if name in _OF_A_PERIOD else phrases.money(float(table[name].sum()), shown) for name in figures]
    total = ["all", *([""] if by_period else []), *sums]
    align = "l" + ("l" if by_period else "") + "r" * len(figures)
    return phrases.Grid(heads, rows, align, total, 2 if by_period else 1)


_HEADS = {
    "amount": "given",
    "carried_in": "carried\nin",
    "received": "from\nlines",
    "borrowed": "borrowed",
    "tax": "tax",
    "capital": "paid:\ncapital",
    "running": "paid:\nrunning",
    "sent": "to\nlines",
    "repaid": "repaid",
    "carried_out": "carried\non",
    "unspent": "unspent",
    "debt": "debt at\nend",
}
_SELDOM = ("received", "borrowed", "tax", "sent", "repaid", "debt")
_OF_A_PERIOD = ("carried_in", "carried_out", "debt")  # not to be added up over the periods


def running_left(plan: Plan) -> str:
    """The running cost a year that the plan leaves to its lines after the horizon, as a sentence."""
    case = plan.case
    left = running_after(plan)
    last = case.periods[-1].last
    if not left:
        return f"After {last} the plan leaves no running cost."
    shown = phrases.money_decimals(list(left.values()))
    by_line = phrases.join([f"{naming.line(case, line)} {phrases.money(amount, shown)}" for line, amount in left.items()])
    whole = phrases.money(sum(left.values()), shown)
    return f"After {last} the plan leaves a running cost of {whole} {case.money.unit} a year: {by_line}."


def _other_holders(plan: Plan) -> dict[str, float]:
    """What holders pay that are no jurisdiction of the cluster, over the horizon; only those that pay or send."""
    paid: dict[str, float] = {}
    moved: dict[str, float] = {}
    rows = columns(plan.tables["money"], "line", "capital", "running", "sent", "received")
    for line, capital, running, sent, received in rows:
        holder = plan.case.lines[line].holder
        if holder not in plan.case.jurisdictions:
            paid[holder] = paid.get(holder, 0.0) + capital + running
            moved[holder] = moved.get(holder, 0.0) + sent + received
    return {holder: amount for holder, amount in paid.items() if amount + moved[holder] > NOTHING}
