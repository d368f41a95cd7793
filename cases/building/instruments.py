"""Policy instruments, by level of the policy pyramid."""

from __future__ import annotations

from statistics import median

from .costs import costs
from .figures import Row
from .services import STUDENTS_AWAY, stock

PAIRS = (("Beijing", "Hebei"), ("Tianjin", "Hebei"), ("Beijing", "Tianjin"))
ZH = {"Beijing": "京", "Tianjin": "津", "Hebei": "冀"}
OPENED_TO_CLUSTER = 0.10  # of Beijing's places used by the rest of the country
UNIVERSITY_RUNNING = 6.0  # thousand CNY a place and year
TRANSFER_SHARE = 0.3
LAND_KM2, LAND_PRICE = 1.0, 0.15  # of each city of Hebei; bn CNY a km2 for farmland made elsewhere
GUARANTEE, STATION_LAND = 0.03, 0.15  # private share more
FIRST_PLANTS, BONUS = 0.05, 0.05  # private share more; staff who stay
FIRST_CITIES = {"chengde": ("Chengde", "承德"), "hengshui": ("Hengshui", "衡水")}
BONUS_CITIES = {"handan": ("Handan", "邯郸")}


def sharing_id(a: str, b: str) -> str:
    """Id of the agreement that shares tax between two sides."""
    first, second = next(pair for pair in PAIRS if set(pair) == {a, b})
    return f"sharing-{first.lower()}-{second.lower()}"


def places_opened() -> float:
    """Places of Beijing that joint enrolment opens to the cluster."""
    return OPENED_TO_CLUSTER * STUDENTS_AWAY["Beijing"] * stock("Beijing", "university")


def _policy(
    level: str, id_: str, names: tuple[str, str], signed: tuple[str, ...], money: tuple[float, float], rule: str
) -> Row:
    """One instrument; its signatories pay alike. `money` is its cost and its cost a year."""
    payers = ";".join(f"{side.lower()}:{1 / len(signed):g}" for side in signed)
    row: Row = {"id": id_, "name": names[0], "name_zh": names[1], "kind": "policy", "capital_cost": money[0]}
    row |= {"running_cost": money[1], "build_years": 1, "signed_by": ";".join(signed), "payers": payers, "level": level}
    return row | {"basis": "assumed", "source": f"rule {rule} of SOURCES.md"}


def _of_pairs(
    level: str, stem: str, name: str, name_zh: str, money: tuple[float, float], rule: str, pairs: int = 3
) -> list[Row]:
    """The same instrument for several pairs of jurisdictions."""
    return [
        _policy(
            level,
            f"{stem}-{a.lower()}-{b.lower()}",
            (f"{name} {a}-{b}", f"{ZH[a]}{ZH[b]}{name_zh}"),
            (a, b),
            money,
            rule,
        )
        for a, b in PAIRS[:pairs]
    ]


def _enrolment() -> Row:
    opened = places_opened()
    cost, yearly = opened * median(costs("university_place")) / 1e6, opened * UNIVERSITY_RUNNING / 1e6
    names = ("Joint university enrolment Beijing-Hebei", "京冀高校联合招生")
    money = (round(cost, 2), round(yearly, 2))
    return _policy("barrier_removal", "enrolment-beijing-hebei", names, ("Beijing", "Hebei"), money, "I4")


def _subsidy(id_: str, names: tuple[str, str], city: str, money: tuple[float, float], rule: str) -> Row:
    return _policy("subsidy", id_, names, ("Hebei",), money, rule) | {"city": city, "life_years": 5}


def policy_rows() -> list[Row]:
    """Instruments that jurisdictions sign, from the base of the pyramid up."""
    hebei = ("Hebei",)
    land = (LAND_KM2 * 12 * LAND_PRICE, 0.0)  # Hebei's eleven prefectures and Xiong'an
    practice = ("Multi-site practice in Hebei", "河北医护多点执业")
    quota = ("Land for parks in Hebei", "河北共建园区用地指标")
    rows = [
        *_of_pairs("barrier_removal", "border", "Open roads", "公路检查站取消", (0.5, 0.05), "I1"),
        *_of_pairs("barrier_removal", "insurance", "Portable health insurance", "医保异地互认", (2.0, 0.2), "I2"),
        *_of_pairs("barrier_removal", "care", "Portable elderly care", "养老补贴异地结算", (2.0, 0.2), "I3", 1),
        _enrolment(),
        _policy("auxiliary", "multi-site-hebei", practice, hebei, (3.0, 0.4), "I5"),
        *_of_pairs("auxiliary", "visiting", "Visiting doctors", "医师异地多点执业", (1.5, 0.4), "I6", 2),
        *_of_pairs("supportive", "sharing", "Tax sharing", "产业转移税收分享", (0.2, 0.02), "I7"),
        *_of_pairs("supportive", "transfer", "Transfers", "横向转移支付", (0.5, 0.05), "I8", 1),
        _policy("supportive", "land-hebei", quota, hebei, land, "I9"),
        _policy("incentive", "guarantee-hebei", ("Guarantees for park investors", "园区投资担保"), hebei, (1.0, 0.1), "I10"),
        _policy("incentive", "station-land-hebei", ("Land value at stations", "站城一体开发"), hebei, (0.5, 0.05), "I11"),
    ]
    for city, (name, name_zh) in FIRST_CITIES.items():
        names = (f"Grants for first plants in {name}", f"{name_zh}首批企业补贴")
        rows.append(_subsidy(f"grants-{city}", names, city, (0.3, 0.0), "I12"))
    for city, (name, name_zh) in BONUS_CITIES.items():
        names = (f"Staff bonus in {name}", f"{name_zh}医护留任补贴")
        rows.append(_subsidy(f"bonus-{city}", names, city, (0.1, 0.1), "I13"))
    return rows
