"""The scenarios of a case: those whose question means something there."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import PERIODS, Figures, joined, numeral, short, slug
from .money import all_money, amounts, with_purse
from .network import candidates, measure_rows
from .offers import parks
from .people import groups
from .ways import BOARDING, THROUGH_CITIES, between_stations, catchments
from .weighing import ACCESS, has_cliff, has_work, weights
from .work import TERTIARY

SHARED_ZH = {"doctors": "医生", "health": "卫生人员"}

MORE_SENT = 0.45  # share of its money that a sender may send, instead of 0.3


@dataclass(frozen=True)
class Scenario:
    """One named set of edits."""

    id: str
    name: str
    name_zh: str
    description: str
    edits: tuple[str, ...]
    listed: bool = False  # whether a single edit stands on a line of its own

    def text(self) -> str:
        """As case.yaml has it."""
        lines = [f"  {self.id}:", f"    name: {self.name}", f"    name_zh: {self.name_zh}"]
        lines.append(f"    description: {self.description}")
        if len(self.edits) == 1 and not self.listed:
            lines.append(f"    edits: [{self.edits[0]}]")
        else:
            lines += ["    edits:", *(f"      - {edit}" for edit in self.edits)]
        return "\n".join(lines)


def _out(where: str) -> str:
    """An edit that rules measures out."""
    return f"{{table: measures, where: {where}, column: status, set: ruled_out}}"


def texts(f: Figures) -> list[str]:
    """The section, scenario by scenario."""
    made = [*_money(f), *_without(f), *_standards(f), *_industry(f), *_people(f), *_weights(f)]
    return ["scenarios:", *(scenario.text() for scenario in made)]


def _money(f: Figures) -> list[Scenario]:
    budgets = "{{table: budgets, column: amount, multiply: {0}}}"
    rest = f"the {numeral(len(with_purse(f)))} governments"
    found = [
        Scenario("tight-money", "30 % less money", "资金减少三成", "Every line gets 30 % less.", (budgets.format(0.7),)),
        Scenario("more-money", "30 % more money", "资金增加三成", "Every line gets 30 % more.", (budgets.format(1.3),)),
    ]
    if _pay_what_is_decided(f):
        what = f"The centre pays for nothing; {_centre(f)} rest on {rest} alone."
        nothing = "{table: budgets, where: {line: central}, column: amount, set: 0}"
        found.append(Scenario("no-central", "no central money", "没有中央资金", what, (nothing,)))
    return found


def _pay_what_is_decided(f: Figures) -> bool:
    """Whether each government could pay alone, from its money of the first period, for the lines under construction."""
    lives = {slug(city): f.jurisdiction(city) for city in f.cities}
    due: dict[str, float] = {}
    for row in measure_rows(f):
        if row.get("status") == "decided":
            holder = slug(lives[str(row["city"]).split(";")[0]])
            due[holder] = due.get(holder, 0.0) + float(str(row["capital_cost"]))
    return all(money <= amounts(f).get(holder, 0.0) for holder, money in due.items())


def _centre(f: Figures) -> str:
    return "links, hubs and campuses" if f.has_service("university") else "links and hubs"


def _without(f: Figures) -> list[Scenario]:
    decided = sum(row["status"] == "under_construction" for row in candidates(f))
    number = f"{numeral(decided)} lines" if decided > 1 else "line"
    beyond = f" beyond the {number} under construction" if decided else ""
    found = [
        Scenario(
            "no-signatures",
            "no signatures",
            "不签任何协议",
            "Nobody signs anything more; all policy instruments that are not decided are ruled out.",
            (_out("{kind: policy, status: candidate}"),),
        ),
    ]
    if len(candidates(f)) > decided:
        open_links = (_out("{kind: link, status: candidate}"),)
        found.append(Scenario("no-links", "no new links", "不建新线路", f"No new line{beyond}.", open_links))
    hubs = (_out("{kind: hub}"),)
    found.append(Scenario("no-hubs", "no station hubs", "不建枢纽", "No station is made quicker to use.", hubs))
    if f.cluster.most_hypothetical:
        found.append(
            Scenario(
                "only-published",
                "nothing hypothetical",
                "不建假设项目",
                "Nothing is started that nobody has published; what a rule has drawn is ruled out.",
                (_out("{reality: hypothetical}"),),
            )
        )
        edits = tuple(f"{{key: rules.{n}.at_most, set: {all_money(f):g}}}" for n in range(len(f.cluster.most_hypothetical)))
        what = "What nobody has published may take any share of the money; shows what the limit on it holds back."
        found.append(Scenario("any-hypothetical", "no limit on what is hypothetical", "不限假设项目", what, edits))
    if f.cluster.services:
        what = "staff, campuses or beds" if f.has_service("university") else "staff"
        found.append(
            Scenario(
                "no-facilities",
                "no new facilities",
                "不增公共设施",
                f"No more {what} anywhere.",
                (_out("{kind: facility}"),),
            )
        )
    if f.tables["relocations"]:
        moves = (_out("{kind: relocation}"),)
        found.append(Scenario("no-relocation", "nobody moves", "不作搬迁", "Nothing moves from one city to another.", moves))
    return found


def _standards(f: Figures) -> list[Scenario]:
    def staff(doctors: tuple[float, float], nurses: tuple[float, float]) -> list[str]:
        edit = "{{key: services.{0}.per_1000.{1}, set: {2}}}"
        pairs = {"doctors": doctors, "nurses": nurses}
        return [
            edit.format(service, period, value)
            for service, values in pairs.items()
            if f.has_service(service)
            for period, value in zip(PERIODS[1:], values, strict=True)
        ]

    found = []
    if "people_65" in groups(f):
        more = [
            f"{{table: cities, column: people_65_{period}, multiply: {factor}}}"
            for period, factor in zip(PERIODS, ("1.05", "1.10", "1.15"), strict=True)
        ]
        who = ", who also need more doctors and nurses" if f.has_service("doctors") else ""
        what = f"5, 10 and 15 % more people of 65 and over{who}."
        edits = (*more, *staff((4.1, 4.5), (5.8, 6.6)))
        found.append(Scenario("fast-ageing", "fast ageing", "快速老龄化", what, edits))
    edits = tuple(staff((4.1, 4.5), (5.6, 6.1)))
    what = "Standards rise as fast as staff did from 2019 to 2023 at half the pace"
    if f.has_service("university"):
        enrolled = zip(PERIODS, (700, 750, 800), strict=True)
        edits += tuple(f"{{key: services.university.per_1000.{period}, set: {value}}}" for period, value in enrolled)
        what += ", and enrolment to 70, 75 and 80 %"
    if edits:
        found.append(Scenario("higher-standard", "higher standards", "更高标准", f"{what}.", edits))
    return found


def _industry(f: Figures) -> list[Scenario]:
    chosen, found = f.cluster.instruments, []
    works = has_work(f)
    if works:
        kinds = ["park"] + ["closure"] * bool(f.cluster.closures) + ["abatement"] * bool(f.cluster.cleaner)
        mills = ", and no mill closes" if f.cluster.closures else ""
        found.append(
            Scenario(
                "no-parks",
                "no new parks",
                "不建新园区",
                f"No park has another phase{mills}.",
                (_out(f"{{kind: [{', '.join(kinds)}]}}"),),
            )
        )
    if chosen.sharing:
        ids = ", ".join(f"sharing-{slug(a)}-{slug(b)}" for a, b in chosen.sharing)
        found.append(
            Scenario(
                "no-tax-sharing",
                "no tax sharing",
                "不分享税收",
                "No two governments share tax, so no plant comes from one to another; incubators and a host's "
                "own parks remain.",
                (_out(f"{{id: [{ids}]}}"),),
            )
        )
    if chosen.transfer:
        ids_of = [f"transfer-{slug(a)}-{slug(b)}" for a, b in chosen.transfer]
        where = ids_of[0] if len(ids_of) == 1 else f"[{', '.join(ids_of)}]"
        sends = " ".join(f"{a} sends no money to {b}." for a, b in chosen.transfer)
        found.append(Scenario("no-transfers", "no transfers", "没有财政转移", sends, (_out(f"{{id: {where}}}"),)))
        more = tuple(f"{{key: effects.{each}.0.allow_transfer.at_most_share, set: {MORE_SENT}}}" for each in ids_of)
        what = " ".join(f"{a} may send {b} {100 * MORE_SENT:g} % of its money, not 30." for a, b in chosen.transfer)
        found.append(Scenario("more-transfers", "larger transfers", "更多财政转移", what, more, listed=True))
    borrowers = [name for name, about in f.cluster.jurisdictions.items() if about.borrows]
    if borrowers:
        edits = tuple(f"{{key: lines.{slug(name)}.borrow.limit, set: 0}}" for name in reversed(borrowers))
        found.append(Scenario("no-borrowing", "no borrowing", "不借款", "No line borrows.", edits, listed=True))
    weighs = weights(f)
    if works:
        far = f", and the distance to {joined(f.cluster.tiers['core'])} as much as a service" if has_cliff(f) else ""
        found.append(
            Scenario(
                "parks-first",
                "jobs first",
                "就业优先",
                f"Jobs weigh three times as much{far}.",
                tuple(
                    f"{{key: goals.0.weights.{name}, set: {times * weighs[name]:g}}}"
                    for name, times in {"jobs": 3, "cliff": 4}.items()
                    if name in weighs
                ),
            )
        )
    if len(f.cluster.jurisdictions) > 1:
        everyone = joined(with_purse(f))
        found.append(
            Scenario(
                "nobody-worse-off",
                "nobody worse off than alone",
                "各方均不差于单独规划",
                f"{everyone} must each do as well in their own cities as with a plan that each makes alone.",
                ("{key: nobody_worse_off, set: true}",),
            )
        )
    if works:
        found += _parks(f)
    return found


def _parks(f: Figures) -> list[Scenario]:
    rows = parks(f)
    known = [name for name in f.cluster.jurisdictions if all(f.has(city, TERTIARY) for city in f.cities_of(name))]
    some = f"where: {{jurisdiction: [{', '.join(known)}]}}, " * (len(known) < len(f.cluster.jurisdictions))
    skills = [f"{{table: cities, {some}column: skilled, multiply: 0.5}}"]
    stay = ""
    if f.has_service("university"):
        skills.append("{key: services.university.stay_share, multiply: 0.5}")
        stay = ", and half as many graduates stay"
    found = [
        Scenario(
            "low-skills",
            "few skilled people",
            "技能人才不足",
            f"Half as many skilled people are free{stay}.",
            tuple(skills),
        )
    ]
    origins = [slug(city) for city in f.cities if city in {row["origin_city"] for row in rows}]
    if origins:
        edit = "{{table: parks, where: {{origin: [{0}]}}, column: origin_minutes, add: -15}}"
        found.append(
            Scenario(
                "near-origins",
                "parks near their origins only",
                "园区须更靠近来源地",
                "Parks work only fifteen minutes nearer to where they come from; shows how far they rest on those minutes.",
                (edit.format(", ".join(origins)),),
            )
        )
    if f.cluster.parks_deliver < 1:
        columns = ("jobs", "output", "tax", *["emissions"] * bool(f.cluster.airsheds))
        kept = "{{table: parks, where: {{kind: park}}, column: {0}, multiply: {1:.4g}}}"
        edits = tuple(kept.format(column, 1 / f.cluster.parks_deliver) for column in columns)
        what = "Phases bring all the jobs, output and tax that are promised, not the part that real parks brought."
        found.append(Scenario("promises-kept", "parks keep their promises", "园区兑现承诺", what, edits))
    fewer = "{{table: parks, where: {{kind: park}}, column: {0}, multiply: 0.67}}"
    edits = tuple(fewer.format(column) for column in ("jobs", "output", "tax"))
    what = "Phases bring a third fewer jobs, output and tax for the same money."
    return [*found, Scenario("fewer-jobs", "parks with fewer jobs", "园区岗位偏少", what, edits)]


def _boarding(f: Figures) -> Scenario:
    """Other minutes to, through and from stations: fewer from door to door, or from door to door where it is by station."""
    edit = "{{key: modes.{0}.boarding_minutes, set: {1:g}}}"
    if not between_stations(f):
        what = (
            "45 instead of 60 minutes to, through and from high-speed stations; shows how far access rests on that estimate."
        )
        return Scenario("boarding-45", "quicker boarding", "进出站更快", what, (edit.format("high_speed_rail", 45),))
    edits = [edit.format(mode, BOARDING[mode]) for mode in sorted(f.cluster.boarding_minutes)]
    farther = "{{key: services.{0}.catchment_minutes, set: {1:g}}}"
    shared = [service for service in f.cluster.catchments if service not in f.cluster.at_home]
    edits += [farther.format(service, catchments(f)[service] + THROUGH_CITIES) for service in shared]
    origins = [slug(city) for city in f.cities if city in {row["origin_city"] for row in parks(f)}]
    if origins and f.cluster.park_minutes:
        where = f"where: {{origin: [{', '.join(origins)}]}}"
        edits.append(f"{{table: parks, {where}, column: origin_minutes, add: {THROUGH_CITIES:g}}}")
    what = (
        "The standards hold from door to door, with 60 minutes to, through and from high-speed stations and 40 on "
        "inter-city rail, instead of from station to station."
    )
    return Scenario("door-to-door", "from door to door", "门到门计时", what, tuple(edits))


def _people(f: Figures) -> list[Scenario]:
    found = [_boarding(f)]
    new = f.cluster.new_city
    if new is not None:
        edit = "{{table: cities, where: {{id: {0}}}, column: {1}_{2}, multiply: {3:.4g}}}"
        factors = [slow / fast for slow, fast in zip(new.slow, new.people, strict=True)]
        edits = tuple(
            edit.format(slug(new.city), column, period, factor)
            for column in ("population", *groups(f))
            for period, factor in zip(PERIODS, factors, strict=True)
        )
        slow, fast = ([f"{people / 1e6}" for people in series] for series in (new.slow, new.people))
        grows = f"{slow[0]}, {slow[1]} and {slow[2]} million instead of {fast[0]}, {fast[1]} and {fast[2]}"
        name = short(new.city)
        what = f"{name} grows to {grows}."
        found.append(Scenario(f"slow-{slug(name)}", f"{name} grows slowly", f"{f.short_zh(new.city)}增长较慢", what, edits))
    found.append(
        Scenario(
            "dear-building",
            "dear building",
            "建设成本偏高",
            "Everything costed by a norm costs 30 % more to build.",
            ("{table: norms, column: capital_cost, multiply: 1.3}",),
        )
    )
    if any(about.staff_away or about.students_away for about in f.cluster.jurisdictions.values()):
        uses = "doctors, nurses and campuses" if f.has_service("university") else "doctors and nurses"
        what = f"Half as many people from outside use the {uses}; shows how far the plan rests on those estimates."
        edit = "{table: capacity, column: outsiders, multiply: 0.5}"
        found.append(Scenario("half-outsiders", "half as many outsiders", "外来使用减半", what, (edit,)))
    found += [
        Scenario(
            f"{service}-shared-less",
            f"{service} shared less",
            f"少共享{SHARED_ZH[service]}",
            f"A city keeps a fifth more {service} than its own people need before it shares any of today's.",
            (f"{{key: services.{service}.keeps, set: 1.2}}",),
        )
        for service in SHARED_ZH
        if service in f.cluster.shared
    ]
    return found


def _weights(f: Figures) -> list[Scenario]:
    weighs, found = weights(f), []
    if f.cluster.access_first:
        edits = tuple(f"{{key: goals.0.weights.{name}, set: {4 * weighs[name]:g}}}" for name in ACCESS)
        what = "Getting there weighs four times as much; shows what lines and hubs would be built for its sake."
        found.append(Scenario("access-first", "access first", "通达优先", what, edits))
    if f.cluster.curved:
        what = "A gap twice as large weighs four times as much, so that money goes to the cities that lack most."
        edit = "{key: goals.0.curve, set: 2}"
        found.append(Scenario("first-bit-first", "large gaps first", "大缺口优先", what, (edit,)))
    if f.cluster.services:
        edit = "{{key: goals.0.weights.{0}, set: {1:g}}}"
        edits = tuple(edit.format(name, weighs[name] / 2) for name in ACCESS)
        what = "What is there weighs twice as much as getting there, instead of as much."
        found.append(Scenario("services-first", "services first", "公共服务优先", what, edits))
    minimise = "{{key: goals.0.minimise, set: {0}}}"
    return [
        *found,
        Scenario(
            "sum-only",
            "the mean gap alone",
            "只看平均差距",
            "Only the sum of all gaps counts; the city that is worst off counts no more than its people.",
            (minimise.format("{gaps: 1}"),),
        ),
        Scenario(
            "worst-quarter",
            "the worst-off quarter",
            "最差的四分之一人口",
            "Beside the mean gap counts that of the quarter of the people who are worst off, instead of the one "
            "city that is.",
            (minimise.format("{gaps: 1, worst_share: 0.5}"), "{key: goals.0.worst_share_of, set: 0.25}"),
        ),
        Scenario(
            "worst-off-first",
            "the worst off first",
            "最差城市优先",
            "The worst city comes first, then the second worst, and so on, whatever that costs the others.",
            (minimise.format("worst_off_first"),),
        ),
    ]
