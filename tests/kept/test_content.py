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
    ("jing-jin-ji", "base"): "c21e2c458c91242fe5932389f19cfb88b74053504fdac1de474f6c31647c09d8",
    ("jing-jin-ji", "tight-money"): "ad78deed4176328f9ec30403e62fed43d3b54ff2fbcfccf757be1bc9641c25fe",
    ("jing-jin-ji", "more-money"): "8cea5b19630edbf81f71dce206b7c035c6e4112083231f41abd1cf29d84e611d",
    ("jing-jin-ji", "no-central"): "a115530e7c69d3767462dfe2f1d3dd875f9e2fe55e920010d5857199123d6ff2",
    ("jing-jin-ji", "no-signatures"): "7f3099456368c1a190493d7d460f3f6eb26a820fc9f4906a527e72b513d9ae3d",
    ("jing-jin-ji", "no-links"): "1ca96e32f6692a8ab52a0f838eafd8f1c020e304cc0110b5ab708dd043cf0307",
    ("jing-jin-ji", "no-hubs"): "0747400847a47541c0a7edbfb476763fdb817b93505cbc23f0cdb55fefc889a8",
    ("jing-jin-ji", "only-published"): "ce35474611628962db019b81a4e91960a9cc22ea74e8f04798a74b0720b9bdb8",
    ("jing-jin-ji", "any-hypothetical"): "ae4ae3d299d9e6a063f84766e3baa5d68160ef5f88709e56810b4cfde121cdd2",
    ("jing-jin-ji", "no-facilities"): "f7f98ed1bbe6239c38c551b865e43de67d73433b82384e2a0259f5b9a5b5f436",
    ("jing-jin-ji", "fast-ageing"): "84f52149e12d35a2565e16e13d94d0ebcc83f7d53d90fe61337ee659fd43696f",
    ("jing-jin-ji", "higher-standard"): "e232eca617a4fc81fe54f8491fa5a54b87698fb762b0661e8ecb8be5ff57e975",
    ("jing-jin-ji", "no-parks"): "fb30305b5fec1d99b93ff867e661f742906c5acdb4a072f00888fbb1c1c38a34",
    ("jing-jin-ji", "no-tax-sharing"): "e7fae99c684b64ea6721ccec14568059c28c4c46c998da045c961af704c6d881",
    ("jing-jin-ji", "no-transfers"): "0b8d68434f61c2f8f38f6237de98bf3bb679aa23ad08168964d29f881ac129fd",
    ("jing-jin-ji", "more-transfers"): "5efcae5f921420ef0e02238c0d8be325662a071c432b5569d0da0783870404cb",
    ("jing-jin-ji", "no-borrowing"): "bfb21bd6e5840e4ca25a5cc48c29bbe353cfd667cdc1bf12de86d6e745657b1b",
    ("jing-jin-ji", "parks-first"): "e682992cfb0e1831c13b44b68b0ccd355af6224178f2035be19855ed2901d3f0",
    ("jing-jin-ji", "nobody-worse-off"): "406f3309110a5c0e8a68e1a927ef1ac0dc3cb05ed0b2e8b4913c1cd4ae77d01e",
    ("jing-jin-ji", "low-skills"): "7056459de05935b14420313c531c748e999f76529b76ed242275a66d3a2a2f12",
    ("jing-jin-ji", "near-origins"): "07fc32a8a3655985a7351843c71b9977b8c7d3ec9007e7e33d4efd55e715142c",
    ("jing-jin-ji", "promises-kept"): "29b871248feb4c52c247d659c31e2d0a4ebb69d6af8097ce86df15b98417ac58",
    ("jing-jin-ji", "fewer-jobs"): "feb4926a5c3e6c23e0d1f45c645ae1cef1b82dc71cac295a6c64fd8d9a52064b",
    ("jing-jin-ji", "door-to-door"): "abe35d02a1ea509e708f403add62fabf8181930bcc05383773bc2a5d1808d843",
    ("jing-jin-ji", "slow-xiongan"): "8347a415000d4de19e23689d7c8b6bbd3179891175e2edb0df3a54ec2ca04119",
    ("jing-jin-ji", "dear-building"): "949dd8ed6dcf8c085a4052ba93d50bf85f87eb951d3964217773ca2a1721da0d",
    ("jing-jin-ji", "half-outsiders"): "5a579b7ee361940a6e44b90dde29ee3fc658b960a6420ef1bbd445e76f137115",
    ("jing-jin-ji", "doctors-shared-less"): "c22fb5756e9a48fbb9316e594984209d46cb1a7a5ab36894b5b664a8b1814ac3",
    ("jing-jin-ji", "access-first"): "e3cefcd3300c89450bfe460bcc1ef2884693f1006e73ca68b5d232455a513b01",
    ("jing-jin-ji", "first-bit-first"): "496ef2b673be9cf26b508aab70ea1b351099366a92e650a1bbd92e373a1aa659",
    ("jing-jin-ji", "services-first"): "2843cdc4a30e7e7b843eb61d62afde579382a93cf6021d2100fff498ebbcb7c2",
    ("jing-jin-ji", "sum-only"): "6b58f6c54d4b44686e05441f1478828e75a44b56c42dcc97e4c8b80171aecdf2",
    ("jing-jin-ji", "worst-quarter"): "fed8b1091fee1f2bb7af80b4a40e66864ea358be07739eb7a2248a8f8de7b5fa",
    ("jing-jin-ji", "worst-off-first"): "46fa1e8a4caf131778a5b141876538b5d08580c4a95fb6d3415216cd920cd896",
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
