"""case.yaml, section by section; a section of which nothing is left is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import assumptions, industry, instruments, relocations, scenarios, services, uncertain, work
from .choices import Sharing
from .figures import PERIODS, Figures, joined, plain, slug
from .instruments import Instrument
from .money import CENTRAL_SHARE, all_money, amounts, debt, with_purse
from .network import hubs, modes
from .offers import parks
from .people import census, groups
from .ways import boarding_minutes, catchments
from .weighing import ACCESS, has_cliff, has_work, weights

MODES = {  # name, Chinese name
    "high_speed_rail": ("high-speed rail", "高速铁路"),
    "inter_city_rail": ("inter-city rail", "城际铁路"),
    "road": ("road", "公路"),
}
SERVICES = {  # name, Chinese name, unit, heads
    "doctors": ("doctors", "医生", "doctors", "population"),
    "nurses": ("nurses", "护士", "nurses", "population"),
    "health": ("health workers", "卫生人员", "workers", "population"),
    "university": ("university", "高等教育", "places", "people_18_22"),
    "care": ("care for the elderly", "养老服务", "beds", "people_65"),
}
GROUPS = {
    "people_65": ("people of 65 and over", "65岁及以上人口"),
    "people_18_22": ("people of 18 to 22", "18至22岁人口"),
}
HUB_MINUTES = 10
CHAIN_MINUTES = 90
STUDENTS_A_1000 = 400
HYPOTHETICAL = {  # what is limited
    "links": "kind: link, reality: hypothetical",
    "parks": "kind: park, reality: hypothetical",
    "all": "reality: hypothetical",
}


def case_yaml(f: Figures) -> str:
    """The text of case.yaml."""
    parts = [_head(f), _names(f), _modes(f), _services(f), _access(f), _work(f), _industries(f), _chains(f), _airsheds(f)]
    parts += [
        _effects(f),
        _in_force(f),
        _lines(f),
        _pyramid(f),
        _gates(f),
        _rules(f),
        _goals(f),
        _uncertain(f),
        *scenarios.texts(f),
        *assumptions.texts(f),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _section(name: str, lines: Sequence[str], comment: str = "") -> str:
    """A section with its lines, or nothing."""
    head = f"{name}:{' ' * max(1, 54 - len(name)) + '# ' + comment if comment else ''}"
    return "\n".join([head, *lines]) if lines else ""


def _head(f: Figures) -> str:
    lines = [f"# Built by cases/build.py from cases/figures/{f.name}: change the rules there, not here.", "format: 1"]
    lines += [f"title: {f.cluster.title}", f"title_zh: {f.cluster.title_zh}"]
    lines += ["money: {unit: bn CNY, prices: 2023, discount_rate: 0.05}"]
    lines += ["periods: [2026-2030, 2031-2035, 2036-2040]"]
    if groups(f):
        lines.append(f"people: [{', '.join(groups(f))}]")
    return "\n".join(lines)


def _names(f: Figures) -> str:
    lines = [f"  {name}: {{name_zh: {about.name_zh}}}" for name, about in f.cluster.jurisdictions.items()]
    lines.append("  central: {name: central government, name_zh: 中央政府}")
    lines += [f"  {group}: {{name: {GROUPS[group][0]}, name_zh: {GROUPS[group][1]}}}" for group in groups(f)]
    return _section("names", lines)


def _modes(f: Figures) -> str:
    lines = []
    for mode, (name, name_zh) in MODES.items():
        if mode not in modes(f):
            continue
        border = f.cluster.border_minutes.get(mode)
        more = f", border_minutes: {_borders(border)}" if border else ""
        minutes = plain(boarding_minutes(f)[mode])
        lines.append(f"  {mode}: {{name: {name}, name_zh: {name_zh}, boarding_minutes: {minutes}{more}}}")
    return _section("modes", lines)


def _borders(border: Any) -> str:
    """What borders cost on a mode: a number, or a default with pairs that differ from it."""
    if not isinstance(border, Mapping):
        return plain(border)
    pairs = [f"{{between: [{', '.join(pair['between'])}], minutes: {plain(pair['minutes'])}}}" for pair in border["pairs"]]
    return f"{{default: {plain(border['default'])}, pairs: [{', '.join(pairs)}]}}"


def _services(f: Figures) -> str:
    lines = []
    for service, rules in services.rules_of(f).items():
        name, name_zh, unit, heads = SERVICES[service]
        standards = ", ".join(f"{p}: {v:g}" for p, v in zip(PERIODS, rules.per_1000, strict=True))
        first = f"name: {name}, name_zh: {name_zh}, unit: {unit}, per_1000: {{{standards}}}, of: {heads}"
        at_home = service in f.cluster.at_home
        if not at_home:
            first += f", catchment_minutes: {plain(catchments(f)[service])}, across_borders: by_policy"
        sharing = f.cluster.shared.get(service, Sharing())
        first += f", away_counts: {sharing.away_counts:g}" * (sharing.away_counts != 1)
        first += f", keeps: {sharing.keeps:g}" * (sharing.keeps != 1)
        if service == "university":
            work_for = f"graduates_per_place_year: {work.GRADUATES_A_YEAR:g}, stay_share: {work.STAY_SHARE:g}"
            lines += [f"  {service}:", f"    {{{first},", f"     shares: spare, {work_for}}}"]
        else:
            lines.append(f"  {service}: {{{first}{'' if at_home else ', shares: spare'}}}")
    return _section("services", lines)


def _access(f: Figures) -> str:
    cores = ", ".join(slug(city) for city in f.cluster.cores)
    about = f.cluster.access
    several = about.core_kind == "all"
    called = (
        "name: time to core cities, name_zh: 到各核心城市时间"
        if several
        else "name: time to a core city, name_zh: 到核心城市时间"
    )
    which = "kind: all, weight: equally" if several else f"kind: {about.core_kind}"
    minutes = "standard_minutes: {0:g}, worst_minutes: {1:g}"
    lines = [
        f"  core: {{{called}, {which}, from: {{}}, to: {{city: [{cores}]}}, {minutes.format(*about.core)}}}",
        "  neighbours: {name: time to neighbours, name_zh: 到相邻城市时间, kind: all, from: {}, to: {}, weight: trips, "
        f"{minutes.format(*about.neighbours)}}}",
        "  reach: {name: people within reach, name_zh: 可达人口, kind: reach, from: {}, to: {}, weight: population, "
        f"standard_minutes: {about.reach[0]:g}, target: {about.reach[1]:g}}}",
    ]
    return _section("access", lines)


def _work(f: Figures) -> str:
    if not has_work(f):
        return ""
    jobs = "  jobs: {name: industry jobs, name_zh: 现代产业岗位, kind: target}"
    said = [f"{jobs}{' ' * 33}# jobs of modern industry against the cluster's mean"]
    if not has_cliff(f):
        return _section("work", said)
    cores = joined(f.cluster.tiers["core"])
    known = [name for name in f.cluster.jurisdictions if all(f.has(city, work.GDP) for city in f.cities_of(name))]
    where = f", where: {{jurisdiction: [{', '.join(known)}]}}" * (len(known) < len(f.cluster.jurisdictions))
    cliff = f"  cliff: {{name: economic level, name_zh: 经济发展水平, kind: core, of: output, share: 0.6{where}}}"
    return _section("work", [*said, f"{cliff}{' ' * 10}# output per head against 60 % of that of {cores} today"])


def _industries(f: Figures) -> str:
    made = industry.industries(f, parks(f)).items()
    return _section(
        "industries", [f"  {key}: {{name: {i.name}, name_zh: {i.name_zh}, max_hosts: {i.max_hosts}}}" for key, i in made]
    )


def _chains(f: Figures) -> str:
    there = industry.industries(f, parks(f))
    lines = []
    for key, (name, name_zh, both, bonus) in industry.CHAINS.items():
        if set(both) <= set(there):
            about = f"name: {name}, name_zh: {name_zh}, industries: [{', '.join(both)}]"
            lines.append(f"  {key}: {{{about}, minutes: {CHAIN_MINUTES}, bonus: {bonus:g}}}")
    return _section("chains", lines, "suppliers within the time of neighbouring cities")


def _airsheds(f: Figures) -> str:
    lines = []
    for key, today in industry.airsheds(f).items():
        shed = f.cluster.airsheds[key]
        about = f"name: {shed.name}, name_zh: {shed.name_zh}, unit: kt NOx, existing: {today:g}, cap: {today:g}"
        lines.append(f"  {key}: {{{about}}}")
    return _section("airsheds", lines, "what a new phase emits must be taken away somewhere")


def _effects(f: Figures) -> str:
    hub = "  hub-{0}: [{{boarding_minutes: {{city: {0}, modes: [high_speed_rail], minus: {1}}}}}]"
    lines = [hub.format(slug(city), HUB_MINUTES) for city in hubs(f)]
    for each in instruments.instruments(f):
        lines += _effects_of(each)
    lines += relocations.effects(f)
    for city in f.cluster.cleaner:
        effect = f"{{lower_emissions: {{airshed: {work.airshed(f, city)}, by: {industry.cleaner(f, city):g}}}}}"
        lines.append(f"  transport-{slug(city)}: [{effect}]")
    return _section("effects", lines)


def _in_force(f: Figures) -> str:
    """What holds from the start: bills are settled across borders, so that people use what lies beyond them; and stations
    that are hubs already."""
    shared = [name for name in f.cluster.services if name != "university" and name not in f.cluster.at_home]
    sides = with_purse(f)
    right = "  - {{open_service: {{services: [{0}], people_of: [{1}], at: [{2}]}}}}"
    lines = []
    if f.cluster.open_services and len(sides) > 1:
        priced = [name for name in shared if services.price(f, sides[0], name) is not None]
        for name in priced:  # each side has its price
            for at in sides:
                others = ", ".join(side for side in sides if side != at)
                costs = f"at: [{at}], price: {services.price(f, at, name):.7f}"
                lines.append(f"  - {{open_service: {{services: [{name}], people_of: [{others}], {costs}}}}}")
        everywhere = [name for name in shared if name not in f.cluster.opened_to and name not in priced]
        all_sides = ", ".join(sides)
        lines += [right.format(", ".join(everywhere), all_sides, all_sides)] * bool(everywhere)
        lines += [right.format(name, *pair) for name in shared for pair in f.cluster.opened_to.get(name, ())]
    there = "  - {{boarding_minutes: {{city: {0}, modes: [high_speed_rail], minus: {1}}}}}"
    lines += [there.format(slug(city), HUB_MINUTES) for city in f.cluster.hubs_open]
    return _section("in_force", lines)


def _effects_of(each: Instrument) -> list[str]:
    if len(each.effects) == 1:
        return [f"  {each.row['id']}: [{each.effects[0]}]"]
    return [f"  {each.row['id']}:", *(f"    - {effect}" for effect in each.effects)]


def _lines(f: Figures) -> str:
    lines = []
    for name, about in f.cluster.jurisdictions.items():
        if slug(name) not in amounts(f):
            continue  # nothing is known of its budget
        borrow = ""
        if about.borrows:
            interest = f"{f.known('bond_interest_15_years'):g}"
            borrow = f", borrow: {{limit: {debt(f, slug(name))}, interest: {interest}}}"
        what = f"name: {name}, name_zh: {about.line_zh}, holder: {name}, pays_for: [{{jurisdiction: {name}}}]"
        tax = ", gets_tax: true" if has_work(f) else ""
        use = ", pays_use: true" * any(about.priced for about in f.cluster.shared.values())
        lines.append(f"  {slug(name)}: {{{what}, carry_over: true{tax}{use}{borrow}}}")
    pays = ["{kind: link}"] * bool(f.tables["candidate_links"]) + ["{kind: hub}"] * bool(hubs(f))
    staff = instruments.staff(f)
    pays += [
        f"{{kind: facility, service: [{', '.join(staff)}], jurisdiction: {name}}}" for name in f.cluster.staff_by_centre
    ]
    if f.has_service("university"):
        pays += [f"{{kind: facility, service: university, jurisdiction: {name}}}" for name in f.cluster.university_by_centre]
    air = ["closure"] * bool(f.cluster.closures) + ["abatement"] * bool(f.cluster.cleaner)
    pays += [f"{{kind: [{', '.join(air)}]}}"] * bool(air)
    lines += ["  central:", "    name: centre", "    name_zh: 中央财政", "    holder: central"]
    lines += [f"    pays_for: [{', '.join(pays)}]", f"    at_most_share: {CENTRAL_SHARE}", "    carry_over: true"]
    return _section("lines", lines)


def _pyramid(f: Figures) -> str:
    chosen = f.cluster.instruments
    shares = ["incentive: 0.02"] * bool(chosen.guarantee or chosen.station_land)
    shares += ["subsidy: 0.01"] * bool(chosen.grants or chosen.bonus)
    lines = [f"  at_most_share: {{{', '.join(shares)}}}"] * bool(shares)
    lines += ["  subsidy_periods: 1"] * bool(chosen.grants or chosen.bonus)
    borders = ", ".join(f"border-{slug(a)}-{slug(b)}" for a, b in f.cluster.barriers_first)
    lines += [f"  barriers_first: [{borders}]"] * bool(borders)
    return _section("pyramid", lines)


def _gates(f: Figures) -> str:
    waits = [name for name in industry.STUDENTS_FIRST if name in industry.industries(f, parks(f))]
    if not waits or not f.has_service("university"):
        return ""
    where = f"{{kind: park, industry: [{', '.join(waits)}], form: [duplication, enclave]}}"
    line = f"  - {{id: students-first, where: {where}, indicator: university, at_least: {STUDENTS_A_1000}}}"
    return _section("gates", [line], "plants that need many engineers wait for their students' places")


def _rules(f: Figures) -> str:
    """Little money goes to what nobody has published, and nobody hires more staff in a period than are trained.

    The limit is a share of all money there is, not of what is spent: else a plan would spend on what is of no use, so as to
    have more of what nobody has published.
    """
    lines = []
    there_is = all_money(f)
    for name, share in f.cluster.most_hypothetical.items():
        most = f"at_most: {round(share * there_is, 1):g}"
        lines.append(f"  - {{id: hypothetical-{name}, of: spending, where: {{{HYPOTHETICAL[name]}}}, {most}}}")
    for service, a_year in f.cluster.trained.items():
        for name in f.cluster.jurisdictions:
            if not any(services.is_offered(f, city, service) for city in f.cities_of(name)):
                continue  # it is short of none, or nothing is known of its staff
            people = sum(census(f, city) for city in f.cities_of(name))
            units = a_year * people / 1000 * 5 / services.SERVICES[service].unit
            for period in PERIODS:
                where = f"{{kind: facility, service: {service}, jurisdiction: {name}}}"
                rule = f"id: trained-{service}-{slug(name)}-{period}, of: units, where: {where}"
                lines.append(f"  - {{{rule}, periods: [{period}], at_most: {units:.1f}}}")
    shares = joined([f"{100 * share:g} % for {name}" for name, share in f.cluster.most_hypothetical.items()])
    said = [f"what nobody has published: of all money at most {shares}"] * bool(f.cluster.most_hypothetical)
    said += ["staff that the country adds in five years, by residents"] * bool(f.cluster.trained)
    return _section("rules", lines, "; ".join(said))


def _goals(f: Figures) -> str:
    found = weights(f)
    text = ", ".join(f"{name}: {weight:g}" for name, weight in found.items())
    getting = sum(found[name] for name in ACCESS)
    jobs = ", jobs as much as one service" if has_work(f) else ""
    comment = f"# getting there weighs {getting:g}, what is there {len(f.cluster.services)}{jobs}"
    lines = [f"  - minimise: {{gaps: 1, worst_city: 0.5}}      {comment}", f"    weights: {{{text}}}"]
    paying = with_purse(f)
    if len(paying) < len(f.cluster.jurisdictions):
        lines.append(
            f"    where: {{jurisdiction: [{', '.join(paying)}]}}      # those who pay; the others are places to go to"
        )
    return "no_city_loses: true\n" + _section("goals", [*lines, "  - {minimise: spending}"])


def _uncertain(f: Figures) -> str:
    """By how much figures may turn out other, against what the case states."""
    return _section("uncertain", uncertain.lines(f), "against what is stated here; rules U of SOURCES.md")
