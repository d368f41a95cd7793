"""Is the product faster than it was: python -m benchmarks.speed [NAMES] [--seeds 0-4] [--baseline REVISION] [-o FILE].

Takes a baseline out of git into a temporary folder and lets it and the product as it lies here solve the same case files
with the same options, as whole processes, one after the other and in turns, so that both meet the same machine. Prints
medians over the seeds and their ratios as a table in Markdown; every run is a line of JSON in FILE, written once it has
ended. Needs os.wait4 (Linux, macOS). With --routes it also counts the routes that each of the two makes of a case, which
takes as long again.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from threading import Timer
from time import perf_counter, strftime
from typing import Any

from benchmarks.clusters import write_cluster
from benchmarks.network import write_network

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
BASELINE = "5f6e50c"
PATIENCE, GRACE = 1800.0, 60.0  # seconds of a run until it is asked to stop, and then until it is killed
SIDES = ("baseline", "today")
ALONE = "planning for each jurisdiction alone"  # a stage whose plans are not yet plans of the case
COUNT = """
import sys
from planner.case import load_case
from planner.compiling import compile_case
made = compile_case(load_case(sys.argv[1]))
if hasattr(made, "consumers"):
    consumers = made.consumers
else:
    from models.network import Network
    consumers = made[Network].consumers
