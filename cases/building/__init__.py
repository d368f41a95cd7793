"""Rules that turn the figures of a cluster in ``cases/figures`` and its choices into the tables of a case."""
