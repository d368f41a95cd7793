"""Why work ended, and what a goal is called, in both languages; as English these are what plans have always kept."""

from __future__ import annotations

import pickle

import pytest

from planner.case import naming
from planner.words.said import _
from planner.work.stopping import Stopped


@pytest.mark.parametrize(
    ("stopped", "english", "chinese"),
    [
        (
            Stopped("limit", 30.0, _("finding routes")),
            "the time limit of 30 s ended while finding routes",
            "30 秒时限在“计算路线”时用完",
        ),
        (Stopped("limit", None, ""), "the time limit ended", "时限已用完"),
        (Stopped("interrupted", 30.0, _("auditing")), "interrupted while auditing", "在“审核”时被中断"),
        (Stopped("interrupted", None, ""), "interrupted", "被中断"),
    ],
)  # fmt: skip
def test_work_that_ended_says_why_also_from_another_process(stopped: Stopped, english: str, chinese: str) -> None:
    for one in (stopped, pickle.loads(pickle.dumps(stopped))):
        assert (str(one), one.said, one.said.in_language("zh")) == (english, english, chinese)


@pytest.mark.parametrize(
    ("name", "words", "chinese"),
    [
        ("gaps + 0.5 worst_city", "mean gap + 0.5 worst city", "平均差距 + 0.5 × 最差城市"),
        ("spending", "spending", "支出"),
        ("my own goal", "my own goal", "my own goal"),
    ],
)
def test_a_goal_is_called_part_by_part(name: str, words: str, chinese: str) -> None:
    assert (naming.goal(name), naming.goal(name).in_language("zh")) == (words, chinese)
    assert (naming.goal_as_written(name), naming.goal_as_written(name).in_language("zh")) == (name, chinese)
