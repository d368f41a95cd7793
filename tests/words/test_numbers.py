"""How numbers are written: chances that are nearly none or all."""

from __future__ import annotations

import pytest

from planner.words import numbers


@pytest.mark.parametrize(
    ("share", "decimals", "said"),
    [
        (0.0, 0, "0 %"), (0.004, 0, "<1 %"), (0.006, 0, "1 %"), (0.994, 0, "99 %"), (0.996, 0, ">99 %"), (1.0, 0, "100 %"),
        (0.0, 1, "0.0 %"), (0.0004, 1, "<0.1 %"), (0.9994, 1, "99.9 %"), (0.9998, 1, ">99.9 %"), (1.0, 1, "100.0 %"),
        (float("nan"), 1, "-"),
    ],
)  # fmt: skip
def test_a_chance_is_none_or_certain_only_where_no_draw_or_each_agrees(share: float, decimals: int, said: str) -> None:
    assert numbers.chance(share, decimals) == said
