"""First cases to edit: a complete small example, which lies beside this file, or one made from a list of cities."""

from __future__ import annotations

from importlib.resources import files

from planner.starting.from_list import MONEY_NOTE, from_cities
from planner.words.said import _, told

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


ASSUMPTIONS = (
    _("All figures of this example are made up."),
    _("People use the doctors that the plan sends them to; choice and fares are not modelled."),
)


def example() -> dict[str, str]:
    """File name -> text of the example case, its assumptions in the language of now: a case has them in one only."""
    folder = files("planner.starting") / "example"
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ORDER}
    for said in ASSUMPTIONS:
        texts["case.yaml"] = texts["case.yaml"].replace(said, told(said))
    return texts
