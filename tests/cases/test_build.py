"""The shipped case is what its rules make of its figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CASES = Path(__file__).resolve().parents[2] / "cases"


def test_building_the_case_again_changes_nothing() -> None:
    """The files of cases/jing-jin-ji are those that the script makes now."""
    command = [sys.executable, str(CASES / "build_jing_jin_ji.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
