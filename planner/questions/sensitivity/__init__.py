"""Sensitivity: what the plan, kept or made anew, comes to when an assumption is lower or higher; where measures leave it."""
