"""Plans: immutable data with their tables, in memory and on disk."""
