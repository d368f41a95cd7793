"""A second opinion on tiny cases: every choice is tried, scipy solves the rest, nothing is shared with the planner."""
