"""A share of the edits that `python -m tests.audit.edits` draws: what a plan shows cannot be changed unnoticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.audit import audit
from planner.plans.store import read_plan
from tests.audit.edits import BY_DIGEST, BY_PROOF, Edit, Place, faults, forge, is_found, places, plans, value_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return plans(tmp_path_factory.mktemp("edits"))


def test_edits_of_every_field_are_found(tmp_path: Path) -> None:
    """Each field once, and some more; those of the plan of full size are drawn by the program alone."""
    unnoticed, drawn, never = faults(tmp_path, 120, 20261129)
    assert unnoticed == []
    assert never == set()
    assert sum(drawn.values()) == 120


def test_the_plans_have_parks_tax_debts_and_transfers(originals: dict[str, Path]) -> None:
    shown = {place.field for folder in originals.values() for place in places(folder)}
    wanted = {
        "parks.tax",
        "taxes.amount",
        "money.borrowed",
        "money.debt",
        "transfers.amount",
        "flows.amount",
        "alone.value_alone",
    }
    assert wanted <= shown
    money = read_plan(originals["by hand"]).tables["money"]
    assert money["borrowed"].sum() > 1
    assert money["received"].sum() > 0.5


def test_what_only_a_proof_or_a_digest_can_find_is_in_the_plans(originals: dict[str, Path]) -> None:
    """A field of these lists that is no field any more, or that the audit learns to recompute, is to be taken from them."""
    shown = {place.field for folder in originals.values() for place in places(folder)}
    assert {*BY_PROOF, *BY_DIGEST} <= shown


@pytest.mark.parametrize(
    ("name", "field", "new"),
    [
        ("solved", "options.gap", 0.5),
        ("solved", "seconds", 3.0),
        ("stopped", "alone.value_alone", "0.33"),
    ],
)
def test_an_edit_that_no_recomputation_finds_is_found_by_the_digest(
    originals: dict[str, Path], tmp_path: Path, name: str, field: str, new: float | str
) -> None:
    place = next(place for place in places(originals[name]) if place.field == field)
    edit = Edit(place, "another", value_at(originals[name], place), new)
    for with_digests, found in ((False, True), (True, False)):
        copy = Path(shutil.copytree(originals[name], tmp_path / str(with_digests)))
        forge(copy, edit, with_digests)
        assert is_found(copy) is found
        assert read_plan(copy).audit == ("changed" if found else "not run")
        assert audit(read_plan(copy)).passed


def test_by_how_much_a_promise_is_broken_is_a_number_that_a_plan_shows(originals: dict[str, Path]) -> None:
    found = places(originals["breaking promises"])
    texts = [place for place in found if place.field == "broken.amount"]
    assert Place(None, ("broken", 0, "amount")) in texts
    told = {value_at(originals["breaking promises"], place) for place in texts}
    assert all(any(abs(float(said) - amount) <= 5e-4 * amount for said in told) for amount in (300, 0.009333)), told
