"""The page: widgets call planner and draw what it returns. Nothing below this package imports it."""
