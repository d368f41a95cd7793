"""Settings of all tests: random examples are the same in every run, and what costs time and says nothing is left out."""

import functools
import os

from hypothesis import settings
from typer import testing

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci")

# Each call of a command in this process would make all commands and options anew from what they are declared as.
MAKE = "_get_command"
setattr(testing, MAKE, functools.cache(getattr(testing, MAKE)))

# Nothing that a test writes has to outlive the machine: of a file that is to be flushed it is seen that it is open.
os.fsync = lambda handle: None if os.fstat(handle) else None
