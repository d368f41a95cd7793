"""The case on the desk of one window: as it was opened, its draft, and the grids that are typed into; no Streamlit here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import uuid4

from planner.case import Problem
from planner.case.rows import TABLES
from planner.files.inputs import CASE_FILE
from planner.words.said import Sentence, _, said_by
from planner.words.system import why
from planner.workspace import cases, drafts
from planner.workspace.cases import OpenCase
from planner.workspace.drafts import Draft, Elsewhere
from planner.workspace.places import BadName, Workspace
from ui import editing
from ui.editing import KeyCells


@dataclass
class View:
    """A grid as a browser has it: what does not change while it is typed into.

    Attributes
    ----------
    order, length
        Its columns and its number of rows.
    stamp
        A name for it: a browser that has typed into another one is not heard any more.
    drawn
        Whether it was shown yet.
    full
        Whether it takes the place of one whose last row was filled.
    """

    order: tuple[str, ...]
    length: int
    stamp: str = field(default_factory=lambda: uuid4().hex)
    drawn: bool = False
    full: bool = False


@dataclass
class Desk:
    """A case that is looked at or edited.

    Attributes
    ----------
    opened
        As it was opened, or saved last.
    draft
        As it stands now.
    kept
        Mark of the draft on the disk; None where there is none.
    views
        The grids, by name.
    told
        What went wrong with keeping it.
    """

    place: Workspace
    browser: str
    opened: OpenCase
    draft: Draft
    kept: str | None = None
    views: dict[str, View] = field(default_factory=dict)
    told: Sentence | None = None

    @classmethod
    def of(cls, place: Workspace, browser: str, key: str) -> Desk | None:
        """A case with its draft, if there is one; a draft outlives its case. None if there is neither."""
        entry = cases.case_named(place, key)
        draft = drafts.read_draft(place, browser, entry.key if entry is not None else key)
        if entry is None and draft is None:
            return None
        if entry is not None:
            opened = cases.open_case(entry)
        else:
            kind, _slash, name = key.partition("/")
            opened = OpenCase(name, {}, "", kind == "own")
        desk = cls(place, browser, opened, draft or _fresh(opened), draft.mark if draft is not None else None)
        if draft is not None and entry is None:
            desk.told = _(
                "{name} was deleted since you changed it. What you typed is still here: save it as a new case, "
                "or discard it."
            ).format(name=opened.name)
        elif draft is not None and draft.version != opened.version and opened.own:
            desk.told = _(
                "{name} was saved by somebody else since you opened it. Nothing was overwritten: save yours "
                "under another name, or open theirs and change it again."
            ).format(name=opened.name)
        return desk

    def refreshed(self) -> Desk | None:
        """The same desk, or a new one where another window, or another user, changed what lies on it."""
        there = drafts.read_draft(self.place, self.browser, self.opened.key)
        same = self.kept == (None if there is None else there.mark)
        if same and not self.draft.is_changed:
            entry = cases.case_named(self.place, self.opened.key)
            same = entry is not None and cases.open_case(entry).version == self.opened.version
        return self if same else Desk.of(self.place, self.browser, self.opened.key)

    # --- what is typed

    @property
    def cells(self) -> KeyCells:
        """Keys and values of case.yaml as they were typed."""
        return self.draft.rows if self.draft.rows is not None else editing.key_cells(self.draft.texts.get(CASE_FILE, ""))

    @property
    def unread(self) -> tuple[Problem, ...]:
        """What cannot be read of the keys as they were typed, and so is not in case.yaml."""
        return editing.key_text(self.draft.rows)[1] if self.draft.rows is not None else ()

    def write(self, file: str, text: str) -> None:
        """Take over a file as it stands now."""
        self._keep(replace(self.draft, texts={**self.draft.texts, file: text}))

    def write_keys(self, cells: KeyCells) -> None:
        """Take over keys as they were typed; case.yaml gets what can be read of them."""
        opened = self.opened.texts.get(CASE_FILE, "")
        same = cells == editing.key_cells(opened)
        text = opened if same else editing.key_text(cells)[0]
        self._keep(replace(self.draft, texts={**self.draft.texts, CASE_FILE: text}, rows=None if same else cells))

    def write_case_file(self, text: str) -> None:
        """Take over case.yaml as it stands now, with nothing beside it that could not be read."""
        self.views.pop(editing.KEYS, None)
        self._keep(replace(self.draft, texts={**self.draft.texts, CASE_FILE: text}, rows=None))

    def _keep(self, draft: Draft) -> None:
        self.told = None
        try:
            if draft.is_changed:
                drafts.keep_draft(self.place, self.browser, draft, self.kept)
                self.kept = draft.mark
            else:
                drafts.drop_draft(self.place, self.browser, self.opened.key)
                self.kept = None
        except Elsewhere:
            fresh = Desk.of(self.place, self.browser, self.opened.key)
            if fresh is not None:
                self.opened, self.draft, self.kept, self.views = fresh.opened, fresh.draft, fresh.kept, {}
            self.told = _(
                "This case was changed in another window of this browser, and is shown as it was left there. "
                "What you typed last was not taken over: please type it again."
            )
            return
        except (OSError, BadName) as error:
            self.told = _(
                "What you typed could not be kept on the disk ({why}). It is still here: save the case, or "
                "download it as Excel."
            ).format(why=why(error) if isinstance(error, OSError) else said_by(error))
        self.draft = draft

    def discard(self) -> None:
        """Forget what was typed."""
        drafts.drop_draft(self.place, self.browser, self.opened.key)

    def texts_to_save(self) -> dict[str, str]:
        """The files without the empty rows that numbers of rows need while they are typed into."""
        tidy = dict(self.draft.texts)
        for table in TABLES:
            file = f"{table}.csv"
            if file in tidy and tidy[file] != self.opened.texts.get(file):
                tidy[file] = editing.without_empty_rows(table, tidy[file])
        return tidy

    # --- grids

    def view(self, name: str, order: tuple[str, ...], length: int) -> View:
        """The view of a grid; a new one where there is none, or the one that there is has become too small."""
        found = self.views.get(name)
        if found is None or length >= found.length or not set(order) <= set(found.order):
            full = found is not None and length >= found.length
            found = self.views[name] = View(order, length + editing.SPARE, full=full)
        return found

    def renew(self, name: str) -> None:
        """Let go of a grid: the next one is drawn as the draft stands."""
        self.views.pop(name, None)


def _fresh(opened: OpenCase) -> Draft:
    return Draft(opened.key, opened.version, dict(opened.texts))
