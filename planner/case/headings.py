"""What the columns of a case's tables are headed with where another language than English is read, each said once.

Forms head their columns so, and a table may be headed so: its columns are then known by their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.words.said import LANGUAGES, Sentence, Text, _, told_in

HEADINGS: Mapping[str, Sentence] = {
    "id": _("id", "heading"),
    "name": _("name", "heading"),
    "name_zh": _("name_zh", "heading"),
    "jurisdiction": _("jurisdiction", "heading"),
    "tier": _("tier", "heading"),
    "lat": _("lat", "heading"),
    "lon": _("lon", "heading"),
    "area_km2": _("area_km2", "heading"),
    "population": _("population", "heading"),
    "growth_per_year": _("growth_per_year", "heading"),
    "gdp": _("gdp", "heading"),
    "jobs": _("jobs", "heading"),
    "jobs_target": _("jobs_target", "heading"),
    "skilled": _("skilled", "heading"),
    "land_quota_km2": _("land_quota_km2", "heading"),
    "meant_for": _("meant_for", "heading"),
    "housing": _("housing", "heading"),
    "airshed": _("airshed", "heading"),
    "basis": _("basis", "heading"),
    "source": _("source", "heading"),
    "note": _("note", "heading"),
    "city": _("city", "heading"),
    "service": _("service", "heading"),
    "capacity": _("capacity", "heading"),
    "outsiders": _("outsiders", "heading"),
    "used": _("used", "heading"),
    "from": _("from", "heading"),
    "to": _("to", "heading"),
    "mode": _("mode", "heading"),
    "minutes": _("minutes", "heading"),
    "km": _("km", "heading"),
    "oneway": _("oneway", "heading"),
    "needs": _("needs", "heading"),
    "reality": _("reality", "heading"),
    "kind": _("kind", "heading"),
    "from_city": _("from_city", "heading"),
    "norm": _("norm", "heading"),
    "quantity": _("quantity", "heading"),
    "capital_cost": _("capital_cost", "heading"),
    "private_share": _("private_share", "heading"),
    "running_cost": _("running_cost", "heading"),
    "units": _("units", "heading"),
    "divisible": _("divisible", "heading"),
    "max_starts": _("max_starts", "heading"),
    "build_years": _("build_years", "heading"),
    "life_years": _("life_years", "heading"),
    "earliest": _("earliest", "heading"),
    "latest": _("latest", "heading"),
    "status": _("status", "heading"),
    "start_period": _("start_period", "heading"),
    "requires": _("requires", "heading"),
    "one_of": _("one_of", "heading"),
    "together": _("together", "heading"),
    "payers": _("payers", "heading"),
    "level": _("level", "heading"),
    "signed_by": _("signed_by", "heading"),
    "benefit": _("benefit", "heading"),
    "measure": _("measure", "heading"),
    "origin": _("origin", "heading"),
    "form": _("form", "heading"),
    "industry": _("industry", "heading"),
    "skilled_share": _("skilled_share", "heading"),
    "output": _("output", "heading"),
    "tax": _("tax", "heading"),
    "emissions": _("emissions", "heading"),
    "origin_minutes": _("origin_minutes", "heading"),
    "moved_share": _("moved_share", "heading"),
    "unit": _("unit", "heading"),
    "low": _("low", "heading"),
    "high": _("high", "heading"),
    "running_share": _("running_share", "heading"),
    "line": _("line", "heading"),
    "period": _("period", "heading"),
    "amount": _("amount", "heading"),
    "minimum": _("minimum", "heading"),
    "trips": _("trips", "heading"),
    "of": _("of", "heading"),
    "fact": _("fact", "heading"),
    "value": _("value", "heading"),
    "year": _("year", "heading"),
    "cluster": _("cluster", "heading"),
    "cluster_zh": _("cluster_zh", "heading"),
    "figure": _("figure", "heading"),
    "case": _("case", "heading"),
}


def heading(column: str) -> Text:
    """The heading of a column: in English its name; of one for a period, or of a head count, that of what it is made of."""
    stem, mark, period = column.rpartition("_")
    if column not in HEADINGS and mark and stem in HEADINGS:
        return _("{heading}_{period}").format(heading=HEADINGS[stem], period=period)
    return HEADINGS.get(column) or Text(column)


def in_place(column: str) -> str:
    """A column where something is wrong: by its name, and in other languages by its heading, too."""
    said = heading(column)
    if not isinstance(said, Sentence):
        return Text(column)  # never taken for the id of something
    return _("{heading} {column}").format(heading=said, column=Text(column)).shown_as(column)


def with_names(header: Iterable[str], columns: Iterable[str]) -> tuple[str, ...]:
    """The header of a table in which columns have their names, whatever language they are headed in.

    Parameters
    ----------
    columns
        The names of the columns that the table may have whatever the case.
    """
    found = tuple(header)
    if all(name.isascii() for name in found):
        return found
    names = {told_in(language, heading(c)): c for language in LANGUAGES for c in columns}
    return tuple(_name(said, names) for said in found)


def _name(said: str, names: Mapping[str, str]) -> str:
    stem, mark, period = said.rpartition("_")
    return names.get(said) or (f"{names[stem]}_{period}" if mark and stem in names else said)
