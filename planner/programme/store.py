"""A programme's result on disk: one folder with the plan of every member, whole, and programme.json with all that is shared.

It needs nothing else to be read or audited. Figures read back equal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.case import FrozenDict
from planner.files import folders
from planner.plans.store import PlanUnreadable, read_plan, write_plan
from planner.programme.members import Place
from planner.programme.result import MemberResult, OtherDivision, ProgrammePlan
from planner.programme.search import Round
from planner.words.said import _

FILE, PLANS, FORMAT = "programme.json", "plans", 1


class ProgrammeUnreadable(PlanUnreadable):
    """A folder that holds no programme's result, or one of which a part is missing or makes no sense."""


def is_result(folder: Path) -> bool:
    """Whether a programme's result lies in a folder."""
    return (folder / FILE).is_file()


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

    return folders.write_folder(Path(folder), fill, is_result if replace else None, _("a programme"))


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
        "others": [{"division": other.name, "value": _number(other.value), "bound": _number(other.bound),
                    "short": list(other.short),
                    "given": {e: {l: _of_line(own, l) for l in found.lines} for e, own in other.given.items()}}
                   for other in found.others],
        "rounds": [{key: _number(value) for key, value in asdict(one).items()} for one in found.rounds],
        "seconds": found.seconds,
        "versions": dict(found.versions),
    }  # fmt: skip


def _member_json(found: ProgrammePlan, one: MemberResult) -> dict[str, Any]:
    return {
        "name": one.name, "name_zh": one.name_zh, "weight": one.weight, "people": one.people, "value": one.value,
        "bound": _number(one.bound), "given": {l: _of_line(one.given, l) for l in found.lines}, "plan": f"{PLANS}/{one.id}",
    }  # fmt: skip


def _member(id_: str, said: Mapping[str, Any]) -> MemberResult:
    weight, people, value = (float(said[name]) for name in ("weight", "people", "value"))
    name, name_zh = str(said["name"]), str(said["name_zh"])
    return MemberResult(id_, name, name_zh, weight, people, value, _figure(said["bound"]), _places(said["given"]))


def _other(said: Mapping[str, Any]) -> OtherDivision:
    given = FrozenDict({str(e): _places(own) for e, own in said["given"].items()})
    return OtherDivision(
        said["division"], given, _figure(said["value"]), _figure(said["bound"]), tuple(map(str, said["short"]))
    )


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
    PlanUnreadable
        The plan of a member cannot be read.
    """
    folder = Path(folder)
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProgrammeUnreadable(_("there is no programme at {folder}").format(folder=folder)) from None
    except (OSError, ValueError) as error:
        raise ProgrammeUnreadable(_("{file} cannot be read: {why}").format(file=folder / FILE, why=error)) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ProgrammeUnreadable(_("{file} is not of a format that this version reads").format(file=folder / FILE))
    try:
        plans = {str(e): read_plan(folder / PLANS / str(e)) for e in said["members"]}
        return _found(said, plans)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, PlanUnreadable):
            raise
        raise ProgrammeUnreadable(
            _("{file}: {what} is missing or makes no sense").format(file=folder / FILE, what=error)
        ) from None


def _found(said: Mapping[str, Any], plans: Mapping[str, Any]) -> ProgrammePlan:
    lines = said["lines"]
    return ProgrammePlan(
        name=str(said["name"]), title=str(said["title"]), title_zh=str(said["title_zh"]), unit=str(said["unit"]),
        prices_of=int(said["prices_of"]), periods=FrozenDict({str(k): str(v) for k, v in said["periods"].items()}),
        lines=FrozenDict({l: (str(of["name"]), str(of["name_zh"])) for l, of in lines.items()}),
        amount=_places({l: of["amounts"] for l, of in lines.items()}),
        carries=frozenset(l for l, of in lines.items() if of["carry_over"] is True),
        shares=FrozenDict({str(k): float(v) for k, v in said["shares"].items()}),
        weighs_people=said["weighs_people"] is True, status=said["status"],
        value=_figure(said["value"]), bound=_figure(said["bound"]), asked=float(said["asked"]),
        prices=_places({l: of["prices"] for l, of in lines.items()}),
        members=tuple(_member(str(e), of) for e, of in said["members"].items()),
        plans=FrozenDict(plans),
        others=tuple(map(_other, said["others"])),
        rounds=tuple(map(_round, said["rounds"])),
        seconds=float(said["seconds"]), versions=FrozenDict({str(k): str(v) for k, v in said["versions"].items()}),
    )  # fmt: skip


def _places(money: Mapping[str, Mapping[str, Any]]) -> FrozenDict[Place, float]:
    return FrozenDict({(str(l), str(t)): float(value) for l, of in money.items() for t, value in of.items()})


def _figure(value: Any) -> float:
    return math.nan if value is None else float(value)


def _round(said: Mapping[str, Any]) -> Round:
    figures = {name: _figure(said[name]) for name in ("seconds", "processor", "bound", "best", "own")}
    return Round(number=int(said["number"]), offers=int(said["offers"]), **figures)
