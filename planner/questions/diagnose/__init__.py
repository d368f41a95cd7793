"""Repairs: what a case that cannot be met has to give up, in its own words, and how little of it is enough.

Each promise of a case may give way by an amount in its own unit (`planner.promises`). That becomes columns of the model
(`loosened`), so that least amounts are found with all integers kept, and so that promises can be left out to see which of
them contradict one another (`conflict`). Amounts become edits of the case's files, and the edited case is solved anew
(`trying`).
"""
