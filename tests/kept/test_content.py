"""The content of cases, by hash: of a shipped one it changes only where the case is meant to change, never because the code
did; the region that is kept as it was (`tests.regions`) never changes.

Plans, runs and drafts hold the hash of their case; a code change that moves a hash makes all of them strangers to it.
"""

from __future__ import annotations

import pytest

from planner.case import Case, Measure, Period, RaiseCapacity, StartOption, load_case
from planner.case.case import CaseKeys
from planner.case.declared import things_in
from planner.case.effects import EFFECTS
from planner.case.loading import content_hash
from planner.case.rows import TABLES
from tests.regions import KEPT, ROOT, SHIPPED

FOLDERS = {"tiny": ROOT / "cases" / "tiny", "jing-jin-ji": SHIPPED, "jing-jin-ji as it was": KEPT}
HASHES = {
    ("tiny", "base"): "8b8906d6884221a336b14753ea0a31d50ef636b1bc3e64b33e2e61ac0657bce6",
    ("tiny", "no-signatures"): "f7d9393e8bd9cd097c700256f9c2fc66b71fed810ad672ae32b014192e8551c4",
    ("tiny", "poorer-south"): "7af341067272fc770b9e68a8f649c83f97b2611a3a822d2a0b8e15f704099d91",
    ("jing-jin-ji", "base"): "4ed795d1b86f5d011832785be7910adfda29b277d7a37a9a56e59ef10b4d3489",
    ("jing-jin-ji", "tight-money"): "2869c29088c3dd848a4b1cf29c8d3f55518489f5a967593baac45d6c6d853e63",
    ("jing-jin-ji", "more-money"): "3e219630b8a1fe4848961d25808cf2daad43167b47358da6ae283a7c2fe6c677",
    ("jing-jin-ji", "no-central"): "fd5e66b3b90680808d4ede60951dbb0dc783ceae85b73b194983974f90c7a99e",
    ("jing-jin-ji", "no-signatures"): "98c2520a68cffac19bb2976930d86c80d0a0fa47319ad91cb091ffb184f9e6c2",
    ("jing-jin-ji", "no-links"): "e22318c9f210f8e9c17b6f27c2e782de9d971843f0b3391f46db28cc63271ae2",
    ("jing-jin-ji", "no-hubs"): "d9e0e58d36a8e29eba484bb8ec011a8a95c6374932bbca6fe00ef744b2766153",
    ("jing-jin-ji", "published-only"): "0854f173d41316f03f1ef110c0cdb66d7db010152e5e8f21cd13acfa0acc7ad2",
    ("jing-jin-ji", "doctors-at-home"): "4ee64a1c5e9d7edd1bf835be642a03100e50ff93572991c16c50df76c81c42bf",
    ("jing-jin-ji", "no-facilities"): "13163581ad2d76dee9ad0c64b200134e884c491373d1d52e90cbde4f552bbc5c",
    ("jing-jin-ji", "fast-ageing"): "28e8bedecae33a64254324b2ee54eee27b76e86f0d3923f13273d3381577efb4",
    ("jing-jin-ji", "higher-standard"): "e16b59ef57e7b6043bc99b2d27e61cc693e1f3a32faf16e327fd69dff8039c09",
    ("jing-jin-ji", "no-parks"): "5b1b5596cdb857ab56717709353d591267266e3271b9c106616df78e37aaad3b",
    ("jing-jin-ji", "no-tax-sharing"): "4c88edd17252fc354d6b77c430d652ac0820ffa4e65e72b084f39ac13d4bbb24",
    ("jing-jin-ji", "no-transfers"): "b08ee532e6ddf248a5cb897199dc1df10095f95deef89470d60129fcfc4e51f8",
    ("jing-jin-ji", "more-transfers"): "5ada5a905636113eef15bd7db3a3358032f05b501fef4a1bb78d9a40084cb5cc",
    ("jing-jin-ji", "no-borrowing"): "b7927b55d08ea54f8f1d5c13ede52f87a43f46de2e19867a5984a97164c7d4e6",
    ("jing-jin-ji", "parks-first"): "f6a48ca837dace129e934eedf888aa03b564f5235baa3e47d21e79bcf15d8362",
    ("jing-jin-ji", "nobody-worse-off"): "20b7123afce39f81be2eca6bab4aae5970b6731d94231a7afab3b8e3f2a89770",
    ("jing-jin-ji", "low-skills"): "325d68a45d7ecb5c650dfa18be832665906d1b2c06cb300eb33da3f0a9103e63",
    ("jing-jin-ji", "near-origins"): "46f67e85658a7032826254e0941e4f2fff2a33920c7e4bdb0675e17d7b7be876",
    ("jing-jin-ji", "fewer-jobs"): "8c75fb0f1d2882c23cb924370c9b7524c01b946b6ead4267a8734df85450f165",
    ("jing-jin-ji", "promises-kept"): "a5687ca7cf331864d4be7afd24d821ebbf75a92b0f33be8b0bd4b922e1aec26b",
    ("jing-jin-ji", "door-to-door"): "fc0e391684cfb49521522bba51463dccb3841e4a5780bf88f8e097f0441da65d",
    ("jing-jin-ji", "slow-xiongan"): "76241381bb866a25f315ec662616bfb4a4fb6a4ac9e994693964c4867f962412",
    ("jing-jin-ji", "dear-building"): "91dd3e68442f0209923f52ad2d18c28144d1e215c1c8d9413de9877589fac3cf",
    ("jing-jin-ji", "half-outsiders"): "8129c809ea8dce91e4a38f3f7628b693699651e6b05fc0b00ae02387f599c5e4",
    ("jing-jin-ji", "services-first"): "214021f886aa254bb4542075502aa3c4f6fe8fdb0988ba6cfbf390911597aaf5",
    ("jing-jin-ji", "access-first"): "9482a47b3229c0a71e4e2a70917d71fff8383299fd6ec8d6b480c564ac7518dc",
    ("jing-jin-ji", "curved"): "b92bc8bef183df0878c09e7b20c9b3543ad82a549de95876cf6f4c7b4380fd26",
    ("jing-jin-ji", "sum-only"): "22cd2444570aa783ce2824d3940f9fa0cb4c5bc05a902ed9faecbd59444a720a",
    ("jing-jin-ji", "worst-quarter"): "6b1aa80504d29430f4eaffe8311f0eec8d3603a2eb0e727e0b9bbd2b976054fb",
    ("jing-jin-ji", "worst-off-first"): "3c5d2783e444855d9a2710daa874d5dd65c20865b6668b2ceea22fa689921acf",
    ("jing-jin-ji as it was", "base"): "60550f5f47333f085a9b087c6f6694389983ac9c7358ea0dd5e7853a8a782536",
    ("jing-jin-ji as it was", "tight-money"): "05b6937b9f1e2e5a59a699892601ea727a83f83b60f4747144d7f004216b5437",
    ("jing-jin-ji as it was", "more-money"): "06e898f55a0856ad9bcc399f6a1c8b79534358daf188b1f7106c354e1e3a7762",
    ("jing-jin-ji as it was", "no-central"): "5f973834b44077af102bc6f40b2bae6ae3a2f36a0b0c961f65d84741451dc206",
    ("jing-jin-ji as it was", "no-signatures"): "1d3fd2356594ef407213e868166a84195425dc1ee2c2298f6bea69273963b977",
    ("jing-jin-ji as it was", "no-links"): "b4ff1e67a1503a5cb3b46940bec4e30b4b53b3839cf219c65b169d2a543013ed",
    ("jing-jin-ji as it was", "no-hubs"): "3a207a2312c81cf49119f45efb9ea7eb8b9c7b1ce746fce530fbbad8a7fc79ed",
    ("jing-jin-ji as it was", "no-facilities"): "0dfc935ed7dd1853842e4bb01e18c74fd467f9f3f1dcec25e0b18cd9a535450f",
    ("jing-jin-ji as it was", "fast-ageing"): "4f038e52fb83c777843a2ac094734af5f90246746b538c4132b9c061a98290f8",
    ("jing-jin-ji as it was", "higher-standard"): "448eb5d7e2835922a602a2498605ddbddc6bf65afcd478ea5af267db92d2ad91",
    ("jing-jin-ji as it was", "no-parks"): "2fa34c42ee3c74cfa16775efad2beec2832cefcbaedf20ffad7f6c65c2f831fc",
    ("jing-jin-ji as it was", "no-tax-sharing"): "c20536a6bfcfc380bf81efe024f51190648b7794dc997c92fb29740efbd002dd",
    ("jing-jin-ji as it was", "no-transfers"): "1028b3ecfb890ab0f5778241abdbb52182104434aae69e794a3365246d4bd515",
    ("jing-jin-ji as it was", "no-borrowing"): "57c7a93504e12e6f7687a30dc732407c5125d6a0827b61c4a31601c7ca040319",
    ("jing-jin-ji as it was", "parks-first"): "baf6a1616784837599380cf1543d0d253f5c0add26150199211c35aab70d89f4",
    ("jing-jin-ji as it was", "nobody-worse-off"): "082e59c4d5674cb0f52523e1e076e0bb600419d52652537a8356775f2a371d12",
    ("jing-jin-ji as it was", "low-skills"): "c435a05ff9b52754211ec859c27e61ed7897f97fcfcd26a3207bf0f3abad8233",
    ("jing-jin-ji as it was", "near-origins"): "8efa85777c97548cff90223647c957583df6ac271665ba40cca50ffa14aaf413",
    ("jing-jin-ji as it was", "fewer-jobs"): "07005c8cc7aebb241ccabd7fc7c4f45ea8bd22ecc1440533367585879b9e5c3c",
    ("jing-jin-ji as it was", "boarding-45"): "42ddbcc3b176a59a0c3511ee5c72a241cb432abbdb504657cc80dca3e8509579",
    ("jing-jin-ji as it was", "slow-xiongan"): "996afd1ea6fb8e0e591b9a2c6b4cec65a08006b0d443e292e73a35cb0ef5ea5c",
    ("jing-jin-ji as it was", "dear-building"): "ccd2ac3fa468d60fe5ded33909142c1e96a5aee73a1648287fce1f89b90ae5bb",
    ("jing-jin-ji as it was", "half-outsiders"): "c6916fd7546f1843217dfc019a76ddf250cce07d291ae0fba2ce9894ca6b6b2b",
    ("jing-jin-ji as it was", "services-first"): "f103929f3a5ab9b76426f6521de357f475c79875a8c88347d565b13802a9698c",
    ("jing-jin-ji as it was", "sum-only"): "91d4b742a01211d7042b09396314b9ac7a3f6053593a8a97f1505a5eed335cbc",
    ("jing-jin-ji as it was", "worst-quarter"): "c40e863bda61b3b2ae1f850758986f5f311a6aecb19de65d16d489c110dd4c73",
    ("jing-jin-ji as it was", "worst-off-first"): "52d45bee3fa016d6218f2e1c44638566158771f705ccc23615d2dd0aaaa5b246",
}


def test_every_scenario_of_every_shipped_case_has_its_hash_here() -> None:
    shipped = {folder.parent for folder in ROOT.glob("cases/*/case.yaml")}
    assert shipped <= set(FOLDERS.values())
    found = {(name, scenario) for name, folder in FOLDERS.items() for scenario in ("base", *load_case(folder).scenarios)}
    assert found == set(HASHES)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scenario"), HASHES)
def test_the_content_of_a_shipped_case_is_what_it_was(name: str, scenario: str) -> None:
    assert load_case(FOLDERS[name], scenario).content_hash == HASHES[name, scenario]


def test_a_class_may_be_called_otherwise() -> None:
    """The hash names a kind by `counts_as`, which stays."""
    kinds = (Case, Measure, StartOption, RaiseCapacity)
    called = {kind: kind.__name__ for kind in kinds}
    try:
        for kind in kinds:
            kind.__name__ = f"Other{called[kind]}"
        assert content_hash(load_case(FOLDERS["tiny"])) == HASHES["tiny", "base"]
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
