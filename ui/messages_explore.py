"""Words of the page Explore."""

from __future__ import annotations

from collections.abc import Mapping

EXPLORE: Mapping[str, tuple[str, str]] = {
    "explore.title": ("Questions beyond one plan", "规划之外的问题"),
    "explore.plan": ("Plan to ask about", "要提问的规划"),
    "explore.no_plans": (
        "There is no plan in this workspace yet. Solve a case first.",
        "此工作区还没有规划。请先求解一个方案。",
    ),
    "explore.question": ("Question", "问题"),
    "explore.minutes": ("Time limit, minutes", "时限（分钟）"),
    "explore.minutes_help": (
        "What is not answered by then is said. The question goes on when you leave this page.",
        "到时尚未回答的部分会注明。离开本页后提问仍会继续。",
    ),
    "explore.ask": ("Ask", "提问"),
    "explore.running": ("{done} ({seconds} s)", "{done}（{seconds} 秒）"),
    "explore.stop": ("Stop and keep what is answered", "停止并保留已有答案"),
    "explore.stopping": ("Stopping; what is answered so far is kept.", "正在停止；保留已有答案。"),
    "explore.complete": ("Answered in full, in {seconds} s.", "已完整回答，用时 {seconds} 秒。"),
    "explore.incomplete": ("Not answered in full after {seconds} s:", "{seconds} 秒后仍未完整回答："),
    "explore.in_words": ("The answer in words", "文字答案"),
    "explore.download": ("Download {name} as CSV", "下载 {name}（CSV）"),
    "explore.answers": ("Questions asked before", "以前的提问"),
    "explore.failed": ("The question ended without an answer. What it said:", "提问结束但没有答案。其输出为："),
    "explore.measures": ("Measures (none: all that the plan chooses)", "措施（不选则为规划选中的全部）"),
    "explore.measure": ("Measure", "措施"),
    "explore.points": ("Points", "点数"),
    "explore.within": ("Within, % of the best", "与最优的差距（%）"),
    "explore.differ": ("Different in at least so many measures", "至少有多少项措施不同"),
    "explore.scenarios": ("Scenarios", "情景"),
    "explore.criterion": ("What is to be small", "要最小化的量"),
    "explore.amount": ("Amount, {unit}", "金额（{unit}）"),
    "question.frontier": ("How much more money closes how much more of the gap?", "增加多少资金能多缩小多少差距？"),
    "question.alternatives": ("Which other plans are almost as good?", "还有哪些几乎一样好的规划？"),
    "question.importance": ("What is lost without each measure?", "去掉每项措施会损失什么？"),
    "question.explain": ("Why is a measure in the plan, or not?", "某项措施为何入选或未入选？"),
    "question.value": ("What would more money on a line buy?", "某条资金线多给钱能换来什么？"),
    "question.borders": (
        "What does planning alone cost, and what is each signature worth?",
        "各自为政的代价与每项签约的价值？",
    ),
    "question.sensitivity": ("Which assumptions matter?", "哪些假设最重要？"),
    "question.robust": ("Which first steps are right in several scenarios?", "哪些近期决策在多种情景下都合适？"),
    "question.rank": ("How good is a ranked list of single measures?", "逐项打分排序的清单有多好？"),
    "criterion.expected": ("the mean over the scenarios", "各情景的平均值"),
    "criterion.worst": ("the worst scenario", "最差情景"),
    "criterion.regret": ("the largest regret", "最大后悔值"),
    "criterion.cvar": ("the mean of the worst scenarios", "最差若干情景的平均值"),
}
