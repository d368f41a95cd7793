"""Words of the page Cases."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

CASES: Mapping[str, Sentence] = {
    "cases.title": _("Cases"),
    "cases.choose": _("Case to look at or edit"),
    "cases.new": _("New case"),
    "cases.upload": _("Excel workbook of a case"),
    "cases.upload_help": _(
        "The workbook that “Download as Excel” or planner export --xlsx writes, edited or not. At most 20 MB."
    ),
    "cases.read": _("Read the workbook"),
    "cases.from_example": _("Start from a small example"),
    "cases.unreadable": _("The workbook {file} cannot be read as a case:"),
    "cases.shipped": _("This example is read-only: what you change here is kept once you save it as a new case."),
    "cases.good": _("No mistakes. {cities:city|cities}, {measures:measure|measures}, {periods:period|periods}."),
    "cases.mistakes": _("{count:mistake|mistakes}; the case can be saved, but not solved yet."),
    "cases.warnings": _("{count:thing that is|things that are} probably not meant"),
    "cases.map": _("Map: cities, links of today, and links that may be built"),
    "cases.unsaved": _("There are changes that are not saved. They are kept for this browser, whatever page you turn to."),
    "cases.next": _(", "),
    "cases.has_draft": _("{name}, changed"),
    "cases.elsewhere": _(
        "This case was changed in another window of this browser, and is shown as it was left there. What you typed last "
        "was not taken over: please type it again."
    ),
    "cases.not_kept": _(
        "What you typed could not be kept on the disk ({why}). It is still here: save the case, or download it as Excel."
    ),
    "cases.not_saved": _("The case could not be saved ({why}). Nothing was overwritten, and what you typed is still here."),
    "cases.not_deleted": _("The case could not be deleted ({why})."),
    "cases.gone": _(
        "{name} was deleted since you changed it. What you typed is still here: save it as a new case, or discard it."
    ),
    "cases.unread": _("Some rows of “everything else” cannot be read; mend them before you save or change scenarios."),
    "cases.as_text": _("This table cannot be shown as a grid without losing something; here is its file as it is."),
    "cases.full": _(
        "The last empty row was filled. If you pasted more rows than there was room for, the rest was not taken over: there "
        "are new empty rows now, paste it there."
    ),
    "cases.out": _("remove"),
    "cases.take_out": _("Tick to take the row out."),
    "cases.all_mistakes": _("All {count}"),
    "cases.save": _("Save"),
    "cases.save_as": _("Save as a new case named"),
    "cases.save_new": _("Save as"),
    "cases.saved": _("Saved as {name}."),
    "cases.changed": _(
        "{name} was saved by somebody else since you opened it. Nothing was overwritten: save yours under another name, "
        "or open theirs and change it again."
    ),
    "cases.taken": _("There is a case {name} already; choose another name."),
    "cases.bad_name": _("This name cannot be used: {why}."),
    "cases.discard": _("Discard changes"),
    "cases.download": _("Download as Excel"),
    "cases.solve": _("Solve this case"),
    "cases.delete": _("Delete this case"),
    "cases.delete_sure": _("Delete {name} for good"),
    "cases.deleted": _("{name} is deleted. Plans made of it stay."),
    "cases.keys": _("everything else"),
    "cases.scenarios": _("scenarios"),
    "cases.sources": _("sources"),
    "cases.rows": _(
        "Empty cells take the default. The question mark in a heading says what the column means; empty rows at the end are "
        "for new ones."
    ),
    "cases.keys_help": _(
        "One key a row: money.unit, periods[1], goals[1]. Lists of keys are written as {{minimise: gaps}}."
    ),
    "cases.table": _("table"),
    "cases.row": _("row"),
    "cases.name": _("name in the row"),
    "cases.column": _("column or key"),
    "cases.message": _("what is wrong"),
    "cases.key": _("key"),
    "cases.value": _("value"),
    "cases.unit": _("unit"),
    "cases.meaning": _("what it is"),
    "cases.no_scenarios": _("This case has no scenarios yet."),
    "cases.edits": _("{count:change|changes}"),
    "cases.remove": _("Remove"),
    "cases.add_edit": _("Add a change to a scenario"),
    "cases.scenario_name": _("Scenario (a new name makes one)"),
    "cases.scenario_text": _("What the scenario asks"),
    "cases.edit_table": _("Table"),
    "cases.edit_column": _("Column"),
    "cases.edit_where": _("Only rows where this column"),
    "cases.edit_is": _("is"),
    "cases.all_rows": _("all rows"),
    "cases.edit_how": _("How"),
    "cases.edit_value": _("Value"),
    "cases.multiply": _("multiply by"),
    "cases.add": _("add"),
    "cases.set": _("set to"),
    "cases.add_it": _("Add"),
    "cases.number": _("{value} {why}."),
    "cases.empty": _("No case is chosen."),
    "cases.too_much": _(
        "Reading {file} takes more memory or time than this server gives: nothing was taken from it. Delete what its sheets "
        "hold beyond the tables, and try again."
    ),
    "cases.too_large": _("The file is larger than {most} MB."),
}
