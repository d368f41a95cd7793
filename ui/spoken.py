"""What the planner says of plans and comparisons, in the language of the page: known sentences, and words of tables."""

from __future__ import annotations

import re

from planner.case import Case, Goal, naming
from planner.case.scenarios import BASE
from planner.documents import goals
from planner.plans.plan import GoalResult, Plan
from planner.plans.tables import TABLES, heading
from planner.words import phrases
from ui.messages import MESSAGES, chinese, language, say
from ui.messages_charts import CELLS, COLUMNS, UNITS

STAGES = {key.removeprefix("stage."): said.in_language("zh") for key, said in MESSAGES.items() if key.startswith("stage.")}
SENTENCES: tuple[tuple[str, str], ...] = (  # of the planner, and what they are in Chinese
    (r"the audit does not confirm it", "审核未予确认"),
    *(
        (rf"the time limit of (.+?) s ended while {stage}", rf"\1 秒时限在“{said}”阶段用完")
        for stage, said in STAGES.items()
    ),
    *((rf"interrupted while {stage}", rf"在“{said}”阶段被停止") for stage, said in STAGES.items()),
    (r"the time limit of (.+?) s was hit in goal (.+?)(, proven within .*)?", r"目标“\2”达到 \1 秒时限"),
    (r"the time limit of (.+?) s ended before goal (.+)", r"\1 秒时限在目标“\2”之前用完"),
    (r"interrupted in goal (.+?)(, proven within .*)?", r"在目标“\1”处被停止"),
    (r"interrupted before any plan was found", "在找到规划之前被停止"),
    (r"no plan was found within (.+?) s \(.*\)", r"\1 秒内没有找到规划"),
    (r"no plan was found.*", "没有找到规划"),
    (r"no plan (?:can keep|keeps) all targets and rules.*", "没有任何规划能同时满足全部目标值与规则"),
    (r"hand-made: decisions given, figures computed", "人工编制：给定决策，计算各项数值"),
    (r"the cases differ in (.+)", r"两者的\1不同"),
    (r"(.+) (?:have|has) no decisions", r"\1 没有决策"),
    (r"(.+) holds no decisions \(.*\): only its inputs are compared\.", r"\1 没有决策：仅比较其输入。"),
    (r"(.+) was changed since it was audited: .*", r"\1 在审核后被修改：其数值未必与决策一致。"),
    (r"(.+) has no digest, .*", r"\1 没有校验值，无法判断审核后是否被修改：其数值未必与决策一致。"),
    (r"(.+) failed its audit: .*", r"\1 未通过审核：请勿采信其数值。"),
    (r"(.+) breaks (\d+) of its promises: (.*)", r"\1 违反 \2 项承诺：\3"),
    (r"(.+) and (.+) are the same plan: .*", r"\1 与 \2 是同一规划：输入与决策均相同。"),
    (r"(.+) (?:do|does) not have the (?:period|periods) (.+): .*", r"\1 没有时期 \2：相应单元格为空。"),
    (r"(.+) (?:do|does) not have the (?:city|cities) (.+): .*", r"\1 没有城市 \2：相应单元格为空。"),
    (r"(.+) (?:do|does) not have the (?:indicator|indicators) (.+): .*", r"\1 没有指标 \2：相应单元格为空。"),
    (r"(.+) (?:do|does) not have the budget (?:line|lines) (.+): .*", r"\1 没有资金渠道 \2：相应单元格为空。"),
    (
        r"Money is counted in different units, so amounts cannot be set side by side: (.+)\.",
        r"货币单位不同，金额不可直接比较：\1。",
    ),
)


def sentence(text: str) -> str:
    """A sentence of the planner in the language of the page; one that is not known stays as it is."""
    if language() == "zh":
        for pattern, said in SENTENCES:
            found = re.fullmatch(pattern, text, flags=re.DOTALL)
            if found:
                return found.expand(said)
    return text


def stage(text: str) -> str:
    """What a solve does at the moment; a word that is not known stays as it is."""
    return say(f"stage.{text}") if f"stage.{text}" in MESSAGES else text


