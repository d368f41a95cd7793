"""A programme: plan and bound after every round, beside one HiGHS model of everything for as long.

    python -m benchmarks.programme cases/china --gap 0.002 --workers 2       rounds, then the members' plans
    python -m benchmarks.programme cases/china --whole 120                   one model of all members, processor seconds
    python -m benchmarks.programme made --generated 40 500 --time-limit 600  40 generated members, 500 cities

Processor seconds count all processes. On a busy machine only they can be compared.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.clusters import write_programme
from planner.programme.members import Ready, made_ready
from planner.programme.prices import Market, together
from planner.programme.reading import Programme, load_programme
from planner.programme.result import solve_programme
from planner.programme.search import ProgrammeOptions, terms
from planner.solver.highs import Limits, Progress, Solver, relative_gap
from planner.work.stopping import FOREVER


def by_prices(programme: Programme, options: ProgrammeOptions) -> None:
    """The product's own search: a line a round."""
    found = solve_programme(programme, options=options, others=False)
    for one in found.rounds:
        gap = relative_gap(one.best, one.bound)
        print(f"| {one.number} | {one.processor:.0f} | {one.seconds:.0f} | {one.best:.6f} | {one.bound:.6f} | {gap:.2%} |")
    print(f"with the members' plans: {found.value:.6f}, {found.gap:.2%}, {found.seconds:.0f} s of the clock")


def whole(programme: Programme, seconds: float) -> None:
    """One model of all members with the rows of the shared money."""
    began = process_time()
    everybody = programme.participants
    members: dict[str, Ready] = {one.id: made_ready(one.case, terms(programme, one.id), FOREVER) for one in everybody}
    weights = {e.id: e.weight for e in programme.participants}
    program, objective, _ = together(Market.of(programme, programme.amount), members, weights)
    print(f"{len(program.rows):,} rows, {len(program.lower):,} columns, {int(program.integer.sum()):,} integer; "
          f"built in {process_time() - began:.0f} s of processor")  # fmt: skip
    began, said = process_time(), [np.inf, -np.inf]

    def tell(progress: Progress) -> None:
        if [progress.best, progress.bound] != said:
            said[:] = [progress.best, progress.bound]
            spent, gap = process_time() - began, relative_gap(progress.best, progress.bound)
            print(f"{spent:.0f} s of processor: {progress.best:.6f}, bound {progress.bound:.6f}, {gap:.2%}", flush=True)

    limits = Limits(seconds=10 * seconds, gap=1e-4, threads=1)
    Solver(program).minimise(objective, limits, tell, lambda: process_time() - began > seconds)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gap", type=float, default=2e-3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--time-limit", type=float)
    parser.add_argument("--generated", type=int, nargs=2, metavar=("MEMBERS", "CITIES"), help="write the programme first")
    parser.add_argument("--whole", type=float, help="processor seconds of one model of everything instead")
    asked = parser.parse_args()
    if asked.generated:
        write_programme(asked.folder, *asked.generated)
    began = perf_counter()
    programme = load_programme(asked.folder)
    print(f"{len(programme.participants)} members read in {perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
    if asked.whole is not None:
        whole(programme, asked.whole)
    else:
        by_prices(programme, ProgrammeOptions(asked.time_limit, asked.gap, asked.workers))


if __name__ == "__main__":
    main()
