"""Policy instruments, by level of the policy pyramid: what each is called, costs and does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from .figures import PERIODS, Figures, Row, plain, short, slug
from .money import with_purse
from .offers import parks
from .people import census
from .services import STAFF, price, stock

OPENED_TO_CLUSTER = 0.10  # of the places used by the rest of the country
UNIVERSITY_RUNNING = 6.0  # thousand CNY a place and year
TRANSFER_SHARE = 0.3
LAND_KM2, LAND_PRICE = 1.0, 0.15  # of each city; bn CNY a km2 for farmland made elsewhere
GUARANTEE, STATION_LAND = 0.03, 0.15  # private share more
FIRST_PLANTS, BONUS, PRACTICE = 0.05, 0.05, 0.03  # private share more; staff who stay; staff at several sites
SHARED_PERIODS = 1
MOVED_WHOLE = ("duplication", "enclave")  # forms of parks that bring plants; firms that move are enclaves
VISITING_MINUTES = 120
PRACTICE_A_HEAD, PRACTICE_A_YEAR = 40.0, 5.3  # CNY a resident
GUARANTEE_A_HEAD, GUARANTEE_A_YEAR = 13.4, 1.34
BONUS_A_HEAD, BONUS_A_YEAR = 10.6, 10.6

Money = tuple[float, float]


@dataclass(frozen=True)
class Instrument:
    """One instrument: its row of measures.csv, and its effects as case.yaml has them."""

    row: Row
    effects: tuple[str, ...]


def places_opened(f: Figures, city: str) -> float:
    """Places of a city that joint enrolment opens to the cluster."""
    away = f.cluster.jurisdictions[f.jurisdiction(city)].students_away
    return OPENED_TO_CLUSTER * away * stock(f, city, "university")


def _policy(
    f: Figures,
    level: str,
    id_: str,
    names: tuple[str, str],
    signed: tuple[str, ...],
    money: Money,
    rule: str,
    effects: tuple[str, ...],
) -> Instrument:
    """One instrument; its signatories whose purses are known pay alike. `money` is its cost and its cost a year."""
    paying = [side for side in signed if side in with_purse(f)]
    payers = ";".join(f"{slug(side)}:{1 / len(paying):g}" for side in paying)
    row: Row = {"id": id_, "name": names[0], "name_zh": names[1], "kind": "policy", "capital_cost": money[0]}
    row |= {"running_cost": money[1], "build_years": 1, "signed_by": ";".join(signed), "payers": payers, "level": level}
    return Instrument(row | {"basis": "assumed", "source": f"rule {rule} of SOURCES.md"}, effects)


def _between(
    f: Figures, level: str, stem: str, names: tuple[str, str], pair: tuple[str, str], money: Money, rule: str, *effects: str
) -> Instrument:
    """An instrument that two jurisdictions sign."""
    a, b = pair
    signs = "".join(f.cluster.jurisdictions[side].sign_zh for side in pair)
    id_ = f"{stem}-{slug(a)}-{slug(b)}"
    return _policy(f, level, id_, (f"{names[0]} {a}-{b}", f"{signs}{names[1]}"), pair, money, rule, effects)


def _of_one(
    f: Figures, level: str, stem: str, names: tuple[str, str], side: str, money: Money, rule: str, *effects: str
) -> Instrument:
    """An instrument of one jurisdiction; `names` may say which with {0}."""
    zh = f.cluster.jurisdictions[side].name_zh.removesuffix("省").removesuffix("市").removesuffix("特别行政区")
    filled = (names[0].format(side), names[1].format(zh))
    return _policy(f, level, f"{stem}-{slug(side)}", filled, (side,), money, rule, effects)


def _listed(names: Sequence[str]) -> str:
    return f"[{', '.join(names)}]"


def _opened(
    services: list[str], people_of: list[str], at: list[str], minutes: int | None = None, costs: float | None = None
) -> str:
    more = f", minutes: {minutes}" if minutes else ""
    more += f", price: {costs:.7f}" if costs is not None else ""
    who = f"services: {_listed(services)}, people_of: {_listed(people_of)}, at: {_listed(at)}"
    return f"{{open_service: {{{who}{more}}}}}"


def staff(f: Figures) -> list[str]:
    """Services of the case that are staff."""
    return [service for service in STAFF if f.has_service(service)]


def _barriers(f: Figures) -> Iterator[Instrument]:
    chosen, level = f.cluster.instruments, "barrier_removal"
    to = plain(float(chosen.border_to))
    for pair in chosen.border:
        effect = (
            f"{{border_minutes: {{between: {_listed(pair)}, modes: [{', '.join(f.cluster.border_minutes)}], set: {to}}}}}"
        )
        names = ("One check instead of two", "口岸一次查验") if chosen.border_to else ("Quicker checkpoints", "检查站提速")
        yield _between(f, level, "border", names, pair, (0.5, 0.05), "I1", effect)
    for pair in chosen.insurance:
        names = ("Portable health insurance", "医保异地互认")
        yield _between(f, level, "insurance", names, pair, (2.0, 0.2), "I2", _opened(staff(f), list(pair), list(pair)))
    for pair in chosen.care:
        names = ("Portable elderly care", "养老补贴异地结算")
        yield _between(f, level, "care", names, pair, (2.0, 0.2), "I3", _opened(["care"], list(pair), list(pair)))
    for pair in chosen.enrolment:
        names = ("Joint university enrolment", "高校联合招生")
        opening = f.cities_of(pair[0])
        opened = sum(places_opened(f, city) for city in opening)
        money = (
            round(opened * median(f.costs("university_place")) / 1e6, 2),
            round(opened * UNIVERSITY_RUNNING / 1e6, 2),
        )
        share = plain(OPENED_TO_CLUSTER * f.cluster.jurisdictions[pair[0]].students_away)
        cities = _listed([slug(city) for city in opening])
        more = f"{{open_outsiders_share: {{services: [university], cities: {cities}, share: {share}}}}}"
        yield _between(
            f, level, "enrolment", names, pair, money, "I4", _opened(["university"], list(pair), list(pair)), more
        )


def _auxiliary(f: Figures) -> Iterator[Instrument]:
    chosen, level = f.cluster.instruments, "auxiliary"
    for side in chosen.practice:
        people = sum(census(f, city) for city in f.cities_of(side))
        money = (round(PRACTICE_A_HEAD * people / 1e9, 1), round(PRACTICE_A_YEAR * people / 1e9, 1))
        names = ("Multi-site practice in {0}", "{0}医护多点执业")
        where = f"where: {{jurisdiction: {side}}}"
        effect = f"{{raise_capacity: {{services: {_listed(staff(f))}, {where}, by: {plain(PRACTICE)}}}}}"
        yield _of_one(f, level, "multi-site", names, side, money, "I5", effect)
    for pair in chosen.visiting:
        costs = price(f, pair[0], "doctors")
        effect = _opened(["doctors"], [pair[1]], [pair[0]], VISITING_MINUTES, costs)
        yield _between(f, level, "visiting", ("Visiting doctors", "医师异地多点执业"), pair, (1.5, 0.4), "I6", effect)


def _supportive(f: Figures) -> Iterator[Instrument]:
    chosen, level = f.cluster.instruments, "supportive"
    if chosen.sharing_in_force:
        yield _rule_of_2015(f)
    for pair in chosen.sharing:
        beyond = pair in chosen.sharing_in_force
        effects = _shared_tax(f, pair, MOVED_WHOLE[:1] if beyond else MOVED_WHOLE)
        names = ("Tax sharing beyond the rule of 2015", "增量税收分享") if beyond else ("Tax sharing", "产业转移税收分享")
        if effects:
            yield _between(f, level, "sharing", names, pair, (0.2, 0.02), "I7", *effects)
    for a, b in chosen.transfer:
        effect = f"{{allow_transfer: {{from: {slug(a)}, to: {slug(b)}, at_most_share: {plain(TRANSFER_SHARE)}}}}}"
        yield _between(f, level, "transfer", ("Transfers", "横向转移支付"), (a, b), (0.5, 0.05), "I8", effect)
    for side in chosen.land:
        money = (LAND_KM2 * len(f.cities_of(side)) * LAND_PRICE, 0.0)
        effect = f"{{add_land: {{where: {{jurisdiction: {side}}}, km2: {plain(LAND_KM2)}}}}}"
        yield _of_one(f, level, "land", ("Land for parks in {0}", "{0}共建园区用地指标"), side, money, "I9", effect)


def _forms(f: Figures, forms: Sequence[str] = MOVED_WHOLE) -> str:
    """Those of some forms that the cluster's parks have."""
    there = [form for form in forms if any(row["form"] == form for row in parks(f))]
    return there[0] if len(forms) == 1 else _listed(there)