def cell(text: str) -> str:
    """A word of a table."""
    return CELLS.get(text, text) if language() == "zh" else text


def column(name: str) -> str:
    """A column of a table."""
    return COLUMNS.get(name, phrases.spaced(name)) if language() == "zh" else phrases.spaced(name)


def unit(text: str) -> str:
    """A unit; what is the case's own stays as it is."""
    if language() != "zh":
        return text
    return "，".join(UNITS.get(part, part) for part in (UNITS.get(text) or text).split(", "))


def unit_of(case: Case, indicator: str, text: str) -> str:
    """The unit of an indicator's figures, as short as it can be beside its name.

    Parameters
    ----------
    text
        The unit as the plan's tables say it.
    """
    service, access = case.services.get(indicator), case.access.get(indicator)
    if service is not None:
        who = naming.people(case, service.of, chinese())
        if chinese():
            return f"{unit(service.unit)}/千{who}"
        of = "" if service.of == "population" else f" {who}"
        return f"per 1,000{of}" if service.unit == naming.name_of(service) else f"{service.unit}/1,000{of}"
    if access is not None:
        return say("unit.reach", minutes=f"{access.standard_minutes:g}") if access.kind == "reach" else say("unit.minutes")
    return say("unit.jobs") if indicator in case.work and case.work[indicator].of == "jobs" else unit(text)


def scenario(case: Case) -> str:
    """The name of a case's scenario."""
    return say("plan.base") if case.scenario == BASE else naming.scenario(case, case.scenario, chinese())


def titled(case: Case, table: str, name: str) -> str:
    """A column of a plan's table with its unit."""
    of = heading(case, table, name).removeprefix(name).strip()
    if name == "measure" and "name" in TABLES[table]:
        return say("tables.measure_id")
    if not of:
        return column(name)
    return f"{column(name)}（{unit(of[1:-1])}）" if language() == "zh" else f"{column(name)} {of}"


def with_unit(text: str, of: str) -> str:
    """A heading of the page with a unit."""
    return f"{text}（{of}）" if language() == "zh" else f"{text} ({of})"


# --- goals


def goal(plan: Plan, result: GoalResult) -> str:
    """A goal of a plan by its parts: mean gap + 0.5 worst city."""
    return goal_named(plan.case, result.name)


def goal_named(case: Case, name: str) -> str:
    """A goal of a case by its parts."""
    found = next((g for g in case.goals if g.name == name), None)
    if found is None:
        return say("part.starts") if name == "starts" else goals.name(name)
    if language() == "en":
        return goals.parts_in_words(case, found, found.parts)
    return " + ".join(
        f"{'' if weight == 1 else f'{weight:g} × '}{_part(found, part)}" for part, weight in found.parts.items()
    )


def _part(found: Goal, part: str) -> str:
    if part == "worst_share" and found.worst_share_of is not None:
        return say("part.worst_share", share=f"{100 * found.worst_share_of:.4g}")
    return say(f"part.{part}")


def goal_unit(plan: Plan, result: GoalResult) -> str:
    """The unit of a goal's value: money, emissions, or none for gaps and mixtures."""
    return unit_of_goal(plan.case, result.name)


def unit_of_goal(case: Case, name: str) -> str:
    """The same of a goal of a case."""
    found = next((g for g in case.goals if g.name == name), None)
    if found is None:
        return ""
    if set(found.parts) == {"spending"}:
        return case.money.unit + (say("goal.discounted") if found.discounted else "")
    if set(found.parts) == {"emissions"}:
        units = {airshed.unit for airshed in case.airsheds.values()}
        return units.pop() if len(units) == 1 else ""
    return say("goal.share") if found.gap_parts and set(found.parts) == set(found.gap_parts) else ""


def proven(result: GoalResult) -> str:
    """What is proven of a goal, as per cent of its value."""
    if result.bound != result.bound:
        return say("goal.not_begun")
    if abs(result.bound) == float("inf"):
        return say("goal.nothing")
    return say("goal.within", within=phrases.proof(goals.proof_gap(result)))
