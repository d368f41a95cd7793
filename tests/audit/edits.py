"""Edits of plans on disk by a forger who works out the digests anew, and whether the audit finds them.

`python -m tests.audit.edits [COUNT] [SEED]` draws edits over every number that plans with parks, tax, debts and transfers
show, prints what passed unnoticed and which fields were never drawn, and exits with 1 if anything passed.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planner.audit import audit
from planner.case import FrozenDict, load_case
from planner.planning.handmade import evaluate
from planner.planning.search import SolveOptions, solve
from planner.plans.ended import Ended
from planner.plans.plan import Plan
from planner.plans.store import PlanUnreadable, checksums, read_plan, write_plan
from planner.plans.tables import TABLES, TEXT_COLUMNS
from tests.product.industrial import DECISIONS, write_files

KEPT = Path(__file__).parents[1] / "kept" / "first" / "plans"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
TEXTS = ("versions",)  # of plan.json, in which numbers stand

BY_PROOF: Mapping[str, str] = {
    "goals.bound": "what nothing can beat is the solver's word",
    "goals.optimality_gap": "how far the step's own solution was from its bound is the solver's word with it",
    "goals.cities.bound": "as of the goal",
    "goals.cities.optimality_gap": "as of the goal",
    "alone.value_alone": "the decisions of stand-alone plans are not in the plan",
    "alone.bound_alone": "the solver's word on the stand-alone plans",
}
"""What follows from nothing else in a plan: `planner audit --prove` solves again for it, and the digest guards it."""

BY_DIGEST: Mapping[str, str] = {
    "options.time_limit": "what was asked for",
    "options.gap": "what was asked for",
    "options.later_gap": "what was asked for",
    "options.threads": "what was asked for",
    "options.seed": "what was asked for",
    "seconds": "how long it took",
    "versions": "what it was made with",
}
"""What says how a plan was made, whatever its figures are: only the digest guards it."""


@dataclass(frozen=True)
class Place:
    """Where a plan shows a number: the keys in plan.json, or the row and column of a table.

    Attributes
    ----------
    number
        Which number of a text; None where the value is a number.
    """

    table: str | None
    keys: tuple[str | int, ...]
    number: int | None = None

    @property
    def field(self) -> str:
        """The kind of number, without the row."""
        names = [key for key in self.keys if isinstance(key, str)]
        if self.table is not None:
            return f"{self.table}.{names[0]}"
        return names[0] if names[0] in TEXTS or names[0] == "seconds" else ".".join(names)


@dataclass(frozen=True)
class Edit:
    """A number that is changed."""

    place: Place
    kind: str
    old: str | int | float
    new: str | int | float

    def __str__(self) -> str:
        return f"{self.place.field} {list(self.place.keys)}: {self.kind}, {self.old!r} -> {self.new!r}"


def plans(folder: Path, large: bool = False) -> dict[str, Path]:
    """Plans to edit, each in a folder: solved, stopped, by hand, breaking promises, the worst off first."""
    case = load_case(write_files(folder / "case"))
    options = SolveOptions(threads=1)
    solved = solve(case, options=options)
    fair = write_files(folder / "fair case")
    text = (fair / "case.yaml").read_text(encoding="utf-8").replace("gaps: 1, worst_city: 0.5", "worst_off_first: 1")
    (fair / "case.yaml").write_text(text, encoding="utf-8")
    without_parks = {start: units for start, units in DECISIONS.items() if start[0] not in ("plant", "parts")}
    made = {
        "solved": solved,
        "stopped": stopped(solved),
        "by hand": evaluate(case, DECISIONS),
        "breaking promises": evaluate(case, without_parks),
        "worst off first": solve(load_case(fair), options=options),
        "in large units": evaluate(load_case(_in_large_units(write_files(folder / "large case"))), DECISIONS),
    }
    made |= {name: read_plan(KEPT / name) for name in ("tiny", "parks", *(["jing-jin-ji"] if large else []))}
    return {name: write_plan(plan, folder / name) for name, plan in made.items()}


def _in_large_units(case: Path) -> Path:
    """The case with its money in units a thousand times as large: most amounts are below a hundredth."""
    text = (case / "case.yaml").read_text(encoding="utf-8").replace("bn CNY", "tn CNY").replace("limit: 5,", "limit: 0.005,")
    (case / "case.yaml").write_text(text, encoding="utf-8")
    for file, names in (("measures", ("capital_cost", "running_cost")), ("parks", ("tax",)), ("budgets", ("amount",))):
        head, *rows = _rows(case, file)
        at = [head.index(name) for name in names]
        for row in rows:
            for n in at:
                row[n] = str(float(row[n]) / 1000) if row[n] else ""
        _write_rows(case, file, [head, *rows])
    return case


def stopped(plan: Plan) -> Plan:
    """A solved plan, as if its first goal had been cut short at 7 % and the later ones never begun."""
    first, *later = plan.goals
    bound = first.value * 0.93
    cut = replace(first, bound=bound, optimality_gap=0.07, proof_gap=(first.value - bound) / first.value)
    begun = tuple(replace(goal, bound=nan, optimality_gap=nan, proof_gap=nan) for goal in later)
    why = Ended("unproven", "limit", first.name, left=(later[0].name,))
    asked = FrozenDict({**plan.options, "time_limit": 9.0})
    return replace(plan, status="feasible", ended=(why,), goals=(cut, *begun), options=asked)


def places(folder: Path) -> list[Place]:
    """Every number that a plan shows."""
    found = [
        Place(None, keys, number)
        for keys, value in _leaves(json.loads((folder / "plan.json").read_text(encoding="utf-8")))
        if keys[0] not in ("sha256", "case", "written", "format", "scenario_names")
        for number in _numbers(keys, value)
    ]
    for name in TABLES:
        for row, cells in enumerate(_rows(folder, name)[1:], start=1):
            found += [
                Place(name, (row, column))
                for column, cell in zip(TABLES[name], cells, strict=True)
                if column not in TEXT_COLUMNS and cell
            ]
    return found


def _leaves(content: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if not isinstance(content, dict | list):
        return [(keys, content)]
    items = content.items() if isinstance(content, dict) else enumerate(content)
    return [leaf for key, value in items for leaf in _leaves(value, (*keys, key))]


def _numbers(keys: tuple[str | int, ...], value: Any) -> list[int | None]:
    """The numbers of a value of plan.json: itself, or those in a text that holds some."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [None]
    return list(range(len(NUMBER.findall(value)))) if keys[0] in TEXTS and isinstance(value, str) else []


