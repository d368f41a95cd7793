"""Answers to questions in a planner's words, one file a question."""
