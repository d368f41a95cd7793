"""Instances whose optimum is published, as cases: each special case of the model against the literature."""
