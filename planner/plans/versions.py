"""Versions of what made a plan."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from planner.case import FrozenDict

PACKAGES = ("cluster-planner", "pyomo", "highspy", "numpy", "scipy", "pandas", "pydantic")


@cache  # they are read from the packages' files
def versions() -> FrozenDict[str, str]:
    """Package -> version, of Python and of the packages that a plan depends on."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a checkout that was never installed
            found[package] = "not installed"
    return FrozenDict(found)
