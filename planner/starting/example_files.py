"""The example case, which lies beside this file."""

from __future__ import annotations

from importlib.resources import files

ORDER = (
    "case.yaml",
    "cities.csv",
    "capacity.csv",
    "links.csv",
    "measures.csv",
    "norms.csv",
    "budgets.csv",
    "SOURCES.md",
)


def example() -> dict[str, str]:
    """File name -> text of the example case."""
    folder = files("planner.starting") / "example"
    return {name: (folder / name).read_text(encoding="utf-8") for name in ORDER}
