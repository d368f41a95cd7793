"""Words of the pages Plan, Compare and Explore."""

from __future__ import annotations

from collections.abc import Mapping

PLAN: Mapping[str, tuple[str, str]] = {}
