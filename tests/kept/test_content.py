"""The content of cases, by hash: of a shipped one it changes only where the case is meant to change, never because the code
did; the region that is kept as it was (`tests.regions`) never changes.

Plans, runs and drafts hold the hash of their case; a code change that moves a hash makes all of them strangers to it.
"""

from __future__ import annotations

from functools import cache

import pytest

from planner.case import Case, Measure, Period, RaiseCapacity, StartOption, in_scenario, load_case
from planner.case.case import CaseKeys
from planner.case.declared import things_in
from planner.case.effects import EFFECTS
from planner.case.loading import content_hash
from planner.case.rows import TABLES
from tests.regions import KEPT, ROOT, SHIPPED

FOLDERS = {"tiny": ROOT / "cases" / "tiny", "jing-jin-ji": SHIPPED, "jing-jin-ji as it was": KEPT}
OTHERS = ("chengdu-chongqing", "pearl-river-delta", "yangtze-river-delta", "middle-yangtze")
BY_BASE = (*OTHERS, "jing-jin-ji as it was")  # of which each run looks at no scenario
FOLDERS |= {name: ROOT / "cases" / name for name in OTHERS}
HASHES = {
    ("tiny", "base"): "8b8906d6884221a336b14753ea0a31d50ef636b1bc3e64b33e2e61ac0657bce6",
    ("tiny", "no-signatures"): "f7d9393e8bd9cd097c700256f9c2fc66b71fed810ad672ae32b014192e8551c4",
    ("tiny", "poorer-south"): "7af341067272fc770b9e68a8f649c83f97b2611a3a822d2a0b8e15f704099d91",
    ("jing-jin-ji", "base"): "8f0ecb9b34dc177f4e158503f6721f78c0415c7d2a33c0298f50c9eada2b718e",
    ("jing-jin-ji", "tight-money"): "f1143810e175cce7f3f3e2b985a1cdb2c7093bee550ffa511050247c943ef763",
    ("jing-jin-ji", "more-money"): "3fc4084877a88464664e6fde28e9155d547e83c669bf00f2d5feb4c655d50963",
    ("jing-jin-ji", "no-central"): "2b7c00df3b43d924a7e5903267044a83fb764b714679c61710e00d1a1592826f",
    ("jing-jin-ji", "no-signatures"): "e2f1829752836dc014e56163e4fcba7d0177857626cb9c930e573386cac579dc",
    ("jing-jin-ji", "no-links"): "5e6f02dc32fd57cb83670dd61b2be94fc70358c0b1f43d06bf1c64e1755e7e09",
    ("jing-jin-ji", "no-hubs"): "e2300f7dc7ff204ef30ef6484e873454f6697a0db99ab26a74c1faca24456518",
    ("jing-jin-ji", "only-published"): "e54580f6df3687b6d3df4cff5e4a87fa392c0f56438c4fa66962b31d14c2d0c9",
    ("jing-jin-ji", "any-hypothetical"): "9c7abecaef80801628e772551e2f89f4fb6fd074a58900c976d08143d6a21705",
    ("jing-jin-ji", "no-facilities"): "e40856135d2f512d51d2f3c09616b45a7ff26e9891a76097414190d521c5583d",
    ("jing-jin-ji", "no-relocation"): "076e43dcd4640ab5df10c516a7784d6a477be890c79072054820b39877c13c99",
    ("jing-jin-ji", "fast-ageing"): "52d5268779d1214627a1f05a136baf18f3380a8b85869d4faf7c2510d5dd058d",
    ("jing-jin-ji", "higher-standard"): "a79d8929eab40d3854b575e67d7e38e85f52ee8a74941f5ab147862d32583831",
    ("jing-jin-ji", "no-parks"): "3755d3dcbc4ef7bf17d779c10735fc41de0557a7980d5ece28fdfa0cd29b1304",
    ("jing-jin-ji", "no-tax-sharing"): "6704412bc9b702d1bf4dd95cdaa23fdb79c47e0918e1b6f2d1301482c1bc22ea",
    ("jing-jin-ji", "no-transfers"): "a3be1edb666975571d9a71fbb1eeee4e5e2f9b8b3609c38d796b60daa2ab89c3",
    ("jing-jin-ji", "more-transfers"): "b56299e3b26e74080de5680988a71fa2b08b46ad1287b6e4fed4f88993680964",
    ("jing-jin-ji", "no-borrowing"): "7e2ded9bf73a3907acbe2d9922ecc5c58d416e72422c9423e7897b45288ac830",
    ("jing-jin-ji", "parks-first"): "f92ae2f094e2c89d8b354a1cd2abaab0ba9186e6ef4cf442f22650d4a1d22574",
    ("jing-jin-ji", "nobody-worse-off"): "12c32d69e19b8407da7275ba8db6a803062a8f656b8342181ac61cb238c24b09",
    ("jing-jin-ji", "low-skills"): "c09dba9bf08b09760bb5ad9c4ca4053021c524a3ca784e72706628f24b532e24",
    ("jing-jin-ji", "near-origins"): "5cf27ebc21b22ef9e3e8ba28c1c9d6c37ffaf4a2bb5c7a500c31734a49ee697f",
    ("jing-jin-ji", "promises-kept"): "c7cc39ea19e7c6733a32ee9001bafb7690d601c6a73989a751252a1e18371414",
    ("jing-jin-ji", "fewer-jobs"): "cf1dde9032c1e238728b995d25b6d6be9a5aa26a85b72d0893065bd9d96e91bc",
    ("jing-jin-ji", "door-to-door"): "f96d283d81eaf60f3ae3adfaac42569bc20160437e8475704d280fd4ba680ea2",
    ("jing-jin-ji", "slow-xiongan"): "c1cc6b130aceb9da23d3cf4462722c280220e1b3f2cd9a0a1e2daa538568ed52",
    ("jing-jin-ji", "dear-building"): "23992722fda5a9b802d33778f2801f869605ba3c616d57b55a693b2510fe90ce",
    ("jing-jin-ji", "half-outsiders"): "c3a1f2789fa1bd8d3a6dc0f99a5f0198324842d0471d7bda0ba98d02768af647",
    ("jing-jin-ji", "doctors-shared-less"): "0281151d0d97bdad20f14bffb10da45a4eb62e24a2272447e8301b23223b4ab5",
    ("jing-jin-ji", "access-first"): "b63d1c2d94cfb60c41ed31a08fcec4941a83679f53df81482fdd8c6c173316c8",
    ("jing-jin-ji", "first-bit-first"): "88057da51cd0fe2a63a8afa58e1faf0de79cb267f7ffadac4593d00b28dd633f",
    ("jing-jin-ji", "services-first"): "048079ac420e02b3cabc9699da03f406b4fdc76a3f48db1278040632127eb6f2",
    ("jing-jin-ji", "sum-only"): "5f97b5003e148d3fd628ceaf3cc29aeb2e8b19c463552798c51278f9938a9477",
    ("jing-jin-ji", "worst-quarter"): "2a2a576edeca3ff75326afb68a57506de99696fb4cd951038f5e22d0a4a5ae7d",
    ("jing-jin-ji", "worst-off-first"): "61434cc72b04226e03313cd79be6ffbfd1483e8cb266578f4fa29bbdd5203ef8",
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
    ("chengdu-chongqing", "base"): "8271a9345e288bccc2ca7cf0c1e651fb4c476c4d1a565638cd18dcdb8f5b07be",
    ("chengdu-chongqing", "tight-money"): "8174d7f122622cc8cfabb42025702858e6f57d76d7407ae8d609f811c842d2ff",
    ("chengdu-chongqing", "more-money"): "64bf888e6942a9a14aa1773b6a2dbb10ad5053fbc7eb2e2ab4e58a8374303103",
    ("chengdu-chongqing", "no-central"): "24bd71ace519b737eb0baf73e1941e34218faa47a3ba2c35d5053a669b871f79",
    ("chengdu-chongqing", "no-signatures"): "0aed5aa4c40fa08b859ec75a9b7d7dda42ea378a2a3abdc6a96ae5f35d9a0e56",
    ("chengdu-chongqing", "no-links"): "a3c5cd8e0aa8b3d8a90eb44b575131bebddadd08ae29d98af9588f1a72e21344",
    ("chengdu-chongqing", "no-hubs"): "86bae87c24540e20680fc9bdbc4d9146fa59816936357efc617f6fc847093b2a",
    ("chengdu-chongqing", "only-published"): "b9e3ae1a30d91b6e21b3f4e03d8efecf4d2b3fb43f026e31ac3d39941542e577",
    ("chengdu-chongqing", "any-hypothetical"): "d1f8857c5134a729044d50517c3a67c757b716c85f1b936f7df9406844acee5d",
    ("chengdu-chongqing", "no-facilities"): "5db21dfb56023528fb5818c2fe0fa6fb4877271cef1c7c38aee9afd436c4ecc5",
    ("chengdu-chongqing", "higher-standard"): "150fd90077d7505015dee1512cc30584ead5ca2594a35c0766a55ae63af3dc21",
    ("chengdu-chongqing", "no-parks"): "14af3bc55e24d7e1462c41af60bf34bd40dabcca239a628ec9fb6c1b4778b3be",
    ("chengdu-chongqing", "no-tax-sharing"): "e2a346252930ba8bd0c99265dd3266cf5d2c4bbe2ddf4ac10ab9e206b6dbe42a",
    ("chengdu-chongqing", "no-transfers"): "20e146275971c8bee391d813ee0a0095d818903292575e14bbb82e2e2f9c4d8e",
    ("chengdu-chongqing", "more-transfers"): "57b3502280879bcb6a14a2e0fc225ab834c004557571e96849982b81a034e82f",
    ("chengdu-chongqing", "no-borrowing"): "ed8b9a055eae838d9f707147e5e97ab7cc488664c6f3e55f99357542ded41a32",
    ("chengdu-chongqing", "parks-first"): "e6dcbc5e81d56a2f842e05dc0a8ee3c915644e9807ead2fef42ae2c365ce52cc",
    ("chengdu-chongqing", "nobody-worse-off"): "3fa45f492273087cead0735de3c614f5990ef90f8690ccf133703cebbaba819a",
    ("chengdu-chongqing", "low-skills"): "f0a9aa1e526dbf429214b268a298381348d8d33d66223de2f5fb7951c3647e2b",
    ("chengdu-chongqing", "near-origins"): "1645a720cf6b13854b10cd6bcc3a7eefa372bd7ed976b5c419b7e3cc1be280d7",
    ("chengdu-chongqing", "promises-kept"): "94dfdfb2ecc4e582abea8eab3940280c6d2cf9ea746ef53af9bc4791602040cf",
    ("chengdu-chongqing", "fewer-jobs"): "f0ece10b33a21427f125078ccbc1b410c405913fe4459f54a47bbbf120cd2718",
    ("chengdu-chongqing", "boarding-45"): "b70428b560f70a57a71960bcd49819c3d4410eaf67c57b9638dde1a78fc0ddc2",
    ("chengdu-chongqing", "dear-building"): "9047b8a1b94afe5a4b1db3acf5adbf0eafd688f4ca03dbe5ee4eb54463f8afcf",
    ("chengdu-chongqing", "doctors-shared-less"): "27034a2eecf993d744e3678ea17859cd1b50cbcbc59bdb059950e401f9e8321d",
    ("chengdu-chongqing", "access-first"): "7997c167d4c7c86b3372640eb1cef14bd349d620831d8e6f2d764f49710ee3be",
    ("chengdu-chongqing", "first-bit-first"): "d6415b8d2cf16976a745057c7b135041fc3e37fa47ae9a49a8e198960f1583ab",
    ("chengdu-chongqing", "services-first"): "57d7281a0488eaa145f0d3847973a023194a568c55bf64b4828bcf039a82db99",
    ("chengdu-chongqing", "sum-only"): "88249c35bc498a374015a57a53371af0e2377972bad8b06b9fd02d89f5931fe6",
    ("chengdu-chongqing", "worst-quarter"): "6053efe751646be886a05bf23cfa5f495c8019e255bb7ec8c06d8bbf8dac4677",
    ("chengdu-chongqing", "worst-off-first"): "f629cbb2105383440bae0bd46dcdba9f31b643fb3fbfe4d5e0e6dc0bc4771d9c",
    ("pearl-river-delta", "base"): "043f9166584c14c41d1616a4aeb76759cd8dd50a065e3cabee1333f061a42187",
    ("pearl-river-delta", "tight-money"): "b28a33e16adbea396312e4b3ebe3061916cc23a07dc26226127d56803b84340d",
    ("pearl-river-delta", "more-money"): "07537fae1ddec11afa5b65c24cc1e22f01eb945645968a30f2d922574bb40954",
    ("pearl-river-delta", "no-central"): "dc73e11ec49f24aba7ad0c4d542342c64bc41581017c55e39b446071f3bde318",
    ("pearl-river-delta", "no-signatures"): "3af9b1b9b035079bc52d6a4e42ce12682b5e20d570966924d94b86a3a4dfbf12",
    ("pearl-river-delta", "no-links"): "045615b7f4d066e955ff25cf9c862f14a8a99d50b087a28f3efe6a1153a2655f",
    ("pearl-river-delta", "no-hubs"): "c227df4eaf6607985effe5d52173fedd39281966f7362f9e1075654190599212",
    ("pearl-river-delta", "only-published"): "5ed30f7d08d8250bc403b20ab3229d870e8dccf939cbf4a3410ba7f37d376788",
    ("pearl-river-delta", "any-hypothetical"): "c6f3ccbbef249d834cf5581af266c36a59838993842c40f46876723fe8ad96bd",
    ("pearl-river-delta", "no-facilities"): "5f638d7a8bea2598d5373a166f3f3b40d396a85c30692062e71491e5ae20aa5f",
    ("pearl-river-delta", "higher-standard"): "0635b7c678c2775e9aa4a02afcceea2e4b3d2461e6fc9d74b0d5c55e96cd737f",
    ("pearl-river-delta", "no-parks"): "45f7bdcd8abefea226e556b3ed74f4b1a398d008df6d50b24c28e5980737cbab",
    ("pearl-river-delta", "no-tax-sharing"): "6b3b1bdf7761cac75995015d6efb4cad725d14831698f1e636ade4bfedf67cb6",
    ("pearl-river-delta", "no-transfers"): "3ea1155052baf8a950b2b5aca8d355259e389116a763300bf1012e101c4d6357",
    ("pearl-river-delta", "more-transfers"): "0c0fc0c126a3ee873be67cb3ccc533d35a11357a570e27af13d0f45c65786a65",
    ("pearl-river-delta", "no-borrowing"): "c37b53fdd0d583a23ca925465bb248064ba0f3f66d4425f6017490b79e5d85aa",
    ("pearl-river-delta", "parks-first"): "9cbf02c2ce89ce27b1c79cbc3fee111cd83e675a2062e80b7637eacc94351ae1",
    ("pearl-river-delta", "nobody-worse-off"): "c4b2c0c6189ff0b2139c64fd33d4bdce2b674a172256a83f9df50317cdf1d7e8",
    ("pearl-river-delta", "low-skills"): "1831c9992f1ae725558fd42581f08b6556cb2cb40905840229b83d0f1c49309b",
    ("pearl-river-delta", "near-origins"): "d62d4fea147af70f28042b095fbdbc51de3a1d33bd05427145ef987a607d47c9",
    ("pearl-river-delta", "promises-kept"): "d2aa34d919df4690a2ab78c69ed7d0c477ed1bc931316be4996a2815fd45ec5b",
    ("pearl-river-delta", "fewer-jobs"): "ea0146dbefd6c765507350f4b1fbc608079d60fd217be59017059e06d84abca4",
    ("pearl-river-delta", "door-to-door"): "a6cb10ff46ba485a7d18a9487deba6369262632d2eaf9cf024027f61c7e8d97c",
    ("pearl-river-delta", "dear-building"): "edf617edcde18a18cfd86b1ec69c211ac93911a719d3836549828b37abe76894",
    ("pearl-river-delta", "doctors-shared-less"): "6b977895ad8afa4d0dc1fcb279476a0435a67f4e056e9820f38e75e1b6921377",
    ("pearl-river-delta", "access-first"): "faa9aac5b20e3453c365631687f3ac9baaf72533822bea2c6296522817e5ae26",
    ("pearl-river-delta", "first-bit-first"): "59798477870406d7161cd3dda5a6ee26d66d05b1753634bfecd37e7f92ae5951",
    ("pearl-river-delta", "services-first"): "664eabc832f1491bc8781f0651f032122a5fa6123f52274b20066a0dffdc1942",
    ("pearl-river-delta", "sum-only"): "1360b958771164842063ddbd45922a0c7c30bcc69476117f6faebf9dc91a21a9",
    ("pearl-river-delta", "worst-quarter"): "91bbc85cffc3ea7492232b7c22ca97593ca131489cf4fa1af113635d174a5841",
    ("pearl-river-delta", "worst-off-first"): "e5b58ced2f3011906daf5d1f666756dbe77f7d192769c3704dc3745783758b08",
    ("yangtze-river-delta", "base"): "c17a71c36c06b5683f098dc02e6b7d87e141e2d5817017bdd4b23546de9bc252",
    ("yangtze-river-delta", "tight-money"): "17793539ca6256bce734861e1dbefbe1fc5e9b8db60ecfe58792018f8c61a248",
    ("yangtze-river-delta", "more-money"): "238fd05e3e62964c9706c4b01d5d07497b6e91d432597cb4743ae200246618ba",
    ("yangtze-river-delta", "no-central"): "35bce5cb69594abb1b52b07890c84d99a82b7cc4d18a64b5dfe8e9363d7b0ad2",
    ("yangtze-river-delta", "no-signatures"): "f1b1559f9bd656ea8c0a307a68a0f9278cce6513c0ddc34f47b9fcce8f0cb0e2",
    ("yangtze-river-delta", "no-links"): "30b8b8269257d3e181edfe5f9aed1a37b58a618f179e7bdd6a8f5e5ce5669132",
    ("yangtze-river-delta", "no-hubs"): "c2bd43441b0a3b4e22c8355c19cf5ee33ddbf575f056fed6385db9e9a3596b09",
    ("yangtze-river-delta", "only-published"): "0902effe6b24f5e2eb10bb89990da32680b811744d3e7a8fe17cd6fe9f25ae50",
    ("yangtze-river-delta", "any-hypothetical"): "bc966ea90d75d69a5df3fc461720ce8fb5c1cc9f84269cfe4bc162ec854a8b88",
    ("yangtze-river-delta", "no-facilities"): "29a23554c3d86120842da7623572286400550a406c797fdbfab1eb7c16d5307b",
    ("yangtze-river-delta", "higher-standard"): "901f74e8b6b9461eaebcad34c52382b1a3707c79cd2913e7b1cce9a74cdbf829",
    ("yangtze-river-delta", "no-parks"): "76bee25f8dbab5930600f370e1144b35602b448e4694fa7bd64a1066b249ece1",
    ("yangtze-river-delta", "no-tax-sharing"): "e05b332dd07be1ef054924f4236161294e3250b9afef831dd81ff232ad5be7b8",
    ("yangtze-river-delta", "no-transfers"): "5af7547fcc372a5e5058805904dd6e4c18a4d44e4d42040346212f7a127f253e",
    ("yangtze-river-delta", "more-transfers"): "11b920c4d9a4287b164730ee94725bc38db42f93bbcba32ae6b27d844a568b05",
    ("yangtze-river-delta", "no-borrowing"): "72235d977456e4eaedf2d58003ab97ed9dea2475499de9b1bb51b7d1af291a16",
    ("yangtze-river-delta", "parks-first"): "c8150e02fd279b7e605d51bfb92d108a31377be593468cc04b36eb6ca161087b",
    ("yangtze-river-delta", "nobody-worse-off"): "b1b9e6942bf4580821848c56ba9f529b7217c835eb054427f6d194000780a20c",
    ("yangtze-river-delta", "low-skills"): "03e2b8c136551030c4839ef88c70764b539e0ae05b2970be8cd82c4d20d68cfc",
    ("yangtze-river-delta", "near-origins"): "0e05ca3c62384376ddd5c2b7f8c66e51fb7611781fb8b48ce7c0fefb837ce6ca",
    ("yangtze-river-delta", "promises-kept"): "d9b48072779ccab3c902b6bcdf65b4d930fa60b5f08fa283435e69664393f909",
    ("yangtze-river-delta", "fewer-jobs"): "038866d14cd29bd1f73e9f6df370a76ea66f6e05aa32f04eb04f8693294ca3a1",
    ("yangtze-river-delta", "boarding-45"): "49d9d6463847152d886bab8e9b19817e76202ff1d87d623e08de9405ccb51c2e",
    ("yangtze-river-delta", "dear-building"): "418c952c61f3ed718c736a29d8f93b8c32b70a46c85c33c363c57162c10bf6fa",
    ("yangtze-river-delta", "doctors-shared-less"): "20991923c1c81a797a8ca8f553bcb62a8ab0af46d2272f97e30d9ebb30aa7be8",
    ("yangtze-river-delta", "access-first"): "81391258bfec58a726841df755ce0c8be0341a9abe9356d21af7274aa4bb8e81",
    ("yangtze-river-delta", "first-bit-first"): "e3a7f7971d05070ff9ded0cb0b6c7592b74515981a0ae1f06b8cea50b84c8a44",
    ("yangtze-river-delta", "services-first"): "483bf08d8e0979320a820603efad703c06fb923e0cc7da97028a6be230dd46d0",
    ("yangtze-river-delta", "sum-only"): "9563247ce2feea4608b67975d3ed8977046943bb2f5f8fbd8efb40c4812c4742",
    ("yangtze-river-delta", "worst-quarter"): "c02030ab097d8fc72e9ac0dce5e149ce28212e68cd6db9b381c3ce551dce94a5",
    ("yangtze-river-delta", "worst-off-first"): "a63a6943e2c6bd0ad5f1092e74c3221fd87b79e0f53c082af3e349a777eaf042",
    ("middle-yangtze", "base"): "fc7f295a131e6eba3d5dea649729b8197436f852f4460d522182cebc10ce9a9e",
    ("middle-yangtze", "tight-money"): "1049117f106448d066c648b4a31ada1517df61064f8221d2009ef729969e332a",
    ("middle-yangtze", "more-money"): "695bb50bbb24d6697664bd91eb590e9002a3f7e5f7990ac9408c1aae44d9f7ee",
    ("middle-yangtze", "no-central"): "0c718a6de7a1330fd5e9a1a760482864b63609b688a716a910b2a72e133199f0",
    ("middle-yangtze", "no-signatures"): "f4c5ac1afc79199b77d7fcf40e17a289ffc0ef70065052f715cc967f8f3b58b7",
    ("middle-yangtze", "no-links"): "2bd568d67929994441b0def10750bf117281f73250995b61579bf1efbdf50982",
    ("middle-yangtze", "no-hubs"): "3e9ab07f51520556083fa03019747faf1bbf40bb1069bee88bf4b2763287541a",
    ("middle-yangtze", "only-published"): "d1882cb52c8fa38370e7c7717e391a3c8198e0a54417877848f01a03b7c16ba2",
    ("middle-yangtze", "any-hypothetical"): "548570203ccea989f2b777fd17b38c96a9c3a8096107f71ba1735f0743f88f99",
    ("middle-yangtze", "no-facilities"): "b93de48c0f579db4da6a36b8f733b87083fabebe5ba15fc70479bb850b8ad352",
    ("middle-yangtze", "no-parks"): "424c2cdd2afe582ff9778e8a8ef69dfdc6f37d3e7f8f7ef180a2bd672b8f05fc",
    ("middle-yangtze", "no-tax-sharing"): "23f3d4fbab3b13e552df67a867d8436981badbf65c9b1ce30f07e3315e9f4f7b",
    ("middle-yangtze", "no-transfers"): "3481a78cfd5e5c1f3a5036e094c8c93d06e75ab80e9eb094ba6bf31be9ba3c94",
    ("middle-yangtze", "more-transfers"): "000661d2f570f72b58517e55ddafd01c716a373b66de47305876875bf3a3ab79",
    ("middle-yangtze", "no-borrowing"): "ab9c7d53a28fd25652a61ea36f78abccd52629972530798c9f0eb45efa5770d2",
    ("middle-yangtze", "parks-first"): "747349d7016fc1727c6c7bd5dae8637b060a9ba109a78be6f39a88fb6c228d79",
    ("middle-yangtze", "nobody-worse-off"): "b5db2ed30402385ff269ad1e6592cc9f3767c7830945c75d9f11f33e8b960ebd",
    ("middle-yangtze", "low-skills"): "cbee6e1cc38ed51f0404a9e4c0620fc699f7575ab4aba0e315ee44e56693919b",
    ("middle-yangtze", "near-origins"): "c20ec6e2e373b3fe0d599fd78133455aad9a9cf2961e12870beaf18423b5d531",
    ("middle-yangtze", "promises-kept"): "e2a08c69d91c23b02589c0caf2d23558d38e0e1a3192e46eca11d5da875ff15e",
    ("middle-yangtze", "fewer-jobs"): "cd8af38e0f6d7a9497ac6676021069244c7e9040389aed00ad497a8ceaf14347",
    ("middle-yangtze", "boarding-45"): "56f83a30477eb925897e771d609a70b93b83159f7800d551f3e445cda1c66004",
    ("middle-yangtze", "dear-building"): "18ed01df0ace26c7f4a1aec04ef067b319fb636a6d0d1e3f2034c60fb170d97a",
    ("middle-yangtze", "access-first"): "b8706376ac154436061c0b1c47d77a72522dde0ec97b68451822b558557beefb",
    ("middle-yangtze", "first-bit-first"): "a5d6502ebbdd778414039c67dc9aa0646b819506b98b0d3e7520ec1938bf6ade",
    ("middle-yangtze", "services-first"): "bdf4b9ab23716219e4ca43616b47fae19dbd12750f03ffa20d64408f4664ef46",
    ("middle-yangtze", "sum-only"): "1c3526f8fd7ae7ae5cf375a51a299735a9d3ae66800f68fcb71dc03cf35fbae2",
    ("middle-yangtze", "worst-quarter"): "2e72d3bd6f73cf927ec4116733486989204624d795aaaec40161675c9cc58020",
    ("middle-yangtze", "worst-off-first"): "7b9f435f8893dde34b044e83ff3e4154f1c9d74098d4e3e6a8ae9cd85ba165ee",
}


@cache
def read(name: str) -> Case:
    """A case as its files say."""
    return load_case(FOLDERS[name])


@pytest.mark.slow
def test_every_scenario_of_every_shipped_case_has_its_hash_here() -> None:
    shipped = {folder.parent for folder in ROOT.glob("cases/*/case.yaml")}
    assert shipped <= set(FOLDERS.values())
    found = {(name, scenario) for name in FOLDERS for scenario in ("base", *read(name).scenarios)}
    assert found == set(HASHES)


def test_no_two_scenarios_of_a_shipped_case_are_the_same() -> None:
    assert len(set(HASHES.values())) == len(HASHES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "scenario"),
    [pytest.param(*of, marks=pytest.mark.proof if of[0] in BY_BASE and of[1] != "base" else ()) for of in HASHES],
)
def test_the_content_of_a_shipped_case_is_what_it_was(name: str, scenario: str) -> None:
    assert in_scenario(read(name), scenario).content_hash == HASHES[name, scenario]


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
