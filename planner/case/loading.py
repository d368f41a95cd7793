"""Reading a case: the whole way from a folder to a Case, step by step, with its content hash.

The hash is equal for cases that ask the same question of the model, whatever their wording. It covers all that the model
sees, in filled form. It leaves out names, titles, notes, sources, the map, facts for the scorecard and the scenarios.
Selections count by what they select, and the holder of a line only as far as it is a jurisdiction. A key that came later
than others leaves no trace in a case that does not use it, so that its plans remain plans of it. Names of classes do not
count: each kind has a name of its own for this.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from planner.case import selecting
from planner.case.boundaries import check_boundaries
from planner.case.case import Case
from planner.case.checks.findings import Findings, Known, check_references, without
from planner.case.checks.industry import check_industry
from planner.case.checks.keys import check_keys, check_limits_of_work
from planner.case.checks.measures import check_measures
from planner.case.checks.money import check_money
from planner.case.checks.moves import check_crowding, check_moves
from planner.case.checks.prices import check_prices
from planner.case.checks.rows import check_populations, check_rows
from planner.case.declared import FrozenDict, frozen, frozen_tree
from planner.case.goals import Goal, usual_goals
from planner.case.magnitudes import doubts_about
from planner.case.measures import Measure, Park
from planner.case.places import City
from planner.case.problems import CaseInvalid, Problem, Problems
from planner.case.raw import RawCase
from planner.case.rows import with_period_ids
from planner.case.scenarios import BASE, check_scenarios, with_scenario
from planner.case.selecting import Resolver, payers_of
from planner.case.tables import BOUNDARIES, SOURCES, read_folder, read_texts
from planner.case.validating import Contents, validate
from planner.case.workbook import ENDING, read_workbook
from planner.files.inputs import CASE_FILE
from planner.words.said import _


def fill(contents: Contents, raw: RawCase, scenario: str, problems: Problems) -> Case:
    """The filled case; selections that name nothing are noted.

    Parameters
    ----------
    contents
        Typed keys and rows in which every name exists.
    raw
        The case as read, for places and texts.
    scenario
        Name of the scenario that `contents` has, or "base".
    problems
        Takes what is wrong.
    """
    file = contents.file
    periods = file.periods
    norms = {n.row.id: n.row for n in contents.norms}
    cities = {c.row.id: c.row.filled(periods, file.people) for c in contents.cities}
    links = {x.row.id: x.row for x in contents.links}
    measures = {m.row.id: m.row.filled(periods, norms, cities, links) for m in contents.measures}
    parks = {p.row.measure: p.row for p in contents.parks}
    budgets = {(b.row.line, b.row.period): b.row for b in contents.budgets}
    resolve = Resolver(
        raw,
        problems,
        contents.broken,
        selecting.facts_of_cities(cities.values()),
        selecting.facts_of_measures(measures.values(), links.values(), parks),
    )
    shared = parks_from_elsewhere(parks, measures, cities)
    goals: list[Goal] = []
    for place, goal in enumerate(file.goals or usual_goals(file.indicators)):
        goals.append(goal.filled(place, goals, file.indicators, resolve))
    said = {key: getattr(file, key) for key in file.declares()}
    filled = {
        "title": file.title or raw.name,
        "modes": frozen({m: mode.filled() for m, mode in file.modes.items()}),
        "services": frozen({s: service.filled(periods) for s, service in file.services.items()}),
        "access": frozen({a: standard.filled(tuple(file.modes), resolve) for a, standard in file.access.items()}),
        "effects": tuple(effect.resolve(resolve, path, shared) for path, effect in file.placed_effects()),
        "lines": frozen({x: line.filled(periods, budgets, resolve) for x, line in file.lines.items()}),
        "airsheds": frozen({h: airshed.filled(periods) for h, airshed in file.airsheds.items()}),
        "work": frozen({w: work.filled(cities, resolve) for w, work in file.work.items()}),
        "crowding": frozen({x: crowding.filled(cities, resolve) for x, crowding in file.crowding.items()}),
        "gates": tuple(gate.filled(i, resolve) for i, gate in enumerate(file.gates)),
        "targets": tuple(target.filled(i, periods, resolve) for i, target in enumerate(file.targets)),
        "rules": tuple(rule.filled(i, periods, resolve) for i, rule in enumerate(file.rules)),
        "goals": tuple(goals),
        "uncertain": frozen({u: uncertain.filled(resolve) for u, uncertain in file.uncertain.items()}),
    }
    case = Case(
        **(said | filled),
        name=raw.name,
        scenario=scenario,
        cities=frozen(cities),
        capacity=frozen({(c.row.city, c.row.service): c.row.filled(periods) for c in contents.capacity}),
        links=frozen(links),
        measures=frozen(measures),
        norms=frozen(norms),
        trips=frozen({(t.row.from_city, t.row.to_city): t.row.trips for t in contents.trips}),
        parks=frozen(parks),
        facts=frozen({(x.row.of, x.row.fact): x.row for x in contents.facts}),
        benchmarks=tuple(x.row for x in contents.benchmarks),
        sources=_text(raw.texts.get(SOURCES, "")),
        boundaries=raw.texts.get(BOUNDARIES),
        source=raw,
    )
    return replace(case, doubts=tuple(resolve.doubts))  # once all selections are worked out


def parks_from_elsewhere(
    parks: Mapping[str, Park], measures: Mapping[str, Measure], cities: Mapping[str, City]
) -> tuple[str, ...]:
    """The parks whose origin is in another jurisdiction than their host."""
    return tuple(
        name
        for name, park in parks.items()
        if park.origin is not None and name in measures and cities[park.origin].jurisdiction != _host(name, measures, cities)
    )


def _host(park: str, measures: Mapping[str, Measure], cities: Mapping[str, City]) -> str | None:
    """The jurisdiction of a park's city."""
    where = measures[park].cities
    return cities[where[0]].jurisdiction if where else None


