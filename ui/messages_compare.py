"""Words of the page Compare."""

from __future__ import annotations

from collections.abc import Mapping

COMPARE: Mapping[str, tuple[str, str]] = {
    "compare.title": ("Compare plans", "比较规划"),
    "compare.choose": (
        "Plans to set side by side; differences are from the first to the others",
        "要比较的规划（差值以第一个为基准）",
    ),
    "compare.two": ("Choose two plans or more.", "请选择两个或更多规划。"),
    "compare.few": (
        "Two plans are needed to compare, and there are not as many yet. Solve a case and one of its scenarios on the "
        "page Solve.",
        "比较至少需要两个规划。请在“求解”页求解某个案例及其情景。",
    ),
    "compare.changed": (
        "{plan} was changed by hand since its audit, and its figures make no sense any more. Leave it out.",
        "{plan} 在审核后被手工改动，数值已无法解释，请将其移除。",
    ),
    "compare.unreadable": ("{plan} cannot be read: {why}", "无法读取 {plan}：{why}"),
    "compare.better": ("Which is better", "孰优"),
    "compare.room": ("What to look at", "查看内容"),
    "compare.figures": ("Figures", "主要数值"),
    "compare.inputs": ("Inputs", "输入差异"),
    "compare.decisions": ("Decisions", "决策"),
    "compare.places": ("Gaps", "差距"),
    "compare.money": ("Money", "资金"),
    "compare.maps": ("Maps", "地图"),
    "compare.files": ("Downloads", "下载"),
    "compare.plan": ("plan", "规划"),
    "compare.case": ("case", "案例"),
    "compare.scenario": ("scenario", "情景"),
    "compare.status": ("status", "状态"),
    "compare.audit": ("audit", "审核"),
    "compare.figure": ("figure", "项目"),
    "compare.unit": ("unit", "单位"),
    "compare.difference": ("difference", "差值"),
    "compare.nothing": ("There is nothing to set side by side here.", "此处没有可比较的内容。"),
    "state.optimal": ("proven best", "已证明最优"),
    "state.feasible": ("not proven, stopped at a limit", "未证明，达到限制"),
    "state.interrupted": ("not proven, stopped by hand", "未证明，人工停止"),
    "state.evaluated": ("made by hand", "人工编制"),
    "state.infeasible": ("impossible", "不可行"),
    "state.no_plan": ("none found", "未找到"),
    "checked.passed": ("passed", "通过"),
    "checked.failed": ("FAILED", "未通过"),
    "checked.not run": ("not run", "未审核"),
    "checked.changed": ("changed since", "审核后被修改"),
    "checked.no digest": ("no digest", "无校验值"),
    # which is better
    "better.better": (
        "**{best}** is better than **{second}** in {goal} ({a} against {b}, smaller is better), the first goal in which "
        "they differ.",
        "**{best}** 优于 **{second}**：首个有差别的目标为{goal}（{a} 对 {b}，越小越好）。",
    ),
    "better.promises": (
        "**{best}** is better than **{second}**: it keeps its promises, and the other breaks some.",
        "**{best}** 优于 **{second}**：前者遵守全部承诺，后者违反部分承诺。",
    ),
    "better.worse_in": (
        " {second} is better in {goals}, which counts less.",
        "{second} 在{goals}上更好，但该目标排序在后。",
    ),
    "better.dominates": (" It is no worse in any other goal.", "其他目标也都不差。"),
    "better.alike": (
        "**{one}** and **{other}** are equally good: no goal differs by more than its tolerance.",
        "**{one}** 与 **{other}** 同样好：各目标之差均在容差之内。",
    ),
    "better.apart": (
        "The goals of **{one}** and **{other}** cannot be set side by side: {why}. Inputs, decisions and money are shown "
        "all the same.",
        "**{one}** 与 **{other}** 的目标无法直接比较：{why}。输入、决策和资金仍可对照。",
    ),
    "better.inputs": (
        "Where inputs differ, a plan may be better only because its case lets it do more: it need not be possible in the "
        "case of the other.",
        "输入不同时，某规划更好可能只是因为其案例条件更宽：在另一案例中未必可行。",
    ),
    # headline figures
    "total.gap_without": ("mean gap without the plan", "平均差距（无规划）"),
    "total.gap_with": ("mean gap with the plan", "平均差距（有规划）"),
    "total.spending": ("public money spent", "公共资金支出"),
    "total.available": ("money of the budget lines", "资金渠道总额"),
    "total.unspent": ("left unspent", "结余"),
    "total.overdrawn": ("overdrawn", "超支"),
    "total.private": ("paid by private investors", "社会投资"),
    "total.tax": ("tax received", "税收"),
    "total.borrowed": ("borrowed", "借款"),
    "total.interest": ("interest paid", "利息"),
    "total.sent": ("sent from line to line", "渠道间转移"),
    "total.running_a_year_after": ("running cost after the horizon", "规划期后的运行成本"),
    "total.jobs": ("productive jobs in parks, last period", "园区岗位（末期）"),
    "total.bonus_jobs": ("bonus jobs, last period", "协同新增岗位（末期）"),
    "total.measures_chosen": ("measures chosen by the plan", "规划选定的措施"),
    "total.measures_decided_before": ("measures decided before", "此前已定的措施"),
    "total.promises_broken": ("promises broken", "违反的承诺"),
    "total.emissions": ("emissions of {airshed}", "{airshed} 排放"),
    # inputs and decisions
    "inputs.none": ("All plans are of the same inputs.", "各规划的输入相同。"),
    "inputs.count": (
        "{count:input differs|inputs differ}, as the cases were solved: scenario applied, defaults filled in.",
        "有 {count} 处输入不同（按求解时的内容：已应用情景并补全默认值）。",
    ),
    "inputs.file": ("file", "文件"),
    "inputs.row": ("row", "行"),
    "inputs.column": ("column or key", "列或键"),
    "inputs.difference": ("difference", "差异"),
    "decisions.kind": ("How they differ", "差异类型"),
    "decisions.count": ("{kind} ({count})", "{kind}（{count}）"),
    "decisions.only": ("only in {plans}", "仅在 {plans}"),
    "decisions.where": ("where", "地点"),
    "decisions.note": (
        "Cells say in which period works start, and how many units where it is not one. Dearest first; the capital is that "
        "of the plan that spends most on it.",
        "单元格为开工时期；数量不为一时注明数量。按成本由高到低排列，建设成本取各规划中最大者。",
    ),
    # places, money, maps
    "places.city": ("city", "城市"),
    "places.all": ("all cities", "全部城市"),
    "places.mean": ("Mean gap of each city, %, {period}", "各城市平均差距（%），{period}"),
    "places.indicator": ("Indicator", "指标"),
    "places.gap": ("{plan}, gap %", "{plan}，差距 %"),
    "places.no_period": ("The plans have no period in common.", "各规划没有共同的时期。"),
    "money.kind": ("What of the money", "资金项目"),
    "money.given": ("given", "拨付"),
    "money.spent": ("spent", "支出"),
    "money.unspent": ("unspent", "结余"),
    "money.all": ("all lines", "合计"),
    "maps.left": ("Left", "左"),
    "maps.right": ("Right", "右"),
    "maps.note": ("Both maps have the same scale of shades.", "两图使用相同的色阶。"),
    "files.compare_excel": ("Excel workbook", "Excel 工作簿"),
    "files.compare_html": ("One web page that needs nothing else", "单个网页文件"),
    "files.compare_csv": ("All tables (CSV, zipped)", "全部数据表（CSV 压缩包）"),
}
