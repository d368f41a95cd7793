"""Uncertainty: one plan for several scenarios, whose first-period decisions are the same in all of them."""