def _text(text: str) -> str:
    """A text whose lines all end alike, whatever wrote it."""
    lines = text.replace("\r\n", "\n").strip("\n")
    return f"{lines}\n" if lines else ""


WORDING = frozenset(
    {"name", "name_zh", "names", "title", "title_zh", "scenario", "scenarios", "assumptions", "sources", "boundaries",
     "source", "note", "doubts", "basis", "content_hash", "lat", "lon", "holder", "where", "from_where", "to_where",
     "core_where", "share_of", "pays_for", "reality", "used", "uncertain", "facts", "benchmarks"}
)  # fmt: skip
AS_READ = frozenset({"format", "growth_per_year"})  # what figures that count have come from


def content_hash(case: Case) -> str:
    """SHA-256, in hexadecimal, over the canonical form of the case."""
    content = _canonical(case)
    for rule, counted in zip(case.rules, content["rules"], strict=True):
        del counted["at_least"], counted["at_most"]
        counted |= {"sense": rule.sense, "limit": _canonical(rule.limit)}
    for goal in content["goals"]:
        if goal["at_most"] is None:  # plans made before goals could have limits keep their case
            del goal["at_most"]
    content["holders"] = {x.id: x.holder for x in case.lines.values() if x.holder in case.jurisdictions}
    content["payers"] = sorted([*key, *lines] for key, lines in payers_of(case).items())
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _canonical(value: Any) -> Any:
    """Plain lists, dicts, numbers and texts; mappings lose their order, sequences keep it."""
    if hasattr(value, "counts_as"):
        found: dict[str, Any] = {"is": value.counts_as}
        for name, absent in _counted(value.__class__):
            content = getattr(value, name)
            if content not in absent:
                found[name] = _canonical(content)
        return found
    if isinstance(value, FrozenDict):
        return {"/".join(key) if isinstance(key, tuple) else str(key): _canonical(v) for key, v in value.items()}
    if isinstance(value, tuple):
        return [_canonical(v) for v in value]
    return value + 0.0 if isinstance(value, float) else value  # -0 is 0


