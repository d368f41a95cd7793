"""Kinds of damage to files and tables, and what the message about each must say: place, value, what is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.case.small import FILES, Change, append, both, cell, remove, swap, write_bytes


@dataclass(frozen=True)
class Damage:
    """A change of the small case, and fragments that one of the printed problems must all hold."""

    name: str
    change: Change
    says: tuple[str, ...]


def _folder_instead(file: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return change


def _renamed(old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        (folder / old).rename(folder / new)

    return change


def _tabs(folder: Path) -> None:
    path = folder / "trips.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8")


def _titled(title: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / "trips.csv"
        path.write_text(title + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    return change


FILES_AND_TABLES = [
    Damage("case.yaml missing", remove("case.yaml"), ("case.yaml: is missing", "a case needs one")),
    Damage("case.yml", _renamed("case.yaml", "case.yml"), ("case.yaml", "case.yml must be named case.yaml")),
    Damage("cities.csv missing", remove("cities.csv"), ("cities.csv: is missing", "at least one city")),
    Damage("measures.csv missing", remove("measures.csv"), ("measures.csv: is missing",)),
    Damage("links.csv missing", remove("links.csv"), ("links.csv: is missing", "modes")),
    Damage("capacity.csv missing", remove("capacity.csv"), ("capacity.csv: is missing", "services")),
    Damage("budgets.csv missing", remove("budgets.csv"), ("budgets.csv: is missing", "budget lines")),
    Damage("trips.csv missing", remove("trips.csv"), ("trips.csv: is missing", "weighed by trips")),
    Damage("norms.csv missing", remove("norms.csv"), ("measures.csv, row 4, column norm", "'railway'", "has none")),
    Damage("misspelt table", _renamed("norms.csv", "norm.csv"), ("norm.csv", "Did you mean 'norms.csv'?")),
    Damage("a folder for a table", _folder_instead("links.csv"), ("links.csv: is a folder", "must be a file")),
    Damage("a folder for case.yaml", _folder_instead("case.yaml"), ("case.yaml: is a folder",)),
    Damage("empty table", write_bytes("cities.csv", b""), ("cities.csv, row 1", "is empty", "header")),
    Damage("empty case.yaml", write_bytes("case.yaml", b""), ("case.yaml: is empty", "format, money and periods")),
    Damage("only a comment", write_bytes("case.yaml", b"# nothing\n"), ("case.yaml: is empty",)),
    Damage("no cities", write_bytes("cities.csv", FILES["cities.csv"].splitlines()[0].encode()),
           ("cities.csv: has no rows",)),
    Damage("Latin-1 bytes", write_bytes("cities.csv", b"id,name\nA,Troyes-\xe9\n"),
           ("cities.csv:2:", "not UTF-8", "0xE9", "CSV UTF-8")),
    Damage("UTF-16", write_bytes("trips.csv", "from,to,trips\n".encode("utf-16")), ("trips.csv:1:", "not UTF-8")),
    Damage("case.yaml not UTF-8", write_bytes("case.yaml", b"title: \xff\n"), ("case.yaml:1:", "not UTF-8", "0xFF")),
    Damage("control character", swap("case.yaml", "Two provinces", "Two\x07provinces"),
           ("case.yaml:2:", "a character that is not allowed")),
    Damage("tabs between cells", _tabs, ("trips.csv, row 1", "tabs", "commas or semicolons")),
    Damage("unclosed quote", append("norms.csv", 'bridge,"km,1'), ("norms.csv, row 5", "check the quotes")),
    Damage("comma in an unquoted text", append("norms.csv", "bridge,km, long,1,,,,,"),
           ("norms.csv, row 5", "has 9 cells", "header has 8", "quotes")),
    Damage("too few cells", append("budgets.csv", "centre,2030,1"),
           ("budgets.csv, row 8", "has 3 cells", "header has 4", "is a cell missing?")),
    Damage("a title over the table", _titled("Trips of 2025"),
           ("trips.csv, row 2", "has 3 cells where the header has 1", "is the first row a title?")),
    Damage("a title over the table, as spreadsheets save it", _titled("Trips of 2025,,"),
           ("trips.csv, row 2", "'trips' stands in a column without a name: is the first row a title?")),
    Damage("full-width commas", swap("trips.csv", "from,to,trips", "from，to，trips"),
           ("trips.csv, row 1", "full-width signs (，)", "commas or semicolons")),
    Damage("column twice", swap("norms.csv", "id,unit", "id,id"), ("norms.csv, row 1, column id", "twice")),
    Damage("cell without a column", swap("trips.csv", "from,to,trips", "from,to,"), ("trips.csv, row 2", "'900'",)),
    Damage("unknown column", swap("links.csv", "oneway", "one_way"),
           ("links.csv, row 1, column one_way", "'one_way' is not a column", "Did you mean 'oneway'?")),
    Damage("missing column", swap("links.csv", "minutes,km", "km,note"),
           ("links.csv, row 1, column minutes", "the column is missing")),
    Damage("unknown period in a column", swap("cities.csv", "growth_per_year", "population_2036"),
           ("cities.csv, row 1, column population_2036", "population_2035")),
]  # fmt: skip

CELLS = [
    Damage("two cities of one name", cell("cities", 4, "name", "Border"),
           ("cities.csv, row 4, column name", "'Border' is the name of row 3 already")),
    Damage("brackets in a city's name", cell("cities", 4, "name", "Inland (road)"),
           ("cities.csv, row 4, column name", "must not hold ' (road)'", "Inland (road)")),
    Damage("quantity times norm too large", cell("norms", 3, "capital_cost", "1e11"),
           ("measures.csv, row 4, column quantity", "too large", "1e+12")),
    Damage("population grows too large",
           both(cell("cities", 2, "population", "9.9e9"), cell("cities", 2, "people_65", "1e9")),
           ("cities.csv, row 2, column population", "at most 10,000,000,000")),
    Damage("empty cell", cell("cities", 3, "tier", ""), ("cities.csv, row 3, column tier", "must not be empty")),
    Damage("no number", cell("links", 2, "minutes", "long"), ("links.csv, row 2, column minutes", "a number", "'long'")),
    Damage("NaN", cell("links", 2, "minutes", "NaN"), ("links.csv, row 2, column minutes", "finite", "'NaN'")),
    Damage("infinite", cell("budgets", 2, "amount", "inf"), ("budgets.csv, row 2, column amount", "finite", "'inf'")),
    Damage("1e300", cell("measures", 5, "capital_cost", "1e300"),
           ("measures.csv, row 5, column capital_cost", "'1e300'", "too large", "1e+12")),
    Damage("1e999", cell("norms", 2, "capital_cost", "1e999"), ("norms.csv, row 2, column capital_cost", "too large")),
    Damage("400 digits", cell("norms", 2, "capital_cost", "9" * 400), ("norms.csv, row 2", "too large")),
    Damage("thousands", cell("cities", 2, "population", "5,000,000"),
           ("cities.csv, row 2, column population", "'5,000,000'", "nothing between thousands")),
    Damage("per cent", cell("capacity", 2, "outsiders", "20%"),
           ("capacity.csv, row 2, column outsiders", "write 20 % as 0.2, not '20%'")),
    Damage("a part of a per cent, with a wide sign", cell("capacity", 2, "outsiders", "1.5％"),
           ("capacity.csv, row 2, column outsiders", "write 1.5 % as 0.015, not '1.5％'")),
    Damage("share above 1", cell("capacity", 2, "outsiders", "20"),
           ("capacity.csv, row 2, column outsiders", "at most 1", "'20'")),
    Damage("negative cost", cell("measures", 6, "capital_cost", "-1"),
           ("measures.csv, row 6, column capital_cost", "at least 0", "'-1'")),
    Damage("negative minutes", cell("links", 2, "minutes", "-5"), ("links.csv, row 2, column minutes", "at least 0")),
    Damage("negative stock", cell("capacity", 3, "capacity", "-1"),
           ("capacity.csv, row 3, column capacity", "at least 0, or unknown", "'-1'")),
    Damage("stock neither number nor unknown", cell("capacity", 3, "capacity", "n/a"),
           ("capacity.csv, row 3, column capacity", "a number, or unknown", "'n/a'")),
    Damage("days instead of minutes", cell("links", 2, "minutes", "200000"),
           ("links.csv, row 2, column minutes", "at most 10000", "'200000'")),
    Damage("latitude", cell("cities", 2, "lat", "139.9"), ("cities.csv, row 2, column lat", "at most 90", "'139.9'")),
    Damage("growth in per cent", cell("cities", 2, "growth_per_year", "1"),
           ("cities.csv, row 2, column growth_per_year", "at most 0.2", "'1'")),
    Damage("tier", cell("cities", 3, "tier", "smal"),
           ("cities.csv, row 3, column tier", "core, secondary, small", "'smal'", "Did you mean 'small'?")),
    Damage("kind", cell("measures", 2, "kind", "parc"),
           ("measures.csv, row 2, column kind", "link, facility, hub, policy, park", "'parc'", "'park'?")),
    Damage("status", cell("measures", 2, "status", "decide"),
           ("measures.csv, row 2, column status", "candidate, decided, ruled_out", "Did you mean 'decided'?")),
    Damage("basis", cell("cities", 2, "basis", "guess"), ("cities.csv, row 2, column basis", "assumed", "'guess'")),
    Damage("yes or no", cell("measures", 9, "divisible", "maybe"),
           ("measures.csv, row 9, column divisible", "yes or no", "'maybe'")),
    Damage("half a year", cell("measures", 5, "build_years", "2.5"),
           ("measures.csv, row 5, column build_years", "whole number", "'2.5'")),
    Damage("no life", cell("measures", 10, "life_years", "0"),
           ("measures.csv, row 10, column life_years", "at least 1", "'0'")),
    Damage("no units", cell("measures", 10, "units", "0"), ("measures.csv, row 10, column units", "more than 0")),
    Damage("half a unit", cell("measures", 10, "units", "2.5"),
           ("measures.csv, row 10, column units", "whole number", "2.5")),
    Damage("half a start", cell("measures", 10, "max_starts", "1.5"),
           ("measures.csv, row 10, column max_starts", "whole number", "1.5")),
    Damage("id with a colon", cell("measures", 6, "id", "check:point"),
           ("measures.csv, row 6, column id", "without ':'", "'check:point'")),
    Damage("long id", cell("trips", 2, "from", "M" * 200), ("trips.csv, row 2, column from", "at most 80 characters")),
    Damage("city twice in a cell", cell("measures", 3, "city", "Inland;Inland"),
           ("measures.csv, row 3, column city", "'Inland' twice")),
    Damage("payers without shares", cell("measures", 6, "payers", "capital;province"),
           ("measures.csv, row 6, column payers", "line:share")),
    Damage("payer twice", cell("measures", 6, "payers", "capital:0.5;capital:0.5"),
           ("measures.csv, row 6, column payers", "'capital' twice")),
]  # fmt: skip

NAMES_AND_ROWS = [
    Damage("unknown city", cell("links", 3, "to", "Inlnd"),
           ("links.csv, row 3, column to", "'Inlnd' is not a city", "Metro, Border, Inland", "Did you mean 'Inland'?")),
    Damage("unknown mode", cell("links", 2, "mode", "raod"),
           ("links.csv, row 2, column mode", "'raod' is not a mode", "road, rail", "Did you mean 'road'?")),
    Damage("unknown measure", cell("links", 6, "needs", "railwy"),
           ("links.csv, row 6, column needs", "'railwy' is not a measure", "Did you mean 'railway'?")),
    Damage("unknown service", cell("measures", 9, "service", "doctor"),
           ("measures.csv, row 9, column service", "'doctor' is not a service", "doctors, care", "'doctors'?")),
    Damage("unknown norm", cell("measures", 4, "norm", "rail"),
           ("measures.csv, row 4, column norm", "'rail' is not a norm", "motorway, railway, doctors-200")),
    Damage("unknown period", cell("measures", 4, "latest", "2036"),
           ("measures.csv, row 4, column latest", "'2036' is not a period", "2030, 2035")),
    Damage("unknown required", cell("measures", 5, "requires", "rail"),
           ("measures.csv, row 5, column requires", "'rail' is not a measure")),
    Damage("unknown payer", cell("measures", 6, "payers", "capital:0.5;provins:0.5"),
           ("measures.csv, row 6, column payers", "'provins' is not a budget line", "Did you mean 'province'?")),
    Damage("unknown signatory", cell("measures", 7, "signed_by", "Capitol;Province"),
           ("measures.csv, row 7, column signed_by", "'Capitol' is not a jurisdiction", "Did you mean 'Capital'?")),
    Damage("unknown line", cell("budgets", 2, "line", "capitol"),
           ("budgets.csv, row 2, column line", "'capitol' is not a budget line", "Did you mean 'capital'?")),
    Damage("unknown budget period", cell("budgets", 2, "period", "2031"),
           ("budgets.csv, row 2, column period", "'2031' is not a period")),
    Damage("unknown stock city", cell("capacity", 2, "city", "Metr"),
           ("capacity.csv, row 2, column city", "'Metr' is not a city", "Did you mean 'Metro'?")),
    Damage("unknown trip", cell("trips", 2, "to", "X"), ("trips.csv, row 2, column to", "'X' is not a city")),
    Damage("id twice", cell("measures", 3, "id", "motorway-north"),
           ("measures.csv, row 3, column id", "'motorway-north' stands in row 2 already")),
    Damage("city twice", cell("cities", 4, "id", "Border"), ("cities.csv, row 4, column id", "row 3 already")),
    Damage("stock twice", append("capacity.csv", "Metro,care,1,,"), ("capacity.csv, row 8", "stands in row 5 already")),
    Damage("budget twice", append("budgets.csv", "centre,2035,1,"), ("budgets.csv, row 8", "stands in row 7 already")),
    Damage("same link twice", append("links.csv", "again,Border,Metro,road,65,75,,"),
           ("links.csv, row 8", "same link as row 2")),
    Damage("link to itself", cell("links", 2, "to", "Metro"),
           ("links.csv, row 2, column to", "'Metro' is also the start")),
    Damage("trip to itself", cell("trips", 2, "to", "Metro"), ("trips.csv, row 2, column to", "also the start")),
    Damage("missing stock", swap("capacity.csv", "Border,care,4800,,sourced\n", ""),
           ("capacity.csv: has no row for care in Border", "unknown")),
    Damage("missing budget", swap("budgets.csv", "centre,2035,1.5,\n", ""),
           ("budgets.csv: has no row for the line centre in 2035",)),
    Damage("line without budget", swap("case.yaml", "  centre: {", "  fund: {holder: f}\n  centre: {"),
           ("budgets.csv: has no row for the line fund in 2030, 2035",)),
    Damage("empty stock", cell("capacity", 3, "capacity", ""),
           ("capacity.csv, row 3, column capacity", "0 means none", "unknown")),
    Damage("no population", cell("cities", 3, "population", ""),
           ("cities.csv, row 3, column population", "population_<period>")),
    Damage("no people", cell("cities", 3, "people_65", ""), ("cities.csv, row 3, column people_65", "people")),
    Damage("one period of two", both(swap("cities.csv", "growth_per_year,gdp", "population_2030,gdp"),
                                     swap("cities.csv", "5000000,0.01,", "5000000,,"),
                                     swap("cities.csv", "1000000,-0.01,", "1000000,990000,")),
           ("cities.csv, row 4, column population_2035", "must not be empty", "every period needs it")),
    Damage("growth beside periods", both(swap("cities.csv", "source,note", "population_2030,population_2035"),
                                         swap("cities.csv", '"a, b"', "980000")),
           ("cities.csv, row 2", "column population_2030")),
    Damage("population jumps", both(swap("cities.csv", "growth_per_year,gdp", "population_2030,gdp"),
                                    swap("cities.csv", "basis,source", "basis,population_2035"),
                                    swap("cities.csv", "0.01,4000,3000000,700000,sourced,census",
                                         "5100000,4000,3000000,700000,sourced,52000000"),
                                    swap("cities.csv", "1500000,,600,700000,240000,sourced,census",
                                         "1500000,,600,700000,240000,sourced,"),
                                    swap("cities.csv", "-0.01,400", ",400")),
           ("cities.csv, row 2, column population_2035", "5,100,000", "52,000,000", "factor 3")),
    Damage("range of a norm", cell("norms", 2, "low", "0.05"), ("norms.csv, row 2, column low", "at most high (0.03)")),
    Damage("minimum above the money", cell("budgets", 4, "minimum", "5"),
           ("budgets.csv, row 4, column minimum", "holds then (4)", "5")),
]  # fmt: skip

MEASURES = [
    Damage("earliest after latest", cell("measures", 4, "earliest", "2035"),
           ("measures.csv, row 4, column earliest", "'2035' is after latest ('2030')")),
    Damage("start outside the window", cell("measures", 6, "earliest", "2035"),
           ("measures.csv, row 6, column start_period", "'2030' is not between earliest and latest (2035)")),
    Damage("start of a candidate", cell("measures", 7, "start_period", "2030"),
           ("measures.csv, row 7, column start_period", "only a decided measure")),
    Damage("shares below 1", cell("measures", 6, "payers", "capital:0.5;province:0.4"),
           ("measures.csv, row 6, column payers", "add to 1", "0.9")),
    Damage("requires itself", cell("measures", 4, "requires", "railway"),
           ("measures.csv, row 4, column requires", "cannot require itself")),
    Damage("requires in a circle", cell("measures", 4, "requires", "hub-inland"),
           ("measures.csv, row 4, column requires", "railway requires hub-inland requires railway")),
    Damage("decided on what is ruled out", both(cell("measures", 4, "status", "ruled_out"),
                                                cell("measures", 5, "status", "decided")),
           ("measures.csv, row 5, column requires", "railway, which is ruled out")),
    Damage("decided before what it requires", cell("measures", 6, "requires", "railway"),
           ("measures.csv, row 6, column requires", "starts in 2030", "railway", "cannot serve yet")),
    Damage("two decided of one", both(cell("measures", 7, "status", "decided"), cell("measures", 8, "status", "decided")),
           ("measures.csv, row 8, column one_of", "insurance and practice are decided", "at most one")),
    Damage("together and different", cell("measures", 3, "build_years", "3"),
           ("measures.csv, row 3, column build_years", "together with motorway-north", "2, not 3")),
    Damage("together and decided apart", cell("measures", 3, "status", "ruled_out"),
           ("measures.csv, row 3, column status", "candidate, not ruled_out")),
    Damage("together and one of", both(cell("measures", 2, "one_of", "g"), cell("measures", 3, "one_of", "g")),
           ("measures.csv, row 3, column one_of", "together with motorway-north", "only one")),
    Damage("decided too late", both(cell("measures", 5, "status", "decided"), cell("measures", 5, "start_period", "2035"),
                                    cell("measures", 5, "build_years", "4"), cell("measures", 5, "requires", "")),
           ("measures.csv, row 5, column start_period", "serve no period", "2035", "4 years")),
    Damage("more decided than can start", both(cell("measures", 10, "status", "decided"),
                                               cell("measures", 10, "max_starts", "1")),
           ("measures.csv, row 10, column units", "3 units", "at most 1", "2030, 2035")),
    Damage("decided and unpaid", both(cell("measures", 9, "status", "decided"),
                                      swap("case.yaml", "[{jurisdiction: Province}]", "[{kind: policy}]"),
                                      swap("case.yaml", "[{kind: link}, {kind: facility, tier: small}]", "[{kind: link}]")),
           ("measures.csv, row 9, column status", "no budget line may pay its capital cost", "capital, province, centre")),
    Damage("decided and half paid", both(cell("measures", 9, "status", "decided"),
                                         swap("case.yaml", "[{jurisdiction: Province}]", "[{kind: policy}]")),
           ("measures.csv, row 9, column status", "centre", "cover 0.3 of it at most")),
    Damage("payer who may not", swap("case.yaml", "cost: all", "cost: running"),
           ("measures.csv, row 6, column payers", "province may not pay capital cost")),
    Damage("payer above its largest share", swap("case.yaml", "cost: all", "at_most_share: 0.4"),
           ("measures.csv, row 6, column payers", "province pays 0.5", "at_most_share 0.4")),
    Damage("decided and too dear", cell("measures", 6, "capital_cost", "10"),
           ("measures.csv, row 6, column status", "costs at least 5", "than the 3 that line", "(5.05)")),
    Damage("units of a link", cell("measures", 4, "units", "2"), ("measures.csv, row 4, column units", "1 unit, not 2")),
    Damage("divided policy", cell("measures", 7, "divisible", "yes"),
           ("measures.csv, row 7, column divisible", "cannot be divided")),
    Damage("service of a link", cell("measures", 4, "service", "care"),
           ("measures.csv, row 4, column service", "only a facility", "link")),
    Damage("signed facility", cell("measures", 9, "signed_by", "Province"),
           ("measures.csv, row 9, column signed_by", "only a policy", "facility")),
    Damage("facility in two cities", cell("measures", 9, "city", "Inland;Border"),
           ("measures.csv, row 9, column city", "exactly one city, not 2", )),
    Damage("facility without capacity", cell("measures", 9, "capacity", ""),
           ("measures.csv, row 9, column capacity", "must not be empty")),
    Damage("capacity without service", cell("measures", 9, "service", ""),
           ("measures.csv, row 9, column service", "must not be empty")),
]  # fmt: skip


TABLE_DAMAGES = [*FILES_AND_TABLES, *CELLS, *NAMES_AND_ROWS, *MEASURES]
