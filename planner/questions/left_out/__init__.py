"""The first project left out: what the plan would build next, and what that would cost it."""
