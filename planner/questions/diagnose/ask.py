"""Diagnosis: why a case cannot be met, and the smallest changes that make it possible, each enough by itself.

Promises are measured in the case's own words. Repairs come from different families: more money or debt, lower
targets and rules, decided measures later or dropped, weaker demands on projects, less fairness; where none of these is
enough, a mixture. Each is tried: the case is edited and solved anew. Beside them stand a few promises that contradict one
another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from planner import promises
from planner.case import Case, FrozenDict, naming
from planner.case.keys import yaml_text
from planner.planning.decisions import decided_late
from planner.planning.search import SolveOptions, stand_alone_plans
from planner.planning.settling import Settler
from planner.plans.plan import Plan
from planner.questions.asking import Asking, AskOptions, Columns, Result, asking, because, frame
from planner.questions.diagnose.conflict import Conflict, conflicts
from planner.questions.diagnose.loosened import loosened
from planner.questions.diagnose.repairs import Repair, Search, as_files, possible, repair
from planner.solver.highs import Limits
from planner.words.said import _
from planner.work.stopping import Cancelled, Listener, Stopped
from planner.work.workers import Done, Task

DIAGNOSIS_SECONDS = 60.0  # at most, where somebody asked for a plan and there is none
GAP = 1e-4  # how closely the least total of each repair is to be known
FAMILIES = {
    "money": _("more money, of any line"),
    "debt": _("more debt, of any line that may borrow"),
    "limits": _("lower targets and rules"),
    "places": _("targets for fewer cities"),
    "late": _("decided measures later"),
    "dropped": _("decided measures dropped"),
    "demands": _("weaker demands on projects"),
    "fairness": _("less fairness"),
}
UNKNOWN = _("stopped before it was known whether the case can be met")
NO_HELP = _("stopped before it was known what would help")
SHARES_OF_TIME = {"families": 0.6, "conflict": 0.5}  # of what is left when their turn comes


@dataclass(frozen=True)
class Diagnosis(Result):
    """Why a case cannot be met, and what would make it possible.

    Attributes
    ----------
    possible
        Whether the case can be met as it is; None if time ended before that was known.
    repairs
        Alternatives, each enough by itself if it is verified: those of whole families, then of single promises.
    conflicts
        Promises that cannot be kept together, set by set.
    not_enough
        Names of what is not enough by itself, however much it gives way: proven.
    past
        Ids of periods that are over, and kept as they were.
    """

    possible: bool | None = None
    repairs: tuple[Repair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    not_enough: tuple[str, ...] = ()
    past: tuple[str, ...] = ()

    QUESTION: ClassVar[str] = "diagnose"
    TABLES: ClassVar[dict[str, Columns]] = {
        "repairs": {
            "repair": "number; all rows of one number together are enough, without those of others",
            "name": "what changes in it",
            "promise": "kind of promise that changes",
            "item": "its id: line, target, rule, measure ...",
            "city": "id, if it is of one city",
            "period": "id, if it is of one period",
            "now": "its figure today, in `unit`; empty if it has none",
            "needed": "a figure with which the case is possible, in `unit`; empty if it has none, or is dropped",
            "unit": "of both",
            "change": "the change in words",
            "verified": "whether the case with all changes of the repair was solved, and is possible",
            "least": "whether no smaller total is enough, proven (within 0.01 % unless asked otherwise)",
            "fewest": "whether no fewer promises with that total are enough, proven",
        },
        "conflicts": {
            "conflict": "number; promises of one number cannot be kept together, even if all else that may give way did",
            "promise": "kind of promise",
            "item": "its ids, ';' between",
            "text": "the promise as it is now, in words",
            "irreducible": "whether without any one of them the others can be kept, proven",
        },
    }

    @property
    def is_answered(self) -> bool:
        """Whether it is known that the case can be met, or that it cannot."""
        return self.possible is not None

    def facts(self) -> dict[str, Any]:
        """Figures beside the tables, as plain JSON values."""
        return {
            "possible": self.possible,
            "not_enough": list(self.not_enough),
            "scenarios": {str(n): self.scenario(n) for n in range(1, len(self.repairs) + 1)},
        }

    def scenario(self, number: int) -> dict[str, Any]:
        """A repair, by its number from 1, as what stands under its name in the scenarios of case.yaml."""
        based_on = {} if self.case.scenario == "base" else {"based_on": self.case.scenario}
        found = self.repairs[number - 1]
        return {"description": f"Repair: {found.name}.", **based_on, "edits": promises.edits_of(found.changes)}

    def scenario_text(self, number: int) -> str:
        """The same as text to paste there."""
        return yaml_text({f"repair-{number}": self.scenario(number)})


def diagnose(
    case: Case,
    *,
    plan: Plan | None = None,
    fixed: Mapping[tuple[str, str], float] | None = None,
    past: Collection[str] = (),
    options: AskOptions | None = None,
    on_event: Listener | None = None,
    cancelled: Cancelled | None = None,
) -> Diagnosis:
    """Why a case cannot be met, and the smallest changes that make it possible.

    Parameters
    ----------
    case
        A filled case.
    plan
        What solving it came to, if that is known: if it is `infeasible`, that need not be found out again.
    fixed
        Starts that are no choice any more, as in `planner.solve`.
    past
        Ids of periods that are over: money of theirs gives way no more.
    options, on_event, cancelled
        As in `planner.solve`; `options.gap` is that of the least total of each repair (default 1e-4).

    Returns
    -------
    Diagnosis
        `complete` if every family is answered, every repair verified and proven, and the conflict irreducible.

    Raises
    ------
    ValueError
        The plan given is of another case.
    """
    if plan is not None and plan.case.content_hash != case.content_hash:
        raise ValueError(_("the plan given is of another case"))
    with asking(options or AskOptions(gap=GAP), on_event, cancelled) as question:
        question.tell(_("building the model"))
        fits = False if plan is not None and plan.status == "infeasible" else None
        try:
            settler = Settler.of(case, until=question.until)
            settler = _promising_alone(question, settler).fixing(dict(fixed or {}))
            fits = _possible(question, settler) if fits is None else fits
            loose = None if fits is not False else loosened(settler, question.until, past)
        except Stopped as stopped:
            return _result(question, case, fits, (because(UNKNOWN if fits is None else NO_HELP, stopped.said),))
        if loose is None:
            return _result(question, case, fits, () if fits else (UNKNOWN,))
        search = Search(as_files(case), loose, question.options.gap, question.options.seed, settler.built.fixed)
        families = _families(question, search)
        found = _conflicts(question, search, families)
        others = _others(question, search, families, found)
        doubts = [
            _("{who} alone: not proven: {why}").format(who=naming.jurisdiction(case, a.jurisdiction), why=a.reason)
            for a in settler.built.alone
            if not a.proven
        ]
        return _answer(question, case, [*families, *others], found, doubts)


def _promising_alone(question: Asking, settler: Settler) -> Settler:
    """With what each jurisdiction reaches alone, where nobody may be worse off."""
    if not settler.case.nobody_worse_off:
        return settler
    question.tell(_("planning for each jurisdiction alone"))
    limits = SolveOptions(threads=1, seed=question.options.seed)
    return settler.promising(stand_alone_plans(settler, limits, question.until))


def _possible(question: Asking, settler: Settler) -> bool | None:
    question.tell(_("looking whether the case can be met"))
    limits = Limits(gap=question.options.gap, threads=1, seed=question.options.seed)
    return possible(settler, decided_late(settler.case), limits, question.until)


def _families(question: Asking, search: Search) -> list[Done]:
    """The repair of each family that has anything to give way."""
    tasks = []
    for family, name in FAMILIES.items():
        chosen = [k for k, c in enumerate(search.loose.concessions) if c.family == family]
        if chosen:
            tasks.append(Task(name, repair, (search, name, chosen)))
    return list(question.run(tasks, SHARES_OF_TIME["families"]))


def _conflicts(question: Asking, search: Search, families: Sequence[Done]) -> tuple[Conflict, ...]:
    """Promises that contradict one another; what the families' repairs left out is known to be enough."""
    enough = [done.value.promises for done in families if done.value is not None and done.value.outcome == "found"]
    task = Task(_("promises in conflict"), conflicts, (search.loose, enough, search.gap, search.seed))
    (done,) = question.run([task], SHARES_OF_TIME["conflict"])
    return done.value if done.value is not None else (Conflict(),)


