"""What a minister reads: the figures of the first sheet, the report as one web page, and the workbook."""
