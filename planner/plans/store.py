"""Plans on disk: one folder each, written whole or not at all, that needs nothing else to be read.

``plan.json`` says what was solved and how it went, ``case/`` is the case as solved (scenario applied, defaults filled
in; no scenarios any more), and each of the plan's tables is a CSV file. All figures are written so that they read back
equal. ``plan.json`` holds a digest of every other file and of itself, so that a plan that was edited since is known as such.
That guards against slips, not against malice: who edits a plan can work out its digests anew. What is vouched for is what
the audit recomputes.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import json
import math
import os
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from planner.case import Case, FrozenDict, Scenario, load_case, write_case
from planner.case.csv_cells import harmless_row, meant
from planner.case.problems import CaseInvalid
from planner.files import folders
from planner.files.pathnames import readable
from planner.plans import ended, versions
from planner.plans.ended import Ended
from planner.plans.plan import AuditState, Broken, CityResult, GoalResult, Plan, Status, claimed
from planner.plans.tables import TABLES, TEXT_COLUMNS, Column, as_column, frame
from planner.plans.totals import spent, weighted_gaps
from planner.words.said import _, altered, in_languages, others_of, said_by, series
from planner.words.system import why

# 5: before moves; 4: before levels of residents; 3: before use at a price; 2: why a search ended, what a plan breaks in
# sentences; 1: before parks, tax, credit
FORMAT = 6
READABLE = tuple(range(versions.SENTENCES, FORMAT + 1))
READ_ATTEMPTS = 10
MOST_LISTED = 5_000  # plans that are remembered for the next list
UNSETTLED = 2_000_000_000  # ns since a file was written, in which it may be written again without its time telling
NO_PLAN = _("there is no plan at {folder}")
WRONG = _("{place}: {what}")
FileIdentity = tuple[str, int, int, int, int]  # path, size, times of its content and of its entry, number on its disk


class PlanUnreadable(ValueError):
    """A folder that is no plan, or a plan that cannot be read; the message says which file and why."""


class PlanDamaged(PlanUnreadable):
    """A plan of which some part is missing or makes no sense."""


class NotReadable(folders.NotWritten):
    """A plan that does not read back equal, and so was not written; the message says in what."""


@dataclass(frozen=True)
class PlanEntry:
    """A plan as a list shows it: what its plan.json says, without its case and tables.

    Attributes
    ----------
    name
        Name of its folder, in signs that can be shown.
    folder
        Where its files are.
    about
        The content of plan.json.
    """

    name: str
    folder: Path
    about: Mapping[str, Any]


def write_plan(plan: Plan, folder: Path | str, replace: bool = False, checked: bool = True) -> Path:
    """Write a plan as a folder: whole, or not at all.

    Parameters
    ----------
    plan
        The plan.
    folder
        The plan's own folder, which is made; folders above it are made too.
    replace
        Whether a plan that is there may be replaced; anything that is not a plan never is.
    checked
        Whether it is read back and compared before it takes its place.

    Returns
    -------
    The folder's absolute path.

    Raises
    ------
    planner.files.folders.FolderTaken
        The folder exists and may not be replaced; one with decisions never is by one without.
    NotReadable
        What is written does not read back equal; a plan that was there stays as it was.
    planner.files.folders.NotWritten
        The disk refuses; a plan that was there stays as it was.
    """
    if replace and not plan.has_decisions and has_decisions(Path(folder)):
        raise folders.FolderTaken(
            _("{folder} holds a plan; it is not replaced by one without decisions ({status})").format(
                folder=folder, status=plan.status
            )
        )

    def fill(fresh: Path) -> None:
        write_case(plan.case, fresh / "case", filled=True)
        for name, table in plan.tables.items():
            write_table(table, fresh / f"{name}.csv")
        content = about(plan) | {"headline": _headline(plan), "written": _now()}
        content["sha256"] = checksums(fresh, content)
        text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
        (fresh / "plan.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        if checked:
            _check_reads_back(plan, fresh, Path(folder))

    return folders.write_folder(Path(folder), fill, is_plan if replace else None, _("a plan"), lambda old: is_part)


def _check_reads_back(plan: Plan, fresh: Path, folder: Path) -> None:
    """Refuse to call written what nobody could read, or what would be another plan."""
    try:
        differs = _first_difference(plan, _read(fresh))
    except PlanUnreadable as problem:
        differs = altered(said_by(problem), partial(_placed, str(fresh), folder.name))
    if differs:
        said = _("what is written there does not read back as the same plan: {differs}")
        raise NotReadable(errno.EINVAL, said.format(differs=differs), str(folder))


def _placed(here: str, there: str, text: str) -> str:
    """A text about one folder as about another."""
    return text.replace(here, there)


def _first_difference(plan: Plan, again: Plan) -> str:
    """In what a plan as read differs from the plan that was written; empty if in nothing."""
    if again.audit != plan.audit:
        return _("its checksums do not fit")
    if json.loads(json.dumps(about(again))) != json.loads(json.dumps(about(plan))):
        return _("{file} says something else").format(file="plan.json")
    other = (name for name, table in plan.tables.items() if _cells(table) != _cells(again.tables[name]))
    return next((_("{file} says something else").format(file=f"{name}.csv") for name in other), "")


def _cells(table: pd.DataFrame) -> list[list[Any]]:
    """The columns of a table, with what is not a number as an empty text, so that equal ones are equal."""
    return [["" if value != value else value for value in table[name].tolist()] for name in table.columns]


def read_plan(folder: Path | str) -> Plan:
    """Read a plan; also one whose replacement was cut short, from the copy that lies aside.

    Raises
    ------
    PlanUnreadable
        There is no plan, or it cannot be read.
    """
    named, folder = str(folder), Path(folder).resolve()
    for attempt in range(READ_ATTEMPTS):
        found = folders.present(folder)
        if found is None:
            raise PlanUnreadable(NO_PLAN.format(folder=folder))
        before = _identity(found)
        try:
            plan = replace(_read(found), read_from=named)
        except (PlanUnreadable, OSError) as problem:
            if _identity(found) == before or attempt == READ_ATTEMPTS - 1:
                if isinstance(problem, OSError):
                    raise PlanDamaged(WRONG.format(place=found, what=why(problem))) from problem
                raise
            continue  # replaced while being read
        if _identity(found) == before:
            return plan
    raise PlanUnreadable(_("{folder} changes faster than it can be read").format(folder=folder))


def list_plans(folder: Path | str) -> tuple[PlanEntry, ...]:
    """The plans that lie in a folder, by name; half written ones and anything else are left out."""
    folder = Path(folder)
    if not folder.is_dir():
        return ()
    entries = (plan_entry(p) for p in sorted(_places(folder)))
    return tuple(entry for entry in entries if entry is not None)


def damaged_plans(folder: Path | str) -> dict[Path, str]:
    """The plans of a folder that no list shows since their plan.json cannot be read, by place, with the reason."""
    folder = Path(folder)
    places = sorted(_places(folder)) if folder.is_dir() else ()
    return {place: said for place in places if (said := why_damaged(place))}


def why_damaged(place: Path) -> str:
    """Why the plan that lies in a folder cannot be read; empty where one can, or where none lies."""
    there = folders.present(place)
    if there is None or _content(there) is not None:
        return ""
    said = _why_unreadable(there / "plan.json")
    if not said and (there / "decisions.csv").is_file() and (there / "case").is_dir():
        return _("{folder} holds the tables of a plan, but no plan.json that makes sense").format(folder=there)
    return said


def _why_unreadable(file: Path) -> str:
    """Why a file of JSON cannot be read; empty if it can, or is not there."""
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as problem:
        return WRONG.format(place=file, what=why(problem))
    except ValueError:
        return _("{file} is cut short or damaged, so the plan cannot be read").format(file=file)
    return ""


def _places(folder: Path) -> set[Path]:
    """Where plans may lie in a folder; looked for again while it changes: what is renamed during a look may be missed."""
    found: set[Path] = set()
    for _attempt in range(READ_ATTEMPTS):
        before = folder.stat().st_mtime_ns
        found |= {folders.place_of(p) or p for p in folder.iterdir()}
        if before == folder.stat().st_mtime_ns < time.time_ns() - UNSETTLED:
            break
    return {p for p in found if not p.name.startswith(".")}


def plan_entry(place: Path) -> PlanEntry | None:
    """What the plan.json of the plan in a folder says, and whether any file was changed since; None if there is no plan."""
    entry: PlanEntry | None = None
    for _attempt in range(READ_ATTEMPTS):
        found = folders.present(place)
        if found is None:
            return None
        before = _identity(found)
        try:
            content, state = _looked_at(found)
        except OSError:  # no plan, or replaced at this moment
            content = _content(found)
            state = "not run" if content is None else _own_state(content)
        if content is not None:
            said = {"status": claimed(content["status"], content.get("audit")), "audit": state}
            entry = PlanEntry(readable(place.name), found, content | said)
        if before is not None and _identity(found) == before:
            break  # not replaced meanwhile: so it is, or it is no plan
    return entry


def _looked_at(folder: Path) -> tuple[dict[str, Any] | None, AuditState]:
    """What plan.json says of a plan, and the state of its files; looked at again only if any of them is another since.

    Raises
    ------
    OSError
        There is no plan, or one that cannot be read at this moment.
    """
    files = _files(folder)
    is_settled = max(max(mtime, ctime) for _, _, mtime, ctime, _ in files) < time.time_ns() - UNSETTLED
    return (_look if is_settled else _look.__wrapped__)(folder, files)


@lru_cache(maxsize=MOST_LISTED)
def _look(folder: Path, files: tuple[FileIdentity, ...]) -> tuple[dict[str, Any], AuditState]:
    content = _content(folder)
    if content is None:
        raise FileNotFoundError(errno.ENOENT, "no plan", str(folder))
    return content, _state(folder, content)


def _files(folder: Path) -> tuple[FileIdentity, ...]:
    """What tells every file of a plan, and of its case, from what it was before."""
    found: list[FileIdentity] = []
    for place in (folder, folder / "case"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as entries:
            for entry in entries:
                stat = entry.stat()
                found.append((entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    if not found:
        raise FileNotFoundError(errno.ENOENT, "no plan", str(folder))
    return tuple(sorted(found))


def remove_plan(folder: Path | str) -> Path:
    """Delete a plan whole, with its case and tables.

    Returns
    -------
    The absolute path of the folder that was.

    Raises
    ------
    PlanUnreadable
        There is no plan there, or more than a plan; nothing is deleted then.
    OSError
        The disk refuses; the plan stays as it was.
    """
    place = Path(folder).absolute()
    check_removable(place)
    try:
        folders.remove_folder(place)
    except FileNotFoundError:
        raise PlanUnreadable(_("there is no plan at {folder} any more").format(folder=place)) from None
    return place


def check_removable(place: Path) -> None:
    """Refuse to delete what is not a plan and nothing else, see `remove_plan`."""
    entry = plan_entry(place)
    if entry is None:
        found = folders.present(place)
        no_plan = _("{folder} is no plan; nothing is deleted")
        raise PlanUnreadable(NO_PLAN.format(folder=place) if found is None else no_plan.format(folder=found))
    if place.is_symlink():
        raise PlanUnreadable(
            _("{folder} only points to a plan, at {there}; nothing is deleted").format(folder=place, there=place.resolve())
        )
    try:
        folders.refuse_others(entry.folder, is_part, _("a plan"))
    except FileNotFoundError:  # replaced or deleted at this very moment
        return
    except folders.HoldsMore as more:
        raise PlanUnreadable(said_by(more)) from None


def is_part(names: tuple[str, ...]) -> bool:
    """Whether plans have something of these names in their folders, one within the other."""
    first = Path(names[0])
    return first.name in ("plan.json", "case") or (first.suffix == ".csv" and first.stem in TABLES)


def is_part_of_plans(home: Path, names: tuple[str, ...]) -> bool:
    """Whether a folder of plans has something of these names: folders alone, and in each what plans have."""
    return not names or (home.joinpath(names[0]).is_dir() if len(names) == 1 else is_part(names[1:]))


def is_plan(folder: Path) -> bool:
    """Whether a folder holds a plan, of this or another version of the format."""
    return _content(folder) is not None


def has_decisions(folder: Path) -> bool:
    """Whether a plan with decisions lies in a folder; not so for one that only says why there is none."""
    found = folders.present(folder.resolve())
    content = None if found is None else _content(found)
    return content is not None and content["status"] not in ("infeasible", "no_plan")


def checksums(folder: Path, content: Mapping[str, Any]) -> dict[str, str]:
    """SHA-256 of every table in a plan's folder, of every file of its case, and of what plan.json says itself."""
    texts = {"plan": _itself(content)}
    for name in TABLES:
        if (folder / f"{name}.csv").is_file():
            texts[name] = (folder / f"{name}.csv").read_bytes()
    for file in sorted((folder / "case").iterdir()) if (folder / "case").is_dir() else ():
        if file.is_file():
            texts[f"case/{file.name}"] = file.read_bytes()
    return {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}


