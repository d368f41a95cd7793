"""Programmes: reading, the search against enumeration, the result on disk, its audit and its commands."""
