"""What is decided can be paid for: somebody may pay, and the lines hold enough.

Only what is certain is an error. Whether candidates fit the money, and how lines share what several may pay, is for the
solver. What a line may have at most is a bound, no figure of any plan: what is above it is certain to be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from planner.case import naming
from planner.case.case import Case
from planner.case.checks.findings import Findings
from planner.case.effects import AllowTransfer, RaisePrivateShare
from planner.case.measures import Measure
from planner.case.money import Line
from planner.case.problems import listed
from planner.case.selecting import payers_of
from planner.case.validating import Contents
from planner.words.said import Sentence, _, counted, series


def least_public_share(case: Case, measure: str) -> float:
    """The least share of a measure's capital cost that budget lines pay."""
    plus = sum(
        effect.plus
        for effect in case.effects
        if isinstance(effect, RaisePrivateShare) and measure in effect.measures and case.measures[effect.measure].starts
    )
    return max(0.0, 1.0 - case.measures[measure].private_share - plus)


def most_debt(line: Line, period: str) -> float:
    """The most that a line may owe at the end of a period."""
    return 0.0 if line.borrowing is None else line.borrowing.limit[period]


def most_inflows(case: Case) -> Mapping[str, Mapping[str, float]]:
    """By line and period, a bound on the tax and the money of other lines that it gets."""
    found = {line.id: dict.fromkeys(case.period_ids, 0.0) for line in case.lines.values()}
    getting = case.tax_lines
    for park, jurisdictions in _taxed(case):
        measure, tax = case.measures[park], case.parks[park].tax
        for before, after in zip(case.periods, case.period_ids[1:], strict=False):
            if any(before.id in option.serves for option in measure.starts):
                for line in {getting[j] for j in jurisdictions if j in getting}:
                    found[line][after] += measure.units * tax * before.years
    for effect in case.effects:
        if isinstance(effect, AllowTransfer) and case.measures[effect.measure].starts:
            for period in case.period_ids:
                sent = effect.at_most_share * case.lines[effect.from_line].amount[period]
                found[effect.to_line][period] += sent
    return found


def _taxed(case: Case) -> Iterator[tuple[str, set[str]]]:
    """The parks that pay tax, and the jurisdictions of their host and origin."""
    for name, park in case.parks.items():
        if park.tax > 0:
            places = [*case.measures[name].cities, *([park.origin] if park.origin is not None else [])]
            yield name, {case.cities[city].jurisdiction for city in places}


ROUNDING = 1e-6  # relative: costs and amounts are sums of decimals
KINDS = ("capital", "running")
Payers = Mapping[tuple[str, str], tuple[str, ...]]  # (measure, kind of cost) -> lines that may pay


def check_money(case: Case, contents: Contents, found: Findings) -> None:
    """Note decided measures that cannot be paid for, and lines that must spend more than they hold.

    With links left out for another problem, where a link measure lies and who may pay for it is not certain.
    """
    unsure = {"link"} if "links" in contents.broken else set()
    rows = {m.row.id: m.number for m in contents.measures if m.row.kind not in unsure}
    payers = payers_of(case)
    for measure in case.measures.values():
        if measure.status == "decided" and measure.id in rows:
            column = "payers" if measure.payers else "status"
            value = _payers_text(measure) or "decided"
            for why in nobody_pays(case, measure, payers):
                found.cell("measures", rows[measure.id], column, _("is decided, but {why}").format(why=why), value)
    _check_decided_fit(case, payers, rows, found)
    _check_minimums(case, contents, found)


OF_COST: Mapping[str, Sentence] = {"capital": _("capital", "cost"), "running": _("running", "cost")}


def nobody_pays(case: Case, measure: Measure, payers: Payers) -> Iterator[str]:
    """Why a measure's cost, capital or running, cannot be paid in full by the lines that may pay it."""
    for kind in KINDS:
        if not any(getattr(option, kind) for option in measure.starts):
            continue
        if kind == "capital" and least_public_share(case, measure.id) <= 0:
            continue  # private investors may pay all of it
        lines = [case.lines[name] for name in payers[measure.id, kind]]
        if measure.payers:
            wrong = [name for name in measure.payers if name not in {x.id for x in lines}]
            if wrong:
                yield _("its payer {wrong} may not pay {kind} cost").format(wrong=listed(wrong), kind=OF_COST[kind])
            for line in lines:
                if measure.payers[line.id] > line.at_most_share + ROUNDING:
                    share = f"{measure.payers[line.id]:g}"
                    yield _("{line} pays {share} of it, more than its at_most_share {at_most_share:g}").format(
                        line=line.id, share=share, at_most_share=line.at_most_share
                    )
            continue
        covered = sum(line.at_most_share for line in lines)
        if not lines:
            yield _("no budget line may pay its {kind} cost (lines: {lines})").format(
                kind=OF_COST[kind], lines=listed(case.lines)
            )
        elif covered < 1 - ROUNDING:
            yield _("the lines that may pay its {kind} cost ({x}) cover {covered:g} of it at most").format(
                kind=OF_COST[kind], x=listed(x.id for x in lines), covered=covered
            )


def _payers_text(measure: Measure) -> str:
    return ";".join(f"{line}:{share:g}" for line, share in measure.payers.items())


