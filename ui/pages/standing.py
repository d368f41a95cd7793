"""Where clusters stand: the scorecard of one plan or of several, beside other clusters."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.case import CaseInvalid
from planner.documents import scored
from planner.documents.scored import Scored
from planner.plans.plan import Plan
from planner.scorecard import scorecard
from planner.scorecard.benchmarks import beside
from planner.words.said import _
from ui import blocks
from ui.frame import plain, say

KEPT = 6  # scorecards in memory


def show(names: Sequence[str], plans: Sequence[Plan], versions: Sequence[str]) -> None:
    """The scorecards of plans, with the dot chart first.

    Parameters
    ----------
    versions
        Of each plan what tells that it is as it was, for the memory.
    """
    having = [n for n, plan in enumerate(plans) if plan.has_decisions]
    if not having:
        st.info(say(_("Without decisions there is nothing to score.")))
        return
    others = st.toggle(say(_("Beside other clusters")), value=True, key="standing-others", persist_state="session")
    try:
        found = _scored(tuple((names[n], versions[n]) for n in having), others, [plans[n] for n in having])
    except CaseInvalid as invalid:
        st.error(plain(say(invalid.problems[0].said)))
        return
    document = scored.said(found)
    blocks.show((document.opening[1:], *document.sections))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _scored(names: tuple[tuple[str, str], ...], others: bool, _plans: list[Plan]) -> Scored:
    cards = tuple(scorecard(plan) for plan in _plans)
    shown = {id_ for card in cards for id_ in card.entries}
    found = tuple(beside([plan.case for plan in _plans], shown)) if others else ()
    return Scored(tuple(name for name, _version in names), cards, found)
