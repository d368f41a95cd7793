"""A first case from a list of cities alone: neighbour roads, motorways by norm, default standards, all guesses marked.

Rules, also written into the case's SOURCES.md:

- Two cities are neighbours if no third one lies in the circle over the line between them (Gabriel graph).
- A road is 1.25 times as long as the great circle and is driven at 65 km/h; a motorway on the same way at 100 km/h.
- A motorway costs 0.1 bn CNY a kilometre; the budget of the horizon is half of what all of them cost, by population.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from planner.case.csv_cells import harmless_row
from planner.case.loading import load_case
from planner.case.magnitudes import kilometres
from planner.case.problems import CaseInvalid, Problem
from planner.case.raw import RawTable
from planner.files.folders import writing
from planner.starting.list_of_cities import GUESSES, PERIODS, Headings, Town, as_in_list, read_towns
from planner.words.said import _, told

DETOUR = 1.25
ROAD_SPEED, MOTORWAY_SPEED = 65.0, 100.0  # km/h
MOST_KM = 10_000 / 60 * ROAD_SPEED  # what a link may take, in minutes
MOTORWAY_COST = 0.1  # bn CNY a km
BUDGET_SHARE = 0.5  # of the cost of all motorways
MARGIN = 1.1  # of the cost of the dearest one: what there is at least
MONEY_NOTE = _(
    "Money is in bn CNY at prices of 2023, and the cost of a motorway is an average of China: replace the unit, the "
    "prices and the norm by your own."
)


def from_cities(
    file: Path, title: str, ignore_other_columns: bool = False, tell: Callable[[str], object] = lambda _: None
) -> dict[str, str]:
    """Make a case from a list of cities.

    Parameters
    ----------
    file
        CSV with columns for id (or a name), lat, lon and population, also in common words; all columns of a case's
        cities.csv are kept.
    title
        Title of the case.
    ignore_other_columns
        Leave other columns unread; otherwise they are refused.
    tell
        Takes what should be known: how the list was read, and figures that are most likely not meant.

    Returns
    -------
    File name -> text.

    Raises
    ------
    planner.case.problems.CaseInvalid
        With everything that is wrong with the list.
    """
    table, towns, headings = read_towns(file, ignore_other_columns, tell)
    pairs = _neighbours(towns)
    too_far = [
        Problem(
            file.name,
            _(
                "'{city}' lies {km:,.0f} km from '{other}': a cluster of cities is a few hundred km wide. Check lat and lon "
                "of both, or leave one out"
            ).format(city=b.id, other=a.id, km=km / DETOUR),
        )
        for a, b, km in pairs
        if km > MOST_KM
    ]
    if too_far:
        raise CaseInvalid(file.name, tuple(too_far))
    files = {
        "case.yaml": _case(title, towns),
        "cities.csv": _cities(table),
        "capacity.csv": _table("city,service,capacity,basis", [[t.id, "doctors", "unknown", "assumed"] for t in towns]),
        "links.csv": _links(pairs),
        "measures.csv": _measures(pairs, _chinese_names(table)),
        "norms.csv": _table(
            "id,unit,capital_cost,low,high,running_share,build_years,basis",
            [["motorway", "km", MOTORWAY_COST, 0.03, 0.28, 0.01, 2, "assumed"]],
        ),
        "budgets.csv": _budgets(towns, pairs),
        "SOURCES.md": told(
            _SOURCES.format(share=BUDGET_SHARE, cost=MOTORWAY_COST, road=ROAD_SPEED, fast=MOTORWAY_SPEED, money=MONEY_NOTE)
        ),
    }
    for doubt in _check(files, table, file.name, headings):
        tell(_("warning: {warning}").format(warning=doubt.said))
    return files


def _check(files: Mapping[str, str], table: RawTable, file: str, headings: Headings) -> list[Problem]:
    """What is odd about the cities; what only the whole case shows to be wrong is said by the rows of the list, too."""
    with writing(Path(gettempdir())), TemporaryDirectory() as place:
        for name, text in {**files, "cities.csv": _cities(table, as_numbered=True)}.items():
            (Path(place) / name).write_text(text, encoding="utf-8", newline="")
        try:
            doubts = load_case(place).doubts
        except CaseInvalid as invalid:
            own = [as_in_list(p, file, headings) for p in invalid.problems if p.file == "cities.csv"]
            rest = [
                Problem(file, _("the case made of it would be wrong: {problem}").format(problem=p.said))
                for p in invalid.problems
            ]
            raise CaseInvalid(file, tuple(own or rest)) from None
    return [as_in_list(doubt, file, headings) for doubt in doubts if doubt.file == "cities.csv"]


def _neighbours(towns: list[Town]) -> list[tuple[Town, Town, float]]:
    """Neighbouring pairs and the road kilometres between them."""
    pairs = []
    for n, a in enumerate(towns):
        for b in towns[n + 1 :]:
            square = _km(a, b) ** 2
            if not any(_km(a, c) ** 2 + _km(c, b) ** 2 < square for c in towns if c not in (a, b)):
                pairs.append((a, b, max(1.0, DETOUR * math.sqrt(square))))
    return pairs


def _km(a: Town, b: Town) -> float:
    return kilometres((a.lat, a.lon), (b.lat, b.lon))


def _cities(table: RawTable, as_numbered: bool = False) -> str:
    """The cities, one below the other, or each in the row that it has in the list."""
    rows = {row.number: [row.cells.get(name, "") for name in table.columns] for row in table.rows}
    numbers = range(2, max(rows) + 1) if as_numbered else rows
    return _table(",".join(table.columns), [rows.get(number, [""] * len(table.columns)) for number in numbers])


def _between(pairs: list[tuple[Town, Town, float]]) -> list[str]:
    """Names of the ways between neighbours: with more hyphens where a-b and b, and a and b-b, would be called alike."""
    hyphens = "-"
    while len({f"{a.id}{hyphens}{b.id}" for a, b, _km in pairs}) < len(pairs):
        hyphens += "-"
    return [f"{a.id}{hyphens}{b.id}" for a, b, _km in pairs]


def _links(pairs: list[tuple[Town, Town, float]]) -> str:
    rows = []
    for between, (a, b, km) in zip(_between(pairs), pairs, strict=True):
        slow, fast = 60 * km / ROAD_SPEED, 60 * km / MOTORWAY_SPEED
        rows.append([f"road-{between}", a.id, b.id, "road", f"{slow:.1f}", f"{km:.1f}", "", "assumed"])
        needs = f"motorway-{between}"
        rows.append([needs, a.id, b.id, "road", f"{fast:.1f}", f"{km:.1f}", needs, "assumed"])
    return _table("id,from,to,mode,minutes,km,needs,basis", rows)


def _chinese_names(table: RawTable) -> dict[str, str]:
    """City -> its Chinese name, or the only one that the list has."""
    return {row.cells["id"]: row.cells.get("name_zh") or row.cells.get("name") or row.cells["id"] for row in table.rows}


def _measures(pairs: list[tuple[Town, Town, float]], chinese: Mapping[str, str]) -> str:
    rows = [
        [
            f"motorway-{between}",
            f"Motorway {between}",
            _("{start}-{end} motorway").format(start=chinese[a.id], end=chinese[b.id]).in_language("zh"),
            "link",
            f"{a.id};{b.id}",
            "motorway",
            f"{km:.1f}",
            "assumed",
        ]
        for between, (a, b, km) in zip(_between(pairs), pairs, strict=True)
    ]
    return _table("id,name,name_zh,kind,city,norm,quantity,basis", rows)


def _budgets(towns: list[Town], pairs: list[tuple[Town, Town, float]]) -> str:
    lengths = [km for _, _, km in pairs]
    money = MOTORWAY_COST * max(BUDGET_SHARE * sum(lengths), MARGIN * max(lengths, default=0.0)) / len(PERIODS)
    people = sum(town.population for town in towns)
    rows = []
    for jurisdiction in dict.fromkeys(town.jurisdiction for town in towns):
        share = sum(town.population for town in towns if town.jurisdiction == jurisdiction) / people
        rows += [[f"{jurisdiction} budget", period, f"{money * share:.2f}", "assumed"] for period in PERIODS]
    return _table("line,period,amount,basis", rows)


def _case(title: str, towns: list[Town]) -> str:
    lines = []
    guessed = any(town.jurisdiction == GUESSES["jurisdiction"] for town in towns)
    names = {GUESSES["jurisdiction"]: _("the region").in_language("zh")} if guessed else {}
    for jurisdiction in dict.fromkeys(town.jurisdiction for town in towns):
        name = _quoted(jurisdiction)
        chinese = _("{name} budget").format(name=names.get(jurisdiction, jurisdiction)).in_language("zh")
        lines.append(
            f"  {_quoted(jurisdiction + ' budget')}: {{name_zh: {_quoted(chinese)}, "
            f"holder: {name}, pays_for: [{{jurisdiction: {name}}}], carry_over: true}}"
        )
    said = {"about": ABOUT, "averages": AVERAGES, "unknown": UNKNOWN_STOCK, "assumption": ASSUMPTION}
    return _CASE.format(
        title=_quoted(title), periods=", ".join(PERIODS.values()), lines="\n".join(lines),
        names="".join(f"names:\n  {j}: {{name: {j}, name_zh: {name}}}\n" for j, name in names.items()),
        **{name: told(text) for name, text in said.items()},
    )  # fmt: skip


def _quoted(text: str) -> str:
    """Text for YAML, whatever signs it has."""
    return "'" + text.replace("'", "''") + "'"


def _table(header: str, rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(harmless_row(header.split(",")))
    writer.writerows(harmless_row(row) for row in rows)
    return stream.getvalue()


ABOUT = _("A first case from a list of cities. Everything that was not in the list is a guess: see SOURCES.md.")
AVERAGES = _("and the norm of motorways: averages of China, replace both")
UNKNOWN_STOCK = _('what each city has stands in capacity.csv: replace "unknown" there to make the service count')
ASSUMPTION = _("Everything but the list of cities is a first guess and has to be replaced.")
_CASE = """\
# {about}
format: 1
title: {title}
money: {{unit: bn CNY, prices: 2023, discount_rate: 0.05}}  # {averages}
periods: [{periods}]
{names}modes:
  road: {{name_zh: 公路, boarding_minutes: 10, border_minutes: 0}}
