"""Alternatives: other plans nearly as good as the best, and what all plans so good have in common."""
