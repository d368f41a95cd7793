"""A small case that uses every part of the format, as texts, and how to write it with changes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from planner.case import Case
from planner.case.selecting import Where, facts_of_cities, facts_of_measures, select

CASE = """\
format: 1
title: Two provinces, three cities
money: {unit: bn CNY, prices: 2023, discount_rate: 0.06}
periods: [2026-2030, 2031-2035]
people: [people_65]
modes:
  road: {boarding_minutes: 0, border_minutes: 20}
  rail: {boarding_minutes: 15}
services:
  doctors:
    unit: posts
    per_1000: {2030: 2.7, 2035: 3.0}
    of: population
    catchment_minutes: 60
    across_borders: by_policy
    shares: spare
  care: {unit: beds, per_1000: 30, of: people_65, across_borders: never}
access:
  core:
    kind: nearest
    from: {tier: small}
    to: {tier: core}
    standard_minutes: 60
    worst_minutes: 120
  hospital: {kind: nearest, to: {offers: doctors}, standard_minutes: 30, worst_minutes: 90, modes: [road]}
  pairs: {kind: all, standard_minutes: 60, worst_minutes: 180, weight: trips}
  cluster: {kind: reach, standard_minutes: 120, target: 0.8, weight: gdp}
effects:
  checkpoint: [{border_minutes: {between: [Capital, Province], modes: [road], set: 0}}]
  insurance: [{open_service: {services: [doctors], people_of: [Province], at: [Capital], minutes: 90}}]
  hub-inland: [{boarding_minutes: {city: Inland, modes: [rail], minus: 5}}]
  practice:
    - {raise_capacity: {services: [doctors], where: {jurisdiction: Province}, by: 0.03}}
    - {open_outsiders_share: {services: [doctors], cities: [Metro], share: 0.1}}
lines:
  capital: {holder: Capital, pays_for: [{jurisdiction: Capital}], carry_over: true}
  province: {holder: Province, pays_for: [{jurisdiction: Province}], cost: all, carry_over: true}
  centre: {holder: central, pays_for: [{kind: link}, {kind: facility, tier: small}], at_most_share: 0.3}
targets:
  - {id: inland-doctors, indicator: doctors, where: {city: Inland}, by: 2035, at_least: 2.0}
  - {id: core-minutes, indicator: core, at_most: 100}
rules:
  - {id: small-first, of: spending, where: {tier: small}, at_least: 0.5, share_of: {}}
  - {id: one-clinic, of: count, where: {kind: facility, city: Border}, periods: [2030], at_most: 1}
no_city_loses: true
goals:
  - {minimise: {gaps: 1, worst_city: 0.5}, weights: {doctors: 2, care: 1, core: 1}, tolerance: 0.001}
  - {minimise: spending, discounted: true}
  - {minimise: starts}
scenarios:
  tight-money: {description: Every line gets 30 % less, edits: [{table: budgets, column: amount, multiply: 0.7}]}
  no-signatures: {edits: [{table: measures, where: {kind: policy}, column: status, set: ruled_out}]}
  higher-standard: {based_on: tight-money, edits: [{key: services.doctors.per_1000.2035, set: 3.7}]}
assumptions:
  - People use the doctors the plan sends them to.