def _itself(content: Mapping[str, Any]) -> bytes:
    """What plan.json says itself, as its digest sees it."""
    itself = {name: value for name, value in content.items() if name != "sha256"}
    return json.dumps(itself, sort_keys=True, allow_nan=False).encode()


def _own_state(content: Mapping[str, Any]) -> AuditState:
    """What plan.json says of the audit, unless it was changed since: known without reading any other file."""
    if "sha256" not in content:
        return "no digest"
    try:
        is_same = content["sha256"]["plan"] == hashlib.sha256(_itself(content)).hexdigest()
    except (KeyError, TypeError, ValueError):
        return "changed"
    return content.get("audit", "not run") if is_same else "changed"


def _state(folder: Path, content: Mapping[str, Any]) -> AuditState:
    """What plan.json says of the audit, unless any file of the plan was changed since."""
    try:
        is_known = "sha256" not in content or content["sha256"] == checksums(folder, content)
    except ValueError:  # a figure that JSON does not have
        return "changed"
    return _own_state(content) if is_known else "changed"


def about(plan: Plan) -> dict[str, Any]:
    """What plan.json says of a plan: plain JSON values, None where a figure does not exist."""
    return {
        "format": FORMAT,
        "case": {"name": plan.case.name, "title": plan.case.title, **_title_zh(plan.case), "hash": plan.case.content_hash},
        "scenario": plan.case.scenario,
        **_scenario_names(plan.case),
        "options": _json(plan.options),
        "status": plan.status,
        "ended": ended.as_json(plan.ended),
        "audit": plan.audit,
        "found": plan.is_found,
        "goals": [_goal_json(goal) for goal in plan.goals],
        "broken": [_broken_json(broken) for broken in plan.broken],
        **_in_other_languages(plan),
        "seconds": _json(plan.seconds),
        "versions": dict(plan.versions),
    }


