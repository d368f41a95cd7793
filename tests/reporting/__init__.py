"""What is written for people: workbooks, pages and drawings."""
