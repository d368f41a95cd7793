"""The assumptions that are printed with every plan; sentences about what a case does not have are left out."""

from __future__ import annotations

from collections.abc import Mapping

from . import services
from .figures import PERIODS, Figures, joined, numeral, plain
from .industry import park_minutes
from .money import CENTRAL_SHARE, DEBT_SHARE, amounts, with_purse
from .network import candidates, crosses, hubs, modes
from .ways import between_stations, boarding_minutes, catchments
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
    minutes = boarding_minutes(f)
    rail = [f"{plain(minutes['high_speed_rail'])} minutes", *[f"{plain(minutes['inter_city_rail'])} on inter-city rail"]]
    rail = rail if "inter_city_rail" in modes(f) else rail[:1]
    if between_stations(f):
        counted = (
            "A journey is counted as the published standards count it, from station to station or from motorway to motorway "
            f"- with {' and '.join([f'{rail[0]} at high-speed stations', *rail[1:]])} for security, waiting and leaving; "
            "ways through the cities are left out (see door-to-door)."
        )
    else:
        counted = (
            f"A journey is door to door between city seats - {rail[0]} to, through and from high-speed stations, "
            f"{', '.join([*rail[1:], plain(minutes['road'])])} by car. This estimate decides how much access there is to "
            "gain (see boarding-45)."
        )
    return [
        counted,
        f"{_borders(f)}Conventional rail is left out; no pair would use it.",
        _says(f, "people"),
    ]


def _borders(f: Figures) -> str:
    """What cars lose at borders."""
    border = f.cluster.border_minutes.get("road")
    if not border:
        return ""
    pairs = border.get("pairs", ()) if isinstance(border, Mapping) else ()
    until = " until the two sides sign" if f.cluster.instruments.border else ""
    said = [f"{plain(each['minutes'])} minutes between {joined(each['between'])}" for each in pairs]
    if not isinstance(border, Mapping):
        said = [f"{plain(border)} minutes at every border between jurisdictions"]
    return f"Cars lose {joined(said)}{until}. "


def _services(f: Figures) -> list[str]:
    if not f.cluster.services:
        return []
    shared = [service for service in f.cluster.services if service not in f.cluster.at_home]
    far = catchments(f)
    live = [f"Students live within {plain(far['university'])} minutes of their campus"] * ("university" in shared)
    live += [f"{'people' if live else 'People'} within {plain(far['doctors'])} minutes of their doctor"] * (
        "doctors" in shared
    )
    care = f" and {plain(far['care'])} of a care home" * ("care" in shared)
    in_force = ", where it is in force" * bool(f.cluster.opened_to)
    signed = "only once the two sides have signed"
    borders = f"across a border, too{in_force}" if f.cluster.open_services else f"across a border {signed}{in_force}"
    if f.cluster.open_services and "university" in shared:
        borders += f"; to campuses {signed}"
    visits = ", unless two sides agree on visiting doctors"
    visits *= bool(f.cluster.instruments.visiting) and "doctors" in f.cluster.at_home
    later = [service for service in services.STAFF if any(f.has(city, f"{service}_per_1000_2025") for city in f.cities)]
    counted = f" ({joined(later)} were counted in 2025)" * bool(later)
    links = bool(candidates(f))
    slow = sorted(set(f.cluster.hub_years.values())) if hubs(f) else []
    train = [*["railways five years of works"] * links, *["campuses four"] * f.has_service("university")]
    train += [f"hubs {' to '.join(numeral(years) for years in dict.fromkeys((slow[0], slow[-1])))}"] if slow else []
    doctors = f.has_service("doctors")
    learn = "New doctors need five years" if doctors else "New health workers need three years"
    home = joined(services.called(service) for service in f.cluster.at_home)
    return [
        f"Staff of 2019 grew in every city like the country's until 2023{counted}, and do not grow further without the "
        "plan.",
        _trained(f),
        _says(f, "outside"),
        _says(f, "students"),
        "Only spare capacity is shared. A city serves others from what its own people do not need and from what it builds."
        if shared or f.cluster.instruments.visiting
        else "",
        *(
            f"Of {services.called(service)} a city keeps {plain(about.keeps)} times what its own people need."
            for service, about in f.cluster.shared.items()
            if about.keeps > 1
        ),
        *(
            f"Who uses {services.called(service)} of another jurisdiction pays what the public pays for them there."
            for service, about in f.cluster.shared.items()
            if about.priced
        ),
        *(
            f"A need of {services.called(service)} that is met in another city counts {plain(about.away_counts)} of one met "
            "at home."
            for service, about in f.cluster.shared.items()
            if about.away_counts < 1
        ),
        f"{', '.join(live)}{care}; {borders}." if live else "",
        _afterwards(f),
        f"{home.capitalize()} serve their own city alone{visits}." if home else "",
        f"{learn} of training, {', '.join([*train, 'all else one or two'])}. Staff, once hired, are paid to the end.",
    ]


