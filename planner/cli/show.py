"""planner show: a plan in a planner's words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from planner.terminal import common
from planner.terminal.common import CannotDo, WrongUse
from planner.words.said import _, series

if TYPE_CHECKING:
    from planner.plans.plan import Plan


def show(
    plan: common.PlanArgument,
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="NAME", help="One of the plan's tables, whole.", show_default=False),
    ] = None,
    as_json: common.JsonOption = False,
) -> None:
    """Show a plan: what is built or signed when, who pays, and what changes in which city.

    The tables are decisions, indicators, routes, flows, uses (at a price), levels (of residents), moves (of people, jobs
    and capacity), jurisdictions; of money: money, spending, private, taxes and transfers; of industry: parks, phases,
    bonus, skills and airsheds; and alone, the plans that nobody may fall behind.

    \b
    Example:
      planner show plans/jing-jin-ji--base
      planner show plans/jing-jin-ji--base --table money
    """
    from planner.documents.goals import status_words
    from planner.plans.tables import TABLES

    if table is not None and table not in TABLES:
        raise WrongUse(_("a plan has no table {table!r}; it has {tables}").format(table=table, tables=series(TABLES)))
    found = common.read_plan(plan)
    if table is not None and table not in found.tables:
        raise WrongUse(_("there is no plan, and so no tables: {found}").format(found=status_words(found)))
    try:
        _print(found, table, as_json)
    except (KeyError, IndexError, ValueError):
        if not found.may_be_edited:
            raise
        raise CannotDo(_("it makes no sense any more: {found}").format(found=common.unsure(found))) from None


def _print(found: Plan, table: str | None, as_json: bool) -> None:
    """The whole plan or one of its tables, as text or as JSON."""
    from planner.documents import runs, text
    from planner.plans import totals

    if as_json:
        wanted = [table] if table is not None else list(found.tables)
        tables = {name: common.rows_of(found.tables[name]) for name in wanted}
        common.print_json("plan", {**runs.as_json(found), "totals": totals.totals(found), "tables": tables})
    elif table is not None:
        common.warn_if_edited(found)
        common.echo(text.whole_table(found, table))
    else:
        common.echo(text.report(found, bold=common.colour(sys.stdout)))
