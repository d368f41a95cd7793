"""Words of the page Cases."""

from __future__ import annotations

from collections.abc import Mapping

CASES: Mapping[str, tuple[str, str]] = {
    "cases.title": ("Cases", "案例库"),
    "cases.choose": ("Case to look at or edit", "查看或编辑的案例"),
    "cases.new": ("New case", "新建案例"),
    "cases.upload": ("Excel workbook of a case", "案例的 Excel 工作簿"),
    "cases.upload_help": (
        "The workbook that “Download as Excel” or planner export --xlsx writes, edited or not. At most 20 MB.",
        "由“下载 Excel”或 planner export --xlsx 生成的工作簿，可先编辑。最大 20 MB。",
    ),
    "cases.read": ("Read the workbook", "读取工作簿"),
    "cases.from_example": ("Start from a small example", "从小示例开始"),
    "cases.unreadable": ("The workbook {file} cannot be read as a case:", "工作簿 {file} 无法作为案例读取："),
    "cases.shipped": (
        "This example is read-only: what you change here is kept once you save it as a new case.",
        "此示例为只读；另存为新案例后才会保留您的修改。",
    ),
    "cases.good": (
        "No mistakes. {cities:city|cities}, {measures:measure|measures}, {periods:period|periods}.",
        "没有错误。{cities} 个城市，{measures} 项措施，{periods} 个时期。",
    ),
    "cases.mistakes": (
        "{count:mistake|mistakes}; the case can be saved, but not solved yet.",
        "有 {count} 处错误；案例可以保存，但尚不能求解。",
    ),
    "cases.warnings": ("{count:thing that is|things that are} probably not meant", "{count} 处可能并非本意"),
    "cases.map": ("Map: cities, links of today, and links that may be built", "地图：城市、现有线路与可建线路"),
    "cases.unsaved": (
        "There are changes that are not saved. They are kept for this browser, whatever page you turn to.",
        "有尚未保存的修改。这些修改会为本浏览器保留，切换页面也不会丢失。",
    ),
    "cases.next": (", ", "，"),
    "cases.has_draft": ("{name}, changed", "{name}，有修改"),
    "cases.elsewhere": (
        "This case was changed in another window of this browser, and is shown as it was left there. What you typed last "
        "was not taken over: please type it again.",
        "此案例已在本浏览器的另一窗口中修改，现显示该窗口的内容。您刚才输入的内容未被采用，请重新输入。",
    ),
    "cases.not_kept": (
        "What you typed could not be kept on the disk ({why}). It is still here: save the case, or download it as Excel.",
        "您输入的内容无法写入磁盘（{why}）。内容仍在本页：请保存案例，或下载 Excel。",
    ),
    "cases.not_saved": (
        "The case could not be saved ({why}). Nothing was overwritten, and what you typed is still here.",
        "案例无法保存（{why}）。未覆盖任何内容，您输入的内容仍在此处。",
    ),
    "cases.not_deleted": ("The case could not be deleted ({why}).", "案例无法删除（{why}）。"),
    "cases.gone": (
        "{name} was deleted since you changed it. What you typed is still here: save it as a new case, or discard it.",
        "您修改 {name} 之后它已被删除。您输入的内容仍在此处：请另存为新案例，或放弃修改。",
    ),
    "cases.unread": (
        "Some rows of “everything else” cannot be read; mend them before you save or change scenarios.",
        "“其他设置”中有些行无法读取，请先改正，再保存或修改情景。",
    ),
    "cases.as_text": (
        "This table cannot be shown as a grid without losing something; here is its file as it is.",
        "此表无法完整地显示为网格，以下为其文件原文。",
    ),
    "cases.full": (
        "The last empty row was filled. If you pasted more rows than there was room for, the rest was not taken over: there "
        "are new empty rows now, paste it there.",
        "最后一个空行已填写。若粘贴的行数多于空行，其余行未被采用：现已有新的空行，请将其余行粘贴于此。",
    ),
    "cases.out": ("remove", "移除"),
    "cases.take_out": ("Tick to take the row out.", "勾选即移除该行。"),
    "cases.all_mistakes": ("All {count}", "全部 {count} 处"),
    "cases.save": ("Save", "保存"),
    "cases.save_as": ("Save as a new case named", "另存为新案例，名称"),
    "cases.save_new": ("Save as", "另存为"),
    "cases.saved": ("Saved as {name}.", "已保存为 {name}。"),
    "cases.changed": (
        "{name} was saved by somebody else since you opened it. Nothing was overwritten: save yours under another name, "
        "or open theirs and change it again.",
        "您打开 {name} 之后它已被他人保存。未覆盖任何内容：请将您的修改另存为其他名称，或打开对方版本重新修改。",
    ),
    "cases.taken": ("There is a case {name} already; choose another name.", "已有名为 {name} 的案例，请换一个名称。"),
    "cases.bad_name": ("This name cannot be used: {why}.", "此名称不可用：{why}。"),
    "cases.discard": ("Discard changes", "放弃修改"),
    "cases.download": ("Download as Excel", "下载 Excel"),
    "cases.solve": ("Solve this case", "求解此案例"),
    "cases.delete": ("Delete this case", "删除此案例"),
    "cases.delete_sure": ("Delete {name} for good", "永久删除 {name}"),
    "cases.deleted": ("{name} is deleted. Plans made of it stay.", "{name} 已删除；由它得到的规划仍然保留。"),
    "cases.keys": ("everything else", "其他设置"),
    "cases.scenarios": ("scenarios", "情景"),
    "cases.sources": ("sources", "来源"),
    "cases.rows": (
        "Empty cells take the default. The question mark in a heading says what the column means; empty rows at the end are "
        "for new ones.",
        "空单元格取默认值。列标题的问号说明其含义；末尾的空行用于新增。",
    ),
    "cases.keys_help": (
        "One key a row: money.unit, periods[1], goals[1]. Lists of keys are written as {{minimise: gaps}}.",
        "每行一个键：money.unit、periods[1]、goals[1]。键的列表写作 {{minimise: gaps}}。",
    ),
    "cases.table": ("table", "表"),
    "cases.row": ("row", "行"),
    "cases.name": ("name in the row", "该行名称"),
    "cases.column": ("column or key", "列或键"),
    "cases.message": ("what is wrong", "问题"),
    "cases.key": ("key", "键"),
    "cases.value": ("value", "值"),
    "cases.unit": ("unit", "单位"),
    "cases.meaning": ("what it is", "含义"),
    "cases.no_scenarios": ("This case has no scenarios yet.", "该案例还没有情景。"),
    "cases.edits": ("{count:change|changes}", "{count} 处改动"),
    "cases.remove": ("Remove", "移除"),
    "cases.add_edit": ("Add a change to a scenario", "为情景添加改动"),
    "cases.scenario_name": ("Scenario (a new name makes one)", "情景（新名称会新建情景）"),
    "cases.scenario_text": ("What the scenario asks", "情景说明"),
    "cases.edit_table": ("Table", "表"),
    "cases.edit_column": ("Column", "列"),
    "cases.edit_where": ("Only rows where this column", "仅限此列"),
    "cases.edit_is": ("is", "等于"),
    "cases.all_rows": ("all rows", "所有行"),
    "cases.edit_how": ("How", "方式"),
    "cases.edit_value": ("Value", "数值"),
    "cases.multiply": ("multiply by", "乘以"),
    "cases.add": ("add", "加上"),
    "cases.set": ("set to", "设为"),
    "cases.add_it": ("Add", "添加"),
    "cases.number": ("{value} {why}.", "{value} 不可用：{why}。"),
    "cases.empty": ("No case is chosen.", "未选择案例。"),
    "cases.too_much": (
        "Reading {file} takes more memory or time than this server gives: nothing was taken from it. Delete what its sheets "
        "hold beyond the tables, and try again.",
        "读取 {file} 所需的内存或时间超出本服务器的限度，未读入任何内容。请删除各工作表中表格以外的内容后重试。",
    ),
    "cases.too_large": ("The file is larger than {most} MB.", "文件超过 {most} MB。"),
}
