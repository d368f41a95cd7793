"""The cases that are timed are cases, and what times them measures what it says."""
