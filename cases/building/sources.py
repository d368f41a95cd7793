"""SOURCES.md of a case whose cluster has none of its own: its rules in words, with the numbers that the rules use."""

from __future__ import annotations

from . import instruments, measures, money, network, services, uncertain, ways
from .figures import Figures, joined, plain, slug
from .weighing import has_work

HEAD = """# Where the figures of {name} come from

All tables of this case are made by `cases/build.py` from the figures in `cases/figures`, by the rules below. Every row
of the figures names its source and says on what it rests. Money is in billion CNY at prices of 2023 (costs observed in
other years are taken as they are), the public part only.

Basis: **S** read in a source · **C** computed from sourced figures · **E** estimated by the rule given · **R** recalled,
no source stored.
"""
CIRCLES = "travel circles of one hour in a metropolitan area and two in a cluster (outline 2021-2035)"
NEIGHBOURS = {90.0: "1.5 hours between adjacent cities (Ministry of Transport, 2019)", 60.0: CIRCLES}
SCALE = (
    "city yearbooks; the public half of all lines under way in the first five clusters (973 bn CNY) is 1.04 % of five years "
    "of what their cities spend (9,338 bn a year)"
)
COLUMNS = "| | figure | rule | basis | source |\n|---|---|---|---|---|\n"


def sources(f: Figures) -> str:
    """The text, with the rules of what the case has."""
    parts = [
        HEAD.format(name=f.name),
        _people(f),
        _network(f),
        _services(f),
        _parks(f),
        _money(f),
        _instruments(f),
        _in_force(f),
        _left_out(f),
        uncertainty(f),
        facts_said(f),
    ]
    return "\n".join(part for part in parts if part)


def _section(title: str, rows: list[tuple[str, str, str, str, str]]) -> str:
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"## {title}\n\n{COLUMNS}{lines}"


def _people(f: Figures) -> str:
    apart = joined(name for name, about in f.cluster.jurisdictions.items() if about.cities)
    unknown = joined(name for name in f.cluster.jurisdictions if slug(name) not in money.amounts(f))
    own = f"; budgets and insurance pools of their own: {apart}" if apart else ""
    tiers = "by the residents of the urban area in 2020: core above 5 million, secondary above half a million"
    if unknown:
        own += f"; {unknown} are places to go to: no purse, staff or product of theirs is known, and their gaps do not count"
    rows = [
        ("P1", "population", "census of 2020, kept in all periods", "S, growth E", "7th census, county yearbook"),
        ("P2", "jurisdictions", f"provinces and municipalities{own}", "R", ""),
        ("P3", "tiers", f.cluster.says.get("tiers", tiers), "C", "7th census"),
    ]
    return _section("People", rows)


def _network(f: Figures) -> str:
    share = f"{100 * network.LEFT_TO_PAY:g} % of the cost is left to pay and {network.LEFT_TO_BUILD} years to build"
    built = "published cost, shared by length over the parts of a line, or km by norm; half of it public; five years"
    costs = ", ".join(f"{plain(cost)} bn in a {tier} city" for tier, cost in money.HUB_COST.items())
    fast, slow = (plain(f.cluster.boarding_minutes.get(m, usual)) for m, usual in ways.BOARDING.items() if m != "road")
    borders = "borders as in case.yaml" if f.cluster.border_minutes else "no border costs time"
    boarding = f"high-speed rail {fast} minutes, inter-city rail {slow}, car 10; {borders}"
    if f.cluster.boarding_minutes:
        boarding += "; the standards are read from station to station, as they are published"
    years = ", ".join(f"{f.cluster.hub_years.get(tier, money.HUB_YEARS)} in a {tier} city" for tier in money.HUB_COST)
    access = f.cluster.access
    which = "mean over the core cities" if access.core_kind == "all" else "the nearest core city"
    minutes = "{0} minutes, full gap at {1}"
    little = f.cluster.most_hypothetical
    limits = ", ".join(f"{100 * share:g} % of all money for {name}" for name, share in little.items())
    rows = [
        ("N1", "fast trains of today", "fastest direct train of 2016 or 2021, or of a line opened since", "S", "links.csv"),
        ("N2", "roads", "great circle x 1.2 at 100 km/h; a motorway runs between all neighbours", "E", "links.csv"),
        ("N4", "boarding and leaving", boarding, "E", ""),
        ("N5", "hubs", f"10 minutes less for high-speed rail; {costs}, 70 % public; years of works {years}", "E", ""),
        ("N6", "links that could be built", built, "S, E", "candidate_links.csv"),
        ("N7", "lines under construction", f"decided; {share}", "S, shares E", ""),
        ("N9", "what nobody has published", f"at most {limits}: a judgement", "E", "") if limits else None,
        ("N10", "left out", "conventional rail; km of railways between stations far out are left empty", "C", ""),
        ("A1", "core", f"{which}: {minutes.format(*map(plain, access.core))}", "S, full gap E", CIRCLES),
        (
            "A2",
            "neighbours",
            minutes.format(*map(plain, access.neighbours)),
            "S, full gap E",
            NEIGHBOURS[access.neighbours[0]],
        ),
        (
            "A3",
            "reach",
            f"{100 * access.reach[1]:g} % of the cluster within {access.reach[0]:g} minutes",
            "S, share E",
            CIRCLES,
        ),
        ("N12", "weights between neighbours", "residents in 2020 of each prefecture that touches", "C", "outlines, census"),
    ]
    return _section("Network and access", [row for row in rows if row])


