"""Questions beyond one plan, one file each, all of one shape.

``ask(case, ..., options, on_event, cancelled)`` returns a frozen result: tables with documented columns, the plans that it
kept, and whether everything that was asked is answered (`complete`; `missing` says what is not, and why).
"""
