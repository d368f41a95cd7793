"""Figures of a plan as the page shows them: tables with names and units in the language of the page; no widgets here."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from planner.case import Case, Measure, naming
from planner.documents import built, goals, vocabulary
from planner.documents.changes import unit_of
from planner.plans import totals
from planner.plans.plan import Plan
from planner.plans.totals import Chosen, columns
from planner.words import phrases
from planner.words.said import _, series
from ui.frame import name_of, say, with_unit


@dataclass(frozen=True)
class Figure:
    """A headline figure: what it is, its value, and what stands beside it."""

    label: str
    value: str
    beside: str = ""
    help: str = ""


def headline(plan: Plan) -> list[Figure]:
    """The few figures that say what a plan does."""
    total = totals.totals(plan)
    case, last = plan.case, plan.case.periods[-1].label
    unit, prices = case.money.unit, case.money.prices
    shown = phrases.money_decimals([total["available"]])

    def money(name: str) -> str:
        return phrases.money(total[name], shown)

    found = [_gap(total)] if total["gap_without"] is not None else []
    there_is = phrases.number(total["available"] + total["tax"] - total["interest"], shown)
    left = _("{amount} overdrawn").format(amount=money("overdrawn")) if total["overdrawn"] > totals.NOTHING else (
        _("{amount} left").format(amount=money("unspent"))
    )  # fmt: skip
    found.append(
        Figure(
            with_unit(_("Public money"), unit),
            money("spending"),
            say(series([_("of {amount}").format(amount=there_is), left], "; ")),
            say(
                _(
                    "Over the whole horizon, prices of {prices}. Available: {given} given, {tax} of tax, less "
                    "{interest} of interest."
                ),
                prices=prices,
                given=money("available"),
                tax=money("tax"),
                interest=money("interest"),
            ),
        )
    )
    if total["private"] > totals.NOTHING:
        found.append(Figure(with_unit(_("Private money"), unit), money("private"), say(_("paid by investors beside it"))))
    if len(plan.tables["parks"]):
        jobs, possible, bonus = (phrases.number(total[name], 0) for name in ("jobs", "possible_jobs", "bonus_jobs"))
        found.append(
            Figure(
                say(_("Jobs in parks, {period}"), period=last),
                jobs,
                say(_("of {possible} possible"), possible=possible),
                say(_("{jobs} bonus jobs of value chains beside them."), jobs=bonus),
            )
        )
    found.append(
        Figure(
            say(_("Measures chosen")),
            str(total["measures_chosen"]),
            say(_("{count} decided before"), count=total["measures_decided_before"]),
        )
    )
    return found


def _gap(total: dict[str, float]) -> Figure:
    """How much of what the standards ask for is missing, without the plan and with it."""
    without, with_plan = total["gap_without"], total["gap_with"]
    share = (without - with_plan) / without if without > 0 else 0.0
    beside = say(
        _("closes {share} of the gap") if share >= 0 else _("widens the gap by {share}"), share=phrases.percent(abs(share))
    )
    value = f"{phrases.number(100 * without, 1)} → {phrases.number(100 * with_plan, 1)}"
    return Figure(
        say(_("Gap, %: without → with")),
        value,
        beside,
        say(
            _(
                "How much of what the standards ask for is missing: the mean over cities, indicators and "
                "periods, weighted as in the first goal about gaps."
            )
        ),
    )


def goal_table(plan: Plan) -> pd.DataFrame:
    """Every goal in order: value, what nothing can beat, and what is proven."""
    rows = [
        (
            str(n),
            say(goals.called(plan.case, result.name)),
            say(goals.unit_of(plan.case, result.name)),
            *goals.figures(plan, result),
            say(goals.how_proven(plan, result)),
        )
        for n, result in enumerate(plan.goals, start=1)
    ]
    heads = (
        _("no."), _("goal (smaller is better)"), _("unit"), _("value", "goal.value"), _("nothing can beat"), _("proven"),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=[say(head) for head in heads])


# --- a city


def indicators(plan: Plan, city: str, period: str) -> pd.DataFrame:
    """A city's indicators today, without the plan and with it, in their own units, and the gaps in per cent."""
    names = (
        "indicator",
        "city",
        "period",
        "unit",
        "standard",
        "today",
        "without_plan",
        "with_plan",
        "gap_without",
        "gap_with",
    )
    rows = []
    for x, i, t, unit, standard, today, without, with_plan, *gaps in columns(plan.tables["indicators"], *names):
        if i == city and t == period:
            decimals = 0 if "minutes" in unit else phrases.figure_decimals(standard)
            levels = (_level(value, decimals) for value in (today, without, with_plan))
            gap = phrases.change(100 * gaps[0], 100 * gaps[1], 0).replace("->", "→")
            name, asked = say(naming.indicator(plan.case, x)), phrases.number(standard, decimals)
            rows.append((name, say(unit_of(plan.case, x)), *levels, asked, gap))
    heads = (_("indicator"), _("unit"), _("today"), _("without"), _("with"), _("standard"), _("gap, %"))
    return pd.DataFrame(rows, columns=[say(head) for head in heads])


