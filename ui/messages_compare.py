"""Words of the page Compare."""

from __future__ import annotations

from collections.abc import Mapping

COMPARE: Mapping[str, tuple[str, str]] = {}
