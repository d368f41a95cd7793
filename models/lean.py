"""Libraries without those of their parts that they load with themselves and that nothing here asks for.

With all of them it takes three times as long until a program that plans, or one of its workers, is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Within it these modules are empty when they are loaded, unless they are there; whoever asks afterwards gets them."""
    instead = {name: ModuleType(name) for name in names if name not in sys.modules}
    sys.modules.update(instead)
    # the package must be there to be given the empty part
    parents = {name: import_module(name.rpartition(".")[0]) for name in instead}
    for name, package in parents.items():
        setattr(package, name.rpartition(".")[2], instead[name])
    try:
        yield
    finally:
        for name in instead:
            del sys.modules[name]
        for name, package in parents.items():
            delattr(package, name.rpartition(".")[2])
