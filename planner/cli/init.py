"""planner init: a first case to edit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from planner.terminal import common, named
from planner.terminal.common import WORKBOOK, WrongUse, case_name, tell
from planner.words.said import _, series


def init(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="Folder to make, or workbook (.xlsx).", show_default=False)],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="CSV file of cities with id or name, lat, lon and population; or a case's workbook.",
            show_default="an example",
        ),
    ] = None,
    ignore_other_columns: Annotated[
        bool, typer.Option("--ignore-other-columns", help="Leave columns of the list unread that no case has.")
    ] = False,
) -> None:
    """Make a first case to edit: a complete small example, or one from a list of cities.

    From a list of cities come neighbour roads, candidate motorways by norm and default standards; every guess is
    marked "assumed". Further columns of cities.csv (name, jurisdiction, tier) are kept; common headings are understood,
    such as lng, pop, 城市 and 人口. Figures of another magnitude are warned of. From a case's Excel workbook comes
    the same case as a folder. A name that ends with .xlsx makes a workbook, whose sheets have drop-downs, limits and units.

    \b
    Example:
      planner init mycase
      planner init mycase.xlsx
      planner init mycase --from cities.csv
      planner init mycase --from mycase.xlsx
    """
    from planner.starting import MONEY_NOTE, example, from_cities

    if source is not None and not source.is_file():
        raise WrongUse(named.no_file(source, [".csv", WORKBOOK]))
    of_workbook = source is not None and source.suffix.lower() == WORKBOOK
    files: Mapping[str, str]
    if source is None:
        files = example()
    elif of_workbook:
        files = _files_of(source)
    else:
        files = from_cities(source, case_name(name), ignore_other_columns, tell)
    _make(name, files)
    made = _("Made {name}.") if name.suffix.lower() == WORKBOOK else _("Made {name} ({files}).")
    common.echo(made.format(name=name, files=series(files)))
    if source is not None and not of_workbook:
        common.echo(MONEY_NOTE)
    common.echo(_("Next: edit the tables, then `planner validate {name}` and `planner solve {name}`.").format(name=name))


def _files_of(workbook: Path) -> Mapping[str, str]:
    """The files of the case that a workbook holds."""
    from planner.case import load_case

    texts: Mapping[str, str] = load_case(workbook).source.texts
    return texts


def _make(name: Path, files: Mapping[str, str]) -> None:
    """Write the case, whole or not at all."""
    from planner.case import load_case
    from planner.case.workbook_writing import write_workbook
    from planner.files import folders

    def fill(fresh: Path) -> None:
        for file, text in files.items():
            (fresh / file).write_text(text, encoding="utf-8", newline="\n")
        case = load_case(fresh)  # a list of cities may be wrong in ways that only the whole case shows
        if name.suffix.lower() == WORKBOOK:
            write_workbook(case, name)

    try:
        if name.suffix.lower() == WORKBOOK:
            with folders.writing(name), TemporaryDirectory() as place:  # also the temporary folder may be full
                fill(Path(place))
        else:
            folders.write_folder(name, fill, None, _("a case"))
    except FileExistsError:
        raise WrongUse(
            _("{name} exists already, and a case is never replaced; choose another name").format(name=name)
        ) from None
