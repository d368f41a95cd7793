"""The description of the format names every key and column that the schema has."""

from __future__ import annotations

from docs.case_format import case_format_markdown
from planner.case.case import CaseKeys
from planner.case.declared import Thing, things_in
from planner.case.rows import TABLES


def _things(thing: type[Thing]) -> set[type[Thing]]:
    """A thing with those that stand under its keys."""
    inner = (kind for key in thing.declares().values() for kind in things_in(key.kind))
    return {thing}.union(*(_things(kind) for kind in inner))


def test_every_column_and_key_is_described() -> None:
    text = case_format_markdown()
    for table, kind in TABLES.items():
        section = text.split(f"## {table}.csv")[1].split("\n## ")[0]
        for column in kind.columns:
            assert f"| `{column}` |" in (section if column not in ("basis", "source", "note") else text)
    for thing in _things(CaseKeys):
        for key in thing.declares().values():
            assert f"| `{key.name}` | {key.description}" in text.replace("\\|", "|"), (thing, key)


def test_limits_units_and_defaults_are_in_the_description() -> None:
    text = case_format_markdown()
    assert "| `outsiders` |" in text
    assert "| number, at least 0, at most 1 | share | 0 |" in text
    assert "| number, at least 0, at most 10000 | minutes | own city only |" in text
    kinds = "`link`, `facility`, `hub`, `policy`, `park`, `relocation`, `abatement`, `closure`"
    assert f"lowers emissions | {kinds} |  | **needed** |" in text


def test_every_key_and_column_says_what_it_means() -> None:
    for kind in TABLES.values():
        for name, key in kind.by_name.items():
            assert key.description, name
    assert len(_things(CaseKeys)) == 38  # the twelve effects are things of their own, told apart by their keys
    for thing in _things(CaseKeys):
        for key in thing.declares().values():
            assert key.description, (thing, key)


def test_the_description_is_the_same_every_time() -> None:
    assert case_format_markdown() == case_format_markdown()
