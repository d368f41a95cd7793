"""`python -m tests.oracle [COUNT] [FIRST]`: so many new random cases against full enumeration, of three kinds.

Prints every case in which the planner's optimum is not that of enumeration, and exits with 1 if there is one.
"""

from __future__ import annotations

import sys

from .comparing import disagreements
from .enumeration import best
from .random_cases import case_of
from .work_cases import work_case_of
from .world_cases import world_case_of


def main(count: int = 300, first: int = 700_000) -> int:
    """Three kinds of cases, numbered from `first` on."""
    wrong = 0
    kinds = {"gaps and money": case_of, "parks, policies and money": work_case_of, "what came later": world_case_of}
    for kind, draw in kinds.items():
        compared = feasible = 0
        for number in range(first, first + count // 3):
            case = draw(number)
            answer = best(case)
            said = disagreements(case, answer)
            compared, feasible = compared + 1, feasible + answer.feasible
            if said:
                wrong += 1
                sys.stdout.write(f"- {kind}, {number}: {'; '.join(said)}\n")
        sys.stdout.write(f"{kind}: {compared} cases, {feasible} of them with a plan\n")
    sys.stdout.write(f"{wrong} disagree\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
