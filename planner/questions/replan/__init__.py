"""Replan: what earlier periods decided is kept, and the rest is planned anew, for a case that may have changed since."""
