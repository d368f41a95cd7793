"""Damage done to cases and workbooks by chance, each with what must come of it stated beforehand.

`python -m tests.damage 1500` draws that many, counts what came of them and prints every one that went wrong.
"""
