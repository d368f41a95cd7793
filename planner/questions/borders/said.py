"""What non-cooperation costs and what each signature is worth, in a planner's words."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from planner.case import naming
from planner.documents.blocks import Block, Paragraph, Said, Table, table
from planner.plans.totals import columns
from planner.questions import saying
from planner.words import phrases
from planner.words.plurals import count

if TYPE_CHECKING:
    from planner.case.nouns import Case
    from planner.questions.borders.ask import Borders

NAMES = {
    "without": "without a plan",
    "alone": "each alone",
    "closed": "together, borders closed",
    "open": "together, with instruments",
}


def text(result: Borders, bold: bool = False) -> str:
    """The answer as lines for a terminal."""
    return said(result).text(bold)


def said(result: Borders) -> Said:
    """The answer: the worlds, gaps by jurisdiction in each, and the signatures with their worth."""
    asked = "what closed borders cost, and what each signature is worth"
    if not result.tables:
        return saying.answer(result, asked, ())
    headline, reading = _headline(result), Paragraph(_reading(result))
    parts = Paragraph(headline), _worlds(result), _jurisdictions(result), _signatures(result), reading
    return saying.answer(result, asked, tuple((part,) for part in parts), (headline, *_dearest(result)))


def _headline(result: Borders) -> str:
    """Of what the cluster gains, each planning alone loses 61 %; planning together behind closed borders loses 18 %."""
    costs = {name: rest for name, *rest in columns(result.tables["worlds"], "world", "cost_at_least", "cost_at_most")}
    ways = (("alone", "each planning alone"), ("closed", "planning together behind closed borders"))
    said = [f"{way} loses {saying.share(*costs[name])} %" for name, way in ways if _is_known(*costs[name])]
    rest = [f"what {way} loses is not known" for name, way in ways if not _is_known(*costs[name])]
    if not said:
        return "What non-cooperation costs is not known."
    return f"Of what the cluster gains by planning together, with instruments, {'; '.join([*said, *rest])}."


def _is_known(least: float, most: float) -> bool:
    return saying.share(least, most) != saying.NOT_ANSWERED


def _dearest(result: Borders) -> tuple[str, ...]:
    """The signature that is worth most, if one is worth anything for sure; others may be, where little is proven of them."""
    found = result.tables["signatures"]
    found = found[found["status"] != "infeasible"]
    others = found["share_at_most"].iloc[1:].tolist()
    return tuple(
        f"The signature that is worth most is {name}: {saying.share(least, most)} % of the whole gain."
        if saying.is_most(least, others)
        else f"Most is proven of the signature {name}: {saying.share(least, most)} % of the whole gain; others may be more."
        for name, least, most in columns(found.head(1), "name", "share_at_least", "share_at_most")
        if least > 0
    )


def _worlds(result: Borders) -> Table:
    found, unit = result.tables["worlds"], result.case.money.unit
    shown = phrases.money_decimals(found["spending"].tolist())
    rows = []
    for world, goal, share, least, most, people, spending, status in found.itertuples(index=False, name=None):
        if isnan(goal):
            why = "no plan keeps all promises" if status == "infeasible" else saying.NOT_ANSWERED
            rows.append([NAMES[world], why, "", "", "", ""])
            continue
        cost = "" if world in ("without", "open") else saying.share(least, most)
        figures = phrases.figure(goal), phrases.number(100 * share, 1), cost
        rows.append([name_of(result, world), *figures, phrases.number(people / 1e6, 2), phrases.money(spending, shown)])
    heads = [
        "", "first goal\n(lower is better)", "gained against\nno plan, % of\nthe whole gain", "lost, % of\nthe whole\ngain",
        f"brought to\nstandard,\nmillion,\n{result.case.periods[-1].label}", f"public\nmoney,\n{unit}",
    ]  # fmt: skip
    return table(heads, rows, "lrrrrr")


def _jurisdictions(result: Borders) -> Table:
    """Gaps, people and money of each jurisdiction, a column a world."""
    given, case = result.tables["jurisdictions"], result.case
    known = [name for name in NAMES if (given["world"] == name).any()]
    found: dict[tuple[str, str], tuple[Any, ...]] = {
        (world, who): tuple(rest) for world, who, *rest in given.itertuples(index=False, name=None)
    }
    shown, rows = phrases.money_decimals(given["pays"].tolist()), []
    for who in case.jurisdictions:
        here = [found[world, who] for world in known]
        rows += [
            [naming.jurisdiction(case, who), "mean gap, %", *(phrases.number(100 * gap, 1) for gap, _, _, _ in here)],
            ["", "worst city's gap, %", *(phrases.number(100 * worst, 1) for _, worst, _, _ in here)],
            ["", "brought to standard, million", *(phrases.number(people / 1e6, 2) for _, _, people, _ in here)],
            ["", f"its lines pay, {case.money.unit}", *(phrases.money(pays, shown) for _, _, _, pays in here)],
        ]
    heads = ["", "", *(name_of(result, name).replace(", ", ",\n") for name in known)]
    return table(heads, rows, "ll" + "r" * len(known), keys=2)


def _signatures(result: Borders) -> Block:
    signed, case = result.tables["signatures"], result.case
    if signed.empty:
        return Paragraph("The plan signs no instrument.")
    gain = result.without - result.best
    proven = {a for a, share in columns(result.tables["gains"], "measure", "share") if not isnan(share)}
    gains = {(a, who): part / gain for a, who, part in columns(result.tables["gains"], "measure", "jurisdiction", "part")}
    shown = phrases.money_decimals(signed["cost"].tolist())
    rows = []
    for a, name, signed_by, cost, least, most, status in columns(
        signed, "measure", "name", "signed_by", "cost", "share_at_least", "share_at_most", "status"
    ):
        worth = "no plan without it" if status == "infeasible" else saying.share(least, most)
        who_gains = [phrases.number(100 * gains[a, who], 1) if a in proven else "" for who in case.jurisdictions]
        rows.append([name, _who(case, signed_by), phrases.money(cost, shown), worth, *who_gains])
    heads = [
        "instrument", "signed by", f"costs,\n{case.money.unit}", "worth, % of\nthe whole gain",
        *(f"of that\nin {naming.jurisdiction(case, who)}" for who in case.jurisdictions),
    ]  # fmt: skip
    return table(heads, rows, "llrr" + "r" * len(case.jurisdictions))


def _who(case: Case, signed_by: str) -> str:
    return ", ".join(naming.jurisdiction(case, who) for who in signed_by.split(";") if who)


def name_of(result: Borders, world: str) -> str:
    """What a world is called: one whose plans are not proven may be better than the plans found in time."""
    statuses = dict(columns(result.tables["worlds"], "world", "status"))
    return NAMES[world] + ("" if statuses.get(world) in ("", "optimal", "infeasible") else ", not proven")


def _reading(result: Borders) -> str:
    signed = count(len(result.tables["signatures"]), "instrument")
    return (
        "Alone: each jurisdiction plans for its own cities with what it alone hosts, signs and pays and its people's share "
        "of common lines, borders closed to services; the cluster's goal is put together from each one's own cities. "
        "Borders closed: all plan together, but nothing is signed that needs more than one signature, and services that a "
        "policy could open stay at home. All values are of the first goal over the whole cluster, with the same weights. "
        f"The {signed} of the plan were forbidden in turn and the rest planned anew: the loss is at least the first figure "
        "(proven) and at most the second. How much of it, in per cent of the same gain, is whose is read off the plan found "
        "without the instrument, the worst city's part where that city is; it is left empty where no loss is proven. Worths "
        "do not add up: instruments stand in for one another, or work only together."
    )
