"""`python -m tests.kept.programs`: whether the solver is handed the programs that the first version handed it.

Compares, for every scenario of the smallest shipped case and of a region that stays as it was, generated clusters of 50 and
100 cities and 200 random tiny cases, all rows, columns, their order and coefficients, by hash; where two differ it names the
components. `--write` keeps today's.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clusters import write_cluster
from planner.case import Case, load_case
from planner.planning.settling import Settler
from planner.solver.linear import LinearProgram
from tests.oracle.random_cases import case_of
from tests.oracle.work_cases import work_case_of
from tests.regions import KEPT as REGION
from tests.regions import ROOT

FOLDERS = (REGION, ROOT / "cases" / "tiny")
KEPT = Path(__file__).parent / "first" / "programs.json"
LARGE = (50, 100)
TINY = 100  # of each kind


def cases(scratch: Path) -> Iterator[tuple[str, Case]]:
    """Name and case of everything that is compared; tiny cases last."""
    for folder in FOLDERS:
        for scenario in ("base", *load_case(folder).scenarios):
            yield f"{folder.name}, {scenario}", load_case(folder, scenario)
    for cities in LARGE:
        yield f"{cities} cities", load_case(write_cluster(scratch / str(cities), cities))
    for number in range(TINY):
        yield f"random {number}", case_of(number)
        yield f"random work {number}", work_case_of(number)


def fingerprint(program: LinearProgram) -> dict[str, str]:
    """A hash over all, and one for each component of rows, columns and objectives."""
    parts: dict[str, list[object]] = defaultdict(list)
    names = list(program.columns)
    matrix = program.matrix
    for name, row in program.rows.items():
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = sorted((repr(names[k]), float(v)) for k, v in zip(matrix.indices[at], matrix.data[at], strict=True))
        limits = _limit(program.row_lower[row]), _limit(program.row_upper[row])
        parts[f"row {name[0]}"].append((repr(name[1]), terms, *limits))
    for name, column in program.columns.items():
        bounds = float(program.lower[column]), float(program.upper[column]), bool(program.integer[column])
        parts[f"column {name[0]}"].append((repr(name[1]), bounds))
    for name, objective in program.objectives.items():
        costs = [(repr(names[k]), float(objective.cost[k])) for k in objective.cost.nonzero()[0]]
        parts[f"objective {name!r}"].append((costs, objective.offset))
    parts["order"] = [list(map(repr, program.rows)), list(map(repr, program.columns))]
    found = {part: _hash(content) for part, content in parts.items()}
    return {"all": _hash(sorted(found.items())), **found}


def _limit(value: float) -> str:
    """A row's limit; some are figures of the cluster without the plan, whose last digits hang on the processor."""
    return f"{value:.9g}"


def _hash(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


def main(write: bool) -> int:
    """Compares or writes; 1 where a program is another than it was."""
    kept = {} if write else json.loads(KEPT.read_text(encoding="utf-8"))
    others = count = 0
    with TemporaryDirectory() as scratch:
        for name, case in cases(Path(scratch)):
            found = fingerprint(Settler.of(case).built.search_program)
            count += 1
            if write:
                kept[name] = {"all": found["all"]} if name.startswith("random") else found
            elif kept[name]["all"] != found["all"]:
                others += 1
                parts = sorted(p for p in {*kept[name], *found} - {"all"} if kept[name].get(p) != found.get(p))
                sys.stdout.write(f"- {name}: {', '.join(parts)}\n")
    if write:
        KEPT.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{count} programs, {others} are others than they were\n")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv))
