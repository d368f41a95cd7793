"""Benchmarks: how large models get, and where the time goes. Never a timed test."""