def _services(f: Figures) -> str:
    if not f.cluster.services:
        return ""
    counted = "rate of 2019 x the people it was counted for x the national rise to 2023"
    home = joined(services.called(service) for service in f.cluster.at_home)
    reach = f"{home} serve their own city" if home else ""
    if set(f.cluster.services) - set(f.cluster.at_home):
        reach = f"90 minutes; {reach}" if reach else "90 minutes"
    most, a_period = "125 % of the largest shortfall", "; a period a quarter of the stock of doctors, 30 % of the nurses"
    yearly = "45 % of the city's average wage for a doctor, 30 % for a nurse"
    yardstick = "0.5 + 0.5 x mean wage of the jurisdiction / that of Hebei, the yardstick of all clusters"
    away = "; ".join(
        f"{service} count {about.away_counts:g}"
        + ", and cost the users what one costs the public where it is, 45 % of the mean wage there" * about.priced
        for service, about in f.cluster.shared.items()
    )
    cost_of, costs = "a doctor, a nurse", "500 and 200 thousand CNY of training, rooms, equipment"
    units = f"{services.SERVICES['doctors'].unit} doctors, 1,500 nurses; in all {most}{a_period}"
    if f.has_service("health"):
        cost_of, costs = "a health worker", "340 thousand CNY: doctors 500 and nurses 200, as the country has them"
        units, yearly = f"1,000 workers; in all {most}; 27 % of the stock a period", "37 % of the city's average wage"
    rows = []
    if f.has_service("doctors"):
        need = "3.7 doctors and 5.1 nurses per 1,000 in 2030, then half the rise before"
        rows += [
            ("S1", "need", need, "S, E", "15th outline"),
            ("S2", "doctors and nurses", counted, "S, rise E", "city communiques of 2019; health bulletins"),
        ]
    if f.has_service("health"):
        each = ", ".join(plain(rate) for rate in services.rules_of(f)["health"].per_1000)
        had = f"{f.standard('health_workers_per_1000', 2020):g} per 1,000, the mean of 232 cities in 2020, raised as the "
        had += f"targets raise doctors and nurses together from 2019: {each}"
        stock = "employed in health and social work in 2020 x the national rise of doctors and nurses from 2019 to 2023"
        rows += [
            ("S8", "need of health workers", had, "C, rise E", "7th census, long form; 15th outline"),
            ("S8", "health workers", stock, "E", "7th census, long form, a tenth of the households"),
        ]
    rows += [
        ("S6", "used from outside the cluster", "nothing: no figure was found", "E", ""),
        ("S7", "how far people go", reach, "E", ""),
        ("S7", "served elsewhere", f"{away}; today's staff are shared only above the city's own need", "E", "")
        if away
        else None,
        ("C2", cost_of, costs, "E", ""),
        ("", "cost index", yardstick, "C", "city yearbooks"),
        ("C3", "running a year", yearly, "E", ""),
        ("C4, C5", "units", units, "E", ""),
    ]
    if f.cluster.trained:
        ceiling = "; ".join(f"{rate:g} {services.called(service)}" for service, rate in f.cluster.trained.items())
        source = "4.287 and 5.018 m in 2021, 4.793 and 5.639 m in 2023: health bulletins"
        if f.has_service("health"):
            source = "12.488 m health technicians in 2023, 0.83 m more than a year before: health bulletin"
        rows.append(
            ("C7", "most hired", f"by all cities of a jurisdiction, per 1,000 residents and year: {ceiling}", "C", source)
        )
    return _section("Services", [row for row in rows if row])