def _others(question: Asking, search: Search, families: Sequence[Done], found: Sequence[Conflict]) -> list[Done]:
    """Repairs of single promises; and a mixture where no family is enough.

    A promise that is enough by itself is in every conflict: with two that have nothing in common there is none.
    """
    loose, repairs = search.loose, _values(families)
    singles = [promises.tried_alone(concession.promise) for concession in loose.concessions]
    known = {frozenset(promises.tried_alone(key) for key in one.promises) for one in repairs if one.verified}
    tasks = []
    common = found[0].promises if len(found) == 1 else ()
    for single in dict.fromkeys(promises.tried_alone(key) for key in common):
        if single is not None and frozenset({single}) not in known:
            chosen = [k for k, c in enumerate(loose.concessions) if singles[k] == single and c.family != "places"]
            name = _("{promise} alone").format(promise=promises.called(search.case, single))
            tasks.append(Task(name, repair, (search, name, chosen)))
    if not known:
        name = _("a mixture")
        tasks.append(Task(name, repair, (search, name, range(len(loose.concessions)), True)))
    return list(question.run(tasks))


def _values(done: Sequence[Done]) -> list[Repair]:
    return [one.value for one in done if one.value is not None]


def _answer(
    question: Asking, case: Case, done: Sequence[Done], found: tuple[Conflict, ...], doubts: Sequence[str]
) -> Diagnosis:
    different = {tuple(change.text for change in one.changes): one for one in reversed(_values(done))}
    repairs = tuple(one for one in reversed(different.values()) if one.outcome == "found")
    if any(one.outcome == "nothing" for one in _values(done)):
        return _result(question, case, True, ())
    not_enough = tuple(one.name for one in _values(done) if one.outcome == "impossible")
    missing = [*doubts, *(because(one.name, one.problem) for one in done if one.value is None)]
    missing += [said for one in _values(done) for said in _unproven(one)]
    if not all(one.irreducible for one in found):
        missing.append(_("promises in conflict: stopped before it was known which of them are needed for it"))
    rows = [row for number, one in enumerate(repairs, start=1) for row in _rows(number, one)]
    conflicting = [
        (number, kind, ";".join(ids), promises.now(case, (kind, *ids)), one.irreducible)
        for number, one in enumerate(found, start=1)
        for kind, *ids in one.promises
    ]
    tables = {
        "repairs": frame(Diagnosis.TABLES["repairs"], rows),
        "conflicts": frame(Diagnosis.TABLES["conflicts"], conflicting),
    }
    return _result(question, case, False, missing, tables, repairs=repairs, conflicts=found, not_enough=not_enough)


