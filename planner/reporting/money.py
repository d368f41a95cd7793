"""Who pays and who gains, and every budget line period by period."""

from __future__ import annotations

from planner.plan import TABLES, Plan
from planner.reporting import words
from planner.reporting.figures import columns, running_after

LINES_BY_PERIOD = 6  # of more lines only the sums over the periods are shown
NOTHING = 5e-7
DUST = 1e-9  # what is left of rounding in a table


def who_pays(plan: Plan) -> str:
    """Jurisdictions: what they pay, what others pay there, and what their people gain."""
    case = plan.case
    last = case.periods[-1]
    money = {name: [0.0, 0.0] for name in case.jurisdictions}
    gains: dict[str, tuple[float, ...]] = {}
    for name, period, *figures in columns(plan.tables["jurisdictions"], *TABLES["jurisdictions"]):
        money[name][0] += figures[0]
        money[name][1] += figures[1]
        if period == last.id:
            gains[name] = tuple(figures[2:])
    others = _other_holders(plan)
    shown = words.money_decimals([*(amount for both in money.values() for amount in both), *others.values()])
    rows = []
    for name, (gap_without, gap_with, gaining, losing) in gains.items():
        rows.append(
            [
                name,
                *(words.money(amount, shown) for amount in money[name]),
                words.change(100 * gap_without, 100 * gap_with, 1),
                words.number(gaining / 1000, 0),
                words.number(losing / 1000, 0),
            ]
        )
    rows += [[holder, words.money(amount, shown), "", "", "", ""] for holder, amount in others.items()]
    unit = case.money.unit
    heads = [
        "",
        f"pays,\n{unit}",
        f"paid there by\nothers, {unit}",
        f"gap in {last.label}, %\nwithout -> with",
        "gap closed, thousand\nperson-equivalents",
        "gap opened, thousand\nperson-equivalents",
    ]
    note = (
        "Person-equivalents: people x share of the gap that closes (or opens), added over the indicators; not people who "
        "cross the line. Money is that of the whole horizon."
    )
    return words.table(heads, rows, "lrrrrr") + "\n" + words.paragraph(note)


def lines(plan: Plan) -> str:
    """Budget lines: what there was, what was paid, what is left, and what running cost stays with them."""
    case = plan.case
    table = plan.tables["money"]
    by_period = len(case.lines) <= LINES_BY_PERIOD
    labels = {p.id: p.label for p in case.periods}
    figures = ["amount", "carried_in", "capital", "running", "carried_out", "unspent"]
    if not by_period:
        figures = [name for name in figures if not name.startswith("carried")]
        table = table.groupby("line", sort=False)[figures].sum().reset_index()
    shown = words.money_decimals([float(table[name].abs().max()) for name in figures] if len(table) else [])
    rows = []
    before = ""
    for line, period, *amounts in columns(table, "line", "period" if by_period else "line", *figures):
        cells = [words.money(amount, shown) for amount in amounts]
        rows.append([line if line != before else "", *([labels[period]] if by_period else []), *cells])
        before = line
    heads = ["", *(["period"] if by_period else []), *(_HEADS[name] for name in figures)]
    sums = ["" if name.startswith("carried") else words.money(float(table[name].sum()), shown) for name in figures]
    total = ["all", *([""] if by_period else []), *sums]
    align = "l" + ("l" if by_period else "") + "r" * len(figures)
    parts = [
        f"{case.money.unit}, prices of {case.money.prices}",
        words.table(heads, rows, align, total, 2 if by_period else 1),
    ]
    if not by_period:
        parts.append("Period by period: planner show PLAN --table money")
    return "\n".join([*parts, _running_left(plan)])


_HEADS = {
    "amount": "given",
    "carried_in": "carried\nin",
    "capital": "paid:\ncapital",
    "running": "paid:\nrunning",
    "carried_out": "carried\non",
    "unspent": "unspent",
}


def _running_left(plan: Plan) -> str:
    case = plan.case
    left = running_after(plan)
    last = case.periods[-1].last
    if not left:
        return f"After {last} the plan leaves no running cost."
    shown = words.money_decimals(list(left.values()))
    by_line = words.join([f"{line} {words.money(amount, shown)}" for line, amount in left.items()])
    whole = words.money(sum(left.values()), shown)
    return words.paragraph(f"After {last} the plan leaves a running cost of {whole} {case.money.unit} a year: {by_line}.")


def _other_holders(plan: Plan) -> dict[str, float]:
    """What holders pay that are no jurisdiction of the cluster, over the horizon."""
    paid: dict[str, float] = {}
    for line, capital, running in columns(plan.tables["money"], "line", "capital", "running"):
        holder = plan.case.lines[line].holder
        if holder not in plan.case.jurisdictions:
            paid[holder] = paid.get(holder, 0.0) + capital + running
    return {holder: amount for holder, amount in paid.items() if amount > NOTHING}
