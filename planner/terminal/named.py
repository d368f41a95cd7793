"""What lies at a place that a command is given where something else was wanted, and which place may be meant."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from planner.files import folders
from planner.files.inputs import CASE_FILE
from planner.words.said import Text, _, series

WORKBOOK = ".xlsx"
OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods")
OTHER_CASE_FILE = str(Path(CASE_FILE).with_suffix(".yml"))
PLANS, CASES = Path("plans"), Path("cases")  # where commands put plans, and cases are looked for, too
SHOWN = 5  # names
MOST_LOOKED_AT = 1_000  # things in a folder


def no_case(place: Path) -> Text:
    """That a place holds no case: what it holds, and which may be meant."""
    if not place.exists():
        return _hinted(_("there is no folder {place}").format(place=place), _meant(place, is_case, CASES))
    hints: list[str] = []
    if is_plan(place):
        hints.append(_("The case that it was made for lies in {place}.").format(place=place / "case"))
    elif place.is_dir() and question_of(place) is None:
        hints += [_("It holds no {file}.").format(file=CASE_FILE), *_held(place, is_case)]
        if (place / OTHER_CASE_FILE).is_file():
            hints.append(_("It holds {other}: call it {file}.").format(other=OTHER_CASE_FILE, file=CASE_FILE))
    elif place.suffix.lower() in OTHER_WORKBOOKS:
        hints.append(_("Save it as {workbook}, in Excel by Save As.").format(workbook=WORKBOOK))
    return _hinted(_is_not(place, _("a case")), hints)


def no_plan(place: Path, nothing_done: bool = False) -> Text:
    """That a place holds no plan: what it holds, and which may be meant.

    Parameters
    ----------
    nothing_done
        Whether to say that nothing is done, which is a matter where something was to be deleted.
    """
    hints: list[str] = []
    said: Text
    if not place.exists():
        said = _("there is no plan at {place}").format(place=place)
        hints += _meant(place, is_plan, PLANS)
    else:
        said = _is_not(place, _("a plan"))
        if is_case(place):
            hints.append(_("`planner solve {place}` makes a plan of it.").format(place=place))
        elif question_of(place) is not None:
            hints += _held(place / "plans", is_plan)
        else:
            hints += _held(place, is_plan)
    return _hinted(_("{problem}; nothing is done").format(problem=said) if nothing_done else said, hints)


def no_answer(place: Path, question: str) -> Text:
    """That a place holds no answer to a question: what it holds, and which may be meant."""
    said = _("{place} holds no answer of planner {question}").format(place=place, question=question)
    if not place.exists():
        hints = _meant(place, lambda other: question_of(other) == question, Path("answers"))
        return _hinted(_("{problem}: there is nothing").format(problem=said), hints)
    if question_of(place) == question:
        return said
    return _hinted(
        _("{problem}: it is {kind}").format(problem=said, kind=kind(place)),
        _held(place, lambda other: question_of(other) == question),
    )


def no_file(place: Path, endings: Iterable[str]) -> Text:
    """That a place is no file: what it is, and which may be meant."""
    if not place.exists():
        wanted = set(endings)
        hints = _meant(place, lambda other: other.is_file() and other.suffix.lower() in wanted, place.parent)
        return _hinted(_("there is no file {place}").format(place=place), hints)
    hints = [_("Its decisions are in {file}.").format(file=place / "decisions.csv")] if is_plan(place) else []
    return _hinted(_is_not(place, _("a file")), hints)


def is_plan(place: Path) -> bool:
    """Whether a plan lies at a place."""
    from planner.plans import store

    found = folders.present(place.resolve())
    return found is not None and store.is_plan(found)


def is_case(place: Path) -> bool:
    """Whether a place is the folder of a case."""
    return (place / CASE_FILE).is_file()


def question_of(place: Path) -> str | None:
    """Which question the answer at a place is to; None if there is no answer."""
    with suppress(OSError, ValueError, AttributeError):
        schema = str(json.loads((place / "result.json").read_text(encoding="utf-8")).get("schema", ""))
        if schema.startswith("planner."):
            return schema.removeprefix("planner.").partition("/")[0]
    return None


def kind(place: Path) -> Text:
    """What lies at a place that is there."""
    if not place.is_dir():
        return _("a workbook") if place.suffix.lower() == WORKBOOK else _("a file")
    if is_plan(place):
        return _("a plan")
    if is_case(place):
        return _("a case")
    if (question := question_of(place)) is not None:
        return _("an answer of planner {question}").format(question=question)
    if (place / "run.json").is_file():
        return _("a run of the page")
    return _("a folder") if any(_in(place)) else _("an empty folder")


def _is_not(place: Path, wanted: Text) -> Text:
    return _("{place} is not {wanted} but {kind}").format(place=place, wanted=wanted, kind=kind(place))


def _hinted(said: Text, hints: list[str]) -> Text:
    """What is wrong, and what may be meant."""
    return series((_("{problem}.").format(problem=said), *hints), " ") if hints else said


def _meant(place: Path, is_one: Callable[[Path], bool], home: Path) -> list[str]:
    """The place of the nearest name that is what was wanted: beside the place, or where such things usually lie."""
    from planner.case.problems import nearest

    there = {other.name: other for folder in (home, place.parent) for other in _in(folder) if is_one(other)}
    near = nearest(place.name, there)
    return [] if near is None else [_("Did you mean '{place}'?").format(place=there[near])]


def _held(place: Path, is_one: Callable[[Path], bool]) -> list[str]:
    """Which of what was wanted lie in a folder."""
    names = [str(other) for other in _in(place) if is_one(other)]
    if not names:
        return []
    more: Any = series((*names[:SHOWN], "..."), ", ") if len(names) > SHOWN else series(names, ", ")
    return [_("Did you mean one of {places}?").format(places=more) if len(names) > 1
            else _("Did you mean '{place}'?").format(place=names[0])]  # fmt: skip


def _in(folder: Path) -> Iterator[Path]:
    """What lies in a folder, by name, but for what is hidden; nothing if it cannot be read."""
    with suppress(OSError):
        yield from sorted(p for p in folder.iterdir() if not p.name.startswith("."))[:MOST_LOOKED_AT]
