"""Where tests find a region of full size.

`SHIPPED` is the case that users get: it changes where the world that it plans for is known better. `KEPT` is that case as it
was at first, byte for byte (benchmarks/cases/README.md): for tests of the code, whose figures must not move with the world.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "cases" / "jing-jin-ji"
KEPT = ROOT / "benchmarks" / "cases" / "jing-jin-ji"
