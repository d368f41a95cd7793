"""What re-solves gain from what is known: python -m benchmarks.resolves [CASE] [--plan PLAN] [--every N] [--gap G].

Forbids every N-th measure that the plan chooses and solves the first goal anew: from scratch, and as `planner importance`
does, from the rest of the plan and from what is proven of all plans. Prints a table in Markdown, and the ratio of all.
Seconds are those of the processor, one thread, so that a busy machine does not tell in them.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from time import process_time

from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import companions
from planner.plans.plan import Plan
from planner.plans.store import read_plan
from planner.questions.asking import Variant, first_goal
from planner.questions.importance.ask import chosen, without

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run the benchmark on the case asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default=ROOT / "benchmarks" / "cases" / "jing-jin-ji", type=Path)
    parser.add_argument("--plan", type=Path, help="its solved plan; else it is solved first")
    parser.add_argument("--every", type=int, default=8, help="every so manieth measure")
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit of each solve")
    asked = parser.parse_args()
    case = load_case(asked.case)
    best = read_plan(asked.plan) if asked.plan is not None else solve(case)
    limits = SolveOptions(asked.seconds, asked.gap, threads=1)
    measures = [a for a in chosen(best) if companions(case, a)[0] == a][:: asked.every]
    print("| without | from scratch, s | from what is known, s | loses, of the goal | status |\n|---|---|---|---|---|")
    total = [0.0, 0.0]
    for a in measures:
        variant = without(best, a)
        if variant is None:
            continue
        (scratch, _), (known, plan) = (
            _timed(one, limits) for one in (replace(variant, start=None, bound=-float("inf")), variant)
        )
        total = [total[0] + scratch, total[1] + known]
        print(f"| {a} | {scratch:.1f} | {known:.1f} | {_loss(best, plan)} | {plan.status} |", flush=True)
    print(f"| all | {total[0]:.1f} | {total[1]:.1f} | ratio {total[1] / total[0]:.2f} | |")


def _timed(variant: Variant, limits: SolveOptions) -> tuple[float, Plan]:
    """Processor seconds of a solve, and its plan."""
    began = process_time()
    plan = solve(variant.case, options=limits, start=variant.start, bound=variant.bound)
    return process_time() - began, plan


def _loss(best: Plan, plan: Plan) -> str:
    if not plan.goals:
        return "-"
    goal = first_goal(best)
    least = max(0.0, first_goal(plan).bound - goal.value)
    return f"{least / abs(goal.value):.2%} to {(first_goal(plan).value - goal.bound) / abs(goal.value):.2%}"


if __name__ == "__main__":
    main()
