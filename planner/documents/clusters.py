"""What clusters are called where several stand side by side: by the titles of their cases, as short as tells them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.case import Case, naming
from planner.words.said import altered

YEARS = re.compile(r"[,，] ?\d{4}[^,，]*$")  # at the end of a title


def called(cases: Sequence[Case], names: Sequence[str]) -> list[str]:
    """A name for each case: its title, without the years that all share; else what it was asked for by.

    Parameters
    ----------
    names
        As they were asked for, no two alike.
    """
    titles = [naming.title(case) for case in cases]
    if len(set(titles)) < len(titles):
        return list(names)
    years = {found[0] if (found := YEARS.search(title)) else None for title in titles}
    return titles if len(years) > 1 or None in years else [altered(title, without_years) for title in titles]


def without_years(title: str) -> str:
    """A title without the years of the plan at its end."""
    return YEARS.sub("", title) or title


def narrow(name: str) -> str:
    """A name as the heading of a narrow column: a word a line."""
    return re.sub(r"(?<=\w)-(?=\w)", "-\n", name.replace(" ", "\n"))


def heads(names: Sequence[str]) -> list[str]:
    """Names as headings of narrow columns."""
    return [altered(name, narrow) for name in names]
