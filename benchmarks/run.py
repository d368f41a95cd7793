"""How large the models get and where the time goes: python -m benchmarks.run [CASE ...] [--seconds S] [--rows].

Without a case: tiny, jing-jin-ji, and generated clusters of 50 and 100 cities. Prints a table in Markdown for each case.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import highspy
import numpy as np
import scipy.sparse as sp

from benchmarks.clusters import write_cluster
from models.network import Network
from planner.audit import audit
from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.planning.settling import Settler, slack
from planner.plans.store import write_plan
from planner.solver.highs import Answer, Limits, Solver
from planner.solver.linear import LinearProgram
from planner.work.stopping import Until

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run the benchmark on the cases asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", help="case folders, or a number of cities for a generated cluster")
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit of each solve")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.cases or ["cases/tiny", "benchmarks/cases/jing-jin-ji", "50", "100"]:
            case = write_cluster(Path(folder) / f"cluster-{name}", int(name)) if name.isdigit() else ROOT / name
            limits = Limits(seconds=asked.seconds, threads=asked.threads)
            print(f"\n### {case.name}\n")
            for line in report(case, limits, Path(folder)):
                print(line, flush=True)


def report(folder: Path, limits: Limits, scratch: Path) -> Iterator[str]:
    """The lines of one case's report."""
    began = perf_counter()
    case = load_case(folder)
    reading = perf_counter() - began
    plan = solve(case, options=SolveOptions(limits.seconds, limits.gap, limits.threads))
    began = perf_counter()
    passed = audit(plan).passed
    auditing = perf_counter() - began
    began = perf_counter()
    write_plan(plan, scratch / f"plan-{folder.name}")
    seconds = {"reading": reading, **plan.seconds, "auditing": auditing, "writing": perf_counter() - began}
    settler = Settler.of(case)
    program = settler.built.search_program
    consumers = settler.built.instance[Network].consumers.values()
    yield "| cities | measures | routes | rows | columns | of them integer | non-zeros |\n|---|---|---|---|---|---|---|"
    sizes = (len(program.rows), len(program.columns), int(program.integer.sum()), program.matrix.nnz)
    routes = sum(len(consumer.routes) for consumer in consumers)
    yield f"| {len(case.cities)} | {len(case.measures)} | {routes} | " + " | ".join(f"{n:,}" for n in sizes) + " |\n"
    yield "| " + " | ".join(seconds) + " | total, s |\n" + "|---" * (len(seconds) + 1) + "|"
    total = sum(seconds.values())
    yield "| " + " | ".join(f"{s:.2f}" for s in seconds.values()) + f" | {total:.2f} |\n"
    yield f"Status {plan.status} {plan.reason}, audit {'passed' if passed else 'FAILED'}: " + ", ".join(
        f"{goal.name} {goal.value:.6g} (step's gap {goal.optimality_gap:.1e}, proof gap {goal.proof_gap:.1e})"
        for goal in plan.goals
    )
    summed, answers = _goals(settler, program, limits)
    yield f"\nGoals one after the other, summed rows: {summed:.2f} s; {_said(answers)}"
    exploded = one_row_a_route(program, settler)
    single, answers = _goals(settler, exploded, limits)
    yield f"\nThe same with one row a route ({len(exploded.row_lower):,} rows): {single:.2f} s; {_said(answers)}"
    plain = plain_highs(settler, program, limits, scratch)
    yield f"\nPlain HiGHS on the same steps written as MPS: {plain:.2f} s; the whole run takes {total / plain:.2f} x that"


def _goals(settler: Settler, program: LinearProgram, limits: Limits) -> tuple[float, list[Answer]]:
    """Seconds of all goals in order, and what each step found."""
    began, until = perf_counter(), Until(perf_counter() + limits.seconds)
    solver, answers = Solver(program), []
    for number, goal in enumerate(settler.case.goals):
        objective = program.objectives["goal", number]
        answer = solver.minimise(objective, replace(limits, seconds=until.left))
        answers.append(answer)
        if answer.values is None or answer.outcome != "optimal":
            break
        solver.keep(objective, answer.value + slack(goal.tolerance, answer.value))
    return perf_counter() - began, answers


def _said(answers: list[Answer]) -> str:
    return ", ".join(f"{a.outcome} {a.value:.6g} in {a.seconds:.1f} s, {a.nodes} nodes, gap {a.gap:.1e}" for a in answers)


def one_row_a_route(program: LinearProgram, settler: Settler) -> LinearProgram:
    """The same program with each summed row of the network taken apart: one row for each route and measure it needs."""
    kept = [k for name, k in program.rows.items() if name[0] != "routes_need_what_serves"]
    use = np.zeros(len(program.lower), dtype=bool)
    use[[k for name, k in program.columns.items() if name[0] == "Use"]] = True
    parts = []
    for name, k in program.rows.items():
        if name[0] == "routes_need_what_serves":
            row = program.matrix[[k]].tocoo()
            serves = ~use[row.coords[1]]
            for column, value in zip(row.coords[1][~serves], row.data[~serves], strict=True):
                data = np.append(row.data[serves], value)
                at = np.append(row.coords[1][serves], column)
                parts.append(sp.csr_array((data, (np.zeros(len(at), dtype=int), at)), shape=(1, len(program.lower))))
    matrix = sp.csr_array(sp.vstack([program.matrix[kept], *parts], format="csr"))
    return replace(
        program,
        matrix=matrix,
        row_lower=np.append(program.row_lower[kept], np.full(len(parts), -np.inf)),
        row_upper=np.append(program.row_upper[kept], np.zeros(len(parts))),
    )


def plain_highs(settler: Settler, program: LinearProgram, limits: Limits, scratch: Path) -> float:
    """Seconds that HiGHS takes by itself for the same steps, each read from an MPS file."""
    seconds = 0.0
    kept: list[tuple[int, float]] = []
    for number, goal in enumerate(settler.case.goals):
        solver = Solver(program)
        for earlier, limit in kept:
            solver.keep(program.objectives["goal", earlier], limit)
        file = scratch / f"step-{number}.mps"
        solver.write(program.objectives["goal", number], file)
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", limits.threads)
        highs.setOptionValue("mip_rel_gap", limits.gap)
        highs.setOptionValue("time_limit", limits.seconds)
        highs.readModel(str(file))
        began = perf_counter()
        highs.run()
        seconds += perf_counter() - began
        value = program.objectives["goal", number].value(np.array(highs.getSolution().col_value))
        kept.append((number, value + slack(goal.tolerance, value)))
    return seconds


if __name__ == "__main__":
    main()
