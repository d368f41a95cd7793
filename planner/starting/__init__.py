"""First cases to edit: a complete small example, which lies beside this file, or one made from a list of cities."""

from __future__ import annotations

from importlib.resources import files

from planner.starting.from_list import MONEY_NOTE, from_cities

__all__ = ["MONEY_NOTE", "example", "from_cities"]

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
