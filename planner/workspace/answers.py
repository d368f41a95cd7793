"""Answers to questions as they lie on disk, for whoever shows them; no solver is needed to read one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.documents import blocks
from planner.documents.blocks import Said
from planner.documents.briefing.sure import Sure
from planner.documents.briefing.worth import Answers
from planner.documents.drawings.rendering import drawn_name
from planner.plans import store
from planner.plans.plan import Plan
from planner.plans.totals import share_closed
from planner.words.said import LANGUAGES, _, in_languages
from planner.workspace.places import Workspace


@dataclass(frozen=True)
class StoredAnswer:
    """The answer to a question as it was written.

    Attributes
    ----------
    about
        What result.json says: question's schema, case, complete, figures.
    missing
        What is not answered, and why.
    tables
        Name -> table.
    meanings
        Table -> column -> what it holds, with its unit.
    pictures
        Name -> SVG text, in their order.
    drawings
        Language -> name -> the same as Vega-Lite, where the answer has it.
    said
        The answer in words; None in one that was written without.
    """

    about: Mapping[str, Any]
    missing: Sequence[str]
    tables: Mapping[str, pd.DataFrame]
    meanings: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, str]
    drawings: Mapping[str, Mapping[str, dict[str, Any]]]
    said: Said | None

    @property
    def question(self) -> str:
        """Name of the question's command."""
        return str(self.about.get("schema", "")).removeprefix("planner.").partition("/")[0]


def read_answer(folder: Path) -> StoredAnswer | None:
    """The answer in a folder; None if there is none that can be read."""
    try:
        about = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        tables = store.read_answer_tables(folder, about.get("texts"))
        names = [str(name) for name in about.get("pictures", ())] or sorted(file.stem for file in folder.glob("*.svg"))
        pictures = {name: (folder / f"{name}.svg").read_text(encoding="utf-8") for name in names}
        drawings = {language: _drawings(folder, names, language) for language in LANGUAGES}
        said = blocks.read(about["said"]) if "said" in about else None
        missing = [in_languages(str(text), about.get("languages", {})) for text in about.get("missing", ())]
        float(about.get("seconds") or 0.0)  # how long it took is told
    except (OSError, ValueError, AttributeError, TypeError):
        return None
    return StoredAnswer(about, missing, tables, about.get("columns", {}), pictures, drawings, said)


BRIEFED = ("importance", "sensitivity", "risk", "priorities")  # questions whose answers a report of a plan tells
NOT_ASKED = _("nobody has asked that of this plan yet")


def answers_about(place: Workspace, plan: Plan) -> Answers:
    """What questions of the workspace found out about a plan, the newest answer to each; for its report."""
    found: dict[str, Any] = {}
    missing: list[str] = []
    for folder in sorted(_folders(place.answers), key=lambda folder: -folder.stat().st_mtime):
        try:
            about = json.loads((folder / "result.json").read_text(encoding="utf-8"))
            question = str(about["schema"]).removeprefix("planner.").partition("/")[0]
            if question not in BRIEFED or question in found or about["case"]["hash"] != plan.case.content_hash:
                continue
            tables = store.read_answer_tables(folder, about.get("texts"))
            answer = Sure(about, tables) if question == "risk" else tables[question]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # what cannot be read says nothing
        if not isinstance(answer, Sure) or answer.is_about(plan, share_closed(plan)):
            found[question] = answer
            missing += [in_languages(str(text), about.get("languages", {})) for text in about.get("missing", ())]
    return Answers(**found, missing=tuple(missing), why_not=NOT_ASKED)


def _folders(above: Path) -> list[Path]:
    return [folder for folder in above.iterdir() if folder.is_dir()] if above.is_dir() else []


def _drawings(folder: Path, names: Sequence[str], language: str) -> dict[str, dict[str, Any]]:
    """The drawings in a language; one that is in English only, in English."""
    found = {}
    for name in names:
        files = [folder / drawn_name(name, spoken) for spoken in (language, "en")]
        for file in [file for file in files if file.is_file()][:1]:
            found[name] = json.loads(file.read_text(encoding="utf-8"))
    return found
