"""Pyomo as the model takes it: without the parts of scipy that it would load with itself and that nothing here asks for.

They take more than a third of the time until a program that plans, or one of its workers, is there.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

IDLE = ("scipy.stats", "scipy.integrate", "scipy.spatial")

_instead = {name: ModuleType(name) for name in IDLE if name not in sys.modules}
sys.modules.update(_instead)
try:
    import_module("scipy.sparse")  # where scipy is there, Pyomo asks for its parts when it is loaded, and never again
    import pyomo.environ as pyo
    from pyomo.common.gc_manager import PauseGC
finally:
    for _name in _instead:
        del sys.modules[_name]  # whoever does ask for one gets it

__all__ = ["PauseGC", "pyo"]
