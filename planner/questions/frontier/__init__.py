"""Frontier: what the first goal comes to with less or more money, or how two goals trade against each other."""
