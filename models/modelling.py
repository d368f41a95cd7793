"""Pyomo as the model takes it: its core, not its environment of solvers, transformations and extensions.

Where scipy is there, Pyomo asks for its parts when it is loaded, and never again.
"""

from __future__ import annotations

import models.arrays  # noqa: F401  (before Pyomo, which would load all of scipy's)
from models.lean import without

with without("scipy.stats", "scipy.integrate", "scipy.spatial"):
    import pyomo.core as pyo
    from pyomo.common.gc_manager import PauseGC

__all__ = ["PauseGC", "pyo"]
