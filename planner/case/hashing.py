"""The content hash of a case: equal for cases that ask the same question of the model, whatever their wording.

It covers all that the model sees, in filled form. It leaves out names, titles, notes, sources, the map and the
scenarios. Selections count by what they select, and the holder of a line only as far as it is a jurisdiction. A key that
came later than others leaves no trace in a case that does not use it, so that its plans remain plans of it. Names of
classes do not count: each has a name of its own for this.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from planner.case.declared import FrozenDict
from planner.case.nouns import Case
from planner.case.selecting import payers_of

WORDING = frozenset(
    {"name", "name_zh", "names", "title", "scenario", "scenarios", "assumptions", "sources", "boundaries", "source", "note",
     "doubts", "basis", "content_hash", "lat", "lon", "holder", "where", "from_where", "to_where", "core_where",
     "share_of", "pays_for"}
)  # fmt: skip
LATER = frozenset({"worst_share_of"})
AS_READ = frozenset({"format", "growth_per_year"})  # what figures that count have come from


def content_hash(case: Case) -> str:
    """SHA-256, in hexadecimal, over the canonical form of the case."""
    content = _canonical(case)
    for rule, counted in zip(case.rules, content["rules"], strict=True):
        del counted["at_least"], counted["at_most"]
        counted |= {"sense": rule.sense, "limit": _canonical(rule.limit)}
    for goal in content["goals"]:
        if goal["at_most"] is None:  # plans made before goals could have limits keep their case
            del goal["at_most"]
    content["holders"] = {x.id: x.holder for x in case.lines.values() if x.holder in case.jurisdictions}
    content["payers"] = sorted([*key, *lines] for key, lines in payers_of(case).items())
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _canonical(value: Any) -> Any:
    """Plain lists, dicts, numbers and texts; mappings lose their order, sequences keep it."""
    if hasattr(value, "counts_as"):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.name not in WORDING | AS_READ}
        fields = {name: v for name, v in fields.items() if name not in LATER or v is not None}
        return {"is": value.counts_as} | {name: _canonical(v) for name, v in fields.items()}
    if isinstance(value, FrozenDict):
        return {"/".join(key) if isinstance(key, tuple) else str(key): _canonical(v) for key, v in value.items()}
    if isinstance(value, tuple):
        return [_canonical(v) for v in value]
    return value + 0.0 if isinstance(value, float) else value  # -0 is 0
