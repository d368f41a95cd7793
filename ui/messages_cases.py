"""Words of the page Cases."""

from __future__ import annotations

from collections.abc import Mapping

CASES: Mapping[str, tuple[str, str]] = {}