def _rows(folder: Path, table: str) -> list[list[str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _write_rows(folder: Path, table: str, rows: list[list[str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def value_at(folder: Path, place: Place) -> str | int | float:
    """The number as it stands: that of a table or a text as text."""
    if place.table is not None:
        row, column = place.keys
        return _rows(folder, place.table)[int(row)][list(TABLES[place.table]).index(str(column))]
    found = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    for key in place.keys:
        found = found[key]
    number: str | int | float = found if place.number is None else NUMBER.findall(found)[place.number]
    return number


KINDS: Mapping[str, Callable[[float], float]] = {
    "ten times as much": lambda x: 10 * x,
    "a tenth": lambda x: x / 10,
    "the other sign": lambda x: -x,
    "a thousandth more": lambda x: x * 1.001,
    "a thousandth less": lambda x: x * 0.999,
    "nothing": lambda x: 0.0,
    "one more": lambda x: x + 1.0,
}
SWAP = "swapped with another row"
ROUNDING = 1e-4  # what changes a number by less is no edit: two rows may say the same but for rounding
DUST = 1e-6  # of the largest number of the field: what a solver leaves where there is nothing


def draw(folder: Path, field: str, among: list[Place], rng: random.Random) -> Edit | None:
    """An edit of one of the numbers of a field; None if all of those tried would change nothing."""
    largest = max(abs(float(value_at(folder, place))) for place in among)
    for _ in range(20):
        place, kind = rng.choice(among), rng.choice([*KINDS, SWAP])
        old = value_at(folder, place)
        new = value_at(folder, rng.choice(among)) if kind == SWAP else _changed(old, KINDS[kind])
        change = abs(float(new) - float(old))
        if change > ROUNDING * abs(float(old)) and change > DUST * largest:
            return Edit(place, kind, old, new)
    return None


def _changed(old: str | int | float, change: Callable[[float], float]) -> str | int | float:
    """The number after a change, written as it was: whole ones stay whole."""
    new = change(float(old))
    if isinstance(old, int) or re.fullmatch(r"-?\d+", str(old)):
        step = (new > float(old)) - (new < float(old))
        whole = round(new) if round(new) != int(old) else int(old) + step
        return whole if isinstance(old, int) else str(whole)
    return repr(new) if isinstance(old, str) else new


def forge(folder: Path, edit: Edit, with_digests: bool = True) -> None:
    """Make an edit in a plan's folder, and work out its digests anew."""
    place, file = edit.place, folder / "plan.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    if place.table is not None:
        rows = _rows(folder, place.table)
        rows[int(place.keys[0])][list(TABLES[place.table]).index(str(place.keys[1]))] = str(edit.new)
        _write_rows(folder, place.table, rows)
    else:
        *way, last = place.keys
        holder = content
        for key in way:
            holder = holder[key]
        if place.number is None:
            holder[last] = edit.new
        else:
            at = list(NUMBER.finditer(holder[last]))[place.number]
            holder[last] = holder[last][: at.start()] + str(edit.new) + holder[last][at.end() :]
    if with_digests:
        content["sha256"] = checksums(folder, content)
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def is_found(folder: Path) -> bool:
    """Whether a plan is refused, known as changed, or fails its audit."""
    try:
        plan = read_plan(folder)
    except PlanUnreadable:
        return True
    return plan.may_be_edited or not audit(plan).passed


def faults(folder: Path, count: int, seed: int, large: bool = False) -> tuple[list[str], Counter[str], set[str]]:
    """Draw edits.

    Returns
    -------
    unnoticed
        The edits that passed.
    drawn
        Field -> edits drawn.
    never
        The fields that were never drawn.
    """
    rng = random.Random(seed)
    originals = plans(folder / "plans", large)
    fields: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for name, original in originals.items():
        assert not is_found(original), name
        for place in places(original):
            fields[name, place.field].append(place)
    unnoticed: list[str] = []
    drawn: Counter[str] = Counter()
    first = rng.sample(sorted(fields), len(fields))  # every field once, in any plan that allows it; then any
    while sum(drawn.values()) < count:
        name, field = first.pop() if first else rng.choice(sorted(fields))
        if first and field in drawn:
            continue
        edit = draw(originals[name], field, fields[name, field], rng)
        if edit is None:
            continue
        drawn[field] += 1
        copy = Path(shutil.copytree(originals[name], folder / "copy"))
        forge(copy, edit, with_digests=field not in BY_PROOF and field not in BY_DIGEST)
        if not is_found(copy):
            unnoticed.append(f"{name}: {edit}")
        shutil.rmtree(copy)
    return unnoticed, drawn, {field for _, field in fields} - set(drawn)


def main(count: int = 500, seed: int = 0) -> int:
    """Draw, and print what passed."""
    with TemporaryDirectory() as folder:
        unnoticed, drawn, never = faults(Path(folder), count, seed, large=True)
    sys.stdout.write(f"{sum(drawn.values())} edits of {len(drawn)} fields, {len(unnoticed)} unnoticed\n")
    sys.stdout.write("".join(f"- {text}\n" for text in unnoticed))
    for title, known in (("solved for again by `audit --prove`", BY_PROOF), ("guarded by the digest alone", BY_DIGEST)):
        sys.stdout.write(f"{title}:\n" + "".join(f"- {field}: {why}\n" for field, why in known.items()))
    sys.stdout.write(f"never drawn: {', '.join(sorted(never)) or 'none'}\n")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
