"""Rules about a share: the nearest share that holds, where one such rule is all that gives way.

The model lets such a rule give way by an amount; the share itself is a ratio of two sums. Dinkelbach's method finds the best
ratio: with the share that the last solution reaches, ask for the solution that is furthest beyond it, until there is none
(W. Dinkelbach, On nonlinear fractional programming, Management Science 13, 1967).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.case.nouns import Case, Rule
from planner.highs import Limits, Solver
from planner.linear import Objective
from planner.questions.repairs.changes import share_reached
from planner.questions.repairs.least import Least
from planner.questions.repairs.loosened import Loosened, total_of

ROUNDS = 20
NEARER = 1e-7  # of the row: less is nothing


def nearest_share(case: Case, loose: Loosened, found: Least, limits: Limits) -> tuple[Least, bool]:
    """The solution whose share is nearest to the rule's, and whether it is proven to be; what is found already if no rule
    about a share gives way."""
    rules = {rule.id: rule for rule in case.rules if rule.share_of_measures is not None}
    made = [k for k in found.amounts if loose.concessions[k].kind == "rule" and loose.concessions[k].key[0] in rules]
    larger = any(loose.concessions[k].kind == "largest share" for k in found.amounts)
    if not made:
        return found, not larger
    if len(found.amounts) > 1 or found.columns is None:
        return found, False
    rule, k = rules[loose.concessions[made[0]].key[0]], made[0]
    program = loose.giving([k])
    solver = Solver(program)
    for _ in range(ROUNDS):
        objective = _beyond(loose, rule, share_reached(loose, rule, found))
        answer = solver.minimise(objective, limits)
        if answer.values is None or answer.outcome != "optimal":
            return found, False
        if answer.value > -NEARER:
            return found, True
        found = replace(found, columns=answer.values, amounts={k: float(answer.values[loose.columns[k]])})
    return found, False


def _beyond(loose: Loosened, rule: Rule, share: float) -> Objective:
    """How far a solution is beyond a share, with a minus: what is wanted less what the share asks for."""
    program = loose.program
    row = program.matrix[[program.rows["rule_holds", rule.id]]].toarray().ravel()  # part - limit x whole
    whole = program.matrix[[program.rows["rule_holds", total_of(rule.id)]]].toarray().ravel()
    cost = row + (rule.limit - share) * whole
    conceded = [k for name, k in program.columns.items() if name[0].startswith("Concession")]
    cost[conceded] = 0.0
    return Objective(np.asarray(-cost if rule.sense == "at_least" else cost, dtype=float), 0.0)
