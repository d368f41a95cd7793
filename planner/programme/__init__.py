"""Programmes: many cases, and budget lines that they share. Which gets how much, when, and for what."""
