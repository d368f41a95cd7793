"""`python -m tests.damage [COUNT] [SEED]`: draws damage, prints what went wrong, and exits with 1 if anything did."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.damage.drawing import faults, kinds


def main(count: int = 1500, seed: int = 1000) -> int:
    """Draws a third of each kind."""
    found: list[str] = []
    with TemporaryDirectory() as folder:
        for name, kind in kinds(Path(folder)).items():
            wrong = faults(kind, name, seed, count // 3, Path(folder))
            sys.stdout.write(f"{name}: {count // 3} damages, {len(wrong)} wrong\n")
            found += wrong
    sys.stdout.write("".join(f"- {text}\n" for text in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
