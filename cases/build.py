"""Builds a case from ``cases/figures`` by the rules in ``cases/building``: ``python cases/build.py CLUSTER|all [--check]``.

The figures are checked first; with a figure that cannot be nothing is built, and the command ends with 2.
Files that are out of date are written; with ``--check`` nothing is written, and the command ends with 1 if there are any.
``all`` also makes ``cases/figures/coverage.csv``, which says how much is known of every cluster.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from building import checks, clauses, coverage, facts, industry, measures, money, network, people, services, sources, work
from building.figures import FOLDER, Figures, read_figures, table
from building.offers import parks

HERE = Path(__file__).resolve().parent
SHIPPED = ("jing-jin-ji", "chengdu-chongqing", "pearl-river-delta", "yangtze-river-delta", "middle-yangtze")


def files(f: Figures) -> dict[str, str]:
    """Text of every file of the case that the rules make; a table without rows is left out."""
    tables = {
        "cities.csv": work.rows_with_work(f, people.city_rows(f)),
        "capacity.csv": services.capacity_rows(f),
        "links.csv": network.link_rows(f),
        "parks.csv": industry.park_rows(f, parks(f)),
        "norms.csv": money.norm_rows(f),
        "budgets.csv": money.budget_rows(f),
        "trips.csv": network.trip_rows(f),
        "facts.csv": facts.fact_rows(f),
    }
    made = {"case.yaml": clauses.case_yaml(f), "measures.csv": measures.text(f)}
    made |= {name: table(rows) for name, rows in tables.items() if rows}
    land, outlines, written = f.file("land.geojson"), f.file("outlines.geojson"), f.file("SOURCES.md")
    if land.is_file():
        made["boundaries.geojson"] = land.read_text(encoding="utf-8")
    by_hand = (
        f"{written.read_text(encoding='utf-8')}\n{sources.uncertainty(f)}\n{sources.facts_said(f)}"
        if written.is_file()
        else ""
    )
    made["SOURCES.md"] = by_hand or sources.sources(f)
    return made | ({"boundaries.geojson": network.areas(f, outlines)} if outlines.is_file() else {})


def clusters() -> list[str]:
    """Clusters whose choices are written down."""
    return sorted(file.parent.name for file in FOLDER.glob("*/cluster.yaml"))


def folder_of(name: str) -> Path:
    """Where the case of a cluster goes: beside this file if it is shipped, else into a folder that git does not keep."""
    return HERE / name if name in SHIPPED else HERE / "built" / name


def out_of_date(made: Mapping[Path, str]) -> dict[Path, str]:
    """The files whose text on disk is not what the rules make."""
    return {file: text for file, text in made.items() if not file.is_file() or file.read_text(encoding="utf-8") != text}


def made_for(asked: str, only_kept: bool) -> dict[Path, str]:
    """File -> text for a cluster, or for all of them; `only_kept`: without the cases that git does not keep."""
    made: dict[Path, str] = {}
    for name in clusters() if asked == "all" else [asked]:
        if not only_kept or name in SHIPPED:
            made |= {folder_of(name) / file: text for file, text in files(read_figures(name)).items()}
    if asked == "all":
        made[FOLDER / "coverage.csv"] = table(coverage.coverage_rows())
    return made


def main(arguments: list[str]) -> int:
    """Write, or only check."""
    parser = argparse.ArgumentParser(description="Build a case from the figures of its cluster.")
    parser.add_argument("cluster", choices=[*clusters(), "all"], help="a cluster, or all of them")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if a file is out of date")
    asked = parser.parse_args(arguments)
    names = clusters() if asked.cluster == "all" else [asked.cluster]
    wrong = [said for name in names for said in checks.problems(read_figures(name))]
    if wrong:
        print("\n".join(wrong))
        return 2
    late = out_of_date(made_for(asked.cluster, only_kept=asked.check))
    for file, text in late.items():
        if asked.check:
            print(f"{file} is out of date: run python cases/build.py {asked.cluster}")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {file}")
    return 1 if late and asked.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
