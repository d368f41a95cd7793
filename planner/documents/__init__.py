"""What people read: the text of a plan and its tables as files. Reads plans, changes nothing."""
