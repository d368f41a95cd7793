"""Cases, runs and plans of a workspace, with real processes."""
