"""Numbers, counts and units in words."""