def _in_other_languages(plan: Plan) -> dict[str, Any]:
    """How the texts among its reasons read in other languages, where there are such."""
    languages = others_of([text for why in plan.ended for text in (why.text, why.why)])
    return {"languages": languages} if languages else {}


def _title_zh(case: Case) -> dict[str, str]:
    """The case's Chinese title, where it has one."""
    return {"title_zh": case.title_zh} if case.title_zh else {}


def _scenario_names(case: Case) -> dict[str, Any]:
    """The names of the scenario applied, in English and Chinese: the case's files have no scenarios any more."""
    scenario = case.scenarios.get(case.scenario)
    return {"scenario_names": [scenario.name, scenario.name_zh]} if scenario and (scenario.name or scenario.name_zh) else {}


def _headline(plan: Plan) -> dict[str, Any]:
    """The figures that a list of plans shows, so that it need not read their tables; empty without decisions."""
    if not plan.has_decisions:
        return {}
    without, with_plan = weighted_gaps(plan)
    unit = plan.case.money.unit
    return _json({"gap_without": without, "gap_with": with_plan, "spending": spent(plan), "unit": unit})


def _now() -> str:
    """This moment as plan.json has it: 2026-11-25T14:03:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_table(table: pd.DataFrame, file: Path, encoding: str = "utf-8") -> None:
    """Write a table as CSV; every float with all the digits it takes to read it back equal, NaN as an empty cell."""
    file.write_bytes(csv_text(table).encode(encoding))


def csv_text(table: pd.DataFrame, end: str = "\r\n") -> str:
    """A table as the text of a CSV file, see `write_table`; no text in it is a formula (see `planner.case.csv_cells`)."""
    columns = [harmless_row(column) for column in _cells(table)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(harmless_row(table.columns))
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def read_table(file: Path, written: int = FORMAT) -> pd.DataFrame:
    """Read one of a plan's tables (see `planner.plans.tables.TABLES`) as `write_table` wrote it.

    Parameters
    ----------
    written
        Format of the plan: columns that came later may be missing.
    """
    wanted = TABLES[file.stem]
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise PlanDamaged(WRONG.format(place=file, what=said_by(problem))) from problem
    rows = versions.with_later_columns(rows, wanted, written)
    if not rows or rows[0] != list(wanted):
        raise PlanDamaged(_("{file}: the columns must be {columns}").format(file=file, columns=series(wanted)))
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(wanted):
            said = _("{file}, row {row}: {cells} cells instead of {wanted}")
            raise PlanDamaged(said.format(file=file, row=number, cells=len(row), wanted=len(wanted)))
    cells: list[list[str]] = [list(column) for column in zip(*rows[1:], strict=True)] or [[] for _ in wanted]
    columns = {column.name: _column(file, column, some) for column, some in zip(wanted.values(), cells, strict=True)}
    return pd.DataFrame(columns, copy=False)


def read_answer_tables(folder: Path, texts: Mapping[str, Collection[str]] | None) -> dict[str, pd.DataFrame]:
    """Read the tables of an answer to a question, which lie beside its result.json.

    Parameters
    ----------
    texts
        Table -> the columns that hold texts; None for an answer of an earlier version, of which the cells tell.
    """
    tables = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            head, *rows = csv.reader(stream)
        known = TEXT_COLUMNS if texts is None else texts.get(file.stem, ())
        columns = zip(head, zip(*rows, strict=True) if rows else [()] * len(head), strict=True)
        tables[file.stem] = pd.DataFrame({meant(name): _guessed(cells, name in known) for name, cells in columns})
    return tables


def _guessed(cells: Sequence[str], is_text: bool) -> pd.Series[Any]:
    """A column of an answer: texts, else truths, whole numbers or figures if all of its cells are."""
    if not is_text and set(cells) <= {"True", "False"}:
        return pd.Series([cell == "True" for cell in cells], dtype="bool")
    for kind in () if is_text else (int, float):
        with contextlib.suppress(ValueError):
            return pd.Series([kind(cell) if cell or kind is int else math.nan for cell in cells])
    return pd.Series([meant(cell) for cell in cells], dtype="str")


def _column(file: Path, column: Column, cells: list[str]) -> Any:
    if column.type is str:
        return as_column([meant(cell) for cell in cells], str)
    values: list[float] = []
    for number, cell in enumerate(cells, start=2):
        try:
            values.append(int(cell) if column.type is int else float(cell) if cell else math.nan)
        except ValueError:
            said = _("{file}, row {row}, column {column}: {cell} is not a number")
            raise PlanDamaged(said.format(file=file, row=number, column=column.name, cell=repr(cell))) from None
    return as_column(values, column.type)


def _read(folder: Path) -> Plan:
    """Read the plan in a folder that exists."""
    content = _content(folder)
    if content is None and (said := _why_unreadable(folder / "plan.json")):
        raise PlanDamaged(said)
    if content is None:
        raise PlanUnreadable(_("{folder} is not a plan: it has no plan.json of this program").format(folder=folder))
    if content["format"] not in READABLE:
        raise PlanUnreadable(_of_another_format(folder, content["format"]))
    try:
        plan = _plan(folder, content)
        is_of_this_case = plan.case.content_hash == content["case"]["hash"]
    except PlanUnreadable:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        said = _("{file}: missing or misplaced: {problem}")
        raise PlanDamaged(said.format(file=folder / "plan.json", problem=said_by(problem))) from problem
    if not is_of_this_case:
        said = _("{folder} was changed after the plan was made: the plan is of another case")
        raise PlanDamaged(said.format(folder=folder / "case"))
    if missing := [name for name in TABLES if plan.has_decisions and name not in plan.tables]:
        raise PlanDamaged(_("{file} is missing").format(file=folder / f"{missing[0]}.csv"))
    return plan


def _of_another_format(folder: Path, found: Any) -> str:
    """Why a plan of another format cannot be read, and how to go on."""
    said = _("{file}: format {found} cannot be read, only {format}").format(
        file=folder / "plan.json", found=repr(found), format=series(map(str, READABLE), last=" and ")
    )
    if not (isinstance(found, int) and 0 < found < FORMAT):
        return said
    again = _("{said}; an earlier version wrote this plan: solve its case again, which lies in {folder}")
    return again.format(said=said, folder=folder / "case")


def _plan(folder: Path, content: Mapping[str, Any]) -> Plan:
    written = content["format"]
    tables = {name: read_table(folder / f"{name}.csv", written) for name in TABLES if (folder / f"{name}.csv").is_file()}
    if tables:
        later = {name: frame(name, ()) for name, since in versions.SINCE.items() if since > written}
        tables = {name: (later | tables)[name] for name in TABLES if name in later | tables}
    for name, allowed in (("status", get_args(Status)), ("audit", get_args(AuditState))):
        if content[name] not in allowed:
            said = _("{file}: {key} {value} is none of {allowed}")
            raise PlanDamaged(
                said.format(file=folder / "plan.json", key=name, value=repr(content[name]), allowed=series(allowed))
            )
    _check_kinds(folder, content)
    case = _case(folder / "case", content)
    if content["format"] == versions.SENTENCES and "routes" in tables:
        tables["routes"]["via"] = [versions.way(case, via) for via in tables["routes"]["via"]]
    return Plan(
        case=case,
        status=content["status"],
        ended=ended_of(content),
        options=FrozenDict({name: _number(value) for name, value in content["options"].items()}),
        goals=tuple(_goal(goal) for goal in content["goals"]),
        tables=FrozenDict(tables),
        audit=_state(folder, content),
        broken=tuple(_broken(case, broken, content) for broken in content["broken"]),
        seconds=FrozenDict(content["seconds"]),
        versions=FrozenDict(content["versions"]),
        listed=FrozenDict({"title": content["case"].get("title"), **content.get("headline", {})}),
    )


def _check_kinds(folder: Path, content: Mapping[str, Any]) -> None:
    """What is read as text is text, and what is read as a figure a figure."""
    texts = [content["scenario"], content["case"]["name"], *(goal["name"] for goal in content["goals"])]
    if content["format"] == versions.SENTENCES:
        texts += [content["reason"], *content["broken"]]
    texts += [city["city"] for goal in content["goals"] for city in goal.get("cities", ())]
    figures = [content["options"].get(name) for name in ("gap", "later_gap")]
    texts += content.get("scenario_names", [])
    texts += [text for said in content.get("languages", {}).values() for pair in said.items() for text in pair]
    wrong = [text for text in texts if not isinstance(text, str)]
    wrong += [x for x in figures if isinstance(x, bool) or not isinstance(x, int | float | None)]
    if wrong:
        said = _("{file}: {value} stands where it makes no sense")
        raise PlanDamaged(said.format(file=folder / "plan.json", value=repr(wrong[0])))


def _case(folder: Path, content: Mapping[str, Any]) -> Case:
    """The case as solved: its files know neither the name nor the scenario that they came from."""
    try:
        case = load_case(folder, stored=True)
    except CaseInvalid as problem:
        raise PlanDamaged(_("{folder} cannot be read:\n{problem}").format(folder=folder, problem=problem.said)) from problem
    name, names = content["scenario"], content.get("scenario_names", [])
    known = FrozenDict({name: Scenario(id=name, **dict(zip(("name", "name_zh"), names, strict=False)))} if names else {})
    return replace(case, name=content["case"]["name"], scenario=name, scenarios=known)


def _content(folder: Path) -> dict[str, Any] | None:
    """What plan.json says; None if there is none that looks like a plan's."""
    try:
        content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and {"format", "case", "status"} <= content.keys() else None


