"""planner show: a plan in a planner's words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli import common
from planner.cli.common import WrongUse

if TYPE_CHECKING:
    import pandas as pd


def show(
    plan: common.PlanArgument,
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="NAME", help="One of the plan's tables, whole.", show_default=False),
    ] = None,
    as_json: common.JsonOption = False,
) -> None:
    """Show a plan: what is built or signed when, who pays, and what changes in which city.

    The tables are decisions, indicators, routes, flows, money, spending and jurisdictions.

    \b
    Example:
      planner show plans/jing-jin-ji--base
      planner show plans/jing-jin-ji--base --table money
    """
    from planner import store
    from planner.plan import TABLES
    from planner.reporting import figures, text

    if table is not None and table not in TABLES:
        raise WrongUse(f"a plan has no table {table!r}; it has {', '.join(TABLES)}")
    found = common.read_plan(plan)
    if table is not None and table not in found.tables:
        raise WrongUse(f"this plan has no tables: it is {found.status}")
    if as_json:
        wanted = [table] if table is not None else list(found.tables)
        tables = {name: _rows(found.tables[name]) for name in wanted}
        common.print_json("plan", {**store.about(found), "totals": figures.totals(found), "tables": tables})
    elif table is not None:
        typer.echo(text.whole_table(found.tables[table]))
    else:
        typer.echo(text.report(found, bold=common.colour(sys.stdout)))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as a list of objects; a figure that does not exist is null."""
    columns = [[None if value != value else value for value in table[name].tolist()] for name in table.columns]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]
