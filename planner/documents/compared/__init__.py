"""Plans side by side as people read them: a text, a page, a workbook, or a folder of tables."""
