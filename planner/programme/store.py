"""A programme's result on disk: one folder with the plan of every member, whole, and programme.json with all that is shared.

It needs nothing else to be read or audited. Figures read back equal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast, get_args

from planner.case import FrozenDict
from planner.case.units import in_words
from planner.files import folders
from planner.plans.plan import Plan
from planner.plans.store import PlanDamaged, PlanUnreadable, is_part_of_plans, read_plan, write_plan
from planner.programme.keys import Fairness
from planner.programme.members import Place
from planner.programme.other_divisions import OtherAmount, OtherDivision
from planner.programme.reading import RESERVED
from planner.programme.result import MemberResult, ProgrammePlan, Status
from planner.programme.search import Round
from planner.words.said import _, said_by
from planner.words.system import why_unread

FILE, PLANS, FORMAT = "programme.json", "plans", 1


class ProgrammeUnreadable(PlanUnreadable):
    """A folder that holds no programme's result, or one that cannot be read; the message says which file and why."""


class ProgrammeDamaged(ProgrammeUnreadable, PlanDamaged):
    """A programme's result of which some part is missing or makes no sense."""


def is_result(folder: Path) -> bool:
    """Whether a programme's result lies in a folder."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "format" in content


def parts(folder: Path) -> folders.IsPart:
    """What tells the files of a result in a folder."""
    return lambda names: names == (FILE,) or (names[0] == PLANS and is_part_of_plans(folder / PLANS, names[1:]))


def write_programme(found: ProgrammePlan, folder: Path | str, replace: bool = False) -> Path:
    """Write a result as a folder: whole, or not at all.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced.
    planner.files.folders.NotWritten
        The disk refuses; nothing is changed then.
    """

    def fill(fresh: Path) -> None:
        for member, plan in found.plans.items():
            write_plan(plan, fresh / PLANS / member)
        text = json.dumps(as_json(found), ensure_ascii=False, indent=2, allow_nan=False)
        (fresh / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")

    return folders.write_folder(Path(folder), fill, is_result if replace else None, _("a programme"), parts)


def as_json(found: ProgrammePlan) -> dict[str, Any]:
    """What programme.json says: plain values, null where a figure does not exist."""
    return {
        "format": FORMAT,
        "name": found.name, "title": found.title, "title_zh": found.title_zh,
        "unit": found.unit, "prices_of": found.prices_of,
        "status": found.status, "value": _number(found.value), "bound": _number(found.bound), "gap": _number(found.gap),
        "asked": found.asked,
        "periods": dict(found.periods),
        "lines": {l: {"name": name, "name_zh": name_zh, "carry_over": l in found.carries,
                      "amounts": _of_line(found.amount, l), "prices": _of_line(found.prices, l)}
                  for l, (name, name_zh) in found.lines.items()},
        "shares": dict(found.shares), "weighs_people": found.weighs_people,
        "members": {one.id: _member_json(found, one) for one in found.members},
        "others": [{"division": other.id, "name": other.name, "name_zh": other.name_zh,
                    "value": _number(other.value), "bound": _number(other.bound),
                    "short": list(other.short),
                    "given": {e: {l: _of_line(own, l) for l in found.lines} for e, own in other.given.items()}}
                   for other in found.others],
        "amounts": [{"times": other.times, "impossible": other.impossible,
                     "value": _number(other.value), "bound": _number(other.bound),
                     "given": {e: {l: _of_line(own, l) for l in found.lines} for e, own in other.given.items()}}
                    for other in found.amounts],
        "rounds": [{key: _number(value) for key, value in asdict(one).items()} for one in found.rounds],
        "seconds": found.seconds,
        "versions": dict(found.versions),
    }  # fmt: skip


def _member_json(found: ProgrammePlan, one: MemberResult) -> dict[str, Any]:
    return {
        "name": one.name, "name_zh": one.name_zh, "weight": one.weight, "people": one.people, "value": one.value,
        "bound": _number(one.bound), "given": {l: _of_line(one.given, l) for l in found.lines}, "plan": f"{PLANS}/{one.id}",
    }  # fmt: skip


def _of_line(money: Mapping[Place, float], line: str) -> dict[str, float]:
    return {t: value for (l, t), value in money.items() if l == line}


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read_programme(folder: Path | str) -> ProgrammePlan:
    """Read a programme's result.

    Raises
    ------
    ProgrammeUnreadable
        There is none, or a part of it is missing or makes no sense; the message says which.
    planner.plans.store.PlanDamaged
        The plan of a member is missing, or cannot be read.
    """
    folder = Path(folder)
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProgrammeUnreadable(_("there is no programme at {folder}").format(folder=folder)) from None
    except (OSError, ValueError) as error:
        again = _("{file} cannot be read: {why}. Put it back from a copy, or solve the programme again.")
        raise ProgrammeDamaged(again.format(file=folder / FILE, why=why_unread(error))) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ProgrammeUnreadable(_("{file} is not of a format that this version reads").format(file=folder / FILE))
    whole = _Part(said)
    try:
        plans = {e: _plan_of_member(folder / PLANS / e) for e in whole["members"].parts()}
        return _found(whole, plans)
    except _Senseless as error:
        raise ProgrammeDamaged(
            _("{file}: {what} is missing or makes no sense").format(file=folder / FILE, what=error)
        ) from None


def _plan_of_member(folder: Path) -> Plan:
    """The plan of a member: without it the whole is damaged."""
    try:
        return read_plan(folder)
    except PlanDamaged:
        raise
    except PlanUnreadable as missing:
        raise ProgrammeDamaged(said_by(missing)) from missing


class _Senseless(Exception):
    """What is missing or makes no sense, by its key."""


@dataclass(frozen=True)
class _Part:
    """A part of programme.json with the key that it stands at."""

    value: Any
    key: str = ""

    def __getitem__(self, name: str) -> _Part:
        key = f"{self.key}.{name}" if self.key else name
        if not isinstance(self.value, dict) or name not in self.value:
            raise _Senseless(key)
        return _Part(self.value[name], key)

    def get(self, name: str, otherwise: Any) -> _Part:
        """A part that earlier versions did not write."""
        return self[name] if isinstance(self.value, dict) and name in self.value else _Part(otherwise, name)

    def must(self, right: bool) -> None:
        """Go on, unless it makes no sense."""
        if not right:
            raise _Senseless(self.key)

    def parts(self) -> dict[str, _Part]:
        """Name -> part, of a table."""
        self.must(isinstance(self.value, dict))
        return {name: self[name] for name in self.value}

    def of_each(self, names: Iterable[str]) -> dict[str, _Part]:
        """The same of a table that has exactly these names."""
        found = {name: self[name] for name in names}
        for name, part in self.parts().items():
            part.must(name in found)
        return found

    def listed(self) -> list[_Part]:
        """The parts of a list."""
        self.must(isinstance(self.value, list))
        return [_Part(value, f"{self.key}.{n}") for n, value in enumerate(self.value)]

    def text(self, allowed: Iterable[str] | None = None) -> str:
        """A text, one of those that are allowed."""
        self.must(isinstance(self.value, str) and (allowed is None or self.value in allowed))
        return str(self.value)

    def yes(self) -> bool:
        """True or false."""
        self.must(isinstance(self.value, bool))
        return bool(self.value)

    def number(self, above: float = -math.inf) -> float:
        """A finite number."""
        self.must(isinstance(self.value, int | float) and not isinstance(self.value, bool))
        self.must(math.isfinite(self.value) and self.value > above)
        return float(self.value)

    def figure(self) -> float:
        """A finite number; NaN where the file says null."""
        return math.nan if self.value is None else self.number()

    def whole(self) -> int:
        """A whole number."""
        self.must(self.number().is_integer())
        return int(self.value)

    def money(self, lines: Iterable[str], periods: Collection[str]) -> FrozenDict[Place, float]:
        """Money of every line and period, and of no others."""
        return FrozenDict({
            (l, t): value.number() for l, of in self.of_each(lines).items() for t, value in of.of_each(periods).items()
        })  # fmt: skip


def _found(said: _Part, plans: Mapping[str, Plan]) -> ProgrammePlan:
    periods = {t: label.text() for t, label in said["periods"].parts().items()}
    lines, members = said["lines"].parts(), said["members"].parts()
    said["periods"].must(bool(periods))
    said["lines"].must(bool(lines))
    status, rounds = said["status"], tuple(map(_round, said["rounds"].listed()))
    status.must((status.text(get_args(Status)) == "no_plan") != bool(members))
    said["rounds"].must(bool(rounds) or not members)
    priced = any(of["prices"].parts() for of in lines.values())  # without a bound there are none
    said["bound"].must(said["bound"].value is None or priced)
    return ProgrammePlan(
        name=said["name"].text(), title=said["title"].text(), title_zh=said["title_zh"].text(),
        unit=in_words(said["unit"].text()),
        prices_of=said["prices_of"].whole(), periods=FrozenDict(periods),
        lines=FrozenDict({l: (of["name"].text(), of["name_zh"].text()) for l, of in lines.items()}),
        amount=_of_lines(lines, "amounts", periods),
        carries=frozenset(l for l, of in lines.items() if of["carry_over"].yes()),
        shares=FrozenDict({name: share.number() for name, share in said["shares"].of_each(Fairness.declares()).items()}),
        weighs_people=said["weighs_people"].yes(), status=cast(Status, status.value),
        value=said["value"].number() if members else said["value"].figure(), bound=said["bound"].figure(),
        asked=said["asked"].number(), prices=_of_lines(lines, "prices", periods) if priced else FrozenDict({}),
        members=tuple(_member(e, of, lines, periods) for e, of in members.items()),
        plans=FrozenDict(plans),
        others=tuple(_other(of, members, lines, periods) for of in said["others"].listed()),
        amounts=tuple(_amount(of, members, lines, periods) for of in said.get("amounts", []).listed()),
        rounds=rounds, seconds=said["seconds"].number(),
        versions=FrozenDict({name: of.text() for name, of in said["versions"].parts().items()}),
    )  # fmt: skip


def _of_lines(lines: Mapping[str, _Part], what: str, periods: Iterable[str]) -> FrozenDict[Place, float]:
    return FrozenDict({(l, t): value.number() for l, of in lines.items() for t, value in of[what].of_each(periods).items()})


def _member(id_: str, said: _Part, lines: Iterable[str], periods: Collection[str]) -> MemberResult:
    return MemberResult(
        id_, said["name"].text(), said["name_zh"].text(), said["weight"].number(above=0.0), said["people"].number(above=0.0),
        said["value"].number(), said["bound"].figure(), said["given"].money(lines, periods),
    )  # fmt: skip


def _other(said: _Part, members: Iterable[str], lines: Collection[str], periods: Collection[str]) -> OtherDivision:
    id_, names = said["division"].text(), (said.get("name", "").text(), said.get("name_zh", "").text())
    said["division"].must(bool(id_) and (bool(names[0]) or id_ in RESERVED))
    given = {e: own.money(lines, periods) for e, own in said["given"].of_each(members).items()}
    short = tuple(e.text(given) for e in said["short"].listed())
    return OtherDivision(id_, FrozenDict(given), said["value"].figure(), said["bound"].figure(), short, *names)


def _amount(said: _Part, members: Collection[str], lines: Collection[str], periods: Collection[str]) -> OtherAmount:
    names = members if said["given"].parts() else ()
    given = {e: own.money(lines, periods) for e, own in said["given"].of_each(names).items()}
    times, value, bound = said["times"].number(above=0.0), said["value"].figure(), said["bound"].figure()
    return OtherAmount(times, FrozenDict(given), value, bound, said["impossible"].yes())


def _round(said: _Part) -> Round:
    figures = {name: said[name].figure() for name in ("seconds", "processor", "bound", "best", "own")}
    return Round(number=said["number"].whole(), offers=said["offers"].whole(), **figures)