def _check_decided_fit(case: Case, payers: Payers, rows: Mapping[str, int], found: Findings) -> None:
    """Decided measures that only these lines may pay for do not cost more than these lines have had by then."""
    costs = _least_costs(case, payers, rows)
    inflows = most_inflows(case)
    for lines in costs:
        had = [sum(by_line) for by_line in zip(*(_most_until(case, case.lines[x], inflows[x]) for x in lines), strict=True)]
        for t, period in enumerate(case.period_ids):
            paid: Counter[str] = Counter()  # what each measure takes of these lines, of others nothing
            for others, by_measure in costs.items():
                if others <= lines:
                    paid.update({a: cost[t] for a, cost in by_measure.items() if cost[t] > 0})
            needed = sum(paid.values())
            if needed > had[t] * (1 + ROUNDING) + ROUNDING:
                message = _too_dear(case, lines, period, paid, had[t])
                row = rows[paid.most_common(1)[0][0]]
                found.cell("measures", row, "status", message, f"{needed:.6g}", _("at most {had:.6g}").format(had=had[t]))
                break


def _too_dear(case: Case, lines: Collection[str], period: str, paid: Counter[str], had: float) -> Sentence:
    """What decided measures cost up to a period, the dearest first, what their lines have by then, and what helps."""
    each = [_("{measure} ({cost:.6g})").format(measure=naming.measure(case, a), cost=cost) for a, cost in paid.most_common()]
    costs = _("decided measures cost at least {needed:.6g} {unit} up to {period}")
    if len(paid) == 1:
        costs = _("a decided measure costs at least {needed:.6g} {unit} up to {period}")
    return counted(
        len(lines),
        "{costs}, more than the {had:.6g} that line {lines} has until then: {measures}. If these costs are right, give the "
        "line more money, let a measure start later, or let another line pay for it",
        "{costs}, more than the {had:.6g} that lines {lines} have until then: {measures}. If these costs are right, give "
        "the lines more money, let a measure start later, or let another line pay for it",
    ).format(
        costs=costs.format(needed=sum(paid.values()), unit=case.money.unit, period=case.period(period).label),
        had=had, lines=series([naming.line(case, l) for l in sorted(lines)], ", ", " and "),
        measures=listed(each, between="; "),
    )  # fmt: skip


def _least_costs(case: Case, payers: Payers, rows: Mapping[str, int]) -> dict[frozenset[str], dict[str, list[float]]]:
    """By set of lines: what each decided measure that only they may pay costs at least up to the end of each period."""
    costs: dict[frozenset[str], dict[str, list[float]]] = {}
    for measure in case.measures.values():
        if measure.status != "decided" or not measure.starts or measure.id not in rows:
            continue
        for kind in KINDS:
            public = least_public_share(case, measure.id) if kind == "capital" else 1.0
            least = [public * cost for cost in _least_until(case, measure, kind)]
            shares = {frozenset({line}): share for line, share in measure.payers.items()}
            for lines, share in (shares or {frozenset(payers[measure.id, kind]): 1.0}).items():
                by_measure = costs.setdefault(lines, {})
                so_far = by_measure.get(measure.id, [0.0] * len(least))
                by_measure[measure.id] = [a + share * b for a, b in zip(so_far, least, strict=True)]
    costs.pop(frozenset(), None)  # noted as paid by nobody
    return costs


def _least_until(case: Case, measure: Measure, kind: str) -> list[float]:
    """Least money that all units of a measure cost up to the end of each period, over its offered starts."""
    least = []
    for t in range(len(case.periods)):
        until = case.period_ids[: t + 1]
        least.append(min(sum(getattr(option, kind).get(p, 0.0) for p in until) for option in measure.starts))
    return [measure.units * cost for cost in least]


def _most_until(case: Case, line: Line, inflow: Mapping[str, float]) -> list[float]:
    """The most that a line can have had up to the end of each period, with what it may owe then."""
    had = accumulate(line.amount[p] + inflow[p] for p in case.period_ids)
    return [money + most_debt(line, p) for money, p in zip(had, case.period_ids, strict=True)]


def _check_minimums(case: Case, contents: Contents, found: Findings) -> None:
    """A line need not spend more than it holds."""
    rows = {(b.row.line, b.row.period): b.number for b in contents.budgets}
    inflows = most_inflows(case)
    for line in case.lines.values():
        for period, holds in _most_held(line, case.period_ids, inflows[line.id]):
            if line.minimum[period] > holds + ROUNDING:
                message = _("must be at most what the line holds then ({holds:g}), not {minimum:g}").format(
                    holds=holds, minimum=line.minimum[period]
                )
                row = rows[line.id, period]
                found.cell(
                    "budgets", row, "minimum", message, line.minimum[period], _("at most {holds:g}").format(holds=holds)
                )


def _most_held(line: Line, periods: tuple[str, ...], inflow: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The most that a line can hold in each period, having spent no more than its minimum before."""
    carried = 0.0
    for period in periods:
        holds = line.amount[period] + inflow[period] + most_debt(line, period) + carried
        yield period, holds
        carried = max(0.0, holds - line.minimum[period]) if line.carry_over else 0.0
