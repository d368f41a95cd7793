"""The assumptions that are printed with every plan; sentences about what a case does not have are left out."""

from __future__ import annotations

from collections.abc import Mapping

from . import services
from .figures import Figures, joined, numeral, plain
from .money import CENTRAL_SHARE, DEBT_SHARE, amounts, with_purse
from .network import candidates, crosses, existing, hubs
from .weighing import has_work


def texts(f: Figures) -> list[str]:
    """The section, sentence by sentence."""
    said = [*_weights(f), *_ways(f), *_services(f), *_money(f), *_work(f), *_parks(f), *_debts(f)]
    return ["assumptions:", *(f"  - {sentence}" for sentence in [*said, "All prices stay as in 2023."] if sentence)]


def _says(f: Figures, key: str) -> str:
    return f.cluster.says.get(key, "")


def _weights(f: Figures) -> list[str]:
    number = len(f.cluster.services)
    several = "the one service" if number == 1 else f"the {numeral(number)} services together"
    much = f"weighs as much as {several}" if number else "counts"
    see = "see services-first, sum-only" if number else "see sum-only"
    used = joined(
        [
            *["doctors"] * f.has_service("doctors"),
            *["campuses"] * f.has_service("university"),
            *["beds"] * f.has_service("care"),
        ]
    )
    if number == 2 and used == "doctors":
        used = "doctors and nurses"
    return [
        f"Getting there (to a core, to neighbours, through the cluster) {much}, and the city that is worst off weighs half "
        f"as much again as the mean gap. Both are judgements ({see}).",
        f"People use the {used} that the plan sends them to; choice, quality and fares are not modelled." if used else "",
    ]


def _ways(f: Figures) -> list[str]:
    modes = {row["mode"] for row in [*existing(f), *candidates(f)]}
    rail = ["60 minutes to, through and from high-speed stations"] + ["40 on inter-city rail"] * ("inter_city_rail" in modes)
    border = f.cluster.border_minutes.get("road")
    number = numeral(len(f.cluster.jurisdictions))
    until = " until the two sides sign" if f.cluster.instruments.border else ""
    lost = ""
    if isinstance(border, Mapping):
        pairs = [f"{plain(pair['minutes'])} between {joined(pair['between'])}" for pair in border["pairs"]]
        lost = f"Travellers lose minutes at some borders{until} - {', '.join(pairs)}. "
    elif border:
        lost = f"Cars lose {plain(border)} minutes at every border between the {number} jurisdictions{until}. "
    left_out = "Conventional rail is left out; no pair would use it."
    return [
        "The standards hold from station to station, as they are published - "
        f"{plain(f.cluster.boarding_minutes['high_speed_rail'])} minutes to wait for a train and to leave it, 10 by car. "
        "From door to door much less is within reach (see door-to-door)."
        if f.cluster.boarding_minutes
        else f"A journey is door to door between city seats - {', '.join(rail)}, 10 by car. This estimate decides how much "
        "access there is to gain (see boarding-45).",
        f"{lost}{left_out}",
        _says(f, "people"),
    ]


def _services(f: Figures) -> list[str]:
    if not f.cluster.services:
        return []
    shared = [service for service in f.cluster.services if service not in f.cluster.at_home]
    live = ["Students live within 180 minutes of their campus"] * ("university" in shared)
    live += [f"{'people' if live else 'People'} within 90 minutes of their doctor"] * ("doctors" in shared)
    care = " and 120 of a care home" * ("care" in shared)
    borders = "across a border, too" if f.cluster.open_services else "across a border only once the two sides have signed"
    visits = ", unless two sides agree on visiting doctors"
    visits *= bool(f.cluster.instruments.visiting) and "doctors" in f.cluster.at_home
    links = bool(candidates(f))
    slow = sorted(f.cluster.hub_years.values()) if hubs(f) else []
    train = [*["railways five years of works"] * links, *["campuses four"] * f.has_service("university")]
    train += [f"hubs {numeral(slow[0])} to {numeral(slow[-1])}"] if slow else []
    doctors = f.has_service("doctors")
    learn = "New doctors need five years" if doctors else "New health workers need three years"
    away = [
        f"{services.called(service).capitalize()} of another city count {about.away_counts:g} of those at home, since who "
        "travels has less of a day with them"
        for service, about in f.cluster.shared.items()
        if about.away_counts != 1
    ]
    home = joined(services.called(service) for service in f.cluster.at_home)
    return [
        "Staff of 2019 grew in every city like the country's until 2023, and do not grow further without the plan.",
        _trained(f),
        _says(f, "outside"),
        _says(f, "students"),
        "Only spare capacity is shared. A city serves others from what its own people do not need and from what it builds."
        if shared or f.cluster.instruments.visiting
        else "",
        f"{', '.join(live)}{care}; {borders}." if live else "",
        f"{home.capitalize()} serve their own city alone{visits}." if home else "",
        *(f"{said}." for said in away),
        f"{learn} of training, {', '.join([*train, 'all else one or two'])}. Staff, once hired, are paid to the end.",
    ]