print(sum(len(consumer.routes) for consumer in consumers.values()))
"""


@dataclass(frozen=True)
class Named:
    """A case that is timed: how its folder is made in a scratch folder from a seed, the options, and when to look back.

    `look`: seconds into the solve at which the gap of the first goal is told, beside that at the end.
    """

    case: Callable[[Path, int], Path]
    options: tuple[str, ...] = ()
    look: float | None = None


def _kept(folder: Path, scratch: Path, seed: int) -> Path:
    return folder


def _cluster(cities: int, scratch: Path, seed: int) -> Path:
    return write_cluster(scratch / f"cluster-{cities}", cities)


def _network(money: int, scratch: Path, seed: int) -> Path:
    return write_network(scratch / f"network-{money}-{seed}", money, seed)


FINE = ("--gap", "1e-4")
NAMES = {
    "tiny": Named(partial(_kept, CASES / "tiny"), FINE),
    "jing-jin-ji": Named(partial(_kept, CASES / "jing-jin-ji"), FINE),
    "jing-jin-ji-default": Named(partial(_kept, CASES / "jing-jin-ji")),
    "cluster-50": Named(partial(_cluster, 50), FINE),
    "cluster-100": Named(partial(_cluster, 100), (*FINE, "--time-limit", "120")),
    "yangtze": Named(partial(_kept, CASES / "yangtze"), (*FINE, "--time-limit", "180"), look=90),
    "middle-yangtze": Named(partial(_kept, CASES / "middle-yangtze"), (*FINE, "--time-limit", "180"), look=90),
    "network-2": Named(partial(_network, 2), (*FINE, "--time-limit", "60")),
    "network-5": Named(partial(_network, 5), (*FINE, "--time-limit", "60")),
}

Run = dict[str, Any]  # one run, as it is written to the file


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all without any")
    parser.add_argument("--seeds", type=seeds, default=[0], help="such as 0-4 or 0,2 (default: 0)")
    parser.add_argument("--baseline", default=BASELINE, help=f"revision to compare with (default: {BASELINE})")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds until a run is stopped from outside")
    parser.add_argument("--routes", action="store_true", help="count the routes of every case, too")
    parser.add_argument(
        "-o", "--output", type=Path, default=CASES.parent / "speed.jsonl", help="file that runs are added to"
    )
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(NAMES)}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        trees = dict(zip(SIDES, (taken_out(asked.baseline, scratch / "baseline"), ROOT), strict=True))
        for tree in trees.values():  # or the first run would compile what the others only read
            subprocess.run([sys.executable, "-m", "compileall", "-q", "planner", "models"], cwd=tree, check=True)
        print(
            f"Baseline {asked.baseline}, seeds {asked.seeds}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
        )
        for line in head():
            print(line)
        for name in asked.names or NAMES:
            runs = list(pairs(name, asked.seeds, trees, scratch, asked))
            for line in rows(name, runs):
                print(line, flush=True)


def seeds(text: str) -> list[int]:
    """The seeds that a text such as 0-4 or 0,2 names."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def taken_out(revision: str, folder: Path) -> Path:
    """The files of a revision, in a folder of their own."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
    return folder


def revision() -> str:
    """What lies here: the last commit, and whether anything differs from it."""
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, check=True, capture_output=True, text=True)
    return told.stdout.strip()


def pairs(
    name: str, chosen: Iterable[int], trees: dict[str, Path], scratch: Path, asked: argparse.Namespace
) -> Iterator[Run]:
    """The runs of a case, both sides for each seed; who begins changes from seed to seed."""
    named = NAMES[name]
    for number, seed in enumerate(chosen):
        case = named.case(scratch, seed)
        options = (*named.options, "--seed", str(seed), "--threads", str(asked.threads))
        for side in SIDES[:: -1 if number % 2 else 1]:
            found = run(trees[side], case, options, scratch, asked.patience, named.look)
            if asked.routes:
                found["routes"] = routes(trees[side], case)
            about = {"name": name, "seed": seed, "side": side, "options": options}
            about |= {"revision": asked.baseline if side == SIDES[0] else revision()}
            found = {**about, **found, "load": os.getloadavg()[0], "when": strftime("%Y-%m-%dT%H:%M:%S")}
            with asked.output.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")
            yield found


def run(tree: Path, case: Path, options: tuple[str, ...], scratch: Path, patience: float, look: float | None = None) -> Run:
    """Solve a case by the product in a folder: wall and processor seconds of all its processes, and its answer.

    A run that outlives `patience` is asked to stop, as by SIGTERM, and killed later; what it said until then is told.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        events, said, wrong = (Path(place) / name for name in ("events.jsonl", "said.json", "wrong.txt"))
        command = [sys.executable, "-m", "planner", "solve", str(case), *options, "--json", "--quiet"]
        command += ["--events", str(events), "--output", str(Path(place) / "plan")]
        began = perf_counter()
        with said.open("wb") as out, wrong.open("wb") as err:
            process = subprocess.Popen(
                command, cwd=place, env=_environment(tree), stdout=out, stderr=err, start_new_session=True
            )
        timers = [Timer(patience, os.killpg, (process.pid, signal.SIGTERM))]
        timers.append(Timer(patience + GRACE, os.killpg, (process.pid, signal.SIGKILL)))
        for timer in timers:
            timer.start()
        _, status, used = os.wait4(process.pid, 0)  # of the child and of all that it has waited for
        for timer in timers:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        found = {"wall": perf_counter() - began, "processor": used.ru_utime + used.ru_stime}
        found |= {"megabytes": used.ru_maxrss / 1024, "exit": process.returncode}
        return found | _answer(said.read_text(), wrong.read_text(), process.returncode) | _progress(events, look)


def _environment(tree: Path) -> dict[str, str]:
    """PYTHONSAFEPATH: the product is that of the tree, wherever the command runs."""
    return {**os.environ, "PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1"}


def _answer(said: str, wrong: str, code: int) -> Run:
    """What a plan's JSON tells: its status, its goals with what is proven, and the seconds of each stage."""
    try:
        about = json.loads(said)
    except ValueError:  # killed, or no plan within the limit
        about = {}
    if about.get("status") is None:  # or told what is wrong with the case
        return {"status": f"no answer, exit {code}", "reason": (wrong or said).strip()[-500:], "goals": [], "seconds": {}}
    return {key: about.get(key) for key in ("status", "reason", "audit", "goals", "seconds")}


