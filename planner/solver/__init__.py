"""Linear and mixed-integer programs as plain data, and HiGHS behind one adapter. Knows nothing of cities."""
