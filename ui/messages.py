"""All words of the page's own, in English and Chinese. What the schema says of columns and keys comes from the schema.

A message is named for where it stands; `{...}` are filled in. A planner's words only: nothing of how a solver works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from planner.words.plurals import count
from ui.messages_addresses import ADDRESSES
from ui.messages_cases import CASES
from ui.messages_explore import EXPLORE
from ui.messages_plan import PLAN

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}

FRAME: Mapping[str, tuple[str, str]] = {
    "language": ("Language", "语言"),
    "page.cases": ("Cases", "案例库"),
    "page.solve": ("Solve", "求解"),
    "page.plan": ("Plan", "规划"),
    "page.compare": ("Compare", "比较"),
    "page.explore": ("Explore", "探索"),
    "kept_in": ("Kept in the folder {folder}", "保存于文件夹 {folder}"),
    "went_wrong": (
        "Something went wrong here. Nothing you saved is lost. The log {log} says more, at {when}.",
        "此处出现了问题。已保存的内容不会丢失。详情见日志 {log}，时间 {when}。",
    ),
}

SOLVE: Mapping[str, tuple[str, str]] = {
    "solve.title": ("Solve a case", "求解案例"),
    "solve.case": ("Case", "案例"),
    "solve.shipped": ("{name} (example)", "{name}（示例）"),
    "solve.scenario": ("Scenario", "情景"),
    "solve.base": ("as it stands", "原案例"),
    "solve.minutes": ("Time limit, minutes", "时限（分钟）"),
    "solve.minutes_help": (
        "For all of it, preparation included: the best plan found by then is kept.",
        "包括准备阶段在内的全部时间；到时保留已找到的最好规划。",
    ),
    "solve.within": ("Good enough within, %", "允许偏差（%）"),
    "solve.within_help": (
        "The search ends once the plan is proven to be this close to the best possible.",
        "一旦证明规划与最优的差距不超过此值，求解即结束。",
    ),
    "solve.start": ("Find the best plan", "寻找最优规划"),
    "solve.invalid": (
        "This case has {count:mistake|mistakes}, to be mended on the page Cases first.",
        "该案例有 {count} 处错误，请先在“案例库”中改正。",
    ),
    "solve.another": ("Solve another", "再次求解"),
    "solve.run": ("{case}, {scenario}", "{case}，{scenario}"),
    "solve.asked": (
        "Started {started}. Time limit {minutes} minutes; good enough within {within} %.",
        "开始于 {started}。时限 {minutes} 分钟；允许偏差 {within}%。",
    ),
    "solve.no_limit": ("no", "无"),
    "solve.which": ("Goal", "目标"),
    "solve.which_help": (
        "Goals in their order: each is reached before the next counts.",
        "按顺序排列的目标：前一目标达到后才考虑下一目标。",
    ),
    "solve.waiting": ("Waiting for a free processor.", "等待空闲处理器。"),
    "solve.stage": ("{stage} ({seconds} s)", "{stage}（{seconds} 秒）"),
    "solve.best": ("Best plan so far", "目前最好的规划"),
    "solve.bound": ("Nothing can beat", "任何规划都不会低于"),
    "solve.proven": ("Proven within", "已证明差距"),
    "solve.no_plan_yet": ("no plan yet", "尚无规划"),
    "solve.not_known_yet": ("not known yet", "尚未知"),
    "solve.smaller": ("smaller is better", "越小越好"),
    "solve.seconds": ("seconds", "秒"),
    "stage.finding routes": ("finding routes", "寻找路径"),
    "stage.building the model": ("writing down what a plan may do", "建立规划问题"),
    "stage.looking at the cluster without the plan": ("looking at the cluster without a plan", "计算无规划情形"),
    "stage.planning for each jurisdiction alone": ("planning for each jurisdiction alone", "计算各辖区单独规划"),
    "stage.trying the plan to start from": ("trying the plan to start from", "检验初始规划"),
    "stage.looking for a first plan": ("looking for a first plan", "寻找初始规划"),
    "stage.solving": ("searching for the best plan", "寻找最优规划"),
    "stage.evaluating": ("working out all figures", "计算全部数值"),
    "stage.auditing": ("auditing", "审核"),
    "solve.draft": (
        "This case has changes that are not saved. What is solved is the case as it was saved; save it on the page Cases "
        "first to solve it with them.",
        "此案例有尚未保存的修改。求解的是已保存的案例；如需包含修改，请先在案例页面保存。",
    ),
    "solve.stop": ("Stop and keep the best plan", "停止并保留最好的规划"),
    "solve.stopping": ("Stopping; the best plan so far is kept.", "正在停止；保留目前最好的规划。"),
    "solve.done": ("Done.", "完成。"),
    "solve.look": ("Look at the plan", "查看规划"),
    "solve.failed": ("The solve ended without a plan. What it said:", "求解结束但没有得到规划。其输出为："),
    "not_written": (
        "Nothing was done, since {place} cannot be written to: {why}",
        "操作未完成，因为无法写入 {place}：{why}",
    ),
    "solve.gone": ("The solve was ended from outside. Start it again.", "求解被外部终止。请重新开始。"),
    "solve.stopped_waiting": ("Stopped before it began.", "在开始之前已停止。"),
    "solve.stopped_without": ("Stopped before there was a plan.", "在得到规划之前已停止。"),
    "solve.no_run": ("There is no run {run} in this workspace.", "此工作区中没有运行 {run}。"),
    "solve.runs": ("Runs", "运行记录"),
    "solve.link": ("The address of this page finds this run again.", "用本页地址可重新找到此次运行。"),
    "solve.none": ("There is no case yet.", "还没有案例。"),
    "state.waiting": ("waiting", "等待"),
    "state.running": ("running", "进行中"),
    "state.done": ("done", "完成"),
    "state.failed": ("no plan", "无规划"),
    "state.gone": ("ended from outside", "被终止"),
    "column.case": ("case", "案例"),
    "column.scenario": ("scenario", "情景"),
    "column.started": ("started", "开始时间"),
    "column.state": ("state", "状态"),
    "column.run": ("run", "运行"),
    "column.open": ("look at it", "查看"),
}

MESSAGES: Mapping[str, tuple[str, str]] = {**FRAME, **ADDRESSES, **SOLVE, **CASES, **PLAN, **EXPLORE}


def language() -> str:
    """The language of the page: en or zh."""
    found = st.session_state.get("lang", "en")
    return found if found in LANGUAGES else "en"


def chinese() -> bool:
    """Whether things are named in Chinese, where their names are known."""
    return language() == "zh"


def say(name: str, /, **filled: Any) -> str:
    """A message in the language of the page."""
    text = MESSAGES[name][list(LANGUAGES).index(language())]
    return text.format(**{key: Count(value) if type(value) is int else value for key, value in filled.items()})


class Count(int):
    """A number that takes its noun in brackets of a message: {count:mistake|mistakes}; Chinese asks for none."""

    def __format__(self, nouns: str) -> str:
        """The number, with the noun that fits it."""
        one, apart, several = nouns.partition("|")
        return count(int(self), one, several) if apart else super().__format__(nouns)
