"""Borders: what non-cooperation costs the cluster, and what each signature is worth."""