def _in_force(f: Figures) -> str:
    """What holds already, and what is still to decide, as the figures have it."""
    rows = f.tables["instruments"]
    if not rows:
        return ""
    head = "| instrument | between | how real | still to decide | basis | source |\n|---|---|---|---|---|---|\n"
    keys = ("name", "parties", "status", "still_to_decide", "basis", "source")
    lines = "".join(f"| {' | '.join(row[key] for key in keys)} |\n" for row in rows)
    why = "What is in force is in the base and cannot be chosen; of the others those stand above that the figures can say."
    return f"## What is in force, and what is not\n\n{why}\n\n{head}{lines}"


def _parks(f: Figures) -> str:
    if not has_work(f):
        return ""
    zones = "residents with higher education in 2020 x 0.109, the country's jobs in high-tech zones for each graduate"
    phase = "10 bn CNY of investment, up to two, one a period; an incubator 2 bn, once"
    there = f.tables["candidate_parks"]
    named = "further phases of parks that the sources name" if there else "the sources name none inside the cluster"
    deliver = f.cluster.parks_deliver
    comes = f"{100 * deliver:g} % of the jobs, output, tax and private money; land, utilities and equity are paid in full"
    shown = "realised after four to six years: 23 % of the investment and 37 % of the firms (Suzhou-Chuzhou), 44 % of the "
    shown += "firms (Gaozhu), 31 % of the sales (a car plant)"
    offered = "one park in each city that lacks jobs and has none of the above, in the industry of which its skilled people "
    offered += "fill the most jobs, with the nearest of the cities that parks come from: a second plant within 130 km, an "
    offered += "enclave within 250; each industry in at most twice as many cities as may become its hosts. Hypothetical"
    jobs = "investment for each job of real parks of the industry, or by sales: common/parks.csv, common/industry.csv"
    public = "land and utilities and 15 % of a phase; host and origin pay half each"
    rows = [
        ("W1", "jobs of modern industry", zones, "C, spread E", "7th census; Torch Centre"),
        ("W2", "jobs it should have", "the cluster's mean for each resident x the people of each period", "C, target E", ""),
        ("W3", "output", "product of 2023; the gap is against 60 % of today's in the core", "S, share E", "city yearbooks"),
        ("W4", "skilled people", "free today: 1 % of those with higher education", "E", ""),
        ("W5", "land", "new phases may take 0.025 % of a city's area, at least 1 km2", "E", ""),
        ("J1", "which parks", named, "S, forms partly E", "candidate_parks.csv"),
        ("J2", "phase", phase, "E", ""),
        ("J3-J6", "jobs, land, minutes, tax, skills", jobs, "C", ""),
        ("J7", "who pays", public, "C, shares E", "costs.csv"),
    ]
    if deliver < 1:
        rows.append(("J8", "what comes of what is promised", comes, "E", shown))
    if f.cluster.park_origins:
        rows.append(("J12", "parks that a rule offers", offered, "E", "common/parks.csv for what a phase brings"))
    return _section("Work and parks", rows)


def _money(f: Figures) -> str:
    share = f"{100 * money.BUDGET_SHARE:g} % of local budget expenditure of 2022 x 5 years x 1 / 1.1 / 1.2"
    central = f"{plain(money.amounts(f)['central'])} in the first period, {money.CENTRAL_A_HEAD:g} CNY a resident"
    pays = "a link or hub" + f", or of staff in {joined(f.cluster.staff_by_centre)}" * bool(f.cluster.staff_by_centre)
    debt = f"up to {100 * money.DEBT_SHARE:g} % of a period's money, repaid by 2040"
    up = f"x {f.cluster.cost_uplift:g}, the mean overrun of Chinese roads and railways in real terms"
    uplift = [("C1", "uplift", up, "S", "95 projects: Ansar, Flyvbjerg, Budzier and Lunn 2016")]
    rows = [
        *(uplift if f.cluster.cost_uplift != 1 else []),
        ("C1", "railways", "224.6 m CNY a km at high speed, 190.9 inter-city, half of it public", "C", "costs.csv"),
        ("B1", "lines of the jurisdictions", share, "S, share C", SCALE),
        ("B2", "central line", f"{central}; at most 60 % of {pays}", "E", ""),
        ("B3", "borrowing", debt, "S, limit E", "special bonds of 2022"),
    ]
    return _section("Costs and budget lines", rows)


