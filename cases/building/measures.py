"""All measures of a case: links, hubs, facilities, parks, closures and cleaner transport, instruments."""

from __future__ import annotations

from . import industry, instruments, money, network, relocations, services
from .figures import PERIODS, Figures, Row, table
from .offers import parks

LAST_YEARS = 2  # of works after which what starts in the last period still serves for half of it
COLUMNS = [
    "id", "name", "name_zh", "kind", "city", "from_city", "service", "capacity", "norm", "quantity", "capital_cost",
    "private_share", "running_cost", "units", "divisible", "max_starts", "build_years", "life_years", "latest", "status",
    "start_period", "requires", "one_of", "together", "payers", "level", "signed_by", "reality", "basis", "source", "note",
]  # fmt: skip


def text(f: Figures) -> str:
    """measures.csv; a case that says of none how real it is, or from where it moves, has no such column."""
    made = rows(f)
    silent = {column for column in ("reality", "from_city") if not any(row.get(column) for row in made)}
    columns = [column for column in COLUMNS if column not in silent]
    return table({column: row.get(column) for column in columns} for row in made)


def rows(f: Figures) -> list[Row]:
    """The rows of measures.csv, in its order."""
    made = [*network.measure_rows(f), *network.hub_rows(f), *services.facility_rows(f)]
    made += [*industry.measure_rows(f, parks(f)), *relocations.measure_rows(f), *industry.air_rows(f)]
    made += [*(each.row for each in instruments.instruments(f))]
    return _work_in_time(f, made)


def _work_in_time(f: Figures, made: list[Row]) -> list[Row]:
    """Measures whose works take too long for the last period may start up to the one before it."""
    years = {str(norm["id"]): norm["build_years"] for norm in money.norm_rows(f)}
    late = {"latest": PERIODS[-2]}
    taken = ((row, row.get("build_years", years.get(str(row.get("norm")), 0))) for row in made)
    return [row | late if int(str(took)) > LAST_YEARS and not row.get("status") else row for row, took in taken]
