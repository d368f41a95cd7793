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
OTHERS = ("chengdu-chongqing", "pearl-river-delta", "yangtze-river-delta", "middle-yangtze")
FOLDERS |= {name: ROOT / "cases" / name for name in OTHERS}
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
    ("chengdu-chongqing", "base"): "8afb1abfb45912ce65c37cb4edb4e5d0e0c63ebd2f0189fbce0f45a4c7845c73",
    ("chengdu-chongqing", "tight-money"): "9d4afed81d0be4ab3fbb008ac06df48e27887a3576fccf32e905cd8d4e38b4f7",
    ("chengdu-chongqing", "more-money"): "226149fa296e30e744c91289ab74a258a4753b7c203f545892a6fa57295f4c58",
    ("chengdu-chongqing", "no-central"): "3953b399f1f4a02fe3980573109ec5837b170b265e5928aad6bd350bfcfcab90",
    ("chengdu-chongqing", "no-signatures"): "43920c0d47cd8c656dab795b7c6738b4df6431f96d7644626a62c9c0bbc8f73c",
    ("chengdu-chongqing", "no-links"): "f36da4882a69b5164dafef28929cf5ab88a9cd64ae7cbb7d5386c66045f8beb6",
    ("chengdu-chongqing", "no-hubs"): "c622f06a652cc93835a5f70486e854114b31d9d838b5c90d50c83ecf6e052f0d",
    ("chengdu-chongqing", "only-published"): "1e24df032659521afbcf709e3f6b064d03732465eebb6b8d9d8cceccd50d04cf",
    ("chengdu-chongqing", "any-hypothetical"): "ee4880172ca16f4057b9f215c37b7aae92ce350453d2b0e3d70984254ab363b1",
    ("chengdu-chongqing", "no-facilities"): "ca091d406ce2acc52831465f5f6d2f797a27c932a5bd1cb08b55052e1d2dbffc",
    ("chengdu-chongqing", "higher-standard"): "c0995cd519551521fb1bfb3144ae3c2d5a2d50c12e5b2ebf7f8b2759faf8f933",
    ("chengdu-chongqing", "no-parks"): "20bea6fa19415c761297fc1110f1ad59bd21db59fb69e2b43ee54c4e9fae9adc",
    ("chengdu-chongqing", "no-tax-sharing"): "9cdcc4991cbc4c999557769b1d831303962d0226a82ab2630f0a9071cff195f4",
    ("chengdu-chongqing", "no-transfers"): "36a4ed9acdd5a22c9432b1b36d1c3bcff852c1a8ae11d7f3cd3a98c88daef923",
    ("chengdu-chongqing", "more-transfers"): "eda4502e5865282818c2ec2126cf0ef2ee2a2d11e0ee1506764087dae5083bb6",
    ("chengdu-chongqing", "no-borrowing"): "536285e97daaac18e4ef3b70bcb1fee082bbfa5863510de9e374ac237528e291",
    ("chengdu-chongqing", "parks-first"): "63ffb3be4d86bea1f60a7720e308ba5aa5c99e62acea25f1d78f811d248e460e",
    ("chengdu-chongqing", "nobody-worse-off"): "a1656cb96fe4b111835049942a51f81231f9271667559769a53b39a0f6b1d703",
    ("chengdu-chongqing", "low-skills"): "b3b8443066b4dbda400d774ce7c48c032cceb5bb8448d13cdd1eb0d505567f05",
    ("chengdu-chongqing", "near-origins"): "c9529c57a6104cc8365ea18c8f524c99af6a60af7ca8870769929664c29a66f1",
    ("chengdu-chongqing", "promises-kept"): "2b945da67477518bc1908e8be3baccea3f1e10c230610cab93bdcc85e8ca2b30",
    ("chengdu-chongqing", "fewer-jobs"): "193d30246885dee1c7baaa20893967f7d5f1124ccfefdf028803b0378a78fb9a",
    ("chengdu-chongqing", "boarding-45"): "0d18a56d234ac91c18aac0095322d405e15d36e01dfce2ee1ba7b70d4a169dd2",
    ("chengdu-chongqing", "dear-building"): "ef2c3968c75907c0f040e5ef312bc16f80b68d82d0c67b0ae60a0af0d40ea229",
    ("chengdu-chongqing", "doctors-shared-less"): "9ee4ff1b525dcafe59f10be5d57686d7ef1d8e2e08621fa0b539dd131b263c46",
    ("chengdu-chongqing", "access-first"): "5929e60d04eb399d302287992e4c9b2ecf58ab68e3e3d438d8a4943a80974636",
    ("chengdu-chongqing", "first-bit-first"): "4407015461ef260217b979dc5b1f81957b80560bd1a3276a44a10f376088f903",
    ("chengdu-chongqing", "services-first"): "12fe7e1e0706d0c8c79d89c3804d06612ae7be51f88318ed70628fafb539f2ab",
    ("chengdu-chongqing", "sum-only"): "38317e63fe364a7cf7498115874800d0fa26ec93c4416ecd6f608f05025000a8",
    ("chengdu-chongqing", "worst-quarter"): "e25988ae9bc714854781f3aa4f2cbe050a434f2ed24097d6e58d860922e6089f",
    ("chengdu-chongqing", "worst-off-first"): "f2304df9bacb4e78a1ba7137179196d970c25db1316b58447d202ed94e126c06",
    ("pearl-river-delta", "base"): "e3bb9eafa22839eabf246219c2769130095cdeae20c065be54f11d53a32d9c8c",
    ("pearl-river-delta", "tight-money"): "313693df6814915a244f295e24228ea2b3fa06a63ef5c21ebd703a8fbd343451",
    ("pearl-river-delta", "more-money"): "03635e6b63f9a5ec3c9a3a0f062353b304d39f36b350e78aaa0d5682baaa01e1",
    ("pearl-river-delta", "no-central"): "52f18160c5394e03f7c28da7fead4089717e313155c15075d3088031bd12b69f",
    ("pearl-river-delta", "no-signatures"): "7cf36f18a82d0b29811ffe399a92660dadb0e8d5670364e86ac90488d07f747c",
    ("pearl-river-delta", "no-links"): "06792cc21e26132b6ee4f640a7537f3f350e137ddfe99428d72839dd1c8928b6",
    ("pearl-river-delta", "no-hubs"): "ea177396e763cae8c3caa30e843a161894cb085bb2b0a1586d7b93c5d462a22f",
    ("pearl-river-delta", "only-published"): "81e138e68f8672670dbe59be0f9124da31e869a84fbc4fe38b5a85b75272eb21",
    ("pearl-river-delta", "any-hypothetical"): "9aa4d4bcf32d279cd0f63b6ea9313a7a2c7b326742f02c9db9b5acdfedf2ff13",
    ("pearl-river-delta", "no-facilities"): "ceff79d744905034f5a9d6a1ce7a614fc012f5d5f8ed56d227f77fa933f7a15b",
    ("pearl-river-delta", "higher-standard"): "4490a0eaf4393801a0a591a61d1cb393f8d951f4646244e0db37c11e45ffc170",
    ("pearl-river-delta", "no-parks"): "48b29926c58cd9a549dfb7b1a40bdccd5e311b520aa68dba20672622049257b4",
    ("pearl-river-delta", "no-tax-sharing"): "592aba1ebd2e36fad86ae511f3d3b13b8fc3714dad4b457b79909efc5c65edb9",
    ("pearl-river-delta", "no-transfers"): "26fb62665e338c3fe7c016e8fb30f0a666b587999b9cc1703609c3153df54e79",
    ("pearl-river-delta", "more-transfers"): "05dcb553860214e2e7e09a20ca1f246492576872f649d8b35080d04808dcc3ef",
    ("pearl-river-delta", "no-borrowing"): "26a26a9cea51ee54711d2bda0ed8bbe047599a4e7cb6cde829b800b7233b2266",
    ("pearl-river-delta", "parks-first"): "1f47bc28931a0a8b1318ae147f3128f210aa8254eb331bcf49d453f06c559947",
    ("pearl-river-delta", "nobody-worse-off"): "bdf3f217ad027072f72c6a346a687256901c9ade89e44359b41f74bde986f2b1",
    ("pearl-river-delta", "low-skills"): "3a6a08a21d018465f62aa1ffdf46f026756d4b06219f49ca573685b651ce28d9",
    ("pearl-river-delta", "near-origins"): "ac3aaa98eda3bc7181e14460a5b2432d964718562a2218996878e11fb7181086",
    ("pearl-river-delta", "promises-kept"): "5d47e6c4a7e5ae560e5d68d791d0a4e3093376d44e0caefed7a55f9b4784adee",
    ("pearl-river-delta", "fewer-jobs"): "e17fa6405ae56e522f92e1478019d2a202108be3881efb1ffdf92be0642ac884",
    ("pearl-river-delta", "door-to-door"): "7ee234e36b12e7840aaf7219c8d2fb83bb57ed282b3b7e294c13330382a04ab5",
    ("pearl-river-delta", "dear-building"): "68f6d3ff546c73bf6289215570c961757924882ae66c49232d3284242d3cde83",
    ("pearl-river-delta", "doctors-shared-less"): "9d1366bebd561516e2ff6f179d9f7370714070ca1c23865fbf4cf5a35c8f7772",
    ("pearl-river-delta", "access-first"): "414d1b1b52d887e93f228830459ba1736486fad677bde1f8b8873ede91472199",
    ("pearl-river-delta", "first-bit-first"): "b4dd988cb1958614e1bfa577bbb55104afe3b6503792772342764fd06ca5b128",
    ("pearl-river-delta", "services-first"): "a24023e3f9db8bbf92625efb4898c796a21448a937a7f28c907c3b24b927585c",
    ("pearl-river-delta", "sum-only"): "2c65a2aed7868ee8da5d45d31b5e6c24251a0b7401640056ad9c9282a18ca229",
    ("pearl-river-delta", "worst-quarter"): "086c6fc739e552fc1f481d8c0f9e568227b9d100c73fb9dc03078db4b6d7a565",
    ("pearl-river-delta", "worst-off-first"): "57c4ce1774c838d87b55dc945f583884c42eb96b9ceb3308b26677ed50c314ac",
    ("yangtze-river-delta", "base"): "aae8c4082ab998231e43a55ea48315d10442bfe5b2cd37b93bbcceec50a97eb2",
    ("yangtze-river-delta", "tight-money"): "0b1f43d61fa10abfc4c62383a34781d84db7178fdb738c0b08e591f526e85c1d",
    ("yangtze-river-delta", "more-money"): "4875bbb28bc05253f4065a322c52ac8474be3d8565fc6c1a746c2d625852661c",
    ("yangtze-river-delta", "no-central"): "3724c6b8d30eed13851a097bfc8802d408f580e272095b046b680f957ee6112e",
    ("yangtze-river-delta", "no-signatures"): "e17fa15f34e80c119d75f7ca133116e5b63553a8d949ca5aa320563e7d2a535d",
    ("yangtze-river-delta", "no-links"): "2cb7357101bc51056adfc8dee6a396428284124a1d0bd0b9d233a73c136cbcf9",
    ("yangtze-river-delta", "no-hubs"): "ab6bd9a73d848f73e16edb6caf33a920a33c4b39281ec762006be839e3f4e00f",
    ("yangtze-river-delta", "only-published"): "59e1f6d3bc49efc99d9a6c048c4a5e6e7308e7b33795e017d16dcd80c1499e7c",
    ("yangtze-river-delta", "any-hypothetical"): "99e69d22f17a59fbcb4395aed6b6e950075d981bc001ef82620d3be92a7f7f1c",
    ("yangtze-river-delta", "no-facilities"): "b30acd7099798aa3ea1a90dd5b9f41843f4e6824d61b737be75c06771814af49",
    ("yangtze-river-delta", "higher-standard"): "08c74b5d845b4317add3cffedefd99fc6bf78ca96f41766ab11af28f8e828c0a",
    ("yangtze-river-delta", "no-parks"): "2a019660fe0b26c4c488e29ae2917ea16aa896d491c52b036107fd9fe398b3ed",
    ("yangtze-river-delta", "no-tax-sharing"): "681aca8b67e946b3d6d0ed3539d2f7476a9c5ff57dde57bd9832dc2dfa7b8d51",
    ("yangtze-river-delta", "no-transfers"): "4e72ac5a5052f3f66d59b12c9e7bc4555e96d6520aefdf3dca1865a79a3c2d11",
    ("yangtze-river-delta", "more-transfers"): "bc0e70412b2e87eff3ef832345156f0ba7b81f1506ee0f57a229f46a545683ec",
    ("yangtze-river-delta", "no-borrowing"): "b65091465cb94f6294010a16f99c4a3659351518083bd02f9ce989efa3862e44",
    ("yangtze-river-delta", "parks-first"): "bfbeb98dbb48da3bb25d82d031e470cb33c9febca73bee870c150c001bd1d2d4",
    ("yangtze-river-delta", "nobody-worse-off"): "9e9cd75cab70128e690ac85e7625ae0383d0f726a8e6c9e94a254b5b724d1494",
    ("yangtze-river-delta", "low-skills"): "5a527c5ebb0062a31c9e5764f4f6363f1c817a017118ed45f859e5a9310a0ca8",
    ("yangtze-river-delta", "near-origins"): "a68ed200f3f1b277ca31b2e78fc5c9339e8d3baa269ded3cf43d9493bc56e88c",
    ("yangtze-river-delta", "promises-kept"): "34077592543707fe4137323e4a1089593ad2529bb1950c635eb861451f15ba6b",
    ("yangtze-river-delta", "fewer-jobs"): "21f9746e40606e5ac576132bc0be02ce3ac7da4b3665e4b91db9816304b6cfbb",
    ("yangtze-river-delta", "boarding-45"): "34a514046bccb2840703c2714a1870d784eb04a5be287e4069257c8d9330f88f",
    ("yangtze-river-delta", "dear-building"): "9f056a2d7145d48d23cd1798f395a89083195b223c0af4f13c021d75f0d3a359",
    ("yangtze-river-delta", "doctors-shared-less"): "ffcb50c9bfcaac38e9d1271788afa30ce8d4759853a027057d647086673dafb3",
    ("yangtze-river-delta", "access-first"): "4c639df1a7208b42be5c3832fe876bb0d5082a25b6f75a9bb1265831e0f02511",
    ("yangtze-river-delta", "first-bit-first"): "6fa723146f59929f288479d72038e95a0b8f27146a0c484915fd54cae4a8de30",
    ("yangtze-river-delta", "services-first"): "cc0a251cd69a209baa7cc798da82b11548df9fac7038797d10170cb968d89a87",
    ("yangtze-river-delta", "sum-only"): "a894620b06fa6a36bf8c9059be785f30074a86fdf43d25de18c009a19e2aba84",
    ("yangtze-river-delta", "worst-quarter"): "a40495a84df1c6b253c26e08134e2389c2a0cc9eebc4efb40e9b5935d66f8f6f",
    ("yangtze-river-delta", "worst-off-first"): "a607dca3631f5e8817680d621b568f9afb417eabea06a809a8b033a682c0dceb",
    ("middle-yangtze", "base"): "984b821db77cb2558cdea72c58e238521162f1724995845f35b39b07e4087821",
    ("middle-yangtze", "tight-money"): "4ae700afcf37ee691bb82a7565e7628788f560b0a5502bfb77fb51e963fc0301",
    ("middle-yangtze", "more-money"): "f9064f7517dd4aafc2951c6a5c714aa40f52e3f6e76e7006918a6a63b60a7bb0",
    ("middle-yangtze", "no-central"): "a72db8b9fa09082b0aca7e1778fea847d47cf4764510d64eb0db9f3dc61eb085",
    ("middle-yangtze", "no-signatures"): "53e284b802416683fea8696999aba86417c97daea43eeec9c230c8fa05237da0",
    ("middle-yangtze", "no-links"): "d1092f78ad7025dc872bd4a84ee72dc1cfbf03fc707eae5789909a7f14a8c2be",
    ("middle-yangtze", "no-hubs"): "e208b0955b2d6126b9ca078661ebe0f94eed284cec939ba7f3f3492dc27e4a8d",
    ("middle-yangtze", "only-published"): "287428dff9cac300a554fd83af60d988d339f164fab1d13dd2f5918b34861313",
    ("middle-yangtze", "any-hypothetical"): "6aa3d96fd11321528eeb86d23f0b8f3933472fda84d6533fa3aed7845ff3b4cb",
    ("middle-yangtze", "no-facilities"): "c1e2a02f66985be2b79536eb2feb2e0de0b42be71638a945d257891889ccb44e",
    ("middle-yangtze", "no-parks"): "dbaafaa9de0eee2b00dae1630c63f8400cc9576e348d19ee272f4f3349fddefa",
    ("middle-yangtze", "no-tax-sharing"): "34711b1fdc828ebde36945206f26f3e361c1431ad220a86be65ad7b45dc01eca",
    ("middle-yangtze", "no-transfers"): "c496cf09bff15bc1c9830d0034bae01c951c63bc3c7d315f29e50f908ad392ee",
    ("middle-yangtze", "more-transfers"): "5e8c48544c6b45e09157f6548285997fb01129f781e2252fd1119475db34f31c",
    ("middle-yangtze", "no-borrowing"): "fd586debab389e9c822f7ef072d61000c08466ecaa12ce3b8cd86242c49c0994",
    ("middle-yangtze", "parks-first"): "6a2fa40e583c8fa11b189bcd97206dfac2e90ead5821d0afd11a077beebc4fde",
    ("middle-yangtze", "nobody-worse-off"): "7c193425de70413ebf1c005d61414cb9f8e192765d0646917b944839c624a6f0",
    ("middle-yangtze", "low-skills"): "7352dabb7d5968b526e0daae11b37f5c67019f9d2487e689165b956515d8b06c",
    ("middle-yangtze", "near-origins"): "fdfdf3e7e06bfac7bef8e28692884d665fd1f4110b78ac0a8ab4c3c881b40c2d",
    ("middle-yangtze", "promises-kept"): "d5600811052d5a5aa220559aaf746a194c6873f4789448388a6da3a56241fd3f",
    ("middle-yangtze", "fewer-jobs"): "ce429faf46036b7d3b9be383f41ba4993e9211922ab2a7429a4e56a44f6741bb",
    ("middle-yangtze", "boarding-45"): "405640159818b8c65946b29e18c68945984bb4632be42f257580bc45964acc69",
    ("middle-yangtze", "dear-building"): "639e73aec8cfe2d045ec1346df19cc457cdaae009b87ece5783f07479efc9bd1",
    ("middle-yangtze", "access-first"): "0e9fd118c2eb17b66e00b23958735f0987771a9cbf0d220e791a37305e875c30",
    ("middle-yangtze", "first-bit-first"): "a9c260efa53bbd98a6b9c06957b62b6d0fd331a6e10fd6a8cb5d2c64b5064bb0",
    ("middle-yangtze", "services-first"): "72a962e7f915ca8c6d4cff00ae47265b5582c09fc7c75d2eb0a595a81842e529",
    ("middle-yangtze", "sum-only"): "a5e06d35494a87f2f04a6cf9de65418eed3b7dd66dfd7f83ee29103825d3acc8",
    ("middle-yangtze", "worst-quarter"): "ca2c417d24fc108579bd4d921d9097265f3c0f0acbf1514137d85f28caec6d1c",
    ("middle-yangtze", "worst-off-first"): "823235d7d2f69f9ffbf5e62669d2a56fd1419937cd066b60b9ad3305fc5a2521",
}


def test_every_scenario_of_every_shipped_case_has_its_hash_here() -> None:
    shipped = {folder.parent for folder in ROOT.glob("cases/*/case.yaml")}
    assert shipped <= set(FOLDERS.values())
    found = {(name, scenario) for name, folder in FOLDERS.items() for scenario in ("base", *load_case(folder).scenarios)}
    assert found == set(HASHES)


def test_no_two_scenarios_of_a_shipped_case_are_the_same() -> None:
    assert len(set(HASHES.values())) == len(HASHES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "scenario"),
    [pytest.param(*of, marks=pytest.mark.proof if of[0] in OTHERS and of[1] != "base" else ()) for of in HASHES],
)
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
