"""Ranking: what a scoring sheet would fund, and how much more the optimal plan closes from the same lines."""
