"""Words for what an address names and is not there."""

from __future__ import annotations

from collections.abc import Mapping

ADDRESSES: Mapping[str, tuple[str, str]] = {
    "unknown.page": ("There is no page {name}; this one is shown instead.", "没有页面 {name}，改为显示本页。"),
    "unknown.lang": ("There is no language {name} here.", "没有语言 {name}。"),
    "unknown.case": (
        "There is no case {name}. It may have been deleted or renamed; choose another.",
        "没有案例 {name}，可能已删除或改名，请另选。",
    ),
    "unknown.scenario": (
        "There is no scenario {name} in this case; another is chosen.",
        "此案例没有情景 {name}，已改选其他。",
    ),
    "unknown.table": ("There is no table {name}; another is shown.", "没有表 {name}，改为显示其他表。"),
    "unknown.room": ("There is no view {name} of it; another is shown.", "没有视图 {name}，改为显示其他视图。"),
    "unknown.city": ("There is no city {name} in this plan; another is shown.", "此规划没有城市 {name}，改为显示其他城市。"),
    "unknown.period": (
        "There is no period {name} in this plan; another is shown.",
        "此规划没有时期 {name}，改为显示其他时期。",
    ),
    "unknown.world": ("There is no map {name}; another is shown.", "没有地图 {name}，改为显示其他地图。"),
    "unknown.question": ("There is no question {name}; another is chosen.", "没有问题 {name}，已改选其他。"),
    "unknown.plan": (
        "There is no plan {name}. It may have been deleted, or lie elsewhere; choose another.",
        "没有名为 {name} 的规划，可能已删除或不在此处，请另选。",
    ),
    "unknown.plans": (
        "There is no plan {name}. It may have been deleted, or lie elsewhere.",
        "没有名为 {name} 的规划，可能已删除或不在此处。",
    ),
}
