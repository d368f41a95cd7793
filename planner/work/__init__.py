"""Many tasks at once, what they tell while they run, and how they are asked to stop."""
