"""Writing a case back as a folder: as it was read, or as it was filled in.

As read: the same files with the same texts, comments and scenarios included. Filled: every default, norm and number by
period written out, the scenario applied and no scenarios left; it reads back as the same question (equal content
hash), whatever later versions take as defaults.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from planner.case.cells import harmless
from planner.case.filling import unfrozen
from planner.case.keys import Trap, plain_value
from planner.case.naming import named_elsewhere
from planner.case.nouns import TODAY, Access, Case, Goal, Rule, Target
from planner.case.raw import CASE_FILE, RawCase
from planner.case.rows import TABLES, UNKNOWN
from planner.case.tables import BOUNDARIES, SOURCES
from planner.case.writing_effects import effect_keys
from planner.case.writing_work import borrow_keys, given, named, work_keys
from planner.words import signs

Cells = Mapping[str, Any]


def write_case(case: Case, folder: str | os.PathLike[str], filled: bool = False) -> None:
    """Write a case as a folder that reads back equal.

    Parameters
    ----------
    case
        The case.
    folder
        Where to; made if it is not there. A folder that holds files is refused, so that two cases never mix.
    filled
        False: as read, with its scenarios. True: filled in, the scenario applied, without scenarios.

    Raises
    ------
    FileExistsError
        The folder holds files already.
    ValueError
        A case that was not read from files cannot be written as read.
    """
    if not filled and not isinstance(case.source, RawCase):
        raise ValueError("this case was not read from files: write it with filled=True")
    texts = filled_texts(case) if filled else dict(case.source.texts)
    write_texts(texts, folder)


def write_texts(texts: Mapping[str, str], folder: str | os.PathLike[str]) -> None:
    """Write files into a new or empty folder."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} holds files already; a case is written to a folder of its own")
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def filled_texts(case: Case) -> dict[str, str]:
    """The files of a case with everything filled in, by name."""
    texts = {CASE_FILE: yaml_text(filled_keys(case))}
    spoken_of = {"cities", "measures"}  # tables that the case cannot be read without, even if they are empty
    spoken_of |= {t for t, used in (("links", case.modes), ("capacity", case.services), ("budgets", case.lines)) if used}
    for table, rows in _filled_rows(case).items():
        if rows or table in spoken_of:
            texts[f"{table}.csv"] = table_text(table, rows, extra=_extra_columns(case, table))
    if case.sources:
        texts[SOURCES] = case.sources
    if case.boundaries is not None:
        texts[BOUNDARIES] = case.boundaries
    return texts


# --- case.yaml