def _trained(f: Figures) -> str:
    """What limits hiring, if anything does."""
    if not f.cluster.trained:
        return ""
    each = joined(f"{rate:g} {services.called(service)}" for service, rate in f.cluster.trained.items())
    return f"No jurisdiction hires more than the country adds for as many residents - {each} a year for 1,000 of them."


def _money(f: Figures) -> list[str]:
    number = numeral(len(with_purse(f)))
    motorways = any(row["mode"] == "motorway" for row in candidates(f))
    parts = ["half of a railway", *["a quarter of a motorway"] * motorways, *["70 % of a hub"] * bool(hubs(f))]
    parts += ["half of a campus"] * f.has_service("university") + ["80 % of a care bed"] * f.has_service("care")
    central = plain(amounts(f)["central"] / 5)
    staff = " Doctors and nurses cost the public 45 and 30 % of an average wage a year." * f.has_service("doctors")
    staff += " Health workers cost the public 37 % of an average wage a year." * f.has_service("health")
    halves = any(crosses(f, row) for row in candidates(f))
    border = (
        f"Each side pays its own half of a link across a border, with up to {100 * CENTRAL_SHARE:g} % from the centre; "
        "either both halves are built or none. "
    )
    decided = any(row["status"] == "under_construction" for row in candidates(f))
    return [
        f"The {number} governments give 1 % of their budget expenditure of 2022, rising by 10 % a period, and the centre "
        f"{central} bn CNY a year. Costs are the public part only - {', '.join(parts)}.",
        f"Trains{' and motorways' * motorways} pay for their own running by fares{' and tolls' * motorways}.{staff}",
        f"{border * halves}Signatories share the cost of what they sign equally.",
        f"Railways cost {100 * (f.cluster.cost_uplift - 1):.3g} % more than estimated, as in the country on average."
        * (f.cluster.cost_uplift != 1),
        "The lines under construction are finished whatever the plan says, with 30 % of their cost still to pay." * decided,
    ]


def _work(f: Figures) -> list[str]:
    if not has_work(f):
        return []
    return [
        "Jobs are those of modern industry. Every city has as many for each graduate as the country has in its high-tech "
        "zones, and should have the cluster's mean per resident; both are estimates, no figure by city was found."
    ]


def _parks(f: Figures) -> list[str]:
    if not has_work(f):
        return []
    stay = ", and 4 % of the graduates stay for them" * f.has_service("university")
    without = f.cluster.no_parks_in
    none = f" {joined(without)} {'gets' if len(without) == 1 else 'get'} no park." if without else ""
    air = (
        f"In the {numeral(len(f.cluster.airsheds))} airsheds what new phases emit must be taken away from steel. Steel "
        "mills that close lose 4,000 jobs a million tonnes, and only as many as new phases have filled in the city."
    )
    deliver = f.cluster.parks_deliver
    brings = (
        "A phase of a park is 10 bn CNY of investment (an incubator 2 bn) and brings what real parks of the industry "
        "brought, or promised, for as much. Promises are often not kept (see fewer-jobs)."
    )
    if deliver < 1:
        brings = (
            f"A phase of a park is announced with 10 bn CNY of investment; {100 * deliver:g} % of its private money, jobs, "
            "output and tax come, about the part that four real parks have seen (see promises-kept and fewer-jobs)."
        )
    offered = (
        "Where no park is known in a city that lacks jobs, one is offered by a rule, in the industry that its skilled "
        "people fill best; nobody has published it."
    )
    return [
        brings,
        offered * bool(f.cluster.park_origins),
        "A park works only while its city is within 90 (incubator), 105 (duplication) or 150 minutes (enclave) of where it "
        f"comes from (see near-origins). {_says(f, 'park_sites')}".strip(),
        f"1 % of those with higher education are free for such jobs{stay} (see low-skills). People do not move to parks in "
        "other cities.",
        "Of the tax of a phase, 45 % is local and half of that reaches the budget line, one period later. An origin gets "
        "half of it in the first five years; of an enclave's tax half was paid in the origin before.",
        "Investors pay what the public does not - land and utilities, 15 % of a plant, half of an incubator. Host and "
        "origin share the public part by half.",
        f"New land for parks is 0.025 % of a city's area, at least 1 km2.{none}",
        air if f.cluster.airsheds else "",
    ]


def _debts(f: Figures) -> list[str]:
    borrowers = [name for name, about in f.cluster.jurisdictions.items() if about.borrows][::-1]
    said = []
    if borrowers:
        interest = plain(100 * f.known("bond_interest_15_years"))
        said.append(
            f"{joined(borrowers)} may borrow up to {100 * DEBT_SHARE:g} % of a period's money at {interest} % a year and "
            "repay it by 2040"
        )
    said += [f"{a} may send {b} up to 30 % of its money once both have signed" for a, b in f.cluster.instruments.transfer]
    return [f"{'; '.join(said)}."] if said else []
