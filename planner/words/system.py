"""What the operating system says of a file that could not be read or written, in words that have other languages."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from planner.words.said import Text, _

WHY: Mapping[int, Text] = {  # as the system itself says it in English
    errno.EACCES: _("Permission denied"),
    errno.EPERM: _("Operation not permitted"),
    errno.ENOENT: _("No such file or directory"),
    errno.EEXIST: _("File exists"),
    errno.ENOTDIR: _("Not a directory"),
    errno.EISDIR: _("Is a directory"),
    errno.ENOTEMPTY: _("Directory not empty"),
    errno.ENOSPC: _("No space left on device"),
    errno.EROFS: _("Read-only file system"),
    errno.EFBIG: _("File too large"),
    errno.EIO: _("Input/output error"),
    errno.ENAMETOOLONG: _("File name too long"),
    errno.EMFILE: _("Too many open files"),
    errno.ELOOP: _("Too many levels of symbolic links"),
}


def why(problem: OSError) -> str:
    """Why a file could not be read or written: in the system's words, or in ours where they are given."""
    said = problem.strerror or str(problem)
    known = WHY.get(problem.errno or 0)
    return known if known is not None and known == said else said


def why_unread(problem: OSError | ValueError) -> str:
    """Why a file of JSON, which programs alone write, could not be read."""
    return why(problem) if isinstance(problem, OSError) else _("it is cut short or damaged")
