"""Sparse arrays and shortest paths of scipy, which would load numpy's Fortran compiler with them."""

from __future__ import annotations

from models.lean import without

with without("numpy.f2py"):
    import scipy.sparse as sp
    from scipy.sparse.csgraph import dijkstra

__all__ = ["dijkstra", "sp"]