class _Dumper(yaml.SafeDumper):
    """Writes texts in quotes wherever any YAML reader could take them for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    try:
        plain = plain_value(text) == text
    except Trap:
        plain = False
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else "'")


_Dumper.add_representer(str, _represent_text)


def yaml_text(keys: Mapping[str, Any]) -> str:
    """Keys as the text of a YAML file, in their order."""
    return yaml.dump(dict(keys), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def yaml_in_a_line(value: Any) -> str:
    """Keys or a list in one line, as they may stand behind a key: {kind: link, tier: [small]}."""
    text = yaml.dump(
        unfrozen(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**30, default_flow_style=True
    )
    return text.strip()


def filled_keys(case: Case) -> dict[str, Any]:
    """The keys of case.yaml with every default written out."""
    keys: dict[str, Any] = {
        "format": 1,
        "title": case.title,
        "money": {"unit": case.money.unit, "prices": case.money.prices, "discount_rate": case.money.discount_rate},
        "periods": [p.label for p in case.periods],
        "people": list(case.people),
        **given(names={n.id: named(n) for n in case.names.values() if n.id in named_elsewhere(case)} or None),
        "modes": {
            m.id: {**named(m), "boarding_minutes": m.boarding_minutes, "border_minutes": m.border_minutes}
            for m in case.modes.values()
        },
        "services": {
            s.id: named(s) | given(
                unit=s.unit, per_1000=s.per_1000, of=s.of, catchment_minutes=s.catchment_minutes,
                across_borders=s.across_borders, shares=s.shares, graduates_per_place_year=s.graduates,
                stay_share=s.stay_share,
            )
            for s in case.services.values()
        },
        "access": {a.id: _access_keys(a) for a in case.access.values()},
        "effects": {m: [effect_keys(e) for e in case.effects_of(m)] for m in dict.fromkeys(e.measure for e in case.effects)},
        "lines": {
            x.id: {
                **named(x), "holder": x.holder, "pays_for": x.pays_for, "cost": x.cost, "carry_over": x.carry_over,
                "at_most_share": x.at_most_share, "gets_tax": x.gets_tax, **given(borrow=borrow_keys(x)),
            }
            for x in case.lines.values()
        },
        **work_keys(case),
        "targets": [_target_keys(t) for t in case.targets],
        "rules": [_rule_keys(r) for r in case.rules],
        "no_city_loses": case.no_city_loses,
        "nobody_worse_off": case.nobody_worse_off,
        "goals": [_goal_keys(g) for g in case.goals],
        "assumptions": list(case.assumptions),
    }  # fmt: skip
    plain: dict[str, Any] = unfrozen(keys)
    return plain


def _access_keys(a: Access) -> dict[str, Any]:
    weigh = None if a.kind == "nearest" else a.weight
    keys: dict[str, Any] = {**named(a), "from": a.from_where, "to": a.to_where, "kind": a.kind}
    return keys | given(
        standard_minutes=a.standard_minutes, worst_minutes=a.worst_minutes, modes=a.modes or None, weight=weigh,
        target=a.target,
    )  # fmt: skip


def _target_keys(t: Target) -> dict[str, Any]:
    return given(id=t.id, indicator=t.indicator, where=t.where, by=t.by, at_least=t.at_least, at_most=t.at_most)


def _rule_keys(r: Rule) -> dict[str, Any]:
    limit = {r.sense: r.limit}
    return given(id=r.id, of=r.of, where=r.where, periods=r.periods, share_of=r.share_of, **limit)


def _goal_keys(g: Goal) -> dict[str, Any]:
    weights = g.weights if g.gap_parts else None
    return given(
        minimise=g.parts, where=g.where or None, weights=weights, weigh_by=g.weigh_by, period_weights=g.period_weights,
        tolerance=g.tolerance, discounted=g.discounted, worst_share_of=g.worst_share_of, at_most=g.at_most,
    )  # fmt: skip


# --- tables


def table_text(table: str, rows: Iterable[Cells], extra: tuple[str, ...] = ()) -> str:
    """A table as the text of a CSV file; columns that are empty in every row are left out.

    Parameters
    ----------
    table
        Name of the table.
    rows
        Cells by column: texts, numbers, booleans, lists, or None for empty.
    extra
        Columns named after the case, such as population_2030.
    """
    cells = [{column: _cell(value) for column, value in row.items()} for row in rows]
    fixed = TABLES[table].columns
    needed = {f.alias or name for name, f in TABLES[table].row.model_fields.items() if f.is_required()}
    columns = [c for c in (*fixed[:-3], *extra, *fixed[-3:]) if c in needed or any(row.get(c) for row in cells)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writerow({column: harmless(column) for column in columns})
    writer.writerows({column: harmless(cell) for column, cell in row.items()} for row in cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        return ";".join(f"{name}:{_cell(share)}" for name, share in value.items())
    if isinstance(value, list | tuple):
        return ";".join(_cell(v) for v in value)
    return signs.lines(str(value))


def _extra_columns(case: Case, table: str) -> tuple[str, ...]:
    groups = ("population", *case.people)
    if table == "cities":
        return (*case.people, *(f"{g}_{p}" for g in (*groups, "jobs_target") for p in case.period_ids))
    return tuple(f"capacity_{p}" for p in case.period_ids) if table == "capacity" else ()


def _filled_rows(case: Case) -> dict[str, list[dict[str, Any]]]:
    return {
        "cities": _city_rows(case),
        "capacity": _capacity_rows(case),
        "links": [_fields(x) | {"from": x.from_city, "to": x.to_city} for x in case.links.values()],
        "measures": [_fields(m) | {"city": m.cities, "capacity": m.capacity or None} for m in case.measures.values()],
        "parks": [_fields(p) for p in case.parks.values()],
        "norms": [_fields(n) for n in case.norms.values()],
        "budgets": [
            {"line": x.id, "period": p, "amount": x.amount[p], "minimum": x.minimum[p]}
            for x in case.lines.values()
            for p in case.period_ids
        ],
        "trips": [{"from": i, "to": j, "trips": trips} for (i, j), trips in case.trips.items()],
    }


def _fields(noun: Any) -> dict[str, Any]:
    return dict(vars(noun))


def _city_rows(case: Case) -> list[dict[str, Any]]:
    rows = []
    for city in case.cities.values():
        heads = {"population": city.population, **city.people}
        figures = {
            group if when == TODAY else f"{group}_{when}": amount
            for group, by_period in heads.items()
            for when, amount in by_period.items()
        }
        targets = {f"jobs_target_{p}": jobs for p, jobs in (city.jobs_target or {}).items()}
        rows.append(_fields(city) | figures | {"jobs_target": None} | targets)
    return rows


def _capacity_rows(case: Case) -> list[dict[str, Any]]:
    rows = []
    for stock in case.capacity.values():
        amounts = stock.amount or dict.fromkeys((TODAY, *case.period_ids), UNKNOWN)
        figures = {"capacity" if when == TODAY else f"capacity_{when}": amount for when, amount in amounts.items()}
        rows.append(_fields(stock) | figures)
    return rows
