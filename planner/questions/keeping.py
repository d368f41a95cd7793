"""Results of questions on disk: one folder each, with result.json, a CSV file a table, and the plans it rests on."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from planner.documents.drawings import rendering
from planner.files import folders
from planner.files.pathnames import file_name
from planner.plans import store
from planner.questions.asking import Result
from planner.words.said import LANGUAGES, _, others_of, said_by, speaking
from planner.words.system import why_unread

if TYPE_CHECKING:
    from planner.documents.blocks import Said


FILES = (".csv", ".svg", ".json")  # of answers


def about(result: Result) -> dict[str, Any]:
    """What a result says, as plain JSON values, without its tables."""
    case = result.case
    return {
        "case": {"name": case.name, "title": case.title, "hash": case.content_hash},
        "scenario": case.scenario,
        "complete": result.complete,
        "answered": result.is_answered,
        "audit": None if result.starts_from is None else result.starts_from.audit,
        "missing": list(result.missing),
        "seconds": round(result.seconds, 3),
        **plain(result.facts()),
    }


def tables(result: Result) -> dict[str, list[dict[str, Any]]]:
    """All tables as lists of objects; what does not exist is null."""
    return {name: records(table) for name, table in result.tables.items()}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as objects of plain JSON values."""
    columns = [[plain(value) for value in table[name].tolist()] for name in table.columns]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def plain(value: Any) -> Any:
    """A value as JSON has it: what is not a number, or not finite, is null."""
    if isinstance(value, dict):
        return {str(key): plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def write_result(
    result: Result,
    folder: Path | str,
    replace: bool = False,
    pictures: Callable[[], Mapping[str, Any]] | None = None,
    said: Said | None = None,
    checked: bool = True,
    asked: Mapping[str, Any] | None = None,
) -> Path:
    """Write a result as a folder, whole or not at all.

    Parameters
    ----------
    pictures
        Draws what goes along, in the language of now: name -> chart, written as SVG and, for pages that draw themselves,
        as Vega-Lite in every language.
    said
        The answer in words, which result.json keeps.
    checked
        Whether its plans are read back and compared before it takes its place.
    asked
        The options of the question, as plain JSON values; None = they are not known.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced; one that holds anything but such a result never is.
    planner.files.folders.NotWritten
        The disk refuses, or a plan does not read back equal.
    """

    def fill(fresh: Path) -> None:
        content = {"schema": f"planner.{result.QUESTION}/1", **about(result), "plans": sorted(result.plans)}
        if asked is not None:
            content["asked"] = dict(asked)
        content["languages"] = others_of(result.missing)
        content["columns"] = {name: dict(result.TABLES[name]) for name in result.tables if name in result.TABLES}
        content["texts"] = {name: _texts(table) for name, table in result.tables.items()}
        drawn = pictures() if pictures is not None else {}
        content["pictures"] = list(drawn)
        if said is not None:
            content["said"] = said.plain()
        _write(fresh / "result.json", json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        for name, table in result.tables.items():
            store.write_table(table, fresh / f"{name}.csv", encoding="utf-8-sig")
        for name, chart in drawn.items():
            with suppress(rendering.NotDrawn):  # an answer is not lost for want of its picture
                _write(fresh / f"{name}.svg", rendering.svg(chart))
        for language in LANGUAGES:
            with speaking(language):
                for name, chart in (pictures() if pictures is not None else {}).items():
                    _write(
                        fresh / rendering.drawn_name(name, language),
                        json.dumps(rendering.specification(chart), ensure_ascii=False),
                    )
        for folder, plan in zip(_folder_names(result.plans), result.plans.values(), strict=True):
            store.write_plan(plan, fresh / "plans" / folder, checked=checked)

    return folders.write_folder(Path(folder), fill, is_result if replace else None, _("an answer"), parts)


def parts(folder: Path) -> folders.IsPart:
    """What tells the files of an answer in a folder: its tables and pictures have the names that it says.

    Of one that cannot be read, all that could be tables and pictures of an answer.
    """
    try:
        content = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        tables = [*content.get("texts", ()), *content.get("columns", ())]  # an earlier version had the latter alone
        pictures = [str(name) for name in content.get("pictures", ())]
        known = True
    except (OSError, ValueError, AttributeError, TypeError):
        tables, pictures, known = [], [], False
    drawn = {rendering.drawn_name(name, language) for name in pictures for language in LANGUAGES}
    own = {"result.json", *(f"{name}.csv" for name in tables), *(f"{name}.svg" for name in pictures), *drawn}

    def is_part(names: tuple[str, ...]) -> bool:
        first, *within = names
        if first == "plans":
            return store.is_part_of_plans(folder / first, tuple(within))
        return first in own or (not known and Path(first).suffix in FILES)

    return is_part


def _folder_names(names: Iterable[str]) -> list[str]:
    """A folder name each, no two the same even where capitals do not tell apart."""
    found: dict[str, str] = {}
    for name in names:
        chosen = file_name(name)
        while chosen.lower() in found:
            chosen += "_"
        found[chosen.lower()] = chosen
    return list(found.values())


def _texts(table: pd.DataFrame) -> list[str]:
    """The columns that hold texts, whatever these look like: an id may be 2030 or NA."""
    return [str(name) for name in table.columns if any(isinstance(value, str) for value in table[name])]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def read_tables(folder: Path | str, question: str, table: str = "") -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """What a result on disk says, and its tables.

    Parameters
    ----------
    question
        Name of the question that it has to answer.
    table
        Name of a table that it has to have; empty: the question's.

    Raises
    ------
    ValueError
        The folder holds no answer to it, or one of which a part is missing.
    """
    folder = Path(folder)
    try:
        content = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        if not str(content["schema"]).startswith(f"planner.{question}/"):
            raise ValueError(_("it answers {schema}").format(schema=content["schema"]))
        found = store.read_answer_tables(folder, content.get("texts"))
        content["case"]["hash"], found[table or question]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        unread = isinstance(problem, OSError | json.JSONDecodeError | UnicodeDecodeError)
        found_out = why_unread(cast(OSError | ValueError, problem)) if unread else said_by(problem)
        raise ValueError(
            _("{folder} holds no answer of planner {question}: {why}").format(
                folder=folder, question=question, why=found_out
            )
        ) from None
    return content, found


def holds_complete(folder: Path, result: Result, asked: Mapping[str, Any]) -> bool:
    """Whether a folder holds a complete answer to the question of a result, with the same options, about the same case."""
    content = _content(folder)
    case = content.get("case")
    return (
        content.get("complete") is True
        and content.get("schema") == f"planner.{result.QUESTION}/1"
        and isinstance(case, dict)
        and case.get("hash") == result.case.content_hash
        and content.get("asked", asked) == asked  # not every answer says
    )


def is_result(folder: Path) -> bool:
    """Whether a folder holds the result of a question."""
    return str(_content(folder).get("schema", "")).startswith("planner.")


def _content(folder: Path) -> dict[str, Any]:
    """What the result.json of a folder says; nothing where there is none that makes sense."""
    try:
        content = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