def _shared_tax(f: Figures, pair: tuple[str, str], forms: tuple[str, ...]) -> list[str]:
    """The effect on parks of some forms that come from one side to the other; nothing where there are none."""
    a, b = pair
    moves = [
        row
        for row in parks(f)
        if row["origin_city"] and f.jurisdiction(row["origin_city"]) == a and f.jurisdiction(row["host_city"]) == b
    ]
    origins = list(dict.fromkeys(slug(row["origin_city"]) for row in moves))
    hosts = dict.fromkeys(slug(row["host_city"]) for row in moves if row["form"] in forms)
    if not hosts:
        return []
    origin = origins[0] if len(origins) == 1 else _listed(origins)
    where = f"{{form: {_forms(f, forms)}, origin: {origin}, city: {_listed(list(hosts))}}}"
    terms = f"share: {plain(f.known('tax_sharing'))}, periods: {SHARED_PERIODS}"
    return [f"{{share_tax: {{where: {where}, {terms}}}}}"]


def _rule_of_2015(f: Figures) -> Instrument:
    """What was decided in 2015 about the tax of firms that governments move: it costs nothing and holds from the start."""
    pairs = f.cluster.instruments.sharing_in_force
    names = ("Tax sharing by the rule of 2015", "2015年产业转移税收分享办法")
    sides = tuple(f.in_order({side for pair in pairs for side in pair}))
    effects = [effect for pair in pairs for effect in _shared_tax(f, pair, MOVED_WHOLE[1:])]
    made = _policy(f, "supportive", "sharing-2015", names, sides, (0.0, 0.0), "I7", tuple(effects))
    decided: Row = {"status": "decided", "start_period": PERIODS[0], "build_years": 0, "payers": None}
    return Instrument(made.row | decided, made.effects)


