"""planner audit: recompute every promise of a plan, and solve again for its bounds if asked to."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.terminal import common
from planner.terminal.common import CannotDo, ExitCode, WrongUse
from planner.terminal.progress import Display, Interrupt
from planner.words import text_layout
from planner.words.said import _, capital, count, counted, series

if TYPE_CHECKING:
    from planner.audit import AuditReport
    from planner.planning.proving_again import Proof
    from planner.plans.plan import Plan

VERDICTS = {
    "confirmed": _("confirmed"),
    "refuted": _("REFUTED: something better exists"),
    "not confirmed": _("not confirmed within the limit"),
    "not judged": _("not judged: it rests on what is refuted"),
}


def audit(
    plan: common.PlanArgument,
    prove: Annotated[bool, typer.Option("--prove", help="Solve again for every bound that the plan states.")] = False,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit", min=0, max=common.LONGEST, metavar="SECONDS", help="With --prove, for all bounds together.",
            show_default="none",
        ),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            "--gap", min=0.0, max=1.0, show_default="what the plan was asked for",
            help="With --prove: a bound is confirmed if it is proven again within this share.",
        ),
    ] = None,
    as_json: common.JsonOption = False,
    quiet: common.QuietOption = False,
) -> None:  # fmt: skip
    """Recompute a plan's figures from its case and decisions alone, and list what does not agree.

    The audit shares no code with the model. What it cannot recompute are the bounds (what nothing can beat) and, where
    nobody may be worse off than alone, what each jurisdiction has alone: they are the solver's word. With --prove another
    search, which begins with the plan's decisions, asks whether there is anything better. A digest in plan.json tells
    whether any file was edited since; it guards against slips, not against malice.

    It ends with 1 if anything is not as the plan says, a file was edited since, or a bound is refuted (those that rest on it
    are not judged then), also if a part of the plan is missing or makes no sense; with 5 if a bound is neither confirmed nor
    refuted within the time limit (130 after Ctrl-C); and with 2 only if there is no plan.

    \b
    Example:
      planner audit plans/jing-jin-ji--base --prove --time-limit 600
    """
    from planner.audit import audit as recompute
    from planner.documents.goals import status_words

    if not prove and (time_limit is not None or gap is not None):
        raise WrongUse(_("--time-limit and --gap are about the search of --prove"))
    found = common.read_plan(plan)
    if not found.has_decisions:
        raise WrongUse(_("there is nothing to audit: {found}").format(found=status_words(found)))
    report = recompute(found)
    proofs, interrupted = _proofs(found, time_limit, gap, quiet) if prove and report.passed else ((), False)
    if as_json:
        common.print_json("audit", _content(found, report, proofs if prove else None))
    else:
        common.echo(series(_said(found, report, proofs, prove), "\n"))
    raise typer.Exit(ExitCode.FAILED if found.audit == "changed" else _exit_code(report, proofs, interrupted))


def _proofs(plan: Plan, time_limit: float | None, gap: float | None, quiet: bool) -> tuple[tuple[Proof, ...], bool]:
    """What another search says of the bounds, and whether somebody stopped it."""
    from planner.planning.proving_again import NotRepeatable, prove
    from planner.planning.search import SolveOptions

    options = SolveOptions(time_limit=time_limit, gap=gap)
    display = Display(quiet, verbose=False)
    with Interrupt(_("what is known of the bounds by then is said")) as interrupt:
        interrupt.has_plan = True
        try:
            return prove(plan, options=options, on_event=display, cancelled=interrupt), interrupt.requested
        except NotRepeatable as problem:
            raise CannotDo(str(problem)) from None
        finally:
            display.clear()


def _exit_code(report: AuditReport, proofs: tuple[Proof, ...], interrupted: bool) -> ExitCode:
    if not report.passed or any(proof.verdict == "refuted" for proof in proofs):
        return ExitCode.FAILED
    if any(proof.verdict == "not confirmed" for proof in proofs):
        return ExitCode.INTERRUPTED if interrupted else ExitCode.NO_PLAN
    return ExitCode.OK


def _content(plan: Plan, report: AuditReport, proofs: tuple[Proof, ...] | None) -> dict[str, Any]:
    """The result as JSON has it; a figure that is not known is null."""
    violations = [{**asdict(v), "text": str(v)} for v in report.violations]
    content: dict[str, Any] = {
        "passed": report.passed,
        "state": plan.audit,
        "comparisons": dict(report.checks),
        "violations": violations,
    }
    content["broken"] = [str(v) for v in report.broken]
    if proofs is not None:
        content["proofs"] = [
            {key: value if isinstance(value, str) or math.isfinite(value) else None for key, value in asdict(proof).items()}
            for proof in proofs
        ]
    return content


def _said(plan: Plan, report: AuditReport, proofs: tuple[Proof, ...], prove: bool) -> list[str]:
    """The result in one line, then everything that does not agree, and what is known of the bounds."""
    from planner.documents.goals import THE_SOLVERS_WORD
    from planner.plans.plan import UNSURE

    wrong = len(report.violations)
    made = max(sum(report.checks.values()), wrong)
    if report.passed:
        head = _("Audit passed: all {made:,} comparisons agree").format(made=made)
    else:
        head = counted(
            wrong, "Audit failed: {wrong:,} of {made} does not agree", "Audit failed: {wrong:,} of {made} do not agree"
        ).format(wrong=wrong, made=count(made, "comparison"))
    lines: list[str] = [_("The plan {unsure}.").format(unsure=UNSURE[plan.audit])] if plan.may_be_edited else []
    if plan.audit == "changed":
        lines.append(
            _("What cannot be recomputed (options, times, bounds) may be anybody's: solve again, or evaluate its decisions.")
        )
    lines += [
        head,
        *(_("  {violation}").format(violation=v.said) for v in report.violations),
        *(_("  broken as stated: {violation}").format(violation=v.said) for v in report.broken),
    ]
    if not report.passed:
        return [*lines, _("Its bounds are not solved for again: the figures come first.")] if prove else lines
    if not plan.has_bounds:
        return [*lines, _("It states no bounds: there is nothing to solve for again.")] if prove else lines
    return [*lines, "", _table(proofs)] if prove else [*lines, _("{problem}.").format(problem=capital(THE_SOLVERS_WORD))]


def _table(proofs: tuple[Proof, ...]) -> str:
    """A line for each bound."""
    heads = [_("bound of"), _("stated"), _("proven now"), _("best found now"), _("verdict")]
    rows = []
    for proof in proofs:
        figures = map(_figure, (proof.stated, proof.proven, proof.best))
        rows.append([text_layout.spaced(proof.about), *figures, VERDICTS[proof.verdict]])
    return text_layout.table(heads, rows, "lrrrl")


def _figure(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else "-"
