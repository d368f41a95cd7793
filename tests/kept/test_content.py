"""The content of the shipped cases, by hash: it changes only where a case is meant to change, never because the code did.

Plans, runs and drafts hold the hash of their case; a code change that moves a hash makes all of them strangers to it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.case import Case, Measure, Period, RaiseCapacity, StartOption, load_case
from planner.case.case import CaseKeys
from planner.case.declared import things_in
from planner.case.effects import EFFECTS
from planner.case.loading import content_hash
from planner.case.rows import TABLES

CASES = Path(__file__).parents[2] / "cases"
HASHES = {
    ("tiny", "base"): "8b8906d6884221a336b14753ea0a31d50ef636b1bc3e64b33e2e61ac0657bce6",
    ("tiny", "no-signatures"): "f7d9393e8bd9cd097c700256f9c2fc66b71fed810ad672ae32b014192e8551c4",
    ("tiny", "poorer-south"): "7af341067272fc770b9e68a8f649c83f97b2611a3a822d2a0b8e15f704099d91",
    ("jing-jin-ji", "base"): "60550f5f47333f085a9b087c6f6694389983ac9c7358ea0dd5e7853a8a782536",
    ("jing-jin-ji", "tight-money"): "05b6937b9f1e2e5a59a699892601ea727a83f83b60f4747144d7f004216b5437",
    ("jing-jin-ji", "more-money"): "06e898f55a0856ad9bcc399f6a1c8b79534358daf188b1f7106c354e1e3a7762",
    ("jing-jin-ji", "no-central"): "5f973834b44077af102bc6f40b2bae6ae3a2f36a0b0c961f65d84741451dc206",
    ("jing-jin-ji", "no-signatures"): "1d3fd2356594ef407213e868166a84195425dc1ee2c2298f6bea69273963b977",
    ("jing-jin-ji", "no-links"): "b4ff1e67a1503a5cb3b46940bec4e30b4b53b3839cf219c65b169d2a543013ed",
    ("jing-jin-ji", "no-hubs"): "3a207a2312c81cf49119f45efb9ea7eb8b9c7b1ce746fce530fbbad8a7fc79ed",
    ("jing-jin-ji", "no-facilities"): "0dfc935ed7dd1853842e4bb01e18c74fd467f9f3f1dcec25e0b18cd9a535450f",
    ("jing-jin-ji", "fast-ageing"): "4f038e52fb83c777843a2ac094734af5f90246746b538c4132b9c061a98290f8",
    ("jing-jin-ji", "higher-standard"): "448eb5d7e2835922a602a2498605ddbddc6bf65afcd478ea5af267db92d2ad91",
    ("jing-jin-ji", "no-parks"): "2fa34c42ee3c74cfa16775efad2beec2832cefcbaedf20ffad7f6c65c2f831fc",
    ("jing-jin-ji", "no-tax-sharing"): "c20536a6bfcfc380bf81efe024f51190648b7794dc997c92fb29740efbd002dd",
    ("jing-jin-ji", "no-transfers"): "1028b3ecfb890ab0f5778241abdbb52182104434aae69e794a3365246d4bd515",
    ("jing-jin-ji", "no-borrowing"): "57c7a93504e12e6f7687a30dc732407c5125d6a0827b61c4a31601c7ca040319",
    ("jing-jin-ji", "parks-first"): "baf6a1616784837599380cf1543d0d253f5c0add26150199211c35aab70d89f4",
    ("jing-jin-ji", "nobody-worse-off"): "082e59c4d5674cb0f52523e1e076e0bb600419d52652537a8356775f2a371d12",
    ("jing-jin-ji", "low-skills"): "c435a05ff9b52754211ec859c27e61ed7897f97fcfcd26a3207bf0f3abad8233",
    ("jing-jin-ji", "near-origins"): "8efa85777c97548cff90223647c957583df6ac271665ba40cca50ffa14aaf413",
    ("jing-jin-ji", "fewer-jobs"): "07005c8cc7aebb241ccabd7fc7c4f45ea8bd22ecc1440533367585879b9e5c3c",
    ("jing-jin-ji", "boarding-45"): "42ddbcc3b176a59a0c3511ee5c72a241cb432abbdb504657cc80dca3e8509579",
    ("jing-jin-ji", "slow-xiongan"): "996afd1ea6fb8e0e591b9a2c6b4cec65a08006b0d443e292e73a35cb0ef5ea5c",
    ("jing-jin-ji", "dear-building"): "ccd2ac3fa468d60fe5ded33909142c1e96a5aee73a1648287fce1f89b90ae5bb",
    ("jing-jin-ji", "half-outsiders"): "c6916fd7546f1843217dfc019a76ddf250cce07d291ae0fba2ce9894ca6b6b2b",
    ("jing-jin-ji", "services-first"): "f103929f3a5ab9b76426f6521de357f475c79875a8c88347d565b13802a9698c",
    ("jing-jin-ji", "sum-only"): "91d4b742a01211d7042b09396314b9ac7a3f6053593a8a97f1505a5eed335cbc",
    ("jing-jin-ji", "worst-quarter"): "c40e863bda61b3b2ae1f850758986f5f311a6aecb19de65d16d489c110dd4c73",
    ("jing-jin-ji", "worst-off-first"): "52d45bee3fa016d6218f2e1c44638566158771f705ccc23615d2dd0aaaa5b246",
}


def test_every_scenario_of_every_shipped_case_has_its_hash_here() -> None:
    found = {
        (folder.name, scenario)
        for folder in CASES.iterdir()
        if (folder / "case.yaml").exists()
        for scenario in ("base", *load_case(folder).scenarios)
    }
    assert found == set(HASHES)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scenario"), HASHES)
def test_the_content_of_a_shipped_case_is_what_it_was(name: str, scenario: str) -> None:
    assert load_case(CASES / name, scenario).content_hash == HASHES[name, scenario]


def test_a_class_may_be_called_otherwise() -> None:
    """The hash names a kind by `counts_as`, which stays."""
    kinds = (Case, Measure, StartOption, RaiseCapacity)
    called = {kind: kind.__name__ for kind in kinds}
    try:
        for kind in kinds:
            kind.__name__ = f"Other{called[kind]}"
        assert content_hash(load_case(CASES / "tiny")) == HASHES["tiny", "base"]
    finally:
        for kind, name in called.items():
            kind.__name__ = name


def test_every_kind_of_thing_that_counts_has_a_name_of_its_own() -> None:
    kinds = [Case, Period, StartOption, *EFFECTS.values()]
    kinds += [kind for key in CaseKeys.declares().values() for kind in things_in(key.kind)]
    kinds += [kind.row for table, kind in TABLES.items() if table not in ("budgets", "trips")]  # these count in the case
    names = {kind: kind.counts_as for kind in kinds}
    assert all(names.values())
    assert len(set(names.values())) == len(names)
