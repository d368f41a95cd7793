"""Kinds of damage to what moves and to crowding, and what the message about each must say: place, value, what is allowed."""

from __future__ import annotations

from tests.case.damage_of_tables import Damage
from tests.case.small import both, cell, swap

CAMPUS = "{relocate: {people: 20000, jobs: 5000, capacity: {doctors: 60}}}"
HOMES = "{settle: {from: Metro, to: Border, people: 10000, entitled: 5000, gives: [doctors]}}"
RELOCATED = ("case.yaml:", "effects.campus.0.relocate")
SETTLED = ("case.yaml:", "effects.homes.0.settle")
TOGETHER = "entitled people and the services that they are given go together"
ROW = 12  # of the campus in measures.csv; 13 is that of homes


def _relocate(name: str, new: str, *says: str) -> Damage:
    return Damage(name, swap("case.yaml", CAMPUS, f"{{relocate: {{{new}}}}}"), (*RELOCATED, *says))


def _settle(name: str, old: str, new: str, *says: str) -> Damage:
    return Damage(name, swap("case.yaml", HOMES, HOMES.replace(old, new)), (*SETTLED, *says))


def _yaml(name: str, old: str, new: str, *says: str) -> Damage:
    return Damage(name, swap("case.yaml", old, new), ("case.yaml:", *says))


def _cell(table: str, row: int, column: str, value: str, *says: str) -> Damage:
    where = f"{table}.csv, row {row}, column {column}"
    return Damage(f"{table} {row} {column} {value}", cell(table, row, column, value), (where, *says))


MOVE_DAMAGES = [
    _cell("measures", ROW, "from_city", "", "must not be empty: a relocation is from which city?"),
    _cell("measures", ROW, "from_city", "Metroo", "'Metroo'", "'Metro'?"),
    _cell("measures", 10, "from_city", "Metro", "only a relocation has it, not a facility"),
    _cell("measures", ROW, "city", "Metro", "a relocation is in one city, another than the one that it is from (Metro)"),
    _cell("measures", ROW, "city", "Border;Inland", "a relocation is in one city", "not Border;Inland"),
    _cell("measures", 10, "signed_by", "Province", "only a policy, a park or a relocation is signed, not a facility"),
    _cell("cities", 4, "housing", "-1", "at least 0", "-1"),
    _cell("cities", 2, "meant_for", "-1", "more than 0", "-1"),
    _relocate("relocate nothing", "people: 0", "moves nothing: it needs people, jobs or capacity"),
    _relocate("people below nothing", "people: -1", "people", "at least 0", "-1"),
    _relocate("jobs below nothing", "jobs: -1", "jobs", "at least 0", "-1"),
    _relocate("capacity of no service", "capacity: {nurses: 1}", "capacity.nurses", "'nurses'"),
    _relocate("capacity below nothing", "capacity: {doctors: -1}", "capacity.doctors", "more than 0", "-1"),
    _relocate("people who are not there", "people: 150000",
              "300,000 people could move into Inland: at most 20 % of its"),
    _relocate("jobs that are not there", "jobs: 2000000", "4,000,000 jobs could leave Metro, which has 3,000,000"),
    _relocate("doctors who are not there", "capacity: {doctors: 9000}",
              "doctors: a capacity of 18,000 could leave Metro, which has 16,800 for the cluster's people"),
    _relocate("beds of a city whose beds are unknown", "capacity: {care: 5}",
              "capacity of care cannot move from or to Inland: what it has is unknown"),
    Damage("people who leave a small city",
           both(cell("measures", ROW, "city", "Metro"), cell("measures", ROW, "from_city", "Inland"),
                swap("case.yaml", CAMPUS, "{relocate: {people: 150000}}")),
           (*RELOCATED, "300,000 people could leave Inland: at most 20 % of its")),
    Damage("relocate of a policy", swap("case.yaml", f"  homes: [{HOMES}]", f"  homes: [{CAMPUS}]"),
           ("case.yaml:", "effects.homes.0.relocate", "only a relocation moves people, jobs or capacity, not a policy")),
    Damage("people whom no need is told of",
           both(cell("cities", 4, "people_65", "0"), cell("capacity", 7, "capacity", "10")),
           (*RELOCATED, "people who need care would move into Inland, where nobody does: no gap is a share of that")),
    _settle("settle where they are", "to: Border", "to: Metro", "to", "must name another city than `from`"),
    _settle("settle nowhere", "to: Border", "to: Boder", "to", "'Border'?"),
    _settle("settle from nowhere", "from: Metro", "from: Metroo", "from", "'Metro'?"),
    _settle("settle nobody", "people: 10000, entitled: 5000, gives: [doctors]", "people: 0",
            "settles nobody: it needs people, or entitled ones"),
    _settle("entitled to nothing", ", gives: [doctors]", "", TOGETHER),
    _settle("gives nobody anything", "entitled: 5000, ", "", TOGETHER),
    _settle("gives no service", "[doctors]", "[nurses]", "gives", "'nurses'"),
    _settle("people below nothing who settle", "people: 10000", "people: -1", "people", "at least 0", "-1"),
    _settle("entitled below nothing", "entitled: 5000", "entitled: -1", "entitled", "at least 0", "-1"),
    _settle("more entitled than a fifth", "entitled: 5000", "entitled: 400000",
            "moves could change what Border needs of doctors by", "at most 20 %"),
    _yaml("crowding from the start", "worst: 1.5", "worst: 1", "crowding.crowd.worst", "more than 1", "'1'"),
    _yaml("crowding without end", "worst: 1.5", "worst: 11", "crowding.crowd.worst", "at most 10"),
    _yaml("crowding beyond its worst", "worst: 1.5", "worst: 1.1", "crowding.crowd.worst",
          "Metro could have 5,", "more than 1.1 times the 4,500,000 it is meant for"),
    _yaml("crowding of cities that hold any number", "where: {tier: core}}", "where: {tier: small}}", "crowding.crowd",
          "no city that it selects says what it is meant for", "column meant_for of cities.csv"),
    _yaml("crowding nowhere", "where: {tier: core}}", "where: {city: Nowhere}}", "crowding.crowd.where", "'Nowhere'"),
    _yaml("crowding like a service", "  crowd: {worst", "  doctors: {worst", "crowding.doctors",
          "'doctors' is a service already: indicators need different names"),
    _yaml("at least so crowded", "at_most: 140", "at_least: 140", "targets.0.at_least", "crowd takes at_most, not at_least"),
    _yaml("less crowded than at all", "at_most: 140", "at_most: 90", "targets.0.at_most", "between 100 and 150", "90"),
    _yaml("always less crowded", "at_most: 140", "at_most: 150", "targets.0.at_most", "less than 150, the worst"),
    Damage("relocation in force", swap("case.yaml", "crowding:\n", f"in_force: [{CAMPUS}]\ncrowding:\n"),
           ("case.yaml:", "in_force.0", "without a measure", "cities.csv and capacity.csv have what is where")),
    Damage("settled in force", swap("case.yaml", "crowding:\n", f"in_force: [{HOMES}]\ncrowding:\n"),
           ("case.yaml:", "in_force.0", "without a measure", "cities.csv has the people of each city")),
]  # fmt: skip