def _identity(folder: Path) -> tuple[int, int, int] | None:
    """Tells a folder from another one that took its place."""
    try:
        stat = os.stat(folder)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Figures as JSON can hold them: NaN becomes null, infinities become text."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value


def _number(value: Any) -> Any:
    return float(value) if value in ("inf", "-inf") else value


def ended_of(content: Mapping[str, Any]) -> tuple[Ended, ...]:
    """Why a search ended, as the content of a plan.json has it."""
    languages = content.get("languages", {})
    if content["format"] == versions.SENTENCES:
        return versions.ended(content["reason"], languages)
    return tuple(
        replace(why, text=in_languages(why.text, languages), why=in_languages(why.why, languages))
        for why in ended.of_json(content["ended"])
    )


def reason_of(content: Mapping[str, Any]) -> str:
    """The same in words."""
    goals = [_goal(goal) for goal in content.get("goals", ())]
    return ended.reason(ended_of(content), goals, content.get("options", {}).get("time_limit"))


def _broken_json(broken: Broken) -> dict[str, Any]:
    return _json({"kind": broken.kind, "ids": list(broken.ids), "amount": broken.amount}) | (
        {"rounded": broken.rounded} if broken.rounded else {}
    )


def _broken(case: Case, broken: Any, content: Mapping[str, Any]) -> Broken:
    if content["format"] == versions.SENTENCES:
        return versions.broken(case, broken, content.get("languages", {}))
    amount = math.nan if broken["amount"] is None else float(broken["amount"])
    if not (isinstance(broken["kind"], str) and all(isinstance(id_, str) for id_ in broken["ids"])):
        raise ValueError(repr(broken))
    return Broken(broken["kind"], tuple(broken["ids"]), amount, float(broken.get("rounded", 0.0)))


def _goal_json(goal: GoalResult) -> dict[str, Any]:
    """A goal as plan.json holds it, with its cities if it goes by them."""
    content = _json({name: value for name, value in asdict(goal).items() if name != "cities"})
    return content | ({"cities": [_json(asdict(city)) for city in goal.cities]} if goal.cities else {})


def _goal(content: Mapping[str, Any]) -> GoalResult:
    cities = [{name: _figure(name, value) for name, value in city.items()} for city in content.get("cities", ())]
    figures = {name: _figure(name, value) for name, value in content.items() if name != "cities"}
    return GoalResult(**figures, cities=tuple(CityResult(**city) for city in cities))


def _figure(name: str, value: Any) -> Any:
    """A goal's figure: null is NaN; names stay text."""
    return value if name in ("name", "city") else math.nan if value is None else float(value)
