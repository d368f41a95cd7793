"""Importance: what the first goal loses when a chosen measure, and all that depends on it, is forbidden."""