services:       # {unknown}
  doctors: {{name_zh: 医生, unit: posts, per_1000: 3, catchment_minutes: 60, across_borders: by_policy}}
access:
  core: {{name: time to the nearest core city, name_zh: 到核心城市时间,
    kind: nearest, from: {{}}, to: {{tier: core}}, standard_minutes: 60, worst_minutes: 150}}
  cluster: {{name: time to all other cities, name_zh: 到其他城市平均时间,
    kind: all, from: {{}}, to: {{}}, weight: population, standard_minutes: 120, worst_minutes: 240}}
lines:
{lines}
goals:
  - {{minimise: gaps, tolerance: 0.001}}
  - {{minimise: spending}}
  - {{minimise: starts}}
assumptions:
  - {assumption}
"""

_SOURCES = _("""\
# Where the figures come from

The cities come from the list that this case was made of. Everything else was worked out by these rules, is marked
`assumed`, and has to be replaced by figures of your own:

- A city without a jurisdiction belongs to "region"; without tiers the largest city is the core, the others are small.
- Neighbours: no third city lies in the circle over the line between the two (Gabriel graph of the seats).
- Roads: 1.25 x the great circle, driven at {road:g} km/h; a motorway on the same way at {fast:g} km/h.
- {money}
- A motorway costs {cost:g} bn CNY a kilometre to build, 1 % of that a year to run, and takes two years.
- Budgets: together {share:.0%} of what all motorways cost, by population, half in each period.
- Doctors: 3 posts per 1,000 people; what the cities have is not known, so the service does not count yet.
""")