def _progress(file: Path, look: float | None) -> Run:
    """From what a run told on its way: when there was a first plan, and how the first goal stood at a moment."""
    told = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    stage, first, goal, at_look, last = "", None, None, None, None
    for event in told:
        if event["kind"] == "stage":
            stage = event["message"]
        if event["kind"] not in ("progress", "goal") or stage == ALONE:
            continue
        goal = event["goal"] if goal is None else goal
        if first is None and event["best"] is not None:
            first = event["seconds"]
        if event["goal"] == goal:
            last = {"best": event["best"], "bound": event["bound"], "seconds": event["seconds"]}
            if look is not None and event["seconds"] <= look:
                at_look = last
    return {"first plan": first, "first goal": last, "at look": at_look}


def routes(tree: Path, case: Path) -> int | None:
    """How many routes the product in a folder makes of a case, or None where it makes none beforehand."""
    command = [sys.executable, "-c", COUNT, str(case)]
    counted = subprocess.run(command, env=_environment(tree), capture_output=True, text=True, check=False)
    return int(counted.stdout) if counted.returncode == 0 else None


def head() -> list[str]:
    """Head of the table."""
    columns = (
        "case",
        "",
        "status",
        "wall, s",
        "processor, s",
        "first plan, s",
        "routes and building, s",
        "goals: value, proven within",
        "MB",
    )
    return ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]


def rows(name: str, runs: list[Run]) -> Iterator[str]:
    """Lines of the table for one case: both sides, and today's share of the baseline where all runs came to their end."""
    medians: dict[str, list[float | None]] = {}
    for side in SIDES:
        own = [found for found in runs if found["side"] == side]
        built = [sum(found["seconds"].get(stage, 0.0) for stage in ("routes", "building")) or None for found in own]
        figures = [[found["wall"] for found in own], [found["processor"] for found in own]]
        medians[side] = [_median(values) for values in (*figures, [found["first plan"] for found in own], built)]
        status = ", ".join(f"{count} {status}" for status, count in Counter(found["status"] for found in own).items())
        memory = _median([found["megabytes"] for found in own])
        cells = [name, side, status, *map(_said, medians[side]), "; ".join(_goals(name, own)), f"{memory:.0f}"]
        yield "| " + " | ".join(cells) + " |"
    ratios = [_ratio(then, now) for then, now in zip(*(medians[side] for side in SIDES), strict=True)]
    if any(found["status"] != "optimal" for found in runs):  # a run that gave up is not the faster one
        ratios[:2] = ["-", "-"]
    yield "| " + " | ".join([name, "today / baseline", "", *ratios, "", ""]) + " |"


def _goals(name: str, runs: list[Run]) -> Iterator[str]:
    """Each goal over the seeds: the median value and the median of what is left open of it."""
    looked = [gap for gap in (_gap(found["at look"]) for found in runs) if gap is not None]
    if looked:
        yield f"first goal after {NAMES[name].look:g} s {median(looked):.2%} open"
    known = [found["goals"] for found in runs if found["goals"]]
    if not known:  # killed, or without a plan: what it told until then
        gaps = [gap for gap in (_gap(found["first goal"]) for found in runs) if gap is not None]
        yield f"first goal when it ended {median(gaps):.2%} open" if gaps else "none"
    for goals in zip(*known, strict=False):
        values = [goal["value"] for goal in goals if goal["value"] is not None]
        proven = [goal["proof_gap"] for goal in goals if goal["proof_gap"] is not None]
        said = (
            f"within {median(proven):.1e}" if len(proven) == len(goals) else f"proven in {len(proven)} of {len(goals)} runs"
        )
        yield f"{goals[0]['name']} {median(values):.6g} {said}" if values else f"{goals[0]['name']}: none"
    counted = [found["routes"] for found in runs if found.get("routes") is not None]
    if counted:
        yield f"{median(counted):,.0f} routes"


def _gap(at: dict[str, float | None] | None) -> float | None:
    """Share of the best value that is left open."""
    if at is None or at["best"] is None or at["bound"] is None:
        return None
    return abs(at["best"] - at["bound"]) / max(abs(at["best"]), 1e-9)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _said(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _ratio(then: float | None, now: float | None) -> str:
    return "-" if not then or now is None else f"{now / then:.2f}"


if __name__ == "__main__":
    main()
