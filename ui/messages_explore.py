"""Words of the page Explore."""

from __future__ import annotations

from collections.abc import Mapping

from planner.words.said import Sentence, _

EXPLORE: Mapping[str, Sentence] = {
    "explore.title": _("Questions beyond one plan"),
    "explore.plan": _("Plan to ask about"),
    "explore.no_plans": _("There is no plan in this workspace yet. Solve a case first."),
    "explore.question": _("Question"),
    "explore.minutes": _("Time limit, minutes"),
    "explore.minutes_help": _("What is not answered by then is said. The question goes on when you leave this page."),
    "explore.ask": _("Ask"),
    "explore.running": _("{done} ({seconds} s)"),
    "explore.stop": _("Stop and keep what is answered"),
    "explore.stopping": _("Stopping; what is answered so far is kept."),
    "explore.complete": _("Answered in full, in {seconds} s."),
    "explore.incomplete": _(
        "Not answered in full after {seconds} s: {count:point is|points are} open, or not proven; see the list below."
    ),
    "explore.missing": _("What is not answered or not proven ({count})"),
    "explore.more": _("and {count} more"),
    "explore.files": _("Full tables as files"),
    "explore.download": _("{name}, {count:row|rows} (CSV)"),
    "explore.unreadable": _("This answer cannot be read. It may be of an earlier version: ask again. What was said:"),
    "explore.about": _("Case {case}, scenario {scenario}; asked {when}"),
    "explore.about_plan": _("about the plan {plan}"),
    "explore.answers": _("Questions asked before"),
    "explore.failed": _("The question ended without an answer. What it said:"),
    "explore.measures": _("Measures"),
    "explore.all_chosen": _("All that the plan chooses"),
    "explore.choose_scenarios": _("Choose two or more"),
    "explore.robust_case": _(
        "This question does not look at the plan chosen, but plans its case anew for all of these scenarios together."
    ),
    "explore.no_scenarios": _("The case of this plan has no scenarios: add some on the page Cases."),
    "explore.measure": _("Measure"),
    "explore.points": _("Points"),
    "explore.within": _("Within, % of the best"),
    "explore.differ_usual": _("a tenth of those that can be chosen, from 1 to 5"),
    "explore.differ": _("Different in at least so many measures"),
    "explore.scenarios": _("Scenarios"),
    "explore.criterion": _("What is to be small"),
    "explore.amount": _("Amount, {unit}"),
    "explore.open": _("open"),
    "explore.when": _("asked"),
    "explore.case": _("case"),
    "explore.asked_question": _("question"),
    "explore.state": _("state"),
    "explore.no_answer": _("no answer"),
    "about.frontier": _(
        "A curve of what the best plan closes with less and with more money, and where it bends. Takes a minute or two for "
        "every few points in a large case."
    ),
    "about.alternatives": _(
        "Other plans within so much of the best, and which measures all of them have. The plans take a minute or two; to "
        "prove it of every measure of a large case may take an hour."
    ),
    "about.importance": _(
        "What the plan would lose without each of its measures, planned anew each time. Takes some seconds for a measure, "
        "in a large case ten minutes for all."
    ),
    "about.explain": _(
        "What hinders or requires one measure, what the other choice would cost, and who gains by it. Mostly takes a "
        "minute at most."
    ),
    "about.value": _(
        "What a little more or less money of each line in each period would change. Takes some seconds for every line and "
        "period, in a large case about five minutes."
    ),
    "about.borders": _(
        "What is lost where each jurisdiction plans alone or nobody signs anything, and what each signature adds. Takes a "
        "minute or two in a large case."
    ),
    "about.sensitivity": _(
        "How the plan fares when costs, needs or money turn out lower or higher, and which measures stay. Takes some "
        "minutes, in a large case a quarter of an hour."
    ),
    "about.robust": _(
        "What to start first when it is not known which scenario comes true. The longest of all questions: give a large "
        "case ten minutes or more."
    ),
    "about.rank": _(
        "What a scoring sheet would fund, one measure after the other, and how much more the best plan closes from the same "
        "money. Takes less than a minute."
    ),
    "question.frontier": _("How much more money closes how much more of the gap?"),
    "question.alternatives": _("Which other plans are almost as good?"),
    "question.importance": _("What is lost without each measure?"),
    "question.explain": _("Why is a measure in the plan, or not?"),
    "question.value": _("What would more money on a line buy?"),
    "question.borders": _("What does planning alone cost, and what is each signature worth?"),
    "question.sensitivity": _("Which assumptions matter?"),
    "question.robust": _("Which first steps are right in several scenarios?"),
    "question.rank": _("How good is a ranked list of single measures?"),
    "criterion.expected": _("the mean over the scenarios"),
    "criterion.worst": _("the worst scenario"),
    "criterion.regret": _("the largest regret"),
    "criterion.cvar": _("the mean of the worst scenarios"),
}

TABLES: Mapping[str, Sentence] = {  # of answers, as their files are offered
    "importance": _("what each measure is worth"),
    "value": _("the value of money"),
    "comparison": _("the list and the optimal plan"),
    "list": _("the whole ranked list"),
    "kinds": _("spending by kind"),
    "alternatives": _("alternatives"),
    "changes": _("measures that change"),
    "measures": _("measures"),
    "frontier": _("the curve of money and goals"),
    "worlds": _("ways of planning together"),
    "jurisdictions": _("jurisdictions"),
    "signatures": _("signatures"),
    "gains": _("who gains"),
    "sensitivity": _("assumptions"),
    "switching": _("when measures leave the plan"),
    "exchange": _("exchange rates"),
    "reasons": _("reasons"),
    "scenarios": _("scenarios"),
    "first_decisions": _("first decisions"),
    "criteria": _("criteria"),
    "planned_for": _("planned for one scenario alone"),
}
