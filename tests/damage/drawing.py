"""The sound cases, and damage drawn by chance: a third of it plausible faults of typing in the real case."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.case import load_case, write_workbook
from tests.case import small, small_work
from tests.damage import slips, tables, workbooks
from tests.damage.outcomes import Damaged, Origin, fault_of, origin
from tests.damage.tables import Operator

REAL = Path(__file__).parents[2] / "cases" / "jing-jin-ji"
READ = (".csv", ".yaml", ".md", ".geojson")
BESIDE = ("README.md", "expected.yaml")


@dataclass(frozen=True)
class Kind:
    """Operators, and the sound cases that they work on."""

    operators: Sequence[Operator]
    origins: Sequence[Origin]


def kinds(folder: Path) -> Mapping[str, Kind]:
    """Tables, typing and workbooks, with their cases written and read once."""
    texts = {"services": small.FILES, "industry": small_work.FILES}
    folders = [origin(n, {f: t.encode() for f, t in files.items()}, folder / n) for n, files in texts.items()]
    files = {file.name: file.read_bytes() for file in REAL.iterdir() if file.suffix in READ and file.name not in BESIDE}
    real = origin("jing-jin-ji", files, folder / "real")
    books = []
    for name in texts:
        file = folder / f"{name}.xlsx"
        write_workbook(load_case(folder / name), file)
        books.append(origin(f"{name}.xlsx", {file.name: file.read_bytes()}, folder / f"{name}-book"))
    return {
        "tables": Kind(tables.OPERATORS, folders),
        "slips": Kind(slips.OPERATORS, [real]),
        "workbooks": Kind(workbooks.OPERATORS, books),
    }


def drawn(kind: Kind, name: str, seed: int) -> Iterator[tuple[Damaged, Origin]]:
    """Damage without end; the same for the same seed."""
    chance = random.Random(f"{name} {seed}")
    while True:
        whole = chance.choice(kind.origins)
        damaged = chance.choice(kind.operators)(chance, whole.files)
        if damaged is not None and damaged.files != whole.files:  # a number may stand in another form already
            yield damaged, whole


def faults(kind: Kind, name: str, seed: int, count: int, folder: Path) -> list[str]:
    """What went wrong with so many damages, each told with its operator and what was done."""
    found = []
    for n, (damaged, whole) in zip(range(count), drawn(kind, name, seed), strict=False):
        fault = fault_of(damaged, whole, folder / f"{name}-{seed}-{n}")
        if fault is not None:
            found.append(f"{whole.name}, {damaged.operator}, {damaged.what}: {fault}")
    return found
