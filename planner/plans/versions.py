"""What earlier versions wrote of a plan, as data: the one place that knows sentences which were once written.

Until format 2, why a search ended, which promises a plan breaks and the ways between cities stood in it as finished English
text. That is read here, once; everything else has `Ended`, `Broken` and ids. So the patterns below are history: no change
of words today changes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from math import nan
from typing import Any

from planner.case import Case, naming
from planner.plans.ended import Ended, told_as
from planner.plans.plan import Broken
from planner.plans.tables import Column
from planner.words.said import Sentence, in_languages

SENTENCES = 2  # the last format with sentences
# table -> format with which it came; earlier plans have no rows of it
SINCE: Mapping[str, int] = {"uses": 4, "levels": 5, "moves": 6}
ROUNDED = 5e-4  # of an amount: it was written with four digits
WHOLE = 0.5  # of jobs: they were written whole

_LIMIT = r"the time limit(?: of \S+ s)?"
_BY: Mapping[str, str] = {
    "share": r"its share of the time limit of \S+ s was used up",
    "limit": rf"{_LIMIT} was hit",
    "interrupted": "interrupted",
    "infeasible": "there is no solution",
    "optimal": r"the solver cannot tell gaps below \S+ from none",
    "failed": "the solver failed",
    "decided": r"the solver ended \(decided\)",
}
_ENDED_BY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _BY.items())
_GOAL = r"(?P<goal>[^;]+?)(?:, city (?P<step>\d+) of (?P<steps>\d+))?"
_REASONS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{pattern})(?:; |$)")
    for kind, pattern in {
        "unproven": rf"(?:{_ENDED_BY}) in goal {_GOAL}(?:, (?:nothing proven|proven within \S+%))?"
                    r"(?:; not looked at: (?P<left>[^;]+))?",
        "not begun": rf"(?P<limit>{_LIMIT} ended) before goal {_GOAL}",
        "no better": rf"goal {_GOAL} ended without a better solution: (?:{_ENDED_BY})",
        "none found": rf"no plan was found(?: within \S+ s)?: (?:{_ENDED_BY})|interrupted before any plan was found",
        "stopped": rf"(?:(?P<limit>{_LIMIT} ended)|(?P<interrupted>interrupted))(?: while (?P<text>[^;]+))?",
        "impossible": "no plan keeps all targets, rules, limits, decided measures and budget lines at once, with nobody "
                      "losing",
        "alone": "the stand-alone plan of (?P<text>.+?) is not proven: (?P<why>[^;]+)",
        "rounding": "rounding the solver's integers breaks a promise by a little; nothing is proven",
        "bound taken back": rf"the plan is better than the solver's bound for goal {_GOAL}; that bound is taken back",
        "not confirmed": "the audit does not confirm it",
        "made by hand": "hand-made: decisions given, figures computed",
    }.items()
}  # fmt: skip


def ended(text: str, languages: Mapping[str, Mapping[str, str]] | None = None) -> tuple[Ended, ...]:
    """Why a search ended, from the sentence that said it; what is no sentence of this program is kept as it is told."""
    found, rest = [], text
    while rest:
        kind, match = next(((kind, m) for kind, pattern in _REASONS.items() if (m := pattern.match(rest))), ("", None))
        if match is None:
            return told_as(in_languages(text, languages or {}))
        found.append(_ended(kind, match))
        rest = rest[match.end() :]
    return tuple(found)


def _ended(kind: Any, match: re.Match[str]) -> Ended:
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    by: Any = next((name for name in _BY if name in said), "interrupted" if kind == "none found" else "")
    whole = {name: int(said[name]) for name in ("step", "steps") if name in said}
    left = tuple(said["left"].split(", ")) if "left" in said else ()
    # a stage of a search is a message of today's catalogues, or stays English
    return Ended(kind, by, said.get("goal", ""), **whole, left=left, text=Sentence(said.get("text", "")),
                 why=said.get("why", ""))  # fmt: skip


def way(case: Case, via: str) -> str:
    """The ids of a way, `city;mode;city`, from `City (mode) City`; what is no city's name stays as it is."""
    ids = {city.name: city.id for city in case.cities.values()}
    modes = "|".join(map(re.escape, case.modes))
    return ";".join(ids.get(part, part) if n % 2 == 0 else part for n, part in enumerate(re.split(rf" \(({modes})\) ", via)))


def with_later_columns(rows: Sequence[Sequence[str]], wanted: Mapping[str, Column], written: int) -> list[list[str]]:
    """The cells of a table of an earlier format with the columns that came since, each with what it was."""
    found = [list(row) for row in rows]
    later = {name: column for name, column in wanted.items() if column.since > written}
    if not found or found[0] != [name for name in wanted if name not in later]:
        return found
    for place, name in enumerate(wanted):
        for number, row in enumerate(found if name in later else ()):
            known = dict(zip(rows[0], rows[number], strict=False)) if number else {}
            row.insert(place, name if number == 0 else known.get(later[name].was, later[name].was))
    return found


