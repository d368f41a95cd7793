"""Where memory runs out within the solver the process lives on and says so: it neither aborts nor waits for ever."""

from __future__ import annotations

import resource
import subprocess
import sys

import numpy as np
import pytest

from planner.solver import highs
from planner.solver.highs import Limits, Solver, is_memory_limited
from tests.solving.test_starts import market_split
from tests.tiers import one_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there can the memory of a process be limited")

LITTLE = """\
import resource, sys
from pathlib import Path
import numpy as np, scipy.sparse as sp
from planner.solver.highs import Limits, Solver
from planner.solver.linear import LinearProgram, Objective

size, chosen = 3000, np.random.default_rng(1)
matrix = sp.csr_array(sp.random_array((size, size), density=0.02, rng=chosen, format="csr"))
matrix.data = np.ceil(99 * matrix.data)
program = LinearProgram(
    matrix, np.full(size, -np.inf), matrix.sum(axis=1) * 0.3 + 1, np.zeros(size), np.full(size, 3.0), np.full(size, True),
    {}, {}, {},
)
solver = Solver(program)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[1]) * 1_000_000,) * 2)
try:
    answer = solver.minimise(Objective(-np.arange(1.0, size + 1), 0.0), Limits(5.0, threads=2))
    print(answer.outcome)
except MemoryError:
    print("memory ran out")
"""


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", one_of(3, [10, 2, 6, 18, 14]))
def test_two_threads_short_of_memory_end_with_an_error_and_not_with_the_process(megabytes: int) -> None:
    """With two threads HiGHS aborts at some of these; a program of 180,000 coefficients needs more than all of them."""
    done = subprocess.run([sys.executable, "-c", LITTLE, str(megabytes)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "memory ran out"  # HiGHS may say something before


def test_a_process_is_known_to_be_limited_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    most = resource.RLIM_INFINITY
    for limit, is_limited in ((10**9, True), (most, False)):
        monkeypatch.setattr(resource, "getrlimit", lambda kind, limit=limit: (limit, most))
        assert is_memory_limited() is is_limited


@pytest.mark.parametrize(("is_limited", "threads"), [(True, 1), (False, 2)])
def test_a_process_limited_in_memory_solves_with_one_thread(
    monkeypatch: pytest.MonkeyPatch, is_limited: bool, threads: int
) -> None:
    monkeypatch.setattr(highs, "is_memory_limited", lambda: is_limited)
    program, objective, known = market_split()
    solver = Solver(program)
    solver.start_from(known)
    answer = solver.minimise(objective, Limits(0.2, threads=2))
    assert solver._highs.getOptionValue("threads")[1] == threads
    assert answer.values is not None
    assert np.all(program.matrix @ answer.values >= program.row_lower - 1e-6)
