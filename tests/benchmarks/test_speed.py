"""Timing two products against each other: all processes count, who begins changes, and a run that is killed is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks import speed

ROOT = Path(__file__).parents[2]
TOLD = [
    {"kind": "stage", "message": speed.ALONE},
    {"kind": "progress", "goal": "gaps", "seconds": 1.0, "best": 9.0, "bound": None},
    {"kind": "stage", "message": "solving"},
    {"kind": "progress", "goal": "gaps", "seconds": 2.0, "best": None, "bound": 1.0},
    {"kind": "progress", "goal": "gaps", "seconds": 3.0, "best": 4.0, "bound": 1.0},
    {"kind": "progress", "goal": "gaps", "seconds": 50.0, "best": 2.0, "bound": 1.5},
    {"kind": "progress", "goal": "spending", "seconds": 60.0, "best": 7.0, "bound": 7.0},
]
TELLING = f"""
import json, os, signal, subprocess, sys
told = {TOLD!r}
with open(sys.argv[sys.argv.index("--events") + 1], "w") as events:
    events.writelines(json.dumps({{"message": "", **event}}) + "\\n" for event in told)
"""
ANSWER = {
    "status": "optimal",
    "reason": "",
    "audit": "passed",
    "goals": [{"name": "gaps", "value": 2.0, "bound": 2.0, "proof_gap": 0.0}],
    "seconds": {"routes": 1.0, "building": 2.0},
}


def _product(folder: Path, text: str) -> Path:
    """A stand-in of the product that does what the text says."""
    (folder / "planner").mkdir(parents=True)
    (folder / "planner" / "__init__.py").touch()
    (folder / "planner" / "__main__.py").write_text(text)
    return folder


@pytest.mark.slow
def test_what_a_process_starts_counts_and_what_it_tells_is_read(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.5: pass"
    text = TELLING + f"subprocess.run([sys.executable, '-c', {burn!r}], check=True)\nprint({json.dumps(ANSWER)!r})"
    found = speed.run(_product(tmp_path / "product", text), tmp_path, (), tmp_path, 600.0, look=10.0)
    assert found["processor"] >= 0.5
    assert found["wall"] > 0
    assert {key: found[key] for key in ANSWER} == ANSWER
    assert found["first plan"] == 3.0  # that for one jurisdiction alone is none
    assert found["at look"] == {"best": 4.0, "bound": 1.0, "seconds": 3.0}
    assert found["first goal"] == {"best": 2.0, "bound": 1.5, "seconds": 50.0}


def test_a_run_that_is_killed_tells_how_far_it_came(tmp_path: Path) -> None:
    text = TELLING + "os.kill(os.getpid(), signal.SIGKILL)"
    found = speed.run(_product(tmp_path / "product", text), tmp_path, (), tmp_path, 600.0)
    assert found["exit"] == -signal.SIGKILL
    assert (found["status"], found["goals"], found["seconds"]) == ("no answer, exit -9", [], {})
    assert found["first goal"]["best"] == 2.0
    runs = [{**found, "side": side} for side in speed.SIDES]
    assert "first goal when it ended 25.00% open" in next(speed.rows("tiny", runs))


def test_a_side_that_refuses_the_case_has_no_answer_and_says_why(tmp_path: Path) -> None:
    refused = json.dumps({"problems": [{"message": "unknown column 'certainty'"}]})
    found = speed.run(
        _product(tmp_path / "product", f"import sys\nprint({refused!r})\nsys.exit(3)"), tmp_path, (), tmp_path, 600.0
    )
    assert (found["status"], found["goals"], found["seconds"]) == ("no answer, exit 3", [], {})
    assert "unknown column 'certainty'" in found["reason"]
    answered = {**found, **ANSWER, "side": "today"}
    then, _, ratio = (line.split(" | ") for line in speed.rows("tiny", [{**found, "side": "baseline"}, answered]))
    assert (then[2], ratio[3]) == ("1 no answer, exit 3", "-")


def test_a_run_beyond_all_patience_is_stopped(tmp_path: Path) -> None:
    product = _product(tmp_path / "product", "import signal\nwhile True: signal.pause()")
    found = speed.run(product, tmp_path, (), tmp_path, 0.01)
    assert found["exit"] == -signal.SIGTERM


def test_both_sides_run_for_each_seed_and_who_begins_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    product = _product(tmp_path / "product", f"import sys\nprint({json.dumps(ANSWER)!r})")
    made: list[int] = []

    def case(scratch: Path, seed: int) -> Path:
        made.append(seed)
        return tmp_path

    monkeypatch.setitem(speed.NAMES, "made", speed.Named(case))
    monkeypatch.setattr(speed, "revision", lambda: "now")
    asked = Namespace(baseline="then", threads=1, patience=600.0, routes=False, output=tmp_path / "runs.jsonl")
    runs = list(speed.pairs("made", [3, 4], dict.fromkeys(speed.SIDES, product), tmp_path, asked))
    assert made == [3, 4]
    assert [(found["seed"], found["side"]) for found in runs] == [
        (3, "baseline"),
        (3, "today"),
        (4, "today"),
        (4, "baseline"),
    ]
    assert [found["revision"] for found in runs] == ["then", "now", "now", "then"]
    written = [json.loads(line) for line in asked.output.read_text().splitlines()]
    assert [(found["seed"], found["side"]) for found in written] == [(found["seed"], found["side"]) for found in runs]


def test_the_table_has_medians_over_the_seeds_and_their_ratios() -> None:
    walls = {"baseline": (10.0, 60.0, 20.0), "today": (12.0, 5.0, 10.0)}  # medians 20 and 10
    rest = {"first plan": None, "first goal": None, "at look": None, "megabytes": 100.0}
    runs = [
        {**ANSWER, **rest, "side": side, "wall": wall, "processor": 2 * wall} for side in speed.SIDES for wall in walls[side]
    ]
    then, now, ratio = (line.split(" | ") for line in speed.rows("tiny", runs))
    assert (then[3], now[3], ratio[3]) == ("20.00", "10.00", "0.50")
    assert (then[4], now[4], ratio[4]) == ("40.00", "20.00", "0.50")
    assert (then[6], ratio[6]) == ("3.00", "1.00")  # routes and building
    assert then[5] == ratio[5] == "-"
    runs[0]["status"] = "feasible"
    then, now, ratio = (line.split(" | ") for line in speed.rows("tiny", runs))
    assert then[2] == "1 feasible, 2 optimal"
    assert ratio[3] == ratio[4] == "-"  # who stops at a limit is not faster
    assert ratio[6] == "1.00"


def test_seeds_are_ranges_and_lists() -> None:
    assert speed.seeds("0-2,5") == [0, 1, 2, 5]


def _git(*words: str) -> bool:
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not _git("cat-file", "-e", f"{speed.BASELINE}^{{commit}}"), reason="the history is not here")
@pytest.mark.parametrize("case", ["jing-jin-ji", "tiny"])
def test_a_kept_case_is_that_of_the_baseline(case: str) -> None:
    for file in sorted((speed.CASES / case).iterdir()):
        name = f"{speed.BASELINE}:cases/{case}/{file.name}"
        assert subprocess.run(["git", "show", name], cwd=ROOT, capture_output=True, check=True).stdout == file.read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not _git("rev-parse", "HEAD"), reason="a baseline is taken out of git, which is not here")
def test_two_products_are_timed_by_one_command(tmp_path: Path) -> None:
    output = tmp_path / "runs.jsonl"
    command = [sys.executable, "-m", "benchmarks.speed", "tiny", "--baseline", "HEAD", "-o", str(output)]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    runs = [json.loads(line) for line in output.read_text().splitlines()]
    assert [(found["side"], found["status"], found["audit"]) for found in runs] == [
        (side, "optimal", "passed") for side in speed.SIDES
    ]
    assert runs[0]["goals"] == runs[1]["goals"]
    assert "| tiny | today / baseline |" in told.stdout