"""

CITIES = """\
id,name,jurisdiction,tier,lat,lon,area_km2,population,growth_per_year,gdp,jobs,people_65,basis,source,note
Metro,Metro,Capital,core,39.9,116.4,16000,5000000,0.01,4000,3000000,700000,sourced,census,
Border,Border,Province,small,39.3,117.0,5000,1500000,,600,700000,240000,sourced,census,
Inland,Inland,Province,small,38.4,117.3,7000,1000000,-0.01,400,450000,180000,estimated,"a, b",
"""

CAPACITY = """\
city,service,capacity,outsiders,basis
Metro,doctors,21000,0.2,sourced
Border,doctors,3300,,sourced
Inland,doctors,1600,,sourced
Metro,care,24000,,sourced
Border,care,4800,,sourced
Inland,care,unknown,,assumed
"""

LINKS = """\
id,from,to,mode,minutes,km,oneway,needs
road-a,Metro,Border,road,65,75,,
road-b,Border,Inland,road,90,110,,
rail-a,Metro,Border,rail,35,70,no,
road-c,Border,Inland,road,60,105,,motorway-north;motorway-south
rail-b,Border,Inland,rail,40,105,yes,railway
rail-c,Inland,Border,rail,40,105,yes,railway
"""

MEASURES = """\
id,name,kind,city,service,capacity,norm,quantity,capital_cost,running_cost,units,divisible,max_starts,build_years,\
life_years,earliest,latest,status,start_period,requires,one_of,together,payers,signed_by,benefit,basis
motorway-north,Motorway north,link,Border,,,motorway,50,,,,,,,,,,,,,,motorway,,,,estimated
motorway-south,Motorway south,link,Inland,,,motorway,55,,,,,,,,,,,,,,motorway,,,,estimated
railway,Railway,link,,,,railway,105,,,,,,,,2030,2030,,,,,,,,,estimated
hub-inland,Hub,hub,Inland,,,,,0.6,0.01,,,,2,,,,,,railway,,,,,1.5,assumed
checkpoint,No checkpoint,policy,,,,,,0.3,0.02,,,,,,,,decided,2030,,,,capital:0.5;province:0.5,Capital;Province,,assumed
insurance,Insurance,policy,,,,,,1.2,0.1,,,,,,,,,,,rights,,,Capital;Province,,assumed
practice,Practice,policy,,,,,,1.0,0.1,,,,,,,,,,,rights,,,Capital;Province,,assumed
doctors-inland,Doctors,facility,Inland,doctors,200,doctors-200,,,,7,yes,4,,,,,,,,,,,,,assumed
clinic-border,Clinic,facility,Border,doctors,300,,,0.2,0.02,3,,2,2,10,,,,,,,,,,,assumed
care-metro,Care,facility,Metro,care,500,,,0.07,0.01,2,,,1,,,,ruled_out,,,,,,,,assumed
"""

NORMS = """\
id,unit,capital_cost,low,high,running_share,build_years,life_years
motorway,km,0.02,0.01,0.03,0.01,2,
railway,km,0.05,0.04,0.07,0.01,4,40
doctors-200,200 posts,0.1,,,0.12,2,
"""

BUDGETS = """\
line,period,amount,minimum
capital,2030,3,0
capital,2035,3,0
province,2030,4,0.5
province,2035,4.5,
centre,2030,1.5,
centre,2035,1.5,
"""

TRIPS = """\
from,to,trips
Metro,Border,900
Border,Metro,800
Inland,Metro,300
"""

FILES: Mapping[str, str] = {
    "case.yaml": CASE,
    "cities.csv": CITIES,
    "capacity.csv": CAPACITY,
    "links.csv": LINKS,
    "measures.csv": MEASURES,
    "norms.csv": NORMS,
    "budgets.csv": BUDGETS,
    "trips.csv": TRIPS,
    "SOURCES.md": "Made up.\n",
}

Change = Callable[[Path], None]


def write_files(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write the case into a new folder."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def swap(file: str, old: str, new: str) -> Change:
    """The change that replaces a text that stands exactly once in a file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def append(file: str, line: str) -> Change:
    """The change that adds a line at the end of a file."""

    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8", newline="") as out:
            out.write(line + "\n")

    return change


def cell(table: str, row: int, column: str, value: str) -> Change:
    """The change of one cell of a table; `row` counts as a spreadsheet does."""

    def change(folder: Path) -> None:
        path = folder / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        rows[row - 1][rows[0].index(column)] = value
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")

    return change


def write_bytes(file: str, content: bytes) -> Change:
    """The change that replaces a file by bytes."""

    def change(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return change


def remove(file: str) -> Change:
    """The change that removes a file."""
    return lambda folder: (folder / file).unlink()


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def cities_where(case: Case, where: Where) -> tuple[str, ...]:
    """Ids of the cities selected."""
    return select(where, facts_of_cities(case.cities.values()))


def measures_where(case: Case, where: Where) -> tuple[str, ...]:
    """Ids of the measures selected."""
    return select(where, facts_of_measures(case.measures.values(), case.links.values(), case.parks))
