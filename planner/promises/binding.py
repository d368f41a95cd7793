"""What binds: the limits of a case that a plan uses up, each in words, with how much of it is used and how it is wider.

Beside promises there are limits here that no repair may touch: rights to send money, debts, what a line may pay for, and
how many units there are. A limit binds where a plan uses at least `USED_UP` of it: what is left of it would pay for, or let
start, next to nothing. Money itself is not among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor, inf, isfinite

from planner import promises
from planner.case import AddLand, AllowTransfer, Case, FrozenDict, Line, Measure, Rule, naming
from planner.case.kinds import KINDS
from planner.case.selecting import payers_of
from planner.plans.plan import Plan
from planner.plans.totals import SPENT, columns, given_and_left, money_kept_free, running_after, serving, spent_on
from planner.promises.limits import unit_of_rule
from planner.words import numbers
from planner.words.said import Text, _, count, series

USED_UP = 0.95
NEXT_TO_NOTHING = 0.01  # of what a line has: money left below this is no reason to ask why
WHOLE = 1e-6
Fields = Mapping[str, object]  # of a case


@dataclass(frozen=True)
class Limit:
    """A limit that a plan uses up.

    Attributes
    ----------
    kind, ids
        What it is, and of what: one limit of its case.
    said
        The limit in a planner's words, as it is now.
    now, unit
        Its figure, NaN where it has none; and the figure's unit.
    used
        Share of it that the plan uses where it uses most of it.
    periods
        Ids of those in which it is used up; empty where it is one limit for all of them.
    lines
        Budget lines whose money it keeps from being spent.
    wider
        The fields of the case with another figure.
    less
        Whether a smaller figure is the wider limit.
    whole
        Whether the figure is a whole number.
    most
        The widest figure that there is.
    reached
        The figure that the wider case has where its parts are rounded each by itself.
    """

    kind: str
    ids: tuple[str, ...]
    said: str
    now: float
    unit: str
    used: float
    periods: tuple[str, ...]
    lines: frozenset[str]
    wider: Callable[[float], Fields]
    less: bool = False
    whole: bool = False
    most: float = inf
    reached: Callable[[float], float] = lambda figure: figure

    def by(self, share: float) -> float:
        """The figure that is wider by a share of it, a whole unit at least where it is whole, and no wider than there is."""
        if not isfinite(self.now):
            return self.now
        if self.less:
            figure = self.now * (1.0 - share)
            return max(0.0, float(min(floor(figure + WHOLE), self.now - 1)) if self.whole else figure)
        figure = self.now * (1.0 + share)
        return min(self.most, float(ceil(figure - WHOLE)) if self.whole else figure)


def binding(plan: Plan) -> tuple[Limit, ...]:
    """The limits that a plan uses up, as its case names them.

    Parameters
    ----------
    plan
        A plan with decisions.
    """
    found = (
        *_transfers(plan), *_debts(plan), *_largest_shares(plan), *_reserves(plan), *_after(plan), *_minima(plan),
        *_levels(plan), *_rules(plan), *_land(plan), *_air(plan), *_units(plan), *_earmarks(plan),
    )  # fmt: skip
    return tuple(limit for limit in found if limit.used >= USED_UP)


def idle_lines(plan: Plan) -> frozenset[str]:
    """Budget lines with money left that is worth a word."""
    had, left = given_and_left(plan)
    return frozenset(line for line, rest in left.items() if rest > NEXT_TO_NOTHING * had[line])


# --- what lines may send, owe, pay for, keep free and be left with


def _transfers(plan: Plan) -> Iterator[Limit]:
    """A right to send money."""
    case, sent = plan.case, _sums(plan, "transfers", ("policy", "from", "to", "period"), "amount")
    serves = serving(plan)
    for k, effect in enumerate(case.effects):
        if not isinstance(effect, AllowTransfer):
            continue
        line = case.lines[effect.from_line]
        shares = {
            t: sent.get((effect.measure, line.id, effect.to_line, t), 0.0) / (effect.at_most_share * line.amount[t])
            for t in case.period_ids
            if line.amount[t] > 0 and (effect.measure, t) in serves
        }
        said = _("{line} may send {other} at most {share} of its money ({policy})").format(
            line=naming.line(case, line.id), other=naming.line(case, effect.to_line),
            share=numbers.percent(effect.at_most_share),
            policy=naming.measure(case, effect.measure),
        )  # fmt: skip

        def wider(share: float, k: int = k) -> Fields:
            effects = list(case.effects)
            effects[k] = replace(effects[k], at_most_share=share)  # type: ignore[call-arg]
            return {"effects": tuple(effects)}

        yield Limit(
            "transfer", (effect.measure, line.id, effect.to_line), said, effect.at_most_share, _("of its money"),
            max(shares.values(), default=0.0), _used_up(shares), frozenset({line.id}), wider, most=1.0,
        )  # fmt: skip


def _debts(plan: Plan) -> Iterator[Limit]:
    """The most that a line may owe, where that is one figure for all periods but the last, or one for each."""
    case, owed = plan.case, _sums(plan, "money", ("line", "period"), "debt")
    for line in case.lines.values():
        if line.borrowing is None:
            continue
        limits = {t: most for t, most in line.borrowing.limit.items() if most > 0}
        shares = {t: owed[line.id, t] / most for t, most in limits.items()}
        largest = max(limits.values(), default=0.0)
        said = _("{line} may owe at most {figures}").format(
            line=naming.line(case, line.id), figures=figures(case, "debt", (line.id,), largest, case.money.unit)
        )

        def wider(money: float, line: Line = line, largest: float = largest) -> Fields:
            borrowing = line.borrowing
            assert borrowing is not None
            limit = FrozenDict({t: most * money / largest for t, most in borrowing.limit.items()})
            return _with_line(case, replace(line, borrowing=replace(borrowing, limit=limit)))

        yield Limit(
            "debt", (line.id,), said, largest, case.money.unit, max(shares.values(), default=0.0), _used_up(shares),
            frozenset({line.id}), wider,
        )  # fmt: skip


def _earmarks(plan: Plan) -> Iterator[Limit]:
    """What a line may pay for, where it has money left and there are measures with starts that it may not pay for."""
    case, payers = plan.case, payers_of(plan.case)
    for line in (case.lines[l] for l in case.lines if l in idle_lines(plan)):
        may_not = {a for (a, kind), lines in payers.items() if _costs(case, a, kind) and line.id not in lines}
        if not may_not or not (line.pays_for or line.cost != "all"):
            continue
        said = _("{line} may not pay for {number} of {measures}").format(
            line=naming.line(case, line.id), number=len(may_not),
            measures=count(_can_start(case), "measure"),
        )  # fmt: skip

        def wider(_nothing: float, line: Line = line) -> Fields:
            return _with_line(case, replace(line, pays_for=(), cost="all"))

        yield Limit("earmark", (line.id,), said, float("nan"), "", 1.0, (), frozenset({line.id}), wider)


def _costs(case: Case, a: str, kind: str) -> bool:
    """Whether a measure can start and has a cost of that kind."""
    return any(getattr(start, kind) for start in case.measures[a].starts)


def _can_start(case: Case) -> int:
    return sum(bool(measure.starts) for measure in case.measures.values())


def _largest_shares(plan: Plan) -> Iterator[Limit]:
    """The largest share of a cost that a line pays; used up where it pays that much of some cost."""
    case = plan.case
    paid: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for a, line, t, *kinds in columns(plan.tables["spending"], "measure", "line", "period", "capital", "running"):
        for kind, amount in zip(("capital", "running"), kinds, strict=True):
            if amount > 0 and not case.measures[a].payers:
                paid[f"{a} {kind}", t][line] = amount
    for line in case.lines.values():
        if line.at_most_share == 1:
            continue
        shares: dict[str, float] = dict.fromkeys(case.period_ids, 0.0)
        for (_cost, t), lines in paid.items():
            if line.id in lines:
                shares[t] = max(shares[t], lines[line.id] / sum(lines.values()) / line.at_most_share)

        def wider(share: float, line: Line = line) -> Fields:
            return _with_line(case, replace(line, at_most_share=share))

        yield Limit(
            "largest share", (line.id,), promises.now(case, ("largest share", line.id)), line.at_most_share, _("share"),
            max(shares.values()), _used_up(shares), frozenset({line.id}), wider, most=1.0,
        )  # fmt: skip


def _reserves(plan: Plan) -> Iterator[Limit]:
    """What a line keeps free, where with it all is used that the line has."""
    case, free = plan.case, money_kept_free(plan)
    has, left = _held(plan), _sums(plan, "money", ("line", "period"), "unspent")
    on = _sums(plan, "money", ("line", "period"), "carried_out")
    for line in (case.lines[l] for l in case.lines if case.lines[l].reserve):
        over = {t: left[line.id, t] + on[line.id, t] - free[line.id, t] for t in case.period_ids}
        later = {t: min(over[u] for u in case.period_ids[k:]) for k, t in enumerate(case.period_ids)}  # what is never used
        spare = later if line.carry_over else over
        shares = {t: 1.0 - max(0.0, spare[t]) / has[line.id, t] for t in case.period_ids if free[line.id, t] > 0}
        most = max((max(reserve.share.values()) for reserve in line.reserve), default=0.0)
        said = _("{line} is to keep free up to {share} of what it pays").format(
            line=naming.line(case, line.id), share=numbers.percent(most)
        )

        def wider(share: float, line: Line = line, most: float = most) -> Fields:
            less = (
                replace(r, share=FrozenDict({t: old * share / most for t, old in r.share.items()})) for r in line.reserve
            )
            return _with_line(case, replace(line, reserve=tuple(less)))

        yield Limit(
            "reserve", (line.id,), said, most, _("of what it pays"), max(shares.values(), default=0.0), _used_up(shares),
            frozenset({line.id}), wider, less=True,
        )  # fmt: skip


def _held(plan: Plan) -> dict[tuple[str, str], float]:
    """(line, period) -> all that comes in."""
    names = ("line", "period", "amount", "carried_in", "received", "borrowed", "tax")
    return {(l, t): sum(into) for l, t, *into in columns(plan.tables["money"], *names)}


def _after(plan: Plan) -> Iterator[Limit]:
    """What a line may be left with to run: the least of it where the others pay what they may."""
    case, last = plan.case, plan.case.periods[-1]
    for line in case.lines.values():
        if line.after is None:
            continue
        most = line.after.at_most_share * line.amount[last.id] / last.years
        used = running_after(plan, least_of=line.id).get(line.id, 0.0) / most if most > 0 else 1.0

        def wider(share: float, line: Line = line) -> Fields:
            assert line.after is not None
            return _with_line(case, replace(line, after=replace(line.after, at_most_share=share)))

        yield Limit(
            "after", (line.id,), promises.now(case, ("after", line.id)), line.after.at_most_share, _("share"), used, (),
            frozenset({line.id}), wider,
        )  # fmt: skip


def _minima(plan: Plan) -> Iterator[Limit]:
    """The least that a line spends, where it spends no more."""
    case = plan.case
    for l, t, *paid in columns(plan.tables["money"], "line", "period", *SPENT):
        line, least = case.lines[l], case.lines[l].minimum[t]
        if least <= 0:
            continue

        def wider(money: float, line: Line = line, t: str = t) -> Fields:
            return _with_line(case, replace(line, minimum=FrozenDict({**line.minimum, t: money})))

        used = least / max(sum(paid), least)
        yield Limit(
            "minimum", (l, t), promises.now(case, ("minimum", l, t)), least, case.money.unit, used, (t,), frozenset({l}),
            wider, less=True,
        )  # fmt: skip


def _with_line(case: Case, line: Line) -> Fields:
    return {"lines": FrozenDict({**case.lines, line.id: line})}


# --- how many units there are, and how many may start in a period: of measures of one kind, service and norm together


def _units(plan: Plan) -> Iterator[Limit]:
    """Units in all, and units that may start in a period; of a measure with one unit there is no more to be had."""
    case = plan.case
    started: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for a, t, units in columns(plan.tables["decisions"], "measure", "start_period", "units"):
        started[a][t] += units
    groups: dict[tuple[str, str, str], list[Measure]] = defaultdict(list)
    for measure in case.measures.values():
        if measure.starts and measure.status == "candidate" and measure.units > 1:
            groups[measure.kind, measure.service or "", measure.norm or ""].append(measure)
    payers = payers_of(case)
    for (kind, service, norm), members in groups.items():
        names = frozenset(m.id for m in members)
        lines = frozenset(l for a in names for cost in ("capital", "running") for l in payers[a, cost])
        what = _what(case, kind, service, members)
        units = {m.id: m.units for m in members}
        in_all = sum(sum(started[a].values()) for a in names) / sum(units.values())

        in_units = partial(_more_of_each, members, "units", sum(units.values()))
        yield Limit(
            "units", (kind, service, norm), _("{what}: {units:g} units in all").format(what=what, units=sum(units.values())),
            sum(units.values()), _("units"), in_all, (), lines, partial(_with_measures, case, in_units),
            reached=partial(_units_of, in_units),
        )  # fmt: skip
        at_once = _at_once(case, members)
        shares = {t: sum(started[a][t] for a in names) / most for t, most in at_once.items() if most > 0}
        if any(m.max_starts < m.units for m in members):
            most = max(at_once.values())
            in_starts = partial(_more_of_each, members, "max_starts", most)
            yield Limit(
                "starts", (kind, service, norm), _("{what}: {units:g} units in a period").format(what=what, units=most),
                most, _("units a period"), max(shares.values(), default=0.0), _used_up(shares), lines,
                partial(_with_measures, case, in_starts), reached=partial(_most_at_once, case, in_starts),
            )  # fmt: skip


def _what(case: Case, kind: str, service: str, members: list[Measure]) -> str:
    if len(members) == 1:
        return naming.name_of(members[0])
    if service:
        return _("facilities of {service}").format(service=naming.service(case, service))
    return KINDS[kind].heading  # type: ignore[index]


def _more_of(measure: Measure, column: str, factor: float) -> Measure:
    """So many times as many units of a measure, whole where it has whole ones; at once no more than there are."""
    figure = getattr(measure, column) * factor
    figure = figure if measure.divisible else float(ceil(figure - WHOLE))
    if column == "max_starts":
        return replace(measure, max_starts=min(measure.units, figure))
    at_once = figure if measure.max_starts == measure.units else measure.max_starts
    return replace(measure, units=figure, max_starts=at_once)


More = Callable[[float], list[Measure]]  # figure of all of them together -> the measures with it


def _more_of_each(members: list[Measure], column: str, now: float, figure: float) -> list[Measure]:
    """Measures with so much more, each by its share, that together they would have the figure; rounded each by itself."""
    return [_more_of(measure, column, figure / now) for measure in members]


def _with_measures(case: Case, more: More, figure: float) -> Fields:
    others = {m.id: m for m in more(figure)}
    return {"measures": FrozenDict({a: others.get(a, m) for a, m in case.measures.items()})}


def _units_of(more: More, figure: float) -> float:
    return sum(m.units for m in more(figure))


def _most_at_once(case: Case, more: More, figure: float) -> float:
    return max(_at_once(case, more(figure)).values())


def _at_once(case: Case, members: Iterable[Measure]) -> dict[str, float]:
    """Period -> units that may start in it."""
    some = list(members)
    return {t: sum(m.max_starts for m in some if any(s.period == t for s in m.starts)) for t in case.period_ids}


# --- levels of the pyramid, rules, land and air


def _levels(plan: Plan) -> Iterator[Limit]:
    """What policies of a level may cost."""
    case = plan.case
    money = sum(sum(line.amount.values()) for line in case.lines.values())
    payers = payers_of(case)
    for level, share in case.pyramid.at_most_share.items():
        names = {m.id for m in case.measures.values() if m.level == level}
        used = _spent(plan, names) / (share * money) if share * money > 0 else 1.0

        def wider(more: float, level: str = level) -> Fields:
            shares = {other: more if other == level else old for other, old in case.pyramid.at_most_share.items()}
            return {"pyramid": replace(case.pyramid, at_most_share=FrozenDict(shares))}

        yield Limit(
            "level", (level,), promises.now(case, ("level", level)), share, _("of all money"), used, (),
            _lines_for(payers, names), wider, most=1.0,
        )  # fmt: skip


def _rules(plan: Plan) -> Iterator[Limit]:
    """A rule of the case."""
    case, payers = plan.case, payers_of(plan.case)
    for k, rule in enumerate(case.rules):
        found = _quantity(plan, rule, rule.measures)
        whole = 1.0 if rule.share_of_measures is None else _quantity(plan, rule, rule.share_of_measures)
        limit = rule.limit * whole
        at_most = rule.sense == "at_most"
        of, least = (found, limit) if at_most else (limit, found)
        used = of / least if least > 0 else 1.0

        def wider(figure: float, k: int = k, rule: Rule = rule) -> Fields:
            rules = list(case.rules)
            rules[k] = replace(rule, at_most=figure) if rule.sense == "at_most" else replace(rule, at_least=figure)
            return {"rules": tuple(rules)}

        yield Limit(
            "rule", (rule.id,), promises.now(case, ("rule", rule.id)), rule.limit, unit_of_rule(case, rule),
            used, (), _lines_for(payers, rule.measures) if at_most else frozenset(), wider, less=not at_most,
            whole=rule.of in ("count", "units") and rule.share_of_measures is None,
            most=inf if rule.share_of_measures is None else 1.0,
        )  # fmt: skip


def _quantity(plan: Plan, rule: Rule, measures: Iterable[str]) -> float:
    """What a rule is about, over some measures and its periods."""
    names, case = frozenset(measures), plan.case
    if rule.of == "spending":
        return _spent(plan, names, rule.periods)
    if rule.of == "jobs":
        last = max(rule.periods, key=case.period_ids.index)
        rows = columns(plan.tables["phases"], "measure", "period", "jobs")
        return float(sum(jobs for a, t, jobs in rows if a in names and t == last))
    started: dict[str, float] = defaultdict(float)
    for a, t, units in columns(plan.tables["decisions"], "measure", "start_period", "units"):
        if a in names and t in rule.periods:
            started[a] += units
    if rule.of == "units":
        return sum(started.values())
    if rule.of == "land":
        return sum(case.parks[a].area_km2 * units for a, units in started.items() if case.measures[a].is_park)
    return float(sum(units > 0 for units in started.values()))


def _land(plan: Plan) -> Iterator[Limit]:
    """Land for parks in a city."""
    case, serves, payers = plan.case, serving(plan), payers_of(plan.case)
    area = _sums(plan, "parks", ("measure", "period"), "area_km2")
    for city in case.cities.values():
        if not city.land_quota_km2:
            continue
        parks = [a for a in case.parks if case.measures[a].is_park and city.id in case.measures[a].cities]
        more = [e for e in case.effects if isinstance(e, AddLand) and city.id in e.cities]
        shares = {
            t: sum(area.get((a, t), 0.0) for a in parks)
            / (city.land_quota_km2 + sum(e.km2 for e in more if (e.measure, t) in serves))
            for t in case.period_ids
        }

        def wider(km2: float, i: str = city.id) -> Fields:
            cities = {j: replace(c, land_quota_km2=km2) if j == i else c for j, c in case.cities.items()}
            return {"cities": FrozenDict(cities)}

        yield Limit(
            "land", (city.id,), promises.now(case, ("land", city.id)), city.land_quota_km2, _("km2"),
            max(shares.values()), _used_up(shares), _lines_for(payers, parks), wider,
        )  # fmt: skip


def _air(plan: Plan) -> Iterator[Limit]:
    """What may be emitted in an airshed."""
    case, payers = plan.case, payers_of(plan.case)
    for airshed in case.airsheds.values():
        if airshed.cap is None:
            continue
        rows = columns(plan.tables["airsheds"], "airshed", "period", "emissions", "cap")
        shares = {t: emitted / cap for h, t, emitted, cap in rows if h == airshed.id and cap > 0}
        cities = {i for i, city in case.cities.items() if city.airshed == airshed.id}
        parks = [a for a in case.parks if case.measures[a].is_park and cities.intersection(case.measures[a].cities)]
        largest = max(airshed.cap.values())
        said = _("{airshed}: at most {cap:g} {unit} a year").format(
            airshed=naming.name_of(airshed), cap=largest, unit=airshed.unit
        )

        def wider(cap: float, h: str = airshed.id, largest: float = largest) -> Fields:
            old = case.airsheds[h]
            assert old.cap is not None
            caps = FrozenDict({t: figure * cap / largest for t, figure in old.cap.items()})
            return {"airsheds": FrozenDict({**case.airsheds, h: replace(old, cap=caps)})}

        yield Limit(
            "airshed", (airshed.id,), said, largest, airshed.unit, max(shares.values(), default=0.0), _used_up(shares),
            _lines_for(payers, parks), wider,
        )  # fmt: skip


# --- sums over tables of a plan


def _sums(plan: Plan, table: str, keys: tuple[str, ...], figure: str) -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for *key, amount in columns(plan.tables[table], *keys, figure):
        found[tuple(key)] += amount
    return found


def _spent(plan: Plan, measures: Iterable[str], periods: Iterable[str] | None = None) -> float:
    """Public money that some measures cost, in some periods or in all, with the fees of the use that they open."""
    paid = spent_on(plan, periods)
    return sum(paid.get(a, 0.0) for a in frozenset(measures))


def _lines_for(payers: Mapping[tuple[str, str], Iterable[str]], measures: Iterable[str]) -> frozenset[str]:
    return frozenset(l for a in measures for kind in ("capital", "running") for l in payers.get((a, kind), ()))


def _used_up(shares: Mapping[str, float]) -> tuple[str, ...]:
    """The periods in which a limit is used up."""
    return tuple(t for t, share in shares.items() if share >= USED_UP)


def in_words(case: Case, limit: Limit) -> str:
    """A limit with the periods in which it is used up, where these are not all."""
    if not limit.periods or len(limit.periods) == len(case.period_ids):
        return limit.said
    labels = series([case.period(t).label for t in limit.periods], ", ")
    parts = _parts(case, limit.kind, limit.ids)
    if len(parts) > 1:  # the limit says its periods itself
        if sum(map(len, parts.values())) == len(limit.periods):
            return limit.said
        return _("{limit}, used up in {periods}").format(limit=limit.said, periods=labels)
    return _("{limit}, in {periods}").format(limit=limit.said, periods=labels)


def figures(case: Case, kind: str, ids: Sequence[str], figure: float, unit: str) -> Text:
    """The figure of a limit with its unit; where it differs by period, that of each, when the largest is this.

    Parameters
    ----------
    figure
        As the limit is now, or wider.
    """
    parts = _parts(case, kind, ids)
    if len(parts) < 2:
        return _("{figure} {unit}").format(figure=numbers.figure(figure), unit=unit)
    each = [
        _("{figure} {unit} in {period}").format(
            figure=numbers.figure(figure * part), unit=unit,
            period=series([case.period(t).label for t in periods], ", "),
        )
        for part, periods in parts.items()
    ]  # fmt: skip
    return series(each, ", ", " and ")


def _parts(case: Case, kind: str, ids: Sequence[str]) -> dict[float, list[str]]:
    """Shares that the limits of periods are of the largest of them -> those periods; empty where one figure is for all."""
    borrowing = case.lines[ids[0]].borrowing if kind == "debt" else None
    limits = {} if borrowing is None else {t: most for t, most in borrowing.limit.items() if most > 0}
    found: dict[float, list[str]] = {}
    for t, most in limits.items():
        found.setdefault(most / max(limits.values()), []).append(t)
    return found