def uncertainty(f: Figures) -> str:
    """What may turn out other than the case states it, and by how much; it stands in every SOURCES.md."""
    rows = []
    for number, (row, _where) in enumerate(uncertain.stated(f, measures.rows(f)), 1):
        rule = " / ".join(f"{point:g}" for point in uncertain.points(f, row))
        rule += " years more" if row["of"] == "build_years" else " times what is stated"
        already = uncertain.counted_already(f, row)
        if already != 1:
            rule += f": {' / '.join(row[point] for point in uncertain.POINTS)} over the {already:g} that are counted already"
        rule += f"; {row['note']}" * bool(row["note"])
        rows.append((f"U{number}", row["name"], rule, row["basis"][0].upper(), row["source"] or "nothing; assumed"))
    return _section("What is uncertain: one time in ten less / the middle / one time in ten more", rows) if rows else ""


def facts_said(f: Figures) -> str:
    """What the scorecard rests on beside the case itself; it stands in every SOURCES.md."""
    census = (
        "long form of the census, a tenth of the households; shares as they are, the number of people who work scaled up"
    )
    rows = [
        ("K1", "employment by branch, professional staff", census, "C, number E", "7th census"),
        ("K2", "higher education", "people with it for each 100,000", "C", "7th census"),
        ("K3", "share of the country's land", "area of the cities over 9.6 million km2", "C, country R", "city yearbooks"),
    ]
    if any(row["cluster"] == f.name for row in f.tables["scorecard"]):
        rows.append(("K4", "all other facts", "each row of facts.csv names its source", "S, C", "common/scorecard.csv"))
    return _section("Facts for the scorecard, which no plan changes", rows)


def _instruments(f: Figures) -> str:
    chosen = f.cluster.instruments
    rows = []
    if chosen.border:
        pairs = joined(f"{a}-{b}" for a, b in chosen.border)
        rows.append(("I1", "borders", f"{pairs}: {chosen.border_to:g} minutes on the road; 0.5 bn, 0.05 a year", "E", ""))
    if chosen.practice:
        more = f"{100 * instruments.PRACTICE:g} % more staff in {joined(chosen.practice)}"
        rows.append(("I5", "multi-site practice", f"{more}; 40 CNY a resident, 5.3 a year", "E", ""))
    if chosen.visiting:
        pairs = joined(f"{a}-{b}" for a, b in chosen.visiting)
        rows.append(("I6", "visiting doctors", f"{pairs}, up to 120 minutes; 1.5 bn, 0.4 a year", "E", ""))
    if chosen.sharing:
        pairs = joined(f"{a}-{b}" for a, b in chosen.sharing)
        rows.append(
            ("I7", "tax sharing", f"{pairs}: half of a plant's tax to the origin for one period", "S, E", "rule of 2015")
        )
    if chosen.transfer:
        pairs = joined(f"{a} to {b}" for a, b in chosen.transfer)
        rows.append(("I8", "transfers", f"{pairs}, up to 30 % of a period's money", "E", ""))
    if chosen.land:
        rows.append(("I9", "land for parks", f"{joined(chosen.land)}: 1 km2 more in each city, 150 m CNY a km2", "E", ""))
    if chosen.guarantee:
        rows.append(("I10", "guarantees", f"{joined(chosen.guarantee)}: private share of plants 3 points higher", "E", ""))
    if chosen.station_land:
        rows.append(("I11", "land value at stations", "private share of hubs 15 points higher", "E", ""))
    if chosen.grants:
        rows.append(("I12", "grants for first plants", f"{joined(chosen.grants)}: 5 points, five years", "E", ""))
    if chosen.bonus:
        rows.append(("I13", "staff bonus", f"{joined(chosen.bonus)}: 5 % more staff stay, five years", "E", ""))
    return _section("Instruments", rows) if rows else ""


def _left_out(f: Figures) -> str:
    said = [f"- {city}: {why}." for city, why in f.cluster.cities_left_out.items()]
    for service in ("doctors and nurses", "university", "care"):
        if service.split()[0] not in f.cluster.services:
            said.append(f"- {service}: figures for less than 80 % of the people (`cases/figures/coverage.csv`).")
    if not has_work(f):
        said.append("- jobs, output and parks: no park inside the cluster with figures.")
    said.append("- mills and airsheds: no sourced emissions.")
    said += [f"- {row['indicator']} of {row['city']}: {row['says']}; {row['reason']}." for row in f.tables["patches"]]
    return "## Left out, since nobody has the figures\n\n" + "\n".join(said) + "\n"
