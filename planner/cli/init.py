"""planner init: a first case to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.common import WrongUse


def init(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="Folder to make.", show_default=False)],
    cities: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="CITIES", help="CSV file with id, lat, lon and population.", show_default="an example"
        ),
    ] = None,
) -> None:
    """Make a first case to edit: a complete small example, or one from a list of cities.

    From a list of cities come neighbour roads, candidate motorways by norm and default standards; every guess is
    marked "assumed". Further columns of cities.csv (name, jurisdiction, tier) are kept.

    \b
    Example:
      planner init mycase
      planner init mycase --from cities.csv
    """
    from planner.starting import MONEY_NOTE, example, from_cities

    if cities is not None and not cities.is_file():
        raise WrongUse(f"there is no file {cities}")
    files = example() if cities is None else from_cities(cities, title=name.resolve().name)
    from planner import folders
    from planner.case import load_case

    def fill(fresh: Path) -> None:
        for file, text in files.items():
            (fresh / file).write_text(text, encoding="utf-8", newline="\n")
        load_case(fresh)  # a list of cities may be wrong in ways that only the whole case shows

    try:
        folders.write_folder(name, fill, None, "a case")
    except folders.FolderTaken:
        raise WrongUse(f"{name} exists already, and a case is never replaced; choose another name") from None
    typer.echo(f"Made {name} ({', '.join(files)}).")
    if cities is not None:
        typer.echo(MONEY_NOTE)
    typer.echo(f"Next: edit the tables, then `planner validate {name}` and `planner solve {name}`.")
