"""Names that people read tell things apart: no two things of a kind are called alike, in either language."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.checks.findings import Findings
from planner.case.naming import as_words
from planner.case.places import Named
from planner.case.validating import Contents

SECTIONS = ("modes", "lines", "industries", "chains", "airsheds", "scenarios", "names")
INDICATORS = ("access", "services", "work")  # they stand beside one another


def check_titles(contents: Contents, found: Findings) -> None:
    """Note names that another thing of the kind has: a chart or a table would show the two as one."""
    for sections in (*((section,) for section in SECTIONS), INDICATORS):
        for key in ("name", "name_zh"):
            first: dict[str, tuple[str, str]] = {}
            for section, id_, keys in _things(contents, sections):
                given = getattr(keys, key)
                shown = given or (as_words(id_) if key == "name" else "")
                other = first.setdefault(shown, (section, id_)) if shown else (section, id_)
                if other != (section, id_) and (given or getattr(getattr(contents.file, other[0])[other[1]], key)):
                    place, named = ((section, id_), other) if given else (other, (section, id_))
                    message = f"'{shown}' is what {named[0]}.{named[1]} is called already: choose another name"
                    found.key((*place, key), message, shown)


def _things(contents: Contents, sections: tuple[str, ...]) -> Iterator[tuple[str, str, Named]]:
    for section in sections:
        for id_, keys in getattr(contents.file, section).items():
            yield section, id_, keys
