"""Tests of `planner.files`."""