_PLACE = r"(?P<city>.+), (?P<period>[^,:]+)"
_LINE = r"line (?P<line>.+), (?P<period>[^,:]+)"
_AMOUNT = r"(?P<amount>-?[\d,.]+(?:e[+-]?\d+)?)"
_BROKEN: Mapping[str, tuple[str, tuple[str, ...]]] = {  # kind -> its sentence, and what its ids are
    "money": (rf"{_LINE}: {_AMOUNT} .+ over", ("line", "period")),
    "minimum": (rf"{_LINE}: {_AMOUNT} .+ short of its minimum", ("line", "period")),
    "largest share": (rf"{_LINE}: {_AMOUNT} .+ over its largest share \(.+\) of a measure", ("line", "period")),
    "target": (rf"target (?P<target>[^:]+): {_PLACE}: missed by {_AMOUNT} .+", ("target", "asks", "city", "period")),
    "gate": (
        rf"gate (?P<gate>[^:]+): (?P<measure>.+) starts in (?P<period>.+), but (?P<city>.+) misses it by {_AMOUNT} .+",
        ("gate", "measure", "asks", "city", "period"),
    ),
    "rule": (rf"rule (?P<rule>[^:]+): {_AMOUNT} .+ too (?:little|much)", ("rule",)),
    "goal limit": (rf"goal (?P<goal>.+): {_AMOUNT} over its limit", ("goal",)),
    "no city loses": (
        rf"{_PLACE}: the (?P<indicator>.+) gap is {_AMOUNT} larger than without the plan", ("indicator", "city", "period"),
    ),
    "nobody worse off": (rf"(?P<who>.+): its own gaps are {_AMOUNT} worse than in its stand-alone plan", ("who",)),
    "land": (rf"{_PLACE}: parks take {_AMOUNT} km2 more than its land quota", ("city", "period")),
    "hosts": (rf"industry (?P<industry>.+): parks in {_AMOUNT} too many cities \(.+ may have them\)", ("industry",)),
    "closed jobs": (rf"{_PLACE}: plants close with {_AMOUNT} jobs more than its parks replace", ("city", "period")),
    "airshed": (rf"airshed (?P<airshed>.+), (?P<period>[^,:]+): {_AMOUNT} .+ over its cap", ("airshed", "period")),
    "level": (rf"level (?P<level>[^:]+): {_AMOUNT} .+ over its share of all money \(.+\)", ("level",)),
    "subsidy periods": (rf"(?P<city>.+): subsidised in {_AMOUNT} too many periods \(.+ may be\)", ("city",)),
    "barrier": (
        r"(?P<measure>.+) starts in (?P<period>.+) before (?P<other>.+) has removed the barrier",
        ("measure", "other", "period"),
    ),
    "requirement": (
        r"(?P<measure>.+) starts in (?P<period>.+) before (?P<other>.+), which it requires, serves",
        ("measure", "other", "period"),
    ),
    "decided": (rf"(?P<measure>.+): decided, but {_AMOUNT} of its units do(?:es)? not start", ("measure",)),
    "group": (r"group (?P<group>.+): more than one of its measures starts", ("group",)),
}  # fmt: skip


def broken(case: Case, text: str, languages: Mapping[str, Mapping[str, str]] | None = None) -> Broken:
    """A promise that a plan breaks, from the sentence that said it; of no kind if it is none of this program and case."""
    for kind, (pattern, wanted) in _BROKEN.items():
        match = re.fullmatch(pattern, text)
        ids: tuple[str, ...] = () if match is None else _ids(case, match.groupdict(), wanted)
        if match is not None and all(ids):
            amount = float(said.replace(",", "")) if (said := match.groupdict().get("amount")) else nan
            rounded = WHOLE if kind == "closed jobs" else ROUNDED * abs(amount)
            return Broken(kind, tuple(map(str, ids)), amount, 0.0 if amount != amount else rounded)
    return Broken("", (in_languages(text, languages or {}),), nan)


def _ids(case: Case, said: Mapping[str, str], wanted: Collection[str]) -> tuple[str, ...]:
    """The ids of what a sentence names, each by its id, as at first, or by its name; empty where nothing is called so."""
    found = {part: _ID_OF[part](case, text) if part in _ID_OF else text for part, text in said.items()}
    asking = {**{target.id: target.indicator for target in case.targets}, **{gate.id: gate.indicator for gate in case.gates}}
    found["asks"] = asking.get(said.get("target") or said.get("gate") or "", "")
    return tuple(found[part] for part in wanted)


def _by_name(things: Callable[[Case], Collection[str]], called: Callable[[Case, str], str]) -> Callable[[Case, str], str]:
    """Gives the id that a text is, or that has it for a name."""
    return lambda case, text: text if text in things(case) else next(
        (id_ for id_ in things(case) if str(called(case, id_)) == text), ""
    )  # fmt: skip


_ID_OF: Mapping[str, Callable[[Case, str], str]] = {
    "line": _by_name(lambda case: case.lines, naming.line),
    "city": _by_name(lambda case: case.cities, naming.city),
    "measure": _by_name(lambda case: case.measures, naming.measure),
    "other": _by_name(lambda case: case.measures, naming.measure),
    "airshed": _by_name(lambda case: case.airsheds, naming.airshed),
    "industry": _by_name(lambda case: case.industries, naming.industry),
    "indicator": _by_name(lambda case: case.indicators, naming.indicator),
    "who": _by_name(lambda case: case.jurisdictions, naming.jurisdiction),
    "level": _by_name(lambda case: case.pyramid.at_most_share, lambda _case, level: naming.level(level)),
    "period": _by_name(lambda case: case.period_ids, lambda case, t: case.period(t).label),
    "goal": _by_name(
        lambda case: [str(n) for n in range(len(case.goals))], lambda case, n: naming.goal(case.goals[int(n)].name)
    ),
}
