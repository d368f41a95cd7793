"""The keys of industry, work, policy and money between lines agree with themselves and with the tables."""

from __future__ import annotations

from planner.case.checks.findings import Findings
from planner.case.effects import AllowTransfer
from planner.case.industry import Work
from planner.case.problems import listed
from planner.case.raw import Path
from planner.case.validating import Contents


def check_work_keys(contents: Contents, found: Findings) -> None:
    """Note keys of industry, work, policy and money between lines that contradict one another."""
    for indicator, keys in contents.file.work.items():
        _check_work(("work", indicator), keys, found)
    _check_barriers(contents, found)
    _check_tax_lines(contents, found)
    _check_transfers(contents, found)


def _check_work(path: Path, keys: Work, found: Findings) -> None:
    """What an indicator against targets has not would silently do nothing."""
    for key in keys.declares().values():
        if key.field in keys.silent and found.raw.gives((*path, key.name)):
            message = f"the kind {keys.kind} has no {key.name}: leave it out"
            found.key((*path, key.name), message, getattr(keys, key.field), "nothing")


def _check_barriers(contents: Contents, found: Findings) -> None:
    """What comes before subsidies is the removal of a barrier."""
    levels = {m.row.id: m.row.level for m in contents.measures}
    for name in contents.file.pyramid.barriers_first:
        if name in levels and levels[name] != "barrier_removal":
            level = f"is of level {levels[name]}" if levels[name] else "has no level"
            message = f"'{name}' {level}: barriers_first names policies of level barrier_removal"
            removals = [m for m, level in levels.items() if level == "barrier_removal"]
            found.key(("pyramid", "barriers_first"), message, name, listed(removals))


def _check_tax_lines(contents: Contents, found: Findings) -> None:
    """The tax of a jurisdiction reaches one line, which the jurisdiction holds."""
    jurisdictions = found.raw.ids("cities", "jurisdiction")
    first: dict[str, str] = {}
    for line, keys in contents.file.lines.items():
        if not keys.gets_tax:
            continue
        path: Path = ("lines", line, "gets_tax")
        if jurisdictions and keys.holder not in jurisdictions:
            message = f"only a line held by a jurisdiction gets tax ({listed(jurisdictions)}), not by '{keys.holder}'"
            found.key(path, message, "true", "false")
        elif keys.holder in first:
            message = f"the line {first[keys.holder]} gets the tax of {keys.holder} already: one line of a holder gets it"
            found.key(path, message, "true", "false")
        first.setdefault(keys.holder, line)


def _check_transfers(contents: Contents, found: Findings) -> None:
    """Money goes from a line to another one, and never round in a circle."""
    lines = contents.file.lines
    sends: dict[str, set[str]] = {}
    for path, effect in contents.file.placed_effects():
        if not isinstance(effect, AllowTransfer):
            continue
        sender = lines.get(effect.from_line)
        if effect.from_line == effect.to_line:
            found.key((*path, "to"), f"'{effect.to_line}' is also the line that sends", effect.to_line, "another line")
            continue
        if sender is not None and sender.at_most_share < 1:
            message = (
                f"'{effect.from_line}' may pay at most {sender.at_most_share:g} of a measure: by what it sends it could pay "
                "more"
            )
            found.key((*path, "from"), message, effect.from_line, "a line without at_most_share")
        _check_pair(path, effect, sends, found)
        sends.setdefault(effect.from_line, set()).add(effect.to_line)


def _check_pair(path: Path, keys: AllowTransfer, sends: dict[str, set[str]], found: Findings) -> None:
    if keys.to_line in sends.get(keys.from_line, ()):
        message = f"{keys.from_line} may send to {keys.to_line} by another effect already"
        found.key(path, message, f"{keys.from_line} to {keys.to_line}")
        return
    way = _way(keys.to_line, keys.from_line, sends)
    if way:
        message = f"money could go round in a circle: {' -> '.join([keys.from_line, *way])}"
        found.key(path, message, f"{keys.from_line} to {keys.to_line}")


def _way(start: str, end: str, sends: dict[str, set[str]]) -> list[str]:
    """Lines from one to another along what may be sent; none if there is no way."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for line in sorted(sends.get(way[-1], set()) - seen):
            seen.add(line)
            ways.append([*way, line])
    return []
