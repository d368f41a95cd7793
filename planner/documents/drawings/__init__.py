"""Drawings of a plan: pure functions from its tables to Altair charts; one look for the page, the report and pictures."""
