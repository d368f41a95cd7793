"""Many sessions at once: each solves a case of its own on one server; for the test and the benchmark."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from planner.plans.store import read_plan
from planner.starting import example
from planner.workspace.cases import save_case
from planner.workspace.places import workspace
from planner.workspace.runs import list_runs
from tests.page.server import Server, Watched


def solve_in_sessions(browser: Any, server: Server, sessions: int) -> list[str]:
    """Let every session solve a case of its own; status and audit of each plan, in the order of the cases."""
    place = workspace(server.workspace)
    for k in range(sessions):
        save_case(place, f"case {k:02d}", example(), None)
    pages = [Watched(browser, server) for _ in range(sessions)]
    for k, watched in enumerate(pages):
        watched.open(f"?page=solve&case=case {k:02d}")
    for watched in pages:
        watched.page.get_by_role("button", name="Find the best plan", exact=True).first.click()
    for watched in pages:
        watched.page.get_by_text("Done.").first.wait_for()
    found = {str(run.asked["case"]): run for run in list_runs(place)}
    for watched in pages:
        assert (watched.abroad, watched.errors) == ([], [])
        watched.page.close()
    ended = []
    for k in range(sessions):
        plan = found[f"case {k:02d}"].plan
        assert plan is not None
        read = read_plan(plan)
        ended.append(f"{read.status}, audit {read.audit}")
    return ended


def memory(pid: int) -> tuple[float, float]:
    """Memory of a process now and at most so far, MB; zeros where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0, 0.0
    said = (line.partition(":") for line in lines)
    figures = {name: float(rest.split()[0]) / 1024.0 for name, _, rest in said if "kB" in rest}
    return figures.get("VmRSS", 0.0), figures.get("VmHWM", 0.0)


def seconds_of(sessions: int, browser: Any, server: Server) -> tuple[float, list[str]]:
    """How long it takes until the last session has its plan."""
    began = time.perf_counter()
    ended = solve_in_sessions(browser, server, sessions)
    return time.perf_counter() - began, ended
