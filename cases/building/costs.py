"""Observed unit costs."""

from __future__ import annotations

from .figures import read


def costs(item: str, without: str = "(superseded)") -> list[float]:
    """Observed unit costs of an item."""
    return [float(r["unit_cost"]) for r in read("costs.csv") if r["item"] == item and without not in r["observation"]]