def _unproven(one: Repair) -> Iterator[str]:
    """What is not known of a repair."""
    if one.outcome == "unknown":
        yield because(one.name, _("stopped before it was known whether it is enough"))
    elif one.outcome == "found":
        if not one.verified:
            yield _("{name}: not verified: {why}").format(name=one.name, why=one.problem)
        if not one.least:
            yield because(one.name, _("not proven to be the least"))
        elif not one.fewest:
            yield because(one.name, _("not proven to be of the fewest promises"))


def _rows(number: int, one: Repair) -> Iterator[tuple[Any, ...]]:
    for c in one.changes:
        figures = (c.now, c.needed, c.unit, c.text)
        yield number, one.name, c.promise, c.item, c.city, c.period, *figures, one.verified, one.least, one.fewest


def _result(
    question: Asking,
    case: Case,
    fits: bool | None,
    missing: Sequence[str],
    tables: dict[str, Any] | None = None,
    **facts: Any,
) -> Diagnosis:
    empty = {name: frame(columns, []) for name, columns in Diagnosis.TABLES.items()} if fits is not None else {}
    return Diagnosis(
        case,
        not missing,
        tuple(missing),
        question.seconds,
        FrozenDict(tables or empty),
        FrozenDict(),
        possible=fits,
        **facts,
    )
