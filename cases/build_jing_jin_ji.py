"""Builds the case jing-jin-ji from ``cases/figures`` by the rules in ``cases/building``.

Run it to write the files that are out of date; with ``--check`` it writes nothing and ends with 1 if there are any.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template

from building import clauses, industry, instruments, money, network, people, services, work
from building.figures import CITIES, FIGURES, slug, table

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "jing-jin-ji"
TEXTS = HERE / "building" / "texts"
MEASURE_COLUMNS = [
    "id", "name", "name_zh", "kind", "city", "service", "capacity", "norm", "quantity", "capital_cost", "private_share",
    "running_cost", "units", "divisible", "max_starts", "build_years", "life_years", "status", "start_period", "requires",
    "one_of", "together", "payers", "level", "signed_by", "basis", "source", "note",
]  # fmt: skip
SLOW_XIONGAN = (1.3e6, 1.45e6, 1.6e6)


def _hub_effects() -> str:
    effect = "  hub-{0}: [{{boarding_minutes: {{city: {0}, modes: [high_speed_rail], minus: 10}}}}]"
    return "\n".join(effect.format(slug(city)) for city in CITIES)


def _slow_xiongan() -> str:
    """Edits that make Xiong'an smaller, and its aged and young people in proportion."""
    edit = "      - {{table: cities, where: {{id: xiongan}}, column: {0}_{1}, multiply: {2:.4g}}}"
    factors = [slow / fast for slow, fast in zip(SLOW_XIONGAN, people.XIONGAN_PEOPLE, strict=True)]
    return "\n".join(
        edit.format(column, period, factor)
        for column in ("population", "people_65", "people_18_22")
        for period, factor in zip(("2030", "2035", "2040"), factors, strict=True)
    )


def measures() -> str:
    """measures.csv: links, hubs, facilities, parks, closures and cleaner transport, instruments."""
    rows = [*network.measure_rows(), *network.hub_rows(), *services.facility_rows()]
    rows += [*industry.measure_rows(), *industry.air_rows(), *instruments.policy_rows()]
    return table({column: row.get(column) for column in MEASURE_COLUMNS} for row in rows)


def case_yaml() -> str:
    """case.yaml: the text with the standards and the effects of each city filled in."""
    values = {f"{name}_{i}": f"{v:g}" for name, s in services.SERVICES.items() for i, v in enumerate(s.per_1000)}
    opened = f"{instruments.OPENED_TO_CLUSTER * services.STUDENTS_AWAY['Beijing']:g}"
    values |= {"opened": opened}
    values |= {"hub_effects": _hub_effects(), "slow_xiongan": _slow_xiongan()} | clauses.values()
    return Template((TEXTS / "case.yaml").read_text(encoding="utf-8")).substitute(values)


def files() -> dict[str, str]:
    """Text of every file of the case that the rules make."""
    return {
        "case.yaml": case_yaml(),
        "cities.csv": table(work.rows_with_work(people.city_rows())),
        "capacity.csv": table(services.capacity_rows()),
        "links.csv": table(network.link_rows()),
        "measures.csv": measures(),
        "parks.csv": table(industry.park_rows()),
        "norms.csv": table(money.norm_rows()),
        "budgets.csv": table(money.budget_rows()),
        "trips.csv": table(network.trip_rows()),
        "boundaries.geojson": (FIGURES / "land.geojson").read_text(encoding="utf-8"),
        "SOURCES.md": (TEXTS / "SOURCES.md").read_text(encoding="utf-8"),
    }


def out_of_date() -> dict[str, str]:
    """The files whose text on disk is not what the rules make."""
    made = files()
    return {
        name: text
        for name, text in made.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
    }


def main() -> int:
    """Write, or only check."""
    changed = out_of_date()
    if "--check" in sys.argv[1:]:
        for name in changed:
            print(f"{FOLDER / name} is out of date: run python cases/build_jing_jin_ji.py")
        return 1 if changed else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in changed.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {FOLDER / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