def _level(value: float, decimals: int) -> str:
    return say(_("no route")) if math.isnan(value) else phrases.number(value, decimals)


def measures_of(plan: Plan, city: str) -> list[Chosen]:
    """What is built in a city, and what is signed there or for it by its jurisdiction."""
    own = plan.case.cities[city].jurisdiction
    return [
        chosen
        for chosen in totals.chosen_measures(plan)
        if city in chosen.measure.cities or (not chosen.measure.cities and own in chosen.measure.jurisdictions)
    ]


def measures(plan: Plan, city: str) -> pd.DataFrame:
    """What is built or signed in a city: when, how much, what it costs, and who pays."""
    return measure_table(plan, measures_of(plan, city))


def measure_table(plan: Plan, some: list[Chosen]) -> pd.DataFrame:
    """Measures that start: kind, periods, cost over the horizon, and payers."""
    unit = plan.case.money.unit
    decimals = phrases.money_decimals([amount for c in some for amount in (c.capital, c.private, c.running)])
    rows = [
        (
            name_of(c.measure),
            say(vocabulary.KINDS[c.measure.kind]),
            starts(plan.case, c),
            str(c.opens),
            *(phrases.money(amount, decimals) if amount else "" for amount in (c.capital, c.private, c.running)),
            say(built.payers(plan.case, c)) if c.paid_by else "",
        )
        for c in some
    ]
    heads = (
        say(_("measure")),
        say(_("kind")),
        say(_("works start")),
        say(_("open from")),
        with_unit(_("capital"), unit),
        with_unit(_("of it private"), unit),
        with_unit(_("running", "city.running"), say(_("{unit} a year").format(unit=unit))),
        say(_("public part paid by")),
    )
    table = pd.DataFrame(rows, columns=list(heads))
    return table.drop(columns=[head for head in heads[4:7] if not any(table[head])])


def starts(case: Case, chosen: Chosen) -> str:
    """When works start; of several units, how many in each period."""
    amounts = [(p.label, chosen.units[p.id] * _size(chosen.measure)) for p in case.periods if p.id in chosen.units]
    if chosen.measure.service is None and all(amount == 1 for _label, amount in amounts):
        return ", ".join(label for label, _amount in amounts)
    thing = "" if chosen.measure.service is None else f" {say(vocabulary.unit(case.services[chosen.measure.service].unit))}"
    return f"{'; '.join(f'{label}: {phrases.units(amount)}' for label, amount in amounts)}{thing}"


def _size(measure: Measure) -> float:
    return measure.capacity if measure.service is not None else 1.0


def paid_in(plan: Plan, city: str) -> pd.DataFrame:
    """What each line pays for measures in a city over the horizon; that of measures in several is split evenly."""
    paid: dict[str, float] = defaultdict(float)
    for measure, line, capital, running in columns(plan.tables["spending"], "measure", "line", "capital", "running"):
        cities = plan.case.measures[measure].cities
        if city in cities:
            paid[line] += (capital + running) / len(cities)
    ordered = sorted(((line, amount) for line, amount in paid.items() if amount > totals.NOTHING), key=lambda x: -x[1])
    decimals = phrases.money_decimals([amount for _line, amount in ordered])
    rows = [(say(naming.line(plan.case, line)), phrases.money(amount, decimals)) for line, amount in ordered]
    return pd.DataFrame(rows, columns=[say(_("budget line")), with_unit(_("pays"), plan.case.money.unit)])
