"""What a frontier gains by starting from what is known: python -m benchmarks.frontier [CASE] [--points N] [--gap G].

Solves the points of a budget frontier one after the other with one thread: from scratch, then each from the decisions of its
nearest cheaper point, as `planner frontier` does. Prints a table in Markdown; processor seconds, so that a shared machine
does not count.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import process_time

from planner.case import load_case
from planner.planning.search import SolveOptions, solve
from planner.planning.variants import with_scaled_money
from planner.questions.asking import decisions_of
from planner.questions.frontier.points import rounds

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default="benchmarks/cases/jing-jin-ji")
    parser.add_argument("--points", type=int, default=5)
    parser.add_argument("--low", type=float, default=0.5)
    parser.add_argument("--high", type=float, default=1.5)
    parser.add_argument("--gap", type=float, default=1e-3)
    asked = parser.parse_args()
    case = load_case(ROOT / asked.case)
    options = SolveOptions(gap=asked.gap, threads=1)
    factors = [asked.low + (asked.high - asked.low) * k / (asked.points - 1) for k in range(asked.points)]
    known: dict[int, dict[tuple[str, str], float]] = {}
    total = [0.0, 0.0]
    print("| money | from scratch, s | from what is known, s | first goal | |\n|---|---|---|---|---|")
    for k in [k for together in rounds(asked.points) for k in together]:
        variant = with_scaled_money(case, factors[k])
        start = known.get(max((j for j in known if j < k), default=-1))
        seconds, plans = [], []
        for begin in (None,) if start is None else (None, start):
            began = process_time()
            plans.append(solve(variant, options=options, start=begin))
            seconds.append(process_time() - began)
        known[k] = decisions_of(plans[-1])
        values = " | ".join(f"{plan.goals[0].value:.5f}" for plan in plans)
        if start is None:
            print(f"| {factors[k]:.1%} | {seconds[0]:.1f} | nothing is | {values} |", flush=True)
            continue
        total = [a + b for a, b in zip(total, seconds, strict=True)]
        print(f"| {factors[k]:.1%} | {seconds[0]:.1f} | {seconds[1]:.1f} | {values} |", flush=True)
    print(f"\nPoints that begin with something take {total[1] / total[0]:.2f} of the time from scratch.")


if __name__ == "__main__":
    main()
