"""Rules that turn the figures in ``cases/figures`` into the tables of the case jing-jin-ji."""
