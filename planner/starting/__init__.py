"""First cases to edit: a complete small example, or one made from a list of cities."""

from planner.starting.example_files import example
from planner.starting.from_list import MONEY_NOTE, from_cities

__all__ = ["MONEY_NOTE", "example", "from_cities"]
