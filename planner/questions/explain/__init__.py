"""Explain: why a measure is in the plan, or why it is not."""
