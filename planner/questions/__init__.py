"""Questions beyond one plan, one folder each, all of one shape: `ask`, its `command`, and how the answer is `shown`.

``ask(case, ..., options, on_event, cancelled)`` returns a frozen result: tables with documented columns, the plans that it
kept, and whether everything that was asked is answered (`complete`; `missing` says what is not, and why).
"""