def _afterwards(f: Figures) -> str:
    """What campuses are for after the last period."""
    if f.cluster.young_after is None or not f.has_service("university"):
        return ""
    return (
        f"After {PERIODS[-1]} there are {plain(f.cluster.young_after)} times the people of 18 to 22 that there are today; "
        "no more campuses are offered than those will fill."
    )


def _trained(f: Figures) -> str:
    """What limits hiring, if anything does."""
    if not f.cluster.trained:
        return ""
    each = joined(f"{rate:g} {services.called(service)}" for service, rate in f.cluster.trained.items())
    return f"No jurisdiction hires more than the country adds for as many residents - {each} a year for 1,000 of them."


def _money(f: Figures) -> list[str]:
    number = numeral(len(with_purse(f)))
    parts = ["half of a railway", *["70 % of a hub"] * bool(hubs(f))]
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
        f"Trains pay for their own running by fares.{staff}",
        f"{border * halves}Signatories share the cost of what they sign equally.",
        f"Railways cost {100 * (f.cluster.cost_uplift - 1):.3g} % more than estimated, as in the country on average."
        * (f.cluster.cost_uplift != 1),
        "The lines under construction are finished whatever the plan says; what is left of their cost is still to pay."
        * decided,
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
    near = park_minutes(f)
    stay = ", and 4 % of the graduates stay for them" * f.has_service("university")
    without = f.cluster.no_parks_in
    none = f" {joined(without)} {'gets' if len(without) == 1 else 'get'} no park." if without else ""
    air = (
        f"In the {numeral(len(f.cluster.airsheds))} airsheds what new phases emit must be taken away from steel. Steel "
        "mills that close lose 4,000 jobs a million tonnes, and only as many as new phases have filled in the city."
    )
    offered = (
        "Where no park is known in a city that lacks jobs, one is offered by a rule, in the industry that its skilled "
        "people fill best; nobody has published it."
    )
    return [
        "A phase of a park is announced as 10 bn CNY of investment (an incubator 2 bn) and what real parks of the industry "
        f"brought, or promised, for as much. {_delivered(f)}",
        offered * bool(f.cluster.park_origins),
        f"A park works only while its city is within {plain(near['incubation'])} (incubator), {plain(near['duplication'])} "
        f"(duplication) or {plain(near['enclave'])} minutes (enclave) of where it comes from (see near-origins). "
        f"{_says(f, 'park_sites')}".strip(),
        f"1 % of those with higher education are free for such jobs{stay} (see low-skills). People do not move to parks in "
        "other cities.",
        "Of the tax of a phase, 45 % is local and half of that reaches the budget line, one period later. An origin gets "
        "half of it in the first five years; of an enclave's tax half was paid in the origin before.",
        "Investors pay what the public does not - land and utilities, 15 % of a plant, half of an incubator. Host and "
        "origin share the public part by half.",
        f"New land for parks is 0.025 % of a city's area, at least 1 km2.{none}",
        air if f.cluster.airsheds else "",
    ]


def _delivered(f: Figures) -> str:
    if f.cluster.parks_deliver == 1:
        return "Promises are often not kept (see fewer-jobs)."
    share = f"{100 * f.cluster.parks_deliver:.3g}"
    return (
        f"Of the investors, jobs, output and tax {share} % come; public money is spent and land taken all the same (see "
        "fewer-jobs, promises-kept)."
    )


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
