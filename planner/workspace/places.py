"""Where things lie, and names that cannot lead out of there."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from planner.files.pathnames import RESERVED
from planner.words.said import _

LONGEST = 100
MARKS = frozenset({"Mn", "Mc"})  # they belong to the letter before them, as in नई दिल्ली
NAME = re.compile(r"[^\W_](?:[\w .()+-]*[\w)+])?")
LONGEST_MADE = 40  # of a name that is made of a file's
VARIABLE = "PLANNER_WORKSPACE"
COOKIE = "planner-browser"  # a random number, given to a browser with its first page
ANYBODY = "anybody"  # a browser without one: such share what is kept
NUMBER = re.compile(r"[0-9a-f]{32}")


class BadName(ValueError):
    """A name that no case or run can have; the message says what is allowed."""


@dataclass(frozen=True)
class Workspace:
    """The folder that holds a user's cases, runs and plans.

    Attributes
    ----------
    root
        The folder; made when something is first written.
    shipped
        Folders with cases that are read and never changed.
    """

    root: Path
    shipped: tuple[Path, ...] = ()

    @property
    def cases(self) -> Path:
        """Where the user's cases lie."""
        return self.root / "cases"

    @property
    def runs(self) -> Path:
        """Where runs lie."""
        return self.root / "runs"

    @property
    def plans(self) -> Path:
        """Where plans lie."""
        return self.root / "plans"

    @property
    def answers(self) -> Path:
        """Where answers to questions lie."""
        return self.root / "answers"

    @property
    def programmes(self) -> Path:
        """Where results of programmes lie."""
        return self.root / "programmes"


def workspace(root: Path | str | None = None) -> Workspace:
    """The workspace in a folder; by default the one that PLANNER_WORKSPACE names, or ./workspace."""
    chosen = root if root is not None else os.environ.get(VARIABLE) or "workspace"
    beside = Path(__file__).resolve().parents[2] / "cases"
    shipped = tuple(sorted(p for p in beside.iterdir() if (p / "case.yaml").is_file())) if beside.is_dir() else ()
    return Workspace(Path(chosen).resolve(), shipped)


def checked_name(name: str) -> str:
    """A name for a folder: letters, digits, spaces, and . ( ) + - _ within it.

    Raises
    ------
    BadName
        Anything that could lead to another folder, or that some systems do not take.
    """
    plain = name.strip()
    if len(plain) > LONGEST:
        raise BadName(_("a name has at most {longest} characters").format(longest=LONGEST))
    if not NAME.fullmatch(_without_marks(plain)) or ".." in plain or plain.split(".")[0].lower() in RESERVED:
        raise BadName(_("a name begins with a letter or digit and holds only letters, digits, spaces and . ( ) + - _"))
    return plain


def _without_marks(name: str) -> str:
    """A name with a letter in place of each mark that belongs to one; a mark at its beginning belongs to none."""
    return "".join("x" if at and unicodedata.category(sign) in MARKS else sign for at, sign in enumerate(name))


def name_from(text: str) -> str:
    """A name that `checked_name` takes, as close to a text (the name of a file) as may be.

    >>> name_from("_draft"), name_from("mycase-"), name_from("con"), name_from("../")
    ('draft', 'mycase', 'case con', 'case')
    """
    signs = unicodedata.normalize("NFC", text)
    fit = "".join(s if s.isalnum() or s in " -_" or unicodedata.category(s) in MARKS else " " for s in signs)
    begin = next((at for at, sign in enumerate(fit) if sign.isalnum()), len(fit))
    name = fit[begin:][:LONGEST_MADE].rstrip(" -_") or "case"
    return f"case {name}" if name.lower() in RESERVED else name


def within(folder: Path, name: str) -> Path:
    """The place of a name in a folder; never outside it."""
    place = (folder / checked_name(name)).resolve()
    if place.parent != folder.resolve():
        raise BadName(_("{name!r} leads to another folder").format(name=name))
    return place


def browser_of(said: str | None) -> str:
    """The browser that a cookie names; whatever is no such number is anybody's."""
    return said if said is not None and NUMBER.fullmatch(said) else ANYBODY


def folder_of(place: Workspace, browser: str) -> Path:
    """Where a browser's things lie."""
    return place.root / "browsers" / browser_of(browser)
