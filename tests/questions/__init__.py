"""Questions beyond one plan: answers worked out by hand on cases small enough for it, and the same from any workers."""
