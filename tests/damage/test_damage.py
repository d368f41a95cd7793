"""Damage drawn by chance is never taken in silence, and never ends in a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.damage.drawing import Kind, drawn, faults, kinds
from tests.tiers import one_of

SLIPS = pytest.param("slips", marks=pytest.mark.slow)  # in a case of full size, read anew each time


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    return kinds(tmp_path_factory.mktemp("sound"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", one_of(3, range(3)))
@pytest.mark.parametrize("name", ["tables", SLIPS, "workbooks"])
def test_what_comes_of_damage_is_what_was_stated_beforehand(
    name: str, seed: int, sound: Mapping[str, Kind], tmp_path: Path
) -> None:
    """23 damages of each kind and seed: 69 in each run, 207 in all; `python -m tests.damage 1500` draws more."""
    assert faults(sound[name], name, seed, 23, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tables", "slips", "workbooks"])
def test_every_operator_is_drawn(name: str, sound: Mapping[str, Kind]) -> None:
    """Of 400 damages each operator did some, and none left its case as it was."""
    found = [damaged for _, (damaged, _) in zip(range(400), drawn(sound[name], name, 7), strict=False)]
    assert len({damaged.operator for damaged in found}) >= len({*sound[name].operators})
