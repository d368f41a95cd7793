"""Parks and closures agree with their measures and cities: the rows of parks.csv."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.checks.findings import Findings
from planner.case.measures import CLOSURES_HAVE, Measure, Park
from planner.case.places import City
from planner.case.rows import TABLES, missing_columns
from planner.case.validating import Contents, Numbered


def check_parks(contents: Contents, found: Findings) -> None:
    """Note parks and closures that their measures or their cities contradict, and those without a row."""
    measures = {m.row.id: m for m in contents.measures}
    cities = {c.row.id: c for c in contents.cities}
    for park in contents.parks:
        measure = measures.get(park.row.measure)
        if measure is None:
            continue  # noted with the names, or with the measure
        if not measure.row.has_park:
            message = f"'{measure.row.id}' is of kind {measure.row.kind}: only parks and closures have a row here"
            found.cell("parks", park.number, "measure", message, measure.row.id, "a park or a closure")
            continue
        host = cities.get(measure.row.cities[0]) if len(measure.row.cities) == 1 else None
        if measure.row.closes_plant:
            _check_closure(park, found)
        else:
            _check_origin(park, measure.row, found)
        if park.row.emissions > 0 and host is not None and host.row.airshed is None:
            message = f"must be 0: {host.row.id} has no airshed in cities.csv, so nobody could count them"
            found.cell("parks", park.number, "emissions", message, f"{park.row.emissions:g}", "0")
    _check_rows_are_there(contents, found)
    _check_jobs_that_end(contents, cities, found)


def _check_closure(closure: Numbered[Park], found: Findings) -> None:
    """What a closure has not would silently do nothing."""
    for column, key in TABLES["parks"].by_name.items():
        value = getattr(closure.row, key.field)
        if column not in CLOSURES_HAVE and value != key.default:
            found.cell("parks", closure.number, column, "only a park has it, not a closure", value, "empty")


def _check_origin(park: Numbered[Park], measure: Measure, found: Findings) -> None:
    row, number = park.row, park.number
    if row.origin is not None:
        if row.origin in measure.cities:
            message = f"'{row.origin}' is the city that the park is in: leave it empty for a park of its own"
            found.cell("parks", number, "origin", message, row.origin, "another city")
        return
    for column, value in row.said_of_origin.items():
        found.cell("parks", number, column, "needs an origin: where from?", f"{value:g}", "empty, or an origin")


def _check_rows_are_there(contents: Contents, found: Findings) -> None:
    """Every park and every closure has a row; without one it would have no jobs."""
    table = found.raw.tables.get("parks")
    there = set(found.raw.ids("parks", "measure"))
    for measure in contents.measures:
        row = measure.row
        if not row.has_park or row.id in there:
            continue
        if table is not None and not missing_columns(table):
            found.cell("measures", measure.number, "id", f"parks.csv has no row for the {row.kind} '{row.id}'", row.id)
        else:
            found.entries.add(("measures", measure.number))  # the table is what is missing, which is noted


def _check_jobs_that_end(contents: Contents, cities: Mapping[str, Numbered[City]], found: Findings) -> None:
    """Closures end no more jobs than a city has."""
    jobs = {p.row.measure: p for p in contents.parks}
    ending: dict[str, list[Numbered[Measure]]] = {}
    for measure in contents.measures:
        row = measure.row
        if row.closes_plant and len(row.cities) == 1 and row.id in jobs and row.status != "ruled_out":
            ending.setdefault(row.cities[0], []).append(measure)
    for name, closures in ending.items():
        city = cities.get(name)
        if city is None:
            continue
        total = sum(m.row.units * jobs[m.row.id].row.jobs for m in closures)
        if city.row.jobs is None:
            message = f"must not be empty: closures end jobs there ({', '.join(m.row.id for m in closures)})"
            found.cell("cities", city.number, "jobs", message)
        elif total > city.row.jobs:
            message = f"the closures in {name} end {total:g} jobs, more than the {city.row.jobs:g} of cities.csv"
            last = jobs[closures[-1].row.id]
            found.cell("parks", last.number, "jobs", message, f"{last.row.jobs:g}", f"at most {city.row.jobs:g} in all")
