"""The page: each page by itself, and the whole in a real browser."""
