"""What the drawings, tables and sentences of the planner say, in Chinese; in English they speak for themselves."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

KINDS: Mapping[str, Sentence] = {
    "link": _("link"),
    "hub": _("hub"),
    "facility": _("facility"),
    "policy": _("signature or policy"),
    "park": _("park"),
    "abatement": _("abatement"),
    "closure": _("closure"),
}

# Words of the drawings; those that end with a comma or a space are beginnings of titles, whose rest is of the case.
CHARTS: Mapping[str, str] = {
    "without the plan": "无规划",
    "with the plan": "有规划",
    "gap": "差距",
    "link built": "新建线路",
    "link that may be built": "可建线路",
    "in use from": "投入使用",
    "paid by": "支付方",
    "public ": "公共资金，",
    "paid, ": "支付，",
    "private investors": "社会投资",
    "capital": "建设支出",
    "running": "运行支出",
    "paid: capital": "支付：建设",
    "paid: running": "支付：运行",
    "sent to lines": "转给其他资金渠道",
    "repaid": "偿还",
    "carried on": "结转",
    "unspent": "结余",
    "works": "建设期",
    "in service": "运行期",
    "links": "交通线路",
    "hubs": "枢纽",
    "facilities": "公共设施",
    "signatures and policies": "协议与政策",
    "parks": "产业园区",
    "abatement": "减排",
    "closures": "关停",
    "nothing starts": "没有启动项目",
    "gap of the city (mean over its indicators, weighted as in the first goal)": "城市差距（各指标按第一目标加权平均）",
    "mean gap in ": "平均差距（%），",
    "How well off each city is": "各城市状况",
    "city": "城市",
    "money": "公共资金",
    "link": "线路",
    "mode": "方式",
    "period": "时期",
    "row": "项目",
    "what": "阶段",
    "begins": "开始",
    "ends": "结束",
    "payer": "支付方",
    "amount": "金额",
    "line": "资金渠道",
    "use": "用途",
    "plan": "规划",
    "high speed rail": "高速铁路",
    "road": "公路",
    "motorway": "高速公路",
    "rail": "铁路",
    "metro": "地铁",
    "bus": "公交",
}

TABLES: Mapping[str, Sentence] = {
    "decisions": _("decisions: what starts when"),
    "indicators": _("indicators by city"),
    "routes": _("travel times"),
    "flows": _("where people are served"),
    "money": _("money by line and period"),
    "spending": _("payments by measure and line"),
    "private": _("private money"),
    "transfers": _("transfers between lines"),
    "parks": _("parks and their jobs"),
    "phases": _("phases of parks"),
    "bonus": _("value chains"),
    "taxes": _("tax of parks"),
    "skills": _("skilled people"),
    "airsheds": _("emissions by airshed"),
    "alone": _("each jurisdiction alone and together"),
    "jurisdictions": _("jurisdictions"),
}

COLUMNS: Mapping[str, str] = {
    "measure": "措施", "name": "名称", "kind": "类别", "level": "政策层级", "city": "城市", "jurisdiction": "辖区",
    "start_period": "开工时期", "opens": "启用年份", "units": "数量", "capital_cost": "建设成本", "private_cost": "社会投资",
    "running_cost": "运行成本", "decided": "决定方", "indicator": "指标", "period": "时期", "people": "人数", "unit": "单位",
    "standard": "标准", "today": "现状", "without_plan": "无规划", "with_plan": "有规划", "gap_without": "差距（无规划）",
    "gap_with": "差距（有规划）", "from": "起点", "to": "终点", "minutes_without": "时间（无规划）",
    "minutes_with": "时间（有规划）", "via": "途经", "service": "服务", "amount": "金额或数量", "line": "资金渠道",
    "carried_in": "上期结转", "received": "收到转移", "borrowed": "借款", "tax": "税收", "capital": "建设支出",
    "running": "运行支出", "sent": "转出", "repaid": "偿还", "carried_out": "结转下期", "unspent": "结余",
    "debt": "债务余额",
    "own": "自带投资", "attracted": "吸引投资", "policy": "政策", "possible_jobs": "可能岗位", "jobs": "岗位",
    "bonus_jobs": "协同新增岗位", "skilled": "技能岗位", "area_km2": "面积（平方公里）", "output": "产出",
    "emissions": "排放",
    "shared_tax": "分享税收", "chain": "产业链", "partner": "协同园区", "arrives": "到账时期", "part": "部分",
    "free": "可用人才",
    "graduates": "毕业生", "used": "已用", "airshed": "空气流域", "existing": "现有排放", "parks": "园区",
    "abated": "减排量",
    "closed": "关停减少", "cap": "上限", "value_alone": "单独规划", "bound_alone": "单独规划的下限",
    "value_with": "协同规划",
    "pays": "支付", "paid_by_others": "他方支付", "people_brought_to_standard": "达标人数",
    "people_worse_off": "变差人数",
}  # fmt: skip

UNITS: Mapping[str, str] = {
    "share, 0-1": "比例，0-1", "heads": "人", "in its unit": "指标单位", "minutes": "分钟", "unit of service": "服务单位",
    "jobs": "个", "doctors": "名", "nurses": "名", "posts": "个", "places": "个", "beds": "张",
    "output per head": "人均产出", "people": "人", "people, so far": "人，累计", "half in each city": "两市各半",
    "whole horizon": "整个规划期",
    "of the period": "本期", "a year": "每年", "last period": "末期", "measures": "项", "promises": "项",
    "person-equivalents": "人当量", "of the phases started so far": "已启动各期", "unit of gdp": "GDP单位",
    "unit of the airshed": "空气流域单位", "own part of the first goal about gaps": "第一差距目标中的本地部分",
    "degrees": "度", "km2": "平方公里", "km": "公里", "share": "比例", "share a year": "每年比例", "years": "年",
}  # fmt: skip

CELLS: Mapping[str, str] = {
    "link": "交通线路", "hub": "枢纽", "facility": "公共设施", "policy": "协议与政策", "park": "产业园区",
    "abatement": "减排",
    "closure": "关停", "before": "此前已定", "by the plan": "由规划决定", "after the horizon": "规划期之后",
    "minutes": "分钟", "same": "相同", "moved": "时间不同", "other size": "规模不同", "moved, other size": "时间与规模不同",
    "not offered": "无此选项", "value": "数值", "row": "行", "with": "有规划", "without": "无规划", "yes": "是", "no": "否",
}  # fmt: skip