@cache
def _counted(kind: type) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Fields that count, each with what it is absent as: one that came later and says nothing is as if it were not there."""
    counted = [f for f in dataclasses.fields(kind) if f.name not in WORDING | AS_READ]
    return tuple((f.name, (f.default,) if f.metadata.get("later") else ()) for f in counted)


def load_case(folder: str | os.PathLike[str], scenario: str | None = None, stored: bool = False) -> Case:
    """Read a case from its folder, or from one Excel workbook.

    Parameters
    ----------
    folder
        The case's folder, with case.yaml and tables; or a file that ends with .xlsx.
    scenario
        A scenario of the case to apply; None or "base" for the case as its files say.
    stored
        Whether it is the case in a plan's folder: letters that were lost before it was stored are doubted, not refused.

    Returns
    -------
    The case: checked, immutable, with defaults, norms and calendar filled in.

    Raises
    ------
    CaseInvalid
        Something is wrong with the case; it lists everything that is.
    """
    problems, title = Problems(), _title(folder, scenario)
    if Path(folder).suffix.lower() == ENDING:
        book = read_workbook(Path(folder), problems)
        problems.raise_if_any(title)
        try:
            case = _case_of(with_period_ids(book.raw), scenario, problems, title)
            return replace(case, doubts=tuple(book.placed(doubt) for doubt in case.doubts))
        except CaseInvalid as wrong:
            raise CaseInvalid(wrong.case, tuple(book.placed(problem) for problem in wrong.problems)) from None
    return _case_of(with_period_ids(read_folder(Path(folder), problems, stored)), scenario, problems, title)


def case_of_texts(name: str, texts: Mapping[str, str], scenario: str | None = None) -> Case:
    """The case that the files of a folder make, wherever they lie; see `load_case`.

    Parameters
    ----------
    name
        What its folder would be called.
    texts
        File name -> text: case.yaml, the tables, SOURCES.md, boundaries.geojson.
    """
    problems = Problems()
    for file, why in ((CASE_FILE, _("a case needs one")), ("cities.csv", _("a case needs at least one city"))):
        if file not in texts:
            problems.add(Problem(file, _("is missing: {why}").format(why=why)))
    return _case_of(with_period_ids(read_texts(name, texts, problems)), scenario, problems, _title(name, scenario))


def in_scenario(case: Case, scenario: str) -> Case:
    """The case of the same files in a scenario, as `load_case` gives it, without reading and checking them again.

    Parameters
    ----------
    case
        A case that was read from files, in whatever scenario.
    scenario
        A scenario of it, or "base".

    Raises
    ------
    CaseInvalid
        There is no such scenario, or the case is not sound in it.
    """
    return _case_of(_read(case), scenario, Problems(), _title(case.name, scenario), ())


def with_edits(case: Case, name: str, edits: Sequence[Mapping[str, Any]]) -> Case:
    """The same case with edits like a scenario's, made on its files' texts on top of the scenario that it has.

    Parameters
    ----------
    case
        A case that was read from files.
    name
        What the edited case is called where a scenario's name would stand.
    edits
        As under `scenarios` in case.yaml: {"table": "budgets", "column": "amount", "multiply": 0.8}.

    Raises
    ------
    CaseInvalid
        An edit fits nothing, or the edited case is not sound.
    """
    raw = _read(case)
    assert raw.document is not None
    based_on = {} if case.scenario == BASE else {"based_on": case.scenario}
    scenario = frozen_tree({**based_on, "edits": list(edits)})
    scenarios = FrozenDict({**(raw.document.get("scenarios") or {}), name: scenario})
    edited = replace(raw, document=FrozenDict({**raw.document, "scenarios": scenarios}))
    title = _("The case {case} with {name}").format(case=case.name, name=name)
    return _case_of(edited, name, Problems(), title, (name,))


def _read(case: Case) -> RawCase:
    """What a case was read from, of which all scenarios were looked at then."""
    raw = case.source
    if not isinstance(raw, RawCase) or raw.document is None:
        raise ValueError("this case was not read from files, so there is nothing to edit")
    return raw


def _case_of(
    raw: RawCase, scenario: str | None, problems: Problems, title: str, unchecked: Iterable[str] | None = None
) -> Case:
    """The filled case of what was read; the scenarios that nobody looked at yet are all unless told otherwise."""
    raw = replace(raw, notes=(*raw.notes, *check_scenarios(raw, problems, unchecked)))
    edited = with_period_ids(with_scenario(raw, scenario, problems))
    contents = validate(edited, problems)
    case = None if contents is None else _checked(contents, edited, scenario or BASE, problems)
    problems.raise_if_any(title)
    assert case is not None  # whatever leaves it out is a problem
    doubts = (*raw.notes, *case.doubts, *doubts_about(case, edited))
    case = replace(case, source=raw, doubts=tuple(dict.fromkeys(doubts)))
    return replace(case, content_hash=content_hash(case))


def _checked(contents: Contents, raw: RawCase, scenario: str, problems: Problems) -> Case | None:
    """The filled case; with problems, as much of it as is needed to find the others."""
    found = Findings(raw, problems)
    check_references(contents, Known.as_read(raw, contents), found)
    check_rows(contents, found)
    check_keys(contents, found)
    contents = _closed(without(contents, found.entries), raw)
    if not contents.cities or "periods" in contents.broken:
        return None
    case = fill(contents, raw, scenario, problems)
    whole = Findings(raw, problems)
    check_populations(case, contents, whole)
    check_measures(case, contents, whole)
    check_industry(case, contents, whole)
    check_limits_of_work(case, contents, whole)
    check_crowding(case, contents, whole)
    check_boundaries(case, problems)
    if not contents.broken & {"cities", "capacity", "measures", "services"}:
        check_moves(case, contents, whole)
    if not contents.broken & {"lines", "budgets"}:
        check_money(case, contents, whole)
        check_prices(case, whole)
    return case


def _closed(contents: Contents, raw: RawCase) -> Contents:
    """The contents without what names something that was left out."""
    while True:
        dangling = Findings(raw, Problems())
        check_references(contents, Known.as_valid(contents), dangling)
        if not dangling.entries:
            return contents
        contents = without(contents, dangling.entries)


def _title(folder: str | os.PathLike[str], scenario: str | None) -> str:
    if scenario in (None, BASE):
        return _("The case {folder}").format(folder=folder)
    return _("The case {folder} with the scenario {scenario}").format(folder=folder, scenario=scenario)
