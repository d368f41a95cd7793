"""Words of the page Explore."""

from __future__ import annotations

from collections.abc import Mapping

EXPLORE: Mapping[str, tuple[str, str]] = {
    "explore.title": ("Questions beyond one plan", "规划之外的问题"),
    "explore.plan": ("Plan to ask about", "要提问的规划"),
    "explore.no_plans": (
        "There is no plan in this workspace yet. Solve a case first.",
        "此工作区还没有规划。请先求解一个案例。",
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
    "explore.incomplete": (
        "Not answered in full after {seconds} s: {count:point is|points are} open, or not proven; see the list below.",
        "{seconds} 秒后仍未完整回答：{count} 处尚未回答或未证明，见下方列表。",
    ),
    "explore.missing": ("What is not answered or not proven ({count})", "未回答或未证明的内容（{count}）"),
    "explore.more": ("and {count} more", "另有 {count} 项"),
    "explore.files": ("Full tables as files", "完整数据表下载"),
    "explore.download": ("{name}, {count:row|rows} (CSV)", "{name}，{count} 行（CSV）"),
    "explore.unreadable": (
        "This answer cannot be read. It may be of an earlier version: ask again. What was said:",
        "无法读取此答案，可能来自旧版本：请重新提问。当时的输出为：",
    ),
    "explore.about": ("Case {case}, scenario {scenario}; asked {when}", "案例 {case}，情景 {scenario}；提问时间 {when}"),
    "explore.about_plan": ("about the plan {plan}", "针对规划 {plan}"),
    "explore.answers": ("Questions asked before", "以前的提问"),
    "explore.failed": ("The question ended without an answer. What it said:", "提问结束但没有答案。其输出为："),
    "explore.measures": ("Measures", "措施"),
    "explore.all_chosen": ("All that the plan chooses", "规划选中的全部"),
    "explore.choose_scenarios": ("Choose two or more", "选择两个或更多"),
    "explore.robust_case": (
        "This question does not look at the plan chosen, but plans its case anew for all of these scenarios together.",
        "此问题不使用所选规划，而是对其案例在以上各情景下共同重新规划。",
    ),
    "explore.no_scenarios": (
        "The case of this plan has no scenarios: add some on the page Cases.",
        "该规划的案例没有情景：请在“案例库”中添加。",
    ),
    "explore.measure": ("Measure", "措施"),
    "explore.points": ("Points", "点数"),
    "explore.within": ("Within, % of the best", "与最优的差距（%）"),
    "explore.differ_usual": ("a tenth of those that can be chosen, from 1 to 5", "可选措施的十分之一，1 至 5 项"),
    "explore.differ": ("Different in at least so many measures", "至少有多少项措施不同"),
    "explore.scenarios": ("Scenarios", "情景"),
    "explore.criterion": ("What is to be small", "要最小化的量"),
    "explore.amount": ("Amount, {unit}", "金额（{unit}）"),
    "explore.open": ("open", "打开"),
    "explore.when": ("asked", "提问时间"),
    "explore.case": ("case", "案例"),
    "explore.asked_question": ("question", "问题"),
    "explore.state": ("state", "状态"),
    "explore.no_answer": ("no answer", "没有答案"),
    "about.frontier": (
        "A curve of what the best plan closes with less and with more money, and where it bends. Takes a minute or two for "
        "every few points in a large case.",
        "资金由少到多时最优规划能缩小多少差距，以及曲线在何处拐弯。大型案例每几个点需一两分钟。",
    ),
    "about.alternatives": (
        "Other plans within so much of the best, and which measures all of them have. The plans take a minute or two; to "
        "prove it of every measure of a large case may take an hour.",
        "与最优相差不多的其他规划，以及它们共有哪些措施。大型案例找到规划需一两分钟，逐项证明可能需一小时。",
    ),
    "about.importance": (
        "What the plan would lose without each of its measures, planned anew each time. Takes some seconds for a measure, "
        "in a large case ten minutes for all.",
        "逐项去掉规划中的措施并重新规划，会损失多少。每项措施需几秒，大型案例全部约需十分钟。",
    ),
    "about.explain": (
        "What hinders or requires one measure, what the other choice would cost, and who gains by it. Mostly takes a "
        "minute at most.",
        "某项措施受何限制、另一选择的代价，以及谁受益。多数案例不超过一分钟。",
    ),
    "about.value": (
        "What a little more or less money of each line in each period would change. Takes some seconds for every line and "
        "period, in a large case about five minutes.",
        "每条资金渠道在每个时期略增或略减资金会带来什么。每条渠道每个时期需几秒，大型案例约五分钟。",
    ),
    "about.borders": (
        "What is lost where each jurisdiction plans alone or nobody signs anything, and what each signature adds. Takes a "
        "minute or two in a large case.",
        "各辖区各自规划或谁都不签约会损失多少，每项签约带来多少。大型案例需一两分钟。",
    ),
    "about.sensitivity": (
        "How the plan fares when costs, needs or money turn out lower or higher, and which measures stay. Takes some "
        "minutes, in a large case a quarter of an hour.",
        "成本、需求或资金高于或低于预期时规划如何变化，哪些措施不变。需数分钟，大型案例约一刻钟。",
    ),
    "about.robust": (
        "What to start first when it is not known which scenario comes true. The longest of all questions: give a large "
        "case ten minutes or more.",
        "不知哪种情景会发生时应先启动什么。耗时最长的问题：大型案例请给十分钟以上。",
    ),
    "about.rank": (
        "What a scoring sheet would fund, one measure after the other, and how much more the best plan closes from the same "
        "money. Takes less than a minute.",
        "逐项打分排序会资助哪些措施，最优规划用同样的资金能多缩小多少差距。不到一分钟。",
    ),
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