def _incentives(f: Figures) -> Iterator[Instrument]:
    chosen, level = f.cluster.instruments, "incentive"
    alone = len(chosen.guarantee) <= 1, len(chosen.station_land) <= 1
    for side in chosen.guarantee:
        people = sum(census(f, city) for city in f.cities_of(side))
        money = (round(GUARANTEE_A_HEAD * people / 1e9, 1), round(GUARANTEE_A_YEAR * people / 1e9, 1))
        cities = _listed([slug(city) for city in f.cities_of(side)])
        where = f"{{form: {_forms(f)}, city: {cities}}}"
        effect = f"{{private_share: {{where: {where}, plus: {plain(GUARANTEE)}}}}}"
        names = ("Guarantees for park investors", "园区投资担保")
        yield _of_one(f, level, "guarantee", _placed(names, alone[0]), side, money, "I10", effect)
    for side in chosen.station_land:
        effect = f"{{private_share: {{where: {{kind: hub, jurisdiction: {side}}}, plus: {plain(STATION_LAND)}}}}}"
        names = ("Land value at stations", "站城一体开发")
        yield _of_one(f, level, "station-land", _placed(names, alone[1]), side, (0.5, 0.05), "I11", effect)


def _placed(names: tuple[str, str], alone: bool) -> tuple[str, str]:
    """Names that say where, if several jurisdictions have the instrument."""
    return names if alone else (f"{names[0]} in {{0}}", f"{{0}}{names[1]}")


def _subsidies(f: Figures) -> Iterator[Instrument]:
    chosen = f.cluster.instruments
    for city in chosen.grants:
        effect = f"{{private_share: {{where: {{kind: park, city: {slug(city)}}}, plus: {plain(FIRST_PLANTS)}}}}}"
        names = (f"Grants for first plants in {short(city)}", f"{f.short_zh(city)}首批企业补贴")
        yield _subsidy(f, "grants", names, city, (0.3, 0.0), "I12", effect)
    for city in chosen.bonus:
        of = f"services: {_listed(staff(f))}, cities: [{slug(city)}], by: {plain(BONUS)}"
        names = (f"Staff bonus in {short(city)}", f"{f.short_zh(city)}医护留任补贴")
        people = census(f, city)
        money = (round(BONUS_A_HEAD * people / 1e9, 2), round(BONUS_A_YEAR * people / 1e9, 2))
        yield _subsidy(f, "bonus", names, city, money, "I13", f"{{raise_capacity: {{{of}}}}}")


def _subsidy(f: Figures, stem: str, names: tuple[str, str], city: str, money: Money, rule: str, effect: str) -> Instrument:
    made = _policy(f, "subsidy", f"{stem}-{slug(city)}", names, (f.jurisdiction(city),), money, rule, (effect,))
    return Instrument(made.row | {"city": slug(city), "life_years": 5}, made.effects)


def instruments(f: Figures) -> list[Instrument]:
    """Instruments that jurisdictions can sign, from the base of the pyramid up."""
    made = [*_barriers(f), *_auxiliary(f), *_supportive(f), *_incentives(f), *_subsidies(f)]
    return [replace(each, row=each.row | {"reality": _reality(f, str(each.row["id"]))}) for each in made]


def _reality(f: Figures, id_: str) -> str | None:
    """How real an instrument is: somebody has published it, or what the cluster says of those that nobody has."""
    if id_ == "sharing-2015":
        return "under_way"
    published = any(id_ == name or id_.startswith(f"{name}-") for name in f.cluster.published_instruments)
    return "published" if published else f.cluster.reality.get("policy")
