"""The description of the format names every key and column that the schema has."""

from __future__ import annotations

from typing import Any, get_args

from planner.case import case_format_markdown
from planner.case.rows import TABLES
from planner.case.schema import CaseFile
from planner.case.schema_base import Keys


def _models(annotation: Any) -> set[type[Keys]]:
    """The models of keys that an annotation holds, with those that they hold."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        inner = (field.annotation for field in annotation.model_fields.values())
        return {annotation}.union(*(_models(part) for part in inner))
    return set[type[Keys]]().union(*(_models(part) for part in get_args(annotation)))


def test_every_column_and_key_is_described() -> None:
    text = case_format_markdown()
    for table, kind in TABLES.items():
        section = text.split(f"## {table}.csv")[1].split("\n## ")[0]
        for column in kind.columns:
            assert f"| `{column}` |" in (section if column not in ("basis", "source", "note") else text)
    for model in _models(CaseFile):
        for name, field in model.model_fields.items():
            assert f"| `{field.alias or name}` | {field.description}" in text.replace("\\|", "|"), (model, name)


def test_limits_units_and_defaults_are_in_the_description() -> None:
    text = case_format_markdown()
    assert "| `outsiders` |" in text
    assert "| number, at least 0, at most 1 | share | 0 |" in text
    assert "| number, at least 0, at most 10000 | minutes | own city only |" in text
    kinds = "`link`, `facility`, `hub`, `policy`, `park`, `abatement`, `closure`"
    assert f"lowers emissions | {kinds} |  | **needed** |" in text


def test_every_field_of_the_schema_has_a_description() -> None:
    for kind in TABLES.values():
        for name, field in kind.row.model_fields.items():
            assert field.description, name
    assert len(_models(CaseFile)) == 30
    for model in _models(CaseFile):
        for name, field in model.model_fields.items():
            assert field.description, (model, name)


def test_the_description_is_the_same_every_time() -> None:
    assert case_format_markdown() == case_format_markdown()
