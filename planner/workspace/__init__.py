"""A user's own cases, plans and runs, in one folder; what the page works on, and nothing that a page is needed for.

workspace/cases/<name>   cases as folders; those that ship with the program lie elsewhere and are never changed
workspace/runs/<run>     one solve or question each: what was asked, the case as it was then, its progress and its log
workspace/plans/<run>    the plan that a run found
"""
